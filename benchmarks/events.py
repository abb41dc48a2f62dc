"""How well are events found? Measured on the samples whose events are known, and prepared for judging elsewhere.

python benchmarks/events.py [CORPUS] [--large CORPUS] [--pairs SHEET.jsonl KEY.csv]

The samples come first: B-cubed precision, recall and F1 (Bagga and Baldwin 1998, Entity-based cross-document
coreferencing using the vector space model), with the default options and with each option changed. Of the Karabakh
sample the development half (every second event by date) and the other half are shown apart; figures of a half are
means over its articles, found among all articles.

CORPUS has no known events: how many are found, of which size, and over how many days similar pairs lie. With --pairs a
sheet for judges is drawn from it: pairs of articles of different outlets from found events, and the most similar pairs
that were not put into one. With --large the time for a further corpus is printed.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

import corpus_tools as ct
from corpus_tools.prepare.events import add_events
from corpus_tools.prepare.events.similar import find_links, measured_similarity
from corpus_tools.prepare.events.weights import weigh_words

WINDOW = 7
PAIRS = 60
SHOWN = 1200
GAPS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 21)
WINDOWS = (3, 5, 7, 10, 14, 21)
SIMILARITIES = (0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.20)
# So small that every pair is kept.
ANY = 1e-9

Scores = tuple[float, float, float]


def b_cubed(found: pd.Series, true: pd.Series, judged: npt.NDArray[np.bool_] | None = None) -> Scores:
    """Precision, recall and F1: for each article, of the articles found with it those that belong to it, and back."""
    frame = pd.DataFrame({"found": found.to_numpy(), "true": true.to_numpy()})
    both = frame.groupby(["found", "true"])["found"].transform("size")
    precision = both / frame.groupby("found")["found"].transform("size")
    recall = both / frame.groupby("true")["true"].transform("size")
    kept = np.ones(len(frame), dtype=bool) if judged is None else judged
    p, r = float(precision[kept].mean()), float(recall[kept].mean())
    return p, r, 2 * p * r / (p + r)


def short(scores: Scores) -> str:
    """Three decimals each."""
    return " | ".join(f"{score:.3f}" for score in scores)


def development_half(articles: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """The articles of every second event by its first day."""
    first = articles.groupby("event")["date"].min().sort_values(kind="stable")
    return articles["event"].isin(first.index[::2]).to_numpy()


def samples() -> None:
    """The figures on articles whose events are known."""
    print("| sample | precision | recall | F1 | found | true |")
    for name in ("karabakh", "strike"):
        articles = ct.read_sample(name)
        found = add_events(articles.drop(columns="event"))["event"]
        counts = f"{found.nunique()} | {articles['event'].nunique()}"
        print(f"| {name} | {short(b_cubed(found, articles['event']))} | {counts} |")
    articles = ct.read_sample("karabakh")
    half = development_half(articles)
    found = add_events(articles.drop(columns="event"))["event"]
    print(f"| karabakh, development half | {short(b_cubed(found, articles['event'], half))} |")
    print(f"| karabakh, other half | {short(b_cubed(found, articles['event'], ~half))} |")
    for name, event in {"one event": "all", "each article its own": articles["article_id"]}.items():
        print(f"| yardstick, {name} | {short(b_cubed(articles.assign(found=event)['found'], articles['event']))} |")
    undated = articles["article_id"].isin(articles["article_id"].sample(frac=0.2, random_state=0))
    found = add_events(articles.drop(columns="event").assign(date=articles["date"].mask(undated)))["event"]
    print(f"| karabakh, a fifth without dates | {short(b_cubed(found, articles['event']))} |")
    sensitivity(articles, half)
    parts(articles)


def sensitivity(articles: pd.DataFrame, half: npt.NDArray[np.bool_]) -> None:
    """F1 of the development half and of all, with one option or both changed."""
    bare, true = articles.drop(columns="event"), articles["event"]
    print("| window | similarity measured | " + " | ".join(f"{s:.2f}" for s in SIMILARITIES) + " |")
    for window in WINDOWS:
        cells = []
        for similarity in (None, *SIMILARITIES):
            found = add_events(bare, window=window, similarity=similarity)["event"]
            cells.append(f"{b_cubed(found, true, half)[2]:.2f} {b_cubed(found, true)[2]:.2f}")
        print(f"| {window} | " + " | ".join(cells) + " |")


def parts(articles: pd.DataFrame) -> None:
    """F1 on parts of the sample: half of the events, three outlets, six in ten articles."""
    rng = np.random.default_rng(0)
    draws = {
        "nine events": lambda: articles["event"].isin(rng.choice(articles["event"].unique(), 9, replace=False)),
        "three outlets": lambda: articles["outlet"].isin(rng.choice(articles["outlet"].unique(), 3, replace=False)),
        "six in ten articles": lambda: pd.Series(rng.random(len(articles)) < 0.6, index=articles.index),
    }
    for name, draw in draws.items():
        f1s = []
        for _ in range(10):
            part = articles[draw()]
            f1s.append(b_cubed(add_events(part.drop(columns="event"))["event"], part["event"])[2])
        print(f"| {name}, ten draws | mean F1 {np.mean(f1s):.3f} | lowest {min(f1s):.3f} |")


def similar_pairs(articles: pd.DataFrame, window: float) -> tuple[pd.DataFrame, float]:
    """All dated pairs of different outlets within the window, with their cosine; and the measured similarity."""
    dated = articles.dropna(subset="date").sort_values(["date", "article_id"], ignore_index=True)
    days = ((dated["date"].dt.normalize() - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy(dtype=float)
    outlets = pd.factorize(dated["outlet"])[0]
    vectors = weigh_words(dated["text"], outlets, days, WINDOW).vectors
    links = find_links(vectors, days, window, ANY)
    first, second = links.first, links.second
    pairs = pd.DataFrame({"a": dated["article_id"].to_numpy()[first], "b": dated["article_id"].to_numpy()[second]})
    pairs["days"] = days[second] - days[first]
    pairs["similarity"] = links.similarity
    pairs["cosine"] = links.similarity / (1 - pairs["days"] / (2 * (window + 1)))
    cross = outlets[first] != outlets[second]
    return pairs[cross].reset_index(drop=True), measured_similarity(vectors, days, outlets, WINDOW)


def days_apart(articles: pd.DataFrame) -> None:
    """How much more often pairs so many days apart are alike than pairs four and five weeks apart."""
    pairs, similarity = similar_pairs(articles, 35)
    print(f"measured similarity {similarity:.3f}")
    alike = pairs["cosine"] >= similarity
    usual = alike[pairs["days"] > GAPS[-1]].mean()
    print(f"{1e4 * usual:.1f} of 10,000 pairs 22 to 35 days apart are as alike")
    for low, high in pairwise(GAPS):
        here = (pairs["days"] >= low) & (pairs["days"] < high)
        rate = alike[here].mean()
        print(f"{low} to {high - 1} days: {1e4 * rate:.0f} of 10,000, {rate / usual:.1f} times")


def corpus(path: str) -> pd.DataFrame:
    """Prints what is found in a corpus without known events, and returns it."""
    articles = ct.read_articles(path, on_error="skip")
    start = time.perf_counter()
    found = add_events(articles)
    print(f"{len(articles)} articles, {time.perf_counter() - start:.0f} s; no date: {articles['date'].isna().sum()}")
    sizes = found.groupby("event").size()
    outlets = found.groupby("event")["outlet"].nunique()
    several = found[found["event"].isin(sizes[sizes > 1].index)]
    print(f"{len(sizes)} events, {int((sizes > 1).sum())} of several articles, {int((outlets > 1).sum())} of outlets")
    print(f"without a date among them: {several['date'].isna().sum()}")
    print("events by size:", sizes.value_counts().sort_index().to_dict())
    lasting = several.groupby("event")["date"].agg(lambda dates: (dates.max() - dates.min()).days)
    print("by days from first to last:", lasting.value_counts().sort_index().to_dict())
    days_apart(articles)
    return found


def draw_pairs(found: pd.DataFrame, sheet: str, key: str) -> None:
    """Writes pairs for judges who do not see what was found, and the key to them."""
    event = found.set_index("article_id")["event"]
    inside = cross_outlet_pairs(found).sample(PAIRS, random_state=0)
    pairs, _ = similar_pairs(found, WINDOW)
    apart = pairs[event.loc[pairs["a"]].to_numpy() != event.loc[pairs["b"]].to_numpy()]
    outside = apart.sort_values(["similarity", "a", "b"], ascending=[False, True, True]).head(PAIRS)
    drawn = pd.concat([inside.assign(found=True), outside[["a", "b"]].assign(found=False)])
    drawn = drawn.sample(frac=1, random_state=0).reset_index(drop=True)
    drawn.index = pd.RangeIndex(1, len(drawn) + 1, name="pair")
    drawn.to_csv(key)
    by_id = found.set_index("article_id")
    with Path(sheet).open("w", encoding="utf-8") as out:
        for number, a, b in drawn[["a", "b"]].itertuples(name=None):
            out.write(json.dumps({"pair": number, "a": shown(by_id.loc[a]), "b": shown(by_id.loc[b])}) + "\n")


def cross_outlet_pairs(found: pd.DataFrame) -> pd.DataFrame:
    """Every pair of articles of one event and of different outlets."""
    rows = found[["article_id", "outlet", "event"]].sort_values("article_id")
    pairs = rows.merge(rows, on="event", suffixes=("_a", "_b"))
    kept = (pairs["article_id_a"] < pairs["article_id_b"]) & (pairs["outlet_a"] != pairs["outlet_b"])
    return pairs.loc[kept, ["article_id_a", "article_id_b"]].set_axis(["a", "b"], axis=1)


def shown(article: pd.Series) -> dict[str, str]:
    """What a judge sees of an article."""
    date = "" if pd.isna(article["date"]) else str(article["date"].date())
    return {"title": str(article["title"]), "date": date, "text": str(article["text"])[:SHOWN]}


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", nargs="?")
    parser.add_argument("--large")
    parser.add_argument("--pairs", nargs=2, metavar=("SHEET", "KEY"))
    options = parser.parse_args()
    samples()
    if options.corpus:
        found = corpus(options.corpus)
        if options.pairs:
            draw_pairs(found, *options.pairs)
    if options.large:
        corpus(options.large)


if __name__ == "__main__":
    main()
