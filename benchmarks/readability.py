"""How fast is readability beside textstat called article by article, and how far apart are the two?

python benchmarks/readability.py ARTICLES.jsonl [--articles N]

Both run in the same process on the same texts, ours first with everything it has to load, in seconds of the
processor. textstat is called as one calls it on a frame, each of its nine measures over all articles; and in the
order that suits it best, all measures of one article after another, for it keeps the counts of the last texts. Then:
in how many articles both count as many sentences, and that every measure is the same there; how far the measures lie
apart in all; what straight apostrophes in place of curly ones change; how often the interval of a mean holds the mean
of all articles, when 5, 10, 30 or 100 are drawn; and the same for a rate of occurrences that are negative binomial.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from textstat.backend import counts, metrics

from corpus_tools.compare.inference import MeanEstimate, estimate_mean, estimate_rate
from corpus_tools.compare.readability import readability
from corpus_tools.compare.readability_counts import count_texts, formulas
from corpus_tools.prepare.words import sentence_spans

Measure = Callable[[str], float]
PEERS: dict[str, Measure] = {
    "flesch_reading_ease": lambda text: metrics.flesch_reading_ease(text, "en_US"),
    "flesch_kincaid_grade": lambda text: metrics.flesch_kincaid_grade(text, "en_US"),
    "gunning_fog": lambda text: metrics.gunning_fog(text, "en_US"),
    "smog_index": lambda text: metrics.smog_index(text, "en_US"),
    "automated_readability_index": metrics.automated_readability_index,
    "coleman_liau_index": metrics.coleman_liau_index,
    "dale_chall_readability_score": lambda text: metrics.dale_chall_readability_score(text, "en_US"),
    "lix": metrics.lix,
    "rix": metrics.rix,
}
DRAWS = 2000
Numbers = npt.NDArray[np.float64]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def speed(articles: pd.DataFrame) -> None:
    """Prints seconds and ratios."""
    texts = articles["text"].tolist()
    own = seconds(lambda: readability(articles))
    splitting = seconds(lambda: [sentence_spans(text) for text in texts])
    peer = seconds(lambda: [[measure(text) for text in texts] for measure in PEERS.values()])
    kept = seconds(lambda: [[measure(text) for measure in PEERS.values()] for text in texts])
    one = seconds(lambda: [PEERS["flesch_reading_ease"](text) for text in texts])
    print(f"{len(texts)} articles: readability {own:.1f} s, of these {splitting:.1f} s to find sentences")
    print(f"  textstat, nine measures one after another: {peer:.1f} s, {peer / own:.1f} times ours")
    print(f"  textstat, one article after another: {kept:.1f} s, {kept / own:.1f} times ours")
    print(f"  textstat, reading ease alone: {one:.1f} s; ours without sentences {own - splitting:.1f} s")


def differences(articles: pd.DataFrame) -> None:
    """Prints where textstat counts other sentences, and what that changes."""
    texts = articles["text"].tolist()
    counted = count_texts(texts)
    ours = formulas(counted)[list(PEERS)]
    theirs = pd.DataFrame({name: [measure(text) for text in texts] for name, measure in PEERS.items()})
    agree = counted["sentences"].to_numpy() == np.array([counts.count_sentences(text) for text in texts])
    apart = (ours - theirs).abs()
    print(
        f"as many sentences in {agree.sum()} of {len(texts)}; largest difference there {apart[agree].max().max():.0e}"
    )
    print("elsewhere, median and largest difference:")
    print(apart[~agree].agg(["median", "max"]).T.round(2).to_string(header=False))
    curly = [place for place, text in enumerate(texts) if "’" in text]
    straight = formulas(count_texts([texts[place].replace("’", "'") for place in curly]))[list(PEERS)]
    moved = (straight - ours.iloc[curly].reset_index(drop=True)).abs()
    print(f"straight apostrophes in {len(curly)} articles, mean and largest change:")
    print(moved.agg(["mean", "max"]).T.round(3).to_string(header=False))


def holds(estimate: Callable[..., MeanEstimate], draws: Numbers, true: float) -> float:
    one = np.ones(draws.shape[1])
    found = [estimate(draw, one, confidence=0.95) for draw in draws]
    return float(np.mean([own.low <= true <= own.high for own in found]))


def calibration(articles: pd.DataFrame) -> None:
    """Prints how often intervals hold the true mean."""
    rng = np.random.default_rng(0)
    table = readability(articles)
    for name in ("flesch_reading_ease", "gunning_fog", "words_per_sentence", "rix"):
        values = table[name].dropna().to_numpy()
        shares = [holds(estimate_mean, rng.choice(values, (DRAWS, m)), values.mean()) for m in (5, 10, 30, 100)]
        print(f"{name}: {', '.join(f'{share:.3f}' for share in shares)} for 5, 10, 30, 100 articles")
    for mean in (0.1, 0.5, 2.0):
        for size in (0.5, 2.0):
            drawn = {m: rng.negative_binomial(size, size / (size + mean), (DRAWS, m)) for m in (5, 10, 30, 100)}
            rates = [holds(estimate_rate, draw.astype(float), mean) for draw in drawn.values()]
            student = [holds(estimate_mean, draw.astype(float), mean) for draw in drawn.values()]
            print(f"rate {mean}, negative binomial size {size}: {rates}; Student's interval {student}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    options = parser.parse_args()
    articles = pd.read_json(options.corpus, lines=True, dtype={"article_id": str}).head(options.articles)
    speed(articles)
    differences(articles)
    calibration(articles)


if __name__ == "__main__":
    main()
