"""The choices under which one contrast can be computed, and which hits each of them counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.compare.evidence import article_units, unit_names
from corpus_tools.prepare.days import article_days
from corpus_tools.schema import ALL_OTHERS, NARRATOR, CorpusError, require_columns

Mask = npt.NDArray[np.bool_]

ALL = "all"
# The first of each is the plain one; the order is that of the columns.
CHOICES: dict[str, tuple[str, ...]] = {
    "voice": (ALL, NARRATOR),
    "section": (ALL, "headline and lead", "body"),
    "unit": ("article_id", "reuse_group", "event"),
    "within": ("", "event"),
    "copy": ("kept", "shared left out"),
    "estimand": ("pooled", "per_article"),
    "dates": (ALL, "first half", "second half"),
}
PLAIN = tuple(values[0] for values in CHOICES.values())
_SECTIONS = {"headline and lead": ("headline", "lead"), "body": ("body",)}


def compared_articles(articles: pd.DataFrame, target: str, reference: str | None) -> pd.DataFrame:
    """The articles of the two sides, with their ids as text; ``None`` and the name of all others mean every outlet."""
    articles = articles.assign(article_id=articles["article_id"].astype("str"))
    if reference is None or reference == ALL_OTHERS:
        return articles
    return articles[articles["outlet"].isin([target, reference])]


def of_voice(hits: pd.DataFrame, voice: str) -> Mask:
    """Which hits stand in this voice."""
    return np.asarray(hits["voice"] == voice, dtype=bool) if voice != ALL else np.ones(len(hits), dtype=bool)


def of_section(hits: pd.DataFrame, section: str) -> Mask:
    """Which hits stand in these parts of their article."""
    parts = _SECTIONS.get(section)
    return np.asarray(hits["section"].isin(parts), dtype=bool) if parts else np.ones(len(hits), dtype=bool)


def of_dates(compared: pd.DataFrame, dates: str) -> pd.DataFrame:
    """The articles of this half; one without a date is in neither."""
    if dates == ALL:
        return compared
    days, cut = article_days(compared), half_cut(compared)
    return compared[(days < cut) if dates == "first half" else (days >= cut)] if cut is not None else compared.iloc[:0]


def half_cut(compared: pd.DataFrame) -> pd.Timestamp | None:
    """The first day of the second half: the one that splits the dated articles most evenly, the earlier of two.

    None where half of the articles or more have no date, or all dates are one day: then there are no halves. Articles
    of one reuse group are one here, of its earliest day, so that copies do not move the cut.
    """
    if "date" not in compared.columns:
        return None
    days = article_days(compared)
    if "reuse_group" in compared.columns:
        days = days.groupby(article_units(compared, "reuse_group")["_unit"].to_numpy()).min()
    known = days.dropna()
    if 2 * len(known) <= len(days) or known.nunique() < 2:
        return None
    earlier = known.value_counts().sort_index().cumsum().shift(fill_value=0).iloc[1:]
    return pd.Timestamp((earlier - len(known) / 2).abs().idxmin())


def counted_hits(articles: pd.DataFrame, hits: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The hits that a row of robustness counts, those of rival labels included.

    Shared copy cannot be told from hits and articles: for such a row they are handed over without it.
    """
    chosen = of_dates(compared_articles(articles, row["target"], row["reference"]), row["dates"])
    own = (hits["slot"].fillna("") == row["slot"]) & hits["article_id"].astype("str").isin(chosen["article_id"])
    found = hits[np.asarray(own, dtype=bool) & of_voice(hits, row["voice"]) & of_section(hits, row["section"])]
    of_article = chosen.set_index("article_id").reindex(found["article_id"].astype("str"))
    is_target = np.asarray(of_article["outlet"] == row["target"], dtype=bool)
    if row["within"] == "event":
        require_columns(articles, "articles", ["event"])
        matched = _matched(of_article["event"], is_target)
        found, is_target = found[matched], is_target[matched]
    counted = tuple(found.loc[side, "article_id"].nunique() for side in (is_target, ~is_target))
    expected = (row["articles_target"], row["articles_reference"])
    if counted != expected:
        raise CorpusError(
            f"The row counts {expected[0]:g} and {expected[1]:g} articles and these hits stand in {counted[0]} and "
            f"{counted[1]}; hand over the articles and hits from which it was computed"
            + (", without shared copy: drop_reused(hits, passages)." if row["copy"] == "shared left out" else ".")
        )
    return found


def _matched(events: pd.Series, is_target: Mask) -> Mask:
    """Which hits stand in an event in which both sides have one."""
    names = unit_names(events)
    sides = pd.Series(is_target, index=names.index).groupby(names.to_numpy()).transform("nunique")
    return np.asarray(sides == 2, dtype=bool)
