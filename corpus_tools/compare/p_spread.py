"""How p-values are spread over ten boxes from 0 to 1, beside the tenth that each box holds where nothing differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from corpus_tools.schema import P_SPREAD, CorpusError

BOXES = 10


def p_spread(values: Mapping[str, Sequence[float] | pd.Series]) -> pd.DataFrame:
    """Are small p-values more frequent than chance alone would make them?

    Parameters
    ----------
    values : mapping of str to numbers
        The p-values of each way of testing, by its name, such as ``{"by article": result["p"]}``; missing ones are
        left out, because they belong to a row without a test.

    Returns
    -------
    pandas.DataFrame
        Ten rows for each way of testing, in the order given: `test`, `box_from`, `box_to`, `count` (p-values
        in this box; a p on the border belongs to the box above it), `tests` (p-values in all) and
        `share`, missing where there is no test. Where nothing differs and p is honest, each box holds
        about a tenth.

    Raises
    ------
    CorpusError
        When there is no way of testing, or a value is not a number from 0 to 1.

    Examples
    --------
    >>> spread = p_spread({"by article": [0.01, 0.04, 0.55, 0.97]})
    >>> spread.loc[spread["count"] > 0, ["box_from", "count", "share"]].values.tolist()
    [[0.0, 2.0, 0.5], [0.5, 1.0, 0.25], [0.9, 1.0, 0.25]]
    """
    if not isinstance(values, Mapping) or not values:
        raise CorpusError("p_spread needs the p-values of each test by its name, such as {'by article': result['p']}.")
    parts = [_boxes(str(name), _known(str(name), held)) for name, held in values.items()]
    return pd.concat(parts, ignore_index=True)


def _known(name: str, held: Sequence[float] | pd.Series) -> np.ndarray:
    numbers = pd.to_numeric(pd.Series(held), errors="coerce")
    given = pd.Series(held).notna()
    wrong = given & ~numbers.between(0, 1)
    if wrong.any():
        first = pd.Series(held)[wrong].iloc[0]
        raise CorpusError(f"The p-values of {name!r} hold {first!r}; a p-value is a number from 0 to 1.")
    return numbers[given].to_numpy(dtype=float)


def _boxes(name: str, known: np.ndarray) -> pd.DataFrame:
    edges = np.arange(BOXES + 1) / BOXES
    counts = np.histogram(known, edges)[0]
    shares = counts / len(known) if len(known) else np.full(BOXES, np.nan)
    held = (name, edges[:-1], edges[1:], counts, len(known), shares)
    return pd.DataFrame(dict(zip(P_SPREAD, held, strict=True)))
