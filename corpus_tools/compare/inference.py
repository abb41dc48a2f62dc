"""The one place for intervals and tests. The evidence is the unit (an article), never the word.

All functions take one number per unit: how many hits of the slot it holds (`sizes`) and how many of them use the
label (`counts`); where copies are averaged or articles weigh the same, both are fractions. Units without a hit say
nothing about a share and are left out beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
from scipy import stats

FEWEST_UNITS = 5
_CHUNK_CELLS = 4_000_000
_TIE = 1e-9
# Counts that are averaged over copies differ in their last digits.
_DIGITS = 9
Values = npt.NDArray[np.float64]
_Tables = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class ShareEstimate:
    """A share with its interval (missing below `FEWEST_UNITS` units) and the influence of each unit on it."""

    share: float
    low: float
    high: float
    influence: np.ndarray

    def on(self, places: np.ndarray, units: int) -> ShareEstimate:
        """The same estimate on more units: its own at these places, and no influence of the others."""
        influence = np.zeros(units)
        influence[places] = self.influence
        return replace(self, influence=influence)


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


def estimate_share(
    counts: np.ndarray, sizes: np.ndarray, *, estimand: str, confidence: float, hits: float | None = None
) -> ShareEstimate:
    """A share over units, with Wilson's interval on the effective number of hits.

    The variance of the share is linearised over units, Σ(yᵤ - p·nᵤ)² · m/(m-1) / N² (W. G. Cochran, Sampling
    Techniques, 3rd ed. 1977, eq. 6.13), and says how many independent hits would be as uncertain: p(1-p)/variance, but
    never more than there are ``hits``, the sum of the sizes unless given (E. L. Korn & B. I. Graubard 1998, Survey
    Methodology 24, 193-201), and those are at least as many as units. The quantile is Student's with m-1 degrees of
    freedom. Where all units have the same share the variance cannot be estimated; then
    the effective number is (Σnᵤ)²/Σnᵤ², the number of units if they are of one size. So the interval of a label that
    never occurs can be wider than that of one that occurs once. Assumes that units are drawn independently.

    Limit: the fewer of the units hold most of the hits, the more often the interval is too narrow, because the
    variance is estimated from few of them, and more units do not help. How often the 95 % interval held a share of .3
    (intraclass correlation .3, 1,000 draws each), by the number of units:

    ================================================ === === === ===
    hits per unit                                      5   8  15  40
    ================================================ === === === ===
    negative binomial, mean 2                        .99 .97 .95 .94
    lognormal, sigma 1.5                             .94 .93 .89 .89
    half of all hits in one unit                     .97 .91 .85 .74
    200 in one unit, the others negative binomial    .24 .19 .18 .35
    ================================================ === === === ===
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
    most = max(total if hits is None else hits, float(m))
    effective = min(spread / variance, most) if variance > _TIE**2 and spread > _TIE else independent
    low, high = wilson(share, effective, _quantile(confidence, m - 1))
    return ShareEstimate(share, low, high, influence)


def difference_interval(
    target: ShareEstimate, reference: ShareEstimate, *, hits: float = np.inf
) -> tuple[float, float]:
    """Interval of the difference of two shares from their own intervals.

    Square-and-add (R. G. Newcombe 1998, Statistics in Medicine 17, 873-890, method 10; G. Y. Zou & A. Donner 2008,
    Statistics in Medicine 27, 1693-1702). The influences are given on the same units, with zeros where a unit has no
    hit in an outlet; their correlation is taken into account, so units may lie in both outlets. A positive covariance
    is lowered by half a hit, ``hits`` being those of the side that has fewer (R. G. Newcombe 1998, Statistics in
    Medicine 17, 2635-2650, method 10), because outlets that agree in every unit have not shown that they always do.
    """
    norm = np.sqrt((target.influence**2).sum() * (reference.influence**2).sum())
    shared = float((target.influence * reference.influence).sum())
    if shared > 0:
        shared = max(shared - 0.5 / hits / len(target.influence), 0.0)
    r = shared / norm if norm > 0 else 0.0
    difference = target.share - reference.share
    below, above = target.share - target.low, target.high - target.share
    other_below, other_above = reference.share - reference.low, reference.high - reference.share
    low = difference - np.sqrt(max(below**2 + other_above**2 - 2 * r * below * other_above, 0))
    high = difference + np.sqrt(max(above**2 + other_below**2 - 2 * r * above * other_below, 0))
    return max(float(low), -1.0), min(float(high), 1.0)


def paired_interval(
    target: np.ndarray,
    reference: np.ndarray,
    *,
    hits: tuple[float, float],
    confidence: float,
    joined: np.ndarray | None = None,
) -> tuple[float, float]:
    """Interval of the mean difference between two sides over the same events.

    Parameters
    ----------
    target, reference : numpy.ndarray, shape (m,)
        The share of each side in each event.
    hits : tuple of float
        How many hits each side has in these events.
    joined : numpy.ndarray, shape (m,), optional
        For each event the number, from 0, of the unit that it belongs to; without it every event is one.

    Notes
    -----
    Every unit has as many hits as events, with the sum of their shares as count; then `estimate_share` and
    `difference_interval`. The limit named there holds here as well: one unit of most of the events carries little.
    """
    joined = np.arange(len(target)) if joined is None else joined
    sizes = np.bincount(joined).astype(float)
    sides = [
        estimate_share(np.bincount(joined, shares), sizes, estimand="pooled", confidence=confidence, hits=found)
        for shares, found in ((target, hits[0]), (reference, hits[1]))
    ]
    return difference_interval(*sides, hits=min(hits))


def permutation_p(
    target: np.ndarray, reference: np.ndarray, *, resamples: int, random_state: int
) -> tuple[float, float]:
    """Two-sided p of a difference of shares, and the p that the most extreme of the permutations has.

    Parameters
    ----------
    target, reference : numpy.ndarray, shape (m, 2)
        Count and size of each unit in each of the two outlets; zeros where the unit has no hit there.

    Notes
    -----
    Outlet labels are permuted over the units that lie in one outlet; the two parts of a unit that lies in both change
    places at random. All arrangements are tried when there are no more than ``resamples``; the smallest p is then
    that of the most extreme one. Else it is that of the most extreme one drawn or observed: never above p, but one that
    was not drawn may be more extreme. The statistic is the difference over its linearised standard error, so that
    outlets with different spread or article length do not pass for different (A. Janssen 1997, Statistics &
    Probability Letters 36, 9-21). Assumes that under the null units are exchangeable between the outlets. Units are
    taken in the order of their numbers, so that p does not depend on their names.

    Conservative where units lie in both outlets and these have unequal parts of them, because the parts change places
    whole: with one article in five in the target, and many in some units, p was below .05 in .00 to .04 of draws
    without a difference.
    """
    target, reference = _ordered(target, reference)
    rng = np.random.default_rng(random_state)
    swaps, exact = _swaps(target[:, 1] > 0, reference[:, 1] > 0, resamples, rng)
    observed = _studentised(target[None], reference[None])[0]
    return _two_sided(np.abs(_after(swaps, target, reference, _studentised)), float(observed), exact)


def permutation_p_within(
    events: Sequence[tuple[np.ndarray, np.ndarray]],
    *,
    resamples: int,
    random_state: int,
    joined: np.ndarray | None = None,
) -> tuple[float, float]:
    """Two-sided p of a mean of differences inside events, and the p that the most extreme of the permutations has.

    Parameters
    ----------
    events : sequence of (target, reference)
        For each event the two tables of `permutation_p`; both sides have a hit.
    joined : numpy.ndarray, optional
        As for `paired_interval`: events with a unit in common are one.

    Notes
    -----
    Units change places inside their event only, as in `permutation_p`; an event that is one unit changes the places of
    its two sides, and so do all events together that are joined. The statistic is the mean difference over its standard
    error over events, or over what they are joined to. All arrangements are tried when there are no more than
    ``resamples``. Assumes that under the null units are exchangeable between the outlets inside each event; nothing is
    assumed about what differs between events.

    With one article a side in each event and few events p is almost never small: over 12 events of two articles it was
    below .05 in .00 of draws without a difference, over 30 in .00 to .04.
    """
    parts = _parts(events, joined)
    rng = np.random.default_rng(random_state)
    differences, ways, exact = [], 1, True
    for members in parts:
        own, all_of_them = _arranged(members, resamples, rng)
        differences.append(own)
        ways, exact = ways * len(own), exact and all_of_them
    exact = exact and ways <= resamples
    if exact:
        chosen = np.unravel_index(np.arange(ways), [len(own) for own in differences])
    else:
        chosen = tuple(rng.integers(len(own), size=resamples) for own in differences)
    permuted = np.stack([own[places] for own, places in zip(differences, chosen, strict=True)], axis=1)
    observed = np.array([[_summed(members) for members in parts]])
    sizes = np.array([len(members) for members in parts])
    statistics = np.abs(_studentised_mean(permuted, sizes))
    return _two_sided(statistics, float(_studentised_mean(observed, sizes)[0]), exact)


def _ordered(target: np.ndarray, reference: np.ndarray) -> _Tables:
    """The units in the order of their numbers."""
    order = np.lexsort(np.hstack([target, reference]).round(_DIGITS).T[::-1])
    return target[order], reference[order]


def _parts(events: Sequence[_Tables], joined: np.ndarray | None) -> list[list[_Tables]]:
    """The events of each unit, all in the order of their numbers."""
    members: dict[int, list[_Tables]] = {}
    for event, place in zip(events, range(len(events)) if joined is None else joined, strict=True):
        members.setdefault(int(place), []).append(_ordered(*event))

    def numbers(event: _Tables) -> list[float]:
        return list(np.hstack(event).round(_DIGITS).ravel())

    parts = [sorted(own, key=numbers) for own in members.values()]
    return sorted(parts, key=lambda own: (len(own), [numbers(event) for event in own]))


def _arranged(members: list[_Tables], resamples: int, rng: np.random.Generator) -> tuple[Values, bool]:
    """The sum of the differences in each arrangement, and whether these are all there are."""
    if len(members) > 1:
        observed = _summed(members)
        return np.array([observed, -observed]), True
    target, reference = members[0]
    swaps, exact = _swaps(target[:, 1] > 0, reference[:, 1] > 0, resamples, rng)
    return _after(swaps, target, reference, _difference), exact


def _summed(members: list[_Tables]) -> float:
    return float(sum(_difference(target[None], reference[None])[0] for target, reference in members))


def _swaps(
    in_target: np.ndarray, in_reference: np.ndarray, resamples: int, rng: np.random.Generator
) -> tuple[np.ndarray, bool]:
    """Which units change places in which permutation, and whether these are all there are."""
    both = in_target & in_reference
    single = np.flatnonzero(~both)
    m, k, ties = len(single), int(in_target[single].sum()), int(both.sum())
    exact = comb(m, k) * 2**ties <= resamples
    if exact:
        chosen = np.zeros((comb(m, k), m), dtype=bool)
        for row, members in enumerate(combinations(range(m), k)):
            chosen[row, list(members)] = True
        turned = np.arange(2**ties)[:, None] >> np.arange(ties) & 1 == 1
        chosen, turned = np.repeat(chosen, len(turned), axis=0), np.tile(turned, (len(chosen), 1))
    else:
        chosen = np.argsort(rng.random((resamples, m)), axis=1) < k
        turned = rng.random((resamples, ties)) < 0.5
    swaps = np.zeros((len(chosen), len(both)), dtype=bool)
    swaps[:, single], swaps[:, both] = chosen != in_target[single], turned
    return swaps, exact


def _after(
    swaps: np.ndarray, target: np.ndarray, reference: np.ndarray, statistic: Callable[[np.ndarray, np.ndarray], Values]
) -> Values:
    """A statistic after each permutation, a few permutations at a time."""
    values = np.empty(len(swaps))
    step = max(_CHUNK_CELLS // max(len(target), 1), 1)
    for at in range(0, len(swaps), step):
        chosen = swaps[at : at + step, :, None]
        sides = np.where(chosen, reference[None], target[None]), np.where(chosen, target[None], reference[None])
        values[at : at + step] = statistic(*sides)
    return values


def _two_sided(statistics: np.ndarray, observed: float, exact: bool) -> tuple[float, float]:
    if not exact:
        # What was observed is one of the arrangements.
        statistics = np.append(statistics, abs(observed))
    extreme, most = (
        int((statistics >= value - _TIE).sum()) / len(statistics) for value in (abs(observed), statistics.max())
    )
    return extreme, most


def _difference(target: np.ndarray, reference: np.ndarray) -> Values:
    """Difference of the shares, for arrays of shape (permutations, units, 2)."""
    (counts, sizes), (other_counts, other_sizes) = (
        np.moveaxis(side.sum(axis=1), -1, 0) for side in (target, reference)
    )
    return counts / sizes - other_counts / other_sizes


def _studentised(target: np.ndarray, reference: np.ndarray) -> Values:
    """That difference over its standard error."""
    influence = np.zeros(target.shape[:2])
    for sign, side in ((1, target), (-1, reference)):
        counts, sizes = side[..., 0], side[..., 1]
        total = sizes.sum(axis=1, keepdims=True)
        share = counts.sum(axis=1, keepdims=True) / total
        units = (sizes > 0).sum(axis=1, keepdims=True)
        influence += sign * (counts - share * sizes) / total * np.sqrt(units / np.maximum(units - 1, 1))
    return _over_error(_difference(target, reference), np.sqrt((influence**2).sum(axis=1)))


def _studentised_mean(sums: np.ndarray, sizes: np.ndarray) -> Values:
    """Mean over its standard error, for sums over so many events in an array of shape (permutations, units)."""
    units, events = len(sizes), sizes.sum()
    mean = sums.sum(axis=1) / events
    squares = ((sums - mean[:, None] * sizes) ** 2).sum(axis=1)
    return _over_error(mean, np.sqrt(squares * units / max(units - 1, 1)) / events)


def _over_error(difference: np.ndarray, error: np.ndarray) -> Values:
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(error > _TIE, difference / error, np.sign(difference) * np.inf)
    return np.where(np.abs(difference) <= _TIE, 0.0, statistic)
