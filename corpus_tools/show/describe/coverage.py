"""Which facts are found in which outlet, in plain words: fact by fact, or, over many events, in numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import COVERAGE, require_columns
from corpus_tools.show.describe.words import FEW_FOR_INTERVAL, listed, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

COVERAGE_METHOD = (
    "Each fact of a list was looked for with word patterns in the articles of its event. A fact counts as found in an "
    "article when a pattern stands in it at least once; where and in whose voice is read from the most prominent such "
    "place, headline before lead before body. "
    "Articles that were printed on a day before the fact, where both days are known, were not searched for it. A share "
    "is the number of articles in which the fact was found divided by the articles of the outlet that were searched. "
    "Intervals are Wilson's (1927) with a t quantile and take the articles, or the reuse groups where these were "
    "chosen as units, as drawn independently; where fewer than five were searched there is none. Each interval is for "
    "its own outlet and fact; outlets were not compared. Patterns find words and do not understand them: a fact "
    "that was not found may have been told in other words. "
    + to_state("the unit (articles)", "the confidence level (95 %)")
)
COVERAGE_LIMIT = (
    "Patterns find words, they do not understand: “not found” is not “not told”, and what an article leaves out says "
    "nothing about why."
)
_PLACES = {"headline": "in the headline", "lead": "in the lead", "body": "in the body"}
_VOICES = {"narrator": "in its own words", "reported": "in reported speech", "quoted": "in quotation marks"}
_VOICES_OF_SEVERAL = _VOICES | {"narrator": "in their own words"}
_FEW = 5
# More outlets than this are counted, not listed.
_LISTED = 3
_Row = Mapping[Hashable, Any]


def coverage_findings(table: pd.DataFrame) -> list[str]:
    """Which facts are found in which outlet, and of which was nothing found in how many articles?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``coverage`` returned, or some of its rows.

    Returns
    -------
    list of str
        Of one event, a sentence for every fact: in which outlets it was found, where and in whose voice (of more
        than three, only in how many of them); where it was not found, and in how many articles; whose articles are
        all older than it; then whether some of these are too few for an interval, and who has no article on the
        event. Of several events, a sentence for every outlet: how many of the facts looked for were found, and how
        many were not, and in how few articles; how many are later than all its articles; then how many facts were
        found in no outlet.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["a fire", "Two were hurt", "", "A", "told", 1, 1, 0, 1.0, None, None, "lead", "quoted", 0, 1, 0, 0, 0]
    >>> coverage_findings(pd.DataFrame([[*row, 1, ""]], columns=list(COVERAGE)))[0]
    '“Two were hurt”: found in A (in the lead, in quotation marks; 1 of 1 article).'
    """
    require_columns(table, "coverage", COVERAGE)
    events = table["event"].astype("str").where(table["event"].notna(), "")
    if len(events.unique()) > 1:
        return _by_outlet(table.assign(event=events))
    findings = [_fact(fact, own) for fact, own in table.groupby("fact", sort=False, dropna=False)]
    if (table["searched"].between(1, _FEW - 1)).any():
        findings.append(f"Where fewer than {_FEW} articles were searched, there are {FEW_FOR_INTERVAL}.")
    silent = list(dict.fromkeys(table.loc[table["searched"] + table["older"] == 0, "outlet"]))
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        findings.append(f"{listed([in_sentence(outlet) for outlet in silent])} {verb} no article on this event.")
    return findings


def _fact(fact: object, own: pd.DataFrame) -> str:
    rows = own.to_dict("records")
    told = [row for row in rows if row["articles"] > 0]
    absent = [_absence(row) for row in rows if row["searched"] > 0 and not row["articles"]]
    parts = (
        [f"found in {_together(told) if len(told) > _LISTED else listed(list(map(_telling, told)))}"] if told else []
    )
    parts += [f"not found in {listed(absent)}"] if absent else []
    early = [_articles(row, "older") for row in rows if row["older"] > 0 and not row["searched"]]
    many = f"all articles of {len(early)} outlets"
    parts += [f"too early in {many if len(early) > _LISTED else listed(early)}, printed before it"] if early else []
    claimed = in_sentence(rows[0]["claimed_by"])
    whose = f" (claimed by: {claimed})" if claimed else ""
    # Marks inside the marks would close them.
    named = in_sentence(fact).replace("“", "‘").replace("”", "’")
    return f"“{named}”{whose}: {'; '.join(parts) or 'no article was searched for it'}."


def _together(rows: list[dict[Hashable, Any]]) -> str:
    """Many outlets in one clause: how many, in whose voice, how prominently."""
    counts = []
    for column, one, several in (("voice", _VOICES, _VOICES_OF_SEVERAL), ("section", _PLACES, _PLACES)):
        for name in one:
            outlets = sum(row[column] == name for row in rows)
            counts += [f"{(one if outlets == 1 else several)[name]} in {outlets}"] if outlets else []
    return f"{len(rows)} outlets ({', '.join(counts)})"


def _telling(row: _Row) -> str:
    where = ", ".join(filter(None, (_PLACES.get(row["section"]), _VOICES.get(row["voice"]))))
    counted = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    return f"{in_sentence(row['outlet'])} ({where}; {counted}{_interval(row)}{_older(row, '; ')})"


def _interval(row: _Row) -> str:
    if missing(row["share_low"]) or missing(row["share_high"]):
        return ""
    return f", {percent(row['share'])}, interval {percent(row['share_low'])} to {percent(row['share_high'])}"


def _absence(row: _Row) -> str:
    high = row["share_high"]
    reach = "" if missing(high) else f"interval 0 % to {percent(high)} of such articles"
    more = reach + _older(row, "; " if reach else "")
    return _articles(row, "searched") + (f" ({more})" if more else "")


def _articles(row: _Row, column: str) -> str:
    return f"the {number(row[column], 'article')} of {in_sentence(row['outlet'])}"


def _older(row: _Row, mark: str) -> str:
    """An article that is older than the fact was not searched, and is no evidence."""
    return f"{mark}{row['older']:,.0f} older, not searched" if row["older"] > 0 else ""


def _by_outlet(table: pd.DataFrame) -> list[str]:
    events = table["event"].nunique()
    findings = []
    for outlet, own in table.groupby("outlet", sort=True, dropna=False):
        covered = own[own["searched"] > 0]
        name = in_sentence(outlet) or "An unknown outlet"
        places = own.loc[own["searched"] + own["older"] > 0, "event"].nunique()
        if not places:
            findings.append(f"{name} has no article on any of the {events} events.")
            continue
        found = int((covered["articles"] > 0).sum())
        few = int(((covered["articles"] == 0) & (covered["searched"] < _FEW)).sum())
        absent = len(covered) - found
        early = int(((own["searched"] == 0) & (own["older"] > 0)).sum())
        later = f"{_facts_later(early)} than all its articles on the event; " if early else ""
        findings.append(
            f"Of {number(len(covered), 'fact')} looked for in the articles of {name}, {_were(found)} found and "
            f"{_were(absent)} not{_in_few(absent, few)}; {later}it has articles on {places:,} of {events:,} events."
        )
    return findings + _nowhere(table)


def _facts_later(early: int) -> str:
    return f"{number(early, 'more fact')} {'is' if early == 1 else 'are'} later"


def _in_few(absent: int, few: int) -> str:
    if not few:
        return ""
    part = "" if few == absent == 1 else "all " if few == absent else f"{few:,} of these "
    return f" ({part}in fewer than {_FEW} articles)"


def _were(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'}"


def _nowhere(table: pd.DataFrame) -> list[str]:
    """Facts found in no outlet, of those that were looked for at all."""
    facts = table.groupby(["event", "fact"], sort=False, dropna=False)[["articles", "searched"]].sum()
    looked_for = facts[facts["searched"] > 0]
    nowhere = int((looked_for["articles"] == 0).sum())
    if not nowhere:
        return []
    return [f"{nowhere:,} of {number(len(looked_for), 'fact')} {'was' if nowhere == 1 else 'were'} found in no outlet."]
