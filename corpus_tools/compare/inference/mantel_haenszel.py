"""How much more often does a term occur on one side than on the other, event by event?"""

from __future__ import annotations

import numpy as np
from scipy import sparse, stats

from corpus_tools.compare.inference.parts import Labels, Parts, Values

_TIE = 1e-9


def log_ratio_inside_events(
    counts: sparse.csc_array, parts: Parts, *, confidence: float, zero: float = 0.5
) -> tuple[Values, Values, Values]:
    """Binary logarithm of Mantel and Haenszel's ratio of rates over events, with its interval over blocks.

    The ratio is R/S with R = Σ a·d/(c+d) and S = Σ b·c/(c+d) over events; a, b are occurrences, c, d words of target
    and reference. Its variance is linearised over blocks, Σ(Rₖ/R - Sₖ/S)²·m/(m-1), and at least that of counts that
    vary as Poisson's, Σ (a+b)·c·d/(c+d)² / RS (S. Greenland & J. Robins 1985, Biometrics 41, 55-68). The interval is
    Student's on the logarithm, with degrees of freedom as in `rates_over_units`. Where one side does not have the term,
    ``zero`` occurrences are put there, in proportion to its words, and there is no interval. Assumes that events are
    drawn independently.
    """
    (a, c), (b, d) = (_by_event(counts, parts, side) for side in (parts.target, ~parts.target))
    both = (c > 0) & (d > 0)
    here, there = (np.where(both, own / np.maximum(c + d, _TIE), 0.0)[:, None] for own in (d, c))
    blocks = int(parts.block.max(initial=0)) + 1
    block = np.zeros(len(c), dtype=np.int64)
    block[parts.event] = parts.block
    gather = sparse.csr_array((np.ones(len(c)), (block, np.arange(len(c)))), shape=(blocks, len(c)))
    r, s = (a * here).sum(axis=0), (b * there).sum(axis=0)
    put = (float((c * here.ravel()).sum() / own.sum()) * zero for own in (c, d))
    ratio = np.log2(np.divide(*(np.where(own > 0, own, other) for own, other in zip((r, s), put, strict=True))))
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = gather @ (a * here) / r - gather @ (b * there) / s
        squares = (apart**2).sum(axis=0)
        freedom = np.clip(2 / np.maximum((apart**4).sum(axis=0) / squares**2 - 1 / blocks, _TIE), 1, blocks - 1)
        poisson = ((a + b) * here * there).sum(axis=0) / (r * s)
        error = np.sqrt(np.maximum(squares * blocks / max(blocks - 1, 1), poisson))
    half = stats.t.ppf(0.5 + confidence / 2, freedom) * error / np.log(2)
    half = np.where((r > 0) & (s > 0), half, np.nan)
    return ratio, ratio - half, ratio + half


def _by_event(counts: sparse.csc_array, parts: Parts, side: Labels) -> tuple[Values, Values]:
    """Occurrences and words of one side in each event."""
    events = int(parts.event.max(initial=0)) + 1
    own = sparse.csr_array((side.astype(float), (parts.event, np.arange(len(side)))), shape=(events, len(side)))
    return (own @ counts).toarray(), own @ parts.words
