"""Sentences of speech as articles print them, and which of them are printings of one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
import regex
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from corpus_tools.prepare.reuse.shingles import shingles
from corpus_tools.schema import NARRATOR, CorpusError

Codes = npt.NDArray[np.int64]
# Two printings have four words in a row, or they are not compared.
_IN_A_ROW = 4
# Words in a row that stand in more wordings than this are a stock phrase ("as soon as possible").
_STOCK = 200
# Share of the shorter wording's words that both have in the same order; more where one of them is not in quotation
# marks, because two outlets that retell one fact share many of its words.
SAME = 0.65
_SAME_RETOLD = 0.8
_MORE_RETOLD = 2
_QUOTED = 1 / 4
_ROWS_AT_ONCE = 2048
_CLOSING = regex.compile(r"[.,;:!?…։؟۔।。！？)]*")
_GOES_ON = regex.compile(r"[,，،\-–—]")
# What an outlet puts into a sentence of speech is short: "he told reporters in Oakham on Tuesday".
_INSERTED_WORDS = 15


@dataclass(frozen=True)
class Printing:
    """One sentence of speech in one article, or what the article prints of it.

    ``article`` is its row among the articles, ``stretch`` among the voices (-1: the narrator's), ``first`` and ``last``
    its place among the words of all articles; ``parts`` are its characters, several where the outlet's own words
    stand in between; ``is_closed`` says whether they end with a stop or comma.
    """

    article: int
    voice: str
    speaker: str | None
    stretch: int
    first: int
    last: int
    words: tuple[int, ...]
    parts: tuple[tuple[int, int], ...]
    is_closed: bool


def read_printings(articles: pd.DataFrame, named: pd.DataFrame, tokens: pd.DataFrame) -> list[Printing]:
    """All sentences, those of speech and the narrator's, in the order of articles and text.

    ``named`` is what `named_speakers` made of these articles, in their order.
    """
    places = pd.Series(np.arange(len(articles)), index=articles["article_id"].astype("str").to_numpy())
    own = tokens["article_id"].astype("str")
    article = own.map(places)
    if article.isna().any():
        stray = own[article.isna()].iloc[0]
        raise CorpusError(f"The tokens hold article {stray!r}, which is not among the articles; use their own.")
    order = np.lexsort((tokens["start"].to_numpy(), article.to_numpy()))
    owner = article.to_numpy(dtype=np.int64)[order]
    start, end, sentence = (tokens[column].to_numpy(dtype=np.int64)[order] for column in ("start", "end", "sentence"))
    term = pd.factorize(tokens["term"])[0].astype(np.int64)[order]
    texts = articles["text"].astype("str").tolist()
    stretch = _stretch_of(named, places, texts, owner, start)
    changes = (np.diff(owner) != 0) | (np.diff(sentence) != 0) | (np.diff(stretch) != 0)
    edges = np.r_[0, np.flatnonzero(changes) + 1, len(owner)] if len(owner) else np.zeros(1, dtype=np.int64)
    voices = named["voice"].tolist()
    ends = named["end"].tolist()
    speakers = [None if pd.isna(name) else str(name) for name in named["speaker"]]
    found = []
    for low, high in pairwise(edges.tolist()):
        place, said = int(owner[low]), int(stretch[low])
        bound = int(ends[said]) if said >= 0 else len(texts[place])
        closing = _CLOSING.match(texts[place], int(end[high - 1]), max(bound, int(end[high - 1])))
        last = closing.end() if closing else int(end[high - 1])
        voice, speaker = (voices[said], speakers[said]) if said >= 0 else (NARRATOR, None)
        words = tuple(term[low:high].tolist())
        parts = ((int(start[low]), last),)
        closed = last > int(end[high - 1])
        found.append(Printing(place, voice, speaker, max(said, -1), low, high, words, parts, closed))
    return _cut_alike(sorted(_rejoined(found, texts, ends, sentence), key=lambda one: one.first), texts, start, end)


def _stretch_of(named: pd.DataFrame, places: pd.Series, texts: Sequence[str], owner: Codes, start: Codes) -> Codes:
    """The stretch in which each word stands; below -1, a number for what the narrator says between two of them."""
    base = np.cumsum([0, *(len(text) + 1 for text in texts)])
    offset = base[named["article_id"].map(places).to_numpy(dtype=np.int64)]
    begins, ends = (offset + named[column].to_numpy(dtype=np.int64) for column in ("start", "end"))
    at = base[owner] + start
    within = np.searchsorted(begins, at, side="right") - 1
    inside = (within >= 0) & (at < np.r_[ends, 0][within])
    return np.where(inside, within, -3 - within)


def _rejoined(found: list[Printing], texts: Sequence[str], ends: Sequence[int], sentence: Codes) -> Iterator[Printing]:
    """Sentences of a quotation that the outlet's own words interrupt become one again."""
    quoted = [one for one in found if one.voice == "quoted"]
    yield from (one for one in found if one.voice != "quoted")
    for one in quoted[:1]:
        before = one
    for one in quoted[1:]:
        same = sentence[before.last - 1] == sentence[one.first]
        if same and _interrupted(before, one, texts[one.article], ends[before.stretch]):
            parts, words = before.parts + one.parts, before.words + one.words
            speaker = before.speaker or one.speaker
            before = replace(one, speaker=speaker, first=before.first, words=words, parts=parts)
        else:
            yield before
            before = one
    if quoted:
        yield before


def _interrupted(one: Printing, other: Printing, text: str, end: int) -> bool:
    """Whether the first stops at a comma, its quotation with it, and the other goes on in small letters."""
    inserted = other.first - one.last
    if one.article != other.article or one.stretch == other.stretch or not 0 < inserted <= _INSERTED_WORDS:
        return False
    stop, go_on = one.parts[-1][1], other.parts[0][0]
    tail = text[stop - 1 : end + 2]
    return bool(_GOES_ON.search(tail)) and text[go_on].islower() and "\n" not in text[stop:go_on]


def _cut_alike(found: list[Printing], texts: Sequence[str], start: Codes, end: Codes) -> list[Printing]:
    """A place where a sentence of speech ends in one article is an end in all, however its stops were printed."""
    spoken = [one for one in found if one.voice != NARRATOR]
    ends = {
        (*one.words[-2:], *other.words[:2])
        for one, other in pairwise(spoken)
        if one.article == other.article and other.first - one.last <= _INSERTED_WORDS
    }
    pieces = []
    for one in found:
        places = [i for i in range(2, len(one.words) - 1) if one.words[i - 2 : i + 2] in ends] if ends else []
        text = texts[one.article]
        # Only a whole sentence is cut, and only at a mark.
        cuts = [i for i in places if len(one.parts) == 1 and not _only_blank(text, start, end, one.first + i)]
        for low, high in pairwise([0, *cuts, len(one.words)]):
            last = one.parts[-1][1] if high == len(one.words) else int(start[one.first + high])
            begin = one.parts[0][0] if low == 0 else int(start[one.first + low])
            parts = one.parts if not cuts else ((begin, begin + len(text[begin:last].rstrip())),)
            words = one.words[low:high]
            after = one.last if high == len(one.words) else one.first + high
            pieces.append(replace(one, first=one.first + low, last=after, words=words, parts=parts))
    return pieces


def _only_blank(text: str, start: Codes, end: Codes, word: int) -> bool:
    return not text[end[word - 1] : start[word]].strip()


def same_sentence(found: Sequence[Printing], outlets: Sequence[str], *, min_words: int) -> list[int]:
    """The number of the sentence that each printing prints; -1 for what no two outlets share."""
    wordings: dict[tuple[int, ...], int] = {}
    form = [wordings.setdefault(one.words, len(wordings)) if len(one.words) >= min_words else -1 for one in found]
    spoken, quoted = np.zeros(len(wordings), dtype=bool), np.zeros(len(wordings), dtype=bool)
    for one, number in zip(found, form, strict=True):
        if number >= 0:
            spoken[number] |= one.voice != NARRATOR
            quoted[number] |= one.voice == "quoted"
    forms = list(wordings)
    links = []
    for i, j in _candidates(forms, spoken, quoted):
        short, long = sorted((forms[i], forms[j]), key=len)
        both = quoted[i] and quoted[j]
        fewest, share = (min_words, SAME) if both else (min_words + _MORE_RETOLD, _SAME_RETOLD)
        if common_nearby(short, long) >= max(fewest, share * len(short)):
            links.append((i, j))
    a, b = (np.array([link[side] for link in links], dtype=np.int64) for side in (0, 1))
    graph = sparse.coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(len(forms), len(forms)))
    group = connected_components(graph, directed=False)[1] if forms else np.zeros(0, dtype=np.int64)
    return _shared([int(group[number]) if number >= 0 else -1 for number in form], found, outlets)


def _shared(labels: list[int], found: Sequence[Printing], outlets: Sequence[str]) -> list[int]:
    """Only sentences of two outlets; the narrator's words count where another outlet has them in quotation marks."""
    members: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        members[label].append(place)
    kept = [-1] * len(labels)
    for label, own in members.items():
        if label < 0:
            continue
        is_quoted = mostly_quoted([found[place] for place in own])
        own = [place for place in own if is_quoted or found[place].voice != NARRATOR]
        if len({outlets[found[place].article] for place in own}) > 1:
            for place in own:
                kept[place] = label
    return kept


def mostly_quoted(printings: Sequence[Printing]) -> bool:
    """Whether enough of these are in quotation marks, so that no unclosed one makes a stock sentence a statement."""
    return sum(one.voice == "quoted" for one in printings) >= _QUOTED * len(printings)


def _candidates(
    forms: Sequence[tuple[int, ...]], spoken: npt.NDArray[np.bool_], quoted: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Pairs of wordings with words in a row in common and most words of the shorter one."""
    sizes = np.array([len(words) for words in forms], dtype=np.int64)
    owner = np.repeat(np.arange(len(forms)), sizes)
    term = np.fromiter((word for words in forms for word in words), dtype=np.int64, count=int(sizes.sum()))
    words = pd.DataFrame({"article_id": owner, "outlet": "", "term": term, "position": np.arange(len(term))})
    runs = shingles(words, _IN_A_ROW)
    if not len(runs.code):
        return
    has = _incidence(runs.article, pd.factorize(runs.code)[0].astype(np.int64), len(forms))
    holders = has.sum(axis=0)
    has = has[:, np.flatnonzero((holders > 1) & (holders <= _STOCK))]
    bags = _incidence(owner, term, len(forms))
    sizes = np.diff(bags.indptr)
    turned = has.T.tocsr()
    for low in range(0, len(forms), _ROWS_AT_ONCE):
        block = (has[low : low + _ROWS_AT_ONCE] @ turned).tocoo()
        i, j = block.row + low, block.col
        fit = (i < j) & ((spoken[i] & spoken[j]) | quoted[i] | quoted[j])
        i, j = i[fit], j[fit]
        common = np.asarray(bags[i].multiply(bags[j]).sum(axis=1)).reshape(-1)
        near = common >= SAME * np.minimum(sizes[i], sizes[j]) - 1
        yield from zip(i[near].tolist(), j[near].tolist(), strict=True)


def _incidence(row: Codes, column: Codes, rows: int) -> sparse.csr_array:
    has = sparse.csr_array((np.ones(len(row), dtype=np.int32), (row, column)), shape=(rows, int(column.max()) + 1))
    has.sum_duplicates()
    has.data[:] = 1
    return has


def common_nearby(short: Sequence[int], long: Sequence[int]) -> int:
    """Words in common within half as much room again as the shorter one takes.

    In a long sentence the small words of any other can be found one after the other.
    """
    step = max(len(short) // 4, 1)
    room = len(short) * 3 // 2 + step
    return max(common_words(short, long[at : at + room]) for at in range(0, max(len(long) - room, 0) + step, step))


def common_words(one: Sequence[int], other: Sequence[int]) -> int:
    """Words of the longest common subsequence: in both, in the same order.

    One bit stands for each word of the first; it falls to 0 where a word more is matched.

    Examples
    --------
    >>> common_words([1, 2, 3, 4], [2, 9, 3, 1])
    2
    """
    where: dict[int, int] = defaultdict(int)
    for place, word in enumerate(one):
        where[word] |= 1 << place
    everything = (1 << len(one)) - 1
    open_places = everything
    for word in other:
        met = open_places & where.get(word, 0)
        open_places = ((open_places + met) | (open_places - met)) & everything
    return len(one) - open_places.bit_count()
