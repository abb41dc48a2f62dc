"""When are two spellings of an outlet's name one name?"""

from __future__ import annotations

import unicodedata

import pandas as pd
import regex

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}]")
_BESIDES_LETTERS = regex.compile(r"[^\p{L}\p{N}]")
# Letters of other scripts that look like Latin ones; for warnings only, never for merging.
_LOOK_ALIKE = str.maketrans("авсенікмоѕртухјԁԍһԛԝαβεζηικμνορτυχ", "abcehikmosptyxjdghqwabezhikmvoptux")


def tidy_outlet(name: object) -> str:
    """The name as a reader sees it: compatible width, single blanks, nothing invisible."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(name)).replace("\t", " ").replace("\n", " "))
    return " ".join(text.split())


def normalise_outlet(name: str) -> str:
    """Which key do all spellings of one outlet share?

    Parameters
    ----------
    name : str
        An outlet's name as found in the data.

    Returns
    -------
    str
        A key. Two names are one outlet exactly where their keys are equal: they differ by case, blanks,
        Unicode form, width or invisible characters only. "BBC News" and "bbc.co.uk" keep keys of their own;
        only a table made by the user may merge those. A name with a dotted capital or dotless small i is
        folded as Turkic languages do.

    Examples
    --------
    >>> from corpus_tools import normalise_outlet
    >>> normalise_outlet(" Daily  NEWS") == normalise_outlet("daily news")
    True
    >>> normalise_outlet("The Times") == normalise_outlet("The Times of Nowhere")
    False
    """
    tidy = tidy_outlet(name)
    if "İ" in tidy or "ı" in tidy:
        tidy = tidy.replace("i", "İ").replace("ı", "I")
    return unicodedata.normalize("NFC", tidy.casefold())


def merge_spellings(outlets: pd.Series) -> tuple[pd.Series, pd.DataFrame]:
    """One spelling per outlet (the most frequent, then the first), and a row `value, hint, rule` per thing to know."""
    tidy = outlets.map(tidy_outlet)
    keys = tidy.map(normalise_outlet)
    order = pd.DataFrame({"key": keys, "name": tidy, "raw": outlets.map(str)})
    tallies = order.groupby(["key", "name"], sort=False).size().reset_index(name="n")
    chosen = tallies.sort_values("n", ascending=False, kind="stable").drop_duplicates("key").set_index("key")["name"]
    notes = []
    for key, group in order.groupby("key", sort=False):
        spellings = list(dict.fromkeys(group["raw"]))
        if len(spellings) > 1:
            shown = ", ".join(repr(s) for s in spellings)
            notes.append((shown, f"taken as one outlet, {chosen[key]!r}", "outlet spellings merged"))
    notes += _near_names(list(chosen.index), chosen)
    return keys.map(chosen), pd.DataFrame(notes, columns=["value", "hint", "rule"])


def _near_names(keys: list[str], names: pd.Series) -> list[tuple[str, str, str]]:
    notes: list[tuple[str, str, str]] = []
    seen: dict[str, str] = {}
    for key in keys:
        bare = _BESIDES_LETTERS.sub("", key.translate(_LOOK_ALIKE))
        if bare and bare in seen:
            pair = f"{names[seen[bare]]!r}, {names[key]!r}"
            notes.append((pair, "kept apart; rename one if they are the same", "outlet names look alike"))
        seen.setdefault(bare, key)
    return notes
