"""What is wrong with a lexicon before anyone reads a line, and what its patterns have found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pandas as pd

from corpus_tools.prepare.patterns import parse_pattern, word_shape
from corpus_tools.prepare.spreadsheets import letter_key
from corpus_tools.schema import FORMS, HITS, LEXICON_FINDINGS, CorpusError, nearest, require_columns

_CONDITIONS = ("near", "unless")
_ANY_WORD = "*"
Finding = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class _Alternative:
    """One of the phrases of a pattern, with the row of the lexicon in which it stands."""

    row: int
    slot: str
    label: str
    words: tuple[str, ...]
    conditions: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def check_lexicon(lexicon: pd.DataFrame, hits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which patterns of the lexicon are double, in each other's way, or without any hit?

    Parameters
    ----------
    lexicon : pandas.DataFrame
        As `read_lexicon` returns it.
    hits : pandas.DataFrame, optional
        What `find_hits` found with it; without them nothing is said about what was never found.

    Returns
    -------
    pandas.DataFrame
        One row per finding, sorted by slot, label, rule, pattern and value. A finding need not be a mistake.

        - `slot`, `label`: where it is; of two labels the one that loses
        - `rule`: "duplicate pattern" (twice in one label under the same conditions), "pattern in two labels" (of one
          slot), "pattern in two slots" (a word may count in both), "pattern inside a pattern" (of another label of
          the slot, which wins where both match), "patterns overlap" (of one length; the row that stands first wins),
          "label never found", "pattern never found"
        - `pattern`: the phrase that it is about; empty for a label
        - `value`: the other phrase, row or slot
        - `hint`: what follows from it

    Raises
    ------
    CorpusError
        When a column is missing, a pattern has no word, or hits have a label that the lexicon has not.

    Notes
    -----
    Each phrase between ``|`` is looked at on its own. Rows are counted from 1, without the header. Wildcards are
    taken into account: ``polic*`` stands inside ``police officer*``.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import check_lexicon
    >>> rows = [("region", "short", "karabakh"), ("region", "long", "nagorno karabakh")]
    >>> check_lexicon(pd.DataFrame(rows, columns=["slot", "label", "pattern"]))[["rule", "value"]].to_numpy().tolist()
    [['pattern inside a pattern', 'long: nagorno karabakh']]
    """
    require_columns(lexicon, "lexicon", ("slot", "label", "pattern"))
    alternatives = _alternatives(lexicon)
    rows: list[Finding] = [*_repeated(alternatives), *_in_two_slots(alternatives), *_rivals(alternatives)]
    if hits is not None:
        require_columns(hits, "hits", HITS)
        rows += _never_found(alternatives, hits)
    frame = pd.DataFrame(rows, columns=list(LEXICON_FINDINGS), dtype="str")
    return frame.sort_values(list(LEXICON_FINDINGS), kind="stable", ignore_index=True)


def lexicon_forms(hits: pd.DataFrame) -> pd.DataFrame:
    """Which words did the patterns of each label find?

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_hits` or `find_phrase` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per form, sorted by slot and label, the most frequent form first.

        - `slot`, `label`: of the lexicon
        - `surface`: the words found, case-folded
        - `hits`: how often
        - `articles`: in how many articles

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> ct.lexicon_forms(ct.find_phrase(tokens, "walk*"))["surface"].tolist()
    ['walkout', 'walked']
    """
    require_columns(hits, "hits", HITS)
    grouped = hits.groupby(["slot", "label", "surface"], sort=True, dropna=False)
    forms = grouped.agg(hits=("start", "size"), articles=("article_id", "nunique")).reset_index()
    order = ["slot", "label", "hits", "surface"]
    forms = forms.sort_values(order, ascending=[True, True, False, True], kind="stable", ignore_index=True)
    return forms[list(FORMS)]


def pattern_keys(lexicon: pd.DataFrame) -> dict[tuple[str, str], str]:
    """For each slot and label a key that changes with its patterns and their conditions, and not with their order.

    Examples
    --------
    >>> rows = {"slot": "people", "label": ["a", "a", "b"], "pattern": ["cat", "Dog", "dog|cat"]}
    >>> keys = pattern_keys(pd.DataFrame(rows))
    >>> keys["people", "a"] == keys["people", "b"]
    True
    """
    require_columns(lexicon, "lexicon", ("slot", "label", "pattern"))
    phrases: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for one in _alternatives(lexicon):
        phrases.setdefault((one.slot, one.label), set()).add((one.text, *one.conditions))
    return {pair: letter_key("\x1e".join(map("\x1f".join, sorted(own)))) for pair, own in phrases.items()}


def require_labels(pairs: Iterable[tuple[str, str]], known: Collection[tuple[str, str]]) -> None:
    """Raise a CorpusError where hits have a label that the lexicon has not."""
    for slot, label in pairs:
        if (slot, label) not in known:
            near = nearest(label, dict.fromkeys(name for _, name in known))
            raise CorpusError(f"The hits have a label {label!r} that is not in the lexicon; {near}")


def phrases_tried(lexicon: pd.DataFrame, hits: pd.DataFrame) -> dict[str, int]:
    """For each slot the number of phrases of those labels that were found at all.

    Examples
    --------
    >>> lexicon = pd.DataFrame({"slot": "people", "label": ["a", "b"], "pattern": ["cat|dog", "cow"]})
    >>> phrases_tried(lexicon, pd.DataFrame({"slot": ["people"], "label": ["a"]}))
    {'people': 2}
    """
    found = set(hits[["slot", "label"]].drop_duplicates().itertuples(index=False, name=None))
    return dict(Counter(one.slot for one in dict.fromkeys(_alternatives(lexicon)) if (one.slot, one.label) in found))


def _alternatives(lexicon: pd.DataFrame) -> list[_Alternative]:
    named = {c: lexicon[c].fillna("").astype("str") for c in ("slot", "label", "pattern")}
    given = {c: lexicon[c].fillna("").astype("str") if c in lexicon.columns else "" for c in _CONDITIONS}
    found = []
    for number, row in enumerate(lexicon.assign(**named, **given).to_dict("records"), start=1):
        conditions = tuple(_normal(str(row[c])) for c in _CONDITIONS)
        for words in parse_pattern(row["pattern"]):
            found.append(_Alternative(number, row["slot"], row["label"], tuple(words), conditions))
    return found


def _normal(condition: str) -> str:
    """Two spellings of one condition, such as another order of its phrases, as one."""
    return "|".join(sorted(" ".join(words) for words in parse_pattern(condition))) if condition.strip() else ""


def _repeated(alternatives: list[_Alternative]) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    told: set[tuple[object, ...]] = set()
    for one in alternatives:
        key = (one.slot, one.label, one.words, one.conditions)
        first = seen.setdefault(key, one.row)
        if seen[key] != one.row or key in told:
            rows = f"rows {first} and {one.row}" if first != one.row else f"row {one.row}"
            yield one.slot, one.label, "duplicate pattern", one.text, rows, "it counts once; delete one"
        told.add(key)


def _in_two_slots(alternatives: list[_Alternative]) -> Iterator[Finding]:
    slots: dict[tuple[str, ...], dict[str, _Alternative]] = {}
    for one in alternatives:
        slots.setdefault(one.words, {}).setdefault(one.slot, one)
    for own in slots.values():
        first, *others = own.values()
        for one in others:
            hint = "not a mistake in itself: where the conditions of both are met, the words count in both slots"
            yield one.slot, one.label, "pattern in two slots", one.text, f"{first.slot}: {first.label}", hint


def _rivals(alternatives: list[_Alternative]) -> Iterator[Finding]:
    """Phrases of two labels of one slot that can match the same words, those of one other label in one finding."""
    by_slot: dict[str, list[_Alternative]] = {}
    for one in dict.fromkeys(alternatives):
        by_slot.setdefault(one.slot, []).append(one)
    groups: dict[tuple[str, ...], list[str]] = {}
    for slot, own in by_slot.items():
        for first, second in combinations(own, 2):
            if first.label == second.label or not (found := _rivalry(first, second)):
                continue
            rule, loser, winner, hint = found
            groups.setdefault((slot, loser.label, rule, loser.text, winner.label, hint), []).append(winner.text)
    for (slot, label, rule, text, other, hint), texts in groups.items():
        yield slot, label, rule, text, f"{other}: {' | '.join(dict.fromkeys(texts))}", hint


def _rivalry(first: _Alternative, second: _Alternative) -> tuple[str, _Alternative, _Alternative, str] | None:
    """Rule, loser, winner and hint for two phrases, the first of which stands first in the lexicon."""
    if first.words == second.words:
        if first.conditions == second.conditions:
            hint = f"it only ever counts as “{first.label}”, whose row stands first; delete one"
        else:
            hint = f"told apart by near and unless only; where both are met it counts as “{first.label}”"
        return "pattern in two labels", second, first, hint
    short, long = sorted((first, second), key=lambda one: len(one.words))
    if not _inside(short.words, long.words):
        return None
    if len(short.words) < len(long.words):
        hint = f"where both match, the longer one wins and the words count as “{long.label}”"
        return "pattern inside a pattern", short, long, hint
    hint = f"where both match, the words count as “{first.label}”, whose row stands first"
    return "patterns overlap", second, first, hint


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Can the short phrase match within words that the long one matches, and not by a bare wildcard alone?"""
    for at in range(len(long) - len(short) + 1):
        pairs = list(zip(short, long[at : at + len(short)], strict=True))
        if all(_same_word_possible(*pair) for pair in pairs) and any(_ANY_WORD not in pair for pair in pairs):
            return True
    return False


@cache
def _same_word_possible(one: str, other: str) -> bool:
    """Is there a word for which both stand? A possessive ending does not make another word."""
    if not set("*?'") & set(one + other):
        return one == other
    return any(_meet(a, b) for a, b in ((one, other), (one + "'s", other), (one, other + "'s")))


def _meet(one: str, other: str) -> bool:
    """Do two words with wildcards have a match in common? Cell (i, j): whether their ends from there on do."""
    below: list[bool] = []
    for i in range(len(one), -1, -1):
        line = [False] * (len(other) + 1)
        for j in range(len(other), -1, -1):
            down, right = i < len(one), j < len(other)
            if not down and not right:
                line[j] = True
            elif down and one[i] == "*":
                line[j] = below[j] or (right and line[j + 1])
            elif right and other[j] == "*":
                line[j] = line[j + 1] or (down and below[j])
            elif down and right:
                line[j] = below[j + 1] and (one[i] == other[j] or "?" in (one[i], other[j]))
        below = line
    return below[0]


def _never_found(alternatives: list[_Alternative], hits: pd.DataFrame) -> Iterator[Finding]:
    found: dict[tuple[str, str], set[str]] = {}
    for slot, label, surface in hits[["slot", "label", "surface"]].drop_duplicates().itertuples(index=False):
        found.setdefault((slot, label), set()).add(surface)
    own = {(one.slot, one.label): one for one in alternatives}
    require_labels(found, own)
    for slot, label in own:
        if (slot, label) not in found:
            yield slot, label, "label never found", "", "", "no pattern of it occurs, or its conditions are never met"
    for one in dict.fromkeys(alternatives):
        surfaces = found.get((one.slot, one.label))
        if surfaces is not None and not any(_finds(one.words, surface) for surface in surfaces):
            hint = "its words do not occur, a longer pattern wins, or its conditions are never met"
            yield one.slot, one.label, "pattern never found", one.text, f"row {one.row}", hint


def _finds(words: tuple[str, ...], surface: str) -> bool:
    terms = surface.split(" ")
    return len(terms) == len(words) and all(word_shape(w).fullmatch(t) for w, t in zip(words, terms, strict=True))
