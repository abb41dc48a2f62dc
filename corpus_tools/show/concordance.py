"""The lines behind a number as a concordance: the words found under each other, what stands before and after beside."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools.schema import KWIC, VOICE_NAMES, require_columns
from corpus_tools.show.markup import MISSING, Fragment, missing, number, one_line, render

_PLAIN_CONTEXT = 40


_WIDE = 40


class _Group(NamedTuple):
    """Lines that stand under one heading, as far as they are shown."""

    title: str
    size: str
    lines: list[dict[str, str]]
    left_out: bool

    @property
    def wide(self) -> bool:
        """Whether what was found needs a column rather than a word's room."""
        return any(len(line["node"]) > _WIDE for line in self.lines)


def kwic_table(lines: pd.DataFrame, *, by: str | Sequence[str] | None = None, most: int = 500) -> Fragment:
    """How do the sentences behind a number, or behind every number of a result, read one under the other?

    Parameters
    ----------
    lines : pandas.DataFrame
        What ``kwic`` returned, or some of its rows.
    by : str or list of str, optional
        Columns of ``lines`` that make groups, each folded under its heading: with "label" and the ``by`` of
        ``framing_shares``, one group for each row of the shares. The largest groups of the first column come first.
    most : int
        At most so many lines are shown, of each group where there are groups; how many there are stands above them.

    Returns
    -------
    Fragment
        An aligned concordance in a notebook, plain text elsewhere: outlet, date and article at the left, the words
        found in the middle, the voice as a word at the right. On a narrow screen each line becomes a short
        paragraph.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> line = [
    ...     "a1",
    ...     "A",
    ...     pd.Timestamp("2024-10-02"),
    ...     "quoted",
    ...     "body",
    ...     "said the ",
    ...     "police",
    ...     " on Monday",
    ...     "…",
    ...     "police",
    ... ]
    >>> kwic_table(pd.DataFrame([line], columns=list(KWIC)))
    1 line
                                   said the police on Monday    quoted · A · 2024-10-02 · a1
    """
    keys = [by] if isinstance(by, str) else list(by or [])
    require_columns(lines, "lines", (*KWIC, *keys))
    groups = [_Group("", *_shown(lines, most))] if not keys else _groups(lines, keys, most)
    plain = "\n".join(part for g in groups for part in (g.title, g.size, *map(_plain, g.lines)) if part)
    return render("lines", plain=plain, groups=groups, folded=bool(keys))


def _groups(lines: pd.DataFrame, keys: list[str], most: int) -> list[_Group]:
    sizes = lines[keys[0]].value_counts()
    order = {str(name): place for place, name in enumerate(VOICE_NAMES)}
    ranked = sorted(
        lines.groupby(keys, sort=True, dropna=False),
        key=lambda item: (-sizes.get(item[0][0], 0), *(f"{order.get(str(k), 9)}{k}" for k in item[0])),
    )
    return [
        _Group(
            " · ".join([f"“{one_line(k)}”" if c == "label" else one_line(k) for c, k in zip(keys, names, strict=True)]),
            *_shown(own, most),
        )
        for names, own in ranked
    ]


def _shown(lines: pd.DataFrame, most: int) -> tuple[str, list[dict[str, str]], bool]:
    return number(len(lines), "line"), [line_of(row) for row in lines.head(most).to_dict("records")], len(lines) > most


def line_of(row: Mapping[Hashable, Any]) -> dict[str, str]:
    """One row of ``kwic`` as harmless words for a page."""
    date = row["date"]
    written = (
        f"{date:%Y-%m-%d}" if isinstance(date, pd.Timestamp) and not missing(date) else one_line(date) or "undated"
    )
    left, right = one_line(row["left"], word=60), one_line(row["right"], word=60)
    return {
        "outlet": one_line(row["outlet"], longest=60) or MISSING,
        "date": written,
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
