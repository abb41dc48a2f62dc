"""Our own prose: contested words stand in quotation marks or in code, and places have both their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.read.sample import data_folder
from corpus_tools.show.notebooks import find_sources, read_header, read_source
from tests.conftest import CHECKOUT, articles_frame

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "notebooks/*.md", "teaching/**/*.md", "data/*/README.md")
FENCED = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
DOCTEST = re.compile(r"^[ \t]*>>> .*?(?=\n[ \t]*\n|\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"(?<=\])\([^)\s]*\)|^[ ]{0,3}\[[^\]]+\]:\s.*$|<[^>\n]*>", re.MULTILINE)
MARKUP = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
QUOTED = re.compile(r'“[^“”]*”|(?<![\w"])"[^"]*"(?!\w)|‘[^‘’]*’', re.DOTALL)
GONE = " ▢ "


def own_words(text: str) -> str:
    """A text without what is not said in our own voice: code, addresses, quotations."""
    for pattern in (FENCED, DOCTEST, CODE, LINK, MARKUP):
        text = pattern.sub(GONE, text)
    # A quotation does not go beyond its paragraph, else one lost mark would hide the rest of a page.
    return "\n\n".join(QUOTED.sub(GONE, part) for part in re.split(r"\n\s*\n", text))


def strings_of(path: Path, *, only_docstrings: bool) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if only_docstrings and isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        elif not only_docstrings and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def prose() -> dict[str, str]:
    """Where our own prose stands, and what it says."""
    found = {}
    for pattern in PAGES:
        for path in sorted(CHECKOUT.glob(pattern)):
            found[path.relative_to(CHECKOUT).as_posix()] = path.read_text(encoding="utf-8")
    for path in find_sources(CHECKOUT / "notebooks" / "source"):
        notebook = read_source(path)
        header = read_header(notebook)
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        slips = re.findall(r"#\s*slip:(.*)", path.read_text(encoding="utf-8"))
        words = [header.title, header.question, *header.goals, *header.needs, *cells, *slips]
        found[path.relative_to(CHECKOUT).as_posix()] = "\n\n".join(words)
    for path in sorted((CHECKOUT / "corpus_tools").rglob("*.j2")):
        found[path.relative_to(CHECKOUT).as_posix()] = path.read_text(encoding="utf-8")
    for path in sorted((CHECKOUT / "corpus_tools").rglob("*.py")):
        shown = path.parts[-2] == "show" or "show" in path.relative_to(CHECKOUT).parts or path.name == "cli.py"
        texts = strings_of(path, only_docstrings=not shown)
        found[path.relative_to(CHECKOUT).as_posix()] = "\n\n".join(texts)
    return {name: own_words(text) for name, text in found.items()}


# Words by which we ourselves name what a slot is about are not contested; slots.csv is where that was decided.
NEUTRAL = "\n".join(pd.read_csv(data_folder() / "karabakh" / "slots.csv", dtype="str").to_numpy().ravel()).casefold()
# As labels these need an actor or a place beside them, and the patterns that have those are looked for all the same.
ORDINARY = {
    "held": "holds a share, a hand, a meeting",
    "lost": "rows of a table",
    "returned": "what a function gives back",
    "handed over": "what is said in reported speech, or a frame to a function",
    "army": "of no side without a name before it",
    "military": "of no side without a name before it",
    "armenian name": "what the label is called, no word that an article has",
    "azerbaijani name": "the same",
}


# These are not contested in any company, and few.
PLAIN = {
    "died": "the plainest word there is, and said of the dead of both sides",
    "disruption": "the word of the bus strike; of a road only where one is named, which our prose names otherwise",
    "both names": "the form that our own rule asks for; whether they are in order is tested below",
}


# Its labels are four plain words for the same, and the six newsrooms were drawn to use them alike.
PLAIN_SLOT = "talks"


def contested() -> pd.DataFrame:
    """Patterns of our lexicon without the company that makes sure of their referent, and its labels as words."""
    lexicon = ct.read_lexicon("karabakh").assign(near="", unless="")
    lexicon = lexicon[lexicon["slot"] != PLAIN_SLOT]
    labels = lexicon.drop_duplicates(["slot", "label"]).assign(pattern=lambda frame: frame["label"].str.lower())
    return pd.concat([lexicon, labels[~labels["pattern"].isin({*ORDINARY, *PLAIN})]], ignore_index=True)


def found_in(texts: dict[str, str]) -> list[str]:
    articles = articles_frame([(name, "ours", text) for name, text in texts.items() if text.strip()])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)[:0]), contested())
    surface, label = (hits[column].str.casefold() for column in ("surface", "label"))
    ours = [a in NEUTRAL or b in NEUTRAL or b in PLAIN for a, b in zip(surface, label, strict=True)]
    kept = hits.loc[~np.array(ours, dtype=bool)]
    lines = ct.kwic(articles, kept)
    return [f"{row.article_id}: {row.left} [{row.node}] {row.right}" for row in lines.itertuples()]


@cache
def places() -> list[tuple[list[str], list[str]]]:
    table = pd.read_csv(data_folder() / "karabakh" / "gazetteer.csv", dtype="str")
    return [(az.split("|"), arm.split("|")) for az, arm in zip(table["azerbaijani"], table["armenian"], strict=True)]


def lone_names(text: str) -> list[str]:
    """Names of places that do not stand as both names in alphabetical order, such as Berdzor/Lachin."""
    pairs = ["/".join(sorted((a, b))) for az, arm in places() for a in az for b in arm]
    names = sorted({name for one in places() for side in one for name in side}, key=len, reverse=True)
    pair = re.compile("|".join(rf"\b{re.escape(x)}\b" for x in pairs))
    name = re.compile("|".join(rf"\b{re.escape(x)}\b" for x in names))
    return name.findall(pair.sub(GONE, text))


def test_our_prose_has_contested_words_only_in_quotation_marks_or_code() -> None:
    assert found_in(prose()) == []


def test_our_prose_has_both_names_of_a_place_in_alphabetical_order() -> None:
    assert {name: found for name, text in prose().items() if (found := lone_names(text))} == {}


def test_prose_is_read_where_it_stands() -> None:
    places = prose()
    for place in ("README.md", "CONTRIBUTING.md", "notebooks/glossary.md", "data/karabakh/README.md"):
        assert len(places[place]) > 1000
    assert sum(name.startswith("notebooks/source/") for name in places) >= 10
    assert "What this cannot tell you" in places["notebooks/source/01_meet_the_corpus.py"]
    assert "article" in places["corpus_tools/show/describe/shares.py"]
    assert "one outlet use more than another" in places["corpus_tools/compare/keyness.py"]


PLANTED = {
    "It was occupied, and later liberated.": ["occupied", "liberated"],
    "The blockade of the road went on.": ["blockade"],
    "An armed group came by.": ["armed group"],
    "The separatists said nothing.": ["separatists"],
    "The so-called republic printed a stamp.": ["so-called republic"],
    "After the exodus came the ethnic cleansing.": ["exodus", "ethnic cleansing"],
    "Azerbaijan captured the town; Armenia occupied others.": ["captured", "occupied"],
    "The aggression of that autumn.": ["aggression"],
    "The people of Artsakh left.": ["Artsakh"],
    "They were martyrs.": ["martyrs"],
    "They were murdered there.": ["murdered"],
}


def test_a_planted_sentence_is_caught() -> None:
    found = found_in({sentence: own_words(sentence) for sentence in PLANTED})
    for sentence, words in PLANTED.items():
        told = " ".join(line for line in found if line.startswith(sentence))
        for word in words:
            assert re.search(rf"\[[^]]*{word}", told), (word, told)


def test_quoted_or_as_code_it_is_data() -> None:
    shown = [
        form.format(sentence)
        for sentence in PLANTED
        for form in (
            "One wrote “{}” and more.",
            'One wrote "{}" there.',
            "The label `{}` stands.",
            "So:\n\n```\n{}\n```\n",
            "Examples\n\n>>> x\n{}\n",
        )
    ]
    assert found_in({str(number): own_words(text) for number, text in enumerate(shown)}) == []


def test_a_lost_quotation_mark_hides_no_more_than_its_paragraph() -> None:
    text = own_words('He said "no.\n\nThe blockade went on.\n\nShe said "yes" there.')
    assert len(found_in({"x": text})) == 1


NAMES = {
    "The town of Stepanakert.": ["Stepanakert"],
    "The Lachin corridor.": ["Lachin"],
    "From Stepanakert/Khankendi.": ["Stepanakert", "Khankendi"],
    "From Khankendi/Stepanakert by Berdzor/Lachin to Shusha/Shushi.": [],
    "The word “Stepanakert” and `Lachin`.": [],
}


@pytest.mark.parametrize(("sentence", "names"), NAMES.items())
def test_names_of_places_that_stand_alone_are_caught(sentence: str, names: list[str]) -> None:
    assert lone_names(own_words(sentence)) == names


def test_exceptions_are_labels_and_few() -> None:
    labels = set(ct.read_lexicon("karabakh")["label"].str.lower())
    assert {*ORDINARY, *PLAIN} <= labels
    assert len(ORDINARY) + len(PLAIN) <= 11


def test_addresses_are_not_prose() -> None:
    assert "blockade" not in own_words("[here](https://example.org/blockade) and <https://example.org/blockade>")
