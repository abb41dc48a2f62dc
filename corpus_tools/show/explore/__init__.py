"""What works in JupyterLab only: explorers, sortable tables, a line that counts the seconds of a long step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.schema import CorpusError
from corpus_tools.show.explore.tables import sortable_tables
from corpus_tools.show.explore.waiting import progress

# ipywidgets belongs to the extra "lab"; everything else in the package works without it.
if TYPE_CHECKING:
    from corpus_tools.show.explore.framing import FramingExplorer
    from corpus_tools.show.explore.words import WordExplorer

__all__ = ["explore_framing", "explore_words", "progress", "sortable_tables"]

_MISSING = "The explorers need ipywidgets; install corpus-tools with its extra 'lab'."


def explore_framing(
    articles: pd.DataFrame, voices: pd.DataFrame, hits: pd.DataFrame, *, slot: str | None = None
) -> FramingExplorer:
    """What do they call it, in these outlets, this voice, these days, and in which sentences?

    Parameters
    ----------
    articles, voices, hits : pandas.DataFrame
        What ``read_articles``, ``find_voices`` and ``find_hits`` returned. With `event` or `reuse_group` in the
        articles, the interval can be drawn over these; with dates, days can be chosen.
    slot : str, optional
        Which slot to begin with; without it the one with hits in most articles.

    Returns
    -------
    FramingExplorer
        A widget: the last line of a cell in JupyterLab shows it. What is chosen above is drawn below, as by
        ``plot_framing_shares(framing_shares(…))``, then its lines; beside each line a button opens the article. All
        works from the keyboard. Kept in a name, ``.result`` is the frame that is drawn and ``.chosen`` the articles
        and hits behind it, so that ``kwic(*explorer.chosen, row=explorer.result.iloc[0])`` are the lines of a number.

    Raises
    ------
    CorpusError
        When there is no such slot or no hit at all, a column is missing, or ipywidgets is not installed.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> explore_framing(articles, ct.find_voices(articles), hits, slot="the stoppage")
    An explorer with controls, a chart and lines: open the notebook in JupyterLab and run this cell.
    """
    try:
        from corpus_tools.show.explore.framing import FramingExplorer
    except ImportError as absent:
        raise CorpusError(_MISSING) from absent
    return FramingExplorer(articles, voices, hits, slot=slot)


def explore_words(
    articles: pd.DataFrame, voices: pd.DataFrame, tokens: pd.DataFrame, *, pattern: str = ""
) -> WordExplorer:
    """How often does each outlet write a word, and in which sentences?

    Parameters
    ----------
    articles, voices, tokens : pandas.DataFrame
        What ``read_articles``, ``find_voices`` and ``tokenize`` returned.
    pattern : str
        What to begin with, in the syntax of lexicons: ``cease fire|ceasefire``, ``liberat*``. It can be changed in
        the explorer and is searched on Enter, or when typing stops.

    Returns
    -------
    WordExplorer
        A widget: the last line of a cell in JupyterLab shows it. The chart has occurrences per million words by
        outlet with the interval over its articles, and how many articles have one; then the lines, each with a button
        that opens the article. All works from the keyboard. Kept in a name, ``.result`` is the frame that is
        drawn and ``.chosen`` the articles and hits behind it.

    Raises
    ------
    CorpusError
        When a column is missing, or ipywidgets is not installed.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> voices = ct.find_voices(articles)
    >>> explore_words(articles, voices, ct.tokenize(articles, voices), pattern="strike*").result["hits"].tolist()
    [10, 11, 32]
    """
    try:
        from corpus_tools.show.explore.words import WordExplorer
    except ImportError as absent:
        raise CorpusError(_MISSING) from absent
    return WordExplorer(articles, voices, tokens, pattern=pattern)
