"""Which of the competing names does each outlet use?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus_tools.compare.difference import Options, difference
from corpus_tools.compare.evidence import (
    Sums,
    check_options,
    check_outlets,
    evidence,
    groups,
    require_added,
    sums_by_group,
    too_few,
    unit_names,
)
from corpus_tools.compare.inference import estimate_share
from corpus_tools.schema import (
    ALL_OTHERS,
    CONTRAST,
    HITS,
    SHARES,
    CorpusError,
    empty,
    nearest,
    require_choice,
    require_columns,
)

_NO_HIT = "no hit of the slot"
_WITHIN = (None, "event")


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
    unit : {"article_id", "reuse_group", "event"}
        What counts as one piece of evidence. "article_id" and "event" only set what the interval is drawn over. By
        "reuse_group" the articles of one group in one outlet (and in one row of the table) also enter the share as
        one: their counts are averaged over all of them, those without a hit included; a group that lies in several
        outlets counts once in each. An article without a group or an event is a unit of its own.
    estimand : {"pooled", "per_article"}
        "pooled": of all hits of the group, the share that uses the label. "per_article": the mean of the shares of
        its articles, so that one that names it ten times counts as much as one that names it once.
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
        - `share`: 0 to 1; higher means that the group prefers the label; missing where `slot_hits` is 0. It is
          `hits` / `slot_hits` only where the estimand is "pooled" and no articles are averaged (see ``unit``)
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
    `corpus_tools.compare.inference.estimate_share`. By "reuse_group" a copy printed once more changes neither the share
    nor its interval: a hit weighs one over the number of articles of its group in its outlet. A share compares names
    for one referent only: a slot that mixes referents makes it meaningless.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> ct.framing_shares(hits, articles).columns[:6].tolist()
    ['outlet', 'slot', 'label', 'hits', 'slot_hits', 'share']
    """
    keys = [by] if isinstance(by, str) else list(by)
    check_options(articles, unit, confidence, estimand=estimand)
    found = evidence(hits, articles, keys, unit)
    if found.empty:
        return _typed([], [*keys, *SHARES])
    rows_of = groups(found, articles, keys)
    found = found.merge(rows_of, on=keys, how="left")
    rows = []
    for slot, own in found.groupby("slot", sort=True):
        labels = own["label"].value_counts().rename_axis("label").reset_index(name="n")
        labels = labels.sort_values(["n", "label"], ascending=[False, True])["label"].tolist()
        checked = bool(own["checked"].all())
        sums = sums_by_group(own, labels, estimand)
        counted = own.groupby(["_group", "label"]).size().to_dict()
        slot_hits, in_articles = own.groupby("_group").size(), own.groupby("_group")["article_id"].nunique()
        for *names, searched, group in rows_of.itertuples(index=False, name=None):
            at_all, in_of_them = int(slot_hits.get(group, 0)), int(in_articles.get(group, 0))
            for place, label in enumerate(labels):
                *share, note = _share(sums.get(group), place, unit, confidence)
                times = int(counted.get((group, label), 0))
                rows.append((*names, slot, label, times, at_all, *share, in_of_them, searched, note, checked))
    return _typed(rows, [*keys, *SHARES])


def framing_contrast(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    label: str,
    target: str,
    reference: str | None = None,
    unit: str = "article_id",
    within: str | None = None,
    estimand: str = "pooled",
    confidence: float = 0.95,
    resamples: int = 2000,
    random_state: int = 0,
) -> pd.DataFrame:
    """Does one outlet use a label more often than another, and could that be chance?

    Parameters
    ----------
    hits, articles, unit, estimand, confidence
        As for `framing_shares`; a unit that lies in both outlets ties their shares.
    label : str
        The label whose share is compared, in every slot that has it.
    target, reference : str
        Names of outlets; ``reference=None`` means all other outlets together.
    within : {None, "event"}
        "event": the mean, over the events in which both have a hit of the slot, of the difference inside the event;
        each such event counts once. Articles without an event, or in an event that only one of them covers, are left
        out, and the note says how many. So outlets that cover different days do not differ for that. It can also part
        from the plain difference because here every event weighs the same, however many hits it has.
    resamples : int
        Number of permutations.
    random_state : int
        Seed of the permutations.

    Returns
    -------
    pandas.DataFrame
        One row per slot that has the label.

        - `slot`, `label`, `target`, `reference`: what is compared
        - `share_target`, `share_reference`: 0 to 1; missing where an outlet has no hit of the slot. Within events their
          means over the events compared
        - `difference`: target minus reference; positive means that the target uses the label more often
        - `difference_low`, `difference_high`: its interval; missing with fewer than five units with a hit on a side,
          or fewer than five events to compare within. By "reuse_group" events that print one text count as one here
        - `p`: two-sided permutation p over units; missing with the interval. The same whatever units are called
        - `planning_difference`: the planning figure, 2.8 × the standard error of the difference: a true difference of
          this size would be found in about 80 % of such comparisons at the 5 % level. It tells how much these articles
          could show, not what was found; above 1 they could show nothing. Missing with the interval
        - `articles_target`, `articles_reference`: articles with a hit of the slot; within events those compared
        - `note`: why something is missing, or the smallest p that the permutations can reach (below it p cannot lie,
          however clear the difference); within events how many there are, how many of them share a text, and how many
          articles with a hit are left out
        - `checked`: whether all patterns behind the slot's hits were checked by a person

    Raises
    ------
    CorpusError
        When there is no such outlet or label, target and reference are the same, or an option is not allowed.

    Notes
    -----
    Interval: square-and-add of the two Wilson intervals (`inference.difference_interval`). Test: studentised
    permutation of outlets over units (`inference.permutation_p_terms`), never over words; within events inside each
    event (`inference.permutation_p_within`), and the interval is drawn over events. Measured with events whose shares
    differ much, one to three articles of each outlet in each, hits per article negative binomial with mean 2, 1,000
    draws: the 95 % interval over 6, 12 and 18 events held a difference of 25 points in .98, .97 and .96 of draws, and
    none in 1.00, .98 and .96; p was below .05 in .03, .04 and .05 of draws without a difference. With one article of
    each outlet in each event and few events p is almost never small: there the interval says more.

    Planning figure: 2.8 is 1.96 for a two-sided p below .05, and .84 for 80 % (A. Gelman & J. Hill 2007, Data Analysis
    Using Regression and Multilevel/Hierarchical Models, ch. 20). The standard error is the one that the interval rests
    on (`inference.difference_error`; within events `inference.paired_error`, over the differences inside events, those
    that share a text taken together), at the shares that were found. It does not depend on `confidence`. Measured with
    a share of .3 in the reference, an intraclass correlation of .3 and four hits per article on average: of 250 draws
    with a true difference of this size, p was below .05 in .64, .78 and .81 with 8, 20 and 60 articles a side (within
    events .54, .77 and .77), so below ten units a side it is too small.

    Within events with ``unit="reuse_group"``, events linked by a text that is printed on several of them are one piece
    of evidence in interval and test; else a text would be new evidence each time. The difference stays the mean over
    events.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> names = {"target": "Ropewalk Voice", "reference": "Ellery Meridian"}
    >>> bool(ct.framing_contrast(hits, articles, label="strike", **names)["difference"].iloc[0] > 0)
    True
    """
    check_options(articles, unit, confidence, estimand=estimand)
    require_choice("within", within, _WITHIN)
    if within is not None:
        require_added(articles, within, "within")
        articles = articles.assign(event=unit_names(articles["event"]))
    if resamples < 1:
        raise CorpusError(f"The option 'resamples' cannot be {resamples}; it is a number of permutations, 1 or more.")
    options = Options(label, unit, within, estimand, confidence, resamples, random_state)
    found = evidence(hits, articles, ["outlet"] if within is None else ["outlet", within], unit)
    check_outlets(articles, target, reference)
    slots = found.loc[found["label"] == label, "slot"].unique()
    if not len(slots):
        raise CorpusError(f"No hit has the label {label!r}; {nearest(label, found['label'].unique())}")
    rows = []
    for slot in sorted(slots):
        own = found[found["slot"] == slot]
        checked = bool(own["checked"].all())
        own = own[own["outlet"].isin([target, reference])] if reference is not None else own
        sides = own.assign(_group=(own["outlet"] != target).astype(np.int64))
        names = {"slot": slot, "label": label, "target": target, "reference": reference or ALL_OTHERS}
        rows.append({**names, **difference(sides, options)._asdict(), "checked": checked})
    return _typed(rows, list(CONTRAST))


def _share(sums: Sums | None, place: int, unit: str, confidence: float) -> tuple[float, float, float, str]:
    if sums is None:
        return np.nan, np.nan, np.nan, _NO_HIT
    own = estimate_share(sums.counts[:, place], sums.sizes, estimand="pooled", confidence=confidence, hits=sums.hits)
    return own.share, own.low, own.high, too_few([len(sums.names)], unit, alone=sums.alone)


def _typed(rows: Sequence[tuple[object, ...] | dict[str, object]], columns: list[str]) -> pd.DataFrame:
    if not rows:
        frame = empty(columns)
        numbers = [
            c for c in columns if c.startswith(("share", "difference", "hits", "slot_hits", "articles", "searched"))
        ]
        return frame.astype(dict.fromkeys([*numbers, *(c for c in columns if c == "p")], "float64"))
    return pd.DataFrame(rows, columns=columns)
