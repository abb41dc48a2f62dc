"""What readability formulas count, and the formulas: textstat's words, syllables and lists with our own sentences.

What is counted in a word depends on the word alone, so that each distinct one is asked for once, however often it
stands in however many articles.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import regex
from textstat.backend.counts import count_syllables
from textstat.backend.transformations import remove_punctuation
from textstat.backend.utils._get_cmudict import get_cmudict
from textstat.backend.utils._get_lang_easy_words import get_lang_easy_words

from corpus_tools.compare.syllables import ensure_pronunciations
from corpus_tools.prepare.words import sentence_spans

MEASURES = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog_index",
    "automated_readability_index",
    "coleman_liau_index",
    "dale_chall_readability_score",
    "lix",
    "rix",
    "words_per_sentence",
    "syllables_per_word",
)
COUNTED = (
    "words",
    "tokens",
    "characters",
    "letters",
    "syllables",
    "polysyllables",
    "complex_words",
    "unfamiliar_words",
    "long_words",
    "listed_words",
    "sentences",
    "run_together",
)
_ENGLISH = "en_US"
_MANY_SYLLABLES, _LONG = 3, 6
_RUN_TOGETHER = regex.compile(r"\p{Ll}[.!?][\"”’)]?\p{Lu}\p{Ll}")


def count_texts(texts: Iterable[str]) -> pd.DataFrame:
    """What the formulas need, one row per text.

    Every number but the last three is what textstat counts in the same text:

    - `words`: runs between blanks that hold a letter or digit, hyphenated ones as one
    - `tokens`: all runs between blanks, punctuation that stands alone included
    - `characters`: of these, punctuation included
    - `letters`: letters, digits and underscores
    - `syllables`: of all words, by the pronouncing dictionary, for words it lacks by hyphenation
    - `polysyllables`: words of three syllables or more
    - `complex_words`: those of them that are not on the list of easy words
    - `unfamiliar_words`: words that are not on that list
    - `long_words`: words of more than six letters
    - `listed_words`: words that the pronouncing dictionary has (not among textstat's counts)
    - `sentences`: as `split_sentences` finds them
    - `run_together`: stops between two words without a blank, as page code leaves them (not among textstat's)
    """
    ensure_pronunciations()
    codes: dict[str, int] = {}
    places, sentences, run_together = [], [], []
    for text in texts:
        places.append(np.array([codes.setdefault(token, len(codes)) for token in text.split()], dtype=np.int32))
        sentences.append(len(sentence_spans(text)))
        run_together.append(sum(1 for _ in _RUN_TOGETHER.finditer(text)))
    facts = _facts(list(codes))
    counted = np.array([facts[own].sum(axis=0) for own in places], dtype=np.int64).reshape(len(places), facts.shape[1])
    of_texts = np.array([sentences, run_together], dtype=np.int64).T
    return pd.DataFrame(np.hstack([counted, of_texts]), columns=list(COUNTED))


def _facts(tokens: list[str]) -> np.ndarray:
    """What each run between blanks adds to the counts, in their order; none of it depends on its neighbours."""
    joined = "\n".join(tokens)
    words = remove_punctuation(joined, rm_apostrophe=False).split("\n")[: len(tokens)]
    letters = _lengths(remove_punctuation(joined, rm_apostrophe=True).split("\n")[: len(tokens)])
    # Not in lower case: textstat lowers words itself, after it has taken off punctuation.
    syllables_of = {word: count_syllables(word, _ENGLISH) for word in dict.fromkeys(words)}
    easy = get_lang_easy_words(_ENGLISH)
    is_word = np.array([bool(word) for word in words], dtype=bool)
    syllables = np.array([syllables_of[word] for word in words], dtype=np.int64)
    unfamiliar = is_word & np.array([word.lower() not in easy for word in words], dtype=bool)
    pronounced = get_cmudict(_ENGLISH) or {}
    listed = np.array([word.lower() in pronounced for word in words], dtype=bool)
    many = syllables >= _MANY_SYLLABLES
    each = np.ones(len(tokens), dtype=np.int64)
    of_sounds = (syllables, many, many & unfamiliar, unfamiliar)
    facts = (is_word, each, _lengths(tokens), letters, *of_sounds, letters > _LONG, listed)
    return np.column_stack([np.asarray(fact, dtype=np.int64) for fact in facts])


def _lengths(texts: list[str]) -> np.ndarray:
    return np.array([len(text) for text in texts], dtype=np.int64)


def formulas(counted: pd.DataFrame) -> pd.DataFrame:
    """Each measure from what was counted, with textstat's coefficients; missing for a text without words."""
    empty = (counted["words"] == 0) | (counted["sentences"] == 0)
    of = counted.astype("float64").mask(empty)
    sentence_length, syllables = of["words"] / of["sentences"], of["syllables"] / of["words"]
    unfamiliar = 100 * of["unfamiliar_words"] / of["words"]
    measured = {
        "flesch_reading_ease": 206.835 - 1.015 * sentence_length - 84.6 * syllables,
        "flesch_kincaid_grade": 0.39 * sentence_length + 11.8 * syllables - 15.59,
        "gunning_fog": 0.4 * (sentence_length + 100 * of["complex_words"] / of["words"]),
        "smog_index": 1.043 * (30 * (of["polysyllables"] / of["sentences"])) ** 0.5 + 3.1291,
        "automated_readability_index": 4.71 * (of["characters"] / of["tokens"]) + 0.5 * sentence_length - 21.43,
        "coleman_liau_index": 5.8 * (of["letters"] / of["words"]) - 29.6 * (of["sentences"] / of["words"]) - 15.8,
        "dale_chall_readability_score": 0.1579 * unfamiliar
        + 0.0496 * sentence_length
        + 3.6365 * (unfamiliar > 5).where(~empty),
        "lix": sentence_length + 100 * of["long_words"] / of["words"],
        "rix": of["long_words"] / of["sentences"],
        "words_per_sentence": sentence_length,
        "syllables_per_word": syllables,
    }
    return pd.DataFrame(measured, columns=list(MEASURES))
