"""The command: what it says, where it says it, and what it returns."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from corpus_tools import cli
from corpus_tools.schema import CorpusError, CorpusWarning
from corpus_tools.show.report import SINGLE_FILE
from tests.test_notebooks import BODY, HEADER
from tests.test_report import check_report

GOOD = (
    "outlet,date,title,text\nA,2023-09-19,One,A first text of some words.\nB,2023-09-20,Two,A second text of words.\n"
)
USES = "import corpus_tools as ct\narticles = ct.read_articles(corpus)\nlen(articles)\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "notebooks" / "source"
    folder.mkdir(parents=True)
    source = HEADER + BODY.replace("len(rows)\n", USES, 1)
    (folder / "01_small.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr("corpus_tools.show.notebooks.source_folder", lambda: folder)
    return folder


def test_check_of_a_sound_corpus(corpus: Path, capsys) -> None:
    assert cli.main(["check", str(corpus)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert lines[:3] == [
        "mine.csv: 2 articles by 2 outlets",
        "  A: 1 article, 19 September 2023",
        "  B: 1 article, 20 September 2023",
    ]
    assert lines[-1] == "No article was lost."


def test_check_counts_each_rule_and_names_places(tmp_path: Path, capsys) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"A,yesterday,T{n},Text number {n} of some words.\n" for n in range(7))
    path.write_text("outlet,date,title,text\n" + rows, encoding="utf-8")
    assert cli.main(["check", str(path)]) == 0
    told = capsys.readouterr().out
    assert "  date relative: 7\n" in told
    assert told.count("many.csv, row ") == 5
    assert "    and 2 more" in told
    assert "A: 7 articles, no dates" in told


def test_check_fails_when_an_article_is_lost(corpus: Path, capsys) -> None:
    corpus.write_text(GOOD + "C,2023-09-21,Three,\n", encoding="utf-8")
    assert cli.main(["check", str(corpus)]) == 1
    told = capsys.readouterr().out
    assert "(1 lost)" in told
    assert "1 row was lost" in told


def test_check_fails_when_there_is_nothing(tmp_path: Path, capsys) -> None:
    (tmp_path / "empty.csv").write_text("outlet,text\n", encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "empty.csv")]) == 1
    (tmp_path / "folder").mkdir()
    assert cli.main(["check", str(tmp_path / "folder")]) == 1
    assert "0 articles" in capsys.readouterr().out


def test_check_passes_its_options_on(tmp_path: Path, capsys) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("outlet,date,text\nCafé,09/10/2023,Café naïve and so on.\n".encode("cp1252"))
    assert cli.main(["check", str(path)]) != 0
    assert cli.main(["check", str(path), "--encoding", "cp1252", "--date-order", "day"]) == 0
    assert "Café: 1 article, 9 October 2023" in capsys.readouterr().out
    assert cli.main(["check", str(path), "--encoding", "cp1252", "--date-order", "month"]) == 0
    assert "10 September 2023" in capsys.readouterr().out


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, capsys) -> None:
    path = tmp_path / "bad.jsonl"
    frame = {
        "id": ["\x1b]0;x\x07a", "b"],
        "outlet": ["\x1b[31mRed", "Bl\u202eue"],
        "date": ["\x1b[2J", "\u2066soon"],
        "text": ["Zero\u200bwidth \x1b[31m text of words.", "A second text."],
    }
    path.write_text(pd.DataFrame(frame).to_json(orient="records", lines=True), encoding="utf-8")
    cli.main(["check", str(path)])
    told = capsys.readouterr()
    shown = (told.out + told.err).replace("\n", "")
    assert shown.isprintable()
    assert r"\x1b[2J" in shown


@pytest.mark.parametrize("words", [["check", "no/such/place"], ["report", "--corpus", "no/such/place"]])
def test_what_is_not_there_is_one_sentence(words: list[str], notebooks: Path, capsys) -> None:
    assert cli.main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("There is no file, folder or sample 'no/such/place'")


def test_a_misspelt_command_is_argparses(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["chekc"])
    assert stopped.value.code == 2


def test_errors_of_the_system_are_one_sentence(monkeypatch, capsys) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "a\x1bb")

    monkeypatch.setattr("corpus_tools.inspect_source", refuse)
    assert cli.main(["check", "x"]) == 2
    assert capsys.readouterr().err == "a\\x1bb: Permission denied.\n"


def test_warnings_are_sentences_too(monkeypatch, capsys) -> None:
    def warn(*_: object, **__: object) -> None:
        import warnings

        warnings.warn("Two were left out.", CorpusWarning, stacklevel=2)
        raise CorpusError("Then it stopped.")

    monkeypatch.setattr("corpus_tools.inspect_source", warn)
    assert cli.main(["check", "x"]) == 2
    assert capsys.readouterr().err == "Two were left out.\nThen it stopped.\n"


def test_stopping_is_no_traceback(monkeypatch, capsys) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus_tools.inspect_source", stop)
    assert cli.main(["check", "x"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_report_of_a_sample(notebooks: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    assert cli.main(["report", "--out", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Running 1 notebook on karabakh")
    assert lines[1].startswith("1 of 1: A small one … ")
    assert lines[-1] == f"Open this page in a browser: {(out / 'index.html').resolve()}"
    assert lines[-2] == f"All pages in one file, to send by mail: {(out / SINGLE_FILE).resolve()}"
    assert (out / SINGLE_FILE).is_file()
    index = html.unescape((out / "index.html").read_text(encoding="utf-8"))
    assert "python run.py report --corpus karabakh --lexicon karabakh" in index
    assert set(check_report(out)) == {"index.html", "01_small.html", "lines.html", "methods.html"}
    page = html.unescape((out / "01_small.html").read_text(encoding="utf-8"))
    assert "'karabakh'" in page
    assert ">100<" in page
    assert "Exercises" not in page
    assert "What do they call the" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("option", "whole"), [([], False), (["--full-text"], True)])
def test_whole_articles_are_shown_only_where_it_is_asked_for(
    option: list[str], whole: bool, notebooks: Path, corpus: Path, tmp_path: Path
) -> None:
    cell = "ct.show_article(articles, ct.find_voices(articles), None, articles['article_id'].iloc[0])\n"
    source = HEADER + BODY.replace("len(rows)\n", USES.replace("len(articles)\n", cell), 1)
    (notebooks / "01_small.py").write_text(source, encoding="utf-8")
    text = GOOD.replace("A first text of some words.", "A first text of some words.\n\nThe very last paragraph.")
    rows = text.replace("One,A", 'One,"A').replace("last paragraph.", 'last paragraph."')
    corpus.write_text(rows, encoding="utf-8")
    out = tmp_path / "out"
    cli.main(["report", "--corpus", str(corpus), "--lexicon", "strike", "--out", str(out), *option])
    page = (out / "01_small.html").read_text(encoding="utf-8")
    assert ("The very last paragraph" in page) is whole
    again = html.unescape((out / "index.html").read_text(encoding="utf-8"))
    assert ("--lexicon strike --full-text" in again) is whole


def test_report_of_ones_own_files_without_a_hit_hides_where_they_lie(
    notebooks: Path, corpus: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["report", "--corpus", "mine.csv", "--lexicon", "strike", "--out", "out"]) == 1
    for path in (path for path in (tmp_path / "out").rglob("*") if path.is_file()):
        page = path.read_text(encoding="utf-8")
        assert str(tmp_path) not in page
        assert "mine.csv" in page or path.suffix != ".html"
    assert "No word of the lexicon occurs" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def war_news(shared: Path, folder: Path) -> list[str]:
    """Real news of four outlets on another story, with a small lexicon of its own; the karabakh report is tried in
    tests/browser."""
    news = pd.read_csv(shared / "corpora" / "war_coverage.csv")
    place = folder / "war"
    place.mkdir()
    news.groupby("outlet").head(12).to_csv(place / "news.csv", index=False)
    (place / "lexicon.csv").write_text(
        "slot,label,pattern,near,unless\n"
        "the fighters,militants,militant*,,\n"
        "the fighters,fighters,fighter*,,fighter jet*|fighter plane*\n"
        "the fighters,terrorists,terrorist*,,\n"
        "the fighters,gunmen,gunm?n,,\n",
        encoding="utf-8",
    )
    return ["--corpus", str(place / "news.csv"), "--lexicon", str(place / "lexicon.csv")]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["strike", "shared", "war", "no hit"])
def test_the_projects_own_notebooks_make_a_report(
    name: str, corpus: Path, tmp_path: Path, request: pytest.FixtureRequest, capsys
) -> None:
    words = ["--corpus", name]
    if name == "shared":
        words = ["--corpus", str(request.getfixturevalue("shared") / "articles"), "--lexicon", "karabakh"]
    elif name == "war":
        words = war_news(request.getfixturevalue("shared"), tmp_path)
    elif name == "no hit":
        words = ["--corpus", str(corpus), "--lexicon", "strike"]
    assert cli.main(["report", *words, "--out", str(tmp_path / "out")]) == (1 if name == "no hit" else 0)
    pages = check_report(tmp_path / "out")
    told = capsys.readouterr()
    if name == "no hit":
        assert "left out" in told.err
    else:
        assert told.err == ""
        sources = Path(__file__).resolve().parents[1] / "notebooks" / "source"
        notebooks = {f"{path.stem}.html" for path in sources.glob("*.py")}
        assert set(pages) == notebooks | {"index.html", "lines.html", "methods.html", "glossary.html"}
    for page in (path for path in (tmp_path / "out").rglob("*") if path.is_file()):
        assert str(Path(words[1]).parent) in {"."} or str(Path(words[1]).parent) not in page.read_text("utf-8")
    if name == "shared":
        assert "not in this report" in (tmp_path / "out" / "01_meet_the_corpus.html").read_text("utf-8")


def test_report_refuses_a_corpus_that_loses_articles(notebooks: Path, corpus: Path, tmp_path: Path, capsys) -> None:
    corpus.write_text(GOOD + "C,2023-09-21,Three,\n", encoding="utf-8")
    assert cli.main(["report", "--corpus", str(corpus), "--lexicon", "strike", "--out", str(tmp_path / "o")]) == 2
    assert "run.py check" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_an_error_in_a_notebook_is_one_sentence(notebooks: Path, tmp_path: Path, capsys) -> None:
    (notebooks / "01_small.py").write_text(HEADER + BODY.replace("len(rows)\n", "1 / 0\n", 1), encoding="utf-8")
    assert cli.main(["report", "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Notebook 01_small stopped in cell 4")
    assert "ZeroDivisionError: division by zero" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_lexicon_follows_the_corpus(monkeypatch, corpus: Path, notebooks: Path) -> None:
    asked: list[tuple[str, str]] = []

    def frames(corpus: str, lexicon: str, *, skip: bool, columns: object) -> None:
        asked.append((corpus, lexicon))
        raise CorpusError("enough")

    monkeypatch.setattr("corpus_tools.show.report_frames.report_frames", frames)
    own = ["--corpus", str(corpus), "--lexicon", "karabakh"]
    for words in ([], ["--corpus", "strike"], own, ["--lexicon", str(corpus)]):
        assert cli.main(["report", *words]) == 2
    place = str(corpus.resolve())
    assert asked == [("karabakh", "karabakh"), ("strike", "strike"), (place, "karabakh"), ("karabakh", place)]


def test_a_corpus_of_ones_own_needs_a_lexicon(corpus: Path, notebooks: Path, tmp_path: Path, capsys) -> None:
    assert cli.main(["report", "--corpus", str(corpus), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == "A corpus of your own needs a lexicon of its own; name it with --lexicon.\n"
    assert not (tmp_path / "out").exists()


def test_a_folder_named_like_the_sample_is_not_in_the_way(notebooks: Path, monkeypatch, tmp_path: Path, capsys) -> None:
    (tmp_path / "karabakh").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["report", "--out", "out"]) == 0
    assert "100 articles by 6 outlets" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert cli.main(["report", "--corpus", "karabakh", "--lexicon", "karabakh", "--out", "out"]) == 2
    assert "run.py check" in capsys.readouterr().err


class FakeServer:
    """Stands for JupyterLab: remembers how it was started, and is interrupted as often as it is told to be."""

    def __init__(self, interruptions: int = 0) -> None:
        self.command: list[str] = []
        self.environment: dict[str, str] = {}
        self.interruptions = interruptions

    def __call__(self, command: list[str], *, env: dict[str, str]) -> FakeServer:
        self.command, self.environment = command, env
        return self

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> int:
        if self.interruptions:
            self.interruptions -= 1
            raise KeyboardInterrupt
        return 0


def test_lab_opens_the_checkouts_notebooks_on_the_start_page(notebooks: Path, monkeypatch, capsys) -> None:
    server = FakeServer()
    monkeypatch.setattr(subprocess, "Popen", server)
    (notebooks.parent / "01_small.ipynb").write_text("{}")
    assert cli.main(["lab", "--no-browser", "--port=8999"]) == 0
    assert server.command[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={notebooks.parent}" in server.command
    assert "--LabApp.default_url=/lab/tree/start.md" in server.command
    assert server.command[-2:] == ["--no-browser", "--port=8999"]
    assert server.environment["JUPYTER_PREFER_ENV_PATH"] == "1"


def test_lab_asks_nothing_and_shows_pages_rendered(notebooks: Path, monkeypatch) -> None:
    server = FakeServer()
    monkeypatch.setattr(subprocess, "Popen", server)
    (notebooks.parent / "01_small.ipynb").write_text("{}")
    cli.main(["lab"])
    chosen = dict(word.removeprefix("--").split("=", 1) for word in server.command if word.startswith("--"))
    assert chosen["LabApp.check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    overrides = json.loads((Path(chosen["LabApp.app_settings_dir"]) / "overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    viewers = overrides["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Markdown Preview"}


def test_lab_waits_for_a_server_that_asks_before_it_stops(notebooks: Path, monkeypatch) -> None:
    server = FakeServer(interruptions=2)
    monkeypatch.setattr(subprocess, "Popen", server)
    (notebooks.parent / "01_small.ipynb").write_text("{}")
    assert cli.main(["lab"]) == 0
    assert server.interruptions == 0


def test_options_of_jupyterlab_belong_to_lab_only(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", "strike", "--no-browser"])
    assert stopped.value.code == 2
    assert "--no-browser" in capsys.readouterr().err


def test_lab_of_an_installed_package_writes_notebooks_once(notebooks: Path, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "Popen", FakeServer())
    monkeypatch.chdir(tmp_path)
    (notebooks / "glossary.md").write_text("# Glossary\n")
    assert cli.main(["lab"]) == 0
    folder = tmp_path / "corpus-tools-notebooks"
    assert "(01_small.ipynb)" in (folder / "start.md").read_text(encoding="utf-8")
    assert (folder / "glossary.md").read_text() == "# Glossary\n"
    assert (folder / "solutions" / "01_small.ipynb").is_file()
    written = folder / "01_small.ipynb"
    assert "# your answer" in written.read_text(encoding="utf-8")
    written.write_text("mine")
    (folder / "start.md").write_text("old")
    assert cli.main(["lab"]) == 0
    assert written.read_text() == "mine"
    assert "Start here" in (folder / "start.md").read_text(encoding="utf-8")


def test_without_jupyter_report_and_lab_say_what_is_missing(monkeypatch, capsys) -> None:
    monkeypatch.setitem(sys.modules, "corpus_tools.show.notebooks", None)
    monkeypatch.delattr("corpus_tools.show.notebooks", raising=False)
    for words in (["report"], ["lab"]):
        assert cli.main(words) == 2
        assert "extra 'lab'" in capsys.readouterr().err


def test_help_does_not_load_the_package() -> None:
    code = "import sys; from corpus_tools import cli; sys.exit('nbclient' in sys.modules or 'jupytext' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# check of a lexicon


@pytest.fixture
def own_lexicon(tmp_path: Path, checkout: Path) -> Path:
    for name in ("lexicon.csv", "slots.csv"):
        shutil.copy(checkout / "data" / "strike" / name, tmp_path / name)
    return tmp_path / "lexicon.csv"


def mark(sheet: Path, *, wrong: str = "") -> None:
    """Mark all lines right, those of one label wrong, as a person does in a spreadsheet that saves semicolons."""
    delimiter = sheet.read_text(encoding="utf-8-sig")[len("line")]
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False, encoding="utf-8-sig", sep=delimiter)
    table["right"] = ["n" if label == wrong else "Y" for label in table["label"]]
    table.to_csv(sheet, index=False, sep=";", encoding="utf-8-sig")


def test_check_of_a_sample_speaks_of_its_lexicon(capsys) -> None:
    assert cli.main(["check", "strike"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "No article was lost.\n\nLexicon strike: 4 slots, 18 labels, 18 patterns, " in told.out
    assert "  pattern never found: 4 (its words do not occur, a longer pattern wins, or its conditions" in told.out
    assert "    the stoppage: 4 of 10 phrases\n" in told.out
    assert "    walkout: 8 hits: walkout 7, walked out 1\n" in told.out
    assert "0 of 18 labels checked line by line" in told.out


def test_check_of_ones_own_articles_speaks_of_a_lexicon_that_is_named(corpus: Path, tmp_path: Path, capsys) -> None:
    assert cli.main(["check", str(corpus)]) == 0
    assert "Lexicon" not in capsys.readouterr().out
    (tmp_path / "lexicon.csv").write_text("slot,label,pattern\ns,text,tex*\ns,first,first tex*\n", encoding="utf-8")
    assert cli.main(["check", str(corpus), "--lexicon", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "pattern inside a pattern: 1 (where both match, the longer one wins" in told
    assert "    text: 1 hit: text 1\n" in told
    assert cli.main(["check", str(corpus), "--lexicon", "strike"]) == 0
    assert "No pattern of it occurs in these articles." in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--sheet", "--marked", "--checks"])
def test_what_is_about_a_lexicon_needs_one(option: str, corpus: Path, tmp_path: Path, capsys) -> None:
    assert cli.main(["check", str(corpus), option, str(tmp_path / "x.csv")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "name it with --lexicon" in told.err


def test_sheet_marks_and_the_stamp(own_lexicon: Path, tmp_path: Path, capsys) -> None:
    sheet = tmp_path / "sheet.csv"
    words = ["check", "strike", "--lexicon", str(own_lexicon)]
    assert cli.main([*words, "--sheet", str(sheet)]) == 0
    assert "110 lines to mark" in capsys.readouterr().out
    assert "the bus drivers of the Ellery Omnibus Company" in sheet.read_text(encoding="utf-8-sig")
    mark(sheet, wrong="drivers")
    assert cli.main([*words, "--marked", str(sheet)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "110 marked lines." in told.out
    assert "    drivers: 0 of 15 marked lines right (0%, 95 % interval 0% to 20%); below 80%, so the stamp" in told.out
    assert "    strike: 20 of 20 marked lines right (100%, 95 % interval 84% to 100%)\n      by outlet: Ell" in told.out
    assert "17 of 18 labels checked line by line" in told.out
    checks = own_lexicon.with_name("checks.csv").read_bytes()
    assert cli.main([*words, "--marked", str(sheet)]) == 0
    assert own_lexicon.with_name("checks.csv").read_bytes() == checks
    mark(sheet)
    assert cli.main([*words, "--marked", str(sheet), "--sheet", str(tmp_path / "none.csv")]) == 0
    told = capsys.readouterr()
    assert (
        "Every label has been checked line by line: the stamp “lexicon not checked by hand yet” is lifted." in told.out
    )
    assert told.out.endswith("There is no line to mark.\n")
    assert not (tmp_path / "none.csv").exists()


def test_a_sheet_is_never_written_over_another(own_lexicon: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "sheet.csv").write_text("marks of an afternoon")
    words = ["check", "strike", "--lexicon", str(own_lexicon), "--sheet", str(tmp_path / "sheet.csv")]
    assert cli.main(words) == 2
    assert "may hold marks" in capsys.readouterr().err
    assert (tmp_path / "sheet.csv").read_text() == "marks of an afternoon"


def test_marks_kept_elsewhere_are_shown_and_lift_nothing(own_lexicon: Path, tmp_path: Path, capsys) -> None:
    sheet, file = tmp_path / "sheet.csv", tmp_path / "elsewhere.csv"
    words = ["check", "strike", "--lexicon", str(own_lexicon)]
    cli.main([*words, "--sheet", str(sheet)])
    mark(sheet)
    assert cli.main([*words, "--marked", str(sheet), "--checks", str(file)]) == 0
    assert "0 of 18 labels checked line by line" in capsys.readouterr().out
    assert not own_lexicon.with_name("checks.csv").exists()
    table = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
    table[table["label"] != "strike"].to_csv(file, index=False)
    assert cli.main([*words, "--checks", str(file)]) == 0
    assert "Not marked yet, of the lines drawn from these articles now: 20 (--sheet FILE)." in capsys.readouterr().out


def test_a_bad_mark_is_one_sentence_and_nothing_is_written(own_lexicon: Path, tmp_path: Path, capsys) -> None:
    sheet = tmp_path / "sheet.csv"
    words = ["check", "strike", "--lexicon", str(own_lexicon)]
    cli.main([*words, "--sheet", str(sheet)])
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").replace(",\n", ",maybe\n", 1), encoding="utf-8")
    capsys.readouterr()
    assert cli.main([*words, "--marked", str(sheet)]) == 2
    assert capsys.readouterr().err.startswith("Row 1 of sheet.csv: 'maybe' is no mark")
    assert not own_lexicon.with_name("checks.csv").exists()


def test_hostile_lexicons_and_texts_are_shown_and_do_nothing(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.csv").write_text(
        "id,outlet,date,title,text\n=1,\x1b[31mRed,2023-09-19,One,=cmd strike \x1b[2J of words.\n", encoding="utf-8"
    )
    (tmp_path / "lexicon.csv").write_text(
        "slot,label,pattern\n\x1b[2Js,=l\u202e,strike\n\x1b[2Js,@m,strik*\n", encoding="utf-8"
    )
    sheet = tmp_path / "sheet.csv"
    words = ["check", str(tmp_path / "a.csv"), "--lexicon", str(tmp_path / "lexicon.csv")]
    assert cli.main([*words, "--sheet", str(sheet)]) == 0
    assert "\n=" not in sheet.read_text(encoding="utf-8-sig").replace(",", "\n")
    mark(sheet)
    assert cli.main([*words, "--marked", str(sheet)]) == 0
    told = capsys.readouterr()
    assert (told.out + told.err).replace("\n", "").isprintable()
    assert "1 of 1 marked line right" in told.out


@pytest.mark.parametrize("options", [[], ["--sheet", "s.csv"], ["--marked", "m.csv"]])
def test_a_lexicon_without_an_article_to_try_it_on_is_said(
    options: list[str], own_lexicon: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none.csv").write_text("outlet,text\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text("line,right\n", encoding="utf-8")
    assert cli.main(["check", "none.csv", "--lexicon", "lexicon.csv", *options]) == 1
    told = capsys.readouterr()
    assert told.out.endswith("The lexicon lexicon.csv was not tried, because there is no article to try it on.\n")
    assert not (tmp_path / "s.csv").exists()


@pytest.mark.parametrize("text", ["outlet,text\n", GOOD])
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--lexicon", "strik"], "There is no lexicon 'strik'; did you mean 'strike'?"),
        (["--lexicon", "strike", "--marked", "gone.csv"], "There is no file 'gone.csv'; give the marked sheet"),
        (["--lexicon", "strike", "--sheet", "nodir/s.csv"], "There is no folder 'nodir' for --sheet; make it first"),
        (["--lexicon", "strike", "--checks", "nodir/c.csv"], "There is no folder 'nodir' for --checks; make it first"),
    ],
)
def test_a_file_that_is_missing_is_named_at_once(
    text: str, options: list[str], reason: str, corpus: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus.write_text(text, encoding="utf-8")
    assert cli.main(["check", "mine.csv", *options]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(reason)
    assert told.err.count("\n") == 1


def test_phrases_never_found_are_summed_up_by_slot(corpus: Path, tmp_path: Path, capsys) -> None:
    rows = "".join(f"s,text,never{letter}\nt,words,nought{letter}\n" for letter in "abcdefghij")
    lexicon = tmp_path / "lexicon.csv"
    lexicon.write_text("slot,label,pattern\ns,text,text\nt,words,words\nt,gone,gone|went\n" + rows, encoding="utf-8")
    assert cli.main(["check", str(corpus), "--lexicon", str(lexicon)]) == 0
    told = capsys.readouterr().out
    never = told.partition("  pattern never found: 20 (")[2].partition("\n\n")[0].splitlines()
    assert never[1:3] == ["    s: 10 of 11 phrases", "    t: 10 of 11 phrases"]
    assert "    t, gone\n" in told


def test_check_says_that_patterns_have_changed_since_the_marks(own_lexicon: Path, tmp_path: Path, capsys) -> None:
    sheet = tmp_path / "sheet.csv"
    words = ["check", "strike", "--lexicon", str(own_lexicon)]
    cli.main([*words, "--sheet", str(sheet)])
    mark(sheet)
    assert cli.main([*words, "--marked", str(sheet)]) == 0
    assert "Every label has been checked line by line" in capsys.readouterr().out
    table = pd.read_csv(own_lexicon, dtype=str, keep_default_na=False)
    table.loc[table["label"] == "drivers", "pattern"] += "|nobody at all"
    table.to_csv(own_lexicon, index=False)
    assert cli.main(words) == 0
    told = capsys.readouterr().out
    assert told.count("its patterns have changed since it was marked, so the stamp stays") == 1
    assert "    drivers: 15 of 15 marked lines right (100%, 95 % interval 80% to 100%); its patterns have" in told
    assert "17 of 18 labels checked line by line" in told
    assert cli.main([*words, "--marked", str(sheet)]) == 0
    assert "Every label has been checked line by line" in capsys.readouterr().out
