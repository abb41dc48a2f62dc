"""The frame that follows a verb, and where its content begins: "that", "to", an object, an adverbial, a quotation."""

from __future__ import annotations

from corpus_tools.prepare.voices.cues import Cue
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_word
from corpus_tools.prepare.voices.speakers import is_adverb

TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier later again once
    recently afterward afterwards now then also too there here flatly simply only this last next week month year
    morning afternoon evening night in-part""".split()
)
PLACE = frozenset("in on at during to via through before after from by with of over for about".split())
WH = frozenset("how whether why what if where when who which".split())
PRONOUNS = frozenset("he she it they we i you there".split())
DETERMINERS = frozenset(
    "the a an his her their its our my your this these those some any no all every each many most several both".split()
)
_PREPOSITIONS = frozenset(
    "of about for against as on with over at in into from by between around toward towards up out".split()
)
_OBJECT_PRONOUNS = frozenset("him them me us her it itself himself herself themselves this".split())
_REFLEXIVE = frozenset("itself himself herself themselves".split())
_OBJECT_REACH = 16


def right_frame(sentence: Sentence, after: int, cue: Cue) -> tuple[str, int, tuple[int, ...]]:
    """The frame that follows a cue, where its content begins, and a quotation that it introduces."""
    low = sentence.low
    r = after
    while r < len(low) and (
        low[r] in TIME or low[r] in _REFLEXIVE or (is_adverb(sentence, r) and low[r] not in ("to", "is", "was"))
    ):
        r += 1
    if r >= len(low):
        return "", r, ()
    token = low[r]
    if token in (",", ":"):
        if r + 1 < len(low) and low[r + 1] == QUOTE:
            return ("quotation" if r + 2 < len(low) else ""), r + 2, (r + 1,)
        if token == ":":
            return "colon", r + 1, ()
        return "bracket", r + 1, ()
    if token == QUOTE:
        return "quotation", r + 1, (r,)
    if not is_word(token):
        return "", r, ()
    if token == "that":
        return "that", r, ()
    if token == "to" and r + 1 < len(low) and not nominal(sentence, r + 1):
        return "to", r, ()
    if token in WH:
        return "wh", r, ()
    if cue.takes_object or cue.lemma in ("call", "describe", "see", "regard", "view", "consider"):
        return _after_object(sentence, r, cue)
    if token in PLACE and cue.clause:
        return _after_adverbial(sentence, r, cue)
    if token in _PREPOSITIONS or token == "to":
        return token, r, quotes_near(sentence, r)
    if token.endswith("ing") and len(token) > 4:
        return "ing", r, ()
    if cue.clause:
        return ("clause" if has_finite(sentence, r + 1, r + 25) else "phrase"), r, quotes_near(sentence, r)
    return "object", r, quotes_near(sentence, r)


def nominal(sentence: Sentence, i: int) -> bool:
    """Whether a noun phrase begins here ("to reporters", "to the press")."""
    token = sentence.low[i]
    return (
        token in DETERMINERS
        or not sentence.raw[i].islower()
        or token.endswith("ers")
        or token in ("him", "them", "me", "us")
    )


def quotes_near(sentence: Sentence, start: int) -> tuple[int, ...]:
    """A quotation in the stretch up to the next comma."""
    found = []
    for j in range(start, min(start + 25, len(sentence))):
        if sentence.low[j] in (",", ";"):
            break
        if sentence.low[j] == QUOTE:
            found.append(j)
    return tuple(found)


def _after_object(sentence: Sentence, r: int, cue: Cue) -> tuple[str, int, tuple[int, ...]]:
    """After the person spoken to: the content begins at the first "that", "to", "of", "about", "whether"."""
    low = sentence.low
    for j in range(r, min(r + _OBJECT_REACH, len(low))):
        token = low[j]
        if token == QUOTE and not (j + 1 < len(low) and low[j + 1] in ("of", "to", "that", "as")):
            return "object quotation", j + 1, (j,)
        if token in ("that", "whether", "how", "why", "what", "if") or (
            token == "to" and j > r and not nominal(sentence, min(j + 1, len(low) - 1))
        ):
            return f"object {token}", j, ()
        if token in ("of", "about", "for", "against", "as") and cue.lemma not in ("tell", "show"):
            return f"object {token}", j, ()
        if token in (",", ":"):
            if j + 1 < len(low) and low[j + 1] == QUOTE:
                return "object quotation", j + 2, (j + 1,)
            if token == ":":
                return "object colon", j + 1, ()
            return "object bracket", j + 1, ()
        if j > r and token in PRONOUNS:
            return "object clause", j, ()
    if low[r] in _PREPOSITIONS:
        return low[r], r, ()
    return "object", r + (low[r] in _OBJECT_PRONOUNS), ()


def _after_adverbial(sentence: Sentence, r: int, cue: Cue) -> tuple[str, int, tuple[int, ...]]:
    """After "in Baku", "to reporters", "in a statement": the content begins at "that", a quotation or a new subject."""
    low = sentence.low
    for j in range(r + 1, min(r + _OBJECT_REACH, len(low))):
        token = low[j]
        if token == "that":
            return "adverbial that", j, ()
        if token == QUOTE:
            return "adverbial quotation", j + 1, (j,)
        if token in (",", ":"):
            if j + 1 < len(low) and low[j + 1] == QUOTE:
                return "adverbial quotation", j + 2, (j + 1,)
            return ("adverbial colon" if token == ":" else "adverbial bracket"), j + 1, ()
        if token in PRONOUNS or (token in DETERMINERS and low[j - 1] not in PLACE and low[j - 1] != "and"):
            return "adverbial clause", j, ()
        if not is_word(token):
            break
    return f"{low[r]}", r, ()
