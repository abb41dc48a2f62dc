"""Grids of outlets: every event and outlet has its row, and each shared word is counted once."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from corpus_tools.compare.grids import event_grid, shared_copy
from corpus_tools.schema import ALL_OTHERS, EVENT_GRID, PASSAGES, SHARED_COPY, CorpusError, CorpusWarning

DAYS = pd.to_datetime(["2023-09-20", "2023-09-19", "2023-09-21", "2023-01-05"]).astype("datetime64[us]")


def articles(**columns: object) -> pd.DataFrame:
    given: dict[str, Any] = {
        "article_id": ["1", "2", "3", "4"],
        "outlet": ["B", "B", "A", "A"],
        "date": DAYS,
        "event": ["fire", "fire", "fire", "vote"],
    }
    return pd.DataFrame(given | columns)


def cells(grid: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(row["event"], row["outlet"]): row["articles"] for row in grid.to_dict("records")}


# which outlet covers which event


def test_every_event_has_a_row_for_every_outlet_also_without_articles() -> None:
    grid = event_grid(articles())
    assert list(grid.columns) == list(EVENT_GRID)
    assert list(zip(grid["event"], grid["outlet"], grid["articles"], grid["searched"], strict=True)) == [
        ("vote", "A", 1, 2),
        ("vote", "B", 0, 2),
        ("fire", "A", 1, 2),
        ("fire", "B", 2, 2),
    ]
    assert grid["first_date"].iloc[3] == pd.Timestamp(2023, 9, 19)
    assert grid["first_date"].isna().tolist() == [False, True, False, False]


def test_articles_without_an_event_are_left_out_said_and_still_searched() -> None:
    with pytest.warns(CorpusWarning, match="2 of 4 articles have no event"):
        grid = event_grid(articles(event=["fire", None, "  ", "fire"]))
    assert cells(grid) == {("fire", "A"): 1, ("fire", "B"): 1}
    assert grid["searched"].tolist() == [2, 2]


def test_an_outlet_without_any_event_keeps_its_rows() -> None:
    with pytest.warns(CorpusWarning):
        grid = event_grid(articles(event=["fire", "vote", None, None]))
    assert cells(grid)["fire", "A"] == cells(grid)["vote", "A"] == 0


def test_nothing_is_said_where_every_article_has_an_event() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        event_grid(articles())


def test_numbers_of_events_from_a_spreadsheet_are_written_whole() -> None:
    with pytest.warns(CorpusWarning):
        grid = event_grid(articles(event=[1.0, np.nan, 1.0, 2.0]))
    assert set(grid["event"]) == {"1", "2"}


def test_undated_events_come_last_by_name_and_dates_may_be_missing_altogether() -> None:
    dates = DAYS.where([True, True, True, False])
    grid = event_grid(articles(date=dates, event=["old", "zoo", "zoo", "ark"]))
    assert list(dict.fromkeys(grid["event"])) == ["zoo", "old", "ark"]
    bare = event_grid(articles().drop(columns="date"))
    assert list(dict.fromkeys(bare["event"])) == ["fire", "vote"]
    assert bare["first_date"].isna().all()
    assert str(bare["first_date"].dtype) == "datetime64[us]"


def test_the_index_and_the_type_of_the_ids_do_not_matter() -> None:
    odd = articles(article_id=[1, 2, 3, 4]).set_index(pd.Index([7, 7, 7, 7]))
    odd["outlet"] = odd["outlet"].astype("category").cat.add_categories("C")
    pd.testing.assert_frame_equal(event_grid(odd), event_grid(articles()))


def test_no_articles_and_no_events_give_an_empty_grid_of_the_same_types() -> None:
    empty = event_grid(articles().iloc[:0])
    assert empty.empty
    assert empty.dtypes.astype(str).tolist() == event_grid(articles()).dtypes.astype(str).tolist()
    with pytest.warns(CorpusWarning, match="4 of 4"):
        assert event_grid(articles(event=None)).empty


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (articles().drop(columns="event"), "add_events"),
        (articles().drop(columns="outlet"), "'outlet'"),
        (articles(article_id=["1", "1", "3", "4"]), "ids are unique"),
        (articles(date=["yesterday", None, None, None]), "'yesterday'"),
    ],
)
def test_articles_that_cannot_be_counted_are_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        event_grid(frame)


# whose text stands in whose pages


def tokens(*texts: tuple[str, str, str]) -> pd.DataFrame:
    """Words of one letter, two characters apart; the letter is the voice: n, r or q."""
    voices = {"n": "narrator", "r": "reported", "q": "quoted"}
    rows = [
        {"article_id": article, "outlet": outlet, "start": 2 * place, "end": 2 * place + 1, "voice": voices[letter]}
        for article, outlet, letters in texts
        for place, letter in enumerate(letters)
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "start", "end", "voice"])
    return frame.astype(dict.fromkeys(("article_id", "outlet", "voice"), "category"))


def passages(*sides: tuple[tuple[str, str, int, int], tuple[str, str, int, int]]) -> pd.DataFrame:
    """Both sides as article, outlet, first word, word after the last."""
    rows = [
        {
            "article_id_a": a[0],
            "outlet_a": a[1],
            "start_a": 2 * a[2],
            "end_a": 2 * a[3] - 1,
            "article_id_b": b[0],
            "outlet_b": b[1],
            "start_b": 2 * b[2],
            "end_b": 2 * b[3] - 1,
            "words": a[3] - a[2],
            "voice": "narrator",
            "voice_b": "narrator",
        }
        for a, b in sides
    ]
    return pd.DataFrame(rows, columns=list(PASSAGES))


WORDS = tokens(
    ("1", "A", "nnnnqqqqrr"), ("2", "A", "nnnn"), ("3", "B", "nnnnnnnn"), ("4", "B", "qqqq"), ("5", "C", "n")
)
SHARED = passages(
    (("1", "A", 0, 6), ("3", "B", 0, 6)),
    (("1", "A", 4, 8), ("4", "B", 0, 4)),
    (("1", "A", 0, 1), ("5", "C", 0, 1)),
    (("1", "A", 0, 4), ("2", "A", 0, 4)),
)


def pair(table: pd.DataFrame, outlet: str, other: str) -> dict[str, Any]:
    found = table[(table["outlet"] == outlet) & (table["other"] == other)]
    assert len(found) == 1
    return {str(name): value for name, value in found.iloc[0].items()}


def counted(table: pd.DataFrame, outlet: str, other: str) -> tuple[int, ...]:
    row = pair(table, outlet, other)
    return tuple(int(row[name]) for name in ("shared", "narrator", "reported", "quoted", "articles"))


def test_a_word_shared_with_several_articles_of_an_outlet_counts_once() -> None:
    table = shared_copy(WORDS, SHARED)
    assert list(table.columns) == list(SHARED_COPY)
    assert counted(table, "A", "B") == (8, 4, 0, 4, 1)
    row = pair(table, "A", "B")
    assert (row["words"], row["searched"]) == (14, 2)
    assert row["share"] == pytest.approx(8 / 14)


def test_each_side_is_counted_in_its_own_words_and_its_own_voice() -> None:
    table = shared_copy(WORDS, SHARED)
    assert counted(table, "B", "A") == (10, 6, 0, 4, 2)
    assert counted(table, "C", "A") == (1, 1, 0, 0, 1)
    assert pair(table, "C", "A")["share"] == 1.0


def test_any_other_outlet_counts_each_word_once_and_what_an_outlet_repeats_itself_not_at_all() -> None:
    table = shared_copy(WORDS, SHARED)
    assert counted(table, "A", ALL_OTHERS) == (8, 4, 0, 4, 1)
    assert counted(table, "B", "C") == (0, 0, 0, 0, 0)
    own = shared_copy(WORDS, SHARED.iloc[3:])
    assert (own["shared"] == 0).all()
    assert (own["articles"] == 0).all()


def test_there_is_a_row_for_every_ordered_pair_and_all_others_comes_last() -> None:
    table = shared_copy(WORDS, SHARED)
    assert list(zip(table["outlet"], table["other"], strict=True)) == [
        (outlet, other) for outlet in "ABC" for other in [*(name for name in "ABC" if name != outlet), ALL_OTHERS]
    ]


def test_few_articles_are_noted() -> None:
    table = shared_copy(WORDS, SHARED)
    assert pair(table, "C", "A")["note"] == "few articles: 1 searched"
    many = tokens(*[(str(n), "A", "nn") for n in range(5)], ("9", "B", "nn"))
    assert pair(shared_copy(many, SHARED.iloc[:0]), "A", "B")["note"] == ""


def test_passages_that_touch_across_two_articles_stay_in_their_articles() -> None:
    touching = passages((("1", "A", 9, 10), ("3", "B", 7, 8)), (("2", "A", 0, 1), ("4", "B", 0, 1)))
    assert counted(shared_copy(WORDS, touching), "A", "B") == (2, 1, 1, 0, 2)
    assert counted(shared_copy(WORDS, touching), "B", "A") == (2, 1, 0, 1, 2)


def test_the_order_of_words_and_passages_and_the_index_do_not_matter() -> None:
    plain = shared_copy(WORDS, SHARED)
    mixed = WORDS.sample(frac=1, random_state=1).set_index(pd.Index([3] * len(WORDS)))
    texts = mixed.astype({"article_id": "int64", "outlet": "object", "voice": "object"})
    turned = SHARED.rename(columns=lambda name: f"{name[:-1]}{'ba'['ab'.index(name[-1])]}" if name[-2] == "_" else name)
    pd.testing.assert_frame_equal(shared_copy(texts, turned.iloc[::-1]), plain)


def test_against_a_plain_count_word_by_word() -> None:
    rng = np.random.default_rng(0)
    texts = [(str(n), "ABCD"[n % 4], "".join(rng.choice(list("nrq"), 40))) for n in range(12)]
    drawn = []
    for _ in range(60):
        (one, two), (x, y), size = rng.choice(12, 2, replace=False), rng.integers(0, 30, 2), int(rng.integers(1, 11))
        sides = [(str(n), "ABCD"[n % 4], int(at), int(at) + size) for n, at in ((one, x), (two, y))]
        drawn.append((sides[0], sides[1]))
    table = shared_copy(tokens(*texts), passages(*drawn))
    for outlet in "ABCD":
        for other in [*(name for name in "ABCD" if name != outlet), ALL_OTHERS]:
            reached = {
                (mine[0], place)
                for one, two in drawn
                for mine, yours in ((one, two), (two, one))
                if mine[1] == outlet and yours[1] != outlet and other in (yours[1], ALL_OTHERS)
                for place in range(mine[2], mine[3])
            }
            letters = [texts[int(article)][2][place] for article, place in reached]
            expected = (len(reached), *(letters.count(letter) for letter in "nrq"), len({a for a, _ in reached}))
            assert counted(table, outlet, other) == expected


def test_a_frame_of_some_words_or_some_outlets_answers_for_these() -> None:
    own_words = shared_copy(WORDS[WORDS["voice"] == "narrator"], SHARED)
    assert counted(own_words, "A", "B") == (4, 4, 0, 0, 1)
    assert pair(own_words, "A", "B")["words"] == 8
    assert counted(own_words, "B", "A") == (6, 6, 0, 0, 1)
    without_b = shared_copy(WORDS[WORDS["outlet"] != "B"], SHARED)
    assert set(without_b["other"]) == {"A", "C", ALL_OTHERS}
    assert counted(without_b, "A", ALL_OTHERS) == (1, 1, 0, 0, 1)


def test_outlets_put_together_in_the_tokens_are_one_outlet() -> None:
    joined = WORDS.assign(outlet=WORDS["outlet"].astype("str").replace({"C": "B"}))
    assert counted(shared_copy(joined, SHARED), "A", "B") == (8, 4, 0, 4, 1)
    assert counted(shared_copy(joined, SHARED), "B", "A") == (11, 7, 0, 4, 3)


def test_no_passage_and_no_word() -> None:
    nothing = shared_copy(WORDS, SHARED.iloc[:0])
    assert (nothing[["shared", "share", "articles"]] == 0).all().all()
    empty = shared_copy(WORDS.iloc[:0], SHARED)
    assert empty.empty
    assert empty.dtypes.astype(str).tolist() == nothing.dtypes.astype(str).tolist()


@pytest.mark.parametrize(
    ("words", "shared", "message"),
    [
        (WORDS.drop(columns="voice"), SHARED, "'voice'.*tokenize"),
        (WORDS, SHARED.drop(columns="outlet_b"), "'outlet_b'.*align_passages"),
        (WORDS[WORDS["outlet"] == "A"], SHARED, "one outlet only, 'A'"),
        (WORDS.assign(outlet=WORDS["outlet"].astype("str").replace({"C": ALL_OTHERS})), SHARED, "rename"),
        (WORDS.assign(outlet=WORDS["outlet"].astype("str").where(WORDS["article_id"] != "1")), SHARED, "no outlet"),
        (WORDS, SHARED.assign(article_id_a="x", article_id_b="y"), "'x'.*among the tokens"),
    ],
)
def test_frames_that_do_not_fit_are_refused(words: pd.DataFrame, shared: pd.DataFrame, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        shared_copy(words, shared)
