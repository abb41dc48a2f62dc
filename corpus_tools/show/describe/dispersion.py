"""Is it one article: where a word stands, in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.schema import DISPERSION, require_columns
from corpus_tools.show.describe.words import quoted_name, to_state
from corpus_tools.show.markup import in_sentence, missing, number

DISPERSION_METHOD = (
    "The articles are the parts of the corpus, or of a group of it where the table has groups. DP is half the sum, "
    "over all articles, of the difference between an article's share of the occurrences of a word and its share of all "
    "words (Gries 2008); DPnorm divides it by one less the smallest share of an article (Lijffijt and Gries 2012); "
    "Juilland's D is computed from rates. The DP that chance gives is the mean if as many occurrences fell into the "
    "articles at random, in proportion to their length. All of this describes these articles: there is no interval and "
    "no test. Words with fewer occurrences than "
    "a chosen number were left out. " + to_state("that number (5)")
)
DISPERSION_LIMIT = "Words of one article are about one subject, so that almost every word is less even than by chance."
_LEADS = 5
_Row = Mapping[Hashable, Any]


def dispersion_findings(table: pd.DataFrame) -> list[str]:
    """Which words stand in few articles, measured by what chance would give?

    Parameters
    ----------
    table : pandas.DataFrame
        What ``dispersion`` returned, or some of its rows.

    Returns
    -------
    list of str
        For every group, or for the whole corpus, one sentence on the five words that are most uneven beyond chance,
        or on all where there are no more: occurrences, articles, occurrences in one article, DP and what chance gives.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> row = ["bus", 14, 900, 3, 20, "a7", 12, 0.9, 0.95, 0.4, 0.2, ""]
    >>> dispersion_findings(pd.DataFrame([row], columns=list(DISPERSION)))
    ['"bus" 14 times in 3 of 20 articles, 12 of them in article a7 (DP 0.90, by chance 0.40).']
    """
    require_columns(table, "dispersion", DISPERSION)
    keys = [column for column in table.columns if column not in DISPERSION]
    findings = []
    groups = table.groupby(keys, sort=False, dropna=False) if keys else [((), table)]
    for names, own in groups:
        beyond = (own["dp"] - own["dp_chance"]).round(9)
        leads = own.assign(_beyond=beyond).sort_values(["_beyond", "term"], ascending=[False, True]).head(_LEADS)
        words = "; ".join(_word(row) for row in leads.to_dict("records"))
        most = "most uneven beyond chance: " if len(own) > _LEADS else ""
        if keys:
            findings.append(f"{', '.join(in_sentence(name) or 'unknown' for name in names)}: {most}{words}.")
        else:
            findings.append(f"{most.capitalize()}{words}.")
    return findings


def _word(row: _Row) -> str:
    times = number(row["count"], "time")
    articles = f"{row['articles']:,.0f} of {number(row['searched'], 'article')}"
    of_them = "" if row["articles"] == 1 else f"{row['largest_count']:,.0f} of them in "
    said = f"{quoted_name(row['term'])} {times} in {articles}, {of_them}article {in_sentence(row['largest_article'])}"
    if not missing(row["note"]) and str(row["note"]).strip():
        return f"{said} ({in_sentence(row['note']).rstrip('.')})"
    return f"{said} (DP {row['dp']:.2f}, by chance {row['dp_chance']:.2f})"
