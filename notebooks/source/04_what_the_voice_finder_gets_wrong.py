# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: What the voice finder gets wrong
#     question: How often does the package take the outlet's words for somebody else's, or the other way round, and at which sentences?
#     goals:
#       - say what precision, recall and F1 mean for a voice, in a sentence each
#       - know the kinds of sentences at which the finder errs, and recognise them in an article
#       - judge in which direction such errors can shift a number
#       - check the finder in your own corpus with sixty lines and a pencil
#     minutes: 40
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "what a percentage is (necessary)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## How often is it wrong?
#
# Every table and chart that speaks of a *narrator* rests on `find_voices`, a set of rules that decides word by word
# whether the outlet speaks or somebody else. Rules err. How often they do can be measured only against people who have
# marked the same texts by hand, and the package carries the result of such a measurement with it.

# %%
import re

import pandas as pd

import corpus_tools as ct

pd.set_option("display.max_colwidth", None)
errors = ct.voice_errors()
errors[errors["what"] == "all"].set_index("measure")[["value", "low", "high", "articles", "words"]].round(2)

# %% [markdown]
# **Precision**: of the words that the finder gives to somebody, the part that is really somebody else's. **Recall**: of
# the words that are somebody else's, the part that it finds. **F1** lies between the two and is high only where both
# are. The *Matthews correlation* also counts the words rightly left to the narrator: 1 is perfect, 0 is chance. `low`
# and `high` enclose 95 % of the values when the articles are drawn anew.

# %%
yardsticks = errors[(errors["what"] == "yardstick") & (errors["measure"] == "F1")].set_index("name")
yardsticks[["value", "low", "high", "articles"]].rename(columns={"value": "F1"}).round(2)

# %% [markdown]
# Three yardsticks for that F1. Whoever gives only what stands in *quotation marks* to somebody, or *every* word, gets
# the first two without any rules. The third is about the most that one can ask for: two people who marked the same
# article do not agree on every word either. They did so for few articles, so their interval is wider.

# %% [markdown]
# ## How was this measured?
#
# People marked several hundred articles of seven American newspapers and news sites of 2015 and 2016: who speaks, the
# *cue* that shows it ("said"), and the content. A word counts as somebody else's if it starts inside such a content.
# Where several people marked an article, the first one counts.
#
# The rules have a table of weights, which says how far each may be trusted. For each outlet it was fitted *without*
# that outlet. The word lists and the rules, however, were extended by people who had seen articles of all seven. Only
# the weights are truly held out; on texts of another kind expect somewhat worse.

# %%
rows = errors[errors["what"] == "outlet"].replace("F1 outside quotation marks", "F1 outside marks")
others = rows.pivot_table(index="name", columns="measure", values="value")
ends = rows[rows["measure"] == "F1"].set_index("name")[["articles", "low", "high"]]
others[["F1"]].join(ends).join(others[["precision", "recall", "F1 outside marks"]]).round(2)

# %% [markdown]
# Each row is one outlet, measured with weights that never saw it. The order is that of the alphabet: an outlet with a
# lower F1 is not written worse; it may quote less, or hand on speech in ways that are harder to see. The column
# `F1 outside marks` leaves out what stands in quotation marks, the easy part. It is the figure to keep in mind for
# everything that is called **reported**.

# %%
rows = errors[errors["what"] == "teaching articles"].replace("F1 outside quotation marks", "F1 outside marks")
theirs = rows.pivot_table(index="name", columns="measure", values="value").sort_index(ascending=False)
ends = rows[rows["measure"] == "F1"].set_index("name")[["low", "high"]]
theirs[["F1"]].join(ends).join(theirs[["precision", "recall", "F1 outside marks"]]).round(2)

# %% [markdown]
# The same finder on articles of the teaching corpus `karabakh`, marked by hand. The first group was in view while the
# rules were made, so its figures flatter. The blind group was marked by someone who did not know what the rules would
# find, and is the fairer test. With so few articles the intervals are wide, and probably still a little too narrow.

# %% [markdown]
# ## Which sentences are missed?
#
# An average hides that some sentences are easy and some hopeless. So the annotated words were sorted by the way in
# which they are given to somebody; each kind is named by an example. A word that several annotations hold is sorted by
# the longest of them. How much of each kind does the finder see, and how much of all that it misses is of this kind?

# %%
missed = errors[errors["what"] == "kind missed"].set_index("name")
part = missed.loc[missed["measure"] == "share of missed words", "value"].rename("of all missed")
seen = missed[missed["measure"] == "recall"].rename(columns={"value": "recall"})
seen[["recall", "low", "high"]].join(part).join(seen["words"]).sort_values(part.name, ascending=False).round(2)

# %% [markdown]
# Read the column *of all missed* first: it says where the losses come from. A verb of saying with "that" is hardly ever
# missed; a cue that stands in none of our word lists mostly is, and there will always be more such words than any list
# holds. Words in quotation marks are found by their marks, so their recall only says how many marks were overlooked.
# Where the interval is wide, the kind is too rare for a figure.

# %% [markdown]
# ## What is wrongly found?
#
# Now the other error: words that are the outlet's own and were given to somebody. Here the words are sorted by what the
# finder *took* them for, because the annotation has no kind for what is nobody's. The names are the same as above, as
# far as rules and annotation can be set side by side; *no cue* means words given to somebody for their neighbours'
# sake.

# %%
found = errors[errors["what"] == "kind found"].set_index("name")
part = found.loc[found["measure"] == "share of wrong words", "value"].rename("of all wrong")
right = found[found["measure"] == "precision"].rename(columns={"value": "precision"})
right[["precision", "low", "high"]].join(part).join(right["words"]).sort_values(part.name, ascending=False).round(2)

# %% [markdown]
# Five words or more in marks are nearly always somebody's words; among shorter ones there are more titles, nicknames
# and words held at arm's length. Verbs that may or may not hand on speech ("described the harbour", "saw the ferry")
# bring in many of the wrong words. A low precision over few words does little harm; a middling one over many words does
# more.

# %%
errors[errors["what"] == "edge"].set_index("name")[["words", "value", "low", "high"]].round(2)

# %% [markdown]
# Is an error a sentence on the wrong side, or an edge set a few words too far? `value` is the share within three words
# of the beginning or end of an annotated stretch; the last row is for *all* words. Where a row is well above it, many
# errors are questions of an edge, on which people differ as well. Missed words lie inside a stretch, where an edge is
# seldom far: in part their row is high for that reason.

# %% [markdown]
# ## Look at some sentences
#
# Figures are one thing, a sentence is another. Below are invented sentences about a harbour, with the
# words that a careful `reader` would give to somebody, written down by us. What the `finder` makes of them is computed
# now, while this page is made. The two `agree` where they hold the same words; capitals and punctuation do not count.
# All were chosen to show something; how often it happens, the tables above say. First easy ones:

# %%
rows = [
    ("said that …", "The harbour board said that the ferry would be late.", "that the ferry would be late"),
    ("…, she said", "The lock, the board said, would open at noon.", "The lock … would open at noon"),
    ("according to …", "According to the pilots' guild, the channel is deep enough.", "the channel is deep enough"),
    ("inside quotation marks", "“The bridge is ours,” said Ida Venn, who keeps the tolls.", "The bridge is ours"),
    ("believes …, wants …, welcomes …", "Ida Venn hopes that the lamp will be lit.", "that the lamp will be lit"),
]

# %%
rows = pd.DataFrame(rows, columns=["kind", "sentence", "reader"])
given = [[text[v.start : v.end] for v in ct.voice_spans(text).itertuples()] for text in rows["sentence"]]
rows["finder"] = [" … ".join(parts) or "nobody" for parts in given]
heard = [[re.findall(r"\w+", words.lower()) for words in rows[column]] for column in ("reader", "finder")]
rows["agree"] = ["yes" if a == b else "no" for a, b in zip(*heard, strict=True)]
rows.set_index("sentence")[["reader", "finder", "agree", "kind"]]

# %% [markdown]
# With a verb of the list, its subject and its content side by side, rules do well; inside marks they need not
# understand anything. The next sentences are harder: a cue far from its content, a thing
# named before whoever proposed it, a noun instead of a verb, a headline with a colon, an opinion that no verb
# announces. In the last one the question is only how far the promise reaches.

# %%
rows = [
    ("said …, without “that”", "She told us after a walk by the sea the lock was old.", "the lock was old"),
    ("the plan they proposed", "The timetable proposed by the guild would have saved an hour.", "The timetable"),
    ("the claim that …", "The guild's fears about ice in the harbour delayed the vote.", "about ice in the harbour"),
    ("a name and a colon", "Ferry captain: Give us a longer pier", "Give us a longer pier"),
    ("a cue in none of our lists", "To the pilots, the pier is too short.", "the pier is too short"),
    ("promised to …, asked them to …", "Ida Venn promised to mend the lock before May.", "to mend the lock before May"),
]

# %%
rows = pd.DataFrame(rows, columns=["kind", "sentence", "reader"])
given = [[text[v.start : v.end] for v in ct.voice_spans(text).itertuples()] for text in rows["sentence"]]
rows["finder"] = [" … ".join(parts) or "nobody" for parts in given]
heard = [[re.findall(r"\w+", words.lower()) for words in rows[column]] for column in ("reader", "finder")]
rows["agree"] = ["yes" if a == b else "no" for a, b in zip(*heard, strict=True)]
rows.set_index("sentence")[["reader", "finder", "agree", "kind"]]

# %% [markdown]
# Where the finder says *nobody*, all words stay with the narrator: an opinion of the pilots, say, counts as the
# outlet's. A person knows from the world who may think what; the rules know words and their order, nothing else. The
# last sentences tempt the other way: a title in marks, a sentence that goes on after its speaker, verbs that greet or
# paint, a noun whose own verb follows, a colon that introduces nobody.

# %%
rows = [
    ("inside quotation marks, four words or fewer", "The children sang “Row the Ferry Home” on the quay.", "nobody"),
    ("…, she said", "The bridge opened in May, the mayor said, and the band played on.", "The bridge opened in May"),
    ("believes …, wants …, welcomes …", "Ida Venn welcomed guests at the pier and served soup.", "nobody"),
    ("rejected the plan, described the plan", "The boat was named in May, and Ida Venn painted it red.", "nobody"),
    ("the claim that …", "Rumours that the lock had cracked went round the market.", "that the lock had cracked"),
    ("a name and a colon", "Open: the new pier in pictures", "nobody"),
]

# %%
rows = pd.DataFrame(rows, columns=["kind", "sentence", "reader"])
given = [[text[v.start : v.end] for v in ct.voice_spans(text).itertuples()] for text in rows["sentence"]]
rows["finder"] = [" … ".join(parts) or "nobody" for parts in given]
heard = [[re.findall(r"\w+", words.lower()) for words in rows[column]] for column in ("reader", "finder")]
rows["agree"] = ["yes" if a == b else "no" for a, b in zip(*heard, strict=True)]
rows.set_index("sentence")[["reader", "finder", "agree", "kind"]]

# %% [markdown]
# Here a `no` means that words of the outlet are shown as somebody else's. Some are wrong altogether, others only too
# long: the stretch begins rightly and swallows the rest of the sentence. Now look at such sentences as a reader of the
# report would, in one short text about the harbour, with the marks of the page.

# %%
story = "The lock opened in May, the mayor said, and the band played on. “A fine day,” said Ida Venn. "
story += "To the pilots, the pier is too short."
page = {"article_id": "harbour", "outlet": "invented", "date": None, "title": "A day at the harbour"}
page = pd.DataFrame([page | {"text": f"{page['title']}\n{story}"}])
ct.show_article(page, ct.find_voices(page), None, "harbour")

# %% [markdown]
# Words with dots beneath are reported, tinted ones without dots quoted, the rest is the narrator's. Go through it with
# a pencil: which words would you give to the mayor, to Ida Venn, to the pilots? The page shows no doubt, whatever the
# finder did; that is why its marks deserve yours.

# %% [markdown]
# ## What does this mean for a number?
#
# Two questions. First: how much of what is called *narrator* is really somebody else's? Of all words we take away those
# that were found, and ask which part of the rest are missed ones. Second: is the *share* of others' words too high or
# too low? The true share is the found share times precision, divided by recall.

# %%
own = errors.loc[errors["what"] == "all", "words"].max() - right["words"].sum()
lost = (seen["words"] * (1 - seen["recall"])).sum()
factor = others["precision"] / others["recall"]
shifts = {"narrator's, really another's": lost / own, "lowest factor": factor.min(), "highest factor": factor.max()}
pd.Series(shifts, name="value").to_frame().round(2)

# %% [markdown]
# The first figure is the part of the narrator's words that is somebody else's, in the American articles. The factors
# lie near 1: too much and too little nearly cancel in a share of words, though they are other words. They differ
# between outlets, and a difference between two outlets' shares of a few hundredths can come from that alone.
#
# For a share of *names* the direction is different. Others' words among the narrator's, and the narrator's among
# theirs, make the two voices look **more alike** than they are, if the errors fall on all names alike. Whether they do
# is not known: if one name stands mostly in headlines or after a rare cue, its share is shifted by itself, either way.
# So no contrast may be rounded up on the strength of this. Read the lines.

# %% [markdown]
# ## Check your own corpus
#
# Hardly any of these figures is about *your* articles. Sixty lines are enough for a first idea: thirty stretches that
# the finder calls reported, and thirty sentences that it leaves to the narrator, both drawn at random. Copy them into a
# spreadsheet, with a column `right`, and fill it in before you look at any result.

# %%
articles, problems, cleaning = ct.inspect_source(corpus)
voices, text_of = ct.find_voices(articles), articles.set_index("article_id")["text"]
reported = voices[voices["voice"] == "reported"]
drawn = reported.sample(min(30, len(reported)), random_state=1)
drawn = drawn.assign(words=[text_of[v.article_id][v.start : v.end][:160] for v in drawn.itertuples()])
drawn.set_index("article_id")[["words", "speaker", "cue"]].astype(object).fillna("–").head(8)

# %% [markdown]
# These are the first eight, long ones cut; leave out `head(8)` for all of them. `–` means that no speaker was found.
# Ask of each stretch, with its article open beside it: are these words really what the speaker said, thought or wanted?
# A stretch that is too long or too short by more than three words counts as wrong. Next, the sentences in which the
# finder heard nobody.

# %%
tokens = ct.tokenize(articles, voices).assign(own=lambda rows: rows["voice"] == "narrator")
places = {"start": ("start", "min"), "end": ("end", "max"), "own": ("own", "all")}
alone = tokens.groupby(["article_id", "sentence"], observed=True).agg(**places).query("own").reset_index()
alone = alone.sample(min(30, len(alone)), random_state=1)
alone["words"] = [text_of[s.article_id][s.start : s.end][:160] for s in alone.itertuples()]
alone.set_index("article_id")[["words"]].head(8)

# %% [markdown]
# Here the question is the other one: does the sentence hand on anything that somebody else says or thinks, without the
# finder having heard it? The part of right lines among the stretches estimates the precision; that among the sentences
# says how far *narrator* can be trusted, which is not the recall. With thirty lines each may be off by 1/√30, about
# .18; for half of that you need four times as many. Two people marking apart learn most.

# %% [markdown]
# ## What this cannot tell you
#
# - How the finder fares on other news: British, translated, scientific, of another decade. The figures are of
#   American news of two years, most of it about one election.
# - Who is right where two people differ. One annotator's marks count as the truth here.
# - Anything about another language. All lists and rules are English.
# - How it fares on real articles on the teaching corpus' subject: that corpus was written for teaching.
# - Whose *wording* a reported sentence has. The finder says who is behind a statement, not who chose its words.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Which kinds must the rules learn first? Compute how many words are lost in each kind (`words` times one minus
# `recall`), and the recall that the whole would have if the worst kind were found as well as "said that …".

# %% tags=["solution"]
losses = (seen["words"] * (1 - seen["recall"])).sort_values(ascending=False)
mended = seen["recall"].where(seen.index != losses.index[0], seen.loc["said that …", "recall"])
after = (seen["words"] * (1 - mended)).sum()
recalls = 1 - pd.Series({"recall now": losses.sum(), "recall then": after}) / seen["words"].sum()
recalls.to_frame(losses.index[0]).round(2)

# %% [markdown] tags=["solution"]
# One kind makes up a large part of the losses, but it is made of hundreds of rare words and phrases, each worth little.
# Longer lists help slowly, and each new word brings errors of the other sort along.

# %% [markdown] tags=["exercise"]
# **2.** Write three sentences about a bridge in which somebody speaks without any verb of saying. What does the finder
# make of them? Change one word at a time until it hears the speaker.

# %% tags=["solution"]
tries = ["In the mayor's view, the bridge is old.", "For the mayor, the bridge is old.", "To the mayor, it is old."]
[[text[v.start : v.end] for v in ct.voice_spans(text).itertuples()] for text in tries]

# %% [markdown] tags=["solution"]
# An empty list is a sentence left to the narrator. Set phrases such as "in X's view" can be listed; "for the mayor"
# cannot, because the same words mean something else in "a bench for the mayor".

# %% [markdown] tags=["exercise"]
# **3.** An outlet's words are 40 % somebody else's according to the finder, another's 42 %. Use the factors of the
# outlets above: can the two be equal in truth?

# %% tags=["solution"]
shares = pd.Series([0.40, 0.42], name="found")
shares.to_frame().assign(lowest=shares * factor.min(), highest=shares * factor.max()).round(2)

# %% [markdown] tags=["solution"]
# Where the two ranges overlap, errors that differ from outlet to outlet are enough to make the difference. This asks
# for the worst case; outlets of one kind err more alike than that. A check by hand in both settles it better than any
# table.

# %% [markdown] tags=["exercise"]
# **4.** Mark thirty stretches of your own corpus, or take it that 24 of 30 were right. Compute the precision and its
# rough interval. Which of the precisions above lie inside it?

# %% tags=["solution"]
right_ones, lines = 24, 30
rough = pd.Series({"low": -1, "precision": 0, "high": 1}).div(lines**0.5).add(right_ones / lines)
rough.to_frame("value").round(2)

# %% tags=["solution"]
inside = right["precision"].between(rough["low"], rough["high"])
right[["precision"]].round(2).assign(inside=inside.map({True: "yes", False: "no"}))

# %% [markdown] tags=["solution"]
# An interval as wide as this holds nearly every kind of the table above. It can show that the finder fails in a corpus,
# not that it reads one outlet better than another. For that, mark whole articles of both.

# %% [markdown]
# ## Take-away
#
# The finder reads better than quotation marks alone, and not as well as people. Rely most on what stands in marks and
# after "said that"; read the lines where a noun, a colon or an unusual word hands on speech. In a comparison, ask
# whether both sides are misread alike, and let sixty lines of your own corpus decide how much you build on a voice.
