"""Telling outlets apart: nothing leaks from what is held out, chance looks like chance, numbers lead to articles."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from sklearn.linear_model import RidgeClassifier

import corpus_tools as ct
from corpus_tools.compare.classification import classify_outlets
from corpus_tools.compare.guessing import kernel_of, learn, probabilities
from corpus_tools.compare.holdout import folds_of, held_out_groups, shuffled_outlets
from corpus_tools.compare.word_matrix import like_a_name, name_words, word_matrix
from corpus_tools.schema import (
    ALL_OUTLETS,
    CLASSIFICATION,
    GIVE_AWAYS,
    GUESSES,
    CorpusError,
    CorpusWarning,
)
from corpus_tools.show.charts.classification import plot_classification
from corpus_tools.show.describe.classification import classification_findings, give_away_findings

COMMON = [f"common{n}" for n in range(40)]


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def corpus(
    words_of: Any, *, outlets: str = "AB", events: int = 10, each: int = 2, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """For every event ``each`` articles of each outlet: common words by chance, and those that ``words_of`` adds."""
    rng = np.random.default_rng(seed)
    articles, tokens = [], []
    for event in range(events):
        for outlet in outlets:
            for _ in range(each):
                name = f"n{len(articles):03d}"
                words = [*rng.choice(COMMON, 30), *words_of(outlet, event, rng)]
                articles.append((name, f"Outlet {outlet}", f"e{event:02d}"))
                tokens += [(name, f"Outlet {outlet}", word, False) for word in words]
    return (
        pd.DataFrame(tokens, columns=["article_id", "outlet", "term", "recurring"]),
        pd.DataFrame(articles, columns=["article_id", "outlet", "event"]),
    )


def nothing(outlet: str, event: int, rng: np.random.Generator) -> list[str]:
    return []


def telling(outlet: str, event: int, rng: np.random.Generator) -> list[str]:
    return ["blockade"] * 2 if outlet == "A" else ["closure"] * 2


def by_event(outlet: str, event: int, rng: np.random.Generator) -> list[str]:
    """Each outlet has its own words for each event, and no word of them in two events."""
    return [f"{outlet}{event}word{n}".lower() for n in range(6)]


def whole(scores: pd.DataFrame, sentences: str = "without recurring") -> pd.Series:
    rows = scores[(scores["outlet"] == ALL_OUTLETS) & (scores["sentences"] == sentences)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.fixture(scope="module")
def karabakh() -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = ct.read_sample("karabakh")
    return ct.tokenize(articles, ct.find_voices(articles)), articles


# what is found


def test_a_difference_in_wording_is_found_and_named() -> None:
    tokens, articles = corpus(telling)
    scores, terms, guesses = classify_outlets(tokens, articles, shuffles=99)
    row = whole(scores)
    assert row["recognised"] == row["articles"] == 40
    assert row["p"] == row["p_smallest"] == pytest.approx(0.01)
    assert 0.3 < row["balanced_chance"] < 0.7
    top = terms[(terms["outlet"] == "Outlet A") & (terms["rank"] <= 2)]
    assert dict(zip(top["term"], top["use"], strict=True)) == {"blockade": "more", "closure": "less"}
    assert top.set_index("term").loc["blockade", ["articles", "articles_others"]].tolist() == [20, 0]
    assert "line printed under articles" in top.set_index("term").loc["blockade", "note"]
    assert tuple(scores.columns) == CLASSIFICATION
    assert tuple(terms.columns) == GIVE_AWAYS
    assert tuple(guesses.columns) == GUESSES


def test_the_shipped_newsrooms_can_be_told_apart(karabakh: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    scores, terms, guesses = classify_outlets(*karabakh, shuffles=99)
    row = whole(scores)
    assert row["p"] < 0.05
    assert row["balanced"] > 0.5 > row["balanced_chance"]
    own = guesses[guesses["sentences"] == "without recurring"]
    by_outlet = own.groupby("outlet")["right"].sum()
    counted = scores[(scores["sentences"] == "without recurring") & (scores["outlet"] != ALL_OUTLETS)]
    assert counted.set_index("outlet")["recognised"].to_dict() == by_outlet.to_dict()
    assert (own["right"] == (own["outlet"] == own["guessed"])).all()
    assert own["probability"].between(1 / 6 - 1e-6, 1).all()
    assert (own["probability_own"] <= own["probability"] + 1e-9).all()
    names = name_words(karabakh[1]["outlet"].unique())
    assert not set(terms["term"]) & names


def test_every_count_of_a_word_leads_to_articles(karabakh: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    tokens, articles = karabakh
    terms = classify_outlets(tokens, articles, shuffles=1).terms
    for row in terms[terms["sentences"] == "with recurring"].head(20).to_dict("records"):
        holders = tokens.loc[tokens["term"] == row["term"], ["article_id", "outlet"]].drop_duplicates()
        own = (holders["outlet"] == row["outlet"]).sum()
        assert (own, len(holders) - own) == (row["articles"], row["articles_others"])


def test_it_is_the_ridge_classifier_of_scikit_learn() -> None:
    tokens, articles = corpus(lambda outlet, event, rng: ["blockade"] * int(rng.integers(2)) if outlet == "A" else [])
    words = word_matrix(tokens, articles["article_id"], dropped=frozenset())
    features = words.weighted(idf=False)
    own = (articles["outlet"] == "Outlet B").to_numpy().astype(np.int64)
    folds = np.arange(len(own)) // 2 % 5
    ours = learn(kernel_of(features), folds, 2).guesses(own[None])[0]
    dense = features.toarray()
    for fold in range(5):
        seen, asked = folds != fold, folds == fold
        peer = RidgeClassifier(alpha=0.3).fit(dense[seen], own[seen])
        assert peer.predict(dense[asked]).tolist() == ours[asked].tolist()


# nothing leaks


def test_no_event_and_no_copied_text_lies_in_two_folds() -> None:
    tokens, articles = corpus(nothing, events=12)
    # A text that joins two events, and articles without an event.
    articles["reuse_group"] = [f"g{n}" for n in range(len(articles))]
    articles.loc[[0, 20], "reuse_group"] = "copy"
    articles.loc[40:, "event"] = None
    guesses = classify_outlets(tokens, articles, shuffles=5).guesses.merge(articles, on="article_id")
    for column in ("event", "reuse_group"):
        assert guesses.groupby(column)["fold"].nunique().max() == 1
    joined = guesses[guesses["event"].isin(["e00", "e05"])]
    assert len(set(joined["held_out"])) == 1
    assert guesses.loc[guesses["event"].isna(), "held_out"].is_unique
    assert set(guesses["fold"]) == set(range(5))


def test_words_of_one_event_help_only_where_the_event_is_torn() -> None:
    tokens, articles = corpus(by_event, each=4)
    guarded = whole(classify_outlets(tokens, articles, shuffles=49).scores)
    torn = whole(classify_outlets(tokens, articles, hold_out="article_id", shuffles=49).scores)
    assert guarded["share"] < 0.65
    assert guarded["p"] > 0.05
    assert torn["share"] > 0.85
    assert torn["p"] == pytest.approx(0.02)
    assert "articles on one event can lie in two folds" in torn["note"]


def test_topics_of_one_outlet_alone_are_not_significant() -> None:
    tokens, articles = corpus(lambda outlet, event, rng: [f"topic{event}"] * 3, events=12)
    # The first four events are covered by both, of the others each outlet has its own.
    event = articles["event"].str[1:].astype(int)
    alone = (event < 4) | ((event % 2 == 0) == (articles["outlet"] == "Outlet A"))
    articles = articles[alone]
    tokens = tokens[tokens["article_id"].isin(articles["article_id"])]
    row = whole(classify_outlets(tokens, articles, shuffles=99).scores)
    assert row["p"] > 0.05
    assert "16 of 32 articles could change outlets" in row["note"]


def test_names_of_outlets_and_agencies_are_no_evidence() -> None:
    def names(outlet: str, event: int, rng: np.random.Generator) -> list[str]:
        return ["daily", "daily's", "reuters"] if outlet == "A" else []

    tokens, articles = corpus(names)
    articles = articles.assign(agency=np.where(articles["outlet"] == "Outlet A", "Reuters", None))
    articles["outlet"] = articles["outlet"].replace({"Outlet A": "Daily Outlet A"})
    scores, terms, _ = classify_outlets(tokens, articles, shuffles=49)
    assert not {"daily", "daily's", "reuters"} & set(terms["term"])
    assert whole(scores)["share"] < 0.7
    assert like_a_name("outleta", "Daily Outlet A")
    assert not like_a_name("newsletter", "Fox News")


def test_a_piece_of_the_name_is_warned_of() -> None:
    tokens, articles = corpus(lambda outlet, event, rng: ["dailyherald"] if outlet == "A" else [])
    articles["outlet"] = articles["outlet"].replace({"Outlet A": "Herald"})
    with pytest.warns(CorpusWarning, match="'dailyherald' looks like a piece of the name 'Herald'"):
        terms = classify_outlets(tokens, articles, shuffles=9).terms
    assert "piece of the outlet's name" in terms.set_index(["outlet", "term"]).loc[("Herald", "dailyherald"), "note"]


def test_recurring_sentences_are_left_out_and_told() -> None:
    tokens, articles = corpus(nothing)
    line = [
        (name, outlet, word, True)
        for name, outlet in articles[["article_id", "outlet"]].to_numpy()
        if outlet == "Outlet A"
        for word in ("sign", "up", "newsletter")
    ]
    tokens = pd.concat([tokens, pd.DataFrame(line, columns=tokens.columns)], ignore_index=True)
    with pytest.warns(CorpusWarning, match="Recurring sentences give outlets away: 40 articles recognised with them"):
        scores, terms, guesses = classify_outlets(tokens, articles, shuffles=19)
    assert whole(scores)["recognised"] < 32
    assert "newsletter" not in set(terms.loc[terms["sentences"] == "without recurring", "term"])
    assert "newsletter" in set(terms.loc[terms["sentences"] == "with recurring", "term"])
    assert "give outlets away" in whole(scores, "with recurring")["note"]
    assert guesses["sentences"].value_counts().to_dict() == {"without recurring": 40, "with recurring": 40}


# chance


@pytest.mark.parametrize("column", ["event", None])
def test_shuffled_outlets_look_like_chance(column: str | None) -> None:
    found = []
    for seed in range(40):
        tokens, articles = corpus(nothing, seed=seed, events=8)
        articles = articles if column else articles.drop(columns="event")
        found.append(whole(classify_outlets(tokens, articles, shuffles=19, random_state=seed).scores)["p"])
    # Of 40 uniform p, 8 or more of .05 or less come in one of a thousand.
    assert (np.array(found) <= 0.05).sum() <= 7
    assert 0.35 < np.mean(found) < 0.65


def test_outlets_change_places_inside_events_and_copies_as_one() -> None:
    articles = pd.DataFrame(
        {
            "article_id": [f"n{n}" for n in range(9)],
            "outlet": list("AAABBABAB"),
            "event": ["x"] * 5 + ["y"] * 2 + ["z", None],
            "reuse_group": ["g", "g", "1", "2", "3", "h", "h", "4", "5"],
        }
    )
    held = held_out_groups(articles, None)
    own = (articles["outlet"] == "B").to_numpy().astype(np.int64)
    shuffles = shuffled_outlets(own, held, 300, np.random.default_rng(0))
    drawn = shuffles.outlets
    assert (drawn[:, 0] == drawn[:, 1]).all()
    assert set(np.unique(drawn[:, 0])) == {0, 1}
    # The two copies of "h" change places with each other only; z has one outlet, the last article is alone.
    assert (drawn[:, 5] + drawn[:, 6] == 1).all()
    assert (drawn[:, 7:] == own[7:]).all()
    assert shuffles.movable.tolist() == [True] * 7 + [False] * 2
    assert shuffles.arrangements == pytest.approx(6 * 2)


def test_outlets_that_change_names_are_one_arrangement() -> None:
    """Four events with an article of each of two outlets: 16 ways, and the mirror of each is recognised as well."""
    articles = pd.DataFrame({"article_id": list("abcdefgh"), "outlet": list("ABABABAB"), "event": list("wwxxyyzz")})
    own = (articles["outlet"] == "B").to_numpy().astype(np.int64)
    held = held_out_groups(articles, None)
    assert shuffled_outlets(own, held, 5, np.random.default_rng(0)).arrangements == pytest.approx(8)


def test_whole_events_are_shuffled_where_none_has_two_outlets() -> None:
    tokens, articles = corpus(telling)
    articles["event"] = articles["event"] + articles["outlet"]
    row = whole(classify_outlets(tokens, articles, shuffles=49).scores)
    assert "whole groups were shuffled" in row["note"]
    assert row["p"] == pytest.approx(0.02)


def test_folds_do_not_look_at_outlets_and_are_of_like_size() -> None:
    groups = np.repeat(np.arange(11), [9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    folds = folds_of(groups, 3, "event", np.random.default_rng(0))
    assert sorted(np.bincount(folds)) == [5, 5, 9]


def test_scores_that_tell_nothing_give_equal_chances() -> None:
    rng = np.random.default_rng(0)
    own, folds = np.arange(200) % 2, np.arange(200) // 2 % 5
    chances = probabilities(rng.normal(size=(200, 2)) * 0.01, own, folds)
    assert np.abs(chances - 0.5).max() < 0.25
    sure = probabilities(np.eye(2)[own], own, folds)
    assert sure[np.arange(200), own].min() > 0.95


# groups to hold out


def test_without_events_the_day_and_without_days_the_article_is_held_out() -> None:
    tokens, articles = corpus(telling)
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(articles["event"].str[1:].astype(int), unit="D")
    dated = articles.drop(columns="event").assign(date=days)
    scores, _, guesses = classify_outlets(tokens, dated, shuffles=9)
    assert whole(scores)["held_out"] == "day"
    assert "no event was held out, only the day" in whole(scores)["note"]
    assert guesses["held_out"].iloc[0] == "day 2024-01-01"
    bare = classify_outlets(tokens, dated.drop(columns="date"), shuffles=9)
    assert whole(bare.scores)["held_out"] == "article"
    empty_events = articles.assign(event=" ")
    assert whole(classify_outlets(tokens, empty_events, shuffles=9).scores)["held_out"] == "article"


def test_an_outlet_with_too_few_articles_is_left_out_and_said() -> None:
    tokens, articles = corpus(telling, outlets="ABC")
    kept = (articles["outlet"] != "Outlet C") | (articles["event"] < "e02")
    articles = articles[kept]
    tokens = tokens[tokens["article_id"].isin(articles["article_id"])]
    scores, _, guesses = classify_outlets(tokens, articles, shuffles=9)
    row = scores.set_index("outlet").loc["Outlet C"]
    assert np.isnan(row["share"])
    assert row["note"] == "left out: 4 articles, 5 needed"
    assert "Outlet C" not in set(guesses["outlet"]) | set(guesses["guessed"])


def test_too_little_gives_no_numbers() -> None:
    tokens, articles = corpus(telling, events=2)
    scores, terms, guesses = classify_outlets(tokens, articles)
    assert scores["share"].isna().all()
    assert scores["p"].isna().all()
    assert (scores["note"] != "").all()
    assert terms.empty
    assert guesses.empty
    assert "too few articles" in classification_findings(scores)[0]
    assert any("left out" in text for text in written(plot_classification(scores)))


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t, a: (t, a[a["outlet"] == "Outlet A"]), {}, "one outlet"),
        (lambda t, a: (t, a.iloc[1:]), {}, "'n000', which is not among the articles"),
        (lambda t, a: (t, a.assign(event="x")), {}, "1 event to hold out"),
        (lambda t, a: (t.drop(columns="recurring"), a), {}, "recurring"),
        (lambda t, a: (t, a.drop(columns="event")), {"hold_out": "event"}, "no column 'event'"),
        (lambda t, a: (t, a), {"hold_out": "week"}, "hold_out"),
        (lambda t, a: (t, a), {"folds": 1}, "folds"),
        (lambda t, a: (t, a), {"folds": 11}, "10 events to hold out"),
        (lambda t, a: (t, a), {"shuffles": 0}, "shuffles"),
        (lambda t, a: (t, a), {"random_state": -1}, "'random_state' cannot be -1"),
        (lambda t, a: (t, a), {"confidence": 95}, "confidence"),
    ],
)
def test_what_cannot_be_done_is_refused(change: Any, options: dict[str, Any], message: str) -> None:
    tokens, articles = change(*corpus(nothing))
    with pytest.raises(CorpusError, match=message):
        classify_outlets(tokens, articles, **options)


def test_articles_without_words_are_guessed_all_the_same() -> None:
    tokens, articles = corpus(telling)
    tokens = tokens[tokens["article_id"] != "n000"]
    scores, _, guesses = classify_outlets(tokens, articles, shuffles=9)
    assert whole(scores)["articles"] == 40
    assert guesses["article_id"].tolist() == articles["article_id"].tolist()


# the same numbers


def test_row_order_index_and_types_do_not_matter(karabakh: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    tokens, articles = karabakh
    first = classify_outlets(tokens, articles, shuffles=19)
    mixed = tokens.sample(frac=1, random_state=1).assign(article_id=lambda f: f["article_id"].astype("str"))
    mixed = mixed.assign(term=mixed["term"].astype("str")).set_axis([0] * len(tokens))
    others = articles.sample(frac=1, random_state=2).set_axis([0] * len(articles))
    others = others.assign(event=others["event"].astype("category"))
    for one, other in zip(first, classify_outlets(mixed, others, shuffles=19), strict=True):
        pd.testing.assert_frame_equal(one, other)


PRINTED = """
import corpus_tools as ct
from corpus_tools.compare.classification import classify_outlets
articles = ct.read_sample("karabakh")
tokens = ct.tokenize(articles, ct.find_voices(articles))
for frame in classify_outlets(tokens, articles, shuffles=19):
    print(frame.to_csv())
"""


@pytest.mark.slow
def test_hash_seed_and_threads_do_not_matter() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, threads in (("0", "1"), ("7", "2"))
    ]
    assert len(found[0]) > 10_000
    assert found[0] == found[1]


# words and chart


def written(ax: Any) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in ax.figure.findobj(Text) if text.get_text()]


def test_findings_name_articles_and_verdict_and_no_rank() -> None:
    tokens, articles = corpus(telling)
    scores, terms, _ = classify_outlets(tokens, articles, shuffles=99)
    told = " ".join(classification_findings(scores))
    assert "Outlet A and Outlet B were recognised by their words in 40 of 40 articles" in told
    assert "p = 0.010, the smallest possible. Told apart by their words: supported." in told
    assert "bias" not in told
    words = give_away_findings(terms)
    assert words[0].startswith('Outlet A (without recurring sentences) was told by using "blockade" (in 20 of its')
    assert len(words) == 2


def test_the_chart_draws_recognised_and_shuffled_of_every_outlet() -> None:
    tokens, articles = corpus(telling)
    scores = classify_outlets(tokens, articles, shuffles=99).scores
    ax = plot_classification(scores)
    dots = [float(line.get_xdata()[0]) for line in ax.lines if line.get_gid() == "dot"]
    expected = [value for row in scores.to_dict("records") for value in (row["share"], row["chance"])]
    assert dots == pytest.approx(expected)
    texts = written(ax)
    assert {"all outlets", "Outlet A", "Outlet B", "40 of 40", "20 of 20"} <= {text.strip() for text in texts}
    assert any("p = 0.010" in text and "supported" in text for text in texts)


@pytest.mark.parametrize("name", ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 200])
def test_hostile_names_are_drawn_as_they_are(name: str) -> None:
    tokens, articles = corpus(telling)
    articles["outlet"] = articles["outlet"].replace({"Outlet A": name})
    scores = classify_outlets(tokens, articles, shuffles=9).scores
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_classification(scores).figure.canvas.draw()
    assert "\u202e" not in " ".join(classification_findings(scores))


def test_charts_refuse_what_they_cannot_draw() -> None:
    tokens, articles = corpus(telling)
    scores = classify_outlets(tokens, articles, shuffles=9).scores
    with pytest.raises(CorpusError, match="no rows"):
        plot_classification(scores.iloc[:0])
    with pytest.raises(CorpusError, match="same outlet"):
        plot_classification(pd.concat([scores, scores]))
    with pytest.raises(CorpusError, match="balanced"):
        plot_classification(scores.drop(columns="balanced"))
