"""The events as a sheet that a person corrects in a spreadsheet, and the way back."""

from __future__ import annotations

import os

import pandas as pd

from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.spreadsheets import existing_file, read_table, text_cell, unquote_formula
from corpus_tools.schema import EVENT_SHEET, CorpusError, nearest, require_articles, require_columns

_HINT = "give the sheet of events as a frame or as the path of a CSV file."


def event_sheet(articles: pd.DataFrame) -> pd.DataFrame:
    """Which articles were put into one event, as a table to be read and corrected in a spreadsheet?

    Parameters
    ----------
    articles : pandas.DataFrame
        As `add_events` returns them.

    Returns
    -------
    pandas.DataFrame
        One row per article, sorted by event, date, outlet and id; all cells are text and safe to open in a spreadsheet.

        - `article_id`
        - `date`: as year-month-day; empty where it is not known
        - `outlet`, `title`: for reading
        - `event`: to be corrected. Articles with the same cell belong together; a new name makes a new event; an
          article whose cell is emptied is looked at anew

    Raises
    ------
    CorpusError
        When a column is missing; there is an ``event`` once `add_events` has been called.

    Notes
    -----
    Write the sheet with ``to_csv("events.csv", index=False, encoding="utf-8-sig")``, correct the column ``event``,
    save it as CSV, and give it back: ``add_events(articles, corrections="events.csv")``.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> sheet = ct.event_sheet(ct.read_sample("strike"))
    >>> sheet.loc[0, ["article_id", "date", "event"]].tolist()
    ['11', '2024-10-15', 'court']
    """
    require_articles(articles, ("article_id", "outlet"))
    if "event" not in articles.columns:
        raise CorpusError("The articles have no column 'event'; use what add_events returns.")
    dates = pd.Series(day_texts(articles), dtype="str")
    titles = articles["title"] if "title" in articles.columns else pd.Series("", index=articles.index)
    cells = {
        "article_id": articles["article_id"],
        "date": dates,
        "outlet": articles["outlet"],
        "title": titles,
        "event": articles["event"],
    }
    sheet = pd.DataFrame(
        {name: _cells(column) for name, column in cells.items()}, columns=list(EVENT_SHEET), dtype="str"
    )
    # Without a date last: those are read beside the others of their event.
    sheet["_undated"] = sheet["date"] == ""
    order = ["event", "_undated", "date", "outlet", "article_id"]
    return sheet.sort_values(order, kind="stable", ignore_index=True)[list(EVENT_SHEET)]


def _cells(column: pd.Series) -> list[str]:
    return ["" if missing else text_cell(value) for value, missing in zip(column, column.isna(), strict=True)]


def day_texts(articles: pd.DataFrame) -> list[str]:
    """Each day as year-month-day, empty where unknown."""
    return article_days(articles).dt.strftime("%Y-%m-%d").fillna("").tolist()


def corrected_events(
    articles: pd.DataFrame, given: list[str | None], corrections: pd.DataFrame | str | os.PathLike[str]
) -> list[str | None]:
    """The events given in the data, those of the sheet in their place; None where the sheet has an empty cell."""
    if isinstance(corrections, pd.DataFrame):
        table, what = corrections, "The sheet of events"
    else:
        path = existing_file(corrections, "the sheet of events", _HINT)
        table, what = read_table(path, "sheet of events"), f"The sheet of events {path.name}"
    require_columns(table, what, ("article_id", "event"))
    ids = articles["article_id"].astype("str").tolist()
    rows = {cell: row for row, own in enumerate(ids) for cell in (text_cell(own), own)}
    names = {text_cell(name): name for name in sorted({n for n in given if n is not None})}
    events = list(given)
    seen: dict[int, str] = {}
    for article_id, event, missing in zip(table["article_id"], table["event"], table["event"].isna(), strict=True):
        row = rows.get(str(article_id), rows.get(unquote_formula(str(article_id))))
        if row is None:
            raise CorpusError(
                f"{what} has article {str(article_id)!r}, which is not among the articles; {nearest(article_id, ids)}"
            )
        cell = "" if missing else str(event).strip()
        if seen.setdefault(row, cell) != cell:
            raise CorpusError(
                f"{what} puts article {ids[row]!r} into two events, {seen[row]!r} and {cell!r}; keep one."
            )
        own = given[row]
        kept = own is not None and cell == text_cell(own)
        events[row] = own if kept else names.get(cell, unquote_formula(cell)) or None
    return events
