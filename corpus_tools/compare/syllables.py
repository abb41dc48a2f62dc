"""Syllables as the CMU Pronouncing Dictionary has them, so that textstat counts them without the network.

The dictionary lies beside this module (``cmudict.dict.gz``, unchanged) under the permissive terms of Carnegie Mellon
University (``cmudict_LICENSE.txt``), which let anyone pass it on as long as they pass on the notice, so the project
stays MIT; a dependency on the package that also brings it would have put GPL-3 into the lock for one table of data.
Because textstat asks nltk for the dictionary and downloads it where nltk finds none, it is written once, in nltk's own
layout, into a folder that nltk searches: no setting of either changes, and no estimate takes its place unnoticed.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import warnings
import zlib
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import nltk
from nltk.corpus import cmudict
from textstat.backend import metrics

from corpus_tools.schema import CorpusError

_SHA256 = "0194723cfb2fc8cf4a9be8f44885d2647d05eee06eb452514847783a2206c285"
_DAMAGED = "The pronouncing dictionary inside corpus_tools (cmudict.dict.gz) is damaged; install corpus_tools again"
# nltk refuses what other accounts could have written; these modes hold whatever the umask is.
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


def flesch_reading_ease(text: str) -> float:
    """How easily does this English text read, by textstat's count of words, sentences and syllables?

    About 90 is very easy, 30 very difficult; 0 for a text without words, as textstat has it.
    """
    ensure_pronunciations()
    # The options of the module ``textstat`` (language, rounding) are the user's and are not read.
    return float(metrics.flesch_reading_ease(text, "en_US"))


@cache
def ensure_pronunciations() -> Path:
    """Have nltk, and so textstat, read the pronunciations that this package brings, and tell where they lie.

    They are written into the environment, or else into ``nltk_data`` in the user's own folder. Nothing that lies
    there already is changed, and no socket is opened.
    """
    refusals = []
    for root in _folders():
        try:
            written = _write_once(root)
            _load_from(root)
        except (OSError, LookupError) as fault:
            refusals.append(f"{root} ({_reason(fault)})")
        else:
            _require_own_pronunciations()
            return written
    raise CorpusError(
        f"Syllables need a pronouncing dictionary, and it can be put into none of {', '.join(refusals)}; make one of "
        "these folders writable for your account alone, or remove its corpora/cmudict"
    )


def _folders() -> list[Path]:
    found = [Path(sys.prefix) / "nltk_data"]
    with suppress(RuntimeError):  # an account without a folder of its own
        found.append(Path.home() / "nltk_data")
    return found


def _reason(fault: Exception) -> str:
    if isinstance(fault, FileExistsError):
        return "another dictionary is there"
    if isinstance(fault, LookupError):
        return "nltk does not read there, as other accounts may change it or it is not on nltk.data.path"
    return getattr(fault, "strerror", None) or str(fault)


def _is_own(file: Path) -> bool:
    return file.is_file() and sha256(file.read_bytes()).hexdigest() == _SHA256


def _write_once(root: Path) -> Path:
    target = root / "corpora" / "cmudict" / "cmudict"
    if target.exists():
        if not _is_own(target):
            raise FileExistsError(target)
        return target
    pronunciations = _pronunciations()
    for folder in (root, root / "corpora", target.parent):
        if not folder.is_dir():
            # A parallel process may make it first, with the same mode.
            folder.mkdir(_FOLDER_MODE, exist_ok=True)
            folder.chmod(_FOLDER_MODE)
    _put(root, target.with_name("LICENSE"), files("corpus_tools.compare").joinpath("cmudict_LICENSE.txt").read_bytes())
    _put(root, target, pronunciations)
    return target


def _put(root: Path, target: Path, content: bytes) -> None:
    """Write a file that is either whole or not there, however many processes do so at once."""
    handle, name = tempfile.mkstemp(dir=root, prefix="cmudict-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        written.chmod(_FILE_MODE)
        written.replace(target)
    except PermissionError:
        # Windows replaces no file that is open: then a parallel process has put the same one there.
        if not target.exists():
            raise
    finally:
        written.unlink(missing_ok=True)


def _pronunciations() -> bytes:
    """The dictionary in nltk's layout: the word, the number of the variant, the phones."""
    try:
        table = gzip.decompress(files("corpus_tools.compare").joinpath("cmudict.dict.gz").read_bytes())
    except (OSError, EOFError, zlib.error) as fault:
        raise CorpusError(_DAMAGED) from fault
    lines = []
    for line in table.decode("utf-8", "replace").splitlines():
        written, *phones = line.partition("#")[0].split()
        word, _, variant = written.removesuffix(")").partition("(")
        lines.append(" ".join((word.upper(), variant or "1", *phones)))
    content = "\n".join([*lines, ""]).encode()
    if sha256(content).hexdigest() != _SHA256:
        raise CorpusError(_DAMAGED)
    return content


def _load_from(root: Path) -> None:
    """Have nltk open the dictionary here, even where a folder that it searches earlier holds another one."""
    with warnings.catch_warnings():
        # What nltk warns of is said in the error.
        warnings.simplefilter("ignore", RuntimeWarning)
        nltk.data.find("corpora/cmudict", [str(root)])
        nltk.data.path.insert(0, str(root))
        try:
            cmudict.ensure_loaded()
        finally:
            nltk.data.path.remove(str(root))
        # What textstat asks before it would download.
        nltk.data.find("corpora/cmudict")


def _require_own_pronunciations() -> None:
    """nltk keeps the dictionary that it opened first in a session."""
    opened = Path(str(cmudict.abspath("cmudict")))
    if not _is_own(opened):
        raise CorpusError(
            f"nltk has already opened another pronouncing dictionary, {opened}, in this session; restart Python (or "
            "the kernel) and count syllables with corpus_tools first"
        )
