"""A figure as SVG: inside a page, where its colours follow the page's ground, and as a file."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from corpus_tools.schema import CorpusError
from corpus_tools.show.style import LIGHT, SANS, colour_variables
from corpus_tools.show.svg import plain_drawing

_PIXELS_PER_INCH = 96
# Twice as fine as a common screen, so that print and fine screens stay sharp.
_FINE = 2 * _PIXELS_PER_INCH
_VARIABLES = {colour: f"var({name}, {colour})" for colour, name in colour_variables().items()}
_COLOUR = re.compile("|".join(map(re.escape, _VARIABLES)))
_VARIABLE = re.compile(r"var\(\s*--[\w-]+\s*,\s*([^()]*)\)")
_SPACE = "http://www.w3.org/2000/svg"


def inline_picture(figure: Figure, alt: str, *, kind: str = "ct-only") -> Markup:
    """How does a figure stand in a page, so that its words are words and its colours those of the page?

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What was drawn. Its colours follow the page where its ground is ours; else they stay as they are.
    alt : str
        What the picture shows, for those who do not see it.
    kind : str
        The class of the element, by which the style sheet shows and hides it.

    Returns
    -------
    markupsafe.Markup
        An ``svg`` without any id, so that it may stand in a page twice; an ``img`` where the figure holds something
        that cannot be drawn so, such as a photograph.
    """
    drawing = plain_drawing(figure)
    width, height = (f"{side * _PIXELS_PER_INCH:.0f}" for side in figure.get_size_inches())
    if drawing is None:
        return _image(figure, alt, {"width": width, "height": height, "class": kind})
    if to_hex(figure.get_facecolor()) == LIGHT.ground:
        _recolour(drawing, lambda style: _COLOUR.sub(lambda found: _VARIABLES[found[0]], style))
    whole = Element("svg", {"class": kind, "role": "img", "aria-label": alt, "width": width, "height": height})
    whole.set("viewBox", drawing.attrib["viewBox"])
    whole.set("style", f"font-family:var(--ct-sans, {SANS});stroke-linejoin:round")
    whole.extend(drawing)
    return Markup(ElementTree.tostring(whole, encoding="unicode"))


def chart_svg(figure: Figure, *, alt: str = "") -> str:
    """Which text makes a file of a figure? An SVG in the light colours; see :func:`standalone`.

    Raises
    ------
    CorpusError
        When the figure holds something that has no plain form in SVG, such as a photograph.
    """
    picture = inline_picture(figure, alt)
    if not picture.startswith("<svg"):
        raise CorpusError("this figure holds a picture, so it has no SVG; save it as PNG: figure.savefig(…).")
    return standalone(picture)


def standalone(svg_markup: str) -> str:
    """Which file is the SVG of a page? With its name space, its colours spelled out, as light as paper.

    Examples
    --------
    >>> standalone('<svg viewbox="0 0 9 9"><text style="fill:var(--ct-ink, #1c1b19)">a</text></svg>')
    '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><text style="fill:#1c1b19">a</text></svg>'
    """
    if "<!" in svg_markup:
        raise CorpusError("an SVG of a page holds neither comments nor declarations; this one does.")
    try:
        whole = ElementTree.fromstring(svg_markup)
    except ElementTree.ParseError as broken:
        raise CorpusError(f"this is not the SVG of a page: {broken}.") from broken
    for part in whole.iter():
        part.tag = str(part.tag).rpartition("}")[2]
        # Readers of HTML write the names of attributes in small letters.
        if "viewbox" in part.attrib:
            part.set("viewBox", part.attrib.pop("viewbox"))
    for name in ("class", "xmlns"):
        whole.attrib.pop(name, None)
    if not whole.get("aria-label"):
        whole.attrib.pop("aria-label", None)
    whole.set("xmlns", _SPACE)
    _recolour(whole, lambda style: _VARIABLE.sub(r"\1", style))
    return ElementTree.tostring(whole, encoding="unicode")


def _recolour(drawing: Element, change: Callable[[str], str]) -> None:
    """Only in styles: a text may name a colour, and keeps it."""
    for part in drawing.iter():
        if style := part.get("style"):
            part.set("style", change(style))


def _image(figure: Figure, alt: str, about: dict[str, str]) -> Markup:
    held = io.BytesIO()
    # Without the user's savefig.bbox: a cropped picture would no longer have the size that is told.
    figure.savefig(held, format="png", dpi=_FINE, bbox_inches=figure.bbox_inches, metadata={"Software": None})
    data = base64.b64encode(held.getvalue()).decode("ascii")
    told = Element("img", {"src": f"data:image/png;base64,{data}", "alt": alt, **about})
    return Markup(ElementTree.tostring(told, encoding="unicode"))
