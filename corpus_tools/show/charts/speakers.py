"""Who gets to speak: each outlet's speakers with most words, and what goes to nobody by name."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from math import ceil
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import SPEAKERS, CorpusError, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import Style, assign_styles

_MOST_OUTLETS = 12
# Longer names are cut beside the dots, so they stand in full below the chart.
_LONG_NAME = 26
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)
_NOBODY = "nobody named"
_SILENT = "nobody speaks"
_WHY_NOBODY = "nobody named: pronouns that no rule could resolve, scare quotes, and words whose source was not found"
# A reason makes a row grey. Beside the dot it would cover the interval, so it is not written there, but at the foot.
_GREY = "grey"
_Row = Mapping[Hashable, Any]


def plot_speakers(table: pd.DataFrame, *, top: int = 5, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Who gets to speak in each outlet, and how much?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``speakers`` returned, or some of its rows.
    top : int
        How many speakers of each outlet are drawn: those with most words.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each outlet, in the order of their names, one row per speaker, most words first: a dot for the share of
        all words that the outlet gives to others, a line for its interval, and words and articles at the right end.
        Words given to nobody by name are the last row, in grey. Outlets in which nobody speaks stay, with the
        reason. All outlets share one scale, as wide as the numbers need. Of more than twelve outlets those with most
        words are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows or two for one speaker of an outlet, or ``top`` is below 1.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = dict.fromkeys(SPEAKERS, 0.0) | {"outlet": "A", "speaker": "the union", "note": "", "share": 0.4}
    >>> ax = plot_speakers(pd.DataFrame([row | {"words": 40, "articles": 6, "searched": 9}]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Who gets to speak, and how much?', None)
    """
    require_columns(table, "speakers", SPEAKERS)
    if table.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if top < 1:
        raise CorpusError(f"The option 'top' cannot be {top}; it is a number of speakers, 1 or more.")
    if table.duplicated(["outlet", "speaker"]).any():
        raise CorpusError("Two rows of the frame are about the same speaker of an outlet; draw one result at a time.")
    outlets, left_out = _outlets_with_room(table)
    drawn = {outlet: _chosen(table[_is_outlet(table, outlet)], top) for outlet in outlets}
    styles = assign_styles(table["outlet"])
    nobody = any(missing(row["speaker"]) and not missing(row["words"]) for rows in drawn.values() for row in rows)
    notes = [
        _WHY_NOBODY if nobody else "",
        _more(table, outlets, top),
        left_out,
        _in_full(drawn.values()),
        *footnote.splitlines(),
    ]
    plan = Plan(
        title="Who gets to speak, and how much?",
        subtitle="Share of all words that the outlet gives to others, in percent; lines are intervals",
        sections=tuple(_section(outlet, rows, styles[str(outlet)]) for outlet, rows in drawn.items()),
        scale=_scale([row for rows in drawn.values() for row in rows]),
        footnotes=tuple(words(note, longest=600) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _is_outlet(table: pd.DataFrame, outlet: object) -> pd.Series:
    return table["outlet"].isna() if missing(outlet) else table["outlet"] == outlet


def _outlets_with_room(table: pd.DataFrame) -> tuple[list[object], str]:
    """Which outlets are drawn, in the order of their names, and the sentence about the others."""
    spoken = table.groupby("outlet", sort=True, dropna=False)["words"].sum()
    if len(spoken) <= _MOST_OUTLETS:
        return list(spoken.index), ""
    most = set(spoken.sort_values(ascending=False, kind="stable").index[:_MOST_OUTLETS])
    said = f"drawn are the {_MOST_OUTLETS} of {len(spoken)} outlets that give most words to others; the table has all"
    return [outlet for outlet in spoken.index if outlet in most], said


def _chosen(own: pd.DataFrame, top: int) -> list[_Row]:
    """The speakers with most words, then the words of nobody."""
    rows = own.assign(_name=own["speaker"].astype("str")).sort_values(
        ["words", "_name"], ascending=[False, True], kind="stable"
    )
    named, nobody = rows[rows["speaker"].notna()], rows[rows["speaker"].isna()]
    return [*named.head(top).to_dict("records"), *nobody.to_dict("records")]


def _more(table: pd.DataFrame, outlets: list[object], top: int) -> str:
    sizes = table.dropna(subset="speaker").groupby("outlet")["speaker"].nunique()
    more = sizes[sizes.index.isin(outlets) & (sizes > top)]
    if more.empty:
        return ""
    drawn = "the speaker" if top == 1 else f"the {top} speakers"
    return f"drawn are {drawn} with most words in each outlet; the table has all {sizes.sum():,} rows with a name"


def _in_full(drawn: Any) -> str:
    named = {words(row["speaker"]) for rows in drawn for row in rows if not missing(row["speaker"])}
    long = sorted(name for name in named if len(name) > _LONG_NAME)
    return f"names in full: {'; '.join(long)}" if long else ""


def _scale(rows: list[_Row]) -> Scale:
    """From 0 to the next mark behind the highest interval."""
    ends = [row[column] for row in rows for column in ("share", "share_high") if not missing(row[column])]
    highest = max(ends, default=1.0)
    step = next((step for step in _STEPS if highest <= 5 * step), _STEPS[-1])
    marks = max(min(ceil(round(highest / step, 6)), round(1 / step)), 1)
    return Scale(0, marks * step, tuple((mark * step, f"{100 * mark * step:.0f} %") for mark in range(marks + 1)))


def _section(outlet: object, rows: list[_Row], style: Style) -> Section:
    heading = MISSING if missing(outlet) else words(outlet, longest=60)
    return Section(heading, tuple(_drawn(row, style) for row in rows))


def _drawn(row: _Row, style: Style) -> Row:
    spoken = 0 if missing(row["words"]) else row["words"]
    articles = 0 if missing(row["articles"]) else row["articles"]
    has_interval = not missing(row["share_low"]) and not missing(row["share_high"])
    return Row(
        name=_name(row),
        counts=f"{number(spoken, 'word')} · {articles:,.0f} of {number(row['searched'], 'article')}",
        value=row["share"],
        low=row["share_low"],
        high=row["share_high"],
        reason=words(_lacking(row)) if not has_interval else _GREY if missing(row["speaker"]) else "",
        style=style,
        lettered=has_interval,
    )


def _name(row: _Row) -> str:
    if not missing(row["speaker"]):
        return words(row["speaker"], longest=90)
    return _SILENT if missing(row["words"]) else _NOBODY


def _lacking(row: _Row) -> str:
    """Why there is no interval; a number that stands in the row anyway is not repeated."""
    note = "" if missing(row["note"]) else str(row["note"]).strip()
    if not note:
        return "no interval: fewer than 5 articles with words of others"
    few = r"^no interval: \d+ ([a-z ]+?)s?(?: \(.+\))? (with words of others), (\d+) needed"
    return re.sub(few, r"no interval: fewer than \3 \1s \2", note)
