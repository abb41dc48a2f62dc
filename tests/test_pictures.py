"""Charts in a page: words stay words, colours follow the ground, one of two widths is seen, nothing acts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import html5lib
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from corpus_tools.compare.p_spread import p_spread
from corpus_tools.schema import P_SPREAD, SHARES, CorpusError
from corpus_tools.show.charts import plot_framing_shares, plot_p_values
from corpus_tools.show.charts.comparison import ratio_tick
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.figure import redrawn
from corpus_tools.show.charts.plan import PERCENT, Plan, Row, Scale, Section
from corpus_tools.show.charts.shown import inline_chart
from corpus_tools.show.charts.words import wrapped
from corpus_tools.show.describe import alt_text, describe
from corpus_tools.show.markup import TEMPLATES
from corpus_tools.show.pictures import chart_svg, inline_picture, standalone
from corpus_tools.show.style import (
    DARK,
    LIGHT,
    MARK_CONTRAST,
    PALETTE,
    TEXT_CONTRAST,
    Ground,
    colour_variables,
    contrast_ratio,
    css_variables,
)

HOSTILE = ["<b>$x_1$&amp;</b>", "</svg><script>x()</script>", "$\\undefined$", "a\"b'c", "#1c1b19", "&lt;i&gt;"]
ALLOWED = {
    *("svg", "g", "defs", "clipPath", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "title", "desc"),
}
ATTRIBUTES = {
    *("style", "transform", "d", "x", "y", "cx", "cy", "r", "width", "height", "viewBox", "class", "role"),
    "aria-label",
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def shares_of(*outlets: str) -> pd.DataFrame:
    rows = [
        [outlet, "who", label, 5, 10, 0.5, 0.2 + place / 50, 0.7, 8, 12, "", True]
        for place, outlet in enumerate(outlets)
        for label in ("guards", "troops")
    ]
    return pd.DataFrame(rows, columns=["outlet", *SHARES])


def pictures_of(html: str) -> list[ElementTree.Element]:
    return html5lib.parse(html).findall(f".//{SVG}svg[@role='img']")


def words_of(picture: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]


class TestContrast:
    @pytest.mark.parametrize("ground", [LIGHT, DARK])
    def test_every_role_stands_out_as_its_use_asks(self, ground: Ground) -> None:
        texts = {"ink", "muted", "accent"}
        marks = {"faint", "quoted_mark", "reported_mark"}
        behind = {"ground", "quoted", "reported"}
        # Rules only separate; no meaning hangs on them.
        assert texts | marks | behind | {"rule"} == set(Ground._fields)
        for role in texts:
            assert contrast_ratio(getattr(ground, role), ground.ground) >= TEXT_CONTRAST, role
        for role in marks:
            assert contrast_ratio(getattr(ground, role), ground.ground) >= MARK_CONTRAST, role
        for tint in behind:
            for role in ("ink", "muted"):
                assert contrast_ratio(getattr(ground, role), getattr(ground, tint)) >= TEXT_CONTRAST, (role, tint)
        for tint, mark in (("quoted", "quoted_mark"), ("reported", "reported_mark")):
            assert contrast_ratio(getattr(ground, mark), getattr(ground, tint)) >= MARK_CONTRAST, mark

    def test_every_hue_stands_out_on_both_grounds_and_no_two_share_a_colour(self) -> None:
        for light, dark in PALETTE:
            assert contrast_ratio(light, LIGHT.ground) >= MARK_CONTRAST
            assert contrast_ratio(dark, DARK.ground) >= MARK_CONTRAST
        # A colour that stood for two things on the light ground could not become two on the dark one.
        assert len(colour_variables()) == len(Ground._fields) + len(PALETTE)


class TestPage:
    def test_wide_and_narrow_hold_the_same_rows_and_the_alt_text(self) -> None:
        wide, narrow = pictures_of(inline_chart(plot_framing_shares(shares_of(*"ABCDEFGH")), "Dots."))
        assert (wide.get("class"), narrow.get("class")) == ("ct-wide", "ct-narrow")
        assert int(narrow.get("width", "")) == 360
        assert wide.get("aria-label") == narrow.get("aria-label") == "Dots."
        for picture in (wide, narrow):
            told = words_of(picture)
            for outlet in "ABCDEFGH":
                assert told.count(outlet) == 2
            assert sum("5 of 10 hits" in line for line in told) == 16
            marks = [part for part in picture.iter() if part.tag == f"{SVG}circle" or part.get("transform")]
            assert len(marks) == 16

    def test_only_one_of_both_is_there_at_a_time(self) -> None:
        rules = (TEMPLATES / "chart.css").read_text(encoding="utf-8")
        assert re.search(r"^\.ct-chart > \.ct-narrow \{ display: none; \}", rules, re.MULTILINE)
        at_width = re.search(r"@container [^{]*\{(.*)\}$", rules, re.MULTILINE)
        assert at_width
        assert ".ct-wide { display: none; }" in at_width[1]
        assert ".ct-narrow { display: block;" in at_width[1]

    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_stands_in_a_corpus_is_text(self, name: str) -> None:
        page = inline_chart(plot_framing_shares(shares_of(name, "Beta"), footnote=name), name)
        for picture in pictures_of(page):
            assert picture.get("aria-label") == name
            assert words_of(picture).count(name) == 3
            for part in picture.iter():
                assert part.tag.removeprefix(SVG) in ALLOWED
                assert set(part.attrib) <= ATTRIBUTES
        assert not html5lib.parse(page).findall(".//{*}script")
        assert not html5lib.parse(page).findall(".//{*}b")

    def test_no_part_has_a_name_so_that_a_chart_may_stand_twice(self) -> None:
        page = inline_chart(plot_framing_shares(shares_of("A", "B")), "Dots.")
        assert " id=" not in page
        assert "url(" not in page
        assert "href" not in page

    def test_every_run_gives_the_same_and_every_chart_the_same_rules(self) -> None:
        one, again, other = (
            str(inline_chart(plot_framing_shares(shares_of(*names)), "Dots.")) for names in ("AB", "AB", "ABC")
        )
        assert one == again
        rules = re.compile(r"<style>(.*?)</style>", re.DOTALL)
        assert rules.findall(one) == rules.findall(other)
        assert len(rules.findall(one)) == 1

    def test_users_settings_change_nothing(self) -> None:
        plain = inline_chart(plot_framing_shares(shares_of("A")), "Dots.")
        with mpl.rc_context({"svg.fonttype": "path", "savefig.bbox": "tight", "text.usetex": True}):
            assert inline_chart(plot_framing_shares(shares_of("A")), "Dots.") == plain

    def test_colours_follow_the_ground_also_black_which_matplotlib_leaves_out(self) -> None:
        page = inline_chart(plot_framing_shares(shares_of(*"ABCDEFG")), "Dots.", narrow=False)
        (picture,) = pictures_of(page)
        colours = {
            found
            for part in picture.iter()
            for found in re.findall(r"(?:fill|stroke):([^;]*)", part.get("style", ""))
            if found != "none"
        }
        known = {f"var({name}, {colour})" for colour, name in colour_variables().items()}
        assert colours <= known
        assert f"var(--ct-hue-6, {PALETTE[6][0]})" in colours
        for colour in known:
            name = colour[4:].split(",")[0]
            assert f"{name}: " in css_variables(".x")

    def test_colours_that_are_not_ours_stay(self) -> None:
        ax = plot_framing_shares(shares_of("A", "B"))
        ax.axvline(0.5, color="#123456")
        page = inline_chart(ax, "Dots.")
        assert "stroke:#123456" in page
        assert f"var(--ct-ink, {LIGHT.ink})" in page

    def test_a_text_that_names_a_colour_keeps_it(self) -> None:
        picture, *_ = pictures_of(inline_chart(plot_framing_shares(shares_of(LIGHT.ink, "Beta")), "Dots."))
        assert words_of(picture).count(LIGHT.ink) == 2

    def test_a_long_chart_is_small(self) -> None:
        page = inline_chart(plot_framing_shares(shares_of(*(f"Outlet {place}" for place in range(15)))), "Dots.")
        assert len(page) < 90_000


class TestWords:
    def test_a_long_heading_goes_on_in_a_second_line(self) -> None:
        heading = "a heading that no narrow chart can hold in one line"
        plan = Plan("Title", "", (Section(heading, (Row("x", "1"),)),), PERCENT)
        told = [text.get_text() for text in draw(plan, plt.figure(figsize=(3.75, 1)).add_subplot()).texts]
        assert heading in [text.replace("\n", " ") for text in told]

    def test_names_of_ticks_stand_clear_of_each_other(self) -> None:
        ticks = tuple((place / 20, f"{5 * place} %") for place in range(21))
        plan = Plan("Title", "", (Section("", (Row("x", "1", 0.5),)),), Scale(0, 1, ticks))
        ax = draw(plan, plt.figure(figsize=(3.75, 1)).add_subplot())
        ax.figure.canvas.draw()
        boxes = sorted((box.x0, box.x1) for box in (t.get_window_extent() for t in ax.texts if "%" in t.get_text()))
        assert len(boxes) >= 3
        assert all(one[1] < other[0] for one, other in pairwise(boxes))

    def test_a_number_is_not_parted_from_its_sign(self) -> None:
        for room in range(60, 200, 10):
            for line in wrapped("held by shuffled ones 59 %, p = 0.05 · a dot", room, 10):
                assert not line.startswith(("%", "=", "·"))
                assert not line.endswith("=")

    def test_both_charts_of_ratios_name_their_ticks_alike(self) -> None:
        assert [ratio_tick(place) for place in (-4, -2, -1, 1, 2, 4)] == ["1/16", "¼", "half", "twice", "4×", "16×"]


class TestDrawnByOthers:
    def test_a_plain_chart_keeps_its_colours_and_comes_once(self) -> None:
        _, ax = plt.subplots()
        ax.plot([0, 1, 2], [0, 5, 1], color="#1c1b19", marker="o")
        ax.set_title("$x^2$ & <b>")
        page = inline_chart(ax, "A line.")
        (picture,) = pictures_of(page)
        assert picture.get("class") == "ct-only"
        assert "var(--ct-ink" not in ElementTree.tostring(picture, encoding="unicode")
        assert any("&" in line for line in words_of(picture))

    def test_a_line_that_leaves_its_axes_is_cut_off(self) -> None:
        figure, ax = plt.subplots()
        ax.plot([0, 1], [0, 100])
        ax.set_ylim(0, 1)
        inner = ElementTree.fromstring(inline_picture(figure, "A line.")).findall("svg")
        assert len(inner) == 1
        assert {"x", "y", "width", "height", "viewBox"} == set(inner[0].attrib)

    def test_a_photograph_comes_as_a_picture_with_its_words(self) -> None:
        figure, ax = plt.subplots()
        ax.imshow(np.eye(3))
        page = str(inline_chart(ax, 'A "square".'))
        image = html5lib.parse(page).find(".//{*}img")
        assert image.get("alt") == 'A "square".'
        assert image.get("src").startswith("data:image/png;base64,")
        with pytest.raises(CorpusError, match="PNG"):
            chart_svg(figure)

    def test_what_somebody_added_is_not_lost_on_a_narrow_screen(self) -> None:
        ax = plot_framing_shares(shares_of("A", "B"))
        assert redrawn(ax.figure.figure, 3.75) is not None
        ax.text(0.5, 0.5, "my note")
        assert redrawn(ax.figure.figure, 3.75) is None
        (picture,) = pictures_of(inline_chart(ax, "Dots."))
        assert "my note" in words_of(picture)

    def test_charts_side_by_side_come_as_they_were_put(self) -> None:
        figure, axes = plt.subplots(1, 2, figsize=(14, 9))
        for ax in axes:
            plot_framing_shares(shares_of("A", "B"), ax=ax)
        assert redrawn(figure, 3.75) is None


class TestFile:
    def test_a_file_stands_alone_in_light_colours(self) -> None:
        ax = plot_framing_shares(shares_of(*HOSTILE))
        page = inline_chart(ax, "Dots & more.", narrow=False)
        from_figure = ElementTree.fromstring(chart_svg(plot_framing_shares(shares_of(*HOSTILE)).figure.figure))
        (inline,) = re.findall(r"<svg.*</svg>", page, re.DOTALL)
        from_page = ElementTree.fromstring(standalone(inline))
        for whole in (from_figure, from_page):
            text = ElementTree.tostring(whole, encoding="unicode")
            assert whole.tag == f"{SVG}svg"
            assert "var(" not in text
            assert "--ct-" not in text
            assert LIGHT.ink in text
            assert {HOSTILE[0], HOSTILE[4]} <= set(words_of(whole))
        assert from_page.get("aria-label") == "Dots & more."
        assert words_of(from_page) == words_of(from_figure)

    def test_a_page_that_went_through_a_reader_of_html_gives_the_same_file(self) -> None:
        from bs4 import BeautifulSoup

        page = inline_chart(plot_framing_shares(shares_of(*HOSTILE)), "Dots.", narrow=False)
        (inline,) = re.findall(r"<svg.*</svg>", page, re.DOTALL)
        passed = str(BeautifulSoup(inline, "html.parser"))
        one, other = (ElementTree.fromstring(standalone(text)) for text in (inline, passed))
        assert one.attrib == other.attrib
        assert words_of(one) == words_of(other)

    @pytest.mark.parametrize("broken", ["<svg><text>a</svg>", "<!DOCTYPE svg><svg/>", "plain", "<svg><!-- x --></svg>"])
    def test_what_is_no_picture_of_a_page_is_refused(self, broken: str) -> None:
        with pytest.raises(CorpusError, match="SVG of a page"):
            standalone(broken)


class TestSpreadOfP:
    def test_every_value_is_in_one_box_and_missing_ones_are_left_out(self) -> None:
        spread = p_spread({"by article": pd.Series([0.0, 0.05, 0.1, 1.0, np.nan, None]), "pooled": [0.3]})
        assert tuple(spread.columns) == P_SPREAD
        own = spread[spread["test"] == "by article"].set_index("box_from")
        assert own["count"].tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
        assert own["tests"].unique().tolist() == [4]
        assert own["share"].sum() == pytest.approx(1)

    @pytest.mark.parametrize("values", [{}, {"a": [1.2]}, {"a": [-0.1]}, {"a": ["x"]}, [0.1]])
    def test_what_is_no_p_value_is_refused(self, values: object) -> None:
        with pytest.raises(CorpusError):
            p_spread(values)  # type: ignore[arg-type]

    def test_dots_stand_at_the_shares_beside_the_even_line(self) -> None:
        spread = p_spread({"by article": np.arange(0.05, 1, 0.1), "pooled": [0.01] * 8 + [0.55] * 2})
        ax = plot_p_values(spread)
        dots = sorted(float(np.asarray(line.get_xdata())[0]) for line in ax.lines if line.get_gid() == "dot")
        assert dots == pytest.approx([0.0] * 8 + [0.1] * 10 + [0.2, 0.8])
        (even,) = [line for line in ax.lines if line.get_gid() == "zero"]
        assert np.asarray(even.get_xdata()).tolist() == [0.1, 0.1]
        assert "pooled: 0 to 0.1 holds 80 % of 10 p-values" in describe(spread)
        assert "0.1 holds 80 %" in alt_text(spread)

    def test_without_a_test_it_says_so(self) -> None:
        none = p_spread({"by article": [np.nan]})
        with pytest.raises(CorpusError, match="no p-value"):
            plot_p_values(none)
        assert "no test" in describe(none)
        both = p_spread({"by article": [np.nan], "pooled": [0.2]})
        assert "no test" in " ".join(text.get_text() for text in plot_p_values(both).texts)
        with pytest.raises(CorpusError, match="at most 3"):
            plot_p_values(p_spread({name: [0.2] for name in "abcd"}))
