"""How much of each outlet is about each topic, with its interval; shaky topics say so."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import ceil
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import TOPIC_OUTLETS, CorpusError, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.topics import TOPICS_LIMIT, steadiness, why_without_interval
from corpus_tools.show.markup import missing, percent
from corpus_tools.show.style import Style, assign_styles

_MOST_ROWS = 60
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)
_STABILITY = (
    "stability: of the ten first words, how many recur when topics are fitted again on four fifths of the articles "
    "(mean Jaccard, 0 to 1); shaky: below 0.5"
)
_Row = Mapping[Hashable, Any]


def plot_topics(outlets: pd.DataFrame, *, top: int = 6, ax: Axes | None = None, footnote: str = "") -> Axes:
    """How much does each outlet write about each topic?

    Parameters
    ----------
    outlets : pandas.DataFrame
        The frame ``outlets`` that ``fit_topics`` returned, or some of its rows.
    top : int
        How many topics are drawn: those that stand first, which are the largest.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each topic, under its own first words and its stability, one row per outlet: a dot for the mean share over
        its articles, a line for the interval, share and articles at the right end. All topics share one scale.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows or two for one topic and outlet, ``top`` is below 1, or more
        than 60 rows would be drawn.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = [1, "bridge · road", 0.62, "A", 0.36, 0.15, 0.56, 17, 18, ""]
    >>> ax = plot_topics(pd.DataFrame([row], columns=list(TOPIC_OUTLETS)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('How much does each outlet write about what?', None)
    """
    require_columns(outlets, "outlets", TOPIC_OUTLETS)
    if outlets.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if top < 1:
        raise CorpusError(f"The option 'top' cannot be {top}; it is a number of topics, 1 or more.")
    if outlets.duplicated(["topic", "outlet"]).any():
        raise CorpusError("Two rows of the frame are about the same topic and outlet; draw one result at a time.")
    numbers = list(dict.fromkeys(outlets["topic"]))
    drawn = outlets[outlets["topic"].isin(numbers[:top])]
    if len(drawn) > _MOST_ROWS:
        raise CorpusError(f"{len(drawn)} rows would be drawn; at most {_MOST_ROWS} are, so keep some or lower 'top'.")
    styles = assign_styles(outlets["outlet"])
    notes = [
        f"drawn are {len(numbers[:top])} of {len(numbers)} topics; the table has all" if len(numbers) > top else "",
        _STABILITY,
        TOPICS_LIMIT,
        *footnote.splitlines(),
    ]
    plan = Plan(
        title="How much does each outlet write about what?",
        subtitle="Mean share of each topic over the articles of the outlet; a topic is named by its own first words",
        sections=tuple(_section(part.to_dict("records"), styles) for _, part in drawn.groupby("topic", sort=False)),
        scale=_scale(drawn),
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _section(rows: list[_Row], styles: Mapping[str, Style]) -> Section:
    heading = f"{rows[0]['topic']} ({steadiness(rows[0])}): {words(rows[0]['name'], longest=70)}"
    return Section(heading, tuple(_row(row, styles.get(str(row["outlet"]), INK)) for row in rows))


def _row(row: _Row, style: Style) -> Row:
    has_interval = not missing(row["mean_share_low"]) and not missing(row["mean_share_high"])
    share = "no share" if missing(row["mean_share"]) else percent(row["mean_share"])
    return Row(
        name=words(row["outlet"], longest=60),
        counts=f"{share} · {row['articles']:,.0f} of {row['searched']:,.0f} articles",
        value=row["mean_share"],
        low=row["mean_share_low"],
        high=row["mean_share_high"],
        reason="" if has_interval else words(why_without_interval(row)),
        style=style,
    )


def _scale(drawn: pd.DataFrame) -> Scale:
    """From 0 to the next mark behind the highest interval."""
    highest = drawn[["mean_share", "mean_share_high"]].max().max()
    highest = 1.0 if missing(highest) else float(highest)
    step = next((step for step in _STEPS if highest <= 5 * step), _STEPS[-1])
    marks = max(min(ceil(round(highest / step, 6)), round(1 / step)), 1)
    return Scale(0, marks * step, tuple((mark * step, f"{100 * mark * step:.0f} %") for mark in range(marks + 1)))
