#!/usr/bin/env python3
"""Start corpus-tools from a fresh checkout, with nothing but Python 3.11 or newer.

    python run.py report [--corpus PATH] [--lexicon NAME_OR_PATH] [--out DIR]
    python run.py test [options for pytest]
    python run.py lab [options for JupyterLab]
    python run.py pack OUT [--corpus NAME_OR_PATH] [--lexicon NAME_OR_PATH]
    python run.py check PATH [--lexicon NAME_OR_PATH] [--sheet FILE] [--marked FILE]

The first start makes the folder .venv and installs into it the exact, hash-checked versions of requirements.lock.
Later starts use it as it is and need no network.
"""

from __future__ import annotations  # lets an older Python get as far as the sentence that says it is too old

import functools
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.txt"
# -P: a file in the caller's folder must not stand in for a module of the same name.
COMMAND_LINE = [PYTHON, "-P", "-c", "import sys; from corpus_tools.cli import main; sys.exit(main())"]

# Where packages come from is the machine's business; where they go, and what else is asked of pip, is not.
# A kernel that inherits MPLBACKEND shows no charts; JUPYTER_PATH can put another installation's kernel first.
STRAY = re.compile(
    r"PYTHON(?!_)|UV_|VIRTUAL_ENV|__PYVENV_LAUNCHER__|JUPYTER_(CONFIG_)?PATH|MATPLOTLIBRC|MPLBACKEND|MYPYPATH"
    r"|PYTEST_PLUGINS|PIP_(?!(CACHE_DIR|CERT|CLIENT_CERT|CONFIG_FILE|DEFAULT_TIMEOUT|EXTRA_INDEX_URL|FIND_LINKS"
    r"|INDEX_URL|KEYRING_PROVIDER|NO_CACHE_DIR|NO_INDEX|PROXY|RETRIES|TIMEOUT|TRUSTED_HOST)$)"
)


class SetupError(Exception):
    """The environment could not be made; the message says what to do."""


def child_environment(outside: Mapping[str, str]) -> dict[str, str]:
    """The caller's variables without those that would send an installation or an import somewhere else."""
    inside = {name: value for name, value in outside.items() if not STRAY.match(name)}
    # "0" and not merely unset, because pip's own configuration file may say otherwise.
    inside.update(PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    inside.update(PYTHONIOENCODING="utf-8", JUPYTER_PREFER_ENV_PATH="1")
    inside["PATH"] = os.pathsep.join(filter(None, [str(BIN), outside.get("PATH", "")]))
    return inside


def run(command: Sequence[str], *, folder: Path | None = ROOT, quiet: bool = False) -> int:
    """Run one program to its end and return its exit code."""
    sink = subprocess.DEVNULL if quiet else None
    interrupted = False
    with subprocess.Popen(command, cwd=folder, env=child_environment(os.environ), stdout=sink, stderr=sink) as child:
        while True:
            try:
                code = child.wait()
                break
            except KeyboardInterrupt:
                # The child was sent Ctrl-C as well, and JupyterLab asks before it stops: let it finish.
                interrupted = True
    if interrupted and code:
        raise KeyboardInterrupt
    return 128 - code if code < 0 else code


def fingerprint() -> str:
    """Changes whenever the environment has to be made anew; it holds absolute paths, so a moved checkout counts."""
    python = str(sys.implementation.cache_tag).encode()
    state = [python, os.fsencode(ROOT), LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return hashlib.sha256(b"\0".join(state)).hexdigest()


def is_installed() -> bool:
    return Path(PYTHON).exists() and STAMP.is_file() and STAMP.read_bytes() == fingerprint().encode()


def install() -> None:
    """Make .venv from nothing. The stamp is written last, so that a half-finished installation is redone."""
    started = time.monotonic()
    print("Installing (first time only, about 2 minutes) ...")
    STAMP.unlink(missing_ok=True)
    pip = make_environment()
    steps = [
        [*pip, "install", "-qq", "--no-input", "--require-hashes", "-r", str(LOCK)],
        [PYTHON, "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ]
    for step in steps:
        if run(step):
            raise SetupError(
                "The installation did not finish, for the reason above; when that is mended, start the same command "
                f"again. (This is Python {sys.version.split()[0]}; the versions are known to work on 3.11 to 3.14.)"
            )
    STAMP.write_text(fingerprint(), encoding="ascii")
    print(f"Installed in {time.monotonic() - started:.0f} seconds.")


def make_environment() -> list[str]:
    """Create an empty .venv and return the pip that can fill it, whatever this Python lacks."""
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    base = getattr(sys, "_base_executable", sys.executable) if inside else sys.executable
    own_pip = [PYTHON, "-m", "pip"]
    for maker, pip in (
        (["venv", "--clear"], own_pip),
        (["venv", "--clear", "--without-pip"], [base, "-m", "pip", "--python", PYTHON]),
        (["virtualenv", "--clear"], own_pip),
    ):
        if not run([base, "-m", *maker, str(VENV)], quiet=True) and not run([*pip, "--version"], quiet=True):
            return pip
    raise SetupError(
        f"{base} cannot make the folder .venv: install its venv module (on Debian and Ubuntu: "
        "sudo apt install python3-venv), or use the Python of python.org, and start the same command again."
    )


def report(options: list[str]) -> int:
    if not any(option.split("=")[0] in ("--out", "-h", "--help") for option in options):
        options = [*options, "--out", str(ROOT / "report")]
    return passed_on("report", options)


def test(options: list[str]) -> int:
    """All checks, even after one has failed; pytest comes last, so that its summary is what one sees."""
    checks = ["-m ruff check .", "-m ruff format --check .", "-m mypy", "notebooks/build.py --check"]
    failed = []
    for check in checks:
        print(f"\n== {check.replace('-m ', '')} ==")
        if run([PYTHON, *check.split()]):
            failed.append(check.replace("-m ", ""))
    if failed:
        print(f"\nFailed so far: {'; '.join(failed)}")
    print("\n== pytest ==")
    return run([PYTHON, "-m", "pytest", *options]) or int(bool(failed))


def passed_on(command: str, options: list[str]) -> int:
    """A command of corpus-tools in the caller's own folder."""
    return run([*COMMAND_LINE, command, *options], folder=None)


def main(arguments: Sequence[str]) -> int | str:
    """Carry out one command; what is returned is the exit code, or a sentence that says what went wrong."""
    if sys.version_info < (3, 11):
        return f"corpus-tools needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})."
    command, *options = arguments or ["--help"]
    commands = {"report": report, "test": test}
    for name in ("check", "lab", "pack"):
        commands[name] = functools.partial(passed_on, name)
    if command not in commands:
        print(f"There is no command {command!r}.\n" * (command[0] != "-") + str(__doc__).strip())
        return 0 if command in ("-h", "--help") else 2
    # Without this, what is said here would follow what the programs say whenever the output goes to a file.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        if not is_installed():
            install()
        return commands[command](options)
    except SetupError as problem:
        return str(problem)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
