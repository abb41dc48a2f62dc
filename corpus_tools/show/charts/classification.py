"""How many articles of each outlet were recognised by their words, beside shuffled outlets."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import ALL_OUTLETS, CLASSIFICATION, CorpusError, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, PERCENT, Plan, Row, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.classification import CLASSIFICATION_LIMIT, classification_verdict, p_words
from corpus_tools.show.markup import missing, percent
from corpus_tools.show.style import Style, assign_styles

_MOST_ROWS = 60
_GROUPS = {"event": "events", "day": "days", "article": "articles"}
_Row = Mapping[Hashable, Any]


def plot_classification(scores: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """In how many articles was the outlet recognised by its words, and in how many would shuffled outlets be?

    Parameters
    ----------
    scores : pandas.DataFrame
        The frame ``scores`` that ``classify_outlets`` returned, or some of its rows.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each variant a row for all outlets, then one for each in the order of their names: a dot for the share of
        its articles that was recognised, with its interval, and in the same row a hollow one for the mean share over
        all shuffles; articles at the right end. Outlets that were left out stay, with the reason. p and the verdict
        stand at the foot.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows or more than 60, or two for one outlet and variant.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = dict.fromkeys(CLASSIFICATION, 0.5) | {"sentences": "without recurring", "outlet": "A", "note": ""}
    >>> row |= {"articles": 18, "recognised": 9, "held_out": "event", "groups": 9}
    >>> ax = plot_classification(pd.DataFrame([row]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Can the outlets be told apart by their words?', None)
    """
    require_columns(scores, "scores", CLASSIFICATION)
    if scores.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if len(scores) > _MOST_ROWS:
        raise CorpusError(f"The frame has {len(scores)} rows; at most {_MOST_ROWS} are drawn, keep some.")
    if scores.duplicated(["sentences", "outlet"]).any():
        raise CorpusError("Two rows of the frame are about the same outlet and variant; draw one result at a time.")
    styles = assign_styles(scores.loc[scores["outlet"] != ALL_OUTLETS, "outlet"])
    sections = tuple(
        Section(f"{words(name)} sentences".capitalize(), tuple(_row(row, styles) for row in part.to_dict("records")))
        for name, part in scores.groupby("sentences", sort=False)
    )
    held = sorted({_GROUPS.get(str(name), str(name)) for name in scores["held_out"] if str(name)})
    notes = [
        "dot: recognised, with its interval; hollow: mean over all shuffles of the outlets",
        *_tests(scores),
        CLASSIFICATION_LIMIT,
        *footnote.splitlines(),
    ]
    plan = Plan(
        title="Can the outlets be told apart by their words?",
        subtitle="Share of the articles whose outlet was recognised"
        + (f", held out by whole {' or '.join(held)}" if held else ""),
        sections=sections,
        scale=PERCENT,
        footnotes=tuple(words(note, longest=600) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _tests(scores: pd.DataFrame) -> list[str]:
    """p and verdict of each variant, and what must be known, said once."""
    whole = scores[scores["outlet"] == ALL_OUTLETS].to_dict("records")
    told = [
        f"{words(row['sentences'])}: mean over outlets {percent(row['balanced'])}, of shuffled ones "
        f"{percent(row['balanced_chance'])}, {p_words(row)}: {classification_verdict(row)}"
        for row in whole
        if not missing(row["p"])
    ]
    notes = [part for row in whole if not missing(row["p"]) for part in str(row["note"]).split("; ") if part]
    return [*told, *dict.fromkeys(notes)]


def _row(row: _Row, styles: Mapping[str, Style]) -> Row:
    name = "all outlets" if row["outlet"] == ALL_OUTLETS else words(row["outlet"], longest=60)
    if missing(row["share"]):
        return Row(name, "", reason=words(str(row["note"])))
    lacking = ""
    if missing(row["share_low"]) or missing(row["share_high"]):
        lacking = words(str(row["note"]).split("; ")[0]) or "no interval"
    style = styles.get(str(row["outlet"]), INK)
    counts = f"{row['recognised']:,.0f} of {row['articles']:,.0f}"
    chance = "" if missing(row["chance"]) else percent(row["chance"])
    return Row(
        name=name,
        counts="articles",
        marks=(
            Row("", counts, row["share"], row["share_low"], row["share_high"], lacking, style),
            Row("shuffled", chance, row["chance"], style=style, fill="none"),
        ),
    )
