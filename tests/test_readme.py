"""What the README shows runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest


@pytest.fixture
def readme(checkout: Path) -> str:
    return (checkout / "README.md").read_text(encoding="utf-8")


def test_the_tour_runs_and_its_last_number_leads_to_its_lines(readme: str) -> None:
    (tour,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    names: dict[str, object] = {}
    for line in [x for x in tour.splitlines() if x.strip()]:
        if line.startswith("ct.kwic"):
            line = "lines = " + line
        exec(line, names)
    plt.close("all")
    assert len(names["lines"]) == names["shares"].loc[0, "hits"] >= 5
    assert names["contrast"]["difference"].iloc[0] > 0


def test_what_it_links_to_is_there(readme: str, checkout: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert len(links) > 5
    assert [link for link in links if not (checkout / link).exists()] == []


def test_functions_in_its_table_are_public(readme: str) -> None:
    import corpus_tools

    rows = [line for line in readme.splitlines() if line.startswith("|") and "notebooks/" in line]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert len(named) > 8
    assert named <= set(corpus_tools.__all__)
