"""Panels of dots over time → a matplotlib Axes, whose coordinates are points from its top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.show.charts.figure import MARGIN, PLAIN, remember, room_for, take_place
from corpus_tools.show.charts.layout import COUNTS, HEADING, LEADING, NOTE, SUBTITLE, TICK, TITLE, WIDTH
from corpus_tools.show.charts.words import POINTS, balanced, fitted, font, width
from corpus_tools.show.style import LIGHT, Style

_PANEL, _FOOT, _GAP, _INSET = 62.0, 16.0, 14.0, 7.0
_SMALL = 9.5
# Higher than a screen: the days are named at the head as well.
_TALL = 8 * POINTS
_DAYS = {"day": 1, "week": 7, "month": 31}
# Up to this many days single dates are named, beyond it months.
_MOST_DATED = 70


@dataclass(frozen=True)
class Point:
    """One period of one group; a missing value with articles searched is silence."""

    day: pd.Timestamp
    value: float
    low: float
    high: float
    searched: int
    text: str


@dataclass(frozen=True)
class Panel:
    name: str
    counts: str
    points: tuple[Point, ...]
    style: Style


@dataclass(frozen=True)
class TimePlan:
    """A whole chart: panels from the top down, the same days and the same scale in each."""

    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    first: pd.Timestamp
    last: pd.Timestamp
    length: str
    top: float
    ticks: tuple[tuple[float, str], ...]
    footnotes: tuple[str, ...] = field(default=())


class _Frame:
    """Where things lie for a given width."""

    def __init__(self, plan: TimePlan, room: float) -> None:
        self.plan, self.room = plan, room
        self.left = max(width(name, TICK) for _, name in plan.ticks) + 8
        self.right = room - max(width(point.text, COUNTS) for panel in plan.panels for point in panel.points) - 10
        self.days = max((plan.last - plan.first).days, 0)
        periods = self.days // min(_DAYS[plan.length], 30) + 1
        self.pitch = (self.right - self.left) / periods
        most = max(point.searched for panel in plan.panels for point in panel.points)
        self.has_numbers = width(f"{most:,}", _SMALL) + 4 <= self.pitch
        self.title, self.subtitle = balanced(plan.title, room, TITLE, "bold"), balanced(plan.subtitle, room, SUBTITLE)
        self.notes = [line for note in plan.footnotes for line in balanced(note, room, NOTE)]
        self.head = LEADING * (TITLE * len(self.title) + SUBTITLE * len(self.subtitle)) + 12
        self.panel = LEADING * HEADING + _INSET + _PANEL + _FOOT + _GAP
        self.axis = 2 * LEADING * TICK + 4
        self.is_tall = self.panel * len(plan.panels) > _TALL
        self.head += self.axis + 8 if self.is_tall else 0
        self.height = self.head + self.panel * len(plan.panels) + self.axis + LEADING * NOTE * len(self.notes) + 8

    def x(self, day: pd.Timestamp) -> float:
        if not self.days:
            return (self.left + self.right) / 2
        part = (day - self.plan.first).days / self.days
        return self.left + self.pitch / 2 + part * (self.right - self.left - self.pitch)

    def top(self, number: int) -> float:
        """The top of the plot of a panel."""
        return self.head + self.panel * number + LEADING * HEADING + _INSET

    def y(self, number: int, value: float) -> float:
        return self.top(number) + _PANEL * (1 - min(value / self.plan.top, 1))


def draw_timeline(plan: TimePlan, ax: Axes | None) -> Axes:
    """Draw on a new figure of the height that the panels need, or inside the place of the Axes that was given."""
    with mpl.rc_context(PLAIN):
        if ax is None:
            frame = _Frame(plan, WIDTH - 2 * MARGIN)
            high = (frame.height + 2 * MARGIN) / POINTS
            ax = plt.figure(figsize=(WIDTH / POINTS, high), facecolor=LIGHT.ground).add_axes((0, 0, 1, 1))
        else:
            frame = _Frame(plan, room_for(ax))
        take_place(ax, frame.room, frame.height, what="timeline")
        _draw_words(ax, frame)
        _draw_time(ax, frame)
        for number, panel in enumerate(plan.panels):
            _draw_scale(ax, frame, number, panel)
            _draw_points(ax, frame, number, panel)
            _draw_articles(ax, frame, number, panel)
    remember(ax, partial(draw_timeline, plan))
    return ax


def _write(ax: Axes, text: str, x: float, y: float, size: float, **style: Any) -> None:
    weight = style.pop("weight", "normal")
    plain: dict[str, Any] = {"color": LIGHT.ink, "ha": "left", "va": "center", "zorder": 4} | style
    ax.text(x, y, text, parse_math=False, usetex=False, fontproperties=font(size, weight), **plain)


def _draw_words(ax: Axes, frame: _Frame) -> None:
    """Title and subtitle above, notes below."""
    style: dict[str, Any] = {"parse_math": False, "usetex": False, "linespacing": LEADING}
    title = "\n".join(frame.title)
    ax.set_title(
        title, loc="left", x=0, y=1, pad=0, va="top", color=LIGHT.ink, fontproperties=font(TITLE, "bold"), **style
    )
    down = LEADING * TITLE * len(frame.title) + 3
    for place, line in enumerate(frame.subtitle):
        _write(ax, line, 0, down + LEADING * SUBTITLE * (place + 0.5), SUBTITLE, color=LIGHT.muted)
    down = frame.height - LEADING * NOTE * len(frame.notes)
    for place, line in enumerate(frame.notes):
        _write(ax, line, 0, down + LEADING * NOTE * (place + 0.5), NOTE, color=LIGHT.muted)


def _draw_time(ax: Axes, frame: _Frame) -> None:
    """Names of days or months below the last panel, the year where it begins or changes; upright rules above them."""
    rows = [frame.top(len(frame.plan.panels) - 1) + _PANEL + _FOOT + 4]
    rows += [frame.head - frame.axis - 4] if frame.is_tall else []
    style: dict[str, Any] = {"color": LIGHT.muted, "ha": "center"}
    year = None
    for day, name in _named_days(frame):
        x = frame.x(day)
        for number in range(len(frame.plan.panels)):
            ends = [frame.top(number), frame.top(number) + _PANEL]
            ax.plot([x, x], ends, color=LIGHT.rule, linewidth=0.6, zorder=0, gid="time")
        for down in rows:
            _write(ax, name, x, down + LEADING * TICK / 2, TICK, **style)
            if day.year != year:
                _write(ax, str(day.year), x, down + 1.5 * LEADING * TICK, TICK, **style)
        year = day.year


def _named_days(frame: _Frame) -> list[tuple[pd.Timestamp, str]]:
    """As many days as have room for their names, evenly spaced."""
    plan = frame.plan
    days = sorted({point.day for panel in plan.panels for point in panel.points})
    if plan.length == "month" or frame.days > _MOST_DATED:
        firsts = {(day.year, day.month): day for day in reversed(days)}
        # The first days of a calendar that begins late in a month stand for that month all the same.
        named = [(day, f"{day:%b}") for day in sorted(firsts.values())]
    else:
        named = [(day, f"{day.day} {day:%b}") for day in days]
    for step in range(1, len(named) + 1):
        chosen = named[::step]
        needed = [max(width(name, TICK), width(str(day.year), TICK)) + 8 for day, name in chosen]
        gaps = [frame.x(b[0]) - frame.x(a[0]) for a, b in pairwise(chosen)]
        if all(gap >= (one + other) / 2 for gap, one, other in zip(gaps, needed, needed[1:], strict=False)):
            return chosen
    return named[:1]


def _draw_scale(ax: Axes, frame: _Frame, number: int, panel: Panel) -> None:
    heading = frame.top(number) - _INSET - LEADING * HEADING / 2
    counts = width(panel.counts, COUNTS)
    name = fitted(panel.name, frame.room - counts - 12, HEADING, "bold")
    _write(ax, name, 0, heading, HEADING, weight="bold")
    _write(ax, panel.counts, frame.room, heading, COUNTS, color=LIGHT.muted, ha="right")
    for value, text in frame.plan.ticks:
        down = frame.y(number, value)
        ink = LIGHT.muted if value == 0 else LIGHT.rule
        ax.plot([frame.left, frame.right], [down, down], color=ink, linewidth=0.7, zorder=0, gid="scale")
        _write(ax, text, frame.left - 6, down, TICK, color=LIGHT.muted, ha="right")


def _draw_points(ax: Axes, frame: _Frame, number: int, panel: Panel) -> None:
    known = [point for point in panel.points if pd.notna(point.value)]
    for one, other in pairwise(panel.points):
        near = (other.day - one.day).days <= _DAYS[frame.plan.length]
        if near and pd.notna(one.value) and pd.notna(other.value):
            ends = [frame.x(one.day), frame.x(other.day)], [frame.y(number, p.value) for p in (one, other)]
            ax.plot(*ends, color=LIGHT.faint, linewidth=1.0, zorder=1, gid="join")
    size = 5.6 if frame.pitch >= 8 else max(frame.pitch * 0.7, 2.6)
    for point in panel.points:
        _draw_point(ax, frame, number, point, panel.style, size)
    if known:
        last = known[-1]
        _write(ax, last.text, frame.right + 6, frame.y(number, last.value), COUNTS)


def _draw_point(ax: Axes, frame: _Frame, number: int, point: Point, style: Style, size: float) -> None:
    x, foot = frame.x(point.day), frame.y(number, 0)
    if pd.isna(point.value):
        if point.searched:
            ends = [x - size / 2, x + size / 2]
            ax.plot(ends, [foot - 3, foot - 3], color=LIGHT.muted, linewidth=1.3, zorder=2, gid="silent")
        return
    has_interval = pd.notna(point.low) and pd.notna(point.high)
    colour = style.light if has_interval else LIGHT.faint
    if has_interval:
        ends = [frame.y(number, point.low), frame.y(number, point.high)]
        ax.plot([x, x], ends, color=colour, linewidth=1.6, solid_capstyle="butt", zorder=2, gid="interval")
    ax.plot(
        [x],
        [frame.y(number, point.value)],
        linestyle="none",
        marker=style.marker,
        markersize=size,
        color=colour,
        clip_on=False,
        zorder=3,
        gid="dot" if has_interval else "greyed",
    )


def _draw_articles(ax: Axes, frame: _Frame, number: int, panel: Panel) -> None:
    """How many articles each period has, as numbers or as strokes."""
    down = frame.top(number) + _PANEL + _FOOT / 2 + 1
    for point in panel.points:
        if frame.has_numbers:
            _write(ax, f"{point.searched:,}", frame.x(point.day), down, _SMALL, color=LIGHT.muted, ha="center")
        elif point.searched:
            ends = [down - 4, down + 2]
            ax.plot([frame.x(point.day)] * 2, ends, color=LIGHT.muted, linewidth=0.8, zorder=1, gid="articles")
