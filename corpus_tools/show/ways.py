"""One contrast counted in other defensible ways, as values for a small strip and for the table behind it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools.compare.choices import CHOICES
from corpus_tools.schema import NARRATOR
from corpus_tools.show.describe.robustness import CHANGES, without_row
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW, verdict
from corpus_tools.show.describe.words import between, both_sides, points, reason
from corpus_tools.show.markup import missing, number

TOLD_FIRST, ALL_VOICES = "as told above", "all voices"
_PLAIN = {choice: values[0] for choice, values in CHOICES.items()}
_SAME = "counts the same as another way"
# Pixels: a strip fits beside two others on a desk and alone on a telephone.
WIDTH, _NAMES, _LINE, _HEAD, _EDGE = 352, 172, 15, 20, 10
_STEP = 0.2
_Row = Mapping[Hashable, Any]


class Way(NamedTuple):
    """One way of counting: its name, its row where there is one, and why there is none."""

    name: str
    row: _Row | None
    why: str

    @property
    def verdict(self) -> str:
        """One of the three verdicts; empty where this way counts nothing of its own."""
        return "" if self.row is None else verdict(self.row)


def ways(told: _Row, block: pd.DataFrame, *, voice: str, slot: str) -> list[Way]:
    """In which ways can this contrast be counted, the one that is told first?

    Parameters
    ----------
    told : mapping
        The row that is told, with p.
    block : pandas.DataFrame
        What ``robustness`` returned for its label and outlet.
    voice : str
        The voice of the told row: "narrator" or "all".
    slot : str
        The slot of the told row; a label may stand in several.
    """
    own = block[block["slot"] == slot]
    # Where every hit is the narrator's own, both voices count the same and only the plain one is there.
    known = voice if (own["voice"] == voice).any() else _PLAIN["voice"]
    why = without_row(own)
    found = [Way(TOLD_FIRST, told, "")]
    if voice == NARRATOR:
        found.append(_way(ALL_VOICES, own, {"voice": "all"}, _SAME if known == voice else "every case is the outlets’"))
    for (choice, value), name in CHANGES.items():
        if choice != "voice":
            found.append(_way(name, own, {"voice": known, choice: value}, why.get(name, _SAME)))
        elif voice != NARRATOR:
            found.append(_way(name, own, {choice: value}, why.get(name, _SAME)))
    return found


def ways_words(found: Sequence[Way]) -> str:
    """How many of the other ways agree, in one sentence."""
    verdicts = [way.verdict for way in found[1:]]
    with_interval = [one for one in verdicts if one in (SUPPORTED, NOT_DISTINGUISHABLE)]
    few, absent = verdicts.count(TOO_FEW), verdicts.count("")
    rest = [f"{few} {'has' if few == 1 else 'have'} too few articles"] if few else []
    rest += [f"{absent} {'changes' if absent == 1 else 'change'} nothing or cannot be counted here"] if absent else []
    if not with_interval:
        first = "No other way of counting has enough articles for an interval"
        return f"{first}."
    held = with_interval.count(SUPPORTED)
    first = f"By their intervals alone, supported in {held} of {number(len(with_interval), 'other way')} of counting"
    return "; ".join([first, *rest]) + "."


def common_scale(every: Sequence[Sequence[Way]]) -> tuple[float, float]:
    """One scale for all strips, in steps of 20 points, with zero on it."""
    ends = [
        float(way.row[column])
        for found in every
        for way in found
        if way.row is not None
        for column in ("difference", "difference_low", "difference_high")
        if not missing(way.row[column])
    ]
    low, high = min([*ends, -_STEP]), max([*ends, _STEP])
    return -_STEP * -(low // _STEP), _STEP * -(-high // _STEP)


def strip(found: Sequence[Way], scale: tuple[float, float]) -> dict[str, Any]:
    """Where everything stands in the picture of one strip."""
    low, high = scale
    left, right = _NAMES + _EDGE, WIDTH - _EDGE

    def across(value: float) -> float:
        return round(left + (right - left) * (value - low) / (high - low), 1)

    rows = [_drawn(way, _HEAD + _LINE * (place + 0.5), across) for place, way in enumerate(found)]
    ticks = [
        {"x": across(low), "words": points(100 * low), "anchor": "middle"},
        {"x": across(0), "words": "0", "anchor": "middle"},
        {"x": across(high), "words": points(100 * high), "anchor": "end" if high > 0.9 else "middle"},
    ]
    bottom = _HEAD + _LINE * len(found)
    alt = (
        f"Difference in percentage points, {len(found)} ways of counting. {ways_words(found)} The table below has all."
    )
    return {"rows": rows, "ticks": ticks, "width": WIDTH, "height": bottom + 4, "bottom": bottom, "alt": alt}


def ways_table(found: Sequence[Way]) -> list[list[str]]:
    """The same as rows of text: way, difference, interval, articles, verdict or reason."""
    return [[way.name, *_cells(way)] for way in found]


def _way(name: str, own: pd.DataFrame, changed: Mapping[str, str], why: str) -> Way:
    wanted = {**_PLAIN, **changed}
    mask = pd.Series(True, index=own.index)
    for choice, value in wanted.items():
        mask &= own[choice] == value
    rows = own[mask].to_dict("records")
    return Way(name, rows[0], "") if rows else Way(name, None, why)


def _drawn(way: Way, y: float, across: Any) -> dict[str, Any]:
    place: dict[str, Any] = {"name": way.name, "y": y, "x": None, "from": None, "to": None}
    if way.row is None or missing(way.row["difference"]):
        return place | {"kind": "missing", "words": "same count" if way.why == _SAME else "not here"}
    place["x"] = across(way.row["difference"])
    if way.verdict == TOO_FEW:
        return place | {"kind": "few", "words": ""}
    kind = "supported" if way.verdict == SUPPORTED else "open"
    ends = {"from": across(way.row["difference_low"]), "to": across(way.row["difference_high"])}
    return place | ends | {"kind": kind, "words": ""}


def _cells(way: Way) -> list[str]:
    if way.row is None:
        return ["–", "–", "–", way.why]
    articles = both_sides(way.row).removesuffix(" articles")
    if missing(way.row["difference"]):
        return ["–", "–", articles, reason(way.row, "no case on one side")]
    size = points(100 * way.row["difference"])
    if way.verdict == TOO_FEW:
        return [size, "–", articles, reason(way.row, TOO_FEW)]
    return [size, between(way.row).removeprefix("interval "), articles, way.verdict]
