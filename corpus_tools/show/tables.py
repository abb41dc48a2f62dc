"""Tables that a notebook shows, as pandas writes them → tables that read well on a page."""

from __future__ import annotations

import re

from bs4 import Tag

SHORT, LONG = 20, 40
NO_ROWS = "no rows"
# A number with a zero in front is a name: "01" is the first article, not one.
_NUMBER = re.compile(r"[-+−]?(?!0\d)[\d.,]+(?:e[-+]?\d+)?\s*%?")
_MISSING = {"NaN", "<NA>", "None", "—", "–", ""}


def tidy_table(table: Tag) -> None:
    """One row of heads, heads that say what they head, numbers above each other, names and dates on one line.

    Parameters
    ----------
    table : bs4.Tag
        Changed in place.

    Examples
    --------
    >>> from bs4 import BeautifulSoup
    >>> soup = BeautifulSoup("<table border=1><tr><th>A</th><td>12</td></tr></table>", "html.parser")
    >>> tidy_table(soup.table)
    >>> print(soup.table)
    <table><tr><th class="short" scope="row">A</th><td class="short number">12</td></tr></table>
    """
    for attribute in ("border", "style"):
        table.attrs.pop(attribute, None)
    _merge_heads(table)
    for row in table.find_all("tr"):
        row.attrs.pop("style", None)
        for cell in _cells(row):
            _tidy_cell(cell, "col" if row.find_parent("thead") else "row")
    _align_numbers(table)
    _say_empty(table)


def _tidy_cell(cell: Tag, scope: str) -> None:
    text = cell.get_text().strip()
    if cell.name == "th" and not text:
        cell.name = "td"
    elif cell.name == "th":
        cell["scope"] = scope
    if text and len(text) <= SHORT:
        _add_class(cell, "short")
    elif len(text) > LONG:
        _add_class(cell, "long")


def _merge_heads(table: Tag) -> None:
    """pandas writes the names of the index into a row of their own, below the heads; they fit beside them."""
    rows = [_cells(row) for row in table.select("thead tr")]
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return
    heads, names = rows
    filled = [bool(head.get_text().strip()) for head in heads]
    named = [bool(name.get_text().strip()) for name in names]
    if any(head and name for head, name in zip(filled, named, strict=True)):
        return
    for head, name in zip(heads, names, strict=True):
        if name.get_text().strip():
            head.replace_with(name.extract())
    table.select("thead tr")[1].decompose()


def _align_numbers(table: Tag) -> None:
    """The numbers of a column stand above each other, and its head above them."""
    heads = [_cells(row) for row in table.select("thead tr")]
    rows = [row for row in map(_cells, table.find_all("tr")) if row not in heads]
    width = len(rows[0]) if rows else 0
    for place in range(width):
        column = [row[place] for row in rows if len(row) == width]
        told = [text for cell in column if (text := cell.get_text().strip()) not in _MISSING]
        if told and all(_NUMBER.fullmatch(text) for text in told):
            for cell in column + [head[place] for head in heads if len(head) == width]:
                _add_class(cell, "number")


def _say_empty(table: Tag) -> None:
    """A table without rows says so; heads alone look like a mistake."""
    body = table.find("tbody")
    if isinstance(body, Tag) and body.find("tr") is None and table.find("th") is not None:
        row, cell = Tag(name="tr"), Tag(name="td")
        cell["colspan"] = str(len(table.find_all("th")))
        cell.string = NO_ROWS
        row.append(cell)
        body.append(row)


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _add_class(tag: Tag, name: str) -> None:
    before = tag.get_attribute_list("class")
    tag["class"] = " ".join([*(str(one) for one in before if one), name])
