"""One contrast under other choices: which combinations there are, what each counts, and how many agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.choices import CHOICES, half_cut
from corpus_tools.compare.robustness import robustness
from corpus_tools.prepare.reuse import drop_reused
from corpus_tools.schema import HITS, PASSAGES, ROBUSTNESS, CorpusError
from corpus_tools.show.describe.robustness import Count, count, estimates, robustness_findings

SLOT = "the stoppage"
PLAIN = {choice: values[0] for choice, values in CHOICES.items()}
TWO: dict[str, Any] = {"label": "strike", "target": "A", "reference": "B"}


def corpus(count: int = 6, **columns: list[Any]) -> pd.DataFrame:
    """``count`` articles of A, then as many of B, and one of C."""
    names = [f"{outlet.lower()}{n}" for outlet in "AB" for n in range(count)] + ["c0"]
    frame = pd.DataFrame({"article_id": names, "outlet": [name[0].upper() for name in names], "text": "…"})
    return frame.assign(**{name: pd.Series(values) for name, values in columns.items()})


def hits_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Hits by hand: article, voice, section, label; ten characters apart."""
    frame = pd.DataFrame(rows, columns=["article_id", "voice", "section", "label"])
    start = frame.groupby("article_id").cumcount() * 10
    known = {"slot": SLOT, "surface": frame["label"], "sentence": 0, "checked": True}
    return frame.assign(outlet=frame["article_id"].str[0].str.upper(), start=start, end=start + 6, **known)[list(HITS)]


def in_every_article(
    count: int = 6, *, voice: str = "narrator", section: str = "body"
) -> list[tuple[str, str, str, str]]:
    """A writes "strike" in all but its last article, B in its first only."""
    own = [(f"a{n}", voice, section, "strike" if n < count - 1 else "walkout") for n in range(count)]
    return own + [(f"b{n}", voice, section, "walkout" if n else "strike") for n in range(count)]


def row_of(result: pd.DataFrame, **changes: str) -> pd.Series:
    wanted = PLAIN | changes
    chosen = result[np.logical_and.reduce([result[choice] == value for choice, value in wanted.items()])]
    assert len(chosen) == 1, f"{len(chosen)} rows for {changes}"
    return chosen.iloc[0]


def values_of(result: pd.DataFrame) -> dict[str, set[str]]:
    """The values other than the plain one that occur."""
    found = {choice: set(result[choice]) - {PLAIN[choice]} for choice in PLAIN}
    return {choice: values for choice, values in found.items() if values}


PASSAGE = dict.fromkeys(PASSAGES, 0) | {"voice": "narrator", "voice_b": "narrator", "outlet_a": "A", "outlet_b": "B"}
# The first ten characters of a0 and b0.
SHARED = pd.DataFrame([PASSAGE | {"article_id_a": "a0", "end_a": 10, "article_id_b": "b0", "end_b": 10, "words": 8}])


@pytest.fixture(scope="module")
def karabakh() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = ct.read_sample("karabakh")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    pairs = ct.find_reuse(tokens)
    hits = ct.find_hits(tokens, ct.read_lexicon("karabakh"))
    return ct.add_reuse_groups(articles, pairs), hits, ct.align_passages(tokens, pairs)


@pytest.fixture(scope="module")
def towns(karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    articles, hits, passages = karabakh
    return robustness(hits, articles, label="Azerbaijani name", target="Khazri Bulletin", passages=passages)


# what each combination counts


def test_the_plain_row_is_the_contrast(karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits, passages = karabakh
    who: dict[str, Any] = {"label": "peacekeepers", "target": "Khazri Bulletin", "reference": "Rioni Wire"}
    result = robustness(hits, articles, **who, passages=passages)
    plain = row_of(result)
    contrast = ct.framing_contrast(hits, articles, **who).iloc[0]
    same = [column for column in ROBUSTNESS if column in contrast.index and column != "note"]
    assert plain[same].tolist() == contrast[same].tolist()
    assert plain["changed"] == 0
    assert plain["note"] == ""


@pytest.mark.parametrize(
    ("unit", "within", "estimand"),
    [("reuse_group", "", "pooled"), ("event", "", "per_article"), ("article_id", "event", "per_article")],
)
def test_units_events_and_estimand_are_those_of_the_contrast(
    karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    towns: pd.DataFrame,
    unit: str,
    within: str,
    estimand: str,
) -> None:
    articles, hits, _ = karabakh
    who: dict[str, Any] = {"label": "Azerbaijani name", "target": "Khazri Bulletin"}
    contrast = ct.framing_contrast(
        hits, articles, **who, unit=unit, within=within or None, estimand=estimand, resamples=1
    ).iloc[0]
    row = row_of(towns, unit=unit, within=within, estimand=estimand)
    numbers = ["share_target", "share_reference", "difference", "difference_low", "difference_high"]
    assert row[numbers].tolist() == pytest.approx(contrast[numbers].tolist())
    assert row[["articles_target", "articles_reference"]].tolist() == [
        contrast["articles_target"],
        contrast["articles_reference"],
    ]


def test_filters_are_those_of_filtered_hits(
    karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], towns: pd.DataFrame
) -> None:
    articles, hits, passages = karabakh
    who: dict[str, Any] = {"label": "Azerbaijani name", "target": "Khazri Bulletin", "resamples": 1}
    filtered = {
        "voice": hits[hits["voice"] == "narrator"],
        "section": hits[hits["section"] == "body"],
        "copy": drop_reused(hits, passages),
    }
    values = {"voice": "narrator", "section": "body", "copy": "shared left out"}
    for choice, own in filtered.items():
        contrast = ct.framing_contrast(own, articles, **who).iloc[0]
        row = row_of(towns, **{choice: values[choice]})
        assert row["difference"] == contrast["difference"], choice
        assert row["articles_reference"] == contrast["articles_reference"], choice


def test_halves_are_cut_between_two_days_and_split_the_articles() -> None:
    days = pd.to_datetime(["2024-01-01"] * 3 + ["2024-01-02"] * 4 + ["2024-01-09"] * 5 + [None])
    articles = corpus(date=list(days))
    assert half_cut(articles) == pd.Timestamp("2024-01-09")
    result = robustness(hits_of(*in_every_article()), articles, **TWO)
    first, second = (row_of(result, dates=half) for half in CHOICES["dates"][1:])
    assert (first["articles_target"], first["articles_reference"]) == (6, 1)
    assert (second["articles_target"], second["articles_reference"]) == (0, 5)
    assert np.isnan(second["difference"])
    assert "no hit of the slot" in second["note"]


@pytest.mark.parametrize(
    "dates",
    [
        ["2024-01-01"] * 13,
        [None] * 13,
        ["2024-01-01", "2024-01-02"] + [None] * 11,
        [""] * 13,
    ],
)
def test_without_dates_or_with_one_day_there_are_no_halves(dates: list[str | None]) -> None:
    result = robustness(hits_of(*in_every_article()), corpus(date=dates), **TWO)
    assert "dates" not in values_of(result)


def test_dates_of_other_outlets_do_not_move_the_cut() -> None:
    dates = pd.to_datetime(["2024-01-01", "2024-01-05"] * 6 + ["2030-01-01"])
    result = robustness(hits_of(*in_every_article()), corpus(date=list(dates)), **TWO)
    assert row_of(result, dates="first half")["articles_target"] == 3


# which combinations there are


def test_choices_that_cannot_be_had_or_change_nothing_do_not_occur() -> None:
    assert set(values_of(robustness(hits_of(*in_every_article()), corpus(), **TWO))) == set()
    one = corpus(event=["x"] * 13, reuse_group=[f"g{n}" for n in range(13)])
    # One event alone makes no unit, but both sides lie in it.
    assert values_of(robustness(hits_of(*in_every_article()), one, **TWO)) == {"within": {"event"}}
    apart = corpus(event=[f"a{n // 2}" for n in range(6)] + [f"b{n // 2}" for n in range(7)])
    assert values_of(robustness(hits_of(*in_every_article()), apart, **TWO)) == {"unit": {"event"}}


def test_no_combination_with_a_choice_that_changes_nothing(towns: pd.DataFrame) -> None:
    assert not towns.duplicated(list(ROBUSTNESS[:11])).any()
    assert not ((towns["unit"] == "event") & (towns["within"] == "event")).any()


def test_two_choices_that_leave_the_same_hits_do_not_occur_together() -> None:
    rows = [*in_every_article(), ("a0", "quoted", "body", "walkout")]
    passage = SHARED.assign(start_a=10, end_a=20, start_b=10, end_b=20)
    result = robustness(hits_of(*rows), corpus(), **TWO, passages=passage)
    chosen = result[["voice", "copy", "estimand"]].to_numpy().tolist()
    assert chosen == [
        ["all", "kept", "pooled"],
        ["all", "kept", "per_article"],
        ["all", "shared left out", "pooled"],
    ]
    # The narrator has the same hits as what is not shared: one computation, and the first stays.
    assert result["changed"].tolist() == [0, 1, 1]


def numbers_of(result: pd.DataFrame) -> pd.DataFrame:
    return result.loc[result["difference_low"].notna(), ["difference", "difference_low", "difference_high"]].round(9)


def test_one_computation_has_one_row_though_two_choices_lead_to_it() -> None:
    """The body is the narrator's and the rest is not: his words are the body's, and there is none in the headline."""
    rng = np.random.default_rng(2)
    label = {True: "strike", False: "walkout"}
    rows = [
        (name, voice, section, label[bool(rng.random() < 0.5)])
        for name in corpus()["article_id"][:12]
        for voice, section in (("quoted", "headline"), ("narrator", "body"), ("narrator", "body"))
    ]
    result = robustness(hits_of(*rows), corpus(), **TWO)
    assert result[["voice", "section", "estimand"]].to_numpy().tolist() == [
        ["all", "all", "pooled"],
        ["all", "headline and lead", "pooled"],
        ["all", "body", "pooled"],
        ["narrator", "headline and lead", "pooled"],
    ]
    assert not numbers_of(result).duplicated().any()


@pytest.mark.parametrize("within", [None, "event"])
def test_articles_with_as_many_hits_weigh_the_same_already(within: str | None) -> None:
    """Two hits in each article: their mean is the pooled share, also on either side of an event."""
    rows = [(name, "narrator", "body", label) for name in corpus()["article_id"] for label in ("strike", "walkout")]
    columns = {} if within is None else {"event": [f"e{n % 6}" for n in range(13)]}
    result = robustness(hits_of(*rows), corpus(**columns), **TWO)
    assert "estimand" not in values_of(result)
    more = [*rows, *[("a0", "narrator", "body", "strike")] * 3]
    uneven = robustness(hits_of(*more), corpus(**columns), **TWO)
    assert ("per_article", "") in set(zip(uneven["estimand"], uneven["within"], strict=True))
    # One article on a side of an event has nothing to be weighed against.
    assert ("per_article", "event") not in set(zip(uneven["estimand"], uneven["within"], strict=True))


def test_units_do_not_matter_inside_events_that_they_do_not_join() -> None:
    """A text that A and B print on one event ties them over all events, and is nothing new inside one."""
    rows = [*in_every_article(), *[(f"a{n}", "narrator", "body", "walkout") for n in range(3)]]
    events, groups = [f"e{n % 6}" for n in range(13)], [f"g{n % 6}" for n in range(13)]
    result = robustness(hits_of(*rows), corpus(event=events, reuse_group=groups), **TWO)
    assert set(result.loc[result["within"] == "event", "unit"]) == {"article_id"}
    assert set(result.loc[result["within"] == "", "unit"]) == {"article_id", "reuse_group"}
    joined = corpus(event=events, reuse_group=["g0", "g0", *groups[2:]])
    assert set(robustness(hits_of(*rows), joined, **TWO).query("within == 'event'")["unit"]) == {
        "article_id",
        "reuse_group",
    }


def test_what_has_no_hit_stays_for_each_choice() -> None:
    quoted = in_every_article(voice="quoted")
    result = robustness(hits_of(*quoted), corpus(), **TWO, passages=SHARED.assign(end_a=0, end_b=0))
    assert row_of(result, voice="narrator")["note"] == "no hit of the slot in one of the two"


# copies


def printed_often(frame: pd.DataFrame, outlet: str, times: int = 5) -> pd.DataFrame:
    """Every article of the outlet so many times, under new ids and with all that is known of it."""
    own = frame[frame["outlet"] == outlet]
    more = [own.assign(article_id=[f"{name} again {n}" for name in own["article_id"]]) for n in range(1, times)]
    return pd.concat([frame, *more], ignore_index=True)


def with_groups() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two outlets on different days, groups in one and in both, events, all parts and voices."""
    rng = np.random.default_rng(8)
    names = [f"{outlet}{n:02d}" for outlet in "ab" for n in range(90)]
    day = [int(rng.integers(20)) + 8 * (name[0] == "b") for name in names]
    articles = pd.DataFrame({"article_id": names, "outlet": [name[0].upper() for name in names], "text": "…"})
    articles = articles.assign(
        date=pd.Timestamp("2024-01-01") + pd.to_timedelta(day, unit="D"),
        event=[f"e{d // 4}" for d in day],
        reuse_group=[f"g{d // 4}-{rng.integers(15)}" for d in day],
    )
    rows = [
        (
            name,
            ["narrator", "quoted"][int(rng.integers(2))],
            ["headline", "lead", "body"][int(rng.integers(3))],
            ["strike", "walkout"][int(rng.integers(2))],
        )
        for name in names
        for _ in range(int(rng.integers(5)))
    ]
    return articles, hits_of(*rows)


@pytest.mark.parametrize("outlet", ["A", "B"])
def test_five_copies_of_every_article_change_no_row_by_reuse_group(outlet: str) -> None:
    articles, hits = with_groups()
    once = robustness(hits, articles, **TWO)
    often = robustness(printed_often(hits, outlet), printed_often(articles, outlet), **TWO)
    columns = [*PLAIN, "share_target", "share_reference", "difference", "difference_low", "difference_high"]
    rows = [
        frame.loc[frame["unit"] == "reuse_group", columns].sort_values(list(PLAIN), ignore_index=True)
        for frame in (once, often)
    ]
    assert {"first half", "second half"} < set(rows[0]["dates"])
    assert rows[0]["difference_low"].notna().sum() > 20
    pd.testing.assert_frame_equal(*rows, rtol=0, atol=1e-9)


def test_copies_do_not_move_the_cut_between_halves() -> None:
    articles, _ = with_groups()
    cut = half_cut(articles)
    for outlet in "AB":
        assert half_cut(printed_often(articles, outlet)) == cut
        alone = articles.drop(columns="reuse_group")
        assert half_cut(printed_often(alone, outlet)) != half_cut(alone)
    # A copy of a later day is no article of that day; an undated one makes no group undated.
    late = articles.assign(article_id=articles["article_id"] + " again", date=pd.Timestamp("2024-03-01"))
    assert half_cut(pd.concat([articles, late], ignore_index=True)) == cut
    undated = late.assign(date=pd.NaT)
    assert half_cut(pd.concat([articles, undated, undated], ignore_index=True)) == cut


def test_copies_do_not_make_five_headlines() -> None:
    body = in_every_article()
    early = [row for row in in_every_article(section="lead") if row[0] not in ("a0", "a1")]
    hits, articles = hits_of(*body, *early), corpus(reuse_group=[f"g{n}" for n in range(13)])
    result = robustness(printed_often(hits, "A"), printed_often(articles, "A"), **TWO)
    assert values_of(result)["section"] == {"body"}
    # Without the column nothing is known of copies.
    alone = printed_often(articles, "A").drop(columns="reuse_group")
    assert values_of(robustness(printed_often(hits, "A"), alone, **TWO))["section"] == {"headline and lead", "body"}


def test_kwic_cuts_the_halves_as_the_rows_do() -> None:
    articles, hits = with_groups()
    articles, hits = printed_often(articles, "B"), printed_often(hits, "B")
    result = robustness(hits, articles, **TWO)
    for half in CHOICES["dates"][1:]:
        row = row_of(result, dates=half)
        assert ct.kwic(articles, hits, row=row)["article_id"].nunique() > 0
    with pytest.raises(CorpusError, match="articles and hits from which"):
        ct.kwic(articles.drop(columns="reuse_group"), hits, row=row)


def test_headline_and_lead_need_five_articles_on_each_side() -> None:
    body, early = in_every_article(), in_every_article(section="lead")
    enough = robustness(hits_of(*body, *early), corpus(), **TWO)
    assert values_of(enough)["section"] == {"headline and lead", "body"}
    few = [row for row in early if row[0] not in ("a0", "a1")]
    assert values_of(robustness(hits_of(*body, *few), corpus(), **TWO))["section"] == {"body"}


def test_shared_copy_is_left_out_only_with_passages() -> None:
    hits = hits_of(*in_every_article())
    assert "copy" not in values_of(robustness(hits, corpus(), **TWO))
    left = row_of(robustness(hits, corpus(), **TWO, passages=SHARED), copy="shared left out")
    assert (left["articles_target"], left["articles_reference"]) == (5, 5)
    assert left["difference"] == pytest.approx(4 / 5 - 0)


def test_an_article_of_a_group_without_a_hit_still_weighs() -> None:
    groups = ["g0", "g0", *[f"g{n}" for n in range(2, 13)]]
    hits = hits_of(*[row for row in in_every_article() if row[0] != "a1"])
    result = robustness(hits, corpus(reuse_group=groups), **TWO)
    assert row_of(result, unit="reuse_group")["share_target"] == pytest.approx((0.5 + 3) / (0.5 + 4))


def test_events_without_hits_of_both_are_told_in_the_note() -> None:
    events = [f"e{n}" for n in range(6)] + ["e0"] + [f"f{n}" for n in range(5)] + [None]
    hits = hits_of(*[row for row in in_every_article() if row[0] != "b0"])
    row = row_of(robustness(hits, corpus(event=events), **TWO), within="event")
    assert np.isnan(row["difference"])
    assert "no event in which both have a hit" in row["note"]


def test_rows_are_sorted_and_the_same_for_shuffled_hits(towns: pd.DataFrame) -> None:
    assert towns["changed"].is_monotonic_increasing
    hits = hits_of(*in_every_article(), ("a0", "quoted", "lead", "walkout"))
    articles = corpus(event=[None, " ", *[f"e{n % 6}" for n in range(2, 13)]], reuse_group=[None, *"gghhijklmnop"])
    result = robustness(hits, articles, **TWO)
    shuffled = robustness(hits.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=1), **TWO)
    pd.testing.assert_frame_equal(result, shuffled)
    same_index = robustness(hits.set_axis([0] * len(hits)), articles.set_axis([0] * 13), **TWO)
    pd.testing.assert_frame_equal(result, same_index)
    assert tuple(result.columns) == ROBUSTNESS


def test_every_slot_that_has_the_label_is_compared() -> None:
    hits = hits_of(*in_every_article())
    both = pd.concat([hits, hits.assign(slot="another")])
    assert robustness(both, corpus(), **TWO)["slot"].unique().tolist() == ["another", SLOT]


def test_categories_and_numbers_as_ids_are_read_as_text() -> None:
    rows = in_every_article()
    hits = hits_of(*rows)
    ids = {name: n for n, name in enumerate(corpus()["article_id"])}
    numbered = hits.assign(article_id=hits["article_id"].map(ids).astype("str"), voice=hits["voice"].astype("category"))
    articles = corpus(event=[1, 2] * 6 + [3]).assign(article_id=lambda frame: frame["article_id"].map(ids))
    assert row_of(robustness(numbered, articles, **TWO), within="event")["difference"] == pytest.approx(4 / 6)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"label": "strikes"}, "did you mean 'strike'"),
        ({"target": "D"}, "no outlet 'D'"),
        ({"reference": "A"}, "both 'A'"),
        ({"confidence": 95}, "confidence"),
        ({"passages": SHARED.drop(columns="end_a")}, "'end_a'"),
    ],
)
def test_what_cannot_be_compared_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        robustness(hits_of(*in_every_article()), corpus(), **(TWO | options))


def test_frames_of_others_are_refused() -> None:
    hits = hits_of(*in_every_article())
    with pytest.raises(CorpusError, match="not among the articles"):
        robustness(hits.assign(article_id="z"), corpus(), **TWO)
    with pytest.raises(CorpusError, match="find_hits"):
        robustness(hits.drop(columns="voice"), corpus(), **TWO)
    with pytest.raises(CorpusError, match="one outlet only"):
        robustness(hits.iloc[:2], corpus().iloc[:6], label="strike", target="A")
    with pytest.raises(CorpusError, match="label"):
        robustness(hits.iloc[:0], corpus(), **TWO)


def test_a_label_that_only_a_third_outlet_has_gives_no_difference() -> None:
    hits = hits_of(("c0", "narrator", "body", "strike"))
    result = robustness(hits, corpus(), **TWO)
    assert len(result) == 1
    assert result["difference"].isna().all()
    assert result["note"].str.contains("no hit").all()


# the lines behind a row


def test_kwic_shows_the_lines_of_a_combination(
    karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], towns: pd.DataFrame
) -> None:
    articles, hits, passages = karabakh
    own = hits[(hits["slot"] == "towns") & (hits["label"] == "Azerbaijani name")]
    lines = ct.kwic(articles, hits, row=row_of(towns, voice="narrator"))
    assert len(lines) == (own["voice"] == "narrator").sum()
    assert set(lines["voice"]) == {"narrator"}
    first = ct.kwic(articles, hits, row=row_of(towns, dates="first half"))
    second = ct.kwic(articles, hits, row=row_of(towns, dates="second half"))
    assert first["date"].max() < second["date"].min()
    assert len(first) + len(second) == len(own)
    matched = ct.kwic(articles, hits, row=row_of(towns, within="event"))
    assert 0 < len(matched) < len(own)
    left = row_of(towns, copy="shared left out")
    assert len(ct.kwic(articles, drop_reused(hits, passages), row=left)) == len(drop_reused(own, passages))
    with pytest.raises(CorpusError, match="drop_reused"):
        ct.kwic(articles, hits, row=left)


def test_kwic_finds_lines_for_every_row(
    karabakh: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], towns: pd.DataFrame
) -> None:
    articles, hits, passages = karabakh
    without = drop_reused(hits, passages)
    for _, row in towns[towns["changed"] <= 2].iterrows():
        lines = ct.kwic(articles, without if row["copy"] == "shared left out" else hits, row=row)
        assert len(lines) > 0
    with pytest.raises(CorpusError, match="'event'"):
        ct.kwic(articles.drop(columns="event"), hits, row=row_of(towns, within="event"))


# words


def result_of(*differences: tuple[float, float, float], **columns: list[Any]) -> pd.DataFrame:
    """One row per difference and interval; the first is plain, the others change something."""
    rows = [
        {"slot": SLOT, **TWO, **PLAIN, "changed": int(place > 0), "share_target": 0.5, "share_reference": 0.5}
        | {"difference": value, "difference_low": low, "difference_high": high, "note": "", "checked": True}
        | {"articles_target": 9, "articles_reference": 8}
        for place, (value, low, high) in enumerate(differences)
    ]
    return pd.DataFrame(rows)[list(ROBUSTNESS)].assign(**columns)


NOTHING = (np.nan, np.nan, np.nan)


def test_no_difference_has_no_sign_and_what_is_missing_is_not_counted() -> None:
    result = result_of((0.2, 0.1, 0.3), (0.1, -0.1, 0.2), (0.0, -0.1, 0.1), (1e-17, 0, 0), (-0.1, -0.2, -0.05), NOTHING)
    result = result.assign(voice=[f"voice {n}" for n in range(6)])
    assert count(result) == Count(same_sign=2, estimates=5, interval_only=0, missing=1, intervals=5, beside_zero=2)
    told = " ".join(robustness_findings(result))
    assert "same sign in 2 of 5 combinations of choices; 2 of the 5 intervals do not include zero" in told
    assert "from −10 to +20 points. 1 more combination without an estimate." in told
    assert "not a probability" in told


def test_units_that_alter_only_the_interval_do_not_count_for_the_sign() -> None:
    result = result_of((0.2, 0.1, 0.3), (0.2, -0.1, 0.5), (0.15, 0.1, 0.2), (0.2, 0.1, 0.3))
    result = result.assign(unit=["article_id", "event", "reuse_group", "article_id"], voice=["all"] * 3 + ["narrator"])
    assert count(result) == Count(same_sign=3, estimates=3, interval_only=1, missing=0, intervals=4, beside_zero=3)
    assert estimates(result)["beside_zero"].tolist() == [False, True, True]
    assert "Not counted for the sign: 1 more combination that" in " ".join(robustness_findings(result))


def test_choices_that_turn_the_sign_are_named() -> None:
    result = result_of((0.2, 0.1, 0.3), (-0.1, -0.2, 0.1), NOTHING)
    result = result.assign(voice=["all", "narrator", "all"], section=["all", "all", "body"], note=["", "", "no hit"])
    told = robustness_findings(result)
    assert 'A against B, "strike" among the names for the stoppage: +20 percentage points' in told[0]
    assert "9 and 8 articles" in told[0]
    assert any("turn the sign or leave no difference: narrator only (−10)." in sentence for sentence in told)
    assert any("give no estimate: body only (no hit)." in sentence for sentence in told)
    assert any("Not varied" in sentence and "events as units" in sentence for sentence in told)
    assert not any("Not varied" in sentence and "body only" in sentence for sentence in told)


@pytest.mark.parametrize("plain", [(0.0, -0.1, 0.1), NOTHING])
def test_without_a_plain_sign_both_sides_are_counted(plain: tuple[float, float, float]) -> None:
    told = " ".join(robustness_findings(result_of(plain, (0.1, 0.05, 0.2), (-0.2, np.nan, np.nan))))
    assert "above zero in 1, below in 1 of" in told
    assert "same sign" not in told


def test_rows_without_the_plain_one_say_so() -> None:
    result = result_of((0.2, 0.1, 0.3), (0.1, 0.0, 0.2))
    assert "the plain count is not among these rows" in robustness_findings(result[result["changed"] == 1])[0]
    assert robustness_findings(result.iloc[:0]) == []
