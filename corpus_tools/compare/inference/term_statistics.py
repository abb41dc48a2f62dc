"""The statistics of a test of terms, for many arrangements of the outlets at once.

All that they need of a term are sums over the parts of one side: of its counts y, of y² and of y·w with the words w of
the part. Under an arrangement these sums are the product of its labels and a sparse table of parts by terms.

All arrangements in which one side does not have the term are equal, with the words that the sides have on average. They
would differ in nothing but words, and of those the one that was observed would be the most extreme wherever one outlet
has the longer articles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import sparse

from corpus_tools.compare.inference.parts import Codes, Parts, Values

_TIE = 1e-15
# Copies that are averaged are fractions, and what is left of a sum of them need not be 0.
_SOME = 1e-9
# With fewer zeros than this a table is multiplied faster as a full one.
_FULL = 0.01


class _Side(NamedTuple):
    """Sums over the units of one side, for each arrangement: their number, words, words²; of each term y, y², y·w."""

    units: Values
    words: Values
    words_squared: Values
    occurrences: Values
    squared: Values
    by_words: Values

    @property
    def rate(self) -> Values:
        return self.occurrences / self.words

    @property
    def few(self) -> Values:
        return np.asarray(self.units / np.maximum(self.units - 1, 1))

    def error_squared(self) -> Values:
        squares = self.squared - 2 * self.rate * self.by_words + self.rate**2 * self.words_squared
        return np.asarray(np.maximum(squares, 0) / self.words**2 * self.few)


class _Table:
    """Some parts by terms, and what their labels are multiplied with."""

    def __init__(self, counts: sparse.csc_array, words: Values) -> None:
        self._tables = [counts, counts.power(2), _times(words, counts)]
        self._of_parts = np.column_stack([np.ones(len(words)), words, words**2])

    def sums(self, labels: Values, terms: Codes) -> list[Values]:
        """The sums over the parts that are labelled, as `_Side` has them."""
        columns = (_filled(table[:, terms]) for table in self._tables)
        return [*np.split(labels @ self._of_parts, 3, axis=1), *(labels @ column for column in columns)]

    def totals(self, terms: Codes) -> list[Values]:
        """The same over all parts."""
        columns = (np.asarray(table[:, terms].sum(axis=0)) for table in self._tables)
        return [*self._of_parts.sum(axis=0), *columns]


class _Products:
    """Σ of the products of what a unit has in the target (y, w) and in the reference (y', w')."""

    def __init__(self, counts: sparse.csc_array, words: Values, rest: sparse.csc_array, rest_words: Values) -> None:
        self._tables = [sparse.csc_array(counts.multiply(rest)), _times(rest_words, counts), _times(words, rest)]
        self._words = words * rest_words

    def sums(self, labels: Values, terms: Codes, rate: Values, other: Values) -> Values:
        counts, by_words, words_by = (labels @ _filled(table[:, terms]) for table in self._tables)
        return np.asarray(counts - other * by_words - rate * words_by + rate * other * (labels @ self._words)[:, None])


def difference_statistic(counts: sparse.csc_array, parts: Parts) -> Callable[[Values, Codes], Values]:
    """Difference of the pooled rates over its standard error."""
    shared, rows = parts.shared(), counts.tocsr()
    alone, several = np.flatnonzero(~shared), np.flatnonzero(shared)
    single = _Table(rows[alone].tocsc(), parts.words[alone])
    own, words = rows[several].tocsc(), parts.words[several]
    _, place = np.unique(parts.unit[several], return_inverse=True)
    same_unit = _same(place)
    rest, rest_words = sparse.csc_array(same_unit @ own - own), same_unit @ words - words
    here, there = _Table(own, words), _Table(rest, rest_words)
    products = _Products(own, words, rest, rest_words)
    without = _without(counts, parts)

    def statistic(labels: Values, terms: Codes) -> Values:
        inside = single.sums(labels[:, alone] if len(several) else labels, terms)
        sides = [inside, [every - own for every, own in zip(single.totals(terms), inside, strict=True)]]
        turned = labels[:, several]
        if len(several):
            of_units = [table.sums(turned, terms) for table in (here, there)]
            sides = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(sides, of_units, strict=True)]
        target, reference = (_Side(*sums) for sums in sides)
        variance = target.error_squared() + reference.error_squared()
        if len(several):
            shared_part = products.sums(turned, terms, target.rate, reference.rate)
            factor = np.sqrt(target.few * reference.few) / (target.words * reference.words)
            variance = variance - 2 * shared_part * factor
        values = _over_error(target.rate - reference.rate, variance)
        values = np.where(target.occurrences > _SOME, values, without[0][terms])
        return np.where(reference.occurrences > _SOME, values, without[1][terms])

    return statistic


def _without(counts: sparse.csc_array, parts: Parts) -> tuple[Values, Values]:
    """The statistic where the target does not have the term, and where the reference does not."""
    chances, units = parts.chances(), np.unique(parts.unit, return_inverse=True)[1]
    of_unit = sparse.csr_array((np.ones(len(units)), (units, np.arange(len(units)))))
    table, shared = sparse.csc_array(of_unit @ counts), of_unit @ parts.shared() > 0
    total, in_target = of_unit @ parts.words, of_unit @ (chances * parts.words)
    part_of_units = of_unit @ chances
    values = []
    for sign, words, part in ((-1, total - in_target, 1 - part_of_units), (1, in_target, part_of_units)):
        # A unit on one side only has its words there or not; one on both has some of them on either.
        held, weight = np.where(shared, words, total), np.where(shared, 1.0, part)
        occurrences = np.asarray(table.sum(axis=0))
        own = _Side(weight.sum(), words.sum(), weight @ held**2, occurrences, _squared(table), table.T @ held)
        values.append(sign * _over_error(own.rate, own.error_squared()))
    return values[0], values[1]


def _squared(table: sparse.csc_array) -> Values:
    return np.asarray(table.power(2).sum(axis=0))


def _same(place: Codes) -> sparse.csr_array:
    """Which of the parts are of the same unit."""
    member = sparse.csr_array((np.ones(len(place)), (np.arange(len(place)), place)), shape=(len(place), len(place)))
    return sparse.csr_array(member @ member.T)


def _times(factor: Values, counts: sparse.csc_array) -> sparse.csc_array:
    return sparse.csc_array(sparse.diags_array(factor) @ counts)


def inside_events_statistic(counts: sparse.csc_array, parts: Parts) -> Callable[[Values, Codes], Values]:
    """Mantel and Haenszel's numerator over its standard error over blocks."""
    rows = counts.tocsr()
    blocks = np.split(np.argsort(parts.block, kind="stable"), np.cumsum(np.bincount(parts.block))[:-1])
    tables = [_centred(rows[own], parts.event[own], parts.words[own]) for own in blocks]
    every, without = np.asarray(counts.sum(axis=0)), _without_inside(counts, parts)

    def statistic(labels: Values, terms: Codes) -> Values:
        place = np.full(counts.shape[1], -1)
        place[terms] = np.arange(len(terms))
        total, squares = np.zeros((2, len(terms), len(labels)))
        for own, (held, centred) in zip(blocks, tables, strict=True):
            asked = place[held] >= 0
            sums = centred[:, asked].T @ labels[:, own].T
            rows = place[held[asked]]
            total[rows] += sums
            squares[rows] += sums**2
        values = _over_blocks(total, squares, len(blocks)).T
        held = labels @ _filled(counts[:, terms])
        values = np.where(held > _SOME, values, without[0][terms])
        return np.where(every[terms] - held > _SOME, values, without[1][terms])

    return statistic


def _over_blocks(total: Values, squares: Values, blocks: int) -> Values:
    return _over_error(total, (squares - total**2 / blocks) * blocks / max(blocks - 1, 1))


def _without_inside(counts: sparse.csc_array, parts: Parts) -> tuple[Values, Values]:
    """As `_without`, inside events."""
    size = len(parts.unit)
    of_event = sparse.csr_array((np.ones(size), (parts.event, np.arange(size))))
    words, in_target = of_event @ parts.words, of_event @ (parts.chances() * parts.words)
    of_block = sparse.csr_array((np.ones(size), (parts.block, np.arange(size)))) @ of_event.T
    of_block.data[:] = 1.0
    values = []
    for weight in (-in_target, words - in_target):
        sums = of_block @ (sparse.diags_array(weight / np.maximum(words, _TIE)) @ (of_event @ counts))
        values.append(_over_blocks(np.asarray(sums.sum(axis=0)), _squared(sums), of_block.shape[0]))
    return values[0], values[1]


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
    none = np.abs(difference) <= _TIE
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(none, 0.0, np.where(error > 0, difference / error, np.sign(difference) * np.inf))


def _filled(table: sparse.csc_array) -> sparse.csc_array | Values:
    full = table.nnz > _FULL * table.shape[0] * table.shape[1]
    return np.asarray(table.toarray()) if full else table
