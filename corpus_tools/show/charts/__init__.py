"""Charts of result frames: dots with interval lines, one row per number, everything named beside it."""

from corpus_tools.show.charts.contrast import plot_framing_contrast
from corpus_tools.show.charts.keyness import plot_keyness
from corpus_tools.show.charts.shares import plot_framing_shares
from corpus_tools.show.charts.shown import show_chart

__all__ = ["plot_framing_contrast", "plot_framing_shares", "plot_keyness", "show_chart"]
