"""Which corpus, which versions, what was changed: the small print under every result."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
import unicodedata
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from corpus_tools.schema import require_columns
from corpus_tools.show.markup import missing, number

PACKAGES = ("corpus-tools", "pandas", "numpy")
_DECIDING = ("slot", "label", "pattern", "near", "unless")
FICTIONAL = "fictional newsrooms, teaching texts"


def corpus_fingerprint(articles: pd.DataFrame) -> str:
    """Is this the very corpus that a number was computed on?

    Parameters
    ----------
    articles : pandas.DataFrame
        With ``article_id``, ``outlet``, ``date`` and ``text``, in any order of rows and columns.

    Returns
    -------
    str
        The first 12 hexadecimal digits of the SHA-256 of identifiers, outlets, dates and texts, sorted by
        identifier. It changes when any of these changes, and with nothing else.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.show.provenance import corpus_fingerprint
    >>> articles = pd.DataFrame(
    ...     {"article_id": ["a", "b"], "outlet": ["A", "B"], "date": pd.NaT, "text": ["One.", "Two."]}
    ... )
    >>> corpus_fingerprint(articles) == corpus_fingerprint(articles[::-1])
    True
    """
    require_columns(articles, "articles", ("article_id", "outlet", "date", "text"))
    ids, outlets, texts = (articles[column].astype(object).map(str) for column in ("article_id", "outlet", "text"))
    records = sorted(zip(ids, outlets, articles["date"].map(_iso), texts, strict=True))
    digest = hashlib.sha256()
    for record in records:
        digest.update(json.dumps(record).encode())
    return digest.hexdigest()[:12]


def lexicon_fingerprint(lexicon: pd.DataFrame) -> str:
    """Is this the very lexicon that a number was computed with?

    Parameters
    ----------
    lexicon : pandas.DataFrame
        As ``read_lexicon`` returns it, in any order of rows.

    Returns
    -------
    str
        The first 12 hexadecimal digits of the SHA-256 of all that decides what is found: slots, labels, patterns and
        the company that they ask for. Notes, sources and marks do not change it.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> lexicon = ct.read_lexicon("strike")
    >>> lexicon_fingerprint(lexicon) == lexicon_fingerprint(lexicon[::-1].assign(note="x"))
    True
    """
    known = [column for column in _DECIDING if column in lexicon.columns]
    records = sorted(lexicon[known].fillna("").astype("str").itertuples(index=False, name=None))
    return hashlib.sha256(json.dumps(records).encode()).hexdigest()[:12]


def repeat_command(corpus: str | None, lexicon: str | None, *options: str) -> str:
    """Which command makes this report again? Files are named without their folders, which are nobody's business.

    Examples
    --------
    >>> repeat_command("my articles.csv", "strike", "--skip")
    "python run.py report --corpus 'my articles.csv' --lexicon strike --skip"
    """
    named = (("--corpus", corpus), ("--lexicon", lexicon))
    words = [word for option, name in named if name for word in (option, shlex.quote(printable(name)))]
    return " ".join(["python run.py report", *words, *(shlex.quote(printable(option)) for option in options)])


def corpus_note(articles: pd.DataFrame, *, name: str | None = None) -> str:
    """Which corpus is this, in one line that fits under a chart?

    Parameters
    ----------
    articles : pandas.DataFrame
        A column ``kind`` that speaks of fictional newsrooms is repeated in the note.
    name : str, optional
        What the corpus is called.

    Returns
    -------
    str
        Articles, outlets, dates and fingerprint.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools.show.provenance import corpus_note
    >>> dates = pd.to_datetime(["2024-10-03", "2024-10-24"])
    >>> texts = ["One.", "Two."]
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "date": dates, "text": texts})
    >>> corpus_note(articles, name="example")
    'example: 2 articles by 2 outlets, 3 to 24 October 2024, fingerprint 771c60dfadf8'
    """
    size = f"{number(len(articles), 'article')} by {number(articles['outlet'].nunique(), 'outlet')}"
    note = f"{size}, {date_range(articles['date'])}, fingerprint {corpus_fingerprint(articles)}"
    note = f"{name}: {note}" if name else note
    fictional = fictional_share(articles)
    if fictional == 1:
        return f"{note}; {FICTIONAL}"
    return f"{note}; in part {FICTIONAL}" if fictional else note


def fictional_share(articles: pd.DataFrame) -> float:
    """Which share of the articles says in its column ``kind`` that its newsroom is fictional?"""
    if "kind" not in articles.columns or articles.empty:
        return 0.0
    return float(articles["kind"].astype("str").str.contains("fiction", case=False, na=False).mean())


def date_range(dates: pd.Series) -> str:
    """From when to when, in words: "3 to 24 October 2024"."""
    known = [date for date in dates if not pd.isna(date)]
    if not known:
        return "no dates"
    # Two zones cannot be compared; the printed day is what a reader sees.
    days = sorted((date.year, date.month, date.day, date.month_name()) for date in known)
    (year, month, day, name), (last_year, last_month, last_day, last_name) = days[0], days[-1]
    end = f"{last_day} {last_name} {last_year}"
    if (year, month, day) == (last_year, last_month, last_day):
        words = end
    elif (year, month) == (last_year, last_month):
        words = f"{day} to {end}"
    else:
        words = f"{day} {name} to {end}" if year == last_year else f"{day} {name} {year} to {end}"
    without = len(dates) - len(known)
    return f"{words} ({without} without a date)" if without else words


def outlets_overview(articles: pd.DataFrame) -> pd.DataFrame:
    """How many articles are there of each outlet, and from when: columns ``outlet, articles, dates``."""
    rows = [
        (outlet, len(group), date_range(group["date"]))
        for outlet, group in articles.groupby("outlet", sort=True, observed=True)
    ]
    return pd.DataFrame(rows, columns=["outlet", "articles", "dates"])


def rule_counts(findings: pd.DataFrame) -> pd.DataFrame:
    """How often did each rule of reading or cleaning apply: columns ``rule, times``, the most frequent first."""
    times = findings["rule"].astype("str").value_counts()
    counted = pd.DataFrame({"rule": times.index.astype("str"), "times": times.to_numpy()})
    return counted.sort_values(["times", "rule"], ascending=[False, True], ignore_index=True)


def versions() -> dict[str, str]:
    """Which versions made this page?"""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def printable(text: object, width: int = 80) -> str:
    """A text on one line as it can be shown anywhere: what would steer a terminal or hide is spelt out."""
    shown = "".join(_visible(character) for character in ("" if missing(text) else str(text))[: 2 * width])
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _visible(character: str) -> str:
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return character.encode("unicode_escape").decode("ascii") if character != "\xa0" else " "


def _iso(date: pd.Timestamp) -> str:
    return "" if pd.isna(date) else date.isoformat()
