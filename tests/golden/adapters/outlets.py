"""Outlet names: equal keys mean one outlet."""

from collections.abc import Iterator

from corpus_tools import normalise_outlet

OFFERED: frozenset[str] = frozenset()


def offered(case: dict, golden: dict) -> dict:
    return {}


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool, str]]:
    same = case.get("same_after_normalisation") or []
    for name in same[1:]:
        yield f"{same[0]!r} is {name!r}", *_compared(same[0], name, merged=True)
    for name in case.get("needs_alias") or [] if same else []:
        yield f"{same[0]!r} needs an alias for {name!r}", *_compared(same[0], name, merged=False)
    for one, other in case.get("different") or []:
        yield f"{one!r} is not {other!r}", *_compared(one, other, merged=False)


def _compared(one: str, other: str, *, merged: bool) -> tuple[bool, str]:
    keys = normalise_outlet(one), normalise_outlet(other)
    return (keys[0] == keys[1]) == merged, f"keys {keys[0]!r} and {keys[1]!r}"
