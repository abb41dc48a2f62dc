"""What must be held out together, in which fold, and how outlets may change places inside it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.special import gammaln

from corpus_tools.compare.evidence import unit_names
from corpus_tools.prepare.days import article_days
from corpus_tools.schema import CorpusError

Codes = npt.NDArray[np.int64]
BY = {"event": "event", "date": "day", "article_id": "article"}


class HeldOut(NamedTuple):
    """The group of each article, the name of that group, whether the articles are in no event or day, and their text.

    ``copy`` is the reuse group of each article, or its own number: articles of one group are never torn apart.
    """

    by: str
    group: Codes
    names: npt.NDArray[np.object_]
    alone: npt.NDArray[np.bool_]
    copy: Codes


class Shuffles(NamedTuple):
    """Outlets of the articles in each shuffle, which can change theirs, and how many arrangements there are."""

    outlets: npt.NDArray[np.int64]
    movable: npt.NDArray[np.bool_]
    arrangements: float
    whole_groups: bool


def held_out_groups(articles: pd.DataFrame, column: str | None) -> HeldOut:
    """Articles that share an event (or day) or a reuse group are one group; so are those joined by a third."""
    column = column or _best(articles)
    named = _names(articles, column)
    own = "article " + articles["article_id"]
    labels = [named.where(named.notna(), own)]
    if "reuse_group" in articles.columns:
        copies = unit_names(articles["reuse_group"])
        labels.append(("copy " + copies).where(copies.notna(), own))
    codes = [pd.factorize(values, sort=True)[0].astype(np.int64) for values in labels]
    group = codes[0]
    if len(codes) > 1:
        size = int(codes[0].max()) + 1
        shape = (size + int(codes[1].max()) + 1,) * 2
        links = sparse.coo_array((np.ones(len(group)), (codes[0], codes[1] + size)), shape=shape)
        group = connected_components(links, directed=False)[1][codes[0]]
    first = pd.Series(labels[0].to_numpy(dtype=object)).groupby(group).min()
    known = named.notna().groupby(group).transform("any").to_numpy()
    # Numbered in the order of their names, so that no order of rows can show.
    rank = first.rank(method="first").astype(np.int64) - 1
    return HeldOut(
        by=BY[column],
        group=rank.to_numpy()[first.index.get_indexer(group)],
        names=first.reindex(group).to_numpy(dtype=object),
        alone=~known,
        copy=codes[-1],
    )


def _best(articles: pd.DataFrame) -> str:
    return next((column for column in ("event", "date") if _names(articles, column).notna().any()), "article_id")


def _names(articles: pd.DataFrame, column: str) -> pd.Series:
    """The event or day of each article, missing where it has none; by article all are missing."""
    if column == "date":
        days = article_days(articles)
        return ("day " + days.dt.strftime("%Y-%m-%d")).astype("str").where(days.notna())
    if column == "event" and "event" in articles.columns:
        events = unit_names(articles["event"])
        return ("event " + events).where(events.notna())
    return pd.Series(pd.NA, index=articles.index, dtype="str")


def folds_of(groups: Codes, folds: int, kind: str, rng: np.random.Generator) -> Codes:
    """The fold of each article: groups whole, largest first into the emptiest fold, those of one size in chance order.

    Outlets play no part in it; else folds would fit the true outlets better than shuffled ones.
    """
    sizes = np.bincount(groups)
    if len(sizes) < folds:
        raise CorpusError(
            f"{len(sizes)} {kind}{'' if len(sizes) == 1 else 's'} to hold out is too few for {folds} folds; the option "
            f"'folds' is at least 2 and at most their number."
        )
    order = rng.permutation(len(sizes))
    fold, load = np.zeros(len(sizes), dtype=np.int64), np.zeros(folds)
    for place in order[np.argsort(-sizes[order], kind="stable")]:
        fold[place] = load.argmin()
        load[fold[place]] += sizes[place]
    return fold[groups]


def shuffled_outlets(outlets: Codes, held: HeldOut, shuffles: int, rng: np.random.Generator) -> Shuffles:
    """Outlets change places inside what is held out together; copies in one outlet move as one.

    The copies of one text in several outlets change places among each other. Articles without an event change places
    with each other. A group of one outlet stays as it is; where all are so, whole groups change places.
    """
    frame = pd.DataFrame({"group": held.group, "copy": held.copy, "outlet": outlets, "alone": held.alone})
    unit = frame.groupby(["group", "copy", "outlet"], sort=True).ngroup().to_numpy()
    units = frame.assign(unit=unit).drop_duplicates("unit").sort_values("unit", ignore_index=True)
    several = units.groupby(["group", "copy"])["outlet"].transform("size") > 1
    pool = np.where(units["alone"] & ~several, -1, units["group"])
    block = pd.factorize(pd.MultiIndex.from_arrays([pool, np.where(several, units["copy"], -1)]), sort=True)[0]
    mixed = _mixed(block, units["outlet"].to_numpy())
    whole_groups = not mixed.any()
    if whole_groups:
        unit, units = held.group, frame.drop_duplicates("group").sort_values("group", ignore_index=True)
        block = np.zeros(len(units), dtype=np.int64)
        mixed = _mixed(block, units["outlet"].to_numpy())
    own = units["outlet"].to_numpy()
    order = np.argsort(block, kind="stable")
    drawn = np.empty((shuffles, len(outlets)), dtype=np.int64)
    for row in range(shuffles):
        moved = np.empty_like(own)
        moved[order] = own[np.lexsort((rng.random(len(own)), block))]
        drawn[row] = moved[unit]
    return Shuffles(drawn, mixed[unit], _arrangements(block, own), whole_groups)


def _mixed(block: np.ndarray, outlets: np.ndarray) -> npt.NDArray[np.bool_]:
    """Which units have one of another outlet in their block."""
    return (pd.Series(outlets).groupby(block).transform("nunique") > 1).to_numpy()


def _arrangements(block: np.ndarray, outlets: np.ndarray) -> float:
    """In how many ways the outlets can lie over the units, those with outlets that change names counted as one.

    Outlets with as many units in every block can do so, and are recognised as well after it.
    """
    sizes = pd.Series(block).value_counts().to_numpy()
    cells = pd.DataFrame({"block": block, "outlet": outlets}).value_counts().to_numpy()
    alike = pd.crosstab(pd.Series(outlets), block).value_counts().to_numpy()
    logarithm = float(gammaln(sizes + 1).sum() - gammaln(cells + 1).sum() - gammaln(alike + 1).sum())
    return float(np.exp(min(logarithm, 700.0)))
