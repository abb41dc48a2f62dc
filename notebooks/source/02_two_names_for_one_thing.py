# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Two names for one thing
#     question: Which of the competing names does each outlet use for the same thing?
#     goals:
#       - tell names that compete from words that only look alike
#       - read a share together with its interval and the number of articles behind it
#       - see what changes when only the outlet's own words are counted
#       - compare two sides, and say when the articles are too few for an answer
#     minutes: 45
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "what a percentage is (necessary); what a confidence interval is (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## One thing, several names
#
# [Newsrooms](01_meet_the_corpus.ipynb) that watch the same event may give it different names. We call the thing that is
# named a [slot](glossary.md#slot), and its competing names [labels](glossary.md#label). The comparison is fair only if
# all labels mean *the same* act, person or object: names of two different things are no rivals. A
# [lexicon](glossary.md#lexicon) writes down which words count as which label.

# %%
import corpus_tools as ct

articles, problems, cleaning = ct.inspect_source(corpus)
names = ct.read_lexicon(lexicon)

# %% [markdown] tags=["interactive"]
# The next cell makes tables sortable by a click on the head of a column. Leave it out, and they look as pandas shows
# them.

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# The patterns of the lexicon are searched in the texts, with the voice of each place, as in the first notebook. Each
# row below is a slot. Before you look, think of three things in these articles: which of them would you expect to go by
# different names in different outlets, and for which would one name do for all?

# %%
with ct.progress("Finding out who speaks, and the names"):
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    hits = ct.find_hits(tokens, names)
slots = names.groupby("slot").agg(labels=("label", "nunique"), checked=("checked", "all"))
found = hits.groupby("slot").agg(hits=("label", "size"), articles=("article_id", "nunique"))
slots.join(found).fillna({"hits": 0, "articles": 0}).convert_dtypes()

# %% [markdown]
# `checked` says whether a person has read a sample of what the patterns find and marked it right or wrong; where it
# says `False`, every number below is provisional. A [hit](glossary.md#hit) is one place in one article where a label
# stands. Watch the column `articles`: ten hits in one article are one writer's choice on one day, ten hits in ten
# articles may be a habit. Unless the first cell names a slot, we go on with the one that occurs in most articles. These
# are its names, as printed:

# %%
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]
named.groupby(["label", "surface"], as_index=False).agg(hits=("start", "size"), articles=("article_id", "nunique"))

# %% [markdown]
# `surface` shows each form that was found under a label. This is the moment to distrust the lexicon: does every form
# name the thing that the slot is about? A pattern that is too wide shows up here, as a form that has no business in the
# table.

# %% [markdown]
# ## Who uses which name?
#
# For each outlet we take all places at which it names the thing, whoever speaks there, and ask which
# [share](glossary.md#share) of them uses each label. Beside it stands an [interval](glossary.md#interval): the range of
# shares that fit what we saw, given that we have these articles and not all that the outlet might have written.

# %%
shares = ct.framing_shares(named, articles, by="outlet")
ct.show_chart(ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles)), shares)

# %% [markdown]
# A point is a share, the line through it its interval. Where two lines overlap for most of their length, the articles
# do not tell the two outlets apart. A grey row without a line has **fewer than five articles** with a hit: there is a
# share, but no honest interval. A name that never occurs has a wide interval, too, because nothing shows how much its
# use would vary. The same in words:

# %%
ct.describe(shares)

# %% [markdown]
# A *case* is a hit of the slot, whatever its label. Notice what the sentences do not say: they call no name right, and
# give no reason for a difference. They say how often, in how many articles, and how sure one can be. Behind every share
# stand its lines; unfold a row to read them.

# %% tags=["sentences"]
ct.kwic_table(ct.kwic(articles, named), by=["label", "outlet", "voice"], most=20)

# %% [markdown]
# Read a few lines of two rows aloud. A point in the chart is only as good as its lines: if one of them is about
# something else, the share is wrong by that much. Does the name stand in the outlet's own sentence, or did somebody
# else say it? Before you go on, write down a guess: **if only the outlet's own words count, which point moves most?**

# %% [markdown]
# ## In its own words
#
# A name inside quotation marks was chosen by the person quoted; in reported speech the wording may be either's. So we
# keep the hits whose voice is the [narrator's](glossary.md#narrator), and draw the chart again. If the narrator never
# names the thing, the chart shows all voices as before.

# %%
own_words = named[named["voice"] == "narrator"] if named["voice"].eq("narrator").any() else named
own_shares = ct.framing_shares(own_words, articles, by="outlet")
ct.show_chart(ct.plot_framing_shares(own_shares, footnote=ct.corpus_note(articles)), own_shares)

# %% [markdown]
# Compare point by point with the first chart. Where a name has moved to the right, the outlet uses it more than those
# whom it lets speak; where it has moved to the left, others used it. The hits are fewer now, so most lines are longer,
# and some are gone. Quoting is a choice, too: the [next notebook](03_whose_words_are_these.ipynb) is about that.

# %% [markdown] tags=["interactive"]
# The explorer below starts with the first chart again. Choose another slot, a voice, some outlets, or a part of the
# time; the lines stand beneath, and each opens its article. Try to find a row that looks clear and rests on three
# articles. Then find one that stays clear however you choose.

# %% tags=["interactive"]
ct.explore_framing(articles, voices, hits, slot=slot)

# %% [markdown]
# ## Is there a difference, or is it chance?
#
# We take one label and two sides: the [target](glossary.md#target) and the [reference](glossary.md#reference), which is
# all other outlets unless the first cell names one. How far apart are their shares in the narrator's words? And would
# shuffling the articles between the two sides often give a difference as large?

# %%
target = target or articles["outlet"].mode()[0]
label, several = own_words["label"].mode()[0], articles["outlet"].nunique() > 1
sides = {"label": label, "target": target, "reference": reference}
contrast = ct.framing_contrast(own_words, articles, **sides) if several else None
chart = ct.plot_framing_contrast(contrast, footnote=ct.corpus_note(articles)) if several else None
ct.show_chart(chart, contrast) if several else print("There is one outlet only; a comparison needs two.")

# %% [markdown]
# The line marked zero means "the same as the others". An interval that stays on one side of it speaks for a difference;
# one that crosses it leaves the question open. [p](glossary.md#p-value) says how often shuffling gives a difference at
# least as large, in either direction. What is shuffled are **whole articles**, never single words; with few articles
# there are few ways to do it, so p cannot fall below the smallest value named beside it.

# %%
ct.describe(contrast) if several else ct.describe(own_shares)

# %% [markdown]
# If the sentence begins with "Too few articles to compare", then that is the result. It is a finding about the corpus
# and no failure: more articles would help, and no formula replaces them. A difference without an interval should not be
# quoted as if it had one.

# %% [markdown]
# ## What this cannot tell you
#
# - Which name is right. The lexicon says where each is documented, not which to use.
# - Whether an outlet *means* anything by it. A house style, an agency text or a hurried morning give the same counts.
# - What holds beyond these articles and these days.
# - Whether the outlets covered the same moments. Names change within a week; [Same day, different
#   story](06_same_day_different_story.ipynb) compares like with like.
# - Whose each hit is. Voices are found by rules, and [What the voice finder gets
#   wrong](04_what_the_voice_finder_gets_wrong.ipynb) shows how often these err.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Headlines are read most. In how many articles does one of the names of our slot stand in the headline? Use the
# column `section` of `named`, all outlets and voices together, and hand in the number of articles:
# `ct.check_answer("02.1", your_result, articles)`.

# %% tags=["solution"]
in_headline = named[named["section"] == "headline"]
print(in_headline["label"].value_counts())
ct.check_answer("02.1", in_headline["article_id"].nunique(), articles)
ct.check_answer("02.1", named["article_id"].nunique(), articles)  # slip: You counted articles with the name anywhere.
ct.check_answer("02.1", len(named), articles)  # slip: You counted places anywhere; count articles, by their headlines.

# %% [markdown] tags=["solution"]
# Headlines hold few hits, so shares of headlines rest on very few words, and most of them have no interval.

# %% [markdown] tags=["exercise"]
# **2.** Give each article one vote instead of each hit: `estimand="per_article"` in `framing_shares`, all voices, by
# outlet. (The [estimand](glossary.md#estimand) is the quantity that one wants to know.) By how much does the share
# change that changes most? Compare row by row with `shares`, and hand in the largest absolute difference:
# `ct.check_answer("02.2", your_result, articles)`.

# %% tags=["solution"]
votes = ct.framing_shares(named, articles, by="outlet", estimand="per_article")
both = shares.merge(votes, on=["outlet", "label"], suffixes=("", "_per_article"))
change = (both["share_per_article"] - both["share"]).abs()
ct.check_answer("02.2", change.max(), articles)
ct.check_answer("02.2", change.mean(), articles)  # slip: That is the mean change; which one is the largest?
both.assign(change=change).nlargest(5, "change")[["outlet", "label", "share", "share_per_article", "articles"]]

# %% [markdown] tags=["solution"]
# A share changes a lot where one article holds many of the hits and differs from the others. Where all articles have
# about as many hits, the two agree.

# %% [markdown] tags=["exercise"]
# **3.** To whom shall reported speech be given? Compute the shares by outlet from the narrator's hits alone, and once
# more from narrator and reported together. Join the two tables on outlet and label. By how much does the share differ
# that differs most? Hand in this largest absolute difference: `ct.check_answer("02.3", your_result, articles)`.

# %% tags=["solution"]
together = ct.framing_shares(named[named["voice"] != "quoted"], articles, by="outlet")
joined = own_shares.merge(together, on=["outlet", "label"], suffixes=("_alone", "_together"))
moved = (joined["share_alone"] - joined["share_together"]).abs()
ct.check_answer("02.3", moved.max(), articles)
ct.check_answer("02.3", moved.mean(), articles)  # slip: That is the mean difference; which one is the largest?
joined.assign(moved=moved).nlargest(5, "moved")[["outlet", "label", "share_alone", "share_together", "slot_hits_alone"]]

# %% [markdown] tags=["solution"]
# If even the largest difference is small, giving all reported speech to the outlet does not change the finding. If it
# is large, look at the number of hits first: rows with few of them move most. Say in your text which of the two you
# show, and why.

# %% [markdown] tags=["exercise", "open"]
# **4.** Choose another slot of the lexicon, and print ten lines of its most frequent label with `ct.kwic`. Is every
# line about the same thing? Write down each that is not, and what in its sentence could tell a program so.

# %% tags=["solution"]
other = hits[hits["slot"] == hits.loc[hits["slot"] != slot, "slot"].mode().get(0)]
ct.kwic_table(ct.kwic(articles, other[other["label"] == other["label"].mode().get(0)], n=10))

# %% [markdown] tags=["solution"]
# Ask of each line who or what is meant. A line about something else shows that the pattern needs company (`near`) or an
# exception (`unless`) in the lexicon.

# %% [markdown]
# ## Take-away
#
# A share of names is worth reading when the names mean the same thing, when you know whose words they are, and when you
# see how many articles stand behind it. Each of the three can turn a strong impression into an open question; that is
# what they are for. Next: [whose words are these?](03_whose_words_are_these.ipynb)
