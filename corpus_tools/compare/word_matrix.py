"""Which words stand in which article, as a sparse table; without recurring sentences and the names of outlets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from corpus_tools.compare.coded import coded
from corpus_tools.prepare.words import fold, word_spans
from corpus_tools.schema import CorpusError

# A part of a name that is shorter stands in too many other words.
_TELLING = 4


class WordMatrix(NamedTuple):
    """Occurrences, one row per article and one column per word, both in the order of their names."""

    counts: sparse.csr_array
    terms: np.ndarray

    @property
    def articles(self) -> np.ndarray:
        """How many articles hold each word."""
        return np.bincount(self.counts.indices, minlength=len(self.terms))

    def having(self, wanted: np.ndarray) -> WordMatrix:
        """These words only."""
        return WordMatrix(self.counts[:, np.flatnonzero(wanted)].tocsr(), self.terms[wanted])


def word_matrix(tokens: pd.DataFrame, ids: Iterable[str], *, dropped: frozenset[str]) -> WordMatrix:
    """Words of these articles; every token belongs to one of them.

    ``dropped`` are words that are left out, also with an ending after an apostrophe ("reuters's").
    """
    article, names = coded(tokens, "article_id")
    term, terms = coded(tokens, "term")
    ids = pd.Index(list(ids))
    place = ids.get_indexer(pd.Index(names))
    used = np.unique(article)
    if (place[used] < 0).any():
        stray = names[int(used[place[used] < 0][0])]
        raise CorpusError(f"The tokens hold article {stray!r}, which is not among the articles; hand over the same ones.")
    shape = (len(ids), len(terms))
    counts = sparse.coo_array((np.ones(len(tokens)), (place[article], term)), shape=shape).tocsr()
    counts.sort_indices()
    matrix = WordMatrix(counts, np.array(terms, dtype=object))
    return matrix.having(np.array([name.split("'")[0] not in dropped for name in terms], dtype=bool))


def name_words(names: Iterable[object]) -> frozenset[str]:
    """The words of names, and each name written as one word ("foxnews")."""
    found: set[str] = set()
    for name in names:
        parts = [fold(str(name)[start:end]) for start, end in word_spans(str(name))]
        found.update((*parts, *(part.split("'")[0] for part in parts), "".join(parts)))
    return frozenset(found - {""})


def like_a_name(term: str, name: str) -> bool:
    """Is a word a piece of an outlet's name, or a piece of the name inside it ("trtworld's" for "TRT")?"""
    parts = [fold(name[start:end]) for start, end in word_spans(name)]
    bare = term.split("'")[0]
    inside = any(len(part) >= _TELLING and part in bare for part in (*parts, "".join(parts)))
    return inside or (len(bare) >= _TELLING and bare in "".join(parts))
