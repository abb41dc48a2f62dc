"""Which words set outlets apart, how sure that is, and which words they use alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.schema import ALL_OTHERS, COMPARISON, CorpusError, require_columns
from corpus_tools.show.charts.contrast import only
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.describe.comparison import by_evidence, common_notes, most_frequent, shown_ratio, times, verdicts
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW
from corpus_tools.show.describe.words import listed
from corpus_tools.show.markup import missing, number

_MOST_PANELS = 12
_ONE, _SEVERAL, _MANY = 8, 4, 2
# More targets than this, and each shows only the words that differ: a chart of six stays within two screens.
_FEW_PANELS = 3
# A binary logarithm: no dot is farther out than the ticks can name, and a long end presses no dots together.
_FARTHEST, _BEYOND_DOTS = 10.0, 1.5
_TICK_NAMES = {-3: "⅛", -2: "¼", -1: "half", 1: "twice"}
_FILLED = (
    "Filled: supported (p below .05 after correction for all rows of the table, and the interval leaves out equally "
    "often). Hollow: not distinguishable here."
)
_NONE_FILLED = "No difference is supported. Hollow: not distinguishable here; none of these words is a finding."
_ARROWS = "Arrow: it goes on beyond the chart, without end where a word is absent on one side."
_STRIP = "Small dots: all words with an interval and a place on this scale, filled where supported."
_Row = Mapping[Hashable, Any]


def plot_comparison(
    comparison: pd.DataFrame, *, n: int | None = None, ax: Axes | None = None, footnote: str = ""
) -> Axes:
    """Which words does an outlet use more often than the others, which less, and which alike?

    Parameters
    ----------
    comparison : pandas.DataFrame
        What ``compare_articles`` returned, or some of its rows; one target or several.
    n : int, optional
        At most how many words in each group, at least 1; by default 8, or 4 where there are several targets, or 2 where
        there are more than three.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        A forest plot, one panel for each target, all on one scale: words that are more often in the target, words
        that are more often in the reference, and words used about alike. A dot for how many times as often, a line
        for its interval, an arrow where either lies beyond the chart; at the right end the articles that have the
        word. Filled where the difference is supported, hollow where it is not. Supported words come before others
        when the ``n`` of either side are chosen; what is drawn runs from the greatest ``|log_odds_z|`` to the
        smallest, ties by the word. Words whose whole interval lies between half and twice as often (``shared``) are in
        the third group, most frequent first, supported or not; above them a strip with one small dot for each word
        that has an interval. Where no word is supported, the chart says so and shows the strongest, hollow. Words
        without an interval stay in grey with the reason. Of more than three targets each shows only the words that
        differ, and the number of those used alike. Of more than twelve targets those with most articles are
        drawn, and a footnote says so.

    Raises
    ------
    CorpusError
        When a column is missing, the frame has no rows, ``n`` is below 1, or two rows are about the same word and
        target.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> sizes = [31, 4, 9000, 9500, 3444, 421, 9, 3, 12, 14]
    >>> row = ["strike", "A", "B", *sizes, 3.0, 1.2, 4.9, 2.1, 4.4, 25.1, 0.4, 0.8, 0.002, 0.01, 0.0005, False, ""]
    >>> ax = plot_comparison(pd.DataFrame([row], columns=list(COMPARISON)))
    >>> ax.get_title(loc="left").replace(chr(10), " "), plt.close(ax.figure)
    ('Which words does A use more often than B, which less, and which alike?', None)
    """
    require_columns(comparison, "comparison", COMPARISON)
    if comparison.empty:
        raise CorpusError("The frame has no rows, so there is nothing to draw.")
    if n is not None and n < 1:
        raise CorpusError(f"The option 'n' cannot be {n!r}; it is a number of words, at least 1.")
    if comparison.duplicated(["term", "target", "reference"]).any():
        raise CorpusError("Two rows of the frame are about the same word and target; draw one result at a time.")
    judged = comparison.assign(_verdict=verdicts(comparison), _ratio=shown_ratio(comparison))
    panels, left_out = _panels(judged)
    brief = len(panels) > _FEW_PANELS
    most = n or (_MANY if brief else _ONE if len(panels) == 1 else _SEVERAL)
    chosen = [_chosen(own, most, alike=0 if brief else most) for own in panels]
    scale = _scale(pd.concat([part for groups in chosen for part in groups]))
    sections = [
        section
        for own, groups in zip(panels, chosen, strict=True)
        for section in _panel(own, groups, scale, several=len(panels) > 1, brief=brief)
    ]
    is_supported = bool(judged["_verdict"].eq(SUPPORTED).any())
    notes = [*_notes(comparison, panels, is_supported), left_out, *footnote.splitlines()]
    plan = Plan(
        title=_question(comparison),
        subtitle=_measure(is_supported),
        sections=tuple(sections),
        scale=scale,
        footnotes=tuple(words(note, longest=500) for note in notes if note.strip()),
    )
    return draw(plan, ax)


def _question(comparison: pd.DataFrame) -> str:
    target, reference = only(comparison, "target"), only(comparison, "reference")
    than = "the others" if reference in (None, ALL_OTHERS) else reference
    who = f"does {target}" if target else "does each outlet"
    return f"Which words {who} use more often than {than}, which less, and which alike?"


def _measure(is_supported: bool) -> str:
    told = "" if is_supported else "No difference is supported here. "
    return f"{told}How many times as often, for the same number of words; lines are intervals"


def _panels(judged: pd.DataFrame) -> tuple[list[pd.DataFrame], str]:
    """The rows of each target, in the order of the frame, and the sentence about targets that are not drawn."""
    parts = [own for _, own in judged.groupby(["target", "reference"], sort=False)]
    if len(parts) <= _MOST_PANELS:
        return parts, ""
    sizes = [own["searched_target"].iloc[0] for own in parts]
    most = sorted(range(len(parts)), key=lambda place: -sizes[place])[:_MOST_PANELS]
    told = f"Drawn are the {_MOST_PANELS} of {len(parts)} targets with most articles; the table has all."
    return [parts[place] for place in sorted(most)], told


def _chosen(own: pd.DataFrame, most: int, *, alike: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Words more often in the target, those less often, and those used alike."""
    is_alike = own["shared"].fillna(False).astype(bool)
    differing = own[~is_alike]
    sides = [by_evidence(differing[sign * differing["log_ratio"] > 0]) for sign in (1, -1)]
    more, less = (
        by_evidence(side.sort_values("_verdict", key=lambda names: names != SUPPORTED, kind="stable").head(most))
        for side in sides
    )
    return more, less, most_frequent(own[is_alike]).head(alike)


def _panel(
    own: pd.DataFrame,
    groups: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    scale: Scale,
    *,
    several: bool,
    brief: bool,
) -> Iterator[Section]:
    """One target: a heading of its own where there are several, then its three groups."""
    target, reference = (words(own[side].iloc[0], longest=60) for side in ("target", "reference"))
    reference = "the others" if reference == ALL_OTHERS else reference
    if several:
        yield Section(f"{target} v. {reference}", ())
    more, less, _ = groups
    for name, part, sign in ((target, more, 1), (reference, less, -1)):
        if not part.empty:
            supported = int((own["_verdict"].eq(SUPPORTED) & (sign * own["log_ratio"] > 0)).sum())
            # The number first, because a narrow chart cuts the end.
            heading = f"{f'{supported:,}' if supported else 'None'} supported · more often in {name}"
            yield Section(heading, tuple(_row(row) for row in part.to_dict("records")), minor=several)
    count = int(own["shared"].fillna(False).astype(bool).sum())
    heading = f"{count:,} of {number(len(own), 'word')} · about as often in both"
    rows = () if brief else (_strip(own, scale), *(_row(row) for row in groups[2].to_dict("records")))
    yield Section(heading, rows, minor=several)


def _strip(own: pd.DataFrame, scale: Scale) -> Row:
    """All words, so that those that differ are seen among those that do not."""
    known = own[own["_verdict"] != TOO_FEW]
    inside = known[known["_ratio"].between(scale.low, scale.high)]
    dots = tuple(zip(inside["_ratio"].astype(float), inside["_verdict"] == SUPPORTED, strict=True))
    return Row(
        name="all words",
        counts=f"{number(len(inside), 'dot')} of {number(len(own), 'word')}",
        dots=dots,
        reason="" if dots else "no word has an interval",
    )


def _row(row: _Row) -> Row:
    articles = " v. ".join(
        f"{row[f'articles_{side}']:,g} of {row[f'searched_{side}']:,g}" for side in ("target", "reference")
    )
    return Row(
        name=words(row["term"], longest=60),
        counts=f"in {articles} articles",
        value=float(row["_ratio"]),
        low=float(row["log_ratio_low"]),
        high=float(row["log_ratio_high"]),
        reason=_lacking(row) if row["_verdict"] == TOO_FEW else "",
        fill="none" if row["_verdict"] == NOT_DISTINGUISHABLE else "full",
    )


def _lacking(row: _Row) -> str:
    """Why there is no interval; what was put for a zero is no reason."""
    parts = [] if missing(row["note"]) else str(row["note"]).split("; ")
    return words(next((part for part in parts if part.startswith("no ")), TOO_FEW))


def _notes(comparison: pd.DataFrame, panels: list[pd.DataFrame], is_supported: bool) -> Iterator[str]:
    yield _FILLED if is_supported else _NONE_FILLED
    yield _ARROWS
    alike = "" if len(panels) > _FEW_PANELS else f"{_STRIP} "
    yield f"{alike}Alike: the whole interval lies between half and twice as often."
    target, reference = (only(comparison, side) for side in ("target", "reference"))
    reference = "the others" if reference in (None, ALL_OTHERS) else reference
    yield from _common(panels)
    yield f"Articles: those with the word, of {target or 'the target'} first, of {reference} second."


def _common(panels: list[pd.DataFrame]) -> Iterator[str]:
    """What the notes of all rows of a target say, such as articles left out."""
    told: dict[str, list[str]] = {}
    for own in panels:
        for note in common_notes(own):
            told.setdefault(note, []).append(words(own["target"].iloc[0], longest=60))
    for note, names in told.items():
        yield f"{note} ({listed(names)})" if len(panels) > 1 else note


def _scale(shown: pd.DataFrame) -> Scale:
    """Wide enough for every dot and for most of each interval; ticks are whole powers of two."""
    value, low, high = (shown[name].to_numpy(dtype=float) for name in ("_ratio", "log_ratio_low", "log_ratio_high"))
    # Of a word that is absent on one side only the inner end of the interval has a place.
    inner = [*low[np.isposinf(value)], *high[np.isneginf(value)]]
    dots = [place for place in (*value, *inner) if np.isfinite(place)]
    least, most = min([-1.0, *dots]), max([1.0, *dots])
    ends = [place for place in (*low, *high) if np.isfinite(place)]
    first = floor(max(min([least, *ends]), least - _BEYOND_DOTS, -_FARTHEST))
    last = ceil(min(max([most, *ends]), most + _BEYOND_DOTS, _FARTHEST))
    step = 1 if last - first <= 6 else 2 if last - first <= 12 else 4
    places = [place for place in range(first, last + 1) if place and (place % step == 0 or abs(place) == 1)]
    ticks = ((0.0, ""), *((float(place), ratio_tick(place)) for place in places))
    # Room at both ends, so that the outermost dots stay clear of the words beside the plot.
    return Scale(first - 0.3, last + 0.3, ticks, 0.0, "equally often", ("← less often", "more often →"))


def ratio_tick(place: int) -> str:
    """How many times as often, for a whole power of two."""
    return _TICK_NAMES.get(place) or (f"{times(place)}×" if place > 0 else f"1/{2**-place:,}")
