# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Is it the outlet, the topic or the month?
#     question: When two outlets differ beyond chance, is it for who they are, what they wrote about, or when?
#     goals:
#       - read a calendar of outlets, and tell a silent month from a missing one
#       - see whether outlets write about different things
#       - count one difference again within events and within halves of the time
#       - ask whether outlets can be told apart by their words, on events that were held out
#       - ask of any such claim what was held out
#     minutes: 45
#     needs:
#       - "the notebook 'Could it be chance?' (necessary)"
#       - "the notebook 'Same day, different story' (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## Three suspects
#
# Suppose that [chance](glossary.md#chance) is ruled out: two heaps of articles differ. If every article of one heap was
# written in spring and every one of the other in autumn, who did it? Outlets write at different times and about
# different things, and each of these leaves its words behind. So before we write "the [outlet](glossary.md#outlet)", we
# look at the other two suspects.

# %%
import pandas as pd

import corpus_tools as ct

articles = ct.add_events(ct.read_articles(corpus))
if len(articles) < 2:
    raise ct.CorpusError("One article has nothing to be compared with; this notebook needs two or more.")
if len(articles["outlet"].unique()) == 1:
    early = articles["date"].rank(method="first", na_option="bottom") <= len(articles) / 2
    articles["outlet"] = early.map({True: "earlier articles", False: "later articles"})

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# First the calendar: how many articles has each outlet in each month, or quarter, where there are many months? (A
# corpus of one outlet is cut in two, its earlier and its later articles. Then the calendar is the whole difference, and
# you can watch what a calendar alone brings about.)

# %%
target = target or articles["outlet"].mode()[0]
days = (articles["date"].max() - articles["date"].min()).days
period = articles["date"].dt.to_period("Q" if days > 200 else "M").astype("str")
period = period.where(articles["date"].notna(), "no date")
pd.crosstab(articles["outlet"], period).rename_axis(index=None, columns=None)

# %% [markdown]
# If the rows rise and fall together, dates can explain little. If one outlet has its articles early and another late,
# every word that came up in between sets them apart. A column `no date` cannot be checked, so large numbers there are
# a warning by themselves.

# %% [markdown]
# ## When is it used?
#
# Now to the names of one thing, a [slot](glossary.md#slot) of the [lexicon](glossary.md#lexicon). All outlets go
# together here, so that there are enough articles for [intervals](glossary.md#interval). For the three commonest names
# we count how often they stand per article, month by month, or by week or day where the [corpus](glossary.md#corpus) is
# short.

# %%
with ct.progress("Finding the voices"):
    tokens = ct.tokenize(articles, ct.find_voices(articles))
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]

# %%
dated = articles[articles["date"].notna()]
freq = "month" if days > 120 else "week" if days > 13 else "day"
told = named[named["article_id"].isin(dated["article_id"])]
followed = [(told[told["label"] == own], dated.assign(name=own)) for own in told["label"].value_counts().index[:3]]
when = pd.concat([ct.timeline(*own, by="name", freq=freq) for own in followed]) if followed else told
note = ct.corpus_note(articles)
ct.show_chart(ct.plot_timeline(when, footnote=note), when) if followed else "No dated article has one of these names."

# %% [markdown]
# Below each line stands how many articles a period has. **A dot on the ground line is silence**: there are articles,
# and the name is in none of them. **A gap is ignorance**: there are no articles, and nobody can say what was written
# then. Names that come and go for all outlets together belong to events; a line that rises within overlapping intervals
# shows no trend.
#
# The sentences behind the highest dot of all:

# %%
peak = when.iloc[[when["value"].argmax()]] if followed else when.head(0)
start = dated["date"].dt.to_period(freq[0].upper()).dt.start_time
then = dated.loc[start.isin(peak["period"]), "article_id"] if followed else dated["article_id"]
lines = told[told["article_id"].isin(then) & told["label"].isin(peak["name"])] if followed else told
ct.kwic_table(ct.kwic(articles, lines, n=8))

# %% [markdown]
# Which event do these lines belong to, and how many articles are they from? If the peak is one event, then an outlet
# that wrote more about that event uses the name more, and need not prefer it.

# %% [markdown]
# ## What do they write about?
#
# A topic ([topic model](glossary.md#topic-model)) is a group of words that tend to stand in the same articles, found
# without anybody's list; its name is made of its own first words. The chart shows how much of each outlet's articles
# lies on each.

# %%
least = 5 if len(articles) >= 50 else 2
with ct.progress("Looking for topics"):
    topics = ct.fit_topics(tokens, articles, topics=min(6, max(2, len(articles) // 2)), min_articles=least)
ct.show_chart(ct.plot_topics(topics.outlets, footnote=note), topics.outlets)

# %% [markdown]
# Where the lines of the outlets lie apart, they write about different things, or call the same things by different
# names: the words decide which. Where they overlap, these articles do not show a difference of subjects. *Shaky* topics
# might not come out again from other articles. What is each made of? For the first five
# topics the two articles that lie on them most:

# %%
pd.set_option("display.max_colwidth", 200)
begins = articles.set_index("article_id")["text"].str.split().str[:14].str.join(" ") + " …"
most = topics.articles.sort_values("share", ascending=False, kind="stable").groupby("topic").head(2)
most = most.sort_values(["topic", "share"], ascending=[True, False], kind="stable")
most = most[most["topic"] <= 5].assign(begins=most["article_id"].map(begins)).round(2)
most.set_index("name")[["outlet", "share", "begins"]].rename_axis(index=None)

# %% [markdown]
# Read the beginnings: do both belong together, and would you give the group that name? A topic that holds one outlet's
# way of writing, and not a subject, is no suspect of its own; it is the outlet again.

# %% [markdown]
# ## The same difference, counted otherwise
#
# Now the difference of names between the `target` and the others, each column counted in another way: over all articles;
# *within* the same [events](glossary.md#event), so that nobody differs for covering other days; and in the *first* and
# the *second half* of the dated articles.

# %%
label = named.loc[named["outlet"] == target, "label"].mode().get(0, named["label"].mode()[0])
choices = ct.robustness(named, articles, label=label, target=target, reference=reference)
single = choices[choices["changed"] == (choices["within"].eq("event") + choices["dates"].ne("all"))]
single = single[single["changed"] < 2].assign(way=single["within"].where(single["within"].ne(""), single["dates"]))
columns = ["share_target", "share_reference", "difference", "difference_low", "difference_high"]
columns += ["articles_target", "articles_reference"]
single.set_index("way")[columns].round(2).astype(object).T.rename_axis(columns=None)

# %% [markdown]
# What is due to the calendar should shrink in the column `event`; what is due to one month should be in one half only.
# A column that is missing could not be counted: too few shared events, or no dates; then that doubt remains. And look
# at the interval: a difference that "disappears" inside events while its interval grows to twice the width has become
# **invisible**, which is another thing to report. The lines behind the first column:

# %%
ct.kwic_table(ct.kwic(articles, named, row=choices.iloc[0], n=8))

# %% [markdown]
# Do the lines of both sides stand in articles on the same things? With `within="event"` in `ct.framing_contrast` you
# find the events that are compared, and in [Same day, different story](06_same_day_different_story.ipynb) the grid of
# who covers them.

# %% [markdown]
# ## Can the outlets be told apart at all?
#
# One test for all words together: a [classifier](glossary.md#classifier) reads articles with their outlets, and then
# guesses the outlet of articles that it has not read. The trick is in the cut. All articles on one **event are [held
# out](glossary.md#held-out) together**, so it cannot recognise an outlet by what only that outlet wrote about. Names of
# outlets and sentences that recur are left out.

# %%
with ct.progress("Guessing the outlets of articles that were held out"):
    grouped = ct.add_reuse_groups(articles, ct.find_reuse(tokens))
    own = tokens[~tokens["recurring"]]
    folds = max(2, min(5, articles["event"].nunique()))
    guessed = ct.classify_outlets(own, grouped, folds=folds, shuffles=100)
ct.show_chart(ct.plot_classification(guessed.scores, footnote=note), guessed.scores)

# %% [markdown]
# The full mark is the share of an outlet's articles that were guessed rightly. The hollow one is the yardstick: the
# same with the outlets' names *shuffled* among articles of the same event. Only the distance between the two says
# something. Where both lie far to the right, hardly any event has two outlets, so that hardly a name could move: then
# subjects may have given the outlets away, and **this corpus cannot tell**.

# %%
ct.describe(guessed.scores)

# %% [markdown]
# "Can be told apart" does not say by what. So look at the words that gave the outlets away; one that an outlet uses
# *seldom* does it as well. Are they names of places and people, habits of style such as how sentences begin, or words
# for the thing that you study?

# %%
gave = guessed.terms[guessed.terms["rank"] <= 8]
word = gave["term"] + gave["use"].map({"less": " (seldom)", "more": ""}).astype("str")
gave.assign(word=word).groupby("outlet")["word"].agg(", ".join).to_frame("words that gave it away").rename_axis(None)

# %% [markdown]
# A program that knows an outlet by its names for places has found names for places; one that knows it by "she" and
# "old" has found a kind of story. Neither is a leaning. An empty table: no two outlets with enough articles. Before you
# name a kind, read the lines: here those of the first word that an outlet uses more than the others.

# %%
best = gave[gave["use"] == "more"].head(1)
term = best["term"].tolist() or tokens["term"].head(1).tolist()
found = ct.find_phrase(tokens, term[0])
ct.kwic_table(ct.kwic(articles, found[found["outlet"].isin(best["outlet"])] if len(best) else found, n=8))

# %% [markdown]
# How many articles are these lines from, and whose voice is it? A word that a guest writer or one agency text brought
# in gives an outlet away as well, and says nothing about the newsroom.

# %% [markdown]
# ## What was held out?
#
# The same once more, with *single articles* held out instead of events. Now the program may learn from one article on
# an event and be asked about the next one on it. Guess first: will it do better or worse?

# %%
with ct.progress("Guessing once more, with single articles held out"):
    leaky = ct.classify_outlets(own, grouped, folds=folds, shuffles=20, hold_out="article_id")
both = {"events held out": guessed.scores, "articles held out": leaky.scores}
shares = pd.DataFrame({name: own.set_index("outlet")["share"] for name, own in both.items()})
shares.assign(articles=guessed.scores.set_index("outlet")["articles"]).round(2)

# %% [markdown]
# Higher with articles held out: it may have recognised *subjects*, because an event that one outlet covers at length
# gives that outlet away. Lower: most events are covered by many outlets, and what it remembers of an event may lead it
# to the wrong one. Neither has to do with style. When you read that a program "detects" an outlet or a leaning, ask
# **what was held out**.

# %% [markdown] tags=["interactive"]
# Now it is your turn. The names of all newsrooms are hidden in these articles: who printed which? After the last card
# the game says how many guesses were right, how often blind guessing does as well, and which words gave each newsroom
# away.

# %% tags=["interactive"]
ct.play_blind_outlet(articles, tokens, n=min(6, len(articles)))

# %% [markdown]
# ## What this cannot tell you
#
# - What caused a difference. Outlet, topic and month are three suspects; length, author and translation are others.
# - What an outlet would have written about events that it did not cover. Within events only shared ones are compared.
# - Whether the topics are the ones that matter. Another number of topics gives other topics.
# - That outlets which are not recognised write alike. They may differ in ways that are not single words.
# - What holds beyond these articles and months.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Take the period with most articles in the first table (the earliest, if several have as many). Which share of
# its articles is the `target`'s? Check it, between 0 and 1, with `ct.check_answer("10.1", your_share, articles)`.

# %% tags=["solution"]
table = pd.crosstab(articles["outlet"], period)
most = table.sum().idxmax()
ct.check_answer("10.1", table.loc[target, most] / table[most].sum(), articles)
part = table.loc[target, most] / table.loc[target].sum()
ct.check_answer("10.1", part, articles)  # slip: The whole are the articles of the period, not those of the outlet.

# %% [markdown] tags=["solution"]
# Compare it with the target's share of all articles. If the two are far apart, whatever was new in that period looks
# like a word of the outlet, or like one that it avoids.

# %% [markdown] tags=["exercise"]
# **2.** What does a comparison within events cost? How many articles of the *other* outlets are on events on which the
# `target` has no article? Check the whole number with `ct.check_answer("10.2", your_number, articles)`.

# %% tags=["solution"]
covered = articles.loc[articles["outlet"] == target, "event"]
lost = articles[(articles["outlet"] != target) & ~articles["event"].isin(covered)]
ct.check_answer("10.2", len(lost), articles)
ct.check_answer("10.2", lost["event"].nunique(), articles)  # slip: You counted the events; count the articles on them.
lost[["event", "outlet", "article_id"]].head(10)

# %% [markdown] tags=["solution"]
# These articles enter the first column of the comparison and not the one within events. So the two rest on different
# articles, and may differ for that alone.

# %% [markdown] tags=["exercise"]
# **3.** How far is the share of rightly guessed articles above its yardstick? From `guessed.scores`, for "all outlets"
# without recurring sentences, take `share` minus `chance` (0 where nothing could be guessed), and check it, between −1
# and 1, with `ct.check_answer("10.3", your_number, articles)`.

# %% tags=["solution"]
score = guessed.scores[["share", "chance"]].iloc[0].fillna(0)
ct.check_answer("10.3", score["share"] - score["chance"], articles)
ct.check_answer("10.3", score["share"], articles)  # slip: Some would be right by chance; take the yardstick off.

# %% [markdown] tags=["solution"]
# Of six outlets of one size a blind guess is right in one of six. So "a third was recognised" can be much, and with two
# outlets it is less than a coin would give.

# %% [markdown] tags=["exercise", "open"]
# **4.** Are the outlets told apart by their own words or by those whom they quote? Classify with the narrator's words
# only, compare the row of all outlets, and say in two sentences what may be concluded.

# %% tags=["solution"]
narrated = ct.classify_outlets(own[own["voice"] == "narrator"], grouped, folds=folds, shuffles=100)
pairs = {"all voices": guessed.scores.iloc[0], "narrator": narrated.scores.iloc[0]}
pd.DataFrame(pairs).loc[["articles", "recognised", "share", "share_low", "share_high", "p", "note"]]

# %% [markdown] tags=["solution"]
# About as many with fewer words: the narrator's words do most of it. Clearly fewer: whom an outlet lets speak gives it
# away, or there is too little text left. Intervals that overlap widely decide nothing between the two.

# %% [markdown]
# ## Take-away
#
# A difference beyond chance has at least three suspects. Look at the calendar and the subjects, count it again inside
# events and inside halves of the time, and ask of every recognised outlet what was held out. What is left may be
# printed with its interval, its articles, and the number of things you tried. Now to a question of yours: [Your own
# corpus](11_your_own_corpus.ipynb)
