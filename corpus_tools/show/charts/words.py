"""Words in a chart: fonts that are there, glyphs that they have, widths in points, lines that fit."""

from __future__ import annotations

import re
from functools import lru_cache

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.text import Text

from corpus_tools.show.markup import one_line
from corpus_tools.show.style import CHART_FAMILIES

POINTS = 72.0
_LACKING = "□"
# A number keeps its sign, and "p = .05" stays together; no line begins with a dot.
_BREAK = re.compile(r"(?<!=)\s+(?![%=·])")
# The dots per inch of a PNG that nobody asked to be finer, and so many that pixels do not matter.
_PNG_DOTS, _OUTLINE_DOTS = 100.0, 720.0


def font(size: float, weight: str = "normal") -> FontProperties:
    """The chart font; only families that are installed, because matplotlib complains of every other one."""
    return FontProperties(family=list(_families()), size=size, weight=weight)


def words(value: object, *, longest: int = 200) -> str:
    """A text from a corpus or from us, on one line, with only glyphs that the chart font can draw."""
    known = _glyphs()
    return "".join(sign if ord(sign) in known else _LACKING for sign in one_line(value, longest=longest))


@lru_cache(maxsize=4096)
def width(text: str, size: float, weight: str = "normal") -> float:
    """How wide a text is at most, in points: as an outline, and in a PNG, where glyphs are fitted to pixels."""
    prepared = font(size, weight)
    return max(_measured(text, prepared, dots) for dots in (_PNG_DOTS, _OUTLINE_DOTS))


def _measured(text: str, prepared: FontProperties, dots: float) -> float:
    figure = Figure(figsize=(0.1, 0.1), dpi=dots)
    FigureCanvasAgg(figure)
    drawn = Text(0, 0, text, fontproperties=prepared, parse_math=False, usetex=False, figure=figure)
    return float(drawn.get_window_extent().width) * POINTS / dots


def fitted(text: str, room: float, size: float, weight: str = "normal") -> str:
    """The text, cut with an ellipsis where it is wider than the room, in points."""
    if width(text, size, weight) <= room:
        return text
    keep = len(text)
    while keep > 1 and width(text[:keep].rstrip() + "…", size, weight) > room:
        keep -= 1
    return text[:keep].rstrip() + "…"


def wrapped(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """The text in lines no wider than the room, in points; a single word wider than that is cut."""
    lines: list[str] = []
    for word in filter(None, _BREAK.split(text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(fitted(word, room, size, weight))
    return lines


def balanced(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """As few lines as :func:`wrapped` gives, but of like length, so that no word is left alone on the last one."""
    lines = wrapped(text, room, size, weight)
    for part in range(95, 50, -5):
        narrower = wrapped(text, room * part / 100, size, weight)
        if len(lines) == 1 or len(narrower) > len(lines) or any(line.endswith("…") for line in narrower):
            break
        lines = narrower
    return lines


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    installed = {entry.name for entry in fontManager.ttflist}
    return tuple(family for family in CHART_FAMILIES if family in installed)


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    return frozenset(code for family in _families() for code in get_font(findfont(family)).get_charmap())
