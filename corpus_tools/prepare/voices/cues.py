"""The words that can give words to somebody: verbs with their forms, nouns, adjectives."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

# base, past, participle; everything else is regular.
_IRREGULAR = """
bet bet bet|find found found|forbid forbade forbidden|forecast forecast forecast|foresee foresaw foreseen|
foretell foretold foretold|feel felt felt|go went gone|hear heard heard|hit hit hit|hold held held|know knew known|
lay laid laid|make made made|mean meant meant|overstate overstated overstated|plead pleaded pleaded|put put put|
read read read|retell retold retold|say said said|see saw seen|seek sought sought|shoot shot shot|show showed shown|
speak spoke spoken|swear swore sworn|take took taken|tell told told|think thought thought|
understand understood understood|write wrote written|come came come|cast cast cast|broadcast broadcast broadcast|
let let let|learn learned learned|choose chose chosen|give gave given|send sent sent|
set set set|spin spun spun|stand stood stood|throw threw thrown|draw drew drawn
"""
_DOUBLING = frozenset(
    "admit commit plan rip blur blurt quip brag rebut refer regret nod sum bet put hit let beg".split()
)
_NEVER_DOUBLED = frozenset(("blurt",))


@dataclass(frozen=True)
class Cue:
    """A form that can be a cue: its base, the words that follow it in a verb of several words, its verb group."""

    lemma: str
    form: str  # base, s, past, ing
    tail: tuple[str, ...]
    group: str | None
    clause: bool
    takes_object: bool


@dataclass
class Lists:
    """All word lists, keyed by the first word of a form."""

    verbs: dict[str, list[Cue]] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    adjectives: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    groups: dict[str, str] = field(default_factory=dict)


def _read(name: str) -> list[dict[str, str]]:
    lines = files("corpus_tools.prepare.voices").joinpath(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))


def _irregular() -> dict[str, tuple[str, str]]:
    entries = (entry.split() for entry in _IRREGULAR.replace("\n", "").split("|"))
    return {base: (past, participle) for base, past, participle in entries}


def forms(verb: str, irregular: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Every form of a verb of one word, with the kind of form it is."""
    stem = verb + verb[-1] if verb in _DOUBLING - _NEVER_DOUBLED else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        past = stem + ("d" if stem.endswith("e") else "ed")
    ing = (stem[:-1] if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) else stem) + "ing"
    found = {verb: "base", third: "s", past: "past", ing: "ing"}
    if verb in irregular:
        found.pop(past)
        found.update(dict.fromkeys(irregular[verb], "past"))
    return found


@cache
def lists() -> Lists:
    """The word lists, read once."""
    listed = [(r["verb"], r["group"]) for r in _read("verbs.csv")]
    # "Attacked the convoy" gives nobody any words: a verb of violence is never a cue.
    violent = {verb for verb, group in listed if group == "violence"}
    groups = {verb: group for verb, group in listed if verb not in violent}
    words: dict[str, set[str]] = {}
    for row in _read("cue_words.csv"):
        words.setdefault(row["kind"], set()).add(row["word"])
    found = Lists(adjectives=frozenset(words["adjective"]), groups=groups)
    irregular = _irregular()
    for verb in sorted(set(groups) | words["clause"] | words["object"] | words["verb"]):
        first, *tail = verb.split(" ")
        clause, takes_object = verb in words["clause"], verb in words["object"]
        for form, kind in forms(first, irregular).items():
            cue = Cue(verb, kind, tuple(tail), groups.get(verb), clause, takes_object)
            found.verbs.setdefault(form, []).append(cue)
    for options in found.verbs.values():
        options.sort(key=lambda c: -len(c.tail))
    for noun in sorted(words["noun"]):
        found.nouns[noun] = noun
        found.nouns[noun[:-1] + "ies" if noun.endswith("y") else noun + "s"] = noun
    found.finite = frozenset(r["form"] for r in _read("finite.csv"))
    return found
