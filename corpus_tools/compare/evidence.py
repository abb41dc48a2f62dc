"""What enters an estimate: the hits with their unit and their weight, the groups of rows, and sums over units.

Three levels. An article, or all articles of one reuse group in one outlet, enters an estimate as one (`_one`); its
hits are averaged over those articles (`_weight`). It belongs to a unit (`_unit`), which is what is resampled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from corpus_tools.compare.inference import FEWEST_UNITS
from corpus_tools.schema import (
    HITS,
    SECTION_NAMES,
    SHARES,
    VOICE_NAMES,
    CorpusError,
    nearest,
    require_articles,
    require_choice,
    require_columns,
    require_confidence,
)

_KINDS = {"article_id": "article", "reuse_group": "reuse group", "event": "event"}
_ADDED_BY = {"reuse_group": "add_reuse_groups", "event": "add_events"}
_ESTIMANDS = ("pooled", "per_article")


def check_options(articles: pd.DataFrame, unit: str, confidence: float, *, estimand: str = "pooled") -> None:
    """Raise a CorpusError where an option is not allowed, or the unit is no column of the articles."""
    require_choice("unit", unit, tuple(_KINDS))
    require_choice("estimand", estimand, _ESTIMANDS)
    require_confidence(confidence)
    require_added(articles, unit, "unit")


def check_outlets(articles: pd.DataFrame, target: str, reference: str | None) -> None:
    """Raise a CorpusError where there is no such outlet, or no two different ones."""
    outlets = sorted(articles["outlet"].unique())
    for name in (target, reference):
        if name is not None and name not in outlets:
            raise CorpusError(f"There is no outlet {name!r}; {nearest(name, outlets)}")
    if target == reference:
        raise CorpusError(f"Target and reference are both {target!r}; name two different outlets.")
    if len(outlets) < 2:
        raise CorpusError(f"There is one outlet only, {target!r}; a comparison needs two.")


def require_added(articles: pd.DataFrame, column: str, option: str) -> None:
    """Raise a CorpusError that says which function adds a column that is asked for and missing."""
    require_articles(articles, ("article_id", "outlet"))
    if column not in articles.columns:
        raise CorpusError(
            f"The articles have no column {column!r}, so {option}={column!r} cannot be; {_ADDED_BY[column]} adds it."
        )


def in_plain_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Articles or hits by the ids of articles, as text, and without categories.

    So neither the order of rows, in which sums round differently, nor that of categories shows in a result.
    """
    frame = frame.reset_index(drop=True)
    plain = {
        str(name): column.astype(column.cat.categories.dtype)
        for name, column in frame.items()
        if isinstance(column.dtype, pd.CategoricalDtype)
    }
    named = frame.assign(**plain).assign(article_id=frame["article_id"].astype("str"))
    return named.sort_values("article_id", kind="stable", ignore_index=True)


def unit_names(values: pd.Series) -> pd.Series:
    """Names of units or events without the spaces around them; a blank cell of a spreadsheet is none."""
    names = values.astype("str").str.strip()
    return names.where(values.notna() & (names != ""))


def article_units(articles: pd.DataFrame, unit: str, cells: Sequence[str] = ()) -> pd.DataFrame:
    """The unit of each article, whether it is its own, what it enters an estimate as, and the weight of its hits.

    Articles of one reuse group are averaged where they agree in their outlet and in the columns ``cells``.
    """
    articles = articles.reset_index(drop=True).assign(article_id=lambda frame: frame["article_id"].astype("str"))
    alone = "article_id " + articles["article_id"]
    own = unit_names(articles[unit])
    named = (unit + " " + own).where(own.notna(), alone)
    found = articles[["article_id"]].assign(_unit=named, _alone=own.isna(), _one=np.arange(len(articles)), _weight=1.0)
    if unit == "reuse_group":
        columns = [articles[c] for c in dict.fromkeys(["outlet", *cells])]
        together = found["_unit"].groupby([named, *columns], sort=True, dropna=False)
        found = found.assign(_one=together.ngroup(), _weight=1 / together.transform("size"))
    return found


def evidence(hits: pd.DataFrame, articles: pd.DataFrame, keys: list[str], unit: str) -> pd.DataFrame:
    """The hits with the columns of their articles that are asked for, their unit and their weight."""
    require_columns(hits, "hits", HITS)
    odd = ~hits["checked"].isin([True, False])
    if odd.any():
        raise CorpusError(
            f"The column 'checked' of the hits holds {hits.loc[odd, 'checked'].iloc[0]!r}; it is true or false."
        )
    hits, articles = in_plain_order(hits), in_plain_order(articles)
    _check_groups(keys, hits, articles)
    known = hits["article_id"].isin(articles["article_id"])
    if not known.all():
        stray = hits.loc[~known, "article_id"].iloc[0]
        raise CorpusError(f"The hits hold article {stray!r}, which is not among the articles; use those searched.")
    of_article = _of_article(keys)
    cells = [*of_article, *(["article_id"] if "article_id" in keys else [])]
    own = articles[["article_id", *of_article]].merge(article_units(articles, unit, cells), on="article_id")
    found = hits.drop(columns=[k for k in of_article if k in hits.columns])
    return found.merge(own, on="article_id", how="left").assign(slot=lambda frame: frame["slot"].fillna(""))


def _check_groups(keys: list[str], hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    if not keys:
        raise CorpusError("The option 'by' is empty; it names one column or several, such as 'outlet'.")
    for key in keys:
        if key in SHARES:
            raise CorpusError(f"The option 'by' cannot be {key!r}, which every row of the shares has anyway.")
        if key not in hits.columns and key not in articles.columns:
            known = [*hits.columns, *articles.columns]
            raise CorpusError(f"Neither hits nor articles have a column {key!r}; {nearest(key, known)}")


def _of_article(keys: list[str]) -> list[str]:
    """The grouping columns that belong to articles; what the hits know of their own place is theirs."""
    return [k for k in keys if k != "article_id" and (k == "outlet" or k not in HITS)]


def groups(found: pd.DataFrame, articles: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """All groups with the number of articles searched, those without a hit included."""
    of_article = [k for k in keys if k == "article_id" or k in _of_article(keys)]
    articles = in_plain_order(articles)
    if of_article:
        grouped = articles.groupby(of_article, sort=True, dropna=False)
        table = grouped.size().rename("searched").reset_index()
    else:
        table = pd.DataFrame({"searched": [len(articles)]})
    for key in keys:
        if key not in of_article:
            names = list(found[key].unique())
            known = [name for name in (*VOICE_NAMES, *SECTION_NAMES) if name in names]
            levels = pd.DataFrame({key: known + sorted(set(names) - set(known))})
            table = table.merge(levels, how="cross")
    return table[[*keys, "searched"]].assign(_group=range(len(table)))


def matched_hits(found: pd.DataFrame) -> pd.DataFrame:
    """The hits in events in which both sides have one, with the number of their event, in the order of the names."""
    event = unit_names(found["event"])
    matched = found[found.groupby(event)["_group"].transform("nunique") == 2]
    return matched.assign(_event=pd.factorize(event[matched.index], sort=True)[0])


def joined_events(matched: pd.DataFrame) -> np.ndarray:
    """For each event the number of the piece of evidence that it belongs to: events with a unit in common are one."""
    events = matched["_event"].to_numpy()
    count = events.max() + 1
    units = pd.factorize(matched["_unit"])[0] + count
    size = units.max() + 1
    links = coo_array((np.ones(len(events)), (events, units)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1])[:count]


class Sums(NamedTuple):
    """One group: for each unit, by name, the weighted hits of each label and of the slot; and all of the latter.

    ``alone``: whether some of the units are articles that are in none.
    """

    names: np.ndarray
    counts: np.ndarray
    sizes: np.ndarray
    hits: float
    alone: bool

    def table(self, names: np.ndarray) -> np.ndarray:
        """Count and size of the first label for these units, zeros for those that are not here."""
        found = np.zeros((len(names), 2))
        found[np.searchsorted(names, self.names)] = np.column_stack([self.counts[:, 0], self.sizes])
        return found


def sums_by_group(found: pd.DataFrame, labels: Sequence[str], estimand: str) -> dict[int, Sums]:
    """For each value of ``_group`` the sums over its units.

    "per_article": whatever enters as one has the size 1 and its share as count, so that a pooled share of the sums is
    the mean of the shares of articles, also where several articles are one unit.
    """
    if found.empty:
        return {}
    units = found.groupby(["_group", "_unit"], sort=True)
    ones = found.groupby(["_group", "_unit", "_one"], sort=True)
    unit, one = units.ngroup().to_numpy(), ones.ngroup().to_numpy()
    # The last column takes all labels that are not asked for: their indexer is -1.
    table = np.zeros((ones.ngroups, len(labels) + 1))
    np.add.at(table, (one, pd.Index(labels).get_indexer(found["label"])), found["_weight"].to_numpy())
    hits = table.sum(axis=1)
    if estimand == "per_article":
        table = table / hits[:, None]
    unit_of = np.zeros(ones.ngroups, dtype=np.int64)
    unit_of[one] = unit
    sums, of_slot = np.zeros((units.ngroups, len(labels) + 1)), np.zeros(units.ngroups)
    np.add.at(sums, unit_of, table)
    np.add.at(of_slot, unit_of, hits)
    first = found.iloc[np.unique(unit, return_index=True)[1]]
    group, names = first["_group"].to_numpy(), first["_unit"].to_numpy(dtype=object)
    alone = first["_alone"].to_numpy()
    starts = np.flatnonzero(np.r_[len(group) > 0, group[1:] != group[:-1]])
    return {
        int(group[own][0]): Sums(
            names[own], sums[own, :-1], sums[own].sum(axis=1), float(of_slot[own].sum()), bool(alone[own].any())
        )
        for own in (slice(start, end) for start, end in zip(starts, [*starts[1:], len(group)], strict=True))
    }


def too_few(units: Sequence[int], unit: str, *, having: str = "with a hit", alone: bool = False) -> str:
    """Why there is no interval, or nothing where there are units enough on every side.

    ``alone``: some of them are articles without a reuse group or event.
    """
    if min(units) >= FEWEST_UNITS:
        return ""
    plural = "" if list(units) == [1] else "s"
    of_their_own = alone and unit != "article_id"
    kind = f"unit{plural} ({_KINDS[unit]}s, or articles without one)" if of_their_own else f"{_KINDS[unit]}{plural}"
    number = " and ".join(map(str, units))
    return f"no interval: {number} {kind} {having}, {FEWEST_UNITS} needed" + (" on each side" if len(units) > 1 else "")
