"""The report in one file: every page in it, every link leads to a place in it, nothing runs that did not run before."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import corpus_tools as ct
from corpus_tools.schema import CorpusError
from corpus_tools.show.markup import TEMPLATES
from corpus_tools.show.report import export_report
from corpus_tools.show.single_file import write_single_file

OWN = ["01_read", "02_more"]


def pages_of(folder: Path) -> list[str]:
    """The first page first, whatever others a report has."""
    others = {path.name for path in folder.glob("*.html")} - {"index.html", "report-in-one-file.html"}
    return ["index.html", *sorted(others)]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages: links between them, the same names on each, an article with its keys, lines, a hostile name."""
    folder = tmp_path_factory.mktemp("report")
    source, lexicon = ct.inspect_source("strike"), ct.read_lexicon("strike")
    articles = source.articles
    voices = ct.find_voices(articles)
    hits = ct.find_hits(ct.tokenize(articles, voices), lexicon)
    shares = ct.framing_shares(hits[hits["slot"] == "the stoppage"], articles, by=["outlet"])
    outputs = [
        ct.show_article(articles, voices, hits, "01").html,
        ct.kwic_table(ct.kwic(articles, hits, n=4), by=["label"]).html,
        "<svg viewBox='0 0 9 9'><defs><clipPath id='c'><rect width='9' height='9'/></clipPath></defs>"
        "<g clip-path='url(#c)'><path d='M0 0h9'/></g></svg>",
        "<p id='twice' title='say \"id=x\" or <a href=\"index.html\">'>a &lt;h1 id=x&gt; b</p><a href='#twice'>up</a>",
        ct.kwic(articles, hits, n=2)._repr_html_(),
    ]
    notebooks = []
    for name, other in (("01_read", "02_more"), ("02_more", "01_read")):
        shown = [new_code_cell("x", outputs=[new_output("display_data", data={"text/html": o})]) for o in outputs]
        links = (
            f"## Same heading\n\n[over]({other}.ipynb#Same-heading), [start](index.html#corpus), [here](#same-heading)"
        )
        parameters = new_code_cell("corpus = 'strike'", metadata={"tags": ["parameters"]})
        notebook = new_notebook(cells=[parameters, new_markdown_cell(f"## Same heading\n\n{links}"), *shown])
        for place, cell in enumerate(notebook.cells):
            cell.id = f"c{place}"
        header = {
            "name": name,
            "title": f"Page {name} <b>",
            "question": "Q?",
            "goals": ["g"],
            "minutes": 5,
            "needs": ["n"],
        }
        notebook.metadata["corpus_tools"] = header
        notebooks.append(notebook)
    export_report(notebooks, folder, **source._asdict(), lexicon=lexicon, shares=shares)
    return folder


def parse(path: Path) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(path.read_text(encoding="utf-8"))
    assert parser.errors == [], parser.errors[:3]
    return tree


def elements(tree: Element) -> Iterator[Element]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


@pytest.fixture(scope="module")
def one(report: Path) -> Path:
    return write_single_file(report, pages=pages_of(report))


@pytest.fixture(scope="module")
def tree(one: Path) -> Element:
    return parse(one)


def words_of(element: Element) -> list[str]:
    """Without the style sheets, of which the one file has each once."""
    own = "" if element.tag == "style" else element.text or ""
    return [*own.split(), *(word for child in element for word in [*words_of(child), *(child.tail or "").split()])]


def test_every_page_stands_in_it_word_for_word(report: Path, tree: Element) -> None:
    sections = [element for element in elements(tree) if element.get("class") == "one-file"]
    names = [Path(page).stem for page in pages_of(report)]
    assert [section.get("id") for section in sections] == names
    assert set(OWN) < set(names)
    for section, name in zip(sections, names, strict=True):
        told = " ".join(words_of(section)).replace(" (in the folder of the report)", "")
        original = parse(report / f"{name}.html").find(".//main")
        for line in [e for e in original.iter() if e.get("class") == "ct-download"]:
            line.clear()
        assert told == " ".join(words_of(original))


def test_names_are_single_and_every_link_leads_to_one(tree: Element) -> None:
    names = [element.get("id") for element in elements(tree) if element.get("id")]
    assert len(names) == len(set(names))
    links = [element.get("href") for element in elements(tree) if element.get("href")]
    assert len(links) > 10
    assert {link[0] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(names)
    assert {"#02_more--same-heading", "#01_read--same-heading", "#index--corpus", "#01_read--twice"} <= set(links)
    for pointer in ("aria-labelledby", "aria-describedby", "aria-controls", "headers"):
        assert {name for e in elements(tree) for name in e.get(pointer, "").split()} <= set(names)
    clips = [element.get("clip-path") for element in elements(tree) if element.get("clip-path")]
    assert clips == ["url(#01_read--c)", "url(#02_more--c)"]


def test_texts_and_titles_that_look_like_tags_stay_as_they_are(tree: Element) -> None:
    twice = [element for element in elements(tree) if element.get("id", "").endswith("--twice")]
    assert [element.get("title") for element in twice] == ['say "id=x" or <a href="index.html">'] * 2
    assert [element.text for element in twice] == ["a <h1 id=x> b"] * 2


def test_one_heading_for_all_and_none_skips_a_level(tree: Element) -> None:
    levels = [int(e.tag[1]) for e in elements(tree) if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    tags = [element.tag for element in elements(tree)]
    assert tags.count("main") == tags.count("title") == 1


def test_boxes_and_lists_of_links_have_names_of_their_own(tree: Element) -> None:
    labels = [e.get("aria-label") for e in elements(tree) if e.get("role") == "region" or e.tag == "nav"]
    assert len(labels) > 6
    assert len(labels) == len(set(labels))
    assert not [e for e in elements(tree) if e.tag == "section" and (e.get("aria-labelledby") or e.get("aria-label"))]


def test_only_the_constant_script_runs_and_each_style_stands_once(one: Path, tree: Element) -> None:
    policy = next(e for e in elements(tree) if e.get("http-equiv") == "Content-Security-Policy").get("content", "")
    assert policy.startswith("default-src 'none'")
    script = (TEMPLATES / "reader.js").read_text(encoding="utf-8")
    assert ["".join(e.itertext()) for e in elements(tree) if e.tag == "script"] == [script]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert re.findall("script-src ([^;]+)", policy) == [f"'sha256-{digest}'"]
    styles = ["".join(e.itertext()) for e in elements(tree) if e.tag == "style"]
    assert len(styles) == len(set(styles))
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    for element in elements(tree):
        assert not [name for name in element.attrib if str(name).startswith("on") or name in ("srcset", "action")]
        assert element.get("src", "data:").startswith("data:")


def test_it_weighs_less_than_its_pages_and_is_the_same_each_time(report: Path, one: Path) -> None:
    first = one.read_bytes()
    assert len(first) < sum((report / page).stat().st_size for page in pages_of(report))
    assert write_single_file(report, pages=pages_of(report)).read_bytes() == first


def page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="@policy@">'
        f'<title>{title}</title></head><body><main id="main"><h1>{title}</h1>{body}</main></body></html>'
    )


def test_what_stays_in_the_folder_becomes_words(tmp_path: Path) -> None:
    body = (
        '<p><a href="data/hits.csv">All hits</a>, <a class="x" href="figures/a.svg" download>a picture</a>, '
        '<a href="one.html">one file</a>, <a href="02.html#x">over there</a></p>'
        '<p class="ct-download">Download: <a href="data/01-01.csv">01-01.csv</a></p>'
    )
    (tmp_path / "index.html").write_text(page("All", body), encoding="utf-8")
    (tmp_path / "02.html").write_text(page("Two", '<p id="x">y</p>'), encoding="utf-8")
    whole = parse(write_single_file(tmp_path, "one.html", pages=["index.html", "02.html"]))
    told = " ".join(words_of(whole))
    assert "All hits (in the folder of the report), a picture (in the folder" in told
    assert "Download" not in told
    assert [e.get("href") for e in elements(whole) if e.tag == "a" and e.text == "over there"] == ["#02--x"]
    assert not [e for e in elements(whole) if e.get("href", "#")[0] != "#"]


def test_without_pages_or_with_other_files_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="at least one page"):
        write_single_file(tmp_path, pages=[])
    (tmp_path / "index.html").write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"index\.html is not a page of a report"):
        write_single_file(tmp_path, pages=["index.html"])
