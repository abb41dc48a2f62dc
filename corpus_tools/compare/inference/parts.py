"""What a comparison of rates counts: parts of units on two sides.

A part is what one unit has on one of the two sides of a comparison, the target and the reference (inside events: in
one event). A unit on both sides, such as a reuse group, is one part for each of its outlets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

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

    def shared(self) -> Labels:
        """Which parts are of a unit that lies on both sides (inside events: of the same event)."""
        _, place = np.unique(np.stack([self.unit, self.event]), axis=1, return_inverse=True)
        place = place.ravel()
        in_target, in_reference = np.bincount(place, self.target), np.bincount(place, ~self.target)
        return np.asarray((in_target[place] > 0) & (in_reference[place] > 0))

    def chances(self) -> Values:
        """How often each part is in the target, over all arrangements; what changes places as a whole, in half."""
        pool = np.where(self.shared(), self.unit, -1)
        _, place = np.unique(np.stack([self.event, pool]), axis=1, return_inverse=True)
        place = place.ravel()
        chances = (np.bincount(place, self.target) / np.bincount(place))[place]
        pairs = np.unique(np.stack([self.block, self.event]), axis=1)
        return np.where(np.bincount(pairs[0])[self.block] > 1, 0.5, chances)


def by_unit(counts: sparse.csc_array, parts: Parts, *, target: bool) -> tuple[sparse.csr_array, Values, Codes]:
    """Counts and words of the units on one side, and which units these are."""
    rows = np.flatnonzero(parts.target == target)
    units, place = np.unique(parts.unit[rows], return_inverse=True)
    gather = sparse.csr_array((np.ones(len(rows)), (place, rows)), shape=(len(units), len(parts.unit)))
    return sparse.csr_array(gather @ counts), gather @ parts.words, units


def pair_products(counts: sparse.csc_array, parts: Parts) -> Values:
    """Σ(y - r·w)(y' - r'·w') of each term over the units on both sides; how far these tie the two rates."""
    sides = [by_unit(counts, parts, target=side) for side in (True, False)]
    _, *places = np.intersect1d(sides[0][2], sides[1][2], return_indices=True)
    (a, c), (b, d) = ((table[rows], words[rows]) for (table, words, _), rows in zip(sides, places, strict=True))
    rate, other = (table.sum(axis=0) / words.sum() for table, words, _ in sides)
    return np.asarray(a.multiply(b).sum(axis=0) - other * (d @ a) - rate * (c @ b) + rate * other * (c @ d))
