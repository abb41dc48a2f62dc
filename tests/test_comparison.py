"""Comparing articles: numbers by hand, every arrangement enumerated, and how often chance alone passes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations, product
from math import log, log2, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import corpus_tools as ct
from corpus_tools.compare.inference import (
    Parts,
    adjusted,
    log_ratio_inside_events,
    pair_products,
    permutation_p_terms,
    raised_for_length,
    rates_over_units,
)
from corpus_tools.compare.inference import mantel_haenszel as ratio_module
from corpus_tools.compare.inference import terms as terms_module
from corpus_tools.schema import COMPARISON, VOICES, empty
from tests.conftest import CHECKOUT

Texts = dict[str, list[str]]


def corpus_of(texts: Texts, **columns: Sequence[object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles of these outlets and their tokens."""
    rows = [(outlet, text) for outlet, own in texts.items() for text in own]
    articles = pd.DataFrame(rows, columns=["outlet", "text"]).assign(**columns)
    articles.insert(0, "article_id", [f"a{place:03}" for place in range(len(articles))])
    articles = articles.assign(date=pd.NaT, title="")
    return articles, ct.tokenize(articles, empty(VOICES))


def noise(words: int, seed: int) -> str:
    return " ".join(f"w{number}" for number in np.random.default_rng(seed).integers(0, 20, words))


FIVE = {
    "Alpha": ["bus stop bus", "bus road", "stop road road", "bus bus bus road", "road"],
    "Beta": ["road stop", "road road stop", "bus road", "stop", "road road road stop"],
}


def row_of(result: pd.DataFrame, term: str, target: str = "Alpha") -> pd.Series:
    return result[(result["term"] == term) & (result["target"] == target)].iloc[0]


# numbers by hand


def test_rates_ratio_and_counts_by_hand() -> None:
    articles, tokens = corpus_of(FIVE)
    row = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta", min_articles=1), "bus")
    assert (row["count_target"], row["count_reference"]) == (6, 1)
    assert (row["total_target"], row["total_reference"]) == (13, 12)
    assert (row["articles_target"], row["articles_reference"]) == (3, 1)
    assert (row["searched_target"], row["searched_reference"]) == (5, 5)
    assert row["per_million_target"] == pytest.approx(6 / 13 * 1e6)
    assert row["log_ratio"] == pytest.approx(log2(6 / 13 / (1 / 12)))


def test_descriptions_are_those_of_keyness_and_dispersion() -> None:
    articles, tokens = corpus_of(FIVE)
    result = ct.compare_articles(tokens, articles, "Alpha", "Beta", min_articles=1).set_index("term")
    pooled = ct.keyness(ct.count_terms(tokens), "Alpha", "Beta").set_index("term").loc[result.index]
    for column in ("g2", "log_ratio", "log_odds", "per_million_target"):
        np.testing.assert_allclose(result[column], pooled[column], err_msg=column)
    spread = ct.dispersion(tokens, by="outlet", min_count=1).set_index(["outlet", "term"])["dp"]
    for term in result.index:
        assert result.loc[term, "dp_target"] == pytest.approx(spread["Alpha", term])


def test_variance_of_the_log_odds_is_that_of_articles() -> None:
    """A word that one article alone repeats has the same log-odds as one spread over five, and a smaller z."""
    even = ["bus road road road road road"] * 5
    lumped = ["tram tram tram tram tram road"] + ["road road road road road road"] * 4
    texts = [f"{a} {b}" for a, b in zip(even, lumped, strict=True)]
    articles, tokens = corpus_of({"Alpha": texts, "Beta": ["road road bus tram", "road bus tram"] * 3})
    result = ct.compare_articles(tokens, articles, "Alpha", "Beta", min_articles=1).set_index("term")
    assert result.loc["bus", "log_odds"] == pytest.approx(result.loc["tram", "log_odds"])
    assert abs(result.loc["bus", "log_odds_z"]) > 3 * abs(result.loc["tram", "log_odds_z"])


def test_log_odds_z_by_hand() -> None:
    """Equal lengths: the jackknife over units is the sample variance of the counts."""
    alpha, beta = [3, 0, 2, 1, 4], [1, 0, 0, 2, 1]
    texts = {
        outlet: [" ".join(["bus"] * n + ["road"] * (10 - n)) for n in own]
        for outlet, own in (("Alpha", alpha), ("Beta", beta))
    }
    articles, tokens = corpus_of(texts)
    row = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta"), "bus")
    prior, words = 14, 100
    slopes, spreads, logs = [], [], []
    for own in (alpha, beta):
        count = sum(own) + prior
        rest = 50 + words - count
        slopes.append(1 / count + 1 / rest)
        spreads.append(5 * np.var(own, ddof=1))
        logs.append(log(count / rest))
    error = sqrt(sum(slope**2 * spread for slope, spread in zip(slopes, spreads, strict=True)))
    assert row["log_odds_z"] == pytest.approx((logs[0] - logs[1]) / error, rel=1e-6)


# the test, every arrangement enumerated


def studentised(target: list[tuple[float, float]], reference: list[tuple[float, float]]) -> float:
    """Difference of the pooled rates over its standard error, for (count, words) of units on one side each."""
    difference, variance = 0.0, 0.0
    for sign, own in ((1, target), (-1, reference)):
        words = sum(w for _, w in own)
        rate = sum(y for y, _ in own) / words
        difference += sign * rate
        variance += sum((y - rate * w) ** 2 for y, w in own) / words**2 * len(own) / (len(own) - 1)
    return 0.0 if abs(difference) < 1e-12 else difference / sqrt(variance) if variance else float("inf") * difference


def doubled_tail(values: list[float], observed: float) -> float:
    up = sum(value >= observed - 1e-9 for value in values)
    down = sum(value <= observed + 1e-9 for value in values)
    return min(1.0, 2 * min(up, down) / len(values))


def test_p_is_that_of_all_arrangements() -> None:
    articles, tokens = corpus_of(FIVE)
    result = ct.compare_articles(tokens, articles, "Alpha", "Beta", min_articles=1)
    texts = [text.split() for own in FIVE.values() for text in own]
    for term in ("bus", "road", "stop"):
        units = [(text.count(term), len(text)) for text in texts]
        values = []
        for chosen in combinations(range(10), 5):
            inside = [units[place] for place in chosen]
            values.append(studentised(inside, [u for place, u in enumerate(units) if place not in chosen]))
        assert row_of(result, term)["p"] == pytest.approx(doubled_tail(values, values[0])), term


def test_smallest_p_of_a_word_in_every_article_of_one_side() -> None:
    """One of the 252 arrangements of ten articles; two-sided, with its mirror."""
    texts = {"Alpha": [f"tram {noise(8, k)}" for k in range(5)], "Beta": [noise(9, k + 5) for k in range(5)]}
    articles, tokens = corpus_of(texts)
    row = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta"), "tram")
    assert row["p"] == pytest.approx(2 / 252)
    assert row["p_smallest"] == pytest.approx(2 / 252)


def test_units_on_both_sides_take_one_of_their_outlets_at_random() -> None:
    """Against all arrangements of seven events in three outlets, the target being one of them in each."""
    rng = np.random.default_rng(3)
    cells = rng.poisson(2.0, (7, 3)), rng.integers(20, 60, (7, 3))
    values = []
    for chosen in product(range(3), repeat=7):
        place = (np.arange(7), list(chosen))
        y, w = cells[0][place], cells[1][place]
        y2, w2 = cells[0].sum(axis=1) - y, cells[1].sum(axis=1) - w
        rate, other = y.sum() / w.sum(), y2.sum() / w2.sum()
        influence = (y - rate * w) / w.sum() - (y2 - other * w2) / w2.sum()
        values.append((rate - other) / sqrt((influence**2).sum() * 7 / 6))
    unit = np.repeat(np.arange(7), 3)
    zeros = np.zeros(21, dtype=np.int64)
    parts = Parts(unit, np.tile([True, False, False], 7), cells[1].ravel().astype(float), zeros, zeros)
    counts = sparse.csc_array(cells[0].reshape(-1, 1).astype(float))
    p = permutation_p_terms(counts, parts, resamples=40_000, random_state=1).p[0]
    assert p == pytest.approx(doubled_tail(values, values[0]), abs=0.012)


def test_inside_events_against_all_arrangements() -> None:
    """Six events of two articles a side; the sum of y - ρw over the target, over its error over events."""
    rng = np.random.default_rng(5)
    y, w = rng.poisson(3.0, (6, 4)), rng.integers(20, 60, (6, 4))
    centred = y - y.sum(axis=1, keepdims=True) / w.sum(axis=1, keepdims=True) * w
    sides = list(combinations(range(4), 2))
    sums = np.array([[centred[event, list(side)].sum() for side in sides] for event in range(6)])
    every = np.array(list(product(range(6), repeat=6)))
    drawn = sums[np.arange(6), every]
    total = drawn.sum(axis=1)
    values = total / np.sqrt((drawn**2).sum(axis=1) - total**2 / 6)
    event = np.repeat(np.arange(6), 4)
    parts = Parts(np.arange(24), np.tile([True, True, False, False], 6), w.ravel().astype(float), event, event)
    p = permutation_p_terms(sparse.csc_array(y.reshape(-1, 1) * 1.0), parts, resamples=40_000, random_state=1).p[0]
    observed = float(values[(every == 0).all(axis=1)][0])
    assert p == pytest.approx(doubled_tail(values.tolist(), observed), abs=0.012)


def test_ratio_inside_events_by_hand() -> None:
    """Mantel and Haenszel's ratio of two events: (2·30/60 + 1·20/60) / (1·30/60 + 1·40/60)."""
    words = {("Alpha", "e1"): (2, 30), ("Beta", "e1"): (1, 30), ("Alpha", "e2"): (1, 40), ("Beta", "e2"): (1, 20)}
    texts: Texts = {"Alpha": [], "Beta": []}
    events: dict[str, list[object]] = {"Alpha": [], "Beta": []}
    for (outlet, event), (count, total) in words.items():
        texts[outlet].append(" ".join(["bus"] * count + ["road"] * (total - count)))
        events[outlet].append(event)
    articles, tokens = corpus_of(texts, event=[*events["Alpha"], *events["Beta"]])
    row = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta", within="event", min_articles=1), "bus")
    assert row["log_ratio"] == pytest.approx(log2((2 * 30 / 60 + 1 * 20 / 60) / (1 * 30 / 60 + 1 * 40 / 60)))
    assert np.isnan(row["p"])
    assert "no interval: 2 events with words of both, 5 needed" in row["note"]


def test_p_is_raised_where_a_rare_word_misses_the_shorter_articles() -> None:
    """Eight occurrences in texts five times as long: (5/6)^8 by words, and (1/2)^8 by articles. Like lengths: as is."""
    zeros, target = np.zeros(80, dtype=np.int64), np.arange(80) < 40
    table = np.zeros((80, 2))
    table[40:48, 0], table[:, 1] = 1, np.where(target, 40, 100) + np.arange(80) % 7
    counts = sparse.csc_array(table)
    for short in (100.0, 500.0):
        parts = Parts(np.arange(80), target, np.where(target, short, 500.0), zeros, zeros)
        found = permutation_p_terms(counts, parts, resamples=4000, random_state=0)
        rates = [rates_over_units(counts[side], parts.words[side]) for side in (target, ~target)]
        raised = raised_for_length(found, parts, rates, pair_products(counts, parts))
        assert found.p[0] < 0.02
        assert 0.3 < raised.p[0] < 2 * (5 / 6) ** 8 if short == 100 else raised.p[0] == found.p[0]
        # A frequent word is surer than its length can make it.
        assert raised.p[1] == found.p[1]
        assert (raised.smallest <= raised.p).all()


LONGER = np.repeat([300.0, 100.0], [20, 80]) + np.arange(100)


@pytest.mark.parametrize("inside", [False, True])
def test_a_word_absent_from_the_longer_articles_is_told_by_articles_alone(inside: bool) -> None:
    """Five articles of eighty have it: without it 20 drawn of 100 are .32 of all, whatever the words."""
    holders = [25, 38, 51, 64, 77]
    counts = sparse.csc_array((np.ones(5), (holders, np.zeros(5, dtype=int))), shape=(100, 1))
    event = np.r_[np.arange(20), np.repeat(np.arange(20), 4)] if inside else np.zeros(100, dtype=np.int64)
    parts = Parts(np.arange(100), np.arange(100) < 20, LONGER, event, event)
    p, smallest = permutation_p_terms(counts, parts, resamples=4000, random_state=0)
    expected = 0.8**5 if inside else np.prod([(80 - k) / (100 - k) for k in range(5)])
    assert p[0] == pytest.approx(2 * expected, abs=0.04)
    # Five of five in the target is as far as it goes.
    assert smallest[0] < 0.01


def test_five_of_a_side_are_the_least_that_five_articles_can_show() -> None:
    """With as many articles on both sides .06 in five units and .03 in six, of whatever length."""
    words = np.random.default_rng(0).lognormal(6, 0.6, 400).round()
    table = np.zeros((400, 2))
    table[200:205, 0] = table[200:206, 1] = 1
    zeros = np.zeros(400, dtype=np.int64)
    parts = Parts(np.arange(400), np.arange(400) < 200, words, zeros, zeros)
    p, smallest = permutation_p_terms(sparse.csc_array(table), parts, resamples=8000, random_state=0)
    np.testing.assert_allclose(smallest, [2 * 0.5**5, 2 * 0.5**6], rtol=0.3)
    np.testing.assert_allclose(p, smallest, rtol=0.2)


def test_units_on_both_sides_without_a_word_are_equal_too() -> None:
    """Ten groups of two outlets, and a word in five of them, always in the longer text, which is the reference's."""
    unit, target = np.repeat(np.arange(10), 2), np.tile([True, False], 10)
    words = np.tile([100.0, 400.0], 10) + np.arange(20)
    counts = sparse.csc_array((np.ones(5), ([1, 5, 9, 13, 17], np.zeros(5, dtype=int))), shape=(20, 1))
    zeros = np.zeros(20, dtype=np.int64)
    tests = permutation_p_terms(counts, Parts(unit, target, words, zeros, zeros), resamples=8000, random_state=0)
    assert tests.p[0] == pytest.approx(2 * 0.5**5, rel=0.2)


@pytest.mark.parametrize("inside", [False, True])
def test_tables_in_pieces_give_the_same(inside: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    event = np.arange(40) // 4 if inside else np.zeros(40, dtype=np.int64)
    parts = Parts(np.arange(40), np.arange(40) % 4 < 2, rng.integers(50, 200, 40) * 1.0, event, event)
    counts = sparse.csc_array(rng.poisson(np.geomspace(0.05, 3, 30), (40, 30)) * 1.0)
    whole = permutation_p_terms(counts, parts, resamples=199, random_state=0)
    ratios = log_ratio_inside_events(counts, parts, confidence=0.95)
    monkeypatch.setattr(terms_module, "_CELLS", 400)
    monkeypatch.setattr(ratio_module, "_CELLS", 30)
    for one, other in zip(log_ratio_inside_events(counts, parts, confidence=0.95), ratios, strict=True):
        np.testing.assert_allclose(one, other)
    pieces = permutation_p_terms(counts, parts, resamples=199, random_state=0)
    # Further arrangements, drawn for rare results only, come in other pieces, and with them other numbers.
    np.testing.assert_allclose(pieces.p, whole.p, atol=0.06)
    monkeypatch.setattr(terms_module, "_MOST_LABELS", 1)
    assert (permutation_p_terms(counts, parts, resamples=199, random_state=0).p >= 2 / 200 - 1e-12).all()


def test_rare_results_rest_on_more_arrangements() -> None:
    """Sixty articles and a word in all of one side only: 2,000 arrangements could not tell it among 400 words."""
    rng = np.random.default_rng(0)
    counts = np.column_stack([np.repeat([1.0, 0.0], 30), rng.poisson(1.0, (60, 400))])
    zeros = np.zeros(60, dtype=np.int64)
    parts = Parts(np.arange(60), np.arange(60) < 30, np.full(60, 300.0), zeros, zeros)
    tests = permutation_p_terms(sparse.csc_array(counts), parts, resamples=2000, random_state=0)
    assert tests.p[0] < 2 / 2001
    assert adjusted(tests.p)[0] < 0.05
    ordinary = tests.p[1:][(tests.p[1:] > 0.1) & (tests.p[1:] < 1)]
    np.testing.assert_allclose(ordinary * 2001 / 2, (ordinary * 2001 / 2).round(), atol=1e-6)


def test_correction_by_hand() -> None:
    """The five p of an example: the smallest of p·m/rank from the highest rank down."""
    p = np.array([0.01, 0.04, 0.03, np.nan, 0.5])
    expected = [0.04, 0.16 / 3, 0.16 / 3, np.nan, 0.5]
    np.testing.assert_allclose(adjusted(p), expected)
    assert adjusted(p, tests=8)[0] == pytest.approx(0.08)


# several outlets, copies, absent words, too few articles


def test_every_outlet_in_one_call_and_one_correction() -> None:
    texts = {
        name: [noise(30, 10 * place + k) for k in range(6)] for place, name in enumerate(("Alpha", "Beta", "Gamma"))
    }
    articles, tokens = corpus_of(texts)
    result = ct.compare_articles(tokens, articles)
    assert result["target"].unique().tolist() == ["Alpha", "Beta", "Gamma"]
    assert (result["reference"] == "all other outlets").all()
    np.testing.assert_allclose(result["p_adjusted"], adjusted(result["p"].to_numpy()))
    alone = ct.compare_articles(tokens, articles, "Beta")
    np.testing.assert_array_equal(alone["p"], result[result["target"] == "Beta"]["p"])
    two = ct.compare_articles(tokens, articles, ["Gamma", "Alpha"], "Beta")
    assert two["target"].unique().tolist() == ["Gamma", "Alpha"]
    assert row_of(two, "w1")["searched_reference"] == 6


def test_a_copy_printed_once_more_changes_nothing_by_reuse_group() -> None:
    texts = {"Alpha": [noise(40, k) for k in range(7)], "Beta": [noise(40, k + 7) for k in range(7)]}
    group = [f"g{k}" for k in range(14)]
    articles, tokens = corpus_of(texts, reuse_group=list(group))
    copied = {"Alpha": [*texts["Alpha"], *[texts["Alpha"][0]] * 4], "Beta": texts["Beta"]}
    more, more_tokens = corpus_of(copied, reuse_group=[*group[:7], *["g0"] * 4, *group[7:]])
    once = ct.compare_articles(tokens, articles, "Alpha", "Beta", unit="reuse_group").set_index("term")
    again = ct.compare_articles(more_tokens, more, "Alpha", "Beta", unit="reuse_group").set_index("term")
    again = again.loc[once.index]
    for column in ("per_million_target", "log_ratio", "log_ratio_low", "log_ratio_high", "p"):
        np.testing.assert_allclose(once[column], again[column], atol=1e-12, err_msg=column)
    plain = ct.compare_articles(more_tokens, more, "Alpha", "Beta").set_index("term").loc[once.index]
    assert not np.allclose(once["p"], plain["p"])


def test_a_word_absent_on_one_side_has_an_open_end() -> None:
    texts = {"Alpha": [f"tram {noise(8, k)}" for k in range(12)], "Beta": [noise(9, k + 20) for k in range(12)]}
    articles, tokens = corpus_of(texts, event=[f"e{k}" for k in range(12)] * 2)
    for within in (None, "event"):
        there = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta", within=within), "tram")
        back = row_of(ct.compare_articles(tokens, articles, "Beta", "Alpha", within=within), "tram", "Beta")
        assert there["log_ratio_high"] == np.inf
        assert 0 < there["log_ratio_low"] < there["log_ratio"]
        assert "not in the reference: taken as 0.5" in there["note"]
        assert (back["log_ratio_low"], back["log_ratio_high"]) == (-np.inf, pytest.approx(-there["log_ratio_low"]))
        assert np.isnan(there["dp_reference"])


def test_too_few_articles_give_no_interval_and_no_p() -> None:
    articles, tokens = corpus_of({"Alpha": FIVE["Alpha"][:4], "Beta": FIVE["Beta"]})
    result = ct.compare_articles(tokens, articles, "Alpha", "Beta", min_articles=2)
    missing = ["log_ratio_low", "log_ratio_high", "log_odds_z", "p", "p_adjusted", "p_smallest"]
    assert result[missing].isna().all(axis=None)
    assert result["log_odds"].is_monotonic_decreasing
    assert result["log_ratio"].notna().all()
    assert result["note"].str.contains("no interval: 4 and 5 articles with words, 5 needed on each side").all()
    assert not result["shared"].any()


def test_an_article_of_which_no_token_is_left_is_searched_and_no_unit() -> None:
    articles, tokens = corpus_of(FIVE)
    left = tokens[~tokens["article_id"].isin(["a003", "a004"])]
    result = ct.compare_articles(left, articles, "Alpha", "Beta", min_articles=2)
    assert (result["searched_target"] == 5).all()
    assert result["note"].str.contains("3 and 5 articles with words").all()


def test_what_both_use_alike_is_said() -> None:
    texts = {
        outlet: [f"{'road ' * 10}{noise(10, k + shift)}" for k in range(12)]
        for outlet, shift in (("Alpha", 0), ("Beta", 50))
    }
    articles, tokens = corpus_of(texts)
    result = ct.compare_articles(tokens, articles, "Alpha", "Beta")
    assert row_of(result, "road")["shared"]
    inside = (result["log_ratio_low"] > -1) & (result["log_ratio_high"] < 1)
    assert (result["shared"] == inside).all()
    assert 0 < inside.sum() < len(inside)


# chance and truth


def drawn(rng: np.random.Generator, articles: int, factor: float) -> np.ndarray:
    """Counts of 60 words in articles of unequal length, clumped; the first word as often as the factor says."""
    rates = np.geomspace(3e-4, 2e-2, 60)
    rates[0] = 5e-3 * factor
    words = rng.lognormal(6, 0.6, articles).clip(80).round()
    clumps = rng.gamma(2.0, 0.5, (articles, 60))
    return np.column_stack([words, rng.poisson(words[:, None] * rates * clumps)])


def p_of(target: np.ndarray, reference: np.ndarray, seed: int) -> np.ndarray:
    table = np.vstack([target, reference])
    zeros = np.zeros(len(table), dtype=np.int64)
    parts = Parts(np.arange(len(table)), np.arange(len(table)) < len(target), table[:, 0], zeros, zeros)
    counts = sparse.csc_array(table[:, 1:])
    return permutation_p_terms(counts, parts, resamples=399, random_state=seed, tests=1).p


@pytest.mark.parametrize("sides", [(30, 30), (12, 60)])
def test_chance_alone(sides: tuple[int, int]) -> None:
    """Of 60 words in 100 splits 5 % have p < .05, and 5 splits a finding; wide bounds for 100 correlated draws."""
    rng = np.random.default_rng(11)
    below, findings = [], 0
    for seed in range(100):
        p = p_of(drawn(rng, sides[0], 1), drawn(rng, sides[1], 1), seed)
        below.append((p < 0.05).mean())
        findings += bool((adjusted(p) < 0.05).any())
    assert 0.03 <= np.mean(below) <= 0.06
    assert findings <= 11


def test_a_doubled_rate_is_found() -> None:
    rng = np.random.default_rng(12)
    found = [p_of(drawn(rng, 50, 2), drawn(rng, 50, 1), seed)[0] < 0.05 for seed in range(40)]
    assert np.mean(found) >= 0.8


# same input, same numbers


def test_order_types_and_index_of_the_input_do_not_matter() -> None:
    articles, tokens = corpus_of(FIVE, event=[f"e{k % 3}" for k in range(10)])
    expected = ct.compare_articles(tokens, articles, min_articles=1)
    odd = tokens.sample(frac=1, random_state=1).assign(
        term=lambda frame: frame["term"].astype("str"), article_id=lambda frame: frame["article_id"].astype("str")
    )
    odd.index = pd.Index([7] * len(odd))
    mixed = articles.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(ct.compare_articles(odd, mixed, min_articles=1), expected)
    whole = {"article_id": articles["article_id"].str.slice(1).astype(int)}
    numbered = ct.tokenize(articles.assign(**whole), empty(VOICES))
    pd.testing.assert_frame_equal(
        ct.compare_articles(numbered, articles.assign(**whole), min_articles=1)["p"].to_frame(), expected[["p"]]
    )


def test_hash_seed_threads_and_time_zone_do_not_matter() -> None:
    code = (
        "import corpus_tools as ct; from corpus_tools.schema import VOICES, empty;"
        "a = ct.read_sample('strike'); t = ct.tokenize(a, empty(VOICES));"
        "c = ct.compare_articles(t, a, resamples=200); print(c.to_csv(float_format='%.12g'))"
    )
    printed = set()
    for seed, threads, zone in (("1", "1", "UTC"), ("2", "2", "Asia/Yerevan")):
        setting = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | setting,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=True,
        )
        printed.add(done.stdout)
    assert len(printed) == 1


def test_columns_and_types_whatever_is_missing() -> None:
    few, few_tokens = corpus_of({"Alpha": ["bus"], "Beta": ["bus"]})
    many, many_tokens = corpus_of(FIVE)
    one = ct.compare_articles(few_tokens, few, min_articles=1)
    other = ct.compare_articles(many_tokens, many, min_articles=1)
    assert one.columns.tolist() == other.columns.tolist() == list(COMPARISON)
    assert one.dtypes.to_dict() == other.dtypes.to_dict()


# what is refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"target": "Alfa"}, "did you mean 'Alpha'"),
        ({"target": "Alpha", "reference": "Alpha"}, "two different outlets"),
        ({"target": []}, "empty list"),
        ({"unit": "day"}, "'unit' cannot be 'day'"),
        ({"unit": "reuse_group"}, "add_reuse_groups adds it"),
        ({"within": "event"}, "add_events adds it"),
        ({"min_articles": 0}, "'min_articles' cannot be 0"),
        ({"resamples": 1.5}, "'resamples' cannot be 1.5"),
        ({"random_state": -1}, "'random_state' cannot be -1"),
        ({"random_state": None}, "'random_state' cannot be None"),
        ({"target": 5}, "'target' holds 5"),
        ({"target": ["Alpha", None]}, "'target' holds None"),
        ({"target": [["Alpha"]]}, "'target' holds "),
        ({"confidence": 95}, "'confidence' cannot be 95"),
        ({"min_articles": 11}, "no term is in 11 or more articles"),
    ],
)
def test_what_cannot_be_is_said(options: dict[str, object], said: str) -> None:
    articles, tokens = corpus_of(FIVE)
    with pytest.raises(ct.CorpusError, match=said):
        ct.compare_articles(tokens, articles, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("several", [{"Beta", "Alpha"}, ("Alpha", "Beta"), np.array(["Alpha", "Beta"])])
def test_targets_in_a_set_tuple_or_array(several: object) -> None:
    articles, tokens = corpus_of(FIVE)
    result = ct.compare_articles(tokens, articles, several, min_articles=np.int64(1))  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(result, ct.compare_articles(tokens, articles, ["Alpha", "Beta"], min_articles=1))


def test_outlets_that_are_numbers_are_named_by_their_text() -> None:
    articles, tokens = corpus_of(FIVE)
    numbered = articles.assign(outlet=articles["outlet"].eq("Alpha").astype(int))
    assert ct.compare_articles(tokens, numbered, "1", min_articles=1)["target"].unique().tolist() == ["1"]


def test_a_target_without_a_term_is_told() -> None:
    texts = {**FIVE, "Gamma": ["tram"]}
    articles, tokens = corpus_of(texts)
    with pytest.warns(ct.CorpusWarning, match="Nothing is compared for 'Gamma': no term is in 5 or more articles"):
        result = ct.compare_articles(tokens, articles, ["Alpha", "Gamma"], "Beta", min_articles=5)
    assert result["target"].unique().tolist() == ["Alpha"]
    apart = articles.assign(event=articles["outlet"])
    with pytest.raises(ct.CorpusError, match="Nothing can be compared: no event in which both have words"):
        ct.compare_articles(tokens, apart, "Alpha", within="event")


def test_tokens_of_other_articles_are_refused() -> None:
    articles, tokens = corpus_of(FIVE)
    with pytest.raises(ct.CorpusError, match="article 'a009', which is not among the articles"):
        ct.compare_articles(tokens, articles.iloc[:9])


def test_some_of_the_articles_with_their_tokens_are_enough() -> None:
    """Filtered tokens keep the names of all articles as categories."""
    articles, tokens = corpus_of(FIVE | {"Gamma": FIVE["Alpha"]})
    of_two = articles[articles["outlet"] != "Gamma"]
    filtered = tokens[tokens["article_id"].isin(of_two["article_id"])]
    anew = ct.tokenize(of_two, empty(VOICES))
    pd.testing.assert_frame_equal(
        ct.compare_articles(filtered, of_two, min_articles=1), ct.compare_articles(anew, of_two, min_articles=1)
    )


def test_one_outlet_is_refused() -> None:
    articles, tokens = corpus_of({"Alpha": FIVE["Alpha"]})
    with pytest.raises(ct.CorpusError, match="one outlet only"):
        ct.compare_articles(tokens, articles)


def test_lines_of_a_word_leave_out_its_possessive() -> None:
    texts = {
        "Alpha": [f"mayor's mayor {noise(5, k)}" for k in range(6)],
        "Beta": [f"mayor {noise(6, k)}" for k in range(6)],
    }
    articles, tokens = corpus_of(texts)
    row = row_of(ct.compare_articles(tokens, articles, "Alpha", "Beta"), "mayor")
    places = ct.find_phrase(tokens, "mayor")
    assert len(places) == 18
    assert len(ct.kwic(articles, places, row=row, n=None)) == row["count_target"] + row["count_reference"] == 12
