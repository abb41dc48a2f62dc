"""The student pack: what a class needs, and nothing that gives a solution, the truth or an outlet away."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.cli import main
from corpus_tools.read.sample import data_folder
from corpus_tools.schema import CorpusError
from corpus_tools.show.handouts import handout_page
from corpus_tools.show.notebooks import execute, find_sources, has_tag, read_parameters, read_source
from corpus_tools.show.pack import write_pack

SAMPLES = ("karabakh", "strike")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("made") / "pack")[0]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outlets_of(articles: pd.DataFrame) -> list[str]:
    return sorted(articles["outlet"].unique())


def gives_away(path: str, outlets: list[str]) -> bool:
    squeezed = re.sub(r"[\W_]+", "", path.casefold())
    return any(re.sub(r"[\W_]+", "", outlet.casefold()) in squeezed for outlet in outlets)


def test_it_has_every_notebook_the_start_page_and_the_glossary(pack: Path) -> None:
    assert {path.stem for path in pack.glob("*.ipynb")} == {path.stem for path in find_sources()}
    for name in ("start.md", "glossary.md"):
        assert (pack / name).stat().st_size > 500
    handouts = Path(__file__).parents[1] / "teaching" / "handouts"
    expected = {f"{path.stem}{ending}" for path in handouts.glob("*.md") for ending in (".md", ".html")}
    assert {path.name for path in (pack / "handouts").glob("*")} == expected
    assert len(expected) >= 2 * len(find_sources())


def test_no_cell_of_a_solution_is_in_it(pack: Path) -> None:
    everything = b"\n".join(contents(pack).values())
    for path in find_sources():
        for cell in read_source(path).cells:
            if has_tag(cell, "solution") and len(cell.source) > 60:
                assert json.dumps(cell.source, ensure_ascii=False)[1:-1].encode() not in everything
                assert cell.source.encode() not in everything
    for notebook in pack.glob("*.ipynb"):
        cells = nbformat.read(notebook, as_version=4).cells
        assert not any(has_tag(cell, "solution") or cell.get("outputs") for cell in cells)
        assert not any("check_answer(" in cell.source for cell in cells if cell.cell_type == "code")
    assert "solutions/" not in (pack / "start.md").read_text(encoding="utf-8")


def test_a_handout_to_print_runs_nothing_and_fetches_nothing() -> None:
    page = handout_page(
        "# One <b>\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))\n\n| x | |\n|---|---|\n| | |\n"
    )
    assert "<title>One &lt;b&gt;</title>" in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert re.search(r"content=\"default-src 'none'; style-src 'sha256-[^' ]+'; img-src data:", page)
    assert page.count("<td></td>") == 3


def test_links_lead_into_the_pack(pack: Path) -> None:
    for name in ("start.md", "glossary.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", (pack / name).read_text(encoding="utf-8")):
            assert (pack / link).exists(), f"{name} links to {link}"


def test_neither_truth_nor_style_guides_nor_answers_are_in_it(pack: Path) -> None:
    inside = contents(pack)
    files = [path for path in data_folder().rglob("*") if path.is_file()]
    kept_back = [path for path in files if {"truth", "newsrooms"} & {*path.parts, path.stem} or path.stem == "answers"]
    assert len(kept_back) > 10
    whole = set(inside.values())
    for path in kept_back:
        assert path.read_bytes() not in whole, path
    assert not [name for name in inside if re.search(r"truth|newsroom|answers|key|solution|facts", name)]


def test_no_path_gives_an_outlet_away(pack: Path) -> None:
    outlets = [outlet for name in SAMPLES for outlet in outlets_of(ct.read_sample(name))]
    assert len(outlets) == 9
    assert not [name for name in contents(pack) if gives_away(name, outlets)]
    assert gives_away("khazri-bulletin.md", outlets)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_packed_corpus_is_the_sample(pack: Path, name: str) -> None:
    packed = ct.read_articles(pack / "corpus" / name)
    assert ct.corpus_fingerprint(packed) == ct.corpus_fingerprint(ct.read_sample(name))
    lexicon = ct.read_lexicon(pack / "lexicon" / name / "lexicon.csv")
    pd.testing.assert_frame_equal(lexicon, ct.read_lexicon(name))


def test_cards_name_no_outlet_and_the_key_lies_beside(pack: Path) -> None:
    key = pd.read_csv(pack.with_name("pack_key.csv"), dtype="str")
    for name in SAMPLES:
        outlets = outlets_of(ct.read_sample(name))
        cards = sorted((pack / "blind" / name).glob("*.txt"))
        assert [path.name for path in cards] == [f"card_{number}.txt" for number in range(1, 7)]
        text = "".join(path.read_text(encoding="utf-8") for path in cards)
        assert not [outlet for outlet in outlets if outlet in text]
        assert set(key.loc[key["corpus"] == name, "outlet"]) == set(outlets)
    drawn = ct.blind_cards(ct.read_sample("strike"), n=6)
    of_strike = key[key["corpus"] == "strike"]
    assert of_strike["article_id"].tolist() == drawn["article_id"].tolist()


def test_notebooks_read_what_is_packed(pack: Path) -> None:
    for path in pack.glob("*.ipynb"):
        given = read_parameters(nbformat.read(path, as_version=4))
        for name in ("corpus", "lexicon"):
            assert (pack / str(given[name])).exists()


def in_place(folder: Path, name: str) -> nbformat.NotebookNode:
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    there = nbformat.v4.new_code_cell(f"import os\nos.chdir({str(folder)!r})")
    notebook.cells.insert(0, there)
    return notebook


def test_the_first_notebook_runs_from_an_unpacked_archive(tmp_path: Path) -> None:
    archive, key = write_pack(tmp_path / "pack.zip")
    assert key == tmp_path / "pack_key.csv"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert contents(tmp_path / "unpacked" / "pack") == contents(write_pack(tmp_path / "again")[0])
    execute(in_place(tmp_path / "unpacked" / "pack", "01_meet_the_corpus"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in find_sources()][1:])
def test_notebooks_run_from_the_pack(pack: Path, name: str) -> None:
    before = contents(pack)
    execute(in_place(pack, name))
    assert before.items() <= contents(pack).items()


def test_two_packs_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_pack(tmp_path / name / "pack.zip", corpus="strike")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


HOSTILE = "=HYPERLINK(1) <script>alert(1)</script>"


@pytest.fixture
def own_corpus(tmp_path: Path) -> Path:
    """One folder per outlet, and the outlet in the name of the corpus and in those of its files, too."""
    texts = {"The Daily Post": ("One bus.", "Two buses stood still."), "Harbour Wire": ("A tram.", f"{HOSTILE} ran.")}
    for outlet, articles in texts.items():
        folder = tmp_path / "The Daily Post against Harbour Wire" / outlet
        folder.mkdir(parents=True)
        for number, text in enumerate(articles):
            (folder / f"{outlet} {number}.txt").write_text(text, encoding="utf-8")
    lexicon = pd.DataFrame({"slot": ["s"], "label": ["bus"], "pattern": ["bus|buses"]})
    lexicon.to_csv(tmp_path / "harbour_wire_names.csv", index=False)
    return tmp_path / "The Daily Post against Harbour Wire"


def test_an_own_corpus_is_packed_under_neutral_names(own_corpus: Path, tmp_path: Path) -> None:
    lexicon = str(tmp_path / "harbour_wire_names.csv")
    pack, _ = write_pack(tmp_path / "pack", corpus=str(own_corpus), lexicon=lexicon)
    assert not [name for name in contents(pack) if gives_away(name, ["The Daily Post", "Harbour Wire", "daily post"])]
    columns = ["article_id", "outlet", "date", "title", "text"]
    packed = ct.read_articles(pack / "corpus" / "own" / "articles.jsonl")[columns]
    pd.testing.assert_frame_equal(packed, ct.read_articles(own_corpus)[columns])
    given = read_parameters(nbformat.read(pack / "01_meet_the_corpus.ipynb", as_version=4))
    assert given["corpus"] == "corpus/own/articles.jsonl"
    assert given["lexicon"] == "lexicon/own/lexicon.csv"
    assert len(list((pack / "blind" / "own").glob("card_*.txt"))) == 4


def test_one_outlet_leaves_nothing_to_guess(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "one.csv"
    corpus.write_text("article_id,outlet,text\n1,Solo Post,One bus.\n", encoding="utf-8")
    assert main(["pack", str(tmp_path / "pack"), "--corpus", str(corpus), "--lexicon", "strike"]) == 0
    assert not (tmp_path / "pack" / "blind").exists()
    assert not (tmp_path / "pack_key.csv").exists()
    assert "nothing to guess" in capsys.readouterr().out


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "pack_key.csv").write_text("mine")
    with pytest.raises(CorpusError, match=r"at pack_key\.csv already"):
        write_pack(tmp_path / "pack", corpus="strike")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(CorpusError, match="at full already"):
        write_pack(tmp_path / "full", corpus="strike")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "pack_key.csv"]


def test_a_corpus_without_a_lexicon_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "one.csv"
    corpus.write_text("article_id,outlet,text\n1,Solo Post,One bus.\n", encoding="utf-8")
    assert main(["pack", str(tmp_path / "pack"), "--corpus", str(corpus)]) == 2
    assert "needs a lexicon" in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()
