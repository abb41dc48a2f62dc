"""The main chart: which of the competing names does each outlet, or each voice, use?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import SHARES, VOICE_NAMES, CorpusError, nearest, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, PERCENT, VOICE_FILLS, Plan, Row, Section, one_reason
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.words import UNCHECKED, all_checked, groupings, is_pooled, reason, without_reported
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import Style, assign_styles

MOST_GROUPS = 36
MOST_EMPTY = 3


def plot_framing_shares(
    shares: pd.DataFrame, *, slot: str | None = None, ax: Axes | None = None, footnote: str = ""
) -> Axes:
    """What do they call it: the share of each competing name, by outlet, voice or whatever the frame is grouped by?

    Parameters
    ----------
    shares : pandas.DataFrame
        What ``framing_shares`` returned, or some of its rows.
    slot : str, optional
        Which slot to draw; needed only where the frame holds several.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a new figure of the height that the rows need. A narrow one, as for a telephone,
        gets names and counts stacked above the dots; a figure with no other Axes grows to the height needed.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each label, most hits first, one row per group in the order of their names: a dot for the share, a line
        for its interval, and hits and articles at the right end. Hue and shape mean the outlet; a full dot is the
        narrator, a half one reported speech, a hollow one a quotation. Rows without an interval, or without a hit,
        stay in grey with the reason; more than three groups without a hit are named in a footnote instead. Of more
        than 36 groups those with most articles are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows or two for the same group and label, or it holds several slots
        and none was chosen.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["A", "the vehicle", "police vehicle", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> ax = plot_framing_shares(pd.DataFrame([row], columns=["outlet", *SHARES]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('What do they call the vehicle?', None)
    """
    require_columns(shares, "shares", SHARES)
    chosen = one_slot(shares, slot)
    by, unheard = groupings(chosen), without_reported(chosen)
    chosen, without_hit = _with_a_hit(chosen, by)
    chosen, left_out = _with_most_articles(chosen, by)
    notes = [
        without_hit,
        left_out,
        unheard,
        "" if all_checked(chosen) else f"Please note: {UNCHECKED}",
        *footnote.splitlines(),
    ]
    plan = Plan(
        title=_question(chosen["slot"].iloc[0]),
        subtitle=_measure(chosen, by),
        sections=_sections(chosen, by),
        scale=PERCENT,
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _with_a_hit(shares: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, str]:
    """Without the groups that never name the thing, where they are many and others do; a sentence names them."""
    group = shares.groupby(by, sort=True, dropna=False).ngroup() if by else pd.Series(0, index=shares.index)
    never = shares["slot_hits"].groupby(group).transform("max") == 0
    empty = _groups(shares[never], by)
    if len(empty) <= MOST_EMPTY or never.all():
        return shares, ""
    return shares[~never], f"no hit of the slot: {'; '.join(_name(names, by) for names in empty)}"


def _with_most_articles(shares: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, str]:
    """As many groups as a page can hold, and a sentence that says how many others there are."""
    articles = shares.groupby(by, sort=True, dropna=False)["articles"].max() if by else shares["articles"].iloc[:0]
    if len(articles) <= MOST_GROUPS:
        return shares, ""
    group = shares.groupby(by, sort=True, dropna=False).ngroup()
    largest = articles.reset_index(drop=True).sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
    said = f"drawn are the {MOST_GROUPS} of {len(articles)} groups with most articles; the table has all"
    return shares[group.isin(largest)], said


def one_slot(frame: pd.DataFrame, slot: str | None) -> pd.DataFrame:
    """The rows of one slot; a frame of several needs a choice."""
    slots = list(frame["slot"].drop_duplicates())
    if frame.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if slot is not None:
        if slot not in slots:
            raise CorpusError(f"The frame has no slot {slot!r}; {nearest(slot, slots)}")
        return frame[frame["slot"] == slot]
    if len(slots) > 1:
        named = ", ".join(repr(name) for name in slots)
        raise CorpusError(f"The frame holds {len(slots)} slots; choose one with slot=…: {named}.")
    return frame


_WITHOUT_ARTICLE = ("the ", "a ", "an ", "what ", "those ", "who ")


def the(slot: object) -> str:
    """The slot with an article, where it is not a name that goes without."""
    name = words(slot, longest=120)
    return name if name[:1].isupper() or name.startswith(_WITHOUT_ARTICLE) else f"the {name}"


def _question(slot: object) -> str:
    return "Which words do they use?" if not words(slot) else f"What do they call {the(slot)}?"


def _measure(shares: pd.DataFrame, by: list[str]) -> str:
    measure = (
        "Share of each name among the hits counted" if is_pooled(shares) else "Share of each name, articles weighted"
    )
    grouped = f", by {' and '.join(words(column) for column in by)}" if by else ""
    return f"{measure}{grouped}, in percent; lines are intervals"


def _sections(shares: pd.DataFrame, by: list[str]) -> tuple[Section, ...]:
    """Headings are the labels; with a single group the labels are the rows."""
    labels = shares.groupby("label", sort=False)["hits"].sum().sort_values(ascending=False, kind="stable").index
    groups = _groups(shares, by)
    styles = assign_styles(shares["outlet"]) if "outlet" in by else {}
    rows = {(row["label"], _key(row, by)): row for row in shares.to_dict("records")}
    if len(rows) < len(shares):
        raise CorpusError("Two rows of the frame are about the same group and label; draw one result at a time.")
    drawn = {
        label: tuple(
            _row(rows[label, group], by, styles, before=groups[place - 1] if place else None)
            for place, group in enumerate(groups)
            if (label, group) in rows
        )
        for label in labels
    }
    if len(groups) > 1:
        return tuple(Section(_label(label), rows) for label, rows in drawn.items())
    heading = _name(groups[0], by) if by else ""
    alone = tuple(Row(**{**vars(rows[0]), "name": _label(label)}) for label, rows in drawn.items())
    return (Section(heading, alone),)


def _groups(shares: pd.DataFrame, by: list[str]) -> list[tuple[Any, ...]]:
    """In the order of the names, missing ones last; voices from the narrator to the quotation."""

    def order(group: tuple[Any, ...]) -> list[tuple[bool, int, Any]]:
        known = [VOICE_NAMES.index(name) if name in VOICE_NAMES else len(VOICE_NAMES) for name in group]
        kinds = [place if column == "voice" else 0 for column, place in zip(by, known, strict=True)]
        return [
            (missing(name), kind, "" if missing(name) else str(name)) for name, kind in zip(group, kinds, strict=True)
        ]

    return sorted({_key(row, by) for row in shares.to_dict("records")}, key=order)


def _key(row: Mapping[Hashable, Any], by: list[str]) -> tuple[Any, ...]:
    return tuple(None if missing(row[column]) else row[column] for column in by)


def _row(
    row: Mapping[Hashable, Any], by: list[str], styles: Mapping[str, Style], before: tuple[Any, ...] | None
) -> Row:
    group = _key(row, by)
    counts = (
        f"{row['hits']:g} of {number(row['slot_hits'], 'hit')} · "
        f"{row['articles']:g} of {number(row['searched'], 'article')}"
    )
    lacking = ""
    if missing(row["share"]):
        lacking = reason(row, "no hit in this group")
    elif missing(row["share_low"]) or missing(row["share_high"]):
        lacking = reason(row, "no interval: fewer than five articles with a hit")
    return Row(
        name=_name(group, by),
        counts=counts,
        value=row["share"],
        low=row["share_low"],
        high=row["share_high"],
        reason=one_reason(words(lacking)),
        style=styles.get(str(row["outlet"]), INK) if "outlet" in by else INK,
        fill=VOICE_FILLS.get(row["voice"], "full") if "voice" in by else "full",
        apart=len(group) > 1 and before is not None and before[0] != group[0],
    )


def _name(group: tuple[Any, ...], by: list[str]) -> str:
    return " · ".join(MISSING if missing(name) else words(name, longest=60 if len(by) == 1 else 32) for name in group)


def _label(label: object) -> str:
    return MISSING if missing(label) else f"“{words(label, longest=80)}”"
