"""Can the outlets be told apart by their words, in plain words: how many articles of each, beside shuffled outlets."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import ALL_OUTLETS, CLASSIFICATION, GIVE_AWAYS, require_columns
from corpus_tools.show.describe.verdict import NOT_DISTINGUISHABLE, SUPPORTED, TOO_FEW
from corpus_tools.show.describe.words import listed, quoted_name, reason
from corpus_tools.show.markup import in_sentence, missing, number, percent

CLASSIFICATION_METHOD = (
    "A classifier (ridge regression on indicators of the outlets; logarithmic word counts, each article scaled to "
    "length one) guessed the outlet of each article from its words. What it was asked about had been held out: it "
    "learned from articles of other events, and copies of one text were never torn apart; where the table says “day” "
    "or “article”, no events were known. Words of the outlets' names and of the agencies that articles name were left"
    " out, and so were, in the first variant, sentences that recur in several articles of an outlet. The same was "
    "done again after the outlets had changed places at random inside what was held out together (the numbers of "
    "folds (5) and of shuffles (200) are options); p is the share of these arrangements, the true one included, with "
    "a balanced accuracy at least as high (Phipson and Smyth 2010; Ojala and Garriga 2010). Intervals are Wilson's "
    "(1927) with the effective number of articles, events being the units; they take the guesses as they are, and the"
    " confidence level (95 %) is an option. A verdict follows p alone: “supported” below .05, else “not "
    "distinguishable here”; “too few articles” where fewer than two outlets have five."
)
CLASSIFICATION_LIMIT = (
    "That words can be told apart says nothing of stance: house style, length, place names and topics are words, too."
)
GIVE_AWAYS_METHOD = (
    "The weight of a word is how far it moves the held-out articles of the outlet from those of the others towards "
    "being recognised: its coefficient, learned from other events, times the difference of its mean value in both."
)
_LEADS = 6
_LEVEL = 0.05
_Row = Mapping[Hashable, Any]


def classification_findings(scores: pd.DataFrame) -> list[str]:
    """In how many articles can the outlets be told apart by their words?

    Parameters
    ----------
    scores : pandas.DataFrame
        The frame ``scores`` that ``classify_outlets`` returned, or some of its rows.

    Returns
    -------
    list of str
        For every variant a sentence with the articles recognised, the interval, what shuffled outlets reach, p and the
        verdict; then how many of each outlet were recognised; then what must be known.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = dict.fromkeys(CLASSIFICATION, 0.5) | {"sentences": "without recurring", "outlet": "A", "note": ""}
    >>> row |= {"articles": 18, "recognised": 11, "share": 0.61, "held_out": "event", "groups": 9}
    >>> classification_findings(pd.DataFrame([row]))
    ['Without recurring sentences, by outlet: A 11 of 18 articles (61 %, interval 50 % to 50 %).']
    """
    require_columns(scores, "scores", CLASSIFICATION)
    findings = []
    for sentences, own in scores.groupby("sentences", sort=False):
        start = f"{in_sentence(sentences).capitalize()} sentences"
        whole = own[own["outlet"] == ALL_OUTLETS].to_dict("records")
        rows = own[own["outlet"] != ALL_OUTLETS].to_dict("records")
        names = [in_sentence(row["outlet"]) for row in rows if not missing(row["share"])]
        findings += [_whole(row, start, names) for row in whole]
        if told := [_outlet(row) for row in rows if not missing(row["share"])]:
            findings.append(f"{start}, by outlet: {'; '.join(told)}.")
        # What holds for both variants is said once.
        left_out = [
            f"{in_sentence(row['outlet'])}: {reason(row, 'left out')}." for row in rows if missing(row["share"])
        ]
        notes = [f"Note: {part}." for row in whole for part in str(row["note"]).split("; ") if part and not _bare(row)]
        findings += [note for note in (*left_out, *notes) if note not in findings]
    return findings


def give_away_findings(terms: pd.DataFrame) -> list[str]:
    """Which words gave each outlet away?

    Parameters
    ----------
    terms : pandas.DataFrame
        The frame ``terms`` that ``classify_outlets`` returned, or some of its rows.

    Returns
    -------
    list of str
        One sentence per variant and outlet: the words that it uses more and those that it uses less, each with the
        articles of the outlet and of the others that hold it.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["without recurring", "A", 1, "artsakh", "more", 0.02, 16, 1, ""]
    >>> give_away_findings(pd.DataFrame([row], columns=list(GIVE_AWAYS)))
    ['A (without recurring sentences) was told by using "artsakh" (in 16 of its articles, 1 of the others) more.']
    """
    require_columns(terms, "terms", GIVE_AWAYS)
    findings = []
    for (sentences, outlet), own in terms.groupby(["sentences", "outlet"], sort=False):
        leads = own.sort_values("rank", kind="stable").head(_LEADS)
        told = [
            f"{listed([_word(row) for row in part.to_dict('records')])} {use}"
            for use in ("more", "less")
            if len(part := leads[leads["use"] == use])
        ]
        findings.append(
            f"{in_sentence(outlet)} ({in_sentence(sentences)} sentences) was told by using {'; and '.join(told)}."
        )
    return findings


def classification_verdict(row: _Row) -> str:
    """Which of the three verdicts does the row of all outlets get? It follows p alone.

    Examples
    --------
    >>> classification_verdict({"p": 0.005}), classification_verdict({"p": 0.085}), classification_verdict({"p": None})
    ('supported', 'not distinguishable here', 'too few articles')
    """
    if missing(row["p"]):
        return TOO_FEW
    return SUPPORTED if row["p"] < _LEVEL else NOT_DISTINGUISHABLE


def p_words(row: _Row) -> str:
    """p, and whether the shuffles could have shown a smaller one."""
    smallest = (
        "the smallest possible"
        if row["p"] <= row["p_smallest"] + 1e-9
        else f"smallest possible {_short(row['p_smallest'])}"
    )
    return f"p = {_short(row['p'])}, {smallest}"


def _short(p: float) -> str:
    return f"{p:.3f}"


def _bare(row: _Row) -> bool:
    return missing(row["share"])


def _whole(row: _Row, start: str, outlets: list[str]) -> str:
    if missing(row["share"]):
        return f"{start}: {reason(row, 'no article was guessed')} ({TOO_FEW})."
    names = listed(outlets) if 2 <= len(outlets) <= 3 else "the outlets"
    return (
        f"{start}, {names} were recognised by their words in {row['recognised']:,.0f} of "
        f"{number(row['articles'], 'article')} ({percent(row['share'])}{_interval(row)}), held out by "
        f"{in_sentence(row['held_out'])}. Mean over outlets {percent(row['balanced'])}, with shuffled outlets "
        f"{percent(row['balanced_chance'])}; {p_words(row)}. Told apart by their words: {classification_verdict(row)}. "
        f"Naming the largest outlet every time would recognise {percent(row['majority'])} of the articles."
    )


def _interval(row: _Row) -> str:
    if missing(row["share_low"]) or missing(row["share_high"]):
        return ", no interval"
    return f", interval {percent(row['share_low'])} to {percent(row['share_high'])}"


def _outlet(row: _Row) -> str:
    return (
        f"{in_sentence(row['outlet'])} {row['recognised']:,.0f} of {number(row['articles'], 'article')} "
        f"({percent(row['share'])}{_interval(row)})"
    )


def _word(row: _Row) -> str:
    piece = f", {in_sentence(row['note'])}" if str(row["note"]).strip() and not missing(row["note"]) else ""
    return (
        f"{quoted_name(row['term'])} (in {row['articles']:,.0f} of its articles, {row['articles_others']:,.0f} of the "
        f"others{piece})"
    )
