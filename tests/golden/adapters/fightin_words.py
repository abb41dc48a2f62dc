"""Log-odds with an informative Dirichlet prior, two-term variance: one call of ``keyness`` on the table per prior."""

import numpy as np
import pandas as pd

from corpus_tools import keyness

OFFERED = frozenset({"delta", "z_two_term"})


def counts(table: dict) -> pd.DataFrame:
    """One row per outlet and term that occurs in it, and one with nothing in it for a term that neither uses."""
    frame = pd.DataFrame({name: table[name] for name in ("term", "y_target", "y_reference")})
    unseen = (frame["y_target"] == 0) & (frame["y_reference"] == 0)
    parts = []
    for outlet in ("target", "reference"):
        part = frame[(frame[f"y_{outlet}"] > 0) | unseen]
        parts.append(
            pd.DataFrame(
                {
                    "outlet": outlet,
                    "term": part["term"],
                    "count": part[f"y_{outlet}"],
                    "articles": 1,
                    "total": table[f"n_{outlet}"],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def alpha(prior: str, golden: dict) -> pd.Series:
    """Alpha of every term: as the cases of this prior state it for all, else by the one shape that they follow."""
    table = golden["table"]
    terms = list(table["term"])
    stated = {
        case["input"]["term"]: case["alpha_w"]
        for case in golden["cases"]
        if case.get("prior") == prior and "alpha_w" in case
    }
    if set(terms) <= set(stated):
        return pd.Series(stated, dtype=float)[terms]
    pooled = np.add(table["y_target"], table["y_reference"])
    for shape in (np.ones(len(terms)), table["background"], pooled):
        weights = pd.Series(np.asarray(shape, dtype=float), index=terms)
        anchor = weights[list(stated)].idxmax()
        vector = weights * (stated[anchor] / weights[anchor])
        if np.allclose(vector[list(stated)], list(stated.values()), rtol=1e-9, atol=0):
            return vector
    raise ValueError(f"alpha of prior {prior!r} follows neither a constant nor the background nor the pooled counts")


def prepare(golden: dict) -> dict[str, pd.DataFrame | Exception]:
    results: dict[str, pd.DataFrame | Exception] = {}
    for prior in {case["prior"] for case in golden["cases"] if "prior" in case}:
        try:
            vector = alpha(prior, golden)
            as_option = float(vector.iloc[0]) if vector.eq(vector.iloc[0]).all() else vector
            results[prior] = keyness(counts(golden["table"]), "target", "reference", prior=as_option).set_index("term")
        except Exception as fault:
            results[prior] = fault
    return results


def offered(case: dict, results: dict[str, pd.DataFrame | Exception]) -> dict:
    if "prior" not in case:
        return {}
    result = results[case["prior"]]
    if isinstance(result, Exception):
        raise result
    row = result.loc[case["input"]["term"]]
    return {"delta": row["log_odds"], "z_two_term": row["log_odds_z"]}
