"""The annotated articles word by word: who was annotated where, and what the rules of the finder propose."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from voice_kinds import LONG_MARKS, NO_CUE, QUOTED, SHORT_MARKS, annotated_kind, found_kind

from corpus_tools.prepare.voices.quotation import quoted_spans
from corpus_tools.prepare.voices.reported import Read, read_text, stretch
from corpus_tools.prepare.words import word_spans

SHORT = 4  # words
Array = npt.NDArray[Any]


@dataclass
class Article:
    """An article with its words, who was annotated where, and what the rules propose."""

    article_id: str
    outlet: str
    text: str
    attributions: list[dict[str, Any]]
    starts: Array
    truth: Array
    marked: Array
    pieces: list[tuple[str, str, int, int]]
    taken_for: Array


def read_gold(path: str, final: bool) -> list[Article]:
    """The nine tenths to work with, or the tenth that is looked at once."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_article(row) for row in rows if _set_aside(row["article_id"]) == final]


def _set_aside(article_id: str) -> bool:
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 10 == 0


def _article(row: dict[str, Any]) -> Article:
    text = row["text"]
    attributions = row["attributions"][next(iter(row["attributions"]))]
    starts = np.array([s for s, _ in word_spans(text)], dtype=np.int64)
    contents = [tuple(span) for a in attributions for span in a["content"]]
    quotes = quoted_spans(text)
    pieces = []
    taken_for = np.full(len(starts), NO_CUE, dtype=object)
    for read in read_text(text, quotes):
        for piece in read.pieces:
            low, high = np.searchsorted(starts, stretch(read.sentence, piece))
            pieces.append((piece.rule, piece.cue, int(low), int(high)))
        _take(read, starts, taken_for)
    for low, high in (np.searchsorted(starts, quote) for quote in quotes):
        taken_for[low:high] = SHORT_MARKS if high - low <= SHORT else LONG_MARKS
    truth, marked = covered(starts, contents), covered(starts, quotes)
    return Article(row["article_id"], row["outlet"], text, attributions, starts, truth, marked, pieces, taken_for)


def _take(read: Read, starts: Array, taken_for: Array) -> None:
    """Notes for each word by which kind of cue it would be given to somebody; the first one has it."""
    for found in reversed(read.found):
        for piece in found.pieces:
            low, high = np.searchsorted(starts, stretch(read.sentence, piece))
            taken_for[low:high] = found_kind(piece.rule, found.group)


def annotated_as(article: Article) -> Array:
    """The kind of the annotated attribution that each word stands in; where several hold it, of the longest."""
    kinds = np.full(len(article.starts), "", dtype=object)
    for a in sorted(article.attributions, key=_length):
        for part in a["content"]:
            low, high = np.searchsorted(article.starts, part)
            kinds[low:high] = annotated_kind(article.text, a, part)
    kinds[article.marked & article.truth] = QUOTED
    return kinds


def _length(attribution: dict[str, Any]) -> int:
    return sum(end - start for start, end in attribution["content"])


def covered(starts: Array, spans: list[Any]) -> Array:
    inside = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        low, high = np.searchsorted(starts, (start, end))
        inside[low:high] = True
    return inside


def agreement(path: str) -> list[list[tuple[Array, Array]]]:
    """Per article that several people annotated: every two of them, word by word."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if len(row["attributions"]) > 1]
    found = []
    for row in rows:
        starts = np.array([s for s, _ in word_spans(row["text"])], dtype=np.int64)
        people = [
            covered(starts, [span for a in marks for span in a["content"]]) for marks in row["attributions"].values()
        ]
        found.append(list(combinations(people, 2)))
    return found
