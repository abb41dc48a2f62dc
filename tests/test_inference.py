"""Intervals and tests: published values, cases enumerated by hand, and how often chance alone passes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, sqrt

import numpy as np
import pytest
from scipy import sparse, stats
from scipy.optimize import brentq
from scipy.sparse import csr_array

from corpus_tools.compare.inference import (
    FEWEST_UNITS,
    Parts,
    Rates,
    ShareEstimate,
    difference_error,
    difference_interval,
    estimate_mean,
    estimate_share,
    log_ratio_intervals,
    permutation_p_terms,
    rate_intervals,
    rates_over_units,
    wilson,
)
from corpus_tools.compare.inference.intervals import spread_over_units

Z = float(stats.norm.ppf(0.975))


def share_of(counts: Sequence[float], sizes: Sequence[float], estimand: str = "pooled", confidence: float = 0.95):  # type: ignore[no-untyped-def]
    return estimate_share(np.array(counts, float), np.array(sizes, float), estimand=estimand, confidence=confidence)


def table(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(pairs, dtype=float).reshape(-1, 2)


def p_of(
    target: list[tuple[int, int]], reference: list[tuple[int, int]], estimand: str = "pooled", **options: int
) -> tuple[float, float]:
    """p for units that lie in one outlet each."""
    zeros_t, zeros_r = [(0, 0)] * len(reference), [(0, 0)] * len(target)
    sides = table(target + zeros_t), table(zeros_r + reference)
    if estimand == "per_article":
        sides = tuple(np.column_stack([t[:, 0] / np.maximum(t[:, 1], 1), t[:, 1] > 0]) for t in sides)  # type: ignore[assignment]
    return p_of_tables(*sides, **options)


def p_of_tables(target: np.ndarray, reference: np.ndarray, **options: int) -> tuple[float, float]:
    """p for units with count and size in both outlets, zeros where they are not in one of them."""
    chosen = {"resamples": 2000, "random_state": 0, **options}
    cells = [
        (unit, side == 0, *own[unit]) for unit in range(len(target)) for side, own in enumerate((target, reference))
    ]
    units, sides, counts, sizes = (np.array(column) for column in zip(*(c for c in cells if c[3] > 0), strict=True))
    nothing = np.zeros(len(units), dtype=np.int64)
    parts = Parts(units, sides, sizes, nothing, nothing)
    tests = permutation_p_terms(sparse.csc_array(counts[:, None].astype(float)), parts, **chosen)
    return float(tests.p[0]), float(tests.smallest[0])


def two_tails(values: list[float], observed: float) -> float:
    """Twice the smaller tail, of all arrangements."""
    tails = [np.mean(sign * np.array(values) >= sign * observed - 1e-9) for sign in (1, -1)]
    return min(1.0, 2 * float(min(tails)))


# Wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_against_published_values(count: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3."""
    assert wilson(count / n, n, Z) == pytest.approx((low, high), abs=5e-5)


def test_wilson_is_a_mirror() -> None:
    low, high = wilson(3 / 20, 20, Z)
    assert wilson(17 / 20, 20, Z) == pytest.approx((1 - high, 1 - low))


# a share over units


def test_one_hit_per_article_is_wilson_with_students_quantile() -> None:
    # variance = p(1-p)/(m-1) for 0/1 values, so 9 effective hits of 10; t(.975, 9) = 2.2622
    estimate = share_of([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [1] * 10)
    assert estimate.share == pytest.approx(0.3)
    assert (estimate.low, estimate.high) == pytest.approx(wilson(0.3, 9, 2.262157))


def test_pooled_and_per_article() -> None:
    counts, sizes = [9, 0, 0, 1, 0], [10, 1, 1, 1, 2]
    assert share_of(counts, sizes).share == pytest.approx(10 / 15)
    assert share_of(counts, sizes, "per_article").share == pytest.approx((0.9 + 1) / 5)


@pytest.mark.parametrize(
    ("counts", "sizes"),
    [
        ([2, 0, 2, 0, 2, 2], [2] * 6),
        ([1, 0, 3, 5, 0, 2, 1], [2, 4, 3, 5, 1, 6, 2]),
        ([0, 0, 0, 9, 0], [1, 2, 3, 9, 1]),
        ([0] * 6, [1, 2, 3, 4, 5, 6]),
        ([3] * 6, [3] * 6),
    ],
)
@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
def test_writing_every_hit_ten_times_is_no_new_evidence(counts: list[float], sizes: list[float], estimand: str) -> None:
    once = share_of(counts, sizes, estimand)
    often = share_of([10 * c for c in counts], [10 * s for s in sizes], estimand)
    assert often.share == pytest.approx(once.share)
    assert often.high - often.low >= once.high - once.low - 1e-12


def test_hits_that_agree_within_their_articles_widen_the_interval() -> None:
    mixed = share_of([2, 2, 2, 2, 1, 3], [4] * 6)
    bundled = share_of([4, 0, 4, 0, 4, 0], [4] * 6)
    assert mixed.share == bundled.share == 0.5
    assert bundled.high - bundled.low > 1.5 * (mixed.high - mixed.low)


def test_more_articles_of_the_same_kind_narrow_the_interval() -> None:
    few, many = share_of([1, 0, 2, 1, 0], [2] * 5), share_of([1, 0, 2, 1, 0] * 4, [2] * 20)
    assert many.high - many.low < few.high - few.low


def test_share_0_and_1_have_an_interval_on_one_side_only() -> None:
    # 20 articles with one hit each: 0 to t²/(20 + t²), t(.975, 19) = 2.0930
    bound = 2.093024**2 / (20 + 2.093024**2)
    none, all_ = share_of([0] * 20, [1] * 20), share_of([1] * 20, [1] * 20)
    assert (none.share, none.low, none.high) == pytest.approx((0, 0, bound))
    assert (all_.share, all_.low, all_.high) == pytest.approx((1, 1 - bound, 1))


def test_articles_that_all_agree_count_as_one_hit_each() -> None:
    agreed = share_of([5] * 8, [10] * 8)
    assert (agreed.low, agreed.high) == pytest.approx(wilson(0.5, 8, float(stats.t.ppf(0.975, 7))))


def test_fewer_than_five_articles_have_no_interval() -> None:
    assert FEWEST_UNITS == 5
    four, five = share_of([1, 0, 1, 0], [1] * 4), share_of([1, 0, 1, 0, 1], [1] * 5)
    assert four.share == 0.5
    assert np.isnan([four.low, four.high]).all()
    assert np.isfinite([five.low, five.high]).all()


def test_the_order_of_the_articles_does_not_matter() -> None:
    counts, sizes = np.array([1, 0, 3, 5, 0, 2]), np.array([2, 4, 3, 5, 1, 6])
    order = np.array([3, 1, 5, 0, 2, 4])
    one, other = share_of(list(counts), list(sizes)), share_of(list(counts[order]), list(sizes[order]))
    assert (one.share, one.low, one.high) == pytest.approx((other.share, other.low, other.high))


def test_more_confidence_is_a_wider_interval() -> None:
    counts, sizes = [1, 0, 3, 5, 0, 2], [2, 4, 3, 5, 1, 6]
    widths = [e.high - e.low for e in (share_of(counts, sizes, confidence=c) for c in (0.5, 0.9, 0.95, 0.99))]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4


@pytest.mark.parametrize(
    ("counts", "sizes"),
    [([1, 0, 3, 5, 0, 2], [2, 4, 3, 5, 1, 6]), ([30, 0, 1, 1, 0], [90, 2, 1, 3, 1]), ([1, 0, 1, 0, 1], [1] * 5)],
)
def test_the_variance_is_that_of_leaving_out_one_unit_after_the_other(counts: list[float], sizes: list[float]) -> None:
    y, n = np.array(counts, float), np.array(sizes, float)
    m, share = len(n), y.sum() / n.sum()
    left = [(y.sum() - one) / (n.sum() - size) for one, size in zip(y, n, strict=True)]
    variance, freedom = spread_over_units((y - share * n) / n.sum(), n)
    assert variance == pytest.approx((m - 1) / m * sum((other - share) ** 2 for other in left))
    assert freedom == pytest.approx((m - 1) / m * sum(sizes) ** 2 / sum(size**2 for size in sizes))
    found = estimate_share(y, n, estimand="pooled", confidence=0.95)
    effective = min(share * (1 - share) / variance, n.sum())
    assert (found.low, found.high) == pytest.approx(wilson(share, effective, float(stats.t.ppf(0.975, freedom))))


def test_one_unit_of_most_of_the_hits_leaves_little_known() -> None:
    """However large it is, it is one unit; a large unit among many small ones is worth about one of them."""
    rest = [1, 0, 2, 1, 0, 1, 0, 1]
    evenly = share_of([3, *rest], [6, *[2] * 8])
    most = share_of([300, *rest], [600, *[2] * 8])
    assert evenly.high - evenly.low < 0.6
    assert most.high - most.low > 0.9
    assert share_of([300, *rest], [600, *[2] * 8], "per_article").high < 0.8


def clumped(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Hits per article: negative binomial with mean 2 and size 1, those without a hit drawn again."""
    return 1 + rng.negative_binomial(1, 1 / 3, shape)


def labelled(rng: np.random.Generator, hits: np.ndarray, share: float, correlation: float) -> np.ndarray:
    both = 1 / correlation - 1
    return rng.binomial(hits, rng.beta(share * both, (1 - share) * both, hits.shape)).astype(float)


def at_least(share: float, runs: int) -> float:
    """What is counted in so many runs, one time in 1,000 less, where this is the share in the long run."""
    return float(stats.binom.ppf(0.001, runs, share)) / runs


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
@pytest.mark.parametrize(("units", "without", "least"), [(10, 4, 0.92), (30, 0, 0.93), (100, 40, 0.93)])
def test_shares_are_covered_as_often_as_promised(
    estimand: str, share: float, units: int, without: int, least: float
) -> None:
    """A smaller benchmarks/coverage.py: intraclass correlation .3, with the width at 100 articles."""
    rng = np.random.default_rng([7, units, int(100 * share)])
    runs = 1000
    hits = clumped(rng, (runs, units - without))
    counts = labelled(rng, hits, share, 0.3)
    found = [
        estimate_share(y, n.astype(float), estimand=estimand, confidence=0.95)
        for y, n in zip(counts, hits, strict=True)
    ]
    assert np.mean([own.low <= share <= own.high for own in found]) >= at_least(least, runs)
    if units == 100:
        chance = np.ptp(np.quantile([own.share for own in found], [0.025, 0.975]))
        assert np.mean([own.high - own.low for own in found]) <= 1.2 * chance


@pytest.mark.parametrize("units", [5, 15, 40])
@pytest.mark.parametrize("kind", ["lognormal", "half", "200"])
def test_shares_are_covered_where_few_units_hold_most_of_the_hits(kind: str, units: int) -> None:
    rng = np.random.default_rng([8, units])
    runs = 600
    hits = (
        np.ceil(np.exp(rng.normal(1, 1.5, (runs, units)))) if kind == "lognormal" else 1.0 * clumped(rng, (runs, units))
    )
    if kind != "lognormal":
        hits[:, 0] = 200 if kind == "200" else hits[:, 1:].sum(axis=1)
    counts = labelled(rng, hits.astype(int), 0.3, 0.3)
    found = [estimate_share(y, n, estimand="pooled", confidence=0.95) for y, n in zip(counts, hits, strict=True)]
    assert np.mean([own.low <= 0.3 <= own.high for own in found]) >= at_least(0.94, runs)


# a mean


def test_a_mean_over_articles_has_students_interval() -> None:
    values = np.array([2.0, 3, 5, 9, 4])
    found = estimate_mean(values, np.ones(5), confidence=0.95)
    half = 2.776445 * values.std(ddof=1) / sqrt(5)  # t(.975, 4)
    assert found == pytest.approx((4.6, 4.6 - half, 4.6 + half))
    few, alike = (
        estimate_mean(np.array(own, float), np.ones(len(own)), confidence=0.95) for own in ([1, 2, 3, 4], [2] * 9)
    )
    assert (few.mean, alike.mean) == (2.5, 2)
    assert np.isnan([few.low, few.high, alike.low, alike.high]).all()


# a rate, and the ratio of two


def one(counts: Sequence[float], words: Sequence[float]) -> Rates:
    return rates_over_units(np.array(counts, float)[:, None], np.array(words, float))


def test_sums_of_sparse_and_of_full_tables_are_those_of_a_loop() -> None:
    rng = np.random.default_rng(9)
    counts, words = rng.negative_binomial(0.3, 0.2, (12, 6)).astype(float) / 2, rng.integers(50, 900, 12).astype(float)
    counts[:, 2], counts[1:, 3] = 0, 0
    full, thin = rates_over_units(counts, words), rates_over_units(csr_array(counts), words)
    for term in range(6):
        rate = sum(counts[:, term]) / sum(words)
        apart = [(y - rate * w) / (1 - w / sum(words)) for y, w in zip(counts[:, term], words, strict=True)]
        second, fourth = sum(d**2 for d in apart), sum(d**4 for d in apart)
        freedom = 11 / 12 * sum(words) ** 2 / sum(w**2 for w in words)
        if sum((y - rate * w) ** 2 for y, w in zip(counts[:, term], words, strict=True)) > sum(counts[:, term]):
            found_in = 2 / (fourth / second**2 - 1 / 12)
            freedom = min(freedom, found_in**2 / (found_in + 1))
        for found in (full, thin):
            assert found.squares[term] == pytest.approx(second * 11 / 12)
            assert found.freedom[term] == pytest.approx(freedom)
            assert found.occurrences[term] == pytest.approx(sum(counts[:, term]))
    assert full.freedom[3] < 3 < full.freedom[0]


def test_the_order_of_the_units_does_not_change_a_rate() -> None:
    """The third term deviates exactly as chance gives: Σy² - (Σy)²/m = Σy."""
    rng = np.random.default_rng(10)
    counts = np.column_stack([rng.poisson(1, 12), rng.negative_binomial(0.3, 0.2, 12), [4] + [1] * 8 + [0] * 3]) / 3
    words = np.full(12, 700.0)
    first = rates_over_units(counts * [1, 1, 3], words)
    for _ in range(20):
        order = rng.permutation(12)
        again = rates_over_units((counts * [1, 1, 3])[order], words[order])
        assert again.squares == pytest.approx(first.squares)
        assert again.freedom == pytest.approx(first.freedom)
    assert first.freedom[2] == pytest.approx(11)


def test_the_ends_of_a_rate_are_t_standard_errors_away() -> None:
    """The score interval solved by search, for a word that is spread evenly and for one that is not."""
    words = np.array([400.0, 300, 500, 450, 350, 400])
    for counts, dispersed in (([1, 0, 1, 0, 1, 1], False), ([0, 0, 9, 1, 0, 0], True)):
        rates = one(counts, list(words))
        low, high = (float(end[0]) for end in rate_intervals(rates, confidence=0.95))
        rate = sum(counts) / words.sum()
        dispersion = max(float(rates.squares[0]) / sum(counts), 1.0)
        assert (dispersion > 1) == dispersed
        t = float(stats.t.ppf(0.975, rates.freedom[0]))

        def away(r: float, rate: float = rate, dispersion: float = dispersion, t: float = t) -> float:
            return (rate - r) ** 2 - t**2 * dispersion * r / words.sum()

        assert low == pytest.approx(brentq(away, 1e-9, rate))
        assert high == pytest.approx(brentq(away, rate, 1))
    none = rate_intervals(one([0] * 6, list(words)), confidence=0.95)
    freedom = 5 / 6 * words.sum() ** 2 / (words**2).sum()
    assert (none[0][0], none[1][0]) == pytest.approx((0, stats.t.ppf(0.975, freedom) ** 2 / words.sum()))


def test_a_log_ratio_is_square_and_add_on_the_logarithm() -> None:
    target, reference = one([2, 0, 5, 1, 3, 1], [300, 200, 500, 250, 400, 300]), one([0, 1, 0, 2, 0], [400] * 5)
    ends = [[float(end[0]) for end in rate_intervals(own, confidence=0.95)] for own in (target, reference)]
    rates = [12 / 1950, 3 / 2000]
    low, high = (float(end[0]) for end in log_ratio_intervals(target, reference, confidence=0.95))
    down = sqrt(np.log2(rates[0] / ends[0][0]) ** 2 + np.log2(ends[1][1] / rates[1]) ** 2)
    up = sqrt(np.log2(ends[0][1] / rates[0]) ** 2 + np.log2(rates[1] / ends[1][0]) ** 2)
    ratio = np.log2(rates[0] / rates[1])
    assert (low, high) == pytest.approx((ratio - down, ratio + up))
    back = log_ratio_intervals(reference, target, confidence=0.95)
    assert (float(back[0][0]), float(back[1][0])) == pytest.approx((-high, -low))
    wider = log_ratio_intervals(target, reference, confidence=0.99)
    assert wider[0][0] < low < high < wider[1][0]


@pytest.mark.parametrize(("counts", "clumps"), [([1, 2, 1, 0, 1, 1], False), ([0, 9, 0, 0, 0, 1], True)])
def test_a_word_that_one_side_does_not_have_is_at_most_so_many_times_as_frequent(
    counts: list[float], clumps: bool
) -> None:
    """.5 stands for none, and the highest rate is t²φ/W, with t and φ of the side that has the word."""
    absent, present = one([0] * 6, [400] * 6), one(counts, [400] * 6)
    low, high = (float(end[0]) for end in log_ratio_intervals(absent, present, confidence=0.95))
    dispersion = max(float(present.squares[0]) / sum(counts), 1.0)
    assert (dispersion > 1) == clumps
    assert (float(present.freedom[0]) < 5) == clumps
    most = float(stats.t.ppf(0.975, present.freedom[0])) ** 2 * dispersion / 2400
    reach = np.log2(sum(counts) / 2400 / rate_intervals(present, confidence=0.95)[0][0])
    assert low == -np.inf
    assert high == pytest.approx(np.log2(0.5 / sum(counts)) + sqrt(np.log2(most / (0.5 / 2400)) ** 2 + reach**2))
    back = log_ratio_intervals(present, absent, confidence=0.95)
    assert (float(back[0][0]), float(back[1][0])) == pytest.approx((-high, np.inf))


def test_a_word_that_nobody_has_says_nothing_and_many_articles_without_it_say_much() -> None:
    absent, many, present = one([0] * 6, [400] * 6), one([0] * 600, [400] * 600), one([1, 2, 1, 0, 1, 1], [400] * 6)
    assert np.isnan(log_ratio_intervals(absent, many, confidence=0.95)).all()
    assert log_ratio_intervals(many, present, confidence=0.95)[1][0] < -1


def test_fewer_than_five_units_have_no_rate_and_no_ratio() -> None:
    few, enough = one([1, 2, 0, 1], [400] * 4), one([1, 2, 0, 1, 1], [400] * 5)
    assert np.isnan(rate_intervals(few, confidence=0.95)).all()
    assert np.isfinite(rate_intervals(enough, confidence=0.95)).all()
    assert np.isnan(log_ratio_intervals(few, enough, confidence=0.95)).all()
    assert np.isnan(log_ratio_intervals(enough, few, confidence=0.95)).all()
    nothing = rates_over_units(np.zeros((0, 2)), np.zeros(0))
    assert np.isnan(log_ratio_intervals(nothing, rates_over_units(np.ones((5, 2)), np.ones(5)), confidence=0.95)).all()


def test_clumped_words_written_ten_times_are_no_new_evidence() -> None:
    counts, words = [0, 0, 9, 1, 0, 0], [400, 300, 500, 450, 350, 400]
    once, often = one(counts, words), one([10 * y for y in counts], [10 * w for w in words])
    rates = [np.ravel(rate_intervals(own, confidence=0.95)) for own in (once, often)]
    assert rates[1] == pytest.approx(rates[0])
    other = one([1, 1, 2, 0, 3], [300] * 5)
    ends = [np.ravel(log_ratio_intervals(own, other, confidence=0.95)) for own in (once, often)]
    assert ends[1] == pytest.approx(ends[0])


def test_words_in_one_article_are_less_certain_than_as_many_in_several() -> None:
    reference = one([2, 1, 2, 1, 2, 1], [400] * 6)
    spread_out, clumped_once = one([2, 1, 2, 1, 2, 1], [400] * 6), one([9, 0, 0, 0, 0, 0], [400] * 6)
    widths = [
        np.diff(np.ravel(log_ratio_intervals(own, reference, confidence=0.95))) for own in (spread_out, clumped_once)
    ]
    assert widths[1] > 2 * widths[0]


def test_units_on_both_sides_narrow_a_ratio_where_they_agree() -> None:
    counts, words = [4, 0, 2, 7, 1, 5], [300.0] * 6
    side = one(counts, words)
    apart = np.array(counts) - np.mean(counts)
    products = np.array([(apart**2).sum()])
    alone, together, against = (
        float(log_ratio_intervals(side, side, confidence=0.95, products=own)[1][0])
        for own in (0.0, products, -products)
    )
    assert 0 < together < alone < against
    assert log_ratio_intervals(side, side, confidence=0.95, products=products)[0][0] == pytest.approx(-together)
    # Half an occurrence off, and the squares are (m-1)/m over (1 - 1/m)² times the sum: 6/5.
    r = ((apart**2).sum() - 0.5) / ((apart**2).sum() * 6 / 5)
    assert together == pytest.approx(alone * sqrt(1 - r))


@pytest.mark.parametrize(("units", "others"), [(30, 30), (100, 100), (20, 200)])
@pytest.mark.parametrize("present", [0.2, 1.0])
@pytest.mark.parametrize("ratio", [1, 3])
def test_log_ratios_are_covered_as_often_as_promised(units: int, others: int, present: float, ratio: int) -> None:
    """A smaller benchmarks/coverage.py: gamma-Poisson words, 2 in 400 of the reference, in so many of its articles."""
    rng = np.random.default_rng([3, units, others, ratio])
    found, blocks, terms = [], 10, 100
    for _ in range(blocks):
        sides = []
        for number, times in ((units, ratio), (others, 1)):
            words = np.ceil(400 * np.exp(rng.normal(-0.18, 0.6, number)))
            share = min(1.0, times * present)
            can = rng.random((number, terms)) < share
            drawn = rng.poisson(words[:, None] * 0.005 * times / share * rng.gamma(1, 1, (number, terms)))
            sides.append(rates_over_units(can * drawn, words))
        low, high = log_ratio_intervals(*sides, confidence=0.95)
        assert not np.isnan(low).any()
        found += list((low <= np.log2(ratio)) & (np.log2(ratio) <= high))
    assert np.mean(found) >= at_least(0.92, blocks * terms)


# a difference


def test_difference_is_square_and_add() -> None:
    """Newcombe's method 10 for independent shares, with the two intervals at hand."""
    one, other = share_of([1, 1, 1, 1, 0, 1], [1] * 6), share_of([0, 1, 0, 0, 0], [1] * 5)
    influence = np.zeros(5)
    low, high = difference_interval(
        type(one)(one.share, one.low, one.high, np.r_[one.influence, influence]),
        type(one)(other.share, other.low, other.high, np.r_[np.zeros(6), other.influence]),
    )
    difference = one.share - other.share
    assert low == pytest.approx(difference - sqrt((one.share - one.low) ** 2 + (other.high - other.share) ** 2))
    assert high == pytest.approx(difference + sqrt((one.high - one.share) ** 2 + (other.share - other.low) ** 2))


def test_units_in_both_outlets_narrow_the_interval_where_they_agree() -> None:
    counts, sizes = [2, 0, 1, 2, 0, 1], [2] * 6
    one = share_of(counts, sizes)
    low, high = difference_interval(one, one)
    assert (low, high) == pytest.approx((0, 0), abs=1e-9)
    opposite = share_of([2 - c for c in counts], sizes)
    wide = difference_interval(one, opposite)
    independent = sqrt((one.share - one.low) ** 2 + (opposite.high - opposite.share) ** 2)
    assert one.share - opposite.share - wide[0] > independent


def test_outlets_that_agree_in_every_unit_have_not_shown_that_they_always_do() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 2635-2650, method 10: half a hit off a positive covariance.

    Ten units with one hit each, five of them with the label in both outlets: φ = (5·5 - 10/2) / (5·5) = .8.
    """
    one = share_of([1] * 5 + [0] * 5, [1] * 10)
    low, high = difference_interval(one, one, hits=10)
    half = sqrt((one.share - one.low) ** 2 + (one.high - one.share) ** 2 - 2 * 0.8 * (one.share - one.low) ** 2)
    assert (low, high) == pytest.approx((-half, half))
    opposite = share_of([0] * 5 + [1] * 5, [1] * 10)
    assert difference_interval(one, opposite, hits=10) == difference_interval(one, opposite)
    most = share_of([1] * 9 + [0], [1] * 10)
    loose = difference_interval(most, most, hits=10)  # (9·1 - 5) / 9
    assert loose[1] < difference_interval(most, most, hits=1)[1] <= 1


def test_an_estimate_on_more_units() -> None:
    one = share_of([1, 0, 2, 1, 0], [2] * 5)
    wider = one.on(np.array([6, 0, 1, 2, 4]), 7)
    assert (wider.share, wider.low, wider.high) == (one.share, one.low, one.high)
    assert wider.influence[[6, 0, 1, 2, 4]].tolist() == one.influence.tolist()
    assert wider.influence[[3, 5]].tolist() == [0, 0]


def test_the_number_of_hits_bounds_what_they_are_worth() -> None:
    """Units that hardly differ are worth more than there are of them, and never more than their hits."""
    counts, sizes = np.array([0.5, 0.4, 0.6, 0.5, 0.4, 0.6]), np.ones(6)
    widths = []
    for hits in (None, 6, 20, 40, 10_000):
        estimate = estimate_share(counts, sizes, estimand="pooled", confidence=0.95, hits=hits)
        widths.append(estimate.high - estimate.low)
    assert widths[0] == widths[1] > widths[2] > widths[3] > widths[4]
    fewer = estimate_share(counts, sizes, estimand="pooled", confidence=0.95, hits=1)
    assert fewer.high - fewer.low == widths[0]


def test_the_error_of_a_difference_is_that_of_both_sides() -> None:
    counts, others = [1, 0, 2, 1, 2, 0, 1, 1], [0, 0, 1, 2, 1, 0, 0, 1]
    target, reference = share_of(counts, [2] * 8), share_of(others, [2] * 8)
    # With units of one size the variance of a share is that of the shares of articles over 8.
    variances = [np.var(np.array(own) / 2, ddof=1) / 8 for own in (counts, others)]
    assert [target.error, reference.error] == pytest.approx(np.sqrt(variances))
    nothing = np.zeros(8)
    apart = [
        ShareEstimate(target.share, target.low, target.high, np.r_[target.influence, nothing], target.error),
        ShareEstimate(
            reference.share, reference.low, reference.high, np.r_[nothing, reference.influence], reference.error
        ),
    ]
    assert difference_error(*apart) == pytest.approx(sqrt(sum(variances)))
    # The same eight units on both sides: the error of the mean of eight differences.
    inside = (np.array(counts) - np.array(others)) / 2
    assert difference_error(target, reference) == pytest.approx(inside.std(ddof=1) / sqrt(8))
    few = share_of([1, 0, 1, 0], [1] * 4)
    assert np.isnan(difference_error(few, few))


def test_the_error_of_none_is_not_nothing() -> None:
    """Twenty articles without the label: as if half a hit of 21 were one."""
    none, all_ = share_of([0] * 20, [1] * 20), share_of([1] * 20, [1] * 20)
    assert [none.error, all_.error] == pytest.approx([sqrt(0.5 / 21 * (20.5 / 21) / 20)] * 2)


def test_the_error_tells_how_often_a_difference_is_found() -> None:
    """Forty articles a side: how often a difference is found goes with how many standard errors it is, 2.8 for .80."""
    rng = np.random.default_rng(21)
    units, runs, found, errors = 40, 600, 0, []
    places = np.arange(2 * units)
    hits = clumped(rng, (2 * runs, units))
    true = 0.3
    counts = np.concatenate(
        [labelled(rng, hits[:runs], 0.5 - true / 2, 0.1), labelled(rng, hits[runs:], 0.5 + true / 2, 0.1)]
    )
    for run in range(runs):
        sides = [
            estimate_share(counts[at], hits[at].astype(float), estimand="pooled", confidence=0.95)
            for at in (run, runs + run)
        ]
        both = sides[0].on(places[:units], 2 * units), sides[1].on(places[units:], 2 * units)
        errors.append(difference_error(*both))
        found += difference_interval(*both)[1] < 0
    reached = found / runs
    expected = float(stats.norm.cdf(true / np.mean(errors) - 1.96))
    assert reached == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize("step", [0.0, 0.2])
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_differences_are_covered_as_often_as_promised(share: float, step: float) -> None:
    """A smaller benchmarks/coverage.py: 30 articles a side, intraclass correlation .3."""
    rng = np.random.default_rng([5, int(100 * share), int(10 * step)])
    runs, units, covered = 1000, 30, 0
    places = np.arange(2 * units)
    hits = clumped(rng, (2 * runs, units))
    counts = np.concatenate([labelled(rng, hits[:runs], share, 0.3), labelled(rng, hits[runs:], share + step, 0.3)])
    for run in range(runs):
        sides = [
            estimate_share(counts[at], hits[at].astype(float), estimand="pooled", confidence=0.95)
            for at in (run, runs + run)
        ]
        low, high = difference_interval(
            sides[0].on(places[:units], 2 * units),
            sides[1].on(places[units:], 2 * units),
            hits=float(hits[[run, runs + run]].sum(axis=1).min()),
        )
        covered += low <= -step <= high
    assert covered / runs >= at_least(0.92, runs)


def test_the_difference_stays_between_minus_one_and_one() -> None:
    all_, none = share_of([1] * 5, [1] * 5), share_of([0] * 5, [1] * 5)
    low, high = difference_interval(all_, none)
    assert -1 <= low < high <= 1
    assert low > 0


# permutations


def studentised(target: list[tuple[int, int]], reference: list[tuple[int, int]]) -> float:
    """The statistic with a loop and schoolbook formulas: difference over its standard error."""
    difference, variance = 0.0, 0.0
    for sign, side in ((1, target), (-1, reference)):
        total, share = sum(n for _, n in side), sum(y for y, _ in side) / sum(n for _, n in side)
        m = len(side)
        difference += sign * share
        variance += sum(((y - share * n) / total) ** 2 for y, n in side) * m / (m - 1)
    if abs(difference) < 1e-9:
        return 0.0
    return difference / sqrt(variance) if variance > 1e-18 else float("inf") * difference


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ([(1, 1), (2, 3)], [(0, 1), (1, 4)]),
        ([(1, 1), (2, 2), (1, 2)], [(0, 1), (0, 3)]),
        ([(3, 4), (0, 1), (2, 2), (1, 1)], [(0, 2), (1, 3), (1, 1)]),
    ],
)
def test_p_is_that_of_all_ways_to_share_out_the_articles(
    target: list[tuple[int, int]], reference: list[tuple[int, int]]
) -> None:
    units, values = target + reference, []
    for chosen in combinations(range(len(units)), len(target)):
        side = [units[i] for i in chosen]
        values.append(studentised(side, [units[i] for i in range(len(units)) if i not in chosen]))
    assert p_of(target, reference)[0] == pytest.approx(two_tails(values, values[0]))


def test_the_clearest_case_of_five_against_five() -> None:
    # Only the split as it is and its mirror are as extreme: 2 of 252.
    p, _ = p_of([(1, 1)] * 5, [(0, 1)] * 5)
    assert p == pytest.approx(2 / 252)


def test_the_smallest_p_can_be_reached() -> None:
    """Of two outlets with as many articles the mirror of a split is as extreme as the split."""
    p, smallest = p_of([(1, 1)] * 5, [(0, 1)] * 5)
    assert smallest == pytest.approx(p)
    p, smallest = p_of([(1, 1)] * 4, [(0, 1)] * 6)
    assert smallest == pytest.approx(p) == pytest.approx(2 / comb(10, 4))


def test_the_smallest_p_of_drawn_permutations() -> None:
    p, smallest = p_of([(1, 1)] * 20, [(0, 1)] * 20, resamples=500)
    assert p == smallest == pytest.approx(2 / 501)


@pytest.mark.parametrize("few", [1, 2, 3])
def test_the_smallest_p_of_drawn_permutations_where_many_are_as_extreme(few: int) -> None:
    """Few of 30 articles use the label, none of the other 30: all of them on one side is an arrangement of many."""
    of_all = 2 * comb(30, few) / comb(60, few)
    p, smallest = p_of([(1, 1)] * few + [(0, 1)] * (30 - few), [(0, 1)] * 30, resamples=2000)
    assert p == smallest == pytest.approx(of_all, abs=0.05)
    apart, least = p_of([(1, 1)] + [(0, 1)] * 29, [(1, 1)] + [(0, 1)] * 29, resamples=2000)
    assert apart == 1
    assert least == pytest.approx(29 / 59, abs=0.05)


def test_p_is_never_below_the_smallest_one_that_is_stated() -> None:
    rng = np.random.default_rng(4)
    for seed in range(60):
        sizes = rng.integers(1, 4, 16)
        units = list(zip(rng.binomial(sizes, 0.3).tolist(), sizes.tolist(), strict=True))
        p, smallest = p_of(units[:7], units[7:], resamples=99, random_state=seed)
        assert 0 < smallest <= p


def test_the_smallest_p_of_five_events_in_both_outlets() -> None:
    """Five parts that change places have 32 arrangements, two of them as extreme as the clearest one: 1/16."""
    both = table([(1, 1)] * 5), table([(0, 1)] * 5)
    p, smallest = p_of_tables(*both)
    assert p == smallest == pytest.approx(1 / 16, abs=0.02)


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
@pytest.mark.parametrize("constant", [(0, 2), (1, 2), (2, 2)])
def test_constant_data_are_no_difference(constant: tuple[int, int], estimand: str) -> None:
    assert p_of([constant] * 5, [constant] * 6, estimand)[0] == 1


def test_the_sides_can_be_swapped() -> None:
    target, reference = [(1, 1), (2, 3), (0, 1), (1, 1), (2, 2)], [(0, 1), (1, 4), (0, 2), (1, 1), (0, 1)]
    assert p_of(target, reference)[0] == pytest.approx(p_of(reference, target)[0])


def test_the_order_of_the_articles_does_not_change_an_exact_p() -> None:
    target, reference = [(1, 1), (2, 3), (0, 1), (1, 1), (2, 2)], [(0, 1), (1, 4), (0, 2), (1, 1), (0, 1)]
    assert p_of(target[::-1], reference[2:] + reference[:2])[0] == pytest.approx(p_of(target, reference)[0])


def test_only_units_in_both_outlets_turn_and_the_others_change_places() -> None:
    """Two units on one side each and one on both: two ways by two."""
    target = table([(2, 2), (1, 1), (0, 0)])
    reference = table([(0, 1), (0, 0), (1, 3)])
    tried = []
    for turned in (False, True):
        for swapped in (False, True):
            both = [(0, 1), (2, 2)] if turned else [(2, 2), (0, 1)]
            single = [(1, 3), (1, 1)] if swapped else [(1, 1), (1, 3)]
            one, other = table([both[0], single[0], (0, 0)]), table([both[1], (0, 0), single[1]])
            share = [side[:, 0].sum() / side[:, 1].sum() for side in (one, other)]
            influence = np.zeros(3)
            for sign, side, p in ((1, one, share[0]), (-1, other, share[1])):
                influence += sign * (side[:, 0] - p * side[:, 1]) / side[:, 1].sum() * sqrt(2)
            tried.append((share[0] - share[1]) / sqrt((influence**2).sum()))
    p, smallest = p_of_tables(target, reference, resamples=20_000)
    assert p == pytest.approx(two_tails(tried, tried[0]), abs=0.02)
    assert smallest == pytest.approx(0.5, abs=0.02)


def test_one_seed_one_p() -> None:
    target, reference = [(1, 1), (0, 1), (2, 3)] * 5, [(0, 1), (1, 2), (1, 1)] * 5
    same = [p_of(target, reference, resamples=300, random_state=3)[0] for _ in range(2)]
    other = [p_of(target, reference, resamples=300, random_state=seed)[0] for seed in range(6)]
    assert same[0] == same[1]
    assert len(set(other)) > 1


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
def test_one_outlet_split_at_random_is_rarely_called_different(estimand: str) -> None:
    """Articles of one outlet with hits that cluster, split 6 to 8; p < .05 in about 5 of 100 splits.

    Means of shares such as 0, 1/2 and 1 are often the same, and twice a tail of equal values jumps over .05: fewer.
    """
    rng = np.random.default_rng(11)
    runs, called = 600, 0
    for seed in range(runs):
        sizes = 1 + rng.negative_binomial(1, 0.5, 14)
        counts = rng.binomial(sizes, rng.beta(0.7, 1.6, 14))
        units = list(zip(counts.tolist(), sizes.tolist(), strict=True))
        called += p_of(units[:6], units[6:], estimand, resamples=399, random_state=seed)[0] < 0.05
    low, high = stats.binom.ppf([0.0005, 0.9995], runs, 0.05)
    low = low if estimand == "pooled" else runs * 0.01
    assert low <= called <= high


def test_events_in_both_outlets_split_at_random_are_rarely_called_different() -> None:
    rng = np.random.default_rng(12)
    runs, called = 400, 0
    for seed in range(runs):
        rate = rng.beta(0.7, 1.6, 14)
        sides = [1 + rng.negative_binomial(1, 0.5, 14) for _ in range(2)]
        tables = [np.column_stack([rng.binomial(n, rate), n]).astype(float) for n in sides]
        called += p_of_tables(*tables, resamples=399, random_state=seed)[0] < 0.05
    low, high = stats.binom.ppf([0.0005, 0.9995], runs, 0.05)
    assert low <= called <= high


def test_many_units_of_one_outlet_and_few_of_the_other_are_rarely_called_different() -> None:
    """Twenty units in the target, five in the reference, two in both."""
    rng = np.random.default_rng(13)
    runs, called = 400, 0
    for seed in range(runs):
        rate = rng.beta(0.7, 1.6, 27)
        sizes = 1 + rng.negative_binomial(1, 0.5, (2, 27))
        sizes[0, 20:25], sizes[1, :20] = 0, 0
        tables = [np.column_stack([rng.binomial(n, rate), n]).astype(float) for n in sizes]
        called += p_of_tables(*tables, resamples=399, random_state=seed)[0] < 0.05
    low, high = stats.binom.ppf([0.0005, 0.9995], runs, 0.05)
    assert low <= called <= high
