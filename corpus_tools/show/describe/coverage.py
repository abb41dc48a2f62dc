"""What each outlet tells of an event, in plain words: fact by fact, or, over many events, in numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import COVERAGE, require_columns
from corpus_tools.show.markup import in_sentence, missing, number, percent

COVERAGE_METHOD = (
    "Each fact of a list was looked for with word patterns in the articles of its event. A fact counts as found in an "
    "article when a pattern stands in it at least once; where and in whose voice is read from the first such place. A "
    "share is the number of articles in which the fact was found divided by the articles of the outlet on that event. "
    "Intervals are Wilson's (1927) with a t quantile and take the articles as drawn independently; an outlet with "
    "fewer than five articles on the event carries none. Patterns find words and do not understand them: a fact "
    "that was not found may have been told in other words."
)
COVERAGE_LIMIT = (
    "Patterns find words, they do not understand: “not found” is not “not told”, and what an article leaves out says "
    "nothing about why."
)
_PLACES = {"headline": "in the headline", "lead": "in the lead", "body": "in the body"}
_VOICES = {"narrator": "in its own words", "reported": "in reported speech", "quoted": "in quotation marks"}
_FEW = 5
# More outlets than this are counted, not listed.
_LISTED = 3
_Row = Mapping[Hashable, Any]


def coverage_findings(table: pd.DataFrame) -> list[str]:
    """Which facts does each outlet tell, and of which was nothing found in how many articles?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``coverage`` returned, or some of its rows.

    Returns
    -------
    list of str
        Of one event, a sentence for every fact: who tells it, where and in whose voice (where more than three
        do, only how many of them); where it was not found, and in how many articles; then who has no article on
        the event. Of several events, a sentence for every outlet: how many of the facts of the events that it
        covers were found, and how many were not, and in how few articles; then how many facts were found in no
        outlet.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["a fire", "Two were hurt", "", "A", "told", 1, 1, 1.0, None, None, "lead", "quoted", 0, 1, 0, 0, 0, 1]
    >>> coverage_findings(pd.DataFrame([[*row, ""]], columns=list(COVERAGE)))[0]
    '“Two were hurt”: found in A (in the lead, in quotation marks; 1 of 1 article).'
    """
    require_columns(table, "coverage", COVERAGE)
    events = table["event"].astype("str").where(table["event"].notna(), "")
    if len(events.unique()) > 1:
        return _by_outlet(table.assign(event=events))
    findings = [_fact(fact, own) for fact, own in table.groupby("fact", sort=False, dropna=False)]
    silent = list(dict.fromkeys(table.loc[table["searched"] == 0, "outlet"]))
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        findings.append(f"{_listed([in_sentence(outlet) for outlet in silent])} {verb} no article on this event.")
    return findings


def _fact(fact: object, own: pd.DataFrame) -> str:
    rows = own.to_dict("records")
    told = [row for row in rows if row["articles"] > 0]
    absent = [_absence(row) for row in rows if row["searched"] > 0 and not row["articles"]]
    parts = (
        [f"found in {_together(told) if len(told) > _LISTED else _listed(list(map(_telling, told)))}"] if told else []
    )
    parts += [f"not found in {_listed(absent)}"] if absent else []
    claimed = in_sentence(rows[0]["claimed_by"])
    whose = f" (claimed by: {claimed})" if claimed else ""
    # Marks inside the marks would close them.
    named = in_sentence(fact).replace("“", "‘").replace("”", "’")
    return f"“{named}”{whose}: {'; '.join(parts) or 'no article was searched for it'}."


def _together(rows: list[dict[Hashable, Any]]) -> str:
    """Many outlets in one clause: how many, in whose voice, how prominently."""
    counts = [
        f"{words} {sum(row[column] == name for row in rows)}"
        for column, known in (("voice", _VOICES), ("section", _PLACES))
        for name, words in known.items()
        if any(row[column] == name for row in rows)
    ]
    return f"{len(rows)} outlets ({', '.join(counts)})"


def _telling(row: _Row) -> str:
    where = ", ".join(filter(None, (_PLACES.get(row["section"]), _VOICES.get(row["voice"]))))
    counted = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    return f"{in_sentence(row['outlet'])} ({where}; {counted}{_interval(row)})"


def _interval(row: _Row) -> str:
    if missing(row["share_low"]) or missing(row["share_high"]):
        return ""
    return f", {percent(row['share'])}, interval {percent(row['share_low'])} to {percent(row['share_high'])}"


def _absence(row: _Row) -> str:
    articles = f"the {number(row['searched'], 'article')} of {in_sentence(row['outlet'])}"
    high = row["share_high"]
    return articles if missing(high) else f"{articles} (interval 0 % to {percent(high)} of such articles)"


def _by_outlet(table: pd.DataFrame) -> list[str]:
    events = table["event"].nunique()
    findings = []
    for outlet, own in table.groupby("outlet", sort=True, dropna=False):
        covered = own[own["searched"] > 0]
        name = in_sentence(outlet) or "An unknown outlet"
        if covered.empty:
            findings.append(f"{name} has no article on any of the {events} events.")
            continue
        found, places = int((covered["articles"] > 0).sum()), covered["event"].nunique()
        few = int(((covered["articles"] == 0) & (covered["searched"] < _FEW)).sum())
        absent = len(covered) - found
        findings.append(
            f"Of {number(len(covered), 'fact')} looked for in the articles of {name}, {_were(found)} found and "
            f"{_were(absent)} not{_in_few(absent, few)}; it has articles on {places:,} of {events:,} events."
        )
    return findings + _nowhere(table)


def _in_few(absent: int, few: int) -> str:
    if not few:
        return ""
    part = "" if few == absent == 1 else "all " if few == absent else f"{few:,} of these "
    return f" ({part}in fewer than {_FEW} articles)"


def _were(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'}"


def _nowhere(table: pd.DataFrame) -> list[str]:
    """Facts that no outlet tells, of those that were looked for at all."""
    facts = table.groupby(["event", "fact"], sort=False, dropna=False)[["articles", "searched"]].sum()
    looked_for = facts[facts["searched"] > 0]
    nowhere = int((looked_for["articles"] == 0).sum())
    if not nowhere:
        return []
    return [f"{nowhere:,} of {number(len(looked_for), 'fact')} {'was' if nowhere == 1 else 'were'} found in no outlet."]


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
