"""How rich the vocabulary of each outlet is, with its interval."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import DIVERSITY, CorpusError, require_choice, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.diversity import DIVERSITY_LIMIT, written
from corpus_tools.show.markup import missing, number
from corpus_tools.show.style import Style, assign_styles

_MOST_ROWS = 60
_UNKNOWN = "unknown"
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_MOST_TICKS = 5
_WHAT = {
    "MATTR": "Share of different words in runs of one length (MATTR)",
    "MTLD": "Words until the share of different ones is down to .72 (MTLD)",
    "HD-D": "Share of different words among 42 drawn (HD-D)",
    "TTR": "Share of different words (TTR)",
}
# Notes that differ in a number that stands in the row anyway are explained once.
_FEW = r"no interval: \d+ articles? long enough, (\d+) needed"
_NO = "no interval: fewer than 5 articles"
_LEFT_OUT = "articles that are too short for the measure are left out of the mean"
_UNSTEADY = "some articles have under 100 words, and for these MTLD is unsteady"
_Row = Mapping[Hashable, Any]


def plot_diversity(
    diversity: pd.DataFrame, *, measure: str = "MATTR", ax: Axes | None = None, footnote: str = ""
) -> Axes:
    """How rich is the vocabulary of each outlet, and how sure is that?

    Parameters
    ----------
    diversity : pandas.DataFrame
        What ``lexical_diversity`` returned, or some of its rows.
    measure : {"MATTR", "MTLD", "HD-D", "TTR"}
        Which measure is drawn.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One row per group, highest value first, under the first of several grouping columns: a dot for the mean over
        articles, a line for its interval; value and articles at the right end. The scale is as wide as the numbers
        need and does not begin at 0. Rows without an interval stay in grey with the reason.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows of the measure or more than 60, or two for one group.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["A", "MATTR", 0.84, 0.83, 0.86, 17, 18, 5000, ""]
    >>> ax = plot_diversity(pd.DataFrame([row], columns=["outlet", *DIVERSITY]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('How rich is the vocabulary?', None)
    """
    require_columns(diversity, "lexical diversity", DIVERSITY)
    require_choice("measure", measure, tuple(_WHAT))
    own = diversity[diversity["measure"] == measure]
    if own.empty:
        raise CorpusError(f"The frame has no rows of {measure}, so there is nothing to draw.")
    if len(own) > _MOST_ROWS:
        raise CorpusError(f"The frame has {len(own)} rows of {measure}; at most {_MOST_ROWS} are drawn, keep some.")
    keys = [column for column in own.columns if column not in DIVERSITY]
    if own.duplicated(keys or ["measure"]).any():
        raise CorpusError("Two rows of the frame are about the same group; draw one result at a time.")
    styles = assign_styles(own["outlet"]) if "outlet" in keys else {}
    ordered = own.sort_values("value", ascending=False, kind="stable", na_position="last")
    scale = _scale(own[["value", "value_low", "value_high"]].to_numpy(dtype=float))
    notes = [
        "the scale does not begin at 0" if scale.low > 0 else "",
        _LEFT_OUT if (own["articles"] < own["searched"]).any() else "",
        _UNSTEADY if own["note"].astype("str").str.contains("unsteady").any() else "",
        DIVERSITY_LIMIT if measure == "TTR" else "",
        *footnote.splitlines(),
    ]
    plan = Plan(
        title="How rich is the vocabulary?",
        subtitle=f"{_WHAT[measure]}, mean over articles; lines are intervals",
        sections=_sections(ordered, keys, styles),
        scale=scale,
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _sections(ordered: pd.DataFrame, keys: list[str], styles: Mapping[str, Style]) -> tuple[Section, ...]:
    """Of several grouping columns the first one makes the headings."""
    if len(keys) < 2:
        return (Section("", tuple(_row(row, keys, styles) for row in ordered.to_dict("records"))),)
    return tuple(
        Section(
            words(name, longest=60) or _UNKNOWN, tuple(_row(row, keys[1:], styles) for row in part.to_dict("records"))
        )
        for name, part in ordered.groupby(keys[0], sort=True, dropna=False)
    )


def _row(row: _Row, keys: list[str], styles: Mapping[str, Style]) -> Row:
    name = " · ".join(words(row[key], longest=60) or _UNKNOWN for key in keys)
    has_interval = not missing(row["value_low"]) and not missing(row["value_high"])
    value = "no value" if missing(row["value"]) else written(row["value"])
    note = "" if missing(row["note"]) else str(row["note"]).strip()
    return Row(
        name=name or "all articles",
        counts=f"{value} · {row['articles']:,.0f} of {number(row['searched'], 'article')}",
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        reason=""
        if has_interval
        else words(re.sub(_FEW, r"no interval: fewer than \1 articles long enough", note or _NO)),
        style=styles.get(str(row.get("outlet")), INK),
    )


def _scale(ends: np.ndarray) -> Scale:
    """A little wider than every interval; whole ticks."""
    known = ends[np.isfinite(ends)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS - 1), _STEPS[-1])
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    places = np.arange(first, last + 0.5)
    return Scale(first * step, last * step, tuple((float(place * step), f"{place * step:g}") for place in places))
