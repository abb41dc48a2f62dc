"""The finding of a result frame in plain words: what was counted where, how sure, on how many articles."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.schema import CONTRAST, KEYNESS, SHARES, SPEAKERS, VOICE_NAMES, CorpusError, nearest
from corpus_tools.show.describe_speakers import SPEAKERS_METHOD, speaker_findings
from corpus_tools.show.describe_voices import voice_findings
from corpus_tools.show.markup import in_sentence, missing, number, percent

UNCHECKED = "lexicon not checked by hand yet"
DESCRIPTIVE = "a description, not a test"
UNDERSTOOD = {"shares": SHARES, "contrast": CONTRAST, "keyness": KEYNESS, "speakers": SPEAKERS}

_LEADS = 5
_ALT_LENGTH = 900
# Behind an outlet's name, with the verb there; without an outlet, with the verb there.
_VOICES = {
    "narrator": ("in its own words", "writes", "The outlets' own words", "have"),
    "reported": ("in reported speech", "has", "Reported speech", "has"),
    "quoted": ("in quotations", "has", "Quotations", "have"),
}


class Finding(str):
    """Sentences: a paragraph in a notebook, plain text everywhere else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f"<blockquote><p>{escape(self)}</p></blockquote>"


def describe(result: pd.DataFrame, *, methods: bool = False) -> Finding:
    """What does this result say, in words that one could print?

    Parameters
    ----------
    result : pandas.DataFrame
        What ``framing_shares``, ``framing_contrast``, ``keyness`` or ``speakers`` returned, or some of its rows;
        recognised by its columns.
    methods : bool
        ``True`` gives, in place of the finding, a paragraph for one's own write-up: what was counted, and how the
        intervals and tests came about.

    Returns
    -------
    Finding
        A string that a notebook shows as a paragraph: short sentences, the numbers beside every one of them. What was
        counted, never why, and no verdict. For shares, the name with most hits in all is followed through the
        groups, the others are listed after it; shares split by voice give one sentence per outlet, with that name in
        each voice.

    Raises
    ------
    CorpusError
        When the frame is none of the four, or has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> row = ["A", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> shares = pd.DataFrame([row], columns=["outlet", *SHARES])
    >>> describe(shares)
    'A writes "police" in 9 of 10 cases (90 %, interval 60 % to 98 %; 12 of 16 articles have a case).'
    """
    kind = kind_of(result)
    if methods:
        return Finding(_join([_METHODS[kind], *_caveats(kind, result)]))
    return Finding(_join([*_findings(kind, result), *_caveats(kind, result)]))


def alt_text(result: pd.DataFrame) -> str:
    """What should someone hear who cannot see the chart of this result?

    Parameters
    ----------
    result : pandas.DataFrame
        As for :func:`describe`.

    Returns
    -------
    str
        The kind of chart, then the first findings of :func:`describe`; at most about a thousand characters.

    Raises
    ------
    CorpusError
        As for :func:`describe`.

    Examples
    --------
    >>> import pandas as pd
    >>> row = ["A", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    >>> alt_text(pd.DataFrame([row], columns=["outlet", *SHARES]))[:42]
    'Chart of dots with interval lines. A write'
    """
    kind = kind_of(result)
    told: list[str] = []
    for finding in _findings(kind, result):
        if told and len(_join(told)) + len(finding) > _ALT_LENGTH:
            told.append("The table of the same numbers goes on.")
            break
        told.append(finding)
    drawn = "Chart of dots." if kind == "keyness" else "Chart of dots with interval lines."
    return _join([drawn, *told, *_caveats(kind, result)])


def kind_of(result: pd.DataFrame) -> str:
    """Which of the frames that can be described is this: ``shares``, ``contrast``, ``keyness`` or ``speakers``?

    Raises
    ------
    CorpusError
        When it is none of them, or has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> kind_of(pd.DataFrame([range(17)], columns=list(KEYNESS)))
    'keyness'
    """
    if not isinstance(result, pd.DataFrame):
        raise CorpusError(f"A result is a DataFrame, not {type(result).__name__}; understood are {_names()}.")
    for kind, columns in UNDERSTOOD.items():
        if set(columns) <= set(result.columns):
            if result.empty:
                raise CorpusError(f"This {kind} frame has no rows, so there is nothing to show.")
            return kind
    closest = max(UNDERSTOOD, key=lambda kind: len(set(UNDERSTOOD[kind]) & set(result.columns)))
    lacking = next(column for column in UNDERSTOOD[closest] if column not in result.columns)
    raise CorpusError(
        f"Understood are {_names()}; this frame is nearest to {closest!r} but has no column {lacking!r}; "
        f"{nearest(lacking, result.columns)}"
    )


def groupings(shares: pd.DataFrame) -> list[str]:
    """By which columns was this shares frame grouped? They stand before ``slot``.

    Examples
    --------
    >>> import pandas as pd
    >>> groupings(pd.DataFrame(columns=["outlet", "voice", *SHARES]))
    ['outlet', 'voice']
    """
    before = list(shares.columns[: list(shares.columns).index("slot")])
    return [column for column in before if column not in SHARES]


def is_pooled(shares: pd.DataFrame) -> bool:
    """Is each share the hits divided by the hits of the slot, and not a mean over articles?

    Examples
    --------
    >>> import pandas as pd
    >>> is_pooled(pd.DataFrame({"share": [0.5], "hits": [2], "slot_hits": [4]}))
    True
    """
    known = shares[shares["share"].notna() & (shares["slot_hits"] > 0)]
    plain = known["hits"].astype(float) / known["slot_hits"].astype(float)
    return bool(np.allclose(known["share"].astype(float), plain, atol=1e-6))


def all_checked(result: pd.DataFrame) -> bool:
    """Was every label here checked by hand? A missing mark counts as no.

    Examples
    --------
    >>> import pandas as pd
    >>> all_checked(pd.DataFrame({"checked": [True, None]}))
    False
    """
    return all(not missing(mark) and bool(mark) for mark in result["checked"])


def without_reported(shares: pd.DataFrame) -> str:
    """What must be said where a split by voice has no row for reported speech; else nothing.

    Examples
    --------
    >>> frame = pd.DataFrame({"voice": ["narrator", "quoted"], "slot": "who"})
    >>> without_reported(frame)[:28], without_reported(frame.iloc[:1])
    ('no hit in reported speech: i', '')
    """
    # One voice alone was chosen by somebody, and tells nothing of how voices were found.
    voices = set(shares["voice"]) if "voice" in groupings(shares) else set()
    if not {"narrator", "quoted"} <= voices or "reported" in voices:
        return ""
    return "no hit in reported speech: if voices were found by quotation marks alone, narrator includes indirect speech"


def quoted_name(name: object) -> str:
    """A label or a term in quotation marks: it is data, not our word.

    Examples
    --------
    >>> quoted_name("police")
    '"police"'
    """
    return f'"{in_sentence(name)}"'


def reason(row: Mapping[Hashable, Any], otherwise: str) -> str:
    """Why is a number missing in this row: its own note, else what we would say."""
    note = row["note"]
    return otherwise if missing(note) or not str(note).strip() else in_sentence(note).rstrip(".")


def _no_interval(row: Mapping[Hashable, Any]) -> str:
    why = reason(row, "fewer than five articles have a case")
    return why if why.startswith("no interval") else f"no interval: {why}"


def _findings(kind: str, result: pd.DataFrame) -> list[str]:
    told = {"shares": _shares, "contrast": _contrast, "keyness": _keyness, "speakers": speaker_findings}
    return told[kind](result)


def _shares(shares: pd.DataFrame) -> list[str]:
    slots = [part for _, part in shares.groupby("slot", sort=False, dropna=False)]
    findings = []
    for part in slots:
        if len(slots) > 1:
            findings.append(f"Slot {quoted_name(part['slot'].iloc[0])}:")
        findings += _slot_shares(part)
    return findings


def _slot_shares(shares: pd.DataFrame) -> list[str]:
    by, pooled = groupings(shares), is_pooled(shares)
    voices = set(shares["voice"]) if "voice" in by else set()
    if len(voices) > 1 and voices <= set(VOICE_NAMES):
        return voice_findings(shares)
    leading = shares.groupby("label", sort=False)["hits"].sum().idxmax()
    groups = shares.groupby(by, sort=False, dropna=False) if by else [((), shares)]
    findings = []
    for _, group in groups:
        rows: list[dict[Hashable, Any]] = group.to_dict("records")
        rows.sort(key=lambda row: row["label"] != leading)
        findings.append(_share(rows[0], by, pooled))
        others = ", ".join(f"{quoted_name(row['label'])} {row['hits']:g}" for row in rows[1:])
        if others and rows[0]["slot_hits"] > 0:
            findings.append(f"The other names there: {others}.")
    return findings


def _share(row: Mapping[Hashable, Any], by: list[str], pooled: bool) -> str:
    (subject, verb), searched = _subject(row, by), number(row["searched"], "article")
    if missing(row["share"]):
        return f"{subject.rstrip(',')}: no case in {searched} searched ({reason(row, 'no hit of the slot')})."
    cases = f"{row['hits']:g} of {number(row['slot_hits'], 'case')}"
    if missing(row["share_low"]) or missing(row["share_high"]):
        interval = _no_interval(row)
        between = "; "
    else:
        interval = f"interval {percent(row['share_low'])} to {percent(row['share_high'])}"
        between = ", "
    share = percent(row["share"]) + ("" if pooled else ", articles weighted")
    have = "has" if row["articles"] == 1 else "have"
    return (
        f"{subject} {verb} {quoted_name(row['label'])} in {cases} "
        f"({share}{between}{interval}; {row['articles']:g} of {searched} {have} a case)."
    )


def _subject(row: Mapping[Hashable, Any], by: list[str]) -> tuple[str, str]:
    """Who or what has the case, and the verb to it: an outlet writes, a quotation has."""
    parts = [f"{column} {in_sentence(row[column]) or 'unknown'}" for column in by if column not in ("outlet", "voice")]
    rest = ", ".join(parts)
    voice = str(row["voice"]) if "voice" in by else ""
    unknown = (f"voice {in_sentence(voice)}", "has", f"Voice {in_sentence(voice)}", "has")
    aside, verb, alone, verb_alone = _VOICES.get(voice, unknown)
    if "outlet" in by:
        name = (in_sentence(row["outlet"]) or "An unknown outlet") + (f" ({rest})" if rest else "")
        return (f"{name}, {aside},", verb) if voice else (name, "writes")
    if voice:
        return alone + (f" ({rest})" if rest else ""), verb_alone
    return (rest[:1].upper() + rest[1:], "has") if rest else ("The corpus", "has")


def _contrast(contrast: pd.DataFrame) -> list[str]:
    return [_difference(row) for row in contrast.to_dict("records")]


def _difference(row: Mapping[Hashable, Any]) -> str:
    target, reference, label = in_sentence(row["target"]), in_sentence(row["reference"]), quoted_name(row["label"])
    articles = f"{row['articles_target']:g} and {row['articles_reference']:g} articles"
    if missing(row["difference"]):
        return f"{target} and {reference}, {label}: no difference to give ({reason(row, 'no hits')}; {articles})."
    shares = f"{percent(row['share_target'])} against {percent(row['share_reference'])} of cases"
    if missing(row["difference_low"]) or missing(row["difference_high"]):
        return (
            f"Too few articles to compare {target} with {reference} ({_no_interval(row)}). "
            f"In these articles {label} makes up {shares}."
        )
    points = 100 * row["difference"]
    measured = f"{shares}, a difference of {signed(points)} percentage points ({_uncertainty(row)}; {articles})"
    if points == 0:
        return f"{target} writes {label} as often as {reference}: {measured}."
    if row["difference_low"] <= 0 <= row["difference_high"]:
        conflict = (
            " The test by itself speaks for a difference, the interval leaves it open." if row["p"] < 0.05 else ""
        )
        return (
            f"These articles do not tell {target} and {reference} apart in {label}: {measured}. "
            f"The interval includes 0, so either could be the higher one.{conflict}"
        )
    how = "more often than" if points > 0 else "less often than"
    return f"{target} writes {label} {how} {reference}: {measured}."


def _uncertainty(row: Mapping[Hashable, Any]) -> str:
    parts = [f"interval {signed(100 * row['difference_low'])} to {signed(100 * row['difference_high'])}"]
    if not missing(row["p"]):
        parts.append("p < 0.001" if row["p"] < 0.001 else f"p = {row['p']:.2g}")
    parts.append(reason(row, ""))
    return "; ".join(part for part in parts if part)


def signed(points: float) -> str:
    """How are percentage points written, with their sign?

    Examples
    --------
    >>> signed(70.2), signed(-3), signed(0.2)
    ('+70', '−3', '0')
    """
    whole = round(points)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def _keyness(keyness: pd.DataFrame) -> list[str]:
    findings = []
    for (target, reference), rows in keyness.groupby(["target", "reference"], sort=False):
        ordered = rows.sort_values("log_odds_z", ascending=False, kind="stable")
        more = ordered[ordered["log_odds_z"] > 0].head(_LEADS)
        less = ordered[ordered["log_odds_z"] < 0].tail(_LEADS)[::-1]
        for part, one, other in ((more, target, reference), (less, reference, target)):
            if not part.empty:
                words = "; ".join(_term(row) for row in part.to_dict("records"))
                findings.append(f"More in {in_sentence(one)} than in {in_sentence(other)}: {words}.")
        findings.append(f"Numbers are occurrences in {in_sentence(target)} and in {in_sentence(reference)}.")
    return findings


def _term(row: Mapping[Hashable, Any]) -> str:
    rates = f"{row['per_million_target']:,.0f} and {row['per_million_reference']:,.0f} per million words"
    articles = f"{row['articles_target']:g} and {row['articles_reference']:g} articles"
    return f"{quoted_name(row['term'])} {row['count_target']:g} and {row['count_reference']:g} ({rates}; {articles})"


def _caveats(kind: str, result: pd.DataFrame) -> list[str]:
    if kind == "speakers":
        return []
    if kind == "keyness":
        return [f"This is {DESCRIPTIVE}: words of one article hang together, and the scores count each on its own."]
    notes = [without_reported(result) if kind == "shares" else "", "" if all_checked(result) else UNCHECKED]
    return [f"Please note: {note}." for note in notes if note]


def _join(sentences: list[str]) -> str:
    return " ".join(sentences)


def _names() -> str:
    return "the frames of framing_shares, framing_contrast, keyness and speakers"


_SHARE_METHOD = (
    "Each occurrence of a name that the lexicon lists for the slot was counted once; the longest name wins where two "
    "overlap. A share is the number of occurrences of one name divided by those of all names of the slot in the group, "
    "pooled over its articles unless the table says otherwise; articles without an occurrence say nothing about it."
)
_METHODS = {
    "speakers": SPEAKERS_METHOD,
    "shares": (
        f"{_SHARE_METHOD} Intervals are Wilson's (1927), computed with the effective number of occurrences: the "
        "number divided by the design effect over articles (variance linearised over articles; Cochran 1977, Korn and "
        "Graubard 1998), and with a t quantile in place of the normal one, because occurrences within one article "
        "resemble each other. Groups in which fewer than five articles have an occurrence carry no interval."
    ),
    "contrast": (
        f"{_SHARE_METHOD} A difference is the share in the target minus the share in the reference. Its interval "
        "combines the Wilson intervals of both shares, each with its effective number of occurrences from the design "
        "effect over articles and a t quantile, by the method of variance estimates recovery (MOVER; Newcombe 1998, "
        "Zou and Donner 2008). p is two-sided and comes from a permutation of the outlet labels over articles with a "
        "studentised statistic (Janssen 1997); the smallest p that the permutations can reach stands beside it. Where "
        "fewer than five articles of a side have an occurrence there is neither interval nor p."
    ),
    "keyness": (
        "Occurrences of each term were counted in all articles of the target and of the reference and set against the "
        "number of words there. The log ratio is the binary logarithm of the ratio of the two rates (Hardie 2014); G² "
        "is the signed log-likelihood ratio; the log-odds ratio carries a Dirichlet prior, the counts of all groups "
        "together unless another was given, and z is the ratio divided by its standard deviation (Monroe, Colaresi "
        "and Quinn 2008). All of them pool words over articles as if each word stood alone."
    ),
}
