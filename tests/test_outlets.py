"""Outlets: one name where spellings differ only by case, blanks or Unicode form; never more than that."""

from __future__ import annotations

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.read.outlets import merge_spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Daily News", "daily news"),
        ("Daily News", "DAILY\u00a0NEWS"),
        ("Daily News", "  Daily \t News\n"),
        ("Die Straße", "DIE STRASSE"),
        ("Café Journal", "Cafe\u0301 Journal"),
        ("Daily News", "Ｄａｉｌｙ Ｎｅｗｓ"),
        ("Daily News", "Dai\u200bly News\ufeff"),
        ("Financial Times", "\ufb01nancial times"),
        ("Ακρόπολις", "ΑΚΡΌΠΟΛΙΣ"),
        ("Akış", "AKIŞ"),
    ],
)
def test_one_outlet(one: str, other: str) -> None:
    assert ct.normalise_outlet(one) == ct.normalise_outlet(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "Times"),
        ("The Times", "The Times of Nowhere"),
        ("BBC News", "bbc.co.uk"),
        ("Reuters", "Reuters Health"),
        ("Pravda", "Рravda"),  # the first letter of the second is Cyrillic
        ("Éire Post", "Eire Post"),
        ("A-B", "A B"),
        ("News 24", "News24"),
        ("Outlet 1", "Outlet 10"),
    ],
)
def test_two_outlets(one: str, other: str) -> None:
    assert ct.normalise_outlet(one) != ct.normalise_outlet(other)


def test_the_most_frequent_spelling_is_shown() -> None:
    names, notes = merge_spellings(pd.Series(["DAILY NEWS", "Daily News", "Daily  News", "Other"]))
    assert names.tolist() == ["Daily News", "Daily News", "Daily News", "Other"]
    assert notes["rule"].tolist() == ["outlet spellings merged"]
    assert all(repr(s) in notes["value"].item() for s in ("DAILY NEWS", "Daily News", "Daily  News"))
    assert "'Daily News'" in notes["hint"].item()


def test_of_equally_frequent_spellings_the_first_is_shown() -> None:
    names, _ = merge_spellings(pd.Series(["daily news", "Daily News"]))
    assert names.tolist() == ["daily news", "daily news"]


@pytest.mark.parametrize("other", ["Daily-News", "DailyNews", "Dаily News"])  # the last has a Cyrillic a
def test_names_that_look_alike_are_kept_apart_and_said(other: str) -> None:
    names, notes = merge_spellings(pd.Series(["Daily News", other]))
    assert names.tolist() == ["Daily News", other]
    assert notes["rule"].tolist() == ["outlet names look alike"]
    assert other in notes["value"].item()


def test_different_names_are_nothing_to_note() -> None:
    _, notes = merge_spellings(pd.Series(["Alpha", "Beta", "Alpha"]))
    assert notes.empty


def test_three_look_alikes_are_all_named() -> None:
    _, notes = merge_spellings(pd.Series(["Daily News", "DailyNews", "Daily-News"]))
    named = " ".join(notes["value"])
    assert all(repr(name) in named for name in ("Daily News", "DailyNews", "Daily-News"))
