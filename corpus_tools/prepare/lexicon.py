"""Lexicons, and where in the tokens their labels stand."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

from corpus_tools.prepare.checks import is_lifted
from corpus_tools.prepare.patterns import TokenIndex, parse_pattern
from corpus_tools.prepare.spreadsheets import read_table
from corpus_tools.read.sample import data_folder
from corpus_tools.schema import HITS, LEXICON, TOKENS, CorpusError, empty, nearest, require_columns

_REQUIRED = ("slot", "label", "pattern")
_UNLESS_REACH = 3


def read_lexicon(name_or_path: str | os.PathLike[str]) -> pd.DataFrame:
    """Which words stand for which label of which slot?

    Parameters
    ----------
    name_or_path : str or path
        The name of a shipped lexicon ("strike", "karabakh"), or a CSV file in UTF-8 with the columns ``slot``,
        ``label``, ``pattern`` and, as needed, ``near``, ``unless``, ``attested_in``, ``note``, ``checked``.

    Returns
    -------
    pandas.DataFrame
        One row per pattern.

        - `slot`: the act, actor or object that outlets name differently
        - `label`: one of its competing names; several rows may share one
        - `pattern`: what is looked for (see Notes)
        - `near`: must occur in the same sentence; empty for no condition
        - `unless`: cancels the hit where it overlaps it or lies within three words of it in the same sentence
        - `attested_in`: where the label is documented
        - `note`: a neutral remark
        - `checked`: whether a person has checked what the pattern finds: ``yes`` in the file, or a ``checks.csv``
          beside it says so of its label (see Notes)

    Raises
    ------
    CorpusError
        When there is no such lexicon, or a row has no slot, label or pattern, or a pattern has no word, or a
        ``checks.csv`` cannot be read; with the row.

    Notes
    -----
    ``armed group`` finds the two words next to each other in any case; ``liberat*`` any ending; ``policem?n`` one
    letter; ``a|b`` either. A blank in a pattern also finds a hyphen, slash or dash. A possessive ending ('s) does
    not make another word. Every other character is an ordinary one; nothing is a regular expression.

    A label counts as checked when a person has marked every line that was drawn for it (20, or all its hits where
    there are fewer) and found at least four in five right. That says that someone has read these lines, not that the
    lexicon finds everything, nor that it is as good in other articles: `lexicon_precision` gives the numbers. A label
    that the articles do not hold cannot be checked. After a change to its patterns a label needs a new sheet.

    Examples
    --------
    >>> from corpus_tools import read_lexicon
    >>> sorted(read_lexicon("strike")["slot"].unique())[0]
    'the people who stopped work'
    """
    path = lexicon_path(name_or_path)
    table = read_table(path, "lexicon")
    require_columns(table, f"The lexicon {path.name}", _REQUIRED)
    lexicon = table.reindex(columns=list(LEXICON), fill_value="")
    _check(lexicon, path.name)
    lexicon = _normalised(lexicon)
    lifted = is_lifted(list(lexicon[["slot", "label"]].itertuples(index=False, name=None)), path)
    return lexicon.assign(checked=lexicon["checked"] | np.array(lifted, dtype=bool))


def read_referents(name_or_path: str | os.PathLike[str]) -> dict[str, str]:
    """What each slot of a lexicon is about, from the file ``slots.csv`` beside it; empty where there is none."""
    path = lexicon_path(name_or_path).with_name("slots.csv")
    if not path.is_file():
        return {}
    table = read_table(path, "list of slots")
    require_columns(table, f"The list of slots {path.name}", ("slot", "referent"))
    return dict(zip(table["slot"], table["referent"], strict=True))


def _normalised(lexicon: pd.DataFrame) -> pd.DataFrame:
    """The frame as `read_lexicon` gives it, also where pandas has read the file."""
    said = lexicon["checked"].astype("str").str.strip().str.casefold() if "checked" in lexicon.columns else "no"
    filled = {c: lexicon[c].fillna("").astype("str") if c in lexicon.columns else "" for c in LEXICON[:-1]}
    return lexicon.assign(**filled, checked=pd.Series(said, index=lexicon.index).isin(("yes", "true", "1", "1.0")))


def lexicon_path(name_or_path: str | os.PathLike[str]) -> Path:
    """The file of a lexicon, from its name, itself or its folder."""
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = sorted(p.parent.name for p in data_folder().glob("*/lexicon.csv"))
    if str(name_or_path) in names:
        return data_folder() / str(name_or_path) / "lexicon.csv"
    if (path / "lexicon.csv").is_file():
        return path / "lexicon.csv"
    raise CorpusError(f"There is no lexicon {str(name_or_path)!r}; {nearest(name_or_path, names)}")


def _check(lexicon: pd.DataFrame, name: str) -> None:
    for number, row in enumerate(lexicon.itertuples(index=False), start=1):
        for column in _REQUIRED:
            if not getattr(row, column):
                raise CorpusError(f"Row {number} of {name} has no {column}; each row needs slot, label and pattern.")
        for column in ("pattern", "near", "unless"):
            if getattr(row, column):
                try:
                    parse_pattern(getattr(row, column))
                except CorpusError as error:
                    raise CorpusError(f"Row {number} of {name}, column {column}: {error}") from None


def find_hits(tokens: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """Where does which label of the lexicon stand?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered.
    lexicon : pandas.DataFrame
        As `read_lexicon` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per occurrence, in the order of the tokens, then of the slots.

        - `article_id`, `outlet`, `sentence`, `section`, `voice`: of the first word of the hit
        - `slot`, `label`: what the lexicon calls it
        - `surface`: its terms, joined by one blank
        - `start`, `end`: its characters in ``text``
        - `checked`: whether the pattern has been checked by a person

    Notes
    -----
    Within a slot the longest match wins and a word is counted once; a word may be a hit in two slots. ``near`` and
    ``unless`` are looked at before that.

    A hit that runs over the edge of a voice, as in: the armed “group”, is one hit, with the voice of its first word.
    To look at one voice, filter the hits and not the tokens, which would lack such hits and the company that ``near``
    and ``unless`` ask for.

    Raises
    ------
    CorpusError
        When a column is missing or a pattern has no word.

    Examples
    --------
    >>> from corpus_tools import find_hits, find_voices, read_articles, read_lexicon, tokenize
    >>> articles = read_articles("strike")
    >>> hits = find_hits(tokenize(articles, find_voices(articles)), read_lexicon("strike"))
    >>> (hits["end"] > hits["start"]).all()
    np.True_
    """
    require_columns(tokens, "tokens", TOKENS[:-1])
    require_columns(lexicon, "lexicon", _REQUIRED)
    lexicon = _normalised(lexicon)
    index = TokenIndex(tokens)
    parts = []
    for slot, rows in lexicon.groupby("slot", sort=False):
        first, length, row = _candidates(index, rows)
        kept = _longest(index, first, length)
        chosen = rows.iloc[row[kept]]
        parts.append(_hits(index, first[kept], length[kept], str(slot), chosen))
    if not parts:
        return empty(HITS)
    frame = pd.concat(parts, ignore_index=True)
    order = np.lexsort((frame.pop("_slot_row"), frame.pop("_row")))
    return frame.iloc[order].reset_index(drop=True)


def find_phrase(tokens: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """Where do these words stand?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered.
    pattern : str
        In the syntax of lexicons: ``cease fire|ceasefire``, ``liberat*``.

    Returns
    -------
    pandas.DataFrame
        One row per occurrence: the columns of `find_hits`, with `slot` missing and the pattern as `label`:
        `article_id`, `outlet`, `slot`, `label`, `surface`, `start`, `end`, `sentence`, `section`, `voice`, `checked`.

    Raises
    ------
    CorpusError
        When the pattern has a part without a word.

    Examples
    --------
    >>> from corpus_tools import find_phrase, find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> find_phrase(tokens, "bus driver*")["surface"].unique().tolist()
    ['bus drivers']
    """
    require_columns(tokens, "tokens", TOKENS[:-1])
    lexicon = pd.DataFrame({"slot": [""], "label": [pattern], "pattern": [pattern], "checked": [True]})
    hits = find_hits(tokens, lexicon)
    return hits.assign(slot=pd.Series(None, index=hits.index, dtype="str"))


def _candidates(index: TokenIndex, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All matches of a slot that meet their conditions: first token, number of words, row of the lexicon."""
    firsts, lengths, numbers = [], [], []
    for number, row in enumerate(rows.to_dict("records")):
        first, length = index.find(str(row["pattern"]))
        met = np.ones(len(first), dtype=bool)
        if row.get("near"):
            company, _ = index.find(str(row["near"]))
            met &= np.isin(index.sentence_keys(first), index.sentence_keys(company))
        if row.get("unless"):
            met &= ~_close_to(index, first, length, *index.find(str(row["unless"])))
        firsts.append(first[met])
        lengths.append(length[met])
        numbers.append(np.full(int(met.sum()), number))
    return np.concatenate(firsts), np.concatenate(lengths), np.concatenate(numbers)


def _close_to(
    index: TokenIndex, first: np.ndarray, length: np.ndarray, other: np.ndarray, other_length: np.ndarray
) -> np.ndarray:
    """Which matches have one of the others over them, or at most three words away in their sentence?"""
    close = np.zeros(len(first), dtype=bool)
    for size in np.unique(other_length):
        begins = np.sort(other[other_length == size])
        if not len(begins):
            continue
        # The sentence check needs the nearest ones on each side only: farther ones are farther in words, too.
        for side in (np.searchsorted(begins, first, side="right") - 1, np.searchsorted(begins, first, side="left")):
            there = (side >= 0) & (side < len(begins))
            begin = begins[np.clip(side, 0, len(begins) - 1)]
            gap = np.maximum(index.position[begin] - (index.position[first] + length - 1), 0)
            gap = np.maximum(gap, index.position[first] - (index.position[begin] + size - 1))
            together = index.sentence_keys(first) == index.sentence_keys(begin)
            close |= there & together & (gap <= _UNLESS_REACH)
    return close


def _longest(index: TokenIndex, first: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Matches that do not overlap: the longest first, then the leftmost, then the order of the lexicon."""
    order = np.lexsort((np.arange(len(first)), first, -length))
    taken: set[int] = set()
    kept = []
    for i in order.tolist():
        words = range(int(first[i]), int(first[i] + length[i]))
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(i)
    return np.array(kept, dtype=np.int64)


def _hits(index: TokenIndex, first: np.ndarray, length: np.ndarray, slot: str, rows: pd.DataFrame) -> pd.DataFrame:
    tokens = index.tokens
    begin = tokens.iloc[first]
    terms = index.vocabulary
    surfaces = [
        " ".join(terms[c] for c in index.codes[f : f + n]) for f, n in zip(first.tolist(), length.tolist(), strict=True)
    ]
    text = {c: begin[c].astype("str").to_numpy() for c in ("article_id", "outlet", "section", "voice")}
    frame = pd.DataFrame(
        {
            **text,
            "slot": slot,
            "label": rows["label"].to_numpy(),
            "surface": surfaces,
            "start": begin["start"].to_numpy().astype("int64"),
            "end": tokens["end"].to_numpy()[first + length - 1].astype("int64"),
            "sentence": begin["sentence"].to_numpy().astype("int64"),
            "checked": rows["checked"].to_numpy(dtype=bool),
        }
    ).astype(dict.fromkeys(("article_id", "outlet", "section", "voice", "slot", "label", "surface"), "str"))
    return frame[list(HITS)].assign(_row=first, _slot_row=np.arange(len(first)))
