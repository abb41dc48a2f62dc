"""The finding of ``keyness`` in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.show.describe.words import both_sides, quoted_name, to_state
from corpus_tools.show.markup import in_sentence

KEYNESS_METHOD = (
    "Occurrences of each term were counted in all articles of the target and of the reference and set against the "
    "number of words there. The log ratio is the binary logarithm of the ratio of the two rates (Hardie 2014); G² "
    "is the signed log-likelihood ratio; the log-odds ratio carries a Dirichlet prior, the counts of all groups "
    "together unless another was given, and z is the ratio divided by its standard deviation (Monroe, Colaresi "
    "and Quinn 2008). All of them pool words over articles as if each word stood alone, so that they describe and do "
    "not test, and no interval is given. "
    + to_state("the prior (the counts of all groups)", "what stands for a count of 0 in the log ratio (0.5)")
)

_LEADS = 5


def keyness_findings(keyness: pd.DataFrame) -> list[str]:
    findings = []
    for (target, reference), rows in keyness.groupby(["target", "reference"], sort=False):
        ordered = rows.sort_values("log_odds_z", ascending=False, kind="stable")
        more = ordered[ordered["log_odds_z"] > 0].head(_LEADS)
        less = ordered[ordered["log_odds_z"] < 0].tail(_LEADS)[::-1]
        for part, one, other in ((more, target, reference), (less, reference, target)):
            if not part.empty:
                words = "; ".join(_term(row) for row in part.to_dict("records"))
                findings.append(f"More in {in_sentence(one)} than in {in_sentence(other)}: {words}.")
        findings.append(
            f"Numbers are occurrences in {in_sentence(target)} and in {in_sentence(reference)}, "
            f"greatest log-odds z first."
        )
    return findings


def _term(row: Mapping[Hashable, Any]) -> str:
    rates = f"{row['per_million_target']:,.0f} and {row['per_million_reference']:,.0f} per million words"
    counts = f"{row['count_target']:,.0f} and {row['count_reference']:,.0f}"
    return f"{quoted_name(row['term'])} {counts} ({rates}; {both_sides(row)})"
