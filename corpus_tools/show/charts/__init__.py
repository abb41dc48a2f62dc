"""Charts of result frames: dots with interval lines or grids, everything named beside it."""

from corpus_tools.show.charts.checklist import plot_coverage
from corpus_tools.show.charts.classification import plot_classification
from corpus_tools.show.charts.collocation import plot_collocates
from corpus_tools.show.charts.comparison import plot_comparison
from corpus_tools.show.charts.contrast import plot_framing_contrast
from corpus_tools.show.charts.dispersion import plot_dispersion
from corpus_tools.show.charts.diversity import plot_diversity
from corpus_tools.show.charts.event_grid import plot_event_grid
from corpus_tools.show.charts.keyness import plot_keyness
from corpus_tools.show.charts.p_values import plot_p_values
from corpus_tools.show.charts.readability import plot_readability
from corpus_tools.show.charts.robustness import plot_robustness, plot_three_ways
from corpus_tools.show.charts.shared_copy import plot_shared_copy
from corpus_tools.show.charts.shares import plot_framing_shares
from corpus_tools.show.charts.shown import inline_chart, show_chart
from corpus_tools.show.charts.speakers import plot_speakers
from corpus_tools.show.charts.timeline import plot_timeline
from corpus_tools.show.charts.topics import plot_topics
from corpus_tools.show.charts.voices import plot_voices

__all__ = [
    "inline_chart",
    "plot_classification",
    "plot_collocates",
    "plot_comparison",
    "plot_coverage",
    "plot_dispersion",
    "plot_diversity",
    "plot_event_grid",
    "plot_framing_contrast",
    "plot_framing_shares",
    "plot_keyness",
    "plot_p_values",
    "plot_readability",
    "plot_robustness",
    "plot_shared_copy",
    "plot_speakers",
    "plot_three_ways",
    "plot_timeline",
    "plot_topics",
    "plot_voices",
    "show_chart",
]
