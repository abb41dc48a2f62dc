"""Notebook sources: versions, parameters, running, and the rules that cells keep."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pandas as pd
import pytest

from corpus_tools import corpus_fingerprint, read_sample
from corpus_tools.schema import CorpusError, CorpusWarning
from corpus_tools.show.answers import stored_answers
from corpus_tools.show.notebooks import (
    ANSWER,
    class_version,
    execute,
    execute_all,
    find_sources,
    read_header,
    read_parameters,
    read_source,
    report_version,
    set_parameters,
    solutions_version,
    source_folder,
    to_json,
)
from corpus_tools.show.recording import exercises_in, on_samples

HEADER = """\
# ---
# jupyter:
#   corpus_tools:
#     title: A small one
#     question: How many rows are there?
#     goals:
#     - count rows
#     - say what a count leaves out
#     minutes: 5
#     needs:
#     - reading a table
# ---
"""
TERMS = "cue hit label lead node share slot voice".split()
LINKS = " ".join(f"[{term}](glossary.md#{term})" for term in TERMS)
WORDS = " ".join(["word"] * 30)
BODY = f"""
# %% [markdown]
# ## What is there?
#
# {LINKS}
#
# {WORDS}

# %% tags=["parameters"]
corpus = "strike"
lexicon = "strike"
slot = None
target = None
reference = None

# %% [markdown]
# {WORDS}

# %%
rows = [corpus, lexicon]
len(rows)

# %% [markdown]
# {WORDS}
#
# ## What this cannot tell you
#
# Nothing about anything else.

# %% [markdown] tags=["exercise", "open"]
# ## Exercises
#
# **1.** How many are there twice over?

# %% tags=["solution"]
2 * len(rows)

# %% [markdown] tags=["solution"]
# Twice as many.

# %% [markdown]
# ## Take-away
#
# Rows can be counted.
"""


@pytest.fixture(scope="module")
def build(checkout: Path) -> ModuleType:
    path = checkout / "notebooks" / "build.py"
    spec = importlib.util.spec_from_file_location("notebooks_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "notebooks"
    (place / "source").mkdir(parents=True)
    (place / "glossary.md").write_text("# Glossary\n" + "".join(f"\n## {term}\n\nA word.\n" for term in TERMS))
    write(place, HEADER + BODY)
    return place


def write(folder: Path, text: str, name: str = "01_small") -> Path:
    path = folder / "source" / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return path


def small(folder: Path) -> nbformat.NotebookNode:
    return read_source(folder / "source" / "01_small.py")


def sources_of(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


def test_header_comes_from_the_source(folder: Path) -> None:
    header = read_header(small(folder))
    assert header == (
        "01_small",
        "A small one",
        "How many rows are there?",
        ("count rows", "say what a count leaves out"),
        5,
        ("reading a table",),
    )


@pytest.mark.parametrize("lacking", ["title", "question", "goals", "minutes", "needs"])
def test_an_incomplete_header_is_named(folder: Path, lacking: str) -> None:
    path = write(folder, (HEADER + BODY).replace(f"#     {lacking}:", "#     other:"))
    with pytest.raises(CorpusError, match=rf"01_small needs '{lacking}'"):
        read_source(path)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        HEADER.replace("title: A", "title: [A") + BODY,
        HEADER.replace("title: A", "title: !!python/name:os.system A"),
    ],
)
def test_a_source_that_is_none_is_one_sentence(folder: Path, text: str) -> None:
    path = write(folder, text)
    with pytest.raises(CorpusError, match=r"The notebook source 01_small\.py"):
        read_source(path)


def test_class_version_cuts_solutions_and_leaves_room(folder: Path) -> None:
    notebook = class_version(small(folder))
    assert "2 * len(rows)" not in sources_of(notebook)
    assert "Twice as many" not in sources_of(notebook)
    assert [cell.source for cell in notebook.cells].count(ANSWER) == 1
    assert "How many are there twice over?" in sources_of(notebook)
    first = notebook.cells[0].source
    assert first.startswith("# A small one\n")
    for part in ("How many rows are there?", "- say what a count leaves out", "- reading a table", "5 minutes"):
        assert part in first


def test_solutions_version_has_everything(folder: Path) -> None:
    notebook = solutions_version(small(folder))
    assert [cell.source for cell in notebook.cells[1:]] == [cell.source for cell in small(folder).cells]


def test_report_version_has_neither_exercises_nor_solutions(folder: Path) -> None:
    text = sources_of(report_version(small(folder)))
    assert "Exercises" not in text
    assert "2 * len(rows)" not in text
    assert "Take-away" in text


@pytest.mark.parametrize("version", [class_version, solutions_version, report_version])
def test_versions_are_valid_and_the_same_every_time(folder: Path, version) -> None:
    notebook = version(small(folder))
    nbformat.validate(nbformat.reads(to_json(notebook), as_version=4))
    assert to_json(notebook) == to_json(version(small(folder)))
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_a_cell_put_in_front_changes_no_other_id(folder: Path) -> None:
    before = {cell.source: cell.id for cell in small(folder).cells}
    write(folder, HEADER + "\n# %% [markdown]\n# Put in front.\n" + BODY)
    after = {cell.source: cell.id for cell in small(folder).cells}
    assert before.items() <= after.items()


HOSTILE = ['a"b', "a'b", "a\nimport os", "\\", "'''", '"""', "\u2028", "\ud800", "‮", "$x$", "'; raise SystemExit #"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_parameter_is_only_ever_a_literal(folder: Path, value: str) -> None:
    notebook = set_parameters(small(folder), corpus=value)
    assert read_parameters(notebook) == {**read_parameters(small(folder)), "corpus": value}


def test_parameters_keep_the_others_and_take_paths(folder: Path, tmp_path: Path) -> None:
    notebook = set_parameters(small(folder), corpus=tmp_path, target="A")
    assert read_parameters(notebook) == {
        "corpus": str(tmp_path),
        "lexicon": "strike",
        "slot": None,
        "target": "A",
        "reference": None,
    }
    assert read_parameters(small(folder))["target"] is None


@pytest.mark.parametrize("value", [1, ["a"], object(), b"a"])
def test_a_parameter_of_another_kind_is_refused(folder: Path, value: object) -> None:
    with pytest.raises(CorpusError, match="must be a text, a path or None"):
        set_parameters(small(folder), corpus=value)  # type: ignore[arg-type]


def test_an_unknown_parameter_is_refused_with_the_nearest(folder: Path) -> None:
    with pytest.raises(CorpusError, match="did you mean 'corpus'"):
        set_parameters(small(folder), corpsu="x")


def test_running_happens_elsewhere_and_leaves_the_original_alone(folder: Path) -> None:
    text = BODY.replace("len(rows)\n", "import os; print(os.getcwd()); print(os.environ['PYTHONHASHSEED'])\n", 1)
    write(folder, HEADER + text)
    notebook = small(folder)
    done = execute(notebook)
    printed = next(cell.outputs[0]["text"] for cell in done.cells if cell.get("outputs"))
    ran_in, seed = printed.split()
    assert Path(ran_in) != Path.cwd()
    assert not Path(ran_in).exists()
    assert seed == "0"
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_no_notebook_reaches_the_network(folder: Path) -> None:
    ask = "urllib.request.urlopen('http://example.org', timeout=3)"
    fetch = f"import urllib.request\ntry:\n    {ask}\nexcept OSError as error:\n    print(error)\n"
    write(folder, HEADER + BODY.replace("len(rows)\n", fetch, 1))
    printed = next(cell.outputs[0]["text"] for cell in execute(small(folder)).cells if cell.get("outputs"))
    assert "refused" in printed


def test_an_error_is_one_sentence_with_notebook_cell_and_last_line(folder: Path) -> None:
    write(folder, HEADER + BODY.replace("len(rows)\n", "raise KeyError('first\\nthe last line')\n", 1))
    with pytest.raises(CorpusError) as caught:
        execute(small(folder))
    message = str(caught.value)
    assert message.startswith("Notebook 01_small stopped in cell 4 (rows = [corpus, lexicon]): KeyError: ")
    assert "the last line" in message
    assert "\n" not in message
    assert "\x1b" not in message


def test_a_cell_that_never_ends_is_stopped(folder: Path) -> None:
    write(folder, HEADER + BODY.replace("len(rows)\n", "import time; time.sleep(60)\n", 1))
    with pytest.raises(CorpusError, match=r"stopped in cell 4 .* more than 1 s"):
        execute(small(folder), timeout=1)


def test_several_run_side_by_side_in_the_order_given(folder: Path) -> None:
    names = ["01_small", "02_small"]
    write(folder, HEADER + BODY, "02_small")
    notebooks = [report_version(read_source(folder / "source" / f"{name}.py")) for name in names]
    said: list[tuple[int, str]] = []
    done = execute_all(notebooks, progress=lambda number, title, _: said.append((number, title)))
    assert [read_header(notebook).name for notebook in done] == names
    assert said == [(1, "A small one"), (2, "A small one")]


def test_one_error_among_several_surfaces(folder: Path) -> None:
    write(folder, HEADER + BODY.replace("len(rows)\n", "1 / 0\n", 1), "02_bad")
    notebooks = [read_source(path) for path in find_sources(folder / "source")]
    with pytest.raises(CorpusError, match=r"02_bad .* ZeroDivisionError"):
        execute_all(notebooks)
    with pytest.warns(CorpusWarning, match=r"02_bad .* left out"):
        assert len(execute_all(notebooks, on_error="skip")) == 1


def test_build_writes_both_and_check_is_content(build: ModuleType, folder: Path) -> None:
    assert build.main([], folder=folder) == 0
    assert (folder / "01_small.ipynb").is_file()
    assert (folder / "solutions" / "01_small.ipynb").is_file()
    assert build.main(["--check"], folder=folder) == 0


def test_check_names_what_is_stale_missing_and_left_over(build: ModuleType, folder: Path, capsys) -> None:
    build.main([], folder=folder)
    (folder / "99_gone.ipynb").write_text("{}")
    (folder / "solutions" / "01_small.ipynb").unlink()
    write(folder, HEADER + BODY.replace("Rows can be counted.", "Rows can be counted again."))
    capsys.readouterr()
    assert build.main(["--check"], folder=folder) == 1
    told = capsys.readouterr().err
    assert "01_small.ipynb is stale" in told
    assert "solutions/01_small.ipynb is missing" in told
    assert "99_gone.ipynb has no source" in told


def test_check_sees_outputs_that_were_saved(build: ModuleType, folder: Path) -> None:
    build.main([], folder=folder)
    path = folder / "01_small.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"execution_count": null', '"execution_count": 1'))
    assert build.stale(folder) == ["01_small.ipynb is stale; change its source and run notebooks/build.py."]


def test_a_good_source_breaks_no_rule(build: ModuleType, folder: Path) -> None:
    assert build.broken_rules(small(folder)) == []


RESULT = "rows = [corpus, lexicon]\nlen(rows)\n"
BAD = {
    "unknown tag 'exercize'": ('tags=["exercise"', 'tags=["exercize"'),
    "first code cell must be tagged": ('# %% tags=["parameters"]', "# %%"),
    "parameters must be": ("target = None\n", ""),
    "defines a function or a class": (RESULT, "def f():\n    return 1\n"),
    "1 to 6 are usual": (RESULT, "x = 1\n" * 13),
    "more than 6 lines": (RESULT, "x = 1\n" * 7),
    "is not plain Python": (RESULT, "%matplotlib inline\n"),
    "shows a result and needs 25 words of prose before": (f"# {WORDS}\n\n# %%\nrows", "# Few.\n\n# %%\nrows"),
    "is interactive and has 7 lines": (RESULT, RESULT + '\n# %% tags=["interactive"]\n' + "x = 1\n" * 7),
    "shows a result and needs 25 words of prose after": (f"# {WORDS}\n#\n# ## What", "# ## What"),
    "code follows without a word": (RESULT, RESULT + "\n# %%\nx = 1\n"),
    "too many code cells follow": (RESULT, "x = 1\n\n# %%\n" + RESULT),
    "'What this cannot tell you' is missing": ("What this cannot tell you", "Limits"),
    "'Take-away' is missing": ("## Take-away", "## The end"),
    "no cell tagged 'exercise'": ('[markdown] tags=["exercise", "open"]', "[markdown]"),
    "headings in cells begin with '##'": ("# ## What is there?", "# # What is there?"),
    "has no solution after it": ('# %% tags=["solution"]\n2 * len(rows)\n', "# %% [markdown]\n# Nothing.\n"),
    "must be tagged 'exercise' too": (
        '# %% [markdown] tags=["exercise", "open"]\n# ## Exercises\n#\n',
        '# %% [markdown]\n# ## Exercises\n\n# %% [markdown] tags=["exercise"]\n',
    ),
    "comes too early": ("# ## Exercises\n", "# ## Take-away\n"),
}  # fmt: skip
FETCHES = [
    "import urllib.request",
    "from requests import get",
    "import nltk; nltk.download('punkt')",
    "!pip install x",
    "%pip install x",
    "%%bash\nls",
    "import pandas as pd; pd.read_csv('https://example.org/a.csv')",
    "import os; os.system('ls')",
    "import subprocess",
]


@pytest.mark.parametrize(("told", "change"), BAD.items(), ids=list(BAD))
def test_each_rule_fires(build: ModuleType, folder: Path, told: str, change: tuple[str, str]) -> None:
    text = HEADER + BODY
    assert change[0] in text
    write(folder, text.replace(*change))
    assert any(told in found for found in build.broken_rules(small(folder))), build.broken_rules(small(folder))


@pytest.mark.parametrize("code", FETCHES)
def test_whatever_fetches_is_found(build: ModuleType, folder: Path, code: str) -> None:
    write(folder, HEADER + BODY.replace(RESULT, code + "\n"))
    assert any("fetches or installs" in found for found in build.broken_rules(small(folder)))


INTERACTIVE = RESULT + '\n# %% tags=["interactive"]\nimport corpus_tools\ncorpus_tools.explore(rows)\n'


def test_an_interactive_cell_needs_no_prose_and_stays_off_the_page(build: ModuleType, folder: Path) -> None:
    write(folder, HEADER + BODY.replace(RESULT, INTERACTIVE))
    assert build.broken_rules(small(folder)) == []
    assert "explore(rows)" not in sources_of(report_version(small(folder)))
    for version in (class_version, solutions_version):
        assert "explore(rows)" in sources_of(version(small(folder)))


def test_a_word_about_a_result_is_owed_in_spite_of_an_interactive_cell(build: ModuleType, folder: Path) -> None:
    write(folder, HEADER + BODY.replace(RESULT, INTERACTIVE).replace(f"# {WORDS}\n#\n# ## What", "# ## What"))
    assert any("25 words of prose after" in found for found in build.broken_rules(small(folder)))


ANSWERED = """\
# %% [markdown] tags=["exercise"]
# ## Exercises
#
# **1.** How many are there twice over? `ct.check_answer("01.1", your_result, articles)`

# %% tags=["solution"]
import corpus_tools as ct
articles = ct.read_sample(corpus)
ct.check_answer("01.1", 2 * len(rows), articles)
ct.check_answer("01.1", len(rows), articles)  # slip: You forgot to double.
"""
OPEN = BODY[BODY.index('# %% [markdown] tags=["exercise"') : BODY.index('# %% [markdown] tags=["solution"]')]


def checked_exercise(folder: Path, *change: str) -> None:
    assert not change or change[0] in ANSWERED
    write(folder, HEADER + BODY.replace(OPEN, (ANSWERED.replace(*change) if change else ANSWERED) + "\n"))


def test_answers_are_stored_and_missed(build: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked_exercise(folder)
    assert build.unanswered(folder) == ["01.1 is not in answers.csv; run notebooks/build.py --answers."]
    assert build.main(["--answers", "01"], folder=folder) == 0
    assert capsys.readouterr().err == ""
    assert build.main(["--check"], folder=folder) == 0
    stored = build.read_answers(folder)
    assert set(stored["reply"]) == {"", "You forgot to double."}
    assert stored["fingerprint"].nunique() == 2
    build.write_answers(folder, only=["02"])
    checked_exercise(folder, "2 * len(rows)", "1 / 0")
    assert build.main(["--answers"], folder=folder) == 1
    assert "01_small stopped" in capsys.readouterr().err
    pd.testing.assert_frame_equal(build.read_answers(folder), stored)
    write(folder, HEADER + BODY)
    assert build.unanswered(folder) == ["01.1 of answers.csv is no exercise any more."]


UNCHECKED = {
    "calls no check_answer and is not tagged 'open'": ("ct.check_answer", "print"),
    "does not tell to hand the result": ("`ct.check_answer(", "`check("),
    "calls check_answer with '01.2'": ('"01.1", 2 *', '"01.2", 2 *'),
    "the first call is the answer": ("  # slip: You forgot to double.", ""),
    "is tagged 'open' and has an answer to check": ('["exercise"]', '["exercise", "open"]'),
}


@pytest.mark.parametrize(("told", "change"), UNCHECKED.items(), ids=list(UNCHECKED))
def test_an_exercise_that_cannot_be_checked_is_named(
    build: ModuleType, folder: Path, told: str, change: tuple[str, str]
) -> None:
    checked_exercise(folder, *change)
    assert any(told in found for found in build.unanswered(folder)), build.unanswered(folder)


GLOSSARY_FAULTS = {
    "explains 'lead' twice": ("## node", "## lead"),
    "'hit' stands after 'lexicon'": ("## cue", "## lexicon"),
    "'Hit' is not in small letters": ("## hit", "## Hit"),
    "links to 'hit', which glossary.md does not explain; did you mean 'hint'": ("## hit", "## hint"),
}


@pytest.mark.parametrize(("told", "change"), GLOSSARY_FAULTS.items(), ids=list(GLOSSARY_FAULTS))
def test_faults_of_the_glossary_are_named(build: ModuleType, folder: Path, told: str, change: tuple[str, str]) -> None:
    assert build.glossary_breaks(folder) == []
    text = (folder / "glossary.md").read_text()
    assert change[0] in text
    (folder / "glossary.md").write_text(text.replace(*change))
    assert any(told in found for found in build.glossary_breaks(folder)), build.glossary_breaks(folder)


def test_a_notebook_with_few_terms_is_named(build: ModuleType, folder: Path) -> None:
    write(folder, HEADER + BODY.replace("[voice](glossary.md#voice)", "[cue](glossary.md#cue)"))
    assert build.glossary_breaks(folder) == ["01_small.py links to 7 terms of glossary.md; 8 are the fewest."]


def test_a_broken_rule_fails_the_build_and_names_the_source(build: ModuleType, folder: Path, capsys) -> None:
    write(folder, HEADER + BODY.replace("## Take-away", "## The end"))
    assert build.main([], folder=folder) == 1
    assert "01_small.py: 'Take-away' is missing." in capsys.readouterr().err


def test_the_notebooks_of_the_project_are_fresh_and_keep_the_rules(build: ModuleType) -> None:
    assert build.rule_breaks(build.HERE) == []
    assert build.stale(build.HERE) == []


POOR = {
    "no voices, one article": ("The bridge opened on Monday. Three boats passed.", 1, "no stretch in another voice"),
    "no names, one outlet": ("Mayor Ann Lee denied it. Lee said: “No boat is needed.”", 6, "The lexicon finds no name"),
}


COMPARING = ("07_which_words", "08_in_whose_company", "09_could_it_be_chance", "10_outlet_topic_or_month")
ONE_ARTICLE, ONE_OUTLET = POOR.values()


def poor_corpus(folder: Path, text: str, articles: int) -> Path:
    """Neither date, title nor event."""
    rows = [f"{number},Solo Post,{text} It was day {number}." for number in range(articles)]
    corpus = folder / "poor.csv"
    corpus.write_text("\n".join(["article_id,outlet,text", *rows]), encoding="utf-8")
    return corpus


def poor_notebook(checkout: Path, name: str, corpus: Path) -> nbformat.NotebookNode:
    notebook = read_source(checkout / "notebooks" / "source" / f"{name}.py")
    return set_parameters(notebook, corpus=corpus, lexicon="strike")


def outputs_of(notebook: nbformat.NotebookNode) -> str:
    return str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])


@pytest.mark.parametrize(("text", "articles", "told"), POOR.values(), ids=list(POOR))
def test_whose_words_runs_on_a_poor_corpus(checkout: Path, tmp_path: Path, text: str, articles: int, told: str) -> None:
    """No name of the lexicon, and in one of them nobody who speaks."""
    notebook = poor_notebook(checkout, "03_whose_words_are_these", poor_corpus(tmp_path, text, articles))
    assert told in outputs_of(execute(notebook))


@pytest.mark.parametrize(("text", "articles", "_"), POOR.values(), ids=list(POOR))
def test_company_runs_on_a_poor_corpus(checkout: Path, tmp_path: Path, text: str, articles: int, _: str) -> None:
    """No name of the lexicon, one outlet: nothing to compare, and it goes on to the end and says so."""
    corpus = poor_corpus(tmp_path, text, articles)
    company = execute(poor_notebook(checkout, "08_in_whose_company", corpus))
    assert "There is no second outlet with enough of the word." in outputs_of(company)


def test_words_of_one_outlet_without_a_difference_are_told_in_a_sentence(checkout: Path, tmp_path: Path) -> None:
    """Its earlier and its later articles have the same words, so that neither side has more of any."""
    corpus = poor_corpus(tmp_path, ONE_OUTLET[0], ONE_OUTLET[1])
    corpus.write_text(re.sub(r" It was day \d\.", "", corpus.read_text(encoding="utf-8")), encoding="utf-8")
    words = execute(poor_notebook(checkout, "07_which_words", corpus))
    assert "No word is more frequent on either side." in outputs_of(words)


def test_no_notebook_asks_what_its_corpus_is_called() -> None:
    """In a student pack a sample is a folder, and a corpus of one's own has any name."""
    asks = re.compile(r"\b(corpus|lexicon)\b\)?\s*(==|!=|\bin\b|\bnot in\b|\.endswith)|==\s*(corpus|lexicon)\b")
    assert asks.search('if corpus == "strike"')
    for path in find_sources():
        code = [cell.source for cell in read_source(path).cells if cell.cell_type == "code"]
        assert not asks.search("\n".join(code)), path.name


@pytest.mark.parametrize(
    ("name", "poor", "told"),
    [
        ("07_which_words", ONE_ARTICLE, r"There is one outlet only, 'Solo Post'; a comparison needs two\."),
        ("09_could_it_be_chance", ONE_ARTICLE, r"One article cannot be cut in two heaps"),
        ("09_could_it_be_chance", ONE_OUTLET, r"No pattern of the lexicon occurs in these articles"),
        ("10_outlet_topic_or_month", ONE_ARTICLE, r"One article has nothing to be compared with"),
        ("10_outlet_topic_or_month", ONE_OUTLET, r"No pattern of the lexicon occurs in these articles"),
    ],
)
def test_a_comparison_without_two_sides_is_refused_in_a_sentence(
    checkout: Path, tmp_path: Path, name: str, poor: tuple[str, int, str], told: str
) -> None:
    with pytest.raises(CorpusError, match=told):
        execute(poor_notebook(checkout, name, poor_corpus(tmp_path, *poor[:2])))


def test_comparing_notebooks_run_on_six_articles_and_find_nothing(checkout: Path, tmp_path: Path) -> None:
    """Two outlets with three articles each and no dates: what needs five is missing, and nothing is supported."""
    articles = read_sample("strike")
    few = articles[articles["outlet"] != "Harbour Wire"].groupby("outlet").head(3)
    few[["article_id", "outlet", "text"]].to_csv(tmp_path / "few.csv", index=False)
    done = execute_all([poor_notebook(checkout, name, tmp_path / "few.csv") for name in COMPARING])
    for notebook in done:
        assert "too few articles" in outputs_of(notebook).lower()
        # The words of a chart are text as well, and those of one without a finding say so.
        told = outputs_of(notebook).replace("No difference is supported", "")
        assert not re.search(r"is supported|[Ss]upported differences:|: supported", told)
    assert "no date" in outputs_of(done[-1]), "articles without a date stay in the table of periods"


def replies_of(notebook: nbformat.NotebookNode) -> list[str]:
    shown = [output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    return [text for output in shown if (text := str(output["data"].get("text/plain", ""))).startswith("Exercise ")]


def untold(notebook: nbformat.NotebookNode, *, strict: bool) -> list[str]:
    """Where the solutions, just executed, were not told what they should be."""
    corpus = read_parameters(notebook)["corpus"]
    stored = stored_answers()
    here = stored[stored["fingerprint"] == corpus_fingerprint(read_sample(str(corpus)))]
    calls = [call for exercise in exercises_in(notebook) for call in exercise.calls]
    found = []
    for call, reply in zip(calls, replies_of(notebook), strict=True):
        answered = call.exercise in set(here["exercise"])
        right, slip = (f"Exercise {call.exercise}: {end}" for end in ("right.", f"not yet. {call.slip}"))
        if call.slip and not strict:
            continue
        wanted = slip if call.slip else right
        if reply != wanted and (strict or answered):
            found.append(f"on {corpus}: {reply!r} instead of {wanted!r}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["own", "other"])
def test_every_solution_runs_and_its_answer_is_right(sample: str) -> None:
    """On the sample of each notebook its slips have their hints, too; elsewhere a slip may give the right value."""
    own = [read_source(path) for path in find_sources()]
    chosen = own if sample == "own" else [one for notebook in own for one in on_samples(notebook)[1:]]
    done = execute_all([solutions_version(notebook) for notebook in chosen])
    assert [told for notebook in done for told in untold(notebook, strict=sample == "own")] == []


def test_sources_are_found_in_a_wheel_before_the_checkout(monkeypatch, tmp_path: Path) -> None:
    package = tmp_path / "site" / "corpus_tools"
    (package / "show").mkdir(parents=True)
    monkeypatch.setattr("corpus_tools.show.notebooks.__file__", str(package / "show" / "notebooks.py"))
    with pytest.raises(CorpusError, match="sources are missing"):
        source_folder()
    (tmp_path / "site" / "notebooks" / "source").mkdir(parents=True)
    assert source_folder() == tmp_path.resolve() / "site" / "notebooks" / "source"
    (package / "notebooks_source").mkdir()
    assert source_folder() == package.resolve() / "notebooks_source"


def test_the_users_own_settings_stay_out(folder: Path, monkeypatch, tmp_path: Path) -> None:
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("corpus_was_here = 1")
    monkeypatch.setitem(os.environ, "IPYTHONDIR", str(tmp_path / "ipython"))
    write(folder, HEADER + BODY.replace("len(rows)\n", "'corpus_was_here' in globals()\n", 1))
    done = execute(small(folder))
    shown = next(cell.outputs[0]["data"]["text/plain"] for cell in done.cells if cell.get("outputs"))
    assert shown == "False"
