"""When does a name come up: one panel per outlet, all on one scale, time from left to right with gaps left open."""

from __future__ import annotations

from math import floor, log10

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.compare.timeline import SHARE
from corpus_tools.schema import TIMELINE, CorpusError, require_columns
from corpus_tools.show.charts.plan import INK
from corpus_tools.show.charts.shares import one_slot, the
from corpus_tools.show.charts.timeline_draw import Panel, Point, TimePlan, draw_timeline
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.timeline import groupings_of_timeline, period_length, written_value
from corpus_tools.show.describe.words import UNCHECKED, all_checked
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import assign_styles

_MOST_PANELS = 12


def plot_timeline(table: pd.DataFrame, *, slot: str | None = None, ax: Axes | None = None, footnote: str = "") -> Axes:
    """How does the share of a name, or how often a thing is named, move over time?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``timeline`` returned, or some of its rows.
    slot : str, optional
        Which slot to draw; needed only where the frame holds several.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the panels need. A figure with no other Axes grows to
        the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One panel per group, all on one scale: a dot for each period with a value, a line for its interval, the last
        value at the right end. Dots of neighbouring periods are joined; a period without articles leaves the line
        open, one with articles but no hit of the slot has a short dash at the foot. Below stand the articles of each
        period, or, where there is no room for numbers, a stroke for each period with articles. Values without
        an interval are grey. Of more than twelve groups those with most articles are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no dated rows, two for the same group and period or several labels, or
        it holds several slots and none was chosen.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["A", "who", "police", pd.Timestamp(2023, 9, 1), "share", 9, 10, 0.9, 0.6, 0.98, 12, 16, "", True]
    >>> ax = plot_timeline(pd.DataFrame([row], columns=["outlet", *TIMELINE]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('When do they write “police”?', None)
    """
    require_columns(table, "timeline", TIMELINE)
    chosen = one_slot(table, slot)
    by, dated = groupings_of_timeline(chosen), chosen[chosen["period"].notna()]
    if dated.empty:
        raise CorpusError("No row of the frame has a period, so nothing can be drawn over time.")
    if dated.duplicated([*by, "period"]).any():
        raise CorpusError("Two rows of the frame are about the same group and period; draw one result at a time.")
    groups, left_out = _with_room(dated, by)
    panels = tuple(_panel(name, own, dated, by) for name, own in groups)
    length, measure = period_length(dated["period"]), str(dated["measure"].iloc[0])
    top = 1.0 if measure == SHARE else _nice(max(_highest(panels), 0.1))
    notes = [
        *_key(panels, top),
        left_out,
        _undated(chosen, by),
        "" if all_checked(chosen) else f"Please note: {UNCHECKED}",
    ]
    label = dated["label"].iloc[0]
    plan = TimePlan(
        title=_question(dated["slot"].iloc[0], label),
        subtitle=_measure(dated["slot"].iloc[0], label, length),
        panels=panels,
        first=dated["period"].min(),
        last=dated["period"].max(),
        length=length,
        top=top,
        ticks=tuple((part * top, written_value(part * top, measure)) for part in (0, 0.5, 1)),
        footnotes=tuple(words(note, longest=400) for note in (*notes, *footnote.splitlines()) if note.strip()),
    )
    return draw_timeline(plan, ax)


def _with_room(dated: pd.DataFrame, by: list[str]) -> tuple[list[tuple[str, pd.DataFrame]], str]:
    """The groups that are drawn, in the order of their names, and the sentence about the others."""
    if not by:
        return [("", dated)], ""
    grouped = [own for _, own in dated.groupby(by, sort=False, dropna=False, observed=True)]
    said = ""
    if len(grouped) > _MOST_PANELS:
        most = sorted(range(len(grouped)), key=lambda place: -grouped[place]["searched"].sum())[:_MOST_PANELS]
        said = f"drawn are the {_MOST_PANELS} of {len(grouped)} groups with most articles; the table has all"
        grouped = [grouped[place] for place in sorted(most)]
    return [(_name(own.iloc[0], by), own) for own in grouped], said


def _name(row: pd.Series, by: list[str]) -> str:
    return " · ".join(MISSING if missing(row[key]) else words(row[key], longest=60) for key in by)


def _panel(name: str, own: pd.DataFrame, dated: pd.DataFrame, by: list[str]) -> Panel:
    style = assign_styles(dated["outlet"])[str(own["outlet"].iloc[0])] if "outlet" in by else INK
    points = tuple(
        Point(
            row["period"],
            row["value"],
            row["value_low"],
            row["value_high"],
            int(row["searched"]),
            "" if missing(row["value"]) else written_value(row["value"], row["measure"]),
        )
        for row in own.sort_values("period").to_dict("records")
    )
    return Panel(name, number(sum(point.searched for point in points), "article"), points, style)


def _highest(panels: tuple[Panel, ...]) -> float:
    """The highest value or end of an interval; a long end of one interval does not press all others down."""
    points = [point for panel in panels for point in panel.points if not missing(point.value)]
    most = max((point.value for point in points), default=0.0)
    return min(max((point.high for point in points if not missing(point.high)), default=most), 2.5 * most) or most


def _nice(highest: float) -> float:
    power = 10.0 ** floor(log10(highest))
    return float(next(power * one for one in (1, 2, 4, 6, 8, 10) if power * one >= highest - 1e-9))


def _key(panels: tuple[Panel, ...], top: float) -> list[str]:
    points = [point for panel in panels for point in panel.points if point.searched]
    known = [point for point in points if not missing(point.value)]
    return [
        "below each panel: articles of each period, or strokes where numbers have no room; without any a gap is left",
        "a dash at the foot: articles, but no hit of the slot" if len(known) < len(points) else "",
        "in grey: no interval, fewer than five units of evidence" if any(missing(one.low) for one in known) else "",
        "intervals that reach beyond the scale end at its top" if any(one.high > top for one in known) else "",
    ]


def _undated(chosen: pd.DataFrame, by: list[str]) -> str:
    undated = chosen[chosen["period"].isna()]
    columns = ["outlet"] if "outlet" in by else by
    articles = undated.groupby(columns, dropna=False)["searched"].max().sum() if columns else undated["searched"].sum()
    verb = "has" if articles == 1 else "have"
    return f"{number(articles, 'article')} {verb} no date and {verb} not been drawn" if articles else ""


def _question(slot: object, label: object) -> str:
    if not missing(label):
        return f"When do they write “{words(label, longest=80)}”?"
    return f"How often do they speak of {the(slot)}?" if words(slot) else "How often do they use these words?"


def _measure(slot: object, label: object, length: str) -> str:
    if missing(label):
        return f"Hits per article, by {length}; upright lines are intervals"
    among = f"all names for {the(slot)}" if words(slot) else "all hits"
    return f"Share of “{words(label, longest=80)}” among {among}, by {length}; upright lines are intervals"
