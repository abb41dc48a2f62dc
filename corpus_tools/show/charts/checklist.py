"""A checklist: which facts each outlet tells, how prominently, in whose voice, and which were not found."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import COVERAGE, SECTION_NAMES, VOICE_NAMES, CorpusError, require_columns
from corpus_tools.show.charts.grid import CROSS, DASH, DOT, TINT, Cell, GridColumn, GridPlan, GridRow, GridSection
from corpus_tools.show.charts.grid_draw import draw_grid
from corpus_tools.show.charts.plan import VOICE_FILLS
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.coverage import COVERAGE_LIMIT
from corpus_tools.show.markup import MISSING, missing, number, percent

FEW = 5
MOST_FACTS = 40
_MOST_OUTLETS = 12
_SIZES = {"headline": 1.0, "lead": 0.58, "body": 0.3}
_SIZE_NAMES = {"headline": "large", "lead": "middling", "body": "small"}
_VOICES = {"narrator": "own words", "reported": "reported speech", "quoted": "quotation marks"}
_FILL_NAMES = {"narrator": "full", "reported": "half", "quoted": "hollow"}
_Row = Mapping[Hashable, Any]


def plot_coverage(coverage: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Which facts does each outlet tell, where and in whose voice, and which were not found?

    Parameters
    ----------
    coverage : pandas.DataFrame
        What ``coverage`` returned, or some of its rows, such as those of one event.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the rows need. A narrow one, as for a telephone,
        gets a list in place of the grid; a figure with no other Axes grows to the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One row per fact, under the name of its event, and whose account it is where the frame says so; one column per
        outlet with the number of its articles on that event. The mark stands for the most prominent telling: large
        in the headline, middling in the lead, small in the body; full in the outlet's own words, half in reported
        speech, hollow in quotation marks. Beside it, where more than one article was searched, in how many of them
        the fact was found. A cross is a fact that was not found, a dash an outlet without an article on the event.
        More than 40 facts are counted by event instead: how many of them each outlet tells. Of more than twelve
        outlets those with most articles are drawn. A footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, or two for the same fact and outlet.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["a fire", "Two were hurt", "", "A", "told", 1, 1, 1.0, None, None, "lead", "quoted"]
    >>> ax = plot_coverage(pd.DataFrame([[*row, 0, 1, 0, 0, 0, 1, ""]], columns=list(COVERAGE)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Which facts does each outlet tell?', None)
    """
    require_columns(coverage, "coverage", COVERAGE)
    if coverage.empty:
        raise CorpusError("This coverage frame has no rows, so there is nothing to draw.")
    named = coverage.assign(event=coverage["event"].astype("str").where(coverage["event"].notna(), ""))
    if named.duplicated(["event", "fact", "outlet"]).any():
        raise CorpusError("Two rows of the frame are about the same fact and outlet; draw one result at a time.")
    outlets, left_out = _outlets_with_room(named)
    drawn = named[named["outlet"].isin(outlets)]
    facts = len(drawn.drop_duplicates(["event", "fact"]))
    plan = _by_event if facts > MOST_FACTS else _by_fact
    notes = [left_out, COVERAGE_LIMIT, *footnote.splitlines()]
    return draw_grid(plan(drawn, outlets, tuple(words(note, longest=400) for note in notes if note.strip())), ax)


def _outlets_with_room(table: pd.DataFrame) -> tuple[list[str], str]:
    searched = table.drop_duplicates(["event", "outlet"]).groupby("outlet")["searched"].sum()
    outlets = sorted(searched.index)
    if len(outlets) <= _MOST_OUTLETS:
        return outlets, ""
    largest = set(searched.sort_values(ascending=False, kind="stable").index[:_MOST_OUTLETS])
    note = f"drawn are the {_MOST_OUTLETS} of {len(outlets)} outlets with most articles; the table has all"
    return [outlet for outlet in outlets if outlet in largest], note


def _by_fact(table: pd.DataFrame, outlets: list[str], notes: tuple[str, ...]) -> GridPlan:
    """A row for every fact."""
    events = list(dict.fromkeys(table["event"]))
    alone = len(events) == 1
    searched = table.drop_duplicates(["event", "outlet"]).set_index(["event", "outlet"])["searched"].to_dict()
    sections = []
    for event in events:
        own = table[table["event"] == event]
        # With several events the number of articles is another in each; then it has a row of its own.
        rows = [] if alone else [_searched_row([searched.get((event, outlet), 0) for outlet in outlets])]
        for fact, of_fact in own.groupby("fact", sort=False, dropna=False):
            by_outlet = {row["outlet"]: row for row in of_fact.to_dict("records")}
            cells = tuple(_cell(by_outlet[o]) if o in by_outlet else Cell() for o in outlets)
            claimed = words(of_fact["claimed_by"].iloc[0], longest=60)
            name = MISSING if missing(fact) else words(fact, longest=240)
            rows.append(GridRow(name, cells, counts=f"claimed by: {claimed}" if claimed else ""))
        sections.append(GridSection("" if alone else _event_name(event), tuple(rows)))
    counts = [number(searched.get((events[0], outlet), 0), "article") if alone else "" for outlet in outlets]
    return GridPlan(
        title="Which facts does each outlet tell?",
        subtitle=(f"{_about(events[0])}: t" if alone else "T") + "he most prominent place at which each was found",
        columns=tuple(GridColumn(words(o, longest=60), c) for o, c in zip(outlets, counts, strict=True)),
        sections=tuple(sections),
        key=_key(table),
        footnotes=(*_explained(table), *notes),
    )


def _searched_row(searched: list[int]) -> GridRow:
    said = [f"{number(count, 'article')} searched" for count in searched]
    cells = [
        Cell(TINT, size=0.0, text=f"{count:,.0f}", said=words) if count else _NOT_COVERED
        for count, words in zip(searched, said, strict=True)
    ]
    return GridRow("articles searched", tuple(cells), greyed=True)


_NOT_COVERED = Cell(DASH, said="no article on this event", greyed=True)


def _cell(row: _Row) -> Cell:
    articles, searched = int(row["articles"]), int(row["searched"])
    if not searched:
        return _NOT_COVERED
    if not articles:
        high = row["share_high"]
        rest = "" if missing(high) else f" (interval 0 % to {percent(high)})"
        return Cell(CROSS, said=f"not found in {number(searched, 'article')}{rest}", greyed=searched < FEW)
    where = f"{words(row['section'])}, {_VOICES.get(row['voice'], '')}"
    return Cell(
        DOT,
        size=_SIZES.get(row["section"], _SIZES["body"]),
        text=f"{articles}/{searched}" if searched > 1 else "",
        said=where + (f"; {articles}/{searched}" if searched > 1 else ""),
        fill=VOICE_FILLS.get(row["voice"], "full"),
    )


def _key(table: pd.DataFrame) -> tuple[tuple[Cell, str], ...]:
    """What the marks mean, as far as they are drawn."""
    sizes = [
        (Cell(DOT, size=_SIZES[name]), f"{_SIZE_NAMES[name]}: {name}")
        for name in SECTION_NAMES
        if (table["section"] == name).any()
    ]
    fills = [
        (Cell(DOT, size=_SIZES["lead"], fill=VOICE_FILLS[name]), f"{_FILL_NAMES[name]}: {_VOICES[name]}")
        for name in VOICE_NAMES
        if (table["voice"] == name).any()
    ]
    found, searched = table["articles"] > 0, table["searched"] > 0
    absent = [(Cell(CROSS), "not found")] if (searched & ~found).any() else []
    absent += [(_NOT_COVERED, "no article on the event")] if (~searched).any() else []
    return tuple(sizes + fills + absent)


def _explained(table: pd.DataFrame) -> list[str]:
    notes = []
    told = table["articles"] > 0
    if (told & (table["searched"] > 1)).any():
        alone = "; no number, in the only one" if (told & (table["searched"] == 1)).any() else ""
        notes.append(f"beside a mark: 1/2 means found in 1 of 2 articles that were searched{alone}")
    few = (table["searched"] > 0) & (table["searched"] < FEW)
    if few.any():
        part = "every outlet has" if few[table["searched"] > 0].all() else "where an outlet has"
        notes.append(f"{part} fewer than {FEW} articles on the event: what was not found there may be chance")
    return notes


def _by_event(table: pd.DataFrame, outlets: list[str], notes: tuple[str, ...]) -> GridPlan:
    """A row for every event, with the number of its facts that each outlet tells."""
    rows = []
    for event, own in table.groupby("event", sort=False):
        by_outlet = {str(outlet): rows_of for outlet, rows_of in own.groupby("outlet")}
        cells = tuple(_sum_cell(by_outlet[outlet]) if outlet in by_outlet else Cell() for outlet in outlets)
        rows.append(GridRow(_event_name(event), cells))
    covered = table.drop_duplicates(["event", "outlet"])
    counts = covered.groupby("outlet")["searched"].sum()
    facts = len(table.drop_duplicates(["event", "fact"]))
    several = f"{facts} facts are counted by event; for its facts one by one, draw the rows of one event"
    return GridPlan(
        title="How many of the facts does each outlet tell?",
        subtitle="Facts found in at least one article of the outlet, of those looked for; n: its articles on the event",
        columns=tuple(GridColumn(words(o, longest=60), number(counts[o], "article")) for o in outlets),
        sections=(GridSection("", tuple(rows)),),
        key=((_NOT_COVERED, "no article on the event"),) if (table["searched"] == 0).any() else (),
        footnotes=(several, *_explained(table)[-1:], *notes),
    )


def _sum_cell(own: pd.DataFrame) -> Cell:
    searched, told, facts = int(own["searched"].max()), int((own["articles"] > 0).sum()), len(own)
    if not searched:
        return _NOT_COVERED
    part = f"{told} of {facts}"
    said = f"{part} facts; {number(searched, 'article')}"
    return Cell(TINT, size=told / facts, text=part, under=f"n = {searched:,}", said=said)


def _about(event: object) -> str:
    return f"Event “{_event_name(event)}”" if words(event) else _event_name(event)


def _event_name(event: object) -> str:
    return words(event, longest=120) or "All articles"
