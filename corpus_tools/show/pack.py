"""What a class is handed: notebooks without solutions, their corpus and lexicon, handouts, and the blind outlet."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from nbformat import NotebookNode

from corpus_tools.compare.blind import MASK, blind_cards
from corpus_tools.prepare.checks import CHECKS_FILE
from corpus_tools.prepare.lexicon import lexicon_path
from corpus_tools.read.copies import write_named_copy
from corpus_tools.read.sample import sample_folder, sample_names
from corpus_tools.read.sources import read_articles
from corpus_tools.schema import BLIND_CARDS, CorpusError, empty
from corpus_tools.show.handouts import handout_page
from corpus_tools.show.notebooks import (
    GLOSSARY,
    class_version,
    find_sources,
    glossary_path,
    read_header,
    read_parameters,
    read_source,
    set_parameters,
    source_folder,
    to_json,
)
from corpus_tools.show.start import START, start_page

CARDS = 6
KEY = "_key.csv"
# A name of the user's own could give an outlet away; this one does not.
OWN = "own"
_OF_A_LEXICON = ("lexicon.csv", "slots.csv", CHECKS_FILE)
# The earliest time that a ZIP file can hold: two packs of the same texts are the same file.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_HOW_TO_PLAY = f"""\
# The blind outlet

Who printed which? Read the cards of one folder. The names of all newsrooms are hidden in them ({MASK}). Write down a
newsroom for each card, and the three words that made you think so. Then compare with your neighbours. The key is with
your teacher.
"""

Files = dict[str, bytes]


class _Given(NamedTuple):
    """A corpus and a lexicon as the user names them."""

    corpus: str
    lexicon: str

    @property
    def corpus_place(self) -> str:
        return f"corpus/{self.corpus}" if _is_sample(self.corpus) else f"corpus/{OWN}/articles.jsonl"

    @property
    def lexicon_place(self) -> str:
        return f"lexicon/{self.lexicon if _is_sample(self.lexicon) else OWN}/lexicon.csv"


def write_pack(out: str | Path, *, corpus: str | None = None, lexicon: str | None = None) -> tuple[Path, Path | None]:
    """Which files does a class need, without what it should find out by itself?

    Parameters
    ----------
    out : str or path
        A new folder, or a new file that ends with ``.zip``.
    corpus : str, optional
        A sample or a path, for all notebooks. Without it each notebook has its own sample.
    lexicon : str, optional
        A name or a path, for all notebooks; a sample brings its own.

    Returns
    -------
    tuple of path and path
        The pack, and the key of the blind outlet beside it, for the teacher; None where nothing could be guessed.

    Raises
    ------
    CorpusError
        When the place is taken, the corpus cannot be read without loss, or it comes without a lexicon.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     pack, key = write_pack(Path(folder) / "pack", corpus="strike")
    ...     (pack / "start.md").is_file(), key.name
    (True, 'pack_key.csv')
    """
    out = Path(out)
    key_path = out.with_name(out.name.removesuffix(".zip") + KEY)
    for place in (out, key_path):
        if place.exists() and not (place.is_dir() and not any(place.iterdir())):
            raise CorpusError(f"There is something at {place.name} already; choose another name, or take it away.")
    sources = [read_source(path) for path in find_sources()]
    given = [_given(source, corpus, lexicon) for source in sources]
    files = _pages([_packed(*one, others=corpus is not None) for one in zip(sources, given, strict=True)])
    keys = []
    for one in dict.fromkeys(given):
        files |= _corpus_files(one) | _lexicon_files(one)
    for name in dict.fromkeys(one.corpus for one in given):
        cards = _cards(name)
        files |= _card_files(name, cards)
        keys.append(cards.assign(corpus=_short(name))[["corpus", "card", "outlet", "article_id"]])
    _write(out, files)
    key = pd.concat(keys)
    if key.empty:
        return out, None
    key.to_csv(key_path, index=False, encoding="utf-8", lineterminator="\n")
    return out, key_path


def _given(source: NotebookNode, corpus: str | None, lexicon: str | None) -> _Given:
    if corpus is None:
        own = read_parameters(source)
        return _Given(str(own["corpus"]), lexicon or str(own["lexicon"]))
    if lexicon is None and not _is_sample(corpus):
        raise CorpusError("A corpus of your own needs a lexicon of its own; name it with --lexicon.")
    return _Given(corpus, lexicon or corpus)


def _is_sample(name: str) -> bool:
    return name in sample_names() and not Path(name).exists()


def _short(name: str) -> str:
    return name if _is_sample(name) else OWN


def _packed(source: NotebookNode, given: _Given, *, others: bool) -> NotebookNode:
    """A class notebook that reads what lies beside it; another corpus has other slots and outlets."""
    values: dict[str, str | Path | None] = dict.fromkeys(("slot", "target", "reference")) if others else {}
    values |= {"corpus": given.corpus_place, "lexicon": given.lexicon_place}
    return class_version(set_parameters(source, **values))


def _pages(notebooks: list[NotebookNode]) -> Files:
    files = {f"{read_header(one).name}.ipynb": to_json(one).encode() for one in notebooks}
    files[START] = start_page([read_header(one) for one in notebooks], with_solutions=False).encode()
    files[GLOSSARY] = glossary_path().read_bytes()
    # In a wheel the handouts lie in the package, in a checkout among what is for teachers.
    package = source_folder().parent
    for folder in (package / "handouts", package.parent / "teaching" / "handouts"):
        for path in sorted(folder.glob("*.md")):
            files[f"handouts/{path.name}"] = path.read_bytes()
            files[f"handouts/{path.stem}.html"] = handout_page(path.read_text(encoding="utf-8")).encode()
    return files


def _corpus_files(given: _Given) -> Files:
    """The articles and nothing that lies beside them: truth, style guides and keys are no articles."""
    if _is_sample(given.corpus):
        paths = sorted(sample_folder(given.corpus).glob("*.md"))
        return {f"{given.corpus_place}/{path.name}": path.read_bytes() for path in paths}
    read_articles(given.corpus)
    with tempfile.TemporaryDirectory() as folder:
        return {given.corpus_place: write_named_copy(given.corpus, Path(folder), {}).read_bytes()}


def _lexicon_files(given: _Given) -> Files:
    lexicon, place = lexicon_path(given.lexicon), Path(given.lexicon_place).parent
    beside = [lexicon.with_name(name) for name in _OF_A_LEXICON[1:]]
    found = {(place / path.name).as_posix(): path.read_bytes() for path in beside if path.is_file()}
    return {given.lexicon_place: lexicon.read_bytes(), **found}


def _cards(corpus: str) -> pd.DataFrame:
    articles = read_articles(corpus)
    if len(articles["outlet"].unique()) < 2:
        return empty(BLIND_CARDS)
    return blind_cards(articles, n=min(CARDS, len(articles)))


def _card_files(corpus: str, cards: pd.DataFrame) -> Files:
    files = {
        # Plain text: whatever an article holds, nothing shows it as anything else.
        f"blind/{_short(corpus)}/card_{card.card}.txt": f"Card {card.card}\n\n{_paragraphs(card.text)}\n".encode()
        for card in cards.itertuples()
    }
    return {"blind/how_to_play.md": _HOW_TO_PLAY.encode(), **files} if files else {}


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _write(out: Path, files: Files) -> None:
    if out.suffix.lower() != ".zip":
        for name, content in files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{out.stem}/{name}", _NO_TIME)
            entry.create_system = 3
            pack.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
