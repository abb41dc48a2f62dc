"""Notebook sources → class, solutions and report versions; running them."""

from __future__ import annotations

import ast
import asyncio
import copy
import hashlib
import json
import os
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from corpus_tools.schema import CorpusError, CorpusWarning, nearest, require_choice

HEADER = {
    "title": (str, "a text"),
    "question": (str, "a text"),
    "goals": (list, "a list"),
    "minutes": (int, "a number"),
    "needs": (list, "a list"),
}
ANSWER = "# your answer"
GLOSSARY = "glossary.md"
NOT_ON_A_PAGE = ("exercise", "solution", "interactive")
TIMEOUT = 300
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# Nothing listens there: whatever tries to fetch something fails at once, instead of working on one machine only.
_NOWHERE = "http://127.0.0.1:9"


class Header(NamedTuple):
    """What a notebook says of itself: the YAML block at the top of its source."""

    name: str
    title: str
    question: str
    goals: tuple[str, ...]
    minutes: int
    needs: tuple[str, ...]


def source_folder() -> Path:
    """Where do the notebook sources lie: in the installed wheel, or in the checkout around the package?

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CorpusError
        When neither folder is there.

    Examples
    --------
    >>> from corpus_tools.show.notebooks import source_folder
    >>> source_folder().is_dir()
    True
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "notebooks_source", package.parent / "notebooks" / "source")
    for folder in places:
        if folder.is_dir():
            return folder
    raise CorpusError("The notebook sources are missing; install corpus-tools again, or work in a full checkout.")


def glossary_path() -> Path:
    """Where does the glossary lie: beside the sources in a wheel, above them in a checkout?"""
    folder = source_folder()
    inside = folder / GLOSSARY
    return inside if inside.is_file() else folder.parent / GLOSSARY


def glossary_terms(text: str) -> list[str]:
    """Which terms does a glossary explain, in its order?

    Examples
    --------
    >>> glossary_terms("# Glossary\\n\\n## p value\\n\\nHow often …\\n\\n## share\\n\\nOf all …")
    ['p value', 'share']
    """
    return [term.strip() for term in re.findall(r"^## (.+)$", text, re.MULTILINE)]


def glossary_links(notebook: NotebookNode) -> list[str]:
    """Which anchors of the glossary does a notebook's prose link to, in its order?"""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"\]\(glossary\.md#([^)]*)\)", prose)


def find_sources(folder: Path | None = None) -> list[Path]:
    """Which notebooks are there, in the order in which they are read?"""
    return sorted((folder or source_folder()).glob("[0-9][0-9]_*.py"))


def read_source(path: str | Path) -> NotebookNode:
    """What does a percent script hold, as a notebook?

    Parameters
    ----------
    path : str or path
        A script in jupytext's percent format whose YAML header has, under ``jupyter: corpus_tools:``,
        a title, a question, goals (a list), minutes and needs (a list).

    Returns
    -------
    nbformat.NotebookNode
        Cells with their tags, without outputs, with ids that depend on the text only.

    Raises
    ------
    CorpusError
        When the file cannot be read as such a script, or its header lacks something.

    Examples
    --------
    >>> from corpus_tools.show.notebooks import find_sources, read_header, read_source
    >>> [read_header(read_source(path)).minutes > 0 for path in find_sources()[:1]]
    [True]
    """
    path = Path(path)
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    except Exception as error:  # jupytext and yaml raise whatever they like
        raise CorpusError(f"The notebook source {path.name} cannot be read: {_first_line(error)}") from error
    own = notebook.metadata.get("corpus_tools")
    if not isinstance(own, dict):
        raise CorpusError(f"The notebook source {path.name} has no header under 'jupyter: corpus_tools:'.")
    notebook.metadata["corpus_tools"] = {**own, "name": path.stem}
    read_header(notebook)
    return _settle(notebook)


def read_header(notebook: NotebookNode) -> Header:
    """What does a notebook say of itself? Raises a CorpusError that names what its header lacks."""
    own = notebook.metadata.get("corpus_tools", {})
    name = str(own.get("name", "notebook"))
    for key, (kind, words) in HEADER.items():
        if not isinstance(own.get(key), kind) or not own[key]:
            raise CorpusError(f"The header of the notebook {name} needs {key!r}, {words}.")
    if not re.fullmatch(r"[\w-]+", name) or name == "index":
        raise CorpusError(f"The notebook name {name!r} makes no file name; letters, digits, '_' and '-', not 'index'.")
    goals, needs = (tuple(str(item) for item in own[key]) for key in ("goals", "needs"))
    return Header(name, own["title"], own["question"], goals, own["minutes"], needs)


def has_tag(cell: NotebookNode, tag: str) -> bool:
    """Does a cell carry this tag?"""
    return tag in cell.metadata.get("tags", [])


def class_version(notebook: NotebookNode) -> NotebookNode:
    """The notebook handed to a class: each run of solution cells is one empty cell to write in."""
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if not has_tag(cell, "solution"):
            cells.append(cell)
        elif not cells or not has_tag(cells[-1], "answer"):
            cells.append(new_code_cell(ANSWER, metadata={"tags": ["answer"]}))
    return _settle(_with_cells(notebook, [_header_cell(notebook), *cells]))


def solutions_version(notebook: NotebookNode) -> NotebookNode:
    """The notebook for the teacher: everything."""
    return _settle(_with_cells(notebook, [_header_cell(notebook), *notebook.cells]))


def report_version(notebook: NotebookNode) -> NotebookNode:
    """The notebook as a page: without exercises, solutions and what works in JupyterLab only; with its own header."""
    kept = [cell for cell in notebook.cells if not any(has_tag(cell, tag) for tag in NOT_ON_A_PAGE)]
    return _settle(_with_cells(notebook, kept))


def read_parameters(notebook: NotebookNode) -> dict[str, object]:
    """Which parameters does a notebook have, and which values do they hold?"""
    tree = ast.parse(_parameters_cell(notebook).source)
    return {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
    }


def set_parameters(notebook: NotebookNode, **values: str | Path | None) -> NotebookNode:
    """A notebook with other values in its parameters cell, written as literals so that none of them can run.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With a code cell tagged ``parameters``.
    **values : str, path or None
        One for each parameter that is to change.

    Returns
    -------
    nbformat.NotebookNode
        A copy.

    Raises
    ------
    CorpusError
        For a name that the notebook does not have, or a value of another kind.

    Examples
    --------
    >>> from corpus_tools.show.notebooks import find_sources, read_source, read_parameters, set_parameters
    >>> notebooks = [set_parameters(read_source(path), corpus="karabakh") for path in find_sources()]
    >>> {read_parameters(notebook)["corpus"] for notebook in notebooks} <= {"karabakh"}
    True
    """
    known = read_parameters(notebook)
    for name, value in values.items():
        if name not in known:
            raise CorpusError(f"The notebook has no parameter {name!r}; {nearest(name, known)}")
        if not isinstance(value, str | Path | None):
            raise CorpusError(f"The parameter {name!r} must be a text, a path or None; not {type(value).__name__}.")
    merged = known | {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
    changed = copy.deepcopy(notebook)
    _parameters_cell(changed).source = "\n".join(f"{name} = {value!r}" for name, value in merged.items())
    return changed


def execute(notebook: NotebookNode, *, timeout: int = TIMEOUT) -> NotebookNode:
    """What does a notebook show when it is run from top to bottom in a fresh kernel?

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        From `read_source` or one of the versions made of it.
    timeout : int, default 300
        Seconds that one cell may take.

    Returns
    -------
    nbformat.NotebookNode
        A copy with outputs, run in an empty temporary folder that is gone afterwards.

    Raises
    ------
    CorpusError
        When a cell fails: one sentence with the notebook, the cell and the last line of the error.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> done = execute(new_notebook(cells=[new_code_cell("6 * 7")]))
    >>> done.cells[0].outputs[0]["data"]["text/plain"]
    '42'
    """
    done, started = copy.deepcopy(notebook), [""]
    name = done.metadata.get("corpus_tools", {}).get("name", "notebook")

    def remember(cell: NotebookNode, cell_index: int) -> None:
        started[0] = f"cell {cell_index + 1} ({_first_line(cell.source)})"

    with tempfile.TemporaryDirectory(prefix="corpus-tools-", ignore_cleanup_errors=True) as folder:
        client = NotebookClient(
            done,
            timeout=timeout,
            kernel_name="python3",
            allow_errors=False,
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": folder}},
            on_cell_start=remember,
        )
        try:
            # In a thread of its own, because a notebook may call this and has a loop running already.
            with ThreadPoolExecutor(max_workers=1) as pool:
                pool.submit(_run, client, _environment(folder)).result()
        except CellExecutionError as error:
            reason = f"{error.ename}: {_last_line(error.evalue)}"
            raise CorpusError(f"Notebook {name} stopped in {started[0]}: {reason}") from error
        except CellTimeoutError as error:
            raise CorpusError(f"Notebook {name} stopped in {started[0]}: it took more than {timeout} s.") from error
        except (DeadKernelError, NoSuchKernel, RuntimeError, OSError) as error:
            raise CorpusError(f"Notebook {name} could not be run: {_last_line(str(error))}") from error
    return done


def execute_all(
    notebooks: Sequence[NotebookNode],
    *,
    workers: int = 2,
    on_error: str = "raise",
    progress: Callable[[int, str, float], None] | None = None,
) -> list[NotebookNode]:
    """Run several notebooks side by side.

    Parameters
    ----------
    notebooks : sequence of nbformat.NotebookNode
    workers : int, default 2
        How many run at a time, each in a kernel of its own.
    on_error : {"raise", "skip"}
        What to do when a notebook stops: stop too, or go on with the others and warn.
    progress : callable, optional
        Called with how many are done, the title and the seconds of the one just done.

    Returns
    -------
    list of nbformat.NotebookNode
        In the order given.

    Raises
    ------
    CorpusError
        The first error in the order given, when ``on_error`` is "raise".

    Examples
    --------
    >>> from corpus_tools.show.notebooks import execute_all
    >>> execute_all([])
    []
    """
    require_choice("on_error", on_error, ("raise", "skip"))
    finished: list[str] = []
    executed: list[NotebookNode] = []

    def run(notebook: NotebookNode) -> NotebookNode:
        begun = time.monotonic()
        done = execute(notebook)
        finished.append(read_header(notebook).title)
        if progress is not None:
            progress(len(finished), finished[-1], time.monotonic() - begun)
        return done

    with ThreadPoolExecutor(max_workers=workers) as pool:
        runs = [pool.submit(run, notebook) for notebook in notebooks]
        for one in runs:
            try:
                executed.append(one.result())
            except CorpusError as error:
                if on_error == "raise":
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
                warnings.warn(f"{error} Its page is left out.", CorpusWarning, stacklevel=2)
    return executed


def to_json(notebook: NotebookNode) -> str:
    """A notebook as its file holds it: the same text on every machine."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _settle(notebook: NotebookNode) -> NotebookNode:
    """Nothing in the file that changes from one run to the next."""
    settled = nbformat.v4.new_notebook()
    settled.metadata = NotebookNode(kernelspec=_KERNEL, language_info={"name": "python"})
    settled.metadata["corpus_tools"] = notebook.metadata["corpus_tools"]
    seen: dict[str, int] = {}
    for cell in copy.deepcopy(notebook.cells):
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:10]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata = NotebookNode({"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        settled.cells.append(cell)
    return settled


def _with_cells(notebook: NotebookNode, cells: Iterable[NotebookNode]) -> NotebookNode:
    return NotebookNode({**notebook, "cells": list(cells)})


def _header_cell(notebook: NotebookNode) -> NotebookNode:
    header = read_header(notebook)
    goals = "\n".join(f"- {goal}" for goal in header.goals)
    needs = "\n".join(f"- {need}" for need in header.needs)
    text = (
        f"# {header.title}\n\n**{header.question}**\n\nAfter this notebook you will be able to\n\n{goals}\n\n"
        f"You need\n\n{needs}\n\nTime: about {header.minutes} minutes."
    )
    return new_markdown_cell(text, metadata={"tags": ["header"]})


def _parameters_cell(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        if has_tag(cell, "parameters"):
            return cell
    raise CorpusError("The notebook has no cell tagged 'parameters'.")


def _run(client: NotebookClient, environment: dict[str, str]) -> None:
    # Not client.execute(), which never closes its loop; and zmq knows no other loop on Windows.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(client.async_execute(env=environment))


def _environment(folder: str) -> dict[str, str]:
    """The kernel's environment: no settings of the user's, no network, the same order of sets on every run."""
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    own = {"PYTHONHASHSEED": "0", "IPYTHONDIR": str(Path(folder) / ".ipython")}
    inherited = {key: value for key, value in os.environ.items() if key.lower() != "no_proxy"}
    return inherited | own | proxies


def _last_line(text: str) -> str:
    lines = [line.strip() for line in _ANSI.sub("", text).splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given."


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["no reason given."])[0]
