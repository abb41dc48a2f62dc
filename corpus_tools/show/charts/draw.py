"""A plan and a layout → a matplotlib Axes. Nothing global is touched; no text is read as a formula."""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from corpus_tools.schema import CorpusWarning
from corpus_tools.show.charts.figure import LEAST_PART, MARGIN, PLAIN, is_alone, remember, room_for
from corpus_tools.show.charts.layout import (
    COUNTS,
    GUTTER,
    HEADING,
    LEADING,
    NAME,
    NOTE,
    POINTER,
    SUBTITLE,
    TICK,
    TITLE,
    WIDTH,
    Layout,
    lay_out,
    mark_lines,
    mark_words,
    named_ticks,
    reason_place,
    strip_height,
)
from corpus_tools.show.charts.plan import Plan, Row
from corpus_tools.show.charts.strip import draw_strip
from corpus_tools.show.charts.words import POINTS, font
from corpus_tools.show.style import LIGHT

_MARKER_SIZES = {"D": 6.8, "^": 8.6, "v": 8.6}
# Words stand on the ground, not on the lines of the plot.
_BEHIND = {"facecolor": LIGHT.ground, "edgecolor": "none", "pad": 1.5}


def draw(plan: Plan, ax: Axes | None) -> Axes:
    """Draw on a new figure of the height that the rows need, or inside the place of the Axes that was given.

    A figure that holds no other Axes grows to the height that is needed and never shrinks; one that does is left as
    it is, and too many rows for it are warned of.
    """
    with mpl.rc_context(PLAIN):
        if ax is None:
            layout = lay_out(plan, WIDTH - 2 * MARGIN)
            figure = plt.figure(figsize=(WIDTH / POINTS, (layout.whole + 2 * MARGIN) / POINTS), facecolor=LIGHT.ground)
            ax = figure.add_axes((0, 0, 1, 1))
        else:
            layout = lay_out(plan, room_for(ax))
        _place(ax, layout)
        _draw_axis(ax, layout)
        for number, row in enumerate(layout.plan.rows):
            _draw_row(ax, layout, number, row)
        _draw_headings(ax, layout)
        _draw_frame_words(ax, layout)
    remember(ax, partial(draw, plan))
    return ax


def _place(ax: Axes, layout: Layout) -> None:
    """Shrink the Axes to the plot itself, so that names, counts and notes lie inside the place it had."""
    figure = ax.figure.figure
    figure.set_facecolor(LIGHT.ground)
    box = ax.get_position()
    if is_alone(ax):
        needed = (layout.whole + 2 * MARGIN) / POINTS
        if needed > figure.get_figheight():
            figure.set_figheight(needed)
        margin = (MARGIN / POINTS / figure.get_figwidth(), MARGIN / POINTS / figure.get_figheight())
        x0, y1 = margin[0], 1 - margin[1]
    else:
        x0, y1 = box.x0, box.y1
    across, down = figure.get_figwidth() * POINTS, figure.get_figheight() * POINTS
    height = layout.height / down
    if not is_alone(ax) and height > (room := box.height - (layout.above + layout.below) / down):
        height = max(room, 0.05)
        if height < LEAST_PART * layout.height / down:
            message = (
                f"{len(layout.rows)} rows need an Axes {layout.whole / POINTS:.1f} inches high; make the figure higher."
            )
            warnings.warn(message, CorpusWarning, stacklevel=4)
    ax.set_position((x0 + layout.left / across, y1 - layout.above / down - height, layout.plot / across, height))
    ax.set_xlim(layout.plan.scale.low, layout.plan.scale.high)
    ax.set_ylim(layout.height, 0)
    ax.set_facecolor(LIGHT.ground)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)


def _write(ax: Axes, text: str, at: tuple[float, float], by: tuple[float, float], size: float, **style: Any) -> None:
    """Text at a point of the plot (part of its width, points from its top), moved by so many points."""
    weight = style.pop("weight", "normal")
    defaults = {"color": LIGHT.ink, "ha": "left", "va": "center"}
    ax.annotate(
        text,
        at,
        xytext=by,
        xycoords=ax.get_yaxis_transform(),
        textcoords="offset points",
        annotation_clip=False,
        parse_math=False,
        usetex=False,
        fontproperties=font(size, weight),
        **(defaults | style),
    )


def _draw_axis(ax: Axes, layout: Layout) -> None:
    scale = layout.plan.scale
    named = named_ticks(layout)
    for place, held in scale.ticks:
        part, name = scale.part(place), held if place in named else ""
        if place != scale.zero:
            ax.axvline(place, color=LIGHT.rule, linewidth=0.8, zorder=0, clip_on=False)
        _write(ax, name, (part, 0), (0, 4), TICK, color=LIGHT.muted, ha=_inward(part, layout), va="bottom")
        if layout.ticks_below:
            below = (part, layout.height)
            _write(ax, name, below, (0, -4), TICK, color=LIGHT.muted, ha=_inward(part, layout), va="top")
    if scale.zero is None:
        return
    ax.axvline(scale.zero, color=LIGHT.ink, linewidth=1.1, zorder=1, clip_on=False, gid="zero")
    up = [4 + line * TICK * LEADING for line in range(3)]
    _write(ax, scale.zero_name, (scale.part(scale.zero), 0), (0, up[1]), TICK, ha="center", va="bottom")
    for end, align in ((0, "left"), (1, "right")):
        over = up[layout.axis_lines - 1]
        _write(ax, scale.ends[end], (end, 0), (0, over), TICK, color=LIGHT.muted, ha=align, va="bottom")


def _inward(part: float, layout: Layout) -> str:
    """Ticks at the ends of a plot as wide as the page turn inward."""
    if layout.stacked and (part < 0.02 or (part > 0.98 and layout.right < GUTTER)):
        return "left" if part < 0.5 else "right"
    return "center"


def _draw_row(ax: Axes, layout: Layout, number: int, row: Row) -> None:
    middle = layout.rows[number]
    if row.marks:
        _draw_marks(ax, layout, number, row)
        return
    over = middle - strip_height(row) / 2
    if not layout.stacked:
        name, counts, line = middle, (middle, 1, GUTTER, "left"), middle
    elif layout.counts_below:
        name, line = over - 1.45 * NAME, middle + 0.8 * NAME
        counts = (over - 0.3 * NAME, 0, -layout.left, "left")
    else:
        name, line = over - 0.75 * NAME, middle + 0.45 * NAME
        counts = (name, 1, layout.right, "right")
    ink = LIGHT.muted if row.reason else LIGHT.ink
    _write(ax, layout.names[number], (0, name), (-layout.left, 0), NAME, color=ink, bbox=_BEHIND)
    height, part, shift, align = counts
    muted = {"color": LIGHT.muted, "bbox": _BEHIND}
    _write(ax, row.counts, (part, height), (shift, 0), COUNTS, ha=align, **muted)
    if row.dots:
        draw_strip(ax, layout, row, line + POINTER / 2)
    else:
        _draw_dot(ax, layout, row, line)


def _draw_marks(ax: Axes, layout: Layout, number: int, row: Row) -> None:
    """Each mark on its own line, so that no interval hides another; a line between the lines joins them."""
    lines = mark_lines(layout, number)
    muted = {"color": LIGHT.muted, "bbox": _BEHIND}
    ink = LIGHT.muted if row.greyed else LIGHT.ink
    _write(ax, layout.names[number], (0, lines.name), (-layout.left, 0), NAME, color=ink, bbox=_BEHIND)
    beside = layout.stacked and not layout.counts_below
    align = "right" if beside else "left"
    at, shift = (1, layout.right) if beside else (0, -layout.left)
    _write(ax, row.counts, (at, lines.counts), (shift, 0), COUNTS, ha=align, **muted)
    for mark, down in zip(row.marks, lines.marks, strict=True):
        _write(ax, mark_words(mark), (1, down), (GUTTER, 0), COUNTS, **muted)
        _draw_dot(ax, layout, mark, down)
    drawn = [(mark, down) for mark, down in zip(row.marks, lines.marks, strict=True) if mark.has_value]
    if len(drawn) < 2:
        return
    least, most = (end(drawn, key=lambda pair: pair[0].value)[0] for end in (min, max))
    base = (drawn[0][1] + lines.marks[lines.marks.index(drawn[0][1]) + 1]) / 2
    thin: dict[str, Any] = {"color": LIGHT.muted, "linewidth": 1.1, "zorder": 1}
    ax.plot([least.value, most.value], [base, base], gid="join", **thin)
    for mark, down in drawn:
        ax.plot([mark.value, mark.value], [base, down], gid="stem", **thin)


def _draw_dot(ax: Axes, layout: Layout, row: Row, down: float) -> None:
    greyed = bool(row.reason)
    colour = LIGHT.faint if greyed else row.style.light
    ax.axhline(down, color=LIGHT.rule, linewidth=0.8, linestyle=(0, (1, 2)), zorder=0)
    if row.has_interval:
        _draw_interval(ax, layout, row, down, colour)
    if row.has_value:
        ax.plot(
            [row.value],
            [down],
            marker=row.style.marker,
            markersize=_MARKER_SIZES.get(row.style.marker, 8.0),
            gid="greyed" if greyed else "dot",
            **_filling(row, colour),
        )
    place = reason_place(row, layout.plan.scale.part(row.value), layout.plot)
    if greyed and place and not row.lettered:
        _write(
            ax,
            row.reason,
            (0, down),
            (place[0] if row.has_value else _start(layout), 0),
            COUNTS,
            color=LIGHT.muted,
            ha=place[1],
            bbox=_BEHIND,
        )


def _filling(row: Row, colour: str) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "markeredgewidth": 1.6,
        "fillstyle": "full" if row.fill == "none" else row.fill,
        "color": colour,
        "markerfacecolor": LIGHT.ground if row.fill == "none" else colour,
        "markerfacecoloralt": LIGHT.ground,
        "clip_on": False,
        "zorder": 3,
    }


def _draw_interval(ax: Axes, layout: Layout, row: Row, down: float, colour: str) -> None:
    """A line as far as the scale goes; an arrow where it goes on, large where the value itself lies out there."""
    scale = layout.plan.scale
    ends = np.clip([row.low, row.high], scale.low, scale.high)
    ax.plot(ends, [down, down], color=colour, linewidth=2.2, solid_capstyle="butt", zorder=2, gid="interval")
    for marker, end, beyond, is_value in (
        ("<", scale.low, row.low < scale.low, row.value < scale.low),
        (">", scale.high, row.high > scale.high, row.value > scale.high),
    ):
        if is_value:
            ax.plot([end], [down], marker=marker, markersize=8.6, gid="dot beyond", **_filling(row, colour))
        elif beyond:
            ax.plot([end], [down], marker=marker, markersize=5, color=colour, clip_on=False, zorder=3, gid="goes on")


def _start(layout: Layout) -> float:
    """Where a reason in place of a dot begins: under the name where name and dot are stacked."""
    return -layout.left if layout.stacked else 0.0


def _draw_headings(ax: Axes, layout: Layout) -> None:
    named = [section for section in layout.plan.sections if section.heading]
    for section, (down, text) in zip(named, layout.headings, strict=True):
        weight = "normal" if section.minor else "bold"
        place: tuple[tuple[float, float], tuple[float, float]] = (0, down), (-layout.left, 0)
        _write(ax, text, *place, HEADING, weight=weight, linespacing=LEADING, bbox=_BEHIND)


def _draw_frame_words(ax: Axes, layout: Layout) -> None:
    """Title and subtitle above, notes below, all from the left edge of the names."""
    up = layout.above
    ax.set_title(
        "\n".join(layout.title),
        loc="left",
        x=-layout.left / layout.plot,
        y=1 + up / (ax.get_position().height * ax.figure.figure.get_figheight() * POINTS),
        va="top",
        color=LIGHT.ink,
        linespacing=LEADING,
        parse_math=False,
        usetex=False,
        fontproperties=font(TITLE, "bold"),
    )
    up -= LEADING * TITLE * len(layout.title) + 3
    style = {"color": LIGHT.muted, "va": "top", "linespacing": LEADING}
    _write(ax, "\n".join(layout.subtitle), (0, 0), (-layout.left, up), SUBTITLE, **style)
    if layout.notes:
        down = 12 + (LEADING * TICK if layout.ticks_below else 0)
        _write(ax, "\n".join(layout.notes), (0, layout.height), (-layout.left, -down), NOTE, **style)
