"""What a reader of the explorers has chosen, and the articles and places in the text that this leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from corpus_tools.prepare.days import article_days
from corpus_tools.schema import CorpusError
from corpus_tools.show.markup import number


class Choice(NamedTuple):
    """Which outlets, whose words, where in the article, and from when; None means all."""

    outlets: Sequence[str]
    voice: str | None = None
    section: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        return self.first is not None or self.last is not None


def chosen_articles(articles: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The articles of these outlets from these days; where days are chosen, none without a date.

    Raises
    ------
    CorpusError
        When none is left, with the reason in words for the reader.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> chosen_articles(articles, Choice(outlets=["B"]))["article_id"].tolist()
    ['b']
    """
    if not choice.outlets:
        raise CorpusError("No outlet is chosen, so there is nothing to show; choose one or more in the list.")
    if choice.first and choice.last and choice.first > choice.last:
        raise CorpusError("The first day lies after the last day, so no article is left; change one of the two.")
    own = articles[articles["outlet"].astype("str").isin(choice.outlets)]
    if choice.dated:
        days = article_days(own)
        inside = days.notna()
        if choice.first:
            inside &= days >= pd.Timestamp(choice.first)
        if choice.last:
            inside &= days <= pd.Timestamp(choice.last)
        if not inside.any():
            raise CorpusError(f"No article of the chosen outlets is {_days(choice)}; choose other days or outlets.")
        own = own[inside]
    return own


def chosen_places(places: pd.DataFrame, articles: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The hits or words in these articles, in the chosen voice and section.

    Examples
    --------
    >>> hits = pd.DataFrame({"article_id": ["a", "a"], "voice": ["narrator", "quoted"], "section": ["body", "body"]})
    >>> len(chosen_places(hits, pd.DataFrame({"article_id": ["a"]}), Choice(outlets=["A"], voice="quoted")))
    1
    """
    inside = places["article_id"].astype("str").isin(articles["article_id"].astype("str"))
    for column in ("voice", "section"):
        wanted = getattr(choice, column)
        if wanted is not None:
            inside &= places[column] == wanted
    return places[inside]


def told(choice: Choice) -> str:
    """Voice, section and days in words, each with a comma before it; nothing where all is chosen.

    Examples
    --------
    >>> told(Choice(outlets=["A"], voice="quoted", section="headline", first=date(2024, 5, 1)))
    ', in the quoted voice, in the headline, from 2024-05-01 on'
    """
    parts = [f"in the {choice.voice} voice"] if choice.voice else []
    parts += [f"in the {choice.section}"] if choice.section else []
    parts += [_days(choice)] if choice.dated else []
    return "".join(f", {part}" for part in parts)


def left_out(articles: pd.DataFrame, choice: Choice) -> str:
    """A sentence on the articles that no choice of days can hold."""
    if not choice.dated:
        return ""
    own = articles[articles["outlet"].astype("str").isin(choice.outlets)]
    undated = int(article_days(own).isna().sum())
    return f" {number(undated, 'article')} without a date left out." if undated else ""


def _days(choice: Choice) -> str:
    if choice.first and choice.last:
        return f"from {choice.first} to {choice.last}"
    return f"from {choice.first} on" if choice.first else f"up to {choice.last}"
