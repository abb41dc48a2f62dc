"""The karabakh lexicon against 39 words marked by hand in the five real articles (../shared/articles/hits.csv).

The table knows seven slots. `EXTRA`, what the lexicon finds in them beyond the table, and `OTHER_SLOTS`, what it finds
in the others, were read by hand, line by line in the sentence: each names the referent of its slot. Both are written
down here, not computed.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import corpus_tools as ct

# What the lexicon finds beyond the table, read line by line: article, slot, label, words as printed (at most four).
ON_ARMENIAN_SIDE = "armed forces on the Armenian side"
ON_AZERBAIJANI_SIDE = "armed men on the Azerbaijani side"
ADVANCE = "advance of 25 March 2023"
TABLE_SLOTS = [
    "people in the vehicle",
    "the vehicle",
    ON_ARMENIAN_SIDE,
    ON_AZERBAIJANI_SIDE,
    "control before 2020",
    "change of control in 2020",
    ADVANCE,
]
EXTRA = [
    ("000", ON_ARMENIAN_SIDE, "army units", "Armenian army units"),
    ("000", ON_AZERBAIJANI_SIDE, "soldiers", "Azerbaijani soldiers"),
    ("000", ON_AZERBAIJANI_SIDE, "special forces", "Azerbaijani special forces"),
    ("001", ON_ARMENIAN_SIDE, "armed forces", "Armenian Armed Forces"),
    ("001", ON_ARMENIAN_SIDE, "troops", "Armenian troops"),
    ("001", ON_AZERBAIJANI_SIDE, "soldiers", "Azerbaijani soldiers"),
    ("001", ON_AZERBAIJANI_SIDE, "troops", "Azerbaijani troops"),
    ("002", ADVANCE, "advance", "Azerbaijani troop advance"),
    ("002", ADVANCE, "advance", "Azeri Forces Advance"),
    ("002", ADVANCE, "advance", "advanced into Nagorno-Karabakh"),
    ("002", ADVANCE, "crossing", "crossed the “line of"),
    ("002", ON_ARMENIAN_SIDE, "soldiers", "Karabakh soldiers"),
    ("002", ON_AZERBAIJANI_SIDE, "soldiers", "Azerbaijani soldiers"),
    ("003", ON_ARMENIAN_SIDE, "armed forces", "Armenian Armed Forces"),
    ("003", ON_ARMENIAN_SIDE, "troops", "Armenian troops"),
    ("004", ON_ARMENIAN_SIDE, "illegal armed forces", "illegal Armenian military elements"),
    ("004", ON_ARMENIAN_SIDE, "troops", "Armenian troops"),
    ("004", ON_AZERBAIJANI_SIDE, "soldiers", "Azerbaijani soldiers"),
]
# The same for the slots that the table does not have, with the number of times: each read in its sentence.
OTHER_SLOTS = [
    ("000", "Russian contingent", "peacekeepers", "Russian peacekeepers", 2),
    ("000", "Russian contingent", "peacekeepers", "peacekeepers", 1),
    ("000", "armed forces on the Azerbaijani side", "soldiers", "Azerbaijani soldiers", 1),
    ("000", "casualties", "died", "dead", 1),
    ("000", "checkpoint", "checkpoint", "checkpoint", 2),
    ("000", "halt of traffic on the road", "blockade", "blockade", 1),
    ("000", "region", "Karabakh", "Karabakh", 7),
    ("000", "region", "Nagorno-Karabakh", "Nagorno-Karabakh", 1),
    ("000", "the main town", "Stepanakert", "Stepanakert", 1),
    ("000", "the road", "Lachin corridor", "Lachin corridor", 2),
    ("000", "the road", "corridor", "corridor", 2),
    ("000", "the shooting", "ambush", "ambushed", 1),
    ("000", "the shooting", "shootout", "shootout", 1),
    ("000", "the war of 2020", "2020 war", "2020 Armenian-Azerbaijani war", 1),
    ("000", "those on the road", "protesters", "protesters", 1),
    ("001", "Russian contingent", "peacekeepers", "Russian peacekeepers", 1),
    ("001", "Russian contingent", "peacekeepers", "peacekeepers", 2),
    ("001", "Russian contingent", "peacekeeping contingent", "Russian peacekeeping contingent", 2),
    ("001", "armed forces on the Azerbaijani side", "army", "Azerbaijan Army", 1),
    ("001", "armed forces on the Azerbaijani side", "soldiers", "Azerbaijani soldiers", 1),
    ("001", "armed forces on the Azerbaijani side", "troops", "Azerbaijani troops", 1),
    ("001", "casualties", "died", "died", 1),
    ("001", "casualties", "killed", "killed", 3),
    ("001", "casualties", "martyrs", "martyrs", 1),
    ("001", "ceasefire document", "ceasefire agreement", "cease-fire agreement", 1),
    ("001", "checkpoint", "checkpoint", "checkpoint", 1),
    ("001", "region", "Karabakh", "Karabakh", 5),
    ("001", "region", "Karabakh region", "Karabakh region", 2),
    ("001", "talks", "negotiations", "negotiation", 2),
    ("001", "the road", "Lachin road", "Lachin road", 1),
    ("001", "the shooting", "ambush", "ambush", 1),
    ("001", "the shooting", "clash", "clash", 3),
    ("001", "the shooting", "incident", "incident", 1),
    ("001", "the shooting", "shooting", "shooting", 2),
    ("001", "the shooting", "shootout", "shootout", 2),
    ("001", "the shooting", "skirmish", "skirmish", 1),
    ("001", "the war of 2020", "44-day war", "44-day conflict", 1),
    ("002", "Russian contingent", "peacekeepers", "Russian peacekeepers", 3),
    ("002", "Russian contingent", "peacekeepers", "peacekeepers", 1),
    ("002", "armed forces on the Azerbaijani side", "forces", "Azerbaijani forces", 1),
    ("002", "armed forces on the Azerbaijani side", "forces", "Azeri Forces", 1),
    ("002", "armed forces on the Azerbaijani side", "soldiers", "Azerbaijani soldiers", 1),
    ("002", "armed forces on the Azerbaijani side", "troops", "Azerbaijani troop", 1),
    ("002", "armed forces on the Azerbaijani side", "troops", "Azerbaijani troops", 1),
    ("002", "casualties", "died", "dead", 1),
    ("002", "ceasefire document", "ceasefire agreement", "truce accord", 1),
    ("002", "local authorities", "Karabakh authorities", "Karabakh’s leadership", 1),
    ("002", "region", "Karabakh", "Karabakh", 7),
    ("002", "region", "Karabakh", "Karabakh’s", 1),
    ("002", "region", "Nagorno-Karabakh", "Nagorno-Karabakh", 1),
    ("002", "the main town", "Stepanakert", "Stepanakert", 1),
    ("002", "the road", "Lachin corridor", "Lachin corridor", 2),
    ("002", "the shooting", "ambush", "ambushed", 1),
    ("002", "the shooting", "shootout", "shootout", 1),
    ("002", "the war of 2020", "six-week war", "six-week war", 1),
    ("003", "Russian contingent", "peacekeeping contingent", "Russian peacekeeping contingent", 2),
    ("003", "armed forces on the Azerbaijani side", "army", "Azerbaijan Army", 1),
    ("003", "casualties", "killed", "killed", 2),
    ("003", "casualties", "martyrs", "martyrs", 1),
    ("003", "ceasefire document", "ceasefire agreement", "cease-fire agreement", 1),
    ("003", "ceasefire document", "peace deal", "peace agreement", 1),
    ("003", "checkpoint", "checkpoint", "checkpoint", 1),
    ("003", "region", "Karabakh", "Karabakh", 3),
    ("003", "region", "Karabakh region", "Karabakh region", 2),
    ("003", "region", "Nagorno-Karabakh", "Nagorno-Karabakh", 1),
    ("003", "the road", "Lachin road", "Lachin road", 1),
    ("003", "the shooting", "incident", "incident", 1),
    ("003", "the shooting", "skirmish", "skirmish", 2),
    ("004", "Russian contingent", "peacekeepers", "Russian peacekeepers", 2),
    ("004", "Russian contingent", "peacekeepers", "peacekeepers", 1),
    ("004", "Russian contingent", "peacekeeping contingent", "Russian peacekeeping contingent", 5),
    ("004", "armed forces on the Azerbaijani side", "armed forces", "armed forces of the", 1),
    ("004", "armed forces on the Azerbaijani side", "soldiers", "Azerbaijani soldiers", 1),
    ("004", "casualties", "died", "dead", 1),
    ("004", "casualties", "killed", "killed", 1),
    ("004", "ceasefire document", "trilateral statement", "tripartite statement", 3),
    ("004", "ceasefire document", "trilateral statement", "tripartite statement of November", 1),
    ("004", "checkpoint", "checkpoint", "checkpoint", 4),
    ("004", "region", "Karabakh", "Karabakh", 6),
    ("004", "region", "Karabakh region", "Karabakh economic region", 1),
    ("004", "region", "Nagorno-Karabakh", "Nagorno-Karabakh", 1),
    ("004", "talks", "negotiations", "negotiation", 1),
    ("004", "the main town", "Khankendi", "Khankendi", 2),
    ("004", "the road", "Lachin road", "Lachin road", 5),
    ("004", "the road", "corridor", "corridor", 1),
    ("004", "the shooting", "incident", "incident", 3),
    ("004", "the shooting", "shootout", "Shootout", 1),
    ("004", "the shooting", "shootout", "shootout", 1),
]


class Thread(NamedTuple):
    texts: dict[str, str]
    cleaning: pd.DataFrame
    tokens: pd.DataFrame
    hits: pd.DataFrame


class Marked(NamedTuple):
    article_id: str
    start: int
    end: int


def hand_table() -> list[dict[str, str]]:
    table = Path(__file__).resolve().parents[2] / "shared" / "articles" / "hits.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def thread(shared: Path) -> Thread:
    articles, _, cleaning = ct.inspect_source(shared / "articles")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    hits = ct.find_hits(tokens, ct.read_lexicon("karabakh"))
    return Thread(dict(zip(articles["article_id"], articles["text"], strict=True)), cleaning, tokens, hits)


def carry(row: dict[str, str], thread: Thread) -> Marked:
    """The marked words in the clean text: an edit that ends before them shifts them by what it added or took away."""
    article_id, raw = row["file"].removesuffix(".txt"), int(row["start"])
    start = raw
    own = thread.cleaning[(thread.cleaning["article_id"] == article_id) & thread.cleaning["start"].notna()]
    for edit in own.itertuples():
        if edit.end <= raw:
            start += len(edit.inserted) - (edit.end - edit.start)
    return Marked(article_id, start, start + len(row["surface"]))


def on(frame: pd.DataFrame, marked: Marked) -> pd.DataFrame:
    return frame[
        (frame["article_id"] == marked.article_id) & (frame["start"] < marked.end) & (frame["end"] > marked.start)
    ]


def name_of(row: dict[str, str]) -> str:
    return f"{row['file'][:3]}-{row['start']}-{row['surface'].replace(' ', '_')}"


def lines(thread: Thread, hits: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    printed = [" ".join(thread.texts[h.article_id][h.start : h.end].split()[:4]) for h in hits.itertuples()]
    return sorted(zip(hits["article_id"].str[:3], hits["slot"], hits["label"], printed, strict=True))


ROWS = pytest.mark.parametrize("row", hand_table(), ids=name_of)


def test_the_table_has_its_39_rows(shared: Path) -> None:
    assert (len(hand_table()), [r["kept"] for r in hand_table()].count("no")) == (39, 2)


@ROWS
def test_marked_words_are_found_or_left_alone(row: dict[str, str], thread: Thread) -> None:
    marked = carry(row, thread)
    assert thread.texts[marked.article_id][marked.start : marked.end] == row["surface"]
    found = set(on(thread.hits, marked)[["slot", "label"]].itertuples(index=False, name=None))
    if row["kept"] == "yes":
        assert (row["slot"], row["label"]) in found
    else:
        assert not found


@ROWS
def test_voice_at_the_marked_word(row: dict[str, str], thread: Thread) -> None:
    voices = on(thread.tokens, carry(row, thread))["voice"].tolist()
    assert voices[0] == row["voice"]


def test_whatever_else_is_found_was_read_by_a_person(thread: Thread) -> None:
    listed: set[int] = set()
    for row in hand_table():
        own = on(thread.hits, carry(row, thread))
        listed |= set(own[(own["slot"] == row["slot"]) & (own["label"] == row["label"])].index)
    extra = thread.hits.drop(index=sorted(listed))
    assert lines(thread, extra[extra["slot"].isin(TABLE_SLOTS)]) == sorted(EXTRA)


def test_whatever_is_found_in_other_slots_was_read_by_a_person(thread: Thread) -> None:
    others = lines(thread, thread.hits[~thread.hits["slot"].isin(TABLE_SLOTS)])
    assert sorted((*line, times) for line, times in Counter(others).items()) == sorted(OTHER_SLOTS)


def test_no_pattern_is_a_sentence() -> None:
    lexicon = ct.read_lexicon("karabakh")
    cells = pd.concat([lexicon[c] for c in ("pattern", "near", "unless")]).str.split("|").explode()
    longest = cells[cells.str.split().str.len() > 6]
    assert longest.tolist() == []


def test_slots_are_named_once_with_a_referent_and_none_is_without_a_pattern(checkout: Path) -> None:
    slots = pd.read_csv(checkout / "data" / "karabakh" / "slots.csv", keep_default_na=False)
    assert sorted(slots["slot"]) == sorted(ct.read_lexicon("karabakh")["slot"].unique())
    assert (slots["referent"].str.split().str.len() >= 3).all()


def test_labels_say_where_they_are_attested() -> None:
    assert (ct.read_lexicon("karabakh")["attested_in"] != "").all()


def test_the_lexicon_is_not_called_checked_before_somebody_did(thread: Thread, checkout: Path) -> None:
    marks = ct.read_checks(checkout / "data" / "karabakh" / "checks.csv")
    drawn = marks.groupby(["slot", "label"])["right"]
    waits, share = drawn.agg(lambda m: m.isna().any()), drawn.mean()
    done = set(share[~waits & (share >= 0.8)].index)
    lexicon = ct.read_lexicon("karabakh")
    assert lexicon["checked"].tolist() == [pair in done for pair in zip(lexicon["slot"], lexicon["label"], strict=True)]
    assert 0 < lexicon["checked"].sum() < len(lexicon)
    assert (marks["article_id"].str.len() > 4).sum() >= 150, "the five real articles were checked, too"
    assert thread.hits["checked"].all()
