"""Bylines among the first lines of a text and credits among the last: whose copy, who helped, which lines may go."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from corpus_tools.read.agencies import (
    BY,
    PERSON,
    Credits,
    any_agency,
    is_copy,
    known_agency,
    read_byline,
    spellings,
    split_names,
    table,
)

_HEAD, _TAIL = 3, 6  # lines of the text in which a byline and a credit stand
_REACH = 600  # characters at the end of a line in which a credit stands
_TAG = r"(?P<agency>\p{L}[\p{L} -]{1,28})"
_TAG_AT_END = regex.compile(rf"[.!?][”\"’]?\s*(?:[-–—]{{1,2}}\s*{_TAG}|\({_TAG}\))\.?$")
_SMALL_WORDS = frozenset(
    "a also an and as at business by correspondent correspondents de del diplomatic economics editor editors for from"
    " in including journalist journalists medical national news of on political producer producers religion reporter"
    " reporters science security service services sports staff the to van video von well wire with writer writers"
    "".split()
)
# Names for each job between brackets are the house form of one agency.
_REUTERS_FORM = regex.compile(
    r"\((?:additional )?(?:reporting|writing) by [^()]{3,300};[^()]{0,300}\bediting by [^()]{3,200}\)", regex.IGNORECASE
)
_START = r"(?:^|(?<=[.!?…:”\"’)\]*]\s{1,3}))[\s•⦁*(\[—–-]*"
_END = r"(?=[.)\]*](?:\s|$)|[\s.)\]*]*$)"
_NAMES = r"(?:[^\n.!?:]|\.(?=\S)|(?<=\b\p{Lu}|\b[JS]r|\bSt)\.){2,400}"


class CreditLine(NamedTuple):
    """A row of ``credit_lines.csv``: a known form, and what it means for the agencies among its names.

    It stands "alone" as a line, "within" one, or "either"; where it is a whole line that says nothing else, it goes.
    """

    means: str
    stands: str
    pattern: regex.Pattern[str]


@cache
def credit_lines() -> tuple[CreditLine, ...]:
    """The table of the forms of credits, with the names of the agencies in them."""
    rows = []
    for row in table("credit_lines.csv"):
        pattern = row["pattern"].replace("{agency}", any_agency()).replace("{names}", _NAMES)
        compiled = regex.compile(_START + pattern + _END, regex.IGNORECASE)
        rows.append(CreditLine(row["means"], row["stands"], compiled))
    return tuple(rows)


def read_head(lines: list[str]) -> tuple[Credits, list[int]]:
    """The agency of a byline among the first lines, and the lines that are bylines of agencies."""
    found, doomed, left = Credits(), list[int](), _HEAD
    for i, line in enumerate(lines[:-1]):
        if left == 0 or len(line) > 120:
            break
        stated = read_byline(line) if BY.match(line) and _only_names(line) else Credits()
        # A short name alone may be the credit of a picture that is gone.
        if " " in line and (alone := known_agency(line)):
            stated = Credits(alone, "byline")
            doomed += [i - 1] if i and i - 1 not in doomed and PERSON.fullmatch(BY.sub("", lines[i - 1])) else []
        found = found.joined(stated)
        doomed += [i] if stated.agency else []
        left -= not stated.agency
    return found, doomed


def read_tail(lines: list[str]) -> tuple[Credits, list[int]]:
    """What the last lines say of agencies, and which of them say nothing else."""
    found, doomed, left = Credits(), list[int](), _TAIL
    for i in reversed(range(len(lines))):
        if left == 0:
            break
        stated, alone = _read_line(lines[i])
        found = stated.joined(found)
        doomed += [i] if alone and i else []
        left -= not (alone and i)
    tag = _TAG_AT_END.search(lines[-1], pos=max(0, len(lines[-1]) - 40)) if lines else None
    if tag and (agency := known_agency(tag["agency"])):
        found = found.joined(Credits(agency, "closing tag"))
    return found, doomed[::-1]


@cache
def _quick_look() -> regex.Pattern[str]:
    """What every line with a credit holds."""
    return regex.compile(rf"(?i:\bediting by\b)|\b(?:{'|'.join(map(regex.escape, spellings()))})\b")


def _read_line(line: str) -> tuple[Credits, bool]:
    """The credits at the end of a line, and whether it is one of them and nothing else."""
    reach, alone = max(0, len(line) - _REACH), False
    if not _quick_look().search(line, reach):
        return Credits(), False
    found = Credits("Reuters", "credit line") if _REUTERS_FORM.search(line, reach) else Credits()
    for form in credit_lines():
        for match in form.pattern.finditer(line, reach):
            rest = (line[: match.start()] + line[match.end() :]).strip(" .)]*")
            if rest and form.stands == "alone":
                continue
            stated = _stated(form.means, match["names"])
            found = found.joined(stated)
            alone |= form.stands != "within" and stated != Credits() and not rest
    return found, alone


def _stated(means: str, names: str) -> Credits:
    if means == "copyright line":
        return Credits(known_agency(names), means)
    parts = split_names(names)
    named = tuple(dict.fromkeys(part.agency for part in parts if part.agency))
    if not named or not _only_names(names):
        return Credits()
    # Only an agency calls its own people "Associated Press writers".
    own = len(named) == 1 and parts[0].staff and is_copy(parts)
    if own or (means == "credit line" and len(named) == len(parts) == 1):
        return Credits(named[0], "credit line")
    return Credits(contributed=named)


def _only_names(text: str) -> bool:
    """Is it a list of names, not a sentence?"""
    small = {word for word in regex.findall(r"\p{L}[\p{L}’'-]*", text) if word[0].islower()}
    return small <= _SMALL_WORDS
