"""How p-values are spread, beside what chance alone would give."""

from __future__ import annotations

from math import ceil

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.compare.p_spread import BOXES
from corpus_tools.schema import P_SPREAD, CorpusError, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.markup import number, percent
from corpus_tools.show.style import Style

_FILLS = ("full", "none", "left")
_EVEN = 1 / BOXES


def plot_p_values(spread: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Are small p-values more frequent than chance alone would make them?

    Parameters
    ----------
    spread : pandas.DataFrame
        What ``p_spread`` returned: at most three ways of testing.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each box of p, from the smallest down; in it a dot for each way of testing at the share of its
        p-values that lie in the box, filled for the first, hollow for the second, half filled for the third. A line
        stands at a tenth, which every box holds where nothing differs and p keeps its promise.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no p-value, or more than three ways of testing.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from corpus_tools.compare.p_spread import p_spread
    >>> ax = plot_p_values(p_spread({"by article": [0.01, 0.04, 0.55, 0.97]}))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('How are the p-values spread?', None)
    """
    require_columns(spread, "spread", P_SPREAD)
    names = list(dict.fromkeys(spread["test"]))
    if not (pd.to_numeric(spread["tests"]) > 0).any():
        raise CorpusError("The frame has no p-value, so there is nothing to draw.")
    if len(names) > len(_FILLS):
        raise CorpusError(f"The frame has {len(names)} ways of testing; at most {len(_FILLS)} are drawn, keep some.")
    rows = tuple(_row(float(low), own, names) for low, own in spread.groupby("box_from", sort=True))
    tests = spread.drop_duplicates("test")
    notes = [f"{name}: {number(count, 'p-value')}" for name, count in zip(tests["test"], tests["tests"], strict=True)]
    plan = Plan(
        title="How are the p-values spread?",
        subtitle="Share of the p-values in each box; chance alone fills every box alike",
        sections=(Section("p from … to …", rows),),
        scale=_scale(float(spread["share"].max())),
        footnotes=tuple(words(note, longest=400) for note in (*notes, *footnote.splitlines()) if note.strip()),
    )
    return draw(plan, ax)


def _row(low: float, own: pd.DataFrame, names: list[str]) -> Row:
    known = own.set_index("test")
    return Row(
        name=f"{low:.1f} to {known['box_to'].iloc[0]:.1f}",
        counts="",
        marks=tuple(_mark(name, known.loc[name], fill) for name, fill in zip(names, _FILLS, strict=False)),
    )


def _mark(name: str, row: pd.Series, fill: str) -> Row:
    told = words(name, longest=24)
    if not row["tests"]:
        return Row(told, "no test", reason="no test", style=INK, fill=fill)
    return Row(told, percent(row["share"]), float(row["share"]), style=_STYLE[fill], fill=fill)


def _scale(most: float) -> Scale:
    """From nothing to the fullest box."""
    step = next(step for step in (5, 10, 20) if 100 * most / step <= 5 or step == 20)
    top = max(step * ceil(100 * most / step), 2 * 100 // BOXES)
    ticks = ((_EVEN, ""), *((place / 100, f"{place} %") for place in range(0, top + 1, step) if place != 100 // BOXES))
    return Scale(0.0, top / 100, ticks, _EVEN, "even: 10 %", ("", ""))


# Ways of testing are told apart by filling and shape; hues mean outlets.
_STYLE = {fill: Style(INK.light, INK.dark, marker) for fill, marker in zip(_FILLS, ("o", "s", "D"), strict=True)}
