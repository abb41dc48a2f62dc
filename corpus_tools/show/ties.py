"""The passages that two articles share, as the reader brackets and ties them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from corpus_tools.prepare.words import word_spans
from corpus_tools.schema import CorpusError, require_columns
from corpus_tools.show.stretches import Tie

_SIDES = ("article_id_a", "start_a", "end_a", "article_id_b", "start_b", "end_b")


def shared_ties(passages: pd.DataFrame | None, ids: Sequence[object], articles: pd.DataFrame) -> list[list[Tie]]:
    """The passages that these two share, as they lie in each, numbered as they come in the first."""
    if passages is None:
        return [[] for _ in ids]
    require_columns(passages, "passages", _SIDES)
    if len(ids) < 2:
        raise CorpusError("Shared passages are marked in two articles side by side; give 'article_id' a list of two.")
    wanted = [str(one) for one in ids]
    rows = []
    for row in passages.dropna(subset=["start_a", "end_a", "start_b", "end_b"]).to_dict("records"):
        sides = {str(row[f"article_id_{side}"]): (row[f"start_{side}"], row[f"end_{side}"]) for side in "ab"}
        if set(sides) == set(wanted):
            rows.append(tuple((int(start), int(end)) for start, end in (sides[one] for one in wanted)))
    texts = articles.set_index(articles["article_id"].astype(str))["text"].astype(str)
    ordered = _joined(
        sorted({row for row in rows if all(start < end for start, end in row)}), [texts.get(one, "") for one in wanted]
    )
    return [[Tie(*row[side], place) for place, row in enumerate(ordered, 1)] for side in range(len(ids))]


def _joined(rows: Sequence[tuple[tuple[int, int], ...]], texts: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
    """Passages as a reader sees them: cut where a voice changes, with no word in between, they are one."""
    joined: list[tuple[tuple[int, int], ...]] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before and all(
            old[1] <= new[0] and not word_spans(text[old[1] : new[0]])
            for old, new, text in zip(before, row, texts, strict=True)
        ):
            joined[-1] = tuple((old[0], new[1]) for old, new in zip(before, row, strict=True))
        else:
            joined.append(row)
    return joined
