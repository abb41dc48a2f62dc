"""The cells of an executed notebook → safe HTML for one page."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator
from html import escape
from typing import Any, NamedTuple

import mistune
from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from latex2mathml.converter import convert as latex_to_mathml
from mistune.plugins.table import render_table
from nbconvert.filters import Highlight2HTML, strip_ansi
from nbformat import NotebookNode

from corpus_tools.show.tables import tidy_table

DROPPED = set(
    "script iframe object embed link meta base form input select textarea noscript template title xmp".split()
)
ALLOWED = set(
    "a abbr article aside b blockquote br button caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s section small "
    "span strong style sub summary sup table tbody td tfoot th thead time tr u ul wbr "
    "svg g path rect circle ellipse line polyline polygon text tspan defs clippath desc".split()
)
EXCERPT = 400  # characters
CUT = "The rest of the article is not in this report: no licence says that it may be handed on. The notebook shows it."
_ADDRESSES = set("href src srcset action formaction poster data background cite ping xlink:href".split())
_SAFE_ADDRESS = re.compile(r"#|[\w-]+\.html(?:#[\w-]*)?\Z")
_NOTEBOOK = re.compile(r"\.ipynb(?=#|\Z)")
_SAFE_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml)[;,]")
_POINTERS = ("href", "for", "aria-labelledby", "aria-describedby", "aria-controls")
_OUTSIDE_STYLE = re.compile(r"url\s*\(|@import|image-set\s*\(|<", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,5})\s?|\\")
_WARNING = re.compile(r"\S.*:\d+: \w*Warning: (.*)")
_CHART_OBJECT = re.compile(r"<(?:Axes|Figure|matplotlib\.)[^\n]*>\Z|<Figure size")
# The package's own components bring their style and their boxes along.
_OURS = re.compile(r"ct-[a-z]+\Z")
_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")


class Block(NamedTuple):
    """One piece of a page: ``kind`` is prose, code or result."""

    kind: str
    html: str
    anchor: str


class PageWriter:
    """Renders the cells of one notebook; holds only what runs through a page: heading levels, names, numbering.

    ``whole`` names the articles that may be shown from beginning to end; without it all may. ``notebooks`` names those
    that are pages of the same report; a link to another one becomes words, and without it all are taken to be there.
    """

    def __init__(self, *, whole: Collection[str] | None = None, notebooks: Collection[str] | None = None) -> None:
        self.whole = whole
        self.notebooks = notebooks
        self.level = 1
        self.prose_level = 1
        self.section = "the beginning"
        self.names = {"main"}
        self.numbers: dict[str, int] = {}
        self._highlight = Highlight2HTML(pygments_lexer="python")
        self._own = mistune.create_markdown(renderer=_Prose(self), plugins=["table", "math"])
        self._foreign = mistune.create_markdown(renderer=_Prose(self), plugins=["table"])

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

    def fragment(self, html: str) -> str:
        """HTML made by a notebook: nothing that runs, nothing from outside, headings that fit into the page."""
        soup = BeautifulSoup(html, "html.parser")
        for hidden in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
            hidden.extract()
        for tag in soup.find_all(True):
            if tag.decomposed:
                continue
            if tag.name in DROPPED or (tag.name == "style" and _unwanted_style(tag)):
                tag.decompose()
            elif tag.name not in ALLOWED:
                tag.unwrap()
            else:
                _clean_attributes(tag)
                self._fit(tag)
        self._shorten(soup)
        self._rename(soup)
        for table in soup.find_all("table"):
            if table.find_parent(class_=_OURS) is not None:
                continue
            tidy_table(table)
            if table.find_parent("table") is None:
                table.wrap(soup.new_tag("div", attrs=self.box("Table")))
        return str(soup)

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
        anchor = self.name(re.sub(r"\W+", "-", self.section.lower()).strip("-") or "section")
        return f'<h{self.level} id="{escape(anchor)}">{text}</h{self.level}>\n'

    def _fit(self, tag: Tag) -> None:
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
        for pointer in _POINTERS:
            for tag in soup.find_all(lambda tag, pointer=pointer: tag.has_attr(pointer)):
                mark = "#" if pointer == "href" else ""
                names = str(tag[pointer]).removeprefix(mark).split()
                if mark == "" or str(tag[pointer]).startswith("#"):
                    tag[pointer] = mark + " ".join(renamed.get(name, name) for name in names)


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


class _Prose(mistune.HTMLRenderer):
    """Markdown → HTML without raw HTML, without addresses outside the page, with formulas as MathML."""

    def __init__(self, page: PageWriter) -> None:
        super().__init__(escape=True)
        self.page = page

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return self.page.heading(text, level)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        known = self.page.notebooks
        if _NOTEBOOK.search(url) and known is not None and _NOTEBOOK.split(url)[0] not in known:
            return text
        url = _NOTEBOOK.sub(".html", url)
        if _SAFE_ADDRESS.match(url):
            return f'<a href="{escape(url)}">{text}</a>'
        return text if escape(url) == text else f"{text} ({escape(url)})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img src="{escape(url)}" alt="{text}">' if _SAFE_PICTURE.match(url) else text

    def table(self, text: str) -> str:
        return self.page.scroll("Table", render_table(self, text))

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag = "th" if head else "td"
        kind = (' scope="col"' if head else "") + (' class="number"' if align == "right" else "")
        return f"<{tag}{kind}>{text}</{tag}>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return self.page.scroll("Code", f"<pre><code>{escape(code)}</code></pre>")

    def inline_math(self, text: str) -> str:
        return _formula(text, "inline")

    def block_math(self, text: str) -> str:
        return self.page.scroll("Formula", _formula(text, "block"))


def _formula(text: str, display: str) -> str:
    try:
        return latex_to_mathml(text.strip(), display=display)
    except Exception:  # whatever the converter stumbles over, the reader sees the formula as it was written
        return f"<code>{escape(text)}</code>"


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


def _unwanted_style(tag: Tag) -> bool:
    # pandas' own scoped rules are replaced by the page's.
    return tag.has_attr("scoped") or _reaches_out(tag.get_text())


def _reaches_out(css: str) -> bool:
    return bool(_OUTSIDE_STYLE.search(_CSS_ESCAPE.sub(lambda found: chr(int(found[1] or "20", 16)), css)))


def _clean_attributes(tag: Tag) -> None:
    for name, value in list(tag.attrs.items()):
        text = " ".join(value) if isinstance(value, list) else str(value)
        safe = _SAFE_PICTURE if (tag.name, name) == ("img", "src") else _SAFE_ADDRESS
        outside = name in _ADDRESSES and not safe.match(text.strip())
        if outside or name.startswith("on") or (name == "style" and _reaches_out(text)):
            del tag.attrs[name]
