"""Syllables without the network: the dictionary is put where nltk looks, whole, and no other takes its place."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from textstat import textstat

from corpus_tools.compare import syllables
from corpus_tools.compare.syllables import ensure_pronunciations, flesch_reading_ease
from corpus_tools.schema import CorpusError
from tests.conftest import CHECKOUT
from tests.test_offline import NO_NETWORK

BROUGHT = CHECKOUT / "corpus_tools" / "compare"
IN_ROOT = Path("corpora", "cmudict", "cmudict")
TEXT = "The cat sat on the mat. It was a very sunny day."
EASE_OF_TEXT = 102.045
OTHER_DICTIONARY = "CAT 1 K AE1 AE1 AE1 T\nSUNNY 1 S AH1\n"

# nltk works out its search path when it is imported, so the environment has to be another one before that.
START = """
import os, sys
os.umask({umask})
sys.prefix = {prefix!r}
"""
MEASURE = """
from corpus_tools.compare.syllables import ensure_pronunciations, flesch_reading_ease
print(ensure_pronunciations())
print(flesch_reading_ease("The cat sat on the mat. It was a very sunny day."))
"""


class Place:
    """An environment and a home folder of their own, for processes with sockets blocked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.prefix, self.home = folder, folder / "environment", folder / "home"
        self.prefix.mkdir()
        self.home.mkdir()

    def start(self, code: str = MEASURE, umask: int = 0o002) -> subprocess.Popen[str]:
        variables = {name: value for name, value in os.environ.items() if name != "NLTK_DATA"}
        home = {name: str(self.home) for name in ("HOME", "USERPROFILE", "APPDATA")}
        return subprocess.Popen(
            [
                sys.executable,
                "-W",
                "error",
                "-c",
                START.format(umask=umask, prefix=str(self.prefix)) + NO_NETWORK + code,
            ],
            cwd=self.folder,
            env={**variables, **home, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, code: str = MEASURE, umask: int = 0o002) -> list[str]:
        return finished(self.start(code, umask))

    def fails(self, code: str = MEASURE) -> str:
        process = self.start(code)
        last_line = process.communicate()[1].strip().splitlines()[-1]
        assert process.returncode == 1
        return last_line


def finished(process: subprocess.Popen[str]) -> list[str]:
    printed, faults = process.communicate()
    assert process.returncode == 0, faults
    return printed.splitlines()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def put_other_dictionary(folder: Path) -> Path:
    other = folder / "nltk_data" / IN_ROOT
    other.parent.mkdir(parents=True)
    other.write_text(OTHER_DICTIONARY, encoding="utf-8")
    for path in (other, *other.parents[:3]):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return other


def brought_counts() -> dict[str, int]:
    """Syllables of each word's first entry, counted in the file as Carnegie Mellon publishes it."""
    lines = gzip.decompress((BROUGHT / "cmudict.dict.gz").read_bytes()).decode().splitlines()
    entries = (line.split("#")[0].split() for line in lines)
    return {word: sum(phone[-1].isdigit() for phone in phones) for word, *phones in entries if "(" not in word}


# where the dictionary goes


@pytest.mark.parametrize("umask", [0o002, 0o077])
def test_a_new_environment_measures_without_the_network(umask: int, place: Place) -> None:
    written = place.prefix / "nltk_data" / IN_ROOT
    assert place.run(umask=umask) == [str(written), str(EASE_OF_TEXT)]
    assert not (place.home / "nltk_data").exists()
    assert sorted(path.name for path in (place.prefix / "nltk_data").rglob("*")) == [
        *("LICENSE", "cmudict", "cmudict", "corpora"),
    ]
    assert written.with_name("LICENSE").read_bytes() == (BROUGHT / "cmudict_LICENSE.txt").read_bytes()
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in (written, written.with_name("LICENSE"))} == {0o644}
        assert {path.stat().st_mode & 0o777 for path in written.parents[:3]} == {0o755}


def test_it_is_written_once(place: Place) -> None:
    place.run()
    written = place.prefix / "nltk_data" / IN_ROOT
    before = written.stat()
    assert place.run() == [str(written), str(EASE_OF_TEXT)]
    after = written.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_parallel_processes_do_not_meet_half_a_file(place: Place) -> None:
    processes = [place.start() for _ in range(3)]
    assert [finished(process)[1] for process in processes] == [str(EASE_OF_TEXT)] * 3
    assert not list((place.prefix / "nltk_data").glob("cmudict-*"))


def test_an_environment_that_cannot_be_written_leaves_it_to_the_home_folder(place: Place) -> None:
    (place.prefix / "nltk_data").write_text("not a folder", encoding="utf-8")
    assert place.run() == [str(place.home / "nltk_data" / IN_ROOT), str(EASE_OF_TEXT)]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_folder_that_nltk_refuses_is_passed_over(place: Place) -> None:
    (place.prefix / "nltk_data").mkdir()
    (place.prefix / "nltk_data").chmod(0o777)
    quiet = MEASURE.replace("from", "import warnings\nwarnings.simplefilter('default')\nfrom", 1)
    assert place.run(quiet) == [str(place.home / "nltk_data" / IN_ROOT), str(EASE_OF_TEXT)]


# other dictionaries


def test_another_dictionary_in_the_home_folder_changes_no_number(place: Place) -> None:
    other = put_other_dictionary(place.home)
    assert place.run()[1] == str(EASE_OF_TEXT)
    assert other.read_text(encoding="utf-8") == OTHER_DICTIONARY


def test_another_dictionary_in_the_environment_is_left_alone(place: Place) -> None:
    other = put_other_dictionary(place.prefix)
    assert place.run() == [str(place.home / "nltk_data" / IN_ROOT), str(EASE_OF_TEXT)]
    assert other.read_text(encoding="utf-8") == OTHER_DICTIONARY


def test_nowhere_to_put_it_is_an_error_that_names_the_places(place: Place) -> None:
    put_other_dictionary(place.prefix)
    (place.home / "nltk_data").write_text("not a folder", encoding="utf-8")
    message = place.fails()
    assert message.startswith("corpus_tools.schema.CorpusError: Syllables need a pronouncing dictionary")
    assert f"{place.prefix / 'nltk_data'} (another dictionary is there)" in message
    assert f"{place.home / 'nltk_data'} (" in message


def test_a_dictionary_opened_before_is_an_error(place: Place) -> None:
    other = put_other_dictionary(place.home)
    message = place.fails("import nltk\nnltk.corpus.cmudict.dict()\n" + MEASURE)
    assert "CorpusError: nltk has already opened another pronouncing dictionary" in message
    assert str(other) in message


# nltk and textstat as they were


def test_no_setting_of_nltk_or_textstat_changes(place: Place) -> None:
    code = """
import nltk, warnings
from textstat import textstat
textstat.set_lang("de_DE")
before = list(nltk.data.path), list(warnings.filters)
"""
    after = "print((list(nltk.data.path), list(warnings.filters)) == before, textstat._textstatistics__lang)"
    assert place.run(code + MEASURE + after)[1:] == [str(EASE_OF_TEXT), "True de_DE"]


# what is counted


def test_textstat_counts_what_the_dictionary_says() -> None:
    ensure_pronunciations()
    counts = brought_counts()
    words = [word for word in sorted(counts) if word.isalpha()][::500]
    assert len(words) > 200
    assert {word: textstat.syllable_count(word) for word in words} == {word: counts[word] for word in words}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("area", 3), ("business", 2), ("evening", 2), ("fire", 2), ("people", 2), ("reported", 3), ("said", 1)],
)
def test_words_that_an_estimate_from_letters_gets_wrong(word: str, syllables: int) -> None:
    ensure_pronunciations()
    assert textstat.syllable_count(word) == syllables


def test_reference_values_of_textstat(shared: Path) -> None:
    cases = json.loads((shared / "golden" / "readability.json").read_text(encoding="utf-8"))["cases"]
    whole = [case for case in cases if "textstat_0.7.13" in case]
    assert len(whole) == 3
    for case in whole:
        expected = case["textstat_0.7.13"]
        assert flesch_reading_ease(case["input"]["text"]) == pytest.approx(expected["flesch_reading_ease"], abs=1e-6)
        assert textstat.syllable_count(case["input"]["text"]) == expected["syllables"]


def test_a_text_without_words() -> None:
    assert flesch_reading_ease("") == 0


# what is brought along


def test_the_dictionary_is_the_published_one_with_its_licence() -> None:
    table = gzip.decompress((BROUGHT / "cmudict.dict.gz").read_bytes())
    published = "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22"
    assert hashlib.sha256(table).hexdigest() == published
    licence = (BROUGHT / "cmudict_LICENSE.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright (C) 1993-2015 Carnegie Mellon University.")
    assert licence.rstrip().endswith("EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.")


@pytest.mark.parametrize(
    "content", [b"not packed", gzip.compress(b"cat K AE1 T\n"), gzip.compress(b"cat K AE1 T\n")[:-9]]
)
def test_a_damaged_package_is_an_error(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cmudict.dict.gz").write_bytes(content)
    monkeypatch.setattr(syllables, "files", lambda _: tmp_path)
    with pytest.raises(CorpusError, match="is damaged; install corpus_tools again"):
        syllables._pronunciations()


def test_wheel_and_source_archive_carry_both_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,), (archive,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    names = {f"corpus_tools/compare/{name}" for name in ("cmudict.dict.gz", "cmudict_LICENSE.txt", "syllables.py")}
    assert names <= set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(archive) as opened:
        assert names <= {name.partition("/")[2] for name in opened.getnames()}
