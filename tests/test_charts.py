"""Charts: what is drawn is what was handed over, all of it, and nothing from a corpus acts."""

import io
import itertools
import warnings

import html5lib
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from corpus_tools.schema import ALL_OTHERS, CONTRAST, KEYNESS, SHARES, CorpusError, CorpusWarning
from corpus_tools.show.charts import plot_framing_contrast, plot_framing_shares, plot_keyness, show_chart
from corpus_tools.show.charts.plan import one_reason
from corpus_tools.show.charts.shown import result_table
from corpus_tools.show.charts.words import balanced, fitted, width, words
from corpus_tools.show.style import (
    DARK,
    LIGHT,
    MARK_CONTRAST,
    PALETTE,
    TEXT_CONTRAST,
    assign_styles,
    contrast_ratio,
    css_variables,
    readable,
)

SLOT = "people at the gate"
HOSTILE = [
    "$\\frac{1}{0}$",
    "a_b^c$x",
    "<script>alert(1)</script>",
    "\u202etxt.exe",
    "W" * 200,
    "Zeile\nzwei",
    "\x00\ud800",
    "",
]


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


def shares_frame(
    *, outlets=("Alpha", "Beta"), voices=("narrator", "quoted"), labels=("guards", "troops"), checked=True
):
    """Ten hits and an interval everywhere, but few articles for the last outlet's last voice and none for its first."""
    rows = []
    for outlet, voice in itertools.product(outlets, voices):
        few = (outlet, voice) == (outlets[-1], voices[-1])
        none = (outlet, voice) == (outlets[-1], voices[0]) and len(voices) > 1
        for place, label in enumerate(labels):
            hits = 0 if none else 10 // len(labels) + (place == 0) * (10 % len(labels))
            share = np.nan if none else hits / 10
            low, high = (np.nan, np.nan) if few or none else (max(share - 0.2, 0), min(share + 0.2, 1))
            note = "no hit of the slot" if none else "no interval: 3 articles with a hit, 5 needed" if few else ""
            seen = 0 if none else 3 if few else 8
            rows.append(
                [outlet, voice, SLOT, label, hits, 0 if none else 10, share, low, high, seen, 12, note, checked]
            )
    return pd.DataFrame(rows, columns=["outlet", "voice", *SHARES])


def contrast_frame(*, reference="Beta", checked=True):
    rows = [
        [SLOT, "guards", "Alpha", reference, 0.9, 0.2, 0.7, 0.4, 0.86, 0.004, 0.3, 12, 11, "", checked],
        [
            SLOT,
            "troops",
            "Alpha",
            reference,
            0.1,
            0.5,
            -0.4,
            np.nan,
            np.nan,
            np.nan,
            np.nan,
            3,
            11,
            "no interval: few",
            checked,
        ],
        [SLOT, "men", "Alpha", reference, np.nan, 0.3, *[np.nan] * 5, 0, 11, "no hit", checked],
    ]
    return pd.DataFrame(rows, columns=list(CONTRAST))


def keyness_frame(count=30):
    rows = []
    for place in range(count):
        one, other = (40 - place, 4) if place < count // 2 else (3, 10 + place)
        ratio = float(np.log2(one / other))
        rows.append(
            [
                *(f"word{place:02d}", "Alpha", "Beta", one, other, 9000, 9000, one / 0.009, other / 0.009, 9, 3),
                *(ratio, 0.0, ratio * 5, ratio * 0.7, ratio * 2, ""),
            ]
        )
    return pd.DataFrame(rows, columns=list(KEYNESS))


def written(ax):
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def dots(ax, kind="dot"):
    return [line for line in ax.lines if line.get_gid() == kind]


def everything():
    return [
        (plot_framing_shares, shares_frame()),
        (plot_framing_contrast, contrast_frame()),
        (plot_keyness, keyness_frame()),
    ]


class TestStyle:
    def test_every_hue_stands_out_on_either_ground(self):
        for light, dark in PALETTE:
            assert contrast_ratio(light, LIGHT.ground) >= MARK_CONTRAST
            assert contrast_ratio(dark, DARK.ground) >= MARK_CONTRAST

    @pytest.mark.parametrize("ground", [LIGHT, DARK])
    def test_text_is_readable_on_the_ground_and_on_the_tints(self, ground):
        for colour, behind in itertools.product(
            (ground.ink, ground.muted), (ground.ground, ground.quoted, ground.reported)
        ):
            assert contrast_ratio(colour, behind) >= TEXT_CONTRAST
        assert contrast_ratio(ground.accent, ground.ground) >= TEXT_CONTRAST
        for mark in (ground.faint, ground.quoted_mark, ground.reported_mark):
            assert contrast_ratio(mark, ground.ground) >= MARK_CONTRAST

    def test_contrast_agrees_with_the_published_extremes(self):
        assert contrast_ratio("#ffffff", "#000000") == pytest.approx(21)
        assert contrast_ratio("#777777", "#777777") == pytest.approx(1)
        # WCAG's well-known borderline grey on white.
        assert contrast_ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)

    def test_hues_differ_from_each_other_and_yellow_is_absent(self):
        lights = [light for light, _ in PALETTE]
        assert len(set(lights)) == len(PALETTE) == 7
        assert readable("#F0E442", LIGHT.ground) not in lights

    def test_assignment_follows_the_names_and_never_repeats_a_pair(self):
        names = [f"Outlet {place:02d}" for place in range(56)]
        styles = assign_styles(reversed(names))
        assert list(styles) == names
        assert len({(style.light, style.marker) for style in styles.values()}) == 56
        assert assign_styles(["B", None, "A", float("nan"), "B"]).keys() == {"A", "B"}

    def test_css_knows_light_dark_print_and_the_theme_of_the_notebook(self):
        css = css_variables(".x")
        for needed in (
            LIGHT.ink,
            DARK.ink,
            "prefers-color-scheme: dark",
            "@media print",
            "data-jp-theme-light",
            "--ct-hue-6",
        ):
            assert needed in css
        assert "<" not in css
        assert "url(" not in css


class TestWords:
    def test_long_words_are_cut_and_marks_removed(self):
        assert words("W" * 200).endswith("…")
        assert len(words("W" * 200)) < 40
        assert words("a\u202eb\nc") == "ab c"

    def test_glyphs_that_no_font_has_become_boxes(self):
        assert words("ok \U0001fad8") == "ok □"

    def test_fitting_never_exceeds_the_room(self):
        for text in ("short", "a rather long name of an outlet", "W" * 50):
            assert width(fitted(text, 80, 12), 12) <= 80 or len(text) == 1

    def test_balanced_lines_hold_all_words(self):
        text = "Which words are typical of one outlet and which of the other one?"
        lines = balanced(text, 250, 15, "bold")
        assert " ".join(lines) == text
        assert len(lines) > 1

    def test_reasons_that_differ_in_a_number_become_one(self):
        assert one_reason("no interval: 1 article with a hit, 5 needed") == one_reason(
            "no interval: 4 articles with a hit, 5 needed"
        )
        assert one_reason("something else") == "something else"


class TestShares:
    def test_every_row_is_there_and_where_it_belongs(self):
        shares = shares_frame()
        ax = plot_framing_shares(shares)
        drawn = sorted(line.get_xdata()[0] for line in (*dots(ax), *dots(ax, "greyed")))
        assert drawn == pytest.approx(sorted(shares["share"].dropna()))
        spans = sorted(tuple(line.get_xdata()) for line in dots(ax, "interval"))
        known = shares.dropna(subset="share_low")
        np.testing.assert_allclose(spans, sorted(zip(known["share_low"], known["share_high"], strict=True)))

    def test_labels_groups_and_counts_are_written_out(self):
        texts = written(plot_framing_shares(shares_frame(), footnote="Corpus of May"))
        for needed in ("“guards”", "“troops”", "Alpha · narrator", "5 of 10 hits · 8 of 12 articles", "Corpus of May"):
            assert needed in "\n".join(texts)
        assert "What do they call the people at the gate?" in texts
        assert any("in percent" in text for text in texts)

    def test_rows_without_evidence_stay_grey_with_the_reason(self):
        ax = plot_framing_shares(shares_frame())
        greyed = dots(ax, "greyed")
        assert len(greyed) == 2
        assert {line.get_color() for line in greyed} == {LIGHT.faint}
        told = "\n".join(written(ax))
        assert "no hit of the slot" in told
        assert "no interval: fewer than 5 articles with a hit" in told
        assert "0 of 0 hits · 0 of 12 articles" in told

    def test_many_groups_without_a_hit_are_named_once(self):
        shares = shares_frame(outlets=("Alpha", "Beta", "Gamma", "Delta", "Epsilon"))
        silent = shares["voice"] == "quoted"
        shares.loc[silent, ["hits", "slot_hits", "articles"]] = 0
        shares.loc[silent, ["share", "share_low", "share_high"]] = np.nan
        told = "\n".join(written(plot_framing_shares(shares, footnote="Corpus of May")))
        assert "0 of 0 hits" not in told
        named = "Alpha · quoted; Beta · quoted; Delta · quoted; Epsilon · narrator; Epsilon · quoted; Gamma · quoted"
        assert f"no hit of the slot: {named}" in told.replace("\n", " ")

    def test_unchecked_lexicon_is_said_and_a_checked_one_is_not(self):
        assert any(
            "lexicon not checked by hand yet" in text
            for text in written(plot_framing_shares(shares_frame(checked=False)))
        )
        assert not any("not checked" in text for text in written(plot_framing_shares(shares_frame())))

    def test_one_unchecked_label_is_enough(self):
        shares = shares_frame()
        shares.loc[0, "checked"] = False
        assert any("lexicon not checked by hand yet" in text for text in written(plot_framing_shares(shares)))

    def test_several_slots_need_a_choice(self):
        shares = pd.concat([shares_frame(), shares_frame().assign(slot="the gate")])
        with pytest.raises(CorpusError, match=r"2 slots.*'people at the gate', 'the gate'"):
            plot_framing_shares(shares)
        assert plot_framing_shares(shares, slot="the gate").get_title(loc="left") == "What do they call the gate?"
        with pytest.raises(CorpusError, match="did you mean 'the gate'"):
            plot_framing_shares(shares, slot="the gat")

    def test_labels_are_ordered_by_hits_and_none_is_dropped(self):
        labels = [f"name {place}" for place in range(6)]
        shares = shares_frame(
            outlets=[f"Outlet {c}" for c in "ABCDEFGH"], voices=("narrator", "reported", "quoted"), labels=labels
        )
        shares.loc[shares["label"] == "name 5", "hits"] = 9
        ax = plot_framing_shares(shares)
        headings = [text for text in written(ax) if text.startswith("“")]
        assert headings[0] == "“name 5”"
        assert sorted(headings) == sorted(f"“{label}”" for label in labels)
        assert len([text for text in written(ax) if text.startswith("Outlet")]) == 8 * 6 * 3

    def test_height_grows_with_the_rows(self):
        few = plot_framing_shares(shares_frame()).figure.get_figheight()
        many = plot_framing_shares(shares_frame(labels=("a", "b", "c", "d"))).figure.get_figheight()
        assert many > few + 1

    def test_outlets_keep_their_hue_whatever_the_order_of_the_rows(self):
        shares = shares_frame(voices=("narrator",))
        one, other = (
            sorted(line.get_color() for line in dots(plot_framing_shares(frame))) for frame in (shares, shares[::-1])
        )
        assert one == other

    def test_voices_are_told_apart_without_hue(self):
        ax = plot_framing_shares(shares_frame(outlets=("Alpha", "Beta", "Gamma")))
        faces = {tuple(mpl.colors.to_rgba(line.get_markerfacecolor())) for line in dots(ax) if line.get_marker() == "o"}
        assert mpl.colors.to_rgba(LIGHT.ground) in faces
        assert len(faces) == 2

    def test_three_voices_have_three_fillings_and_stand_in_the_order_of_the_design(self):
        ax = plot_framing_shares(shares_frame(outlets=("Alpha", "Beta"), voices=("quoted", "reported", "narrator")))
        fillings = {
            (line.get_fillstyle(), mpl.colors.to_hex(line.get_markerfacecolor()) == mpl.colors.to_hex(LIGHT.ground))
            for line in dots(ax)
        }
        assert len(fillings) == 3
        rows = [text for text in written(ax) if text.startswith("Alpha · ")]
        assert rows[:3] == ["Alpha · narrator", "Alpha · reported", "Alpha · quoted"]

    @pytest.mark.parametrize(
        ("voices", "said"),
        [(("narrator", "quoted"), True), (("narrator", "reported", "quoted"), False), (("narrator",), False)],
    )
    def test_voices_found_by_quotation_marks_alone_are_said(self, voices, said):
        told = " ".join(written(plot_framing_shares(shares_frame(voices=voices)))).replace("\n", " ")
        warning = "no hit in reported speech: if voices were found by quotation marks alone, narrator includes indirect"
        assert (warning in told) is said

    def test_reported_speech_that_is_not_drawn_for_want_of_hits_is_not_unsaid(self):
        shares = shares_frame(outlets=tuple("ABCDE"), voices=("narrator", "reported", "quoted"))
        silent = shares["voice"] == "reported"
        shares.loc[silent, ["hits", "slot_hits", "articles"]] = 0
        shares.loc[silent, ["share", "share_low", "share_high"]] = np.nan
        told = " ".join(written(plot_framing_shares(shares))).replace("\n", " ")
        assert "indirect speech" not in told
        assert "A · reported" in told

    def test_grouped_by_anything_or_by_nothing(self):
        shares = shares_frame(outlets=("Alpha",), voices=("narrator", "quoted"))
        by_month = shares.rename(columns={"voice": "month"}).drop(columns="outlet")
        assert "narrator" in written(plot_framing_shares(by_month))
        alone = shares[shares["voice"] == "narrator"].drop(columns=["outlet", "voice"])
        assert "“guards”" in written(plot_framing_shares(alone))

    def test_two_rows_for_one_dot_are_refused(self):
        with pytest.raises(CorpusError, match="same group and label"):
            plot_framing_shares(pd.concat([shares_frame(), shares_frame()]))

    def test_narrow_figures_stack_names_and_numbers(self):
        figure, ax = plt.subplots(figsize=(4.06, 1))
        plot_framing_shares(shares_frame(), ax=ax)
        figure.draw_without_rendering()
        inside = figure.bbox
        for text in figure.findobj(Text):
            if text.get_text():
                box = text.get_window_extent()
                assert box.x0 >= inside.x0 - 1
                assert box.x1 <= inside.x1 + 1

    @pytest.mark.parametrize("draw", everything(), ids=lambda pair: pair[0].__name__)
    def test_no_text_leaves_the_picture(self, draw):
        plot, frame = draw
        figure = plot(frame, footnote="A note. " * 40).figure
        for text in figure.findobj(Text):
            if text.get_text():
                box = text.get_window_extent()
                assert box.x0 >= -1
                assert box.x1 <= figure.bbox.x1 + 1
                assert box.y0 >= -1
                assert box.y1 <= figure.bbox.y1 + 1

    def test_counts_of_different_rows_do_not_overlap(self):
        figure = plot_framing_shares(shares_frame(outlets=("Alpha", "Beta", "Gamma"), labels=("a", "b", "c"))).figure
        boxes = [text.get_window_extent() for text in figure.findobj(Text) if " hits · " in text.get_text()]
        assert len(boxes) == 18
        assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))

    def test_too_low_a_place_among_others_is_warned_of(self):
        _, (ax, _) = plt.subplots(1, 2, figsize=(12, 3))
        with pytest.warns(CorpusWarning, match="make the figure higher"):
            plot_framing_shares(shares_frame(), ax=ax)


class TestContrast:
    def test_dots_intervals_and_the_named_line(self):
        ax = plot_framing_contrast(contrast_frame())
        assert [line.get_xdata()[0] for line in dots(ax)] == [0.7]
        assert [line.get_xdata()[0] for line in dots(ax, "greyed")] == [-0.4]
        assert [list(line.get_xdata()) for line in dots(ax, "interval")] == [[0.4, 0.86]]
        assert len(dots(ax, "zero")) == 1
        told = "\n".join(written(ax))
        for needed in (
            "same as Beta",
            "90 % v. 20 % · 12 and 11 articles",
            "percentage points",
            "no hit",
            "no interval: few",
        ):
            assert needed in told

    def test_the_others_are_named_as_such(self):
        ax = plot_framing_contrast(contrast_frame(reference=ALL_OTHERS, checked=False))
        assert "same as the others" in written(ax)
        assert any("lexicon not checked by hand yet" in text for text in written(ax))

    def test_several_targets_become_rows_under_the_labels(self):
        both = pd.concat(
            [contrast_frame(reference=ALL_OTHERS), contrast_frame(reference=ALL_OTHERS).assign(target="Beta")]
        )
        texts = written(plot_framing_contrast(both))
        assert texts.count("Alpha") == texts.count("Beta") == 3
        assert "“guards”" in texts

    def test_the_scale_holds_every_interval(self):
        low, high = plot_framing_contrast(contrast_frame()).get_xlim()
        assert low <= -0.4
        assert high >= 0.86


class TestKeyness:
    def test_the_most_typical_of_either_side(self):
        keyness = keyness_frame()
        texts = written(plot_keyness(keyness, n=3))
        ordered = keyness.sort_values("log_odds_z")["term"].tolist()
        for term in (*ordered[:3], *ordered[-3:]):
            assert term in texts
        assert len([text for text in texts if text.startswith("word")]) == 6

    def test_it_says_what_it_is_and_counts(self):
        told = "\n".join(written(plot_keyness(keyness_frame())))
        for needed in (
            "a description, not a test",
            "40 v. 4 · 9 and 3 articles",
            "More in Alpha",
            "More in Beta",
            "equally often",
        ):
            assert needed in told

    def test_words_of_one_side_only_are_hollow_and_explained(self):
        keyness = keyness_frame()
        keyness.loc[0, ["count_reference", "log_ratio"]] = [0, 5.0]
        ax = plot_keyness(keyness, n=2)
        hollow = [line for line in dots(ax) if line.get_markerfacecolor() == LIGHT.ground]
        assert [line.get_xdata()[0] for line in hollow] == [5.0]
        assert any(text.startswith("Occurrences") and "Hollow" in text for text in written(ax))

    def test_an_endless_ratio_is_a_reason_not_a_crash(self):
        keyness = keyness_frame()
        keyness.loc[0, "log_ratio"] = np.inf
        assert any("only on one side" in text for text in written(plot_keyness(keyness, n=2)))

    def test_errors_name_what_is_wrong(self):
        with pytest.raises(CorpusError, match="at least 1"):
            plot_keyness(keyness_frame(), n=0)
        with pytest.raises(CorpusError, match="2 pairs"):
            plot_keyness(pd.concat([keyness_frame(), keyness_frame().assign(target="Gamma")]))


class TestManners:
    @pytest.mark.parametrize(("plot", "frame"), everything())
    def test_inputs_and_settings_stay_as_they_were(self, plot, frame):
        before, settings = frame.copy(deep=True), dict(mpl.rcParams)
        plot(frame)
        pd.testing.assert_frame_equal(frame, before)
        assert dict(mpl.rcParams) == settings

    @pytest.mark.parametrize(("plot", "frame"), everything())
    def test_a_missing_column_or_no_rows_open_no_figure(self, plot, frame):
        with pytest.raises(CorpusError, match="has no column 'note'"):
            plot(frame.drop(columns="note"))
        with pytest.raises(CorpusError, match="no rows"):
            plot(frame.iloc[:0])
        assert plt.get_fignums() == []

    @pytest.mark.parametrize(("plot", "frame"), everything())
    def test_no_text_is_read_as_a_formula(self, plot, frame):
        with mpl.rc_context({"text.usetex": True}):
            ax = plot(frame, footnote="$\\undefined$")
        for text in ax.figure.findobj(Text):
            assert not text.get_usetex()
            if text.get_text():
                assert not text.get_parse_math()
        ax.figure.savefig(io.BytesIO(), format="svg")

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_names_draw_without_a_word_of_complaint(self, name):
        shares = shares_frame(outlets=("Alpha", name), labels=("guards", name + "!")).assign(slot=name)
        for plot, frame in (
            (plot_framing_shares, shares),
            (plot_framing_contrast, contrast_frame().assign(label=name, reference=name)),
            (plot_keyness, keyness_frame().assign(term=name, target=name, reference="Beta")),
        ):
            figure = plot(frame, footnote=name).figure
            figure.savefig(io.BytesIO(), format="png")
            figure.savefig(io.BytesIO(), format="svg")
            plt.close(figure)

    def test_it_draws_where_it_is_told(self):
        figure, axes = plt.subplots(1, 2, figsize=(14, 9))
        assert plot_framing_shares(shares_frame(), ax=axes[0]) is axes[0]
        plot_framing_contrast(contrast_frame(), ax=axes[1])
        assert plt.get_fignums() == [figure.number]


@pytest.mark.slow
def test_in_a_notebook_the_picture_stands_once_with_its_words():
    code = (
        "import pandas as pd\n"
        "from corpus_tools.schema import SHARES\n"
        "from corpus_tools.show.charts import plot_framing_shares, show_chart\n"
        "row = ['Alpha', 'who', 'guards', 9, 10, 0.9, 0.6, 0.98, 12, 16, '', True]\n"
        "shares = pd.DataFrame([row], columns=['outlet', *SHARES])\n"
        "show_chart(plot_framing_shares(shares), shares)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(notebook, kernel_name="python3").execute()
        page, _ = HTMLExporter().from_notebook_node(notebook)
    (shown,) = notebook.cells[0].outputs
    assert set(shown.data) == {"text/html", "text/plain"}
    assert 'Alpha writes "guards" in 9 of 10 cases' in shown.data["text/plain"]
    drawn = [svg for svg in html5lib.parse(page).findall(".//{*}svg") if svg.get("role") == "img"]
    assert [svg.get("class") for svg in drawn] == ["ct-wide", "ct-narrow"]
    assert all('Alpha writes "guards" in 9 of 10 cases' in svg.get("aria-label") for svg in drawn)
    assert "<img" not in shown.data["text/html"]
    assert page.count("<details") == 1


class TestShown:
    @pytest.fixture
    def shown(self, monkeypatch):
        held = []
        monkeypatch.setattr("IPython.display.display", lambda shown, **_: held.append(shown))
        return held

    @pytest.mark.parametrize(("plot", "frame"), everything())
    def test_picture_alt_text_table_and_no_open_figure(self, plot, frame, shown):
        show_chart(plot(frame), frame)
        assert plt.get_fignums() == []
        (fragment,) = shown
        tree = html5lib.parse(fragment._repr_html_(), namespaceHTMLElements=False)
        wide, narrow = tree.findall(".//{*}svg")
        assert int(wide.get("width")) > 600 > 400 > int(narrow.get("width")) > 300
        for picture in (wide, narrow):
            assert "Alpha" in picture.get("aria-label")
            assert any("Alpha" in (text.text or "") for text in picture.findall(".//{*}text"))
        assert "Alpha" in repr(fragment)
        assert [node.get("class") for node in tree.iter("details")] == ["ct-table"]

    def test_alt_text_says_unchecked(self, shown):
        frame = shares_frame(checked=False)
        show_chart(plot_framing_shares(frame), frame)
        assert "lexicon not checked by hand yet" in repr(shown[0])

    def test_a_frame_that_is_not_a_result_is_refused_before_anything_is_shown(self, shown):
        ax = plot_framing_shares(shares_frame())
        with pytest.raises(CorpusError, match="framing_shares"):
            show_chart(ax, pd.DataFrame({"a": [1]}))
        assert shown == []

    def test_table_is_inert_rounded_and_aligned(self):
        name = "<script>x()</script> <img src=x onerror=x()>"
        page = result_table(shares_frame(outlets=("Alpha", name))).html
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert not [node for tag in ("script", "img") for node in tree.iter(tag)]
        cells = {node.text: node.get("class") for node in tree.iter("td")}
        assert cells["50 %"] == "number"
        assert cells[name] is None or "number" not in cells[name]
        assert next(tree.iter("details")).get("open") is None

    def test_long_tables_are_cut_and_say_so(self):
        page = result_table(pd.concat([keyness_frame(40)] * 10)).html
        assert page.count("<tr>") == 201
        assert "400 rows" in page
        assert "frame holds all" in page


def test_of_very_many_groups_those_with_most_articles_are_drawn_and_said() -> None:
    rows = [
        [f"Outlet {n:03}", "who", label, 5, 10, 0.5, 0.3, 0.7, n, 400, "", True]
        for n in range(1, 301)
        for label in ("guards", "soldiers")
    ]
    shares = pd.DataFrame(rows, columns=["outlet", *SHARES])
    ax = plot_framing_shares(shares)
    shown = [text.get_text() for text in [*ax.texts, *ax.get_yticklabels()]]
    assert any("drawn are the 36 of 300 groups with most articles" in text for text in shown)
    assert any("Outlet 300" in text for text in shown)
    assert not any("Outlet 264" in text for text in shown)
    assert any("Outlet 265" in text for text in shown)
    plt.close(ax.figure)
