"""Stretches of text inside quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import regex

# A quotation that goes on over later paragraphs without marks ends within this many of them, or it was never meant.
_REACH = 12
_DOUBLE = regex.compile(r"''|``|[\"＂“”„‟«»‹›「」『』]")
# The two apostrophes of "rock 'n' roll" are none of these.
_SINGLE = regex.compile(r"(?<!')(?<!\s['’‘][nN])[‘’‚‛'](?!'|[nN]['’](?:\s|$))")
_OPENING_SHAPE = frozenset(("“", "„", "‟", "``", "‹", "「", "『"))
_CLOSING_SHAPE = frozenset(("”", "›", "」", "』"))


@dataclass(frozen=True)
class Mark:
    """A double quotation mark; it may be able to open, to close, or both, as its neighbours have it."""

    start: int
    end: int
    opens: bool
    closes: bool


@dataclass
class Paragraph:
    """A line with the quotations that lie within it; ``unclosed`` is where the text after a last, open mark begins."""

    start: int
    end: int
    spans: list[tuple[int, int]]
    marks: list[Mark]
    unclosed: int | None = None
    single_unclosed: int | None = None  # the same for a single mark; only a later paragraph that re-opens it counts


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of what stands inside quotation marks, the marks left out; only the outermost count."""
    paragraphs = [_read(text, m.start(), m.end()) for m in regex.finditer(r"[^\n]+", text) if not m.group().isspace()]
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(paragraphs):
        paragraph = paragraphs[i]
        spans += paragraph.spans
        i += 1
        if paragraph.single_unclosed is not None and i < len(paragraphs) and text[paragraphs[i].start] in "‘‚":
            start = paragraph.single_unclosed
            spans = [s for s in spans if s[0] < start] + [(start, paragraph.end)]
            continue
        if paragraph.unclosed is None:
            continue
        spans.append((paragraph.unclosed, paragraph.end))
        closing = _closing_paragraph(text, paragraphs, i)
        if closing is not None:
            last = paragraphs[closing]
            spans += [(p.start, p.end) for p in paragraphs[i:closing]]
            spans.append((last.start, last.marks[0].start))
            paragraphs[closing] = _read(text, last.marks[0].end, last.end)
            i = closing
    trimmed = (_trim(text, s, e) for s, e in spans)
    return sorted((s, e) for s, e in trimmed if s < e)


def _closing_paragraph(text: str, paragraphs: list[Paragraph], i: int) -> int | None:
    """The first later paragraph with a mark, if that mark closes without opening."""
    for j in range(i, min(i + _REACH, len(paragraphs))):
        if paragraphs[j].marks:
            return None if paragraphs[j].marks[0].opens else j
    return None


def _read(text: str, start: int, end: int) -> Paragraph:
    marks = [_mark(text, m.start(), m.end(), start, end) for m in _DOUBLE.finditer(text, start, end)]
    marks = [m for m in marks if m.opens or m.closes]
    doubles, unclosed = _pair(marks)
    singles, single_open = _single_spans(text, start, unclosed - 1 if unclosed is not None else end, doubles)
    ends = [e for _, e in singles]
    outer = [d for d in doubles if not ((i := bisect_left(ends, d[1])) < len(singles) and singles[i][0] <= d[0])]
    return Paragraph(start, end, outer + singles, marks, unclosed, single_open)


def _mark(text: str, start: int, end: int, low: int, high: int) -> Mark:
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    free_before = before.isspace() or before in "([{—–-/:‘'“„«"
    free_after = after.isspace() or not (after.isalnum() or after in "‘'“„«([$€£#@…")
    shape = text[start:end]
    if shape in _OPENING_SHAPE:
        backwards = free_after and not free_before
        return Mark(start, end, opens=not backwards, closes=backwards)
    if shape in _CLOSING_SHAPE:
        backwards = free_before and not free_after
        return Mark(start, end, opens=backwards, closes=not backwards)
    if shape in "«»":
        opens = free_before if free_before != free_after else shape == "«"
        return Mark(start, end, opens=opens, closes=not opens)
    # A caption in brackets may run into a quotation: (Photo: Lee)"We stay," she said.
    glued = before == ")" and after.isalpha()
    return Mark(start, end, opens=(free_before and not after.isspace()) or glued, closes=not before.isspace())


def _pair(marks: list[Mark]) -> tuple[list[tuple[int, int]], int | None]:
    """Outermost pairs of double marks, and where the text of a last, unclosed one begins."""
    closers_left = [0] * (len(marks) + 1)
    for i in range(len(marks) - 1, -1, -1):
        closers_left[i] = closers_left[i + 1] + (marks[i].closes and not marks[i].opens)
    spans: list[tuple[int, int]] = []
    opened: Mark | None = None
    depth = 0
    for i, mark in enumerate(marks):
        if opened is None:
            if mark.opens:
                opened, depth = mark, 1
        elif mark.closes:
            depth -= 1
            if depth == 0:
                spans.append((opened.end, mark.start))
                opened = None
        elif mark.opens and closers_left[i + 1] > depth:
            depth += 1
    return spans, opened.end if opened is not None else None


def _single_spans(
    text: str, start: int, end: int, doubles: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], int | None]:
    """Quotations in single marks, apostrophes told apart, and where a last one opens that nothing closes.

    Those inside double marks are left to the double ones.
    """
    found = []
    inside = iter([*doubles, (end + 1, end + 1)])
    low, high = next(inside)
    for match in _SINGLE.finditer(text, start, end):
        while match.start() >= high:
            low, high = next(inside)
        if match.start() < low:
            found.append(match.start())
    spans = []
    opened, weak = -1, -1
    for at in found:
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if _opens_single(text[at], before, after):
            if opened >= 0 and weak > opened:
                spans.append((opened + 1, weak))
            opened = weak = at
        elif opened >= 0 and not before.isspace() and not after.isalnum() and text[at] not in "‘‚":
            if before in "sS" and after == " " and text[at + 2 : at + 3].isalpha():
                weak = at if weak <= opened else weak
                continue
            spans.append((opened + 1, at))
            opened = -1
    if opened >= 0 and weak > opened:
        spans.append((opened + 1, weak))
    return spans, opened + 1 if opened >= 0 and weak <= opened and text[opened] in "‘‚" else None


def _opens_single(mark: str, before: str, after: str) -> bool:
    if mark in "’" or after.isspace():
        return False
    free_before = before.isspace() or before in '([{—–-/“"„«'
    return free_before and not (mark == "'" and after.isdigit())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
