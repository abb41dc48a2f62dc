"""How do different outlets tell the same story? Frames in, frames out: ``x = verb(frame)``, then ``plot_verb(x)``."""

from corpus_tools.compare.blind import blind_cards, score_guesses
from corpus_tools.compare.classification import classify_outlets
from corpus_tools.compare.collocation import collocate_hits, collocates
from corpus_tools.compare.comparison import compare_articles
from corpus_tools.compare.coverage import coverage
from corpus_tools.compare.dispersion import dispersion
from corpus_tools.compare.diversity import lexical_diversity
from corpus_tools.compare.framing import framing_contrast, framing_shares, main_slot
from corpus_tools.compare.grids import event_grid, shared_copy
from corpus_tools.compare.keyness import keyness
from corpus_tools.compare.kwic import kwic
from corpus_tools.compare.p_spread import p_spread
from corpus_tools.compare.precision import lexicon_precision
from corpus_tools.compare.readability import readability
from corpus_tools.compare.robustness import robustness
from corpus_tools.compare.speakers import speakers
from corpus_tools.compare.statements import statement_hits, statements
from corpus_tools.compare.timeline import timeline
from corpus_tools.compare.topics import fit_topics
from corpus_tools.prepare.checking import check_lexicon, lexicon_forms
from corpus_tools.prepare.checks import read_checks
from corpus_tools.prepare.counts import add_counts, count_terms
from corpus_tools.prepare.events import add_events, event_sheet
from corpus_tools.prepare.facts import find_facts, read_facts
from corpus_tools.prepare.lexicon import find_hits, find_phrase, read_lexicon
from corpus_tools.prepare.reuse import add_reuse_groups, align_passages, drop_reused, find_reuse
from corpus_tools.prepare.sheets import collect_checks, draw_check_sheet
from corpus_tools.prepare.speakers import name_speakers
from corpus_tools.prepare.tokens import tokenize
from corpus_tools.prepare.voices import find_voices, voice_spans
from corpus_tools.prepare.voices.measured import voice_errors
from corpus_tools.prepare.words import split_sentences, split_words
from corpus_tools.read.dates import parse_date
from corpus_tools.read.outlets import normalise_outlet
from corpus_tools.read.sources import inspect_source, read_articles, read_sample
from corpus_tools.schema import CorpusError, CorpusWarning
from corpus_tools.show.answers import check_answer
from corpus_tools.show.charts import (
    plot_classification,
    plot_collocates,
    plot_comparison,
    plot_coverage,
    plot_dispersion,
    plot_diversity,
    plot_event_grid,
    plot_framing_contrast,
    plot_framing_shares,
    plot_keyness,
    plot_p_values,
    plot_readability,
    plot_robustness,
    plot_shared_copy,
    plot_speakers,
    plot_three_ways,
    plot_timeline,
    plot_topics,
    plot_voices,
    show_chart,
)
from corpus_tools.show.concordance import kwic_table
from corpus_tools.show.describe import describe
from corpus_tools.show.explore import explore_framing, explore_words, play_blind_outlet, progress, sortable_tables
from corpus_tools.show.explore.source_form import source_form
from corpus_tools.show.hit_export import export_hits
from corpus_tools.show.provenance import corpus_fingerprint, corpus_note
from corpus_tools.show.reader import show_article
from corpus_tools.show.report import export_report
from corpus_tools.show.statements import show_statements

__all__ = [  # noqa: RUF022 - in the order of the work
    # read
    "CorpusError",
    "CorpusWarning",
    "inspect_source",
    "normalise_outlet",
    "parse_date",
    "read_articles",
    "read_checks",
    "read_facts",
    "read_lexicon",
    "read_sample",
    # prepare
    "add_counts",
    "add_events",
    "add_reuse_groups",
    "align_passages",
    "check_lexicon",
    "collect_checks",
    "count_terms",
    "draw_check_sheet",
    "drop_reused",
    "event_sheet",
    "find_facts",
    "find_hits",
    "find_phrase",
    "find_reuse",
    "find_voices",
    "lexicon_forms",
    "name_speakers",
    "split_sentences",
    "split_words",
    "tokenize",
    "voice_errors",
    "voice_spans",
    # compare
    "blind_cards",
    "classify_outlets",
    "collocate_hits",
    "collocates",
    "compare_articles",
    "coverage",
    "dispersion",
    "event_grid",
    "fit_topics",
    "framing_contrast",
    "framing_shares",
    "keyness",
    "kwic",
    "lexical_diversity",
    "lexicon_precision",
    "main_slot",
    "p_spread",
    "readability",
    "robustness",
    "score_guesses",
    "shared_copy",
    "speakers",
    "statement_hits",
    "statements",
    "timeline",
    # show
    "check_answer",
    "corpus_fingerprint",
    "corpus_note",
    "describe",
    "explore_framing",
    "explore_words",
    "export_hits",
    "export_report",
    "kwic_table",
    "play_blind_outlet",
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
    "progress",
    "show_article",
    "show_chart",
    "show_statements",
    "sortable_tables",
    "source_form",
]
