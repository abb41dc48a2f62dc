"""What is wrong with the characters of a text, whoever wrote it."""

from __future__ import annotations

import unicodedata

import ftfy
import regex

from corpus_tools.read.edits import Draft

_INVISIBLE = regex.compile(
    r"[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFDD0-\uFDEF\uFFFE\uFFFF]+"
    r"|[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]+"
    r"|(?<=[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\s])[\u200C\u200D]+"
)
_ODD_SPACE = regex.compile(r"[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\t]+")
_LINE_END = regex.compile(r"\r\n|[\r\v\f\u0085\u2028\u2029]")
_SURROGATE = regex.compile(r"[\ud800-\udfff]+")
_DECOMPOSED = regex.compile(r"\P{M}\p{M}+|[\u1100-\u11FF]+|[\u212A\u212B\u2126]")


def mend_characters(draft: Draft) -> None:
    """Repair what is wrong with characters, whoever wrote them: encoding accidents, invisible ones, odd blanks."""
    before = None
    # Taking an invisible character away may bring two others together that are a new accident.
    while before != draft.text:
        before = draft.text
        _mend_once(draft)


def _mend_once(draft: Draft) -> None:
    draft.replace("half a character", [(m.start(), m.end(), "\ufffd") for m in _SURROGATE.finditer(draft.text)])
    draft.replace("mojibake", _mojibake(draft.text))
    draft.replace("line end", [(m.start(), m.end(), "\n") for m in _LINE_END.finditer(draft.text)])
    draft.replace("invisible character", [(m.start(), m.end(), "") for m in _INVISIBLE.finditer(draft.text)])
    draft.replace("odd blank", [(m.start(), m.end(), " ") for m in _ODD_SPACE.finditer(draft.text)])
    if not unicodedata.is_normalized("NFC", draft.text):
        forms = (
            (m.start(), m.end(), unicodedata.normalize("NFC", m.group())) for m in _DECOMPOSED.finditer(draft.text)
        )
        draft.replace("Unicode form", list(forms))


def _mojibake(text: str) -> list[tuple[int, int, str]]:
    """Words, or where blanks change too whole lines, of which ftfy says that they were decoded wrongly."""
    if text.isascii() or not ftfy.badness.is_bad(text):
        return []
    spans = []
    for match in regex.finditer(r"[^\n]+", text):
        line, at = match.group(), match.start()
        mended = ftfy.fix_encoding(line)
        before, after = line.split(" "), mended.split(" ")
        if len(before) != len(after):
            before, after = [line], [mended]
        for old, new in zip(before, after, strict=True):
            if old != new:
                spans.append((at, at + len(old), new))
            at += len(old) + 1
    return spans
