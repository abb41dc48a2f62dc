# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: One wire, many papers
#     question: Which articles are the same text, whose words do they share, and does a finding hold without them?
#     goals:
#       - find text that articles share, and read it side by side
#       - tell a shared statement from shared reporting
#       - see which sentences of a statement each outlet prints
#       - count shared text once, or leave it out, and say what becomes of a finding
#     minutes: 45
#     needs:
#       - "the notebook 'Two names for one thing' (necessary)"
#       - "the notebook 'Whose words are these?' (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## Four papers, one sentence
#
# Much of what newspapers print was written elsewhere: by an agency, by a press office, by their own newsroom last week.
# If four papers print one agency text, its words were **chosen once** and stand there four times. A comparison that does
# not know it takes one writer's habit for four. So we look for the shared text first, and ask later what it does to
# our findings.

# %%
import corpus_tools as ct

articles = ct.read_articles(corpus)
voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
pairs = ct.find_reuse(tokens)
pairs.round(2).head(10)[
    ["outlet_a", "outlet_b", "article_id_a", "article_id_b", "jaccard", "containment", "containment_b"]
]

# %% [markdown]
# Each row is a pair of articles. Two texts are compared by their *shingles*, all stretches of five words in a row.
# `jaccard` is the part of all their shingles that both have; `containment` the part of the first article's that stand in
# the second, `containment_b` the reverse. One of them high and the other low: a short text stands in a long one. No
# pair that shares one shingle is missing; those further down share a phrase or two, as texts about one event do.

# %% [markdown]
# ## Read it before you count it
#
# Here are two articles of different outlets, those that share most among the pairs that are not nearly the same. Brackets
# with a number enclose passages of eight words or more that both have, word for word (five could be chance); a thin line
# ties them together where the screen is wide. Look at what stands **outside** the brackets: only one of the two has it.

# %%
passages = ct.align_passages(tokens, pairs)
between = pairs[pairs["outlet_a"] != pairs["outlet_b"]]
shown = between[between["jaccard"] < 0.6].head(1)
ids = shown[["article_id_a", "article_id_b"]].to_numpy().ravel().tolist()
ct.show_article(articles, voices, None, ids or articles["article_id"].iloc[0], passages=passages if ids else None)

# %% [markdown]
# Which of the two was first, the page does not say. The one may have copied from the other, or both from a third. Dates
# help a little, agency names in the text help more, and where neither is given the honest word is *shared*.

# %% [markdown]
# ## A shared statement is not shared reporting
#
# Two papers that quote the same press release share many words, and yet each may have reported by itself. So we
# ask whose the shared words are: for each outlet, how much of its text also stands in another's, and how much of
# that is in its own voice.

# %%
copy = ct.shared_copy(tokens, passages)
ct.show_chart(ct.plot_shared_copy(copy, footnote=ct.corpus_note(articles)), copy)

# %% [markdown]
# Read along a row: of the words of this outlet, so many also stand in the articles of the outlet above the column. The
# numbers of a pair need not be equal, since one of the two may print far more. A share that is mostly *quoted* or
# *reported* repeats the same speakers; what is printed as the **narrator's** is shared reporting.

# %%
ct.describe(copy)

# %% [markdown]
# Each of these numbers leads to its passages. Here are some of those behind the largest cell, drawn at random; for another
# one, take another row of `copy`. Words that several outlets share are counted once in the last column.

# %%
cell = copy[copy["other"] != "all other outlets"].sort_values("shared", kind="stable").iloc[-1]
ct.kwic_table(ct.kwic(articles, passages, row=cell, n=8))

# %% [markdown]
# The middle column holds the words that stand in both, its voice is that of this outlet. Which of them would you expect in
# any report of that day, and which were surely written by one person?
#
# An outlet also repeats itself: a background paragraph under every story of a series. It does not appear here, and nothing
# is deleted for it, because much of the framing lives there. The column `recurring` of the words marks such
# sentences.

# %% [markdown]
# ## What each outlet prints of a statement
#
# When several outlets print the same statement, we can lay the printings side by side, sentence by sentence. What is
# missing in a column was **not printed in that article**; why, the page cannot know. Space, an earlier hour and a
# choice look alike. The first statement is open; click on another to unfold it.

# %%
said = ct.statements(articles, voices, tokens)
ct.show_statements(said)

# %% [markdown]
# If there is a statement, follow it from left to right. Is the sentence that is missing the one that speaks against the
# speaker, or the one that was merely long? Are words changed inside the quotation marks? Is one article older than the
# other? Then open the article and see what stands in its place.

# %% [markdown]
# ## One vote for one text
#
# Articles that are mostly one text form a **reuse group**. With `unit="reuse_group"` the copies of a text within an outlet
# count as one article, and copies in several outlets are no longer taken for independent evidence: they move
# together when chance is judged. The outlet did print the text, so it still counts once in each.

# %%
grouped = ct.add_reuse_groups(articles, pairs)
sizes = grouped.groupby("reuse_group").agg(articles=("article_id", "size"), outlets=("outlet", "nunique"))
sizes.value_counts().rename("groups").reset_index().sort_values(["articles", "outlets"], ignore_index=True)

# %% [markdown]
# A group of one article is no copy by this rule; it may still share a long quotation. Larger groups, if there are any, are
# one text in several printings. Now the question of the series: a name, two sides, and the difference between them. We
# take the outlet with most shared text, and the name that it uses most.

# %%
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
everywhere = copy[copy["other"] == "all other outlets"]
target = target or everywhere.sort_values("share", kind="stable")["outlet"].iloc[-1]
named = hits[hits["slot"] == slot]
of_target = named.loc[named["outlet"] == target, "label"].mode().tolist()
label = of_target[-1] if of_target else named["label"].mode()[0]

# %% [markdown]
# `robustness` computes one difference under many choices; here we look at those that differ from the plain one in one
# choice. Find three rows first: *plain* takes all articles as they are, *one vote per shared text* counts copies once,
# *without shared copy* leaves out every hit in a shared passage. The next notebook explains the others.

# %%
options = {"label": label, "target": target, "reference": reference}
choices = ct.robustness(named, grouped, passages=passages, **options)
choices = choices[choices["changed"] <= 1]
ct.show_chart(ct.plot_robustness(choices, footnote=ct.corpus_note(articles)), choices)

# %% [markdown]
# Compare the dots first: does the difference stay on its side of zero? Then the lines. With one vote for one text a line
# may grow, since there is **less independent evidence** than there are articles, or shrink, since a text printed on both
# sides cannot set them apart. Where nothing moves, the finding did not rest on shared text.

# %% [markdown]
# ## Without any shared text
#
# The stricter question: leave out every hit inside a passage that another outlet prints as well, in all its printings.
# What remains stands in no shared passage of eight words or more: an outlet's own sentences, and words that **differ**
# from the other paper's in a sentence that is otherwise the same.

# %%
own = ct.drop_reused(named, passages)
shares = ct.framing_shares(own, articles)
ct.show_chart(ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles)), shares)

# %% [markdown]
# Compare it with the chart of the notebook on names, which shows all hits. Where a row lost its interval, too few articles
# with words of their own are left. How many hits were left out, and which are they?

# %%
print(len(named), "hits,", len(named) - len(own), "of them in text shared with another outlet")
ct.kwic_table(ct.kwic(articles, named.drop(own.index), n=12))

# %% [markdown]
# These are some of the lines that were left out. Read them: whose words are they? If an outlet writes differently as soon as
# its shared text is gone, say both numbers, and which one answers your question. A reader of the paper saw all of it; a
# study of the newsroom's own choices needs the rest.

# %% [markdown]
# ## What this cannot tell you
#
# - Who copied from whom. Shared text has no direction; a third source may not be in the corpus at all.
# - Whether copying is good or bad. Agencies exist to be reprinted.
# - What was rewritten thoroughly. Stretches of fewer than eight equal words in a row are not taken for shared text.
# - Why a sentence was not printed.
# - Whether an agency that is named only at the end wrote one paragraph or all of them: where the data have it, the
#   column `agency_contributed` is kept apart from `agency`.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Take the pair of different outlets in which most of the second article stands in the first, and less of the first
# in the second (`containment_b` high, `containment` below .8). Read it as above. What has only the longer one?

# %% tags=["solution"]
cut = between[between["containment"] < 0.8].sort_values("containment_b", ascending=False, kind="stable").head(1)
two = cut[["article_id_a", "article_id_b"]].to_numpy().ravel().tolist()
ct.show_article(articles, voices, named, two, passages=passages) if two else "There is no such pair."

# %% [markdown] tags=["solution"]
# The strips below the headlines show where the shared parts lie. Agency texts are written so that they can be cut from the
# end; in practice the middle often goes, and a closing paragraph of background stays.

# %% [markdown] tags=["exercise"]
# **2.** How much depends on `min_words`? Align the passages again with `min_words=5` and with `min_words=15`. How many hits
# are left each time?

# %% tags=["solution"]
kept = {least: len(ct.drop_reused(named, ct.align_passages(tokens, pairs, min_words=least))) for least in (5, 8, 15)}
kept

# %% [markdown] tags=["solution"]
# A small number throws out stock phrases that any two writers share; a large one keeps copied text that was lightly edited.
# Where the finding differs between them, say so.

# %% [markdown] tags=["exercise"]
# **3.** Leave out shared *reporting* only: keep statements that several outlets quote. Which rows of `passages` do you
# hand to `drop_reused`?

# %% tags=["solution"]
reporting = passages[(passages["voice"] == "narrator") & (passages["voice_b"] == "narrator")]
len(named), len(ct.drop_reused(named, reporting)), len(own)

# %% [markdown] tags=["solution"]
# The middle number lies between the two others. A quoted statement is copied as well, but it is the speaker's text: whether
# to leave it out depends on whether you study what newsrooms write or what readers meet.

# %% [markdown] tags=["exercise"]
# **4.** Which articles name an agency, and how is it known? Group the articles by outlet, `agency` and `agency_from`, where
# the columns are there.

# %% tags=["solution"]
known = [name for name in ("outlet", "agency", "agency_from", "agency_contributed") if name in articles.columns]
articles.groupby(known, dropna=False).size().rename("articles").reset_index()

# %% [markdown] tags=["solution"]
# Compare with the reuse groups: who shares text and names no agency? It may be the agency itself. The reverse is
# possible, too: an agency's own text need not be in the corpus.

# %% [markdown]
# ## Take-away
#
# Before you say how an outlet writes, ask how much of its text it wrote. Show the finding three ways: all articles, one vote
# for one text, without shared text. If it holds, say so; if it does not, that is the finding.
