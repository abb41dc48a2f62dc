"""Notebook sources → class and solutions notebooks.

`--check` says what is stale or breaks a rule of the cells; `--answers` runs the solutions and stores what they answer.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from corpus_tools.schema import CorpusError, nearest
from corpus_tools.show.answers import ANSWERS_FILE, COLUMNS
from corpus_tools.show.notebooks import (
    GLOSSARY,
    class_version,
    find_sources,
    glossary_links,
    glossary_terms,
    has_tag,
    read_header,
    read_parameters,
    read_source,
    solutions_version,
    to_json,
)
from corpus_tools.show.recording import Exercise, exercises_in, record_all, to_table
from corpus_tools.show.start import START, start_page

HERE = Path(__file__).resolve().parent
PARAMETERS = ("corpus", "lexicon", "slot", "target", "reference")
TAGS = {"parameters", "exercise", "solution", "sentences", "interactive", "open"}
MOST_LINES, USUAL_LINES = 12, 6
ONE_IN = 5
FEWEST_WORDS, FEWEST_TERMS = 25, 8
LIMITS, TAKE_AWAY = "What this cannot tell you", "Take-away"
_NETWORK = {"urllib", "urllib3", "requests", "httpx", "aiohttp", "http", "ftplib", "socket", "pip", "subprocess"}
_FETCHES = re.compile(r"^\s*[!%]|\bnltk\.download\b|\bdownload\s*\(|[\"']https?://|\bos\.system\b", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$", re.MULTILINE)


def main(argv: list[str] | None = None, *, folder: Path = HERE) -> int:
    """Write the notebooks, or with ``--check`` name what is wrong: 0 when all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 naming what is stale or wrong")
    help_answers = "run the solutions and store their answers; with numbers such as 02, only these anew"
    parser.add_argument("--answers", nargs="*", metavar="NUMBER", help=help_answers)
    options = parser.parse_args(argv)
    try:
        found = [] if options.answers is None else write_answers(folder, only=options.answers)
        found += rule_breaks(folder)
        if options.check:
            found += [*stale(folder), *unanswered(folder), *glossary_breaks(folder)]
        if not options.check:
            write(folder)
    except CorpusError as error:
        found = [str(error)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


def generated(folder: Path) -> dict[Path, str]:
    """Which file should hold what, by the sources as they are?"""
    notebooks = {path: read_source(path) for path in find_sources(folder / "source")}
    files = {folder / START: start_page([read_header(notebook) for notebook in notebooks.values()])}
    for path, notebook in notebooks.items():
        files[folder / f"{path.stem}.ipynb"] = to_json(class_version(notebook))
        files[folder / "solutions" / f"{path.stem}.ipynb"] = to_json(solutions_version(notebook))
    return files


def write(folder: Path) -> None:
    """Write every generated notebook."""
    for path, text in generated(folder).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def stale(folder: Path) -> list[str]:
    """Which files are missing, differ from their source, or have none?"""
    wanted = generated(folder)
    found = []
    for path, text in wanted.items():
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            found.append(f"{name} is missing; run notebooks/build.py.")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"{name} is stale; change its source and run notebooks/build.py.")
    for path in sorted([*folder.glob("*.ipynb"), *folder.glob("solutions/*.ipynb")]):
        if path not in wanted:
            found.append(f"{path.relative_to(folder).as_posix()} has no source.")
    return found


def answers_path(folder: Path) -> Path:
    """Where the answers lie: with the data, which the wheel carries."""
    return folder.parent / "data" / ANSWERS_FILE


def read_answers(folder: Path) -> pd.DataFrame:
    """The stored answers; none where nothing has been recorded."""
    path = answers_path(folder)
    return pd.read_csv(path, dtype="str", keep_default_na=False) if path.is_file() else to_table([])


def write_answers(folder: Path, *, only: Sequence[str] = ()) -> list[str]:
    """Run the solutions and store what they answer; a notebook that stops keeps its answers and is named."""
    sources = [read_source(path) for path in find_sources(folder / "source") if not only or path.stem[:2] in only]
    rows, notes, stopped = record_all(sources)
    before, table = read_answers(folder), to_table(rows)
    anew = {row[0][:2] for row in rows} if only or stopped else set(before["exercise"].str[:2])
    table = pd.concat([before[~before["exercise"].str[:2].isin(anew)], table]).sort_values("exercise", kind="stable")
    answers_path(folder).parent.mkdir(exist_ok=True)
    table.to_csv(answers_path(folder), index=False, columns=list(COLUMNS), lineterminator="\n", encoding="utf-8")
    for note in notes:
        print(note, file=sys.stderr)
    return stopped


def unanswered(folder: Path) -> list[str]:
    """Which exercises have no answer that could be checked, and which stored answers no exercise?"""
    stored = set(read_answers(folder)["exercise"])
    found, called = [], set()
    for path in find_sources(folder / "source"):
        for exercise in exercises_in(read_source(path)):
            found += [f"{path.name}: {told}" for told in broken_exercise(exercise)]
            called |= {call.exercise for call in exercise.calls}
    found += [f"{name} is not in {ANSWERS_FILE}; run notebooks/build.py --answers." for name in sorted(called - stored)]
    found += [f"{name} of {ANSWERS_FILE} is no exercise any more." for name in sorted(stored - called)]
    return found


def broken_exercise(exercise: Exercise) -> Iterator[str]:
    """What is wrong with the calls of `check_answer` in one exercise?"""
    name, calls = exercise.name, exercise.calls
    if exercise.is_open:
        if calls:
            yield f"exercise {name} is tagged 'open' and has an answer to check."
        return
    if not calls:
        yield f"exercise {name} calls no check_answer and is not tagged 'open'."
        return
    if f'check_answer("{name}"' not in exercise.prose:
        yield f'exercise {name} does not tell to hand the result to ct.check_answer("{name}", …, articles).'
    for position, call in enumerate(calls):
        if call.exercise != name:
            yield f"exercise {name} calls check_answer with {call.exercise!r}."
        if bool(position) != bool(call.slip):
            yield f"exercise {name}: the first call is the answer, each further one ends with '# slip: …'."


def glossary_breaks(folder: Path) -> list[str]:
    """Is each term of the glossary explained once, in its place, and does each link lead to one?"""
    path = folder / GLOSSARY
    terms = glossary_terms(path.read_text(encoding="utf-8")) if path.is_file() else []
    found = [f"{GLOSSARY} explains {term!r} twice." for term in sorted({x for x in terms if terms.count(x) > 1})]
    found += [f"{GLOSSARY}: {late!r} stands after {early!r}." for early, late in pairwise(terms) if early > late]
    found += [f"{GLOSSARY}: {term!r} is not in small letters." for term in terms if term != term.lower()]
    anchors = [term.replace(" ", "-") for term in terms]
    for source in find_sources(folder / "source"):
        linked = dict.fromkeys(glossary_links(read_source(source)))
        found += [
            f"{source.name} links to {anchor!r}, which {GLOSSARY} does not explain; {nearest(anchor, anchors)}"
            for anchor in linked
            if anchor not in anchors
        ]
        if len(linked) < FEWEST_TERMS:
            found.append(f"{source.name} links to {len(linked)} terms of {GLOSSARY}; {FEWEST_TERMS} are the fewest.")
    return found


def rule_breaks(folder: Path) -> list[str]:
    """Which cells of which source break a rule?"""
    return [
        f"{path.name}: {found}" for path in find_sources(folder / "source") for found in broken_rules(read_source(path))
    ]


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
            ("after", (runs[place + 1 :] or [None])[0]),
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
    calls = {node.func.id for node in ast.walk(ast.Module(body, [])) if _is_named_call(node)}
    return bool(body) and (isinstance(body[-1], ast.Expr) or bool(calls & {"print", "display"}))


def _is_named_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


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


if __name__ == "__main__":
    sys.exit(main())
