"""How often is the lexicon right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Real
from statistics import NormalDist

import numpy as np
import pandas as pd

from corpus_tools.compare.inference import FEWEST_UNITS, wilson
from corpus_tools.prepare.checks import as_checks
from corpus_tools.schema import PRECISION, CorpusError, nearest

_GROUPS = ("slot", "label", "outlet")


def lexicon_precision(
    checks: pd.DataFrame, *, by: str | Sequence[str] = ("slot", "label"), confidence: float = 0.95
) -> pd.DataFrame:
    """Of the lines that a person has read, how many are rightly found?

    Parameters
    ----------
    checks : pandas.DataFrame
        As `read_checks` or `collect_checks` returns it. Marks in words, such as "yes" and "no", are read alike.
    by : str or sequence of str
        "slot", "label" and "outlet", or some of them. A label may be right in one outlet and wrong in another, which
        makes a difference between the two where there is none.
    confidence : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per group, sorted by the group.

        - the columns of ``by``
        - `marked`: lines that a person has marked
        - `right`: those found right
        - `precision`: their share, 0 to 1; missing where none is marked
        - `precision_low`, `precision_high`: Wilson's interval; missing with fewer than five marked lines
        - `note`: why something is missing, and how many drawn lines wait for a mark; else empty

    Raises
    ------
    CorpusError
        When a column is missing, a word is no mark (with its row) or an option is not allowed.

    Notes
    -----
    The units are lines, drawn at random from all hits of a label, not articles: the interval is about the hits of
    these articles, not about other articles. Of a label with 20 hits or fewer all lines are on the sheet; then the
    share is no estimate, and the interval says what other texts of the kind may show. Nothing is said about what the
    lexicon misses.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import lexicon_precision
    >>> marks = pd.DataFrame({"right": [True] * 9 + [False], "slot": "people", "label": "police"})
    >>> checks = marks.assign(article_id="1", start=range(10), outlet="A")
    >>> lexicon_precision(checks)[["marked", "right", "precision"]].to_numpy().tolist()
    [[10.0, 9.0, 0.9]]
    """
    checks = as_checks(checks, "checks")
    keys = _keys(by)
    if not _is_coverage(confidence):
        raise CorpusError(f"The option 'confidence' cannot be {confidence!r}; it lies between 0 and 1, such as 0.95.")
    quantile = NormalDist().inv_cdf(0.5 + confidence / 2)
    rows = []
    for names, own in checks.groupby(keys, sort=True):
        marks = own["right"].dropna().astype(bool)
        rows.append((*names, *_precision(len(marks), int(marks.sum()), len(own) - len(marks), quantile)))
    frame = pd.DataFrame(rows, columns=[*keys, *PRECISION])
    kinds = {"marked": "int64", "right": "int64", "note": "str"} | dict.fromkeys(PRECISION[2:5], "float64")
    return frame.astype(kinds | dict.fromkeys(keys, "str"))


def _keys(by: object) -> list[str]:
    if not isinstance(by, Iterable):
        raise CorpusError(f"The option 'by' cannot be {by!r}; it names 'slot', 'label' and 'outlet', or some of them.")
    keys = [by] if isinstance(by, str) else list(by)
    if not keys:
        raise CorpusError("The option 'by' is empty; it names 'slot', 'label' and 'outlet', or some of them.")
    for key in keys:
        if key not in _GROUPS:
            raise CorpusError(f"The option 'by' cannot be {key!r}; {nearest(key, _GROUPS)}")
        if keys.count(key) > 1:
            raise CorpusError(f"The option 'by' names {key!r} twice; once is enough.")
    return keys


def _is_coverage(value: object) -> bool:
    return isinstance(value, Real) and 0 < float(value) < 1


def _precision(marked: int, right: int, waiting: int, quantile: float) -> tuple[int, int, float, float, float, str]:
    notes = []
    precision, low, high = np.nan, np.nan, np.nan
    if marked:
        precision = right / marked
    if marked >= FEWEST_UNITS:
        low, high = wilson(precision, marked, quantile)
    else:
        notes.append(f"no interval: {marked} line{'' if marked == 1 else 's'} marked, {FEWEST_UNITS} needed")
    if waiting:
        notes.append(f"{waiting} drawn line{'' if waiting == 1 else 's'} not marked yet")
    return marked, right, precision, low, high, "; ".join(notes)
