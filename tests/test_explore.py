"""The explorers without a browser: what is chosen is what a plain call on the same frames gives."""

from __future__ import annotations

import asyncio
import datetime
import sys
import time
from collections.abc import Iterator

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.inference import estimate_rate
from corpus_tools.compare.word_rates import word_rates
from corpus_tools.schema import HITS, CorpusError
from corpus_tools.show.explore import waiting
from corpus_tools.show.explore.framing import FramingExplorer
from corpus_tools.show.explore.words import WordExplorer, rate_plan

SLOT = "the stoppage"
EVIL = "<img src=x onerror=alert(1)>"


class Frames:
    """One corpus, read once."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.articles = articles
        self.voices = ct.find_voices(articles)
        self.tokens = ct.tokenize(articles, self.voices)
        self.hits = ct.find_hits(self.tokens, ct.read_lexicon("strike"))

    def framing(self, **options: object) -> FramingExplorer:
        return ct.explore_framing(self.articles, self.voices, self.hits, **options)

    def words(self, pattern: str) -> WordExplorer:
        return ct.explore_words(self.articles, self.voices, self.tokens, pattern=pattern)


@pytest.fixture(scope="module")
def strike() -> Frames:
    return Frames(ct.read_articles("strike"))


@pytest.fixture(autouse=True)
def no_figure_stays_open() -> Iterator[None]:
    yield
    assert plt.get_fignums() == []


def status(explorer: FramingExplorer | WordExplorer) -> str:
    return explorer._status.value


def everything(part: widgets.Widget) -> Iterator[widgets.Widget]:
    yield part
    for child in getattr(part, "children", ()):
        yield from everything(child)


# the explorer of names


def test_at_first_the_slot_of_most_articles_is_drawn_for_all(strike: Frames) -> None:
    explorer = strike.framing()
    slot = explorer.slot.value
    in_articles = strike.hits.groupby("slot")["article_id"].nunique()
    assert in_articles[slot] == in_articles.max()
    plain = ct.framing_shares(strike.hits[strike.hits["slot"] == slot], strike.articles)
    pd.testing.assert_frame_equal(explorer.result, plain)
    assert "<svg" in explorer._chart.value


def test_what_is_chosen_is_what_a_plain_call_on_the_same_frames_gives(strike: Frames) -> None:
    explorer = strike.framing(slot=SLOT)
    outlets = sorted(strike.articles["outlet"].unique())[:2]
    first = strike.articles["date"].min() + pd.Timedelta(days=1)
    explorer.controls.outlets.value = outlets
    explorer.controls.voice.value = "narrator"
    explorer.controls.section.value = "body"
    explorer.controls.first.value = first.date()
    articles = strike.articles[strike.articles["outlet"].isin(outlets) & (strike.articles["date"] >= first)]
    hits = strike.hits[
        (strike.hits["slot"] == SLOT)
        & (strike.hits["voice"] == "narrator")
        & (strike.hits["section"] == "body")
        & strike.hits["article_id"].isin(articles["article_id"])
    ]
    assert 0 < len(hits) < (strike.hits["slot"] == SLOT).sum()
    pd.testing.assert_frame_equal(explorer.result, ct.framing_shares(hits, articles))
    assert f"{len(hits)} hits in {hits['article_id'].nunique()} of {len(articles)} articles" in status(explorer)


def test_the_unit_of_the_intervals_can_be_chosen_where_there_is_one(strike: Frames) -> None:
    assert [unit for _, unit in strike.framing().unit.options] == ["article_id", "event"]
    explorer = strike.framing(slot=SLOT)
    explorer.unit.value = "event"
    own = strike.hits[strike.hits["slot"] == SLOT]
    pd.testing.assert_frame_equal(explorer.result, ct.framing_shares(own, strike.articles, unit="event"))


def test_without_dates_events_or_titles_it_works_and_offers_neither(strike: Frames) -> None:
    bare = Frames(strike.articles.assign(date=pd.NaT, title=None)[["article_id", "outlet", "date", "title", "text"]])
    explorer = bare.framing()
    labels = [getattr(part, "description", "") for part in everything(explorer)]
    assert "From" not in labels
    assert "Intervals over" not in labels
    assert len(explorer.result)


def test_one_article_is_enough(strike: Frames) -> None:
    one = Frames(strike.articles.head(1))
    assert one.framing().result["searched"].unique().tolist() == [1]
    assert one.words("the").result["searched"].tolist() == [1]


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        (lambda c: setattr(c.outlets, "value", ()), "No outlet is chosen"),
        (lambda c: setattr(c.first, "value", datetime.date(2199, 1, 1)), "is from 2199-01-01 on"),
        (lambda c: setattr(c.last, "value", datetime.date(1999, 1, 1)), "is up to 1999-01-01"),
    ],
)
def test_an_empty_choice_says_in_words_what_is_missing(strike: Frames, choose, said: str) -> None:
    explorer = strike.framing()
    choose(explorer.controls)
    assert said in status(explorer)
    assert explorer._chart.value == ""
    assert explorer.result.empty
    assert [len(frame) for frame in explorer.chosen] == [0, 0]
    assert explorer.lines._list.layout.display == "none"


def test_days_the_wrong_way_round_are_named(strike: Frames) -> None:
    explorer = strike.framing()
    explorer.controls.first.value = datetime.date(2024, 1, 2)
    explorer.controls.last.value = datetime.date(2024, 1, 1)
    assert "The first day lies after the last day" in status(explorer)


def test_a_choice_without_a_hit_says_how_many_articles_were_searched_and_recovers(strike: Frames) -> None:
    hits = strike.hits[strike.hits["voice"] != "quoted"]
    explorer = ct.explore_framing(strike.articles, strike.voices, hits)
    drawn = explorer._chart.value
    explorer.controls.voice.value = "quoted"
    assert f"{len(strike.articles)} articles searched" in status(explorer)
    assert explorer._chart.value == ""
    explorer.controls.voice.value = ""
    assert explorer._chart.value == drawn


def test_articles_without_a_date_are_counted_when_days_are_chosen(strike: Frames) -> None:
    dates = strike.articles["date"].where(np.arange(len(strike.articles)) >= 3)
    explorer = ct.explore_framing(strike.articles.assign(date=dates), strike.voices, strike.hits)
    assert "without a date" not in status(explorer)
    explorer.controls.first.value = datetime.date(1990, 1, 1)
    assert "3 articles without a date left out" in status(explorer)


def test_a_slot_that_is_not_there_is_named_with_the_nearest(strike: Frames) -> None:
    with pytest.raises(CorpusError, match="the stoppage"):
        strike.framing(slot="the stopage")
    with pytest.raises(CorpusError, match="no slot"):
        ct.explore_framing(strike.articles, strike.voices, strike.hits.iloc[:0])


# the lines


def test_each_row_of_the_chart_leads_to_its_lines(strike: Frames) -> None:
    explorer = strike.framing(slot=SLOT)
    counted = explorer.result[explorer.result["hits"] > 0].reset_index(drop=True)
    assert len(explorer.lines.which.options) == len(counted) + 1
    for place, row in counted.iterrows():
        explorer.lines.which.value = place + 1
        lines = ct.kwic(*explorer.chosen, row=row)
        pd.testing.assert_frame_equal(explorer.lines.shown, lines.head(10))


def test_lines_come_in_pages_and_the_buttons_know_the_ends(strike: Frames) -> None:
    lines = strike.words("the").lines
    whole = ct.kwic(strike.articles, ct.find_phrase(strike.tokens, "the"))
    assert (lines.earlier.disabled, lines.later.disabled) == (True, False)
    lines.later.click()
    pd.testing.assert_frame_equal(lines.shown, whole.iloc[10:20].reset_index(drop=True))
    for _ in range(len(whole) // 10 - 1):
        lines.later.click()
    assert (lines.earlier.disabled, lines.later.disabled) == (False, True)
    rest = [row.layout.display != "none" for row in lines._lines]
    assert sum(rest) == len(lines.shown) == (len(whole) - 1) % 10 + 1


def test_a_line_opens_its_article_with_the_rivals_marked_and_leads_back(strike: Frames) -> None:
    explorer = strike.framing(slot=SLOT)
    explorer.controls.voice.value = "quoted"
    explorer.lines.which.value = 1
    lines = explorer.lines
    opened = lines.shown["article_id"].iloc[0]
    lines.buttons[0].click()
    own = strike.hits[strike.hits["slot"] == SLOT]
    assert lines._article.outputs[0]["data"]["text/html"] == (
        ct.show_article(strike.articles, strike.voices, own, opened).html
    )
    assert (lines._list.layout.display, lines._reader.layout.display) == ("none", None)
    lines.back.click()
    assert (lines._list.layout.display, lines._reader.layout.display) == (None, "none")


def test_the_number_whose_lines_are_read_stays_chosen_while_it_is_there(strike: Frames) -> None:
    explorer = strike.framing(slot=SLOT)
    explorer.lines.which.value = 2
    chosen = explorer.lines.which.label.split(" (")[0]
    explorer.controls.section.value = "body"
    assert explorer.lines.which.label.split(" (")[0] == chosen
    outlet = chosen.split(" · ")[0]
    explorer.controls.outlets.value = [name for _, name in explorer.controls.outlets.options if name != outlet]
    assert explorer.lines.which.value == 0


# the explorer of words


def test_rates_are_hits_over_words_with_the_interval_over_articles(strike: Frames) -> None:
    hits = ct.find_phrase(strike.tokens, "strike*")
    rates = word_rates(hits, strike.tokens, strike.articles).set_index("outlet")
    for outlet, own in strike.articles.groupby("outlet"):
        ids = own["article_id"].astype(str)
        words = strike.tokens["article_id"].astype(str).value_counts().reindex(ids).to_numpy(float)
        counts = hits["article_id"].value_counts().reindex(ids, fill_value=0).to_numpy(float)
        row = rates.loc[outlet]
        assert row["per_million"] == pytest.approx(1e6 * counts.sum() / words.sum())
        assert (row["articles"], row["searched"]) == ((counts > 0).sum(), len(own))
        low, high = (1e6 * end for end in estimate_rate(counts, words, confidence=0.95)[1:])
        assert (row["per_million_low"], row["per_million_high"]) == pytest.approx((low, high), nan_ok=True)
        assert (row["note"] == "") == (len(own) >= 5)


def test_the_rate_in_a_voice_is_counted_on_the_words_of_that_voice(strike: Frames) -> None:
    explorer = strike.words("strike*")
    explorer.controls.voice.value = "quoted"
    tokens = strike.tokens[strike.tokens["voice"] == "quoted"]
    hits = ct.find_phrase(strike.tokens, "strike*")
    plain = word_rates(hits[hits["voice"] == "quoted"], tokens, strike.articles)
    pd.testing.assert_frame_equal(explorer.result, plain)
    assert explorer.result["words"].sum() == len(tokens)


def test_hits_of_other_articles_are_refused(strike: Frames) -> None:
    hits = ct.find_phrase(strike.tokens, "strike*")
    with pytest.raises(CorpusError, match="not among the articles"):
        word_rates(hits, strike.tokens, strike.articles.iloc[1:])


def test_outlets_without_a_word_in_the_choice_have_no_rate_and_say_so(strike: Frames) -> None:
    rates = word_rates(strike.hits.iloc[:0], strike.tokens.iloc[:0], strike.articles)
    assert rates["per_million"].isna().all()
    assert set(rates["note"]) == {"no word in this choice"}
    rate_plan(rates, "x")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("", "Type a word"), ("cease|", "part without a word"), ("x" * 201, "201 characters"), ("!?", "")],
)
def test_a_pattern_that_cannot_be_searched_is_explained(strike: Frames, pattern: str, said: str) -> None:
    explorer = strike.words("strike*")
    explorer.pattern.value = pattern
    assert said in status(explorer)
    if said:
        assert (explorer._chart.value, len(explorer.result)) == ("", 0)


def test_a_word_that_never_occurs_has_a_rate_of_none_and_no_lines(strike: Frames) -> None:
    explorer = strike.words("zebra")
    assert explorer.result["per_million"].tolist() == [0.0] * len(explorer.result)
    assert "0 hits in 0 of 14 articles" in status(explorer)
    assert explorer.lines._list.layout.display == "none"


def test_a_pattern_that_is_everything_draws_and_shows_one_page(strike: Frames) -> None:
    explorer = strike.words("*")
    assert explorer.result["per_million"].tolist() == pytest.approx([1e6] * len(explorer.result))
    assert len(explorer.lines.shown) == 10


def test_typing_is_searched_once_when_it_stops_and_at_once_on_enter(strike: Frames) -> None:
    async def typed() -> tuple[list[str], str]:
        explorer, seen = strike.words("drivers"), []
        explorer._status.observe(lambda change: seen.append(change["new"]), names="value")
        for length in range(1, 7):
            explorer.pattern.value = "strike"[:length]
        before = list(seen)
        await asyncio.sleep(0.5)
        assert before == []
        explorer.pattern.value = "union"
        explorer.pattern._handle_custom_msg({"event": "submit"}, [])
        return seen, status(explorer)

    seen, last = asyncio.run(typed())
    assert len(seen) == 2
    assert "“strike”" in seen[0]
    assert "“union”" in last


# what both share


def test_every_control_has_a_visible_label(strike: Frames) -> None:
    for explorer in (strike.framing(), strike.words("strike*")):
        parts = list(everything(explorer))
        controls = [
            part for part in parts if isinstance(part, (widgets.Dropdown, widgets.SelectMultiple, widgets.Text))
        ]
        controls += [part for part in parts if isinstance(part, (widgets.DatePicker, widgets.Button))]
        assert len(controls) > 15
        assert all(part.description for part in controls if part.layout.display != "none" and _seen(part, parts))
        assert all(part.tabbable is not False for part in controls)


def _seen(part: widgets.Widget, parts: list[widgets.Widget]) -> bool:
    return not any(part in getattr(box, "children", ()) and box.layout.display == "none" for box in parts)


def test_the_status_is_a_live_region_of_the_page(strike: Frames) -> None:
    explorer = strike.framing()
    assert "ct-status" in explorer._status._dom_classes
    script = explorer.children[-1].outputs[0]["data"]["text/html"]
    assert "aria-live" in script
    assert ".ct-status" in script


def test_where_there_are_no_widgets_the_text_says_to_open_jupyterlab(strike: Frames) -> None:
    explorer = strike.framing()
    shown = explorer._repr_mimebundle_()
    assert "open the notebook in JupyterLab" in shown["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_what_a_corpus_holds_stays_text(strike: Frames) -> None:
    named = {name: f"{EVIL}{place}" for place, name in enumerate(strike.articles["outlet"].unique())}
    articles = strike.articles.assign(outlet=strike.articles["outlet"].map(named))
    articles["article_id"] = EVIL + articles["article_id"].astype("str")
    articles["text"] = articles["text"].str.replace("strike", f"strike {EVIL}", regex=False)
    frames = Frames(articles)
    frames.hits["label"] = EVIL + frames.hits["label"]
    frames.hits["slot"] = EVIL + frames.hits["slot"]
    explorers = [frames.framing(), frames.words("strike*"), frames.words(EVIL)]
    for explorer in explorers:
        explorer.lines.buttons[0].click()
        pages = [part.value for part in everything(explorer) if isinstance(part, widgets.HTML)]
        pages.append(explorer.lines._article.outputs[0]["data"]["text/html"])
        assert any("&lt;img" in page for page in pages)
        assert not any("<img" in page for page in pages)


def test_labels_beside_controls_are_never_read_as_html(strike: Frames) -> None:
    parts = [*everything(strike.framing()), *everything(strike.words("strike*"))]
    assert not any(getattr(part, "description_allow_html", False) for part in parts)


def test_without_ipywidgets_the_extra_is_named(strike: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("corpus_tools.show.explore.") or name.split(".")[0] == "ipywidgets":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    for call in (strike.framing, lambda: strike.words("a")):
        with pytest.raises(CorpusError, match="extra 'lab'"):
            call()


def test_the_same_numbers_are_drawn_for_a_corpus_in_another_order(strike: Frames) -> None:
    turned = strike.articles.iloc[::-1]
    explorer = ct.explore_framing(turned, strike.voices, strike.hits)
    pd.testing.assert_frame_equal(explorer.result, strike.framing().result)


# a long step


def test_a_step_runs_as_without_and_its_error_comes_through() -> None:
    with ct.progress("Adding"):
        total = 1 + 1
    assert total == 2
    with pytest.raises(ValueError, match="from inside"), ct.progress("Failing"):
        raise ValueError("from inside")


def test_a_step_needs_a_name() -> None:
    with pytest.raises(CorpusError, match="no name"), ct.progress(" "):
        pass


class FakeLine:
    """Stands for what a notebook shows; says when it was told something."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def update(self, shown: object) -> None:
        self.told.append(shown)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> FakeLine:
    shown = FakeLine()
    monkeypatch.setattr(waiting, "_in_a_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: shown)
    return shown


def test_a_short_step_leaves_nothing_behind(line: FakeLine) -> None:
    with ct.progress("Reading"):
        pass
    assert [one.html for one in line.told] == [""]


def test_a_long_step_counts_its_seconds_and_then_is_gone(line: FakeLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_AFTER", 0.01)
    with ct.progress(f"Reading {EVIL}"):
        while len(line.told) < 2:
            time.sleep(0.01)
    assert "Reading &lt;img" in line.told[0].html
    assert "0 seconds" in line.told[0].html
    assert line.told[-1].html == ""


def test_the_line_goes_when_the_step_fails(line: FakeLine) -> None:
    with pytest.raises(KeyError), ct.progress("Reading"):
        raise KeyError
    assert line.told[-1].html == ""


# tables


def test_outside_a_notebook_frames_stay_as_they_are() -> None:
    before = pd.DataFrame._repr_html_
    assert ct.sortable_tables() is None
    assert pd.DataFrame._repr_html_ is before


def test_without_itables_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "itables", None)
    with pytest.raises(CorpusError, match="extra 'lab'"):
        ct.sortable_tables()


def test_the_hits_are_the_columns_that_are_promised(strike: Frames) -> None:
    assert set(HITS) <= set(strike.framing().chosen[1].columns)
