"""Topics: the ones that are there are found, shares add to one, shaky ones are said to be shaky."""

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

import corpus_tools as ct
from corpus_tools.compare.topics import SHAKY, fit_topics
from corpus_tools.schema import TOPIC_ARTICLES, TOPIC_OUTLETS, TOPIC_STABILITY, TOPIC_TERMS, CorpusError
from corpus_tools.show.charts.topics import plot_topics
from corpus_tools.show.describe.topics import stability_findings, topic_findings

SUBJECTS = {
    "court": [f"court{n}" for n in range(12)],
    "road": [f"road{n}" for n in range(12)],
    "vote": [f"vote{n}" for n in range(12)],
}
COMMON = [f"common{n}" for n in range(10)]


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def corpus(
    counts: dict[str, dict[str, int]] | None = None, *, seed: int = 0, subjects: dict[str, list[str]] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """So many articles of each outlet on each subject, with words of the subject and common ones."""
    rng = np.random.default_rng(seed)
    counts = counts or {"A": {"court": 12, "road": 4, "vote": 4}, "B": {"court": 4, "road": 12, "vote": 4}}
    articles, tokens = [], []
    for outlet, own in counts.items():
        for subject, size in own.items():
            for _ in range(size):
                name = f"n{len(articles):03d}"
                articles.append((name, outlet, subject))
                drawn = [*rng.choice((subjects or SUBJECTS)[subject], 20), *rng.choice(COMMON, 20)]
                tokens += [(name, outlet, word, False) for word in drawn]
    return (
        pd.DataFrame(tokens, columns=["article_id", "outlet", "term", "recurring"]),
        pd.DataFrame(articles, columns=["article_id", "outlet", "subject"]),
    )


def test_topics_that_are_there_are_found_with_their_shares() -> None:
    tokens, articles = corpus()
    found = fit_topics(tokens, articles, topics=3)
    firsts = {name.split(" · ")[0].rstrip("0123456789") for name in found.stability["name"]}
    assert firsts == {"court", "road", "vote"}
    assert found.stability["stability"].min() > 0.6
    subject_of = {t: n.split(" · ")[0].rstrip("0123456789") for t, n in found.stability[["topic", "name"]].to_numpy()}
    largest = found.articles.sort_values("share").drop_duplicates("article_id", keep="last").set_index("article_id")
    assert largest["topic"].map(subject_of).sort_index().tolist() == articles["subject"].tolist()
    shares = found.outlets.assign(subject=found.outlets["topic"].map(subject_of)).set_index(["outlet", "subject"])
    assert shares.loc[("A", "court"), "mean_share"] == pytest.approx(0.6, abs=0.1)
    assert shares.loc[("B", "court"), "mean_share"] < shares.loc[("A", "court"), "mean_share_low"]
    assert shares.loc[("B", "vote"), "note"] == ""


def test_frames_are_those_of_the_schema_and_sorted() -> None:
    found = fit_topics(*corpus(), topics=3)
    for frame, columns in zip(found, (TOPIC_TERMS, TOPIC_ARTICLES, TOPIC_OUTLETS, TOPIC_STABILITY), strict=True):
        assert tuple(frame.columns) == columns
    assert found.terms[["topic", "rank"]].apply(tuple, axis=1).is_monotonic_increasing
    assert found.terms.groupby("topic")["weight"].apply(lambda w: w.is_monotonic_decreasing).all()
    assert found.articles.groupby("topic")["share"].sum().is_monotonic_decreasing
    assert found.articles.groupby("article_id")["share"].sum().to_numpy() == pytest.approx(1, abs=1e-5)


def test_means_are_those_of_the_articles_and_words_lead_to_articles() -> None:
    tokens, articles = corpus()
    found = fit_topics(tokens, articles, topics=3)
    means = found.articles.groupby(["topic", "outlet"])["share"].mean()
    assert found.outlets["mean_share"].to_numpy() == pytest.approx(means.to_numpy(), abs=1e-6)
    holders = tokens.groupby("term")["article_id"].nunique()
    assert (found.terms["articles"] == found.terms["term"].map(holders)).all()
    assert found.outlets["searched"].unique().tolist() == [20]


def test_noise_makes_shaky_topics_and_says_so() -> None:
    one = {"court": [f"w{n}" for n in range(200)]}
    found = fit_topics(*corpus({"A": {"court": 30}, "B": {"court": 30}}, subjects=one), topics=6)
    assert found.stability["stability"].mean() < SHAKY
    shaky = found.stability[found.stability["stability"] < SHAKY]
    assert shaky["note"].str.startswith("shaky").all()
    assert found.outlets.loc[found.outlets["topic"].isin(shaky["topic"]), "note"].str.contains("shaky").all()
    assert "shaky" in stability_findings(shaky)[0]


def test_recurring_sentences_and_names_of_outlets_make_no_topic() -> None:
    tokens, articles = corpus()
    line = [
        (name, "A", word, True)
        for name in articles.loc[articles["outlet"] == "A", "article_id"]
        for word in ("sign", "newsletter", "today")
    ]
    named = [(name, "A", "herald's", False) for name in articles.loc[articles["outlet"] == "A", "article_id"]]
    tokens = pd.concat([tokens, pd.DataFrame(line + named, columns=tokens.columns)], ignore_index=True)
    articles["outlet"] = articles["outlet"].replace({"A": "The Herald"})
    words = set(fit_topics(tokens, articles, topics=3).terms["term"])
    assert not words & {"sign", "newsletter", "today", "herald's"}
    kept = fit_topics(tokens.assign(recurring=False), articles, topics=4, max_share=0.6)
    assert "newsletter" in set(kept.terms["term"])


def test_words_in_few_or_in_most_articles_are_left_out() -> None:
    tokens, articles = corpus()
    found = fit_topics(tokens, articles, topics=3, min_articles=8, max_share=0.4)
    assert found.terms["articles"].between(8, 16).all()


def test_units_widen_the_interval_and_copies_count_once() -> None:
    tokens, articles = corpus()
    plain = fit_topics(tokens, articles, topics=3).outlets
    by_event = fit_topics(
        tokens, articles.assign(event=articles["subject"] + articles["outlet"]), topics=3, unit="event"
    )
    assert by_event.outlets["mean_share_low"].isna().all()
    assert by_event.outlets["note"].str.contains("3 events").all()
    again = articles.assign(article_id=articles["article_id"] + " again")
    twice = pd.concat([articles, again]).assign(reuse_group=lambda f: f["article_id"].str[:4])
    copied = pd.concat([tokens, tokens.assign(article_id=tokens["article_id"] + " again")])
    once = fit_topics(copied, twice, topics=3, min_articles=10, unit="reuse_group").outlets
    columns = ["mean_share", "mean_share_low", "mean_share_high"]
    assert once[columns].to_numpy() == pytest.approx(plain[columns].to_numpy(), abs=0.02)


def test_an_article_without_words_has_no_share_and_few_articles_no_interval() -> None:
    tokens, articles = corpus({"A": {"court": 12, "road": 8}, "B": {"road": 3}})
    tokens = tokens[tokens["article_id"] != "n000"]
    found = fit_topics(tokens, articles, topics=2)
    none = found.articles[found.articles["article_id"] == "n000"]
    assert none["share"].isna().all()
    assert (none["note"] == "no word of any topic").all()
    rows = found.outlets.set_index("outlet")
    assert rows.loc["A", ["articles", "searched"]].drop_duplicates().to_numpy().tolist() == [[19, 20]]
    assert rows.loc["B", "mean_share_low"].isna().all()
    assert rows.loc["B", "note"].str.contains("3 articles with words of a topic, 5 needed").all()


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t, a: (t, a), {"topics": 21}, "at most 20"),
        (lambda t, a: (t, a), {"random_state": 1.5}, "'random_state' cannot be 1.5"),
        (lambda t, a: (t, a), {"topics": 1}, "topics"),
        (lambda t, a: (t, a), {"topics": 3, "min_articles": 39}, "words are left"),
        (lambda t, a: (t, a), {"max_share": 0}, "max_share"),
        (lambda t, a: (t, a), {"unit": "event"}, "add_events"),
        (lambda t, a: (t, a.iloc[1:]), {"topics": 3}, "'n000', which is not among the articles"),
        (lambda t, a: (t.drop(columns="term"), a), {}, "term"),
        (lambda t, a: (t.iloc[:0], a), {"topics": 3}, "0 words are left"),
    ],
)
def test_what_cannot_be_done_is_refused(change: Any, options: dict[str, Any], message: str) -> None:
    tokens, articles = change(*corpus())
    with pytest.raises(CorpusError, match=message):
        fit_topics(tokens, articles, **options)


def test_row_order_index_and_types_do_not_matter() -> None:
    articles = ct.read_sample("karabakh")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    first = fit_topics(tokens, articles, topics=5)
    mixed = tokens.sample(frac=1, random_state=1).assign(article_id=lambda f: f["article_id"].astype("str"))
    mixed = mixed.assign(term=mixed["term"].astype("str")).set_axis([0] * len(tokens))
    others = articles.sample(frac=1, random_state=2).set_axis([0] * len(articles))
    for one, other in zip(first, fit_topics(mixed, others, topics=5), strict=True):
        pd.testing.assert_frame_equal(one, other)


PRINTED = """
import corpus_tools as ct
from corpus_tools.compare.topics import fit_topics
articles = ct.read_sample("karabakh")
tokens = ct.tokenize(articles, ct.find_voices(articles))
for frame in fit_topics(tokens, articles, topics=5):
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


def row(topic: int, outlet: str, **others: Any) -> dict[str, Any]:
    known = {"topic": topic, "name": f"bridge{topic} · road", "stability": 0.7, "outlet": outlet, "mean_share": 0.3}
    rest = {"mean_share_low": 0.2, "mean_share_high": 0.45, "articles": 9, "searched": 10, "note": ""}
    return known | rest | others


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(TOPIC_OUTLETS))


def written(ax: Any) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in ax.figure.findobj(Text) if text.get_text()]


def test_findings_give_share_interval_and_articles() -> None:
    few = {"mean_share_low": np.nan, "mean_share_high": np.nan, "articles": 2, "searched": 2}
    table = frame(
        row(1, "A"), row(1, "B", stability=0.3, note="no interval: 2 articles, 5 needed; shaky: x", **few), row(2, "A")
    )
    told = topic_findings(table)
    assert len(told) == 2
    assert 'Topic 1, "bridge1 · road" (stability 0.70): A 30 % (interval 20 % to 45 %; 9 of 10 articles)' in told[0]
    assert "B 30 % (no interval: 2 articles, 5 needed; 2 of 2 articles)" in told[0]


def test_the_chart_draws_every_outlet_under_the_words_of_the_topic() -> None:
    few = {"mean_share_low": np.nan, "mean_share_high": np.nan}
    table = frame(row(1, "A"), row(1, "B", note="no interval: 2 articles, 5 needed", **few), row(2, "A", stability=0.3))
    ax = plot_topics(table)
    gids = [line.get_gid() for line in ax.lines]
    assert (gids.count("dot"), gids.count("greyed"), gids.count("interval")) == (2, 1, 2)
    texts = written(ax)
    assert "1 (stability 0.70): bridge1 · road" in texts
    assert "2 (stability 0.30, shaky): bridge2 · road" in texts
    assert "30 % · 9 of 10 articles" in texts
    assert any("2 articles, 5 needed" in text for text in texts)
    assert ax.get_xlim()[1] >= 0.45


def test_topics_that_are_not_drawn_are_counted() -> None:
    table = frame(*[row(n, "A") for n in range(1, 9)])
    texts = written(plot_topics(table, top=3))
    assert any("drawn are 3 of 8 topics" in text for text in texts)
    assert sum("stability 0.70" in text for text in texts) == 3


@pytest.mark.parametrize("name", ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 200])
def test_hostile_words_are_drawn_as_they_are(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_topics(frame(row(1, name, name=name))).figure.canvas.draw()
    assert "\u202e" not in topic_findings(frame(row(1, name, name=name)))[0]


def test_charts_refuse_what_they_cannot_draw() -> None:
    with pytest.raises(CorpusError, match="no rows"):
        plot_topics(frame())
    with pytest.raises(CorpusError, match="same topic"):
        plot_topics(frame(row(1, "A"), row(1, "A")))
    with pytest.raises(CorpusError, match="'top'"):
        plot_topics(frame(row(1, "A")), top=0)
    with pytest.raises(CorpusError, match="61 rows"):
        plot_topics(frame(*[row(1, f"Outlet {n}") for n in range(61)]))
    with pytest.raises(CorpusError, match="stability"):
        plot_topics(frame(row(1, "A")).drop(columns="stability"))
