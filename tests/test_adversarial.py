"""Bad and tricky input of ../shared/adversarial: nothing is lost, guessed or invented in silence.

Every line of its ``index.csv`` has a check of its own here; where issue 2 asks for something else than the index, the
issue is followed.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tarfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools import CorpusError, CorpusWarning
from corpus_tools.read.clean import clean_text
from corpus_tools.schema import ARTICLES, CLEANING, PROBLEMS

Source = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
Check = Callable[[Path, Path], None]
CHECKS: dict[str, Check] = {}
READ_KINDS = (".txt", ".md", ".csv", ".jsonl")
CURLY = "“We’ll stay,” said José — the café’s owner. It’s naïve, he added."

pytestmark = pytest.mark.filterwarnings("error")


def entry(*names: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(names, check))
        return check

    return register


def given_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_line_of_the_index_has_a_check(shared: Path) -> None:
    listed = {"/".join(row["file"].split("/")[:2]) for row in given_rows(shared / "adversarial" / "index.csv")}
    assert listed == set(CHECKS)


def inspect(path: Path, kept: int, lost: int, **options: object) -> Source:
    """The source, once its ledger is right: so many rows kept, so many listed as lost, and both faces of it agree."""
    source = articles, problems, cleaning = ct.inspect_source(path, **options)
    assert (len(articles), int((~problems["kept"]).sum())) == (kept, lost), problems.to_string()
    assert set(ARTICLES) <= set(articles.columns)
    assert list(problems.columns) == list(PROBLEMS)
    assert list(cleaning.columns) == list(CLEANING)
    assert articles["article_id"].is_unique
    assert (problems["rule"].str.len() > 0).all()
    assert (problems["hint"].str.len() > 0).all()
    if lost:
        with pytest.raises(CorpusError) as caught:
            ct.read_articles(path, **options)
        pd.testing.assert_frame_equal(caught.value.problems, problems)
        assert str(lost) in str(caught.value)
        if kept:
            with pytest.warns(CorpusWarning):
                good = ct.read_articles(path, on_error="skip", **options)
            pd.testing.assert_frame_equal(good, articles)
    elif kept:
        pd.testing.assert_frame_equal(ct.read_articles(path, **options), articles)
    return source


def in_outlet(file: Path, tmp_path: Path) -> Path:
    """A folder with one outlet that holds this file and one honest article."""
    outlet = tmp_path / "corpus" / "Alpha"
    outlet.mkdir(parents=True)
    (outlet / file.name).write_bytes(file.read_bytes())
    (outlet / "honest.txt").write_text("Drivers met the company on Monday.", encoding="utf-8")
    return tmp_path / "corpus"


def prepared(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    voices = ct.find_voices(articles)
    return voices, ct.tokenize(articles, voices)


def words(articles: pd.DataFrame, article_id: str) -> list[str]:
    _, tokens = prepared(articles)
    return tokens.loc[(tokens["article_id"] == article_id) & (tokens["section"] != "headline"), "term"].tolist()


def text_of(articles: pd.DataFrame, article_id: str) -> str:
    return articles.set_index("article_id").loc[article_id, "text"]


def lost_rows(problems: pd.DataFrame) -> list[int]:
    return problems.loc[~problems["kept"], "row"].tolist()


def about(problems: pd.DataFrame, article_row: int) -> str:
    return " ".join(problems.loc[problems["row"] == article_row, ["rule", "value", "hint"]].to_numpy().ravel())


def first_bad_byte(file: Path) -> int:
    with pytest.raises(UnicodeDecodeError) as caught:
        file.read_bytes().decode("utf-8")
    return caught.value.start


def assert_exports(articles: pd.DataFrame, tmp_path: Path) -> None:
    articles.to_csv(tmp_path / "out.csv", index=False, encoding="utf-8")
    (tmp_path / "out.json").write_text(articles.to_json(orient="records", date_format="iso"), encoding="utf-8")
    assert (tmp_path / "out.csv").stat().st_size > 0


# encodings


@entry("enc/cp1252.csv")
def cp1252(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=1, lost=1)
    assert not articles["text"].str.contains("\ufffd").any()
    assert lost_rows(problems) == [1]
    assert str(first_bad_byte(file)) in about(problems, 1)
    assert "encoding=" in about(problems, 1)
    articles, _, _ = inspect(file, kept=2, lost=0, encoding="cp1252")
    assert text_of(articles, "a1") == f"Café owners’ fear\n\n{CURLY}"


@entry("enc/utf8_bom.csv", "enc/utf16le_bom.csv")
def marked_unicode(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert articles["article_id"].tolist() == ["a1", "a2"]
    assert text_of(articles, "a1") == f"Café owners’ fear\n\n{CURLY}"
    assert not any("\ufeff" in c for c in [*articles.columns, *articles["text"], *articles["article_id"]])


@entry("enc/cp1251.csv")
def cp1251(file: Path, tmp_path: Path) -> None:
    _, problems, _ = inspect(file, kept=0, lost=2)
    assert "encoding=" in about(problems, 1)
    articles, _, _ = inspect(file, kept=2, lost=0, encoding="cp1251")
    assert text_of(articles, "a1").startswith("Дорога закрыта\n\nДорога закрыта, люди ждут решения")


@entry("enc/mixed_lines.csv")
def mixed_lines(file: Path, tmp_path: Path) -> None:
    rows = file.read_bytes().count(b"\n") - 1
    articles, problems, _ = inspect(file, kept=rows - 1, lost=1)
    assert lost_rows(problems) == [rows]
    assert str(first_bad_byte(file)) in about(problems, rows)
    assert not articles["text"].str.contains("\ufffd").any()


@entry("enc/mojibake_once.csv")
def mojibake(file: Path, tmp_path: Path) -> None:
    articles, _, cleaning = inspect(file, kept=1, lost=0)
    text = text_of(articles, "a1")
    assert "“We’ll stay," in text
    assert "José" in text
    assert "café" in text
    assert "â€œ" in "".join(cleaning["removed"]), "what was repaired stays in the log"


@entry("enc/truncated_utf8.txt")
def truncated(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(in_outlet(file, tmp_path), kept=2, lost=0)
    text = articles.loc[articles["source_file"].str.contains("truncated"), "text"].item()
    assert text == file.read_bytes().decode("utf-8", "ignore")
    assert problems["hint"].str.contains(str(first_bad_byte(file))).any()


@entry("enc/lone_surrogate.jsonl")
def lone_surrogate(file: Path, tmp_path: Path) -> None:
    articles, _, cleaning = inspect(file, kept=1, lost=0)
    assert articles["text"].item().endswith("bad \ufffd half emoji")
    assert len(cleaning[cleaning["inserted"] == "\ufffd"]) == 1
    assert_exports(articles, tmp_path)


@entry("enc/nul_bytes.csv")
def nul_bytes(file: Path, tmp_path: Path) -> None:
    articles, problems, cleaning = ct.inspect_source(file)
    assert len(articles) + (~problems["kept"]).sum() == 2
    assert "a2" in set(articles["article_id"])
    assert not articles["text"].str.contains("\0").any()
    assert len(problems) + len(cleaning[cleaning["article_id"] == "a1"]) > 0


@entry("enc/nul_only.txt", "enc/png_named_txt.txt")
def binary(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(in_outlet(file, tmp_path), kept=1, lost=1)
    assert articles["article_id"].item().endswith("honest")
    assert problems.loc[~problems["kept"], "hint"].str.contains("binary").all()


# empty and tiny


@entry("size/empty.csv", "size/empty.jsonl")
def empty_table(file: Path, tmp_path: Path) -> None:
    inspect(file, kept=0, lost=1)


@entry("size/empty.txt", "size/whitespace.txt")
def empty_text(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(in_outlet(file, tmp_path), kept=1, lost=1)
    assert articles["article_id"].item().endswith("honest")
    assert problems.loc[~problems["kept"], "file"].item().endswith(file.name)


@entry("size/header_only.csv")
def header_only(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = ct.inspect_source(file)
    assert list(articles.columns) == list(ARTICLES)
    assert articles["date"].dtype.kind == "M"
    assert all(articles[c].dtype == "str" for c in ARTICLES if c != "date")
    assert problems["kept"].all()
    with pytest.warns(CorpusWarning, match="no article"):
        again = ct.read_articles(file)
    pd.testing.assert_frame_equal(again, articles)
    _, tokens = prepared(articles)
    counts = ct.count_terms(tokens)
    assert counts.empty
    with pytest.raises(CorpusError, match="Alpha"):
        ct.keyness(counts, "Alpha", "Beta")


@entry("size/one_word.csv")
def one_word(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert words(articles, "a1") == ["stop"]


@entry("size/one_doc_outlet.csv")
def one_article_of_an_outlet(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=len(given_rows(file)), lost=0)
    small = articles["outlet"].value_counts().idxmin()
    assert (articles["outlet"] == small).sum() == 1
    _, tokens = prepared(articles)
    shares = ct.framing_shares(ct.find_phrase(tokens, "the"), articles)
    alone = shares[shares["outlet"] == small]
    assert len(alone) == 1
    assert alone[["share_low", "share_high"]].isna().all(axis=None)
    assert alone["note"].str.len().gt(0).all()
    counted = articles[articles["text"].str.contains(r"\bthe\b", case=False)].groupby("outlet").size()
    assert shares.set_index("outlet")["articles"].reindex(counted.index).tolist() == counted.tolist()


@entry("size/zero_count_term.csv")
def zero_count(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=6, lost=0)
    _, tokens = prepared(articles)
    result = ct.keyness(ct.count_terms(tokens), "Alpha", "Beta").set_index("term")
    row = result.loc["embargo"]
    # six of 15 words (three titles of two words included) against none: E = 3 each
    assert row["g2"] == pytest.approx(12 * np.log(2), rel=1e-12)
    assert row["log_ratio"] == pytest.approx(np.log2(6 / 0.5), rel=1e-12)
    assert result.select_dtypes("number").notna().all(axis=None)


@entry("size/all_identical.csv")
def all_identical(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=20, lost=0)
    _, tokens = prepared(articles)
    result = ct.keyness(ct.count_terms(tokens[tokens["section"] != "headline"]), "Alpha", "Beta")
    assert len(result) > 5
    assert (result["g2"] == 0).all()
    assert (result["log_ratio"] == 0).all()
    hits = pd.concat([ct.find_phrase(tokens, p) for p in ("cars", "families")])
    contrast = ct.framing_contrast(hits, articles, label="cars", target="Alpha", reference="Beta")
    assert contrast["difference"].item() == 0
    assert not contrast["p"].item() < 0.5


@entry("size/same_outlet_only.csv")
def one_outlet(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=len(given_rows(file)), lost=0)
    _, tokens = prepared(articles)
    counts = ct.count_terms(tokens)
    assert counts["count"].sum() == len(tokens)
    with pytest.raises(CorpusError):
        ct.keyness(counts, "Alpha")
    with pytest.raises(CorpusError):
        ct.keyness(counts, "Alpha", "Beta")


@entry("size/only_stopwords.csv")
def only_stopwords(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert words(articles, "a1") == ["the", "of", "and", "to", "in", "the"]
    assert words(articles, "a2") == ["is", "was", "were", "be", "been", "the"]


# sizes


@entry("size/long_word.txt", "size/deep_parens.txt", "size/many_quotes.txt")
def very_long(file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    articles, _, _ = inspect(in_outlet(file, tmp_path), kept=2, lost=0)
    read = articles.loc[articles["source_file"].str.contains(file.stem), "text"].item()
    assert len(read) >= len(text.strip()) - 5
    voices, tokens = prepared(articles)
    assert len(tokens) > 0
    assert_quotations_stay_in_their_line(articles, voices)


@entry("size/big_field_1e6.csv")
def big_field(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert len(text_of(articles, "a1").removeprefix("Title 1").strip()) in (999_999, 1_000_000)


# tables


@entry("csv/unbalanced_quote.csv")
def unbalanced_quote(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=1)
    assert lost_rows(problems) == [1]
    assert articles["article_id"].tolist() == ["a2", "a3"]


@entry("csv/stray_quote_in_field.csv")
def stray_quote(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert text_of(articles, "a1") == 'The "so-called" plan\n\nHe said "no" twice'


@entry("csv/ragged.csv")
def ragged(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=1, lost=2)
    assert articles["article_id"].tolist() == ["a1"]
    assert lost_rows(problems) == [2, 3]


@entry("csv/dup_headers.csv")
def duplicate_headers(file: Path, tmp_path: Path) -> None:
    _, problems, _ = inspect(file, kept=0, lost=1)
    assert "text" in problems.loc[~problems["kept"], "value"].item()


@entry("csv/missing_text.csv")
def no_text_column(file: Path, tmp_path: Path) -> None:
    _, problems, _ = inspect(file, kept=0, lost=1)
    hint = problems.loc[~problems["kept"], "hint"].item()
    assert all(name in hint for name in ("text", "'id'", "'outlet'", "'date'", "'title'"))


@entry("csv/header_case_space.csv")
def header_case(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=1, lost=0)
    assert articles.loc[0, ["article_id", "outlet", "title", "text"]].tolist() == ["a1", "Alpha", "T", "T\n\nok"]
    assert articles["date"].item() == pd.Timestamp(2023, 9, 19)
    assert problems["hint"].str.contains("article_id").any(), "that ID is the article_id is said aloud"


@entry("csv/no_header.csv")
def no_header(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = ct.inspect_source(file)
    assert len(articles) + (~problems["kept"]).sum() == 2, "two articles, not one"
    with pytest.raises(CorpusError, match=r"names of the columns|header"):
        ct.read_articles(file)


@entry("csv/semicolon_decimal_comma.csv")
def semicolons(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    assert text_of(articles, "a1") == "T\n\nok, fine"
    assert articles["date"].item() == pd.Timestamp(2023, 9, 19)


@entry("csv/newlines_in_field.csv")
def newlines(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert text_of(articles, "a1") == 'Title 1\n\nFirst paragraph.\n\nSecond, with "quotes"\nand a third line.'


@entry("csv/blank_lines_and_trailer.csv")
def trailer(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=1, lost=1)
    assert articles["article_id"].tolist() == ["a1"]
    assert "Total" not in set(articles["article_id"])
    assert problems.loc[~problems["kept"], "row"].notna().all()


@entry("csv/na_strings.csv")
def na_strings(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=3, lost=0)
    assert articles["outlet"].tolist() == ["NA", "None", "Beta"]
    assert articles["title"].tolist() == ["null", "N/A", "NaN"]
    assert articles["text"].str.split("\n\n").str[1].tolist()[1:] == ["nan", "True"]


@entry("csv/numeric_ids.csv")
def numeric_ids(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=4, lost=0)
    assert articles["article_id"].tolist() == ["007", "7", "1e5", "12345678901234567890"]


@entry("csv/duplicate_ids.csv")
def duplicate_ids(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=2)
    assert articles["article_id"].tolist() == ["a1", "a2"]
    assert text_of(articles, "a1").endswith("asked for help.")
    assert lost_rows(problems) == [2, 3]
    assert about(problems, 2) != about(problems, 3)


@entry("csv/near_duplicates.csv")
def near_duplicates(file: Path, tmp_path: Path) -> None:
    inspect(file, kept=5, lost=0)


@entry("csv/missing_outlet.csv")
def missing_outlet(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=2)
    assert lost_rows(problems) == [1, 2]
    assert sorted(articles["outlet"]) == ["Beta", "unknown"]


@entry("csv/outlet_variants.csv")
def outlet_variants(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=7, lost=0)
    sizes = articles.groupby("outlet").size().to_dict()
    assert sorted(sizes.values()) == [1, 6]
    assert sizes["Al-Jazeera"] == 1
    notices = problems["value"] + " " + problems["hint"]
    assert notices.str.contains("AL JAZEERA").any()
    assert notices.str.contains("Al-Jazeera").any()


@entry("csv/outlet_nfd.csv")
def outlet_forms(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=0)
    assert articles["outlet"].unique().tolist() == ["Société de presse"]
    assert problems["hint"].str.contains("one outlet").sum() == 1


STATED_DATES = {
    "a0": "2023-09-19",
    "a1": "2023-09-19",
    "a5": "2023-09-19",
    "a10": "9999-12-31",
    "a11": "2023-09-19",
    "a12": "1970-01-01",
    "a13": "2031-01-01",
}
OTHERS_MAY_BE = {"a7": "2023-09-19", "a16": "2023-10-29"}
SUSPICIOUS = ("a10", "a12", "a13")


@entry("csv/dates_mess.csv")
def dates(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=18, lost=0)
    found = articles.set_index("article_id")["date"]
    for row, (article_id, date) in enumerate(found.items(), start=1):
        if pd.isna(date):
            assert article_id not in STATED_DATES
        else:
            assert f"{date:%Y-%m-%d}" == {**STATED_DATES, **OTHERS_MAY_BE}.get(str(article_id)), article_id
        if pd.isna(date) or article_id in SUSPICIOUS:
            assert about(problems, row), f"{article_id} is listed with its reason"
    reasons = {i: about(problems, int(str(i)[1:]) + 1) for i in ("a2", "a3", "a4", "a8")}
    assert len(set(reasons.values())) == 4, "ambiguous, impossible, missing and relative are told apart"


# JSON lines


@entry("json/broken_lines.jsonl")
def broken_lines(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=3)
    assert articles["article_id"].tolist() == ["a1", "a3"]
    assert lost_rows(problems) == [2, 3, 5]


@entry("json/array_not_lines.jsonl", "json/crlf_bom_blank.jsonl")
def array_or_windows_lines(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    assert articles["article_id"].tolist() == ["a1", "a2"]


@entry("json/nested_and_types.jsonl")
def nested(file: Path, tmp_path: Path) -> None:
    articles, problems, _ = inspect(file, kept=2, lost=5)
    assert lost_rows(problems) == [1, 2, 3, 4, 6]
    assert articles["article_id"].tolist() == ["5", "a7"]
    assert articles["date"].isna().tolist() == [False, True]
    assert about(problems, 7)
    assert not articles["text"].str.contains(r"[\[\]{}]").any()


@entry("json/deep.jsonl")
def deep(file: Path, tmp_path: Path) -> None:
    _, problems, _ = inspect(file, kept=0, lost=1)
    assert lost_rows(problems) == [1]


@entry("json/u2028.jsonl")
def odd_line_ends(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    assert words(articles, "a1") == ["line", "sep", "and", "next"]


# other kinds of file


@entry(
    "pq/not_parquet.parquet",
    "pq/truncated.parquet",
    "zip/bomb_bz2.zip",
    "zip/bomb.jsonl.gz",
    "zip/traversal.zip",
    "zip/symlink.tar",
    "zip/not_a_zip.zip",
    "html/cookie_comments.html",
    "html/wrong_meta_charset.html",
    "html/script_text.html",
    "html/deep.html",
    "html/entity_bomb.html",
)
def other_kind_of_file(file: Path, tmp_path: Path) -> None:
    _, problems, _ = inspect(file, kept=0, lost=1)
    assert problems.loc[~problems["kept"], "file"].item() == file.name
    with pytest.raises(CorpusError) as caught:
        ct.read_articles(file)
    assert all(kind in str(caught.value) for kind in READ_KINDS)
    assert file.name in str(caught.value)


def test_other_kinds_beside_articles_are_named_and_do_not_raise(shared: Path, tmp_path: Path) -> None:
    folder = in_outlet(shared / "adversarial" / "zip" / "traversal.zip", tmp_path)
    _, problems, _ = inspect(folder, kept=1, lost=0)
    assert problems["file"].str.contains("traversal.zip").any()
    assert {p.name for p in tmp_path.rglob("*")} == {"corpus", "Alpha", "traversal.zip", "honest.txt"}


# a tree with hostile names and links

WALK = """
import json, sys
import corpus_tools as ct
articles, problems, _ = ct.inspect_source(sys.argv[1])
print(json.dumps([articles.to_dict("list"), problems.to_dict("list")], default=str))
"""


def unpacked(archive: Path, tmp_path: Path) -> Path:
    if os.name == "nt":
        pytest.skip("Windows allows neither these names nor FIFOs")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="fully_trusted")
    return tmp_path / "tree"


def walked(folder: Path) -> tuple[dict[str, list], dict[str, list]]:
    command = [sys.executable, "-c", WALK, str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    articles, problems = json.loads(done.stdout)
    return articles, problems


@entry("tree/loop")
def loop(file: Path, tmp_path: Path) -> None:
    tree = unpacked(file.parents[1] / "tree.tar.gz", tmp_path)
    os.mkfifo(tree / "loop" / "sub" / "pipe.txt")
    assert (tree / "loop" / "sub" / "up").is_symlink()
    articles, problems = walked(tree / "loop")
    assert [name.rsplit("/")[-1] for name in articles["source_file"]] == ["ok.txt"]
    assert not any("root:" in text for text in articles["text"])
    listed = " ".join(problems["file"])
    assert all(name in listed for name in ("pipe.txt", "passwd.txt", "dangling.txt"))
    assert all(problems["kept"])


@entry("tree/names")
def hostile_names(file: Path, tmp_path: Path) -> None:
    tree = unpacked(file.parents[1] / "tree.tar.gz", tmp_path)
    on_disk = {path.name for path in (tree / "names").iterdir()}
    assert len(on_disk) == 8
    articles, problems = walked(tree)
    read = [name for name in articles["source_file"] if name.startswith("names/")]
    assert {name.removeprefix("names/") for name in read} == on_disk
    assert all(problems["kept"])
    assert len(set(articles["article_id"])) == len(articles["article_id"])
    assert {path.name for path in (tree / "names").iterdir()} == on_disk, "nothing was run or written"


def test_hostile_names_are_escaped_where_they_are_shown(shared: Path, tmp_path: Path) -> None:
    tree = unpacked(shared / "adversarial" / "tree.tar.gz", tmp_path)
    articles = ct.read_articles(tree)
    voices, tokens = prepared(articles)
    hits = ct.find_phrase(tokens, "cars")
    hostile = articles.loc[articles["article_id"].str.contains("onerror"), "article_id"].item()
    page = shown(ct.show_article(articles, voices, hits, article_id=hostile))
    assert "<img" not in page


# injection


def shown(html: object) -> str:
    return html if isinstance(html, str) else html._repr_html_()


@entry("inject/html_titles.csv", "inject/formula.csv", "inject/markdown_latex.csv")
def injection(file: Path, tmp_path: Path) -> None:
    given = given_rows(file)
    articles, _, _ = inspect(file, kept=len(given), lost=0)
    assert articles["title"].tolist() == [" ".join(row["title"].split()) for row in given]
    voices, tokens = prepared(articles)
    hits = ct.find_phrase(tokens, "the")
    for article_id in articles["article_id"]:
        page = shown(ct.show_article(articles, voices, hits, article_id=article_id)).lower()
        assert not any(tag in page for tag in ("<script>document", "<img src=x", "<svg onload", "<iframe", "<a href"))


# Unicode


@entry("uni/zero_width.csv")
def zero_width(file: Path, tmp_path: Path) -> None:
    articles, _, cleaning = inspect(file, kept=2, lost=0)
    assert words(articles, "a1") == ["karabakh"] * 5
    removed = "".join(cleaning.loc[cleaning["article_id"] == "a1", "removed"])
    assert sum(unicodedata.category(c) == "Cf" for c in removed) == 4


@entry("uni/bidi_trojan.csv")
def bidi(file: Path, tmp_path: Path) -> None:
    articles, _, cleaning = inspect(file, kept=1, lost=0)
    overrides = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not overrides & set(articles["text"].item())
    assert overrides & set("".join(cleaning["removed"]))


@entry("uni/soft_hyphen_ligature.csv")
def soft_hyphens(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    counted = words(articles, "a1")
    assert {term: counted.count(term) for term in ("government", "officials", "finally", "reopened")} == {
        "government": 2,
        "officials": 2,
        "finally": 2,
        "reopened": 1,
    }


@entry("uni/nfc_nfd.csv")
def composed(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    counted = words(articles, "a1")
    assert {term: counted.count(term) for term in ("şuşa", "xankəndi", "ağdam", "café")} == dict.fromkeys(
        ("şuşa", "xankəndi", "ağdam", "café"), 2
    )


@entry("uni/place_names.csv")
def place_names(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=2, lost=0)
    for article_id, number in (("a1", 8), ("a2", 6)):
        counted = words(articles, article_id)
        assert len(counted) == len(set(counted)) == number


@entry("uni/scripts_mixed.csv")
def scripts(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    counted = words(articles, "a1")
    assert {"արցախի", "жители", "الناس", "insanlar"} <= {c.replace("i̇", "i") for c in counted}
    ends = ct.split_sentences(text_of(articles, "a1"))
    sentences = [text_of(articles, "a1")[a:b].strip() for a, b in zip(ends["start"], ends["end"], strict=True)]
    assert all(any(s.endswith(stop) for s in sentences) for stop in "։؟。"), sentences


@entry("uni/turkish_i.csv")
def turkish(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    _, tokens = prepared(articles)
    text = text_of(articles, "a1")
    printed = [text[a:b] for a, b in zip(tokens["start"], tokens["end"], strict=True)]
    assert printed == text.split()
    lines = ct.kwic(articles, ct.find_phrase(tokens, "diyarbakır"))
    assert lines["node"].tolist() == ["DİYARBAKIR", "Diyarbakır"]


@entry("uni/quotes_mess.csv", "uni/quote_paragraphs.csv")
def quotations(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    voices = ct.find_voices(articles)
    assert_quotations_stay_in_their_line(articles, voices)
    if file.stem == "quote_paragraphs":
        text = text_of(articles, "a1")
        spans = zip(voices["start"], voices["end"], strict=True)
        assert [text[a:b] for a, b in spans] == ["First.", "Second.", "Third,"]


def assert_quotations_stay_in_their_line(articles: pd.DataFrame, voices: pd.DataFrame) -> None:
    texts = articles.set_index("article_id")["text"]
    for row in voices.itertuples():
        assert "\n" not in texts[row.article_id][row.start : row.end]


@entry("uni/emdash_glued.csv")
def dashes(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    counted = words(articles, "a1")
    assert {"truce", "signed", "failed", "again"} <= set(counted)
    assert counted.count("2020") == 2
    assert counted.count("word") == 2
    assert "2023" in counted


@entry("uni/emoji.csv")
def emoji(file: Path, tmp_path: Path) -> None:
    articles, _, _ = inspect(file, kept=1, lost=0)
    _, tokens = prepared(articles)
    assert "news" in set(tokens["term"])
    for term in ("breaking", "news"):
        line = ct.kwic(articles, ct.find_phrase(tokens, term)).iloc[0]
        window = line["left"] + line["node"] + line["right"]
        assert_whole_clusters(window, text_of(articles, "a1"))


def assert_whole_clusters(window: str, text: str) -> None:
    """Neither end of the window parts an emoji from its joiner, its skin tone or its keycap."""
    start = text.find(window.strip("… "))
    assert start >= 0, window
    for cut in (start, start + len(window.strip("… "))):
        before, after = text[max(cut - 1, 0) : cut], text[cut : cut + 1]
        assert before != "\u200d"
        assert not after or not (unicodedata.combining(after) or after in "\u200d\ufe0f\u20e3")
        assert not "\U0001f3fb" <= (after or " ") <= "\U0001f3ff"


@entry("uni/control_chars.csv")
def control_characters(file: Path, tmp_path: Path) -> None:
    articles, _, cleaning = inspect(file, kept=1, lost=0)
    text = articles["text"].item()
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cn") and c != "\n"]
    removed = "".join(cleaning["removed"])
    assert sum(unicodedata.category(c) in ("Cc", "Cn") for c in removed) >= 9
    assert_exports(articles, tmp_path)


# time


def seconds(function: Callable[[str], object], text: str, tries: int = 3) -> float:
    """Seconds of the processor, so that what runs beside the tests does not count."""
    took = []
    for _ in range(tries):
        begin = time.process_time()
        function(text)
        took.append(time.process_time() - begin)
    return min(took)


def test_eighty_thousand_unpaired_marks_take_less_than_a_second(shared: Path) -> None:
    text = (shared / "adversarial" / "size" / "many_quotes.txt").read_text(encoding="utf-8")
    assert seconds(ct.voice_spans, text) < 1


GROWTH = {
    "voice_spans": ("'", "“", '"', " '", "“ ‘ ", "“a\n", "«"),
    "split_words": ("a", "a-", "1,", "a'", "a.", "a@", "http://"),
    "split_sentences": ("a", "A. ", "(", "“A. "),
}


@pytest.mark.parametrize(("name", "piece"), [(name, piece) for name, pieces in GROWTH.items() for piece in pieces])
def test_time_grows_with_the_length_and_not_with_its_square(name: str, piece: str) -> None:
    """Four times the marks may take four times as long; a square would take sixteen times."""
    function, most = getattr(ct, name), 200_000 if name == "voice_spans" else 60_000
    few, many = (piece * (n // len(piece)) for n in (most // 4, most))
    assert seconds(function, many) < 12 * max(seconds(function, few), 0.02)


WEB_PAGES = (
    "word \n\n\n",
    "word \r\n\r\n\r\n",
    "\u00a0\n",
    "a\u00a0\u2009b\u00a0",
    "\r\n\u200b",
    "e\u0301\u00a0\u200b",
    "cafÃ©\u00a0",
    "ADVERTISEMENT\n",
    "Tags: bus\n14 comments\n",
    "Published: 2024-01-01\n",
    "Read also\n• Ferry queues\n• Mayor speaks\n",
    "SEOUL (AP) — ",
    "AFP\n",
)


@pytest.mark.parametrize("piece", WEB_PAGES)
def test_cleaning_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    few, many = (piece * n + "Drivers met the company on Monday." for n in (1500, 6000))
    assert seconds(clean_text, many, 2) < 12 * max(seconds(clean_text, few, 2), 0.02)


def test_problems_name_rows_in_one_sentence(shared: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        ct.read_articles(shared / "adversarial" / "csv" / "ragged.csv")
    message = str(caught.value)
    assert "2" in message
    assert "on_error" in message
    assert "\n" not in message


@pytest.mark.parametrize("option", [{"on_error": "ignore"}, {"date_order": "year"}, {"encoding": "utf-9"}])
def test_wrong_options_are_refused_with_what_is_allowed(shared: Path, option: dict[str, str]) -> None:
    with pytest.raises(CorpusError, match=next(iter(option.values()))):
        ct.read_articles(shared / "adversarial" / "csv" / "numeric_ids.csv", **option)


def test_a_missing_file_is_refused_with_the_nearest_name(shared: Path) -> None:
    with pytest.raises(CorpusError, match=r"ragged\.csv"):
        ct.read_articles(shared / "adversarial" / "csv" / "raged.csv")


def all_named(folder: Path) -> Iterable[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_no_stored_file_is_missing_from_the_checks(shared: Path) -> None:
    stored = set(all_named(shared / "adversarial")) - {"README.md", "index.csv", "tree.tar.gz"}
    assert stored <= set(CHECKS)


@pytest.mark.parametrize("entry_name", CHECKS)
def test_entry(shared: Path, tmp_path: Path, entry_name: str) -> None:
    CHECKS[entry_name](shared / "adversarial" / entry_name, tmp_path)
