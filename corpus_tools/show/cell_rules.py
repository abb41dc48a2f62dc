"""What makes the source of a notebook fit for a class: rules for its cells, each broken one said in a sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from nbformat import NotebookNode

from corpus_tools.show.notebooks import has_tag, read_parameters

PARAMETERS = ("corpus", "lexicon", "slot", "target", "reference")
TAGS = {"parameters", "exercise", "solution", "sentences", "interactive", "open"}
MOST_LINES, USUAL_LINES = 12, 6
ONE_IN = 5
FEWEST_WORDS = 25
LIMITS, TAKE_AWAY = "What this cannot tell you", "Take-away"
_NETWORK = {"urllib", "urllib3", "requests", "httpx", "aiohttp", "http", "ftplib", "socket", "pip", "subprocess"}
_FETCHES = re.compile(r"^\s*[!%]|\bnltk\.download\b|\bdownload\s*\(|[\"']https?://|\bos\.system\b", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$", re.MULTILINE)


def broken_rules(notebook: NotebookNode) -> list[str]:
    """Which rules does one notebook break, in sentences that name the cell?"""
    return [found for rule in RULES for found in rule(notebook)]


def check_tags(notebook: NotebookNode) -> Iterator[str]:
    """Only tags that mean something; a misspelt one would be passed over in silence."""
    for position, cell in _numbered(notebook):
        for tag in cell.metadata.get("tags", []):
            if tag not in TAGS:
                yield f"cell {position} has the unknown tag {tag!r}."


def check_parameters(notebook: NotebookNode) -> Iterator[str]:
    """The first code cell holds the five parameters and nothing else."""
    first = next((cell for cell in notebook.cells if cell.cell_type == "code"), None)
    if first is None or not has_tag(first, "parameters"):
        yield "the first code cell must be tagged 'parameters'."
    elif tuple(read_parameters(notebook)) != PARAMETERS:
        yield f"the parameters must be {', '.join(PARAMETERS)}."


def check_definitions(notebook: NotebookNode) -> Iterator[str]:
    """No functions and no classes: what needs one belongs into the package."""
    for position, cell in _code(notebook):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            yield f"cell {position} is not plain Python."
            continue
        if any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in ast.walk(tree)):
            yield f"cell {position} defines a function or a class."


def check_lengths(notebook: NotebookNode) -> Iterator[str]:
    """Short cells: twelve lines at most, and few of more than six."""
    lengths = {position: len([x for x in cell.source.splitlines() if x.strip()]) for position, cell in _code(notebook)}
    interactive = {position for position, cell in _code(notebook) if has_tag(cell, "interactive")}
    for position, lines in lengths.items():
        if not 1 <= lines <= MOST_LINES:
            yield f"cell {position} has {lines} lines of code; 1 to {USUAL_LINES} are usual, {MOST_LINES} the most."
        elif lines > USUAL_LINES and position in interactive:
            yield f"cell {position} is interactive and has {lines} lines of code; {USUAL_LINES} are the most."
    long = [position for position, lines in lengths.items() if lines > USUAL_LINES]
    if len(long) * ONE_IN > len(lengths):
        yield f"too many cells have more than {USUAL_LINES} lines of code: {', '.join(map(str, long))}."


def check_downloads(notebook: NotebookNode) -> Iterator[str]:
    """Nothing is fetched, installed or handed to a shell."""
    for position, cell in _code(notebook):
        if _FETCHES.search(cell.source) or _imported(cell.source) & _NETWORK:
            yield f"cell {position} fetches or installs something, or calls a shell."


def check_prose(notebook: NotebookNode) -> Iterator[str]:
    """Words before and after each result, and few code cells in a row."""
    shown = [cell for cell in notebook.cells if not (has_tag(cell, "solution") or has_tag(cell, "interactive"))]
    runs = [(kind, list(cells)) for kind, cells in groupby(shown, key=_kind)]
    position_of = {id(cell): position for position, cell in _numbered(notebook)}
    for place, (kind, cells) in enumerate(runs):
        results = [cell for cell in cells if kind == "code" and _shows(cell)]
        if not results:
            continue
        position = position_of[id(results[-1])]
        for where, beside in (
            ("before", runs[place - 1] if place else None),
            ("after", runs[place + 1] if place + 1 < len(runs) else None),
        ):
            if beside is None or beside[0] != "prose" or _words(beside[1]) < FEWEST_WORDS:
                yield f"cell {position} shows a result and needs {FEWEST_WORDS} words of prose {where} it."
        if cells[-1] is not results[-1] or len(results) > 1:
            yield f"cell {position_of[id(results[0])]} shows a result, and code follows without a word about it."
    code = [position for position, cell in _code(notebook) if cell in shown]
    following = [b for a, b in pairwise(code) if b == a + 1]
    if len(following) * ONE_IN > len(code):
        yield f"too many code cells follow another one: {', '.join(map(str, following))}."


def check_sections(notebook: NotebookNode) -> Iterator[str]:
    """Limits, then exercises, then the take-away; the title comes from the header."""
    heads = [
        (position, len(marks), text)
        for position, cell in _numbered(notebook)
        if cell.cell_type == "markdown"
        for marks, text in _HEADING.findall(cell.source)
    ]
    if any(level == 1 for _, level, _ in heads):
        yield "the title is made from the header; headings in cells begin with '##'."
    exercises = [position for position, cell in _numbered(notebook) if has_tag(cell, "exercise")]
    before = -1
    for name, places in (
        (LIMITS, [position for position, _, text in heads if text.startswith(LIMITS)]),
        ("an exercise", exercises),
        (TAKE_AWAY, [position for position, _, text in heads if text.startswith(TAKE_AWAY)]),
    ):
        if not places:
            yield f"{name!r} is missing." if name != "an exercise" else "there is no cell tagged 'exercise'."
        elif places[0] <= before:
            yield f"{name!r} comes too early; the order is limits, exercises, take-away."
        before = max(before, *places, -1)


def check_exercises(notebook: NotebookNode) -> Iterator[str]:
    """Each exercise has its solution, and no heading stays behind when both are cut."""
    cells = [*notebook.cells, None]
    for position, (cell, after) in enumerate(pairwise(cells), 1):
        if has_tag(cell, "exercise") and (
            after is None or not (has_tag(after, "exercise") or has_tag(after, "solution"))
        ):
            yield f"the exercise in cell {position} has no solution after it."
        if after is None or not has_tag(after, "exercise") or has_tag(cell, "exercise"):
            continue
        if cell.cell_type == "markdown" and not _words([cell]):
            yield f"cell {position} is the heading of an exercise and must be tagged 'exercise' too."


RULES: tuple[Callable[[NotebookNode], Iterator[str]], ...] = (
    check_tags,
    check_parameters,
    check_definitions,
    check_lengths,
    check_downloads,
    check_prose,
    check_sections,
    check_exercises,
)


def _numbered(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    return enumerate(notebook.cells, 1)


def _code(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    return ((position, cell) for position, cell in _numbered(notebook) if cell.cell_type == "code")


def _kind(cell: NotebookNode) -> str:
    if cell.cell_type == "code":
        return "code"
    return "exercise" if has_tag(cell, "exercise") else "prose"


def _shows(cell: NotebookNode) -> bool:
    """Does this cell show a result: its last statement is a bare expression, or it prints or displays?"""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return True
    every = [node for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.Call)]
    calls = {call.func.id for call in every if isinstance(call.func, ast.Name)}
    return bool(body) and (isinstance(body[-1], ast.Expr) or bool(calls & {"print", "display"}))


def _imported(source: str) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


def _words(cells: list[NotebookNode]) -> int:
    return sum(len(re.findall(r"\w+", _HEADING.sub("", cell.source))) for cell in cells)
