"""What surrounds a sentence: stretches that count for or against, whatever its own cues say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.prepare.voices.rules import Found, Piece
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence

_NOWHERE = (0, 0)
_SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "it"))
_FAR = (6, 15, 30)


@dataclass
class Before:
    """What the sentences read so far leave behind."""

    state: str = "start"
    ended_with_quotation: bool = False
    colon_paragraph: int = -9
    colon_now: bool = False

    def step(self, sentence: Sentence, found: list[Found]) -> None:
        """Takes one more sentence into account."""
        self.ended_with_quotation = sentence.low[-1] == QUOTE
        self.state = _state(sentence, found)
        if sentence.ends_with_colon:
            self.colon_paragraph = sentence.paragraph


def _state(sentence: Sentence, found: list[Found]) -> str:
    frames = {p.rule.split("/")[0] for f in found for p in f.pieces}
    if any(f.quotes for f in found):
        return "quotation with cue"
    if QUOTE in sentence.low:
        return "quotation"
    if any("that" in f or "clause" in f or "left" in f or "according" in f for f in frames):
        return "clause"
    return "some cue" if found else "no cue"


def around(sentence: Sentence, found: list[Found], before: Before) -> Iterator[Piece]:
    """Stretches over the whole sentence, and those of its speakers and cues."""
    n = len(sentence)
    paragraph = "opens paragraph" if sentence.first_in_paragraph else "same paragraph"
    yield _whole("any sentence", n)
    yield _whole(f"after {before.state}, {paragraph}", n)
    yield _whole(f"itself {_state(sentence, found)}", n)
    if before.ended_with_quotation:
        yield _whole(f"after closing quotation, {paragraph}", n)
    if sentence.low[0] in _SUBJECT_PRONOUNS:
        yield _whole("opens with pronoun", n)
    if sentence.paragraph <= 2:
        yield _whole(f"paragraph {sentence.paragraph}", n)
    since = sentence.paragraph - before.colon_paragraph
    if 0 <= since <= 4:
        yield _whole(f"{since} paragraphs after colon", n)
    for i, token in enumerate(sentence.low):
        if token == QUOTE:
            yield Piece("before quotation", "", max(0, i - 4), i, None, _NOWHERE)
            yield Piece("after quotation", "", i + 1, min(n, i + 5), None, _NOWHERE)
    for f in found:
        yield from _parts(sentence, f)


def _parts(sentence: Sentence, found: Found) -> Iterator[Piece]:
    frame = found.pieces[0].rule.split("/")[0] if found.pieces else "quotation only"
    if found.speaker is not None:
        yield Piece(f"speaker, {frame}", "", *found.speaker, found.speaker, found.words)
        if found.speaker[0] > 0 and found.speaker[1] <= found.words[0]:
            low = max(0, found.speaker[0] - 12)
            yield Piece(f"before speaker, {frame}", "", low, found.speaker[0], found.speaker, found.words)
    yield Piece(f"cue words, {frame}", found.cue, *found.words, found.speaker, found.words)
    right = [p for p in found.pieces if p.start >= found.words[1]]
    if right:
        start, end = right[0].start, right[-1].end
        yield Piece(f"between cue and content, {frame}", "", found.words[1], start, None, found.words)
        for far in _FAR:
            if start + far < end:
                yield Piece(f"beyond {far} words, {frame}", "", start + far, end, None, found.words)


def _whole(rule: str, n: int) -> Piece:
    return Piece(rule, "", 0, n, None, _NOWHERE)
