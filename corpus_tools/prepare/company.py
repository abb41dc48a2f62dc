"""Which words stand within a few words of an occurrence, on integer codes and never over the end of a sentence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.prepare.patterns import TokenIndex
from corpus_tools.schema import CorpusError


class Company(NamedTuple):
    """Pairs of an occurrence (``node``) and a word near it (``row``); ``distance`` is negative to the left."""

    node: np.ndarray
    row: np.ndarray
    distance: np.ndarray

    def once(self) -> Company:
        """Each word once, with the occurrence that it is nearest to; halfway between two it follows the first."""
        order = np.lexsort((-self.distance, np.abs(self.distance), self.row))
        first = np.r_[True, np.diff(self.row[order]) != 0] if len(order) else np.empty(0, dtype=bool)
        kept = order[first]
        return Company(self.node[kept], self.row[kept], self.distance[kept])


def sides(window: int | tuple[int, int]) -> tuple[int, int]:
    """How many words to the left and to the right are looked at."""
    both = window if isinstance(window, tuple | list) else (window, window)
    whole = all(isinstance(side, int | np.integer) and not isinstance(side, bool) for side in both)
    if not whole or len(both) != 2 or min(both) < 0 or max(both) < 1:
        raise CorpusError(
            f"The option 'window' cannot be {window!r}; it is a number of words, such as 5, "
            "or two, left and right, such as (0, 3)."
        )
    return int(both[0]), int(both[1])


def hit_rows(index: TokenIndex, hits: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """First row among the tokens and number of words of each hit."""
    names = pd.Index([str(name) for name in index.tokens["article_id"].cat.categories])
    article = names.get_indexer(hits["article_id"].astype("str"))
    starts = index.article.astype(np.int64) << 32 | index.tokens["start"].to_numpy()
    wanted = article.astype(np.int64) << 32 | hits["start"].to_numpy(dtype=np.int64)
    first = np.searchsorted(starts, wanted)
    length = hits["surface"].astype("str").str.count(" ").to_numpy(dtype=np.int64) + 1
    last = first + length - 1
    known = (article >= 0) & (last < len(starts))
    known[known] = starts[first[known]] == wanted[known]
    known[known] = index.tokens["end"].to_numpy()[last[known]] == hits["end"].to_numpy()[known]
    if not known.all():
        stray = hits[~known].iloc[0]
        raise CorpusError(
            f"The hits hold {stray['surface']!r} in article {stray['article_id']!r}, which is not among the tokens; "
            "use those that were searched, or filter both alike."
        )
    return first, length


def own_words(index: TokenIndex, first: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Which tokens are part of an occurrence."""
    own = np.zeros(len(index.codes), dtype=bool)
    for step in range(int(length.max(initial=0))):
        own[first[length > step] + step] = True
    return own


def company(index: TokenIndex, first: np.ndarray, length: np.ndarray, window: int | tuple[int, int]) -> Company:
    """All words within so many words of an occurrence, in its sentence, that are part of none.

    Distance is that of the text, so that a word left out of the tokens still keeps its neighbours apart.
    """
    left, right = sides(window)
    own = own_words(index, first, length)
    found = [Company(*(np.empty(0, dtype=np.int64) for _ in Company._fields))]
    for sign, edge, reach in ((-1, first, left), (1, first + length - 1, right)):
        node = np.arange(len(first))
        for step in range(1, reach + 1):
            row = edge[node] + sign * step
            node, row = (values[(row >= 0) & (row < len(own))] for values in (node, row))
            distance = index.position[row].astype(np.int64) - index.position[edge[node]]
            together = index.sentence_keys(row) == index.sentence_keys(edge[node])
            near = together & (np.abs(distance) <= reach)
            node, row, distance = node[near], row[near], distance[near]
            if not len(node):
                break
            other = ~own[row]
            found.append(Company(node[other], row[other], distance[other]))
    return Company(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
