"""Executed notebooks and result frames → a folder of pages that need nothing from outside."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from corpus_tools.schema import CLEANING, HITS, PROBLEMS, SHARES, require_columns
from corpus_tools.show.exports import Export, write_exports
from corpus_tools.show.findings import KeyFindings, key_findings
from corpus_tools.show.licence import may_be_handed_on
from corpus_tools.show.lines import line_links, lines_page
from corpus_tools.show.markup import TEMPLATES, one_line, templates
from corpus_tools.show.methods import methods_page
from corpus_tools.show.overview import overview, question
from corpus_tools.show.policy import with_policy
from corpus_tools.show.provenance import corpus_note, lexicon_fingerprint, outlets_overview, versions
from corpus_tools.show.report_pages import glossary_page, notebook_pages
from corpus_tools.show.single_file import write_single_file
from corpus_tools.show.style import css_variables

if TYPE_CHECKING:
    from nbformat import NotebookNode

SINGLE_FILE = "report-in-one-file.html"
_SHEETS = ("report", "report_index", "report_print")
_EXTRAS = {
    "lines.html": {"title": "Lines", "about": "The lines behind every number of the overview, in short pieces."},
    "methods.html": {
        "title": "Methods and limits",
        "about": "What is counted, how far it can be trusted, what it leaves open.",
    },
    "glossary.html": {"title": "Glossary", "about": "What the words on these pages mean."},
}


def export_report(
    notebooks: Sequence[NotebookNode],
    out: str | os.PathLike[str],
    *,
    articles: pd.DataFrame,
    problems: pd.DataFrame,
    cleaning: pd.DataFrame,
    lexicon: pd.DataFrame,
    shares: pd.DataFrame,
    hits: pd.DataFrame | None = None,
    voices: pd.DataFrame | None = None,
    passages: pd.DataFrame | None = None,
    title: str | None = None,
    corpus: str | None = None,
    lexicon_name: str | None = None,
    glossary: str | None = None,
    command: str | None = None,
    full_text: bool = False,
    single_file: bool = False,
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
    hits : pandas.DataFrame, optional
        As ``find_hits`` returns it, of all slots. With it the first page compares each outlet with all others, and
        every number has its lines; without it the first page describes the outlets one by one.
    voices : pandas.DataFrame, optional
        As ``find_voices`` returns it: the hits to download then name their speakers.
    passages : pandas.DataFrame, optional
        As ``align_passages`` returns it: findings are then also counted without shared copy.
    title : str, optional
        The heading of the first page; else the question what the slot's referent is called.
    corpus, lexicon_name : str, optional
        What the corpus and the lexicon are called.
    glossary : str, optional
        Markdown with a heading for each term; it becomes a page that the notebooks link to.
    command : str, optional
        What makes this report again.
    full_text : bool, default False
        ``True`` shows every article that a notebook shows from beginning to end; else only those whose ``licence``
        is a Creative Commons one or says "public domain", and of the others the first paragraph.
    single_file : bool, default False
        ``True`` writes all pages once more into one file that can be sent by mail.
    made : datetime, optional
        The stated time of making, with its zone; else now. Nothing else differs between two runs on one machine.

    Returns
    -------
    pathlib.Path
        ``index.html``: the question, three findings chosen by a written rule, each with the other ways of counting
        it, what the corpus is, what it cannot tell, the main chart, and how all was made. Beside it a page for each
        notebook, one with the lines behind every number, one on methods and limits. Every page carries its style and
        its pictures and forbids by a policy what it does not need: no script runs, but for the few constant lines that
        let j and k move between the hits of an article.

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
        *([(hits, "hits", HITS)] if hits is not None else []),
    ):
        require_columns(frame, what, columns)
    own = None if hits is None or shares.empty else hits[hits["slot"] == shares["slot"].iloc[0]]
    found = None if own is None else key_findings(own, articles, passages)
    links = line_links(own, articles)
    frames = {"articles": articles, "problems": problems, "cleaning": cleaning, "lexicon": lexicon, "shares": shares}
    index = overview(**frames, hits=own, found=found, links=links)
    named = f"{one_line(lexicon_name)}: {index['lexicon']}" if lexicon_name else index["lexicon"]
    site = _Site(Path(out), glossary=bool(glossary), lines=bool(links.labels))
    site.shared |= {
        "title": title or question(shares, lexicon),
        "software": f"corpus-tools {versions()['corpus-tools']}; lexicon fingerprint {lexicon_fingerprint(lexicon)}",
        "made_of": {
            "note": corpus_note(articles, name=corpus),
            "lexicon": named,
            "versions": index["versions"],
            "command": command,
        },
    }
    whole = None if full_text else _free(articles)
    site.shared["pages"] = notebook_pages(notebooks, whole=whole, others=site.others, downloads=hits is not None)
    if hits is not None:
        tables = _tables(frames, found)
        handed = {"articles": articles, "hits": hits, "voices": voices, "whole_articles": full_text, "corpus": corpus}
        site.shared["downloads"] = write_exports(
            site.folder, **handed, **_kept(site.shared["pages"], tables, index["chart"])
        )
    site.write_notebooks()
    if own is not None and links.labels:
        site.write("lines.html", "all_lines", **lines_page(own, articles, links))
    if glossary:
        named = [Path(page["file"]).stem for page in site.shared["pages"]]
        site.write("glossary.html", "glossary", **glossary_page(glossary, pages=[*site.others, *named]))
    methods = methods_page(**frames, passages=passages, compared=bool(index["key"]))
    told = {name: index[name] for name in ("cleaning", "problems", "limits")}
    site.write("methods.html", "methods", **methods, **told, full_text=full_text)
    return site.write_index(index, (made or datetime.now(UTC)).astimezone(UTC), single_file=single_file)


class _Site:
    """The folder, what all pages share, and which pages there are besides those of notebooks."""

    def __init__(self, folder: Path, *, glossary: bool, lines: bool) -> None:
        self.folder = folder
        there = {"lines.html": lines, "glossary.html": glossary}
        extras = [{"file": file, **told} for file, told in _EXTRAS.items() if there.get(file, True)]
        self.others = {Path(extra["file"]).stem for extra in extras}
        self.shared: dict[str, Any] = {"extras": extras, "css": _css(), "keys": None, "downloads": [], "single": ""}
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, file: str, template: str, **context: Any) -> Path:
        page = templates().get_template(f"{template}.html.j2").render(here=file, **{**self.shared, **context})
        path = self.folder / file
        path.write_text(with_policy(page), encoding="utf-8", newline="\n")
        return path

    def write_notebooks(self) -> None:
        pages = self.shared["pages"]
        for place, page in enumerate(pages):
            turns = {"before": pages[place - 1 : place] if place else [], "after": pages[place + 1 : place + 2]}
            self.write(page["file"], "page", page=page, blocks=page["blocks"], keys=_keys(page["blocks"]), **turns)

    def write_index(self, index: dict[str, Any], made: datetime, *, single_file: bool) -> Path:
        """The first page, and where it is asked for all pages in one file, which the first page names."""
        single = SINGLE_FILE if single_file else ""
        own = [export for export in self.shared["downloads"] if not _is_of_page(export, self.shared["pages"])]
        rest = [export for export in self.shared["downloads"] if export not in own]
        known = {
            "own_downloads": own,
            "page_downloads": rest,
            "sentences": _sentences(self.shared["pages"]),
            "lines": "lines" in self.others,
            "single": single,
        }
        path = self.write("index.html", "index", **index, **known, made=made)
        if single_file:
            files = [page["file"] for page in [*self.shared["pages"], *self.shared["extras"]]]
            write_single_file(self.folder, single, pages=["index.html", *files])
        return path


def _is_of_page(export: Export, pages: Sequence[dict[str, Any]]) -> bool:
    """Does this file hold a table or a figure of a notebook's page?"""
    return any(Path(export.file).stem in page["downloads"].about for page in pages)


def _tables(frames: dict[str, pd.DataFrame], found: KeyFindings | None) -> dict[str, pd.DataFrame]:
    """The frames behind the first page, by the names of their files."""
    tables = {"shares": frames["shares"], "corpus_by_outlet": outlets_overview(frames["articles"])}
    if found is not None and found.ways:
        tables |= {"contrasts": found.looked_at, "robustness": pd.concat(found.ways, ignore_index=True)}
    return tables | {name: frames[name] for name in ("problems", "cleaning", "lexicon")}


def _kept(pages: Sequence[dict[str, Any]], tables: dict[str, pd.DataFrame], chart: Markup | None) -> dict[str, Any]:
    """All tables and figures that can be taken along: of the first page, and of every notebook."""
    from corpus_tools.show.downloads import drawing_in

    kept: dict[str, Any] = {"tables": dict(tables), "figures": {}, "about": {}}
    if chart is not None and (drawing := drawing_in(chart)) is not None:
        kept["figures"]["overview"] = drawing
    for page in pages:
        kept["tables"] |= page["downloads"].tables
        kept["figures"] |= page["downloads"].figures
        kept["about"] |= {name: f"{page['title']}: {about}" for name, about in page["downloads"].about.items()}
    return kept


def _free(articles: pd.DataFrame) -> set[str]:
    """The articles whose licence allows to hand them on, by the names that the reader gives them."""
    free = may_be_handed_on(articles)
    names = articles["article_id"].map(lambda name: one_line(name, longest=60))
    # Two long names may look alike once they are shortened: what one may not, neither may.
    return set(names[free]) - set(names[~free])


def _sentences(pages: Sequence[dict[str, Any]]) -> str:
    """Where the sentences behind the main chart are: the cell tagged so, else the last page."""
    for page in pages:
        if any(block.anchor == "sentences" for block in page["blocks"]):
            return f"{page['file']}#sentences"
    return str(pages[-1]["file"]) if pages else ""


def _keys(blocks: Sequence[Any]) -> Markup | None:
    """The constant script of the reader, for a page that shows an article."""
    if not any('class="ct-reader"' in block.html for block in blocks):
        return None
    return Markup((TEMPLATES / "reader.js").read_text(encoding="utf-8"))


def _css() -> Markup:
    sheets = [(TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS]
    return Markup("\n".join([css_variables(":root"), *sheets]))
