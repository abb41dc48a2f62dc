"""What ``corpus-tools check`` says of a source, as lines: what it holds, what reading and cleaning noticed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from corpus_tools.show.markup import number
from corpus_tools.show.provenance import outlets_overview, printable, rule_counts

PLACES = 5


def source_lines(articles: pd.DataFrame, problems: pd.DataFrame, cleaning: pd.DataFrame, *, name: str) -> list[str]:
    """What does a source hold, and what is wrong with it?

    Parameters
    ----------
    articles, problems, cleaning : pandas.DataFrame
        As ``inspect_source`` returns them.
    name : str
        What the source is called.

    Returns
    -------
    list of str
        Safe for a terminal: no word of the source can move the cursor or fill the screen.

    Examples
    --------
    >>> from corpus_tools.read.sources import inspect_source
    >>> source_lines(*inspect_source("strike"), name="strike")[0]
    'strike: 14 articles by 3 outlets'
    """
    outlets = outlets_overview(articles)
    return [
        f"{printable(name)}: {number(len(articles), 'article')} by {number(len(outlets), 'outlet')}",
        *(f"  {printable(row.outlet)}: {number(row.articles, 'article')}, {row.dates}" for row in outlets.itertuples()),
        *_problem_lines(problems),
        *_cleaning_lines(cleaning),
        "",
        _verdict(articles, lost_rows(problems)),
    ]


def lost_rows(problems: pd.DataFrame) -> int:
    """How many rows did not become articles?"""
    return int((~problems["kept"].astype(bool)).sum())


def _verdict(articles: pd.DataFrame, lost: int) -> str:
    if lost:
        return f"{number(lost, 'row')} {'was' if lost == 1 else 'were'} lost: read_articles() stops at this source."
    return "There is no article in it." if articles.empty else "No article was lost."


def _problem_lines(problems: pd.DataFrame) -> Iterator[str]:
    yield ""
    if problems.empty:
        yield "Reading noticed nothing unusual."
        return
    yield f"Reading noticed {number(len(problems), 'thing')}:"
    for rule, times in rule_counts(problems).itertuples(index=False):
        rows = problems[problems["rule"] == rule]
        lost = lost_rows(rows)
        yield f"  {printable(rule)}: {times}" + (f" ({lost} lost)" if lost else "")
        for row in rows.head(PLACES).to_dict("records"):
            line = printable(row["row"])
            place = ", ".join(x for x in (printable(row["file"]), f"row {line}" if line else "") if x)
            value = f" “{printable(row['value'], 60)}”" if printable(row["value"]) else ""
            yield f"    {place or 'all files'}:{value} {printable(row['hint'], 300)}"
        yield from _rest(len(rows))


def _cleaning_lines(cleaning: pd.DataFrame) -> Iterator[str]:
    yield ""
    if cleaning.empty:
        yield "Cleaning changed nothing."
        return
    texts = number(cleaning["article_id"].nunique(), "article")
    yield f"Cleaning made {number(len(cleaning), 'change')} in {texts}:"
    for rule, times in rule_counts(cleaning).itertuples(index=False):
        rows = cleaning[cleaning["rule"] == rule]
        yield f"  {printable(rule)}: {times} in {number(rows['article_id'].nunique(), 'article')}"
        for row in rows.head(PLACES).to_dict("records"):
            removed, inserted = (f"“{printable(row[part], 60)}”" for part in ("removed", "inserted"))
            change = f"{removed} became {inserted}" if row["removed"] and row["inserted"] else f"{removed} removed"
            yield f"    {printable(row['article_id'])}: {change if row['removed'] else inserted + ' put in'}"
        yield from _rest(len(rows))


def _rest(rows: int) -> Iterator[str]:
    if rows > PLACES:
        yield f"    and {rows - PLACES:,} more"
