"""Lines behind a number: as many as the number counts, as printed, and never those of another number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.schema import KWIC, VERB_GROUPS, VOICES, CorpusError
from tests.conftest import articles_frame

Frames = tuple[pd.DataFrame, pd.DataFrame]


@pytest.fixture(scope="module")
def strike() -> Frames:
    articles = ct.read_articles("strike")
    return articles, ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))


@pytest.fixture(scope="module")
def real(shared: Any) -> Frames:
    articles = ct.read_articles(shared / "articles")
    return articles, ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))


def phrase(articles: pd.DataFrame, pattern: str) -> pd.DataFrame:
    return ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), pattern)


BY = [
    "outlet",
    "voice",
    "section",
    "event",
    "kind",
    "agency",
    "date",
    ["outlet", "voice"],
    ["outlet", "section"],
    ["event", "voice"],
    ["outlet", "agency"],
]


@pytest.mark.parametrize("by", BY, ids=str)
def test_every_row_of_shares_has_the_lines_it_counts(strike: Frames, by: str | list[str]) -> None:
    articles, hits = strike
    shares = ct.framing_shares(hits, articles, by=by)
    for _, row in shares.iterrows():
        assert len(ct.kwic(articles, hits, row=row)) == row["hits"]
    assert shares["hits"].sum() == len(hits)


@pytest.mark.parametrize("by", ["outlet", ["outlet", "voice"], ["outlet", "section"]], ids=str)
def test_every_row_of_the_five_real_articles(real: Frames, by: str | list[str]) -> None:
    articles, hits = real
    shares = ct.framing_shares(hits, articles, by=by)
    assert [len(ct.kwic(articles, hits, row=row)) for _, row in shares.iterrows()] == shares["hits"].tolist()


@pytest.mark.parametrize("reference", ["Ellery Meridian", "Harbour Wire", None])
def test_every_row_of_a_contrast_has_the_lines_of_both_sides(strike: Frames, reference: str | None) -> None:
    articles, hits = strike
    for label in sorted(hits["label"].unique()):
        contrast = ct.framing_contrast(hits, articles, label=label, target="Ropewalk Voice", reference=reference)
        for _, row in contrast.iterrows():
            own = hits[(hits["label"] == label) & (hits["slot"] == row["slot"])]
            if reference is not None:
                own = own[own["outlet"].isin(["Ropewalk Voice", reference])]
            assert len(ct.kwic(articles, hits, row=row)) == len(own)


def test_the_lines_are_those_of_the_row(strike: Frames) -> None:
    articles, hits = strike
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"])
    chosen = (shares["outlet"] == "Ropewalk Voice") & (shares["voice"] == "quoted") & (shares["label"] == "strike")
    lines = ct.kwic(articles, hits, row=shares[chosen].iloc[0])
    assert set(lines["outlet"]) == {"Ropewalk Voice"}
    assert set(lines["voice"]) == {"quoted"}
    assert lines["node"].tolist() == ["strike"] * 3  # data/strike/README.md
    assert lines["article_id"].tolist() == ["06", "10", "14"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda hits: hits[hits["voice"] == "narrator"],
        lambda hits: hits.iloc[:-1],
        lambda hits: pd.concat([hits, hits.iloc[-1:]]),
        lambda hits: hits.iloc[:0],
    ],
    ids=["one voice", "one less", "one more", "none"],
)
def test_other_hits_than_those_of_the_row_are_refused(strike: Frames, spoil: Any) -> None:
    articles, hits = strike
    own = hits[(hits["slot"] == "the stoppage") & (hits["label"] == "strike")]
    row = ct.framing_shares(own, articles, by="kind").iloc[0]
    assert row["hits"] == len(own)
    with pytest.raises(ct.CorpusError, match="from which it was computed"):
        ct.kwic(articles, spoil(own), row=row)


def test_groups_that_miss_their_value_have_their_own_lines(make_articles: Any) -> None:
    articles = make_articles([("1", "A", "A strike."), ("2", "A", "The strike."), ("3", "A", "strike")])
    articles = articles.assign(event=pd.Series(["x", None, None], dtype="str"))
    hits = phrase(articles, "strike").assign(slot="s")
    shares = ct.framing_shares(hits, articles, by="event")
    lines = {str(row["event"]): ct.kwic(articles, hits, row=row)["article_id"].tolist() for _, row in shares.iterrows()}
    assert lines == {"x": ["1"], "nan": ["2", "3"]}


def test_a_row_of_phrases(strike: Frames) -> None:
    articles, _ = strike
    hits = pd.concat([phrase(articles, p) for p in ("tea", "soup", "coffee")], ignore_index=True)
    shares = ct.framing_shares(hits, articles, by="voice")
    assert [len(ct.kwic(articles, hits, row=row)) for _, row in shares.iterrows()] == shares["hits"].tolist()


def test_words_are_as_printed_with_their_neighbours(make_articles: Any) -> None:
    text = "It rains.\n\nThe so-called “Police   Officers” left. Nobody spoke.\n\nIt is dry."
    articles = make_articles([("1", "A", text)])
    line = ct.kwic(articles, phrase(articles, "police officers")).iloc[0]
    assert line["node"] == "Police   Officers"
    assert line["left"] == "The so-called “"
    assert line["right"] == "” left. Nobody spoke."
    assert line["sentence"] == "The so-called “Police   Officers” left."
    assert (line["voice"], line["section"], line["outlet"]) == ("quoted", "body", "A")
    assert line["date"] == pd.Timestamp(2023, 9, 19)


def test_long_neighbours_are_cut_between_words(make_articles: Any) -> None:
    text = " ".join(["elephant"] * 30 + ["strike"] + ["crocodile"] * 30)
    articles = make_articles([("1", "A", text)])
    line = ct.kwic(articles, phrase(articles, "strike")).iloc[0]
    # 80 characters hold eight times "elephant " and a part that is cut off; eight times " crocodile" fit exactly.
    assert line["left"] == "elephant " * 8
    assert line["right"].split() == ["crocodile"] * len(line["right"].split())
    assert 60 <= len(line["right"]) <= 80
    assert not line["right"].endswith("croc")


@pytest.mark.parametrize("length", range(75, 86))
def test_no_neighbour_is_cut_in_the_middle_whatever_its_length(make_articles: Any, length: int) -> None:
    left, right = "a" * 7 + " " + "b" * (length - 9), "c" * (length - 9) + " " + "d" * 7
    articles = make_articles([("1", "A", f"zz {left} strike {right} zz")])
    line = ct.kwic(articles, phrase(articles, "strike")).iloc[0]
    whole = {"zz", "a" * 7, "b" * (length - 9), "c" * (length - 9), "d" * 7}
    assert set(f"{line['left']} {line['right']}".split()) <= whole


def test_a_hit_over_two_sentences_of_the_splitter_shows_both(make_articles: Any) -> None:
    articles = make_articles([("1", "A", "First one. Second one.")])
    hits = phrase(articles, "first").assign(end=17)
    assert ct.kwic(articles, hits)["sentence"].item() == "First one. Second"


def test_lines_stand_in_the_order_of_the_articles(strike: Frames) -> None:
    articles, hits = strike
    backwards = articles.iloc[::-1]
    lines = ct.kwic(backwards, hits.sample(frac=1, random_state=3))
    assert lines["article_id"].drop_duplicates().tolist() == backwards["article_id"].tolist()
    first = hits[hits["article_id"] == "14"].sort_values("start", kind="stable")
    text = articles.set_index("article_id").loc["14", "text"]
    assert lines["node"].tolist()[: len(first)] == [text[h.start : h.end] for h in first.itertuples()]


def test_a_random_selection_is_repeatable_and_never_larger(strike: Frames) -> None:
    articles, hits = strike
    draws = [ct.kwic(articles, hits, n=10, random_state=s) for s in (1, 1, 2)]
    assert [len(d) for d in draws] == [10, 10, 10]
    pd.testing.assert_frame_equal(draws[0], draws[1])
    assert draws[0]["left"].tolist() != draws[2]["left"].tolist()
    assert len(ct.kwic(articles, hits, n=10**6)) == len(hits)
    assert ct.kwic(articles, hits, n=0).empty


def test_a_selection_is_drawn_from_the_row(strike: Frames) -> None:
    articles, hits = strike
    row = ct.framing_shares(hits, articles).iloc[0]
    assert row["hits"] > 3
    lines = ct.kwic(articles, hits, row=row, n=3)
    assert len(lines) == 3
    assert set(lines["outlet"]) == {row["outlet"]}


def test_no_hits_are_an_empty_frame_with_the_documented_columns(strike: Frames) -> None:
    articles, hits = strike
    lines = ct.kwic(articles, hits.iloc[:0])
    assert lines.empty
    assert tuple(lines.columns) == KWIC
    assert lines["date"].dtype == ct.kwic(articles, hits)["date"].dtype
    silent = ct.framing_shares(hits, articles).query("hits == 0").iloc[0]
    assert tuple(ct.kwic(articles, hits, row=silent).columns) == KWIC


def test_filtered_articles_without_the_hits_of_others(strike: Frames) -> None:
    articles, hits = strike
    some = articles[articles["outlet"] == "Ropewalk Voice"]
    with pytest.raises(ct.CorpusError, match="not among the articles"):
        ct.kwic(some, hits)
    own = hits[hits["outlet"] == "Ropewalk Voice"]
    assert len(ct.kwic(some, own)) == len(own)


def test_articles_without_a_date(strike: Frames) -> None:
    articles, hits = strike
    lines = ct.kwic(articles.drop(columns="date"), hits)
    assert lines["date"].isna().all()
    assert len(lines) == len(hits)


def test_an_index_that_does_not_begin_at_zero(strike: Frames) -> None:
    articles, hits = strike
    moved = articles.set_index(np.arange(100, 100 + len(articles))), hits.set_index(np.arange(7, 7 + len(hits)))
    pd.testing.assert_frame_equal(ct.kwic(*moved), ct.kwic(articles, hits))


def test_inputs_stay_as_they_were(strike: Frames) -> None:
    articles, hits = strike
    row = ct.framing_shares(hits, articles, by=["outlet", "event"]).iloc[0]
    before = articles.copy(deep=True), hits.copy(deep=True), row.copy(deep=True)
    ct.kwic(articles, hits, row=row, n=1)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(hits, before[1])
    pd.testing.assert_series_equal(row, before[2])


# the words of a speaker


@pytest.fixture
def spoken(make_articles: Any) -> Frames:
    text = "Vale wants boats\nRuna Vale wants boats, “not rain”. It rained.\nNo tolls, she said."
    articles = make_articles([("1", "A", text), ("2", "B", "Vale wants rain.")])
    articles["title"] = ["Vale wants boats", None]
    stretches = [("1", "boats", 0), ("1", "boats", 20), ("1", "not rain", 0), ("1", "No tolls", 0), ("2", "rain", 0)]
    speakers = ["Vale", "Runa Vale", None, "she", "Vale"]
    texts = articles.set_index("article_id")["text"]
    starts = [texts[article_id].index(words, after) for article_id, words, after in stretches]
    rows = [
        (article_id, start, start + len(words), "reported", speaker, "wants", "demanding")
        for (article_id, words, _), start, speaker in zip(stretches, starts, speakers, strict=True)
    ]
    return articles, pd.DataFrame(rows, columns=list(VOICES)).astype({"speaker": "str"})


def test_every_row_of_speakers_has_the_stretches_it_counts(spoken: Frames) -> None:
    articles, voices = spoken
    table = ct.speakers(articles, voices)
    lines = [ct.kwic(articles, voices, row=row)["node"].tolist() for _, row in table.iterrows()]
    assert dict(zip(zip(table["outlet"], table["speaker"].fillna("-"), strict=True), lines, strict=True)) == {
        ("A", "Runa Vale"): ["boats", "boats", "No tolls"],
        ("A", "-"): ["not rain"],
        ("B", "Runa Vale"): ["rain"],
    }


def test_lines_of_stretches_say_who_speaks_and_where(spoken: Frames) -> None:
    articles, voices = spoken
    lines = ct.kwic(articles, voices)
    assert tuple(lines.columns) == KWIC
    assert lines["section"].tolist() == ["headline", "lead", "lead", "body", "lead"]
    assert lines["label"].fillna("-").tolist() == ["Runa Vale", "Runa Vale", "-", "Runa Vale", "Runa Vale"]
    assert lines["sentence"].iloc[1] == "Runa Vale wants boats, “not rain”."
    assert lines["left"].iloc[1] == "Runa Vale wants "
    assert set(lines["voice"]) == {"reported"}
    assert len(ct.kwic(articles, voices, n=2)) == 2


def test_named_stretches_and_names_corrected_by_hand_are_read_as_they_are(spoken: Frames) -> None:
    articles, voices = spoken
    log = ct.name_speakers(articles, voices)
    pd.testing.assert_frame_equal(ct.kwic(articles, log), ct.kwic(articles, voices))
    log["speaker"] = "the mayor"
    table = ct.speakers(articles, log)
    assert [len(ct.kwic(articles, log, row=row)) for _, row in table.iterrows()] == [4, 1]
    with pytest.raises(ct.CorpusError, match="from which it was computed"):
        ct.kwic(articles, voices, row=table.loc[0])


def test_a_silent_outlet_has_no_lines(spoken: Frames) -> None:
    articles, voices = spoken
    own = voices[voices["article_id"] == "1"]
    silent = ct.speakers(articles, own).iloc[-1]
    assert silent["outlet"] == "B"
    assert ct.kwic(articles, own, row=silent).empty


def test_rows_of_hits_and_rows_of_speakers_are_told_apart(strike: Frames, spoken: Frames) -> None:
    articles, hits = strike
    shares = ct.framing_shares(hits, articles)
    with pytest.raises(ct.CorpusError, match="is a row of speakers"):
        ct.kwic(*spoken, row=shares.loc[0])
    with pytest.raises(ct.CorpusError, match="voices in place of the hits"):
        ct.kwic(articles, hits, row=ct.speakers(*spoken).iloc[0])
    with pytest.raises(ct.CorpusError, match="not among the articles"):
        ct.kwic(articles.iloc[:1], spoken[1].assign(article_id="nowhere"))


@pytest.mark.parametrize("name", ["strike", "karabakh"])
def test_all_stretches_of_the_samples_stand_behind_some_row(name: str) -> None:
    articles = ct.read_sample(name)
    log = ct.name_speakers(articles, ct.find_voices(articles))
    table = ct.speakers(articles, log)
    largest = table.sort_values("words", ascending=False).head(20)
    for _, row in largest.iterrows():
        lines = ct.kwic(articles, log, row=row)
        assert len(lines) == row[[*VERB_GROUPS, "no_verb"]].sum()
        assert set(lines["outlet"]) == {row["outlet"]}


def test_lines_of_shared_passages() -> None:
    shared = "Four lorries waited at the northern bridge for the whole night without any light."
    articles = articles_frame([("1", "A", f"Rain. {shared}"), ("2", "B", f"{shared} Sun."), ("3", "A", shared)])
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    passages = ct.align_passages(tokens, ct.find_reuse(tokens))
    lines = ct.kwic(articles, passages)
    assert lines[["article_id", "outlet", "label"]].to_numpy().tolist() == [
        ["1", "A", "B"],
        ["2", "B", "A"],
        ["3", "A", "B"],
    ]
    assert set(lines["node"]) == {shared[:-1]}
    copy = ct.shared_copy(tokens, passages)
    row = copy[(copy["outlet"] == "B") & (copy["other"] == "A")].iloc[0]
    assert ct.kwic(articles, passages, row=row)["article_id"].tolist() == ["2"]
    assert len(ct.kwic(articles, passages, row=copy[copy["outlet"] == "A"].iloc[0])) == 2
    with pytest.raises(CorpusError, match="these passages have none for it"):
        ct.kwic(articles, passages[passages["outlet_a"] == "C"].assign(outlet_a="A"), row=row)
    with pytest.raises(CorpusError, match="With passages, the row has no column"):
        ct.kwic(articles, passages, row=pd.Series({"outlet": "A"}))
