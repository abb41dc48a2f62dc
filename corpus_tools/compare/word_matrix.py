"""Which words stand in which article, as a sparse table; without recurring sentences and the names of outlets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_tools.compare.coded import coded
from corpus_tools.prepare.words import fold, word_spans
from corpus_tools.schema import CorpusError

# A shorter word stands in many names by chance; three letters count as initials where the name begins with them.
_TELLING = 4
_INITIALS = 3


class WordMatrix(NamedTuple):
    """Occurrences, one row per article and one column per word, both in the order of their names."""

    counts: sparse.csr_array
    terms: np.ndarray

    @property
    def articles(self) -> np.ndarray:
        """How many articles hold each word."""
        return np.bincount(self.counts.indices, minlength=len(self.terms))

    def weighted(self, *, idf: bool) -> sparse.csr_array:
        """One plus the logarithm of each count, times the idf where wanted, each article scaled to length one."""
        return sparse.csr_array(TfidfTransformer(use_idf=idf, sublinear_tf=True).fit_transform(self.counts))

    def having(self, wanted: np.ndarray) -> WordMatrix:
        """These words only."""
        return WordMatrix(self.counts[:, np.flatnonzero(wanted)].tocsr(), self.terms[wanted])


def word_matrix(tokens: pd.DataFrame, ids: Iterable[str], *, dropped: frozenset[str]) -> WordMatrix:
    """Words of these articles; every token belongs to one of them.

    ``dropped`` are words that are left out, also with an ending after an apostrophe ("reuters's").
    """
    article, names = coded(tokens, "article_id")
    term, terms = coded(tokens, "term")
    known = pd.Index(list(ids))
    place = known.get_indexer(pd.Index(names))
    used = np.unique(article)
    if (place[used] < 0).any():
        stray = names[int(used[place[used] < 0][0])]
        raise CorpusError(
            f"The tokens hold article {stray!r}, which is not among the articles; hand over the same ones."
        )
    shape = (len(known), len(terms))
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
    """Is a word a piece of an outlet's name, or is the whole name in it ("trtworld's" for "TRT World")?"""
    whole = "".join(fold(name[start:end]) for start, end in word_spans(name))
    bare = term.split("'")[0]
    holds = len(whole) >= _TELLING and whole in bare
    return holds or (len(bare) >= _TELLING and bare in whole) or (len(bare) == _INITIALS and whole.startswith(bare))
