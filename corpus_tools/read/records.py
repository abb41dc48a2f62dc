"""Files → raw records: one dict of strings per article, and what could not be read."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from corpus_tools.read.columns import stands_for
from corpus_tools.schema import PROBLEMS, CorpusError, empty

_BINARY_STARTS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"PAR1",
)
_UNDECODED = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN = 80


@dataclass
class Problems:
    """The list of findings about the input, in the order in which they were met."""

    rows: list[tuple[str, int | None, str, str, str, bool]] = field(default_factory=list)

    def add(self, file: str, row: int | None, rule: str, value: object, hint: str, *, kept: bool) -> None:
        shown = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", str(value))
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        self.rows.append((file, row, rule, shown, hint, kept))

    def frame(self) -> pd.DataFrame:
        if not self.rows:
            return empty(PROBLEMS)
        frame = pd.DataFrame(self.rows, columns=list(PROBLEMS))
        return frame.astype({"file": "str", "row": "Int64", "rule": "str", "value": "str", "hint": "str", "kept": bool})


@dataclass
class Record:
    """One article as it stands in the file; ``row`` is missing where the file is the article."""

    file: str
    row: int | None
    fields: dict[str, str]


def read_file(path: Path, name: str, encoding: str, problems: Problems) -> list[Record]:
    """The records of one file, by its ending."""
    readers = {".txt": _text, ".md": _markdown, ".csv": _csv, ".tsv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        problems.add(name, None, "kind of file", path.suffix, "read are .txt, .md, .csv, .tsv and .jsonl", kept=False)
        return []
    data = path.read_bytes()
    single = reader in (_text, _markdown)
    if data.startswith(_BINARY_STARTS) or (
        single and b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        problems.add(name, None, "not a text file", data[:8], "the content is binary; convert it to text", kept=False)
        return []
    text = decode(data, encoding)
    if single and (bad := _UNDECODED.search(text)):
        text = _cut_tail(text, data, bad, name, problems)
        if not text:
            problems.add(name, None, *_bad_byte(data, encoding), kept=False)
            return []
    return reader(text.replace("\r\n", "\n").replace("\r", "\n") if single else text, name, encoding, problems)


def decode(data: bytes, encoding: str) -> str:
    """Text of the bytes; a byte that the encoding does not allow becomes a lone surrogate, to be refused by row."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        data, encoding = data[3:], "utf-8"
    try:
        return data.decode(encoding, errors="surrogateescape")
    except LookupError:
        raise CorpusError(
            f"There is no encoding {encoding!r}; common ones are 'utf-8', 'cp1252' and 'cp1251'."
        ) from None
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace")


def _bad_byte(data: bytes, encoding: str) -> tuple[str, str, str]:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        value = data[max(error.start - 12, 0) : error.start + 4]
        hint = f"byte {error.start} is not {encoding}; name the file's own, as in encoding='cp1252'"
        return "encoding", repr(value), hint
    return "encoding", "", f"the file is not {encoding}; name its own, as in encoding='cp1252'"


def _cut_tail(text: str, data: bytes, bad: re.Match[str], name: str, problems: Problems) -> str:
    """A file cut off inside its last character keeps all that came before."""
    tail = text[bad.start() :]
    if len(tail) > 3 or not all("\udc80" <= c <= "\udcff" for c in tail) or not bad.start():
        return ""
    hint = f"the file ends inside a character at byte {len(data) - len(tail)}; the text before it was kept"
    problems.add(name, None, "file cut off", data[-len(tail) :], hint, kept=True)
    return text[: bad.start()]


def _text(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    return [Record(name, None, {"text": text})]


def _markdown(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    match = re.match(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    values: dict[str, str] = {}
    if match:
        try:
            front = yaml.load(match.group(1) or "", Loader=yaml.BaseLoader) or {}
        except (yaml.YAMLError, RecursionError) as error:
            problems.add(name, None, "front matter", str(error), "the block between --- is not YAML", kept=False)
            return []
        if not isinstance(front, dict):
            problems.add(name, None, "front matter", front, "write one 'name: value' a line", kept=False)
            return []
        values = {str(k): v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in front.items()}
        text = text[match.end() :]
    heading = re.match(r"\s*#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*(?:\n|$)", text)
    if heading and not any(k.strip().casefold() == "title" for k in values):
        values["title"] = heading.group(1)
        text = text[heading.end() :]
    return [Record(name, None, {**values, "text": _unwrap(text)})]


def _unwrap(markdown: str) -> str:
    """Paragraphs as single lines: in Markdown a line break is a blank, and a blank line parts paragraphs."""
    blocks = re.split(r"\n[ \t]*\n", markdown.strip("\n"))
    marker = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]|[ \t]*#{1,6}[ \t]|[ \t]*>")
    joined = []
    for block in blocks:
        lines = block.split("\n")
        text = lines[0].strip()
        for line in lines[1:]:
            text += ("\n" if marker.match(line) else " ") + line.strip()
        joined.append(text)
    return "\n\n".join(joined)


class _Number(str):
    """A number of a JSON file, as written there."""


def _csv(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
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
    elif any(_UNDECODED.search(f) for f in fields):
        hint = _undecoded("".join(table.lines[: lines[1]]), len("".join(table.lines[: lines[0]])), table.encoding)
        problems.add(table.name, row, "encoding", shown, hint, kept=False)
    else:
        unified = (f.replace("\r\n", "\n").replace("\r", "\n") for f in fields)
        records.append(Record(table.name, row, dict(zip(header, unified, strict=True))))


def _undecoded(text: str, begin: int, encoding: str) -> str:
    bad = _UNDECODED.search(text, begin)
    at = len(text[: bad.start()].encode(encoding, "surrogateescape")) if bad else 0
    return f"byte {at} is not {encoding}; name the file's own, as in encoding='cp1252'"


def _jsonl(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    if text.lstrip().startswith("["):
        return _json_array(text, name, problems)
    records: list[Record] = []
    lines = text.split("\n")
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if _UNDECODED.search(line):
            before = sum(len(earlier) + 1 for earlier in lines[: row - 1])
            problems.add(name, row, "encoding", line, _undecoded(text, before, encoding), kept=False)
            continue
        try:
            item = json.loads(line, parse_int=_Number, parse_float=_Number)
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
        items = json.loads(text, parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        problems.add(name, None, "not JSON", text[:_SHOWN], reason, kept=False)
        return []
    records: list[Record] = []
    for row, item in enumerate(items, start=1):
        _json_record(item, json.dumps(item), name, row, records, problems)
    return records


def _json_record(item: Any, shown: str, name: str, row: int, records: list[Record], problems: Problems) -> None:
    if not isinstance(item, dict):
        problems.add(name, row, "not an object", shown, 'write {"outlet": "…", "text": "…"}', kept=False)
        return
    values = {}
    for key, value in item.items():
        if value is None:
            continue
        wrong = isinstance(value, list | dict | bool) or (isinstance(value, _Number) and stands_for(key, "text"))
        text = str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if wrong and stands_for(key, "text", "outlet", "article_id"):
            kind = "a number" if isinstance(value, _Number) else f"a {type(value).__name__}"
            problems.add(name, row, "not text", text, f"{key!r} holds {kind}, not text", kept=False)
            return
        values[str(key)] = text
    records.append(Record(name, row, values))
