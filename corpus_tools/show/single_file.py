"""All pages of a report in one file, to be sent by mail."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus_tools.schema import CorpusError
from corpus_tools.show.policy import PLACE, with_policy

# Every page escapes "<" and ">" in texts and in values, so what looks like a tag is one.
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_RAW = re.compile(r"(<style>.*?</style>)", re.DOTALL)
_MAIN = re.compile(r"<main\b[^<>]*>(.*)</main>", re.DOTALL)
_FOOTER = re.compile(r"<footer class=\"site\">(.*?)</footer>", re.DOTALL)
_HEAD = re.compile(r"\A.*?<head>(.*?)</head>", re.DOTALL)
_POLICY = re.compile(r"(http-equiv=\"Content-Security-Policy\" content=\")[^\"]*")
_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^<>]*>(.*?)</h1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^<>]*?\bhref=\"([^\"#]+)[^\"]*\"[^<>]*>(.*?)</a>", re.DOTALL)
# What stands below a table or a chart; the files stay in the folder.
_DOWNLOADS = re.compile(r"<p class=\"ct-download\">.*?</p>", re.DOTALL)
_POINTERS = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
_NAMED = re.compile(r"\s(?:aria-label|aria-labelledby)=\"[^\"]*\"")
_LOCAL = re.compile(r"url\((['\"]?)#([^'\")]*)\1\)")
_IN_FOLDER = "{} (in the folder of the report)"
_BREAKS = "@media print { .one-file + .one-file { break-before: page; } }"


class _Page(NamedTuple):
    """One page: its file, its name in the one file, its title in HTML, and all that was written."""

    file: str
    name: str
    title: str
    html: str


def write_single_file(
    folder: str | os.PathLike[str], file: str = "report-in-one-file.html", *, pages: Sequence[str]
) -> Path:
    """How can a whole report be sent as one attachment?

    Parameters
    ----------
    folder : path
        Of the report, all pages written.
    file : str
        What the one file is called; it lies beside the pages.
    pages : sequence of str
        The files to put into it, in their order, the first page first.

    Returns
    -------
    pathlib.Path
        A page in which every other is a section. Links between pages lead to places in it; links to tables and
        figures become their names, because these stay in the folder. Nothing runs in it but what ran in the pages.

    Raises
    ------
    CorpusError
        When there is no page, or one of them is not such a page.
    """
    place = Path(folder)
    read = [_read(place / page) for page in pages]
    if not read:
        raise CorpusError("A report in one file needs at least one page; hand over the names of their files.")
    known = {page.file: page.name for page in read}
    styles: set[str] = set()
    labels: set[str] = set()
    first, *others = [list(_once(_found(_HEAD, page), styles)) for page in read]
    head = _POLICY.sub(rf"\g<1>{PLACE}", "".join(first))
    head += "".join(part for parts in others for part in parts if _RAW.fullmatch(part))
    sections = [_section(page, known, styles, labels, first=page is read[0]) for page in read]
    footer = _FOOTER.search(read[0].html)
    scripts = dict.fromkeys(script for page in read for script in _SCRIPT.findall(page.html))
    whole = "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>' + head + f"<style>{_BREAKS}</style>\n</head>\n<body>",
            '<a class="skip" href="#main">Skip to the text</a>',
            f'<header class="site">\n<nav aria-label="Pages">\n<ul>\n{_contents(read)}\n</ul>\n</nav>\n</header>',
            '<main id="main" tabindex="-1">',
            *sections,
            "</main>",
            f'<footer class="site">{_moved(footer[1], read[0], known, labels)}</footer>' if footer else "",
            *scripts,
            "</body>\n</html>\n",
        ]
    )
    path = place / file
    path.write_text(with_policy(whole), encoding="utf-8", newline="\n")
    return path


def _read(path: Path) -> _Page:
    html = path.read_text(encoding="utf-8")
    page = _Page(path.name, path.stem, "", html)
    return page._replace(title=_found(_TITLE, page))


def _found(pattern: re.Pattern[str], page: _Page) -> str:
    found = pattern.search(page.html)
    if found is None:
        raise CorpusError(f"The file {page.file} is not a page of a report; hand over those that were just written.")
    return found[1]


def _contents(pages: Sequence[_Page]) -> str:
    titles = ("Overview", *(re.sub(r"<[^<>]*>", "", page.title) for page in pages[1:]))
    items = (f'<li><a href="#{page.name}">{title}</a></li>' for page, title in zip(pages, titles, strict=True))
    return "\n".join(items)


def _section(page: _Page, known: dict[str, str], styles: set[str], labels: set[str], *, first: bool) -> str:
    body = _SCRIPT.sub("", "".join(_once(_found(_MAIN, page), styles)))
    if not first:
        body = re.sub(r"<(/?)h([1-5])(?=[\s>])", lambda found: f"<{found[1]}h{int(found[2]) + 1}", body)
    return f'<div class="one-file" id="{page.name}">{_moved(body, page, known, labels)}</div>'


def _once(html: str, styles: set[str]) -> Iterator[str]:
    """The same style sheet once is enough."""
    for part in _RAW.split(html):
        if not _RAW.fullmatch(part):
            yield part
        elif part not in styles:
            styles.add(part)
            yield part


def _moved(html: str, page: _Page, known: dict[str, str], labels: set[str]) -> str:
    """A piece of a page with names that are its own in the one file, and with links that lead to places in it."""

    def link(found: re.Match[str]) -> str:
        return found[0] if found[1] in known else _IN_FOLDER.format(found[2])

    def tag(found: re.Match[str]) -> str:
        box = 'role="region"' in found[3] or found[2] == "nav"
        # Sections with names are landmarks, and those of many pages have the same.
        given = _NAMED.sub("", found[3]) if found[2] == "section" else found[3]
        attributes = _ATTRIBUTE.sub(lambda pair: _attribute(pair, page, known, labels if box else None), given)
        return f"<{found[1]}{found[2]}{attributes}>"

    html = _LINK.sub(link, _DOWNLOADS.sub("", html))
    return "".join(part if _RAW.fullmatch(part) else _TAG.sub(tag, part) for part in _RAW.split(html))


def _attribute(pair: re.Match[str], page: _Page, known: dict[str, str], labels: set[str] | None) -> str:
    name, mark, value = pair[1], pair[2][0], pair[2][1:-1]
    if name == "id":
        value = f"{page.name}--{value}"
    elif name in _POINTERS:
        value = " ".join(f"{page.name}--{one}" for one in value.split())
    elif name in ("href", "xlink:href"):
        value = _target(value, page, known)
    elif name == "aria-label" and labels is not None:
        value = _free(value, page, labels)
    else:
        value = _LOCAL.sub(lambda found: f"url(#{page.name}--{found[2]})", value)
    return f"{name}={mark}{value}{mark}"


def _target(url: str, page: _Page, known: dict[str, str]) -> str:
    file, _, anchor = url.partition("#")
    if file not in known and file:
        return url
    name = known.get(file, page.name)
    return f"#{name}--{anchor}" if anchor else f"#{name}"


def _free(label: str, page: _Page, labels: set[str]) -> str:
    """A name for a box that no other box has."""
    name, times = label, 1
    while name in labels:
        name, times = f"{label}, {page.name}" + (f" {times}" if times > 1 else ""), times + 1
    labels.add(name)
    return name
