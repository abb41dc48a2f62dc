"""A text under correction: whatever the order of the changes, the log leads from the text as read to the text."""

from __future__ import annotations

import random

import pytest

from corpus_tools.read.edits import BLANK_SPACE, Draft, Edit

RAW = "one two three four"


def replay(draft: Draft) -> str:
    parts, at = [], 0
    for edit in draft.log():
        assert at <= edit.start <= edit.end <= len(draft.raw)
        parts += [draft.raw[at : edit.start], edit.inserted]
        at = edit.end
    return "".join([*parts, draft.raw[at:]])


def test_a_draft_without_changes_has_an_empty_log() -> None:
    draft = Draft(RAW)
    assert (draft.text, draft.log()) == (RAW, [])


def test_places_are_those_of_the_text_as_read() -> None:
    draft = Draft(RAW)
    assert draft.replace("drop", [(0, 4, "")])
    assert draft.text == "two three four"
    assert draft.replace("change", [(4, 9, "3")])  # "three" in the current text
    assert draft.text == "two 3 four"
    assert draft.log() == [Edit("drop", 0, 4, ""), Edit("change", 8, 13, "3")]


def test_a_change_to_the_same_words_is_no_change() -> None:
    draft = Draft(RAW)
    assert not draft.replace("nothing", [(0, 3, "one"), (5, 5, "")])
    assert draft.log() == []


def test_a_change_that_covers_an_earlier_one_takes_its_place_and_keeps_its_name() -> None:
    draft = Draft(RAW)
    draft.replace("two", [(4, 7, "2")])
    draft.replace("all", [(0, 11, "x")])
    assert draft.text == "x four"
    assert draft.log() == [Edit("two + all", 0, 13, "x")]


def test_a_removal_is_named_by_its_own_rule_and_never_by_blank_space() -> None:
    draft = Draft("one  two")
    draft.replace(BLANK_SPACE, [(3, 5, " ")])
    draft.replace("caption", [(0, 7, "")])
    draft.replace(BLANK_SPACE, [(0, 0, "")])
    assert draft.log() == [Edit("caption", 0, 8, "")]


def test_half_of_an_earlier_insertion_can_be_changed() -> None:
    draft = Draft("ab")
    draft.replace("insert", [(1, 1, "12")])
    draft.replace("change", [(2, 3, "X")])
    assert draft.text == "a1Xb"
    assert draft.log() == [Edit("insert + change", 1, 1, "1X")]


def test_two_changes_inside_one_earlier_change() -> None:
    draft = Draft("abc")
    draft.replace("longer", [(1, 2, "12345")])
    draft.replace("cut", [(1, 2, ""), (5, 6, "")])  # the 1 and the 5
    assert draft.text == "a234c"
    assert replay(draft) == "a234c"


def test_insertions_at_both_ends() -> None:
    draft = Draft("b")
    draft.replace("front", [(0, 0, "a")])
    draft.replace("back", [(2, 2, "c")])
    assert draft.text == "abc"
    assert replay(draft) == "abc"


def test_an_empty_text_can_be_filled() -> None:
    draft = Draft("")
    draft.replace("fill", [(0, 0, "a")])
    assert (draft.text, draft.log()) == ("a", [Edit("fill", 0, 0, "a")])


@pytest.mark.parametrize("seed", range(60))
def test_any_sequence_of_changes_can_be_replayed(seed: int) -> None:
    rng = random.Random(seed)
    draft = Draft("".join(rng.choice("abc ") for _ in range(rng.randint(0, 14))))
    for step in range(rng.randint(1, 6)):
        cuts = sorted(rng.randint(0, len(draft.text)) for _ in range(2 * rng.randint(1, 3)))
        spans = [(s, e, rng.choice(["", "X", "YZ"])) for s, e in zip(cuts[::2], cuts[1::2], strict=True)]
        # Two insertions at one place have no order of their own.
        spans = [c for i, c in enumerate(spans) if i == 0 or c[0] > spans[i - 1][1]]
        expected = draft.text
        for s, e, new in reversed(spans):
            expected = expected[:s] + new + expected[e:]
        draft.replace(f"rule {step}", spans)
        assert draft.text == expected
        assert replay(draft) == expected


@pytest.mark.parametrize("raw", ["word \n", "ab"])
def test_changes_that_touch_are_one_change_and_take_one_round(raw: str) -> None:
    draft = Draft(raw * 20_000)
    draft.replace("each", [(i, i + 1, "") for i in range(0, len(draft.raw), 2)])
    assert draft.text == draft.raw[1::2]
    draft.replace("touching", [(i, i + 1, "xy") for i in range(len(draft.text))])
    assert draft.text == "xy" * (len(draft.raw) // 2)
    assert replay(draft) == draft.text


def test_many_changes_inside_one_earlier_change() -> None:
    draft = Draft("a")
    draft.replace("long", [(0, 1, "12" * 20_000)])
    draft.replace("every other", [(i, i + 1, "") for i in range(0, 40_000, 2)])
    assert draft.log() == [Edit("long + every other", 0, 1, "2" * 20_000)]
