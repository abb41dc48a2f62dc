"""The table that says how often each rule was right with each cue on annotated news, and so which are used."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

Weights = dict[tuple[str, str], float]
# A stretch is given to a speaker where its rule was right in more than this share of the words.
ENOUGH = 0.45


@cache
def shipped() -> Weights:
    """The table of the package: precision by (rule, cue); an empty cue stands for the rule with any other cue."""
    lines = files("corpus_tools.prepare.voices").joinpath("weights.csv").read_text(encoding="utf-8").splitlines()
    return {(r["rule"], r["cue"]): float(r["precision"]) for r in csv.DictReader(lines)}


def weight(weights: Weights, rule: str, cue: str) -> float:
    """How often this rule is right with this cue."""
    found = weights.get((rule, cue))
    return found if found is not None else weights.get((rule, ""), 0.0)
