"""What a page shows as tables and charts → frames and drawings that can be taken along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pandas as pd
from bs4 import BeautifulSoup, Tag

from corpus_tools.schema import CorpusError
from corpus_tools.show.pictures import standalone
from corpus_tools.show.tables import NO_ROWS

_LONGEST_SPAN = 1000
_UNITS = (" %", " points")
# As charts and pandas write a number for reading: with signs, commas and a true minus.
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")
_SIZE = re.compile(r"\(([\d,]+) rows?\)\Z")
_MISSING = {"–", "NaN", "<NA>", "NaT", "None", ""}


class Downloads:
    """The tables and charts of one page, by the name of their file; ``page`` is the file of the page without ending."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.tables: dict[str, pd.DataFrame] = {}
        self.figures: dict[str, str] = {}
        self.about: dict[str, str] = {}

    def offer(self, soup: BeautifulSoup, section: str, *, rows: str = "") -> None:
        """Keep what a cleaned fragment shows as results, and write below each where its numbers are.

        ``rows`` is the CSV of a chart that has more rows than its table shows.
        """
        for shown in _shown(soup):
            table = shown if shown.name == "table" else shown.find("table")
            frame = table_frame(table) if isinstance(table, Tag) else None
            on_page = len(frame) if frame is not None else 0
            if frame is not None and shown.name != "table":
                frame = _more_rows(rows, frame)
            drawing = None if shown.name == "table" else _drawing(shown)
            if frame is None and drawing is None:
                continue
            name = f"{self.page}-{len(self.about) + 1:02d}"
            self.about[name] = section + _left_out(shown, frame, on_page)
            line = soup.new_tag("p", attrs={"class": "ct-download"}, string="Download: ")
            files = []
            if frame is not None:
                self.tables[name] = frame
                files.append((f"data/{name}.csv", "table (CSV)" if drawing is None else "numbers (CSV)"))
            if drawing is not None:
                self.figures[name] = drawing
                files.append((f"figures/{name}.svg", "picture (SVG)"))
            for place, (file, words) in enumerate(files):
                line.append(", " if place else "")
                line.append(soup.new_tag("a", attrs={"href": file}, string=words))
            if shown.name == "table":
                box = shown.find_parent(class_="scroll")
                (box or shown).insert_after(line)
            else:
                shown.append(line)


def table_frame(table: Tag) -> pd.DataFrame | None:
    """Which frame does a table of a page show?

    Parameters
    ----------
    table : bs4.Tag
        As pandas or a chart writes it.

    Returns
    -------
    pandas.DataFrame or None
        Texts; numbers as a program reads them, a unit that all cells of a column have in its head. None where pandas
        left out rows or columns, and where there is no row.

    Examples
    --------
    >>> html = "<table><thead><tr><th>share</th></tr></thead><tbody><tr><td>90 %</td></tr></tbody></table>"
    >>> table_frame(BeautifulSoup(html, "html.parser").table).to_dict("list")
    {'share (%)': ['90']}
    """
    heads = _grid(table.select("thead tr"))
    rows = _grid([row for row in table.find_all("tr") if row.find_parent("thead") is None])
    width = len(rows[0]) if rows else 0
    if not width or not heads or any(len(row) != width for row in [*heads, *rows]):
        return None
    if any("..." in row for row in [*heads, *rows]) or rows == [[NO_ROWS] * width]:
        return None
    names = [" / ".join(dict.fromkeys(filter(None, column))) for column in zip(*heads, strict=True)]
    columns = [_plain(name, list(cells)) for name, cells in zip(names, zip(*rows, strict=True), strict=True)]
    if not columns[0][0] and columns[0][1] == [str(place) for place in range(len(rows))]:
        columns = columns[1:]
    frame = pd.DataFrame({place: cells for place, (_, cells) in enumerate(columns)}, dtype="str")
    return frame.set_axis([name or "row" for name, _ in columns], axis="columns")


def _shown(soup: BeautifulSoup) -> Iterator[Tag]:
    """Charts with their numbers, and the tables that are results: of frames, not of sentences."""
    for shown in soup.select("figure.ct-chart, details.ct-table, table.dataframe"):
        nested = shown.find_parent(["figure", "table", "details"], class_=["ct-chart", "ct-table", "dataframe"])
        if nested is None:
            yield shown


def drawing_in(html: str) -> str | None:
    """The file of the chart in a piece of a page, where there is one."""
    return _drawing(BeautifulSoup(html, "html.parser"))


def _drawing(figure: Tag) -> str | None:
    drawn = figure.select_one("svg.ct-wide, svg.ct-only")
    if drawn is None:
        return None
    try:
        return standalone(str(drawn))
    except CorpusError:  # letters that a file of XML cannot hold; the page has the chart all the same
        return None


def _left_out(shown: Tag, frame: pd.DataFrame | None, on_page: int) -> str:
    """That a long result has more rows than its page or its file; how many stands in the line above the table."""
    size = _SIZE.search(summary.get_text()) if (summary := shown.find("summary")) is not None else None
    if frame is None or size is None or int(size[1].replace(",", "")) == on_page:
        return ""
    if int(size[1].replace(",", "")) == len(frame):
        return f"; all {size[1]} rows, the page shows the first {on_page}"
    return f"; the first {len(frame):,} of {size[1]} rows" + (", as on the page" if len(frame) == on_page else "")


def _more_rows(rows: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that came along with a chart, in the columns of its table; that table where they do not fit it."""
    heads, *cells = [*csv.reader(io.StringIO(rows, newline=""))] or [[]]
    if len(cells) <= len(frame) or any(len(row) != len(heads) for row in cells):
        return frame
    columns = [_plain(name, list(column)) for name, column in zip(heads, zip(*cells, strict=True), strict=True)]
    if len(columns) != len(frame.columns):
        return frame
    whole = pd.DataFrame({place: column for place, (_, column) in enumerate(columns)}, dtype="str")
    return whole.set_axis([name or "row" for name, _ in columns], axis="columns")


def _grid(rows: list[Tag]) -> list[list[str]]:
    """The cells of rows, one that spans several in each of its places."""
    grid: list[list[str]] = [[] for _ in rows]
    below: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        for cell in row.find_all(["td", "th"], recursive=False):
            while (number, len(grid[number])) in below:
                grid[number].append(below[number, len(grid[number])])
            text = " ".join(cell.get_text().split())
            wide, high = (_span(cell, kind) for kind in ("colspan", "rowspan"))
            for place in range(len(grid[number]), len(grid[number]) + wide):
                below |= {(number + down, place): text for down in range(1, min(high, len(rows) - number))}
            grid[number] += [text] * wide
        while (number, len(grid[number])) in below:
            grid[number].append(below[number, len(grid[number])])
    return grid


def _span(cell: Tag, kind: str) -> int:
    told = str(cell.get(kind, "1"))
    return min(int(told), _LONGEST_SPAN) if told.isdecimal() else 1


def _plain(name: str, cells: list[str]) -> tuple[str, list[str]]:
    told = [cell for cell in cells if cell not in _MISSING]
    unit = next((unit for unit in _UNITS if told and all(cell.endswith(unit) for cell in told)), "")
    cells = [cell.removesuffix(unit) for cell in cells]
    plain = ["" if cell in _MISSING else _as_number(cell) for cell in cells]
    return f"{name} ({unit.strip()})" if unit else name, plain


def _as_number(cell: str) -> str:
    return cell.replace(",", "").replace("−", "-").removeprefix("+") if _NUMBER.fullmatch(cell) else cell
