"""The rules for indirect speech: each finds a cue and the stretches that it may give to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.prepare.voices.cues import Cue, lists
from corpus_tools.prepare.voices.extents import Segment, segments
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_word
from corpus_tools.prepare.voices.speakers import (
    Span,
    first_subject,
    is_adverb,
    subject_after,
    subject_before,
    verb_start,
)

_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier later again once
    recently afterward afterwards now then also too there here flatly simply only this last next week month year
    morning afternoon evening night in-part""".split()
)
_PLACE = frozenset("in on at during to via through before after from by with of over for about".split())
_WH = frozenset("how whether why what if where when who which".split())
PRONOUNS = frozenset("he she it they we i you there".split())
DETERMINERS = frozenset(
    "the a an his her their its our my your this these those some any no all every each many most several both".split()
)
_PREPOSITIONS = frozenset("of about for against as on with over at in into from by between around toward towards up out".split())
_BE = frozenset("is are was were be been being isn't wasn't aren't weren't".split())
_OBJECT_REACH = 16


@dataclass(frozen=True)
class Piece:
    """A stretch that a rule may give to a speaker; the table of vetoes decides on (rule, cue)."""

    rule: str
    cue: str
    start: int
    end: int
    speaker: Span | None
    words: Span


@dataclass(frozen=True)
class Found:
    """A cue in its sentence and what the rules made of it."""

    cue: str
    group: str | None
    words: Span
    speaker: Span | None
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]  # tokens of the quotations that this cue introduces or closes


def find_cues(sentence: Sentence) -> Iterator[Found]:
    """Every cue of a sentence, from left to right."""
    i = 0
    while i < len(sentence):
        found = _according(sentence, i) or _verb(sentence, i) or _noun_or_adjective(sentence, i)
        if found is not None:
            yield found
        i += 1
    label = _label(sentence)
    if label is not None:
        yield label


def _match(sentence: Sentence, i: int) -> Cue | None:
    for cue in lists().verbs.get(sentence.low[i], ()):
        tail = cue.tail
        if not tail or tuple(sentence.low[i + 1 : i + 1 + len(tail)]) == tail:
            return cue
    return None


def _is_noun(sentence: Sentence, i: int, cue: Cue) -> bool:
    """Whether a form that is also a noun is one here ("the report", "their claims")."""
    if cue.form not in ("base", "s") or i == 0:
        return False
    before = sentence.low[i - 1]
    if before in DETERMINERS or before.endswith("'s") or before in ("of", "for", "in", "with", "by", "from", "about"):
        return True
    return sentence.low[i] in lists().nouns and before.endswith(("al", "ic", "ive", "ous", "ry")) and sentence.raw[i].islower()


def _form(sentence: Sentence, i: int, cue: Cue) -> str:
    """How the verb is used: finite, ing, bare (after "to" or "will"), passive."""
    begin = verb_start(sentence, i)
    before = sentence.low[begin:i]
    if cue.form == "past":
        if any(b in _BE for b in before):
            return "passive"
        return "finite"
    if cue.form == "ing":
        return "ing"
    if "to" in before:
        return "infinitive"
    return "finite" if cue.form == "s" or not before else "bare"


def _verb(sentence: Sentence, i: int) -> Found | None:
    cue = _match(sentence, i)
    if cue is None or _is_noun(sentence, i, cue):
        return None
    form = _form(sentence, i, cue)
    begin, after = verb_start(sentence, i), i + 1 + len(cue.tail)
    words = (begin, after)
    left = _left(sentence, i, cue, words)
    speaker, pieces, quotes, inverted = left
    if inverted:
        return Found(cue.lemma, cue.group, words, speaker, pieces, quotes)
    if form != "passive" and cue.form != "ing":
        speaker = speaker or subject_before(sentence, i)
    elif cue.form == "ing":
        speaker = first_subject(sentence, begin)
    elif form == "passive":
        speaker = _agent(sentence, after)
    frame, start, direct = _right(sentence, after, cue)
    quotes += direct
    if frame and start < len(sentence):
        name = f"{form}:{frame}"
        pieces += tuple(_pieces(sentence, name, cue.lemma, start, len(sentence), speaker, words))
    if not pieces and not quotes and frame != "colon":
        return None
    return Found(cue.lemma, cue.group, words, speaker, pieces, quotes)


def _pieces(s: Sentence, rule: str, cue: str, start: int, end: int, speaker: Span | None, words: Span) -> Iterator[Piece]:
    part: Segment
    for part in segments(s, start, end):
        yield Piece(f"{rule}/{part.kind}", cue, part.start, part.end, speaker, words)


def _agent(sentence: Sentence, after: int) -> Span | None:
    for j in range(after, min(after + 6, len(sentence))):
        if sentence.low[j] == "by":
            return subject_after(sentence, j + 1)
    return None


_Left = tuple[Span | None, tuple[Piece, ...], tuple[int, ...], bool]


def _left(sentence: Sentence, i: int, cue: Cue, words: Span) -> _Left:
    """What stands before the cue: "…, the ministry said", "…," said the ministry."""
    low = sentence.low
    begin, after = words
    ends = after >= len(low) or not is_word(low[after]) or low[after] in _TIME or low[after] in _PLACE or is_adverb(sentence, after)
    before = begin - 1
    if low[before : before + 1] == [","]:
        before -= 1
    if before >= 0 and low[before] == QUOTE and cue.form in ("past", "s", "base") and not ends and cue.clause | (cue.lemma == "ask"):
        return subject_after(sentence, after), _left_pieces(sentence, cue, before, "inverted", None, words), (before,), True
    if before >= 0 and before < begin - 1 and not ends and cue.clause and has_finite(sentence, 0, before + 1) and cue.form != "ing":
        if low[after] not in ("that", "to") and subject_before(sentence, i) is None:
            speaker = subject_after(sentence, after)
            return speaker, _left_pieces(sentence, cue, before, "inverted", speaker, words), (), True
    speaker = subject_before(sentence, i)
    if speaker is None or cue.form == "ing":
        return speaker, (), (), False
    at = speaker[0] - 1
    if not ends:
        at -= at > 0 and low[at] == ","
        return speaker, (), ((at,) if at >= 0 and low[at] == QUOTE else ()), False
    if at >= 0 and low[at] in (",", "—", "–", "--"):
        at -= 1
        if at >= 0 and low[at] != QUOTE:
            return speaker, _left_pieces(sentence, cue, at, "left", speaker, words), (), False
    if at >= 0 and low[at] == QUOTE:
        return speaker, _left_pieces(sentence, cue, at, "left", speaker, words), (at,), False
    return speaker, (), (), False


def _left_pieces(s: Sentence, cue: Cue, last: int, rule: str, speaker: Span | None, words: Span) -> tuple[Piece, ...]:
    """The stretches before a cue that follows its content, the nearest one told apart."""
    start = 0
    for j in range(last, -1, -1):
        if s.low[j] == ";":
            start = j + 1
            break
    finite = "" if has_finite(s, start, last + 1) else " no verb"
    parts = list(segments(s, start, last + 1))
    name = f"{rule}{finite}"
    return tuple(
        Piece(f"{name}/{'near' if p is parts[-1] else 'far'}", cue.lemma, p.start, p.end, speaker, words) for p in parts
    )


def _right(sentence: Sentence, after: int, cue: Cue) -> tuple[str, int, tuple[int, ...]]:
    """The frame that follows a cue, where its content begins, and a quotation that it introduces."""
    low = sentence.low
    r = after
    while r < len(low) and (low[r] in _TIME or (is_adverb(sentence, r) and low[r] not in ("to", "is", "was"))):
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
    if token == "to" and r + 1 < len(low) and not _nominal(sentence, r + 1):
        return "to", r, ()
    if token in _WH:
        return "wh", r, ()
    if cue.takes_object or cue.lemma in ("call", "describe", "see", "regard", "view", "consider"):
        return _after_object(sentence, r, cue)
    if token in _PLACE and cue.clause:
        return _after_adverbial(sentence, r, cue)
    if token in _PREPOSITIONS or token == "to":
        return token, r, _quotes_near(sentence, r)
    if token.endswith("ing") and len(token) > 4:
        return "ing", r, ()
    if cue.clause:
        return ("clause" if has_finite(sentence, r + 1, r + 25) else "phrase"), r, _quotes_near(sentence, r)
    return "object", r, _quotes_near(sentence, r)


def _nominal(sentence: Sentence, i: int) -> bool:
    """Whether a noun phrase begins here ("to reporters", "to the press")."""
    token = sentence.low[i]
    return token in DETERMINERS or not sentence.raw[i].islower() or token.endswith("ers") or token in ("him", "them", "me", "us")


def _quotes_near(sentence: Sentence, start: int) -> tuple[int, ...]:
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
        if token == QUOTE:
            return "object quotation", j + 1, (j,)
        if token in ("that", "whether", "how", "why", "what", "if") or (token == "to" and j > r and not _nominal(sentence, min(j + 1, len(low) - 1))):
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
    return "object", r + (low[r] in ("him", "them", "me", "us", "her")), ()


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
        if token in PRONOUNS or (token in DETERMINERS and low[j - 1] not in _PLACE and low[j - 1] != "and"):
            return "adverbial clause", j, ()
        if not is_word(token):
            break
    return f"{low[r]}", r, ()


def _according(sentence: Sentence, i: int) -> Found | None:
    """ "According to X, …" and "…, according to X"."""
    low = sentence.low
    if low[i] != "according" or i + 2 >= len(low) or low[i + 1] != "to":
        return None
    words = (i, i + 2)
    stop = i + 2
    while stop < len(low) and low[stop] not in (",", ";", "—", "–", QUOTE, ")"):
        stop += 1
    speaker = (i + 2, stop)
    rest = stop + 1
    if stop < len(low) and low[stop] == "," and rest < len(low) and low[rest] in ("a", "an", "the", "who", "which", "whose"):
        second = _next(low, rest, ",")
        if (second < len(low) and not has_finite(sentence, rest, second)) or low[rest] in ("who", "which", "whose"):
            rest = second + 1
    pieces: list[Piece] = []
    quotes = _quotes_near(sentence, rest)
    if i >= 1:
        at = i - 1 - (not is_word(low[i - 1]) and low[i - 1] != QUOTE)
        if low[at] == QUOTE:
            quotes += (at,)
        finite = "" if has_finite(sentence, 0, at + 1) else " no verb"
        for part in segments(sentence, 0, at + 1):
            pieces.append(Piece(f"according left{finite}/{part.kind}", "according to", part.start, part.end, speaker, words))
        name = "according middle"
    else:
        name = "according first"
    if rest < len(low):
        pieces += _pieces(sentence, name, "according to", rest, len(low), speaker, words)
    return Found("according to", "neutral", words, speaker, tuple(pieces), quotes)


def _next(low: list[str], start: int, what: str) -> int:
    for j in range(start, min(start + 40, len(low))):
        if low[j] == what:
            return j
    return len(low)


def _noun_or_adjective(sentence: Sentence, i: int) -> Found | None:
    """ "The claim that …", "worried that …", "a plan to …"."""
    low = sentence.low
    noun = lists().nouns.get(low[i])
    lemma = noun or (low[i] if low[i] in lists().adjectives else None)
    if lemma is None or i + 2 >= len(low):
        return None
    kind = "noun" if noun else "adjective"
    after = low[i + 1]
    if after in _WH | {"that", "of", "about", "for", "against", "over", "from"}:
        frame, start = ("wh" if after in _WH else after), i + 1
    elif after == "to" and not _nominal(sentence, i + 2):
        frame, start = "to", i + 1
    elif after in PRONOUNS and kind == "adjective":
        frame, start = "clause", i + 1
    else:
        return None
    words, speaker = (i, i + 1), (subject_before(sentence, i) if kind == "adjective" else _owner(sentence, i))
    pieces = tuple(_pieces(sentence, f"{kind}:{frame}", lemma, start, len(low), speaker, words))
    return Found(lemma, None, words, speaker, pieces, _quotes_near(sentence, start))


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


def _label(sentence: Sentence) -> Found | None:
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
    pieces = tuple(_pieces(sentence, where, ":", at + 1, len(low), speaker, words))
    return Found(":", None, words, speaker, pieces, quotes)
