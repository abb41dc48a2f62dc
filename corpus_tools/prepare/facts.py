"""Facts that an event consists of, and where in the tokens they are told."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pandas as pd

from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.lexicon import find_hits
from corpus_tools.prepare.patterns import parse_pattern
from corpus_tools.prepare.spreadsheets import read_table
from corpus_tools.read.dates import read_date
from corpus_tools.read.sample import data_folder
from corpus_tools.schema import HITS, TOKENS, CorpusError, CorpusWarning, empty, nearest, require_columns

_REQUIRED = ("fact", "pattern")
_KNOWN = ("event", "fact", "pattern", "near", "unless")
_FILE = "facts.csv"
_DAY = "datetime64[us]"


def read_facts(name_or_path: str | os.PathLike[str]) -> pd.DataFrame:
    """Which facts does each event consist of, and by which words does one know that they are told?

    Parameters
    ----------
    name_or_path : str or path
        The name of a shipped list ("karabakh"), or a CSV file in UTF-8 with the columns ``fact``, ``pattern`` and, as
        needed, ``event``, ``date``, ``near``, ``unless``; any further column rides along.

    Returns
    -------
    pandas.DataFrame
        One row per pattern, in the order of the file, all cells text.

        - `event`: as in the column ``event`` of the articles; empty where the fact is looked for in all articles
        - `fact`: what is told, in one sentence; several rows may share one, and any of their patterns will do
        - `pattern`: what is looked for, in the syntax of lexicons (`read_lexicon`)
        - `near`: must occur in the same sentence; empty for no condition
        - `unless`: cancels the hit where it overlaps it or lies within three words of it in the same sentence
        - `date`, where the file has it: the day on which the fact happened or was said, such as 2023-03-05. Articles
          printed before it are not searched for the fact; empty to search all of them. Of several rows of one fact
          the earliest counts
        - the further columns of the file, such as ``source``, ``claimed_by``

    Raises
    ------
    CorpusError
        When there is no such list, a row has no fact or pattern or repeats another one, a pattern has no word, or a
        date does not name one day; with file and row.

    Notes
    -----
    Whether somebody *claims* a fact is data as well: write it into a column of its own, such as ``claimed_by``.

    Examples
    --------
    >>> facts = read_facts("karabakh")
    >>> facts.columns[:5].tolist(), int(facts["event"].nunique())
    (['event', 'fact', 'pattern', 'near', 'unless'], 18)
    """
    path = _facts_path(name_or_path)
    table = read_table(path, "list of facts")
    return check_facts(table, path.name)


def find_facts(tokens: pd.DataFrame, articles: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Where is which fact told?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it; of other articles than ``articles`` nothing is searched.
    articles : pandas.DataFrame
        The articles to be searched, with `article_id`, `event` where the facts name events, and `date` where known.
    facts : pandas.DataFrame
        As `read_facts` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per place, in the order of the tokens, then of the facts: the columns of `find_hits`.

        - `article_id`, `outlet`, `sentence`, `section`, `voice`: of the first word of the hit
        - `slot`: the event; missing where the fact names none
        - `label`: the fact
        - `surface`: its terms, joined by one blank
        - `start`, `end`: its characters in ``text``
        - `checked`: whether the pattern has been checked by a person; from a column ``checked`` of the facts, else no

    Raises
    ------
    CorpusError
        When a column is missing, a row of the facts is incomplete, repeats another one or has a date that does not
        name one day, or no article has an event of the facts.

    Warns
    -----
    CorpusWarning
        When some events of the facts have no article.

    Notes
    -----
    A fact is looked for in the articles of its event only, so that "two soldiers" of one day is not found on another,
    and not in articles printed on a day before its `date`: what they say in such words cannot be that fact. An
    announcement cannot be found so, nor a fact whose date is wrong; leave the date empty to search all articles.
    Articles of the same day are searched, whatever the hour, and so are articles without a date.
    Facts do not compete for words: one stretch may tell two of them. Patterns find words, they do not understand:
    a fact told in words that nobody foresaw is not found, and the words may stand where another thing is told.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> facts = pd.DataFrame({"fact": ["Buses stand still"], "pattern": ["bus*"], "near": ["strik*|walkout"]})
    >>> find_facts(tokenize(articles, find_voices(articles)), articles, facts)["label"].unique().tolist()
    ['Buses stand still']
    """
    require_columns(tokens, "tokens", TOKENS[:-1])
    require_columns(articles, "articles", ("article_id",))
    facts = facts_of_articles(articles, check_facts(facts))
    if facts.empty:
        return empty(HITS)
    events = dict(zip(articles["article_id"].astype("str"), event_names(articles), strict=True))
    ids = tokens["article_id"].astype("str")
    everywhere = (facts["event"] == "").any()
    wanted = [a for a, event in events.items() if everywhere or event in set(facts["event"])]
    # Each fact is a slot of its own: in one slot the longest match would take the words from the others.
    number = facts.groupby(["event", "fact"], sort=False).ngroup()
    hits = find_hits(tokens[ids.isin(wanted)], facts.assign(slot=number.astype("str"), label=facts["fact"]))
    event = hits["slot"].map(dict(zip(number.astype("str"), facts["event"], strict=True)))
    own = (event == "") | (event == hits["article_id"].map(events))
    printed = dict(zip(events, article_days(articles), strict=True))
    happened = dict(zip(number.astype("str"), fact_days(facts), strict=True))
    older = hits["article_id"].map(printed).astype(_DAY) < hits["slot"].map(happened).astype(_DAY)
    named = event.astype("str").where(event != "")
    return hits.assign(slot=named)[(own & ~older).to_numpy()].reset_index(drop=True)


def event_names(articles: pd.DataFrame) -> pd.Series:
    """The event of each article as text; empty where it has none. A whole number is written without a fraction."""
    if "event" not in articles.columns:
        return pd.Series("", index=articles.index, dtype="str")
    names = [
        "" if pd.isna(e) else str(int(e)) if isinstance(e, float) and e.is_integer() else str(e).strip()
        for e in articles["event"]
    ]
    return pd.Series(names, index=articles.index, dtype="str")


def fact_days(facts: pd.DataFrame) -> pd.Series:
    """The day of the fact of each row, the earliest of the rows that share it; missing where none is given."""
    given = facts["date"] if "date" in facts.columns else [""] * len(facts)
    days = pd.Series([_day(date) for date in given], index=facts.index, dtype=_DAY)
    return days.groupby([facts["event"], facts["fact"]]).transform("min")


def _day(date: object) -> pd.Timestamp:
    stated = read_date("" if pd.isna(date) else str(date)).date
    return stated if pd.isna(stated) else stated.tz_localize(None).normalize()


def facts_of_articles(articles: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """The facts whose event some article has, and those that name none; of the others a warning tells."""
    named = facts["event"] != ""
    if named.any() and "event" not in articles.columns:
        raise CorpusError(
            "The facts name events and the articles have no column 'event'; use add_events(articles), or leave the "
            "events of the facts empty to look for them in all articles."
        )
    if articles.empty:
        return facts[~named]
    known = sorted(set(event_names(articles)) - {""})
    strange = facts.loc[named & ~facts["event"].isin(known), "event"].unique()
    if not len(strange):
        return facts
    said = f"event {strange[0]!r} of the facts has no article; {nearest(strange[0], known)}"
    if len(strange) == facts["event"].nunique():
        raise CorpusError(f"{'The' if len(strange) == 1 else 'None of the events of the facts has one: the'} {said}")
    more = f" So do {len(strange) - 1} more." if len(strange) > 1 else ""
    warnings.warn(f"The {said} Its facts are left out.{more}", CorpusWarning, stacklevel=3)
    return facts[~named | facts["event"].isin(known)]


def _facts_path(name_or_path: str | os.PathLike[str]) -> Path:
    if not isinstance(name_or_path, (str, os.PathLike)):
        raise CorpusError(f"A list of facts is a shipped name or a path, not {type(name_or_path).__name__}.")
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = sorted(p.parent.name for p in data_folder().glob(f"*/{_FILE}"))
    if str(name_or_path) in names:
        return data_folder() / str(name_or_path) / _FILE
    if (path / _FILE).is_file():
        return path / _FILE
    raise CorpusError(f"There is no list of facts {str(name_or_path)!r}; {nearest(name_or_path, names)}")


def check_facts(facts: pd.DataFrame, name: str = "the facts") -> pd.DataFrame:
    """The frame as `read_facts` gives it, also where pandas has read the file."""
    require_columns(facts, name, _REQUIRED)
    filled = {
        c: facts[c].astype("object").fillna("").astype("str").str.strip() if c in facts.columns else "" for c in _KNOWN
    }
    filled["event"] = event_names(facts)
    others = [c for c in facts.columns if c not in _KNOWN]
    table = facts.assign(**filled)[[*_KNOWN, *others]].reset_index(drop=True)
    seen: dict[tuple[str, ...], int] = {}
    dates = table["date"] if "date" in table.columns else [""] * len(table)
    for number, date in enumerate(dates, start=1):
        if not pd.isna(date) and str(date).strip() and pd.isna(_day(date)):
            raise CorpusError(
                f"Row {number} of {name} has the date {str(date)[:40]!r}, which does not name one day; "
                "write it as 2023-03-05, or leave it empty."
            )
    for number, row in enumerate(table[list(_KNOWN)].itertuples(index=False, name=None), start=1):
        cells = dict(zip(_KNOWN, row, strict=True))
        for column in _REQUIRED:
            if not cells[column]:
                raise CorpusError(f"Row {number} of {name} has no {column}; each row needs a fact and a pattern.")
        if row in seen:
            raise CorpusError(f"Row {number} of {name} repeats row {seen[row]}: {cells['fact']!r}; delete one of them.")
        seen[row] = number
        for column in ("pattern", "near", "unless"):
            if cells[column]:
                try:
                    parse_pattern(cells[column])
                except CorpusError as error:
                    raise CorpusError(f"Row {number} of {name}, column {column}: {error}") from None
    return table
