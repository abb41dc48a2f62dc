"""A corpus and a lexicon by their names → the frames that a report is made of."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from corpus_tools.compare.framing import framing_shares, main_slot
from corpus_tools.prepare.lexicon import find_hits, read_lexicon
from corpus_tools.prepare.reuse import add_reuse_groups, align_passages, find_reuse
from corpus_tools.prepare.tokens import tokenize
from corpus_tools.prepare.voices import find_voices
from corpus_tools.read.sample import sample_folder, sample_names
from corpus_tools.read.sources import inspect_source
from corpus_tools.schema import SHARES, CorpusError, empty


def report_frames(
    corpus: str, lexicon_place: str, *, skip: bool, columns: dict[str, str] | None = None
) -> dict[str, pd.DataFrame]:
    """What does the first page show? Shares of the slot with hits in most articles, by outlet.

    Parameters
    ----------
    corpus, lexicon_place : str
        A path, or the name of a shipped sample.
    skip : bool
        ``True`` goes on without the articles that cannot be read.
    columns : dict, optional
        As ``read_articles`` takes it.

    Returns
    -------
    dict of str to pandas.DataFrame
        By the names of the parameters of ``export_report``.

    Raises
    ------
    CorpusError
        When the corpus cannot be read without loss, or not at all.

    Examples
    --------
    >>> frames = report_frames("strike", "strike", skip=False)
    >>> len(frames["articles"]), frames["shares"].empty
    (14, False)
    """
    # A sample is meant even where the caller's folder holds something of the same name.
    place = sample_folder(corpus) if corpus in sample_names() else corpus
    articles, problems, cleaning = inspect_source(place, columns=columns)
    if articles.empty or not (skip or problems["kept"].all()):
        name = Path(corpus).name
        raise CorpusError(
            f"The corpus {name} cannot be read without loss; 'python run.py check' says what to mend, or use --skip."
        )
    lexicon = read_lexicon(lexicon_place)
    voices = find_voices(articles)
    tokens = tokenize(articles, voices)
    hits = find_hits(tokens, lexicon)
    pairs = find_reuse(tokens)
    articles = add_reuse_groups(articles, pairs)
    shares = empty(("outlet", *SHARES))
    if not hits.empty:
        shares = framing_shares(hits[hits["slot"] == main_slot(hits, lexicon)], articles, by=["outlet", "voice"])
    return {
        "articles": articles,
        "problems": problems,
        "cleaning": cleaning,
        "lexicon": lexicon,
        "shares": shares,
        "hits": hits,
        "voices": voices,
        "passages": align_passages(tokens, pairs),
    }
