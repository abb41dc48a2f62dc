"""The frames: their columns, their empty forms and the two ways in which they complain."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from numbers import Integral, Real

import pandas as pd

ARTICLES = ("article_id", "outlet", "date", "title", "text")
PROBLEMS = ("file", "row", "rule", "value", "hint", "kept")
CLEANING = ("article_id", "rule", "start", "end", "removed", "inserted")
VOICES = ("article_id", "start", "end", "voice", "speaker", "cue", "verb_group")
TOKENS = (
    "article_id",
    "outlet",
    "position",
    "sentence",
    "section",
    "term",
    "start",
    "end",
    "voice",
    "recurring",
)
LEXICON = ("slot", "label", "pattern", "near", "unless", "attested_in", "note", "checked")
HITS = (
    "article_id",
    "outlet",
    "slot",
    "label",
    "surface",
    "start",
    "end",
    "sentence",
    "section",
    "voice",
    "checked",
)
COUNTS = ("term", "count", "articles", "total")
SHARES = (
    "slot",
    "label",
    "hits",
    "slot_hits",
    "share",
    "share_low",
    "share_high",
    "articles",
    "searched",
    "note",
    "checked",
)
CONTRAST = (
    "slot",
    "label",
    "target",
    "reference",
    "share_target",
    "share_reference",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "planning_difference",
    "articles_target",
    "articles_reference",
    "note",
    "checked",
)
KEYNESS = (
    "term",
    "target",
    "reference",
    "count_target",
    "count_reference",
    "total_target",
    "total_reference",
    "per_million_target",
    "per_million_reference",
    "articles_target",
    "articles_reference",
    "log_ratio",
    "percent_difference",
    "g2",
    "log_odds",
    "log_odds_z",
    "note",
)
EVENT_SHEET = ("article_id", "date", "outlet", "title", "event")
KWIC = ("article_id", "outlet", "date", "voice", "section", "left", "node", "right", "sentence", "label")

PAIRS = (
    "article_id_a",
    "article_id_b",
    "jaccard",
    "containment",
    "longest",
    "narrator",
    "reported",
    "quoted",
    "outlet_a",
    "outlet_b",
    "containment_b",
)
PASSAGES = (
    "article_id_a",
    "start_a",
    "end_a",
    "article_id_b",
    "start_b",
    "end_b",
    "words",
    "voice",
    "voice_b",
    "outlet_a",
    "outlet_b",
)
SHARED_COPY = (
    "outlet",
    "other",
    "words",
    "shared",
    "narrator",
    "reported",
    "quoted",
    "share",
    "articles",
    "searched",
    "note",
)
EVENT_GRID = ("event", "outlet", "articles", "first_date", "searched")
COVERAGE = (
    "event",
    "fact",
    "claimed_by",
    "outlet",
    "told",
    "articles",
    "searched",
    "older",
    "share",
    "share_low",
    "share_high",
    "section",
    "voice",
    "headline",
    "lead",
    "body",
    "narrator",
    "reported",
    "quoted",
    "note",
)
STATEMENTS = (
    "statement",
    "sentence",
    "article_id",
    "outlet",
    "date",
    "printed",
    "text",
    "start",
    "end",
    "voice",
    "speaker",
    "words",
    "share",
)
ROBUSTNESS = (
    "slot",
    "label",
    "target",
    "reference",
    "voice",
    "section",
    "unit",
    "within",
    "copy",
    "estimand",
    "dates",
    "changed",
    "share_target",
    "share_reference",
    "difference",
    "difference_low",
    "difference_high",
    "articles_target",
    "articles_reference",
    "note",
    "checked",
)

COMPARISON = (
    "term",
    "target",
    "reference",
    "count_target",
    "count_reference",
    "total_target",
    "total_reference",
    "per_million_target",
    "per_million_reference",
    "articles_target",
    "articles_reference",
    "searched_target",
    "searched_reference",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "log_odds",
    "log_odds_z",
    "g2",
    "dp_target",
    "dp_reference",
    "p",
    "p_adjusted",
    "p_smallest",
    "shared",
    "note",
)

COLLOCATES = (
    "node",
    "window_left",
    "window_right",
    "term",
    "left",
    "right",
    "observed",
    "expected",
    "near",
    "nodes",
    "count",
    "articles",
    "node_articles",
    "log_dice",
    "pmi",
    "t",
    "g2",
)

COLLOCATE_CONTRAST = (
    *COLLOCATES,
    "target",
    "reference",
    "near_target",
    "near_reference",
    "nodes_target",
    "nodes_reference",
    "share_target",
    "share_reference",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "p_adjusted",
    "p_smallest",
    "articles_target",
    "articles_reference",
    "note",
)

DISPERSION = (
    "term",
    "count",
    "total",
    "articles",
    "searched",
    "largest_article",
    "largest_count",
    "dp",
    "dp_norm",
    "dp_chance",
    "juilland_d",
    "note",
)

DIVERSITY = ("measure", "value", "value_low", "value_high", "articles", "searched", "words", "note")

READABILITY = (
    "article_id",
    "outlet",
    "words",
    "sentences",
    "syllables",
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog_index",
    "automated_readability_index",
    "coleman_liau_index",
    "dale_chall_readability_score",
    "lix",
    "rix",
    "words_per_sentence",
    "syllables_per_word",
    "note",
)

CLASSIFICATION = (
    "sentences",
    "outlet",
    "articles",
    "recognised",
    "share",
    "share_low",
    "share_high",
    "balanced",
    "majority",
    "chance",
    "balanced_chance",
    "p",
    "p_smallest",
    "held_out",
    "groups",
    "note",
)
GIVE_AWAYS = ("sentences", "outlet", "rank", "term", "use", "weight", "articles", "articles_others", "note")
GUESSES = (
    "sentences",
    "article_id",
    "outlet",
    "guessed",
    "right",
    "probability",
    "probability_own",
    "fold",
    "held_out",
)
BLIND_CARDS = ("card", "article_id", "outlet", "text")
BLIND_SCORES = ("card", "article_id", "outlet", "guessed", "right", "give_aways", "note")
TOPIC_TERMS = ("topic", "name", "rank", "term", "weight", "articles")
TOPIC_ARTICLES = ("article_id", "outlet", "topic", "name", "share", "note")
TOPIC_OUTLETS = (
    "topic",
    "name",
    "stability",
    "outlet",
    "mean_share",
    "mean_share_low",
    "mean_share_high",
    "articles",
    "searched",
    "note",
)
TOPIC_STABILITY = ("topic", "name", "stability", "stability_low", "refits", "articles", "note")

READABILITY_MEANS = ("measure", "mean", "mean_low", "mean_high", "articles", "searched", "note")

TIMELINE = (
    "slot",
    "label",
    "period",
    "measure",
    "hits",
    "slot_hits",
    "value",
    "value_low",
    "value_high",
    "articles",
    "searched",
    "note",
    "checked",
)

LEXICON_FINDINGS = ("slot", "label", "rule", "pattern", "value", "hint")
FORMS = ("slot", "label", "surface", "hits", "articles")
CHECK_SHEET = ("line", "slot", "referent", "label", "left", "node", "rest", "right")
CHECKS = ("slot", "label", "article_id", "start", "outlet", "right")
# Which patterns the label had when its lines were drawn; a list of marks may lack it.
PATTERNS_THEN = "patterns"
PRECISION = ("marked", "right", "precision", "precision_low", "precision_high", "note")
NAMED_SPEAKERS = (*VOICES, "outlet", "written", "rule")
VERB_GROUPS = ("neutral", "distancing", "endorsing", "denying", "demanding", "believing")
SPEAKERS = (
    "outlet",
    "speaker",
    "words",
    "quoted",
    "reported",
    "share",
    "share_low",
    "share_high",
    "articles",
    "searched",
    "first",
    *VERB_GROUPS,
    "no_verb",
    "written",
    "note",
)

NARRATOR = "narrator"
P_SPREAD = ("test", "box_from", "box_to", "count", "tests", "share")
VOICE_NAMES = (NARRATOR, "reported", "quoted")
SECTION_NAMES = ("headline", "lead", "body")
ALL_OTHERS = "all other outlets"
ALL_OUTLETS = "all outlets"

_MADE_BY = {
    "articles": "read_articles",
    "collocates": "collocates",
    "comparison": "compare_articles",
    "counts": "count_terms",
    "coverage": "coverage",
    "facts": "read_facts",
    "hits": "find_hits",
    "lexicon": "read_lexicon",
    "lines": "kwic",
    "pairs": "find_reuse",
    "passages": "align_passages",
    "readability": "readability",
    "robustness": "robustness",
    "statements": "statements",
    "timeline": "timeline",
    "tokens": "tokenize",
    "voices": "find_voices",
}
_INTEGER = {
    "start",
    "end",
    "position",
    "sentence",
    "count",
    "articles",
    "total",
    "longest",
    "narrator",
    "reported",
    "quoted",
}


class CorpusError(ValueError):
    """What was wrong, where, and what is allowed, in one sentence.

    ``problems`` holds the whole list where the input was at fault, else an empty frame.
    """

    def __init__(self, message: str, problems: pd.DataFrame | None = None) -> None:
        super().__init__(message)
        self.problems = empty(PROBLEMS) if problems is None else problems


class CorpusWarning(UserWarning):
    """Something was left out or is not as it seems, and the work went on."""


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """A frame with these columns, the dtypes of the design, and no rows."""
    kinds = {"date": "datetime64[us]", "kept": "bool", "checked": "bool", "row": "Int64"}
    return pd.DataFrame({c: pd.Series(dtype=kinds.get(c, "int64" if c in _INTEGER else "str")) for c in columns})


def nearest(name: object, allowed: Iterable[object]) -> str:
    """A clause that offers the nearest allowed name, or lists them when none is near."""
    names = [str(a) for a in allowed]
    folded = {n.casefold(): n for n in reversed(names)}
    near = difflib.get_close_matches(str(name).casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    listed = ", ".join(repr(n) for n in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"there is {listed}{more}." if names else "there is none."


def require_columns(frame: pd.DataFrame, what: str, columns: Iterable[str]) -> None:
    """Raise a CorpusError that names the missing columns and the nearest ones present."""
    made_by = next((f"; use what {m} returns" for name, m in _MADE_BY.items() if what.endswith(name)), "")
    if not isinstance(frame, pd.DataFrame):
        raise CorpusError(f"Instead of a frame, {what} is {type(frame).__name__} {str(frame)[:40]!r}{made_by}.")
    for column in columns:
        if column not in frame.columns:
            near = nearest(column, frame.columns)
            raise CorpusError(f"{what} has no column {column!r}; {near.removesuffix('.')}{made_by}.")
        if isinstance(frame[column], pd.DataFrame):
            raise CorpusError(f"{what} has more than one column {column!r}; drop or rename the others.")


def require_articles(articles: pd.DataFrame, columns: Sequence[str] = ("article_id", "outlet", "text")) -> None:
    """Raise a CorpusError where articles lack a column or a value of it, or share an id."""
    require_columns(articles, "articles", columns)
    for column in columns:
        lacking = articles[column].isna()
        if lacking.any():
            row = int(lacking.to_numpy().argmax())
            raise CorpusError(f"Row {row} of the articles (counted from 0) has no {column!r}; drop or fill such rows.")
    twice = articles["article_id"].astype("str").duplicated()
    if twice.any():
        raise CorpusError(f"Two articles have the id {articles.loc[twice, 'article_id'].iloc[0]!r}; ids are unique.")


def require_confidence(confidence: object) -> None:
    """Raise a CorpusError where this is no coverage of an interval."""
    if isinstance(confidence, bool) or not isinstance(confidence, Real) or not 0 < float(confidence) < 1:
        raise CorpusError(f"The option 'confidence' cannot be {confidence!r}; it lies between 0 and 1, such as 0.95.")


def require_whole(what: str, value: object, least: int) -> None:
    """Raise a CorpusError where an option is no whole number, or below what it can be."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < least:
        raise CorpusError(f"The option {what!r} cannot be {value!r}; it is a whole number, {least} or more.")


def require_choice(what: str, value: object, allowed: Sequence[object]) -> None:
    """Raise a CorpusError when an option is not one of its allowed values."""
    if value not in allowed:
        raise CorpusError(f"The option {what!r} cannot be {value!r}; {nearest(value, allowed)}")
