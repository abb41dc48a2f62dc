"""The finding of ``framing_contrast`` in plain words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.show.describe.shares import COUNTED
from corpus_tools.show.describe.verdict import (
    MEANING,
    NOT_DISTINGUISHABLE,
    PLANNING_METHOD,
    SUPPORTED,
    TOO_FEW,
    VERDICT_METHOD,
    could_be_found,
    disagreement,
    judged_alone,
    verdict,
)
from corpus_tools.show.describe.words import (
    UNITS,
    between,
    both_sides,
    no_interval,
    p_value,
    points,
    quoted_name,
    reason,
    to_state,
)
from corpus_tools.show.markup import in_sentence, missing, percent

CONTRAST_METHOD = (
    f"{COUNTED} A difference is the share in the target minus the share in the reference. {UNITS} Its interval "
    "combines the Wilson (1927) intervals of both shares, each with its effective number of occurrences from the "
    "design effect over units (variance by the jackknife over units; Cochran 1977, Korn and Graubard 1998) and a "
    "t quantile, by the method of variance estimates recovery (MOVER; Newcombe 1998, Zou and Donner 2008). p is "
    "two-sided and comes from a permutation of the outlet labels over these units with a studentised statistic "
    "(Janssen 1997); where there are no more arrangements than permutations were asked for, all of them were tried. "
    "The smallest p that the permutations can reach stands beside it. p is not adjusted for the number of rows. Within "
    "events, a difference is the mean of the differences inside each event that both sides cover, events are the units "
    "of the interval, and labels are permuted inside events; the note of a row says so. Where fewer than five units of "
    "a side have an occurrence, or both have one in fewer than five events, there is neither interval nor p. "
    f"{PLANNING_METHOD} {VERDICT_METHOD} "
    + to_state(
        "the unit (articles)",
        "the estimand (pooled)",
        "the confidence level (95 %)",
        "the number of permutations (2,000)",
        "their seed (0)",
    )
)
# As ``framing_contrast`` notes it of a difference within events; no column says so.
_WITHIN = re.compile(r"within (\d+) events(?:; )?")
_TOO_FEW_EVENTS = re.compile(r"no interval: \d+ events? .*with hits of both,")
_NOT_COMPARED = re.compile(r"(articles?) with a hit outside the events with hits of both")
_SMALLEST_P = re.compile(r"smallest p that can be reached: ([^\s;]+)(?:; )?")
_Row = Mapping[Hashable, Any]


def contrast_findings(contrast: pd.DataFrame) -> list[str]:
    rows = contrast.to_dict("records")
    findings = [_difference(row) for row in rows]
    verdicts = [verdict(row) for row in rows]
    if several := judged_alone(len(rows) - verdicts.count(TOO_FEW)):
        findings.append(several)
    return [*findings, MEANING] if SUPPORTED in verdicts else findings


def _difference(row: _Row) -> str:
    target, reference, label = in_sentence(row["target"]), in_sentence(row["reference"]), quoted_name(row["label"])
    articles, found = both_sides(row), verdict(row)
    few = f"{TOO_FEW.capitalize()} to compare {target} with {reference}"
    if missing(row["difference"]):
        return f"{few} in {label}: no difference to give ({reason(row, 'no hits')}; {articles})."
    events = _events(row)
    mean = " on average over these events" if events else ""
    shares = f"{percent(row['share_target'])} against {percent(row['share_reference'])} of cases{mean}"
    within = f"within {events} that both cover, " if events else ""
    if found == TOO_FEW:
        where = f"{within.capitalize()}{label}" if events else f"In these articles {label}"
        return f"{few} ({no_interval(row)}). {where} makes up {shares}."
    size = points(100 * row["difference"])
    measured = f"{shares}, a difference of {size} percentage points ({_uncertainty(row)}; {articles})"
    if found == SUPPORTED:
        how = "more often than" if row["difference"] > 0 else "less often than"
        return f"{within.capitalize()}{target} writes {label} {how} {reference}: {measured}. The difference is {found}."
    open_one = _open(row)
    if size == "0":
        return f"{within.capitalize()}{target} writes {label} as often as {reference}: {measured}. {open_one}"
    these = f"{within}these articles".capitalize()
    return f"{these} do not tell {target} and {reference} apart in {label}: {measured}. {open_one}"


def _open(row: _Row) -> str:
    """Why a difference is left open, and how great one would have to be."""
    why = disagreement(row) or "The interval includes 0, so either could be the higher one."
    told = (why, f"{NOT_DISTINGUISHABLE.capitalize()}.", could_be_found(row["planning_difference"]))
    return " ".join(filter(None, told))


def _events(row: _Row) -> str:
    """The events of a difference within events, with their number where it is known; empty over all articles."""
    note = reason(row, "")
    if found := _WITHIN.match(note):
        return f"the {found[1]} events"
    return "the events" if _TOO_FEW_EVENTS.match(note) else ""


def _uncertainty(row: _Row) -> str:
    note = _NOT_COMPARED.sub(r"\1 with a hit outside these events", _WITHIN.sub("", reason(row, ""), count=1))
    parts = [between(row)]
    if not missing(row["p"]):
        smallest = _SMALLEST_P.search(note)
        is_smallest = smallest is not None and smallest[1] == f"{row['p']:.2g}"
        if is_smallest:
            note = _SMALLEST_P.sub("", note).removesuffix("; ")
        written = p_value(row["p"])
        parts.append(f"{written}, the smallest that can be reached here" if is_smallest else written)
    return "; ".join(part for part in (*parts, note) if part)
