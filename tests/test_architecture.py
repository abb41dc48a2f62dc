"""The shape of the package: where imports may point, what docstrings promise, what must not stand in the files."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools import schema
from tests.conftest import CHECKOUT

PACKAGE = CHECKOUT / "corpus_tools"
ORDER = ("schema", "read", "prepare", "compare", "show", "cli")
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXT_FILES = {
    ".py",
    ".md",
    ".txt",
    ".csv",
    ".ipynb",
    ".json",
    ".yml",
    ".toml",
    ".cff",
    ".lock",
    ".cfg",
    ".j2",
    ".css",
    ".js",
}


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imports_of(module: Path) -> Iterator[str]:
    """Full names of the modules and objects of the package that a module imports, at its top or inside a function."""
    parts = module.relative_to(CHECKOUT).with_suffix("").parts
    here = parts[:-1]
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "corpus_tools")
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            source = ".".join((*base, *([node.module] if node.module else [])))
            if source.split(".")[0] == "corpus_tools":
                yield from (f"{source}.{alias.name}" for alias in node.names)


def stage_of(name: str) -> int:
    parts = name.split(".")
    return ORDER.index(parts[1]) if len(parts) > 1 and parts[1] in ORDER else -1


@pytest.mark.parametrize("module", [m for m in MODULES if m.parent != PACKAGE or m.name != "__init__.py"], ids=name_of)
def test_imports_point_one_way(module: Path) -> None:
    own = stage_of(name_of(module))
    assert own >= 0, f"{name_of(module)} belongs to none of {ORDER}"
    for imported in imports_of(module):
        stage = stage_of(imported)
        if ORDER[own] == "cli" and stage < 0:
            continue
        assert 0 <= stage <= own, f"{name_of(module)} imports {imported}"


def test_the_arrow_would_be_seen_pointing_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_architecture.CHECKOUT", tmp_path)
    module = tmp_path / "corpus_tools" / "read" / "bad.py"
    module.parent.mkdir(parents=True)
    module.write_text("def f():\n    from ..compare import keyness\n    import corpus_tools.cli\n", encoding="utf-8")
    assert [stage_of(name) for name in imports_of(module)] == [ORDER.index("compare"), ORDER.index("cli")]


def public_names_of(module: str) -> set[str]:
    return {name for name in ct.__all__ if getattr(getattr(ct, name), "__module__", "") == module}


@pytest.mark.parametrize("module", sorted((PACKAGE / "compare").glob("*.py")), ids=name_of)
def test_modules_of_compare_do_not_import_their_neighbours(module: Path) -> None:
    """A neighbour is a module that offers a public name; ``inference`` and shared kernels offer none."""
    for imported in imports_of(module):
        if imported.startswith("corpus_tools.compare."):
            source = ".".join(imported.split(".")[:3])
            assert not public_names_of(source), f"{name_of(module)} imports its neighbour {source}"


@pytest.mark.parametrize("module", [m for m in MODULES if m != PACKAGE / "cli.py"], ids=name_of)
def test_no_print_outside_the_command_line(module: Path) -> None:
    calls = [n for n in ast.walk(tree_of(module)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    assert not [f"line {n.lineno}" for n in calls if n.func.id in ("print", "breakpoint")]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_assert_in_the_package(module: Path) -> None:
    assert not [f"line {n.lineno}" for n in ast.walk(tree_of(module)) if isinstance(n, ast.Assert)]


# docstrings

FUNCTIONS = [name for name in ct.__all__ if inspect.isfunction(getattr(ct, name))]


def section(docstring: str, title: str) -> str:
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w[\w ]*\n-{{3,}}\n|\Z)", docstring, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def documented_columns(name: str) -> set[str]:
    """Names in single backticks under "Returns" are columns, unless they are public functions."""
    returns = section(inspect.getdoc(getattr(ct, name)) or "", "Returns")
    single = re.findall(r"(?<!`)`([a-z]\w*)`(?!`)", returns)
    return set(single) - set(ct.__all__)


@pytest.mark.parametrize("name", ct.__all__)
def test_public_names_say_what_they_are(name: str) -> None:
    docstring = inspect.getdoc(getattr(ct, name)) or ""
    assert docstring.strip()
    if name in FUNCTIONS:
        assert docstring.splitlines()[0].endswith(("?", ".")), "the first line is the question that it answers"
        assert ">>>" in section(docstring, "Examples")
        assert section(docstring, "Returns").strip()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_documented(name: str) -> None:
    docstring = inspect.getdoc(getattr(ct, name)) or ""
    documented = set(re.findall(r"^([\w, ]+?)(?: :|$)", section(docstring, "Parameters"), re.MULTILINE))
    listed = {one.strip() for group in documented for one in group.split(",")}
    assert set(inspect.signature(getattr(ct, name)).parameters) <= listed


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    articles = ct.read_articles("strike")
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    lexicon = ct.read_lexicon("strike")
    hits = ct.find_hits(tokens, lexicon)
    pairs = ct.find_reuse(tokens)
    return {
        "articles": articles,
        "voices": voices,
        "tokens": tokens,
        "lexicon": lexicon,
        "hits": hits,
        "pairs": pairs,
        "passages": ct.align_passages(tokens, pairs),
    }


def checks_of(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    sheet = ct.draw_check_sheet(frames["articles"], frames["hits"]).assign(right="yes")
    return ct.collect_checks(sheet, frames["articles"], frames["hits"])


def read_back(checks: pd.DataFrame) -> pd.DataFrame:
    with TemporaryDirectory() as folder:
        checks.to_csv(Path(folder) / "checks.csv", index=False)
        return ct.read_checks(Path(folder) / "checks.csv")


GIVEN = set(ct.read_sample("strike").columns)
FACTS = pd.DataFrame({"fact": ["Buses stand still"], "pattern": ["bus*"]})


def contrast_of(frames: dict[str, pd.DataFrame], compare: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    hits, articles = frames["hits"], frames["articles"]
    return compare(hits, articles, label=hits["label"].iloc[0], target=articles["outlet"].iloc[0])


def scores_of(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    cards, terms = ct.blind_cards(frames["articles"]), pd.DataFrame(columns=list(schema.GIVE_AWAYS))
    return ct.score_guesses(cards, {}, frames["tokens"], terms)


Returned = Callable[[dict[str, pd.DataFrame]], pd.DataFrame]
RETURNED: dict[str, tuple[Returned, set[str]]] = {
    "timeline": (lambda f: ct.timeline(f["hits"], f["articles"]), {"outlet"}),
    "readability": (lambda f: ct.readability(f["articles"]), set()),
    "lexical_diversity": (lambda f: ct.lexical_diversity(f["tokens"], by="outlet"), {"outlet"}),
    "dispersion": (lambda f: ct.dispersion(f["tokens"], by="outlet"), {"outlet"}),
    "collocate_hits": (lambda f: ct.collocate_hits(f["tokens"], "bus", "the"), set()),
    "compare_articles": (lambda f: ct.compare_articles(f["tokens"], f["articles"], resamples=19), set()),
    "collocates": (lambda f: ct.collocates(f["tokens"], "the", target=f["articles"]["outlet"].iloc[0]), set()),
    "fit_topics": (lambda f: pd.concat(ct.fit_topics(f["tokens"], f["articles"], topics=2, min_articles=2)), set()),
    "classify_outlets": (lambda f: pd.concat(ct.classify_outlets(f["tokens"], f["articles"], shuffles=9)), set()),
    "export_hits": (lambda f: ct.export_hits(f["articles"], f["hits"]), set()),
    "p_spread": (lambda f: ct.p_spread({"a": [0.2, 0.7]}), set()),
    "blind_cards": (lambda f: ct.blind_cards(f["articles"]), set()),
    "score_guesses": (lambda f: scores_of(f), set()),
    # the frame that a call returns, and those of its columns that the call itself asks for
    "read_articles": (lambda f: f["articles"], set()),
    "read_sample": (lambda f: ct.read_sample("strike"), set()),
    "read_lexicon": (lambda f: f["lexicon"], set()),
    "find_voices": (lambda f: f["voices"], set()),
    "voice_spans": (lambda f: ct.voice_spans("“No,” they said."), set()),
    "voice_errors": (lambda f: ct.voice_errors(), set()),
    "split_words": (lambda f: ct.split_words("No talks."), set()),
    "split_sentences": (lambda f: ct.split_sentences("No talks."), set()),
    "tokenize": (lambda f: f["tokens"], set()),
    "find_hits": (lambda f: f["hits"], set()),
    "find_phrase": (lambda f: ct.find_phrase(f["tokens"], "the"), set()),
    "check_lexicon": (lambda f: ct.check_lexicon(f["lexicon"], f["hits"]), set()),
    "lexicon_forms": (lambda f: ct.lexicon_forms(f["hits"]), set()),
    "draw_check_sheet": (lambda f: ct.draw_check_sheet(f["articles"], f["hits"]), set()),
    "collect_checks": (lambda f: checks_of(f), set()),
    "read_checks": (lambda f: read_back(checks_of(f)), set()),
    "lexicon_precision": (lambda f: ct.lexicon_precision(checks_of(f)), {"slot", "label"}),
    "count_terms": (lambda f: ct.count_terms(f["tokens"], by=["outlet", "voice"]), {"outlet", "voice"}),
    "add_counts": (lambda f: ct.add_counts(*[ct.count_terms(f["tokens"])] * 2), {"outlet"}),
    "framing_shares": (lambda f: ct.framing_shares(f["hits"], f["articles"], by=["outlet"]), {"outlet"}),
    "framing_contrast": (lambda f: contrast_of(f, ct.framing_contrast), set()),
    "robustness": (lambda f: contrast_of(f, ct.robustness), set()),
    "find_reuse": (lambda f: f["pairs"], set()),
    "align_passages": (lambda f: f["passages"], set()),
    "add_reuse_groups": (lambda f: ct.add_reuse_groups(f["articles"], f["pairs"]), GIVEN),
    "add_events": (lambda f: ct.add_events(f["articles"]), GIVEN - {"event"}),
    "event_sheet": (lambda f: ct.event_sheet(ct.add_events(f["articles"])), set()),
    "event_grid": (lambda f: ct.event_grid(ct.add_events(f["articles"])), set()),
    "shared_copy": (lambda f: ct.shared_copy(f["tokens"], f["passages"]), set()),
    "read_facts": (lambda f: ct.read_facts("karabakh"), {"date", "source", "claimed_by"}),
    "find_facts": (lambda f: ct.find_facts(f["tokens"], f["articles"], FACTS), set()),
    "coverage": (lambda f: ct.coverage(f["tokens"], f["articles"], FACTS), set()),
    "statements": (lambda f: ct.statements(f["articles"], f["voices"], f["tokens"]), set()),
    "statement_hits": (lambda f: ct.statement_hits(ct.statements(f["articles"], f["voices"], f["tokens"])), set()),
    "keyness": (lambda f: ct.keyness(ct.count_terms(f["tokens"]), f["articles"]["outlet"].iloc[0]), set()),
    "name_speakers": (lambda f: ct.name_speakers(f["articles"], f["voices"]), set()),
    "speakers": (lambda f: ct.speakers(f["articles"], f["voices"]), set()),
    "kwic": (lambda f: ct.kwic(f["articles"], f["hits"]), set()),
}
RIDES_ALONG = ("read_articles", "read_sample")
RETURN_NO_FRAME = {
    *("inspect_source", "parse_date", "normalise_outlet", "main_slot", "describe", "show_article", "export_report"),
    *("explore_framing", "explore_words", "play_blind_outlet", "progress", "sortable_tables", "source_form"),
    *("check_answer", "corpus_fingerprint", "corpus_note", "kwic_table", "show_chart", "show_statements"),
    # What it is given, less some rows.
    "drop_reused",
}


@pytest.mark.parametrize("name", RETURNED)
def test_documented_columns_are_the_returned_ones(frames: dict[str, pd.DataFrame], name: str) -> None:
    call, asked_for = RETURNED[name]
    documented, returned = documented_columns(name), set(call(frames).columns)
    if name in RIDES_ALONG:
        returned &= documented | set(schema.ARTICLES)
        documented &= returned | set(schema.ARTICLES)
    assert documented - asked_for == returned - asked_for
    assert asked_for <= returned
    assert len(returned) > 1


def test_documented_columns_are_found_in_docstrings() -> None:
    assert documented_columns("keyness") == set(schema.KEYNESS)
    assert documented_columns("normalise_outlet") == set()


def test_documented_columns_of_a_source() -> None:
    assert documented_columns("inspect_source") == {*schema.PROBLEMS, *schema.CLEANING}


def test_every_function_that_returns_a_frame_is_compared() -> None:
    drawing = {name for name in FUNCTIONS if name.startswith("plot_")}
    assert set(FUNCTIONS) - drawing <= {*RETURNED, *RETURN_NO_FRAME}
    assert set(RETURNED) <= set(FUNCTIONS)


def test_frames_have_the_columns_of_the_design(frames: dict[str, pd.DataFrame]) -> None:
    assert tuple(frames["articles"].columns[:5]) == schema.ARTICLES
    assert tuple(frames["voices"].columns) == schema.VOICES
    assert tuple(frames["tokens"].columns) == schema.TOKENS
    assert tuple(frames["hits"].columns) == schema.HITS
    assert tuple(frames["lexicon"].columns[: len(schema.LEXICON)]) == schema.LEXICON


# what must not stand in the files


@pytest.fixture(scope="module")
def project_files(checkout: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = [checkout / name for name in listed.stdout.split("\0") if name]
    return [path for path in found if path.suffix in TEXT_FILES and path.is_file()]


def test_no_registry_hosts_and_no_machine_paths(project_files: list[Path], checkout: Path) -> None:
    telling = re.compile("|".join(("pypi[.]org", "pythonhosted", "registry[.]npmjs", "/(?:tmp|root|work|farm|home)/")))
    for path in project_files:
        if checkout / "tests" not in path.parents:
            found = telling.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(checkout)}: {found and found.group()}"


WORD = re.compile(r"\w+")
RUN = 9


def runs(text: str) -> set[tuple[str, ...]]:
    found = [word.lower() for word in WORD.findall(text)]
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def test_no_sentence_of_the_reference_articles(project_files: list[Path], shared: Path) -> None:
    theirs = {run for path in (shared / "articles").glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    assert len(theirs) > 1000
    for path in project_files:
        common = runs(path.read_text(encoding="utf-8", errors="ignore")) & theirs
        assert not common, f"{path.name}: {' '.join(min(common))}"
