"""Where two articles have the same words, and what is left of a finding without them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import pairwise
from numbers import Integral

import numpy as np
import pandas as pd

from corpus_tools.prepare.reuse.shingles import Codes, Shingles, in_reading_order, meetings, pair_numbers, shingles
from corpus_tools.schema import PASSAGES, VOICE_NAMES, CorpusError, empty, require_columns

_TOKENS = ("article_id", "outlet", "position", "term", "start", "end", "voice")


def align_passages(tokens: pd.DataFrame, pairs: pd.DataFrame, *, min_words: int = 8) -> pd.DataFrame:
    """Where do two articles have the same words in the same order, and whose words are they?

    Parameters
    ----------
    tokens : pandas.DataFrame
        What ``tokenize`` returned.
    pairs : pandas.DataFrame
        What `find_reuse` returned for them, or some rows of it.
    min_words : int
        The shortest stretch that counts. Shorter ones are found in edited copies, and by chance.

    Returns
    -------
    pandas.DataFrame
        One row per shared passage, as long as it can be, in one pair of voices: where the voice changes in either
        article, a stretch is cut, so a piece can be shorter than ``min_words``. No word of an article is in two
        passages with the same other article. By article, place, and other article.

        - `article_id_a`, `start_a`, `end_a`: an article and characters of its text
        - `article_id_b`, `start_b`, `end_b`: the other, later among the tokens, and where it has the same words
        - `words`: how many
        - `voice`, `voice_b`: whose words they are in a, and in b. "narrator" in both may be shared reporting; a
          statement that both quote is not
        - `outlet_a`, `outlet_b`: whose articles they are; the same for text that an outlet repeats

    Raises
    ------
    CorpusError
        When a column is missing, ``min_words`` is no positive number, or the pairs are those of other articles.

    Notes
    -----
    Greedy string tiling: of all stretches that both have, the longest first, then the longest of what is left
    (M. J. Wise 1993, String similarity via running Karp-Rabin matching and greedy string tiling, University of
    Sydney, Technical Report 463). A changed word ends a passage: what the copying outlet altered is its own.

    Examples
    --------
    >>> from corpus_tools import align_passages, find_reuse, find_voices, read_articles, tokenize
    >>> articles = read_articles("karabakh")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> int(align_passages(tokens, find_reuse(tokens))["words"].max()) > 50
    True
    """
    require_columns(tokens, "tokens", _TOKENS)
    require_columns(pairs, "pairs", ("article_id_a", "article_id_b"))
    if isinstance(min_words, bool) or not isinstance(min_words, Integral) or min_words < 1:
        raise CorpusError(f"The option 'min_words' cannot be {min_words!r}; it is a number of words, 1 or more.")
    min_words = int(min_words)
    asked = pairs[pairs["longest"] >= min_words] if "longest" in pairs.columns else pairs
    concerned = pd.concat([asked["article_id_a"], asked["article_id_b"]]).astype("str")
    own = tokens[tokens["article_id"].astype("str").isin(concerned).to_numpy()]
    own = in_reading_order(own)
    tiles = np.array(list(_tiles(shingles(own, min_words), asked, min_words)), dtype=np.int64).reshape(-1, 3)
    return _frame(own, tiles) if len(tiles) else empty(PASSAGES)


def drop_reused(found: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """What is left of hits, words or stretches of speech without text shared with another outlet?

    Parameters
    ----------
    found : pandas.DataFrame
        Hits, tokens or voices: any frame with `article_id` and `start`.
    passages : pandas.DataFrame
        What `align_passages` returned. To leave out shared reporting only, and keep statements that several outlets
        quote, hand over the rows whose `voice` and `voice_b` are "narrator".

    Returns
    -------
    pandas.DataFrame
        The rows whose first character lies in no passage shared with another outlet, with their index. All printings
        are left out, that of the source included, for who copied from whom is not known. Text that an outlet repeats
        by itself stays. The articles stay the same, so hand over all of them to ``framing_shares`` and the others.

    Raises
    ------
    CorpusError
        When a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from corpus_tools import drop_reused
    >>> hits = pd.DataFrame({"article_id": ["1", "1"], "start": [3, 40], "label": ["police", "police"]})
    >>> sides = {"article_id_a": "1", "start_a": 0, "end_a": 20, "article_id_b": "2", "start_b": 5, "end_b": 25}
    >>> drop_reused(hits, pd.DataFrame([{**sides, "outlet_a": "A", "outlet_b": "B"}]))["start"].tolist()
    [40]
    """
    require_columns(found, "the frame", ("article_id", "start"))
    sides = ("article_id_a", "start_a", "end_a", "article_id_b", "start_b", "end_b", "outlet_a", "outlet_b")
    require_columns(passages, "passages", sides)
    between = passages[passages["outlet_a"].astype("str") != passages["outlet_b"].astype("str")]
    if between.empty or found.empty:
        return found.copy()
    ids = pd.concat([between["article_id_a"], between["article_id_b"]]).astype("str")
    start, end = (
        pd.concat([between[f"{edge}_a"], between[f"{edge}_b"]]).to_numpy(dtype=np.int64) for edge in ("start", "end")
    )
    names = pd.Index(ids.unique())
    width = int(max(end.max(), found["start"].max())) + 1
    offset = names.get_indexer(pd.Index(ids)).astype(np.int64) * width
    order = np.argsort(offset + start, kind="stable")
    begins, reach = (offset + start)[order], np.maximum.accumulate((offset + end)[order])
    article = names.get_indexer(pd.Index(found["article_id"].astype("str"))).astype(np.int64)
    place = article * width + found["start"].to_numpy(dtype=np.int64)
    before = np.searchsorted(begins, place, side="right") - 1
    inside = (article >= 0) & (before >= 0) & (place < reach[np.maximum(before, 0)])
    return found[~inside]


def _tiles(found: Shingles, asked: pd.DataFrame, length: int) -> Iterator[tuple[int, int, int]]:
    """The passages of the pairs asked for: first word in a, first word in b, number of words."""
    for pair, x, y, _ in meetings(found, pair_numbers(found, asked)):
        for runs in _runs(pair, x, y, length):
            yield from _greedy(runs, length)


def _runs(pair: Codes, x: Codes, y: Codes, length: int) -> Iterator[list[tuple[int, int, int]]]:
    """All stretches that the two articles of a pair have in common, pair by pair."""
    if not len(pair):
        return
    order = np.lexsort((x, y - x, pair))
    pair, x, y = pair[order], x[order], y[order]
    breaks = (np.diff(pair) != 0) | (np.diff(y - x) != 0) | (np.diff(x) != 1)
    edges = np.r_[0, np.flatnonzero(breaks) + 1, len(x)]
    begins = edges[:-1]
    runs = list(zip(x[begins].tolist(), y[begins].tolist(), (np.diff(edges) + length - 1).tolist(), strict=True))
    splits = np.r_[0, np.flatnonzero(np.diff(pair[begins])) + 1, len(begins)].tolist()
    for low, high in pairwise(splits):
        yield runs[low:high]


def _greedy(runs: list[tuple[int, int, int]], length: int) -> Iterator[tuple[int, int, int]]:
    """Longest first; what overlaps a passage already taken is cut back to what is free of it."""
    waiting = [(-words, x, y) for x, y, words in runs]
    heapq.heapify(waiting)
    taken_x: set[int] = set()
    taken_y: set[int] = set()
    while waiting:
        negative, x, y = heapq.heappop(waiting)
        words = -negative
        free = [x + i not in taken_x and y + i not in taken_y for i in range(words)]
        if all(free):
            taken_x.update(range(x, x + words))
            taken_y.update(range(y, y + words))
            yield x, y, words
            continue
        for i, n in _stretches(free):
            if n >= length:
                heapq.heappush(waiting, (-n, x + i, y + i))


def _stretches(free: list[bool]) -> Iterator[tuple[int, int]]:
    """Where words in a row are free, and how many."""
    begin = None
    for place, is_free in enumerate([*free, False]):
        if is_free and begin is None:
            begin = place
        elif not is_free and begin is not None:
            yield begin, place - begin
            begin = None


def _frame(tokens: pd.DataFrame, tiles: Codes) -> pd.DataFrame:
    """Passages word by word, cut where the voice changes in either article, as rows."""
    x, y, words = tiles.T
    tile = np.repeat(np.arange(len(tiles)), words)
    step = np.arange(len(tile)) - np.repeat(np.cumsum(words) - words, words)
    in_a, in_b = np.repeat(x, words) + step, np.repeat(y, words) + step
    voice = pd.Categorical(tokens["voice"], categories=list(VOICE_NAMES)).codes
    breaks = (np.diff(tile) != 0) | (np.diff(voice[in_a]) != 0) | (np.diff(voice[in_b]) != 0)
    first = np.r_[0, np.flatnonzero(breaks) + 1]
    last = np.r_[first[1:], len(tile)] - 1
    columns: dict[str, object] = {"words": last - first + 1}
    for side, places in (("a", in_a), ("b", in_b)):
        columns[f"article_id_{side}"] = tokens["article_id"].astype("str").array[places[first]]
        columns[f"outlet_{side}"] = tokens["outlet"].astype("str").array[places[first]]
        columns[f"start_{side}"] = tokens["start"].to_numpy(dtype=np.int64)[places[first]]
        columns[f"end_{side}"] = tokens["end"].to_numpy(dtype=np.int64)[places[last]]
        columns["voice" if side == "a" else "voice_b"] = tokens["voice"].astype("str").array[places[first]]
    columns["_a"], columns["_b"] = in_a[first], in_b[first]
    rows = pd.DataFrame(columns).sort_values(["_a", "_b"], kind="stable", ignore_index=True)
    return rows[list(PASSAGES)].astype(
        {name: "str" for name in PASSAGES if name.startswith(("article", "voice", "outlet"))}
    )
