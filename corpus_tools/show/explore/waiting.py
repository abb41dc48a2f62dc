"""A line in a notebook that counts the seconds of a long step."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from corpus_tools.schema import CorpusError
from corpus_tools.show.markup import Fragment, number, one_line, render

_AFTER = 1.0


@contextmanager
def progress(step: str) -> Iterator[None]:
    """Is a long step still at work, and since when?

    Parameters
    ----------
    step : str
        What is being done, such as "Finding voices".

    Returns
    -------
    context manager
        ``with progress("Finding voices"):`` around the step. In a notebook, after the first second, a line says which
        step is at work and for how many seconds; it is gone when the step ends, also by an error. Elsewhere nothing
        is shown. What stands inside runs as it would without.

    Raises
    ------
    CorpusError
        When the step has no name.

    Examples
    --------
    >>> with progress("Adding up"):
    ...     total = sum(range(10))
    >>> total
    45
    """
    name = one_line(step, longest=120)
    if not name:
        raise CorpusError("The step of a progress line has no name; say what is done, such as 'Finding voices'.")
    if not _in_a_notebook():
        yield
        return
    from IPython.display import display

    # An empty line from the start: what is shown when all is done does not depend on how long it took.
    line = display(Fragment("", ""), display_id=True)
    done = threading.Event()
    counter = threading.Thread(target=_count, args=(name, line, done), daemon=True)
    counter.start()
    try:
        yield
    finally:
        done.set()
        counter.join()
        line.update(Fragment("", ""))


def _count(name: str, line: object, done: threading.Event) -> None:
    started = time.monotonic()
    while not done.wait(_AFTER):
        told = f"{name} … {number(round(time.monotonic() - started), 'second')}"
        line.update(render("progress", plain=told, told=told))  # type: ignore[attr-defined]


def _in_a_notebook() -> bool:
    """Is there a kernel that shows things, rather than a script or a terminal?"""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
