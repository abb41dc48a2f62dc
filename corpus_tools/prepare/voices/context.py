"""What surrounds a sentence: stretches that count for or against, whatever its own cues say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from corpus_tools.prepare.voices.frames import DETERMINERS, PLACE, PRONOUNS
from corpus_tools.prepare.voices.pieces import Found, Piece
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_word

_NOWHERE = (0, 0)
_SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "it"))
_FAR = (6, 15, 30)
_HEARSAY = frozenset(
    "reportedly allegedly supposedly apparently alleged purported so-called expected seemingly presumably".split()
)
_CLAUSES = frozenset("that clause left tag inverted after colon wh whether".split())
SURE = "sure"
_SURE = regex.compile(
    r"\w+:(adverbial |object )?that/first|tag( no verb, subject)?, (end|comma)/(near|far)"
    r"|finite:after tag.*, comma/.*|inverted(, end|, comma)?/(near|far)|view.*"
)
_JOINTS = frozenset(("and", "but", "or", "while", "though", "although", ";", "as", ","))
FUNCTION = frozenset(
    "that to of for in on as with by at from if when because who which what how not also after before since".split()
)


@dataclass
class Before:
    """What the sentences read so far leave behind."""

    state: str = "start"
    ended_with_quotation: bool = False
    colon_paragraph: int = -9

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
    if any(word in f for f in frames for word in ("that", "clause", "left", "tag", "according")):
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
        yield from _shared(sentence, f)
        yield from _joined(sentence, f)
        yield from _sure(f)
    yield from _marks_of_hearsay(sentence)


def _marks_of_hearsay(sentence: Sentence) -> Iterator[Piece]:
    """ "Reportedly", a colon, a "that" after a word of no list."""
    n, low = len(sentence), sentence.low
    for i, token in enumerate(low):
        if token == "as" and sentence.paragraph == 1 and i > 2:
            yield Piece("headline, as", "", i, n, None, (i, i + 1))
        if token in _HEARSAY:
            yield Piece("hearsay after", token, i, n, None, (i, i + 1))
            yield Piece("hearsay before", token, 0, i, None, (i, i + 1))
        elif token == ":":
            yield Piece(f"colon, {'name' if i < 5 else 'later'}", "", i, n, None, (i, i + 1))
        elif token == "that" and 0 < i < n - 2 and low[i - 1] not in PLACE and "so" not in low[max(0, i - 3) : i]:
            ending = low[i - 1][-2:] if low[i - 1][-2:] in ("ed", "ng", "on", "nt", "es") else "other"
            opening = "clause" if low[i + 1] in PRONOUNS | DETERMINERS or not sentence.raw[i + 1].islower() else "other"
            yield Piece(f"that after {ending}, {opening}", "", i, n, None, (i, i + 1))


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
        frame = right[0].rule.split("/")[0]
        yield Piece(f"between cue and content, {frame}", "", found.words[1], start, None, found.words)
        for far in _FAR:
            if start + far < end:
                yield Piece(f"beyond {far} words, {frame}", "", start + far, end, None, found.words)


def _shared(sentence: Sentence, found: Found) -> Iterator[Piece]:
    """What a stretch has in common with others: its frame in any form, its cue in any frame, how it opens."""
    for p in found.pieces:
        frame, kind = p.rule.split("/")
        bare = frame.split(":")[-1]
        family = "clause" if _CLAUSES & set(bare.replace(",", "").split()) else "phrase"
        yield Piece("any content", p.cue, p.start, p.end, None, found.words)
        yield Piece(f"any {family} content", p.cue, p.start, p.end, None, found.words)
        yield Piece(f"any {bare}/{kind}", p.cue, p.start, p.end, None, found.words)
        yield Piece(f"{found.group or 'no group'}, {bare}", "", p.start, p.end, None, found.words)
        verb = "verb" if has_finite(sentence, p.start, p.end) else "no verb"
        yield Piece(f"{kind}, {verb}, opens with {_opening(sentence, p)}", "", p.start, p.end, None, found.words)


def _joined(sentence: Sentence, found: Found) -> Iterator[Piece]:
    """What joins a second cue to what stands before it: "…, and added that", "…; the ministry said"."""
    frame = found.pieces[0].rule.split("/")[0].split(":")[-1] if found.pieces else "quotation only"
    at, what = found.words[0] - 1, "verb"
    if found.speaker is not None and found.speaker[1] == found.words[0]:
        at, what = found.speaker[0] - 1, "clause"
    if at > 0 and sentence.low[at] in _JOINTS:
        yield Piece(f"joined {what} by {sentence.low[at]}", "", at, found.words[1], None, found.words)
        yield Piece(f"joined {what}, {frame}", "", at, found.words[1], None, found.words)


def _sure(found: Found) -> Iterator[Piece]:
    """Stretches that a verb of the list gives to its speaker, however rare it is in the annotated news."""
    for p in found.pieces:
        if (found.group or p.rule.startswith("view")) and _SURE.fullmatch(p.rule):
            yield Piece(SURE, "", p.start, p.end, None, found.words)


def _opening(sentence: Sentence, piece: Piece) -> str:
    """What kind of word a stretch begins with, commas and linking words skipped."""
    i = piece.start
    while i < piece.end - 1 and (not is_word(sentence.low[i]) or sentence.low[i] in ("and", "but", "or")):
        i += 1
    token = sentence.low[i]
    if token in PRONOUNS:
        return "pronoun"
    if token in DETERMINERS:
        return "determiner"
    if token in FUNCTION:
        return token
    if token.endswith(("ing", "ed")) and len(token) > 4:
        return token[-2:]
    return "small letter" if sentence.raw[i].islower() else "capital"


def _whole(rule: str, n: int) -> Piece:
    return Piece(rule, "", 0, n, None, _NOWHERE)
