"""Who gets to speak, in plain words: the speakers with most words in each outlet, and what goes to nobody by name."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import SPEAKERS, require_columns
from corpus_tools.show.describe.words import UNITS, bare, listed, reason, to_state
from corpus_tools.show.markup import in_sentence, missing, number, percent

SPEAKERS_METHOD = (
    "Stretches in quotation marks and stretches of reported speech were found by rules, and with them who is named as "
    "their speaker. Written forms of one name were merged by simple rules that are logged for every stretch; where two "
    "names fit, none was chosen. A share is the number of words in the stretches of a speaker divided by the words in "
    "all such stretches of the outlet; words for which nobody is named stay in the sum. "
    f"{UNITS} Intervals are Wilson's (1927), computed with the effective number of words: the number divided by the "
    "design effect over units (variance by the jackknife over units; Cochran 1977, Korn and Graubard 1998), and with a "
    "t quantile in place of the normal one. Outlets with fewer than five units that hold such words carry no interval. "
    "Each interval is for its own row; speakers and outlets were not compared. "
    + to_state("the unit (articles)", "the confidence level (95 %)")
)
_LEADS = 3
_ROUNDING = 1e-6
_Row = Mapping[Hashable, Any]


def speaker_findings(table: pd.DataFrame) -> list[str]:
    """Who is given most words in each outlet, and how many go to nobody by name?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``speakers`` returned, or some of its rows.

    Returns
    -------
    list of str
        For every outlet a sentence about the three speakers with most words, each with words, share, interval and
        articles; then one about the words that nobody is named for. Where the frame lacks rows of an outlet, the
        sentence says that it is about these rows only.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = dict.fromkeys(SPEAKERS, 0.0) | {"outlet": "A", "speaker": "the union", "note": "", "share": 1.0}
    >>> row |= {"words": 40.0, "quoted": 30.0, "articles": 6.0, "searched": 9.0, "share_low": 0.6, "share_high": 1.0}
    >>> speaker_findings(pd.DataFrame([row]))[0]
    'A gives most words to the union (40 words, 30 of them quoted; 100 %, interval 60 % to 100 %; 6 of 9 articles).'
    """
    require_columns(table, "speakers", SPEAKERS)
    findings = []
    for outlet, own in table.groupby("outlet", sort=False, dropna=False):
        name = in_sentence(outlet) or "An unknown outlet"
        spoken = own[own["words"].notna()]
        if spoken.empty:
            findings.append(f"{name}: {reason(own.to_dict('records')[0], 'nobody speaks')}.")
            continue
        rows = spoken.sort_values("words", ascending=False, kind="stable")
        if not rows["words"].any():
            findings.append(f"{name}: {_wordless(own)}.")
            continue
        leads = rows[rows["speaker"].notna() & (rows["words"] > 0)].head(_LEADS)
        named = [_speaker(row) for row in leads.to_dict("records")]
        if named:
            findings.append(f"{name} gives most words{_of_these(rows, leads)} to {listed(named)}.")
        for row in rows[rows["speaker"].isna()].to_dict("records"):
            findings.append(f"{'There' if named else name + ':'} {_nobody(row)}.")
    return findings


def _wordless(own: pd.DataFrame) -> str:
    return f"no word in {'these stretches' if own['share'].notna().any() else 'the stretches of the outlet'}"


def _of_these(rows: pd.DataFrame, leads: pd.DataFrame) -> str:
    """Speakers who are not among the rows may be given more, up to what the shares leave over."""
    others = 1 - rows["share"].sum() - _ROUNDING
    return ", of the speakers in these rows," if others > leads["share"].min() else ""


def _speaker(row: _Row) -> str:
    quoted = "all" if row["quoted"] == row["words"] else f"{row['quoted']:,.0f}" if row["quoted"] else "none"
    words = f"{number(row['words'], 'word')}, {quoted} of them quoted" if row["words"] != 1 else _one_word(row)
    articles = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    return f"{in_sentence(row['speaker'])} ({words}; {_share(row)}; {articles})"


def _one_word(row: _Row) -> str:
    return f"1 word, {'' if row['quoted'] else 'not '}quoted"


def _share(row: _Row) -> str:
    if missing(row["share"]):
        return reason(row, "no share")
    if missing(row["share_low"]) or missing(row["share_high"]):
        return f"{percent(row['share'])}, {bare(row, 'fewer than five hold such words')}"
    return f"{percent(row['share'])}, interval {percent(row['share_low'])} to {percent(row['share_high'])}"


def _nobody(row: _Row) -> str:
    share = "" if missing(row["share"]) else f" ({percent(row['share'])})"
    verb = "goes" if row["words"] == 1 else "go"
    return f"{number(row['words'], 'word')}{share} {verb} to nobody by name"
