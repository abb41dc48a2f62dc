"""Tables that a person edits in a spreadsheet: small CSV files, read strictly and written so that no cell acts."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
import shutil
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
# Excel writes such a first line and hides it from its user; the header comes after it.
_NAMED_DELIMITER = regex.compile(r'"?sep=([^"\r\n])"?\s*', regex.IGNORECASE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
# Letters only, and no vowel: a spreadsheet makes no number or date of such a key, and it spells no word.
_AS_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Bidi_Control}]")


def read_table(path: Path, what: str, *, only_ascii_matters: bool = False) -> pd.DataFrame:
    """All cells as text, columns in small letters; commas, semicolons or tabs, with or without a mark at the start.

    UTF-8, or UTF-16 where the mark at the start says so. A first line such as ``sep=;`` names the delimiter.
    With ``only_ascii_matters`` a file in another encoding is read all the same, other letters being lost.
    """
    named = f"{what} {path.name}"
    text = _text(path, named, "replace" if only_ascii_matters else "strict")
    lines = [line for line in io.StringIO(text, newline="") if line.strip()]
    told = _NAMED_DELIMITER.fullmatch(lines[0]) if lines else None
    if told:
        lines = lines[1:]
    if not lines:
        raise CorpusError(f"The {named} is empty; it needs a first line with the names of its columns.")
    try:
        delimiter = told[1] if told else max(",;\t", key=lines[0].count)
        header, *rows = csv.reader(lines, delimiter=delimiter, strict=True)
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


def _text(path: Path, named: str, errors: str) -> str:
    raw = path.read_bytes()
    if raw.startswith(_WORKBOOKS):
        raise CorpusError(f"The {named} is a spreadsheet's own file, such as .xlsx, and no text; save it as CSV.")
    encoding, shown = ("utf-16", "UTF-16") if raw.startswith(_UTF_16) else ("utf-8-sig", "UTF-8")
    try:
        text = raw.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise CorpusError(f"The {named} is not {shown} at byte {error.start}; save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def existing_file(place: object, what: str, hint: str) -> Path:
    """The path of a file that is there; else a CorpusError ends with the hint."""
    if not isinstance(place, str | os.PathLike):
        raise CorpusError(f"Instead of a path, {what} is {type(place).__name__} {str(place)[:40]!r}; {hint}")
    path = Path(place)
    if not path.is_file():
        raise CorpusError(f"There is no file {path.name!r}; {hint}")
    return path


def letter_key(text: str) -> str:
    """Twelve letters that stand for a text and that no spreadsheet changes.

    Examples
    --------
    >>> letter_key("a"), letter_key("b")
    ('gffmccqjspbr', 'ncdbrbnrhbtc')
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return digest.translate(_AS_LETTERS)


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
    """Write a CSV file that spreadsheets open as UTF-8; where that fails, the file of before is left as it was."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    # A link stays a link, and its file is replaced.
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        beside.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        # The user knows the file by its own name.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)
