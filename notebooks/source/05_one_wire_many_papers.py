# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: One wire, many papers
#     question: How much of what each outlet prints did it write, and does a finding hold without the rest?
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
# If four papers print one agency text, [wire copy](glossary.md#wire-copy), its words were **chosen once** and stand
# there four times. A comparison that does not know it takes one writer's habit for four. So we look for the shared text
# first.

# %%
import corpus_tools as ct

articles = ct.read_articles(corpus)
with ct.progress("Finding out who speaks, and what is shared"):
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    pairs = ct.find_reuse(tokens)

# %% [markdown] tags=["interactive"]
# The next cell makes tables sortable by a click on the head of a column. Leave it out, and they look as pandas shows
# them.

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# Texts are compared by their [shingles](glossary.md#shingle), all runs of five words. Each row below is a pair of
# articles that share one. [jaccard](glossary.md#jaccard) is the part of all their shingles that both have;
# [containment](glossary.md#containment) the part of the first article's that stand in the second, `containment_b` the
# reverse. One of the two high and the other low: a short text stands in a long one.

# %%
shown = ["outlet_a", "outlet_b", "article_id_a", "article_id_b", "jaccard", "containment", "containment_b"]
pairs[shown].round(2).head(10)

# %% [markdown]
# The pairs that share most stand first; an empty table means that no two articles have five words in a row in common.
# How high must a number be to mean copied text? Further down, pairs share a phrase or two, as texts on one event do.
# Numbers do not settle it. Reading does.

# %% [markdown]
# ## Read it before you count it
#
# Here are two articles of different outlets, those that share most among the pairs that are not nearly the same; if
# there are none, one article stands alone. Brackets with a number enclose passages of eight words or more that both
# have, word for word; a thin line ties them together where the screen is wide. Look at what stands **outside** the
# brackets: only one of the two has it.

# %%
passages = ct.align_passages(tokens, pairs)
between = pairs[pairs["outlet_a"] != pairs["outlet_b"]]
two = between[between["jaccard"] < 0.6].head(1)
ids = two[["article_id_a", "article_id_b"]].to_numpy().ravel().tolist()
ct.show_article(articles, voices, None, ids or articles["article_id"].iloc[0], passages=passages if ids else None)

# %% [markdown]
# Which of two was first, the page does not say. One may have copied from the other, or both from a third. Dates help a
# little, agency names in the text help more, and where neither is given the honest word is *shared*. Which sentence
# outside the brackets would have changed your picture of the day?

# %% [markdown]
# ## A shared statement is not shared reporting
#
# Two papers that quote the same press release share many words, and yet each may have reported by itself. So we ask
# whose the shared words are: for each outlet, how much of its text also stands in another's ([shared
# copy](glossary.md#shared-copy)), and how much of that is in its own voice.

# %%
several = articles["outlet"].nunique() > 1
copy = ct.shared_copy(tokens, passages) if several else None
chart = ct.plot_shared_copy(copy, footnote=ct.corpus_note(articles)) if several else None
ct.show_chart(chart, copy) if several else print("There is one outlet only; shared copy needs two.")

# %% [markdown]
# Read along a row: of the words of this outlet, so many also stand in the articles of the outlet above the column.
# Words that several outlets share are counted once in the last column. A share that is mostly *quoted* or *reported*
# repeats the same speakers; what is printed as the [narrator's](glossary.md#narrator) may be shared reporting, or a press
# release without its marks. Behind the largest cell stand these passages, some of them drawn at random:

# %%
cell = copy[copy["other"] != "all other outlets"].sort_values("shared", kind="stable").iloc[-1] if several else None
ct.kwic_table(ct.kwic(articles, passages, row=cell, n=8))

# %% [markdown]
# The middle column holds the words that stand in both. Which of them would you expect in any report of that day, and
# which were surely written by one person? For another cell of the chart, take another row of `copy`. What an outlet
# repeats under its own stories, a [recurring sentence](glossary.md#recurring-sentence), is not counted here: much of
# the framing lives there.

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
# speaker, or the one that was merely long? Are words changed inside the quotation marks? Then open the article, and see
# what stands in its place.

# %% [markdown]
# ## One vote for one text
#
# Articles that are mostly one text form a [reuse group](glossary.md#reuse-group). Counted so, the copies of a text
# within an outlet are one article, and copies in several outlets are no longer independent evidence: they move together
# when chance is judged. How many such groups are there?

# %%
grouped = ct.add_reuse_groups(articles, pairs)
sizes = grouped.groupby("reuse_group").agg(articles=("article_id", "size"), outlets=("outlet", "nunique"))
sizes.value_counts().rename("groups").reset_index().sort_values(["articles", "outlets"], ignore_index=True)

# %% [markdown]
# A group of one article is no copy by this rule; it may still share a long quotation. Larger groups are one text in
# several printings. Now a finding is put to the test: the [share](glossary.md#share) of one name, between two sides. We
# take the outlet with most shared text, and the name that it uses most (of equals, the first in the alphabet).

# %%
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)
slot = slot or ct.main_slot(hits, names)
named = hits[hits["slot"] == slot]
by_copy = copy[copy["other"] == "all other outlets"].sort_values("share", kind="stable") if several else articles
target = target or by_copy["outlet"].iloc[-1]
label = [*named.loc[named["outlet"] == target, "label"].mode(), *named["label"].mode()][0]

# %% [markdown]
# [`robustness`](glossary.md#robustness) computes one difference under many choices; here we look at those that differ
# from the plain one in a single choice. Find three rows: *plain* takes all articles as they are, *one vote per shared
# text* counts copies once, *without shared copy* leaves out every [hit](glossary.md#hit) in a shared passage. The [next
# notebook](06_same_day_different_story.ipynb) explains the others.

# %%
sides = {"label": label, "target": target, "reference": reference}
with ct.progress("Computing the difference under each choice"):
    choices = ct.robustness(named, grouped, passages=passages, **sides) if several else None
chosen = choices[choices["changed"] <= 1] if several else None
chart = ct.plot_robustness(chosen, footnote=ct.corpus_note(articles)) if several else None
ct.show_chart(chart, chosen) if several else print("There is one outlet only; a comparison needs two.")

# %% [markdown]
# Compare the dots first: does the difference stay on its side of zero? Then the lines. With one vote for one text a
# line may grow, since there is **less independent evidence** than there are articles, or shrink, since a text printed
# on both sides cannot set them apart. Where nothing moves, the finding did not rest on shared text.

# %% [markdown]
# ## Without any shared text
#
# What do the outlets write where nobody else prints the same? We leave out every hit inside a passage that another
# outlet has as well, in all its printings. What remains are an outlet's own sentences, and words that **differ** from
# the other paper's in a sentence that is otherwise the same.

# %%
own = ct.drop_reused(named, passages)
shares = ct.framing_shares(own if len(own) else named, articles)
ct.show_chart(ct.plot_framing_shares(shares, footnote=ct.corpus_note(articles)), shares)

# %% [markdown]
# Compare it with the first chart of [Two names for one thing](02_two_names_for_one_thing.ipynb), which shows all hits.
# Where a row has lost its [interval](glossary.md#interval), too few articles with words of their own are left. (If no
# hit at all is left, the chart shows all hits.) These are some of the lines that were left out:

# %%
print(len(named), "hits,", len(named) - len(own), "of them in text shared with another outlet")
ct.kwic_table(ct.kwic(articles, named.drop(own.index), n=12))

# %% [markdown]
# Whose words are they? If an outlet writes differently as soon as its shared text is gone, say both numbers, and which
# one answers your question. A reader of the paper saw all of it; a study of the newsroom's own choices needs the rest.

# %% [markdown]
# ## What this cannot tell you
#
# - Who copied from whom. Shared text has no direction, and a third source may not be in the corpus at all.
# - Whether copying is good or bad. Agencies exist to be reprinted.
# - What was rewritten thoroughly. Runs of fewer than eight equal words are not taken for shared text.
# - Why a sentence was not printed.
# - Whether an agency that is named only at the end wrote one paragraph or all of them: where the data have it, the
#   column `agency_contributed` is kept apart from `agency`.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** How many pairs of articles by *different* outlets have more than a twentieth of their shingles in common
# (`jaccard` above .05)? Hand in the number of pairs: `ct.check_answer("05.1", your_result, articles)`.

# %% tags=["solution"]
close = between[between["jaccard"] > 0.05]
ct.check_answer("05.1", len(close), articles)
ct.check_answer("05.1", int((pairs["jaccard"] > 0.05).sum()), articles)  # slip: Pairs inside one outlet are among them.
ct.check_answer("05.1", len(between), articles)  # slip: Those are all pairs of different outlets that share anything.
close.groupby(["outlet_a", "outlet_b"], observed=True).size().rename("pairs").reset_index()

# %% [markdown] tags=["solution"]
# Look for an outlet that stands in most rows: it may be an agency, or it may be the one that reprints most.

# %% [markdown] tags=["exercise"]
# **2.** How much depends on what counts as a passage? Align the passages again with `min_words=15` instead of 8. How
# many hits of `named` does `ct.drop_reused` leave now? Hand in that number: `ct.check_answer("05.2", your_result,
# articles)`.

# %% tags=["solution"]
kept = {least: len(ct.drop_reused(named, ct.align_passages(tokens, pairs, min_words=least))) for least in (5, 8, 15)}
print(kept)
ct.check_answer("05.2", kept[15], articles)
ct.check_answer("05.2", len(named) - kept[15], articles)  # slip: Those are left out; how many stay?
ct.check_answer("05.2", kept[8], articles)  # slip: That is the number with eight words.

# %% [markdown] tags=["solution"]
# A small number throws out stock phrases that any two writers share; a large one keeps copied text that was lightly
# edited. Where the finding differs between them, say so.

# %% [markdown] tags=["exercise"]
# **3.** Leave out shared *reporting* only, and keep statements that several outlets quote. Which rows of `passages` do
# you hand to `ct.drop_reused`? Take those in which `voice` and `voice_b` are both the narrator's, and hand in how many
# hits are left: `ct.check_answer("05.3", your_result, articles)`.

# %% tags=["solution"]
reporting = passages[(passages["voice"] == "narrator") & (passages["voice_b"] == "narrator")]
statements = passages.drop(reporting.index)
ct.check_answer("05.3", len(ct.drop_reused(named, reporting)), articles)
ct.check_answer("05.3", len(own), articles)  # slip: You left out everything that is shared.
ct.check_answer("05.3", len(ct.drop_reused(named, statements)), articles)  # slip: You left out statements; keep them.

# %% [markdown] tags=["solution"]
# A quoted statement is copied as well, but it is the speaker's text. Whether to leave it out depends on whether you
# study what newsrooms write or what readers meet.

# %% [markdown] tags=["exercise", "open"]
# **4.** Take the pair of different outlets in which most of the second article stands in the first, and less of the
# first in the second (`containment_b` high, `containment` below .8). Read it with `ct.show_article`. What has only the
# longer one, and what would you have cut?

# %% tags=["solution"]
cut = between[between["containment"] < 0.8].sort_values("containment_b", ascending=False, kind="stable").head(1)
two = cut[["article_id_a", "article_id_b"]].to_numpy().ravel().tolist()
ct.show_article(articles, voices, named, two, passages=passages) if two else print("There is no such pair.")

# %% [markdown] tags=["solution"]
# The strips below the headlines show where the shared parts lie. Agency texts are written so that they can be cut from
# the end; in practice the middle often goes, and a closing paragraph of background stays.

# %% [markdown]
# ## Take-away
#
# Before you say how an outlet writes, ask how much of its text it wrote. Show the finding three ways: all articles, one
# vote for one text, without shared text. If it holds, say so; if it does not, that is the finding. The next notebook
# asks what else must be alike: [Same day, different story](06_same_day_different_story.ipynb).
