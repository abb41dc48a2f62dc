"""Timelines: silent is not missing, undated is counted apart, intervals are those of shares and of rates."""

from __future__ import annotations

from io import StringIO
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

import corpus_tools as ct
from corpus_tools.compare.timeline import timeline
from corpus_tools.schema import HITS, TIMELINE, CorpusError, CorpusWarning
from corpus_tools.show.charts.timeline import plot_timeline
from corpus_tools.show.describe.timeline import period_length, timeline_findings


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def corpus(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "date"]).assign(title=None, text="Words.")
    return frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[us]"))


def hits_in(articles: pd.DataFrame, *found: tuple[str, str]) -> pd.DataFrame:
    """One hit of the slot "who" for each ``(article_id, label)``."""
    outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    rows = [
        (name, outlets[name], "who", label, label, 9 * n, 9 * n + 3, 0, "body", "narrator", True)
        for n, (name, label) in enumerate(found)
    ]
    return pd.DataFrame(rows, columns=list(HITS))


# Alpha: hits in January, silent in February, nothing in March, hits in April, one article without a date.
ARTICLES = corpus(
    *((f"a{n}", "Alpha", f"2023-01-{n + 10}") for n in range(6)),
    *((f"f{n}", "Alpha", f"2023-02-{n + 10}") for n in range(5)),
    ("p1", "Alpha", "2023-04-30"),
    ("u1", "Alpha", None),
    ("b1", "Beta", "2023-03-01"),
)
HITS_FOUND = hits_in(
    ARTICLES,
    *((f"a{n}", "police") for n in range(6)),
    *((f"a{n}", "guards") for n in range(3)),
    ("p1", "guards"),
    ("u1", "police"),
    ("u1", "guards"),
)


def row_of(table: pd.DataFrame, outlet: str, period: str | None) -> pd.Series:
    same = table["period"].isna() if period is None else table["period"] == pd.Timestamp(str(period))
    chosen = table[(table["outlet"] == outlet) & same]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_silent_month_is_not_a_missing_one() -> None:
    rates = timeline(HITS_FOUND, ARTICLES)
    silent, missing = row_of(rates, "Alpha", "2023-02-01"), row_of(rates, "Alpha", "2023-03-01")
    assert (silent["value"], silent["value_low"], silent["searched"], silent["note"]) == (0, 0, 5, "")
    assert 0 < silent["value_high"] < 2
    assert np.isnan(missing["value"])
    assert (missing["searched"], missing["note"]) == (0, "no article")
    shares = timeline(HITS_FOUND, ARTICLES, label="police")
    silent, missing = row_of(shares, "Alpha", "2023-02-01"), row_of(shares, "Alpha", "2023-03-01")
    assert np.isnan(silent["value"])
    assert np.isnan(missing["value"])
    assert (silent["note"], silent["searched"]) == ("no hit of the slot", 5)
    assert (missing["note"], missing["searched"]) == ("no article", 0)


def test_every_group_has_the_whole_calendar_and_undated_articles_come_last() -> None:
    table = timeline(HITS_FOUND, ARTICLES, label="police")
    assert list(table.columns) == ["outlet", *TIMELINE]
    months = [f"2023-0{n}-01" for n in range(1, 5)]
    alpha = table[table["outlet"] == "Alpha"]["period"]
    assert alpha.dt.strftime("%Y-%m-%d").tolist()[:4] == months
    assert alpha.isna().tolist() == [False] * 4 + [True]
    assert table[table["outlet"] == "Beta"]["period"].dt.strftime("%Y-%m-%d").tolist() == months
    undated = row_of(table, "Alpha", None)
    assert (undated["hits"], undated["slot_hits"], undated["searched"], undated["value"]) == (1, 2, 1, 0.5)
    assert undated["note"].startswith("articles without a date; no interval")


def test_shares_have_the_interval_of_framing_shares() -> None:
    january = ARTICLES[ARTICLES["article_id"].str.startswith("a")]
    own = HITS_FOUND[HITS_FOUND["article_id"].isin(january["article_id"])]
    expected = ct.framing_shares(own, january).set_index("label").loc["police"]
    found = row_of(timeline(HITS_FOUND, ARTICLES, label="police"), "Alpha", "2023-01-01")
    assert (found["value"], found["hits"], found["slot_hits"]) == (expected["share"], 6, 9)
    assert (found["value_low"], found["value_high"]) == (expected["share_low"], expected["share_high"])
    assert (found["articles"], found["searched"]) == (6, 6)


def test_a_rate_is_hits_of_the_slot_by_articles() -> None:
    found = row_of(timeline(HITS_FOUND, ARTICLES), "Alpha", "2023-01-01")
    assert found["value"] == pytest.approx(1.5)
    assert found["value_low"] < 1.5 < found["value_high"]
    assert pd.isna(found["label"])
    assert found["measure"] == "hits per article"


def test_hits_and_articles_of_all_rows_add_up() -> None:
    for freq in ("day", "week", "month"):
        table = timeline(HITS_FOUND, ARTICLES, freq=freq)
        assert table["slot_hits"].sum() == len(HITS_FOUND)
        assert table["searched"].sum() == len(ARTICLES)


def test_weeks_begin_on_monday_and_days_are_days() -> None:
    weeks = timeline(HITS_FOUND, ARTICLES, freq="week")["period"].dropna()
    assert (weeks.dt.day_of_week == 0).all()
    assert weeks.min() == pd.Timestamp(2023, 1, 9)
    days = timeline(HITS_FOUND, ARTICLES, freq="day")
    assert (days["outlet"] == "Beta").sum() == 111
    assert [period_length(weeks), period_length(days["period"])] == ["week", "day"]


def test_by_voice_every_article_is_searched_in_every_voice() -> None:
    said = HITS_FOUND.assign(voice=["quoted"] * 2 + ["narrator"] * (len(HITS_FOUND) - 2))
    table = timeline(said, ARTICLES, by="voice")
    january = table[table["period"] == pd.Timestamp(2023, 1, 1)].set_index("voice")
    assert january["searched"].tolist() == [6, 6]
    assert january.loc["quoted", "value"] == pytest.approx(2 / 6)
    assert january.loc["narrator", "value"] == pytest.approx(7 / 6)


def test_a_copy_printed_again_changes_no_rate_by_reuse_group() -> None:
    grouped = ARTICLES.assign(reuse_group=ARTICLES["article_id"])
    copy = grouped[grouped["article_id"] == "a0"].assign(article_id="a9")
    both = pd.concat([grouped, copy], ignore_index=True)
    twice = pd.concat([HITS_FOUND, HITS_FOUND[HITS_FOUND["article_id"] == "a0"].assign(article_id="a9")])
    columns = ["value", "value_low", "value_high"]
    for label in (None, "police"):
        once = timeline(HITS_FOUND, grouped, label=label, unit="reuse_group")[columns]
        pd.testing.assert_frame_equal(once, timeline(twice, both, label=label, unit="reuse_group")[columns])


def test_the_same_for_any_order_and_index() -> None:
    odd = ARTICLES.sample(frac=1, random_state=1).set_axis([0] * len(ARTICLES)).astype({"outlet": "category"})
    shuffled = HITS_FOUND.sample(frac=1, random_state=2)
    for label in (None, "guards"):
        expected = timeline(HITS_FOUND, ARTICLES, label=label)
        found = timeline(shuffled, odd, label=label).astype({"outlet": "str"})
        pd.testing.assert_frame_equal(found, expected.astype({"outlet": "str"}))


@pytest.mark.parametrize("unit", ["article_id", "reuse_group"])
@pytest.mark.parametrize("label", [None, "guards"])
def test_categories_numbers_as_ids_and_a_saved_table_change_nothing(label: str | None, unit: str) -> None:
    names = {name: 100 + place for place, name in enumerate(sorted(ARTICLES["article_id"]))}
    articles = ARTICLES.assign(
        article_id=ARTICLES["article_id"].map(names), reuse_group=[*"aaabbb", *"ccc", *[None] * 5]
    )
    hits = HITS_FOUND.assign(article_id=HITS_FOUND["article_id"].map(names))
    expected = timeline(
        hits.astype({"article_id": "str"}), articles.astype({"article_id": "str"}), label=label, unit=unit
    )
    backwards = [
        frame.assign(outlet=pd.Categorical(frame["outlet"].astype("object"), ["Beta", "Alpha"]))
        for frame in (hits.astype({"slot": "category", "label": "category"}), articles)
    ]
    saved = [pd.read_csv(StringIO(frame.to_csv(index=False))) for frame in (hits, articles)]
    mixed = [frame.sample(frac=1, random_state=4).rename_axis("article_id") for frame in (hits, articles)]
    for own_hits, own_articles in ((hits, articles), backwards, saved, mixed):
        found = timeline(own_hits, own_articles, label=label, unit=unit)
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_a_week_over_new_year_is_one_and_one_date_is_one_period() -> None:
    articles = corpus(*((f"n{n}", "A", date) for n, date in enumerate(("2024-12-29", "2024-12-30", "2025-01-05"))))
    weeks = timeline(hits_in(articles, ("n1", "x")), articles, freq="week")
    assert weeks["period"].dt.strftime("%Y-%m-%d").tolist() == ["2024-12-23", "2024-12-30"]
    assert weeks["searched"].tolist() == [1, 2]
    for freq, first in (("day", "2024-12-29"), ("week", "2024-12-23"), ("month", "2024-12-01")):
        one = timeline(hits_in(articles, ("n0", "x")), articles.iloc[:1], freq=freq)
        assert one["period"].tolist() == [pd.Timestamp(first)]


def test_ten_years_without_an_article_are_missing_and_not_silent() -> None:
    articles = corpus(("n0", "A", "2013-12-31"), ("n1", "A", "2024-01-01"))
    months = timeline(hits_in(articles, ("n0", "x")), articles)
    assert len(months) == 122
    assert months["value"].isna().sum() == 120
    assert months["value"].iloc[[0, -1]].tolist() == [1, 0]


def test_articles_without_a_group_are_named_beside_the_groups() -> None:
    articles = ARTICLES.assign(event=["e1"] * 6 + [None] * 8)
    for label in (None, "police"):
        table = timeline(HITS_FOUND, articles, label=label, unit="event")
        note = row_of(table, "Alpha", "2023-01-01")["note"]
        assert note.startswith("no interval: 1 event ")
    undated = row_of(timeline(HITS_FOUND, articles, unit="event"), "Alpha", "2023-04-01")["note"]
    assert undated == "no interval: 1 unit (events, or articles without one) searched, 5 needed"


def test_several_slots_stand_one_after_the_other() -> None:
    other = HITS_FOUND.iloc[:2].assign(slot="act", label="left")
    table = timeline(pd.concat([HITS_FOUND, other]), ARTICLES)
    assert table["slot"].drop_duplicates().tolist() == ["act", "who"]
    assert len(table) == 2 * len(timeline(HITS_FOUND, ARTICLES))
    assert set(timeline(pd.concat([HITS_FOUND, other]), ARTICLES, label="left")["slot"]) == {"act"}


def test_no_hits_give_an_empty_frame_with_the_columns() -> None:
    table = timeline(HITS_FOUND.iloc[:0], ARTICLES)
    assert table.empty
    assert list(table.columns) == ["outlet", *TIMELINE]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"label": "polise"}, "did you mean 'police'"),
        ({"freq": "year"}, "'freq' cannot be 'year'"),
        ({"by": "period"}, "every row of the timeline has anyway"),
        ({"by": "outlets"}, "did you mean 'outlet'"),
        ({"by": []}, "'by' is empty"),
        ({"unit": "event"}, "add_events adds it"),
        ({"confidence": 0}, "between 0 and 1"),
    ],
)
def test_options_that_are_not_allowed(options: dict[str, Any], said: str) -> None:
    with pytest.raises(CorpusError, match=said):
        timeline(HITS_FOUND, ARTICLES, **options)


def test_without_dates_there_is_no_timeline() -> None:
    for undated in (ARTICLES.drop(columns="date"), ARTICLES.assign(date=pd.NaT)):
        with pytest.raises(CorpusError, match="No article has a date"):
            timeline(HITS_FOUND, undated)


def test_a_mistaken_date_does_not_make_an_endless_table() -> None:
    early = ARTICLES.assign(date=ARTICLES["date"].where(ARTICLES["article_id"] != "b1", pd.Timestamp(1700, 1, 1)))
    with pytest.raises(CorpusError, match="freq='month'"):
        timeline(HITS_FOUND, early.assign(date=early["date"].astype("datetime64[us]")), freq="day", by="article_id")


def test_dates_with_a_time_zone_count_by_their_own_day() -> None:
    zoned = ARTICLES.assign(date=(ARTICLES["date"] + pd.Timedelta(hours=23)).dt.tz_localize("Asia/Yerevan"))
    pd.testing.assert_frame_equal(timeline(HITS_FOUND, zoned), timeline(HITS_FOUND, ARTICLES))


# charts and words


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def kinds(ax: Axes) -> list[str]:
    return [str(line.get_gid()) for line in ax.lines]


def test_gaps_stay_open_and_silence_has_a_mark() -> None:
    ax = plot_timeline(timeline(HITS_FOUND, ARTICLES, label="police"))
    assert ax.get_title(loc="left") == "When do they write “police”?"
    assert kinds(ax).count("join") == 0
    # Alpha in February, Beta in March.
    assert kinds(ax).count("silent") == 2
    assert (kinds(ax).count("dot"), kinds(ax).count("greyed"), kinds(ax).count("interval")) == (1, 1, 1)
    texts = written(ax)
    assert {"Alpha", "Beta", "12 articles", "1 article", "Jan", "2023", "0 %", "50 %", "100 %"} <= set(texts)
    assert "1 article has no date and has not been drawn" in texts
    assert not any("not checked" in text for text in texts)


def test_neighbouring_months_are_joined_and_a_silent_rate_is_zero() -> None:
    ax = plot_timeline(timeline(HITS_FOUND, ARTICLES))
    assert ax.get_title(loc="left") == "How often do they speak of the who?"
    assert kinds(ax).count("join") == 1
    assert kinds(ax).count("silent") == 0
    assert kinds(ax).count("dot") == 2


def test_all_panels_have_one_scale() -> None:
    both = pd.concat([HITS_FOUND, *[hits_in(ARTICLES, ("b1", "police"))] * 4])
    ax = plot_timeline(timeline(both, ARTICLES))
    assert written(ax).count("4.0") >= 2
    tops = sorted({float(np.asarray(line.get_ydata())[0]) for line in ax.lines if line.get_gid() == "scale"})
    # Three lines to a panel: the same distances in both.
    assert np.diff(tops[:3]).tolist() == pytest.approx(np.diff(tops[3:]).tolist())


def test_days_without_room_for_numbers_have_strokes() -> None:
    days = timeline(HITS_FOUND, ARTICLES, freq="day")
    ax = plot_timeline(days)
    assert kinds(ax).count("articles") == len(ARTICLES) - 1
    assert {"Jan", "Feb", "Mar", "Apr"} <= set(written(ax))


def test_a_narrow_chart_holds_everything_inside_its_figure() -> None:
    figure = plt.figure(figsize=(3.9, 3))
    table = timeline(HITS_FOUND, ARTICLES, label="police")
    long = table.replace({"outlet": {"Alpha": "The Association of Ferrymen of Upper Oakham Daily Herald"}})
    ax = plot_timeline(long, ax=figure.add_axes((0, 0, 1, 1)))
    figure.canvas.draw()
    whole = figure.bbox
    for text in ax.texts:
        box = text.get_window_extent()
        assert whole.x0 - 1 <= box.x0 < box.x1 <= whole.x1 + 1, text.get_text()
        assert whole.y0 - 1 <= box.y0 < box.y1 <= whole.y1 + 1, text.get_text()


def test_too_low_a_place_beside_other_charts_is_warned_of() -> None:
    figure, axes = plt.subplots(3, 1, figsize=(6, 3))
    with pytest.warns(CorpusWarning, match="make the figure higher"):
        plot_timeline(timeline(HITS_FOUND, ARTICLES), ax=axes[0])
    assert figure.get_figheight() == 3


def test_of_many_groups_those_with_most_articles_are_drawn() -> None:
    outlets = [f"Outlet {n:02d}" for n in range(14)]
    rows = [(f"{o}-{k}", o, "2023-01-02") for n, o in enumerate(outlets) for k in range(n + 1)]
    articles = corpus(*rows)
    ax = plot_timeline(timeline(hits_in(articles, *((row[0], "police") for row in rows)), articles))
    texts = written(ax)
    assert [text for text in texts if text.startswith("Outlet ")] == outlets[2:]
    assert any("12 of 14 groups" in text for text in texts)


def test_names_from_a_corpus_are_no_formulas() -> None:
    table = timeline(HITS_FOUND.replace({"who": "$\\frac{1}{0}$"}), ARTICLES)
    ax = plot_timeline(table.replace({"outlet": {"Alpha": "a_b^c$x$"}}))
    ax.figure.canvas.draw()
    assert "a_b^c$x$" in written(ax)


def test_what_cannot_be_drawn_is_refused() -> None:
    table = timeline(HITS_FOUND, ARTICLES)
    with pytest.raises(CorpusError, match="Two rows"):
        plot_timeline(pd.concat([table, table]))
    with pytest.raises(CorpusError, match="has a period"):
        plot_timeline(table[table["period"].isna()])
    with pytest.raises(CorpusError, match="choose one with slot"):
        plot_timeline(pd.concat([table, table.assign(slot="other")]))
    with pytest.raises(CorpusError, match="no rows"):
        plot_timeline(table.iloc[:0])


def test_findings_tell_silent_from_missing_and_the_ends() -> None:
    told = timeline_findings(timeline(HITS_FOUND, ARTICLES, label="police"))
    assert told[0].startswith(
        "Alpha, “police”: articles in 3 of 4 months, without a hit in 1 of them; 67 % in January 2023"
    )
    assert told[1].startswith("Beta, “police”: articles in 1 of 4 months, without a hit in 1 of them; too few articles")
    assert told[-1] == "1 article has no date and has been counted apart."
    without_slot = timeline(HITS_FOUND.assign(slot=None), ARTICLES)
    assert timeline_findings(without_slot)[0].startswith("Alpha: articles in 3 of 4 months")
    assert plot_timeline(without_slot).get_title(loc="left") == "How often do they use these words?"
    rates = timeline_findings(timeline(HITS_FOUND, ARTICLES))
    assert "highest 1.5 hits per article in January 2023 (interval" in rates[0]
    assert "lowest 0.0 hits per article in February 2023 (interval 0.0 to" in rates[0]


def test_of_several_silent_months_none_is_called_the_lowest() -> None:
    months = pd.date_range("2023-01-01", periods=3, freq="MS")
    ends = [(2.0, 1.0, 3.0), (0.0, 0.0, 0.2), (0.0, 0.0, 0.9)]
    rows = [
        ["A", "", None, month, "hits per article", value, value, value, low, high, 6, 6, "", True]
        for month, (value, low, high) in zip(months, ends, strict=True)
    ]
    told = timeline_findings(pd.DataFrame(rows, columns=["outlet", *TIMELINE]))[0]
    assert "among the lowest 0.0 hits per article in February 2023 (interval 0.0 to 0.20; 6 articles)" in told
