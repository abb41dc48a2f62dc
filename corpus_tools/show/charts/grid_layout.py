"""Where everything in a grid goes: names beside the cells, above them, or, on a narrow page, a list row by row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from corpus_tools.show.charts.grid import BLANK, GridColumn, GridPlan, GridRow
from corpus_tools.show.charts.grid_page import (
    MOST_LINES,
    UNDER,
    Page,
    PlacedMark,
    PlacedWords,
    cell_width,
    lines_of,
    place_cell,
)
from corpus_tools.show.charts.layout import COUNTS, GUTTER, HEADING, LEADING, NAME, NOTE, SUBTITLE, TICK, TITLE
from corpus_tools.show.charts.words import POINTS, balanced, fitted, width, wrapped

BESIDE, ABOVE, LIST = "beside", "above", "list"

_AIR = 6.0
_APART = 10.0
_LEAST_PITCH, _MOST_PITCH = 24.0, 84.0
_MOST_UPRIGHT = 130.0
_MOST_NAMES = 0.36
# With their counts on the same line the names may take more.
_MOST_NAMES_AND_COUNTS = 0.42
_SWATCH = 13.0
# Higher than a screen: the heads are repeated at the foot.
_TALL = 8 * POINTS


@dataclass(frozen=True)
class GridLayout:
    """Everything that is drawn, in points; ``rules`` are thin lines across: left end, right end, height."""

    shape: str
    room: float
    height: float
    title: tuple[str, ...]
    words: tuple[PlacedWords, ...]
    marks: tuple[PlacedMark, ...]
    rules: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class _Frame:
    """Where rows and columns stand: how wide the names are, where each column has its middle, how wide it is."""

    shape: str
    room: float
    names: float = 0.0
    pitch: float = 0.0
    middles: tuple[float, ...] = ()
    upright: bool = False
    counts_under: bool = True

    @property
    def start(self) -> float:
        return self.middles[0] - self.pitch / 2

    @property
    def end(self) -> float:
        return self.middles[-1] + self.pitch / 2


def lay_out_grid(plan: GridPlan, room: float) -> GridLayout:
    """Decide on every place, given the width in points."""
    frame = _frame(plan, room)
    title = balanced(plan.title, room, TITLE, "bold")
    page = Page(down=LEADING * TITLE * len(title) + 3)
    page.lines(balanced(plan.subtitle, room, SUBTITLE), SUBTITLE, muted=True)
    page.down += 6
    _place_key(page, plan, room)
    if frame.shape == LIST:
        _place_caption(page, plan, room)
    else:
        _place_heads(page, plan, frame)
    top = page.down
    for section in plan.sections:
        if section.heading:
            page.down += 0.5 * HEADING
            page.lines(wrapped(section.heading, room, HEADING, "bold"), HEADING, weight="bold")
            page.down += 3
            if frame.shape == LIST:
                page.rules.append((0.0, room, page.down))
        for row in section.rows:
            _place_row(page, plan, frame, row)
    if frame.shape != LIST and page.down - top > _TALL:
        _place_names_of_columns(page, plan, frame, at_foot=True)
    page.down += 8
    for note in (_in_full(plan, frame), *plan.footnotes):
        page.lines(balanced(note, room, NOTE), NOTE, muted=True)
    return GridLayout(
        frame.shape, room, page.down, tuple(title), tuple(page.words), tuple(page.marks), tuple(page.rules)
    )


def _frame(plan: GridPlan, room: float) -> _Frame:
    """Names beside the cells, if need be above them; where even that leaves no room for the columns, a list."""
    found = []
    for names, counts_under in _names_beside(plan, room):
        if columns := _columns(plan, room, names + GUTTER):
            found.append(_Frame(BESIDE, room, names, *columns, counts_under))
    if found:
        return min(found, key=lambda frame: frame.upright)
    if columns := _columns(plan, room, 0.0):
        return _Frame(ABOVE, room, room, *columns)
    return _Frame(LIST, room, room)


def _names_beside(plan: GridPlan, room: float) -> list[tuple[float, bool]]:
    """How wide names may be beside the cells, with their counts on the same line or, narrower, below it."""
    name = max((width(row.name, NAME) for row in plan.rows), default=0.0)
    counts = max((width(row.counts, COUNTS) for row in plan.rows), default=0.0)
    together = name + (counts + GUTTER if counts else 0)
    ways = [(together, False)] if together <= _MOST_NAMES_AND_COUNTS * room else []
    most = _MOST_NAMES * room
    if counts <= most and all(_fits(row.name, most, NAME, MOST_LINES) for row in plan.rows):
        ways.append((max(min(name, most), counts), True))
    return ways


def _fits(text: str, room: float, size: float, most: int) -> bool:
    return all(width(word, size) <= room for word in text.split()) and len(wrapped(text, room, size)) <= most


def _columns(plan: GridPlan, room: float, start: float) -> tuple[float, tuple[float, ...], bool] | None:
    """How wide each column is, where it has its middle, and whether its head stands upright; None without room."""
    gaps = list(accumulate(_APART if column.apart and place else 0.0 for place, column in enumerate(plan.columns)))
    free = (room - start - gaps[-1]) / len(plan.columns)
    least = max([_LEAST_PITCH, *(cell_width(cell) + _AIR for cell in plan.cells)])
    pitch = min(free, max(least, _MOST_PITCH))
    upright = not all(_head_fits(column, pitch - _AIR) for column in plan.columns)
    if upright:
        least = max(least, 2 * LEADING * COUNTS if any(column.counts for column in plan.columns) else 0.0)
        pitch = min(free, max(least, 0.6 * _MOST_PITCH))
    if pitch < least:
        return None
    return pitch, tuple(start + gap + (place + 0.5) * pitch for place, gap in enumerate(gaps)), upright


def _head_fits(column: GridColumn, room: float) -> bool:
    return _fits(column.name, room, COUNTS, MOST_LINES) and _fits(column.counts, room, TICK, 2)


def _place_key(page: Page, plan: GridPlan, room: float) -> None:
    """What the marks mean, one after the other, as many on a line as have room."""
    across, high = 0.0, LEADING * TICK + 5
    for cell, meaning in plan.key:
        beside = max(cell_width(cell), _SWATCH) + 6
        lines = wrapped(meaning, room - beside, TICK)
        long = beside + max((width(line, TICK) for line in lines), default=0.0)
        tall = max(len(lines) * LEADING * TICK, 2 * LEADING * UNDER if cell.under else high - 5) + 5
        if across and across + long > room:
            across, page.down, high = 0.0, page.down + high, 0.0
        high = max(high, tall)
        place_cell(page, cell, across + (beside - 6) / 2, page.down + (tall - 5) / 2, beside - 6, tall - 5)
        for place, line in enumerate(lines):
            y = page.down + (tall - 5) / 2 + (place - (len(lines) - 1) / 2) * LEADING * TICK
            page.words.append(PlacedWords(line, across + beside, y, TICK, muted=True))
        across += long + 1.5 * GUTTER
    page.down += (high if plan.key else 0) + 5


def _place_caption(page: Page, plan: GridPlan, room: float) -> None:
    """What rows and columns are, on one line above both."""
    caption = " … ".join(filter(None, (plan.corner, plan.across)))
    page.lines(wrapped(caption, room, TICK), TICK, muted=True)
    page.down += 3


def _place_heads(page: Page, plan: GridPlan, frame: _Frame) -> None:
    if frame.shape == ABOVE:
        _place_caption(page, plan, frame.room)
    elif plan.across:
        page.lines(wrapped(plan.across, frame.room - frame.start, TICK), TICK, x=frame.start, muted=True)
    _place_names_of_columns(page, plan, frame)
    if frame.shape == BESIDE and plan.corner:
        lines = wrapped(plan.corner, frame.start - 4, TICK)
        page.down -= LEADING * TICK * len(lines) + 3
        page.lines(lines, TICK, muted=True)
        page.down += 3
    page.rules.append((0.0, frame.end, page.down))


def _place_names_of_columns(page: Page, plan: GridPlan, frame: _Frame, *, at_foot: bool = False) -> None:
    """The heads end at the rule below them; at the foot of the grid they begin at the rule above."""
    page.down += 3
    if frame.upright:
        _place_upright(page, plan, frame, at_foot)
        return
    wide = frame.pitch - _AIR
    heads = [(wrapped(column.name, wide, COUNTS), wrapped(column.counts, wide, TICK)) for column in plan.columns]
    high = max(len(names) * COUNTS + len(counts) * TICK for names, counts in heads) * LEADING
    for middle, (names, counts) in zip(frame.middles, heads, strict=True):
        y = page.down + (0 if at_foot else high - LEADING * (len(names) * COUNTS + len(counts) * TICK))
        for lines, size, muted in ((names, COUNTS, False), (counts, TICK, True)):
            for line in lines:
                page.words.append(PlacedWords(line, middle, y + LEADING * size / 2, size, "center", muted=muted))
                y += LEADING * size
    page.down += high + 3


def _upright_lines(frame: _Frame, column: GridColumn) -> list[str]:
    most = int(frame.pitch / (LEADING * COUNTS)) - bool(column.counts)
    return lines_of(column.name, _MOST_UPRIGHT, COUNTS, most=max(most, 1))


def _place_upright(page: Page, plan: GridPlan, frame: _Frame, at_foot: bool) -> None:
    heads = []
    for middle, column in zip(frame.middles, plan.columns, strict=True):
        lines = [(line, COUNTS, False) for line in _upright_lines(frame, column)]
        lines += [(fitted(column.counts, _MOST_UPRIGHT, TICK), TICK, True)] if column.counts else []
        for place, line in enumerate(lines):
            heads.append((middle + (place - (len(lines) - 1) / 2) * LEADING * COUNTS, *line))
    lengths = [width(text, size) for _, text, size, _ in heads]
    for length, (x, text, size, muted) in zip(lengths, heads, strict=True):
        y = page.down + (length if at_foot else max(lengths)) + 2
        page.words.append(PlacedWords(text, x, y, size, "center", muted=muted, upright=True))
    page.down += max(lengths) + 6


def _in_full(plan: GridPlan, frame: _Frame) -> str:
    """The names of columns that are cut in their heads; a list wraps them."""
    if not frame.upright:
        return ""
    cut = [column.name for column in plan.columns if " ".join(_upright_lines(frame, column)) != column.name]
    return f"names in full: {'; '.join(cut)}" if cut else ""


def _place_row(page: Page, plan: GridPlan, frame: _Frame, row: GridRow) -> None:
    if frame.shape == BESIDE:
        _place_row_beside(page, frame, row)
        return
    page.down += 5
    _place_name(page, frame, row)
    if frame.shape == LIST:
        _place_listed(page, plan, frame.room, row)
        return
    high = _cell_height(row)
    for cell, middle in zip(row.cells, frame.middles, strict=True):
        place_cell(page, cell, middle, page.down + high / 2, frame.pitch - 3, high - 2)
    page.down += high + 3
    page.rules.append((0.0, frame.end, page.down))


def _cell_height(row: GridRow) -> float:
    return LEADING * (COUNTS + UNDER) + 6 if any(cell.under for cell in row.cells) else LEADING * COUNTS + 7


def _place_row_beside(page: Page, frame: _Frame, row: GridRow) -> None:
    names = lines_of(row.name, frame.names, NAME)
    below = bool(row.counts) and frame.counts_under
    high = LEADING * (NAME * len(names) + (COUNTS if below else 0)) + 6
    whole, top = max(high, _cell_height(row)), page.down
    middle = top + whole / 2
    page.down = middle - high / 2 + 3
    page.lines(names, NAME, muted=row.greyed)
    if below:
        page.lines([row.counts], COUNTS, muted=True)
    elif row.counts:
        page.words.append(PlacedWords(row.counts, frame.names, middle, COUNTS, "right", muted=True))
    for cell, across in zip(row.cells, frame.middles, strict=True):
        place_cell(page, cell, across, middle, frame.pitch - 3, whole - 3)
    page.down = top + whole
    page.rules.append((0.0, frame.end, page.down))


def _place_name(page: Page, frame: _Frame, row: GridRow) -> None:
    """The name over its cells; the counts at the end of the line, or below it where there is no room."""
    weight = "bold" if frame.shape == LIST else "normal"
    names = lines_of(row.name, frame.room, NAME, weight=weight)
    beside = len(names) == 1 and width(names[0], NAME, weight) + GUTTER + width(row.counts, COUNTS) <= frame.room
    if beside and row.counts:
        x = width(names[0], NAME, weight) + GUTTER
        counts = PlacedWords(row.counts, x, page.down + LEADING * NAME / 2, COUNTS, muted=True)
        page.words.append(counts)
    page.lines(names, NAME, weight=weight, muted=row.greyed)
    if not beside:
        page.lines(wrapped(row.counts, frame.room, COUNTS), COUNTS, muted=True)


def _place_listed(page: Page, plan: GridPlan, room: float, row: GridRow) -> None:
    """Each cell on a line of its own: its mark, the name of its column, and what it says."""
    start = _SWATCH + 8
    longest = max(width(column.name, COUNTS) for column in plan.columns)
    names = min(longest, 0.42 * room)
    for column, cell in zip(plan.columns, row.cells, strict=True):
        if cell.mark == BLANK:
            continue
        page.down += 1
        top = page.down
        page.marks.append(PlacedMark(cell, _SWATCH / 2, top + LEADING * COUNTS / 2, _SWATCH, _SWATCH))
        page.lines(lines_of(column.name, names, COUNTS), COUNTS, x=start, muted=cell.greyed)
        low, page.down = page.down, top
        said = wrapped(cell.sentence, room - start - names - GUTTER, COUNTS)
        page.lines(said, COUNTS, x=start + names + GUTTER, muted=True)
        page.down = max(low, page.down) + 2
    page.down += 4
