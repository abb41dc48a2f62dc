"""Where in the corpus a word stands, article by article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.prepare.words import fold
from corpus_tools.schema import CorpusError, nearest, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.figure import remember
from corpus_tools.show.charts.plan import INK, Plan, Row, Scale, Section
from corpus_tools.show.charts.words import words
from corpus_tools.show.markup import number
from corpus_tools.show.style import LIGHT, Style, assign_styles

_MOST_ROWS = 60
# More articles than these lie too close for the eye to tell their limits.
_MOST_LIMITS = 60
_HALF = 6.5
_UNDER = 3.0
_ENDS = Scale(0, 1, ((0.0, "first article"), (1.0, "last article")))
_EACH = "Each stroke is one occurrence, the line all words of the articles one after the other"
_SMALL = "small strokes below a line: where an article ends"


class _Words(NamedTuple):
    """The words of one group in the order of the articles, the article of each, and where articles end."""

    term: np.ndarray
    article: np.ndarray
    limits: np.ndarray


class _Strip(NamedTuple):
    """A row, and where on its line, from 0 to 1, the word stands and articles end."""

    row: Row
    strokes: np.ndarray
    limits: np.ndarray


def plot_dispersion(
    tokens: pd.DataFrame,
    terms: str | Sequence[str],
    *,
    by: str | None = None,
    ax: Axes | None = None,
    footnote: str = "",
) -> Axes:
    """Where in the corpus does a word stand: everywhere, or in one article?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As ``tokenize`` returns it, whole or filtered. Articles are drawn in the order of its rows, so that articles
        sorted by date run from the earliest to the latest.
    terms : str or list of str
        Which words; case does not matter.
    by : str, optional
        A column of ``tokens``, such as "outlet": then each word has one strip for each group.
    ax : matplotlib.axes.Axes, optional
        Where to draw; as for ``plot_framing_shares``.
    footnote : str
        Corpus and licence; one note per line.

    Returns
    -------
    matplotlib.axes.Axes
        One strip per term, or per term and group: a line for all words, a stroke for each occurrence. At the right
        end the occurrences, the articles that hold the word, and how many occurrences are in one of them. Up to 60
        articles are marked off by small strokes below the line.

    Raises
    ------
    CorpusError
        When a column is missing, there is no term or no such term, or there are more than 60 strips.

    Examples
    --------
    >>> import pandas as pd, matplotlib.pyplot as plt
    >>> tokens = pd.DataFrame({"article_id": ["1", "1", "2"], "term": ["a", "bus", "bus"], "position": [0, 1, 0]})
    >>> ax = plot_dispersion(tokens, "bus")
    >>> ax.get_title(loc="left"), plt.close(ax.figure)
    ('Where does “bus” stand?', None)
    """
    require_columns(tokens, "tokens", ("article_id", "term", "position", *([] if by is None else [by])))
    wanted = _wanted(tokens, terms)
    parts = [("", tokens)] if by is None else list(tokens.groupby(by, sort=True, observed=True, dropna=False))
    strips = len(wanted) * len(parts)
    if strips > _MOST_ROWS:
        raise CorpusError(f"These are {strips} strips, and at most {_MOST_ROWS} are drawn; keep fewer terms or groups.")
    styles = assign_styles(name for name, _ in parts) if by == "outlet" else {}
    groups = [(words(name, longest=60) or "unknown", _in_order(own), styles.get(str(name), INK)) for name, own in parts]
    if by is None:
        drawn = {"": [_strip(_quoted(term), groups[0][1], term, INK) for term in wanted]}
    else:
        drawn = {_quoted(term): [_strip(name, own, term, style) for name, own, style in groups] for term in wanted}
    told = [_EACH, _SMALL if any(len(own.limits) for _, own, _ in groups) else "", *footnote.splitlines()]
    plan = Plan(
        title=f"Where {'does ' + _quoted(wanted[0]) if len(wanted) == 1 else 'do these words'} stand?",
        subtitle="From the first word of the first article to the last word of the last",
        sections=tuple(Section(heading, tuple(strip.row for strip in own)) for heading, own in drawn.items()),
        scale=_ENDS,
        footnotes=tuple(words(note, longest=400) for note in told if note.strip()),
    )
    return _draw(plan, [strip for own in drawn.values() for strip in own], ax)


def _draw(plan: Plan, strips: Sequence[_Strip], ax: Axes | None) -> Axes:
    ax = draw(plan, ax)
    _draw_strokes(ax, strips)
    remember(ax, partial(_draw, plan, strips))
    return ax


def _wanted(tokens: pd.DataFrame, terms: str | Sequence[str]) -> list[str]:
    """The terms as the tokens write them, each once."""
    wanted = list(dict.fromkeys(fold(str(term).strip()) for term in ([terms] if isinstance(terms, str) else terms)))
    if not wanted or tokens.empty:
        raise CorpusError(f"There is no {'word in the tokens' if wanted else 'term'}, so there is nothing to draw.")
    known = set(tokens["term"].astype("str").unique())
    for term in wanted:
        if term not in known:
            raise CorpusError(f"There is no term {term!r} among the tokens; {nearest(term, known)}")
    return wanted


def _quoted(term: str) -> str:
    return f"“{words(term, longest=60)}”"


def _in_order(own: pd.DataFrame) -> _Words:
    article, ids = pd.factorize(own["article_id"])
    order = np.lexsort((own["position"].to_numpy(), article))
    ends = np.cumsum(np.bincount(article))[:-1] / len(own)
    return _Words(
        own["term"].to_numpy(dtype=object)[order], article[order], ends if len(ids) <= _MOST_LIMITS else ends[:0]
    )


def _strip(name: str, own: _Words, term: str, style: Style) -> _Strip:
    at = np.flatnonzero(own.term == term)
    per_article = np.bincount(own.article[at], minlength=own.article.max() + 1)
    holding = int((per_article > 0).sum())
    counts = f"{len(at):,} in {holding:,} of {number(len(per_article), 'article')}"
    if not len(at):
        counts = f"not once in {number(len(per_article), 'article')}"
    elif holding > 1:
        counts += f", {per_article.max():,} in one"
    row = Row(name=name, counts=counts, style=style)
    return _Strip(row, (at + 0.5) / len(own.term), own.limits)


def _draw_strokes(ax: Axes, strips: Sequence[_Strip]) -> None:
    """Strokes on the lines that the rows have; nothing else in the chart lies level."""
    heights = [np.asarray(line.get_ydata(), dtype=float) for line in ax.lines]
    level = [float(ends[0]) for ends in heights if ends[0] == ends[-1]]
    for strip, middle in zip(strips, level[-len(strips) :], strict=True):
        top, bottom = middle - _HALF, middle + _HALF
        ax.vlines(strip.strokes, top, bottom, color=strip.row.style.light, linewidth=1.1, zorder=3, gid="term")
        under = bottom + _UNDER
        ax.vlines(strip.limits, bottom, under, color=LIGHT.faint, linewidth=0.8, zorder=2, gid="article")
