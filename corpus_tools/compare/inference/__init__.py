"""The one place for intervals and tests. The evidence is the unit (an article), never the word."""

from corpus_tools.compare.inference.intervals import (
    FEWEST_UNITS,
    MeanEstimate,
    ShareEstimate,
    difference_interval,
    estimate_mean,
    estimate_rate,
    estimate_share,
    mean_interval,
    paired_interval,
    wilson,
)
from corpus_tools.compare.inference.permutation import permutation_p, permutation_p_within

__all__ = [
    "FEWEST_UNITS",
    "MeanEstimate",
    "ShareEstimate",
    "difference_interval",
    "estimate_mean",
    "estimate_rate",
    "estimate_share",
    "mean_interval",
    "paired_interval",
    "permutation_p",
    "permutation_p_within",
    "wilson",
]
