"""Where everything in a chart of rows goes: in columns where there is room, stacked where there is not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corpus_tools.show.charts.plan import Plan, Row, Scale, letter_reasons
from corpus_tools.show.charts.words import POINTS, balanced, fitted, width

WIDTH = 7.5 * POINTS
TITLE, SUBTITLE, HEADING, NAME, COUNTS, TICK, NOTE = 15.0, 11.0, 12.0, 12.0, 10.5, 10.0, 9.5

LEADING = 1.3
GUTTER = 12.0
# Marks of one row lie one below the other, as far apart as their counts at the right end need.
_LANE = 1.25 * COUNTS
_HALF_GAP = 0.4 * NAME
# The height of a strip of dots, and of the sign above it that points at one of them.
STRIP, POINTER = 40.0, 14.0
_LEAST_PLOT = 145.0
_MOST_NAME = 0.36
_DOT = 8.0
# Names of ticks are at least so far from each other.
_APART = 6.0
# Higher than a screen: the ticks are repeated at the foot.
_TALL = 8 * POINTS


@dataclass(frozen=True)
class Layout:
    """Sizes in points. ``rows`` and ``headings`` are middles, from the top of the plot, and words of headings."""

    plan: Plan
    stacked: bool
    names: tuple[str, ...]
    left: float
    right: float
    plot: float
    above: float
    below: float
    height: float
    rows: tuple[float, ...]
    headings: tuple[tuple[float, str], ...]
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    notes: tuple[str, ...]
    counts_below: bool
    axis_lines: int
    ticks_below: bool

    @property
    def whole(self) -> float:
        return self.above + self.height + self.below


@dataclass(frozen=True)
class Lines:
    """Where a row with several marks has its name, its counts and each mark, in points from the top of the plot."""

    name: float
    counts: float
    marks: tuple[float, ...]


def mark_lines(layout: Layout, number: int) -> Lines:
    """The lines of a row with several marks: beside its name in columns, below it where they are stacked."""
    count = len(layout.plan.rows[number].marks)
    head = _head(layout.stacked, layout.counts_below)
    top = layout.rows[number] - _marks_height(count, layout.stacked, layout.counts_below) / 2 + _HALF_GAP
    marks = tuple(top + head + (place + 0.5) * _LANE for place in range(count))
    if not layout.stacked:
        return Lines(marks[0], marks[0] + 1.1 * _LANE, marks)
    name = top + 0.5 * LEADING * NAME
    return Lines(name, name + 1.05 * LEADING * NAME if layout.counts_below else name, marks)


def mark_words(mark: Row) -> str:
    """What stands at the right end of a mark."""
    return f"{mark.name} {mark.counts}".strip()


def lay_out(plan: Plan, room: float) -> Layout:
    """Decide on every place, given the width in points."""
    stacked = _plot_room(plan, room) < _LEAST_PLOT
    plot = _stacked_room(plan, room) if stacked else _plot_room(plan, room)
    plan = letter_reasons(plan, _too_long(plan, plot))
    # The letters make the counts wider.
    plot = _stacked_room(plan, room) if stacked else _plot_room(plan, room)
    most = room if stacked else _MOST_NAME * room
    names = tuple(fitted(row.name, most, NAME) for row in plan.rows)
    left = _DOT / 2 if stacked else max((width(name, NAME) for name in names), default=0) + GUTTER
    left = left if stacked else max(left, _widest_under_name(plan) + GUTTER)
    below_name = stacked and any(
        width(name, NAME) + width(row.counts, COUNTS) + GUTTER > room
        for name, row in zip(names, plan.rows, strict=True)
    )
    places, headings, height = _places(plan, stacked, below_name, room)
    title, subtitle = balanced(plan.title, room, TITLE, "bold"), balanced(plan.subtitle, room, SUBTITLE)
    notes = [line for note in plan.footnotes for line in balanced(note, room, NOTE)]
    axis_lines = _axis_lines(plan.scale, plot)
    return Layout(
        plan=plan,
        stacked=stacked,
        names=names,
        left=left,
        right=room - plot - left,
        plot=plot,
        above=LEADING * (len(title) * TITLE + len(subtitle) * SUBTITLE) + 22 + LEADING * TICK * axis_lines,
        below=12 + len(notes) * NOTE * LEADING + (LEADING * TICK if height > _TALL else 0),
        height=height,
        rows=places,
        headings=headings,
        title=tuple(title),
        subtitle=tuple(subtitle),
        notes=tuple(notes),
        counts_below=below_name,
        axis_lines=axis_lines,
        ticks_below=height > _TALL,
    )


def named_ticks(layout: Layout) -> set[float]:
    """The places whose names stand clear of each other: all, those evenly spaced, or every second, third of these."""
    scale = layout.plan.scale
    named = sorted((place, name) for place, name in scale.ticks if name)
    usual = max((other[0] - one[0] for one, other in pairwise(named)), default=1.0)
    even = [(place, name) for place, name in named if abs(place / usual - round(place / usual)) < 1e-6]
    for kept in (named, *(even[::step] for step in range(1, len(even)))):
        ends = [(scale.part(place) * layout.plot, width(name, TICK) / 2) for place, name in kept]
        if all(right - left >= one + other + _APART for (left, one), (right, other) in pairwise(ends)):
            return {place for place, _ in kept}
    return {place for place, _ in named[:1]}


def strip_height(row: Row) -> float:
    """How much higher than others a row is that holds a strip of dots."""
    return STRIP + POINTER if row.dots else 0.0


def reason_place(row: Row, part: float, plot: float) -> tuple[float, str] | None:
    """Where in the plot the reason of a greyed row stands, in points, and how it is aligned; None if it has no room."""
    needed = width(row.reason, COUNTS)
    if not row.has_value:
        return (0.0, "left") if needed <= plot else None
    dot = part * plot
    if plot - dot - GUTTER >= needed:
        return dot + GUTTER, "left"
    return (dot - GUTTER, "right") if dot - GUTTER >= needed else None


def _plot_room(plan: Plan, room: float) -> float:
    names = min(max((width(row.name, NAME) for row in plan.rows), default=0), _MOST_NAME * room)
    counts = max((width(row.counts, COUNTS) for row in plan.rows if not row.marks), default=0)
    return room - max(names, _widest_under_name(plan)) - max(counts, _widest_mark(plan)) - 2 * GUTTER


def _stacked_room(plan: Plan, room: float) -> float:
    """The whole width for single dots; the words of several marks keep their place at the right end."""
    beside = _widest_mark(plan)
    return max(room - _DOT / 2 - GUTTER - beside, _DOT) if beside else room - _DOT


def _widest_under_name(plan: Plan) -> float:
    return max((width(row.counts, COUNTS) for row in plan.rows if row.marks), default=0.0)


def _widest_mark(plan: Plan) -> float:
    return max((width(mark_words(mark), COUNTS) for row in plan.rows for mark in row.marks), default=0.0)


def _too_long(plan: Plan, plot: float) -> list[str]:
    """Reasons without room beside their dot; between marks that are joined there is never room."""
    part = plan.scale.part
    single = [row.reason for row in plan.rows if row.reason and not reason_place(row, part(row.value), plot)]
    return single + [mark.reason for row in plan.rows for mark in row.marks if mark.reason]


def _axis_lines(scale: Scale, plot: float) -> int:
    """Ticks; above them the name of the line of equality; a third line where the ends have no room beside it."""
    if scale.zero is None:
        return 1
    part, half = scale.part(scale.zero), width(scale.zero_name, TICK) / 2 + TICK
    room = (part * plot - half, (1 - part) * plot - half)
    return 2 if all(width(end, TICK) <= free for end, free in zip(scale.ends, room, strict=True)) else 3


def _row_height(stacked: bool, counts_below: bool) -> float:
    if not stacked:
        return 1.75 * NAME
    return 4.3 * NAME if counts_below else 3.1 * NAME


def _head(stacked: bool, counts_below: bool) -> float:
    """How much stands above the marks of a row: nothing, its name, or its name and its counts."""
    lines = (2 if counts_below else 1) if stacked else 0
    return LEADING * NAME * lines


def _marks_height(count: int, stacked: bool, counts_below: bool) -> float:
    least = 1 if stacked else 2
    return _head(stacked, counts_below) + max(count, least) * _LANE + 2 * _HALF_GAP


def _places(
    plan: Plan, stacked: bool, counts_below: bool, room: float
) -> tuple[tuple[float, ...], tuple[tuple[float, str], ...], float]:
    down, single = 0.0, _row_height(stacked, counts_below)
    rows: list[float] = []
    headings: list[tuple[float, str]] = []
    for section in plan.sections:
        if section.heading:
            lines = balanced(section.heading, room, HEADING, "normal" if section.minor else "bold")
            gap, high = (0.3, 1.6) if section.minor else (0.9 if rows else 0.3, 2.0)
            high += LEADING * (len(lines) - 1)
            down += gap * HEADING
            headings.append((down + high / 2 * HEADING, "\n".join(lines)))
            down += high * HEADING
        for place, row in enumerate(section.rows):
            down += 0.7 * NAME if row.apart and place else 0
            pitch = _marks_height(len(row.marks), stacked, counts_below) if row.marks else single
            pitch += strip_height(row)
            rows.append(down + pitch / 2)
            down += pitch
    return tuple(rows), tuple(headings), down + 4
