"""Who says it: the noun phrase before or after a cue, as written."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_finite, is_word

Span = tuple[int, int]

_BESIDE_VERB = frozenset(
    """also then later often once repeatedly still never not already now just even always too again recently soon
    has have had is are was were be been being will would could can should may might must do does did
    hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't couldn't can't don't doesn't didn't
    to first further additionally earlier publicly long both all seems seemed went on would've going quickly""".split()
)
_BREAKS = frozenset(
    (
        "that",
        "but",
        "because",
        "if",
        "while",
        "when",
        "as",
        "although",
        "though",
        "whereas",
        "what",
        "how",
        "why",
        "whether",
        "where",
        "after",
        "before",
        "since",
        "so",
        "until",
        "than",
    )
)
OPENERS = frozenset(
    ("on", "in", "at", "by", "during", "for", "yet", "and", "meanwhile", "still", "or", "then", "however", "indeed")
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier later".split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_BEFORE_SUBJECT = frozenset("and but yet or then so still meanwhile afterwards afterward however nevertheless".split())
_PREPOSITIONS = frozenset(
    "of for in from at on with to who whose which by about near under over during against into after".split()
)
_PRONOUNS = frozenset("he she it they we i you who which that this these those one himself herself".split())
_REACH = 45
_LONGEST = 24


def is_adverb(sentence: Sentence, i: int) -> bool:
    """Whether this word may stand between a subject and its verb; "Kelly" may not."""
    token = sentence.low[i]
    if sentence.raw[i] in ("Will", "May") and i > 0:
        return False
    return token in _BESIDE_VERB or (
        token.endswith("ly") and (sentence.raw[i].islower() if i else True) and len(token) > (4 if i else 5)
    )


def verb_start(sentence: Sentence, cue: int) -> int:
    """Where the verb group of this cue begins: auxiliaries and adverbs before it belong to it."""
    i = cue
    while i > 0 and cue - i < 6 and is_adverb(sentence, i - 1):
        i -= 1
    return i


def subject_before(sentence: Sentence, cue: int) -> Span | None:
    """The subject that ends right before a cue; an apposition in commas belongs to it."""
    end = verb_start(sentence, cue)
    if end == 0:
        return None
    low = sentence.low
    if low[end - 1] in ("who", "which", "that") and end >= 2:
        stop = end - 1 - (low[end - 2] == ",")
        return _phrase(sentence, _phrase_start(sentence, stop), stop) or (end - 1, end)
    if low[end - 1] in ("and", "but", "or"):
        return first_subject(sentence, end - 1)
    if low[end - 1] in (",", ")", "–", "—", "--"):
        return _with_apposition(sentence, end)
    phrase = _phrase(sentence, _phrase_start(sentence, end), end)
    if phrase == (end - 1, end) and low[end - 1].endswith("ed") and sentence.raw[end - 1].islower():
        # "An official who asked not to be named said": a participle is nobody.
        return first_subject(sentence, end - 1)
    return phrase


def first_subject(sentence: Sentence, end: int) -> Span | None:
    """The subject of the first finite verb within reach before ``end``: whose second or third verb is the cue."""
    return _subject_of(sentence, range(max(1, end - _REACH), end))


def nearest_subject(sentence: Sentence, end: int) -> Span | None:
    """The subject of the last finite verb within reach before ``end``: "…, and the office held the firm to blame"."""
    return _subject_of(sentence, reversed(range(max(1, end - _REACH), end)))


def _subject_of(sentence: Sentence, verbs: Iterable[int]) -> Span | None:
    for i in verbs:
        if has_finite(sentence, i, i + 1) and not is_adverb(sentence, i - 1):
            start = _phrase_start(sentence, i)
            if start < i:
                return _phrase(sentence, start, i)
    return None


def _with_apposition(sentence: Sentence, end: int) -> Span | None:
    """The subject before an apposition whose closing comma or bracket stands right before ``end``."""
    closing = sentence.low[end - 1]
    opening = "(" if closing == ")" else closing
    stop = end - 1
    for _ in range(4):
        i = stop - 1
        while i > 0 and end - i < _REACH and sentence.low[i] != opening and sentence.low[i] != QUOTE:
            i -= 1
        if i <= 0 or sentence.low[i] != opening:
            return None
        start = _phrase_start(sentence, i)
        aged = i - start == 1 and sentence.low[start].isdigit()
        if start < i and not aged and not has_finite(sentence, start, i) and is_word(sentence.low[i - 1]):
            return _phrase(sentence, start, i, keep_until=end - 1)
        stop = i
    return None


def _phrase_start(sentence: Sentence, end: int) -> int:
    i = end
    while i > 0 and end - i < _LONGEST:
        token = sentence.low[i - 1]
        if not is_word(token) or token in _BREAKS or is_finite(sentence, i - 1):
            break
        i -= 1
        if token in _PRONOUNS:
            break
        if token in ("and", "or") and i + 1 < end and sentence.low[i + 1] in _PRONOUNS:
            return i + 1
    return i


def _phrase(sentence: Sentence, start: int, end: int, keep_until: int | None = None) -> Span | None:
    """The phrase without what opens a sentence before its subject ("On Monday", "But")."""
    low = sentence.low
    while start < end and (low[start] in _BEFORE_SUBJECT or is_adverb(sentence, start)):
        start += 1
    if start < end and low[start] in OPENERS:
        for i in range(start, end - 1):
            if low[i] in _DAYS | _MONTHS or low[i].isdigit():
                start = i + 1
    while start < end and low[start] in _DAYS:
        start += 1
    if 0 < start < end and low[start] in ("who", "which", "whose"):
        stop = start - (low[start - 1] == ",")
        named = _phrase_start(sentence, stop)
        if named < stop:
            return _phrase(sentence, named, stop)
    return (start, keep_until or end) if start < end else None


def subject_after(sentence: Sentence, start: int) -> Span | None:
    """The subject that follows its cue ("…, said the minister in Baku")."""
    low = sentence.low
    i = start
    while i < len(low) and i - start < _LONGEST:
        token = low[i]
        if not is_word(token) or token in _DAYS or token in _BREAKS or is_finite(sentence, i):
            break
        if i > start and token in ("in", "on", "at", "during", "to") and i - start >= 1:
            break
        i += 1
        if token in _PRONOUNS:
            break
    if i < len(low) and low[i] == "," and i + 1 < len(low):
        return (start, _apposition_end(sentence, i)) if i > start else None
    return (start, i) if i > start else None


def _apposition_end(sentence: Sentence, comma: int) -> int:
    """The end of an apposition that opens with this comma, or the comma itself."""
    i = comma + 1
    while i < len(sentence) and i - comma < _LONGEST and is_word(sentence.low[i]):
        i += 1
    closed = i == len(sentence) or sentence.low[i] == ","
    first = sentence.low[comma + 1]
    return i if closed and first in ("a", "an", "the", "who", "whose") and i - comma > 2 else comma


def head(sentence: Sentence, span: Span) -> int:
    """The token that carries the name of a speaker: the last word before a comma or preposition."""
    for i in range(span[0] + 1, span[1]):
        if sentence.low[i] in _PREPOSITIONS or not is_word(sentence.low[i]):
            return i - 1
    return span[1] - 1
