"""The first page of the notebooks, and how JupyterLab is asked to open on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus_tools.show.notebooks import Header

START = "start.md"
# Beside this file, so that neither the user's own settings nor another installation's are written to.
_SETTINGS = Path(__file__).parent / "lab"
_ESCAPED = re.compile(r"([\\`*_\[\]<>|#])")


def start_page(headers: Sequence[Header], *, with_solutions: bool = True) -> str:
    """Which page does a reader meet first? The notebooks in their order, where to begin, and where to find help.

    Parameters
    ----------
    headers : sequence of Header
        What ``read_header`` returned, in the order in which the notebooks are read.
    with_solutions : bool, default True
        Whether to link to the solutions; a student pack has none.

    Returns
    -------
    str
        Markdown whose links stay inside the folder of the notebooks: to these, to the solutions and to the glossary.

    Examples
    --------
    >>> from corpus_tools.show.notebooks import Header
    >>> page = start_page([Header("01_first", "First steps", "What is there?", ("a goal",), 20, ("pandas",))])
    >>> page.splitlines()[0], "[First steps](01_first.ipynb), 20 minutes. What is there?" in page
    ('# Start here', True)
    """
    listed = "\n".join(
        f"{place}. [{_plain(header.title)}]({header.name}.ipynb), {header.minutes} minutes. {_plain(header.question)}"
        for place, header in enumerate(headers, start=1)
    )
    return _PAGE.format(
        listed=listed,
        hours=_hours(sum(header.minutes for header in headers)),
        begin=_begin(headers),
        solutions=_solutions(headers) if with_solutions else "",
        own=_own_corpus(headers),
    )


def lab_command(folder: Path, options: Sequence[str] = ()) -> list[str]:
    """Which command opens this folder in JupyterLab on its first page, with no question and nothing fetched?

    Examples
    --------
    >>> lab_command(Path("notebooks"), ["--no-browser"])[-1]
    '--no-browser'
    """
    settings = {
        "ServerApp.root_dir": folder.resolve(),
        "LabApp.default_url": f"/lab/tree/{START}",
        "LabApp.app_settings_dir": _SETTINGS,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    # -P: a file in the caller's folder must not stand in for a module of the same name.
    said = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-P", "-m", "jupyterlab", *said, *options]


def lay_out(folder: Path) -> None:
    """Write what an installed package lays into a folder of notebooks: pages, notebooks, solutions.

    What a reader has written stays; the two pages that nobody writes in follow the installed version.
    """
    for name, text in _files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.suffix == ".md":
            path.write_text(text, encoding="utf-8", newline="\n")


def glossary_text() -> str | None:
    """The glossary in Markdown, where there is one."""
    from corpus_tools.show.notebooks import glossary_path

    path = glossary_path()
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _files() -> dict[str, str]:
    from corpus_tools.show import notebooks as tools

    sources = [tools.read_source(path) for path in tools.find_sources()]
    headers = [tools.read_header(source) for source in sources]
    files = {START: start_page(headers)}
    glossary = glossary_text()
    if glossary is not None:
        files[tools.GLOSSARY] = glossary
    for header, source in zip(headers, sources, strict=True):
        files[f"{header.name}.ipynb"] = tools.to_json(tools.class_version(source))
        files[f"solutions/{header.name}.ipynb"] = tools.to_json(tools.solutions_version(source))
    return files


def _begin(headers: Sequence[Header]) -> str:
    if not headers:
        return "There is no notebook in this folder."
    first = headers[0]
    return (
        f"Begin with [{_plain(first.title)}]({first.name}.ipynb) and go on in this order: each notebook asks one "
        "question and uses what the ones before it found."
    )


def _solutions(headers: Sequence[Header]) -> str:
    links = ", ".join(f"[{place}](solutions/{header.name}.ipynb)" for place, header in enumerate(headers, start=1))
    return f"The solutions lie apart, one notebook for each: {links}. Open them when you have tried." if links else ""


def _own_corpus(headers: Sequence[Header]) -> str:
    own = [header for header in headers if "your_own_corpus" in header.name]
    if not own:
        return "Write the path of your folder or file as `corpus` in the first cell of a notebook, and run it again."
    return (
        f"[{_plain(own[0].title)}]({own[0].name}.ipynb) shows how: point at a folder or a file, and see what it says."
    )


def _hours(minutes: int) -> str:
    half = round(minutes / 30) / 2
    return "one hour" if half == 1 else f"{half:g} hours"


def _plain(text: str) -> str:
    """A title as words of Markdown, with nothing in it that marks."""
    return _ESCAPED.sub(r"\\\1", " ".join(text.split()))


_PAGE = """\
# Start here

Newsrooms that report on the same day can tell different stories: by the names they choose, by whose words they print,
by what they leave out. These notebooks measure that, and always lead back to the sentences behind a number.

{begin}

## The notebooks

{listed}

Each is a piece of work of its own; all of them take about {hours}.

## How to work with them

- Open a notebook by its link above. **Shift+Enter** runs the cell you are in and goes to the next one. Run them from
  the top: a cell needs what the cells above it made.
- The texts were written for teaching, by newsrooms that do not exist. The first cell of each notebook says which corpus
  is read; `"karabakh"` and `"strike"` come with the package.
- Words with a link lead to the [glossary](glossary.md).
- An exercise ends with an empty cell. Hand your result to `ct.check_answer` as its text says; it tells you whether it
  is right, and does not give the answer away. {solutions}

## Your own articles

{own}

## When something does not work

- A cell with `[*]` beside it is still at work. The square in the toolbar above the notebook stops it.
- `NameError` means that a cell further up has not been run. From the menu *Run* choose *Run All Above Selected Cell*.
- `CorpusError` says in one sentence what was wrong, where, and what is allowed. Only its last line matters.
- `help(ct.kwic)` explains a function, here `kwic`, with an example that runs.
- To have a notebook as it was at first, give yours another name and start anew with `corpus-tools lab`; in a checkout,
  `notebooks/build.py` writes all of them again.
"""
