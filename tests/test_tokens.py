"""Tokens: sentence, section, voice and recurrence of each word, on texts short enough to count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.schema import TOKENS


def tokenized(articles: pd.DataFrame) -> pd.DataFrame:
    return ct.tokenize(articles, ct.find_voices(articles))


def column(tokens: pd.DataFrame, name: str) -> list[object]:
    return tokens[name].tolist()


def test_columns_positions_and_places(make_articles: Any) -> None:
    text = "We stay. “No,” said Bo.\n\nIt rained."
    tokens = tokenized(make_articles([("x", "A", text)]))
    assert tuple(tokens.columns) == TOKENS
    assert column(tokens, "term") == ["we", "stay", "no", "said", "bo", "it", "rained"]
    assert column(tokens, "position") == [0, 1, 2, 3, 4, 5, 6]
    assert column(tokens, "sentence") == [0, 0, 1, 1, 1, 2, 2]
    assert column(tokens, "section") == ["lead"] * 5 + ["body"] * 2
    assert column(tokens, "voice") == ["narrator"] * 2 + ["quoted"] + ["narrator"] * 4
    assert [text[s:e] for s, e in zip(tokens["start"], tokens["end"], strict=True)][2] == "No"


def test_positions_begin_again_in_each_article(make_articles: Any) -> None:
    tokens = tokenized(make_articles([("x", "A", "One two."), ("y", "A", "Three four.")]))
    assert column(tokens, "position") == [0, 1, 0, 1]
    assert column(tokens, "sentence") == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("title", "text", "sections"),
    [
        ("No buses", "No buses\n\nThey stay.\n\nIt rains.", "headline headline lead lead body body"),
        ("No buses", "No buses\n\nThey stay.", "headline headline lead lead"),
        ("No buses", "They stay.\n\nIt rains.", "lead lead body body"),
        (None, "They stay.\n\nIt rains.", "lead lead body body"),
        (None, "They stay.\nIt rains.", "lead lead body body"),
    ],
)
def test_sections(make_articles: Any, title: str | None, text: str, sections: str) -> None:
    articles = make_articles([("x", "A", text)]).assign(title=pd.Series([title], dtype="str"))
    assert column(tokenized(articles), "section") == sections.split()


def test_a_title_in_quotation_marks_is_quoted(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "“No buses”\n\nThey stay.")]).assign(title="“No buses”")
    assert column(tokenized(articles), "voice") == ["quoted", "quoted", "narrator", "narrator"]


def test_articles_frame_without_titles(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "They stay.")]).drop(columns=["title", "date"])
    assert column(tokenized(articles), "section") == ["lead", "lead"]


BACKGROUND = "The walkout follows nine months of talks."


def recurring(make_articles: Any, *rows: tuple[str, str, str]) -> dict[str, int]:
    tokens = tokenized(make_articles(rows))
    return tokens[tokens["recurring"]].groupby("article_id", observed=True).size().to_dict()


def test_a_sentence_that_stands_in_two_articles_of_an_outlet_recurs(make_articles: Any) -> None:
    rows = (("x", "A", f"It rains. {BACKGROUND}"), ("y", "A", f"{BACKGROUND}\n\nIt is dry."), ("z", "A", "It rains."))
    assert recurring(make_articles, *rows) == {"x": 7, "y": 7}


def test_case_and_marks_do_not_make_another_sentence(make_articles: Any) -> None:
    assert recurring(make_articles, ("x", "A", BACKGROUND), ("y", "A", f"“{BACKGROUND.upper()}”")) == {"x": 7, "y": 7}


def test_twice_in_one_article_is_not_recurring(make_articles: Any) -> None:
    assert recurring(make_articles, ("x", "A", f"{BACKGROUND}\n\n{BACKGROUND}"), ("y", "A", "It rains.")) == {}


def test_in_two_outlets_is_not_recurring(make_articles: Any) -> None:
    assert recurring(make_articles, ("x", "A", BACKGROUND), ("y", "B", BACKGROUND)) == {}


def test_five_words_are_too_few(make_articles: Any) -> None:
    short, enough = "It rains in Port Ellery.", "It rains again in Port Ellery."
    assert recurring(make_articles, ("x", "A", short), ("y", "A", short)) == {}
    assert recurring(make_articles, ("x", "A", enough), ("y", "A", enough)) == {"x": 6, "y": 6}


def test_an_article_without_words_has_no_rows_and_harms_no_other(make_articles: Any) -> None:
    tokens = tokenized(make_articles([("x", "A", "…"), ("y", "B", "One.")]))
    assert column(tokens, "article_id") == ["y"]
    assert column(tokens, "term") == ["one"]


def test_no_articles(make_articles: Any) -> None:
    tokens = tokenized(make_articles([]))
    assert tokens.empty
    assert tuple(tokens.columns) == TOKENS


def test_voices_of_other_articles_do_not_matter(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "“No” he said."), ("y", "A", "They never left.")])
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles.iloc[1:], voices)
    assert column(tokens, "voice") == ["narrator"] * 3


def test_ids_that_look_like_numbers_stay_text(make_articles: Any) -> None:
    tokens = tokenized(make_articles([("007", "NA", "One."), ("7", "1", "Two.")]))
    assert column(tokens, "article_id") == ["007", "7"]
    assert column(tokens, "outlet") == ["NA", "1"]


@pytest.mark.parametrize("missing", ["article_id", "outlet", "text"])
def test_a_missing_column_is_named(make_articles: Any, missing: str) -> None:
    articles = make_articles([("x", "A", "One.")])
    with pytest.raises(ct.CorpusError, match=f"'{missing}'"):
        ct.tokenize(articles.drop(columns=missing), ct.find_voices(articles))
