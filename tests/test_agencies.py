"""Agencies: whose copy an article is, who only helped, and what merely speaks of an agency."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.read.agencies import Credits, agency_names, read_byline
from corpus_tools.read.clean import clean_text

FIRST = "Drivers met the company on Monday. They asked for more pay."
LAST = "The company did not answer."


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts)


BODY = paragraphs(FIRST, LAST)


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("Associated Press", "AP"),
        ("By THE ASSOCIATED PRESS", "AP"),
        ("By Steve Roe, Reuters", "Reuters"),
        ("REUTERS", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("Jo Roe | AP", "AP"),
        ("Jo Roe/AP", "AP"),
        ("Jo Roe (AFP)", "AFP"),
        ("AFP in Tbilisi", "AFP"),
        ("Jo Roe in Tbilisi for AFP", "AFP"),
        ("JO ROE and SAM POE Associated Press", "AP"),
        ("Jo Roe, Sam Poe and Ann Coe, Associated Press", "AP"),
        ("Jo Roe, AP Business Writer", "AP"),
        ("Associated Press writers Jo Roe and Sam Poe", "AP"),
        ("PA", "PA"),
        ("Reuters, London", "Reuters"),
    ],
)
def test_bylines_of_agencies(byline: str, agency: str) -> None:
    assert read_byline(byline) == Credits(agency, "byline")


@pytest.mark.parametrize(
    ("byline", "contributed"),
    [
        ("Jo Roe and Reuters", ("Reuters",)),
        ("Associated Press and Jo Roe", ("AP",)),
        ("Daily Ellery Reporter, AFP", ("AFP",)),
        ("Ellery staff with AFP", ("AFP",)),
        ("AFP, Reuters", ("AFP", "Reuters")),
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("Jo Roe, Sam Poe, Ann Coe, Associated Press, Max Zoe", ("AP",)),
    ],
)
def test_an_agency_beside_others_only_contributed(byline: str, contributed: tuple[str, ...]) -> None:
    assert read_byline(byline) == Credits(contributed=contributed)


@pytest.mark.parametrize(
    "byline",
    ["", "Jo Roe", "Jo Roe, PA", "Michael Bloomberg", "Turan Aliyev", "Jo Trend", "Foreign Press Association", "None"],
)
def test_bylines_without_an_agency(byline: str) -> None:
    assert read_byline(byline) == Credits()


COPY = [
    ("Copyright 2018 The Associated Press. All rights reserved.", "AP", "copyright line"),
    ("© 2020 Thomson/Reuters. All rights reserved.", "Reuters", "copyright line"),
    ("Our Standards: The Thomson Reuters Trust Principles.", "Reuters", "copyright line"),
    ("Source: Xinhua", "Xinhua", "credit line"),
    ("(Reporting by Jo Roe in Washington; Editing by Sam Poe)", "Reuters", "credit line"),
    ("Associated Press writers Jo Roe and Sam Poe in Baku contributed to this report.", "AP", "credit line"),
    ("Roe reported from Baku. AP writer Sam Poe in Shusha, Karabakh, contributed.", "AP", "credit line"),
    ("This story was reported by The Associated Press.", "AP", "credit line"),
    ("They did not say when. — Reuters", "Reuters", "closing tag"),
    ("They did not say when. (AFP)", "AFP", "closing tag"),
    ("(AFP)", "AFP", "closing tag"),
]
HELP = [
    ("The Associated Press contributed to this report.", ("AP",)),
    ("Reuters contributed reporting", ("Reuters",)),
    ("AFP contributed", ("AFP",)),
    ("Ellery News’ Jo Roe and The Associated Press contributed to this report.", ("AP",)),
    ("Ellery News’ Jo Roe and Associated Press writer Sam Poe contributed to this report.", ("AP",)),
    ("With files from The Canadian Press and Reuters", ("Canadian Press", "Reuters")),
    ("(With inputs from PTI)", ("PTI",)),
    ("Additional reporting by Reuters", ("Reuters",)),
    ("Additional reporting by Jo Roe, AFP", ("AFP",)),
    ("Contributing: Jo Roe, ELLERY TODAY; Associated Press", ("AP",)),
    ("This report contains material from the Associated Press and Reuters.", ("AP", "Reuters")),
    ("Information from AFP was used in this report.", ("AFP",)),
    ("This story was compiled from Associated Press material and other sources.", ("AP",)),
    ("Sources: AFP, Reuters", ("AFP", "Reuters")),
]


@pytest.mark.parametrize(("line", "agency", "known_by"), COPY)
def test_last_lines_that_name_the_agency_of_the_copy(line: str, agency: str, known_by: str) -> None:
    assert clean_text(paragraphs(FIRST, LAST, line)).credits == Credits(agency, known_by)


@pytest.mark.parametrize(("line", "contributed"), HELP)
def test_last_lines_that_name_who_helped(line: str, contributed: tuple[str, ...]) -> None:
    cleaned = clean_text(paragraphs(FIRST, LAST, line))
    assert cleaned.credits == Credits(contributed=contributed)
    assert cleaned.text == BODY
    removed = [paragraphs(FIRST, LAST, line)[e.start : e.end] for e in cleaned.edits if e.rule == "credit line"]
    assert [r.strip() for r in removed] == [line]


def test_a_credit_at_the_end_of_a_paragraph_is_read_and_stands() -> None:
    raw = paragraphs(FIRST, f"{LAST} The Associated Press contributed to this report.")
    cleaned = clean_text(raw)
    assert (cleaned.text, cleaned.edits, cleaned.credits.contributed) == (raw, [], ("AP",))


@pytest.mark.parametrize(
    "line",
    [
        "Reuters reported that the drivers met the company.",
        "“We are tired,” Jo Roe told the Associated Press.",
        "The company denied a report by AFP.",
        "Reuters has contributed to the pension fund of its drivers.",
        "The money that AP contributed to the campaign was returned, the drivers said.",
        "A reporter who has contributed to Reuters and to AFP drove the bus.",
        "Sources: the drivers told Reuters so.",
        "Drivers wait at the gate. Jo Roe/Reuters",
        "Reuters/Jo Roe",
        "Jo Roe contributed to this report.",
        "Image copyright Reuters Image caption Drivers wait at the gate",
        "With Reuters, the company signed a contract in May.",
        "Reporting by Jo Roe for the Ellery Meridian won a prize.",
        "The Foreign Press Association contributed to this report.",
        "This story contains reporting by Reuters that the company has denied since.",
    ],
)
def test_what_speaks_of_an_agency_is_neither_copy_nor_help(line: str) -> None:
    raw = paragraphs(FIRST, LAST, line)
    assert clean_text(raw).credits == Credits()
    assert clean_text(raw).text == raw


def test_a_credit_far_from_the_end_is_not_read() -> None:
    raw = paragraphs(FIRST, "Reuters contributed reporting", *[f"Bus number {i} left on time." for i in range(9)])
    assert (clean_text(raw).credits, clean_text(raw).text) == (Credits(), raw)


@pytest.mark.parametrize("head", ["By Jo Roe, Reuters", "By The Associated Press", "Jo Roe\n\nAssociated Press"])
def test_a_byline_of_an_agency_in_the_text_goes_and_is_logged(head: str) -> None:
    raw = paragraphs("No buses", head, f"BAKU (Reuters) - {FIRST}", LAST)
    cleaned = clean_text(raw, "No buses")
    assert cleaned.text == paragraphs("No buses", BODY)
    assert "byline" in {e.rule for e in cleaned.edits}
    assert cleaned.credits.known_by == "dateline"  # the surer sign of two


@pytest.mark.parametrize(
    "head",
    [
        "By Jo Roe",
        "AP",
        "Reuters",
        "By now Reuters has reported it.",
        "By Tuesday, Reuters and AFP had left",
        "Jo Roe / Reuters",
    ],
)
def test_other_first_lines_stand(head: str) -> None:
    raw = paragraphs(head, FIRST, LAST)
    assert (clean_text(raw).text, clean_text(raw).credits) == (raw, Credits())


def test_a_day_with_an_agency_is_a_dateline() -> None:
    cleaned = clean_text(f"Dec 29 (Reuters) - {BODY}")
    assert (cleaned.text, cleaned.dateline, cleaned.credits) == (BODY, "", Credits("Reuters", "dateline"))
    assert clean_text(f"May 4 (Friday) - {BODY}").text == f"May 4 (Friday) - {BODY}"


@pytest.mark.parametrize("line", [*(line for line, *_ in COPY), *(line for line, _ in HELP)])
def test_cleaning_twice_is_cleaning_once(line: str) -> None:
    once = clean_text(paragraphs("By Jo Roe, Reuters", FIRST, line, LAST, line))
    twice = clean_text(once.text)
    assert (twice.text, twice.edits) == (once.text, [])


def test_a_long_run_of_credits_and_bylines_goes_at_once() -> None:
    raw = paragraphs(*["By Jo Roe, Reuters"] * 40, FIRST, LAST, *["AFP contributed to this report."] * 40)
    cleaned = clean_text(raw)
    assert (cleaned.text, cleaned.credits) == (BODY, Credits("Reuters", "byline", ("AFP",)))


def test_a_text_of_nothing_but_a_credit_is_kept() -> None:
    assert clean_text("The Associated Press contributed to this report.").text != ""


def read(tmp_path: Path, *rows: dict[str, str]) -> pd.DataFrame:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps({"outlet": "Ellery Meridian", **row}) for row in rows), encoding="utf-8")
    return ct.read_articles(path).drop(columns=["article_id", "date", "title", "source_file"])


def test_columns_of_the_articles(tmp_path: Path) -> None:
    helped = paragraphs(BODY, "Reuters and AFP contributed to this report.")
    found = read(
        tmp_path,
        {"text": helped, "author": "Jo Roe | AP"},
        {"text": helped, "agency": "Harbour Wire", "author": "Jo Roe, AFP"},
        {"text": paragraphs(f"BAKU (Reuters) - {FIRST}", LAST, "Reuters contributed"), "author": "AFP"},
        {"text": BODY, "author": "Jo Roe"},
        {"text": f"Ellery (Ellery) - {BODY}", "outlet": "Ellery"},
    )
    wanted = ["agency", "agency_from", "agency_contributed"]
    assert found[wanted].fillna("").to_numpy().tolist() == [
        ["AP", "byline", "Reuters; AFP"],
        ["Harbour Wire", "data", "Reuters; AFP"],
        ["Reuters", "dateline", ""],
        ["", "", ""],
        ["", "", ""],
    ]


def test_columns_are_missing_where_no_article_has_them(tmp_path: Path) -> None:
    assert list(read(tmp_path, {"text": BODY})) == ["outlet", "text"]


def test_columns_given_by_the_data_win(tmp_path: Path) -> None:
    text = paragraphs(BODY, "Reuters contributed reporting")
    found = read(tmp_path, {"text": text, "agency_contributed": "Harbour Wire", "byline": "AFP"})
    assert found.loc[0, ["agency", "agency_from", "agency_contributed"]].tolist() == ["AFP", "byline", "Harbour Wire"]


@pytest.mark.parametrize("name", ["karabakh", "strike"])
def test_agencies_given_in_the_samples_stay(name: str) -> None:
    articles = ct.read_sample(name)
    folder = Path(ct.__file__).resolve().parents[1] / "data" / name / "articles"
    for row in articles.itertuples():
        front = (folder / Path(row.source_file).name).read_text(encoding="utf-8").split("\n---")[0]
        given = [line.removeprefix("agency: ") for line in front.splitlines() if line.startswith("agency: ")]
        assert given in ([], [row.agency])
        assert (row.agency_from == "data") == bool(given)


def test_each_spelling_belongs_to_one_agency() -> None:
    table = pd.read_csv(Path(ct.__file__).parent / "read" / "agencies.csv", keep_default_na=False)
    forms = [form.casefold() for written in table["written"] for form in set(written.casefold().split("|"))]
    assert len(forms) == len(set(forms)) == len(agency_names())
    for row in table.itertuples():
        assert set(filter(None, row.only_alone.split("|"))) <= set(row.written.split("|"))


# The rules were worked out on the even lines.
@pytest.mark.parametrize("half", [0, 1])
def test_annotated_articles(shared: Path, tmp_path: Path, half: int) -> None:
    with gzip.open(shared / "gold" / "attributions_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][half::2]
    columns = ("article_id", "outlet", "date", "title", "author", "text")
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps({c: row[c] for c in columns}) for row in rows), encoding="utf-8")
    found = ct.read_articles(path).set_index("article_id")["agency"].fillna("")
    wire = [{"reuters": "Reuters"}.get(row["wire"] or "", row["wire"] or "") for row in rows]
    right = sum(w == found[row["article_id"]] != "" for w, row in zip(wire, rows, strict=True))
    assert 2 * right / (sum(map(bool, wire)) + (found != "").sum()) >= 0.85
