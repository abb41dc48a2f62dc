"""How often do these hits come, per million words? One row per outlet, with the interval over its articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_tools.compare.evidence import in_plain_order, too_few
from corpus_tools.compare.inference import estimate_rate
from corpus_tools.schema import HITS, CorpusError, require_articles, require_columns

WORD_RATES = ("hits", "words", "per_million", "per_million_low", "per_million_high", "articles", "searched", "note")
_MILLION = 1_000_000
_NO_WORD = "no word in this choice"


def word_rates(
    hits: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame, *, confidence: float = 0.95
) -> pd.DataFrame:
    """How often does each outlet write what was looked for?

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_phrase` returns it, whole or filtered to a voice or section.
    tokens : pandas.DataFrame
        The words that were searched, filtered like the hits: they are what the rate is counted on.
    articles : pandas.DataFrame
        The articles that were searched, also those without a hit.
    confidence : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per outlet, sorted by name.

        - `outlet`, `hits`, `words`: whose, how many hits, among how many words
        - `per_million`: hits per million words; missing where there is no word
        - `per_million_low`, `per_million_high`: interval over articles with a word (`inference.rate_intervals`);
          missing with fewer than five
        - `articles`: articles with a hit
        - `searched`: articles of the outlet
        - `note`: why something is missing, else empty

    Raises
    ------
    CorpusError
        When a column is missing, or a hit belongs to none of the articles.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> word_rates(ct.find_phrase(tokens, "strike*"), tokens, articles)["hits"].tolist()
    [13, 3, 28]
    """
    require_articles(articles, ("article_id", "outlet"))
    require_columns(hits, "hits", HITS)
    require_columns(tokens, "tokens", ("article_id",))
    articles = in_plain_order(articles)
    counts, words = (_per_article(frame, articles) for frame in (hits, tokens))
    stray = set(hits["article_id"].astype("str")) - set(articles["article_id"])
    if stray:
        raise CorpusError(f"The hits hold article {min(stray)!r}, which is not among the articles; use those searched.")
    rows = []
    for outlet, places in articles.groupby("outlet", sort=True).indices.items():
        rows.append((outlet, *_rate(counts[places], words[places], confidence)))
    return pd.DataFrame(rows, columns=["outlet", *WORD_RATES])


def _per_article(frame: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    found = frame["article_id"].astype("str").value_counts()
    return found.reindex(articles["article_id"], fill_value=0).to_numpy(dtype=np.float64)


def _rate(counts: np.ndarray, words: np.ndarray, confidence: float) -> tuple[object, ...]:
    some = words > 0
    found, whole = int(counts.sum()), int(words.sum())
    in_articles = (int((counts > 0).sum()), len(counts))
    if not whole:
        return (found, whole, np.nan, np.nan, np.nan, *in_articles, _NO_WORD)
    rate = estimate_rate(counts[some], words[some], confidence=confidence)
    note = too_few([int(some.sum())], "article_id", having="with a word")
    return (found, whole, *(part * _MILLION for part in rate), *in_articles, note)
