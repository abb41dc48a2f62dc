"""One statement as each outlet printed it: a column per article, a row per sentence, what is not printed in sight."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from corpus_tools.prepare.words import fold, word_spans
from corpus_tools.schema import NARRATOR, STATEMENTS, VOICE_NAMES, CorpusError, nearest, require_columns
from corpus_tools.show.describe.statements import NO_STATEMENT, opening, speaker_of, statement_findings
from corpus_tools.show.markup import MISSING, Fragment, as_printed, in_sentence, missing, number, one_line, render

_NOT_PRINTED = "not printed here"
_NO_ROW = "not among these rows"
_UNDATED = "undated"
_LATER = "An earlier article cannot print what was said later."
# More columns than this are too narrow to read at 1280 pixels.
_MOST_COLUMNS = 5
_MOST_STATEMENTS = 50
_Row = Mapping[Hashable, Any]
_Piece = dict[str, str]


def show_statements(frame: pd.DataFrame, statement: object = None) -> Fragment:
    """How does each outlet print the same statement, sentence beside sentence?

    Parameters
    ----------
    frame : pandas.DataFrame
        What ``statements`` returned, or some of its rows.
    statement : str or int, optional
        Which statement, by its number; all by default, each folded under its first words, the first one open.

    Returns
    -------
    Fragment
        A table in a notebook, plain text elsewhere: a column per article, a row per sentence. What an article does
        not print is a grey cell that says "not printed here". Words that differ from the fullest printing of a
        sentence are bold and underlined, and "[…]" stands where words of it are missing. Quoted words are tinted,
        reported words have a dotted underline, words in the outlet's own voice say so. Where articles have different
        dates, a note under the table says that an earlier one cannot print what was said later. On a
        narrow screen the printings of a sentence stand below each other.

    Raises
    ------
    CorpusError
        When a column is missing or there is no such statement.

    Examples
    --------
    >>> row = {**dict.fromkeys(STATEMENTS), "statement": "1", "sentence": 1, "text": "We shall not move.", "words": 4}
    >>> rows = [{**row, "outlet": name, "article_id": name, "printed": True, "voice": "quoted"} for name in "AB"]
    >>> show_statements(pd.DataFrame(rows), "1")
    “We shall not move.” is printed by 2 articles of 2 outlets. A and B print all of it.
    1  A · undated · A: We shall not move.
       B · undated · B: We shall not move.
    """
    require_columns(frame, "statements", STATEMENTS)
    known = frame["statement"].astype("str")
    chosen = frame if statement is None else frame[known == str(statement)]
    if statement is not None and chosen.empty:
        raise CorpusError(f"There is no statement {one_line(statement)!r}; {nearest(statement, known.unique())}")
    groups = [own for _, own in chosen.groupby("statement", sort=False)]
    shown = [_statement(own) for own in groups[:_MOST_STATEMENTS]]
    size = f"{number(len(groups), 'statement')} printed by articles of two outlets or more" if shown else NO_STATEMENT
    if len(groups) > len(shown):
        size += f", of which the first {len(shown)} stand here"
    plain = "\n\n".join(map(_plain, shown)) if shown else f"{NO_STATEMENT}."
    return render("statements", plain=plain, statements=shown, size=size)


def _statement(own: pd.DataFrame) -> dict[str, Any]:
    """One statement as plain values for the page."""
    rows = own.assign(article_id=own["article_id"].astype("str"), printed=own["printed"].astype("bool"))
    by_article = {str(article): part.to_dict("records") for article, part in rows.groupby("article_id", sort=False)}
    articles = {article: _article(part) for article, part in by_article.items()}
    cells: dict[tuple[object, str], _Row] = {}
    for article, part in by_article.items():
        for row in part:
            cells.setdefault((row["sentence"], article), row)
    sentences: list[dict[str, Any]] = []
    for sentence in sorted(rows["sentence"].unique()):
        printed = [row for article in articles if (row := cells.get((sentence, article))) and row["printed"]]
        model = _model(printed)
        shown = [{"article": about, **_cell(cells.get((sentence, a)), model)} for a, about in articles.items()]
        told = f"in {len(printed)} of {len(articles)}"
        sentences.append({"number": one_line(sentence), "told": told, "cells": shown})
    pieces = [piece["kind"] for one in sentences for cell in one["cells"] for piece in cell["pieces"]]
    voices = {cell["voice"] for one in sentences for cell in one["cells"]}
    return {
        "title": in_sentence(opening(own)),
        "size": f"{number(len(articles), 'article')}, {number(len(sentences), 'sentence')}",
        "told": statement_findings(own),
        "articles": list(articles.values()),
        "wide": len(articles) > _MOST_COLUMNS,
        "sentences": sentences,
        "voices": [voice for voice in VOICE_NAMES if voice in voices],
        "changed": "changed" in pieces,
        "gaps": "gap" in pieces,
        "note": _LATER if len({one["date"] for one in articles.values()} - {_UNDATED}) > 1 else "",
    }


def _article(rows: Sequence[_Row]) -> dict[str, str]:
    date = rows[0]["date"]
    written = _UNDATED if missing(date) else one_line(date)
    if isinstance(date, pd.Timestamp) and not missing(date):
        written = f"{date.day} {date.month_name()} {date.year}"
    printed = sum(row["printed"] for row in rows)
    return {
        "outlet": one_line(rows[0]["outlet"], longest=60) or MISSING,
        "date": written,
        "about": f"{written} · {one_line(rows[0]['article_id'], longest=40)}",
        "prints": f"prints {printed} of {len(rows)}",
        "speaker": speaker_of(rows),
    }


def _model(printed: Sequence[_Row]) -> str:
    """The fullest printing of a sentence, with which the others are compared; the first among equals."""
    texts = [str(row["text"]) for row in printed if not missing(row["text"])]
    return max(texts, key=lambda text: len(word_spans(text)), default="")


def _cell(row: _Row | None, model: str) -> dict[str, Any]:
    if row is None or not row["printed"] or missing(row["text"]):
        return {"voice": "", "pieces": [], "out": _NO_ROW if row is None else _NOT_PRINTED}
    voice = row["voice"] if row["voice"] in VOICE_NAMES else NARRATOR
    return {"voice": voice, "pieces": _compared(as_printed(str(row["text"])), as_printed(model)), "out": ""}


def _compared(text: str, model: str) -> list[_Piece]:
    """The words of a printing, those marked that the model has otherwise, and a sign where it has more."""
    own, other = word_spans(text), word_spans(model)
    terms, words = ([fold(one[a:b]) for a, b in spans] for one, spans in ((text, own), (model, other)))
    pieces: list[_Piece] = []
    done = 0
    for tag, low, high, begin, end in SequenceMatcher(None, words, terms, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        start = own[begin][0] if begin < len(own) else len(text)
        pieces.append({"kind": "", "text": text[done:start], "missing": ""})
        done = start
        if tag == "delete":
            gap = model[other[low][0] : other[high - 1][1]]
            pieces.append({"kind": "gap", "text": number(high - low, "word"), "missing": one_line(gap, longest=300)})
        else:
            done = own[end - 1][1]
            pieces.append({"kind": "changed", "text": text[start:done], "missing": ""})
    return [piece for piece in (*pieces, {"kind": "", "text": text[done:], "missing": ""}) if piece["text"]]


def _plain(statement: Mapping[str, Any]) -> str:
    lines = [" ".join(statement["told"])]
    for sentence in statement["sentences"]:
        for place, cell in enumerate(sentence["cells"]):
            who = f"{cell['article']['outlet']} · {cell['article']['about']}"
            words = "".join("[…] " if piece["kind"] == "gap" else piece["text"] for piece in cell["pieces"])
            said = f"{MISSING} {cell['out']}" if cell["out"] else one_line(words, longest=2000, word=60)
            lines.append(f"{sentence['number'] if place == 0 else '':<2} {who}: {said}")
    return "\n".join([*lines, *filter(None, [statement["note"]])])
