"""Jaccard and containment of word shingles; MinHash is not offered, for every pair is compared exactly."""

import math
from collections.abc import Iterator

import pandas as pd

from corpus_tools import add_reuse_groups, find_reuse, find_voices, tokenize

SIZES = (1, 3, 5)
OFFERED = frozenset(f"{measure}_{size}" for measure in ("jaccard", "containment") for size in SIZES)


def offered(case: dict, golden: dict) -> dict:
    values = {}
    for size in SIZES:
        row = _compared(case, size).iloc[0]
        values |= {f"{measure}_{size}": _null_for_nan(row[measure]) for measure in ("jaccard", "containment")}
    return values


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool, str]]:
    expected = case["expected"]["jaccard_3"]
    if expected is not None and expected >= 0.8:
        articles = _articles(case)
        pairs = find_reuse(tokenize(articles, find_voices(articles)), shingle=3)
        groups = add_reuse_groups(articles, pairs)["reuse_group"].tolist()
        yield "grouped where Jaccard of three words is .8 or more", groups == ["a", "a"], str(groups)


def _articles(case: dict) -> pd.DataFrame:
    texts = [case["input"]["a"], case["input"]["b"]]
    return pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": texts})


def _compared(case: dict, size: int) -> pd.DataFrame:
    articles = _articles(case)
    both = pd.DataFrame({"article_id_a": ["a"], "article_id_b": ["b"]})
    return find_reuse(tokenize(articles, find_voices(articles)), shingle=size, pairs=both)


def _null_for_nan(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
