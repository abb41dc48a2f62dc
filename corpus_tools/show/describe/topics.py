"""What the outlets write about, in plain words: each topic by its words, its share in each outlet, how steady it is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import TOPIC_OUTLETS, TOPIC_STABILITY, require_columns
from corpus_tools.show.describe.words import reason
from corpus_tools.show.markup import in_sentence, missing, number, percent

TOPICS_METHOD = (
    "Topics were found by non-negative matrix factorisation (Lee and Seung 1999; the number of topics (10) is an "
    "option) of tf-idf weighted words, those in few articles (fewer than 5) or in most (more than half) left out, and"
    " so were recurring sentences and words of the outlets' names. A topic is named by its own words with the "
    "greatest weight. The share of a topic in an outlet is the mean over its articles, with Wilson's interval (1927) "
    "on the effective number of units (articles, unless the option says otherwise); the confidence level (95 %) is an "
    "option. The topics "
    "were fitted again on four fifths of the units, several times; their stability is the mean overlap (Jaccard) of "
    "their ten first words with those of the most similar topic of a refit (Greene, O'Callaghan and Cunningham 2014)."
)
TOPICS_LIMIT = (
    "A topic is a group of words that stand in the same articles; a name that one outlet alone uses can make one, so "
    "a difference in shares can be one of wording."
)
_SHAKY = 0.5
_Row = Mapping[Hashable, Any]


def topic_findings(outlets: pd.DataFrame) -> list[str]:
    """How much of each outlet is about each topic, and how steady is the topic?

    Parameters
    ----------
    outlets : pandas.DataFrame
        The frame ``outlets`` that ``fit_topics`` returned, or some of its rows.

    Returns
    -------
    list of str
        One sentence per topic: its first words, its stability, and the share in each outlet with interval and articles.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = [1, "bridge · road", 0.62, "A", 0.36, 0.15, 0.56, 17, 18, ""]
    >>> topic_findings(pd.DataFrame([row], columns=list(TOPIC_OUTLETS)))
    ['Topic 1, "bridge · road" (stability 0.62): A 36 % (interval 15 % to 56 %; 17 of 18 articles).']
    """
    require_columns(outlets, "outlets", TOPIC_OUTLETS)
    findings = []
    for topic, own in outlets.groupby("topic", sort=False):
        rows = own.to_dict("records")
        shares = "; ".join(_outlet(row) for row in rows)
        findings.append(f'Topic {topic}, "{in_sentence(rows[0]["name"])}" ({steadiness(rows[0])}): {shares}.')
    return findings


def stability_findings(stability: pd.DataFrame) -> list[str]:
    """Which topics would be found again?

    Parameters
    ----------
    stability : pandas.DataFrame
        The frame ``stability`` that ``fit_topics`` returned, or some of its rows.

    Returns
    -------
    list of str
        One sentence per topic: its first words, its stability with the least of the refits, and the articles of which
        it is the largest topic.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = [1, "bridge · road", 0.31, 0.2, 10, 34, "shaky"]
    >>> stability_findings(pd.DataFrame([row], columns=list(TOPIC_STABILITY)))
    ['Topic 1, "bridge · road": stability 0.31, shaky (least of 10 refits 0.20); the largest topic of 34 articles.']
    """
    require_columns(stability, "stability", TOPIC_STABILITY)
    return [
        f'Topic {row["topic"]}, "{in_sentence(row["name"])}": {steadiness(row)} (least of {row["refits"]} refits '
        f"{row['stability_low']:.2f}); the largest topic of {number(row['articles'], 'article')}."
        for row in stability.to_dict("records")
    ]


def steadiness(row: _Row) -> str:
    """How well a topic recurs, and whether that is little.

    Examples
    --------
    >>> steadiness({"stability": 0.31}), steadiness({"stability": 0.7})
    ('stability 0.31, shaky', 'stability 0.70')
    """
    if missing(row["stability"]):
        return "stability not known"
    return f"stability {row['stability']:.2f}{', shaky' if row['stability'] < _SHAKY else ''}"


def why_without_interval(row: _Row) -> str:
    """The note without what it says of the topic."""
    parts = [part for part in str(reason(row, "")).split("; ") if part and not part.startswith("shaky")]
    return "; ".join(parts) or "no interval"


def _outlet(row: _Row) -> str:
    name = in_sentence(row["outlet"])
    articles = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    if missing(row["mean_share"]):
        return f"{name} no share ({why_without_interval(row)}; {articles})"
    if missing(row["mean_share_low"]) or missing(row["mean_share_high"]):
        return f"{name} {percent(row['mean_share'])} ({why_without_interval(row)}; {articles})"
    ends = f"{percent(row['mean_share_low'])} to {percent(row['mean_share_high'])}"
    return f"{name} {percent(row['mean_share'])} (interval {ends}; {articles})"
