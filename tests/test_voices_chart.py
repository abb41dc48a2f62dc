"""Whose word is it: the dumbbells by voice draw what was counted, all of it, and stay readable."""

import io
import itertools

import html5lib
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import corpus_tools as ct
from corpus_tools.schema import SHARES, CorpusError
from corpus_tools.show.charts import plot_framing_shares, plot_voices, show_chart
from corpus_tools.show.charts.plan import Row
from corpus_tools.show.describe.voices import voice_findings
from corpus_tools.show.style import LIGHT

SLOT = "halt of traffic"
VOICES = ("narrator", "reported", "quoted")
# Hits of "blockade", hits of "protest", articles with a hit; the third voice of Beta has none.
COUNTS = {
    ("Alpha", "narrator"): (2, 8, 7),
    ("Alpha", "reported"): (3, 6, 3),
    ("Alpha", "quoted"): (9, 1, 6),
    ("Beta", "narrator"): (6, 6, 8),
    ("Beta", "reported"): (1, 1, 1),
    ("Beta", "quoted"): (0, 0, 0),
}


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


def voices_frame(counts=COUNTS, *, labels=("blockade", "protest"), checked=True, slot=SLOT):
    rows = []
    for (outlet, voice), (*hits, articles) in counts.items():
        total = sum(hits)
        for label, own in zip(labels, hits, strict=True):
            share = own / total if total else np.nan
            known = articles >= 5
            low, high = (max(share - 0.2, 0), min(share + 0.2, 1)) if known else (np.nan, np.nan)
            note = "" if known else f"no interval: {articles} articles with a hit, 5 needed" if total else "no hit"
            note = "no hit of the slot" if note == "no hit" else note
            rows.append([outlet, voice, slot, label, own, total, share, low, high, articles, 12, note, checked])
    return pd.DataFrame(rows, columns=["outlet", "voice", *SHARES])


def many(outlets):
    return voices_frame({(outlet, voice): (3, 4, n + 5) for n, outlet in enumerate(outlets) for voice in VOICES})


def lines(ax, kind):
    return [line for line in ax.lines if line.get_gid() == kind]


def written(ax):
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def told(ax):
    return " ".join(written(ax)).replace("\n", " ")


def values(ax):
    return sorted(float(line.get_xdata()[0]) for kind in ("dot", "greyed") for line in lines(ax, kind))


class TestWhatIsDrawn:
    def test_a_mark_for_every_share_and_a_line_for_every_interval(self):
        shares = voices_frame()
        ax = plot_voices(shares)
        assert values(ax) == pytest.approx(sorted(shares["share"].dropna()))
        spans = sorted(tuple(line.get_xdata()) for line in lines(ax, "interval"))
        known = shares.dropna(subset="share_low")
        np.testing.assert_allclose(spans, sorted(zip(known["share_low"], known["share_high"], strict=True)))

    def test_the_joining_line_is_as_long_as_the_voices_are_apart(self):
        ax = plot_voices(voices_frame(), label="blockade")
        spans = sorted(tuple(sorted(line.get_xdata())) for line in lines(ax, "join"))
        np.testing.assert_allclose(spans, [(0.2, 0.9), (0.5, 0.5)])
        assert all(len(set(line.get_ydata())) == 1 for line in lines(ax, "join"))

    def test_every_mark_is_tied_to_the_joining_line(self):
        ax = plot_voices(voices_frame(), label="blockade")
        assert sorted(float(line.get_xdata()[0]) for line in lines(ax, "stem")) == pytest.approx(values(ax))

    def test_one_voice_alone_has_no_joining_line(self):
        ax = plot_voices(voices_frame().query("voice == 'quoted'"))
        assert values(ax) == pytest.approx([0.1, 0.9])
        assert lines(ax, "join") == lines(ax, "stem") == []

    def test_intervals_of_one_row_lie_apart(self):
        ax = plot_voices(voices_frame({("Alpha", voice): (5, 5, 8) for voice in VOICES}), label="blockade")
        heights = sorted(float(line.get_ydata()[0]) for line in lines(ax, "interval"))
        assert min(np.diff(heights)) > 8
        base = float(lines(ax, "join")[0].get_ydata()[0])
        assert min(abs(base - height) for height in heights) > 3

    def test_voices_have_the_fillings_of_the_other_chart(self):
        def fillings(ax):
            return {(line.get_fillstyle(), line.get_markerfacecolor()) for line in lines(ax, "dot")}

        shares = voices_frame({("Alpha", voice): (5, 5, 8) for voice in VOICES})
        assert fillings(plot_voices(shares)) == fillings(plot_framing_shares(shares))
        assert len(fillings(plot_voices(shares))) == 3

    def test_marks_have_the_hue_and_shape_of_their_outlet(self):
        ax = plot_voices(voices_frame({(outlet, voice): (5, 5, 8) for outlet in "AB" for voice in VOICES}))
        looks = {(line.get_color(), line.get_marker()) for line in lines(ax, "dot")}
        assert len({hue for hue, _ in looks}) == len({shape for _, shape in looks}) == len(looks) == 2

    def test_marks_without_an_interval_are_grey_and_the_reason_is_told_once(self):
        ax = plot_voices(voices_frame())
        assert {line.get_color() for line in lines(ax, "greyed")} == {LIGHT.faint}
        assert len(lines(ax, "greyed")) == 4
        assert told(ax).count("no interval: fewer than 5 articles with a hit") == 1
        assert "reported 3 of 9 (a)" in written(ax)

    def test_a_group_without_any_evidence_is_grey_by_name(self):
        ax = plot_voices(voices_frame({("Alpha", "narrator"): (1, 1, 2), ("Beta", "narrator"): (5, 5, 8)}))
        colours = {text.get_text(): text.get_color() for text in ax.texts}
        assert (colours["Alpha"], colours["Beta"]) == (LIGHT.muted, LIGHT.ink)

    def test_inputs_settings_and_order_of_rows_do_not_matter(self):
        shares = voices_frame()
        before, settings = shares.copy(deep=True), dict(mpl.rcParams)
        one = written(plot_voices(shares))
        turned = shares.iloc[::-1].set_axis([0] * len(shares), axis=0)
        assert [text for text in written(plot_voices(turned)) if "“" not in text] == [t for t in one if "“" not in t]
        pd.testing.assert_frame_equal(shares, before)
        assert dict(mpl.rcParams) == settings

    def test_categories_and_numbers_as_outlets(self):
        shares = voices_frame().astype({"voice": "category", "outlet": "category"})
        assert values(plot_voices(shares)) == values(plot_voices(voices_frame()))
        years = voices_frame().assign(outlet=[2022] * 6 + [2023] * 6).rename(columns={"outlet": "year"})
        assert {"2022", "2023"} <= set(written(plot_voices(years)))


class TestWords:
    def test_the_title_asks_and_the_subtitle_names_measure_and_unit(self):
        assert plot_voices(voices_frame(), label="protest").get_title(loc="left") == "Whose word is “protest”?"
        ax = plot_voices(voices_frame())
        assert ax.get_title(loc="left") == "Whose words are these names for the halt of traffic?"
        assert "Share of each name among all hits of the slot in that voice, in percent; lines are intervals" in told(
            ax
        )

    def test_counts_of_hits_and_articles(self):
        texts = written(plot_voices(voices_frame(), label="blockade"))
        for needed in ("narrator 2 of 10", "quoted 9 of 10", "7, 3 and 6 of 12 articles", "8, 1 and 0 of 12 articles"):
            assert needed in texts

    def test_a_voice_without_a_hit_stays_named(self):
        assert "no hit in quoted words" in written(plot_voices(voices_frame(), label="blockade"))
        silent = voices_frame({("Alpha", "narrator"): (0, 0, 0), ("Alpha", "quoted"): (1, 4, 5)})
        assert "no hit in own words" in written(plot_voices(silent, label="blockade"))

    def test_an_unchecked_lexicon_is_said(self):
        assert "lexicon not checked by hand yet" in told(plot_voices(voices_frame(checked=False)))
        assert "not checked" not in told(plot_voices(voices_frame()))

    def test_means_over_articles_are_called_so(self):
        shares = voices_frame()
        assert "articles weighted" in told(plot_voices(shares.assign(share=shares["share"] * 0.9)))
        assert "articles weighted" not in told(plot_voices(shares))

    def test_the_footnote_says_what_the_narrator_includes_without_reported_speech(self):
        assert "narrator includes indirect speech" in told(plot_voices(voices_frame().query("voice != 'reported'")))
        assert "narrator includes indirect speech" not in told(plot_voices(voices_frame()))

    def test_footnotes_come_last(self):
        texts = written(plot_voices(voices_frame(), footnote="Corpus of May\nteaching texts"))
        assert any(text.endswith("Corpus of May\nteaching texts") for text in texts)


class TestLabels:
    def hits(self, *numbers):
        labels = [f"name {place}" for place in range(len(numbers))]
        counts = {("Alpha", "narrator"): (*numbers, 8), ("Alpha", "quoted"): (*numbers, 8)}
        return voices_frame(counts, labels=labels)

    @pytest.mark.parametrize(
        ("numbers", "drawn"),
        [((3, 9, 6, 5), [1, 2, 3]), ((20, 9, 1, 1), [0, 1]), ((4, 0, 0, 0), [0]), ((0, 0, 0, 0), [0])],
    )
    def test_the_two_or_three_commonest(self, numbers, drawn):
        ax = plot_voices(self.hits(*numbers))
        named = [text for text in written(ax) if text.startswith("“")] or [ax.get_title(loc="left")[14:-1]]
        assert named == [f"“name {place}”" for place in drawn]
        assert "of 4 names" in told(ax)

    def test_one_can_be_chosen_and_a_wrong_one_is_answered(self):
        assert "“name 3”" in plot_voices(self.hits(9, 5, 4, 1), label="name 3").get_title(loc="left")
        with pytest.raises(CorpusError, match="no label 'nam 3'; did you mean 'name 3'"):
            plot_voices(self.hits(9, 5, 4, 1), label="nam 3")


class TestGroups:
    def test_without_outlets_there_is_one_row(self):
        shares = voices_frame().query("outlet == 'Alpha'").drop(columns="outlet")
        ax = plot_voices(shares, label="blockade")
        assert "all articles" in written(ax)
        assert values(ax) == pytest.approx([0.2, 1 / 3, 0.9])
        assert {line.get_color() for line in lines(ax, "dot")} == {LIGHT.ink}

    def test_further_columns_are_named_with_the_outlet(self):
        shares = voices_frame()
        shares.insert(1, "section", "lead")
        assert "Alpha · lead" in written(plot_voices(shares))

    def test_missing_outlets_have_a_row_at_the_end(self):
        shares = voices_frame()
        shares["outlet"] = shares["outlet"].replace("Alpha", None)
        ax = plot_voices(shares, label="blockade")
        heights = {text.get_text(): text.xy[1] for text in ax.texts}
        assert heights["–"] > heights["Beta"]

    def test_many_outlets_without_a_hit_are_named_once(self):
        counts = {**COUNTS, **{(f"Silent {n}", voice): (0, 0, 0) for n in range(4) for voice in VOICES}}
        assert "no hit of the slot: Silent 0; Silent 1; Silent 2; Silent 3" in told(plot_voices(voices_frame(counts)))
        assert "Silent 0" in written(plot_voices(voices_frame(dict(list(counts.items())[:9]))))

    def test_of_very_many_outlets_those_with_most_articles_are_drawn_and_said(self):
        ax = plot_voices(many([f"Outlet {n:02}" for n in range(40)]))
        assert "drawn are the 12 of 40 groups with most articles" in told(ax)
        named = {text for text in written(ax) if text.startswith("Outlet")}
        assert named == {f"Outlet {n}" for n in range(28, 40)}


class TestErrors:
    def test_a_frame_that_is_not_split_by_voice_says_which_call_to_make(self):
        with pytest.raises(CorpusError, match=r'call framing_shares\(hits, articles, by=\["outlet", "voice"\]\)'):
            plot_voices(voices_frame().drop(columns="voice"))

    def test_errors_name_what_is_wrong_and_open_no_figure(self):
        shares = voices_frame()
        with pytest.raises(CorpusError, match="has no column 'note'"):
            plot_voices(shares.drop(columns="note"))
        with pytest.raises(CorpusError, match="no rows"):
            plot_voices(shares.iloc[:0])
        with pytest.raises(CorpusError, match="same group, voice and label"):
            plot_voices(pd.concat([shares, shares]))
        with pytest.raises(CorpusError, match="cannot hold 'quoted speech'"):
            plot_voices(shares.replace("quoted", "quoted speech"))
        with pytest.raises(CorpusError, match="2 slots; choose one"):
            plot_voices(pd.concat([shares, voices_frame(slot="gate")]))
        assert plt.get_fignums() == []


def texts_of(ax):
    ax.figure.draw_without_rendering()
    return {text: text.get_window_extent() for text in ax.figure.findobj(Text) if text.get_text()}


class TestRoom:
    @pytest.mark.parametrize("inches", [4.06, 7.0, 13.3])
    def test_no_text_leaves_the_picture_or_lies_on_another(self, inches):
        labels = ("blockade", "protest", "closing of the only road that there was")
        counts = {
            (outlet, voice): (40 + place, 300, 200, 600) if place % 3 else (0, 0, 0, 0)
            for place, (outlet, voice) in enumerate(
                itertools.product(("A", "The Very Long Name of an Evening Paper", "Middling Post"), VOICES)
            )
        }
        figure, ax = plt.subplots(figsize=(inches, 1))
        plot_voices(voices_frame(counts, labels=labels, checked=False), ax=ax, footnote="A note. " * 30)
        boxes = texts_of(ax)
        for text, box in boxes.items():
            assert box.x0 >= -1, text
            assert box.x1 <= figure.bbox.x1 + 1, text
            assert box.y0 >= -1, text
            assert box.y1 <= figure.bbox.y1 + 1, text
        # Line boxes of the same column touch by their leading, never by their letters.
        shrunk = [(text.get_text(), box.padded(-1.5)) for text, box in boxes.items()]
        for (one, here), (other, there) in itertools.combinations(shrunk, 2):
            assert not here.overlaps(there), (one, other)

    def test_no_word_stands_on_a_mark(self):
        _, ax = plt.subplots(figsize=(4.06, 1))
        plot_voices(voices_frame(), ax=ax)
        boxes = texts_of(ax)
        for line in (*lines(ax, "dot"), *lines(ax, "greyed")):
            x, y = ax.transData.transform((line.get_xdata()[0], line.get_ydata()[0]))
            assert not any(box.contains(x, y) for box in boxes.values())

    def test_a_very_narrow_place_is_survived(self):
        _, axes = plt.subplots(1, 4, figsize=(6, 14))
        plot_voices(voices_frame(), ax=axes[0], label="blockade").figure.savefig(io.BytesIO(), format="svg")

    @pytest.mark.parametrize("name", ["$\\frac{1}{0}$", "a_b^c$x", "<b>", "\u202etxt.exe", "W" * 200, "\x00\ud800", ""])
    def test_hostile_names_draw_without_a_word_of_complaint(self, name):
        counts = {(name, voice): (3, 4, 8) for voice in VOICES}
        ax = plot_voices(voices_frame(counts, labels=("blockade", name + "!"), slot=name), footnote=name)
        for text in ax.figure.findobj(Text):
            assert not text.get_usetex()
            assert not (text.get_text() and text.get_parse_math())
        for kind in ("png", "svg"):
            ax.figure.savefig(io.BytesIO(), format=kind)


def test_a_row_is_grey_only_where_all_its_marks_are():
    grey, plain, silent = Row("a", "", 0.5, reason="few"), Row("b", "", 0.5), Row("c", "")
    assert Row("x", "", marks=(grey, silent)).greyed
    assert not Row("x", "", marks=(grey, plain)).greyed
    assert grey.greyed
    assert not plain.greyed


def test_in_a_notebook_it_comes_with_words_and_table(monkeypatch):
    held = []
    monkeypatch.setattr("IPython.display.display", lambda one, **_: held.append(one))
    shares = voices_frame()
    show_chart(plot_voices(shares), shares)
    (shown,) = held
    pictures = html5lib.parse(shown._repr_html_()).findall(".//{*}svg")
    assert len(pictures) == 2
    assert all("Alpha" in picture.get("aria-label") for picture in pictures)
    assert "<details" in shown._repr_html_()
    assert plt.get_fignums() == []


def test_what_framing_shares_returns_can_be_drawn():
    articles = ct.read_articles("strike")
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"])
    slot = "the stoppage"
    ax = ct.plot_voices(shares, slot=slot, label="strike")
    drawn = shares[(shares["slot"] == slot) & (shares["label"] == "strike")]["share"].dropna()
    assert values(ax) == pytest.approx(sorted(drawn))
    assert (
        len([finding for finding in voice_findings(shares) if finding.startswith("Slot")]) == shares["slot"].nunique()
    )


class TestFindings:
    def test_own_words_stand_beside_reported_and_quoted_ones(self):
        first, second = voice_findings(voices_frame({**COUNTS, ("Alpha", "quoted"): (9, 41, 6)}))[:2]
        # The commonest name of the slot is followed.
        assert first == (
            'Alpha writes "protest" itself in 8 of 10 cases (80 %, interval 60 % to 100 %; 7 articles), in reported '
            "speech in 6 of 9 (67 %; too few articles for an interval: 3 with a hit, 5 needed) and in quotations in 41 "
            "of 50 (82 %, interval 62 % to 100 %; 6 articles)."
        )
        assert second.startswith("Beta")
        assert second.endswith(", with no case in quotations.")

    @pytest.mark.parametrize(
        ("own", "others", "said"),
        [
            ((0, 9, 8), (3, 1, 5), 'All 3 hits of "blockade" there stand in the words of others.'),
            ((1, 0, 1), (0, 1, 1), 'The one hit of "blockade" there stands in its own words.'),
        ],
    )
    def test_a_name_on_one_side_only_is_said(self, own, others, said):
        shares = voices_frame({("Alpha", "narrator"): own, ("Alpha", "quoted"): others})
        assert said in voice_findings(shares[shares["label"] == "blockade"])
        both = voices_frame({("Alpha", "narrator"): (1, 9, 8), ("Alpha", "quoted"): (3, 1, 5)})
        assert len(voice_findings(both)) == 1

    def test_no_case_at_all_is_no_share(self):
        shares = voices_frame({("Alpha", voice): (0, 0, 0) for voice in VOICES})
        assert voice_findings(shares) == [
            "Alpha: no case in its own words, in reported speech or in quotations (12 articles searched)."
        ]

    def test_silent_narrator_missing_outlet_and_no_outlet(self):
        shares = voices_frame({("Alpha", "narrator"): (0, 0, 0), ("Alpha", "quoted"): (4, 1, 5)})
        (finding,) = voice_findings(shares)
        assert finding.startswith('Alpha has "blockade" in quotations in 4 of 5 cases (80 %')
        assert finding.endswith("with no case in its own words.")
        assert voice_findings(shares.assign(outlet=None))[0].startswith("An unknown outlet has")
        assert voice_findings(shares.drop(columns="outlet"))[0].startswith("The corpus has")

    def test_wrong_voices_and_empty_frames(self):
        with pytest.raises(CorpusError, match="did you mean 'quoted'"):
            voice_findings(voices_frame().replace("quoted", "quote"))
        with pytest.raises(CorpusError, match="has no column 'voice'"):
            voice_findings(voices_frame().drop(columns="voice"))
        assert voice_findings(voices_frame().iloc[:0]) == []

    def test_means_over_articles_are_called_so(self):
        shares = voices_frame()
        assert "articles weighted" in voice_findings(shares.assign(share=shares["share"] * 0.9))[0]
        assert "articles weighted" not in " ".join(voice_findings(shares))


def test_a_million_hits_are_written_out() -> None:
    rows = [
        ["A", "narrator", "the act", "halt", 1234567, 2345678, 0.53, 0.5, 0.6, 12000, 12000, "", True],
        ["A", "quoted", "the act", "halt", 1000, 1234567, 0.0008, 0.0, 0.1, 9, 12000, "", True],
    ]
    shares = pd.DataFrame(rows, columns=["outlet", "voice", *SHARES])
    texts = " ".join(text.get_text() for text in ct.plot_voices(shares).figure.findobj(Text))
    assert "1,234,567 of 2,345,678" in texts
    assert "12,000 and 9 of 12,000 articles" in texts
    assert "1,000 of 1,234,567" in ct.describe(shares)
    assert "e+0" not in texts + ct.describe(shares)
