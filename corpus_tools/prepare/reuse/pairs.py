"""Which articles share text, and how much: every pair compared exactly."""

from __future__ import annotations

from numbers import Integral

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.prepare.reuse.shingles import (
    Codes,
    Meeting,
    Shingles,
    distinct,
    in_reading_order,
    meetings,
    pair_numbers,
    shingles,
)
from corpus_tools.schema import PAIRS, VOICE_NAMES, CorpusError, empty, require_columns

_NUMBERS = ("longest", *VOICE_NAMES)


def find_reuse(tokens: pd.DataFrame, *, shingle: int = 5, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which articles share text, how much, and in whose voice?

    Parameters
    ----------
    tokens : pandas.DataFrame
        What ``tokenize`` returned.
    shingle : int
        How many words in a row count as one piece of text, 1 or more. Five in a row are seldom the same by chance;
        longer pieces find less of a text that was edited.
    pairs : pandas.DataFrame, optional
        With `article_id_a` and `article_id_b`: only these pairs, also where they share nothing.

    Returns
    -------
    pandas.DataFrame
        One row per pair of articles that share at least one shingle, most similar first; no pair is missed.

        - `article_id_a`, `article_id_b`: the two, in the order of the tokens
        - `jaccard`: shingles in both, of those in either, 0 to 1; how far the two are the same text. Undefined, and
          missing, where both articles are shorter than a shingle
        - `containment`: shingles in both, of those of a, 0 to 1; how far a stands in b; missing with `jaccard`
        - `longest`: words of the longest stretch that both have
        - `narrator`, `reported`, `quoted`: words of a that stand in shared shingles, by voice. A shared statement
          (quoted, reported) is not shared reporting (narrator)
        - `outlet_a`, `outlet_b`: whose articles they are; the same for text that an outlet repeats
        - `containment_b`: the same of b; how far b stands in a. Near 1 with a low `containment`: b is a part of a

    Raises
    ------
    CorpusError
        When a column is missing, ``shingle`` is no positive number, or ``pairs`` names an article without tokens.

    Notes
    -----
    Jaccard and containment of sets of word shingles: A. Z. Broder 1997, On the resemblance and containment of
    documents (there "resemblance" and "containment", section 2).
    Words are compared as they are counted: without case, marks and hyphens. Of a shingle that an article holds more
    than 200 times, `longest` and the words by voice look at the first 200 places only.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> pairs = find_reuse(tokenize(articles, find_voices(articles)))
    >>> bool((pairs["jaccard"] <= pairs[["containment", "containment_b"]].min(axis=1)).all())
    True
    """
    require_columns(tokens, "tokens", ("article_id", "outlet", "position", "term", "voice"))
    if isinstance(shingle, bool) or not isinstance(shingle, Integral) or shingle < 1:
        raise CorpusError(f"The option 'shingle' cannot be {shingle!r}; it is a number of words, 1 or more.")
    tokens = in_reading_order(tokens)
    shingle = int(shingle)
    found = shingles(tokens, shingle)
    wanted = None if pairs is None else pair_numbers(found, pairs)
    voice = pd.Categorical(tokens["voice"], categories=list(VOICE_NAMES)).codes
    spoken = np.zeros((len(tokens) + 1, len(VOICE_NAMES)), dtype=np.int64)
    for place in range(len(VOICE_NAMES)):
        np.cumsum(voice == place, out=spoken[1:, place])
    parts = [_measured(meeting, spoken, shingle) for meeting in meetings(found, wanted)]
    if wanted is not None:
        without = np.setdiff1d(wanted, np.concatenate([wanted[:0], *(part[0] for part in parts)]))
        parts.append((without, *[np.zeros(len(without), dtype=np.int64)] * (1 + len(_NUMBERS))))
    if not parts:
        return empty(PAIRS)
    pair, both, *numbers = (np.concatenate(column) for column in zip(*parts, strict=True))
    compared = _frame(found, pair, both)
    compared[list(_NUMBERS)] = np.column_stack(numbers)
    ordered = ["jaccard", "article_id_a", "article_id_b"]
    compared = compared.sort_values(ordered, ascending=[False, True, True], kind="stable", ignore_index=True)
    return compared[list(PAIRS)]


def _frame(found: Shingles, pair: Codes, both: Codes) -> pd.DataFrame:
    a, b = pair // len(found.names), pair % len(found.names)
    sizes = distinct(found)
    either = sizes[a] + sizes[b] - both
    return pd.DataFrame(
        {
            "article_id_a": pd.array(found.names[a], dtype="str"),
            "article_id_b": pd.array(found.names[b], dtype="str"),
            "jaccard": _part(both, either, either),
            "containment": _part(both, sizes[a], either),
            "containment_b": _part(both, sizes[b], either),
            "outlet_a": pd.array(found.outlets[a], dtype="str"),
            "outlet_b": pd.array(found.outlets[b], dtype="str"),
        }
    )


def _part(shared: Codes, whole: Codes, either: Codes) -> npt.NDArray[np.float64]:
    """Shared of whole; where neither article has a shingle there is nothing to compare."""
    return np.where(either > 0, shared / np.maximum(whole, 1), np.nan)


def _measured(meeting: Meeting, spoken: Codes, length: int) -> tuple[Codes, ...]:
    """Of each pair: its number, how many shingles it shares, its longest stretch, its words by voice."""
    pairs, number = np.unique(meeting.pair, return_inverse=True)
    both = np.bincount(number, weights=meeting.new, minlength=len(pairs)).astype(np.int64)
    return (
        pairs,
        both,
        _longest(number, meeting, len(pairs)) + length - 1,
        *_by_voice(number, meeting.x, spoken, length, len(pairs)),
    )


def _longest(number: Codes, meeting: Meeting, pairs: int) -> Codes:
    """The longest run of shared shingles that follow each other in both articles."""
    order = np.lexsort((meeting.x, meeting.y - meeting.x, number))
    own, x, diagonal = number[order], meeting.x[order], (meeting.y - meeting.x)[order]
    breaks = (np.diff(own) != 0) | (np.diff(diagonal) != 0) | (np.diff(x) != 1)
    edges = np.r_[0, np.flatnonzero(breaks) + 1, len(x)]
    longest = np.zeros(pairs, dtype=np.int64)
    np.maximum.at(longest, own[edges[:-1]], np.diff(edges))
    return longest


def _by_voice(number: Codes, x: Codes, spoken: Codes, length: int, pairs: int) -> list[Codes]:
    """The words of the first article that stand in shared shingles, each counted once, by voice."""
    order = np.lexsort((x, number))
    own, begin = number[order], x[order]
    fresh = np.r_[True, (np.diff(own) != 0) | (np.diff(begin) != 0)]
    own, begin = own[fresh], begin[fresh]
    following = np.r_[begin[1:], begin[-1:] + length]
    following[np.r_[np.diff(own) != 0, True]] = np.iinfo(np.int64).max
    words = spoken[np.minimum(begin + length, following)] - spoken[begin]
    return [np.bincount(own, weights=words[:, v], minlength=pairs).astype(np.int64) for v in range(len(VOICE_NAMES))]
