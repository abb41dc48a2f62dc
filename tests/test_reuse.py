"""Shared text: no pair missed, passages as long as they can be, groups of copies, findings without shared text."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.prepare.reuse import shingles as kernel
from corpus_tools.schema import PAIRS, PASSAGES, CorpusError
from tests.conftest import articles_frame

REPORT = "Four lorries waited at the northern bridge for the whole night without any light."
STATEMENT = "“We shall open one lane for two hours on every working day until the end of May,” the mayor said."


def tokens_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    articles = articles_frame(rows)
    return ct.tokenize(articles, ct.find_voices(articles))


def naive(tokens: pd.DataFrame, length: int) -> dict[tuple[str, str], tuple[float, ...]]:
    """Every pair compared with Python's sets: Jaccard, both containments, longest common stretch."""
    words = {str(a): own["term"].astype(str).tolist() for a, own in tokens.groupby("article_id", observed=True)}
    sets = {a: {tuple(w[i : i + length]) for i in range(len(w) - length + 1)} for a, w in words.items()}
    found = {}
    for a, b in combinations(words, 2):
        both = sets[a] & sets[b]
        if both:
            longest = max(
                n
                for i in range(len(words[a]))
                for j in range(len(words[b]))
                for n in [_common(words[a][i:], words[b][j:])]
            )
            found[a, b] = (
                len(both) / len(sets[a] | sets[b]),
                len(both) / len(sets[a]),
                len(both) / len(sets[b]),
                longest,
            )
    return found


def _common(a: list[str], b: list[str]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


bodies = st.lists(st.sampled_from("abcde"), min_size=1, max_size=30).map(" ".join)


@given(st.lists(bodies, min_size=2, max_size=5), st.integers(1, 4))
def test_every_pair_is_found_and_measured_as_by_comparing_sets(texts: list[str], length: int) -> None:
    tokens = tokens_of(*((f"n{i}", "A", text) for i, text in enumerate(texts)))
    expected = naive(tokens, length)
    pairs = ct.find_reuse(tokens, shingle=length).set_index(["article_id_a", "article_id_b"])
    assert set(pairs.index) == set(expected)
    for pair, numbers in expected.items():
        found = pairs.loc[pair, ["jaccard", "containment", "containment_b", "longest"]]
        np.testing.assert_allclose(found.to_numpy(dtype=float), numbers)


def test_parts_of_any_size_give_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = ct.read_sample("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    whole = ct.find_reuse(tokens, shingle=2)
    monkeypatch.setattr(kernel, "_AT_ONCE", 50)
    pd.testing.assert_frame_equal(ct.find_reuse(tokens, shingle=2), whole)


@pytest.mark.parametrize("length", [3, 5])
def test_real_articles_against_an_exhaustive_comparison(shared: Path, length: int) -> None:
    """200 real articles here; 2,000 by hand in `benchmarks/reuse.py`."""
    table = pd.read_csv(shared / "corpora" / "war_coverage.csv", nrows=200)
    tokens = tokens_of(*table[["article_id", "outlet", "text"]].dropna().itertuples(index=False, name=None))
    words = {str(a): own["term"].astype(str).tolist() for a, own in tokens.groupby("article_id", observed=True)}
    sets = {a: {tuple(w[i : i + length]) for i in range(len(w) - length + 1)} for a, w in words.items()}
    expected = {
        (a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b]) for a, b in combinations(sets, 2) if sets[a] & sets[b]
    }
    pairs = ct.find_reuse(tokens, shingle=length)
    found = dict(zip(zip(pairs["article_id_a"], pairs["article_id_b"], strict=True), pairs["jaccard"], strict=True))
    assert found == pytest.approx(expected)
    assert len(found) > 100


def test_shared_words_are_split_by_voice() -> None:
    tokens = tokens_of(
        ("1", "A", f"{REPORT} {STATEMENT}"), ("2", "B", f"{STATEMENT} Nothing else was told on that day.")
    )
    pair = ct.find_reuse(tokens).iloc[0]
    assert pair["quoted"] == 17
    assert pair["narrator"] == 3
    assert (pair["outlet_a"], pair["outlet_b"]) == ("A", "B")


def test_words_that_stood_apart_make_no_shingle() -> None:
    tokens = tokens_of(("1", "A", "One two “or so they say” three four."), ("2", "B", "One two three four."))
    assert len(ct.find_reuse(tokens[tokens["voice"] == "narrator"], shingle=3)) == 0


def test_pairs_that_share_nothing_are_told_when_asked_for() -> None:
    tokens = tokens_of(
        ("1", "A", REPORT), ("2", "B", "Quite another matter was told here."), ("3", "B", "No."), ("4", "A", "Why?")
    )
    asked = pd.DataFrame({"article_id_a": ["1", "3", "4"], "article_id_b": ["2", "1", "3"]})
    pairs = ct.find_reuse(tokens, pairs=asked).set_index(["article_id_a", "article_id_b"])
    assert pairs.loc[("1", "2"), ["jaccard", "containment", "longest"]].tolist() == [0, 0, 0]
    assert pairs.loc[("1", "3"), "jaccard"] == 0
    assert pairs.loc[("3", "4"), ["jaccard", "containment", "containment_b"]].isna().all()
    assert list(pairs.reset_index().columns) == list(PAIRS)


def test_a_sentence_over_and_over_is_compared_in_the_end() -> None:
    text = "The lane is open. " * 20_000
    pair = ct.find_reuse(tokens_of(("1", "A", text), ("2", "B", text))).iloc[0]
    assert pair["jaccard"] == 1


def test_pairs_do_not_depend_on_the_order_of_the_articles() -> None:
    articles = ct.read_sample("karabakh")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    turned = articles.iloc[::-1]
    there, back = ct.find_reuse(tokens), ct.find_reuse(ct.tokenize(turned, ct.find_voices(turned)))
    key = lambda frame: {frozenset(p): j for *p, j in frame[["article_id_a", "article_id_b", "jaccard"]].to_numpy()}  # noqa: E731
    assert key(there) == key(back)


@pytest.mark.parametrize("shingle", [0, -1, 2.0, True])
def test_a_shingle_is_a_number_of_words(shingle: int) -> None:
    with pytest.raises(CorpusError, match="'shingle' cannot be"):
        ct.find_reuse(tokens_of(("1", "A", REPORT)), shingle=shingle)


def test_pairs_of_unknown_articles_are_refused() -> None:
    asked = pd.DataFrame({"article_id_a": ["1"], "article_id_b": ["9"]})
    tokens = tokens_of(("1", "A", REPORT))
    for refused in (lambda: ct.find_reuse(tokens, pairs=asked), lambda: ct.align_passages(tokens, asked)):
        with pytest.raises(CorpusError, match="article '9', which is not among the tokens"):
            refused()


# passages


def aligned(*texts: str, **options: int) -> tuple[pd.DataFrame, list[str]]:
    tokens = tokens_of(*((str(i), f"Outlet {i}", text) for i, text in enumerate(texts)))
    return ct.align_passages(tokens, ct.find_reuse(tokens), **options), list(texts)


def test_a_passage_is_the_same_words_in_both() -> None:
    passages, texts = aligned(f"On Monday it rained. {REPORT} Then they left.", f"{REPORT.upper()} Nobody came.")
    assert passages[["words", "voice", "voice_b"]].to_numpy().tolist() == [[14, "narrator", "narrator"]]
    row = passages.iloc[0]
    assert texts[0][row["start_a"] : row["end_a"]] == REPORT[:-1]
    assert texts[1][row["start_b"] : row["end_b"]] == REPORT[:-1].upper()


def test_a_changed_word_ends_a_passage() -> None:
    passages, texts = aligned(
        f"{REPORT} {REPORT[5:]}", f"{REPORT} {REPORT[5:]}".replace("northern", "southern"), min_words=4
    )
    assert all("ern" not in texts[0][a:b] for a, b in zip(passages["start_a"], passages["end_a"], strict=True))


def test_no_word_is_in_two_passages_of_one_pair() -> None:
    passages, _ = aligned(" ".join([REPORT] * 3), " ".join([REPORT] * 2))
    assert passages["words"].sum() == 28
    spans = sorted(zip(passages["start_a"], passages["end_a"], strict=True))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_passages_are_cut_where_a_voice_changes_in_either() -> None:
    said = "the northern bridge would be closed for the whole of the summer"
    passages, texts = aligned(f"The mayor said that {said}.", f"Everyone knows: {said}.")
    assert passages["voice"].tolist() == ["reported"]
    assert passages["voice_b"].tolist() == ["narrator"]
    assert texts[1][passages["start_b"][0] : passages["end_b"][0]] == said


def test_short_stretches_are_left_out() -> None:
    passages, _ = aligned("Four lorries waited at the bridge today.", "Four lorries waited at the ford.", min_words=6)
    assert list(passages.columns) == list(PASSAGES)
    assert passages.empty


@given(st.lists(bodies, min_size=2, max_size=4), st.integers(2, 5))
def test_passages_hold_equal_words_and_never_overlap(texts: list[str], length: int) -> None:
    tokens = tokens_of(*((f"n{i}", f"O{i}", text) for i, text in enumerate(texts)))
    passages = ct.align_passages(tokens, ct.find_reuse(tokens), min_words=length)
    by_id = {f"n{i}": text for i, text in enumerate(texts)}
    for row in passages.itertuples():
        assert by_id[row.article_id_a][row.start_a : row.end_a] == by_id[row.article_id_b][row.start_b : row.end_b]
    for _, own in passages.groupby(["article_id_a", "article_id_b"]):
        for side in "ab":
            spans = sorted(zip(own[f"start_{side}"], own[f"end_{side}"], strict=True))
            assert all(one[1] <= other[0] for one, other in pairwise(spans))


# groups


def test_planted_groups_are_found() -> None:
    """Copies planted in the teaching corpus: `data/karabakh/truth/copies.csv`; backgrounds are no copies."""
    articles = ct.read_sample("karabakh")
    pairs = ct.find_reuse(ct.tokenize(articles, ct.find_voices(articles)))
    grouped = ct.add_reuse_groups(articles, pairs)
    truth = pd.read_csv("data/karabakh/truth/copies.csv")
    planted, found = (
        {pair for _, own in frame.groupby(column) for pair in combinations(sorted(own["article_id"]), 2)}
        for frame, column in ((truth[truth["kind"] != "background"], "group"), (grouped, "reuse_group"))
    )
    right = len(planted & found)
    assert 2 * right / (len(planted) + len(found)) >= 0.97
    assert len(planted) == 26


def test_a_group_has_the_name_of_its_earliest_article() -> None:
    articles = articles_frame([("late", "A", REPORT), ("early", "B", REPORT), ("alone", "B", "Nothing of it.")])
    articles["date"] = pd.to_datetime(["2023-01-03", "2023-01-02", None])
    pairs = ct.find_reuse(ct.tokenize(articles, ct.find_voices(articles)))
    assert ct.add_reuse_groups(articles, pairs)["reuse_group"].tolist() == ["early", "early", "alone"]
    undated = articles.drop(columns="date")
    assert ct.add_reuse_groups(undated, pairs)["reuse_group"].tolist() == ["early", "early", "alone"]


def pair(a: str, b: str, containment: float, containment_b: float = 0.1, **others: float) -> dict[str, object]:
    row: dict[str, object] = {"article_id_a": a, "article_id_b": b, "containment": containment}
    numbers = {"containment_b": containment_b, "jaccard": 0.1, "narrator": 9, "reported": 0, "quoted": 0}
    return row | numbers | others


def test_copies_of_copies_belong_together_and_nothing_else_changes() -> None:
    articles = articles_frame([("1", "A", "a"), ("2", "B", "b"), ("3", "C", "c")]).set_index(pd.Index([7, 7, 9]))
    pairs = pd.DataFrame([pair("1", "2", 0.9), pair("2", "3", 0.1, 0.5)])
    grouped = ct.add_reuse_groups(articles, pairs)
    assert grouped["reuse_group"].tolist() == ["1", "1", "1"]
    pd.testing.assert_frame_equal(grouped.drop(columns="reuse_group"), articles)
    assert ct.add_reuse_groups(articles, pairs, containment=0.6)["reuse_group"].tolist() == ["1", "1", "3"]


def test_a_shared_statement_is_no_shared_reporting() -> None:
    articles = articles_frame([("1", "A", "a"), ("2", "B", "b")])
    statement = pair("1", "2", 0.3, 0.7, quoted=90)
    assert ct.add_reuse_groups(articles, pd.DataFrame([statement]))["reuse_group"].tolist() == ["1", "2"]
    same_text = pd.DataFrame([statement | {"jaccard": 0.9}])
    assert ct.add_reuse_groups(articles, same_text)["reuse_group"].tolist() == ["1", "1"]


def test_the_two_real_articles_with_a_long_statement(shared: Path) -> None:
    """They share more than half of the shorter one's words: a statement, and a few sentences of background."""
    articles = ct.read_articles(shared / "articles")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    pairs = ct.find_reuse(tokens)
    first = pairs.iloc[0]
    assert (first["outlet_a"], first["outlet_b"]) == ("Outlet B", "Outlet C")
    assert first["containment_b"] > 0.5
    assert first["quoted"] > first["reported"] > first["narrator"] > 0
    assert ct.add_reuse_groups(articles, pairs)["reuse_group"].nunique() == 5
    passages = ct.align_passages(tokens, pairs.head(1))
    reporting = passages[(passages["voice"] == "narrator") & (passages["voice_b"] == "narrator")]
    assert 10 < reporting["words"].max() < reporting["words"].sum() < first["narrator"] + 20


def test_groups_of_other_articles_are_refused() -> None:
    pairs = pd.DataFrame([pair("1", "9", 1.0)])
    with pytest.raises(CorpusError, match="article '9', which is not among the articles"):
        ct.add_reuse_groups(articles_frame([("1", "A", "a")]), pairs)
    with pytest.raises(CorpusError, match="'containment' cannot be 0"):
        ct.add_reuse_groups(articles_frame([("1", "A", "a")]), pairs, containment=0)


# without shared text


def test_hits_in_shared_text_are_left_out_in_all_its_printings() -> None:
    rows = [
        ("1", "A", f"{REPORT} A lorry burned."),
        ("2", "B", f"They saw lorries. {REPORT}"),
        ("3", "C", "No lorries."),
    ]
    tokens = tokens_of(*rows)
    passages = ct.align_passages(tokens, ct.find_reuse(tokens))
    hits = ct.find_phrase(tokens, "lorr*")
    left = ct.drop_reused(hits, passages)
    assert [rows[int(a) - 1][2][s : s + 9] for a, s in zip(left["article_id"], left["start"], strict=True)] == [
        "lorry bur",
        "lorries. ",
        "lorries.",
    ]
    assert left.index.isin(hits.index).all()
    assert len(ct.drop_reused(tokens, passages)) == len(tokens) - 28


def test_text_that_an_outlet_repeats_stays() -> None:
    tokens = tokens_of(("1", "A", REPORT), ("2", "A", REPORT))
    passages = ct.align_passages(tokens, ct.find_reuse(tokens))
    assert len(passages) == 1
    assert len(ct.drop_reused(tokens, passages)) == len(tokens)


def test_a_short_passage_inside_a_long_one_hides_nothing() -> None:
    side = {"article_id_a": "1", "article_id_b": "2", "outlet_a": "A", "outlet_b": "B"}
    spans = [(0, 100), (10, 20)]
    passages = pd.DataFrame([{**side, "start_a": a, "end_a": b, "start_b": a, "end_b": b} for a, b in spans])
    hits = pd.DataFrame({"article_id": ["1", "1", "2", "3"], "start": [50, 100, 99, 50]})
    assert ct.drop_reused(hits, passages).index.tolist() == [1, 3]


def test_shared_reporting_only() -> None:
    """A statement that two outlets quote can be kept while shared reporting is left out."""
    tokens = tokens_of(("1", "A", f"{REPORT} {STATEMENT}"), ("2", "B", f"{REPORT} {STATEMENT}"))
    passages = ct.align_passages(tokens, ct.find_reuse(tokens))
    reporting = passages[(passages["voice"] == "narrator") & (passages["voice_b"] == "narrator")]
    left = ct.drop_reused(tokens, reporting)
    assert set(left["voice"]) == {"quoted"}
    assert len(left) == 34


def test_rows_in_any_order_give_the_same() -> None:
    articles = ct.read_sample("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    shuffled = tokens.sample(frac=1, random_state=3)
    pairs, again = (ct.find_reuse(frame, shingle=3) for frame in (tokens, shuffled))
    jaccard = [
        {frozenset(ids): j for *ids, j in frame[["article_id_a", "article_id_b", "jaccard"]].to_numpy()}
        for frame in (pairs, again)
    ]
    assert jaccard[0] == jaccard[1]
    by_outlet = tokens.sort_values(["outlet", "article_id", "position"])
    asked = pairs.head(3)
    assert set(ct.find_reuse(by_outlet, shingle=3, pairs=asked)["jaccard"]) == set(asked["jaccard"])
    words = [ct.align_passages(frame, pairs, min_words=5)["words"].sum() for frame in (tokens, shuffled, by_outlet)]
    assert words[0] == words[1] == words[2] > 0


def test_asked_pairs_alone_may_share_nothing() -> None:
    tokens = tokens_of(("1", "A", REPORT), ("2", "B", REPORT), ("3", "C", "Quite another matter was told here."))
    asked = pd.DataFrame({"article_id_a": ["1"], "article_id_b": ["3"]})
    assert ct.find_reuse(tokens, pairs=asked)["jaccard"].tolist() == [0]
    assert ct.find_reuse(tokens, pairs=asked.iloc[:0]).empty
    with pytest.raises(CorpusError, match="holds article '1' twice"):
        ct.find_reuse(tokens, pairs=asked.assign(article_id_b="1"))
    with pytest.raises(CorpusError, match="pairs has no column 'article_id_b'"):
        ct.find_reuse(tokens, pairs=asked[["article_id_a"]])


def test_ids_as_text_and_frames_put_together() -> None:
    articles = ct.read_sample("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    expected = ct.find_reuse(tokens)
    halves = tokens["article_id"].isin(articles["article_id"].head(7))
    for same in (
        tokens.astype({"article_id": "str"}).iloc[::-1],
        pd.concat([tokens[~halves], tokens[halves]]).astype({"article_id": "str", "outlet": "str"}),
    ):
        found = ct.find_reuse(same, pairs=expected)
        assert sorted(found["jaccard"]) == sorted(expected["jaccard"])
        assert ct.align_passages(same, expected)["words"].sum() == ct.align_passages(tokens, expected)["words"].sum()


def test_tokens_that_come_twice_or_from_nowhere_are_refused() -> None:
    tokens = tokens_of(("1", "A", REPORT), ("2", "B", REPORT))
    with pytest.raises(CorpusError, match="Two tokens of article '1' stand at the same position"):
        ct.find_reuse(pd.concat([tokens, tokens]))
    with pytest.raises(CorpusError, match=r"Row 3 of the tokens .* has no 'position'"):
        ct.find_reuse(tokens.assign(position=tokens["position"].astype("float64").mask(tokens.index == 3)))


def test_dates_of_any_type_name_a_group() -> None:
    articles = articles_frame([("late", "A", REPORT), ("early", "B", REPORT)])
    pairs = ct.find_reuse(ct.tokenize(articles, ct.find_voices(articles)))
    days = pd.to_datetime(["2023-01-03", "2023-01-02"])
    for dates in (days, days.tz_localize("Asia/Baku"), days.astype(object)):
        assert set(ct.add_reuse_groups(articles.assign(date=dates), pairs)["reuse_group"]) == {"early"}
    with pytest.raises(CorpusError, match="'date' of the articles holds 'yesterday'"):
        ct.add_reuse_groups(articles.assign(date="yesterday"), pairs)


def test_every_comparison_can_be_made_without_shared_text() -> None:
    rows = [("1", "A", f"Before it rained. {REPORT} {STATEMENT} Later it snowed."), ("2", "B", f"{REPORT} {STATEMENT}")]
    articles = articles_frame(rows)
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    passages = ct.align_passages(tokens, ct.find_reuse(tokens))
    left = ct.drop_reused(tokens, passages)
    counts = ct.count_terms(left)
    assert counts["total"].iloc[0] == len(left) == 6
    assert set(ct.count_terms(left, ngram=2)["term"]) == {"before it", "it rained", "later it", "it snowed"}
    assert ct.speakers(articles, ct.drop_reused(voices, passages))["words"].fillna(0).sum() == 0
