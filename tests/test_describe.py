"""Plain words: the numbers are those of the frame, what is missing is said, and nobody is judged."""

import re

import numpy as np
import pandas as pd
import pytest

from corpus_tools.compare.framing import framing_contrast
from corpus_tools.schema import ALL_OTHERS, COLLOCATE_CONTRAST, CONTRAST, KEYNESS, ROBUSTNESS, SHARES, CorpusError
from corpus_tools.show.describe import KINDS, Finding, alt_text, describe, kind_of
from corpus_tools.show.describe.verdict import (
    NOT_DISTINGUISHABLE,
    SUPPORTED,
    TOO_FEW,
    VERDICT_METHOD,
    could_be_found,
    verdict,
)
from corpus_tools.show.describe.words import UNCHECKED, groupings, is_pooled, p_value

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
            CONTRAST,
            [SLOT, "guards", "Alpha", "Beta", 0.9, 0.2, 0.7, 0.4, 0.86, 0.0034, 0.28, 12, 11, "", True],
            strict=True,
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
            "(90 %; too few articles for an interval: 1 with a hit, 5 needed; 1 of 16 articles has a case)."
        )
        unexplained = share_row(low=np.nan, high=np.nan, note=None)
        assert "too few articles for an interval: fewer than five have a case" in describe(shares(unexplained))

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
            "smallest p that can be reached: 0.0005; 12 and 11 articles). The difference is supported. "
            "“Supported” is about a difference of use, not about a reason for it."
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
        for told in (describe(few), describe(none)):
            assert told.startswith("Too few articles to compare Alpha with Beta")
            assert not [word for word in (SUPPORTED, NOT_DISTINGUISHABLE, "would mostly be found") if word in told]

    def test_within_events_it_says_so(self):
        note = "within 16 events; smallest p that can be reached: 0.0005; "
        note += "7 articles with a hit outside the events with hits of both; 2 of them without an event"
        assert describe(contrast(share_reference=0.002, note=note)) == (
            'Within the 16 events that both cover, Alpha writes "guards" more often than Beta: 90 % against under 1 % '
            "of cases on average over these events, a difference of +70 percentage points (interval +40 to +86; "
            "p = 0.0034; smallest p that can be reached: 0.0005; 7 articles with a hit outside these events; "
            "2 of them without an event; 12 and 11 articles). The difference is supported. "
            "“Supported” is about a difference of use, not about a reason for it."
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
            f"Too few articles to compare Alpha with Beta ({note}). Within the events that both cover, "
            '"guards" makes up 90 % against 20 % of cases on average over these events.'
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

    def test_what_is_left_open_is_told_with_what_could_have_been_found(self):
        told = describe(contrast(difference_low=-0.1, p=0.2, planning_difference=0.234))
        assert told.startswith("These articles do not tell Alpha and Beta apart")
        assert told.endswith(
            "The interval includes 0, so either could be the higher one. Not distinguishable here. With these articles "
            "a true difference of about 23 points would mostly be found; smaller ones can be missed."
        )
        assert SUPPORTED not in told.lower()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (
                {"difference_low": -0.1, "p": 0.03},
                "The test by itself speaks for a difference, the interval includes 0",
            ),
            ({"p": 0.06}, "The test does not speak for a difference, the interval leaves out 0"),
        ],
    )
    def test_p_and_interval_that_disagree_are_both_said_and_leave_it_open(self, changes, said):
        told = describe(contrast(**changes))
        assert f"{said}; where they disagree it stays open. Not distinguishable here." in told
        assert "interval " in told
        assert "p = " in told
        assert "more often than" not in told
        assert SUPPORTED not in told.lower()

    def test_a_difference_of_nothing_is_told_with_the_planning_figure(self):
        told = describe(contrast(difference=0.0, difference_low=-0.1, difference_high=0.1, p=1.0))
        assert "as often as Beta" in told
        assert "Not distinguishable here. With these articles a true difference of about 28 points" in told

    def test_little_is_not_written_as_nothing(self):
        told = describe(contrast(difference=0.004, difference_low=0.0008, difference_high=0.3))
        assert "a difference of +0.4 percentage points (interval +0.1 to +30" in told
        assert "more often than" in told

    def test_several_contrasts_are_each_judged_alone(self):
        two = pd.concat([contrast(), contrast(label="troops", p=0.2)])
        assert "Each of these 2 comparisons is judged alone" in describe(two)
        assert describe(two).count("“Supported” is about") == 1
        none = contrast(difference_low=np.nan, difference_high=np.nan, p=np.nan, note="no hit")
        for frame in (contrast(), none, pd.concat([contrast(), none])):
            assert "judged alone" not in describe(frame)


DIFFERENCE = {"difference": 0.5, "difference_low": 0.1, "difference_high": 0.8}


class TestVerdict:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"p": 0.049}, SUPPORTED),
            ({"p": 0.05}, NOT_DISTINGUISHABLE),
            ({"p": 0.01, "difference_low": 0.0}, NOT_DISTINGUISHABLE),
            ({"p": 0.01, "difference_low": -0.1}, NOT_DISTINGUISHABLE),
            ({"p": 0.01, "difference": -0.5, "difference_low": -0.8, "difference_high": -0.1}, SUPPORTED),
            ({"p": np.nan}, NOT_DISTINGUISHABLE),
            ({"p": None}, NOT_DISTINGUISHABLE),
            ({"p": 0.001, "p_adjusted": 0.06}, NOT_DISTINGUISHABLE),
            ({"p": 0.2, "p_adjusted": 0.03}, SUPPORTED),
            ({}, SUPPORTED),
            ({"difference_low": -0.1}, NOT_DISTINGUISHABLE),
            ({"difference_low": np.nan, "p": 0.001}, TOO_FEW),
            ({"difference": np.nan, "difference_low": np.nan, "difference_high": np.nan}, TOO_FEW),
        ],
    )
    def test_the_rule(self, changes, expected):
        assert verdict(DIFFERENCE | changes) == expected

    def test_other_effects_are_read_by_their_name(self):
        row = {"log_ratio": 2.0, "log_ratio_low": 0.4, "log_ratio_high": np.inf, "p_adjusted": 0.01}
        assert verdict(row, "log_ratio") == SUPPORTED
        assert verdict(row | {"log_ratio_low": -0.1}, "log_ratio") == NOT_DISTINGUISHABLE

    @pytest.mark.parametrize(
        ("planning", "told"),
        [
            (0.234, "about 23 points"),
            (0.012, "about 1 point "),
            (0.99, "about 99 points"),
            (1.3, "even the greatest difference that there can be could be missed"),
        ],
    )
    def test_the_planning_figure_in_words(self, planning, told):
        assert told in could_be_found(planning)

    def test_without_a_planning_figure_nothing_is_said(self):
        assert could_be_found(np.nan) == ""

    def test_a_p_below_the_level_is_never_written_as_the_level(self):
        assert p_value(0.0499) == "p = 0.0499"
        assert p_value(0.0501) == "p = 0.05"

    def test_of_one_group_nothing_is_a_verdict(self):
        apart = shares(share_row("Alpha", low=0.6, high=0.98), share_row("Beta", hits=1, low=0.01, high=0.4))
        told = describe(apart)
        assert not [word for word in (SUPPORTED, NOT_DISTINGUISHABLE, "differ", "more often") if word in told.lower()]


class TestCollocateContrast:
    @staticmethod
    def near(term, low, high, *, p=0.01, smallest=0.001, difference=0.3, note=""):
        whole = dict.fromkeys(COLLOCATE_CONTRAST, 1)
        sides = {"target": "Alpha", "reference": "Beta", "nodes_target": 1_200_000, "nodes_reference": 900_000}
        sides |= {"near_target": 480_000, "near_reference": 90_000, "share_target": 0.4, "share_reference": 0.1}
        ends = {"difference": difference, "difference_low": low, "difference_high": high, "note": note}
        tests = {"p": p / 2, "p_adjusted": p, "p_smallest": smallest}
        return whole | sides | {"node": "gate", "window_left": 5, "window_right": 5, "term": term} | ends | tests

    def test_one_word_alone_is_judged_too(self):
        told = describe(pd.DataFrame([self.near("crowd", 0.05, 0.5)]))
        assert '"crowd" 480,000 of 1,200,000 occurrences (40 %)' in told
        assert "Difference supported for 1 of 1 word looked at." in told
        assert NOT_DISTINGUISHABLE not in told.lower()

    def test_of_many_words_those_are_named_that_interval_and_corrected_p_speak_for(self):
        others = [self.near(f"w{place}", -0.2, 0.5) for place in range(18)]
        two = pd.DataFrame([self.near("crowd", 0.05, 0.5, p=0.06), self.near("stones", 0.25, 0.35, p=0.04), *others])
        told = describe(two)
        assert "Difference supported for 1 of 20 words looked at." in told
        assert 'more often in Alpha than in Beta: "stones"' in told
        assert "The others: not distinguishable here." in told
        assert '"crowd"' not in told
        assert '"w0"' not in told
        none = describe(two[two["term"] != "stones"])
        assert "19 words looked at, and no difference is supported: these articles do not tell" in none
        assert '"crowd"' not in none
        assert "Supported" not in none

    def test_words_whose_p_cannot_be_small_are_counted(self):
        rows = [self.near("crowd", 0.1, 0.5), self.near("few", -0.1, 0.5, p=0.2, smallest=0.06)]
        assert "For 1 of 2 words no permutation gives a p below 0.05: too few articles" in describe(pd.DataFrame(rows))
        assert "no permutation" not in describe(pd.DataFrame(rows[:1]))

    def test_too_few_articles(self):
        few = "no interval: 5 and 1 articles with a hit, 5 needed on each side"
        told = describe(pd.DataFrame([self.near("crowd", np.nan, np.nan, note=few)]))
        assert f"Too few articles to compare Alpha with Beta ({few})." in told


class TestRobustness:
    PLAIN = ("all", "all", "article_id", "", "kept", "pooled", "all")

    def block(self, *differences):
        rows = []
        for place, (value, low, high) in enumerate(differences):
            choice = ("narrator" if place else "all", f"part {place}" if place else "all", *self.PLAIN[2:])
            numbers = [int(place > 0), 0.9, 0.2, value, low, high, 12, 11, "", True]
            rows.append([SLOT, "guards", "Alpha", "Beta", *choice, *numbers])
        return pd.DataFrame(rows, columns=list(ROBUSTNESS))

    def test_how_many_combinations_support_it_and_which_way(self):
        none = (np.nan, np.nan, np.nan)
        frame = self.block((0.3, 0.1, 0.5), (0.3, -0.1, 0.5), (-0.3, -0.5, -0.1), (0.2, np.nan, np.nan), none)
        assert (
            "By the interval alone, without a test: the plain count is supported; supported in 2 of 3 combinations "
            "with an interval (1 with its sign and 1 with the other sign), not distinguishable here in 1, too few "
            "articles in 2 more."
        ) in describe(frame)

    def test_all_of_them_and_none(self):
        assert "2 of 2 combinations with an interval (all with its sign), not" in describe(
            self.block((0.3, 0.1, 0.5), (0.2, 0.1, 0.5))
        )
        assert "Too few articles in every combination." in describe(self.block(*[(0.3, np.nan, np.nan)] * 2))


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

    @pytest.mark.parametrize("name", KINDS)
    def test_a_paragraph_on_methods_can_be_printed(self, name):
        kind = KINDS[name]
        frame = pd.DataFrame([dict.fromkeys(kind.columns, 1)])
        told = describe(frame, methods=True)
        assert "Computed with the Python package corpus-tools" in told
        assert not [word for word in VERDICTS if word in told.lower()]
        # Every interval has a source, and every level of confidence is called what it is: an option.
        if "_low" in " ".join(kind.columns):
            assert re.search(r"\b(18|19|20)\d\d\b", told)
            assert "the confidence level (95 %)" in told
        assert "  " not in told

    @pytest.mark.parametrize("name", ["contrast", "collocate contrast", "robustness"])
    def test_what_compares_states_the_rule(self, name):
        assert VERDICT_METHOD in KINDS[name].method

    def test_the_docstring_names_every_kind(self):
        assert describe.__doc__ is not None
        assert [kind.made_by for kind in KINDS.values() if f"``{kind.made_by}``" not in describe.__doc__] == []

    def test_great_numbers_are_written_out(self):
        row = share_row(hits=1_234_567, of=2_345_678, articles=1_000_001)
        told = describe(shares(row, share_row(label="troops", hits=1_111_111, of=2_345_678)))
        told += describe(contrast(articles_target=1_200_000, articles_reference=2_000_000))
        told += describe(keyness().assign(count_target=1_500_000, articles_reference=1_000_000))
        for written in ("1,234,567 of 2,345,678", "1,000,001 of", "1,111,111", "1,200,000 and 2,000,000", "1,500,000"):
            assert written in told
        assert "e+0" not in told

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


def test_few_findings_that_are_long_are_a_paragraph_each() -> None:
    long, short = Finding(["word " * 80, "word " * 80]), Finding(["word " * 20, "word " * 20])
    assert [finding._repr_html_().count("<p>") for finding in (long, short)] == [2, 1]
