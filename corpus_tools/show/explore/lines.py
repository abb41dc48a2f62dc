"""The lines behind a chart, ten at a time, each with a button that opens its article with voices marked."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import ipywidgets as widgets
import pandas as pd

from corpus_tools.compare.kwic import kwic
from corpus_tools.show.concordance import line_of
from corpus_tools.show.markup import number, one_line, render
from corpus_tools.show.reader import show_article

PAGE = 10


class Behind(NamedTuple):
    """A number whose lines can be read: what it is about, its name with its count, and the hits behind it."""

    key: tuple[str, ...]
    name: str
    hits: pd.DataFrame


class Lines(widgets.VBox):
    """A list of the numbers whose lines can be read, the lines of the one chosen, and an article when asked for."""

    def __init__(self, articles: pd.DataFrame, voices: pd.DataFrame) -> None:
        self._articles, self._voices = articles, voices
        self._order = {str(name): place for place, name in enumerate(articles["article_id"])}
        self._hits: list[pd.DataFrame] = []
        self._keys: list[tuple[str, ...]] = []
        self._marked = pd.DataFrame()
        self._opened: widgets.Button | None = None
        self._first = 0
        self.which = widgets.Dropdown(description="Lines of")
        self.where = widgets.HTML()
        self.earlier, self.later = (widgets.Button(description=f"{name} lines") for name in ("Earlier", "Later"))
        self.buttons = [widgets.Button() for _ in range(PAGE)]
        self._texts = [widgets.HTML() for _ in range(PAGE)]
        self._lines = [widgets.HBox(pair) for pair in zip(self.buttons, self._texts, strict=True)]
        self.back = widgets.Button(description="Back to the lines")
        self._article = widgets.Output()
        self._list = widgets.VBox([widgets.HBox([self.which, self.earlier, self.later, self.where]), *self._lines])
        self._reader = widgets.VBox([self.back, self._article])
        super().__init__([self._list, self._reader])
        self.add_class("ct-lines-behind")
        self._list.children[0].add_class("ct-paging")
        for line in self._lines:
            line.add_class("ct-line-row")
        self.which.observe(self._turn, names="value")
        self.earlier.on_click(partial(self._page, -PAGE))
        self.later.on_click(partial(self._page, PAGE))
        self.back.on_click(self._close)
        for place, button in enumerate(self.buttons):
            button.on_click(partial(self._open, place))
        _see(self._reader, False)

    def show(self, rows: list[Behind], marked: pd.DataFrame) -> None:
        """Offer the lines behind these numbers; the number that was chosen stays chosen where it is still there.

        ``marked`` are the hits that an opened article shows: also those in voices or sections left out above.
        """
        self._marked = marked
        kept = self._keys[self.which.value] if self._keys else ()
        _see(self._list, bool(rows))
        _see(self._reader, False)
        self._hits = [row.hits.assign(_at=row.hits["article_id"].map(self._order)) for row in rows]
        self._keys = [row.key for row in rows]
        # Without the observer: the list gets its new names first and the choice after that, and each would be drawn.
        self.which.unobserve(self._turn, names="value")
        self.which.options = [(row.name, place) for place, row in enumerate(rows)]
        if rows:
            self.which.value = self._keys.index(kept) if kept in self._keys else 0
        self.which.observe(self._turn, names="value")
        self._turn()

    @property
    def shown(self) -> pd.DataFrame:
        """The lines on the page, as ``kwic`` returns them."""
        return kwic(self._articles, self._page_hits())

    def _page_hits(self) -> pd.DataFrame:
        hits = self._hits[self.which.value]
        ordered = hits.sort_values(["_at", "start"], kind="stable").drop(columns="_at")
        return ordered.iloc[self._first : self._first + PAGE]

    def _turn(self, _: object = None) -> None:
        self._first = 0
        if self._hits:
            self._fill()

    def _page(self, step: int, _: object) -> None:
        self._first += step
        self._fill()

    def _fill(self) -> None:
        lines, whole = self.shown, len(self._hits[self.which.value])
        for place, (row, text, button) in enumerate(zip(self._lines, self._texts, self.buttons, strict=True)):
            _see(row, place < len(lines))
            if place < len(lines):
                line = line_of(lines.iloc[place].to_dict())
                text.value = render("explore", plain="", part="line", told="", line=line).html
                button.description = one_line(lines["article_id"].iloc[place], longest=24)
                button.tooltip = f"Open article {one_line(lines['article_id'].iloc[place], longest=60)}"
        last = self._first + len(lines)
        told = (
            f"{number(whole, 'line')}, of which {self._first + 1:,} to {last:,}"
            if whole > PAGE
            else number(whole, "line")
        )
        self.where.value = render("explore", plain="", part="status", told=told).html
        self.earlier.disabled, self.later.disabled = self._first == 0, last >= whole

    def _open(self, place: int, button: widgets.Button) -> None:
        name = self._page_hits()["article_id"].iloc[place]
        page = show_article(self._articles, self._voices, self._marked, name)
        data = {"text/html": page.html, "text/plain": page.text}
        self._article.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)
        self._opened = button
        _see(self._list, False)
        _see(self._reader, True)
        self.back.focus()

    def _close(self, _: object) -> None:
        _see(self._reader, False)
        _see(self._list, True)
        if self._opened is not None:
            self._opened.focus()


def _see(part: widgets.DOMWidget, seen: bool) -> None:
    part.layout.display = None if seen else "none"
