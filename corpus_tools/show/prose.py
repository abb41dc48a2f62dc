"""Markdown of a notebook → HTML without raw HTML, without addresses outside the report, with formulas as MathML."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import Any, Protocol
from urllib.parse import unquote

import mistune
from latex2mathml.converter import convert as latex_to_mathml
from mistune.plugins.table import render_table

SAFE_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml)[;,]")
_INSIDE = re.compile(r"#[\w.:%-]*")
_PAGE = re.compile(r"(?:\./)?(?P<name>[\w-]+)\.(?P<kind>html|ipynb|(?<=glossary\.)md)(?:#(?P<place>.*))?")


class Page(Protocol):
    """What the prose needs from the page that it stands on."""

    def heading(self, text: str, level: int) -> str: ...
    def scroll(self, what: str, html: str) -> str: ...
    def address(self, url: str) -> str | None: ...


def anchor_of(text: str) -> str:
    """The name by which a link finds a heading.

    Examples
    --------
    >>> anchor_of("Direct speech")
    'direct-speech'
    """
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def is_page(url: str) -> bool:
    """Does this lead to a page of a report, or to the notebook that one is made of?"""
    return _PAGE.fullmatch(url) is not None


def page_address(url: str, pages: Collection[str] | None) -> str | None:
    """Where does a link lead in a report?

    Parameters
    ----------
    url : str
        As the notebook has it.
    pages : collection of str or None
        The pages that the report has besides its first, without their ending; None takes all to be there.

    Returns
    -------
    str or None
        A place on the same page or on another of the report; None for whatever lies outside of it.

    Examples
    --------
    >>> page_address("02_names.ipynb#Two-names", None), page_address("glossary.md#Direct speech", ["glossary"])
    ('02_names.html#two-names', 'glossary.html#direct-speech')
    >>> page_address("02_names.ipynb", ["01_corpus"]), page_address("javascript:alert(1)", None)
    (None, None)
    """
    if _INSIDE.fullmatch(url):
        return url
    found = _PAGE.fullmatch(url)
    if not found or (pages is not None and found["name"] != "index" and found["name"] not in pages):
        return None
    place = unquote(found["place"] or "")
    # Notebooks name their headings as they are written, pages in small letters.
    anchor = place if found["kind"] == "html" and _INSIDE.fullmatch(f"#{place}") else anchor_of(place)
    return f"{found['name']}.html" + (f"#{anchor}" if anchor else "")


class Prose(mistune.HTMLRenderer):
    """Renders for one page, which gives headings their level, boxes their number and links their address."""

    def __init__(self, page: Page) -> None:
        super().__init__(escape=True)
        self.page = page

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return self.page.heading(text, level)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = self.page.address(url)
        if address is not None:
            return f'<a href="{escape(address)}">{text}</a>'
        return text if is_page(url) or escape(url) == text else f"{text} ({escape(url)})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img src="{escape(url)}" alt="{text}">' if SAFE_PICTURE.match(url) else text

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
