"""Raw records → the articles frame and the log of the cleaning."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from corpus_tools.read.agencies import BYLINE_COLUMNS, Credits, read_byline
from corpus_tools.read.clean import Cleaned, clean_text
from corpus_tools.read.columns import SYNONYMS, match_columns
from corpus_tools.read.dates import read_date
from corpus_tools.read.outlets import merge_spellings
from corpus_tools.read.records import Problems, Record
from corpus_tools.schema import ARTICLES, CLEANING, empty

MANIFEST = "articles.csv"


def assemble(records: list[Record], date_order: str | None, problems: Problems) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles and cleaning of all records; what cannot be kept is added to the problems."""
    _say_columns(records, problems)
    return _assemble(distinct_rows(records, problems), date_order, problems)


def distinct_rows(records: list[Record], problems: Problems) -> list[dict[str, object]]:
    """The records that are articles, under the names of the design, as they stand in the source, each with its id."""
    rows = [row for record in records if (row := _row(record, problems)) is not None]
    return _unique(rows, problems)


def _say_columns(records: list[Record], problems: Problems) -> None:
    """Each column that was taken for another one, once a file; and a table of which no column is known."""
    said: set[tuple[str, str]] = set()
    for record in records:
        if record.row is not None and (record.file, "") not in said and not match_columns(list(record.fields)):
            hint = "no column name is known; if this line is an article, the line with the names is missing"
            problems.add(record.file, None, "no header", ", ".join(record.fields), hint, kept=False)
        if (record.file, "") not in said and record.row is not None:
            _say_unused(record, problems)
        said.add((record.file, ""))
        for found, wanted in match_columns(list(record.fields)).items():
            if " ".join(found.split()).casefold() != wanted and (record.file, found) not in said:
                said.add((record.file, found))
                problems.add(record.file, None, "column name", found, f"taken as {wanted!r}", kept=True)


def _say_unused(record: Record, problems: Problems) -> None:
    """Where a table has no column for the day or the title, the columns that might hold it."""
    matched = match_columns(list(record.fields))
    missing = [c for c in ("date", "title") if c not in matched.values()]
    unused = [repr(c) for c in record.fields if c and c not in matched]
    if missing and unused and matched:
        hint = f"if one holds {' or '.join(map(repr, missing))}, name it with columns={{{missing[0]!r}: …}}"
        problems.add(record.file, None, "column not found", ", ".join(unused), hint, kept=True)


def _row(record: Record, problems: Problems) -> dict[str, object] | None:
    """The record under the names of the design, or None where it is no article."""
    matched = match_columns(list(record.fields))
    row: dict[str, object] = {matched.get(k, k): v for k, v in record.fields.items()}
    row["source_file"], row["_row"] = record.file, record.row
    named = {v: k for k, v in matched.items()}
    missing = [c for c in ("text", "outlet") if c not in row]
    if "text" in row and not _visible(str(row["text"])):
        problems.add(record.file, record.row, "no text", row["text"], f"{named['text']!r} is empty", kept=False)
        return None
    if missing:
        found = ", ".join(repr(k) for k in record.fields)[:160]
        hint = f"there is no column {missing[0]!r} (or {', '.join(SYNONYMS[missing[0]][1:4])}), only {found}"
        hint += f"; name the one that is meant with columns={{{missing[0]!r}: …}}"
        if record.row is None and missing == ["outlet"]:
            hint = f"name it in a manifest {MANIFEST}, in front matter, or by a folder per outlet"
        problems.add(record.file, record.row, f"no {missing[0]}", "", hint, kept=False)
        return None
    if not _visible(str(row["outlet"])):
        problems.add(record.file, record.row, "no outlet", row["outlet"], f"{named['outlet']!r} is empty", kept=False)
        return None
    return row


def _visible(text: str) -> bool:
    return any(c.isprintable() and not c.isspace() for c in text)


def _unique(rows: list[dict[str, object]], problems: Problems) -> list[dict[str, object]]:
    seen: dict[str, dict[str, object]] = {}
    for row, article_id in zip(rows, _ids(rows), strict=True):
        file, number = str(row["source_file"]), row["_row"]
        row["article_id"] = article_id
        first = seen.setdefault(str(row["article_id"]), row)
        if first is row:
            continue
        same = all(first.get(k) == row.get(k) for k in ("outlet", "title", "text", "date"))
        rule = "identical copy" if same else "id used twice"
        place = f"{first['source_file']}" + (f", row {first['_row']}" if first["_row"] is not None else "")
        hint = (
            f"{'the same article as' if same else 'another article than'} {place}; give each article an id of its own"
        )
        problems.add(file, number, rule, row["article_id"], hint, kept=False)  # type: ignore[arg-type]
    return list(seen.values())


def _ids(rows: list[dict[str, object]]) -> list[str]:
    """The id of the data, else the file's name without its ending, and its row in a table.

    The ending stays where another article would have the same id.
    """
    given = [" ".join(str(row.get("article_id", "")).split()) for row in rows]
    places = [(str(row["source_file"]), row["_row"]) for row in rows]
    short = [_joined(file.rsplit(".", 1)[0], number) for file, number in places]
    taken = Counter(dict.fromkeys(filter(None, given), 1))
    taken.update(name for name, _ in {(s, p) for g, s, p in zip(given, short, places, strict=True) if not g})
    return [
        g or (s if taken[s] == 1 else _joined(file, number))
        for g, s, (file, number) in zip(given, short, places, strict=True)
    ]


def _joined(name: str, row: object) -> str:
    return name if row is None else f"{name}-{row}"


def _assemble(
    rows: list[dict[str, object]], date_order: str | None, problems: Problems
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if not rows:
        return empty(ARTICLES), empty(CLEANING)
    kept, log, dates = [], [], []
    for row in rows:
        known = tuple(str(row[k]) for k in ("outlet", "agency") if row.get(k))
        cleaned = clean_text(str(row["text"]), str(row.get("title") or ""), date_order=date_order, known=known)
        file, number = str(row["source_file"]), row["_row"]
        if not _visible(cleaned.text.removeprefix(cleaned.title)):
            hint = "after cleaning there is no text"
            problems.add(file, number, "no text", str(row["text"])[:80], hint, kept=False)  # type: ignore[arg-type]
            continue
        dates.append(_date(row, cleaned.date, date_order, problems))
        raw, heading = str(row["text"]), str(row.get("title") or "")
        for edit in cleaned.edits:
            place = (pd.NA, pd.NA) if edit.start < 0 else (edit.start, edit.end)
            removed = heading if edit.start < 0 else raw[edit.start : edit.end]
            log.append((row["article_id"], edit.rule, *place, removed, edit.inserted))
        kept.append({**row, **_extra(row, cleaned), "title": cleaned.title or None, "text": cleaned.text})
    articles = _frame(kept, dates, problems)
    cleaning = pd.DataFrame(log, columns=list(CLEANING)) if log else empty(CLEANING)
    kinds = {"article_id": "str", "rule": "str", "start": "Int64", "end": "Int64", "removed": "str", "inserted": "str"}
    return articles, cleaning.astype(kinds)


def _extra(row: dict[str, object], cleaned: Cleaned) -> dict[str, object]:
    """What the text states of place and agency; what the data say of the same goes first."""
    byline = next((str(v) for k, v in row.items() if k.strip().casefold() in BYLINE_COLUMNS and v), "")
    given = Credits(str(row["agency"]), "data") if row.get("agency") else Credits()
    of_text = cleaned.credits.of_others(str(row["outlet"]))
    found = given.joined(of_text).joined(read_byline(byline))
    stated = {
        "dateline": cleaned.dateline,
        "agency": found.agency,
        "agency_from": found.known_by,
        "agency_contributed": "; ".join(found.contributed),
    }
    return {k: row.get(k) or v or None for k, v in stated.items()}


def _frame(kept: list[dict[str, object]], dates: list[pd.Timestamp], problems: Problems) -> pd.DataFrame:
    if not kept:
        return empty(ARTICLES)
    frame = pd.DataFrame(kept).drop(columns="_row")
    rest = [c for c in frame.columns if c not in ARTICLES and frame[c].notna().any()]
    outlets, notes = merge_spellings(frame["outlet"])
    for note in notes.itertuples():
        problems.add("", None, str(note.rule), note.value, str(note.hint), kept=True)
    frame = frame.assign(outlet=outlets, date=pd.Series(dates, dtype="datetime64[us]", index=frame.index))
    text = [c for c in (*ARTICLES, *rest) if c != "date"]
    return frame[[*ARTICLES, *rest]].astype(dict.fromkeys(text, "str"))


def _date(row: dict[str, object], in_text: str, order: str | None, problems: Problems) -> pd.Timestamp:
    """The day as printed, from the data or else from the date line of the text."""
    given = str(row.get("date") or "").strip()
    read = read_date(given or in_text, order=order)
    file, number = str(row["source_file"]), row["_row"]
    if read.rule:
        kept_hint = read.hint + ("" if pd.notna(read.date) else "; the article is kept without a date")
        problems.add(file, number, read.rule, given or in_text, kept_hint, kept=True)  # type: ignore[arg-type]
    stated = read_date(in_text, order=order).date if in_text and given else pd.NaT
    day = _day(read.date)
    if pd.notna(stated) and pd.notna(day) and _day(stated) != day:
        hint = f"the data say {day:%Y-%m-%d}, the text's date line says otherwise; the data's date is used"
        problems.add(file, number, "two dates", in_text, hint, kept=True)  # type: ignore[arg-type]
    return day


def _day(date: pd.Timestamp) -> pd.Timestamp:
    return date if pd.isna(date) else date.tz_localize(None).normalize().as_unit("us")
