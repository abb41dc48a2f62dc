"""A plan of a grid → a matplotlib Axes, whose coordinates are points from its top left."""

from __future__ import annotations

from functools import partial
from math import sqrt
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from corpus_tools.show.charts.figure import MARGIN, PLAIN, remember, room_for, take_place
from corpus_tools.show.charts.grid import CROSS, DASH, DOT, TINT, GridPlan
from corpus_tools.show.charts.grid_layout import GridLayout, lay_out_grid
from corpus_tools.show.charts.grid_page import DOT_MOST, PlacedMark, PlacedWords
from corpus_tools.show.charts.layout import LEADING, TITLE, WIDTH
from corpus_tools.show.charts.words import POINTS, font
from corpus_tools.show.style import LIGHT

# The darkest tint; ink on it keeps a contrast of 5 and more on the light ground and on the dark one.
DARKEST = 0.34
_LEAST_DOT = 4.5
# Shapes that look larger than a circle of the same size.
_SHAPES = {"D": 0.78, "s": 0.9}


def draw_grid(plan: GridPlan, ax: Axes | None) -> Axes:
    """Draw on a new figure of the height that the rows need, or inside the place of the Axes that was given.

    A figure that holds no other Axes grows to the height that is needed and never shrinks; one that does is left as
    it is, and too many rows for it are warned of.
    """
    with mpl.rc_context(PLAIN):
        if ax is None:
            layout = lay_out_grid(plan, WIDTH - 2 * MARGIN)
            high = (layout.height + 2 * MARGIN) / POINTS
            ax = plt.figure(figsize=(WIDTH / POINTS, high), facecolor=LIGHT.ground).add_axes((0, 0, 1, 1))
        else:
            layout = lay_out_grid(plan, room_for(ax))
        take_place(ax, layout.room, layout.height, what="grid")
        for left, right, down in layout.rules:
            ax.plot([left, right], [down, down], color=LIGHT.rule, linewidth=0.7, zorder=0, gid="rule")
        for mark in layout.marks:
            _draw_mark(ax, mark)
        for words in layout.words:
            _write(ax, words)
        _draw_title(ax, layout)
    remember(ax, partial(draw_grid, plan))
    return ax


def _draw_mark(ax: Axes, mark: PlacedMark) -> None:
    cell, kind = mark.cell, mark.cell.mark
    colour = LIGHT.muted if cell.greyed or kind in (CROSS, DASH) else cell.style.light
    at: dict[str, Any] = {"color": colour, "clip_on": False, "zorder": 2, "gid": "greyed" if cell.greyed else kind}
    if kind == TINT:
        _draw_tint(ax, mark)
    elif kind == DASH:
        ax.plot([mark.x - 5, mark.x + 5], [mark.y, mark.y], linewidth=1.4, solid_capstyle="butt", **at)
    elif kind == CROSS:
        ax.plot([mark.x], [mark.y], linestyle="none", marker="x", markersize=7.5, markeredgewidth=1.5, **at)
    elif kind == DOT:
        across = max(DOT_MOST * sqrt(min(max(cell.size, 0), 1)), _LEAST_DOT) * _SHAPES.get(cell.style.marker, 1.0)
        hollow = cell.fill == "none"
        ax.plot(
            [mark.x],
            [mark.y],
            linestyle="none",
            marker=cell.style.marker,
            markersize=across - 1.4,
            markeredgewidth=1.4,
            fillstyle="full" if hollow else cell.fill,
            markerfacecolor=LIGHT.ground if hollow else colour,
            markerfacecoloralt=LIGHT.ground,
            **at,
        )


def _draw_tint(ax: Axes, mark: PlacedMark) -> None:
    """Ink that shows through, so that the same tint lies on the light ground and on the dark one."""
    corner = (mark.x - mark.width / 2, mark.y - mark.height / 2)
    part = min(max(mark.cell.size, 0), 1)
    ax.add_patch(
        Rectangle(corner, mark.width, mark.height, facecolor=LIGHT.ink, alpha=DARKEST * part, zorder=1, gid="tint")
    )
    edge: dict[str, Any] = {"facecolor": "none", "edgecolor": LIGHT.rule, "linewidth": 0.7, "zorder": 1}
    ax.add_patch(Rectangle(corner, mark.width, mark.height, gid="box", **edge))


def _write(ax: Axes, words: PlacedWords) -> None:
    ax.text(
        words.x,
        words.y,
        words.text,
        color=LIGHT.muted if words.muted else LIGHT.ink,
        ha=words.align,
        va="bottom" if words.upright else "center",
        rotation=90 if words.upright else 0,
        zorder=3,
        parse_math=False,
        usetex=False,
        fontproperties=font(words.size, words.weight),
    )


def _draw_title(ax: Axes, layout: GridLayout) -> None:
    ax.set_title(
        "\n".join(layout.title),
        loc="left",
        x=0,
        y=1,
        pad=0,
        va="top",
        color=LIGHT.ink,
        linespacing=LEADING,
        parse_math=False,
        usetex=False,
        fontproperties=font(TITLE, "bold"),
    )
