"""The same statement as each outlet printed it, sentence by sentence, with what each prints of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from corpus_tools.compare.statement_parts import (
    BETWEEN_ALONE,
    PHRASE_WORDS,
    Sentence,
    group_statements,
    sentences_in_order,
)
from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.printings import (
    SAME,
    Printing,
    common_words,
    read_printings,
    same_sentence,
)
from corpus_tools.prepare.speakers import named_speakers
from corpus_tools.schema import (
    HITS,
    STATEMENTS,
    CorpusError,
    empty,
    require_articles,
    require_columns,
)

_KINDS = {"statement": "str", "sentence": "int64", "article_id": "str", "outlet": "str", "date": "datetime64[us]"}
_KINDS |= {"printed": "bool", "text": "str", "start": "Int64", "end": "Int64", "voice": "str", "speaker": "str"}
_KINDS |= {"words": "int64", "share": "float64"}

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
    >>> found = ct.statements(articles, voices, ct.tokenize(articles, voices))
    >>> found[["sentence", "outlet", "printed"]].to_numpy().tolist()
    [[1, 'A', True], [1, 'B', True], [2, 'A', True], [2, 'B', False]]
    """
    require_articles(articles)
    articles = articles.reset_index(drop=True)
    require_columns(tokens, "tokens", ("article_id", "start", "end", "sentence", "term"))
    if isinstance(min_words, bool) or not isinstance(min_words, int) or min_words < PHRASE_WORDS:
        raise CorpusError(f"The option 'min_words' cannot be {min_words!r}; it is a number of words, 4 or more.")
    ordered = _in_order(articles)
    found = read_printings(ordered, named_speakers(ordered, voices), tokens)
    labels = same_sentence(found, ordered["outlet"].tolist(), min_words=min_words)
    texts = ordered["text"].tolist()
    records = ordered.to_dict("records")
    rows: list[dict[str, object]] = []
    for number, sentences in enumerate(group_statements(found, labels, texts), 1):
        rows += _rows(str(number), sentences_in_order(sentences, found), found, records)
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
    frame = pd.DataFrame({**columns, "date": article_days(articles)}).reset_index(drop=True)
    return frame.sort_values(["date", "outlet", "article_id"], na_position="last", ignore_index=True)


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
    return one.first - run[-1].last <= BETWEEN_ALONE and more >= SAME * len(one.words)


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
