"""Real news of one outlet: what chance gives when it is split at random, and what is found when a word is doubled.

Smaller versions of benchmarks/null.py and benchmarks/power.py, whose figures stand in benchmarks/RESULTS.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

import corpus_tools as ct
from corpus_tools.compare.inference import Parts, permutation_p_terms
from corpus_tools.schema import VOICES, empty

SPLITS = 20


@pytest.fixture(scope="module")
def news(shared: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """120 articles of one outlet and their words."""
    raw = pd.read_csv(shared / "corpora" / "war_coverage.csv")
    own = raw[raw["outlet"] == "BBC"].sample(120, random_state=1).sort_values("article_id", ignore_index=True)
    articles = own[["article_id", "outlet", "text"]].astype("str").assign(date=pd.NaT, title="")
    return articles, ct.tokenize(articles, empty(VOICES))


@pytest.fixture(scope="module")
def splits(news: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """The comparison of two random halves, many times."""
    articles, tokens = news
    results = []
    for split in range(SPLITS):
        halves = np.random.default_rng(split).permutation(np.resize(["one half", "other half"], len(articles)))
        compared = ct.compare_articles(tokens, articles.assign(outlet=halves), "one half", "other half", resamples=999)
        results.append(compared.assign(split=split, held=compared["articles_target"] + compared["articles_reference"]))
    return pd.concat(results, ignore_index=True)


@pytest.mark.parametrize(("least", "most", "bottom"), [(5, 10, 0.01), (11, 30, 0.025), (31, 120, 0.025)])
def test_one_outlet_split_at_random_gives_what_chance_gives(
    splits: pd.DataFrame, least: int, most: int, bottom: float
) -> None:
    """Words of one split hang together, so over 20 splits their share swings; over 400 it is .05 (the benchmark).

    A word in five articles that has as many occurrences in each cannot have p < .05 at all, hence the lower bottom.
    """
    band = splits[splits["held"].between(least, most)]
    assert bottom <= (band["p"] < 0.05).mean() <= 0.075


def test_few_random_splits_give_a_finding(splits: pd.DataFrame) -> None:
    found = splits[splits["p_adjusted"] < 0.05]["split"].nunique()
    assert found <= stats.binom.ppf(0.99, SPLITS, 0.05)


def test_pooled_words_would_give_findings_every_time(splits: pd.DataFrame) -> None:
    """The peer on the same splits: each word of an article counted as evidence of its own."""
    pooled = stats.chi2.sf(splits["g2"].abs(), 1)
    assert (pooled < 0.05).mean() > 2 * (splits["p"] < 0.05).mean()
    by_split = pd.Series(pooled).groupby(splits["split"]).apply(lambda p: stats.false_discovery_control(p).min())
    assert (by_split < 0.05).mean() > 0.9


def test_a_doubled_word_is_found(news: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Fifty articles a side, words in half of them or more, as many further occurrences by length of article."""
    articles, tokens = news
    counts = pd.crosstab(tokens["article_id"].astype("str"), tokens["term"].astype("str")).to_numpy(float)
    found = []
    for draw in range(2):
        rng = np.random.default_rng(draw)
        chosen = counts[rng.permutation(len(articles))[:100]]
        words, share = chosen.sum(axis=1), (chosen > 0).mean(axis=0)
        own, target = chosen[:, share >= 0.5], np.arange(100) < 50
        own[target] += rng.multinomial(own[target].sum(axis=0).astype(int), words[target] / words[target].sum()).T
        nothing = np.zeros(100, dtype=np.int64)
        parts = Parts(np.arange(100), target, words, nothing, nothing)
        tests = permutation_p_terms(sparse.csc_array(own), parts, resamples=999, random_state=draw, tests=1)
        found += (tests.p < 0.05).tolist()
    assert np.mean(found) >= 0.8
