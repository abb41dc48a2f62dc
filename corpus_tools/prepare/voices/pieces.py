"""What the rules hand on: a cue, and the stretches that it may give to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.prepare.voices.extents import segments
from corpus_tools.prepare.voices.sentences import Sentence
from corpus_tools.prepare.voices.speakers import Span

# Frames whose content may go on behind a semicolon; that of the others ends before it.
CLAUSES = ("that", "clause", "colon", "headline", "label")


@dataclass(frozen=True)
class Piece:
    """A stretch that a rule may give to a speaker; the table of weights has a row for (rule, cue)."""

    rule: str
    cue: str
    start: int
    end: int
    speaker: Span | None
    words: Span


@dataclass(frozen=True)
class Found:
    """A cue in its sentence and what the rules made of it."""

    cue: str
    group: str | None
    words: Span
    speaker: Span | None
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]  # tokens of the quotations that this cue introduces or closes


def pieces_of(
    s: Sentence, rule: str, cue: str, start: int, end: int, speaker: Span | None, words: Span
) -> Iterator[Piece]:
    """A piece for each stretch from here to there, named after its rule and the stop before it."""
    for part in segments(s, start, end):
        if part.kind == "semicolon" and not rule.endswith(CLAUSES):
            return
        yield Piece(f"{rule}/{part.kind}", cue, part.start, part.end, speaker, words)
