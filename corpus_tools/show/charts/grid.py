"""What a grid of rows and columns will show, as plain values: everything is decided here before anything is drawn.

``grid_layout`` decides where it goes for a given width, ``grid_draw.draw_grid(plan, ax)`` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_tools.show.charts.plan import INK
from corpus_tools.show.style import Style

# What stands in a cell. A dash and a cross are marks of their own: what is absent is shown, never left blank.
BLANK, DOT, TINT, CROSS, DASH = "blank", "dot", "tint", "cross", "dash"


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet.

    - ``DOT``: a mark in the hue and shape of ``style``, filled by voice (``VOICE_FILLS``), its area ``size`` times
      that of the largest; ``text`` stands beside it
    - ``TINT``: a ground whose darkness grows with ``size``; ``text`` stands on it, ``under`` below that
    - ``CROSS``, ``DASH``: two ways to be absent, such as searched and not found, and not covered
    - ``BLANK``: nothing, as on a diagonal; a list leaves it out

    ``size`` runs from 0 to 1. ``said`` is what stands beside the mark where the grid becomes a list and there is
    room for words; without it ``text`` and ``under`` are taken.
    """

    mark: str = BLANK
    size: float = 1.0
    text: str = ""
    under: str = ""
    said: str = ""
    style: Style = INK
    fill: str = "full"
    greyed: bool = False

    @property
    def sentence(self) -> str:
        return self.said or " ".join(filter(None, (self.text, self.under)))


@dataclass(frozen=True)
class GridColumn:
    """One column: its name and, below it, its counts; ``apart`` sets it off from those before it."""

    name: str
    counts: str = ""
    apart: bool = False


@dataclass(frozen=True)
class GridRow:
    """One row: its name, its counts (or its date), and a cell for every column; greyed where evidence is thin."""

    name: str
    cells: tuple[Cell, ...]
    counts: str = ""
    greyed: bool = False


@dataclass(frozen=True)
class GridSection:
    """Rows under one heading, which may be empty."""

    heading: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class GridPlan:
    """A whole grid.

    ``corner`` names the rows, ``across`` the columns. ``key`` explains the marks: a cell as it is drawn and what it
    means. Each row has as many cells as there are columns.
    """

    title: str
    subtitle: str
    columns: tuple[GridColumn, ...]
    sections: tuple[GridSection, ...]
    key: tuple[tuple[Cell, str], ...] = field(default=())
    corner: str = ""
    across: str = ""
    footnotes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("Each row of a grid has as many cells as the grid has columns.")

    @property
    def rows(self) -> tuple[GridRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)
