"""When a name comes up and how its share moves, in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.compare.timeline import SHARE
from corpus_tools.schema import TIMELINE, require_columns
from corpus_tools.show.describe.words import FEW_FOR_INTERVAL, UNITS, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

TIMELINE_METHOD = (
    "Articles were sorted into days, weeks from Monday, or months by their date; those without a date were counted "
    "apart. A share is the number of occurrences of a name divided by all occurrences of the names for the same "
    "referent in the period; a rate is the number of occurrences divided by the articles of the period. "
    f"{UNITS} Intervals of shares are Wilson's (1927) with the effective number of occurrences (design effect over "
    "units; Cochran 1977, Korn and Graubard 1998), those of rates score intervals with the dispersion over "
    "units (McCullagh and Nelder 1989), both with a t quantile. Periods with fewer than five carry none. A period "
    "without articles is missing; one with articles and without an occurrence is silent. Each interval is for its own "
    "period and group; neither periods nor groups were compared, and no trend is tested. "
    + to_state("the unit (articles)", "the confidence level (95 %)")
)
_DAY, _WEEK, _MONTH = "day", "week", "month"
_SHORTEST_MONTH = 28
_Row = Mapping[Hashable, Any]


def groupings_of_timeline(table: pd.DataFrame) -> list[str]:
    """The columns by which a timeline is grouped, in their order."""
    return [column for column in table.columns if column not in TIMELINE]


def period_length(periods: pd.Series) -> str:
    """How long the periods are: "day", "week" or "month", from their first days."""
    days = periods.dropna().drop_duplicates().sort_values()
    if len(days) < 2:
        return _MONTH if len(days) and (days.dt.day == 1).all() else _DAY
    least = days.diff().min().days
    return _MONTH if least >= _SHORTEST_MONTH and (days.dt.day == 1).all() else _WEEK if least % 7 == 0 else _DAY


def period_name(day: pd.Timestamp, length: str) -> str:
    """A period in words.

    Examples
    --------
    >>> period_name(pd.Timestamp(2023, 9, 1), "month"), period_name(pd.Timestamp(2023, 9, 4), "week")
    ('September 2023', 'the week of 4 September 2023')
    """
    if length == _MONTH:
        return f"{day:%B %Y}"
    return ("the week of " if length == _WEEK else "") + f"{day.day} {day:%B %Y}"


def timeline_findings(table: pd.DataFrame) -> list[str]:
    """When does each group speak of it, and where do its values begin, peak and end?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``timeline`` returned, or some of its rows.

    Returns
    -------
    list of str
        A sentence per slot and group: in how many periods it has articles, in how many of these no hit; then the
        highest and the lowest value of periods with an interval. A last one on articles without a date.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["A", "who", "police", pd.Timestamp(2023, 9, 1), "share", 9, 10, 0.9, 0.6, 0.98, 12, 16, "", True]
    >>> timeline_findings(pd.DataFrame([row], columns=["outlet", *TIMELINE]))
    ['A, “police”: articles in 1 of 1 month; 90 % in September 2023 (interval 60 % to 98 %; 16 articles).']
    """
    require_columns(table, "timeline", TIMELINE)
    by, length = groupings_of_timeline(table), period_length(table["period"])
    dated = table[table["period"].notna()]
    findings = [
        _group(own.to_dict("records"), by, length)
        for _, own in dated.groupby(["slot", *by], sort=False, dropna=False, observed=True)
    ]
    undated = table[table["period"].isna()]
    if len(undated):
        # The same articles are searched for every slot, and in every voice.
        columns = [column for column in ("outlet",) if column in by] or by
        articles = (
            undated.groupby(columns, dropna=False)["searched"].max().sum() if columns else undated["searched"].max()
        )
        verb = "has" if articles == 1 else "have"
        findings.append(f"{number(articles, 'article')} {verb} no date and {verb} been counted apart.")
    return findings


def _group(rows: list[_Row], by: list[str], length: str) -> str:
    first = rows[0]
    name = ", ".join("unknown" if missing(first[key]) else in_sentence(first[key]) for key in by)
    spoken = in_sentence(first["slot"] if missing(first["label"]) else first["label"])
    searched = [row for row in rows if row["searched"]]
    silent = sum(not row["slot_hits"] for row in searched)
    said = [f"articles in {len(searched)} of {number(len(rows), length)}"]
    if silent:
        said[0] += f", without a hit in {silent} of them"
    told = [row for row in searched if not missing(row["value_low"])]
    if told:
        # Of several lowest values the one with the narrowest interval says most.
        by_value = sorted(told, key=lambda row: (row["value"], row["value_high"]), reverse=True)
        chosen = by_value[:1] if len(told) == 1 else [by_value[0], by_value[-1]]
        tied = sum(row["value"] == by_value[-1]["value"] for row in told) > 1
        places = ("",) if len(told) == 1 else ("highest ", "among the lowest " if tied else "lowest ")
        said += [_value(row, length, place) for row, place in zip(chosen, places, strict=True)]
    else:
        hits = sum(row["hits"] for row in searched)
        said += [f"{number(hits, 'hit')} in all"] if hits else []
        said += [FEW_FOR_INTERVAL.replace("articles", f"articles in every {length}")]
    heading = ", ".join(filter(None, (name, f"“{spoken}”" if spoken else ""))) or "All hits"
    return f"{heading}: {'; '.join(said)}."


def _value(row: _Row, length: str, place: str) -> str:
    ends = " to ".join(written_value(row[end], row["measure"]) for end in ("value_low", "value_high"))
    value, articles = written_value(row["value"], row["measure"]), number(row["searched"], "article")
    rate = "" if row["measure"] == SHARE else f" {row['measure']}"
    return f"{place}{value}{rate} in {period_name(row['period'], length)} (interval {ends}; {articles})"


def written_value(value: float, measure: str) -> str:
    """A share in percent, a rate with one decimal, or two below one.

    Examples
    --------
    >>> written_value(0.5, "share"), written_value(0.25, "hits per article"), written_value(2.04, "hits per article")
    ('50 %', '0.25', '2.0')
    """
    if measure == SHARE:
        return percent(value)
    return f"{value:,.1f}" if value >= 1 or value == 0 else f"{value:.2f}"
