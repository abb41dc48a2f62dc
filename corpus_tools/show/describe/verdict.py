"""What a comparison allows to be said: one written rule for every row that compares."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from corpus_tools.show.describe.words import points
from corpus_tools.show.markup import missing

SUPPORTED = "supported"
NOT_DISTINGUISHABLE = "not distinguishable here"
TOO_FEW = "too few articles"

VERDICT_METHOD = (
    "A verdict follows a rule that was written before the results: “too few articles” where there is no interval, "
    "because a side has no or fewer than five units with evidence; “supported” where p (adjusted where many terms were "
    "tested) is below .05 and the interval leaves out 0; else “not distinguishable here”, also where p and interval "
    "disagree. “Supported” speaks of a difference of use and of no reason for it."
)
PLANNING_METHOD = (
    "The planning figure is 2.8 times the standard error of the difference (Gelman and Hill 2007, ch. 20): a true "
    "difference of that size would be found in about 80 % of such comparisons at the 5 % level. It tells how much the "
    "articles could show, not what was found."
)
# Said once under findings in which the word stands.
MEANING = "“Supported” is about a difference of use, not about a reason for it."
_LEVEL = 0.05
_TIE = 1e-9
_Row = Mapping[Hashable, Any]


def verdict(row: _Row, effect: str = "difference") -> str:
    """Which of the three verdicts does one row of a comparison get?

    Parameters
    ----------
    row : mapping
        A row of ``framing_contrast``, ``compare_articles``, ``robustness``, ``collocates`` with a target, or another
        frame that compares. Read are ``effect``, its ``…_low`` and ``…_high``, and ``p_adjusted`` or else ``p``.
    effect : str
        The column that is 0 where both sides are alike, such as "difference" or "log_ratio".

    Returns
    -------
    str
        - "too few articles": there is no interval, because a side has no hit, or fewer than five units with one
        - "supported": p is below .05 and the interval leaves out 0. Of `p_adjusted` and `p` the former is read, which
          is adjusted where many terms were tested. Where a row has neither column, the interval alone decides
        - "not distinguishable here": anything else; also where p and interval disagree, and where there is a column
          for p and nothing in it

    Notes
    -----
    The interval is read as it is given, whatever its confidence. It must leave out 0: one that ends at 0 does not.

    "Supported" says that the articles support a difference of use. It never speaks of an intent or a cause, nor of a
    leaning of an outlet. A row that describes one group (a share, a rate, a mean) gets no verdict, and two intervals
    that do not overlap are none.

    Examples
    --------
    >>> row = {"difference": 0.7, "difference_low": 0.4, "difference_high": 0.9, "p": 0.004}
    >>> verdict(row), verdict(row | {"p": 0.06}), verdict(row | {"difference_low": float("nan")})
    ('supported', 'not distinguishable here', 'too few articles')
    """
    value, low, high = (row[column] for column in (effect, f"{effect}_low", f"{effect}_high"))
    if missing(value) or missing(low) or missing(high):
        return TOO_FEW
    column = _p_column(row)
    below = column is None or (not missing(row[column]) and row[column] < _LEVEL)
    return SUPPORTED if below and leaves_out_zero(low, high) else NOT_DISTINGUISHABLE


def leaves_out_zero(low: float, high: float) -> bool:
    """Does this interval lie on one side of 0?

    Examples
    --------
    >>> leaves_out_zero(0.1, 0.4), leaves_out_zero(0.0, 0.4), leaves_out_zero(-0.1, 0.4)
    (True, False, False)
    """
    return bool(low > _TIE or high < -_TIE)


def disagreement(row: _Row, effect: str = "difference") -> str:
    """What must be said where p and the interval of a row do not say the same; else nothing.

    Examples
    --------
    >>> disagreement({"difference_low": -0.1, "difference_high": 0.5, "p": 0.03})
    'The test by itself speaks for a difference, the interval includes 0; where they disagree it stays open.'
    """
    column = _p_column(row)
    if column is None or missing(row[column]) or missing(row[f"{effect}_low"]) or missing(row[f"{effect}_high"]):
        return ""
    below, beside = row[column] < _LEVEL, leaves_out_zero(row[f"{effect}_low"], row[f"{effect}_high"])
    if below == beside:
        return ""
    test = "The test by itself speaks for a difference" if below else "The test does not speak for a difference"
    return f"{test}, the interval {'leaves out' if beside else 'includes'} 0; where they disagree it stays open."


def could_be_found(planning: float) -> str:
    """How great must a true difference of shares be to be found mostly, given its planning figure?

    Examples
    --------
    >>> could_be_found(0.234)
    'With these articles a true difference of about 23 points would mostly be found; smaller ones can be missed.'
    >>> could_be_found(1.2), could_be_found(float("nan"))
    ('With these articles even the greatest difference that there can be could be missed.', '')
    """
    if missing(planning):
        return ""
    if planning > 1:
        return "With these articles even the greatest difference that there can be could be missed."
    size = points(100 * planning).removeprefix("+")
    about = f"about {size} point{'' if size == '1' else 's'}" if planning >= 0.01 else "1 point"
    return f"With these articles a true difference of {about} would mostly be found; smaller ones can be missed."


def judged_alone(rows: int) -> str:
    """What must be said of several comparisons whose p are not adjusted for their number.

    Examples
    --------
    >>> judged_alone(1), judged_alone(6)[:44]
    ('', 'Each of these 6 comparisons is judged alone;')
    """
    if rows < 2:
        return ""
    return (
        f"Each of these {rows:,} comparisons is judged alone; where nothing differs, up to one in twenty comes out as "
        "supported all the same."
    )


def _p_column(row: _Row) -> str | None:
    return next((column for column in ("p_adjusted", "p") if column in row), None)
