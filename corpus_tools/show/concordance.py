"""The lines behind a number as a concordance: the words found under each other, what stands before and after beside."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import KWIC, VOICE_NAMES, require_columns
from corpus_tools.show.markup import MISSING, Fragment, missing, number, one_line, render

_MOST_LINES = 500
_PLAIN_CONTEXT = 40


def kwic_table(lines: pd.DataFrame) -> Fragment:
    """How do the sentences behind a number read, one under the other?

    Parameters
    ----------
    lines : pandas.DataFrame
        What ``kwic`` returned, or some of its rows.

    Returns
    -------
    Fragment
        An aligned concordance in a notebook, plain text elsewhere: outlet, date and article at the left, the words
        found in the middle, the voice as a word at the right. On a narrow screen each line becomes a short
        paragraph. At most 500 lines are shown; how many there are stands above them.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> line = ["a1", "A", pd.Timestamp("2024-10-02"), "quoted", "body", "said the ", "police", " on Monday", "…"]
    >>> kwic_table(pd.DataFrame([line], columns=list(KWIC)))
    1 line
                                   said the police on Monday    quoted · A · 2024-10-02 · a1
    """
    require_columns(lines, "lines", KWIC)
    shown = [_line(row) for row in lines.head(_MOST_LINES).to_dict("records")]
    size = number(len(lines), "line")
    return render(
        "lines",
        plain="\n".join([size, *map(_plain, shown)]),
        size=size,
        left_out=len(lines) > len(shown),
        lines=shown,
    )


def _line(row: Mapping[Hashable, Any]) -> dict[str, str]:
    date = row["date"]
    written = (
        f"{date:%Y-%m-%d}" if isinstance(date, pd.Timestamp) and not missing(date) else one_line(date) or "undated"
    )
    left, right = one_line(row["left"], word=60), one_line(row["right"], word=60)
    return {
        "outlet": one_line(row["outlet"], longest=60) or MISSING,
        "about": f"{written} · {one_line(row['article_id'], longest=40)}",
        # The blank beside the words found is kept: a comma follows them without one.
        "left": left + " " * (not missing(row["left"]) and str(row["left"])[-1:].isspace()),
        "node": one_line(row["node"], word=60),
        "right": " " * (not missing(row["right"]) and str(row["right"])[:1].isspace()) + right,
        "voice": one_line(row["voice"], longest=20) or MISSING,
        "kind": row["voice"] if row["voice"] in VOICE_NAMES else "other",
        "sentence": one_line(row["sentence"], longest=600),
    }


def _plain(line: Mapping[str, str]) -> str:
    left, right = line["left"][-_PLAIN_CONTEXT:], line["right"][:_PLAIN_CONTEXT]
    return f"{left:>{_PLAIN_CONTEXT}}{line['node']}{right}    {line['voice']} · {line['outlet']} · {line['about']}"
