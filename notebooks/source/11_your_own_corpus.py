# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Your own corpus
#     question: How do you get from a folder of articles and a list of names to a finding that you can defend?
#     goals:
#       - read your own articles, and say in words what was wrong with them
#       - name the columns that are meant, in one line that can be repeated
#       - judge from sizes, dates and events whether outlets can be compared
#       - write a small lexicon, and mark lines before you count
#       - make the report with one command
#     minutes: 45
#     needs:
#       - "the notebook 'Two names for one thing' (necessary)"
#       - "the notebook 'Could it be chance?' (helpful)"
#       - "articles of your own (helpful; the sample stands in for them)"
# ---

# %% tags=["parameters"]
corpus = "strike"
lexicon = "strike"
slot = None
target = None
reference = None

# %% [markdown] tags=["interactive"]
# This is the last notebook of the series, and the one to copy: put the path of your own articles between the quotation marks
# after `corpus` in the cell above, that of your own lexicon after `lexicon`, and run all cells again. Until you do, the bus
# strike stands in for your articles, and you can practise every step on it.

# %% [markdown]
# ## What lies there, in words
#
# Read are one table (`.csv`, `.tsv`, `.jsonl`), a folder with a list `articles.csv` of its files, or a folder with one folder
# per [outlet](glossary.md#outlet). Nothing is guessed: what is not stated stays missing, and what was odd is listed. So the first
# thing to read of a new [corpus](glossary.md#corpus) is the list of its problems.

# %%
import io
import tempfile
from pathlib import Path

import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", 160)
articles, problems, cleaning = ct.inspect_source(corpus)
found = problems.groupby("rule").agg(times=("hint", "size"), lost=("kept", lambda kept: (~kept.astype(bool)).sum()))
found.assign(example=problems.groupby("rule")["value"].first(), hint=problems.groupby("rule")["hint"].first())

# %% [markdown]
# One row for each kind of problem, with an example and what to do about it. An empty table means that nothing was odd. The column
# `lost` counts articles that could not be kept: mend those first, for a loss is seldom spread evenly over the outlets. What was
# changed in the texts ([cleaning](glossary.md#cleaning)) is the other half of the story:

# %%
cleaning.groupby("rule").agg(changes=("article_id", "size"), articles=("article_id", "nunique")).sort_values("changes")

# %% [markdown]
# Rules such as "odd blank" or "title put first" touch no word. Rules that remove a line deserve a look at three or four examples in
# `cleaning`: was it an advertisement, or did a journalist write it? Whatever you find belongs into the report on your corpus.

# %% [markdown] tags=["interactive"]
# ## The same with a form
#
# In JupyterLab the next cell shows a form: write a path or choose a file in the list, see what is in it, and say which column is
# which. All of it works from the keyboard (*Tab*, arrow keys, *Enter*). "Use these articles" puts them into `form.articles`
# and shows the one line of code that reads them again without the form; copy that line, so that others can repeat what you did.

# %% tags=["interactive"]
form = ct.source_form(corpus)
form

# %% [markdown]
# ## Which column is what?
#
# Tables from databases have columns of all names. Usual ones (`source`, `body`, `headline` and so on) are understood, and
# the list of problems says how. Where the names are others, or the wrong column would be taken, you name the right ones. We
# build such a table from (at most fifty of) the articles we have, to see what happens:

# %%
odd = articles.head(50).rename(columns={"outlet": "paper", "text": "story", "title": "top_line", "date": "day"})
odd = odd[["article_id", "paper", "day", "top_line", "story"]].assign(source="press database")
table = Path(tempfile.mkdtemp()) / "my_articles.csv"
odd.to_csv(table, index=False)
_, without_names, _ = ct.inspect_source(table)
without_names.groupby("rule")[["value", "hint"]].first()

# %% [markdown]
# Here `source` was taken for the outlet, since it often is; but no column was known to hold the text, so nothing could be
# kept. The hint names the way out: the option `columns`, whose left side is our name and whose right side is yours. It goes before every
# name that would be recognised.

# %%
mine = {"outlet": "paper", "text": "story", "title": "top_line", "date": "day"}
again, said, _ = ct.inspect_source(table, columns=mine)
said.loc[said["rule"] == "column name", ["value", "hint"]]

# %% [markdown]
# Each named column is listed as taken, and `source` as left alone. A name that does not exist is refused with the nearest
# one. The same can be said on the command line: `python run.py check my_articles.csv --columns
# outlet=paper,text=story,title=top_line,date=day`, and so for `report`.

# %% [markdown]
# ## Is it comparable?
#
# Before any word is counted: who is there, how much of each, and from which days? An outlet with fewer than five articles gets no
# [interval](glossary.md#interval). Two outlets that wrote in different months may differ because the news did.

# %%
words = articles["text"].str.split().str.len()
sizes = articles.assign(words=words, month=articles["date"].dt.strftime("%Y-%m").fillna("no date"))
by_outlet = sizes.groupby("outlet")["words"].agg(articles="size", words="sum", median="median")
by_outlet.join(pd.crosstab(sizes["outlet"], sizes["month"]))

# %% [markdown]
# Read the columns of the months from top to bottom. Months in which only one outlet has articles say nothing about a difference.
# The fairest comparison is within the same [events](glossary.md#event): what did each write about the same day? Where the data
# do not name events, `ct.add_events` proposes some; read them before you use them.

# %%
with_events = articles if "event" in articles else ct.add_events(articles)
grid = ct.event_grid(with_events)
covered = grid[grid["articles"] > 0].groupby("event")["outlet"].nunique()
pd.DataFrame({"events": covered.value_counts().sort_index()}).rename_axis("covered by so many outlets")

# %% [markdown]
# A row 1, if there is one, counts events that one outlet alone has: they cannot be compared at all. If most events stand in
# it, collect differently: choose the events first, and then for each outlet *all* its articles on them.

# %% [markdown]
# ## Names that compete
#
# Now the question. Write down what is named (the [slot](glossary.md#slot)), in one sentence who or what is meant (the
# [referent](glossary.md#referent)), and at least two names for it. Each row of a [lexicon](glossary.md#lexicon) is one
# [pattern](glossary.md#pattern) for one [label](glossary.md#label). You can write it in a spreadsheet, or here; lines that begin with
# `people` are an example for the bus strike.

# %%
rows = """slot,label,pattern,near,unless,attested_in,note
people,drivers,drivers|driver,,coach driver*,articles 02 and 03,
people,strikers,striker*,,,article 03,
people,staff,staff|crew*|worker*,strike*|bus*|union,bakery|hospital,articles 01 and 05,only beside the strike
"""
own = pd.read_csv(io.StringIO(rows), dtype="str", keep_default_na=False)
voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
tried = ct.find_hits(tokens, own)
ct.lexicon_forms(tried)

# %% [markdown]
# The forms that were found, label by label. `near` asks for company in the same sentence, `unless` forbids it within three words,
# `attested_in` says where a name is documented ([attested](glossary.md#attested)). On another corpus than the strike this table may be
# empty, or full of strangers: then change the rows, and run the cell again. Do the rows hinder each other?

# %%
ct.check_lexicon(own, tried)[["label", "rule", "pattern", "value", "hint"]]

# %% [markdown]
# An empty table is good news. Otherwise each row is a question to you, and need not be a mistake. Two more questions no program
# can answer. **Do all labels mean the same referent?** "Drivers" may be all drivers, "strikers" only some. **Could a writer have
# used either name in this very sentence?** If not, they are not rivals, and their shares say nothing.

# %% [markdown]
# ## Twenty lines before one number
#
# For every label, some lines at random, outlets hidden: read them and write `yes` or `no`. The share of `yes` is the label's
# [precision](glossary.md#precision). From here on we use the lexicon of the first cell, which is a full one. Here are three lines for
# each label; twenty are usual, and the command line writes them into a file for a spreadsheet.

# %%
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]
ct.draw_check_sheet(articles, named, n=3)[["label", "left", "node", "rest"]]

# %% [markdown]
# Ask of each line: does the word in the middle name the referent, in the sense of the label? A label with fewer than four of five
# right is mended before it is counted. After marking, hand the sheet back with `--marked`; only then the charts stop saying that nobody
# has checked the lexicon.

# %% [markdown]
# ## The question, and how far the answer carries
#
# First the [shares](glossary.md#share) in each outlet's own words ([voice](glossary.md#voice): `narrator`). Then one difference, and then
# the same difference in every way that could be defended ([robustness](glossary.md#robustness)).

# %%
own_words = named[named["voice"] == "narrator"]
used = own_words if len(own_words) else named
shares = ct.framing_shares(used, articles)
ct.show_chart(ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles)), shares)

# %% [markdown]
# Each share stands beside the number of its articles. A grey row is no zero: it is too little to say anything. Which label and which two
# sides you compare is best decided *before* you look at this chart; here it is the commonest label, and the outlet with most
# articles against all others.

# %%
target = target or articles["outlet"].mode()[0]
label = used["label"].mode()[0]
options = {"label": label, "target": target, "reference": reference}
several = len(set(articles["outlet"])) > 1
contrast = ct.framing_contrast(used, articles, **options) if several else shares
ct.describe(contrast)

# %% [markdown]
# If it reads "Too few articles to compare", that is the result, and it tells how many more you need. With one outlet alone there is
# nothing to compare with, and the sentences repeat its shares. Now the same under other choices, among them within events where
# the data name them:

# %%
ways = ct.robustness(named, articles, **options) if several else shares
ct.describe(ways)

# %% [markdown]
# A finding that turns round when headlines are left out, or when the copies of an agency count once, is not a finding about the outlet.
# Say in your text how many of the choices agree. And then show the sentences; a reader believes these sooner than a number.

# %% tags=["sentences"]
lines = ct.kwic(articles, used[used["label"] == label])
ct.kwic_table(lines, by=["outlet"], most=20)

# %% [markdown]
# These lines are what your number is made of. If one of them surprises you, open its article with
# `ct.show_article(articles, voices, named, article_id)` and read on: what stands before and after often changes what a word does.

# %% [markdown]
# ## The report, with one command
#
# When articles and lexicon are ready, one command runs all notebooks of the series on them and writes pages for a browser:
# `python run.py report --corpus path/to/articles --lexicon path/to/lexicon.csv --out my_report`. Column names are given as above, with
# `--columns`. Each page carries the [fingerprint](glossary.md#fingerprint) of the corpus, so that everybody can see which articles
# a number is about:

# %%
ct.corpus_note(articles)

# %% [markdown]
# Whole articles are shown only where a column `licence` allows it; lines and short snippets always. If you may not hand on the
# articles, hand on the list of their titles and dates, the lexicon, the marks and this fingerprint: others who have the
# articles can then repeat your work.

# %% [markdown]
# ## What this cannot tell you
#
# - Whether your articles stand for the outlet. That depends on how they were chosen, and no column says it.
# - What you did not collect: paywalled, deleted and changed articles are missing without a trace.
# - What your lexicon does not know. Marked lines show how often a pattern is right, never what it misses.
# - Whether the labels are fair rivals. You have said so by putting them into one slot.
# - Why an outlet writes as it does, and which name is right.
# - Whether you may use or hand on the articles. Ask those who own them.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** How many events are covered by two or more outlets? Use `covered`, and hand the number to
# `ct.check_answer("11.1", your_result, articles)`.

# %% tags=["solution"]
shared = int((covered >= 2).sum())
ct.check_answer("11.1", shared, articles)
ct.check_answer("11.1", int((covered >= 1).sum()), articles)  # slip: You counted all events, also those of one outlet.
ct.check_answer("11.1", int(covered.sum()), articles)  # slip: You added up outlets; count events instead.

# %% [markdown] tags=["solution"]
# Only these events allow a comparison of like with like. The articles on the others still count in the plain shares, and may be the
# whole reason of a difference.

# %% [markdown] tags=["exercise"]
# **2.** Add a row to `rows` for a label that is missing, in the slot `people` or one of your own. How many
# [hits](glossary.md#hit) does the label "drivers" of the example have as it stands, before your change? Hand that number to
# `ct.check_answer("11.2", your_result, articles)`.

# %% tags=["solution"]
drivers = tried[tried["label"] == "drivers"]
ct.check_answer("11.2", len(drivers), articles)
ct.check_answer("11.2", drivers["article_id"].nunique(), articles)  # slip: You counted articles; hits are asked for.
ct.check_answer("11.2", len(tried), articles)  # slip: You counted the hits of all labels.

# %% [markdown] tags=["solution"]
# Read the lines of each label before you trust its number: `ct.kwic_table(ct.kwic(articles, drivers))`. "Bus drivers' union" is an
# organisation and not the people; an `unless` takes such places out.

# %% [markdown] tags=["exercise", "open"]
# **3.** Write three sentences for the readers of your work: which articles these are and how they were chosen, what the numbers can say
# about the outlets, and what they cannot. Let a neighbour look for a word that claims more than you know.

# %% [markdown] tags=["solution"]
# A good answer names the outlets, the days and the number of articles, says who chose them and by what, and speaks of "these articles"
# instead of "the press". Words such as "always", "refuses" or "campaign" claim more than shares can show.

# %% [markdown] tags=["exercise", "open"]
# **4.** Name a pair of words in your own story that look like rivals and are not, because they do not have the same referent. How would
# a reader of your chart be misled?

# %% [markdown] tags=["solution"]
# For the bus strike: "strike" and "talks" are both common and compete for nothing; an outlet with more "talks" wrote about other days.
# The test is a sentence in which either word could stand and would mean the same thing.

# %% [markdown]
# ## Take-away
#
# A finding is as good as its articles, its lexicon and its lines, in this order. Problems in words, columns by name, sizes and dates
# before shares, marked lines before numbers, and one line of code for each step, so that somebody else gets the same: that is all
# the series has to teach. The rest is your story.
