"""What the first page of a report says, as plain values: findings, corpus, limits, how it was made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from corpus_tools.schema import NARRATOR
from corpus_tools.show.charts import plot_framing_shares
from corpus_tools.show.charts.shares import the
from corpus_tools.show.charts.shown import inline_chart
from corpus_tools.show.describe import alt_text, describe
from corpus_tools.show.describe.verdict import MEANING
from corpus_tools.show.describe.words import UNCHECKED, all_checked, groupings, without_reported
from corpus_tools.show.finding_words import nothing_to_compare, opening_words, told_findings
from corpus_tools.show.findings import KeyFindings
from corpus_tools.show.lines import LineLinks
from corpus_tools.show.markup import missing, number, one_line, percent
from corpus_tools.show.provenance import (
    corpus_fingerprint,
    corpus_note,
    date_range,
    fictional_share,
    lexicon_fingerprint,
    outlets_overview,
    versions,
)

FINDINGS = 3
FEW_ARTICLES = 30
_LONG_PARAGRAPH = 1_500  # characters
# The one place for what is measured on the voice finder; the figures come from benchmarks/RESULTS.md.
VOICES_F1, VOICES_F1_UNMARKED = 0.86, 0.76
VOICES_LIMIT = (
    "Who speaks is found by rules, and rules err. About one in seven of the words that they give to somebody else is "
    "the outlet's own, and they miss about as many of somebody else's: on annotated American news F1 is about "
    f"{VOICES_F1:.2f}, outside quotation marks about {VOICES_F1_UNMARKED:.2f}. Count on no better elsewhere."
)
VOICES_SHORT = (
    "Who speaks is found by rules, and rules err. Of the words that they give to somebody else, about one in seven is "
    "the outlet's own."
)
OWN_WORDS = "the outlets' own words only"
OTHER_VOICES = "The chart shows the outlets' own words; reported speech and quotations are in the table."
VOICES_PAGE = "04_what_the_voice_finder_gets_wrong.html"
NOTHING = "No word of the lexicon occurs in this corpus, so there is no share to show and none to compare."


def question(shares: pd.DataFrame, lexicon: pd.DataFrame) -> str:
    """Which question does the main chart ask?"""
    slots = list(shares["slot"].dropna()) or list(lexicon["slot"].dropna())
    return f"What do they call {the(slots[0])}?" if slots else "What do they call it?"


def overview(
    *,
    articles: pd.DataFrame,
    problems: pd.DataFrame,
    cleaning: pd.DataFrame,
    lexicon: pd.DataFrame,
    shares: pd.DataFrame,
    hits: pd.DataFrame | None = None,
    found: KeyFindings | None = None,
    links: LineLinks | None = None,
) -> dict[str, Any]:
    """What does the first page say? Plain values by the names that its template uses.

    ``hits`` are those of the one slot of ``shares``, ``found`` what ``key_findings`` made of them; without these the
    outlets are described and not compared.
    """
    links = links or LineLinks()
    limits = _limits(articles, lexicon, shares)
    return {
        **_findings(shares, corpus_note(articles), links),
        **_compared(hits, found, articles, links),
        "corpus": _corpus(articles),
        "stamps": _stamps(articles, lexicon, shares),
        "limits": limits,
        "short_limits": [_short(limit) for limit in limits],
        "meaning": MEANING,
        **_making(articles, problems, cleaning, lexicon),
    }


def _compared(
    hits: pd.DataFrame | None, found: KeyFindings | None, articles: pd.DataFrame, links: LineLinks
) -> dict[str, Any]:
    """Outlets against all others, where there is something to compare; else why there is not."""
    if hits is None or hits.empty:
        return {"key": [], "opening": ""}
    if found is None or found.looked_at.empty:
        return {"key": [], "opening": nothing_to_compare(articles, hits)}
    return {"key": told_findings(found, articles, links), "opening": opening_words(found)}


def _findings(shares: pd.DataFrame, note: str, links: LineLinks) -> dict[str, Any]:
    """The main chart, its numbers, and the outlets with most evidence, each in a sentence with its strip."""
    empty: dict[str, Any] = dict.fromkeys(("chart", "numbers"))
    empty |= {"findings": [], "nothing": NOTHING, "more": "", "other_voices": ""}
    if not (pd.to_numeric(shares["slot_hits"]) > 0).any():
        return empty
    told, groups = _told(shares)
    findings = [{"words": words, **_strip(row)} for words, row in told]
    more = []
    if groups > len(told):
        more.append(f"These {len(told)} of {groups} have most articles with a case; the chart shows all.")
    if all(missing(row["share_low"]) for _, row in told):
        more.append("None of them has the five articles that an interval needs: they describe these articles only.")
    return empty | {
        "findings": findings,
        "more": " ".join(more),
        "chart": _chart(shares, note),
        "other_voices": OTHER_VOICES if len(_own_words(shares)) < len(shares) else "",
        "numbers": _numbers(shares, links),
    }


def _told(shares: pd.DataFrame) -> tuple[list[tuple[str, dict[Any, Any]]], int]:
    """The groups with most evidence: sentence and leading row; and how many groups there are."""
    own = _own_words(shares)
    own = own[own["slot_hits"] > 0]
    by = groupings(shares) or ["slot"]
    parts = [part for _, part in own.groupby(by, sort=True, dropna=False)]
    most = sorted(parts, key=lambda part: -part["articles"].iloc[0])[:FINDINGS]
    leading = [part.sort_values("hits", ascending=False, kind="stable").iloc[0].to_dict() for part in most]
    # The page carries the stamp once; it need not stand behind every sentence.
    return [(describe(part.assign(checked=True)), row) for part, row in zip(most, leading, strict=True)], len(parts)


def _own_words(shares: pd.DataFrame) -> pd.DataFrame:
    """The narrator's rows where shares are split by voice and the narrator has a hit, else all."""
    if "voice" not in groupings(shares):
        return shares
    own = shares[shares["voice"] == NARRATOR]
    return own if (own["slot_hits"] > 0).any() else shares


def _strip(row: dict[Any, Any]) -> dict[str, float | None]:
    low, high = (None, None) if missing(row["share_low"]) else (row["share_low"], row["share_high"])
    return {"share": row["share"], "low": low, "high": high}


def _chart(shares: pd.DataFrame, note: str) -> Markup:
    """The chart, which fits itself to the width of the page and follows its colours."""
    own = drawn = _own_words(shares)
    if len(own) < len(shares):
        drawn, note = own.drop(columns="voice"), "\n".join([OWN_WORDS, without_reported(shares), note])
    return inline_chart(plot_framing_shares(drawn, footnote=note), alt_text(own))


def _numbers(shares: pd.DataFrame, links: LineLinks) -> dict[str, Any]:
    """Every row of the shares, its cases with the place of their lines."""
    rows = [
        [
            *(one_line(row[column]) for column in groupings(shares)),
            one_line(row["label"]),
            {"text": f"{row['hits']:g} of {row['slot_hits']:g}", "href": _lines_of(row, links)},
            _share(row["share"]),
            "none" if missing(row["share_low"]) else f"{_share(row['share_low'])} to {_share(row['share_high'])}",
            f"{row['articles']:g} of {row['searched']:g}",
            one_line(row["note"]),
        ]
        for row in shares.to_dict("records")
    ]
    heads = [*groupings(shares), "name", "cases", "share", "interval", "articles with a case", "note"]
    return table(heads, rows, numbers={"cases", "share", "interval", "articles with a case"})


def _lines_of(row: dict[Any, Any], links: LineLinks) -> str:
    return links.of(row["outlet"], row["label"], row.get("voice", "all")) if "outlet" in row else ""


def _share(value: float) -> str:
    return "none" if missing(value) else percent(value)


def _corpus(articles: pd.DataFrame) -> dict[str, Any]:
    overview = outlets_overview(articles)
    outlets = [[one_line(row.outlet), f"{row.articles:,}", row.dates] for row in overview.itertuples()]
    size = f"{number(len(articles), 'article')} by {number(len(overview), 'outlet')}"
    return {
        "line": f"{size}, {date_range(articles['date'])}",
        "size": size,
        "sizes": [(one_line(row.outlet), f"{row.articles:,}") for row in overview.itertuples()],
        "outlets": table(["outlet", "articles", "dates"], outlets, numbers={"articles"}),
    }


def _stamps(articles: pd.DataFrame, lexicon: pd.DataFrame, shares: pd.DataFrame) -> list[str]:
    """What nobody may overlook: beneath the title."""
    fictional = fictional_share(articles)
    stamps = []
    if fictional:
        stamps.append("Fictional newsrooms, teaching texts" if fictional == 1 else "In part fictional newsrooms")
    return stamps if _checked(lexicon, shares) else [*stamps, UNCHECKED[:1].upper() + UNCHECKED[1:]]


def _limits(articles: pd.DataFrame, lexicon: pd.DataFrame, shares: pd.DataFrame) -> list[str]:
    sizes, dated = articles["outlet"].value_counts(), int(articles["date"].notna().sum())
    limits = []
    if len(articles) < FEW_ARTICLES:
        span = f"{sizes.min()} to {sizes.max()}" if len(sizes) and sizes.min() < sizes.max() else f"{sizes.max()}"
        limits.append(
            f"There are few articles ({span} by each outlet): another choice of articles could give other numbers, "
            "and small differences cannot be seen."
        )
    limits.append(VOICES_LIMIT)
    if not _checked(lexicon, shares):
        limits.append("The lexicon has not been checked by hand yet, so some hits may mean something else.")
    if fictional_share(articles):
        limits.append("Invented newsrooms show how one measures; they say nothing about real ones.")
    limits += filter(None, (_apart(articles), _without_paragraphs(articles)))
    if dated < len(articles):
        limits.append(f"{number(len(articles) - dated, 'article')} without a date: nothing is said of their time.")
    limits.append("A count says how often a name is used, not why, and not whether it fits.")
    return limits


def _short(limit: str) -> dict[str, str]:
    """What the first page has room for; the page on methods has all of it."""
    if limit == VOICES_LIMIT:
        return {"words": VOICES_SHORT, "page": VOICES_PAGE}
    return {"words": limit, "page": ""}


def _apart(articles: pd.DataFrame) -> str:
    """A sentence where two outlets have no day in common, for then they differ in time as well."""
    days = articles.dropna(subset="date").groupby("outlet")["date"].agg(["min", "max"])
    if len(days) < 2 or days["min"].max() <= days["max"].min():
        return ""
    early, late = days["max"].idxmin(), days["min"].idxmax()
    return (
        f"The articles are not from the same days: {one_line(early)} ends on {days.loc[early, 'max']:%Y-%m-%d}, "
        f"{one_line(late)} begins on {days.loc[late, 'min']:%Y-%m-%d}. A difference may be one of time."
    )


def _without_paragraphs(articles: pd.DataFrame) -> str:
    """A sentence where most long articles of an outlet are one paragraph, for then no word of them is in the body."""
    parts = articles["text"].str.count(r"\n\n") - articles["title"].notna()
    long = articles[articles["text"].str.len() > _LONG_PARAGRAPH]
    whole = (parts[long.index] < 1).groupby(long["outlet"]).mean()
    names = [one_line(name) for name in whole.index[whole > 0.5]]
    if not names:
        return ""
    return (
        f"Most articles of {', '.join(names) if len(names) < 4 else number(len(names), 'outlet')} come without "
        "paragraphs: the whole text counts as lead, and nothing as body."
    )


def _checked(lexicon: pd.DataFrame, shares: pd.DataFrame) -> bool:
    """Whether a person has checked what this page shows; a label of the lexicon that never occurs needs no check."""
    shown = lexicon if shares.empty else shares
    return all_checked(shown) if "checked" in shown.columns else all_checked(lexicon)


def _checked_labels(lexicon: pd.DataFrame) -> str:
    if "checked" not in lexicon.columns:
        return ""
    labels = lexicon.groupby(["slot", "label"])["checked"].all()
    done = int(labels.sum())
    if done in (0, len(labels)):
        return "checked line by line" if done else "not checked by hand yet"
    return f"{done} of {number(len(labels), 'label')} checked line by line"


def _making(
    articles: pd.DataFrame, problems: pd.DataFrame, cleaning: pd.DataFrame, lexicon: pd.DataFrame
) -> dict[str, Any]:
    lost = int((~problems["kept"].astype(bool)).sum())
    loss = f"lost by it: {number(lost, 'row')}" if lost else "no article was lost by it"
    changed = number(cleaning["article_id"].nunique(), "article")
    made = f"Cleaning made {number(len(cleaning), 'change')} in {changed}."
    noticed = f"Reading noticed {number(len(problems), 'thing')}; {loss}."
    return {
        "fingerprint": corpus_fingerprint(articles),
        "lexicon": lexicon_words(lexicon),
        "versions": ", ".join(f"{package} {release}" for package, release in versions().items()),
        "cleaning": made if len(cleaning) else "Cleaning changed nothing.",
        "problems": noticed if len(problems) else "Reading noticed nothing unusual.",
    }


def lexicon_words(lexicon: pd.DataFrame) -> str:
    """Slots, patterns, how far they are checked, and the fingerprint."""
    parts = (
        number(lexicon["slot"].nunique(), "slot"),
        number(len(lexicon), "pattern"),
        _checked_labels(lexicon),
        f"fingerprint {lexicon_fingerprint(lexicon)}",
    )
    return ", ".join(part for part in parts if part)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, numbers: Collection[str] = ()) -> dict[str, Any]:
    """A table as the template takes it; a cell is a text, or a text with the place that it leads to."""
    return {"heads": [{"name": head, "number": head in numbers} for head in heads], "rows": rows}
