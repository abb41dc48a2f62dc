"""Whose word is it: the share of a name in the narrator's words beside its share in reported and in quoted ones."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import SHARES, VOICE_NAMES, CorpusError, nearest, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import INK, PERCENT, VOICE_FILLS, Plan, Row, Section, one_reason
from corpus_tools.show.charts.shares import MOST_EMPTY, MOST_GROUPS, one_slot, the
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.voices import require_voice_names
from corpus_tools.show.describe.words import UNCHECKED, all_checked, groupings, is_pooled, reason, without_reported
from corpus_tools.show.markup import MISSING, missing, number
from corpus_tools.show.style import Style, assign_styles

_MOST_ROWS = MOST_GROUPS // len(VOICE_NAMES)
_MOST_LABELS = 3
# A third name is drawn only where it is more than a stray hit.
_LEAST_THIRD = 0.1
_WORDS_OF = {"narrator": "own", "reported": "reported", "quoted": "quoted"}
_Group = tuple[Any, ...]


def plot_voices(
    shares: pd.DataFrame,
    *,
    slot: str | None = None,
    label: str | None = None,
    ax: Axes | None = None,
    footnote: str = "",
) -> Axes:
    """Whose word is it: does an outlet use a name itself, or pass on what others say?

    Parameters
    ----------
    shares : pandas.DataFrame
        What ``framing_shares`` returned for ``by=["outlet", "voice"]``, or some of its rows.
    slot : str, optional
        Which slot to draw; needed only where the frame holds several.
    label : str, optional
        The one name to draw; without it the two commonest of the slot, and the third where it makes up a tenth.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence, for example from ``corpus_note``; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        For each name one row per outlet, in the order of their names, with a mark for each voice: full for the
        narrator, half for reported speech, hollow for quotations. A thin line joins the marks, so that its length is
        the distance between the voices; each mark has the line of its interval, and the hits at its right end. Under
        the outlet stand the articles with a hit in each voice. A mark without an interval is grey, with the reason.
        More than three outlets without a hit are named in a footnote; of more than twelve those with most articles
        are drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame is not split by voice, has no rows or two for the same outlet, voice and
        name, or it holds several slots and none was chosen.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> told = ["A", "narrator", "the halt", "blockade", 1, 10, 0.1, 0.0, 0.5, 8, 16, "", True]
    >>> cited = ["A", "quoted", "the halt", "blockade", 5, 6, 0.8, 0.4, 1.0, 5, 16, "", True]
    >>> ax = plot_voices(pd.DataFrame([told, cited], columns=["outlet", "voice", *SHARES]))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Whose word is “blockade”?', None)
    """
    require_columns(shares, "shares", SHARES)
    _require_voices(shares)
    chosen = one_slot(shares, slot)
    by = [column for column in groupings(chosen) if column != "voice"]
    _require_one_row_each(chosen, by)
    labels = _labels(chosen, label)
    groups, without_hit, left_out = _groups_with_room(chosen, by)
    plan = Plan(
        title=_question(labels, chosen["slot"].iloc[0]),
        subtitle=_measure(chosen),
        sections=_sections(chosen, by, labels, groups),
        scale=PERCENT,
        footnotes=tuple(words(note, longest=400) for note in _notes(chosen, labels, label) if note)
        + tuple(words(note, longest=400) for note in (without_hit, left_out, *footnote.splitlines()) if note.strip()),
    )
    return draw(plan, ax)


def _require_voices(shares: pd.DataFrame) -> None:
    if "voice" not in groupings(shares):
        raise CorpusError(
            'These shares are not split by voice; call framing_shares(hits, articles, by=["outlet", "voice"]) first.'
        )
    require_voice_names(shares)


def _require_one_row_each(shares: pd.DataFrame, by: list[str]) -> None:
    if shares.duplicated([*by, "voice", "label"]).any():
        raise CorpusError("Two rows of the frame are about the same group, voice and label; draw one result at a time.")


def _labels(shares: pd.DataFrame, label: str | None) -> list[object]:
    """The chosen name, or the commonest ones over all groups and voices."""
    hits = shares.groupby("label", sort=False)["hits"].sum().sort_values(ascending=False, kind="stable")
    if label is not None:
        if label not in hits.index:
            raise CorpusError(f"The slot has no label {label!r}; {nearest(label, hits.index)}")
        return [label]
    found = hits[hits > 0]
    if found.empty:
        return list(hits.index[:1])
    third = found.iloc[_MOST_LABELS - 1 : _MOST_LABELS].sum() >= _LEAST_THIRD * found.sum()
    return list(found.index[: _MOST_LABELS if third else _MOST_LABELS - 1])


def _groups_with_room(shares: pd.DataFrame, by: list[str]) -> tuple[list[_Group], str, str]:
    """Which groups are drawn, in the order of their names, and the sentences about those that are not."""
    evidence: dict[_Group, tuple[float, float]] = {}
    for row in shares.to_dict("records"):
        hits, articles = evidence.get(_key(row, by), (0, 0))
        evidence[_key(row, by)] = max(hits, row["slot_hits"]), max(articles, row["articles"])
    named = sorted(evidence, key=lambda group: [(missing(name), str(name)) for name in group])
    silent = [group for group in named if not evidence[group][0]]
    without_hit = left_out = ""
    if MOST_EMPTY < len(silent) < len(named):
        without_hit = f"no hit of the slot: {'; '.join(map(_name, silent))}"
        named = [group for group in named if group not in silent]
    if len(named) > _MOST_ROWS:
        largest = sorted(named, key=lambda group: -evidence[group][1])[:_MOST_ROWS]
        left_out = f"drawn are the {_MOST_ROWS} of {len(named)} groups with most articles; the table has all"
        named = [group for group in named if group in largest]
    return named, without_hit, left_out


def _question(labels: list[object], slot: object) -> str:
    if len(labels) == 1:
        return f"Whose word is {_quoted(labels[0])}?"
    return f"Whose words are these names{f' for {the(slot)}' if words(slot) else ''}?"


def _measure(shares: pd.DataFrame) -> str:
    weighted = "" if is_pooled(shares) else ", articles weighted"
    return f"Share of each name among all hits of the slot in that voice{weighted}, in percent; lines are intervals"


def _notes(shares: pd.DataFrame, labels: list[object], label: str | None) -> list[str]:
    """What a reader needs to know about the counts and about what is not drawn."""
    voices = [voice for voice in VOICE_NAMES if (shares["voice"] == voice).any()]
    listed = _listed([_WORDS_OF[voice] for voice in voices])
    names = shares["label"].nunique()
    return [
        "beside each mark: hits with the name, of all hits of the slot in that voice; beside each outlet: articles "
        f"with a hit of the slot in {listed} words, of all that were searched",
        without_reported(shares),
        f"drawn are the {len(labels)} commonest of {names} names; the table has all"
        if label is None and names > len(labels)
        else "",
        "" if all_checked(shares) else f"Please note: {UNCHECKED}",
    ]


def _sections(shares: pd.DataFrame, by: list[str], labels: list[object], groups: list[_Group]) -> tuple[Section, ...]:
    styles = assign_styles(shares["outlet"]) if "outlet" in by else {}
    rows: dict[tuple[object, _Group], dict[str, Mapping[Hashable, Any]]] = {}
    for row in shares.to_dict("records"):
        rows.setdefault((row["label"], _key(row, by)), {})[row["voice"]] = row
    drawn = {
        label: tuple(
            _row(group, rows[label, group], styles.get(_outlet(group, by), INK))
            for group in groups
            if (label, group) in rows
        )
        for label in labels
    }
    return tuple(Section(_quoted(label) if len(labels) > 1 else "", rows) for label, rows in drawn.items())


def _row(group: _Group, voices: Mapping[str, Mapping[Hashable, Any]], style: Style) -> Row:
    ordered = [voices[voice] for voice in VOICE_NAMES if voice in voices]
    articles = _listed([f"{row['articles']:,.0f}" for row in ordered])
    searched = max(row["searched"] for row in ordered)
    return Row(
        name=_name(group),
        counts=f"{articles} of {number(searched, 'article')}",
        style=style,
        marks=tuple(_mark(row, style) for row in ordered),
    )


def _mark(row: Mapping[Hashable, Any], style: Style) -> Row:
    voice = str(row["voice"])
    if missing(row["share"]) and not row["slot_hits"]:
        return Row(name=f"no hit in {_WORDS_OF[voice]} words", counts="")
    lacking = ""
    if missing(row["share_low"]) or missing(row["share_high"]):
        lacking = reason(row, "no interval: fewer than 5 articles with a hit")
    return Row(
        name=voice,
        counts=f"{row['hits']:,.0f} of {row['slot_hits']:,.0f}",
        value=row["share"],
        low=row["share_low"],
        high=row["share_high"],
        reason=one_reason(words(lacking)),
        style=style,
        fill=VOICE_FILLS[voice],
    )


def _key(row: Mapping[Hashable, Any], by: list[str]) -> _Group:
    return tuple(None if missing(row[column]) else row[column] for column in by)


def _outlet(group: _Group, by: list[str]) -> str:
    return str(group[by.index("outlet")]) if "outlet" in by else ""


def _name(group: _Group) -> str:
    parts = (MISSING if missing(name) else words(name, longest=60 if len(group) == 1 else 32) for name in group)
    return " · ".join(parts) or "all articles"


def _quoted(label: object) -> str:
    return MISSING if missing(label) else f"“{words(label, longest=80)}”"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
