"""Whether the data say that an article may be handed on."""

from __future__ import annotations

import re

import pandas as pd

from corpus_tools.show.markup import one_line

_FREE = re.compile(r"\bCC(?:0|[ -]BY)|\bcreative commons\b|\bpublic domain\b", re.IGNORECASE)


def may_be_handed_on(articles: pd.DataFrame) -> pd.Series:
    """Of which articles does the licence say that anybody may have them whole?

    Parameters
    ----------
    articles : pandas.DataFrame
        With ``licence`` where it is known; what is not said is not allowed.

    Returns
    -------
    pandas.Series
        True where ``licence`` is a Creative Commons one or says "public domain".

    Examples
    --------
    >>> may_be_handed_on(pd.DataFrame({"licence": ["CC BY 4.0", "All rights reserved", None]})).tolist()
    [True, False, False]
    """
    if "licence" not in articles.columns:
        return pd.Series(False, index=articles.index)
    return articles["licence"].map(lambda licence: bool(_FREE.search(one_line(licence)))).astype("bool")
