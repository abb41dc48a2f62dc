"""The blind outlet: articles without the names of their newsrooms, guesses, and the words that gave them away."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from corpus_tools.compare.word_matrix import name_words
from corpus_tools.prepare.words import fold, word_spans
from corpus_tools.schema import (
    BLIND_CARDS,
    BLIND_SCORES,
    CorpusError,
    nearest,
    require_articles,
    require_columns,
    require_whole,
)

MASK = "▢▢▢"
_SHORTEST_NAME = 3
_SHOWN = 5


def blind_cards(articles: pd.DataFrame, *, n: int = 6, random_state: int = 0) -> pd.DataFrame:
    """Which articles can a class read without knowing who printed them?

    Parameters
    ----------
    articles : pandas.DataFrame
        As ``read_articles`` returns them, of two outlets or more.
    n : int, default 6
        How many cards; at most as many as there are articles.
    random_state : int, default 0
        Seed of the draw.

    Returns
    -------
    pandas.DataFrame
        One row per card. Outlets take turns, so that each has as many cards as the others or one more; which card is
        whose is left to chance.

        - `card`: its number, from 1
        - `article_id`, `outlet`: the key, which belongs to the teacher
        - `text`: the article, in which each capitalised word of any outlet's name is replaced by ▢▢▢

    Raises
    ------
    CorpusError
        When a column is missing, there is one outlet only, or ``n`` is not between 1 and the number of articles.

    Notes
    -----
    Only names are hidden. Places, house style and what an article is about stay, and give an outlet away as well.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> cards = ct.blind_cards(ct.read_sample("strike"), n=3)
    >>> cards["card"].tolist(), cards["outlet"].nunique()
    ([1, 2, 3], 3)
    """
    require_articles(articles)
    outlets = sorted(articles["outlet"].unique())
    if len(outlets) < 2:
        raise CorpusError(f"Whose article it is can be guessed where there are two outlets; there is {len(outlets)}.")
    require_whole("n", n, 1)
    if n > len(articles):
        raise CorpusError(f"The option 'n' cannot be {n}; there are {len(articles)} articles.")
    rng = np.random.default_rng(random_state)
    ordered = articles.sort_values("article_id", ignore_index=True)
    shuffled = ordered.iloc[rng.permutation(len(ordered))]
    turn = shuffled.groupby("outlet").cumcount()
    drawn = shuffled.assign(turn=turn, place=rng.permutation(len(shuffled))).sort_values(["turn", "place"]).head(n)
    drawn = drawn.iloc[rng.permutation(n)]
    hidden = frozenset(word for word in name_words(outlets) if len(word) >= _SHORTEST_NAME)
    cards = drawn.assign(card=range(1, n + 1), text=[_masked(text, hidden) for text in drawn["text"]])
    return cards[list(BLIND_CARDS)].reset_index(drop=True)


def score_guesses(
    cards: pd.DataFrame,
    guesses: Mapping[int, str],
    tokens: pd.DataFrame,
    terms: pd.DataFrame,
) -> pd.DataFrame:
    """Which guesses were right, and which words of the article could have given the newsroom away?

    Parameters
    ----------
    cards : pandas.DataFrame
        As ``blind_cards`` returns them.
    guesses : mapping of int to str
        For each card that was guessed, the outlet.
    tokens : pandas.DataFrame
        As ``tokenize`` returns it, of the articles on the cards.
    terms : pandas.DataFrame
        The frame ``terms`` of ``classify_outlets``: the words that set each outlet apart in all its articles.

    Returns
    -------
    pandas.DataFrame
        One row per card.

        - `card`, `article_id`, `outlet`: the card and its key
        - `guessed`: the guess; missing where there was none
        - `right`: whether it is the outlet; missing where there was no guess
        - `give_aways`: up to five words of this article that its outlet uses more than the others do, the strongest
          first, joined by commas
        - `note`: that no such word stands in the article, or that nothing was guessed; else empty

    Raises
    ------
    CorpusError
        When a column is missing, or a guess names a card or an outlet that is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> cards = pd.DataFrame({"card": [1], "article_id": ["a"], "outlet": ["A"], "text": ["Halt the strike."]})
    >>> tokens = pd.DataFrame({"article_id": "a", "term": ["halt", "the", "strike"]})
    >>> terms = pd.DataFrame({"sentences": "x", "outlet": "A", "rank": [1], "term": ["strike"], "use": "more"})
    >>> score_guesses(cards, {1: "A"}, tokens, terms)[["right", "give_aways"]].values.tolist()
    [[True, 'strike']]
    """
    require_columns(cards, "cards", ("card", "article_id", "outlet"))
    require_columns(tokens, "tokens", ("article_id", "term"))
    require_columns(terms, "terms", ("sentences", "outlet", "rank", "term", "use"))
    _check_guesses(cards, guesses, {*cards["outlet"], *terms["outlet"]})
    # The variant without recurring sentences, or the only one there is: what is reported first.
    telling = (
        terms[(terms["use"] == "more") & (terms["sentences"] == terms["sentences"].iloc[0])] if len(terms) else terms
    )
    of_outlet = {name: part.sort_values("rank")["term"].tolist() for name, part in telling.groupby("outlet")}
    of_article = tokens.groupby(tokens["article_id"].astype("str"))["term"].agg(lambda words: set(words.astype("str")))
    rows = []
    for card, article, outlet in cards[["card", "article_id", "outlet"]].itertuples(index=False):
        guessed = guesses.get(card)
        words = [word for word in of_outlet.get(outlet, ()) if word in of_article.get(str(article), set())]
        notes = ["nothing was guessed"] * (guessed is None) + ["no such word stands in this article"] * (not words)
        right = pd.NA if guessed is None else guessed == outlet
        rows.append((card, article, outlet, guessed, right, ", ".join(words[:_SHOWN]), "; ".join(notes)))
    scored = pd.DataFrame(rows, columns=list(BLIND_SCORES))
    return scored.astype({"guessed": "str", "right": "boolean", "give_aways": "str", "note": "str"})


def _check_guesses(cards: pd.DataFrame, guesses: Mapping[int, str], outlets: set[str]) -> None:
    known = set(cards["card"])
    for card, outlet in guesses.items():
        if card not in known:
            raise CorpusError(f"There is no card {card!r}; the cards are {min(known)} to {max(known)}.")
        if outlet not in outlets:
            raise CorpusError(f"Card {card}: there is no outlet {outlet!r}; {nearest(str(outlet), outlets)}")


def _masked(text: str, hidden: frozenset[str]) -> str:
    """The text with each hidden word that begins with a capital letter replaced."""
    pieces, done = [], 0
    for start, end in word_spans(text):
        word = text[start:end]
        if word[:1].isupper() and fold(word).split("'")[0] in hidden:
            pieces += [text[done:start], MASK]
            done = end
    return "".join([*pieces, text[done:]])
