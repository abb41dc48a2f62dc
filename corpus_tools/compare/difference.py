"""The difference of two sides in one slot: over all their hits, or the mean over events that both cover."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from corpus_tools.compare.evidence import Sums, joined_events, matched_hits, sums_by_group, too_few, unit_names
from corpus_tools.compare.inference import (
    Parts,
    ShareEstimate,
    difference_error,
    difference_interval,
    estimate_share,
    paired_error,
    paired_interval,
    permutation_p_terms,
    permutation_p_within,
)

_NO_HIT = "no hit of the slot in one of the two"
_SIDES = (0, 1)
_NO_MATCH = "no event in which both have a hit of the slot"
# 1.96 for p < .05, two-sided, and .84 for 80 % power.
_PLANNING = 2.8
# Counts that are averaged over copies differ in their last digits.
_DIGITS = 9


class Options(NamedTuple):
    """What is asked of a difference; without ``resamples`` there is no test."""

    label: str
    unit: str
    within: str | None
    estimand: str
    confidence: float
    resamples: int
    random_state: int


class Difference(NamedTuple):
    """What a row of a contrast says about its two sides."""

    share_target: float = np.nan
    share_reference: float = np.nan
    difference: float = np.nan
    articles_target: int = 0
    articles_reference: int = 0
    difference_low: float = np.nan
    difference_high: float = np.nan
    p: float = np.nan
    planning_difference: float = np.nan
    note: str = ""


def difference(found: pd.DataFrame, options: Options) -> Difference:
    """The hits of one slot, with ``_group`` 0 for the target and 1 for the reference, as one row of numbers."""
    return _overall(found, options) if options.within is None else _inside_events(found, options)


def _overall(found: pd.DataFrame, options: Options) -> Difference:
    sums = sums_by_group(found, [options.label], options.estimand)
    estimates = {side: _estimate(own, options) for side, own in sums.items()}
    shares = [estimates[side].share if side in estimates else np.nan for side in _SIDES]
    result = Difference(shares[0], shares[1], shares[0] - shares[1], *_articles(found))
    if len(sums) < 2:
        return result._replace(note=_NO_HIT)
    target, reference = sums[0], sums[1]
    units = [len(target.names), len(reference.names)]
    if note := too_few(units, options.unit, alone=target.alone or reference.alone):
        return result._replace(note=note)
    names = np.union1d(target.names, reference.names)
    sides = [estimates[side].on(np.searchsorted(names, sums[side].names), len(names)) for side in _SIDES]
    hits = min(target.hits, reference.hits)
    low, high = difference_interval(*sides, hits=hits)
    planning = _PLANNING * difference_error(*sides, hits=hits)
    result = result._replace(difference_low=low, difference_high=high, planning_difference=planning)
    if not options.resamples:
        return result
    counts, parts = _parts(found, options)
    tested = permutation_p_terms(counts, parts, resamples=options.resamples, random_state=options.random_state)
    return result._replace(p=float(tested.p[0]), note=_smallest(float(tested.smallest[0])))


def _parts(found: pd.DataFrame, options: Options) -> tuple[csc_array, Parts]:
    """The hits with the label and of the slot in each part; a unit on both sides is one for each of its outlets.

    Parts stand in the order of their numbers, so that p does not depend on the names of units.
    """
    both = found.groupby("_unit")["_group"].transform("nunique") == 2
    cells = [found["_group"], found["outlet"].where(both, "")]
    cell = found.groupby(cells, sort=True).ngroup()
    is_target = found["_group"].groupby(cell).first().to_numpy() == 0
    rows = [
        (name, is_target[place], size, count)
        for place, own in sums_by_group(found.assign(_group=cell), [options.label], options.estimand).items()
        for name, size, count in zip(own.names, own.sizes, own.counts[:, 0], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["unit", "target", "size", "count"])
    own = table.assign(of_target=table["size"] * table["target"], own=1).groupby("unit")
    ranked = own[["own", "size", "count", "of_target"]].sum().round(_DIGITS)
    unit = pd.Series(np.lexsort(ranked.to_numpy().T).argsort(), index=ranked.index)[table["unit"]].to_numpy()
    order = np.lexsort((table["count"].round(_DIGITS), table["size"].round(_DIGITS), table["target"], unit))
    nothing = np.zeros(len(table), dtype=np.int64)
    parts = Parts(
        unit[order], table["target"].to_numpy()[order], table["size"].to_numpy(float)[order], nothing, nothing
    )
    return csc_array(table[["count"]].to_numpy(float)[order]), parts


def _estimate(sums: Sums, options: Options) -> ShareEstimate:
    return estimate_share(
        sums.counts[:, 0], sums.sizes, estimand="pooled", confidence=options.confidence, hits=sums.hits
    )


def _inside_events(found: pd.DataFrame, options: Options) -> Difference:
    """The mean over matched events of the difference inside each of them."""
    matched = matched_hits(found)
    left_out = _left_out(found, matched)
    if matched.empty:
        return Difference(note=(_NO_MATCH if found["_group"].nunique() == 2 else _NO_HIT) + left_out)
    of_side = matched.assign(_group=2 * matched["_event"] + matched["_group"])
    sums = sums_by_group(of_side, [options.label], options.estimand)
    events = [(sums[place], sums[place + 1]) for place in range(0, len(sums), 2)]
    shares = np.array([[side.counts[:, 0].sum() / side.sizes.sum() for side in sides] for sides in events])
    target, reference = (float(mean) for mean in shares.mean(axis=0))
    result = Difference(target, reference, target - reference, *_articles(matched))
    # Events that are not joined have no unit in common: as many pieces of evidence are at least as many units a side.
    joined = joined_events(matched)
    if note := too_few([len(set(joined))], "event", having="with hits of both"):
        return result._replace(note=note + _shared(joined) + left_out)
    hits = _hits(matched)
    low, high = paired_interval(*shares.T, hits=hits, confidence=options.confidence, joined=joined)
    planning = _PLANNING * paired_error(*shares.T, hits=hits, joined=joined)
    covered = f"within {len(events)} events{_shared(joined)}"
    result = result._replace(
        difference_low=low, difference_high=high, planning_difference=planning, note=covered + left_out
    )
    if not options.resamples:
        return result
    p, smallest = permutation_p_within(
        [_tables(*sides) for sides in events],
        resamples=options.resamples,
        random_state=options.random_state,
        joined=joined,
    )
    return result._replace(p=p, note=f"{covered}; {_smallest(smallest)}{left_out}")


def _tables(target: Sums, reference: Sums) -> tuple[np.ndarray, np.ndarray]:
    names = np.union1d(target.names, reference.names)
    return target.table(names), reference.table(names)


def _hits(matched: pd.DataFrame) -> tuple[float, float]:
    """How many hits each side has, those of a unit that lies in several events as its mean over them."""
    events = matched.groupby(["_unit", "_group"])["_event"].transform("nunique")
    target, reference = np.bincount(matched["_group"], weights=matched["_weight"] / events)
    return float(target), float(reference)


def _shared(joined: np.ndarray) -> str:
    """How many events are not evidence of their own, because a text of theirs was printed on another as well."""
    sizes = np.bincount(joined)
    several = sizes[sizes > 1]
    if not len(several):
        return ""
    texts, count = ("a text", "one") if len(several) == 1 else ("texts", f"{len(several)}")
    return f"; {several.sum()} events share {texts} and count as {count}"


def _articles(found: pd.DataFrame) -> tuple[int, int]:
    target, reference = (found.loc[found["_group"] == side, "article_id"].nunique() for side in _SIDES)
    return int(target), int(reference)


def _smallest(p: float) -> str:
    return f"smallest p that can be reached: {p:.2g}"


def _left_out(found: pd.DataFrame, matched: pd.DataFrame) -> str:
    """How many articles with a hit say nothing inside events."""
    named = found[unit_names(found["event"]).notna()]
    everywhere, inside, with_event = (set(part["article_id"]) for part in (found, matched, named))
    if everywhere == inside:
        return ""
    number = len(everywhere - inside)
    nameless = len(everywhere - with_event)
    beside = f"; {nameless} of them without an event" if nameless else ""
    articles = f"{number} article{'' if number == 1 else 's'}"
    return f"; {articles} with a hit outside the events with hits of both{beside}"
