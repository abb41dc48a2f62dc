"""Is shared text found, all of it, and how fast? Beside an exhaustive comparison, labelled pairs and MinHash.

python benchmarks/reuse.py ARTICLES.jsonl --exhaustive 2000     every pair compared with Python's sets
python benchmarks/reuse.py ARTICLES.jsonl --time 3000 12000     seconds; beside datasketch where it is installed
python benchmarks/reuse.py PAIRS.jsonl.gz --labelled            copies told from other pairs; 40 hardest to a file

Voices are left out where only time or similarity is measured: they change neither.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

import corpus_tools as ct
from corpus_tools.schema import VOICES, empty

SHINGLE = 5
ALIKE = 0.8
COPIES = ("copy", "mostly_copy")
PERMUTATIONS = 128


def tokens_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Words without voices."""
    return ct.tokenize(articles, empty(VOICES))


def shingle_sets(tokens: pd.DataFrame) -> dict[str, set[tuple[str, ...]]]:
    """The shingles of each article as Python's own sets of words."""
    sets = {}
    for article_id, own in tokens.groupby("article_id", observed=True, sort=False):
        words = own["term"].astype("str").tolist()
        sets[str(article_id)] = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    return sets


def exhaustive(articles: pd.DataFrame) -> None:
    """Prints how many of the pairs that an exhaustive comparison finds are found, and found alike."""
    tokens = tokens_of(articles)
    sets = shingle_sets(tokens)
    expected = {}
    for a, b in combinations(sets, 2):
        both = len(sets[a] & sets[b])
        if both:
            expected[a, b] = both / (len(sets[a]) + len(sets[b]) - both)
    pairs = ct.find_reuse(tokens, shingle=SHINGLE)
    found = dict(zip(zip(pairs["article_id_a"], pairs["article_id_b"], strict=True), pairs["jaccard"], strict=True))
    alike = {pair for pair, jaccard in expected.items() if jaccard >= ALIKE}
    largest = max((abs(found[pair] - jaccard) for pair, jaccard in expected.items() if pair in found), default=0.0)
    print(f"{len(articles)} articles, {len(sets) * (len(sets) - 1) // 2} pairs compared")
    print(f"{len(alike)} pairs with Jaccard {ALIKE} or more, {len(alike & found.keys())} of them found")
    print(
        f"{len(expected)} pairs that share anything, {len(expected.keys() & found.keys())} found, {len(found)} returned"
    )
    print(f"largest difference of a Jaccard: {largest:.1e}")


def timed(articles: pd.DataFrame, sizes: list[int]) -> None:
    """Prints seconds for each size, beside the peer's."""
    for size in sizes:
        tokens = tokens_of(articles.head(size))
        start = time.perf_counter()
        pairs = ct.find_reuse(tokens, shingle=SHINGLE)
        ours = time.perf_counter() - start
        start = time.perf_counter()
        passages = ct.align_passages(tokens, pairs)
        aligning = time.perf_counter() - start
        print(f"{size} articles, {len(tokens)} words: {len(pairs)} pairs in {ours:.1f} s")
        print(f"  {len(passages)} passages in {aligning:.1f} s")
        _peer(tokens, pairs, ours)


def _peer(tokens: pd.DataFrame, pairs: pd.DataFrame, ours: float) -> None:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        print("  datasketch is not installed: no peer")
        return
    words = {str(a): own["term"].astype("str").tolist() for a, own in tokens.groupby("article_id", observed=True)}
    start = time.perf_counter()
    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    sketches = {}
    for article_id, own in words.items():
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([" ".join(own[i : i + SHINGLE]).encode() for i in range(len(own) - SHINGLE + 1)])
        sketches[article_id] = sketch
        index.insert(article_id, sketch)
    candidates = {frozenset((a, b)) for a in words for b in index.query(sketches[a]) if a != b}
    peer = time.perf_counter() - start
    alike = {frozenset(p) for p in pairs.loc[pairs["jaccard"] >= ALIKE, ["article_id_a", "article_id_b"]].to_numpy()}
    print(
        f"  datasketch: {peer:.1f} s, {peer / ours:.1f} times ours; "
        f"{len(alike & candidates)} of {len(alike)} pairs with Jaccard {ALIKE} or more"
    )


def labelled(path: Path, hardest: Path) -> None:
    """Prints how well copies are told from other pairs, and writes the hardest ones down for reading."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = pd.DataFrame([json.loads(line) for line in lines])
    sides = [
        rows[[f"{s}_id", f"{s}_outlet", f"{s}_text"]].set_axis(["article_id", "outlet", "text"], axis=1) for s in "ab"
    ]
    articles = pd.concat(sides).drop_duplicates("article_id")
    asked = rows.rename(columns={"a_id": "article_id_a", "b_id": "article_id_b"})
    pairs = ct.find_reuse(ct.tokenize(articles, ct.find_voices(articles)), pairs=asked)
    score = {
        frozenset((p.article_id_a, p.article_id_b)): max(p.containment, p.containment_b) for p in pairs.itertuples()
    }
    scores = np.array([score[frozenset(p)] for p in asked[["article_id_a", "article_id_b"]].to_numpy()])
    copies = rows["silver_label"].isin(COPIES).to_numpy()
    print(f"{len(rows)} pairs, {copies.sum()} copies; all called copies: F1 {_f1(scores >= 0, copies):.3f}")
    grouped = ct.add_reuse_groups(articles, pairs).set_index("article_id")["reuse_group"]
    together = np.array([grouped[a] == grouped[b] for a, b in asked[["article_id_a", "article_id_b"]].to_numpy()])
    print(f"in one reuse group: {_figures(together, copies)}")
    for least in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        print(f"containment of {least} and more: {_figures(scores >= least, copies)}")
    even = np.arange(len(rows)) % 2 == 0
    for part, other in ((even, ~even), (~even, even)):
        best = max(np.arange(0.2, 0.9, 0.01), key=lambda least: _f1(scores[part] >= least, copies[part]))
        print(f"set on one half ({best:.2f}), measured on the other: {_figures(scores[other] >= best, copies[other])}")
    order = np.argsort(np.abs(scores - 0.5), kind="stable")[:40]
    rows.iloc[order].assign(score=scores[order]).to_json(hardest, orient="records", lines=True)
    print(f"the 40 pairs nearest to .5: {hardest}")


def _figures(called: np.ndarray, true: np.ndarray) -> str:
    return f"F1 {_f1(called, true):.3f}, specificity {(~called & ~true).sum() / (~true).sum():.3f}"


def _f1(called: np.ndarray, true: np.ndarray) -> float:
    return float(2 * (called & true).sum() / (called.sum() + true.sum()))


def main() -> None:
    """Reads the arguments and prints what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--exhaustive", type=int)
    parser.add_argument("--time", type=int, nargs="+")
    parser.add_argument("--labelled", action="store_true")
    parser.add_argument("--hardest", type=Path, default=Path("hardest.jsonl"))
    options = parser.parse_args()
    if options.labelled:
        labelled(options.source, options.hardest)
        return
    articles = ct.read_articles(options.source, on_error="skip")
    if options.exhaustive:
        exhaustive(articles.head(options.exhaustive))
    if options.time:
        timed(articles, options.time)


if __name__ == "__main__":
    main()
