"""Where do words and sentences begin and end?"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import pandas as pd
import regex

_LETTER = r"[\p{L}\p{N}]"
_HIDDEN = r"[\u00AD\u200B-\u200D\u2060\uFEFF]"
# Tried only where such a run begins: inside one it would be tried again at every character.
_MAIL = r"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]++@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"
_ADDRESS = rf"https?://\S+|www\.\S+|{_MAIL}"
_NUMBER = r"\p{N}+(?:[.,]\p{N}+)+(?:[\p{L}\p{M}]|['’](?=\p{L}))*"
_WORD = rf"{_LETTER}(?:[\p{{L}}\p{{N}}\p{{M}}]|{_HIDDEN}+(?={_LETTER})|['’ʼ＇](?={_LETTER}))*"
_WORDS = regex.compile(rf"(?:{_ADDRESS})|({_NUMBER}|{_WORD})")
_HIDDEN_CHARACTERS = regex.compile(_HIDDEN)
# From blank to blank and without a way back, so that a thousand stops in a row are read once.
_POSSIBLE_END = regex.compile(r"(?<!\S)(?>[^\s.!?…։؟۔।]*[.!?…։؟۔।]\S*)\s|[。！？]\S")
# nupunkt takes a rank for the end of a sentence, never ends one after initials, and knows Latin stops only.
_RANK_AT_END = regex.compile(r"\b(?:Adm|Brig|Capt|Cmdr|Col|Cpl|Gen|Lt|Maj|Pvt|Sgt)\.\s*$")
_MISSED_END = regex.compile(
    r"(?<=[։؟۔।][\"”»)]?)\s+(?=\S)|(?<=[。！？])(?=[^”」』）。！？\s])"
    r"|(?<=\b\p{Lu}\.\p{Lu}\.)\s+(?=(?:A|An|And|But|He|Her|His|I|In|It|Its|On|She|That|The|Their|These|They|This|We)\b)"
)

# A look for what a missed end needs is far quicker than a look for the end itself.
_MAY_MISS = regex.compile(r"[։؟۔।。！？]|\.\p{Lu}\.\s")


def fold(word: str) -> str:
    """The form under which spellings of one word count as one: case, Unicode form, apostrophes, hidden characters.

    A dotted capital and a dotless small i count as i, so that a word in capitals is the same word.
    """
    if word.isascii():
        return word.lower()
    plain = _HIDDEN_CHARACTERS.sub("", unicodedata.normalize("NFC", word)).translate(_SAME_CHARACTER)
    return unicodedata.normalize("NFC", plain.casefold()).replace("i̇", "i")


_SAME_CHARACTER = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "ı": "i"})


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each word."""
    return [span for m in _WORDS.finditer(text) if (span := m.span(1))[0] >= 0]


def split_words(text: str) -> pd.DataFrame:
    """Which words does this text consist of?

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    pandas.DataFrame
        One row per word, in order.

        - `term`: the word, case-folded, curly apostrophes as straight ones
        - `start`, `end`: its characters, so that ``text[start:end]`` is the word as printed

    Notes
    -----
    A word is a run of letters and digits of any script with inner apostrophes. A hyphen, slash or dash ends it, so
    "Nagorno-Karabakh" is two words; decimal numbers stay whole ("3.5", "1,200"); web and mail addresses are left out.
    Dotted initials are as many words as letters.

    Examples
    --------
    >>> from corpus_tools import split_words
    >>> split_words("Don’t re-open 1,200 files!")["term"].tolist()
    ["don't", 're', 'open', '1,200', 'files']
    """
    spans = word_spans(text)
    terms = [fold(text[a:b]) for a, b in spans]
    frame = pd.DataFrame({"term": pd.Series(terms, dtype="str")})
    return frame.assign(
        start=pd.Series([a for a, _ in spans], dtype="int64"), end=pd.Series([b for _, b in spans], dtype="int64")
    )


@cache
def _splitter() -> Any:
    import nupunkt  # loading its model costs more than importing this package

    return nupunkt.sent_spans


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; none crosses a line end."""
    spans: list[tuple[int, int]] = []
    for line in regex.finditer(r"\S(?:[^\n]*\S)?", text):
        spans += [(line.start() + a, line.start() + b) for a, b in _line_sentences(line.group())]
    return spans


def _line_sentences(line: str) -> list[tuple[int, int]]:
    if not _POSSIBLE_END.search(line):
        return [(0, len(line))]
    joined: list[tuple[int, int]] = []
    for start, end in _splitter()(line):
        if joined and _RANK_AT_END.search(line, joined[-1][0], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    spans = []
    for start, end in joined:
        for gap in _MISSED_END.finditer(line, start, end) if _MAY_MISS.search(line, start, end) else ():
            spans.append((start, gap.start()))
            start = gap.end()
        spans.append((start, end))
    return [t for s, e in spans if (t := _trim(line, s, e))[0] < t[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def split_sentences(text: str) -> pd.DataFrame:
    """Which sentences does this text consist of?

    Parameters
    ----------
    text : str
        Any text; a line is a paragraph, and no sentence crosses one.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, in order.

        - `start`, `end`: its characters, blanks around it left out; ``text[start:end]`` is the sentence

    Notes
    -----
    nupunkt's Punkt model, mended in three places: a military rank never ends a sentence, initials ("U.S.") end one
    before a pronoun, article or common opening word, and so do the full stops of Armenian, Arabic, Urdu, Hindi and
    Chinese.

    Examples
    --------
    >>> from corpus_tools import split_sentences
    >>> text = "He left the U.S. His sister did not."
    >>> [text[s:e] for s, e in split_sentences(text).itertuples(index=False)]
    ['He left the U.S.', 'His sister did not.']
    """
    return pd.DataFrame(sentence_spans(text), columns=["start", "end"], dtype="int64")
