"""Events: found by words and days, kept where given, corrected in a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import corpus_tools as ct
from corpus_tools import add_events, event_sheet
from corpus_tools.prepare.events.similar import measured_similarity
from corpus_tools.prepare.events.weights import weigh_words
from corpus_tools.schema import EVENT_SHEET, CorpusError

FIRE = (
    "Fire at the Molden mill\nA fire destroyed the old mill in Molden on Friday. Mayor Petra Lund thanked the brigade."
)
VOTE = (
    "Rail vote fails in Tarn\nThe council of Tarn rejected the tram line to Ostby after a long debate led by Ivo Renn."
)


def articles_of(*rows: tuple[str, str, str | None, str], **columns: Sequence[object]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "date", "text"])
    frame["date"] = pd.to_datetime(frame["date"])
    return frame.assign(title=frame["text"].str.partition("\n")[0], **columns)


def two_events(**columns: Sequence[object]) -> pd.DataFrame:
    return articles_of(
        ("a1", "North", "2024-05-03", FIRE),
        (
            "a2",
            "South",
            "2024-05-04",
            "Mill burns\nThe mill of Molden burned down. The fire brigade saved Petra Lund's car.",
        ),
        ("b1", "North", "2024-05-03", VOTE),
        (
            "b2",
            "South",
            "2024-05-03",
            "No tram\nTarn council says no to the tram to Ostby. Ivo Renn voted against the line.",
        ),
        **columns,
    )


def b_cubed_f1(found: pd.Series, true: pd.Series) -> float:
    same_found = found.to_numpy()[:, None] == found.to_numpy()
    same_true = true.to_numpy()[:, None] == true.to_numpy()
    both = (same_found & same_true).sum(axis=1)
    precision, recall = (both / same_found.sum(axis=1)).mean(), (both / same_true.sum(axis=1)).mean()
    return float(2 * precision * recall / (precision + recall))


def events_by_id(articles: pd.DataFrame, **options: object) -> dict[str, str]:
    found = add_events(articles, **options)  # type: ignore[arg-type]
    return dict(zip(found["article_id"], found["event"], strict=True))


@pytest.fixture(scope="module")
def karabakh() -> pd.DataFrame:
    return ct.read_sample("karabakh")


@pytest.fixture(scope="module")
def found(karabakh: pd.DataFrame) -> pd.DataFrame:
    return add_events(karabakh.drop(columns="event"))


# found


@pytest.mark.parametrize("name", ["karabakh", "strike"])
def test_known_events_are_found(name: str) -> None:
    articles = ct.read_sample(name)
    assert b_cubed_f1(add_events(articles.drop(columns="event"))["event"], articles["event"]) >= 0.90


def test_most_are_found_in_a_part_of_the_corpus(karabakh: pd.DataFrame) -> None:
    part = karabakh[karabakh["outlet"].isin(["Rioni Wire", "Khazri Bulletin", "Hrazdan Ledger"])]
    assert b_cubed_f1(add_events(part.drop(columns="event"))["event"], part["event"]) >= 0.85


def test_two_events_of_one_day_are_two() -> None:
    events = events_by_id(two_events())
    assert events["a1"] == events["a2"] != events["b1"] == events["b2"]


def test_the_frame_is_as_it_was_with_one_more_column(karabakh: pd.DataFrame, found: pd.DataFrame) -> None:
    bare = karabakh.drop(columns="event")
    pd.testing.assert_frame_equal(found.drop(columns="event"), bare)
    assert found["event"].dtype == "str"
    assert found["event"].str.strip().ne("").all()


def test_the_order_of_rows_does_not_matter(karabakh: pd.DataFrame, found: pd.DataFrame) -> None:
    shuffled = karabakh.drop(columns="event").sample(frac=1, random_state=3)
    assert events_by_id(shuffled) == dict(zip(found["article_id"], found["event"], strict=True))


def test_nothing_changes_when_events_are_added_again(found: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(add_events(found), found)


def test_an_article_like_no_other_is_an_event_of_its_own() -> None:
    events = events_by_id(two_events().iloc[[0, 1, 2]])
    assert list(events.values()).count(events["b1"]) == 1


def test_no_event_lasts_longer_than_the_window(karabakh: pd.DataFrame) -> None:
    for window in (0, 2, 7):
        dates = add_events(karabakh.drop(columns="event"), window=window).groupby("event")["date"]
        assert ((dates.max() - dates.min()).dt.days <= window).all()


def test_a_running_subject_is_not_one_event() -> None:
    """Each day's article shares half of its words with the next one, and the names with all."""
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(400)]
    rows = [
        (
            f"d{day:02}",
            f"Outlet {day % 3}",
            f"2024-05-{day + 1:02}",
            f"The war in Ruland. {' '.join(words[9 * day : 9 * day + 18])}",
        )
        for day in range(30)
    ]
    found = add_events(articles_of(*rows))
    assert found.groupby("event").size().max() <= 5
    assert found["event"].nunique() > 6


def test_the_same_words_a_month_later_are_another_event() -> None:
    again = two_events().assign(date=lambda a: a["date"] + pd.Timedelta(days=30), article_id=["c1", "c2", "d1", "d2"])
    events = events_by_id(pd.concat([two_events(), again]))
    assert events["a1"] == events["a2"] != events["c1"] == events["c2"]


def test_raised_similarity_makes_more_events(karabakh: pd.DataFrame) -> None:
    bare = karabakh.drop(columns="event")
    counts = [add_events(bare, similarity=s)["event"].nunique() for s in (0.05, 0.1, 0.2, 0.5, 1)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_longer_window_makes_fewer_events(karabakh: pd.DataFrame) -> None:
    bare = karabakh.drop(columns="event")
    counts = [add_events(bare, window=w, similarity=0.1)["event"].nunique() for w in (0, 2, 7, 14)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_stock_text_of_an_outlet_links_nothing() -> None:
    stock = " Subscribe to the Molden Morning Paper for stories from harbour, hill and heath every single weekday."
    topics = ("ice", "tax", "bees", "opera", "gold", "tunnel")
    rows = [
        (
            f"n{n}",
            "Paper",
            f"2024-05-{3 + 5 * n:02}",
            f"{topic} {topic}s {topic}y\nSomething about {topic} was told." + stock * 3,
        )
        for n, topic in enumerate(topics)
    ]
    assert add_events(articles_of(*rows))["event"].nunique() == len(topics)


def test_similarity_is_measured_against_pairs_outside_the_window() -> None:
    """Two outlets tell the same each day in their own words; whatever is shared by all days counts for nothing."""
    rng = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnop"))
    rows = []
    for day in range(90):
        own = ["".join(rng.choice(letters, 7)) for _ in range(12)]
        for outlet in ("North", "South"):
            some = rng.choice(own, 6, replace=False)
            noise = ["".join(rng.choice(letters, 2)) for _ in range(40)]
            date = str(pd.Timestamp("2024-01-01") + pd.Timedelta(days=day))[:10]
            rows.append((f"{outlet}{day:02}", outlet, date, " ".join([*some, *noise])))
    articles = articles_of(*rows)
    assert b_cubed_f1(add_events(articles)["event"], articles["date"].astype("str")) > 0.9


# weights


def weights_of(*texts: str) -> dict[str, float]:
    """The weights in the first text."""
    days = np.arange(len(texts), dtype=np.float64)
    weighed = weigh_words(texts, np.arange(len(texts)), days, 7)
    return dict(zip(weighed.terms, weighed.vectors[[0]].toarray()[0], strict=True))


def test_rare_words_early_words_and_names_weigh_more() -> None:
    filler = " ".join(["filler"] * 130)
    first = f"Any\nThe common rare word was in Molden early. {filler} late {filler}"
    weights = weights_of(first, "Any\nOf a rare late early one in Molden.", *["Any\nA common thing."] * 3)
    assert weights["rare"] > weights["common"]
    assert weights["early"] > weights["late"]
    assert weights["molden"] > weights["early"]


def test_capitals_of_headlines_and_first_words_make_no_name() -> None:
    weights = weights_of("Mill Burns Down\nMill. Burns: “Mill burns down,” he said of the mill.", "mill burns down x")
    burns = weights["burns"] / (1 + np.log(3)) * (1 + 1 / 40)
    assert weights["mill"] / (1 + np.log(4)) == pytest.approx(burns)


def test_headlines_in_capitals_make_no_names() -> None:
    weights = weights_of("Mill Burns down\nIt was seen.", "Another day\nIt was quiet.")
    assert weights["burns"] * (1 + 1 / 40) == pytest.approx(weights["down"] * (1 + 2 / 40))


def test_house_style_does_not_raise_the_measured_similarity() -> None:
    """Two outlets tell one event a day, each in a style that it never changes."""
    days = np.repeat(np.arange(60, dtype=np.float64), 2)
    rows, outlets = np.arange(120), np.arange(120) % 2
    columns = np.r_[days.astype(np.int64), 60 + outlets]
    vectors = sparse.csr_array((np.full(240, 0.5**0.5), (np.r_[rows, rows], columns)), shape=(120, 62))
    assert measured_similarity(vectors, days, outlets, 7) == pytest.approx(0.05)
    assert measured_similarity(vectors, days, np.zeros(120, dtype=np.int64), 7) > 0.4


# undated


def test_an_undated_article_joins_by_text_alone_when_much_alike() -> None:
    articles = pd.concat([two_events(), articles_of(("u", "West", None, FIRE))])
    events = events_by_id(articles)
    assert events["u"] == events["a1"]


def test_undated_articles_have_to_be_more_alike() -> None:
    articles = two_events()
    limit = next(s for s in np.arange(0.05, 1, 0.01) if len(set(events_by_id(articles, similarity=s).values())) > 2)
    dated = events_by_id(articles, similarity=limit - 0.02)
    undated = events_by_id(
        articles.assign(date=articles["date"].where(articles["article_id"] != "a2")), similarity=limit - 0.02
    )
    assert dated["a1"] == dated["a2"]
    assert dated["b1"] == dated["b2"]
    assert undated["a1"] != undated["a2"] or undated["b1"] != undated["b2"]
    assert len(set(undated.values())) > len(set(dated.values()))


@pytest.mark.parametrize("dates", ["no column", "all missing", "missing objects"])
def test_a_corpus_without_dates(dates: str) -> None:
    articles = two_events().drop(columns="date")
    if dates != "no column":
        articles = articles.assign(date=pd.NaT if dates == "all missing" else pd.Series([None] * 4, dtype=object))
    events = events_by_id(articles, similarity=0.1)
    assert events["a1"] == events["a2"] != events["b1"]
    assert not any(re.search(r"\d", name) for name in events.values())


def test_dates_with_hours_and_zones_are_days() -> None:
    plain = events_by_id(two_events())
    zoned = two_events().assign(date=lambda a: (a["date"] + pd.Timedelta(hours=17)).dt.tz_localize("Asia/Baku"))
    assert events_by_id(zoned) == plain


def test_dates_that_are_none_are_refused() -> None:
    with pytest.raises(CorpusError, match=r"holds '3 May', no date; use what read_articles returns"):
        add_events(two_events().assign(date="3 May"))


# given


def test_a_given_event_is_kept_exactly_and_others_join_it() -> None:
    events = events_by_id(two_events(event=[" The Fire ", None, "", "tram=vote"]))
    assert events == {"a1": " The Fire ", "a2": " The Fire ", "b1": "tram=vote", "b2": "tram=vote"}


def test_given_events_are_never_joined(karabakh: pd.DataFrame) -> None:
    assert add_events(karabakh, window=100, similarity=0.01)["event"].tolist() == karabakh["event"].tolist()
    apart = events_by_id(two_events(event=["one", "two", "one", "three"]), similarity=0.01)
    assert list(apart.values()) == ["one", "two", "one", "three"]


def test_a_given_event_of_months_is_compared_within_the_window_only() -> None:
    """Its articles far away in time neither help nor hinder."""
    early = [
        (f"e{n}", "North", f"2023-0{n + 1}-01", f"Something else {n}\nOther people met elsewhere {n}.")
        for n in range(6)
    ]
    articles = pd.concat([articles_of(*early), two_events()])
    given = articles["article_id"].map(lambda a: "war" if a[0] == "e" or a == "a1" else None)
    events = events_by_id(articles.assign(event=given), similarity=0.3)
    assert events["a2"] == "war"
    assert events["b1"] != "war"


def test_most_of_the_corpus_given_the_rest_joins(karabakh: pd.DataFrame) -> None:
    hidden = np.arange(len(karabakh)) % 4 == 0
    completed = add_events(karabakh.assign(event=karabakh["event"].mask(hidden)))
    assert (completed["event"] == karabakh["event"])[~hidden].all()
    assert (completed["event"] == karabakh["event"])[hidden].mean() > 0.8


def test_an_event_that_is_a_number_becomes_text() -> None:
    assert add_events(two_events(event=[1, 1, 2, 2]))["event"].tolist() == ["1", "1", "2", "2"]


def test_a_found_name_is_never_one_that_is_given() -> None:
    name = events_by_id(two_events())["b1"]
    events = events_by_id(two_events(event=[name, name, None, None]))
    assert events["b1"] == events["b2"] != name


# names


def test_names_tell_the_first_day_and_telling_words() -> None:
    events = events_by_id(two_events())
    assert re.fullmatch(r"2024-05-03 [a-z]+, [a-z]+, [a-z]+", events["a1"])
    assert set(events["a1"].removeprefix("2024-05-03 ").split(", ")) <= set(
        re.findall(r"\w+", FIRE.lower() + " mill burned")
    )


def test_names_are_unique_and_few_words_long(found: pd.DataFrame) -> None:
    dates = found.groupby("event")["date"].min().dt.strftime("%Y-%m-%d")
    assert all(name.startswith(date) for name, date in dates.items())
    assert all(re.fullmatch(r"[\d-]{10} [^\W\d]+(, [^\W\d]+){2,5}", name) for name in dates.index)


def test_events_with_the_same_words_and_day_have_different_names() -> None:
    """Numbers tell them apart, but name no event; the first id has the plain name, however the rows are sorted."""
    articles = articles_of(*((f"x{n}", f"Outlet {n}", "2024-05-03", f"Weather {n * 11 + 10} today") for n in range(3)))
    expected = {"x0": "2024-05-03 weather, today", "x1": "2024-05-03 article x1", "x2": "2024-05-03 article x2"}
    assert events_by_id(articles, similarity=1.0) == expected
    assert events_by_id(articles[::-1], similarity=1.0) == expected


def test_an_article_without_words_is_named_by_its_id() -> None:
    rows = [(f"x{n}", "Outlet", None if n else "2024-05-03", f"{n} . {n}") for n in range(2)]
    assert events_by_id(articles_of(*rows)) == {"x0": "2024-05-03 article x0", "x1": "article x1"}


def test_no_outlet_names_an_event() -> None:
    rows = [("a", "Zorblatt", "2024-05-03", "Zorblatt reports from Molden: Zorblatt saw the mill, says Zorblatt")]
    assert "zorblatt" not in events_by_id(articles_of(*rows))["a"]


# odd input


def test_no_articles() -> None:
    none = add_events(two_events().iloc[:0])
    assert none["event"].dtype == "str"
    assert len(none) == 0
    assert list(event_sheet(none).columns) == list(EVENT_SHEET)


def test_one_article() -> None:
    assert re.fullmatch(r"2024-05-03 \w+, \w+, \w+", add_events(two_events().iloc[:1])["event"].item())


def test_index_and_dtypes_may_be_odd() -> None:
    odd = two_events().set_axis([7, 7, 7, 1]).astype({"outlet": "category", "article_id": "category", "text": object})
    found = add_events(odd)
    assert found.index.tolist() == [7, 7, 7, 1]
    assert found["event"].tolist() == add_events(two_events())["event"].tolist()


def test_further_scripts_pass() -> None:
    rows = [
        (
            "h1",
            "Ա",
            "2024-05-03",
            "Հրդեհ Գյումրիում\nԳյումրիի հին ջրաղացն այրվել է ուրբաթ օրը։ Քաղաքապետը շնորհակալություն հայտնեց։",
        ),
        ("h2", "Բ", "2024-05-03", "Ջրաղացն այրվել է\nԳյումրիի հին ջրաղացն ամբողջությամբ այրվել է, ասաց Քաղաքապետը։"),
        ("c1", "报", "2024-05-03", "古磨坊起火\n星期五，莫尔登的旧磨坊被大火烧毁。"),
        ("r1", "جريدة", "2024-05-03", "حريق في الطاحونة\nدمر حريق الطاحونة القديمة يوم الجمعة."),
    ]
    events = events_by_id(articles_of(*rows))
    assert events["h1"] == events["h2"]
    assert len(set(events.values())) == 3


@pytest.mark.parametrize("options", [{"window": -1}, {"window": "7"}, {"window": True}, {"window": float("nan")}])
def test_a_window_is_a_number_of_days(options: dict[str, object]) -> None:
    with pytest.raises(CorpusError, match=r"option 'window' cannot be .*a number of days"):
        events_by_id(two_events(), **options)


@pytest.mark.parametrize("similarity", [0, 1.5, "high", True])
def test_similarity_is_above_0_and_at_most_1(similarity: object) -> None:
    with pytest.raises(CorpusError, match="option 'similarity' cannot be"):
        events_by_id(two_events(), similarity=similarity)


def test_missing_columns_are_named() -> None:
    with pytest.raises(CorpusError, match="articles has no column 'text'"):
        add_events(two_events().drop(columns="text"))


# the sheet


def test_the_sheet_is_sorted_by_event_and_date(found: pd.DataFrame) -> None:
    sheet = event_sheet(found)
    assert tuple(sheet.columns) == EVENT_SHEET
    assert len(sheet) == len(found)
    assert sheet["event"].is_monotonic_increasing
    assert all(dates.is_monotonic_increasing for _, dates in sheet.groupby("event")["date"])


def test_the_sheet_needs_events_and_no_titles_or_dates() -> None:
    with pytest.raises(CorpusError, match="no column 'event'; use what add_events returns"):
        event_sheet(two_events())
    sheet = event_sheet(two_events(event=["x", None, "y", "y"]).drop(columns=["title", "date"]))
    assert sheet["title"].eq("").all()
    assert sheet["date"].eq("").all()
    assert sheet.set_index("article_id")["event"].to_dict() == {"a1": "x", "a2": "", "b1": "y", "b2": "y"}


HOSTILE = ["=1+1", "a;=HYPERLINK(1)", "two\nlines", "@sum"]


def test_no_cell_of_the_sheet_acts() -> None:
    articles = two_events(event=HOSTILE).assign(title=HOSTILE, outlet=HOSTILE, article_id=HOSTILE)
    for column in ("article_id", "outlet", "title", "event"):
        cells = event_sheet(articles)[column]
        assert not cells.str.contains(r"^[=+\-@\t\r\n]|;=|\n", regex=True).any(), column


def test_hostile_names_come_back_as_they_were(tmp_path: Path) -> None:
    articles = two_events(event=HOSTILE).assign(article_id=HOSTILE)
    kept = dict(zip(HOSTILE, HOSTILE, strict=True))
    assert events_by_id(articles, corrections=event_sheet(articles)) == kept
    path = tmp_path / "events.csv"
    event_sheet(articles).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    assert events_by_id(articles, corrections=path) == kept


def test_a_cell_copied_to_another_article_is_the_same_event() -> None:
    articles = two_events(event=HOSTILE)
    sheet = event_sheet(articles)
    for name in HOSTILE:
        cell = sheet.loc[sheet["article_id"] == articles.loc[articles["event"] == name, "article_id"].item(), "event"]
        events = events_by_id(articles, corrections=sheet.assign(event=cell.item()))
        assert set(events.values()) == {name}
    typed = pd.DataFrame({"article_id": ["a1"], "event": ["'=new"]})
    assert events_by_id(articles, corrections=typed)["a1"] == "=new"


def test_names_that_look_alike_in_the_sheet_stay_apart() -> None:
    articles = two_events(event=["mill fire", "mill  fire", "vote", "vote"])
    events = events_by_id(articles, corrections=event_sheet(articles))
    assert list(events.values()) == articles["event"].tolist()


@pytest.mark.parametrize("saved", [{}, {"encoding": "utf-8-sig"}, {"encoding": "utf-8-sig", "sep": ";"}, {"sep": "\t"}])
def test_a_sheet_goes_round(tmp_path: Path, found: pd.DataFrame, saved: dict[str, str]) -> None:
    path = tmp_path / "events.csv"
    event_sheet(found).to_csv(path, index=False, lineterminator="\r\n", **saved)
    pd.testing.assert_frame_equal(add_events(found, corrections=path), found)
    bare = found.drop(columns="event")
    pd.testing.assert_frame_equal(add_events(bare, corrections=str(path)), found)


def test_corrections_win_over_the_data_and_what_is_found() -> None:
    sheet = event_sheet(add_events(two_events())).set_index("article_id")
    sheet.loc["a2", "event"] = "The mill"
    assert events_by_id(two_events(), corrections=sheet.reset_index())["a2"] == "The mill"
    events = events_by_id(two_events(event=["x", "x", "y", "y"]), corrections=sheet.reset_index())
    assert events["a2"] == "The mill"
    assert events["a1"] not in ("x", "The mill")


def test_an_emptied_cell_is_looked_at_anew() -> None:
    data = two_events(event=["fire", "wrong", "vote", "vote"])
    sheet = event_sheet(data)
    for empty in ("", "  ", np.nan, None):
        corrections = sheet.assign(event=sheet["event"].astype(object).mask(sheet["article_id"] == "a2", empty))
        assert events_by_id(data, corrections=corrections)["a2"] == "fire"


def test_articles_that_are_not_on_the_sheet_are_as_without_it() -> None:
    corrections = pd.DataFrame({"article_id": ["a1"], "event": ["Mill"]})
    events = events_by_id(two_events(event=[None, None, None, "vote"]), corrections=corrections)
    assert events == {"a1": "Mill", "a2": "Mill", "b1": "vote", "b2": "vote"}


def test_an_unknown_article_is_named() -> None:
    corrections = pd.DataFrame({"article_id": ["a1", "a22"], "event": ["x", "y"]})
    with pytest.raises(CorpusError, match=r"has article 'a22', which is not among the articles; did you mean 'a2'\?"):
        add_events(two_events(), corrections=corrections)


def test_a_sheet_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("article_id,happening\na1,x\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"The sheet of events events.csv has no column 'event'"):
        add_events(two_events(), corrections=path)
    with pytest.raises(CorpusError, match=r"There is no file 'none.csv'; give the sheet of events"):
        add_events(two_events(), corrections=tmp_path / "none.csv")
    with pytest.raises(CorpusError, match=r"Instead of a path, the sheet of events is int"):
        add_events(two_events(), corrections=3)


def test_one_article_in_two_events_is_refused() -> None:
    corrections = pd.DataFrame({"article_id": ["a1", "a1"], "event": ["x", "y"]})
    with pytest.raises(CorpusError, match=r"puts article 'a1' into two events, 'x' and 'y'; keep one"):
        add_events(two_events(), corrections=corrections)
    assert events_by_id(two_events(), corrections=corrections.assign(event="x"))["a1"] == "x"
