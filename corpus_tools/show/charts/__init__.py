"""Charts of result frames: dots with interval lines, one row per number, everything named beside it."""

from corpus_tools.show.charts.contrast import plot_framing_contrast
from corpus_tools.show.charts.keyness import plot_keyness
from corpus_tools.show.charts.shares import plot_framing_shares
from corpus_tools.show.charts.shown import show_chart
from corpus_tools.show.charts.speakers import plot_speakers
from corpus_tools.show.charts.voices import plot_voices

__all__ = ["plot_framing_contrast", "plot_framing_shares", "plot_keyness", "plot_speakers", "plot_voices", "show_chart"]
