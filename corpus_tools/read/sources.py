"""A file, a folder or a shipped sample → the articles frame, what was wrong with it, and what cleaning did."""

from __future__ import annotations

import difflib
import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_tools.read.assemble import MANIFEST, assemble
from corpus_tools.read.columns import fold, match_columns, name_columns, require_named, require_seen
from corpus_tools.read.files import ENDINGS, read_file, read_header
from corpus_tools.read.records import Problems, Record
from corpus_tools.read.sample import sample_folder, sample_names
from corpus_tools.schema import CorpusError, CorpusWarning, nearest, require_choice

_NOT_ARTICLES = ("readme", "licence", "license", "changelog", "contributing")


@dataclass
class _Reading:
    """How files are to be read, what was found about them, and the names of columns that were met."""

    encoding: str
    columns: Mapping[str, str]
    problems: Problems
    seen: dict[str, None] = field(default_factory=dict)

    def records(self, path: Path, name: str) -> list[Record]:
        return self.named(read_file(path, name, self.encoding, self.problems))

    def named(self, records: list[Record]) -> list[Record]:
        self.seen.update(dict.fromkeys(column for record in records for column in record.fields))
        return name_columns(records, self.columns, self.problems)


class Source(NamedTuple):
    """What a source holds: the articles that could be kept, the findings about the input, the changes to texts."""

    articles: pd.DataFrame
    problems: pd.DataFrame
    cleaning: pd.DataFrame


def read_articles(
    path: str | os.PathLike[str],
    *,
    on_error: str = "raise",
    encoding: str = "utf-8",
    date_order: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Which articles does this file or folder hold, clean and one per row?

    Parameters
    ----------
    path : str or path
        A ``.csv``, ``.tsv``, ``.jsonl``, ``.txt`` or ``.md`` file; a folder with a manifest ``articles.csv``
        (columns ``file``, ``outlet``, ``date``, ``title`` and any other); a folder with one sub-folder per
        outlet; a folder of Markdown files whose front matter names the outlet; or the name of a shipped sample.
    on_error : {"raise", "skip"}
        What to do when an article cannot be kept: stop, or go on with the others and warn.
    encoding : str
        Encoding of the files. UTF-8 (with or without mark) and marked UTF-16 need no option; nothing is guessed.
    date_order : {"day", "month"}, optional
        How to read dates such as 09/10/2023. Without it they are missing.
    columns : mapping of str to str, optional
        Which column of the source is meant by ``article_id``, ``outlet``, ``date``, ``title``, ``text``, ``event``,
        ``byline``, ``agency``, ``licence`` or ``kind``, as in ``{"outlet": "paper"}``. What is named here goes before
        a name that is recognised; a row that lacks it has no such value. The others are recognised as without it.

    Returns
    -------
    pandas.DataFrame
        One row per article, in the order of the source.

        - `article_id`: text, unique; the id of the data, else the file's name or the file's name and row
        - `outlet`: text; spellings that differ by case, blanks or Unicode form are one
        - `date`: the day as printed (datetime64), ``NaT`` where none is stated
        - `title`: text, missing where unknown
        - `text`: the article, cleaned; begins with the title as its first paragraph where there is one;
          a paragraph is a line
        - any further column of the data, as text, and, where data or text state them:
        - `dateline`: the place with which the text opened
        - `agency`: the agency whose copy the article is
        - `agency_from`: how that is known, the surest of "data" (a column `agency`), "dateline", "byline" (a column
          `byline`, `author` or `authors`, or a line of the text), "closing tag", "copyright line", "credit line"
        - `agency_contributed`: agencies that are credited beside the outlet, "AP; Reuters"; the copy is the outlet's

        An article that speaks of an agency is neither; copy without a mark is not found here but by `find_reuse`.

    Raises
    ------
    CorpusError
        When an article could not be kept and ``on_error`` is "raise", or nothing could be read at all, or ``columns``
        names what there is not.
        Its ``problems`` lists every finding.

    See Also
    --------
    inspect_source : the same, with the problems and the log of the cleaning.

    Examples
    --------
    >>> from corpus_tools import read_articles
    >>> articles = read_articles("strike")
    >>> articles.groupby("outlet").size().tolist()
    [7, 1, 6]
    """
    require_choice("on_error", on_error, ("raise", "skip"))
    articles, problems, _ = inspect_source(path, encoding=encoding, date_order=date_order, columns=columns)
    lost = problems[~problems["kept"]]
    if len(lost) and (on_error == "raise" or articles.empty):
        raise CorpusError(_lost_message(lost, path, articles.empty), problems)
    if len(lost):
        warnings.warn(_lost_message(lost, path, True), CorpusWarning, stacklevel=2)
    elif articles.empty:
        warnings.warn(f"{Path(path).name} has a header and no article.", CorpusWarning, stacklevel=2)
    return articles


def read_sample(name: str) -> pd.DataFrame:
    """Which articles does a shipped sample hold?

    Parameters
    ----------
    name : str
        "karabakh": a hundred articles of six fictional newsrooms on the road through Berdzor/Lachin and what followed,
        December 2022 to September 2023. "strike": fourteen short ones of three fictional newsrooms on a bus strike.

    Returns
    -------
    pandas.DataFrame
        As `read_articles` returns it, with `event`, `byline`, `licence`, `kind` from the files: `article_id`,
        `outlet`, `date`, `title`, `text`.

    Raises
    ------
    CorpusError
        When there is no such sample.

    Examples
    --------
    >>> from corpus_tools import read_sample
    >>> len(read_sample("strike"))
    14
    """
    return read_articles(sample_folder(name))


def inspect_source(
    path: str | os.PathLike[str],
    *,
    encoding: str = "utf-8",
    date_order: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Source:
    """What does this source hold, what is wrong with it, and what did cleaning change?

    Parameters
    ----------
    path, encoding, date_order, columns
        As for `read_articles`.

    Returns
    -------
    Source
        A named tuple of three frames. Rows of the source = rows of ``articles`` + rows of ``problems`` with
        ``kept`` false.

        articles
            As `read_articles` returns it.
        problems
            One row per finding: `file`; `row` (number of the record in a table, not counting the header, or of
            the line in JSON lines; missing where the file is meant); `rule`; `value` as found; `hint`;
            `kept` (False where an article was lost by it).
        cleaning
            One row per change to a text: `article_id`; `rule`; `start`, `end` (characters of the text as read,
            whose line ends are all one character; missing for a change to the title); `removed`; `inserted`.
            The changes of an article do not overlap; applied to the text as read they give ``text``.

    Raises
    ------
    CorpusError
        When there is no such file, folder, sample, encoding or column.

    Examples
    --------
    >>> from corpus_tools import inspect_source
    >>> articles, problems, cleaning = inspect_source("strike")
    >>> len(articles), len(problems), "dateline" in set(cleaning["rule"])
    (14, 0, True)
    """
    if date_order is not None:
        require_choice("date_order", date_order, ("day", "month"))
    problems = Problems()
    records = named_records(path, encoding, columns, problems)
    articles, cleaning = assemble(records, date_order, problems)
    return Source(articles, problems.frame(), cleaning)


def named_records(
    path: str | os.PathLike[str], encoding: str, columns: Mapping[str, str] | None, problems: Problems
) -> list[Record]:
    """The records of a source as they stand there, under the names that ``columns`` gives."""
    reading = _Reading(encoding, require_named(columns), problems)
    place = _locate(path)
    records = _records(place, reading)
    require_seen(reading.columns, reading.seen, place.name)
    return records


def _lost_message(lost: pd.DataFrame, path: str | os.PathLike[str], skipping: bool) -> str:
    first = lost.iloc[0]
    place = first["file"] + (f", row {first['row']}" if pd.notna(first["row"]) else "")
    number = f"{len(lost)} entr{'y' if len(lost) == 1 else 'ies'} of {Path(path).name}"
    way_out = "see .problems" if not skipping else "inspect_source() lists them all"
    if not skipping:
        way_out = "mend the source, or go on without with on_error='skip'; .problems lists them all"
    return f"{number} could not be kept; the first is {place}: {first['rule']} ({first['hint']}); {way_out}."


def _locate(path: str | os.PathLike[str]) -> Path:
    place = Path(path)
    if place.exists():
        return place
    if isinstance(path, str) and path in sample_names():
        return sample_folder(path)
    beside = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
    near = difflib.get_close_matches(place.name, beside, n=1) or sample_names()
    where = "" if place.is_absolute() else f" (looked in the folder {Path.cwd().name!r})"
    raise CorpusError(f"There is no file, folder or sample {str(path)!r}{where}; {nearest(place.name, near)}")


def _records(place: Path, reading: _Reading) -> list[Record]:
    if place.is_file():
        if place.name == MANIFEST and "file" in read_header(place, reading.encoding):
            return _manifest(place, reading)
        return reading.records(place, place.name)
    if not place.is_dir():
        reading.problems.add(place.name, None, "not a file", "", "neither a file nor a folder", kept=False)
        return []
    manifest = place / MANIFEST
    if manifest.is_file() and _is_manifest(read_header(manifest, reading.encoding)):
        return _manifest(manifest, reading)
    return _folder(place, reading)


def _is_manifest(header: list[str]) -> bool:
    """A list of files, or one that cannot be read: then nobody knows what it leaves out, and nothing else is read."""
    return not header or "file" in header


def _folded(record: Record) -> dict[str, str]:
    return {k.strip().casefold(): v for k, v in record.fields.items()}


def _walk(folder: Path, problems: Problems) -> list[tuple[Path, str]]:
    """Regular files below the folder, links not followed, with a name that can be shown."""
    found = []
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            shown = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
            if name.startswith(".") and path.suffix.lower() not in ENDINGS:
                continue
            if path.is_symlink() or not path.is_file():
                problems.add(shown, None, "not read", "", "links and special files are not followed", kept=True)
            elif name.startswith("._"):
                problems.add(shown, None, "not read", "", "a companion file that macOS writes", kept=True)
            else:
                found.append((path, shown))
    return found


def _manifest(manifest: Path, reading: _Reading) -> list[Record]:
    problems = reading.problems
    files = {shown: path for path, shown in _walk(manifest.parent, problems)}
    used = {MANIFEST}
    records = []
    for entry, given in _listed(manifest, reading):
        stated = _folded(entry).get("file")
        if stated is None:
            hint = "the names of its columns cannot be read; name its encoding, or save it as UTF-8"
            problems.add(entry.file, entry.row, "manifest", ", ".join(entry.fields), hint, kept=False)
            continue
        name = Path(stated.strip().replace("\\", "/")).as_posix()
        if name not in files:
            hint = f"no such file in the folder; {nearest(name, files)}"
            problems.add(entry.file, entry.row, "file missing", name, hint, kept=False)
            continue
        used.add(name)
        for record in reading.records(files[name], name):
            own = {k: v for k, v in record.fields.items() if k == "text" or not _is_given(k, given)}
            records.append(Record(name, record.row, {**own, **given}))
    for name in files:
        if name not in used:
            problems.add(name, None, "not in the manifest", "", f"{MANIFEST} does not list it; not read", kept=True)
    return records


def _listed(manifest: Path, reading: _Reading) -> Iterator[tuple[Record, dict[str, str]]]:
    """The entries as written, and what each gives to its articles."""
    listed = read_file(manifest, MANIFEST, reading.encoding, reading.problems)
    bare = [Record(e.file, e.row, {k: v for k, v in e.fields.items() if fold(k) != "file"}) for e in listed]
    for entry, values in zip(listed, reading.named(bare), strict=True):
        yield entry, {k: v for k, v in values.fields.items() if v.strip()}


def _is_given(column: str, given: dict[str, str]) -> bool:
    return match_columns([column]).get(column, column) in match_columns(list(given)).values()


def _folder(folder: Path, reading: _Reading) -> list[Record]:
    problems = reading.problems
    records = []
    for path, name in _walk(folder, problems):
        if path.suffix.lower() not in ENDINGS or path.stem.casefold() in _NOT_ARTICLES:
            problems.add(name, None, "not read", "", "not an article by its name or ending", kept=True)
            continue
        outlet = name.split("/")[0] if "/" in name else ""
        for record in reading.records(path, name):
            if outlet and "outlet" not in match_columns(list(record.fields)).values():
                record.fields["outlet"] = outlet
            records.append(record)
    if not records and not problems.rows:
        problems.add(folder.name, None, "folder empty", "", "there is no file to read", kept=False)
    return records
