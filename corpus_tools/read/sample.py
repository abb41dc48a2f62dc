"""The texts and lexicons that are shipped with the package."""

from __future__ import annotations

from pathlib import Path

from corpus_tools.schema import CorpusError, nearest

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Where the shipped data lie: inside an installed package, or beside it in a checkout."""
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def sample_names() -> list[str]:
    """Names of the shipped samples."""
    return sorted(p.parent.name for p in data_folder().glob("*/articles"))


def sample_folder(name: str) -> Path:
    """The folder with the articles of a shipped sample."""
    if name not in sample_names():
        raise CorpusError(f"There is no sample {name!r}; {nearest(name, sample_names())}")
    return data_folder() / name / "articles"
