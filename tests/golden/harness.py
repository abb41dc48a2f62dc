"""Read golden files, ask the adapters, compare, count."""

from __future__ import annotations

import importlib
import json
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from corpus_tools.schema import CorpusError, CorpusWarning

PASSED, FAILED, NOT_OFFERED = "passed", "failed", "not offered"
ADAPTERS = Path(__file__).parent / "adapters"
SAME_ADAPTER = dict.fromkeys(("collocations_computed", "keyness_collocation_published"), "keyness_computed")
DEFAULT_TOLERANCE = {"rel": 1e-9, "abs": 1e-9}
STATED_REFUSALS = ("refuse", "refused", "refusal", "error", "raises")


class BrokenFolderError(Exception):
    """The folder holds nothing that can be run."""


@dataclass(frozen=True)
class Outcome:
    case: str
    key: str
    status: str
    detail: str = ""


@dataclass(frozen=True)
class Report:
    name: str
    cases: int
    outcomes: tuple[Outcome, ...]
    fault: str

    def _count(self, status: str) -> int:
        return sum(o.status == status for o in self.outcomes)

    @property
    def passed(self) -> int:
        return self._count(PASSED)

    @property
    def failed(self) -> int:
        return self._count(FAILED)

    @property
    def not_offered(self) -> int:
        return self._count(NOT_OFFERED)

    @property
    def ok(self) -> bool:
        return not self.fault

    @property
    def verdict(self) -> str:
        if self.fault:
            return f"FAILED: {self.fault}"
        if not self.passed:
            return NOT_OFFERED
        return f"passed, {self.failed} misses allowed by the set" if self.failed else "passed"


def read_folder(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BrokenFolderError(f"There is no JSON file in {folder}")
    return [_read(file) for file in files]


def _read(file: Path) -> dict[str, Any]:
    try:
        golden = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as fault:
        raise BrokenFolderError(f"{file.name} cannot be read as JSON: {fault}") from fault
    cases = golden.get("cases") if isinstance(golden, dict) else None
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise BrokenFolderError(f"{file.name} has no list of cases")
    numbered = [{"id": f"case {i}", **case} for i, case in enumerate(cases, start=1)]
    return {**golden, "set": str(golden.get("set") or file.stem), "cases": numbered}


def run_folder(folder: Path) -> list[Report]:
    return [run_set(golden) for golden in read_folder(folder)]


def run_set(golden: dict[str, Any]) -> Report:
    adapter = _adapter(golden["set"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", CorpusWarning)
        outcomes, fault = _ask(adapter, golden)
    return Report(golden["set"], len(golden["cases"]), tuple(outcomes), fault)


def _adapter(name: str) -> ModuleType | None:
    module = SAME_ADAPTER.get(name, name)
    if not module.isidentifier() or not (ADAPTERS / f"{module}.py").is_file():
        return None
    return importlib.import_module(f"tests.golden.adapters.{module}")


def _ask(adapter: ModuleType | None, golden: dict[str, Any]) -> tuple[list[Outcome], str]:
    if adapter is None:
        return [o for case in golden["cases"] for o in _nothing_offered(case)], ""
    try:
        context = adapter.prepare(golden) if hasattr(adapter, "prepare") else golden
    except Exception as fault:
        return [Outcome("all", "prepare", FAILED, _described(fault))], _described(fault)
    outcomes = [o for case in golden["cases"] for o in _run_case(adapter, case, context, golden)]
    if hasattr(adapter, "verdict"):
        return outcomes, adapter.verdict(context, outcomes)
    failed = sum(o.status == FAILED for o in outcomes)
    return outcomes, f"{failed} of {len(outcomes)} values" if failed else ""


def _nothing_offered(case: dict[str, Any]) -> Iterator[Outcome]:
    for key in expected_values(case) or {"the whole case": None}:
        yield Outcome(str(case["id"]), key, NOT_OFFERED)


def _run_case(adapter: ModuleType, case: dict[str, Any], context: Any, golden: dict[str, Any]) -> Iterator[Outcome]:
    name = str(case["id"])
    stated = {k: v for k, v in expected_values(case).items() if k not in getattr(adapter, "FREE", ())}
    try:
        got = adapter.offered(case, context)
        ruled = list(adapter.rules(case, context)) if hasattr(adapter, "rules") else []
    except Exception as fault:
        yield from _raised(adapter, name, stated, fault)
        return
    if not stated and not ruled:
        yield Outcome(name, "the whole case", NOT_OFFERED)
    for key, expected in stated.items():
        if key not in got:
            yield Outcome(name, key, NOT_OFFERED)
        elif _any_agrees(adapter, key, expected, got[key], case, golden):
            yield Outcome(name, key, PASSED)
        else:
            yield Outcome(name, key, FAILED, f"expected {expected!r}, got {got[key]!r}")
    for key, holds, detail in ruled:
        yield Outcome(name, key, NOT_OFFERED if holds is None else PASSED if holds else FAILED, detail)


def _raised(adapter: ModuleType, name: str, stated: dict[str, Any], fault: Exception) -> Iterator[Outcome]:
    for key, expected in stated.items() or {"the whole case": None}.items():
        if stated and key not in adapter.OFFERED:
            yield Outcome(name, key, NOT_OFFERED)
        elif stated and _is_refusal(expected) and isinstance(fault, CorpusError):
            yield Outcome(name, key, PASSED, f"refused: {fault}")
        else:
            yield Outcome(name, key, FAILED, f"expected {expected!r}, raised {_described(fault)}")


def _is_refusal(expected: Any) -> bool:
    return _undefined(expected) or (isinstance(expected, str) and expected.lower() in STATED_REFUSALS)


def _described(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def expected_values(case: dict[str, Any]) -> dict[str, Any]:
    """Every single value that a case expects, by its key; a list is one value; keys inside ``expected`` stand alone."""
    stated: dict[str, Any] = {}
    for key, value in case.items():
        if key.startswith("expected"):
            stated.update(_flat(value, "" if key == "expected" else key))
    return stated


def _flat(value: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield prefix or "expected", value
        return
    for key, inner in value.items():
        yield from _flat(inner, f"{prefix}.{key}" if prefix else key)


def _any_agrees(adapter: ModuleType, key: str, expected: Any, got: Any, case: dict, golden: dict) -> bool:
    allowed = [expected, *(case.get("accept") or [] if key in ("expected", "expected_words") else [])]
    if hasattr(adapter, "agree"):
        return any(adapter.agree(key, one, got, case) for one in allowed)
    limits = tolerance_for(key, case.get("tolerance") or golden.get("tolerance") or {})
    return any(agrees(one, got, limits) for one in allowed)


def tolerance_for(key: str, stated: Any) -> dict[str, float]:
    """The limits for one key: under its own name, else ``t_abs`` for keys that begin with ``t_``, else the general."""
    if isinstance(stated, int | float):
        return {"abs": float(stated)}
    numbers = {k: v for k, v in stated.items() if isinstance(v, int | float)}
    if key in numbers:
        return {"abs": numbers[key]}
    for kind in ("abs", "rel"):
        for name, value in numbers.items():
            stem = name.removesuffix(f"_{kind}")
            if stem != name and key.startswith(f"{stem}_"):
                return {kind: value}
    limits = {kind: numbers[kind] for kind in ("abs", "rel") if kind in numbers}
    if "exact" in numbers:
        limits.setdefault("abs", numbers["exact"])
    return limits or DEFAULT_TOLERANCE


def agrees(expected: Any, got: Any, limits: dict[str, float]) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if _undefined(expected):
        return _undefined(got)
    wanted = _number(expected)
    if wanted is None and isinstance(expected, list):
        same_length = isinstance(got, list | tuple) and len(got) == len(expected)
        return same_length and all(agrees(e, g, limits) for e, g in zip(expected, got, strict=True))
    if wanted is None or _number(got) is None:
        return bool(expected == got)
    return math.isclose(wanted, float(got), rel_tol=limits.get("rel", 0.0), abs_tol=limits.get("abs", 0.0))


def _undefined(value: Any) -> bool:
    if isinstance(value, str | list | tuple | dict):
        return value == "NaN"
    return bool(pd.isna(value))


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        return float(value) if value in ("Infinity", "-Infinity") else None
    return float(value) if hasattr(value, "__float__") else None
