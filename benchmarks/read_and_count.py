"""Reading, tokenising and counting a large corpus in one go, beside scikit-learn's CountVectorizer in the same run.

python benchmarks/read_and_count.py ARTICLES.jsonl

CountVectorizer gets the texts as already read and splits them with its own pattern: no sentences, no voices, no
offsets. So the ratio says what the richer frame costs, not that one of the two is the better counter.
"""

from __future__ import annotations

import resource
import sys
import time
import warnings

from sklearn.feature_extraction.text import CountVectorizer

import corpus_tools as ct


def main(path: str) -> None:
    times = {}
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ct.CorpusWarning)
        articles = ct.read_articles(path, on_error="skip")
    times["read_articles"] = time.perf_counter() - start
    start = time.perf_counter()
    voices = ct.find_voices(articles)
    times["find_voices"] = time.perf_counter() - start
    start = time.perf_counter()
    tokens = ct.tokenize(articles, voices)
    times["tokenize"] = time.perf_counter() - start
    start = time.perf_counter()
    counts = ct.count_terms(tokens, by="outlet")
    times["count_terms"] = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    start = time.perf_counter()
    matrix = CountVectorizer().fit_transform(articles["text"])
    peer = time.perf_counter() - start
    print(
        f"{len(articles)} articles, {len(tokens)} words, {len(counts)} rows of counts, {matrix.shape[1]} terms (peer)"
    )
    for step, seconds in times.items():
        print(f"{step:14} {seconds:7.1f} s")
    print(f"{'together':14} {sum(times.values()):7.1f} s, peak memory {peak:.2f} GB")
    print(f"{'CountVectorizer':14} {peer:6.1f} s; ratio {sum(times.values()) / peer:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
