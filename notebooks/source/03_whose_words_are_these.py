# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Whose words are these?
#     question: When a newspaper prints a contested word, whose word is it?
#     goals:
#       - tell the narrator's words from reported and quoted ones, and mark a text yourself
#       - say how much of each outlet is whose, and in whose voice a name stands
#       - say who gets to speak, how much, how early and with which verbs
#       - go back from each number to its sentences, and correct the machine where it errs
#     minutes: 55
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "the notebook 'Two names for one thing' (helpful)"
#       - "a pencil, and somebody to compare your marks with (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## A word and its owner
#
# A word on the page of a newspaper need not be the newspaper's. The reporter may write it in her own sentence, retell
# it ("residents said that …") or put it between quotation marks. We call the three **voices**: the `narrator`,
# `reported` speech and `quoted` speech. This notebook asks of a contested word in whose voice it stands.

# %%
import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 300)
articles, problems, cleaning = ct.inspect_source(corpus)
voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)

# %% [markdown]
# We need a thing that goes by several names, a **slot** of the lexicon. Its names are the **labels**. Unless the first
# cell says which, we take the slot that is named in quotation marks in most articles, because there the voices have
# something to disagree about.

# %%
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
cited = hits[hits["voice"] == "quoted"]
slot = slot or (ct.main_slot(cited if len(cited) else hits, names) if len(hits) else None)
named = hits[hits["slot"] == slot]
named.groupby(["slot", "label"]).agg(hits=("start", "size"), articles=("article_id", "nunique")).reset_index("label")

# %% [markdown]
# Each row is one name for the same thing, with the number of places and of articles. If the table is empty, the lexicon
# was not written for these articles; the parts on names below then stay empty, and the parts on speakers work all the
# same.

# %% [markdown]
# ## First guess, then look
#
# Here is the beginning of one article, sentence by sentence. Nothing is marked yet. Write beside each number **n** for
# the narrator, **r** for reported and **q** for quoted. Where a sentence holds two voices, take the one with more
# words. Give yourselves five minutes, and do not scroll on.

# %%
one = (named if len(named) else tokens).groupby("article_id", observed=True)["voice"].nunique().idxmax()
text = articles.set_index("article_id").loc[one, "text"]
sentences = ct.split_sentences(text)
sentences["words"] = [text[place.start : place.end] for place in sentences.itertuples()]
sentences[["words"]].head(8)

# %% [markdown]
# Compare with your neighbour before you look at the machine's answer. At which sentence did you differ, and what made
# each of you decide? The number of the headline is 0. Now the same article in the reader, with the voices as the rules
# found them.

# %%
ct.show_article(articles, voices, named, one)

# %% [markdown]
# The narrator's words are plain, what is reported has a dotted line beneath it, what is quoted a tint and no dots; the
# speaker stands in the margin. The strip beneath the headline shows how much of the article is whose. Where do you
# disagree? **The rules err, and so do people.** The first exercise of the notebook counts how often you and the machine
# agree.

# %% [markdown]
# ## How much of each outlet is whose?
#
# Now all articles. We take every word, ask in which voice it stands, and let `framing_shares` compute the share of each
# voice in each outlet. Words of one article belong together, so the interval is one over articles. How large do
# you expect the narrator's part to be?

# %%
words = tokens.assign(slot="all words", label=tokens["voice"].astype(str), surface=tokens["term"], checked=False)
whose = ct.framing_shares(words, articles).sort_values(["label", "outlet"], ignore_index=True)
whose = whose.rename(columns={"label": "voice", "hits": "words", "share_low": "low", "share_high": "high"})
whose.set_index("voice")[["outlet", "words", "share", "low", "high", "articles"]].round(2)

# %% [markdown]
# Read one voice at a time, from outlet to outlet. `low` and `high` are the ends of the interval; where they are missing
# (`NaN`) there are fewer than five articles, and the share describes those articles only. The interval knows that
# articles differ. It does not know that the rules err, so small differences are nothing to build on.

# %% [markdown]
# ## Two articles side by side
#
# A share hides how an article lets people in. So we put a second article beside the first: one of another outlet about
# the same event, if there is one and the corpus says what the event is. Among those it is the one that names our thing
# most often. Chosen so, it is an example, not a sample.

# %%
this, rest = articles.set_index("article_id").loc[one], articles[articles["article_id"] != one]
same = rest["event"] == this["event"] if "event" in articles else False
other = rest["outlet"] == reference if reference else rest["outlet"] != this["outlet"]
often = rest["article_id"].map(named["article_id"].value_counts()).fillna(0)
near = rest.assign(same=same, other=other, often=often).sort_values(["same", "other", "often"], ascending=False)
ct.show_article(articles, voices, named, [one, near["article_id"].iloc[0]] if len(near) else one)

# %% [markdown]
# Begin with the two strips. Then look at the speakers' names beside the marked words: who speaks first in each article,
# and who only answers? Is somebody quoted in one and retold in the other? Find a name of our slot on both sides, and
# say aloud whose word it is. Two articles prove nothing about their outlets, but they show what to count.

# %% [markdown]
# ## The same name in three voices
#
# Back to the question. We take the commonest name of the slot, and compute for each outlet and each voice: of all times
# the thing is named in this voice, how often is it by this name?

# %%
label = named["label"].mode().get(0)
by_voice = ct.framing_shares(named, articles, by=["outlet", "voice"])
name = by_voice[by_voice["label"] == label]
note = ct.corpus_note(articles)
ct.show_chart(ct.plot_voices(by_voice, slot=slot, label=label, footnote=note), name) if len(name) else name[
    ["outlet", "label"]
]

# %% [markdown]
# The full mark is the narrator, the half mark reported speech, the hollow mark a quotation; the thin line shows how far
# apart they lie. Narrator's mark far to the right: in its own words the outlet mostly uses this name. Far to the left,
# other marks to the right: others mostly use it. Why, the chart does not say. **Grey marks rest on fewer than five
# articles**, and where intervals overlap widely no outlet can be ranked.

# %%
ct.describe(name) if len(name) else "The lexicon finds no name in these articles."

# %% [markdown]
# These sentences hold the same numbers, each with its cases and articles. Note how many cases are left to a single
# voice: splitting by voice makes the question sharper and the evidence thinner. So the next step is not another number;
# it is the lines behind one. We take the row with most hits that is not the narrator's, if there is one.

# %%
row = name[name["voice"] != "narrator"].sort_values("hits", kind="stable").tail(1)
ct.kwic_table(ct.kwic(articles, named, row=row if len(row) else None, n=10))

# %% [markdown]
# For each line ask two questions. Does it really hand on what somebody said? And if so, is the *name* the speaker's
# word, or could the reporter have put it there? Quotation marks present it as the speaker's, though it may be
# translated, or the marks may be the reporter's doubt. In reported speech the question stays open: a statement may be
# retold in words that its author never used. If a line is too short, open the article.

# %% [markdown]
# ## Who gets to speak?
#
# Behind reported and quoted words stands a speaker. To count speakers, written forms have to be merged: a full name, a
# last name, "she". `name_speakers` does it by rules and keeps a log, one row per stretch of words. Here is how often
# the commonest rules were used, with one example each.

# %%
log = ct.name_speakers(articles, voices)
rules = log.groupby("rule", as_index=False).agg(stretches=("start", "size"))
examples = log.fillna({"written": "–", "speaker": "–"}).drop_duplicates("rule")[["rule", "written", "speaker"]]
rules.merge(examples, on="rule").sort_values("stretches", ascending=False).set_index("rule").head(12)

# %% [markdown]
# `written` is what the article prints, `speaker` the name under which it is counted, and `–` means nobody: a pronoun
# that no rule could resolve, a word such as "few", or no source at all. The rules are meant to merge too little rather
# than too much, because a wrong merger puts words into somebody's mouth. Yet two people with the same first name can
# still become one. Now the count.

# %%
table = ct.speakers(articles, log)
ct.show_chart(ct.plot_speakers(table, top=4, footnote=note), table.groupby("outlet").head(5))

# %% [markdown]
# A dot is a speaker's share of **all words that the outlet gives to others**, not of the article. Look for the
# kind of speaker: offices, or people with a first name? The chart shows only those with most words; who is missing from
# it may still speak in the outlet. The interval is wide where the words stand in one or two articles: that may be one
# story, not a habit.

# %%
target = target or articles["outlet"].mode()[0]
of_target = table[table["outlet"].eq(target) & table["speaker"].notna()]
row = of_target.sort_values(["articles", "words"], ascending=False, kind="stable").head(1)
ct.kwic_table(ct.kwic(articles, log, row=row if len(row) else None, n=10))

# %% [markdown]
# These are stretches of one speaker: the one heard in most articles of the `target` in the first cell or, without one,
# of the outlet with most articles (of several, the first by alphabet). Is it one person or office in every line? If
# not, the merging went wrong there, and the log can be corrected by hand, as in the third exercise of the notebook. The
# words found are whole stretches, so some are long.

# %% [markdown]
# ## With which verbs?
#
# "Said", "claimed" and "admitted" do not introduce a statement in the same way. The package sorts verbs into groups
# after published lists: `neutral` (say, tell), `distancing` (claim, allege), `endorsing` (confirm, point out),
# `denying`, `demanding` (urge, warn) and `believing` (hope, fear). What is counted are stretches; two pieces of
# quotation in one sentence are two.

# %%
groups = ["neutral", "distancing", "endorsing", "denying", "demanding", "believing", "no_verb"]
verbs = table.groupby("outlet")[groups].sum().astype(int)
verbs.assign(stretches=verbs.sum(axis=1))

# %% [markdown]
# Compare within a row first: a usual news text is mostly `neutral`. `no_verb` means a cue without a listed verb, such
# as a noun ("the demand that …"), or none at all. The table describes and tests nothing; outlets with more text have
# higher counts. To see what a group really holds, read it. Here are lines of `distancing`, ten at most, drawn at
# random.

# %%
distant = log[log["verb_group"] == "distancing"]
ct.kwic_table(ct.kwic(articles, distant, n=10))

# %% [markdown]
# Look for the verb to the left or right of each stretch; now and then the rules took that of another statement.
# **"Claimed" is no proof of distance**: a reporter may use it only so as not to repeat "said", and "accused" may be the
# plain name of what somebody did. Whether a verb keeps the speaker at arm's length can be judged only in its sentence,
# and seldom without the other outlets' versions.

# %% [markdown]
# ## Who speaks first?
#
# The first speaker can set the scene, and those who come later may seem to answer. For each outlet we list up to three
# speakers who are most often the first in an article; of several with the same count some are cut off. The sign `–`
# means that the first words of others are given to nobody by name.

# %%
opening = table[table["first"] > 0].sort_values(["outlet", "first"], ascending=[True, False], kind="stable")
opening = opening.groupby("outlet").head(3).fillna({"speaker": "–"}).convert_dtypes()
opening.set_index("outlet")[["speaker", "first", "articles", "searched"]]

# %% [markdown]
# `first` counts articles that the speaker opens, `articles` those in which the speaker occurs at all, `searched` all
# articles of the outlet. Does a speaker open most of the articles in which they occur, or occur often and open few?
# Read those openings before you call it a frame or a reply: the first words of others may also be a detail, or a
# mistake of the rules. Such small counts describe, and no more.

# %% [markdown]
# ## What this cannot tell you
#
# - Whether each word has its right owner. Voices are found by rules: the notebook
#   [What the voice finder gets wrong](04_what_the_voice_finder_gets_wrong.ipynb) shows how often they err, and where.
# - Who the speakers without a name are. They stay in the table as one row, and may be anybody.
# - Irony. A single word in quotation marks is `quoted` for the package, though it may be the narrator who winks.
# - Who was asked and not printed. **Quoting is a choice, too**: an outlet that never says a name itself can still choose
#   whom it lets say it, how often and how early.
# - Whose wording a reported statement has, the speaker's or the reporter's.
# - Whether a share is fair. There is no right number of words for a minister, a driver or a witness.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1. Correct the machine.** Print the first twenty sentences of an article that you have not seen. Mark each sentence
# n, r or q by hand, before you look at its voices. Then find the machine's voice of each sentence (the one with most
# tokens) and compute the share of sentences in which you agree. How far would somebody get who gives every sentence to
# the narrator?

# %% tags=["solution"]
unseen = articles["article_id"].iloc[-1]
text = articles.set_index("article_id").loc[unseen, "text"]
mine = ct.split_sentences(text).head(20)
mine["words"] = [text[place.start : place.end] for place in mine.itertuples()]
mine[["words"]]

# %% tags=["solution"]
mine["hand"] = "n"  # put your own marks here: mine["hand"] = list("nnrqn…")
mine.loc[mine["words"].str.contains("said|according to", case=False), "hand"] = "r"
mine.loc[mine["words"].str.contains('[“”"]'), "hand"] = "q"
shown = tokens[tokens["article_id"] == unseen]
mine["machine"] = pd.crosstab(shown["sentence"], shown["voice"].astype(str)).idxmax(axis=1).str[0]
pd.Series({"you": (mine["hand"] == mine["machine"]).mean(), "all n": (mine["machine"] == "n").mean()}).round(2)

# %% tags=["solution"]
mine.loc[mine["hand"] != mine["machine"], ["words", "hand", "machine"]]

# %% [markdown] tags=["solution"]
# In place of your marks stands a reader in a hurry, who goes by quotation marks and by "said" alone. An agreement is
# worth only what it exceeds the second number by. Read each line of the last table, if it has any, and decide who is
# right: sometimes it is the machine, and sometimes two careful people would differ as well.

# %% [markdown] tags=["exercise"]
# **2. Another corpus.** Repeat the count of speakers with the corpus `"strike"`. Which outlet gives its words to whom?
# For how many of these shares is there an interval, and why?

# %% tags=["solution"]
strike = ct.read_articles("strike")
of_strike = ct.speakers(strike, ct.find_voices(strike))
largest = of_strike.groupby("outlet").head(4)
ct.describe(largest)

# %% tags=["solution"]
largest.groupby("outlet")["share_low"].agg(shares="size", with_interval="count").join(strike["outlet"].value_counts())

# %% [markdown] tags=["solution"]
# The column `count` holds the articles of each outlet: with fewer than five there is no interval. With `corpus =
# "strike"` and `lexicon = "strike"` in the first cell, the whole notebook runs on that corpus.

# %% [markdown] tags=["exercise"]
# **3. Merge by hand.** The rules keep "officials in one town" and "officials in another" apart, as they should. Suppose
# that your question is officials against everybody else. Write one name for all of them into the column `speaker` of
# the log and count again.

# %% tags=["solution"]
official = log["speaker"].str.contains("official|ministr|authorit|government|spokes", case=False, na=False)
merged = ct.speakers(articles, log.assign(speaker=log["speaker"].mask(official, "officials, all")))
together = merged[merged["speaker"] == "officials, all"]
together = together.set_index("outlet")[["words", "share", "share_low", "share_high", "articles"]].round(2)
together.astype({"words": int, "articles": int})

# %% [markdown] tags=["solution"]
# A speaker's share depends on how forms are merged, and this merger is coarse: "a former official" and "a critic of the
# government" are caught, an official who is given by name alone is not. So state the rule beside the number. In another
# corpus the offices have other names; if the table is empty, put them in place of these.

# %% [markdown] tags=["exercise"]
# **4. Small quotations.** Print the quotations of at most three words for which no speaker was found. Which of them are
# words that the outlet may hold at a distance, which are titles or names, and which have a speaker whom the rules
# overlooked?

# %% tags=["solution"]
short = voices[(voices["voice"] == "quoted") & voices["speaker"].isna()]
lines = ct.kwic(articles, short)
ct.kwic_table(lines[lines["node"].str.split().str.len() <= 3], most=20)

# %% [markdown] tags=["solution"]
# No rule here can tell a doubt from a title; the line often can. Sometimes it also names the speaker, and the rules did
# not see it. All of them count as `quoted`, so a narrator who writes a name in such marks does not appear as its user.
# Say so when you report a narrator's share.

# %% [markdown] tags=["exercise"]
# **5. Headlines.** In which voices do headlines stand? Compute the share of each voice among the tokens of the section
# `headline`, by outlet, and beside it that of the other sections. Where is `quoted` rarer, and why?

# %% tags=["solution"]
where = [tokens["outlet"].astype(str), tokens["section"].astype(str)]
pd.crosstab(where, tokens["voice"].astype(str), normalize="index").round(2)

# %% [markdown] tags=["solution"]
# A headline seldom has room for a whole quoted sentence, and says whose words it prints by a colon or a short verb, or
# not at all. There the rules have least to go by, and the words are few: read the headlines before you compare.

# %% [markdown]
# ## Take-away
#
# Before you write "the newspaper calls it so", ask in whose voice it stands, who the speaker is, and with which verb
# the words are let in. Then name the other half: whom to quote, how long and how early was the newspaper's own choice.
# Each count here leads back to its lines; a claim about an outlet should show some of them.
