"""The figure that a chart is drawn on: its margin, how much room an Axes has, and how it is drawn at another width."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corpus_tools.schema import CorpusWarning
from corpus_tools.show.charts.words import POINTS
from corpus_tools.show.style import LIGHT

MARGIN = 14.0
# Rows pressed together more than this run into each other.
LEAST_PART = 0.8
PLAIN: dict[Any, Any] = {"text.usetex": False, "figure.autolayout": False, "figure.constrained_layout.use": False}


class _Drawn(NamedTuple):
    """How a chart is drawn anew, and what its Axes held when it was done: what a user adds is not drawn anew."""

    draw: Callable[[Axes], Axes]
    held: tuple[object, ...]


# By figure, and gone with it.
_DRAWN: WeakKeyDictionary[Figure, _Drawn] = WeakKeyDictionary()


def remember(ax: Axes, draw: Callable[[Axes], Axes]) -> None:
    """Keep how a chart that has its figure for itself can be drawn again."""
    figure = ax.figure.figure
    _DRAWN.pop(figure, None)
    if is_alone(ax):
        _DRAWN[figure] = _Drawn(draw, _held(ax))


def redrawn(figure: Figure, inches: float) -> Figure | None:
    """The same chart on a figure of another width; None where it is not one of ours, or somebody drew on it."""
    drawn = _DRAWN.get(figure)
    if drawn is None or len(figure.axes) != 1 or drawn.held != _held(figure.axes[0]):
        return None
    other = Figure(figsize=(inches, 1))
    drawn.draw(other.add_axes((0, 0, 1, 1)))
    return other


def _held(ax: Axes) -> tuple[object, ...]:
    titles = tuple(ax.get_title(loc=side) for side in ("left", "center", "right"))
    return len(ax.get_children()), len(ax.figure.figure.get_children()), *titles


def is_alone(ax: Axes) -> bool:
    """Does the figure hold this Axes and nothing else, so that it may grow?"""
    return ax.figure is ax.figure.figure and len(ax.figure.axes) == 1


def room_for(ax: Axes) -> float:
    """The width in points that a chart may take."""
    whole = ax.figure.figure.get_figwidth() * POINTS
    return whole - 2 * MARGIN if is_alone(ax) else whole * ax.get_position().width


def take_place(ax: Axes, width: float, height: float, *, what: str) -> None:
    """Let the Axes cover a whole chart of so many points with its words, from the top left of the place it had."""
    figure = ax.figure.figure
    figure.set_facecolor(LIGHT.ground)
    box = ax.get_position()
    left, top, most = box.x0, box.y1, box.height
    if is_alone(ax):
        figure.set_figheight(max(figure.get_figheight(), (height + 2 * MARGIN) / POINTS))
        left, top = MARGIN / POINTS / figure.get_figwidth(), 1 - MARGIN / POINTS / figure.get_figheight()
        most = 1.0
    high = height / POINTS / figure.get_figheight()
    if most < LEAST_PART * high:
        message = f"This {what} needs an Axes {height / POINTS:.1f} inches high; make the figure higher."
        warnings.warn(message, CorpusWarning, stacklevel=5)
    high = min(high, most)
    ax.set_position((left, top - high, width / POINTS / figure.get_figwidth(), high))
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.set_facecolor(LIGHT.ground)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
