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


def spoken(*stretches: tuple[str, int, int, str]) -> pd.DataFrame:
    """A voices frame by hand; the rules of the finder are tested elsewhere."""
    frame = pd.DataFrame(stretches, columns=["article_id", "start", "end", "voice"])
    return frame.assign(speaker=None, cue=None, verb_group=None)


HAND = "Bo said the buses stop, and “for good”. It rained."


def test_three_voices_and_a_word_is_of_the_voice_its_first_character_stands_in(make_articles: Any) -> None:
    articles = make_articles([("x", "A", HAND)])
    quote = HAND.index("for good")
    # The reported stretch begins inside "said" and ends inside "stop".
    stretches = [("x", quote, quote + 8, "quoted"), ("x", 5, HAND.index("op,"), "reported")]
    tokens = ct.tokenize(articles, spoken(*stretches))
    voices = dict(zip(column(tokens, "term"), column(tokens, "voice"), strict=True))
    assert [word for word, voice in voices.items() if voice == "reported"] == ["the", "buses", "stop"]
    assert [word for word, voice in voices.items() if voice == "quoted"] == ["for", "good"]
    assert [word for word, voice in voices.items() if voice == "narrator"] == ["bo", "said", "and", "it", "rained"]
    assert tokens["voice"].cat.categories.tolist() == ["narrator", "reported", "quoted"]


def test_where_one_voice_ends_and_the_next_begins_no_word_is_in_both(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "one two three")])
    tokens = ct.tokenize(articles, spoken(("x", 0, 4, "reported"), ("x", 4, 8, "quoted")))
    assert column(tokens, "voice") == ["reported", "quoted", "narrator"]


def test_voices_may_come_in_any_order_and_with_any_index(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "one two"), ("y", "A", "one two")])
    stretches = [("y", 4, 7, "quoted"), ("x", 4, 7, "reported"), ("y", 0, 3, "reported")]
    voices = spoken(*stretches).set_axis([0, 0, 0])
    assert column(ct.tokenize(articles, voices), "voice") == ["narrator", "reported", "reported", "quoted"]


def test_no_voices_leave_everything_to_the_narrator(make_articles: Any) -> None:
    tokens = ct.tokenize(make_articles([("x", "A", HAND)]), spoken())
    assert set(tokens["voice"]) == {"narrator"}


@pytest.mark.parametrize(("name", "hint"), [("indirect", "'reported'"), ("quote", "did you mean 'quoted'")])
def test_an_unknown_voice_is_refused(make_articles: Any, name: str, hint: str) -> None:
    with pytest.raises(ct.CorpusError, match=hint):
        ct.tokenize(make_articles([("x", "A", HAND)]), spoken(("x", 0, 4, name)))


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
