"""In whose company does a word appear, and does it keep other company in another outlet?"""

from __future__ import annotations

from math import log1p
from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from corpus_tools.compare.evidence import check_options, check_outlets
from corpus_tools.compare.inference import (
    ShareEstimate,
    adjusted,
    by_unit,
    difference_interval,
    estimate_share,
    permutation_p_terms,
)
from corpus_tools.compare.parts import Corpus, Sides, both_sides
from corpus_tools.prepare.company import Company, company, hit_rows, own_words, sides
from corpus_tools.prepare.lexicon import find_phrase
from corpus_tools.prepare.patterns import TokenIndex
from corpus_tools.prepare.words import fold
from corpus_tools.schema import (
    ALL_OTHERS,
    COLLOCATE_CONTRAST,
    COLLOCATES,
    HITS,
    TOKENS,
    CorpusError,
    require_columns,
)

_NO_NODE = "no occurrence of the node in one of the two"
_TEXT = ("node", "term", "target", "reference", "note")


class _Found(NamedTuple):
    """The occurrences of a node, by their rows among the tokens, and the words near them."""

    words: TokenIndex
    hits: pd.DataFrame
    first: np.ndarray
    length: np.ndarray
    near: Company


class _Options(NamedTuple):
    """What is asked of a difference."""

    unit: str
    confidence: float
    resamples: int
    random_state: int


def collocates(
    tokens: pd.DataFrame,
    node: str | pd.DataFrame,
    *,
    window: int | tuple[int, int] = 5,
    target: str | None = None,
    reference: str | None = None,
    articles: pd.DataFrame | None = None,
    unit: str = "article_id",
    min_count: int = 3,
    confidence: float = 0.95,
    resamples: int = 2000,
    random_state: int = 0,
) -> pd.DataFrame:
    """In whose company does a word appear, and does it keep other company in another outlet?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered. Distances are those of the text: words that were filtered out
        still keep others apart.
    node : str or pandas.DataFrame
        The word looked at, in the syntax of lexicons (``cease fire|ceasefire``); or hits found in these tokens, such
        as those of one slot. A word that is a hit in two slots is one occurrence, and a hit inside a longer one is part
        of it.
    window : int or tuple of int
        How many words on each side are its company, or how many to the left and to the right. The company ends with
        the sentence.
    target, reference : str, optional
        Names of outlets to be compared; then only these two enter. ``reference=None`` means all other outlets together;
        without a target nothing is compared.
    articles : pandas.DataFrame, optional
        The articles of these tokens; needed for another ``unit`` than the article.
    unit : {"article_id", "reuse_group", "event"}
        With a target: what counts as one piece of evidence for interval and test. By "reuse_group" the articles of one
        group in one outlet also enter the shares as one: their occurrences are averaged. An article without a group or
        an event is a unit of its own.
    min_count : int
        Words with fewer co-occurrences (`observed`) are left out of the result.
    confidence : float
        Coverage of the interval, between 0 and 1.
    resamples : int
        With a target: number of arrangements of the outlets for the test; rare results are tried on more.
    random_state : int
        Seed of the arrangements.

    Returns
    -------
    pandas.DataFrame
        One row per word near the node, the one most typical of it (highest `log_dice`) first; with a target, the
        greatest `difference` first.

        - `node`, `window_left`, `window_right`: what was looked at
        - `term`: the word near it
        - `left`, `right`: how often it stands before and behind the node; a word near two occurrences counts once, for
          the nearer one
        - `observed`: both together
        - `expected`: how often it would, if words stood anywhere
        - `near`: occurrences of the node with the word in their company
        - `nodes`: all occurrences of the node
        - `count`: all occurrences of the word outside the node; words of the node are never its company
        - `articles`: articles in which it stands near the node
        - `node_articles`: articles with the node
        - `log_dice`: 14 where the two are never without each other, one less for each halving; does not depend on how
          many words there are in all
        - `pmi`: binary logarithm of `observed` / `expected`; high for rare words
        - `t`: observed minus expected, over the root of observed; high for frequent words
        - `g2`: log-likelihood over four cells, negative where the word is rarer than expected. Like the other scores a
          description of pooled words, not a test: words of one article are not independent

        With a target these columns speak of both sides together, and there are also

        - `target`, `reference`: what is compared
        - `near_target`, `near_reference`: occurrences of the node with the word in their company
        - `nodes_target`, `nodes_reference`: all occurrences of the node
        - `share_target`, `share_reference`: the former by the latter, 0 to 1; by "reuse_group" of averaged copies
        - `difference`: target minus reference; positive means that the word is more often near the node in the target
        - `difference_low`, `difference_high`: its interval over units; missing with fewer than five units with the node
          on a side
        - `p`: two-sided, from arrangements of the outlets over units; missing where the interval is
        - `p_adjusted`: corrected for all words of this result (Benjamini and Hochberg)
        - `p_smallest`: p of the most extreme arrangement; a word near the node in few units cannot have a small p at
          all
        - `articles_target`, `articles_reference`: articles with the node; they are the evidence
        - `note`: why something is missing, else empty

    Raises
    ------
    CorpusError
        When a column is missing, an option is not allowed, there is no such outlet, or a hit is not among the tokens.

    Notes
    -----
    The four cells are those of S. Evert 2008, Corpora and collocations, for words within a span: all words that are not
    part of the node (N), those inside a window (W, each once, though it may be near two occurrences), those that are
    the term (F), and both (O). So ``expected`` is W·F/N: the window is in it with the words that it really holds, and
    `pmi` is lower than where a window of several words is left out of account. pmi = log₂(O·N/(W·F)), t =
    (O - W·F/N)/√O, G² (T. Dunning 1993, Computational Linguistics 19) and Dice's coefficient are as in nltk.
    log-Dice = 14 + log₂(2f/(`nodes` + `count`)) (P. Rychlý 2008, A lexicographer-friendly association score), with f
    the smaller of `observed` and `near`, so that a word that stands twice near one occurrence does not take it over 14.

    A share is one of occurrences of the node, with the intervals of `framing_contrast`, each for one word. The test is
    that of `compare_articles`, with occurrences of the node in place of words: outlets are permuted over units, the
    statistic is the difference over its standard error (A. Janssen 1997;
    `corpus_tools.compare.inference.permutation_p_terms`), and p is corrected for all words (Y. Benjamini and Y.
    Hochberg 1995). Words below ``min_count`` are not tested; the count is that of both sides together and so favours
    neither.

    Measured on 100 to 300 articles of one outlet split at random into two equal sides, 200 times for each of five pairs
    of a node and an outlet, with 87 to 1,325 words: p was below .05 for .048 to .050 of the words; near the node in up
    to four articles for .045 to .050, in five to nine for .050 to .053, in 10 to 29 for .049 to .054, in 30 or more for
    .048 to .052. With a fifth of the articles on one side it was .043 to .048. Any `p_adjusted` was below .05 in .02 to
    .05 of the splits, with an interval that leaves out 0 as well in .00 to .02. The interval alone left out 0 for at
    least one word in .60 to 1.00 of them: a word that was picked for its interval is no finding. An article printed by
    several outlets is counted in each, unless ``unit="reuse_group"`` ties its printings.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> collocates(tokens, "bus", window=(0, 1))["term"].tolist()[:1]
    ['disruption']
    """
    options = _Options(unit, confidence, resamples, random_state)
    _check(tokens, target, reference, {"min_count": min_count, "resamples": resamples})
    articles = _articles_of(tokens, articles, options)
    if not isinstance(node, str):
        require_columns(node, "hits", HITS)
    if target is not None and reference is not None:
        tokens = _of_outlets(tokens, (target, reference))
        node = node if isinstance(node, str) else _of_outlets(node, (target, reference))
    found = _find(tokens, node, window)
    kept, table = _association(found, min_count)
    left, right = sides(window)
    frame = table.assign(node=_name(node), window_left=left, window_right=right)
    columns: tuple[str, ...] = COLLOCATES
    order = ["log_dice", "observed"]
    if target is not None:
        whole = _by_article(found, kept, articles)
        compared = both_sides(whole, target, reference, unit, None, having="with a hit")
        frame = pd.concat([frame, _contrast(whole, compared, options)], axis=1)
        frame = frame.assign(target=target, reference=ALL_OTHERS if reference is None else reference)
        columns, order = COLLOCATE_CONTRAST, ["difference", *order]
    frame = frame.astype({column: "str" for column in _TEXT if column in columns})
    ascending = [False] * len(order) + [True]
    return frame.sort_values([*order, "term"], ascending=ascending, kind="stable", ignore_index=True)[list(columns)]


def collocate_hits(
    tokens: pd.DataFrame, node: str | pd.DataFrame, term: str, *, window: int | tuple[int, int] = 5
) -> pd.DataFrame:
    """Where does the node stand in the company of this word?

    Parameters
    ----------
    tokens, node, window
        As for `collocates`.
    term : str
        A word as `collocates` writes it, in any case.

    Returns
    -------
    pandas.DataFrame
        The occurrences of the node that have the word in their company, as many as `collocates` counts under ``near``;
        for `kwic`. The columns are those of `find_phrase`: `article_id`, `outlet`, `slot`, `label`, `surface`, `start`,
        `end`, `sentence`, `section`, `voice`, `checked`.

    Raises
    ------
    CorpusError
        As for `collocates`.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> collocate_hits(tokens, "bus", "disruption", window=(0, 1))["surface"].unique().tolist()
    ['bus']
    """
    require_columns(tokens, "tokens", TOKENS[:-1])
    found = _find(tokens, node, window)
    word, names = fold(str(term)), found.words.vocabulary
    codes = [code for code, name in enumerate(names) if name == word]
    chosen = np.unique(found.near.node[np.isin(found.words.codes[found.near.row], codes)])
    return found.hits.iloc[chosen].reset_index(drop=True)


def log_dice(together: int, node: int, count: int) -> float:
    """14 + log₂ of Dice's coefficient (P. Rychlý 2008)."""
    return 14 + float(np.log2(_measures().dice(together, (node, count), None)))


def scores(observed: int, inside: int, count: int, total: int) -> tuple[float, float, float]:
    """Pointwise mutual information, t and signed G² of four cells, given their margins."""
    measures, margins = _measures(), (observed, (inside, count), total)
    return float(measures.pmi(*margins)), float(measures.student_t(*margins)), _g2(observed, inside, count, total)


def _g2(observed: int, inside: int, count: int, total: int) -> float:
    """2·Σ o·ln(o/e), from the small o/e - 1: the logarithms of nltk's sum lose digits in a large corpus."""
    outside, others = total - inside, total - count
    excess = (observed * total - inside * count) / total
    cells = (
        (observed, inside, count, excess),
        (inside - observed, inside, others, -excess),
        (count - observed, outside, count, -excess),
        (others - inside + observed, outside, others, excess),
    )
    parts = sum(cell * log1p(above * total / (row * column)) for cell, row, column, above in cells if cell)
    return float(np.copysign(max(2 * parts, 0.0), excess))


def _measures() -> Any:
    # The whole of nltk comes with it, which takes a second that nobody else should wait for.
    from nltk.metrics.association import BigramAssocMeasures

    return BigramAssocMeasures


def _check(tokens: pd.DataFrame, target: str | None, reference: str | None, numbers: dict[str, int]) -> None:
    require_columns(tokens, "tokens", TOKENS[:-1])
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
            raise CorpusError(f"The option {name!r} cannot be {value!r}; it is a whole number, 1 or more.")
    if target is not None:
        outlets = pd.Series(tokens["outlet"].unique()).astype("str")
        check_outlets(pd.DataFrame({"outlet": outlets}), target, reference)
    elif reference is not None:
        raise CorpusError(f"The reference {reference!r} has no target; name the outlet that is compared with it.")


def _of_outlets(frame: pd.DataFrame, outlets: tuple[str, str]) -> pd.DataFrame:
    return frame[frame["outlet"].astype("str").isin(outlets)]


def _name(node: str | pd.DataFrame) -> str:
    return node if isinstance(node, str) else "|".join(sorted(node["label"].astype("str").unique()))


def _find(tokens: pd.DataFrame, node: str | pd.DataFrame, window: int | tuple[int, int]) -> _Found:
    sides(window)
    hits = find_phrase(tokens, node) if isinstance(node, str) else node
    require_columns(hits, "hits", HITS)
    hits = _outermost(hits.reset_index(drop=True)[list(HITS)])
    index = TokenIndex(tokens)
    first, length = hit_rows(index, hits)
    return _Found(index, hits, first, length, company(index, first, length, window))


def _articles_of(tokens: pd.DataFrame, articles: pd.DataFrame | None, options: _Options) -> pd.DataFrame:
    """The articles of the tokens by their ids, with the outlets of the tokens and the unit each belongs to."""
    of_tokens = tokens[["article_id", "outlet"]].drop_duplicates("article_id").astype("str")
    of_tokens = of_tokens.reset_index(drop=True).sort_values("article_id", ignore_index=True)
    unit = options.unit
    if articles is None and unit in ("reuse_group", "event"):
        raise CorpusError(f"Tokens have no column {unit!r}; hand over the articles that have it as well, articles=….")
    articles = of_tokens if articles is None else articles
    check_options(articles, unit, options.confidence)
    articles = articles.reset_index(drop=True).assign(article_id=lambda frame: frame["article_id"].astype("str"))
    stray = of_tokens[~of_tokens["article_id"].isin(articles["article_id"])]
    if len(stray):
        name = stray["article_id"].min()
        raise CorpusError(f"The tokens hold article {name!r}, which is not among the articles; use those tokenized.")
    return of_tokens.merge(articles[list(dict.fromkeys(["article_id", unit]))], on="article_id", how="left")


def _outermost(hits: pd.DataFrame) -> pd.DataFrame:
    """Of hits in one place the first by slot and label, and none that lies inside another."""
    order = ["article_id", "start", "end", "slot", "label"]
    ordered = hits.sort_values(order, ascending=[True, True, False, True, True], kind="stable")
    reached = ordered.groupby("article_id", observed=True)["end"].cummax()
    before = reached.groupby(ordered["article_id"], observed=True).shift()
    return hits[~(ordered["end"] <= before).sort_index()].reset_index(drop=True)


def _pairs(number: np.ndarray, code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different pairs, in the order of the codes."""
    packed = np.unique(code.astype(np.int64) << 32 | number)
    return packed & 0xFFFFFFFF, packed >> 32


def _association(found: _Found, min_count: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Codes of the terms that are kept, and what is said of each."""
    index, near = found.words, found.near
    own = own_words(index, found.first, found.length)
    once = near.once()

    def times(codes: np.ndarray) -> np.ndarray:
        return np.bincount(codes, minlength=len(index.vocabulary))

    counted = {
        "left": times(index.codes[once.row[once.distance < 0]]),
        "right": times(index.codes[once.row[once.distance > 0]]),
        "near": times(_pairs(near.node, index.codes[near.row])[1]),
        "count": times(index.codes[~own]),
        "articles": times(_pairs(index.article[near.row], index.codes[near.row])[1]),
    }
    counted["observed"] = counted["left"] + counted["right"]
    kept = np.flatnonzero(counted["observed"] >= min_count)
    table = pd.DataFrame({name: values[kept] for name, values in counted.items()}).assign(
        term=np.array(index.vocabulary, dtype=object)[kept],
        nodes=len(found.first),
        node_articles=len(np.unique(index.article[found.first])),
    )
    inside, total = len(once.row), int((~own).sum())
    rows = list(zip(*(table[c].tolist() for c in ("observed", "near", "nodes", "count")), strict=True))
    scored = [
        (inside * count / total, log_dice(min(observed, at), nodes, count), *scores(observed, inside, count, total))
        for observed, at, nodes, count in rows
    ]
    return kept, table.join(pd.DataFrame(scored, columns=["expected", "log_dice", "pmi", "t", "g2"], dtype=float))


def _by_article(found: _Found, kept: np.ndarray, articles: pd.DataFrame) -> Corpus:
    """Articles by terms as a comparison of rates reads them: a "word" is an occurrence of the node."""
    place = pd.Index(articles["article_id"])
    article = place.get_indexer(found.words.tokens["article_id"].iloc[found.first].astype("str"))
    node, code = _pairs(found.near.node, found.words.codes[found.near.row])
    is_kept = np.isin(code, kept)
    cells = (article[node[is_kept]], np.searchsorted(kept, code[is_kept]))
    near = csr_array((np.ones(len(cells[0])), cells), shape=(len(articles), len(kept)))
    near.sum_duplicates()
    nodes = np.bincount(article, minlength=len(articles)).astype(float)
    return Corpus(articles, nodes, near, [found.words.vocabulary[term] for term in kept])


def _contrast(whole: Corpus, sides: Sides, options: _Options) -> pd.DataFrame:
    """For each term the share of the node's occurrences that have it near, in the two."""
    frame = _differences(sides, options.confidence)
    frame["p"] = frame["p_smallest"] = np.nan
    if len(frame) and not sides.note:
        frame["p"], frame["p_smallest"] = permutation_p_terms(
            sides.counts, sides.parts, resamples=options.resamples, random_state=options.random_state
        )
    frame["p_adjusted"] = adjusted(frame["p"].to_numpy())
    for side, rows in (("target", sides.target), ("reference", sides.reference)):
        frame[f"near_{side}"] = np.asarray(whole.counts[rows].sum(axis=0)).ravel().astype(np.int64)
        frame[f"nodes_{side}"], frame[f"articles_{side}"] = int(whole.words[rows].sum()), len(rows)
    both = len(sides.target) and len(sides.reference)
    return frame.assign(note=sides.note if both else _NO_NODE)


def _differences(sides: Sides, confidence: float) -> pd.DataFrame:
    """The shares of each term, their difference and its interval."""
    tables = [by_unit(sides.counts, sides.parts, target=side) for side in (True, False)]
    sizes, places = [words for _, words, _ in tables], [units for _, _, units in tables]
    columns = [csc_array(counts) for counts, _, _ in tables]
    units, hits = int(sides.parts.unit.max(initial=-1)) + 1, min(float(words.sum()) for words in sizes)
    rows = []
    for term in range(sides.counts.shape[1]):
        estimates = [_share(_column(own, term), words, confidence) for own, words in zip(columns, sizes, strict=True)]
        ends = (np.nan, np.nan)
        if not sides.note and estimates[0] and estimates[1]:
            on_all = [own.on(place, units) for own, place in zip(estimates, places, strict=True) if own]
            ends = difference_interval(on_all[0], on_all[1], hits=hits)
        shares = [own.share if own else np.nan for own in estimates]
        rows.append((*shares, shares[0] - shares[1], *ends))
    names = ["share_target", "share_reference", "difference", "difference_low", "difference_high"]
    return pd.DataFrame(rows, columns=names, dtype="float64")


def _column(counts: csc_array, place: int) -> np.ndarray:
    found, own = np.zeros(counts.shape[0]), slice(counts.indptr[place], counts.indptr[place + 1])
    found[counts.indices[own]] = counts.data[own]
    return found


def _share(counts: np.ndarray, sizes: np.ndarray, confidence: float) -> ShareEstimate | None:
    return estimate_share(counts, sizes, estimand="pooled", confidence=confidence) if len(sizes) else None
