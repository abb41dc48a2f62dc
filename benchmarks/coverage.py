"""How often do our intervals hold the truth, and how wide are they beside what chance alone does?

python benchmarks/coverage.py [--runs 4000] [--cells 10 30 100] [--parts grid chance unequal words rates]

grid: shares, differences of two shares and log ratios of two rates of a label per word, for 10, 30, 100 articles a side
(`--cells`) x true shares .05, .2, .5 x intraclass correlation .1, .3 x none or 40 % of the articles without a hit,
exactly that many. Hits of the others: negative binomial with mean 2 and size 1, drawn again where 0; the label:
beta-binomial; lengths of articles: lognormal, sigma .6. The two sides are equal, or the reference has .2 more. Beside
ours, for the share: the percentile bootstrap over articles and Wilson's interval on all hits as if each were evidence.
unequal: shares where few units hold most of the hits.
words: log ratios of words that are in few or many articles, clumped in them or not, also with unequal sides.
chance: log ratios as in the grid, 100 articles, but 40 % of them without a hit by chance, not exactly.
rates: one rate of occurrences per article.

Each run without an interval is counted apart. "width" is the mean width over the runs, divided by that of the central
95 % of the estimates over the same runs; of log ratios over the intervals that are not open.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

from corpus_tools.compare.inference import (
    ShareEstimate,
    difference_interval,
    estimate_share,
    log_ratio_intervals,
    rate_intervals,
    rates_over_units,
    wilson,
)

Values = npt.NDArray[np.float64]
HITS, SIZE, LENGTH, SIGMA = 2.0, 1.0, 400.0, 0.6
SHARES, CORRELATIONS, WITHOUT = (0.05, 0.2, 0.5), (0.1, 0.3), (0.0, 0.4)
STEP, Z, CONFIDENCE, RESAMPLES = 0.2, 1.959964, 0.95, 1000
# In the other parts lengths of articles are the same for so many runs, so that these are one table of terms.
BLOCK = 100


class Found:
    """The intervals and estimates of one thing in one cell."""

    def __init__(self, true: float) -> None:
        self.true = true
        self.rows: list[tuple[float, float, float]] = []

    def add(self, estimate: float, low: float, high: float) -> None:
        self.rows.append((estimate, low, high))

    def coverage(self) -> float:
        _, low, high = self._known()
        return float(np.mean((low <= self.true) & (self.true <= high)))

    def width(self) -> float:
        estimate, low, high = self._known()
        closed = np.isfinite(high - low)
        return float((high - low)[closed].mean() / np.ptp(np.quantile(estimate, [0.025, 0.975])))

    def without(self) -> float:
        return 1 - len(self._known()[0]) / len(self.rows)

    def open(self) -> float:
        _, low, high = self._known()
        return float(np.isinf(high - low).mean())

    def _known(self) -> Values:
        rows = np.array(self.rows)
        return rows[~np.isnan(rows).any(axis=1)].T


def clumped_hits(rng: np.random.Generator, shape: tuple[int, ...], size: float = SIZE) -> Values:
    """Negative binomial without zeros."""
    hits = rng.negative_binomial(size, size / (size + HITS), shape)
    while (none := hits == 0).any():
        hits[none] = rng.negative_binomial(size, size / (size + HITS), int(none.sum()))
    return hits.astype(float)


def labelled(rng: np.random.Generator, hits: Values, share: float, correlation: float) -> Values:
    both = 1 / correlation - 1
    return rng.binomial(hits.astype(np.int64), rng.beta(share * both, (1 - share) * both, hits.shape)).astype(float)


def lengths(rng: np.random.Generator, shape: tuple[int, ...]) -> Values:
    return np.asarray(np.ceil(LENGTH * np.exp(rng.normal(-(SIGMA**2) / 2, SIGMA, shape))))


Side = tuple[Values, Values, Values]


def side(rng: np.random.Generator, runs: int, cell: tuple[int, float, float, float], step: float) -> Side:
    """Hits with the label and hits of the articles that have one, and the words of all; (runs, articles) each."""
    articles, share, correlation, without = cell
    hits = clumped_hits(rng, (runs, round(articles * (1 - without))))
    return labelled(rng, hits, share + step, correlation), hits, lengths(rng, (runs, articles))


def grid_cell(seed: int, runs: int, cell: tuple[int, float, float, float]) -> dict[str, Found]:
    """Everything that is measured in a cell of the grid."""
    rng = np.random.default_rng([seed, *(int(100 * value) for value in cell)])
    share = cell[1]
    sides = [side(rng, runs, cell, step) for step in (0.0, 0.0, STEP)]
    truths = {"pooled": share, "per article": share, "bootstrap": share, "all hits": share}
    truths |= {"equal": 0.0, "apart": -STEP, "ratio 1": 0.0, "ratio": float(np.log2(share / (share + STEP)))}
    found = {name: Found(true) for name, true in truths.items()}
    resamples = rng.multinomial(len(sides[0][0][0]), np.full(sides[0][0].shape[1], 1 / sides[0][0].shape[1]), RESAMPLES)
    for run in range(runs):
        own = [tuple(values[run] for values in of_side) for of_side in sides]
        counts, hits, _ = own[0]
        pooled = [estimate_share(y, n, estimand="pooled", confidence=CONFIDENCE) for y, n, _ in own]
        each = estimate_share(counts, hits, estimand="per_article", confidence=CONFIDENCE)
        for name, estimate in (("pooled", pooled[0]), ("per article", each)):
            found[name].add(estimate.share, estimate.low, estimate.high)
        found["all hits"].add(pooled[0].share, *wilson(pooled[0].share, hits.sum(), Z))
        ends = np.quantile((resamples @ counts) / (resamples @ hits), [0.025, 0.975])
        found["bootstrap"].add(pooled[0].share, ends[0], ends[1])
        for name, other in (("equal", pooled[1]), ("apart", pooled[2])):
            found[name].add(pooled[0].share - other.share, *difference_of(pooled[0], other, hits.sum()))
        for name, other_side in (("ratio 1", own[1]), ("ratio", own[2])):
            found[name].add(*ratio_of(own[0], other_side))
    return found


def difference_of(target: ShareEstimate, reference: ShareEstimate, hits: float) -> tuple[float, float]:
    units = len(target.influence) + len(reference.influence)
    places = np.arange(units)
    ours, theirs = places[: len(target.influence)], places[len(target.influence) :]
    return difference_interval(target.on(ours, units), reference.on(theirs, units), hits=hits)


def ratio_of(target: Side, reference: Side) -> tuple[float, float, float]:
    """Log ratio of the rates of the label per word; articles without a hit have words as well."""
    rates = []
    for counts, _, words in (target, reference):
        rates.append(rates_over_units(np.pad(counts, (0, len(words) - len(counts)))[:, None], words))
    low, high = log_ratio_intervals(rates[0], rates[1], confidence=CONFIDENCE)
    put = [max(float(own.occurrences[0]), 0.5) / own.words for own in rates]
    return float(np.log2(put[0] / put[1])), float(low[0]), float(high[0])


def grid(runs: int, units: list[int]) -> Iterator[str]:
    names = ("pooled", "per article", "equal", "apart", "ratio 1", "ratio")
    yield "| articles | share | corr. | without | " + " | ".join(names) + " | bootstrap | all hits | none | open |"
    yield "|" + "---|" * (len(names) + 8)
    worst: dict[tuple[int, str], tuple[float, float]] = {}
    for cell in product(units, SHARES, CORRELATIONS, WITHOUT):
        found = grid_cell(0, runs, cell)
        shown = []
        for name in names:
            covered, width = found[name].coverage(), found[name].width()
            shown.append(f"{covered:.3f} ({width:.2f})")
            lowest, widest = worst.get((cell[0], name), (1.0, 0.0))
            worst[cell[0], name] = min(lowest, covered), max(widest, width)
        peers = [f"{found[name].coverage():.3f}" for name in ("bootstrap", "all hits")]
        none = [max(found[name].without() for name in names), max(found[name].open() for name in ("ratio 1", "ratio"))]
        yield "| " + " | ".join([*map(str, cell), *shown, *peers, *(f"{share:.3f}" for share in none)]) + " |"
    for number in units:
        extremes = [f"{worst[number, name][0]:.3f} ({worst[number, name][1]:.2f})" for name in names]
        yield f"| {number} | lowest and (widest) | | | " + " | ".join(extremes) + " | | | | |"


def chance(runs: int, _: list[int]) -> Iterator[str]:
    yield "| share | corr. | ratio 1 | ratio |"
    yield "|---|---|---|---|"
    for share, correlation in product(SHARES, CORRELATIONS):
        rng = np.random.default_rng([int(100 * share), int(10 * correlation)])
        found = [Found(0.0), Found(float(np.log2(share / (share + STEP))))]
        sides = [side(rng, runs, (100, share, correlation, 0.0), step) for step in (0.0, 0.0, STEP)]
        counts = [own[0] * (rng.random(own[0].shape) >= WITHOUT[1]) for own in sides]
        for run in range(runs):
            own = [(y[run], hits[run], length[run]) for y, (_, hits, length) in zip(counts, sides, strict=True)]
            for of_pair, other in zip(found, own[1:], strict=True):
                of_pair.add(*ratio_of(own[0], other))
        shown = [f"{of_pair.coverage():.3f} ({of_pair.width():.2f})" for of_pair in found]
        yield "| " + " | ".join([str(share), str(correlation), *shown]) + " |"


def unequal_sizes(rng: np.random.Generator, kind: str, shape: tuple[int, int]) -> Values:
    if kind.startswith("lognormal"):
        return np.asarray(np.ceil(np.exp(rng.normal(1, 1.5, shape))))
    hits = 1.0 + rng.negative_binomial(1, 0.5, shape)
    if kind.startswith("half"):
        hits[:, 0] = hits[:, 1:].sum(axis=1)
    if kind.startswith("200"):
        hits[:, 0] = 200
    return np.asarray(hits)


def unequal(runs: int, _: list[int]) -> Iterator[str]:
    yield "| hits per unit | share | corr. | 5 | 8 | 15 | 40 units |"
    yield "|" + "---|" * 7
    kinds = ("negative binomial", "lognormal, sigma 1.5", "half of all hits in one unit", "200 in one unit")
    for kind, (share, correlation) in product(kinds, ((0.3, 0.3), (0.05, 0.3), (0.5, 0.1))):
        shown = []
        for units in (5, 8, 15, 40):
            rng = np.random.default_rng([units, kinds.index(kind), int(100 * share)])
            hits = unequal_sizes(rng, kind, (runs, units))
            counts = labelled(rng, hits, share, correlation)
            found = Found(share)
            for y, n in zip(counts, hits, strict=True):
                estimate = estimate_share(y, n, estimand="pooled", confidence=CONFIDENCE)
                found.add(estimate.share, estimate.low, estimate.high)
            mean = np.mean([high - low for _, low, high in found.rows])
            shown.append(f"{found.coverage():.3f} ({mean:.2f})")
        yield "| " + " | ".join([kind, str(share), str(correlation), *shown]) + " |"


def occurrences(
    rng: np.random.Generator, words: Values, present: float, rate: float, clump: tuple[str, float]
) -> Values:
    """A word in each of BLOCK runs as a column; only ``present`` of the articles can have it."""
    shape, inside = (len(words), BLOCK), rate / present
    kind, amount = clump
    can = rng.random(shape) < present
    if kind == "beta-binomial":
        both = 1 / amount - 1
        drawn = rng.binomial(words.astype(np.int64)[:, None], rng.beta(inside * both, (1 - inside) * both, shape))
    else:
        drawn = rng.poisson(words[:, None] * inside * rng.gamma(amount, 1 / amount, shape))
    return np.asarray(can * drawn, dtype=float)


CLUMPS = (
    (0.005, ("gamma-Poisson", 1.0)),
    (0.005, ("gamma-Poisson", 0.3)),
    (0.005, ("beta-binomial", 0.02)),
    (0.001, ("gamma-Poisson", 1.0)),
    (0.001, ("beta-binomial", 0.005)),
)


def words(runs: int, units: list[int]) -> Iterator[str]:
    yield "| articles | can have it | per 1,000 | clumps | ratio 1 | ratio 3 | none | open |"
    yield "|" + "---|" * 8
    pairs = [(number, number) for number in (*units, 300)] + [(20, 200), (200, 20)]
    for pair, present, (rate, clump) in product(pairs, (0.05, 0.2, 0.5, 1.0), CLUMPS):
        found = [word_cell(runs, pair, present, rate, clump, ratio) for ratio in (1, 3)]
        shown = [f"{own.coverage():.3f} ({own.width():.2f})" for own in found]
        rest = [f"{own.without():.2f}, {own.open():.2f}" for own in found]
        none, is_open = zip(*(row.split(", ") for row in rest), strict=True)
        cells = [f"{pair[0]}, {pair[1]}", str(present), f"{1000 * rate:g}", f"{clump[0]} {clump[1]}", *shown]
        yield "| " + " | ".join([*cells, ", ".join(none), ", ".join(is_open)]) + " |"


def word_cell(
    runs: int, pair: tuple[int, int], present: float, rate: float, clump: tuple[str, float], ratio: int
) -> Found:
    rng = np.random.default_rng([*pair, int(100 * present), int(1e6 * rate), int(1000 * clump[1]), ratio])
    found = Found(float(np.log2(ratio)))
    for _ in range(max(runs // BLOCK, 1)):
        sides = []
        for number, times in zip(pair, (ratio, 1), strict=True):
            own = lengths(rng, (number,))
            sides.append(rates_over_units(occurrences(rng, own, min(1.0, times * present), times * rate, clump), own))
        low, high = log_ratio_intervals(sides[0], sides[1], confidence=CONFIDENCE)
        put = [np.maximum(own.occurrences, 0.5) / own.words for own in sides]
        found.rows += list(zip(np.log2(put[0] / put[1]), low, high, strict=True))
    return found


def rates(runs: int, units: list[int]) -> Iterator[str]:
    numbers = (5, *units)
    yield "| hits per article | size | " + " | ".join(map(str, numbers)) + " |"
    yield "|" + "---|" * (2 + len(numbers))
    for mean, size in product((0.1, 0.5, 2.0), (0.5, 2.0)):
        shown = []
        for number in numbers:
            rng = np.random.default_rng([number, int(10 * mean), int(10 * size)])
            draws = rng.negative_binomial(size, size / (size + mean), (number, runs)).astype(float)
            own = rates_over_units(draws, np.ones(number))
            low, high = rate_intervals(own, confidence=CONFIDENCE)
            shown.append(f"{np.mean((low <= mean) & (mean <= high)):.3f}")
        yield "| " + " | ".join([f"{mean}", f"{size}", *shown]) + " |"


PARTS = {"grid": grid, "chance": chance, "unequal": unequal, "words": words, "rates": rates}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--cells", type=int, nargs="+", default=[10, 30, 100])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    for part in options.parts:
        print(f"\n{part}\n", flush=True)
        for line in PARTS[part](options.runs, options.cells):
            print(line, flush=True)


if __name__ == "__main__":
    main()
