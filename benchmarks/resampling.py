"""How long do tests and scores of many terms take, beside peers in the same run?

python benchmarks/resampling.py ARTICLES --articles 12000 --terms 60 --resamples 2000

The peer of the test is scipy.stats.bootstrap with a vectorised statistic, term by term, which is what its interval of
one ratio takes. The peer of keyness is nltk's likelihood ratio of a word in an outlet, word by word, on some words.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from nltk.metrics import BigramAssocMeasures
from scipy import sparse, stats

import corpus_tools as ct
from corpus_tools.compare.inference import Parts, log_ratio_intervals, permutation_p_terms, rates_over_units
from corpus_tools.schema import VOICES, empty

PEER_WORDS = 20_000


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table_of(tokens: pd.DataFrame, terms: int) -> tuple[sparse.csc_array, np.ndarray]:
    """Articles by those terms that are in nearest to a third of them, and the words of the articles."""
    article, _ = pd.factorize(tokens["article_id"])
    term, _ = pd.factorize(tokens["term"])
    counts = sparse.csc_array((np.ones(len(term)), (article, term)))
    counts.sum_duplicates()
    share = np.diff(counts.indptr) / counts.shape[0]
    chosen = np.argsort(np.abs(share - 1 / 3), kind="stable")[:terms]
    return sparse.csc_array(counts[:, chosen]), np.bincount(article).astype(float)


def ours(counts: sparse.csc_array, words: np.ndarray, target: np.ndarray, resamples: int) -> None:
    nothing = np.zeros(len(words), dtype=np.int64)
    parts = Parts(np.arange(len(words)), target, words, nothing, nothing)
    rows = counts.tocsr()
    sides = [rates_over_units(rows[side], words[side]) for side in (target, ~target)]
    log_ratio_intervals(*sides, confidence=0.95)
    permutation_p_terms(counts, parts, resamples=resamples, random_state=0, tests=1)


def bootstrapped(counts: sparse.csc_array, words: np.ndarray, target: np.ndarray, resamples: int) -> None:
    sides = np.flatnonzero(target), np.flatnonzero(~target)
    for column in counts.toarray().T:

        def log_ratio(here: np.ndarray, there: np.ndarray, axis: int, y: np.ndarray = column) -> np.ndarray:
            rates = [y[side].sum(axis=axis) / words[side].sum(axis=axis) for side in (here, there)]
            return np.asarray(np.log2(rates[0] / rates[1]))

        stats.bootstrap(sides, log_ratio, n_resamples=resamples, batch=100, method="percentile", rng=0)


def keyness_by_nltk(counts: pd.DataFrame, target: str) -> int:
    """Scores some words of one outlet; how many."""
    total = counts.groupby("outlet")["total"].first()
    of_term = counts.groupby("term")["count"].sum()
    own = counts[counts["outlet"] == target].head(PEER_WORDS)
    for term, count in zip(own["term"], own["count"], strict=True):
        BigramAssocMeasures.likelihood_ratio(count, (total[target], of_term[term]), total.sum())
    return len(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="most", type=int, default=12_000)
    parser.add_argument("--terms", type=int, default=60)
    parser.add_argument("--resamples", type=int, default=2000)
    chosen = parser.parse_args()
    articles = ct.inspect_source(chosen.articles).articles.head(chosen.most)
    tokens = ct.tokenize(articles, empty(VOICES))
    counts, words = table_of(tokens, chosen.terms)
    target = np.random.default_rng(0).random(len(words)) < 0.5
    own = seconds(lambda: ours(counts, words, target, chosen.resamples))
    peer = seconds(lambda: bootstrapped(counts, words, target, chosen.resamples))
    print(f"{len(words)} articles, {chosen.terms} terms, {chosen.resamples} resamples")
    print(f"tests and intervals {own:.2f} s, scipy.stats.bootstrap {peer:.1f} s: {peer / own:.0f} times")

    by_outlet = ct.count_terms(tokens)
    outlets = by_outlet.groupby("outlet")["count"].sum().nlargest(50).index.to_list()
    own = seconds(lambda: ct.keyness(by_outlet, outlets))
    words_scored = by_outlet["term"].nunique() * len(outlets)
    start = time.perf_counter()
    by_peer = sum(keyness_by_nltk(by_outlet, outlet) for outlet in outlets[:1])
    peer = time.perf_counter() - start
    ratio = (peer / by_peer) / (own / words_scored)
    print(f"keyness of {len(outlets)} outlets {own:.1f} s, {own / len(outlets):.2f} s an outlet")
    print(f"per word and outlet, with all its scores, {ratio:.0f} times as fast as nltk's likelihood ratio")


if __name__ == "__main__":
    main()
