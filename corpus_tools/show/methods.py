"""What the page on methods and limits says, as plain values: what was measured, counted and chosen, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from corpus_tools.prepare.voices.measured import voice_errors
from corpus_tools.show.describe import KINDS
from corpus_tools.show.describe.robustness import CHANGES
from corpus_tools.show.describe.verdict import VERDICT_METHOD
from corpus_tools.show.finding_words import RULE
from corpus_tools.show.markup import missing, number, one_line, percent
from corpus_tools.show.overview import VOICES_F1, VOICES_F1_UNMARKED, table
from corpus_tools.show.provenance import printable, rule_counts
from corpus_tools.show.ways import ALL_VOICES, TOLD_FIRST

LISTED = 100
_VOICE_ROWS = ("all", "yardstick", "quotation", "teaching articles")
_WHAT_CHANGES = {
    TOLD_FIRST: "The finding itself: every case counts, articles are the evidence, and there is a test.",
    ALL_VOICES: "Counts what the outlets report and quote as well, where the finding is about their own words.",
    "narrator only": "Counts the outlets’ own words only; else reported and quoted words count as well.",
    "headline and lead only": "Counts what stands in the headline and the first paragraph, which set the frame.",
    "body only": "Counts what stands below the first paragraph.",
    "one vote per shared text": "Articles of one outlet that share a text enter as one; copies in several outlets keep "
    "their votes, and are one unit of evidence when the interval is drawn.",
    "events as units": "The articles on one event are one piece of evidence; this alters the interval.",
    "within the same events": "The mean of the differences inside events that both sides cover: like with like.",
    "without shared copy": "Leaves out every case inside wording that stands in another outlet as well.",
    "each article counts the same": "An article that names it ten times weighs as much as one that names it once.",
    "first half of the articles": "Only the earlier half of the dated articles.",
    "second half of the articles": "Only the later half.",
}
SOURCES = (
    "Benjamini, Y., and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical "
    "Society B 57, 289–300.",
    "Cochran, W. G. (1977). Sampling Techniques, 3rd ed. Wiley. Eq. 6.13: the variance of a ratio over units.",
    "Efron, B., and Stein, C. (1981). The jackknife estimate of variance. Annals of Statistics 9, 586–596.",
    "Gelman, A., and Hill, J. (2007). Data Analysis Using Regression and Multilevel/Hierarchical Models, ch. 20. "
    "Cambridge University Press.",
    "Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses and the generalized Behrens-Fisher "
    "problem. Statistics and Probability Letters 36, 9–21.",
    "Korn, E. L., and Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of "
    "positive counts estimated from survey data. Survey Methodology 24, 193–201.",
    "Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in "
    "Medicine 17, 873–890.",
    "Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4, "
    "1208–1214.",
    "Steegen, S., Tuerlinckx, F., Gelman, A., and Vanpaemel, W. (2016). Increasing transparency through a multiverse "
    "analysis. Perspectives on Psychological Science 11, 702–712.",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
    "American Statistical Association 22, 209–212.",
    "Zou, G. Y., and Donner, A. (2008). Construction of confidence limits about effect measures. Statistics in "
    "Medicine 27, 1693–1702.",
)


def methods_page(
    *,
    articles: pd.DataFrame,
    problems: pd.DataFrame,
    cleaning: pd.DataFrame,
    lexicon: pd.DataFrame,
    shares: pd.DataFrame,
    passages: pd.DataFrame | None,
    compared: bool,
) -> dict[str, Any]:
    """What does the page on methods and limits say?

    Parameters
    ----------
    articles, problems, cleaning, lexicon, shares, passages
        As for ``export_report``.
    compared : bool
        Whether the first page tells comparisons; then their paragraphs stand here, too.
    """
    kinds = ["shares", *(("contrast", "robustness") if compared else ())]
    return {
        "voices": _voices(),
        "voices_f1": (f"{VOICES_F1:.2f}", f"{VOICES_F1_UNMARKED:.2f}"),
        "verdict_method": VERDICT_METHOD,
        "rule": RULE if compared else "",
        "ways": table(
            ["way", "what it changes"],
            [[name, _WHAT_CHANGES[name]] for name in (TOLD_FIRST, ALL_VOICES, *CHANGES.values())],
        ),
        "shared": _shared(articles, passages),
        "labels": _labels(lexicon, shares),
        "paragraphs": [{"name": name, "words": KINDS[name].method} for name in kinds],
        "sources": SOURCES,
        "rules": table(["rule", "times"], rule_counts(cleaning).to_numpy().tolist(), numbers={"times"}),
        "noticed": _noticed(problems),
        "noticed_more": max(len(problems) - LISTED, 0),
        "licences": _licences(articles),
    }


def _voices() -> dict[str, Any]:
    """How often the voice finder errs, as it was measured."""
    errors = voice_errors()
    rows = [
        [
            one_line(row["name"]),
            one_line(row["measure"]),
            f"{row['value']:.2f}",
            "–" if missing(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}",
            f"{row['articles']:,.0f}",
        ]
        for row in errors[errors["what"].isin(_VOICE_ROWS)].to_dict("records")
        if row["measure"] != "Matthews correlation"
    ]
    return table(["what was measured", "measure", "value", "interval", "articles"], rows, numbers=_NUMBERS)


_NUMBERS = {"value", "interval", "articles"}


def _shared(articles: pd.DataFrame, passages: pd.DataFrame | None) -> list[str]:
    """Which pieces of evidence this corpus has besides articles."""
    told = []
    if "reuse_group" in articles.columns:
        groups = articles["reuse_group"].dropna()
        several = groups.value_counts()
        several = several[several > 1]
        told.append(
            f"{number(int(several.sum()), 'article')} of {len(articles):,} share a text with another one, in "
            f"{number(len(several), 'reuse group')}."
            if len(several)
            else "No two articles were found to share a text."
        )
    if passages is not None and len(passages):
        told.append(_shared_wording(articles, passages))
    if "event" in articles.columns:
        known = articles["event"].dropna()
        told.append(
            f"{number(known.nunique(), 'event')}, {number(len(known), 'article')} of {len(articles):,} belong to one."
        )
    else:
        told.append("The articles have no column event, so nothing is compared within events on the first page.")
    return told


def _shared_wording(articles: pd.DataFrame, passages: pd.DataFrame) -> str:
    outlet_of = articles.set_index("article_id")["outlet"]
    ends = [passages[column].map(outlet_of) for column in ("article_id_a", "article_id_b")]
    between = int((ends[0].astype("str") != ends[1].astype("str")).sum())
    return (
        f"{number(between, 'piece')} of wording {'stands' if between == 1 else 'stand'} in two articles of different "
        "outlets (cut where the voice changes; a text in three outlets counts for each pair of them)."
    )


def _labels(lexicon: pd.DataFrame, shares: pd.DataFrame) -> dict[str, Any]:
    """The names of the slot that the first page is about, with all their patterns."""
    slots = list(shares["slot"].dropna()) or list(lexicon["slot"].dropna())
    own = lexicon[lexicon["slot"] == slots[0]] if slots else lexicon
    rows = [
        [
            one_line(label),
            "; ".join(_pattern(row) for row in part.to_dict("records")),
            one_line("; ".join(dict.fromkeys(filter(None, part.get("attested_in", pd.Series(dtype=str)).astype(str))))),
            "yes" if "checked" in part.columns and bool(part["checked"].all()) else "no",
        ]
        for label, part in own.groupby("label", sort=True)
    ]
    return table(["name", "patterns", "documented in", "checked by a person"], rows)


def _pattern(row: dict[Any, Any]) -> str:
    said = [f"{word} {one_line(row[word])}" for word in ("near", "unless") if not missing(row.get(word)) and row[word]]
    return one_line(row["pattern"]) + (f" ({'; '.join(said)})" if said else "")


def _noticed(problems: pd.DataFrame) -> dict[str, Any]:
    rows = [
        [printable(row[c]) for c in ("file", "row", "rule", "value")]
        + [printable(row["hint"], 160), "kept" if row["kept"] else "lost"]
        for row in problems.head(LISTED).to_dict("records")
    ]
    return table(["file", "row", "rule", "found", "what was done", "article"], rows, numbers={"row"})


def _licences(articles: pd.DataFrame) -> Sequence[str]:
    """Which licences the articles have, most frequent first."""
    if "licence" not in articles.columns:
        return []
    named = articles["licence"].map(one_line).replace("", "no licence stated").value_counts()
    return [f"{licence}: {percent(times / len(articles))} of the articles" for licence, times in named.head(5).items()]
