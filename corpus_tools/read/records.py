"""Raw records, one dict of strings per article, and the findings about the input."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from corpus_tools.schema import PROBLEMS, empty

# What `decode` puts for a byte that the encoding does not allow.
UNDECODED = re.compile("[\udc80-\udcff]")
SHOWN = 80
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonValue(str):
    """A value of a JSON file that is no text there, as text; ``kind`` says what it is."""

    kind: str

    def __new__(cls, text: str, kind: str) -> JsonValue:
        value = super().__new__(cls, text)
        value.kind = kind
        return value


@dataclass
class Problems:
    """The list of findings about the input, in the order in which they were met."""

    rows: list[tuple[str, int | None, str, str, str, bool]] = field(default_factory=list)

    def add(self, file: str, row: int | None, rule: str, value: object, hint: str, *, kept: bool) -> None:
        shown = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", str(value))
        shown = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
        self.rows.append((file, row, rule, shown, hint, kept))

    def frame(self) -> pd.DataFrame:
        if not self.rows:
            return empty(PROBLEMS)
        order = {file: i for i, file in enumerate(dict.fromkeys(r[0] for r in self.rows))}
        ordered = sorted(self.rows, key=lambda r: (order[r[0]], r[1] or 0))
        frame = pd.DataFrame(ordered, columns=list(PROBLEMS))
        return frame.astype({"file": "str", "row": "Int64", "rule": "str", "value": "str", "hint": "str", "kept": bool})


@dataclass
class Record:
    """One article as it stands in the file; ``row`` is missing where the file is the article."""

    file: str
    row: int | None
    fields: dict[str, str]
