"""Lexical diversity: by hand, against slow readings of the definitions, and what must hold for any text."""

from __future__ import annotations

from math import comb
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import corpus_tools as ct
from corpus_tools.compare.diversity import MEASURES, lexical_diversity
from corpus_tools.schema import DIVERSITY, CorpusError

texts = st.integers(1, 12).flatmap(
    lambda types: st.lists(st.integers(0, types - 1).map("w{}".format), min_size=1, max_size=160)
)
corpora = st.lists(texts, min_size=1, max_size=7)


def tokens_of(*articles: list[str] | str, outlets: list[str] | None = None) -> pd.DataFrame:
    rows = [
        (f"n{number}", (outlets or ["A"] * len(articles))[number], place, word)
        for number, words in enumerate(articles)
        for place, word in enumerate(words.split() if isinstance(words, str) else words)
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "position", "term"])


def in_their_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """Text columns as ``tokenize`` makes them: categories in the order in which they occur."""
    texts = [column for column in ("article_id", "outlet", "term") if len(tokens)]
    return tokens.assign(**{c: pd.Categorical(tokens[c], categories=tokens[c].unique()) for c in texts})


def of_text(words: list[str] | str, **options: Any) -> pd.Series:
    return lexical_diversity(tokens_of(words), **options).set_index("measure")["value"]


# by hand


def test_a_text_of_four_words_by_hand() -> None:
    """Forward a factor ends at the third word (2 of 3); backward none does (3 of 4), and .25 / .28 of one is left."""
    values = of_text("a bus a tram", window=3)
    assert values["TTR"] == 3 / 4
    assert values["MATTR"] == pytest.approx((2 / 3 + 3 / 3) / 2)
    backward = 4 / ((1 - 3 / 4) / 0.28)
    assert values["MTLD"] == pytest.approx((4 / 1 + backward) / 2)
    assert np.isnan(values["HD-D"])


def test_a_factor_ends_where_the_ratio_is_exactly_72_hundredths() -> None:
    """18 different words among 25, and never fewer before: one factor and nothing left, from either end."""
    words = [f"w{place}" for place in range(18)] + [f"w{place}" for place in range(7)]
    assert of_text(words)["MTLD"] == pytest.approx((25 + 25) / 2)
    backward = 26 / ((1 - 19 / 26) / 0.28)
    assert of_text([*words, "new"])["MTLD"] == pytest.approx((26 + backward) / 2)


def test_hd_d_of_two_kinds_of_words_by_hand() -> None:
    """60 words, half "a": each kind is missing among 42 drawn only if all 42 are of the other 30, which cannot be."""
    assert of_text(["a", "b"] * 30)["HD-D"] == pytest.approx(2 / 42)
    one_rare = of_text(["a"] * 59 + ["b"])["HD-D"]
    assert one_rare == pytest.approx((1 + 42 / 60) / 42)


@pytest.mark.parametrize(("words", "known"), [(41, False), (42, True)])
def test_hd_d_needs_as_many_words_as_are_drawn(words: int, known: bool) -> None:
    row = lexical_diversity(tokens_of(["a", "b"] * 20 + ["c"] * (words - 40))).set_index("measure").loc["HD-D"]
    assert bool(np.isfinite(row["value"])) is known
    assert row["note"].startswith("no interval" if known else "fewer than 42 words")
    assert row["articles"] == known


def test_too_short_a_text_has_no_moving_average_and_says_so() -> None:
    table = lexical_diversity(tokens_of("a a b"), window=4).set_index("measure")
    assert np.isnan(table.loc["MATTR", "value"])
    assert table.loc["MATTR", "note"] == "fewer than 4 words"
    assert table.loc["MATTR", ["articles", "searched", "words"]].tolist() == [0, 1, 3]
    assert lexical_diversity(tokens_of("a a b"), window=3).set_index("measure").loc["MATTR", "value"] == 2 / 3


def test_without_a_repeated_word_mtld_is_missing_and_not_endless() -> None:
    row = lexical_diversity(tokens_of("a b c d")).set_index("measure").loc["MTLD"]
    assert np.isnan(row["value"])
    assert row["note"] == "no word occurs twice"


# against slow readings


def slow_mattr(words: list[str], window: int) -> float:
    runs = [words[place : place + window] for place in range(len(words) - window + 1)]
    return float(np.mean([len(set(run)) / window for run in runs])) if runs else np.nan


def slow_pass(words: list[str]) -> float:
    factors, run = 0.0, []
    for word in words:
        run.append(word)
        if len(set(run)) / len(run) <= 0.72:
            factors, run = factors + 1, []
    return factors + (1 - len(set(run)) / len(run)) / (1 - 0.72) if run else factors


def slow_mtld(words: list[str]) -> float:
    forth, back = slow_pass(words), slow_pass(words[::-1])
    return (len(words) / forth + len(words) / back) / 2 if forth and back else np.nan


def slow_hdd(words: list[str]) -> float:
    if len(words) < 42:
        return np.nan
    all_ways = comb(len(words), 42)
    return sum(1 - comb(len(words) - words.count(word), 42) / all_ways for word in set(words)) / 42


@given(corpora, st.integers(1, 60))
def test_many_texts_at_once_are_what_each_is_alone(articles: list[list[str]], window: int) -> None:
    table = lexical_diversity(tokens_of(*articles), window=window)
    for number, words in enumerate(articles):
        own = table[table["article_id"] == f"n{number}"].set_index("measure")["value"]
        slow = [slow_mattr(words, window), slow_mtld(words), slow_hdd(words), len(set(words)) / len(words)]
        np.testing.assert_allclose(own[list(MEASURES)], slow, rtol=1e-9)


# what must hold


@given(texts, st.integers(1, 30))
def test_measures_keep_to_their_bounds_and_do_not_depend_on_names_or_direction(words: list[str], window: int) -> None:
    values = of_text(words, window=window)
    shares = values[["MATTR", "HD-D", "TTR"]].dropna()
    assert shares.between(1 / max(len(words), window, 42), 1 + 1e-12).all()
    assert np.isnan(values["MTLD"]) == (len(set(words)) == len(words))
    renamed = of_text([f"x{word}" for word in words], window=window)
    np.testing.assert_array_equal(values, renamed)
    np.testing.assert_allclose(values, of_text(words[::-1], window=window), rtol=1e-12)


@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(articles: list[list[str]], random: Any) -> None:
    tokens = tokens_of(*articles, outlets=["A", "B", "A", "B", "A", "A", "A"][: len(articles)])
    order = list(range(len(tokens)))
    random.shuffle(order)
    mixed = in_their_order(tokens.iloc[order]).set_axis([7] * len(tokens))
    for by in ("article_id", "outlet"):
        pd.testing.assert_frame_equal(
            lexical_diversity(tokens, by=by), lexical_diversity(mixed, by=by), check_exact=True
        )


def test_an_index_named_like_a_column_changes_nothing() -> None:
    tokens = tokens_of("a b a", "b b", outlets=["A", "B"])
    for name in ("article_id", "outlet", "position"):
        for by in ("article_id", "outlet"):
            named = lexical_diversity(tokens.rename_axis(name), by=by)
            pd.testing.assert_frame_equal(named, lexical_diversity(tokens, by=by))


def test_words_of_any_script_are_words() -> None:
    values = of_text("ու մեկ ու երկու", window=2)
    assert values["TTR"] == 3 / 4
    assert values["MATTR"] == 1
    assert of_text("газета газета", window=2)["MTLD"] == 2


@given(st.integers(2, 30), st.integers(100, 300))
def test_the_ratio_falls_with_length_and_the_moving_average_does_not(types: int, times: int) -> None:
    once = [f"w{place}" for place in range(types)] * times
    short, long = of_text(once[: len(once) // 2]), of_text(once)
    assert long["TTR"] < short["TTR"]
    assert long["MATTR"] == pytest.approx(short["MATTR"], rel=0.05)
    assert long["MTLD"] == pytest.approx(short["MTLD"], rel=0.05)
    assert long["HD-D"] == pytest.approx(short["HD-D"], rel=0.05)


# groups and intervals

FIVE = ["a b a c", "a a b b", "a b c d a", "a a a", "a b"]


def test_a_group_is_the_mean_of_its_articles_and_never_one_long_text() -> None:
    tokens = tokens_of(*FIVE, "z z", outlets=[*["A"] * 5, "B"])
    row = lexical_diversity(tokens, by="outlet").set_index(["measure", "outlet"]).loc[("TTR", "A")]
    ratios = np.array([3 / 4, 2 / 4, 4 / 5, 1 / 3, 1])
    assert row["value"] == pytest.approx(ratios.mean())
    half = stats.t.ppf(0.975, 4) * ratios.std(ddof=1) / np.sqrt(5)
    assert row["value_low"] == pytest.approx(ratios.mean() - half)
    assert row["value_high"] == pytest.approx(min(ratios.mean() + half, 1))
    assert row[["articles", "searched", "words"]].tolist() == [5, 5, 18]
    assert row["note"] == ""


def test_intervals_are_cut_at_what_a_measure_can_be() -> None:
    """Two articles of one word said ten times, three of different words: mean .64, and Student's half-width is 1.01."""
    alike, different = " ".join(["a"] * 10), " ".join("abcdefghij")
    table = lexical_diversity(tokens_of(alike, alike, *[different] * 3), by="outlet", confidence=0.99)
    row = table.set_index("measure").loc["TTR"]
    assert row["value"] == pytest.approx(0.64)
    assert stats.t.ppf(0.995, 4) * np.std([0.1, 0.1, 1, 1, 1], ddof=1) / np.sqrt(5) > 0.64
    assert (row["value_low"], row["value_high"]) == (0, 1)


def test_fewer_than_five_articles_have_no_interval_and_say_so() -> None:
    table = lexical_diversity(tokens_of(*FIVE[:4]), by="outlet").set_index("measure")
    assert table[["value_low", "value_high"]].isna().all(axis=None)
    assert table.loc["TTR", "note"] == "no interval: 4 articles long enough, 5 needed"


def test_only_articles_that_are_long_enough_make_the_mean_and_the_note_counts_the_others() -> None:
    table = lexical_diversity(tokens_of(*FIVE), by="outlet", window=4).set_index("measure")
    row = table.loc["MATTR"]
    assert row["articles"] == 3
    assert row["value"] == pytest.approx(np.mean([3 / 4, 2 / 4, (4 / 4 + 4 / 4) / 2]))
    expected = "2 of 5 articles left out: fewer than 4 words; no interval: 3 articles long enough, 5 needed"
    assert row["note"] == expected
    nothing = table.loc["HD-D"]
    assert np.isnan(nothing["value"])
    assert nothing["note"] == "5 of 5 articles left out: fewer than 42 words"


def test_mtld_of_short_texts_is_marked_as_unsteady() -> None:
    long = ["a", "b", "c", "a"] * 25
    notes = lexical_diversity(tokens_of(long, long[:99])).set_index(["measure", "article_id"])["note"]
    assert "unsteady" not in notes["MTLD", "n0"]
    assert notes["MTLD", "n1"].startswith("under 100 words, unsteady")
    note = lexical_diversity(tokens_of(long, long[:99]), by="outlet").set_index("measure")["note"]["MTLD"]
    assert note.startswith("1 of 2 articles: under 100 words, unsteady; no interval")


def test_articles_that_are_all_alike_say_nothing_of_how_they_vary() -> None:
    row = lexical_diversity(tokens_of(*["a b a c"] * 6), by="outlet").set_index("measure").loc["TTR"]
    assert row["value"] == 3 / 4
    assert np.isnan(row["value_low"])
    assert row["note"] == "no interval: all articles have the same value"


def test_rows_go_by_measure_then_by_group_length_robust_ones_first() -> None:
    table = lexical_diversity(tokens_of(*FIVE, outlets=list("BABAC")), by="outlet")
    assert table["measure"].drop_duplicates().tolist() == list(MEASURES) == ["MATTR", "MTLD", "HD-D", "TTR"]
    assert table["outlet"].tolist() == ["A", "B", "C"] * 4


def test_voices_of_an_article_are_texts_of_their_own() -> None:
    tokens = tokens_of("a b a b a a").assign(voice=["narrator", "quoted"] * 3)
    table = lexical_diversity(tokens, by=["article_id", "voice"]).set_index(["measure", "voice"])
    assert table.loc[("TTR", "narrator"), "value"] == 1 / 3
    assert table.loc[("TTR", "quoted"), "value"] == 2 / 3


def test_frames_without_rows_keep_their_columns() -> None:
    found = lexical_diversity(tokens_of("a b").iloc[:0], by="outlet")
    assert list(found.columns) == ["outlet", *DIVERSITY]
    assert found.empty
    assert found["value"].dtype == "float64"


def test_the_words_of_a_sample_are_counted_once() -> None:
    articles = ct.read_articles("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    found = lexical_diversity(tokens, by="outlet")
    totals = ct.count_terms(tokens).drop_duplicates("outlet").set_index("outlet")["total"]
    for _, own in found.groupby("measure"):
        assert own.set_index("outlet")["words"].to_dict() == totals.to_dict()
        assert own["searched"].sum() == len(articles)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"by": []}, "'by' is empty"),
        ({}, {"by": "outlets"}, "did you mean 'outlet'"),
        ({"words": "x"}, {"by": "words"}, "'by' cannot be 'words'"),
        ({}, {"window": 0}, "window"),
        ({}, {"window": 2.5}, "window"),
        ({}, {"window": True}, "window"),
        ({}, {"confidence": 1.0}, "confidence"),
        ({"term": ["a", None]}, {}, "no 'term'"),
    ],
)
def test_what_cannot_be_measured_is_refused(change: dict[str, Any], options: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        lexical_diversity(tokens_of("a b").assign(**change), **options)
