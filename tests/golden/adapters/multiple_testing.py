"""Benjamini and Hochberg's correction; other corrections are not offered."""

import numpy as np

from corpus_tools.compare.inference import adjusted

OFFERED = frozenset({"BH"})


def offered(case: dict, golden: dict) -> dict:
    return {"BH": adjusted(np.array(case["input"]["p"], dtype=float)).tolist()}
