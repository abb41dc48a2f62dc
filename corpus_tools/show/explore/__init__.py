"""What works in JupyterLab only: explorers, sortable tables, a line that counts the seconds of a long step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.schema import CorpusError
from corpus_tools.show.explore.tables import sortable_tables
from corpus_tools.show.explore.waiting import progress

# ipywidgets belongs to the extra "lab"; everything else in the package works without it.
if TYPE_CHECKING:
    from corpus_tools.show.explore.blind import BlindOutlet
    from corpus_tools.show.explore.framing import FramingExplorer
    from corpus_tools.show.explore.words import WordExplorer

__all__ = ["explore_framing", "explore_words", "play_blind_outlet", "progress", "sortable_tables"]

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
    [13, 3, 28]
    """
    try:
        from corpus_tools.show.explore.words import WordExplorer
    except ImportError as absent:
        raise CorpusError(_MISSING) from absent
    return WordExplorer(articles, voices, tokens, pattern=pattern)


def play_blind_outlet(
    articles: pd.DataFrame, tokens: pd.DataFrame, *, n: int = 6, random_state: int = 0
) -> BlindOutlet:
    """Who printed this article, and which of its words gave the newsroom away?

    Parameters
    ----------
    articles, tokens : pandas.DataFrame
        What ``read_articles`` and ``tokenize`` returned, of two outlets or more.
    n : int, default 6
        How many cards; at most as many as there are articles.
    random_state : int, default 0
        Seed of the draw: another number gives other cards.

    Returns
    -------
    BlindOutlet
        A widget: one card at a time as ``blind_cards`` makes it, and a list of the newsrooms. After the last card, how
        many were right, how often blind guessing does as well, and for each card words that its newsroom uses
        more than the others do. ``.result`` is the same as a frame, as ``score_guesses`` returns it.

    Raises
    ------
    CorpusError
        As ``blind_cards``, or when ipywidgets is not installed.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> play_blind_outlet(articles, ct.tokenize(articles, ct.find_voices(articles)), n=3)
    A game with cards and choices: open the notebook in JupyterLab and run this cell.
    """
    try:
        from corpus_tools.show.explore.blind import BlindOutlet
    except ImportError as absent:
        raise CorpusError(_MISSING) from absent
    return BlindOutlet(articles, tokens, n=n, random_state=random_state)
