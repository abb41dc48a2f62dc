"""Shared statements in plain words: who prints how much of each, and in whose voice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from corpus_tools.prepare.speakers.forms import listed as known_words
from corpus_tools.prepare.speakers.forms import take_apart
from corpus_tools.prepare.words import fold
from corpus_tools.schema import STATEMENTS, require_columns
from corpus_tools.show.describe.words import listed, to_state
from corpus_tools.show.markup import in_sentence, missing, number, one_line

STATEMENTS_METHOD = (
    "Sentences inside quotation marks and sentences of reported speech were found by rules. Two printings count as one "
    "sentence when most words of the shorter one stand in the other in the same order (longest common subsequence, "
    "Hirschberg 1975), and no fewer words than a chosen number do. Sentences that stand together in some article as "
    "the words of one speaker make a statement; it is listed when articles of two outlets print a sentence of it. What "
    "an article prints is counted against the sentences that all listed articles print together, not against the "
    "original, and does not say why: the newsroom may have had only a part of it, and an earlier article cannot print "
    "what was said later. Articles that print none of a statement are not listed. All of this describes these "
    "articles: there is no interval and no test. " + to_state("the fewest words of a sentence (8)")
)
NO_STATEMENT = "No statement is printed by articles of two outlets here"
_OPENING = 60
_SPEAKERS = 3
_Row = Mapping[Hashable, Any]


def statement_findings(frame: pd.DataFrame) -> list[str]:
    """Who prints how much of each statement, and who prints it without quotation marks?

    Parameters
    ----------
    frame : pandas.DataFrame
        What ``statements`` returned, or some of its rows.

    Returns
    -------
    list of str
        For every statement a sentence with its first words, speaker and number of printings, one with the sentences
        that each article prints, and, where it is so, one about articles that print sentences of it as indirect
        speech or as their own words. Without a statement one sentence that says so.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = {**dict.fromkeys(STATEMENTS), "statement": "1", "sentence": 1, "text": "We shall not move.", "words": 4}
    >>> rows = [{**row, "outlet": name, "article_id": name, "printed": True, "voice": "quoted"} for name in "AB"]
    >>> statement_findings(pd.DataFrame(rows))
    ['“We shall not move.” is printed by 2 articles of 2 outlets.', 'A and B print all of it.']
    """
    require_columns(frame, "statements", STATEMENTS)
    findings = [sentence for _, own in frame.groupby("statement", sort=False) for sentence in _told(own)]
    return findings or [f"{NO_STATEMENT}."]


def opening(own: pd.DataFrame) -> str:
    """The first words of a statement, to call it by."""
    printed = own[own["printed"].astype("bool") & own["text"].notna()]
    if printed.empty:
        return ""
    # The fullest printing of the first sentence; the earliest among equals.
    first = printed[printed["sentence"] == printed["sentence"].min()]
    text = one_line(first.sort_values("words", ascending=False, kind="stable")["text"].iloc[0], longest=400)
    if len(text) <= _OPENING:
        return text.rstrip(",;:–—- ")
    return text[:_OPENING].rsplit(" ", 1)[0].rstrip(",;:–—- ") + " …"


def article_names(own: pd.DataFrame) -> dict[str, str]:
    """What each article is called: its outlet, with the identifier where the outlet has several."""
    articles = own.assign(article_id=own["article_id"].astype("str")).drop_duplicates("article_id")
    several = articles["outlet"].astype("str").duplicated(keep=False)
    return {
        str(row.article_id): (in_sentence(row.outlet) or "an unknown outlet")
        + (f" ({in_sentence(row.article_id)})" if twice else "")
        for row, twice in zip(articles.itertuples(), several, strict=True)
    }


def _told(own: pd.DataFrame) -> Iterator[str]:
    speakers = [in_sentence(name) for name in own["speaker"].dropna().unique() if _is_a_name(name)]
    more = [f"{len(speakers) - _SPEAKERS} other names"] if len(speakers) > _SPEAKERS + 1 else speakers[_SPEAKERS:]
    said = f" ({', '.join([*speakers[:_SPEAKERS], *more])})" if speakers else ""
    articles, outlets = own["article_id"].nunique(), own["outlet"].nunique()
    length = own["sentence"].nunique()
    sentences = f", {length} sentences in all" if length > 1 else ""
    yield (
        f"“{in_sentence(opening(own))}”{said} is printed by {number(articles, 'article')} of "
        f"{number(outlets, 'outlet')}{sentences}."
    )
    names = article_names(own)
    by_article = list(own.assign(article_id=own["article_id"].astype("str")).groupby("article_id", sort=False))
    whole = [names[str(article)] for article, rows in by_article if rows["printed"].all()]
    parts = [_in_part(names[str(article)], rows) for article, rows in by_article if not rows["printed"].all()]
    if whole:
        parts = [f"{listed(whole)} {'prints' if len(whole) == 1 else 'print'} all of it", *parts]
    yield "; ".join(parts) + "."
    other = [one for article, rows in by_article if (one := _other_voice(names[str(article)], rows))]
    if other:
        yield "; ".join(other) + "."


def _in_part(name: str, rows: pd.DataFrame) -> str:
    own = [str(sentence) for sentence in rows.loc[rows["printed"].astype("bool"), "sentence"]]
    if not own:
        return f"{name} prints none of it"
    return f"{name} prints {len(own)} of {number(len(rows), 'sentence')} ({listed(own)})"


def _other_voice(name: str, rows: pd.DataFrame) -> str:
    ways = {"reported": "as indirect speech", "narrator": "in its own words, without quotation marks"}
    told = [
        f"{_numbered(rows.loc[rows['voice'] == voice, 'sentence'].tolist())} {how}"
        for voice, how in ways.items()
        if (rows["voice"] == voice).any()
    ]
    return f"{name} prints {' and '.join(told)}" if told else ""


def _numbered(sentences: Sequence[object]) -> str:
    return f"sentence{'' if len(sentences) == 1 else 's'} {listed([str(one) for one in sentences])}"


def speaker_of(rows: Sequence[_Row]) -> str:
    """Whom one article names for its sentences of a statement, each once; empty where it only says "its statement"."""
    written = [row["speaker"] for row in rows if not missing(row["speaker"])]
    if not written:
        return "nobody named as speaker"
    return ", ".join(dict.fromkeys(one_line(name, longest=60) for name in written if _is_a_name(name)))


def _is_a_name(speaker: object) -> bool:
    """Whether this says who speaks, and does not only point back, as "she" and "its statement" do."""
    words = one_line(speaker).split()
    if not words or fold(words[0]) in known_words("possessive"):
        return False
    return take_apart(" ".join(words)).kind not in ("pronoun", "nobody")
