"""Thousands of terms at once, on a sparse table of parts by terms; no text, and no loop over words.

A part is what one unit has in one of two outlets (inside events: in one outlet and event). Most units are one part;
a reuse group that lies in both outlets is two. All that the statistics need of a term are sums over the parts of one
side: of its counts y, of y², and of y·w with the words w of the part. Under another arrangement of the outlets these
sums are a product of two matrices, and what the target does not have is the reference's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse, stats

from corpus_tools.compare.inference.permutation import exchanges

_CELLS = 4_000_000
# More arrangements are drawn for rare results only, and never more labels than these.
_MOST_LABELS = 100_000_000
_SETTLED_BY = 20
_CLEAR = 0.01
_TIE = 1e-9
_HUGE = 1e300
# With fewer zeros than this a table is multiplied faster as a full one.
_FULL = 0.03
Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Labels = npt.NDArray[np.bool_]


class Parts(NamedTuple):
    """For each part its unit (a number from 0), whether it is in the target, its words, its event and its block.

    Without events ``event`` and ``block`` are 0. A block holds one event, or several that have a unit in common.
    """

    unit: Codes
    target: Labels
    words: Values
    event: Codes
    block: Codes


class Side(NamedTuple):
    """Sums over the parts of one side: their number, words and words²; of each term y, y² and y·w."""

    parts: Values
    words: Values
    words_squared: Values
    occurrences: Values
    squared: Values
    by_words: Values


class Cross(NamedTuple):
    """Sums over the units on both sides: y·y', y·w', w·y' and w·w', those of the reference with a dash."""

    counts: Values
    count_by_words: Values
    words_by_count: Values
    words: Values


class TermTests(NamedTuple):
    """For each term its two-sided p and that of the most extreme arrangement that was met."""

    p: Values
    smallest: Values


class TermSums:
    """The parts by terms with squares and products: what labels are multiplied with."""

    def __init__(self, counts: sparse.csc_array, parts: Parts) -> None:
        partner = _partners(parts)
        paired = partner >= 0
        other_words = np.where(paired, parts.words[partner], 0.0)
        self._words = np.column_stack([np.ones(len(parts.words)), parts.words, parts.words**2])
        self._tables = [counts, counts.power(2), _times_rows(counts, parts.words)]
        self._pairs: tuple[Values, Values] | None = None
        if paired.any():
            first = np.flatnonzero(paired & parts.target)
            rows = counts.tocsr()
            together = np.asarray(rows[first].multiply(rows[partner[first]]).sum(axis=0)).ravel()
            self._pairs = together, np.array((parts.words * other_words)[first].sum())
            self._tables.append(_times_rows(counts, other_words))

    def sides(self, labels: Values, terms: slice | Codes) -> tuple[Side, Side, Cross | None]:
        """The sums of target and reference for labels of shape (arrangements, parts), 1 for parts in the target."""
        of_parts = labels @ self._words
        columns = [_filled(table[:, terms]) for table in self._tables]
        inside = [labels @ column for column in columns]
        outside = [np.asarray(c.sum(axis=0)).ravel() - own for c, own in zip(columns, inside, strict=True)]
        other_parts = self._words.sum(axis=0) - of_parts
        target = Side(*np.split(of_parts, 3, axis=1), *inside[:3])
        reference = Side(*np.split(other_parts, 3, axis=1), *outside[:3])
        if self._pairs is None:
            return target, reference, None
        counts, words = self._pairs
        return target, reference, Cross(counts[terms], inside[3], outside[3], words)


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
    spread do not pass for different. Outlets are permuted over the units that are one part; a unit on both sides
    changes places at random. With events it is Σ(y - ρw) over the parts of the target, where ρ is the rate of the term
    in the event (the numerator of N. Mantel & W. Haenszel 1959, Journal of the National Cancer Institute 22, 719-748),
    over its standard error over blocks; a block of several events changes places as a whole.

    What was observed counts as one of the arrangements. All there are are tried where these are no more than
    ``resamples`` and there are no events. For a term that fewer than 20 of them reach, more are drawn, fivefold each
    time, until the corrected p is below .01, or there are 20 for each of the tests, so that a single such term could
    be told from chance, or there are 10⁸ labels. So p of one term can rest on more arrangements than that of another.

    Assumes that under the null units are exchangeable between the outlets, or inside each event. A term in few units
    cannot reach a small p: where both sides have as many articles, .06 in five units, .03 in six.
    """
    statistic = _difference(TermSums(counts, parts)) if not parts.event.any() else _inside_events(counts, parts)
    every = np.arange(counts.shape[1])
    tally = _Tally(next(_batches(statistic, parts.target[None], every))[1][0])
    rng = np.random.default_rng(random_state)
    labels, exact = _arrangements(parts, resamples, rng)
    tally.add(_batches(statistic, labels, every), every)
    if exact:
        return tally.of_all()
    tests = max(tests, len(every))
    limit = min(tests * _SETTLED_BY, _MOST_LABELS // max(len(parts.unit), 1))
    drawn = resamples
    while drawn < limit:
        p = tally.with_observed().p
        rare = np.flatnonzero((tally.reached < _SETTLED_BY) & (adjusted(p, tests) >= _CLEAR))
        if not len(rare):
            break
        more = min(4 * drawn, limit - drawn)
        tally.add(_batches(statistic, _arrangements(parts, more, rng)[0], rare), rare)
        drawn += more
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
    """How many arrangements reach what was observed, and how many are the most extreme met."""

    def __init__(self, observed: Values) -> None:
        self._observed = np.abs(observed)
        self._most = self._observed.copy()
        self._at_most, self.reached, self._seen = np.zeros((3, len(observed)))

    def add(self, batches: Iterator[tuple[Codes, Values]], terms: Codes) -> None:
        for places, values in batches:
            own = terms[places]
            self._seen[own] += len(values)
            self.reached[own] += (values >= _below(self._observed[own])).sum(axis=0)
            top = values.max(axis=0)
            # Until an arrangement goes beyond it, what was observed is the most extreme one.
            beyond = _below(top) > self._most[own]
            self._at_most[own[beyond]] = 0
            self._most[own] = np.where(beyond, top, self._most[own])
            self._at_most[own] += (values >= _below(self._most[own])).sum(axis=0)

    def of_all(self) -> TermTests:
        """Where the arrangements seen are all there are."""
        return TermTests(self.reached / self._seen, self._at_most / self._seen)

    def with_observed(self) -> TermTests:
        """Where they are drawn, what was observed is one more."""
        is_most = self._most <= self._observed
        return TermTests((self.reached + 1) / (self._seen + 1), (self._at_most + is_most) / (self._seen + 1))


def _below(values: Values) -> Values:
    """As much as equals the value, if what is summed in another order differs in its last digits."""
    return np.asarray(values - _TIE * np.clip(values, 1, _HUGE))


def _batches(
    statistic: Callable[[Values, Codes], Values], labels: Labels, terms: Codes
) -> Iterator[tuple[Codes, Values]]:
    """Absolute statistics, a few arrangements and terms at a time, with the places of these terms."""
    rows = max(_CELLS // labels.shape[1], 1)
    for at in range(0, len(labels), rows):
        chosen = labels[at : at + rows].astype(float)
        columns = max(_CELLS // max(labels.shape), 1)
        for first in range(0, len(terms), columns):
            places = np.arange(first, min(first + columns, len(terms)))
            yield places, np.abs(statistic(chosen, terms[places]))


def _arrangements(parts: Parts, most: int, rng: np.random.Generator) -> tuple[Labels, bool]:
    """Labels of shape (arrangements, parts), true in the target; and whether these are all there are."""
    blocks = np.split(np.argsort(parts.block, kind="stable"), np.cumsum(np.bincount(parts.block))[:-1])
    labels = np.empty((most, len(parts.unit)), dtype=bool)
    for own in blocks:
        target = parts.target[own]
        if len(np.unique(parts.event[own])) > 1:
            labels[:, own] = target ^ (rng.random(most) < 0.5)[:, None]
            continue
        units, place = np.unique(parts.unit[own], return_inverse=True)
        sides = [np.bincount(place[target == side], minlength=len(units)) > 0 for side in (True, False)]
        chosen, exact = exchanges(sides[0], sides[1], most, rng)
        if exact and len(blocks) == 1:
            return target ^ chosen[:, place], True
        labels[:, own] = target ^ chosen[rng.integers(len(chosen), size=most) if exact else slice(None)][:, place]
    return labels, False


def _difference(sums: TermSums) -> Callable[[Values, Codes], Values]:
    """Difference of the pooled rates over its standard error."""

    def statistic(labels: Values, terms: Codes) -> Values:
        target, reference, cross = sums.sides(labels, terms)
        rate, other = target.occurrences / target.words, reference.occurrences / reference.words
        variance = (
            _error_squared(target, rate)
            + _error_squared(reference, other)
            - 2 * _shared(target, reference, cross, rate, other)
        )
        return _over_error(rate - other, variance)

    return statistic


def _error_squared(side: Side, rate: Values) -> Values:
    squares = side.squared - 2 * rate * side.by_words + rate**2 * side.words_squared
    return np.maximum(squares, 0) / side.words**2 * _few(side)


def _few(side: Side) -> Values:
    return np.asarray(side.parts / np.maximum(side.parts - 1, 1))


def _shared(target: Side, reference: Side, cross: Cross | None, rate: Values, other: Values) -> Values | float:
    if cross is None:
        return 0.0
    products = cross.counts - other * cross.count_by_words - rate * cross.words_by_count + rate * other * cross.words
    return np.asarray(products / (target.words * reference.words) * np.sqrt(_few(target) * _few(reference)))


def _inside_events(counts: sparse.csc_array, parts: Parts) -> Callable[[Values, Codes], Values]:
    """Mantel and Haenszel's numerator over its standard error over blocks."""
    rows = counts.tocsr()
    blocks = np.split(np.argsort(parts.block, kind="stable"), np.cumsum(np.bincount(parts.block))[:-1])
    tables = [_centred(rows[own], parts.event[own], parts.words[own]) for own in blocks]

    def statistic(labels: Values, terms: Codes) -> Values:
        place = np.full(counts.shape[1], -1)
        place[terms] = np.arange(len(terms))
        total, squares = np.zeros((2, len(labels), len(terms)))
        for own, (held, centred) in zip(blocks, tables, strict=True):
            asked = place[held] >= 0
            sums = labels[:, own] @ centred[:, asked]
            total[:, place[held[asked]]] += sums
            squares[:, place[held[asked]]] += sums**2
        return _over_error(total, (squares - total**2 / len(blocks)) * len(blocks) / max(len(blocks) - 1, 1))

    return statistic


def _centred(counts: sparse.csr_array, event: Codes, words: Values) -> tuple[Codes, Values]:
    """The terms that occur in a block, and y - ρw of each of its parts."""
    held = np.unique(counts.indices)
    table = counts[:, held].toarray()
    _, place = np.unique(event, return_inverse=True)
    members = place == np.arange(place.max() + 1)[:, None]
    rates = (members @ table) / (members @ words)[:, None]
    return held.astype(np.int64), table - rates[place] * words[:, None]


def _over_error(difference: Values, variance: Values) -> Values:
    error = np.sqrt(np.maximum(variance, 0))
    none = np.abs(difference) <= _TIE * 1e-6
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(none, 0.0, np.where(error > 0, difference / error, np.sign(difference) * np.inf))


def _partners(parts: Parts) -> Codes:
    """For each part the other one of its unit in its event, else -1."""
    partner = np.full(len(parts.unit), -1)
    order = np.lexsort((parts.event, parts.unit))
    same = (np.diff(parts.unit[order]) == 0) & (np.diff(parts.event[order]) == 0)
    first, second = order[:-1][same], order[1:][same]
    partner[first], partner[second] = second, first
    return partner


def _times_rows(counts: sparse.csc_array, factor: Values) -> sparse.csc_array:
    return sparse.csc_array(sparse.diags_array(factor) @ counts)


def _filled(table: sparse.csc_array) -> sparse.csc_array | Values:
    full = table.nnz > _FULL * table.shape[0] * table.shape[1]
    return np.asarray(table.toarray()) if full else table
