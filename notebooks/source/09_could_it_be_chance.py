# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Could it be chance?
#     question: How many findings does a comparison give where nothing differs, and could ours come from chance, topics or dates?
#     goals:
#       - cut one outlet in two by lot, and count the findings that chance alone supplies
#       - say what p means by watching it, and why words are no independent witnesses
#       - say how large a difference these articles could have shown at all
#       - tell a difference between outlets from one between topics, events or months
#       - ask whether outlets can be told apart on events that were held out
#     minutes: 70
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
# Toss a coin for every article of one newspaper: heads to the left, tails to the right. The two heaps have the same authors,
# the same style, the same opinions. Now compare them as if they were two newspapers. Whatever turns up is **chance**, and a
# method that turns up much will turn up as much in your real comparison. So we try it out.

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
articles.groupby("outlet").agg(articles=("article_id", "size"), first=("date", "min"), last=("date", "max"))

# %% [markdown]
# The outlet to be cut is the one with most articles, or the `target` of the first cell. If it has fewer than ten, we cut
# *all* articles together: the lot does not ask where an article comes from, so the heaps still differ by chance alone. More
# than sixty are not needed, and would only take longer.

# %%
own = articles[articles["outlet"] == target]
one = own if len(own) >= 10 else articles
one = one.sample(min(len(one), 60), random_state=0).sort_index()
sides = np.resize(["heads", "tails"], len(one))
halves = one.assign(outlet=np.random.default_rng(0).permutation(sides))
begins = halves["text"].str.split().str[:16].str.join(" ") + " …"
shown = halves.assign(begins=begins).groupby("outlet").head(4).sort_values("outlet", kind="stable")
shown.set_index("outlet")[["begins"]]

# %% [markdown]
# Read some beginnings from each heap. Which of the two would you call the harsher one, which the more official? You will
# find something; people are good at it. Say it aloud before you go on, and remember that a coin made the heaps.

# %% [markdown]
# ## Words that set nothing apart
#
# The same comparison as in [Which words set an outlet apart?](07_which_words.ipynb), now between "heads" and "tails". `g2` is the usual score of
# pooled words, the log-likelihood G². Many use it as a test and call a word significant when it is above 3.84, whichever
# its sign. As in most such lists, a word must occur five times; here it must also stand in two articles or more.

# %%
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
# A journalist in a hurry would have a headline in this table, and it would be about a coin. `pooled_p` is what the pooled
# score says, `p` what shuffling whole articles says (`NaN`: fewer than five articles in a heap, so there is no test). Where
# they differ much, compare occurrences with articles. The lines of the first word:

# %%
row = loudest.iloc[0]
places = ct.find_phrase(words, row["term"])
ct.kwic_table(ct.kwic(halves, places, row=row, n=12))

# %% [markdown]
# Do several of the lines come from one article? A subject that is mentioned once is mentioned again some sentences later.
# So the second occurrence is **no second witness**: it follows from the first. Pooled counting takes every occurrence
# for a witness of its own, and is therefore too sure of itself.

# %% [markdown]
# ## Say everything five times
#
# To see it at its clearest, we let every article repeat each of its words five times. Nothing has been added: the same
# articles, the same rates. A method that weighs evidence should answer as before. How many words are called
# significant (p below .05, not corrected)?

# %%
louder = ct.compare_articles(pd.concat([words] * 5, ignore_index=True), halves, **options)
louder = louder[louder["term"].isin(split["term"])]
rows = {}
for name, result in {"as printed": split, "everything five times": louder}.items():
    pooled = stats.chi2.sf(result["g2"].abs(), 1) < 0.05
    rows[name] = {"words": len(result), "pooled": pooled.sum(), "by article": (result["p"] < 0.05).sum()}
pd.DataFrame(rows).T

# %% [markdown]
# Shuffling articles is not impressed by shouting. Pooled counting believes it. Real texts do not repeat everything, but they
# do repeat names and subjects, the more so the longer the articles are. So for short articles with few repetitions the two
# columns of the first row may lie close together, and for long ones far apart.

# %% [markdown]
# ## One coin is no coin
#
# One cut can be lucky or unlucky. So we cut twenty times, each time by another lot, and count the words with p below .05.
# If a p keeps its promise, these are about **five in a hundred** of the words tested, since nothing differs but by
# chance. The last column counts what is left after the correction for many words.

# %%
cuts = []
for number in range(20):
    lot = one.assign(outlet=np.random.default_rng(number).permutation(sides))
    cuts.append(ct.compare_articles(words, lot, **options).query(often).assign(cut=number))
many = pd.concat(cuts, ignore_index=True)
many["pooled_p"] = stats.chi2.sf(many["g2"].abs(), 1)

# %%
below = many[["pooled_p", "p", "p_adjusted"]].lt(0.05).groupby(many["cut"]).sum()
below.columns = ["pooled", "by article", "by article, corrected"]
below.insert(0, "five in a hundred", many.groupby("cut").size() * 0.05)
below.agg(["mean", "min", "max"]).round(1)

# %% [markdown]
# Begin with the row `mean`. A column clearly above the first one gives more findings than chance should supply; zeros
# `by article` mean that there were too few articles for a test. Then `max`: that is the unlucky cut, and **your own study is
# one cut only**, without a second one to tell you. Chance findings come in company: if one word falls badly, so do others.

# %%
found = (below > 0).sum().rename("cuts with any")
found[["pooled", "by article", "by article, corrected"]].to_frame().assign(cuts=len(below))

# %% [markdown]
# Without correction one may find something in nearly every cut. With it, there should be a finding in about one cut of
# twenty where nothing differs: that is the meaning of "at the 5 % level". Twenty cuts are few, so two or none
# prove nothing; `benchmarks/RESULTS.md` has the same with many more.

# %% [markdown]
# ## What a p looks like where nothing differs
#
# Now the p of all words and cuts, sorted into ten boxes from 0 to 1. If nothing differs and p is honest, each box holds a
# tenth: a p of .03 is then as frequent as one of .53 or .93. It is **not** the case that p comes out large when nothing is
# there.

# %%
import matplotlib.pyplot as plt
from IPython.display import display

boxes = {name: np.histogram(many[name].dropna(), np.arange(11) / 10)[0] for name in ("p", "pooled_p")}
spread = pd.DataFrame(boxes, index=pd.Index(np.arange(10) / 10, name="box begins at"))
spread = spread.div(spread.sum()).rename(columns={"p": "by article", "pooled_p": "pooled"})
ax = spread.plot(style=["o-", "s--"], color=["#0072B2", "#B07200"], figsize=(5.2, 3.2), fontsize=10)
ax.axhline(0.1, color="#66625b", linewidth=1)
ax.set_title(f"How is p spread where nothing differs?\n{len(many):,} words, {len(cuts)} cuts", loc="left", fontsize=11)
ax.set(ylabel="share of the words", ylim=(0, 1.3 * max(0.1, spread.max().max())), facecolor="#fbfaf7")
ax.figure.set(facecolor="#fbfaf7", layout_engine="tight")
display(ax.figure, metadata={"image/png": {"alt": f"Share of p-values in ten boxes. {spread.round(2).to_dict()}"}})
plt.close(ax.figure)

# %% [markdown]
# The even line at a tenth is what to hold them against. A line that stands high in the first boxes finds differences that
# are not there. No line is quite even: a word in few articles can only take a few values of p, and words fall together.
# Where the line by article lies low at the left and high at the right, it errs on the careful side. No line: too few
# articles for a test.

# %% [markdown]
# ## What could these articles have shown?
#
# So far: findings where there is nothing. The other way to be wrong is to find nothing where there is something. So before
# "no difference" means anything, ask how large a difference would have had to be. Back to the real outlets, and to the
# share of one name among all names of a thing:

# %%
articles = ct.add_events(articles)
tokens = ct.tokenize(articles, ct.find_voices(articles))
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]

# %%
label = named.loc[named["outlet"] == target, "label"].mode().get(0, named["label"].mode()[0])
contrast = {"label": label, "target": target, "reference": reference}
plain = ct.framing_contrast(named, articles, **contrast)
ct.describe(plain)

# %% [markdown]
# The **planning figure** is 2.8 times the standard error, the usual size of a chance deviation. A true difference as large as
# this would be found in about four of five such studies. It says how sharp our glasses are, not what we saw. For
# each outlet against all others:

# %%
outlets = sorted(articles["outlet"].unique())
each = pd.concat([ct.framing_contrast(named, articles, label=label, target=outlet) for outlet in outlets])
shown = {"articles_target": "articles", "articles_reference": "others' articles", "difference": "difference"}
shown |= {"difference_low": "from", "difference_high": "to", "planning_difference": "planning figure"}
each.set_index("target")[[*shown]].rename(columns=shown).sort_values("planning figure").round(2)

# %% [markdown]
# Compare `difference` with `planning figure`, what was found with what could have been shown. A smaller difference may
# be real and still stay open. So may a larger one, where an outlet never has the name: its articles then do not show how
# much they vary, and only the interval allows for that. Much the same minus for several outlets? "All others" holds the one
# that uses the name. `NaN`: fewer than five articles on a side, and **not even a huge difference** could be told from chance.

# %% [markdown]
# ## Outlet, topic or month?
#
# Suppose that chance is ruled out. Then something differs between the heaps, but need it be the outlet? Outlets write at
# different times and about different things. First the calendar: how many articles has each outlet in each month, or
# quarter, where there are many months?

# %%
long = (articles["date"].max() - articles["date"].min()).days > 200
period = articles["date"].dt.to_period("Q" if long else "M").astype("str").where(articles["date"].notna(), "no date")
pd.crosstab(articles["outlet"], period).rename_axis(index=None, columns=None)

# %% [markdown]
# If the rows rise and fall together, dates can explain little. If one outlet has its articles early and another late,
# every word that came up in between sets them apart. A column `no date` cannot be checked, so large numbers there are
# a warning by themselves. Next: what do they write about?

# %%
least = 5 if len(articles) >= 50 else 2
topics = ct.fit_topics(tokens, articles, topics=min(6, len(articles) // 2), min_articles=least)
ct.show_chart(ct.plot_topics(topics.outlets, footnote=ct.corpus_note(articles)), topics.outlets)

# %% [markdown]
# A **topic** is a group of words that tend to stand in the same articles, found without anybody's list; its name is made of
# its own first words. Where the lines of the outlets lie apart, they write about different things, or call the same
# things by different names: the words decide which. Where they overlap, these articles do not show a difference of
# subjects. *Shaky* topics might not come out again from other articles.

# %% [markdown]
# ## The same difference, counted otherwise
#
# Now the difference of names again, each row counted in another way. Three rows are about the calendar: *within the same
# events* (so that nobody differs for covering other days), and the *first* and the *second half* of the articles. What is
# due to the calendar should shrink inside events; what is due to one month should be in one half only.

# %%
choices = ct.robustness(named, articles, **contrast)
ct.show_chart(ct.plot_robustness(choices, footnote=ct.corpus_note(articles)), choices)

# %% [markdown]
# A dot that stays on its side in these rows: neither events nor dates explain it away. A dot that moves to the line inside
# events: the difference may be one of coverage. Rows that are missing could not be computed, because too few events
# are shared or dates are not known; then that doubt simply remains. Say so. Two of the rows with their planning figure:

# %%
within = ct.framing_contrast(named, articles, within="event", **contrast)
two = pd.concat({"all articles": plain, "within events": within}).droplevel(1)
two[[*shown]].rename(columns=shown).round(2)

# %% [markdown]
# Inside events fewer articles can be compared, so the glasses are often weaker: the planning figure is larger. An effect
# that "disappears" inside events while the interval grows to twice its width has not disappeared. It has become
# **invisible**, which is another thing to report.

# %% [markdown]
# ## Can the outlets be told apart at all?
#
# One test for all words together: a program reads articles with their outlets, and then guesses the outlet of articles that
# it has not read. The trick is in the cut. All articles on one **event are held out together**, so it cannot
# recognise an outlet by what only that outlet wrote about. Names of the outlets and sentences that recur are left out.

# %%
grouped = ct.add_reuse_groups(articles, ct.find_reuse(tokens))
folds = max(2, min(5, articles["event"].nunique()))
guessed = ct.classify_outlets(tokens[~tokens["recurring"]], grouped, folds=folds, shuffles=100)
ct.show_chart(ct.plot_classification(guessed.scores, footnote=ct.corpus_note(articles)), guessed.scores)

# %% [markdown]
# The full mark is the share of an outlet's articles that were guessed rightly. The hollow one is the yardstick: the same
# with the outlets' names *shuffled* among articles of the same event. Only the distance between the two says something.
# Where both lie far to the right, hardly any event has two outlets, so that hardly a name could move: then subjects may
# have given the outlets away, and **this corpus cannot tell**.

# %%
ct.describe(guessed.scores)

# %% [markdown]
# "Can be told apart" does not say by what. So look at the words that gave the outlets away; one that an outlet uses
# *seldom* does it as well. Are they names of places and people, habits of style such as how sentences begin, or words
# for the thing that you study?

# %%
gave = guessed.terms[guessed.terms["rank"] <= 8]
gave = gave.assign(word=gave["term"] + gave["use"].map({"less": " (seldom)", "more": ""}).astype("str"))
gave.groupby("outlet")["word"].agg(", ".join).to_frame("words that gave it away")

# %% [markdown]
# A program that knows an outlet by its names for places has found names for places; one that knows it by "she" and "old"
# has found a kind of story. Neither is a leaning. An outlet whose articles are hardly recognised is not distinguishable
# here by its words; it may still differ in other ways. An empty table: no two outlets with enough articles.

# %% [markdown]
# ## What was held out?
#
# The same once more, with *single articles* held out instead of events. Now the program may learn from one article on an
# event and be asked about the next one on it. Guess first: will it do better or worse?

# %%
leaky = ct.classify_outlets(tokens[~tokens["recurring"]], grouped, folds=folds, shuffles=100, hold_out="article_id")
both = {"events held out": guessed.scores, "articles held out": leaky.scores}
shares = pd.DataFrame({name: own.set_index("outlet")["share"] for name, own in both.items()})
shares.assign(articles=guessed.scores.set_index("outlet")["articles"]).round(2)

# %% [markdown]
# Higher with articles held out: it may have recognised *subjects*, because an event that one outlet covers at length gives
# that outlet away. Lower: most events are covered by many outlets, and what it remembers of an event may lead it to the
# wrong one. Neither has to do with style. When you read that a program "detects" an outlet or a leaning, ask **what was held out**.

# %% [markdown]
# ## What this cannot tell you
#
# - What caused a difference that is not chance. Ruling out one explanation leaves all others.
# - Whether articles are independent. Series, shared agency texts and one author's habits make them fewer than they
#   look: [One wire, many papers](05_one_wire_many_papers.ipynb).
# - That there is no difference. "Not distinguishable here" speaks about these articles; the planning figure says how
#   much it means.
# - How often *you* looked. Each filter and each label tried and dropped is a test as well, and no correction knows it.
# - What confounds besides events, topics and dates: length, section, author, translation.
# - Whether the articles are a fair draw from the outlet. No test looks behind the collection.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Cut by date instead of by lot: the earlier half of the articles against the later half, in the same outlet. How many
# words are now below .05, by article? What does that mean for two outlets that were collected in different months?

# %% tags=["solution"]
order = one["date"].rank(method="first", na_option="bottom")
by_date = one.assign(outlet=np.where(order <= len(one) / 2, "heads", "tails"))
timed = ct.compare_articles(words, by_date, **options).query(often)
counted = {"by date": (timed["p"] < 0.05).sum(), "by lot, on average": below["by article"].mean(), "words": len(timed)}
pd.Series(counted).round(1)

# %% [markdown] tags=["solution"]
# Where the first number is clearly above the second, time alone sets two halves of *one* outlet apart. Two outlets from
# different months would differ as much without differing in anything else. (Articles without a date count as late.)

# %% [markdown] tags=["exercise"]
# **2.** Cut another outlet in two, or other lots: repeat the twenty cuts with the seeds 100 to 119. Which numbers of the table
# move, and by how much?

# %% tags=["solution"]
again = []
for number in range(100, 120):
    lot = one.assign(outlet=np.random.default_rng(number).permutation(sides))
    again.append(ct.compare_articles(words, lot, **options).query(often).assign(cut=number))
again = pd.concat(again)
again[["p", "p_adjusted"]].lt(0.05).groupby(again["cut"]).sum().agg(["mean", "min", "max"])

# %% [markdown] tags=["solution"]
# The means stay about where they were, the extremes move. What moves with the seed is chance, and should not be
# read to the second digit.

# %% [markdown] tags=["exercise"]
# **3.** What would half of the articles have shown? Draw half of them by lot, and compute the planning figure of the
# contrast again.

# %% tags=["solution"]
has_label = articles["article_id"].isin(named.loc[named["label"] == label, "article_id"])
mixed = articles.sample(frac=1, random_state=0)
half = mixed[mixed.groupby(["outlet", has_label]).cumcount() % 2 == 0]
fewer = ct.framing_contrast(named[named["article_id"].isin(half["article_id"])], half, **contrast)
both = pd.concat({"all articles": plain, "half of them": fewer}).droplevel(1)
both[["articles_target", "articles_reference", "difference", "planning_difference", "note"]].round(2)

# %% [markdown] tags=["solution"]
# With half the articles the planning figure grows by about four tenths (the root of two), or more where
# few are left. The other way round, it takes four times as many articles to see half as small a difference.

# %% [markdown] tags=["exercise"]
# **4.** Are outlets told apart by their own words or by those whom they quote? Classify with the narrator's words only, and
# compare the row of all outlets.

# %% tags=["solution"]
own_words = tokens[~tokens["recurring"] & (tokens["voice"] == "narrator")]
narrated = ct.classify_outlets(own_words, grouped, folds=folds, shuffles=100)
pairs = {"all voices": guessed.scores.iloc[0], "narrator": narrated.scores.iloc[0]}
pd.DataFrame(pairs).loc[["articles", "recognised", "share", "share_low", "share_high", "p", "note"]]

# %% [markdown] tags=["solution"]
# About as many with fewer words: the narrator's words do most of it. Clearly fewer: whom an outlet lets speak gives it
# away, or there is too little text left. Intervals that overlap widely decide nothing between the two.

# %% [markdown]
# ## Take-away
#
# Before you believe a difference, let chance have a try: cut one outlet by lot, and see what your method makes of
# nothing. Then ask what these articles could have shown at all, and whether events, topics or dates would do as well as
# the outlet. What is left may be printed, with its interval, its number of articles, and the number of things you tried.
