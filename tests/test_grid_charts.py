"""Charts of grids: what is drawn is what was handed over, nothing is left blank that is absent, at every width."""

from __future__ import annotations

import warnings
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from corpus_tools.schema import ALL_OTHERS, EVENT_GRID, SHARED_COPY, CorpusError, CorpusWarning
from corpus_tools.show.charts.event_grid import plot_event_grid
from corpus_tools.show.charts.grid import BLANK, DASH, DOT, TINT, Cell, GridColumn, GridPlan, GridRow, GridSection
from corpus_tools.show.charts.grid_draw import DARKEST, draw_grid
from corpus_tools.show.charts.grid_layout import ABOVE, BESIDE, LIST, lay_out_grid
from corpus_tools.show.charts.shared_copy import plot_shared_copy
from corpus_tools.show.describe.reuse import event_grid_findings, shared_copy_findings
from corpus_tools.show.style import DARK, LIGHT, TEXT_CONTRAST, contrast_ratio

HOSTILE = ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 300, "two\nlines", "\x00", "word " * 60]


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def event_rows(counts: dict[str, dict[str, int]], searched: int = 9) -> pd.DataFrame:
    """Articles by event and outlet; the events are a day apart."""
    rows = []
    for place, (event, outlets) in enumerate(counts.items()):
        for outlet, number in outlets.items():
            day = pd.Timestamp(2023, 9, 19) + pd.Timedelta(days=place) if number else pd.NaT
            rows.append((event, outlet, number, day, searched))
    return pd.DataFrame(rows, columns=list(EVENT_GRID)).astype({"first_date": "datetime64[us]"})


def shared_rows(shares: dict[tuple[str, str], float], **others: object) -> pd.DataFrame:
    """Of a thousand words each; a fourth of the shared ones reported, a fourth quoted."""
    rows = []
    for (outlet, other), share in shares.items():
        number = round(1000 * share)
        voices = {"narrator": number - 2 * (number // 4), "reported": number // 4, "quoted": number // 4}
        counts = {"words": 1000, "shared": number, "share": share, "articles": 3, "searched": 9, "note": ""}
        rows.append({"outlet": outlet, "other": other} | voices | counts | others)
    return pd.DataFrame(rows, columns=list(SHARED_COPY))


EVENTS = event_rows({"vote": {"A": 1, "B": 0}, "fire": {"A": 4, "B": 2}, "storm": {"A": 0, "B": 1}})
PAIRS = shared_rows(
    {("A", "B"): 0.1, ("A", ALL_OTHERS): 0.1, ("B", "A"): 0.4, ("B", ALL_OTHERS): 0.4, ("A", "C"): 0, ("C", "A"): 0}
)


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def notes(ax: Axes) -> str:
    return " ".join(" ".join(written(ax)).split())


def marks(ax: Axes, kind: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == kind]


def narrow(inches: float = 4.06) -> Axes:
    return plt.figure(figsize=(inches, 1)).add_axes((0, 0, 1, 1))


# the general grid


def grid_plan(rows: int = 3, columns: int = 4, *, name: str = "row", cell: Cell | None = None) -> GridPlan:
    drawn = cell or Cell(DOT, text="3")
    return GridPlan(
        title="Who?",
        subtitle="Articles",
        columns=tuple(GridColumn(f"Outlet {n}", "18 articles") for n in range(columns)),
        sections=(GridSection("", tuple(GridRow(f"{name} {n}", (drawn,) * columns, "a date") for n in range(rows))),),
        key=((drawn, "an article"), (Cell(DASH), "none")),
    )


def test_a_row_without_a_cell_for_every_column_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        GridPlan("", "", (GridColumn("A"),), (GridSection("", (GridRow("x", ()),)),))


@pytest.mark.parametrize(("room", "columns", "shape"), [(930, 6, BESIDE), (264, 6, ABOVE), (264, 12, LIST)])
def test_the_shape_follows_the_room(room: float, columns: int, shape: str) -> None:
    assert lay_out_grid(grid_plan(columns=columns, name="a rather long event name"), room).shape == shape


@pytest.mark.parametrize("room", [230, 264, 476, 930])
@pytest.mark.parametrize("columns", [1, 3, 6, 12])
@pytest.mark.parametrize(
    "cell", [Cell(DOT, text="12"), Cell(TINT, text="12 %", under="(9 %)"), Cell(DASH, said="none")]
)
def test_nothing_is_cut_off_and_no_words_lie_on_others(room: float, columns: int, cell: Cell) -> None:
    plan = grid_plan(columns=columns, cell=cell, name="event with a name of its own")
    ax = draw_grid(plan, narrow((room + 28) / 72))
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    page = ax.figure.bbox
    assert all(box.x0 >= page.x0 and box.x1 <= page.x1 and box.y0 >= page.y0 and box.y1 <= page.y1 for box in boxes)
    for one, other in combinations(boxes, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        # The box of a line holds room for accents, so neighbours may touch.
        assert wide <= 0.5 or high <= 4


def test_a_tall_grid_repeats_its_heads_at_the_foot() -> None:
    low, tall = (draw_grid(grid_plan(rows=rows), None) for rows in (4, 60))
    assert written(low).count("Outlet 0") == 1
    assert written(tall).count("Outlet 0") == 2


def test_names_that_are_cut_in_upright_heads_stand_in_full_at_the_foot() -> None:
    name = "Association of Ferrymen and Harbour Pilots of Upper Oakham"
    columns = tuple(GridColumn(f"{name} {n}", "9 articles") for n in range(8))
    plan = GridPlan("", "", columns, (GridSection("", (GridRow("x", (Cell(DASH),) * 8),)),))
    assert f"{name} 7" in notes(draw_grid(plan, None))
    assert "names in full" not in notes(draw_grid(grid_plan(columns=8), None))


@pytest.mark.parametrize("inches", [4.06, 7.0])
def test_a_name_that_is_too_long_for_its_lines_ends_in_an_ellipsis(inches: float) -> None:
    texts = written(draw_grid(grid_plan(columns=9, name="many words " * 40), narrow(inches)))
    assert [text[-1] for text in texts if text.startswith("many")].count("…") >= 1


def test_the_area_of_a_dot_grows_with_its_size_and_a_dash_stays() -> None:
    cells = (Cell(DOT, size=1.0), Cell(DOT, size=0.25), Cell(DASH), Cell(BLANK))
    columns = tuple(GridColumn(name) for name in "abcd")
    ax = draw_grid(GridPlan("", "", columns, (GridSection("", (GridRow("x", cells),)),)), None)
    large, small = (line.get_markersize() + line.get_markeredgewidth() for line in marks(ax, DOT))
    assert large / small == pytest.approx(2, rel=0.05)
    assert len(marks(ax, DASH)) == 1


def test_voices_are_told_apart_by_their_fill() -> None:
    cells = tuple(Cell(DOT, fill=fill) for fill in ("full", "left", "none"))
    columns = tuple(GridColumn(name) for name in "abc")
    ax = draw_grid(GridPlan("", "", columns, (GridSection("", (GridRow("x", cells),)),)), None)
    full, half, hollow = marks(ax, DOT)
    assert full.get_markerfacecolor() == LIGHT.ink
    assert half.get_fillstyle() == "left"
    assert hollow.get_markerfacecolor() == LIGHT.ground


def test_words_stay_readable_on_the_darkest_tint_on_either_ground() -> None:
    for ground in (LIGHT, DARK):
        one, other = (
            [int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in (ground.ground, ground.ink)
        )
        mixed = [round(a + (b - a) * DARKEST) for a, b in zip(one, other, strict=True)]
        assert contrast_ratio(ground.ink, "#" + "".join(f"{part:02x}" for part in mixed)) >= TEXT_CONTRAST


def test_an_axes_among_others_keeps_its_figure_and_warns_where_it_is_too_low() -> None:
    figure, axes = plt.subplots(2, 1, figsize=(7, 3))
    with pytest.warns(CorpusWarning, match="make the figure higher"):
        draw_grid(grid_plan(rows=20), axes[0])
    assert figure.get_figheight() == 3


# events


def test_dots_with_their_numbers_and_a_dash_where_there_is_no_article() -> None:
    ax = plot_event_grid(EVENTS)
    assert ax.get_title(loc="left") == "Who covers which event?"
    texts = written(ax)
    assert [text for text in texts if text in ("vote", "fire", "storm")] == ["vote", "fire", "storm"]
    assert {"19 Sep 2023", "20 Sep 2023", "21 Sep 2023", "A", "B", "9 articles"} <= set(texts)
    # One of each in the key, which shows the sizes of one article and of four.
    assert len(marks(ax, DASH)) == 2 + 1
    assert len(marks(ax, DOT)) == 4 + 2
    assert "may have covered it in others" in notes(ax)


def test_without_a_gap_no_dash_is_explained() -> None:
    ax = plot_event_grid(EVENTS[EVENTS["articles"] > 0])
    assert not marks(ax, DASH)
    assert "no article" not in notes(ax)


def test_undated_events_are_drawn_and_say_so() -> None:
    ax = plot_event_grid(EVENTS.assign(first_date=pd.NaT))
    assert written(ax).count("no date") == 3


def test_of_many_events_those_of_two_outlets_are_drawn_and_the_others_counted() -> None:
    single = {f"single {n}": {"A": 1, "B": 0} for n in range(25)}
    both = {f"both {n}": {"A": 1, "B": 1} for n in range(10)}
    ax = plot_event_grid(event_rows(single | both))
    assert sum(text.startswith("both ") for text in written(ax)) == 10
    assert not any(text.startswith("single ") for text in written(ax))
    assert "25 of 35 events, covered by fewer than two outlets, are not drawn" in notes(ax)
    few = plot_event_grid(event_rows(dict(list(single.items())[:20]) | both))
    assert sum(text.startswith(("both ", "single ")) for text in written(few)) == 30
    assert "not drawn" not in notes(few)


def test_of_very_many_events_those_that_most_outlets_cover_are_drawn() -> None:
    wide = {f"wide {n}": {"A": 1, "B": 1, "C": 1} for n in range(30)}
    others = {f"two {n}": {"A": 1, "B": 1, "C": 0} for n in range(10)}
    ax = plot_event_grid(event_rows(others | wide))
    assert sum(text.startswith("wide ") for text in written(ax)) == 30
    assert "30 of 40 events that most outlets cover" in notes(ax)
    alone = plot_event_grid(event_rows({f"one {n}": {"A": 1} for n in range(40)}))
    assert sum(text.startswith("one ") for text in written(alone)) == 30
    assert "first 30 of 40 events" in notes(alone)


def test_of_many_outlets_those_with_most_articles_are_drawn() -> None:
    grid = event_rows({"fire": {f"Outlet {n:02d}": 1 for n in range(14)}}).assign(searched=range(14))
    ax = plot_event_grid(grid)
    assert sum(text.startswith("Outlet ") for text in written(ax)) == 12
    assert "Outlet 13" in written(ax)
    assert "12 of 14 outlets with most articles" in notes(ax)


def test_on_a_telephone_every_event_says_what_each_outlet_has() -> None:
    counts = {f"Outlet {n:02d}": n % 3 for n in range(12)}
    texts = written(plot_event_grid(event_rows({"fire": counts}), ax=narrow()))
    assert [texts.count(f"{number} of 9 articles") for number in ("none", "1", "2")] == [4, 4, 4]


# shared copy


def test_shares_with_those_in_the_words_of_others_on_a_tint_that_darkens() -> None:
    ax = plot_shared_copy(PAIRS)
    assert ax.get_title(loc="left") == "Whose text stands in whose pages?"
    assert all(words in notes(ax) for words in ("of the words of", "also stand in articles of", "any other outlet"))
    assert written(ax).count("10 %") == 2
    assert written(ax).count("(5 %)") == 2
    alphas = sorted(patch.get_alpha() or 0 for patch in ax.patches if patch.get_gid() == TINT)
    # Two of 0, two of 10 %, two of 40 % and the example of the key.
    assert alphas == pytest.approx([0, 0, DARKEST / 4, DARKEST / 4, *[DARKEST] * 3])
    assert "who copied from whom is not known" in notes(ax)
    assert "each word counts once" in notes(ax)


def test_outlets_stand_in_one_order_and_the_diagonal_is_empty() -> None:
    ax = plot_shared_copy(PAIRS)
    names = [text for text in written(ax) if text in "ABC"]
    assert names == ["B", "A", "C", "B", "A", "C"]
    numbers = [text for text in written(ax) if text.endswith(" %")]
    assert len(numbers) == len(PAIRS) + 1


def test_small_shares_never_look_dark() -> None:
    ax = plot_shared_copy(shared_rows({("A", "B"): 0.004, ("B", "A"): 0.004}))
    assert "<1 %" in written(ax)
    assert max(patch.get_alpha() or 0 for patch in ax.patches) < DARKEST / 10


def test_outlets_with_few_articles_are_grey_and_the_reason_is_told() -> None:
    few = shared_rows({("A", "B"): 0.1}, note="few articles: 2 searched", searched=2)
    ax = plot_shared_copy(pd.concat([few, shared_rows({("B", "A"): 0.1})]))
    names = [text for text in ax.texts if text.get_text() == "A" and text.get_color() == LIGHT.muted]
    assert len(names) == 1
    assert "in grey: outlets with few articles" in notes(ax)
    assert "in grey" not in notes(plot_shared_copy(PAIRS))


def test_a_share_that_is_missing_has_a_mark_of_its_own() -> None:
    ax = plot_shared_copy(shared_rows({("A", "B"): 0.1, ("B", "A"): 0.1}).assign(share=[np.nan, 0.1]))
    assert len(marks(ax, DASH)) == 1


def test_nothing_shared_is_drawn_as_nothing() -> None:
    ax = plot_shared_copy(shared_rows({("A", "B"): 0.0, ("B", "A"): 0.0}))
    assert written(ax).count("0 %") == 2


def test_the_twelve_outlets_that_share_most_are_drawn() -> None:
    names = [f"Outlet {n:02d}" for n in range(14)]
    shares = {
        (one, other): 0.01 * (names.index(one) + 1) for one in names for other in (*names, ALL_OTHERS) if one != other
    }
    for ax in (None, narrow(), narrow(13.3)):
        drawn = plot_shared_copy(shared_rows(shares), ax=ax)
        assert {text for text in written(drawn) if text.startswith("Outlet ")} == set(names[2:])
        assert "12 of 14 outlets that share most words" in notes(drawn)


def test_on_a_telephone_each_pair_is_a_line() -> None:
    names = "ABCDEFGH"
    shares = {(one, other): 0.2 for one in names for other in names if one != other}
    texts = written(plot_shared_copy(shared_rows(shares), ax=narrow()))
    assert texts.count("20 % (10 %), 3 articles") == 56


# what both have in common


@pytest.mark.parametrize("inches", [4.06, 7.0, 13.3])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_text(name: str, inches: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = [
            plot_event_grid(event_rows({name: {name: 1, "B": 0}}), ax=narrow(inches), footnote="$x_1$"),
            plot_shared_copy(shared_rows({(name, "B"): 0.2, ("B", name): 0.1}), ax=narrow(inches), footnote="$x_1$"),
        ]
        for ax in axes:
            ax.figure.canvas.draw()
    for ax in axes:
        assert "$x_1$" in written(ax)
        assert not any(text.get_parse_math() for text in ax.texts)
        # The title alone may be broken into lines, and only by us.
        assert not any(sign in text for text in written(ax) for sign in "\u202e\x00")
        assert not any("\n" in text.get_text() for text in ax.texts)
        # Glyphs are fitted to the pixels of the picture, so a long line may be wider by some of them than was measured.
        right = ax.get_window_extent().x1 + 3
        assert all(text.get_window_extent().x1 <= right for text in ax.texts)


@pytest.mark.parametrize("inches", [4.06, 7.0, 13.3])
def test_no_text_is_below_nine_points(inches: float) -> None:
    for ax in (plot_event_grid(EVENTS, ax=narrow(inches)), plot_shared_copy(PAIRS, ax=narrow(inches))):
        assert all(float(text.get_fontsize()) >= 9 for text in ax.figure.findobj(Text) if text.get_text())


@pytest.mark.parametrize(
    ("plot", "frame", "message"),
    [
        (plot_event_grid, EVENTS.iloc[:0], "no rows"),
        (plot_event_grid, EVENTS.drop(columns="searched"), "'searched'"),
        (plot_event_grid, pd.concat([EVENTS, EVENTS]), "Two rows"),
        (plot_shared_copy, PAIRS.iloc[:0], "no rows"),
        (plot_shared_copy, PAIRS.drop(columns="share"), "'share'"),
        (plot_shared_copy, pd.concat([PAIRS, PAIRS]), "Two rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused(plot: Any, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        plot(frame)


# in plain words


def test_findings_name_the_events_without_an_article() -> None:
    assert event_grid_findings(EVENTS) == [
        "3 events and 2 outlets; 1 of the events is covered by all of them.",
        "A has 5 articles on 2 of 3 events (9 articles in all); none on storm.",
        "B has 3 articles on 2 of 3 events (9 articles in all); none on vote.",
        "An outlet may have covered an event in articles that are not among these.",
    ]
    many = event_rows({f"e{n}": {"A": 0, "B": 1} for n in range(7)})
    assert event_grid_findings(many)[1].endswith("(9 articles in all): e0, e1, e2, e3, e4 and 2 more.")
    assert event_grid_findings(many)[2] == "B has 7 articles on 7 of 7 events (9 articles in all)."
    assert event_grid_findings(EVENTS.iloc[:0]) == []


def test_findings_of_shared_copy_name_the_voices_and_with_whom_most() -> None:
    told = shared_copy_findings(PAIRS)
    assert told[0] == (
        "Of the 1,000 words of A, 10 % also stand in other outlets: 50 in its own words, 25 in reported speech, "
        "25 in quotation marks (3 of 9 articles); most in B (10 %)."
    )
    assert told[1].startswith("Of the 1,000 words of B, 40 % also stand in other outlets: 200 in its own words")
    assert told[2] == "Of the 1,000 words of C, none also stand in A (9 articles searched)."
    assert told[3:] == ["Who copied from whom is not known."]


def test_findings_without_a_row_of_all_others_go_pair_by_pair_and_keep_the_note() -> None:
    few = shared_rows({("A", "B"): 0.1, ("A", "C"): 0.2}, note="few articles: 2 searched")
    told = shared_copy_findings(few)
    assert [sentence.split(" also stand in ")[1][0] for sentence in told[:2]] == ["C", "B"]
    assert all("; few articles: 2 searched)." in sentence for sentence in told[:2])
    assert shared_copy_findings(few.assign(share=np.nan))[0] == "A and B: no share (few articles: 2 searched)."
    assert shared_copy_findings(few.iloc[:0]) == []
