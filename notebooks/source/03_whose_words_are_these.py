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
#       - say in whose voice a name stands, outlet by outlet
#       - say who gets to speak, how much and with which verbs
#       - go back from each number to its sentences, and correct the machine where it errs
#     minutes: 50
#     needs:
#       - "the notebook 'Two names for one thing' (necessary)"
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
# A word on the page of a newspaper need not be the newspaper's. The reporter may write it in her own sentence, hand it
# on ("residents said that …") or put it between quotation marks. These are the three [voices](glossary.md#voice):
# [narrator](glossary.md#narrator), [reported](glossary.md#reported) and [quoted](glossary.md#quoted). The [last
# notebook](02_two_names_for_one_thing.ipynb) kept the narrator's words; now we ask about the others.

# %%
import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 300)
articles, problems, cleaning = ct.inspect_source(corpus)
with ct.progress("Finding out who speaks"):
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)

# %% [markdown] tags=["interactive"]
# The next cell makes tables sortable by a click on the head of a column. Leave it out, and they look as pandas shows
# them.

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# We need a thing that goes by several names, a [slot](glossary.md#slot); its names are the [labels](glossary.md#label).
# Unless the first cell says which, we take the slot that is named in quotation marks in most articles, because there
# the voices have something to disagree about.

# %%
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
cited = hits[hits["voice"] == "quoted"]
slot = slot or (ct.main_slot(cited if len(cited) else hits, names) if len(hits) else None)
named = hits[hits["slot"] == slot]
named.groupby(["slot", "label"]).agg(hits=("start", "size"), articles=("article_id", "nunique")).reset_index("label")

# %% [markdown]
# Each row is one name for the same thing, with the number of places and of articles. If the table is empty, the lexicon
# was not written for these articles: the parts on names then stay empty, and the parts on speakers work all the same.

# %% [markdown]
# ## First guess, then look
#
# Here is the beginning of one article, sentence by sentence; 0 is the headline, if there is one. Write beside each
# number **n** for the narrator, **r** for reported and **q** for quoted. Where a sentence holds two voices, take the
# one with more words. Give yourselves five minutes, and do not scroll on.

# %%
one = (named if len(named) else tokens).groupby("article_id", observed=True)["voice"].nunique().idxmax()
text = articles.set_index("article_id").loc[one, "text"]
sentences = ct.split_sentences(text)
sentences["words"] = [text[place.start : place.end] for place in sentences.itertuples()]
sentences[["words"]].head(8)

# %% [markdown]
# Compare with your neighbour before you look at the machine's answer. At which sentence did you differ, and what made
# each of you decide? Here is the same article in the reader, with the voices as the rules found them.

# %%
ct.show_article(articles, voices, named, one)

# %% [markdown]
# The narrator's words are plain, what is reported has a line of dots beneath it, what is quoted a tint and no dots; the
# speaker stands in the margin. Words in bold are names of our slot, or of none if the lexicon finds none. Where do you
# disagree? **The rules err, and so do people.** The second exercise counts how often you and the machine agree.

# %% [markdown]
# ## One name in three voices
#
# We take the commonest name of the slot. For each outlet and each voice the chart asks: of all times the thing is named
# in this voice, how often is it by this name? Guess first: will the narrators differ more than the people they quote?

# %%
label = named["label"].mode().get(0)
by_voice = ct.framing_shares(named, articles, by=["outlet", "voice"])
name, note = by_voice[by_voice["label"] == label], ct.corpus_note(articles)
chart = ct.plot_voices(by_voice, slot=slot, label=label, footnote=note) if len(name) else None
ct.show_chart(chart, name) if len(name) else print("The lexicon finds no name in these articles.")

# %% [markdown]
# Full mark: narrator; half: reported; hollow: quoted; a thin line shows how far apart they lie. Begin with one outlet.
# Marks close together: it writes as those do whom it lets speak. Narrator far to the left: they use the name, the
# outlet hardly does. **Grey marks rest on fewer than five articles**; a voice without a hit has no mark, since its
# share is unknown, not zero. By voice the evidence is thinner, so we read the lines behind one row: the one with most
# hits that is not the narrator's, if there is one.

# %%
row = name[name["voice"] != "narrator"].sort_values("hits", kind="stable").tail(1)
ct.kwic_table(ct.kwic(articles, named, row=row if len(row) else None, n=10))

# %% [markdown]
# Ask two questions of each line. Does it really hand on what somebody said? And if so, is the *name* the speaker's
# word, or the reporter's? Quotation marks present it as the speaker's, though it may be translated, or the marks may be
# the reporter's doubt. In reported speech the question stays open: a statement can be retold in words that its author
# never used.

# %% [markdown] tags=["interactive"]
# In the explorer below you can choose another slot, one voice, or two outlets, and see the lines change with the chart.
# Find an outlet whose narrator and quoted people differ. Then read on: are the people whom it quotes of one side?

# %% tags=["interactive"]
ct.explore_framing(articles, voices, hits, slot=slot) if len(named) else ct.explore_words(articles, voices, tokens)

# %% [markdown]
# ## Who gets to speak?
#
# Behind reported and quoted words stands a [speaker](glossary.md#speaker). To count speakers, written forms have to be
# merged: a full name, a last name, "she". `name_speakers` does it by rules and writes a log, one row for each stretch
# of words: what the article prints, under which name it is counted, and by which rule.

# %%
log = ct.name_speakers(articles, voices)
log[["article_id", "written", "speaker", "rule"]].drop_duplicates("rule").head(8)

# %% [markdown]
# One example for each of the first rules; an empty table means that nobody speaks. A missing `speaker` is nobody by
# name: a pronoun that no rule could resolve, a word such as "few", or no source at all. The rules merge too little
# rather than too much, because a wrong merger puts words into somebody's mouth. Now the count.

# %%
table = ct.speakers(articles, log)
ct.show_chart(ct.plot_speakers(table, top=4, footnote=note), table.groupby("outlet").head(5))

# %% [markdown]
# A dot is a speaker's [share](glossary.md#share) of **all words that the outlet gives to others**, not of the article.
# Who are they: offices, or people with a first name? Only those with most words are shown; who is missing here may
# still speak. A wide [interval](glossary.md#interval), or none, means that the words stand in few articles: that may be
# one story, and no habit.

# %%
target = target or articles["outlet"].mode()[0]
of_target = table[table["outlet"].eq(target) & table["speaker"].notna()]
row = of_target.sort_values(["articles", "words"], ascending=False, kind="stable").head(1)
ct.kwic_table(ct.kwic(articles, log, row=row if len(row) else None, n=10))

# %% [markdown]
# These are stretches of one speaker: the one heard in most articles of the [target](glossary.md#target), which is the
# outlet with most articles where the first cell names none. Is it one person or office in every line? If not, the
# merging went wrong there, and you can mend the log by hand, as in the third exercise.

# %% [markdown]
# ## With which verbs?
#
# "Said", "claimed" and "admitted" do not introduce a statement in the same way. The package sorts verbs into groups
# after published lists: `neutral` (say, tell), `distancing` (claim, allege), `endorsing` (confirm, point out),
# `denying`, `demanding` (urge, warn) and `believing` (hope, fear). Counted are stretches; two pieces of quotation in
# one sentence are two.

# %%
groups = ["neutral", "distancing", "endorsing", "denying", "demanding", "believing", "no_verb"]
verbs = table.groupby("outlet")[groups].sum().astype(int)
verbs.assign(stretches=verbs.sum(axis=1))

# %% [markdown]
# Compare within a row first; outlets with more text have higher counts. `no_verb` means a [cue](glossary.md#cue)
# without a listed verb, such as a noun ("the demand that …"), or none at all. The table describes and tests nothing. To
# see what a group really holds, read it: here are lines of `distancing`, ten at most, drawn at random.

# %%
ct.kwic_table(ct.kwic(articles, log[log["verb_group"] == "distancing"], n=10))

# %% [markdown]
# Look for the verb to the left or right of each stretch; now and then the rules took that of another statement.
# **"Claimed" is no proof of distance**: a reporter may use it only so as not to repeat "said". Whether a verb keeps the
# speaker at arm's length can be judged only in its sentence, and seldom without the other outlets' versions.

# %% [markdown]
# ## What this cannot tell you
#
# - Whether each word has its right owner. The [next notebook](04_what_the_voice_finder_gets_wrong.ipynb) shows how
#   often the rules err, and where.
# - Who the speakers without a name are. They stay in the table as one row, and may be anybody.
# - Irony. A single word in quotation marks is `quoted` for the package, though it may be the narrator who winks.
# - Who was asked and not printed. **Quoting is a choice, too**: whom, how often and how early.
# - Whether a share is fair. There is no right number of words for a minister, a passenger or a witness.
# - Whose wording a reported statement has, the speaker's or the reporter's.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** In whose voice do headlines stand? Take the tokens whose `section` is `headline`, all outlets together, and
# compute the share of them that is *not* the narrator's, as a number between 0 and 1. Then compare it with the rest of
# the text. Hand in the share of the headlines: `ct.check_answer("03.1", your_result, articles)`.

# %% tags=["solution"]
others = tokens.assign(other=tokens["voice"] != "narrator").groupby("section", observed=False)["other"].mean()
print(others.round(2))
ct.check_answer("03.1", others["headline"], articles)
ct.check_answer("03.1", 1 - others["headline"], articles)  # slip: That is the narrator's share.
ct.check_answer("03.1", (tokens["voice"] != "narrator").mean(), articles)  # slip: That is the share of the whole text.

# %% [markdown] tags=["solution"]
# A headline seldom has room for a whole quotation. It says whose words it prints by a colon or a short verb, or not at
# all. There the rules have least to go by: read the headlines before you compare.

# %% [markdown] tags=["exercise"]
# **2.** Correct the machine. Print the first twenty sentences of the *last* article of `articles` (all, if it has
# fewer), and mark each n, r or q before you look. The machine's voice of a sentence is the one with most tokens; of
# several the first by alphabet. In which share of the sentences do you agree? Then compute what somebody would reach
# who calls every sentence the narrator's, and hand in *that*: `ct.check_answer("03.2", your_result, articles)`.

# %% tags=["solution"]
unseen = articles["article_id"].iloc[-1]
text = articles.set_index("article_id").loc[unseen, "text"]
mine = ct.split_sentences(text).head(20)
mine["words"] = [text[place.start : place.end] for place in mine.itertuples()]
shown = tokens[tokens["article_id"] == unseen]
mine["machine"] = pd.crosstab(shown["sentence"], shown["voice"].astype(str)).idxmax(axis=1).str[0]
ct.check_answer("03.2", (mine["machine"] == "n").mean(), articles)
ct.check_answer("03.2", (shown["voice"] == "narrator").mean(), articles)  # slip: Count sentences instead of words.
ct.check_answer("03.2", (mine["machine"] != "n").mean(), articles)  # slip: That is the share of the other voices.

# %% tags=["solution"]
mine["hand"] = "n"  # put your own marks here: mine["hand"] = list("nnrqn…")
mine.loc[mine["words"].str.contains("said|according to", case=False), "hand"] = "r"
mine.loc[mine["words"].str.contains('[“”"]'), "hand"] = "q"
print("agreement:", round((mine["hand"] == mine["machine"]).mean(), 2))
mine.loc[mine["hand"] != mine["machine"], ["words", "hand", "machine"]]

# %% [markdown] tags=["solution"]
# In place of your marks stands a reader in a hurry, who goes by quotation marks and "said" alone. An agreement is worth
# only what it exceeds the second number by. Read each line of the table, if it has any, and decide who is right:
# sometimes it is the machine, and sometimes careful people differ as well.

# %% [markdown] tags=["exercise"]
# **3.** Merge by hand. The rules keep each office apart. Suppose that offices against everybody else is your question:
# in the `log`, give all speakers whose name contains `official|minist|spokes|company|court|authorit` (in capitals or
# not) the one name "offices", and count again with `ct.speakers`. Which share of the words that `target` gives to
# others do they have now? Hand it in: `ct.check_answer("03.3", your_result, articles)`.

# %% tags=["solution"]
office = log["speaker"].str.contains("official|minist|spokes|company|court|authorit", case=False, na=False)
merged = ct.speakers(articles, log.assign(speaker=log["speaker"].mask(office, "offices")))
offices = merged[merged["speaker"] == "offices"].set_index("outlet")
total = offices["words"].sum() / merged["words"].sum()
ct.check_answer("03.3", offices["share"].get(target, 0.0), articles)
ct.check_answer("03.3", total, articles)  # slip: You took all outlets together; take the target's row.
offices[["words", "share", "share_low", "share_high", "articles", "searched"]].round(2)

# %% [markdown] tags=["solution"]
# A speaker's share depends on how forms are merged, and this rule is coarse: an official who is given by name alone is
# not caught, and a critic of a ministry is. So state the rule beside the number, and read some lines of what it caught.

# %% [markdown] tags=["exercise", "open"]
# **4.** Small quotations. Print the quotations of at most three words for which no speaker was found (`voices`, then
# `ct.kwic`). Sort them with a pencil: words that the outlet holds at a distance, titles and names, and those with a
# speaker whom the rules overlooked. Which of the three is hardest to tell?

# %% tags=["solution"]
short = voices[(voices["voice"] == "quoted") & voices["speaker"].isna()]
lines = ct.kwic(articles, short)
ct.kwic_table(lines[lines["node"].str.split().str.len() <= 3], most=20)

# %% [markdown] tags=["solution"]
# No rule here can tell doubt from a title; the line often can. All of them count as `quoted`, so a narrator who writes
# a name in such marks does not appear as its user. Say so when you report a narrator's share.

# %% [markdown]
# ## Take-away
#
# Before you write "the newspaper calls it so", ask in whose voice it stands, who the speaker is, and with which verb
# the words are let in. Then name the other half: whom to quote, and how long, was the newspaper's own choice. All of
# this rests on rules that err; the next notebook asks [how often](04_what_the_voice_finder_gets_wrong.ipynb).
