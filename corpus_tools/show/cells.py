"""The cells of an executed notebook → safe HTML for one page."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator
from html import escape
from typing import Any, NamedTuple

import mistune
from bs4 import BeautifulSoup, Tag
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbformat import NotebookNode

from corpus_tools.show.downloads import Downloads
from corpus_tools.show.markup import style_sheets
from corpus_tools.show.prose import Prose, anchor_of, page_address
from corpus_tools.show.sanitise import sanitise
from corpus_tools.show.tables import tidy_table

EXCERPT = 400  # characters
CUT = "The rest of the article is not in this report: no licence says that it may be handed on. The notebook shows it."
_POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "headers")
_LOCAL = re.compile(r"url\((['\"]?)#([^'\")]*)\1\)")
_WARNING = re.compile(r"\S.*:\d+: \w*Warning: (.*)")
_CHART_OBJECT = re.compile(r"<(?:Axes|Figure|matplotlib\.)[^\n]*>\Z|<Figure size")
# The package's own components bring their style and their boxes along.
_OURS = re.compile(r"ct-[a-z]+\Z")
_OUR_CHART = '<figure class="ct-chart">'
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")
# Names that the page has besides those of its cells, and that the script of the reader keeps for itself.
_TAKEN = ("main", "ctReaderKeys")


class Block(NamedTuple):
    """One piece of a page: ``kind`` is prose, code or result."""

    kind: str
    html: str
    anchor: str


class PageWriter:
    """Renders the cells of one notebook; holds only what runs through a page: heading levels, names, numbering.

    ``whole`` names the articles that may be shown from beginning to end; without it all may. ``notebooks`` names those
    that are pages of the same report; a link to another one becomes words, and without it all are taken to be there.
    ``page`` is the page's file without its ending: with it, ``downloads`` holds the tables and charts of the page, and
    below each stands a link to its file.
    """

    def __init__(
        self, *, whole: Collection[str] | None = None, notebooks: Collection[str] | None = None, page: str = ""
    ) -> None:
        self.whole = whole
        self.notebooks = notebooks
        self.downloads = Downloads(page)
        self.level = 1
        self.prose_level = 1
        self.section = "the beginning"
        self.names = set(_TAKEN)
        self.numbers: dict[str, int] = {}
        self._styles = style_sheets()
        self._highlight = Highlight2HTML(pygments_lexer="python")
        self._own = mistune.create_markdown(renderer=Prose(self), plugins=["table", "math"])
        self._foreign = mistune.create_markdown(renderer=Prose(self), plugins=["table"])

    def blocks(self, notebook: NotebookNode) -> Iterator[Block]:
        """The page's pieces in reading order; code that shows nothing is folded into that of the next result."""
        waiting: list[str] = []
        for cell in notebook.cells:
            anchor = self.name("sentences" if "sentences" in cell.metadata.get("tags", []) else f"cell-{cell.id}")
            if cell.cell_type == "markdown":
                yield Block("prose", str(self._own(cell.source)), anchor)
            elif cell.cell_type == "code":
                waiting.append(cell.source)
                results = [html for html in map(self.output, cell.outputs) if html]
                if results:
                    yield Block("code", self.code(waiting), "")
                    yield Block("result", "\n".join(results), anchor)
                    waiting = []
        if waiting:
            yield Block("code", self.code(waiting), "")

    def code(self, sources: list[str]) -> str:
        """Code, folded."""
        shown = BeautifulSoup(self._highlight("\n\n".join(sources)), "html.parser").find("pre")
        return f"<summary>Show the code</summary>{self.scroll('Code', str(shown))}"

    def output(self, output: dict[str, Any]) -> str:
        """One output of a cell: its richest form that can be shown without a script."""
        if output["output_type"] == "stream":
            return self.stream(output["name"], output["text"])
        data = output.get("data", {})
        if _OUR_CHART in data.get("text/html", ""):
            kept = output.get("metadata", {}).get("corpus_tools", {})
            return self.fragment(data["text/html"], rows=str(kept.get("csv", "")))
        for kind in _IMAGES:
            if kind in data:
                return self.image(kind, data[kind], output.get("metadata", {}))
        if "text/html" in data:
            return self.fragment(data["text/html"])
        if "text/markdown" in data:
            return f'<div class="prose">{self._foreign(data["text/markdown"])}</div>'
        text = data.get("text/plain", "")
        return "" if not text or _CHART_OBJECT.match(text) else self.stream("stdout", text)

    def stream(self, name: str, text: str) -> str:
        """Printed text; what went to stderr is a note."""
        text = strip_ansi(text).strip("\n")
        if name == "stderr":
            return f'<p class="note">{escape(_without_origins(text))}</p>'
        if "\n" not in text and "  " not in text:
            return f'<p class="printed">{escape(text)}</p>'
        return self.scroll("Text", f"<pre>{escape(text)}</pre>")

    def image(self, kind: str, data: str, metadata: dict[str, Any]) -> str:
        """A picture with its description; in a box of its own that scrolls on a narrow screen."""
        about = {**metadata, **metadata.get(kind, {})}
        alt = about.get("alt") or f"Chart in the section “{self.section}”; the text beside it says what it shows."
        if kind == "image/svg+xml":
            data = base64.b64encode(data.encode()).decode()
        size = "".join(f' {side}="{int(about[side])}"' for side in ("width", "height") if side in about)
        picture = f'<img src="data:{kind};base64,{"".join(data.split())}" alt="{escape(str(alt))}"{size}>'
        return f'<figure class="chart">{self.scroll("Chart", picture)}</figure>'

    def fragment(self, html: str, *, rows: str = "") -> str:
        """HTML made by a notebook: nothing that runs, nothing from outside, headings that fit into the page.

        ``rows`` is the CSV of a chart that has more rows than its table shows.
        """
        soup = BeautifulSoup(html, "html.parser")
        sanitise(soup, address=self.address, styles=self._styles)
        for tag in soup.find_all(True):
            self._fit(tag)
        self._shorten(soup)
        self._rename(soup)
        for table in soup.find_all("table"):
            if table.find_parent(class_=_OURS) is not None:
                continue
            tidy_table(table)
            if table.find_parent("table") is None:
                table.wrap(soup.new_tag("div", attrs=self.box("Table")))
        if self.downloads.page:
            self.downloads.offer(soup, self.section, rows=rows)
        return str(soup)

    def address(self, url: str) -> str | None:
        """Where a link of the notebook leads in the report; None where it leads out of it."""
        return page_address(url, self.notebooks)

    def scroll(self, what: str, html: str) -> str:
        """A box that scrolls by itself, can be reached by key and has a name."""
        attributes = " ".join(f'{name}="{value}"' for name, value in self.box(what).items())
        return f"<div {attributes}>{html}</div>"

    def box(self, what: str) -> dict[str, str]:
        """The attributes of such a box; its name is its kind and number."""
        self.numbers[what] = self.numbers.get(what, 0) + 1
        return {"class": "scroll", "role": "region", "aria-label": f"{what} {self.numbers[what]}", "tabindex": "0"}

    def name(self, wanted: str) -> str:
        """A name for an element that no other element of the page has."""
        name, number = wanted, 1
        while name in self.names:
            number += 1
            name = f"{wanted}{'-' if ' ' not in wanted else ' '}{number}"
        self.names.add(name)
        return name

    def heading(self, text: str, level: int) -> str:
        """A heading of our prose, one level below the page's title or deeper, never skipping a level."""
        self.level = self.prose_level = min(max(level, 2), self.level + 1)
        self.section = BeautifulSoup(text, "html.parser").get_text()
        anchor = self.name(anchor_of(self.section) or "section")
        return f'<h{self.level} id="{escape(anchor)}">{text}</h{self.level}>\n'

    def _fit(self, tag: Tag) -> None:
        if tag.name == "style":
            # The same text once on a page is enough.
            if tag.get_text() not in self._styles:
                tag.decompose()
            self._styles = self._styles - {tag.get_text()}
        if re.fullmatch("h[1-6]", tag.name):
            self.level = min(max(int(tag.name[1]), self.prose_level + 1), self.level + 1, 6)
            tag.name = f"h{self.level}"
        if tag.get("role") == "region" and tag.get("aria-label"):
            tag["aria-label"] = self.name(str(tag["aria-label"]))
        if tag.name == "img" and not tag.get("src"):
            tag.replace_with(str(tag.get("alt", "")))
        elif tag.name == "img" and not tag.get("alt"):
            tag["alt"] = f"Picture in the section “{self.section}”"

    def _shorten(self, soup: BeautifulSoup) -> None:
        """Of an article that may not be handed on whole: the headline, the measures and the first paragraph."""
        for reader in soup.select("article.ct-reader"):
            if self.whole is None or str(reader.get("aria-label", "")).removeprefix("Article ") in self.whole:
                continue
            rest = [*reader.select("p.ct-text")[1:], *reader.select("details:not(.ct-names)")]
            for part in rest:
                part.decompose()
            rest += [p for p in reader.select("p.ct-text") if _cut_to(p, EXCERPT)]
            if rest and (lead := reader.select_one("p.ct-text")) is not None:
                note = soup.new_tag("p", attrs={"class": "ct-kind"}, string=CUT)
                lead.insert_after(note)

    def _rename(self, soup: BeautifulSoup) -> None:
        """Names that the page has already get a number, and what points to them follows."""
        renamed = {}
        for tag in soup.find_all(id=True):
            before = str(tag["id"])
            tag["id"] = renamed[before] = self.name(before)
        for tag in soup.find_all(True) if any(before != after for before, after in renamed.items()) else []:
            for name, value in tag.attrs.items():
                text = " ".join(value) if isinstance(value, list) else str(value)
                if name in _POINTERS:
                    tag[name] = " ".join(renamed.get(one, one) for one in text.split())
                elif name == "href" and text.startswith("#"):
                    tag[name] = f"#{renamed.get(text[1:], text[1:])}"
                elif "url(#" in text or "url('#" in text:
                    tag[name] = _LOCAL.sub(lambda found: f"url(#{renamed.get(found[2], found[2])})", text)


def _cut_to(paragraph: Tag, room: int) -> bool:
    """Leave so many characters of a paragraph; was there more?"""
    left = room
    for text in list(paragraph.find_all(string=True)):
        if left <= 0:
            text.extract()
        elif len(text) > left:
            text.replace_with(text[:left].rsplit(" ", 1)[0] + " …")
        left -= len(text)
    return left < 0


def _without_origins(text: str) -> str:
    """Warnings without the lines of code that gave them, which lie in a temporary file of another name each time."""
    kept: list[str] = []
    warned = False
    for line in text.splitlines():
        found = _WARNING.match(line)
        if found:
            kept.append(found[1])
        elif not (warned and line.startswith("  ")):
            kept.append(line)
        warned = bool(found)
    return "\n".join(kept)
