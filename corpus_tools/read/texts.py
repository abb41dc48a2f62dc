"""Files that are one article: plain text, and Markdown with front matter."""

from __future__ import annotations

import json
import re

import yaml

from corpus_tools.read.records import Problems, Record


def read_text(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    return [Record(name, None, {"text": text})]


def read_markdown(text: str, name: str, encoding: str, problems: Problems) -> list[Record]:
    match = re.match(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    values: dict[str, str] = {}
    if match:
        try:
            front = yaml.load(match.group(1) or "", Loader=yaml.BaseLoader) or {}
        except (yaml.YAMLError, RecursionError) as error:
            problems.add(name, None, "front matter", str(error), "the block between --- is not YAML", kept=False)
            return []
        if not isinstance(front, dict):
            problems.add(name, None, "front matter", front, "write one 'name: value' a line", kept=False)
            return []
        values = {str(k): v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in front.items()}
        text = text[match.end() :]
    heading = re.match(r"\s*#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*(?:\n|$)", text)
    if heading and not any(k.strip().casefold() == "title" for k in values):
        values["title"] = heading.group(1)
        text = text[heading.end() :]
    return [Record(name, None, {**values, "text": _unwrap(text)})]


def _unwrap(markdown: str) -> str:
    """Paragraphs as single lines: in Markdown a line break is a blank, and a blank line parts paragraphs."""
    blocks = re.split(r"\n[ \t]*\n", markdown.strip("\n"))
    marker = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]|[ \t]*#{1,6}[ \t]|[ \t]*>")
    joined = []
    for block in blocks:
        lines = block.split("\n")
        text = lines[0].strip()
        for line in lines[1:]:
            text += ("\n" if marker.match(line) else " ") + line.strip()
        joined.append(text)
    return "\n\n".join(joined)
