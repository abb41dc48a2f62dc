"""A real browser: the system's Chromium, driven by Playwright, and what a page did in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
QUIET = ("--no-first-run", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
NO_BROWSER = (
    "There is no Chromium, Chrome or Edge on this machine, so JupyterLab and the report were not tried in a browser; "
    "install one (on Debian and Ubuntu: sudo apt install chromium)."
)
# A violation of a page's own policy is an event of the document, not always a line of the console.
COUNT_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


def find_browser() -> str | None:
    """The browser that the system has, if any."""
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), None) or next((place for place in PLACES if Path(place).is_file()), None)


@dataclass
class Watched:
    """What happened while a page was open: requests that left the machine, errors of the console, dialogs."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("file", "data", "blob", "about") and address.hostname not in (
            "localhost",
            "127.0.0.1",
        ):
            self.outside.append(request.url)

    def note_line(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.errors.append(line.text)


def watch(page: Page) -> Watched:
    """Keep a record of a page from now on."""
    watched = Watched(page)
    page.on("request", watched.note_request)
    page.on("console", watched.note_line)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
    return watched


def without(reason: str) -> NoReturn:
    """Skip and say why; in CI nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    place = find_browser()
    if place is None:
        without(NO_BROWSER)
    # Root, as in most containers, has no sandbox to offer.
    alone = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=place, args=[*QUIET, *alone])
        yield started
        started.close()
