"""The rules for verbs that give words to somebody: what is such a verb, and what follows it."""

from __future__ import annotations

from corpus_tools.prepare.voices.cues import Cue, lists
from corpus_tools.prepare.voices.frames import DETERMINERS, right_frame
from corpus_tools.prepare.voices.pieces import Found, pieces_of
from corpus_tools.prepare.voices.sentences import Sentence, is_word
from corpus_tools.prepare.voices.speakers import (
    Span,
    first_subject,
    nearest_subject,
    subject_after,
    subject_before,
    verb_start,
)
from corpus_tools.prepare.voices.tags import before_cue

_PLURAL = frozenset(
    """i you we they who which that and or not both many most some few several others all people police men women
    children media families not n't there here these those everyone let us them him her me""".split()
)
_BEFORE_NOUN = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen new false similar".split()
)
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
        before in DETERMINERS | _BEFORE_NOUN
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
    speaker, pieces, quotes, inverted = before_cue(sentence, i, cue, words)
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
