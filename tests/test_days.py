"""Days of articles, however they are typed."""

from __future__ import annotations

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.prepare.days import article_days
from corpus_tools.schema import CorpusError

DAYS = pd.to_datetime(["2024-05-03 23:30", None, "2024-05-04 00:00"])


@pytest.mark.parametrize(
    "dates",
    [DAYS, DAYS.tz_localize("Asia/Baku"), DAYS.astype(object), ["2024-05-03", None, "2024-05-04T10:00:00+04:00"]],
    ids=["dates", "with a zone", "objects", "text"],
)
def test_a_day_is_read_from_any_type(dates: object) -> None:
    days = article_days(pd.DataFrame({"date": dates}, index=[5, 5, 7]))
    assert days.dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2024-05-03", "", "2024-05-04"]
    assert days.index.tolist() == [5, 5, 7]
    assert days.dtype == "datetime64[us]"


@pytest.mark.parametrize("value", ["yesterday", 20240503, True])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(CorpusError, match=f"'date' of the articles holds '{value}', no date"):
        article_days(pd.DataFrame({"date": pd.Series([None, value], dtype="object")}))


def test_no_column_and_no_date_are_unknown() -> None:
    assert article_days(pd.DataFrame({"title": ["a"]})).isna().all()
    assert article_days(pd.DataFrame({"date": [None, None]})).isna().all()


def test_zoned_dates_go_through_every_step() -> None:
    articles = ct.read_sample("strike")
    zoned = articles.assign(date=articles["date"].dt.tz_localize("Asia/Baku"))
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    assert ct.add_events(zoned)["event"].tolist() == ct.add_events(articles)["event"].tolist()
    pd.testing.assert_frame_equal(ct.statements(zoned, voices, tokens), ct.statements(articles, voices, tokens))
    pd.testing.assert_frame_equal(ct.event_grid(zoned), ct.event_grid(articles))
