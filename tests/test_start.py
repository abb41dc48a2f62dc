"""The first page of the notebooks: every link leads to a file that is there, in the order of the notebooks."""

from __future__ import annotations

import re
from pathlib import Path

from corpus_tools.show.notebooks import Header, find_sources, glossary_path, read_header, read_source
from corpus_tools.show.start import lab_command, start_page
from tests.conftest import CHECKOUT

LINK = re.compile(r"(?<!\\)\]\(([^)]*)\)")


def header(name: str = "01_one", **changes: object) -> Header:
    return Header(name, "One", "What?", ("a goal",), 30, ("nothing",))._replace(**changes)


def test_every_notebook_is_linked_in_order_with_its_minutes_and_its_question() -> None:
    headers = [read_header(read_source(path)) for path in find_sources()]
    page = start_page(headers)
    listed = re.findall(r"^(\d+)\. \[.*?\]\((\w+)\.ipynb\), (\d+) minutes\. (.+)$", page, re.MULTILINE)
    assert [(int(place), name, int(minutes)) for place, name, minutes, _ in listed] == [
        (place, one.name, one.minutes) for place, one in enumerate(headers, start=1)
    ]
    assert [question for *_, question in listed] == [one.question for one in headers]


def test_all_links_lead_to_a_notebook_a_solution_or_the_glossary() -> None:
    names = [path.stem for path in find_sources()]
    known = {"glossary.md", *(f"{folder}{name}.ipynb" for name in names for folder in ("", "solutions/"))}
    links = LINK.findall(start_page([read_header(read_source(path)) for path in find_sources()]))
    assert set(links) == known
    assert glossary_path().is_file()


def test_a_title_is_words_and_never_markup() -> None:
    page = start_page([header(title="[a](http://x.example) <b>*b*</b>\n# c", question="`d` | e")])
    assert LINK.findall(page.split("## How to work")[0]) == ["01_one.ipynb"] * 2
    assert r"\<b\>\*b\*\</b\> \# c" in page
    assert r"\`d\` \| e" in page


def test_without_a_notebook_on_ones_own_corpus_the_page_says_what_to_do() -> None:
    assert "Write the path of your folder" in start_page([header()])
    assert "(11_your_own_corpus.ipynb)" in start_page([header(), header("11_your_own_corpus")])
    assert "There is no notebook" in start_page([])


def test_hours_are_said_for_all_notebooks_together() -> None:
    assert "about one hour" in start_page([header(), header("02_two")])
    assert "about 1.5 hours" in start_page([header(f"0{n}_x") for n in range(3)])


def test_the_page_is_the_same_every_time_and_ends_with_one_line_end() -> None:
    page = start_page([header()])
    assert page == start_page([header()])
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


def test_the_command_fetches_nothing_and_opens_the_page(tmp_path: Path) -> None:
    command = lab_command(tmp_path, ["--no-browser"])
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert {
        "--LabApp.default_url=/lab/tree/start.md",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
    } < set(command)
    settings = next(word.split("=", 1)[1] for word in command if word.startswith("--LabApp.app_settings_dir="))
    assert Path(settings).is_relative_to(CHECKOUT / "corpus_tools")
