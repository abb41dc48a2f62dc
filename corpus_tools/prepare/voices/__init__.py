"""Who speaks where: the outlet itself, somebody it reports, or somebody it quotes."""

from __future__ import annotations

import pandas as pd

from corpus_tools.prepare.voices.reported import Voice, voices_of
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
        - `voice`: "quoted" (inside quotation marks, scare quotes and titles of works included) or "reported" (what
          somebody says, thinks or wants in the outlet's wording)
        - `speaker`: who, as written but for its blanks, which become single ones; missing where nobody is named
        - `cue`: the words that give it to somebody ("said", "according to"), written likewise; may be missing
        - `verb_group`: "neutral", "distancing", "endorsing", "denying", "demanding" or "believing"; missing where the
          cue is no verb of the list

    Notes
    -----
    Marks may be curly, straight, single, doubled apostrophes, « » or „ “; of nested ones the outermost count. A
    quotation left open goes on over later paragraphs only where one re-opens it or a later one closes it without
    opening; otherwise it ends with its paragraph. Apostrophes and inches are not quotation marks.

    Reported speech is found by rules: a word of a list (verb, noun, adjective, "according to", a colon), the frame it
    stands in, and how far its content may reach. A table of weights, fitted on annotated American news, says how much
    each rule counts; about one word in seven of those it gives to somebody is really the narrator's.

    Examples
    --------
    >>> from corpus_tools import voice_spans
    >>> text = "The mayor said the road was open. “A lively week,” said her aide."
    >>> [(text[s:e], v, who) for s, e, v, who in voice_spans(text).iloc[:, :4].itertuples(index=False)]
    [('the road was open', 'reported', 'The mayor'), ('A lively week,', 'quoted', 'her aide')]
    """
    return _frame([("", v) for v in voices_of(text)]).drop(columns="article_id")


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
    ['quoted', 'reported']
    """
    require_articles(articles, ("article_id", "text"))
    pairs = zip(articles["article_id"], articles["text"], strict=True)
    return _frame([(article_id, voice) for article_id, text in pairs for voice in voices_of(text)])


def _frame(rows: list[tuple[str, Voice]]) -> pd.DataFrame:
    if not rows:
        return empty(VOICES)
    values = [(article_id, v.start, v.end, v.voice, v.speaker, v.cue, v.group) for article_id, v in rows]
    frame = pd.DataFrame(values, columns=list(VOICES))
    return frame.astype({c: "int64" if c in ("start", "end") else "str" for c in VOICES})
