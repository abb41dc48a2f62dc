"""The check of a lexicon: findings, forms, sheets that hide the outlet, marks, precision and the stamp."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools import schema
from corpus_tools.compare.inference import wilson
from corpus_tools.prepare.checking import _meet
from corpus_tools.prepare.checks import label_states, stamp_patterns, write_checks
from corpus_tools.prepare.sheets import lines_to_mark
from corpus_tools.prepare.spreadsheets import quote_formula, text_cell, unquote_formula
from corpus_tools.show.describe.words import UNCHECKED


def lexicon_of(*rows: str | tuple[str, ...]) -> pd.DataFrame:
    """Rows of label, pattern, near, unless, slot; what is left out is empty, the slot "s"."""
    named = ("label", "pattern", "near", "unless", "slot")
    filled = [dict(zip(named, (*row, *("", "", "", "s")[len(row) - 1 :]), strict=False)) for row in rows]
    return pd.DataFrame(filled)[["slot", "label", "pattern", "near", "unless"]]


def rules(lexicon: pd.DataFrame, hits: pd.DataFrame | None = None) -> list[tuple[str, ...]]:
    found = ct.check_lexicon(lexicon, hits)[["rule", "label", "pattern", "value"]]
    return list(found.itertuples(index=False, name=None))


def hits_of(make_articles: Any, lexicon: pd.DataFrame, *texts: str) -> pd.DataFrame:
    articles = make_articles([(f"n{i}", "AB"[i % 2], text) for i, text in enumerate(texts)])
    return ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon)


# findings


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # the same again
        ([("x", "a"), ("x", "a")], [("duplicate pattern", "x", "a", "rows 1 and 2")]),
        ([("x", "a|A")], [("duplicate pattern", "x", "a", "row 1")]),
        ([("x", "b|a"), ("x", "c|a")], [("duplicate pattern", "x", "a", "rows 1 and 2")]),
        ([("x", "a", "p|q"), ("x", "a", "q|P")], [("duplicate pattern", "x", "a", "rows 1 and 2")]),
        ([("x", "a", "p"), ("x", "a", "q")], []),
        ([("x", "a"), ("x", "b")], []),
        ([("x", "a"), ("x", "a b")], []),
        # one pattern, two labels
        ([("x", "a b"), ("y", "a-b")], [("pattern in two labels", "y", "a b", "x: a b")]),
        ([("x", "a", "p"), ("y", "a", "q")], [("pattern in two labels", "y", "a", "x: a")]),
        # one pattern, two slots
        ([("x", "a", "", "", "s"), ("y", "a", "", "", "t")], [("pattern in two slots", "y", "a", "s: x")]),
        ([("x", "a", "", "", "s"), ("y", "a b", "", "", "t")], []),
        # inside
        (
            [("long", "nagorno karabakh"), ("short", "karabakh")],
            [("pattern inside a pattern", "short", "karabakh", "long: nagorno karabakh")],
        ),
        (
            [("x", "polic*"), ("y", "armed police officer|policing the town")],
            [("pattern inside a pattern", "x", "polic*", "y: armed police officer | policing the town")],
        ),
        (
            [("x", "police"), ("y", "the polic?* car")],
            [("pattern inside a pattern", "x", "police", "y: the polic?* car")],
        ),
        ([("x", "guild"), ("y", "guild's claim")], [("pattern inside a pattern", "x", "guild", "y: guild's claim")]),
        ([("x", "police"), ("y", "policy of rest")], []),
        ([("x", "a b"), ("y", "a c b")], []),
        ([("x", "cat dog"), ("y", "birth of * * by day")], []),
        (
            [("x", "cat by"), ("y", "birth of * by day")],
            [("pattern inside a pattern", "x", "cat by", "y: birth of * by day")],
        ),
        # of one length
        ([("x", "strik*"), ("y", "strike")], [("patterns overlap", "y", "strike", "x: strik*")]),
        ([("x", "strike"), ("y", "str?kes")], []),
    ],
)
def test_each_rule_where_it_holds_and_nowhere_else(rows: list[Any], expected: list[tuple[str, ...]]) -> None:
    assert rules(lexicon_of(*rows)) == expected


def test_a_pattern_in_two_labels_is_a_mistake_only_under_the_same_conditions() -> None:
    hints = [ct.check_lexicon(lexicon_of(("x", "a", "p"), ("y", "a", near)))["hint"].item() for near in ("p", "q")]
    assert "delete one" in hints[0]
    assert "told apart by near and unless only" in hints[1]


def test_what_is_said_to_lose_does_lose(make_articles: Any) -> None:
    lexicon = lexicon_of(("first", "strik*"), ("second", "strike"), ("short", "karabakh"), ("long", "nagorno karabakh"))
    found = ct.check_lexicon(lexicon)
    hits = hits_of(make_articles, lexicon, "A strike in Nagorno-Karabakh.")
    assert set(hits["label"]) == {"first", "long"}
    assert set(found["label"]) == {"second", "short"}


def test_labels_and_patterns_never_found(make_articles: Any) -> None:
    lexicon = lexicon_of(("police", "polic*|officer* of the law"), ("guards", "guard*"))
    hits = hits_of(make_articles, lexicon, "The police came.")
    assert rules(lexicon, hits) == [
        ("label never found", "guards", "", ""),
        ("pattern never found", "police", "officer* of the law", "row 1"),
    ]
    assert rules(lexicon) == []
    assert rules(lexicon, hits_of(make_articles, lexicon, "Police guards, the officers of the law's.")) == []


def test_hits_of_another_lexicon_are_refused(make_articles: Any) -> None:
    hits = hits_of(make_articles, lexicon_of(("police", "police")), "police")
    with pytest.raises(ct.CorpusError, match="did you mean 'polise'"):
        ct.check_lexicon(lexicon_of(("polise", "police")), hits)


def test_an_empty_lexicon_has_no_findings() -> None:
    found = ct.check_lexicon(lexicon_of(("x", "a")).iloc[:0])
    assert found.empty
    assert tuple(found.columns) == schema.LEXICON_FINDINGS


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("", "", True),
        ("*", "", True),
        ("a", "", False),
        ("a*", "*b", True),
        ("*x", "*y", False),
        ("*x*", "*y*", True),
        ("a?c", "ab*", True),
        ("a?", "a", False),
        ("ab*", "ac*", False),
        ("*" * 400 + "x", "y" * 400, False),
    ],
)
def test_wildcards_that_can_meet(one: str, other: str, met: bool) -> None:
    assert _meet(one, other) is met
    assert _meet(other, one) is met


# forms


def test_forms_show_what_a_wildcard_found_beside_what_was_meant(make_articles: Any) -> None:
    texts = ("Police spoke of policy. The policy stands.", "Police, police.")
    forms = ct.lexicon_forms(hits_of(make_articles, lexicon_of(("police", "polic*")), *texts))
    assert tuple(forms.columns) == schema.FORMS
    assert forms[["surface", "hits", "articles"]].to_numpy().tolist() == [["police", 3, 2], ["policy", 2, 1]]


def test_forms_of_a_phrase_and_of_nothing(make_articles: Any) -> None:
    articles = make_articles([("1", "A", "A strike, strikes, strike.")])
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    assert ct.lexicon_forms(ct.find_phrase(tokens, "strik*"))["hits"].tolist() == [2, 1]
    assert ct.lexicon_forms(ct.find_phrase(tokens, "x")).empty


# the sheet


@pytest.fixture(scope="module")
def strike() -> dict[str, pd.DataFrame]:
    articles = ct.read_sample("strike")
    lexicon = ct.read_lexicon("strike")
    return {"articles": articles, "hits": ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon)}


def sheet_of(frames: dict[str, pd.DataFrame], **options: Any) -> pd.DataFrame:
    return ct.draw_check_sheet(frames["articles"], frames["hits"], **options)


def test_a_sheet_holds_at_most_n_lines_of_each_label_and_all_where_there_are_fewer(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike)
    assert tuple(sheet.columns) == schema.CHECK_SHEET
    drawn = sheet.groupby(["slot", "label"]).size()
    expected = strike["hits"].groupby(["slot", "label"]).size().clip(upper=20)
    assert drawn.to_dict() == expected.to_dict()
    assert sheet["line"].is_unique
    assert (sheet["right"] == "").all()


def test_the_drawing_depends_on_the_seed_and_not_on_the_order(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike, n=4)
    turned = ct.draw_check_sheet(strike["articles"], strike["hits"].iloc[::-1], n=4)
    pd.testing.assert_frame_equal(turned, sheet)
    assert set(sheet_of(strike, n=4, random_state=1)["line"]) != set(sheet["line"])
    assert set(sheet["line"]) <= set(sheet_of(strike, n=5)["line"])


def test_the_drawing_is_even(make_articles: Any) -> None:
    articles = make_articles([("1", "A", " ".join(["strike,"] * 40))])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    lines = [
        line for seed in range(300) for line in ct.draw_check_sheet(articles, hits, n=10, random_state=seed)["line"]
    ]
    times = pd.Series(lines).value_counts()
    # 300 draws of 10 out of 40: each line 75 times, with a standard deviation of 7.5.
    assert len(times) == 40
    assert times.between(45, 105).all()


def test_a_line_shows_its_sentence_and_no_outlet(make_articles: Any) -> None:
    text = "First.\n\nThe daily\u00a0news and Evening Post saw a strike, DAILY NEWS said; Daily Newsletter not. Last."
    articles = make_articles([("daily-1", "Daily News", text), ("2", "Evening Post", "Nothing."), ("3", "A", "A cat.")])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    row = ct.draw_check_sheet(articles, hits).iloc[0]
    assert row["left"] == "The [outlet] and [outlet] saw a"
    assert row["node"] == "strike"
    assert row["rest"] == ", [outlet] said; Daily Newsletter not."
    assert "daily-1" not in " ".join(row)


def test_a_sheet_names_no_outlet_and_no_article(strike: dict[str, Any]) -> None:
    written = sheet_of(strike).to_csv()
    for name in strike["articles"]["outlet"].unique():
        assert name.casefold() not in written.casefold()
    assert not {"article_id", "outlet", "start"} & set(sheet_of(strike).columns)


STYLES = (
    "“We stay—all of us,” said the driver’s aide – ‘a strike’, he–she wrote.",
    "‘We stay – all of us,’ said the driver's aide — “a strike”, he-she wrote.",
    "«\u00a0We stay -- all of us,\u00a0» said the driver's aide - ‹a strike›, he‑she wrote.",
    "„We stay ― all of us,“ said the driver＇s aide—»a strike«, he−she wrote.",
    '"We stay - all of us," said the driverʼs aide – "a strike", he-she wrote.',
)


@pytest.mark.parametrize("text", STYLES)
def test_house_style_does_not_give_an_outlet_away(make_articles: Any, text: str) -> None:
    articles = make_articles([("1", "Outlet", text)])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    row = ct.draw_check_sheet(articles, hits).iloc[0]
    assert row["left"] == "'We stay – all of us,' said the driver's aide – 'a"
    assert row["rest"] == "', he-she wrote."


def test_an_outlet_is_hidden_whichever_apostrophe_it_has(make_articles: Any) -> None:
    articles = make_articles([("1", "Women's Post", "The Women’s Post saw a strike.")])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    assert ct.draw_check_sheet(articles, hits)["left"].item() == "The [outlet] saw a"


def test_very_long_sentences_are_cut_at_blanks(make_articles: Any) -> None:
    articles = make_articles([("1", "Outlet", "word " * 400 + "strike" + " tail" * 400)])
    hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "strike")
    row = ct.draw_check_sheet(articles, hits).iloc[0]
    assert row["left"].startswith("… word word")
    assert row["rest"].endswith("tail tail …")
    assert max(len(row["left"]), len(row["rest"])) <= 303


def test_referents_stand_beside_the_line(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike, referents={"the stoppage": "what the drivers did"})
    assert sheet.groupby("slot")["referent"].unique().map(list)["the stoppage"] == ["what the drivers did"]
    assert (sheet.loc[sheet["slot"] != "the stoppage", "referent"] == "").all()


def test_hits_of_other_articles_and_too_small_a_number_are_refused(strike: dict[str, Any]) -> None:
    with pytest.raises(ct.CorpusError, match="not among the articles"):
        ct.draw_check_sheet(strike["articles"].iloc[:2], strike["hits"])
    for n in (0, -1, "3", None, 2.5, True):
        with pytest.raises(ct.CorpusError, match=f"'n' cannot be {n!r}; it is a number of lines, 1 or more"):
            sheet_of(strike, n=n)
    assert len(sheet_of(strike, n=np.int64(1))) == strike["hits"]["label"].nunique()


# cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "'=", "''@"])
def test_no_cell_is_a_formula_and_none_is_changed(start: str) -> None:
    value = start + "HYPERLINK(1)"
    cell = quote_formula(value)
    assert cell.startswith("'")
    assert unquote_formula(cell) == value


@pytest.mark.parametrize("value", ["'tis", "a=b", "", "'", "–3"])
def test_ordinary_cells_stay(value: str) -> None:
    assert quote_formula(value) == unquote_formula(value) == value


def test_a_hostile_text_acts_under_no_delimiter(make_articles: Any) -> None:
    text = '=cmd|"/c calc"!A1;=1+1;"=2+2" \u202estrike @SUM(1)'
    articles = make_articles([("=1", "@A", text)])
    hits = ct.find_hits(
        ct.tokenize(articles, ct.find_voices(articles)), lexicon_of(("-label", "strike", "", "", "+slot"))
    )
    sheet = ct.draw_check_sheet(articles, hits, referents={"+slot": "=3"})
    for delimiter in ",;\t|":
        for row in csv.reader(sheet.to_csv(index=False).splitlines(), delimiter=delimiter):
            assert not [cell for cell in row if cell.lstrip("\"'")[:1] in "=+-@\t" and cell[:1] not in ("", "'", " ")]
    checks = ct.collect_checks(sheet.assign(right="yes"), articles, hits)
    assert checks[["slot", "label", "article_id", "outlet"]].iloc[0].tolist() == ["+slot", "-label", "=1", "@A"]
    assert not text_cell("a\u202eb\x1b").count("\u202e")


def test_checks_are_written_harmless_and_read_back(tmp_path: Path) -> None:
    row = {"slot": "+s", "label": "'=l", "article_id": "=1", "start": 3, "outlet": "@A"}
    checks = pd.DataFrame(
        [row | {"right": True}, row | {"start": 4, "right": False}, row | {"start": 5, "right": pd.NA}]
    )
    checks = checks.astype({"right": "boolean"} | dict.fromkeys(("slot", "label", "article_id", "outlet"), "str"))
    path = tmp_path / "checks.csv"
    write_checks(checks, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfslot,label,article_id,start,outlet,right\r\n")
    assert ",=" not in path.read_text(encoding="utf-8-sig")
    pd.testing.assert_frame_equal(ct.read_checks(path)[list(schema.CHECKS)], checks[list(schema.CHECKS)])


def test_a_list_of_marks_that_cannot_be_written_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checks.csv"
    write_checks(checks_of(("x", "A", True)), path)
    before = path.read_bytes()
    write = Path.write_text

    def stop_midway(self: Path, text: str, **options: Any) -> None:
        write(self, text[:10], **options)
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", stop_midway)
    with pytest.raises(OSError, match="No space left") as stopped:
        write_checks(checks_of(("x", "A", False)), path)
    assert stopped.value.filename == str(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_list_of_marks_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    path, link = tmp_path / "checks.csv", tmp_path / "link.csv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_checks(checks_of(("x", "A", True)), link)
    assert link.is_symlink()
    assert ct.read_checks(path)["right"].tolist() == [True]
    assert path.stat().st_mode & 0o777 == 0o640


# marks


@pytest.mark.parametrize("yes", ["yes", "Y", "1", "TRUE", "1.0", " Right "])
@pytest.mark.parametrize("no", ["no", "N", "0", "False", "wrong"])
def test_marks_in_any_case(strike: dict[str, Any], yes: str, no: str) -> None:
    sheet = sheet_of(strike)
    sheet["right"] = [yes, no, "", *[None] * (len(sheet) - 3)]
    checks = ct.collect_checks(sheet, strike["articles"], strike["hits"])
    assert len(checks) == len(sheet)
    assert (int(checks["right"].sum()), int(checks["right"].count())) == (1, 2)


def test_a_word_that_is_no_mark_is_refused_with_its_row(strike: dict[str, Any], tmp_path: Path) -> None:
    sheet = sheet_of(strike)
    sheet.loc[2, "right"] = "yess"
    with pytest.raises(ct.CorpusError, match=r"Row 3 of the sheet: 'yess' is no mark.*did you mean 'yes'"):
        ct.collect_checks(sheet, strike["articles"], strike["hits"])
    sheet.to_csv(tmp_path / "marked.csv", index=False)
    with pytest.raises(ct.CorpusError, match=r"Row 3 of marked\.csv"):
        ct.collect_checks(tmp_path / "marked.csv", strike["articles"], strike["hits"])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("s,l,1,3,A,yes\ns,l,1,4,A,perhaps\n", r"Row 2 of checks\.csv: 'perhaps' is no mark"),
        ("s,l,1,-3,A,yes\n", r"Row 1 of checks\.csv: start is '-3'"),
        ("s,l,1,3.5,A,yes\n", r"Row 1 of checks\.csv: start"),
        ("s,l,1,3,A,yes\ns,l,1,3,A,no\n", r"Row 2 of checks\.csv is about a hit of an earlier row"),
    ],
)
def test_errors_in_checks_name_the_row(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "checks.csv"
    path.write_text("slot,label,article_id,start,outlet,right\n" + rows, encoding="utf-8")
    with pytest.raises(ct.CorpusError, match=message):
        ct.read_checks(path)


def test_checks_without_a_column_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "checks.csv"
    with pytest.raises(ct.CorpusError, match="There is no file"):
        ct.read_checks(path)
    path.write_text("slot,label,article_id,start,right\n", encoding="utf-8")
    with pytest.raises(ct.CorpusError, match="no column 'outlet'"):
        ct.read_checks(path)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8"), (",", "cp1252")])
def test_a_sheet_comes_back_from_any_spreadsheet(
    strike: dict[str, Any], tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = tmp_path / "marked.csv"
    sheet_of(strike).assign(right="yes").to_csv(path, index=False, sep=delimiter, encoding=encoding, errors="replace")
    checks = ct.collect_checks(path, strike["articles"], strike["hits"])
    assert len(checks) == 110
    assert checks["right"].all()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_unicode_text_of_a_spreadsheet_is_read(tmp_path: Path, encoding: str) -> None:
    text = "slot\tlabel\tpattern\r\ns\tKöln, „x“\tköln*\r\n"
    mark = "" if encoding == "utf-16" else "\ufeff"
    (tmp_path / "lexicon.csv").write_bytes((mark + text).encode(encoding))
    assert ct.read_lexicon(tmp_path / "lexicon.csv")["label"].tolist() == ["Köln, „x“"]
    (tmp_path / "lexicon.csv").write_bytes((mark + text).encode(encoding)[:-1])
    with pytest.raises(ct.CorpusError, match="is not UTF-16 at byte"):
        ct.read_lexicon(tmp_path / "lexicon.csv")


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_workbook_is_no_table(strike: dict[str, Any], tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(start + b"\xff\x00" * 40)
    for read in (ct.read_checks, lambda file: ct.collect_checks(file, strike["articles"], strike["hits"])):
        with pytest.raises(ct.CorpusError, match=r"spreadsheet's own file, such as \.xlsx.*save it as CSV"):
            read(path)


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;  "])
def test_a_first_line_that_names_the_delimiter_is_obeyed(tmp_path: Path, first: str) -> None:
    path = tmp_path / "checks.csv"
    path.write_text(first + "\nslot;label;article_id;start;outlet;right\na,b,c,d,e,f,g;l;1;3;A;yes\n", encoding="utf-8")
    assert ct.read_checks(path)["slot"].tolist() == ["a,b,c,d,e,f,g"]
    path.write_text(first + "\n", encoding="utf-8")
    with pytest.raises(ct.CorpusError, match="is empty"):
        ct.read_checks(path)


def test_lines_taken_off_the_sheet_count_as_not_marked(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike).assign(right="yes")
    checks = ct.collect_checks(sheet[sheet["label"] != "strike"], strike["articles"], strike["hits"])
    assert checks.loc[checks["label"] == "strike", "right"].isna().all()
    assert len(checks) == len(sheet)


def test_a_line_marked_in_two_ways_and_a_sheet_of_other_articles(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike).assign(right="yes")
    twice = pd.concat([sheet, sheet.iloc[:1].assign(right="no")])
    with pytest.raises(ct.CorpusError, match="marked in two ways"):
        ct.collect_checks(twice, strike["articles"], strike["hits"])
    with pytest.raises(ct.CorpusError, match="No line of the sheet"):
        ct.collect_checks(sheet.assign(line="x"), strike["articles"], strike["hits"])
    with pytest.warns(ct.CorpusWarning, match="1 line of the sheet is not among"):
        ct.collect_checks(pd.concat([sheet, sheet.iloc[:1].assign(line="x")]), strike["articles"], strike["hits"])


def test_earlier_marks_are_kept_replaced_or_dropped(strike: dict[str, Any]) -> None:
    articles, hits = strike["articles"], strike["hits"]
    sheet = sheet_of(strike).assign(right="yes")
    earlier = ct.collect_checks(sheet, articles, hits)
    again = ct.collect_checks(sheet.assign(right="").assign(right=["no", *[""] * 109]), articles, hits, earlier=earlier)
    assert len(again) == len(earlier)
    assert int((~again["right"]).sum()) == 1
    elsewhere = earlier.assign(article_id=[f"other {i}" for i in range(len(earlier))], right=pd.NA)
    both = ct.collect_checks(sheet, articles, hits, earlier=elsewhere)
    assert len(both) == 2 * len(earlier)
    assert int(both["right"].isna().sum()) == len(earlier)
    fewer = hits[hits["surface"] != "walked out"]
    with pytest.warns(ct.CorpusWarning, match="1 earlier mark is dropped"):
        mended = ct.collect_checks(sheet.iloc[:5], articles, fewer, earlier=earlier)
    assert len(mended) == len(earlier) - 1


def test_a_second_sheet_asks_only_for_what_has_no_mark(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike)
    sheet["right"] = ["yes" if i % 2 else "" for i in range(len(sheet))]
    checks = ct.collect_checks(sheet, strike["articles"], strike["hits"])
    second = sheet_of(strike, earlier=checks)
    assert second["line"].tolist() == sheet.loc[sheet["right"] == "", "line"].tolist()
    done = ct.collect_checks(second.assign(right="no"), strike["articles"], strike["hits"], earlier=checks)
    assert done["right"].notna().all()
    assert sheet_of(strike, earlier=done).empty


# precision


def checks_of(*rows: tuple[str, str, object]) -> pd.DataFrame:
    """Rows of label, outlet, mark."""
    frame = pd.DataFrame(rows, columns=["label", "outlet", "right"])
    return frame.assign(slot="s", article_id="1", start=range(len(frame)), right=frame["right"].astype("boolean"))


def test_precision_has_wilsons_interval_over_lines() -> None:
    checks = checks_of(*[("x", "A", True)] * 9, ("x", "B", False), ("x", "B", None), ("y", "A", True))
    found = ct.lexicon_precision(checks)
    assert tuple(found.columns) == ("slot", "label", *schema.PRECISION)
    row = found.iloc[0]
    assert (row["marked"], row["right"], row["precision"]) == (10, 9, 0.9)
    # Wilson 1927, by hand: centre and half-width for 9 of 10 at z = 1.959964
    assert (row["precision_low"], row["precision_high"]) == pytest.approx((0.5958, 0.9821), abs=5e-5)
    assert row["note"] == "1 drawn line not marked yet"
    assert np.isnan(found.loc[1, "precision_low"])
    assert found.loc[1, "precision"] == 1
    assert found.loc[1, "note"] == "no interval: 1 line marked, 5 needed"
    low, _ = wilson(0.9, 10, 1.2815516)
    assert ct.lexicon_precision(checks, confidence=0.8).loc[0, "precision_low"] == pytest.approx(low)


def test_marks_in_words_are_no_less_wrong(tmp_path: Path) -> None:
    checks = checks_of(*[("x", "A", True)] * 4, ("x", "A", False), ("x", "B", None))
    write_checks(checks, tmp_path / "checks.csv")
    by_pandas = pd.read_csv(tmp_path / "checks.csv")
    assert by_pandas["right"].iloc[4] == "no"
    expected = ct.lexicon_precision(checks)
    for column in (by_pandas["right"], by_pandas["right"].fillna(""), checks["right"].astype("object")):
        pd.testing.assert_frame_equal(ct.lexicon_precision(by_pandas.assign(right=column)), expected)
        assert label_states(by_pandas.assign(right=column))[["marked", "right"]].to_numpy().tolist() == [[5, 4]]
    for read in (ct.lexicon_precision, label_states):
        with pytest.raises(ct.CorpusError, match="Row 2 of checks: 'perhaps' is no mark"):
            read(by_pandas.assign(right=["yes", "perhaps", *[""] * 4]))


def test_earlier_marks_in_words_are_read_alike(strike: dict[str, Any]) -> None:
    sheet = sheet_of(strike)
    checks = ct.collect_checks(sheet.assign(right=["yes", "no", *[""] * 108]), strike["articles"], strike["hits"])
    words = checks.assign(right=checks["right"].map({True: "yes", False: "no"}).astype("object").fillna(""))
    words["start"] = words["start"].astype("str")
    assert len(sheet_of(strike, earlier=words)) == 108
    assert len(lines_to_mark(strike["hits"], words)) == 108
    again = ct.collect_checks(sheet, strike["articles"], strike["hits"], earlier=words)
    pd.testing.assert_frame_equal(again, checks)
    with pytest.raises(ct.CorpusError, match="Row 1 of earlier: 'perhaps' is no mark"):
        sheet_of(strike, earlier=words.assign(right="perhaps"))


@pytest.mark.parametrize("place", [3, None, ["checks.csv"]])
def test_what_is_no_path_is_one_sentence(strike: dict[str, Any], place: Any) -> None:
    with pytest.raises(ct.CorpusError, match="Instead of a path, the list of marks is"):
        ct.read_checks(place)
    with pytest.raises(ct.CorpusError, match="Instead of a path, the sheet is"):
        ct.collect_checks(place, strike["articles"], strike["hits"])


def test_precision_by_label_and_outlet() -> None:
    checks = checks_of(*[("x", "A", True)] * 5, *[("x", "B", False)] * 5, ("x", "C", None))
    found = ct.lexicon_precision(checks, by=["slot", "label", "outlet"])
    assert found["outlet"].tolist() == ["A", "B", "C"]
    assert found["precision"].tolist()[:2] == [1, 0]
    assert np.isnan(found["precision"].iloc[2])
    assert ct.lexicon_precision(checks, by="label")["marked"].tolist() == [10]
    assert ct.lexicon_precision(checks.iloc[:0]).empty


@pytest.mark.parametrize(
    "options",
    [
        *({"by": by} for by in ("article", [], 3, None, ("slot", "slot"), [["slot"]])),
        *({"confidence": c} for c in (95, "95", None, True, float("nan"))),
    ],
)
def test_options_of_precision(options: dict[str, Any]) -> None:
    with pytest.raises(ct.CorpusError, match="option"):
        ct.lexicon_precision(checks_of(("x", "A", True)), **options)


# the stamp


@pytest.fixture
def own_lexicon(tmp_path: Path, checkout: Path) -> Path:
    return Path(shutil.copy(checkout / "data" / "strike" / "lexicon.csv", tmp_path / "lexicon.csv"))


def stamp(frames: dict[str, pd.DataFrame], lexicon: Path, slot: str = "the stoppage") -> bool:
    hits = ct.find_hits(ct.tokenize(frames["articles"], ct.find_voices(frames["articles"])), ct.read_lexicon(lexicon))
    shares = ct.framing_shares(hits[hits["slot"] == slot], frames["articles"])
    assert shares["checked"].all() == (UNCHECKED not in str(ct.describe(shares)))
    return not shares["checked"].all()


def test_from_the_sheet_to_results_without_the_stamp(
    strike: dict[str, pd.DataFrame], own_lexicon: Path, tmp_path: Path
) -> None:
    assert stamp(strike, own_lexicon)
    sheet_of(strike).assign(right="Yes").to_csv(tmp_path / "sheet.csv", index=False, encoding="utf-8-sig")
    checks = ct.collect_checks(tmp_path / "sheet.csv", strike["articles"], strike["hits"])
    write_checks(checks, tmp_path / "checks.csv")
    assert (ct.lexicon_precision(ct.read_checks(tmp_path / "checks.csv"))["precision"] == 1).all()
    assert ct.read_lexicon(own_lexicon)["checked"].all()
    assert not stamp(strike, own_lexicon)


@pytest.mark.parametrize(
    ("marks", "lifted"),
    [
        (["yes"], True),
        (["yes"] * 4 + ["no"], True),
        (["yes"] * 12 + ["no"] * 3, True),
        (["yes"] * 3 + ["no"], False),
        (["yes"] * 19 + [""], False),
        (["no"], False),
        ([""], False),
    ],
)
def test_the_stamp_is_lifted_by_whole_sheets_of_right_lines_only(
    tmp_path: Path, marks: list[str], lifted: bool
) -> None:
    (tmp_path / "lexicon.csv").write_text("slot,label,pattern\ns,x,a\ns,x,b\ns,y,c\n", encoding="utf-8")
    rows = "".join(f"s,x,1,{i},A,{mark}\n" for i, mark in enumerate(marks))
    (tmp_path / "checks.csv").write_text("slot,label,article_id,start,outlet,right\n" + rows, encoding="utf-8")
    assert ct.read_lexicon(tmp_path / "lexicon.csv")["checked"].tolist() == [lifted, lifted, False]


def test_the_column_of_the_lexicon_still_counts(tmp_path: Path) -> None:
    (tmp_path / "lexicon.csv").write_text("slot,label,pattern,checked\ns,x,a,yes\ns,y,b,\n", encoding="utf-8")
    (tmp_path / "checks.csv").write_text("slot,label,article_id,start,outlet,right\ns,x,1,1,A,no\n", encoding="utf-8")
    assert ct.read_lexicon(tmp_path / "lexicon.csv")["checked"].tolist() == [True, False]


def test_a_broken_list_of_marks_is_said_and_not_passed_over(own_lexicon: Path) -> None:
    own_lexicon.with_name("checks.csv").write_text("slot,label\n", encoding="utf-8")
    with pytest.raises(ct.CorpusError, match=r"checks\.csv has no column"):
        ct.read_lexicon(own_lexicon)


def marked_with(lexicon: str, make_articles: Any, folder: Path, **options: Any) -> dict[str, pd.DataFrame]:
    """Marks of a lexicon of one slot, all right, written beside it."""
    file = folder / "lexicon.csv"
    file.write_text("slot,label,pattern,near,unless\n" + lexicon, encoding="utf-8")
    articles = make_articles(
        [("1", "A", "A strike. A walkout. A strike pay row."), ("2", "B", "Strikes and walkouts.")]
    )
    read = ct.read_lexicon(file)
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), read)
    sheet = ct.draw_check_sheet(articles, hits).assign(right="yes")
    checks = ct.collect_checks(sheet, articles, hits, lexicon=read, **options)
    write_checks(checks, folder / "checks.csv")
    return {"articles": articles, "hits": hits, "sheet": sheet, "checks": checks}


BEFORE = "s,x,strik*|stoppage,,\ns,x,picket,line|road,\ns,y,walkout*,,\n"


@pytest.mark.parametrize(
    ("after", "lifted"),
    [
        (BEFORE, True),
        # the same, written otherwise
        ("s,y,walkout*,,\ns,x,picket,road|Line,\ns,x,stoppage,,\ns,x,strik*,,\n", True),
        ("s,x,strik*,,\ns,x,picket,line|road,\ns,y,walkout*,,\n", False),
        ("s,x,strik*|stoppage|row,,\ns,x,picket,line|road,\ns,y,walkout*,,\n", False),
        ("s,x,strik*|stoppage,,\ns,x,picket,line,\ns,y,walkout*,,\n", False),
        ("s,x,strik*|stoppage,,pay\ns,x,picket,line|road,\ns,y,walkout*,,\n", False),
    ],
)
def test_the_stamp_does_not_outlive_the_patterns(make_articles: Any, tmp_path: Path, after: str, lifted: bool) -> None:
    marked_with(BEFORE, make_articles, tmp_path)
    assert ct.read_lexicon(tmp_path / "lexicon.csv")["checked"].all()
    (tmp_path / "lexicon.csv").write_text("slot,label,pattern,near,unless\n" + after, encoding="utf-8")
    lexicon = ct.read_lexicon(tmp_path / "lexicon.csv")
    assert lexicon.groupby("label")["checked"].all().to_dict() == {"x": lifted, "y": True}
    states = label_states(ct.read_checks(tmp_path / "checks.csv"), lexicon)
    assert states["changed"].tolist() == [not lifted, False]


def test_a_label_with_new_patterns_is_lifted_by_a_sheet_of_its_own(make_articles: Any, tmp_path: Path) -> None:
    earlier = marked_with("s,x,strike,,\n", make_articles, tmp_path)["checks"]
    lexicon = tmp_path / "lexicon.csv"
    lexicon.write_text("slot,label,pattern\ns,x,strike*\n", encoding="utf-8")
    assert not ct.read_lexicon(lexicon)["checked"].any()
    again = marked_with("s,x,strike*,,\n", make_articles, tmp_path, earlier=earlier)
    assert len(again["checks"]) == len(earlier) + 1
    assert ct.read_lexicon(lexicon)["checked"].all()
    elsewhere = earlier.assign(article_id="0")
    marked_with("s,x,strike*,,\n", make_articles, tmp_path, earlier=elsewhere)
    assert not ct.read_lexicon(lexicon)["checked"].any(), (
        "the draw in the other articles was made with the old patterns"
    )


def test_the_column_of_patterns_is_optional(make_articles: Any, tmp_path: Path) -> None:
    made = marked_with("s,x,strike,,\n", make_articles, tmp_path)
    path = tmp_path / "checks.csv"
    assert path.read_text("utf-8-sig").startswith("slot,label,article_id,start,outlet,right,patterns\n")
    pd.testing.assert_frame_equal(ct.read_checks(path), made["checks"])
    without = ct.collect_checks(made["sheet"], made["articles"], made["hits"])
    assert (without["patterns"] == "").all()
    write_checks(without, path)
    assert path.read_text("utf-8-sig").startswith("slot,label,article_id,start,outlet,right\n")
    assert ct.read_lexicon(tmp_path / "lexicon.csv")["checked"].all()
    write_checks(without.drop(columns="patterns"), path)
    stamped = stamp_patterns(ct.read_checks(path), ct.read_lexicon(tmp_path / "lexicon.csv"))
    pd.testing.assert_frame_equal(stamped, made["checks"])


def test_marks_are_not_stamped_with_the_patterns_of_another_lexicon(make_articles: Any, tmp_path: Path) -> None:
    made = marked_with("s,x,strike,,\n", make_articles, tmp_path)
    with pytest.raises(ct.CorpusError, match="label 'x' that is not in the lexicon"):
        ct.collect_checks(made["sheet"], made["articles"], made["hits"], lexicon=lexicon_of(("xx", "strike")))
