"""Every frame of a notebook as a table that can be sorted and searched, without a network."""

from __future__ import annotations

from corpus_tools.schema import CorpusError
from corpus_tools.show.explore.keyboard import keyboard_script
from corpus_tools.show.markup import TEMPLATES

_ROWS = 10
_BYTES = "1MB"
_COLUMNS = 60


def sortable_tables() -> None:
    """How can the tables of a notebook be sorted and searched?

    Returns
    -------
    None
        From here on JupyterLab shows every frame and series as a table of ten rows a page, sorted by a click on the
        name of a column and searched in the field above. All of it comes with the package itables; nothing is
        fetched. A cell's text stays text. Of a very large frame only a part is shown, and a line below it says so.
        Where no notebook runs nothing changes.

    Raises
    ------
    CorpusError
        When itables is not installed.

    Examples
    --------
    >>> sortable_tables()
    """
    try:
        import itables
        import itables.options as options
        from IPython import get_ipython
        from IPython.display import HTML, display
        from IPython.utils.capture import capture_output
    except ImportError as absent:
        raise CorpusError("sortable_tables needs itables; install corpus-tools with its extra 'lab'.") from absent
    if getattr(get_ipython(), "kernel", None) is None:
        return
    options.pageLength = _ROWS
    options.lengthMenu = [_ROWS, 25, 100]
    options.maxBytes = _BYTES
    options.maxColumns = _COLUMNS
    options.allow_html = False
    options.display_logo_when_loading = False
    options.text_in_header_can_be_selected = False
    options.css = (TEMPLATES / "sortable.css").read_text(encoding="utf-8")
    # The scripts are shown the other way round: the one that follows the theme needs what the other one loads.
    with capture_output() as captured:
        itables.init_notebook_mode(all_interactive=True, connected=False)
    for shown in reversed(captured.outputs):
        display(HTML(shown.data["text/html"]))
    display(HTML(keyboard_script()))
