"""MATTR, MTLD (a factor ends at .72 or less, at any length), HD-D as a share and TTR of one text."""

import pandas as pd

from corpus_tools.compare.diversity import lexical_diversity

WINDOWS = (2, 5, 10, 25, 50, 100)
OFFERED = frozenset(
    {"tokens", "TTR", "MTLD_le_min0", "MTLD_lexicalrichness", "HDD_42", *(f"MATTR_{window}" for window in WINDOWS)}
)


def measured(case: dict, window: int) -> pd.DataFrame:
    terms = case["input"]["tokens"]
    tokens = pd.DataFrame({"article_id": "1", "position": range(len(terms)), "term": terms})
    return lexical_diversity(tokens, window=window).set_index("measure")


def offered(case: dict, golden: dict) -> dict:
    tables = {window: measured(case, window) for window in WINDOWS}
    plain = tables[50]
    mtld = plain.loc["MTLD", "value"]
    return {
        "tokens": plain.loc["TTR", "words"],
        "TTR": plain.loc["TTR", "value"],
        "MTLD_le_min0": mtld,
        "MTLD_lexicalrichness": mtld,
        "HDD_42": plain.loc["HD-D", "value"],
        **{f"MATTR_{window}": table.loc["MATTR", "value"] for window, table in tables.items()},
    }
