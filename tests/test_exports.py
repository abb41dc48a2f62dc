"""What a reader takes along: tables that no spreadsheet acts on, drawings that stand alone, hits with their source."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

import corpus_tools as ct
from corpus_tools import schema
from corpus_tools.prepare.spreadsheets import unquote_formula
from corpus_tools.schema import HITS, CorpusError, empty
from corpus_tools.show.cells import PageWriter
from corpus_tools.show.charts.shown import inline_chart, result_table
from corpus_tools.show.downloads import table_frame
from corpus_tools.show.exports import Export, in_words, write_exports
from corpus_tools.show.hit_export import COLUMNS, LARGEST_PART, LONGEST_SENTENCE, citation
from corpus_tools.show.licence import may_be_handed_on

ACTS = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture(scope="module")
def strike() -> dict[str, pd.DataFrame]:
    articles = ct.read_articles("strike")
    voices = ct.find_voices(articles)
    hits = ct.find_hits(ct.tokenize(articles, voices), ct.read_lexicon("strike"))
    return {"articles": articles, "voices": voices, "hits": hits}


def cells_of(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "a spreadsheet takes it for UTF-8"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


# hits


def test_every_hit_is_told_with_its_sentence_and_its_source(strike) -> None:
    exported = ct.export_hits(**strike)
    assert list(exported.columns) == list(COLUMNS)
    assert len(exported) == len(strike["hits"])
    lines = ct.kwic(strike["articles"], strike["hits"])
    assert exported["sentence"].tolist() == [" ".join(text.split()) for text in lines["sentence"]]
    assert exported["voice"].tolist() == lines["voice"].tolist()
    assert exported["label"].tolist() == lines["label"].tolist()
    assert set(exported["licence"]) == {"CC BY 4.0"}


def test_speakers_stand_where_others_speak_and_nowhere_else(strike) -> None:
    exported = ct.export_hits(**strike)
    assert exported.loc[exported["voice"] == "narrator", "speaker"].isna().all()
    assert exported["speaker"].notna().any()
    assert set(exported["speaker"].dropna()) <= set(strike["voices"]["speaker"].dropna())
    assert ct.export_hits(strike["articles"], strike["hits"])["speaker"].isna().all()


def test_a_speaker_is_the_one_of_the_stretch(make_articles) -> None:
    text = "“The strike goes on,” Ann Reed said. “No strike,” Bo Lund said. The strike ended."
    articles = make_articles([("a", "A", text)])
    voices = ct.find_voices(articles)
    hits = ct.find_phrase(ct.tokenize(articles, voices), "strike")
    assert ct.export_hits(articles, hits, voices=voices)["speaker"].fillna("").tolist() == ["Ann Reed", "Bo Lund", ""]


@pytest.mark.parametrize(
    ("article", "told"),
    [
        (
            {"outlet": "Post", "title": "No\ntalks", "date": pd.Timestamp(2024, 10, 2), "url": "https://e.example/1"},
            "Post, “No talks”, 2 October 2024, https://e.example/1",
        ),
        ({"outlet": "Post", "title": pd.NA, "date": pd.NaT, "url": None}, "Post"),
        ({"outlet": "Post", "date": "4 days ago", "accession": "X-12"}, "Post, 4 days ago, X-12"),
        ({"outlet": "Post", "title": "T", "kind": "fictional newsroom"}, "Post, “T” [fictional newsroom]"),
    ],
)
def test_a_citation_tells_what_is_known_and_invents_nothing(article: dict[str, object], told: str) -> None:
    assert citation(article) == told


def test_articles_with_nothing_but_a_text_are_exported(make_articles) -> None:
    articles = make_articles([("a", "A", "The strike ended.")])[["article_id", "outlet", "text"]]
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    row = ct.export_hits(articles, hits).iloc[0]
    assert row["citation"] == "A"
    assert row[["date", "title", "url", "licence", "speaker"]].isna().all()
    none = ct.export_hits(articles, empty(HITS))
    assert none.empty
    assert list(none.columns) == list(COLUMNS)
    assert none.dtypes["date"] == ct.export_hits(articles, hits).dtypes["date"]


def test_hits_of_other_articles_are_refused(strike) -> None:
    with pytest.raises(CorpusError, match="not among the articles"):
        ct.export_hits(strike["articles"].tail(1), strike["hits"])
    with pytest.raises(CorpusError, match="hits has no column 'label'"):
        ct.export_hits(strike["articles"], strike["hits"].drop(columns="label"))


def long_article(make_articles, licence: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    text = " ".join(f"The strike of day {place} was long and nobody knew when it would end." for place in range(40))
    articles = make_articles([("a", "A", text + " A strike " + "and more " * 200 + "ended.")]).assign(licence=licence)
    return articles, ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")


@pytest.mark.parametrize(("licence", "free"), [("CC BY-SA 4.0", True), ("All rights reserved", False), (None, False)])
def test_an_article_cannot_be_put_together_from_its_sentences(make_articles, licence: str | None, free: bool) -> None:
    articles, hits = long_article(make_articles, licence)
    told = ct.export_hits(articles, hits, to_publish=True)
    sentences = told["sentence"].dropna()
    size = len(articles["text"].iloc[0])
    assert len(told) == 41
    assert (sentences.drop_duplicates().str.len().sum() <= LARGEST_PART * size) is not free
    assert (sentences.str.len().max() <= LONGEST_SENTENCE + 2) is not free
    assert told["sentence"].notna().all() == free
    assert sentences.iloc[0] == "The strike of day 0 was long and nobody knew when it would end."
    assert ct.export_hits(articles, hits)["sentence"].notna().all()


def test_several_hits_in_a_sentence_cost_its_room_once(make_articles) -> None:
    text = "A strike is a strike is a strike. " + "Nobody knew more than that on this day. " * 5
    articles = make_articles([("a", "A", text)])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    assert (
        ct.export_hits(articles, hits, to_publish=True)["sentence"].tolist()
        == ["A strike is a strike is a strike."] * 3
    )


def test_without_a_column_of_licences_nothing_may_be_handed_on(make_articles) -> None:
    articles = make_articles([("a", "A", "x"), ("b", "B", "y"), ("c", "C", "z")])
    assert may_be_handed_on(articles).tolist() == [False] * 3
    told = articles.assign(licence=["Public domain", "CC0", "ACCBY"])
    assert may_be_handed_on(told).tolist() == [True, True, False]


# files

HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "a;=1", 'x",=1', "two\nlines", "=cmd|' /C calc'!A0"]


def test_no_cell_acts_and_numbers_stay_numbers(strike, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "=head": HOSTILE,
            "difference": [-0.5, 1.25, float("nan"), float("inf"), 0.1 + 0.2, 1e-9, -3.0, 0, 1, 2],
            "rounded": ["-5.2", "7", "", "-1e-05", "3", "4", "5", "6", "7", "-x"],
            "kept": [True, False] * 5,
            "date": pd.to_datetime(["2024-10-02", None] * 5),
        }
    )
    write_exports(tmp_path, articles=strike["articles"], hits=strike["hits"], tables={"hostile": frame})
    head, *rows = cells_of(tmp_path / "data" / "hostile.csv")
    assert head[0] == "'=head"
    numbers = {row[place] for row in rows for place in (1, 2)}
    assert not [cell for row in rows for cell in row if cell.startswith(ACTS) and cell not in numbers]
    assert not [cell for row in rows for cell in row if ";=" in cell or "|=" in cell or "\n" in cell]
    assert [float(row[1]) for row in rows if row[1]] == frame["difference"].dropna().tolist()
    assert rows[0][2] == "-5.2"
    assert rows[-1][2] == "'-x"
    assert rows[0][3:] == ["yes", "2024-10-02"]
    assert rows[1][3:] == ["no", ""]
    assert unquote_formula(rows[0][0]) == "=1+1"


@pytest.mark.parametrize("file", ["formula.csv", "html_titles.csv"])
def test_hostile_titles_are_no_formulas_in_the_hits(shared: Path, tmp_path: Path, file: str) -> None:
    read = ct.read_articles(shared / "adversarial" / "inject" / file, on_error="skip")
    articles = read.assign(outlet=read["title"])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "the").assign(
        label=articles["title"].iloc[0]
    )
    write_exports(tmp_path, articles=articles, hits=hits, tables={"articles": articles})
    for name in ("hits", "articles"):
        rows = cells_of(tmp_path / "data" / f"{name}.csv")
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell.startswith(ACTS)]


def test_files_are_listed_as_they_are_written(strike, tmp_path: Path) -> None:
    figures = {"index-01": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'}
    tables = {"shares": pd.DataFrame({"share": [0.5]}), "01_a-01": pd.DataFrame({"shoe size": ["44"]})}
    written = write_exports(
        tmp_path, **strike, tables=tables, figures=figures, about={"01_a-01": "Feet\n<b>"}, corpus="strike"
    )
    assert [export.file for export in written] == [
        "data/hits.csv",
        "data/shares.csv",
        "data/01_a-01.csv",
        "figures/index-01.svg",
        "data/README.txt",
    ]
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")} == {e.file for e in written}
    assert written[0].rows == len(strike["hits"])
    assert written[2] == Export("data/01_a-01.csv", "Feet <b>", 1)
    told = (tmp_path / "data" / "README.txt").read_text(encoding="utf-8-sig")
    assert all(export.file in told for export in written[:-1])
    assert all(f"\n{column}: " in told for column in (*COLUMNS, "share"))
    assert told.endswith("Columns that are named and explained on their page\nshoe size\n")
    assert "400 characters" in told
    assert "25%" in told


def test_two_runs_write_the_same(strike, tmp_path: Path) -> None:
    for place in ("a", "b"):
        write_exports(tmp_path / place, **strike, tables={"articles": strike["articles"].drop(columns="text")})
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize("name", ["../evil", "a/b", "", "a.b", "-x", "ü", "x" * 200, "a\n"])
def test_a_table_cannot_choose_where_it_is_written(strike, tmp_path: Path, name: str) -> None:
    for kind in ({"tables": {name: pd.DataFrame()}}, {"figures": {name: "<svg/>"}}):
        with pytest.raises(CorpusError, match="makes no file name"):
            write_exports(tmp_path, articles=strike["articles"], hits=strike["hits"], **kind)
    assert list(tmp_path.iterdir()) == []


def test_every_column_of_a_result_is_told_in_words() -> None:
    frames = {
        name: columns
        for name, columns in vars(schema).items()
        if name.isupper() and isinstance(columns, tuple) and name not in ("VOICE_NAMES", "SECTION_NAMES")
    }
    assert len(frames) > 30
    untold = {(name, column) for name, columns in frames.items() for column in columns if not in_words(column)}
    assert untold == set()
    assert in_words("share_low (%)") == "lower end of the interval: " + in_words("share")


# pages


def frame_of(html: str) -> pd.DataFrame | None:
    table = BeautifulSoup(html, "html.parser").table
    assert isinstance(table, Tag)
    return table_frame(table)


def test_a_table_of_a_page_is_the_frame_that_it_shows() -> None:
    frame = pd.DataFrame({"outlet": ["A", "B"], "share": [0.5, float("nan")], "hits": [-1, 1200]})
    again = frame_of(frame._repr_html_())
    assert again is not None
    assert again.to_dict("list") == {"outlet": ["A", "B"], "share": ["0.5", ""], "hits": ["-1", "1200"]}
    grouped = frame_of(frame.set_index("outlet")._repr_html_())
    assert grouped is None or "share" in grouped.columns


def test_units_go_into_the_head_and_signs_become_plain() -> None:
    shown = pd.DataFrame({"share": [0.904, 0.002, 0.5], "difference": [-0.05, 0.123, float("nan")], "hits": [1, 2, 3]})
    again = frame_of(result_table(shown).html)
    assert again is not None
    assert again.to_dict("list") == {
        "share (%)": ["90", "under 1", "50"],
        "difference (points)": ["-5.0", "12.3", ""],
        "hits": ["1", "2", "3"],
    }


def test_a_frame_of_several_levels_keeps_its_rows_apart() -> None:
    frame = pd.DataFrame({"outlet": ["A", "A", "B"], "voice": ["x", "y", "x"], "hits": [1, 2, 3]})
    writer = PageWriter(page="01_a")
    writer.fragment(frame.set_index(["outlet", "voice"])._repr_html_())
    again = writer.downloads.tables["01_a-01"]
    assert again.to_dict("list") == {"outlet": ["A", "A", "B"], "voice": ["x", "y", "x"], "hits": ["1", "2", "3"]}


@pytest.mark.parametrize(
    "html",
    [
        pd.DataFrame({"a": range(200)})._repr_html_(),
        pd.DataFrame({"a": []})._repr_html_(),
        "<table class='dataframe'></table>",
        "<table class='dataframe'><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></table>",
        "<table class='dataframe'><tr><td colspan=999 rowspan=999>1</td></tr></table>",
    ],
)
def test_what_is_cut_or_no_table_is_not_offered(html: str) -> None:
    writer = PageWriter(page="01_a")
    page = writer.fragment(html)
    assert writer.downloads.tables == {}
    assert "ct-download" not in page


def chart(strike: dict[str, pd.DataFrame]) -> tuple[str, pd.DataFrame]:
    hits = strike["hits"]
    shares = ct.framing_shares(hits[hits["slot"] == "the stoppage"], strike["articles"], by=["outlet"])
    drawn = str(inline_chart(ct.plot_framing_shares(shares), 'A "dot" & <b>'))
    plt.close("all")
    return drawn.replace("</figure>", f"{result_table(shares).html}</figure>"), shares


def test_a_chart_offers_its_numbers_and_a_drawing_that_stands_alone(strike, tmp_path: Path) -> None:
    html, shares = chart(strike)
    writer = PageWriter(page="01_a")
    page = writer.fragment(html) + writer.fragment(html)
    offered = writer.downloads
    assert list(offered.tables) == list(offered.figures) == list(offered.about) == ["01_a-01", "01_a-02"]
    assert 'href="data/01_a-01.csv"' in page
    assert 'href="figures/01_a-02.svg"' in page
    assert offered.tables["01_a-01"]["hits"].tolist() == shares["hits"].astype("str").tolist()
    drawing = ElementTree.fromstring(offered.figures["01_a-01"])
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.get("viewBox")
    assert drawing.get("aria-label") == 'A "dot" & <b>'
    assert "var(" not in offered.figures["01_a-01"]
    write_exports(tmp_path, **strike, tables=offered.tables, figures=offered.figures, about=offered.about)
    assert len(cells_of(tmp_path / "data" / "01_a-02.csv")) == 1 + len(shares)


def test_nothing_is_offered_where_there_is_no_page_to_offer_it_on(strike) -> None:
    html, _ = chart(strike)
    assert "ct-download" not in PageWriter().fragment(html)


def test_sentences_and_readers_are_no_tables(strike) -> None:
    writer = PageWriter(page="01_a")
    lines = ct.kwic_table(ct.kwic(strike["articles"], strike["hits"], n=3)).html
    article = ct.show_article(strike["articles"], strike["voices"], strike["hits"], "01").html
    writer.fragment(lines + article)
    assert writer.downloads.tables == {}


def test_a_drawing_that_no_file_can_hold_is_left_on_its_page() -> None:
    writer = PageWriter(page="01_a")
    page = writer.fragment("<figure class='ct-chart'><svg class='ct-only'><text>&#1;\x01</text></svg></figure>")
    assert writer.downloads.figures == {}
    assert "<svg" in page


def test_a_table_of_which_the_page_shows_a_part_says_so() -> None:
    writer = PageWriter(page="01_a")
    writer.fragment(result_table(pd.DataFrame({"hits": range(1234)})).html)
    writer.fragment(result_table(pd.DataFrame({"hits": range(3)})).html)
    assert list(writer.downloads.about.values()) == [
        "the beginning; the first 200 of 1,234 rows, as on the page",
        "the beginning",
    ]


def shown_in_a_notebook(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> dict:
    """A chart with this table, as the notebook of its cell holds it."""
    kept = []
    monkeypatch.setattr("IPython.display.display", lambda fragment, metadata: kept.append((fragment.html, metadata)))
    monkeypatch.setattr("corpus_tools.show.charts.shown.kind_of", lambda result: None)
    monkeypatch.setattr("corpus_tools.show.charts.shown.alt_text", lambda result: "A chart.")
    ct.show_chart(plt.figure().add_subplot(), frame)
    ((html, metadata),) = kept
    return {"output_type": "display_data", "data": {"text/html": html}, "metadata": metadata or {}}


def test_a_long_table_of_a_chart_can_be_taken_along_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"term": ["=1+1", *(f"word, {n}" for n in range(1233))], "share": 0.5})
    writer = PageWriter(page="01_a")
    page = writer.output(shown_in_a_notebook(frame, monkeypatch))
    table = writer.downloads.tables["01_a-01"]
    assert table["term"].tolist() == frame["term"].tolist()
    assert set(table["share (%)"]) == {"50"}
    assert page.count("<tr>") < 250
    assert list(writer.downloads.about.values()) == ["the beginning; all 1,234 rows, the page shows the first 200"]


def test_a_very_long_table_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = PageWriter(page="01_a")
    writer.output(shown_in_a_notebook(pd.DataFrame({"hits": range(6000)}), monkeypatch))
    assert len(writer.downloads.tables["01_a-01"]) == 5000
    assert list(writer.downloads.about.values()) == ["the beginning; the first 5,000 of 6,000 rows"]


def test_a_short_table_of_a_chart_brings_nothing_along(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_in_a_notebook(pd.DataFrame({"hits": range(200)}), monkeypatch)["metadata"] == {}


def test_rows_that_do_not_fit_the_table_of_a_chart_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    output = shown_in_a_notebook(pd.DataFrame({"hits": range(300)}), monkeypatch)
    for rows in ("a,b\n" + "1,2\n" * 300, "hits\n" + "1,2\n" * 300, 'hits\n"1', "\x00"):
        output["metadata"] = {"corpus_tools": {"csv": rows}}
        writer = PageWriter(page="01_a")
        writer.output(output)
        assert len(writer.downloads.tables["01_a-01"]) == 200


def test_files_of_an_earlier_report_go_and_all_others_stay(strike, tmp_path: Path) -> None:
    given = {"articles": strike["articles"], "hits": strike["hits"]}
    tables, figures = {"old": pd.DataFrame({"hits": [1]})}, {"old_chart": "<svg/>"}
    write_exports(tmp_path, **given, tables=tables, figures=figures)
    for mine in ("data/mine.csv", "figures/mine.svg", "data/hits.xlsx", "mine.csv"):
        (tmp_path / mine).write_text("mine")
    write_exports(tmp_path, **given)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    own = {"data/hits.csv", "data/README.txt"}
    assert left == own | {"data/mine.csv", "figures/mine.svg", "data/hits.xlsx", "mine.csv"}


def test_a_list_of_files_that_somebody_wrote_leads_nowhere_else(strike, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "data").mkdir(parents=True)
    for place in (tmp_path / "a.csv", folder / "index.html"):
        place.write_text("mine")
    told = "note\n\nThe files\ndata/../../a.csv: x\n../a.csv: x\nindex.html: x\n\nmore\n"
    (folder / "data" / "README.txt").write_text(told, encoding="utf-8")
    write_exports(folder, articles=strike["articles"], hits=strike["hits"])
    assert (tmp_path / "a.csv").is_file()
    assert (folder / "index.html").is_file()


def test_a_page_with_many_charts_tables_and_articles_keeps_its_weight(strike) -> None:
    html, _ = chart(strike)
    writer = PageWriter(page="01_a")
    article = ct.show_article(strike["articles"], strike["voices"], strike["hits"], "01").html
    lines = ct.kwic_table(ct.kwic(strike["articles"], strike["hits"]), by=["label", "outlet"]).html
    page = "".join(map(writer.fragment, [html, lines, article] * 8))
    assert len(page.encode()) < 1_500_000
    assert page.count("<style>") == 4
