"""Matplotlib's SVG made plain: no names, no references, no style sheet, so that it may stand in any page, any times."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib as mpl
from matplotlib.figure import Figure

from corpus_tools.show.style import CHART_FAMILIES

_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e-?\d+)?")
_LOCAL = re.compile(r"url\(#([^)]*)\)")
_MOVED = re.compile(r"translate\((\S+) (\S+)\)")
_LINK = "{http://www.w3.org/1999/xlink}href"
# A path may lie outside the box that it is clipped to by the width of a line.
_SLACK = 1.5
_CURVES_OF_A_CIRCLE = 8

Box = tuple[float, float, float, float]
Style = dict[str, str]


class _NotPlainError(Exception):
    """The drawing holds something that has no plain form: a photograph, a hatching, a clip that is no rectangle."""


def plain_drawing(figure: Figure) -> Element | None:
    """Which few elements draw this figure?

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Any figure; its texts stay texts.

    Returns
    -------
    xml.etree.ElementTree.Element or None
        An ``svg`` with ``viewBox``, in points, that holds ``path``, ``circle``, ``text``, ``tspan``, ``g`` and, where
        something is clipped, an ``svg`` inside. Colours stand in ``style``. None where that cannot be drawn so.
    """
    held = io.StringIO()
    # Without the salt the parts would be named at random; without the user's savefig.bbox nothing is cropped.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "corpus-tools", "svg.image_inline": True}):
        figure.savefig(held, format="svg", metadata=_NO_METADATA, bbox_inches=figure.bbox_inches)
    try:
        whole = ElementTree.fromstring(held.getvalue())
        plain = Element("svg", {"viewBox": whole.attrib["viewBox"]})
        plain.extend(_joined(_plain_parts(whole, _Named(whole))))
    except (ElementTree.ParseError, _NotPlainError):
        return None
    return plain


class _Named:
    """What other elements point to: shapes of marks, and rectangles that clip."""

    def __init__(self, whole: Element) -> None:
        self.shapes = {
            part.attrib["id"]: part for part in whole.iter() if _kind(part) == "path" and "id" in part.attrib
        }
        self.boxes: dict[str, Box] = {}
        for clip in whole.iter():
            if _kind(clip) == "clipPath" and len(clip) == 1 and _kind(clip[0]) == "rect":
                x, y, width, height = (float(clip[0].attrib[side]) for side in ("x", "y", "width", "height"))
                self.boxes[clip.attrib["id"]] = (x, y, width, height)

    def clip(self, part: Element) -> Box | None:
        """The box that an element is clipped to."""
        found = _LOCAL.match(part.attrib.get("clip-path", ""))
        if not found:
            return None
        if found[1] not in self.boxes:
            raise _NotPlainError
        return self.boxes[found[1]]


def _plain_parts(parent: Element, named: _Named) -> Iterator[Element]:
    for part in parent:
        kind = _kind(part)
        if kind == "g":
            yield from _group(part, named)
        elif kind == "path":
            drawn = Element("path", {"d": _compact(part.attrib["d"]), "style": _css(_filled(_style(part)))})
            yield _clipped(drawn, named.clip(part), list(_points(part.attrib["d"])))
        elif kind == "text":
            yield _text(part)
        elif kind not in ("defs", "metadata"):
            raise _NotPlainError


def _joined(parts: Iterable[Element]) -> list[Element]:
    """Lines that follow each other and look alike become one path: hundreds of strokes stay a small file."""
    kept: list[Element] = []
    for part in parts:
        last = kept[-1] if kept else None
        if last is not None and _is_line(part) and _is_line(last) and part.get("style") == last.get("style"):
            last.set("d", last.attrib["d"] + part.attrib["d"])
        else:
            kept.append(part)
    return kept


def _is_line(part: Element) -> bool:
    style = part.get("style", "")
    return part.tag == "path" and "fill:none" in style and "opacity" not in style and "transform" not in part.attrib


def _group(group: Element, named: _Named) -> Iterator[Element]:
    """A group counts only where it moves, colours or clips what it holds."""
    marks = [part for part in group if _kind(part) == "use"]
    if marks:
        yield _marks(marks, named, named.clip(group))
        return
    inside = list(_plain_parts(group, named))
    if not {"transform", "style", "clip-path"} & set(group.attrib):
        yield from inside
        return
    if "clip-path" in group.attrib:
        raise _NotPlainError
    own = {"style": _css(_style(group))} | {name: group.attrib[name] for name in ("transform",) if name in group.attrib}
    moved = Element("g", own)
    moved.extend(inside)
    yield moved


def _marks(uses: list[Element], named: _Named, box: Box | None) -> Element:
    """Marks of one shape, each drawn in its place; those that look alike share their style."""
    shape = named.shapes[uses[0].attrib[_LINK][1:]]
    if any(use.attrib[_LINK] != uses[0].attrib[_LINK] or "transform" in use.attrib for use in uses):
        raise _NotPlainError
    styles = [_css(_filled(_style(use) | _style(shape))) for use in uses]
    places = [(float(use.attrib.get("x", 0)), float(use.attrib.get("y", 0))) for use in uses]
    drawn = [_shape(shape.attrib["d"], place) for place in places]
    if len(drawn) == 1:
        drawn[0].set("style", styles[0])
        return _clipped(drawn[0], box, places)
    group = Element("g", {"style": styles[0]})
    for mark, style in zip(drawn, styles, strict=True):
        if style != styles[0]:
            mark.set("style", style)
    group.extend(drawn)
    return _clipped(group, box, places)


def _shape(path: str, at: tuple[float, float]) -> Element:
    x, y = map(_short, at)
    numbers = list(_points(path))
    radius = abs(numbers[0][1])
    if path.count("C") == _CURVES_OF_A_CIRCLE and all(
        abs(right**2 + down**2 - radius**2) < 0.01 * radius**2 for right, down in numbers[::3]
    ):
        return Element("circle", {"cx": x, "cy": y, "r": _short(radius)})
    return Element("path", {"d": _compact(path), "transform": f"translate({x} {y})"})


def _text(part: Element) -> Element:
    style = _filled(_style(part))
    if any(family in style.get("font-family", "") for family in CHART_FAMILIES):
        del style["font-family"]
    text = Element("text", {"style": _css(style)})
    for name in ("x", "y"):
        if name in part.attrib:
            text.set(name, _short(float(part.attrib[name])))
    turned = part.attrib.get("transform", "")
    if moved := _MOVED.fullmatch(turned):
        text.attrib |= {name: _short(float(place)) for name, place in zip(("x", "y"), moved.groups(), strict=True)}
    elif turned and not turned.startswith(("rotate(-0 ", "rotate(0 ")):
        text.set("transform", turned)
    text.text = part.text
    for span in part:
        held = Element("tspan", {name: value for name, value in span.attrib.items() if name in ("x", "y", "style")})
        held.text, held.tail = span.text, span.tail
        text.append(held)
    return text


def _clipped(drawn: Element, box: Box | None, points: list[tuple[float, float]]) -> Element:
    """Inside a box of its own where it would reach out of it: a clip that needs no name."""
    if box is None:
        return drawn
    left, top, width, height = box
    if all(
        left - _SLACK <= x <= left + width + _SLACK and top - _SLACK <= y <= top + height + _SLACK for x, y in points
    ):
        return drawn
    sides = {"x": _short(left), "y": _short(top), "width": _short(width), "height": _short(height)}
    held = Element("svg", {**sides, "viewBox": " ".join(sides.values())})
    held.append(drawn)
    return held


def _points(path: str) -> Iterator[tuple[float, float]]:
    numbers = [float(found) for found in _NUMBER.findall(path)]
    return zip(numbers[::2], numbers[1::2], strict=True)


def _compact(path: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _NUMBER.sub(lambda found: _short(float(found[0])), path)).strip()


def _short(value: float) -> str:
    """Hundredths of a point are finer than any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"


def _filled(style: Style) -> Style:
    """Matplotlib leaves black out, because it is the colour of a shape that names none."""
    return {"fill": "#000000"} | style


def _style(part: Element) -> Style:
    pairs = (pair.split(":", 1) for pair in part.attrib.get("style", "").split(";") if ":" in pair)
    style = {name.strip(): value.strip() for name, value in pairs}
    if any("url(" in value for value in style.values()):
        raise _NotPlainError
    return style


def _css(style: Style) -> str:
    return ";".join(f"{name}:{value}" for name, value in style.items())


def _kind(part: Element) -> str:
    return str(part.tag).rpartition("}")[2]
