"""A sentence as the rules read it: words and commas, each quotation standing as one token."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from corpus_tools.prepare.voices.cues import lists
from corpus_tools.prepare.words import sentence_spans

_TOKEN = regex.compile(
    r"[\p{L}\p{N}$€£][\p{L}\p{N}\p{M}]*+(?:(?:[-'’.&/]|,(?=\p{N}))[\p{L}\p{N}\p{M}]++)*+|[,;:()\[\]–—|]|--+|(?<=\s)-(?=\s)"
)
# Longer sentences are lists or broken texts: they are read in parts, or every cue would reach to their far end.
_LONGEST = 120
_PUNCTUATION = frozenset(",;:()[]–—|-") | {"--", "---"}
_SHORT_FORMS = ("n't", "'ll", "'re", "'d", "'ve", "i'm", "he's", "it's", "that's", "there's")
_SPEAKER_FOLLOWS = regex.compile(r"\s+(?:\p{Lu}[\w.’'-]*\s+|[Tt]he\s+\p{Ll}+\s+){1,4}?(\p{Ll}+)")
QUOTE = "“”"


@dataclass
class Sentence:
    """Lower-case tokens with their characters; ``QUOTE`` is a quotation, whose marks are no tokens."""

    low: list[str]
    raw: list[str]
    start: list[int]
    end: list[int]
    paragraph: int
    first_in_paragraph: bool = False
    ends_with_colon: bool = False

    def __len__(self) -> int:
        return len(self.low)


def is_word(token: str) -> bool:
    """Whether this token is a word rather than a comma, bracket, dash or quotation."""
    return token not in _PUNCTUATION and token != QUOTE


def has_finite(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a finite verb stands among these tokens."""
    for i in range(low, min(high, len(sentence))):
        token = sentence.low[i]
        if is_finite(sentence, i) or (token.endswith("ed") and len(token) > 4) or token.endswith(_SHORT_FORMS):
            return True
    return False


def is_finite(sentence: Sentence, i: int) -> bool:
    """Whether this word is in the list of finite verbs; "Will Smith" and "May" are names."""
    return sentence.low[i] in lists().finite and (sentence.raw[i] not in ("Will", "May") or i == 0)


def read_sentences(text: str, quotes: list[tuple[int, int]]) -> Iterator[Sentence]:
    """The sentences of a text; a full stop inside a quotation ends none."""
    starts = [s for s, _ in quotes]
    paragraph, previous_end = 0, 0
    for low, high in _outside(text, starts, quotes):
        new = previous_end == 0 or text.find("\n", previous_end, low) >= 0
        paragraph += new
        whole = _tokens(text, low, high, quotes, starts)
        previous_end = high
        colon = text[high - 1] == ":"
        for i in range(0, len(whole), _LONGEST):
            part = slice(i, i + _LONGEST)
            last = i + _LONGEST >= len(whole)
            yield Sentence(
                whole.low[part],
                whole.raw[part],
                whole.start[part],
                whole.end[part],
                paragraph,
                new and i == 0,
                colon and last,
            )


def _outside(text: str, starts: list[int], quotes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentence boundaries, those inside a quotation taken out."""
    begin = None
    last = 0
    for low, high in sentence_spans(text):
        if begin is None:
            begin = low
        elif "\n" in text[last:low]:
            yield begin, last
            begin = low
        last = high
        i = bisect_right(starts, high) - 1
        if i >= 0 and quotes[i][0] <= high < quotes[i][1]:
            continue
        if i >= 0 and _quotation_runs_on(text, high, quotes[i]):
            continue
        yield begin, high
        begin = None
    if begin is not None:
        yield begin, last


def _quotation_runs_on(text: str, high: int, quote: tuple[int, int]) -> bool:
    """Whether a quotation ends here with "!" or "?" and its speaker follows in small letters."""
    if not quote[1] <= high <= quote[1] + 3:
        return False
    after = text[high : high + 3].lstrip()
    if after and (after[0].islower() or after[0] in ",—–"):
        return True
    follows = _SPEAKER_FOLLOWS.match(text, high, high + 80) if text[quote[1] - 1] in "!?" else None
    return follows is not None and follows[1] in lists().verbs and "\n" not in text[high : follows.end()]


def _tokens(text: str, low: int, high: int, quotes: list[tuple[int, int]], starts: list[int]) -> Sentence:
    sentence = Sentence([], [], [], [], 0)
    position = low
    i = max(bisect_right(starts, low) - 1, 0)
    while i < len(quotes) and quotes[i][1] <= low:
        i += 1
    while position < high:
        stop = quotes[i][0] if i < len(quotes) and quotes[i][0] < high else high
        for match in _TOKEN.finditer(text, position, max(stop, position)):
            _add(sentence, match.group().lower().replace("’", "'"), match.group(), match.start(), match.end())
        if stop == high:
            break
        begin, end = max(quotes[i][0], low), min(quotes[i][1], high)
        _add(sentence, QUOTE, QUOTE, begin, end)
        position = end
        i += 1
    return sentence


def _add(sentence: Sentence, low: str, raw: str, start: int, end: int) -> None:
    sentence.low.append(low)
    sentence.raw.append(raw)
    sentence.start.append(start)
    sentence.end.append(end)
