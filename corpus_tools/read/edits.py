"""A text under correction that remembers where each of its characters stood in the text as read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

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
        changed = bool(changes)
        while changes:
            widened = self._disjoint([self._widen(*change) for change in changes])
            self._apply(rule, widened)
            # What touched the same earlier change is applied in a second round, where offsets have moved.
            shift = sum(len(new) - (e - s) for s, e, new in changes[: len(widened)])
            changes = changes[len(widened) :]
            changes = [(s + shift, e + shift, new) for s, e, new in changes]
        return changed

    def _widen(self, start: int, end: int, new: str) -> tuple[int, int, str, int, int]:
        """The change, grown until it holds whole earlier changes, with its place in the text as read."""
        inside_earlier = start == end and 0 < start < len(self.text) and self._to[start - 1] > self._from[start]
        if start == end and not inside_earlier:
            raw_start = raw_end = int(self._from[start]) if start < len(self.text) else len(self.raw)
        else:
            touched = slice(start - inside_earlier, end + inside_earlier)
            raw_start, raw_end = int(self._from[touched].min()), int(self._to[touched].max())
        first, last = start, end
        while first > 0 and (self._to[first - 1] > raw_start or self._is_insertion_at(first - 1, raw_start)):
            first -= 1
        while last < len(self.text) and (self._from[last] < raw_end or self._is_insertion_at(last, raw_end)):
            last += 1
        return first, last, self.text[first:start] + new + self.text[end:last], raw_start, raw_end

    def _is_insertion_at(self, index: int, raw: int) -> bool:
        return bool(self._from[index] == self._to[index] == raw)

    @staticmethod
    def _disjoint(widened: list[tuple[int, int, str, int, int]]) -> list[tuple[int, int, str, int, int]]:
        """The leading changes that do not touch each other."""
        for i in range(1, len(widened)):
            if widened[i][0] < widened[i - 1][1] or widened[i][3] <= widened[i - 1][4]:
                return widened[:i]
        return widened

    def _apply(self, rule: str, widened: list[tuple[int, int, str, int, int]]) -> None:
        text, origin, until, at = [], [], [], 0
        starts, ends = [w[3] for w in widened], [w[4] for w in widened]
        covered: dict[int, list[str]] = {}
        kept = []
        for edit in self.edits:
            insertion = edit.start == edit.end
            i = bisect_left(ends, edit.start + (not insertion))
            if i < len(widened) and (starts[i] < edit.end or (insertion and starts[i] == edit.start)):
                covered.setdefault(i, []).append(edit.rule)
            else:
                kept.append(edit)
        for i, (first, last, inserted, raw_start, raw_end) in enumerate(widened):
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
