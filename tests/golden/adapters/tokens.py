"""Words of a text, and the set's own rule that a curly apostrophe gives the same words as a straight one."""

from collections.abc import Iterator

from corpus_tools import split_words

OFFERED = frozenset({"expected_words"})


def offered(case: dict, golden: dict) -> dict:
    text = _text(case)
    return {} if text is None else {"expected_words": split_words(text)["term"].tolist()}


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool, str]]:
    text = _text(case) or ""
    if "’" in text:
        curly, straight = (split_words(t)["term"].tolist() for t in (text, text.replace("’", "'")))
        yield "same words with either apostrophe", curly == straight, f"{curly} and {straight}"


def _text(case: dict) -> str | None:
    return (case.get("input") or {}).get("text")
