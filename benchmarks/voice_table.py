"""The measured errors of the voice finder as one long table: what, name, articles, words, measure, value, interval."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
RESAMPLES = 1000
FEWEST = 5  # articles; below that no interval
EDGE = 3  # words
OUTSIDE = "F1 outside quotation marks"
COLUMNS = ("what", "name", "articles", "words", "measure", "value", "low", "high")


@dataclass(frozen=True)
class Judged:
    """An article word by word: annotated, inside quotation marks, found; and the kind of either."""

    truth: Array
    marked: Array
    found: Array
    annotated_as: Array
    taken_for: Array


@dataclass(frozen=True)
class Row:
    """One figure."""

    what: str
    name: str
    articles: int
    words: int
    measure: str
    value: float
    low: float
    high: float


def cells(truth: Array, found: Array) -> Array:
    """Right, wrongly found, missed, rightly left."""
    return np.array([(truth & found).sum(), (~truth & found).sum(), (truth & ~found).sum(), (~truth & ~found).sum()])


def f1(c: Array) -> Array:
    """The F1 of cells, which stand in the last dimension."""
    return 2 * c[..., 0] / (2 * c[..., 0] + c[..., 1] + c[..., 2])


def mcc(c: Array) -> Array:
    """The Matthews correlation of cells."""
    a, b, m, n = (c[..., i].astype(float) for i in range(4))
    return (a * n - b * m) / np.sqrt((a + b) * (a + m) * (n + b) * (n + m))


def precision(c: Array) -> Array:
    """Of the words found, those rightly found."""
    return c[..., 0] / (c[..., 0] + c[..., 1])


def recall(c: Array) -> Array:
    """Of the annotated words, those found."""
    return c[..., 0] / (c[..., 0] + c[..., 2])


def share(c: Array) -> Array:
    """The first count as a part of the second."""
    return c[..., 0] / c[..., 1]


def measured(statistic: Callable[[Array], Array], table: Array, present: int) -> tuple[float, float, float]:
    """A statistic of the sums over articles, with 95 % of its values when the articles are drawn anew."""
    value = float(statistic(table.sum(axis=0)))
    if present < FEWEST:
        return value, np.nan, np.nan
    draws = np.random.default_rng(0).integers(len(table), size=(RESAMPLES, len(table)))
    with np.errstate(invalid="ignore"):
        values = statistic(np.array([np.bincount(rows, minlength=len(table)) @ table for rows in draws]))
    low, high = np.nanquantile(values, (0.025, 0.975))
    return value, float(low), float(high)


def group_rows(what: str, name: str, judged: Sequence[Judged]) -> list[Row]:
    """F1, F1 outside quotation marks, Matthews correlation, precision and recall of a group of articles."""
    table = np.array([cells(j.truth, j.found) for j in judged])
    outside = np.array([cells(j.truth[~j.marked], j.found[~j.marked]) for j in judged])
    ways = [("F1", f1, table), (OUTSIDE, f1, outside), ("Matthews correlation", mcc, table)]
    ways += [("precision", precision, table), ("recall", recall, table)]
    return [
        Row(what, name, len(judged), int(counts.sum()), measure, *measured(statistic, counts, len(judged)))
        for measure, statistic, counts in ways
        if counts[:, 0].any()
    ]


def kind_rows(judged: Sequence[Judged], missed: Sequence[str], found: Sequence[str]) -> list[Row]:
    """Recall by kind of annotated attribution, precision by what the finder took the words for, and their parts."""
    rows = []
    all_missed = [int((j.truth & ~j.found).sum()) for j in judged]
    all_wrong = [int((~j.truth & j.found).sum()) for j in judged]
    for name in missed:
        of_kind = [j.truth & (j.annotated_as == name) for j in judged]
        right = [int((k & j.found).sum()) for k, j in zip(of_kind, judged, strict=True)]
        lost = [int((k & ~j.found).sum()) for k, j in zip(of_kind, judged, strict=True)]
        rows += _kind("kind missed", name, of_kind, ("recall", right), ("share of missed words", lost, all_missed))
    for name in found:
        of_kind = [j.found & (j.taken_for == name) for j in judged]
        right = [int((k & j.truth).sum()) for k, j in zip(of_kind, judged, strict=True)]
        wrong = [int((k & ~j.truth).sum()) for k, j in zip(of_kind, judged, strict=True)]
        rows += _kind("kind found", name, of_kind, ("precision", right), ("share of wrong words", wrong, all_wrong))
    return rows


def _kind(
    what: str,
    name: str,
    of_kind: list[Array],
    rate: tuple[str, list[int]],
    part: tuple[str, list[int], list[int]],
) -> list[Row]:
    words = np.array([int(k.sum()) for k in of_kind])
    articles, total = int((words > 0).sum()), int(words.sum())
    if not total:
        return []
    pairs = [(rate[0], np.column_stack((rate[1], words))), (part[0], np.column_stack(part[1:]))]
    return [Row(what, name, articles, total, measure, *measured(share, t, articles)) for measure, t in pairs]


def edge_rows(judged: Sequence[Judged]) -> list[Row]:
    """How many of the wrong, the missed and all words lie within three words of where a stretch begins or ends."""
    near = [_near_edge(j.truth) for j in judged]
    rows = []
    for name, errors in (
        ("words wrongly found", [j.found & ~j.truth for j in judged]),
        ("words missed", [j.truth & ~j.found for j in judged]),
        ("all words", [np.ones(len(j.truth), dtype=bool) for j in judged]),
    ):
        counts = np.array([((e & n).sum(), e.sum()) for e, n in zip(errors, near, strict=True)])
        articles, words = int((counts[:, 1] > 0).sum()), int(counts[:, 1].sum())
        value = measured(share, counts, articles)
        rows.append(Row("edge", name, articles, words, "share within three words of an annotated edge", *value))
    return rows


def _near_edge(truth: Array) -> Array:
    """Words at most three places from where an annotated stretch begins or ends."""
    near = np.zeros(len(truth), dtype=bool)
    for edge in np.flatnonzero(np.diff(truth)) + 1:
        near[max(edge - EDGE, 0) : edge + EDGE] = True
    return near


def share_row(what: str, name: str, measure: str, table: Array) -> Row:
    """A share whose parts are counted per article: hits and cases."""
    cases = np.asarray(table)[:, 1]
    return Row(what, name, int((cases > 0).sum()), int(cases.sum()), measure, *measured(share, table, len(table)))


def f1_row(what: str, name: str, pairs: Sequence[Sequence[tuple[Array, Array]]]) -> Row:
    """The F1 of one way to mark an article against another, over all pairs of ways of each article."""
    table = np.array([sum(cells(a, b) for a, b in article) for article in pairs])
    words = sum(len(article[0][0]) for article in pairs)
    return Row(what, name, len(table), words, "F1", *measured(f1, table, len(table)))


def write(path: Path, rows: Sequence[Row]) -> None:
    """The table as a file."""
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for row in rows:
            figures = ["" if np.isnan(x) else f"{x:.4f}" for x in (row.value, row.low, row.high)]
            table.writerow((row.what, row.name, row.articles, row.words, row.measure, *figures))
    print(f"{len(rows)} rows written to {path.name}")
