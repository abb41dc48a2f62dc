"""Which printed sentences belong to one statement, and in which order they stand in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from corpus_tools.prepare.printings import (
    SAME,
    Printing,
    common_nearby,
    common_words,
    mostly_quoted,
)
from corpus_tools.schema import NARRATOR

# Words of the outlet's own between two sentences of one statement: where the same speaker is named for both, where
# nobody is named for one of them, and where the second is known from one article only.
_BETWEEN_NAMED = 60
_BETWEEN_UNNAMED = 30
BETWEEN_ALONE = 12
# A stock sentence of a press office stands beside many others, each in an article or two, and does not tie them.
_TOGETHER = 1 / 8
_LONGEST_STRETCH = 250
# Fewer words in quotation marks are a name or a phrase of their own, and fewer in common say nothing.
PHRASE_WORDS = 4
_FEWEST_WORDS = 3
# An article that prints other sentences of a statement prints this one, too, if so many words of it stand somewhere.
_PIECE_WORDS = 6
_PIECE_SHARE = 0.8
_PIECE_OF_ALL = 0.3

# A sentence of a statement: its printings by article, as numbers.
Sentence = dict[int, list[int]]


def group_statements(found: Sequence[Printing], labels: Sequence[int], texts: Sequence[str]) -> list[list[Sentence]]:
    """The sentences of each statement, with their printings."""
    spoken = [i for i, one in enumerate(found) if one.voice != NARRATOR]
    too_long = _too_long(found)
    groups = _groups(found, labels, texts, too_long)
    sentences: dict[int, dict[object, Sentence]] = defaultdict(dict)
    statement_of: dict[int, int] = {}
    for i, label in enumerate(labels):
        if label >= 0:
            statement_of[i] = groups[label]
            sentences[groups[label]].setdefault(label, {}).setdefault(found[i].article, []).append(i)
    for i, statement in _alone(spoken, statement_of, found, texts, too_long).items():
        own = sentences[statement]
        key = next((k for k, sentence in own.items() if _prints_part(i, sentence, found)), found[i].words)
        own.setdefault(key, {}).setdefault(found[i].article, []).append(i)
    every = [
        list(own.values())
        for own in sentences.values()
        if mostly_quoted([found[i] for sentence in own.values() for places in sentence.values() for i in places])
    ]
    _add_pieces(every, found)
    return sorted(every, key=lambda own: min(places[0] for sentence in own for places in sentence.values()))


def _add_pieces(every: Sequence[Sequence[Sentence]], found: Sequence[Printing]) -> None:
    """Nothing counts as not printed that an article of the statement prints in pieces or in another voice."""
    by_article: dict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        by_article[one.article].append(i)
    used = {i for own in every for sentence in own for places in sentence.values() for i in places}
    for own in every:
        covering = sorted({article for sentence in own for article in sentence})
        for sentence in own:
            model = max((found[i].words for places in sentence.values() for i in places), key=len)
            for article in covering:
                if article in sentence:
                    new = _beside(sentence[article], model, found, used)
                else:
                    new = [i for i in by_article[article] if i not in used and _is_piece(found[i].words, model)][:1]
                if new:
                    sentence[article] = sorted([*sentence.get(article, []), *new])
                    used |= set(new)


def _beside(places: Sequence[int], model: Sequence[int], found: Sequence[Printing], used: set[int]) -> list[int]:
    """Pieces directly before and behind a printing that continue the same sentence."""
    if len(places) > 1:
        return []
    words, new = list(found[places[0]].words), list[int]()
    for step in (1, -1):
        i = places[0] + step
        while 0 <= i < len(found) and i not in used and found[i].article == found[places[0]].article:
            longer = [*words, *found[i].words] if step > 0 else [*found[i].words, *words]
            if common_words(model, longer) - common_words(model, words) < SAME * len(found[i].words):
                break
            words, new, i = longer, [*new, i], i + step
    return new


def _is_piece(words: Sequence[int], model: Sequence[int]) -> bool:
    """Whether words of an article that prints other sentences of the statement are a good part of this one."""
    if len(set(words) & set(model)) < _PIECE_WORDS:
        return False
    short, long = sorted((words, model), key=len)
    return common_nearby(short, long) >= max(_PIECE_WORDS, _PIECE_SHARE * len(short), _PIECE_OF_ALL * len(model))


def _too_long(found: Sequence[Printing]) -> set[int]:
    """Stretches that nobody can have said in one paragraph: a quotation that was never closed."""
    words: Counter[int] = Counter()
    for one in found:
        if one.stretch >= 0:
            words[one.stretch] += len(one.words)
    return {stretch for stretch, count in words.items() if count > _LONGEST_STRETCH}


def _groups(
    found: Sequence[Printing], labels: Sequence[int], texts: Sequence[str], too_long: set[int]
) -> dict[int, int]:
    """Which sentences make one statement: those that stand together in enough of the articles that print them."""
    articles: dict[int, set[int]] = defaultdict(set)
    for one, label in zip(found, labels, strict=True):
        articles[label].add(one.article)
    together: dict[tuple[int, int], set[int]] = defaultdict(set)
    labelled = [i for i, one in enumerate(found) if labels[i] >= 0 and one.voice != NARRATOR]
    for i, j in pairwise(labelled):
        if _together(found[i], found[j], texts[found[i].article], too_long):
            together[labels[i], labels[j]].add(found[i].article)
    links = [
        (a, b) for (a, b), own in together.items() if len(own) >= _TOGETHER * max(len(articles[a]), len(articles[b]))
    ]
    return _components(sorted(articles.keys() - {-1}), links)


def _components(labels: Sequence[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    place = {label: i for i, label in enumerate(labels)}
    a, b = np.array([(place[one], place[other]) for one, other in links], dtype=np.int64).reshape(-1, 2).T
    graph = sparse.coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(len(labels), len(labels)))
    groups = connected_components(graph, directed=False)[1] if labels else []
    return {label: int(group) for label, group in zip(labels, groups, strict=True)}


def _together(one: Printing, other: Printing, text: str, too_long: set[int]) -> bool:
    """Whether two printings stand next to each other as the words of one speaker."""
    if one.article != other.article:
        return False
    between = other.first - one.last
    if one.stretch == other.stretch:
        return one.stretch not in too_long or between <= BETWEEN_ALONE
    if one.speaker is not None and other.speaker is not None:
        return one.speaker == other.speaker and between <= _BETWEEN_NAMED
    both_quoted = one.voice == other.voice == "quoted"
    return both_quoted and (between == 0 or (between <= _BETWEEN_UNNAMED and _one_paragraph(one, other, text)))


def _one_paragraph(one: Printing, other: Printing, text: str) -> bool:
    first, second = sorted((one, other), key=lambda printing: printing.first)
    return "\n" not in text[first.parts[-1][1] : second.parts[0][0]]


def _alone(
    spoken: Sequence[int],
    statement_of: Mapping[int, int],
    found: Sequence[Printing],
    texts: Sequence[str],
    too_long: set[int],
) -> dict[int, int]:
    """Sentences in quotation marks that no other outlet prints, and the statement whose quotation they continue."""
    known = dict(statement_of)
    for order in (spoken, spoken[::-1]):
        for i, j in pairwise(order):
            if i in known and j not in known and _continues(found[i], found[j], texts[found[i].article], too_long):
                known[j] = known[i]
    return {i: statement for i, statement in sorted(known.items()) if i not in statement_of}


def _continues(one: Printing, other: Printing, text: str, too_long: set[int]) -> bool:
    if one.article != other.article or not one.voice == other.voice == "quoted" or other.stretch in too_long:
        return False
    if one.stretch == other.stretch:
        return True
    if one.speaker is None or other.speaker is None:
        same = _one_paragraph(one, other, text)
    else:
        same = one.speaker == other.speaker
    between = max(one.first, other.first) - min(one.last, other.last)
    return same and between <= BETWEEN_ALONE and len(other.words) >= PHRASE_WORDS and other.is_closed


def _prints_part(i: int, sentence: Sentence, found: Sequence[Printing]) -> bool:
    """Whether a printing that is too short to be found by itself prints this sentence of its statement."""
    words = found[i].words
    if found[i].article in sentence:
        return False
    for place in (place for places in sentence.values() for place in places):
        other = found[place].words
        least = max(_FEWEST_WORDS, SAME * min(len(words), len(other)))
        if words == other or common_words(words, other) >= least:
            return True
    return False


def sentences_in_order(sentences: Sequence[Sentence], found: Sequence[Printing]) -> list[Sentence]:
    """One order for all printings: next is the sentence that fewest articles print behind another one that is left.

    Among equals the one whose first printing comes first.
    """
    first = [min(places[0] for places in sentence.values()) for sentence in sentences]
    before: Counter[tuple[int, int]] = Counter()
    for a, b in combinations(range(len(sentences)), 2):
        for article in sentences[a].keys() & sentences[b].keys():
            in_order = found[sentences[a][article][0]].first < found[sentences[b][article][0]].first
            before[(a, b) if in_order else (b, a)] += 1
    left = set(range(len(sentences)))
    ordered = []
    while left:
        late = {b: sum(max(before[a, b] - before[b, a], 0) for a in left if a != b) for b in left}
        chosen = min(left, key=lambda place: (late[place], first[place]))
        left.remove(chosen)
        ordered.append(sentences[chosen])
    return ordered
