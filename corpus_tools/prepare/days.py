"""The days of articles, however their dates are typed."""

from __future__ import annotations

from datetime import date as day
from datetime import datetime

import numpy as np
import pandas as pd

from corpus_tools.schema import CorpusError


def article_days(articles: pd.DataFrame) -> pd.Series:
    """The day of each article, in their order and with their index; NaT where unknown or where there is no column.

    Dates may be typed as dates, with a time zone or without, or written year-month-day, as a saved table has them; a
    CorpusError where the column holds something else. A day is that of the stated zone.

    Examples
    --------
    >>> article_days(pd.DataFrame({"date": ["2024-05-03", None]})).dt.day.tolist()
    [3.0, nan]
    """
    if "date" not in articles.columns or articles["date"].isna().all():
        return pd.Series(pd.NaT, index=articles.index, dtype="datetime64[us]")
    dates = articles["date"]
    if not pd.api.types.is_datetime64_any_dtype(dates):
        days = [pd.NaT if missing else _day(date) for date, missing in zip(dates, dates.isna(), strict=True)]
        return pd.Series(days, index=articles.index, dtype="datetime64[us]")
    return dates.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")


def _day(date: object) -> pd.Timestamp:
    if isinstance(date, str) and not date.strip():
        return pd.NaT
    stated: object = date
    if isinstance(date, str):
        try:
            stated = datetime.fromisoformat(date.strip())
        except ValueError:
            stated = None
    if not isinstance(stated, (day, np.datetime64)):
        raise CorpusError(
            f"The column 'date' of the articles holds {str(date)[:40]!r}, no date; use what read_articles returns."
        )
    return pd.Timestamp(stated).tz_localize(None).normalize()
