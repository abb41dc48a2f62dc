"""Dispersion: by hand, against a slow reading of the formulas, and what must hold for any corpus."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.compare.dispersion import dispersion
from corpus_tools.compare.spread import chance_dp
from corpus_tools.schema import DISPERSION, CorpusError

MEASURES = ["dp", "dp_norm", "dp_chance", "juilland_d"]
Texts = dict[str, str]

corpora = st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=6).map(
    lambda texts: {f"n{place}": " ".join(text) for place, text in enumerate(texts)}
)


def tokens_of(texts: Texts, outlets: dict[str, str] | None = None) -> pd.DataFrame:
    rows = [(name, word) for name, text in texts.items() for word in text.split()]
    frame = pd.DataFrame(rows, columns=["article_id", "term"])
    return frame.assign(outlet=[(outlets or {}).get(name, "A") for name in frame["article_id"]])


def in_their_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """Text columns as ``tokenize`` makes them: categories in the order in which they occur."""
    texts = [column for column in ("article_id", "outlet", "term") if len(tokens)]
    return tokens.assign(**{c: pd.Categorical(tokens[c], categories=tokens[c].unique()) for c in texts})


def of_term(texts: Texts, term: str) -> pd.Series:
    return dispersion(tokens_of(texts), min_count=1).set_index("term").loc[term]


GRIES = {f"part {place}": text for place, text in enumerate(
    ("b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a", "b a g h a b e a a t", "b a h a a b e a x a t")
)}  # fmt: skip


def test_the_corpus_of_gries_by_hand() -> None:
    """Of "a" 1, 2, 3, 4, 5 in parts of 9, 10, 10, 10, 11 words: shares 1/15 … 5/15 against .18, .2, .2, .2, .22."""
    row = of_term(GRIES, "a")
    assert row["dp"] == pytest.approx((4 / 15 - 0.2) + (5 / 15 - 0.22))
    assert row["dp_norm"] == pytest.approx(0.18 / 0.82)
    rates = np.array([1 / 9, 2 / 10, 3 / 10, 4 / 10, 5 / 11])
    assert row["juilland_d"] == pytest.approx(1 - rates.std() / rates.mean() / 2)
    assert row[["count", "total", "articles", "searched", "largest_count"]].tolist() == [15, 50, 5, 5, 5]
    assert row["largest_article"] == "part 4"
    assert row["note"] == ""


def test_a_word_of_one_article_and_an_even_one() -> None:
    texts = {"1": "bus bus the the", "2": "tram law the the", "3": "law tram the the"}
    bus, the, law = (of_term(texts, term) for term in ("bus", "the", "law"))
    assert bus[["dp", "dp_norm", "juilland_d"]].tolist() == pytest.approx([2 / 3, 1, 0])
    assert the[["dp", "dp_norm", "juilland_d"]].tolist() == pytest.approx([0, 0, 1])
    assert law["dp"] == pytest.approx(1 / 3)
    assert law["dp_norm"] == pytest.approx(1 / 2)
    assert (bus["largest_article"], bus["largest_count"], bus["articles"]) == ("1", 2, 1)
    assert (law["largest_article"], law["largest_count"], law["articles"]) == ("2", 1, 2)


def test_the_shortest_article_counts_though_none_of_the_terms_kept_is_in_it() -> None:
    table = dispersion(tokens_of({"1": "a a b b", "2": "a b a", "3": "c"}), min_count=2).set_index("term")
    assert table.loc["b", "dp"] == pytest.approx(2 / 3 - 4 / 8)
    assert table.loc["b", "dp_norm"] == pytest.approx((2 / 3 - 4 / 8) / (1 - 1 / 8))


def slowly(texts: Texts, term: str) -> list[float]:
    """DP, DPnorm and D as the formulas stand, over all articles."""
    sizes = np.array([len(text.split()) for text in texts.values()])
    counts = np.array([Counter(text.split())[term] for text in texts.values()])
    share, rates, n = sizes / sizes.sum(), counts / sizes, len(sizes)
    dp = np.abs(counts / counts.sum() - share).sum() / 2
    if n == 1:
        return [dp, np.nan, np.nan]
    return [dp, dp / (1 - share.min()), 1 - rates.std() / rates.mean() / np.sqrt(n - 1)]


@given(corpora)
def test_sparse_sums_are_the_formulas(texts: Texts) -> None:
    table = dispersion(tokens_of(texts), min_count=1)
    assert set(table["term"]) == set(" ".join(texts.values()).split())
    for row in table.to_dict("records"):
        found = [row["dp"], row["dp_norm"], row["juilland_d"]]
        np.testing.assert_allclose(found, slowly(texts, row["term"]), atol=1e-7)
        counts = Counter({name: text.split().count(row["term"]) for name, text in texts.items()})
        assert row["articles"] == sum(times > 0 for times in counts.values())
        assert row["largest_count"] == max(counts.values()) == counts[row["largest_article"]]


@given(corpora)
def test_all_measures_lie_between_0_and_1(texts: Texts) -> None:
    table = dispersion(tokens_of(texts), min_count=1)
    numbers = table[MEASURES].to_numpy()
    assert not (numbers < 0).any()
    assert not (numbers > 1).any()
    assert (table["dp"] <= table["dp_norm"].fillna(1)).all()


@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(texts: Texts, random: Any) -> None:
    tokens = tokens_of(texts, {"n1": "B", "n3": "B"})
    order = list(range(len(tokens)))
    random.shuffle(order)
    mixed = in_their_order(tokens.iloc[order]).set_axis([7] * len(tokens))
    for by in (None, "outlet"):
        pd.testing.assert_frame_equal(
            dispersion(tokens, by=by, min_count=1), dispersion(mixed, by=by, min_count=1), check_exact=True
        )


@given(corpora)
def test_a_group_is_a_corpus_of_its_own(texts: Texts) -> None:
    tokens = tokens_of(texts, {"n1": "B", "n3": "B"})
    parts = [dispersion(own, min_count=2).assign(outlet=outlet) for outlet, own in tokens.groupby("outlet") if len(own)]
    whole = dispersion(tokens, by="outlet", min_count=2)
    expected = pd.concat(parts, ignore_index=True)[["outlet", *DISPERSION]]
    pd.testing.assert_frame_equal(whole, expected, check_dtype=False)


@given(corpora)
def test_every_article_twice_leaves_dp_as_it_is(texts: Texts) -> None:
    twice = texts | {f"copy of {name}": text for name, text in texts.items()}
    once, doubled = (dispersion(tokens_of(each), min_count=1).set_index("term").sort_index() for each in (texts, twice))
    np.testing.assert_allclose(once["dp"], doubled["dp"], atol=1e-12)
    assert (doubled["count"] == 2 * once["count"]).all()
    assert (doubled["largest_article"] == once["largest_article"].map("copy of {}".format)).all()


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_what_chance_gives_is_the_mean_of_thrown_words(count: int) -> None:
    sizes = np.array([5, 20, 20, 55, 100])
    share = sizes / sizes.sum()
    thrown = np.random.default_rng(1).multinomial(count, share, size=40_000)
    mean = np.abs(thrown / count - share).sum(axis=1).mean() / 2
    assert chance_dp(np.array([float(count)]), sizes)[0] == pytest.approx(mean, abs=0.004)


def test_one_occurrence_by_chance_by_hand() -> None:
    """It lies in article i with chance sᵢ, and DP is then 1 - sᵢ: .1 × .9 + .9 × .1."""
    assert of_term({"1": "a", "2": "b c d e f g h i j"}, "a")["dp_chance"] == pytest.approx(0.18)


def test_the_most_uneven_beyond_chance_comes_first_and_ties_go_by_name() -> None:
    texts = {"1": "clump clump clump clump x y", "2": "even rare other odd z w", "3": "even the the the the the"}
    table = dispersion(tokens_of(texts), min_count=1)
    beyond = (table["dp"] - table["dp_chance"]).round(9)
    assert beyond.is_monotonic_decreasing
    assert table["term"].iloc[0] == "the"
    hapaxes = table.loc[(table["count"] == 1) & (table["largest_article"] == "2"), "term"].tolist()
    assert hapaxes == sorted(hapaxes)


def test_rounding_does_not_decide_on_the_order() -> None:
    """Each word has 0, 1, 5, 6, 10 occurrences in articles of one length; sums differ in their last digit."""
    orders = list(permutations((0, 1, 5, 6, 10)))
    texts = {
        str(article): " ".join(f"w{place:03d} " * own[article] for place, own in enumerate(orders))
        for article in range(5)
    }
    table = dispersion(tokens_of(texts), min_count=1)
    assert len(set(table["dp"])) > 1
    assert table["term"].tolist() == sorted(table["term"])


def test_an_index_named_like_a_column_changes_nothing() -> None:
    tokens = tokens_of(GRIES)
    expected = dispersion(tokens, by="outlet", min_count=1)
    for name in ("article_id", "outlet", "term"):
        pd.testing.assert_frame_equal(dispersion(tokens.rename_axis(name), by="outlet", min_count=1), expected)


def test_one_article_has_nothing_to_be_spread_over() -> None:
    row = of_term({"1": "a a b"}, "a")
    assert (row["dp"], row["dp_chance"]) == (0, 0)
    assert row[["dp_norm", "juilland_d"]].isna().all()
    assert row["note"] == "one article only: nothing to be spread over"


def test_terms_are_left_out_by_their_count_in_the_group() -> None:
    tokens = tokens_of({"1": "a a b", "2": "a b b", "3": "b b"}, {"3": "B"})
    found = dispersion(tokens, by="outlet", min_count=3)
    assert sorted(zip(found["outlet"], found["term"], strict=True)) == [("A", "a"), ("A", "b")]
    assert found["total"].tolist() == [6, 6]
    assert dispersion(tokens, min_count=100).empty


def test_frames_without_rows_keep_their_columns() -> None:
    tokens = tokens_of({"1": "a"})
    for frame in (dispersion(tokens.iloc[:0], by="outlet"), dispersion(tokens, by="outlet")):
        assert list(frame.columns) == ["outlet", *DISPERSION]
        assert frame.empty
        assert frame["dp"].dtype == "float64"
    assert list(dispersion(tokens.iloc[:0]).columns) == list(DISPERSION)


def test_voices_are_groups_and_articles_without_one_are_no_part() -> None:
    tokens = tokens_of({"1": "a a b b", "2": "a b", "3": "c c"})
    tokens["voice"] = ["narrator", "narrator", "quoted", "quoted", "narrator", "quoted", "narrator", "narrator"]
    found = dispersion(tokens, by=["outlet", "voice"], min_count=2)
    assert list(found.columns[:2]) == ["outlet", "voice"]
    searched = found.groupby("voice")["searched"].first()
    assert searched.to_dict() == {"narrator": 3, "quoted": 2}


def test_tokens_of_a_sample_agree_with_their_counts() -> None:
    articles = ct.read_articles("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    found = dispersion(tokens, by="outlet", min_count=1).sort_values(["outlet", "term"], ignore_index=True)
    columns = ["outlet", "term", "count", "articles", "total"]
    pd.testing.assert_frame_equal(found[columns], ct.count_terms(tokens)[columns])


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"min_count": 0}, "min_count"),
        ({}, {"by": "outlets"}, "did you mean 'outlet'"),
        ({}, {"by": "term"}, "'by' cannot be 'term'"),
        ({"term": ["a", None]}, {}, "Row 1 .* no 'term'"),
        ({"article_id": [None, "1"]}, {}, "Row 0 .* no 'article_id'"),
    ],
)
def test_what_cannot_be_measured_is_refused(change: dict[str, Any], options: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        dispersion(tokens_of({"1": "a b"}).assign(**change), **options)
