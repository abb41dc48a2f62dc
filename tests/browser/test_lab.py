"""JupyterLab as a student meets it: the start page, notebook 1 from top to bottom, an explorer worked by keys."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus_tools.show.start import lab_command
from tests.browser.conftest import Watched, watch

FIRST = "01_meet_the_corpus"
STARTING, RUNNING, CHANGING = 90, 180_000, 20_000  # seconds; milliseconds
# All cells are in the page, so that all of their outputs can be looked at.
WHOLE_NOTEBOOK = {"windowingMode": "none"}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lab(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of JupyterLab, started as `python run.py lab` does, on a copy of the notebooks."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(checkout / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps(WHOLE_NOTEBOOK), encoding="utf-8")
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    port, token = free_port(), secrets.token_hex(8)
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command = lab_command(folder / "notebooks", [*options, f"--IdentityProvider.token={token}"])
    environment = os.environ | {name: str(folder / place) for name, place in own.items()}
    log = (folder / "lab.log").open("w+")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, log)
        yield f"http://127.0.0.1:{port}/?token={token}"
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def wait_for(address: str, server: subprocess.Popen[bytes], log) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    log.seek(0)
    pytest.fail(f"JupyterLab did not start:\n{log.read()[-2000:]}")


@pytest.fixture(scope="module")
def first_notebook(lab: str, browser: Browser) -> Iterator[tuple[Page, Watched]]:
    """Notebook 1, opened from the start page and run from top to bottom."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    watched = watch(page)
    page.goto(lab)
    start = page.locator(".jp-MarkdownViewer")
    expect(start.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    with page.expect_response(lambda answer: "/api/sessions" in answer.url and answer.request.method == "POST"):
        start.get_by_role("link", name="Meet the corpus").first.click()
    expect(page.locator(".jp-NotebookPanel .jp-CodeCell").first).to_be_visible(timeout=60_000)
    run_all(page)
    yield page, watched
    page.close()


def run_all(page: Page) -> None:
    """Run every cell and wait for the last one; the menu does nothing before the kernel is there, so ask again."""
    prompts = page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputPrompt")
    ready = page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']")
    # Who asks for a run before the kernel has answered is asked which kernel is meant, as nobody who reads first is.
    page.wait_for_timeout(3_000)
    expect(ready).to_be_attached(timeout=60_000)
    for _ in range(8):
        assert page.locator(".jp-Dialog").all_inner_texts() == []
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_timeout(5_000)
        if "[ ]" not in prompts.first.inner_text():
            break
    expect(prompts.last).to_contain_text(re.compile(r"\[\d+\]"), timeout=RUNNING)


def test_the_start_page_opens_without_a_pop_up_and_leads_to_notebook_1(first_notebook) -> None:
    page, _ = first_notebook
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert page.locator(".lm-TabBar-tabLabel", has_text=FIRST).count() >= 1


def test_notebook_1_runs_without_an_error_and_shows_its_charts(first_notebook) -> None:
    page, _ = first_notebook
    assert page.locator(".jp-NotebookPanel [data-mime-type='application/vnd.jupyter.error']").count() == 0
    charts = page.locator(".jp-NotebookPanel .jp-OutputArea svg[role='img']")
    assert charts.count() >= 2
    assert all(charts.nth(place).get_attribute("aria-label") for place in range(charts.count()))


def test_an_explorer_worked_by_keys_changes_chart_and_lines(first_notebook) -> None:
    page, _ = first_notebook
    explorer = page.locator(".ct-explore").last
    explorer.scroll_into_view_if_needed()
    told, chart, lines = explorer.locator(".ct-status"), explorer.locator(".ct-chart"), explorer.locator(".ct-line")
    pattern = explorer.get_by_label("Word or pattern", exact=True)
    seen = []
    for word in ("the", "drivers"):
        pattern.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        expect(told).to_contain_text(f"“{word}”", timeout=CHANGING)
        expect(lines.first.locator(".ct-node")).to_have_text(re.compile(word, re.IGNORECASE), timeout=CHANGING)
        seen.append((told.inner_text(), chart.locator("svg").get_attribute("aria-label"), lines.all_inner_texts()))
    voice = explorer.get_by_label("Voice", exact=True)
    voice.focus()
    before = chart.locator("svg").get_attribute("aria-label")
    page.keyboard.press("ArrowDown")
    expect(chart.locator("svg")).not_to_have_attribute("aria-label", before, timeout=CHANGING)
    expect(told).to_contain_text("narrator", timeout=CHANGING)
    seen.append((told.inner_text(), chart.locator("svg").get_attribute("aria-label"), lines.all_inner_texts()))
    for one, other in pairwise(seen):
        assert all(before != after for before, after in zip(one, other, strict=True))


def test_a_line_opens_its_article_by_key_and_leads_back(first_notebook) -> None:
    page, _ = first_notebook
    explorer = page.locator(".ct-explore").last
    explorer.locator(".ct-line-row button").first.focus()
    page.keyboard.press("Enter")
    expect(explorer.locator("article.ct-reader")).to_be_visible(timeout=CHANGING)
    explorer.get_by_role("button", name="Back to the lines").focus()
    page.keyboard.press("Enter")
    expect(explorer.locator(".ct-line").first).to_be_visible(timeout=CHANGING)


def test_a_table_is_sorted_by_a_click_on_its_head(first_notebook) -> None:
    page, _ = first_notebook
    table = page.locator(".jp-NotebookPanel table.dataTable:visible").first
    table.scroll_into_view_if_needed()
    head = table.locator("thead th").filter(has_text="articles").first
    place = head.evaluate("(head) => [...head.parentElement.children].indexOf(head)")
    orders = []
    for wanted in ("ascending", "descending"):
        head.click()
        expect(head).to_have_attribute("aria-sort", wanted, timeout=CHANGING)
        cells = table.locator(f"tbody tr td:nth-child({place + 1}), tbody tr th:nth-child({place + 1})")
        orders.append([int(text) for text in cells.all_inner_texts()])
    assert orders[0] == sorted(orders[0])
    assert orders[1] == sorted(orders[0], reverse=True)
    assert orders[0] != orders[1]


def test_nothing_left_the_machine_and_the_console_is_clean(first_notebook) -> None:
    """Last in the file, so that all that was done before is in the record."""
    _, watched = first_notebook
    assert watched.outside == []
    assert watched.dialogs == []
    assert watched.errors == []
