"""Which words does one outlet use more than another? Scores that describe pooled counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from corpus_tools.compare.scores import log_odds, log_ratio, signed_g2, zero_notes
from corpus_tools.schema import ALL_OTHERS, COUNTS, KEYNESS, CorpusError, nearest, require_columns


def keyness(
    counts: pd.DataFrame,
    target: str | Sequence[str] | None = None,
    reference: str | None = None,
    *,
    prior: float | pd.Series | None = None,
    zero_count: float | None = 0.5,
    min_count: int = 1,
) -> pd.DataFrame:
    """Which words are more frequent in one group than in another, and by how much?

    Parameters
    ----------
    counts : pandas.DataFrame
        As `count_terms` returns it, with one grouping column. For one voice, filter the tokens before they are counted.
    target : str or list of str, optional
        The group that positive scores speak for, or several; ``None`` means each of them in turn.
    reference : str, optional
        The group it is compared with; ``None`` means all others together.
    prior : float or Series, optional
        Prior counts of the log-odds: one number for every term, or a Series indexed by term. By default the counts
        of all groups together (D. Jurafsky, V. Chahuneau, B. Routledge & N. Smith 2014, First Monday 19(4)).
    zero_count : float, optional
        What stands for a count of 0 in `log_ratio` (A. Hardie 2014: 0.5); ``None`` leaves it infinite.
    min_count : int
        Terms with fewer occurrences in both groups together are left out of the result; they still count in
        totals and prior.

    Returns
    -------
    pandas.DataFrame
        One row per target and term, in the order of the targets, the most typical of each (highest `log_odds_z`) first.

        - `term`, `target`, `reference`: what is compared
        - `count_target`, `count_reference`: occurrences
        - `total_target`, `total_reference`: words of the group
        - `per_million_target`, `per_million_reference`: occurrences per million words
        - `articles_target`, `articles_reference`: articles with the term (all other groups: their sum, in which an
          article that is in several groups, as with voices, counts in each)
        - `log_ratio`: binary logarithm of the ratio of rates; 1 = twice as frequent in the target, -1 = half
        - `percent_difference`: of the rates, in percent of the reference's; infinite where that is 0
        - `g2`: signed log-likelihood over two cells; positive = more frequent in the target. A description of
          pooled words, not a test: words of one article are not independent
        - `log_odds`: difference of log-odds with informative Dirichlet prior; positive = target
        - `log_odds_z`: the same over its standard error
        - `note`: what was put for a zero, or why a score is missing

    Raises
    ------
    CorpusError
        When there is no such group, target and reference are the same, or the counts have several grouping columns.

    Notes
    -----
    With counts a, b of the term and totals c, d: G² = 2(a ln(a/E₁) + b ln(b/E₂)), E₁ = c(a+b)/(c+d) (P. Rayson &
    R. Garside 2000, Comparing corpora using frequency profiling, p. 3), with the sign of a/c - b/d. log ratio =
    log₂((a/c)/(b/d)) (A. Hardie 2014). Percent difference: C. Gabrielatos & A. Marchi 2011. Log-odds: equations 15 to
    22 of B. Monroe, M. Colaresi & K. Quinn 2008, Fightin' Words, Political Analysis 16, with the variance of two
    terms, 1/(a+α) + 1/(b+α).

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import keyness
    >>> counts = pd.DataFrame({"outlet": ["A", "B"], "term": "bus", "count": [4, 1], "articles": 1, "total": 100})
    >>> keyness(counts, "A", "B")["log_ratio"].tolist()
    [2.0]
    """
    require_columns(counts, "counts", COUNTS)
    groups = _grouped(counts)
    targets = _targets(groups, target, reference)
    alpha = _alpha(groups, prior)
    return pd.concat(
        [_scores(groups, name, reference, alpha, zero_count, min_count) for name in targets], ignore_index=True
    )[list(KEYNESS)]


class _Groups(NamedTuple):
    """Groups by terms, both in the order of their names: occurrences, articles, and the words of each group."""

    key: str
    names: list[str]
    terms: np.ndarray
    counts: sparse.csr_array
    articles: sparse.csr_array
    totals: np.ndarray


def _grouped(counts: pd.DataFrame) -> _Groups:
    keys = [c for c in counts.columns if c not in COUNTS]
    if len(keys) != 1:
        raise CorpusError(
            f"The counts are grouped by {', '.join(map(repr, keys)) or 'nothing'}; keyness needs one grouping column."
        )
    group, names = pd.factorize(counts[keys[0]].astype("str"), sort=True)
    term, terms = pd.factorize(counts["term"].astype("str"), sort=True)
    shape = (len(names), len(terms))
    occurrences, articles = (
        sparse.csr_array((counts[column].to_numpy(float), (group, term)), shape=shape)
        for column in ("count", "articles")
    )
    totals = counts["total"].groupby(group).first().to_numpy(float)
    return _Groups(
        keys[0], [str(name) for name in names], np.asarray(terms, dtype=object), occurrences, articles, totals
    )


def _targets(groups: _Groups, target: str | Sequence[str] | None, reference: str | None) -> list[str]:
    names = groups.names
    others = [name for name in names if name != reference]
    targets = others if target is None else [target] if isinstance(target, str) else list(dict.fromkeys(target))
    for name in (*targets, reference):
        if name is not None and name not in names:
            raise CorpusError(f"There is no {groups.key} {name!r} among the counts; {nearest(name, names)}")
    if reference in targets:
        raise CorpusError(f"Target and reference are both {reference!r}; name two different ones.")
    if not targets or (reference is None and len(names) < 2):
        only = f"{names[0]!r}" if names else "none"
        raise CorpusError(f"There is one {groups.key} only, {only}; a comparison needs two.")
    return targets


def _scores(
    groups: _Groups,
    target: str,
    reference: str | None,
    prior: tuple[np.ndarray, float],
    zero_count: float | None,
    min_count: int,
) -> pd.DataFrame:
    """One target against its reference, the terms that occur in one of them."""
    here = np.array([name == target for name in groups.names])
    there = ~here if reference is None else np.array([name == reference for name in groups.names])
    (a, b), (in_target, in_reference) = (
        [np.asarray(table[rows].sum(axis=0)) for rows in (here, there)] for table in (groups.counts, groups.articles)
    )
    kept = np.flatnonzero((a + b > 0) & (a + b >= min_count))
    a, b, alpha = a[kept], b[kept], (prior[0][kept], prior[1])
    c, d = float(groups.totals[here].sum()), float(groups.totals[there].sum())
    delta = log_odds(a, b, c, d, alpha)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = a / c, b / d
        frame = pd.DataFrame(
            {
                "term": groups.terms[kept].astype(str),
                "target": target,
                "reference": ALL_OTHERS if reference is None else reference,
                "count_target": a.astype(np.int64),
                "count_reference": b.astype(np.int64),
                "total_target": int(c),
                "total_reference": int(d),
                "per_million_target": rates[0] * 1e6,
                "per_million_reference": rates[1] * 1e6,
                "articles_target": in_target[kept].astype(np.int64),
                "articles_reference": in_reference[kept].astype(np.int64),
                "log_ratio": log_ratio(a, b, c, d, zero_count),
                "percent_difference": (rates[0] - rates[1]) * 100 / rates[1],
                "g2": signed_g2(a, b, c, d),
                "log_odds": delta,
                "log_odds_z": delta / np.sqrt(1 / (a + alpha[0]) + 1 / (b + alpha[0])),
                "note": _notes(a, b, zero_count, delta),
            }
        )
    # The terms are in order, and a stable sort keeps them so where scores are the same.
    order = np.argsort(-frame["log_odds_z"].to_numpy(), kind="stable")
    return frame.astype({"term": "str"}).iloc[order]


def _alpha(groups: _Groups, prior: float | pd.Series | None) -> tuple[np.ndarray, float]:
    """Prior count of each term, and their sum over the vocabulary."""
    if isinstance(prior, pd.Series):
        own = prior.astype(float)
        return own.reindex(groups.terms).fillna(0.0).to_numpy(), float(own.sum())
    if prior is None:
        of_all = np.asarray(groups.counts.sum(axis=0))
        return of_all, float(of_all.sum())
    return np.full(len(groups.terms), float(prior)), float(prior) * len(groups.terms)


def _notes(a: np.ndarray, b: np.ndarray, zero: float | None, delta: np.ndarray) -> list[str]:
    without = "no log-odds: a count of 0 without a prior, or the term is the whole group"
    return [
        "; ".join(filter(None, (note, without if missing else "")))
        for note, missing in zip(zero_notes(a, b, zero), np.isnan(delta), strict=True)
    ]
