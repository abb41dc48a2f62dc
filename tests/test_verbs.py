"""The list of verbs for saying and for violence: its form, its groups and the sources it names."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

VOICES = files("corpus_tools.prepare.voices")
FEWEST = {
    "believing": 50,
    "demanding": 40,
    "denying": 60,
    "distancing": 50,
    "endorsing": 50,
    "neutral": 80,
    "violence": 60,
}
ANALOGY = re.compile(r"by analogy with (?P<model>.+?) \((?P<source>.+)\)")


@pytest.fixture(scope="module")
def verbs() -> list[dict[str, str]]:
    return list(csv.DictReader(VOICES.joinpath("verbs.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def about() -> str:
    return VOICES.joinpath("SOURCES.md").read_text(encoding="utf-8")


def published(source: str) -> str:
    """The published class that a source names, be it the verb's own or that of its model."""
    analogy = ANALOGY.fullmatch(source)
    return analogy["source"] if analogy else source


def test_columns_and_filled_cells(verbs: list[dict[str, str]]) -> None:
    assert {tuple(row) for row in verbs} == {("verb", "group", "source")}
    assert [row for row in verbs if not all(cell and cell == cell.strip() for cell in row.values())] == []


def test_base_forms_in_lower_case(verbs: list[dict[str, str]]) -> None:
    form = re.compile(r"[a-z]+(-[a-z]+)?( [a-z]+)*")
    assert [row["verb"] for row in verbs if not form.fullmatch(row["verb"])] == []


def test_sorted_without_duplicates(verbs: list[dict[str, str]]) -> None:
    keys = [(row["group"], row["verb"]) for row in verbs]
    assert keys == sorted(set(keys))


def test_groups_are_known_and_large_enough(verbs: list[dict[str, str]]) -> None:
    sizes = Counter(row["group"] for row in verbs)
    assert set(sizes) == set(FEWEST)
    assert {group: size for group, size in sizes.items() if size < FEWEST[group]} == {}


def test_one_group_for_saying_per_verb(verbs: list[dict[str, str]]) -> None:
    sizes = Counter(row["verb"] for row in verbs if row["group"] != "violence")
    assert [verb for verb, size in sizes.items() if size > 1] == []


@pytest.mark.parametrize(
    ("verb", "group"),
    [
        ("say", "neutral"),
        ("claim", "distancing"),
        ("point out", "endorsing"),
        ("deny", "denying"),
        ("call for", "demanding"),
        ("believe", "believing"),
        ("shell", "violence"),
    ],
)
def test_each_group_holds_its_best_known_verb(verb: str, group: str, verbs: list[dict[str, str]]) -> None:
    assert group in {row["group"] for row in verbs if row["verb"] == verb}


def test_both_spellings_stand_in_one_group(verbs: list[dict[str, str]]) -> None:
    groups = {row["verb"]: row["group"] for row in verbs}
    pairs = [(verb, f"{verb[:-3]}ize") for verb in groups if re.fullmatch(r"\w{4,}ise", verb)]
    only_with_s = {"advise", "chastise", "promise", "praise", "surmise"}
    assert [verb for verb, other in pairs if verb not in only_with_s and groups.get(other) != groups[verb]] == []


def test_every_source_has_its_line_in_the_bibliography(verbs: list[dict[str, str]], about: str) -> None:
    works = re.findall(r"^- `(.+?)`: \S", about, flags=re.MULTILINE)
    assert works == sorted(set(works))
    assert {published(row["source"]).split(":")[0] for row in verbs} == set(works)


def test_a_model_stands_in_the_same_group_and_has_the_source_itself(verbs: list[dict[str, str]]) -> None:
    sources = {(row["verb"], row["group"]): row["source"] for row in verbs}
    analogies = {key: match for key, source in sources.items() if (match := ANALOGY.fullmatch(source))}
    assert len(analogies) < len(verbs) / 2
    assert [key for key, match in analogies.items() if sources.get((match["model"], key[1])) != match["source"]] == []


def test_table_of_classes_is_that_of_the_list(verbs: list[dict[str, str]], about: str) -> None:
    groups = defaultdict(set)
    for row in verbs:
        groups[published(row["source"])].add(row["group"])
    expected = [f"| {source} | {', '.join(sorted(groups[source]))} |" for source in sorted(groups)]
    assert re.findall(r"^\| [^|]+: [^|]+ \| [^|`]+ \|$", about, flags=re.MULTILINE) == expected


def test_the_wheel_takes_every_file_of_the_package() -> None:
    checkout = Path(__file__).resolve().parents[1]
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "corpus_tools" in wheel["only-include"]
    assert wheel["exclude"] == ["/data/derived"]
    assert "csv" not in (checkout / ".gitignore").read_text(encoding="utf-8")
