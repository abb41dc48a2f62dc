"""How rich the vocabulary of many texts is, all at once: kernels on integer codes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A factor of MTLD is complete when types are .72 of its words or fewer; as whole numbers, so that 18 of 25 is exact.
_TYPES, _OF_WORDS = 18, 25
_DRAWN = 42


class Texts(NamedTuple):
    """Texts one after the other: of each word its text and its term, and where each text starts."""

    text: Codes
    term: Codes
    starts: Codes
    lengths: Codes


class _Chain(NamedTuple):
    """Words ordered by text, term and place; ``same`` says that a word follows another of its term in its text."""

    order: Codes
    same: Flags


def texts_of(text: Codes, term: Codes) -> Texts:
    """Texts numbered from 0 without gaps, their words together and in order."""
    lengths = np.bincount(text).astype(np.int64)
    return Texts(text, term, np.cumsum(lengths) - lengths, lengths)


def type_token_ratio(texts: Texts) -> Values:
    """Different words over words."""
    chain = _chained(texts)
    types = np.bincount(texts.text[chain.order], weights=~chain.same, minlength=len(texts.lengths))
    return np.asarray(types / texts.lengths)


def moving_average(texts: Texts, window: int) -> Values:
    """MATTR: the mean of the type-token ratio over all windows of so many words; missing in shorter texts."""
    place = np.arange(len(texts.text)) - texts.starts[texts.text]
    last = texts.lengths[texts.text] - window
    # A word is a new type in the windows that begin behind the word of the same term before it.
    earliest = np.maximum(np.maximum(_places_before(texts) + 1, place - window + 1), 0)
    windows = np.maximum(np.minimum(place, last) - earliest + 1, 0)
    types = np.bincount(texts.text, weights=windows, minlength=len(texts.lengths))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = types / (window * (texts.lengths - window + 1))
    return np.where(texts.lengths >= window, ratio, np.nan)


def drawn_types(texts: Texts) -> Values:
    """HD-D: the mean number of types among 42 words drawn from the text, over 42; missing in shorter texts."""
    chain = _chained(texts)
    heads = np.flatnonzero(~chain.same)
    times = np.diff(np.r_[heads, len(chain.order)])
    text = texts.text[chain.order][heads]
    words = np.maximum(texts.lengths[text], _DRAWN)
    undrawn = np.ones(len(times))
    for before in range(_DRAWN):
        undrawn *= np.maximum(words - times - before, 0) / (words - before)
    types = np.bincount(text, weights=1 - undrawn, minlength=len(texts.lengths))
    return np.where(texts.lengths >= _DRAWN, types / _DRAWN, np.nan)


def factor_length(texts: Texts) -> Values:
    """MTLD: the mean length of a factor, forward and backward; missing where no word occurs twice."""
    backward = Texts(texts.text, _reversed(texts), texts.starts, texts.lengths)
    with np.errstate(divide="ignore"):
        forth, back = (texts.lengths / _factors(each) for each in (texts, backward))
    mean = (forth + back) / 2
    return np.where(np.isfinite(mean), mean, np.nan)


def _factors(texts: Texts) -> Values:
    """Complete factors and the part of one at the end, all texts word by word side by side."""
    before = _places_before(texts)
    longest = np.argsort(-texts.lengths, kind="stable")
    lengths, starts = texts.lengths[longest], texts.starts[longest]
    begun, types, factors = (np.zeros(len(lengths), dtype=np.int64) for _ in range(3))
    left = np.searchsorted(-lengths, -np.arange(lengths.max(initial=0)), side="left")
    for place, texts_left in enumerate(left):
        own = slice(0, texts_left)
        types[own] += before[starts[own] + place] < begun[own]
        complete = _OF_WORDS * types[own] <= _TYPES * (place + 1 - begun[own])
        factors[own] += complete
        begun[own][complete] = place + 1
        types[own][complete] = 0
    rest = lengths - begun
    ratio = np.where(rest > 0, types / np.maximum(rest, 1), 1.0)
    found = np.empty(len(lengths))
    found[longest] = factors + (1 - ratio) / (1 - _TYPES / _OF_WORDS)
    return found


def _chained(texts: Texts) -> _Chain:
    order = np.lexsort((texts.term, texts.text))
    text, term = texts.text[order], texts.term[order]
    return _Chain(order, np.r_[np.zeros(min(len(order), 1), bool), (text[1:] == text[:-1]) & (term[1:] == term[:-1])])


def _places_before(texts: Texts) -> Codes:
    """Where in its text a word's term stood last before it; -1 where it is new."""
    chain = _chained(texts)
    place = np.arange(len(texts.text)) - texts.starts[texts.text]
    found = np.full(len(place), -1)
    later = np.flatnonzero(chain.same)
    found[chain.order[later]] = place[chain.order[later - 1]]
    return found


def _reversed(texts: Texts) -> Codes:
    """The terms with each text from its end to its beginning."""
    place = np.arange(len(texts.text)) - texts.starts[texts.text]
    return texts.term[texts.starts[texts.text] + texts.lengths[texts.text] - 1 - place]
