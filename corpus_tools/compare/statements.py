"""The same statement as each outlet printed it, sentence by sentence, with what each prints of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from corpus_tools.prepare.printings import (
    SAME,
    Printing,
    common_nearby,
    common_words,
    mostly_quoted,
    read_printings,
    same_sentence,
)
from corpus_tools.prepare.speakers import named_speakers
from corpus_tools.schema import (
    HITS,
    NARRATOR,
    STATEMENTS,
    CorpusError,
    empty,
    require_articles,
    require_columns,
)

# Words of the outlet's own between two sentences of one statement: where the same speaker is named for both, where
# nobody is named for one of them, and where the second is known from one article only.
_BETWEEN_NAMED = 60
_BETWEEN_UNNAMED = 30
_BETWEEN_ALONE = 12
# A stock sentence of a press office stands beside many others, each in an article or two, and does not tie them.
_TOGETHER = 1 / 8
_LONGEST_STRETCH = 250
# Fewer words in quotation marks are a name or a phrase of their own, and fewer in common say nothing.
_PHRASE_WORDS = 4
_FEWEST_WORDS = 3
# An article that prints other sentences of a statement prints this one, too, if so many words of it stand somewhere.
_PIECE_WORDS = 6
_PIECE_SHARE = 0.8
_PIECE_OF_ALL = 0.3
_KINDS = {"statement": "str", "sentence": "int64", "article_id": "str", "outlet": "str", "date": "datetime64[us]"}
_KINDS |= {"printed": "bool", "text": "str", "start": "Int64", "end": "Int64", "voice": "str", "speaker": "str"}
_KINDS |= {"words": "int64", "share": "float64"}

# A sentence of a statement: its printings by article, as numbers.
Sentence = dict[int, list[int]]
_Article = Mapping[Hashable, Any]


def statements(
    articles: pd.DataFrame, voices: pd.DataFrame, tokens: pd.DataFrame, *, min_words: int = 8
) -> pd.DataFrame:
    """Which statement do several outlets print, and which sentences of it does each print?

    Parameters
    ----------
    articles : pandas.DataFrame
        With `article_id`, `outlet`, `text`, and `date` where known.
    voices : pandas.DataFrame
        As `find_voices` returns it; or what `name_speakers` made of it, names corrected by hand included.
    tokens : pandas.DataFrame
        What `tokenize` returned for these articles.
    min_words : int
        Two printings are of one sentence when they have at least so many words in common; 4 or more.

    Returns
    -------
    pandas.DataFrame
        One row per statement, sentence and article that prints any of the statement. Statements come in the order of
        their first article, sentences in the order in which they stand, articles by date, outlet and identifier. An
        article that prints none of a statement has no row, also where it is about the same event.

        - `statement`: "1", "2", … by the first article that prints it
        - `sentence`: its number among the sentences of all printings together, from 1
        - `article_id`, `outlet`, `date`: of the article
        - `printed`: whether the article prints the sentence or a part of it
        - `text`: the sentence as printed, " … " where the outlet's own words stand in between; missing if not printed
        - `start`, `end`: its characters in the article; missing if not printed
        - `voice`: "quoted", "reported", or "narrator" where the outlet prints as its own what another one quotes
        - `speaker`: the name as merged by `name_speakers`; missing where nobody is named or it is not printed
        - `words`: words printed, 0 where it is not printed
        - `share`: of the words of the sentence's fullest printing, those printed here in the same order, 0 to 1

    Raises
    ------
    CorpusError
        When a column is missing, a stretch or a word belongs to none of the articles, stretches overlap, or
        ``min_words`` is less than 4.

    Notes
    -----
    Two printings are of one sentence when the longest common subsequence of their words (Hirschberg 1975) holds 65 % of
    the words of the shorter one and no fewer than ``min_words`` (80 % and two words more where one of them is not in
    quotation marks), within half as much room again as the shorter one takes. Only those that have four words in a
    row in common are compared, and four words that stand in more than 200 different sentences count as a stock
    phrase. A sentence that ends in one article ends in all, whatever its stops are there.

    A sentence counts when articles of two outlets print it. Sentences make one statement when they stand together, at
    most 60 words apart with the same speaker named, at most 30 words in one paragraph with nobody named for one of
    them, and do so in at least one in eight of the articles that print either. A sentence that one outlet alone
    quotes, and one too short to be found by itself, belong to it where they continue the quotation. A quarter of the
    printings must be in quotation marks: indirect speech that several outlets share is the wording of a newsroom, and
    belongs to a statement only where its words are quoted elsewhere or where the same speaker goes on. Before a
    sentence counts as not printed, six words and more of it are looked for in the whole article, in any voice.

    That an article does not print a sentence does not say that somebody cut it: an outlet may have had only a part of
    the statement, and an earlier article cannot print what was said later. A statement that
    is retold in other words, or translated anew, is not found.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> said = "“No boat will leave the old harbour before the storm is over,” Ann Lee said."
    >>> texts = [said + " “The pilots of this town have asked us twice to wait for daylight.”", said]
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["A", "B"], "text": texts})
    >>> voices = ct.find_voices(articles)
    >>> found = statements(articles, voices, ct.tokenize(articles, voices))
    >>> found[["sentence", "outlet", "printed"]].to_numpy().tolist()
    [[1, 'A', True], [1, 'B', True], [2, 'A', True], [2, 'B', False]]
    """
    require_articles(articles)
    require_columns(tokens, "tokens", ("article_id", "start", "end", "sentence", "term"))
    if isinstance(min_words, bool) or not isinstance(min_words, int) or min_words < _PHRASE_WORDS:
        raise CorpusError(f"The option 'min_words' cannot be {min_words!r}; it is a number of words, 4 or more.")
    ordered = _in_order(articles)
    found = read_printings(ordered, named_speakers(ordered, voices), tokens)
    labels = same_sentence(found, ordered["outlet"].tolist(), min_words=min_words)
    texts = ordered["text"].tolist()
    records = ordered.to_dict("records")
    rows: list[dict[str, object]] = []
    for number, sentences in enumerate(_statements(found, labels, texts), 1):
        rows += _rows(str(number), _sentences_in_order(sentences, found), found, records)
    if not rows:
        return empty(STATEMENTS).astype(_KINDS)
    return pd.DataFrame(rows, columns=list(STATEMENTS)).astype(_KINDS)


def statement_hits(frame: pd.DataFrame) -> pd.DataFrame:
    """Where do the sentences of these statements stand, so that the reader can mark them in an article?

    Parameters
    ----------
    frame : pandas.DataFrame
        What `statements` returned, or some of its rows; sentences that are not printed stand nowhere.

    Returns
    -------
    pandas.DataFrame
        Hits for ``show_article(articles, voices, statement_hits(frame), article_id)`` and ``kwic``.

        - `article_id`, `outlet`, `start`, `end`, `voice`: as in the frame
        - `slot`: the statement, "statement 1"
        - `label`: the sentence, "sentence 1"
        - `surface`: the text as printed
        - `sentence`: the number of the sentence in the statement
        - `section`: missing
        - `checked`: always True, because there is no pattern that a person could check

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = {**dict.fromkeys(STATEMENTS), "statement": "1", "sentence": 2, "start": 0, "end": 9, "printed": True}
    >>> statement_hits(pd.DataFrame([row]))["label"].tolist()
    ['sentence 2']
    """
    require_columns(frame, "statements", STATEMENTS)
    printed = frame[frame["printed"].astype("bool")].reset_index(drop=True)
    hits = printed.assign(
        slot="statement " + printed["statement"].astype("str"),
        label="sentence " + printed["sentence"].astype("str"),
        surface=printed["text"],
        section=pd.Series(pd.NA, index=printed.index, dtype="str"),
        checked=True,
    )
    return hits[list(HITS)].astype({"start": "int64", "end": "int64"})


def _in_order(articles: pd.DataFrame) -> pd.DataFrame:
    """By date, outlet and identifier, so that nothing depends on the order of the rows; undated ones last."""
    columns = {column: articles[column].astype("str") for column in ("article_id", "outlet", "text")}
    dates = articles["date"] if "date" in articles.columns else pd.Series(pd.NaT, index=articles.index)
    frame = pd.DataFrame({**columns, "date": pd.to_datetime(dates, errors="coerce").astype("datetime64[us]")})
    return frame.sort_values(["date", "outlet", "article_id"], na_position="last", ignore_index=True)


def _statements(found: Sequence[Printing], labels: Sequence[int], texts: Sequence[str]) -> list[list[Sentence]]:
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
        return one.stretch not in too_long or between <= _BETWEEN_ALONE
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
    return same and between <= _BETWEEN_ALONE and len(other.words) >= _PHRASE_WORDS and other.is_closed


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


def _sentences_in_order(sentences: Sequence[Sentence], found: Sequence[Printing]) -> list[Sentence]:
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


def _rows(
    statement: str, sentences: Sequence[Sentence], found: Sequence[Printing], articles: Sequence[_Article]
) -> list[dict[str, object]]:
    covering = sorted({article for sentence in sentences for article in sentence})
    rows: list[dict[str, object]] = []
    for number, sentence in enumerate(sentences, 1):
        longest = {article: max((found[i].words for i in places), key=len) for article, places in sentence.items()}
        chosen = {}
        for article, places in sentence.items():
            others = [words for other, words in longest.items() if other != article]
            chosen[article] = _fullest(places, found, max(others, key=len, default=longest[article]))
        words = {article: _words(run) for article, run in chosen.items()}
        full = max(words.values(), key=len)
        for article in covering:
            facts = {column: articles[article][column] for column in ("article_id", "outlet", "date")}
            row: dict[str, object] = {"statement": statement, "sentence": number, **facts, "printed": False}
            row |= {"words": 0, "share": 0.0}
            if article in chosen:
                row |= _printed(chosen[article], str(articles[article]["text"]))
                row |= {"words": len(words[article]), "share": common_words(full, words[article]) / len(full)}
            rows.append(row)
    return rows


def _fullest(places: Sequence[int], found: Sequence[Printing], model: Sequence[int]) -> list[Printing]:
    """What the article prints of the sentence ``model``, which is another article's printing.

    It may print it in its headline and again below: the fullest of these counts, then the first. A printing that
    follows and adds to it is a further part of the same sentence.
    """
    runs: list[list[Printing]] = []
    for place in places:
        one = found[place]
        if runs and _adds(runs[-1], one, model):
            runs[-1].append(one)
        else:
            runs.append([one])
    return max(runs, key=lambda run: (common_words(model, _words(run)), len(_words(run))))


def _adds(run: Sequence[Printing], one: Printing, model: Sequence[int]) -> bool:
    """Whether most words of the next printing stand in ``model`` behind those of the ones before."""
    before = _words(run)
    more = common_words(model, [*before, *one.words]) - common_words(model, before)
    return one.first - run[-1].last <= _BETWEEN_ALONE and more >= SAME * len(one.words)


def _words(run: Sequence[Printing]) -> list[int]:
    return [word for one in run for word in one.words]


def _printed(run: Sequence[Printing], text: str) -> dict[str, object]:
    parts = [part for one in run for part in one.parts]
    written = text[slice(*parts[0])]
    for (_, stop), (start, end) in pairwise(parts):
        written += (" … " if any(map(str.isalnum, text[stop:start])) else text[stop:start]) + text[start:end]
    by_voice: Counter[str] = Counter()
    for one in run:
        by_voice[one.voice] += len(one.words)
    return {
        "printed": True,
        "text": written,
        "start": parts[0][0],
        "end": parts[-1][1],
        "voice": by_voice.most_common(1)[0][0],
        "speaker": next((one.speaker for one in run if one.speaker is not None), None),
    }
