"""A text under correction that remembers where each of its characters stood in the text as read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

BLANK_SPACE = "blank space"


@dataclass(frozen=True)
class Edit:
    """One change: characters ``start:end`` of the text as read gave way to ``inserted``."""

    rule: str
    start: int
    end: int
    inserted: str


def _named(rules: list[str], inserted: str) -> str:
    """The rule of a change that took in earlier ones; trimming blanks is never the reason for a removal."""
    telling = [r for r in dict.fromkeys(rules) if r != BLANK_SPACE] or [BLANK_SPACE]
    return telling[-1] if not inserted else " + ".join(telling)


class _Reach(NamedTuple):
    """A stretch ``first:last`` of the current text, which stems from ``start:end`` of the text as read."""

    first: int
    last: int
    start: int
    end: int

    def joined(self, other: _Reach) -> _Reach:
        return _Reach(
            min(self.first, other.first),
            max(self.last, other.last),
            min(self.start, other.start),
            max(self.end, other.end),
        )


@dataclass
class Draft:
    """The current text with, for each character, the stretch of the text as read from which it stems.

    The edits kept in the log never overlap: one that covers an earlier one takes its place. So applying
    all of them to the text as read gives the current text.
    """

    raw: str
    text: str = ""
    edits: list[Edit] = field(default_factory=list)
    _from: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    _to: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __post_init__(self) -> None:
        self.text = self.raw
        self._from = np.arange(len(self.raw))
        self._to = self._from + 1

    def replace(self, rule: str, spans: list[tuple[int, int, str]]) -> bool:
        """Apply changes `(start, end, inserted)`, given in characters of the current text and in order."""
        changes = [(s, e, new) for s, e, new in spans if self.text[s:e] != new]
        groups: list[tuple[_Reach, list[tuple[int, int, str]]]] = []
        for change in changes:
            reach = self._reach(change[0], change[1])
            if groups and (reach.first < groups[-1][0].last or reach.start <= groups[-1][0].end):
                # What touches one earlier change, or each other, is one change of the text as read.
                groups[-1] = (groups[-1][0].joined(reach), groups[-1][1])
                groups[-1][1].append(change)
            else:
                groups.append((reach, [change]))
        if groups:
            self._apply(rule, [(*reach, self._written(reach, within)) for reach, within in groups])
        return bool(changes)

    def _reach(self, start: int, end: int) -> _Reach:
        """A stretch of the text, grown until it holds whole earlier changes, with its place in the text as read.

        Both columns of places only grow along the text, so that the ends can be looked up.
        """
        inside_earlier = start == end and 0 < start < len(self.text) and self._to[start - 1] > self._from[start]
        if start == end and not inside_earlier:
            raw_start = raw_end = int(self._from[start]) if start < len(self.text) else len(self.raw)
        else:
            raw_start = int(self._from[start - inside_earlier])
            raw_end = int(self._to[end + inside_earlier - 1])
        firsts = int(self._from.searchsorted(raw_start, "left")), int(self._to.searchsorted(raw_start, "right"))
        lasts = int(self._from.searchsorted(raw_end, "left")), int(self._to.searchsorted(raw_end, "right"))
        return _Reach(min(*firsts, start), max(*lasts, end), raw_start, raw_end)

    def _written(self, reach: _Reach, changes: list[tuple[int, int, str]]) -> str:
        parts, at = [], reach.first
        for start, end, new in changes:
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at : reach.last]])

    def _apply(self, rule: str, widened: list[tuple[int, int, int, int, str]]) -> None:
        text, origin, until, at = [], [], [], 0
        starts, ends = [w[2] for w in widened], [w[3] for w in widened]
        covered: dict[int, list[str]] = {}
        kept = []
        for edit in self.edits:
            insertion = edit.start == edit.end
            i = bisect_left(ends, edit.start + (not insertion))
            if i < len(widened) and (starts[i] < edit.end or (insertion and starts[i] == edit.start)):
                covered.setdefault(i, []).append(edit.rule)
            else:
                kept.append(edit)
        for i, (first, last, raw_start, raw_end, inserted) in enumerate(widened):
            text += [self.text[at:first], inserted]
            origin += [self._from[at:first], np.full(len(inserted), raw_start)]
            until += [self._to[at:first], np.full(len(inserted), raw_end)]
            at = last
            kept.append(Edit(_named([*covered.get(i, []), rule], inserted), raw_start, raw_end, inserted))
        self.text = "".join([*text, self.text[at:]])
        self._from = np.concatenate([*origin, self._from[at:]])
        self._to = np.concatenate([*until, self._to[at:]])
        self.edits = kept

    def log(self) -> list[Edit]:
        """The edits in the order of the text as read."""
        return sorted(self.edits, key=lambda e: (e.start, e.end))
