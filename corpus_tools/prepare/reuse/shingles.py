"""Shingles of words as integer codes, and every place at which two articles have the same one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.schema import CorpusError, require_columns

Codes = npt.NDArray[np.int64]
# So many places of shared shingles are held at once: some 200 megabytes.
_AT_ONCE = 3_000_000
# A text of one sentence written over and over would else have as many places as the square of its length.
_MOST_PLACES = 200


class Shingles(NamedTuple):
    """Each shingle that lies within one article, in the order of the tokens.

    `code` is equal where the words are; `start` is the row of the first word among the tokens, `article` a number;
    `names` and `outlets` are those of the articles.
    """

    code: Codes
    start: Codes
    article: Codes
    names: npt.NDArray[np.object_]
    outlets: npt.NDArray[np.object_]


class Meeting(NamedTuple):
    """Places at which two articles have the same shingle: `x` in the one that comes first, `y` in the other.

    `pair` numbers the two articles, `first` × number of articles + `second`; `new` marks the first place of a shingle
    in both, so that they count shingles rather than places.
    """

    pair: Codes
    x: Codes
    y: Codes
    new: npt.NDArray[np.bool_]


def in_reading_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """Articles as they come, each in one piece, its words in the order of the text; numbered rows.

    A CorpusError where a word has no article or place, or two words of an article have the same.
    """
    for column in ("article_id", "position"):
        if tokens[column].isna().any():
            row = int(tokens[column].isna().to_numpy().argmax())
            raise CorpusError(f"Row {row} of the tokens (counted from 0) has no {column!r}; use what tokenize returns.")
    article = pd.factorize(tokens["article_id"])[0]
    position = tokens["position"].to_numpy(dtype=np.int64)
    order = np.lexsort((position, article))
    article, position = article[order], position[order]
    twice = (np.diff(article) == 0) & (np.diff(position) == 0)
    if twice.any():
        name = tokens["article_id"].iloc[order[int(twice.argmax())]]
        raise CorpusError(f"Two tokens of article {name!r} stand at the same position; tokens of one text come once.")
    if (np.diff(order) < 0).any():
        tokens = tokens.iloc[order]
    return tokens.reset_index(drop=True)


def shingles(tokens: pd.DataFrame, length: int) -> Shingles:
    """The shingles of this many words of all articles; the tokens are in reading order."""
    article, names = _articles(tokens["article_id"])
    terms = tokens["term"]
    term = terms.cat.codes.to_numpy() if isinstance(terms.dtype, pd.CategoricalDtype) else pd.factorize(terms)[0]
    code = _codes(term.astype(np.int64), length)
    start = np.arange(len(code), dtype=np.int64)
    # Among tokens of one voice, words that were apart stand side by side.
    position = tokens["position"].to_numpy(dtype=np.int64)
    behind = len(term) - len(code)
    whole = (article[: len(code)] == article[behind:]) & (position[behind:] - position[: len(code)] == behind)
    outlets = np.full(len(names), None, dtype=object)
    present, first = np.unique(article, return_index=True)
    outlets[present] = tokens["outlet"].iloc[first].astype("str")
    return Shingles(code[whole], start[whole], article[start[whole]], names, outlets)


def _articles(ids: pd.Series) -> tuple[Codes, npt.NDArray[np.object_]]:
    """Articles numbered as they come; behind them those without a word, which the categories of tokens may hold."""
    category = pd.Categorical(ids)
    names = category.categories.astype("str").to_numpy(dtype=object)
    number, seen = pd.factorize(category.codes)
    wordless = np.setdiff1d(np.arange(len(names)), seen)
    return number.astype(np.int64), names[np.r_[seen.astype(np.int64), wordless]]


def _codes(term: Codes, length: int) -> Codes:
    """For each stretch of so many words a number, the same for the same words: words are joined as far as bits go."""
    kinds = int(term.max(initial=0)) + 1
    code, most = term, kinds
    for further in range(1, length):
        if len(term) - further < 1:
            return term[:0]
        if most > np.iinfo(np.int64).max // kinds:
            code, known = pd.factorize(code)
            code, most = code.astype(np.int64), len(known)
        code, most = code[: len(term) - further] * kinds + term[further:], most * kinds
    return code


def distinct(found: Shingles) -> Codes:
    """How many different shingles each article has."""
    order = np.lexsort((found.code, found.article))
    code, article = found.code[order], found.article[order]
    fresh = np.r_[True, (np.diff(code) != 0) | (np.diff(article) != 0)][: len(code)]
    return np.bincount(article[fresh], minlength=len(found.names)).astype(np.int64)


def pair_numbers(found: Shingles, pairs: pd.DataFrame) -> Codes:
    """The numbers, as in a meeting, of the pairs in these rows; CorpusError for an article without tokens."""
    require_columns(pairs, "pairs", ("article_id_a", "article_id_b"))
    names = pd.Index(found.names)
    sides = []
    for side in ("article_id_a", "article_id_b"):
        written = pd.Index(pairs[side].astype("str").astype(object))
        number = names.get_indexer(written).astype(np.int64)
        if (number < 0).any():
            stray = written[int((number < 0).argmax())]
            raise CorpusError(f"The pairs hold article {stray!r}, which is not among the tokens; use those compared.")
        sides.append(number)
    itself = sides[0] == sides[1]
    if itself.any():
        raise CorpusError(f"A pair holds article {names[sides[0][itself][0]]!r} twice; compare it with another one.")
    return np.unique(np.minimum(*sides) * len(names) + np.maximum(*sides))


def meetings(found: Shingles, wanted: Codes | None = None) -> Iterator[Meeting]:
    """All places of shared shingles, part by part; all places of a pair of articles lie in the same part.

    Of a shingle that an article holds more than 200 times, only the first 200 places are taken.
    """
    order = np.argsort(found.code, kind="stable")
    order = order[_stands_twice(found.code[order])]
    order = order[_rank(found.code[order], found.article[order]) < _MOST_PLACES]
    code, article, start = found.code[order], found.article[order], found.start[order]
    if not len(code):
        return
    last = np.r_[np.flatnonzero(np.diff(code)) + 1, len(code)]
    group_end = np.repeat(last, np.diff(np.r_[0, last]))
    changes = np.r_[np.flatnonzero((np.diff(code) != 0) | (np.diff(article) != 0)) + 1, len(code)]
    run_begin = np.r_[0, changes[:-1]]
    own_end = np.repeat(changes, np.diff(np.r_[0, changes]))
    is_first = np.zeros(len(code), dtype=bool)
    is_first[run_begin] = True
    partners = group_end - own_end
    by_article = np.argsort(article, kind="stable")
    by_article = by_article[partners[by_article] > 0]
    for own in _parts(article[by_article], partners[by_article]):
        one = by_article[own]
        times = partners[one]
        x = np.repeat(one, times)
        step = np.arange(len(x)) - np.repeat(np.cumsum(times) - times, times)
        y = np.repeat(own_end[one], times) + step
        pair = article[x] * len(found.names) + article[y]
        if wanted is not None:
            asked = np.isin(pair, wanted)
            pair, x, y = pair[asked], x[asked], y[asked]
            if not len(pair):
                continue
        yield Meeting(pair, start[x], start[y], is_first[x] & is_first[y])


def _stands_twice(code: Codes) -> npt.NDArray[np.bool_]:
    """Which of these, sorted, are there more than once?"""
    same = np.diff(code) == 0
    return np.r_[False, same][: len(code)] | np.r_[same, False][: len(code)]


def _rank(code: Codes, article: Codes) -> Codes:
    """The how-manieth place of its shingle in its article each of these is, from 0; they are sorted by both."""
    begins = np.r_[True, (np.diff(code) != 0) | (np.diff(article) != 0)][: len(code)]
    place = np.arange(len(code), dtype=np.int64)
    return place - np.maximum.accumulate(np.where(begins, place, 0))


def _parts(article: Codes, partners: Codes) -> Iterator[slice]:
    """Stretches of whole articles with about as many places as can be held at once."""
    if not len(article):
        return
    ends = np.r_[np.flatnonzero(np.diff(article)) + 1, len(article)]
    places = np.cumsum(partners)[ends - 1]
    begin = done = 0
    for end, upto in zip(ends.tolist(), places.tolist(), strict=True):
        if upto - done >= _AT_ONCE or end == len(article):
            yield slice(begin, end)
            begin, done = end, upto
