"""The finding of ``collocates`` in plain words."""

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
from corpus_tools.show.describe.words import UNITS, between, no_interval, points, quoted_name, reason, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

_COUNTED = (
    "Every occurrence of the node was found, and around each the words of its sentence within the window, without "
    "those of the node itself."
)
COLLOCATES_METHOD = (
    f"{_COUNTED} A word near several occurrences was counted once, for the nearest. Expected is how often it would "
    "stand in all these windows together if words stood anywhere. log-Dice (Rychlý 2008) is 14 plus the binary "
    "logarithm of Dice's coefficient, pmi the binary logarithm of observed over expected, t their difference over the "
    "root of the observed, G² the log-likelihood ratio over four cells (Dunning 1993; cells as in Evert 2008). Words "
    "that stand near the node less often than a chosen number of times were left out. " + to_state("that number (3)")
)
COLLOCATE_CONTRAST_METHOD = (
    f"{_COUNTED} A share is that of the occurrences of the node in an outlet that have the word in their window; a "
    f"difference is the share in the target minus the share in the reference. {UNITS} The interval of a difference "
    "combines the Wilson intervals of both shares, each with its effective number of occurrences from the design "
    "effect over units and a t quantile (Wilson 1927, Korn and Graubard 1998, Newcombe 1998, Zou and Donner 2008). p "
    "is two-sided and comes from a permutation of the outlet labels over units with a studentised statistic (Janssen "
    "1997); it was adjusted over all words of the result (Benjamini and Hochberg 1995). The smallest p that the "
    "permutations can reach stands beside it. Where fewer than five units of a side have the node, there is neither "
    "interval nor p. Words that stand near the node less often than a chosen number of times were left out and not "
    f"tested. {VERDICT_METHOD} "
    + to_state(
        "that number (3)",
        "the unit (articles)",
        "the confidence level (95 %)",
        "the number of permutations (2,000; more for rare results)",
        "their seed (0)",
    )
)
_LEVEL = 0.05
_LEADS = 5


def spaced(node: str) -> str:
    """A pattern with room between its alternatives, so that a line can break there and a long one is not cut.

    Examples
    --------
    >>> spaced("strike*|walkout")
    'strike* | walkout'
    """
    return " | ".join(str(node).split("|"))


def within_words(left: int, right: int) -> str:
    """Where was looked, as a phrase.

    Examples
    --------
    >>> within_words(5, 5), within_words(0, 1), within_words(2, 3)
    ('within 5 words on either side', 'within 1 word after it', 'within 2 words before and 3 words after it')
    """
    if left == right:
        return f"within {number(left, 'word')} on either side"
    if not left or not right:
        return f"within {number(left or right, 'word')} {'before' if left else 'after'} it"
    return f"within {number(left, 'word')} before and {number(right, 'word')} after it"


def strongest(contrast: pd.DataFrame, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The words that most surely stand near the node more often in the target, and those more often in the reference.

    Supported differences come first; then counts the end of the interval that is nearer to 0, because a great
    difference of few articles is no sure one.

    Examples
    --------
    >>> frame = pd.DataFrame({"term": ["a", "b"], "difference": [0.2, 0.3], "p_adjusted": [0.01, 0.2]})
    >>> more, less = strongest(frame.assign(difference_low=[0.1, 0.2], difference_high=[0.3, 0.7]), 1)
    >>> more["term"].tolist(), len(less)
    (['a'], 0)
    """
    known = contrast[contrast["difference"].notna()]
    parts = []
    for sign, end in ((1, "difference_low"), (-1, "difference_high")):
        part = known[sign * known["difference"] > 0]
        sure = (sign * part[end]).to_numpy(dtype=float)
        is_open = (verdicts(part) != SUPPORTED).to_numpy()
        order = np.lexsort((part["term"], -sign * part["difference"].to_numpy(dtype=float), -sure, is_open))
        parts.append(part.iloc[order].head(n))
    return parts[0], parts[1]


def verdicts(contrast: pd.DataFrame) -> pd.Series:
    """The verdict on each word.

    Examples
    --------
    >>> row = {"difference": 0.2, "difference_low": 0.1, "difference_high": 0.3, "p_adjusted": 0.01}
    >>> verdicts(pd.DataFrame([row, row | {"p_adjusted": 0.2}])).tolist()
    ['supported', 'not distinguishable here']
    """
    return pd.Series([verdict(row) for row in contrast.to_dict("records")], index=contrast.index, dtype="str")


def collocate_findings(collocates: pd.DataFrame) -> list[str]:
    findings = []
    for _, rows in collocates.groupby(["node", "window_left", "window_right"], sort=False):
        one = rows.iloc[0]
        leads = rows.sort_values("log_dice", ascending=False, kind="stable").head(_LEADS)
        words = "; ".join(_company(row) for row in leads.to_dict("records"))
        findings.append(
            f"{quoted_name(spaced(one['node']))} stands {number(one['nodes'], 'time')} in "
            f"{number(one['node_articles'], 'article')}. Most typical of its company, "
            f"{within_words(one['window_left'], one['window_right'])}: {words}."
        )
    return findings


def _company(row: Mapping[Hashable, Any]) -> str:
    expected = f"{row['expected']:.1f}" if row["expected"] >= 0.05 else "under 0.1"
    return (
        f"{quoted_name(row['term'])} {number(row['observed'], 'time')} where {expected} would be expected "
        f"({number(row['articles'], 'article')}; log-Dice {row['log_dice']:.1f})"
    )


def collocate_contrast_findings(contrast: pd.DataFrame) -> list[str]:
    findings = []
    for _, rows in contrast.groupby(["node", "target", "reference", "window_left", "window_right"], sort=False):
        findings += _between(rows)
    return findings


def _between(rows: pd.DataFrame) -> list[str]:
    one = rows.iloc[0].to_dict()
    node, target, reference = (
        quoted_name(spaced(one["node"])),
        in_sentence(one["target"]),
        in_sentence(one["reference"]),
    )
    looked = f"{node} stands {_side(one, 'target')} of {target} and {_side(one, 'reference')} of {reference}."
    if rows["difference"].isna().all():
        why = reason(one, "it does not occur on one side")
        return [f"{looked} {TOO_FEW.capitalize()}, there is nothing to compare: {why}."]
    if rows["difference_low"].isna().all():
        return [f"{looked} {TOO_FEW.capitalize()} to compare {target} with {reference} ({no_interval(one)})."]
    return [looked, *_judged(rows, node, target, reference)]


def _judged(rows: pd.DataFrame, node: str, target: str, reference: str) -> Iterator[str]:
    """Which differences are supported, and what is to be said of the others."""
    sure = rows[verdicts(rows) == SUPPORTED]
    looked_at = number(len(rows), "word")
    if sure.empty:
        apart = f"these articles do not tell {target} and {reference} apart in the company of {node}"
        yield f"{looked_at} looked at, and no difference is supported: {apart}. {NOT_DISTINGUISHABLE.capitalize()}."
    else:
        yield f"Difference {SUPPORTED} for {len(sure):,} of {looked_at} looked at."
    for part, more, less in zip(strongest(sure, _LEADS), (target, reference), (reference, target), strict=True):
        if not part.empty:
            words = "; ".join(_difference(row) for row in part.to_dict("records"))
            yield f"Near {node} more often in {more} than in {less}: {words}."
    if len(sure) and len(sure) < len(rows):
        yield f"The others: {NOT_DISTINGUISHABLE}."
    few = int((rows["p_smallest"].astype(float) >= _LEVEL).sum())
    if few:
        yield (
            f"For {few:,} of {looked_at} no permutation gives a p below {_LEVEL:g}: too few articles have them near "
            f"{node}, or nearly all."
        )
    if len(sure):
        yield MEANING


def _side(row: Mapping[Hashable, Any], side: str) -> str:
    return f"{number(row[f'nodes_{side}'], 'time')} in {number(row[f'articles_{side}'], 'article')}"


def _difference(row: Mapping[Hashable, Any]) -> str:
    shares = " against ".join(
        f"{row[f'near_{side}']:,.0f} of {number(row[f'nodes_{side}'], 'occurrence')} ({percent(row[f'share_{side}'])})"
        for side in ("target", "reference")
        if not missing(row[f"share_{side}"])
    )
    return f"{quoted_name(row['term'])} {shares}, {points(100 * row['difference'])} points ({between(row)})"
