"""Strips of a word and dots of diversity: what is drawn and said is what was handed over, hostile names included."""

from __future__ import annotations

import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from corpus_tools.compare.dispersion import dispersion
from corpus_tools.compare.diversity import lexical_diversity
from corpus_tools.schema import DISPERSION, DIVERSITY, CorpusError
from corpus_tools.show.charts.dispersion import plot_dispersion
from corpus_tools.show.charts.diversity import plot_diversity
from corpus_tools.show.describe.dispersion import dispersion_findings
from corpus_tools.show.describe.diversity import diversity_findings


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def tokens_of(*articles: tuple[str, str]) -> pd.DataFrame:
    rows = [
        (f"n{number}", outlet, place, word)
        for number, (outlet, text) in enumerate(articles)
        for place, word in enumerate(text.split())
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "position", "term"])


TOKENS = tokens_of(("Beta", "bus the bus the"), ("Alpha", "the tram the the"), ("Beta", "the bus"))
HOSTILE = ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 300, "\x00"]


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def strokes(ax: Axes, kind: str = "term") -> list[list[float]]:
    """Where the strokes of each strip stand."""
    found = [lines for lines in ax.collections if lines.get_gid() == kind]
    return [[round(float(one[0][0]), 6) for one in lines.get_segments()] for lines in found]


def narrow() -> Axes:
    return plt.figure(figsize=(3.9, 3)).add_axes((0, 0, 1, 1))


# strips


def test_each_occurrence_is_a_stroke_in_the_order_of_the_articles() -> None:
    ax = plot_dispersion(TOKENS, ["bus", "tram"])
    assert strokes(ax) == [[0.05, 0.25, 0.95], [0.55]]
    assert strokes(ax, "article") == [[0.4, 0.8]] * 2
    texts = written(ax)
    assert {"“bus”", "“tram”", "3 in 2 of 3 articles, 2 in one", "1 in 1 of 3 articles"} <= set(texts)
    assert ax.get_title(loc="left") == "Where do these words stand?"


def test_strokes_lie_on_the_line_of_their_row() -> None:
    for own in (None, narrow()):
        ax = plot_dispersion(TOKENS, ["bus", "tram"], by="outlet", ax=own)
        level = sorted({float(line.get_ydata()[0]) for line in ax.lines if len(set(line.get_ydata())) == 1})
        drawn_at = [lines.get_segments() for lines in ax.collections if lines.get_gid() == "term"]
        middles = [segments[0][:, 1].mean() if len(segments) else None for segments in drawn_at]
        # Alpha has no "bus" and Beta no "tram".
        assert middles == [None, pytest.approx(level[1]), pytest.approx(level[2]), None]


def test_groups_have_strips_of_their_own_and_say_where_a_word_is_lacking() -> None:
    ax = plot_dispersion(TOKENS, "Bus", by="outlet")
    assert strokes(ax) == [[], [round(0.5 / 6, 6), round(2.5 / 6, 6), round(5.5 / 6, 6)]]
    texts = written(ax)
    assert [text for text in texts if text in ("Alpha", "Beta")] == ["Alpha", "Beta"]
    assert "“bus”" in texts
    assert "not once in 1 article" in texts
    assert "3 in 2 of 2 articles, 2 in one" in texts


def test_words_are_placed_by_their_number_and_not_by_the_row() -> None:
    mixed = TOKENS.groupby("article_id", sort=False, group_keys=False)[list(TOKENS.columns)].apply(
        lambda own: own[::-1]
    )
    assert strokes(plot_dispersion(mixed, "bus")) == strokes(plot_dispersion(TOKENS, "bus"))


def test_many_articles_are_not_marked_off() -> None:
    many = tokens_of(*[("Alpha", "bus the")] * 61)
    assert strokes(plot_dispersion(many, "bus"), "article") == [[]]
    assert len(strokes(plot_dispersion(many.iloc[2:], "bus"), "article")[0]) == 59


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_text(name: str) -> None:
    tokens = TOKENS.assign(outlet=name, term=name.casefold())
    table = lexical_diversity(tokens, by="outlet")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in (plot_dispersion(tokens, name, by="outlet"), plot_diversity(table, measure="TTR", footnote="$x_1$")):
            ax.figure.canvas.draw()
            assert not any(text.get_parse_math() for text in ax.texts)
            assert not any("\u202e" in text or "\x00" in text for text in written(ax))


@pytest.mark.parametrize(
    ("tokens", "terms", "options", "message"),
    [
        (TOKENS, [], {}, "no term"),
        (TOKENS.iloc[:0], "bus", {}, "no word"),
        (TOKENS, "buss", {}, "did you mean 'bus'"),
        (TOKENS, "bus", {"by": "outlets"}, "'outlet'"),
        (tokens_of(*[(f"O{n}", "bus") for n in range(61)]), "bus", {"by": "outlet"}, "61 strips"),
    ],
)
def test_strips_that_cannot_be_drawn_are_refused(
    tokens: pd.DataFrame, terms: Any, options: dict[str, str], message: str
) -> None:
    with pytest.raises(CorpusError, match=message):
        plot_dispersion(tokens, terms, **options)


# diversity


def diversity(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["outlet", *DIVERSITY])


FEW = "no interval: 3 articles long enough, 5 needed"
THREE = diversity(
    ("Alpha", "MATTR", 0.81, 0.79, 0.83, 17, 18, 900, "1 of 18 articles left out: fewer than 50 words"),
    ("Beta", "MATTR", 0.86, 0.84, 0.88, 9, 9, 800, ""),
    ("Gamma", "MATTR", 0.84, np.nan, np.nan, 3, 3, 300, FEW),
    ("Alpha", "MTLD", 120.0, 90.0, 150.0, 18, 18, 900, "2 of 18 articles: under 100 words, unsteady"),
)


def drawn(ax: Axes, kind: str) -> list[float]:
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_gid() == kind]


def test_one_measure_is_drawn_highest_first_with_intervals_and_counts() -> None:
    ax = plot_diversity(THREE)
    assert drawn(ax, "dot") == [0.86, 0.81]
    assert drawn(ax, "greyed") == [0.84]
    assert drawn(ax, "interval") == [0.84, 0.79]
    texts = [text.replace("\n", " ") for text in written(ax)]
    assert {"0.860 · 9 of 9 articles", "0.810 · 17 of 18 articles"} <= set(texts)
    assert any("fewer than 5 articles long enough" in text for text in texts)
    assert any("does not begin at 0" in text and "left out of the mean" in text for text in texts)
    assert ax.get_xlim()[0] <= 0.79
    assert ax.get_xlim()[1] >= 0.88


def test_mtld_says_where_it_is_unsteady_and_ttr_what_it_depends_on() -> None:
    assert any("unsteady" in text for text in written(plot_diversity(THREE, measure="MTLD")))
    ratio = THREE.head(1).assign(measure="TTR")
    assert any(
        "falls with the length" in text.replace("\n", " ") for text in written(plot_diversity(ratio, measure="TTR"))
    )


def test_of_two_groupings_the_first_makes_headings() -> None:
    voices = pd.concat([THREE.head(2).assign(voice=voice) for voice in ("quoted", "narrator")])
    texts = written(plot_diversity(voices[["outlet", "voice", *DIVERSITY]]))
    assert [text for text in texts if text in ("quoted", "narrator")] == ["quoted", "narrator"] * 2
    assert {"Alpha", "Beta"} <= set(texts)


def test_a_frame_without_any_value_is_drawn_with_its_reason() -> None:
    ax = plot_diversity(lexical_diversity(TOKENS, by="outlet"), measure="HD-D")
    assert any("fewer than 42 words" in text for text in written(ax))


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (THREE.iloc[:0], {}, "no rows of MATTR"),
        (THREE, {"measure": "MATR"}, "did you mean 'MATTR'"),
        (THREE.drop(columns="value"), {}, "'value'"),
        (pd.concat([THREE, THREE]), {}, "Two rows"),
        (pd.concat([THREE.head(1).assign(outlet=f"O{n}") for n in range(61)]), {}, "61 rows"),
    ],
)
def test_diversity_that_cannot_be_drawn_is_refused(frame: pd.DataFrame, options: dict[str, str], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        plot_diversity(frame, **options)


# in words


def test_findings_name_the_most_uneven_words_with_their_articles() -> None:
    texts = [("Alpha", "clump clump clump clump even x"), *[("Alpha", f"even w{n} v{n}") for n in range(5)]]
    found = dispersion_findings(dispersion(tokens_of(*texts), min_count=1))
    assert len(found) == 1
    assert found[0].startswith('Most uneven beyond chance: "clump" 4 times in 1 of 6 articles, article n0 (DP 0.71, ')
    assert found[0].count(" of 6 articles") == 5
    few = dispersion_findings(dispersion(tokens_of(*texts), min_count=4))
    assert few[0].startswith('"clump" 4 times')
    assert '"even" 6 times in 6 of 6 articles, 1 of them in article n0' in few[0]


def test_findings_of_groups_say_which_and_why_a_measure_is_missing() -> None:
    found = dispersion_findings(dispersion(TOKENS, by="outlet", min_count=2))
    assert (
        found[0] == 'Alpha: "the" 3 times in 1 of 1 article, article n1 (one article only: nothing to be spread over).'
    )
    assert found[1].startswith("Beta: ")


def test_diversity_in_words_has_interval_articles_and_reasons() -> None:
    found = diversity_findings(THREE)
    assert found[0] == (
        "MATTR: Beta 0.860 (interval 0.840 to 0.880; 9 of 9 articles); Gamma 0.840 (too few articles for an interval: "
        "3 long enough, 5 needed; 3 of 3 articles); Alpha 0.810 (interval 0.790 to 0.830; 17 of 18 articles)."
    )
    assert found[1] == "MTLD: Alpha 120.0 (interval 90.0 to 150.0; 18 of 18 articles)."
    nothing = THREE.head(1).assign(value=np.nan, note="1 of 1 articles left out: fewer than 50 words")
    assert diversity_findings(nothing) == ["MATTR: Alpha no value (1 of 1 articles left out: fewer than 50 words)."]


def test_many_groups_are_told_by_their_extremes() -> None:
    many = pd.concat([THREE.head(1).assign(outlet=f"O{n:02d}", value=0.5 + n / 100) for n in range(13)])
    many = pd.concat([many, THREE.head(1).assign(outlet="none", value=np.nan)])
    expected = "MATTR: 13 of 14 groups have a value, from 0.500 (O00) to 0.620 (O12); median 0.560."
    assert diversity_findings(many) == [expected]


def test_the_columns_needed_are_named() -> None:
    with pytest.raises(CorpusError, match="'dp'"):
        dispersion_findings(pd.DataFrame(columns=[c for c in DISPERSION if c != "dp"]))
    with pytest.raises(CorpusError, match="'measure'"):
        diversity_findings(THREE.drop(columns="measure"))
