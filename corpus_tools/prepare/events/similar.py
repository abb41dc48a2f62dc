"""How alike are two articles, and how alike must they be to tell of the same event?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools.prepare.events.weights import Vectors

# One day is the rhythm of news: most reports of an event appear on the same day or the next.
_NEAR_DAYS = 1
_FURTHER_DAYS = 21
_CHANCE = 0.15
_FEWEST_NEAR, _FEWEST_FAR = 30, 100
_USUAL = 0.12
_STEPS = np.arange(0.05, 0.505, 0.005)
_ROWS_MEASURED = 3000
_ROWS_AT_ONCE = 256
# Small, so that the rows measured come from many days.
_ROWS_OF_A_SAMPLE = 16
# A pair of which one has no date may lie years apart.
_UNDATED_WEIGHT = 0.5
_SMALLEST = 1 / 3

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Links(NamedTuple):
    """Pairs of rows, the first smaller, and how alike they are, days apart taken into account."""

    first: Places
    second: Places
    similarity: Numbers

    def where(self, kept: npt.NDArray[np.bool_]) -> Links:
        """Those of the pairs."""
        return Links(self.first[kept], self.second[kept], self.similarity[kept])


def find_links(vectors: Vectors, days: Numbers, window: float, similarity: float) -> Links:
    """All pairs within the window that are at least a third as alike as articles of one event are on average.

    The rows are sorted by day, those without one last. The cosine of a pair is lowered with the days between the two:
    by half at the edge of the window, as it is for a pair of which one has no day.
    """
    parts = []
    for first, second, cosine in _pairs(vectors, days, window, range(0, len(days), _ROWS_AT_ONCE), _ROWS_AT_ONCE):
        lowered = cosine * nearness(days[first], days[second], window)
        kept = lowered >= similarity * _SMALLEST
        parts.append((first[kept], second[kept], lowered[kept]))
    if not parts:
        return Links(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    first, second, lowered = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Links(first, second, lowered)


def nearness(one: Numbers, other: Numbers, window: float) -> Numbers:
    """By what the similarity of two articles is multiplied: 1 on the same day, about 1/2 at the window's edge."""
    apart = np.abs(one - other)
    return np.where(np.isnan(apart), _UNDATED_WEIGHT, 1 - apart / (2 * (window + 1)))


def measured_similarity(vectors: Vectors, days: Numbers, outlets: Places, window: float) -> float:
    """The least similarity at which at most 15 of 100 pairs of nearly the same day are as alike by chance.

    Pairs of different outlets, where there are several, at most one day apart are set against pairs that lie outside
    the window, up to three weeks further apart: these hardly tell of the same event, though perhaps of the same
    subject.
    """
    dated = int((~np.isnan(days)).sum())
    several = len(np.unique(outlets[:dated])) > 1
    step = _ROWS_OF_A_SAMPLE * max(1, -(-dated // _ROWS_MEASURED))
    edges = np.append(_STEPS, np.inf)
    near, far = np.zeros(len(_STEPS)), np.zeros(len(_STEPS))
    near_all = far_all = 0
    blocks = _pairs(vectors[:dated], days[:dated], window + _FURTHER_DAYS, range(0, dated, step), _ROWS_OF_A_SAMPLE)
    for first, second, cosine in blocks:
        counts = (outlets[first] != outlets[second]) | (not several)
        apart = days[second] - days[first]
        is_near, is_far = counts & (apart <= _NEAR_DAYS), counts & (apart > max(window, _NEAR_DAYS))
        near += np.histogram(cosine[is_near], edges)[0]
        far += np.histogram(cosine[is_far], edges)[0]
        near_all, far_all = near_all + int(is_near.sum()), far_all + int(is_far.sum())
    if near_all < _FEWEST_NEAR or far_all < _FEWEST_FAR:
        return _USUAL
    as_near, as_far = (np.cumsum(part[::-1])[::-1] / n for part, n in ((near, near_all), (far, far_all)))
    enough = (as_far <= _CHANCE * as_near) & (as_near > 0)
    return float(_STEPS[enough.argmax()] if enough.any() else _STEPS[-1])


def _pairs(
    vectors: Vectors, days: Numbers, most_days: float, starts: range, rows: int
) -> Iterator[tuple[Places, Places, Numbers]]:
    """Blocks of pairs of rows at most so many days apart, or one of them without a day; with their cosine."""
    dated = int((~np.isnan(days)).sum())
    for low in starts:
        high = min(low + rows, len(days))
        last = min(high, dated) - 1
        end = int(np.searchsorted(days[:dated], days[last] + most_days, side="right")) if low < dated else high
        columns = np.r_[low : max(end, high), max(end, high, dated) : len(days)]
        cosine = (vectors[low:high] @ vectors[columns].T).toarray()
        rows_here = np.arange(low, high)
        apart = days[columns][None, :] - days[rows_here][:, None]
        # Pairs that share no word count as well.
        row, column = np.nonzero((rows_here[:, None] < columns[None, :]) & ~(apart > most_days))
        yield rows_here[row], columns[column], cosine[row, column]
