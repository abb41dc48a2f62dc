"""Kinds of attribution, in plain words: what an annotation is, and what the voice finder took a stretch for.

The names and their order are those of `measured.csv`; a kind means the same on both sides, as far as the annotation and
the rules of the finder can be set side by side.
"""

from __future__ import annotations

from typing import Any

import regex

from corpus_tools.prepare.voices.cues import lists
from corpus_tools.prepare.voices.frames import DETERMINERS, WH
from corpus_tools.prepare.voices.sentences import has_finite, read_sentences

QUOTED = "inside quotation marks"
SHORT_MARKS = "inside quotation marks, four words or fewer"
LONG_MARKS = "inside quotation marks, five words or more"
ACCORDING = "according to …"
BEFORE = "…, she said"
THAT = "said that …"
CLAUSE = "said …, without “that”"
QUESTION = "asked whether …, said how …"
TO = "promised to …, asked them to …"
THING = "rejected the plan, described the plan"
THING_BEFORE = "the plan they proposed"
BESIDE = "beside a quotation"
THOUGHT = "believes …, wants …, welcomes …"
NOUN = "the claim that …"
ADJECTIVE = "sure that …, afraid of …"
COLON = "a name and a colon"
NO_LIST = "a cue in none of our lists"
NO_CUE = "no cue"
MISSED = (
    *(QUOTED, ACCORDING, BEFORE, THAT, CLAUSE, QUESTION, TO, THING, THING_BEFORE, THOUGHT, NOUN, ADJECTIVE, COLON),
    *(NO_LIST, NO_CUE),
)
FOUND = (
    *(SHORT_MARKS, LONG_MARKS, ACCORDING, BEFORE, THAT, CLAUSE, QUESTION, TO, THING, BESIDE, THOUGHT, NOUN, ADJECTIVE),
    *(COLON, NO_CUE),
)
_MARKS = "\"“”‘’'«»"
_WORD = regex.compile(r"\w+(?:['’]\w+)*|:")
Spans = list[list[int]]


def annotated_kind(text: str, attribution: dict[str, Any], part: list[int]) -> str:
    """What kind of attribution gives this part of an annotated content to its source."""
    stretch = text[part[0] : part[1]].strip()
    if stretch[:1] and stretch[0] in _MARKS and stretch.rstrip(".,;")[-1:] in tuple(_MARKS):
        return QUOTED
    cue = " ".join(text[s:e] for s, e in attribution["cue"])
    words = [w.lower().replace("’", "'") for w in _WORD.findall(cue)]
    if not words:
        return NO_CUE
    if "according" in words:
        return ACCORDING
    if ":" in words:
        return COLON
    kind, group = _head(words, _last_word(text[: attribution["cue"][0][0]]))
    if kind != "verb":
        return kind
    cue_span = attribution["cue"][0][0], attribution["cue"][-1][1]
    if part[1] <= cue_span[0]:
        return BEFORE if _clause(stretch) else THING_BEFORE
    return _after(text, part, words, THOUGHT if group == "believing" else None)


def _after(text: str, part: list[int], cue: list[str], thought: str | None) -> str:
    stretch = text[part[0] : part[1]]
    first = (stretch.split() or [""])[0].lower().strip(_MARKS)
    if thought:
        return thought
    if first == "that" or cue[-1] == "that" or text[: part[0]].rstrip().endswith(" that"):
        return THAT
    if first in WH | {"if", "whether"}:
        return QUESTION
    if _clause(stretch) and cue[-1] not in ("of", "about", "for", "against", "on", "to", "with", "over"):
        return CLAUSE
    return TO if "to" in (first, cue[-1]) else THING


def _last_word(text: str) -> str:
    return (text[-40:].lower().replace("’", "'").split() or [""])[-1]


def _head(words: list[str], before: str) -> tuple[str, str | None]:
    """Whether a cue is a verb, a noun or an adjective of the lists; "the hope" is a noun, "they hope" a verb."""
    known = lists()
    for i, word in enumerate(words):
        owned = any(w in DETERMINERS or w.endswith(("'s", "s'")) for w in (before, *words[:i]))
        for cue in known.verbs.get(word, ()):
            a_noun = owned and word in known.nouns and cue.form in ("base", "s")
            if not a_noun and tuple(words[i + 1 : i + 1 + len(cue.tail)]) == cue.tail:
                return "verb", cue.group
    if any(word in known.nouns for word in words):
        return NOUN, None
    return (ADJECTIVE if known.adjectives & set(words) else NO_LIST), None


def _clause(stretch: str) -> bool:
    return any(has_finite(s, 0, len(s)) for s in read_sentences(stretch, []))


def found_kind(rule: str, group: str | None) -> str:
    """What kind of attribution a rule of the finder stands for."""
    bare = rule.split("/")[0]
    form, _, frame = bare.rpartition(":")
    if bare.startswith(("according", "view")):
        return ACCORDING
    if form in ("noun", "adjective"):
        return NOUN if form == "noun" else ADJECTIVE
    if frame in ("headline", "label") or frame.endswith("colon"):
        return COLON
    if frame.startswith(("tag", "left", "inverted", "after ")):
        return BEFORE
    last = frame.split()[-1]
    if last == "quotation":
        return BESIDE
    if group == "believing":
        return THOUGHT
    ways = {"that": THAT, "clause": CLAUSE, "bracket": CLAUSE, "to": TO} | dict.fromkeys(("wh", "if", *WH), QUESTION)
    return ways.get(last, THING)
