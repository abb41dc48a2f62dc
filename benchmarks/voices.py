"""How well are voices told apart? Measured on the annotated set, word by word.

python benchmarks/voices.py GOLD.jsonl.gz [--table] [--write] [--final]

A tenth of the articles, drawn by a hash of the article id, is set aside: it is looked at with --final only. Over the
other nine tenths the table of weights is refitted without the outlet that is measured. --write fits the table that is
shipped, on all nine tenths. --table writes the held-out figures, by outlet and by kind of error, and those of the
teaching articles to the file that `voice_errors` reads.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from voice_gold import Array, Article, agreement, annotated_as, covered, read_gold
from voice_kinds import FOUND, MISSED
from voice_table import (
    OUTSIDE,
    Judged,
    Row,
    edge_rows,
    f1_row,
    group_rows,
    kind_rows,
    share_row,
    write,
)

import corpus_tools as ct
from corpus_tools.prepare.voices import reported
from corpus_tools.prepare.voices.context import SURE
from corpus_tools.prepare.voices.quotation import quoted_spans
from corpus_tools.prepare.voices.reported import Voice, voices_of
from corpus_tools.prepare.voices.weights import Weights
from corpus_tools.prepare.words import word_spans

TABLE = Path(reported.__file__).with_name("weights.csv")
MEASURED = Path(reported.__file__).with_name("measured.csv")
TRUTH = Path(__file__).resolve().parents[1] / "data" / "karabakh" / "truth"
TEACHING = {
    "24 articles the rules were developed on": TRUTH / "voices.csv",
    "12 articles marked blind": TRUTH / "voices_blind.csv",
}
NAMES = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "Washington Post",
    "west-journal": "Western Journalism",
}
FEWEST = 6  # articles that a rule or pair must occur in to get a weight
STRENGTH = 0.03
SHIFT = 30
SMALLEST = 8  # hundredths
SURE_WEIGHT = 160  # set by hand
PRONOUNS = frozenset("he she it they we i you who which that this his her their him them".split())


Key = tuple[str, str]


def keys(rule: str, cue: str) -> tuple[Key, ...]:
    """What a stretch counts as: its rule, and its rule with its cue."""
    return ((rule, ""), (rule, cue)) if cue else ((rule, ""),)


def known_keys(articles: list[Article]) -> dict[Key, int]:
    """A column for each rule and pair that at least three articles use."""
    uses = Counter(key for a in articles for key in {k for rule, cue, _, _ in a.pieces for k in keys(rule, cue)})
    often = sorted(k for k, n in uses.items() if n >= FEWEST and k[0] != SURE)
    return {key: i for i, key in enumerate(often)}


def matrix(articles: list[Article], columns: dict[Key, int]) -> tuple[sparse.csr_array, Array, Array, Array]:
    """One row per run of words with the same stretches: features, truth, words, article."""
    parts, truth, words, origin = [], [], [], []
    for n, article in enumerate(articles):
        rows, cols, values = [], [], []
        for rule, cue, low, high in article.pieces:
            for key in keys(rule, cue):
                if key in columns:
                    rows += [low, high]
                    cols += [columns[key]] * 2
                    values += [1, -1]
        size = len(article.starts)
        steps = sparse.csr_array((values, (rows, cols)), shape=(size + 1, len(columns)), dtype=np.float64)
        cuts = np.unique([0, *rows, *np.flatnonzero(np.diff(article.marked) | np.diff(article.truth)) + 1])
        cuts = cuts[cuts < size]
        groups = np.searchsorted(cuts, np.arange(size + 1), side="right") - 1
        gather = sparse.csr_array((np.ones(size + 1), (groups, np.arange(size + 1))), shape=(len(cuts), size + 1))
        lower = sparse.csr_array(np.tri(len(cuts)))
        free = ~article.marked[cuts]
        parts.append((lower @ (gather @ steps))[free])
        truth.append(article.truth[cuts][free])
        words.append(np.diff([*cuts, size])[free])
        origin.append(np.full(int(free.sum()), n))
    return sparse.vstack(parts, format="csr"), *(np.concatenate(x) for x in (truth, words, origin))


def fit(articles: list[Article]) -> Weights:
    """Weights in hundredths that tell annotated words from others outside quotation marks."""
    columns = known_keys(articles)
    features, truth, words, _ = matrix(articles, columns)
    model = LogisticRegression(C=STRENGTH, solver="lbfgs", max_iter=300, fit_intercept=False)
    model.fit(features, truth, sample_weight=words)
    values = np.rint(100 * model.coef_[0]).astype(int)
    values[columns["any sentence", ""]] += SHIFT
    fitted = {key: int(values[i]) for key, i in columns.items() if abs(values[i]) >= SMALLEST}
    return fitted | {(SURE, ""): SURE_WEIGHT}


def predict(article: Article, weights: Weights) -> Array:
    """The words that are given to somebody."""
    steps = np.zeros(len(article.starts) + 1, dtype=np.int64)
    for rule, cue, low, high in article.pieces:
        value = sum(weights.get(key, 0) for key in keys(rule, cue))
        steps[low] += value
        steps[high] -= value
    return article.marked | (np.cumsum(steps)[:-1] > 0)


def report(name: str, articles: list[Article], found: list[Array]) -> None:
    """Prints the line of one group of articles as it stands in RESULTS.md."""
    report_rows(group_rows("", name, [judged(a, f) for a, f in zip(articles, found, strict=True)]))


def report_rows(rows: list[Row]) -> None:
    """Prints the figures of one group of articles as a line of a table."""
    of = {row.measure: row for row in rows}
    f1_of = of["F1"]
    others = [of[m].value if m in of else 0.0 for m in ("Matthews correlation", "precision", "recall", OUTSIDE)]
    figures = " | ".join(short(x) for x in others)
    ends = f"[{short(f1_of.low)}, {short(f1_of.high)}]"
    print(f"| {f1_of.name} ({f1_of.articles}) | {short(f1_of.value)} {ends} | {figures} |")


def short(value: float) -> str:
    """Three decimals without the zero in front."""
    return f"{value:.3f}".removeprefix("0")


def held_out(articles: list[Article]) -> list[Array]:
    """Each article as found with a table that never saw its outlet."""
    tables = {o: fit([a for a in articles if a.outlet != o]) for o in {a.outlet for a in articles}}
    return [predict(a, tables[a.outlet]) for a in articles]


def speaker_rows(articles: list[Article]) -> list[Row]:
    """Whether the head of the found speaker is in the annotated source, and the cue touches the annotated cue."""
    counts = []
    for article in articles:
        count: Counter[str] = Counter()
        voices = [v for v in voices_of(article.text) if v.voice == "quoted"]
        for a in article.attributions:
            direct = [v for v in voices if any(_overlap(v, span) > (span[1] - span[0]) * 0.8 for span in a["content"])]
            if direct:
                _judge(article.text, a, direct[0], count)
        counts.append(count)
    names = {"speaker, named": ("head", "named"), "speaker, a pronoun": ("pronoun head", "pronoun")}
    names["cue"] = ("cue hit", "cue")
    return [
        share_row("quotation", name, "share right", np.array([(count[hit], count[case]) for count in counts]))
        for name, (hit, case) in names.items()
    ]


def speakers(articles: list[Article]) -> None:
    """Prints the line of the speakers and cues of quotations."""
    print("; ".join(f"{row.name} right in {row.value:.3f} of {row.words}" for row in speaker_rows(articles)))


def _overlap(voice: Voice, span: list[int]) -> int:
    return min(voice.end, span[1]) - max(voice.start, span[0])


def _judge(text: str, a: dict[str, Any], voice: Voice, count: Counter[str]) -> None:
    source = " ".join(text[s:e] for s, e in a["source"]).lower().split()
    cue = " ".join(text[s:e] for s, e in a["cue"]).lower()
    if source:
        kind = "pronoun" if len(source) == 1 and source[0] in PRONOUNS else "named"
        count[kind] += 1
        count["pronoun head" if kind == "pronoun" else "head"] += _plain(head_word(voice.speaker)) in map(
            _plain, source
        )
    if cue:
        count["cue"] += 1
        count["cue hit"] += bool(set(map(_plain, cue.split())) & set(map(_plain, (voice.cue or "").lower().split())))


def _plain(word: str) -> str:
    return word.strip(".,;:'’\"“”()").lower().removesuffix("'s").removesuffix("’s")


def head_word(speaker: str | None) -> str:
    """The last word of a name before a comma or preposition."""
    if not speaker:
        return "?"
    words = []
    for word in speaker.split():
        if words and word.lower() in ("of", "for", "in", "from", "at", "on", "with", "to", "who", "whose"):
            break
        words.append(word)
        if word.endswith(","):
            break
    return words[-1]


def write_table(articles: list[Article]) -> None:
    """The table that is shipped."""
    weights = fit(articles)
    with TABLE.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("rule", "cue", "weight"))
        table.writerows((rule, cue, value) for (rule, cue), value in sorted(weights.items()))
    print(f"{len(weights)} rows written")


def judged(article: Article, found: Array) -> Judged:
    """An article with what was found in it."""
    return Judged(article.truth, article.marked, found, annotated_as(article), article.taken_for)


def teaching_rows() -> list[Row]:
    """The shipped finder against the teaching articles marked by hand; files that are not there are passed over."""
    texts = ct.read_articles("karabakh").set_index("article_id")["text"]
    rows = []
    for name, path in TEACHING.items():
        if not path.is_file():
            print(f"{path.name} is not there")
            continue
        spans: dict[str, list[tuple[int, int]]] = {}
        with path.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                spans.setdefault(line["article_id"], []).append((int(line["start"]), int(line["end"])))
        rows += group_rows("teaching articles", name, [_teaching(texts[key], own) for key, own in spans.items()])
    return rows


def _teaching(text: str, spans: list[tuple[int, int]]) -> Judged:
    starts = np.array([s for s, _ in word_spans(text)], dtype=np.int64)
    marked = covered(starts, quoted_spans(text))
    found = covered(starts, [(v.start, v.end) for v in voices_of(text)])
    kinds = np.full(len(starts), "", dtype=object)
    return Judged(covered(starts, spans), marked, found, kinds, kinds)


def table_rows(gold: str, articles: list[Article], found: list[Array]) -> list[Row]:
    """All that `measured.csv` holds."""
    every = [judged(a, f) for a, f in zip(articles, found, strict=True)]
    rows = group_rows("all", "seven outlets", every)
    for outlet in sorted({a.outlet for a in articles}):
        own = [j for a, j in zip(articles, every, strict=True) if a.outlet == outlet]
        rows += group_rows("outlet", NAMES[outlet], own)
    marks = [Judged(j.truth, j.marked, j.marked, j.annotated_as, j.taken_for) for j in every]
    rows += group_rows("yardstick", "quotation marks alone", marks)
    rows.append(f1_row("yardstick", "every word attributed", [[(j.truth, j.truth | True)] for j in every]))
    rows.append(f1_row("yardstick", "two annotators of one article", agreement(gold)))
    rows += kind_rows(every, MISSED, FOUND) + edge_rows(every) + speaker_rows(articles)
    return rows + teaching_rows()


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("gold")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--final", action="store_true")
    options = parser.parse_args()
    articles = read_gold(options.gold, final=False)
    if options.write:
        write_table(articles)
        reported.shipped.cache_clear()
    found = held_out(articles)
    if options.table:
        write(MEASURED, table_rows(options.gold, articles, found))
    report("seven outlets", articles, found)
    report("quotation marks alone", articles, [a.marked for a in articles])
    for outlet in sorted({a.outlet for a in articles}):
        pairs = [(a, f) for a, f in zip(articles, found, strict=True) if a.outlet == outlet]
        report(NAMES[outlet], [a for a, _ in pairs], [f for _, f in pairs])
    start = time.process_time()
    shipped = [covered(a.starts, [(v.start, v.end) for v in voices_of(a.text)]) for a in articles]
    seconds = time.process_time() - start
    words = sum(len(a.starts) for a in articles)
    print(f"{words / 800 / seconds:.0f} articles of 800 words a second")
    report("table as shipped, fitted on these", articles, shipped)
    teaching = teaching_rows()
    for name in dict.fromkeys(row.name for row in teaching):
        report_rows([row for row in teaching if row.name == name])
    speakers(articles)
    if options.final:
        aside = read_gold(options.gold, final=True)
        report("set aside", aside, [covered(a.starts, [(v.start, v.end) for v in voices_of(a.text)]) for a in aside])
        speakers(aside)


if __name__ == "__main__":
    main()
