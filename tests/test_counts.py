"""Counts: groups, sequences and sums on texts that are counted in the head."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.prepare.tokens import tokenize

TEXTS = [
    ("x", "A", "The bus stops. The bus goes."),
    ("y", "A", "The “old bus” stops."),
    ("z", "B", "A bus goes."),
]


@pytest.fixture
def tokens(make_articles: Any) -> pd.DataFrame:
    articles = make_articles(TEXTS)
    return tokenize(articles, ct.find_voices(articles))


def rows(counts: pd.DataFrame, *columns: str) -> list[list[object]]:
    return counts[list(columns)].to_numpy().tolist()


def test_counts_per_outlet(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens)
    assert rows(counts, "outlet", "term", "count", "articles", "total") == [
        ["A", "bus", 3, 2, 10],
        ["A", "goes", 1, 1, 10],
        ["A", "old", 1, 1, 10],
        ["A", "stops", 2, 2, 10],
        ["A", "the", 3, 2, 10],
        ["B", "a", 1, 1, 3],
        ["B", "bus", 1, 1, 3],
        ["B", "goes", 1, 1, 3],
    ]


def test_sequences_stay_in_their_sentence_and_article(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens, ngram=2)
    assert rows(counts[counts["outlet"] == "A"], "term", "count", "articles", "total") == [
        ["bus goes", 1, 1, 7],
        ["bus stops", 2, 2, 7],
        ["old bus", 1, 1, 7],
        ["the bus", 2, 1, 7],
        ["the old", 1, 1, 7],
    ]


def test_sequences_do_not_jump_over_words_that_were_filtered_out(tokens: pd.DataFrame) -> None:
    narrated = tokens[tokens["voice"] == "narrator"]
    counts = ct.count_terms(narrated, ngram=2)
    assert "the stops" not in set(counts["term"])
    assert counts.loc[counts["outlet"] == "A", "total"].unique().tolist() == [4]


@pytest.mark.parametrize("ngram", [1, 2, 3])
def test_the_order_and_the_index_of_rows_change_no_count(tokens: pd.DataFrame, ngram: int) -> None:
    expected = ct.count_terms(tokens, ngram=ngram)
    shuffled = tokens.sample(frac=1, random_state=2)
    backwards = tokens.assign(
        outlet=pd.Categorical(tokens["outlet"].astype("object"), ["B", "A"]),
        term=pd.Categorical(tokens["term"].astype("object"), sorted(set(tokens["term"]), reverse=True)),
    )
    for same in (shuffled, backwards, tokens.rename_axis("outlet"), tokens.set_axis([0] * len(tokens))):
        pd.testing.assert_frame_equal(ct.count_terms(same, ngram=ngram), expected)


def test_longer_than_every_sentence(tokens: pd.DataFrame) -> None:
    assert ct.count_terms(tokens, ngram=5).empty
    four = ct.count_terms(tokens, ngram=4)
    assert rows(four, "outlet", "term", "count", "total") == [["A", "the old bus stops", 1, 1]]


def test_two_grouping_columns(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens, by=["outlet", "voice"])
    quoted = counts[counts["voice"] == "quoted"]
    assert rows(quoted, "outlet", "term", "count", "total") == [["A", "bus", 1, 2], ["A", "old", 1, 2]]


VOICES = [
    ("x", "A", "the bus stops", "narrator reported quoted"),
    ("y", "A", "the bus stops the bus", "narrator narrator reported reported quoted"),
    ("z", "B", "a bus goes", "quoted quoted quoted"),
]


@pytest.fixture
def spoken(make_articles: Any) -> pd.DataFrame:
    """Words whose voices are written down one by one."""
    articles = make_articles([row[:3] for row in VOICES])
    voices = [voice for *_, line in VOICES for voice in line.split()]
    tokens = tokenize(articles, ct.find_voices(articles))
    return tokens.assign(voice=pd.Categorical(voices, categories=["narrator", "reported", "quoted"]))


def test_three_voices(spoken: pd.DataFrame) -> None:
    counts = ct.count_terms(spoken, by=["outlet", "voice"])
    bus = counts[counts["term"] == "bus"].sort_values(["outlet", "voice"])
    assert rows(bus, "outlet", "voice", "count", "articles", "total") == [
        ["A", "narrator", 1, 1, 3],
        ["A", "quoted", 1, 1, 2],
        ["A", "reported", 1, 1, 3],
        ["B", "quoted", 1, 1, 3],
    ]


def test_over_voices_counts_and_totals_add_up_and_articles_do_not(spoken: pd.DataFrame) -> None:
    whole = ct.count_terms(spoken).set_index(["outlet", "term"])
    split = ct.count_terms(spoken, by=["outlet", "voice"])
    sums = split.groupby(["outlet", "term"])[["count", "articles"]].sum()
    assert sums["count"].to_dict() == whole["count"].to_dict()
    totals = split.drop_duplicates(["outlet", "voice"]).groupby("outlet")["total"].sum()
    assert totals.to_dict() == {"A": 8, "B": 3}
    # Three voices have it, in two articles.
    assert (sums.loc[("A", "bus"), "articles"], whole.loc[("A", "bus"), "articles"]) == (3, 2)


def test_a_sequence_is_of_the_voice_of_its_first_word(spoken: pd.DataFrame) -> None:
    pairs = ct.count_terms(spoken, by=["outlet", "voice"], ngram=2)
    assert rows(pairs[pairs["outlet"] == "A"], "voice", "term", "count", "total") == [
        ["narrator", "bus stops", 1, 3],
        ["narrator", "the bus", 2, 3],
        ["reported", "bus stops", 1, 3],
        ["reported", "stops the", 1, 3],
        ["reported", "the bus", 1, 3],
    ]
    assert pairs["count"].sum() == ct.count_terms(spoken, ngram=2)["count"].sum() == 8


@pytest.mark.parametrize("voice", ["narrator", "reported", "quoted"])
def test_one_voice_filtered_is_that_part_of_the_split(spoken: pd.DataFrame, voice: str) -> None:
    split = ct.count_terms(spoken, by=["outlet", "voice"])
    own = split[split["voice"] == voice].drop(columns="voice").reset_index(drop=True)
    pd.testing.assert_frame_equal(ct.count_terms(spoken[spoken["voice"] == voice]), own)


@pytest.mark.parametrize("by", ["article_id", "section", "voice", "outlet", ["section", "outlet"]])
def test_whatever_the_groups_every_word_is_counted_once(tokens: pd.DataFrame, by: str | list[str]) -> None:
    counts = ct.count_terms(tokens, by=by)
    keys = [by] if isinstance(by, str) else by
    assert counts["count"].sum() == 13
    assert counts.drop_duplicates(keys)["total"].sum() == 13


def test_a_filtered_result_keeps_its_totals(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens)
    assert counts.loc[counts["term"] == "bus", "total"].tolist() == [10, 3]


def test_nothing_to_count_is_an_empty_frame(tokens: pd.DataFrame) -> None:
    for ngram in (1, 2):
        counts = ct.count_terms(tokens.iloc[:0], ngram=ngram)
        assert counts.empty
        assert counts.columns.tolist() == ["outlet", "term", "count", "articles", "total"]


@pytest.mark.parametrize("ngram", [0, -1, 2.0, True, "2"])
def test_a_sequence_is_a_whole_number_of_words(tokens: pd.DataFrame, ngram: Any) -> None:
    with pytest.raises(ct.CorpusError, match="ngram"):
        ct.count_terms(tokens, ngram=ngram)


def test_an_unknown_grouping_column_offers_the_nearest(tokens: pd.DataFrame) -> None:
    with pytest.raises(ct.CorpusError, match="did you mean 'outlet'"):
        ct.count_terms(tokens, by="outlets")


def test_counts_of_disjoint_articles_add(tokens: pd.DataFrame) -> None:
    first, rest = tokens[tokens["article_id"] == "x"], tokens[tokens["article_id"] != "x"]
    for options in ({}, {"ngram": 2}, {"by": ["outlet", "voice"]}):
        added = ct.add_counts(ct.count_terms(first, **options), ct.count_terms(rest, **options))
        pd.testing.assert_frame_equal(added, ct.count_terms(tokens, **options), check_dtype=False)


def test_a_group_in_one_of_the_two_keeps_its_total() -> None:
    a = pd.DataFrame({"outlet": ["A"], "term": ["bus"], "count": [2], "articles": [1], "total": [10]})
    b = a.assign(outlet="B", count=1, total=5)
    added = ct.add_counts(a, b)
    assert rows(added, "outlet", "count", "articles", "total") == [["A", 2, 1, 10], ["B", 1, 1, 5]]


def test_groups_without_a_name_are_added_like_others() -> None:
    a = pd.DataFrame(
        {"desk": [None, "x"], "term": ["bus", "bus"], "count": [2, 3], "articles": [1, 1], "total": [9, 8]}
    )
    added = ct.add_counts(a, a)
    assert rows(added, "count", "articles", "total") == [[6, 2, 16], [4, 2, 18]]
    assert added["desk"].isna().tolist() == [False, True]


def test_adding_nothing_changes_nothing(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens)
    for pair in ((counts, counts.iloc[:0]), (counts.iloc[:0], counts)):
        pd.testing.assert_frame_equal(ct.add_counts(*pair), counts, check_dtype=False)


def test_counts_by_different_columns_do_not_add(tokens: pd.DataFrame) -> None:
    with pytest.raises(ct.CorpusError, match="different columns"):
        ct.add_counts(ct.count_terms(tokens), ct.count_terms(tokens, by="voice"))
