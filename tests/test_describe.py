"""Plain words: the numbers are those of the frame, what is missing is said, and nobody is judged."""

import numpy as np
import pandas as pd
import pytest

from corpus_tools.compare.framing import framing_contrast
from corpus_tools.schema import ALL_OTHERS, CONTRAST, KEYNESS, SHARES, CorpusError
from corpus_tools.show.describe import alt_text, describe, kind_of
from corpus_tools.show.describe.words import UNCHECKED, groupings, is_pooled

SLOT = "people at the gate"
VERDICTS = ("bias", "unfair", "propaganda", "honest", "intend", "deliberate", "prove", "significant", "slant", "!")


def share_row(outlet="Alpha", label="guards", hits=9, of=10, low=0.6, high=0.98, articles=12, note="", checked=True):
    share = hits / of if of else np.nan
    return [outlet, SLOT, label, hits, of, share, low, high, articles, 16, note, checked]


def shares(*rows, by=("outlet",)):
    return pd.DataFrame(rows, columns=[*by, *SHARES])


def contrast(**changes):
    row = dict(
        zip(
            CONTRAST, [SLOT, "guards", "Alpha", "Beta", 0.9, 0.2, 0.7, 0.4, 0.86, 0.0034, 12, 11, "", True], strict=True
        )
    )
    return pd.DataFrame([row | changes])


def keyness():
    rows = [
        ["strike", "Alpha", "Beta", 31, 4, 9000, 9500, 3444.4, 421.1, 9, 3, 3.0, 718.0, 25.1, 2.1, 4.4, ""],
        ["misery", "Alpha", "Beta", 1, 12, 9000, 9500, 111.1, 1263.2, 1, 6, -3.5, -91.0, -9.0, -2.4, -3.9, ""],
    ]
    return pd.DataFrame(rows, columns=list(KEYNESS))


class TestShares:
    def test_the_sentence_with_all_its_numbers(self):
        assert describe(shares(share_row())) == (
            'Alpha writes "guards" in 9 of 10 cases (90 %, interval 60 % to 98 %; 12 of 16 articles have a case).'
        )

    def test_without_interval_it_says_why(self):
        few = share_row(low=np.nan, high=np.nan, articles=1, note="no interval: 1 article with a hit, 5 needed")
        assert describe(shares(few)) == (
            'Alpha writes "guards" in 9 of 10 cases '
            "(90 %; no interval: 1 article with a hit, 5 needed; 1 of 16 articles has a case)."
        )
        unexplained = share_row(low=np.nan, high=np.nan, note=None)
        assert "no interval: fewer than five articles have a case" in describe(shares(unexplained))

    def test_without_a_case_it_says_so(self):
        none = share_row(hits=0, of=0, low=np.nan, high=np.nan, articles=0, note="no hit of the slot")
        assert describe(shares(none)) == "Alpha: no case in 16 articles searched (no hit of the slot)."

    def test_one_name_is_followed_through_all_groups_and_the_others_listed(self):
        told = describe(
            shares(
                share_row("Alpha", "guards", 2),
                share_row("Alpha", "troops", 8),
                share_row("Beta", "guards", 9),
                share_row("Beta", "troops", 1),
            )
        )
        assert 'Alpha writes "guards" in 2 of 10' in told
        assert 'Beta writes "guards" in 9 of 10' in told
        assert 'The other names there: "troops" 8.' in told

    @pytest.mark.parametrize(
        ("voice", "start"),
        [
            ("narrator", 'Alpha, in its own words, writes "guards"'),
            ("reported", 'Alpha, in reported speech, has "guards"'),
            ("quoted", 'Alpha, in quotations, has "guards"'),
        ],
    )
    def test_quoted_words_are_not_the_outlets(self, voice, start):
        outlet, *rest = share_row()
        assert describe(shares([outlet, voice, *rest], by=("outlet", "voice"))).startswith(start)
        assert "Alpha" not in describe(shares([voice, *rest], by=("voice",)))

    @pytest.mark.parametrize(
        ("voice", "start"),
        [
            ("narrator", 'The outlets\' own words have "guards" in 9 of 10'),
            ("reported", 'Reported speech has "guards" in 9 of 10'),
            ("quoted", 'Quotations have "guards" in 9 of 10'),
        ],
    )
    def test_a_voice_without_an_outlet(self, voice, start):
        _, *rest = share_row()
        assert describe(shares([voice, *rest], by=("voice",))).startswith(start)

    def test_several_voices_of_an_outlet_are_told_in_one_sentence(self):
        rows = [share_row("Alpha", hits=hits, of=10, note="") for hits in (9, 5, 0)]
        split = [
            ["Alpha", voice, *row[1:]] for voice, row in zip(("narrator", "reported", "quoted"), rows, strict=True)
        ]
        (told,) = describe(shares(*split, by=("outlet", "voice"))).split("\n")
        places = [told.index(part) for part in ("9 of 10", "in reported speech", "5 of 10", "in quotations", "0 of 10")]
        assert places == sorted(places)
        assert told.count("Alpha") == 1

    def test_a_voice_of_another_name_is_named_as_it_is(self):
        outlet, *rest = share_row()
        frame = shares([outlet, "narrator", *rest], [outlet, "chorus", *rest], by=("outlet", "voice"))
        assert 'Alpha, voice chorus, has "guards"' in describe(frame)

    def test_a_voice_without_a_case_is_said_with_its_reason(self):
        outlet, *rest = share_row(hits=0, of=0, low=np.nan, high=np.nan, articles=0, note="no hit of the slot")
        told = describe(shares([outlet, "reported", *rest], by=("outlet", "voice")))
        assert told == "Alpha, in reported speech: no case in 16 articles searched (no hit of the slot)."

    @pytest.mark.parametrize(
        ("voices", "said"),
        [
            (("narrator", "quoted"), True),
            (("narrator", "reported", "quoted"), False),
            (("narrator", "reported"), False),
            (("narrator",), False),
            (("quoted",), False),
        ],
    )
    def test_voices_found_by_quotation_marks_alone_are_said(self, voices, said):
        outlet, *rest = share_row()
        frame = shares(*([outlet, voice, *rest] for voice in voices), by=("outlet", "voice"))
        warning = "if voices were found by quotation marks alone, narrator includes indirect speech"
        for told in (describe(frame), describe(frame, methods=True), alt_text(frame)):
            assert (warning in told) is said
        assert warning not in describe(frame.rename(columns={"voice": "month"}))

    def test_other_groupings_are_named(self):
        _, *rest = share_row()
        assert describe(shares(["2024-10", *rest], by=("month",))).startswith('Month 2024-10 has "guards"')
        assert describe(shares(rest, by=())).startswith('The corpus has "guards"')

    def test_weighted_shares_are_called_so(self):
        row = share_row()
        row[5] = 0.71
        assert "71 %, articles weighted" in describe(shares(row))
        assert not is_pooled(shares(row))

    def test_several_slots_are_told_one_after_the_other(self):
        frame = pd.concat([shares(share_row()), shares(share_row()).assign(slot="the gate")])
        assert describe(frame).count("Slot ") == 2

    @pytest.mark.parametrize("mark", [False, None])
    def test_an_unchecked_lexicon_is_said(self, mark):
        frame = shares(share_row(), share_row(label="troops", hits=1, checked=mark))
        assert UNCHECKED == "lexicon not checked by hand yet"
        for told in (describe(frame), describe(frame, methods=True), alt_text(frame)):
            assert UNCHECKED in told


class TestContrast:
    def test_the_sentence_with_all_its_numbers(self):
        assert describe(contrast(note="smallest p that can be reached: 0.0005")) == (
            'Alpha writes "guards" more often than Beta: 90 % against 20 % of cases, '
            "a difference of +70 percentage points (interval +40 to +86; p = 0.0034; "
            "smallest p that can be reached: 0.0005; 12 and 11 articles)."
        )

    def test_directions(self):
        assert "less often than all other outlets" in describe(
            contrast(difference=-0.3, difference_low=-0.5, difference_high=-0.1, reference=ALL_OTHERS)
        )
        assert "as often as Beta" in describe(contrast(difference=0.0, difference_low=-0.1, difference_high=0.1))

    def test_an_interval_over_zero_is_put_in_words(self):
        assert "includes 0" in describe(contrast(difference_low=-0.1))
        assert "includes 0" not in describe(contrast())

    def test_missing_numbers_have_their_reason(self):
        few = contrast(
            difference_low=np.nan, difference_high=np.nan, p=np.nan, note="no interval: 3 articles with a hit"
        )
        assert "(no interval: 3 articles with a hit)" in describe(few)
        none = contrast(difference=np.nan, difference_low=np.nan, difference_high=np.nan, p=np.nan, note="no hit")
        assert "no difference to give (no hit; 12 and 11 articles)" in describe(none)

    def test_within_events_it_says_so(self):
        note = "within 16 events; smallest p that can be reached: 0.0005; "
        note += "7 articles with a hit outside the events with hits of both; 2 of them without an event"
        assert describe(contrast(share_reference=0.002, note=note)) == (
            'Within the 16 events that both cover, Alpha writes "guards" more often than Beta: 90 % against under 1 % '
            "of cases on average over these events, a difference of +70 percentage points (interval +40 to +86; "
            "p = 0.0034; smallest p that can be reached: 0.0005; 7 articles with a hit outside these events; "
            "2 of them without an event; 12 and 11 articles)."
        )
        unclear = describe(contrast(difference_low=-0.1, note="within 16 events"))
        assert unclear.startswith(
            "Within the 16 events that both cover, these articles do not tell Alpha and Beta apart"
        )
        assert "within 16" not in unclear
        assert "Within" not in describe(contrast(note="smallest p that can be reached: 0.0005"))

    @pytest.mark.parametrize("events", ["1 event", "4 events"])
    def test_too_few_events_are_told_with_the_mean_over_them(self, events):
        note = f"no interval: {events} with hits of both, 5 needed"
        told = describe(contrast(difference_low=np.nan, difference_high=np.nan, p=np.nan, note=note))
        assert told == (
            f'Too little to compare Alpha with Beta ({note}). Within the events that both cover, "guards" makes up '
            "90 % against 20 % of cases on average over these events."
        )

    def test_the_note_of_a_contrast_within_events_is_understood(self):
        rows = [(f"{outlet}{event}", outlet, f"e{event}") for event in range(6) for outlet in "AB"]
        articles = pd.DataFrame(rows, columns=["article_id", "outlet", "event"]).assign(text="guards or troops here")
        hits = pd.DataFrame({"article_id": articles["article_id"].repeat(2), "outlet": articles["outlet"].repeat(2)})
        words = ["guards", "troops"] * len(articles)
        spans = {"slot": SLOT, "label": words, "surface": words, "start": [0, 10] * len(articles), "checked": True}
        hits = hits.assign(**spans, end=[6, 16] * len(articles), voice="narrator", sentence=1, section="body")
        options = {"label": "guards", "target": "A", "reference": "B"}
        within = framing_contrast(hits, articles, within="event", **options)
        assert describe(within).startswith("Within the 6 events that both cover, ")
        assert "Within" not in describe(framing_contrast(hits, articles, **options))

    @pytest.mark.parametrize(("p", "told"), [(0.01, "p = 0.01"), (0.0005, "p < 0.001")])
    def test_the_smallest_p_that_can_be_reached_is_not_said_twice(self, p, told):
        for note in (
            "within 6 events; smallest p that can be reached: {:.2g}; 1 article",
            "smallest p that can be reached: {:.2g}",
        ):
            said = describe(contrast(p=p, note=note.format(p)))
            assert f"{told}, the smallest that can be reached here; " in said
            assert "smallest p" not in said

    def test_tiny_p_is_not_zero(self):
        assert "p < 0.001" in describe(contrast(p=0.00004))


class TestKeyness:
    def test_both_sides_with_counts_rates_and_articles(self):
        told = describe(keyness())
        assert (
            'More in Alpha than in Beta: "strike" 31 and 4 (3,444 and 421 per million words; 9 and 3 articles)' in told
        )
        assert 'More in Beta than in Alpha: "misery" 1 and 12' in told
        assert "a description, not a test" in told
        assert "a description, not a test" in alt_text(keyness())


class TestAll:
    @pytest.mark.parametrize("frame", [shares(share_row()), contrast(), keyness()], ids=kind_of)
    def test_no_verdict_and_the_input_as_it_was(self, frame):
        before = frame.copy(deep=True)
        for told in (describe(frame), describe(frame, methods=True), alt_text(frame)):
            assert not [word for word in VERDICTS if word in told.lower()]
        pd.testing.assert_frame_equal(frame, before)

    def test_methods_name_what_was_done(self):
        assert "Wilson" in describe(shares(share_row()), methods=True)
        for needed in ("MOVER", "permutation", "design effect"):
            assert needed in describe(contrast(), methods=True)
        assert "Dirichlet" in describe(keyness(), methods=True)

    def test_what_is_not_understood_is_named(self):
        with pytest.raises(CorpusError, match=r"framing_contrast, framing_shares, keyness, .*no column 'searched'"):
            describe(shares(share_row()).drop(columns="searched"))
        with pytest.raises(CorpusError, match="not str"):
            describe("a text")
        with pytest.raises(CorpusError, match="no rows"):
            describe(shares())

    def test_alt_text_stays_short_and_points_to_the_table(self):
        told = alt_text(shares(*(share_row(f"Outlet {place}") for place in range(40))))
        assert len(told) < 1100
        assert "The table of the same numbers goes on." in told

    def test_names_written_from_right_to_left_are_isolated_and_overrides_removed(self):
        told = describe(shares(share_row("\u05d0\u05d1", "\u202eguards\n")))
        assert told.startswith("\u2068\u05d0\u05d1\u2069 writes")
        assert "\u202e" not in told
        assert "\n" not in told

    def test_groupings_are_the_columns_before_the_slot(self):
        assert groupings(shares(share_row())) == ["outlet"]


def test_a_notebook_shows_a_paragraph_in_which_names_stay_text() -> None:
    row = ["<b>A</b>", "who", "police", 9, 10, 0.9, 0.6, 0.98, 12, 16, None, True]
    finding = describe(pd.DataFrame([row], columns=["outlet", *SHARES]))
    assert isinstance(finding, str)
    assert finding._repr_html_().startswith("<blockquote><p>&lt;b&gt;A&lt;/b&gt; writes &quot;police&quot; in 9 of 10")


def test_many_findings_are_a_paragraph_each() -> None:
    told = describe(shares(*(share_row(f"Outlet {place}") for place in range(6))))
    paragraphs = told._repr_html_().split("</p><p>")
    assert len(paragraphs) == len(told.findings) >= 6
    assert told == " ".join(told.findings)
    assert describe(shares(share_row()))._repr_html_().count("<p>") == 1
