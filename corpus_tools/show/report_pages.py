"""Executed notebooks and the glossary → the pieces of their pages, without a trace of the machine they ran on."""

from __future__ import annotations

import copy
import re
import sys
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corpus_tools.schema import CorpusError

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The address of an object in memory, the name of a temporary folder.
_AT_RANDOM = re.compile(r" at 0x[0-9a-fA-F]+|(?<=\btmp)[/\\]+corpus-tools-\w+")
_TITLE = re.compile(r"\A\s*# .*\n")
_TERM = re.compile(r"^## +(.+?) *$", re.MULTILINE)


def notebook_pages(
    notebooks: Sequence[NotebookNode], *, whole: set[str] | None, others: Collection[str], downloads: bool
) -> list[dict[str, Any]]:
    """A page for each notebook: what its header says, its file, its blocks, and what can be downloaded from it.

    ``whole`` names the articles that may be shown from beginning to end, None allows all; ``others`` are the pages that
    the report has besides, without their ending; with ``downloads`` there is a link below every table and chart.
    """
    try:
        from corpus_tools.show.cells import PageWriter
        from corpus_tools.show.notebooks import read_header, read_parameters
    except ImportError as error:  # the base installation has no Jupyter
        raise CorpusError("A report needs the Jupyter packages: install corpus-tools with its extra 'lab'.") from error
    pages = []
    headers = [read_header(notebook) for notebook in notebooks]
    names = {header.name for header in headers}
    if taken := names & set(others):
        raise CorpusError(f"The notebook name {sorted(taken)[0]!r} is that of another page; choose another one.")
    for position, (header, notebook) in enumerate(zip(headers, notebooks, strict=True), 1):
        clean = _without_places(notebook, list(read_parameters(notebook).values()))
        writer = PageWriter(whole=whole, notebooks=names | set(others), page=header.name if downloads else "")
        blocks = [block._replace(html=Markup(block.html)) for block in writer.blocks(clean)]
        page = {**header._asdict(), "number": position, "file": f"{header.name}.html", "blocks": blocks}
        pages.append(page | {"downloads": writer.downloads})
    return pages


def glossary_page(text: str, *, pages: Collection[str]) -> dict[str, Any]:
    """The glossary as a page: its terms, to jump to, and its words."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    from corpus_tools.show.cells import PageWriter
    from corpus_tools.show.prose import anchor_of

    body = _TITLE.sub("", text)
    writer = PageWriter(notebooks=set(pages))
    blocks = writer.blocks(new_notebook(cells=[new_markdown_cell(body)]))
    terms = [{"name": term, "anchor": anchor_of(term)} for term in _TERM.findall(body)]
    return {"terms": terms, "words": Markup("\n".join(block.html for block in blocks))}


def _without_places(notebook: NotebookNode, values: Sequence[object]) -> NotebookNode:
    """A copy that tells neither whose machine it ran on nor where the corpus lies there."""
    places = {value: Path(value).name for value in values if isinstance(value, str) and Path(value).is_absolute()}
    here = {tempfile.gettempdir(): "tmp", str(Path.home()): "home", sys.prefix: "python", str(Path.cwd()): "."}
    places |= {place: name for place, name in here.items() if Path(place) != Path(place).parent}
    places |= {place.replace("\\", "\\\\"): name for place, name in places.items()}
    longest_first = sorted(places, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w./\\])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def hide(text: str) -> str:
        return _AT_RANDOM.sub("", pattern.sub(lambda found: places[found[0]], text))

    clean = copy.deepcopy(notebook)
    for cell in clean.cells:
        cell.source = hide(cell.source)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = hide(output["text"])
            for kind, data in output.get("data", {}).items():
                if kind.startswith("text/"):
                    output["data"][kind] = hide(data)
    return clean
