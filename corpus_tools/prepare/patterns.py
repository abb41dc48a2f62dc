"""The pattern language of lexicons, on integer codes: words, `|`, `*` for any ending, `?` for one letter."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np
import pandas as pd
import regex

from corpus_tools.prepare.words import fold
from corpus_tools.schema import CorpusError

_PATTERN_WORD = regex.compile(r"[\p{L}\p{N}*?](?:[\p{L}\p{N}\p{M}*?]|['’ʼ](?=[\p{L}\p{N}*?])|[.,](?=\p{N}))*")
_WILD = regex.compile(r"[*?]")
_LAST = "\U0010ffff"


def parse_pattern(pattern: str) -> list[list[str]]:
    """The alternatives of a pattern, each a list of folded words."""
    alternatives = [[fold(w) for w in _PATTERN_WORD.findall(part)] for part in str(pattern).split("|")]
    if not all(alternatives):
        raise CorpusError(f"The pattern {pattern!r} has a part without a word; write words, '|', '*' and '?'.")
    return alternatives


def word_shape(word: str) -> regex.Pattern[str]:
    """What a term looks like for which this word of a pattern stands; a possessive ending does not make another."""
    shape = regex.escape(word, special_only=True).replace(r"\*", ".*").replace(r"\?", ".")
    return regex.compile(shape + r"(?:'s)?", regex.DOTALL)


class TokenIndex:
    """Where each term stands among the tokens, for searching phrases without looking at text."""

    def __init__(self, tokens: pd.DataFrame) -> None:
        # Frames put together by pandas.concat have lost their categories.
        tokens = tokens.assign(**{c: tokens[c].astype("category") for c in ("article_id", "term")})
        article, position = tokens["article_id"].cat.codes.to_numpy(), tokens["position"].to_numpy()
        order = np.lexsort((position, article))
        self.tokens = tokens if (order == np.arange(len(order))).all() else tokens.iloc[order]
        self.codes = self.tokens["term"].cat.codes.to_numpy()
        self.article = self.tokens["article_id"].cat.codes.to_numpy()
        self.position = self.tokens["position"].to_numpy()
        self.sentence = self.tokens["sentence"].to_numpy()
        self.vocabulary = [str(t) for t in self.tokens["term"].cat.categories]

    @cached_property
    def _by_code(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.codes, kind="stable")
        return order, np.searchsorted(self.codes[order], np.arange(len(self.vocabulary) + 1))

    @cached_property
    def _sorted_terms(self) -> tuple[list[str], np.ndarray]:
        order = sorted(range(len(self.vocabulary)), key=self.vocabulary.__getitem__)
        return [self.vocabulary[i] for i in order], np.array(order, dtype=np.int64)

    def terms(self, word: str) -> np.ndarray:
        """Codes of the terms that a pattern word stands for."""
        names, codes = self._sorted_terms
        stem = _WILD.split(word)[0]
        low, high = bisect_left(names, stem), bisect_left(names, stem + _LAST)
        whole = word_shape(word)
        return np.array([codes[i] for i in range(low, high) if whole.fullmatch(names[i])], dtype=np.int64)

    def phrase(self, words: list[str]) -> np.ndarray:
        """Rows at which these words begin, next to each other in one sentence."""
        order, starts = self._by_code
        places = [order[starts[c] : starts[c + 1]] for c in self.terms(words[0])]
        rows = np.sort(np.concatenate(places)) if places else np.empty(0, dtype=np.int64)
        for step, word in enumerate(words[1:], start=1):
            rows = rows[rows + step < len(self.codes)]
            after = rows + step
            beside = (self.article[after] == self.article[rows]) & (self.position[after] == self.position[rows] + step)
            same = beside & (self.sentence[after] == self.sentence[rows])
            rows = rows[same & np.isin(self.codes[after], self.terms(word))]
        return rows

    def find(self, pattern: str) -> tuple[np.ndarray, np.ndarray]:
        """First row and number of words of each place at which the pattern stands."""
        firsts, lengths = [], []
        for words in parse_pattern(pattern):
            rows = self.phrase(words)
            firsts.append(rows)
            lengths.append(np.full(len(rows), len(words), dtype=np.int64))
        return np.concatenate(firsts), np.concatenate(lengths)

    def sentence_keys(self, rows: np.ndarray) -> np.ndarray:
        """One number per sentence of the corpus."""
        return self.article[rows].astype(np.int64) << 32 | self.sentence[rows]
