"""Ten articles that can be counted on paper: every expected number below was worked out by hand.

| article | outlet | words                                            |  n |
|---------|--------|--------------------------------------------------|----|
| a1      | Alpha  | police fired · the police left                   |  5 |
| a2      | Alpha  | the group fired                                  |  3 |
| a3      | Alpha  | police met the group                             |  4 |
| a4      | Alpha  | no talks                                         |  2 |
| a5      | Alpha  | the "armed group" left · police stayed           |  6 |
| b1      | Beta   | the armed group fired                            |  4 |
| b2      | Beta   | the armed group met the police                   |  6 |
| b3      | Beta   | armed-group talks failed                         |  4 |
| b4      | Beta   | talks began again, again and again               |  6 |
| c1      | Gamma  | police began the talks                           |  4 |

Alpha and Beta have 20 words each, Gamma has 4.
"""

from __future__ import annotations

from math import inf, isclose, log, log2, sqrt

import pandas as pd
import pytest

import corpus_tools as ct
from tests.conftest import articles_frame

WORDS = {
    # term: (Alpha: count, articles), (Beta: count, articles)
    "police": ((4, 3), (1, 1)),
    "group": ((3, 3), (3, 3)),
    "armed": ((1, 1), (3, 3)),
    "the": ((4, 4), (3, 2)),
    "fired": ((2, 2), (1, 1)),
    "talks": ((1, 1), (2, 2)),
    "left": ((2, 2), (0, 0)),
    "met": ((1, 1), (1, 1)),
    "no": ((1, 1), (0, 0)),
    "stayed": ((1, 1), (0, 0)),
    "again": ((0, 0), (3, 1)),
    "failed": ((0, 0), (1, 1)),
    "began": ((0, 0), (1, 1)),
    "and": ((0, 0), (1, 1)),
}


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return articles_frame(
        [
            ("a1", "Alpha", "Police fired. The police left."),
            ("a2", "Alpha", "The group fired."),
            ("a3", "Alpha", "Police met the group."),
            ("a4", "Alpha", "No talks."),
            ("a5", "Alpha", "The “armed group” left.\nPolice stayed."),
            ("b1", "Beta", "The armed group fired."),
            ("b2", "Beta", "The ARMED GROUP met the police."),
            ("b3", "Beta", "Armed-group talks failed."),
            ("b4", "Beta", "Talks began again, again and again."),
            ("c1", "Gamma", "Police began the talks."),
        ]
    )


@pytest.fixture(scope="module")
def tokens(articles: pd.DataFrame) -> pd.DataFrame:
    return ct.tokenize(articles, ct.find_voices(articles))


@pytest.fixture(scope="module")
def counts(tokens: pd.DataFrame) -> pd.DataFrame:
    return ct.count_terms(tokens)


@pytest.fixture(scope="module")
def keyness(counts: pd.DataFrame) -> pd.DataFrame:
    return ct.keyness(counts, "Alpha", "Beta", prior=1).set_index("term")


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.csv"
    path.write_text(
        "slot,label,pattern,near,unless,attested_in,note\n"
        "people,police,police*,,,,\n"
        "people,armed group,armed group,,,,\n"
        "people,group,group,,,,\n",
        encoding="utf-8",
    )
    return ct.read_lexicon(path)


@pytest.fixture(scope="module")
def hits(tokens: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    return ct.find_hits(tokens, lexicon)


def test_voices(articles: pd.DataFrame) -> None:
    voices = ct.find_voices(articles)
    assert voices[["article_id", "start", "end", "voice"]].to_numpy().tolist() == [["a5", 5, 16, "quoted"]]


def test_tokens_of_one_article(tokens: pd.DataFrame) -> None:
    five = tokens[tokens["article_id"] == "a5"]
    assert five["term"].tolist() == ["the", "armed", "group", "left", "police", "stayed"]
    assert five["voice"].tolist() == ["narrator", "quoted", "quoted", "narrator", "narrator", "narrator"]
    assert five["sentence"].tolist() == [five["sentence"].iloc[0]] * 4 + [five["sentence"].iloc[4]] * 2
    assert five["sentence"].nunique() == 2
    assert five["position"].tolist() == list(range(five["position"].iloc[0], five["position"].iloc[0] + 6))
    assert five["start"].tolist() == [0, 5, 11, 18, 24, 31]
    assert five["end"].tolist() == [3, 10, 16, 22, 30, 37]


def test_tokens_per_article(tokens: pd.DataFrame) -> None:
    per_article = tokens.groupby("article_id", observed=True).size().to_dict()
    assert per_article == {"a1": 5, "a2": 3, "a3": 4, "a4": 2, "a5": 6, "b1": 4, "b2": 6, "b3": 4, "b4": 6, "c1": 4}


def test_counts(counts: pd.DataFrame) -> None:
    found = {(r.outlet, r.term): (r.count, r.articles, r.total) for r in counts.itertuples(index=False, name="Row")}
    by_hand = {
        (outlet, term): (*pair[i], 20)
        for term, pair in WORDS.items()
        for i, outlet in enumerate(("Alpha", "Beta"))
        if pair[i][0]
    }
    by_hand |= {("Gamma", term): (1, 1, 4) for term in ("police", "began", "the", "talks")}
    assert found == by_hand


def test_counts_of_word_pairs(tokens: pd.DataFrame) -> None:
    pairs = ct.count_terms(tokens, ngram=2).set_index(["outlet", "term"])
    assert pairs.loc[("Alpha", "armed group"), ["count", "articles"]].tolist() == [1, 1]
    assert pairs.loc[("Beta", "armed group"), ["count", "articles"]].tolist() == [3, 3]
    assert pairs.loc[("Beta", "and again"), "count"] == 1
    assert ("Alpha", "fired the") not in pairs.index, "a pair does not cross the end of a sentence"
    assert ("Alpha", "left police") not in pairs.index


def test_counts_by_voice(tokens: pd.DataFrame) -> None:
    counts = ct.count_terms(tokens, by=["outlet", "voice"]).set_index(["outlet", "voice", "term"])
    assert counts.loc[("Alpha", "quoted", "armed")].tolist() == [1, 1, 2]
    assert counts.loc[("Alpha", "narrator", "police")].tolist() == [4, 3, 18]


@pytest.mark.parametrize("term", WORDS)
def test_keyness_restates_the_counts(keyness: pd.DataFrame, term: str) -> None:
    row = keyness.loc[term]
    (count_a, articles_a), (count_b, articles_b) = WORDS[term]
    assert (row["count_target"], row["count_reference"]) == (count_a, count_b)
    assert (row["articles_target"], row["articles_reference"]) == (articles_a, articles_b)
    assert (row["total_target"], row["total_reference"]) == (20, 20)
    assert (row["per_million_target"], row["per_million_reference"]) == (count_a * 50_000, count_b * 50_000)
    assert (row["target"], row["reference"]) == ("Alpha", "Beta")


@pytest.mark.parametrize(
    ("term", "g2", "log_ratio", "percent"),
    [
        # E = 5/2 each: G2 = 2 (4 ln(8/5) + 1 ln(2/5)); 4/20 is 4 times 1/20
        pytest.param("police", 2 * (4 * log(8 / 5) + log(2 / 5)), 2.0, 300.0, id="police 4 v 1"),
        # E = 2 each, fewer in Alpha: G2 = -2 (ln(1/2) + 3 ln(3/2)); 1/3 is two thirds less
        pytest.param("armed", -2 * (log(1 / 2) + 3 * log(3 / 2)), -log2(3), -200 / 3, id="armed 1 v 3"),
        pytest.param("group", 0.0, 0.0, 0.0, id="group 3 v 3"),
        pytest.param("met", 0.0, 0.0, 0.0, id="met 1 v 1"),
        # E = 7/2 each; 4/3 is a third more
        pytest.param("the", 2 * (4 * log(8 / 7) + 3 * log(6 / 7)), log2(4 / 3), 100 / 3, id="the 4 v 3"),
        # E = 1 each: G2 = 2 · 2 ln 2; a zero counts as one half: 2 / .5
        pytest.param("left", 4 * log(2), 2.0, inf, id="left 2 v 0"),
        pytest.param("again", -6 * log(2), -log2(6), -100.0, id="again 0 v 3"),
    ],
)
def test_keyness_scores(keyness: pd.DataFrame, term: str, g2: float, log_ratio: float, percent: float) -> None:
    row = keyness.loc[term]
    assert row["g2"] == pytest.approx(g2, rel=1e-12, abs=1e-12)
    assert row["log_ratio"] == pytest.approx(log_ratio, rel=1e-12, abs=1e-12)
    assert row["percent_difference"] == pytest.approx(percent, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("term", "log_odds", "variance"),
    [
        # one pseudo-count for each of the 14 terms: (y + 1) / (20 + 14 - y - 1)
        pytest.param("police", log((5 / 29) / (2 / 32)), 1 / 5 + 1 / 2, id="police 4 v 1"),
        pytest.param("again", log((1 / 33) / (4 / 30)), 1 / 1 + 1 / 4, id="again 0 v 3"),
        pytest.param("group", 0.0, 1 / 4 + 1 / 4, id="group 3 v 3"),
    ],
)
def test_log_odds_with_one_pseudo_count(keyness: pd.DataFrame, term: str, log_odds: float, variance: float) -> None:
    assert keyness.loc[term, "log_odds"] == pytest.approx(log_odds, rel=1e-12, abs=1e-12)
    assert keyness.loc[term, "log_odds_z"] == pytest.approx(log_odds / sqrt(variance), rel=1e-12, abs=1e-12)


def test_keyness_against_all_other_outlets(counts: pd.DataFrame) -> None:
    # Beta and Gamma: 24 words, police 1 + 1; 4/20 against 2/24 is 12/5
    row = ct.keyness(counts, "Alpha").set_index("term").loc["police"]
    assert (row["count_reference"], row["articles_reference"], row["total_reference"]) == (2, 2, 24)
    assert row["log_ratio"] == pytest.approx(log2(12 / 5), rel=1e-12)
    assert row["percent_difference"] == pytest.approx(140.0, rel=1e-12)


def test_infinite_log_ratio_where_zeros_are_left(counts: pd.DataFrame) -> None:
    rows = ct.keyness(counts, "Alpha", "Beta", zero_count=None).set_index("term")["log_ratio"]
    assert (rows["left"], rows["again"]) == (inf, -inf)


def test_hits_take_the_longest_match_and_count_words_once(hits: pd.DataFrame) -> None:
    found = sorted(hits[["article_id", "label", "surface", "voice"]].itertuples(index=False, name=None))
    assert found == [
        ("a1", "police", "police", "narrator"),
        ("a1", "police", "police", "narrator"),
        ("a2", "group", "group", "narrator"),
        ("a3", "group", "group", "narrator"),
        ("a3", "police", "police", "narrator"),
        ("a5", "armed group", "armed group", "quoted"),
        ("a5", "police", "police", "narrator"),
        ("b1", "armed group", "armed group", "narrator"),
        ("b2", "armed group", "armed group", "narrator"),
        ("b2", "police", "police", "narrator"),
        ("b3", "armed group", "armed group", "narrator"),
        ("c1", "police", "police", "narrator"),
    ]


@pytest.mark.parametrize("pattern", ["armed group", "ARMED-GROUP", "arm* gr?up", "armed group|stayed home"])
def test_phrases(tokens: pd.DataFrame, pattern: str) -> None:
    found = ct.find_phrase(tokens, pattern)
    assert sorted(found["article_id"]) == ["a5", "b1", "b2", "b3"]
    assert set(found["label"]) == {pattern}
    assert found["slot"].isna().all()


@pytest.mark.parametrize(
    ("outlet", "label", "numbers"),
    [
        # hits, slot_hits, articles with a hit of the slot, articles searched
        ("Alpha", "police", (4, 7, 4, 5)),
        ("Alpha", "armed group", (1, 7, 4, 5)),
        ("Alpha", "group", (2, 7, 4, 5)),
        ("Beta", "police", (1, 4, 3, 4)),
        ("Beta", "armed group", (3, 4, 3, 4)),
        ("Beta", "group", (0, 4, 3, 4)),
        ("Gamma", "police", (1, 1, 1, 1)),
    ],
)
def test_shares(
    hits: pd.DataFrame, articles: pd.DataFrame, outlet: str, label: str, numbers: tuple[int, int, int, int]
) -> None:
    shares = ct.framing_shares(hits, articles).set_index(["outlet", "label"])
    row = shares.loc[(outlet, label)]
    assert tuple(row[["hits", "slot_hits", "articles", "searched"]]) == numbers
    assert isclose(row["share"], numbers[0] / numbers[1])


def test_few_articles_give_no_interval_and_a_reason(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    shares = ct.framing_shares(hits, articles)
    assert shares[["share_low", "share_high"]].isna().all(axis=None)
    assert shares["note"].str.len().gt(0).all()


@pytest.mark.parametrize(
    ("outlet", "label", "share"),
    [
        # a1 has 1, a2 has 0, a3 has 1/2, a5 has 1/2
        ("Alpha", "police", 2 / 4),
        ("Alpha", "group", (1 + 1 / 2) / 4),
        # b1 has 0, b2 has 1/2, b3 has 0
        ("Beta", "police", 1 / 6),
        ("Beta", "armed group", 5 / 6),
    ],
)
def test_mean_of_article_shares(
    hits: pd.DataFrame, articles: pd.DataFrame, outlet: str, label: str, share: float
) -> None:
    shares = ct.framing_shares(hits, articles, estimand="per_article").set_index(["outlet", "label"])
    assert isclose(shares.loc[(outlet, label), "share"], share)


def test_shares_by_voice(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    shares = ct.framing_shares(hits, articles, by=["outlet", "voice"]).set_index(["outlet", "voice", "label"])
    assert isclose(shares.loc[("Alpha", "narrator", "police"), "share"], 4 / 6)
    assert isclose(shares.loc[("Alpha", "quoted", "armed group"), "share"], 1.0)


def test_contrast(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    rows = ct.framing_contrast(hits, articles, label="police", target="Alpha", reference="Beta")
    (row,) = (r for _, r in rows.iterrows())
    assert isclose(row["share_target"], 4 / 7)
    assert isclose(row["share_reference"], 1 / 4)
    assert isclose(row["difference"], 9 / 28)
    assert (row["articles_target"], row["articles_reference"]) == (4, 3)


def test_contrast_with_all_others(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    # Beta and Gamma: police 1 + 1 of 4 + 1 hits
    (row,) = (r for _, r in ct.framing_contrast(hits, articles, label="police", target="Alpha").iterrows())
    assert isclose(row["share_reference"], 2 / 5)


def test_kwic_shows_the_words_as_printed(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    group = hits[hits["label"] == "armed group"]
    lines = ct.kwic(articles, group).set_index("article_id")
    assert lines["node"].to_dict() == {
        "a5": "armed group",
        "b1": "armed group",
        "b2": "ARMED GROUP",
        "b3": "Armed-group",
    }
    assert lines.loc["a5", "sentence"] == "The “armed group” left."
    assert lines.loc["a5", "voice"] == "quoted"
    assert lines.loc["b2", "right"].strip() == "met the police."


def test_kwic_gives_the_lines_behind_a_number(hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    shares = ct.framing_shares(hits, articles)
    for _, row in shares.iterrows():
        lines = ct.kwic(articles, hits, row=row)
        assert len(lines) == row["hits"]
        assert set(lines["outlet"]) <= {row["outlet"]}
