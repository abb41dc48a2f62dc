"""One contrast under other choices: a strip of all combinations, and a row for each choice changed alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import ALL_OTHERS, ROBUSTNESS, CorpusError, require_columns
from corpus_tools.show.charts.contrast import difference_scale, measure, only
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Section, one_reason
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.robustness import (
    CHANGES,
    SAME_ARTICLES,
    contrasts,
    count,
    estimates,
    not_varied,
    of_all_dates,
    plain_row,
    sign_words,
    single_changes,
    without_row,
)
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, verdict
from corpus_tools.show.describe.words import UNCHECKED, all_checked, reason
from corpus_tools.show.markup import missing

_DOTS = (
    "small dots: combinations of choices over all dates; open dot: its interval is missing or includes zero; triangle: "
    "the plain one"
)
_INTERVAL_ONLY = "combinations that differ in their unit, and so in the interval, but not in the difference are one dot"
_ALL_ARTICLES = "all articles"
_THREE_WAYS = (CHANGES["unit", "reuse_group"], CHANGES["within", "event"])
_KINDS = {name: column for (column, _), name in CHANGES.items()}
_Record = Mapping[Hashable, Any]


def plot_robustness(result: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Does a difference stay when other defensible choices are made?

    Parameters
    ----------
    result : pandas.DataFrame
        What ``robustness`` returned, or several of them put together with ``pandas.concat``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each contrast a strip with one small dot per combination of all dates at its difference, filled where the
        interval does not include zero (no interval does, where combinations differ in their unit only and share a
        difference: they are one dot), and a triangle over the plain one; below it a row with dot and interval for the
        plain one and for each choice changed alone, open where the interval includes zero, with the articles that are
        its evidence. Rows without enough evidence stay in grey with the reason. Choices without a row are named at the
        foot, with the reason.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, or two are about the same combination.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> plain = ["all", "all", "article_id", "", "kept", "pooled", "all"]
    >>> row = ["who", "police", "A", "B", *plain, 0, 0.9, 0.2, 0.7, 0.4, 0.86, 12, 11, "", True]
    >>> ax = plot_robustness(pd.DataFrame([row], columns=list(ROBUSTNESS)))
    >>> ax.get_title(loc="left").replace(chr(10), " "), plt.close(ax.figure)
    ('Does A use “police” more often than B, whichever way one counts?', None)
    """
    blocks = _blocks(result)
    sections = [
        Section(heading, (_strip(block), _row("plain", plain_row(block)), *_changed_alone(block)))
        for heading, block in blocks
    ]
    merged = _INTERVAL_ONLY if any(count(block).interval_only for _, block in blocks) else ""
    notes = [_DOTS, merged, SAME_ARTICLES, *_slots(blocks), *(_absent(heading, block) for heading, block in blocks)]
    return draw(_plan(result, "whichever way one counts", sections, notes, footnote), ax)


def plot_three_ways(result: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Does a difference stay when shared text counts once, and when only the same events are compared?

    Parameters
    ----------
    result : pandas.DataFrame
        What ``robustness`` returned, or several of them put together with ``pandas.concat``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each contrast three rows on one scale: all articles, one vote per shared text, within the same
        events; each a dot with its interval and the articles that are its evidence. A row that ``result`` does not
        have stays in grey with the reason.

    Raises
    ------
    CorpusError
        As for ``plot_robustness``.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> plain = ["all", "all", "article_id", "", "kept", "pooled", "all"]
    >>> row = ["who", "police", "A", "B", *plain, 0, 0.9, 0.2, 0.7, 0.4, 0.86, 12, 11, "", True]
    >>> ax = plot_three_ways(pd.DataFrame([row], columns=list(ROBUSTNESS)))
    >>> ax.get_title(loc="left").splitlines()[-1], plt.close(ax.figure)
    ('with one vote per text and within events?', None)
    """
    sections, blocks = [], _blocks(result)
    for heading, block in blocks:
        singles, absent = single_changes(block), without_row(block)
        ways = (_row(name, singles.get(name), absent.get(name, "")) for name in _THREE_WAYS)
        rows = (_row(_ALL_ARTICLES, plain_row(block)), *ways)
        # No room here to explain a filling.
        sections.append(Section(heading, tuple(replace(row, fill="full") for row in rows)))
    return draw(_plan(result, "also with one vote per text and within events", sections, _slots(blocks), footnote), ax)


def _blocks(result: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The contrasts of a frame, each under a heading of what tells it from the others; none where it is alone."""
    require_columns(result, "robustness", ROBUSTNESS)
    if result.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if result.duplicated(list(ROBUSTNESS[: ROBUSTNESS.index("changed")])).any():
        raise CorpusError("Two rows of the frame are about the same combination; draw each result once.")
    return [(_heading(block.iloc[0], result), block) for block in contrasts(result)]


def _heading(row: pd.Series, result: pd.DataFrame) -> str:
    """As short as it can be, because a narrow chart cuts it: what stands in the title is not said again."""
    target, reference = (words(row[column], longest=50) for column in ("target", "reference"))
    pair = f"v. {'the others' if reference == ALL_OTHERS else reference}"
    of_label = result.loc[result["label"] == row["label"]]
    parts = [
        "" if only(result, "label") else f"“{words(row['label'], longest=60)}”",
        words(row["slot"], longest=60) if only(of_label, "slot") is None else "",
        f"{target} {pair}" if only(result, "target") is None else pair if only(result, "reference") is None else "",
    ]
    return " · ".join(part for part in parts if part)


def _question(result: pd.DataFrame) -> str:
    label, target, reference = (only(result, column) for column in ("label", "target", "reference"))
    name = f"“{label}”" if label else "these names"
    return (
        f"{f'Does {target} use' if target else 'Who uses'} {name} more often{f' than {reference}' if reference else ''}"
    )


def _slots(blocks: list[tuple[str, pd.DataFrame]]) -> list[str]:
    """Among which names a share is meant, where neither subtitle nor heading tells."""
    slots = {heading: words(block["slot"].iloc[0], longest=80) for heading, block in blocks}
    told = len(set(slots.values())) == 1 or all(slot in heading for heading, slot in slots.items())
    return [] if told else [f"{heading}: among all names for {slot}" for heading, slot in slots.items()]


def _plan(result: pd.DataFrame, condition: str, sections: list[Section], notes: Iterable[str], footnote: str) -> Plan:
    rows = [row for section in sections for row in section.rows]
    ends = [end for row in rows for end in (row.value, row.low, row.high, *(value for value, _ in row.dots))]
    unchecked = "" if all_checked(result) else f"Please note: {UNCHECKED}"
    told = [*notes, unchecked, *footnote.splitlines()]
    return Plan(
        title=f"{_question(result)}, {condition}?",
        subtitle=measure(result),
        sections=tuple(sections),
        scale=difference_scale(np.array(ends, dtype=float), only(result, "reference")),
        footnotes=tuple(words(note, longest=900) for note in told if note.strip()),
    )


def _strip(block: pd.DataFrame) -> Row:
    known, plain = estimates(of_all_dates(block)), plain_row(block)
    return Row(
        name="every combination",
        counts=sign_words(block),
        value=plain["difference"] if plain else np.nan,
        reason="" if len(known) else "no combination has an estimate",
        dots=tuple(zip(known["difference"].astype(float), known["beside_zero"], strict=True)),
    )


def _changed_alone(block: pd.DataFrame) -> Iterator[Row]:
    """A row for each; those of another kind stand a little apart from the one before."""
    before = ""
    for name, row in single_changes(block).items():
        yield replace(_row(name, row), apart=_KINDS[name] != before)
        before = _KINDS[name]


def _row(name: str, row: _Record | None, why: str = "") -> Row:
    if row is None:
        return Row(name, "", reason=why or "no such row in the frame")
    lacking = ""
    if missing(row["difference"]):
        lacking = reason(row, "no hit on one side")
    elif missing(row["difference_low"]) or missing(row["difference_high"]):
        lacking = reason(row, "no interval: fewer than five articles with a hit")
    return Row(
        name=name,
        counts=f"{row['articles_target']:g} and {row['articles_reference']:g} articles",
        value=row["difference"],
        low=row["difference_low"],
        high=row["difference_high"],
        reason=one_reason(words(lacking)),
        fill="none" if verdict(row) == NOT_DISTINGUISHABLE else "full",
    )


def _absent(heading: str, block: pd.DataFrame) -> str:
    told = not_varied(block)
    return f"{heading}: {told}" if heading and told else told
