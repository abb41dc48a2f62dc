"""Does a difference stay under other choices, in plain words: how many combinations agree, which choice alters it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.schema import ROBUSTNESS, require_columns
from corpus_tools.show.describe.verdict import MEANING, NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW, VERDICT_METHOD, verdict
from corpus_tools.show.describe.words import UNITS, between, both_sides, listed, points, reason, to_state
from corpus_tools.show.markup import in_sentence, missing, number

ROBUSTNESS_METHOD = (
    "The difference of the shares was computed anew for every combination of choices that could be defended before "
    "the result was known: whose words are counted, in which part of the article, what is one piece of evidence, "
    "whether only articles on the same event are compared, whether wording shared with another outlet is left out, "
    "whether hits or articles count the same, and which half of the time (a specification curve: Simonsohn, Simmons "
    "and Nelson 2020; a multiverse: Steegen and others 2016). Combinations that count the same hits in the same way "
    f"are one; halves of the time are counted apart. {UNITS} The interval of a difference combines the Wilson (1927) "
    "intervals of both shares, each with its effective number of occurrences from the design effect over units "
    "(variance by the jackknife over units; Cochran 1977, Korn and Graubard 1998) and a t quantile (MOVER; Newcombe "
    "1998, Zou and Donner 2008). No test is made, neither of one combination nor over all, because they share the same "
    f"articles; x of y counts choices and is no probability. {VERDICT_METHOD} Here the interval alone decides. "
    + to_state("the confidence level (95 %)")
)
SAME_ARTICLES = "the combinations share the same articles, so x of y is a count of choices, not a probability"
# In the order in which they are drawn and told.
CHANGES: dict[tuple[str, str], str] = {
    ("voice", "narrator"): "narrator only",
    ("section", "headline and lead"): "headline and lead only",
    ("section", "body"): "body only",
    ("unit", "reuse_group"): "one vote per shared text",
    ("unit", "event"): "events as units",
    ("within", "event"): "within the same events",
    ("copy", "shared left out"): "without shared copy",
    ("estimand", "per_article"): "each article counts the same",
    ("dates", "first half"): "first half of the articles",
    ("dates", "second half"): "second half of the articles",
}
_SAME = "changes nothing against another row"
_NO_ESTIMATE = "no estimate"
# A difference that is smaller is one of rounding.
_TIE = 1e-9
_Row = Mapping[Hashable, Any]


class Count(NamedTuple):
    """How many combinations there are of each kind: x and y of "same sign in x of y" are the first two."""

    same_sign: int
    estimates: int
    interval_only: int
    missing: int
    intervals: int
    beside_zero: int


def robustness_findings(result: pd.DataFrame) -> list[str]:
    """In how many combinations of choices does a difference have the same sign, and which single choice alters it?

    Parameters
    ----------
    result : pandas.DataFrame
        What ``robustness`` returned, several of them put together, or some of the rows.

    Returns
    -------
    list of str
        For every contrast: the plain difference with its interval and articles; how many combinations have its sign,
        of those with an estimate of their own, and how many intervals do not include zero; in how many the difference
        is supported, by the rule of ``describe.verdict`` and the interval alone; which single choices turn
        the sign or have no hit on a side; which could not be varied, and why. The reasons are those of the whole frame.
        Last, that the combinations share the same articles.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> plain = ["all", "all", "article_id", "", "kept", "pooled", "all"]
    >>> row = ["who", "police", "A", "B", *plain, 0, 0.9, 0.2, 0.7, 0.4, 0.86, 12, 11, "", True]
    >>> robustness_findings(pd.DataFrame([row], columns=list(ROBUSTNESS)))[1]
    'The difference has the same sign in 1 of 1 combination of choices; its interval does not include zero.'
    """
    findings = []
    for block in contrasts(result):
        findings += [_plain(block), _signs(block), _verdicts(block), *_alterations(block)]
    return [*findings, f"{SAME_ARTICLES[0].upper()}{SAME_ARTICLES[1:]}."] if findings else []


def contrasts(result: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of each contrast, in the order in which they stand."""
    require_columns(result, "robustness", ROBUSTNESS)
    for _, block in result.groupby(["slot", "label", "target", "reference"], sort=False, dropna=False):
        yield block.reset_index(drop=True)


def plain_row(block: pd.DataFrame) -> _Row | None:
    """The combination that changes nothing; None where somebody has taken it out."""
    rows = block[block["changed"] == 0].to_dict("records")
    return rows[0] if rows else None


def single_changes(block: pd.DataFrame) -> dict[str, _Row]:
    """The combinations that change one choice, by the name of the change."""
    rows = block[block["changed"] == 1].to_dict("records")
    return {name: row for (column, value), name in CHANGES.items() for row in rows if row[column] == value}


def is_beside_zero(rows: pd.DataFrame) -> pd.Series:
    """Where an interval leaves zero out."""
    return (rows["difference_low"] > _TIE) | (rows["difference_high"] < -_TIE)


def sign(difference: float) -> int:
    """1, -1, or 0 for no difference and for none that is known."""
    return 0 if missing(difference) or abs(difference) <= _TIE else int(np.sign(difference))


def estimates(block: pd.DataFrame) -> pd.DataFrame:
    """The rows with a difference, those that differ in `unit` only and give the same one as a single row.

    For those the unit alters the interval and could not have altered the sign. The column `beside_zero` says whether
    every one of their intervals leaves zero out.
    """
    known = block[block["difference"].notna()]
    known = known.assign(_rounded=known["difference"].round(9), beside_zero=is_beside_zero(known))
    alike = [*(column for column in ROBUSTNESS[: ROBUSTNESS.index("changed")] if column != "unit"), "_rounded"]
    every = known.groupby(alike, dropna=False)["beside_zero"].transform("all")
    return known.assign(beside_zero=every).drop_duplicates(alike).drop(columns="_rounded")


def count(block: pd.DataFrame) -> Count:
    """How many combinations of all dates agree with the plain one; no difference at all is not the same sign."""
    plain = plain_row(block)
    own = sign(plain["difference"]) if plain else 0
    whole = of_all_dates(block)
    different, known = estimates(whole), whole[whole["difference"].notna()]
    intervals = different_intervals(known)
    return Count(
        same_sign=sum(sign(value) == own for value in different["difference"]) if own else 0,
        estimates=len(different),
        interval_only=len(known) - len(different),
        missing=len(whole) - len(known),
        intervals=len(intervals),
        beside_zero=int(is_beside_zero(intervals).sum()),
    )


def of_all_dates(block: pd.DataFrame) -> pd.DataFrame:
    """The rows that leave out no half of the time: a half has other articles than the other, so it is told apart."""
    return block[block["dates"] == "all"]


def different_intervals(known: pd.DataFrame) -> pd.DataFrame:
    """The rows with an interval, those that differ in `unit` only and have the same one as a single row."""
    ends = ["difference_low", "difference_high"]
    known = known.dropna(subset=ends)
    alike = [column for column in ROBUSTNESS[: ROBUSTNESS.index("changed")] if column != "unit"]
    return known[~known[[*alike, *ends]].round(9).duplicated()]


def half_words(block: pd.DataFrame) -> str:
    """Same sign in x of y of each half; nothing where there are no halves or the plain one has no sign."""
    plain = plain_row(block)
    own = sign(plain["difference"]) if plain else 0
    told = []
    for half in ("first half", "second half"):
        values = [sign(value) for value in estimates(block[block["dates"] == half])["difference"]]
        if values:
            told.append(f"in {values.count(own)} of {len(values)} of the {half} of the articles")
    return f"Counted apart, by date: the same sign {' and '.join(told)}." if own and told else ""


def sign_words(block: pd.DataFrame) -> str:
    """Same sign in x of y; where the plain one has no sign, how many lie on either side."""
    found, plain = count(block), plain_row(block)
    of = f"of {number(found.estimates, 'combination')}"
    if plain and sign(plain["difference"]):
        return f"same sign in {found.same_sign} {of}"
    signs = [sign(value) for value in estimates(of_all_dates(block))["difference"]]
    return f"above zero in {signs.count(1)}, below in {signs.count(-1)} {of}"


def without_row(block: pd.DataFrame) -> dict[str, str]:
    """Choices that have no row in the table, and why: it says more of some than of others.

    ``robustness`` tries the narrator, the body and weights in any corpus, so one of these counts the same as another
    row if it is absent, mostly the plain one; others also need a column or a frame, which this table does not know of.
    """
    absent = {change: name for change, name in CHANGES.items() if not (block[change[0]] == change[1]).any()}
    return {name: _why_absent(change, absent) for change, name in absent.items()}


def not_varied(block: pd.DataFrame) -> str:
    """The choices without a row, those with one reason together."""
    by_reason: dict[str, list[str]] = {}
    for name, why in without_row(block).items():
        by_reason.setdefault(why, []).append(name)
    told = "; ".join(f"{', '.join(names)} ({why})" for why, names in by_reason.items())
    return f"not varied: {told}" if told else ""


def _why_absent(change: tuple[str, str], absent: Mapping[tuple[str, str], str]) -> str:
    """The reason as far as the rows tell it; where one half or one use of events has a row, the column is there."""
    no_events = {("unit", "event"), ("within", "event")} <= absent.keys()
    no_halves = {("dates", "first half"), ("dates", "second half")} <= absent.keys()
    no_column = "no column event, or " if no_events else ""
    needed = {
        ("section", "headline and lead"): f"too few articles with a hit there, or {_SAME}",
        ("unit", "reuse_group"): "no column reuse_group, or no text with a hit is there twice",
        ("unit", "event"): f"{no_column}one event only, or {_SAME}",
        ("within", "event"): f"{no_column}no event has articles of both sides",
        ("copy", "shared left out"): f"no passages handed over, or {_SAME}",
    }
    if no_halves:
        needed |= {change: "too few dates, or all of one day" for change in absent if change[0] == "dates"}
    return needed.get(change, _SAME)


def _plain(block: pd.DataFrame) -> str:
    row = plain_row(block)
    first = block.iloc[0]
    label, slot = (in_sentence(first[column]) for column in ("label", "slot"))
    name = f'"{label}"' + (f" among the names for {slot}" if slot else "")
    sides = f"{in_sentence(first['target'])} against {in_sentence(first['reference'])}"
    if row is None:
        return f"{sides}, {name}: the plain count is not among these rows."
    articles = both_sides(row)
    if missing(row["difference"]):
        return f"{sides}, {name}: the plain count gives no difference ({reason(row, 'no estimate')}; {articles})."
    return f"{sides}, {name}: {points(100 * row['difference'])} percentage points ({_interval(row)}; {articles})."


def _signs(block: pd.DataFrame) -> str:
    found, plain = count(block), plain_row(block)
    combinations = number(found.estimates, "combination")
    if plain and sign(plain["difference"]):
        agree = f"The difference has the same sign in {found.same_sign} of {combinations} of choices"
    else:
        agree = f"Without a sign to compare with, the combinations are {sign_words(block)} of choices"
    told = f"{agree}; {_over_zero(found)}."
    if found.estimates > 1:
        differences = of_all_dates(block)["difference"]
        low, high = (points(100 * end) for end in (differences.min(), differences.max()))
        told += f" It goes from {low} to {high} points."
    if found.interval_only:
        more = number(found.interval_only, "more combination")
        told += f" Not counted for the sign: {more} that can differ in the interval only."
    if found.missing:
        told += f" {number(found.missing, 'more combination')} without an estimate."
    halves = half_words(block)
    return f"{told} {halves}" if halves else told


def _verdicts(block: pd.DataFrame) -> str:
    """In how many combinations the difference is supported; without a test, because all share the same articles."""
    whole, plain = of_all_dates(block), plain_row(block)
    own = sign(plain["difference"]) if plain else 0
    rows = different_intervals(whole).to_dict("records")
    lacking = int(whole[["difference_low", "difference_high"]].isna().any(axis=1).sum())
    if not rows:
        return f"{TOO_FEW.capitalize()} in every combination." if lacking > 1 else f"{TOO_FEW.capitalize()}."
    signs = [sign(row["difference"]) for row in rows if verdict(row) == SUPPORTED]
    found = verdict(plain) if plain else ""
    first = f"the plain count {'has' if found == TOO_FEW else 'is'} {found}; " if found else ""
    held, combinations = f"{len(signs):,}" if signs else "none", number(len(rows), "combination")
    parts = [
        f"{SUPPORTED} in {held} of {combinations} with an interval{_with_sign(signs, own)}",
        f"{NOT_DISTINGUISHABLE} in {len(rows) - len(signs):,}",
        *([f"{TOO_FEW} in {lacking:,} more"] if lacking else []),
    ]
    told = f"By the interval alone, without a test: {first}{', '.join(parts)}."
    return f"{told} {MEANING}" if signs else told


def _with_sign(signs: list[int], own: int) -> str:
    """Which way the supported differences go."""
    if not signs:
        return ""
    names = {own: "with its sign", -own: "with the other sign"} if own else {1: "above zero", -1: "below"}
    counts = {name: signs.count(way) for way, name in names.items() if way in signs}
    told = ["all" if number == len(signs) > 1 else f"{number:,}" for number in counts.values()]
    return f" ({listed([f'{many} {name}' for many, name in zip(told, counts, strict=True)])})"


def _over_zero(found: Count) -> str:
    """How many intervals leave zero out, in words that fit one, none and all."""
    if not found.intervals:
        return "none has an interval"
    if found.intervals == 1:
        return f"its interval {'does not include' if found.beside_zero else 'includes'} zero"
    if not found.beside_zero:
        return f"all {found.intervals} intervals include zero"
    if found.beside_zero == found.intervals:
        return f"none of the {found.intervals} intervals includes zero"
    do = "does" if found.beside_zero == 1 else "do"
    return f"{found.beside_zero} of the {found.intervals} intervals {do} not include zero"


def _alterations(block: pd.DataFrame) -> Iterator[str]:
    plain, singles = plain_row(block), single_changes(block)
    own = sign(plain["difference"]) if plain else 0
    known = {name: row for name, row in singles.items() if not missing(row["difference"])}
    turned = [
        f"{name} ({points(100 * row['difference'])})" for name, row in known.items() if sign(row["difference"]) != own
    ]
    if own and turned:
        yield f"Changed alone, these choices turn the sign or leave no difference: {'; '.join(turned)}."
    silent = [f"{name} ({reason(row, 'no estimate')})" for name, row in singles.items() if missing(row["difference"])]
    if silent:
        yield f"Changed alone, these give no estimate: {'; '.join(silent)}."
    if told := not_varied(block):
        yield f"{told[0].upper()}{told[1:]}."


def _interval(row: _Row) -> str:
    if missing(row["difference_low"]) or missing(row["difference_high"]):
        return reason(row, _NO_ESTIMATE)
    return between(row)
