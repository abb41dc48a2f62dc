"""The table of weights: how much each rule, alone and with each cue, counts for or against somebody else’s words."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

# Hundredths, so that sums do not depend on the order of their terms.
Weights = dict[tuple[str, str], int]


@cache
def shipped() -> Weights:
    """The table of the package by (rule, cue); an empty cue stands for the rule with any cue."""
    lines = files("corpus_tools.prepare.voices").joinpath("weights.csv").read_text(encoding="utf-8").splitlines()
    return {(r["rule"], r["cue"]): int(r["weight"]) for r in csv.DictReader(lines)}
