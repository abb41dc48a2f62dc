"""The finding of a result frame in plain words: what was counted where, how sure, on how many articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

import pandas as pd

from corpus_tools.schema import (
    CLASSIFICATION,
    COLLOCATE_CONTRAST,
    COLLOCATES,
    COMPARISON,
    CONTRAST,
    COVERAGE,
    DISPERSION,
    DIVERSITY,
    EVENT_GRID,
    GIVE_AWAYS,
    KEYNESS,
    P_SPREAD,
    READABILITY,
    READABILITY_MEANS,
    ROBUSTNESS,
    SHARED_COPY,
    SHARES,
    SPEAKERS,
    STATEMENTS,
    TIMELINE,
    TOPIC_OUTLETS,
    TOPIC_STABILITY,
    CorpusError,
    nearest,
)
from corpus_tools.show.describe.classification import (
    CLASSIFICATION_LIMIT,
    CLASSIFICATION_METHOD,
    GIVE_AWAYS_METHOD,
    classification_findings,
    give_away_findings,
)
from corpus_tools.show.describe.collocation import (
    COLLOCATE_CONTRAST_METHOD,
    COLLOCATES_METHOD,
    collocate_contrast_findings,
    collocate_findings,
)
from corpus_tools.show.describe.comparison import COMPARISON_METHOD, comparison_findings
from corpus_tools.show.describe.contrast import CONTRAST_METHOD, contrast_findings
from corpus_tools.show.describe.coverage import COVERAGE_LIMIT, COVERAGE_METHOD, coverage_findings
from corpus_tools.show.describe.dispersion import DISPERSION_LIMIT, DISPERSION_METHOD, dispersion_findings
from corpus_tools.show.describe.diversity import DIVERSITY_LIMIT, DIVERSITY_METHOD, diversity_findings
from corpus_tools.show.describe.keyness import KEYNESS_METHOD, keyness_findings
from corpus_tools.show.describe.p_values import P_SPREAD_METHOD, p_spread_findings
from corpus_tools.show.describe.readability import (
    READABILITY_MEANS_METHOD,
    READABILITY_METHOD,
    readability_findings,
    readability_means_findings,
)
from corpus_tools.show.describe.reuse import (
    EVENT_GRID_METHOD,
    SHARED_COPY_METHOD,
    event_grid_findings,
    shared_copy_findings,
)
from corpus_tools.show.describe.robustness import ROBUSTNESS_METHOD, robustness_findings
from corpus_tools.show.describe.shares import COUNTED, SHARES_METHOD, share_findings
from corpus_tools.show.describe.speakers import SPEAKERS_METHOD, speaker_findings
from corpus_tools.show.describe.statements import STATEMENTS_METHOD, statement_findings
from corpus_tools.show.describe.timeline import TIMELINE_METHOD, timeline_findings
from corpus_tools.show.describe.topics import TOPICS_LIMIT, TOPICS_METHOD, stability_findings, topic_findings
from corpus_tools.show.describe.words import DESCRIPTIVE, UNCHECKED, all_checked, without_reported

_ALT_LENGTH = 900
# So many findings, and so many characters, are still read as one paragraph.
_FEW, _SHORT = 4, 600
_INTERVALS = "Chart of dots with interval lines."
_POOLED = f"This is {DESCRIPTIVE}: words of one article hang together, and the scores count each on its own."


class Kind(NamedTuple):
    """A frame that can be described: its columns, what makes it, its sentences, its method, how it is drawn."""

    columns: tuple[str, ...]
    made_by: str
    findings: Callable[[pd.DataFrame], list[str]]
    method: str
    drawn: str
    caveat: str = ""


KINDS = {
    "topics of outlets": Kind(TOPIC_OUTLETS, "fit_topics", topic_findings, TOPICS_METHOD, _INTERVALS, TOPICS_LIMIT),
    "stability of topics": Kind(
        TOPIC_STABILITY, "fit_topics", stability_findings, TOPICS_METHOD, "Table of topics.", TOPICS_LIMIT
    ),
    "outlets told apart": Kind(
        CLASSIFICATION,
        "classify_outlets",
        classification_findings,
        CLASSIFICATION_METHOD,
        _INTERVALS,
        CLASSIFICATION_LIMIT,
    ),
    "words that told outlets apart": Kind(
        GIVE_AWAYS,
        "classify_outlets",
        give_away_findings,
        f"{CLASSIFICATION_METHOD} {GIVE_AWAYS_METHOD}",
        "Table of words.",
        CLASSIFICATION_LIMIT,
    ),
    "timeline": Kind(TIMELINE, "timeline", timeline_findings, TIMELINE_METHOD, "Panels of dots over time."),
    "readability means": Kind(
        READABILITY_MEANS, "readability", readability_means_findings, READABILITY_MEANS_METHOD, _INTERVALS
    ),
    "readability": Kind(READABILITY, "readability", readability_findings, READABILITY_METHOD, "Table of articles."),
    "lexical diversity": Kind(
        DIVERSITY, "lexical_diversity", diversity_findings, DIVERSITY_METHOD, _INTERVALS, DIVERSITY_LIMIT
    ),
    "dispersion": Kind(
        DISPERSION,
        "dispersion",
        dispersion_findings,
        DISPERSION_METHOD,
        "Strips of a word, article by article.",
        DISPERSION_LIMIT,
    ),
    "collocate contrast": Kind(
        COLLOCATE_CONTRAST, "collocates", collocate_contrast_findings, COLLOCATE_CONTRAST_METHOD, _INTERVALS
    ),
    "collocates": Kind(COLLOCATES, "collocates", collocate_findings, COLLOCATES_METHOD, "Chart of dots.", _POOLED),
    "comparison": Kind(COMPARISON, "compare_articles", comparison_findings, COMPARISON_METHOD, _INTERVALS),
    "robustness": Kind(ROBUSTNESS, "robustness", robustness_findings, f"{COUNTED} {ROBUSTNESS_METHOD}", _INTERVALS),
    "coverage": Kind(
        COVERAGE, "coverage", coverage_findings, COVERAGE_METHOD, "Checklist of facts by outlet.", COVERAGE_LIMIT
    ),
    "shares": Kind(SHARES, "framing_shares", share_findings, SHARES_METHOD, _INTERVALS),
    "contrast": Kind(CONTRAST, "framing_contrast", contrast_findings, CONTRAST_METHOD, _INTERVALS),
    "keyness": Kind(KEYNESS, "keyness", keyness_findings, KEYNESS_METHOD, "Chart of dots.", _POOLED),
    "speakers": Kind(SPEAKERS, "speakers", speaker_findings, SPEAKERS_METHOD, _INTERVALS),
    "statements": Kind(STATEMENTS, "statements", statement_findings, STATEMENTS_METHOD, "Printings side by side."),
    "shared copy": Kind(
        SHARED_COPY, "shared_copy", shared_copy_findings, SHARED_COPY_METHOD, "Grid of outlets by outlets."
    ),
    "spread of p": Kind(P_SPREAD, "p_spread", p_spread_findings, P_SPREAD_METHOD, "Chart of dots."),
    "event grid": Kind(EVENT_GRID, "event_grid", event_grid_findings, EVENT_GRID_METHOD, "Grid of events by outlets."),
}


class Finding(str):
    """Sentences: in a notebook a paragraph, or where they are many or long one for each; plain text everywhere else."""

    __slots__ = ("findings",)

    findings: tuple[str, ...]

    def __new__(cls, findings: Iterable[str]) -> Finding:
        kept = tuple(findings)
        told = super().__new__(cls, " ".join(kept))
        told.findings = kept
        return told

    def _repr_html_(self) -> str:
        paragraphs = self.findings if len(self.findings) > _FEW or len(self) > _SHORT else (str(self),)
        return f"<blockquote>{''.join(f'<p>{escape(finding)}</p>' for finding in paragraphs)}</blockquote>"


def describe(result: pd.DataFrame, *, methods: bool = False) -> Finding:
    """What does this result say, in words that one could print?

    Parameters
    ----------
    result : pandas.DataFrame
        What one of these returned, or some of its rows; recognised by its columns. Comparisons: ``framing_contrast``,
        ``collocates`` with a target, ``compare_articles``, ``robustness``, ``classify_outlets``. Descriptions:
        ``framing_shares``, ``timeline``, ``speakers``, ``coverage``, ``event_grid``, ``shared_copy``, ``statements``,
        ``keyness``, ``collocates``, ``dispersion``, ``lexical_diversity``, ``readability``, ``fit_topics``,
        ``p_spread``.
    methods : bool
        ``True`` gives, in place of the finding, a paragraph for one's own write-up: what was counted, what a unit is,
        how intervals, tests and verdicts came about, with the sources and the software. What no column of the frame
        tells, such as the confidence level, it does not claim: it names the option with its default in brackets.

    Returns
    -------
    Finding
        A string that a notebook shows as a paragraph: short sentences, the numbers beside every one of them. What was
        counted, never why. For shares, the name with most hits in all is followed through the
        groups, the others are listed after it; shares split by voice give one sentence per outlet, with that name in
        each voice.

        A row that compares gets one of three verdicts by a written rule:

        - "supported": p, adjusted where many terms were tested, is below .05, and the interval leaves out 0; where
          there is no test, the interval alone decides. It means that these articles support a difference of use, never
          an intent or a cause
        - "too few articles": there is no interval, because a side has no or fewer than five units
        - "not distinguishable here": all else, also where p and interval disagree. For ``framing_contrast`` with the
          planning figure, the difference that these articles would mostly have shown

        Results that describe one group at a time get none; they say where there are too few articles for an interval,
        and never that two intervals do not overlap.

    Raises
    ------
    CorpusError
        When the frame is none of these, or has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> row = ["A", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> shares = pd.DataFrame([row], columns=["outlet", *SHARES])
    >>> describe(shares)
    'A writes "police" in 9 of 10 cases (90 %, interval 60 % to 98 %; 12 of 16 articles have a case).'
    """
    kind = KINDS[kind_of(result)]
    result = result.reset_index(drop=True)
    told = [f"{kind.method} {_software()}"] if methods else kind.findings(result)
    return Finding([*told, *_caveats(kind, result)])


def alt_text(result: pd.DataFrame) -> str:
    """What should someone hear who cannot see the chart of this result?

    Parameters
    ----------
    result : pandas.DataFrame
        As for :func:`describe`.

    Returns
    -------
    str
        The kind of chart, then the first findings of :func:`describe`; at most about a thousand characters.

    Raises
    ------
    CorpusError
        As for :func:`describe`.

    Examples
    --------
    >>> import pandas as pd
    >>> row = ["A", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> alt_text(pd.DataFrame([row], columns=["outlet", *SHARES]))[:42]
    'Chart of dots with interval lines. A write'
    """
    kind = KINDS[kind_of(result)]
    result = result.reset_index(drop=True)
    told: list[str] = []
    for finding in kind.findings(result):
        if told and len(" ".join(told)) + len(finding) > _ALT_LENGTH:
            told.append("The table of the same numbers goes on.")
            break
        told.append(finding)
    return " ".join([kind.drawn, *told, *_caveats(kind, result)])


def kind_of(result: pd.DataFrame) -> str:
    """Which of the frames that can be described is this, such as ``shares``, ``contrast`` or ``keyness``?

    Raises
    ------
    CorpusError
        When it is none of them, or has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> kind_of(pd.DataFrame([range(17)], columns=list(KEYNESS)))
    'keyness'
    """
    if not isinstance(result, pd.DataFrame):
        raise CorpusError(f"A result is a DataFrame, not {type(result).__name__}; understood are {_names()}.")
    for name, kind in KINDS.items():
        if set(kind.columns) <= set(result.columns):
            if result.empty:
                raise CorpusError(f"This {name} frame has no rows, so there is nothing to show.")
            return name
    closest = max(KINDS, key=lambda name: len(set(KINDS[name].columns) & set(result.columns)))
    lacking = next(column for column in KINDS[closest].columns if column not in result.columns)
    raise CorpusError(
        f"Understood are {_names()}; this frame is nearest to {closest!r} but has no column {lacking!r}; "
        f"{nearest(lacking, result.columns)}"
    )


def _software() -> str:
    try:
        return f"Computed with the Python package corpus-tools {version('corpus-tools')}."
    except PackageNotFoundError:
        return "Computed with the Python package corpus-tools."


def _caveats(kind: Kind, result: pd.DataFrame) -> list[str]:
    notes = [
        without_reported(result) if set(SHARES) <= set(result.columns) else "",
        UNCHECKED if "checked" in kind.columns and not all_checked(result) else "",
    ]
    return [*([kind.caveat] if kind.caveat else []), *(f"Please note: {note}." for note in notes if note)]


def _names() -> str:
    *names, last = sorted({kind.made_by for kind in KINDS.values()})
    return f"the frames of {', '.join(names)} and {last}"
