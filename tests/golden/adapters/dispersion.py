"""Dispersion over parts as articles. Of the wide choice of measures range, DP, DPnorm and Juilland's D are offered."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from corpus_tools.compare.dispersion import dispersion

FREE = ("everything_else",)
OFFERED = frozenset({"range", "range_relative", "DP", "DPnorm_min_s", "juilland_D_rates"})
MEASURES = {"dp": "DP", "dp_norm": "DPnorm_min_s", "juilland_d": "juilland_D_rates"}


def of_word(case: dict) -> pd.DataFrame:
    """The row of the word; a corpus without it has none."""
    counts, sizes = np.asarray(case["input"]["counts"]), np.asarray(case["input"]["part_sizes"])
    part = np.arange(len(counts))
    tokens = pd.concat(
        pd.DataFrame({"article_id": np.repeat(part, times), "term": term})
        for term, times in (("word", counts), ("any other", sizes - counts))
    )
    found = dispersion(tokens, min_count=1)
    return found[found["term"] == "word"]


def offered(case: dict, golden: dict) -> dict:
    word = of_word(case)
    if word.empty:
        return {"range": 0}
    row = word.iloc[0]
    shares = {golden_name: row[name] for name, golden_name in MEASURES.items()}
    return {"range": row["articles"], "range_relative": row["articles"] / row["searched"], **shares}


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool, str]]:
    if not any(case["input"]["counts"]):
        yield "an absent word has no row, so no measure is 0 or 1", of_word(case).empty, ""
