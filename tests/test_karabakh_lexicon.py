"""The karabakh lexicon on invented sentences: each label where it belongs, and nothing on look-alikes."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct

PEOPLE = "people in the vehicle"
VEHICLE = "the vehicle"
ARMENIAN_SIDE = "armed forces on the Armenian side"
AZERBAIJANI_SIDE = "armed men on the Azerbaijani side"
BEFORE = "control before 2020"
CHANGE = "change of control in 2020"
ADVANCE = "advance of 25 March 2023"

FOUND = [
    (
        "Karabakh police officers and Azerbaijani soldiers shot at each other.",
        {(PEOPLE, "police"), (AZERBAIJANI_SIDE, "soldiers")},
    ),
    ("Policemen died in the Karabakh shootout.", {(PEOPLE, "police")}),
    ("Baku spoke of an Armenian armed group in a car.", {(PEOPLE, "armed group")}),
    ("Armenian military units sat in that car, Baku said.", {(PEOPLE, "military units")}),
    ("Baku said the police van carried weapons from Armenia.", {(VEHICLE, "police vehicle")}),
    ("They wanted to stop a vehicle of the Armenian military units.", {(VEHICLE, "military vehicle")}),
    ("Baku wants the Armenian armed forces out of Karabakh.", {(ARMENIAN_SIDE, "armed forces")}),
    ("Azerbaijan will disarm the illegal armed formations.", {(ARMENIAN_SIDE, "illegal armed forces")}),
    ("The Artsakh Defence Army spoke of calm.", {(ARMENIAN_SIDE, "Defence Army")}),
    ("An Azerbaijani sabotage group lay in ambush.", {(AZERBAIJANI_SIDE, "sabotage group")}),
    ("Armenian forces occupied Agdam and other districts in 1993.", {(BEFORE, "occupied")}),
    ("Kalbajar, a district occupied by Armenian troops in 1993, is mountainous.", {(BEFORE, "occupied")}),
    ("The occupied territories of Azerbaijan were on the agenda in 2019.", {(BEFORE, "occupied")}),
    ("The seven districts were controlled by ethnic Armenians.", {(BEFORE, "controlled")}),
    ("The Armenian-controlled districts around Karabakh lay empty.", {(BEFORE, "controlled")}),
    ("Fuzuli was a ruined town held by Armenian forces.", {(BEFORE, "held")}),
    ("Armenian forces liberated the region of Kelbajar in 1993.", {(BEFORE, "liberated")}),
    ("Azerbaijan liberated Jabrayil in October 2020.", {(CHANGE, "liberated")}),
    ("The liberation of Shusha/Shushi by Azerbaijani troops is marked each year.", {(CHANGE, "liberated")}),
    ("Hadrut has been occupied by Azerbaijan, the deputies said.", {(CHANGE, "occupied")}),
    ("Azerbaijani forces captured Zangilan in the autumn of 2020.", {(CHANGE, "captured")}),
    ("Azerbaijan recaptured Fuzuli after four weeks.", {(CHANGE, "recaptured")}),
    ("Azerbaijan seized Hadrut in the third week of the war.", {(CHANGE, "seized")}),
    ("In 2020 Azerbaijan regained control of several districts.", {(CHANGE, "regained control")}),
    ("Azerbaijani troops took control of Zangilan.", {(CHANGE, "took control")}),
    ("Armenia lost Shusha/Shushi in November.", {(CHANGE, "lost")}),
    ("Kalbajar was handed over to Azerbaijan ten days later.", {(CHANGE, "handed over")}),
    ("Agdam was returned to Azerbaijan without a fight.", {(CHANGE, "returned")}),
    ("Azerbaijani troops occupied a hill above the Lachin corridor.", {(ADVANCE, "occupied")}),
    ("Azerbaijani forces advanced along dirt roads.", {(ADVANCE, "advance")}),
    ("Azerbaijani units crossed the line of contact on Saturday.", {(ADVANCE, "crossing")}),
]
LOOK_ALIKES = [  # sentence, and how it differs
    ("Azerbaijani forces occupied Armenian territory near Jermuk in September 2022.", "actor, object, period"),
    ("Azerbaijan occupies about 200 square kilometres of Armenia.", "actor, object"),
    ("Azerbaijan, the victor of 2020, occupies about 200 square kilometres of Armenia.", "object"),
    ("The talks advance, said Karabakh officials.", "sense"),
    ("An advanced economy needs Azerbaijani gas.", "sense"),
    ("The police officers in Minneapolis were dismissed.", "object"),
    ("Police officers in Yerevan, Armenia, shot a man in a car.", "object"),
    ("A police car was ambushed in Ohio.", "object"),
    ("An armed group stopped a vehicle in Mali.", "actor"),
    ("Military units in Texas tried a new vehicle.", "actor"),
    ("Illegal armed groups hide in the forests of Colombia.", "actor"),
    ("Armenian troops seized Agdam, Azerbaijan, in the summer.", "period"),
    ("An Armenian sabotage group fired at a vehicle, Baku said.", "actor"),
    ("Azerbaijani soldiers died in a landslide.", "act"),
    ("Armenian protesters occupied a city square in Yerevan.", "actor, object"),
    ("The region of Armenia occupied by Azerbaijan is wooded.", "actor, object"),
    ("Armenian forces occupied new positions in the region.", "sense"),
    ("Armenian troops occupied the district of Kars in 1919.", "period"),
    ("The Red Army liberated cities in Ukraine and Belarus.", "actor"),
    ("Azerbaijan liberated two prisoners in the autumn of 2020.", "object"),
    ("In April 2016 Azerbaijani forces liberated a village near Jabrayil.", "period"),
    ("Azerbaijan captured twelve soldiers near Hadrut.", "object"),
    ("Armenia lost the war of 2020.", "object"),
    ("Armenia lost its best player before the match of 2020.", "object"),
    ("The bodies were handed over to Azerbaijan in 2020.", "object"),
    ("Refugees returned to Azerbaijan in 2020.", "object"),
    ("Karabakh remained under Armenian control after the war.", "period"),
    ("Talks were held by Armenia and Azerbaijan on the region.", "sense"),
    ("Armenian forces occupied a hill near Lachin.", "actor"),
    ("Azerbaijani forces occupied several heights in August 2022.", "period"),
    ("Azerbaijani forces advanced in October 2020.", "period"),
    ("Armenians crossed the line of contact, Azerbaijan said.", "actor"),
]
LOOK_ALIKES += [  # from a second set of sentences, written after the patterns
    ("Azerbaijani forces seized a strategic height in the Kalbajar district.", "object"),
    ("Azerbaijani troops advanced into Armenia near Sotk.", "object"),
    ("Armenia returned to talks about Kelbajar.", "sense"),
    ("Armenian forces returned fire near Kelbajar.", "sense"),
    ("Azerbaijan took control of the Lachin road in April 2023.", "period"),
    ("Police officers fired tear gas in Tbilisi.", "object"),
]
LIMITS = [  # a date more than three words away does not cancel a hit, and a pronoun is no actor; README.md says so
    ("Azerbaijani forces liberated one village in 2016, four years before 2020.", set()),
    ("Azerbaijani forces occupied a hill near Lachin in August 2022.", set()),
    ("Azerbaijani forces advanced from the south in the last week of the war of 2020.", set()),
    ("Azerbaijan said that it had liberated Agdam.", {(CHANGE, "liberated")}),
]
NAMES = [
    ("Khankendi", "Stepanakert"),
    ("Shusha", "Shushi"),
    ("Lachin corridor", "Lachin road"),
    ("Berdzor", "Lachin"),
    ("Kalbajar", "Karvachar"),
    ("Agdam", "Akna"),
]
# Words that are somebody's name for an act or an actor; our own sentences use them only in quotation marks.
CONTESTED = re.compile(
    r"\b(?:occup|liberat|deoccup|illegal|captur|recaptur|seiz|regain|retook|invad|invasion|aggress|terror|separatis"
    r"|sabot|ambush|conquer|cede)\w*",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")


def found(make_articles: Any, text: str) -> set[tuple[str, str]]:
    articles = make_articles([("a", "A", text)])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    return set(hits[["slot", "label"]].itertuples(index=False, name=None))


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / "karabakh" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def our_own_words(folder: Path) -> dict[str, str]:
    """All sentences of ours, by where they stand: everything but slots, labels and patterns."""
    own = {f"slots.csv, {row['slot']}": row["referent"] for row in table(folder, "slots.csv")}
    for number, row in enumerate(table(folder, "lexicon.csv"), start=2):
        own |= {f"lexicon.csv, line {number}, {c}": row[c] for c in ("attested_in", "note")}
    return own | {"README.md": (folder / "data" / "karabakh" / "README.md").read_text(encoding="utf-8")}


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_a_label_is_found_with_its_actor_and_object(
    make_articles: Any, text: str, expected: set[tuple[str, str]]
) -> None:
    assert found(make_articles, text) == expected


@pytest.mark.parametrize("text", [text for text, _ in LOOK_ALIKES], ids=[text[:40] for text, _ in LOOK_ALIKES])
def test_look_alikes_are_left_alone(make_articles: Any, text: str) -> None:
    assert found(make_articles, text) == set()


@pytest.mark.parametrize(("text", "right"), LIMITS, ids=[text[:40] for text, _ in LIMITS])
@pytest.mark.xfail(strict=True, reason="known limits of the patterns")
def test_known_limits(make_articles: Any, text: str, right: set[tuple[str, str]]) -> None:
    assert found(make_articles, text) == right


def test_the_same_word_goes_to_the_slot_of_its_actor(make_articles: Any) -> None:
    text = "{} liberated Kalbajar, a district in the mountains."
    assert found(make_articles, text.format("Armenian forces")) == {(BEFORE, "liberated")}
    assert found(make_articles, text.format("Azerbaijani forces")) == {(CHANGE, "liberated")}


def test_the_sentences_are_our_own(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    theirs = set().union(*(runs(path.read_text("utf-8")) for path in (shared / "articles").glob("0*.txt")))
    ours = [text for text, _ in [*FOUND, *LOOK_ALIKES, *LIMITS]]
    assert len(ours) >= 30
    assert [text for text in ours if runs(text) & theirs] == []


def test_every_slot_has_rivals_and_every_sentence_slot_was_tried() -> None:
    labels = ct.read_lexicon("karabakh").groupby("slot")["label"].nunique()
    assert labels[labels < 2].index.tolist() == []
    assert {slot for _, expected in FOUND for slot, _ in expected} == set(labels.index)


def test_slots_and_lexicon_agree(checkout: Path) -> None:
    slots = [row["slot"] for row in table(checkout, "slots.csv")]
    assert slots == list(pd.unique(ct.read_lexicon("karabakh")["slot"]))
    assert len(set(slots)) == len(slots)


def test_slot_names_are_those_of_the_hand_table(checkout: Path, shared: Path) -> None:
    marked = set(pd.read_csv(shared / "articles" / "hits.csv", keep_default_na=False)["slot"]) - {""}
    assert marked <= {row["slot"] for row in table(checkout, "slots.csv")}


def test_every_label_says_where_it_is_attested(checkout: Path) -> None:
    assert [row for row in table(checkout, "lexicon.csv") if not row["attested_in"].strip()] == []


@pytest.mark.parametrize(("first", "second"), NAMES)
def test_two_names_of_a_place_stand_in_alphabetical_order(checkout: Path, first: str, second: str) -> None:
    assert first < second
    for where, text in our_own_words(checkout).items():
        for wrong in (f"{second}/{first}", f"{second} ({first})", f"{first} ({second})", f"{first} / {second}"):
            assert wrong not in text, where


def test_a_place_with_two_names_is_never_named_by_one(checkout: Path) -> None:
    for where, text in our_own_words(checkout).items():
        for first, second in NAMES[:3]:
            alone = text.replace(f"{first}/{second}", "")
            assert first not in alone, where
            assert second not in alone, where


def test_our_own_sentences_use_contested_words_only_in_quotation_marks(checkout: Path) -> None:
    for where, text in our_own_words(checkout).items():
        assert CONTESTED.findall(QUOTED.sub("", text)) == [], where
