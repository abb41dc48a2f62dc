"""Fixtures for all tests: the shared material beside the checkout, and small frames."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import hypothesis
import matplotlib as mpl
import pandas as pd
import pytest

CHECKOUT = Path(__file__).resolve().parents[1]

mpl.use("Agg")
hypothesis.settings.register_profile(
    "same every time",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("same every time")

MakeArticles = Callable[[Iterable[tuple[str, str, str]]], pd.DataFrame]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        missing = "The shared material is not beside the checkout, at ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return folder


@pytest.fixture(scope="session")
def make_articles() -> MakeArticles:
    return articles_frame


def articles_frame(rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """An articles frame from ``(article_id, outlet, text)``, without titles, all of one day."""
    frame = pd.DataFrame(list(rows), columns=["article_id", "outlet", "text"], dtype="str")
    frame["date"] = pd.Series(pd.Timestamp(2023, 9, 19), index=frame.index, dtype="datetime64[us]")
    frame["title"] = pd.Series(pd.NA, index=frame.index, dtype="str")
    return frame[["article_id", "outlet", "date", "title", "text"]]
