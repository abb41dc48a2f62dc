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
#     minutes: 45
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
# Suppose one [outlet](glossary.md#outlet) writes "killed" more often than another. Perhaps it chooses harder words.
# Perhaps it only wrote more about the worst days. As long as outlets cover different
# [events](glossary.md#event), a difference in words may be a difference in calendars. So we first ask who covered what,
# and then compare within the same events.

# %%
import pandas as pd

import corpus_tools as ct

articles = ct.add_events(ct.read_articles(corpus))

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# In the teaching corpora every article has its event, and it is kept. Where events are missing, they are **proposed**:
# articles that lie within some days of each other and share actors, places and rare words. Read the column `event`
# beside the titles: do articles with one event really tell of one thing?

# %%
ct.event_sheet(articles).head(8)

# %% [markdown]
# Proposals need a person. `ct.event_sheet(articles).to_csv("events.csv", index=False)` writes the whole sheet, you
# correct the column `event`, and `ct.add_events(articles, corrections="events.csv")` takes it back.

# %% [markdown]
# ## Who has no article on it?
#
# The grid has a row for each event and a column for each outlet. A number says how many articles there are; a dash
# says that there is none. Having no article on an event can matter more than any word, and no list of words shows it.
# Whether it was a choice, the [corpus](glossary.md#corpus) cannot say.

# %%
note = ct.corpus_note(articles)
grid = ct.event_grid(articles)
ct.show_chart(ct.plot_event_grid(grid, footnote=note), grid)

# %% [markdown]
# Read a row: who has articles on this event, and who has none? Then a column: does an outlet with few marks cover
# little, or was only little of it collected? **A dash means "not in this corpus"**, no more. Whether the outlet printed
# something is a question for its archive.

# %% [markdown]
# ## All days in one pot
#
# Now to the words. Of all names that an outlet has for one thing (the names of a [slot](glossary.md#slot) of the
# [lexicon](glossary.md#lexicon)), which [share](glossary.md#share) has each [label](glossary.md#label)? This first
# count takes all articles together, whatever their day. The label followed from here on is the one that the `target`
# uses most.

# %%
with ct.progress("Finding the voices"):
    voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
target = target or articles["outlet"].mode()[0]

# %%
named = hits[hits["slot"] == slot]
label = named.loc[named["outlet"] == target, "label"].mode().get(0, named["label"].mode()[0])
shares = ct.framing_shares(named, articles)
ct.show_chart(ct.plot_framing_shares(shares, slot=slot, footnote=note), shares)

# %% [markdown]
# Each dot is the share of a label among the names in one outlet, each line its [interval](glossary.md#interval); grey
# rows rest on fewer than five articles. Suppose two outlets lie far apart: is it their words, or did they write about
# different days? From this chart nobody can tell.

# %% [markdown] tags=["interactive"]
# The same chart to play with. Change the voice, the unit or the dates, one at a time, and watch which dots move; the Tab
# key leads from one choice to the next. Below stand the lines behind the chart; a button beside each opens its article.

# %% tags=["interactive"]
ct.explore_framing(articles, voices, hits, slot=slot)

# %% [markdown]
# ## Within the same events
#
# For each event that both sides cover, we take the difference between their shares; then the mean over the events. Each
# event counts once, however many articles it has. [Chance](glossary.md#chance) is judged by exchanging the outlets
# **inside each event** only. The `target` stands against all others, unless the first cell names a `reference`.

# %%
options = {"label": label, "target": target, "reference": reference}
two = len(articles["outlet"].unique()) > 1
ways = {"all articles": None, "within events": "event"} if two else {}
rows = {name: ct.framing_contrast(named, articles, within=way, **options) for name, way in ways.items()}
rows = pd.concat(rows).droplevel(1) if two else shares[shares["label"] == label]
rows.filter(regex="^share|^difference|^p$|^articles").round(4).astype(object).T

# %% [markdown]
# Read `difference` and its ends in both columns. If they differ, the calendars may be the reason, but there is a second
# one: the first counts every [hit](glossary.md#hit), the second gives each event one vote. No interval in the second:
# fewer than **five events** are shared. (One outlet alone has nothing to be compared with; then its own shares are
# shown.)

# %% [markdown]
# No difference without its sentences. Here are some that have the label, drawn at random (of one
# side only, where the other never has it). Could another name have stood in the same place?

# %%
ct.kwic_table(ct.kwic(articles, named, row=rows.iloc[0], n=10))

# %% [markdown]
# ## Told, and not found
#
# An outlet that tells an event need not tell all of its facts. A list of facts with search patterns says what to look
# for; the checklist says where it was found: in which outlet, **at what place** (headline, [lead](glossary.md#lead),
# body) and **in whose [voice](glossary.md#voice)**. A list is made by a person who knows the event. Where there is
# none, the lexicon stands in: does an article speak of the thing at all? For a list of your own write `known =
# ct.read_facts("my_facts.csv")`.

# %%
spoken_of = names.assign(fact=names["slot"])[["fact", "pattern", "near", "unless"]]
listed = ct.read_facts("karabakh")
known = listed if listed["event"].isin(articles["event"]).all() else spoken_of
checklist = ct.coverage(tokens, articles, known)
first = checklist.loc[checklist["told"] == "told", "event"].head(1)
shown = checklist[checklist["event"].isin(first)]
ct.show_chart(ct.plot_coverage(shown, footnote=note), shown)

# %% [markdown]
# A round mark: words of the pattern were **found**, so the fact is probably told; its size says how prominently, its
# filling in whose voice. A cross: not found, which is not "not told", for a pattern may miss a wording. A box: too
# early, all articles were printed before. With one or two articles on an event a cross says little; with sixty it says
# much.
#
# From each mark a step leads to its lines. Here are those of the first; for another one take another row of `shown`.

# %%
row = shown[shown["told"] == "told"].iloc[0]
ct.kwic_table(ct.kwic(articles, ct.find_facts(tokens, articles, known), row=row))

# %% [markdown]
# Each line is one piece of the pattern, and some pieces prove little alone. Check above all the facts that were **not**
# found: open an article in which one was not found, with `ct.show_article`, and look for it with your own eyes. Each
# that you find goes into the pattern.

# %% [markdown]
# ## Does it hold, whichever way one counts?
#
# Every analysis makes choices that could have been made otherwise. We vary seven: the voice, the part of the article,
# one vote per article, text or event, all articles or within events, with or without [shared
# text](glossary.md#shared-copy), one vote per hit or per article, and the days. We make **every combination** that
# these articles allow; each different result is a dot.

# %%
with ct.progress("Comparing under every combination of choices"):
    pairs = ct.find_reuse(tokens)
    grouped = ct.add_reuse_groups(articles, pairs)
    passages = ct.align_passages(tokens, pairs)
    choices = ct.robustness(named, grouped, passages=passages, **options) if two else rows
ct.show_chart(ct.plot_robustness(choices, footnote=note), choices) if two else "One outlet: nothing to compare."

# %% [markdown]
# On top, the combinations; below, the plain one and what each single change does to it. Dots on one side of the line:
# the *sign*, more often or less often, does not hang on a choice ([robustness](glossary.md#robustness)). Dots on both
# sides: it does, and you should say **on which**. All dots rest on the same articles, so ninety of a hundred is no
# probability. In words:

# %%
ct.describe(choices) if two else ct.describe(shares)

# %% [markdown]
# Such a sentence can be printed: it has the difference, its interval, the numbers of articles, and how often the sign
# held. What is missing from it are the reasons, and no count supplies them.

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
# **1.** Take the outlet that covers the fewest events. On how many of the events in `grid` has it *no* article? `grid`
# has one row for each event and outlet. Check the whole number with `ct.check_answer("06.1", your_number, articles)`.

# %% tags=["solution"]
covered = grid["articles"].gt(0).groupby(grid["outlet"]).sum()
fewest = covered.min()
ct.check_answer("06.1", int(grid["event"].nunique() - fewest), articles)
ct.check_answer("06.1", int(fewest), articles)  # slip: So many it covers; you are asked for those without an article.

# %% [markdown] tags=["solution"]
# `covered` counts events, not articles: an outlet with two articles on one event covers one. None of the gaps says that
# the outlet printed nothing.

# %% [markdown] tags=["exercise"]
# **2.** Drop the column `event` and let the package propose the events. How many of the *given* events are split, that
# is, have articles in two or more proposed ones? Check the whole number with `ct.check_answer("06.2", your_number,
# articles)`. Then join the parts of one split event in the sheet, and hand it back.

# %% tags=["solution"]
found = ct.add_events(articles.drop(columns="event"))
split = found["event"].groupby(articles["event"]).nunique().ge(2)
ct.check_answer("06.2", int(split.sum()), articles)
total = found["event"].nunique()
ct.check_answer("06.2", int(total), articles)  # slip: Those are the proposed events; count the given ones.

# %% tags=["solution"]
sheet = ct.event_sheet(found)
given = sheet["article_id"].map(articles.set_index("article_id")["event"])
sheet.loc[given.isin(split[split].index[:1]), "event"] = "joined by hand"
corrected = ct.add_events(articles.drop(columns="event"), corrections=sheet)
corrected.loc[corrected["event"] == "joined by hand", ["article_id", "date", "title"]]

# %% [markdown] tags=["solution"]
# Are these articles one event, or two turns of one story? You decide, and your decision in the sheet wins over what is
# proposed. An empty table: nothing was split.

# %% [markdown] tags=["exercise"]
# **3.** The difference within events by hand. For each event in which both the `target` and the other outlets have a
# hit in `named`, take the share of `label` among the target's hits minus that among the others' hits; then the mean
# over these events. (No shared event: 0.) Check it, between −1 and 1, with `ct.check_answer("06.3", your_number,
# articles)`.

# %% tags=["solution"]
event = named["article_id"].map(articles.set_index("article_id")["event"])
side = named["outlet"].eq(target).map({True: "target", False: "others"})
used = named["label"].eq(label).astype(float)
both = named.assign(event=event, side=side, used=used).pivot_table(index="event", columns="side", values="used")
both = both.reindex(columns=["target", "others"]).dropna()
ct.check_answer("06.3", (both["target"] - both["others"]).mean() if len(both) else 0, articles)
pooled = used[side == "target"].mean() - used[side == "others"].mean()
ct.check_answer("06.3", pooled, articles)  # slip: That is all articles in one pot; compare inside each event.

# %% [markdown] tags=["solution"]
# With `reference = None` it is the `difference` of the column "within events" above. An event with one hit on a side
# weighs as much as one with thirty: that is the price for comparing like with like.

# %% [markdown] tags=["exercise", "open"]
# **4.** Take the commonest *other* label of the slot and look at its robustness. Which single choice moves it most, and
# what would you write about it in two sentences?

# %% tags=["solution"]
other = named.loc[named["label"] != label, "label"].mode().get(0, label)
again = ct.robustness(named, grouped, passages=passages, **(options | {"label": other})) if two else shares.head(0)
single = again[again["changed"] <= 1] if two else again.assign(difference=0.0)
moved = (single["difference"] - single["difference"].head(1).sum()).abs()
kept = [*single.columns.intersection(["voice", "section", "unit", "within", "copy", "estimand", "dates"]), "moved"]
single.assign(moved=moved).nlargest(3, "moved")[kept].round(2)

# %% [markdown] tags=["solution"]
# A choice that halves the articles moves a difference by chance alone. So compare the move with the interval of the
# plain row before you read anything into it, and name the choice in your two sentences.

# %% [markdown]
# ## Take-away
#
# Compare like with like: the same event, the same thing named, the same voice. Say which events were shared, what was
# not found and in how many articles, and under how many choices the finding keeps its sign. So far you named the words
# to be compared. [Which words set an outlet apart?](07_which_words.ipynb) asks what happens when the computer picks
# them.
