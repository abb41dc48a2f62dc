"""The rules for cues that are no verbs: "according to", nouns, adjectives, a name with a colon."""

from __future__ import annotations

from corpus_tools.prepare.voices.cues import lists
from corpus_tools.prepare.voices.extents import segments
from corpus_tools.prepare.voices.frames import PRONOUNS, WH, nominal, quotes_near
from corpus_tools.prepare.voices.pieces import Found, Piece, pieces_of
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_finite, is_word
from corpus_tools.prepare.voices.speakers import Span, subject_before

_VIEWS = frozenset(
    "view views opinion account reading telling words judgment judgement estimation experience version estimate".split()
)


def according(sentence: Sentence, i: int) -> Found | None:
    """ "According to X, …" and "…, according to X"."""
    low = sentence.low
    if low[i] != "according" or i + 2 >= len(low) or low[i + 1] != "to":
        return None
    words = (i, i + 2)
    stop = i + 2
    while stop < len(low) and low[stop] not in (",", ";", "—", "–", QUOTE, ")"):
        stop += 1
    speaker = (i + 2, stop)
    rest = _after_owner(sentence, stop)
    pieces: list[Piece] = []
    quotes = quotes_near(sentence, rest)
    if i >= 1:
        at = i - 1 - (not is_word(low[i - 1]) and low[i - 1] != QUOTE)
        if low[at] == QUOTE:
            quotes += (at,)
        finite = "" if has_finite(sentence, 0, at + 1) else " no verb"
        for part in segments(sentence, _last(low, at + 1, ";"), at + 1):
            pieces.append(
                Piece(f"according left{finite}/{part.kind}", "according to", part.start, part.end, speaker, words)
            )
        name = "according middle"
    else:
        name = "according first"
    if rest < len(low):
        pieces += pieces_of(sentence, name, "according to", rest, len(low), speaker, words)
    return Found("according to", "neutral", words, speaker, tuple(pieces), quotes)


def _after_owner(sentence: Sentence, stop: int) -> int:
    """Where the content may begin after the name that ends here; an apposition or relative clause of it is skipped."""
    low = sentence.low
    rest = stop + (low[stop : stop + 1] != [";"])
    if low[stop : stop + 1] != [","] or rest >= len(low):
        return rest
    second = _next(low, rest, ",")
    if low[rest] in ("who", "which", "whose"):
        return second + 1
    apposition = low[rest] in ("a", "an", "the") and second < len(low) and not has_finite(sentence, rest, second)
    return second + 1 if apposition else rest


def view(sentence: Sentence, i: int) -> Found | None:
    """ "In the ministry’s view, …" and "…, by his account"."""
    low = sentence.low
    if low[i] not in ("in", "by", "on") or i + 2 >= len(low):
        return None
    if i > 0 and is_word(low[i - 1]):
        return None
    at = next((j for j in range(i + 2, min(i + 8, len(low))) if low[j] in _VIEWS), None)
    if at is None or any(not is_word(t) or t in ("and", "of") for t in low[i:at]):
        return None
    owner = (i + 1, at)
    stop = at + 1
    if low[stop : stop + 1] == ["of"]:
        stop = _next(low, stop, ",")
        owner = (at + 2, stop)
    elif low[i + 1] in ("this", "that", "the", "a", "an", "other") and at == i + 2:
        return None
    if stop < len(low) and is_word(low[stop]):
        return None
    words = (i, at + 1)
    pieces: list[Piece] = []
    if i > 0:
        pieces += [
            Piece(f"view left/{part.kind}", low[at], part.start, part.end, owner, words)
            for part in segments(sentence, _last(low, i, ";"), i - 1)
        ]
    rest = _after_owner(sentence, stop)
    if rest < len(low):
        name = "view middle" if i > 0 else "view first"
        pieces += pieces_of(sentence, name, low[at], rest, len(low), owner, words)
    return Found(low[at], None, words, owner, tuple(pieces), quotes_near(sentence, rest))


def _last(low: list[str], end: int, what: str) -> int:
    return next((j + 1 for j in range(end - 1, -1, -1) if low[j] == what), 0)


def _next(low: list[str], start: int, what: str) -> int:
    for j in range(start, min(start + 40, len(low))):
        if low[j] == what:
            return j
    return len(low)


def noun_or_adjective(sentence: Sentence, i: int) -> Found | None:
    """ "The claim that …", "worried that …", "a plan to …"."""
    low = sentence.low
    noun = lists().nouns.get(low[i])
    lemma = noun or (low[i] if low[i] in lists().adjectives else None)
    if lemma is None or i + 2 >= len(low):
        return None
    kind = "noun" if noun else "adjective"
    after = low[i + 1]
    if after in WH | {"that", "of", "about", "for", "against", "over", "from"}:
        frame, start = ("wh" if after in WH else after), i + 1
    elif after == "to" and not nominal(sentence, i + 2):
        frame, start = "to", i + 1
    elif after in PRONOUNS and kind == "adjective":
        frame, start = "clause", i + 1
    else:
        return None
    words, speaker = (i, i + 1), (subject_before(sentence, i) if kind == "adjective" else _owner(sentence, i))
    stop = len(low)
    if noun and frame in ("to", "of", "about", "for") and not has_finite(sentence, 0, i):
        # "Talks about a bridge had begun": what follows the finite verb is said of the talks.
        stop = next((j for j in range(start + 1, len(low)) if is_finite(sentence, j)), stop)
    pieces = tuple(pieces_of(sentence, f"{kind}:{frame}", lemma, start, stop, speaker, words))
    return Found(lemma, None, words, speaker, pieces, quotes_near(sentence, start))


def _owner(sentence: Sentence, i: int) -> Span | None:
    """The owner of a noun: "the ministry’s claim", "their claim"."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if sentence.low[j] in ("his", "her", "their", "its", "our", "my"):
            return j, j + 1
        if sentence.low[j].endswith(("'s", "s'")):
            k = j
            while k > 0 and j - k < 5 and is_word(sentence.low[k - 1]) and not sentence.raw[k - 1].islower():
                k -= 1
            return k, j + 1
    return None


def label_cue(sentence: Sentence) -> Found | None:
    """ "NAME: what NAME says", at the start of a paragraph."""
    low = sentence.low
    if ":" not in low[1:9]:
        return None
    at = low.index(":", 1)
    capital = all(not r.islower() for r in sentence.raw[:at] if r not in ("of", "the", "and", "on"))
    if not capital or not all(is_word(t) or t == "," for t in low[:at]):
        return None
    where = "headline" if sentence.paragraph == 1 else "label"
    quotes = tuple(j for j in (at + 1,) if j < len(low) and low[j] == QUOTE)
    speaker, words = (0, at), (at, at + 1)
    pieces = tuple(pieces_of(sentence, where, ":", at + 1, len(low), speaker, words))
    return Found(":", None, words, speaker, pieces, quotes)
