"""Shared copy and events in plain words: whose text stands in whose pages, who covers which event and who does not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import ALL_OTHERS, EVENT_GRID, SHARED_COPY, require_columns
from corpus_tools.show.describe.words import listed
from corpus_tools.show.markup import in_sentence, missing, number, percent

EVENT_GRID_METHOD = (
    "The articles of each outlet on each event were counted, by the event that each article was given; the table does "
    "not tell how events were found. Articles without an event were left out. An outlet without an article on an event "
    "is shown as such; it may have covered it in articles that were not collected. These are counts of the collected "
    "articles, without an interval or a test."
)
SHARED_COPY_METHOD = (
    "Two articles share a passage where they have the same words in the same order; such passages were found by an "
    "exact comparison, the longest first (greedy string tiling, Wise 1993). A share is the number of words of an "
    "outlet that lie in a passage shared with an article of the other, divided by all words of the outlet; a word is "
    "counted once, however many articles share it. Voices are those in which the outlet prints the words. The shares "
    "describe these articles; there is no interval and no test. They do not tell who copied from whom: both may print "
    "the same agency, statement or document."
)
_MOST_NAMED = 5
_DIRECTION = "Who copied from whom is not known."
_LIMIT = "An outlet may have covered an event in articles that are not among these."
_Row = Mapping[Hashable, Any]


def event_grid_findings(grid: pd.DataFrame) -> list[str]:
    """Who covers which events, and who has nothing on them?

    Parameters
    ----------
    grid : pandas.DataFrame
        What ``event_grid`` returned, or some of its rows.

    Returns
    -------
    list of str
        A sentence on the number of events and how many of them all outlets cover, one for each outlet with the events
        on which it has no article (the first five by date), and the limit of such a finding.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> rows = [["a fire", "A", 2, pd.Timestamp(2023, 9, 19), 16], ["a fire", "B", 0, pd.NaT, 9]]
    >>> event_grid_findings(pd.DataFrame(rows, columns=list(EVENT_GRID)))[2]
    'B has none on 1 of 1 event (9 articles in all): a fire.'
    """
    require_columns(grid, "event grid", EVENT_GRID)
    if grid.empty:
        return []
    outlets = grid["outlet"].nunique()
    covering = (grid["articles"] > 0).groupby([grid["event"]], sort=False).sum()
    by_all = int((covering == outlets).sum())
    every = f"{number(len(covering), 'event')} and {number(outlets, 'outlet')}"
    findings = [f"{every}; {by_all:,} of the events {'is' if by_all == 1 else 'are'} covered by all of them."]
    if outlets == 1:
        findings = [f"{every}."]
    findings += [_outlet(outlet, own) for outlet, own in grid.groupby("outlet", sort=True, dropna=False)]
    return [*findings, _LIMIT] if (grid["articles"] == 0).any() else findings


def _outlet(outlet: object, own: pd.DataFrame) -> str:
    name = in_sentence(outlet) or "An unknown outlet"
    lacking = own.loc[own["articles"] == 0, "event"]
    covered, events = len(own) - len(lacking), number(len(own), "event")
    in_all = f"({number(own['searched'].max(), 'article')} in all)"
    if not covered:
        return f"{name} has none on {len(lacking)} of {events} {in_all}: {_named(lacking)}."
    held = f"{name} has {number(own['articles'].sum(), 'article')} on {covered:,} of {events} {in_all}"
    return f"{held}; none on {_named(lacking)}." if len(lacking) else f"{held}."


def _named(events: pd.Series) -> str:
    names = [in_sentence(event) or "an event without a name" for event in events.head(_MOST_NAMED)]
    more = len(events) - len(names)
    return listed([*names, f"{more:,} more"] if more else names)


def shared_copy_findings(shared: pd.DataFrame) -> list[str]:
    """How much of each outlet's text also stands in other outlets, in whose voice, and in which outlet most?

    Parameters
    ----------
    shared : pandas.DataFrame
        What ``shared_copy`` returned, or some of its rows.

    Returns
    -------
    list of str
        For each outlet a sentence on what it shares with any other outlet, by voice, and with which most; where the
        frame has no such row, one for each pair. Then, that the direction is not known.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["A", "B", 900, 90, 30, 0, 60, 0.1, 2, 9, ""]
    >>> shared_copy_findings(pd.DataFrame([row], columns=list(SHARED_COPY)))[0]
    'Of the 900 words of A, 10 % also stand in B: 30 in its own words, 60 in quotation marks (2 of 9 articles).'
    """
    require_columns(shared, "shared copy", SHARED_COPY)
    findings = []
    for outlet, own in shared.groupby("outlet", sort=True, dropna=False):
        ordered = own.sort_values("share", ascending=False, kind="stable", na_position="last").to_dict("records")
        pairs = [row for row in ordered if row["other"] != ALL_OTHERS]
        summed = [row for row in ordered if row["other"] == ALL_OTHERS]
        most = pairs[0] if summed and pairs and not missing(pairs[0]["share"]) and pairs[0]["shared"] else None
        findings += [_pair(outlet, row, most if len(pairs) > 1 else None) for row in summed or pairs]
    return [*findings, _DIRECTION] if shared["shared"].any() else findings


def _pair(outlet: object, row: _Row, most: _Row | None) -> str:
    name = in_sentence(outlet) or "an unknown outlet"
    where = "other outlets" if row["other"] == ALL_OTHERS else in_sentence(row["other"]) or "an unknown outlet"
    note = "" if missing(row["note"]) else in_sentence(row["note"]).rstrip(".")
    if missing(row["share"]):
        return f"{name} and {where}: no share{f' ({note})' if note else ''}."
    whole = f"Of the {number(row['words'], 'word')} of {name},"
    articles = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    if not row["shared"]:
        return f"{whole} none also stand in {where} ({number(row['searched'], 'article')} searched)."
    voices = {"narrator": "in its own words", "reported": "in reported speech", "quoted": "in quotation marks"}
    by_voice = listed([f"{row[voice]:,.0f} {said}" for voice, said in voices.items() if row[voice]], last=", ")
    told = (
        f"{whole} {percent(row['share'])} also stand in {where}: {by_voice} ({articles}{f'; {note}' if note else ''})"
    )
    return f"{told}; most in {in_sentence(most['other'])} ({percent(most['share'])})." if most else f"{told}."
