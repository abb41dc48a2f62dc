"""How evenly terms are spread over the articles of one group: kernels on a sparse table of articles by terms."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse, stats

Values = npt.NDArray[np.float64]


class Spread(NamedTuple):
    """One value per term. ``largest`` is the row of the article that holds most of it, the first where several do."""

    times: Values
    articles: npt.NDArray[np.int64]
    largest: npt.NDArray[np.int64]
    most: Values
    dp: Values
    dp_norm: Values
    dp_chance: Values
    juilland_d: Values


def spread(counts: sparse.csc_array, sizes: npt.NDArray[np.int64]) -> Spread:
    """Measures of dispersion of each term over the rows, which are articles; ``sizes`` are their words.

    Every term occurs somewhere and every article has words. With one article DP is 0, and what is divided by the room
    that is left for unevenness is missing.
    """
    n = len(sizes)
    held, starts = np.diff(counts.indptr), counts.indptr[:-1]
    article, times = counts.indices, counts.data.astype(float)
    term = np.repeat(np.arange(counts.shape[1]), held)
    count = np.add.reduceat(times, starts)
    share = sizes / sizes.sum()
    # Both sets of shares add to 1, so half the sum of the differences is the sum of those above 0.
    dp = np.add.reduceat(np.maximum(times / count[term] - share[article], 0), starts)
    first = np.lexsort((article, -times, term))[starts]
    undefined = np.full(len(count), np.nan)
    return Spread(
        times=count,
        articles=held.astype(np.int64),
        largest=article[first].astype(np.int64),
        most=times[first],
        dp=dp,
        dp_norm=np.minimum(dp / (1 - share.min()), 1) if n > 1 else undefined,
        dp_chance=chance_dp(count, sizes),
        juilland_d=_juilland(times / sizes[article], term, starts, held, n) if n > 1 else undefined,
    )


def _juilland(rates: Values, term: np.ndarray, starts: np.ndarray, held: np.ndarray, n: int) -> Values:
    """1 - V/√(n-1), V the standard deviation (divided by n) of the rates over their mean."""
    mean = np.add.reduceat(rates, starts) / n
    squares = np.add.reduceat((rates - mean[term]) ** 2, starts) + (n - held) * mean**2
    return np.asarray(np.clip(1 - np.sqrt(squares / n) / mean / np.sqrt(n - 1), 0, 1))


def chance_dp(count: Values, sizes: npt.NDArray[np.int64]) -> Values:
    """The mean DP of a term whose occurrences fall into articles by chance, in proportion to their words.

    Occurrences in an article are then binomial with f draws and chance s, and their mean absolute deviation is
    2 s(1-s) f P(f-1 draws give ⌊fs⌋) (de Moivre 1730; P. Diaconis & S. Zabell 1991, Statistical Science 6, 284-302,
    eq. 1.1). DP is half the sum of the deviations over f.
    """
    size, alike = np.unique(sizes, return_counts=True)
    share = size / sizes.sum()
    weight = alike * share * (1 - share)
    different, place = np.unique(count, return_inverse=True)
    means = [weight @ stats.binom.pmf(np.floor(f * share), f - 1, share) for f in different]
    return np.asarray(means, dtype=np.float64)[place]
