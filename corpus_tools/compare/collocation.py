"""In whose company does a word appear, and does it keep other company in another outlet?"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from corpus_tools.compare.evidence import article_units, check_options, check_outlets, too_few
from corpus_tools.compare.inference import ShareEstimate, difference_interval, estimate_share
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


class _Sides(NamedTuple):
    """The evidence of the target and of the reference.

    ``article`` is the number of the article of each occurrence. Of each side ``weights`` make sums over units of sums
    over articles, ``places`` are its units among those of both sides, ``sizes`` what they hold of the node.
    """

    article: np.ndarray
    in_target: np.ndarray
    weights: tuple[csr_array, csr_array]
    places: tuple[np.ndarray, np.ndarray]
    units: int
    sizes: tuple[np.ndarray, np.ndarray]
    no_interval: str


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
        With a target: what counts as one piece of evidence for the interval. By "reuse_group" the articles of one group
        in one outlet also enter the shares as one: their occurrences are averaged. An article without a group or an
        event is a unit of its own.
    min_count : int
        Words with fewer co-occurrences (`observed`) are left out of the result.
    confidence : float
        Coverage of the interval, between 0 and 1.

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

    A share is one of occurrences of the node, with the intervals of `framing_contrast`. Each interval is for one word;
    there is no p, because nobody asked about that word beforehand. With ``confidence=1 - 0.05 / len(frame)`` the
    intervals of all words hold together (O. J. Dunn 1961, Journal of the American Statistical Association 56, 52-64).
    Measured on 100 to 300 articles of one outlet split at random into two sides, 200 times for each of four nodes in
    four outlets, with 87 to 1,325 words: the 95 % interval left out 0 for .003 to .013 of the words, for .01 to .04 of
    those near the node in ten articles or more, and in .60 to .99 of the splits for at least one word; with the wider
    intervals in none. So a single word out of many is no finding. An article printed by several outlets is counted in
    each, unless ``unit="reuse_group"`` ties its printings.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> collocates(tokens, "bus", window=(0, 1))["term"].tolist()[:1]
    ['disruption']
    """
    _check(tokens, target, reference, min_count)
    articles = _articles_of(tokens, articles, unit, confidence)
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
        frame = pd.concat([frame, _contrast(found, kept, _sides_of(found, articles, target, unit), confidence)], axis=1)
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


def _check(tokens: pd.DataFrame, target: str | None, reference: str | None, min_count: int) -> None:
    require_columns(tokens, "tokens", TOKENS[:-1])
    if min_count < 1:
        raise CorpusError(f"The option 'min_count' cannot be {min_count!r}; it is a number of words, 1 or more.")
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


def _articles_of(tokens: pd.DataFrame, articles: pd.DataFrame | None, unit: str, confidence: float) -> pd.DataFrame:
    """The articles that say which unit each belongs to; those of the tokens themselves where none are handed over."""
    of_tokens = tokens[["article_id", "outlet"]].drop_duplicates("article_id").astype("str")
    if articles is None and unit in ("reuse_group", "event"):
        raise CorpusError(f"Tokens have no column {unit!r}; hand over the articles that have it as well, articles=….")
    articles = of_tokens if articles is None else articles
    check_options(articles, unit, confidence)
    stray = of_tokens[~of_tokens["article_id"].isin(articles["article_id"].astype("str"))]
    if len(stray):
        name = stray["article_id"].min()
        raise CorpusError(f"The tokens hold article {name!r}, which is not among the articles; use those tokenized.")
    return articles


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


def _sides_of(found: _Found, articles: pd.DataFrame, target: str, unit: str) -> _Sides:
    """Which occurrences are whose, and what they count for in which unit; units in the order of their names."""
    units = article_units(articles, unit).set_index("article_id").sort_index()
    article = units.index.get_indexer(found.words.tokens["article_id"].iloc[found.first].astype("str"))
    place = pd.factorize(units["_unit"], sort=True)[0]
    in_target = (found.hits["outlet"].astype("str") == target).to_numpy(dtype=bool)
    weights, places, sizes = [], [], []
    for own in (in_target, ~in_target):
        times = np.bincount(article[own], minlength=len(units))
        holding = np.flatnonzero(times)
        with_node = np.unique(place[holding])
        cells = (np.searchsorted(with_node, place[holding]), holding)
        shape = (len(with_node), len(units))
        weights.append(csr_array((units["_weight"].to_numpy()[holding], cells), shape=shape))
        places.append(with_node)
        sizes.append(weights[-1] @ times)
    alone = bool(units["_alone"].to_numpy()[article].any())
    few = too_few([len(own) for own in places], unit, alone=alone)
    together = np.union1d(*places)
    return _Sides(
        article=article,
        in_target=in_target,
        weights=(weights[0], weights[1]),
        places=(np.searchsorted(together, places[0]), np.searchsorted(together, places[1])),
        units=len(together),
        sizes=(sizes[0], sizes[1]),
        no_interval=few,
    )


def _contrast(found: _Found, kept: np.ndarray, of: _Sides, confidence: float) -> pd.DataFrame:
    """For each term that is kept, the share of the node's occurrences that have it near, in the two."""
    node, code = _pairs(found.near.node, found.words.codes[found.near.row])
    is_kept = np.isin(code, kept)
    node, term = node[is_kept], np.searchsorted(kept, code[is_kept])
    table: dict[str, object] = {}
    counts = []
    for side, own, weights in zip(("target", "reference"), (of.in_target, ~of.in_target), of.weights, strict=True):
        near, article = own[node], of.article[own]
        cells = (of.article[node[near]], term[near])
        times = csr_array((np.ones(len(cells[0])), cells), shape=(weights.shape[1], len(kept)))
        counts.append(csc_array(weights @ times))
        table[f"near_{side}"] = np.bincount(term[near], minlength=len(kept))
        table |= {f"nodes_{side}": len(article), f"articles_{side}": len(np.unique(article))}
    rows = [_difference([_column(own, place) for own in counts], of, confidence) for place in range(len(kept))]
    numbers = ("share_target", "share_reference", "difference", "difference_low", "difference_high")
    kinds = {**dict.fromkeys(numbers, "float64"), "note": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds).assign(**table)


def _column(counts: csc_array, place: int) -> np.ndarray:
    found, own = np.zeros(counts.shape[0]), slice(counts.indptr[place], counts.indptr[place + 1])
    found[counts.indices[own]] = counts.data[own]
    return found


def _difference(
    counts: Sequence[np.ndarray], of: _Sides, confidence: float
) -> tuple[float, float, float, float, float, str]:
    estimates = [_share(own, sizes, confidence) for own, sizes in zip(counts, of.sizes, strict=True)]
    shares = [side.share if side else np.nan for side in estimates]
    found = (shares[0], shares[1], shares[0] - shares[1])
    if estimates[0] is None or estimates[1] is None:
        return *found, np.nan, np.nan, _NO_NODE
    if of.no_interval:
        return *found, np.nan, np.nan, of.no_interval
    target, reference = estimates[0].on(of.places[0], of.units), estimates[1].on(of.places[1], of.units)
    hits = min(float(sizes.sum()) for sizes in of.sizes)
    return *found, *difference_interval(target, reference, hits=hits), ""


def _share(counts: np.ndarray, sizes: np.ndarray, confidence: float) -> ShareEstimate | None:
    return estimate_share(counts, sizes, estimand="pooled", confidence=confidence) if len(sizes) else None
