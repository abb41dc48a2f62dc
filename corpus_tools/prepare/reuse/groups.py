"""Articles that are mostly the same text share a group; a group can be made the unit of evidence."""

from __future__ import annotations

from numbers import Real

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from corpus_tools.prepare.days import article_days
from corpus_tools.schema import NARRATOR, VOICE_NAMES, CorpusError, require_articles, require_columns

# Of shared words, so many are the outlets' own reporting where one text is another's copy.
_LEAST_REPORTING = 0.2
_SIDES = ("article_id_a", "article_id_b")


def add_reuse_groups(articles: pd.DataFrame, pairs: pd.DataFrame, *, containment: float = 0.5) -> pd.DataFrame:
    """Which articles are one text, printed several times?

    Parameters
    ----------
    articles : pandas.DataFrame
        With `article_id`, `outlet`, `text`, and `date` where known.
    pairs : pandas.DataFrame
        What `find_reuse` returned for them.
    containment : float
        How much of the one article must stand in the other for the two to count as one, above 0 and up to 1. Lower
        joins edited copies that a higher one misses, and articles that share some paragraphs.

    Returns
    -------
    pandas.DataFrame
        The articles as they are, nothing deleted, with a further column (an older one is replaced):

        - `reuse_group`: the identifier of the group's earliest article (of those on one day or without a date, the
          first by its identifier); an article that is no copy is a group of its own

    Raises
    ------
    CorpusError
        When a column is missing, ``containment`` is out of range, or the pairs are those of other articles.

    Notes
    -----
    Two articles are one text if one's containment in the other is high enough and the narrator's words make a fifth of
    what they share, or else if their Jaccard is that high too. So a statement that both print at length does not make
    them one. Copies of copies belong together: groups are the connected components. At the default, on 236 pairs
    of news articles labelled by word alignment, "copy" and "mostly copy" are told from the rest with F1 .971 and
    specificity .896 (`benchmarks/reuse.py`; set on one half of them, measured on the other, F1 is .96 to .97).

    Examples
    --------
    >>> from corpus_tools import find_reuse, find_voices, read_articles, tokenize
    >>> articles = read_articles("karabakh")
    >>> pairs = find_reuse(tokenize(articles, find_voices(articles)))
    >>> int(add_reuse_groups(articles, pairs)["reuse_group"].value_counts().iloc[0])
    3
    """
    require_articles(articles)
    require_columns(pairs, "pairs", (*_SIDES, "jaccard", "containment", "containment_b", *VOICE_NAMES))
    if isinstance(containment, bool) or not isinstance(containment, Real) or not 0 < containment <= 1:
        raise CorpusError(
            f"The option 'containment' cannot be {containment!r}; it lies above 0 and up to 1, such as 0.5."
        )
    names = articles["article_id"].astype("str")
    a, b = (pd.Index(names).get_indexer(pd.Index(pairs[side].astype("str"))) for side in _SIDES)
    if (a < 0).any() or (b < 0).any():
        stray = pairs["article_id_a"][a < 0].tolist() + pairs["article_id_b"][b < 0].tolist()
        raise CorpusError(f"The pairs hold article {stray[0]!r}, which is not among the articles; use those compared.")
    reporting = pairs[NARRATOR] >= _LEAST_REPORTING * pairs[list(VOICE_NAMES)].sum(axis=1)
    inside = pairs[["containment", "containment_b"]].max(axis=1) >= containment
    alike = (inside & (reporting | (pairs["jaccard"] >= containment))).to_numpy()
    a, b = a[alike], b[alike]
    joined = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(len(names), len(names)))
    group = connected_components(joined, directed=False)[1]
    keys = pd.DataFrame({"day": article_days(articles).to_numpy(), "name": names.to_numpy()})
    order = keys.sort_values(["day", "name"], kind="stable", na_position="last").index.to_numpy()
    earliest = pd.Series(names.to_numpy()[order]).groupby(group[order]).first()
    return articles.assign(reuse_group=pd.Series(earliest[group].to_numpy(), index=articles.index, dtype="str"))
