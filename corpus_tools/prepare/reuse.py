"""Which articles share text, and how much: shingles of words as integer codes, every pair compared exactly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from corpus_tools.schema import PAIRS, VOICE_NAMES, CorpusError, empty, require_columns

_ROWS_AT_ONCE = 512
Codes = npt.NDArray[np.int64]


def find_reuse(tokens: pd.DataFrame, *, shingle: int = 5) -> pd.DataFrame:
    """Which articles share text, how much, and in whose voice?

    Parameters
    ----------
    tokens : pandas.DataFrame
        What ``tokenize`` returned.
    shingle : int
        How many words in a row count as one piece of text, 1 or more.

    Returns
    -------
    pandas.DataFrame
        One row per pair of articles that share at least one shingle, most similar first; no pair is missed.

        - `article_id_a`, `article_id_b`: the two, in the order of the tokens
        - `jaccard`: shingles in both, of those in either, 0 to 1
        - `containment`: shingles in both, of those in the article that has fewer, 0 to 1
        - `longest`: words of the longest stretch that both have
        - `narrator`, `reported`, `quoted`: words of a that stand in shared shingles, by voice

    Raises
    ------
    CorpusError
        When a column is missing or ``shingle`` is no positive number.

    Notes
    -----
    Jaccard and containment of sets of word shingles: Broder 1997, On the resemblance and containment of documents.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> pairs = find_reuse(tokenize(articles, find_voices(articles)))
    >>> bool((pairs["jaccard"] <= pairs["containment"]).all())
    True
    """
    require_columns(tokens, "tokens", ("article_id", "term", "voice"))
    if isinstance(shingle, bool) or not isinstance(shingle, int) or shingle < 1:
        raise CorpusError(f"The option 'shingle' cannot be {shingle!r}; it is a number of words, 1 or more.")
    article, names = pd.factorize(tokens["article_id"].astype("str"))
    term = pd.factorize(tokens["term"])[0].astype(np.int64)
    codes, start = _shingles(article, term, shingle)
    if not len(codes):
        return empty(PAIRS)
    owner = article[start]
    has = sparse.csr_array(
        (np.ones(len(codes), dtype=np.int32), (owner, codes)), shape=(len(names), int(codes.max()) + 1)
    )
    has.sum_duplicates()
    has.data[:] = 1
    sizes = np.diff(has.indptr)
    a, b, both = _shared(has)
    found = pd.DataFrame(
        {
            "article_id_a": names[a],
            "article_id_b": names[b],
            "jaccard": both / (sizes[a] + sizes[b] - both),
            "containment": both / np.minimum(sizes[a], sizes[b]),
        }
    )
    bounds = np.searchsorted(owner, np.arange(len(names) + 1))
    voice = pd.Categorical(tokens["voice"], categories=list(VOICE_NAMES)).codes
    details = [_detail(codes, start, bounds, voice, i, j, shingle) for i, j in zip(a, b, strict=True)]
    found[["longest", *VOICE_NAMES]] = np.array(details, dtype=np.int64).reshape(-1, 1 + len(VOICE_NAMES))
    ordered = ["jaccard", "containment", "article_id_a", "article_id_b"]
    return found.sort_values(ordered, ascending=[False, False, True, True], kind="stable", ignore_index=True)


def _shingles(article: Codes, term: Codes, length: int) -> tuple[Codes, Codes]:
    """The code of each shingle that lies within one article, and the token it begins with."""
    code = term
    for further in range(1, length):
        if len(code) < 2:
            return code[:0], code[:0]
        pair = np.stack([code[:-1], term[further:]], axis=1)
        code = np.unique(pair, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    start = np.arange(len(code))
    whole = article[: len(code)] == article[length - 1 :]
    return code[whole], start[whole]


def _shared(has: sparse.csr_array) -> tuple[Codes, Codes, Codes]:
    """The pairs with a shingle in common, and how many they have."""
    in_several = np.asarray(has.sum(axis=0)).reshape(-1) > 1
    several = has[:, np.flatnonzero(in_several)]
    turned = several.T.tocsr()
    parts = []
    for low in range(0, has.shape[0], _ROWS_AT_ONCE):
        block = (several[low : low + _ROWS_AT_ONCE] @ turned).tocoo()
        rows = block.row + low
        upper = rows < block.col
        parts.append((rows[upper], block.col[upper], block.data[upper]))
    return tuple(np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _detail(
    codes: Codes, start: Codes, bounds: Codes, voice: npt.NDArray[np.int8], i: int, j: int, length: int
) -> tuple[int, ...]:
    """The longest shared stretch in words, and the words of the first that are shared, by voice."""
    one, other = codes[bounds[i] : bounds[i + 1]], codes[bounds[j] : bounds[j + 1]]
    places = start[bounds[i] : bounds[i + 1]]
    shared = np.flatnonzero(np.isin(one, other))
    words = np.unique((places[shared][:, None] + np.arange(length)).reshape(-1))
    counts = np.bincount(voice[words], minlength=len(VOICE_NAMES))
    order = np.argsort(other, kind="stable")
    low, high = (np.searchsorted(other[order], one[shared], side=side) for side in ("left", "right"))
    x = np.repeat(shared, high - low)
    y = order[np.concatenate([np.arange(p, q) for p, q in zip(low, high, strict=True)])]
    sequence = np.lexsort((x, x - y))
    x, diagonal = x[sequence], (x - y)[sequence]
    breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(x) != 1)) + 1
    edges = np.concatenate([[0], breaks, [len(x)]])
    return int(np.diff(edges).max()) + length - 1, *(int(n) for n in counts[: len(VOICE_NAMES)])
