"""The blind outlet: cards without names, guesses and give-aways."""

from __future__ import annotations

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.blind import MASK
from corpus_tools.schema import BLIND_CARDS, BLIND_SCORES, CorpusError
from tests.conftest import MakeArticles


@pytest.fixture
def articles(make_articles: MakeArticles) -> pd.DataFrame:
    return make_articles(
        [
            (
                "a1",
                "The Harbour Ledger",
                "Strike at the port\n\nThe Harbour Ledger has learned that the harbour is shut.",
            ),
            ("a2", "The Harbour Ledger", "LEDGER’S view: the docks are still."),
            ("a3", "Daily Quay", "A quay was shut, the Daily Quay’s reporter said."),
            ("a4", "Daily Quay", "Ships wait outside."),
        ]
    )


@pytest.fixture
def terms() -> pd.DataFrame:
    rows = [
        ("without recurring", "The Harbour Ledger", 2, "docks", "more"),
        ("without recurring", "The Harbour Ledger", 1, "still", "more"),
        ("without recurring", "The Harbour Ledger", 3, "ships", "less"),
        ("without recurring", "Daily Quay", 1, "ships", "more"),
        ("with recurring", "Daily Quay", 1, "outside", "more"),
    ]
    return pd.DataFrame(rows, columns=["sentences", "outlet", "rank", "term", "use"])


def test_names_are_hidden_where_they_are_names(articles: pd.DataFrame) -> None:
    cards = ct.blind_cards(articles, n=4).set_index("article_id")["text"]
    assert cards["a1"].endswith(f"{MASK} {MASK} {MASK} has learned that the harbour is shut.")
    assert cards["a2"] == f"{MASK} view: the docks are still."
    assert cards["a3"] == f"A quay was shut, the {MASK} {MASK} reporter said."
    assert cards["a4"] == "Ships wait outside."


def test_no_card_of_the_samples_names_a_newsroom() -> None:
    for sample in ("strike", "karabakh"):
        articles = ct.read_sample(sample)
        text = "\n".join(ct.blind_cards(articles, n=len(articles))["text"])
        assert [outlet for outlet in articles["outlet"].unique() if outlet in text] == []


def test_outlets_take_turns_and_the_seed_decides(articles: pd.DataFrame) -> None:
    cards = ct.blind_cards(articles, n=2)
    assert list(cards.columns) == list(BLIND_CARDS)
    assert cards["card"].tolist() == [1, 2]
    assert cards["outlet"].nunique() == 2
    pd.testing.assert_frame_equal(cards, ct.blind_cards(articles[::-1], n=2))
    draws = {tuple(ct.blind_cards(articles, n=2, random_state=seed)["article_id"]) for seed in range(12)}
    assert len(draws) > 3


@pytest.mark.parametrize(
    ("n", "said"), [(0, "a whole number, 1 or more"), (5, "there are 4 articles"), (1.5, "whole number")]
)
def test_a_wrong_number_of_cards_is_refused(articles: pd.DataFrame, n: float, said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        ct.blind_cards(articles, n=n)  # type: ignore[arg-type]


def test_one_outlet_cannot_be_guessed(articles: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match="where there are two outlets; there is 1"):
        ct.blind_cards(articles.head(2))


def test_guesses_are_scored_and_the_words_named(articles: pd.DataFrame, terms: pd.DataFrame) -> None:
    cards = ct.blind_cards(articles, n=4)
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    number = cards.set_index("article_id")["card"]
    guesses = {number["a2"]: "The Harbour Ledger", number["a4"]: "The Harbour Ledger"}
    scored = ct.score_guesses(cards, guesses, tokens, terms)
    assert list(scored.columns) == list(BLIND_SCORES)
    by_article = scored.set_index("article_id")
    assert by_article["right"].dropna().to_dict() == {"a2": True, "a4": False}
    assert by_article.loc["a2", "give_aways"] == "still, docks"
    assert by_article.loc["a4", "give_aways"] == "ships"
    assert by_article.loc["a1", "note"] == "nothing was guessed; no such word stands in this article"
    assert by_article.loc["a4", "note"] == ""


def test_a_guess_of_what_is_not_there_is_refused(articles: pd.DataFrame, terms: pd.DataFrame) -> None:
    cards = ct.blind_cards(articles, n=4)
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    with pytest.raises(CorpusError, match=r"There is no card 9; the cards are 1 to 4\."):
        ct.score_guesses(cards, {9: "Daily Quay"}, tokens, terms)
    with pytest.raises(CorpusError, match="Card 1: there is no outlet 'Daily Quai'; did you mean 'Daily Quay'"):
        ct.score_guesses(cards, {1: "Daily Quai"}, tokens, terms)


def test_without_a_telling_word_the_note_says_so(articles: pd.DataFrame, terms: pd.DataFrame) -> None:
    cards = ct.blind_cards(articles, n=4)
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    scored = ct.score_guesses(cards, {}, tokens, terms.head(0))
    assert scored["give_aways"].eq("").all()
    assert scored["note"].str.contains("no such word stands in this article").all()


def test_the_game_goes_card_by_card_and_ends_with_the_score() -> None:
    articles = ct.read_sample("strike")
    game = ct.play_blind_outlet(articles, ct.tokenize(articles, ct.find_voices(articles)), n=3)
    assert game.choice.options[0] == ("choose …", "")
    assert {name for _, name in game.choice.options[1:]} == set(articles["outlet"])
    game.next.click()
    assert game.guesses == {}
    for outlet in game.cards["outlet"]:
        assert game.choice.value == ""
        game.choice.value = outlet
        game.next.click()
    assert game.result["right"].all()
    assert "3 of 3 cards right" in game._result.value
    # One in three, three times over.
    assert "in 4 % of games" in game._result.value
    assert game.choice.layout.display == "none"


def test_hostile_cards_stay_text(make_articles: MakeArticles) -> None:
    attack = "<img src=x onerror=alert(1)>"
    articles = make_articles([("a", attack, f"One {attack} road."), ("b", "B & B", "Another road.")])
    game = ct.play_blind_outlet(articles, ct.tokenize(articles, ct.find_voices(articles)), n=2)
    seen = game._text.value
    for _ in range(2):
        game.choice.value = attack
        game.next.click()
        seen += game._text.value + game._result.value
    assert "<img" not in seen
    assert "&lt;img src=x" in seen
