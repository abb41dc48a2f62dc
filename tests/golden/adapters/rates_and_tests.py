"""Rates with their intervals; tests of two groups are not offered."""

from statistics import NormalDist

import pandas as pd

from corpus_tools import keyness
from corpus_tools.compare.inference import wilson

OFFERED = frozenset({"wilson_95", "per_million"})


def offered(case: dict, golden: dict) -> dict:
    given = case.get("input") or {}
    if not {"count", "size"} <= given.keys():
        return {}
    count, size = given["count"], given["size"]
    low, high = wilson(count / size, size, NormalDist().inv_cdf(0.975))
    counts = pd.DataFrame(
        {
            "outlet": ["target", "target", "reference"],
            "term": ["word", "all other words", "word"],
            "count": [count, size - count, 1],
            "articles": 1,
            "total": [size, size, 1],
        }
    )
    word = keyness(counts, "target", "reference").set_index("term").loc["word"]
    return {"wilson_95": [float(low), float(high)], "per_million": word["per_million_target"]}
