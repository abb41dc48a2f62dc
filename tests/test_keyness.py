"""Keyness: options, edges and refusals; the scores themselves against sums done by hand."""

from __future__ import annotations

from math import log, log2, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct


def counts_of(rows: list[tuple[str, str, int, int]], totals: dict[str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["outlet", "term", "count", "articles"])
    return frame.assign(total=frame["outlet"].map(totals))


@pytest.fixture
def counts() -> pd.DataFrame:
    rows = [("A", "bus", 6, 3), ("A", "tea", 4, 2), ("B", "bus", 2, 1), ("B", "ferry", 8, 4), ("C", "bus", 5, 2)]
    return counts_of(rows, {"A": 100, "B": 200, "C": 50})


def of(frame: pd.DataFrame, term: str) -> pd.Series:
    return frame.set_index("term").loc[term]


def test_rates_and_descriptive_scores(counts: pd.DataFrame) -> None:
    bus = of(ct.keyness(counts, "A", "B"), "bus")
    assert (bus["count_target"], bus["total_target"], bus["articles_target"]) == (6, 100, 3)
    assert (bus["count_reference"], bus["total_reference"], bus["articles_reference"]) == (2, 200, 1)
    assert bus["per_million_target"] == pytest.approx(60_000)
    assert bus["log_ratio"] == pytest.approx(log2(6))  # .06 against .01
    assert bus["percent_difference"] == pytest.approx(500)
    # E = 100 * 8/300 and 200 * 8/300
    assert bus["g2"] == pytest.approx(2 * (6 * log(6 / (8 / 3)) + 2 * log(2 / (16 / 3))))


def test_log_odds_with_a_prior_of_one(counts: pd.DataFrame) -> None:
    bus = of(ct.keyness(counts, "A", "B", prior=1), "bus")
    # The vocabulary of all groups has three words, so the prior weighs 3.
    delta = log(7 / (103 - 7)) - log(3 / (203 - 3))
    assert bus["log_odds"] == pytest.approx(delta)
    assert bus["log_odds_z"] == pytest.approx(delta / sqrt(1 / 7 + 1 / 3))


def test_a_prior_by_term(counts: pd.DataFrame) -> None:
    prior = pd.Series({"bus": 2.0, "tea": 1.0, "ferry": 1.0, "tram": 6.0})
    bus = of(ct.keyness(counts, "A", "B", prior=prior), "bus")
    assert bus["log_odds"] == pytest.approx(log(8 / (110 - 8)) - log(4 / (210 - 4)))


def test_the_default_prior_is_the_counts_of_all_groups(counts: pd.DataFrame) -> None:
    prior = pd.Series({"bus": 13.0, "tea": 4.0, "ferry": 8.0})
    pd.testing.assert_frame_equal(ct.keyness(counts, "A", "B"), ct.keyness(counts, "A", "B", prior=prior))


def test_all_others_together(counts: pd.DataFrame) -> None:
    bus = of(ct.keyness(counts, "A"), "bus")
    assert bus["reference"] == "all other outlets"
    assert (bus["count_reference"], bus["total_reference"], bus["articles_reference"]) == (7, 250, 3)


def test_order_is_by_z_and_then_by_the_alphabet(counts: pd.DataFrame) -> None:
    # bus: ln((19/106) / (15/210)) / √(1/19 + 1/15) = 2.66; tea: ln((8/117) / (4/221)) / √(1/8 + 1/4) = 2.17
    frame = ct.keyness(counts, "A", "B")
    assert frame["term"].tolist() == ["bus", "tea", "ferry"]
    assert frame["log_odds_z"].round(2).tolist()[:2] == [2.66, 2.17]
    equal = counts_of([("A", t, 1, 1) for t in "cab"] + [("B", t, 1, 1) for t in "bca"], {"A": 10, "B": 10})
    assert ct.keyness(equal, "A", "B")["term"].tolist() == ["a", "b", "c"]


def test_min_count_shortens_the_result_and_changes_no_score(counts: pd.DataFrame) -> None:
    whole, short = ct.keyness(counts, "A", "B"), ct.keyness(counts, "A", "B", min_count=8)
    assert short["term"].tolist() == ["bus", "ferry"]
    pd.testing.assert_frame_equal(short, whole[whole["term"] != "tea"].reset_index(drop=True))


@pytest.mark.parametrize(
    ("zero_count", "expected"), [(0.5, log2((4 / 100) / (0.5 / 200))), (1, log2((4 / 100) / (1 / 200))), (None, np.inf)]
)
def test_a_word_of_one_side_only(counts: pd.DataFrame, zero_count: float | None, expected: float) -> None:
    tea = of(ct.keyness(counts, "A", "B", zero_count=zero_count), "tea")
    assert tea["log_ratio"] == pytest.approx(expected)
    assert np.isinf(tea["percent_difference"])
    assert tea["g2"] == pytest.approx(2 * 4 * log(3))  # expected 4/3, and the empty cell adds nothing
    assert "not in the reference" in tea["note"]


def test_a_word_of_the_other_side_only_is_negative_throughout(counts: pd.DataFrame) -> None:
    ferry = of(ct.keyness(counts, "A", "B"), "ferry")
    assert ferry["percent_difference"] == -100
    assert (ferry[["log_ratio", "g2", "log_odds", "log_odds_z"]] < 0).all()


def test_without_a_prior_a_zero_has_no_log_odds_and_a_note(counts: pd.DataFrame) -> None:
    tea = of(ct.keyness(counts, "A", "B", prior=0), "tea")
    assert np.isnan(tea["log_odds"])
    assert np.isnan(tea["log_odds_z"])
    assert "no log-odds" in tea["note"]


def test_a_word_of_a_third_group_only_is_not_listed(counts: pd.DataFrame) -> None:
    assert set(ct.keyness(counts, "A", "C")["term"]) == {"bus", "tea"}


def test_groups_that_are_not_outlets(counts: pd.DataFrame) -> None:
    voices = counts.rename(columns={"outlet": "voice"})
    assert of(ct.keyness(voices, "A", "B"), "bus")["log_ratio"] == pytest.approx(log2(6))


def test_words_that_look_like_missing_values() -> None:
    counts = counts_of([("A", "nan", 3, 1), ("A", "null", 1, 1), ("B", "nan", 1, 1)], {"A": 10, "B": 10})
    assert set(ct.keyness(counts, "A", "B")["term"]) == {"nan", "null"}


@pytest.mark.parametrize(
    ("target", "reference", "message"),
    [("A", "A", "both 'A'"), ("A", "D", "no outlet 'D'"), ("a", "B", "did you mean 'A'"), ("", "B", "no outlet ''")],
)
def test_groups_that_cannot_be_compared(counts: pd.DataFrame, target: str, reference: str, message: str) -> None:
    with pytest.raises(ct.CorpusError, match=message):
        ct.keyness(counts, target, reference)


def test_one_group_alone_cannot_be_compared(counts: pd.DataFrame) -> None:
    with pytest.raises(ct.CorpusError, match="needs two"):
        ct.keyness(counts[counts["outlet"] == "A"], "A")


def test_two_grouping_columns_are_refused_by_name(counts: pd.DataFrame) -> None:
    with pytest.raises(ct.CorpusError, match=r"'outlet', 'voice'"):
        ct.keyness(counts.assign(voice="narrator")[["outlet", "voice", *counts.columns[1:]]], "A", "B")


def test_one_voice_is_compared_on_its_own_words_and_totals(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "bus bus tea tea"), ("y", "B", "bus tea tea tea")])
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    said = ["narrator", "reported", "reported", "quoted", "narrator", "narrator", "reported", "quoted"]
    tokens = tokens.assign(voice=pd.Categorical(said, categories=["narrator", "reported", "quoted"]))
    columns = ["count_target", "count_reference", "total_target", "total_reference"]
    expected = {"narrator": (1, 1, 1, 2), "reported": (1, 0, 2, 1), "quoted": None}
    for voice, numbers in expected.items():
        own = ct.keyness(ct.count_terms(tokens[tokens["voice"] == voice]), "A", "B").set_index("term")
        if numbers is None:
            assert list(own.index) == ["tea"]
        else:
            assert tuple(own.loc["bus", columns]) == numbers
    between = ct.keyness(ct.count_terms(tokens, by="voice"), "narrator").set_index("term")
    assert tuple(between.loc["bus", columns]) == (2, 1, 3, 5)
    # "tea" stands in two articles outside the narrator's words, in both of them reported and quoted.
    assert between.loc["tea", "articles_reference"] == 4


def test_every_group_in_one_call(counts: pd.DataFrame) -> None:
    together = ct.keyness(counts)
    assert together["target"].unique().tolist() == sorted(counts["outlet"].unique())
    alone = pd.concat([ct.keyness(counts, name) for name in sorted(counts["outlet"].unique())], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)
    assert ct.keyness(counts, ["B", "A"], "C")["target"].unique().tolist() == ["B", "A"]
