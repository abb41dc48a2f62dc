"""Competing place names: every spelling of a name's bytes is found by the phrase of that name, and by no other.

Names that differ only by a hyphen or slash in place of a blank are one phrase by the design's rule for words; to tell
them apart is therefore not offered, and counted so.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from corpus_tools import find_phrase, find_voices, split_words, tokenize

OFFERED: frozenset[str] = frozenset()
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def offered(case: dict, golden: dict) -> dict:
    return {}


def bytes_folded(name: str) -> str:
    """Case, composition, kind of hyphen and kind of blank taken away; computed here, apart from the package.

    Capital I is the capital of both small i with and small i without a dot.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    folded = folded.replace("i\u0307", "i").replace("ı", "i")
    return " ".join(folded.translate(HYPHENS).split())


def phrase(name: str) -> str:
    return bytes_folded(name).replace("-", " ").replace("/", " ")


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool | None, str]]:
    names = list(case.get("names") or [])
    written = list(dict.fromkeys([*names, *(case.get("byte_variants") or [])]))
    tokens = _tokens(written)
    found = {name: _found(tokens, name) for name in names}
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            if phrase(one) == phrase(other):
                yield f"{one!r} apart from {other!r}", None, "one phrase by the rule for words"
    for i, form in enumerate(written):
        owners = {name for name in names if phrase(name) == phrase(form)}
        if not owners:
            yield f"{form!r}", False, "is a variant of none of the names"
            continue
        inside = {name for name in names if name not in owners and f" {phrase(name)} " in f" {phrase(form)} "}
        hits = {name for name in names if i in found[name]} - inside
        terms = [split_words(t)["term"].tolist() for t in (form, min(owners))]
        detail = f"found as {sorted(hits)}, belongs to {sorted(owners)}; terms {terms[0]} and {terms[1]}"
        yield f"{form!r} counts as its name", hits == owners and terms[0] == terms[1], detail


def _tokens(written: list[str]) -> pd.DataFrame:
    articles = pd.DataFrame(
        {
            "article_id": [str(i) for i in range(len(written))],
            "outlet": "Alpha",
            "date": datetime(2023, 9, 19),
            "title": None,
            "text": [f"They drove to {form} on Monday." for form in written],
        }
    ).astype({"title": "str"})
    return tokenize(articles, find_voices(articles))


def _found(tokens: pd.DataFrame, name: str) -> set[int]:
    return {int(i) for i in find_phrase(tokens, name)["article_id"]}
