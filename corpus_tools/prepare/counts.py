"""How often does each word occur in each group? Counts of disjoint sets of articles add."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus_tools.schema import COUNTS, CorpusError, require_columns


def count_terms(tokens: pd.DataFrame, *, by: str | Sequence[str] = "outlet", ngram: int = 1) -> pd.DataFrame:
    """How often does each group write each word, and in how many articles?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered.
    by : str or list of str
        Columns of ``tokens`` that make the groups, such as "outlet", "voice".
    ngram : int
        Length of the sequences counted, 1 for single words; a sequence lies within one sentence, and belongs to the
        voice and section of its first word.

    Returns
    -------
    pandas.DataFrame
        One row per group and term that occurs in it, in the order of the groups, then of the terms.

        - the columns of ``by``
        - `term`: the word, or the words of the sequence joined by one blank
        - `count`: how often it occurs in the group
        - `articles`: how many articles of the group contain it. Over voices and sections this does not add up: an
          article may have the word in several
        - `total`: words (or sequences) of the whole group, on every row, so that filtering cannot spoil a rate

    Raises
    ------
    CorpusError
        When a column is missing or ``ngram`` is less than 1.

    Examples
    --------
    >>> from corpus_tools import count_terms, find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> counts = count_terms(tokenize(articles, find_voices(articles)))
    >>> counts.columns.tolist()
    ['outlet', 'term', 'count', 'articles', 'total']
    """
    keys = [by] if isinstance(by, str) else list(by)
    if not keys:
        raise CorpusError("The option 'by' is empty; it names one column or several, such as 'outlet'.")
    require_columns(tokens, "tokens", (*keys, "article_id", "term"))
    if isinstance(ngram, bool) or not isinstance(ngram, int | np.integer) or ngram < 1:
        raise CorpusError(
            f"The option 'ngram' cannot be {ngram!r}; it is the number of words in a sequence, 1 or more."
        )
    sequences, rows = _sequences(tokens, ngram)
    tokens = tokens.iloc[rows].reset_index(drop=True)
    groups = tokens.groupby(keys, observed=True, sort=True, dropna=False)
    group = groups.ngroup().to_numpy()
    _, first_rows = np.unique(group, return_index=True)
    names = tokens[keys].iloc[first_rows]
    article = tokens["article_id"].astype("category").cat.codes.to_numpy().astype(np.int64)
    codes, terms = sequences
    n_terms, n_articles = max(len(terms), 1), int(article.max(initial=0)) + 1
    packed, times = np.unique((group.astype(np.int64) * n_terms + codes) * n_articles + article, return_counts=True)
    cell = packed // n_articles
    first = np.flatnonzero(np.r_[True, np.diff(cell) != 0]) if len(cell) else np.empty(0, dtype=np.int64)
    cells = cell[first]
    totals = np.bincount(group, minlength=len(names))
    frame = names.iloc[cells // n_terms].reset_index(drop=True).astype("str")
    frame["term"] = pd.Series(np.asarray(terms, dtype=object)[cells % n_terms], dtype="str")
    frame["count"] = np.add.reduceat(times, first) if len(first) else times
    frame["articles"] = np.diff(np.r_[first, len(cell)])
    frame["total"] = totals[cells // n_terms]
    return frame.sort_values([*keys, "term"], kind="stable", ignore_index=True)


def _sequences(tokens: pd.DataFrame, ngram: int) -> tuple[tuple[np.ndarray, list[str]], np.ndarray]:
    """Codes and names of all sequences, and the rows at which they begin."""
    term = tokens["term"].astype("category")
    codes, names = term.cat.codes.to_numpy().astype(np.int64), [str(t) for t in term.cat.categories]
    if ngram == 1:
        return (codes, names), np.arange(len(codes))
    require_columns(tokens, "tokens", ("sentence", "position"))
    article = tokens["article_id"].astype("category").cat.codes.to_numpy()
    # Words that follow each other in the text, whatever the order of the rows.
    order = np.lexsort((tokens["position"].to_numpy(), article))
    codes, article = codes[order], article[order]
    sentence, position = (tokens[column].to_numpy()[order] for column in ("sentence", "position"))
    rows = np.arange(max(len(codes) - ngram + 1, 0))
    last = rows + ngram - 1
    together = (article[rows] == article[last]) & (sentence[rows] == sentence[last])
    rows = rows[together & (position[last] == position[rows] + ngram - 1)]
    sequence, sequences = codes[rows], names
    for step in range(1, ngram):
        # One number for each sequence so far and its next word; numbered anew, they stay small and in order.
        packed = sequence * len(names) + codes[rows + step]
        sequence, distinct = pd.factorize(packed, sort=True)
        begins, ends = np.divmod(distinct, max(len(names), 1))
        sequences = [f"{sequences[b]} {names[e]}" for b, e in zip(begins.tolist(), ends.tolist(), strict=True)]
    return (sequence, sequences), order[rows]


def add_counts(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """What are the counts of two sets of articles taken together?

    Parameters
    ----------
    a, b : pandas.DataFrame
        As `count_terms` returns them, with the same grouping columns, from sets of articles that share none.

    Returns
    -------
    pandas.DataFrame
        The same columns as the two: the grouping columns, `term`, `count`, `articles`, `total`; equal to counting
        all the articles at once.

    Raises
    ------
    CorpusError
        When the two do not have the same columns.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import add_counts
    >>> a = pd.DataFrame({"outlet": ["A"], "term": ["bus"], "count": [2], "articles": [1], "total": [10]})
    >>> add_counts(a, a.assign(count=1, total=5))[["count", "articles", "total"]].iloc[0].tolist()
    [3, 2, 15]
    """
    for frame, what in ((a, "the first counts"), (b, "the second counts")):
        require_columns(frame, what, COUNTS)
    if set(a.columns) != set(b.columns):
        raise CorpusError(f"The two counts have different columns: {', '.join(a.columns)} and {', '.join(b.columns)}.")
    keys = [c for c in a.columns if c not in COUNTS]
    both = pd.concat([a, b], ignore_index=True)
    totals = pd.concat([x[[*keys, "total"]].drop_duplicates() for x in (a, b)])
    totals = totals.groupby(keys, as_index=False, dropna=False)["total"].sum()
    summed = both.groupby([*keys, "term"], as_index=False, sort=True, dropna=False)[["count", "articles"]].sum()
    return summed.merge(totals, on=keys)[list(a.columns)]
