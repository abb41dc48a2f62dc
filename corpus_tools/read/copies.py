"""A copy of a source under the names of the design, for what can be told of a path only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from corpus_tools.read.assemble import distinct_rows
from corpus_tools.read.records import Problems
from corpus_tools.read.sources import named_records


def write_named_copy(
    path: str | os.PathLike[str], folder: Path, columns: Mapping[str, str], *, encoding: str = "utf-8"
) -> Path:
    """One file that gives, without ``columns``, the articles that the source gives with it, and the same cleaning."""
    rows = distinct_rows(named_records(path, encoding, columns, Problems()), Problems())
    copy = folder / f"{Path(path).resolve().stem}.jsonl"
    kept = ({name: value for name, value in row.items() if name not in ("source_file", "_row")} for row in rows)
    copy.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8", newline="\n")
    return copy
