"""How much more frequent is a word in one group than in another? Formulas on counts a, b of totals c, d."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def log_ratio(a: Values, b: Values, c: float, d: float, zero: float | None) -> Values:
    """Binary logarithm of the ratio of rates, with ``zero`` put for a count of 0; missing where both are 0.

    A. Hardie (2014), Log Ratio: an informal introduction.
    """
    unseen = (a == 0) & (b == 0)
    if zero is not None:
        a, b = np.where(a == 0, zero, a), np.where(b == 0, zero, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(unseen, np.nan, np.log2(a / c) - np.log2(b / d))


def signed_g2(a: Values, b: Values, c: float, d: float) -> Values:
    """Log-likelihood over two cells, positive where the first rate is higher.

    P. Rayson & R. Garside (2000), Comparing corpora using frequency profiling, p. 3.
    """
    expected = c * (a + b) / (c + d), d * (a + b) / (c + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (
            np.where(o > 0, o * np.log(np.where(o > 0, o, 1) / e), 0.0) for o, e in zip((a, b), expected, strict=True)
        )
        g2 = np.maximum(2 * sum(parts), 0.0)
    return np.where(a + b > 0, np.sign(a * d - b * c) * g2, np.nan)


def log_odds(a: Values, b: Values, c: float, d: float, prior: tuple[Values, float]) -> Values:
    """Difference of log-odds with prior counts (of each word, and their sum); missing where one of them is infinite.

    B. Monroe, M. Colaresi & K. Quinn (2008), Fightin' Words, Political Analysis 16, equation 15 to 18.
    """
    alpha, alpha_sum = prior
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.log((a + alpha) / (c + alpha_sum - a - alpha))
        second = np.log((b + alpha) / (d + alpha_sum - b - alpha))
        delta = first - second
    return np.where(np.isfinite(delta), delta, np.nan)


def zero_notes(a: Values, b: Values, zero: float | None) -> list[str]:
    """What was put for a count of 0, or that a word is in neither group; else empty."""
    put = "taken as 0 in the log ratio" if zero is None else f"taken as {zero:g} in the log ratio"
    absent = np.select(
        [(a == 0) & (b == 0), a == 0, b == 0],
        ["in neither group", f"not in the target: {put}", f"not in the reference: {put}"],
        "",
    )
    return [str(note) for note in absent]
