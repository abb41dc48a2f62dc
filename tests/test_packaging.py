"""The package as others receive it: ranges, lock, starter, wheel, CI."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
STACK = {"jupyterlab", "pandas", "matplotlib", "scikit-learn", "nltk", "textstat"}
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "ipython": "IPython",
    "jupyter-client": "jupyter_client",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
}
PLATFORMS = {
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
}
STRAY = (
    "PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONWARNINGS PYTHONUSERBASE VIRTUAL_ENV UV_PYTHON UV_PROJECT_ENVIRONMENT "
    "PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_REQUIRE_HASHES PIP_NO_DEPS PIP_PYTHON PIP_DRY_RUN "
    "__PYVENV_LAUNCHER__ MPLBACKEND JUPYTER_PATH PYTEST_PLUGINS"
).split()
KEPT = (
    "PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_NO_INDEX PIP_CONFIG_FILE PIP_CERT PIP_TRUSTED_HOST PIP_PROXY "
    "HTTP_PROXY HTTPS_PROXY https_proxy NO_PROXY SSL_CERT_FILE REQUESTS_CA_BUNDLE PYTHON_KEYRING_BACKEND HOME LANG"
).split()


def load_starter(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("starter", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def starter() -> ModuleType:
    return load_starter(CHECKOUT / "run.py")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def declared(project: dict[str, Any]) -> dict[str, Requirement]:
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, lines)}


@pytest.fixture(scope="module")
def locked() -> list[tuple[Requirement, list[str]]]:
    text = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    return [(Requirement(entry.split(" --hash=")[0]), re.findall(r"--hash=(\S+)", entry)) for entry in entries]


def test_conda_ranges_are_those_of_the_project(project: dict[str, Any], declared: dict[str, Requirement]) -> None:
    environment = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))
    named = [Requirement(line) for line in environment["dependencies"] if isinstance(line, str)]
    ranges = {requirement.name: requirement.specifier for requirement in named}
    assert str(ranges.pop("python")) == project["requires-python"]
    assert str(ranges.pop("pip")) == ""
    assert ranges == {name: declared[name].specifier for name in STACK}
    assert environment["dependencies"][-1] == {"pip": ["-e .[lab,dev]"]}


def test_citation_names_the_version(project: dict[str, Any]) -> None:
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])


def test_every_import_is_declared(project: dict[str, Any]) -> None:
    names = [Requirement(line).name for line in [*project["dependencies"], *project["optional-dependencies"]["lab"]]]
    allowed = {IMPORTED_AS.get(name, name) for name in names} | {"corpus_tools"} | set(sys.stdlib_module_names)
    undeclared = {
        (path.name, name)
        for path in (CHECKOUT / "corpus_tools").rglob("*.py")
        for name in imported_names(path)
        if name not in allowed
    }
    assert not undeclared


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def test_lock_holds_nothing_but_versions_and_hashes(locked: list[tuple[Requirement, list[str]]]) -> None:
    line_forms = re.compile(r"[a-z0-9-]+==[a-z0-9.]+( ; [\w\s.<>=!'()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line_forms.fullmatch(line)] == []
    assert [requirement.name for requirement, hashes in locked if not hashes] == []


def test_lock_lies_within_the_ranges(
    locked: list[tuple[Requirement, list[str]]], declared: dict[str, Requirement]
) -> None:
    versions: dict[str, list[str]] = {}
    for requirement, _ in locked:
        versions.setdefault(canonicalize_name(requirement.name), []).append(str(requirement.specifier)[2:])
    assert sorted(set(declared) - set(versions)) == []
    outside = {
        (name, version)
        for name, requirement in declared.items()
        for version in versions[name]
        if not requirement.specifier.contains(version)
    }
    assert not outside


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_lock_gives_each_system_one_version_of_all(
    platform: str, python: str, locked: list[tuple[Requirement, list[str]]], declared: dict[str, Requirement]
) -> None:
    place = {**default_environment(), **PLATFORMS[platform], "python_version": python}
    place["python_full_version"] = f"{python}.7"
    names = [
        canonicalize_name(requirement.name)
        for requirement, _ in locked
        if requirement.marker is None or requirement.marker.evaluate(place)
    ]
    assert len(names) == len(set(names))
    assert set(declared) <= set(names)


def test_starter_is_short_and_needs_only_python() -> None:
    path = CHECKOUT / "run.py"
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 175
    assert set(imported_names(path)) <= set(sys.stdlib_module_names)
    # An old interpreter has to understand the file before it can say that it is too old.
    ast.parse(source, feature_version=(3, 8))


def test_starter_keeps_where_packages_come_from_and_drops_where_they_would_go(starter: ModuleType) -> None:
    outside = {**dict.fromkeys([*STRAY, *KEPT], "given"), "PIP_USER": "1", "PIP_REQUIRE_VIRTUALENV": "1", "PATH": "bin"}
    inside = starter.child_environment(outside)
    assert sorted(set(STRAY) & set(inside)) == []
    assert {name: inside[name] for name in KEPT} == dict.fromkeys(KEPT, "given")
    assert (inside["PIP_USER"], inside["PIP_REQUIRE_VIRTUALENV"]) == ("0", "0")
    assert inside["PATH"].split(os.pathsep) == [str(starter.BIN), "bin"]


class FakeProcesses:
    """Stands in for the starter's ``run``: writes down each command and fails where it is told to."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], **_: object) -> int:
        self.commands.append(command)
        if self.failing and re.search(self.failing, " ".join(command)):
            return 9
        if "venv" in command:
            python = Path(command[-1], "Scripts/python.exe" if os.name == "nt" else "bin/python")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 0

    def installs(self) -> int:
        return sum("--require-hashes" in command for command in self.commands)


@pytest.fixture
def copied_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, FakeProcesses]:
    """The starter in a folder of its own (with a blank in its name), its programs only pretended."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("run.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(CHECKOUT / name, folder)
    module, processes = load_starter(folder / "run.py"), FakeProcesses()
    monkeypatch.setattr(module, "run", processes)
    return module, processes


def test_second_start_installs_nothing(copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    starter, processes = copied_starter
    assert [starter.main(["report"]), starter.main(["report"])] == [0, 0]
    assert processes.installs() == 1
    editable = next(command for command in processes.commands if "-e" in command)
    assert {"--no-deps", "--no-build-isolation"} <= set(editable)


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", ".venv/installed.txt"])
def test_a_change_installs_again(changed: str, copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    starter, processes = copied_starter
    starter.main(["report"])
    with (starter.ROOT / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert starter.main(["report"]) == 0
    assert processes.installs() == 2


def test_a_moved_checkout_installs_again(copied_starter: tuple[ModuleType, FakeProcesses], tmp_path: Path) -> None:
    starter, _ = copied_starter
    starter.main(["report"])
    assert starter.is_installed()
    moved = starter.ROOT.rename(tmp_path / "elsewhere")
    assert not load_starter(moved / "run.py").is_installed()


@pytest.mark.parametrize("failing", ["--require-hashes", " -e "])
def test_a_half_finished_installation_is_redone(failing: str, copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    starter, processes = copied_starter
    processes.failing = failing
    assert "did not finish" in starter.main(["report"])
    assert not any("report" in command for command in processes.commands)
    processes.failing = ""
    assert starter.main(["report"]) == 0
    assert processes.installs() == 2


@pytest.mark.parametrize(
    ("lacking", "maker"),
    [("^$", "venv --clear"), ("venv --clear [^-]", "venv --clear --without-pip"), ("-m venv", "virtualenv --clear")],
)
def test_environment_without_ensurepip(
    lacking: str, maker: str, copied_starter: tuple[ModuleType, FakeProcesses]
) -> None:
    starter, processes = copied_starter
    processes.failing = lacking
    pip = starter.make_environment()
    made = [command for command in processes.commands if str(starter.VENV) in command][-1]
    assert maker in " ".join(made)
    assert ("--python" in pip) == ("--without-pip" in made)


def test_environment_impossible_is_said_in_a_sentence(copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    starter, processes = copied_starter
    processes.failing = "env --clear"
    message = starter.main(["report"])
    assert "python3-venv" in message
    assert "\n" not in message


def test_old_python_is_said_in_a_sentence(starter: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter.sys, "version_info", (3, 8, 18))
    assert "needs Python 3.11" in starter.main(["report"])


@pytest.mark.parametrize("options", [["--out", "mine"], ["--out=mine"], ["--corpus", "strike"]])
def test_report_passes_options_on(options: list[str], copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    starter, processes = copied_starter
    starter.main(["report", *options])
    passed = processes.commands[-1][processes.commands[-1].index("report") + 1 :]
    assert passed[: len(options)] == options
    assert ("mine" in " ".join(passed)) != (str(starter.ROOT / "report") in passed)


def test_lab_hands_its_options_to_the_command(copied_starter: tuple[ModuleType, FakeProcesses]) -> None:
    module, processes = copied_starter
    module.main(["lab", "--no-browser"])
    assert processes.commands[-1][-2:] == ["lab", "--no-browser"]


@pytest.mark.parametrize(("failing", "code"), [("^$", 0), ("mypy", 1), ("pytest", 9), ("ruff|pytest", 9)])
def test_all_checks_run_and_one_failure_is_enough(
    failing: str, code: int, copied_starter: tuple[ModuleType, FakeProcesses]
) -> None:
    starter, processes = copied_starter
    processes.failing = failing
    assert starter.test(["-k", "x"]) == code
    ran = [" ".join(command[1:]) for command in processes.commands]
    assert ran == [
        "-m ruff check .",
        "-m ruff format --check .",
        "-m mypy",
        "notebooks/build.py --check",
        "-m pytest -k x",
    ]


@pytest.mark.skipif(os.name == "nt", reason="CI runs under bash")
def test_ci_runs_the_command_of_the_readme(tmp_path: Path) -> None:
    script = CHECKOUT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    fake = tmp_path / "python3"
    fake.write_text('#!/bin/sh\necho "python3 $*, CI=$CI, in $PWD"\nexit 7\n', encoding="utf-8")
    fake.chmod(0o755)
    variables = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([script], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, f"python3 run.py test, CI=true, in {CHECKOUT}\n")
    readme = CHECKOUT / "README.md"
    if readme.exists():
        assert re.search(r"python3? run\.py test", readme.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def installed_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel brings it, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    source, target = folder / "source", folder / "target"
    source.mkdir()
    for name in ("pyproject.toml", ".gitignore", "LICENSE", "LICENSE-data", "README.md"):
        if (CHECKOUT / name).exists():
            shutil.copy(CHECKOUT / name, source)
    for name in ("corpus_tools", "data", "notebooks", "teaching"):
        shutil.copytree(CHECKOUT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "derived"))
    (source / "data" / "derived").mkdir()
    (source / "data" / "derived" / "left_out.csv").write_text("a\n", encoding="utf-8")
    python_run(source, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (wheel,) = folder.glob("*.whl")
    python_run(folder, "-m", "pip", "install", "-qq", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    return target


def python_run(folder: Path, *words: str, path: Path | None = None) -> str:
    variables = load_starter(CHECKOUT / "run.py").child_environment(os.environ)
    if path is not None:
        variables["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_works_alone(installed_wheel: Path, tmp_path: Path) -> None:
    code = """
import json, corpus_tools
print(json.dumps([corpus_tools.__file__, len(corpus_tools.read_sample("strike"))]))
"""
    where, articles = json.loads(python_run(tmp_path, "-c", code, path=installed_wheel))
    assert Path(where).is_relative_to(installed_wheel)
    assert articles == 14


def test_wheel_carries_data_and_notebooks_but_nothing_derived(installed_wheel: Path, project: dict[str, Any]) -> None:
    inside = installed_wheel / "corpus_tools"
    assert not list(inside.rglob("*derived*"))
    for carried, original, beside in (
        ("data", "data", set()),
        ("notebooks_source", "notebooks/source", {"glossary.md"}),
        ("handouts", "teaching/handouts", set()),
    ):
        expected = files_below(CHECKOUT / original) | beside
        assert files_below(inside / carried) == expected
    about = f"corpus_tools-{project['version']}.dist-info"
    assert {path.name for path in installed_wheel.iterdir()} == {"bin", "corpus_tools", about}


def files_below(folder: Path) -> set[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not {"derived", "__pycache__"} & set(path.parts)}
