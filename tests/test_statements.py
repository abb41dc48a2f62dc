"""Statements: which sentences several outlets print, who prints which, and what is no statement."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.statements import statement_hits, statements
from corpus_tools.prepare.printings import common_words
from corpus_tools.schema import HITS, STATEMENTS, CorpusError
from tests.conftest import articles_frame

ONE = "No boat will leave the old harbour before the storm is over"
TWO = "The pilots of this town have asked us twice to wait for daylight"
THREE = "Whoever owns a rope should bring it to the pier on Sunday morning"
FOUR = "We shall publish the list of boats as soon as every captain has signed it"


def quote(*sentences: str) -> str:
    """A paragraph in which the pilots say these sentences, the outlet's own words after the first."""
    rest = " ".join(f"{sentence}." for sentence in sentences[1:])
    return f"“{sentences[0]},” Ann Lee said." + (f" “{rest}”" if rest else "")


def found(*rows: tuple[str, str, str], **options: int) -> pd.DataFrame:
    articles = articles_frame(rows)
    voices = ct.find_voices(articles)
    return statements(articles, voices, ct.tokenize(articles, voices), **options)


def printed(frame: pd.DataFrame, statement: str = "1") -> dict[str, str]:
    """By article, a letter for each sentence: y where it is printed."""
    own = frame[frame["statement"] == statement]
    return {
        str(name): "".join("y" if is_printed else "-" for is_printed in rows.sort_values("sentence")["printed"])
        for name, rows in own.groupby("article_id")
    }


def test_each_outlet_with_what_it_prints() -> None:
    frame = found(("1", "A", quote(ONE, TWO, THREE, FOUR)), ("2", "B", quote(ONE, FOUR)), ("3", "C", quote(TWO, THREE)))
    assert tuple(frame.columns) == STATEMENTS
    assert printed(frame) == {"1": "yyyy", "2": "y--y", "3": "-yy-"}
    out = frame[~frame["printed"]]
    assert out[["text", "start", "end", "voice", "speaker"]].isna().all(axis=None)
    assert (out["words"] == 0).all()
    assert (out["share"] == 0).all()
    assert (frame.loc[frame["printed"], "share"] == 1).all()
    assert set(frame["speaker"].dropna()) == {"Ann Lee"}


def test_places_lead_to_the_words() -> None:
    rows = [("1", "A", "Storm.\n" + quote(ONE, TWO)), ("2", "B", quote(ONE))]
    texts = {name: text for name, _, text in rows}
    frame = found(*rows)
    for row in frame[frame["printed"]].itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    assert str(frame["start"].dtype) == str(frame["end"].dtype) == "Int64"


def test_no_printing_has_to_be_whole_and_the_order_is_that_of_all() -> None:
    frame = found(("1", "A", quote(ONE, THREE)), ("2", "B", quote(TWO, THREE, FOUR)), ("3", "C", quote(ONE, TWO)))
    first = frame[frame["printed"]].drop_duplicates("sentence").sort_values("sentence")["text"]
    assert [text[:9] for text in first] == [ONE[:9], TWO[:9], THREE[:9], FOUR[:9]]
    assert printed(frame) == {"1": "y-y-", "2": "-yyy", "3": "yy--"}


def test_reworded_and_partial_printings_are_one_sentence_with_a_share() -> None:
    reworded = "No boat will leave the old port before the storm is over"
    part = "before the pilots agree, no boat will leave the old harbour before the storm is over"
    frame = found(("1", "A", quote(ONE)), ("2", "B", quote(reworded)), ("3", "C", f"Lee said “{part}” and left."))
    assert printed(frame) == {"1": "y", "2": "y", "3": "y"}
    assert frame["share"].round(2).tolist() == [0.75, 0.69, 1.0]


def test_a_sentence_that_the_outlet_interrupts_is_one() -> None:
    broken = "“No boat will leave the old harbour,” Ann Lee said, “before the storm is over.”"
    frame = found(("1", "A", broken), ("2", "B", quote(ONE)))
    assert frame["sentence"].tolist() == [1, 1]
    assert frame.loc[0, "text"] == "No boat will leave the old harbour, … before the storm is over."
    assert frame.loc[0, "share"] == 1
    assert broken[frame.loc[0, "start"] : frame.loc[0, "end"]].endswith("over.")


def test_sentences_run_together_are_cut_where_another_article_ends_one() -> None:
    frame = found(("1", "A", quote(ONE, TWO)), ("2", "B", f"“{ONE}; {TWO.lower()},” Ann Lee said."))
    assert printed(frame) == {"1": "yy", "2": "yy"}
    assert frame.loc[frame["article_id"] == "2", "text"].tolist() == [f"{ONE};", f"{TWO.lower()},"]


def test_the_outlets_own_words_count_where_another_quotes_them() -> None:
    frame = found(("1", "A", quote(ONE, TWO)), ("2", "B", f"{ONE}. The rain goes on."))
    assert frame.loc[frame["article_id"] == "2", "voice"].fillna("-").tolist() == ["narrator", "-"]
    assert found(("1", "A", f"{ONE}."), ("2", "B", f"{ONE}. The rain goes on.")).empty


def test_indirect_speech_alone_is_no_statement() -> None:
    said = "Ann Lee said that no boat would leave the old harbour before the storm was over."
    assert found(("1", "A", said), ("2", "B", said)).empty


def test_one_outlet_twice_is_no_statement() -> None:
    assert found(("1", "A", quote(ONE, TWO)), ("2", "A", quote(ONE, TWO))).empty
    frame = found(("1", "A", quote(ONE)), ("2", "A", quote(ONE)), ("3", "B", quote(ONE)))
    assert printed(frame) == {"1": "y", "2": "y", "3": "y"}


def test_scare_quotes_titles_and_short_phrases_are_no_statements() -> None:
    text = "They call them “separatists” and read “The Old Man and the Sea”. “We shall see,” Ann Lee said."
    assert found(("1", "A", text), ("2", "B", text)).empty


def test_two_speakers_make_two_statements() -> None:
    other = f"“{THREE},” Bo Moss said."
    frame = found(("1", "A", f"{quote(ONE)}\n{other}"), ("2", "B", f"{quote(ONE)}\n{other}"))
    assert frame["statement"].unique().tolist() == ["1", "2"]
    assert frame.groupby("statement")["speaker"].first().tolist() == ["Ann Lee", "Bo Moss"]


def test_what_only_shares_small_words_is_not_one_sentence() -> None:
    long = (
        "The people of the valley said in the evening that they were not able to go to the market with carts, and "
        "that none of the roads to the town on the other side of the hills had been open since the end of the winter"
    )
    short = "In the evening none of the people on the other side were able to go"
    assert found(("1", "A", quote(long)), ("2", "B", quote(short))).empty


def test_short_sentences_of_a_statement_are_matched_inside_it() -> None:
    one = f"“{ONE}. There is no hurry. {TWO}.”"
    other = f"“{ONE}. There is really no hurry. {TWO}.”"
    frame = found(("1", "A", one), ("2", "B", other))
    assert printed(frame) == {"1": "yyy", "2": "yyy"}


def test_a_headline_and_the_text_below_count_once() -> None:
    frame = found(("1", "A", f"“{ONE}”\n{quote(ONE, TWO)}"), ("2", "B", quote(ONE, TWO)))
    assert printed(frame) == {"1": "yy", "2": "yy"}
    assert not frame.duplicated(["statement", "sentence", "article_id"]).any()


def test_statements_are_numbered_by_their_first_article() -> None:
    rows = [("1", "A", quote(ONE)), ("2", "B", quote(ONE)), ("3", "A", quote(FOUR)), ("4", "B", quote(FOUR))]
    articles = articles_frame(rows)
    articles["date"] = pd.to_datetime(["2023-05-04", "2023-05-05", None, "2023-05-01"]).astype("datetime64[us]")
    voices = ct.find_voices(articles)
    frame = statements(articles, voices, ct.tokenize(articles, voices))
    assert frame["article_id"].tolist() == ["4", "3", "1", "2"]
    assert frame["statement"].tolist() == ["1", "1", "2", "2"]


def test_neither_order_of_rows_nor_index_nor_ids_as_numbers_matter() -> None:
    rows = [("1", "A", quote(ONE, TWO, THREE)), ("2", "B", quote(TWO, ONE)), ("3", "C", quote(FOUR, THREE))]
    articles = articles_frame([*rows, ("4", "A", quote(FOUR))])
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    expected = statements(articles, voices, tokens)
    for seed in range(3):
        mixed = [frame.sample(frac=1, random_state=seed) for frame in (articles, voices, tokens)]
        pd.testing.assert_frame_equal(statements(*mixed), expected)
    odd = articles.astype({"article_id": "int64", "outlet": "category"}).set_index(pd.Index([0, 0, 1, 1]))
    pd.testing.assert_frame_equal(statements(odd, voices, tokens), expected)


def test_names_corrected_by_hand_are_used() -> None:
    articles = articles_frame([("1", "A", quote(ONE)), ("2", "B", quote(ONE))])
    voices = ct.find_voices(articles)
    named = ct.name_speakers(articles, voices).assign(speaker="Pilots' Guild")
    assert set(statements(articles, named, ct.tokenize(articles, voices))["speaker"]) == {"Pilots' Guild"}


@pytest.mark.parametrize(
    "rows",
    [[], [("1", "A", "The rain goes on.")], [("1", "A", quote(ONE, TWO))], [("1", "A", ""), ("2", "B", quote(ONE))]],
)
def test_nothing_shared_gives_the_columns_and_no_rows(rows: list[tuple[str, str, str]]) -> None:
    frame = found(*rows)
    full = found(("1", "A", quote(ONE)), ("2", "B", quote(ONE)))
    assert frame.empty
    assert frame.dtypes.to_dict() == full.dtypes.to_dict()


def test_articles_without_dates_and_titles() -> None:
    articles = articles_frame([("1", "A", quote(ONE)), ("2", "B", quote(ONE))])[["article_id", "outlet", "text"]]
    voices = ct.find_voices(articles)
    frame = statements(articles, voices, ct.tokenize(articles, voices))
    assert len(frame) == 2
    assert frame["date"].isna().all()


def test_errors_say_what_is_allowed() -> None:
    articles = articles_frame([("1", "A", quote(ONE)), ("2", "B", quote(ONE))])
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    with pytest.raises(CorpusError, match="'min_words' cannot be 3"):
        statements(articles, voices, tokens, min_words=3)
    with pytest.raises(CorpusError, match="The tokens hold article '2'"):
        statements(articles[:1], voices[voices["article_id"] == "1"], tokens)
    with pytest.raises(CorpusError, match="'sentence'"):
        statements(articles, voices, tokens.drop(columns="sentence"))
    with pytest.raises(CorpusError, match="statements has no column 'sentence'"):
        statement_hits(pd.DataFrame({"statement": ["1"]}))


def test_rows_lead_to_the_reader_and_to_lines() -> None:
    articles = articles_frame([("1", "A", quote(ONE, TWO)), ("2", "B", quote(ONE))])
    voices = ct.find_voices(articles)
    frame = statements(articles, voices, ct.tokenize(articles, voices))
    hits = statement_hits(frame)
    assert tuple(hits.columns) == HITS
    assert len(hits) == frame["printed"].sum()
    assert ct.kwic(articles, hits)["node"].tolist() == [f"{ONE},", f"{TWO}.", f"{ONE},"]
    assert "sentence 2" in ct.show_article(articles, voices, hits, "1").html


def test_min_words_sets_what_is_compared() -> None:
    said = "“The pier stays closed today,” Ann Lee said."
    assert found(("1", "A", said), ("2", "B", said)).empty
    assert len(found(("1", "A", said), ("2", "B", said), min_words=5)) == 2


def test_common_words_keep_their_order() -> None:
    assert common_words([1, 2, 3], [3, 2, 1]) == 1
    assert common_words([], [1]) == 0
    assert common_words([1, 1, 2], [1, 2, 2]) == 2


def test_planted_statements_of_the_teaching_corpus(checkout: Path) -> None:
    """What was planted in an article is found, and what was not is not, where it prints any of the statement."""
    truth = checkout / "data" / "karabakh" / "truth"
    sentences = pd.read_csv(truth / "statements.csv").set_index(["statement", "sentence"])["text"]
    planted = pd.read_csv(truth / "statements_printed.csv")
    articles = ct.read_sample("karabakh")
    voices = ct.find_voices(articles)
    frame = statements(articles, voices, ct.tokenize(articles, voices))

    def words(text: object) -> tuple[str, ...]:
        return tuple(ct.split_words(str(text))["term"])

    right = 0
    for (statement, number), own in planted.groupby(["statement", "sentence"]):
        texts = frame["text"].where(frame["printed"], "").map(words)
        places = frame[(texts == words(sentences[statement, number])) & frame["article_id"].isin(own["article_id"])]
        assert len(places[["statement", "sentence"]].drop_duplicates()) == 1
        key = places.iloc[0]
        rows = frame[(frame["statement"] == key["statement"]) & (frame["sentence"] == key["sentence"])]
        told = rows.set_index("article_id")["printed"]
        assert set(told.index) == set(own["article_id"])
        right += sum(told[row.article_id] == (row.printed == "yes") for row in own.itertuples())
    assert right == len(planted)


def test_a_stock_sentence_ties_no_statements_together() -> None:
    rows = []
    for day in range(9):
        own = " ".join(f"{word}{day}" for word in ("every", "pilot", "who", "sails", "needs", "rope", "and", "oil"))
        rows += [(f"{day}{outlet}", outlet, quote(ONE, own.capitalize())) for outlet in "AB"]
    frame = found(*rows)
    assert frame["statement"].nunique() == 10
    assert frame.loc[frame["statement"] == "1", "article_id"].nunique() == 18


def test_a_quotation_that_was_never_closed_ties_nothing_together() -> None:
    filler = " ".join(f"Then boat number {number} came back to the pier with wet ropes." for number in range(30))
    open_ended = f"“{ONE}. {filler} {TWO}.”"
    frame = found(("1", "A", open_ended), ("2", "B", f"“{ONE},” Ann Lee said.\nRain.\n“{TWO},” Bo Moss said."))
    assert frame.groupby("statement")["sentence"].max().tolist() == [1, 1]


def test_a_phrase_in_quotation_marks_behind_a_statement_is_no_sentence_of_it() -> None:
    frame = found(("1", "A", f"{quote(ONE)} “Old Harbour Club” is shut."), ("2", "B", quote(ONE)))
    assert printed(frame) == {"1": "y", "2": "y"}


def test_what_is_retold_has_to_be_closer_than_what_is_quoted() -> None:
    one = f"{ONE} tonight and the wind"
    other = "No boat may leave the old port until the storm is past tonight and the wind"
    assert len(found(("1", "A", quote(one)), ("2", "B", quote(other)))) == 2
    assert found(("1", "A", quote(one)), ("2", "B", f"{other}.")).empty


def test_a_piece_in_another_voice_counts_as_printed() -> None:
    piece = f"{quote(ONE)} Pilots of this town also wait for daylight."
    frame = found(("1", "A", quote(ONE, TWO)), ("2", "B", piece))
    assert printed(frame) == {"1": "yy", "2": "yy"}
    assert frame["voice"].tolist()[-1] == "narrator"
    assert frame["share"].tolist()[-1] < 1


def test_what_stands_beside_a_piece_completes_the_sentence() -> None:
    split = f"“{TWO},” Ann Lee said. Before the storm is over, “no boat will leave the old harbour or the pier” again."
    whole = f"“{TWO},” Ann Lee said. “Before the storm is over, no boat will leave the old harbour or the pier.”"
    frame = found(("1", "A", whole), ("2", "B", split))
    own = frame[(frame["article_id"] == "2") & (frame["sentence"] == 2)].iloc[0]
    assert own["text"] == "Before the storm is over, “no boat will leave the old harbour or the pier"
    assert own["share"] == 1


def test_words_of_nobody_in_two_paragraphs_are_two_statements() -> None:
    text = f"“{ONE}.”\nRain fell.\n“{TWO}.”"
    assert found(("1", "A", text), ("2", "B", text))["statement"].nunique() == 2
    text = f"“{ONE}.” Rain fell. “{TWO}.”"
    assert set(found(("1", "A", text), ("2", "B", text))["statement"]) == {"1"}
