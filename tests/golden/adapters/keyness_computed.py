"""One word in two corpora: what ``keyness`` says of it. Two words in one: the scores of ``collocates``."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from corpus_tools import keyness
from corpus_tools.compare.collocation import log_dice, scores

OFFERED = frozenset(
    {
        "G2_two_cell",
        "G2_two_cell_full",
        "direction",
        "log_ratio",
        "log_ratio_hardie_0.5_if_zero",
        "pct_diff",
        "per_million",
        *("MI", "t_score", "t_score_manning", "logDice", "log_likelihood", "G2_four_cell", "G2_four_cell_full"),
    }
)
NEEDED = {"target_count", "reference_count", "target_size", "reference_size"}
CELLS = (("k_AB", "k_A_notB", "k_notA_B", "k_notA_notB"), ("o11", "o12", "o21", "o22"))


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


def margins(given: dict) -> tuple[int, int, int, int] | None:
    """Both words together, each of them, and all; None for a case that does not state them."""
    if {"o11", "f1", "f2", "N"} <= given.keys():
        return given["o11"], given["f1"], given["f2"], given["N"]
    for names in CELLS:
        if set(names) <= given.keys():
            both, first, second, neither = (given[name] for name in names)
            return both, both + first, both + second, both + first + second + neither
    return None


def of_pair(together: int, first: int, second: int, total: int) -> dict:
    pmi, t, g2 = scores(together, first, second, total)
    return {
        "expected": first * second / total,
        "MI": pmi,
        "t_score": t,
        "t_score_manning": t,
        "logDice": log_dice(together, first, second),
        **dict.fromkeys(("log_likelihood", "G2_four_cell", "G2_four_cell_full"), abs(g2)),
    }


def offered(case: dict, golden: dict) -> dict:
    given = case.get("input") or {}
    if pair := margins(given):
        return of_pair(*pair)
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


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool | None, str]]:
    """What two cases state in words of all the pairs of their set."""
    told = case.get("property", "")
    pairs = [pair for other in golden["cases"] if (pair := margins(other.get("input") or {}))]
    if told.startswith("logDice <= 14"):
        highest = max((log_dice(*pair[:3]) for pair in pairs), default=0)
        yield "at most 14", highest <= 14 and log_dice(7, 7, 7) == 14, f"highest {highest}"
    elif told.startswith("logDice does not change"):
        same = [pair for pair in pairs if scores(*pair) == scores(*pair[:3], 2 * pair[3])]
        yield "the others change with N", not same, f"{same} do not"
