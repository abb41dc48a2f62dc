"""Does a word stand all over the corpus, or is it one article?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from corpus_tools.compare.coded import Codes, coded, grouped
from corpus_tools.compare.spread import spread
from corpus_tools.schema import DISPERSION, CorpusError, require_columns

_ONE_ARTICLE = "one article only: nothing to be spread over"
_MEASURES = ("dp", "dp_norm", "dp_chance", "juilland_d")
# Differences below this are rounding, and must not decide on the order of rows.
_DIGITS = 12


def dispersion(tokens: pd.DataFrame, *, by: str | Sequence[str] | None = None, min_count: int = 5) -> pd.DataFrame:
    """Does a word stand all over the corpus, or is it one article?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered. The parts of the corpus are the articles; one without a word here
        is none of them.
    by : str or list of str, optional
        Columns of ``tokens`` that make groups, such as "outlet"; each group is then a corpus of its own. ``None``
        takes all articles together.
    min_count : int
        Terms with fewer occurrences in a group are left out there.

    Returns
    -------
    pandas.DataFrame
        One row per group and term that occurs in it; in each group those first that are most uneven beyond chance
        (`dp` less `dp_chance`), then by term.

        - the columns of ``by``
        - `term`: the word
        - `count`: occurrences
        - `total`: words of the group
        - `articles`: articles that hold the term, its range
        - `searched`: articles of the group
        - `largest_article`: the article with most occurrences, the first by id where several have as many
        - `largest_count`: occurrences in it
        - `dp`: deviation of proportions; 0 = spread as the words are, near 1 = in few short articles
        - `dp_norm`: the same so that 1 is the most that these articles allow
        - `dp_chance`: the mean of `dp` if as many occurrences fell into the articles by chance
        - `juilland_d`: Juilland's D from rates; the other way round, 1 = even and 0 = in one article
        - `note`: why `dp_norm` and `juilland_d` are missing, else empty

    Raises
    ------
    CorpusError
        When a column or a value of it is missing, or ``min_count`` is less than 1.

    Notes
    -----
    With f occurrences in all, vᵢ of them in article i of n, and sᵢ the article's share of the words:
    DP = ½ Σ|vᵢ/f - sᵢ| (S. Th. Gries 2008, Dispersions and adjusted frequencies in corpora, International Journal of
    Corpus Linguistics 13, 403-437). DPnorm = DP / (1 - min s) over all articles, also those without the term
    (J. Lijffijt & S. Th. Gries 2012, the same journal 17, 147-149), not the later form that takes the least s of
    those with it. Juilland's D = 1 - V/√(n-1), V being the standard deviation (divided by n) of the rates vᵢ/wᵢ over
    their mean, wᵢ the words of the article (A. Juilland & E. Chang-Rodríguez 1964; from rates, so that articles may
    differ in length, as in S. Th. Gries 2020, Analyzing dispersion). With many articles D is high for almost any word
    (D. Biber, R. Reppen, E. Schnur & R. Ghanem 2016, International Journal of Corpus Linguistics 21, 439-464).

    A rare word cannot be even: five occurrences in a hundred articles leave 95 without. `dp_chance` says what f words
    thrown at random would show, exactly (`corpus_tools.compare.spread.chance_dp`); words of one text are about one
    subject, so nearly every word lies above it, and `dp` above `dp_chance` is no finding in itself. Compare words of
    like `count`, and look at `largest_count`. These are descriptions, not tests.

    Examples
    --------
    >>> import pandas as pd
    >>> words = ["bus", "bus", "stop", "the", "the", "stop"]
    >>> tokens = pd.DataFrame({"article_id": ["1", "1", "1", "2", "2", "2"], "term": words})
    >>> dispersion(tokens, min_count=1).set_index("term")["dp_norm"].to_dict()
    {'bus': 1.0, 'the': 1.0, 'stop': 0.0}
    """
    keys = [] if by is None else [by] if isinstance(by, str) else list(by)
    require_columns(tokens, "tokens", (*keys, "article_id", "term"))
    if min_count < 1:
        raise CorpusError(f"The option 'min_count' cannot be {min_count}; it is a number of occurrences, 1 or more.")
    if taken := [key for key in keys if key in DISPERSION]:
        raise CorpusError(f"The option 'by' cannot be {taken[0]!r}, which every row of the dispersion has anyway.")
    (article, ids), (term, terms) = coded(tokens, "article_id"), coded(tokens, "term")
    group, names = grouped(tokens, keys)
    rows = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[rows], np.arange(len(names)), side="right")
    parts = [
        _group(article[own], term[own], ids, terms, min_count).assign(**names.iloc[place].to_dict())
        for place, own in enumerate(np.split(rows, ends[:-1]))
        if len(own)
    ]
    return _typed(pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(), keys)


def _group(article: Codes, term: Codes, ids: list[str], terms: list[str], min_count: int) -> pd.DataFrame:
    own_articles, row = np.unique(article, return_inverse=True)
    own_terms, column = np.unique(term, return_inverse=True)
    shape = (len(own_articles), len(own_terms))
    counts = sparse.csc_array((np.ones(len(row), dtype=np.int64), (row, column)), shape=shape)
    counts.sum_duplicates()
    frequent = np.flatnonzero(np.bincount(column) >= min_count)
    if not len(frequent):
        return pd.DataFrame()
    found = spread(counts[:, frequent], np.bincount(row))
    frame = pd.DataFrame(
        {
            "term": [terms[place] for place in own_terms[frequent]],
            "count": found.times,
            "total": len(row),
            "articles": found.articles,
            "searched": shape[0],
            "largest_article": [ids[place] for place in own_articles[found.largest]],
            "largest_count": found.most,
            **{measure: getattr(found, measure) for measure in _MEASURES},
            "note": "" if shape[0] > 1 else _ONE_ARTICLE,
        }
    )
    beyond = (frame["dp"] - frame["dp_chance"]).round(_DIGITS)
    order = np.lexsort((np.arange(len(frame)), -beyond.to_numpy()))
    return frame.iloc[order]


def _typed(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    texts = (*keys, "term", "largest_article", "note")
    whole = ("count", "total", "articles", "searched", "largest_count")
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(whole, "int64") | dict.fromkeys(_MEASURES, "float64")
    return frame.reindex(columns=[*keys, *DISPERSION]).astype(kinds)
