"""Sources: manifests, folders and single files; whatever cannot be kept is listed, and the ledger adds up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools import cli
from corpus_tools.read.copies import write_named_copy
from corpus_tools.show import notebooks as notebook_tools
from corpus_tools.show.notebooks import read_parameters

Write = Callable[[dict[str, str | bytes]], Path]
TEXT = "Drivers met the company on Monday."
OTHER = "The company did not answer."


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_files(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / "corpus" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "corpus"

    return write_files


def lost(problems: pd.DataFrame) -> pd.DataFrame:
    return problems[~problems["kept"]]


def rule(problems: pd.DataFrame, name: str) -> pd.DataFrame:
    return problems[problems["rule"] == name]


# a manifest

MANIFEST = "file,outlet,date,title,event\na.txt,Alpha,2024-10-07,No buses,first\nsub/b.md,Beta,,,\n"


def test_only_what_the_manifest_lists_is_read(write: Write) -> None:
    files = {"articles.csv": MANIFEST, "a.txt": TEXT, "sub/b.md": OTHER, "c.txt": "Not listed.", "notes.xlsx": "x"}
    articles, problems, _ = ct.inspect_source(write(files))
    assert articles["article_id"].tolist() == ["a", "sub/b"]
    assert articles["outlet"].tolist() == ["Alpha", "Beta"]
    assert articles["title"].isna().tolist() == [False, True]
    assert articles["event"].tolist()[0] == "first"
    assert articles.loc[0, "text"] == f"No buses\n\n{TEXT}"
    unlisted = rule(problems, "not in the manifest")
    assert unlisted["file"].tolist() == ["c.txt", "notes.xlsx"]
    assert unlisted["kept"].all()
    assert lost(problems).empty


def test_unlisted_files_do_not_raise(write: Write) -> None:
    files = {"articles.csv": MANIFEST, "a.txt": TEXT, "sub/b.md": OTHER, "broken.txt": b"\xff\xfe\x00", "c.csv": "x"}
    assert len(ct.read_articles(write(files))) == 2


def test_the_manifest_itself_can_be_named(write: Write) -> None:
    folder = write({"articles.csv": MANIFEST, "a.txt": TEXT, "sub/b.md": OTHER})
    pd.testing.assert_frame_equal(ct.read_articles(folder / "articles.csv"), ct.read_articles(folder))


def test_a_listed_file_that_is_missing_is_lost(write: Write) -> None:
    articles, problems, _ = ct.inspect_source(write({"articles.csv": MANIFEST, "a.txt": TEXT}))
    assert len(articles) == 1
    assert lost(problems)[["row", "rule", "value"]].to_numpy().tolist() == [[2, "file missing", "sub/b.md"]]


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hostname", "sub/../../outside.txt", "..\\outside.txt"])
def test_a_path_out_of_the_folder_is_refused(write: Write, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text("Secret words.", encoding="utf-8")
    folder = write({"articles.csv": f"file,outlet\n{name},Alpha\na.txt,Alpha\n", "a.txt": TEXT})
    articles, problems, _ = ct.inspect_source(folder)
    assert articles["text"].tolist() == [TEXT]
    assert lost(problems)["row"].tolist() == [1]


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("Secret words.", encoding="utf-8")
    folder = write({"articles.csv": "file,outlet\nlink.txt,Alpha\na.txt,Alpha\n", "a.txt": TEXT})
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    articles, problems, _ = ct.inspect_source(folder)
    assert articles["text"].tolist() == [TEXT]
    assert len(lost(problems)) == 1


@pytest.mark.parametrize("name", ["sub\\b.md", "./sub/b.md", " sub/b.md "])
def test_other_ways_to_write_a_path(write: Write, name: str) -> None:
    folder = write({"articles.csv": f"file,outlet\n{name},Beta\n", "sub/b.md": OTHER})
    assert ct.read_articles(folder)["article_id"].tolist() == ["sub/b"]


def test_the_manifest_has_the_last_word_over_front_matter(write: Write) -> None:
    page = f"---\noutlet: Own\ntitle: Own title\nauthor: Roe\ndate: 2024-01-01\n---\n{TEXT}\n"
    folder = write({"articles.csv": "file,source,headline,published\nb.md,Beta,Given,2024-10-07\n", "b.md": page})
    article = ct.read_articles(folder).iloc[0]
    assert (article["outlet"], article["title"], article["author"]) == ("Beta", "Given", "Roe")
    assert article["date"] == pd.Timestamp(2024, 10, 7)


def test_an_empty_cell_of_the_manifest_leaves_the_front_matter(write: Write) -> None:
    page = f"---\noutlet: Own\ndate: 2024-10-07\n---\n{TEXT}\n"
    article = ct.read_articles(write({"articles.csv": "file,outlet,date\nb.md,,\n", "b.md": page})).iloc[0]
    assert (article["outlet"], article["date"]) == ("Own", pd.Timestamp(2024, 10, 7))


def test_a_file_listed_twice_is_lost_once(write: Write) -> None:
    folder = write({"articles.csv": "file,outlet\na.txt,Alpha\na.txt,Beta\n", "a.txt": TEXT})
    articles, problems, _ = ct.inspect_source(folder)
    assert articles["outlet"].tolist() == ["Alpha"]
    assert lost(problems)["rule"].tolist() == ["id used twice"]


def test_a_table_called_articles_without_files_is_not_a_manifest(write: Write) -> None:
    folder = write({"articles.csv": f"outlet,text\nAlpha,{TEXT}\n"})
    for path in (folder, folder / "articles.csv"):
        assert ct.read_articles(path)["outlet"].tolist() == ["Alpha"]


# a folder per outlet


def test_one_folder_per_outlet(write: Write) -> None:
    files = {"Alpha/1.txt": TEXT, "Alpha/deeper/2.txt": OTHER, "Beta/1.txt": "Tea.", "README.md": "About."}
    articles, problems, _ = ct.inspect_source(write(files))
    assert articles[["article_id", "outlet"]].to_numpy().tolist() == [
        ["Alpha/1", "Alpha"],
        ["Alpha/deeper/2", "Alpha"],
        ["Beta/1", "Beta"],
    ]
    assert problems.loc[problems["rule"] == "not read", "file"].tolist() == ["README.md"]


def test_front_matter_has_the_last_word_over_the_folder(write: Write) -> None:
    folder = write({"Alpha/1.md": f"---\noutlet: Own\n---\n{TEXT}\n", "Alpha/2.md": OTHER})
    assert ct.read_articles(folder)["outlet"].tolist() == ["Own", "Alpha"]


def test_hidden_files_are_nobodys_article(write: Write) -> None:
    files = {"Alpha/1.txt": TEXT, "Alpha/.DS_Store": b"\0\1", ".git/config": "x", "Alpha/._1.txt": b"\0\5\x16\7"}
    assert len(ct.read_articles(write(files))) == 1


def test_a_text_without_an_outlet_is_lost_with_the_ways_to_name_it(write: Write) -> None:
    _, problems, _ = ct.inspect_source(write({"1.txt": TEXT}))
    assert lost(problems)["rule"].tolist() == ["no outlet"]
    assert all(word in lost(problems)["hint"].item() for word in ("manifest", "front matter", "folder"))


# single files


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.csv", f"outlet,date,title,text\nAlpha,2024-10-07,No buses,{TEXT}\n"),
        ("one.csv", f"outlet;date;title;text\nAlpha;2024-10-07;No buses;{TEXT}\n"),
        ("one.tsv", f"outlet\tdate\ttitle\ttext\nAlpha\t2024-10-07\tNo buses\t{TEXT}\n"),
        (
            "one.jsonl",
            json.dumps({"outlet": "Alpha", "date": "2024-10-07", "title": "No buses", "text": TEXT}) + "\n\n",
        ),
        ("one.md", f"---\noutlet: Alpha\ndate: 2024-10-07\ntitle: No buses\n---\n\n{TEXT}\n"),
        ("one.md", f"---\noutlet: Alpha\ndate: 2024-10-07\n---\n\n# No buses\n\n{TEXT}\n"),
        ("one.md", f"---\r\noutlet: Alpha\r\ndate: 2024-10-07\r\ntitle: No buses\r\n---\r\n\r\n{TEXT}\r\n"),
        (
            "one.MD",
            "---\noutlet: Alpha\ndate: 2024-10-07\ntitle: No buses\n---\n\nDrivers met the\ncompany on Monday.\n",
        ),
    ],
)
def test_the_same_article_in_each_kind_of_file(write: Write, name: str, content: str) -> None:
    article = ct.read_articles(write({name: content}) / name).iloc[0]
    assert (article["outlet"], article["title"]) == ("Alpha", "No buses")
    assert article["date"] == pd.Timestamp(2024, 10, 7)
    assert article["text"] == f"No buses\n\n{TEXT}"


def test_a_single_text_file_cannot_name_its_outlet(write: Write) -> None:
    folder = write({"one.txt": TEXT})
    with pytest.raises(ct.CorpusError, match="no outlet"):
        ct.read_articles(folder / "one.txt")


def test_a_kind_that_is_not_read_is_refused_with_those_that_are(write: Write) -> None:
    folder = write({"one.docx": "x"})
    with pytest.raises(ct.CorpusError, match=r"\.txt, \.md, \.csv"):
        ct.read_articles(folder / "one.docx")


def test_a_front_matter_with_lists_and_numbers_rides_along_as_text(write: Write) -> None:
    page = f"---\noutlet: Alpha\ntags: [bus, pay]\nwords: 007\nopen: yes\n---\n{TEXT}\n"
    article = ct.read_articles(write({"1.md": page})).iloc[0]
    assert (article["tags"], article["words"], article["open"]) == ('["bus", "pay"]', "007", "yes")


def test_a_title_with_a_colon_that_is_no_yaml_is_lost_and_said(write: Write) -> None:
    articles, problems, _ = ct.inspect_source(write({"1.md": f"---\noutlet: A\ntitle: One: two: three\n---\n{TEXT}\n"}))
    assert len(articles) + len(lost(problems)) == 1
    assert lost(problems)["rule"].tolist() == ["front matter"]


# columns


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,source,published,headline,content", {"id", "source", "published", "headline", "content"}),
        ("Article_ID,Publisher,Date,Title,Body", {"Publisher", "Body"}),
        (
            "doc_id, Newspaper ,PUBLICATION_DATE,heading,full_text",
            {"doc_id", "Newspaper", "PUBLICATION_DATE", "heading", "full_text"},
        ),
    ],
)
def test_columns_by_other_names_are_matched_and_said_aloud(write: Write, header: str, said: set[str]) -> None:
    folder = write({"one.csv": f"{header}\n007,Alpha,2024-10-07,No buses,{TEXT}\n008,Alpha,2024-10-08,Tea,{OTHER}\n"})
    articles, problems, _ = ct.inspect_source(folder / "one.csv")
    article = articles.iloc[0]
    assert (article["article_id"], article["outlet"], article["title"]) == ("007", "Alpha", "No buses")
    assert article["date"] == pd.Timestamp(2024, 10, 7)
    assert set(rule(problems, "column name")["value"]) == said
    assert len(problems) == len(said)  # once a file, not once a row
    assert problems["kept"].all()


def test_the_exact_name_wins_over_a_synonym(write: Write) -> None:
    folder = write({"one.csv": f"source,outlet,body,text\nurl,Alpha,short,{TEXT}\n"})
    article = ct.read_articles(folder / "one.csv").iloc[0]
    assert (article["outlet"], article["text"], article["source"], article["body"]) == ("Alpha", TEXT, "url", "short")


@pytest.mark.parametrize("value", ["007", "NA", "1e5", "nan", "None", "1.0", "TRUE", "-"])
def test_ids_and_outlets_are_text(write: Write, value: str) -> None:
    article = ct.read_articles(write({"one.csv": f"id,outlet,text\n{value},{value},{TEXT}\n"}) / "one.csv").iloc[0]
    assert (article["article_id"], article["outlet"]) == (value, value)


def test_numbers_of_json_are_kept_as_written(write: Write) -> None:
    lines = f'{{"id": 1.50, "outlet": "NA", "text": "{TEXT}", "views": 1e3}}\n'
    article = ct.read_articles(write({"one.jsonl": lines}) / "one.jsonl").iloc[0]
    assert (article["article_id"], article["outlet"], article["views"]) == ("1.50", "NA", "1e3")


# errors

BAD = f"id,outlet,text\n1,Alpha,{TEXT}\n2,,{OTHER}\n3,Beta,\n1,Beta,Another.\n4,Beta,{OTHER}\n"


def test_raising_says_how_many_which_first_and_the_way_out(write: Write) -> None:
    path = write({"one.csv": BAD}) / "one.csv"
    with pytest.raises(ct.CorpusError) as caught:
        ct.read_articles(path)
    message = str(caught.value)
    assert message.startswith("3 entries of one.csv could not be kept; the first is one.csv, row 2: no outlet")
    assert "on_error='skip'" in message
    assert ".problems" in message
    assert lost(caught.value.problems)["row"].tolist() == [2, 3, 4]


def test_one_is_told_in_the_singular(write: Write) -> None:
    path = write({"one.csv": f"id,outlet,text\n1,Alpha,{TEXT}\n2,,{OTHER}\n"}) / "one.csv"
    with pytest.raises(ct.CorpusError, match=r"^1 entry of one\.csv could not be kept"):
        ct.read_articles(path)


def test_skipping_goes_on_with_the_good_ones_and_warns(write: Write) -> None:
    path = write({"one.csv": BAD}) / "one.csv"
    with pytest.warns(
        ct.CorpusWarning, match=r"^3 entries of one\.csv could not be kept; the first is one\.csv, row 2"
    ):
        articles = ct.read_articles(path, on_error="skip")
    assert articles["article_id"].tolist() == ["1", "4"]


def test_skipping_everything_still_raises(write: Write) -> None:
    path = write({"one.csv": f"id,outlet,text\n1,,{TEXT}\n"}) / "one.csv"
    with pytest.raises(ct.CorpusError, match="1 entry"):
        ct.read_articles(path, on_error="skip")


def test_findings_about_kept_rows_do_not_raise(write: Write) -> None:
    path = write({"one.csv": f"outlet,date,text\nAlpha,yesterday,{TEXT}\nALPHA,1970-01-01,{OTHER}\n"}) / "one.csv"
    articles = ct.read_articles(path)
    assert articles["outlet"].tolist() == ["Alpha", "Alpha"]
    _, problems, _ = ct.inspect_source(path)
    assert sorted(problems["rule"]) == ["date relative", "date suspicious", "outlet spellings merged"]
    assert problems["kept"].all()


@pytest.mark.parametrize(
    ("files", "rows"),
    [
        ({"one.csv": BAD}, 5),
        ({"one.csv": f"id,outlet,text\n1,A,{TEXT}\n1,A,{TEXT}\n1,A,{TEXT}\n"}, 3),
        ({"one.csv": f'id,outlet,text\n1,A,"{TEXT}\n2,A,{OTHER}\n3,A,{TEXT}\n'}, 3),
        ({"one.csv": f"id,outlet,text\n1,A,{TEXT},extra\n2,A\n3,A,{OTHER}\n\n"}, 3),
        ({"one.csv": f"id,outlet,text\n1,A,Photo: Jo Roe\n2,A,{TEXT}\n"}, 2),
        ({"one.csv": f"id,outlet,text\n1,A,\u200b \ufeff\n2,A,{TEXT}\n"}, 2),
        ({"one.csv": f"id,outlet,title,text\n1,A,No buses,No buses\n2,A,Tea,{TEXT}\n"}, 2),
        ({"one.csv": b"id,outlet,text\n1,A,caf\xe9\n2,A,tea\n"}, 2),
        ({"one.jsonl": f'{{"outlet": "A", "text": "{TEXT}"}}\n{{broken\n[1]\n{{"outlet": "A"}}\n'}, 4),
        ({"A/1.txt": TEXT, "A/2.txt": "", "A/3.txt": b"caf\xe9 closed", "4.txt": OTHER}, 4),
        ({"articles.csv": "file,outlet\n1.txt,A\n2.txt,A\n3.txt,\n", "1.txt": TEXT, "3.txt": OTHER}, 3),
        ({"articles.csv": "file,outlet,x\n1.txt,A\n2.txt,A,\n,A,\n", "1.txt": TEXT, "2.txt": OTHER}, 3),
    ],
)
def test_rows_in_are_rows_kept_and_rows_lost(write: Write, files: dict[str, str | bytes], rows: int) -> None:
    folder = write(files)
    path = folder / next(iter(files)) if len(files) == 1 else folder
    articles, problems, _ = ct.inspect_source(path)
    assert len(articles) + len(lost(problems)) == rows, problems.to_string()
    assert len(articles) >= 1
    assert (problems["hint"] != "").all()


# encodings


def test_another_encoding_is_read_only_where_it_is_named(write: Write) -> None:
    path = write({"one.csv": "outlet,text\nAlpha,The café – closed.\n".encode("cp1252")}) / "one.csv"
    with pytest.raises(ct.CorpusError, match=r"byte 25 is not utf-8.*encoding='cp1252'"):
        ct.read_articles(path)
    assert ct.read_articles(path, encoding="cp1252")["text"].tolist() == ["The café – closed."]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_need_no_option(write: Write, codec: str) -> None:
    path = write({"one.csv": "outlet,text\nAlpha,The café closed.\n".encode(codec)}) / "one.csv"
    articles = ct.read_articles(path)
    assert articles[["outlet", "text"]].to_numpy().tolist() == [["Alpha", "The café closed."]]


def test_the_encoding_holds_for_the_files_of_a_folder(write: Write) -> None:
    folder = write({"Alpha/1.txt": "Шуши".encode("cp1251"), "Alpha/2.txt": "Тест".encode("cp1251")})
    assert ct.read_articles(folder, encoding="cp1251")["text"].tolist() == ["Шуши", "Тест"]


# dates


@pytest.mark.parametrize(
    ("order", "expected"), [(None, None), ("day", (2023, 10, 9)), ("month", (2023, 9, 10))], ids=str
)
def test_the_order_of_numbers(write: Write, order: str | None, expected: tuple[int, int, int] | None) -> None:
    path = write({"one.csv": f"outlet,date,text\nAlpha,09/10/2023,{TEXT}\n"}) / "one.csv"
    articles, problems, _ = ct.inspect_source(path, date_order=order)
    if expected is None:
        assert articles["date"].isna().all()
        assert "date_order" in rule(problems, "date ambiguous")["hint"].item()
    else:
        assert articles["date"].tolist() == [pd.Timestamp(*expected)]
        assert problems.empty


def test_the_order_holds_for_the_text_too(write: Write) -> None:
    folder = write({"Alpha/1.txt": f"Published: 09/10/2023\n\n{TEXT}"})
    assert ct.read_articles(folder, date_order="day")["date"].tolist() == [pd.Timestamp(2023, 10, 9)]


def test_a_date_has_no_clock_and_is_the_day_as_printed(write: Write) -> None:
    path = write({"one.csv": f"outlet,date,text\nAlpha,2024-10-07T23:30:00-08:00,{TEXT}\n"}) / "one.csv"
    assert ct.read_articles(path)["date"].tolist() == [pd.Timestamp(2024, 10, 7)]


@pytest.mark.parametrize("manifest", [True, False])
@pytest.mark.parametrize(
    "line", ["date 2024-10-07 ", "2024-10-07 | ", "Monday, 7 October 2024\n\n", "Published: Oct. 7, 2024\n"]
)
def test_the_date_line_of_the_text_fills_an_empty_date(write: Write, line: str, manifest: bool) -> None:
    files: dict[str, str | bytes] = {"Alpha/1.txt": f"{line}{TEXT}\n\n{OTHER}"}
    if manifest:
        files["articles.csv"] = "file,outlet,date\nAlpha/1.txt,Alpha,\n"
    articles, problems, cleaning = ct.inspect_source(write(files))
    assert articles["date"].tolist() == [pd.Timestamp(2024, 10, 7)]
    assert articles["text"].tolist() == [f"{TEXT}\n\n{OTHER}"]
    assert "date line" in set(cleaning["rule"])
    assert problems.empty


def test_of_two_dates_that_of_the_data_is_used_and_the_other_said(write: Write) -> None:
    folder = write({"articles.csv": "file,outlet,date\n1.txt,A,2024-10-08\n", "1.txt": f"date 2024-10-07 {TEXT}"})
    articles, problems, _ = ct.inspect_source(folder)
    assert articles["date"].tolist() == [pd.Timestamp(2024, 10, 8)]
    assert problems[["rule", "value", "kept"]].to_numpy().tolist() == [["two dates", "2024-10-07", True]]


def test_the_same_date_twice_is_nothing_to_say(write: Write) -> None:
    folder = write({"articles.csv": "file,outlet,date\n1.txt,A,7 October 2024\n", "1.txt": f"date 2024-10-07 {TEXT}"})
    assert ct.inspect_source(folder).problems.empty


def test_a_date_of_the_data_that_cannot_be_read_is_not_replaced_in_silence(write: Write) -> None:
    folder = write({"articles.csv": "file,outlet,date\n1.txt,A,yesterday\n", "1.txt": f"date 2024-10-07 {TEXT}"})
    articles, problems, _ = ct.inspect_source(folder)
    assert articles["date"].isna().all()
    assert "date relative" in set(problems["rule"])


def test_a_missing_date_is_missing_and_listed(write: Write) -> None:
    articles, problems, _ = ct.inspect_source(write({"Alpha/1.txt": TEXT}))
    assert articles["date"].isna().all()
    assert articles["date"].dtype == "datetime64[us]"
    assert rule(problems, "date missing")["kept"].tolist() == [True]


# outlets


def test_spellings_of_one_outlet_are_merged_and_listed(write: Write) -> None:
    rows = "\n".join(
        f"{name},Text {i}." for i, name in enumerate(["Daily News", " daily  news", "DAILY NEWS", "Daily News"])
    )
    articles, problems, _ = ct.inspect_source(write({"one.csv": f"outlet,text\n{rows}\n"}) / "one.csv")
    assert set(articles["outlet"]) == {"Daily News"}
    assert len(rule(problems, "outlet spellings merged")) == 1


# other


def test_a_wrong_path_offers_the_nearest(write: Write) -> None:
    folder = write({"strike.csv": f"outlet,text\nAlpha,{TEXT}\n"})
    with pytest.raises(ct.CorpusError, match=r"did you mean 'strike\.csv'"):
        ct.read_articles(folder / "strikes.csv")


def test_a_table_with_a_header_only_is_an_empty_frame_and_a_warning(write: Write) -> None:
    path = write({"one.csv": "outlet,text\n"}) / "one.csv"
    with pytest.warns(ct.CorpusWarning, match="no article"):
        assert ct.read_articles(path).empty


def test_further_columns_ride_along(write: Write) -> None:
    path = write({"one.csv": f"outlet,text,url,x\nAlpha,{TEXT},https://example.org/1,\n"}) / "one.csv"
    assert ct.read_articles(path)["url"].tolist() == ["https://example.org/1"]


# names, ids and values that look like others


def test_what_python_writes_for_a_missing_number_is_missing(write: Write) -> None:
    lines = [
        '{"outlet": "A", "title": NaN, "date": NaN, "text": "Hello there."}',
        '{"outlet": "A", "text": NaN}',
        '{"outlet": "A", "title": "B", "text": -Infinity}',
    ]
    for name, content in {"a.jsonl": "\n".join(lines), "b.jsonl": f"[{','.join(lines)}]"}.items():
        articles, problems, _ = ct.inspect_source(write({name: content}) / name)
        assert articles["text"].tolist() == ["Hello there."]
        assert articles["title"].isna().all()
        assert lost(problems)[["row", "rule"]].to_numpy().tolist() == [[2, "no text"], [3, "no text"]]


@pytest.mark.parametrize("pair", ['"Text": "One.", "text": "Two."', '"text": "One.", "text": "Two."'])
def test_a_name_that_holds_two_values_is_listed(write: Write, pair: str) -> None:
    folder = write({"a.jsonl": f'{{"outlet": "A", {pair}}}\n{{"outlet": "A", "text": "Three.", "Text": null}}\n'})
    articles, problems, _ = ct.inspect_source(folder / "a.jsonl")
    assert articles["text"].tolist() == ["Three."]
    assert lost(problems)[["row", "rule", "value"]].to_numpy().tolist() == [[1, "column twice", "text"]]


def test_a_dateline_of_the_data_stays(write: Write) -> None:
    folder = write({"a.csv": f"outlet,dateline,text\nAlpha,PORT ELLERY,{TEXT}\nAlpha,,SEOUL — {TEXT}\n"})
    assert ct.read_articles(folder / "a.csv")["dateline"].tolist() == ["PORT ELLERY", "SEOUL"]


def test_a_manifest_without_rows_lists_nothing_and_nothing_is_read(write: Write) -> None:
    folder = write({"articles.csv": "file,outlet\n", "Alpha/a.txt": TEXT})
    for path in (folder, folder / "articles.csv"):
        articles, problems, _ = ct.inspect_source(path)
        assert articles.empty
        assert problems["rule"].tolist() == ["not in the manifest"]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"\x89PNG",
        "file,outlet\nAlpha/a.txt,Alpha\n".encode("utf-16-le"),
        b"file,File,outlet\nAlpha/a.txt,a,Alpha\n",
        b"\xe4,f\xefle\nAlpha,Alpha/a.txt\n",
        b"file,outlet\nAlpha/a.txt,\xff\n",
    ],
)
def test_beside_a_manifest_that_cannot_be_read_nothing_is_read(write: Write, manifest: bytes) -> None:
    articles, problems, _ = ct.inspect_source(write({"articles.csv": manifest, "Alpha/a.txt": TEXT}))
    assert articles.empty
    assert set(lost(problems)["file"]) == {"articles.csv"}


def test_files_that_differ_by_their_ending_keep_it_in_their_ids(write: Write) -> None:
    files = {"A/x.txt": TEXT, "A/x.md": OTHER, "A/y.txt": "Tea.", "A/z.csv": "text\nOne.\n", "A/z-1.txt": "Two."}
    articles, problems, _ = ct.inspect_source(write(files))
    assert sorted(articles["article_id"]) == ["A/x.md", "A/x.txt", "A/y", "A/z-1.txt", "A/z.csv-1"]
    assert lost(problems).empty


def test_an_id_of_the_data_is_not_taken_by_a_file(write: Write) -> None:
    files = {"A/x.txt": TEXT, "A/y.md": f"---\nid: A/x\n---\n{OTHER}\n"}
    articles = ct.read_articles(write(files))
    assert dict(zip(articles["text"], articles["article_id"], strict=True)) == {TEXT: "A/x.txt", OTHER: "A/x"}


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_an_odd_byte_at_the_end_is_a_problem_of_the_encoding(write: Write, codec: str) -> None:
    table = f"outlet,text\nAlpha,{TEXT}\nAlpha,{OTHER}\n".encode(codec)[:-2] + b"x"
    articles, problems, _ = ct.inspect_source(write({"a.csv": table}) / "a.csv", encoding=codec)
    assert articles["text"].tolist() == [TEXT]
    assert lost(problems)[["row", "rule"]].to_numpy().tolist() == [[2, "encoding"]]
    assert not articles["text"].str.contains("\ufffd").any()


def test_the_war_coverage_is_kept_or_listed_row_by_row(shared: Path) -> None:
    path = shared / "corpora" / "war_coverage.csv"
    given = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert len(given) == 1962
    articles, problems, _ = ct.inspect_source(path)
    assert len(articles) + len(lost(problems)) == 1962
    assert lost(problems)["row"].is_unique
    assert articles["article_id"].is_unique
    stated = given.drop_duplicates("article_id").set_index("article_id").loc[articles["article_id"], "date"]
    relative = stated.str.contains(r"\bago\b").to_numpy()
    assert relative.any()
    assert articles.loc[relative, "date"].isna().all()
    dated = articles["date"].notna().to_numpy()
    assert dated.any()
    years = articles.loc[dated, "date"].dt.year.astype("str")
    assert all(year in date for year, date in zip(years, stated[dated], strict=True))
    if "dateline" in articles:
        assert not articles["dateline"].dropna().str.contains("CNN").any()


# columns that the reader names

PAPER = f"nr,paper,source,day,head,story\n7,Alpha,wire,2024-10-07,No buses,{TEXT}\n8,Beta,wire,2024-10-08,,{OTHER}\n"
NAMED = {"article_id": "nr", "outlet": "paper", "date": "day", "title": "head", "text": "story"}


def test_named_columns_are_taken_and_said(write: Write) -> None:
    path = write({"a.csv": PAPER}) / "a.csv"
    articles, problems, _ = ct.inspect_source(path, columns=NAMED)
    assert articles[["article_id", "outlet"]].to_numpy().tolist() == [["7", "Alpha"], ["8", "Beta"]]
    assert articles["date"].tolist() == [pd.Timestamp(2024, 10, 7), pd.Timestamp(2024, 10, 8)]
    assert articles["text"].tolist() == [f"No buses\n\n{TEXT}", OTHER]
    assert articles["source"].tolist() == ["wire", "wire"]
    said = rule(problems, "column name").set_index("value")["hint"]
    assert said["story"] == "taken as 'text', as you named it"
    assert said["source"] == "not taken as 'outlet', for which you named 'paper'; rides along"
    assert sorted(said.index) == ["day", "head", "nr", "paper", "source", "story"]
    pd.testing.assert_frame_equal(ct.read_articles(path, columns=NAMED), articles)


def test_without_naming_the_recognised_column_is_taken(write: Write) -> None:
    path = write({"a.csv": PAPER.replace("story", "body")}) / "a.csv"
    assert ct.read_articles(path)["outlet"].tolist() == ["wire", "wire"]
    assert ct.read_articles(path, columns={"outlet": "paper"})["outlet"].tolist() == ["Alpha", "Beta"]


def test_a_column_with_the_very_name_gives_way_and_rides_along(write: Write) -> None:
    path = write({"a.csv": f"outlet,paper,text\nurl,Alpha,{TEXT}\n"}) / "a.csv"
    articles, problems, _ = ct.inspect_source(path, columns={"outlet": "paper"})
    assert articles[["outlet", "outlet_in_source"]].to_numpy().tolist() == [["Alpha", "url"]]
    assert "rides along as 'outlet_in_source'" in problems.set_index("value").loc["outlet", "hint"]


def test_two_columns_can_change_places(write: Write) -> None:
    path = write({"a.csv": f"outlet,title,text\nAlpha,{TEXT},No buses\n"}) / "a.csv"
    article = ct.read_articles(path, columns={"title": "text", "text": "title"}).iloc[0]
    assert (article["title"], article["text"]) == ("No buses", f"No buses\n\n{TEXT}")
    assert set(article.index) <= {*ct.read_articles(path).columns}


def test_capitals_and_blanks_of_a_named_column_do_not_matter(write: Write) -> None:
    path = write({"a.csv": f"The  Paper,text\nAlpha,{TEXT}\n"}) / "a.csv"
    assert ct.read_articles(path, columns={"outlet": "the paper"})["outlet"].tolist() == ["Alpha"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"outlets": "paper"}, r"cannot name 'outlets'; did you mean 'outlet'"),
        ({"outlet": "papre"}, r"a\.csv has no column 'papre' for 'outlet'; did you mean 'paper'"),
        ({"outlet": "paper", "text": "Paper"}, r"names 'paper' for 'outlet' and 'text'"),
        (["paper"], r"cannot be \['paper'\]; write it as in columns=\{'outlet': 'paper'\}"),
        ({"outlet": None}, r"cannot be \{'outlet': None\}"),
        ({1: "paper"}, r"cannot be \{1: 'paper'\}"),
    ],
)
def test_a_wrong_name_is_one_sentence(write: Write, columns: object, message: str) -> None:
    path = write({"a.csv": PAPER}) / "a.csv"
    for function in (ct.inspect_source, ct.read_articles):
        with pytest.raises(ct.CorpusError, match=message) as caught:
            function(path, columns=columns)  # type: ignore[arg-type]
        assert "\n" not in str(caught.value)


def test_a_row_without_the_named_value_gets_no_other(write: Write) -> None:
    lines = [{"outlet": "A", "story": TEXT, "body": "Teaser."}, {"outlet": "A", "body": "Teaser."}]
    path = write({"a.jsonl": "\n".join(map(json.dumps, lines))}) / "a.jsonl"
    articles, problems, _ = ct.inspect_source(path, columns={"text": "story"})
    assert articles["text"].tolist() == [TEXT]
    assert lost(problems)[["row", "rule"]].to_numpy().tolist() == [[2, "no text"]]


def test_only_the_value_that_is_used_must_be_text(write: Write) -> None:
    line = {"outlet": "A", "text": {"html": "x"}, "plain": TEXT, "parts": [1]}
    path = write({"a.jsonl": json.dumps(line)}) / "a.jsonl"
    assert ct.read_articles(path, columns={"text": "plain"})["text"].tolist() == [TEXT]
    for columns in (None, {"text": "parts"}):
        _, problems, _ = ct.inspect_source(path, columns=columns)
        assert lost(problems)["rule"].tolist() == ["not text"]


def test_columns_of_a_manifest_and_of_front_matter(write: Write) -> None:
    page = f"---\nday: 2024-10-07\n---\n{TEXT}\n"
    folder = write({"articles.csv": "file,paper,outlet\nb.md,Beta,x\n", "b.md": page})
    articles, problems, _ = ct.inspect_source(folder, columns={"outlet": "paper", "date": "day"})
    assert articles["outlet"].tolist() == ["Beta"]
    assert articles["date"].tolist() == [pd.Timestamp(2024, 10, 7)]
    assert lost(problems).empty


def test_a_table_of_a_folder_that_lacks_the_named_column_says_so(write: Write) -> None:
    folder = write({"1.csv": f"paper,text\nAlpha,{TEXT}\n", "2.csv": f"outlet,text\nBeta,{OTHER}\n"})
    articles, problems, _ = ct.inspect_source(folder, columns={"outlet": "paper"})
    assert articles["outlet"].tolist() == ["Alpha", "Beta"]
    absent = rule(problems, "column not found")
    absent = absent[absent["value"] == "paper"]
    assert absent["file"].tolist() == ["2.csv"]
    assert "'outlet' is taken as 'outlet'" in absent["hint"].item()


def test_a_table_without_rows_says_nothing_of_columns(write: Write) -> None:
    assert ct.inspect_source(write({"a.csv": "paper,text\n"}) / "a.csv", columns={"outlet": "x"}).articles.empty


@pytest.mark.parametrize(
    "files",
    [
        {"a.csv": PAPER + "9,Beta,,,,\n"},
        {"a.jsonl": json.dumps({"paper": "A", "story": TEXT, "n": 7}) + '\n{"paper": "B", "story": "Tea."}\n'},
        {"A/1.md": f"---\npaper: X\nstory: {TEXT}\n---\n", "A/2.txt": OTHER},
    ],
)
def test_a_copy_under_the_names_gives_the_same_articles(
    write: Write, tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    folder = write(files)
    path = folder / next(iter(files)) if len(files) == 1 else folder
    columns = {"outlet": "paper", "text": "story"}
    articles, _, cleaning = ct.inspect_source(path, columns=columns)
    copy = write_named_copy(path, tmp_path, columns)
    again, problems, cleaned = ct.inspect_source(copy)
    assert lost(problems).empty
    assert len(again) >= 1
    pd.testing.assert_frame_equal(again.drop(columns="source_file"), articles.drop(columns="source_file"))
    pd.testing.assert_frame_equal(cleaned, cleaning)


def test_the_command_takes_columns(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write({"a.csv": PAPER}) / "a.csv")
    assert cli.main(["check", path, "--columns", "outlet=paper,text=story"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("a.csv: 2 articles by 2 outlets")
    assert "taken as 'text', as you named it" in told
    for wrong in ("paper", "outlet=", "outlet=paper,outlet=head", "outlet=papre"):
        assert cli.main(["check", path, "--columns", wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_the_report_reads_by_the_columns_that_were_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({"a.csv": PAPER, "lexicon.csv": "slot,label,pattern\nwho,drivers,drivers\nwho,company,company\n"})
    seen: list[pd.DataFrame] = []

    def look(notebooks: list, **options: object) -> list:
        seen.append(ct.read_articles(read_parameters(notebooks[0])["corpus"]))
        return notebooks

    def keep(notebooks: list, out: str, **frames: object) -> Path:
        seen.append(frames["articles"])  # type: ignore[arg-type]
        return Path(out)

    monkeypatch.setattr(notebook_tools, "execute_all", look)
    monkeypatch.setattr(ct, "export_report", keep)
    words = ["report", "--corpus", str(folder / "a.csv"), "--lexicon", str(folder / "lexicon.csv")]
    assert cli.main([*words, "--out", str(folder / "out"), "--columns", "outlet=paper,text=story"]) == 0
    for articles in seen:
        assert articles["outlet"].tolist() == ["Alpha", "Beta"]
    assert len(seen) == 2
