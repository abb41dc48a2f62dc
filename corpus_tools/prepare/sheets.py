"""A sheet of lines drawn at random for a person to mark, and the way back from it to the hits."""

from __future__ import annotations

import os
import warnings
from bisect import bisect_right
from collections.abc import Callable, Mapping
from numbers import Integral
from pathlib import Path

import numpy as np
import pandas as pd
import regex

from corpus_tools.prepare.checking import pattern_keys, require_labels
from corpus_tools.prepare.checks import HIT, SHEET_LINES, as_checks, read_marks, stamp_patterns
from corpus_tools.prepare.spreadsheets import existing_file, letter_key, read_table, text_cell
from corpus_tools.prepare.words import sentence_spans
from corpus_tools.schema import (
    CHECK_SHEET,
    HITS,
    CorpusError,
    CorpusWarning,
    require_articles,
    require_columns,
)

_HIDDEN_OUTLET = "[outlet]"
_CONTEXT = 300
# Below this an outlet's name may be an everyday word ("A", "The"): then only its own spelling is hidden.
_LONG_NAME = 4
# French typesetting puts a blank that does not break inside its marks.
_QUOTATION_MARK = regex.compile(r"[«‹][\u00a0\u202f]?|[\u00a0\u202f]?[»›]|[\p{Quotation_Mark}ʼ′″`´]")
_SHORT_DASH = regex.compile(r"[‐‑‒–−]")
_DASH_BETWEEN_WORDS = regex.compile(r"\s*(?:[—―]|--+|(?<!\S)-(?!\S))\s*")


def draw_check_sheet(
    articles: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    earlier: pd.DataFrame | None = None,
    n: int = SHEET_LINES,
    random_state: int = 0,
    referents: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Which lines should a person read to find out how often the lexicon is right?

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles that were searched.
    hits : pandas.DataFrame
        As `find_hits` returns it.
    earlier : pandas.DataFrame, optional
        Marks from before, as `read_checks` returns them: the lines that were marked are left out.
    n : int
        Lines per label, drawn at random over all its hits; all of them where there are fewer.
    random_state : int
        Seed of the drawing.
    referents : mapping, optional
        What each slot is about, to be read beside the line (``slots.csv`` holds it for shipped lexicons).

    Returns
    -------
    pandas.DataFrame
        One row per line, sorted by slot and label, the lines of a label in random order. All cells are safe to open
        in a spreadsheet.

        - `line`: a key by which `collect_checks` finds the hit again; it does not give away the outlet
        - `slot`, `referent`, `label`: the hit is right where its words name the referent in the sense of the label
        - `left`, `node`, `rest`: the sentence; the names of outlets are hidden in it, as they are written in the
          articles' column ``outlet``. House style would give an outlet away, too: every quotation mark and apostrophe,
          be it curly, double, single or angled, is written as one straight mark ('), and every dash between words as
          one dash between blanks
        - `right`: empty; to be filled with yes or no

    Raises
    ------
    CorpusError
        When a column is missing, ``n`` is no whole number from 1 on, an earlier mark is none, or a hit belongs to none
        of the articles.

    Notes
    -----
    The lines of a label are those with the smallest values of a hash of seed and place. That is a simple random
    draw which does not depend on the order of the hits, and of which most lines stay when a pattern is mended.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> sheet = ct.draw_check_sheet(articles, hits[hits["label"] == "walkout"], n=3)
    >>> sheet["node"].tolist()
    ['walkout', 'walkout', 'walkout']
    """
    require_articles(articles)
    drawn = lines_to_mark(hits, earlier, n=n, random_state=random_state)
    texts = dict(zip(articles["article_id"].astype("str"), articles["text"].astype("str"), strict=True))
    stray = [a for a in drawn["article_id"] if a not in texts]
    if stray:
        raise CorpusError(f"The hits hold article {stray[0]!r}, which is not among the articles; use those searched.")
    hide = _names_hidden(articles["outlet"])
    sentences = {a: sentence_spans(texts[a]) for a in drawn["article_id"].unique()}
    rows = []
    for hit in drawn.itertuples():
        left, node, rest = _sentence(texts[hit.article_id], sentences[hit.article_id], int(hit.start), int(hit.end))
        about = (referents or {}).get(hit.slot, "")
        cells = (hit.slot, about, hit.label, hide(_one_style(left)), _one_style(node), hide(_one_style(rest)))
        rows.append((hit.line, *map(text_cell, cells), ""))
    return pd.DataFrame(rows, columns=list(CHECK_SHEET), dtype="str")


def collect_checks(
    sheet: pd.DataFrame | str | os.PathLike[str],
    articles: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    earlier: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    n: int = SHEET_LINES,
    random_state: int = 0,
) -> pd.DataFrame:
    """What has a person found right or wrong, outlet by outlet?

    Parameters
    ----------
    sheet : pandas.DataFrame, str or path
        As `draw_check_sheet` returns it, with marks in ``right``; or the CSV file that a spreadsheet made of it.
    articles : pandas.DataFrame
        The articles from which the sheet was drawn.
    hits : pandas.DataFrame
        As `find_hits` returns it, of the same articles and lexicon.
    earlier : pandas.DataFrame, optional
        Marks from before, as `read_checks` returns them. A new mark takes the place of an earlier one; earlier marks
        in these articles are dropped where the lexicon, mended since, no longer finds anything.
    lexicon : pandas.DataFrame, optional
        The lexicon that found the hits, as `read_lexicon` returns it. Its patterns are put down beside the marks in
        these articles; when a label's patterns change later, its marks no longer lift the stamp.
    n, random_state : int
        As the sheet was drawn. A line that was drawn and is not on the sheet any more counts as not marked.

    Returns
    -------
    pandas.DataFrame
        As `read_checks` returns it, one row per line that was drawn, in this or an earlier sheet, sorted by slot,
        label, article and place: `slot`, `label`, `article_id`, `start`, `outlet`, `right`, `patterns` (empty without
        ``lexicon``).

    Raises
    ------
    CorpusError
        When a word is no mark, a line is marked twice in different ways, no line is among these hits, or a label of the
        hits is not in the lexicon.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> sheet = ct.draw_check_sheet(articles, hits)
    >>> sheet["right"] = "yes"
    >>> bool(ct.collect_checks(sheet, articles, hits)["right"].all())
    True
    """
    require_articles(articles, ("article_id", "outlet"))
    marks = _marks(sheet)
    places = _with_lines(hits)
    drawn = set(_draw(hits, n, random_state)["line"])
    found = places[places["line"].isin(drawn | set(marks.index))]
    _warn_of_strays(marks, places)
    checks = found.assign(right=marks.reindex(found["line"]).to_numpy(dtype=object))
    checks = as_checks(checks, "the marks")
    if earlier is not None:
        checks = _with_earlier(checks, earlier, articles, places)
    if lexicon is not None:
        pairs = places[["slot", "label"]].drop_duplicates().itertuples(index=False, name=None)
        require_labels(pairs, pattern_keys(lexicon))
        # The lines of these articles were drawn anew just now; elsewhere they are those of before.
        checks = stamp_patterns(checks, lexicon, _are_in(checks, articles).tolist())
    return checks.sort_values(HIT, kind="stable", ignore_index=True)


def sheet_file(place: object) -> Path:
    """The file of a marked sheet, or a CorpusError."""
    return existing_file(place, "the sheet", "give the marked sheet, saved as CSV.")


def _are_in(checks: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Which of these rows are about one of the articles?"""
    searched = pd.MultiIndex.from_frame(articles[["article_id", "outlet"]].astype("str"))
    return np.asarray(pd.MultiIndex.from_frame(checks[["article_id", "outlet"]]).isin(searched), dtype=bool)


def _with_lines(hits: pd.DataFrame) -> pd.DataFrame:
    """The hits with the key of each."""
    require_columns(hits, "hits", HITS)
    named = hits.assign(slot=hits["slot"].fillna("").astype("str"), article_id=hits["article_id"].astype("str"))
    keys = ["\x1f".join(map(str, place)) for place in named[HIT].itertuples(index=False, name=None)]
    return named.assign(line=pd.Series([letter_key(k) for k in keys], index=named.index, dtype="str"))


def _draw(hits: pd.DataFrame, n: int, random_state: int) -> pd.DataFrame:
    if not _is_count(n):
        raise CorpusError(f"The option 'n' cannot be {n!r}; it is a number of lines, 1 or more.")
    lined = _with_lines(hits)
    lots = pd.Series(
        [letter_key(f"{random_state}\x1f{line}") for line in lined["line"]], index=lined.index, dtype="str"
    )
    ordered = lined.assign(_lot=lots).sort_values(["slot", "label", "_lot", "line"], kind="stable")
    return ordered.groupby(["slot", "label"], sort=False).head(n).drop(columns="_lot")


def _is_count(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= 1


def lines_to_mark(
    hits: pd.DataFrame, earlier: pd.DataFrame | None, *, n: int = SHEET_LINES, random_state: int = 0
) -> pd.DataFrame:
    """The hits that are drawn and have no mark yet."""
    drawn = _draw(hits, n, random_state)
    if earlier is None:
        return drawn
    marked = as_checks(earlier, "earlier").dropna(subset="right")
    return drawn[~pd.MultiIndex.from_frame(drawn[HIT]).isin(pd.MultiIndex.from_frame(marked[HIT]))]


def _names_hidden(outlets: pd.Series) -> Callable[[str], str]:
    """A function that hides these names in a text, the longest first."""
    parts = []
    for name in sorted({_one_style(str(o)) for o in outlets if str(o).strip()}, key=lambda o: (-len(o), o)):
        words = r"\s+".join(regex.escape(word, special_only=True) for word in name.split())
        parts.append(f"(?i:{words})" if len(name) >= _LONG_NAME else words)
    if not parts:
        return str
    names = regex.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
    return lambda text: names.sub(_HIDDEN_OUTLET, text)


def _one_style(text: str) -> str:
    """The text with one kind of quotation mark and one kind of dash.

    Examples
    --------
    >>> _one_style("“No – the driver’s,” «\u00a0yes\u00a0» ‘so’—cease–fire")
    "'No – the driver's,' 'yes' 'so' – cease-fire"
    """
    return _DASH_BETWEEN_WORDS.sub(" – ", _SHORT_DASH.sub("-", _QUOTATION_MARK.sub("'", text)))


def _sentence(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[str, str, str]:
    """What stands before, in and after a hit in its sentence, cut at blanks where that is very long."""
    first, last = spans[max(bisect_right(spans, (start, len(text))) - 1, 0)]
    left, rest = text[first:start], text[end : max(last, end)]
    if len(left) > _CONTEXT:
        left = "… " + left[-_CONTEXT:].partition(" ")[2]
    if len(rest) > _CONTEXT:
        rest = rest[:_CONTEXT].rpartition(" ")[0] + " …"
    return left, text[start:end], rest


def _marks(sheet: pd.DataFrame | str | os.PathLike[str]) -> pd.Series:
    """The mark of each line of a sheet."""
    if isinstance(sheet, pd.DataFrame):
        table, file = sheet, "the sheet"
    else:
        path = sheet_file(sheet)
        # A spreadsheet may have saved it in another encoding; keys and marks are plain letters.
        table, file = read_table(path, "sheet", only_ascii_matters=True), path.name
    require_columns(table, f"The sheet {file}" if file != "the sheet" else file, ("line", "right"))
    marks = pd.DataFrame({"line": table["line"].astype("str").to_numpy(), "right": read_marks(table["right"], file)})
    marks = marks.drop_duplicates()
    twice = marks["line"].duplicated()
    if twice.any():
        raise CorpusError(f"The line {marks.loc[twice, 'line'].iloc[0]!r} is marked in two ways in {file}; keep one.")
    return marks.set_index("line")["right"]


def _warn_of_strays(marks: pd.Series, places: pd.DataFrame) -> None:
    stray = int((~marks.index.isin(places["line"])).sum())
    if stray and stray == len(marks):
        raise CorpusError("No line of the sheet is among these hits; use the articles and the lexicon of the sheet.")
    if stray:
        words = "1 line of the sheet is" if stray == 1 else f"{stray} lines of the sheet are"
        warnings.warn(
            f"{words} not among these hits and left out; were the articles or the lexicon changed since?",
            CorpusWarning,
            stacklevel=3,
        )


def _with_earlier(
    checks: pd.DataFrame, earlier: pd.DataFrame, articles: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """New marks before earlier ones; lines not marked only where there is no mark at all."""
    before = as_checks(earlier, "earlier")
    here = _are_in(before, articles)
    # Which lines of these articles wait for a mark is known anew.
    before, here = before[~here | before["right"].notna()], here[~here | before["right"].notna()]
    gone = here & ~pd.MultiIndex.from_frame(before[HIT]).isin(pd.MultiIndex.from_frame(places[HIT]))
    if gone.any():
        words = "1 earlier mark is" if gone.sum() == 1 else f"{gone.sum()} earlier marks are"
        warnings.warn(f"{words} dropped: the lexicon no longer finds what they are about.", CorpusWarning, stacklevel=3)
    marked = checks.dropna(subset="right")
    rows = pd.concat([marked, before[~gone], checks[checks["right"].isna()]], ignore_index=True)
    return rows.drop_duplicates(HIT, ignore_index=True)
