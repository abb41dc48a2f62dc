"""The company of a word, as a description, and how it differs between two outlets, with intervals."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import COLLOCATE_CONTRAST, COLLOCATES, CorpusError, require_columns
from corpus_tools.show.charts.contrast import difference_scale
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section, one_reason
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.collocation import spaced, strongest, verdicts, within_words
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, verdict
from corpus_tools.show.describe.words import DESCRIPTIVE, reason
from corpus_tools.show.markup import missing, number, percent

_ENDS = ("difference", "difference_low", "difference_high")
_HIGHEST = 14
_FILLED = (
    f"Filled: {SUPPORTED}, the interval leaves out 0 and p, corrected for all words of the result, is below .05. "
    f"Hollow: {NOT_DISTINGUISHABLE}."
)
_NONE_FILLED = f"No difference is {SUPPORTED}. Hollow: {NOT_DISTINGUISHABLE}; none of these words is a finding."


def plot_collocates(collocates: pd.DataFrame, *, n: int = 10, ax: Axes | None = None, footnote: str = "") -> Axes:
    """In whose company does a word stand, or in which outlet does it keep which company?

    Parameters
    ----------
    collocates : pandas.DataFrame
        What ``collocates`` returned, or some of its rows; one node, and one target and reference where outlets are
        compared.
    n : int
        How many words, of a comparison for either side, at least 1.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        The ``n`` words with the highest ``log_dice``, each a dot; co-occurrences and articles stand at the right end.
        No interval, because the score counts words and not articles. Where outlets are compared, a forest plot: the
        ``n`` words for either side, those with a supported difference before others and then those whose interval is
        farthest from 0; a dot for target minus reference in percentage points, filled where the difference is
        supported, and a line for its interval; rows without one stay in grey with the reason.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, ``n`` is below 1, or there are several nodes, windows or pairs.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["strike", 5, 5, "hunger", 3, 1, 4, 0.2, 4, 9, 6, 3, 5, 13.1, 4.3, 1.9, 15.0]
    >>> ax = plot_collocates(pd.DataFrame([row], columns=list(COLLOCATES)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Which words stand near “strike”?', None)
    """
    require_columns(collocates, "collocates", COLLOCATES)
    compared = "target" in collocates.columns
    if compared:
        require_columns(collocates, "collocates", COLLOCATE_CONTRAST)
    if n < 1:
        raise CorpusError(f"The option 'n' cannot be {n!r}; it is a number of words, at least 1.")
    one = _one(collocates, ["node", "window_left", "window_right", *(["target", "reference"] if compared else [])])
    plan = _compared(collocates, one, n, footnote) if compared else _described(collocates, one, n, footnote)
    return draw(plan, ax)


def _one(collocates: pd.DataFrame, columns: list[str]) -> dict[Hashable, Any]:
    """What all rows have in common."""
    if collocates.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    for column in columns:
        values = collocates[column].unique()
        if len(values) > 1:
            named = ", ".join(repr(str(value)) for value in values[:5])
            raise CorpusError(f"The frame has several values of {column!r}; keep the rows of one: {named}.")
    return collocates.iloc[0].to_dict()


def _named(one: Mapping[Hashable, Any]) -> str:
    return words(spaced(one["node"]), longest=80)


def _described(collocates: pd.DataFrame, one: dict[Hashable, Any], n: int, footnote: str) -> Plan:
    shown = collocates.sort_values(["log_dice", "term"], ascending=[False, True], kind="stable").head(n)
    rows = tuple(_scored(row) for row in shown.to_dict("records"))
    values = shown["log_dice"].to_numpy(dtype=float)
    low = min(float(np.floor(values.min())), _HIGHEST - 3)
    step = 1 if _HIGHEST - low <= 6 else 2
    ticks = tuple((float(place), f"{place:g}") for place in np.arange(_HIGHEST, low - 0.5, -step)[::-1])
    near = within_words(one["window_left"], one["window_right"])
    notes = [
        f"Words {near} in the same sentence; {number(one['nodes'], 'occurrence')} of "
        f"“{_named(one)}” in {number(one['node_articles'], 'article')}.",
        *footnote.splitlines(),
    ]
    return Plan(
        title=f"Which words stand near “{_named(one)}”?",
        subtitle=f"log-Dice: 14 = never without each other, one less = half as close; {DESCRIPTIVE}",
        sections=(Section("", rows),),
        scale=Scale(low - 0.1, _HIGHEST + 0.1, ticks),
        footnotes=_clean(notes),
    )


def _scored(row: Mapping[Hashable, Any]) -> Row:
    expected = f"{row['expected']:.1f}" if row["expected"] >= 0.05 else "under 0.1"
    counts = f"{row['observed']:,g} times, {expected} expected · {number(row['articles'], 'article')}"
    return Row(name=words(row["term"], longest=60), counts=counts, value=float(row["log_dice"]))


def _compared(contrast: pd.DataFrame, one: dict[Hashable, Any], n: int, footnote: str) -> Plan:
    names = [words(one[side], longest=80) for side in ("target", "reference")]
    node = _named(one)
    shown = strongest(contrast, n)
    if not sum(map(len, shown)):
        raise CorpusError("No word stands more often near the node on either side, so there is nothing to draw.")
    sections = tuple(
        Section(f"More often in {name}", tuple(_row(row) for row in part.to_dict("records")))
        for name, part in zip(names, shown, strict=True)
        if not part.empty
    )
    ends = pd.concat(shown)[list(_ENDS)].to_numpy(dtype=float)
    near = within_words(one["window_left"], one["window_right"])
    return Plan(
        title=f"Which words stand near “{node}” more often in {names[0]} than in {names[1]}, and which less?",
        subtitle=(
            f"Share of its occurrences with the word {near}: difference in percentage points; lines are intervals over "
            "articles"
        ),
        sections=sections,
        scale=difference_scale(ends, names[1]),
        footnotes=_clean([*_notes(contrast, one, names), *footnote.splitlines()]),
    )


def _row(row: Mapping[Hashable, Any]) -> Row:
    lacking = "" if not missing(row["difference_low"]) else reason(row, "no interval: fewer than five articles")
    shares = " v. ".join(percent(row[f"share_{side}"]) for side in ("target", "reference"))
    return Row(
        name=words(row["term"], longest=60),
        counts=f"{row['near_target']:,g} v. {row['near_reference']:,g} · {shares}",
        value=row["difference"],
        low=row["difference_low"],
        high=row["difference_high"],
        reason=one_reason(words(lacking)),
        fill="none" if verdict(row) == NOT_DISTINGUISHABLE else "full",
    )


def _notes(contrast: pd.DataFrame, one: Mapping[Hashable, Any], names: list[str]) -> Iterator[str]:
    sides = [
        f"{number(one[f'nodes_{side}'], 'occurrence')} in {number(one[f'articles_{side}'], 'article')} ({name})"
        for side, name in zip(("target", "reference"), names, strict=True)
    ]
    yield f"“{_named(one)}”: {sides[0]} v. {sides[1]}; at the right those with the word near."
    if contrast["difference_low"].notna().any():
        if len(contrast) > 1:
            yield f"Chosen from {number(len(contrast), 'word')}: {SUPPORTED} ones, then intervals farthest from 0."
        yield _FILLED if verdicts(contrast).eq(SUPPORTED).any() else _NONE_FILLED


def _clean(notes: list[str]) -> tuple[str, ...]:
    return tuple(words(note, longest=400) for note in notes if note.strip())
