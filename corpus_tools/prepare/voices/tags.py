"""What stands before a cue: content with its tag behind it ("…, the ministry said"), or a quotation."""

from __future__ import annotations

from corpus_tools.prepare.voices.cues import Cue, lists
from corpus_tools.prepare.voices.extents import segments
from corpus_tools.prepare.voices.frames import DETERMINERS, PLACE, TIME
from corpus_tools.prepare.voices.pieces import Piece
from corpus_tools.prepare.voices.sentences import QUOTE, Sentence, has_finite, is_finite, is_word
from corpus_tools.prepare.voices.speakers import OPENERS, Span, is_adverb, subject_after, subject_before

_NOT_IN_TAG = frozenset("who which that what whom whose or , to i you we".split())
_JOINS_ON = frozenset("that which who and but because where as if when".split())
_CLOSING = frozenset((",", "—", "–", "--", ";", ":", ")"))
_LONGEST_ADVERBIAL = 10
_WHEN_OR_WHERE = frozenset(("in", "on", "at", "to", "by", "after"))

Left = tuple[Span | None, tuple[Piece, ...], tuple[int, ...], bool]


def before_cue(sentence: Sentence, i: int, cue: Cue, words: Span) -> Left:
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
