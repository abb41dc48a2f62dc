"""The charts of a contrast under other choices: every combination, a row for each choice, plain words."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from corpus_tools.compare.choices import CHOICES
from corpus_tools.compare.robustness import robustness
from corpus_tools.schema import ALL_OTHERS, ROBUSTNESS, CorpusError
from corpus_tools.show.charts.layout import STRIP, lay_out
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section, one_reason
from corpus_tools.show.charts.robustness import plot_robustness, plot_three_ways
from corpus_tools.show.describe.robustness import CHANGES, robustness_findings, without_row

PLAIN = {choice: values[0] for choice, values in CHOICES.items()}
SLOT = "people at the gate"
BOTH = [plot_robustness, plot_three_ways]
Plot = Callable[..., Axes]


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def row(difference: float = 0.4, *, half: float = 0.2, note: str = "", **columns: Any) -> dict[str, Any]:
    changed = sum(columns.get(choice, plain) != plain for choice, plain in PLAIN.items())
    numbers = {
        "share_target": 0.5 + difference / 2,
        "share_reference": 0.5 - difference / 2,
        "difference": difference,
        "difference_low": difference - half,
        "difference_high": difference + half,
        "articles_target": 12,
        "articles_reference": 11,
    }
    told = {"slot": SLOT, "label": "guards", "target": "Alpha", "reference": "Beta", "note": note, "checked": True}
    return told | PLAIN | {"changed": changed} | numbers | columns


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))[list(ROBUSTNESS)]


FEW = "no interval: 3 and 4 events with a hit, 5 needed on each side"
RESULT = table(
    row(0.4),
    row(0.3, voice="narrator"),
    row(0.1, section="body"),
    row(0.35, half=np.nan, note=FEW, unit="event"),
    row(np.nan, note="no hit of the slot in one of the two", within="event"),
    row(-0.2, voice="narrator", section="body"),
)


def named(values: tuple[str, ...]) -> dict[str, Any]:
    return dict(zip(CHOICES, values, strict=True))


def every_choice(*, step: float = 0.001) -> pd.DataFrame:
    """All combinations, as many as there can be."""
    rows = [
        row(0.1 + step * place, **named(values)) for place, values in enumerate(itertools.product(*CHOICES.values()))
    ]
    return table(*rows)


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def at_the_foot(ax: Axes) -> str:
    return max(written(ax), key=len).replace("\n", " ")


def places(ax: Axes, kind: str) -> list[float]:
    return [float(x) for line in ax.lines if line.get_gid() == kind for x in np.asarray(line.get_xdata())]


def test_every_combination_has_a_dot_filled_where_the_interval_lies_beside_zero() -> None:
    ax = plot_robustness(RESULT)
    assert sorted(places(ax, "combination, beside zero")) == [0.3, 0.4]
    assert sorted(places(ax, "combination, over zero")) == [-0.2, 0.1, 0.35]
    assert places(ax, "pointer") == [0.4]
    assert "same sign in 4 of 5 combinations" in written(ax)


def test_the_plain_row_and_each_single_change_have_a_row() -> None:
    ax = plot_robustness(RESULT)
    assert ax.get_title(loc="left").replace("\n", " ") == (
        "Does Alpha use “guards” more often than Beta, whichever way one counts?"
    )
    assert places(ax, "dot") == [0.4, 0.3, 0.1]
    assert places(ax, "greyed") == [0.35]
    names = ["every combination", "plain", "narrator only", "body only", "events as units", "within the same events"]
    assert [text for text in written(ax) if text in names] == names
    assert "same as Beta" in written(ax)
    # A letter of a footnote may follow.
    assert sum(text.startswith("12 and 11 articles") for text in written(ax)) >= 4


def test_rows_without_evidence_say_why_and_choices_without_a_row_are_named() -> None:
    foot = at_the_foot(plot_robustness(RESULT))
    everything = " ".join(written(plot_robustness(RESULT))).replace("\n", " ")
    assert "fewer than 5 events with a hit on a side" in everything
    assert "no hit of the slot in one of the two" in everything
    assert "one vote per shared text (no column reuse_group, or no text with a hit is there twice)" in foot
    assert "without shared copy (no passages handed over, or changes nothing against another row)" in foot
    assert "each article counts the same (changes nothing against another row)" in foot
    assert "not a probability" in foot
    assert "not varied" not in at_the_foot(plot_robustness(every_choice()))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "within the same events (no column event, or no event has articles of both sides)"),
        ([row(unit="event")], "within the same events (no event has articles of both sides)"),
        ([row(within="event")], "events as units (one event only, or changes nothing against another row)"),
        ([], "second half of the articles (too few dates, or all of one day)"),
        (
            [row(dates="first half")],
            "narrator only, body only, each article counts the same, second half of the articles (",
        ),
    ],
)
def test_why_a_choice_was_not_varied(rows: list[dict[str, Any]], told: str) -> None:
    frame = table(row(), *rows)
    assert told in at_the_foot(plot_robustness(frame))
    assert told in robustness_findings(frame)[-2]


def test_reasons_are_those_of_the_function() -> None:
    """Where a column or a frame is missing, or changes nothing, the words for it are true of what robustness does."""
    articles = pd.DataFrame({"article_id": list("abcdefghijkl"), "outlet": ["Alpha", "Beta"] * 6})
    articles = articles.assign(text="guards or troops", event=list("xy") * 6)
    hits = articles.drop(columns=["text", "event"]).assign(slot=SLOT, label="guards", surface="guards", start=0, end=6)
    hits = hits.assign(voice="narrator", sentence=1, section="body", checked=True)
    told = without_row(robustness(hits, articles, label="guards", target="Alpha", reference="Beta"))
    assert told["narrator only"] == told["body only"] == "changes nothing against another row"
    assert told["within the same events"] == "no event has articles of both sides"
    assert "too few dates" in told["first half of the articles"]
    assert told["headline and lead only"] == "too few articles with a hit there, or changes nothing against another row"


@pytest.mark.parametrize(
    ("halves", "told"),
    [
        ([np.nan], "none has an interval"),
        ([0.2], "its interval does not include zero"),
        ([0.5], "its interval includes zero"),
        ([0.1, 0.2], "none of the 2 intervals includes zero"),
        ([0.5, 0.6], "all 2 intervals include zero"),
        ([0.1, 0.5], "1 of the 2 intervals does not include zero"),
        ([0.1, 0.2, 0.5], "2 of the 3 intervals do not include zero"),
    ],
)
def test_how_many_intervals_include_zero(halves: list[float], told: str) -> None:
    choices: list[dict[str, Any]] = [{}, {"voice": "narrator"}, {"section": "body"}]
    rows = [row(0.4, half=half, **chosen) for half, chosen in zip(halves, choices, strict=False)]
    assert f"; {told}." in robustness_findings(table(*rows))[1]


@pytest.mark.parametrize("step", [0.001, 1e-6])
def test_all_combinations_stay_inside_their_strip(step: float) -> None:
    ax = plot_robustness(every_choice(step=step))
    lines = [line for line in ax.lines if str(line.get_gid()).startswith("combination")]
    down = np.concatenate([np.asarray(line.get_ydata(), dtype=float) for line in lines])
    assert len(down) == len(list(itertools.product(*CHOICES.values()))) / len(CHOICES["dates"])
    assert down.max() - down.min() <= STRIP
    across = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for line in lines])
    assert len(set(zip(across.tolist(), down.tolist(), strict=True))) == len(down)


def test_a_strip_makes_its_row_higher_and_no_other() -> None:
    scale = Scale(-1, 1, ((0.0, "0"),))
    dots = ((0.1, True), (0.2, False))

    def height(*rows: Row) -> float:
        return lay_out(Plan("t", "s", (Section("", rows),), scale), 400).height

    assert height(Row("a", "b", dots=dots)) - height(Row("a", "b")) > STRIP
    assert height(Row("a", "b"), Row("a", "b")) - height(Row("a", "b")) < STRIP


def test_another_kind_of_choice_stands_apart() -> None:
    def steps(*rows: dict[str, Any]) -> list[float]:
        ax = plot_robustness(table(row(), *rows))
        down = sorted(float(np.asarray(line.get_ydata())[0]) for line in ax.lines if line.get_gid() == "dot")
        return [round(step, 3) for step in np.diff(down)]

    one_kind = steps(row(dates="first half"), row(dates="second half"))
    assert one_kind[0] > one_kind[1]
    first, second = steps(row(section="body"), row(dates="second half"))
    assert first == second == one_kind[0]


def test_three_ways_are_three_rows_of_each_contrast() -> None:
    other = table(row(-0.1, label="troops"), row(-0.2, label="troops", unit="reuse_group"))
    ax = plot_three_ways(pd.concat([RESULT, other]))
    ways = ["all articles", "one vote per shared text", "within the same events"]
    assert [text for text in written(ax) if text in ways] == ways * 2
    assert places(ax, "dot") == [0.4, -0.1, -0.2]
    assert {"“guards”", "“troops”"} <= set(written(ax))
    assert not any(text.startswith("“guards”: among") for text in written(ax))
    told = " ".join(written(ax)).replace("\n", " ")
    assert told.count("no column reuse_group, or") == 1
    assert told.count("no event has articles of both sides") == 1
    assert ax.get_title(loc="left").replace("\n", " ").endswith(", also with one vote per text and within events?")


def test_three_ways_are_low_enough_for_a_first_screen() -> None:
    full = [row(0.4), row(0.3, unit="reuse_group"), row(0.2, within="event")]
    assert plot_three_ways(table(*full)).figure.figure.get_figheight() < 3.3
    assert plot_robustness(table(*full)).figure.figure.get_figheight() > 3.3


@pytest.mark.parametrize("plot", BOTH)
def test_several_contrasts_stand_under_what_tells_them_apart(plot: Plot) -> None:
    texts = written(plot(table(row(), row(slot="town"), row(slot="town", target="Gamma", reference=ALL_OTHERS))))
    assert "people at the gate · Alpha v. Beta" in texts
    assert "town · Gamma v. the others" in texts
    assert "same as the others" in texts
    ax = plot(table(row(), row(slot="town", label="town name", reference="Gamma")))
    assert {"“guards” · v. Beta", "“town name” · v. Gamma"} <= set(written(ax))
    assert ax.get_title(loc="left").replace("\n", " ").startswith("Does Alpha use these names more often,")
    assert "“town name” · v. Gamma: among all names for town" in " ".join(written(ax)).replace("\n", " ")


@pytest.mark.parametrize("plot", BOTH)
def test_an_unchecked_lexicon_is_called_so(plot: Plot) -> None:
    told = "not checked by hand"
    assert told in " ".join(written(plot(table(row(checked=False)))))
    assert told not in " ".join(written(plot(RESULT)))


@pytest.mark.parametrize("width", [3.9, 7.0, 13.0])
@pytest.mark.parametrize("plot", BOTH)
def test_everything_lies_inside_the_figure_at_every_width(plot: Plot, width: float) -> None:
    figure = plt.figure(figsize=(width, 2))
    ax = plot(every_choice(), ax=figure.add_axes((0, 0, 1, 1)), footnote="Corpus of 40 articles")
    figure.canvas.draw()
    page = figure.bbox
    for text in figure.findobj(Text):
        if text.get_text():
            box = text.get_window_extent()
            assert page.x0 - 1 <= box.x0 < box.x1 <= page.x1 + 1, text.get_text()
            assert page.y0 - 1 <= box.y0 < box.y1 <= page.y1 + 1, text.get_text()
    for line in ax.lines:
        box = line.get_window_extent()
        assert page.y0 <= box.y0 <= box.y1 <= page.y1


@pytest.mark.parametrize("plot", BOTH)
def test_nothing_known_is_drawn_with_reasons(plot: Plot) -> None:
    frame = table(row(np.nan, note="no hit of the slot in one of the two"))
    ax = plot(frame)
    ax.figure.canvas.draw()
    assert not places(ax, "dot")
    assert "no hit of the slot in one of the two" in " ".join(written(ax))


def test_rows_without_the_plain_one_have_no_pointer() -> None:
    ax = plot_robustness(RESULT[RESULT["changed"] > 0])
    assert not places(ax, "pointer")
    assert "above zero in 3, below in 1 of 4 combinations" in written(ax)


@pytest.mark.parametrize(
    "name", ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 300, "two\nlines", "\x00"]
)
@pytest.mark.parametrize("plot", BOTH)
def test_hostile_names_are_drawn_as_text(plot: Plot, name: str) -> None:
    hostile: dict[str, Any] = {"slot": name, "label": name, "target": name, "reference": name}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plot(pd.concat([RESULT, table(row(note=name, half=np.nan, **hostile))]), footnote="$x_1$")
        ax.figure.canvas.draw()
    assert any("$x_1$" in text for text in written(ax))
    assert not any(text.get_parse_math() for text in ax.texts)
    assert not any("\u202e" in text or "\x00" in text for text in written(ax))


@pytest.mark.parametrize("plot", BOTH)
@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (RESULT.iloc[:0], "no rows"),
        (RESULT.drop(columns="changed"), "'changed'"),
        (pd.concat([RESULT, RESULT]), "Two rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused(plot: Plot, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        plot(frame)


def test_every_value_of_a_choice_has_a_name() -> None:
    assert set(CHANGES) == {(choice, value) for choice, values in CHOICES.items() for value in values[1:]}
    assert len(set(CHANGES.values())) == len(CHANGES)


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (
            "no interval: 3 and 4 articles with a hit, 5 needed on each side",
            "fewer than 5 articles with a hit on a side",
        ),
        (
            "no interval: 0 and 11 reuse groups with a hit, 5 needed on each side",
            "fewer than 5 reuse groups with a hit",
        ),
        ("no interval: 3 articles with a hit, 5 needed", "fewer than 5 articles with a hit"),
    ],
)
def test_numbers_that_stand_in_the_row_are_not_told_again(note: str, reason: str) -> None:
    assert one_reason(note).startswith(f"no interval: {reason}")
