"""The rules for verbs that give words to somebody: what stands before them, and what follows."""

from __future__ import annotations

from corpus_tools.prepare.voices.cues import Cue, lists
from corpus_tools.prepare.voices.extents import segments
from corpus_tools.prepare.voices.frames import DETERMINERS, PLACE, TIME, right_frame
from corpus_tools.prepare.voices.pieces import Found, Piece, pieces_of
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_finite, is_word
from corpus_tools.prepare.voices.speakers import (
    OPENERS,
    Span,
    first_subject,
    is_adverb,
    nearest_subject,
    subject_after,
    subject_before,
    verb_start,
)

_NOT_IN_TAG = frozenset("who which that what whom whose or , to i you we".split())
_JOINS_ON = frozenset("that which who and but because where as if when".split())
_CLOSING = frozenset((",", "—", "–", "--", ";", ":", ")"))
_LONGEST_ADVERBIAL = 10
_WHEN_OR_WHERE = frozenset(("in", "on", "at", "to", "by", "after"))
_PLURAL = frozenset(
    """i you we they who which that and or not both many most some few several others all people police men women
    children media families not n't there here these those everyone let us them him her me""".split()
)
_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve dozen new false similar".split())
_BEFORE_PARTICIPLE = frozenset("the a an his its their our my your every".split())
_BE = frozenset("is are was were be been being isn't wasn't aren't weren't".split())


def _match(sentence: Sentence, i: int) -> Cue | None:
    for cue in lists().verbs.get(sentence.low[i], ()):
        tail = cue.tail
        if not tail or tuple(sentence.low[i + 1 : i + 1 + len(tail)]) == tail:
            return cue
    return None


def _is_name(sentence: Sentence, i: int) -> bool:
    """Whether a form is part of a name ("the State Department"); headlines may write any word with a capital."""
    return i > 0 and sentence.paragraph > 1 and sentence.raw[i][0].isupper() and not sentence.raw[i].isupper()


def _is_noun(sentence: Sentence, i: int, cue: Cue) -> bool:
    """Whether a form that is also a noun is one here ("the report", "their claims")."""
    if i == 0:
        return False
    before = sentence.low[i - 1]
    if cue.form == "past":
        return before in _BEFORE_PARTICIPLE
    if cue.form not in ("base", "s"):
        return False
    if cue.form == "base" and not _may_be_plural(sentence, verb_start(sentence, i), i):
        return True
    if (
        before in DETERMINERS | _NUMBERS
        or before.isdigit()
        or before.endswith("'s")
        or before in ("of", "for", "in", "with", "by", "from", "about")
    ):
        return True
    return (
        sentence.low[i] in lists().nouns
        and before.endswith(("al", "ic", "ive", "ous", "ry"))
        and sentence.raw[i].islower()
    )


def _may_be_plural(sentence: Sentence, begin: int, i: int) -> bool:
    """Whether a plain form may agree with what stands before it: "officials say" may, "the first report" may not."""
    if begin < i or begin == 0 or not is_word(sentence.low[begin - 1]):
        return True
    before = sentence.low[begin - 1]
    return (
        before in _PLURAL
        or not sentence.raw[begin - 1].islower()
        or (before.endswith("s") and not before.endswith("ss"))
    )


def _form(sentence: Sentence, i: int, cue: Cue) -> str:
    """How the verb is used: finite, ing, bare (after "to" or "will"), passive."""
    begin = verb_start(sentence, i)
    before = sentence.low[begin:i]
    if cue.form == "past":
        if sentence.low[begin - 1 : begin] == ["it"] and (before or sentence.low[begin - 2] in _BE):
            return "impersonal" if _BE & set(sentence.low[max(0, begin - 2) : i]) else "finite"
        return "passive" if _BE & set(before) else "finite"
    if cue.form == "ing":
        return "ing"
    if "to" in before:
        return "infinitive"
    return "finite" if cue.form == "s" or not before else "bare"


def verb_cue(sentence: Sentence, i: int) -> Found | None:
    """The verb at this token with what it gives to its speaker, if it is a cue."""
    cue = _match(sentence, i)
    if cue is None or _is_name(sentence, i) or _is_noun(sentence, i, cue):
        return None
    form = _form(sentence, i, cue)
    begin, after = verb_start(sentence, i), i + 1 + len(cue.tail)
    words = (begin, after)
    left = _left(sentence, i, cue, words)
    speaker, pieces, quotes, inverted = left
    if inverted:
        return Found(cue.lemma, cue.group, words, speaker, pieces, quotes)
    if form == "infinitive":
        speaker = nearest_subject(sentence, begin) or speaker
    elif form not in ("passive", "impersonal") and cue.form != "ing":
        speaker = speaker or subject_before(sentence, i)
    elif cue.form == "ing":
        speaker = first_subject(sentence, begin)
    elif form in ("passive", "impersonal"):
        speaker = _agent(sentence, after)
    frame, start, direct = right_frame(sentence, after, cue)
    if form == "impersonal" and frame == "wh":
        # "It was not known whether": a question that the outlet leaves open is nobody's.
        return None
    quotes += direct
    if frame.endswith("bracket") and pieces:
        frame = f"after {pieces[0].rule.split('/')[0]}"
    if frame and start < len(sentence):
        name = f"{form}:{frame}"
        pieces += tuple(pieces_of(sentence, name, cue.lemma, start, len(sentence), speaker, words))
    if not pieces and not quotes and frame != "colon":
        return None
    return Found(cue.lemma, cue.group, words, speaker, pieces, quotes)


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
    ends = (
        after >= len(low)
        or not is_word(low[after])
        or low[after] in TIME
        or low[after] in PLACE
        or is_adverb(sentence, after)
    )
    before = begin - 1
    if low[before : before + 1] == [","]:
        before -= 1
    if (
        before >= 0
        and low[before] == QUOTE
        and cue.form in ("past", "s", "base")
        and not ends
        and cue.clause | (cue.lemma == "ask")
    ):
        return (
            subject_after(sentence, after),
            _left_pieces(sentence, cue, before, "inverted", None, words),
            (before,),
            True,
        )
    if (
        before >= 0
        and before < begin - 1
        and not ends
        and cue.clause
        and cue.form != "ing"
        and low[after] not in ("that", "to")
        and (subject_before(sentence, i) is None or _ends_with_subject(sentence, before, i, after))
    ):
        speaker = subject_after(sentence, after)
        return speaker, _left_pieces(sentence, cue, before, "inverted", speaker, words), (), True
    speaker = subject_before(sentence, i)
    if speaker is None or cue.form == "ing":
        return speaker, (), (), False
    at = speaker[0] - 1
    if at > 0 and low[at] == "," and low[at - 1] in _JOINS_ON:
        return speaker, (), (), False
    rule = "tag" if _is_tag(sentence, cue, speaker, words) else "left"
    at -= at > 0 and low[at] == "as"
    if not ends:
        at -= at > 0 and low[at] == ","
        return speaker, (), ((at,) if at >= 0 and low[at] == QUOTE else ()), False
    if at >= 0 and low[at] in (",", "—", "–", "--"):
        at -= 1
        if at >= 0 and low[at] != QUOTE:
            return speaker, _left_pieces(sentence, cue, at, rule, speaker, words), (), False
    if at >= 0 and low[at] == QUOTE:
        return speaker, _left_pieces(sentence, cue, at, rule, speaker, words), (at,), False
    return speaker, (), (), False


def _ends_with_subject(sentence: Sentence, before: int, i: int, after: int) -> bool:
    """Whether only a subject follows, so that a list or an apposition before the cue is none of its own."""
    return (
        sentence.low[i] == "said"
        and has_finite(sentence, 0, before + 1)
        and not has_finite(sentence, after, len(sentence))
        and (sentence.low[after] in DETERMINERS or not sentence.raw[after].islower())
        and QUOTE not in sentence.low[after:]
    )


def _is_tag(sentence: Sentence, cue: Cue, speaker: Span, words: Span) -> bool:
    """Whether a subject and its verb stand alone between commas: "…, the ministry said, …"."""
    low = sentence.low
    begin, after = words
    plain = speaker[1] == begin and not _NOT_IN_TAG & set(low[slice(*speaker)]) and low[speaker[0]] not in OPENERS
    if not (plain and (cue.clause or cue.group) and cue.form != "ing"):
        return False
    return _tag_closed(sentence, after) is not None


def _tag_closed(sentence: Sentence, after: int) -> int | None:
    """The comma or end that closes a tag; "on Sunday" and "in a statement to reporters" may stand before it."""
    low = sentence.low
    for i in range(after, min(after + _LONGEST_ADVERBIAL, len(low))):
        if not is_word(low[i]):
            return i if low[i] in _CLOSING else None
        adverbial = low[i] in TIME | _WHEN_OR_WHERE or is_adverb(sentence, i)
        if (i == after and not adverbial) or low[i] == "that" or is_finite(sentence, i):
            return None
    return len(low) if after + _LONGEST_ADVERBIAL >= len(low) else None


def _left_pieces(s: Sentence, cue: Cue, last: int, rule: str, speaker: Span | None, words: Span) -> tuple[Piece, ...]:
    """The stretches before a cue that follows its content, the nearest one told apart."""
    start = 0
    for j in range(last, -1, -1):
        caption = s.low[j] == ")" and s.low[j + 1 : j + 2] == [QUOTE]
        if s.low[j] == ";" or caption or (s.low[j] == ":" and any(t in lists().verbs for t in s.low[:j])):
            start = j + 1
            break
    finite = "" if has_finite(s, start, last + 1) else f" no verb, {_opens(s, start)}"
    parts = list(segments(s, start, last + 1))
    name = f"{rule}{finite}{_closes(s, words[1])}"
    return tuple(
        Piece(f"{name}/{'near' if p is parts[-1] else 'far'}", cue.lemma, p.start, p.end, speaker, words) for p in parts
    )


def _opens(s: Sentence, start: int) -> str:
    """Whether what stands before a tag is an adverbial ("On Monday") or may be the subject of what is said."""
    token = s.low[start]
    adverbial = token in PLACE | TIME or token in OPENERS or token.endswith("ing") or is_adverb(s, start)
    return "adverbial" if adverbial else "subject"


def _closes(s: Sentence, after: int) -> str:
    """Whether a tag is closed by a comma, by the end of its sentence, or not at once."""
    closing = _tag_closed(s, after)
    if closing is None:
        return ", quotation" if s.low[after] == QUOTE else ""
    if closing >= len(s) or s.low[closing] != ",":
        return ", end"
    return ", quotation" if s.low[closing + 1 : closing + 2] == [QUOTE] else ", comma"
