"""The command ``corpus-tools``: check a corpus, make the report, open the notebooks."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.prepare.checks import CHECKS_FILE, write_checks
from corpus_tools.prepare.sheets import sheet_file
from corpus_tools.read.sample import sample_names
from corpus_tools.schema import CorpusError, CorpusWarning
from corpus_tools.show.markup import number
from corpus_tools.show.provenance import printable, repeat_command

# The package and the Jupyter parts are imported inside the commands: `--help` and a misspelt option answer at once.
if TYPE_CHECKING:
    import pandas as pd

SAMPLE = "karabakh"
PLACES = 5
NOTEBOOK_FOLDER = "corpus-tools-notebooks"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after the program's name; else those it was called with.

    Returns
    -------
    int
        0 when all is well; 1 when ``check`` found that an article was lost or none could be read; 2 when the user
        can mend something, said in one sentence on stderr.

    Examples
    --------
    >>> main(["check", "strike"])  # doctest: +ELLIPSIS
    strike: 14 articles by 3 outlets
    ...
    0
    """
    options, options_of_jupyter = _parser().parse_known_args(argv)
    options.jupyter = options_of_jupyter
    if options_of_jupyter and options.command is not _lab:
        _parser().error(f"unrecognized arguments: {' '.join(options_of_jupyter)}")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows its code instead of stopping the program.
            stream.reconfigure(errors="backslashreplace")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CorpusWarning)
        code, reason = _run(options)
    for message in (*(str(warning.message) for warning in caught), reason):
        if message:
            print(printable(message, 1000), file=sys.stderr)
    return code


def _run(options: argparse.Namespace) -> tuple[int, str]:
    """The exit code of the command and, where it stopped, why."""
    try:
        return options.command(options), ""
    except CorpusError as error:
        return 2, str(error)
    except OSError as error:
        return 2, f"{printable(error.filename or 'A file')}: {error.strerror or error}."
    except KeyboardInterrupt:
        return 130, "Stopped."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="corpus-tools", description="Compare how news outlets word the same thing.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what a file or folder of articles holds and what is wrong with it")
    check.add_argument("path", metavar="PATH", help="a file, a folder or the name of a shipped sample")
    check.add_argument("--encoding", default="utf-8", help="encoding of the files (default: %(default)s)")
    check.add_argument("--date-order", choices=("day", "month"), help="how to read dates such as 09/10/2023")
    _add_columns(check)
    check.add_argument(
        "--lexicon", metavar="NAME_OR_PATH", help="say also what this lexicon finds (default: the sample's own)"
    )
    check.add_argument("--sheet", metavar="FILE", help="draw 20 random lines per label into a CSV file, to be marked")
    check.add_argument("--marked", metavar="FILE", help="take over the marks of such a sheet, saved as CSV")
    check.add_argument("--checks", metavar="FILE", help="where marks are kept (default: checks.csv beside the lexicon)")
    check.set_defaults(command=_check)
    report = commands.add_parser("report", help="run the notebooks on a corpus and write pages for a browser")
    report.add_argument("--corpus", metavar="NAME_OR_PATH", help=f"default: the sample {SAMPLE}")
    report.add_argument("--lexicon", metavar="NAME_OR_PATH", help="default: the one shipped with the sample")
    report.add_argument("--out", default="report", metavar="DIR", help="folder to write into (default: %(default)s)")
    report.add_argument("--skip", action="store_true", help="go on without the articles that cannot be read")
    report.add_argument(
        "--full-text",
        action="store_true",
        help="show articles from beginning to end also where no licence says that they may be handed on",
    )
    _add_columns(report)
    report.set_defaults(command=_report_by_names)
    pack = commands.add_parser("pack", help="write what a class needs: notebooks without solutions, articles, handouts")
    pack.add_argument("out", metavar="OUT", help="a new folder, or a new file that ends with .zip")
    pack.add_argument("--corpus", metavar="NAME_OR_PATH", help="for all notebooks (default: each has its own sample)")
    pack.add_argument("--lexicon", metavar="NAME_OR_PATH", help="default: the one shipped with the sample")
    pack.set_defaults(command=_pack)
    lab = commands.add_parser("lab", help="open the notebooks in JupyterLab; its own options can follow")
    lab.set_defaults(command=_lab)
    return parser


def _add_columns(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--columns", metavar="NAME=COLUMN,…", default="", help="which column is meant, as in outlet=paper,text=body"
    )


def _named_columns(said: str) -> dict[str, str] | None:
    """The option --columns as read_articles() takes it."""
    named: dict[str, str] = {}
    for pair in filter(None, said.split(",")):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not (name and equals and column):
            raise CorpusError(f"The option --columns cannot be {said!r}; write it as in outlet=paper,text=body.")
        if name in named:
            raise CorpusError(f"The option --columns names {name!r} twice; choose one column for it.")
        named[name] = column
    return named or None


def _check(options: argparse.Namespace) -> int:
    import corpus_tools as ct
    from corpus_tools.show.check_lines import lost_rows, source_lines

    place = _lexicon_to_check(options)
    lexicon = None if place is None else ct.read_lexicon(place)
    articles, problems, cleaning = ct.inspect_source(
        options.path,
        encoding=options.encoding,
        date_order=options.date_order,
        columns=_named_columns(options.columns),
    )
    print("\n".join(source_lines(articles, problems, cleaning, name=Path(options.path).name)))
    if place is not None and lexicon is not None:
        if articles.empty:
            shown = printable(Path(place).name)
            print(f"\nThe lexicon {shown} was not tried, because there is no article to try it on.")
        else:
            _check_lexicon(articles, lexicon, place, options)
    return 1 if lost_rows(problems) or articles.empty else 0


def _lexicon_to_check(options: argparse.Namespace) -> str | None:
    """The one named, or that of a sample; a file or folder of one's own has none."""
    is_sample = options.path in sample_names() and not Path(options.path).exists()
    lexicon = options.lexicon or (options.path if is_sample else None)
    for option in ("sheet", "marked", "checks"):
        if lexicon is None and getattr(options, option) is not None:
            raise CorpusError(f"The option --{option} is about a lexicon; name it with --lexicon.")
    if options.marked is not None:
        sheet_file(options.marked)
    for option in ("sheet", "checks"):
        folder = Path(getattr(options, option) or "").parent
        if not folder.is_dir():
            raise CorpusError(f"There is no folder {str(folder)!r} for --{option}; make it first or choose another.")
    return lexicon


def _check_lexicon(articles: pd.DataFrame, lexicon: pd.DataFrame, place: str, options: argparse.Namespace) -> None:
    """What is wrong with the lexicon, what it finds, and what a person has said to that."""
    import corpus_tools as ct
    from corpus_tools.prepare.lexicon import lexicon_path, read_referents
    from corpus_tools.show.lexicon_lines import lexicon_lines

    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), lexicon)
    file = Path(options.checks or lexicon_path(place).with_name(CHECKS_FILE))
    checks = ct.read_checks(file) if file.is_file() else None
    if options.marked is not None:
        checks = ct.collect_checks(options.marked, articles, hits, earlier=checks, lexicon=lexicon)
        write_checks(checks, file)
        print(f"\nMarks are kept in {printable(file, 1000)}: {number(checks['right'].count(), 'marked line')}.")
        lexicon = ct.read_lexicon(place)
    lines = lexicon_lines(lexicon, hits, checks, name=Path(place).name)
    print("\n" + "\n".join(lines))
    if options.sheet is not None:
        sheet = ct.draw_check_sheet(articles, hits, earlier=checks, referents=read_referents(place))
        _write_sheet(sheet, Path(options.sheet))


def _write_sheet(sheet: pd.DataFrame, file: Path) -> None:
    if sheet.empty:
        print("\nThere is no line to mark.")
        return
    if file.exists():
        raise CorpusError(f"The file {file.name} is there already and may hold marks; choose another name.")
    # The mark at the start tells spreadsheets that it is UTF-8.
    sheet.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    print(
        f"\n{number(len(sheet), 'line')} to mark in {printable(file, 1000)}: write yes or no into the last column, "
        "save it as CSV, and give it to the same command with --marked."
    )


def _report_by_names(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        options.copies = folder
        return _report(options)


def _for_notebooks(corpus: str, options: argparse.Namespace) -> str:
    """What notebooks read: they are told of a path only, so where columns are named they get a copy that needs none."""
    from corpus_tools.read.copies import write_named_copy

    columns = _named_columns(options.columns)
    return corpus if columns is None else str(write_named_copy(corpus, Path(options.copies), columns))


def _report(options: argparse.Namespace) -> int:
    import corpus_tools as ct
    from corpus_tools.show.report import SINGLE_FILE
    from corpus_tools.show.report_frames import report_frames
    from corpus_tools.show.start import glossary_text

    notebook_tools = _notebook_tools()
    corpus, is_sample = _corpus_place(options.corpus)
    if options.lexicon is None and not is_sample:
        raise CorpusError("A corpus of your own needs a lexicon of its own; name it with --lexicon.")
    lexicon = _lexicon_place(options.lexicon or corpus)
    frames = report_frames(corpus, lexicon, skip=options.skip, columns=_named_columns(options.columns))
    read_from = _for_notebooks(corpus, options)
    sources = [notebook_tools.read_source(path) for path in notebook_tools.find_sources()]
    ready = [
        notebook_tools.set_parameters(notebook_tools.report_version(source), corpus=read_from, lexicon=lexicon)
        for source in sources
    ]
    print(f"Running {number(len(ready), 'notebook')} on {printable(Path(corpus).name)} …", flush=True)

    def say(done: int, title: str, seconds: float) -> None:
        print(f"{done} of {len(ready)}: {title} … {seconds:.0f} s", flush=True)

    # Without a hit of the lexicon some notebooks have nothing to show, and the first page says why.
    on_error = "skip" if frames["shares"].empty else "raise"
    executed = notebook_tools.execute_all(ready, on_error=on_error, progress=say)
    index = ct.export_report(
        executed,
        options.out,
        corpus=Path(corpus).name,
        lexicon_name=Path(lexicon).name,
        glossary=glossary_text(),
        command=_again(corpus, lexicon, options),
        full_text=options.full_text,
        single_file=True,
        **frames,
    )
    print(f"All pages in one file, to send by mail: {index.with_name(SINGLE_FILE).resolve()}")
    print(f"Open this page in a browser: {index.resolve()}")
    if frames["shares"].empty:
        print("No pattern of the lexicon occurs in these articles; write one for them.", file=sys.stderr)
        return 1
    return 0


def _again(corpus: str, lexicon: str, options: argparse.Namespace) -> str:
    """The command that makes the same report, without the folders of this machine."""
    chosen = [flag for flag in ("--skip", "--full-text") if getattr(options, flag.strip("-").replace("-", "_"))]
    columns = ["--columns", options.columns] if options.columns else []
    return repeat_command(Path(corpus).name, Path(lexicon).name, *chosen, *columns)


def _corpus_place(name: str | None) -> tuple[str, bool]:
    """A path made absolute, because notebooks run elsewhere; or the name of a shipped sample."""
    if name is not None and Path(name).exists():
        return str(Path(name).resolve()), False
    return name or SAMPLE, True


def _lexicon_place(name: str) -> str:
    return str(Path(name).resolve()) if Path(name).is_file() else name


def _pack(options: argparse.Namespace) -> int:
    _notebook_tools()
    from corpus_tools.show.pack import write_pack

    pack, key = write_pack(options.out, corpus=options.corpus, lexicon=options.lexicon)
    print(f"For the class: {printable(pack.resolve(), 1000)}")
    print(f"For you alone: {printable(key.resolve(), 1000)}" if key else "One outlet only: there is nothing to guess.")
    return 0


def _lab(options: argparse.Namespace) -> int:
    from corpus_tools.show.start import START, lab_command, lay_out

    notebook_tools = _notebook_tools()
    folder = notebook_tools.source_folder().parent
    if not list(folder.glob("*.ipynb")):
        folder = Path(NOTEBOOK_FOLDER)
        lay_out(folder)
    print(f"Opening {folder / START} in JupyterLab; stop it with Ctrl+C.", flush=True)
    # Else another installation's kernel of the same name might come first.
    inside = {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1"}
    with subprocess.Popen(lab_command(folder, options.jupyter), env=inside) as server:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                # JupyterLab was sent Ctrl-C as well, and asks before it stops: let it finish.
                continue


def _notebook_tools():  # type: ignore[no-untyped-def]
    try:
        from corpus_tools.show import notebooks
    except ImportError as error:
        raise CorpusError("This needs the Jupyter packages: install corpus-tools with its extra 'lab'.") from error
    return notebooks


if __name__ == "__main__":
    sys.exit(main())
