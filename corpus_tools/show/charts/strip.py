"""A strip: one small dot for each of many values, as many above each other as lie in one place."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from corpus_tools.show.charts.layout import POINTER, STRIP, Layout
from corpus_tools.show.charts.plan import Row
from corpus_tools.show.style import LIGHT

_SIZE = 3.6


def draw_strip(ax: Axes, layout: Layout, row: Row, middle: float) -> None:
    """Dots around a line, closer to each other where there is little room, and a sign that points at the row's own."""
    places = np.array([value for value, _ in row.dots])
    filled = np.array([full for _, full in row.dots])
    scale = layout.plan.scale
    bins = np.round((places - scale.low) / (scale.high - scale.low) * layout.plot / _SIZE).astype(int)
    order = np.lexsort((~filled, places, bins))
    bins, places, filled = bins[order], places[order], filled[order]
    _, first, number = np.unique(bins, return_index=True, return_counts=True)
    rank = np.arange(len(bins)) - np.repeat(first, number)
    pitch = min(1.15 * _SIZE, (STRIP - _SIZE) / max(number.max() - 1, 1))
    down = middle + (rank - (np.repeat(number, number) - 1) / 2) * pitch
    mark: dict[str, Any] = {"linestyle": "none", "clip_on": False, "zorder": 3}
    for full, gid in ((False, "combination, over zero"), (True, "combination, beside zero")):
        face = LIGHT.muted if full else LIGHT.ground
        own = filled == full
        ax.plot(
            places[own],
            down[own],
            marker="o",
            markersize=_SIZE,
            markeredgewidth=0.8,
            color=LIGHT.muted,
            markerfacecolor=face,
            gid=gid,
            **mark,
        )
    if row.has_value:
        tip = middle - STRIP / 2 - POINTER / 2
        ax.plot([row.value], [tip], marker="v", markersize=7.5, color=LIGHT.ink, gid="pointer", **mark)
