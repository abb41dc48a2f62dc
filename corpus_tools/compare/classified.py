"""The frames of a classification: what was recognised, by which words, what was guessed for each article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from corpus_tools.compare.guessing import Codes
from corpus_tools.compare.holdout import HeldOut, Shuffles
from corpus_tools.compare.inference import FEWEST_UNITS, estimate_share
from corpus_tools.compare.word_matrix import WordMatrix, like_a_name, name_words
from corpus_tools.read.agencies import agency_names
from corpus_tools.schema import ALL_OUTLETS, CLASSIFICATION, GIVE_AWAYS, GUESSES, empty

FEWEST_ARTICLES = 5
WITHOUT, WITH = "without recurring", "with recurring"
_MOST_TERMS = 50
# A line of under six words is never flagged as recurring, so the words of one are told by how they are spread.
_MANY, _HARDLY_ANY = 1 / 3, 1 / 100
_ALONE = "hardly in any other outlet, so it may belong to a line printed under articles"


class Task(NamedTuple):
    """The articles to be recognised, the names of their outlets, and everything that does not depend on words."""

    articles: pd.DataFrame
    outlets: list[str]
    own: Codes
    held: HeldOut
    folds: Codes
    shuffles: Shuffles
    confidence: float


class Outcome(NamedTuple):
    """One variant: what was guessed for the true and for the shuffled outlets."""

    words: WordMatrix
    features: sparse.csr_array
    guessed: Codes
    chances: np.ndarray
    pushes: np.ndarray
    recognised: np.ndarray
    shuffled: np.ndarray


def score_rows(task: Task, outcomes: dict[str, Outcome], left_out: pd.DataFrame) -> pd.DataFrame:
    """One row per variant and outlet, those of outlets that were left out included."""
    rows = [row for name, outcome in outcomes.items() for row in _rows(task, name, outcome)]
    all_rows = {str(row["sentences"]): row for row in rows if row["outlet"] == ALL_OUTLETS}
    for name, row in all_rows.items():
        row["note"] = "; ".join(filter(None, (str(row["note"]), *_all_notes(task), _on_recurring(all_rows, name))))
    few = left_out.groupby("outlet").size()
    rows += [_without_evidence(name, outlet, size) for name in outcomes for outlet, size in few.items()]
    return _framed(rows, list(outcomes))


def _framed(rows: list[dict[str, object]], variants: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(CLASSIFICATION))
    order = table.assign(
        sentences=table["sentences"].map(variants.index), _later=table["outlet"] != ALL_OUTLETS
    ).sort_values(["sentences", "_later", "outlet"], kind="stable")
    whole = dict.fromkeys(("articles", "recognised", "groups"), "int64")
    text = dict.fromkeys(("sentences", "outlet", "held_out", "note"), "str")
    numbers = {name: "float64" for name in CLASSIFICATION if name not in whole and name not in text}
    return table.loc[order.index].reset_index(drop=True).astype(whole | text | numbers)


def _rows(task: Task, name: str, outcome: Outcome) -> Iterator[dict[str, object]]:
    """The row of all outlets, then that of each."""
    sizes = np.bincount(task.own, minlength=len(task.outlets)).astype(float)
    # Copies of unlike number change places, so in a shuffle an outlet need not have as many articles as in truth.
    shuffled_sizes = np.stack(
        [(task.shuffles.outlets == place).sum(axis=1) for place in range(len(sizes))], axis=1
    ).astype(float)
    shares = outcome.recognised / sizes
    shuffled = outcome.shuffled / np.maximum(shuffled_sizes, 1)
    # A rounding error must not tell equal balanced shares apart.
    as_good = (shuffled.mean(axis=1).round(9) >= round(float(shares.mean()), 9)).sum()
    drawn = len(shuffled) + 1
    right = task.own == outcome.guessed
    largest = sizes == sizes.max()
    whole = {
        "recognised": outcome.recognised.sum(),
        "balanced": shares.mean(),
        "majority": sizes.max() / sizes.sum(),
        "chance": outcome.shuffled.sum() / outcome.shuffled.shape[0] / sizes.sum(),
        "balanced_chance": shuffled.mean(),
        "p": (1 + as_good) / drawn,
        "p_smallest": max(1 / drawn, 1 / task.shuffles.arrangements),
    }
    yield _row(task, name, ALL_OUTLETS, right, np.full(len(right), True)) | whole
    for place, outlet in enumerate(task.outlets):
        own = {
            "recognised": outcome.recognised[place],
            "balanced": shares[place],
            "majority": float(place == int(largest.argmax())),
            "chance": shuffled[:, place].mean(),
            "balanced_chance": shuffled[:, place].mean(),
        }
        row = _row(task, name, outlet, right, task.own == place)
        row["note"] = "; ".join(filter(None, (str(row["note"]), "no test of one outlet")))
        yield row | own


def _row(task: Task, name: str, outlet: str, right: np.ndarray, mask: np.ndarray) -> dict[str, object]:
    """What is counted and estimated for some of the articles, held-out groups being the units."""
    _, unit = np.unique(task.held.group[mask], return_inverse=True)
    counts, sizes = np.bincount(unit, weights=right[mask]), np.bincount(unit).astype(float)
    estimate = estimate_share(counts, sizes, estimand="pooled", confidence=task.confidence)
    few = f"no interval: {len(sizes)} held-out groups, {FEWEST_UNITS} needed" if len(sizes) < FEWEST_UNITS else ""
    return {
        "sentences": name,
        "outlet": outlet,
        "articles": int(mask.sum()),
        "share": estimate.share,
        "share_low": estimate.low,
        "share_high": estimate.high,
        "held_out": task.held.by,
        "groups": len(sizes),
        "note": few,
    }


def _all_notes(task: Task) -> Iterator[str]:
    """What must be known of groups and shuffles."""
    held, shuffles = task.held, task.shuffles
    if held.by != "event":
        yield f"no event was held out, only the {held.by}: articles on one event can lie in two folds"
    elif held.alone.any():
        yield f"{int(held.alone.sum())} of {len(held.alone)} articles have no event and are held out one by one"
    largest = np.bincount(held.group).max()
    if largest > len(held.group) / 2:
        yield f"one held-out group has {largest} of {len(held.group)} articles"
    if shuffles.whole_groups:
        yield "no held-out group has two outlets: whole groups were shuffled, so what they are about counts as well"
    elif (held.alone & shuffles.movable).any():
        which = (
            "articles" if held.by == "article" else f"articles without {'an event' if held.by == 'event' else 'a day'}"
        )
        yield f"{which} were shuffled freely, so what they are about counts as well"
    if not shuffles.movable.all():
        moved = f"{int(shuffles.movable.sum())} of {len(shuffles.movable)} articles"
        yield f"{moved} could change outlets in the shuffles, the rest kept theirs"


def _on_recurring(rows: dict[str, dict[str, object]], name: str) -> str:
    if WITH not in rows or name != WITH:
        return ""
    with_them, without = (rows[key]["recognised"] for key in (WITH, WITHOUT))
    return (
        f"recurring sentences give outlets away: {with_them:.0f} articles recognised with them, {without:.0f} without"
        if with_them > without  # type: ignore[operator]
        else "recurring sentences are among the words"
    )


def _without_evidence(name: str, outlet: str, size: int) -> dict[str, object]:
    note = f"left out: {size} article{'' if size == 1 else 's'}, {FEWEST_ARTICLES} needed"
    return {"sentences": name, "outlet": outlet, "articles": 0, "recognised": 0, "groups": 0} | {
        "held_out": "",
        "note": note,
    }


def nothing_guessed(articles: pd.DataFrame, variants: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """No two outlets with articles enough: rows without numbers, and why."""
    sizes = articles.groupby("outlet").size()
    rows = [_without_evidence(name, outlet, size) for name in variants for outlet, size in sizes.items()]
    why = f"fewer than two outlets with {FEWEST_ARTICLES} articles"
    rows += [_without_evidence(name, ALL_OUTLETS, 0) | {"note": why} for name in variants]
    for row in rows:
        if "left out" not in str(row["note"]) or int(sizes.get(row["outlet"], 0)) >= FEWEST_ARTICLES:
            row["note"] = why
    kinds = {"weight": "float64", "rank": "int64", "fold": "int64", "right": "bool"}
    kinds |= dict.fromkeys(("probability", "probability_own"), "float64") | {"articles_others": "int64"}
    terms, guesses = (
        empty(columns).astype({name: kind for name, kind in kinds.items() if name in columns})
        for columns in (GIVE_AWAYS, GUESSES)
    )
    return _framed(rows, variants), terms, guesses


def give_aways(task: Task, name: str, outcome: Outcome) -> pd.DataFrame:
    """The words that moved each outlet\'s held-out articles most towards being recognised."""
    agencies = name_words(agency_names())
    rows = []
    for place, outlet in enumerate(task.outlets):
        weight = outcome.pushes[place]
        order = np.lexsort((outcome.words.terms.astype(str), -weight))[:_MOST_TERMS]
        order = order[weight[order] > 0]
        held = outcome.words.counts[:, order].toarray() > 0
        is_own = task.own == place
        own = held[is_own].sum(axis=0)
        more = outcome.features[is_own].mean(axis=0) - outcome.features[~is_own].mean(axis=0)
        for rank, at in enumerate(order):
            term = str(outcome.words.terms[at])
            note = "looks like a piece of the outlet's name" if like_a_name(term, outlet) else ""
            note = note or ("part of an agency's name" if term in agencies else "")
            others = held[:, rank].sum() - own[rank]
            alone = own[rank] >= _MANY * is_own.sum() and others <= _HARDLY_ANY * (~is_own).sum()
            note = note or (_ALONE if alone else "")
            use = "more" if more[at] > 0 else "less"
            rows.append((name, outlet, rank + 1, term, use, weight[at], own[rank], others, note))
    whole = dict.fromkeys(("rank", "articles", "articles_others"), "int64")
    return pd.DataFrame(rows, columns=list(GIVE_AWAYS)).astype(
        whole | dict.fromkeys(("sentences", "outlet", "term", "use", "note"), "str") | {"weight": "float64"}
    )


def guessed_articles(task: Task, name: str, outcome: Outcome) -> pd.DataFrame:
    """One row per article, with the chances of the guess and of its own outlet."""
    names, places = np.array(task.outlets, dtype=object), np.arange(len(task.own))
    table = {
        "sentences": name,
        "article_id": task.articles["article_id"],
        "outlet": task.articles["outlet"],
        "guessed": names[outcome.guessed],
        "right": outcome.guessed == task.own,
        "probability": outcome.chances[places, outcome.guessed],
        "probability_own": outcome.chances[places, task.own],
        "fold": task.folds,
        "held_out": task.held.names,
    }
    text = dict.fromkeys(("sentences", "article_id", "outlet", "guessed", "held_out"), "str")
    return pd.DataFrame(table, columns=list(GUESSES)).astype(text)
