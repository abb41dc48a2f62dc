"""Pictures inside a page: as addresses that hold the picture itself, and on the dark ground."""

from __future__ import annotations

import base64
import re

from corpus_tools.show.style import DARK, LIGHT, PALETTE

_PAIRS = {light.lower(): dark for light, dark in [*zip(LIGHT, DARK, strict=True), *PALETTE]}
_COLOUR = re.compile("|".join(map(re.escape, _PAIRS)), re.IGNORECASE)


def on_dark(svg: str) -> str:
    """How does a chart drawn on the light ground look on the dark one? Our own colours change, others stay.

    Examples
    --------
    >>> on_dark('<path style="fill: #1c1b19"/>')
    '<path style="fill: #ece8e1"/>'
    """
    return _COLOUR.sub(lambda found: _PAIRS[found[0].lower()], svg)


def svg_address(svg: str) -> str:
    """The address of a picture that is its own content.

    Examples
    --------
    >>> svg_address("<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
