"""Means over units with their intervals: kernels of inference for numbers that are no shares.

Both functions take one row per unit: the sum of its values (`sums`) and how many articles that sum is of (`sizes`);
where copies are averaged both are fractions. Below `FEWEST_UNITS` units there is no interval.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from scipy import stats

from corpus_tools.compare.inference import FEWEST_UNITS

_TIE = 1e-12


class MeanEstimate(NamedTuple):
    """A mean with its interval, missing where there are too few units."""

    mean: float
    low: float
    high: float


def estimate_mean(sums: np.ndarray, sizes: np.ndarray, *, confidence: float) -> MeanEstimate:
    """Mean over articles with Student's t interval over units.

    The variance of the mean Σyᵤ/Σnᵤ is linearised over units, Σ(yᵤ - mean·nᵤ)² · m/(m-1) / N² (W. G. Cochran, Sampling
    Techniques, 3rd ed. 1977, eq. 6.13); with one article per unit it is s²/m, and this is Student's interval (1908, The
    probable error of a mean, Biometrika 6, 1-25). Assumes that units are drawn independently, and that values are not
    so skewed that the mean of m of them is far from normal. Units that do not differ at all give an interval without
    width, which claims too much.
    """
    mean, variance = _mean_and_variance(sums, sizes)
    if len(sums) < FEWEST_UNITS:
        return MeanEstimate(mean, np.nan, np.nan)
    half = _quantile(confidence, len(sums) - 1) * float(np.sqrt(variance))
    return MeanEstimate(mean, mean - half, mean + half)


def estimate_rate(sums: np.ndarray, sizes: np.ndarray, *, confidence: float) -> MeanEstimate:
    """Mean number of occurrences per article, with a score interval that is never empty and never below 0.

    The interval holds every rate r for which the mean found lies within t standard errors of it, the standard error
    at r being √(φ·r/N): the Poisson one, widened by the dispersion φ, which is the linearised variance of
    `estimate_mean` over the Poisson one and at least 1 (P. McCullagh & J. A. Nelder, Generalized Linear Models, 2nd
    ed. 1989, ch. 6; for the score interval as in E. B. Wilson 1927). It is to a number of occurrences what
    `corpus_tools.compare.inference.wilson` on the effective number of hits is to a share. Without any occurrence it
    reaches from 0 to t²/N. Assumes that units are drawn independently.
    """
    mean, variance = _mean_and_variance(sums, sizes)
    if len(sums) < FEWEST_UNITS:
        return MeanEstimate(mean, np.nan, np.nan)
    articles = float(sizes.sum())
    dispersion = max(variance * articles / mean, 1.0) if mean > _TIE else 1.0
    middle = _quantile(confidence, len(sums) - 1) ** 2 * dispersion / (2 * articles)
    half = float(np.sqrt(middle**2 + 2 * middle * mean))
    return MeanEstimate(mean, max(mean + middle - half, 0.0), mean + middle + half)


def _mean_and_variance(sums: np.ndarray, sizes: np.ndarray) -> tuple[float, float]:
    units, total = len(sums), float(sizes.sum())
    mean = float(sums.sum() / total)
    influence = (sums - mean * sizes) / total
    return mean, float((influence**2).sum()) * units / max(units - 1, 1)


@cache
def _quantile(confidence: float, freedom: int) -> float:
    return float(stats.t.ppf(0.5 + confidence / 2, freedom))
