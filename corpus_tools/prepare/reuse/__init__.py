"""Tokens → which articles share text, where, and which of them count as one."""

from corpus_tools.prepare.reuse.groups import add_reuse_groups
from corpus_tools.prepare.reuse.pairs import find_reuse
from corpus_tools.prepare.reuse.passages import align_passages, drop_reused

__all__ = ["add_reuse_groups", "align_passages", "drop_reused", "find_reuse"]
