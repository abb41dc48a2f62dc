"""The words that set two groups of articles apart, as a description."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import KEYNESS, CorpusError, require_columns
from corpus_tools.show.charts.comparison import ratio_tick
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.words import DESCRIPTIVE, reason

_MOST_TICKS = 7


def plot_keyness(keyness: pd.DataFrame, *, n: int = 10, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Which words does one outlet use more than another, and which less?

    Parameters
    ----------
    keyness : pandas.DataFrame
        What ``keyness`` returned, or some of its rows; one target and one reference.
    n : int
        How many words for either side, at least 1.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        The ``n`` words with the greatest ``log_odds_z`` and the ``n`` with the smallest, each as a dot at its
        ``log_ratio``; the scale is written as "4×" and "¼": four times and a quarter as often, for the same number of
        words. Occurrences and articles stand at the right end, target first. There is no interval, because the score
        counts words and not articles: a description, not a test.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, ``n`` is below 1, or there are several pairs of outlets.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["strike", "A", "B", 31, 4, 9000, 9500, 3444, 421, 9, 3, 3.0, 718, 25.1, 2.1, 4.4, None]
    >>> ax = plot_keyness(pd.DataFrame([row], columns=list(KEYNESS)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Which words does A use more than B, and which less?', None)
    """
    require_columns(keyness, "keyness", KEYNESS)
    if n < 1:
        raise CorpusError(f"The option 'n' cannot be {n!r}; it is a number of words, at least 1.")
    target, reference = _pair(keyness)
    shown = _extremes(keyness, n)
    plan = Plan(
        title=f"Which words does {target} use more than {reference}, and which less?",
        subtitle=f"How many times as often, for the same number of words; {DESCRIPTIVE}",
        sections=tuple(
            Section(f"More in {name}", tuple(_row(row) for row in part.to_dict("records")))
            for name, part in zip((target, reference), shown, strict=True)
            if not part.empty
        ),
        scale=_scale(pd.concat(shown)),
        footnotes=tuple(
            words(note, longest=400)
            for note in (*_notes(shown, target, reference), *footnote.splitlines())
            if note.strip()
        ),
    )
    return draw(plan, ax)


def _pair(keyness: pd.DataFrame) -> tuple[str, str]:
    pairs = keyness[["target", "reference"]].drop_duplicates()
    if pairs.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if len(pairs) > 1:
        named = "; ".join(f"{target!r} and {reference!r}" for target, reference in pairs.itertuples(index=False))
        raise CorpusError(f"The frame sets {len(pairs)} pairs against each other; keep the rows of one: {named}.")
    return words(pairs["target"].iloc[0], longest=80), words(pairs["reference"].iloc[0], longest=80)


def _extremes(keyness: pd.DataFrame, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Most typical of the target, and of the reference, the most typical first."""
    ordered = keyness.sort_values(["log_odds_z", "term"], ascending=[False, True], kind="stable")
    more, less = ordered[ordered["log_odds_z"] > 0].head(n), ordered[ordered["log_odds_z"] < 0].tail(n)[::-1]
    if more.empty and less.empty:
        raise CorpusError("No word is more frequent on either side, so there is nothing to draw.")
    return more, less


def _row(row: Mapping[Hashable, Any]) -> Row:
    value = float(row["log_ratio"])
    lacking = "" if np.isfinite(value) else reason(row, "only on one side, so there is no ratio")
    return Row(
        name=words(row["term"], longest=60),
        counts=(
            f"{row['count_target']:,g} v. {row['count_reference']:,g} · "
            f"{row['articles_target']:g} and {row['articles_reference']:g} articles"
        ),
        value=value,
        reason=words(lacking),
        fill="none" if _one_sided(row) else "full",
    )


def _one_sided(row: Mapping[Hashable, Any]) -> bool:
    return row["count_target"] == 0 or row["count_reference"] == 0


def _notes(shown: tuple[pd.DataFrame, ...], target: str, reference: str) -> Iterator[str]:
    yield f"Occurrences and articles: {target} first, {reference} second."
    if any(_one_sided(row) for part in shown for row in part.to_dict("records")):
        yield "Hollow: not once on the other side; how many times as often is then a matter of convention."


def _scale(shown: pd.DataFrame) -> Scale:
    ratios = shown["log_ratio"].to_numpy(dtype=float)
    known = ratios[np.isfinite(ratios)]
    low, high = (int(np.floor(min([-1, *known]))), int(np.ceil(max([1, *known]))))
    step = next(step for step in (1, 2, 3, 4, 5, 10, 20, 50) if (high - low) / step <= _MOST_TICKS or step == 50)
    places = [place for place in range(low, high + 1) if place % step == 0]
    ticks = tuple((float(place), ratio_tick(place) if place else "") for place in places)
    # Room at both ends, so that the outermost dots stay clear of the words beside the plot.
    return Scale(low - 0.3, high + 0.3, ticks, 0.0, "equally often", ("← less often", "more often →"))
