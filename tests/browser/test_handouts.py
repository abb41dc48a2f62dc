"""The handouts on paper: one sheet of A4 each, with room to write, and nothing that a policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from corpus_tools.show.handouts import handout_page
from tests.browser.conftest import COUNT_VIOLATIONS, watch

HANDOUTS = sorted((Path(__file__).parents[2] / "teaching" / "handouts").glob("*.md"))
PAGE = re.compile(rb"/Type\s*/Page[^s]")
MILLIMETRE = 96 / 25.4
LEAST_HEIGHT = 9  # millimetres
TEXT_WIDTH = 180  # millimetres, A4 without its margins


def sheets(browser: Browser, place: Path, text: str) -> int:
    """How many pages does the browser print, opened without an error?"""
    file = place / "handout.html"
    file.write_text(handout_page(text), encoding="utf-8")
    page = browser.new_page(viewport={"width": round(TEXT_WIDTH * MILLIMETRE), "height": 900})
    page.add_init_script(COUNT_VIOLATIONS)
    watched = watch(page)
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    cells = page.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().height)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert (watched.errors, watched.outside, watched.dialogs) == ([], [], [])
    assert page.evaluate("window.violations") == []
    page.close()
    assert not wide
    assert all(height >= LEAST_HEIGHT * MILLIMETRE - 0.5 for height in cells)
    return len(PAGE.findall(printed))


@pytest.mark.parametrize("handout", HANDOUTS, ids=lambda path: path.stem)
def test_a_handout_is_one_sheet(handout: Path, browser: Browser, tmp_path: Path) -> None:
    assert sheets(browser, tmp_path, handout.read_text(encoding="utf-8")) == 1


def test_a_longer_one_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    assert sheets(browser, tmp_path, "# Long\n\n" + "A line.\n\n" * 80) > 1
