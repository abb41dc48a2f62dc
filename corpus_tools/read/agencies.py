"""The names of agencies, and whose copy a byline says an article is.

An agency that only contributed is kept apart: then the copy is the outlet's.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import regex

LIKE_AN_AGENCY = regex.compile(r"[\p{L} .&'’-]*\b(?:Agency|Newswire|Presse?|Wire)")
BYLINE_COLUMNS = ("byline", "author", "authors", "by")
_KNOWN_BY = ("data", "dateline", "byline", "closing tag", "copyright line", "credit line")
_CLOSING_TAG = regex.compile(r"(?:[-–—]{1,2}\s*|\()(?P<agency>[\p{L}][\p{L} -]{1,28})\)?")
_PARTS = regex.compile(
    r"\s*(?:[,;|•·()]|\s[-–—]\s)\s*(?:and\s+)?|\s+(?P<and>and|&|as well as|with)\s+", regex.IGNORECASE
)
_SLASH = regex.compile(r"\s*/\s*")
BY = regex.compile(r"by\b:?\s*(?=\S)", regex.IGNORECASE)
_WITH = regex.compile(r"with\b\s*", regex.IGNORECASE)
PERSON = regex.compile(
    r"\p{Lu}[\p{L}.’'-]*(?: (?:(?:al|bin|da|de|del|den|der|di|du|el|la|le|van|von) )*\p{Lu}[\p{L}.’'-]*){1,4}"
    r"(?: (?:in|from) \p{Lu}.*)?"
)
_PLACE = regex.compile(r"\p{Lu}[\p{L}.’'-]*")
_HOUSE = regex.compile(
    r"\b(?:agenc(?:y|ies)|bureau|chronicle|com|daily|desk|editors?|gazette|herald|journal|magazine|mail|media|network|news"
    r"|newsroom|online|post|press|radio|reporters?|staff|standard|sun|team|telegraph|times|today|tribune|tv|wires?|world)\b"
    r"|['’]s?(?= )",
    regex.IGNORECASE,
)
_ROLES = r"(?:[\p{L}-]+ ){0,3}(?:analyst|correspondent|editor|journalist|photographer|producer|reporter|writer)s?"


class Credits(NamedTuple):
    """Whose copy it is and how that is known (empty where it is nobody's), and the agencies that contributed."""

    agency: str = ""
    known_by: str = ""
    contributed: tuple[str, ...] = ()

    def joined(self, other: Credits) -> Credits:
        """Both, where the surer sign names the agency of the copy."""
        stated = [c for c in (self, other) if c.agency]
        surest = min(stated, key=lambda c: _KNOWN_BY.index(c.known_by), default=self)
        helped = dict.fromkeys((*self.contributed, *other.contributed))
        return Credits(surest.agency, surest.known_by, tuple(n for n in helped if n != surest.agency))

    def of_others(self, outlet: str) -> Credits:
        """Without an outlet that names itself in its dateline and is no agency: "(CNN)" at CNN."""
        own = f"{outlet.casefold()} ".startswith(self.agency.casefold())
        listed = self.agency in agency_names().values() or bool(LIKE_AN_AGENCY.fullmatch(self.agency))
        return self if listed or not own else Credits(contributed=self.contributed)


class Part(NamedTuple):
    """A part of a byline: the agency it names, whether it names people of it, too, and what stands before that name."""

    text: str
    agency: str
    staff: bool
    after_person: bool
    after_and: bool


def table(name: str) -> list[dict[str, str]]:
    text = files("corpus_tools.read").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def agency_names() -> dict[str, str]:
    """The name of each agency by the ways in which it is written, in small letters."""
    return {form.casefold(): r["agency"] for r in table("agencies.csv") for form in r["written"].split("|")}


@cache
def _only_alone() -> frozenset[str]:
    """What is an agency's name only where nothing else stands beside it: "PA" is also a state."""
    return frozenset(form.casefold() for r in table("agencies.csv") for form in r["only_alone"].split("|") if form)


@cache
def told_apart() -> tuple[str, ...]:
    """The ways of writing that are an agency's name beside others, too; the longest first."""
    return tuple(sorted(set(agency_names()) - _only_alone(), key=lambda form: (-len(form), form)))


def spellings() -> list[str]:
    """The same as written, and in capitals."""
    forms = [form for r in table("agencies.csv") for form in r["written"].split("|")]
    return sorted({spelt for form in forms if form.casefold() in told_apart() for spelt in (form, form.upper())})


@cache
def any_agency() -> str:
    return rf"(?:the )?(?:{'|'.join(map(regex.escape, told_apart()))})"


@cache
def _agency_part() -> regex.Pattern[str]:
    """As in "The Associated Press", "AFP in Tbilisi", "AP writer Jane Roe", "Reuters’ Jane Roe", "Jane Roe of AFP".

    Only one agency has its name right behind a person's.
    """
    place = r"(?: (?:in|from|at) .+)?"
    staff = rf"(?P<staff>['’]s? .+| {_ROLES}(?: .+)?)"
    return regex.compile(
        rf"(?P<name>{any_agency()})(?: (?:news agency|newswire|staff|editorial))?(?:{staff}|{place})"
        rf"|(?P<staff>(?-i:{PERSON.pattern}))"
        rf" (?:(?:of|for) (?P<name>{any_agency()})|(?P<name>(?:the )?associated press))",
        regex.IGNORECASE,
    )


def known_agency(written: str) -> str:
    names, form = agency_names(), " ".join(written.split()).casefold()
    return names.get(form) or names.get(form.removeprefix("the "), "")


def closing_tag(line: str) -> str:
    """The agency that a whole line names, alone, between brackets or after a dash."""
    match = _CLOSING_TAG.fullmatch(line)
    return known_agency(match["agency"] if match else line)


def read_byline(byline: str) -> Credits:
    """Whose copy does this byline say it is?

    A person and then an agency: the agency's. An agency beside another one, an "and" or an outlet: it contributed.
    """
    written = BY.sub("", " ".join(byline.split()), count=1)
    if alone := known_agency(written.strip(" .()")):
        return Credits(alone, "byline")
    parts = split_names(_SLASH.sub(", ", written.strip(" .")))
    named = tuple(dict.fromkeys(p.agency for p in parts if p.agency))
    if not named:
        return Credits()
    return Credits(named[0], "byline") if len(named) == 1 and is_copy(parts) else Credits(contributed=named)


def split_names(names: str) -> list[Part]:
    found, at, after_and = [], 0, False
    for match in [*_PARTS.finditer(names), None]:
        text = names[at : match.start() if match else len(names)].strip()
        if text:
            bare = _WITH.sub("", text)
            named = _agency_part().fullmatch(bare)
            agency = known_agency(named["name"]) if named else ""
            staff, after_person = bool(named and named["staff"]), bool(named and named.start("name"))
            found.append(Part(text, agency, staff, after_person, after_and or bare != text))
        if match:
            after_and = bool(match["and"]) or " and " in match[0].casefold()
            at = match.end()
    return found


def is_copy(parts: list[Part]) -> bool:
    """Is it one agency, alone or as the employer of all the people named?"""
    i = next(i for i, part in enumerate(parts) if part.agency)
    before, named, after = parts[:i], parts[i], parts[i + 1 :]
    if named.staff and not before:
        return not any(p.agency or _HOUSE.search(p.text) for p in after)
    people = all(PERSON.fullmatch(p.text) and not _HOUSE.search(p.text) for p in before)
    # A long list without an "and" is of people who have to do with the page, not with the article.
    listed = len(before) <= 1 or any(p.after_and for p in (*before, named))
    places = all(_PLACE.fullmatch(p.text) and not p.after_and for p in after)
    return people and listed and places and (named.after_person or not named.after_and)
