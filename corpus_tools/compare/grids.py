"""Two grids of outlets: which events each of them covers, and how much of its text stands in the others."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.compare.inference import FEWEST_UNITS
from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.facts import event_names
from corpus_tools.schema import (
    ALL_OTHERS,
    EVENT_GRID,
    SHARED_COPY,
    VOICE_NAMES,
    CorpusError,
    CorpusWarning,
    empty,
    nearest,
    require_articles,
    require_columns,
)

Codes = npt.NDArray[np.int64]
_SIDES = ("article_id_a", "start_a", "end_a", "article_id_b", "start_b", "end_b", "outlet_a", "outlet_b")


def event_grid(articles: pd.DataFrame) -> pd.DataFrame:
    """Who covers which event, when first, and who has nothing on it?

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles that were searched, with a column `event`: given in the data, or from ``add_events``. Articles
        without an event are in no row, and a warning says how many; they count in `searched`.

    Returns
    -------
    pandas.DataFrame
        One row per event and outlet, also where the outlet has nothing: events by their first date, undated ones
        last, then by name; in each event the outlets by name.

        - `event`, `outlet`
        - `articles`: articles of this outlet on this event; 0 where there is none
        - `first_date`: date of the first of them; missing where there is none, or none has a date
        - `searched`: articles of this outlet in all, so that nothing found in two does not look like nothing found
          in sixty

    Raises
    ------
    CorpusError
        When a column is missing, two articles have the same id, or the dates are not dates.

    Notes
    -----
    A 0 says that these articles hold nothing on the event: the outlet may have covered it in articles that were not
    collected.

    Examples
    --------
    >>> from corpus_tools import read_articles
    >>> grid = event_grid(read_articles("karabakh"))
    >>> tegh = grid[grid["event"] == "tegh"]
    >>> len(tegh), int(tegh["articles"].sum()), int((tegh["articles"] == 0).sum())
    (6, 5, 1)
    """
    require_articles(articles, ("article_id", "outlet"))
    if "event" not in articles.columns:
        near = nearest("event", articles.columns).removesuffix(".")
        raise CorpusError(f"The articles have no column 'event'; add_events(articles) adds one ({near}).")
    frame = pd.DataFrame(
        {
            "event": event_names(articles).to_numpy(),
            "outlet": articles["outlet"].astype("str").to_numpy(),
            "date": article_days(articles).to_numpy(),
        }
    )
    searched = frame.groupby("outlet", sort=True).size()
    found = frame[frame["event"] != ""]
    if len(found) < len(frame):
        message = f"{len(frame) - len(found):,} of {len(frame):,} articles have no event, so they are in no row."
        warnings.warn(message, CorpusWarning, stacklevel=2)
    if found.empty:
        return empty(EVENT_GRID).astype({"first_date": "datetime64[us]", "searched": "int64"})
    events = found.groupby("event", sort=True)["date"].min().sort_values(kind="stable", na_position="last").index
    rows = pd.MultiIndex.from_product([events, searched.index], names=["event", "outlet"])
    grid = found.groupby(["event", "outlet"])["date"].agg(["size", "min"]).reindex(rows).reset_index()
    grid["articles"] = grid["size"].fillna(0).astype("int64")
    grid["first_date"] = grid["min"].astype("datetime64[us]")
    grid["searched"] = grid["outlet"].map(searched).astype("int64")
    return grid[list(EVENT_GRID)]


def shared_copy(tokens: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """How much of each outlet's text stands in the articles of another one, and in whose voice?

    Parameters
    ----------
    tokens : pandas.DataFrame
        What ``tokenize`` returned, of at least two outlets, or some of its rows: those of one section, say, or of
        three outlets.
    passages : pandas.DataFrame
        What ``align_passages`` returned for them. Passages that an outlet shares with itself, or with one that has no
        row in the tokens, are not counted.

    Returns
    -------
    pandas.DataFrame
        One row per ordered pair of outlets and one with "all other outlets" in place of the other; by outlet, then by
        other, all others last.

        - `outlet`: whose words are counted
        - `other`: in whose articles they also stand; "all other outlets" for any of them
        - `words`: words of the outlet in all
        - `shared`: of them, those that lie in a passage shared with an article of the other; each word once, however
          many articles share it, so the row of all others may be less than the sum of the rows above it
        - `narrator`, `reported`, `quoted`: the shared words by the voice in which this outlet prints them
        - `share`: shared words of all words, 0 to 1
        - `articles`: articles of the outlet with such a word
        - `searched`: articles of the outlet
        - `note`: that the outlet has fewer than five articles, else empty

    Raises
    ------
    CorpusError
        When a column is missing, there is only one outlet, one is called "all other outlets", or the passages are
        those of other articles.

    Notes
    -----
    The share depends on the side: a short outlet may have half of its words in common with a long one, and the long
    one a hundredth with it. Nobody can tell from it who copied: both may print the same agency, statement or
    document. The numbers describe these articles; what other articles of the same outlets would give, they do not
    tell, so there is no interval.

    Examples
    --------
    >>> from corpus_tools import align_passages, find_reuse, find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> shared = shared_copy(tokens, align_passages(tokens, find_reuse(tokens)))
    >>> bool((shared["shared"] <= shared["words"]).all())
    True
    """
    require_columns(tokens, "tokens", ("article_id", "outlet", "start", "voice"))
    require_columns(passages, "passages", _SIDES)
    if tokens.empty:
        return empty(SHARED_COPY).astype(dict.fromkeys(("words", "shared", "searched"), "int64") | {"share": "float64"})
    words = _words(tokens)
    stretches = _stretches(words, passages)
    lower, upper, other = _united(words, stretches)
    number = len(words.outlets) + 1
    cell = words.outlet[lower] * number + other
    # For each voice, how many of its words stand before each place: a stretch is a difference of two of them.
    before = [np.concatenate([[0], np.cumsum(words.voice == code)]) for code in range(len(VOICE_NAMES))]
    counts = [np.bincount(cell, weights=part[upper] - part[lower], minlength=number**2) for part in before]
    touched = np.unique(words.article[lower] * number**2 + cell)
    articles = np.bincount(touched % number**2, minlength=number**2)
    return _table(words, np.stack(counts).astype(np.int64), articles)


class _Words(NamedTuple):
    """Words in the order of article and place, as codes; ``place`` grows from word to word."""

    outlets: tuple[str, ...]
    ids: pd.Index
    article: Codes
    place: Codes
    outlet: Codes
    voice: Codes
    width: int


class _Stretches(NamedTuple):
    """Shared stretches as first word, word after the last, and the outlet they are shared with."""

    lower: Codes
    upper: Codes
    other: Codes


def _words(tokens: pd.DataFrame) -> _Words:
    article, ids = pd.factorize(tokens["article_id"])
    code, names = pd.factorize(tokens["outlet"])
    if (article < 0).any() or (code < 0).any():
        raise CorpusError("Some words of the tokens have no article or no outlet; use what tokenize returns.")
    outlets = sorted(map(str, names))
    if len(outlets) < 2:
        raise CorpusError(f"There is one outlet only, {outlets[0]!r}; shared copy needs two.")
    if ALL_OTHERS in outlets:
        raise CorpusError(f"An outlet is called {ALL_OTHERS!r}, which stands for the others here; rename it.")
    rank = pd.Index(outlets).get_indexer(pd.Index(names).astype("str"))
    start = tokens["start"].to_numpy(dtype=np.int64)
    width = int(start.max()) + 1
    place = article.astype(np.int64) * width + start
    voice = pd.Categorical(tokens["voice"], categories=list(VOICE_NAMES)).codes.astype(np.int64)
    order = np.argsort(place, kind="stable") if (place[1:] < place[:-1]).any() else slice(None)
    texts = pd.Index(ids).astype("str")
    return _Words(
        tuple(outlets), texts, article[order].astype(np.int64), place[order], rank[code][order], voice[order], width
    )


def _stretches(words: _Words, passages: pd.DataFrame) -> _Stretches:
    """Both sides of each passage between two outlets of the tokens, as words of the tokens."""
    whose = {side: _whose(words, passages, side) for side in ("a", "b")}
    sides = [
        pd.DataFrame(
            {
                "article": whose[one][0],
                "start": passages[f"start_{one}"].to_numpy(dtype=np.int64),
                "end": passages[f"end_{one}"].to_numpy(dtype=np.int64),
                "outlet": whose[one][1],
                "other": whose[two][1],
            }
        )
        for one, two in (("a", "b"), ("b", "a"))
    ]
    both = pd.concat(sides, ignore_index=True)
    if len(both) and (both["article"] < 0).all():
        raise CorpusError(
            f"No article of the passages, such as {str(passages['article_id_a'].iloc[0])!r}, is among the tokens; "
            "use what align_passages returns for these tokens."
        )
    kept = both[(both["article"] >= 0) & (both["other"] >= 0) & (both["outlet"] != both["other"])]
    from_start = kept["article"].to_numpy(dtype=np.int64) * words.width
    # Words may have been left out of the tokens, so an end can lie behind the last one.
    lower, upper = (
        np.searchsorted(words.place, from_start + np.minimum(kept[edge].to_numpy(), words.width))
        for edge in ("start", "end")
    )
    some = upper > lower
    return _Stretches(lower[some], upper[some], kept["other"].to_numpy(dtype=np.int64)[some])


def _whose(words: _Words, passages: pd.DataFrame, side: str) -> tuple[Codes, Codes]:
    """The article of one side and its outlet: as in the tokens; of an article without a word there, as in passages."""
    article = words.ids.get_indexer(pd.Index(passages[f"article_id_{side}"].astype("str")))
    named = pd.Index(words.outlets).get_indexer(pd.Index(passages[f"outlet_{side}"].astype("str")))
    of_article = np.zeros(len(words.ids), dtype=np.int64)
    of_article[words.article] = words.outlet
    return article, np.where(article >= 0, of_article[article], named)


def _united(words: _Words, stretches: _Stretches) -> _Stretches:
    """Stretches shared with the same outlet, and those with any, joined where they overlap: each word is in one."""
    everyone = np.full(len(stretches.other), len(words.outlets))
    other = np.concatenate([stretches.other, everyone])
    apart = other * (len(words.place) + 1)
    lower, upper = (np.tile(edge, 2) + apart for edge in (stretches.lower, stretches.upper))
    order = np.argsort(lower, kind="stable")
    lower, reach = lower[order], np.maximum.accumulate(upper[order])
    if not len(lower):
        return _Stretches(lower, reach, other)
    # Stretches that only touch stay two: the next may begin another article.
    first = np.flatnonzero(np.concatenate([[True], lower[1:] >= reach[:-1]]))
    last = np.concatenate([first[1:], [len(lower)]]) - 1
    return _Stretches(lower[first] - apart[order][first], reach[last] - apart[order][first], other[order][first])


def _table(words: _Words, counts: Codes, articles: Codes) -> pd.DataFrame:
    """The cells as rows, without those of an outlet with itself."""
    names = [*words.outlets, ALL_OTHERS]
    outlet, other = (part.reshape(-1) for part in np.indices((len(names), len(names))))
    total = np.bincount(words.outlet, minlength=len(names))
    first = np.concatenate([[True], words.article[1:] != words.article[:-1]])
    searched = np.bincount(words.outlet[first], minlength=len(names))[outlet]
    table = pd.DataFrame(
        {
            "outlet": np.array(names, dtype=object)[outlet],
            "other": np.array(names, dtype=object)[other],
            "words": total[outlet],
            "shared": counts.sum(axis=0),
            **dict(zip(VOICE_NAMES, counts, strict=True)),
            "share": counts.sum(axis=0) / np.maximum(total[outlet], 1),
            "articles": articles,
            "searched": searched,
            "note": [_few(int(number)) for number in searched],
        }
    )
    kept = table[(outlet < len(words.outlets)) & (outlet != other)]
    texts = dict.fromkeys(("outlet", "other", "note"), "str")
    return kept[list(SHARED_COPY)].astype(texts).reset_index(drop=True)


def _few(articles: int) -> str:
    if articles >= FEWEST_UNITS:
        return ""
    return f"few articles: {articles} searched"
