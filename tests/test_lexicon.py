"""Lexicons: the pattern language, its conditions, and what a spreadsheet does to a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.schema import HITS, LEXICON


def tokens_of(make_articles: Any, *texts: str) -> pd.DataFrame:
    articles = make_articles([(f"n{i}", "A", text) for i, text in enumerate(texts)])
    return ct.tokenize(articles, ct.find_voices(articles))


def lexicon_of(*rows: dict[str, str]) -> pd.DataFrame:
    """Rows with a pattern at least; slot and label are named "s" and as the pattern where they are not given."""
    return pd.DataFrame([{"slot": "s", "label": row["pattern"], "near": "", "unless": "", **row} for row in rows])


def surfaces(make_articles: Any, text: str, pattern: str, **conditions: str) -> list[str]:
    hits = ct.find_hits(tokens_of(make_articles, text), lexicon_of({"pattern": pattern, **conditions}))
    return hits["surface"].tolist()


def saved(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "lexicon.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# the pattern language


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("armed group", "The ARMED Group, armed men of a group, an armed, group.", ["armed group", "armed group"]),
        ("armed group", "They were armed. Group two came.", []),
        ("armed group", "They were armed\n\nGroup two came.", []),
        (
            "liberat*",
            "Liberated, liberation, liberate, liberat; illiberate",
            ["liberated", "liberation", "liberate", "liberat"],
        ),
        ("policem?n", "policeman policemen policemaan policemn", ["policeman", "policemen"]),
        (
            "police officer*|policem?n",
            "a police officer, police officers, policemen",
            ["police officer", "police officers", "policemen"],
        ),
        ("police officer* | policem?n", "police officers and policemen", ["police officers", "policemen"]),
        (
            "nagorno karabakh",
            "Nagorno-Karabakh, Nagorno Karabakh, nagorno/karabakh, NAGORNO–KARABAKH",
            ["nagorno karabakh"] * 4,
        ),
        ("nagorno-karabakh", "Nagorno-Karabakh, Nagorno Karabakh", ["nagorno karabakh"] * 2),
        ("driver", "The driver’s bus, a driver's seat, drivers", ["driver's", "driver's"]),
        ("bus driver", "the bus driver’s union", ["bus driver's"]),
        ("guild's", "the guild's and the guild’s", ["guild's", "guild's"]),
        ("guild’s", "the guild's", ["guild's"]),
        ("strike", "strikes striker Strike", ["strike"]),
        ("un*ed", "united, unpaid, unoccupied, un-named", ["united", "unoccupied"]),
        ("*fire", "ceasefire, cease-fire, fireman", ["ceasefire", "fire"]),
        ("cease fire|ceasefire", "a cease-fire; the ceasefire; to cease all fire", ["cease fire", "ceasefire"]),
        ("w?m?n", "women, woman, wmn", ["women", "woman"]),
        ("the * group", "the armed group, the very armed group, the group", ["the armed group"]),
        ("3.5", "3.5 and 35 and 3,5", ["3.5"]),
        ("1,200", "1,200 and 1.200", ["1,200"]),
        ("don't", "don’t and dont", ["don't"]),
        ("café", "CAFE\u0301 cafe", ["café"]),
        ("straße", "STRASSE", ["strasse"]),
        ("şuşa", "Şuşa, Shusha", ["şuşa"]),
        ("шуши", "Шуши", ["шуши"]),
    ],
)
def test_syntax(make_articles: Any, pattern: str, text: str, expected: list[str]) -> None:
    assert surfaces(make_articles, text, pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "finds", "not_found"),
    [
        ("(a+)+$", "a", "aa aaa"),
        ("strike.", "strike", "strikes"),
        ("[strike]", "strike", "s t r"),
        ("stri\\w+", "stri w", "strike"),
        ("^strike$", "strike", "strikes"),
        ("strike{2}", "strike 2", "strikestrike"),
        ("(?i)strike", None, "strike"),
        ("*" * 40 + "x", "axx", "ab"),
    ],
)
def test_everything_else_is_an_ordinary_character(
    make_articles: Any, pattern: str, finds: str | None, not_found: str
) -> None:
    assert surfaces(make_articles, not_found, pattern) == []
    if finds is not None:
        assert surfaces(make_articles, finds, pattern) == [finds]


@pytest.mark.parametrize("pattern", ["[", "\\", "", " ", "…", "a||b", "a|", "|", "()", "^$"])
def test_a_pattern_without_a_word_is_refused(make_articles: Any, pattern: str) -> None:
    with pytest.raises(ct.CorpusError, match="without a word"):
        ct.find_phrase(tokens_of(make_articles, "a b"), pattern)


# conditions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police opened fire.", 1),
        ("Fire met the tired city police.", 1),
        ("Police came. Then the fire began.", 0),
        ("Police came\nfire", 0),
        ("Police police fire.", 2),
        ("Police came.", 0),
    ],
)
def test_near_asks_for_company_in_the_same_sentence(make_articles: Any, text: str, found: int) -> None:
    assert len(surfaces(make_articles, text, "police", near="fire|shot*")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The strike a deal needs.", 0),  # overlaps
        ("A deal on the strike came.", 0),  # three words away: on, the, strike
        ("A deal on the long strike came.", 1),  # four words away
        ("The strike and a new deal came.", 1),  # four words away
        ("The strike, and a deal, came.", 0),  # three words away
        ("The strike goes on. Deal or none?", 1),  # another sentence
        ("Deal.\nStrike.", 1),
        ("Strike here, a long way off the deal, strike.", 1),  # the second one only is near
    ],
)
def test_unless_cancels_within_three_words_of_the_same_sentence(make_articles: Any, text: str, found: int) -> None:
    assert len(surfaces(make_articles, text, "strike", unless="deal")) == found


def test_unless_that_begins_before_and_ends_inside_the_hit(make_articles: Any) -> None:
    text = "They walked out of the room. They walked out of work."
    assert surfaces(make_articles, text, "walked out", unless="out of the") == ["walked out"]


def test_a_longer_unless_far_to_the_left_still_reaches(make_articles: Any) -> None:
    assert surfaces(make_articles, "a b c d e f strike", "strike", unless="a b c d|z") == []
    assert surfaces(make_articles, "a b c x d e strike", "strike", unless="a b c|z") == ["strike"]


def test_a_cancelled_long_match_leaves_the_short_one(make_articles: Any) -> None:
    lexicon = lexicon_of({"pattern": "police officers", "unless": "brave"}, {"pattern": "police"})
    hits = ct.find_hits(tokens_of(make_articles, "Police officers so brave came."), lexicon)
    assert hits["label"].tolist() == ["police"]


# slots


def test_in_a_slot_the_longest_match_wins_whatever_the_order(make_articles: Any) -> None:
    tokens = tokens_of(make_articles, "The illegal armed forces and armed forces.")
    for patterns in (("armed forces", "illegal armed forces"), ("illegal armed forces", "armed forces")):
        hits = ct.find_hits(tokens, lexicon_of(*({"pattern": p} for p in patterns)))
        assert hits["surface"].tolist() == ["illegal armed forces", "armed forces"]


def test_overlapping_matches_of_one_length_go_to_the_left_one(make_articles: Any) -> None:
    hits = ct.find_hits(
        tokens_of(make_articles, "one two three"), lexicon_of({"pattern": "two three"}, {"pattern": "one two"})
    )
    assert hits["surface"].tolist() == ["one two"]


def test_of_equal_matches_the_first_row_of_the_lexicon_wins(make_articles: Any) -> None:
    lexicon = lexicon_of({"pattern": "strik*", "label": "x"}, {"pattern": "strike", "label": "y"})
    assert ct.find_hits(tokens_of(make_articles, "strike"), lexicon)["label"].tolist() == ["x"]


def test_a_word_may_be_a_hit_in_two_slots(make_articles: Any) -> None:
    lexicon = lexicon_of({"slot": "vehicle", "pattern": "police vehicle"}, {"slot": "people", "pattern": "police"})
    hits = ct.find_hits(tokens_of(make_articles, "A police vehicle."), lexicon)
    assert hits[["slot", "surface"]].to_numpy().tolist() == [["vehicle", "police vehicle"], ["people", "police"]]


def test_a_hit_has_the_voice_section_and_sentence_of_its_first_word(make_articles: Any) -> None:
    text = "It rains.\n\nHe spoke of “police” officers, a “tea” break."
    hits = ct.find_hits(tokens_of(make_articles, text), lexicon_of({"pattern": "police officers"}))
    row = hits.iloc[0]
    assert (row["voice"], row["section"], row["sentence"]) == ("quoted", "body", 1)
    assert text[row["start"] : row["end"]] == "police” officers"


def test_a_hit_over_the_edge_of_a_voice_is_one_hit_and_its_first_words(make_articles: Any) -> None:
    text = "the armed group left and the armed group stayed and an armed group sang"
    articles = make_articles([("x", "A", text)])
    second, third = text.index("group stayed"), text.index("armed group sang")
    stretches = [("x", second, second + 12, "reported"), ("x", third, third + 5, "quoted")]
    voices = pd.DataFrame(stretches, columns=["article_id", "start", "end", "voice"])
    tokens = ct.tokenize(articles, voices)
    hits = ct.find_phrase(tokens, "armed group")
    assert hits["voice"].tolist() == ["narrator", "narrator", "quoted"]
    # In the tokens of one voice the two that lie over an edge are not there at all.
    for voice, found in (("narrator", 1), ("reported", 0), ("quoted", 0)):
        assert len(ct.find_phrase(tokens[tokens["voice"] == voice], "armed group")) == found


def test_words_that_a_filter_took_out_do_not_bring_their_neighbours_together(make_articles: Any) -> None:
    tokens = tokens_of(make_articles, "The armed “so-called” group.")
    assert ct.find_phrase(tokens[tokens["voice"] == "narrator"], "armed group").empty
    assert ct.find_phrase(tokens[tokens["voice"] == "quoted"], "so called")["surface"].tolist() == ["so called"]


def test_tokens_in_another_order_give_the_same_hits(make_articles: Any) -> None:
    tokens = tokens_of(make_articles, "armed group one", "an armed group")
    shuffled = tokens.sample(frac=1, random_state=1)
    expected = ct.find_phrase(tokens, "armed group")
    pd.testing.assert_frame_equal(ct.find_phrase(shuffled, "armed group"), expected)
    assert len(expected) == 2


def test_no_hits_are_an_empty_frame_of_the_same_kind(make_articles: Any) -> None:
    tokens = tokens_of(make_articles, "a strike")
    some, none = (
        ct.find_hits(tokens, lexicon_of({"pattern": "strike"})),
        ct.find_hits(tokens, lexicon_of({"pattern": "x"})),
    )
    assert tuple(none.columns) == HITS
    assert none.dtypes.to_dict() == some.dtypes.to_dict()
    assert ct.find_hits(tokens.iloc[:0], lexicon_of({"pattern": "strike"})).empty


def test_phrase_hits_have_no_slot_and_the_pattern_as_label(make_articles: Any) -> None:
    hits = ct.find_phrase(tokens_of(make_articles, "a strike"), "strik*")
    assert tuple(hits.columns) == HITS
    assert hits["slot"].isna().all()
    assert hits["label"].tolist() == ["strik*"]


# files


def test_a_file_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    content = (
        "\ufeffSlot;Label;Pattern;Near;Unless;Attested_in;Note;;\r\n"
        'the stoppage;strike;strike|strikes;;strike a deal;"Data, 2024; more";;;\r\n'
        ";;;;;;;;\r\n"
        " the stoppage ;NA;null;;;;;;\r\n"
        ";;;;;;;;\r\n"
    )
    lexicon = ct.read_lexicon(saved(tmp_path, content))
    assert tuple(lexicon.columns) == LEXICON
    assert lexicon[["slot", "label", "pattern", "near", "unless"]].to_numpy().tolist() == [
        ["the stoppage", "strike", "strike|strikes", "", "strike a deal"],
        ["the stoppage", "NA", "null", "", ""],
    ]
    assert lexicon["attested_in"].tolist() == ["Data, 2024; more", ""]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    rows = (("slot", "label", "pattern"), ("the stoppage", "strike", "strike a deal|strikes"))
    lexicon = ct.read_lexicon(saved(tmp_path, end.join(delimiter.join(row) for row in rows)))
    assert lexicon["pattern"].tolist() == ["strike a deal|strikes"]


@pytest.mark.parametrize(
    ("written", "checked"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("", False)]
)
def test_checked(tmp_path: Path, written: str, checked: bool) -> None:
    lexicon = ct.read_lexicon(saved(tmp_path, f"slot,label,pattern,checked\ns,a,b,{written}\n"))
    assert lexicon["checked"].tolist() == [checked]


def test_a_row_that_ends_early_has_no_conditions(tmp_path: Path, make_articles: Any) -> None:
    content = "slot,label,pattern,near,unless\ns,walkout,walkout,bus,\ns,strike,strike\n"
    lexicon = ct.read_lexicon(saved(tmp_path, content))
    assert lexicon.loc[1, ["near", "unless"]].tolist() == ["", ""]
    assert ct.find_hits(tokens_of(make_articles, "A strike."), lexicon)["label"].tolist() == ["strike"]


@pytest.mark.parametrize(
    "content",
    [
        "slot,label,pattern\ns,strike,strike, or so\n",
        "slot,label,pattern\ns,walkout,walkout\ns,strike,strike,near,unless\n",
    ],
)
def test_a_row_with_too_many_fields_is_refused_and_never_shifted(tmp_path: Path, content: str) -> None:
    with pytest.raises(ct.CorpusError, match=r"(?i)row|line|field"):
        ct.read_lexicon(saved(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("slot,label,pattern\ns,strike,strike\ns,walkout,\n", r"Row 2 .*pattern"),
        ("slot,label,pattern\n,strike,strike\n", r"Row 1 .*slot"),
        ("slot,label,pattern\ns,,strike\n", r"Row 1 .*label"),
        ("slot,label,pattern\ns,strike,strike\ns,x,[\n", r"Row 2 .*pattern.*without a word"),
        ("slot,label,pattern,near\ns,x,x,\\\n", r"Row 1 .*near.*without a word"),
        ("slot,label,pattern,unless\ns,x,x,a||b\n", r"Row 1 .*unless.*without a word"),
        ("slot,label,patern\ns,x,x\n", r"'pattern'; did you mean 'patern'"),
        ('slot,label,pattern\ns,x,"x\ns,y,y\n', r"could not be read"),
    ],
)
def test_errors_name_row_and_column(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ct.CorpusError, match=message):
        ct.read_lexicon(saved(tmp_path, content))


@pytest.mark.parametrize("content", [b"", b"\n", "slot,label,pattern\ns,caf\xe9,x\n".encode("cp1252")])
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ct.CorpusError, match=r"lexicon\.csv"):
        ct.read_lexicon(saved(tmp_path, content))


def test_a_blank_line_before_the_header_is_no_obstacle(tmp_path: Path) -> None:
    assert ct.read_lexicon(saved(tmp_path, "\nslot,label,pattern\ns,x,x\n"))["label"].tolist() == ["x"]


def test_a_folder_with_a_lexicon_and_a_shipped_name(checkout: Path) -> None:
    pd.testing.assert_frame_equal(ct.read_lexicon(checkout / "data" / "strike"), ct.read_lexicon("strike"))


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(ct.CorpusError, match="did you mean 'strike'"):
        ct.read_lexicon("strikes")
