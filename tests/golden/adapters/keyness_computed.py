"""Keyness of one word in two corpora: what ``keyness`` says of it. Word pairs and critical values are not offered."""

import numpy as np
import pandas as pd

from corpus_tools import keyness

OFFERED = frozenset(
    {
        "G2_two_cell",
        "G2_two_cell_full",
        "direction",
        "log_ratio",
        "log_ratio_hardie_0.5_if_zero",
        "pct_diff",
        "per_million",
    }
)
NEEDED = {"target_count", "reference_count", "target_size", "reference_size"}


def counts(given: dict) -> pd.DataFrame:
    """The word, and all other words as a second term; where a corpus lacks the word it has no row for it."""
    rows = []
    for outlet in ("target", "reference"):
        count, total = given[f"{outlet}_count"], given[f"{outlet}_size"]
        rows += [(outlet, "word", count, total), (outlet, "all other words", total - count, total)]
    frame = pd.DataFrame(rows, columns=["outlet", "term", "count", "total"]).assign(articles=1)
    unseen = given["target_count"] == given["reference_count"] == 0
    kept = (frame["count"] > 0) | ((frame["term"] == "word") & unseen)
    return frame.loc[kept, ["outlet", "term", "count", "articles", "total"]].reset_index(drop=True)


def of_word(given: dict, **options: object) -> pd.Series:
    result = keyness(counts(given), "target", "reference", **options)
    return result.set_index("term").loc["word"]


def offered(case: dict, golden: dict) -> dict:
    given = case.get("input") or {}
    if not given.keys() >= NEEDED:
        return {}
    word, plain = of_word(given), of_word(given, zero_count=None)
    return {
        "G2_two_cell": abs(word["g2"]),
        "G2_two_cell_full": abs(word["g2"]),
        "direction": np.sign(word["g2"]),
        "log_ratio": plain["log_ratio"],
        "log_ratio_hardie_0.5_if_zero": word["log_ratio"],
        "pct_diff": word["percent_difference"],
        "per_million": [word["per_million_target"], word["per_million_reference"]],
    }
