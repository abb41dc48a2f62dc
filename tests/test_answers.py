"""Answers that are checked: right in every spelling, a hint for known slips, and never the solution."""

from __future__ import annotations

import contextlib
import decimal
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

import corpus_tools as ct
from corpus_tools.read.sample import data_folder
from corpus_tools.schema import CorpusError
from corpus_tools.show import answers as module
from corpus_tools.show.answers import COLUMNS, NO_ANSWER, answer_rows, fold, forms, plain, reply_to
from corpus_tools.show.notebooks import read_source
from corpus_tools.show.recording import calls_in, exercises_in, record, record_all, to_table
from tests.conftest import articles_frame
from tests.test_notebooks import BODY, HEADER

ARTICLES = articles_frame([("a", "A", "One bus."), ("b", "B", "Two buses.")])
OTHERS = articles_frame([("a", "A", "One tram.")])
COUNTED = "You counted hits, not articles."
Ask = Callable[[object], module.Reply]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ask]:
    """An exercise with this answer, and with these slips."""

    def make(answer: object, **slips: object) -> Ask:
        rows = [(*row, "") for row in answer_rows("02.1", answer, ARTICLES)]
        for hint, value in slips.items():
            rows += [(*row, hint) for row in answer_rows("02.1", value, ARTICLES)]
        table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
        monkeypatch.setattr(module, "stored_answers", lambda: table)
        return lambda value: reply_to("02.1", value, ARTICLES)

    return make


SAME_NUMBER = [
    0.335214, 0.34, 0.335, 0.33521, np.float64(0.335214), np.float32(0.335214), pd.Series([0.335214]),
    pd.Series([0.335214], index=["Harbour Wire"]), pd.DataFrame({"share": [0.335214]}), np.array([0.335214]),
    np.array(0.335214), [0.335214], pd.array([0.335214], dtype="Float64"), 0.3349999, 0.3350001,
]  # fmt: skip


@pytest.mark.parametrize("value", SAME_NUMBER, ids=repr)
def test_a_number_is_right_in_every_container_and_rounding(ask: Callable[..., Ask], value: object) -> None:
    assert ask(0.335214)(value) == (True, "")


def test_a_number_on_the_edge_is_right_on_both_sides(ask: Callable[..., Ask]) -> None:
    for value in (0.3349999, 0.335, 0.3350001, 0.33, 0.34):
        assert ask(0.335)(value).right, value
    assert not ask(0.335)(0.32).right


@pytest.mark.parametrize("value", [0.32, 0.36, 0, 1, 0.3, 7, "a", True])
def test_another_number_is_not_right(ask: Callable[..., Ask], value: object) -> None:
    assert not ask(0.34)(value).right


def test_counts_are_exact(ask: Callable[..., Ask]) -> None:
    right = ask(14)
    assert all(right(value).right for value in (14, 14.0, np.int64(14), pd.Series([14]), pd.array([14], dtype="Int64")))
    assert not any(right(value).right for value in (13, 15, 14.3, 0.14, -14))
    assert right(14.3).words == "A whole number is asked for."


SLANTED = {
    33.5214: "You gave percent; a share between 0 and 1 is asked for.",
    -0.335214: "The size is right, the sign is not: which side is taken from which?",
    "0.335": "Hand it in as a number, without quotation marks or other signs.",
}


@pytest.mark.parametrize(("value", "hint"), SLANTED.items())
def test_the_right_size_in_the_wrong_form_is_told(ask: Callable[..., Ask], value: object, hint: str) -> None:
    assert ask(0.335214)(value) == (False, hint)


def test_a_share_for_percent_is_told(ask: Callable[..., Ask]) -> None:
    assert ask(33.5214)(0.335214) == (False, "You gave a share; percent are asked for.")


def test_counts_know_no_percent(ask: Callable[..., Ask]) -> None:
    assert "percent" not in ask(500)(5).words


def test_a_number_rounded_too_much_is_asked_for_decimals(ask: Callable[..., Ask]) -> None:
    assert "at least 2 decimals" in ask(0.335214)(0.3).words


TEXTS = [
    ["Harbour Wire", "The Daily Post"],
    ("the daily post", "HARBOUR  WIRE "),
    {"Harbour Wire", "The Daily Post"},
    pd.Index(["The Daily Post", "Harbour Wire"]),
    pd.Series(["The Daily Post", "Harbour Wire", "Harbour Wire"], dtype="category"),
    np.array(["The Daily Post", "Harbour\nWire"], dtype=object),
    {"The Daily Post": 1, "Harbour Wire": 2}.keys(),
]


@pytest.mark.parametrize("value", TEXTS, ids=repr)
def test_texts_in_any_order_and_spelling(ask: Callable[..., Ask], value: object) -> None:
    assert ask(["Harbour Wire", "The Daily Post"])(value).right


@pytest.mark.parametrize("value", ["Harbour Wire", ["Harbour Wire"], [], ["Harbour Wire", "The Daily Post", "A"], 2])
def test_other_texts_are_not_right(ask: Callable[..., Ask], value: object) -> None:
    assert not ask(["Harbour Wire", "The Daily Post"])(value).right


def test_one_text_and_a_list_of_it_are_the_same(ask: Callable[..., Ask]) -> None:
    right = ask("Harbour Wire")
    for value in (
        "harbour wire",
        ["Harbour Wire"],
        pd.Series(["Harbour Wire"]),
        "“Harbour Wire”",
        np.str_("Harbour Wire"),
    ):
        assert right(value).right, value
    assert right(3).words == "A text is asked for, or a list of texts."


def test_days_and_yes(ask: Callable[..., Ask]) -> None:
    assert ask(pd.Timestamp(2023, 3, 5))("2023-03-05").right
    assert ask("yes")(np.True_).right
    assert not ask("yes")(False).right


UNUSABLE = {
    "missing": [None, pd.NA, pd.NaT, float("nan"), np.nan, [None], pd.Series([pd.NA])],
    "table with 3 rows": [pd.DataFrame({"a": [1, 2, 3], "b": 1})],
    "6 values with numbers": [pd.Series(range(6)), list(range(6)), pd.Series(["a", 1, 2, 3, 4, 5])],
    "too large": [float("inf"), -float("inf"), 10**400, 1e300],
    "cannot be compared": [object(), {"a": 1}, lambda: 1, 1j, decimal.Decimal(1), (number for number in "ab"), [[1]]],
    "more than 10,000": [["a"] * 10_001],
}


@pytest.mark.parametrize(("told", "value"), [(told, value) for told, values in UNUSABLE.items() for value in values])
def test_what_can_be_no_answer_is_told_what_to_hand_in(ask: Callable[..., Ask], told: str, value: object) -> None:
    reply = ask(0.34)(value)
    assert not reply.right
    assert told in reply.words
    assert reply.words.endswith("hand in one number, one text, or a list of texts.")


def test_a_known_slip_has_its_hint_and_the_answer_does_not(ask: Callable[..., Ask]) -> None:
    right = ask(14, **{COUNTED: 41})
    assert right(41.0) == (False, COUNTED)
    assert right(14) == (True, "")
    assert right(15).words != COUNTED


def test_no_answer_for_other_articles_says_what_to_do(ask: Callable[..., Ask]) -> None:
    ask(14)
    for articles in (OTHERS, ARTICLES[:1]):
        assert reply_to("02.1", 14, articles) == (None, NO_ANSWER)
    assert reply_to("02.1", 14, ARTICLES.assign(mine=1)[::-1]).right
    for instead in ("neighbour", "lines", "solutions"):
        assert instead in NO_ANSWER


def test_a_number_without_its_zero_is_the_same_exercise(ask: Callable[..., Ask]) -> None:
    ask(14)
    assert reply_to("2.1", 14, ARTICLES).right
    assert reply_to(2.1, 14, ARTICLES).right  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["02,1", "02.11", "2.7", None, "<b>", ["02.1"]])
def test_an_unknown_exercise_offers_the_nearest(ask: Callable[..., Ask], name: object) -> None:
    ask(14)
    with pytest.raises(CorpusError, match=r"02\.1"):
        reply_to(name, 14, ARTICLES)  # type: ignore[arg-type]


def test_articles_must_be_articles(ask: Callable[..., Ask]) -> None:
    ask(14)
    with pytest.raises(CorpusError, match="no column"):
        reply_to("02.1", 14, ARTICLES.drop(columns="text"))
    with pytest.raises(CorpusError, match="Instead of a frame"):
        reply_to("02.1", ARTICLES, 14)  # type: ignore[arg-type]


def test_what_is_stored_and_said_does_not_hold_the_answer(ask: Callable[..., Ask]) -> None:
    secret = "Marmalade Quarterly"
    right = ask(secret, **{"Not the largest one.": "Harbour Wire"})
    stored = module.stored_answers()
    assert fold(secret) not in stored.to_csv().casefold()
    said = [right(value) for value in ("Harbour Wire", "x", 1, None, [1, 2], object())]
    assert not any("marmalade" in str(reply).casefold() for reply in said)


def test_the_same_answer_is_stored_differently_for_each_exercise_and_corpus() -> None:
    rows = [answer_rows(name, 14, articles)[0] for name in ("02.1", "02.2") for articles in (ARTICLES, OTHERS)]
    assert len({row[-1] for row in rows}) == 4


def test_it_is_shown_at_once_and_as_text(ask: Callable[..., Ask], capsys: pytest.CaptureFixture[str]) -> None:
    ask(14, **{"<b>Not</b> that & this.": 41})
    assert ct.check_answer("02.1", 14, ARTICLES) is None
    ct.check_answer("02.1", 41, ARTICLES)
    assert capsys.readouterr().out == "Exercise 02.1: right.\nExercise 02.1: not yet. <b>Not</b> that & this.\n"


def test_where_nothing_is_known_it_says_neither_right_nor_wrong(
    ask: Callable[..., Ask], capsys: pytest.CaptureFixture[str]
) -> None:
    ask(14)
    ct.check_answer("02.1", 14, OTHERS)
    assert capsys.readouterr().out.startswith("Exercise 02.1: not checked. No answer is stored for these articles")


def test_the_reply_is_escaped_and_needs_no_colour(ask: Callable[..., Ask], monkeypatch: pytest.MonkeyPatch) -> None:
    ask(14, **{"<b>Not</b> that & this.": 41})
    shown: list[module.Fragment] = []
    monkeypatch.setattr(module, "_show", shown.append)
    ct.check_answer("02.1", 41, ARTICLES)
    html = shown[0]._repr_html_()
    assert "&lt;b&gt;Not&lt;/b&gt; that &amp; this." in html
    assert "<strong>Exercise 02.1: not yet.</strong>" in html
    assert not re.search(r"#[0-9a-f]{3}|rgb|background", html)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_only_near_numbers_are_taken_for_the_same(one: float, other: float) -> None:
    for decimals in (0, 2):
        if forms(one, "number", decimals) & forms(other, "number", decimals):
            assert abs(one - other) <= 1.02 * 10**-decimals + 1e-6
        assert forms(round(one, decimals), "number", decimals) & forms(one, "number", decimals)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_whatever_is_handed_in_is_answered_in_words(value: object) -> None:
    with contextlib.suppress(module.UnusableError):
        assert plain(pickle.loads(pickle.dumps(value))) == plain(value)


# recording

CHECKED = """\
# %% tags=["solution"]
ct_value = 2 * len(rows)
import corpus_tools as ct
articles = ct.read_sample(corpus)
ct.check_answer("01.1", ct_value, articles)
ct.check_answer("01.1", len(rows), articles)  # slip: You forgot to double.
"""
SOLUTION = '# %% tags=["solution"]\n2 * len(rows)\n'


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str], NotebookNode]:
    def make(solution: str) -> NotebookNode:
        path = tmp_path / "01_small.py"
        path.write_text((HEADER + BODY).replace(SOLUTION, solution), encoding="utf-8")
        return read_source(path)

    assert SOLUTION in BODY
    return make


def test_calls_and_slips_are_read_from_a_source(source: Callable[[str], NotebookNode]) -> None:
    (exercise,) = exercises_in(source(CHECKED))
    assert exercise.name == "01.1"
    assert "twice over" in exercise.prose
    assert [call.slip for call in exercise.calls] == ["", "You forgot to double."]
    assert list(calls_in("x = 1\nprint(ct.check_answer)")) == []


def test_recorded_answers_are_right_and_slips_have_their_hints(
    source: Callable[[str], NotebookNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, notes, stopped = record_all([source(CHECKED)])
    assert notes == stopped == []
    monkeypatch.setattr(module, "stored_answers", lambda: to_table(rows))
    for name in ("strike", "karabakh"):
        articles = ct.read_sample(name)
        assert reply_to("01.1", 4, articles).right
        assert reply_to("01.1", 2, articles).words == "You forgot to double."
    assert len(rows) == 4


def test_a_slip_that_is_none_and_an_answer_that_is_missing_are_named(source: Callable[[str], NotebookNode]) -> None:
    rows, notes, _ = record_all([source(CHECKED.replace("ct_value, art", "None if corpus == 'karabakh' else 2, art"))])
    assert notes == [
        "01.1 on strike: the slip “You forgot to double.” gives no other value.",
        "01.1 on karabakh: no answer.",
        "01.1 on karabakh: the slip “You forgot to double.” gives no other value.",
    ]
    assert len(rows) == 1


def test_calls_that_are_made_otherwise_than_written_are_refused(source: Callable[[str], NotebookNode]) -> None:
    loop = CHECKED + "\nfor _ in range(2):\n    ct.check_answer('01.1', 3, articles)\n"
    with pytest.raises(CorpusError, match="call check_answer 4 times, but hold 2 calls"):
        record(source(loop))


def test_a_notebook_that_stops_on_the_other_sample_is_a_note(source: Callable[[str], NotebookNode]) -> None:
    rows, notes, stopped = record_all([source("# %% tags=['solution']\nassert corpus == 'strike'\n\n" + CHECKED)])
    assert len(rows) == 2
    assert "on karabakh: Notebook 01_small stopped" in notes[0]
    assert stopped == []
    rows, notes, stopped = record_all([source("# %% tags=['solution']\nassert corpus != 'strike'\n\n" + CHECKED)])
    assert len(rows) == 2
    assert "on strike: Notebook 01_small stopped" in stopped[0]


def test_names_of_a_notebook_do_not_get_in_the_way(source: Callable[[str], NotebookNode]) -> None:
    names = "told = heard = json = corpus_tools = 1\n"
    assert record(source(CHECKED.replace("ct_value =", names + "ct_value ="))) == record(source(CHECKED))


def test_recording_hides_the_value_in_the_kernel_already(source: Callable[[str], NotebookNode]) -> None:
    assert not any("Marmalade" in str(row) for row in record(source(CHECKED.replace("2 * len(rows)", "'Marmalade'"))))


def test_the_stored_answers_are_of_the_shipped_samples() -> None:
    table = pd.read_csv(data_folder() / "answers.csv", dtype="str", keep_default_na=False)
    assert tuple(table.columns) == COLUMNS
    assert set(table["fingerprint"]) <= {ct.corpus_fingerprint(ct.read_sample(name)) for name in ("karabakh", "strike")}
    assert table["digest"].str.fullmatch("[0-9a-f]{24}").all()
    assert not table.duplicated(["exercise", "fingerprint", "digest"]).any()
    right = table[table["reply"] == ""].groupby(["exercise", "fingerprint"]).size()
    assert right.between(1, 2).all()
    slips = table.loc[table["reply"] != "", ["exercise", "fingerprint"]].itertuples(index=False, name=None)
    assert set(slips) <= set(right.index)
