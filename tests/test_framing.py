"""Shares and contrasts: which articles and hits are counted where, and what is said when there is too little."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.schema import CONTRAST, HITS, SHARES

STOPPAGE = "the stoppage"


def small_corpus(make_articles: Any, rows: list[tuple[str, str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles of the words "strike" and "walkout", and their hits."""
    articles = make_articles(rows)
    lexicon = pd.DataFrame({"slot": STOPPAGE, "label": ["strike", "walkout"], "pattern": ["strike", "walkout"]})
    return articles, ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon)


SIX = [
    ("a1", "A", "strike strike strike"),
    ("a2", "A", "walkout"),
    ("a3", "A", "nothing"),
    ("b1", "B", "walkout “walkout strike”"),
    ("b2", "B", "“strike”"),
    ("c1", "C", "nothing"),
]


@pytest.fixture(scope="module")
def strike() -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = ct.read_articles("strike")
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    return articles, hits[hits["slot"] == STOPPAGE]


def of(shares: pd.DataFrame, **values: str) -> pd.Series:
    chosen = shares
    for column, value in values.items():
        chosen = chosen[chosen[column] == value]
    assert len(chosen) == 1
    return chosen.iloc[0]


# shares


def test_counts_of_each_group(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    shares = ct.framing_shares(hits, articles)
    columns = ["outlet", "label", "hits", "slot_hits", "articles", "searched"]
    assert shares[columns].to_numpy().tolist() == [
        ["A", "strike", 3, 4, 2, 3],
        ["A", "walkout", 1, 4, 2, 3],
        ["B", "strike", 2, 4, 2, 2],
        ["B", "walkout", 2, 4, 2, 2],
        ["C", "strike", 0, 0, 0, 1],
        ["C", "walkout", 0, 0, 0, 1],
    ]
    assert tuple(shares.columns) == ("outlet", *SHARES)
    assert shares["share"].tolist()[:4] == [0.75, 0.25, 0.5, 0.5]


def test_groups_without_a_hit_stay_as_missing_with_a_note(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    shares = ct.framing_shares(hits, articles)
    silent = shares[shares["outlet"] == "C"]
    assert silent[["share", "share_low", "share_high"]].isna().all(axis=None)
    assert silent["note"].tolist() == ["no hit of the slot"] * 2
    few = shares[shares["outlet"] == "A"]
    assert few[["share_low", "share_high"]].isna().all(axis=None)
    assert few["note"].str.contains("2 articles").all()


def test_per_article_is_the_mean_of_article_shares(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    shares = ct.framing_shares(hits, articles, estimand="per_article")
    assert of(shares, outlet="A", label="strike")["share"] == pytest.approx((1 + 0) / 2)
    assert of(shares, outlet="B", label="strike")["share"] == pytest.approx((1 / 3 + 1) / 2)


def test_voices_in_the_order_of_the_design_and_every_combination(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"])
    groups = shares[["outlet", "voice"]].drop_duplicates().to_numpy().tolist()
    assert groups == [[outlet, voice] for outlet in "ABC" for voice in ("narrator", "quoted")]
    assert of(shares, outlet="B", voice="quoted", label="strike")["share"] == pytest.approx(2 / 3)
    assert of(shares, outlet="B", voice="quoted", label="strike")["searched"] == 2


def spoken_hits(*rows: tuple[str, str, str, str, int]) -> pd.DataFrame:
    """Hits by hand: article, outlet, voice, label, how often."""
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "voice", "label", "times"])
    frame = frame.loc[frame.index.repeat(frame.pop("times"))].reset_index(drop=True)
    places = frame.groupby("article_id").cumcount() * 10
    return frame.assign(
        slot=STOPPAGE, surface=frame["label"], start=places, end=places + 6, sentence=0, section="body", checked=True
    )[list(HITS)]


THREE_VOICES = [
    ("a1", "A", "narrator", "strike", 3),
    ("a1", "A", "reported", "walkout", 1),
    ("a2", "A", "reported", "strike", 1),
    ("a2", "A", "quoted", "walkout", 2),
    ("b1", "B", "narrator", "walkout", 1),
]


def test_three_voices_of_every_outlet_stay_and_add_up(make_articles: Any) -> None:
    articles = make_articles([("a1", "A", "…"), ("a2", "A", "…"), ("a3", "A", "…"), ("b1", "B", "…"), ("c1", "C", "…")])
    hits = spoken_hits(*THREE_VOICES)
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"])
    groups = shares[["outlet", "voice"]].drop_duplicates().to_numpy().tolist()
    assert groups == [[outlet, voice] for outlet in "ABC" for voice in ("narrator", "reported", "quoted")]
    columns = ["voice", "hits", "slot_hits", "articles", "searched"]
    strike = shares[(shares["outlet"] == "A") & (shares["label"] == "strike")]
    assert strike[columns].to_numpy().tolist() == [
        ["narrator", 3, 3, 1, 3],
        ["reported", 1, 2, 2, 3],
        ["quoted", 0, 2, 1, 3],
    ]
    assert strike["share"].tolist() == [1, 0.5, 0]
    whole = ct.framing_shares(hits, articles)
    sums = shares.groupby(["outlet", "label"])[["hits", "slot_hits"]].sum()
    assert sums.to_dict() == whole.set_index(["outlet", "label"])[["hits", "slot_hits"]].to_dict()


def test_a_voice_without_a_hit_is_missing_with_a_note_and_never_nought(make_articles: Any) -> None:
    articles = make_articles([("a1", "A", "…"), ("a2", "A", "…"), ("b1", "B", "…")])
    shares = ct.framing_shares(spoken_hits(*THREE_VOICES), articles, by=["outlet", "voice"])
    silent = shares[(shares["outlet"] == "B") & (shares["voice"] != "narrator")]
    assert len(silent) == 4
    assert silent[["share", "share_low", "share_high"]].isna().all(axis=None)
    assert (silent[["hits", "slot_hits", "articles"]] == 0).all(axis=None)
    assert (silent["searched"] == 1).all()
    assert set(silent["note"]) == {"no hit of the slot"}


@pytest.mark.parametrize("voice", ["narrator", "reported", "quoted"])
def test_hits_of_one_voice_give_that_part_of_the_split(strike: tuple[pd.DataFrame, pd.DataFrame], voice: str) -> None:
    articles, hits = strike
    spoken = hits.assign(voice=[("narrator", "reported", "quoted")[n % 3] for n in range(len(hits))])
    split = ct.framing_shares(spoken, articles, by=["outlet", "voice"])
    own = ct.framing_shares(spoken[spoken["voice"] == voice], articles)
    part = split[(split["voice"] == voice) & split["label"].isin(own["label"])].drop(columns="voice")
    keys = ["outlet", "label"]
    pd.testing.assert_frame_equal(part.set_index(keys).sort_index(), own.set_index(keys).sort_index())


@pytest.mark.parametrize(
    "by",
    ["outlet", "voice", "section", "event", "title", ["outlet", "voice"], ["event", "outlet"], ["outlet", "section"]],
)
def test_whatever_the_groups_every_hit_is_counted_once(
    strike: tuple[pd.DataFrame, pd.DataFrame], by: str | list[str]
) -> None:
    articles, hits = strike
    shares = ct.framing_shares(hits, articles, by=by)
    assert shares["hits"].sum() == len(hits)
    sums = shares.groupby([by] if isinstance(by, str) else by)["share"].sum(min_count=1).dropna()
    assert sums.to_numpy() == pytest.approx(1)


def test_articles_without_an_event_are_a_group_of_their_own(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    articles = articles.assign(event=pd.Series(["x", "x", None, "y", None, None], dtype="str"))
    shares = ct.framing_shares(hits, articles, by="event")
    assert shares["hits"].sum() == len(hits)
    nobody = shares[shares["event"].isna()]
    assert nobody[["hits", "slot_hits", "searched"]].to_numpy().tolist() == [[1, 1, 3], [0, 1, 3]]


@pytest.mark.parametrize("column", ["section", "voice", "label", "slot", "surface"])
def test_a_column_of_the_articles_that_is_called_as_one_of_the_hits(make_articles: Any, column: str) -> None:
    """Data sets often have a column "section" of their own ("Politics"); the hits' one is meant, and no hit is lost."""
    articles, hits = small_corpus(make_articles, SIX)
    articles = articles.assign(**{column: "Politics"})
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"] if column != "section" else ["outlet", "section"])
    assert shares["hits"].sum() == len(hits)


@pytest.mark.parametrize("by", ["slot", "label", ["outlet", "label"]])
def test_columns_that_a_share_has_anyway_make_no_groups(make_articles: Any, by: str | list[str]) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    with pytest.raises(ct.CorpusError, match="by"):
        ct.framing_shares(hits, articles, by=by)


def test_the_same_label_in_two_slots_is_counted_apart(make_articles: Any) -> None:
    articles = make_articles([("a1", "A", "occupied hill, occupied land land")])
    lexicon = pd.DataFrame(
        {
            "slot": ["hill", "land", "land"],
            "label": ["occupied", "occupied", "land"],
            "pattern": ["occupied hill", "occupied land", "land"],
        }
    )
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon)
    shares = ct.framing_shares(hits, articles)
    assert shares[["slot", "label", "hits", "slot_hits"]].to_numpy().tolist() == [
        ["hill", "occupied", 1, 1],
        ["land", "land", 1, 2],
        ["land", "occupied", 1, 2],
    ]


def test_filtered_hits_are_shares_among_themselves(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    outside = ct.framing_shares(hits[hits["voice"] != "quoted"], articles)
    assert of(outside, outlet="Ellery Meridian", label="strike")[["hits", "slot_hits"]].tolist() == [5, 24]
    alone = ct.framing_shares(hits[hits["outlet"] == "Ropewalk Voice"], articles)
    assert of(alone, outlet="Ellery Meridian", label="strike")["slot_hits"] == 0


def test_filtered_articles_need_filtered_hits(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    october = articles[articles["date"] < "2024-10-09"]
    with pytest.raises(ct.CorpusError, match="not among the articles"):
        ct.framing_shares(hits, october)
    shares = ct.framing_shares(hits[hits["article_id"].isin(october["article_id"])], october)
    assert shares.drop_duplicates("outlet")["searched"].sum() == len(october)


def test_no_hits_give_an_empty_frame_with_the_columns(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    shares = ct.framing_shares(hits.iloc[:0], articles, by=["outlet", "voice"])
    assert shares.empty
    assert tuple(shares.columns) == ("outlet", "voice", *SHARES)


def test_phrases_have_shares_too(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, _ = strike
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    phrases = pd.concat([ct.find_phrase(tokens, p) for p in ("tea", "soup")], ignore_index=True)
    shares = ct.framing_shares(phrases, articles, by="voice")
    assert shares["hits"].sum() == len(phrases) > 0


def test_events_are_the_units_where_asked(make_articles: Any) -> None:
    rows = [(f"a{i}", "A", "strike" if i % 2 else "walkout") for i in range(6)]
    articles, hits = small_corpus(make_articles, rows)
    by_article = ct.framing_shares(hits, articles)
    assert by_article[["share_low", "share_high"]].notna().all(axis=None)
    events = articles.assign(event=["x", "x", "x", "y", "y", "y"])
    by_event = ct.framing_shares(hits, events, unit="event")
    assert by_event[["share", "hits", "articles"]].equals(by_article[["share", "hits", "articles"]])
    assert by_event["share_low"].isna().all()
    assert not by_event["note"].str.contains("2 articles").any()  # there are six; two is the number of events
    assert by_event["note"].str.contains("2 events").all()


def test_an_article_without_an_event_is_a_unit_of_its_own(make_articles: Any) -> None:
    rows = [(f"a{i}", "A", "strike" if i % 2 else "walkout") for i in range(6)]
    articles, hits = small_corpus(make_articles, rows)
    events = articles.assign(event=pd.Series([None] * 6, dtype="str"))
    pd.testing.assert_frame_equal(ct.framing_shares(hits, events, unit="event"), ct.framing_shares(hits, articles))


def test_an_event_named_like_an_article_is_not_that_article(make_articles: Any) -> None:
    rows = [(f"a{i}", "A", "strike" if i % 2 else "walkout") for i in range(6)]
    articles, hits = small_corpus(make_articles, rows)
    events = articles.assign(event=pd.Series(["a5", None, None, None, None, None], dtype="str"))
    shares = ct.framing_shares(hits, events, unit="event")
    pd.testing.assert_frame_equal(shares, ct.framing_shares(hits, articles))


def test_confidence_widens(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    wide, narrow = (ct.framing_shares(hits, articles, confidence=c).dropna() for c in (0.99, 0.8))
    assert (wide["share_low"] <= narrow["share_low"]).all()
    assert (wide["share_high"] > narrow["share_high"]).all()


def test_checked_only_where_all_patterns_of_the_slot_are(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    assert not ct.framing_shares(hits, articles)["checked"].any()
    assert not ct.framing_shares(hits.assign(checked=hits["label"] == "strike"), articles)["checked"].any()
    assert ct.framing_shares(hits.assign(checked=True), articles)["checked"].all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "outlets"}, "did you mean 'outlet'"),
        ({"unit": "event_id"}, "did you mean 'event'"),
        ({"unit": "event"}, "no column 'event'"),
        ({"estimand": "mean"}, "'pooled'"),
        ({"confidence": 95}, "between 0 and 1"),
        ({"confidence": 0}, "between 0 and 1"),
    ],
)
def test_wrong_options(make_articles: Any, options: dict[str, Any], message: str) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    with pytest.raises(ct.CorpusError, match=message):
        ct.framing_shares(hits, articles, **options)


# contrasts

PAIR = {"target": "Ropewalk Voice", "reference": "Ellery Meridian"}


def test_a_contrast_is_the_difference_of_the_shares(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    row = ct.framing_contrast(hits, articles, label="strike", **PAIR).iloc[0]
    assert tuple(row.index) == CONTRAST
    assert row["share_target"] == pytest.approx(21 / 33)  # data/strike/README.md
    assert row["share_reference"] == pytest.approx(11 / 31)
    assert row["difference"] == pytest.approx(21 / 33 - 11 / 31)
    assert -1 <= row["difference_low"] < row["difference"] < row["difference_high"] <= 1
    assert (row["articles_target"], row["articles_reference"]) == (6, 7)
    # comb(13, 6) = 1716 arrangements, all of them tried
    assert row["p"] * 1716 == pytest.approx(round(row["p"] * 1716))
    assert "smallest p" in row["note"]


def test_swapping_the_sides_turns_the_sign(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    one = ct.framing_contrast(hits, articles, label="strike", **PAIR).iloc[0]
    swapped = {"target": PAIR["reference"], "reference": PAIR["target"]}
    other = ct.framing_contrast(hits, articles, label="strike", **swapped).iloc[0]
    assert other["difference"] == pytest.approx(-one["difference"])
    assert other["difference_low"] == pytest.approx(-one["difference_high"])
    assert other["p"] == pytest.approx(one["p"])


@pytest.mark.parametrize("resamples", [100, 2000])
def test_the_order_of_rows_does_not_matter(strike: tuple[pd.DataFrame, pd.DataFrame], resamples: int) -> None:
    articles, hits = strike
    options = {"label": "strike", "resamples": resamples, **PAIR}
    one = ct.framing_contrast(hits, articles, **options)
    other = ct.framing_contrast(hits.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=2), **options)
    pd.testing.assert_frame_equal(one, other)


def test_a_seed_can_be_repeated(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    draws = [
        ct.framing_contrast(hits, articles, label="strike", resamples=100, random_state=s, **PAIR)["p"].item()
        for s in (1, 1, 2, 3, 4)
    ]
    assert draws[0] == draws[1]
    assert len(set(draws)) > 1


def test_all_others_together(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    row = ct.framing_contrast(hits, articles, label="strike", target="Ropewalk Voice").iloc[0]
    own = hits[hits["outlet"] != "Ropewalk Voice"]
    assert row["reference"] == "all other outlets"
    assert row["share_reference"] == pytest.approx((own["label"] == "strike").mean())
    assert row["articles_reference"] == own["article_id"].nunique()


@pytest.mark.parametrize("estimand", ["pooled", "per_article"])
def test_a_side_without_hits_leaves_the_other_sides_share(make_articles: Any, estimand: str) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    row = ct.framing_contrast(hits, articles, label="strike", target="C", reference="A", estimand=estimand).iloc[0]
    assert np.isnan(row["share_target"])
    assert row["share_reference"] == pytest.approx({"pooled": 3 / 4, "per_article": 1 / 2}[estimand])
    assert np.isnan(row[["difference", "difference_low", "difference_high", "p"]].astype(float)).all()
    assert "no hit" in row["note"]


def test_few_articles_give_a_difference_without_interval_or_p(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    row = ct.framing_contrast(hits, articles, label="strike", target="A", reference="B").iloc[0]
    assert row["difference"] == pytest.approx(0.25)
    assert np.isnan(row[["difference_low", "difference_high", "p"]].astype(float)).all()
    assert "no interval" in row["note"]


@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_the_planning_figure_is_2_8_standard_errors(
    strike: tuple[pd.DataFrame, pd.DataFrame], confidence: float
) -> None:
    """The variance of each side is linearised over articles, and never below that of as many independent hits."""
    articles, hits = strike
    variance = 0.0
    for outlet in PAIR.values():
        own = hits[hits["outlet"] == outlet]
        uses = (own["label"] == "strike").groupby(own["article_id"]).agg(["sum", "size"])
        n, m = uses["size"].sum(), len(uses)
        share = uses["sum"].sum() / n
        over_articles = (((uses["sum"] - share * uses["size"]) / n) ** 2).sum() * m / (m - 1)
        variance += max(over_articles, share * (1 - share) / n)
    row = ct.framing_contrast(hits, articles, label="strike", confidence=confidence, **PAIR).iloc[0]
    assert row["planning_difference"] == pytest.approx(2.8 * np.sqrt(variance))
    swapped = {"target": PAIR["reference"], "reference": PAIR["target"]}
    other = ct.framing_contrast(hits, articles, label="strike", **swapped).iloc[0]
    assert other["planning_difference"] == pytest.approx(row["planning_difference"])


def paired_corpus(times: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Six events with an article of each side, whose shares differ by .1 to .5; the hits of each ``times`` over."""
    rows = []
    for event, (own, other) in enumerate([(6, 4), (7, 2), (5, 4), (8, 5), (6, 3), (9, 5)]):
        for outlet, uses in (("A", own), ("B", other)):
            article = f"{outlet}{event}"
            rows += [(article, outlet, "narrator", "strike", uses * times)]
            rows += [(article, outlet, "narrator", "walkout", (10 - uses) * times)]
    hits = spoken_hits(*rows)
    articles = (
        hits[["article_id", "outlet"]].drop_duplicates().assign(text="…", event=lambda a: a["article_id"].str[1:])
    )
    return hits, articles


def test_within_events_the_planning_figure_is_that_of_the_differences_inside_them() -> None:
    hits, articles = paired_corpus(times=50)
    sides = {"label": "strike", "target": "A", "reference": "B"}
    within = ct.framing_contrast(hits, articles, within="event", **sides).iloc[0]
    inside = np.array([0.2, 0.5, 0.1, 0.3, 0.3, 0.4])
    error = inside.std(ddof=1) / np.sqrt(len(inside))
    # What both sides have in common is lowered by half of the 3,000 hits.
    assert within["planning_difference"] == pytest.approx(2.8 * error, rel=0.01)
    assert within["planning_difference"] < ct.framing_contrast(hits, articles, **sides)["planning_difference"].item()


def test_without_an_interval_there_is_no_planning_figure(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    for target, note in (("A", "no interval"), ("C", "no hit")):
        row = ct.framing_contrast(hits, articles, label="strike", target=target, reference="B").iloc[0]
        assert np.isnan(row["planning_difference"])
        assert note in row["note"]
    paired, of_events = paired_corpus(times=1)
    few = of_events["event"] < "4"
    row = ct.framing_contrast(
        paired[paired["article_id"].str[1:] < "4"], of_events[few], label="strike", target="A", within="event"
    ).iloc[0]
    assert np.isnan(row["planning_difference"])
    assert "4 events with hits of both" in row["note"]


@pytest.mark.parametrize("uses", [0, 1])
def test_articles_that_all_agree_have_a_planning_figure_all_the_same(uses: int) -> None:
    """A share of none or all has no spread; that says little about what these articles could show."""
    rows = [
        (f"{outlet}{n}", outlet, "narrator", "strike" if outlet == "A" or n < 3 * uses else "walkout", 2)
        for outlet in "AB"
        for n in range(6)
    ]
    hits = spoken_hits(*rows)
    articles = hits[["article_id", "outlet"]].drop_duplicates().assign(text="…")
    row = ct.framing_contrast(hits, articles, label="strike", target="A", reference="B").iloc[0]
    assert 0.1 < row["planning_difference"] < 1


def test_a_row_per_slot_that_has_the_label(make_articles: Any) -> None:
    articles, hits = small_corpus(make_articles, SIX)
    both = pd.concat([hits, hits.assign(slot="another")], ignore_index=True)
    contrast = ct.framing_contrast(both, articles, label="strike", target="A", reference="B")
    assert contrast["slot"].tolist() == ["another", STOPPAGE]


def test_events_are_the_units_of_a_contrast(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    by_article, by_event = (
        ct.framing_contrast(hits, articles, label="strike", unit=unit, **PAIR).iloc[0]
        for unit in ("article_id", "event")
    )
    assert by_event["difference"] == pytest.approx(by_article["difference"])
    assert by_event[["articles_target", "articles_reference"]].tolist() == [6, 7]
    assert by_event["difference_low"] != pytest.approx(by_article["difference_low"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": "Ropewalk Vioce"}, "did you mean 'Ropewalk Voice'"),
        ({"reference": "ellery meridian"}, "did you mean 'Ellery Meridian'"),
        ({"label": "strikes"}, "did you mean 'strike'"),
        ({"reference": "Ropewalk Voice"}, "both 'Ropewalk Voice'"),
        ({"unit": "sentence"}, "'unit' cannot be 'sentence'"),
        ({"confidence": 1.0}, "between 0 and 1"),
    ],
)
def test_wrong_names_offer_the_nearest(
    strike: tuple[pd.DataFrame, pd.DataFrame], change: dict[str, Any], message: str
) -> None:
    articles, hits = strike
    with pytest.raises(ct.CorpusError, match=message):
        ct.framing_contrast(hits, articles, **{"label": "strike", **PAIR, **change})


def test_resamples_must_be_some(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    with pytest.raises(ct.CorpusError, match="resamples"):
        ct.framing_contrast(hits, articles, label="strike", resamples=0, **PAIR)


# the main slot


def test_main_slot_is_that_of_most_articles(make_articles: Any) -> None:
    _, hits = small_corpus(make_articles, SIX)
    rare = hits.iloc[[0, 0, 0, 0, 0, 0, 0, 0, 0]].assign(slot="rare")
    lexicon = pd.DataFrame({"slot": ["rare", STOPPAGE, "never"]})
    assert ct.main_slot(pd.concat([rare, hits]), lexicon) == STOPPAGE


def test_without_a_hit_there_is_no_main_slot(make_articles: Any) -> None:
    _, hits = small_corpus(make_articles, SIX)
    with pytest.raises(ct.CorpusError, match="lexicon"):
        ct.main_slot(hits.iloc[:0], pd.DataFrame({"slot": [STOPPAGE]}))


def test_inputs_stay_as_they_were(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    before = articles.copy(deep=True), hits.copy(deep=True)
    ct.framing_shares(hits, articles, by=["outlet", "event"], unit="event")
    ct.framing_contrast(hits, articles, label="strike", unit="event", **PAIR)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(hits, before[1])


def test_p_does_not_depend_on_the_names_of_articles_or_units(strike: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, hits = strike
    options = {"label": "strike", "target": "Ropewalk Voice", "resamples": 300}
    names = dict(zip(articles["article_id"], np.random.default_rng(2).permutation(articles["article_id"]), strict=True))
    renamed = [frame.assign(article_id=frame["article_id"].map(names)) for frame in (hits, articles)]
    expected = ct.framing_contrast(hits, articles, **options)
    pd.testing.assert_frame_equal(ct.framing_contrast(*renamed, **options), expected)
    grouped = articles.assign(event=[f"e{place % 6}" for place in range(len(articles))])
    other = grouped.assign(event=grouped["event"].map({f"e{k}": f"f{9 - k}" for k in range(6)}))
    found = [ct.framing_contrast(hits, frame, unit="event", **options)["p"].iloc[0] for frame in (grouped, other)]
    assert found[0] == found[1]
