"""Articles by terms, and what of them stands on the two sides of a comparison."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from corpus_tools.compare.coded import coded
from corpus_tools.compare.evidence import article_units, joined_events, too_few, unit_names
from corpus_tools.compare.inference import Parts
from corpus_tools.schema import CorpusError


class Corpus(NamedTuple):
    """All articles, their words, and how often each term occurs in each of them; terms in the order of their names."""

    articles: pd.DataFrame
    words: npt.NDArray[np.float64]
    counts: sparse.csr_array
    terms: list[str]


class Sides(NamedTuple):
    """The two sides of one comparison: which articles are in them, and their parts by terms.

    ``note`` says why there can be no interval, or is empty; ``left_out`` what is not compared.
    """

    target: npt.NDArray[np.int64]
    reference: npt.NDArray[np.int64]
    parts: Parts
    counts: sparse.csc_array
    note: str
    left_out: str


def corpus(tokens: pd.DataFrame, articles: pd.DataFrame) -> Corpus:
    """The articles in the order of their ids, those without a token included."""
    articles = articles.assign(article_id=articles["article_id"].astype("str"))
    articles = articles.sort_values("article_id", ignore_index=True)
    (article, ids), (term, terms) = coded(tokens, "article_id"), coded(tokens, "term")
    row = pd.Index(articles["article_id"]).get_indexer(ids)
    # A filtered frame keeps the names of articles that are no longer in it.
    stray = [ids[place] for place in np.unique(article) if row[place] < 0]
    if stray:
        raise CorpusError(
            f"The tokens hold article {stray[0]!r}, which is not among the articles; use those that were tokenized."
        )
    shape = (len(articles), len(terms))
    counts = sparse.csr_array((np.ones(len(term)), (row[article], term)), shape=shape)
    counts.sum_duplicates()
    return Corpus(articles, np.asarray(counts.sum(axis=1)).ravel(), counts, terms)


def both_sides(
    whole: Corpus, target: str, reference: str | None, unit: str, within: str | None, *, having: str = "with words"
) -> Sides:
    """What the articles of two outlets (or of one and all others) are to a comparison of rates.

    An article without a word that is counted says nothing about rates and has no part. ``having`` is what the note
    calls the units of a side that are too few.
    """
    outlet = whole.articles["outlet"].astype("str")
    in_target = (outlet == target).to_numpy()
    sides = in_target | ((outlet == reference).to_numpy() if reference is not None else True)
    units = article_units(whole.articles, unit, [within] if within else [])
    table = pd.DataFrame(
        {
            "_unit": units["_unit"],
            "_alone": units["_alone"],
            "_weight": units["_weight"],
            "_group": np.where(in_target, 0, 1),
            "_event": unit_names(whole.articles[within]) if within else "",
            "_outlet": outlet,
        }
    )
    told = table[sides & (whole.words > 0)]
    kept = told[told.groupby("_event")["_group"].transform("nunique") == 2] if within else told
    kept = kept.assign(_event=pd.factorize(kept["_event"], sort=True)[0])
    blocks = joined_events(kept) if within and len(kept) else np.zeros(1, dtype=np.int64)
    own, rows, counts, words = _summed(kept, whole)
    unit_codes = pd.factorize(own["_unit"], sort=True)[0]
    event = own["_event"].to_numpy()
    parts = Parts(unit_codes, (own["_group"] == 0).to_numpy(), words, event, blocks[event].astype(np.int64))
    in_group = kept["_group"].to_numpy()
    return Sides(
        rows[in_group == 0],
        rows[in_group == 1],
        parts,
        counts,
        _why_not(own, blocks, unit, within, having),
        _left_out(told, kept) if within else "",
    )


def _summed(kept: pd.DataFrame, whole: Corpus) -> tuple[pd.DataFrame, np.ndarray, sparse.csc_array, np.ndarray]:
    """The parts, the articles they are of, and their sums of counts and of words; copies are averaged.

    A unit on both sides is one part for each of its outlets, any other is one part.
    """
    both = kept.groupby(["_unit", "_event"])["_group"].transform("nunique") == 2
    kept = kept.assign(_cell=kept["_outlet"].where(both, ""))
    keys = ["_unit", "_event", "_group", "_cell"]
    grouped = kept.groupby(keys, sort=True)
    part, rows = grouped.ngroup().to_numpy(), kept.index.to_numpy()
    own = kept.drop_duplicates(keys).sort_values(keys)
    shape = (len(own), len(whole.articles))
    weights = sparse.csr_array((kept["_weight"].to_numpy(), (part, rows)), shape=shape)
    return own, rows, sparse.csc_array(weights @ whole.counts), np.asarray(weights @ whole.words)


def _why_not(own: pd.DataFrame, blocks: np.ndarray, unit: str, within: str | None, having: str) -> str:
    if own["_group"].nunique() < 2:
        return "no event in which both have words" if within else "no words in one of the two"
    if within:
        return too_few([len(set(blocks))], "event", having="with words of both")
    return too_few(
        [own.loc[own["_group"] == side, "_unit"].nunique() for side in (0, 1)],
        unit,
        having=having,
        alone=bool(own["_alone"].any()),
    )


def _left_out(told: pd.DataFrame, kept: pd.DataFrame) -> str:
    number = len(told) - len(kept)
    if not number:
        return ""
    return f"{number} article{'' if number == 1 else 's'} outside the events with articles of both"
