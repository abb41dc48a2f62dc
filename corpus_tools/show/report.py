"""Executed notebooks and result frames → a folder of pages that need nothing from outside."""

from __future__ import annotations

import base64
import copy
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from corpus_tools.schema import CLEANING, PROBLEMS, SHARES, CorpusError, require_columns
from corpus_tools.show.markup import TEMPLATES, one_line, templates
from corpus_tools.show.overview import overview, question
from corpus_tools.show.provenance import corpus_note
from corpus_tools.show.style import css_variables

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The address of an object in memory, the name of a temporary folder.
_AT_RANDOM = re.compile(r" at 0x[0-9a-fA-F]+|(?<=\btmp)[/\\]+corpus-tools-\w+")
_FREE = re.compile(r"\bCC(?:0|[ -]BY)|\bcreative commons\b|\bpublic domain\b", re.IGNORECASE)


def export_report(
    notebooks: Sequence[NotebookNode],
    out: str | os.PathLike[str],
    *,
    articles: pd.DataFrame,
    problems: pd.DataFrame,
    cleaning: pd.DataFrame,
    lexicon: pd.DataFrame,
    shares: pd.DataFrame,
    title: str | None = None,
    corpus: str | None = None,
    lexicon_name: str | None = None,
    whole_articles: bool = False,
    made: datetime | None = None,
) -> Path:
    """How can all results be handed to someone who has a browser and nothing else?

    Parameters
    ----------
    notebooks : sequence of nbformat.NotebookNode
        Executed, with the header of their source in their metadata; one page is made of each.
    out : path
        The folder to write into; made where it is not there. Pages of the same name are replaced.
    articles, problems, cleaning : pandas.DataFrame
        As ``inspect_source`` returns them.
    lexicon : pandas.DataFrame
        As ``read_lexicon`` returns it.
    shares : pandas.DataFrame
        As ``framing_shares`` returns it, for one slot; no rows where the corpus has no hit of the lexicon.
    title : str, optional
        The heading of the first page; else the question what the slot's referent is called.
    corpus, lexicon_name : str, optional
        What the corpus and the lexicon are called.
    whole_articles : bool, default False
        ``True`` shows every article that a notebook shows from beginning to end; else only those whose ``licence``
        is a Creative Commons one or says "public domain", and of the others the first paragraph.
    made : datetime, optional
        The stated time of making, with its zone; else now. Nothing else differs between two runs on one machine.

    Returns
    -------
    pathlib.Path
        ``index.html``: the question, the main chart, three findings, what the corpus is, what it cannot tell, the
        pages, and how all was made. Every page carries its style and its pictures. No script runs, but for the few
        constant lines that let j and k move between the hits of an article, which the page allows by their hash.

    Raises
    ------
    CorpusError
        When a frame lacks a column, a notebook lacks its header, or the Jupyter packages are not installed.

    Examples
    --------
    >>> import tempfile
    >>> import corpus_tools as ct
    >>> source, lexicon = ct.inspect_source("strike"), ct.read_lexicon("strike")
    >>> hits = ct.find_hits(ct.tokenize(source.articles, ct.find_voices(source.articles)), lexicon)
    >>> shares = ct.framing_shares(hits[hits["slot"] == ct.main_slot(hits, lexicon)], source.articles)
    >>> with tempfile.TemporaryDirectory() as out:
    ...     ct.export_report([], out, **source._asdict(), lexicon=lexicon, shares=shares).name
    'index.html'
    """
    for frame, what, columns in (
        (problems, "problems", PROBLEMS),
        (cleaning, "cleaning", CLEANING),
        (shares, "shares", SHARES),
        (lexicon, "lexicon", ("slot", "label")),
    ):
        require_columns(frame, what, columns)
    pages = _pages(notebooks, None if whole_articles else _free(articles))
    written = {page["file"]: page.pop("blocks") for page in pages}
    shared: dict[str, Any] = {
        "pages": pages,
        "title": title or question(shares, lexicon),
        "note": corpus_note(articles, name=corpus),
        "css": _css(),
        "keys": None,
    }
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for place, page in enumerate(pages):
        turns = {"before": pages[place - 1 : place], "after": pages[place + 1 : place + 2]}
        blocks = written[page["file"]]
        _write(folder, page["file"], "page", shared | turns | {"page": page, "blocks": blocks} | _keys(blocks))
    index = overview(articles=articles, problems=problems, cleaning=cleaning, lexicon=lexicon, shares=shares)
    index["lexicon"] = f"{one_line(lexicon_name)}: {index['lexicon']}" if lexicon_name else index["lexicon"]
    index["sentences"] = _sentences(written)
    index["made"] = (made or datetime.now(UTC)).astimezone(UTC)
    return _write(folder, "index.html", "index", shared | index)


def _free(articles: pd.DataFrame) -> set[str]:
    """The articles whose licence allows to hand them on, by the names that the reader gives them."""
    if "licence" not in articles.columns:
        return set()
    free = articles["licence"].map(lambda licence: bool(_FREE.search(one_line(licence))))
    names = articles["article_id"].map(lambda name: one_line(name, longest=60))
    # Two long names may look alike once they are shortened: what one may not, neither may.
    return set(names[free]) - set(names[~free])


def _pages(notebooks: Sequence[NotebookNode], whole: set[str] | None) -> list[dict[str, Any]]:
    try:
        from corpus_tools.show.cells import PageWriter
        from corpus_tools.show.notebooks import read_header, read_parameters
    except ImportError as error:  # the base installation has no Jupyter
        raise CorpusError("A report needs the Jupyter packages: install corpus-tools with its extra 'lab'.") from error
    pages = []
    names = {read_header(notebook).name for notebook in notebooks}
    for position, notebook in enumerate(notebooks, 1):
        header = read_header(notebook)
        clean = _without_places(notebook, list(read_parameters(notebook).values()))
        written = PageWriter(whole=whole, notebooks=names).blocks(clean)
        blocks = [block._replace(html=Markup(block.html)) for block in written]
        pages.append({**header._asdict(), "number": position, "file": f"{header.name}.html", "blocks": blocks})
    return pages


def _sentences(written: dict[str, Any]) -> str:
    """Where the sentences behind the main chart are: the cell tagged so, else the last page."""
    for file, blocks in written.items():
        if any(block.anchor == "sentences" for block in blocks):
            return f"{file}#sentences"
    return list(written)[-1] if written else ""


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


def _keys(blocks: Sequence[Any]) -> dict[str, Any]:
    """The constant script of the reader, for a page that shows an article; its hash is all that the page lets run."""
    if not any('class="ct-reader"' in block.html for block in blocks):
        return {}
    script = (TEMPLATES / "reader.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return {"keys": {"script": Markup(script), "source": f"sha256-{digest}"}}


def _css() -> Markup:
    return Markup(css_variables(":root") + "\n" + (TEMPLATES / "report.css").read_text(encoding="utf-8"))


def _write(folder: Path, file: str, template: str, context: dict[str, Any]) -> Path:
    page = templates().get_template(f"{template}.html.j2").render(here=file, **context)
    path = folder / file
    path.write_text(page, encoding="utf-8", newline="\n")
    return path
