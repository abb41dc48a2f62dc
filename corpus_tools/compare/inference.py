"""The one place for intervals and tests. The evidence is the unit (an article), never the word.

All functions take one number per unit: how many hits of the slot it holds (`sizes`) and how many of them use the
label (`counts`). Units without a hit say nothing about a share and are left out beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb

import numpy as np
from scipy import stats

FEWEST_UNITS = 5
_CHUNK_CELLS = 4_000_000
_TIE = 1e-9


@dataclass(frozen=True)
class ShareEstimate:
    """A share with its interval (missing below `FEWEST_UNITS` units) and the influence of each unit on it."""

    share: float
    low: float
    high: float
    influence: np.ndarray


def wilson(share: float, n: float, quantile: float) -> tuple[float, float]:
    """Wilson's score interval for a share out of ``n``, with the given normal or t quantile.

    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22, 209-212.
    """
    square = quantile**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = quantile / (1 + square / n) * np.sqrt(share * (1 - share) / n + square / (4 * n**2))
    low = 0.0 if share <= 0 else max(float(centre - half), 0.0)
    high = 1.0 if share >= 1 else min(float(centre + half), 1.0)
    return low, high


@cache
def _quantile(confidence: float, freedom: int) -> float:
    return float(stats.t.ppf(0.5 + confidence / 2, freedom))


def estimate_share(counts: np.ndarray, sizes: np.ndarray, *, estimand: str, confidence: float) -> ShareEstimate:
    """A share over units, with Wilson's interval on the effective number of hits.

    The variance of the share is linearised over units, Σ(yᵤ - p·nᵤ)² · m/(m-1) / N² (W. G. Cochran, Sampling
    Techniques, 3rd ed. 1977, eq. 6.13), and says how many independent hits would be as uncertain: p(1-p)/variance, but
    never more than there are hits (E. L. Korn & B. I. Graubard 1998, Survey Methodology 24, 193-201). The quantile is
    Student's with m-1 degrees of freedom. Where all units have the same share the variance cannot be estimated; then
    the effective number is (Σnᵤ)²/Σnᵤ², the number of units if they are of one size. So the interval of a label that
    never occurs can be wider than that of one that occurs once. Assumes that units are drawn independently.
    """
    m = len(sizes)
    total = float(sizes.sum())
    if estimand == "per_article":
        shares = counts / sizes
        share = float(shares.mean())
        influence = (shares - share) / m
        independent = float(m)
    else:
        share = float(counts.sum() / total)
        influence = (counts - share * sizes) / total
        independent = total**2 / float((sizes**2).sum())
    if m < FEWEST_UNITS:
        return ShareEstimate(share, np.nan, np.nan, influence)
    variance = float((influence**2).sum()) * m / (m - 1)
    spread = share * (1 - share)
    effective = min(spread / variance, total) if variance > _TIE**2 and spread > _TIE else independent
    low, high = wilson(share, effective, _quantile(confidence, m - 1))
    return ShareEstimate(share, low, high, influence)


def difference_interval(target: ShareEstimate, reference: ShareEstimate) -> tuple[float, float]:
    """Interval of the difference of two shares from their own intervals.

    Square-and-add (R. G. Newcombe 1998, Statistics in Medicine 17, 873-890, method 10; G. Y. Zou & A. Donner 2008,
    Statistics in Medicine 27, 1693-1702). The influences are given on the same units, with zeros where a unit has no
    hit in an outlet; their correlation is taken into account, so units may lie in both outlets.
    """
    norm = np.sqrt((target.influence**2).sum() * (reference.influence**2).sum())
    r = float((target.influence * reference.influence).sum() / norm) if norm > 0 else 0.0
    difference = target.share - reference.share
    below, above = target.share - target.low, target.high - target.share
    other_below, other_above = reference.share - reference.low, reference.high - reference.share
    low = difference - np.sqrt(max(below**2 + other_above**2 - 2 * r * below * other_above, 0))
    high = difference + np.sqrt(max(above**2 + other_below**2 - 2 * r * above * other_below, 0))
    return max(float(low), -1.0), min(float(high), 1.0)


def permutation_p(
    target: np.ndarray, reference: np.ndarray, *, estimand: str, resamples: int, random_state: int
) -> tuple[float, float]:
    """Two-sided p of a difference of shares, and the smallest p that the permutations can reach.

    Parameters
    ----------
    target, reference : numpy.ndarray, shape (m, 2)
        Count and size of each unit in each of the two outlets; zeros where the unit has no hit there.

    Notes
    -----
    Where every unit lies in one outlet, outlet labels are permuted over units. Where a unit lies in both, the two
    parts of every unit change places at random. All arrangements are tried when there are no more than ``resamples``;
    the smallest p is then that of the most extreme one. The statistic is the
    difference over its linearised standard error, so that outlets with different spread or article length do not
    pass for different (A. Janssen 1997, Statistics & Probability Letters 36, 9-21). Assumes that under the null
    units are exchangeable between the outlets.
    """
    swaps, exact = _swaps(target[:, 1] > 0, reference[:, 1] > 0, resamples, random_state)
    observed = _studentised(target[None], reference[None], estimand)[0]
    statistics = np.empty(len(swaps))
    step = max(_CHUNK_CELLS // max(len(target), 1), 1)
    for at in range(0, len(swaps), step):
        chosen = swaps[at : at + step, :, None]
        statistics[at : at + step] = np.abs(
            _studentised(
                np.where(chosen, reference[None], target[None]),
                np.where(chosen, target[None], reference[None]),
                estimand,
            )
        )
    extreme = int((statistics >= abs(observed) - _TIE).sum())
    if exact:
        return extreme / len(swaps), int((statistics >= statistics.max() - _TIE).sum()) / len(swaps)
    return (extreme + 1) / (len(swaps) + 1), 1 / (len(swaps) + 1)


def _swaps(
    in_target: np.ndarray, in_reference: np.ndarray, resamples: int, random_state: int
) -> tuple[np.ndarray, bool]:
    """Which units change places in which permutation, and whether these are all there are."""
    rng = np.random.default_rng(random_state)
    m, k = len(in_target), int(in_target.sum())
    if (in_target & in_reference).any():
        if 2**m <= resamples:
            return np.arange(2**m)[:, None] >> np.arange(m) & 1 == 1, True
        return rng.random((resamples, m)) < 0.5, False
    if comb(m, k) <= resamples:
        drawn = np.zeros((comb(m, k), m), dtype=bool)
        for row, members in enumerate(combinations(range(m), k)):
            drawn[row, list(members)] = True
        return drawn != in_target, True
    order = np.argsort(rng.random((resamples, m)), axis=1)
    return (order < k) != in_target, False


def _studentised(target: np.ndarray, reference: np.ndarray, estimand: str) -> np.ndarray:
    """Difference over standard error, for arrays of shape (permutations, units, 2)."""
    difference = np.zeros(len(target))
    influence = np.zeros(target.shape[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        for sign, side in ((1, target), (-1, reference)):
            counts, sizes = side[..., 0], side[..., 1]
            if estimand == "per_article":
                counts, sizes = np.where(sizes > 0, counts / sizes, 0.0), (sizes > 0).astype(float)
            total = sizes.sum(axis=1, keepdims=True)
            share = counts.sum(axis=1, keepdims=True) / total
            units = (sizes > 0).sum(axis=1, keepdims=True)
            difference += sign * share[:, 0]
            influence += sign * (counts - share * sizes) / total * np.sqrt(units / np.maximum(units - 1, 1))
        error = np.sqrt((influence**2).sum(axis=1))
        statistic = np.where(error > _TIE, difference / error, np.sign(difference) * np.inf)
    return np.where(np.abs(difference) <= _TIE, 0.0, statistic)
