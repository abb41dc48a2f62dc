"""Tables, figures and hits of a report as files that spreadsheets and other programs open."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_tools.prepare.spreadsheets import text_cell, write_table
from corpus_tools.schema import CorpusError
from corpus_tools.show.hit_export import LARGEST_PART, LONGEST_SENTENCE, export_hits
from corpus_tools.show.markup import missing, number, one_line
from corpus_tools.show.provenance import corpus_note

DATA, FIGURES, CODEBOOK = "data", "figures", "README.txt"
HITS_FILE = "hits"
_WHAT = {
    HITS_FILE: "every hit with its sentence, who says it, and a citation",
    "overview": "the chart of the first page",
    "shares": "how often each outlet uses each name, by voice",
    "contrasts": "how far outlets differ, with intervals",
    "robustness": "the same contrasts, counted in other ways",
    "corpus_by_outlet": "articles and dates of each outlet",
    "problems": "what reading noticed",
    "cleaning": "what cleaning changed",
    "lexicon": "what was looked for, and what a person has checked",
}
_NAME = re.compile(r"\w[\w-]{0,119}", re.ASCII)
_LISTED = re.compile(r"^((?:data/[\w-]+\.csv|figures/[\w-]+\.svg)): ", re.ASCII | re.MULTILINE)
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_UNIT = re.compile(r" \((?:%|points)\)\Z")
_ENDINGS = {
    "_low": "lower end of the interval",
    "_high": "upper end of the interval",
    "_target": "of the target",
    "_reference": "of what it is compared with",
    "_a": "of the first of two",
    "_b": "of the second of two",
}


class Export(NamedTuple):
    """One file: its place below the report, what it holds in a few words, and its rows where it is a table."""

    file: str
    what: str
    rows: int | None


def write_exports(
    folder: Path,
    *,
    articles: pd.DataFrame,
    hits: pd.DataFrame,
    voices: pd.DataFrame | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
    figures: Mapping[str, str] | None = None,
    about: Mapping[str, str] | None = None,
    whole_articles: bool = False,
    corpus: str | None = None,
) -> list[Export]:
    """Which files can a reader of the report take along?

    Parameters
    ----------
    folder : pathlib.Path
        Of the report. Files go into its ``data`` and ``figures``; those of an earlier run, which its list names, go.
    articles, hits, voices
        As for ``export_hits``.
    tables : mapping of str to pandas.DataFrame, optional
        By the name of the file without ending. Texts that a spreadsheet would take for a formula are quoted.
    figures : mapping of str to str, optional
        Whole SVG files, by name.
    about : mapping of str to str, optional
        What a table or figure is, for names that do not say it.
    whole_articles : bool, default False
        ``True`` leaves no sentence out, whatever the licence.
    corpus : str, optional
        What the corpus is called.

    Returns
    -------
    list of Export
        In the order in which they are to be listed: hits, tables, figures, and the file that says what each column is.

    Raises
    ------
    CorpusError
        When a name makes no file name, or as ``export_hits`` does.

    Examples
    --------
    >>> import tempfile
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "tarpaulin")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [export.file for export in write_exports(Path(folder), articles=articles, hits=hits)]
    ['data/hits.csv', 'data/README.txt']
    """
    shown = {**_WHAT, **{name: one_line(words) for name, words in (about or {}).items()}}
    frames = {HITS_FILE: export_hits(articles, hits, voices=voices, to_publish=not whole_articles), **(tables or {})}
    for name in [*frames, *(figures or {})]:
        if not _NAME.fullmatch(name):
            raise CorpusError(f"The name {name!r} makes no file name; use letters, digits, '_' and '-'.")
    _remove_earlier(folder)
    written = []
    for name, frame in frames.items():
        file = f"{DATA}/{name}.csv"
        write_table(_place(folder, file), [text_cell(column) for column in frame.columns], list(_rows(frame)))
        written.append(Export(file, shown.get(name, ""), len(frame)))
    for name, drawing in (figures or {}).items():
        file = f"{FIGURES}/{name}.svg"
        _place(folder, file).write_text(drawing, encoding="utf-8", newline="\n")
        written.append(Export(file, shown.get(name, ""), None))
    told = _codebook_text(corpus_note(articles, name=corpus), frames, written, cut=not whole_articles)
    # The mark at the start tells editors that it is UTF-8.
    _place(folder, f"{DATA}/{CODEBOOK}").write_text(told, encoding="utf-8-sig", newline="\r\n")
    return [*written, Export(f"{DATA}/{CODEBOOK}", "what each file and each column is", None)]


def in_words(column: str) -> str:
    """What does a column hold? Empty where it is none of ours.

    Examples
    --------
    >>> in_words("hits"), in_words("mean_high (%)"), in_words("shoe size")
    ('how many hits', 'upper end of the interval: mean over articles', '')
    """
    base, ending = _taken_apart(column)
    words = _codebook().get(base, "")
    return f"{_ENDINGS[ending]}: {words}" if words and ending else words


def _taken_apart(column: str) -> tuple[str, str]:
    """The name that the codebook has, and what stands behind it; the unit in the head of a page's table goes."""
    plain = _UNIT.sub("", column)
    if plain in _codebook():
        return plain, ""
    ending = next((ending for ending in _ENDINGS if plain.endswith(ending)), "")
    return plain.removesuffix(ending), ending


@cache
def _codebook() -> dict[str, str]:
    lines = (Path(__file__).parent / "codebook.csv").read_text(encoding="utf-8").splitlines()
    return {name: row["words"] for row in csv.DictReader(lines) for name in row["columns"].split()}


def _remove_earlier(folder: Path) -> None:
    """Take away what an earlier run listed as its own, so that no file of another corpus lies among the new ones."""
    listing = folder / DATA / CODEBOOK
    if not listing.is_file():
        return
    text = listing.read_text(encoding="utf-8-sig", errors="replace")
    _, _, listed = text.partition("\n\nThe files\n")
    for file in _LISTED.findall(listed.partition("\n\n")[0]):
        (folder / file).unlink(missing_ok=True)


def _place(folder: Path, file: str) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _rows(frame: pd.DataFrame) -> Iterator[list[str]]:
    for row in frame.itertuples(index=False, name=None):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if missing(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else value.isoformat()
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        return repr(float(value))
    text = str(value)
    # A negative number is no formula; quoted, it would be no number either.
    return text if _PLAIN_NUMBER.fullmatch(text) else text_cell(text)


def _codebook_text(note: str, frames: Mapping[str, pd.DataFrame], written: list[Export], *, cut: bool) -> str:
    files = [
        f"{export.file}: {export.what}" + (f" ({number(export.rows, 'row')})" if export.rows is not None else "")
        for export in written
    ]
    columns = sorted({str(column) for frame in frames.values() for column in frame.columns})
    bases = sorted({_taken_apart(column)[0] for column in columns if in_words(column)})
    known = [f"{base}: {_codebook()[base]}" for base in bases]
    known += [f"… {ending}: {words}" for ending, words in _ENDINGS.items()]
    others = [one_line(column) for column in columns if not in_words(column)]
    limits = (
        f"Of an article without a licence to hand it on, a sentence is cut after {LONGEST_SENTENCE} characters, and "
        f"there are no more sentences than make up {LARGEST_PART:.0%} of its text; the cells of the others are empty."
    )
    parts = [
        note + ".",
        "The files\n" + "\n".join(files),
        "All tables are CSV: commas, UTF-8, decimal points, an empty cell where something is missing. A text that a "
        "spreadsheet would take for a formula has an apostrophe in front. A table of a page is rounded as it is "
        "there, a number with “(%)” in its head is in percent, one with “(points)” in percentage points.",
        limits if cut else "",
        "The columns\n" + "\n".join(known),
        "Columns that are named and explained on their page\n" + "; ".join(others) if others else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
