"""What a source holds as plain values for a page: articles by outlet, problems and changes by rule, columns, code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools.read.files import ENDINGS
from corpus_tools.read.records import Record
from corpus_tools.read.sources import Source
from corpus_tools.show.markup import number, one_line
from corpus_tools.show.provenance import outlets_overview, rule_counts

EXAMPLES = 3
LISTED = 200
_OUTLETS = 30
_IN_WORDS = {
    "column name": "Columns that were taken under another name",
    "column not found": "Columns that might be meant, or are not there",
    "column twice": "Two columns or values of one name",
    "date ambiguous": "Dates whose order of day and month is not stated",
    "date impossible": "Dates that do not exist",
    "date missing": "Articles without a date",
    "date not understood": "Dates that were not understood",
    "date relative": "Dates that depend on the day of reading",
    "date suspicious": "Dates that software writes where it knows none",
    "encoding": "Characters in another encoding",
    "file cut off": "Files that end too early",
    "file empty": "Files without anything in them",
    "file missing": "Files that the list names and the folder lacks",
    "folder empty": "Folders without a file",
    "id used twice": "Two articles with one id",
    "identical copy": "The same article twice",
    "kind of file": "Files of a kind that is not read",
    "no header": "Tables without names of columns",
    "no outlet": "Articles without an outlet",
    "no text": "Articles without a text",
    "not in the manifest": "Files that the list does not name",
    "not read": "Files that are no articles by their name",
    "number of fields": "Rows with too many or too few fields",
    "outlet names look alike": "Outlets whose names look alike",
    "outlet spellings merged": "Spellings of one outlet that were made one",
    "quotation mark": "Rows with a quotation mark that does not close",
    "two dates": "Articles with two dates",
}


def told_of(source: Source) -> dict[str, Any]:
    """The page of a source in plain values, by the names that its template uses."""
    articles, problems, cleaning = source
    outlets = outlets_overview(articles)
    lost = int((~problems["kept"].astype(bool)).sum())
    rows = [(one_line(r.outlet, longest=60), f"{r.articles:,}", r.dates) for r in outlets.head(_OUTLETS).itertuples()]
    return {
        "size": f"{number(len(articles), 'article')} by {number(len(outlets), 'outlet')}.",
        "lost": f"{lost:,} {'entry' if lost == 1 else 'entries'} could not be kept." if lost else "",
        "outlets": rows,
        "more_outlets": max(len(outlets) - _OUTLETS, 0),
        "problems": [_problem(problems, rule, times) for rule, times in rule_counts(problems).itertuples(index=False)],
        "changes": [_change(cleaning, rule, times) for rule, times in rule_counts(cleaning).itertuples(index=False)],
    }


def _problem(problems: pd.DataFrame, rule: str, times: int) -> dict[str, Any]:
    rows = problems[problems["rule"] == rule]
    lost = int((~rows["kept"].astype(bool)).sum())
    said = [
        {
            "place": ", ".join(filter(None, [one_line(r["file"], longest=60), f"row {r['row']}" * pd.notna(r["row"])])),
            "value": one_line(r["value"], longest=60),
            "hint": one_line(r["hint"], longest=300, word=60),
        }
        for r in rows.head(EXAMPLES).to_dict("records")
    ]
    name = _IN_WORDS.get(rule, rule[:1].upper() + rule[1:])
    return {
        "name": name,
        "times": f"{times:,}",
        "lost": f"{lost:,}" if lost else "",
        "rows": said,
        "more": times - len(said),
    }


def _change(cleaning: pd.DataFrame, rule: str, times: int) -> dict[str, Any]:
    rows = cleaning[cleaning["rule"] == rule]
    said = []
    for row in rows.head(EXAMPLES).to_dict("records"):
        removed, inserted = (f"“{one_line(row[part], longest=60)}”" for part in ("removed", "inserted"))
        words = f"{removed} becomes {inserted}" if row["removed"] and row["inserted"] else f"{removed} is taken out"
        said.append((one_line(row["article_id"], longest=40), words if row["removed"] else f"{inserted} is put in"))
    articles = number(rows["article_id"].nunique(), "article")
    return {"name": rule[:1].upper() + rule[1:], "times": f"{times:,} in {articles}", "rows": said}


def columns_with_values(records: list[Record]) -> dict[str, str]:
    """The columns of the data and their first values, "paper: Daily News · The Post"."""
    found: dict[str, list[str]] = {}
    for record in records:
        for name, value in record.fields.items():
            values = found.setdefault(name, [])
            shown = one_line(value, longest=28)
            if shown and shown not in values and len(values) < EXAMPLES:
                values.append(shown)
    return {
        name: f"{one_line(name, longest=40)}: {' · '.join(values) or 'empty'}" for name, values in found.items() if name
    }


def files_in(folder: Path) -> tuple[list[tuple[str, str]], int]:
    """What a folder holds to choose from, folders first, as label and name; and how many others it holds."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: (not entry.is_dir(), entry.name.casefold()))
    except OSError:
        return [], 0
    shown = [e for e in entries if _can_be_chosen(e)]
    listed = [(one_line(e.name, longest=60, word=60) + "/" * e.is_dir(), e.name) for e in shown[:LISTED]]
    return listed, len(entries) - len(listed)


def _can_be_chosen(entry: Path) -> bool:
    printable = entry.name.isprintable() and entry.name.encode("utf-8", "replace").decode() == entry.name
    return printable and not entry.name.startswith(".") and (entry.is_dir() or entry.suffix.lower() in ENDINGS)


def code_of(path: str, options: Mapping[str, object], *, skip: bool) -> str:
    """The line that reads the same articles without the form."""
    given = {name: value for name, value in options.items() if value and (name, value) != ("encoding", "utf-8")}
    if skip:
        given["on_error"] = "skip"
    arguments = [repr(path), *(f"{name}={value!r}" for name, value in given.items())]
    return f"articles = ct.read_articles({', '.join(arguments)})"
