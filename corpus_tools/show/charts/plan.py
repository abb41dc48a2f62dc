"""What a chart of rows will show, as plain values: everything is decided here before anything is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from corpus_tools.show.style import LIGHT, Style

INK = Style(LIGHT.ink, LIGHT.ink, "o")
# Voices are told apart by the filling, because hue and shape already mean the outlet.
VOICE_FILLS = {"narrator": "full", "reported": "left", "quoted": "none"}


@dataclass(frozen=True)
class Row:
    """One number: its name at the left, its dot and interval, its counts at the right end.

    A row with a ``reason`` is greyed; the reason stands beside its dot, or in place of it, unless it is ``lettered``.
    A row with ``marks`` has one dot for each of them, one below the other and joined by a line; then its own counts
    stand with its name, those of the marks at the right end.
    A row with ``dots`` is a strip of them, each a value and whether it is filled; its own value is pointed at.
    What lies beyond the scale, or is infinite, is drawn as an arrow at its end.
    """

    name: str
    counts: str
    value: float = np.nan
    low: float = np.nan
    high: float = np.nan
    reason: str = ""
    style: Style = INK
    fill: str = "full"
    apart: bool = False
    lettered: bool = False
    marks: tuple[Row, ...] = ()
    dots: tuple[tuple[float, bool], ...] = ()

    @property
    def greyed(self) -> bool:
        """Is there too little evidence for this row, or for every mark of it?"""
        return all(mark.greyed or not mark.has_value for mark in self.marks) if self.marks else bool(self.reason)

    @property
    def has_value(self) -> bool:
        return bool(np.isfinite(self.value))

    @property
    def has_interval(self) -> bool:
        return not (np.isnan(self.low) or np.isnan(self.high))


@dataclass(frozen=True)
class Section:
    """Rows under one heading, which may be empty; without rows it is the heading of the minor sections after it."""

    heading: str
    rows: tuple[Row, ...]
    minor: bool = False


@dataclass(frozen=True)
class Scale:
    """The horizontal axis: its range, its ticks with their words, and the line of equality with its name."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    zero: float | None = None
    zero_name: str = ""
    ends: tuple[str, str] = ("", "")

    def part(self, value: float) -> float:
        """Where a value lies, from 0 at the left end to 1 at the right end."""
        return float(np.clip((value - self.low) / (self.high - self.low), 0, 1))


PERCENT = Scale(0, 1, tuple((part / 4, f"{25 * part} %") for part in range(5)))


@dataclass(frozen=True)
class Plan:
    """A whole chart."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    scale: Scale
    footnotes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)


def one_reason(note: str) -> str:
    """Notes that differ only in a number that stands in the row anyway become one, to be explained once."""
    one_side = re.sub(
        r"^no interval: \d+ (article|event|reuse group)s? with a hit, (\d+) needed",
        r"no interval: fewer than \2 \1s with a hit",
        note,
    )
    one_side = re.sub(
        r"^no interval: \d+ events? with hits of both, (\d+) needed.*",
        r"no interval: fewer than \1 events with hits of both",
        one_side,
    )
    return re.sub(
        r"^no interval: \d+ and \d+ ([a-z ]+?)s? with a hit, (\d+) needed on each side",
        r"no interval: fewer than \2 \1s with a hit on a side",
        one_side,
    )


def letter_reasons(plan: Plan, too_long: Iterable[str]) -> Plan:
    """Move reasons that do not fit beside their dots into lettered footnotes."""
    letters = {reason: f"({chr(ord('a') + place)})" for place, reason in enumerate(dict.fromkeys(too_long))}

    def lettered(row: Row) -> Row:
        if row.marks:
            return replace(row, marks=tuple(map(lettered, row.marks)))
        letter = letters.get(row.reason)
        return replace(row, counts=f"{row.counts} {letter}", lettered=True) if letter else row

    sections = tuple(replace(part, rows=tuple(map(lettered, part.rows))) for part in plan.sections)
    notes = tuple(f"{letter} {reason}" for reason, letter in letters.items())
    return replace(plan, sections=sections, footnotes=notes + plan.footnotes)
