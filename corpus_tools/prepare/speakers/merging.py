"""One article: which of its speakers are the same, by rules that can be read off the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from corpus_tools.prepare.speakers.forms import Form, folded, listed
from corpus_tools.prepare.words import fold

SEVERAL = "several names fit, kept"
_LONGEST = 7
_NAMES = r"((?:(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’-]+)(?:[ \u00A0]|\b)){1,3})"
_TITLE_KEPT = "title kept, two people have this name"
# "Armenia's" and "Armenian" say the same; so does what begins with the same letters.
_STEM = 5
_POSSESSIVE = regex.compile(r"['’]s?$")
_NEVER_A_FIRST_NAME = tuple("title opener body direction article nobody pronoun preposition possessive".split())
_NAMES_BEFORE = r"((?:(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’-]+)[ \u00A0]){1,3})"


@dataclass(frozen=True)
class Named:
    """A speaker after merging; ``name`` is None where nobody is named."""

    name: str | None
    rules: tuple[str, ...]


def name_article(text: str, forms: Sequence[Form]) -> list[Named]:
    """The names of the speakers of one article, in the order in which they speak."""
    forms = _told_apart(forms)
    people = _full_names(text, forms)
    named: list[Named] = []
    for place, form in enumerate(forms):
        if form.kind in ("pronoun", "nobody"):
            named.append(Named(None, ("pronoun",) if form.kind == "pronoun" else ("no name",)))
        elif form.name in people:
            name, rule = people[form.name]
            named.append(Named(name, (*form.rules, rule)))
        else:
            named.append(_noun(form, text, list(zip(forms[:place], named, strict=False))))
    return named


def _told_apart(forms: Sequence[Form]) -> list[Form]:
    """The forms; where "Mr." and "Mrs." stand before one last name, both keep their title."""
    genders: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        if form.kind == "person" and form.gender:
            genders[form.head[-1]].add(form.gender)
    return [
        _with_title(form) if len(form.head) == 1 and form.gender and len(genders[form.head[-1]]) > 1 else form
        for form in forms
    ]


def _with_title(form: Form) -> Form:
    title = next(word for words in form.titles for word in words if word in listed(form.gender))
    rules = tuple(rule for rule in form.rules if rule != "title dropped")
    return replace(form, name=f"{title.capitalize()} {form.name}", rules=(*rules, _TITLE_KEPT))


def _full_names(text: str, forms: Sequence[Form]) -> dict[str, tuple[str, str]]:
    """For each short name that is written anywhere in the article the one longer name that it is part of."""
    names = {form.name: form for form in forms if form.kind in ("person", "noun")}
    found: dict[str, tuple[str, str]] = {}
    for short in sorted(names.values(), key=lambda form: -len(form.head)):
        if not _is_proper(short, text):
            continue
        longer = _one_spelling(
            {found.get(long.name, (long.name,))[0]: _part(short, long) for long in names.values() if _part(short, long)}
        )
        if not longer and short.kind == "person" and len(short.head) == 1:
            longer = dict.fromkeys(_names_in_text(short.name, text), "last name of a full name in the text")
        if longer:
            name, rule = next(iter(longer.items()))
            found[short.name] = (name, rule) if len(longer) == 1 else (short.name, SEVERAL)
    return found


def _one_spelling(names: dict[str, str]) -> dict[str, str]:
    """Of names that differ in capitals only the one with fewest: "ANN KELLY" in a headline is Ann Kelly."""
    fewest = sorted(names, key=lambda name: (sum(letter.isupper() for letter in name), name))
    spelt = {fold(name): name for name in reversed(fewest)}
    return {name: names[name] for name in spelt.values()}


def _is_proper(form: Form, text: str) -> bool:
    """A form in capitals that are not only those of a sentence's first word."""
    first = form.name.split()[0]
    if not any(word[:1].isupper() for word in form.name.split()):
        return False
    if len(form.head) == 1 and first[:1].isupper():
        return not regex.search(rf"\b{regex.escape(first[0].lower() + first[1:])}\b", text)
    return True


def _part(short: Form, long: Form) -> str:
    """The rule by which one name is a short form of the other, or an empty text."""
    if short.is_full or not short.whole or fold(short.name) == fold(long.name) or len(long.name.split()) > _LONGEST:
        return ""
    if _TITLE_KEPT in (*short.rules, *long.rules) and short.gender != long.gender:
        return ""
    size = len(short.head)
    if size <= len(long.head) and {"and", "or", "&"}.isdisjoint(long.head):
        is_shorter = size < len(long.head) or not long.whole
        if long.is_full and short.kind == "person" and size == 1 and long.head[0] == short.head[0]:
            return "first name of a full name in the article"
        if is_shorter and long.head[-size:] == short.head:
            if long.is_full and short.kind == "person":
                return "last name of a full name in the article"
            return "short form of a longer name in the article" if short.kind == "noun" else ""
    return "initials of a longer name in the article" if _are_initials(short, long) else ""


def _are_initials(short: Form, long: Form) -> bool:
    capitals = "".join(word[0] for word in long.name.split() if word[:1].isupper())
    return len(short.head) == 1 and len(short.name) > 2 and short.name.replace(".", "") == capitals


def _names_in_text(last: str, text: str) -> set[str]:
    """Full names that end with this one, anywhere in the text; none where it is the name of a place."""
    end = rf"{regex.escape(last)}\b(?![-‐‑][\p{{L}}])"
    if regex.search(rf"\b(?:{'|'.join(sorted(listed('place')))}) {end}", text, regex.IGNORECASE):
        return set()
    found = set()
    for match in regex.finditer(rf"\b{_NAMES_BEFORE}{end}", text):
        before = _behind_title(match.group(1).split())
        while before and _no_first_name(before[0], text):
            before = before[1:]
        if before and not any(_no_first_name(word, text) for word in before):
            found.add(" ".join([*before, last]))
    # "Hillary Clinton" and "Hillary Rodham Clinton", or with a nationality before it, are one.
    return {name for name in found if not any(name != short and _is_longer(name, short) for short in found)}


def _behind_title(words: list[str]) -> list[str]:
    """The first names in "Russian President Vladimir"."""
    titles = [place for place, word in enumerate(words) if folded([word])[0] in listed("title")]
    return words[titles[-1] + 1 :] if titles else words


def _is_longer(name: str, short: str) -> bool:
    words, own = name.split(), short.split()
    return len(words) > len(own) and (words[-len(own) :] == own or (words[0] == own[0] and len(own) > 1))


def _no_first_name(word: str, text: str) -> bool:
    plain = fold(word).strip(".")
    if any(part in listed(kind) for part in (plain, plain.split("-")[0]) for kind in _NEVER_A_FIRST_NAME):
        return True
    return bool(regex.search(rf"\b{regex.escape(plain)}\b", text))


def _noun(form: Form, text: str, before: list[tuple[Form, Named]]) -> Named:
    """A noun with "the" is the one speaker named before it who is called so; every other one stays."""
    if not form.definite or not form.whole:
        return Named(form.name, form.rules)
    fits: dict[str, str] = {}
    for earlier, named in before:
        if named.name is None or fold(named.name) == fold(form.name):
            continue
        if earlier.kind == "noun" and _part(form, earlier) and not _is_qualified(form, earlier.head):
            fits[named.name] = "short form of a longer name in the article"
        elif any(title[-len(form.head) :] == form.head and not _is_qualified(form, title) for title in earlier.titles):
            fits[named.name] = "title of a name in the article"
    if form.head[-1] in listed("office"):
        names = [named.name for _, named in before if named.name is not None]
        known = {fold(name.split()[-1]) for name in fits}
        for name in sorted(_titled_in_text(form, text, names)):
            if fold(name.split()[-1]) not in known:
                fits[name] = "title of a name in the text"
    if len(fits) == 1 and not _has_rival(form, next(iter(fits)), text):
        name, rule = next(iter(fits.items()))
        return Named(name, (*form.rules, rule))
    return Named(form.name, (*form.rules, SEVERAL) if fits else form.rules)


def _is_qualified(form: Form, called: tuple[str, ...]) -> bool:
    """Whether "deputy" or "former" stands before the noun: that one is not "the minister"."""
    return not listed("qualifier").isdisjoint(called[: len(called) - len(form.head)])


def _has_rival(form: Form, name: str, text: str) -> bool:
    """Whether the text also names another institution that is called so ("Tarn's Harbour Ministry")."""
    if form.head[-1] not in listed("body"):
        return False
    noun = " ".join(regex.escape(word) for word in form.head)
    own = {word[:_STEM] for word in folded(name.split())}
    for match in regex.finditer(rf"((?:\p{{Lu}}[\p{{L}}\p{{M}}'’-]*[ \u00A0]){{1,4}})(?i:{noun})\b", text):
        words = [word for word in folded(match.group(1).split()) if not _opens(word)]
        if any(word[:_STEM] not in own for word in words):
            return True
    return False


def _opens(word: str) -> bool:
    return any(word in listed(kind) for kind in ("opener", "article", "nobody", "preposition", "possessive", "pronoun"))


def _titled_in_text(form: Form, text: str, names: list[str]) -> set[str]:
    """Who bears this title in the text ("President Maria Lopez"), as named among the speakers where they are."""
    title = " ".join(regex.escape(word) for word in form.head)
    in_office = rf"(?<!(?i:{'|'.join(sorted(listed('qualifier')))})[ -])"
    bearers = {
        _POSSESSIVE.sub("", name.strip()) for name in regex.findall(rf"{in_office}\b(?i:{title}) {_NAMES}", text)
    }
    lasts = {name.split()[-1] for name in bearers}
    full = {last: _only([*names, *_names_in_text(last, text)], last) for last in lasts}
    return {full[last] or last for last in lasts}


def _only(names: list[str], last: str) -> str:
    """The one full name with this last name, or an empty text."""
    full = {name for name in names if name.split()[-1] == last and len(name.split()) > 1}
    return next(iter(full)) if len(full) == 1 else ""
