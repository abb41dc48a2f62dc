"""A checklist: which facts are found in which outlet, how prominently, in whose voice, and which were not found."""

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
    """What is found in which outlet, where and in whose voice, and what was not found?

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
        outlet with the number of its articles on that event. The mark stands for the most prominent place: large
        in the headline, middling in the lead, small in the body; full in the outlet's own words, half in reported
        speech, hollow in quotation marks. Beside it, where the outlet has more than one article, in how many of those
        searched the fact was found. A cross is a fact that was not found, an empty box one that is later than all
        articles of the outlet, a dash an outlet without an article on the event. More than 40 facts are counted by
        event instead: how many of them were found in each outlet. Of more than twelve outlets those with most
        articles are drawn. A footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, or two for the same fact and outlet.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["a fire", "Two were hurt", "", "A", "told", 1, 1, 0, 1.0, None, None, "lead", "quoted"]
    >>> ax = plot_coverage(pd.DataFrame([[*row, 0, 1, 0, 0, 0, 1, ""]], columns=list(COVERAGE)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('What is found in which outlet?', None)
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
    on_events = _on_events(table).groupby("outlet").sum()
    outlets = sorted(on_events.index)
    if len(outlets) <= _MOST_OUTLETS:
        return outlets, ""
    largest = set(on_events.sort_values(ascending=False, kind="stable").index[:_MOST_OUTLETS])
    note = f"drawn are the {_MOST_OUTLETS} of {len(outlets)} outlets with most articles; the table has all"
    return [outlet for outlet in outlets if outlet in largest], note


def _on_events(table: pd.DataFrame) -> pd.Series:
    """The articles of each outlet on each event: for each fact some are searched, and the older ones are not."""
    return (table["searched"] + table["older"]).groupby([table["event"], table["outlet"]]).max()


def _by_fact(table: pd.DataFrame, outlets: list[str], notes: tuple[str, ...]) -> GridPlan:
    """A row for every fact."""
    events = list(dict.fromkeys(table["event"]))
    alone = len(events) == 1
    articles = _on_events(table).to_dict()
    sections = []
    for event in events:
        own = table[table["event"] == event]
        # With several events the number of articles is another in each; then it has a row of its own.
        rows = [] if alone else [_articles_row(event, [articles.get((event, outlet), 0) for outlet in outlets])]
        for fact, of_fact in own.groupby("fact", sort=False, dropna=False):
            by_outlet = {row["outlet"]: row for row in of_fact.to_dict("records")}
            cells = tuple(_cell(by_outlet[o]) if o in by_outlet else Cell() for o in outlets)
            claimed = words(of_fact["claimed_by"].iloc[0], longest=60)
            name = MISSING if missing(fact) else words(fact, longest=240)
            rows.append(GridRow(name, cells, counts=f"claimed by: {claimed}" if claimed else ""))
        sections.append(GridSection("" if alone else _event_name(event), tuple(rows)))
    counts = [number(articles.get((events[0], outlet), 0), "article") if alone else "" for outlet in outlets]
    return GridPlan(
        title="What is found in which outlet?",
        subtitle=(f"{_about(events[0])}: t" if alone else "T") + "he most prominent place at which each was found",
        columns=tuple(GridColumn(words(o, longest=60), c) for o, c in zip(outlets, counts, strict=True)),
        sections=tuple(sections),
        key=_key(table),
        footnotes=(*_marks_explained(table), *_search_explained(table), *notes),
    )


def _articles_row(event: str, articles: list[int]) -> GridRow:
    cells = [
        Cell(TINT, size=0.0, text=f"{count:,.0f}", said=number(count, "article")) if count else _NOT_COVERED
        for count in articles
    ]
    return GridRow("articles on the event" if event else "articles", tuple(cells), greyed=True)


_NOT_COVERED = Cell(DASH, said="no article on this event", greyed=True)
_TOO_EARLY = Cell(TINT, size=0.0, said="too early: its articles are older", greyed=True)


def _cell(row: _Row) -> Cell:
    articles, searched, older = int(row["articles"]), int(row["searched"]), int(row["older"])
    if not searched:
        return _TOO_EARLY if older else _NOT_COVERED
    if not articles:
        high = row["share_high"]
        rest = "" if missing(high) else f" (interval 0 % to {percent(high)})"
        said = f"not found in {number(searched, 'article')}{rest}"
        return Cell(CROSS, said=said, greyed=searched < FEW)
    where = f"{words(row['section'])}, {_VOICES.get(row['voice'], '')}"
    part = f"{articles}/{searched}" if searched + older > 1 else ""
    return Cell(
        DOT,
        size=_SIZES.get(row["section"], _SIZES["body"]),
        text=part,
        said="; ".join(filter(None, (where, part))),
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
    return tuple(sizes + fills + absent) + _nothing_searched(table)


def _nothing_searched(table: pd.DataFrame) -> tuple[tuple[Cell, str], ...]:
    nothing, older = table["searched"] == 0, table["older"] > 0
    early = ((_TOO_EARLY, "too early: all its articles are older than the fact"),) if (nothing & older).any() else ()
    absent = ((_NOT_COVERED, "no article on the event"),) if (nothing & ~older).any() else ()
    return early + absent


def _marks_explained(table: pd.DataFrame) -> list[str]:
    found, searched, older = table["articles"] > 0, table["searched"] > 0, table["older"] > 0
    several = table["searched"] + table["older"] > 1
    notes = []
    if (found & several).any():
        alone = "; no number, in the only one" if (found & ~several).any() else ""
        notes.append(f"beside a mark: 1/2 means found in 1 of 2 articles that were searched{alone}")
    if (searched & ~found & older).any():
        notes.append("behind a cross may be fewer articles than counted above, where some are older than the fact")
    return notes


def _search_explained(table: pd.DataFrame) -> list[str]:
    searched = table["searched"] > 0
    notes = []
    if (table["older"] > 0).any():
        notes.append("an article that was printed on a day before the fact is not searched for it")
    few = searched & (table["searched"] < FEW)
    if few.any():
        said = f"fewer than {FEW} articles were searched"
        said = f"for every outlet {said}:" if few[searched].all() else f"where {said},"
        notes.append(f"{said} what was not found there may be chance")
    return notes


def _by_event(table: pd.DataFrame, outlets: list[str], notes: tuple[str, ...]) -> GridPlan:
    """A row for every event, with the number of its facts that were found in each outlet."""
    rows = []
    for event, own in table.groupby("event", sort=False):
        by_outlet = {str(outlet): rows_of for outlet, rows_of in own.groupby("outlet")}
        cells = tuple(_sum_cell(by_outlet[outlet]) if outlet in by_outlet else Cell() for outlet in outlets)
        rows.append(GridRow(_event_name(event), cells))
    counts = _on_events(table).groupby("outlet").sum()
    facts = len(table.drop_duplicates(["event", "fact"]))
    # A box stands only where nothing of an event could be searched.
    by_event = table.groupby(["event", "outlet"])[["searched", "older"]].max()
    several = f"{facts} facts are counted by event; for its facts one by one, draw the rows of one event"
    return GridPlan(
        title="How many of the facts are found in each outlet?",
        subtitle="Facts found in at least one article of the outlet, of those looked for; n: its articles on the event",
        columns=tuple(GridColumn(words(o, longest=60), number(counts[o], "article")) for o in outlets),
        sections=(GridSection("", tuple(rows)),),
        key=_nothing_searched(by_event),
        footnotes=(several, *_search_explained(table), *notes),
    )


def _sum_cell(own: pd.DataFrame) -> Cell:
    articles, found = int(_on_events(own).max()), int((own["articles"] > 0).sum())
    facts = int((own["searched"] > 0).sum())
    if not facts:
        return _TOO_EARLY if articles else _NOT_COVERED
    part = f"{found} of {facts}"
    said = f"{part} facts; {number(articles, 'article')}"
    return Cell(TINT, size=found / facts, text=part, under=f"n = {articles:,}", said=said)


def _about(event: object) -> str:
    return f"Event “{_event_name(event)}”" if words(event) else _event_name(event)


def _event_name(event: object) -> str:
    return words(event, longest=120) or "All articles"
