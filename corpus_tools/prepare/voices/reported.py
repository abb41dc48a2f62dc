"""From quotation marks, cues and their stretches to spans with a voice, a speaker and a cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter, itemgetter

from corpus_tools.prepare.voices.context import Before, around
from corpus_tools.prepare.voices.nouns import according, label_cue, noun_or_adjective, view
from corpus_tools.prepare.voices.pieces import Found, Piece
from corpus_tools.prepare.voices.quotation import quoted_spans
from corpus_tools.prepare.voices.rules import verb_cue
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, read_sentences
from corpus_tools.prepare.voices.weights import Weights, shipped

_BESIDE = ("/first", "/near")


@dataclass(frozen=True)
class Voice:
    """A stretch of text that is not the narrator's."""

    start: int
    end: int
    voice: str
    speaker: str | None
    cue: str | None
    group: str | None


Tag = tuple[Found, Sentence]


@dataclass(frozen=True)
class Read:
    """A sentence with its cues and all that counts for or against its words."""

    sentence: Sentence
    found: list[Found]
    pieces: list[Piece]


def find_cues(sentence: Sentence) -> Iterator[Found]:
    """Every cue of a sentence, from left to right."""
    i = 0
    while i < len(sentence):
        found = according(sentence, i) or view(sentence, i) or verb_cue(sentence, i) or noun_or_adjective(sentence, i)
        if found is not None:
            yield found
        i += 1
    label = label_cue(sentence)
    if label is not None:
        yield label


def read_text(text: str, quotes: list[tuple[int, int]]) -> Iterator[Read]:
    """Each sentence with its cues, before anything is decided."""
    before = Before()
    for sentence in read_sentences(text, quotes):
        found = list(find_cues(sentence))
        pieces = [p for f in found for p in f.pieces]
        pieces += around(sentence, found, before)
        yield Read(sentence, found, [p for p in pieces if p.start < p.end])
        before.step(sentence, found)


def stretch(sentence: Sentence, piece: Piece) -> tuple[int, int]:
    """The characters of a piece."""
    return sentence.start[piece.start], sentence.end[piece.end - 1]


def voices_of(text: str, weights: Weights | None = None) -> list[Voice]:
    """All spans of a text that are somebody else’s, in order."""
    weights = shipped() if weights is None else weights
    quotes = quoted_spans(text)
    attributed: dict[int, Tag] = {}
    reported: list[Voice] = []
    last: tuple[Read, Tag] | None = None
    for read in read_text(text, quotes):
        for start, tag in _tags(read, last):
            attributed.setdefault(start, tag)
        speaking = [f for f in read.found if f.speaker is not None and f.group is not None]
        if speaking:
            last = read, (speaking[-1], read.sentence)
        elif QUOTE not in read.sentence.low:
            last = None
        reported += _reported(text, read, weights)
    quoted = list(_quoted(text, quotes, attributed))
    return sorted([*quoted, *_cut(text, reported, quotes)], key=attrgetter("start"))


def _tags(read: Read, last: tuple[Read, Tag] | None) -> Iterator[tuple[int, Tag]]:
    """Who says the quotations of a sentence: by its own cue, the nearest one, or the one of the sentence before."""
    sentence = read.sentence
    for found in read.found:
        for at in found.quotes:
            yield sentence.start[at], (found, sentence)
    speaking = [f for f in read.found if f.group is not None]
    for i, token in enumerate(sentence.low):
        if token != QUOTE:
            continue
        if speaking:
            before = [f for f in speaking if f.words[1] <= i]
            yield sentence.start[i], ((before[-1] if before else speaking[0]), sentence)
        elif last is not None:
            apart = sentence.paragraph - last[0].sentence.paragraph
            if apart == 0 or (apart == 1 and last[0].sentence.ends_with_colon):
                yield sentence.start[i], last[1]


def _words(text: str, sentence: Sentence, span: tuple[int, int] | None) -> str | None:
    if span is None or span[0] >= span[1]:
        return None
    return " ".join(text[sentence.start[span[0]] : sentence.end[span[1] - 1]].split())


def _voice(text: str, start: int, end: int, voice: str, found: Found, sentence: Sentence) -> Voice:
    speaker, cue = _words(text, sentence, found.speaker), _words(text, sentence, found.words)
    return Voice(start, end, voice, speaker, cue, found.group)


def _reported(text: str, read: Read, weights: Weights) -> Iterator[Voice]:
    """The words of one sentence whose weights add up to more than nothing; the first cue that claims one has it."""
    sentence = read.sentence
    inside = _inside(len(sentence), read.pieces, weights)
    owner = _owners(read, inside)
    i = 0
    while i < len(owner):
        j = i + 1
        while j < len(owner) and owner[j] is owner[i] and inside[j] == inside[i]:
            j += 1
        if inside[i]:
            start, end, by = sentence.start[i], sentence.end[j - 1], owner[i]
            yield (
                _voice(text, start, end, "reported", by, sentence)
                if by
                else Voice(start, end, "reported", None, None, None)
            )
        i = j


def _owners(read: Read, inside: list[bool]) -> list[Found | None]:
    """Whose each word is: of the same cue as the word before it where that may be, else of the cue beside it.

    A cue that is the narrator's own takes over where its content begins.
    """
    claims: list[list[tuple[bool, Found]]] = [[] for _ in inside]
    begins: dict[int, Found] = {}
    for found in read.found:
        for piece in found.pieces:
            strong = piece.rule.endswith(_BESIDE) and found.speaker is not None
            if strong and not inside[found.words[0]]:
                begins.setdefault(piece.start, found)
            for i in range(piece.start, piece.end):
                claims[i].append((not strong, found))
    owners: list[Found | None] = []
    for i, here in enumerate(claims):
        before = owners[-1] if i and inside[i - 1] and inside[i] else None
        if i in begins:
            before = begins[i]
        elif before is None or not any(found is before for _, found in here):
            before = min(here, key=itemgetter(0), default=(True, None))[1]
        owners.append(before)
    return owners


def _inside(n: int, pieces: list[Piece], weights: Weights) -> list[bool]:
    steps = [0] * (n + 1)
    for piece in pieces:
        value = weights.get((piece.rule, ""), 0)
        if piece.cue:
            value += weights.get((piece.rule, piece.cue), 0)
        steps[piece.start] += value
        steps[piece.end] -= value
    return [total > 0 for total in accumulate(steps[:n])]


def _quoted(text: str, quotes: list[tuple[int, int]], attributed: dict[int, tuple[Found, Sentence]]) -> Iterator[Voice]:
    """Quotations with their speaker; one without a cue of its own is the last speaker’s if it opens its paragraph."""
    last: Voice | None = None
    for start, end in quotes:
        if start in attributed:
            voice = _voice(text, start, end, "quoted", *attributed[start])
            last = voice
        elif last is not None and _goes_on(text, last.end, start):
            voice = Voice(start, end, "quoted", last.speaker, last.cue, last.group)
            last = voice
        else:
            voice = Voice(start, end, "quoted", None, None, None)
        yield voice


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a quotation goes on with the one before: at most a speaker tag or a paragraph’s end lies between."""
    return start - end < 400 and text.count("\n", end, start) <= 2


def _cut(text: str, reported: list[Voice], quotes: list[tuple[int, int]]) -> Iterator[Voice]:
    """Reported stretches without the quotations inside them, their marks and the blanks beside them."""
    i = 0
    for voice in reported:
        while i < len(quotes) and quotes[i][1] <= voice.start:
            i += 1
        begin, j = voice.start, i
        while j < len(quotes) and quotes[j][0] < voice.end:
            yield from _trimmed(text, voice, begin, quotes[j][0])
            begin = quotes[j][1]
            j += 1
        yield from _trimmed(text, voice, begin, voice.end)


def _trimmed(text: str, voice: Voice, begin: int, end: int) -> Iterator[Voice]:
    while begin < end and not text[begin].isalnum() and text[begin] not in "$€£([":
        begin += 1
    while end > begin and not text[end - 1].isalnum() and text[end - 1] not in "%)]":
        end -= 1
    if begin < end:
        yield Voice(begin, end, voice.voice, voice.speaker, voice.cue, voice.group)
