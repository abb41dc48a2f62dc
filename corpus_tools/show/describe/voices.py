"""The finding of a split by voice in plain words: what an outlet writes itself beside what it passes on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.schema import SHARES, VOICE_NAMES, CorpusError, nearest, require_columns
from corpus_tools.show.describe.words import bare, listed
from corpus_tools.show.markup import in_sentence, missing, number, percent

_PLACES = {"narrator": "in its own words", "reported": "in reported speech", "quoted": "in quotations"}
_Row = Mapping[Hashable, Any]


def voice_findings(shares: pd.DataFrame) -> list[str]:
    """Does an outlet use the name itself, or does it stand in what others say?

    Parameters
    ----------
    shares : pandas.DataFrame
        What ``framing_shares`` returned for ``by=["outlet", "voice"]``, or some of its rows; further columns of
        ``by`` may stand beside ``voice``.

    Returns
    -------
    list of str
        For every slot and every outlet a sentence about the slot's commonest name, with the counts, the share and the
        interval of each voice. A second sentence where the outlet's own words never have the name and others' words
        do, or the other way round. No verdict: a name in quotations was chosen by those who are quoted, and the
        quotation by the outlet.

    Raises
    ------
    CorpusError
        When a column is missing, or ``voice`` holds another word than narrator, reported and quoted.

    Examples
    --------
    >>> told = ["A", "narrator", "the halt", "blockade", 0, 9, 0.0, 0.0, 0.43, 8, 18, "", True]
    >>> cited = ["A", "quoted", "the halt", "blockade", 5, 6, 0.83, 0.4, 0.97, 5, 18, "", True]
    >>> findings = voice_findings(pd.DataFrame([told, cited], columns=["outlet", "voice", *SHARES]))
    >>> findings[0][:79]
    'A writes "blockade" itself in 0 of 9 cases (0 %, interval 0 % to 43 %; 8 articl'
    >>> findings[1]
    'All 5 hits of "blockade" there stand in the words of others.'
    """
    require_columns(shares, "shares", ("voice", *SHARES))
    require_voice_names(shares)
    by = [column for column in shares.columns[: shares.columns.get_loc("slot")] if column not in ("voice", *SHARES)]
    findings = []
    slots = list(shares.groupby("slot", sort=False, dropna=False))
    for slot, part in slots:
        if len(slots) > 1:
            findings.append(f'Slot "{in_sentence(slot)}":')
        leading = part.groupby("label", sort=False)["hits"].sum().idxmax()
        rows = part[part["label"] == leading]
        groups = rows.groupby(by, sort=False, dropna=False) if by else [((), rows)]
        for _, group in groups:
            findings += _group_findings(group.to_dict("records"), by)
    return findings


def require_voice_names(shares: pd.DataFrame) -> None:
    """Raise a CorpusError where a voice is none of the three.

    Examples
    --------
    >>> require_voice_names(pd.DataFrame({"voice": ["narrator", "quoted"]}))
    """
    for voice in shares["voice"].drop_duplicates():
        if missing(voice) or voice not in VOICE_NAMES:
            raise CorpusError(f"The column 'voice' cannot hold {voice!r}; {nearest(voice, VOICE_NAMES)}")


def _group_findings(rows: list[dict[Hashable, Any]], by: list[str]) -> list[str]:
    voices = {str(row["voice"]): row for row in rows}
    ordered = {voice: voices[voice] for voice in VOICE_NAMES if voice in voices}
    known = {voice: row for voice, row in ordered.items() if row["slot_hits"]}
    name, label = _subject(rows[0], by), f'"{in_sentence(rows[0]["label"])}"'
    silent = listed([_PLACES[voice] for voice in ordered if voice not in known], last=" or ")
    if not known:
        return [f"{name}: no case {silent} ({number(max(row['searched'] for row in rows), 'article')} searched)."]
    parts = [_cases(voice, row, label, first=place == 0) for place, (voice, row) in enumerate(known.items())]
    findings = [f"{name} {listed(parts)}{f', with no case {silent}' if silent else ''}."]
    return findings + _one_sided(known, label)


def _cases(voice: str, row: _Row, label: str, *, first: bool) -> str:
    cases = f"{row['hits']:,.0f} of {number(row['slot_hits'], 'case') if first else format(row['slot_hits'], ',.0f')}"
    weighted = "" if np.isclose(row["share"], row["hits"] / row["slot_hits"], atol=1e-6) else ", articles weighted"
    told = f"in {cases} ({percent(row['share'])}{weighted}{_interval(row)})"
    if not first:
        return f"{_PLACES[voice]} {told}"
    return f"writes {label} itself {told}" if voice == "narrator" else f"has {label} {_PLACES[voice]} {told}"


def _interval(row: _Row) -> str:
    if missing(row["share_low"]) or missing(row["share_high"]):
        return f"; {bare(row)}"
    between = f"{percent(row['share_low'])} to {percent(row['share_high'])}"
    return f", interval {between}; {number(row['articles'], 'article')}"


def _one_sided(known: Mapping[str, _Row], label: str) -> list[str]:
    """Counts that lie all on one side, where both sides have cases."""
    if "narrator" not in known or len(known) < 2:
        return []
    own = int(known["narrator"]["hits"])
    others = int(sum(row["hits"] for voice, row in known.items() if voice != "narrator"))
    if bool(own) == bool(others):
        return []
    count = own or others
    all_of_them = f"All {count:,} hits of {label} there stand" if count > 1 else f"The one hit of {label} there stands"
    return [f"{all_of_them} in {'its own words' if own else 'the words of others'}."]


def _subject(row: _Row, by: list[str]) -> str:
    rest = ", ".join(f"{column} {in_sentence(row[column]) or 'unknown'}" for column in by if column != "outlet")
    if "outlet" in by:
        return (in_sentence(row["outlet"]) or "An unknown outlet") + (f" ({rest})" if rest else "")
    return "The corpus" + (f" ({rest})" if rest else "")
