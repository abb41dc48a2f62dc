"""Which column of the data is meant by which name of the design?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus_tools.read.records import JsonValue, Problems, Record
from corpus_tools.schema import ARTICLES, CorpusError, nearest

SYNONYMS = {
    "article_id": ("article_id", "id", "doc_id", "docid", "article id", "articleid", "uid"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "newsroom", "publication", "source_name", "media"),
    "date": ("date", "published", "publication_date", "publish_date", "pub_date", "published_at", "datetime"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "content", "body", "article", "article_text", "full_text", "fulltext", "maintext"),
}
# What `columns` may name: the columns that all articles have, and those of the data that functions ask for by name.
NAMEABLE = (*ARTICLES, "event", "byline", "agency", "licence", "kind")


def match_columns(names: list[str]) -> dict[str, str]:
    """Names of the design for the names found: the most exact synonym wins, every other column keeps its name."""
    folded = {fold(n): n for n in reversed(names)}
    matched = {}
    for wanted, synonyms in SYNONYMS.items():
        found = next((folded[s] for s in synonyms if s in folded), None)
        if found is not None:
            matched[found] = wanted
    return matched


def stands_for(name: str, *wanted: str) -> bool:
    """Is this column name a synonym of one of the wanted ones?"""
    return any(name.strip().casefold() in SYNONYMS[w] for w in wanted)


def fold(name: str) -> str:
    """A column's name as it is compared: capitals and blanks make no other one."""
    return " ".join(name.split()).casefold()


def require_named(columns: object) -> dict[str, str]:
    """The option ``columns`` as name of the design → name in the source, or a CorpusError that says what is wrong."""
    if columns is None:
        return {}
    if not isinstance(columns, Mapping) or not all(isinstance(x, str) for pair in columns.items() for x in pair):
        shown = repr(columns)[:60]
        raise CorpusError(f"The option 'columns' cannot be {shown}; write it as in columns={{'outlet': 'paper'}}.")
    for wanted, found in columns.items():
        if wanted not in NAMEABLE:
            raise CorpusError(f"The option 'columns' cannot name {wanted!r}; {nearest(wanted, NAMEABLE)}")
        same = [w for w, f in columns.items() if fold(f) == fold(found)]
        if len(same) > 1:
            raise CorpusError(f"The option 'columns' names {found!r} for {' and '.join(map(repr, same))}; choose one.")
    return dict(columns)


def require_seen(columns: Mapping[str, str], seen: Iterable[str], name: str) -> None:
    """Raise a CorpusError where a named column stands nowhere in the source; one without records holds no names."""
    names = list(seen)
    folded = {fold(n) for n in names}
    for wanted, found in columns.items():
        if names and fold(found) not in folded:
            raise CorpusError(f"{name} has no column {found!r} for {wanted!r}; {nearest(found, names)}")


def name_columns(records: list[Record], columns: Mapping[str, str], problems: Problems) -> list[Record]:
    """The records of one file under the names that the reader of it has given, less those whose text is no text."""
    present = {fold(name) for record in records for name in record.fields}
    here = {fold(found): wanted for wanted, found in columns.items() if fold(found) in present}
    if here:
        _say_named(records, here, problems)
    _say_absent(records, {w: f for w, f in columns.items() if w not in here.values()}, problems)
    named = [Record(r.file, r.row, _named(r.fields, here)) if here else r for r in records]
    return [record for record in named if _is_text(record, problems)]


def _named(fields: dict[str, str], here: Mapping[str, str]) -> dict[str, str]:
    """What has been named takes its name; a recognised name cannot stand in for it, not even where a row lacks it."""
    named = dict.fromkeys(here.values(), "")
    for name, value in fields.items():
        if fold(name) in here:
            named[here[fold(name)]] = value
        else:
            named[_displaced(name, fields) if fold(name) in named else name] = value
    return named


def _displaced(name: str, taken: Iterable[str]) -> str:
    other = f"{name}_in_source"
    while other in taken:
        other += "_"
    return other


def _say_named(records: list[Record], here: Mapping[str, str], problems: Problems) -> None:
    """Each column that was taken because it was named, and each that would have been taken without that."""
    file, names = records[0].file, list(dict.fromkeys(name for record in records for name in record.fields))
    for name in names:
        wanted = here.get(fold(name))
        if wanted is not None and fold(name) != wanted:
            problems.add(file, None, "column name", name, f"taken as {wanted!r}, as you named it", kept=True)
    by_wanted = {wanted: name for name in names if (wanted := here.get(fold(name), ""))}
    for name, wanted in match_columns(names).items():
        if wanted in by_wanted and fold(name) not in here:
            other = f" as {_displaced(name, names)!r}" if fold(name) == wanted else ""
            hint = f"not taken as {wanted!r}, for which you named {by_wanted[wanted]!r}; rides along{other}"
            problems.add(file, None, "column name", name, hint, kept=True)


def _say_absent(records: list[Record], absent: Mapping[str, str], problems: Problems) -> None:
    """Where a table lacks a column that was named for the whole source."""
    if not records or records[0].row is None:
        return
    matched = {w: f for f, w in match_columns(list(records[0].fields)).items()}
    for wanted, found in absent.items():
        instead = f"; {matched[wanted]!r} is taken as {wanted!r}" if wanted in matched else ""
        hint = f"you named it for {wanted!r}, and this file lacks it{instead}"
        problems.add(records[0].file, None, "column not found", found, hint, kept=True)


def _is_text(record: Record, problems: Problems) -> bool:
    for name, value in record.fields.items():
        if not isinstance(value, JsonValue) or not stands_for(name, "text", "outlet", "article_id"):
            continue
        if value.kind != "a number" or stands_for(name, "text"):
            problems.add(
                record.file, record.row, "not text", value, f"{name!r} holds {value.kind}, not text", kept=False
            )
            return False
    return True
