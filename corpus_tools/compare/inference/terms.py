"""Could the differences of thousands of terms be chance? Permutations on a sparse table of parts by terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse, stats

from corpus_tools.compare.inference.parts import Codes, Labels, Parts, Values
from corpus_tools.compare.inference.permutation import exchanges
from corpus_tools.compare.inference.term_statistics import difference_statistic, inside_events_statistic

_CELLS = 4_000_000
# More arrangements are drawn for rare results only, and never more labels than these.
_MOST_LABELS = 50_000_000
_SETTLED_BY = 20
_FOR_EACH_TEST = 40
_CLEAR = 0.01
_TIE = 1e-9
_HUGE = 1e300


class TermTests(NamedTuple):
    """For each term its two-sided p and that of the most extreme arrangement that was met."""

    p: Values
    smallest: Values


def permutation_p_terms(
    counts: sparse.csc_array, parts: Parts, *, resamples: int, random_state: int, tests: int = 0
) -> TermTests:
    """Could the difference of a term's rates between two outlets be chance? One answer for each term.

    Parameters
    ----------
    counts : scipy.sparse.csc_array, shape (parts, terms)
        How often each term occurs in each part.
    parts : Parts
        What the rows are; outlets are exchanged inside blocks only.
    resamples : int
        Number of arrangements that are drawn for every term.
    tests : int
        How many terms are corrected for together, if more than there are here.

    Notes
    -----
    Without events the statistic is the difference of the pooled rates Σy/Σw over its linearised standard error (A.
    Janssen 1997, Statistics & Probability Letters 36, 9-21), so that outlets with articles of different length or
    spread do not pass for different. Outlets are permuted over the units that lie on one side; a unit on both is in the
    target with one of its outlets, drawn at random. With events it is Σ(y - ρw) over the parts of the target, where ρ
    is the rate of the term in the event (the numerator of N. Mantel & W. Haenszel 1959, Journal of the National Cancer
    Institute 22, 719-748), over its standard error over blocks; a block of several events changes places as a whole.

    All arrangements in which one side does not have the term count as equal. They would differ in the words of the
    sides only, and wherever one outlet has longer articles than the other the observed one would be the most extreme
    of them (in one outlet of 314 articles against 3,686 shorter ones, 57 % of the words in five to ten articles had p <
    .05 that way, and have 3 % so).

    Two-sided p is twice the smaller of the two tails, because with unequal sides that a term has in few units the two
    are unlike. What was observed counts as one of the arrangements. All there are are tried where these are no more
    than ``resamples`` and there are no events. For a term whose smaller tail has fewer than 20 of them more are drawn,
    fivefold each time, until the corrected p is below .01, or there are 40 for each of the tests, so that a single such
    term could be told from chance, or 5·10⁷ labels are drawn. So p of one term can rest on more arrangements than that
    of another.

    Assumes that under the null units, or what the outlets have of one unit, are exchangeable between the outlets
    (inside each event). Articles that differ in length between the outlets are not: the statistic allows for it where a
    term is frequent, `raised_for_length` where it is rare. A term in few units cannot reach a small p: where both sides
    have as many articles, .06 in five units, .03 in six.
    """
    statistic = (inside_events_statistic if parts.event.any() else difference_statistic)(counts, parts)
    every = np.arange(counts.shape[1])
    tally = _Tally(np.concatenate([values[0] for _, values in _batches(statistic, parts.target[None], every)]))
    rng = np.random.default_rng(random_state)
    most_at_once = max(_CELLS // max(len(parts.unit), 1), 1)
    tests = max(tests, len(every))
    limit = max(resamples, min(tests * _FOR_EACH_TEST, _MOST_LABELS // max(len(parts.unit), 1)))
    asked, drawn, aim = every, 0, resamples
    while len(asked) and drawn < limit:
        while drawn < aim:
            labels, exact = _arrangements(parts, resamples if not drawn else min(most_at_once, aim - drawn), rng)
            tally.add(_batches(statistic, labels, asked), asked)
            if exact:
                return tally.of_all()
            drawn += len(labels)
        aim = min(5 * drawn, limit)
        undecided = (tally.reached < _SETTLED_BY) & (adjusted(tally.with_observed().p, tests) >= _CLEAR)
        asked = np.flatnonzero(undecided)
    return tally.with_observed()


def adjusted(p: Values, tests: int = 0) -> Values:
    """Benjamini and Hochberg's correction over all that was tested; a missing value is no test.

    Y. Benjamini & Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B
    57, 289-300. Where there are more ``tests`` than values, the others are taken to have a p of 1.
    """
    known = ~np.isnan(p)
    result = np.full(len(p), np.nan)
    if known.any():
        others = np.ones(max(tests - int(known.sum()), 0))
        result[known] = stats.false_discovery_control(np.r_[p[known], others])[: known.sum()]
    return result


class _Tally:
    """How many arrangements reach what was observed, upwards and downwards, and how many are the most extreme met."""

    def __init__(self, observed: Values) -> None:
        self._observed = np.stack([observed, -observed])
        self._most = self._observed.copy()
        self._at_most, self._reached = np.zeros((2, 2, len(observed)))
        self._seen = np.zeros(len(observed))

    @property
    def reached(self) -> Values:
        """By how many on the side that fewer reach."""
        return np.asarray(self._reached.min(axis=0))

    def add(self, batches: Iterator[tuple[Codes, Values]], terms: Codes) -> None:
        for places, values in batches:
            own = terms[places]
            self._seen[own] += len(values)
            for side, signed in enumerate((values, -values)):
                self._reached[side, own] += (signed >= _below(self._observed[side, own])).sum(axis=0)
                top = signed.max(axis=0)
                # Until an arrangement goes beyond it, what was observed is the most extreme one.
                beyond = _below(top) > self._most[side, own]
                self._at_most[side, own[beyond]] = 0
                self._most[side, own] = np.where(beyond, top, self._most[side, own])
                self._at_most[side, own] += (signed >= _below(self._most[side, own])).sum(axis=0)

    def of_all(self) -> TermTests:
        """Where the arrangements seen are all there are."""
        return self._two_sided(np.zeros_like(self._reached), 0)

    def with_observed(self) -> TermTests:
        """Where they are drawn, what was observed is one more."""
        return self._two_sided(self._most <= self._observed, 1)

    def _two_sided(self, observed_is_most: np.ndarray, more: int) -> TermTests:
        tails = (self._reached + more).min(axis=0), (self._at_most + observed_is_most).clip(1).min(axis=0)
        p, smallest = (np.minimum(2 * tail / (self._seen + more), 1) for tail in tails)
        return TermTests(p, np.minimum(smallest, p))


def _below(values: Values) -> Values:
    """As much as equals the value, if what is summed in another order differs in its last digits."""
    return np.asarray(values - _TIE * np.clip(np.abs(values), 1, _HUGE))


def _batches(
    statistic: Callable[[Values, Codes], Values], labels: Labels, terms: Codes
) -> Iterator[tuple[Codes, Values]]:
    """Statistics, a few arrangements and terms at a time, with the places of these terms."""
    rows = max(_CELLS // labels.shape[1], 1)
    for at in range(0, len(labels), rows):
        chosen = labels[at : at + rows].astype(float)
        columns = max(_CELLS // max(labels.shape), 1)
        for first in range(0, len(terms), columns):
            places = np.arange(first, min(first + columns, len(terms)))
            yield places, statistic(chosen, terms[places])


def _arrangements(parts: Parts, most: int, rng: np.random.Generator) -> tuple[Labels, bool]:
    """Labels of shape (arrangements, parts), true in the target; and whether these are all there are."""
    shared = parts.shared()
    if not shared.any() and not parts.block.any():
        chosen, exact = exchanges(parts.target, ~parts.target, most, rng)
        return parts.target ^ chosen, exact
    labels = np.empty((most, len(parts.unit)), dtype=bool)
    for own in np.split(np.argsort(parts.block, kind="stable"), np.cumsum(np.bincount(parts.block))[:-1]):
        if len(np.unique(parts.event[own])) > 1:
            labels[:, own] = parts.target[own] ^ (rng.random(most) < 0.5)[:, None]
            continue
        alone, several = own[~shared[own]], own[shared[own]]
        in_target = parts.target[alone]
        chosen, exact = exchanges(in_target, ~in_target, most, rng)
        labels[:, alone] = in_target ^ (chosen[rng.integers(len(chosen), size=most)] if exact else chosen)
        labels[:, several] = _one_of_each(parts.unit[several], most, rng)
    return labels, False


def _one_of_each(unit: Codes, most: int, rng: np.random.Generator) -> Labels:
    """For each unit one of its parts at random."""
    labels = np.zeros((most, len(unit)), dtype=bool)
    order = np.argsort(unit, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(unit[order])) + 1) if len(unit) else []:
        labels[np.arange(most), members[rng.integers(len(members), size=most)]] = True
    return labels
