"""The place, the day and the agency with which an agency opens its story, told from a first sentence with dashes."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import regex

from corpus_tools.read.agencies import LIKE_AN_AGENCY, agency_names

_NEVER_PLACES = "ANALYSIS|BREAKING|COMMENT|EXCLUSIVE|EXPLAINER|FILE|LIVE|OPINION|UPDATE|VIDEO|WATCH"
_DATELINE = regex.compile(
    rf"(?!(?:{_NEVER_PLACES})\b)"
    r"(?P<place>(?=(?:[ .'’-]*\p{Lu}){4}|\p{Lu}{3})\p{Lu}{2,}(?:[ .'’-]+\p{Lu}+)*(?:[,/]\s*\p{Lu}[\p{L}. ]+?)?"
    r"|\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+){0,2}(?:,\s*\p{Lu}\p{L}+)?(?=\s*(?:,\s*[^(\n]{3,20})?\())"
    r"(?:,\s*(?P<day>\p{Lu}\p{L}{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} \p{Lu}\p{L}{2,8}(?: \d{4})?))?"
    r"(?:\s*(?:\((?P<agency>[\p{L}][\p{L}\p{N} .&'’-]{1,30})\))?\s*(?P<dash>[–—]|-{1,2})"
    r"|\.?\s*/(?P<agency>\p{L}[\p{L} ]{1,20})/\.?\s*[–—-]?)"
    # A second dash with small letters in between is an aside of the first sentence, not a dateline.
    r"\s+(?!\p{Ll}[^.\n]{0,100}\s[-–—]{1,2}\s)(?=\S)"
)
_DAY_ALONE = regex.compile(
    r"(?:\p{Lu}\p{L}{2,8}\.? \d{1,2}|\d{1,2} \p{Lu}\p{L}{2,8}\.?)(?:,? \d{4})? "
    r"\((?P<agency>\p{L}[\p{L} .&'’-]{1,30})\)\s*[-–—]{1,2}\s+(?=\S)"
)
_REGION = regex.compile(r"[^,/]+,\s*\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*)*")
_SENTENCE = regex.compile(r"[\p{Lu}\d\"'“‘«„$£€]")


class Dateline(NamedTuple):
    """What the head of a line states, and how many of its characters do so."""

    length: int
    place: str
    agency: str


@cache
def _cities() -> frozenset[str]:
    """Cities that stand in a dateline without a region."""
    table = files("corpus_tools.read").joinpath("dateline_cities.csv").read_text(encoding="utf-8")
    return frozenset(row["city"] for row in csv.DictReader(table.splitlines()) if row["city"])


def find_dateline(line: str, known: tuple[str, ...] = ()) -> Dateline | None:
    """The datelines with which a line opens; ``known`` are names that the data give as outlet or agency."""
    at, place, agency = 0, "", ""
    day = _DAY_ALONE.match(line)
    if day and day["agency"].casefold() in agency_names() and len(line) > day.end() + 20:
        return Dateline(day.end(), place, agency_names()[day["agency"].casefold()])
    while (match := _DATELINE.match(line, at)) and len(line) > match.end() + 20 and _is_sure(match, known):
        written = (match["agency"] or "").strip()
        place = place or match["place"].strip()
        agency = agency or agency_names().get(written.casefold(), written)
        at = match.end()
    return Dateline(at, place, agency) if at else None


def _is_sure(match: regex.Match[str], known: tuple[str, ...]) -> bool:
    """Is it more than the subject of the first sentence? A dateline that stays does less harm than a subject lost."""
    place, written = match["place"].strip(), (match["agency"] or "").strip()
    if written and _is_agency(place, written, known):
        return True
    if not place.split(",")[0].isupper() or not _SENTENCE.match(match.string, match.end()):
        return False
    if match["day"] or _REGION.fullmatch(place):
        return True
    # "BAKU - Yerevan talks" joins two; only the dash of the printer parts the place from the sentence.
    return place in _cities() and (bool(written) or match["dash"] != "-")


def _is_agency(place: str, written: str, known: tuple[str, ...]) -> bool:
    initials = "".join(word[0] for word in regex.findall(r"\p{L}+", place))
    if initials.casefold() == written.casefold():
        return False  # "Palestinian Authority (PA) –" explains an abbreviation
    name = written.casefold()
    given = any(f"{k.casefold()} ".startswith(f"{name} ") for k in known)
    return given or name in agency_names() or bool(LIKE_AN_AGENCY.fullmatch(written))
