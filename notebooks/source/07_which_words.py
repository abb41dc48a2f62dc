# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Which words set an outlet apart?
#     question: Which words does one outlet use more often than the others, in how many of its articles, and which do they share?
#     goals:
#       - see how one article can put a word at the top of a list
#       - read how many times as often a word is used, together with its interval and the number of articles
#       - say what p means when many words are tested at once
#       - report what outlets share, and not only where they part
#       - check a word against voice, repeated sentences and events before you print it
#     minutes: 60
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "the notebooks 'Whose words are these?' and 'Same day, different story' (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## There is always a list
#
# Ask a computer which words are typical of a newspaper, and it will give you a list. It would give you one for two halves
# of the *same* newspaper, too. So the question is not what stands on the list. It is which of its words would stand
# there again if the outlet had printed other articles that month.

# %%
import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 200)
articles = ct.read_articles(corpus)
tokens = ct.tokenize(articles, ct.find_voices(articles))
target = target or articles["outlet"].mode()[0]

# %% [markdown]
# First look at the texts. Here is how some articles of the `target` begin (unless the first cell names one, it is the
# outlet with most articles), and below them some of the others. Before you scroll on, **write down three words** that you
# expect to be more frequent in the target, and one that you expect to be equally frequent everywhere.

# %%
begins = articles["text"].str.split().str[:16].str.join(" ") + " …"
side = articles["outlet"].eq(target).map({True: "target", False: "others"})
first = articles.assign(side=side, begins=begins).sort_values("side", ascending=False, kind="stable").groupby("side")
first.head(5).set_index("side")[["outlet", "begins"]]

# %% [markdown]
# Keep your list; the notebook will test it in the first exercise. A prediction written down beforehand is worth more
# than an explanation found afterwards, because a good reader can explain *any* word on a list. How many articles has
# each outlet, and how long are they?

# %%
sizes = pd.DataFrame({"articles": articles["outlet"].value_counts(), "words": tokens["outlet"].value_counts()})
sizes.assign(**{"words per article": (sizes["words"] / sizes["articles"]).round()}).astype(int)

# %% [markdown]
# The column to remember is the first. Thousands of words sound like much evidence, but the words of one article were
# written by one person on one day about one thing. What varies from piece to piece are **articles**, so articles are
# what we can count as evidence.

# %% [markdown]
# ## All words in one pot
#
# The usual way first: put all articles of a side together, count each word, and compare its rate per million words. This
# is called *keyness*. The list is sorted by a score that rises with the difference and with the number of occurrences.

# %%
key = ct.keyness(ct.count_terms(tokens), target, reference, min_count=3)
note = ct.corpus_note(articles)
ct.show_chart(ct.plot_keyness(key, n=8, footnote=note), key.head(30))

# %% [markdown]
# To the right stand words that the target uses more often, to the left those of the other side. There are no interval
# lines, because pooled counts cannot supply any: once everything is in one pot, nobody can see how much the articles
# differ. At the right end stands the number of articles. Is it small anywhere?

# %% [markdown]
# ## One article can do it
#
# Now the same words in the articles of the target, one after the other. Each stroke is one occurrence. Among the thirty
# words highest on the list we draw those of which one article holds most: they are the ones to be careful with.

# %%
own = tokens[tokens["outlet"] == target]
spread = ct.dispersion(own, min_count=3)
spread = spread[spread["term"].isin(key["term"].head(30))]
in_one = (spread["largest_count"] / spread["count"]).sort_values(ascending=False, kind="stable")
uneven = spread.loc[in_one.index].head(6)
ct.show_chart(ct.plot_dispersion(own, uneven["term"].tolist(), footnote=note), uneven)

# %% [markdown]
# Strokes in a clump: the word belongs to one story. Strokes all along the line: the word belongs to the outlet's daily
# writing, or to a subject to which it returns. The pooled list cannot tell the two apart. `dp` in the table puts the
# clumping into a number: 0 is perfectly even, near 1 means few articles. The lines of the first of them:

# %%
word = uneven["term"].iloc[0]
ct.kwic_table(ct.kwic(articles, ct.find_phrase(own, word), n=10))

# %% [markdown]
# Had the article with most of these lines not been written, would the word be on the list? If not, the list has told you
# about an article. That may be worth knowing, but it is another finding than "the outlet writes so", and **the reader of
# your text cannot see the difference unless you say it**.

# %% [markdown]
# ## Article by article
#
# `compare_articles` asks the same question of articles. Each has its own rate of the word. Then the names of the outlets
# are shuffled over the articles, thousands of times: how often does mere shuffling set the sides as far apart as they
# really are? That share is `p`. Words in fewer than five articles are not tested.

# %%
least = min(5, len(articles))
compared = ct.compare_articles(tokens, articles, target, reference, min_articles=least)
ct.show_chart(ct.plot_comparison(compared, footnote=note), compared)

# %% [markdown]
# Each line is the range of ratios that fit these articles. **Filled** marks are supported: the interval leaves out "equally
# often", and p is small even after correction for the number of words. **Hollow** marks stay open, however far out they
# stand. Below are words used alike, and all words as a swarm: most lie near the middle, as in any two newspapers.

# %%
ct.describe(compared)

# %% [markdown]
# If the text says "too few articles", that is the result: on one side fewer than five articles have words, and no formula
# makes up for it. The rest of the notebook then runs without intervals. If it says that no difference is supported, that
# is a result, too; it does not say that there is none.

# %% [markdown]
# ## One row, read slowly
#
# The rows are sorted by `log_odds_z`, which weighs the difference against how much the articles vary. Take the one where it
# is largest (with very few articles that order means little), and read it number by number. `log_ratio` counts doublings:
# 1 means twice as often in the target, 2 four times, −1 half as often. The last line turns it back into "times as often".

# %%
row = compared.sort_values("log_odds_z", key=abs, ascending=False, kind="stable").iloc[0]
parts = ["term", "per_million_target", "per_million_reference", "articles_target", "searched_target"]
parts += ["articles_reference", "searched_reference", "log_ratio", "log_ratio_low", "log_ratio_high"]
parts += ["p", "p_smallest"]
one = compared.loc[[row.name], parts].assign(times_as_often=2 ** row["log_ratio"]).round(4)
one.astype(object).set_index("term").T

# %% [markdown]
# `articles_target` of `searched_target`: in so many of its articles the word occurs. `log_ratio_low` to `log_ratio_high` is
# the interval; an infinite end (`inf`) means that one side does not have the word at all. `p` cannot fall below
# `p_smallest`, which depends on how many ways there are to shuffle. `NaN` means that there were too few articles.

# %% [markdown]
# ## From the row to its sentences
#
# A supported word is still only a word. These are places behind the row, drawn at random from both sides; leave out
# `n=12` to see all. Does it mean the same on both sides? Whose word is it, the narrator's or somebody's who is quoted?

# %%
places = ct.find_phrase(tokens, row["term"])
ct.kwic_table(ct.kwic(articles, places, row=row, n=12))

# %% [markdown]
# For another word take another row, such as `compared.loc[3]`. Ask of each word on the chart to which kind it belongs: a
# **subject** (what the articles are about), a **name** (of a person, place or section), **housekeeping** (the outlet's own
# name, its app, its spelling), a **habit** (how it puts things), or a **choice** between words for the same thing. Only the
# last is about framing, and it needs a rival.

# %% [markdown]
# ## Many words, many chances
#
# A p below .05 sounds rare. But here many words were tested, and where nothing differs at all, about one in twenty of them
# may still fall below .05. So we count: how many did, how many may by chance alone, and how many are left after
# a *correction* that allows for the number of words.

# %%
tested = compared["p"].notna().sum()
found = {"words tested": tested, "may be below .05 by chance alone": tested / 20}
found |= {"p below .05": (compared["p"] < 0.05).sum(), "after correction": (compared["p_adjusted"] < 0.05).sum()}
pd.Series(found).round().astype(int).to_frame("words")

# %% [markdown]
# Where the second and the third number are close, most words below .05 are there by chance, and none may be picked out
# because it fits the story. The fourth counts those whose p is too small for that: `p_adjusted` (after Benjamini and
# Hochberg) is built so that, on average, at most about one in twenty of the words that stay is false. The price: small
# differences stay hidden. [Could it be chance?](10_could_it_be_chance.ipynb) lets you watch this.

# %% [markdown]
# ## What they share
#
# A list of differences makes any two newspapers look like strangers. So we ask the opposite as well: for which words are
# we *sure* that both use them about alike? The whole interval has to lie between half as often and twice as often.
# "No difference found" would not be enough, since that is also what too few articles give.

# %%
alike = compared[compared["shared"]]
part = alike["count_target"].sum() / compared["count_target"].sum()
print(f"{len(alike)} of the {len(compared)} words compared, and {part:.0%} of their occurrences in the target")
longer = alike[alike["term"].str.len() > 4].set_index("term").head(20)
ends = 2 ** longer[["log_ratio_low", "log_ratio_high"]].set_axis(["from", "to"], axis=1)
longer[["articles_target", "articles_reference"]].join(ends).round(2)

# %% [markdown]
# `from` and `to` are the ends of the interval, as times as often. The table shows words of more than four letters, twenty
# at most; the short ones, mostly grammar, are in the chart above.
# Words between the two groups, neither supported nor alike, are the majority in a small corpus: for them **we do not
# know**. When you report differences, report this count beside them.

# %% [markdown]
# ## Three doubts
#
# A word can be more frequent in an outlet because of whom it quotes, because of one paragraph that it prints under every
# story, or because of the events that it covers. For each doubt there is a filter. First the **narrator's words** only:

# %%
narrator = tokens[tokens["voice"] == "narrator"]
narrated = ct.compare_articles(narrator, articles, target, reference, min_articles=least)
ct.show_chart(ct.plot_comparison(narrated, n=6, footnote=note), narrated)

# %% [markdown]
# A word that has gone from the top was brought in by people whom the outlet lets speak, or it has too few places left. A
# word that stays is in the outlet's own sentences, as far as the rules can tell. The next two filters take out sentences
# that **recur** over several of an outlet's articles, and compare inside the **same events** only.

# %%
fresh = ct.compare_articles(tokens[~tokens["recurring"]], articles, target, reference, min_articles=least)
parted = ct.add_events(articles)
others = parted["outlet"].eq(reference) if reference else parted["outlet"].ne(target)
both = parted[others & parted["event"].isin(parted.loc[parted["outlet"] == target, "event"])]

# %%
fewest = min(5, len(both) + 1)
inside = compared.head(0)
if len(both):
    inside = ct.compare_articles(tokens, parted, target, reference, within="event", min_articles=fewest)
ct.describe(inside) if len(both) else "No event is covered by both sides, so nothing can be compared within events."

# %% [markdown]
# Inside an event both sides had the same day and the same thing to write about; what still differs is not the calendar.
# The price is evidence: articles on events that only one side covers are left out. Now the strongest words of the first
# comparison in all four, as *times as often in the target*; a star means supported, as on the charts. Where a side does
# not have the word, half an occurrence is put for it, so that very large and very small numbers are rough.

# %%
ways = {"all words": compared, "narrator": narrated, "without recurring": fresh, "within events": inside}
told = {name: own.set_index("term") for name, own in ways.items()}
times = {name: (2 ** own["log_ratio"]).map("{:,.2f}".format) for name, own in told.items()}
rule = "p_adjusted < 0.05 and (log_ratio_low > 0 or log_ratio_high < 0)"
stars = {name: own.eval(rule).map({True: " *", False: ""}) for name, own in told.items()}
strongest = compared.sort_values("log_odds_z", key=abs, ascending=False, kind="stable")["term"].head(10)
(pd.DataFrame(times) + pd.DataFrame(stars)).reindex(strongest).fillna("–")

# %% [markdown]
# Read along a row. Numbers that stay on the same side of 1 are a good sign; a star that is lost may only mean fewer articles. A
# dash: too few articles have the word there. The words were picked because they were extreme in the *first* column,
# so expect the others to be tamer. That alone refutes nothing; a change of side is a reason to leave the word out.

# %% [markdown]
# ## All outlets in one call
#
# Without a target each outlet is compared with all others in turn, and the correction is made for all words of all outlets
# together. To keep the list readable we take words that stand in at least a tenth of the articles. Look for outlets
# that have **no** filled mark: they are as much a finding as those that have many.

# %%
everyone = ct.compare_articles(tokens, articles, min_articles=max(least, len(articles) // 10))
ct.show_chart(ct.plot_comparison(everyone, n=3, footnote=note), everyone)

# %% [markdown]
# An outlet with more articles has more filled marks, because more can be shown for it, and not because it is odder. And "all
# others" is a different crowd for each outlet: if one of them is very unlike the rest, all the rest will seem to avoid its
# words. To compare two outlets directly, name both. Here are all the supported words, and how many are alike:

# %%
columns = {"articles": ("searched_target", "first"), "words": ("term", "size"), "alike": ("shared", "sum")}
counted = everyone.groupby("target").agg(**columns).rename_axis(index=None)
for use, sign in {"more often": 1, "less often": -1}.items():
    told = everyone[everyone.eval(rule) & (sign * everyone["log_ratio"] > 0)]
    counted[use] = told.groupby("target")["term"].agg(", ".join).reindex(counted.index, fill_value="none")
counted

# %% [markdown]
# With fewer than five articles `none` and 0 only mean that there is no evidence. Do not turn this table into a ranking. A
# supported word says: in these articles, this outlet uses it more often, and shuffling would hardly ever bring that about.
# *Why* it does is not in the numbers. The reasons that an editor would give you first are subject, section and style sheet.

# %% [markdown]
# ## What this cannot tell you
#
# - Why a word is more frequent. Subjects, sections, agencies and style sheets set outlets apart long before opinions do.
# - Whether a word is a *choice*. For that one needs a rival for the same thing:
#   [Two names for one thing](02_two_names_for_one_thing.ipynb).
# - What a word means in its sentence. A denial counts like a claim.
# - Whether each word has its right voice: [What the voice finder gets wrong](04_what_the_voice_finder_gets_wrong.ipynb).
# - What holds for rare words. Words in fewer than five articles were not tested at all.
# - What holds beyond these articles. Shuffling assumes that articles are separate pieces; a series by one
#   author, or one agency text in five printings, is fewer pieces than it seems.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Your own prediction. Put your words into the list and look up their rows. Which were supported, which not
# distinguishable, which not tested? (If you wrote nothing down, take "said", "people" and "why".)

# %% tags=["solution"]
mine = ["said", "people", "why"]
rows = compared[compared["term"].isin(mine)].set_index("term").reindex(mine)
rows[["articles_target", "articles_reference", "log_ratio", "log_ratio_low", "log_ratio_high", "p"]].round(3)

# %% [markdown] tags=["solution"]
# A row of `NaN` throughout: the word stands in too few articles to be compared. For a word that you named *before* you
# looked, the uncorrected `p` is nearly the right one, because you tested a handful of words and not hundreds. That is what
# the prediction buys.

# %% [markdown] tags=["exercise"]
# **2.** Lower `min_articles` to 2. How many more words are tested, and how many are left after correction? Why does testing more words
# not simply find more?

# %% tags=["solution"]
rare = ct.compare_articles(tokens, articles, target, reference, min_articles=2)
counted = {"five articles": compared["p_adjusted"], "two articles": rare["p_adjusted"]}
pd.DataFrame({name: {"words": len(p), "below .05 after correction": (p < 0.05).sum()} for name, p in counted.items()})

# %% [markdown] tags=["solution"]
# A word in two articles can hardly reach a small p, whichever articles these are, but it makes the correction stricter for
# all the others. Words that could not be found in any case should not be tested.

# %% [markdown] tags=["exercise"]
# **3.** Compare the target with a single other outlet instead of all others. Which of the supported words are the same?

# %% tags=["solution"]
rival = articles.loc[articles["outlet"] != target, "outlet"].mode()[0]
of_two = articles["outlet"].isin([target, rival])
pair = ct.compare_articles(tokens, articles, target, rival, min_articles=min(5, int(of_two.sum())))
ct.describe(pair)

# %% [markdown] tags=["solution"]
# Fewer articles make the intervals wider, but one rival can be more unlike the target than the crowd is. So there may be
# fewer supported words or more. One that is supported against all others and not here may be a matter of some third outlet.

# %% [markdown] tags=["exercise"]
# **4.** Articles on one event resemble each other, so perhaps the event should be the unit of evidence. Compare again with
# `unit="event"`. What becomes of the intervals?

# %% tags=["solution"]
by_event = ct.compare_articles(tokens, parted, target, reference, min_articles=least, unit="event")
wide = {"article": compared, "event": by_event}
width = {unit: own.set_index("term").eval("log_ratio_high - log_ratio_low") for unit, own in wide.items()}
pd.DataFrame(width).reindex(strongest).round(2)

# %% [markdown] tags=["solution"]
# The numbers are the widths of the intervals, in doublings; `inf` means without an end, `NaN` that there is none. A word
# that comes with an event and not with the outlet gets a wider one. Where the two are alike, it does not depend on events.

# %% [markdown]
# ## Take-away
#
# A word sets an outlet apart if it does so in many articles, if shuffling articles would hardly do the same, and if it is
# still there in the narrator's voice, without the repeated paragraph and within the same events. Print it with the number
# of articles and two of its sentences, and say how many words were tested, and how many are shared.
