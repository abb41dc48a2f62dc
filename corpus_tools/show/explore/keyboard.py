"""The script that lets explorers and tables have their keys in JupyterLab."""

from __future__ import annotations

from corpus_tools.show.markup import TEMPLATES


def keyboard_script() -> str:
    """The script as an element of a page; nothing of a corpus is in it."""
    return f"<script>{(TEMPLATES / 'explore.js').read_text(encoding='utf-8')}</script>"
