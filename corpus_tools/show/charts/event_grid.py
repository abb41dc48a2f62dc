"""Who covers which event, and who has nothing on it: events by date, outlets side by side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import EVENT_GRID, CorpusError, require_columns
from corpus_tools.show.charts.grid import DASH, DOT, Cell, GridColumn, GridPlan, GridRow, GridSection
from corpus_tools.show.charts.grid_draw import draw_grid
from corpus_tools.show.charts.words import words
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import Style, assign_styles

MOST_EVENTS = 30
MOST_OUTLETS = 12
_NOTHING = "no article"
_LIMIT = "no article: these articles hold none on the event; the outlet may have covered it in others"
_Row = Mapping[Hashable, Any]


def plot_event_grid(grid: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Who covers which event, and who has nothing on it?

    Parameters
    ----------
    grid : pandas.DataFrame
        What ``event_grid`` returned, or some of its rows, such as those of the events of one month.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the rows need. A narrow one, as for a telephone,
        has the events above their marks, or a list; a figure with no other Axes grows to the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One row per event with the date of its first article, in the order of the dates; one column per outlet with
        the number of its articles in all. A dot in the outlet's colour and shape stands for its articles on the event,
        their number beside it, its area in proportion; a dash says that it has none. Of more than 30 events those
        that at least two outlets cover are drawn, of these the 30 that most outlets cover; of more than twelve outlets
        those with most articles. A footnote says how many are left out.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, or two for the same event and outlet.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> day = pd.Timestamp(2023, 9, 19)
    >>> rows = [["a fire", "A", 2, day, 16], ["a fire", "B", 0, pd.NaT, 9]]
    >>> ax = plot_event_grid(pd.DataFrame(rows, columns=list(EVENT_GRID)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Who covers which event?', None)
    """
    require_columns(grid, "event grid", EVENT_GRID)
    if grid.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    grid = grid.reset_index(drop=True).assign(first_date=pd.to_datetime(grid["first_date"].to_numpy(), errors="coerce"))
    if grid.duplicated(["event", "outlet"]).any():
        raise CorpusError("Two rows of the frame are about the same event and outlet; draw one result at a time.")
    outlets, outlets_left_out = _outlets_with_room(grid)
    events, events_left_out = _events_with_room(grid[grid["outlet"].isin(outlets)])
    drawn = grid[grid["outlet"].isin(outlets) & grid["event"].isin(events)]
    nothing = bool((drawn["articles"] == 0).any())
    notes = [events_left_out, outlets_left_out, _LIMIT if nothing else "", *footnote.splitlines()]
    searched = grid.groupby("outlet")["searched"].max()
    most = max(int(drawn["articles"].max()), 1)
    plan = GridPlan(
        title="Who covers which event?",
        subtitle="Articles of each outlet on each event; events by the date of the first article",
        columns=tuple(GridColumn(words(o, longest=60), number(searched[o], "article")) for o in outlets),
        sections=(GridSection("", tuple(_rows(drawn, events, outlets, most, assign_styles(grid["outlet"])))),),
        key=_key(most, nothing),
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw_grid(plan, ax)


def _outlets_with_room(grid: pd.DataFrame) -> tuple[list[Any], str]:
    searched = grid.groupby("outlet", sort=True)["searched"].max()
    if len(searched) <= MOST_OUTLETS:
        return list(searched.index), ""
    largest = set(searched.sort_values(ascending=False, kind="stable").index[:MOST_OUTLETS])
    said = f"drawn are the {MOST_OUTLETS} of {len(searched)} outlets with most articles; the table has all"
    return [outlet for outlet in searched.index if outlet in largest], said


def _events_with_room(grid: pd.DataFrame) -> tuple[list[Any], str]:
    """Which events are drawn, by date, and the sentence about the others."""
    by_event = grid.groupby("event", sort=True)
    events = pd.DataFrame(
        {"date": by_event["first_date"].min(), "outlets": (grid["articles"] > 0).groupby(grid["event"]).sum()}
    )
    events = events.sort_values("date", kind="stable", na_position="last")
    if len(events) <= MOST_EVENTS:
        return list(events.index), ""
    shared = events[events["outlets"] > 1]
    if shared.empty:
        return list(events.index[:MOST_EVENTS]), (
            f"drawn are the first {MOST_EVENTS} of {len(events)} events, each covered by one outlet; the table has all"
        )
    single = f"{len(events) - len(shared)} of {len(events)} events, covered by fewer than two outlets, are not drawn"
    if len(shared) <= MOST_EVENTS:
        return list(shared.index), f"{single}; the table has all" if len(shared) < len(events) else ""
    widest = set(shared.sort_values("outlets", ascending=False, kind="stable").index[:MOST_EVENTS])
    said = f"drawn are the {MOST_EVENTS} of {len(events)} events that most outlets cover; the table has all"
    return [event for event in shared.index if event in widest], said


def _rows(
    grid: pd.DataFrame, events: list[Any], outlets: list[Any], most: int, styles: Mapping[str, Style]
) -> list[GridRow]:
    by_place = {(row["event"], row["outlet"]): row for row in grid.to_dict("records")}
    dates = grid.groupby("event")["first_date"].min()
    rows = []
    for event in events:
        cells = tuple(
            _cell(by_place[event, outlet], most, styles[str(outlet)]) if (event, outlet) in by_place else Cell()
            for outlet in outlets
        )
        rows.append(GridRow(words(event, longest=120) or MISSING, cells, counts=_date(dates[event])))
    return rows


def _cell(row: _Row, most: int, style: Style) -> Cell:
    articles, searched = int(row["articles"]), number(row["searched"], "article")
    if not articles:
        return Cell(DASH, said=f"none of {searched}")
    return Cell(DOT, size=articles / most, text=f"{articles:,}", said=f"{articles:,} of {searched}", style=style)


def _date(date: Any) -> str:
    return "no date" if missing(date) else f"{date.day} {date:%b %Y}"


def _key(most: int, nothing: bool) -> tuple[tuple[Cell, str], ...]:
    sizes = tuple((Cell(DOT, size=n / most), number(n, "article")) for n in dict.fromkeys((1, most)))
    return (*sizes, (Cell(DASH), _NOTHING)) if nothing else sizes
