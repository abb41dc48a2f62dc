"""Articles → one row per word, with the sentence, section and voice in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from corpus_tools.prepare.words import fold, sentence_spans, word_spans
from corpus_tools.schema import SECTION_NAMES, VOICE_NAMES, CorpusError, nearest, require_articles, require_columns

# A shorter sentence may well be written twice by chance ("He did not elaborate.").
_RECURRING_WORDS = 6


@dataclass
class _Columns:
    """Growing columns of the tokens frame, as integer codes."""

    vocabulary: dict[str, int] = field(default_factory=dict)
    cache: dict[str, int] = field(default_factory=dict)
    term: list[np.ndarray] = field(default_factory=list)
    start: list[np.ndarray] = field(default_factory=list)
    end: list[np.ndarray] = field(default_factory=list)
    sentence: list[np.ndarray] = field(default_factory=list)
    section: list[np.ndarray] = field(default_factory=list)
    voice: list[np.ndarray] = field(default_factory=list)

    def code(self, word: str) -> int:
        code = self.cache.get(word)
        if code is None:
            code = self.cache[word] = self.vocabulary.setdefault(fold(word), len(self.vocabulary))
        return code


def tokenize(articles: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Which words does each article consist of, and in whose voice is each?

    Parameters
    ----------
    articles : pandas.DataFrame
        As `read_articles` returns it: `article_id`, `outlet`, `text`, and `title` where titles are known.
    voices : pandas.DataFrame
        As `find_voices` returns it for these articles. What lies in none of its rows is the narrator's: without the
        rows of reported speech, indirect speech counts as the outlet's own.

    Returns
    -------
    pandas.DataFrame
        One row per word, articles in their order, words in the order of the text. Text columns are categorical.

        - `article_id`, `outlet`: of the article
        - `position`: number of the word in its article, from 0
        - `sentence`: number of the sentence in its article, from 0
        - `section`: "headline", "lead" (the first paragraph after it) or "body"
        - `term`: the word, case-folded
        - `start`, `end`: its characters, so that ``text[start:end]`` is the word as printed
        - `voice`: "narrator", "reported" or "quoted", by the word's first character
        - `recurring`: whether its sentence, of six words or more, stands in more than one article of the outlet

    Raises
    ------
    CorpusError
        When a column or a value of it is missing, two articles share an id, or a voice has no known name.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_articles, tokenize
    >>> articles = read_articles("strike")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> tokens["section"].unique().tolist()
    ['headline', 'lead', 'body']
    """
    require_articles(articles)
    require_columns(voices, "voices", ("article_id", "start", "end", "voice"))
    spoken = _voices_by_article(voices)
    columns = _Columns()
    titles = articles["title"] if "title" in articles.columns else pd.Series(pd.NA, index=articles.index)
    for article_id, text, title in zip(articles["article_id"], articles["text"], titles, strict=True):
        _add_article(columns, str(text), "" if pd.isna(title) else str(title), spoken.get(str(article_id)))
    return _frame(articles, columns)


def _voices_by_article(voices: pd.DataFrame) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    unknown = voices.loc[~voices["voice"].isin(VOICE_NAMES), "voice"]
    if len(unknown):
        raise CorpusError(f"There is no voice {unknown.iloc[0]!r}; {nearest(unknown.iloc[0], VOICE_NAMES)}")
    code = voices["voice"].map({name: i for i, name in enumerate(VOICE_NAMES)})
    ordered = voices.assign(_code=code).sort_values(["article_id", "start"], kind="stable")
    return {
        str(article_id): (g["start"].to_numpy(), g["end"].to_numpy(), g["_code"].to_numpy())
        for article_id, g in ordered.groupby("article_id", sort=False)
    }


def _add_article(
    columns: _Columns, text: str, title: str, spoken: tuple[np.ndarray, np.ndarray, np.ndarray] | None
) -> None:
    spans = word_spans(text)
    start = np.fromiter((a for a, _ in spans), dtype=np.int32, count=len(spans))
    columns.start.append(start)
    columns.end.append(np.fromiter((b for _, b in spans), dtype=np.int32, count=len(spans)))
    columns.term.append(np.fromiter((columns.code(text[a:b]) for a, b in spans), dtype=np.int32, count=len(spans)))
    sentences = np.fromiter((a for a, _ in sentence_spans(text)), dtype=np.int32)
    columns.sentence.append(np.maximum(np.searchsorted(sentences, start, side="right") - 1, 0).astype(np.int32))
    columns.section.append(np.searchsorted(section_ends(text, title), start, side="right").astype(np.int8))
    voice = np.zeros(len(spans), dtype=np.int8)
    if spoken is not None and len(spans):
        begins, ends, codes = spoken
        within = np.searchsorted(begins, start, side="right") - 1
        inside = (within >= 0) & (start < ends[within])
        voice[inside] = codes[within[inside]]
    columns.voice.append(voice)


def section_ends(text: str, title: str) -> list[int]:
    """Where the headline and the lead end; what starts behind both is the body."""
    headline = len(title) if title and text.startswith(title) else 0
    lead = headline + len(text[headline:]) - len(text[headline:].lstrip())
    end = text.find("\n", lead)
    return [headline, len(text) if end < 0 else end]


def _categories(codes: np.ndarray, names: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def _frame(articles: pd.DataFrame, columns: _Columns) -> pd.DataFrame:
    def joined(parts: list[np.ndarray], dtype: type) -> np.ndarray:
        return np.concatenate(parts) if parts else np.empty(0, dtype=dtype)

    lengths = np.array([len(p) for p in columns.term], dtype=np.int64)
    article = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    outlet_codes, outlets = pd.factorize(articles["outlet"], sort=True)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    sentence = joined(columns.sentence, np.int32)
    term = joined(columns.term, np.int32)
    outlet = outlet_codes.astype(np.int32)[article] if len(article) else np.empty(0, dtype=np.int32)
    return pd.DataFrame(
        {
            "article_id": _categories(article, [str(a) for a in articles["article_id"]]),
            "outlet": _categories(outlet, [str(o) for o in outlets]),
            "position": (np.arange(len(article)) - first).astype(np.int32),
            "sentence": sentence,
            "section": _categories(joined(columns.section, np.int8), list(SECTION_NAMES)),
            "term": _categories(term, list(columns.vocabulary)),
            "start": joined(columns.start, np.int32),
            "end": joined(columns.end, np.int32),
            "voice": _categories(joined(columns.voice, np.int8), list(VOICE_NAMES)),
            "recurring": _recurring(article, outlet, sentence, term),
        }
    )


def _recurring(article: np.ndarray, outlet: np.ndarray, sentence: np.ndarray, term: np.ndarray) -> np.ndarray:
    """Mark the words of sentences that stand, word for word, in more than one article of their outlet."""
    marked = np.zeros(len(term), dtype=bool)
    if not len(term):
        return marked
    breaks = np.flatnonzero((np.diff(article) != 0) | (np.diff(sentence) != 0)) + 1
    starts, ends = np.r_[0, breaks], np.r_[breaks, len(term)]
    first_seen: dict[tuple[int, bytes], int] = {}
    places: dict[tuple[int, bytes], list[tuple[int, int]]] = {}
    several: set[tuple[int, bytes]] = set()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start < _RECURRING_WORDS:
            continue
        key = (int(outlet[start]), term[start:end].tobytes())
        places.setdefault(key, []).append((start, end))
        if first_seen.setdefault(key, int(article[start])) != article[start]:
            several.add(key)
    for key in several:
        for start, end in places[key]:
            marked[start:end] = True
    return marked
