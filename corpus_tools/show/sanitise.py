"""HTML that a notebook shows → elements, attributes and values from explicit lists; what is not listed goes.

Only tags of the lists are written, every other "<" is escaped, and no element is kept whose text a browser would not
read as text. So whatever tree a browser builds of it, whether or not it is the one that was read here, nothing in it
runs, fetches or covers the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

Address = Callable[[str], str | None]

HTML = frozenset(
    "a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q s samp section small span strong "
    "sub summary sup svg table tbody td tfoot th thead time tr u ul var wbr".split()
)
# Readers of HTML write these in small letters; a file of SVG needs them as they are.
SVG = {
    name.lower(): name
    for name in "svg g defs clipPath path use rect circle ellipse line polyline polygon text tspan title desc".split()
}
# Of other elements of HTML the words stay; of these nothing does.
DROPPED = frozenset(
    "annotation-xml applet audio base button canvas datalist dialog embed form frame frameset iframe input link "
    "listing map meta meter noembed noframes noscript object optgroup option output plaintext portal progress script "
    "select slot style template textarea title track video xmp".split()
)
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")

_ANY = re.compile(r"[\s\S]*")
_NUMBERS = re.compile(r"[\d.,eE%+\-\s]*(?:px|em|pt)?")
_WORD = re.compile(r"[a-zA-Z-]+")
_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,99}")
_NAMES = re.compile(r"[\w.:\s-]+")
_SMALL = re.compile(r"[1-9]\d{0,2}")
_PIXELS = re.compile(r"[1-9]\d{0,4}")
_LOCAL = re.compile(r"#[\w.:-]+")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_MOVED = re.compile(r"(?:\s*(?:translate|scale|rotate|matrix|skewX|skewY)\([\d.,eE+\-\s]*\)\s*,?)*")
_VALUE = re.compile(
    r"(?:[\w\s.,%#+*/'\"-]|(?:var|rgba?|hsla?|calc|min|max|clamp)\((?!\))|url\(['\"]?#[\w.:-]+['\"]?\)|\))*"
)
_PROPERTIES = frozenset(
    "background-color border border-bottom border-collapse border-color border-left border-right border-style "
    "border-top border-width clip-path clip-rule color direction display dominant-baseline fill fill-opacity fill-rule "
    "flex-grow font font-family font-size font-style font-variant font-variant-numeric font-weight height left "
    "letter-spacing line-height margin max-height max-width min-width opacity overflow-wrap padding padding-left "
    "padding-right paint-order shape-rendering stroke stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration "
    "unicode-bidi vector-effect vertical-align visibility white-space width".split()
)

_ROLES = re.compile(
    "cell|columnheader|figure|group|img|list|listitem|none|note|presentation|region|row|rowgroup|rowheader|table"
)
_EVERYWHERE = {
    "id": _NAME,
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "dir": re.compile("ltr|rtl|auto"),
    "title": _ANY,
    "hidden": re.compile("(?:hidden)?"),
    "tabindex": re.compile("0|-1"),
    "role": _ROLES,
    "aria-label": _ANY,
    "aria-description": _ANY,
    "aria-labelledby": _NAMES,
    "aria-describedby": _NAMES,
    "aria-controls": _NAMES,
    "aria-hidden": re.compile("true|false"),
    "aria-level": re.compile("[1-6]"),
    # What the script of the reader looks for.
    "data-key": re.compile(r"[\w ]{1,20}"),
    "data-tie": re.compile(r"\d{1,6}"),
}
_CELL = {"colspan": _SMALL, "rowspan": _SMALL, "headers": _NAMES, "scope": re.compile("col|row|colgroup|rowgroup")}
_OF_HTML: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "img": {"src": _PICTURE, "alt": _ANY, "width": _PIXELS, "height": _PIXELS},
    "td": _CELL,
    "th": {**_CELL, "abbr": _ANY},
    "col": {"span": _SMALL},
    "colgroup": {"span": _SMALL},
    "details": {"open": re.compile("(?:open)?")},
    "ol": {"start": re.compile(r"-?\d{1,6}"), "type": re.compile("[1aAiI]")},
    "li": {"value": re.compile(r"-?\d{1,6}")},
    "time": {"datetime": re.compile(r"[\w:.+ -]{1,40}")},
}
_OF_SVG = {
    **dict.fromkeys("x y x1 x2 y1 y2 dx dy cx cy r rx ry width height rotate".split(), _NUMBERS),
    **dict.fromkeys(("points", "viewbox", "textlength", "pathlength"), _NUMBERS),
    **dict.fromkeys("preserveaspectratio lengthadjust clippathunits".split(), re.compile(r"[A-Za-z\s]+")),
    **{name: _VALUE for name in _PROPERTIES if name.startswith(("fill", "stroke", "font", "text-", "clip"))},
    **dict.fromkeys(("opacity", "color", "letter-spacing", "dominant-baseline", "visibility"), _VALUE),
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz\d\s.,eE+-]*"),
    "transform": _MOVED,
    "focusable": re.compile("true|false"),
}
_CASED = {
    name.lower(): name
    for name in ("viewBox", "textLength", "pathLength", "preserveAspectRatio", "lengthAdjust", "clipPathUnits")
}


def sanitise(soup: BeautifulSoup, *, address: Address, styles: Collection[str] = ()) -> None:
    """Leave of a piece of HTML what is on the lists.

    Parameters
    ----------
    soup : bs4.BeautifulSoup
        Changed in place.
    address : callable
        Takes the address of a link, returns the one that the page may have; of None, the link becomes its words.
    styles : collection of str
        The style sheets that may stay, to the letter; every other one goes.

    Examples
    --------
    >>> soup = BeautifulSoup("<p onclick='x()' class='a'>1<script>2</script><blink>3</blink></p>", "html.parser")
    >>> sanitise(soup, address=lambda url: None)
    >>> print(soup)
    <p class="a">13</p>
    """
    for unseen in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        unseen.extract()
    waiting = [(child, False) for child in soup.find_all(True, recursive=False)]
    while waiting:
        tag, drawn = waiting.pop()
        if tag.name == "style" and not drawn and tag.get_text() in styles:
            tag.attrs.clear()
            continue
        if tag.name not in (SVG if drawn else HTML):
            if drawn or tag.name in DROPPED:
                tag.decompose()
                continue
            waiting += [(child, drawn) for child in tag.find_all(True, recursive=False)]
            tag.unwrap()
            continue
        drawn = drawn or tag.name == "svg"
        _clean(tag, drawn, address)
        waiting += [(child, drawn) for child in tag.find_all(True, recursive=False)]
    _mend_links(soup)


def _clean(tag: Tag, drawn: bool, address: Address) -> None:
    before = {name: " ".join(v) if isinstance(v, list) else str(v) for name, v in tag.attrs.items()}
    tag.attrs.clear()
    if tag.name == "a" and (url := address(before.get("href", ""))):
        tag["href"] = url
    allowed = _OF_SVG if drawn else _OF_HTML.get(tag.name, {})
    for name, value in before.items():
        rule = _EVERYWHERE.get(name) or allowed.get(name)
        if name == "class":
            kept = " ".join(part for part in value.split() if _NAME.fullmatch(part))
        elif name == "style":
            kept = _harmless(value)
        elif tag.name == "use" and name in ("href", "xlink:href"):
            name, kept = "href", value if _LOCAL.fullmatch(value) else ""
        elif rule is None or not rule.fullmatch(value):
            continue
        else:
            kept = value
        if kept or name not in ("class", "style", "href"):
            tag[_CASED.get(name, name)] = kept
    if drawn and tag.name in ("title", "desc"):
        # Outside of a drawing a browser takes what a title holds for text; so it is text here, too.
        tag.string = tag.get_text()
    tag.name = SVG[tag.name] if drawn else tag.name


def _harmless(style: str) -> str:
    """The declarations of a style that only colour, measure and write."""
    kept = []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        known = name.lower() in _PROPERTIES or re.fullmatch(r"--ct-[\w-]+", name)
        # A margin below nothing lays words over others.
        outside = name.lower() == "margin" and "-" in value
        if known and value and not outside and _VALUE.fullmatch(value) and value.count("(") == value.count(")"):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def _mend_links(soup: BeautifulSoup) -> None:
    for link in soup.find_all("a"):
        if not link.has_attr("href"):
            link.unwrap()
    names = {str(tag["id"]): tag for tag in soup.find_all(id=True)}
    for use in soup.find_all("use"):
        target = names.get(str(use.get("href", ""))[1:])
        # Groups that use groups that use groups draw a billion shapes in a few lines.
        if target is None or target.name not in _SHAPES:
            use.decompose()
