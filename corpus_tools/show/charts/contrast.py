"""The difference between one outlet and another, or all others, with its interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import ALL_OTHERS, CONTRAST, CorpusError, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section, one_reason
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW, verdict
from corpus_tools.show.describe.words import UNCHECKED, all_checked, reason, signed
from corpus_tools.show.markup import missing, percent

_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
_MOST_TICKS = 5
FILLINGS = f"Filled: {SUPPORTED}, the interval leaves out 0 and p is below .05. Hollow: {NOT_DISTINGUISHABLE}."
_ENDS = ("difference", "difference_low", "difference_high")


def plot_framing_contrast(contrast: pd.DataFrame, *, ax: Axes | None = None, footnote: str = "") -> Axes:
    """Does one outlet use a name more often than the others, and how sure is that?

    Parameters
    ----------
    contrast : pandas.DataFrame
        What ``framing_contrast`` returned, or several of them put together with ``pandas.concat``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        A forest plot: one row per label, or per target and reference where there are several, greatest difference
        first; a dot for target minus reference in percentage points, filled where the difference is supported and
        hollow where it is not, a line for its interval, and a named line where both are the same. Shares and articles
        stand at the right end. Rows without an interval stay in grey with the reason.

    Raises
    ------
    CorpusError
        When a column is missing or the frame has no rows.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> row = ["who", "police", "A", "B", 0.9, 0.2, 0.7, 0.4, 0.86, 0.001, 0.3, 12, 11, None, True]
    >>> ax = plot_framing_contrast(pd.DataFrame([row], columns=list(CONTRAST)))
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Does A use “police” more often than B?', None)
    """
    require_columns(contrast, "contrast", CONTRAST)
    if contrast.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    compared = any(verdict(row) != TOO_FEW for row in contrast.to_dict("records"))
    unchecked = "" if all_checked(contrast) else f"Please note: {UNCHECKED}"
    notes = [FILLINGS if compared else "", unchecked, *footnote.splitlines()]
    plan = Plan(
        title=_question(contrast),
        subtitle=measure(contrast),
        sections=_sections(contrast),
        scale=difference_scale(contrast[list(_ENDS)].to_numpy(dtype=float), only(contrast, "reference")),
        footnotes=tuple(words(note, longest=400) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def only(frame: pd.DataFrame, column: str) -> str | None:
    """The one value of a column; None where there are several."""
    values = frame[column].drop_duplicates()
    return words(values.iloc[0], longest=80) if len(values) == 1 else None


def _question(contrast: pd.DataFrame) -> str:
    label, target, reference = (only(contrast, column) for column in ("label", "target", "reference"))
    name = f"“{label}”" if label else "these names"
    if target and reference:
        which = "Does" if label else "Which names does"
        return f"{which} {target} use {name + ' ' if label else ''}more often than {reference}?"
    return f"Who uses {name} more often{f' than {reference}' if reference else ''}?"


def measure(contrast: pd.DataFrame) -> str:
    """What the dots of a chart of differences are."""
    slot = only(contrast, "slot")
    among = f" among all names for {slot}" if slot else ""
    return f"Difference of the shares{among}, in percentage points; lines are intervals"


def _sections(contrast: pd.DataFrame) -> tuple[Section, ...]:
    """One pair of outlets: rows are labels, by slot; several pairs: rows are pairs, by label."""
    target, reference = only(contrast, "target"), only(contrast, "reference")
    one_pair = target is not None and reference is not None
    heading = "slot" if one_pair else "label"
    names = ["label"] if one_pair else ["target"] if reference else ["reference"] if target else ["target", "reference"]
    sections = []
    for name, part in contrast.groupby(heading, sort=False, dropna=False):
        ordered = part.sort_values("difference", ascending=False, kind="stable", na_position="last")
        rows = tuple(_row(row, names) for row in ordered.to_dict("records"))
        title = words(name, longest=80) if one_pair else f"“{words(name, longest=80)}”"
        sections.append(Section(title, rows))
    return (Section("", sections[0].rows),) if len(sections) == 1 else tuple(sections)


def _row(row: Mapping[Hashable, Any], names: list[str]) -> Row:
    shares = " v. ".join(
        "no hit" if missing(row[end]) else percent(row[end]) for end in ("share_target", "share_reference")
    )
    lacking = ""
    if missing(row["difference"]):
        lacking = reason(row, "no hit on one side")
        shares = "no event in common" if lacking.startswith("no event") else shares
    elif missing(row["difference_low"]) or missing(row["difference_high"]):
        lacking = reason(row, "no interval: fewer than five articles with a hit")
    name = " v. ".join(words(row[column], longest=60) for column in names)
    return Row(
        name=f"“{name}”" if names == ["label"] else name,
        counts=f"{shares} · {row['articles_target']:g} and {row['articles_reference']:g} articles",
        value=row["difference"],
        low=row["difference_low"],
        high=row["difference_high"],
        reason=one_reason(words(lacking)),
        fill="none" if verdict(row) == NOT_DISTINGUISHABLE else "full",
    )


def difference_scale(ends: np.ndarray, reference: str | None) -> Scale:
    """Wide enough for every interval and never so narrow that a point looks like a gulf; whole ticks."""
    known = ends[np.isfinite(ends)]
    low, high = min([-0.1, *known]), max([0.1, *known])
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), _STEPS[-1])
    low, high = np.floor(low / step + 1e-9) * step, np.ceil(high / step - 1e-9) * step
    ticks = tuple((float(place), signed(100 * place)) for place in np.arange(low, high + step / 2, step).round(6))
    same = "the others" if reference in (None, ALL_OTHERS) else reference
    return Scale(low, high, ticks, 0.0, f"same as {same}", ("← less often", "more often →"))
