"""The finding of ``compare_articles`` in plain words: what differs, what is alike, what stays open."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.show.describe.verdict import (
    MEANING,
    NOT_DISTINGUISHABLE,
    SUPPORTED,
    TOO_FEW,
    VERDICT_METHOD,
    verdict,
)
from corpus_tools.show.describe.words import listed, quoted_name, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

COMPARISON_METHOD = (
    "Of every word that stands in enough articles, the rate per million words in the target was compared with that in "
    "the reference. The evidence are units (articles, reuse groups or events), never single words. The log ratio is "
    "the binary logarithm of the ratio of the two rates (Hardie 2014), with half an occurrence where there is none; "
    "its interval combines those of the two rates, with their variance over units, by square-and-add (Donner and Zou "
    "2012), and is open to one side where a word is absent on the other. p is two-sided and comes from a permutation "
    "of the outlet labels over units with a studentised statistic (Janssen 1997), inside events where these were "
    "given; that of a rare word was raised where the outlets' articles differ in length, by as much as this alone can "
    "do; it was adjusted over all rows of the result (Benjamini and Hochberg 1995). The smallest p that the "
    "permutations can reach stands beside it. The log-odds ratio carries an informative Dirichlet prior, the counts of "
    "all outlets (Monroe, Colaresi and Quinn 2008), with the variance over units in place of theirs, which counts "
    "every word as a draw; the ratio over its standard error orders the words. The deviation of proportions (DP, Gries "
    "2008) is 0 where a word is spread over the articles of a side by their length and near 1 where it stands in few. "
    "The log-likelihood G² of the pooled words is a description: it takes every word for a witness of its own. Words "
    "are called alike where the whole interval lies between half and twice as often. "
    f"{VERDICT_METHOD} "
    + to_state(
        "the fewest articles of a word (5)",
        "the unit (articles)",
        "whether it was compared inside events (no)",
        "the confidence level (95 %)",
        "the number of permutations (2,000; more for rare results)",
        "their seed (0)",
    )
)
_LEVEL = 0.05
_LEADS = 5
# Spread so unevenly, and so often in the articles that have it, that these few speak for the outlet.
_UNEVEN, _REPEATED = 0.7, 3
_Row = Mapping[Hashable, Any]


def verdicts(comparison: pd.DataFrame) -> pd.Series:
    """The verdict on each row of a comparison of articles.

    Examples
    --------
    >>> ends = {"log_ratio_low": [1.0, -1.0, None], "log_ratio_high": [2.0, 1.0, None], "p_adjusted": [0.01, 0.01, 1]}
    >>> verdicts(pd.DataFrame({"log_ratio": [1.5, 0.0, 1.0], **ends})).tolist()
    ['supported', 'not distinguishable here', 'too few articles']
    """
    found = [verdict(row, "log_ratio") for row in comparison.to_dict("records")]
    return pd.Series(found, index=comparison.index, dtype="str")


def shown_ratio(comparison: pd.DataFrame) -> pd.Series:
    """The log ratio without what was put for a zero: infinite where a word is absent on one side.

    Examples
    --------
    >>> frame = pd.DataFrame({"log_ratio": [1.5, 3.2], "articles_target": [4, 6], "articles_reference": [2, 0]})
    >>> shown_ratio(frame).tolist()
    [1.5, inf]
    """
    absent = (comparison["articles_target"] == 0) ^ (comparison["articles_reference"] == 0)
    return comparison["log_ratio"].astype(float).where(~absent, np.sign(comparison["log_ratio"].astype(float)) * np.inf)


def common_notes(rows: pd.DataFrame) -> list[str]:
    """What the notes of all these rows say alike, to be told once; reasons and zeros belong to their row.

    Examples
    --------
    >>> common_notes(pd.DataFrame({"note": ["not in the target; 2 articles left out", "2 articles left out"]}))
    ['2 articles left out']
    """
    parts = [str(note).split("; ") for note in rows["note"].fillna("")]
    common = [part for part in parts[0] if part and all(part in own for own in parts)]
    return [part for part in common if not part.startswith(("no ", "not in the ", "in neither "))]


def by_evidence(comparison: pd.DataFrame) -> pd.DataFrame:
    """The rows with the greatest ``|log_odds_z|`` first, ties by the word; those without one last.

    Examples
    --------
    >>> by_evidence(pd.DataFrame({"term": ["a", "b", "c"], "log_odds_z": [1.0, None, -2.0]}))["term"].tolist()
    ['c', 'a', 'b']
    """
    strength = -comparison["log_odds_z"].astype(float).abs().fillna(-1.0)
    return comparison.iloc[np.lexsort((comparison["term"].astype("str"), strength))]


def most_frequent(comparison: pd.DataFrame) -> pd.DataFrame:
    """The rows with most occurrences on both sides first, ties by the word.

    Examples
    --------
    >>> frame = pd.DataFrame({"term": ["a", "b"], "count_target": [1, 2], "count_reference": [1, 4]})
    >>> most_frequent(frame)["term"].tolist()
    ['b', 'a']
    """
    both = -(comparison["count_target"] + comparison["count_reference"])
    return comparison.iloc[np.lexsort((comparison["term"].astype("str"), both))]


def comparison_findings(comparison: pd.DataFrame) -> list[str]:
    """What differs, what is alike and what stays open, for each target in turn."""
    findings: list[str] = []
    for _, rows in comparison.groupby(["target", "reference"], sort=False):
        findings += _of_target(by_evidence(rows.assign(_ratio=shown_ratio(rows))))
    few = int((comparison["p_smallest"].astype(float) >= _LEVEL).sum())
    if few:
        findings.append(
            f"A word in few articles cannot reach a small p: for {few:,} of {number(len(comparison), 'row')} even the "
            f"smallest that the permutations can reach is not below {_LEVEL:g}."
        )
    return [*findings, MEANING] if verdicts(comparison).eq(SUPPORTED).any() else findings


def _of_target(rows: pd.DataFrame) -> Iterator[str]:
    one = rows.iloc[0].to_dict()
    target, reference = in_sentence(one["target"]), in_sentence(one["reference"])
    found = verdicts(rows)
    more = rows[(found == SUPPORTED) & (rows["log_ratio"] > 0)]
    less = rows[(found == SUPPORTED) & (rows["log_ratio"] < 0)]
    compared = (
        f"{number(len(rows), 'word')} compared between {target} ({number(one['searched_target'], 'article')}) and "
        f"{reference} ({number(one['searched_reference'], 'article')})"
    )
    if (found == TOO_FEW).all():
        yield f"{compared}: {TOO_FEW}, {_no_interval(one)}."
        return
    if more.empty and less.empty:
        yield f"{compared}: no difference is supported."
        yield from _strongest_open(rows[found == NOT_DISTINGUISHABLE], target, reference)
    else:
        counted = [
            f"{len(part):,} more often in {name}" for part, name in ((more, target), (less, reference)) if len(part)
        ]
        yield f"{compared}. Supported differences: {listed(counted)}."
    for part, sides in ((more, ("target", "reference")), (less, ("reference", "target"))):
        if not part.empty:
            names = [in_sentence(one[side]) for side in sides]
            leads = "; ".join(_word(row, sides, names[1]) for row in part.head(_LEADS).to_dict("records"))
            yield f"More often in {names[0]} than in {names[1]}: {leads}."
            yield from _uneven(part.head(_LEADS), sides[0], names[0])
    yield from _not_supported(found)
    yield from _alike(rows, target)
    if told := common_notes(rows):
        yield f"Note for {target}: {in_sentence('; '.join(told))}."


def _no_interval(row: _Row) -> str:
    """Why there is no interval; what was put for a zero is no reason."""
    parts = [] if missing(row["note"]) else str(row["note"]).split("; ")
    return next((in_sentence(part) for part in parts if part.startswith("no ")), "no interval")


def _strongest_open(rows: pd.DataFrame, target: str, reference: str) -> Iterator[str]:
    if not rows.empty:
        leads = listed([f"{quoted_name(row['term'])} ({_articles(row)})" for row in rows.head(3).to_dict("records")])
        yield f"Strongest among those that stay open: {leads}; articles of {target} and of {reference}."


def _word(row: _Row, sides: tuple[str, str], other: str) -> str:
    sign = 1 if sides[0] == "target" else -1
    low, high = sorted(sign * row[end] for end in ("log_ratio_low", "log_ratio_high"))
    value = sign * row["_ratio"]
    ratio = f"{times(value)} times as often" if np.isfinite(value) else f"not once in {other}"
    if not np.isfinite(high):
        interval = f"interval from {times(low)} times as often upward"
    else:
        interval = f"interval {times(low)} to {times(high)}"
    return f"{quoted_name(row['term'])} {ratio} ({interval}; in {_articles(row, sides)} articles)"


def _articles(row: _Row, sides: tuple[str, str] = ("target", "reference")) -> str:
    return " against ".join(f"{row[f'articles_{side}']:,g} of {row[f'searched_{side}']:,g}" for side in sides)


def times(log_ratio: float) -> str:
    """A binary logarithm as "so many times", with two digits.

    Examples
    --------
    >>> times(2), times(0.5), times(-1.0), times(5.32), times(-8)
    ('4', '1.4', '0.5', '40', '0.0039')
    """
    value = 2.0**log_ratio
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.2g}"


def _uneven(rows: pd.DataFrame, side: str, name: str) -> Iterator[str]:
    """Words of which few articles of their own side hold many: the number of articles alone hides it."""
    told = []
    for row in rows.to_dict("records"):
        count, articles, dp = (row[f"{what}_{side}"] for what in ("count", "articles", "dp"))
        if not missing(dp) and dp >= _UNEVEN and articles and count / articles >= _REPEATED:
            held = f"{number(count, 'time')} in {number(articles, 'article')}"
            half = ", half of them or more in one" if articles <= 2 else ""
            told.append(f"{quoted_name(row['term'])} {held}{half} (DP {dp:.2f})")
    if told:
        yield f"Unevenly spread over the articles of {name}: {'; '.join(told)}."


def _alike(rows: pd.DataFrame, target: str) -> Iterator[str]:
    alike = rows[rows["shared"].fillna(False).astype(bool)]
    if alike.empty:
        yield "No word is known to be used alike: no interval lies wholly between half and twice as often."
        return
    uses = rows["count_target"].sum()
    part = f", and {percent(alike['count_target'].sum() / uses)} of their occurrences in {target}" if uses else ""
    named = listed([quoted_name(term) for term in most_frequent(alike).head(_LEADS)["term"]])
    yield (
        f"Used about alike, the interval wholly between half and twice as often, are {len(alike):,} of all "
        f"{number(len(rows), 'word')}{part}; most frequent {named}."
    )


def _not_supported(found: pd.Series) -> Iterator[str]:
    told = [f"{count:,} {name}" for name in (NOT_DISTINGUISHABLE, TOO_FEW) if (count := int((found == name).sum()))]
    if told:
        which = "the others" if found.eq(SUPPORTED).any() else "all"
        yield f"Verdict on {which}: {', '.join(told)}."
