"""How long from a key press to the changed chart, in JupyterLab in a real browser?

    python benchmarks/explorer.py [CORPUS]

Starts JupyterLab on a notebook with both explorers, presses twenty keys in each and prints the median and the longest
wait, from the key going down to the second frame after the chart's picture was replaced.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, sync_playwright

from corpus_tools.show.start import lab_command

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser.conftest import NO_BROWSER, find_browser

KEYS = {
    "What is named": ["ArrowUp"] * 20,
    "Word or pattern": [*"orridor", *["Backspace"] * 7, *"ease", *["Backspace"] * 2],
}
WATCH = """place => {
  window.waits = [];
  const chart = document.querySelectorAll(".ct-explore")[place].querySelector(".ct-drawn .widget-html-content");
  let pressed = null;
  window.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    const painted = () => window.waits.push(performance.now() - from);
    requestAnimationFrame(() => requestAnimationFrame(painted));
  }).observe(chart, { childList: true, subtree: true });
}"""


def cells(corpus: str) -> list[str]:
    return [
        f"import corpus_tools as ct\narticles = ct.read_articles({corpus!r})\nvoices = ct.find_voices(articles)",
        f"tokens = ct.tokenize(articles, voices)\nhits = ct.find_hits(tokens, ct.read_lexicon({corpus!r}))",
        "ct.explore_framing(articles, voices, hits)",
        'ct.explore_words(articles, voices, tokens, pattern="c")',
    ]


def press(page: Page, place: int, control: str, keys: list[str]) -> None:
    """Press keys one after the other in one control, each after the chart of the one before has been painted."""
    explorer = page.locator(".ct-explore").nth(place)
    explorer.scroll_into_view_if_needed()
    page.evaluate(WATCH, place)
    explorer.get_by_label(control, exact=True).focus()
    page.keyboard.press("End")
    page.wait_for_timeout(1_500)
    page.evaluate("window.waits.length = 0")
    for number, key in enumerate(keys, 1):
        page.keyboard.press(key)
        page.wait_for_function(f"window.waits.length >= {number}", timeout=20_000)
        page.wait_for_timeout(150)
    waits = page.evaluate("window.waits")
    print(f"{control}: median {statistics.median(waits):.0f} ms, longest {max(waits):.0f} ms, {len(waits)} keys")


def measure(address: str, browser: str) -> None:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = started.new_page(viewport={"width": 1440, "height": 1100})
        page.goto(address)
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        page.wait_for_timeout(5_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_selector(".ct-explore >> nth=1", timeout=120_000)
        page.wait_for_timeout(2_000)
        for place, (control, keys) in enumerate(KEYS.items()):
            press(page, place, control, keys)
        started.close()


def main(corpus: str) -> None:
    browser = find_browser()
    if browser is None:
        raise SystemExit(NO_BROWSER)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells(corpus)], metadata={"kernelspec": kernel})
        nbformat.write(notebook, Path(folder) / "explorers.ipynb")
        options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=explorer"]
        own = {"JUPYTER_CONFIG_DIR": f"{folder}/config", "JUPYTER_PREFER_ENV_PATH": "1"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(lab_command(Path(folder), options), env=os.environ | own, **quiet)
        try:
            for _ in range(300):
                with socket.socket() as line:
                    if line.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.2)
            measure(f"http://127.0.0.1:{port}/lab/tree/explorers.ipynb?token=explorer", browser)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "karabakh")
