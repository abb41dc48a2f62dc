"""Tables that a person edits in a spreadsheet: small CSV files, read strictly and written so that no cell acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import regex

from corpus_tools.schema import CorpusError

# A cell that begins like this is a formula to a spreadsheet; the wide forms are taken for the narrow ones by some.
_ACTS = r"[=+\-@＝＋－＠\t\r\n]"
_WRITTEN_FORMULA = regex.compile(rf"'*{_ACTS}")
_QUOTED_FORMULA = regex.compile(rf"'+{_ACTS}")
# Where the spreadsheet expects another delimiter than the comma, a cell is cut at that one.
_OTHER_DELIMITER = regex.compile(rf"[;|](?=[\"']*{_ACTS})")
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Bidi_Control}]")


def read_table(path: Path, what: str, *, only_ascii_matters: bool = False) -> pd.DataFrame:
    """All cells as text, columns in small letters; commas, semicolons or tabs, with or without a mark at the start.

    With ``only_ascii_matters`` a file in another encoding is read all the same, other letters being lost.
    """
    named = f"{what} {path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace" if only_ascii_matters else "strict")
    except UnicodeDecodeError as error:
        raise CorpusError(f"The {named} is not UTF-8 at byte {error.start}; save it as UTF-8.") from None
    lines = [line for line in io.StringIO(text, newline="") if line.strip()]
    if not lines:
        raise CorpusError(f"The {named} is empty; it needs a first line with the names of its columns.")
    try:
        header, *rows = csv.reader(lines, delimiter=max(",;\t", key=lines[0].count), strict=True)
    except csv.Error as error:
        raise CorpusError(f"The {named} could not be read as a table: {error}; close every quotation mark.") from None
    columns = [name.strip().casefold() for name in header]
    for number, row in enumerate(rows, start=1):
        if len(row) > len(columns):
            raise CorpusError(
                f"Row {number} of {path.name} has {len(row)} fields where the header has {len(columns)}; "
                "put fields with commas in quotation marks."
            )
    kept = [c for c in columns if c]
    if len(set(kept)) < len(kept):
        twice = next(c for c in kept if kept.count(c) > 1)
        raise CorpusError(f"The {named} has two columns {twice!r}; rename one.")
    filled = [[cell.strip() for cell in row] + [""] * (len(columns) - len(row)) for row in rows]
    return pd.DataFrame([row for row in filled if any(row)], columns=columns, dtype="str")[kept]


def quote_formula(value: object) -> str:
    """The value as a cell that no spreadsheet takes for a formula; `unquote_formula` gives it back.

    Examples
    --------
    >>> quote_formula("=1+1"), quote_formula("a=1")
    ("'=1+1", 'a=1')
    """
    text = str(value)
    return f"'{text}" if _WRITTEN_FORMULA.match(text) else text


def unquote_formula(cell: str) -> str:
    """The value behind a cell that `quote_formula` wrote.

    Examples
    --------
    >>> unquote_formula("'=1+1"), unquote_formula("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def text_cell(value: object) -> str:
    """A text for reading only: on one line, nothing unseen in it, and harmless whatever the delimiter is.

    Examples
    --------
    >>> text_cell(" one\\ntwo;=1+1")
    'one two; =1+1'
    """
    text = _UNSEEN.sub("", " ".join(str(value).split()))
    return quote_formula(_OTHER_DELIMITER.sub(lambda cut: cut.group() + " ", text))


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a CSV file that spreadsheets open as UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
