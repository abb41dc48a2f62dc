"""How p-values are spread, in words."""

from __future__ import annotations

import pandas as pd

from corpus_tools.show.markup import missing, number, one_line, percent

P_SPREAD_METHOD = (
    "The p-values of all tests were sorted into ten boxes of equal width from 0 to 1. Where nothing differs and p "
    "keeps its promise, each box holds about a tenth of them (Murdoch, Tsai and Adcock 2008, The American Statistician "
    "62)."
)


def p_spread_findings(spread: pd.DataFrame) -> list[str]:
    """For each way of testing, the first box and the fullest one."""
    return [_told(one_line(name), own) for name, own in spread.groupby("test", sort=False)]


def _told(name: str, own: pd.DataFrame) -> str:
    tests = int(own["tests"].iloc[0])
    if not tests or own["share"].isna().all():
        return f"{name}: no test, so there is no p-value."
    first = own.sort_values("box_from").iloc[0]
    most = own.sort_values("count", ascending=False, kind="stable").iloc[0]
    held = f"{name}: {_box(first)} holds {percent(first['share'])} of {number(tests, 'p-value')}"
    if most["box_from"] != first["box_from"]:
        held += f"; the fullest box, {_box(most)}, {percent(most['share'])}"
    return f"{held}; chance alone would give each box about 10 %."


def _box(row: pd.Series) -> str:
    return "" if missing(row["box_from"]) else f"{row['box_from']:g} to {row['box_to']:g}"
