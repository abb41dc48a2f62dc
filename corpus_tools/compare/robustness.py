"""Does one contrast hold under the choices that could be defended?"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.compare.choices import CHOICES, compared_articles, half_cut, of_dates, of_section, of_voice
from corpus_tools.compare.difference import Difference, Options, difference
from corpus_tools.compare.evidence import (
    article_units,
    check_options,
    check_outlets,
    evidence,
    joined_events,
    matched_hits,
    unit_names,
)
from corpus_tools.compare.inference import FEWEST_UNITS
from corpus_tools.prepare.reuse import drop_reused
from corpus_tools.schema import ALL_OTHERS, ROBUSTNESS, CorpusError, nearest

_NOT_ASKED = ("outlet", "slot", "surface", "start", "end", "sentence", "checked")


class _Combination(NamedTuple):
    """One value for each choice, in the order of the columns."""

    voice: str
    section: str
    unit: str
    within: str
    copy: str
    estimand: str
    dates: str

    @property
    def changed(self) -> tuple[str, ...]:
        """The choices that differ from the plain one."""
        return tuple(name for name, value in zip(self._fields, self, strict=True) if value != CHOICES[name][0])


def robustness(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    label: str,
    target: str,
    reference: str | None = None,
    passages: pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Does one contrast hold under the choices that could be defended?

    Parameters
    ----------
    hits, articles, confidence
        As for `framing_shares`. Hand over all hits: voices and sections are chosen here.
    label, target, reference
        As for `framing_contrast`.
    passages : pandas.DataFrame, optional
        What `align_passages` returned; without it, shared copy is not left out in any row.

    Returns
    -------
    pandas.DataFrame
        One row per slot that has the label and combination of choices; in each slot those with fewest changes first.

        - `slot`, `label`, `target`, `reference`: what is compared
        - `voice`: "all", or "narrator": only the outlet's own words
        - `section`: "all", "headline and lead", or "body"
        - `unit`: what is one piece of evidence: "article_id", "reuse_group", "event"
        - `within`: empty, or "event": the mean of the differences inside events that both sides cover
        - `copy`: "kept", or "shared left out": without hits in wording shared with another outlet
        - `estimand`: "pooled" or "per_article"
        - `dates`: "all", or one half of the dated articles compared, cut between two days. For the cut a reuse group,
          where the articles have them, counts once, on its earliest day
        - `changed`: how many of these seven differ from the first named, the plain ones
        - `share_target`, `share_reference`, `difference`, `difference_low`, `difference_high`, `articles_target`,
          `articles_reference`: as in the frame of `framing_contrast`; missing where a side has no hit
        - `note`: why something is missing, or what was left out, else empty
        - `checked`: whether all patterns behind the slot's hits were checked by a person

    Raises
    ------
    CorpusError
        When there is no such outlet or label, target and reference are the same, a column is missing, or an option is
        not allowed.

    Notes
    -----
    A specification curve (U. Simonsohn, J. P. Simmons & L. D. Nelson 2020, Nature Human Behaviour 4, 1208-1214) or
    multiverse (S. Steegen, F. Tuerlinckx, A. Gelman & W. Vanpaemel 2016, Perspectives on Psychological Science 11,
    702-712). Which choices occur:

    - "headline and lead" where five articles of each side have a hit of the slot there, copies not counted where the
      articles have the column `reuse_group`
    - "reuse_group" and "event" where the articles have the column and two of those compared share a value but not all;
      within "event" where an event has articles of both sides
    - halves where most of the articles compared have a date, and not all the same day

    A combination is left out where one of its choices changes nothing, or where another with no more changes counts
    the same hits with the same weights over the same units; the first is kept. So "event" as unit does not occur within
    events, which are the units there anyway, nor "body" where all hits stand in the body, nor "per_article" where all
    articles have as many hits; and no interval is there twice because one computation has two names. A combination
    without a hit on a side stays, as missing.

    "Same sign in x of y": y are the rows of all dates with a difference, x those with the sign of the plain one, and no
    difference at all has no sign. Each half has fewer articles and none that the other has, so that a sign may turn
    there for other reasons than a choice; halves are told apart. Rows that differ in `unit` only and have the same
    difference are one of them: there the unit alters the interval, and could not have altered the sign. All rows are
    made of the same articles, so x of y counts choices; it is no probability, and rows that agree do not confirm each
    other as other articles would.

    To read the lines of a row: ``kwic(articles, hits, row=row)``; where `copy` is "shared left out", with
    ``drop_reused(hits, passages)`` for the hits.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> result = ct.robustness(hits, articles, label="strike", target="Ropewalk Voice", reference="Ellery Meridian")
    >>> bool((result["difference"] > 0).mean() > 0.5)
    True
    """
    check_options(articles, "article_id", confidence)
    hits = hits.reset_index(drop=True) if isinstance(hits, pd.DataFrame) else hits
    found = evidence(hits, articles, ["outlet"], "article_id")
    check_outlets(articles, target, reference)
    slots = found.loc[found["label"] == label, "slot"].unique()
    if not len(slots):
        raise CorpusError(f"No hit has the label {label!r}; {nearest(label, found['label'].unique())}")
    compared = compared_articles(articles, target, reference)
    if "event" in compared.columns:
        compared = compared.assign(event=unit_names(compared["event"]))
    kept = hits.index if passages is None else drop_reused(hits, passages).index
    named = hits.assign(_place=hits.index, _kept=hits.index.isin(kept))
    rows = []
    for slot in sorted(slots):
        own = named[np.asarray(named["slot"].fillna("") == slot)]
        checked = bool(own["checked"].all())
        contrast = _Contrast(own, compared, label, target, confidence)
        told = {"slot": slot, "label": label, "target": target, "reference": reference or ALL_OTHERS}
        for chosen in contrast.combinations(with_copy=passages is not None):
            numbers = contrast.measured(chosen)._asdict()
            rows.append(told | chosen._asdict() | {"changed": len(chosen.changed), "checked": checked} | numbers)
    return pd.DataFrame(rows)[list(ROBUSTNESS)]


class _Contrast:
    """One slot of two sides: which hits a combination counts, and what comes of it."""

    def __init__(self, hits: pd.DataFrame, compared: pd.DataFrame, label: str, target: str, confidence: float) -> None:
        self._hits = hits[hits["article_id"].astype("str").isin(compared["article_id"])]
        self._compared, self._label, self._target, self._confidence = compared, label, target, confidence
        self._frames: dict[tuple[str, str, str], pd.DataFrame] = {}

    def combinations(self, *, with_copy: bool) -> list[_Combination]:
        """Those of which every choice changes something and no two count the same, fewest changes first."""
        values = self._available(with_copy)
        every = [_Combination(*chosen) for chosen in product(*values.values())]
        counted = {combination: self._counted(combination) for combination in every}
        own: dict[object, _Combination] = {}
        for combination in sorted(every, key=lambda combination: len(combination.changed)):
            plainer = [combination._replace(**{choice: CHOICES[choice][0]}) for choice in combination.changed]
            what = counted[combination]
            if all(counted[other] != what for other in plainer):
                # Without a hit all count the same, and still each is missing for a reason of its own.
                own.setdefault(what or combination, combination)
        return list(own.values())

    def measured(self, combination: _Combination) -> Difference:
        """The numbers of a row and its note; no test is made."""
        options = Options(
            label=self._label,
            unit=combination.unit,
            within=combination.within or None,
            estimand=combination.estimand,
            confidence=self._confidence,
            resamples=0,
            random_state=0,
        )
        return difference(self._chosen(combination), options)

    def _available(self, with_copy: bool) -> dict[str, tuple[str, ...]]:
        """The values of each choice that this corpus and this slot allow."""
        plain = {choice: (values[0],) for choice, values in CHOICES.items()}
        early = self._hits[of_section(self._hits, "headline and lead")]
        column = "reuse_group" if "reuse_group" in self._compared.columns else "article_id"
        named = article_units(self._compared, column).set_index("article_id")["_unit"]
        texts = early["article_id"].astype("str").map(named)
        sides = texts.groupby(early["outlet"] == self._target).nunique()
        enough = len(sides) == 2 and sides.min() >= FEWEST_UNITS
        units = tuple(unit for unit in CHOICES["unit"] if unit == "article_id" or _groups_some(self._compared, unit))
        return plain | {
            "voice": CHOICES["voice"],
            "section": tuple(part for part in CHOICES["section"] if part != "headline and lead" or enough),
            "unit": units,
            "within": CHOICES["within"] if self._has_common_event() else plain["within"],
            "copy": CHOICES["copy"] if with_copy else plain["copy"],
            "estimand": CHOICES["estimand"],
            "dates": CHOICES["dates"] if half_cut(self._compared) is not None else plain["dates"],
        }

    def _has_common_event(self) -> bool:
        if "event" not in self._compared.columns:
            return False
        named = self._compared.dropna(subset="event")
        is_target = named["outlet"] == self._target
        return bool(named.loc[is_target, "event"].isin(named.loc[~is_target, "event"]).any())

    def _chosen(self, combination: _Combination) -> pd.DataFrame:
        """The hits of the slot that a combination counts, with their units and weights."""
        found = self._evidence(combination)
        mask = of_voice(found, combination.voice) & of_section(found, combination.section)
        if combination.copy != CHOICES["copy"][0]:
            mask &= found["_kept"].to_numpy()
        return found[mask]

    def _evidence(self, combination: _Combination) -> pd.DataFrame:
        place = (combination.unit, combination.within, combination.dates)
        if place not in self._frames:
            articles = of_dates(self._compared, combination.dates)
            hits = self._hits[self._hits["article_id"].astype("str").isin(articles["article_id"])]
            keys = ["outlet", *([combination.within] if combination.within else [])]
            found = evidence(hits, articles, keys, combination.unit)
            group = (found["outlet"] != self._target).astype(np.int64)
            # Numbers are grouped faster than names.
            codes = {name: pd.factorize(found[name])[0] for name in ("article_id", "_unit")}
            self._frames[place] = found.assign(_group=group, **codes).drop(columns=list(_NOT_ASKED))
        return self._frames[place]

    def _counted(self, combination: _Combination) -> tuple[str | bytes, ...]:
        """What tells one combination from another: hits, weights and units; nothing where no hit is counted."""
        found = self._chosen(combination)
        cells = ["_group"]
        if combination.within:
            found, cells = matched_hits(found), ["_event", "_group"]
        if found.empty:
            return ()
        # Within events units do not matter by themselves, only which events they join; a test is not made here.
        units = joined_events(found)[found["_event"]] if combination.within else pd.factorize(found["_unit"])[0]
        ones = b""
        if combination.estimand != CHOICES["estimand"][0] and not _weigh_the_same(found, cells):
            ones = pd.factorize(found["_one"])[0].tobytes()
        numbers = (found["_place"].to_numpy(), found["_weight"].to_numpy().round(9), pd.factorize(units)[0])
        return (*(values.tobytes() for values in numbers), ones, combination.within)


def _weigh_the_same(found: pd.DataFrame, cells: list[str]) -> bool:
    """Has everything that enters as one as many hits as the others of its side (and event)?"""
    weights = found.groupby([*cells, "_one"])["_weight"].sum().groupby(cells)
    return bool(np.allclose(weights.min(), weights.max()))


def _groups_some(compared: pd.DataFrame, unit: str) -> bool:
    """Do two articles share a unit, and are there two units?"""
    if unit not in compared.columns:
        return False
    named = unit_names(compared[unit]).dropna()
    units = named.nunique() + len(compared) - len(named)
    return bool(named.duplicated().any() and units > 1)
