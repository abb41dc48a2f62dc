"""The days of articles, however their dates are typed."""

from __future__ import annotations

import pandas as pd

from corpus_tools.schema import CorpusError


def article_days(articles: pd.DataFrame) -> pd.Series:
    """The days of the articles, NaT where unknown; a CorpusError where the column holds something else than dates."""
    if "date" not in articles.columns or articles["date"].isna().all():
        return pd.Series(pd.NaT, index=range(len(articles)), dtype="datetime64[us]")
    dates = articles["date"].reset_index(drop=True)
    if dates.dtype == object:
        dates = dates.infer_objects()
    if not pd.api.types.is_datetime64_any_dtype(dates):
        shown = str(dates.dropna().iloc[0])[:40]
        raise CorpusError(
            f"The column 'date' of the articles holds {shown!r}, no date; use what read_articles returns."
        )
    return (dates.dt.tz_localize(None) if dates.dt.tz is not None else dates).dt.normalize()
