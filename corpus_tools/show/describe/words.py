"""What several findings say alike: names in quotation marks, reasons, signs, and what must be noted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.schema import SHARES
from corpus_tools.show.markup import in_sentence, missing

UNCHECKED = "lexicon not checked by hand yet"
DESCRIPTIVE = "a description, not a test"


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
    why = reason(row, "fewer than five articles have a case")
    return why if why.startswith("no interval") else f"no interval: {why}"


def signed(points: float) -> str:
    """How are percentage points written, with their sign?

    Examples
    --------
    >>> signed(70.2), signed(-3), signed(0.2)
    ('+70', '−3', '0')
    """
    whole = round(points)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def listed(parts: Sequence[str], last: str = " and ") -> str:
    """How are names or numbers written in a row?

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed(["A", "B"], last=" or "), listed([])
    ('A, B and C', 'A or B', '')
    """
    return last.join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
