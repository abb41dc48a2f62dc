"""A linear classifier that never sees what it is asked about, for the true outlets and for all shuffled ones at once.

Ridge regression on indicators of the outlets, as `sklearn.linear_model.RidgeClassifier` fits it. It is linear in the
outlets, so the weight that each article has in each guess is computed once and serves every shuffle.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize_scalar

Values = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
# Set once, on three corpora; accuracy hardly differs between .1 and 1.
_PENALTY = 0.3
# Processors with other numbers of cores round the last digits differently.
_DIGITS = 9
_CHUNK_CELLS = 20_000_000
_SHARPEST = 7.0


class Machine(NamedTuple):
    """The weight of every article in the score of every other one, zero within a fold; and who learns for whom."""

    weights: Values
    folds: Codes
    outlets: int

    def scores(self, own: Codes) -> Values:
        """Scores of shape (labellings, articles, outlets): how far each outlet rises above its share, over its spread.

        An outlet that is not among the articles learned from cannot be guessed.
        """
        labels = (own[:, :, None] == np.arange(self.outlets)).astype(float)
        learned = (self.folds[None, :] != np.arange(self.folds.max() + 1)[:, None]).astype(float)
        learned /= learned.sum(axis=1, keepdims=True)
        raw, share = (np.tensordot(labels, matrix, axes=(1, 1)).swapaxes(1, 2) for matrix in (self.weights, learned))
        share = share[:, self.folds]
        spread = np.sqrt(share * (1 - share))
        scores = np.divide(raw, spread, out=np.zeros_like(raw), where=spread > 0)
        return np.where(share > 0, scores.round(_DIGITS), -np.inf)

    def guesses(self, own: Codes) -> Codes:
        """The outlet with the highest score, of those with the same one the first by name."""
        step = max(_CHUNK_CELLS // max(own.shape[1] * self.outlets, 1), 1)
        parts = [self.scores(own[at : at + step]).argmax(axis=2) for at in range(0, len(own), step)]
        return np.concatenate(parts).astype(np.int64) if parts else np.empty((0, own.shape[1]), dtype=np.int64)


def kernel_of(features: sparse.csr_array) -> Values:
    """How alike any two articles are."""
    return np.asarray((features @ features.T).toarray())


def learn(kernel: Values, folds: Codes, outlets: int) -> Machine:
    """The machine for articles that are so alike, and these folds."""
    weights = np.zeros_like(kernel)
    for asked, seen, factor in _fits(kernel, folds):
        between = kernel[np.ix_(asked, seen)]
        own = kernel[np.ix_(seen, seen)]
        centred = between - between.mean(axis=1, keepdims=True) - own.mean(axis=0) + own.mean()
        weights[np.ix_(asked, seen)] = cho_solve(factor, centred.T).T
    return Machine(weights, folds, outlets)


def _fits(kernel: Values, folds: Codes) -> Iterator[tuple[Codes, Codes, tuple[Values, bool]]]:
    """For each fold the articles asked about, those learned from, and the factor of their centred kernel."""
    for fold in range(int(folds.max()) + 1):
        asked, seen = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        own = kernel[np.ix_(seen, seen)]
        centred = own - own.mean(axis=0) - own.mean(axis=1)[:, None] + own.mean() + _PENALTY * np.eye(len(seen))
        yield asked, seen, cho_factor(centred, lower=True)


def pushes(kernel: Values, features: sparse.csr_array, folds: Codes, own: Codes, outlets: int) -> Values:
    """How much each word sets an outlet's held-out articles apart from the others', of shape (outlets, words).

    The weight of the word times the difference of its mean value in both; in each fold the weight is that learned from
    the other folds. The sum over all words is the distance of the mean scores.
    """
    labels = (own[:, None] == np.arange(outlets)).astype(float)
    signs = labels / labels.sum(axis=0) - (1 - labels) / (1 - labels).sum(axis=0)
    total = np.zeros((outlets, features.shape[1]))
    for asked, seen, factor in _fits(kernel, folds):
        share = labels[seen].mean(axis=0)
        spread = np.sqrt(share * (1 - share))
        dual = cho_solve(factor, labels[seen] - share)
        dual = np.divide(dual, spread, out=np.zeros_like(dual), where=spread > 0)
        total += (dual.T @ features[seen]) * (signs[asked].T @ features[asked])
    return total.round(_DIGITS)


def probabilities(scores: Values, own: Codes, folds: Codes) -> Values:
    """Chances of each outlet as the scores of the other folds call for, as if all outlets printed equally much.

    Chances go with exp(sharpness · score). For each fold the sharpness is the one under which what the other folds were
    is most likely, each outlet counting the same; 0, where scores tell nothing, gives all the same chance.
    """
    sizes = np.bincount(own, minlength=scores.shape[1])
    weights = 1 / sizes[own]
    found = np.zeros_like(scores)
    for fold in range(int(folds.max()) + 1):
        rest = folds != fold
        found[~rest] = _softmax(scores[~rest] * _sharpness(scores[rest], own[rest], weights[rest]))
    return found.round(6)


def _sharpness(scores: Values, own: Codes, weights: Values) -> float:
    places = np.arange(len(own))

    def loss(logarithm: float) -> float:
        chances = _softmax(scores * np.exp(logarithm))[places, own]
        return float(-(weights * np.log(np.maximum(chances, 1e-12))).sum())

    best = minimize_scalar(loss, bounds=(-_SHARPEST, _SHARPEST), method="bounded", options={"xatol": 1e-6})
    return float(np.exp(best.x))


def _softmax(values: Values) -> Values:
    risen = np.exp(values - values.max(axis=1, keepdims=True))
    return risen / risen.sum(axis=1, keepdims=True)
