"""The form for articles of one's own: a path, how to read it, which column is what, and what is found in words."""

from __future__ import annotations

import os
from pathlib import Path

import ipywidgets as widgets

from corpus_tools.read.columns import match_columns
from corpus_tools.read.records import Problems
from corpus_tools.read.sample import sample_names
from corpus_tools.read.sources import Source, inspect_source, named_records
from corpus_tools.schema import ARTICLES, CorpusError, empty
from corpus_tools.show.explore.parts import choice_of, keyboard, styles
from corpus_tools.show.explore.source_told import code_of, columns_with_values, files_in, told_of
from corpus_tools.show.markup import number, one_line, render

_ELSEWHERE = 'A form for JupyterLab; elsewhere: articles = ct.read_articles("PATH", columns={"outlet": "COLUMN"})'
_BEGIN = "Write the path of a file or folder and press Enter, or choose one in the list. Nothing is changed in it."
_ENCODINGS = {
    "utf-8": "UTF-8, the usual one",
    "cp1252": "Windows, western Europe (cp1252)",
    "cp1250": "Windows, central Europe (cp1250)",
    "cp1251": "Windows, Cyrillic (cp1251)",
    "cp1254": "Windows, Turkish (cp1254)",
    "utf-16": "UTF-16",
}
# An empty text and not None, which a list would show as a blank.
_ORDERS = [("not stated", ""), ("day first", "day"), ("month first", "month")]
_MAPPED = ("outlet", "text", "title", "date", "article_id", "event", "agency")


class SourceForm(widgets.VBox):
    """See ``source_form``. The controls: ``path``, ``inside``, ``choose``, ``look``, ``encoding``, ``date_order``,
    ``columns`` (a list for each column of the design) and ``use``.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.articles, self.code = empty(ARTICLES), ""
        self._source: Source | None = None
        self._asked = False
        given = "" if path is None else os.fspath(path)
        self.path = widgets.Text(description="File or folder", value=given, continuous_update=False)
        self.inside = widgets.Select(description="In this folder", rows=6)
        self.choose = widgets.Button(description="Choose this one")
        self.look = widgets.Button(description="See what it holds")
        self.encoding = choice_of("Encoding", [(words, name) for name, words in _ENCODINGS.items()], "utf-8")
        self.date_order = choice_of("Dates such as 09/10/2023", _ORDERS, "")
        self.columns = {name: choice_of(f"Column for {name}", [("none", "")], "") for name in _MAPPED}
        self.use = widgets.Button(description="Use these articles")
        self._status, self._told, self._line = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._status.add_class("ct-status")
        self._mapping = _controls([*self.columns.values()])
        chosen = widgets.VBox([self.inside, self.choose])
        settings = _controls([widgets.VBox([self.path, self.look]), chosen, self.encoding, self.date_order])
        parts = [settings, self._status, self._mapping, self._told, self.use, self._line]
        super().__init__([styles(), widgets.HTML(_html("style")), *parts, keyboard()])
        self.add_class("ct-explore")
        self.add_class("ct-source")
        self._listen()
        self._go(read=bool(given))

    def __repr__(self) -> str:
        return _ELSEWHERE

    @property
    def named(self) -> dict[str, str]:
        """The columns that the reader has named."""
        return {name: control.value for name, control in self.columns.items() if control.value}

    def _listen(self) -> None:
        self.path.observe(lambda _: self._go(), names="value")
        self.choose.on_click(lambda _: self._descend())
        self.look.on_click(lambda _: self._read())
        self.use.on_click(lambda _: self._take())
        self.encoding.observe(self._decoded_anew, names="value")
        for control in (self.date_order, *self.columns.values()):
            control.observe(self._inspect, names="value")

    def _decoded_anew(self, _: object) -> None:
        if self._asked:
            self._read()

    def _go(self, *, read: bool = False) -> None:
        """Show what lies there. A file is read at once, a folder when asked for: it may be a large one."""
        place = self._place
        folder = place if place.is_dir() else place.parent
        listed, others = files_in(folder)
        above = [] if folder.resolve() == folder.resolve().parent else [("../", "..")]
        self.inside.options = [*above, *listed]
        self._forget()
        self._offer({})
        rest = f" {number(others, 'other')} in it cannot be chosen here." if others else ""
        if not self.path.value.strip():
            self._say(f"{_BEGIN}{rest}")
        elif place.is_dir() and not read:
            self._say(f"A folder: press “{self.look.description}” to read it.{rest}")
        else:
            self._read()

    @property
    def _place(self) -> Path:
        return Path(self.path.value.strip().strip("\"'") or ".").expanduser()

    def _descend(self) -> None:
        if self.inside.value is None:
            return
        place = self._place
        chosen = (place if place.is_dir() else place.parent) / self.inside.value
        self.path.value = os.path.normpath(chosen)

    def _forget(self) -> None:
        self._source, self.articles, self.code, self._asked = None, empty(ARTICLES), "", False
        self._told.value = self._line.value = ""
        _see(self._mapping, False)
        _see(self.use, False)

    def _read(self) -> None:
        """The columns of the source, and what it holds."""
        self._forget()
        if not self.path.value.strip():
            self._say(_BEGIN)
            return
        self._asked = True
        self._say("Reading …")
        try:
            records = named_records(self._name, self.encoding.value, None, Problems())
        except (CorpusError, OSError) as reason:
            self._say(_reason(reason))
            return
        self._offer(columns_with_values(records))
        self._inspect()

    @property
    def _name(self) -> str:
        """The name of a sample, or the path."""
        name = self.path.value.strip()
        return name if name in sample_names() and not Path(name).exists() else str(self._place)

    def _offer(self, values: dict[str, str]) -> None:
        recognised = {wanted: found for found, wanted in match_columns(list(values)).items()}
        for name, control in self.columns.items():
            found, kept = recognised.get(name, name if name in values else None), control.value
            unnamed = "none" if found is None else f"as recognised, {values[found]}"
            # Without the observer: each list would read the source again.
            control.unobserve(self._inspect, names="value")
            control.options = [(unnamed, ""), *((words, column) for column, words in values.items())]
            control.value = kept if kept in values else ""
            control.observe(self._inspect, names="value")
        _see(self._mapping, bool(values))

    @property
    def _options(self) -> dict[str, object]:
        return {"columns": self.named, "encoding": self.encoding.value, "date_order": self.date_order.value or None}

    def _inspect(self, _: object = None) -> None:
        """Read by what is chosen, and tell it."""
        if not self._asked:
            return
        self._say("Reading …")
        self.articles, self.code, self._line.value = empty(ARTICLES), "", ""
        try:
            self._source = inspect_source(self._name, **self._options)  # type: ignore[arg-type]
        except (CorpusError, OSError) as reason:
            self._source, self._told.value = None, ""
            self._say(_reason(reason))
            _see(self.use, False)
            return
        told = told_of(self._source)
        self._say(" ".join(filter(None, [told["size"], told["lost"]])))
        self._told.value = _html("told", **told)
        _see(self.use, len(self._source.articles) > 0)

    def _take(self) -> None:
        """Keep the articles that were found, and show the line that finds them again."""
        if self._source is None:
            return
        lost = not self._source.problems["kept"].all()
        self.articles = self._source.articles
        self.code = code_of(self._name, self._options, skip=lost)
        self._line.value = _html("code", code=self.code, size=number(len(self.articles), "article"), lost=lost)

    def _say(self, told: str) -> None:
        self._status.value = render("explore", plain="", part="status", told=told).html


def _controls(parts: list[widgets.Widget]) -> widgets.Box:
    box = widgets.Box(parts)
    box.add_class("ct-controls")
    return box


def _html(part: str, **context: object) -> str:
    return render("source", plain="", part=part, **context).html


def _reason(reason: Exception) -> str:
    if isinstance(reason, OSError):
        return f"{one_line(reason.filename or 'The file')}: {reason.strerror or reason}."
    return one_line(reason, longest=500, word=60)


def _see(part: widgets.DOMWidget, seen: bool) -> None:
    part.layout.display = None if seen else "none"
