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
#       - say why many words tested at once need a correction
#       - report what outlets share, and not only where they part
#       - check a word against voice, repeated sentences and events before you print it
#     minutes: 45
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
# Ask a computer which words are typical of a newspaper, and it will give you a list. It would give you one for two
# halves of the *same* newspaper, too. So the question is not what stands on the list. It is which of its words would
# stand there again if the [outlet](glossary.md#outlet) had printed other articles that month.

# %%
import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 200)
articles = ct.read_articles(corpus)
if len(articles["outlet"].unique()) == 1 and len(articles) > 1:
    early = articles["date"].rank(method="first", na_option="bottom") <= len(articles) / 2
    articles["outlet"] = early.map({True: "earlier articles", False: "later articles"})
with ct.progress("Finding the voices"):
    voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
target = target or articles["outlet"].mode()[0]

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# Here is how some articles of the `target` begin (unless the first cell names one, it is the outlet with most
# articles), and below them some of the others. (A corpus of one outlet is cut in two: its earlier against its later
# articles.) Before you scroll on, **write down three words** that you expect more often in the target, and one equally
# often everywhere.

# %%
begins = articles["text"].str.split().str[:14].str.join(" ") + " …"
side = articles["outlet"].eq(target).map({True: "target", False: "others"})
first = articles.assign(side=side, begins=begins).sort_values("side", ascending=False, kind="stable").groupby("side")
first.head(4).set_index("side")[["outlet", "begins"]]

# %% [markdown]
# Keep your list for the exercises. A prediction written down beforehand is worth more than an explanation found
# afterwards, because a good reader can explain *any* word on a list.

# %% [markdown]
# ## All words in one pot
#
# The usual way first: put all articles of a side together, count each word, and compare its [rate per million
# words](glossary.md#rate). This is called [keyness](glossary.md#keyness). The list is sorted by a score that rises with
# the difference and with the number of occurrences.

# %%
key = ct.keyness(ct.count_terms(tokens), target, reference, min_count=3)
note = ct.corpus_note(articles)
apart = key["log_odds_z"].abs().gt(0).any()
chart = ct.plot_keyness(key, n=8, footnote=note) if apart else None
ct.show_chart(chart, key.head(30)) if apart else "No word is more frequent on either side."

# %% [markdown]
# To the right stand words that the target uses more often, to the left those of the other side. There are no
# [intervals](glossary.md#interval): once everything is in one pot, nobody can see how much the articles differ. At the
# right end stands the number of articles. Is it small anywhere?

# %% [markdown]
# ## Is it one article?
#
# A word with twenty occurrences can stand in twenty articles or in one. Below is the target, article after article;
# each stroke is one occurrence. Of the thirty words highest on the list we draw the six of which one article holds the
# largest part: they are the ones to be careful with.

# %%
own = tokens[tokens["outlet"] == target]
spread = ct.dispersion(own, min_count=3)
spread = spread[spread["term"].isin(key["term"].head(30))].assign(in_one=spread["largest_count"] / spread["count"])
uneven = spread.sort_values("in_one", ascending=False, kind="stable").head(6)
words = uneven["term"].tolist() or own["term"].head(1).tolist()
ct.show_chart(ct.plot_dispersion(own, words, footnote=note), uneven)

# %% [markdown]
# Strokes in a clump: the word belongs to one story. Strokes all along the line: it belongs to the outlet's daily
# writing, or to a subject to which it returns. How evenly a word is spread is its [dispersion](glossary.md#dispersion);
# in the table, `dp` puts it into a number, and `dp_chance` says what a word thrown in at random would have. The lines
# of the first one:

# %%
ct.kwic_table(ct.kwic(articles, ct.find_phrase(own, words[0]), n=10))

# %% [markdown]
# Had the article with most of these lines not been written, would the word be on the list? If not, the list has told
# you about an article. That may be worth knowing, but it is another finding than "the outlet writes so", and **the
# reader of your text cannot see the difference unless you say it**.

# %% [markdown]
# ## Article by article
#
# `compare_articles` asks the same question of articles. Each has its own rate of the word. Then the names of the
# outlets are shuffled over the articles, thousands of times ([permutation](glossary.md#permutation)): how often does
# mere shuffling set the sides as far apart as they are? From that comes [p](glossary.md#p). Words in fewer than five
# articles are not tested.

# %%
least = min(5, len(articles))
compared = ct.compare_articles(tokens, articles, target, reference, min_articles=least)
strong = compared.sort_values("log_odds_z", key=abs, ascending=False, kind="stable")
ct.show_chart(ct.plot_comparison(compared, footnote=note), strong)

# %% [markdown]
# Each line is the range of ratios that fit these articles. **Filled** marks are supported: the interval leaves out
# "equally often", and p is small even after correction for the number of words. **Hollow** marks stay open, however far
# out they stand. At the bottom are words used alike, and above them all words as a swarm: most lie near the middle.

# %%
ct.describe(compared)

# %% [markdown]
# If the text says "too few articles", that is the result: on one side fewer than five articles have words, and no
# formula makes up for it. If it says that no difference is supported, that is a result, too; it does not say that there
# is none.

# %% [markdown]
# ## One row, and its sentences
#
# Take the word with the largest `log_odds_z`, which weighs the difference against how much the articles vary, and read
# it number by number. `log_ratio` counts doublings: 1 means twice as often in the target, 2 four times, −1 half as
# often. The last line turns it back into "times as often".

# %%
row = strong.iloc[0]
parts = ["term", "per_million_target", "per_million_reference", "articles_target", "searched_target"]
parts += ["log_ratio", "log_ratio_low", "log_ratio_high", "p"]
one = compared.loc[[row.name], parts].assign(times_as_often=2 ** row["log_ratio"]).round(4)
one.astype(object).set_index("term").T

# %% [markdown]
# `articles_target` of `searched_target`: in so many of its articles the word occurs. `log_ratio_low` to
# `log_ratio_high` is the interval; an infinite end (`inf`) means that one side does not have the word at all. `NaN`:
# too few articles.
#
# A supported word is still only a word. Here are places behind the row, drawn at random from both sides. Does it mean
# the same on both? Whose word is it, the [narrator's](glossary.md#narrator) or that of somebody who is quoted?

# %%
places = ct.find_phrase(tokens, row["term"])
ct.kwic_table(ct.kwic(articles, places, row=row, n=12))

# %% [markdown]
# Ask of each word on the chart to which kind it belongs: a **subject**, a **name** (of a person, place or section),
# **housekeeping** (the outlet's own name, its spelling), a **habit** (how it puts things), or a **choice** between
# words for the same thing. Only the last is about [framing](glossary.md#framing), and it needs a rival.

# %% [markdown] tags=["interactive"]
# The same word, for every outlet. Type another one, or a pattern such as `occup*`, and press Enter: how often per
# million words does each outlet use it, and in which lines?

# %% tags=["interactive"]
ct.explore_words(articles, voices, tokens, pattern=row["term"])

# %% [markdown]
# ## Many words, many chances
#
# A p below .05 sounds rare. But many words were tested, and where nothing differs at all, about one in twenty may still
# fall below .05. So we count: how many did, how many may by [chance](glossary.md#chance) alone, and how many are left
# after a [correction](glossary.md#correction) for the number of words. And last, for how many are we *sure* that both
# sides use them about alike, the whole interval lying between half as often and twice as often?

# %%
count = {"words tested": compared["p"].notna().sum(), "may be below .05 by chance": compared["p"].notna().sum() / 20}
count |= {"p below .05": (compared["p"] < 0.05).sum(), "after correction": (compared["p_adjusted"] < 0.05).sum()}
count |= {"used about alike": compared["shared"].sum()}
pd.Series(count).round().astype(int).to_frame("words")

# %% [markdown]
# Where the second and third number are close, most words below .05 are there by chance, and none may be picked out
# because it fits the story. After correction, at most about one in twenty of the words that stay is false, on average.
# Words neither supported nor alike are the majority in a small corpus: for them **we do not know**. Report these counts
# with the list.

# %% [markdown]
# ## Three doubts
#
# A word can be more frequent in an outlet because of whom it quotes, because of one paragraph that it prints under
# every story, or because of the [events](glossary.md#event) that it covers. For each doubt there is a filter: the
# **narrator's** words only, without sentences that **recur** over its articles, and inside the **same events** only.

# %%
once, narrator = tokens[~tokens["recurring"]], tokens[tokens["voice"] == "narrator"]
parted = ct.add_events(articles)
others = parted["outlet"].eq(reference) if reference else parted["outlet"].ne(target)
both = parted[others & parted["event"].isin(parted.loc[parted["outlet"] == target, "event"])]
with ct.progress("Comparing in three more ways"):
    narrated = ct.compare_articles(narrator, articles, target, reference, min_articles=least)
    fresh = ct.compare_articles(once, articles, target, reference, min_articles=least)
    few = {"within": "event", "min_articles": min(5, len(both) + 1)}
    inside = ct.compare_articles(tokens, parted, target, reference, **few) if len(both) else compared.head(0)
ways = {"all words": compared, "narrator": narrated, "without recurring": fresh, "within events": inside}

# %% [markdown]
# The strongest words of the first comparison in all four, as *times as often in the target*; a star means supported, as
# on the chart. Where a side does not have the word, half an occurrence is put for it, so that very large and very small
# numbers are rough.

# %%
by_word = {name: found.set_index("term") for name, found in ways.items()}
times = {name: (2 ** found["log_ratio"]).map("{:,.2f}".format) for name, found in by_word.items()}
rule = "p_adjusted < 0.05 and (log_ratio_low > 0 or log_ratio_high < 0)"
stars = {name: found.eval(rule).map({True: " *", False: ""}) for name, found in by_word.items()}
(pd.DataFrame(times) + pd.DataFrame(stars)).reindex(strong["term"].head(10)).fillna("–")

# %% [markdown]
# Read along a row. Numbers that stay on the same side of 1 are a good sign; a star that is lost may only mean fewer
# articles. A dash: too few articles have the word there. The words were picked because they were extreme in the *first*
# column, so expect the others to be tamer. That alone refutes nothing; a change of side is a reason to leave the word
# out.

# %% [markdown]
# `ct.compare_articles(tokens, articles)` without a target compares each outlet with all others in turn, and corrects
# for all words of all outlets together. An outlet with more articles gets more supported words, because more can be
# shown for it.

# %% [markdown]
# ## What this cannot tell you
#
# - Why a word is more frequent. Subjects, sections, agencies and style sheets set outlets apart long before opinions do.
# - Whether a word is a *choice*. For that one needs a rival for the same thing:
#   [Two names for one thing](02_two_names_for_one_thing.ipynb).
# - What a word means in its sentence. A denial counts like a claim.
# - What holds for rare words. Words in fewer than five articles were not tested at all.
# - What holds beyond these articles. Shuffling assumes that articles are separate pieces; a series by one
#   author, or one agency text in five printings, is fewer pieces than it seems.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Take `key["term"].iloc[0]`, the word at the top of the pooled list. Which share of its occurrences in the
# target stands in the one article that has most of them? Use `own`, one row for each word of the target's articles, and
# check the share between 0 and 1 with `ct.check_answer("07.1", your_share, articles)`.

# %% tags=["solution"]
per_article = own[own["term"] == key["term"].iloc[0]].groupby("article_id", observed=True).size()
ct.check_answer("07.1", per_article.max() / per_article.sum(), articles)
ct.check_answer("07.1", 1 / len(per_article), articles)  # slip: You counted articles; the whole are the occurrences.

# %% [markdown] tags=["solution"]
# Hold it against an even spread, one divided by the number of articles that have the word. A share near 1 says that the
# word came with one text; where that is so for many words near the top, ask for the list article by article.

# %% [markdown] tags=["exercise"]
# **2.** How often per million words does the target use `row["term"]`? Count it in `tokens`, without `keyness` or
# `compare_articles`, and check the number with `ct.check_answer("07.2", your_number, articles)`.

# %% tags=["solution"]
often = own["term"].eq(row["term"]).sum()
ct.check_answer("07.2", often / len(own) * 1e6, articles)
ct.check_answer("07.2", often / len(tokens) * 1e6, articles)  # slip: You divided by the words of all outlets.

# %% [markdown] tags=["solution"]
# It is `per_million_target` of the row. A rate per million is a way to write small shares; it does not say that there
# are a million words, nor in how many articles the word was found.

# %% [markdown] tags=["exercise"]
# **3.** Compare again with `min_articles=2` and everything else as before. How many words have a `p_adjusted` below .05
# now? Check the whole number with `ct.check_answer("07.3", your_number, articles)`. Why does testing more words not
# find more?

# %% tags=["solution"]
rare = ct.compare_articles(tokens, articles, target, reference, min_articles=min(2, len(articles)))
ct.check_answer("07.3", int((rare["p_adjusted"] < 0.05).sum()), articles)
ct.check_answer("07.3", int((rare["p"] < 0.05).sum()), articles)  # slip: That is p before the correction.
print(len(compared), "words compared before,", len(rare), "now")

# %% [markdown] tags=["solution"]
# A word in two articles can hardly reach a small p, whichever articles these are, but it makes the correction stricter
# for all the others. Words that could not be found in any case should not be tested.

# %% [markdown] tags=["exercise", "open"]
# **4.** Your own prediction. Look up the rows of the words that you wrote down. Which were supported, which stayed
# open, which were not tested? Read the lines of one of them, and say in two sentences what you would print. (If you
# wrote nothing down, take "said", "people" and "why".)

# %% tags=["solution"]
mine = ["said", "people", "why"]
rows = compared[compared["term"].isin(mine)].set_index("term").reindex(mine)
rows[["articles_target", "articles_reference", "log_ratio", "log_ratio_low", "log_ratio_high", "p"]].round(3)

# %% [markdown] tags=["solution"]
# A row of `NaN` throughout: the word stands in too few articles to be compared. For a word that you named *before* you
# looked, the uncorrected `p` is nearly the right one, because you tested a handful of words and not hundreds. That is
# what the prediction buys.

# %% [markdown]
# ## Take-away
#
# A word sets an outlet apart if it does so in many articles, if shuffling articles would hardly do the same, and if it
# is still there in the narrator's voice, without the repeated paragraph and within the same events. Print it with the
# number of articles and two of its sentences, and say how many words were tested. A word alone says little, though: [In
# whose company does a word appear?](08_in_whose_company.ipynb)
