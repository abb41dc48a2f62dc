"""Answers to the exercises: is this value right, or where did it go astray; what is right is stored hashed only."""

from __future__ import annotations

import hashlib
import math
import re
import sys
import unicodedata
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.read.sample import data_folder
from corpus_tools.schema import CorpusError, nearest
from corpus_tools.show.markup import Fragment, number, one_line, templates
from corpus_tools.show.provenance import corpus_fingerprint

ANSWERS_FILE = "answers.csv"
COLUMNS = ("exercise", "fingerprint", "kind", "decimals", "digest", "reply")
# Slow enough that nobody reads the answers out of the file in passing, and too quick to be noticed in a lesson.
ROUNDS = 50_000
# How far past the edge between two rounded numbers a value may lie and still count as either.
EDGE = 0.01
MOST_ITEMS, LARGEST = 10_000, 1e15

LISTS = (pd.Series, pd.Index, np.ndarray, list, tuple, AbstractSet, pd.api.extensions.ExtensionArray)
Plain = int | float | frozenset[str]


class Reply(NamedTuple):
    """Is the value right, and what is said to it? None where nothing is known about these articles."""

    right: bool | None
    words: str


class UnusableError(Exception):
    """A value that can be no answer; the message says what to hand in instead."""


def check_answer(exercise: str, value: object, articles: pd.DataFrame) -> None:
    """Is this the answer to an exercise?

    Parameters
    ----------
    exercise : str
        The number of the notebook and of the exercise, such as "02.1".
    value : number, text, or list, set, Series or index of texts
        What you found. Numbers need not be rounded: two or three digits of them are compared. Texts may stand in
        any order, in capitals or small letters.
    articles : pandas.DataFrame
        The articles that you worked on, all of them: answers are stored for the samples as they are shipped.

    Returns
    -------
    None
        The reply is shown: right, or not yet, with a hint where the slip is a known one. Never the solution.

    Raises
    ------
    CorpusError
        When there is no such exercise, or `articles` lacks a column.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> ct.check_answer("01.1", "no idea", ct.read_sample("strike"))  # doctest: +ELLIPSIS
    Exercise 01.1: not yet. ...
    """
    exercise = _full_name(exercise)
    reply = reply_to(exercise, value, articles)
    head = f"Exercise {exercise}: {HEADS[reply.right]}."
    html = templates().get_template("answer.html.j2").render(head=head, words=reply.words)
    _show(Fragment(html.strip(), f"{head} {reply.words}".strip()))


def reply_to(exercise: str, value: object, articles: pd.DataFrame) -> Reply:
    """What is said to a value handed in as the answer to an exercise? Parameters and errors as in `check_answer`."""
    stored = stored_answers()
    exercise = _full_name(exercise)
    known = list(stored["exercise"].drop_duplicates())
    if exercise not in known:
        shown = one_line(exercise)
        beside = [name for name in known if name.split(".")[0] == shown.split(".")[0]]
        which = f"those of this notebook are {', '.join(beside)}." if beside else nearest(shown, known)
        raise CorpusError(f"There is no answer stored for an exercise {shown!r}; {which}")
    fingerprint = corpus_fingerprint(articles)
    known = stored[(stored["exercise"] == exercise) & (stored["fingerprint"] == fingerprint)]
    if known.empty:
        return Reply(None, NO_ANSWER)
    try:
        return _judge(exercise, fingerprint, plain(value), known)
    except UnusableError as reason:
        return Reply(False, str(reason))


def _full_name(exercise: object) -> str:
    """ "1.2" is the second exercise of notebook 01."""
    return re.sub(r"^(\d)\.", r"0\1.", str(exercise).strip())


HEADS = {True: "right", False: "not yet", None: "not checked"}
NO_ANSWER = (
    "No answer is stored for these articles: answers are known for the shipped samples, read as they are and "
    "with all their articles. Compare with a neighbour, read the lines behind your result, or ask for the notebook "
    "with the solutions."
)


@cache
def stored_answers() -> pd.DataFrame:
    """The shipped answers: columns ``exercise, fingerprint, kind, decimals, digest, reply``; right has no reply."""
    path = data_folder() / ANSWERS_FILE
    if not path.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")


def answer_rows(exercise: str, value: object, articles: pd.DataFrame) -> list[tuple[str, str, str, str, str]]:
    """How is the answer to an exercise stored?

    Parameters
    ----------
    exercise, value, articles
        As `check_answer` takes them.

    Returns
    -------
    list of tuple
        Exercise, fingerprint, kind, decimals and digest; two of them for a number on the edge between two.

    Raises
    ------
    CorpusError
        When the value can be no answer.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "date": pd.NaT, "text": ["One."]})
    >>> [(row[2], row[3]) for row in answer_rows("01.1", 0.3349, articles)]
    [('number', '2')]
    """
    try:
        settled = plain(value)
    except UnusableError as reason:
        raise CorpusError(f"The solution of exercise {exercise} can be no answer: {reason}") from reason
    fingerprint = corpus_fingerprint(articles)
    kind, decimals = _kind_of(settled)
    return [
        (exercise, fingerprint, kind, str(decimals), _digest(exercise, fingerprint, kind, decimals, form))
        for form in sorted(forms(settled, kind, decimals))
    ]


def plain(value: object) -> Plain:
    """Which number or texts are meant? Raises `UnusableError` in words when it is neither."""
    if isinstance(value, pd.DataFrame):
        if value.size != 1:
            raise UnusableError(f"That is a table with {number(len(value), 'row')}; {WANTED}")
        value = value.iloc[0, 0]
    if isinstance(value, LISTS):
        items = list(np.atleast_1d(value) if isinstance(value, np.ndarray) else value)[: MOST_ITEMS + 1]
        if len(items) != 1:
            return _texts(items)
        value = items[0]
    return _scalar(value)


WANTED = "hand in one number, one text, or a list of texts."


def _texts(items: list[object]) -> frozenset[str]:
    if len(items) > MOST_ITEMS:
        raise UnusableError(f"That is more than {MOST_ITEMS:,} things; {WANTED}")
    settled = [_scalar(item) for item in items]
    texts = [item for item in settled if isinstance(item, frozenset)]
    if len(texts) < len(items):
        raise UnusableError(f"Those are {len(items)} values with numbers among them; {WANTED}")
    return frozenset[str]().union(*texts)


def _scalar(value: object) -> Plain:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, str):
        return frozenset({fold(value)})
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        raise UnusableError(f"The value is missing; {WANTED}")
    if isinstance(value, Integral | Real):
        settled = int(value) if isinstance(value, Integral) else float(value)
        if not abs(settled) < LARGEST:
            raise UnusableError(f"The number is too large; {WANTED}")
        return settled
    if isinstance(value, date):
        return frozenset({value.isoformat()[:10]})
    raise UnusableError(f"A value of the kind {type(value).__name__} cannot be compared; {WANTED}")


def fold(text: str) -> str:
    """A text without what makes no other answer: capitals, more than one blank, the shape of quotation marks."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”„«»’‘", '"""""\'\'')).casefold()
    return " ".join(text.split()).strip("\"'").strip()


def forms(value: Plain, kind: str, decimals: int) -> set[str]:
    """In which forms can a value stand for an answer of this kind?"""
    if isinstance(value, frozenset):
        return {"\n".join(sorted(value))} if kind == "text" else set()
    if kind == "text":
        return set()
    scaled = value * 10**decimals
    low = math.floor(scaled)
    reach = 0.5 + EDGE if kind == "number" else 1e-6
    return {str(near) for near in (low, low + 1) if abs(scaled - near) <= reach}


def _kind_of(value: Plain) -> tuple[str, int]:
    """Of a number count what a reader would print: 0.34, 0.034, 3.14, 31.4, 314."""
    if isinstance(value, frozenset):
        return "text", 0
    if isinstance(value, int):
        return "count", 0
    size = math.floor(math.log10(abs(value))) if value else 0
    return "number", 1 - size if size < -1 else max(0, 2 - max(size, 0))


def _judge(exercise: str, fingerprint: str, value: Plain, known: pd.DataFrame) -> Reply:
    matches = {name: _matching(exercise, fingerprint, other, known) for name, other in _readings(value).items()}
    as_given = matches["as it is"]
    if (as_given["reply"] == "").any():
        return Reply(True, "")
    if not as_given.empty:
        return Reply(False, as_given["reply"].iloc[0])
    for name, hint in NEARLY.items():
        near = matches.get(name, known[:0])
        if ((near["reply"] == "") & ((near["kind"] == "number") | (name == "number in a text"))).any():
            return Reply(False, hint)
    return Reply(False, _advice(value, known.loc[known["reply"] == ""].iloc[0]))


NEARLY = {
    "number in a text": "Hand it in as a number, without quotation marks or other signs.",
    "times 100": "You gave a share; percent are asked for.",
    "over 100": "You gave percent; a share between 0 and 1 is asked for.",
    "negative": "The size is right, the sign is not: which side is taken from which?",
}


def _readings(value: Plain) -> dict[str, Plain]:
    """The value as it is, and as it would be had it been written in another unit."""
    readings: dict[str, Plain] = {"as it is": value}
    if isinstance(value, frozenset):
        told = re.fullmatch(r"([-+−]?\d[\d,]*(?:\.\d+)?)\s*%?", "\n".join(value))
        if told is None:
            return readings
        value = float(told[1].replace(",", "").replace("−", "-"))
        readings["number in a text"] = value
    return readings | {"times 100": value * 100, "over 100": value / 100, "negative": -value}


def _matching(exercise: str, fingerprint: str, value: Plain, known: pd.DataFrame) -> pd.DataFrame:
    kinds = {(kind, int(decimals)) for kind, decimals in zip(known["kind"], known["decimals"], strict=True)}
    digests = {
        _digest(exercise, fingerprint, kind, decimals, form)
        for kind, decimals in kinds
        for form in forms(value, kind, decimals)
    }
    return known[known["digest"].isin(digests)]


def _advice(value: Plain, right: pd.Series) -> str:
    decimals = int(right["decimals"])
    if isinstance(value, frozenset):
        if right["kind"] != "text":
            return "A number is asked for."
        return "Read the exercise once more, and the lines behind what you counted."
    if right["kind"] == "text":
        return "A text is asked for, or a list of texts."
    if right["kind"] == "count" and isinstance(value, float) and not value.is_integer():
        return "A whole number is asked for."
    if right["kind"] == "number" and isinstance(value, float) and len(str(value).partition(".")[2]) < decimals:
        return f"If you have rounded: at least {number(decimals, 'decimal')} are wanted. Otherwise read on: {LOOK}"
    return LOOK[0].upper() + LOOK[1:]


LOOK = "which rows did you count, which did you leave out, and what did you divide by?"


@cache
def _digest(exercise: str, fingerprint: str, kind: str, decimals: int, form: str) -> str:
    salt = f"{exercise}\n{fingerprint}\n{kind}\n{decimals}"
    return hashlib.pbkdf2_hmac("sha256", form.encode(), salt.encode(), ROUNDS).hex()[:24]


def _show(reply: Fragment) -> None:
    """At once, so that several calls in one cell are all answered."""
    try:
        from IPython.display import display
    except ImportError:
        sys.stdout.write(f"{reply!r}\n")
    else:
        display(reply)
