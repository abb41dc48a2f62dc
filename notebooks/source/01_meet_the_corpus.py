# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Meet the corpus
#     question: What lies in this collection of articles, and whose words are they?
#     goals:
#       - read a folder of news articles into one table, and say from whom and from when they are
#       - see what was taken out of the texts before anything is counted
#       - tell the outlet's own words from those that it reports and those that it quotes
#       - go from a word that stands out to the sentences behind it
#     minutes: 45
#     needs:
#       - "pandas: what a table, a row and a column are (helpful)"
#       - no knowledge of linguistics or statistics
# ---

# %% tags=["parameters"]
corpus = "strike"
lexicon = "strike"
slot = None
target = None
reference = None

# %% [markdown] tags=["interactive"]
# The cell above says which articles we look at. `"strike"` holds fourteen short articles by invented newsrooms, about
# twelve days on which hardly a bus ran. Nobody is hurt, and half an hour is enough to read them all: every number below
# can be checked by eye. The later notebooks turn to `"karabakh"`, a story that is painful for many; it is one word
# away. Run the cells from top to bottom with *Shift* and *Enter*.

# %% [markdown]
# ## What do we have?
#
# A [corpus](glossary.md#corpus) is a collection of texts, here news articles. Before anything is counted we want to
# know how many articles there are, from whom and from when. One call reads them and hands back three tables: the
# `articles`, the `problems` met on the way, and the `cleaning`, a log of every change made to a text.

# %%
import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 120)
articles, problems, cleaning = ct.inspect_source(corpus)

# %% [markdown] tags=["interactive"]
# In JupyterLab the next cell makes every table sortable: click on the head of a column, or go to it with *Tab* and
# press *Enter*. It needs no internet connection. Leave it out, and tables look as pandas shows them.

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# An [outlet](glossary.md#outlet) is the newsroom that printed an article. The first table has one row for each: how
# many articles there are, and the first and the last day from which there is one. `NaT` means that no date is stated;
# the package never guesses one.

# %%
print(len(articles), "articles read,", (~problems["kept"].astype(bool)).sum(), "problems that cost an article")
articles.groupby("outlet").agg(articles=("article_id", "size"), first=("date", "min"), last=("date", "max"))

# %% [markdown]
# Compare the rows. An outlet with one or two articles cannot say much about its habits, however long they are; and
# outlets that wrote on different days may differ only because the days did. What was lost, if anything, stands in
# `problems`. Now the articles one by one:

# %%
articles[["article_id", "outlet", "date", "title"]]

# %% [markdown]
# By its `article_id` you can always get back to an article. A missing title (`NaN`) means that the file states none.
# The whole text is in the column `text`. Read three titles aloud: do they tell the same thing in the same words? Keep
# your impression in mind. First we look at what has been taken out of the texts.

# %%
telling = cleaning[~cleaning["rule"].isin(["blank space", "odd blank", "title put first", "teaching mark"])]
telling.assign(removed=telling["removed"].str.strip())[["article_id", "rule", "removed"]]

# %% [markdown]
# Each row is one removal; an empty table means that there was nothing to remove. Ask of each line: did a journalist
# write it as part of the story? If so, the cleaning went too far, and here you would see it. What an outlet repeats
# under every story, such as a background paragraph, is never removed: habits of telling live there.

# %% [markdown]
# ## Whose words?
#
# Many of the words in a newspaper are other people's. We call this the [voice](glossary.md#voice) of a word. It is
# [quoted](glossary.md#quoted) inside quotation marks, and [reported](glossary.md#reported) in indirect speech ("the
# company said that …"). All the rest is the outlet's own: the [narrator](glossary.md#narrator). The package looks for
# voices by rules. Here is the first article as it sees it.

# %%
with ct.progress("Finding out who speaks"):
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
ct.show_article(articles, voices, None, articles["article_id"].iloc[0])

# %% [markdown]
# Plain words are the narrator's, a line of dots marks what is reported, a tint without dots what is quoted. The strip
# beneath the headline shows how much of the article is whose. Read it aloud in two or three voices. Stop wherever you
# would have put an edge elsewhere: **the rules err**, and the fourth notebook counts how often.

# %%
text_of = articles.set_index("article_id")["text"]
spoken = voices.assign(words=[text_of[v.article_id][v.start : v.end][:90] for v in voices.itertuples()])
spoken.groupby("voice").head(4)[["article_id", "voice", "words", "speaker", "cue"]]

# %% [markdown]
# Each row is a stretch of text that is not the narrator's: its first `words`, the `speaker`, and the
# [cue](glossary.md#cue), the words that give it away. Both are as printed, and missing where none was found. Is a
# speaker wrong somewhere? Then you have found an error of the rules. To count voices we need single words.

# %%
tokens[["article_id", "position", "section", "term", "voice"]].head(5)

# %% [markdown]
# A [token](glossary.md#token) is one word at one place, one row each. Its `section` is the headline, the lead (the
# first paragraph) or the body. Its `voice` is that of the stretch in which it stands. From here on, counting is pandas.
# Before you go on, guess: what part of its words does each outlet say itself?

# %%
words = pd.crosstab(tokens["outlet"], tokens["voice"], dropna=False)
words.div(words.sum(axis=1), axis=0).round(2).rename_axis(columns=None)

# %% [markdown]
# Each row holds three [shares](glossary.md#share) of an outlet's words, which add up to one: .70 would be seventy words
# in a hundred. A few hundredths between two outlets are nothing to build on, since the rules err by as much. And
# outlets with equal shares may let very different people speak. The stretches behind any of these numbers are the rows
# of `spoken`.

# %% [markdown]
# ## Which words stand out?
#
# [Keyness](glossary.md#keyness) asks which words one group of texts uses more often than another. We compare one
# outlet, the [target](glossary.md#target), with a [reference](glossary.md#reference). Where the first cell names none,
# the target is the outlet with most articles, and the reference is all the others.

# %%
target = target or articles["outlet"].mode()[0]
counts, several = ct.count_terms(tokens), len(articles["outlet"].unique()) > 1
by_count = counts.sort_values(["count", "term"], ascending=[False, True], ignore_index=True)
key = ct.keyness(counts, target, reference, min_count=3) if several else by_count
chart = ct.plot_keyness(key, n=8, footnote=ct.corpus_note(articles)) if several and len(key) else None
ct.show_chart(chart, key.head(30)) if chart else print("Too little to compare: one outlet, or hardly any words.")

# %% [markdown]
# Read a point from the middle outwards: to the right stand words that the target uses more often, to the left those
# that it uses less, and the axis says how many times as often. Words with fewer than three places are left out. **A
# word that stands in one article only says something about that article, not about its outlet.** The chart describes;
# it tests nothing.

# %% [markdown]
# ## From a number to its lines
#
# No number without its sentences. `find_phrase` finds a word, and `kwic` prints each place with what stands around it
# ([key word in context](glossary.md#key-word-in-context)). We take the word at the top of the list, and ask whether it
# means the same in every line, and who says it.

# %%
word = [*key["term"], *by_count["term"]][0]
ct.kwic_table(ct.kwic(articles, ct.find_phrase(tokens, word), n=12))

# %% [markdown]
# Read down the middle column, then to its left and right. Each line names its outlet, day, article and voice. If most
# lines are quoted, the word belongs to the people whom the outlet lets speak. If all come from one article, it belongs
# to that article. A list of key words is a list of questions, and the answers lie in such lines.

# %% [markdown] tags=["interactive"]
# Now a word of your own. Type one into the field below, or a beginning with a star (`hospital*`), and choose outlets
# and voices. The chart shows how often each outlet uses it, and the lines stand beneath; each opens its article. It
# begins with the word from above. What did you expect, and what do the lines say?

# %% tags=["interactive"]
ct.explore_words(articles, voices, tokens, pattern=word)

# %% [markdown]
# ## What this cannot tell you
#
# - Whether an outlet *always* writes so. Who chose these articles, and how, is not in the table.
# - Why a word stands out. Outlets that cover different days differ in their words, even if they would tell the same day
#   alike.
# - Whose each single word is: [What the voice finder gets wrong](04_what_the_voice_finder_gets_wrong.ipynb) shows how
#   often the rules err.
# - Whose thought it is. A reported statement is somebody else's; its wording is often the outlet's.
# - What has been left out. Counting sees only what is printed.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# Write your code into the empty cell below each exercise. `ct.check_answer` says whether the result is right; when it
# is not, it may give a hint.
#
# **1.** How many words does an article have? Count the tokens of each outlet, and divide by its number of articles.
# Take the outlet where the result is largest, and hand in this largest number: `ct.check_answer("01.1", your_result,
# articles)`.

# %% tags=["solution"]
lengths = tokens.groupby("outlet", observed=True).size() / articles.groupby("outlet").size()
print(lengths.round(1))
ct.check_answer("01.1", lengths.max(), articles)
ct.check_answer("01.1", len(tokens) / len(articles), articles)  # slip: That is the mean of all articles together.
ct.check_answer("01.1", lengths.min(), articles)  # slip: That is the outlet with the shortest articles.

# %% [markdown] tags=["solution"]
# Where articles are longer, the raw count of every word is higher. So tables give rates, per million words, or shares.

# %% [markdown] tags=["exercise"]
# **2.** Who says "not"? Find all places of the word with `ct.find_phrase(tokens, "not")`, and read some of their lines.
# Compute the share of places whose voice is `quoted`, all outlets together, as a number between 0 and 1. Hand it in:
# `ct.check_answer("01.2", your_result, articles)`.

# %% tags=["solution"]
places = ct.find_phrase(tokens, "not")
by_voice = places["voice"].value_counts(normalize=True).reindex(["narrator", "reported", "quoted"], fill_value=0)
print(by_voice.round(2))
ct.check_answer("01.2", by_voice["quoted"], articles)
ct.check_answer("01.2", 1 - by_voice["narrator"], articles)  # slip: You took reported and quoted together.
ct.check_answer("01.2", (places["voice"] == "quoted").sum(), articles)  # slip: That is a count; divide by all places.

# %% [markdown] tags=["solution"]
# "Not" answers something that somebody has said or expects. Where the share is high, it is mostly the people quoted who
# contradict, and not the newsroom.

# %% [markdown] tags=["exercise"]
# **3.** Compute the keyness again from the narrator's words alone: keep the rows of `tokens` whose voice is `narrator`,
# then `ct.count_terms` and `ct.keyness` as above, with `min_count=3`. Which of the first ten words of the old list are
# not among the first ten of the new one? Hand in the list of these words: `ct.check_answer("01.3", your_result,
# articles)`.

# %% tags=["solution"]
own_counts = ct.count_terms(tokens[tokens["voice"] == "narrator"])
own_key = ct.keyness(own_counts, target, reference, min_count=3) if several else own_counts
old, new = [*key["term"].head(10)], [*own_key["term"].head(10)]
ct.check_answer("01.3", sorted(set(old) - set(new)), articles)
ct.check_answer("01.3", sorted(set(new) - set(old)), articles)  # slip: Those are new in the list; which have gone?
ct.check_answer("01.3", sorted(set(old) & set(new)), articles)  # slip: Those stand in both lists; which have gone?

# %% tags=["solution"]
print("gone:", ", ".join(sorted(set(old) - set(new))))
own_key[["term", "count_target", "count_reference", "articles_target"]].head(10) if several else own_key.head(10)

# %% [markdown] tags=["solution"]
# Words that have gone stood, in part, in what the outlet quotes or reports, or others have passed them. What stays at
# the top is the outlet's own, as far as the rules can tell.

# %% [markdown] tags=["exercise", "open"]
# **4.** How often are the rules right? Draw twenty reported stretches from `spoken` with `.sample`, read each in its
# article, and count those that really say what somebody else said. Write down your count, and one stretch on which two
# readers could differ. There is no answer to check: you are the judge.

# %% tags=["solution"]
reported = spoken[spoken["voice"] == "reported"]
reported.sample(min(20, len(reported)), random_state=0)[["article_id", "speaker", "cue", "words"]]

# %% [markdown] tags=["solution"]
# Your count divided by the number drawn is the *precision* of the rules here, from a small sample. What the rules have
# missed it does not show: for that one has to mark whole articles before looking.

# %% [markdown]
# ## Take-away
#
# A corpus is a selection, and the first result of any analysis is a sentence about that selection. You now know how
# many articles each outlet has, what was taken out of them, and how much of them is the outlet's own. The next notebook
# puts one sharp question to them: [by which of several names do they call the same
# thing?](02_two_names_for_one_thing.ipynb)
