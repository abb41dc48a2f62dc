"""Readable names of events: the first date and the words that tell this event from others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from corpus_tools.prepare.events.similar import Places
from corpus_tools.prepare.events.weights import Weighed
from corpus_tools.prepare.words import fold, word_spans

_WORDS = 3
_MOST_WORDS = 6
# Shorter words in Latin letters are mostly articles, pronouns and auxiliaries.
_SHORTEST_WORD = 4
_HEADLINE_WEIGHT = 1.5


def name_stories(
    stories: Sequence[Places],
    weighed: Weighed,
    dates: Sequence[str],
    ids: Sequence[str],
    headlines: Sequence[str],
    outlets: Sequence[str],
    taken: Collection[str],
) -> list[str]:
    """A name for each group of rows, unlike all others and those taken.

    Where three words and the first date do not suffice, further words, at last the id of the first article.
    """
    used = set(taken)
    names = []
    for rows in stories:
        date = min((dates[row] for row in rows if dates[row]), default="")
        words = _telling_words(weighed, rows, _terms(headlines[r] for r in rows), _terms(outlets[r] for r in rows))
        names.append(next(name for name in _names(date, words, ids[rows[0]], used) if name not in used))
        used.add(names[-1])
    return names


def _names(date: str, words: list[str], article_id: str, used: Collection[str]) -> Iterable[str]:
    for count in range(min(_WORDS, len(words)), len(words) + 1):
        if count:
            yield f"{date} {', '.join(words[:count])}".strip()
    last = f"{date} article {article_id}".strip()
    yield last
    yield from (f"{last} ({number})" for number in range(2, len(used) + 3))


def _telling_words(weighed: Weighed, rows: Places, headlines: Collection[str], own: Collection[str]) -> list[str]:
    """The words of greatest weight, heavier where a headline has them; no numbers, no outlet's name."""
    total = weighed.vectors[rows].sum(axis=0)
    heaviest = []
    for column in np.flatnonzero(total):
        word = weighed.terms[column]
        if word.isalpha() and (len(word) >= _SHORTEST_WORD or not word.isascii()) and word not in own:
            # A little slack, because sums differ in their last digits.
            heaviest.append((-round(float(total[column]) * (_HEADLINE_WEIGHT if word in headlines else 1), 9), word))
    return [word for _, word in sorted(heaviest)[:_MOST_WORDS]]


def _terms(texts: Iterable[str]) -> set[str]:
    return {fold(text[a:b]).removesuffix("'s") for text in texts for a, b in word_spans(text)}
