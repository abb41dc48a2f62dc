"""Notebook sources → class and solutions notebooks.

`--check` says what is stale or breaks a rule of the cells; `--answers` runs the solutions and stores what they answer.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd

from corpus_tools.schema import CorpusError, nearest
from corpus_tools.show.answers import ANSWERS_FILE, COLUMNS
from corpus_tools.show.cell_rules import broken_rules
from corpus_tools.show.notebooks import (
    GLOSSARY,
    class_version,
    find_sources,
    glossary_links,
    glossary_terms,
    read_header,
    read_source,
    solutions_version,
    to_json,
)
from corpus_tools.show.recording import Exercise, exercises_in, record_all, to_table
from corpus_tools.show.start import START, start_page

HERE = Path(__file__).resolve().parent
FEWEST_TERMS = 8


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


if __name__ == "__main__":
    sys.exit(main())
