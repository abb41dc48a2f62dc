# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: In whose company does a word appear?
#     question: Which words stand near a name more often than they would by chance, and do two outlets give it different company?
#     goals:
#       - say what a collocate is, and what the window has to do with it
#       - choose between log-Dice, t and PMI, and say what each of them likes
#       - see how many articles stand behind a pair of words, and read its sentences
#       - compare the company of a word in two outlets, and say why one pair of words is no verdict
#     minutes: 45
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "the notebook 'Two names for one thing' (helpful)"
#       - "what a logarithm is (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## Company says something
#
# Suppose that one paper mostly has "crime" and "cost" near the word "harbour", another one "jobs" and "festival". No
# sentence need be false, and neither paper need have said that it likes the harbour. Yet their readers learn to expect
# different things of it. Words that stand near a word more often than they would by chance are its
# [collocates](glossary.md#collocate); the word itself we call the [node](glossary.md#node).

# %%
import pandas as pd

import corpus_tools as ct

articles = ct.read_articles(corpus)
with ct.progress("Finding the voices"):
    voices = ct.find_voices(articles)
tokens = ct.tokenize(articles, voices)
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(tokens, names)

# %% tags=["interactive"]
ct.sortable_tables()

# %% [markdown]
# We need a node that occurs in many articles. Among the names of one [slot](glossary.md#slot) of the
# [lexicon](glossary.md#lexicon) we take the form that stands in most articles; where the lexicon finds nothing, the
# longest of the hundred commonest words. Before anything is counted, ten of its places, drawn at random:

# %%
slot = slot or (ct.main_slot(hits, names) if len(hits) else None)
forms = hits[hits["slot"] == slot].groupby("surface")["article_id"].agg(["nunique", "size"])
forms = forms.sort_values(["nunique", "size"], ascending=False, kind="stable").index.tolist()
node = (forms or [max(tokens["term"].value_counts().head(100).index, key=len)])[0]
places = ct.find_phrase(tokens, node)
ct.kwic_table(ct.kwic(articles, places, n=10))

# %% [markdown]
# Read the lines and write down five words that you expect near the node in the other places. Keep the list: it is your
# prediction, and the rest of the notebook is its test. Is the node part of a longer name in some of the lines? Then
# that name will show up among its company.

# %% [markdown]
# ## Counting neighbours
#
# "Near" needs a limit, the [window](glossary.md#window). We take five words on either side and stop at the end of the
# sentence, because what stands in the next sentence is a weaker kind of company. The first list is the plainest one:
# which words occur most often in these windows? `left` and `right` say on which side.

# %%
least = 3 if len(ct.collocates(tokens, node)) else 1
near = ct.collocates(tokens, node, min_count=least)
often = near.sort_values(["observed", "term"], ascending=[False, True], kind="stable").set_index("term")
often[["left", "right", "observed", "expected", "articles"]].head(10).round(1)

# %% [markdown]
# At the top stand words such as "the" and "of", if the texts are English. They are near everything. So the table also
# says how often a word would be **expected** in these windows if all words of the [corpus](glossary.md#corpus) were
# shuffled. What matters is how far `observed` lies above `expected`, and on that there is more than one opinion.

# %% [markdown]
# ## Three ways to be typical
#
# [PMI](glossary.md#pmi) asks how *many times* as often as expected (as a binary logarithm: 3 is eight times). **t**
# asks how many occurrences *more*, measured by their root. [log-Dice](glossary.md#log-dice) asks how seldom one of the
# two occurs *without* the other: 14 is never, each point less is half as close. The first words by each, with their
# occurrences:

# %%
scores = {"log-Dice": "log_dice", "t": "t", "PMI": "pmi"}
ranked = {name: near.sort_values([column, "term"], ascending=[False, True]) for name, column in scores.items()}
first = {name: (own["term"] + " (" + own["observed"].astype(str) + ")").tolist()[:8] for name, own in ranked.items()}
pd.DataFrame(first, index=range(1, 1 + min(8, len(near))))

# %% [markdown]
# Compare the columns. **PMI likes the rare**: three places can be enough for the top, and a single article may supply
# them. **t likes the frequent**, as long as they are more frequent here than expected. **log-Dice** wants a pair that
# is a good part of the life of both words, and does not depend on the size of the corpus; we go on with it. None of the
# three is a test; they sort.

# %%
note = ct.corpus_note(articles)
ct.show_chart(ct.plot_collocates(near, footnote=note), near)

# %% [markdown]
# A dot further to the right is closer company. No [intervals](glossary.md#interval): the score counts words, and words
# of one article are not independent. Read the two figures at the right end first: how often against how often expected,
# and in how many articles. *One* article is an example; *two to four* may be one event or one agency text; from *five*
# on it is worth asking whether it is a habit.

# %% [markdown]
# Take out your prediction. A word that you expected and that is missing may be common everywhere in these articles:
# then it is not *typical* of the node, however often it stands there.

# %% [markdown] tags=["interactive"]
# The node itself, outlet by outlet: which of them use it at all, and how often? Type one of its collocates instead, and
# read how that word is used where the node is not near.

# %% tags=["interactive"]
ct.explore_words(articles, voices, tokens, pattern=node)

# %% [markdown]
# ## From a pair to its sentences
#
# No pair of words without its lines. For each of five words from the top of the chart a heading unfolds to places of
# the node that have the word near, at most twelve, drawn at random. (Places may be a few more or fewer than in the
# chart, since two places can share one neighbour.) Words of one to three letters, mostly grammar, come last.

# %% tags=["sentences"]
words = near.assign(short=near["term"].str.len() < 4).sort_values("short", kind="stable")["term"].head(5)
lines = []
for word in words:
    found = ct.collocate_hits(tokens, node, word)
    lines.append(ct.kwic(articles, found, n=12).assign(label=f"{word}: {len(found)} of {len(places)} places"))
ct.kwic_table(pd.concat(lines), by="label")

# %% [markdown]
# Unfold at least two. Does the word say something *about* the node, or do they only share a sentence? Is it denied, or
# somebody's demand? And do several lines look alike, word for word? Then they may be one text, printed more than once.

# %% [markdown]
# ## Whose company is it?
#
# A collocate inside a quotation is the company that a *source* gives the node. The first row counts the places of the
# node by [voice](glossary.md#voice); each row below it counts those that have the word near. Read each column against
# its first row.

# %%
counts = {"all places": places["voice"].value_counts()}
for word in near["term"].head(8):
    counts[word] = ct.collocate_hits(tokens, node, word)["voice"].value_counts()
pd.DataFrame(counts).T.reindex(columns=["narrator", "reported", "quoted"]).fillna(0).astype(int)

# %% [markdown]
# Look for a row that is divided differently from the first one: a word that stands near the node mostly in quotations,
# or hardly ever there. Then do not write "the newspaper links the two", for those whom it quotes do. The voices are
# found by rules that err, so a difference of one or two places is none.

# %% [markdown]
# ## Does it keep other company elsewhere?
#
# Now two sides: the *target* outlet and the *reference*, all others unless the first cell names one. For each word: of
# all places of the node, which [share](glossary.md#share) has the word near, here and there? Such a share gets an
# interval, and a test over articles.

# %%
target = target or articles["outlet"].mode()[0]
options = {"target": target, "reference": reference} if len(articles["outlet"].unique()) > 1 else {}
contrast = ct.collocates(tokens, node, min_count=least, **options)
unequal = bool(options) and contrast["difference"].abs().gt(0).any()
rest = contrast[["term", "note"]] if options and len(contrast) else "There is no second outlet with enough of the word."
ct.show_chart(ct.plot_collocates(contrast, footnote=note), contrast) if unequal else rest

# %% [markdown]
# To the right of the line marked zero the word stands near the node more often in the target. A line that crosses zero
# leaves the question open, and so does a *hollow* mark: its [p](glossary.md#p), corrected for all the words that were
# looked at, is not below .05. **Grey rows have no interval**: on one side fewer than five articles have the node. (A
# corpus of one outlet has no two sides; then a sentence stands here instead of a chart.)

# %%
ct.describe(contrast) if len(contrast) else "No word stands near it often enough on these two sides."

# %% [markdown]
# If the text says that there are too few articles, that is the result. Otherwise look at the *counts* first: "4 of 21
# occurrences" may be four articles, or one sentence printed four times. The lines of the word with the greatest
# difference, in the target, will show it.

# %%
top = contrast["term"].head(1).tolist()
lines = [ct.kwic(articles, ct.collocate_hits(tokens, node, word)) for word in top]
lines = pd.concat(lines) if lines else ct.kwic(articles, places.head(0))
ct.kwic_table(lines[lines["outlet"] == target])

# %% [markdown]
# Are these different sentences? Newsrooms keep paragraphs of background that they print under every story, and one such
# paragraph can put half a dozen words near a node at a stroke. Readers met it again and again, so it is real; but it is
# **one** decision, and should be reported as one. `tokens[~tokens["recurring"]]` leaves such sentences out.

# %% [markdown]
# ## Why one pair is no verdict
#
# We looked at many words at once, so some will seem to differ by luck. How many? We invent an outlet: as many articles
# as the target has, *drawn by lot* from all outlets. It has no style of its own, so every word found for it is a false
# alarm. We do so nine times and count three things: words whose interval leaves out 0, words with p below .05, and
# words that remain after the [correction](glossary.md#correction), by which the result is judged.

# %%
compared = {target: contrast} if options else {}
for seed in range(1, 10) if options else []:
    drawn = articles["article_id"].sample((articles["outlet"] == target).sum(), random_state=seed)
    sides = tokens["article_id"].isin(drawn).map({True: "lot", False: "rest"})
    compared[f"lot {seed}"] = ct.collocates(tokens.assign(outlet=sides), node, target="lot", min_count=least)
rows = {}
for name, own in compared.items():
    beside = own["difference_low"] * own["difference_high"] > 0
    found = [beside, own["p"] < 0.05, beside & (own["p_adjusted"] < 0.05)]
    rows[name] = [len(own), *(words.sum() for words in found)]
counted = ["looked at", "interval leaves out 0", "p < .05", "after correction"]
pd.DataFrame.from_dict(rows, orient="index", columns=counted)

# %% [markdown]
# The first row is the real target, the others are lots. In the two middle columns lots may find words too: where
# nothing differs, at most one word in twenty has a p below .05 *on average*, but the words of one sentence come and go
# together. The last column hardly ever has one for a lot, and only its words are called supported. A zero there does
# not show that the company is the same; with few articles nothing can be found. So a pair is where a question begins.

# %% [markdown]
# ## What this cannot tell you
#
# - What is said about the node. "Near" is not "about": a denial and a claim have the same neighbours.
# - What an outlet thinks. Company comes from events, agencies and sources as well as from choices.
# - Which company is missing, unless you name the word beforehand.
# - Whether the events were the same. An outlet that wrote more about a trial has more "court" near everything.
# - What stands near "it" or "the region" where these words mean the node.
# - What holds for another window, another form of the word or another year.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** What stands before the node? Compute the company within three words to the left, `window=(3, 0)`, with
# `min_count=least`. Which word comes first, by log-Dice? Check the word with `ct.check_answer("08.1", your_word,
# articles)`. Then look to the right: what kind of words is on each side?

# %% tags=["solution"]
before = ct.collocates(tokens, node, window=(3, 0), min_count=least)
behind = ct.collocates(tokens, node, window=(0, 3), min_count=least)
ct.check_answer("08.1", before["term"].head(1), articles)
ct.check_answer("08.1", behind["term"].head(1), articles)  # slip: That word follows the node; turn the window round.
pd.DataFrame({"before": before["term"].head(8), "behind": behind["term"].head(8)}).fillna("–")

# %% [markdown] tags=["solution"]
# In English, what describes a noun stands mostly before it, and what it does or what is done to it mostly behind. A
# word that is on one side only and high up is often part of a name.

# %% [markdown] tags=["exercise"]
# **2.** How wide is near? Take the ten closest words by log-Dice with the window of five (`near`), and the ten with
# `window=10, min_count=least`. How many words are in both lists? Check the whole number with
# `ct.check_answer("08.2", your_number, articles)`.

# %% tags=["solution"]
wider = ct.collocates(tokens, node, window=10, min_count=least)
five, ten = set(near["term"].head(10)), set(wider["term"].head(10))
ct.check_answer("08.2", len(five & ten), articles)
ct.check_answer("08.2", len(five | ten), articles)  # slip: You counted the words of either list.
sorted(ten - five)

# %% [markdown] tags=["solution"]
# A word that gains with the width belongs to the subject rather than to the phrase. Always say the window with the
# finding; another one gives another list.

# %% [markdown] tags=["exercise"]
# **3.** Take the first word of `near`. In how many *articles* does it stand near the node in the narrator's voice?
# Begin with `ct.collocate_hits(tokens, node, word)` and check the whole number with `ct.check_answer("08.3",
# your_number, articles)`.

# %% tags=["solution"]
pair = ct.collocate_hits(tokens, node, near["term"].iloc[0]) if len(near) else places.head(0)
told = pair[pair["voice"] == "narrator"]
ct.check_answer("08.3", told["article_id"].nunique(), articles)
ct.check_answer("08.3", len(told), articles)  # slip: You counted places; one article can have several.
ct.check_answer("08.3", pair["article_id"].nunique(), articles)  # slip: These are all voices; keep the narrator's.

# %% [markdown] tags=["solution"]
# Three numbers for one pair: places, articles, articles in the outlet's own words. The last one is the smallest, and
# the one to print when you write what an outlet does.

# %% [markdown] tags=["exercise", "open"]
# **4.** Two names for one thing: do they keep the same company? Take the form of the slot that stands in most articles
# after the node, and compare its ten closest words with those of the node. Say in two sentences what belongs to the
# thing and what may belong to the name, and which lines made you think so.

# %% tags=["solution"]
company = {form: ct.collocates(tokens, form, min_count=least)["term"].head(10) for form in forms[:2] or [node]}
pd.DataFrame(company).fillna("–")

# %% [markdown] tags=["solution"]
# Words in both columns belong to the subject, those in one column to the name, or to the outlets that use the name.
# Which of the two? Only a comparison within one outlet that uses both could say, and it mostly lacks the articles.

# %% [markdown]
# ## Take-away
#
# A list of collocates is a list of questions. Before you write that an outlet "links" two words, say the window and the
# score, count the articles, look for a sentence that is printed again and again, ask whose voice it is, and read the
# lines. An outlet drawn by lot had its words, too: the next notebook makes a method of that.
# [Could it be chance?](09_could_it_be_chance.ipynb)
