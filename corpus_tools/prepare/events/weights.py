"""What an article is about, as a vector: words weighed by place, rarity, and whether they are written as names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import regex
from scipy import sparse

from corpus_tools.prepare.words import fold, word_spans

# News tells the event first; what follows later is background, which every article on a subject shares.
_CHARACTERS = 8000
_HALF_WEIGHT = 40
_NAME_WEIGHT = 1.25
_NAME_SHARE = 0.8
# A word in one article links nothing; it counts half, so that an article on its own subject is less like any other.
_SINGLE_WEIGHT = 0.5
# Words in more than half of a large corpus weigh next to nothing and would make up most of the work.
_ALWAYS_KEPT = 50
# Where a capital letter may have another reason than a name: after anything but a word, a blank or a comma.
_OPENING = regex.compile(r"(?:\A|\n|[^\w\s,'’])\W*+")

# A run of words that one outlet has in several articles over more days than an event lasts tells of none.
_RUN = 8
_STOCK_ARTICLES = 3
_FACTOR = np.uint64(1_000_003)

Vectors: TypeAlias = sparse.csr_array
Numbers = npt.NDArray[np.int64]
Days = npt.NDArray[np.float64]


class Weighed(NamedTuple):
    """One unit vector per article, and the word of each column."""

    vectors: Vectors
    terms: list[str]


def weigh_words(texts: Iterable[str], outlets: Numbers, days: Days, window: float) -> Weighed:
    """TF-IDF vectors of length 1.

    The weight of a word is ``(1 + log tf) * log((n + 1) / df) / (1 + first / 40)``, where ``first`` is the number of
    words before it stands there first; names weigh somewhat more, words of a single article half. Stock text counts
    nowhere.
    """
    reader = _Reader()
    read = [reader.read(text) for text in texts]
    words = np.concatenate([*read, np.empty(0, dtype=np.int64)])
    sizes = np.array([len(part) for part in read], dtype=np.int64)
    article = np.repeat(np.arange(len(read)), sizes)
    place = np.arange(len(words)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = (words >= 0) & ~_is_stock(words, article, outlets, days, window)
    kinds = max(len(reader.codes), 1)
    cells, first, count = np.unique(article[kept] * kinds + words[kept], return_index=True, return_counts=True)
    weights = (1 + np.log(count)) / (1 + place[kept][first] / _HALF_WEIGHT)
    vectors = sparse.csr_array((weights, (cells // kinds, cells % kinds)), shape=(len(read), len(reader.codes)))
    within = np.bincount(vectors.indices, minlength=len(reader.codes))
    rarity = np.log((len(read) + 1) / np.maximum(within, 1))
    rarity[within == 1] *= _SINGLE_WEIGHT
    rarity[within > max(len(read) / 2, _ALWAYS_KEPT)] = 0
    rarity[reader.names()] *= _NAME_WEIGHT
    vectors.data *= rarity[vectors.indices]
    return Weighed(_unit(vectors), list(reader.codes))


def _is_stock(words: Numbers, article: Numbers, outlets: Numbers, days: Days, window: float) -> npt.NDArray[np.bool_]:
    """Which words stand in a run of words that their outlet prints again and again, whatever the event?"""
    stock = np.zeros(len(words), dtype=bool)
    runs = len(words) - _RUN + 1
    if runs < 1:
        return stock
    # Two runs have the same value by chance once in some millions of corpora.
    value = outlets[article[:runs]].astype(np.uint64)
    for step in range(_RUN):
        value = value * _FACTOR + words[step : step + runs].astype(np.uint64)
    whole = np.flatnonzero(article[:runs] == article[_RUN - 1 :])
    found = pd.DataFrame({"run": pd.factorize(value[whole])[0], "start": whole})
    found = found[found.groupby("run")["start"].transform("size") >= _STOCK_ARTICLES]
    # Articles without a day are taken to be of different days.
    last = np.nan_to_num(days).max(initial=0)
    known = np.where(np.isnan(days), last + (window + 1) * np.arange(1, len(days) + 1), days)
    found = found.assign(article=article[found["start"]], day=known[article[found["start"]]])
    by_run = found.groupby("run")
    days_apart = by_run["day"].transform("max") - by_run["day"].transform("min")
    often = by_run["article"].transform("nunique") >= _STOCK_ARTICLES
    starts = found.loc[often & (days_apart > window), "start"].to_numpy()
    for step in range(_RUN):
        stock[starts + step] = True
    return stock


class _Reader:
    """Gives each word a number, and notes how often it is capitalised where nothing but a name asks for it."""

    def __init__(self) -> None:
        self.codes: defaultdict[str, int] = defaultdict()
        self.codes.default_factory = self.codes.__len__
        self._forms: dict[str, int] = {}
        self._small: list[Numbers] = []
        self._capital: list[Numbers] = []

    def read(self, text: str) -> Numbers:
        """The number of each word, in order; -1 for single letters and digits."""
        text = text[:_CHARACTERS]
        openings = {m.end() for m in _OPENING.finditer(text)}
        # Headlines may be in capitals throughout.
        headline = text.find("\n")
        words: list[int] = []
        small: list[int] = []
        capital: list[int] = []
        for start, end in word_spans(text):
            form = text[start:end]
            code = self._code(form)
            words.append(code)
            if start > headline and start not in openings:
                (capital if form[0].isupper() else small).append(code)
        self._small.append(np.array(small, dtype=np.int64))
        self._capital.append(np.array(capital, dtype=np.int64))
        return np.array(words, dtype=np.int64)

    def _code(self, form: str) -> int:
        if form not in self._forms:
            term = fold(form).removesuffix("'s")
            self._forms[form] = self.codes[term] if len(term) > 1 else -1
        return self._forms[form]

    def names(self) -> npt.NDArray[np.bool_]:
        """Which words are nearly always capitalised inside a sentence?"""
        small, capital = (_occurrences(parts, len(self.codes)) for parts in (self._small, self._capital))
        return (capital > 0) & (capital >= _NAME_SHARE * (small + capital))


def _occurrences(parts: list[Numbers], columns: int) -> Numbers:
    codes = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
    return np.bincount(codes[codes >= 0], minlength=columns)


def _unit(vectors: Vectors) -> Vectors:
    """Each row divided by its length; rows of zeros stay."""
    vectors.eliminate_zeros()
    rows = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=vectors.data**2, minlength=vectors.shape[0]))
    vectors.data /= lengths[rows]
    return vectors
