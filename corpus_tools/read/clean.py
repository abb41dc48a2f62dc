"""Texts as read → texts as written by the journalist, with every change logged.

Removal is for what is surely not journalism. What recurs but may be journalism is flagged by `tokenize`, never removed.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import ftfy
import pandas as pd
import regex

from corpus_tools.read.dates import read_date
from corpus_tools.read.edits import BLANK_SPACE, Draft, Edit

_HEAD_LINES = 6
_TAIL_LINES = 6
_NEVER_PLACES = "ANALYSIS|BREAKING|COMMENT|EXCLUSIVE|EXPLAINER|LIVE|OPINION|UPDATE|VIDEO|WATCH"
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
_DATELINE = regex.compile(
    rf"(?!(?:{_NEVER_PLACES})\b)"
    r"(?P<place>(?=(?:[ .'’-]*\p{Lu}){4}|\p{Lu}{3})\p{Lu}{2,}(?:[ .'’-]+\p{Lu}+)*(?:[,/]\s*\p{Lu}[\p{L}. ]+?)?"
    r"|\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+){0,2}(?:,\s*\p{Lu}\p{L}+)?(?=\s*(?:,\s*[^(\n]{3,20})?\())"
    r"(?:,\s*(?P<day>\p{Lu}\p{L}{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} \p{Lu}\p{L}{2,8}(?: \d{4})?))?"
    r"(?:\s*(?:\((?P<agency>[\p{L}][\p{L}\p{N} .&'’-]{1,30})\))?\s*(?:[–—]|-{1,2})"
    r"|\.?\s*/(?P<agency>\p{L}[\p{L} ]{1,20})/\.?\s*[–—-]?)"
    # A second dash with small letters in between is an aside of the first sentence, not a dateline.
    r"\s+(?!\p{Ll}[^.\n]{0,100}\s[-–—]{1,2}\s)(?=\S)"
)
_CLOSING_TAG = regex.compile(r"(?:[-–—]{1,2}\s*|\()(?P<agency>[\p{L}][\p{L} -]{1,28})\)?")
_BULLET = regex.compile(r"\s*[•◦▪‣·●■∙]\s*(?P<item>\S.*)")
_NAME_COLON = regex.compile(r"\p{Lu}[\p{L}’'.-]+(?: \p{Lu}[\p{L}’'.-]*){1,3}\s*:")
_INVISIBLE = regex.compile(
    r"[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFDD0-\uFDEF\uFFFE\uFFFF]+"
    r"|[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]+"
    r"|(?<=[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\s])[\u200C\u200D]+"
)
_BLANKS = regex.compile(r"\n(?:[ ]*\n){2,}|[ ]+(?=\n)")
_ODD_SPACE = regex.compile(r"[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\t]+")
_LINE_END = regex.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")
_SURROGATE = regex.compile(r"[\ud800-\udfff]+")
_DECOMPOSED = regex.compile(r"\P{M}\p{M}+|[\u1100-\u11FF]+|[\u212A\u212B\u2126]")


class Cleaned(NamedTuple):
    """A clean text, its title, the edits that made it, and what the removed lines stated (empty where nothing)."""

    text: str
    title: str
    edits: list[Edit]
    date: str
    dateline: str
    agency: str


@dataclass
class Found:
    """What the removed lines have stated so far, and how to read the day in them."""

    date_order: str | None
    date: str = ""
    dateline: str = ""
    agency: str = ""

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


@cache
def _agency_names() -> dict[str, str]:
    table = files("corpus_tools.read").joinpath("agencies.csv").read_text(encoding="utf-8")
    return {
        form.casefold(): r["agency"] for r in csv.DictReader(table.splitlines()) for form in r["written"].split("|")
    }


def clean_text(raw: str, title: str = "", *, date_order: str | None = None) -> Cleaned:
    """Which words of this file are the article's, and what was done to get at them?

    Cleaning a clean text changes nothing. ``text`` begins with ``title``, where there is one, as its first paragraph.
    """
    heading = Draft(title)
    mend_characters(heading)
    heading_text = " ".join(heading.text.split())
    draft = Draft(raw)
    mend_characters(draft)
    found = Found(date_order)
    rules = (_trim, _remove_stock, _remove_captions, _remove_lists, _remove_stray_name)
    changed = True
    while changed:
        changed = sum(rule(draft, heading_text) for rule in rules) > 0
        changed |= _take(draft, heading_text, found)
    _put_title_first(draft, heading_text)
    _trim(draft, heading_text)
    edits = [Edit("title: " + e.rule, -1, -1, e.inserted) for e in heading.log()] + draft.log()
    return Cleaned(draft.text, heading_text, edits, found.date, found.dateline, found.agency)


def mend_characters(draft: Draft) -> None:
    """Repair what is wrong with characters, whoever wrote them: encoding accidents, invisible ones, odd blanks."""
    before = None
    # Taking an invisible character away may bring two others together that are a new accident.
    while before != draft.text:
        before = draft.text
        _mend_once(draft)


def _mend_once(draft: Draft) -> None:
    draft.replace("half a character", [(m.start(), m.end(), "\ufffd") for m in _SURROGATE.finditer(draft.text)])
    draft.replace("mojibake", _mojibake(draft.text))
    draft.replace("line end", [(m.start(), m.end(), "\n") for m in _LINE_END.finditer(draft.text)])
    draft.replace("invisible character", [(m.start(), m.end(), "") for m in _INVISIBLE.finditer(draft.text)])
    draft.replace("odd blank", [(m.start(), m.end(), " ") for m in _ODD_SPACE.finditer(draft.text)])
    if not unicodedata.is_normalized("NFC", draft.text):
        forms = (
            (m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in _DECOMPOSED.finditer(draft.text)
        )
        draft.replace("Unicode form", list(forms))


def _mojibake(text: str) -> list[tuple[int, int, str]]:
    """Words, or where blanks change too whole lines, of which ftfy says that they were decoded wrongly."""
    if text.isascii() or not ftfy.badness.is_bad(text):
        return []
    spans = []
    for match in regex.finditer(r"[^\n]+", text):
        line, at = match.group(), match.start()
        mended = ftfy.fix_encoding(line)
        before, after = line.split(" "), mended.split(" ")
        if len(before) != len(after):
            before, after = [line], [mended]
        for old, new in zip(before, after, strict=True):
            if old != new:
                spans.append((at, at + len(old), new))
            at += len(old) + 1
    return spans


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
            lines = lines[:_HEAD_LINES] + lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]
        changed |= _remove_lines(draft, stock.rule, [ln for ln in lines if stock.pattern.fullmatch(ln.content)])
    return changed


def _remove_captions(draft: Draft, title: str) -> bool:
    head = _body(draft.text, title)[:_HEAD_LINES]
    return _remove_lines(draft, "photo caption", [ln for ln in head[:-1] if _CAPTION.fullmatch(ln.content)])


def _remove_lists(draft: Draft, title: str) -> bool:
    """Runs of bullets that read like headlines: no full stops, no figures, and not announced by a colon."""
    lines = _lines(draft.text)
    doomed: list[Line] = []
    for run, before in _bullet_runs(lines):
        items = [m.group("item") for ln in run if (m := _BULLET.fullmatch(ln.content))]
        sentences = any(item.rstrip("”\"'’»)")[-1:] in ".;!:," for item in items)
        figures = any(c.isdigit() for item in items for c in item)
        headlines = not any(item[0].islower() for item in items)
        if len(run) >= 2 and headlines and not sentences and not figures and not before.endswith(":"):
            doomed += run
    return _remove_lines(draft, "teaser list", doomed)


def _bullet_runs(lines: list[Line]) -> Iterator[tuple[list[Line], str]]:
    run: list[Line] = []
    before = ""
    for line in [*lines, Line(0, 0, "")]:
        if _BULLET.fullmatch(line.content):
            run.append(line)
            continue
        if run:
            yield run, before
        run, before = [], line.content


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
    for line in lines[: _HEAD_LINES - 2]:
        # Several bare days are the headings of a chronicle.
        if line in dates and len(lines) > 1 and (line not in headings or len(headings) == 1):
            found.date = found.date or line.content
            return _remove_lines(draft, "date line", [line])
    return False


def _take_dateline(draft: Draft, title: str, found: Found) -> bool:
    for line in _body(draft.text, title)[:1]:
        match = _DATELINE.match(line.content)
        if match and len(line.content) > match.end() + 20:
            found.dateline = found.dateline or match.group("place").strip()
            written = (match.group("agency") or "").strip()
            found.agency = found.agency or _agency_names().get(written.casefold(), written)
            return draft.replace("dateline", [(line.start, line.start + match.end(), "")])
    return False


def _take_closing_tag(draft: Draft, title: str, found: Found) -> bool:
    lines = _body(draft.text, title)
    for line in lines[-1:] if len(lines) > 1 else []:
        match = _CLOSING_TAG.fullmatch(line.content)
        agency = _agency_names().get((match.group("agency") if match else line.content).strip().casefold())
        if agency:
            found.agency = found.agency or agency
            return _remove_lines(draft, "agency tag", [line])
    return False


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
