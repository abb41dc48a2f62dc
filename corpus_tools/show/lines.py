"""The lines behind every number of the main table: short pieces, grouped so that each number has its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools.compare.kwic import kwic
from corpus_tools.schema import VOICE_NAMES
from corpus_tools.show.markup import MISSING, missing, number, one_line

LINES_PAGE = "lines.html"
# So many lines of one outlet, name and voice, and about so many on the whole page.
MOST, MOST_IN_ALL, FEWEST = 20, 1500, 3


class LineLinks(NamedTuple):
    """Where on the page of lines a number has its lines; without such a page nowhere."""

    labels: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    voices: frozenset[tuple[str, str, str]] = frozenset()

    def of_label(self, label: object) -> str:
        """All lines of one name."""
        return f"{LINES_PAGE}#{self.label_anchor(label)}" if str(label) in self.labels else ""

    def of(self, outlet: object, label: object, voice: object = "all") -> str:
        """The lines of one name in one outlet, from that voice on where there is one."""
        if str(label) not in self.labels or str(outlet) not in self.outlets:
            return ""
        known = (str(label), str(outlet), str(voice)) in self.voices
        return f"{LINES_PAGE}#{self.anchor(outlet, label)}{f'-{voice}' if known else ''}"

    def label_anchor(self, label: object) -> str:
        """The place of a name on the page."""
        return f"name-{self.labels.index(str(label)) + 1}"

    def anchor(self, outlet: object, label: object) -> str:
        """The place of an outlet below a name."""
        return f"{self.label_anchor(label)}-outlet-{self.outlets.index(str(outlet)) + 1}"


def line_links(hits: pd.DataFrame | None, articles: pd.DataFrame) -> LineLinks:
    """Which places will the page of lines have? Names by their number of hits, outlets by their names."""
    if hits is None or hits.empty:
        return LineLinks()
    times = hits["label"].astype("str").value_counts()
    labels = sorted(times.index, key=lambda label: (-int(times[label]), label))
    outlets = sorted(articles["outlet"].dropna().astype("str").unique())
    places = hits[["label", "outlet", "voice"]].astype("str").drop_duplicates().itertuples(index=False, name=None)
    known = frozenset((label, outlet, voice) for label, outlet, voice in places if voice in VOICE_NAMES)
    return LineLinks(tuple(labels), tuple(outlets), known)


def lines_page(hits: pd.DataFrame, articles: pd.DataFrame, links: LineLinks) -> dict[str, Any]:
    """What stands on the page of lines, as plain values: a table of numbers, then the lines of each name.

    Parameters
    ----------
    hits : pandas.DataFrame
        Those of one slot, in all voices.
    articles : pandas.DataFrame
        The articles that were searched.
    links : LineLinks
        The places on the page.
    """
    named = hits.assign(**{name: hits[name].astype("str") for name in ("label", "outlet", "voice")})
    keys = ["label", "outlet", "voice"]
    sizes = named.groupby(keys).size()
    most = max(FEWEST, min(MOST, MOST_IN_ALL // max(len(sizes), 1)))
    drawn = [own.sample(n=min(most, len(own)), random_state=0) for _, own in named.groupby(keys, sort=True)]
    lines = kwic(articles, pd.concat(drawn))
    written = {names: [_line(row) for row in own.to_dict("records")] for names, own in lines.groupby(keys, sort=True)}
    searched = articles["outlet"].astype("str").value_counts()
    in_articles = named.groupby(["label", "outlet"])["article_id"].nunique()
    return {
        "names": [
            {
                "name": one_line(label),
                "anchor": links.label_anchor(label),
                "size": number(int((named["label"] == label).sum()), "case"),
                "outlets": list(_outlets(label, links, sizes, written, in_articles, searched)),
                "silent": [
                    {"name": one_line(outlet), "anchor": links.anchor(outlet, label), "searched": int(searched[outlet])}
                    for outlet in links.outlets
                    if (label, outlet) not in in_articles.index
                ],
            }
            for label in links.labels
        ],
        "counts": [
            {
                "outlet": one_line(outlet),
                "cells": [
                    {
                        "times": int(sizes[label][outlet].sum()) if (label, outlet) in in_articles.index else 0,
                        "anchor": links.anchor(outlet, label),
                    }
                    for label in links.labels
                ],
            }
            for outlet in links.outlets
        ],
        "shown": f"{len(lines):,} of {number(len(named), 'line')}",
        "is_all": len(lines) == len(named),
        "most": most,
    }


def _outlets(
    label: str,
    links: LineLinks,
    sizes: pd.Series,
    written: Mapping[Any, list[dict[str, str]]],
    in_articles: pd.Series,
    searched: pd.Series,
) -> Iterator[dict[str, Any]]:
    for outlet in links.outlets:
        if (label, outlet) not in in_articles.index:
            continue
        own = sizes[label][outlet]
        anchor = links.anchor(outlet, label)
        voices = sorted(own.index, key=lambda voice: VOICE_NAMES.index(voice) if voice in VOICE_NAMES else 9)
        yield {
            "name": one_line(outlet),
            "anchor": anchor,
            "size": f"{number(int(own.sum()), 'case')} in {int(in_articles[label, outlet]):,} of "
            f"{number(int(searched[outlet]), 'article')}",
            "voices": [
                {
                    "name": one_line(voice, longest=20),
                    "kind": voice if voice in VOICE_NAMES else "other",
                    "anchor": f"{anchor}-{voice}" if voice in VOICE_NAMES else "",
                    "size": int(own[voice]),
                    "lines": written[label, outlet, voice],
                }
                for voice in voices
            ],
        }


def _line(row: Mapping[Hashable, Any]) -> dict[str, str]:
    date = row["date"]
    known = isinstance(date, pd.Timestamp) and not missing(date)
    return {
        "date": f"{date:%Y-%m-%d}" if known else one_line(date) or "undated",
        "article": one_line(row["article_id"], longest=40) or MISSING,
        "left": one_line(row["left"], word=60) + " " * (not missing(row["left"]) and str(row["left"])[-1:].isspace()),
        "node": one_line(row["node"], word=60),
        "right": " " * (not missing(row["right"]) and str(row["right"])[:1].isspace())
        + one_line(row["right"], word=60),
    }
