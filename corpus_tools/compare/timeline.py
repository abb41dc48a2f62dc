"""When does a name come up, and how does its share move over days, weeks or months?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus_tools.compare.evidence import (
    article_units,
    check_options,
    evidence,
    groups,
    in_plain_order,
    sums_by_group,
    too_few,
)
from corpus_tools.compare.inference import estimate_rate, estimate_share
from corpus_tools.prepare.days import article_days
from corpus_tools.schema import HITS, TIMELINE, CorpusError, empty, nearest, require_choice

SHARE, RATE = "share", "hits per article"
_PERIODS = {"day": "D", "week": "W-SUN", "month": "M"}
_MOST_ROWS = 200_000
_NO_ARTICLE, _NO_HIT, _NO_DATE = "no article", "no hit of the slot", "articles without a date"
_PERIOD = "_period"
_VALUES = ("value", "value_low", "value_high", "note")
_KINDS = {
    "slot": "str",
    "label": "str",
    "period": "datetime64[us]",
    "measure": "str",
    **dict.fromkeys(("hits", "slot_hits", "articles", "searched"), "int64"),
    **dict.fromkeys(("value", "value_low", "value_high"), "float64"),
    "note": "str",
    "checked": "bool",
}


def timeline(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    label: str | None = None,
    by: str | Sequence[str] = "outlet",
    freq: str = "month",
    unit: str = "article_id",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How does the share of a name, or how often a thing is named at all, move over time?

    Parameters
    ----------
    hits : pandas.DataFrame
        As `find_hits` or `find_phrase` returns it, whole or filtered to a voice, section or slot; a share needs all
        labels of its slot.
    articles : pandas.DataFrame
        The articles that were searched, also those without a hit; `date` says when.
    label : str, optional
        The name whose share of all hits of its slot is followed, in every slot that has it. Without it the number of
        hits of each slot per article is followed.
    by : str or list of str
        Columns of ``hits`` or ``articles`` that make the groups, such as "outlet", "voice", "section".
    freq : {"day", "week", "month"}
        How long a period is; a week begins on Monday.
    unit : {"article_id", "reuse_group", "event"}
        What counts as one piece of evidence. By "reuse_group" the articles of one group in one outlet (and in one
        row of the table) also enter as one: their hits are averaged. An article without a group or an event is a unit
        of its own.
    confidence : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per slot, group and period, without gaps from the first to the last date of any article; sorted by
        these. Articles without a date are counted apart, in rows whose `period` is missing, at the end of their group.

        - the columns of ``by``
        - `slot`, `label`: as in the lexicon; `label` is missing where none was asked for
        - `period`: its first day
        - `measure`: "share" or "hits per article"
        - `hits`: hits with this label, or of the slot where none was asked for
        - `slot_hits`: hits of the slot, any label
        - `value`: the share, 0 to 1, or the rate. Without any article both are missing; with articles but no hit the
          group is silent on the slot: its rate is 0, its share is missing
        - `value_low`, `value_high`: interval over units; missing with fewer than five, which for a share have a hit
        - `articles`: articles of the group and period with a hit of the slot
        - `searched`: all its articles; 0 means that the period is missing, not silent
        - `note`: why something is missing, else empty
        - `checked`: whether all patterns behind the slot's hits were checked by a person

    Raises
    ------
    CorpusError
        When a column is missing, there is no such label, no article has a date, the dates lie so far apart that the
        table would not fit, an option is not allowed, or a hit belongs to none of the articles.

    Notes
    -----
    Shares have the interval of `framing_shares`; rates a score interval with the dispersion over units
    (`corpus_tools.compare.inference.estimate_rate`), which held the true rate in .92 to .98 of 4,000 draws of 5 to 100
    articles whose hits were negative binomial with mean .1, .5 or 2 (dispersion .5 or 2). Each interval stands for
    its own period. A line that goes up and down inside such intervals shows no change, and of twenty periods
    one lies outside by chance. An outlet that prints on other days, or on other events, may differ for that alone.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> weeks = timeline(hits, articles, label="strike", freq="week")
    >>> weeks[["hits", "slot_hits", "searched"]].iloc[1].tolist()
    [3, 14, 3]
    """
    keys = [by] if isinstance(by, str) else list(by)
    require_choice("freq", freq, tuple(_PERIODS))
    _check_keys(keys)
    check_options(articles, unit, confidence)
    dated = in_plain_order(articles)
    dated = dated.assign(**{_PERIOD: _period_of(dated, freq)})
    found = evidence(hits, dated, [*keys, _PERIOD], unit)
    if label is not None and label not in set(found["label"]):
        raise CorpusError(f"No hit has the label {label!r}; {nearest(label, found['label'].dropna().unique())}")
    if found.empty:
        return empty([*keys, *TIMELINE]).astype(_KINDS)
    of_article = [key for key in keys if key in ("article_id", "outlet") or key not in HITS]
    cells = _cells(found, dated, keys, of_article, freq)
    found = found.merge(cells[[*keys, _PERIOD, "_cell"]], on=[*keys, _PERIOD], how="left")
    searched = _searched(dated, cells, of_article, unit)
    parts = []
    for slot, own in found.groupby("slot", sort=True):
        if label is not None and not (own["label"] == label).any():
            continue
        values = _rates(own, searched, unit, confidence) if label is None else _shares(own, label, unit, confidence)
        parts.append(_counted(own, cells, label).join(values).assign(slot=slot, checked=bool(own["checked"].all())))
    whole = pd.concat(parts, ignore_index=True).rename(columns={_PERIOD: "period"})
    whole = whole.assign(label=label, measure=RATE if label is None else SHARE)
    whole["note"] = [_note(*row) for row in whole[["period", "searched", "note"]].itertuples(index=False, name=None)]
    return whole[[*keys, *TIMELINE]].astype(_KINDS)


def _check_keys(keys: list[str]) -> None:
    if not keys:
        raise CorpusError("The option 'by' is empty; it names one column or several, such as 'outlet'.")
    for key in keys:
        if key in TIMELINE:
            raise CorpusError(f"The option 'by' cannot be {key!r}, which every row of the timeline has anyway.")


def _period_of(articles: pd.DataFrame, freq: str) -> pd.Series:
    days = article_days(articles)
    if days.isna().all():
        raise CorpusError("No article has a date, so nothing can be shown over time; read_articles fills 'date'.")
    return days.dt.to_period(_PERIODS[freq]).dt.start_time.astype("datetime64[us]")


def _cells(found: pd.DataFrame, dated: pd.DataFrame, keys: list[str], of_article: list[str], freq: str) -> pd.DataFrame:
    """All groups by all periods, undated articles last, with the number of articles searched in each."""
    named = groups(found, dated, keys)[keys]
    first, last = dated[_PERIOD].min(), dated[_PERIOD].max()
    calendar = pd.period_range(first, last, freq=_PERIODS[freq]).start_time
    if len(named) * len(calendar) > _MOST_ROWS:
        raise CorpusError(
            f"From {first:%Y-%m-%d} to {last:%Y-%m-%d} there are {len(calendar):,} periods for each of {len(named):,} "
            "groups, too many for a table; take longer periods with freq='month', or leave out articles with a "
            "mistaken date."
        )
    periods = pd.Series([*calendar, *([pd.NaT] if dated[_PERIOD].isna().any() else [])], dtype="datetime64[us]")
    table = named.merge(periods.rename(_PERIOD), how="cross")
    searched = dated.groupby([*of_article, _PERIOD], sort=True, dropna=False).size().rename("searched").reset_index()
    table = table.merge(searched, on=[*of_article, _PERIOD], how="left").fillna({"searched": 0})
    table = table[table[_PERIOD].notna() | (table["searched"] > 0)].reset_index(drop=True)
    return table.assign(_cell=np.arange(len(table)))


def _searched(dated: pd.DataFrame, cells: pd.DataFrame, of_article: list[str], unit: str) -> pd.DataFrame:
    """Every article in every cell in which it was searched, with its unit and its weight."""
    units = article_units(dated, unit, [*of_article, _PERIOD])
    columns = list(dict.fromkeys(["article_id", *of_article, _PERIOD]))
    own = dated[columns].merge(units, on="article_id")
    return own.merge(cells[[*of_article, _PERIOD, "_cell"]], on=[*of_article, _PERIOD])


def _counted(own: pd.DataFrame, cells: pd.DataFrame, label: str | None) -> pd.DataFrame:
    """The cells with the hits of one slot in them."""
    by_cell, labelled = own.groupby("_cell"), own if label is None else own[own["label"] == label]
    counts = {"hits": labelled.groupby("_cell").size(), "slot_hits": by_cell.size()}
    counts["articles"] = by_cell["article_id"].nunique()
    return cells.assign(**{name: found.reindex(cells["_cell"], fill_value=0) for name, found in counts.items()})


def _shares(own: pd.DataFrame, label: str, unit: str, confidence: float) -> pd.DataFrame:
    """The share of a label in each cell with a hit of its slot."""
    rows = {}
    for cell, sums in sums_by_group(own.assign(_group=own["_cell"]), [label], "pooled").items():
        share = estimate_share(sums.counts[:, 0], sums.sizes, estimand="pooled", confidence=confidence, hits=sums.hits)
        rows[cell] = (share.share, share.low, share.high, too_few([len(sums.names)], unit, alone=sums.alone))
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_VALUES))


def _rates(own: pd.DataFrame, searched: pd.DataFrame, unit: str, confidence: float) -> pd.DataFrame:
    """Hits of a slot per article in each cell with an article."""
    hits = own.groupby(["_cell", "article_id"]).size().rename("_hits").reset_index()
    each = searched.merge(hits, on=["_cell", "article_id"], how="left").fillna({"_hits": 0.0})
    each["_hits"] = each["_hits"] * each["_weight"]
    by_unit = each.groupby(["_cell", "_unit"], sort=True)
    sums = by_unit.agg({"_hits": "sum", "_weight": "sum", "_alone": "any"}).reset_index("_unit", drop=True)
    rows = {}
    for cell, units in sums.groupby(level=0, sort=True):
        rate = estimate_rate(units["_hits"].to_numpy(), units["_weight"].to_numpy(), confidence=confidence)
        rows[cell] = (*rate, too_few([len(units)], unit, having="searched", alone=bool(units["_alone"].any())))
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_VALUES))


def _note(period: object, searched: int, note: object) -> str:
    why = _NO_ARTICLE if not searched else _NO_HIT if pd.isna(note) else str(note)
    return "; ".join(filter(None, (_NO_DATE if pd.isna(period) else "", why)))
