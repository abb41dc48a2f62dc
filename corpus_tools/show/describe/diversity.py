"""How rich the vocabulary is, in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import DIVERSITY, require_columns
from corpus_tools.show.describe.words import FEW_FOR_INTERVAL, to_state, too_few_in_words
from corpus_tools.show.markup import in_sentence, missing, number

DIVERSITY_METHOD = (
    "Lexical diversity was measured for each article and, where a group has several, averaged over them. Words were "
    "taken as printed, in one case, without lemmas. MATTR is the mean share of different "
    "words in all runs of a fixed number of words (Covington and McFall 2010). MTLD is the mean length of runs at the "
    "end of which that share has come down to .72, forward and backward (McCarthy and Jarvis 2010); what is left over "
    "counts in part. HD-D is the mean number of different words among 42 drawn from the article, over 42 (McCarthy "
    "and Jarvis 2007). TTR is the number of different words over the number of words. Articles too short for a measure "
    "were left out of its mean. Intervals are Student's (1908), over articles, cut at what a measure can be; fewer "
    "than five articles carry none. Each interval is for its own group; groups were not compared. "
    + to_state("the number of words in a run of MATTR (50)", "the confidence level (95 %)")
)
DIVERSITY_LIMIT = "TTR falls with the length of an article, so it compares articles of one length only."
# More groups than these, as when each article is one, are told by their extremes.
_MOST_NAMED = 12
_Row = Mapping[Hashable, Any]


def diversity_findings(table: pd.DataFrame) -> list[str]:
    """How rich is the vocabulary of each group, and on how many articles does that rest?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``lexical_diversity`` returned, or some of its rows.

    Returns
    -------
    list of str
        One sentence per measure: each group with its value, interval and articles, highest first; of more than twelve
        groups the lowest, the highest and the median.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["A", "MATTR", 0.84, 0.83, 0.86, 17, 18, 5000, ""]
    >>> diversity_findings(pd.DataFrame([row], columns=["outlet", *DIVERSITY]))
    ['MATTR: A 0.840 (interval 0.830 to 0.860; 17 of 18 articles).']
    """
    require_columns(table, "lexical diversity", DIVERSITY)
    keys = [column for column in table.columns if column not in DIVERSITY]
    findings = []
    for measure, own in table.groupby("measure", sort=False):
        ordered = own.sort_values("value", ascending=False, kind="stable", na_position="last")
        known = ordered[ordered["value"].notna()].to_dict("records")
        if len(ordered) <= _MOST_NAMED or not known:
            told = "; ".join(_group(row, keys) for row in ordered.head(_MOST_NAMED).to_dict("records"))
        else:
            ends = [f"{written(row['value'])} ({_name(row, keys)})" for row in (known[-1], known[0])]
            median, have = written(ordered["value"].median()), "has" if len(known) == 1 else "have"
            told = f"{len(known):,} of {len(own):,} groups {have} a value, from {ends[0]} to {ends[1]}; median {median}"
        findings.append(f"{in_sentence(measure)}: {told}.")
    return findings


def written(value: float) -> str:
    """A length in words with one decimal, a share with three."""
    return f"{value:,.1f}" if value >= 2 else f"{value:.3f}"


def _name(row: _Row, keys: list[str]) -> str:
    return ", ".join(in_sentence(row[key]) or "unknown" for key in keys)


def _group(row: _Row, keys: list[str]) -> str:
    note = "" if missing(row["note"]) else too_few_in_words(in_sentence(row["note"]).rstrip("."))
    if missing(row["value"]):
        return f"{_name(row, keys)} no value ({note or 'no article is long enough'})"
    parts = [f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"]
    if missing(row["value_low"]) or missing(row["value_high"]):
        parts.insert(0, note or FEW_FOR_INTERVAL)
    else:
        parts.insert(0, f"interval {written(row['value_low'])} to {written(row['value_high'])}")
    return f"{_name(row, keys)} {written(row['value'])} ({'; '.join(parts)})"
