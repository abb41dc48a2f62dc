"""A page of a grid while it is filled: words and marks with their places, from the top down."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_tools.show.charts.grid import BLANK, DOT, TINT, Cell
from corpus_tools.show.charts.layout import COUNTS, LEADING
from corpus_tools.show.charts.words import fitted, width, wrapped

DOT_MOST = 14.0
UNDER = 9.5
MOST_LINES = 3


@dataclass(frozen=True)
class PlacedWords:
    """One line of words: the height of its middle, in points from the top; upright ones stand on that height."""

    text: str
    x: float
    y: float
    size: float
    align: str = "left"
    weight: str = "normal"
    muted: bool = False
    upright: bool = False


@dataclass(frozen=True)
class PlacedMark:
    """A cell's mark: its middle and, for a tint, the box that it fills, in points from the top left."""

    cell: Cell
    x: float
    y: float
    width: float
    height: float


@dataclass
class Page:
    """What has been placed so far, and how far down."""

    down: float = 0.0
    words: list[PlacedWords] = field(default_factory=list)
    marks: list[PlacedMark] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)

    def lines(
        self, lines: list[str], size: float, *, x: float = 0.0, weight: str = "normal", muted: bool = False
    ) -> None:
        for line in lines:
            self.words.append(PlacedWords(line, x, self.down + LEADING * size / 2, size, weight=weight, muted=muted))
            self.down += LEADING * size


def lines_of(text: str, room: float, size: float, *, most: int = MOST_LINES, weight: str = "normal") -> list[str]:
    """At most so many lines; what has no room on them shows as an ellipsis."""
    lines = wrapped(text, room, size, weight)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), room, size, weight)]


def cell_width(cell: Cell) -> float:
    """How wide a cell is, in points, with what stands beside or on its mark."""
    if cell.mark == DOT:
        return DOT_MOST + (4 + width(cell.text, COUNTS) if cell.text else 0)
    if cell.mark == TINT:
        return max(width(cell.text, COUNTS), width(cell.under, UNDER)) + 4
    return 0.0 if cell.mark == BLANK else DOT_MOST


def place_cell(page: Page, cell: Cell, x: float, y: float, wide: float, high: float) -> None:
    """A mark with its text: beside a dot, on a tint."""
    if cell.mark == BLANK:
        return
    if cell.mark == DOT:
        left = x - cell_width(cell) / 2
        page.marks.append(PlacedMark(cell, left + DOT_MOST / 2, y, DOT_MOST, DOT_MOST))
        if cell.text:
            page.words.append(PlacedWords(cell.text, left + DOT_MOST + 4, y, COUNTS, muted=cell.greyed))
        return
    page.marks.append(PlacedMark(cell, x, y, wide, high))
    if cell.mark == TINT:
        up = LEADING * UNDER / 2 if cell.under else 0.0
        page.words.append(PlacedWords(cell.text, x, y - up, COUNTS, "center"))
        if cell.under:
            page.words.append(PlacedWords(cell.under, x, y + LEADING * COUNTS / 2, UNDER, "center"))
