# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   corpus_tools:
#     title: How they write
#     question: How easily does each outlet read, how rich are its words, and is a word a habit, one article or one season?
#     goals:
#       - say what a readability formula measures, and what it does not
#       - compare how rich two vocabularies are without being misled by the length of the articles
#       - see whether a word stands all over a corpus or in one article
#       - tell a silent month from a missing one
#     minutes: 45
#     needs:
#       - "the notebook 'Meet the corpus' (necessary)"
#       - "what a mean is (necessary); what a confidence interval is (helpful)"
# ---

# %% tags=["parameters"]
corpus = "karabakh"
lexicon = "karabakh"
slot = None
target = None
reference = None

# %% [markdown]
# ## Style can be counted, a little
#
# Two newsrooms may tell the same facts in sentences of ten words or of thirty, with the same twenty verbs or with two
# hundred, and return to a word every week or once. None of this is framing in itself. But whoever writes *for* somebody
# chooses how hard to make it. We begin with how much text there is.

# %%
import pandas as pd

import corpus_tools as ct

articles = ct.read_articles(corpus).sort_values("date", kind="stable", ignore_index=True)
tokens = ct.tokenize(articles, ct.find_voices(articles))
amount = tokens.groupby("outlet", observed=True)["article_id"].agg(articles="nunique", words="size")
amount.assign(**{"words per article": (amount["words"] / amount["articles"]).round().astype(int)})

# %% [markdown]
# Remember the last column: several measures of style are misled by length. And remember the first. Everything below is
# an average over articles, so that an outlet with fewer than five gets no interval, however many words it has.

# %% [markdown]
# ## Which reads more easily?
#
# Below are the beginnings of two articles; the sign ¶ begins a new paragraph, and what stands before the first is the
# headline. Read both aloud, decide which of them is easier, and say by what you decided. Was it the sentences, the
# words, the names, or that you know the matter? Only then go on to the formula.

# %%
pd.set_option("display.max_colwidth", None)
ease = ct.readability(articles)
ranked = ease.sort_values("flesch_reading_ease", kind="stable", na_position="first")
two = ranked.iloc[[0, -1]].drop_duplicates("article_id").sort_values("article_id")
texts = two.merge(articles, on="article_id").set_index("article_id")["text"].str.replace(r"\n+", " ¶ ", regex=True)
texts.str.split().str[:75].str.join(" ").add(" …").to_frame("beginning")

# %% [markdown]
# The best-known formula is Flesch's *reading ease* (1948). It takes 206.8, subtracts the words per sentence, and 84.6
# times the syllables per word. Higher is easier; 60 to 70 was meant for plain English, below 30 for academic prose.
# Nothing else enters. Here are both articles again, with what was counted:

# %%
counted = ["words", "sentences", "words_per_sentence", "syllables_per_word", "flesch_reading_ease"]
two.set_index("article_id")[counted].round({"words_per_sentence": 1, "syllables_per_word": 2, "flesch_reading_ease": 1})

# %% [markdown]
# By the formula one of these is the hardest article here, and the other one the easiest. Were you of the same opinion? A
# place name of five syllables makes a text "harder", though people who live there read it with ease. All articles
# together, and how many could not be measured, if any:

# %%
ct.describe(ease)

# %% [markdown]
# No values are given to articles of fewer than 100 words, to those that are not English enough for a table of English
# syllables, and to those in which sentences run together without a blank. How far can such a number be trusted? Here is
# an experiment with an invented text, one sentence printed twelve times.

# %%
sense = "The ferry was late because the lock had been shut since noon. "
chaos = "Lock since late been ferry noon the because was the shut had. "
invented = pd.DataFrame({"article_id": ["sense", "chaos"], "outlet": "invented", "text": [sense * 12, chaos * 12]})
ct.readability(invented).set_index("article_id")[counted].round(1)

# %% [markdown]
# The same twelve words in an order that nobody understands, and the same score. **A formula measures length, not
# clarity.** It is useful all the same: over many articles, long sentences and long words do slow readers down. Now the
# mean of each outlet, with its interval.

# %% [markdown]
# ## The outlets beside each other
#
# Each dot is the mean reading ease over the articles of an outlet; the line is the interval. It says how far the mean
# might lie elsewhere with other articles of the same kind. The scale is cut to what occurs, so look at the numbers
# before you are impressed by a distance.

# %%
note = ct.corpus_note(articles)
means = ct.readability(articles, by="outlet")
shown = means[means["measure"] == "flesch_reading_ease"]
ct.show_chart(ct.plot_readability(means, footnote=note), shown)

# %% [markdown]
# Where intervals overlap for most of their length, these articles do not tell the outlets apart. Where they lie apart,
# ask first what the outlets wrote *about*: official names, treaties and figures are long wherever they are printed.
# Compare outlets on the same events before you speak of style. In words, together with the length of the sentences:

# %%
ct.describe(means)

# %% [markdown]
# A difference of two or three points is nothing that a reader would feel. If the order by words per sentence is not the
# order by reading ease, then the two halves of the formula pull in different directions: long sentences of short words,
# or short sentences full of titles and offices.

# %% [markdown]
# ## How rich is the vocabulary?
#
# The oldest measure is the share of different words, the *type-token ratio* (TTR). It has a flaw: the longer a text,
# the more often its words come back. To see how bad that is we measure every article twice, its first hundred words and
# the whole. The writer, the subject and the style are the same.

# %%
starts = ct.lexical_diversity(tokens[tokens["position"] < 100])
whole = ct.lexical_diversity(tokens)
lengths = {"first 100": starts, "whole": whole}
mean = pd.DataFrame({name: own.groupby("measure", sort=False)["value"].mean() for name, own in lengths.items()})
mean["change in %"] = 100 * (mean["whole"] / mean["first 100"] - 1)
mean.round(2)

# %% [markdown]
# All four measures are meant to answer the same question. One that changes a lot between two cuts of the same articles
# measures their length. By TTR an outlet with short articles would look "rich" for that alone. The others were made to
# depend less on length:
#
# - **MATTR**: the share of different words in windows of fifty words, averaged.
# - **HD-D**: the same for 42 words drawn at random.
# - **MTLD**: how many words it takes until that share is down to .72. Where that takes more words than a text has, it must
#   be guessed: in a hundred words it nearly always is, so here the change is large. Trust it in long articles only.

# %%
rich = ct.lexical_diversity(tokens, by="outlet")
largest = articles["outlet"].value_counts().index[:12]
rich = rich[rich["outlet"].isin(largest)]
ct.show_chart(ct.plot_diversity(rich, footnote=note), rich)

# %% [markdown]
# The dots are means of MATTR, the lines their intervals over articles. Outlets usually lie close together: within fifty
# words, grammar leaves little freedom. Grey rows have fewer than five articles that are long enough. Of more than
# twelve outlets, those with most articles are shown. All measures, with their intervals:

# %%
ends = rich[["value", "value_low", "value_high"]].map("{:#.3g}".format).replace(r"\.$", "", regex=True)
brackets = (" (" + ends["value_low"] + "–" + ends["value_high"] + ")").where(rich["value_low"].notna(), "")
cells = rich.assign(text=ends["value"].mask(rich["value"].isna(), "–") + brackets)
order = rich[rich["measure"] == "MATTR"].sort_values("value", ascending=False, kind="stable")["outlet"]
table = cells.pivot_table(index="outlet", columns="measure", values="text", aggfunc="first")
table = table.loc[order, ["MATTR", "MTLD", "HD-D", "TTR"]]
table.rename_axis(index=None, columns=None)

# %% [markdown]
# Does the order of the outlets stay the same from MATTR over MTLD to HD-D? If it changes, the measures do not agree on
# who is richer, and you should not say it either. If TTR alone has another order, look at the lengths in the first
# table. No brackets: fewer than five articles. A rich vocabulary is no merit: a wire that repeats "the minister" may
# simply be clear.

# %% [markdown]
# ## Is it one article?
#
# A word with twenty occurrences can stand in twenty articles or in one. *Dispersion* says which. The plainest figure is
# the largest part that a single article holds. We list the words of which one article has most, and among these the
# commonest first.

# %%
spread = ct.dispersion(tokens)
spread = spread if len(spread) else ct.dispersion(tokens, min_count=1)
one = spread.assign(part=(spread["largest_count"] / spread["count"]).round(2))
one = one.sort_values(["part", "count"], ascending=False, kind="stable").set_index("term")
one[["count", "articles", "largest_article", "largest_count", "part"]].head(8)

# %% [markdown]
# Often these are names of people and things that one article is about; a word of grammar among them may point to a text
# of another kind, such as an interview. In a table of key words such a word would count for its outlet as much as one
# from twenty articles. **Before you call a word typical of an outlet, look it up here.** Words with fewer than five
# occurrences are left out, if there are others.

# %% [markdown]
# ## Uneven beyond chance
#
# A rare word cannot be everywhere, so unevenness needs a yardstick. `dp` (*deviation of proportions*) is 0 where a word
# is spread as all words are, and near 1 where it sits in few short articles; `dp_chance` is what a word of the same
# frequency has if it is thrown in at random. We take the five words with the greatest distance between the two.

# %%
uneven = spread.head(5)
ct.show_chart(ct.plot_dispersion(tokens, uneven["term"].tolist(), footnote=note), uneven)

# %% [markdown]
# Each line is the whole corpus, from the earliest article at the left to the latest; articles without a date come last.
# Each stroke is one occurrence. A thick bundle is one article or one event; several bundles are a subject that returns;
# strokes all along, with gaps, may be an outlet that uses the word while others do not.
#
# A word that is more uneven than chance is no finding in itself: an article is about something, so nearly every word
# is. What matters is the reason. There are two that we can tell apart: *who* wrote, and *when*. We take the first of
# the five words, and begin with who.

# %%
word = uneven["term"].iloc[0]
of_outlets = ct.dispersion(tokens[tokens["outlet"].isin(largest)], by="outlet", min_count=1)
of_word = of_outlets[of_outlets["term"] == word]
strips = tokens[tokens["outlet"].isin(largest)]
ct.show_chart(ct.plot_dispersion(strips, word, by="outlet", footnote=note), of_word)

# %% [markdown]
# One line for each outlet now. Strokes in one outlet only: a word of that outlet, or of its subject. Strokes in all of
# them at the same place of the line: a subject of those days. And if most strokes of an outlet are in one article, then
# it is that article. Here are ten of its places, drawn at random:

# %%
places = ct.find_phrase(tokens, word)
ct.kwic_table(ct.kwic(articles, places, n=10))

# %% [markdown]
# Is it the same thing in every line? Whose word is it, the narrator's or a quoted person's? A word may also be uneven
# because one outlet lets others say it. (`find_phrase` takes the possessive, too, so it may have some more places than
# the table above.) Now to the second reason, the time.

# %% [markdown]
# ## When is it used?
#
# We count the occurrences per article, month by month, or week by week or day by day where the corpus is short. All
# outlets go together, so that there are enough articles for intervals. Each word that a dated article holds has its
# panel, all on one scale.

# %%
days = (articles["date"].max() - articles["date"].min()).days
options = {"by": "word", "freq": "month" if days > 120 else "week" if days > 13 else "day"}
dated = articles[articles["date"].notna()]
of_dated = tokens[tokens["article_id"].isin(dated["article_id"])]
terms = uneven["term"] if len(dated) else []
panels = [ct.timeline(ct.find_phrase(of_dated, term), dated.assign(word=term), **options) for term in terms]
when = pd.concat(panels) if panels else uneven.head(0)
ct.show_chart(ct.plot_timeline(when, footnote=note), when) if len(when) else "No dated article has one of these words."

# %% [markdown]
# Below each line stands how many articles a period has. **A dot on the ground line is silence**: there are articles,
# and the word is in none of them. **A gap is ignorance**: there are no articles, and nobody can say what was written
# then. Where a period has fewer than five articles its dot is grey and has no interval.

# %%
print(len(articles) - len(dated), "of", len(articles), "articles have no date and are left out")
ct.describe(when) if len(when) else "Without dates there is nothing to say about time."

# %% [markdown]
# A word that comes and goes for all outlets together is a word of an event. One that is about as frequent in every
# period, and stood in one outlet only in the chart before, is more likely a habit of that outlet. Each interval is for
# its own period; a line that rises within overlapping intervals shows no trend. Divided among the outlets as well, most
# periods would have fewer than five articles: **two questions at once need many more articles than one**.

# %% [markdown]
# ## What this cannot tell you
#
# - Whether a text is good, clear or honest. A short sentence can mislead, and a long one can be fair.
# - For whom it was written. Formulas were fitted to schoolbooks, not to readers of a newspaper.
# - Whose style it is. Quotations, agency copy and editing are in the averages, too; [One wire, many
#   papers](05_one_wire_many_papers.ipynb) shows how much of the text is shared.
# - How another language reads. The formulas and syllables are English; vocabularies of languages with more endings look
#   richer.
# - Why a word comes in bundles. Event, outlet, author and chance look alike until you read.
# - What was written in months without articles.

# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** Do the formulas agree? For every outlet compute its rank by five formulas, 1 being the hardest (reading ease
# counts the other way round). Which outlets keep their rank?

# %% tags=["solution"]
formulas = ["flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "coleman_liau_index", "lix"]
table = means.pivot_table(index="outlet", columns="measure", values="mean").reindex(columns=formulas)
table["flesch_reading_ease"] = -table["flesch_reading_ease"]
table.rank(ascending=False).convert_dtypes().rename_axis(columns=None)

# %% [markdown] tags=["solution"]
# All of them are made of the length of sentences and of words, in different mixtures, so they often agree, and their
# agreement is no proof. Where ranks change, the outlets lie close together or differ in only one of the two lengths.

# %% [markdown] tags=["exercise"]
# **2.** Does the window matter? Compute MATTR by outlet with windows of 25 and 100 words beside those of 50. Which
# values may be compared with which?

# %% tags=["solution"]
windows = {size: ct.lexical_diversity(tokens, by="outlet", window=size) for size in (25, 50, 100)}
mattr = {size: own[own["measure"] == "MATTR"].set_index("outlet")["value"] for size, own in windows.items()}
pd.DataFrame(mattr).rename_axis(index=None, columns="window").round(3)

# %% [markdown] tags=["solution"]
# The longer the window, the lower the share, for every outlet. So only values of one window can be compared, and only
# its order of outlets can be set beside that of another.

# %% [markdown] tags=["exercise"]
# **3.** Is quoted speech less varied? Compute MATTR by `voice`, `by=["article_id", "voice"]`, and take the mean of each
# voice. How many articles have enough words in each?

# %% tags=["solution"]
by_voice = ct.lexical_diversity(tokens, by=["article_id", "voice"])
long_enough = by_voice[(by_voice["measure"] == "MATTR") & by_voice["value"].notna()]
long_enough.groupby("voice", observed=False)["value"].agg(["mean", "size"]).round(3)

# %% [markdown] tags=["solution"]
# The column `size` counts the articles with at least fifty words in that voice. If quoted and reported speech have fewer
# of them, other articles are compared, those that quote at length. And a window of fifty quoted words runs over several
# speakers, so a lower value need not mean that anybody speaks more simply.

# %% [markdown] tags=["exercise"]
# **4.** A share can move where a count does not. Take the commonest name of the slot and follow its share of all names
# for the same thing through time, all outlets together. Is it one line, or several events?

# %% tags=["solution"]
names = ct.read_lexicon(lexicon)
hits = ct.find_hits(of_dated, names)
slot = slot or (ct.main_slot(hits, names) if len(hits) else None)
named = hits[hits["slot"] == slot]
options |= {"label": named["label"].mode().get(0), "by": "corpus"}
moves = ct.timeline(named, dated.assign(corpus="all outlets"), **options) if len(named) else None
ct.show_chart(ct.plot_timeline(moves, footnote=note), moves) if len(named) else "No dates, or no names."

# %% [markdown] tags=["solution"]
# A share needs hits, not only articles: a period without a name for the thing has no share at all, which is not zero,
# and gets a short dash instead of a dot. Before you call a rise a change of language, look whether the same outlets
# have articles in both periods.

# %% [markdown]
# ## Take-away
#
# A number about style is about length, repetition and place, and each has its trap: formulas cannot read, shares fall
# with length, and a frequent word may be one article. Say the measure, the interval and the articles; then show a
# sentence, because style is what nobody ever saw in a number.
