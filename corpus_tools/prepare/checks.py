"""What a person has found right or wrong: the file ``checks.csv``, and when it lifts the stamp."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from corpus_tools.prepare.spreadsheets import quote_formula, read_table, unquote_formula, write_table
from corpus_tools.schema import CHECKS, CorpusError, nearest, require_columns

CHECKS_FILE = "checks.csv"
SHEET_LINES = 20
GOOD_ENOUGH = 0.8
HIT = ["slot", "label", "article_id", "start"]
_MARKS = {
    **dict.fromkeys(("yes", "y", "1", "1.0", "true", "right"), True),
    **dict.fromkeys(("no", "n", "0", "0.0", "false", "wrong"), False),
    **dict.fromkeys(("", "nan", "none", "<na>"), pd.NA),
}


def read_checks(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Which hits has a person found right or wrong?

    Parameters
    ----------
    path : str or path
        A CSV file in UTF-8 as ``corpus-tools check --marked`` writes it, ``checks.csv`` beside the lexicon.

    Returns
    -------
    pandas.DataFrame
        One row per line that was drawn.

        - `slot`, `label`: what the lexicon calls the hit
        - `article_id`, `start`: where it stands
        - `outlet`: of the article
        - `right`: True where the words do name what the slot is about, else False; missing where the line was drawn
          and has not been marked yet. In the file: yes, y, 1, true, right or no, n, 0, false, wrong, in any case

    Raises
    ------
    CorpusError
        When the file cannot be read, a column is missing, a mark or a start is neither of those allowed, or two rows
        are about one hit; with the row.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from corpus_tools import read_checks
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "checks.csv"
    ...     row = "the stoppage,strike,01,812,Ellery Meridian,yes"
    ...     _ = path.write_text("slot,label,article_id,start,outlet,right\\n" + row)
    ...     read_checks(path)["right"].tolist()
    [True]
    """
    path = Path(path)
    if not path.is_file():
        raise CorpusError(f"There is no file {path.name!r} with marks; 'corpus-tools check' makes one with --marked.")
    table = read_table(path, "list of marks")
    require_columns(table, f"The list of marks {path.name}", CHECKS)
    for number, value in enumerate(table["start"], start=1):
        if not (value.isascii() and value.isdigit()):
            raise CorpusError(
                f"Row {number} of {path.name}: start is {value!r}; it is a number of characters, 0 or more."
            )
    words = {c: table[c].map(unquote_formula).astype("str") for c in ("slot", "label", "article_id", "outlet")}
    marks = read_marks(table["right"], path.name)
    checks = pd.DataFrame({**words, "start": table["start"].astype("int64"), "right": marks})[list(CHECKS)]
    twice = checks.duplicated(HIT)
    if twice.any():
        raise CorpusError(
            f"Row {int(twice.to_numpy().argmax()) + 1} of {path.name} is about a hit of an earlier row; keep one."
        )
    return checks


def read_marks(column: pd.Series, file: str) -> pd.Series:
    """True, False or missing for each mark; a CorpusError names the row of any other word."""
    said = column.astype("str").fillna("").str.strip().str.casefold()
    for number, word in enumerate(said, start=1):
        if word not in _MARKS:
            near = nearest(word, ("yes", "no"))
            raise CorpusError(f"Row {number} of {file}: {word[:40]!r} is no mark; leave it empty if unsure; {near}")
    return pd.Series([_MARKS[word] for word in said], index=column.index, dtype="boolean")


def write_checks(checks: pd.DataFrame, path: Path) -> None:
    """Write marks so that `read_checks` gives them back and a spreadsheet runs none of them."""
    shown = checks["right"].map({True: "yes", False: "no"}).astype("object").where(checks["right"].notna(), "")
    columns = [(shown if c == "right" else checks[c]).map(quote_formula) for c in CHECKS]
    write_table(path, CHECKS, list(zip(*columns, strict=True)))


def label_states(checks: pd.DataFrame) -> pd.DataFrame:
    """For each label how many lines were drawn, marked and right, and whether that lifts the stamp.

    It does where every drawn line is marked and at least `GOOD_ENOUGH` of them are right.
    """
    marks = checks.assign(marked=checks["right"].notna(), right=checks["right"].fillna(False).astype(bool), drawn=True)
    states = marks.groupby(["slot", "label"], sort=True)[["drawn", "marked", "right"]].sum().reset_index()
    whole = (states["marked"] == states["drawn"]) & (states["right"] / states["marked"] >= GOOD_ENOUGH)
    return states.assign(lifted=whole)


def is_lifted(labels: Sequence[tuple[str, str]], lexicon_file: Path) -> list[bool]:
    """Whether the marks beside a lexicon lift the stamp from these pairs of slot and label."""
    beside = lexicon_file.with_name(CHECKS_FILE)
    if not beside.is_file():
        return [False] * len(labels)
    states = label_states(read_checks(beside))
    lifted = set(states.loc[states["lifted"], ["slot", "label"]].itertuples(index=False, name=None))
    return [pair in lifted for pair in labels]
