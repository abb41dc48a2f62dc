"""Coverage: who tells which fact, where and in whose voice, what was not found, and in how many articles."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.compare.coverage import coverage
from corpus_tools.prepare.facts import find_facts, read_facts
from corpus_tools.schema import COVERAGE, SECTION_NAMES, VOICE_NAMES, CorpusError, CorpusWarning

FIRE = [
    ("1", "Alpha", "Two hurt in mill fire\n\nThe mill burned.\n\nNobody died.", "fire", "2023-05-02"),
    ("2", "Alpha", "Mill burns\n\nA fire, all day.\n\nThe chief said that two were hurt.", "fire", "2023-05-03"),
    ("3", "Beta", "Quiet day\n\nA mill burned.\n\n“Two were hurt,” she said. Two were hurt.", "fire", "2023-05-03"),
    ("4", "Beta", "A bridge\n\nIt opens today.\n\nTwo people walked.", "bridge", "2023-05-01"),
    ("5", "Gamma", "A bridge\n\nIt opens.\n\nRain fell.", "bridge", "2023-05-04"),
]
FACTS = pd.DataFrame(
    [
        ("fire", "Two were hurt", "two hurt|two were hurt", "the chief"),
        ("fire", "Nobody died", "nobody died", None),
        ("bridge", "It opens", "opens", ""),
    ],
    columns=["event", "fact", "pattern", "claimed_by"],
)


class Case(NamedTuple):
    articles: pd.DataFrame
    tokens: pd.DataFrame


def case(rows: list[tuple[str, str, str, str, str]]) -> Case:
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "text", "event", "date"])
    titles = articles["text"].str.split("\n").str[0]
    articles = articles.assign(title=titles, date=pd.to_datetime(articles["date"]))
    return Case(articles, ct.tokenize(articles, ct.find_voices(articles)))


@pytest.fixture(scope="module")
def fire() -> Case:
    return case(FIRE)


@pytest.fixture(scope="module")
def karabakh() -> Case:
    articles = ct.read_articles("karabakh")
    return Case(articles, ct.tokenize(articles, ct.find_voices(articles)))


def row_of(table: pd.DataFrame, fact: str, outlet: str) -> pd.Series:
    rows = table[(table["fact"] == fact) & (table["outlet"] == outlet)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_one_row_per_fact_and_outlet_in_order(fire: Case) -> None:
    table = coverage(fire.tokens, fire.articles, FACTS)
    assert tuple(table.columns) == COVERAGE
    assert table[["event", "fact", "outlet"]].to_numpy().tolist() == [
        [event, fact, outlet]
        for event, fact in (("bridge", "It opens"), ("fire", "Two were hurt"), ("fire", "Nobody died"))
        for outlet in ("Alpha", "Beta", "Gamma")
    ]
    assert table["claimed_by"].tolist() == [""] * 3 + ["the chief"] * 3 + [""] * 3


def test_told_not_found_and_not_covered(fire: Case) -> None:
    table = coverage(fire.tokens, fire.articles, FACTS)
    hurt = row_of(table, "Two were hurt", "Alpha")
    assert hurt["told"] == "told"
    assert (hurt["articles"], hurt["searched"], hurt["share"]) == (2, 2, 1.0)
    assert (hurt["section"], hurt["voice"]) == ("headline", "narrator")
    assert hurt[list(SECTION_NAMES)].tolist() == [1, 0, 1]
    assert hurt[list(VOICE_NAMES)].tolist() == [1, 1, 0]
    assert hurt["note"] == "no interval: 2 articles searched, 5 needed"
    absent = row_of(table, "Nobody died", "Beta")
    assert (absent["told"], absent["articles"], absent["searched"], absent["share"]) == ("not found", 0, 1, 0.0)
    assert pd.isna(absent["section"])
    assert pd.isna(absent["voice"])
    assert absent["note"] == "no interval: 1 article searched, 5 needed"
    silent = row_of(table, "Nobody died", "Gamma")
    assert (silent["told"], silent["searched"]) == ("not covered", 0)
    assert np.isnan(silent["share"])
    assert silent["note"] == "the outlet has no article on this event"


def test_the_voice_is_that_of_the_first_place_in_an_article(fire: Case) -> None:
    beta = row_of(coverage(fire.tokens, fire.articles, FACTS), "Two were hurt", "Beta")
    assert (beta["section"], beta["voice"]) == ("body", "quoted")
    assert beta[list(VOICE_NAMES)].tolist() == [0, 0, 1]


def test_of_two_tellings_in_one_section_the_earlier_place_is_named() -> None:
    first = ("1", "A", "Mill\n\nIt burned for hours and hours. Ten died.", "fire", "2023-05-01")
    second = ("2", "A", "Mill\n\n“Ten died,” she said.", "fire", "2023-05-02")
    facts = pd.DataFrame({"event": ["fire"], "fact": ["Ten died"], "pattern": ["ten died"]})
    for rows in ([first, second], [second, first]):
        one = case(rows)
        table = coverage(one.tokens, one.articles, facts)
        assert table[["section", "voice"]].to_numpy().tolist() == [["lead", "quoted"]]


def test_absent_in_two_does_not_look_like_absent_in_sixty() -> None:
    rows = [(f"{n}", "Few" if n < 4 else "Many", "A mill burned.", "fire", "2023-05-01") for n in range(64)]
    one = case(rows)
    facts = pd.DataFrame({"event": ["fire"] * 2, "fact": ["Hurt", "Burned"], "pattern": ["hurt", "burned"]})
    table = coverage(one.tokens, one.articles, facts)
    few, many = row_of(table, "Hurt", "Few"), row_of(table, "Hurt", "Many")
    assert np.isnan(few["share_high"])
    assert "4 articles searched" in few["note"]
    assert many["share_low"] == 0
    assert 0.05 < many["share_high"] < 0.07
    assert many["note"] == ""
    whole = row_of(table, "Burned", "Many")
    assert (whole["share"], whole["share_high"]) == (1.0, 1.0)
    assert 0.9 < whole["share_low"] < 1
    wide = coverage(one.tokens, one.articles, facts, confidence=0.99)
    assert row_of(wide, "Hurt", "Many")["share_high"] > many["share_high"]


def test_facts_without_an_event_are_looked_for_in_all_articles_and_come_last(fire: Case) -> None:
    general = pd.DataFrame({"event": ["", "fire"], "fact": ["Two", "Nobody died"], "pattern": ["two", "nobody"]})
    table = coverage(fire.tokens, fire.articles, general)
    assert table["fact"].tolist() == ["Nobody died"] * 3 + ["Two"] * 3
    own = table[table["fact"] == "Two"]
    assert own["event"].isna().all()
    assert own[["articles", "searched"]].to_numpy().tolist() == [[2, 2], [2, 2], [0, 1]]
    bare = fire.articles[["article_id", "outlet", "text"]]
    same = coverage(fire.tokens, bare, general[["fact", "pattern"]].iloc[:1])
    pd.testing.assert_frame_equal(same, own.reset_index(drop=True))


def test_without_dates_events_keep_the_order_of_the_facts(fire: Case) -> None:
    table = coverage(fire.tokens, fire.articles.drop(columns="date"), FACTS)
    assert table["event"].unique().tolist() == ["fire", "bridge"]
    half = fire.articles.assign(date=fire.articles["date"].where(fire.articles["event"] == "fire"))
    assert coverage(fire.tokens, half, FACTS)["event"].unique().tolist() == ["fire", "bridge"]


def dated(*days: object) -> pd.DataFrame:
    return FACTS.assign(date=list(days))


def test_an_article_older_than_the_fact_is_not_searched(fire: Case) -> None:
    table = coverage(fire.tokens, fire.articles, dated("2023-05-03", "", "2 May 2023"))
    alpha = row_of(table, "Two were hurt", "Alpha")
    # Its first article has these very words, a day too early.
    assert (alpha["told"], alpha["articles"], alpha["searched"], alpha["older"]) == ("told", 1, 1, 1)
    assert (alpha["share"], alpha["section"], alpha["voice"]) == (1.0, "body", "reported")
    assert alpha["note"] == "no interval: 1 article searched, 5 needed; 1 older than the fact"
    same_day = row_of(table, "Two were hurt", "Beta")
    assert (same_day["told"], same_day["searched"], same_day["older"]) == ("told", 1, 0)
    early = row_of(table, "It opens", "Beta")
    assert (early["told"], early["articles"], early["searched"], early["older"]) == ("too early", 0, 0, 1)
    assert np.isnan(early["share"])
    assert pd.isna(early["section"])
    assert early["note"] == "the only article on the event is older than the fact"
    silent = row_of(table, "It opens", "Alpha")
    assert (silent["told"], silent["older"]) == ("not covered", 0)
    later = row_of(coverage(fire.tokens, fire.articles, dated("2023-06-01", None, None)), "Two were hurt", "Alpha")
    assert (later["told"], later["note"]) == ("too early", "all 2 articles on the event are older than the fact")
    anywhere = pd.DataFrame({"fact": ["Rain"], "pattern": ["rain"], "date": [pd.Timestamp("2023-05-04 18:00")]})
    table = coverage(fire.tokens, fire.articles, anywhere)
    assert table["told"].tolist() == ["too early", "too early", "told"]
    assert table["note"].iloc[0] == "all 2 articles are older than the fact"


def test_without_a_day_on_either_side_all_articles_are_searched(fire: Case) -> None:
    plain = coverage(fire.tokens, fire.articles, FACTS)
    assert (plain["older"] == 0).all()
    pd.testing.assert_frame_equal(coverage(fire.tokens, fire.articles, dated("", None, " ")), plain)
    late = dated(*["2024-01-01"] * 3)
    undated = fire.articles.drop(columns="date")
    order = ["outlet", "fact"]
    for articles in (undated, fire.articles.assign(date=pd.NaT)):
        table = coverage(fire.tokens, articles, late).sort_values(order, ignore_index=True)
        pd.testing.assert_frame_equal(table, plain.sort_values(order, ignore_index=True))
    with pytest.raises(CorpusError, match="holds 'some day', no date"):
        coverage(fire.tokens, fire.articles.assign(date="some day"), late)
    for dates in (fire.articles["date"].dt.tz_localize("Asia/Baku"), fire.articles["date"].dt.strftime("%Y-%m-%d")):
        table = coverage(fire.tokens, fire.articles.assign(date=dates), dated("2023-05-03", "", ""))
        assert row_of(table, "Two were hurt", "Alpha")["older"] == 1
    hours = fire.articles.assign(date=fire.articles["date"] + pd.Timedelta(hours=9))
    table = coverage(fire.tokens, hours, dated("2023-05-03 21:00", "", ""))
    assert row_of(table, "Two were hurt", "Beta")["told"] == "told"


def test_lines_of_a_dated_fact_fit_its_row(fire: Case) -> None:
    facts = dated("2023-05-03", "", "")
    hits = find_facts(fire.tokens, fire.articles, facts)
    row = row_of(coverage(fire.tokens, fire.articles, facts), "Two were hurt", "Alpha")
    assert ct.kwic(fire.articles, hits, row=row)["article_id"].tolist() == ["2"]
    with pytest.raises(CorpusError, match="from which it was computed"):
        ct.kwic(fire.articles, find_facts(fire.tokens, fire.articles, FACTS), row=row)


def test_every_row_has_its_lines(karabakh: Case) -> None:
    facts = read_facts("karabakh")
    for listed in (facts.groupby("event").nth([0, 4]), facts.drop(columns="event").iloc[:10]):
        hits = find_facts(karabakh.tokens, karabakh.articles, listed)
        table = coverage(karabakh.tokens, karabakh.articles, listed)
        assert (table[list(SECTION_NAMES)].sum(axis=1) == table["articles"]).all()
        assert (table[list(VOICE_NAMES)].sum(axis=1) == table["articles"]).all()
        lines = 0
        for _, row in table.iterrows():
            own = ct.kwic(karabakh.articles, hits, row=row)
            assert own["article_id"].nunique() == row["articles"]
            assert set(own["outlet"]) <= {row["outlet"]}
            assert set(own["label"]) <= {row["fact"]}
            lines += len(own)
        assert lines == len(hits)


def test_hits_that_do_not_fit_the_row_are_refused(fire: Case) -> None:
    row = row_of(coverage(fire.tokens, fire.articles, FACTS), "Two were hurt", "Alpha")
    hits = find_facts(fire.tokens, fire.articles, FACTS)
    assert ct.kwic(fire.articles, hits, row=row)["article_id"].tolist() == ["1", "2"]
    with pytest.raises(CorpusError, match=r"2 of 2 articles .* stand in 1 of 2"):
        ct.kwic(fire.articles, hits[hits["voice"] == "narrator"], row=row)
    with pytest.raises(CorpusError, match="from which it was computed"):
        ct.kwic(fire.articles.iloc[1:], hits, row=row)
    with pytest.raises(CorpusError, match="other sections or voices"):
        ct.kwic(fire.articles, hits.assign(voice="quoted"), row=row)


def test_an_article_that_was_not_tokenized_does_not_pass_for_one_that_is_silent(fire: Case) -> None:
    with pytest.raises(CorpusError, match=r"Article '1' has no tokens"):
        coverage(fire.tokens[fire.tokens["article_id"] != "1"], fire.articles, FACTS)
    wordless = case([("1", "A", "…", "fire", "2023-05-01")])
    assert coverage(wordless.tokens, wordless.articles, FACTS.iloc[:1])["told"].tolist() == ["not found"]


def test_one_event_of_many(fire: Case) -> None:
    with pytest.warns(CorpusWarning, match="'bridge' of the facts has no article"):
        table = coverage(fire.tokens, fire.articles[fire.articles["event"] == "fire"], FACTS)
    assert table["outlet"].unique().tolist() == ["Alpha", "Beta"]
    assert table["event"].unique().tolist() == ["fire"]


def test_odd_frames(fire: Case) -> None:
    table = coverage(fire.tokens, fire.articles, FACTS)
    odd = fire.articles.set_index(pd.Index([3] * 5)).astype({"outlet": "category", "event": "category"})
    pd.testing.assert_frame_equal(coverage(fire.tokens, odd, FACTS.set_index(pd.Index([1, 1, 1]))), table)
    numbered = fire.articles.assign(article_id=range(1, 6))
    pd.testing.assert_frame_equal(coverage(fire.tokens, numbered, FACTS), table)
    for none in (coverage(fire.tokens, fire.articles, FACTS.iloc[:0]), coverage(fire.tokens, odd.iloc[:0], FACTS)):
        assert none.empty
        assert (none.dtypes == table.dtypes).all()
    with pytest.raises(CorpusError, match="'confidence'"):
        coverage(fire.tokens, fire.articles, FACTS, confidence=1)
    with pytest.raises(CorpusError, match="'outlet'"):
        coverage(fire.tokens, fire.articles.drop(columns="outlet"), FACTS)


def test_planted_omissions_are_found(karabakh: Case, checkout: Path) -> None:
    """The patterns were mended on these very articles; data/karabakh/README.md has the figures from before."""
    facts = read_facts("karabakh")
    truth = pd.read_csv(checkout / "data" / "karabakh" / "truth" / "facts_told.csv")
    facts["number"] = facts.groupby("event").cumcount() + 1
    read = truth.merge(facts, on=["event", "number"], how="left")
    printed = read["article_id"].map(karabakh.articles.set_index("article_id")["date"])
    older = printed < pd.to_datetime(read["date"])
    assert older.sum() == 66
    assert (read.loc[older, "told"] == "no").all()
    read = read[~older]
    hits = find_facts(karabakh.tokens, karabakh.articles, facts)
    told = set(zip(hits["article_id"], hits["slot"], hits["label"], strict=True))
    found = [key in told for key in zip(read["article_id"], read["event"], read["fact"], strict=True)]
    omitted, absent = (read["told"] == "no").to_numpy(), ~np.array(found)
    assert (len(read), omitted.sum()) == (660, 153)
    assert (omitted & absent).sum() / absent.sum() >= 0.95
    assert (omitted & absent).sum() / omitted.sum() >= 0.95


def test_rows_agree_with_what_readers_found_in_each_outlet(karabakh: Case, checkout: Path) -> None:
    truth = pd.read_csv(checkout / "data" / "karabakh" / "truth" / "facts_told.csv")
    truth = truth.merge(karabakh.articles[["article_id", "outlet"]], on="article_id")
    read = truth[truth["told"] == "yes"].groupby(["event", "number", "outlet"]).size()
    table = coverage(karabakh.tokens, karabakh.articles, read_facts("karabakh"))
    number = table.groupby("event")["fact"].transform(lambda own: pd.factorize(own)[0] + 1)
    counted = table.assign(number=number).set_index(["event", "number", "outlet"])["articles"]
    same = counted == read.reindex(counted.index, fill_value=0)
    assert same.mean() >= 0.95
