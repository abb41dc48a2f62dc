"""Which words does an outlet use more often than others, article by article, and could that be chance?"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from corpus_tools.compare.evidence import check_options, check_outlets, require_added
from corpus_tools.compare.inference import (
    Rates,
    adjusted,
    by_unit,
    log_ratio_inside_events,
    log_ratio_intervals,
    pair_products,
    permutation_p_terms,
    raised_for_length,
    rates_over_units,
)
from corpus_tools.compare.parts import Corpus, Sides, both_sides, corpus
from corpus_tools.compare.scores import log_odds, log_ratio, signed_g2, zero_notes
from corpus_tools.compare.spread import spread
from corpus_tools.schema import (
    ALL_OTHERS,
    COMPARISON,
    CorpusError,
    CorpusWarning,
    require_choice,
    require_columns,
    require_whole,
)

# What is put for an occurrence that was not met, as in keyness.
_ZERO = 0.5
_WITHIN = (None, "event")
_SHARED = 1.0


class _Options(NamedTuple):
    unit: str
    within: str | None
    min_articles: int
    confidence: float
    resamples: int
    random_state: int


class _Case(NamedTuple):
    """One target with its two sides, and the terms that enter."""

    target: str
    sides: Sides
    terms: np.ndarray


def compare_articles(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    target: str | Iterable[str] | None = None,
    reference: str | None = None,
    *,
    unit: str = "article_id",
    within: str | None = None,
    min_articles: int = 5,
    confidence: float = 0.95,
    resamples: int = 2000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Which words does an outlet use more often than others, which does it share with them, and could that be chance?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered: to one voice, or without the sentences that recur
        (``tokens[~tokens["recurring"]]``), whose words set any outlet apart.
    articles : pandas.DataFrame
        The articles that were tokenized, also those of which no token is left.
    target : str or list of str, optional
        The outlet that positive numbers speak for, or several; ``None`` means each of them in turn.
    reference : str, optional
        The outlet it is compared with; ``None`` means all others together.
    unit : {"article_id", "reuse_group", "event"}
        What counts as one piece of evidence, as for `framing_shares`. By "reuse_group" the copies of a text in one
        outlet are averaged.
    within : {None, "event"}
        "event": only events in which both have articles, and inside each of them only what differs there, so that
        outlets that cover different days do not differ for that. All columns are then about the articles of these
        events.
    min_articles : int
        Terms in fewer articles of the two sides together are neither tested nor returned. They still are words of
        the text in totals and prior.
    confidence : float
        Coverage of the interval of `log_ratio`, between 0 and 1.
    resamples : int
        Number of arrangements of the outlets for the test; rare results are tried on more.
    random_state : int
        Seed of the arrangements.

    Returns
    -------
    pandas.DataFrame
        One row per target and term. Sorted by target, then the terms most typical of it first: those with the highest
        `log_odds_z`, or without it `log_odds`.

        - `term`, `target`, `reference`: what is compared
        - `count_target`, `count_reference`: occurrences
        - `total_target`, `total_reference`: words
        - `per_million_target`, `per_million_reference`: occurrences per million words; `count_target` over
          `total_target` only where no copies are averaged (see ``unit``)
        - `articles_target`, `articles_reference`: articles with the term
        - `searched_target`, `searched_reference`: articles searched
        - `log_ratio`: binary logarithm of the ratio of rates; 1 = twice as frequent in the target, -1 = half. Inside
          events it is the ratio of Mantel and Haenszel
        - `log_ratio_low`, `log_ratio_high`: interval over units. Where a side does not have the term, one end is
          infinite; missing where a side has fewer than five units
        - `log_odds`: difference of log-odds with informative Dirichlet prior; positive = target. The prior is the
          count of each term in all outlets among the tokens
        - `log_odds_z`: the same over its standard error over units; large = typical of the target and not of one
          article only. Missing where there is no interval for too few
        - `g2`: signed log-likelihood of the pooled words. It describes and is no test: words of one article hang
          together
        - `dp_target`, `dp_reference`: Gries's deviation of proportions of the term over the articles of the side: 0 =
          in each article by its length, near 1 = in few articles; missing where the side does not have the term
        - `p`: two-sided, from arrangements of the outlets over units; missing where there is no interval for too few
        - `p_adjusted`: corrected for all terms and targets of this result (Benjamini and Hochberg)
        - `p_smallest`: p of the most extreme arrangement; a term in few articles cannot have a small p at all
        - `shared`: whether the interval lies between half as often and twice as often, so that both use the term
          about alike. A term can be that and still differ
        - `note`: what was put for a zero, why something is missing, what was left out

    Raises
    ------
    CorpusError
        When a column is missing, an outlet does not exist, an option is not allowed, a token belongs to none of the
        articles, or no term is in as many articles as asked.

    Warns
    -----
    CorpusWarning
        When one of several targets that were named has no such term, so that there is no row of it.

    Notes
    -----
    Formulas, assumptions and sources: `corpus_tools.compare.inference.permutation_p_terms` and
    `corpus_tools.compare.inference.raised_for_length` (test), `corpus_tools.compare.inference.log_ratio_intervals`
    (interval), `corpus_tools.compare.scores` (log ratio, G², log-odds), `dispersion` (DP). The variance of the log-odds
    is the jackknife's Σ(y - rw)² over units, times the square of 1/(a+α) + 1/(c+α₀-a-α), summed over both sides, in
    place of Monroe, Colaresi and Quinn's, which counts every word as a draw.

    For N units at most 5·10⁷/N arrangements are drawn (or ``resamples``, if that is more). So with thousands of
    articles a single word among ten thousand cannot have a `p_adjusted` below .05; it can where many words differ.

    Where the articles of one outlet are several times as long as those of the other, rare words can still pass for
    different: one outlet split at random, one side cut to a fifth, gave a finding in 6 of 25 splits.

    What is compared is wording as it was printed. Outlets differ also in what they write about: read the lines, and
    compare inside events where there are any.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> ct.compare_articles(tokens, articles, resamples=99).columns[:3].tolist()
    ['term', 'target', 'reference']
    """
    options = _Options(unit, within, min_articles, confidence, resamples, random_state)
    _check(tokens, articles, options)
    articles = articles.assign(outlet=articles["outlet"].astype("str"))
    targets = _targets(articles, target, reference)
    whole = corpus(tokens, articles)
    cases = [_case(whole, name, reference, options) for name in targets]
    tests = sum(len(case.terms) for case in cases)
    _tell_empty(cases, min_articles, named=target is not None)
    rows = pd.concat([_rows(whole, case, reference, options, tests) for case in cases if len(case.terms)])
    rows = rows.assign(p_adjusted=adjusted(rows["p"].to_numpy()), reference=reference or ALL_OTHERS)
    place = pd.Series(range(len(targets)), index=targets)
    typical = [-rows[score].round(9) for score in ("log_odds", "log_odds_z")]
    order = np.lexsort((rows["term"], *typical, place[rows["target"]]))
    return rows.iloc[order].reset_index(drop=True)[list(COMPARISON)]


def _check(tokens: pd.DataFrame, articles: pd.DataFrame, options: _Options) -> None:
    require_columns(tokens, "tokens", ("article_id", "term"))
    check_options(articles, options.unit, options.confidence)
    require_choice("within", options.within, _WITHIN)
    if options.within:
        require_added(articles, options.within, "within")
    require_whole("min_articles", options.min_articles, 1)
    require_whole("resamples", options.resamples, 1)
    require_whole("random_state", options.random_state, 0)


def _targets(articles: pd.DataFrame, target: str | Iterable[str] | None, reference: str | None) -> list[str]:
    """The targets in the order in which they are named; those of a set, which has none, by name."""
    if target is None:
        targets = [name for name in sorted(articles["outlet"].unique()) if name != reference]
    elif isinstance(target, str):
        targets = [str(target)]
    else:
        named = list(target) if isinstance(target, Iterable) else [target]
        if odd := [name for name in named if not isinstance(name, str)]:
            raise CorpusError(f"The option 'target' holds {odd[0]!r}; it names one outlet or several, as text.")
        in_order = sorted(named) if isinstance(target, (set, frozenset)) else named
        targets = list(dict.fromkeys(str(name) for name in in_order))
    if not targets:
        raise CorpusError("The option 'target' is an empty list; it names one outlet or several.")
    for name in targets:
        check_outlets(articles, name, reference)
    return targets


def _tell_empty(cases: list[_Case], min_articles: int, *, named: bool) -> None:
    """Say which of the targets that were named have no term to compare, and why; without any there is no result."""
    none = [case for case in cases if not len(case.terms)]
    rare = (
        f"no term is in {min_articles} or more articles of the outlets compared; lower 'min_articles' or add articles"
    )
    told = [rare if len(case.sides.target) and len(case.sides.reference) else case.sides.note for case in none]
    if len(none) == len(cases):
        raise CorpusError(f"Nothing can be compared: {told[0]}.")
    for case, why in zip(none, told, strict=True) if named else ():
        warnings.warn(f"Nothing is compared for {case.target!r}: {why}.", CorpusWarning, stacklevel=3)


def _case(whole: Corpus, target: str, reference: str | None, options: _Options) -> _Case:
    sides = both_sides(whole, target, reference, options.unit, options.within)
    of_both = whole.counts[np.sort(np.r_[sides.target, sides.reference])]
    in_articles = np.bincount(of_both.indices, minlength=len(whole.terms))
    return _Case(target, sides, np.flatnonzero(in_articles >= options.min_articles))


def _rows(whole: Corpus, case: _Case, reference: str | None, options: _Options, tests: int) -> pd.DataFrame:
    sides, parts = case.sides, case.sides.parts
    counts = sparse.csc_array(sides.counts[:, case.terms])
    described = [_described(whole, rows, case.terms) for rows in (sides.target, sides.reference)]
    rates = [rates_over_units(*by_unit(counts, parts, target=side)[:2]) for side in (True, False)]
    products = pair_products(counts, parts)
    frame = pd.DataFrame({"term": [whole.terms[place] for place in case.terms], "target": case.target})
    for name, own, side in zip(("target", "reference"), described, rates, strict=True):
        frame[f"count_{name}"], frame[f"articles_{name}"], frame[f"dp_{name}"] = own.occurrences, own.articles, own.dp
        frame[f"total_{name}"] = int(own.total)
        frame[f"per_million_{name}"] = side.occurrences / side.words * 1e6
    frame["searched_target"], frame["searched_reference"] = _searched(whole, case, reference, options)
    here, there = described
    frame["g2"] = signed_g2(here.occurrences, there.occurrences, here.total, there.total)
    frame["log_odds"], z = _log_odds(whole, case, rates, products)
    frame["log_odds_z"] = z if not sides.note else np.nan
    frame["log_ratio"], frame["log_ratio_low"], frame["log_ratio_high"] = _log_ratio(
        counts, case, rates, products, options
    )
    frame["p"] = frame["p_smallest"] = np.nan
    if not sides.note:
        found = permutation_p_terms(
            counts, parts, resamples=options.resamples, random_state=options.random_state, tests=tests
        )
        frame["p"], frame["p_smallest"] = raised_for_length(found, parts, rates, products)
    frame["shared"] = (frame["log_ratio_low"] > -_SHARED) & (frame["log_ratio_high"] < _SHARED)
    absent = zero_notes(here.occurrences, there.occurrences, _ZERO)
    return frame.assign(note=["; ".join(filter(None, (note, sides.note, sides.left_out))) for note in absent])


class _Described(NamedTuple):
    """What one side has of each term, as printed: no copies averaged."""

    occurrences: np.ndarray
    articles: np.ndarray
    dp: np.ndarray
    total: float


def _described(whole: Corpus, rows: np.ndarray, terms: np.ndarray) -> _Described:
    own = sparse.csc_array(whole.counts[rows][:, terms])
    articles = np.diff(own.indptr)
    count = np.asarray(own.sum(axis=0)).ravel().astype(np.int64)
    dp = np.full(len(terms), np.nan)
    held = np.flatnonzero(articles)
    if len(held):
        dp[held] = spread(own[:, held], whole.words[rows].astype(np.int64)).dp
    return _Described(count, articles, dp, float(whole.words[rows].sum()))


def _searched(whole: Corpus, case: _Case, reference: str | None, options: _Options) -> tuple[int, int]:
    if options.within:
        return len(case.sides.target), len(case.sides.reference)
    outlet = whole.articles["outlet"].astype("str")
    in_reference = outlet != case.target if reference is None else outlet == reference
    return int((outlet == case.target).sum()), int(in_reference.sum())


def _log_odds(whole: Corpus, case: _Case, rates: list[Rates], products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The log-odds with the counts of all tokens as prior, and the same over the standard error over units."""
    prior = np.asarray(whole.counts.sum(axis=0)).ravel()
    alpha, alpha_sum = prior[case.terms], float(prior.sum())
    target, reference = rates
    delta = log_odds(target.occurrences, reference.occurrences, target.words, reference.words, (alpha, alpha_sum))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope, other_slope = (
            1 / (side.occurrences + alpha) + 1 / (side.words + alpha_sum - side.occurrences - alpha) for side in rates
        )
        variance = slope**2 * target.squares + other_slope**2 * reference.squares - 2 * slope * other_slope * products
        z = np.where(variance > 0, delta / np.sqrt(variance), np.nan)
    return delta, z


def _log_ratio(
    counts: sparse.csc_array, case: _Case, rates: list[Rates], products: np.ndarray, options: _Options
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    target, reference = rates
    if options.within:
        ratio, low, high = log_ratio_inside_events(counts, case.sides.parts, confidence=options.confidence)
    else:
        ratio = log_ratio(target.occurrences, reference.occurrences, target.words, reference.words, _ZERO)
        low, high = log_ratio_intervals(target, reference, confidence=options.confidence, products=products)
    if case.sides.note:
        low = high = np.full(len(ratio), np.nan)
    return ratio, low, high
