"""The form for articles of one's own, driven by the values of its widgets; no browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import corpus_tools as ct
from corpus_tools.show.explore.source_told import LISTED, code_of, files_in, told_of
from corpus_tools.show.explore.source_widgets import SourceForm

TEXT = "Drivers met the company on Monday."
TABLE = (
    "nr,paper,source,day,head,story\n"
    f"7,Alpha,wire,09/10/2023,No buses,{TEXT}\n"
    "8,Beta,wire,2023-10-10,Talks,The company did not answer.\n"
    "9,Beta,wire,2023-10-11,Empty,\n"
)
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def status(form: SourceForm) -> str:
    return BeautifulSoup(form._status.value, "html.parser").get_text().strip()


def told(form: SourceForm) -> str:
    return BeautifulSoup(form._told.value, "html.parser").get_text(" ", strip=True)


def is_seen(part: object) -> bool:
    return part.layout.display != "none"  # type: ignore[attr-defined]


def name(form: SourceForm, **columns: str) -> None:
    for wanted, column in columns.items():
        form.columns[wanted].value = column


def test_it_tells_what_is_wrong_before_columns_are_named(table: Path) -> None:
    form = ct.source_form(table)
    assert status(form) == "0 articles by 0 outlets. 3 entries could not be kept."
    assert "Articles without a text: 3" in told(form)
    assert "3 lost" in told(form)
    assert not is_seen(form.use)
    assert is_seen(form._mapping)


def test_naming_columns_reads_the_articles_and_gives_the_line(table: Path) -> None:
    form = ct.source_form(str(table))
    name(form, outlet="paper", text="story", title="head", date="day", article_id="nr")
    form.date_order.value = "day"
    assert status(form) == "2 articles by 2 outlets. 1 entry could not be kept."
    assert "Alpha 1 9 October 2023" in told(form)
    assert "Articles without a text: 1, 1 lost" in told(form)
    assert form.articles.empty
    assert form.code == ""
    form.use.click()
    assert form.articles[["article_id", "outlet"]].to_numpy().tolist() == [["7", "Alpha"], ["8", "Beta"]]
    assert "on_error='skip'" in form.code
    names: dict[str, object] = {"ct": ct}
    with pytest.warns(ct.CorpusWarning):
        exec(form.code, names)
    pd.testing.assert_frame_equal(names["articles"], form.articles)
    assert form.code in BeautifulSoup(form._line.value, "html.parser").get_text()


def test_a_change_takes_the_articles_back(table: Path) -> None:
    form = ct.source_form(table)
    name(form, outlet="paper", text="story")
    form.use.click()
    assert len(form.articles) == 2
    name(form, outlet="source")
    assert form.articles.empty
    assert form.code == ""
    assert form._line.value == ""
    assert "wire 2" in told(form)


def test_each_list_has_the_columns_with_their_first_values(table: Path) -> None:
    labels = {value: label for label, value in ct.source_form(table).columns["outlet"].options}
    assert labels["paper"] == "paper: Alpha · Beta"
    assert labels[""] == "as recognised, source: wire"
    assert list(labels)[1:] == ["nr", "paper", "source", "day", "head", "story"]


def test_a_column_named_twice_is_one_sentence(table: Path) -> None:
    form = ct.source_form(table)
    name(form, outlet="paper", text="paper")
    assert "names 'paper' for 'outlet' and 'text'; choose one" in status(form)
    assert form._told.value == ""
    assert not is_seen(form.use)
    name(form, text="story")
    assert status(form).startswith("2 articles by 2 outlets")


def test_another_encoding_is_chosen_and_keeps_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("paper,text\nAlpha,The café closed.\nBeta,Tea.\n".encode("cp1252"))
    form = ct.source_form(path)
    assert "Characters in another encoding: 1" in told(form)
    name(form, outlet="paper")
    form.encoding.value = "cp1252"
    assert form.columns["outlet"].value == "paper"
    assert status(form) == "2 articles by 2 outlets."
    form.use.click()
    assert form.articles["text"].tolist() == ["The café closed.", "Tea."]
    assert form.code == f"articles = ct.read_articles({str(path)!r}, columns={{'outlet': 'paper'}}, encoding='cp1252')"


def test_from_folder_to_file_by_the_list(table: Path) -> None:
    (table.parent / "sub").mkdir()
    (table.parent / "picture.png").write_bytes(b"\x89PNG")
    form = ct.source_form()
    form.path.value = str(table.parent)
    assert [label for label, _ in form.inside.options] == ["../", "sub/", "mine.csv"]
    assert status(form).startswith("A folder: press")
    assert "1 other in it cannot be chosen" in status(form)
    assert form._told.value == ""
    form.inside.value = "mine.csv"
    assert form.path.value == str(table.parent)
    form.choose.click()
    assert form.path.value == str(table)
    assert status(form).startswith("0 articles")
    form.inside.value = ".."
    form.choose.click()
    assert form.path.value == str(table.parent.parent)


def test_a_folder_is_read_when_asked_for(tmp_path: Path) -> None:
    for outlet in ("Alpha", "Beta"):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "1.txt").write_text(TEXT, encoding="utf-8")
    form = ct.source_form()
    form.path.value = str(tmp_path)
    form.look.click()
    assert status(form) == "2 articles by 2 outlets."
    form.use.click()
    assert form.articles["outlet"].tolist() == ["Alpha", "Beta"]


def test_without_a_path_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "corpus_tools.show.explore.source_widgets.named_records", lambda *_: pytest.fail("something was read")
    )
    form = ct.source_form()
    form.look.click()
    form.encoding.value = "cp1252"
    form.date_order.value = "day"
    form.use.click()
    assert "Write the path" in status(form)
    assert form.articles.empty


def test_a_wrong_path_offers_the_nearest_and_forgets_what_was_there(table: Path) -> None:
    form = ct.source_form(table)
    name(form, outlet="paper", text="story")
    form.use.click()
    form.path.value = str(table.with_name("mime.csv"))
    assert "did you mean 'mine.csv'?" in status(form)
    assert form.articles.empty
    assert form._told.value == ""
    assert not is_seen(form._mapping)
    form.path.value = str(table)
    assert form.columns["outlet"].value == ""


def test_quotation_marks_around_a_path_are_no_part_of_it(table: Path) -> None:
    form = ct.source_form()
    form.path.value = f' "{table}" '
    assert status(form).startswith("0 articles")


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_hostile_names_and_values_stay_text(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    path = folder / f"x onerror=alert(1) {{{{7*7}}}} '\"&<b>{suffix}"
    row = ",".join([HOSTILE, f'"{TEXT}{HOSTILE}\n{HOSTILE}"', "yesterday"])
    path.write_text(f"out{HOSTILE},{HOSTILE},date\n{row}\n{HOSTILE},,\n", encoding="utf-8")
    form = ct.source_form(path)
    if suffix == ".csv":
        name(form, outlet=f"out{HOSTILE}", text=HOSTILE)
        assert "1 article" in status(form)
    form.use.click()
    for page in (form._status.value, form._told.value, form._line.value):
        soup = BeautifulSoup(page, "html.parser")
        assert not soup.find(["img", "script", "b", "iframe"])
        assert not [a for tag in soup.find_all(True) for a in tag.attrs if a.startswith("on")]
    assert "49" not in form._told.value
    if suffix == ".csv":
        assert HOSTILE in told(form)
        names: dict[str, object] = {"ct": ct}
        with pytest.warns(ct.CorpusWarning):
            exec(form.code, names)
        pd.testing.assert_frame_equal(names["articles"], form.articles)


def test_names_that_cannot_be_written_are_counted_and_not_offered(tmp_path: Path) -> None:
    for each in ("good.csv", "two\nlines.csv", "turned\u202ename.csv", ".hidden.csv"):
        (tmp_path / each).write_text("x", encoding="utf-8")
    listed, others = files_in(tmp_path)
    assert listed == [("good.csv", "good.csv")]
    assert others == 3


def test_of_a_large_folder_the_first_names_are_listed(tmp_path: Path) -> None:
    for number in range(LISTED + 5):
        (tmp_path / f"{number}.txt").touch()
    listed, others = files_in(tmp_path)
    assert (len(listed), others) == (LISTED, 5)
    assert files_in(tmp_path / "none") == ([], 0)


def test_every_kind_of_problem_and_change_is_told_with_its_number(table: Path) -> None:
    source = ct.inspect_source(table, columns={"outlet": "paper", "text": "story"})
    page = told_of(source)
    assert sum(int(problem["times"]) for problem in page["problems"]) == len(source.problems)
    assert sum(int(change["times"].split()[0]) for change in page["changes"]) == len(source.cleaning)
    assert all(problem["rows"] for problem in page["problems"])


@pytest.mark.parametrize(
    ("options", "skip", "line"),
    [
        ({"columns": {}, "encoding": "utf-8", "date_order": None}, False, "ct.read_articles('a')"),
        ({"columns": {"text": "b"}}, False, "ct.read_articles('a', columns={'text': 'b'})"),
        ({"date_order": "day"}, True, "ct.read_articles('a', date_order='day', on_error='skip')"),
    ],
)
def test_the_line_has_only_what_was_chosen(options: dict[str, object], skip: bool, line: str) -> None:
    assert code_of("a", options, skip=skip) == f"articles = {line}"


def test_elsewhere_it_says_what_to_write() -> None:
    form = ct.source_form()
    shown = form._repr_mimebundle_()["text/plain"]
    assert shown == repr(form)
    assert "JupyterLab" in shown
    assert "ct.read_articles(" in shown
    assert "columns=" in shown


def test_without_ipywidgets_it_is_one_sentence() -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = None\nimport corpus_tools as ct\n"
        "try:\n    ct.source_form('strike')\nexcept ct.CorpusError as reason:\n    print(reason)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert "ct.read_articles('path'" in done.stdout
