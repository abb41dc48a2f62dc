"""The checklist: what is drawn is what was handed over, absence is shown, and the same in plain words."""

from __future__ import annotations

import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from corpus_tools.schema import COVERAGE, CorpusError
from corpus_tools.show.charts.checklist import MOST_FACTS, plot_coverage
from corpus_tools.show.describe.coverage import coverage_findings


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def row(event: str | None, fact: str, outlet: str, articles: int, searched: int, **others: object) -> dict[str, object]:
    counts: dict[str, object] = dict.fromkeys(COVERAGE, 0)
    early = "too early" if others.get("older") else "not covered"
    told = "told" if articles else "not found" if searched else early
    texts = {"event": event, "fact": fact, "outlet": outlet, "told": told, "claimed_by": "", "note": ""}
    places = {"section": "lead" if articles else None, "voice": "narrator" if articles else None}
    share = articles / searched if searched else np.nan
    shares = {"share": share, "share_low": np.nan, "share_high": np.nan}
    return counts | texts | places | shares | {"articles": articles, "searched": searched} | others


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COVERAGE))


FIRE = table(
    row("fire", "Two were hurt", "Alpha", 2, 3, section="headline", voice="quoted"),
    row("fire", "Two were hurt", "Beta", 0, 1),
    row("fire", "Two were hurt", "Gamma", 0, 0),
    row("fire", "The mill burned", "Alpha", 3, 3, claimed_by="the chief"),
    row("fire", "The mill burned", "Beta", 1, 1, section="body", voice="reported", claimed_by="the chief"),
    row("fire", "The mill burned", "Gamma", 0, 0, claimed_by="the chief"),
)
TWO = pd.concat([FIRE, table(row("flood", "Water rose", "Alpha", 0, 12, share_high=0.3))], ignore_index=True)


def narrow() -> Axes:
    return plt.figure(figsize=(3.9, 3)).add_axes((0, 0, 1, 1))


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def joined(ax: Axes) -> str:
    return " ".join(written(ax)).replace("\n", " ")


def marks(ax: Axes, kind: str) -> list[Any]:
    """Those of the cells, without those of the key above the first line across."""
    lines: list[Any] = list(ax.lines)
    first = min(line.get_ydata()[0] for line in lines if line.get_gid() == "rule")
    return [line for line in lines if line.get_gid() == kind and line.get_ydata()[0] > first]


def test_every_telling_is_a_mark_and_every_absence_another() -> None:
    ax = plot_coverage(FIRE)
    assert ax.get_title(loc="left") == "What is found in which outlet?"
    fills = [(line.get_fillstyle(), line.get_markerfacecolor()) for line in marks(ax, "dot")]
    assert [fill for fill, _ in fills] == ["full", "full", "left"]
    assert fills[0][1] != fills[1][1]  # hollow for the quotation
    sizes = [line.get_markersize() for line in marks(ax, "dot")]
    assert sizes[0] > sizes[1] > sizes[2]
    crosses = [line for line in marks(ax, "greyed") if line.get_marker() == "x"]
    dashes = [line for line in marks(ax, "greyed") if len(line.get_xdata()) == 2]
    assert (len(crosses), len(dashes)) == (1, 2)
    texts = written(ax)
    assert {"Alpha", "3 articles", "1 article", "0 articles", "2/3", "3/3"} <= set(texts)
    assert "1/1" not in texts


def test_the_limit_few_articles_and_the_marks_are_explained() -> None:
    told = joined(plot_coverage(FIRE, footnote="A corpus"))
    assert "“not found” is not “not told”" in told
    assert "for every outlet fewer than 5 articles were searched: what was not found there" in told
    assert "1/2 means found in 1 of 2 articles" in told
    for name in ("large: headline", "small: body", "hollow: quotation marks", "not found", "no article on the event"):
        assert name in told
    assert "A corpus" in told
    many = table(row("fire", "Hurt", "Alpha", 9, 12))
    assert "fewer than 5" not in joined(plot_coverage(many))
    assert "not found " not in joined(plot_coverage(many)).split("Hurt")[0]


EARLY = table(
    row("fire", "The mill burned", "Alpha", 2, 2),
    row("fire", "The mill burned", "Beta", 1, 1),
    row("fire", "The mill burned", "Gamma", 0, 0),
    row("fire", "The chief resigned", "Alpha", 0, 1, older=1),
    row("fire", "The chief resigned", "Beta", 0, 0, older=1),
    row("fire", "The chief resigned", "Gamma", 0, 0),
)


def test_a_fact_later_than_all_articles_has_a_mark_of_its_own() -> None:
    ax = plot_coverage(EARLY)
    boxes = [patch for patch in ax.patches if patch.get_gid() == "box"]
    assert len(boxes) == 2  # one in the key
    assert len([line for line in marks(ax, "greyed") if line.get_marker() == "x"]) == 1
    assert len([line for line in marks(ax, "greyed") if len(line.get_xdata()) == 2]) == 2
    assert {"2 articles", "1 article", "0 articles"} <= set(written(ax))
    assert "behind a cross may be fewer articles than counted above" in joined(ax)
    assert "too early: all its articles are older than the fact" in joined(ax)
    assert "printed on a day before the fact is not searched for it" in joined(ax)
    assert "too early" not in joined(plot_coverage(FIRE))
    many = table(*[row("fire", "Hurt", f"Outlet {n}", 0, 0, older=1) for n in range(12)])
    assert joined(plot_coverage(many, ax=narrow())).count("too early: its articles are older") == 12


def test_facts_later_than_all_articles_are_not_counted_by_event() -> None:
    rows = [row("fire", f"Fact {n}", "Alpha", 1, 2) for n in range(MOST_FACTS)]
    rows += [row("fire", "The end", "Alpha", 0, 0, older=2), row("flood", "Water", "Alpha", 0, 0, older=1)]
    ax = plot_coverage(table(*rows))
    assert {"40 of 40", "n = 2", "3 articles"} <= set(written(ax))
    assert "too early" in joined(ax)
    assert "cross" not in joined(ax)


def test_findings_say_whose_articles_came_before_the_fact() -> None:
    assert coverage_findings(EARLY)[1:] == [
        "“The chief resigned”: not found in the 1 article of Alpha (1 older, not searched); too early in the 1 article "
        "of Beta, printed before it.",
        "Where fewer than 5 articles were searched, there are too few articles for an interval.",
        "Gamma has no article on this event.",
    ]
    many = table(*[row("fire", "Hurt", f"O{n}", 0, 0, older=1) for n in range(4)])
    assert coverage_findings(many) == ["“Hurt”: too early in all articles of 4 outlets, printed before it."]
    two = pd.concat([EARLY, table(row("flood", "Water rose", "Beta", 0, 0, older=2))], ignore_index=True)
    assert coverage_findings(two)[1:3] == [
        "Of 1 fact looked for in the articles of Beta, 1 was found and 0 were not; 2 more facts are later than all its "
        "articles on the event; it has articles on 2 of 2 events.",
        "Gamma has no article on any of the 2 events.",
    ]


def test_whose_account_a_fact_is_stands_with_it() -> None:
    texts = written(plot_coverage(FIRE))
    assert texts.count("claimed by: the chief") == 1


def test_several_events_stand_under_their_names_with_their_own_numbers_of_articles() -> None:
    texts = written(plot_coverage(TWO))
    assert texts.index("fire") < texts.index("flood")
    assert texts.count("articles on the event") == 2
    assert "12" in texts


def test_many_facts_are_counted_by_event() -> None:
    rows = [row("fire", f"Fact {n}", "Alpha", n % 2, 2) for n in range(MOST_FACTS + 1)]
    rows += [row("fire", f"Fact {n}", "Beta", 0, 0) for n in range(MOST_FACTS + 1)]
    ax = plot_coverage(table(*rows))
    assert ax.get_title(loc="left") == "How many of the facts are found in each outlet?"
    texts = written(ax)
    assert {"fire", "20 of 41", "n = 2"} <= set(texts)
    assert "41 facts are counted by event" in joined(ax)
    assert "Fact 1" not in texts
    assert len([line for line in marks(ax, "greyed") if len(line.get_xdata()) == 2]) == 1


def test_of_many_outlets_those_with_most_articles_are_drawn() -> None:
    many = table(*[row("fire", "Hurt", f"Outlet {n:02d}", 1, 1 + n) for n in range(14)])
    texts = written(plot_coverage(many))
    assert [text for text in texts if text.startswith("Outlet ")] == [f"Outlet {n:02d}" for n in range(2, 14)]
    assert "12 of 14 outlets" in " ".join(texts).replace("\n", " ")


def test_a_telephone_gets_every_fact_and_outlet() -> None:
    ax = plot_coverage(FIRE, ax=narrow())
    told = joined(ax)
    for name in ("Two were hurt", "The mill burned", "Alpha", "Beta", "Gamma"):
        assert name in told
    ax.figure.canvas.draw()
    edge = ax.figure.bbox.width
    assert all(text.get_window_extent().x1 <= edge + 1 for text in ax.texts)


def test_facts_without_an_event_and_missing_rows() -> None:
    one = table(row(None, "Hurt", "Alpha", 1, 1), row(None, "Burned", "Beta", 0, 1))
    ax = plot_coverage(one)
    assert "All articles: the most prominent" in joined(ax)
    assert len(marks(ax, "dot")) == 1
    assert len(marks(ax, "greyed")) == 1


@pytest.mark.parametrize(
    "name", ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 300, "two\nlines", "\x00"]
)
def test_hostile_names_are_drawn_as_text(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in (None, narrow()):
            drawn = plot_coverage(table(row(name, name, name, 1, 2, claimed_by=name)), ax=ax, footnote="$x_1$")
            drawn.figure.canvas.draw()
            assert any("$x_1$" in text for text in written(drawn))
            assert not any(text.get_parse_math() for text in drawn.texts)
            assert not any("\u202e" in text or "\x00" in text for text in written(drawn))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (FIRE.iloc[:0], "no rows"),
        (FIRE.drop(columns="searched"), "'searched'"),
        (pd.concat([FIRE, FIRE]), "Two rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        plot_coverage(frame)


def test_findings_of_one_event_go_fact_by_fact() -> None:
    assert coverage_findings(FIRE) == [
        "“Two were hurt”: found in Alpha (in the headline, in quotation marks; 2 of 3 articles); "
        "not found in the 1 article of Beta.",
        "“The mill burned” (claimed by: the chief): found in Alpha (in the lead, in its own words; 3 of 3 articles) "
        "and Beta (in the body, in reported speech; 1 of 1 article).",
        "Where fewer than 5 articles were searched, there are too few articles for an interval.",
        "Gamma has no article on this event.",
    ]


def test_findings_say_what_the_interval_excludes() -> None:
    absent = table(row("fire", "Hurt", "Alpha", 0, 12, share_low=0.0, share_high=0.3))
    assert coverage_findings(absent) == [
        "“Hurt”: not found in the 12 articles of Alpha (interval 0 % to 30 % of such articles)."
    ]
    told = table(row("fire", "Hurt", "Alpha", 6, 12, share_low=0.25, share_high=0.75))
    assert "6 of 12 articles, 50 %, interval 25 % to 75 %" in coverage_findings(told)[0]
    quoting = table(row("fire", "It was “arson”", "Alpha", 0, 1))
    assert coverage_findings(quoting)[0].startswith("“It was ‘arson’”: not found")
    nobody = table(row("fire", "Hurt", "Alpha", 0, 0))
    assert coverage_findings(nobody)[0] == "“Hurt”: no article was searched for it."


def test_findings_count_outlets_where_many_tell_a_fact() -> None:
    one = FIRE[FIRE["articles"] > 0].head(1)
    many = pd.concat([one.assign(outlet=f"O{n}", section="body" if n else "lead") for n in range(5)])
    voice = {"narrator": "in their own words", "reported": "in reported speech", "quoted": "in quotation marks"}
    spoken = voice[one["voice"].iloc[0]]
    own_words = many.assign(voice=["narrator", *["reported"] * 4])
    assert "(in its own words in 1, in reported speech in 4," in coverage_findings(own_words)[0]
    assert "(in their own words in 5," in coverage_findings(many.assign(voice="narrator"))[0]
    assert f"found in 5 outlets ({spoken} in 5, in the lead in 1, in the body in 4)." in coverage_findings(many)[0]


def test_findings_of_several_events_count_by_outlet() -> None:
    assert coverage_findings(TWO) == [
        "Of 3 facts looked for in the articles of Alpha, 2 were found and 1 was not; it has articles on 2 of 2 events.",
        "Of 2 facts looked for in the articles of Beta, 1 was found and 1 was not (in fewer than 5 articles); "
        "it has articles on 1 of 2 events.",
        "Gamma has no article on any of the 2 events.",
        "1 of 3 facts was found in no outlet.",
    ]


def test_findings_need_their_columns() -> None:
    with pytest.raises(CorpusError, match="'told'"):
        coverage_findings(FIRE.drop(columns="told"))
