"""Which words does one outlet use more than another? Scores that describe pooled counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_tools.compare.scores import log_odds, log_ratio, signed_g2, zero_notes
from corpus_tools.schema import ALL_OTHERS, COUNTS, KEYNESS, CorpusError, nearest, require_columns


def keyness(
    counts: pd.DataFrame,
    target: str,
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
    target : str
        The group that positive scores speak for.
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
        One row per term, the most typical of the target (highest `log_odds_z`) first.

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
    table, totals = _two_groups(counts, target, reference)
    alpha = _alpha(counts, table.index, prior)
    a, b = table["count_target"].to_numpy(float), table["count_reference"].to_numpy(float)
    c, d = totals
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = a / c, b / d
        scores = {
            "per_million_target": rates[0] * 1e6,
            "per_million_reference": rates[1] * 1e6,
            "log_ratio": log_ratio(a, b, c, d, zero_count),
            "percent_difference": (rates[0] - rates[1]) * 100 / rates[1],
            "g2": signed_g2(a, b, c, d),
        }
        delta = log_odds(a, b, c, d, alpha)
        z = delta / np.sqrt(1 / (a + alpha[0]) + 1 / (b + alpha[0]))
    frame = table.assign(
        **scores,
        log_odds=delta,
        log_odds_z=z,
        total_target=int(c),
        total_reference=int(d),
        target=target,
        reference=ALL_OTHERS if reference is None else reference,
        note=_notes(a, b, zero_count, delta),
    ).reset_index(names="term")
    frame = frame[(a + b) >= min_count]
    frame = frame.sort_values(["log_odds_z", "term"], ascending=[False, True], kind="stable", ignore_index=True)
    return frame[list(KEYNESS)]


def _two_groups(counts: pd.DataFrame, target: str, reference: str | None) -> tuple[pd.DataFrame, tuple[float, float]]:
    keys = [c for c in counts.columns if c not in COUNTS]
    if len(keys) != 1:
        raise CorpusError(
            f"The counts are grouped by {', '.join(map(repr, keys)) or 'nothing'}; keyness needs one grouping column."
        )
    group = counts[keys[0]].astype("str")
    names = sorted(group.unique())
    for name in (target, reference):
        if name is not None and name not in names:
            raise CorpusError(f"There is no {keys[0]} {name!r} among the counts; {nearest(name, names)}")
    if target == reference:
        raise CorpusError(f"Target and reference are both {target!r}; name two different ones.")
    if reference is None and len(names) < 2:
        raise CorpusError(f"There is one {keys[0]} only, {target!r}; a comparison needs two.")
    totals, parts = [], []
    for side, chosen in (("target", group == target), ("reference", group == reference)):
        if side == "reference" and reference is None:
            chosen = group != target
        own = counts[chosen]
        totals.append(float(own.groupby(group[chosen])["total"].first().sum()))
        sums = own.groupby("term")[["count", "articles"]].sum()
        parts.append(sums.rename(columns={"count": f"count_{side}", "articles": f"articles_{side}"}))
    table = parts[0].join(parts[1], how="outer").fillna(0).astype("int64")
    return table.sort_index(), (totals[0], totals[1])


def _alpha(counts: pd.DataFrame, terms: pd.Index, prior: float | pd.Series | None) -> tuple[np.ndarray, float]:
    """Prior count of each term, and their sum over the vocabulary."""
    if prior is None:
        prior = counts.groupby("term")["count"].sum()
    if isinstance(prior, pd.Series):
        own = prior.astype(float)
        return own.reindex(terms).fillna(0.0).to_numpy(), float(own.sum())
    return np.full(len(terms), float(prior)), float(prior) * counts["term"].nunique()


def _notes(a: np.ndarray, b: np.ndarray, zero: float | None, delta: np.ndarray) -> list[str]:
    without = "no log-odds: a count of 0 without a prior, or the term is the whole group"
    return [
        "; ".join(filter(None, (note, without if missing else "")))
        for note, missing in zip(zero_notes(a, b, zero), np.isnan(delta), strict=True)
    ]
