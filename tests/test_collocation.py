"""Collocations: counts, scores and differences on sentences that are counted in the head."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import log, log2, sqrt
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from nltk.metrics.association import BigramAssocMeasures

import corpus_tools as ct
from corpus_tools.compare.collocation import collocate_hits, collocates, scores
from corpus_tools.compare.inference import wilson
from corpus_tools.prepare.tokens import tokenize
from corpus_tools.schema import COLLOCATE_CONTRAST, COLLOCATES, CorpusError
from corpus_tools.show.charts.collocation import plot_collocates
from corpus_tools.show.describe.collocation import collocate_contrast_findings, collocate_findings

Tokens = Callable[..., pd.DataFrame]


@pytest.fixture
def tokens_of(make_articles: Any) -> Tokens:
    def made(*texts: str | tuple[str, str]) -> pd.DataFrame:
        named = [("A", text) if isinstance(text, str) else text for text in texts]
        # One paragraph a sentence, so that no rule for the ends of sentences matters here.
        rows = [(f"a{i}", outlet, text.replace(". ", ".\n")) for i, (outlet, text) in enumerate(named)]
        articles = make_articles(rows)
        return tokenize(articles, ct.find_voices(articles))

    return made


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


def of(frame: pd.DataFrame, term: str) -> pd.Series:
    return frame.set_index("term").loc[term]


def near(tokens: pd.DataFrame, node: str, **options: Any) -> dict[str, int]:
    frame = collocates(tokens, node, min_count=1, **options)
    return dict(zip(frame["term"], frame["observed"], strict=True))


# what is counted


def test_words_within_the_window_on_either_side(tokens_of: Tokens) -> None:
    tokens = tokens_of("One two bus three four.")
    assert near(tokens, "bus", window=1) == {"two": 1, "three": 1}
    assert near(tokens, "bus", window=2) == {"one": 1, "two": 1, "three": 1, "four": 1}
    assert near(tokens, "bus", window=50) == near(tokens, "bus", window=2)
    assert near(tokens, "bus", window=(0, 1)) == {"three": 1}
    assert near(tokens, "bus", window=(2, 0)) == {"one": 1, "two": 1}


def test_left_and_right_are_told_apart(tokens_of: Tokens) -> None:
    red = of(collocates(tokens_of("A red bus. A red bus. The bus was red."), "bus", min_count=1), "red")
    assert (red["left"], red["right"], red["observed"]) == (2, 1, 3)


def test_company_ends_with_sentence_and_article(tokens_of: Tokens) -> None:
    tokens = tokens_of("Rain fell. The bus stops. People wait.", "Snow fell and the bus")
    assert set(near(tokens, "bus")) == {"the", "stops", "snow", "fell", "and"}
    assert near(tokens_of("The bus", "stops here"), "bus") == {"the": 1}


def test_words_left_out_of_the_tokens_bring_no_others_together(tokens_of: Tokens) -> None:
    tokens = tokens_of("The bus stopped here last night for hours said nobody.")
    some = tokens[~tokens["position"].between(2, 6)]
    assert some["term"].tolist() == ["the", "bus", "hours", "said", "nobody"]
    assert near(some, "bus", window=5) == {"the": 1}
    assert near(some, "bus", window=7) == {"the": 1, "hours": 1, "said": 1}
    assert near(some, "said", window=(8, 0)) == {"the": 1, "bus": 1, "hours": 1}


def test_a_word_between_two_occurrences_counts_once_for_the_nearer(tokens_of: Tokens) -> None:
    frame = collocates(tokens_of("A bus red or bus."), "bus", min_count=1)
    red, either = of(frame, "red"), of(frame, "or")
    assert (red["left"], red["right"], red["observed"], red["near"]) == (0, 1, 1, 2)
    assert (either["left"], either["right"]) == (1, 0)
    halfway = of(collocates(tokens_of("Bus red bus."), "bus", min_count=1), "red")
    assert (halfway["left"], halfway["right"], halfway["near"]) == (0, 1, 2)


def test_a_word_twice_near_one_occurrence_is_near_once(tokens_of: Tokens) -> None:
    frame = collocates(tokens_of("Red red bus."), "bus", min_count=1)
    red = of(frame, "red")
    assert (red["observed"], red["near"], red["nodes"], red["count"]) == (2, 1, 1, 2)
    assert red["log_dice"] == pytest.approx(14 + log2(2 * 1 / (1 + 2)))


def test_the_node_is_not_its_own_company(tokens_of: Tokens) -> None:
    tokens = tokens_of("The armed group met another armed group there. The group left.")
    frame = collocates(tokens, "armed group", min_count=1)
    assert set(frame["term"]) == {"the", "met", "another", "there"}
    assert of(frame, "the")["nodes"] == 2
    assert "group" in set(collocates(tokens, "armed", min_count=1)["term"])
    group = of(collocates(tokens_of("The armed group led a group."), "armed group", min_count=1), "group")
    assert (group["right"], group["count"]) == (1, 1)


def test_the_window_of_a_phrase_begins_at_its_ends(tokens_of: Tokens) -> None:
    tokens = tokens_of("The armed group met another.")
    assert near(tokens, "armed group", window=1) == {"the": 1, "met": 1}
    assert near(tokens, "armed group", window=(0, 2)) == {"met": 1, "another": 1}


def test_patterns_and_alternatives_are_nodes(tokens_of: Tokens) -> None:
    tokens = tokens_of("Drivers strike today. A striker waits. The walkout ends.")
    frame = collocates(tokens, "strik*|walkout", min_count=1)
    assert frame["nodes"].unique().tolist() == [3]
    assert frame["node"].unique().tolist() == ["strik*|walkout"]
    assert set(frame["term"]) == {"drivers", "today", "a", "waits", "the", "ends"}


def test_hits_of_several_slots_are_nodes_and_count_once_in_a_place(tokens_of: Tokens) -> None:
    tokens = tokens_of("The red bus waits. A tram waits.")
    lexicon = pd.DataFrame(
        [("vehicle", "bus", "bus"), ("vehicle", "tram", "tram"), ("thing", "bus", "bus")],
        columns=["slot", "label", "pattern"],
    )
    hits = ct.find_hits(tokens, lexicon)
    assert len(hits) == 3
    waits = of(collocates(tokens, hits, min_count=1), "waits")
    assert (waits["nodes"], waits["near"], waits["node"]) == (2, 2, "bus|tram")
    assert collocate_hits(tokens, hits, "waits")["surface"].tolist() == ["bus", "tram"]
    shuffled = hits.sample(frac=1, random_state=1).set_axis([0, 0, 0])
    pd.testing.assert_frame_equal(collocates(tokens, shuffled), collocates(tokens, hits))


def test_a_hit_inside_a_longer_one_is_part_of_it(tokens_of: Tokens) -> None:
    tokens = tokens_of("The armed group met another group there.")
    lexicon = pd.DataFrame(
        [("who", "armed group", "armed group"), ("what", "group", "group")], columns=["slot", "label", "pattern"]
    )
    hits = ct.find_hits(tokens, lexicon)
    assert len(hits) == 3
    met = of(collocates(tokens, hits, min_count=1), "met")
    assert (met["nodes"], met["near"], met["observed"], met["right"]) == (2, 2, 1, 1)
    assert collocate_hits(tokens, hits, "met")["surface"].tolist() == ["armed group", "group"]


def test_counts_of_articles(tokens_of: Tokens) -> None:
    tokens = tokens_of("Red bus. Red bus.", "Red bus.", "The bus.", "Red tram.")
    red = of(collocates(tokens, "bus", min_count=1), "red")
    assert (red["articles"], red["node_articles"], red["near"], red["nodes"], red["count"]) == (2, 3, 3, 4, 4)


def test_rare_words_are_left_out_and_change_no_score(tokens_of: Tokens) -> None:
    tokens = tokens_of("Red bus. Red bus. Red bus. Old bus.")
    whole = collocates(tokens, "bus", min_count=1)
    assert collocates(tokens, "bus")["term"].tolist() == ["red"]
    pd.testing.assert_series_equal(of(whole, "red"), of(collocates(tokens, "bus"), "red"))


# scores


def test_scores_of_four_cells_by_hand(tokens_of: Tokens) -> None:
    # 12 words without "bus"; 4 of them inside (red, stops, red, goes); red 3 times in all, twice inside.
    tokens = tokens_of("Red bus stops. Red bus goes. A red tram waits here for rain to end. ")
    words = [w for w in tokens["term"] if w != "bus"]
    red = of(collocates(tokens, "bus", window=1, min_count=1), "red")
    n, w, f, o = len(words), 4, 3, 2
    assert red["expected"] == pytest.approx(w * f / n)
    assert red["pmi"] == pytest.approx(log2(o * n / (w * f)))
    assert red["t"] == pytest.approx((o - w * f / n) / sqrt(o))
    assert red["log_dice"] == pytest.approx(14 + log2(2 * 2 / (2 + 3)))
    cells = [(2, w * f / n), (2, w * (n - f) / n), (1, (n - w) * f / n), (n - 5, (n - w) * (n - f) / n)]
    assert red["g2"] == pytest.approx(2 * sum(seen * log(seen / e) for seen, e in cells))


@pytest.mark.parametrize("cells", [(2, 4, 3, 12), (7, 40, 9, 900), (1, 30, 200, 4000), (8, 15828, 4675, 14307668)])
def test_scores_are_those_of_nltk(cells: tuple[int, int, int, int]) -> None:
    observed, inside, count, total = cells
    margins = (observed, (inside, count), total)
    pmi, t, g2 = scores(*cells)
    assert (pmi, t) == (BigramAssocMeasures.pmi(*margins), BigramAssocMeasures.student_t(*margins))
    assert abs(g2) == pytest.approx(BigramAssocMeasures.likelihood_ratio(*margins), rel=1e-6)
    assert (g2 > 0) == (observed * total > inside * count)


def test_g2_is_negative_where_a_word_keeps_away(tokens_of: Tokens) -> None:
    tokens = tokens_of("Red bus stops here. " + "Red tram. " * 9 + "A bus waits there.")
    red = of(collocates(tokens, "bus", min_count=1), "red")
    assert red["g2"] < 0
    assert red["observed"] < red["expected"]
    assert of(collocates(tokens, "bus", min_count=1), "stops")["g2"] > 0


def test_words_that_are_never_apart_have_14(tokens_of: Tokens) -> None:
    frame = collocates(tokens_of("Red bus and old tram. Red bus and new tram."), "bus", window=1, min_count=1)
    assert of(frame, "red")["log_dice"] == 14
    assert (frame["log_dice"] <= 14).all()


def test_all_words_inside_all_windows_say_nothing(tokens_of: Tokens) -> None:
    frame = collocates(tokens_of("Red bus. Red bus."), "bus", min_count=1)
    assert frame[["pmi", "t", "g2"]].iloc[0].tolist() == [0, 0, 0]


def test_order_is_by_log_dice_then_by_count_then_by_the_alphabet(tokens_of: Tokens) -> None:
    frame = collocates(tokens_of("Red bus b a. The bus the.", "The the the."), "bus", min_count=1)
    assert frame["term"].tolist() == ["a", "b", "red", "the"]


# two outlets


@pytest.fixture
def compared(tokens_of: Tokens) -> pd.DataFrame:
    """In A 6 of 10 occurrences have red near, in B 1 of 6."""
    own = [("A", "Red bus. Old bus.")] * 4 + [("A", "Red bus. Red bus.")]
    other = [("B", "Old bus.")] * 5 + [("B", "Red bus.")]
    return tokens_of(*own, *other, ("C", "Blue bus. Blue bus. Red bus."), ("A", "No tram."))


def test_shares_and_their_difference(compared: pd.DataFrame) -> None:
    red = of(collocates(compared, "bus", target="A", reference="B"), "red")
    assert (red["near_target"], red["nodes_target"], red["share_target"]) == (6, 10, 0.6)
    assert (red["near_reference"], red["nodes_reference"], red["share_reference"]) == (1, 6, pytest.approx(1 / 6))
    assert red["difference"] == pytest.approx(0.6 - 1 / 6)
    assert (red["articles_target"], red["articles_reference"], red["note"]) == (5, 6, "")
    assert (red["observed"], red["nodes"], red["node_articles"]) == (7, 16, 11)
    assert red["difference_low"] < red["difference"] < red["difference_high"]


def test_the_interval_is_that_of_two_shares_over_articles(compared: pd.DataFrame) -> None:
    from scipy import stats

    red = of(collocates(compared, "bus", target="A", reference="B"), "red")
    # A: four articles with 1 of 2 and one with 2 of 2 leave (-.2·4, .8)/10, B: 5 with 0 and 1 with 1 of 1.
    variance_a = (4 * 0.02**2 + 0.08**2) * 5 / 4
    variance_b = (5 * (1 / 36) ** 2 + (5 / 36) ** 2) * 6 / 5
    sides = []
    for share, variance, hits, articles in ((0.6, variance_a, 10, 5), (1 / 6, variance_b, 6, 6)):
        effective = min(share * (1 - share) / variance, hits)
        sides.append((share, *wilson(share, effective, stats.t.ppf(0.975, articles - 1))))
    (a, a_low, a_high), (b, b_low, b_high) = sides
    assert red["difference_low"] == pytest.approx(a - b - sqrt((a - a_low) ** 2 + (b_high - b) ** 2))
    assert red["difference_high"] == pytest.approx(a - b + sqrt((a_high - a) ** 2 + (b - b_low) ** 2))


@pytest.fixture
def printed(tokens_of: Tokens) -> pd.DataFrame:
    own = ["Red bus. Old bus."] * 4 + ["Red bus. Red bus.", "Old bus.", "Red tram. Red bus."]
    other = ["Old bus."] * 5 + ["Red bus.", "Old bus. Old bus. Red bus."]
    return tokens_of(*[("A", text) for text in own], *[("B", text) for text in other], ("C", "Blue bus. Red bus."))


@pytest.fixture
def in_groups(printed: pd.DataFrame) -> pd.DataFrame:
    """The articles of these tokens: two of A and two of B are one text, and events lie in both outlets."""
    articles = printed[["article_id", "outlet"]].astype("str").drop_duplicates(ignore_index=True)
    events = ["e1", "e2", "e3", "e4", "e5", "e1", "e2", "e1", "e2", "e3", None, "e6", "e5", "e6", "e7"]
    groups = ["g1", None, None, None, "g1", None, None, None, None, None, None, None, "g1", "g1", None]
    return articles.assign(event=events, reuse_group=groups)


@pytest.mark.parametrize("unit", ["article_id", "reuse_group", "event"])
@pytest.mark.parametrize("reference", ["B", None])
def test_shares_and_interval_are_those_of_a_framing_contrast(
    printed: pd.DataFrame, in_groups: pd.DataFrame, unit: str, reference: str | None
) -> None:
    options: dict[str, Any] = {"target": "A", "reference": reference, "unit": unit}
    hits, near = ct.find_phrase(printed, "bus"), collocate_hits(printed, "bus", "red")
    places = pd.MultiIndex.from_frame(near[["article_id", "start"]])
    is_near = pd.MultiIndex.from_frame(hits[["article_id", "start"]]).isin(places)
    labelled = hits.assign(label=np.where(is_near, "red", "other"))
    expected = ct.framing_contrast(labelled, in_groups, label="red", resamples=1, **options).iloc[0]
    found = of(collocates(printed, "bus", articles=in_groups, **options), "red")
    assert np.isfinite(found["difference_low"])
    for column in ("share_target", "share_reference", "difference", "difference_low", "difference_high"):
        assert found[column] == pytest.approx(expected[column], rel=1e-12), column
    assert found[["articles_target", "articles_reference"]].tolist() == [7, 7 if reference else 8]


def test_too_few_units_are_called_by_their_kind(printed: pd.DataFrame, in_groups: pd.DataFrame) -> None:
    one_event = in_groups.assign(event="e1")
    frame = collocates(printed, "bus", target="A", reference="B", articles=one_event, unit="event")
    assert frame["difference_low"].isna().all()
    assert frame["note"].unique().tolist() == ["no interval: 1 and 1 events with a hit, 5 needed on each side"]


def test_units_need_articles_that_have_them(printed: pd.DataFrame, in_groups: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match="Tokens have no column 'event'; hand over the articles"):
        collocates(printed, "bus", target="A", unit="event")
    with pytest.raises(CorpusError, match="add_events adds it"):
        collocates(printed, "bus", target="A", unit="event", articles=in_groups.drop(columns="event"))
    with pytest.raises(CorpusError, match="did you mean 'event'"):
        collocates(printed, "bus", target="A", unit="events")
    with pytest.raises(CorpusError, match="'a0', which is not among the articles"):
        collocates(printed, "bus", target="A", articles=in_groups.iloc[1:])


def test_sides_are_those_of_the_tokens_where_articles_are_handed_over(
    printed: pd.DataFrame, in_groups: pd.DataFrame
) -> None:
    drawn = printed.assign(outlet=printed["article_id"].astype("str").isin([f"a{i}" for i in range(0, 15, 2)]))
    drawn = drawn.assign(outlet=drawn["outlet"].map({True: "lot", False: "rest"}))
    options: dict[str, Any] = {"target": "lot", "reference": "rest", "resamples": 99}
    shuffled = in_groups.sample(frac=1, random_state=1).rename_axis("article_id")
    given = collocates(drawn, "bus", articles=shuffled, **options)
    assert given["articles_target"].unique().tolist() == [8]
    pd.testing.assert_frame_equal(given, collocates(drawn, "bus", **options))
    by_event = collocates(drawn, "bus", articles=shuffled, unit="event", **options)
    assert by_event["difference"].tolist() == pytest.approx(given["difference"].tolist())
    assert by_event["p"].between(0.001, 1).all()


# the test


def enumerated(sides: list[np.ndarray]) -> tuple[float, float]:
    """Two-sided p over all arrangements of articles (near, nodes), and that of the most extreme one."""
    every, size = np.vstack(sides).astype(float), len(sides[0])

    def statistic(own: list[int]) -> float:
        chosen = np.isin(np.arange(len(every)), own)
        shares, variances = [], []
        for near, nodes in (every[chosen].T, every[~chosen].T):
            share, units = near.sum() / nodes.sum(), len(near)
            shares.append(share)
            variances.append(((near - share * nodes) ** 2).sum() / nodes.sum() ** 2 * units / (units - 1))
        difference = shares[0] - shares[1]
        if abs(difference) < 1e-12:
            return 0.0
        error = sqrt(sum(variances))
        return difference / error if error > 1e-12 else np.inf * difference

    values = np.array([statistic(list(own)) for own in combinations(range(len(every)), size)])
    observed = statistic(list(range(size)))
    with np.errstate(invalid="ignore"):
        tails = [np.mean(sign * values >= sign * observed - 1e-9) for sign in (1, -1)]
    most = [np.mean(values >= values.max() - 1e-9), np.mean(values <= values.min() + 1e-9)]
    return float(min(2 * min(tails), 1)), float(min(2 * min(most), 1))


@pytest.mark.parametrize(
    "texts", [("Red bus. Red bus.", "Red bus. Old bus."), ("Red bus. Old bus. Old bus.", "Red bus.")]
)
def test_p_by_enumeration(tokens_of: Tokens, texts: tuple[str, str]) -> None:
    own = [texts[0]] * 2 + [texts[1]] * 2 + ["Red bus. Red bus. Old bus."]
    other = ["Old bus."] * 3 + ["Red bus. Old bus."] * 2 + ["Old bus. Old bus. Old bus."]
    frame = collocates(tokens_of(*[("A", t) for t in own], *[("B", t) for t in other]), "bus", target="A")
    for term in ("red", "old"):
        counts = [np.array([(t.lower().count(f"{term} bus"), t.count("bus")) for t in side]) for side in (own, other)]
        row = of(frame, term)
        assert (row["p"], row["p_smallest"]) == pytest.approx(enumerated(counts)), term
        assert row["p_smallest"] <= row["p"] < 1


def test_p_is_corrected_for_all_words_of_the_result(printed: pd.DataFrame) -> None:
    from scipy import stats

    whole, few = (collocates(printed, "bus", target="A", min_count=least) for least in (1, 3))
    for frame in (whole, few):
        assert frame["p_adjusted"].tolist() == pytest.approx(stats.false_discovery_control(frame["p"]).tolist())
    assert set(few["term"]) < set(whole["term"])
    assert (few["p_adjusted"] >= few["p"]).all()


def test_without_units_enough_there_is_no_test(printed: pd.DataFrame, in_groups: pd.DataFrame) -> None:
    for articles in (in_groups.assign(event="e1"), in_groups.assign(event=None, outlet="A")):
        frame = collocates(printed, "bus", target="A", reference="C", articles=articles, unit="event")
        assert frame[["p", "p_adjusted", "p_smallest"]].isna().all(axis=None)
        assert frame["note"].str.startswith("no interval: ").all()


def test_copies_of_one_text_count_once(printed: pd.DataFrame, in_groups: pd.DataFrame, tokens_of: Tokens) -> None:
    texts = ["Red bus. Old bus."] * 4 + ["Red bus. Red bus.", "Red bus. Red bus. Old bus."]
    sides = [("A", text) for text in texts] + [("B", "Old bus. Old bus.")] * 4 + [("B", "Red bus. Old bus. Old bus.")]
    once = tokens_of(*sides)
    copied = tokens_of(*sides, sides[5], sides[5], sides[10])
    groups = {"a5": "g1", "a10": "g2", "a11": "g1", "a12": "g1", "a13": "g2"}
    found = []
    for tokens in (once, copied):
        articles = tokens[["article_id", "outlet"]].astype("str").drop_duplicates(ignore_index=True)
        articles = articles.assign(reuse_group=articles["article_id"].map(groups))
        frame = collocates(tokens, "bus", target="A", articles=articles, unit="reuse_group")
        found.append(frame.set_index("term")[["difference", "difference_low", "p", "p_adjusted", "p_smallest"]])
    pd.testing.assert_frame_equal(*found, rtol=1e-9)
    assert of(collocates(copied, "bus", target="A"), "red")["difference"] != pytest.approx(found[0].loc["red"].iloc[0])


def test_p_stays_where_the_two_sides_change_places(printed: pd.DataFrame, in_groups: pd.DataFrame) -> None:
    for unit in ("article_id", "event"):
        options: dict[str, Any] = {"articles": in_groups, "unit": unit}
        there = collocates(printed, "bus", target="A", reference="B", **options).set_index("term")
        back = collocates(printed, "bus", target="B", reference="A", **options).set_index("term").loc[there.index]
        assert back["difference"].tolist() == pytest.approx((-there["difference"]).tolist())
        spread = np.sqrt(2 * there["p"] * (1 - there["p"]) / 2000)
        assert ((back["p"] - there["p"]).abs() <= 4 * spread + 1e-9).all()
    again = collocates(printed, "bus", target="A", reference="B", random_state=1).set_index("term")["p"]
    first = collocates(printed, "bus", target="A", reference="B").set_index("term")["p"]
    assert (again != first).any()
    assert again.sub(first).abs().max() < 0.07


def test_all_others_together(compared: pd.DataFrame) -> None:
    red = of(collocates(compared, "bus", target="A"), "red")
    assert red["reference"] == "all other outlets"
    assert (red["near_reference"], red["nodes_reference"], red["articles_reference"]) == (2, 9, 7)


def test_the_two_sides_change_places(compared: pd.DataFrame) -> None:
    there = of(collocates(compared, "bus", target="A", reference="B"), "red")
    back = of(collocates(compared, "bus", target="B", reference="A"), "red")
    assert back["difference"] == pytest.approx(-there["difference"])
    assert back["difference_low"] == pytest.approx(-there["difference_high"])
    assert back["log_dice"] == there["log_dice"]


def test_fewer_than_five_articles_have_no_interval(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus", target="A", reference="C")
    assert frame["difference"].notna().all()
    assert frame[["difference_low", "difference_high"]].isna().all(axis=None)
    assert frame["note"].unique().tolist() == ["no interval: 5 and 1 articles with a hit, 5 needed on each side"]


def test_a_side_without_the_node_has_no_share(tokens_of: Tokens) -> None:
    tokens = tokens_of(*[("A", "Red bus.")] * 5, ("B", "Red tram."))
    red = of(collocates(tokens, "bus", target="A", reference="B"), "red")
    assert red["share_target"] == 1
    assert np.isnan(red["share_reference"])
    assert np.isnan(red["difference"])
    assert red["note"] == "no occurrence of the node in one of the two"


def test_greatest_difference_first(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus", target="A", reference="B")
    assert frame["term"].tolist() == ["red", "old"]
    assert frame["difference"].is_monotonic_decreasing


def test_hits_of_other_outlets_are_left_out_of_a_comparison(compared: pd.DataFrame) -> None:
    hits = ct.find_phrase(compared, "bus")
    by_hits = collocates(compared, hits, target="A", reference="B")
    pd.testing.assert_frame_equal(by_hits, collocates(compared, "bus", target="A", reference="B"))


# the lines behind it


def test_lines_are_as_many_as_are_counted(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus", min_count=1)
    for term, times in zip(frame["term"], frame["near"], strict=True):
        assert len(collocate_hits(compared, "bus", term)) == times
    found = collocate_hits(compared, "bus", "BLUE")
    assert found["outlet"].tolist() == ["C", "C"]
    assert found["surface"].tolist() == ["bus", "bus"]


def test_lines_can_be_read(make_articles: Any) -> None:
    articles = make_articles([("x", "A", "The red bus waits. The old bus left."), ("y", "B", "A bus, red.")])
    tokens = tokenize(articles, ct.find_voices(articles))
    lines = ct.kwic(articles, collocate_hits(tokens, "bus", "red"))
    assert lines["sentence"].tolist() == ["The red bus waits.", "A bus, red."]
    assert lines["node"].tolist() == ["bus", "bus"]
    assert collocate_hits(tokens, "bus", "red", window=(1, 0))["article_id"].tolist() == ["x"]


def test_a_word_that_is_not_near_has_no_lines(compared: pd.DataFrame) -> None:
    for term in ("tram", "nowhere", ""):
        found = collocate_hits(compared, "bus", term)
        assert found.empty
        assert list(found.columns) == list(ct.find_phrase(compared, "bus").columns)


# edges and refusals


@pytest.mark.parametrize("node", ["zeppelin", "bus"])
def test_nothing_found_is_an_empty_frame(tokens_of: Tokens, node: str) -> None:
    tokens = tokens_of(("A", "Bus."), ("B", "Tram."))
    frame = collocates(tokens, node, target="A")
    assert frame.empty
    assert tuple(frame.columns) == COLLOCATE_CONTRAST
    assert tuple(collocates(tokens.iloc[:0], node).columns) == COLLOCATES


def test_dtypes_are_the_same_with_and_without_rows(compared: pd.DataFrame) -> None:
    for options in ({}, {"target": "A"}):
        some, none = (collocates(compared, node, **options) for node in ("bus", "zeppelin"))
        assert len(some)
        assert some.dtypes.to_dict() == none.dtypes.to_dict()


def test_odd_frames_give_the_same(compared: pd.DataFrame) -> None:
    wanted = collocates(compared, "bus", target="A", reference="B")
    shuffled = compared.sample(frac=1, random_state=3)
    plain = compared.astype(dict.fromkeys(["article_id", "outlet", "term"], "object"))
    halves = pd.concat([compared.iloc[:11], compared.iloc[11:]])
    doubled = compared.set_axis(np.zeros(len(compared), dtype=int))
    wide = compared.astype(dict.fromkeys(["position", "sentence", "start", "end"], "int64"))
    backwards = compared.assign(
        **{
            column: pd.Categorical(compared[column].astype("object"), sorted(set(compared[column]), reverse=True))
            for column in ("article_id", "outlet", "term")
        }
    )
    named = compared.rename_axis("article_id")
    before = compared.copy(deep=True)
    for tokens in (shuffled, plain, halves, doubled, wide, backwards, named):
        found = collocates(tokens, "bus", target="A", reference="B")
        pd.testing.assert_frame_equal(found, wanted, check_exact=True)
    pd.testing.assert_frame_equal(compared, before)


@pytest.mark.parametrize("window", [0, -1, (0, 0), (1, 2, 3), 2.5, "5", True, (1, -1)])
def test_a_window_is_a_number_of_words(compared: pd.DataFrame, window: Any) -> None:
    with pytest.raises(CorpusError, match="'window' cannot be"):
        collocates(compared, "bus", window=window)


def test_errors_say_what_is_allowed(compared: pd.DataFrame) -> None:
    with pytest.raises(CorpusError, match="tokens has no column 'term'"):
        collocates(compared.rename(columns={"term": "terms"}), "bus")
    with pytest.raises(CorpusError, match="no outlet 'D'"):
        collocates(compared, "bus", target="D")
    with pytest.raises(CorpusError, match="both 'A'"):
        collocates(compared, "bus", target="A", reference="A")
    with pytest.raises(CorpusError, match="reference 'A' has no target"):
        collocates(compared, "bus", reference="A")
    with pytest.raises(CorpusError, match="one outlet only"):
        collocates(compared[compared["outlet"] == "A"], "bus", target="A")
    with pytest.raises(CorpusError, match="'min_count' cannot be 0"):
        collocates(compared, "bus", min_count=0)
    odd_numbers: list[Any] = [0, -1, 99.5, True]
    for odd in odd_numbers:
        with pytest.raises(CorpusError, match=f"'resamples' cannot be {odd}; it is a whole number"):
            collocates(compared, "bus", target="A", resamples=odd)
    with pytest.raises(CorpusError, match="'confidence' cannot be 95"):
        collocates(compared, "bus", confidence=95)
    with pytest.raises(CorpusError, match="part without a word"):
        collocates(compared, "bus|")
    with pytest.raises(CorpusError, match="Instead of a frame, hits is int"):
        collocates(compared, 5)  # type: ignore[arg-type]


def test_hits_must_be_among_the_tokens(compared: pd.DataFrame, tokens_of: Tokens) -> None:
    hits = ct.find_phrase(compared, "bus")
    message = "'bus' in article '.+', which is not among the tokens"
    for tokens in (compared[compared["article_id"] != "a0"], compared.iloc[:0], tokens_of("Some other words.")):
        with pytest.raises(CorpusError, match=message):
            collocates(tokens, hits)
    with pytest.raises(CorpusError, match=message):
        collocates(compared, hits.assign(start=hits["start"] + 1))
    phrase = ct.find_phrase(compared, "red bus")
    with pytest.raises(CorpusError, match="'red bus' in article"):
        collocates(compared[compared["position"] != 1], phrase)


# shown


def written(ax: Any) -> str:
    return "\n".join([ax.get_title(loc="left"), *(text.get_text() for text in ax.texts)])


def marks(ax: Any, kind: str) -> list[float]:
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_gid() == kind]


def test_a_chart_of_the_scores(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus")
    ax = plot_collocates(frame, n=2, footnote="made here")
    assert marks(ax, "dot") == frame["log_dice"].head(2).tolist()
    assert not marks(ax, "interval")
    told = written(ax).replace("\n", " ")
    assert "Which words stand near “bus”?" in told
    assert "a description, not a test" in told
    assert "within 5 words on either side in the same sentence; 19 occurrences of “bus” in 12 articles" in told
    assert "made here" in told
    assert "9 times, " in told  # old


def test_a_chart_of_differences(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus|tram", target="A", reference="B")
    ax = plot_collocates(frame)
    assert marks(ax, "dot") == frame["difference"].tolist()
    assert len(marks(ax, "interval")) == 2
    told = written(ax).replace("\n", " ")
    assert "near “bus | tram” more often in A than in B, and which less?" in told
    assert "6 v. 1" in told
    assert "11 occurrences in 6 articles (A) v. 6 occurrences in 6 articles (B)" in told
    few = plot_collocates(collocates(compared, "bus", target="A", reference="C"))
    assert marks(few, "greyed")
    assert "fewer than 5 articles with a hit on a side" in written(few).replace("\n", " ")


def test_charts_refuse_what_they_cannot_draw(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus")
    with pytest.raises(CorpusError, match="'n' cannot be 0"):
        plot_collocates(frame, n=0)
    with pytest.raises(CorpusError, match="no rows"):
        plot_collocates(frame.iloc[:0])
    with pytest.raises(CorpusError, match="several values of 'node'; keep the rows of one: 'bus', 'red'"):
        plot_collocates(pd.concat([frame, collocates(compared, "red")]))
    with pytest.raises(CorpusError, match="no column 'log_dice'"):
        plot_collocates(frame.drop(columns="log_dice"))
    even = collocates(compared, "bus", target="A", reference="B").assign(difference=np.nan)
    with pytest.raises(CorpusError, match="nothing to draw"):
        plot_collocates(even)
    assert not plt.get_fignums()


def test_hostile_words_are_drawn_as_they_are(compared: pd.DataFrame) -> None:
    frame = collocates(compared, "bus").assign(term="$\\frac{x}$_<b>", node="$a_b$|\u202e{}")
    ax = plot_collocates(frame)
    ax.figure.canvas.draw()
    assert "$\\frac{x}$_<b>" in written(ax)


def test_the_company_in_words(compared: pd.DataFrame) -> None:
    told = " ".join(collocate_findings(collocates(compared, "bus")))
    assert '"bus" stands 19 times in 12 articles' in told
    assert 'within 5 words on either side: "old" 9 times where ' in told
    assert "(9 articles; log-Dice " in told


def test_the_difference_in_words(tokens_of: Tokens, compared: pd.DataFrame) -> None:
    open_one = " ".join(collocate_contrast_findings(collocates(compared, "bus", target="A", reference="B")))
    assert '"bus" stands 10 times in 5 articles of A and 6 times in 6 articles of B.' in open_one
    assert "2 words looked at, and no difference is supported: these articles do not tell A and B apart" in open_one
    tokens = tokens_of(*[("A", "Red bus.")] * 9, *[("B", "Old bus.")] * 9)
    sure = " ".join(collocate_contrast_findings(collocates(tokens, "bus", target="A", reference="B")))
    assert 'more often in A than in B: "red" 9 of 9 occurrences (100 %) against 0 of 9 occurrences (0 %), +100' in sure
    assert 'more often in B than in A: "old" 0 of 9' in sure
    few = " ".join(collocate_contrast_findings(collocates(compared, "bus", target="A", reference="C")))
    assert "Too few articles to compare A with C (no interval: 5 and 1 articles" in few
    nothing = tokens_of(*[("A", "Red bus.")] * 5, ("B", "Red tram."))
    nothing_told = " ".join(collocate_contrast_findings(collocates(nothing, "bus", target="A")))
    assert "nothing to compare: no occurrence of the node in one of the two" in nothing_told
