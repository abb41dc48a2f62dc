# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Same day, different story
#     question: Which events does each outlet cover, what is not found in it, and does a difference hold within the same events?
#     goals:
#       - see who covers which event, and who has nothing on it here
#       - correct found events in a spreadsheet
#       - compare outlets within the events that they share
#       - say how much a "not found" weighs
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
# In the teaching corpus every article has its event, and it is kept as it is. Where events are missing, they are
# **proposed**: articles that lie within some days of each other and share actors, places and rare words. Proposals need
# a person: `ct.event_sheet(articles).to_csv("events.csv", index=False)` writes the whole sheet, you correct the column
# `event`, and `ct.add_events(articles, corrections="events.csv")` takes it back.

# %% [markdown]
# ## Who has no article on it?
#
# The grid has a row for each event and a column for each outlet. A number says how many articles there are; a dash
# says that there is none. Having no article on an event can matter more than any word, and no list of words shows it.
# Whether it was a choice, the corpus cannot say.

# %%
grid = ct.event_grid(articles)
ct.show_chart(ct.plot_event_grid(grid, footnote=ct.corpus_note(articles)), grid)

# %% [markdown]
# Read a row: who has articles on this event, and who has none? Then a column: does an outlet with few marks cover little, or
# was only little of it collected? **A dash means "not in this corpus"**, no more. Whether the outlet printed something is
# a question for its archive.

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
# If the two rows differ, the calendars may be the reason, but there is a second one: the first row counts every hit, the
# second gives each event one vote. The last chart of this page shows both changes apart. No interval in the second row:
# fewer than **five events** are covered by both. The same in words:

# %%
ct.describe(within)

# %% [markdown]
# ## Told, and not found
#
# Events are made of facts, and an outlet that tells an event need not tell all of them. A list of facts with search
# patterns says what to look for; the checklist says where it was found: in which outlet, **at what place** (headline, lead,
# body) and **in whose voice**.
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
# A round mark: words of the pattern were **found**, so the fact is probably told; its size says how prominently, its filling
# in whose voice. A cross: not found, which is not "not told", for a pattern may miss a wording. A box: too early, all articles
# were printed before. Here an outlet has one or two articles on an event, so a cross says little; for sixty it says much.

# %%
ct.describe(shown)

# %% [markdown]
# From each mark a step leads to its lines. Here are those of the first mark; for another one, take another row of `shown`.
# Each line is one piece of the pattern, and some pieces prove little alone.

# %%
row = shown[shown["told"] == "told"].iloc[0]
ct.kwic_table(ct.kwic(articles, ct.find_facts(tokens, articles, known), row=row))

# %% [markdown]
# Check a few such lines, and above all the facts that were **not** found: open an article in which one was not found,
# and look for it with your own eyes. Each that you find goes into the pattern.

# %% [markdown]
# ## Does it hold, whichever way one counts?
#
# Every analysis makes choices that could have been made otherwise. We vary seven: the voice, the part of the article, one
# vote per article, text or event, all articles or within events, with or without shared text, one vote per hit or per
# article, and the days. We make **every combination** that these articles allow; each different result is a dot.

# %%
pairs = ct.find_reuse(tokens)
grouped = ct.add_reuse_groups(articles, pairs)
passages = ct.align_passages(tokens, pairs)
choices = ct.robustness(named, grouped, passages=passages, **options)
ct.show_chart(ct.plot_robustness(choices, footnote=ct.corpus_note(articles)), choices)

# %% [markdown]
# On top, the combinations; below, the plain one and what each single change does to it. Dots on one side of the line: the
# *sign*, more often or less often, does not hang on a choice. Dots on both sides: it does, and you should say **on which**.
# All dots rest on the same articles, so ninety of a hundred is no probability.

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
# **1.** Drop the given events and let the package find them. Which events does it split? Then correct one cell of the
# sheet and hand it back.

# %% tags=["solution"]
found = ct.add_events(articles.drop(columns="event"))
both = articles[["article_id", "outlet", "date", "title", "event"]].assign(found=found["event"])
split = both.groupby("event").filter(lambda own: own["found"].nunique() >= 2)
split.sort_values(["event", "date"])[["event", "found", "article_id", "title"]].head(12)

# %% tags=["solution"]
sheet = ct.event_sheet(found)
sheet.loc[0, "event"] = sheet.loc[1, "event"]
corrected = ct.add_events(articles.drop(columns="event"), corrections=sheet)
corrected["event"].nunique(), found["event"].nunique()

# %% [markdown] tags=["solution"]
# Look at the articles of a split event: were they wrongly parted, or are there two turns of one story? If the table is
# empty, nothing was split. Your decision in the sheet wins over what is found.

# %% [markdown] tags=["exercise"]
# **2.** Which outlet covers the fewest events, and which events are covered by fewer than four outlets?

# %% tags=["solution"]
covered = grid[grid["articles"] > 0]
print(covered.groupby("outlet").size().sort_values().to_string())
covered.groupby("event").filter(lambda own: len(own) < 4)[["event", "outlet", "articles", "first_date"]]

# %% [markdown] tags=["solution"]
# An event covered by one of two sides only cannot enter a comparison within events. How many articles does that cost?

# %% [markdown] tags=["exercise"]
# **3.** Take the commonest other label of the slot, and look at its robustness. Which choice moves it most?

# %% tags=["solution"]
other = named.loc[named["label"] != label, "label"].mode().get(0, label)
again = ct.robustness(named, grouped, passages=passages, label=other, target=target, reference=reference)
single = again[again["changed"] <= 1].assign(moved=lambda rows: (rows["difference"] - rows["difference"].iloc[0]).abs())
single.nlargest(3, "moved")[["voice", "section", "unit", "within", "copy", "estimand", "dates", "moved"]].round(2)

# %% [markdown] tags=["solution"]
# A choice that halves the articles moves a difference by chance alone. Compare the move with the interval of the plain
# row before you read anything into it.

# %% [markdown]
# ## Take-away
#
# Compare like with like: the same event, the same thing named, the same voice. Say which events were shared, what was not
# found and in how many articles, and under how many choices the finding keeps its sign. A finding that survives this can
# be printed with these numbers beside it; one that does not has told you which choice it hangs on.
