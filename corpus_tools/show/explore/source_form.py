"""The form for articles of one's own; ipywidgets is loaded when it is called."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from corpus_tools.schema import CorpusError

if TYPE_CHECKING:
    from corpus_tools.show.explore.source_widgets import SourceForm

_MISSING = (
    "The form needs ipywidgets: install corpus-tools with its extra 'lab', or read the articles without it, as in "
    "ct.read_articles('path', columns={'outlet': 'paper'})."
)


def source_form(path: str | os.PathLike[str] | None = None) -> SourceForm:
    """What do these files of mine hold, what is wrong with them, and which column is what?

    Parameters
    ----------
    path : str or path, optional
        A file, a folder or the name of a shipped sample; without it the form begins in the current folder.

    Returns
    -------
    SourceForm
        A widget: the last line of a cell in JupyterLab shows it. What is chosen above is read and told below: the
        articles by outlet, the problems by kind, what cleaning would change. Nothing is written and nothing guessed.
        Kept in a name, ``.articles`` is the frame of `read_articles` once "Use these articles" was pressed, empty
        before, and ``.code`` the line that reads the same without the form.

    Raises
    ------
    CorpusError
        When ipywidgets is not installed. What is wrong with a path is told in the form.

    See Also
    --------
    inspect_source : the same without a form.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> form = ct.source_form("strike")
    >>> form.use.click()
    >>> len(form.articles), form.code
    (14, "articles = ct.read_articles('strike')")
    """
    try:
        from corpus_tools.show.explore.source_widgets import SourceForm
    except ImportError as absent:
        raise CorpusError(_MISSING) from absent
    return SourceForm(path)
