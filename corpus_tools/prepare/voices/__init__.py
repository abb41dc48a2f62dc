"""Who speaks where: the outlet itself, or somebody else.

For now only quotation marks are told apart; indirect speech counts as the narrator's.
"""

from __future__ import annotations

import pandas as pd

from corpus_tools.prepare.voices.quotation import quoted_spans
from corpus_tools.schema import VOICES, empty, require_articles

__all__ = ["find_voices", "voice_spans"]


def voice_spans(text: str) -> pd.DataFrame:
    """Which stretches of this text are somebody else's words?

    Parameters
    ----------
    text : str
        An article; a line is a paragraph.

    Returns
    -------
    pandas.DataFrame
        One row per stretch that is not the narrator's, in order; stretches never overlap and never cross a line.

        - `start`, `end`: its characters, quotation marks left out
        - `voice`: "quoted" (inside quotation marks, scare quotes and titles of works included)
        - `speaker`, `cue`, `verb_group`: missing, because speakers are not looked for yet

    Notes
    -----
    Marks may be curly, straight, single, doubled apostrophes, « » or „ “; of nested ones the outermost count. A
    quotation left open goes on over later paragraphs only where one re-opens it or a later one closes it without
    opening; otherwise it ends with its paragraph. Apostrophes and inches are not quotation marks.

    Examples
    --------
    >>> from corpus_tools import voice_spans
    >>> text = "The mayor’s aide called it “a lively week”."
    >>> [text[s:e] for s, e in voice_spans(text)[["start", "end"]].itertuples(index=False)]
    ['a lively week']
    """
    return _frame([("", s, e) for s, e in quoted_spans(text)]).drop(columns="article_id")


def find_voices(articles: pd.DataFrame) -> pd.DataFrame:
    """Who speaks where in these articles?

    Parameters
    ----------
    articles : pandas.DataFrame
        With `article_id` and `text`.

    Returns
    -------
    pandas.DataFrame
        One row per stretch of text that is not the narrator's: `article_id`, then the columns of `voice_spans`:
        `start`, `end`, `voice`, `speaker`, `cue`, `verb_group`. Everything else is the narrator's.

    Raises
    ------
    CorpusError
        When a column or a value of it is missing, or two articles share an id.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_articles
    >>> voices = find_voices(read_articles("strike"))
    >>> voices["voice"].unique().tolist()
    ['quoted']
    """
    require_articles(articles, ("article_id", "text"))
    pairs = zip(articles["article_id"], articles["text"], strict=True)
    return _frame([(article_id, s, e) for article_id, text in pairs for s, e in quoted_spans(text)])


def _frame(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["article_id", "start", "end"]) if rows else empty(VOICES[:3])
    missing = pd.Series(None, index=frame.index, dtype="str")
    return frame.astype({"article_id": "str", "start": "int64", "end": "int64"}).assign(
        voice=pd.Series("quoted", index=frame.index, dtype="str"), speaker=missing, cue=missing, verb_group=missing
    )
