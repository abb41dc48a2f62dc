"""What the first page of a report says, as plain values: findings, corpus, limits, how it was made."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from corpus_tools.schema import NARRATOR
from corpus_tools.show.charts import plot_framing_shares
from corpus_tools.show.charts.shares import the
from corpus_tools.show.describe import alt_text, describe
from corpus_tools.show.describe.words import UNCHECKED, all_checked, groupings, without_reported
from corpus_tools.show.markup import missing, number, one_line, percent
from corpus_tools.show.pictures import on_dark, svg_address
from corpus_tools.show.provenance import (
    corpus_fingerprint,
    corpus_note,
    date_range,
    fictional_share,
    outlets_overview,
    printable,
    rule_counts,
    versions,
)

FINDINGS = 3
LISTED = 100
FEW_ARTICLES = 30
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
# The one place for what is measured on the voice finder; the figures come from benchmarks/RESULTS.md.
VOICES_F1, VOICES_F1_UNMARKED = 0.86, 0.75
VOICES_LIMIT = (
    "Who speaks is found by rules, and rules err. About one in seven of the words that they give to somebody else is "
    "the outlet's own, and they miss about as many of somebody else's: on annotated American news F1 is about "
    f"{VOICES_F1:.2f}, outside quotation marks about {VOICES_F1_UNMARKED:.2f}. Count on no better elsewhere."
)
OWN_WORDS = "the outlets' own words only"
OTHER_VOICES = "The chart shows the outlets' own words; reported speech and quotations are in the table."
VOICES_PAGE = "04_what_the_voice_finder_gets_wrong.html"
NARROW = 3.75  # inches, 360 pixels: a telephone


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
) -> dict[str, Any]:
    """What does the first page say? Plain values by the names that its template uses."""
    return {
        **_findings(shares, corpus_note(articles)),
        "corpus": _corpus(articles),
        "stamps": _stamps(articles, lexicon, shares),
        "limits": _limits(articles, lexicon, shares),
        "limit_pages": {VOICES_LIMIT: VOICES_PAGE},
        **_making(articles, problems, cleaning, lexicon),
    }


def _findings(shares: pd.DataFrame, note: str) -> dict[str, Any]:
    """The main chart, its numbers, and the outlets with most evidence, each in a sentence with its strip."""
    nothing = "No word of the lexicon occurs in this corpus, so there is no share to show and none to compare."
    empty: dict[str, Any] = dict.fromkeys(("chart", "numbers"))
    empty |= {"findings": [], "nothing": nothing, "more": "", "other_voices": ""}
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
        "numbers": _numbers(shares),
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


def _chart(shares: pd.DataFrame, note: str) -> dict[str, str]:
    """The chart wide and narrow, each on either ground; the browser takes the one that fits."""
    own = drawn = _own_words(shares)
    if len(own) < len(shares):
        drawn, note = own.drop(columns="voice"), "\n".join([OWN_WORDS, without_reported(shares), note])
    wide, narrow = _picture(drawn, note, None), _picture(drawn, note, NARROW)
    pictures = {"wide": wide, "narrow": narrow, "wide_dark": on_dark(wide), "narrow_dark": on_dark(narrow)}
    return {name: svg_address(svg) for name, svg in pictures.items()} | {"alt": alt_text(own)}


def _picture(shares: pd.DataFrame, note: str, width: float | None) -> str:
    ax = None if width is None else plt.figure(figsize=(width, 1)).add_subplot()
    # Without these two the file would name the time, and its parts at random.
    with plt.rc_context({"svg.hashsalt": "corpus-tools"}):
        figure = plot_framing_shares(shares, ax=ax, footnote=note).figure.figure
        picture = io.StringIO()
        figure.savefig(picture, format="svg", metadata=_NO_METADATA)
    plt.close(figure)
    return picture.getvalue()


def _numbers(shares: pd.DataFrame) -> dict[str, Any]:
    rows = [
        [
            *(one_line(row[column]) for column in groupings(shares)),
            one_line(row["label"]),
            f"{row['hits']:g} of {row['slot_hits']:g}",
            _share(row["share"]),
            "none" if missing(row["share_low"]) else f"{_share(row['share_low'])} to {_share(row['share_high'])}",
            f"{row['articles']:g} of {row['searched']:g}",
            one_line(row["note"]),
        ]
        for row in shares.to_dict("records")
    ]
    heads = [*groupings(shares), "name", "cases", "share", "interval", "articles with a case", "note"]
    return _table(heads, rows, numbers={"cases", "share", "interval", "articles with a case"})


def _share(value: float) -> str:
    return "none" if missing(value) else percent(value)


def _corpus(articles: pd.DataFrame) -> dict[str, Any]:
    overview = outlets_overview(articles)
    outlets = [[one_line(row.outlet), f"{row.articles:,}", row.dates] for row in overview.itertuples()]
    size = f"{number(len(articles), 'article')} by {number(len(overview), 'outlet')}"
    return {
        "line": f"{size}, {date_range(articles['date'])}",
        "outlets": _table(["outlet", "articles", "dates"], outlets, numbers={"articles"}),
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
    if apart := _apart(articles):
        limits.append(apart)
    if dated < len(articles):
        limits.append(f"{number(len(articles) - dated, 'article')} without a date: nothing is said of their time.")
    limits.append("A count says how often a name is used, not why, and not whether it fits.")
    return limits


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
    rules = rule_counts(cleaning)
    listed = [
        [printable(row[c]) for c in ("file", "row", "rule", "value")]
        + [printable(row["hint"], 160), "kept" if row["kept"] else "lost"]
        for row in problems.head(LISTED).to_dict("records")
    ]
    loss = f"lost by it: {number(lost, 'row')}" if lost else "no article was lost by it"
    listing = f"; the first {LISTED} are listed" if len(problems) > LISTED else ""
    words = f"Reading noticed {number(len(problems), 'thing')}; {loss}{listing}."
    changed = number(cleaning["article_id"].nunique(), "article")
    parts = (number(lexicon["slot"].nunique(), "slot"), number(len(lexicon), "pattern"), _checked_labels(lexicon))
    return {
        "fingerprint": corpus_fingerprint(articles),
        "lexicon": ", ".join(part for part in parts if part),
        "versions": ", ".join(f"{package} {release}" for package, release in versions().items()),
        "cleaning": _table(["rule", "times"], rules.to_numpy().tolist(), numbers={"times"})
        | {"words": f"Cleaning made {number(len(cleaning), 'change')} in {changed}."},
        "problems": _table(["file", "row", "rule", "found", "what was done", "article"], listed, numbers={"row"})
        | {"words": words},
    }


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, numbers: set[str]) -> dict[str, Any]:
    return {"heads": [{"name": head, "number": head in numbers} for head in heads], "rows": rows}
