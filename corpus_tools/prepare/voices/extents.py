"""How far a content may reach: the stretches of a sentence between the places where it may stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.prepare.voices.cues import lists
from corpus_tools.prepare.voices.sentences import Sentence

# Weakest first: a stretch bears the name of the strongest stop that lies between it and its cue.
KINDS = (
    "first",
    "comma",
    "bracket",
    "and",
    "linker",
    "relative",
    "participle",
    "dash",
    "verb",
    "cue",
    "contrast",
    "semicolon",
)
_RANK = {kind: i for i, kind in enumerate(KINDS)}
_CONTRAST = frozenset(("but", "while", "although", "though", "whereas", "yet", "despite"))
_LINKERS = frozenset("as after before because since if until when once unless so".split())
_RELATIVE = frozenset(("who", "which", "where", "whose", "whom"))


@dataclass(frozen=True)
class Segment:
    """A stretch of tokens and the strongest stop before it."""

    kind: str
    start: int
    end: int


def segments(sentence: Sentence, start: int, end: int) -> Iterator[Segment]:
    """The stretches from here to there; each begins at a stop."""
    begin, kind = start, "first"
    end = _before_source(sentence.low, start, end)
    for i in range(start, end):
        stop = _stop(sentence, i, start)
        if stop is None:
            continue
        if i > begin:
            yield Segment(kind, begin, i)
        begin = i
        if _RANK[stop] > _RANK[kind]:
            kind = stop
    if end > begin:
        yield Segment(kind, begin, end)


def _before_source(low: list[str], start: int, end: int) -> int:
    """Where another source is named ("…, according to X"): nobody's content reaches over that."""
    for i in range(start + 1, end - 1):
        if low[i] == "according" and low[i + 1] == "to":
            return i - (low[i - 1] == ",")
    return end


def _stop(sentence: Sentence, i: int, start: int) -> str | None:
    """The stop at this token, if it is one."""
    token = sentence.low[i]
    after = sentence.low[i + 1] if i + 1 < len(sentence) else ""
    if token == ";":
        return "semicolon"
    if token == ",":
        return _after_comma(sentence.low, i, after)
    if token in ("(", ")", "[", "]"):
        return "bracket"
    if token in ("—", "–", "--", "-"):
        return "dash"
    if i == start:
        return None
    if token in ("and", "but", "while", "as", "after", "when", "because", "before") and i > start + 2:
        if token == "and":
            return "cue" if _is_cue(after) else "verb" if _is_verb(after) else None
        return "contrast" if token in _CONTRAST else "linker"
    return None


def _after_comma(low: list[str], i: int, after: str) -> str:
    if after in _CONTRAST:
        return "contrast"
    if after in ("and", "or", "nor"):
        second = low[i + 2] if i + 2 < len(low) else ""
        return "cue" if _is_cue(second) else "verb" if _is_verb(second) else "and"
    if after in _LINKERS:
        return "linker"
    if after in _RELATIVE:
        return "relative"
    if after.endswith("ing") and len(after) > 4:
        return "cue" if _is_cue(after) else "participle"
    return "comma"


def _is_verb(token: str) -> bool:
    return token in lists().finite or (token.endswith("ed") and len(token) > 4)


def _is_cue(token: str) -> bool:
    return any(c.form in ("past", "ing", "s") for c in lists().verbs.get(token, ()))
