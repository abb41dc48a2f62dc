"""How easily do the articles read, and does one outlet write longer sentences and words than another?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus_tools.compare.evidence import article_units, check_options, in_plain_order, too_few
from corpus_tools.compare.inference import estimate_mean
from corpus_tools.compare.readability_counts import MEASURES, count_texts, formulas
from corpus_tools.schema import READABILITY_MEANS, CorpusError, nearest, require_articles

FEWEST_WORDS = 100
_LISTED = 0.75
_RUN_TOGETHER = 0.1
_SMOG_SENTENCES = 30
_NONE = "no article that can be measured"
_ALIKE = "no interval: all articles have the same value"
_FEW_SENTENCES = "SMOG is made for 30 sentences or more"


def readability(
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    unit: str = "article_id",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How easily do these English articles read, by the formulas that schools and newsrooms use?

    Parameters
    ----------
    articles : pandas.DataFrame
        As `read_articles` returns it. The whole text is measured, headline included.
    by : str or list of str, optional
        Columns of ``articles`` that make groups, such as "outlet": then means over the articles of each group with
        their intervals, in place of one row per article.
    unit : {"article_id", "reuse_group", "event"}
        With ``by``: what counts as one piece of evidence. By "reuse_group" the articles of one group in one outlet (and
        in one row of the table) also enter the mean as one: their values are averaged. An article without a group or
        an event is a unit of its own.
    confidence : float
        With ``by``: coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per article, in their order.

        - `article_id`, `outlet`
        - `words`, `sentences`, `syllables`: what was counted
        - `flesch_reading_ease`: higher is easier; about 90 very easy, 30 very difficult
        - `flesch_kincaid_grade`, `gunning_fog`, `smog_index`, `automated_readability_index`, `coleman_liau_index`:
          higher is harder; on the scale of years of schooling in the United States
        - `dale_chall_readability_score`: higher is harder; 4.9 and below is easy for a child of ten
        - `lix`, `rix`: higher is harder; from the share and number of words of more than six letters
        - `words_per_sentence`, `syllables_per_word`: what most of the formulas are made of
        - `note`: why all measures are missing, or that `smog_index` rests on fewer than 30 sentences; else empty

        With ``by``, one row per group and measure, groups in the order of their names, measures in the order above.

        - the columns of ``by``
        - ``measure``: its name
        - ``mean``: over the articles that can be measured, each weighing the same; missing where there is none
        - ``mean_low``, ``mean_high``: its interval over units; missing with fewer than five, or where all are alike
        - ``articles``: articles measured
        - ``searched``: all articles of the group
        - ``note``: why something is missing, or how many articles have fewer than 30 sentences; else empty

    Raises
    ------
    CorpusError
        When a column is missing, two articles share an id, or an option is not allowed.

    Notes
    -----
    Each formula is textstat's, with textstat's words (what stands between blanks; hyphenated ones are one word),
    syllables (CMU Pronouncing Dictionary, for words it lacks hyphenation) and list of easy words, but with the
    sentences of `split_sentences`. Where textstat counts as many sentences, every value is textstat's. It
    takes each full stop for an end ("U.S.", "3.5"), drops sentences of one or two words and reads over line ends,
    so that a headline without a stop runs into the first sentence; here a line is at least one sentence. Of 3,000
    American news articles 296 had as many sentences by both; in the others reading ease differed by 2 points in the
    median and by 62 at most.

    Variants, textstat's here: reading ease = 206.835 - 1.015·(words/sentence) - 84.6·(syllables/word) (R. Flesch 1948,
    A new readability yardstick); grade = 0.39·(words/sentence) + 11.8·(syllables/word) - 15.59 (J. P. Kincaid et al.
    1975); fog = 0.4·(words/sentence + percent of words of three syllables and more that are not on the list of easy
    words) (R. Gunning 1952, who left out names and inflected forms); SMOG = 1.043·√(30·such words, easy or
    not/sentences) + 3.1291 (G. H. McLaughlin 1969), made for 30 sentences and said so in the note below that; ARI =
    4.71·(characters/word) + 0.5·(words/sentence) - 21.43, punctuation counted as characters (others count letters and
    digits only); Coleman and Liau = 0.058·(letters per 100 words) - 0.296·(sentences per 100 words) - 15.8 (the
    published first coefficient is 0.0588); Dale and Chall = 0.1579·(percent of unfamiliar words) +
    0.0496·(words/sentence), 3.6365 more where that percentage is above 5, every form that is not itself on the list
    being unfamiliar; LIX = words/sentence + percent of words of more than six letters (C. H. Björnsson 1968); RIX =
    such words/sentences (J. Anderson 1983).

    All were fitted to English schoolbooks or manuals. So measures are missing for an article of fewer than 100
    words, the length of Flesch's samples, and for one of which fewer than three in four words are in the pronouncing
    dictionary: in English news that share is .85 and more, in other languages that were tried below .65.
    They are missing as well where several stops, more than one for ten sentences, have no blank behind them: in a
    collection of four outlets that had lost those blanks in one of them, its reading ease would have been 20, that of
    the others 38 to 49.
    Names count as long or unfamiliar words, so that articles on distant places look harder; and a curly apostrophe is
    dropped where a straight one is kept ("don’t" becomes "dont"), which moved reading ease by .1 points on average
    and 1.8 at most.

    The interval is Student's over units (`corpus_tools.compare.inference.estimate_mean`). Drawn from those 3,000
    articles with 5, 10, 30 or 100 at a time, it held the mean of all in .94 to .96 of 2,000 draws. A mean says nothing
    on what an outlet writes about: compare outlets on the same events.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> float(readability(articles)["flesch_reading_ease"].iloc[0].round(1))
    68.3
    >>> readability(articles, by="outlet").columns[:4].tolist()
    ['outlet', 'measure', 'mean', 'mean_low']
    """
    require_articles(articles)
    keys = [] if by is None else [by] if isinstance(by, str) else list(by)
    _check_keys(keys, articles, by is not None)
    check_options(articles, unit, confidence)
    if by is None:
        return _table(articles)
    articles = in_plain_order(articles)
    return _means(_table(articles), articles, keys, unit, confidence)


def _check_keys(keys: list[str], articles: pd.DataFrame, asked: bool) -> None:
    if asked and not keys:
        raise CorpusError("The option 'by' is empty; it names one column of the articles or several, such as 'outlet'.")
    for key in keys:
        if key in READABILITY_MEANS:
            raise CorpusError(f"The option 'by' cannot be {key!r}, which every row of the means has anyway.")
        if key not in articles.columns:
            raise CorpusError(f"The articles have no column {key!r}; {nearest(key, articles.columns)}")


def _table(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per article: what was counted and every measure."""
    counted = count_texts(articles["text"].astype("str"))
    asked = counted[["words", "listed_words", "sentences", "run_together"]]
    notes = pd.Series([_why_not(*own) for own in asked.to_numpy()], dtype="str")
    measured = formulas(counted).mask(notes != "")
    few = (notes == "") & (counted["sentences"] < _SMOG_SENTENCES)
    named = articles[["article_id", "outlet"]].reset_index(drop=True).astype("str")
    notes = notes.mask(few, _FEW_SENTENCES)
    return pd.concat([named, counted[["words", "sentences", "syllables"]], measured], axis=1).assign(note=notes)


def _why_not(words: int, listed: int, sentences: int, run_together: int) -> str:
    if words < FEWEST_WORDS:
        return f"too short: {words} words, {FEWEST_WORDS} needed"
    if run_together > max(_RUN_TOGETHER * sentences, 1):
        return f"sentences run together: {run_together} stops without a blank behind them"
    return f"not English: {listed} of {words} words are in an English dictionary" if listed < _LISTED * words else ""


def _means(table: pd.DataFrame, articles: pd.DataFrame, keys: list[str], unit: str, confidence: float) -> pd.DataFrame:
    units = article_units(articles, unit, [key for key in keys if key != unit])
    values = table[list(MEASURES)].to_numpy()
    is_measured = np.isfinite(values).all(axis=1)
    few_sentences = (table["note"] == _FEW_SENTENCES).to_numpy()
    rows = []
    for names, places in _groups(articles, keys):
        own = places[is_measured[places]]
        note = _NONE
        means = np.full((len(MEASURES), 3), np.nan)
        if len(own):
            place, sizes = _averaged(units.iloc[own])
            note = too_few([len(sizes)], unit, having="measured")
            for column in range(len(MEASURES)):
                sums = np.bincount(place, weights=values[own, column] * _weights(units.iloc[own]))
                means[column] = estimate_mean(sums, sizes, confidence=confidence)
        short = int(few_sentences[own].sum())
        for measure, mean in zip(MEASURES, means, strict=True):
            smog = f"{_FEW_SENTENCES}: {short} of {len(own)} articles have fewer"
            alike = _ALIKE if len(own) and not note and np.isnan(mean[1]) else ""
            why = "; ".join(filter(None, (note, alike, smog if short and measure == "smog_index" else "")))
            rows.append((*names, measure, *mean.tolist(), len(own), len(places), why))
    kinds = {key: "str" if articles[key].dtype == object else articles[key].dtype for key in keys}
    kinds |= dict.fromkeys(("mean", "mean_low", "mean_high"), "float64")
    kinds |= {"measure": "str", "note": "str", "articles": "int64", "searched": "int64"}
    return pd.DataFrame(rows, columns=[*keys, *READABILITY_MEANS]).astype(kinds)


def _groups(articles: pd.DataFrame, keys: list[str]) -> list[tuple[tuple[object, ...], np.ndarray]]:
    """The names of every group, in their order, and the places of its articles."""
    grouped = articles.groupby(keys, sort=True, dropna=False, observed=True)
    number = grouped.ngroup().to_numpy()
    first = articles.loc[~grouped.ngroup().duplicated(), keys].assign(_number=number[~pd.Series(number).duplicated()])
    names = first.sort_values("_number")[keys].itertuples(index=False, name=None)
    return [(group, np.flatnonzero(number == place)) for place, group in enumerate(names)]


def _averaged(units: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The unit of each article as a number, and for how many articles each unit stands."""
    place = pd.factorize(units["_unit"], sort=True)[0]
    return place, np.bincount(place, weights=_weights(units))


def _weights(units: pd.DataFrame) -> np.ndarray:
    """One over the number of articles that enter as one, those that cannot be measured left out."""
    return (1 / units.groupby("_one")["_one"].transform("size")).to_numpy()
