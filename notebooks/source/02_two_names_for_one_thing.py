# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: Two names for one thing
#     question: Which of the competing names does each outlet use for the same thing, and in whose voice?
#     goals:
#       - tell names that compete from words that only look alike
#       - read a share together with its interval and the number of articles behind it
#       - split a share by voice, and see whether the outlet or its sources chose the word
#       - compare two outlets, and say when the articles are too few for an answer
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
# Newsrooms that watch the same event may give it different names. We call the thing that is named a **slot**, and its
# competing names **labels**. The comparison is fair only if all labels mean *the same* act, actor or object: names for
# two different things are not rivals. A *lexicon* writes down which words count as which label.

# %%
import corpus_tools as ct

articles, problems, cleaning = ct.inspect_source(corpus)
names = ct.read_lexicon(lexicon)
names.groupby("slot").agg(labels=("label", "nunique"), patterns=("pattern", "size"), checked=("checked", "all"))

# %% [markdown]
# Each row is a slot. The column `checked` says whether a person has read a sample of what the patterns find and marked
# it right or wrong. Where it says `False`, treat every number below as provisional; the charts say so as well. Next we
# look for the labels in the texts.

# %%
voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
hits = ct.find_hits(tokens, names)
hits.groupby("slot").agg(hits=("label", "size"), articles=("article_id", "nunique"))

# %% [markdown]
# A *hit* is one place in one article at which a label stands. The second column is the one to watch: ten hits in one
# article are one writer's choice on one day, ten hits in ten articles may be a habit. Unless you name another slot in
# the first cell, we go on with the one that occurs in most articles.

# %%
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]
named.groupby(["label", "surface"], as_index=False).agg(hits=("start", "size"), articles=("article_id", "nunique"))

# %% [markdown]
# `surface` shows the forms that were found under each label. This is the moment to distrust the lexicon: does each form
# really name the thing that the slot is about? A pattern that is too wide would show up here as a form that has no
# business in this table.

# %% [markdown]
# ## Who uses which name?
#
# For each outlet we take all places at which it names the thing, and ask which share of them uses each label. Beside the
# share stands an *interval*: the range of shares that fit what we saw, given that we have these few articles and
# not all that the outlet might have written.

# %%
shares = ct.framing_shares(named, articles, by="outlet")
ct.show_chart(ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles)), shares)

# %% [markdown]
# A point is a share, the line through it its interval. Where two lines overlap for most of their length, the articles do
# not tell the two outlets apart. A grey row without a line has **fewer than five articles** with a hit: there is a
# share, but no honest interval. A name that never occurs has a wide interval, too: nothing shows how much its use would
# vary, so each article counts as a single case. The same in words (a *case* is a hit of the slot, whatever its label):

# %%
ct.describe(shares)

# %% [markdown]
# Notice what the sentences do not say. They do not call one name right, and they give no reason for a difference. They
# say how often, in how many articles, and how sure one can be. Now to the sentences behind one of these numbers; every
# row of the table leads to its lines.

# %%
row = shares.sort_values("hits", kind="stable").iloc[-1]
ct.kwic_table(ct.kwic(articles, named, row=row, n=12))

# %% [markdown]
# These are places behind the row with most hits; leave out `n=12` to see all of them. Read them aloud. Does the name stand
# in the outlet's own sentence, in what it reports or in somebody's quotation? That is the next question, and it often
# changes the picture.

# %% [markdown]
# ## Whose name is it?
#
# A name inside quotation marks was chosen by the person quoted, even though the outlet chose to quote it. In reported
# speech the claim is somebody else's, but the wording may be either's. So we split each outlet's shares by *voice*:
# `narrator`, `reported` and `quoted`. The line between the marks of one outlet shows how far its voices lie apart.

# %%
by_voice = ct.framing_shares(named, articles, by=["outlet", "voice"])
ct.show_chart(ct.plot_voices(by_voice, footnote=ct.corpus_note(articles)), by_voice)

# %% [markdown]
# Compare the voices of one outlet first, then the narrators of different outlets. Marks close together: the outlet writes
# as those do whom it lets speak. Marks far apart: it keeps a name for itself, or leaves it to others. The hits are now
# spread over three voices, so most intervals are wider. A voice without a hit has no mark: its share is unknown, not zero.

# %%
ct.describe(by_voice)

# %% [markdown]
# The sentences follow the commonest name through the outlets. A name that stands only in quotations is one that an outlet
# passes on; one that its narrator uses stands in its own sentences. What is reported lies between the two, and it is there
# that the rules err most. So look at the lines behind each mark: unfold a row to read them.

# %% tags=["sentences"]
lines = ct.kwic(articles, named)
ct.kwic_table(lines, by=["label", "outlet", "voice"], most=20)

# %% [markdown]
# Read at least two rows that differ in voice. A point in the chart is only as good as its sentences: if one of them is
# about something else, the pattern in the lexicon is too wide, and the share is wrong by that much.

# %% [markdown]
# ## Is there a difference, or is it chance?
#
# We take one label and two sides: the *target* outlet and the *reference*, all other outlets unless you name one. The
# question is how far apart their shares are in the narrator's words, and whether shuffling the articles
# between the two sides would often give a difference as large.

# %%
target = target or articles["outlet"].mode()[0]
own_words = named[named["voice"] == "narrator"]
label = (own_words if len(own_words) else named)["label"].mode()[0]
options = {"label": label, "target": target, "reference": reference}
contrast = ct.framing_contrast(own_words if len(own_words) else named, articles, **options)
ct.show_chart(ct.plot_framing_contrast(contrast, footnote=ct.corpus_note(articles)), contrast)

# %% [markdown]
# The line marked zero means "the same as the others". An interval that stays on one side of it speaks for a difference; one
# that crosses it leaves the question open. `p` is the share of shuffles in which the difference came out at least as
# large; with few articles there are few ways to shuffle, so it cannot get below the smallest value named beside it. What
# is shuffled are **whole articles**, never single words.

# %%
ct.describe(contrast)

# %% [markdown]
# If the sentence begins with "Too few articles to compare", then that is the result. It is a finding about the corpus and not a
# failure: collecting more articles is the answer, and no formula replaces them. A difference without an
# interval should not be quoted as if it had one.

# %% [markdown]
# ## What this cannot tell you
#
# - Which name is right. The lexicon says where each is documented, not which to use.
# - Whether an outlet *means* anything by it. A house style, an agency text or a hurried morning give the same counts.
# - What holds beyond these articles and these days.
# - Whether the outlets covered the same moments: names change within a week, so compare like with like.
# - Who first used the name that a reported sentence has: the one who is reported, or the outlet that put it into its words.
# - Whether a voice was found rightly in each line.
#   [What the voice finder gets wrong](04_what_the_voice_finder_gets_wrong.ipynb) shows how often it was.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Do headlines differ from the rest? Compute the shares by outlet and `section`, and look at the rows of the
# headlines. How many articles are behind them?

# %% tags=["solution"]
by_section = ct.framing_shares(named, articles, by=["outlet", "section"])
by_section[by_section["section"] == "headline"][["outlet", "label", "hits", "slot_hits", "articles", "note"]]

# %% [markdown] tags=["solution"]
# Headlines hold few hits, so most rows have no interval: an impression from headlines rests on very few words.

# %% [markdown] tags=["exercise"]
# **2.** Give each article one vote instead of each hit: `estimand="per_article"` (the *estimand* is the quantity one wants
# to know). Which shares change most? When would they change a lot?

# %% tags=["solution"]
votes = ct.framing_shares(named, articles, by="outlet", estimand="per_article")
shares.assign(per_article=votes["share"])[["outlet", "label", "share", "per_article", "articles"]]

# %% [markdown] tags=["solution"]
# They change a lot where one article holds many of the hits and differs from the others. Where all articles have about as
# many hits, the two agree.

# %% [markdown] tags=["exercise"]
# **3.** Choose another slot of the lexicon, and print the lines of its most frequent label. Is every line about the same
# thing?

# %% tags=["solution"]
other = hits[hits["slot"] == hits.loc[hits["slot"] != slot, "slot"].mode().get(0)]
ct.kwic_table(ct.kwic(articles, other[other["label"] == other["label"].mode().get(0)], n=10))

# %% [markdown] tags=["solution"]
# Ask of each line who or what is meant. A line about something else shows that the pattern needs company (`near`) or an
# exception (`unless`) in the lexicon.

# %% [markdown] tags=["exercise"]
# **4.** Does it matter to whom reported speech is given? Compute the narrator's shares once alone and once together with
# reported speech, and compare them row by row.

# %% tags=["solution"]
alone = ct.framing_shares(own_words, articles)
together = ct.framing_shares(named[named["voice"] != "quoted"], articles)
both = alone.merge(together, on=["outlet", "label"], suffixes=("_alone", "_together"))
both[["outlet", "label", "share_alone", "share_together", "slot_hits_alone", "slot_hits_together"]]

# %% [markdown] tags=["solution"]
# Where the two columns are close, giving all reported speech to the outlet would not change the finding. Where they are
# not, say in your text which of the two you show, and why.

# %% [markdown]
# ## Take-away
#
# A share of names is worth reading when the names mean the same thing, when you know whose words they are, and when you
# see how many articles stand behind it. Each of the three can turn a strong impression into an open question; that
# is what they are for.
