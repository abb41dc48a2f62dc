"""Which of the competing names does each outlet use?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.compare.inference import (
    FEWEST_UNITS,
    ShareEstimate,
    difference_interval,
    estimate_share,
    permutation_p,
)
from corpus_tools.schema import (
    ALL_OTHERS,
    CONTRAST,
    HITS,
    SECTION_NAMES,
    SHARES,
    VOICE_NAMES,
    CorpusError,
    empty,
    nearest,
    require_articles,
    require_choice,
    require_columns,
)

_UNITS = ("article_id", "event")
_ESTIMANDS = ("pooled", "per_article")
_NO_HIT = "no hit of the slot"


def main_slot(hits: pd.DataFrame, lexicon: pd.DataFrame) -> str:
    """Which slot do most articles speak of?

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_hits` returns it.
    lexicon : pandas.DataFrame
        The lexicon they were found with.

    Returns
    -------
    str
        The slot with hits in most articles; of several the one that stands first in the lexicon.

    Raises
    ------
    CorpusError
        When there is no hit.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> lexicon = ct.read_lexicon("strike")
    >>> ct.main_slot(ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon), lexicon)
    'the stoppage'
    """
    require_columns(hits, "hits", HITS)
    require_columns(lexicon, "lexicon", ("slot",))
    if not hits["slot"].isin(lexicon["slot"]).any():
        raise CorpusError("No pattern of the lexicon occurs in these articles; a lexicon written for them is needed.")
    in_articles = hits.groupby("slot")["article_id"].nunique()
    return str(in_articles.reindex(lexicon["slot"].unique()).idxmax())


def framing_shares(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    unit: str = "article_id",
    estimand: str = "pooled",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Of all the times a group names this act, actor or object, how often does it use each label?

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_hits` returns it, whole or filtered (to one voice, section, slot …).
    articles : pandas.DataFrame
        The articles that were searched, also those without a hit.
    by : str or list of str
        Columns of ``hits`` or ``articles`` that make the groups, such as "outlet", "voice", "section". Every voice that
        has a hit anywhere stays in the result for every outlet.
    unit : {"article_id", "event"}
        What counts as one piece of evidence; an article without an event is a unit of its own.
    estimand : {"pooled", "per_article"}
        "pooled": of all hits of the group, the share that uses the label. "per_article": the mean of the shares of
        its units, so that an article that names it ten times counts as much as one that names it once.
    confidence : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per slot, group and label; groups and labels without a hit stay. Sorted by slot, group, and label
        (the one with most hits overall first).

        - the columns of ``by``
        - `slot`, `label`: as in the lexicon
        - `hits`: hits with this label in this group
        - `slot_hits`: hits of the slot, any label, in this group
        - `share`: 0 to 1; higher means that the group prefers the label; missing where `slot_hits` is 0
        - `share_low`, `share_high`: interval over units; missing with fewer than five units with a hit
        - `articles`: articles of the group with a hit of the slot; they are the evidence. Over voices and sections
          they do not add up: an article may have hits in several
        - `searched`: articles of the group, each searched in all its voices and sections, so that these rows of one
          outlet have the same number
        - `note`: why something is missing, else empty
        - `checked`: whether all patterns behind the slot's hits were checked by a person

    Raises
    ------
    CorpusError
        When a column is missing, an option is not allowed, or a hit belongs to none of the articles.

    Notes
    -----
    The interval is Wilson's with the effective number of hits and a t quantile; formula and sources stand in
    `corpus_tools.compare.inference.estimate_share`. A share compares names for one referent only: a slot that mixes
    referents makes it meaningless.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> ct.framing_shares(hits, articles).columns[:6].tolist()
    ['outlet', 'slot', 'label', 'hits', 'slot_hits', 'share']
    """
    keys = [by] if isinstance(by, str) else list(by)
    _check_options(unit, estimand, confidence)
    evidence = _evidence(hits, articles, keys, unit)
    if evidence.empty:
        return _typed([], [*keys, *SHARES])
    groups = _groups(evidence, articles, keys)
    evidence = evidence.merge(groups, on=keys, how="left")
    rows = []
    for slot, slot_hits in evidence.groupby("slot", sort=True):
        labels = slot_hits["label"].value_counts().rename_axis("label").reset_index(name="n")
        labels = labels.sort_values(["n", "label"], ascending=[False, True])["label"].tolist()
        checked = bool(slot_hits["checked"].all())
        units = _units_by_group(slot_hits, labels)
        in_articles = slot_hits.groupby("_group")["article_id"].nunique()
        for *names, searched, group in groups.itertuples(index=False, name=None):
            counts = units.get(group, np.empty((0, len(labels))))
            found = int(in_articles.get(group, 0))
            for place, label in enumerate(labels):
                *numbers, note = _share(counts, place, unit, estimand, confidence)
                rows.append((*names, slot, label, *numbers, found, searched, note, checked))
    return _typed(rows, [*keys, *SHARES])


def framing_contrast(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    label: str,
    target: str,
    reference: str | None = None,
    unit: str = "article_id",
    estimand: str = "pooled",
    confidence: float = 0.95,
    resamples: int = 2000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Does one outlet use a label more often than another, and could that be chance?

    Parameters
    ----------
    hits, articles, unit, estimand, confidence
        As for `framing_shares`.
    label : str
        The label whose share is compared, in every slot that has it.
    target, reference : str
        Names of outlets; ``reference=None`` means all other outlets together.
    resamples : int
        Number of permutations.
    random_state : int
        Seed of the permutations.

    Returns
    -------
    pandas.DataFrame
        One row per slot that has the label.

        - `slot`, `label`, `target`, `reference`: what is compared
        - `share_target`, `share_reference`: 0 to 1; missing where an outlet has no hit of the slot
        - `difference`: target minus reference; positive means that the target uses the label more often
        - `difference_low`, `difference_high`: its interval; missing with fewer than five units with a hit on a side
        - `p`: two-sided permutation p over units; missing with the interval
        - `articles_target`, `articles_reference`: articles with a hit of the slot
        - `note`: why something is missing, or the smallest p that the permutations can reach
        - `checked`: whether all patterns behind the slot's hits were checked by a person

    Raises
    ------
    CorpusError
        When there is no such outlet or label, target and reference are the same, or an option is not allowed.

    Notes
    -----
    Interval: square-and-add of the two Wilson intervals (`inference.difference_interval`). Test: studentised
    permutation of outlets over units (`inference.permutation_p`), never over words.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> names = {"target": "Ropewalk Voice", "reference": "Ellery Meridian"}
    >>> bool(ct.framing_contrast(hits, articles, label="strike", **names)["difference"].iloc[0] > 0)
    True
    """
    _check_options(unit, estimand, confidence)
    if resamples < 1:
        raise CorpusError(f"The option 'resamples' cannot be {resamples}; it is a number of permutations, 1 or more.")
    options = _Options(label, unit, estimand, confidence, resamples, random_state)
    evidence = _evidence(hits, articles, ["outlet"], unit)
    _check_outlets(articles, target, reference)
    slots = evidence.loc[evidence["label"] == label, "slot"].unique()
    if not len(slots):
        raise CorpusError(f"No hit has the label {label!r}; {nearest(label, evidence['label'].unique())}")
    rows = []
    for slot in sorted(slots):
        own = evidence[evidence["slot"] == slot]
        checked = bool(own["checked"].all())
        own = own[own["outlet"].isin([target, reference])] if reference is not None else own
        sides = (own["outlet"] == target, own["outlet"] != target)
        values = _contrast(own, sides, options)
        rows.append((slot, label, target, reference or ALL_OTHERS, *values, checked))
    return _typed(rows, list(CONTRAST))


def _check_options(unit: str, estimand: str, confidence: float) -> None:
    require_choice("unit", unit, _UNITS)
    require_choice("estimand", estimand, _ESTIMANDS)
    if not 0 < confidence < 1:
        raise CorpusError(f"The option 'confidence' cannot be {confidence}; it lies between 0 and 1, such as 0.95.")


def _check_outlets(articles: pd.DataFrame, target: str, reference: str | None) -> None:
    outlets = sorted(articles["outlet"].unique())
    for name in (target, reference):
        if name is not None and name not in outlets:
            raise CorpusError(f"There is no outlet {name!r}; {nearest(name, outlets)}")
    if target == reference:
        raise CorpusError(f"Target and reference are both {target!r}; name two different outlets.")
    if len(outlets) < 2:
        raise CorpusError(f"There is one outlet only, {target!r}; a comparison needs two.")


def _check_groups(keys: list[str], hits: pd.DataFrame, articles: pd.DataFrame) -> None:
    if not keys:
        raise CorpusError("The option 'by' is empty; it names one column or several, such as 'outlet'.")
    for key in keys:
        if key in SHARES:
            raise CorpusError(f"The option 'by' cannot be {key!r}, which every row of the shares has anyway.")
        if key not in hits.columns and key not in articles.columns:
            known = [*hits.columns, *articles.columns]
            raise CorpusError(f"Neither hits nor articles have a column {key!r}; {nearest(key, known)}")


def _evidence(hits: pd.DataFrame, articles: pd.DataFrame, keys: list[str], unit: str) -> pd.DataFrame:
    """The hits with the columns of their articles that are asked for, and their unit."""
    require_columns(hits, "hits", HITS)
    require_articles(articles, ("article_id", "outlet"))
    articles = articles.assign(article_id=articles["article_id"].astype("str"))
    _check_groups(keys, hits, articles)
    known = hits["article_id"].isin(articles["article_id"])
    if not known.all():
        stray = hits.loc[~known, "article_id"].iloc[0]
        raise CorpusError(f"The hits hold article {stray!r}, which is not among the articles; use those searched.")
    if unit not in articles.columns:
        raise CorpusError(f"The articles have no column {unit!r}, so it cannot be the unit; use 'article_id'.")
    own = articles[["article_id", *_of_article(keys)]]
    named = unit + " " + articles[unit].astype("str")
    alone = "article_id " + articles["article_id"].astype("str")
    own = own.assign(_unit=named.where(articles[unit].notna(), alone))
    evidence = hits.drop(columns=[k for k in _of_article(keys) if k in hits.columns])
    return evidence.merge(own, on="article_id", how="left").assign(slot=lambda f: f["slot"].fillna(""))


def _of_article(keys: list[str]) -> list[str]:
    """The grouping columns that belong to articles; what the hits know of their own place is theirs."""
    return [k for k in keys if k != "article_id" and (k == "outlet" or k not in HITS)]


def _groups(evidence: pd.DataFrame, articles: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """All groups with the number of articles searched, those without a hit included."""
    of_article = [k for k in keys if k == "article_id" or k in _of_article(keys)]
    if of_article:
        grouped = articles.groupby(of_article, sort=True, dropna=False)
        groups = grouped.size().rename("searched").reset_index()
    else:
        groups = pd.DataFrame({"searched": [len(articles)]})
    for key in keys:
        if key not in of_article:
            found = list(evidence[key].unique())
            known = [name for name in (*VOICE_NAMES, *SECTION_NAMES) if name in found]
            levels = pd.DataFrame({key: known + sorted(set(found) - set(known))})
            groups = groups.merge(levels, how="cross")
    return groups[[*keys, "searched"]].assign(_group=range(len(groups)))


class _Units(NamedTuple):
    counts: np.ndarray
    sizes: np.ndarray
    names: pd.Index


def _units(own: pd.DataFrame, label: str) -> _Units:
    is_label = (own["label"] == label).astype(float)
    table = pd.DataFrame({"count": is_label, "size": 1.0}).groupby(own["_unit"], sort=True).sum()
    return _Units(table["count"].to_numpy(), table["size"].to_numpy(), table.index)


def _units_by_group(slot_hits: pd.DataFrame, labels: list[str]) -> dict[int, np.ndarray]:
    """For each group the hits of each unit (rows, by name) with each label (columns)."""
    keys = slot_hits.groupby(["_group", "_unit"], sort=True)
    unit = keys.ngroup().to_numpy()
    table = np.zeros((keys.ngroups, len(labels)))
    np.add.at(table, (unit, pd.Index(labels).get_indexer(slot_hits["label"])), 1.0)
    group = np.empty(keys.ngroups, dtype=np.int64)
    group[unit] = slot_hits["_group"].to_numpy()
    return {int(g): table[group == g] for g in np.unique(group)}


def _share(
    counts: np.ndarray, place: int, unit: str, estimand: str, confidence: float
) -> tuple[int, int, float, float, float, str]:
    if not len(counts):
        return 0, 0, np.nan, np.nan, np.nan, _NO_HIT
    sizes, own = counts.sum(axis=1), counts[:, place]
    estimate = estimate_share(own, sizes, estimand=estimand, confidence=confidence)
    note = _too_few([len(sizes)], unit)
    return int(own.sum()), int(sizes.sum()), estimate.share, estimate.low, estimate.high, note


def _too_few(units: list[int], unit: str) -> str:
    if min(units) >= FEWEST_UNITS:
        return ""
    kind = "event" if unit == "event" else "article"
    number = " and ".join(map(str, units)) + f" {kind}" + ("" if units == [1] else "s")
    return f"no interval: {number} with a hit, {FEWEST_UNITS} needed" + (" on each side" if len(units) > 1 else "")


class _Options(NamedTuple):
    label: str
    unit: str
    estimand: str
    confidence: float
    resamples: int
    random_state: int


def _contrast(
    own: pd.DataFrame, sides: tuple[pd.Series, pd.Series], options: _Options
) -> tuple[float, float, float, float, float, float, int, int, str]:
    estimand, confidence = options.estimand, options.confidence
    units = [_units(own[side], options.label) for side in sides]
    a, b = (int(own.loc[side, "article_id"].nunique()) for side in sides)
    estimates = [
        estimate_share(u.counts, u.sizes, estimand=estimand, confidence=confidence) if len(u.sizes) else None
        for u in units
    ]
    target, reference = (e.share if e else np.nan for e in estimates)
    if estimates[0] is None or estimates[1] is None:
        return target, reference, np.nan, np.nan, np.nan, np.nan, a, b, _NO_HIT + " in one of the two"
    difference = target - reference
    if note := _too_few([len(u.sizes) for u in units], options.unit):
        return target, reference, difference, np.nan, np.nan, np.nan, a, b, note
    names = units[0].names.union(units[1].names)
    low, high = difference_interval(_align(estimates[0], units[0], names), _align(estimates[1], units[1], names))
    p, smallest = permutation_p(
        _table(units[0], names),
        _table(units[1], names),
        estimand=estimand,
        resamples=options.resamples,
        random_state=options.random_state,
    )
    return target, reference, difference, low, high, p, a, b, f"smallest p that can be reached: {smallest:.2g}"


def _align(estimate: ShareEstimate, units: _Units, names: pd.Index) -> ShareEstimate:
    influence = pd.Series(estimate.influence, index=units.names).reindex(names, fill_value=0.0).to_numpy()
    return ShareEstimate(estimate.share, estimate.low, estimate.high, influence)


def _table(units: _Units, names: pd.Index) -> np.ndarray:
    frame = pd.DataFrame({"count": units.counts, "size": units.sizes}, index=units.names)
    return frame.reindex(names, fill_value=0.0).to_numpy()


def _typed(rows: Sequence[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    if not rows:
        frame = empty(columns)
        numbers = [
            c for c in columns if c.startswith(("share", "difference", "hits", "slot_hits", "articles", "searched"))
        ]
        return frame.astype(dict.fromkeys([*numbers, *(c for c in columns if c == "p")], "float64"))
    return pd.DataFrame(rows, columns=columns)
