"""A speaker as written, taken apart: the name, and what was written around it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import regex

from corpus_tools.prepare.words import fold

Words = tuple[str, ...]

_BREAK = regex.compile(r"\s*(?:,|[(\[;]|\s[–—-]+\s)\s*")
_POSSESSIVE = regex.compile(r"(?<=\p{L})['’ʼ＇]s$")
_OWNER = regex.compile(r"(?:['’ʼ＇]s|s['’ʼ＇])$")
_DAY = regex.compile(
    r"(?: (?:on|last|late|early|this))? (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)$"
)
_CONTRACTED = regex.compile(r"['’ʼ＇](?:ve|ll|d|re|m|s)$")
_AGED = regex.compile(r"^\p{N}+\s*,\s*")
_INVISIBLE = regex.compile(r"(?![\u200c\u200d])\p{Cf}")
_CONTROL = regex.compile(r"\p{Cc}")
_SUFFIX_COMMA = regex.compile(r",(?=\s+(?:Jr|Sr|II|III|IV)\b)")
_EDGES = ' ,;:–—"“”„«»'
_MOST_NAMES = 4


@dataclass(frozen=True)
class Form:
    """What a written form says: ``kind`` is "person" (a run of capitalised words), "noun", "pronoun" or "nobody"."""

    name: str
    kind: str
    head: Words = ()  # folded words of the name before its first preposition
    whole: bool = True  # whether the name has no preposition
    definite: bool = False  # written with "the"
    titles: tuple[Words, ...] = ()  # what else the person is called: "foreign minister"
    rules: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether this is a person with at least two names; "da Silva" is one."""
        own = [word for word in self.name.split() if word not in listed("particle")]
        return self.kind == "person" and len(self.head) > 1 and len(own) > 1

    @cached_property
    def gender(self) -> str:
        """The pronoun that the titles ask for ("Mrs.": "she"), or an empty text."""
        words = {word for title in self.titles for word in title}
        return next((pronoun for pronoun in ("he", "she") if words & listed(pronoun)), "")


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind, from the table beside this module."""
    lines = files("corpus_tools.prepare.speakers").joinpath("words.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(row["word"] for row in csv.DictReader(lines) if row["kind"] == kind)


def folded(words: list[str]) -> Words:
    """The forms of these words under which spellings count as one."""
    return tuple(_plain(word) for word in words)


def without_suffix(words: Words) -> Words:
    """A name without "Jr." at its end."""
    return words[:-1] if len(words) > 1 and words[-1].strip(".") in listed("suffix") else words


def _plain(word: str) -> str:
    return fold(word).strip(".,")


def take_apart(written: str) -> Form:
    """The name in a written form, what it is, and which rules made it."""
    rules: list[str] = []
    # What nobody can see must not make two speakers of one.
    seen = _SUFFIX_COMMA.sub("", _INVISIBLE.sub("", _CONTROL.sub(" ", written)))
    text, apposition = _without_apposition(_AGED.sub("", " ".join(seen.split()).strip(_EDGES)))
    words = _DAY.sub("", text).split()
    if len(words) < len(text.split()):
        rules.append("day dropped")
    while len(words) > 1 and _plain(words[0]) in listed("opener"):
        words = words[1:]
        if "opening word dropped" not in rules:
            rules.append("opening word dropped")
    if apposition:
        rules.append("apposition dropped")
    if words and _POSSESSIVE.search(words[-1]):
        words[-1] = _POSSESSIVE.sub("", words[-1])
        rules.append("possessive dropped")
    if _is_pronoun(words):
        return Form(" ".join(words), "pronoun", (_plain(_CONTRACTED.sub("", words[0])),))
    definite = bool(words) and _plain(words[0]) == "the"
    if len(words) > 1 and _plain(words[0]) in listed("article"):
        words = words[1:]
        rules.append("article dropped")
    if all(word in listed("nobody") for word in folded(words)):
        return Form(written, "nobody")
    return _named(words, apposition, definite, rules)


def _named(words: list[str], apposition: list[str], definite: bool, rules: list[str]) -> Form:
    head, rest = _split_at_preposition(words)
    names, title = _person(head, alone="article dropped" not in rules)
    if len(names) > 1 or (names and (title or not rest)):
        rules += ["title dropped"] * bool(title) + ["affiliation dropped"] * bool(rest)
        titles = tuple(t for t in (_title(title), _title(apposition)) if t)
        return Form(" ".join(names), "person", without_suffix(folded(names)), titles=titles, rules=tuple(rules))
    called = _title(apposition) if head[0][:1].isupper() else ()
    name, titles = " ".join(words), (called,) if called else ()
    return Form(name, "noun", folded(head), not rest, definite, titles, tuple(rules))


def _without_apposition(text: str) -> tuple[str, list[str]]:
    """The part before the first comma, bracket or dash, and the words after it; a list of several keeps its commas."""
    found = _BREAK.search(text)
    if not found or not found.start():
        return text, []
    before, after = text[: found.start()], text[found.end() :].strip(_EDGES + ")]")
    first = _plain(after.split()[0]) if after else ""
    opens = first in listed("article") | listed("preposition") or first[:1].isdigit() or found.group().strip() in "([;"
    if swapped := _name_behind(before, after):
        return swapped
    several = any(word in ("and", "or", "&") for word in after.split()) and not opens
    if several or (after[:1].isupper() and not opens and first not in listed("title")):
        return text, []
    parts = [part.split() for part in _BREAK.split(after) if part.strip() and not part.strip()[0].isdigit()]
    return before, parts[0] if parts else [""]


def _name_behind(before: str, after: str) -> tuple[str, list[str]] | None:
    """The name that follows its description: "their union, the Transport Workers' Guild"."""
    described, *others = before.split()
    parts = _BREAK.split(after)[0].split()
    name = parts[1:] if parts and _plain(parts[0]) == "the" else parts
    is_described = _plain(described) in listed("article") | listed("possessive") or described.islower()
    if not is_described or any(word[:1].isupper() for word in others) or "and" in after.split():
        return None
    return (" ".join(name), [described, *others]) if name and all(word[:1].isupper() for word in name) else None


def _is_pronoun(words: list[str]) -> bool:
    """A pronoun alone; "US" and "WHO" in capitals are names."""
    alone = len(words) == 1 or (len(words) == 2 and _plain(words[1]).endswith(("self", "selves")))
    shouted = bool(words) and len(words[0]) > 1 and words[0].isupper()
    return bool(words) and alone and not shouted and _plain(_CONTRACTED.sub("", words[0])) in listed("pronoun")


def _split_at_preposition(words: list[str]) -> tuple[list[str], list[str]]:
    for place, word in enumerate(words):
        if place and _plain(word) in listed("preposition"):
            return words[:place], words[place:]
    return words, []


def _person(head: list[str], *, alone: bool) -> tuple[list[str], list[str]]:
    """The capitalised names that end a phrase and the title before them; no names where it is no person."""
    start = len(head)
    while start and _is_name(head[start - 1]):
        start -= 1
    names, title = head[start:], head[:start]
    if not names or len(names) > _MOST_NAMES or any(word in listed("body") for word in folded(names)):
        return [], []
    if title:
        # "freeholder Maria Lopez": before a full name any description is a title.
        described = len(names) > 1 and title[-1].islower() and {"and", "or", "&"}.isdisjoint(title)
        return (names, title) if described or _plain(title[-1]) in listed("title") else ([], [])
    return (names, []) if alone else ([], [])


def _is_name(word: str) -> bool:
    if word in listed("particle"):
        return True
    return word[:1].isupper() and not _OWNER.search(word) and _plain(word) not in listed("title")


def _title(words: list[str]) -> Words:
    """What a person is called, without article, owner and what follows a preposition: "operations director"."""
    head, _ = _split_at_preposition([word for word in words if word])
    if not head or _plain(head[0]) in listed("preposition"):
        return ()
    owner = max((place for place, word in enumerate(head) if _OWNER.search(word)), default=-1)
    return tuple(w for w in folded(head[owner + 1 :]) if w not in listed("article") | listed("possessive"))
