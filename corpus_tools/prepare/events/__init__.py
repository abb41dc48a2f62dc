"""Which articles tell of the same event? Found by their words and days, and corrected by a person."""

from __future__ import annotations

import os
from numbers import Real

import numpy as np
import pandas as pd

from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.events.groups import group_stories, join_given
from corpus_tools.prepare.events.names import name_stories
from corpus_tools.prepare.events.sheet import corrected_events, day_texts, event_sheet
from corpus_tools.prepare.events.similar import find_links, measured_similarity
from corpus_tools.prepare.events.weights import weigh_words
from corpus_tools.schema import CorpusError, require_articles

__all__ = ["add_events", "event_sheet"]

WINDOW = 7


def add_events(
    articles: pd.DataFrame,
    *,
    window: float = WINDOW,
    similarity: float | None = None,
    corrections: pd.DataFrame | str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Which articles tell of the same event?

    Parameters
    ----------
    articles : pandas.DataFrame
        With `article_id`, `outlet` and `text`; `date` and `event` are used where they are there.
    window : float
        Days that an event may last in the articles, and over which they are compared. Raised, it lets late reports
        join, and lets the next turn of a running subject pass for the same event.
    similarity : float, optional
        How alike articles of one event are on average, above 0 and at most 1. Raised, it makes more and smaller events:
        fewer articles are put together wrongly, more are kept apart wrongly. By default it is measured on the articles
        (see Notes).
    corrections : pandas.DataFrame, str or path, optional
        What `event_sheet` returned, corrected; or the CSV file that a spreadsheet made of it. Its events take the
        place of those in the data and of those that would be found. An article whose cell is empty is looked at anew,
        also where the data hold an event; an article that is not on the sheet is treated as without a sheet.

    Returns
    -------
    pandas.DataFrame
        The articles in their order.

        - `article_id`, `outlet`, `date`, `title`, `text` and whatever else is there: as it was
        - `event`: a text for every article. An event in the data is kept as it is; one that was found is named by its
          first day and the words that tell it from others, or by words alone where no day is known

    Raises
    ------
    CorpusError
        When a column is missing, dates are no dates, an option is out of its range, or the sheet lacks a column, names
        an unknown article, or puts one into two events.

    Notes
    -----
    An article that is like no other is an event of its own. An article without an event may join one that is given,
    where it is like its articles within the window on average. Nothing depends on the order of the rows; a further
    article may change what is found, as it changes how rare words are.

    Two articles are compared by the cosine of their words, weighed by ``(1 + log tf) * log((n + 1) / df)`` and by
    where a word stands first: half as much behind the first 40 words, a third behind 80, for news tells the event
    first and the background later. What follows the first 8,000 characters does not count, nor do runs of eight words
    that an outlet prints in three or more articles over more than ``window`` days. Words that are capitalised inside
    sentences in at least four of five cases are taken for names of actors and places and count a quarter more;
    scripts without capitals have no such words. Scripts that write no blanks between words are hardly compared:
    nearly every "word" is unique. The cosine is lowered by the days between the two, by about half at the edge of the
    window, and by half where one has no date: then the text alone must be twice as alike.

    Groups are joined by average linkage (Sokal and Michener 1958, A statistical method for evaluating systematic
    relationships): the two that are most alike, over all pairs of their articles, while they are as alike as
    ``similarity`` and together last no longer than ``window``. A chain, in which each article is like the next, is no
    event by that rule.

    The measured similarity is the least at which pairs at most one day apart, of different outlets where there are
    several, are so alike at least 6.7 times as often as pairs that lie outside the window and up to three weeks
    further apart: those share a subject, but hardly an event. Where there are fewer than 30 pairs of the first kind
    or 100 of the second, it is .12.

    Found events are a proposal. Read them before you count with them (`event_sheet`).

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_sample("strike")
    >>> found = ct.add_events(articles.drop(columns="event"))
    >>> found.loc[found["date"] == "2024-10-15", "event"].tolist()
    ['2024-10-15 court, judge, hospital', '2024-10-15 court, judge, hospital']
    """
    require_articles(articles)
    _check(window, similarity)
    given = _given(articles)
    if corrections is not None:
        given = corrected_events(articles, given, corrections)
    # One order for all computing, so that the same articles give the same events however they are sorted.
    order = _order(articles)
    events = _find(articles.iloc[order], [given[row] for row in order], window, similarity)
    placed = pd.Series(events, index=order, dtype="str").sort_index()
    return articles.assign(event=pd.Series(placed.to_numpy(), index=articles.index, dtype="str"))


def _check(window: float, similarity: float | None) -> None:
    if isinstance(window, bool) or not isinstance(window, Real) or not 0 <= window < np.inf:
        raise CorpusError(f"The option 'window' cannot be {window!r}; it is a number of days, 0 or more.")
    if similarity is None:
        return
    if isinstance(similarity, bool) or not isinstance(similarity, Real) or not 0 < similarity <= 1:
        raise CorpusError(f"The option 'similarity' cannot be {similarity!r}; it is above 0 and at most 1, or None.")


def _given(articles: pd.DataFrame) -> list[str | None]:
    """The event of each article in the data; None where there is none."""
    if "event" not in articles.columns:
        return [None] * len(articles)
    events = articles["event"]
    return [None if m or not str(e).strip() else str(e) for e, m in zip(events, events.isna(), strict=True)]


def _order(articles: pd.DataFrame) -> np.ndarray:
    """By day, those without one last, then by id."""
    keys = pd.DataFrame(
        {"day": article_days(articles).to_numpy(), "id": articles["article_id"].astype("str").to_numpy()}
    )
    return keys.sort_values(["day", "id"], na_position="last", kind="stable").index.to_numpy()


def _find(articles: pd.DataFrame, given: list[str | None], window: float, similarity: float | None) -> list[str]:
    """The event of each article; the articles are in their final order."""
    days = ((article_days(articles) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy(dtype=np.float64)
    texts, outlets, ids = (articles[c].astype("str").tolist() for c in ("text", "outlet", "article_id"))
    outlet = np.unique(outlets, return_inverse=True)[1]
    weighed = weigh_words(texts, outlet, days, window)
    if similarity is None:
        similarity = measured_similarity(weighed.vectors, days, outlet, window)
    links = find_links(weighed.vectors, days, window, similarity)
    joined = join_given(links, days, given, window, similarity)
    free = np.array([name is None for name in joined], dtype=bool)
    groups = group_stories(links.where(free[links.first] & free[links.second]), days, window, similarity)
    stories = [rows for _, rows in sorted(pd.Series(groups).groupby(groups).indices.items()) if free[rows[0]]]
    taken = {name for name in joined if name is not None}
    headlines = [text.partition("\n")[0] for text in texts]
    names = name_stories(stories, weighed, day_texts(articles), ids, headlines, outlets, taken)
    found = {int(row): name for rows, name in zip(stories, names, strict=True) for row in rows}
    return [found[row] if name is None else name for row, name in enumerate(joined)]
