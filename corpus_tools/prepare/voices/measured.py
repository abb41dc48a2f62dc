"""How often the voice finder errs, and at what: figures measured once against people’s marks and carried along."""

from __future__ import annotations

from importlib.resources import files
from io import StringIO

import pandas as pd

_TEXT = ("what", "name", "measure")


def voice_errors() -> pd.DataFrame:
    """How often does ``find_voices`` err, in which outlets, and at which kinds of sentence?

    Returns
    -------
    pandas.DataFrame
        One row per figure, in the order of the file that carries them.

        - `what`: what the row is about (see Notes)
        - `name`: which group of articles or kind of attribution; kinds are named by an example in a few words
        - `articles`: how many articles have words of it
        - `words`: how many words the figure rests on; of a kind missed, the annotated ones; of a kind found, those
          that the finder gave to somebody; of a quotation's speaker or cue, how many quotations
        - `measure`: which figure (see Notes)
        - `value`: the figure, from 0 to 1
        - `low`, `high`: where 95 % of the values lie when the articles are drawn anew; missing with fewer than five

    Notes
    -----
    Measured on 751 news articles of seven American outlets of 2015 and 2016, annotated by people; of several annotators
    of an article the first. A word is attributed if it starts inside the content of any annotation. For each outlet
    the table of weights was fitted on the other six; the lists and the rules themselves were made with all seven in
    view, so that texts of another kind may fare worse.

    `what` is one of: "all"; "outlet"; "yardstick" (simple ways to do without rules, and two people who annotated the
    same article); "kind missed" (annotated words by the kind of their attribution; of several that hold a word, the
    longest); "kind found" (words given to somebody, by what the finder took them for); "edge" (errors near the
    place where an annotated stretch begins or ends); "quotation" (its speaker and cue); "teaching articles" (those of
    the sample "karabakh" that were marked by hand, against the finder as shipped).

    `measure` is one of: "precision", of the words found, those that are somebody else's; "recall", of somebody else's
    words, those found; "F1", 2 · precision · recall / (precision + recall); "F1 outside quotation marks", the same
    without the words that any finder of marks gets right; "Matthews correlation", which counts the narrator's words
    as well; "share of missed words" and "share of wrong words", how much of all such errors is of this kind; "share
    within three words of an annotated edge"; "share right", of all quotations with an annotated speaker or cue. Words
    inside quotation marks always count as found, so their recall only says how many marks were overlooked.

    ``benchmarks/voices.py --table`` in the source of the package measures anew.

    Examples
    --------
    >>> from corpus_tools import voice_errors
    >>> errors = voice_errors()
    >>> errors.loc[errors["what"] == "all", "measure"].tolist()[:2]
    ['F1', 'F1 outside quotation marks']
    """
    table = files("corpus_tools.prepare.voices").joinpath("measured.csv").read_text(encoding="utf-8")
    return pd.read_csv(StringIO(table), dtype=dict.fromkeys(_TEXT, "str"))
