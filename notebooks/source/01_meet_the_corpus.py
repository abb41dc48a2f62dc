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
#       - read a folder of news articles into one table, and see what was wrong with it
#       - say how many articles each outlet has, and from which days
#       - tell the outlet's own words from those that it reports and those that it quotes
#       - find the words that one outlet uses more than the others, and the sentences behind them
#     minutes: 35
#     needs:
#       - "pandas: what a table, a row and a column are (helpful)"
#       - no knowledge of linguistics or statistics
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## What do we have?
#
# A corpus is a collection of texts, here news articles of several newsrooms. Before counting anything we want to know
# what is in it: how many articles, from whom, from when. One call reads it and hands back three tables: the **articles**, the **problems**
# met on the way, and the **cleaning**, which lists every change made to a text.
#
# The two corpora that come with the package were written for teaching, by invented newsrooms: `"karabakh"` on the road,
# the shooting and the weeks after it, and `"strike"`, fourteen articles on a bus strike. For a calm first hour
# write `"strike"` twice in the first cell.

# %%
import corpus_tools as ct

articles, problems, cleaning = ct.inspect_source(corpus)
articles.groupby("outlet").agg(articles=("article_id", "size"), first=("date", "min"), last=("date", "max"))

# %% [markdown]
# Each row is an *outlet*, the newsroom that printed the article. Look at the numbers side by side: an outlet with one
# or two articles cannot say much about its habits, however long they are. `NaT` means that no date is stated;
# the package never guesses one. Now to the texts themselves.

# %%
articles[["article_id", "outlet", "date", "title"]]

# %% [markdown]
# Every article has an `article_id`, by which you can always get back to it. Where a title is missing (`NaN`) the file
# did not state one. The whole text is in the column `text`, and begins with the title. Two questions remain before
# we trust these texts: what was wrong with the files, and what has been taken out of them?

# %%
problems[["file", "rule", "value", "hint", "kept"]]

# %% [markdown]
# A row here is a finding, not always a fault. `kept` is `False` where an article was lost because of it; an empty table
# means that nothing was found. The next table is the log of the cleaning. Removed are only things that no journalist
# wrote as part of the article: a date line, a caption, a line that asks you to subscribe.

# %%
telling = cleaning[~cleaning["rule"].isin(["blank space", "odd blank", "title put first", "teaching mark"])]
telling.assign(removed=telling["removed"].str.strip())[["article_id", "rule", "removed"]]

# %% [markdown]
# Read the column `removed` and ask of each line: would you call this the journalist's text? If so, the cleaning has
# gone too far, and this table is where you would see it. What an outlet repeats under every story, such as a
# background paragraph, is never removed, because habits of telling live there.

# %% [markdown]
# ## Whose words?
#
# Much of what a newspaper prints is somebody else's: people are quoted, statements are handed on in other words. Such a
# word is not the outlet's choice, or at least not in the same way. So the next step looks for **voices**: `quoted` inside
# quotation marks, `reported` in indirect speech ("the company said that …"). All the rest is the outlet's own, the
# `narrator`.

# %%
voices = ct.find_voices(articles)
text_of = articles.set_index("article_id")["text"]
spoken = voices.assign(words=[text_of[v.article_id][v.start : v.end][:90] for v in voices.itertuples()])
spoken.groupby("voice").head(4)[["article_id", "voice", "speaker", "cue", "words"]]

# %% [markdown]
# Each row is a stretch of text that is not the narrator's: what is said (its beginning), who says it (`speaker`), and the
# words that give it away (`cue`), each as printed and missing where none was found. Quotation marks are easy to see;
# indirect speech is found by rules, and **rules err**: they take some narration for speech and miss some speech.

# %%
tokens = ct.tokenize(articles, voices)
tokens[["article_id", "position", "section", "term", "voice"]].head(8)

# %% [markdown]
# A *token* is one word at one place. Its `section` is the headline, the lead (the first paragraph) or the body; its
# `voice` is that of the stretch in which its first letter stands. From here on every word can be counted with its voice.
# First let us look at a whole article, to see what the package made of it.

# %%
first = articles["article_id"].iloc[0]
hits = ct.find_hits(tokens, ct.read_lexicon(lexicon))
ct.show_article(articles, voices, hits, first)

# %% [markdown]
# This is the first article as the package sees it: the narrator plain, reported and quoted speech marked each in its own
# way. The strip beneath the headline shows how much of the article is whose. Words in bold belong to the lexicon, which
# the next notebook is about. Read it aloud, and stop wherever you would have put an edge elsewhere. Now all articles
# together:

# %%
words = tokens.groupby(["outlet", "voice"], observed=False).size().unstack(fill_value=0)
words.div(words.sum(axis=1), axis=0).round(2)

# %% [markdown]
# Each row says which part of an outlet's words is whose; the three add up to one. The figures describe these articles and
# no others, and carry the errors of the rules: a few hundredths between two outlets are nothing to build on. Outlets with
# the same shares may still let very different people speak.

# %% [markdown]
# ## Which words stand out?
#
# *Keyness* asks which words one group of texts uses more than another. We compare one outlet, the *target*, with a
# *reference*. Where nothing else is said, the target is the outlet with most articles and the reference is all others.

# %%
target = target or articles["outlet"].mode()[0]
counts = ct.count_terms(tokens, by="outlet")
key = ct.keyness(counts, target, reference, min_count=3)
ct.show_chart(ct.plot_keyness(key, n=8, footnote=ct.corpus_note(articles)), key.head(30))

# %% [markdown]
# A point to the right is a word that the target uses more often; the axis says how many times as often. Behind each
# word stand its counts and the number of articles that contain it (words with fewer than three places are left out). **A word from a single article says
# something about that article, not about the outlet.** This chart describes; it tests nothing.

# %% [markdown]
# ## From a number to its lines
#
# No number without its sentences. `find_phrase` finds a word, `kwic` (*key word in context*) prints each place. We
# take the word at the top of the list, and ask whether it means the same in every line.

# %%
word = key["term"].iloc[0]
lines = ct.kwic(articles, ct.find_phrase(tokens, word), n=12)
ct.kwic_table(lines)

# %% [markdown]
# Read down the middle column, then left and right of it. Who says it, the narrator or somebody reported or quoted? Is the
# word part of a name, or of a set phrase? A list of key words is a list of questions for such lines, and the answer
# always lies in the lines.

# %% [markdown]
# ## What this cannot tell you
#
# - Whether an outlet *always* writes so. These are the articles in the folder; who chose them, and how, is not in the
#   table.
# - Why a word stands out. Two outlets that cover different days differ in their words even if they would tell the
#   same day alike.
# - Whose each single word is. Voices are found by rules;
#   [What the voice finder gets wrong](04_what_the_voice_finder_gets_wrong.ipynb) shows how often they err, and where.
# - Whose thought it is. A reported statement is somebody else's, its wording is often the outlet's.
# - What has been left out. Counting sees only what is printed.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** How many words does each outlet's average article have? Use `tokens` and count words per outlet, then divide by
# the number of articles. What would a large difference between the outlets mean for counting words?

# %% tags=["solution"]
per_outlet = tokens.groupby("outlet", observed=True).size()
(per_outlet / articles.groupby("outlet").size()).round(0)

# %% [markdown] tags=["solution"]
# Raw counts of an outlet with longer articles are higher for every word. That is why the tables give rates, per million
# words, or shares.

# %% [markdown] tags=["exercise"]
# **2.** Compute the keyness again from the narrator's words alone (filter `tokens`, count, compare). Which of the top
# words disappear, and what does that say about them?

# %% tags=["solution"]
own_words = tokens[tokens["voice"] == "narrator"]
own_key = ct.keyness(ct.count_terms(own_words), target, reference, min_count=3)
own_key[["term", "count_target", "count_reference", "articles_target"]].head(8)

# %% [markdown] tags=["solution"]
# Words that disappear, often "we", "I" or "would", were not the outlet's: they stand in what it quotes or reports. They
# tell whom an outlet lets speak, not how it writes.

# %% [markdown] tags=["exercise"]
# **3.** Choose a word that interests you, and print its lines with `kwic`. In how many of them does the outlet itself
# speak?

# %% tags=["solution"]
chosen = ct.kwic(articles, ct.find_phrase(tokens, key["term"].iloc[1]))
chosen["voice"].value_counts()

# %% [markdown] tags=["solution"]
# The rows called `narrator` are the outlet's own, as far as the rules can tell. Read them: where one hands on what somebody
# said, the rules have missed it.

# %% [markdown] tags=["exercise"]
# **4.** How often are the rules right? Draw twenty reported stretches at random, read each in its place, and count those
# that really say what somebody else said.

# %% tags=["solution"]
reported = spoken[spoken["voice"] == "reported"]
reported.sample(min(20, len(reported)), random_state=0)[["article_id", "speaker", "cue", "words"]]

# %% [markdown] tags=["solution"]
# Your count, divided by the number drawn, is the precision of the rules in your corpus, from a small sample. What they
# have missed it does not show: for that one has to read whole articles and mark them before looking.

# %% [markdown]
# ## Take-away
#
# A corpus is a selection, and the first result of any analysis is a sentence about that selection. You know now how many
# articles each outlet has, what was taken out of them, and how much of them is the outlet's own. The next notebook asks
# one sharp question of them: by which of two names do they call the same thing?
