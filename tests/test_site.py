"""The first page's findings, the lines behind every number, methods, glossary, and what a page may do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell
from scipy.stats import false_discovery_control

import corpus_tools as ct
from corpus_tools.schema import CONTRAST, SHARES, CorpusError, empty
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW, verdict
from corpus_tools.show.finding_words import nothing_to_compare, opening_words, told_findings
from corpus_tools.show.findings import KeyFindings, key_findings
from corpus_tools.show.lines import MOST, LineLinks, line_links, lines_page
from corpus_tools.show.methods import _WHAT_CHANGES, methods_page
from corpus_tools.show.overview import VOICES_F1, VOICES_LIMIT, VOICES_SHORT
from corpus_tools.show.policy import with_policy
from corpus_tools.show.provenance import lexicon_fingerprint, repeat_command
from corpus_tools.show.report import SINGLE_FILE, export_report
from corpus_tools.show.ways import common_scale, strip, ways, ways_table, ways_words
from tests.test_report import MADE, RICH, check_report, elements, notebook, pages_in, text_of

GLOSSARY = "# Glossary\n\n## hit\n\nOne case.\n\n## p value\n\nSee [hit](glossary.md#hit), [here](01_names.ipynb)."


def frames_of(articles: pd.DataFrame, lexicon: pd.DataFrame) -> dict[str, pd.DataFrame]:
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    hits, pairs = ct.find_hits(tokens, lexicon), ct.find_reuse(tokens)
    grouped = ct.add_reuse_groups(articles, pairs)
    shares = empty(("outlet", *SHARES))
    if len(hits):
        own = hits[hits["slot"] == ct.main_slot(hits, lexicon)]
        shares = ct.framing_shares(own, grouped, by=["outlet", "voice"])
    passages = ct.align_passages(tokens, pairs)
    return {"articles": grouped, "shares": shares, "hits": hits, "voices": voices, "passages": passages}


@pytest.fixture(scope="module")
def strike() -> dict[str, pd.DataFrame]:
    source, lexicon = ct.inspect_source("strike"), ct.read_lexicon("strike")
    return {**source._asdict(), "lexicon": lexicon, **frames_of(source.articles, lexicon)}


@pytest.fixture(scope="module")
def own(strike) -> pd.DataFrame:
    return strike["hits"][strike["hits"]["slot"] == "the stoppage"]


@pytest.fixture(scope="module")
def found(strike, own) -> KeyFindings:
    return key_findings(own, strike["articles"], strike["passages"])


@pytest.fixture(scope="module")
def site(strike, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    options = {"corpus": "strike", "lexicon_name": "strike", "glossary": GLOSSARY, "command": "python run.py report"}
    pages = [notebook(*RICH, new_markdown_cell("A [hit](glossary.md#hit)."))]
    export_report(pages, folder, made=MADE, single_file=True, **options, **strike)
    return folder


def words_of(tree: Element, path: str = ".//body") -> str:
    return " ".join(text_of(tree.find(path)).split())


def made_of(articles: pd.DataFrame, strike: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same report of other articles."""
    return {**strike, **frames_of(articles, strike["lexicon"])}


# how findings are chosen


def test_p_is_corrected_for_every_comparison_that_was_looked_at(found) -> None:
    table = found.looked_at
    assert set(table["target"]) == {"Ellery Meridian", "Harbour Wire", "Ropewalk Voice"}
    assert not table.duplicated(["target", "label"]).any()
    assert len(table) == table["target"].nunique() * table["label"].nunique()
    known = table["p"].notna()
    np.testing.assert_allclose(table.loc[known, "p_adjusted"], false_discovery_control(table.loc[known, "p"]))
    assert (table.loc[known, "p_adjusted"] >= table.loc[known, "p"]).all()


def test_the_outlets_with_most_evidence_are_told_whatever_was_found(found, own) -> None:
    narrator = own[own["voice"] == "narrator"]
    most = narrator.groupby("outlet")["article_id"].nunique().sort_values(ascending=False)
    assert {row["target"] for row in found.told} == set(most.index[:3])
    for row in found.told:
        rivals = found.looked_at[found.looked_at["target"] == row["target"]]
        assert np.isnan(row["p"]) or row["p"] == rivals["p"].min()
    verdicts = [verdict(row) for row in found.told]
    assert verdicts == sorted(verdicts, key=lambda one: one != SUPPORTED)


def test_of_names_with_the_same_p_the_greatest_difference_is_told() -> None:
    source, lexicon = ct.inspect_source("karabakh"), ct.read_lexicon("karabakh")
    frames = frames_of(source.articles, lexicon)
    hits = frames["hits"][frames["hits"]["slot"] == "region"]
    first = key_findings(hits, frames["articles"]).told[0]
    assert (first["target"], first["label"]) == ("Hrazdan Ledger", "Artsakh")


def two_outlets(strike, own, labels: list[str] | None = None) -> KeyFindings:
    names = ["Ellery Meridian", "Ropewalk Voice"]
    articles = strike["articles"][strike["articles"]["outlet"].isin(names)]
    hits = own[own["outlet"].isin(names)]
    return key_findings(hits if labels is None else hits[hits["label"].isin(labels)], articles)


def test_mirrored_comparisons_are_made_once(strike, own) -> None:
    both = two_outlets(strike, own)
    assert set(both.looked_at["target"]) == {"Ellery Meridian"}
    assert len({row["label"] for row in both.told}) == len(both.told) == 3
    assert len(two_outlets(strike, own, ["strike", "disruption"]).looked_at) == 1


def test_where_the_outlets_never_name_it_themselves_all_voices_are_compared(strike, own) -> None:
    found = key_findings(own[own["voice"] != "narrator"], strike["articles"])
    assert found.voice == "all"
    assert "all voices" in opening_words(found)


def test_nothing_supported_is_said_plainly(found) -> None:
    nothing = found.looked_at.assign(p=0.6, p_adjusted=0.9)
    words = opening_words(found._replace(looked_at=nothing))
    assert words.startswith("None of 12 comparisons")
    assert "do not tell the outlets apart" in words


def test_without_a_rival_nothing_is_compared_and_the_reason_is_said(strike, own) -> None:
    alone = strike["articles"][strike["articles"]["outlet"] == "Ellery Meridian"]
    hits = own[own["outlet"] == "Ellery Meridian"]
    assert key_findings(hits, alone).told == []
    assert "one outlet only" in nothing_to_compare(alone, hits)
    agreed = own[own["label"] == "strike"]
    assert key_findings(agreed, strike["articles"]).looked_at.empty
    assert 'calls it "strike"' in nothing_to_compare(strike["articles"], agreed)


# how they are told


def told(row: dict[str, object], links: LineLinks | None = None) -> dict[str, object]:
    plain = dict.fromkeys(CONTRAST, np.nan) | {"slot": "x", "label": "guards", "target": "A", "reference": "others"}
    whole = plain | {"articles_target": 8, "articles_reference": 9, "note": "", "p_adjusted": 0.01, "p": 0.01} | row
    block = ct.robustness(*two_sides(), label="strike", target="Ropewalk Voice")
    block = block.assign(slot="x")
    found = KeyFindings("x", "narrator", pd.DataFrame([whole]), [whole], [block], 3)
    (finding,) = told_findings(found, pd.DataFrame({"outlet": ["A", "B", "C"]}), links or LineLinks())
    return finding | {"words": "".join(words for words, _ in finding["parts"])}


def two_sides() -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = ct.read_articles("strike")
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    return hits, articles


SIDES = {"share_target": 0.7, "share_reference": 0.2, "difference": 0.5}


def test_a_verdict_decides_the_words() -> None:
    clear = told({**SIDES, "difference_low": 0.2, "difference_high": 0.7})
    assert (
        clear["words"]
        == 'A writes "guards" more often than the other outlets: in 70\u00a0% of its cases against 20\u00a0%.'
    )
    assert "corrected p = 0.01" in clear["small"][0]
    open_one = told({**SIDES, "difference_low": -0.1, "difference_high": 0.7, "planning_difference": 0.6})
    assert open_one["verdict"] == NOT_DISTINGUISHABLE
    assert open_one["words"].startswith("These articles do not tell A and the other outlets apart")
    few = told({**SIDES, "note": "no interval: 2 and 9 articles with a hit, 5 needed on each side"})
    assert few["verdict"] == TOO_FEW
    assert few["words"].startswith("Too few articles to compare A")
    silent = told({"note": "no hit of the slot"})
    assert silent["words"] == 'Too few articles to compare A with the other outlets in "guards".'


def test_every_number_of_a_finding_has_its_lines(site: Path) -> None:
    pages = check_report(site)
    places = {element.get("id") for element in elements(pages["lines.html"])}
    for finding in pages["index.html"].findall(".//p[@class='finding']"):
        links = [link.get("href") for link in finding.iter("a")]
        assert len(links) == 2
        assert all(link.removeprefix("lines.html#") in places for link in links)


# ways of counting


def test_a_strip_shows_the_rows_of_robustness_and_nothing_else(found) -> None:
    row, block = found.told[0], found.ways[0]
    counted = ways(row, block, voice=found.voice, slot=found.slot)
    assert counted[0].row is row
    narrator = block[(block["voice"] == "narrator") & (block["changed"] == 2)]
    for way in counted[2:]:
        if way.row is not None:
            assert way.row["voice"] == "narrator"
            assert any(way.row["difference"] == other for other in narrator["difference"].dropna()) or np.isnan(
                way.row["difference"]
            )
        else:
            assert way.why
    assert len({way.name for way in counted}) == len(counted) == 11


def test_what_is_drawn_is_what_is_told(found) -> None:
    every = [
        ways(row, block, voice=found.voice, slot=found.slot) for row, block in zip(found.told, found.ways, strict=True)
    ]
    low, high = common_scale(every)
    assert low <= -0.2 < 0.2 <= high
    for counted in every:
        drawn, table = strip(counted, (low, high)), ways_table(counted)
        assert len(drawn["rows"]) == len(table) == len(counted)
        for way, row, cells in zip(counted, drawn["rows"], table, strict=True):
            kinds = {SUPPORTED: "supported", NOT_DISTINGUISHABLE: "open", TOO_FEW: {"few", "missing"}, "": "missing"}
            assert row["kind"] in kinds[way.verdict]
            assert (row["from"] is None) is (way.verdict in (TOO_FEW, ""))
            assert cells[0] == way.name
            assert all(
                0 <= place <= drawn["width"] for place in (row["x"], row["from"], row["to"]) if place is not None
            )
        held = sum(way.verdict == SUPPORTED for way in counted[1:])
        words = ways_words(counted)
        assert f"supported in {held} of" in words or "No other way" in words


def test_the_methods_name_every_way_of_counting(site: Path, found) -> None:
    told = words_of(pages_in(site)["methods.html"])
    for name in _WHAT_CHANGES:
        assert name in told


# lines


def test_every_row_of_the_table_leads_to_as_many_lines(strike, site: Path) -> None:
    pages = pages_in(site)
    places = {element.get("id"): element for element in elements(pages["lines.html"]) if element.get("id")}
    rows = pages["index.html"].findall(".//section[@aria-labelledby='chart']//details//tbody/tr")
    assert len(rows) == len(strike["shares"])
    for row, share in zip(rows, strike["shares"].to_dict("records"), strict=True):
        (link,) = row.iter("a")
        place = places[link.get("href").removeprefix("lines.html#")]
        if share["hits"]:
            assert place.get("id").endswith(f"-{share['voice']}")
            assert len(place.findall(".//li")) == min(share["hits"], MOST)
            assert all(item.find(".//b").text for item in place.iter("li"))


def test_more_lines_than_there_is_room_for_are_drawn_and_said() -> None:
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(60)],
            "outlet": ["A", "B"] * 30,
            "date": pd.NaT,
            "title": None,
            "text": ["The guards came. A long sentence follows that nobody needs to read. " + "word " * 60] * 60,
        }
    )
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    hits = ct.find_phrase(tokens, "guards").assign(slot="who")
    page = lines_page(hits, articles, line_links(hits, articles))
    (name,) = page["names"]
    for outlet in name["outlets"]:
        (voice,) = outlet["voices"]
        assert (len(voice["lines"]), voice["size"]) == (MOST, 30)
        assert {line["date"] for line in voice["lines"]} == {"undated"}
        assert max(len(line["right"]) for line in voice["lines"]) <= 81
    assert not page["is_all"]
    assert page["shown"] == f"{2 * MOST} of 60 lines"


def test_an_outlet_without_a_case_has_its_place_too(strike, site: Path) -> None:
    told = words_of(pages_in(site)["lines.html"])
    zero = strike["shares"].groupby(["label", "outlet"])["hits"].sum()
    label, outlet = zero[zero == 0].index[0]
    assert re.search(rf"“{label}” .*?No case: [^.]*{outlet} \(\d+ searched\)", told)


def test_only_short_pieces_of_an_article_that_may_not_be_handed_on(strike, tmp_path: Path) -> None:
    closed = strike["articles"].assign(licence="All rights reserved")
    export_report([], tmp_path, **{**strike, "articles": closed})
    pieces = [text_of(e) for e in elements(pages_in(tmp_path)["lines.html"]) if e.get("class") == "line"]
    assert pieces
    assert max(map(len, pieces)) <= 80 + 80 + 60


# whatever comes


def page_words(folder: Path) -> str:
    return words_of(check_report(folder)["index.html"])


def test_one_outlet_is_described(strike, tmp_path: Path) -> None:
    alone = strike["articles"][strike["articles"]["outlet"] == "Ellery Meridian"]
    export_report([], tmp_path, **made_of(alone, strike))
    told = page_words(tmp_path)
    assert "one outlet only, so there is nothing to compare" in told
    assert "Ellery Meridian, in its own words, writes" in told


def test_few_articles_are_called_few(strike, tmp_path: Path) -> None:
    export_report([], tmp_path, **made_of(strike["articles"].groupby("outlet").head(2), strike))
    told = page_words(tmp_path)
    assert "None of" in told
    assert "Too few articles to compare" in told
    assert "no interval: 2 and" in told


def test_without_dates_events_or_titles_the_page_is_whole(strike, tmp_path: Path) -> None:
    bare = strike["articles"][["article_id", "outlet", "text"]].assign(date=pd.NaT, title=None)
    export_report([], tmp_path, **made_of(bare, strike))
    told = page_words(tmp_path)
    assert "no dates" in told
    assert "14 articles without a date: nothing is said of their time." in told
    assert "no column event" in words_of(pages_in(tmp_path)["methods.html"])


def test_without_a_hit_there_is_no_page_of_lines(strike, tmp_path: Path) -> None:
    silent = strike["articles"].assign(text=strike["articles"]["title"].map(lambda _: "Nothing of it stands here."))
    export_report([], tmp_path, **made_of(silent, strike))
    assert "lines.html" not in check_report(tmp_path)
    assert "No word of the lexicon occurs in this corpus" in page_words(tmp_path)


@pytest.mark.parametrize("file", ["html_titles.csv", "markdown_latex.csv", "formula.csv"])
def test_hostile_names_stay_text_in_findings_and_lines(strike, shared: Path, tmp_path: Path, file: str) -> None:
    names = ct.inspect_source(shared / "adversarial" / "inject" / file).articles["title"]
    outlets = dict(zip(strike["articles"]["outlet"].unique(), names, strict=False))
    ids = {
        one: f"{names.iloc[place % len(names)]} {place}" for place, one in enumerate(strike["articles"]["article_id"])
    }
    articles = strike["articles"].replace({"outlet": outlets, "article_id": ids})
    label, slot = names.iloc[0], names.iloc[1]
    lexicon = strike["lexicon"].replace({"label": {"strike": label}, "slot": {"the stoppage": slot}})
    command = repeat_command(names.iloc[0], names.iloc[1])
    frames = {**strike, "lexicon": lexicon, **frames_of(articles, lexicon)}
    export_report([], tmp_path, corpus=label, lexicon_name=label, command=command, single_file=True, **frames)
    pages = check_report(tmp_path)
    assert " ".join(str(slot).split())[:12] in words_of(pages["index.html"], ".//h1")
    assert pages["index.html"].findall(".//p[@class='finding']")


# what a page may do, and what it tells of its making


def test_a_policy_names_what_is_there() -> None:
    plain = with_policy('<meta content="@policy@"><style>a{}</style><style>a{}</style><style>b{}</style>')
    assert plain.count("sha256-") == 2
    assert "unsafe" not in plain
    assert "script-src" not in plain
    styled = with_policy('<meta content="@policy@"><p class="x" style="color:red">1</p>')
    assert "style-src-attr 'unsafe-inline'" in styled
    assert "style-src 'unsafe-inline'" not in styled
    assert "unsafe" not in with_policy('<meta content="@policy@"><p>&lt;p style="x"&gt;</p>')


def test_two_runs_differ_in_the_stated_time_only(strike, site: Path, tmp_path: Path) -> None:
    options = {"corpus": "strike", "lexicon_name": "strike", "glossary": GLOSSARY, "command": "python run.py report"}
    pages = [notebook(*RICH, new_markdown_cell("A [hit](glossary.md#hit)."))]
    export_report(pages, tmp_path, made=datetime.now(UTC), single_file=True, **options, **strike)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    time = re.compile(rb"<time datetime=.*?</time>")
    for file in files:
        first, second = ((folder / file).read_bytes() for folder in (site, tmp_path))
        assert time.sub(b"", first) == time.sub(b"", second), file
        assert file.name in ("index.html", SINGLE_FILE) or first == second, file


def test_the_making_can_be_repeated(strike, site: Path) -> None:
    told = words_of(pages_in(site)["index.html"], ".//section[@aria-labelledby='provenance']")
    assert f"fingerprint {lexicon_fingerprint(strike['lexicon'])}" in told
    assert "python run.py report" in told
    assert repeat_command("a b.csv", "x;rm.csv", "--skip") == (
        "python run.py report --corpus 'a b.csv' --lexicon 'x;rm.csv' --skip"
    )
    for tree in pages_in(site).values():
        assert lexicon_fingerprint(strike["lexicon"]) in words_of(tree, ".//footer")


def test_a_lexicon_fingerprint_knows_patterns_and_no_notes(strike) -> None:
    lexicon = strike["lexicon"]
    first = lexicon_fingerprint(lexicon)
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert lexicon_fingerprint(lexicon.sample(frac=1, random_state=1).assign(note="x", checked=True)) == first
    for column in ("slot", "label", "pattern", "near", "unless"):
        changed = lexicon.copy()
        changed.loc[changed.index[0], column] = "zzz"
        assert lexicon_fingerprint(changed) != first, column


def test_the_glossary_is_a_page_that_notebooks_lead_to(site: Path) -> None:
    pages = check_report(site)
    places = {element.get("id") for element in elements(pages["glossary.html"])}
    assert {"hit", "p-value"} <= places
    assert "glossary.html#hit" in {link.get("href") for link in pages["01_names.html"].iter("a")}
    links = {link.get("href") for link in pages["glossary.html"].find(".//main").iter("a")}
    assert {"#hit", "#p-value", "glossary.html#hit", "01_names.html"} <= links


def test_a_notebook_cannot_take_the_place_of_another_page(strike, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="'methods' is that of another page"):
        export_report([notebook(*RICH, name="methods")], tmp_path, **strike)


def test_the_methods_say_how_often_the_voice_finder_errs(strike, site: Path) -> None:
    told = words_of(pages_in(site)["methods.html"])
    assert f"is about {VOICES_F1:.2f}" in told
    assert VOICES_LIMIT in told
    assert VOICES_SHORT in page_words(site)
    assert "one in seven" in VOICES_SHORT
    measured = methods_page(
        **{name: strike[name] for name in ("articles", "problems", "cleaning", "lexicon", "shares", "passages")},
        compared=True,
    )["voices"]["rows"]
    shown = {(row[0], row[1]): row[2] for row in measured}
    assert shown["seven outlets", "F1"] == f"{VOICES_F1:.2f}"


def test_links_from_page_to_page_have_an_end(site: Path) -> None:
    pages = pages_in(site)
    places = {file: {element.get("id") for element in elements(tree)} for file, tree in pages.items()}
    for file, tree in pages.items():
        for link in tree.iter("a"):
            page, _, place = link.get("href").partition("#")
            if place and (page or file) in places:
                assert place in places[page or file], (file, link.get("href"))
