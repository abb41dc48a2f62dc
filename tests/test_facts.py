"""Lists of facts: how they are read, and where the facts are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.prepare.facts import find_facts, read_facts
from corpus_tools.schema import HITS, CorpusError, CorpusWarning

TEXTS = [
    ("1", "A", "Fire in the mill. Two people were hurt, the mayor said."),
    ("2", "B", "A mill burned. “Two people were hurt,” she said. Nobody died."),
    ("3", "B", "The bridge opens. Two people were hurt."),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "facts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def facts(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [(*row, "", "", "")[:5] for row in rows], columns=["event", "fact", "pattern", "near", "unless"]
    )


@pytest.fixture
def articles(make_articles: Any) -> pd.DataFrame:
    return make_articles(TEXTS).assign(event=["fire", "fire", "bridge"])


def tokens_of(articles: pd.DataFrame) -> pd.DataFrame:
    return ct.tokenize(articles, ct.find_voices(articles))


def found(articles: pd.DataFrame, table: pd.DataFrame) -> list[tuple[str, str]]:
    hits = find_facts(tokens_of(articles), articles, table)
    return list(zip(hits["article_id"], hits["label"], strict=True))


def test_the_shipped_list_and_what_rides_along(checkout: Path) -> None:
    shipped = read_facts("karabakh")
    assert shipped.columns.tolist() == ["event", "fact", "pattern", "near", "unless", "date", "source", "claimed_by"]
    assert len(shipped) == 129
    assert shipped["event"].nunique() == 18
    assert (shipped[["near", "unless"]] == "").all(axis=None)
    pd.testing.assert_frame_equal(shipped, read_facts(checkout / "data" / "karabakh" / "facts.csv"))
    pd.testing.assert_frame_equal(shipped, read_facts(checkout / "data" / "karabakh"))


def test_a_file_without_events(tmp_path: Path) -> None:
    table = read_facts(written(tmp_path, "Fact;Pattern\nTwo were hurt;hurt|injur*\n"))
    assert table.columns.tolist() == ["event", "fact", "pattern", "near", "unless"]
    assert table.loc[0].tolist() == ["", "Two were hurt", "hurt|injur*", "", ""]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fact,pattern\nHurt,hurt\n,dead\n", "Row 2 of facts.csv has no fact"),
        ("fact,pattern\nHurt,hurt\nDead,\n", "Row 2 of facts.csv has no pattern"),
        ("fact,pattern\nHurt,hurt|…\n", "Row 1 of facts.csv, column pattern: .* part without a word"),
        ("fact,pattern,near\nHurt,hurt,!\n", "Row 1 of facts.csv, column near"),
        ("event,fact,pattern\na,Hurt,hurt\nb,Hurt,hurt\na,Hurt,hurt\n", "Row 3 of facts.csv repeats row 1: 'Hurt'"),
        ("fact,pattern,date\nHurt,hurt,\nDead,dead,soon\n", "Row 2 of facts.csv has the date 'soon', .* one day"),
        ("fact,pattern,date\nHurt,hurt,2023-02-30\n", "Row 1 of facts.csv has the date '2023-02-30'"),
        ("fact,pattern,date\nHurt,hurt,03/05/2023\n", "Row 1 of facts.csv has the date '03/05/2023'"),
        ("fact,patern\nHurt,hurt\n", "facts.csv has no column 'pattern'; did you mean 'patern'"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_row(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read_facts(written(tmp_path, text))


def test_a_name_that_is_not_shipped() -> None:
    with pytest.raises(CorpusError, match="did you mean 'karabakh'"):
        read_facts("karabach")


def test_a_fact_is_looked_for_in_its_event_only(articles: pd.DataFrame) -> None:
    table = facts(("fire", "Two were hurt", "two people were hurt"), ("bridge", "It opens", "opens|burned"))
    hits = find_facts(tokens_of(articles), articles, table)
    assert tuple(hits.columns) == HITS
    assert hits[["article_id", "outlet", "slot", "label"]].to_numpy().tolist() == [
        ["1", "A", "fire", "Two were hurt"],
        ["2", "B", "fire", "Two were hurt"],
        ["3", "B", "bridge", "It opens"],
    ]
    assert hits["voice"].tolist() == ["reported", "quoted", "narrator"]
    texts = articles.set_index("article_id")["text"]
    assert [texts[h.article_id][h.start : h.end] for h in hits.itertuples()][:2] == ["Two people were hurt"] * 2
    assert not hits["checked"].any()


def test_without_an_event_it_is_looked_for_everywhere(articles: pd.DataFrame) -> None:
    for table in (facts(("", "Two were hurt", "hurt")), facts(("", "Two were hurt", "hurt"))[["fact", "pattern"]]):
        hits = find_facts(tokens_of(articles), articles, table)
        assert hits["article_id"].tolist() == ["1", "2", "3"]
        assert hits["slot"].isna().all()
    assert found(articles.drop(columns="event"), facts(("", "Hurt", "hurt"))) == [(i, "Hurt") for i in "123"]


def test_facts_do_not_take_words_from_each_other(articles: pd.DataFrame) -> None:
    table = facts(("fire", "Hurt", "hurt"), ("fire", "Two hurt", "two people were hurt"))
    assert sorted(found(articles, table)) == [("1", "Hurt"), ("1", "Two hurt"), ("2", "Hurt"), ("2", "Two hurt")]


def test_rows_of_one_fact_are_several_ways_to_tell_it(articles: pd.DataFrame) -> None:
    table = facts(("fire", "It burned", "burned"), ("fire", "It burned", "fire", "mill"))
    assert found(articles, table) == [("1", "It burned"), ("2", "It burned")]
    assert found(articles, facts(("fire", "It burned", "fire", "bridge"))) == []
    assert found(articles, facts(("fire", "Hurt", "hurt", "", "mayor said"))) == [("2", "Hurt")]


def test_articles_that_are_not_handed_over_are_not_searched(articles: pd.DataFrame) -> None:
    table = facts(("fire", "Hurt", "hurt"), ("", "Two", "two"))
    hits = find_facts(tokens_of(articles), articles.iloc[1:], table)
    assert list(zip(hits["article_id"], hits["label"], strict=True)) == [("2", "Two"), ("2", "Hurt"), ("3", "Two")]


def test_an_article_older_than_a_fact_is_not_searched_for_it(articles: pd.DataFrame) -> None:
    printed = articles.assign(date=pd.to_datetime(["2023-05-01", "2023-05-02", None]))
    hurt = facts(("", "Hurt", "hurt"))
    assert found(printed, hurt.assign(date="2 May 2023")) == [("2", "Hurt"), ("3", "Hurt")]
    assert found(printed, hurt.assign(date=pd.Timestamp("2023-05-01 23:00"))) == [(i, "Hurt") for i in "123"]
    assert found(printed, hurt.assign(date=None)) == [(i, "Hurt") for i in "123"]
    assert found(articles.drop(columns="date", errors="ignore"), hurt.assign(date="2030-01-01"))[0] == ("1", "Hurt")
    two = facts(("fire", "Hurt", "hurt"), ("fire", "Burned", "burned")).assign(date=["2023-05-02", ""])
    assert found(printed, two) == [("2", "Burned"), ("2", "Hurt")]
    ways = facts(("fire", "Hurt", "hurt"), ("fire", "Hurt", "two people")).assign(date=["2023-05-02", "2023-05-01"])
    assert {article for article, _ in found(printed, ways)} == {"1", "2"}
    with pytest.raises(CorpusError, match="Row 1 of the facts has the date 'May'"):
        found(printed, hurt.assign(date="May"))


def test_an_event_without_articles_is_said(articles: pd.DataFrame) -> None:
    table = facts(("fire", "Hurt", "hurt"), ("bridgge", "It opens", "opens"), ("flood", "Water", "water"))
    with pytest.warns(CorpusWarning, match=r"'bridgge' .* did you mean 'bridge'\? .*1 more"):
        hits = find_facts(tokens_of(articles), articles, table)
    assert set(hits["label"]) == {"Hurt"}
    with pytest.raises(CorpusError, match="did you mean 'fire'"):
        find_facts(tokens_of(articles), articles, facts(("fires", "Hurt", "hurt")))
    with pytest.raises(CorpusError, match="no column 'event'; use add_events"):
        find_facts(tokens_of(articles), articles.drop(columns="event"), facts(("fire", "Hurt", "hurt")))


def test_events_that_are_numbers_and_articles_without_one(articles: pd.DataFrame) -> None:
    numbered = articles.assign(event=[1.0, None, 2.0])
    assert found(numbered, facts(("1", "Hurt", "hurt"), ("2", "Opens", "opens"))) == [("1", "Hurt"), ("3", "Opens")]
    assert found(numbered.astype({"event": "category"}), facts(("1", "Hurt", "hurt"))) == [("1", "Hurt")]
    as_numbers = facts(("", "Hurt", "hurt")).assign(event=[2])
    assert found(numbered, as_numbers) == [("3", "Hurt")]


def test_a_frame_of_ones_own_is_checked_like_a_file(articles: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match="Row 1 of the facts has no pattern"):
        found(articles, facts(("fire", "Hurt", "hurt")).assign(pattern=None))
    with pytest.raises(CorpusError, match="has no column 'fact'"):
        found(articles, facts(("fire", "Hurt", "hurt")).drop(columns="fact"))


def test_odd_rows_and_nothing_at_all(articles: pd.DataFrame) -> None:
    table = facts(("fire", "Hurt", "hurt"))
    tokens = tokens_of(articles)
    twice = articles.set_index(pd.Index([0, 0, 0]))
    assert len(find_facts(tokens, twice, table.set_index(pd.Index([7])))) == 2
    assert find_facts(tokens.iloc[:0], articles, table).empty
    assert tuple(find_facts(tokens, articles, table.iloc[:0]).columns) == HITS
    assert find_facts(tokens, articles.iloc[:0], table).empty
