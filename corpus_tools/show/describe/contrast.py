"""The finding of ``framing_contrast`` in plain words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.show.describe.shares import COUNTED
from corpus_tools.show.describe.words import no_interval, quoted_name, reason, signed
from corpus_tools.show.markup import in_sentence, missing, percent

CONTRAST_METHOD = (
    f"{COUNTED} A difference is the share in the target minus the share in the reference. Its interval "
    "combines the Wilson intervals of both shares, each with its effective number of occurrences from the design "
    "effect over the chosen units (articles, reuse groups or events) and a t quantile, by the method of variance "
    "estimates recovery (MOVER; Newcombe 1998, Zou and Donner 2008). p is two-sided and comes from a permutation of "
    "the outlet labels over these units with a studentised statistic (Janssen 1997); the smallest p that the "
    "permutations can reach stands beside it. Within events, a difference is the mean of the differences inside each "
    "event that both sides cover, events are the units of the interval, and labels are permuted inside events. Where "
    "fewer than five units of a side have an occurrence, or both have one in fewer than five events, there is neither "
    "interval nor p."
)
# As ``framing_contrast`` notes it of a difference within events; no column says so.
_WITHIN = re.compile(r"within (\d+) events(?:; )?")
_TOO_FEW_EVENTS = re.compile(r"no interval: \d+ events? .*with hits of both,")
_NOT_COMPARED = re.compile(r"(articles?) with a hit outside the events with hits of both")
_SMALLEST_P = re.compile(r"smallest p that can be reached: ([^\s;]+)(?:; )?")
_Row = Mapping[Hashable, Any]


def contrast_findings(contrast: pd.DataFrame) -> list[str]:
    return [_difference(row) for row in contrast.to_dict("records")]


def _difference(row: _Row) -> str:
    target, reference, label = in_sentence(row["target"]), in_sentence(row["reference"]), quoted_name(row["label"])
    articles = f"{row['articles_target']:g} and {row['articles_reference']:g} articles"
    if missing(row["difference"]):
        return f"{target} and {reference}, {label}: no difference to give ({reason(row, 'no hits')}; {articles})."
    events = _events(row)
    mean = " on average over these events" if events else ""
    shares = f"{percent(row['share_target'])} against {percent(row['share_reference'])} of cases{mean}"
    within = f"within {events} that both cover, " if events else ""
    if missing(row["difference_low"]) or missing(row["difference_high"]):
        where = f"{within.capitalize()}{label}" if events else f"In these articles {label}"
        return f"Too little to compare {target} with {reference} ({no_interval(row)}). {where} makes up {shares}."
    points = 100 * row["difference"]
    measured = f"{shares}, a difference of {signed(points)} percentage points ({_uncertainty(row)}; {articles})"
    if points == 0:
        return f"{within.capitalize()}{target} writes {label} as often as {reference}: {measured}."
    if row["difference_low"] <= 0 <= row["difference_high"]:
        conflict = (
            " The test by itself speaks for a difference, the interval leaves it open." if row["p"] < 0.05 else ""
        )
        these = f"{within}these articles".capitalize()
        return (
            f"{these} do not tell {target} and {reference} apart in {label}: {measured}. "
            f"The interval includes 0, so either could be the higher one.{conflict}"
        )
    how = "more often than" if points > 0 else "less often than"
    return f"{within.capitalize()}{target} writes {label} {how} {reference}: {measured}."


def _events(row: _Row) -> str:
    """The events of a difference within events, with their number where it is known; empty over all articles."""
    note = reason(row, "")
    if found := _WITHIN.match(note):
        return f"the {found[1]} events"
    return "the events" if _TOO_FEW_EVENTS.match(note) else ""


def _uncertainty(row: _Row) -> str:
    note = _NOT_COMPARED.sub(r"\1 with a hit outside these events", _WITHIN.sub("", reason(row, ""), count=1))
    parts = [f"interval {signed(100 * row['difference_low'])} to {signed(100 * row['difference_high'])}"]
    if not missing(row["p"]):
        smallest = _SMALLEST_P.search(note)
        is_smallest = smallest is not None and smallest[1] == f"{row['p']:.2g}"
        if is_smallest:
            note = _SMALLEST_P.sub("", note).removesuffix("; ")
        written = "p < 0.001" if row["p"] < 0.001 else f"p = {row['p']:.2g}"
        parts.append(f"{written}, the smallest that can be reached here" if is_smallest else written)
    return "; ".join(part for part in (*parts, note) if part)
