"""What a person has found right or wrong: the file ``checks.csv``, and when it lifts the stamp."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from corpus_tools.prepare.checking import pattern_keys
from corpus_tools.prepare.spreadsheets import existing_file, quote_formula, read_table, unquote_formula, write_table
from corpus_tools.schema import CHECKS, PATTERNS_THEN, CorpusError, nearest, require_columns

CHECKS_FILE = "checks.csv"
SHEET_LINES = 20
GOOD_ENOUGH = 0.8
_NAMES = ("slot", "label", "article_id", "outlet")
_LONGEST_START = 15
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
        - `patterns`: a key for the patterns that the label had when its lines were drawn; empty where the file has no
          such column. Once the lexicon gives the label another key, its marks no longer lift the stamp

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
    path = existing_file(path, "the list of marks", "'corpus-tools check' makes a list of marks with --marked.")
    table = read_table(path, "list of marks")
    require_columns(table, f"The list of marks {path.name}", CHECKS)
    checks = as_checks(table.assign(**{c: table[c].map(unquote_formula) for c in _NAMES}), path.name)
    twice = checks.duplicated(HIT)
    if twice.any():
        raise CorpusError(
            f"Row {int(twice.to_numpy().argmax()) + 1} of {path.name} is about a hit of an earlier row; keep one."
        )
    return checks


def as_checks(checks: pd.DataFrame, what: str) -> pd.DataFrame:
    """The frame as `read_checks` gives it, also where pandas has read the file or a person made it."""
    require_columns(checks, what, CHECKS)
    words = {c: checks[c].astype("str") for c in _NAMES}
    then = checks[PATTERNS_THEN].astype("str").fillna("") if PATTERNS_THEN in checks.columns else ""
    read = {"start": _read_starts(checks["start"], what), "right": read_marks(checks["right"], what)}
    filled = checks.assign(**words, **read, **{PATTERNS_THEN: pd.Series(then, index=checks.index, dtype="str")})
    return filled[[*CHECKS, PATTERNS_THEN]]


def _read_starts(column: pd.Series, file: str) -> pd.Series:
    said = column.astype("str").fillna("").str.strip().str.removesuffix(".0")
    for number, value in enumerate(said, start=1):
        if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_START):
            raise CorpusError(
                f"Row {number} of {file}: start is {value[:40]!r}; it is a number of characters, 0 or more."
            )
    return said.astype("int64")


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
    stamped = PATTERNS_THEN in checks.columns and (checks[PATTERNS_THEN] != "").any()
    names = (*CHECKS, PATTERNS_THEN) if stamped else CHECKS
    columns = [(shown if c == "right" else checks[c]).map(quote_formula) for c in names]
    write_table(path, names, list(zip(*columns, strict=True)))


def stamp_patterns(checks: pd.DataFrame, lexicon: pd.DataFrame, rows: Sequence[bool] | None = None) -> pd.DataFrame:
    """Put down which patterns the labels have now, for these rows or all; a label that is gone keeps what it had."""
    checks = as_checks(checks, "checks")
    keys = pattern_keys(lexicon)
    pairs = zip(checks["slot"], checks["label"], strict=True)
    chosen = [True] * len(checks) if rows is None else rows
    old = checks[PATTERNS_THEN]
    now = [keys.get(pair, then) if own else then for pair, then, own in zip(pairs, old, chosen, strict=True)]
    return checks.assign(**{PATTERNS_THEN: pd.Series(now, index=checks.index, dtype="str")})


def label_states(checks: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """For each label how many lines were drawn, marked and right, and whether that lifts the stamp.

    It does where every drawn line is marked, at least `GOOD_ENOUGH` of them are right, and the label's patterns in
    the lexicon, where one is given, have not changed since.
    """
    checks = as_checks(checks, "checks")
    keys = {} if lexicon is None else pattern_keys(lexicon)
    rows = zip(checks["slot"], checks["label"], checks[PATTERNS_THEN], strict=True)
    changed = [bool(then) and keys.get((slot, label), then) != then for slot, label, then in rows]
    right = checks["right"].fillna(False).astype(bool)
    marks = checks.assign(marked=checks["right"].notna(), right=right, drawn=True, changed=changed)
    counted = ["drawn", "marked", "right", "changed"]
    states = marks.groupby(["slot", "label"], sort=True)[counted].sum().reset_index()
    whole = (states["marked"] == states["drawn"]) & (states["right"] / states["marked"] >= GOOD_ENOUGH)
    return states.assign(changed=states["changed"] > 0, lifted=whole & (states["changed"] == 0))


def is_lifted(labels: Sequence[tuple[str, str]], lexicon_file: Path) -> list[bool]:
    """Whether the marks beside a lexicon lift the stamp from these pairs of slot and label."""
    beside = lexicon_file.with_name(CHECKS_FILE)
    if not beside.is_file():
        return [False] * len(labels)
    states = label_states(read_checks(beside), read_table(lexicon_file, "lexicon"))
    lifted = set(states.loc[states["lifted"], ["slot", "label"]].itertuples(index=False, name=None))
    return [pair in lifted for pair in labels]
