# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Same day, different story
#     question: Which events does each outlet cover, what does it leave out, and does a difference hold within the same events?
#     goals:
#       - see who covers which event, and who is silent
#       - correct found events in a spreadsheet
#       - compare outlets within the events that they share
#       - tell what is not found in two articles from what is not found in sixty
#       - say under how many defensible choices a finding keeps its sign
#     minutes: 50
#     needs:
#       - "the notebook 'Two names for one thing' (necessary)"
#       - "the notebook 'One wire, many papers' (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## Two outlets, two calendars
#
# Suppose one outlet writes "killed" more often than another. Perhaps it chooses harder words. Perhaps it only wrote more
# about the days on which people died. As long as outlets cover **different events**, a difference in words may be a
# difference in calendars. So we first ask who covered what, and then compare within the same events.

# %%
import pandas as pd

import corpus_tools as ct

articles = ct.read_articles(corpus)
articles = ct.add_events(articles)
ct.event_sheet(articles).head(10)

# %% [markdown]
# Articles tell of one event if they lie within some days of each other and share actors, places and rare words. An event
# that the data name is kept as it is. Everything else is a **proposal**: save this table, correct the column `event` in
# a spreadsheet, and give it back with `ct.add_events(articles, corrections="events.csv")`.

# %% [markdown]
# ## Who is silent?
#
# The grid has a row for each event and a column for each outlet. A number says how many articles there are; a dash
# says that there is none. Not to cover an event is a choice as well, and one that no list of words can show.

# %%
grid = ct.event_grid(articles)
ct.show_chart(ct.plot_event_grid(grid, footnote=ct.corpus_note(articles)), grid)

# %% [markdown]
# Read a row: who told this event, and who did not? Then a column: is an outlet with few articles silent, or was only little
# of it collected? **A dash means "not in this corpus"**, no more. Whether the outlet printed something is a question
# for its archive.

# %% [markdown]
# ## Within the same events
#
# Now the comparison. For each event that both sides cover, we take the difference between their shares; then the mean over
# the events. Each event counts once, however many articles it has, and chance is judged by exchanging the outlets **inside
# each event** only.

# %%
voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
target = target or articles["outlet"].mode()[0]
named = hits[hits["slot"] == slot]
label = named.loc[named["outlet"] == target, "label"].mode().get(0, named["label"].mode()[0])

# %%
options = {"label": label, "target": target, "reference": reference}
plain = ct.framing_contrast(named, articles, **options)
within = ct.framing_contrast(named, articles, within="event", **options)
rows = pd.concat({"all articles": plain, "within events": within}).droplevel(1)
rows[["share_target", "share_reference", "difference", "difference_low", "difference_high", "p"]].round(4)

# %% [markdown]
# If the two rows differ, part of the plain difference came from the calendars. If the second has no interval, fewer than
# **five events** are covered by both: then the outlets can hardly be compared like with like, and that is worth saying.
# The same in words, with the number of articles that lie outside the shared events:

# %%
ct.describe(within)

# %% [markdown]
# ## Told, and not found
#
# Events are made of facts, and an outlet that tells an event need not tell all of them. A list of facts with search
# patterns says what to look for; the checklist says who told it, **where** (headline, lead, body) and **in whose voice**.
# A list is made by a person who knows the event, best by one who has not read the articles. Where there is none, the
# lexicon stands in for it: does an article speak of the thing **at all**? With a list of your own, write
# `known = ct.read_facts("my_facts.csv")`.

# %%
spoken_of = names.assign(fact=names["slot"])[["fact", "pattern", "near", "unless"]]
known = ct.read_facts("karabakh") if corpus == "karabakh" else spoken_of
checklist = ct.coverage(tokens, articles, known)
first = checklist.loc[checklist["told"] == "told", "event"].head(1)
shown = checklist[checklist["event"].isin(first)]
ct.show_chart(ct.plot_coverage(shown, footnote=ct.corpus_note(articles)), shown)

# %% [markdown]
# A round mark: told; a cross: **not found**, which is not the same as not told, for a pattern may miss a wording. The size
# of a mark says how prominently, its filling in whose voice. Heads and marks name the articles searched: not found in
# two says little, not found in sixty says much. Facts that only one side claims are named as claims.

# %%
ct.describe(shown)

# %% [markdown]
# From each mark a step leads to its lines. Here is the first fact that was told; for another one, take another row of
# `shown`.

# %%
row = shown[shown["told"] == "told"].iloc[0]
ct.kwic_table(ct.kwic(articles, ct.find_facts(tokens, articles, known), row=row))

# %% [markdown]
# Check a few such lines, and above all the facts that were **not** found: open an article in which one was not found,
# and look for it with your own eyes. Each that you find goes into the pattern.

# %% [markdown]
# ## Does it hold, whichever way one counts?
#
# Every analysis makes choices that could have been made otherwise: all voices or the narrator, whole articles or the
# headline, all articles or one vote per text, all days or half of them. We make **all of them**, and show each result as
# a dot.

# %%
pairs = ct.find_reuse(tokens)
grouped = ct.add_reuse_groups(articles, pairs)
choices = ct.robustness(named, grouped, passages=ct.align_passages(tokens, pairs), **options)
ct.show_chart(ct.plot_robustness(choices, footnote=ct.corpus_note(articles)), choices)

# %% [markdown]
# On top, every combination of choices; below, the plain one and what each single change does to it. Dots on one side of the
# line: the sign does not hang on a choice. Dots on both sides: it does, and you should say **on which**. All dots rest
# on the same articles, so ninety of a hundred is no probability.

# %%
ct.describe(choices)

# %% [markdown]
# ## What this cannot tell you
#
# - Why an event was not covered, or a fact not told. Space, access, time of going to press and judgement look alike.
# - Whether two articles are about the same thing in every respect. Events are cut by rules, and corrected by you.
# - What is missing from the list of facts: a list is a choice, too.
# - Whether the choices that we varied are the ones that matter.
# - What was printed and not collected.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Drop the given events and let the package find them. How many does it find, and which articles does it put
# elsewhere?

# %% tags=["solution"]
found = ct.add_events(articles.drop(columns="event"))
both = articles[["article_id", "outlet", "date", "title", "event"]].assign(found=found["event"])
print(articles["event"].nunique(), "events before,", found["event"].nunique(), "found")
both.groupby("event")["found"].nunique().sort_values(ascending=False).head()

# %% [markdown] tags=["solution"]
# An event with more than one found part was split. Look at its articles: were they wrongly parted, or are there two turns of
# one story? Then write your decision into the sheet.

# %% [markdown] tags=["exercise"]
# **2.** Which outlet covers the fewest events, and which event is told by one outlet only?

# %% tags=["solution"]
covered = grid[grid["articles"] > 0]
print(covered.groupby("outlet").size().sort_values().to_string())
alone = covered.groupby("event").filter(lambda own: len(own) == 1)
alone[["event", "outlet", "articles", "first_date"]]

# %% [markdown] tags=["solution"]
# Such events cannot enter a comparison within events. How many articles does that cost each outlet?

# %% [markdown] tags=["exercise"]
# **3.** Take another label of the slot, and look at its robustness. Which choice moves it most?

# %% tags=["solution"]
other = named.loc[named["label"] != label, "label"].mode().get(0, label)
again = ct.robustness(named, grouped, label=other, target=target, reference=reference)
single = again[again["changed"] <= 1].assign(moved=lambda rows: (rows["difference"] - rows["difference"].iloc[0]).abs())
single.nlargest(3, "moved")[["voice", "section", "unit", "within", "estimand", "dates", "difference", "moved"]].round(2)

# %% [markdown] tags=["solution"]
# A choice that halves the articles moves a difference by chance alone. Compare the move with the interval of the plain
# row before you read anything into it.

# %% [markdown]
# ## Take-away
#
# Compare like with like: the same event, the same thing named, the same voice. Say which events were shared, what was not
# found and in how many articles, and under how many choices the finding keeps its sign. A finding that survives this is
# worth printing, and one that does not is worth knowing.
