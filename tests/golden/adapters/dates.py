"""Dates of a string, read under two clocks and in two time zones: no invented date, nine of ten as the set states.

``python dates.py CLOCK``, a sub-process of this module, reads a JSON list of ``[string, order]`` and writes the dates
that it gets while the clocks of Python and pandas stand at CLOCK.
"""

import datetime as real
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

OFFERED = frozenset({"expected"})
REQUIRED = 0.9
CLOCKS = (("2024-02-29T11:00:00", "America/Los_Angeles"), ("2031-08-17T23:30:00", "Pacific/Kiritimati"))
ORDERS = {None: None, "dayfirst": "day", "monthfirst": "month"}


def question(case: dict) -> list | None:
    given = case.get("input") or {}
    hint = given.get("hint")
    if not isinstance(given.get("string"), str) or hint not in ORDERS:
        return None
    return [given["string"], ORDERS[hint]]


def prepare(golden: dict) -> dict[str, tuple]:
    asked = {case["id"]: question(case) for case in golden["cases"]}
    questions = [q for q in asked.values() if q is not None]
    answers = [iter(ask(questions, clock, zone)) for clock, zone in CLOCKS]
    return {name: tuple(next(a) for a in answers) for name, q in asked.items() if q is not None}


def ask(questions: list, clock: str, zone: str) -> list:
    import corpus_tools

    checkout = Path(corpus_tools.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-P", __file__, clock],
        input=json.dumps(questions),
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(checkout), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the sub-process with the clock at {clock} failed: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def offered(case: dict, answers: dict[str, tuple]) -> dict:
    if case["id"] not in answers:
        return {}
    first, second = answers[case["id"]]
    if first != second:
        return {"expected": f"depends on the clock or the time zone: {first} and {second}"}
    return {"expected": first}


def agree(key: str, expected: str | None, got: str | None, case: dict) -> bool:
    if expected is None or got is None:
        return expected is got
    if "raised" in got or "depends" in got or len(expected) < len("2023-09-19"):
        return False
    if len(expected) == len("2023-09-19"):
        return got[:10] == expected
    wanted, read = pd.Timestamp(expected), pd.Timestamp(got)
    return (wanted.tz is None) == (read.tz is None) and wanted == read


def verdict(answers: dict, outcomes: list) -> str:
    invented = [o.case for o in outcomes if o.status == "failed" and not o.detail.endswith("got None")]
    if invented:
        return f"invented or wrong date in {', '.join(invented)}"
    judged = [o.status == "passed" for o in outcomes if o.status != "not offered"]
    if judged and sum(judged) < REQUIRED * len(judged):
        return f"{sum(judged)} of {len(judged)} dates, {REQUIRED:.0%} required"
    return ""


class _Stopped(type):
    """Real dates stay instances of the classes that take the place of theirs."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


def stop_clocks(moment: real.datetime) -> None:
    """Every way in which Python code can ask for the present gives this moment."""
    stamp = moment.replace(tzinfo=real.UTC).timestamp()
    local, universal, formatted = time.localtime, time.gmtime, time.strftime

    class StoppedDate(real.date, metaclass=_Stopped):
        @classmethod
        def today(cls) -> real.date:
            return cls(moment.year, moment.month, moment.day)

    class StoppedDatetime(real.datetime, metaclass=_Stopped):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> real.datetime:
            return cls.fromtimestamp(stamp, tz) if tz else cls.combine(moment.date(), moment.time())

        @classmethod
        def today(cls) -> real.datetime:
            return cls.now()

        @classmethod
        def utcnow(cls) -> real.datetime:
            return cls.now()

    time.time = lambda: stamp
    time.time_ns = lambda: int(stamp) * 10**9
    time.localtime = lambda seconds=None: local(stamp if seconds is None else seconds)
    time.gmtime = lambda seconds=None: universal(stamp if seconds is None else seconds)
    time.strftime = lambda form, moment=None: formatted(form, moment or time.localtime())
    pd.Timestamp.now = classmethod(lambda cls, tz=None: pd.Timestamp(moment, tz=tz))
    pd.Timestamp.today = classmethod(lambda cls, tz=None: pd.Timestamp(moment, tz=tz))
    pd.Timestamp.utcnow = classmethod(lambda cls: pd.Timestamp(moment, tz="UTC"))
    real.date, real.datetime = StoppedDate, StoppedDatetime


def answer(string: str, order: str | None) -> str | None:
    from corpus_tools import parse_date

    try:
        read = parse_date(string, order=order)
    except Exception as fault:
        return f"raised {type(fault).__name__}: {fault}"
    return None if pd.isna(read) else read.isoformat()


if __name__ == "__main__":
    stop_clocks(real.datetime.fromisoformat(sys.argv[1]))
    print(json.dumps([answer(string, order) for string, order in json.load(sys.stdin)]))
