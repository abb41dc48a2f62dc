"""What both explorers are made of: controls, a line that says what was found, the chart, the lines behind it."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from corpus_tools.prepare.days import article_days
from corpus_tools.schema import SECTION_NAMES, VOICE_NAMES, CorpusError
from corpus_tools.show.explore.choices import Choice
from corpus_tools.show.explore.keyboard import keyboard_script
from corpus_tools.show.explore.lines import Behind, Lines
from corpus_tools.show.markup import one_line, render

_HINT = "An explorer with controls, a chart and lines: open the notebook in JupyterLab and run this cell."
_MOST_SEEN = 6


def choice_of(label: str, options: Iterable[tuple[str, object]], value: object) -> widgets.Dropdown:
    """A list of which one is chosen, under its label."""
    return widgets.Dropdown(description=label, options=list(options), value=value)


def _all_or(name: str, values: Iterable[str]) -> list[tuple[str, object]]:
    # An empty text, because a list shows nothing for None.
    return [(name, ""), *((value, value) for value in values)]


class Controls:
    """The controls that both explorers have; a day can be chosen only where articles have one."""

    def __init__(self, articles: pd.DataFrame) -> None:
        outlets = sorted(articles["outlet"].dropna().astype("str").unique())
        self.outlets = widgets.SelectMultiple(
            description="Outlets",
            options=[(one_line(name, longest=60), name) for name in outlets],
            value=outlets,
            rows=max(min(len(outlets), _MOST_SEEN), 2),
            tooltip="Hold Ctrl or Shift for several; Ctrl and A for all.",
        )
        self.voice = choice_of("Voice", _all_or("all voices", VOICE_NAMES), "")
        self.section = choice_of("Section", _all_or("whole articles", SECTION_NAMES), "")
        has_dates = bool(article_days(articles).notna().any())
        self.first = widgets.DatePicker(description="From")
        self.last = widgets.DatePicker(description="To")
        days = [self.first, self.last] if has_dates else []
        self.shown: list[widgets.Widget] = [self.voice, self.section, *days, self.outlets]

    @property
    def choice(self) -> Choice:
        return Choice(
            self.outlets.value,
            self.voice.value or None,
            self.section.value or None,
            self.first.value,
            self.last.value,
        )


class Explorer(widgets.VBox):
    """Controls at the top; what they choose is drawn below, and its lines below that.

    ``result`` is the frame that is drawn, empty where nothing can be; ``chosen`` the articles and hits behind it.
    """

    result: pd.DataFrame
    chosen: tuple[pd.DataFrame, pd.DataFrame]

    def __init__(
        self, controls: Controls, own: list[widgets.Widget], lines: Lines, *, watched: list[widgets.Widget]
    ) -> None:
        self.controls, self.lines = controls, lines
        self._status, self._chart = widgets.HTML(), widgets.HTML()
        self._status.add_class("ct-status")
        self._chart.add_class("ct-drawn")
        settings = widgets.Box([*own, *controls.shown])
        settings.add_class("ct-controls")
        super().__init__([styles(), settings, self._status, self._chart, lines, keyboard()])
        self.add_class("ct-explore")
        for control in watched:
            control.observe(self._changed, names="value")
        self._changed()

    def __repr__(self) -> str:
        return _HINT

    def _find(self) -> str:
        """Set ``result`` and ``chosen`` to what the controls choose, and say in words what was found."""
        raise NotImplementedError

    def _draw(self) -> str:
        """The chart of ``result`` as HTML."""
        raise NotImplementedError

    def _rows(self) -> list[Behind]:
        """The numbers of the chart whose lines can be read; the first are all of them."""
        raise NotImplementedError

    @property
    def _marked(self) -> pd.DataFrame:
        """The hits that an opened article shows."""
        raise NotImplementedError

    def _changed(self, _: object = None) -> None:
        try:
            found = self._find()
            drawn = self._draw() if len(self.result) else ""
        except CorpusError as reason:
            self.result, found, drawn = self.result.iloc[:0], str(reason), ""
            self.chosen = (self.chosen[0].iloc[:0], self.chosen[1].iloc[:0])
        self._status.value = render("explore", plain="", part="status", told=found).html
        self._chart.value = drawn
        self.lines.show(self._rows() if drawn else [], self._marked)


def styles() -> widgets.HTML:
    """The style sheet of everything inside ``.ct-explore``."""
    return widgets.HTML(render("explore", plain="", part="style", told="").html)


def keyboard() -> widgets.Output:
    """A script that keeps JupyterLab's own keys out of the explorer and lets changes be read aloud."""
    shown = {"output_type": "display_data", "data": {"text/html": keyboard_script()}, "metadata": {}}
    return widgets.Output(outputs=(shown,))
