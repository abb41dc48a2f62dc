"""The forest plot of compared articles, its sentences, and the lines behind a row, mostly on hand-made frames."""

from __future__ import annotations

import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.text import Text

import corpus_tools as ct
from corpus_tools.compare.comparison import compare_articles
from corpus_tools.schema import ALL_OTHERS, COLLOCATE_CONTRAST, COMPARISON, CONTRAST, CorpusError
from corpus_tools.show.charts.comparison import plot_comparison
from corpus_tools.show.charts.shown import result_table
from corpus_tools.show.describe import alt_text, describe, kind_of
from corpus_tools.show.describe.comparison import comparison_findings, verdicts
from corpus_tools.show.style import LIGHT
from tests.conftest import articles_frame

HOSTILE = "<script>alert('$x_1$')</script>"


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def word(term: str, ratio: float = 2.0, *, half: float = 1.0, z: float = 3.0, p: float = 0.01, **columns: Any) -> dict:
    """A row; supported unless told otherwise."""
    row = {
        "term": term,
        "target": "Alpha",
        "reference": "Beta",
        "count_target": 31,
        "count_reference": 8,
        "total_target": 9000,
        "total_reference": 9500,
        "per_million_target": 3444.0,
        "per_million_reference": 842.0,
        "articles_target": 23,
        "articles_reference": 4,
        "searched_target": 60,
        "searched_reference": 110,
        "log_ratio": ratio,
        "log_ratio_low": ratio - half,
        "log_ratio_high": ratio + half,
        "log_odds": 0.5,
        "log_odds_z": z if ratio > 0 else -z,
        "g2": 20.0,
        "dp_target": 0.4,
        "dp_reference": 0.9,
        "p": p / 10,
        "p_adjusted": p,
        "p_smallest": 0.0005,
        "shared": ratio - half > -1 and ratio + half < 1,
        "note": "",
    }
    return row | columns


def only_in_target(term: str, **columns: Any) -> dict:
    ends = {"log_ratio_low": 1.5, "log_ratio_high": np.inf, "articles_reference": 0, "count_reference": 0}
    note = "not in the reference: taken as 0.5 in the log ratio"
    return word(term, 5.2, **({"note": note, "dp_reference": np.nan} | ends | columns))


def only_in_reference(term: str, **columns: Any) -> dict:
    ends = {"log_ratio_low": -np.inf, "log_ratio_high": -1.5, "articles_target": 0, "count_target": 0}
    return word(term, -5.2, **({"dp_target": np.nan} | ends | columns))


def without_interval(term: str, ratio: float = 1.0, **columns: Any) -> dict:
    note = "no interval: 1 and 13 articles with words, 5 needed on each side"
    missing = {"log_ratio_low": np.nan, "log_ratio_high": np.nan, "p": np.nan, "p_adjusted": np.nan}
    return word(term, ratio, **(missing | {"p_smallest": np.nan, "shared": False, "note": note} | columns))


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COMPARISON))


RESULT = table(
    word("police", 2.0, z=6.0),
    word("guards", 1.5, z=4.0, p=0.2),
    only_in_target("hunger", z=5.0),
    word("militia", -2.0, z=7.0),
    only_in_reference("troops", z=2.0, p=0.3),
    word("the", 0.1, half=0.2, z=1.0, p=0.8, count_target=900, count_reference=950),
    word("said", 0.5, half=0.3, z=4.5, count_target=90, count_reference=60),
)


def lines(ax: Axes, gid: str) -> list[Line2D]:
    return [line for line in ax.lines if line.get_gid() == gid]


def places(ax: Axes, gid: str) -> list[float]:
    return [float(x) for line in lines(ax, gid) for x in np.asarray(line.get_xdata())]


def is_hollow(line: Line2D) -> bool:
    return to_hex(line.get_markerfacecolor()) == to_hex(LIGHT.ground)


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def said(ax: Axes) -> str:
    return " ".join(written(ax)).replace("\n", " ")


def drawn_terms(ax: Axes, terms: list[str]) -> list[str]:
    return [text for text in written(ax) if text in terms]


# the chart


def test_groups_are_ordered_by_evidence_and_similarity_is_shown() -> None:
    ax = plot_comparison(RESULT)
    order = ["police", "hunger", "guards", "militia", "troops", "the", "said"]
    assert drawn_terms(ax, order) == order
    headings = [text for text in written(ax) if " · " in text]
    assert headings == [
        "3 supported · more often in Alpha",
        "1 supported · more often in Beta",
        "2 of 7 words · about as often in both",
    ]
    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Which words does Alpha use more often than Beta, which less, and which alike?"
    )
    assert {"equally often", "half", "twice", "4×"} <= set(written(ax))
    assert written(ax).count("in 23 of 60 v. 4 of 110 articles") == 5


def test_supported_words_are_filled_and_all_others_hollow() -> None:
    ax = plot_comparison(RESULT)
    found = {float(line.get_xdata()[0]): is_hollow(line) for line in lines(ax, "dot")}
    assert found == {2.0: False, 1.5: True, -2.0: False, 0.1: True, 0.5: False}


def test_a_word_absent_on_one_side_is_an_arrow_and_no_dot_at_what_was_put_for_zero() -> None:
    ax = plot_comparison(RESULT)
    low, high = ax.get_xlim()
    arrows = {(line.get_marker(), float(line.get_xdata()[0])): is_hollow(line) for line in lines(ax, "dot beyond")}
    assert arrows == {("<", low): True, (">", high): False}
    assert 5.2 not in places(ax, "dot")
    assert high < 5.2
    assert [1.5, high] in [list(np.asarray(line.get_xdata())) for line in lines(ax, "interval")]
    assert "in 23 of 60 v. 0 of 110 articles" in written(ax)


def test_a_long_interval_ends_in_an_arrow_and_does_not_press_the_dots_together() -> None:
    ax = plot_comparison(table(word("police", 2.0, half=9.0, p=0.4), word("guards", 1.0, p=0.4)))
    low, high = ax.get_xlim()
    assert low > -3.5
    assert high < 5
    assert sorted(line.get_marker() for line in lines(ax, "goes on")) == ["<", ">"]
    assert max(places(ax, "interval")) == high


def test_where_nothing_is_supported_the_chart_says_so_and_fills_no_dot() -> None:
    ax = plot_comparison(RESULT.assign(p_adjusted=0.4))
    assert "No difference is supported here." in said(ax)
    assert "none of these words is a finding" in said(ax)
    assert [text.split(" · ")[0] for text in written(ax) if " · " in text][:2] == ["None supported"] * 2
    assert all(is_hollow(line) for gid in ("dot", "dot beyond") for line in lines(ax, gid))
    assert "No difference is supported" not in said(plot_comparison(RESULT))


def test_supported_words_are_not_crowded_out_by_open_ones() -> None:
    rows = [word(f"open{i}", 2.0, z=9.0 + i, p=0.3) for i in range(5)]
    terms = ["sure", *(row["term"] for row in rows)]
    assert drawn_terms(plot_comparison(table(*rows, word("sure", z=2.0)), n=2), terms) == ["open4", "sure"]
    assert drawn_terms(plot_comparison(table(*rows, word("sure", z=2.0)), n=1), terms) == ["sure"]


def test_ties_are_broken_by_the_word_and_the_order_of_rows_does_not_matter() -> None:
    rows = [word(term) for term in ("delta", "beta", "alpha", "gamma")]
    for frame in (table(*rows), table(*rows[::-1])):
        assert drawn_terms(plot_comparison(frame, n=3), [row["term"] for row in rows]) == ["alpha", "beta", "delta"]


def test_the_strip_holds_every_word_with_an_interval_and_a_place() -> None:
    ax = plot_comparison(table(*RESULT.to_dict("records"), without_interval("few")))
    assert sorted(places(ax, "combination, beside zero")) == [-2.0, 0.5, 2.0]
    assert sorted(places(ax, "combination, over zero")) == [0.1, 1.5]
    assert "5 dots of 8 words" in written(ax)


def test_words_without_an_interval_stay_in_grey_with_the_reason() -> None:
    ax = plot_comparison(table(without_interval("police"), without_interval("guards", -1.0)))
    assert sorted(places(ax, "greyed")) == [-1.0, 1.0]
    assert not lines(ax, "interval")
    assert not lines(ax, "dot")
    assert "no interval: 1 and 13 articles with words, 5 needed on each side" in said(ax)
    assert "no word has an interval" in said(ax)
    assert "nan" not in said(ax)


def test_what_was_put_for_a_zero_is_no_reason_for_a_missing_interval() -> None:
    note = "not in the target: taken as 0.5 in the log ratio; no interval: 1 and 13 articles with words"
    ax = plot_comparison(table(without_interval("police", -1.0, note=note)))
    assert "no interval: 1 and 13 articles with words" in said(ax)
    assert "taken as" not in said(ax)
    assert "too few articles" in said(plot_comparison(table(without_interval("police", note=None))))


def test_several_targets_are_panels_on_one_scale() -> None:
    second = RESULT.assign(target="Gamma", p_adjusted=0.5)
    ax = plot_comparison(pd.concat([RESULT, second]).assign(reference=ALL_OTHERS))
    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Which words does each outlet use more often than the others, which less, and which alike?"
    )
    found = [text for text in written(ax) if text.endswith("v. the others")]
    assert found == ["Alpha v. the others", "Gamma v. the others"]
    assert "3 supported · more often in Alpha" in written(ax)
    assert "None supported · more often in Gamma" in written(ax)
    assert len(lines(ax, "zero")) == 1
    assert sum(map(is_hollow, lines(ax, "dot"))) == 7


def test_several_targets_get_fewer_words_each_unless_asked() -> None:
    many = [word(f"w{i}", target=target) for target in ("Alpha", "Gamma") for i in range(20)]
    assert len(lines(plot_comparison(table(*many)), "dot")) == 8
    assert len(lines(plot_comparison(table(*many), n=6), "dot")) == 12
    assert len(lines(plot_comparison(table(*many[:20])), "dot")) == 8


def test_six_targets_stay_within_two_screens() -> None:
    names = [f"Outlet {i}" for i in range(6)]
    rows = [word(f"w{i}", ratio=2.0 if i % 2 else -2.0, target=name) for name in names for i in range(10)]
    rows += [word("and", 0.1, half=0.2, target=name, shared=True) for name in names]
    ax = plot_comparison(table(*rows))
    assert ax.figure.get_figheight() < 18.75
    assert len(lines(ax, "dot")) == 6 * 4
    assert written(ax).count("1 of 11 words · about as often in both") == 6
    assert "and" not in written(ax)
    assert "Small dots" not in said(ax)


def test_of_too_many_targets_those_with_most_articles_are_drawn() -> None:
    rows = [word("police", target=f"Outlet {i:02}", searched_target=10 + i) for i in range(14)]
    ax = plot_comparison(table(*rows))
    assert len(lines(ax, "dot")) == 12
    assert "Outlet 00 v. Beta" not in written(ax)
    assert "Outlet 13 v. Beta" in written(ax)
    assert "Drawn are the 12 of 14 targets with most articles" in said(ax)


def test_a_note_of_all_rows_is_told_once() -> None:
    note = "2 articles outside the events with articles of both"
    ax = plot_comparison(RESULT.assign(note=[f"{own}; {note}" if own else note for own in RESULT["note"]]))
    assert said(ax).count(note) == 1


def test_hostile_words_are_drawn_as_they_are() -> None:
    rows = [word(term) for term in (HOSTILE, "$\\frac{1}{2}$", "a_b^2", "پرچم", "x" * 90, "line\nbreak", "ա\u202e")]
    frame = table(*rows).assign(target=HOSTILE, reference="$y$")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plot_comparison(frame, ax=plt.figure(figsize=(4, 2)).add_subplot())
        ax.figure.canvas.draw()
    assert "$\\frac{1}{2}$" in written(ax)
    assert "line break" in written(ax)
    assert not any("\u202e" in text or "\n" in text for text in written(ax) if text.startswith("ա"))
    assert HOSTILE not in result_table(frame).html
    assert all(not text.get_parse_math() for text in ax.texts)


def test_a_narrow_figure_keeps_all_its_words_inside() -> None:
    figure = plt.figure(figsize=(390 / 96, 2))
    ax = plot_comparison(RESULT, ax=figure.add_subplot())
    figure.canvas.draw()
    for text in [*ax.texts, ax.title]:
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.width
        assert box.y0 >= 0
        assert box.y1 <= figure.bbox.height


@pytest.mark.parametrize("dtype", [object, "float32"])
def test_odd_dtypes_and_a_repeated_index(dtype: Any) -> None:
    numbers = ["log_ratio", "log_ratio_low", "log_ratio_high", "log_odds_z", "p_adjusted", "p_smallest"]
    odd = RESULT.astype(dict.fromkeys(numbers, dtype)).set_axis([0] * len(RESULT))
    odd["shared"] = odd["shared"].astype(object)
    assert len(lines(plot_comparison(odd), "dot")) == 5
    assert comparison_findings(odd) == comparison_findings(RESULT)


@pytest.mark.parametrize(
    ("frame", "options", "told"),
    [
        (RESULT.iloc[:0], {}, "no rows"),
        (RESULT.drop(columns="shared"), {}, "no column 'shared'"),
        (RESULT, {"n": 0}, "'n' cannot be 0"),
        (pd.concat([RESULT, RESULT]), {}, "about the same word and target"),
    ],
)
def test_errors(frame: pd.DataFrame, options: dict, told: str) -> None:
    with pytest.raises(CorpusError, match=told):
        plot_comparison(frame, **options)


# the same fillings in the other forest plots


def test_a_contrast_is_filled_where_it_is_supported() -> None:
    first = dict.fromkeys(CONTRAST, "") | {"target": "A", "reference": "B", "checked": True}
    numbers = {"share_target": 0.9, "share_reference": 0.5, "articles_target": 9, "articles_reference": 9}
    ends = {"difference_low": 0.1, "difference_high": 0.7}
    rows = [
        first | numbers | ends | {"label": "sure", "difference": 0.4, "p": 0.01},
        first | numbers | ends | {"label": "by interval alone", "difference": 0.3, "p": 0.2},
        first | numbers | {"label": "few", "difference": 0.2, "p": np.nan},
    ]
    frame = pd.DataFrame(rows).replace("", np.nan).assign(slot="who", note="")[list(CONTRAST)]
    ax = ct.plot_framing_contrast(frame)
    assert {float(line.get_xdata()[0]): is_hollow(line) for line in lines(ax, "dot")} == {0.4: False, 0.3: True}
    assert [is_hollow(line) for line in lines(ax, "greyed")] == [False]
    assert "Hollow: not distinguishable here" in said(ax)
    assert "Hollow" not in said(ct.plot_framing_contrast(frame.tail(1)))


def test_a_collocate_is_filled_where_its_corrected_p_is_small_too_and_then_comes_first() -> None:
    one = {"node": "bus", "window_left": 5, "window_right": 5, "target": "A", "reference": "B", "note": ""}
    rows = [
        one | {"term": f"w{i}", "difference": value, "difference_low": value - 0.2, "difference_high": value + 0.2}
        for i, value in enumerate([0.25, 0.6, *[0.05] * 20])
    ]
    frame = pd.DataFrame(rows).assign(p=0.01, p_adjusted=[0.04, 0.06, *[0.01] * 20])
    frame = frame.reindex(columns=list(COLLOCATE_CONTRAST)).fillna(1.0)
    ax = ct.plot_collocates(frame, n=3)
    found = [(float(line.get_xdata()[0]), is_hollow(line)) for line in lines(ax, "dot")]
    assert found == [(0.25, False), (0.6, True), (0.05, True)]
    told = said(ax)
    assert "p, corrected for all words of the result, is below .05" in told
    assert "No difference is supported." in said(ct.plot_collocates(frame.assign(p_adjusted=0.05)))
    assert "Chosen from 22 words: supported ones, then intervals farthest from 0" in told


# the sentences


def test_what_differs_what_is_alike_and_what_stays_open() -> None:
    told = " ".join(comparison_findings(RESULT))
    assert "7 words compared between Alpha (60 articles) and Beta (110 articles)." in told
    assert "Supported differences: 3 more often in Alpha and 1 more often in Beta." in told
    assert '"police" 4 times as often (interval 2 to 8; in 23 of 60 against 4 of 110 articles)' in told
    assert '"hunger" not once in Beta (interval from 2.8 times as often upward; in 23 of 60 against 0' in told
    assert (
        'More often in Beta than in Alpha: "militia" 4 times as often (interval 2 to 8; in 4 of 110 against 23' in told
    )
    assert "Verdict on the others: 3 not distinguishable here." in told
    uses = RESULT["count_target"].sum()
    assert f"are 2 of all 7 words, and {100 * 990 / uses:.0f} % of their occurrences in Alpha" in told
    assert 'most frequent "the" and "said"' in told


def test_nothing_supported_is_said_and_no_winner_named() -> None:
    told = " ".join(comparison_findings(RESULT.assign(p_adjusted=0.4)))
    assert "no difference is supported" in told
    assert "More often in" not in told
    assert 'Strongest among those that stay open: "militia" (23 of 60 against 4 of 110)' in told


def test_too_few_articles_say_so_with_the_reason() -> None:
    told = comparison_findings(table(without_interval("police"), without_interval("guards")))
    assert told == [
        "2 words compared between Alpha (60 articles) and Beta (110 articles): too few articles, no interval: 1 and 13 "
        "articles with words, 5 needed on each side."
    ]


def test_words_that_a_few_articles_repeat_are_named() -> None:
    uneven = word("tarpaulin", count_target=24, articles_target=2, dp_target=0.95)
    told = " ".join(comparison_findings(table(uneven, word("police"))))
    assert '"tarpaulin" 24 times in 2 articles, half of them or more in one (DP 0.95)' in told
    assert told.count("Unevenly") == 1
    assert "Unevenly" not in " ".join(comparison_findings(RESULT))
    more = word("tarpaulin", count_target=24, articles_target=4, dp_target=0.9)
    assert '"tarpaulin" 24 times in 4 articles (DP 0.90)' in " ".join(comparison_findings(table(more)))
    of_reference = word("tarpaulin", -2.0, count_reference=24, articles_reference=2, dp_reference=0.95)
    assert "over the articles of Beta" in " ".join(comparison_findings(table(of_reference)))


def test_a_p_that_cannot_be_small_is_said() -> None:
    told = " ".join(comparison_findings(table(word("police"), word("rare", p=0.6, p_smallest=0.06))))
    assert "for 1 of 2 rows even the smallest that the permutations can reach is not below 0.05" in told
    assert "cannot reach" not in " ".join(comparison_findings(RESULT))


def test_verdicts_need_both_the_corrected_p_and_the_interval() -> None:
    frame = table(word("a"), word("b", p=0.05), word("c", 0.5), without_interval("d"), only_in_reference("e"))
    assert verdicts(frame).tolist() == [
        "supported",
        "not distinguishable here",
        "not distinguishable here",
        "too few articles",
        "supported",
    ]


def test_describe_knows_the_frame_and_names_its_sources() -> None:
    assert kind_of(RESULT) == "comparison"
    assert str(describe(RESULT)).startswith("7 words compared")
    assert alt_text(RESULT).startswith("Chart of dots with interval lines. 7 words compared")
    method = str(describe(RESULT, methods=True))
    for source in ("Monroe", "Benjamini and Hochberg 1995", "Hardie 2014", "Gries 2008", "permutation", "G²"):
        assert source in method


def test_the_table_of_numbers_writes_infinite_ends_and_small_p() -> None:
    html = result_table(RESULT.assign(p_adjusted=0.00001)).html
    assert "∞" in html
    assert "−∞" in html
    assert "&lt; 0.0001" in html
    assert ">inf<" not in html


# the lines behind a row


@pytest.fixture(scope="module")
def compared() -> tuple[pd.DataFrame, pd.DataFrame]:
    texts = [
        ("a1", "A", "The bus went. Bus and bus."),
        ("a2", "A", "No tram today."),
        ("b1", "B", "One bus was late."),
        ("b2", "B", "The tram stood."),
        ("c1", "C", "A bus again, a bus."),
    ]
    articles = articles_frame(texts)
    return articles, ct.tokenize(articles, ct.find_voices(articles))


@pytest.mark.parametrize(("reference", "outlets"), [("B", "AAAB"), (None, "AAABCC")])
def test_a_row_has_the_lines_of_its_word_on_both_sides(
    compared: tuple[pd.DataFrame, pd.DataFrame], reference: str | None, outlets: str
) -> None:
    articles, tokens = compared
    result = compare_articles(tokens, articles, "A", reference, min_articles=1, resamples=9)
    row = result.set_index("term", drop=False).loc["bus"]
    found = ct.kwic(articles, ct.find_phrase(tokens, row["term"]), row=row)
    assert "".join(found["outlet"]) == outlets
    assert set(found["node"].str.lower()) == {"bus"}
    assert len(found) == row["count_target"] + row["count_reference"]


def test_a_row_compared_inside_events_has_the_lines_of_these_events(
    compared: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    articles, tokens = compared
    articles = articles.assign(event=["x", "y", "x", "z", "z"])
    result = compare_articles(tokens, articles, "A", within="event", min_articles=1, resamples=9)
    row = result.set_index("term", drop=False).loc["bus"]
    found = ct.kwic(articles, ct.find_phrase(tokens, "bus"), row=row)
    assert found["article_id"].tolist() == ["a1", "a1", "a1", "b1"]


@pytest.mark.parametrize("pattern", ["tram", "bus*"])
def test_hits_of_another_word_are_refused(compared: tuple[pd.DataFrame, pd.DataFrame], pattern: str) -> None:
    articles, tokens = compared
    row = compare_articles(tokens, articles, "A", "B", min_articles=1, resamples=9).set_index("term", drop=False)
    with pytest.raises(CorpusError, match="hand over those of find_phrase"):
        ct.kwic(articles, ct.find_phrase(tokens, pattern), row=row.loc["bus"])


def test_every_row_of_a_sample_has_its_lines() -> None:
    articles = ct.read_articles("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    result = compare_articles(tokens, articles, resamples=9)
    for _, row in result.iloc[::9].iterrows():
        found = ct.kwic(articles, ct.find_phrase(tokens, row["term"]), row=row)
        own = found["outlet"] == row["target"]
        assert (int(own.sum()), int((~own).sum())) == (row["count_target"], row["count_reference"])
