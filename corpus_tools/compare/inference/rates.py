"""How often does a word occur on one side, how much more often than on the other, and how sure is that?

For one term or for thousands at once: the kernel takes a table of units by terms, sparse or full, and the number of
words (or articles) of each unit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from corpus_tools.compare.inference.intervals import FEWEST_UNITS, MeanEstimate, quantile

# What is put for an occurrence that was not met, as in keyness.
_ZERO = 0.5
_TIE = 1e-9
Values = npt.NDArray[np.float64]


class Rates(NamedTuple):
    """One side: its units and their words; of each term the occurrences, and how sure their rate is.

    ``squares`` over words² is the variance of the rate, ``freedom`` its degrees of freedom.
    """

    units: int
    words: float
    occurrences: Values
    squares: Values
    freedom: Values


def rates_over_units(counts: sparse.sparray | Values, words: Values) -> Rates:
    """What is needed of one side to say how sure its rates are.

    Parameters
    ----------
    counts : scipy.sparse array or numpy.ndarray, shape (units, terms)
        Occurrences of each term in each unit; fractions where copies are averaged.
    words : numpy.ndarray, shape (units,)
        Words of each unit, or its articles for a rate per article.

    Notes
    -----
    The variance of the rate r = Σyᵤ/Σwᵤ is the jackknife's over units, as in `spread_over_units`. Its degrees of
    freedom are estimated from the deviations d = (y - r·w)/(1 - w/W) themselves: f = 2 / (Σd⁴/(Σd²)² - 1/m) is m for
    normal ones (F. E. Satterthwaite 1946), and f²/(f+1) takes off about one. They are never more than those of
    `spread_over_units`: a word that a few articles use often is known from these few, however many were searched. Where
    the counts deviate by no more than chance gives, Σ(y - r·w)² ≤ Σy, as those of a word that occurs once, no clumping
    has to be estimated, and there are as many as in `spread_over_units`.
    """
    table = sparse.csc_array(counts, dtype=np.float64)
    table.sum_duplicates()
    units, terms = table.shape
    total = float(words.sum())
    weights = words / total
    occurrences = np.asarray(table.sum(axis=0), dtype=np.float64).ravel()
    with np.errstate(invalid="ignore"):
        rate = occurrences / total
    term = np.repeat(np.arange(terms), np.diff(table.indptr))
    expected = rate[term] * words[table.indices]

    def powers(k: int, gain: Values) -> Values:
        # Most units do not have a term: they enter as a whole, and those that have it as what they differ by.
        differ = ((table.data - expected) ** k - expected**k) * gain[table.indices] ** k
        return np.asarray(np.bincount(term, differ, terms) + rate**k * ((words * gain) ** k).sum())

    without = 1 / np.maximum(1 - weights, _TIE)
    squares = np.maximum(powers(2, without), 0.0)
    highest = (units - 1) / max(units * float((weights**2).sum()), _TIE)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = 2 / np.maximum(powers(4, without) / squares**2 - 1 / max(units, 1), _TIE)
    # A tie stays one where the sums are made in another order.
    clumped = powers(2, np.ones(units)) > occurrences * (1 + _TIE)
    freedom = np.where(clumped, np.minimum(freedom**2 / (freedom + 1), highest), highest)
    return Rates(units, total, occurrences, squares * (units - 1) / max(units, 1), freedom)


def rate_intervals(rates: Rates, *, confidence: float) -> tuple[Values, Values]:
    """Score interval of each rate, never empty and never below 0; missing below `FEWEST_UNITS` units.

    The interval holds every rate r for which the rate found lies within t standard errors of it, the standard error
    at r being √(φ·r/W): the Poisson one, widened by the dispersion φ, which is the variance over units over the Poisson
    one and at least 1 (P. McCullagh & J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, ch. 6; for the score
    interval as in E. B. Wilson 1927). It is to a number of occurrences what `wilson` on the effective number of hits
    is to a share. Without any occurrence it reaches from 0 to t²/W. Assumes that units are drawn independently.
    """
    if rates.units < FEWEST_UNITS:
        return np.full(len(rates.occurrences), np.nan), np.full(len(rates.occurrences), np.nan)
    rate = rates.occurrences / rates.words
    middle = quantile(confidence, rates.freedom) ** 2 * _dispersion(rates) / (2 * rates.words)
    half = np.sqrt(middle**2 + 2 * middle * rate)
    return np.maximum(rate + middle - half, 0.0), rate + middle + half


def estimate_rate(sums: Values, sizes: Values, *, confidence: float) -> MeanEstimate:
    """Mean number of occurrences per article over units, with the interval of `rate_intervals`."""
    rates = rates_over_units(sums[:, None], sizes)
    low, high = rate_intervals(rates, confidence=confidence)
    return MeanEstimate(float(rates.occurrences[0]) / rates.words, float(low[0]), float(high[0]))


def log_ratio_intervals(
    target: Rates, reference: Rates, *, confidence: float, products: Values | float = 0.0
) -> tuple[Values, Values]:
    """Interval of the binary logarithm of the ratio of two rates, for each term.

    Parameters
    ----------
    target, reference : Rates
        As `rates_over_units` returns them.
    confidence : float
        Coverage of the interval, between 0 and 1.
    products : numpy.ndarray, shape (terms,), optional
        Where units lie on both sides: Σ(y - r·w)(y' - r'·w') over them, those of the reference with a dash.

    Notes
    -----
    Square-and-add on the logarithm (A. Donner & G. Y. Zou 2012, Closed-form confidence intervals for functions of the
    normal mean and standard deviation, Statistical Methods in Medical Research 21, 347-359) of the two intervals of
    `rate_intervals`, which reach from the logarithm of a rate of a occurrences to arcosh(1 + t²φ/2a) on either side of
    it. The correlation is taken into account; a positive sum of products is lowered by half an occurrence, as
    in `difference_interval`.

    Where one side does not have the term, the interval is open: it says "at least so many times as often". Its end is
    that of .5 occurrences, which stand for 0 in the log ratio, against the highest rate t²φ/W, with φ and t from
    the side that has the term. Missing where neither has it, and below `FEWEST_UNITS` units on a side. Assumes that
    units are drawn independently.

    Measured (`benchmarks/coverage.py`, 4,000 draws a cell): in the cells named in `estimate_share`, for the rate of a
    label per word, the 95 % interval held the log ratio in .96 to 1.00 of the draws with 10 articles a side, .95 to
    1.00 with 30, .95 to .98 with 100. There it is 1.00 to 1.14 times as wide as the spread of the log ratios, and 1.16
    to 1.19 times with a share of .5 and 40 % of the articles without a hit, because it takes that number for chance
    and it was fixed.
    For words that 5 to 100 % of the articles can have, evenly or in clumps, it held in .93 to 1.00 with as many
    articles on both sides, 10 to 300.

    Limit: very uneven words with few articles on one side only. With 20 against 200, and a word that a few articles
    have very often, it held the log ratio in .91.
    """
    if min(target.units, reference.units) < FEWEST_UNITS:
        return np.full(len(target.occurrences), np.nan), np.full(len(target.occurrences), np.nan)
    have, other_have = target.occurrences > 0, reference.occurrences > 0
    below, above = _arms(target, reference, confidence)
    other_below, other_above = _arms(reference, target, confidence)
    shared = np.where(np.asarray(products) > 0, np.maximum(np.asarray(products) - 0.5, 0.0), products)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(have & other_have, shared / np.sqrt(target.squares * reference.squares), 0.0)
        r = np.clip(np.nan_to_num(r), -1.0, 1.0)
        low = np.where(have, np.sqrt(np.maximum(below**2 + other_above**2 - 2 * r * below * other_above, 0)), np.inf)
        high = np.where(
            other_have, np.sqrt(np.maximum(above**2 + other_below**2 - 2 * r * above * other_below, 0)), np.inf
        )
    put, other_put = (np.where(side.occurrences > 0, side.occurrences, _ZERO) for side in (target, reference))
    ratio = np.log(put / target.words) - np.log(other_put / reference.words)
    known = have | other_have
    return np.where(known, (ratio - low) / np.log(2), np.nan), np.where(known, (ratio + high) / np.log(2), np.nan)


def _arms(side: Rates, other: Rates, confidence: float) -> tuple[Values, Values]:
    """How far the interval of the logarithm of each rate reaches down and up, from .5 occurrences where there is none.

    Nothing is added for the lower end of a rate that may be 0: the interval of the ratio is open there.
    """
    have = side.occurrences > 0
    freedom = np.where(have, side.freedom, np.minimum(side.freedom, other.freedom))
    dispersion = np.where(have, _dispersion(side), _dispersion(other))
    most = quantile(confidence, freedom) ** 2 * dispersion
    arm = np.arccosh(1 + most / (2 * np.where(have, side.occurrences, 1.0)))
    return np.where(have, arm, 0.0), np.where(have, arm, np.log(most / _ZERO))


def _dispersion(rates: Rates) -> Values:
    """Variance of the rate over the Poisson one, and at least 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = rates.squares / rates.occurrences
    return np.where(rates.occurrences > 0, np.maximum(found, 1.0), 1.0)
