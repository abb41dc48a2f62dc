"""Words from a corpus made harmless for a chart, a sentence or a page; HTML only through autoescaped templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import regex
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from corpus_tools.show.style import css_variables

LONGEST_WORD = 28
MISSING = "–"

_BLANK = regex.compile(r"[\s\p{Cc}]+")
# Direction overrides and the like; joiners stay, because Persian and the Indic scripts need them.
_INVISIBLE = regex.compile(r"(?![\u200c\u200d])[\p{Cf}\u115f\u1160\u3164\uffa0]")
_BROKEN = regex.compile(r"[\p{Cs}\p{Cn}]")
_STACKED = regex.compile(r"(\p{M}{4})\p{M}+")
TEMPLATES = Path(__file__).parent / "templates"
_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_UNPRINTABLE = regex.compile(r"[\p{Cs}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_OVERRIDES = regex.compile(r"[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Fragment:
    """A piece of a page: HTML in a notebook, plain text elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def missing(value: object) -> bool:
    """Is this cell empty?

    Examples
    --------
    >>> missing(None), missing(float("nan")), missing("")
    (True, True, False)
    """
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def one_line(value: object, *, longest: int = 200, word: int = LONGEST_WORD) -> str:
    """How does a name or a label look on one line, with nothing in it that acts?

    Parameters
    ----------
    value : object
        A cell of a frame; a missing one gives an empty text.
    longest, word : int
        Characters after which the whole, and one word, is cut; the cut shows as "…".

    Returns
    -------
    str
        No line ends, control characters or direction marks; at most four stacked accents.

    Examples
    --------
    >>> one_line("The\\u202e Daily\\nPost"), one_line("a" * 30, word=8), one_line(None)
    ('The Daily Post', 'aaaaaaa…', '')
    """
    if missing(value):
        return ""
    text = _INVISIBLE.sub("", _BLANK.sub(" ", str(value)))
    text = _STACKED.sub(r"\1", _BROKEN.sub("\ufffd", text)).strip()
    return _cut(" ".join(_cut(part, word) for part in text.split(" ")), longest)


def in_sentence(value: object) -> str:
    """How does a name stand in our own sentence, so that a name written from right to left does not turn it over?

    Examples
    --------
    >>> in_sentence("Outlet A"), in_sentence("\\u05d0") == "\\u2068\\u05d0\\u2069"
    ('Outlet A', True)
    """
    text = one_line(value)
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def as_printed(text: str) -> str:
    """How does a stretch of an article look, as it was printed?

    Examples
    --------
    >>> as_printed("two\\nlines \\u202e"), as_printed("\\x00")
    ('two\\nlines ', '\ufffd')
    """
    return _STACKED.sub(r"\1", _OVERRIDES.sub("", _UNPRINTABLE.sub("\ufffd", text)))


def percent(share: float, *, unit: str = " %") -> str:
    """How is a share written, so that a small one does not read as none?

    Examples
    --------
    >>> percent(0.904), percent(0.002), percent(0.9999), percent(0.0), percent(1.0)
    ('90 %', 'under 1 %', 'over 99 %', '0 %', '100 %')
    """
    points = 100 * share
    if 0 < points < 0.5:
        return f"under 1{unit}"
    if 99.5 <= points < 100 - 1e-9:
        return f"over 99{unit}"
    return f"{points:.0f}{unit}"


def number(value: float, noun: str) -> str:
    """How is a number of things written?

    Examples
    --------
    >>> number(1, "article"), number(2000, "hit")
    ('1 article', '2,000 hits')
    """
    return f"{value:,.0f} {noun}" + ("" if value == 1 else "s")


def render(template: str, *, plain: str, **context: Any) -> Fragment:
    """Which page do these plain values make?

    Parameters
    ----------
    template : str
        A file of ``show/templates`` without its ending; the style sheet beside it has the same name.
    plain : str
        What is shown where there is no HTML.
    **context
        Values for the template. Every text in them is escaped.

    Returns
    -------
    Fragment
    """
    page = templates().get_template(f"{template}.html.j2")
    return Fragment(page.render(style=_style_sheet(template), **context).strip(), plain)


@cache
def templates() -> Environment:
    """The one environment for all pages: it escapes everything, and a name that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style_sheets() -> frozenset[str]:
    """The style sheets that the components of this package bring along, each as it stands in a page.

    Examples
    --------
    >>> any(".ct-reader" in sheet for sheet in style_sheets()), any("@import" in sheet for sheet in style_sheets())
    (True, False)
    """
    names = {path.stem for path in TEMPLATES.glob("*.css")} & {path.name[:-8] for path in TEMPLATES.glob("*.html.j2")}
    return frozenset(str(_style_sheet(name)) for name in names)


@cache
def _style_sheet(name: str) -> Markup:
    rules = (TEMPLATES / f"{name}.css").read_text(encoding="utf-8")
    return Markup(css_variables(f".ct-{name}") + "\n" + rules)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
