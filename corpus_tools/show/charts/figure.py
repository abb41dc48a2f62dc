"""The figure that a chart is drawn on: its margin, how much room an Axes has, what a user's settings may not change."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from corpus_tools.show.charts.words import POINTS

MARGIN = 14.0
# Rows pressed together more than this run into each other.
LEAST_PART = 0.8
PLAIN: dict[Any, Any] = {"text.usetex": False, "figure.autolayout": False, "figure.constrained_layout.use": False}


def is_alone(ax: Axes) -> bool:
    """Does the figure hold this Axes and nothing else, so that it may grow?"""
    return ax.figure is ax.figure.figure and len(ax.figure.axes) == 1


def room_for(ax: Axes) -> float:
    """The width in points that a chart may take."""
    whole = ax.figure.figure.get_figwidth() * POINTS
    return whole - 2 * MARGIN if is_alone(ax) else whole * ax.get_position().width
