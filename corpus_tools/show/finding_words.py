"""The key findings in plain words: a sentence, its small print, its strip, its lines, and how it was chosen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import NARRATOR
from corpus_tools.show.charts.shares import the
from corpus_tools.show.describe.verdict import SUPPORTED, TOO_FEW, could_be_found, disagreement, verdict
from corpus_tools.show.describe.words import between, both_sides, no_interval, p_value, points, quoted_name, reason
from corpus_tools.show.findings import FOR_EACH_TEST, MOST_OUTLETS, PERMUTATIONS, KeyFindings
from corpus_tools.show.lines import LineLinks
from corpus_tools.show.markup import in_sentence, missing, number, percent
from corpus_tools.show.ways import common_scale, strip, ways, ways_table, ways_words

OTHERS = "the other outlets"
RULE = (
    "Each outlet is compared with all others together, for every name of the slot, in the outlets’ own words (in all "
    "voices where the outlets themselves never name it). Shown are the three outlets with most articles that have a "
    "case (of equals, the first in the alphabet), each with the name of the smallest p, of equals the one of the "
    "greatest difference; supported ones come first. Of two names one is compared, since the other’s share is what it "
    f"leaves; of more than {MOST_OUTLETS} outlets those with most articles that have a case. With two outlets, whose "
    "comparisons mirror each other, one is shown with its names of smallest p. The rule was written before the "
    "results, and p is corrected for every comparison that was looked at (Benjamini and Hochberg 1995); each rests on "
    f"{PERMUTATIONS:,} permutations, or on {FOR_EACH_TEST} for every comparison where that is more. A name that is "
    "chosen for its small p tends to show a larger difference than there is: its interval says more than its dot."
)
_Row = Mapping[Hashable, Any]


def told_findings(found: KeyFindings, articles: pd.DataFrame, links: LineLinks) -> list[dict[str, Any]]:
    """Each told contrast as the values that the template needs."""
    others = _others(articles)
    every = [
        ways(row, block, voice=found.voice, slot=found.slot) for row, block in zip(found.told, found.ways, strict=True)
    ]
    if not every:
        return []
    scale = common_scale(every)
    return [
        {
            **_sentence(row, others.get(str(row["target"]), OTHERS), links, found.voice),
            "verdict": verdict(row),
            "ways": ways_words(counted),
            "strip": strip(counted, scale),
            "table": ways_table(counted),
        }
        for row, counted in zip(found.told, every, strict=True)
    ]


def opening_words(found: KeyFindings) -> str:
    """How many comparisons there were, how many of them are supported, and which are told."""
    looked = found.looked_at
    if looked.empty:
        return ""
    supported = sum(verdict(row) == SUPPORTED for row in looked.to_dict("records"))
    targets, labels = looked["target"].nunique(), looked["label"].nunique()
    voice = "the outlets’ own words" if found.voice == NARRATOR else "all voices"
    size = f"{number(len(looked), 'comparison')} ({number(targets, 'outlet')}, {number(labels, 'name')}; {voice})"
    few = f" Only the {MOST_OUTLETS} outlets with most such articles were compared." if targets < found.outlets else ""
    if not supported:
        return f"None of {size} is supported: these articles do not tell the outlets apart in what they call it.{few}"
    are = "is" if supported == 1 else "are"
    return f"Of {size}, {supported} {are} supported; p is corrected for all of them.{few}"


def nothing_to_compare(articles: pd.DataFrame, hits: pd.DataFrame) -> str:
    """Why there is no comparison, in words; empty where there can be one."""
    slot = the(hits["slot"].iloc[0])
    if articles["outlet"].nunique() < 2:
        return "There is one outlet only, so there is nothing to compare it with: the shares below describe it."
    if hits["label"].nunique() < 2:
        label = quoted_name(hits["label"].iloc[0])
        return f"Every outlet that names {slot} calls it {label}: there is no other name in these articles to compare."
    return ""


def _others(articles: pd.DataFrame) -> dict[str, str]:
    """With two outlets, the name of the other one."""
    names = [str(name) for name in articles["outlet"].dropna().unique()]
    return {one: in_sentence(other) for one, other in zip(names, names[::-1], strict=True)} if len(names) == 2 else {}


def _sentence(row: _Row, others: str, links: LineLinks, voice: str) -> dict[str, Any]:
    """A sentence in parts, so that each share in it can lead to its lines, and the small print."""
    outlet, label = in_sentence(row["target"]), quoted_name(row["label"])
    if missing(row["difference"]):
        words = f"{TOO_FEW.capitalize()} to compare {outlet} with {others} in {label}."
        return {"parts": [(words, "")], "small": [f"{reason(row, 'no hits')}; {both_sides(row)}"]}
    own, theirs = percent(row["share_target"], unit="\u00a0%"), percent(row["share_reference"], unit="\u00a0%")
    shares = [
        (own, links.of(row["target"], row["label"], voice)),
        (f" of its cases, {others} in ", ""),
        (theirs, links.of_label(row["label"])),
    ]
    found = verdict(row)
    size = f"{points(100 * row['difference'])} points"
    small = [f"{size}; {no_interval(row) if found == TOO_FEW else between(row)}; {both_sides(row)}"]
    if found == TOO_FEW:
        begin = f"{TOO_FEW.capitalize()} to compare {outlet} with {others}. In these, it writes {label} in "
        return {"parts": [(begin, ""), *shares, (" of theirs.", "")], "small": small}
    small[0] += f"; corrected {p_value(row['p_adjusted'])}"
    if found == SUPPORTED:
        more = "more" if row["difference"] > 0 else "less"
        begin = f"{outlet} writes {label} {more} often than {others}: in "
        shares[1] = (" of its cases against ", "")
        return {"parts": [(begin, ""), *shares, (".", "")], "small": small}
    small.append(disagreement(row) or could_be_found(row["planning_difference"]))
    begin = f"These articles do not tell {outlet} and {others} apart in {label}: it is "
    shares[1] = (" of its cases and ", "")
    return {"parts": [(begin, ""), *shares, (" of theirs.", "")], "small": [line for line in small if line]}
