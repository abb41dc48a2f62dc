"""Words and sentences: small cases by hand, beside the sets in ../shared/golden."""

from __future__ import annotations

import timeit

import pytest

import corpus_tools as ct
from corpus_tools.prepare.words import fold


def terms(text: str) -> list[str]:
    return ct.split_words(text)["term"].tolist()


def sentences(text: str) -> list[str]:
    return [text[s:e] for s, e in ct.split_sentences(text).itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nagorno-Karabakh and/or Artsakh", ["nagorno", "karabakh", "and", "or", "artsakh"]),
        ("Shusha–Shushi—road", ["shusha", "shushi", "road"]),
        ("don’t don't Don’T", ["don't", "don't", "don't"]),
        ("the drivers’ pay", ["the", "drivers", "pay"]),
        ("‘quoted’ 'word'", ["quoted", "word"]),
        ("rock ’n’ roll", ["rock", "n", "roll"]),
        ("3.5 per cent of 1,200,000", ["3.5", "per", "cent", "of", "1,200,000"]),
        ("It ended in 2020. 5 died.", ["it", "ended", "in", "2020", "5", "died"]),
        ("At 5.40am, the 44-day war", ["at", "5.40am", "the", "44", "day", "war"]),
        ("COVID-19 and F-16s", ["covid", "19", "and", "f", "16s"]),
        ("€5m, $3bn, 50%", ["5m", "3bn", "50"]),
        ("U.S. and Ph.D.", ["u", "s", "and", "ph", "d"]),
        ("See https://example.org/a-b?c=d now", ["see", "now"]),
        ("See www.example.org, now", ["see", "now"]),
        ("Mail press.office@example.co.uk now", ["mail", "now"]),
        ("#strike by @guild", ["strike", "by", "guild"]),
        ("snake_case", ["snake", "case"]),
        ("Łódź Şuşa Ağdam", ["łódź", "şuşa", "ağdam"]),
        ("Степанакерт’а", ["степанакерт'а"]),
        ("हिन्दी", ["हिन्दी"]),
        ("co\u00adoperate and za\u200brya", ["cooperate", "and", "zarya"]),
        ("", []),
        ("— … “” !", []),
        ("👍 ok", ["ok"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_words_slice_back_as_printed() -> None:
    text = "Don’t say “Şuşa”!"
    words = ct.split_words(text)
    assert [text[s:e] for s, e in zip(words["start"], words["end"], strict=True)] == ["Don’t", "say", "Şuşa"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Strike", "STRIKE"),
        ("don’t", "don't"),
        ("donʼt", "don't"),
        ("Café", "cafe\u0301"),
        ("Straße", "STRASSE"),
        ("İlham", "ilham"),
        ("ILHAM", "ılham"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("co\u00adop", "coop"),
    ],
)
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("were", "we're"), ("shusha", "shushi"), ("ё", "е")])
def test_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "expected",
    [
        ["He left.", "She stayed."],
        ["Is it over?", "Nobody knows!", "We wait…", "It rains."],
        ["Mr. Doe met Dr. Roe.", "They talked."],
        ["Gen. Smith arrived.", "So did Col. Jones and Lt. Poe."],
        ["It cost 3.5 crowns.", "It was 1.9 before."],
        ["He lives in the U.S. and works in the U.K. today."],
        ["“We stay.”", "He left."],
        ["“Do we stay?” he asked."],
        ["It began on Nov. 10, 2020, and lasted."],
        ["The No. 4 bus came.", "It was full."],
        ["J. K. Roe wrote it.", "It sold."],
        ["He spoke at 5 p.m. on Monday."],
    ],
    ids=lambda expected: expected[0],
)
def test_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_no_sentence_crosses_a_line() -> None:
    assert sentences("A headline without a stop\nThe text begins. It goes on\n\n  and ends.  ") == [
        "A headline without a stop",
        "The text begins.",
        "It goes on",
        "and ends.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert ct.split_sentences(text).empty
    assert ct.split_sentences(text).columns.tolist() == ["start", "end"]


def test_twice_the_stops_take_about_twice_the_time() -> None:
    def seconds(n: int) -> float:
        return min(timeit.repeat(lambda: ct.split_sentences("A." * n), number=1, repeat=3))

    assert min(seconds(400_000) / seconds(200_000) for _ in range(3)) < 2.7
