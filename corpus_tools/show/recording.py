"""Solutions notebooks → the stored answers: run, listen to what they hand to ``check_answer``, keep it hashed."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from corpus_tools.read.sample import sample_names
from corpus_tools.schema import CorpusError
from corpus_tools.show.answers import COLUMNS, answer_rows
from corpus_tools.show.notebooks import execute, has_tag, read_header, read_parameters, set_parameters

# Under names that no notebook has, and bound at once, so that nothing a notebook calls so gets in the way.
LISTEN = """\
import corpus_tools as _ct_package
from corpus_tools.show.recording import heard as _ct_heard
_ct_told = []
_ct_package.check_answer = lambda *given, told=_ct_told, heard=_ct_heard: told.append(heard(*given))"""
REPEAT = "import json as _ct_json\nprint(_ct_json.dumps(_ct_told))"
_EXERCISE = re.compile(r"^\*\*(\d+)\.\*\*", re.MULTILINE)
_SLIP = re.compile(r"#\s*slip:\s*(.+?)\s*$")

Row = tuple[str, ...]


class Call(NamedTuple):
    """One call of ``check_answer`` in a source; a slip has what is said to it, the right answer has not."""

    exercise: str
    slip: str


class Exercise(NamedTuple):
    """One exercise of a source: its number, its prose, whether it is answered in words, and its calls."""

    name: str
    prose: str
    is_open: bool
    calls: tuple[Call, ...]


def exercises_in(notebook: NotebookNode) -> list[Exercise]:
    """Which exercises does a notebook set, and how are they answered?"""
    prefix = read_header(notebook).name[:2]
    found: list[Exercise] = []
    for cell in notebook.cells:
        if has_tag(cell, "exercise"):
            starts = [*_EXERCISE.finditer(cell.source)]
            ends = [*(match.start() for match in starts[1:]), len(cell.source)]
            for match, end in zip(starts, ends[: len(starts)], strict=True):
                prose = cell.source[match.end() : end]
                found.append(Exercise(f"{prefix}.{match[1]}", prose, has_tag(cell, "open"), ()))
        elif has_tag(cell, "solution") and cell.cell_type == "code" and found:
            last = found[-1]
            found[-1] = last._replace(calls=(*last.calls, *calls_in(cell.source)))
    return found


def calls_in(source: str) -> Iterator[Call]:
    """Which calls of ``ct.check_answer`` stand in a cell, in the order of their lines?"""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "check_answer":
            name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
            slip = _SLIP.search(lines[(node.end_lineno or node.lineno) - 1])
            yield Call(str(name), slip[1] if slip else "")


def heard(exercise: str, value: object, articles: pd.DataFrame) -> list[Row]:
    """What is kept of a value; nothing, where it can be no answer on this corpus."""
    try:
        return list(answer_rows(exercise, value, articles))
    except CorpusError:
        return []


def record(notebook: NotebookNode) -> list[Row]:
    """Which answers does a solutions notebook give with the parameters that it has?

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        From `read_source`, or with other parameters.

    Returns
    -------
    list of tuple
        Rows of ``answers.csv``: the right answers without a reply, known slips with theirs.

    Raises
    ------
    CorpusError
        When the notebook stops, or calls ``check_answer`` in another order than it is written.

    Examples
    --------
    >>> from corpus_tools.show.notebooks import find_sources, read_source
    >>> [call.exercise for one in exercises_in(read_source(find_sources()[0])) for call in one.calls][:1]
    ['01.1']
    """
    calls = [call for one in exercises_in(notebook) for call in one.calls]
    if not calls:
        return []
    kept = [cell for cell in notebook.cells if not has_tag(cell, "interactive")]
    cells = [new_code_cell(LISTEN), *kept, new_code_cell(REPEAT)]
    done = execute(NotebookNode({**notebook, "cells": cells}))
    told = json.loads(done.cells[-1].outputs[0]["text"])
    if len(told) != len(calls):
        name = read_header(notebook).name
        raise CorpusError(f"The solutions of {name} call check_answer {len(told)} times, but hold {len(calls)} calls.")
    return _rows(list(zip(calls, told, strict=True)))


def _rows(told: Sequence[tuple[Call, list[Row]]]) -> list[Row]:
    """The answers first, so that a slip that gives the same value is no slip here; then slips in their order."""
    right = {tuple(row): "" for call, rows in told if not call.slip for row in rows}
    answered = {row[0] for row in right}
    replies = dict(right)
    for call, rows in told:
        for row in rows:
            if row[0] in answered:
                replies.setdefault(tuple(row), call.slip)
    return sorted(((*row, reply) for row, reply in replies.items()), key=lambda row: (row[0], row[-1] != ""))


def on_samples(notebook: NotebookNode) -> list[NotebookNode]:
    """A notebook as it is, and on the other samples."""
    own = read_parameters(notebook)["corpus"]
    if own not in sample_names():
        return [notebook]
    others = [name for name in sample_names() if name != own]
    empty = dict.fromkeys(("slot", "target", "reference"))
    return [notebook, *(set_parameters(notebook, corpus=name, lexicon=name, **empty) for name in others)]


def record_all(notebooks: Sequence[NotebookNode], *, workers: int = 2) -> tuple[list[Row], list[str], list[str]]:
    """Which answers do all notebooks give on all samples, what could not be had, and which stopped on their own?"""
    jobs = [(own, one) for own in notebooks for one in on_samples(own)]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        runs = [pool.submit(record, one) for _, one in jobs]
    rows: list[Row] = []
    notes: list[str] = []
    stopped: list[str] = []
    for (own, one), run in zip(jobs, runs, strict=True):
        try:
            rows += run.result()
            notes += unheard(one, run.result())
        except CorpusError as error:
            (stopped if own is one else notes).append(f"on {read_parameters(one)['corpus']}: {error}")
    return sorted(rows, key=lambda row: row[0]), notes, stopped


def unheard(notebook: NotebookNode, rows: Sequence[Row]) -> list[str]:
    """Which calls left no row: no answer on this corpus, or a slip that gives the right answer?"""
    kept, corpus = {(row[0], row[-1]) for row in rows}, read_parameters(notebook)["corpus"]
    calls = [call for one in exercises_in(notebook) for call in one.calls if call not in kept]
    return [
        f"{call.exercise} on {corpus}: {f'the slip “{call.slip}” gives no other value' if call.slip else 'no answer'}."
        for call in calls
    ]


def to_table(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as ``answers.csv`` has them."""
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
