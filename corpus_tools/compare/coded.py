"""A column of the tokens as integers, in the order of its names and not in that of the rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.schema import CorpusError

Codes = npt.NDArray[np.int64]


def coded(tokens: pd.DataFrame, column: str) -> tuple[Codes, list[str]]:
    """The code of each row and the names behind the codes, sorted; a missing value is refused."""
    values = tokens[column].astype("category").cat
    codes = values.codes.to_numpy().astype(np.int64)
    if (codes < 0).any():
        raise CorpusError(
            f"Row {int((codes < 0).argmax())} of the tokens (counted from 0) has no {column!r}; drop or fill such rows."
        )
    rank, names = pd.factorize(values.categories.astype("str"), sort=True)
    return rank.astype(np.int64)[codes], [str(name) for name in names]


def grouped(tokens: pd.DataFrame, keys: list[str]) -> tuple[Codes, pd.DataFrame]:
    """The number of each row's group and the names of the groups in their order; without keys all rows are one."""
    if not keys:
        return np.zeros(len(tokens), dtype=np.int64), pd.DataFrame(index=range(1))
    columns = tokens[keys].reset_index(drop=True)
    group = columns.groupby(keys, observed=True, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)
    _, first = np.unique(group, return_index=True)
    names = columns.iloc[first].reset_index(drop=True).astype("str")
    # Categories may stand in another order than their names.
    names = names.sort_values(keys, kind="stable")
    rank = np.empty(len(names), dtype=np.int64)
    rank[names.index] = np.arange(len(names))
    return rank[group], names.reset_index(drop=True)
