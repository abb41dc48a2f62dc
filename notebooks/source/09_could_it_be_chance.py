# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Could it be chance?
#     question: How many findings does a comparison give where nothing differs, and how large a difference could these articles have shown?
#     goals:
#       - cut one outlet in two by lot, and count the findings that chance alone supplies
#       - say why words are no independent witnesses, and articles are better ones
#       - say what p means by watching it where nothing differs
#       - say how large a difference these articles could have shown at all
#     minutes: 40
#     needs:
#       - "the notebook 'Which words set an outlet apart?' (necessary)"
#       - "the notebook 'Same day, different story' (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## A newspaper against itself
#
# Deal the articles of one newspaper by lot into two equal heaps, heads and tails. The two heaps have the same
# authors, the same style, the same opinions. Now compare them as if they were two newspapers. Whatever turns up is
# [chance](glossary.md#chance), and a method that turns up much will turn up as much in your real comparison. So we try
# it out.

# %%
import numpy as np
import pandas as pd
from scipy import stats

import corpus_tools as ct

pd.set_option("display.max_colwidth", 200)
articles = ct.read_articles(corpus)
if len(articles) < 2:
    raise ct.CorpusError("One article cannot be cut in two heaps; this notebook needs two or more.")
target = target or articles["outlet"].mode()[0]

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# The [outlet](glossary.md#outlet) to be cut is the one with most articles, or the `target` of the first cell. If it has
# fewer than ten, we cut *all* articles together: the lot does not ask where an article comes from, so the heaps still
# differ by chance alone. More than sixty are not needed, and would only take longer. Here is how some articles of each
# heap begin.

# %%
own = articles[articles["outlet"] == target]
one = own if len(own) >= 10 else articles
one = one.sample(min(len(one), 60), random_state=0).sort_index()
sides = np.resize(["heads", "tails"], len(one))
halves = one.assign(outlet=np.random.default_rng(0).permutation(sides))
begins = halves["text"].str.split().str[:14].str.join(" ") + " …"
shown = halves.assign(begins=begins).groupby("outlet").head(4).sort_values("outlet", kind="stable")
shown.set_index("outlet")[["begins"]]

# %% [markdown]
# Which heap would you call the harsher one, which the more official? You will find something; people are good at it.
# Say it aloud before you go on, and remember that a coin made the heaps.

# %% [markdown]
# ## Words that set nothing apart
#
# The comparison of [Which words set an outlet apart?](07_which_words.ipynb), now between "heads" and "tails".
# [g2](glossary.md#g2) is the usual score of [pooled](glossary.md#pooled) words, the log-likelihood G². Many use it as a
# test and call a word significant when its size is above 3.84. A word must occur five times here, and stand in two
# articles or more.

# %%
with ct.progress("Reading the heaps"):
    words = ct.tokenize(one, ct.find_voices(one))
options = {"target": "heads", "reference": "tails", "min_articles": 2, "resamples": 500}
often = "count_target + count_reference >= 5"
split = ct.compare_articles(words, halves, **options).query(often)
split["pooled_p"] = stats.chi2.sf(split["g2"].abs(), 1)
loudest = split.sort_values("g2", key=abs, ascending=False, kind="stable").head(8)
short = {"count_target": "heads", "count_reference": "tails"}
short |= {"articles_target": "heads articles", "articles_reference": "tails articles"}
loudest.set_index("term")[[*short, "g2", "pooled_p", "p"]].rename(columns=short).round(3)

# %% [markdown]
# A journalist in a hurry would have a headline in this table, and it would be about a coin. `pooled_p` is what the
# pooled score says, [p](glossary.md#p) what shuffling whole articles says (`NaN`: fewer than five articles in a heap,
# so there is no test). Where they differ much, compare occurrences with articles. The lines of the first word:

# %%
first = loudest["term"].head(1).tolist() or words["term"].head(1).tolist()
places = ct.find_phrase(words, first[0])
ct.kwic_table(ct.kwic(halves, places, n=12))

# %% [markdown]
# Do several of the lines come from one article? A subject that is mentioned once is mentioned again some sentences
# later. So the second occurrence is **no second witness**: it follows from the first. Pooled counting takes every
# occurrence for a witness of its own, and is therefore too sure of itself.

# %% [markdown]
# ## Say everything five times
#
# To see it at its clearest, we let every article repeat each of its words five times. Nothing has been added: the same
# articles, the same [rates](glossary.md#rate). A method that weighs evidence should answer as before. How many words
# are called significant (p below .05, not corrected)?

# %%
louder = ct.compare_articles(pd.concat([words] * 5, ignore_index=True), halves, **options)
louder = louder[louder["term"].isin(split["term"])]
results = {"as printed": split, "everything five times": louder}
pooled = {name: (stats.chi2.sf(own["g2"].abs(), 1) < 0.05).sum() for name, own in results.items()}
by_article = {name: (own["p"] < 0.05).sum() for name, own in results.items()}
pd.DataFrame({"pooled": pooled, "by article": by_article}).assign(words=len(split))

# %% [markdown]
# Shuffling articles is not impressed by shouting. Pooled counting believes it. Real texts do not repeat everything, but
# they do repeat names and subjects, the more so the longer the articles are. So for short articles with few repetitions
# the two columns of the first row may lie close together, and for long ones far apart.

# %% [markdown]
# ## One coin is no coin
#
# One cut can be lucky or unlucky. So we cut twenty times, each time by another lot, and count the words with p below
# .05. If a p keeps its promise, these are about **five in a hundred** of the words tested, since nothing differs but by
# chance. The last column counts what is left after the [correction](glossary.md#correction) for many words.

# %%
lots = [one.assign(outlet=np.random.default_rng(number).permutation(sides)) for number in range(20)]
with ct.progress("Cutting twenty times"):
    cuts = [ct.compare_articles(words, lot, **options).query(often) for lot in lots]
many = pd.concat(cuts, keys=range(20), names=["cut", None]).reset_index("cut")
many["pooled_p"] = stats.chi2.sf(many["g2"].abs(), 1)

# %%
below = many[["pooled_p", "p", "p_adjusted"]].lt(0.05).groupby(many["cut"]).sum()
below.columns = ["pooled", "by article", "by article, corrected"]
tested = many["p"].notna().groupby(many["cut"]).sum().rename("words tested")
below.join(tested).agg(["mean", "min", "max"]).round(1)

# %% [markdown]
# Read the first row against its last number: five in a hundred of the words tested would be fair. Then the rows below:
# how far does one coin differ from another? With the correction there should be a finding in about one cut of twenty
# where nothing differs, which is what "at the 5 % level" means. Twenty cuts are few, so two or none prove nothing.

# %% [markdown]
# ## What a p looks like where nothing differs
#
# Now the p of all words and cuts, sorted into ten boxes from 0 to 1. If nothing differs and p is honest, each box holds
# a tenth: a p of .03 is then as frequent as one of .53 or .93. It is **not** the case that p comes out large when
# nothing is there.

# %%
spread = ct.p_spread({"by article": many["p"], "pooled": many["pooled_p"]})
note = ct.corpus_note(articles)
enough = spread["tests"].all()
ct.show_chart(ct.plot_p_values(spread, footnote=note), spread) if enough else "Too few articles for a test."

# %% [markdown]
# The upright line at a tenth is what to hold the marks against. A mark far to its right in the first rows: so many words
# with a small p where nothing differs, which are false findings. No column of marks is quite even, since a word in few
# articles can take only a few values of p, and words rise and fall together. Few marks on top and many below err on the
# careful side.

# %% [markdown]
# ## What could these articles have shown?
#
# So far: findings where there is nothing. The other way to be wrong is to find nothing where there is something. So
# before "no difference" means anything, ask how large a difference would have had to be. Back to the real outlets, and
# to the [share](glossary.md#share) of one [label](glossary.md#label) among all names of a thing. (Where there is one
# outlet only, we go on with its two heaps.)

# %%
real = articles if len(articles["outlet"].unique()) > 1 else halves
target = target if real is articles else "heads"
names = ct.read_lexicon(lexicon)
with ct.progress("Finding the voices of all articles"):
    hits = ct.find_hits(ct.tokenize(real, ct.find_voices(real)), names)
slot = slot or ct.main_slot(hits, names)

# %%
named = hits[hits["slot"] == slot]
label = named.loc[named["outlet"] == target, "label"].mode().get(0, named["label"].mode()[0])
contrast = {"label": label, "target": target, "reference": reference}
plain = ct.framing_contrast(named, real, **contrast)
ct.describe(plain)

# %% [markdown]
# Read the difference with its interval, and then the numbers of articles at the end: they are the witnesses. The
# sentences with the label, drawn at random (of one side only, where the other never has it):

# %%
ct.kwic_table(ct.kwic(real, named, row=plain.iloc[0], n=8))

# %% [markdown]
# Each article is one witness, however many of the lines come from it. With so many on each side, what could have been
# shown? The **planning figure** ([power](glossary.md#power)) says it: 2.8 times the usual size of a chance deviation. A
# true difference as large as this would be found in about four of five such studies. It tells how sharp our glasses are,
# not what we saw. For each outlet against all others, the sharpest first:

# %%
outlets = sorted(real["outlet"].unique())
each = pd.concat([ct.framing_contrast(named, real, label=label, target=outlet) for outlet in outlets])
columns = {"articles_target": "articles", "articles_reference": "others' articles", "difference": "difference"}
columns |= {"difference_low": "from", "difference_high": "to", "planning_difference": "planning figure"}
each.set_index("target")[[*columns]].rename(columns=columns).sort_values("planning figure").round(2)

# %% [markdown]
# Compare the size of `difference` with `planning figure`: what was found with what could have been shown. A smaller
# difference may be real and still stay open. So may a larger one, where an outlet never has the name: only the
# [interval](glossary.md#interval) allows for that. Much the same minus for several outlets? "All others" holds the one
# that uses the name. `NaN`: fewer than five articles on a side, and **not even a huge difference** could be told from
# chance.

# %% [markdown]
# ## What this cannot tell you
#
# - What caused a difference that is not chance. Ruling out one explanation leaves all others.
# - Whether articles are independent. Series, shared agency texts and one author's habits make them fewer than they
#   look: [One wire, many papers](05_one_wire_many_papers.ipynb).
# - That there is no difference. "Not distinguishable here" speaks about these articles; the planning figure says how
#   much it means.
# - How often *you* looked. Each filter and each label tried and dropped is a test as well, and no correction knows it.
# - Whether the articles are a fair draw from the outlet. No test looks behind the collection.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** In how many of the twenty cuts was there at least one word with `p` below .05, by article and not corrected?
# Use `below`, and check the whole number with `ct.check_answer("09.1", your_number, articles)`. And how many with the
# correction?

# %% tags=["solution"]
ct.check_answer("09.1", int(below["by article"].gt(0).sum()), articles)
ct.check_answer("09.1", int(below["by article"].sum()), articles)  # slip: You counted words; count cuts that have any.
adjusted = below["by article, corrected"].gt(0).sum()
ct.check_answer("09.1", int(adjusted), articles)  # slip: That is with the correction; look at the column before it.
below.gt(0).sum().to_frame("cuts with any")

# %% [markdown] tags=["solution"]
# Without correction one can write a story about nearly every coin, if there are enough words. With it, nearly none.
# (Where fewer than five articles are in a heap, nothing could be tested, and both are 0.)

# %% [markdown] tags=["exercise"]
# **2.** Cut by date instead of by lot: `order = one["date"].rank(method="first", na_option="bottom")`, and "heads"
# where it is at most half the number of articles. Compare with `words`, the same `options` and `often`. How many words
# have a `p` below .05, not corrected? Check the whole number with `ct.check_answer("09.2", your_number, articles)`.

# %% tags=["solution"]
order = one["date"].rank(method="first", na_option="bottom")
by_date = one.assign(outlet=np.where(order <= len(one) / 2, "heads", "tails"))
timed = ct.compare_articles(words, by_date, **options).query(often)
ct.check_answer("09.2", int((timed["p"] < 0.05).sum()), articles)
summed = (stats.chi2.sf(timed["g2"].abs(), 1) < 0.05).sum()
ct.check_answer("09.2", int(summed), articles)  # slip: That is the pooled score; take the p by article.

# %% [markdown] tags=["solution"]
# Hold it against the mean of `below` by lot. Where it is clearly above, time alone sets two halves of an outlet apart.
# Two outlets from different months would differ as much without differing in anything else; the next notebook is about
# that.

# %% [markdown] tags=["exercise"]
# **3.** For how many outlets in the last table is the *size* of the difference, whatever its sign, larger than the
# planning figure? Use `each`, and check the whole number with `ct.check_answer("09.3", your_number, articles)`.

# %% tags=["solution"]
larger = each["difference"].abs() > each["planning_difference"]
ct.check_answer("09.3", int(larger.sum()), articles)
signed = each["difference"] > each["planning_difference"]
ct.check_answer("09.3", int(signed.sum()), articles)  # slip: A difference can be negative; compare its size.

# %% [markdown] tags=["solution"]
# Where both numbers are missing, nothing is larger than anything: such an outlet counts as none here, and not as "no
# difference". To halve a planning figure it takes about four times as many articles.

# %% [markdown] tags=["exercise", "open"]
# **4.** An editor asks: "So they all write alike, apart from one?" Answer in three sentences, with the table. Say what
# was found, what could not have been found, and what you would have to collect to say more.

# %% [markdown] tags=["solution"]
# A good answer names the difference with its interval and its articles; it says for at least one other outlet how large
# a difference would have had to be; it does not turn "not shown" into "the same"; and it asks for articles, not for
# words.

# %% [markdown]
# ## Take-away
#
# Before you believe a difference, let chance have a try: cut one outlet by lot, and see what your method makes of
# nothing. Then ask what these articles could have shown at all. What is left is hardly chance. But heaps can differ
# without the outlet being the reason: [Is it the outlet, the topic or the month?](10_outlet_topic_or_month.ipynb)
