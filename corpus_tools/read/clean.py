"""Texts as read → texts as written by the journalist, with every change logged.

Removal is for what is surely not journalism. What recurs but may be journalism is flagged by `tokenize`, never removed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd
import regex

from corpus_tools.read.agencies import Credits, closing_tag
from corpus_tools.read.characters import mend_characters
from corpus_tools.read.credits import read_head, read_tail
from corpus_tools.read.datelines import find_dateline
from corpus_tools.read.dates import read_date
from corpus_tools.read.edits import BLANK_SPACE, Draft, Edit

_HEAD_LINES = 6
_TAIL_LINES = 6
_PLAIN_DATE = (
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)? \p{Lu}\p{L}{2,8}\.?,? \d{4}|\p{Lu}\p{L}{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
)
_GLUED_DATE = regex.compile(
    rf"\s*(?:(?i:date|dated|published|posted)(?i: on)?\s*:?\s*(?P<date>{_PLAIN_DATE})"
    rf"|(?P<date>\d{{4}}-\d{{2}}-\d{{2}}))\s*[|,:–—-]?\s+(?=[\p{{Lu}}\d\"'“‘«„])"
)
_SAYS_DATE = regex.compile(r"(?i:date|dated|(?:first )?published|posted|updated)\b")
_CAPTION = regex.compile(
    r"(?!\p{Lu}{3,}\b)\p{Lu}[\w’'-]+(?:[ -]\p{Lu}[\w’'-]*){0,4}\s+[-–—]\s+(?:(?!\s[-–—]\s)[^.!?]){10,300}?\s*,\s*"
    rf"(?:{_PLAIN_DATE})\.?\s*(?:[\[(][^\])]{{1,60}}[\])])?"
)
_BULLET = regex.compile(r"\s*[•◦▪‣·●■∙]\s*(?P<item>\S.*)")
_QUOTED_HEADLINE = regex.compile(r"[‘“\"'«„].+[’”\"'»“] [-–—] \S.*")
_MORE_HEADING = regex.compile(
    r"(?i:(?:read|see) (?:also|more|next)|also read|related(?: (?:articles?|stor(?:y|ies)|news))?|recommended"
    r"|more on this(?: story| topic)?|you (?:may|might) also like|most read)\W{0,4}"
)
_NAME_COLON = regex.compile(r"\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]*){1,3}\s*:")
_BLANKS = regex.compile(r"\n(?:[ ]*\n){2,}|[ ]++(?=\n)")


class Cleaned(NamedTuple):
    """A clean text, its title, the edits that made it, and what the removed lines stated (empty where nothing)."""

    text: str
    title: str
    edits: list[Edit]
    date: str
    dateline: str
    credits: Credits

    @property
    def agency(self) -> str:
        return self.credits.agency


@dataclass
class Found:
    """What the removed lines have stated so far, how to read the day in them, and the known names of agencies."""

    date_order: str | None
    known: tuple[str, ...] = ()
    date: str = ""
    dateline: str = ""
    credits: Credits = field(default_factory=Credits)

    def is_date(self, text: str) -> bool:
        return not pd.isna(read_date(text, order=self.date_order).date)


class Line(NamedTuple):
    """A line that is not blank: its place in the text, without the blanks around it."""

    start: int
    end: int
    content: str


@dataclass(frozen=True)
class StockLine:
    """A row of ``stock_lines.csv``: a whole line at the "ends" or "anywhere", or part of one ("inline")."""

    rule: str
    where: str
    pattern: regex.Pattern[str]


@cache
def stock_lines() -> tuple[StockLine, ...]:
    """The table of lines that are surely not journalism."""
    table = files("corpus_tools.read").joinpath("stock_lines.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return tuple(
        StockLine(r["rule"], r["where"], regex.compile(r["pattern"], 0 if r["where"] == "inline" else regex.IGNORECASE))
        for r in rows
    )


def clean_text(raw: str, title: str = "", *, date_order: str | None = None, known: tuple[str, ...] = ()) -> Cleaned:
    """Which words of this file are the article's, and what was done to get at them?

    Cleaning a clean text changes nothing. ``text`` begins with ``title``, where there is one, as its first paragraph.
    ``known`` are the outlet and the agency that the data name, to know them again in a dateline.
    """
    heading = Draft(title)
    mend_characters(heading)
    heading_text = " ".join(heading.text.split())
    draft = Draft(raw)
    mend_characters(draft)
    found = Found(date_order, known)
    rules = (_trim, _remove_lists, _remove_stock, _remove_captions, _remove_stray_name)
    changed = True
    while changed:
        changed = _take_credits(draft, heading_text, found)
        changed |= sum(rule(draft, heading_text) for rule in rules) > 0
        changed |= _take(draft, heading_text, found)
    _put_title_first(draft, heading_text)
    _trim(draft, heading_text)
    edits = [Edit("title: " + e.rule, -1, -1, e.inserted) for e in heading.log()] + draft.log()
    return Cleaned(draft.text, heading_text, edits, found.date, found.dateline, found.credits)


def _lines(text: str) -> list[Line]:
    return [Line(m.start(), m.end(), m.group()) for m in regex.finditer(r"\S(?:[^\n]*\S)?", text)]


def _same_wording(a: str, b: str) -> bool:
    if len(a) > 2 * len(b) + 20 or len(b) > 2 * len(a) + 20:
        return False
    bare = (regex.sub(r"[^\p{L}\p{N}]+", " ", x).casefold().strip() for x in (a, b))
    return next(bare) == next(bare)


def _body(text: str, title: str) -> list[Line]:
    """The lines without a first one that is the title."""
    lines = _lines(text)
    return lines[1:] if lines and title and _same_wording(lines[0].content, title) else lines


def _cut(text: str, line: Line) -> tuple[int, int, str]:
    """A line with the line end and the blanks that belong to it."""
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.end)
    if end >= 0:
        return start, end + 1, ""
    return max(start - 1, 0), len(text), ""


def _remove_lines(draft: Draft, rule: str, lines: list[Line]) -> bool:
    spans: list[tuple[int, int, str]] = []
    for line in lines:
        start, end, _ = _cut(draft.text, line)
        if spans and not draft.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end, "")
        else:
            spans.append((start, end, ""))
    return draft.replace(rule, spans)


def _trim(draft: Draft, title: str) -> bool:
    text = draft.text
    lead, tail = len(text) - len(text.lstrip()), len(text.rstrip())
    if lead == len(text):
        return draft.replace(BLANK_SPACE, [(0, len(text), "")])
    spans = [(0, lead, "")] if lead else []
    spans += [(m.start(), m.end(), "\n\n" if m[0].startswith("\n") else "") for m in _BLANKS.finditer(text, lead, tail)]
    spans += [(tail, len(text), "")] if tail < len(text) else []
    return draft.replace(BLANK_SPACE, spans)


def _remove_stock(draft: Draft, title: str) -> bool:
    changed = False
    for stock in stock_lines():
        if stock.where == "inline":
            spans = [(m.start(), m.end(), "") for m in stock.pattern.finditer(draft.text)]
            changed |= draft.replace(stock.rule, spans)
            continue
        lines = _body(draft.text, title)
        if stock.where == "ends":
            lines = _ends(lines)
        changed |= _remove_lines(draft, stock.rule, [ln for ln in lines if stock.pattern.fullmatch(ln.content)])
    return changed


def _ends(lines: list[Line]) -> list[Line]:
    """The first and the last lines, and as many more as there are stock lines of the ends among them.

    Otherwise each removal would move up the next one, and a long run of them would take as many rounds.
    """
    head = _edge(lines, _HEAD_LINES)
    tail = _edge(lines[head:][::-1], _TAIL_LINES)
    return lines[:head] + lines[max(head, len(lines) - tail) :]


def _edge(lines: list[Line], most: int) -> int:
    left = most
    patterns = [stock.pattern for stock in stock_lines() if stock.where == "ends"]
    for i, line in enumerate(lines):
        if left == 0:
            return i
        left -= not any(p.fullmatch(line.content) for p in patterns)
    return len(lines)


def _remove_captions(draft: Draft, title: str) -> bool:
    head = _body(draft.text, title)[:_HEAD_LINES]
    return _remove_lines(draft, "photo caption", [ln for ln in head[:-1] if _CAPTION.fullmatch(ln.content)])


def _remove_lists(draft: Draft, title: str) -> bool:
    """Runs of bullets that lead elsewhere. A list of demands looks much the same, so doubt keeps them."""
    doomed: list[Line] = []
    for run, before in _bullet_runs(_body(draft.text, title)):
        items = [m.group("item") for ln in run if (m := _BULLET.fullmatch(ln.content))]
        sentences = any(item.rstrip("”\"'’»)")[-1:] in ".;!:," for item in items)
        figures = any(c.isdigit() for item in items for c in item)
        headlines = not any(item[0].islower() for item in items)
        if len(run) < 2 or sentences or figures or not headlines:
            continue
        if before and _MORE_HEADING.fullmatch(before.content):
            doomed += [before, *run]
        elif before and (_are_tags(items, before.content) or _are_teasers(items, before.content)):
            doomed += run
    return _remove_lines(draft, "teaser list", doomed)


def _are_tags(items: list[str], before: str) -> bool:
    """Outlet and place, as one or two words each, right under the date line."""
    day = len(before) <= 60 and read_date(before).rule in ("", "date ambiguous", "date suspicious")
    return day and all(len(item.split()) <= 2 for item in items)


def _are_teasers(items: list[str], before: str) -> bool:
    """Headlines between two paragraphs: some as a quotation, a dash and its speaker, the others several words long."""
    quoted = [bool(_QUOTED_HEADLINE.fullmatch(item)) for item in items]
    long = all(q or len(item.split()) >= 4 for q, item in zip(quoted, items, strict=True))
    return any(quoted) and not all(quoted) and long and before.rstrip("”\"'’»)")[-1:] in (".", "!", "?")


def _bullet_runs(lines: list[Line]) -> Iterator[tuple[list[Line], Line | None]]:
    run: list[Line] = []
    before: Line | None = None
    for line in [*lines, Line(0, 0, "")]:
        if _BULLET.fullmatch(line.content):
            run.append(line)
            continue
        if run:
            yield run, before
        run, before = [], line


def _remove_stray_name(draft: Draft, title: str) -> bool:
    """The name of a commenter below the article, left when the comments were cut off."""
    lines = _body(draft.text, title)
    last = [ln for ln in lines[-1:] if len(lines) > 2 and _NAME_COLON.fullmatch(ln.content)]
    return _remove_lines(draft, "comment name", last)


def _take(draft: Draft, title: str, found: Found) -> bool:
    """Read off date lines, datelines and agency tags, then remove them."""
    takers: tuple[Callable[[Draft, str, Found], bool], ...] = (
        _take_glued_date,
        _take_date_line,
        _take_dateline,
        _take_closing_tag,
    )
    return sum(take(draft, title, found) for take in takers) > 0


def _take_credits(draft: Draft, title: str, found: Found) -> bool:
    """Read off bylines and credits of agencies; a line that says nothing else goes."""
    for rule, read in (("byline", read_head), ("credit line", read_tail)):
        lines = _body(draft.text, title)
        credits, doomed = read([line.content for line in lines])
        found.credits = found.credits.joined(credits)
        if len(doomed) < len(lines) and _remove_lines(draft, rule, [lines[i] for i in doomed]):
            return True
    return False


def _take_glued_date(draft: Draft, title: str, found: Found) -> bool:
    lines = _body(draft.text, title)
    match = _GLUED_DATE.match(draft.text, lines[0].start) if lines else None
    if match is None or not found.is_date(match.group("date")):
        return False
    found.date = found.date or match.group("date")
    return draft.replace("date line", [(match.start(), match.end(), "")])


def _take_date_line(draft: Draft, title: str, found: Found) -> bool:
    lines = _body(draft.text, title)
    dates = [ln for ln in lines if len(ln.content) <= 60 and ln.content[-1].isalnum() and found.is_date(ln.content)]
    headings = [ln for ln in dates if not _SAYS_DATE.match(ln.content)]
    # Several bare days are the headings of a chronicle.
    stated = set(dates) if len(headings) == 1 else set(dates) - set(headings)
    doomed: list[Line] = []
    for i, line in enumerate(lines):
        if i - len(doomed) == _HEAD_LINES - 2 or len(doomed) == len(lines) - 1:
            break
        doomed += [line] if line in stated else []
    found.date = found.date or (doomed[0].content if doomed else "")
    return _remove_lines(draft, "date line", doomed)


def _take_dateline(draft: Draft, title: str, found: Found) -> bool:
    for line in _body(draft.text, title)[:1]:
        dateline = find_dateline(line.content, found.known)
        if dateline:
            found.dateline = found.dateline or dateline.place
            if dateline.agency:
                found.credits = found.credits.joined(Credits(dateline.agency, "dateline"))
            return draft.replace("dateline", [(line.start, line.start + dateline.length, "")])
    return False


def _take_closing_tag(draft: Draft, title: str, found: Found) -> bool:
    lines = _body(draft.text, title)
    doomed: list[Line] = []
    for line in reversed(lines[1:]):
        agency = closing_tag(line.content)
        if not agency:
            break
        found.credits = found.credits.joined(Credits(agency, "closing tag"))
        doomed.insert(0, line)
    return _remove_lines(draft, "agency tag", doomed)


def _put_title_first(draft: Draft, title: str) -> None:
    if not title:
        return
    lines = _lines(draft.text)
    if not lines or not _same_wording(lines[0].content, title):
        draft.replace("title put first", [(0, 0, title + "\n\n" if lines else title)])
        return
    draft.replace("title as given", [(lines[0].start, lines[0].end, title)])
    copies = []
    for line in lines[1:3]:
        if not _same_wording(line.content, title):
            break
        copies.append(line)
    _remove_lines(draft, "repeated title", copies)
