"""The same articles give the same numbers: in any order of rows, hash seed, number of threads, time zone or process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pandas as pd
import pytest

import corpus_tools as ct
from tests.conftest import CHECKOUT

Frames = dict[str, pd.DataFrame]

SETTINGS = (
    {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC"},
    {"PYTHONHASHSEED": "77", "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "TZ": "Asia/Yerevan"},
)


def frames_of(order: int | None) -> Frames:
    """Frames of the sample, with the rows in another order where a number is given for it."""

    def mixed(frame: pd.DataFrame) -> pd.DataFrame:
        return frame if order is None else frame.sample(frac=1, random_state=order).reset_index(drop=True)

    articles = mixed(ct.add_events(ct.read_sample("strike")))
    voices = mixed(ct.find_voices(articles))
    tokens = mixed(ct.tokenize(articles, voices))
    hits = mixed(ct.find_hits(tokens, ct.read_lexicon("strike")))
    return {"articles": articles, "voices": voices, "tokens": tokens, "hits": hits}


TARGET = sorted(ct.read_sample("strike")["outlet"])[0]
COMPARED: dict[str, Callable[[Frames], pd.DataFrame]] = {
    "compare_articles": lambda f: ct.compare_articles(f["tokens"], f["articles"], resamples=200),
    "compare_articles inside events": lambda f: ct.compare_articles(
        f["tokens"], f["articles"], within="event", unit="event", resamples=200
    ),
    "keyness": lambda f: ct.keyness(ct.count_terms(f["tokens"])),
    "framing_shares": lambda f: ct.framing_shares(f["hits"], f["articles"], by=["outlet", "voice"]),
    "framing_contrast": lambda f: ct.framing_contrast(
        f["hits"], f["articles"], label=sorted(f["hits"]["label"])[0], target=TARGET, resamples=200
    ),
    "robustness": lambda f: ct.robustness(f["hits"], f["articles"], label=sorted(f["hits"]["label"])[0], target=TARGET),
    "collocates": lambda f: ct.collocates(f["tokens"], "the", target=TARGET),
    "dispersion": lambda f: ct.dispersion(f["tokens"], by="outlet"),
    "lexical_diversity": lambda f: ct.lexical_diversity(f["tokens"], by="outlet"),
    "readability": lambda f: ct.readability(f["articles"], by="outlet"),
    "timeline": lambda f: ct.timeline(f["hits"], f["articles"]),
    "speakers": lambda f: ct.speakers(f["articles"], f["voices"]),
}


def fingerprints(order: int | None) -> Iterator[str]:
    """A line for each result: its name and a digest of its table, with 12 digits of every number."""
    frames = frames_of(order)
    for name, compared in COMPARED.items():
        table = compared(frames).to_csv(index=False, float_format="%.12g")
        yield f"{name}: {hashlib.sha256(table.encode()).hexdigest()}"


@pytest.fixture(scope="module")
def expected() -> list[str]:
    return list(fingerprints(None))


def test_any_order_of_rows(expected: list[str]) -> None:
    assert list(fingerprints(3)) == expected


def test_any_hash_seed_threads_time_zone_and_two_processes_at_once(expected: list[str]) -> None:
    code = "from tests.test_same_numbers import fingerprints; print(*fingerprints(None), sep='\\n')"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=os.environ | setting, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        for setting in SETTINGS
    ]
    printed = [process.communicate(timeout=600)[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert printed == [expected, expected]
