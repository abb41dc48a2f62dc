"""How easily does each outlet read: the mean of one measure over its articles, with its interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import ceil, floor, log10
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import READABILITY_MEANS, CorpusError, nearest, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, Plan, Row, Scale, Section, one_reason
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.readability import NAMES, groupings_of_means, written
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import Style, assign_styles

_MOST_ROWS = 36
_TICKS = 5
_FITTED = "the formulas were fitted to English schoolbooks; names and long words count as difficult, known or not"
_Row = Mapping[Hashable, Any]


def plot_readability(
    means: pd.DataFrame, *, measure: str = "flesch_reading_ease", ax: Axes | None = None, footnote: str = ""
) -> Axes:
    """Does one outlet read more easily than another, by one of the formulas?

    Parameters
    ----------
    means : pandas.DataFrame
        What ``readability(articles, by=…)`` returned, or some of its rows.
    measure : str
        Which measure to draw, such as "words_per_sentence".
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the rows need. A narrow one, as for a telephone,
        gets names and counts stacked above the dots; a figure with no other Axes grows to the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One row per group, the one that reads most easily first: a dot for the mean, a line for its interval, the mean
        and the number of articles at the right end. The scale is cut to the values. Groups without an interval stay in
        grey with the reason. Of more than 36 groups those with most articles are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows of the measure, or two for the same group.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["A", "flesch_reading_ease", 52.0, 49.0, 55.0, 12, 14, ""]
    >>> ax = plot_readability(pd.DataFrame([row], columns=["outlet", *READABILITY_MEANS]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('How easily do they read?', None)
    """
    require_columns(means, "readability", READABILITY_MEANS)
    if means.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    chosen = means[means["measure"] == measure]
    if chosen.empty:
        raise CorpusError(f"The frame has no measure {measure!r}; {nearest(measure, means['measure'].unique())}")
    by = groupings_of_means(chosen)
    if chosen.duplicated(by).any():
        raise CorpusError("Two rows of the frame are about the same group; draw one result at a time.")
    chosen, left_out = _with_most_articles(chosen)
    name, easier = NAMES.get(measure, (measure, ""))
    ordered = chosen.sort_values(["mean", *by], ascending=[easier == "lower is easier", *[True] * len(by)])
    styles = assign_styles(means["outlet"]) if "outlet" in by else {}
    drawn = tuple(_row(row, by, styles) for row in ordered.to_dict("records"))
    plan = Plan(
        title="How easily do they read?",
        subtitle=f"{name}, mean over articles{f' ({easier})' if easier else ''}; lines are intervals",
        sections=(Section("", drawn),),
        scale=_scale(chosen),
        footnotes=tuple(words(note, longest=400) for note in (left_out, _FITTED, *footnote.splitlines()) if note),
    )
    return draw(plan, ax)


def _with_most_articles(chosen: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    if len(chosen) <= _MOST_ROWS:
        return chosen, ""
    said = f"drawn are the {_MOST_ROWS} of {len(chosen)} groups with most articles; the table has all"
    return chosen.sort_values("articles", ascending=False, kind="stable").head(_MOST_ROWS), said


def _scale(chosen: pd.DataFrame) -> Scale:
    """From the tick below the lowest end of an interval to the tick above the highest."""
    ends = pd.concat([chosen["mean"], chosen["mean_low"], chosen["mean_high"]]).dropna()
    low, high = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
    raw = max(high - low, abs(high) * 0.02, 0.1) / _TICKS
    power = 10.0 ** floor(log10(raw))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= raw)
    first = floor(low / step + 1e-9)
    last = max(ceil(high / step - 1e-9), first + 1)
    digits = max(-floor(log10(step) + 1e-9), 0)
    return Scale(first * step, last * step, tuple((n * step, f"{n * step:.{digits}f}") for n in range(first, last + 1)))


def _row(row: _Row, by: list[str], styles: Mapping[str, Style]) -> Row:
    whole = number(row["searched"], "article")
    counted = whole if row["articles"] == row["searched"] else f"{row['articles']:,.0f} of {whole}"
    bare = missing(row["mean_low"]) or missing(row["mean_high"])
    note = "" if missing(row["note"]) else str(row["note"])
    return Row(
        name=" · ".join(MISSING if missing(row[key]) else words(row[key], longest=60) for key in by),
        counts=counted if missing(row["mean"]) else f"{written(row['mean'])} · {counted}",
        value=row["mean"],
        low=row["mean_low"],
        high=row["mean_high"],
        reason=one_reason(words(note or "no interval")) if bare else "",
        style=styles.get(str(row["outlet"]), INK) if "outlet" in by else INK,
    )
