"""Whose text stands in whose pages: outlet by outlet, with what is in the words of others told apart."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import ALL_OTHERS, SHARED_COPY, CorpusError, require_columns
from corpus_tools.show.charts.grid import DASH, TINT, Cell, GridColumn, GridPlan, GridRow, GridSection
from corpus_tools.show.charts.grid_draw import draw_grid
from corpus_tools.show.charts.words import words
from corpus_tools.show.markup import missing, number, percent

MOST_OUTLETS = 12
# With more columns the cells leave out the sign, which the subtitle names.
_MOST_WITH_SIGN = 8
ANY_OTHER = "any other outlet"
# Shares below this never look dark, even where they are the highest.
_LEAST_DARKEST = 0.1
_DIRECTION = "who copied from whom is not known: both may print the same agency, statement or document"
_ONCE = f"{ANY_OTHER}: each word counts once, however many outlets share it"
_FEW = "in grey: outlets with few articles"
_Row = Mapping[Hashable, Any]


def plot_shared_copy(shared: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Whose text stands in whose pages, and how much of it is the outlets' own?

    Parameters
    ----------
    shared : pandas.DataFrame
        What ``shared_copy`` returned, or some of its rows.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the rows need. A narrow one, as for a telephone,
        gets a list in place of the grid; a figure with no other Axes grows to the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One row and one column per outlet, those with the highest share first, with the number of their articles. A
        cell holds the share of the row's words that also stand in articles of the column, in percent, on a tint that
        darkens with it; in brackets those that the row's outlet prints in reported speech or quotation marks, in
        percent of the same words. The diagonal is empty; the last column is for any other outlet. Of more than twelve
        outlets those that share most words are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, or two for the same pair of outlets.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["A", "B", 900, 90, 30, 0, 60, 0.1, 2, 9, ""]
    >>> ax = plot_shared_copy(pd.DataFrame([row], columns=list(SHARED_COPY)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Whose text stands in whose pages?', None)
    """
    require_columns(shared, "shared copy", SHARED_COPY)
    if shared.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if shared.duplicated(["outlet", "other"]).any():
        raise CorpusError("Two rows of the frame are about the same pair of outlets; draw one result at a time.")
    outlets, left_out = _outlets_with_room(shared)
    drawn = shared[shared["outlet"].isin(outlets) & shared["other"].isin([*outlets, ALL_OTHERS])]
    columns = [name for name in (*outlets, ALL_OTHERS) if (drawn["other"] == name).any()]
    rows = [name for name in outlets if (drawn["outlet"] == name).any()]
    darkest = max(float(drawn["share"].max()), _LEAST_DARKEST)
    by_pair = {(row["outlet"], row["other"]): row for row in drawn.to_dict("records")}
    unit = " %" if len(columns) <= _MOST_WITH_SIGN else ""
    cells = {pair: _cell(row, darkest, unit) for pair, row in by_pair.items()}
    few = {outlet for (outlet, _), row in by_pair.items() if _has_few(row)}
    notes = [
        _DIRECTION,
        _ONCE if ALL_OTHERS in columns else "",
        _FEW if few else "",
        left_out,
        *footnote.splitlines(),
    ]
    searched = shared.groupby("outlet")["searched"].max().to_dict()
    plan = GridPlan(
        title="Whose text stands in whose pages?",
        subtitle="Words that also stand in articles of another outlet, in percent of all words of the outlet",
        columns=tuple(_column(name, searched) for name in columns),
        sections=(
            GridSection(
                "",
                tuple(
                    GridRow(
                        words(name, longest=60),
                        tuple(cells.get((name, other), Cell()) for other in columns),
                        counts=number(searched[name], "article"),
                        greyed=name in few,
                    )
                    for name in rows
                ),
            ),
        ),
        key=_key(drawn, darkest, unit),
        corner="of the words of",
        across="also stand in articles of",
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw_grid(plan, ax)


def _outlets_with_room(shared: pd.DataFrame) -> tuple[list[Any], str]:
    """Which outlets are drawn, those with the highest share first, and the sentence about the others."""
    among = shared[shared["other"] != ALL_OTHERS]
    names = sorted({*shared["outlet"], *among["other"]}, key=str)
    best = shared.groupby("outlet")[["shared", "share"]].max().reindex(names).fillna(0)
    said = ""
    if len(names) > MOST_OUTLETS:
        best = best.sort_values("shared", ascending=False, kind="stable").head(MOST_OUTLETS).sort_index()
        said = f"drawn are the {MOST_OUTLETS} of {len(names)} outlets that share most words; the table has all"
    return list(best.sort_values("share", ascending=False, kind="stable").index), said


def _column(name: Any, searched: Mapping[Any, Any]) -> GridColumn:
    if name == ALL_OTHERS:
        return GridColumn(ANY_OTHER, apart=True)
    return GridColumn(words(name, longest=60), number(searched[name], "article") if name in searched else "")


def _cell(row: _Row, darkest: float, unit: str) -> Cell:
    if missing(row["share"]):
        return Cell(DASH, said="no share" if missing(row["note"]) else words(row["note"]))
    if not row["shared"]:
        return Cell(TINT, size=0.0, text=percent(row["share"], unit=unit), said=percent(row["share"]))
    of_others = (row["reported"] + row["quoted"]) / row["words"]
    said = f"{_short(row['share'])} ({_short(of_others)}), {number(row['articles'], 'article')}"
    under = f"({_short(of_others, unit)})"
    return Cell(TINT, size=row["share"] / darkest, text=_short(row["share"], unit), under=under, said=said)


def _short(share: float, unit: str = " %") -> str:
    return percent(share, unit=unit).replace("under ", "<").replace("over ", ">")


def _has_few(row: _Row) -> bool:
    return not missing(row["note"]) and str(row["note"]).startswith("few articles")


def _key(drawn: pd.DataFrame, darkest: float, unit: str) -> tuple[tuple[Cell, str], ...]:
    """The darkest cell as an example."""
    known = drawn[drawn["shared"] > 0].dropna(subset="share")
    if known.empty:
        return ()
    row = known.sort_values("share", ascending=False, kind="stable").to_dict("records")[0]
    of_others = (row["reported"] + row["quoted"]) / row["words"]
    meaning = (
        f"{percent(row['share'])} of all words also stand there; in brackets: {percent(of_others)} do so in reported "
        "speech or quotation marks, the rest in the outlet's own words. The higher the share, the darker"
    )
    return ((_cell(row, darkest, unit), meaning),)
