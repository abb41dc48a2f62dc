"""Readability: textstat's measures where both count as many sentences, means with intervals, and what is refused."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from textstat.backend import counts, metrics

import corpus_tools as ct
from corpus_tools.compare.inference import estimate_mean, estimate_rate
from corpus_tools.compare.readability import FEWEST_WORDS, readability
from corpus_tools.compare.readability_counts import MEASURES, count_texts, formulas
from corpus_tools.schema import READABILITY, READABILITY_MEANS, CorpusError
from corpus_tools.show.charts.readability import plot_readability
from corpus_tools.show.describe.readability import readability_findings, readability_means_findings
from tests.conftest import articles_frame

EASY = "The cat sat on the mat. It was a very sunny day. "
HARD = "Representatives of international organizations expressed considerable disappointment on Thursday. "
GERMAN = "Die Gespräche zwischen den Gewerkschaften und dem Ministerium wurden am Montag ohne Ergebnis vertagt. "
ARMENIAN = "Կառավարությունը երկուշաբթի օրը հայտարարեց, որ բանակցությունները կվերսկսվեն։ "
AWKWARD = (
    *(
        "'tis O'Neil's cat ' said JOHN'S aunt",
        "don’t, can't, rock 'n' roll",
        "city—which -- ... is",
        "é 3.5% _x_ 'S hm",
    ),
    *("İstanbul is a town", "re-open the well-known office", "\u2028 lines\x85and\x1cblanks", "'", "", "—", "$5 m_1^2"),
)


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def textstat_of(text: str) -> dict[str, float]:
    english = {
        "flesch_reading_ease": metrics.flesch_reading_ease,
        "flesch_kincaid_grade": metrics.flesch_kincaid_grade,
        "gunning_fog": metrics.gunning_fog,
        "smog_index": metrics.smog_index,
        "dale_chall_readability_score": metrics.dale_chall_readability_score,
        "syllables_per_word": metrics.syllables_per_word,
    }
    plain = {
        "automated_readability_index": metrics.automated_readability_index,
        "coleman_liau_index": metrics.coleman_liau_index,
        "lix": metrics.lix,
        "rix": metrics.rix,
        "words_per_sentence": metrics.words_per_sentence,
    }
    found = {name: measure(text, "en_US") for name, measure in english.items()}
    return found | {name: measure(text) for name, measure in plain.items()}


def corpus(**texts: str) -> pd.DataFrame:
    """One article per keyword: ``A1`` is of outlet A."""
    return articles_frame((name, name[0], text) for name, text in texts.items())


MIXED = corpus(**{f"A{n}": EASY * (10 + n) for n in range(6)}, **{f"B{n}": EASY * 8 + HARD * (5 + n) for n in range(5)})


def test_every_measure_is_textstats_where_both_count_as_many_sentences() -> None:
    articles = pd.concat([ct.read_sample("strike"), ct.read_sample("karabakh"), MIXED], ignore_index=True)
    table = readability(articles)
    same = [
        place
        for place, text in enumerate(articles["text"])
        if counts.count_sentences(text) == table["sentences"].iloc[place]
    ]
    assert len(same) >= 15
    for place in same:
        expected = textstat_of(articles["text"].iloc[place])
        assert set(expected) == set(MEASURES)
        for name, value in expected.items():
            assert table[name].iloc[place] == pytest.approx(value, rel=1e-12), (place, name)


@pytest.mark.parametrize("text", AWKWARD)
def test_words_and_syllables_are_counted_as_textstat_counts_them(text: str) -> None:
    counted = count_texts([EASY, text, HARD]).iloc[1]
    assert counted["words"] == counts.count_words(text)
    assert counted["tokens"] == counts.count_words(text, rm_punctuation=False)
    assert counted["characters"] == counts.count_chars(text, ignore_spaces=True)
    assert counted["letters"] == counts.count_letters(text)
    assert counted["syllables"] == counts.count_syllables(text, "en_US")
    assert counted["polysyllables"] == counts.count_polysyllable_words(text, "en_US")
    assert counted["complex_words"] == counts.count_difficult_words(text, "en_US", 3)
    assert counted["unfamiliar_words"] == counts.count_difficult_words(text, "en_US", 0)
    assert counted["long_words"] == counts.count_long_words(text)


def test_sentences_are_our_own() -> None:
    text = EASY * 12 + "He left the U.S. embassy at noon. " * 3
    table = readability(corpus(A1=text))
    assert table["sentences"].iloc[0] == len(ct.split_sentences(text)) == 27
    assert counts.count_sentences(text) != 27
    assert table["words_per_sentence"].iloc[0] == counts.count_words(text) / 27


def test_what_is_too_short_or_not_english_is_missing_and_says_so() -> None:
    table = readability(corpus(A1="Go home.", A2="—", A3=GERMAN * 20, A4=ARMENIAN * 20, A5=EASY * 20))
    assert table.loc[:3, list(MEASURES)].isna().all(axis=None)
    assert table.loc[4, list(MEASURES)].notna().all()
    reasons = [note.partition(" words")[0] for note in table["note"]]
    assert reasons == ["too short: 2", "too short: 0", "not English: 100 of 280", "not English: 0 of 140", ""]
    assert table["words"].tolist()[:2] == [2, 0]


@pytest.mark.parametrize(("listed", "english"), [(74, False), (75, True), (100, True)])
def test_three_words_in_four_must_be_in_the_dictionary(listed: int, english: bool) -> None:
    table = readability(corpus(A1=" ".join(["cat"] * listed + ["zzyzxq"] * (100 - listed))))
    assert np.isfinite(table["lix"].iloc[0]) == english
    assert table["note"].iloc[0].startswith("SMOG" if english else f"not English: {listed} of 100 words")


def test_sentences_that_run_together_are_not_measured_as_long_ones() -> None:
    glued = EASY.strip() * 20
    table = readability(
        corpus(A1=glued, A2=EASY * 20 + "It ended.Then it rained.", A3=EASY * 20 + "An iPhone.com page.")
    )
    assert table["lix"].isna().tolist() == [True, False, False]
    assert table["note"].iloc[0].startswith("sentences run together: ")


def test_the_shortest_article_that_is_measured() -> None:
    words = "word " * (FEWEST_WORDS - 1)
    table = readability(corpus(A1=words, A2=words + "word"))
    assert table["lix"].isna().tolist() == [True, False]


def test_smog_on_few_sentences_is_told_and_on_thirty_it_is_not() -> None:
    table = readability(corpus(A1=EASY * 14, A2=EASY * 15))
    assert table["sentences"].tolist() == [28, 30]
    assert table["smog_index"].notna().all()
    assert table["note"].tolist() == ["SMOG is made for 30 sentences or more", ""]


def test_one_row_per_article_whatever_the_index_and_dtypes() -> None:
    odd = MIXED.assign(article_id=range(len(MIXED))).astype({"outlet": "category"})
    odd.index = [0] * len(odd)
    table, plain = readability(odd), readability(MIXED)
    assert tuple(table.columns) == READABILITY
    assert table["article_id"].tolist() == [str(n) for n in range(len(MIXED))]
    pd.testing.assert_frame_equal(table.drop(columns="article_id"), plain.drop(columns="article_id"))
    assert readability(MIXED.iloc[:0]).empty


def test_means_of_outlets_are_means_of_articles_with_students_interval() -> None:
    means = readability(MIXED, by="outlet")
    assert list(means.columns) == ["outlet", *READABILITY_MEANS]
    assert means["measure"].tolist() == [*MEASURES, *MEASURES]
    own = readability(MIXED).query("outlet == 'B'")["gunning_fog"]
    row = means.query("outlet == 'B' and measure == 'gunning_fog'").iloc[0]
    assert row["mean"] == pytest.approx(own.mean())
    assert row["mean_high"] - row["mean"] == pytest.approx(2.776445 * own.std() / np.sqrt(5), rel=1e-6)
    assert row["mean"] - row["mean_low"] == pytest.approx(row["mean_high"] - row["mean"])


def test_a_group_of_few_articles_has_no_interval_and_one_of_none_no_mean() -> None:
    articles = corpus(A1=EASY * 20, A2=EASY * 21, A3="Hi.", B1="No.")
    means = readability(articles, by="outlet").set_index(["outlet", "measure"])
    few, none = means.loc[("A", "lix")], means.loc[("B", "lix")]
    assert np.isfinite(few["mean"])
    assert np.isnan(few["mean_low"])
    assert few["note"] == "no interval: 2 articles measured, 5 needed"
    assert (few["articles"], few["searched"]) == (2, 3)
    assert np.isnan(none["mean"])
    assert none["note"] == "no article that can be measured"


def test_copies_of_one_text_count_once_by_reuse_group() -> None:
    articles = MIXED.assign(reuse_group=MIXED["article_id"])
    copies = articles[articles["article_id"] == "B4"].assign(article_id="B9")
    printed_twice = pd.concat([articles, copies], ignore_index=True)
    once = readability(articles, by="outlet", unit="reuse_group")
    twice = readability(printed_twice, by="outlet", unit="reuse_group")
    pd.testing.assert_frame_equal(once.drop(columns=["articles", "searched", "note"]), twice[once.columns[:5]])
    assert not readability(printed_twice, by="outlet")["mean"].equals(once["mean"])


def test_events_are_the_units_where_asked_for() -> None:
    articles = MIXED.assign(event=["one"] * len(MIXED))
    means = readability(articles, by="outlet", unit="event")
    assert means["mean_low"].isna().all()
    assert "1 event measured" in means["note"].iloc[0]


def test_any_order_of_rows_gives_the_same_means() -> None:
    shuffled = MIXED.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(readability(MIXED, by="outlet"), readability(shuffled, by="outlet"))


def test_neither_the_order_of_rows_nor_that_of_categories_shows_in_a_mean() -> None:
    # Many articles enter as one, so that their sum is rounded in some order.
    grouped = MIXED.assign(reuse_group=[*"xxxxxx", *"yyyyy"])
    backwards = grouped.assign(outlet=pd.Categorical(grouped["outlet"].astype("object"), ["B", "A"]))
    expected = readability(grouped, by="outlet", unit="reuse_group")
    assert expected["outlet"].drop_duplicates().tolist() == ["A", "B"]
    for same in (*(grouped.sample(frac=1, random_state=n) for n in range(8)), backwards, backwards.iloc[::-1]):
        found = readability(same.rename_axis("outlet"), by="outlet", unit="reuse_group")
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_means_of_nothing_have_the_dtypes_of_means() -> None:
    some, none = readability(MIXED, by="outlet"), readability(MIXED.iloc[:0], by="outlet")
    assert none.empty
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


def test_groups_by_several_columns_with_missing_names() -> None:
    articles = MIXED.assign(desk=[None, "x"] * 5 + ["x"])
    means = readability(articles, by=["outlet", "desk"])
    assert means[["outlet", "desk"]].drop_duplicates().shape == (4, 2)
    assert means.groupby(["outlet", "desk"], dropna=False)["searched"].first().sum() == len(MIXED)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "outlets"}, "did you mean 'outlet'"),
        ({"by": []}, "'by' is empty"),
        ({"by": "note"}, "every row of the means has anyway"),
        ({"unit": "events"}, "did you mean 'event'"),
        ({"unit": "reuse_group"}, "add_reuse_groups adds it"),
        ({"confidence": 95}, "between 0 and 1"),
    ],
)
def test_options_that_are_not_allowed(options: dict[str, Any], said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        readability(MIXED, **options)


def test_articles_without_text_are_refused() -> None:
    with pytest.raises(CorpusError, match="no column 'text'"):
        readability(MIXED.drop(columns="text"))


@pytest.mark.parametrize(("unfamiliar", "added"), [(5, 0), (6, 3.6365)])
def test_dale_and_chall_add_only_above_five_in_a_hundred(unfamiliar: int, added: float) -> None:
    counted = count_texts([EASY]).assign(words=100, sentences=5, unfamiliar_words=unfamiliar)
    score = formulas(counted)["dale_chall_readability_score"].iloc[0]
    assert score == pytest.approx(0.1579 * unfamiliar + 0.0496 * 20 + added)


def test_formulas_of_nothing_are_missing() -> None:
    assert formulas(count_texts([""])).isna().all(axis=None)


def test_a_rate_without_occurrences_keeps_an_interval() -> None:
    ones = np.ones(10)
    nothing = estimate_rate(np.zeros(10), ones, confidence=0.95)
    assert (nothing.mean, nothing.low) == (0, 0)
    assert 0.3 < nothing.high < 1


def test_articles_that_are_all_alike_say_nothing_of_how_they_vary() -> None:
    alike = estimate_mean(np.full(10, 3.2), np.ones(10), confidence=0.95)
    assert alike.mean == pytest.approx(3.2)
    assert np.isnan([alike.low, alike.high]).all()
    articles = MIXED.iloc[[0] * 5].assign(article_id=list("abcde"), outlet="A")
    means = readability(articles, by="outlet")
    assert means["mean"].notna().all()
    assert means[["mean_low", "mean_high"]].isna().all(axis=None)
    assert means["note"].str.startswith("no interval: all articles have the same value").all()


def test_intervals_hold_the_mean_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    ones = np.ones(12)
    rates = [
        estimate_rate(draw, ones, confidence=0.95) for draw in rng.negative_binomial(2, 0.8, (600, 12)).astype(float)
    ]
    means = [estimate_mean(draw, ones, confidence=0.95) for draw in rng.normal(3, 1, (600, 12))]
    assert 0.92 <= np.mean([own.low <= 0.5 <= own.high for own in rates]) <= 0.995
    assert 0.92 <= np.mean([own.low <= 3 <= own.high for own in means]) <= 0.98


def test_articles_of_one_unit_widen_the_interval() -> None:
    values = np.repeat(np.arange(6.0), 4)
    alone = estimate_mean(values, np.ones(24), confidence=0.95)
    together = estimate_mean(np.arange(6.0) * 4, np.full(6, 4.0), confidence=0.95)
    assert together.mean == alone.mean
    assert together.high - together.low > 1.8 * (alone.high - alone.low)


# charts and words


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def means_frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["outlet", *READABILITY_MEANS])


TWO = means_frame(
    ("Alpha", "flesch_reading_ease", 45.0, 41.0, 49.0, 12, 14, ""),
    ("Beta", "flesch_reading_ease", 52.3, np.nan, np.nan, 2, 2, "no interval: 2 articles measured, 5 needed"),
    ("Alpha", "rix", 4.256, 4.0, 4.5, 12, 14, ""),
    ("Beta", "rix", 3.0, np.nan, np.nan, 2, 2, "no interval: 2 articles measured, 5 needed"),
)


@pytest.mark.parametrize(("measure", "first"), [("flesch_reading_ease", "Beta"), ("rix", "Beta")])
def test_the_easiest_stands_first_and_few_articles_in_grey(measure: str, first: str) -> None:
    ax = plot_readability(TWO, measure=measure)
    texts = written(ax)
    assert next(text for text in texts if text in ("Alpha", "Beta")) == first
    assert [line.get_gid() for line in ax.lines if line.get_gid() in ("dot", "greyed")] == ["greyed", "dot"]
    assert any("12 of 14 articles" in text for text in texts)
    low, high = ax.get_xlim()
    values = TWO[TWO["measure"] == measure][["mean", "mean_low", "mean_high"]]
    assert low <= values.min(axis=None)
    assert high >= values.max(axis=None)


def test_names_from_a_corpus_are_no_formulas() -> None:
    named = TWO.replace({"outlet": {"Alpha": "$\\frac{1}{0}$"}})
    ax = plot_readability(named)
    ax.figure.canvas.draw()
    assert any("$" in text for text in written(ax))


def test_charts_refuse_what_they_cannot_draw() -> None:
    with pytest.raises(CorpusError, match="did you mean 'rix'"):
        plot_readability(TWO, measure="rixx")
    with pytest.raises(CorpusError, match="no rows"):
        plot_readability(TWO.iloc[:0])
    with pytest.raises(CorpusError, match="Two rows"):
        plot_readability(pd.concat([TWO, TWO]))


def test_a_group_without_any_value_is_drawn_as_such() -> None:
    empty = means_frame(("A", "lix", np.nan, np.nan, np.nan, 0, 3, "no article that can be measured"))
    assert any("no article that can be measured" in text for text in written(plot_readability(empty, measure="lix")))
    assert readability_means_findings(empty) == ["A: no LIX (no article that can be measured); 0 of 3 articles."]


def test_findings_tell_mean_interval_and_articles() -> None:
    told = readability_means_findings(TWO)
    assert told[0] == "Alpha: Flesch reading ease 45.0 (interval 41.0 to 49.0); 12 of 14 articles."
    assert "too few articles for an interval: 2 measured, 5 needed" in told[1]


def test_findings_of_articles_tell_the_ends_and_what_was_left_out() -> None:
    told = readability_findings(readability(corpus(A1=EASY * 20, A2=EASY * 10 + HARD * 9, A3="Hi.", A4=GERMAN * 20)))
    assert told[0].startswith("2 articles have a median Flesch reading ease of ")
    assert "(article A2) to " in told[0]
    assert told[1:] == ["1 article not measured: not English.", "1 article not measured: too short."]
