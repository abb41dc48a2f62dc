"""The report: pages that need nothing, run nothing, hide nothing and read in order."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import corpus_tools as ct
from corpus_tools.schema import HITS, SHARES, CorpusError, empty
from corpus_tools.show.cells import PageWriter, _cut_to
from corpus_tools.show.markup import TEMPLATES
from corpus_tools.show.notebooks import execute_all, read_header
from corpus_tools.show.overview import VOICES_F1, VOICES_F1_UNMARKED, VOICES_LIMIT, overview
from corpus_tools.show.provenance import (
    corpus_fingerprint,
    corpus_note,
    date_range,
    outlets_overview,
    printable,
    rule_counts,
)
from corpus_tools.show.report import SINGLE_FILE, export_report

MADE = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
ALWAYS = {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
ADDRESSES = {"src", "href", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping"}
RUNS = {"script", "iframe", "object", "embed", "link", "base", "form", "template", "noscript", "input", "textarea"}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
HEADER = {
    "title": "Two names",
    "question": "Who says what?",
    "goals": ["count", "doubt"],
    "minutes": 10,
    "needs": ["a table"],
}
PARAMETERS = "corpus = 'strike'\nlexicon = 'strike'\nslot = None\ntarget = None\nreference = None"


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    source = ct.inspect_source("strike")
    lexicon = ct.read_lexicon("strike")
    hits = ct.find_hits(ct.tokenize(source.articles, ct.find_voices(source.articles)), lexicon)
    hits = hits[hits["slot"] == "the stoppage"]
    shares = ct.framing_shares(hits, source.articles, by=["outlet"])
    return {**source._asdict(), "lexicon": lexicon, "shares": shares}


def notebook(*cells: nbformat.NotebookNode, name: str = "01_names", **header: object) -> nbformat.NotebookNode:
    made = new_notebook(cells=[new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *cells])
    made.metadata["corpus_tools"] = {**HEADER, "name": name, **header}
    for place, cell in enumerate(made.cells):
        cell.id = f"c{place}"
    return made


def shows(source: str = "x", **data: str) -> nbformat.NotebookNode:
    bundle = {kind.replace("_", "/"): text for kind, text in data.items()}
    return new_code_cell(source, outputs=[new_output("display_data", data=bundle)])


def page_of(*cells: nbformat.NotebookNode) -> str:
    return "\n".join(block.html for block in PageWriter().blocks(notebook(*cells)))


def parse(text: str) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert parser.errors == [], parser.errors[:5]
    return tree


def pages_in(folder: Path) -> dict[str, Element]:
    return {path.name: parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))}


def elements(tree: Element) -> Iterator[Element]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def text_of(element: Element) -> str:
    return "".join(element.itertext())


def check_page(tree: Element, siblings: set[str]) -> None:
    """Everything that each page promises, whatever is on it."""
    every = list(elements(tree))
    tags = [element.tag for element in every]
    assert tree.get("lang") == "en"
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert not (RUNS - {"script"}) & set(tags)
    (policy,) = (element for element in every if element.get("http-equiv") == "Content-Security-Policy")
    check_policy(every, policy.get("content", ""))
    for element in every:
        check_addresses(element, siblings)
        if element.tag == "img":
            assert element.get("alt", "").strip()
        if element.tag == "style":
            assert "url(" not in text_of(element)
            assert "@import" not in text_of(element)
        if element.get("role") == "region":
            assert element.get("tabindex") == "0"
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = [element.get("id") for element in every if element.get("id")]
    assert len(ids) == len(set(ids))
    labels = [element.get("aria-label") for element in every if element.get("role") == "region"]
    assert len(labels) == len(set(labels))
    inner = {element.get("href") for element in every if element.get("href", "").startswith("#")}
    assert inner <= {f"#{name}" for name in ids}
    assert "#main" in inner


def check_policy(every: list[Element], policy: str) -> None:
    """Nothing is allowed but the style sheets of the page, each by its hash, and the reader's constant script."""
    told = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name, value in ALWAYS.items():
        assert told.pop(name) == value
    sheets = {digest(text_of(element)) for element in every if element.tag == "style"}
    assert set(told.pop("style-src", "").split()) == sheets
    styled = any(element.get("style") for element in every)
    assert told.pop("style-src-attr", "") == ("'unsafe-inline'" if styled else "")
    scripts = [element for element in every if element.tag == "script"]
    source = (TEMPLATES / "reader.js").read_text(encoding="utf-8")
    assert [text_of(script) for script in scripts] in ([], [source])
    assert not any(script.attrib for script in scripts)
    assert told.pop("script-src", "") == (digest(source) if scripts else "")
    assert told == {}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def check_addresses(element: Element, siblings: set[str]) -> None:
    for name, value in element.attrib.items():
        assert not str(name).startswith("on"), (element.tag, name)
        if name in ADDRESSES or str(name).endswith("href"):
            if value.startswith("data:image/"):
                check_picture(value)
            else:
                assert value.startswith("#") or value.split("#")[0] in siblings, (element.tag, name, value[:80])
        if name == "style":
            assert "url(" not in value


def check_picture(address: str) -> None:
    kind, _, data = address.partition(";base64,")
    if kind == "data:image/svg+xml":
        svg = base64.b64decode(data).decode()
        assert "<script" not in svg
        assert all(found.startswith("#") for found in re.findall(r'(?:href|src)="([^"]*)"', svg))
        assert all(found.startswith("#") for found in re.findall(r"url\(([^)]*)\)", svg))


def check_report(folder: Path) -> dict[str, Element]:
    pages = pages_in(folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for tree in pages.values():
        check_page(tree, files)
    pages.pop(SINGLE_FILE, None)
    titles = [text_of(tree.find(".//title")) for tree in pages.values()]
    assert len(titles) == len(set(titles))
    return pages


RICH = (
    new_markdown_cell("## One\n\nA share is $p = \\frac{k}{n}$ and\n\n$$\\hat p = \\sum_i p_i$$"),
    new_markdown_cell("| a | b |\n|---|--:|\n| c | 1 |"),
    new_code_cell(
        "show()",
        outputs=[
            new_output(
                "display_data",
                data={"image/png": PIXEL, "text/plain": "<Figure size 1x1>"},
                metadata={"image/png": {"alt": 'A "dot" & <b>', "width": 10, "height": 10}},
            )
        ],
    ),
    new_markdown_cell("#### Too deep\n\nSee [here](https://example.org/x) and ![a picture](http://example.org/y.png)."),
    shows(text_html=pd.DataFrame({"outlet": ["A", "B"], "share": [0.5, float("nan")]})._repr_html_()),
    new_markdown_cell("## Two\n\nMore."),
    shows(text_html="<h1>Out</h1><section><h4 id='one'>In</h4></section>"),
    new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="1 < 2 & $x$\n")]),
)  # fmt: skip


def test_every_page_keeps_every_promise(frames, tmp_path: Path) -> None:
    both = [notebook(*RICH), notebook(*RICH, name="02_more", title="More names")]
    index = export_report(both, tmp_path / "out", **frames)
    pages = check_report(index.parent)
    assert index == tmp_path / "out" / "index.html"
    assert set(pages) == {"index.html", "01_names.html", "02_more.html", "methods.html"}
    for tree in pages.values():
        assert {element.get("href") for element in tree.find(".//nav").iter("a")} == set(pages)


def test_the_first_page_says_what_it_must(frames, tmp_path: Path) -> None:
    index = export_report([notebook(*RICH)], tmp_path, corpus="strike", made=MADE, **frames)
    tree = parse(index.read_text(encoding="utf-8"))
    told = " ".join(text_of(tree.find(".//body")).split())
    for part in (
        "What do they call the stoppage?",
        "Fictional newsrooms, teaching texts",
        "Lexicon not checked by hand yet",
        "14 articles by 3 outlets",
        "Who speaks is found by rules, and rules err.",
        "There are few articles",
        corpus_fingerprint(frames["articles"]),
        "random_state=0",
        f"pandas {pd.__version__}",
        "Python " + ".".join(map(str, sys.version_info[:3])),
        "2025-01-02 03:04 UTC",
        "Cleaning made",
        "Who says what? About 10 minutes.",
    ):
        assert part in told, part
    findings = tree.find(".//ol[@class='findings']").findall("li")
    assert len(findings) == 3
    assert all(' writes "strike" in ' in text_of(finding) or " writes " in text_of(finding) for finding in findings)
    outlets = set(frames["articles"]["outlet"])
    assert {cell.text for cell in tree.iter("th")} >= outlets
    assert "Chart of dots" in tree.find(".//figure/*[@role='img']").get("aria-label")
    numbers = tree.find(".//details[@class='data']")
    assert len(numbers.findall(".//tbody/tr")) == len(frames["shares"])


def test_the_chart_links_to_the_sentences(frames, tmp_path: Path) -> None:
    lines = shows(text_html="<p>lines</p>")
    lines.metadata["tags"] = ["sentences"]
    both = [notebook(*RICH, lines), notebook(*RICH, name="02_more", title="More")]
    tree = parse(export_report(both, tmp_path / "a", **frames).read_text(encoding="utf-8"))
    assert tree.find(".//p[@class='caption']/a").get("href") == "01_names.html#sentences"
    page = parse((tmp_path / "a" / "01_names.html").read_text(encoding="utf-8"))
    assert text_of(page.find(".//*[@id='sentences']")).strip() == "lines"
    plain = parse(export_report([notebook(*RICH)], tmp_path / "b", **frames).read_text(encoding="utf-8"))
    assert plain.find(".//p[@class='caption']/a").get("href") == "01_names.html"


def test_a_corpus_without_a_hit_still_gets_its_report(frames, tmp_path: Path) -> None:
    without = {**frames, "shares": empty(("outlet", *SHARES))}
    index = export_report([notebook(*RICH)], tmp_path, **without)
    told = text_of(check_report(tmp_path)["index.html"])
    assert "No word of the lexicon occurs in this corpus" in told
    assert "<figure" not in index.read_text(encoding="utf-8")


def test_shares_that_are_all_missing_count_as_no_hit(frames) -> None:
    none = frames["shares"].assign(hits=0, slot_hits=0, share=float("nan"), share_low=float("nan"))
    assert overview(**{**frames, "shares": none})["findings"] == []


def test_nothing_but_the_stated_time_differs(frames, tmp_path: Path) -> None:
    for place, made in (("a", MADE), ("b", datetime.now(UTC))):
        export_report([notebook(*RICH)], tmp_path / place, made=made, **frames)
    strip = re.compile(r"<time datetime=.*?</time>")
    for one in (tmp_path / "a").iterdir():
        first, second = (text.read_text(encoding="utf-8") for text in (one, tmp_path / "b" / one.name))
        assert strip.sub("", first) == strip.sub("", second)
        assert one.name == "index.html" or first == second


def test_a_run_leaves_no_trace_of_machine_or_moment(frames, tmp_path: Path) -> None:
    corpus = tmp_path / "my corpus"
    code = (
        "import warnings, sys, os\nprint(corpus, os.getcwd(), sys.prefix, object())\n"
        "warnings.warn('two were left out')\n"
        "{'in': corpus}"
    )
    source = notebook(new_code_cell(code))
    source.cells[0].source = PARAMETERS.replace("'strike'", repr(str(corpus)), 1)
    for place in ("a", "b"):
        export_report(execute_all([source]), tmp_path / place, made=MADE, **frames)
    page = (tmp_path / "a" / "01_names.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "b" / "01_names.html").read_text(encoding="utf-8")
    for trace in (str(tmp_path), str(Path.home()), sys.prefix, "ipykernel", "/tmp/", "0x"):
        assert trace not in page, trace
    assert "two were left out" in page
    assert "warnings.warn" not in text_of(parse(page).find(".//*[@class='note']"))
    assert "&#39;my corpus&#39;" in page or "'my corpus'" in page


def test_a_place_is_hidden_only_where_it_is_a_place(frames, tmp_path: Path) -> None:
    home = str(Path.home())
    printed = new_output("stream", name="stdout", text=f"https://example.org{home}/x {home}/x {home}land\n")
    export_report([notebook(new_code_cell("p", outputs=[printed]))], tmp_path, **frames)
    page = (tmp_path / "01_names.html").read_text(encoding="utf-8")
    assert f"https://example.org{home}/x home/x {home}land" in page


INJECTED = ("html_titles.csv", "markdown_latex.csv", "formula.csv")


@pytest.mark.parametrize("file", INJECTED)
def test_hostile_titles_stay_text(shared: Path, tmp_path: Path, file: str) -> None:
    source = ct.inspect_source(shared / "adversarial" / "inject" / file)
    hostile = source.articles.assign(outlet=source.articles["title"])
    rows = [
        [outlet, title, title, 6, 10, 0.6, 0.2, 0.9, 6, 6, title, False]
        for outlet, title in zip(hostile["title"].head(4), hostile["title"].head(4), strict=True)
    ]
    rows = [[row[0], rows[0][1], *row[2:]] for row in rows]
    shares = pd.DataFrame(rows, columns=["outlet", *SHARES])
    lexicon = ct.read_lexicon("strike").assign(slot=hostile["title"].iloc[0])
    problems = pd.DataFrame(
        [[title, 1, title, title, title, True] for title in hostile["title"]], columns=list(source.problems.columns)
    )
    cells = [
        shows(text_html=hostile.head(20)._repr_html_()),
        shows(text_markdown="\n\n".join(hostile["title"])),
        shows(text_plain=hostile.to_string()),
        new_code_cell("p", outputs=[new_output("stream", name="stderr", text="\n".join(hostile["text"]))]),
    ]
    frames = {"articles": hostile, "problems": problems, "cleaning": source.cleaning, "lexicon": lexicon}
    export_report([notebook(*cells)], tmp_path, shares=shares, corpus=hostile["title"].iloc[0], **frames)
    pages = check_report(tmp_path)
    for tree in pages.values():
        assert "PWNED" not in text_of(tree.find(".//title")) or "<" in text_of(tree.find(".//title"))
    table = text_of(next(e for e in elements(pages["01_names.html"]) if e.get("class") == "dataframe"))
    assert any(str(title)[:20] in table for title in hostile["title"])


HOSTILE_HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml;base64,AAAA#x'></use></svg>",
    "<svg onload=alert(1)><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import 'http://example.org/x.css';</style>",
    "<style>p { background: u\\72l(http://example.org/x) }</style>",
    "<p style='background: url(http://example.org/x)'>x</p>",
    "<form action=http://example.org><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=http://example.org><link rel=stylesheet href=http://example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><title></title><xmp><img src=x onerror=alert(1)></xmp>",
    "<picture><source srcset='http://example.org/x.png'><img src='//example.org/x.png'></picture>",
    "<video poster=http://example.org/x src=http://example.org/y></video>",
    "<table background=http://example.org/x><tr><td>x</table>",
    "<div id=main>x</div><div id=main>y</div>",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE_HTML)
def test_html_of_an_output_cannot_run_or_fetch(frames, tmp_path: Path, html: str) -> None:
    export_report([notebook(shows(text_html=html))], tmp_path, **frames)
    check_report(tmp_path)


def test_formulas_are_ours_only() -> None:
    ours = page_of(new_markdown_cell("$\\frac{1}{2}$ and $$x^2$$"))
    assert ours.count("<math") == 2
    assert "\\frac" not in ours
    theirs = page_of(shows(text_markdown="It costs $5 and $10, $x$ $$y$$"), shows(text_html="<p>$x$</p>"))
    assert "<math" not in theirs
    assert "$5 and $10, $x$ $$y$$" in theirs


def test_a_broken_formula_is_shown_as_written() -> None:
    assert "<code>\\left( x &lt; 1</code>" in page_of(new_markdown_cell("$\\left( x < 1$"))


def test_links_of_prose_name_their_address_and_pictures_their_words() -> None:
    page = page_of(new_markdown_cell("See [here](https://example.org/?a=1&b=2), ![words](http://example.org/y.png)"))
    assert "here (https://example.org/?a=1&amp;b=2), words" in page
    assert "<a" not in page
    assert '<a href="02_more.html#x">' in page_of(new_markdown_cell("[next](02_more.html#x)"))
    assert '<a href="02_more.html#x">' in page_of(new_markdown_cell("[next](02_more.ipynb#x)"))
    assert "<a" not in page_of(new_markdown_cell("[next](https://example.org/02_more.ipynb)"))


def test_a_link_to_a_page_that_was_left_out_is_words() -> None:
    cells = [new_markdown_cell("[here](02_more.ipynb#x), [not here](03_other.ipynb), [a term](#term)")]
    page = "\n".join(block.html for block in PageWriter(notebooks={"02_more"}).blocks(notebook(*cells)))
    assert '<a href="02_more.html#x">here</a>' in page
    assert "03_other" not in page
    assert "not here" in page
    assert '<a href="#term">' in page


def test_raw_html_in_prose_is_text() -> None:
    assert "&lt;b onclick" in page_of(new_markdown_cell("a <b onclick=x>b</b>\n\n<script>1</script>"))


def test_headings_never_skip_a_level() -> None:
    page = page_of(
        new_markdown_cell("# Top"),
        new_markdown_cell("#### Deep"),
        shows(text_html="<h2>Inside</h2><h6>Deeper</h6><h2>Beside</h2>"),
        new_markdown_cell("## Back"),
    )
    assert re.findall(r"<(h\d)", page) == ["h2", "h3", "h4", "h5", "h4", "h2"]


def test_alt_text_comes_from_the_metadata_or_from_the_section() -> None:
    page = page_of(*RICH)
    assert 'alt="A &quot;dot&quot; &amp; &lt;b&gt;"' in page
    assert 'width="10" height="10"' in page
    bare = page_of(new_markdown_cell("## Dots & lines"), shows(image_png=PIXEL))
    assert "Chart in the section “Dots &amp; lines”" in bare


def test_code_is_folded_once_before_its_result() -> None:
    blocks = list(PageWriter().blocks(notebook(new_code_cell("import os"), shows("x < 1", text_plain="1"))))
    assert [block.kind for block in blocks] == ["code", "result"]
    assert text_of(parse(f"<!DOCTYPE html><title>x</title>{blocks[0].html}")).count("import os") == 1
    assert "Show the code" in blocks[0].html
    assert "&lt;" in blocks[0].html


def test_what_only_names_an_object_is_left_out() -> None:
    blocks = list(PageWriter().blocks(notebook(shows(text_plain="<Axes: title={'left': 'x'}>"))))
    assert [block.kind for block in blocks] == ["code"]


def test_tables_can_be_read_by_head_and_row() -> None:
    table = pd.DataFrame({"outlet": ["A", "B"], "share": [0.5, float("nan")]})._repr_html_()
    page = page_of(shows(text_html=table))
    assert '<th class="short" scope="col">outlet</th>' in page
    assert '<th class="short number" scope="col">share</th>' in page
    assert 'scope="row"' in page
    assert "<th></th>" not in page
    assert page.count('role="region"') == 2
    assert "border=" not in page


def test_pandas_heads_become_one_row() -> None:
    frame = pd.DataFrame({"outlet": ["A", "B"], "hits": [1, 2]}).set_index("outlet")
    page = page_of(shows(text_html=frame._repr_html_()))
    assert page.count("<tr") == 3
    assert re.search(
        r'<th class="short" scope="col">outlet</th>\s*<th class="short number" scope="col">hits</th>', page
    )
    both = frame.rename_axis(columns="what")
    assert page_of(shows(text_html=both._repr_html_())).count("<tr") == 4


def test_names_made_of_digits_are_no_numbers_and_an_empty_table_says_so() -> None:
    page = page_of(shows(text_html=pd.DataFrame({"id": ["09", "10"], "n": [None, 3.5]})._repr_html_()))
    assert '<td class="short">10</td>' in page
    assert '<td class="short number">NaN</td>' in page
    assert "no rows" in page_of(shows(text_html=pd.DataFrame({"a": []})._repr_html_()))


def in_one_voice(text: str, voices: pd.DataFrame) -> list[str]:
    """From the first and the last paragraph words that the reader does not take apart."""
    own = voices[voices["article_id"] == "01"]
    edges = {0, len(text), *own["start"], *own["end"], *(place for place, sign in enumerate(text) if sign in "\n“”")}
    pieces = [text[start:end].strip("\n“” ") for start, end in pairwise(sorted(edges))]
    _, lead, *_, last = (line for line in text.split("\n") if line.strip())
    return [max((piece for piece in pieces if piece in part), key=len)[:40].strip() for part in (lead, last)]


@pytest.mark.parametrize(
    ("licence", "whole", "shown"),
    [("CC BY 4.0", False, True), ("All rights reserved", False, False), (None, False, False), (None, True, True)],
)
def test_a_whole_article_needs_a_licence(frames, tmp_path: Path, licence: str | None, whole: bool, shown: bool) -> None:
    articles = frames["articles"].assign(licence=licence)
    nothing = {"voices": ct.find_voices(articles), "hits": empty(HITS)}
    text = articles["text"].iloc[0]
    reader = shows(text_html=ct.show_article(articles, article_id=articles["article_id"].iloc[0], **nothing).html)
    export_report([notebook(reader)], tmp_path, full_text=whole, **{**frames, "articles": articles})
    page = " ".join(text_of(check_report(tmp_path)["01_names.html"].find(".//main")).split())
    lead, last = in_one_voice(text, nothing["voices"])
    assert lead in page
    assert (last in page) is shown
    assert ("not in this report" in page) is not shown


def test_a_free_article_does_not_free_one_whose_long_name_looks_the_same(frames, tmp_path: Path) -> None:
    near = "https://example.org/2024/10/the-same-long-beginning-of-two-addresses"
    names = {name: f"{near}/{place}" for place, name in enumerate(frames["articles"]["article_id"])}
    articles = frames["articles"].assign(licence="All rights reserved").replace({"article_id": names})
    articles.loc[articles.index[0], "licence"] = "CC BY 4.0"
    closed = articles["article_id"].iloc[1]
    reader = shows(text_html=ct.show_article(articles, ct.find_voices(articles), None, closed).html)
    export_report([notebook(reader)], tmp_path, **{**frames, "articles": articles})
    assert "not in this report" in text_of(check_report(tmp_path)["01_names.html"].find(".//main"))


def test_keys_come_with_an_article_and_with_nothing_else(frames, tmp_path: Path) -> None:
    articles = frames["articles"]
    article = ct.show_article(articles, ct.find_voices(articles), None, articles["article_id"].iloc[0]).html
    cells = {
        "01_read": [shows(text_html=article) for _ in range(2)],
        "02_hostile": [shows(text_html=html) for html in HOSTILE_HTML],
    }
    export_report([notebook(*own, name=name, title=name) for name, own in cells.items()], tmp_path, **frames)
    pages = check_report(tmp_path)
    scripts = {name: len(list(tree.iter("script"))) for name, tree in pages.items()}
    assert scripts == {"01_read.html": 1, "02_hostile.html": 0, "index.html": 0, "methods.html": 0}


def test_an_article_that_holds_our_script_shows_it_as_words(frames, tmp_path: Path) -> None:
    script = "<script>" + (TEMPLATES / "reader.js").read_text(encoding="utf-8") + "</script>"
    own = frames["articles"].head(1).assign(text=script, title=None)
    article = ct.show_article(own, ct.find_voices(own), None, own["article_id"].iloc[0]).html
    export_report([notebook(shows(text_html=article + script))], tmp_path, **frames)
    page = check_report(tmp_path)["01_names.html"]
    assert "window.ctReaderKeys" in "".join(text_of(p) for p in page.iter("p"))


def test_the_packages_own_tables_are_left_as_they_are(frames) -> None:
    lines = ct.kwic(frames["articles"], ct.find_hits(*lexical(frames)), n=3)
    html = ct.kwic_table(lines).html
    page = page_of(shows(text_html=html), shows(text_html=html))
    assert "ct-left" in page
    assert 'class="short' not in page
    assert page.count("<style>") == 1


def lexical(frames: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = frames["articles"]
    return ct.tokenize(articles, ct.find_voices(articles)), frames["lexicon"]


def test_a_missing_column_is_named(frames, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="shares has no column 'hits'"):
        export_report([], tmp_path, **{**frames, "shares": frames["shares"].drop(columns="hits")})


def test_without_jupyter_the_report_says_what_is_missing(frames, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "corpus_tools.show.cells", None)
    with pytest.raises(CorpusError, match="extra 'lab'"):
        export_report([], tmp_path, **frames)


def test_many_outlets_are_told_by_the_three_with_most_evidence(frames) -> None:
    rows = [[f"O{n}", "x", "y", n, 10, n / 10, 0.0, 1.0, n, 9, None, True] for n in range(1, 8)]
    told = overview(**{**frames, "shares": pd.DataFrame(rows, columns=["outlet", *SHARES])})
    assert [finding["words"][:2] for finding in told["findings"]] == ["O7", "O6", "O5"]
    assert told["more"].startswith("These 3 of 7")
    assert len(told["numbers"]["rows"]) == 7


@pytest.fixture
def split(frames) -> dict[str, pd.DataFrame]:
    """The same with shares split by three voices, one of which has hits of one outlet only."""
    rows = [
        [outlet, voice, "x", label, hits, of, hits / of if of else float("nan"), *limits, articles, 9, note, True]
        for outlet in ("Alpha", "Beta")
        for voice, of, articles in (("narrator", 10, 8), ("reported", 6, 7), ("quoted", 4 * (outlet == "Alpha"), 4))
        for label, hits in (("guards", of // 2), ("troops", of - of // 2))
        for limits, note in [((0.1, 0.9), "") if articles > 4 else ((float("nan"),) * 2, "no interval: 4 articles")]
    ]
    return {**frames, "shares": pd.DataFrame(rows, columns=["outlet", "voice", *SHARES])}


def alt_of(told: dict[str, object]) -> str:
    return str(BeautifulSoup(str(told["chart"]), "html.parser").svg["aria-label"])


def test_the_first_page_draws_the_outlets_own_words_and_lists_every_voice(split, tmp_path: Path) -> None:
    told = overview(**split)
    assert [finding["words"].split(" writes ")[0] for finding in told["findings"]] == [
        "Alpha, in its own words,",
        "Beta, in its own words,",
    ]
    assert len(told["numbers"]["rows"]) == len(split["shares"])
    assert "in its own words" in alt_of(told)
    assert "reported speech" not in alt_of(told)
    export_report([], tmp_path, **split)
    page = parse((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert "reported speech and quotations are in the table" in text_of(page.find(".//p[@class='caption']"))


def test_where_the_outlets_themselves_never_name_it_every_voice_is_drawn(split) -> None:
    silent = split["shares"]["voice"] == "narrator"
    none = split["shares"].copy()
    none.loc[silent, ["hits", "slot_hits", "articles"]] = 0
    none.loc[silent, ["share", "share_low", "share_high"]] = float("nan")
    told = overview(**{**split, "shares": none})
    assert told["other_voices"] == ""
    assert "in reported speech" in alt_of(told)
    assert {"Alpha, in reported speech, has", "Beta, in reported speech, has"} <= {
        finding["words"].split(' "')[0] for finding in told["findings"]
    }


def test_without_a_split_by_voice_nothing_is_said_of_other_voices(frames) -> None:
    assert overview(**frames)["other_voices"] == ""


def test_the_limit_on_voices_leads_to_its_page_where_the_report_has_it(frames, tmp_path: Path) -> None:
    wrong = notebook(*RICH, name="04_what_the_voice_finder_gets_wrong", title="What the voice finder gets wrong")
    for place, pages, links in (("a", [notebook(*RICH), wrong], 1), ("b", [notebook(*RICH)], 0)):
        export_report(pages, tmp_path / place, **frames)
        tree = check_report(tmp_path / place)["index.html"]
        limits = tree.find(".//section[@aria-labelledby='limits']")
        pages = ["04_what_the_voice_finder_gets_wrong.html"] * links
        assert [link.get("href") for link in limits.iter("a")] == [*pages, "methods.html#limits"]


def test_the_error_of_the_voice_finder_is_the_one_that_was_measured(checkout: Path) -> None:
    """Precision and recall stand in the first row of the table that benchmarks/voices.py fills."""
    results = (checkout / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    head, row = (
        [cell.strip() for cell in re.search(rf"^\| {start}.*$", results, re.MULTILINE)[0].strip("|").split("|")]
        for start in ("articles \\| F1", "seven outlets")
    )
    measured = {name: float(cell.split()[0]) for name, cell in zip(head[1:], row[1:], strict=True)}
    for column, stated in (("F1", VOICES_F1), ("F1 outside marks", VOICES_F1_UNMARKED)):
        assert stated == pytest.approx(measured[column], abs=0.01)
        assert f"about {stated:.2f}" in VOICES_LIMIT
    assert "one in seven" in VOICES_LIMIT
    for error in (1 - measured["precision"], 1 - measured["recall"]):
        assert 1 / 8.5 < error < 1 / 5.5


def test_texts_without_paragraphs_are_named_because_all_of_them_is_lead(frames) -> None:
    articles = frames["articles"]
    assert not any("paragraphs" in limit for limit in overview(**frames)["limits"])
    outlet = articles["outlet"].iloc[0]
    flat = articles["text"].str.replace("\n\n", " ") * 3
    joined = articles.assign(text=articles["text"].mask(articles["outlet"] == outlet, flat))
    joined["title"] = joined["title"].mask(joined["outlet"] == outlet)
    told = [limit for limit in overview(**{**frames, "articles": joined})["limits"] if "paragraphs" in limit]
    assert len(told) == 1
    assert told[0].startswith(f"Most articles of {outlet} come without paragraphs")


def test_the_stamp_is_lifted_when_all_is_checked(frames) -> None:
    checked = {key: frames[key].assign(checked=True) for key in ("lexicon", "shares")}
    told = overview(**{**frames, **checked})
    assert not any("lexicon" in line for line in [*told["stamps"], *told["limits"]])


def test_real_newsrooms_are_not_called_fictional(frames) -> None:
    told = overview(**{**frames, "articles": frames["articles"].drop(columns="kind")})
    assert not any("ictional" in line for line in told["stamps"])
    assert "fictional" not in corpus_note(frames["articles"].drop(columns="kind"))


def test_the_fingerprint_knows_every_part_and_no_order(frames) -> None:
    articles = frames["articles"]
    first = corpus_fingerprint(articles)
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert corpus_fingerprint(articles.sample(frac=1, random_state=1)[articles.columns[::-1]]) == first
    for column, value in (("article_id", "x"), ("outlet", "x"), ("date", pd.Timestamp(2000, 1, 1)), ("text", "x")):
        changed = articles.copy()
        changed.loc[changed.index[0], column] = value
        assert corpus_fingerprint(changed) != first, column
    assert corpus_fingerprint(articles.assign(title="x", url="y")) == first


def test_the_fingerprint_survives_whatever_a_text_holds(make_articles) -> None:
    hostile = make_articles([("a", "A", "x\udc80\x00"), ("b", "B", '","')])
    assert len(corpus_fingerprint(hostile)) == 12
    assert len(corpus_fingerprint(hostile.head(0))) == 12


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2024-10-03", "2024-10-24"], "3 to 24 October 2024"),
        (["2024-09-03", "2024-10-24"], "3 September to 24 October 2024"),
        (["2023-12-28", "2024-01-04"], "28 December 2023 to 4 January 2024"),
        (["2024-10-03", "2024-10-03"], "3 October 2024"),
        (["2024-10-03", None], "3 October 2024 (1 without a date)"),
        ([None, None], "no dates"),
        ([], "no dates"),
    ],
)
def test_dates_in_words(dates: list[str | None], words: str) -> None:
    assert date_range(pd.Series(pd.to_datetime(dates))) == words


def test_the_note_fits_under_a_chart(frames) -> None:
    note = corpus_note(frames["articles"], name="strike")
    assert re.fullmatch(
        r"strike: 14 articles by 3 outlets, 2 to 19 October 2024, fingerprint [0-9a-f]{12}; "
        r"fictional newsrooms, teaching texts",
        note,
    )


def test_counts_of_rules_and_outlets(frames) -> None:
    counted = rule_counts(pd.DataFrame({"rule": ["b", "a", "b", "c"]}))
    assert counted.to_numpy().tolist() == [["b", 2], ["a", 1], ["c", 1]]
    assert rule_counts(frames["cleaning"])["times"].sum() == len(frames["cleaning"])
    assert outlets_overview(frames["articles"])["articles"].sum() == 14
    assert outlets_overview(frames["articles"].head(0)).empty


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m\nb", r"a\x1b[31m\nb"),
        ("a\u202eb\u2028", r"a\u202eb\u2028"),
        ("\ud800", r"\ud800"),
        ("Ժամ", "Ժամ"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_printable_shows_what_hides(text: object, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("name", ["../evil", "index", "a/b", ""])
def test_a_notebook_cannot_choose_where_its_page_is_written(name: str) -> None:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["corpus_tools"] = {
        "name": name,
        "title": "T",
        "question": "Q",
        "goals": ["g"],
        "minutes": 5,
        "needs": ["n"],
    }
    with pytest.raises(CorpusError, match="makes no file name"):
        read_header(notebook)


def test_one_long_paragraph_is_cut_as_well() -> None:
    soup = BeautifulSoup(
        "<p class='ct-text'>First words <b>marked</b> and then " + "more " * 200 + "the end</p>", "html.parser"
    )
    paragraph = soup.p
    assert paragraph is not None
    assert _cut_to(paragraph, 60)
    assert paragraph.get_text().startswith("First words marked and then more")
    assert len(paragraph.get_text()) < 70
    assert not _cut_to(paragraph, 400)
