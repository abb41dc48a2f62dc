"""Files that hold many articles: tables and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from corpus_tools.read.records import SHOWN, UNDECODED, JsonValue, Problems, Record


def read_csv(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    lines = io.StringIO(text, newline="").readlines()
    if not any(line.strip() for line in lines):
        problems.add(name, None, "file empty", "", "there is no header and no row", kept=False)
        return []
    first = next(i for i, line in enumerate(lines) if line.strip())
    limit = csv.field_size_limit(2**31 - 1)
    try:
        return _csv_rows(_Table(name, lines[first:], _delimiter(lines[first]), encoding), problems)
    finally:
        csv.field_size_limit(limit)


def header_names(text: str) -> list[str]:
    """The names of the columns, in small letters; none where the header cannot be read."""
    lines = [line for line in io.StringIO(text, newline="").readlines() if line.strip()][:50]
    try:
        fields = next(csv.reader(lines, delimiter=_delimiter(lines[0]), strict=True)) if lines else []
    except csv.Error:
        return []
    readable = not any(UNDECODED.search(f) or "\0" in f for f in fields)
    return [" ".join(f.split()).casefold() for f in fields] if readable else []


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


@dataclass
class _Table:
    name: str
    lines: list[str]
    delimiter: str
    encoding: str


def _csv_rows(table: _Table, problems: Problems) -> list[Record]:
    """Rows of a table. A broken record is listed by its number, and reading goes on at the line after its first."""
    header: list[str] | None = None
    records: list[Record] = []
    row, at = 0, 0
    while at < len(table.lines):
        reader = csv.reader(table.lines[at:], delimiter=table.delimiter, strict=True)
        start = at
        try:
            for fields in reader:
                begin, start = start, at + reader.line_num
                if not any(f.strip() for f in fields):
                    continue
                if header is None:
                    header = _header(fields, table.name, problems)
                    if header is None:
                        return []
                    continue
                row += 1
                _csv_record(fields, header, table, row, (begin, start), records, problems)
            break
        except csv.Error as error:
            row += 1
            shown = table.lines[start].strip()
            problems.add(table.name, row, "quotation mark", shown, f"{error}; double or close it", kept=False)
            at = start + 1
    return records


def _header(fields: list[str], name: str, problems: Problems) -> list[str] | None:
    names = [" ".join(f.split()) for f in fields]
    folded = [n.casefold() for n in names if n]
    twice = sorted({n for n in folded if folded.count(n) > 1})
    if twice:
        hint = "each column needs a name of its own; rename the others"
        problems.add(name, None, "column twice", ", ".join(twice), hint, kept=False)
        return None
    return names


def _csv_record(
    fields: list[str],
    header: list[str],
    table: _Table,
    row: int,
    lines: tuple[int, int],
    records: list[Record],
    problems: Problems,
) -> None:
    shown = table.lines[lines[0]].strip()
    if len(fields) != len(header):
        hint = f"{len(fields)} fields where the header has {len(header)}; put fields with commas in quotation marks"
        problems.add(table.name, row, "number of fields", shown, hint, kept=False)
    elif any(UNDECODED.search(f) for f in fields):
        hint = _undecoded("".join(table.lines[: lines[1]]), len("".join(table.lines[: lines[0]])), table.encoding)
        problems.add(table.name, row, "encoding", shown, hint, kept=False)
    else:
        unified = (f.replace("\r\n", "\n").replace("\r", "\n") for f in fields)
        records.append(Record(table.name, row, dict(zip(header, unified, strict=True))))


def _undecoded(text: str, begin: int, encoding: str) -> str:
    bad = UNDECODED.search(text, begin)
    at = len(text[: bad.start()].encode(encoding, "surrogateescape")) if bad else 0
    return f"byte {at} is not {encoding}; name the file's own, as in encoding='cp1252'"


class _Number(str):
    """A number of a JSON file, as written there."""


class _Object(dict[str, Any]):
    """An object of a JSON file, with the names that it gives to more than one value."""

    twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    item = _Object(pairs)
    names = [" ".join(key.split()).casefold() for key, value in pairs if value is not None]
    item.twice = tuple(sorted({n for n in names if names.count(n) > 1})) if len(set(names)) < len(names) else ()
    return item


def _parsed(text: str) -> Any:
    """The value of a JSON text; ``NaN`` and ``Infinity``, which Python writes for what is missing, are missing."""
    return json.loads(
        text, parse_int=_Number, parse_float=_Number, parse_constant=lambda _: None, object_pairs_hook=_object
    )


def read_jsonl(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    if text.lstrip().startswith("["):
        return _json_array(text, name, problems)
    records: list[Record] = []
    lines = text.split("\n")
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if UNDECODED.search(line):
            before = sum(len(earlier) + 1 for earlier in lines[: row - 1])
            problems.add(name, row, "encoding", line, _undecoded(text, before, encoding), kept=False)
            continue
        try:
            item = _parsed(line)
        except (ValueError, RecursionError) as error:
            reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            problems.add(name, row, "not JSON", line, f"{reason}; each line is one object", kept=False)
            continue
        _json_record(item, line, name, row, records, problems)
    if not records and not any(p[0] == name for p in problems.rows):
        problems.add(name, None, "file empty", "", "there is no line with an article", kept=False)
    return records


def _json_array(text: str, name: str, problems: Problems) -> list[Record]:
    try:
        items = _parsed(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        problems.add(name, None, "not JSON", text[:SHOWN], reason, kept=False)
        return []
    records: list[Record] = []
    for row, item in enumerate(items, start=1):
        _json_record(item, json.dumps(item), name, row, records, problems)
    return records


def _json_record(item: Any, shown: str, name: str, row: int, records: list[Record], problems: Problems) -> None:
    if not isinstance(item, _Object):
        problems.add(name, row, "not an object", shown, 'write {"outlet": "…", "text": "…"}', kept=False)
        return
    if item.twice:
        hint = "each name may hold one value; rename the others"
        problems.add(name, row, "column twice", ", ".join(item.twice), hint, kept=False)
        return
    values = {}
    for key, value in item.items():
        if value is None:
            continue
        text = str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if isinstance(value, _Number):
            text = JsonValue(text, "a number")
        elif isinstance(value, list | dict | bool):
            text = JsonValue(text, f"a {type(value).__name__}")
        values[str(key)] = text
    records.append(Record(name, row, values))
