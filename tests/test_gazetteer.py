"""Places with two names: the table is complete, and the lexicon finds every name under its own label."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct

COLUMNS = ["azerbaijani", "armenian", "kind", "date", "source", "note"]
SIDES = {"azerbaijani": ("Azerbaijani name", "Khankendi"), "armenian": ("Armenian name", "Stepanakert")}
SENTENCE = "The village of {} in Karabakh lay empty."


def read_gazetteer() -> list[dict[str, str]]:
    path = Path(__file__).resolve().parents[1] / "data" / "karabakh" / "gazetteer.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


GAZETTEER = read_gazetteer()
ROWS = pytest.mark.parametrize("row", GAZETTEER, ids=[row["azerbaijani"].split("|")[0] for row in GAZETTEER])


def labels(make_articles: Any, names: list[str]) -> dict[str, set[str]]:
    """Labels of the slots of place names, by name; each name in a sentence of its own."""
    articles = make_articles([(str(i), "A", SENTENCE.format(name)) for i, name in enumerate(names)])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    named = hits[hits["slot"].isin(("the main town", "towns"))]
    return {name: set(named.loc[named["article_id"] == str(i), "label"]) for i, name in enumerate(names)}


def test_at_least_25_pairs_and_every_cell_filled() -> None:
    assert len(GAZETTEER) >= 25
    assert list(GAZETTEER[0]) == COLUMNS
    assert [row for row in GAZETTEER if not all(row[column].strip() for column in COLUMNS)] == []


def test_no_name_stands_twice() -> None:
    names = pd.Series([n for row in GAZETTEER for side in SIDES for n in row[side].casefold().split("|")])
    assert names[names.duplicated()].tolist() == []


@ROWS
def test_a_date_is_a_day_or_a_year_and_the_note_says_of_what(row: dict[str, str]) -> None:
    assert date(1900, 1, 1) < date.fromisoformat(f"{row['date']}-01-01"[:10]) < date(2024, 1, 1)
    year = row["date"][:4]
    assert year in row["note"]


def test_each_name_has_the_label_of_its_language(make_articles: Any) -> None:
    names = [(name, SIDES[side]) for row in GAZETTEER for side in SIDES for name in row[side].split("|")]
    found = labels(make_articles, [name for name, _ in names])
    assert [name for name, _ in names if not found[name]] == []
    assert [name for name, allowed in names if not found[name] <= set(allowed)] == []


def test_a_double_name_is_one_hit_of_its_own_label(make_articles: Any) -> None:
    sides = [(row["azerbaijani"].split("|"), row["armenian"].split("|")) for row in GAZETTEER]
    pairs = [pair for first, second in sides for pair in itertools.product(first, second)]
    doubles = [form.format(*pair) for pair in pairs for form in ("{0}/{1}", "{1}/{0}", "{0} ({1})", "{0} or {1}")]
    found = labels(make_articles, doubles)
    assert [name for name in doubles if "both names" not in found[name]] == []
    # "Stepanakert airport" also names the town.
    assert [name for name in doubles if found[name] - {"both names"} and "airport" not in name] == []


@pytest.mark.parametrize(
    "text",
    [
        "Trucks stood in the Lachin corridor.",
        "The Berdzor (Lachin) corridor was empty.",
        "The Khankendi-Lachin road was empty.",
        "Martuni near Lake Sevan has a market.",
        "Fuzuli the poet wrote in three languages.",
        "The analyst Tigran Ivanyan disagreed.",
    ],
)
def test_other_bearers_of_a_name_are_not_towns(make_articles: Any, text: str) -> None:
    articles = make_articles([("a", "A", text)])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    assert "towns" not in set(hits["slot"])


def test_both_names_of_a_place_in_our_notes_stand_together_or_not_at_all() -> None:
    names = {n for row in GAZETTEER for side in SIDES for n in row[side].split("|")}
    for row in GAZETTEER:
        words = {w.strip(".,;()“”") for w in row["note"].split()}
        assert words & names == set(), row["note"]
