"""Formulas from given counts, and texts measured by textstat where both count as many sentences.

Coleman and Liau's index is offered with textstat's coefficient only. ``quanteda_…`` rests on other counters and is
not asked for; of the published texts the set holds the short one only.
"""

import re
from collections.abc import Iterator

import pandas as pd

from corpus_tools.compare.readability_counts import count_texts, formulas

FORMULAS = {
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog": "smog_index",
    "ari": "automated_readability_index",
    "lix": "lix",
    "rix": "rix",
}
SHORT = {"short_flesch": "flesch_reading_ease", "short_fog": "gunning_fog", "short_smog": "smog_index"}
OFFERED = frozenset({*(f"expected_formula.{name}" for name in FORMULAS), *SHORT})


def offered(case: dict, golden: dict) -> dict:
    given = case.get("input") or {}
    found: dict = {}
    if "counts" in given:
        measured = formulas(_counted(given["counts"])).iloc[0]
        found |= {f"expected_formula.{name}": measured[own] for name, own in FORMULAS.items()}
    short = re.search(r"short text '(.+?)'", given.get("text_from", ""))
    if short:
        measured = formulas(count_texts([short.group(1)])).iloc[0]
        found |= {name: measured[own] for name, own in SHORT.items()}
    return found


def rules(case: dict, golden: dict) -> Iterator[tuple[str, bool | None, str]]:
    """Every value of textstat itself, compared where it counts as many sentences."""
    theirs: dict = next((value for name, value in case.items() if name.startswith("textstat_")), {})
    text = (case.get("input") or {}).get("text")
    if not theirs or text is None:
        return
    counted = count_texts([text])
    ours = pd.concat([counted, formulas(counted)], axis=1).iloc[0]
    same = counted["sentences"].iloc[0] == theirs["sentences"]
    for name, value in theirs.items():
        detail = f"expected {value}, got {ours[name]}"
        yield f"textstat {name}", abs(ours[name] - value) < 1e-6 if same else None, detail


def _counted(given: dict) -> pd.DataFrame:
    """Counts under our names: letters stand for characters, every long word is complex."""
    many = given["words_3plus_syllables"]
    return pd.DataFrame(
        {
            "words": [given["words"]],
            "tokens": given["words"],
            "characters": given["letters"],
            "letters": given["letters"],
            "syllables": given["syllables"],
            "polysyllables": many,
            "complex_words": many,
            "unfamiliar_words": many,
            "long_words": given["words_over_6_letters"],
            "listed_words": given["words"],
            "sentences": given["sentences"],
            "run_together": 0,
        }
    )
