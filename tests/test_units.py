"""What counts as one piece of evidence, and what is compared with what: reuse groups, events, within events."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.difference import Options, difference
from corpus_tools.compare.inference import paired_interval, permutation_p_within
from corpus_tools.schema import CONTRAST, HITS, CorpusError

SLOT = "the road"
PAIR: dict[str, Any] = {"label": "corridor", "target": "A", "reference": "B"}
ESTIMATES = ["share", "share_low", "share_high"]
DIFFERENCES = ["share_target", "share_reference", "difference", "difference_low", "difference_high", "p"]
Rows = list[tuple[str, str, Any, Any, int, int]]


def corpus(rows: Rows) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles: id, outlet, event, reuse group, hits of "corridor", hits of "road"."""
    columns = ["article_id", "outlet", "event", "reuse_group", "corridor", "road"]
    articles = pd.DataFrame(rows, columns=columns)
    hits = [
        (article, outlet, SLOT, label, label, 10 * place, 10 * place + 4, 0, "body", voice, False)
        for article, outlet, _, _, corridor, road in rows
        for place, label in enumerate(["corridor"] * corridor + ["road"] * road)
        for voice in (["narrator", "quoted"][place % 2],)
    ]
    return articles.drop(columns=["corridor", "road"]).assign(text="…"), pd.DataFrame(hits, columns=list(HITS))


def drawn(seed: int = 0, articles: int = 60, groups: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three outlets, eight events, reuse groups inside one outlet and over several, a third of articles without hit."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for place in range(articles):
        event, outlet = place % 8, "ABC"[int(rng.integers(3))]
        found = int(rng.integers(3)) * int(1 + rng.negative_binomial(1, 0.5))
        own = int(rng.binomial(found, 0.2 + 0.08 * event))
        group = f"g{event}-{rng.integers(groups)}"
        rows.append((f"n{place:02d}", outlet, f"e{event}", group, own, found - own))
    return corpus(rows)


def copied(frame: pd.DataFrame, outlet: str, times: int = 5) -> pd.DataFrame:
    """Every article of the outlet printed so many times, under new ids and with all that is known of it."""
    own = frame[frame["outlet"] == outlet]
    more = [own.assign(article_id=[f"copy {i} {a}" for a in own["article_id"]]) for i in range(1, times)]
    return pd.concat([frame, *more], ignore_index=True)


def same(one: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> None:
    pd.testing.assert_frame_equal(one[columns], other[columns], rtol=0, atol=1e-12)


def only(frame: pd.DataFrame) -> pd.Series:
    assert len(frame) == 1
    return frame.iloc[0]


# copies are no evidence


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
@pytest.mark.parametrize("by", ["outlet", ["outlet", "voice"], "voice", ["outlet", "event"], "event"])
def test_five_copies_of_every_article_change_no_share(by: str | list[str], estimand: str) -> None:
    articles, hits = drawn(articles=250, groups=12)
    options: dict[str, Any] = {"by": by, "unit": "reuse_group", "estimand": estimand}
    once = ct.framing_shares(hits, articles, **options)
    often = ct.framing_shares(copied(hits, "B"), copied(articles, "B"), **options)
    keys = ["outlet", "label"] if by == "outlet" else [*([by] if isinstance(by, str) else by), "label"]
    order = [frame.sort_values(keys, ignore_index=True) for frame in (once, often)]
    assert once["share_low"].notna().any()
    same(order[0], order[1], [*keys, *ESTIMATES, "note"])
    assert often["hits"].sum() > once["hits"].sum()
    by_article = ct.framing_shares(copied(hits, "B"), copied(articles, "B"), by=by, estimand=estimand)
    assert not np.allclose(by_article["share_high"], often["share_high"], equal_nan=True)


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
@pytest.mark.parametrize("within", [None, "event"])
@pytest.mark.parametrize("reference", ["B", None])
@pytest.mark.parametrize("outlet", ["A", "B", "C"])
def test_five_copies_of_every_article_change_no_contrast(
    outlet: str, reference: str | None, within: str | None, estimand: str
) -> None:
    articles, hits = drawn(1)
    options = {**PAIR, "reference": reference, "unit": "reuse_group", "within": within, "estimand": estimand}
    once = ct.framing_contrast(hits, articles, resamples=300, **options)
    often = ct.framing_contrast(copied(hits, outlet), copied(articles, outlet), resamples=300, **options)
    assert once[DIFFERENCES].notna().all(axis=None)
    same(once, often, DIFFERENCES)


def test_five_copies_of_every_article_change_no_speaker() -> None:
    rng = np.random.default_rng(3)
    text = " ".join(f"w{i}" for i in range(40))
    articles = pd.DataFrame({"article_id": [f"n{i:02d}" for i in range(24)], "text": text})
    articles = articles.assign(outlet=["A", "B", "B"] * 8, reuse_group=[f"g{i % 10}" for i in range(24)])
    said = []
    for article, outlet in zip(articles["article_id"], articles["outlet"], strict=True):
        for place in range(int(rng.integers(4))):
            start = text.index(f"w{9 * place}")
            speaker = ["Ann Lee", "Bo Day", None][int(rng.integers(3))]
            said.append(
                (article, start, start + int(rng.integers(3, 25)), "reported", speaker, None, "neutral", outlet)
            )
    columns = ["article_id", "start", "end", "voice", "speaker", "cue", "verb_group", "outlet"]
    voices = pd.DataFrame(said, columns=columns)
    once = ct.speakers(articles, voices, unit="reuse_group")
    many = copied(voices, "B").drop(columns="outlet")
    often = ct.speakers(copied(articles, "B"), many, unit="reuse_group")
    rows = [frame.sort_values(["outlet", "speaker"], ignore_index=True) for frame in (once, often)]
    assert once["share_low"].notna().all()
    same(rows[0], rows[1], ["outlet", "speaker", *ESTIMATES, "note"])
    assert (rows[1].loc[rows[1]["outlet"] == "B", "words"] == 5 * rows[0].loc[rows[0]["outlet"] == "B", "words"]).all()
    by_article = ct.speakers(copied(articles, "B"), many)
    assert by_article["share_high"].sub(by_article["share_low"]).sum() < once["share_high"].sub(once["share_low"]).sum()


FACTS = pd.DataFrame({"fact": ["the bus stopped", "a train stopped"], "pattern": ["bus", "train"]})


def searched(rows: list[tuple[str, str, str, str | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles: id, outlet, text, reuse group; and their tokens."""
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "text", "reuse_group"])
    return ct.tokenize(articles, ct.find_voices(articles)), articles


def test_five_copies_of_every_article_change_no_share_of_a_fact() -> None:
    texts = ["The bus stopped.", "A train stopped.", "Nothing moved.", "Bus and train stopped.", "All was well."]
    rows = [(f"{o}{n}", o, texts[n % 5], f"g{n % 7}" if o == "B" else f"h{n}") for o in "AB" for n in range(12)]
    tokens, articles = searched(rows)
    once = ct.coverage(tokens, articles, FACTS, unit="reuse_group")
    more = copied(articles, "B")
    often = ct.coverage(ct.tokenize(more, ct.find_voices(more)), more, FACTS, unit="reuse_group")
    assert once["share_low"].notna().all()
    same(once, often, ["fact", "outlet", "told", *ESTIMATES, "note"])
    of_b = once["outlet"] == "B"
    assert often.loc[of_b, "searched"].tolist() == [60, 60]
    assert (often.loc[of_b, "articles"] == 5 * once.loc[of_b, "articles"]).all()
    by_article = ct.coverage(tokens, articles, FACTS)
    same(once[~of_b], by_article[~of_b], list(once.columns))
    assert not np.allclose(once.loc[of_b, "share"], by_article.loc[of_b, "share"])


def test_five_printings_of_one_text_are_one_draw() -> None:
    text = "The bus stopped."
    tokens, articles = searched([(str(n), "A", text, "g") for n in range(5)] + [("b", "B", text, None)])
    table = ct.coverage(tokens, articles, FACTS, unit="reuse_group")
    assert table[["articles", "searched"]].to_numpy().tolist() == [[5, 5], [1, 1], [0, 5], [0, 1]]
    assert table["share"].tolist() == [1, 1, 0, 0]
    assert table[["share_low", "share_high"]].isna().all(axis=None)
    one = "(reuse groups, or articles without one) searched, 5 needed"
    assert table["note"].tolist()[:2] == [
        "no interval: 1 reuse group searched, 5 needed",
        f"no interval: 1 unit {one}",
    ]
    assert ct.coverage(tokens, articles, FACTS)["share_low"].notna().tolist() == [True, False, True, False]


def test_a_fact_in_some_printings_of_a_text_counts_as_their_share() -> None:
    rows = [(f"{n}", "A", "The bus stopped." if n in (0, 1, 4) else "Rain.", f"g{n // 3}") for n in range(15)]
    tokens, articles = searched(rows)
    row = ct.coverage(tokens, articles, FACTS, unit="reuse_group").iloc[0]
    assert row["share"] == pytest.approx((2 / 3 + 1 / 3) / 5)
    assert 0 < row["share_low"] < row["share"] < row["share_high"] < 1


@pytest.mark.parametrize(
    ("unit", "message"), [("event", "'unit' cannot be 'event'"), ("reuse_group", "add_reuse_groups adds it")]
)
def test_units_that_coverage_cannot_have(unit: str, message: str) -> None:
    tokens, articles = searched([("1", "A", "The bus stopped.", None)])
    with pytest.raises(ct.CorpusError, match=message):
        ct.coverage(tokens, articles.drop(columns="reuse_group"), FACTS, unit=unit)


# the articles of a group in one outlet enter as one


def test_counts_of_a_group_are_averaged_over_all_its_articles_in_the_outlet() -> None:
    articles, hits = corpus(
        [
            ("1", "A", None, "g", 4, 0),
            ("2", "A", None, "g", 0, 2),
            ("3", "A", None, "g", 0, 0),  # searched, no hit: it counts as well
            ("4", "A", None, "h", 1, 1),
            ("5", "B", None, "g", 0, 5),
        ]
    )
    shares = ct.framing_shares(hits, articles, unit="reuse_group")
    row = only(shares[(shares["outlet"] == "A") & (shares["label"] == "corridor")])
    assert row["share"] == pytest.approx((4 / 3 + 1) / (6 / 3 + 2))
    assert row[["hits", "slot_hits", "articles", "searched"]].tolist() == [5, 8, 3, 4]
    assert row["note"] == "no interval: 2 reuse groups with a hit, 5 needed"
    assert len(ct.kwic(articles, hits, row=row)) == 5
    mean = ct.framing_shares(hits, articles, unit="reuse_group", estimand="per_article")
    assert mean.loc[(mean["outlet"] == "A") & (mean["label"] == "corridor"), "share"].item() == pytest.approx(
        (4 / 6 + 1 / 2) / 2
    )


@pytest.mark.parametrize(
    ("estimand", "share"), [("pooled", (3 + 1 + 2) / (3 + 4 + 2)), ("per_article", (1 + 1 / 4 + 1) / 3)]
)
def test_a_group_in_two_outlets_counts_once_in_each(estimand: str, share: float) -> None:
    articles, hits = corpus(
        [
            ("1", "A", None, "g", 3, 0),
            ("2", "A", None, "g", 3, 0),
            ("3", "B", None, "g", 1, 3),
            ("4", "B", None, "h", 2, 0),
        ]
    )
    shares = ct.framing_shares(
        hits.assign(section="lead"), articles, by="section", unit="reuse_group", estimand=estimand
    )
    row = only(shares[shares["label"] == "corridor"])
    assert row["share"] == pytest.approx(share)
    assert "2 reuse groups" in row["note"]
    contrast = only(ct.framing_contrast(hits, articles, unit="reuse_group", estimand=estimand, **PAIR))
    assert contrast["share_target"] == 1
    assert contrast["share_reference"] == pytest.approx({"pooled": 3 / 6, "per_article": (1 / 4 + 1) / 2}[estimand])


def test_groups_are_averaged_inside_a_row() -> None:
    """A month of the table is what the same articles give alone."""
    articles, hits = drawn(4)
    articles = articles.assign(month=[f"m{i % 3}" for i in range(len(articles))])
    table = ct.framing_shares(hits, articles, by=["outlet", "month"], unit="reuse_group")
    own = articles[articles["month"] == "m1"]
    alone = ct.framing_shares(hits[hits["article_id"].isin(own["article_id"])], own, unit="reuse_group")
    part = table[table["month"] == "m1"].reset_index(drop=True)
    pd.testing.assert_frame_equal(part[alone.columns], alone)


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_article_without_a_group_is_a_unit_of_its_own(nothing: str | None) -> None:
    articles, hits = drawn(5)
    lone = articles.assign(reuse_group=pd.Series([nothing] * len(articles), dtype="object"))
    pd.testing.assert_frame_equal(
        ct.framing_shares(hits, lone, unit="reuse_group"), ct.framing_shares(hits, articles, unit="article_id")
    )
    own = articles.assign(reuse_group=articles["article_id"])
    assert only(ct.framing_contrast(hits, own, unit="reuse_group", **PAIR)).equals(
        only(ct.framing_contrast(hits, own, **PAIR))
    )


def test_a_group_with_few_hits_counts_no_less_than_a_hit() -> None:
    """Ten groups of two articles of which one has a hit: ten pieces of evidence, not five."""
    rows: Rows = [
        (f"{g}{i}", "A", None, f"g{g}", (g % 2) * (i == 0), ((g + 1) % 2) * (i == 0)) for g in range(10) for i in (0, 1)
    ]
    articles, hits = corpus(rows)
    by_group, by_article = (
        ct.framing_shares(hits, articles, unit=unit)[ESTIMATES] for unit in ("reuse_group", "article_id")
    )
    pd.testing.assert_frame_equal(by_group, by_article)


def test_copies_in_both_outlets_are_one_unit_and_tie_their_shares() -> None:
    rows: Rows = [(f"{o}{g}", o, None, f"g{g}", g % 3, 1) for g in range(12) for o in "AB"]
    articles, hits = corpus(rows)
    tied = only(ct.framing_contrast(hits, articles, unit="reuse_group", **PAIR))
    loose = only(ct.framing_contrast(hits, articles, **PAIR))
    assert tied["difference"] == loose["difference"] == 0
    assert 0 < tied["difference_high"] < loose["difference_high"]
    assert 0 > tied["difference_low"] > loose["difference_low"]
    assert tied["p"] == 1


# articles and events only set what is resampled


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
def test_events_as_units_leave_the_estimates(estimand: str) -> None:
    articles, hits = drawn(6)
    by_article, by_event = (
        ct.framing_shares(hits, articles, unit=unit, estimand=estimand) for unit in ("article_id", "event")
    )
    same(by_article, by_event, ["hits", "slot_hits", "share", "articles", "searched"])
    assert not np.allclose(by_article["share_low"], by_event["share_low"])
    contrasts = [
        only(ct.framing_contrast(hits, articles, unit=unit, estimand=estimand, **PAIR))
        for unit in ("article_id", "event")
    ]
    assert contrasts[0]["difference"] == pytest.approx(contrasts[1]["difference"])
    assert contrasts[0]["difference_low"] != pytest.approx(contrasts[1]["difference_low"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "reuse_group"}, "no column 'reuse_group'.*add_reuse_groups"),
        ({"unit": "event"}, "no column 'event'.*add_events"),
        ({"within": "event"}, "no column 'event'.*within='event'.*add_events"),
        ({"unit": "reuse_groups"}, "did you mean 'reuse_group'"),
        ({"within": "events"}, "did you mean 'event'"),
        ({"within": "outlet"}, "'within' cannot be 'outlet'"),
    ],
)
def test_what_is_missing_and_what_adds_it(options: dict[str, str], message: str) -> None:
    articles, hits = drawn()
    bare = articles.drop(columns=["event", "reuse_group"])
    with pytest.raises(ct.CorpusError, match=message):
        ct.framing_contrast(hits, bare, **PAIR, **options)
    if "within" not in options:
        with pytest.raises(ct.CorpusError, match=message):
            ct.framing_shares(hits, bare, **options)
        with pytest.raises(ct.CorpusError, match=message):
            ct.speakers(bare, pd.DataFrame(), **options)


# within events

MATCHED: Rows = [
    ("1", "A", "x", "g1", 3, 1),
    ("2", "A", "x", "g2", 0, 1),
    ("3", "B", "x", "g3", 1, 3),
    ("4", "A", "y", "g4", 1, 0),
    ("5", "B", "y", "g5", 1, 1),
    ("6", "B", "y", "g6", 0, 0),
    ("7", "A", "z", "g7", 0, 9),  # no article of B
    ("8", "B", "w", "g8", 9, 0),  # an article of A, without a hit
    ("9", "A", "w", "g9", 0, 0),
    ("10", "A", None, "g10", 2, 0),
    ("11", "B", " ", "g11", 2, 0),
]


@pytest.mark.parametrize(("estimand", "first"), [("pooled", 3 / 5), ("per_article", 3 / 8)])
def test_the_mean_over_events_that_both_cover(estimand: str, first: float) -> None:
    articles, hits = corpus(MATCHED)
    contrast = ct.framing_contrast(hits, articles, within="event", estimand=estimand, **PAIR)
    row = only(contrast)
    assert tuple(contrast.columns) == CONTRAST
    assert row["share_target"] == pytest.approx((first + 1) / 2)
    assert row["share_reference"] == pytest.approx((1 / 4 + 1 / 2) / 2)
    assert row["difference"] == pytest.approx(row["share_target"] - row["share_reference"])
    assert row[["articles_target", "articles_reference"]].tolist() == [3, 2]
    assert row[["difference_low", "difference_high", "p"]].isna().all()
    assert row["note"] == (
        "no interval: 2 events with hits of both, 5 needed; "
        "4 articles with a hit outside the events with hits of both; 2 of them without an event"
    )
    assert len(ct.kwic(articles, hits, row=row)) == hits["label"].eq("corridor").sum()


def test_groups_are_averaged_inside_an_event() -> None:
    rows = [*MATCHED, ("12", "A", "x", "g1", 5, 5), ("13", "B", "x", "g1", 0, 4)]
    articles, hits = corpus(rows)
    row = only(ct.framing_contrast(hits, articles, within="event", unit="reuse_group", **PAIR))
    of_group = (3 + 5) / 2, (4 + 10) / 2
    assert row["share_target"] == pytest.approx((of_group[0] / (of_group[1] + 1) + 1) / 2)
    assert row["share_reference"] == pytest.approx((1 / 8 + 1 / 2) / 2)


def test_all_others_inside_events() -> None:
    articles, hits = corpus([*MATCHED, ("12", "C", "z", "g12", 1, 0), ("13", "C", "x", "g13", 4, 0)])
    row = only(ct.framing_contrast(hits, articles, within="event", label="corridor", target="A"))
    assert row["share_target"] == pytest.approx((3 / 5 + 1 + 0) / 3)
    assert row["share_reference"] == pytest.approx((5 / 8 + 1 / 2 + 1) / 3)
    assert row["articles_reference"] == 4


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (MATCHED[6:], "no event in which both have a hit of the slot; 4 articles with a hit outside"),
        ([(*row[:2], None, *row[3:]) for row in MATCHED], "no event in which both.*; 9 articles.*; 9 of them without"),
        ([MATCHED[0], MATCHED[5]], "no hit of the slot in one of the two; 1 article with a hit outside"),
    ],
)
def test_without_a_common_event_there_is_nothing_to_compare(rows: Rows, note: str) -> None:
    articles, hits = corpus(rows)
    row = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    assert row[DIFFERENCES].isna().all()
    assert row[["articles_target", "articles_reference"]].tolist() == [0, 0]
    assert pd.Series([row["note"]]).str.contains(note).all()


def events_of(*shares: tuple[int, int, int, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One article of each outlet per event: corridor and road in A, then in B."""
    rows: Rows = []
    for place, (a, not_a, b, not_b) in enumerate(shares):
        rows += [
            (f"a{place}", "A", f"e{place}", f"ga{place}", a, not_a),
            (f"b{place}", "B", f"e{place}", f"gb{place}", b, not_b),
        ]
    return corpus(rows)


def test_five_events_carry_an_interval_and_four_do_not() -> None:
    clear = [(4, 1, 1, 4), (3, 1, 1, 3), (2, 0, 0, 2), (5, 1, 2, 3), (2, 1, 1, 2)]
    articles, hits = events_of(*clear)
    row = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    assert -1 <= row["difference_low"] < row["difference"] < row["difference_high"] <= 1
    assert row["p"] == pytest.approx(2 / 2**5)
    assert row["note"] == "within 5 events; smallest p that can be reached: 0.062"
    few, few_hits = events_of(*clear[:4])
    four = only(ct.framing_contrast(few_hits, few, within="event", **PAIR))
    assert "4 events with hits of both" in four["note"]
    assert np.isnan(four["p"])


def test_what_differs_between_events_does_not_pass_for_a_difference_of_outlets() -> None:
    """Both say "corridor" in 4 of 5 cases of one kind of event and in 1 of 5 of the other; A has more of the first."""
    rows: Rows = []
    for event in range(16):
        for outlet, often in (("A", event < 8), ("B", event >= 8)):
            for copy in range(6 if often else 1):
                own = 4 if event < 8 else 1
                rows.append(
                    (f"{outlet}{event}-{copy}", outlet, f"e{event:02d}", f"{outlet}{event}{copy}", own, 5 - own)
                )
    articles, hits = corpus(rows)
    plain, within = (only(ct.framing_contrast(hits, articles, within=w, **PAIR)) for w in (None, "event"))
    assert plain["difference_low"] > 0.3
    assert plain["p"] < 0.01
    assert within["difference"] == pytest.approx(0)
    assert within["difference_low"] < 0 < within["difference_high"]
    assert within["p"] == 1


def test_strong_events_do_not_hide_a_difference_inside_them() -> None:
    articles, hits = events_of(*[(2 * e + 2, 24 - 2 * e, 2 * e, 26 - 2 * e) for e in range(12)])
    plain, within = (only(ct.framing_contrast(hits, articles, within=w, **PAIR)) for w in (None, "event"))
    assert plain["difference"] == pytest.approx(within["difference"]) == pytest.approx(2 / 26)
    assert plain["p"] > 0.3
    assert within["p"] < 0.01
    assert within["difference_low"] > plain["difference_low"]


def test_swapping_the_sides_turns_the_sign_inside_events_too() -> None:
    articles, hits = drawn(8)
    one = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    other = only(ct.framing_contrast(hits, articles, within="event", label="corridor", target="B", reference="A"))
    assert other["difference"] == pytest.approx(-one["difference"])
    assert other["difference_low"] == pytest.approx(-one["difference_high"])


@pytest.mark.parametrize("unit", ["article_id", "reuse_group", "event"])
def test_rows_and_index_in_any_order(unit: str) -> None:
    articles, hits = drawn(9)
    mixed = articles.sample(frac=1, random_state=1), hits.sample(frac=1, random_state=2)
    mixed = mixed[0].set_axis([0] * len(articles)), mixed[1].set_axis([7] * len(hits))
    for within in (None, "event"):
        options = {**PAIR, "unit": unit, "within": within, "resamples": 200}
        one = ct.framing_contrast(hits, articles, **options)
        pd.testing.assert_frame_equal(one, ct.framing_contrast(mixed[1], mixed[0], **options))


def test_numbers_name_events_too() -> None:
    articles, hits = drawn(9)
    numbered = articles.assign(event=articles["event"].str[1:].astype("float64"))
    for options in ({"within": "event"}, {"unit": "event"}):
        same(
            ct.framing_contrast(hits, articles, **PAIR, **options),
            ct.framing_contrast(hits, numbered, **PAIR, **options),
            DIFFERENCES,
        )


def test_whole_events_change_their_sides_where_they_are_the_unit() -> None:
    """With 2 and 1 articles per event there are 3 arrangements of each; with the event as unit there are 2."""
    rows: Rows = []
    for event in range(5):
        rows += [(f"a{event}-{i}", "A", f"e{event}", f"a{event}-{i}", 4 + i, event) for i in (0, 1)]
        rows.append((f"b{event}", "B", f"e{event}", f"b{event}", 0, 3 + event))
    articles, hits = corpus(rows)
    by_event = only(ct.framing_contrast(hits, articles, within="event", unit="event", **PAIR))
    by_article = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    assert by_event["p"] == pytest.approx(2 / 2**5)
    assert by_article["p"] * 3**5 == pytest.approx(round(by_article["p"] * 3**5))
    assert by_article["p"] != pytest.approx(by_event["p"])
    assert by_article[DIFFERENCES[:5]].equals(by_event[DIFFERENCES[:5]])


# a text on several events


def reprinted(events: int, every: int, articles: int = 2) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each outlet has some articles per event; the first of A is one text for so many events in a row."""
    rng = np.random.default_rng(events)
    rows: Rows = []
    for event in range(events):
        for outlet in "AB":
            for place in range(articles):
                text = f"g{outlet}{event}-{place}" if outlet == "B" or place else f"wire {event // every}"
                own = (3, 1) if text.startswith("wire") else (int(rng.integers(3)), int(rng.integers(1, 3)))
                rows.append((f"{outlet}{event}-{place}", outlet, f"e{event:02d}", text, *own))
    return corpus(rows)


@pytest.mark.parametrize("events", [5, 12])
def test_one_text_of_each_outlet_on_many_events_is_one_piece_of_evidence(events: int) -> None:
    rows: Rows = [
        (f"{o}{e}", o, f"e{e}", f"g{o}", *own) for e in range(events) for o, own in (("A", (2, 1)), ("B", (1, 2)))
    ]
    articles, hits = corpus(rows)
    row = only(ct.framing_contrast(hits, articles, within="event", unit="reuse_group", **PAIR))
    assert row["difference"] == pytest.approx(1 / 3)
    assert row[["difference_low", "difference_high", "p"]].isna().all()
    assert row["note"] == (
        f"no interval: 1 event with hits of both, 5 needed; {events} events share a text and count as one"
    )
    by_article = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    assert by_article["difference_low"] > -0.4


def test_events_that_share_a_text_are_one_piece_of_evidence() -> None:
    articles, hits = reprinted(18, every=3)
    joined = only(ct.framing_contrast(hits, articles, within="event", unit="reuse_group", **PAIR))
    loose = only(ct.framing_contrast(hits, articles, within="event", **PAIR))
    assert joined["difference"] == pytest.approx(loose["difference"])
    assert joined["note"].startswith("within 18 events; 18 events share texts and count as 6; smallest p")
    assert joined["difference_high"] - joined["difference_low"] > loose["difference_high"] - loose["difference_low"]
    assert joined["p"] * 2**6 == pytest.approx(round(joined["p"] * 2**6))
    assert joined["p"] >= 2 / 2**6
    few, few_hits = reprinted(12, every=3)
    row = only(ct.framing_contrast(few_hits, few, within="event", unit="reuse_group", **PAIR))
    assert row["note"].startswith("no interval: 4 events with hits of both, 5 needed; 12 events share texts and count")


def test_events_are_joined_over_others_and_across_outlets() -> None:
    """x and y share a text of A, y and z one that A printed on y and B on z: three events, one piece of evidence."""
    rows: Rows = [(f"{o}{e}", o, e, f"{o}{e}", 1 + (o == "A"), 1) for o in "AB" for e in "tuvwxyz"]
    rows += [("1", "A", "x", "g", 1, 1), ("2", "A", "y", "g", 1, 1)]
    rows += [("3", "A", "y", "h", 1, 1), ("4", "B", "z", "h", 1, 1)]
    # No event of both: what it shares joins nothing.
    rows += [("5", "A", "s", "At", 1, 1), ("6", "A", "s", "Au", 1, 1)]
    articles, hits = corpus(rows)
    row = only(ct.framing_contrast(hits, articles, within="event", unit="reuse_group", **PAIR))
    assert row["note"].startswith("within 7 events; 3 events share a text and count as one; smallest p")


@pytest.mark.parametrize("unit", ["article_id", "event", "reuse_group"])
def test_without_a_text_on_two_events_each_event_is_one(unit: str) -> None:
    """The interval of the mean of twelve differences, and nothing about joined events."""
    articles, hits = drawn(10, articles=200, groups=9)
    row = only(ct.framing_contrast(hits, articles, within="event", unit=unit, **PAIR))
    assert row["note"].startswith("within 8 events; smallest p")
    lone = articles.assign(reuse_group=articles["article_id"])
    alike = ct.framing_contrast(hits, lone, within="event", unit="reuse_group", **PAIR)
    same(alike, ct.framing_contrast(hits, articles, within="event", **PAIR), DIFFERENCES)


def test_a_mean_over_joined_events_counts_events_and_has_the_evidence_of_units() -> None:
    target, reference = np.array([0.9, 0.8, 0.1, 0.6, 0.5, 0.7, 0.2, 0.4]), np.full(8, 0.3)
    options: dict[str, Any] = {"hits": (30.0, 30.0), "confidence": 0.95}
    apart = paired_interval(target, reference, **options)
    assert paired_interval(target, reference, joined=np.arange(8)[::-1], **options) == pytest.approx(apart)
    joined = np.array([0, 0, 0, 1, 2, 3, 4, 5])
    low, high = paired_interval(target, reference, joined=joined, **options)
    assert low < np.mean(target - reference) < high
    assert high - low > apart[1] - apart[0]
    order = np.array([3, 0, 7, 2, 5, 1, 4, 6])
    mixed = paired_interval(target[order], reference[order], joined=joined[order], **options)
    assert mixed == pytest.approx((low, high))


def test_joined_events_change_their_sides_together() -> None:
    """Counted by hand: two events that are one, and four of one article a side."""
    pairs = [((3, 4), (1, 4)), ((2, 3), (1, 3)), ((1, 1), (0, 2)), ((1, 2), (1, 3)), ((2, 2), (1, 2)), ((0, 1), (1, 5))]
    joined = np.array([0, 0, 1, 2, 3, 4])
    events = [
        (np.array([target, (0, 0)], dtype=float), np.array([(0, 0), reference], dtype=float))
        for target, reference in pairs
    ]
    inside = np.array([t[0] / t[1] - r[0] / r[1] for t, r in pairs])
    sizes, sums = np.bincount(joined), np.bincount(joined, inside)

    def statistic(signs: tuple[int, ...]) -> float:
        turned = sums * np.array(signs)
        mean = turned.sum() / 6
        return abs(mean) / float(np.sqrt(((turned - mean * sizes) ** 2).sum() * 5 / 4) / 6)

    every = [statistic(signs) for signs in product((1, -1), repeat=5)]
    p, smallest = permutation_p_within(events, resamples=32, random_state=0, joined=joined)
    assert p == pytest.approx(np.mean(np.array(every) >= statistic((1,) * 5) - 1e-9))
    assert smallest == pytest.approx(np.mean(np.array(every) >= max(every) - 1e-9))


def test_names_of_groups_and_events_do_not_move_p() -> None:
    rng = np.random.default_rng(7)
    articles, hits = drawn(1, articles=150, groups=8)
    # Some texts are printed on the next event as well.
    articles = articles.assign(
        reuse_group=articles["reuse_group"].str.replace("e1-7", "e0-7").str.replace("g3-", "g2-")
    )
    for within in (None, "event"):
        options: dict[str, Any] = {**PAIR, "unit": "reuse_group", "within": within, "resamples": 200}
        first = only(ct.framing_contrast(hits, articles, **options))
        assert np.isfinite(first["p"])
        for _ in range(4):
            named = {
                column: articles[column].map(dict(zip(names, rng.permutation(names), strict=True)))
                for column in ("event", "reuse_group")
                for names in [articles[column].unique()]
            }
            again = only(ct.framing_contrast(hits, articles.assign(**named), **options))
            assert again["p"] == first["p"]
            assert again["note"] == first["note"]


def test_spaces_around_the_name_of_an_event_are_no_other_event() -> None:
    articles, hits = drawn(2, articles=120)
    spaced = articles.assign(event=articles["event"] + pd.Series(["", " ", "\t"] * 40))
    for unit in ("reuse_group", "event", "article_id"):
        options: dict[str, Any] = {**PAIR, "unit": unit, "resamples": 100}
        same(
            ct.framing_contrast(hits, articles, within="event", **options),
            ct.framing_contrast(hits, spaced, within="event", **options),
            [*DIFFERENCES, "note"],
        )


@pytest.mark.parametrize(("unit", "kind"), [("event", "events"), ("reuse_group", "reuse groups")])
def test_articles_without_a_unit_are_not_called_one(unit: str, kind: str) -> None:
    rows: Rows = [(f"{o}{i}", o, *(("x", "x") if i < 2 else (None, None)), 1, 1) for o in "AB" for i in range(4)]
    articles, hits = corpus(rows)
    three = f"units ({kind}, or articles without one) with a hit, 5 needed"
    assert only(ct.framing_contrast(hits, articles, unit=unit, **PAIR))["note"] == (
        f"no interval: 3 and 3 {three} on each side"
    )
    assert set(ct.framing_shares(hits, articles, unit=unit)["note"]) == {f"no interval: 3 {three}"}
    named = articles.assign(**{unit: articles["article_id"]})
    assert set(ct.framing_shares(hits, named, unit=unit)["note"]) == {f"no interval: 4 {kind} with a hit, 5 needed"}
    assert "4 and 4 articles with" in only(ct.framing_contrast(hits, articles, **PAIR))["note"]


# the inference behind it


def test_p_within_is_that_of_all_arrangements_inside_events() -> None:
    """Counted by hand: units inside an event change places, events stay apart."""
    events = [
        (np.array([[2.0, 3], [1, 1], [0, 0]]), np.array([[0.0, 0], [0, 0], [1, 4]])),  # 3 units: 3 ways
        (np.array([[1.0, 2], [0, 0]]), np.array([[0.0, 0], [0, 1]])),  # 2 units: 2 ways
        (np.array([[2.0, 2], [1, 1], [0, 0]]), np.array([[0.0, 1], [0, 0], [1, 2]])),  # one on both sides: 2 by 2 ways
    ]
    swaps = [
        [(0, 0, 0), (1, 0, 1), (0, 1, 1)],
        [(0, 0), (1, 1)],
        [(0, 0, 0), (1, 0, 0), (0, 1, 1), (1, 1, 1)],
    ]

    def inside(event: tuple[np.ndarray, np.ndarray], swap: tuple[int, ...]) -> float:
        chosen = np.array(swap, dtype=bool)[:, None]
        sides = np.where(chosen, event[1], event[0]), np.where(chosen, event[0], event[1])
        return float(np.subtract(*[side[:, 0].sum() / side[:, 1].sum() for side in sides]))

    def statistic(chosen: tuple[tuple[int, ...], ...]) -> float:
        differences = [inside(event, swap) for event, swap in zip(events, chosen, strict=True)]
        error = np.std(differences, ddof=1) / np.sqrt(len(differences))
        return abs(float(np.mean(differences)) / error) if error > 1e-9 else np.inf

    every = [statistic(chosen) for chosen in product(*swaps)]
    observed = statistic(((0, 0, 0), (0, 0), (0, 0, 0)))
    p, smallest = permutation_p_within(events, resamples=24, random_state=0)
    assert p == pytest.approx(np.mean(np.array(every) >= observed - 1e-9))
    assert smallest == pytest.approx(np.mean(np.array(every) >= max(every) - 1e-9))
    drawn_p, least = permutation_p_within(events, resamples=23, random_state=0)
    assert least * 24 == pytest.approx(round(least * 24))
    assert 0 < least <= drawn_p
    assert abs(drawn_p - p) < 0.3
    many, _ = permutation_p_within(events * 2, resamples=500, random_state=1)
    assert 0 < many <= 1


def test_events_in_which_both_agree_leave_a_width() -> None:
    for share in (0.0, 0.5, 1.0):
        alike = np.full(6, share)
        low, high = paired_interval(alike, alike, hits=(12, 12), confidence=0.95)
        assert low < -0.05
        assert high > 0.05
    rising = np.array([0.0, 0.5, 1.0, 0.5, 0.0, 1.0])
    low, high = paired_interval(rising, rising, hits=(12, 12), confidence=0.95)
    assert low < -0.02
    assert high > 0.02


def simulated(seed: int, events: int) -> pd.DataFrame:
    """Both outlets draw from the event's own share; one to three articles each, hits negative binomial with mean 2."""
    rng = np.random.default_rng(seed)
    rows = []
    for event, share in enumerate(rng.beta(0.7, 1.6, events)):
        for side in (0, 1):
            for copy in range(int(rng.integers(1, 4))):
                size = int(1 + rng.negative_binomial(1, 0.5))
                own = int(rng.binomial(size, rng.beta(4 * share + 1e-3, 4 * (1 - share) + 1e-3)))
                name = f"{event:02d}-{side}-{copy}"
                rows += [(name, f"{event:02d}", side, "corridor" if i < own else "road") for i in range(size)]
    found = pd.DataFrame(rows, columns=["article_id", "event", "_group", "label"])
    return found.assign(_unit=found["article_id"], _alone=False, _one=found["article_id"], _weight=1.0)


@pytest.mark.slow
@pytest.mark.parametrize("events", [6, 12])
def test_equal_outlets_are_rarely_called_different_inside_events(events: int) -> None:
    runs, called, covered = 200, 0, 0
    for seed in range(runs):
        options = Options("corridor", "article_id", "event", "pooled", 0.95, 199, seed)
        result = difference(simulated(seed, events), options)
        called += result.p < 0.05
        covered += result.difference_low <= 0 <= result.difference_high
    assert called / runs <= 0.085
    assert covered / runs >= 0.92


def follow_ups(seed: int, events: int) -> pd.DataFrame:
    """Every other event prints all texts of the one before it again; four texts on each, outlets at random."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(0, events, 2):
        for place, share in enumerate(rng.beta(0.7, 1.6, 4)):
            side, size = int(rng.integers(2)), int(1 + rng.negative_binomial(1, 0.5))
            own = int(rng.binomial(size, share))
            for printed in (event, event + 1):
                name = f"{printed:02d}-{place}", f"{printed:02d}", side, f"{event:02d}-{place}"
                rows += [(*name, "corridor" if i < own else "road") for i in range(size)]
    found = pd.DataFrame(rows, columns=["article_id", "event", "_group", "_unit", "label"])
    return found.assign(_alone=False, _one=found["article_id"], _weight=1.0)


@pytest.mark.slow
def test_texts_printed_again_are_rarely_called_a_difference() -> None:
    """With each event as evidence of its own p is below .05 in 15 of 100 draws."""
    called, covered, runs = 0, 0, 0
    for seed in range(200):
        found = follow_ups(seed, 16)
        result = difference(found, Options("corridor", "reuse_group", "event", "pooled", 0.95, 199, seed))
        if np.isfinite(result.p):
            runs += 1
            called += result.p < 0.05
            covered += result.difference_low <= 0 <= result.difference_high
    assert runs > 150
    assert called / runs <= 0.085
    assert covered / runs >= 0.92


def test_frames_whose_index_has_the_name_of_a_column() -> None:
    articles, hits = corpus([(f"{o}{e}", o, f"e{e}", f"{o}{e}", 1, 1) for o in "AB" for e in range(6)])
    options = {"label": hits["label"].iloc[0], "target": "A", "within": "event"}
    plain = ct.framing_contrast(hits, articles, **options)
    indexed = articles.set_index("article_id", drop=False), hits.set_index("article_id", drop=False)
    pd.testing.assert_frame_equal(ct.framing_contrast(indexed[1], indexed[0], **options), plain)


def test_a_mark_that_is_neither_true_nor_false_is_refused() -> None:
    articles, hits = corpus([(f"{o}{e}", o, f"e{e}", f"{o}{e}", 1, 1) for o in "AB" for e in range(6)])
    with pytest.raises(CorpusError, match="'checked' of the hits holds 'no'"):
        ct.framing_shares(hits.assign(checked="no"), articles)
