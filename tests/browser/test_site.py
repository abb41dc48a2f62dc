"""The report as a reader meets it: every page in a real browser, light and dark, wide and narrow."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from corpus_tools.cli import main
from tests.browser.conftest import COUNT_VIOLATIONS, watch

PAGE_BYTES, SITE_BYTES = 1_500_000, 25_000_000
SINGLE_FILE = "report-in-one-file.html"
SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
_MADE = re.compile(rb"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\+00:00| UTC|Z)?")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the teaching corpus, as the command of the README makes it."""
    folder = tmp_path_factory.mktemp("report")
    assert main(["report", "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def hostile_site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on articles whose outlets, titles and file name, and on a lexicon whose slot and label, are attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    attacks = hostile_rows(shared)
    corpus = folder / "a&b'<img src=x onerror=alert(1)>.csv"
    with corpus.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "outlet", "date", "title", "text"])
        for number, attack in enumerate(attacks * 2):
            outlet = attacks[number % 3]
            told = f"The road was closed on Tuesday. {attack} A guard said: “The road is blocked, {attack}.”"
            table.writerow([f"a{number}", outlet, "2023-09-19", f"{attack} road {number}", told])
    lexicon = folder / "lexicon.csv"
    with lexicon.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["slot", "label", "pattern", "near", "unless", "attested_in", "note"])
        for attack, pattern in zip(attacks, ("closed", "blocked"), strict=False):
            table.writerow([attacks[0], attack, pattern, "", "", attack, attack])
    out = folder / "report"
    assert main(["report", "--corpus", str(corpus), "--lexicon", str(lexicon), "--out", str(out)]) == 0
    return out


def hostile_rows(shared: Path) -> list[str]:
    """Each title of the adversarial set that tries to run or to load something."""
    with (shared / "adversarial" / "inject" / "html_titles.csv").open(encoding="utf-8") as file:
        return [row["title"] for row in csv.DictReader(file)]


def pages_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_is_accessible_and_stays_by_itself(site: Path, browser: Browser, scheme: str) -> None:
    axe, found = Axe(), []
    context = browser.new_context(color_scheme=scheme, viewport={"width": WIDTHS[0], "height": 800})
    for path in pages_of(site):
        if path.name == SINGLE_FILE and scheme != SCHEMES[0]:
            # It takes as long as all its pages together, whose colours it has.
            continue
        page = context.new_page()
        page.add_init_script(COUNT_VIOLATIONS)
        watched = watch(page)
        page.goto(path.as_uri())
        # What is folded away is read, too.
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        for violation in axe.run(page).response["violations"]:
            places = [node["target"] for node in violation["nodes"][:3]]
            found.append(f"{path.name}: {violation['id']} {len(violation['nodes'])}x {places}")
        found += [f"{path.name}: {line}" for line in (*watched.outside, *watched.errors, *watched.dialogs)]
        found += [f"{path.name}: {line}" for line in page.evaluate("window.violations")]
        page.close()
    context.close()
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(site: Path, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for path in pages_of(site):
        page.goto(path.as_uri())
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[path.name] = needed
    context.close()
    assert wide == {}


@pytest.mark.slow
def test_pages_forbid_all_that_they_do_not_need(site: Path) -> None:
    for path in pages_of(site):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy is not None, path.name
        rules = dict(([*part.split(maxsplit=1), ""])[:2] for part in policy[1].split(";") if part.strip())
        assert rules["default-src"] == "'none'", path.name
        assert rules["base-uri"] == rules["form-action"] == "'none'", path.name
        assert set(rules) <= {
            "default-src",
            "style-src",
            "style-src-elem",
            "style-src-attr",
            "img-src",
            "script-src",
            "base-uri",
            "form-action",
        }
        assert re.fullmatch(r"('sha256-[\w+/=]+' ?)*", rules.get("script-src", "")), path.name
        assert text.index("Content-Security-Policy") < text.index("<style"), path.name


@pytest.mark.slow
def test_every_link_leads_somewhere(site: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    names = {}
    links = []
    for path in pages_of(site):
        page.goto(path.as_uri())
        names[path.name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)"))
        links += [
            (path.name, a)
            for a in page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
        ]
    context.close()
    dead = set()
    for here, link in links:
        address = urlsplit(link)
        assert not address.scheme, f"{here} leads off the report: {link}"
        file, anchor = unquote(address.path) or here, unquote(address.fragment)
        if not (site / file).is_file() or (anchor and anchor not in names.get(file, ())):
            dead.add(f"{here} → {link}")
    assert len(links) > 100
    assert dead == set()


@pytest.mark.slow
def test_the_site_is_light(site: Path) -> None:
    heavy = {path.name: path.stat().st_size for path in pages_of(site) if path.stat().st_size > PAGE_BYTES}
    # What is sent by mail holds all the pages.
    assert heavy.pop(SINGLE_FILE) < SITE_BYTES / 5
    assert heavy == {}
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) <= SITE_BYTES


@pytest.mark.slow
def test_two_reports_differ_in_the_stated_time_only(site: Path, tmp_path: Path) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 0
    first, second = ({p.relative_to(f).as_posix(): p for p in f.rglob("*") if p.is_file()} for f in (site, tmp_path))
    assert first.keys() == second.keys()
    different = [
        name for name in first if _MADE.sub(b"", first[name].read_bytes()) != _MADE.sub(b"", second[name].read_bytes())
    ]
    assert different == []


@pytest.mark.slow
def test_hostile_names_stay_text_on_every_page(hostile_site: Path, shared: Path, browser: Browser) -> None:
    attacks = hostile_rows(shared)
    context = browser.new_context()
    read = ""
    for path in pages_of(hostile_site):
        page = context.new_page()
        page.add_init_script(COUNT_VIOLATIONS)
        watched = watch(page)
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert page.title() != "PWNED", path.name
        assert watched.outside + watched.dialogs + watched.errors + page.evaluate("window.violations") == [], path.name
        assert (
            page.evaluate("document.querySelectorAll('[onload], [onerror], iframe, object, embed, form').length") == 0
        )
        assert page.evaluate("document.querySelectorAll('script').length") <= 1, path.name
        read += page.evaluate("document.body.textContent")
        page.close()
    context.close()
    read = " ".join(read.split())
    unseen = [attack for attack in attacks if " ".join(attack.split())[:40] not in read]
    assert unseen == []
