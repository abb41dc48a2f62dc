"""The one place for intervals and tests. The evidence is the unit (an article), never the word."""

from corpus_tools.compare.inference.intervals import (
    FEWEST_UNITS,
    MeanEstimate,
    ShareEstimate,
    difference_error,
    difference_interval,
    estimate_mean,
    estimate_share,
    paired_error,
    paired_interval,
    wilson,
)
from corpus_tools.compare.inference.lengths import raised_for_length
from corpus_tools.compare.inference.mantel_haenszel import log_ratio_inside_events
from corpus_tools.compare.inference.parts import Parts, by_unit, pair_products
from corpus_tools.compare.inference.permutation import permutation_p_within
from corpus_tools.compare.inference.rates import (
    Rates,
    estimate_rate,
    log_ratio_intervals,
    rate_intervals,
    rates_over_units,
)
from corpus_tools.compare.inference.terms import adjusted, permutation_p_terms

__all__ = [
    "FEWEST_UNITS",
    "MeanEstimate",
    "Parts",
    "Rates",
    "ShareEstimate",
    "adjusted",
    "by_unit",
    "difference_error",
    "difference_interval",
    "estimate_mean",
    "estimate_rate",
    "estimate_share",
    "log_ratio_inside_events",
    "log_ratio_intervals",
    "pair_products",
    "paired_error",
    "paired_interval",
    "permutation_p_terms",
    "permutation_p_within",
    "raised_for_length",
    "rate_intervals",
    "rates_over_units",
    "wilson",
]
