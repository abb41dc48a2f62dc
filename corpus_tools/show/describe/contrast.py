"""The finding of ``framing_contrast`` in plain words."""

from __future__ import annotations

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


def contrast_findings(contrast: pd.DataFrame) -> list[str]:
    return [_difference(row) for row in contrast.to_dict("records")]


def _difference(row: Mapping[Hashable, Any]) -> str:
    target, reference, label = in_sentence(row["target"]), in_sentence(row["reference"]), quoted_name(row["label"])
    articles = f"{row['articles_target']:g} and {row['articles_reference']:g} articles"
    if missing(row["difference"]):
        return f"{target} and {reference}, {label}: no difference to give ({reason(row, 'no hits')}; {articles})."
    shares = f"{percent(row['share_target'])} against {percent(row['share_reference'])} of cases"
    if missing(row["difference_low"]) or missing(row["difference_high"]):
        return (
            f"Too little to compare {target} with {reference} ({no_interval(row)}). "
            f"In these articles {label} makes up {shares}."
        )
    points = 100 * row["difference"]
    measured = f"{shares}, a difference of {signed(points)} percentage points ({_uncertainty(row)}; {articles})"
    if points == 0:
        return f"{target} writes {label} as often as {reference}: {measured}."
    if row["difference_low"] <= 0 <= row["difference_high"]:
        conflict = (
            " The test by itself speaks for a difference, the interval leaves it open." if row["p"] < 0.05 else ""
        )
        return (
            f"These articles do not tell {target} and {reference} apart in {label}: {measured}. "
            f"The interval includes 0, so either could be the higher one.{conflict}"
        )
    how = "more often than" if points > 0 else "less often than"
    return f"{target} writes {label} {how} {reference}: {measured}."


def _uncertainty(row: Mapping[Hashable, Any]) -> str:
    parts = [f"interval {signed(100 * row['difference_low'])} to {signed(100 * row['difference_high'])}"]
    if not missing(row["p"]):
        parts.append("p < 0.001" if row["p"] < 0.001 else f"p = {row['p']:.2g}")
    parts.append(reason(row, ""))
    return "; ".join(part for part in parts if part)
