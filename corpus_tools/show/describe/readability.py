"""How easily articles and outlets read, in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import READABILITY, READABILITY_MEANS, require_columns
from corpus_tools.show.describe.words import FEW_FOR_INTERVAL, UNITS, to_state, too_few_in_words
from corpus_tools.show.markup import in_sentence, missing, number

_LOWER, _HIGHER = "lower is easier", "higher is easier"
NAMES = {
    "flesch_reading_ease": ("Flesch reading ease", _HIGHER),
    "flesch_kincaid_grade": ("Flesch-Kincaid grade", _LOWER),
    "gunning_fog": ("Gunning fog index", _LOWER),
    "smog_index": ("SMOG index", _LOWER),
    "automated_readability_index": ("Automated readability index", _LOWER),
    "coleman_liau_index": ("Coleman-Liau index", _LOWER),
    "dale_chall_readability_score": ("Dale-Chall score", _LOWER),
    "lix": ("LIX", _LOWER),
    "rix": ("RIX", _LOWER),
    "words_per_sentence": ("Words per sentence", _LOWER),
    "syllables_per_word": ("Syllables per word", _LOWER),
}
READABILITY_METHOD = (
    "Readability formulas were computed with the words, syllables (CMU Pronouncing Dictionary, else hyphenation) and "
    "list of easy words of the Python package textstat, and with sentences found by a Punkt model. Articles of fewer "
    "than 100 words, and those of which fewer than three in four words are in the dictionary or sentences run "
    "together, were left out. The formulas were fitted to English schoolbooks and count the length of words and "
    "sentences, not what makes a text clear."
)
READABILITY_MEANS_METHOD = (
    f"{READABILITY_METHOD} A mean is taken over articles. {UNITS} The interval of a mean is Student's (1908) over "
    "units, with the variance by the jackknife over them (Cochran 1977). Groups with fewer than five carry none. Each "
    "interval is for its own group; groups were not compared. "
    + to_state("the unit (articles)", "the confidence level (95 %)")
)
_TOLD = ("flesch_reading_ease", "words_per_sentence")
_Row = Mapping[Hashable, Any]


def groupings_of_means(means: pd.DataFrame) -> list[str]:
    """The columns by which means are grouped, in their order."""
    return [column for column in means.columns if column not in READABILITY_MEANS]


def written(value: float) -> str:
    """A value of a measure, small ones with two decimals.

    Examples
    --------
    >>> written(52.04), written(1.418)
    ('52.0', '1.42')
    """
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"


def readability_findings(table: pd.DataFrame) -> list[str]:
    """How easily do these articles read, and which of them most and least easily?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``readability`` returned without ``by``, or some of its rows.

    Returns
    -------
    list of str
        A sentence with the median of Flesch's reading ease and its ends; one on articles that were not measured.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = dict.fromkeys(READABILITY, 20.0) | {"article_id": "1", "outlet": "A", "note": ""}
    >>> readability_findings(pd.DataFrame([row]))
    ['1 article has a Flesch reading ease of 20.0 (higher is easier) and 20.0 words per sentence.']
    """
    require_columns(table, "readability", READABILITY)
    known = table.dropna(subset="flesch_reading_ease")
    findings = []
    if len(known) == 1:
        row = known.iloc[0]
        findings.append(
            f"1 article has a Flesch reading ease of {row['flesch_reading_ease']:.1f} (higher is easier) and "
            f"{row['words_per_sentence']:.1f} words per sentence."
        )
    elif len(known):
        ease, length = known["flesch_reading_ease"], known["words_per_sentence"]
        hardest, easiest = (known.loc[place, "article_id"] for place in (ease.idxmin(), ease.idxmax()))
        findings.append(
            f"{number(len(known), 'article')} have a median Flesch reading ease of {ease.median():.1f} (higher is "
            f"easier), from {ease.min():.1f} (article {in_sentence(hardest)}) to {ease.max():.1f} (article "
            f"{in_sentence(easiest)}), and a median of {length.median():.1f} words per sentence."
        )
    reasons = table.loc[table["flesch_reading_ease"].isna(), "note"].astype("str").str.split(":").str[0].value_counts()
    for reason, count in sorted(reasons.items(), key=lambda item: str(item[0])):
        findings.append(f"{number(count, 'article')} not measured: {in_sentence(reason) or 'no reason given'}.")
    return findings


def readability_means_findings(means: pd.DataFrame) -> list[str]:
    """How easily does each group read?

    Parameters
    ----------
    means : pandas.DataFrame
        What ``readability(articles, by=…)`` returned, or some of its rows.

    Returns
    -------
    list of str
        A sentence per group on Flesch's reading ease and the words per sentence, each with interval and articles;
        where the frame holds neither, on all measures that it does hold.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["A", "flesch_reading_ease", 52.0, 49.0, 55.0, 12, 14, ""]
    >>> readability_means_findings(pd.DataFrame([row], columns=["outlet", *READABILITY_MEANS]))
    ['A: Flesch reading ease 52.0 (interval 49.0 to 55.0); 12 of 14 articles.']
    """
    require_columns(means, "readability", READABILITY_MEANS)
    by = groupings_of_means(means)
    told = means[means["measure"].isin(_TOLD)]
    chosen = told if len(told) else means
    grouped = chosen.groupby(by, sort=False, dropna=False) if by else [((), chosen)]
    return [_group(own.to_dict("records"), by) for _, own in grouped]


def _group(rows: list[_Row], by: list[str]) -> str:
    first = rows[0]
    name = ", ".join("unknown" if missing(first[key]) else in_sentence(first[key]) for key in by) or "All"
    said = "; ".join(_measure(row) for row in rows)
    return f"{name}: {said}; {first['articles']:,.0f} of {number(first['searched'], 'article')}."


def _measure(row: _Row) -> str:
    name = NAMES.get(row["measure"], (in_sentence(row["measure"]), ""))[0]
    name = name if row["measure"] != "words_per_sentence" else "words per sentence"
    why = "" if missing(row["note"]) else too_few_in_words(in_sentence(row["note"]))
    if missing(row["mean"]):
        return f"no {name} ({why or 'nothing measured'})"
    if missing(row["mean_low"]) or missing(row["mean_high"]):
        return f"{name} {written(row['mean'])} ({why or FEW_FOR_INTERVAL})"
    return f"{name} {written(row['mean'])} (interval {written(row['mean_low'])} to {written(row['mean_high'])})"
