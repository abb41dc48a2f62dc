"""The visual language: grounds, inks, hues with marker shapes, fonts, and the same as CSS custom properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Okabe and Ito's hues (2008) without yellow, which no darkening keeps yellow; ours is only the order.
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#000000")
# One more shape than hues, so that the pairs repeat only after 56 outlets.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")
MARK_CONTRAST = 3.0
TEXT_CONTRAST = 4.5

SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', 'Source Serif 4', Cambria, Georgia, 'Liberation Serif', serif"
SANS = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, 'Liberation Sans', "
    "'DejaVu Sans', sans-serif"
)
# The first comes with matplotlib, so that a chart is the same on every machine, and is wider than every sans of
# SANS, so that what fits in it fits in them; the later ones only lend glyphs of other scripts.
CHART_FAMILIES = (
    "DejaVu Sans",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
    "Arial Unicode MS",
)


class Ground(NamedTuple):
    """The colours of one ground: text in ``ink`` and ``muted``, lines in ``rule``, tints behind quoted and reported."""

    ground: str
    ink: str
    muted: str
    rule: str
    faint: str
    accent: str
    quoted: str
    quoted_mark: str
    reported: str
    reported_mark: str


LIGHT = Ground(
    ground="#fbfaf7",
    ink="#1c1b19",
    muted="#66625b",
    rule="#d9d5cc",
    faint="#8f8a80",
    accent="#1f5b66",
    quoted="#e2edf3",
    quoted_mark="#4d7f99",
    reported="#f7ecd9",
    reported_mark="#96702a",
)
DARK = Ground(
    ground="#161513",
    ink="#ece8e1",
    muted="#a8a297",
    rule="#3b3833",
    faint="#77726a",
    accent="#86c5d0",
    quoted="#1b2c36",
    quoted_mark="#7fb0c9",
    reported="#33291a",
    reported_mark="#c9a15a",
)


class Style(NamedTuple):
    """How one outlet or label is drawn: its hue on either ground and its marker, for those who see no hue."""

    light: str
    dark: str
    marker: str


def contrast_ratio(one: str, other: str) -> float:
    """How well do two colours stand out from each other?

    Parameters
    ----------
    one, other : str
        Colours as ``#rrggbb``.

    Returns
    -------
    float
        The contrast ratio of WCAG 2, from 1 (the same) to 21 (black on white).

    Examples
    --------
    >>> contrast_ratio("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str, *, ratio: float = MARK_CONTRAST) -> str:
    """Which is the nearest darker or lighter form of a colour that can be told from the ground?

    Parameters
    ----------
    colour, ground : str
        Colours as ``#rrggbb``.
    ratio : float
        The contrast to reach, 1 to 21; 3 is what WCAG 2 asks for marks, 4.5 for text.

    Returns
    -------
    str
        ``colour`` itself where it suffices, else mixed with black on a light ground and with white on a dark one.

    Examples
    --------
    >>> readable("#0072B2", "#fbfaf7"), readable("#E69F00", "#fbfaf7")
    ('#0072b2', '#c18600')
    """
    end = (0, 0, 0) if _luminance(ground) > 0.18 else (255, 255, 255)
    start = _channels(colour)
    mixed = "#000000"
    for step in range(101):
        part = step / 100
        mixed = "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(start, end, strict=True))
        if contrast_ratio(mixed, ground) >= ratio:
            break
    return mixed


def assign_styles(names: Iterable[object]) -> dict[str, Style]:
    """Which hue and which marker does each outlet, or each label, get?

    Parameters
    ----------
    names : iterable
        Names in any order; repeated and missing ones count once and not at all.

    Returns
    -------
    dict of str to Style
        By name, assigned in the sorted order of the names, so that the same outlets look the same in every chart.

    Examples
    --------
    >>> {name: style.marker for name, style in assign_styles(["B", "A", "B"]).items()}
    {'A': 'o', 'B': 's'}
    """
    # Only a missing value differs from itself.
    known = sorted({str(name) for name in names if name is not None and name == name})
    return {
        name: Style(*PALETTE[place % len(PALETTE)], MARKERS[place % len(MARKERS)]) for place, name in enumerate(known)
    }


def css_variables(scope: str) -> str:
    """How do reader, tables and report share one set of colours and fonts?

    Parameters
    ----------
    scope : str
        A CSS selector, written by us and never taken from a corpus.

    Returns
    -------
    str
        Rules that set ``--ct-…`` on ``scope``: light, dark where the reader's system asks for it, light in print.
        JupyterLab's own theme goes before the system's.

    Examples
    --------
    >>> "--ct-ink: #1c1b19" in css_variables(".ct-reader")
    True
    """
    light, dark = _declarations(0), _declarations(1)
    fonts = f"--ct-serif: {SERIF}; --ct-sans: {SANS};"
    return "\n".join(
        (
            f"{scope} {{ color-scheme: light dark; {fonts} {light} }}",
            f"@media (prefers-color-scheme: dark) {{ {scope} {{ {dark} }} }}",
            f'[data-jp-theme-light="true"] {scope} {{ color-scheme: light; {light} }}',
            f'[data-jp-theme-light="false"] {scope} {{ color-scheme: dark; {dark} }}',
            f"@media print {{ {scope}, [data-jp-theme-light] {scope} {{ color-scheme: light; {light} }} }}",
        )
    )


def colour_variables() -> dict[str, str]:
    """Which custom property of :func:`css_variables` stands for a colour of the light ground?

    Examples
    --------
    >>> colour_variables()["#1c1b19"]
    '--ct-ink'
    """
    roles = {colour: f"--ct-{role.replace('_', '-')}" for role, colour in LIGHT._asdict().items()}
    return roles | {light: f"--ct-hue-{place}" for place, (light, _) in enumerate(PALETTE)}


def _declarations(which: int) -> str:
    ground: Mapping[str, str] = (LIGHT, DARK)[which]._asdict()
    roles = [f"--ct-{role.replace('_', '-')}: {colour};" for role, colour in ground.items()]
    hues = [f"--ct-hue-{place}: {pair[which]};" for place, pair in enumerate(PALETTE)]
    return " ".join(roles + hues)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


# Computed, so that no hue can fall below the contrast it needs; last, because it needs the functions above.
PALETTE = tuple((readable(hue, LIGHT.ground), readable(hue, DARK.ground)) for hue in OKABE_ITO)
