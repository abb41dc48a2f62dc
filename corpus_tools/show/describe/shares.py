"""The finding of ``framing_shares`` in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import VOICE_NAMES
from corpus_tools.show.describe.voices import voice_findings
from corpus_tools.show.describe.words import UNITS, bare, groupings, is_pooled, quoted_name, reason, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

COUNTED = (
    "Each occurrence of a name that the lexicon lists for the slot was counted once; the longest name wins where two "
    "overlap. A share is the number of occurrences of one name divided by those of all names of the slot in the group, "
    "pooled over its articles, or, where the articles are weighted, the mean of their own shares; articles without an "
    "occurrence say nothing about it."
)
SHARES_METHOD = (
    f"{COUNTED} {UNITS} Intervals are Wilson's (1927), computed with the effective number of occurrences: the number "
    "divided by the design effect over units (variance by the jackknife over units; Cochran 1977, Korn and Graubard "
    "1998), and with a t quantile in place of the normal one, because occurrences within one article resemble each "
    "other. Groups in which fewer than five units have an occurrence carry no interval. Each interval is for its own "
    "group; groups were not compared. " + to_state("the unit (articles)", "the confidence level (95 %)")
)

# Behind an outlet's name, with the verb there; without an outlet, with the verb there.
_VOICES = {
    "narrator": ("in its own words", "writes", "The outlets' own words", "have"),
    "reported": ("in reported speech", "has", "Reported speech", "has"),
    "quoted": ("in quotations", "has", "Quotations", "have"),
}


def share_findings(shares: pd.DataFrame) -> list[str]:
    slots = [part for _, part in shares.groupby("slot", sort=False, dropna=False)]
    findings = []
    for part in slots:
        if len(slots) > 1:
            findings.append(f"Slot {quoted_name(part['slot'].iloc[0])}:")
        findings += _slot_shares(part)
    return findings


def _slot_shares(shares: pd.DataFrame) -> list[str]:
    by, pooled = groupings(shares), is_pooled(shares)
    voices = set(shares["voice"]) if "voice" in by else set()
    if len(voices) > 1 and voices <= set(VOICE_NAMES):
        return voice_findings(shares)
    leading = shares.groupby("label", sort=False)["hits"].sum().idxmax()
    groups = shares.groupby(by, sort=False, dropna=False) if by else [((), shares)]
    findings = []
    for _, group in groups:
        rows: list[dict[Hashable, Any]] = group.to_dict("records")
        rows.sort(key=lambda row: row["label"] != leading)
        findings.append(_share(rows[0], by, pooled))
        others = ", ".join(f"{quoted_name(row['label'])} {row['hits']:,.0f}" for row in rows[1:])
        if others and rows[0]["slot_hits"] > 0:
            findings.append(f"The other names there: {others}.")
    return findings


def _share(row: Mapping[Hashable, Any], by: list[str], pooled: bool) -> str:
    (subject, verb), searched = _subject(row, by), number(row["searched"], "article")
    if missing(row["share"]):
        return f"{subject.rstrip(',')}: no case in {searched} searched ({reason(row, 'no hit of the slot')})."
    cases = f"{row['hits']:,.0f} of {number(row['slot_hits'], 'case')}"
    if missing(row["share_low"]) or missing(row["share_high"]):
        interval = bare(row)
        between = "; "
    else:
        interval = f"interval {percent(row['share_low'])} to {percent(row['share_high'])}"
        between = ", "
    share = percent(row["share"]) + ("" if pooled else ", articles weighted")
    have = "has" if row["articles"] == 1 else "have"
    return (
        f"{subject} {verb} {quoted_name(row['label'])} in {cases} "
        f"({share}{between}{interval}; {row['articles']:,.0f} of {searched} {have} a case)."
    )


def _subject(row: Mapping[Hashable, Any], by: list[str]) -> tuple[str, str]:
    """Who or what has the case, and the verb to it: an outlet writes, a quotation has."""
    parts = [f"{column} {in_sentence(row[column]) or 'unknown'}" for column in by if column not in ("outlet", "voice")]
    rest = ", ".join(parts)
    voice = str(row["voice"]) if "voice" in by else ""
    unknown = (f"voice {in_sentence(voice)}", "has", f"Voice {in_sentence(voice)}", "has")
    aside, verb, alone, verb_alone = _VOICES.get(voice, unknown)
    if "outlet" in by:
        name = (in_sentence(row["outlet"]) or "An unknown outlet") + (f" ({rest})" if rest else "")
        return (f"{name}, {aside},", verb) if voice else (name, "writes")
    if voice:
        return alone + (f" ({rest})" if rest else ""), verb_alone
    return (rest[:1].upper() + rest[1:], "has") if rest else ("The corpus", "has")
