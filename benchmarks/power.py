"""A word's rate doubled in one half of an outlet: how often is it found?

python benchmarks/power.py ARTICLES --outlet NAME --draws 20

In each draw 50 articles a side are taken from one outlet. Then every word in a fifth or more of them is doubled, one at
a time: as many further occurrences as the target has fall into its articles in proportion to their length. Found is
what has p < .05 before correction. Beside `compare_articles` stand Mann-Whitney's test of the rates of articles, which
is about ranks and so about articles, and pooled log-likelihood, which finds 12 to 15 % of words where there is nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse, stats

import corpus_tools as ct
from corpus_tools.compare.inference import Parts, permutation_p_terms, raised_for_length, rates_over_units
from corpus_tools.compare.scores import signed_g2
from corpus_tools.schema import VOICES, empty

SIDE = 50
BANDS = {"in half or more of the articles": (0.5, 1.01), "in 20 to 50 %": (0.2, 0.5)}


def counts_of(tokens: pd.DataFrame) -> np.ndarray:
    """Occurrences of each term in each article."""
    return pd.crosstab(tokens["article_id"].astype("str"), tokens["term"].astype("str")).to_numpy(float)


def doubled(counts: np.ndarray, target: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The counts with as many further occurrences in the target, each term for itself."""
    length = counts[target].sum(axis=1)
    more = counts.copy()
    more[target] += rng.multinomial(counts[target].sum(axis=0).astype(int), length / length.sum()).T
    return more


def found(counts: np.ndarray, words: np.ndarray, target: np.ndarray, seed: int) -> pd.DataFrame:
    """Whether each method has p < .05 for each term."""
    nothing = np.zeros(len(words), dtype=np.int64)
    parts, table = Parts(np.arange(len(words)), target, words, nothing, nothing), sparse.csc_array(counts)
    tests = permutation_p_terms(table, parts, resamples=2000, random_state=seed, tests=1)
    sides = [rates_over_units(counts[side], words[side]) for side in (target, ~target)]
    tests = raised_for_length(tests, parts, sides, np.zeros(len(tests.p)))
    rates = counts / words[:, None]
    g2 = signed_g2(counts[target].sum(0), counts[~target].sum(0), words[target].sum(), words[~target].sum())
    return pd.DataFrame(
        {
            "compare_articles": tests.p < 0.05,
            "Mann-Whitney": stats.mannwhitneyu(rates[target], rates[~target], axis=0).pvalue < 0.05,
            "pooled G2": stats.chi2.sf(np.abs(g2), 1) < 0.05,
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--outlet", required=True)
    parser.add_argument("--draws", type=int, default=20)
    chosen = parser.parse_args()
    articles = ct.inspect_source(chosen.articles).articles
    articles = articles[articles["outlet"] == chosen.outlet]
    results = []
    for draw in range(chosen.draws):
        rng = np.random.default_rng(draw)
        own = articles.sample(2 * SIDE, random_state=draw)
        counts = counts_of(ct.tokenize(own, empty(VOICES)))
        words, share = counts.sum(axis=1), (counts > 0).mean(axis=0)
        counts, share = counts[:, share >= 0.2], share[share >= 0.2]
        target = rng.permutation(2 * SIDE) < SIDE
        results.append(found(doubled(counts, target, rng), words, target, draw).assign(share=share))
    table = pd.concat(results)
    print(f"{chosen.draws} draws of {SIDE} articles a side of {chosen.outlet}")
    for band, (low, high) in BANDS.items():
        own = table[(table["share"] >= low) & (table["share"] < high)]
        figures = own.drop(columns="share").mean().round(3).to_dict()
        print(f"{band} ({len(own) // chosen.draws} words a draw): {figures}")


if __name__ == "__main__":
    main()
