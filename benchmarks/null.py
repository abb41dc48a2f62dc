"""One outlet split at random: how many words differ, and how often is there a finding?

python benchmarks/null.py ARTICLES --outlet NAME --splits 400
python benchmarks/null.py ARTICLES --outlet NAME --splits 100 --unit reuse_group

No word differs but by chance, so 5 in 100 may have p < .05, and 5 in 100 splits a finding after correction. Beside
`compare_articles` stand pooled log-likelihood, which counts words, and Mann-Whitney's test of the rates of articles.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import corpus_tools as ct
from corpus_tools.schema import VOICES, empty

BANDS = ((5, 10), (11, 30), (31, 10**6))
METHODS = ("compare_articles", "Mann-Whitney", "pooled G2")
TARGET, REFERENCE = "one half", "other half"


def halves(articles: pd.DataFrame, split: int) -> pd.DataFrame:
    """The articles with their outlet replaced by one of two halves at random."""
    rng = np.random.default_rng(split)
    in_target = rng.permutation(len(articles)) < len(articles) // 2
    return articles.assign(outlet=np.where(in_target, TARGET, REFERENCE))


def rates_of(tokens: pd.DataFrame, articles: pd.DataFrame, terms: pd.Series) -> pd.DataFrame:
    """Rate of each term in each article."""
    counts = pd.crosstab(tokens["article_id"].astype("str"), tokens["term"].astype("str"))
    counts = counts.reindex(articles["article_id"]).fillna(0)
    return counts[terms.to_list()].div(counts.sum(axis=1), axis=0)


def p_values(tokens: pd.DataFrame, articles: pd.DataFrame, rates: pd.DataFrame | None, unit: str) -> pd.DataFrame:
    """One p per term and method, and in how many articles the term is."""
    compared = ct.compare_articles(tokens, articles, TARGET, REFERENCE, unit=unit).set_index("term")
    table = pd.DataFrame({"compare_articles": compared["p"], "compare_articles adjusted": compared["p_adjusted"]})
    table["pooled G2"] = stats.chi2.sf(compared["g2"].abs(), 1)
    if rates is not None:
        inside = (articles["outlet"] == TARGET).to_numpy()
        own = rates[table.index.to_list()].to_numpy()
        table["Mann-Whitney"] = stats.mannwhitneyu(own[inside], own[~inside], axis=0).pvalue
    for peer in set(METHODS[1:]) & set(table.columns):
        table[f"{peer} adjusted"] = stats.false_discovery_control(table[peer])
    return table.assign(articles=compared["articles_target"] + compared["articles_reference"])


def table_of(results: list[pd.DataFrame]) -> pd.DataFrame:
    """For each method the share of words with p < .05 by band, and of splits with a finding, with its p."""
    rows = []
    for method in (m for m in METHODS if m in results[0].columns):
        every = pd.concat(results)
        shares = {
            f"{low}-{high if high < 10**6 else ''}": every.loc[every["articles"].between(low, high), method]
            .lt(0.05)
            .mean()
            for low, high in BANDS
        }
        found = sum(bool((result[f"{method} adjusted"] < 0.05).any()) for result in results)
        above = stats.binomtest(found, len(results), 0.05, alternative="greater").pvalue
        rows.append({"method": method, **shares, "splits with a finding": found, "p above 5 %": above})
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--outlet", required=True)
    parser.add_argument("--splits", type=int, default=400)
    parser.add_argument("--most", type=int, default=200, help="articles taken at random, if there are more")
    parser.add_argument("--unit", default="article_id")
    parser.add_argument("--no-mann-whitney", action="store_true")
    chosen = parser.parse_args()
    articles = ct.inspect_source(chosen.articles).articles
    articles = articles[articles["outlet"] == chosen.outlet]
    articles = articles.sample(min(chosen.most, len(articles)), random_state=0).reset_index(drop=True)
    tokens = ct.tokenize(articles, empty(VOICES))
    if chosen.unit == "reuse_group":
        articles = ct.add_reuse_groups(articles, ct.find_reuse(tokens))
    terms = tokens["term"].astype("str").drop_duplicates()
    rates = None if chosen.no_mann_whitney else rates_of(tokens, articles, terms)
    results = [p_values(tokens, halves(articles, split), rates, chosen.unit) for split in range(chosen.splits)]
    print(f"{len(articles)} articles of {chosen.outlet}, {len(results[0])} words in the first split")
    print(table_of(results).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
