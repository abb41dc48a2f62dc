"""An article's text cut into stretches in which nothing changes: one voice, the same hits, the same shared passage."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from corpus_tools.schema import NARRATOR, VOICE_NAMES


class Span(NamedTuple):
    """A stretch of an article's text, in characters, and what it is: a row of ``voices`` or of ``hits``."""

    start: int
    end: int
    row: Mapping[Hashable, Any]


class Tie(NamedTuple):
    """A passage that stands in another article as well, where it lies in this one."""

    start: int
    end: int
    number: int


_Stretch = TypeVar("_Stretch", Span, Tie)


class Piece(NamedTuple):
    """Text in which nothing changes, with the numbers of the shared passages that begin and end with it."""

    start: int
    text: str
    hits: tuple[Span, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]


class Run(NamedTuple):
    """Pieces of one voice within a paragraph; no ``voice`` is the narrator's."""

    voice: Span | None
    first: bool
    last: bool
    pieces: tuple[Piece, ...]


def own_spans(frame: pd.DataFrame, article_id: object, length: int) -> list[Span]:
    """The stretches of one article in reading order; what lies outside of its text is left out.

    Examples
    --------
    >>> frame = pd.DataFrame({"article_id": ["a", "b"], "start": [2, 0], "end": [99, 1]})
    >>> [span[:2] for span in own_spans(frame, "a", 10)]
    [(2, 10)]
    """
    own = frame[(frame["article_id"].astype(str) == str(article_id)) & frame["start"].notna() & frame["end"].notna()]
    rows = own.to_dict("records")
    spans = [Span(_inside(row["start"], length), _inside(row["end"], length), row) for row in rows]
    return sorted((span for span in spans if span.start < span.end), key=lambda span: span[:2])


def _inside(place: Any, length: int) -> int:
    return int(min(max(float(place), 0), length))


def apart(spans: Sequence[Span]) -> list[Span]:
    """Voices without overlap: where two claim the same words, the earlier one keeps them.

    Examples
    --------
    >>> [span[:2] for span in apart([Span(0, 5, {"voice": "quoted"}), Span(3, 8, {"voice": "reported"})])]
    [(0, 5), (5, 8)]
    """
    kept: list[Span] = []
    for span in spans:
        start = max(span.start, kept[-1].end) if kept else span.start
        if start < span.end and span.row["voice"] in VOICE_NAMES and span.row["voice"] != NARRATOR:
            kept.append(span._replace(start=start))
    return kept


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where are the paragraphs of a text? They are its lines; blank ones do not count.

    Examples
    --------
    >>> paragraph_spans("One.\\n\\nTwo.")
    [(0, 4), (6, 10)]
    """
    return [line.span() for line in re.finditer(r"\S[^\n]*", text)]


def within_paragraphs(stretches: Sequence[_Stretch], paragraphs: Sequence[tuple[int, int]]) -> list[_Stretch]:
    """Stretches whose ends lie in paragraphs: an end between two of them moves to the nearer words inside.

    Examples
    --------
    >>> within_paragraphs([Tie(4, 9, 1), Tie(4, 6, 2)], [(0, 4), (6, 10)])
    [Tie(start=6, end=9, number=1)]
    """
    moved = []
    for stretch in stretches:
        touched = [(start, end) for start, end in paragraphs if stretch.start < end and stretch.end > start]
        if touched:
            start, end = max(stretch.start, touched[0][0]), min(stretch.end, touched[-1][1])
            moved.append(stretch._replace(start=start, end=end))
    return moved


def cut(
    text: str, start: int, end: int, voices: Sequence[Span], hits: Sequence[Span], ties: Sequence[Tie] = ()
) -> Iterator[Run]:
    """Which runs and pieces make this stretch? It is cut wherever a voice, a hit or a shared passage begins or ends.

    Examples
    --------
    >>> said, hit = Span(4, 12, {}), Span(2, 6, {})
    >>> [[piece.text for piece in run.pieces] for run in cut("ab cd ef gh ij", 0, 14, [said], [hit])]
    [['ab', ' c'], ['d ', 'ef gh '], ['ij']]
    """
    said = [span for span in voices if span.start < end and span.end > start]
    found = [span for span in hits if span.start < end and span.end > start]
    marks = {edge for span in (*said, *found, *ties) for edge in span[:2] if start < edge < end}
    places = list(pairwise(sorted({start, end} | marks)))

    voices_there, hits_there = _lying(said, places), _lying(found, places)
    begun, ended = _numbers(ties, 0), _numbers(ties, 1)

    def voice_at(place: tuple[int, int]) -> int | None:
        return min(voices_there[place[0]], default=None)

    for number, group in groupby(places, key=voice_at):
        own = list(group)
        voice = None if number is None else said[number]
        pieces = tuple(
            Piece(
                low, text[low:high], tuple(found[n] for n in hits_there[low]), begun.get(low, ()), ended.get(high, ())
            )
            for low, high in own
        )
        first = voice is not None and own[0][0] == max(voice.start, start)
        last = voice is not None and own[-1][1] == min(voice.end, end)
        yield Run(voice, first, last, pieces)


def clusters(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[Span, ...], list[Piece]]]:
    """Which pieces belong together because a hit runs through them? Each cluster with its hits; plain text has none.

    Examples
    --------
    >>> one, other = Span(0, 4, {}), Span(2, 6, {})
    >>> (run,) = cut("ab cd ef", 0, 8, [], [one, other])
    >>> [(len(hits), "".join(piece.text for piece in own)) for hits, own in clusters(run.pieces)]
    [(2, 'ab cd '), (0, 'ef')]
    """
    hits: tuple[Span, ...] = ()
    own: list[Piece] = []
    for piece in pieces:
        if own and not (any(hit is before for hit in piece.hits for before in own[-1].hits)):
            yield hits, own
            hits, own = (), []
        hits += tuple(hit for hit in piece.hits if not any(hit is known for known in hits))
        own.append(piece)
    if own:
        yield hits, own


def _lying(spans: Sequence[Span], places: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """For each place, by its start, the numbers of the spans that it lies in; no span ends or begins inside a place."""
    waiting = sorted(range(len(spans)), key=lambda n: spans[n].start, reverse=True)
    open_now: list[int] = []
    lying = {}
    for start, _ in places:
        while waiting and spans[waiting[-1]].start <= start:
            open_now.append(waiting.pop())
        open_now = [n for n in open_now if spans[n].end > start]
        lying[start] = sorted(open_now)
    return lying


def _numbers(ties: Sequence[Tie], edge: int) -> dict[int, tuple[int, ...]]:
    """The numbers of the shared passages that begin or end at a place."""
    numbers: dict[int, tuple[int, ...]] = {}
    for tie in ties:
        numbers[tie[edge]] = (*numbers.get(tie[edge], ()), tie.number)
    return numbers
