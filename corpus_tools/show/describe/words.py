"""What several findings say alike: names in quotation marks, reasons, signs, and what must be noted."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.schema import SHARES
from corpus_tools.show.markup import in_sentence, missing

UNCHECKED = "lexicon not checked by hand yet"
DESCRIPTIVE = "a description, not a test"
UNITS = (
    "A unit is what counts as one piece of evidence: an article or, where that was chosen, a reuse group (articles "
    "that share a text; those of one outlet then enter as one) or an event."
)
FEW_FOR_INTERVAL = "too few articles for an interval"
# A difference that is smaller is one of rounding.
_NOTHING = 1e-7
_FEW = re.compile(
    r"no interval: ((?:\d+ and )?\d+) (article|reuse group|event|unit)s?((?: \([^)]*\))?(?: [a-z ]+)?, \d+ needed)"
)


def groupings(shares: pd.DataFrame) -> list[str]:
    """By which columns was this shares frame grouped? They stand before ``slot``.

    Examples
    --------
    >>> import pandas as pd
    >>> groupings(pd.DataFrame(columns=["outlet", "voice", *SHARES]))
    ['outlet', 'voice']
    """
    before = list(shares.columns[: list(shares.columns).index("slot")])
    return [column for column in before if column not in SHARES]


def is_pooled(shares: pd.DataFrame) -> bool:
    """Is each share the hits divided by the hits of the slot, and not a mean over articles?

    Examples
    --------
    >>> import pandas as pd
    >>> is_pooled(pd.DataFrame({"share": [0.5], "hits": [2], "slot_hits": [4]}))
    True
    """
    known = shares[shares["share"].notna() & (shares["slot_hits"] > 0)]
    plain = known["hits"].astype(float) / known["slot_hits"].astype(float)
    return bool(np.allclose(known["share"].astype(float), plain, atol=1e-6))


def all_checked(result: pd.DataFrame) -> bool:
    """Was every label here checked by hand? A missing mark counts as no.

    Examples
    --------
    >>> import pandas as pd
    >>> all_checked(pd.DataFrame({"checked": [True, None]}))
    False
    """
    return all(not missing(mark) and bool(mark) for mark in result["checked"])


def without_reported(shares: pd.DataFrame) -> str:
    """What must be said where a split by voice has no row for reported speech; else nothing.

    Examples
    --------
    >>> frame = pd.DataFrame({"voice": ["narrator", "quoted"], "slot": "who"})
    >>> without_reported(frame)[:28], without_reported(frame.iloc[:1])
    ('no hit in reported speech: i', '')
    """
    # One voice alone was chosen by somebody, and tells nothing of how voices were found.
    voices = set(shares["voice"]) if "voice" in groupings(shares) else set()
    if not {"narrator", "quoted"} <= voices or "reported" in voices:
        return ""
    return "no hit in reported speech: if voices were found by quotation marks alone, narrator includes indirect speech"


def quoted_name(name: object) -> str:
    """A label or a term in quotation marks: it is data, not our word.

    Examples
    --------
    >>> quoted_name("police")
    '"police"'
    """
    return f'"{in_sentence(name)}"'


def reason(row: Mapping[Hashable, Any], otherwise: str) -> str:
    """Why is a number missing in this row: its own note, else what we would say."""
    note = row["note"]
    return otherwise if missing(note) or not str(note).strip() else in_sentence(note).rstrip(".")


def no_interval(row: Mapping[Hashable, Any]) -> str:
    """Why has a comparison no interval?"""
    why = reason(row, "fewer than five articles have a case")
    return why if why.startswith("no interval") else f"no interval: {why}"


def bare(row: Mapping[Hashable, Any], otherwise: str = "fewer than five have a case") -> str:
    """What is said in place of the interval of one group.

    Examples
    --------
    >>> bare({"note": "no interval: 3 articles with a hit, 5 needed"})
    'too few articles for an interval: 3 with a hit, 5 needed'
    """
    return too_few_in_words(reason(row, f"{FEW_FOR_INTERVAL}: {otherwise}"))


def too_few_in_words(note: str) -> str:
    """A note in which the units are said to be too few for an interval.

    Examples
    --------
    >>> too_few_in_words("no interval: 1 event with a hit, 5 needed; one more thing")
    'too few events for an interval: 1 with a hit, 5 needed; one more thing'
    """
    return _FEW.sub(r"too few \2s for an interval: \1\3", note)


def signed(points: float) -> str:
    """How are percentage points written, with their sign?

    Examples
    --------
    >>> signed(70.2), signed(-3), signed(0.2)
    ('+70', '−3', '0')
    """
    whole = round(points)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def points(value: float) -> str:
    """How are percentage points written in a sentence, so that little does not read as none?

    Examples
    --------
    >>> points(70.2), points(-0.24), points(0.01), points(0)
    ('+70', '−0.2', 'just above 0', '0')
    """
    if round(value) or not value:
        return signed(value)
    if abs(value) < 0.05:
        return "0" if abs(value) < _NOTHING else f"just {'above' if value > 0 else 'below'} 0"
    return f"{value:+.1f}".replace("-", "−")


def between(row: Mapping[Hashable, Any], effect: str = "difference") -> str:
    """The interval of a difference of shares in percentage points.

    Examples
    --------
    >>> between({"difference_low": 0.002, "difference_high": 0.13})
    'interval +0.2 to +13'
    """
    low, high = (points(100 * row[f"{effect}_{end}"]) for end in ("low", "high"))
    return f"interval {low} to {high}"


def p_value(p: float) -> str:
    """How is a p written, so that it never rounds up to the .05 that it is below?

    Examples
    --------
    >>> p_value(0.0213), p_value(0.04999), p_value(0.00002), p_value(1.0)
    ('p = 0.021', 'p = 0.04999', 'p < 0.001', 'p = 1')
    """
    if p < 0.001:
        return "p < 0.001"
    digits = next((n for n in range(2, 9) if (float(f"{p:.{n}g}") < 0.05) == (p < 0.05)), 9)
    return f"p = {p:.{digits}g}"


def both_sides(row: Mapping[Hashable, Any]) -> str:
    """The articles of two sides.

    Examples
    --------
    >>> both_sides({"articles_target": 1200000, "articles_reference": 1})
    '1,200,000 and 1 articles'
    """
    return f"{row['articles_target']:,.0f} and {row['articles_reference']:,.0f} articles"


def to_state(*options: str) -> str:
    """What a paragraph on methods cannot know, because no column tells it.

    Examples
    --------
    >>> to_state("the unit (articles)")
    'The table does not record the unit (articles); defaults are in brackets, and what was set otherwise must be said.'
    """
    return (
        f"The table does not record {listed(options)}; defaults are in brackets, and what was set otherwise must be "
        "said."
    )


def listed(parts: Sequence[str], last: str = " and ") -> str:
    """How are names or numbers written in a row?

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed(["A", "B"], last=" or "), listed([])
    ('A, B and C', 'A or B', '')
    """
    return last.join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
