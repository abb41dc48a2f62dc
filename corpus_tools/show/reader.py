"""One article as a page: whose words are whose, and where the competing names stand."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools.schema import (
    ARTICLES,
    HITS,
    NARRATOR,
    VOICE_NAMES,
    VOICES,
    CorpusError,
    nearest,
    require_columns,
)
from corpus_tools.show.describe import UNCHECKED, all_checked
from corpus_tools.show.markup import MISSING, Fragment, as_printed, missing, one_line, percent, render
from corpus_tools.show.style import PALETTE, assign_styles

_BEGINNING = 90


class Span(NamedTuple):
    """A stretch of an article's text, in characters, and what it is: a row of ``voices`` or of ``hits``."""

    start: int
    end: int
    row: Mapping[Hashable, Any]


class Piece(NamedTuple):
    """Text in which nothing changes: the same voice, the same hits. Hits that end here give their tags."""

    text: str
    hits: tuple[Span, ...]
    ending: tuple[Span, ...]


class Run(NamedTuple):
    """Pieces of one voice within a paragraph; no ``voice`` is the narrator's."""

    voice: Span | None
    first: bool
    last: bool
    pieces: tuple[Piece, ...]


def show_article(articles: pd.DataFrame, voices: pd.DataFrame, hits: pd.DataFrame, article_id: object) -> Fragment:
    """How does one article read when its voices and its choice of names are marked?

    Parameters
    ----------
    articles, voices, hits : pandas.DataFrame
        What ``read_articles``, ``find_voices`` and ``find_hits`` returned; rows of other articles are passed over.
    article_id : object
        Which article.

    Returns
    -------
    Fragment
        A page in a notebook, plain text elsewhere: headline, lead and body; a strip that shows how much of the
        article is whose; reported words with a dotted underline, quoted words tinted and marked in the margin; hits
        bold and underlined, their label beside them. No script, and nothing is fetched.

    Raises
    ------
    CorpusError
        When there is no such article, with the nearest identifier; or when a column is missing.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> voices = ct.find_voices(articles)
    >>> hits = ct.find_hits(ct.tokenize(articles, voices), ct.read_lexicon("strike"))
    >>> "</article>" in show_article(articles, voices, hits, articles["article_id"].iloc[0]).html
    True
    """
    article = _article(articles, article_id)
    require_columns(voices, "voices", VOICES)
    require_columns(hits, "hits", HITS)
    text = str(article["text"])
    spoken = _apart(_spans(voices, article_id, len(text)))
    found = _spans(hits, article_id, len(text))
    paragraphs = [list(cut(text, start, end, spoken, found)) for start, end in paragraph_spans(text)]
    headed = _starts_with_title(article)
    page = {
        **_facts(article),
        **_measures(text, spoken),
        **_names(found),
        "tells_reported": bool((voices["voice"] == "reported").any()),
        "headline": _shown(paragraphs[0], found) if headed else [],
        "paragraphs": [
            {"section": "body" if place else "lead", "runs": _shown(runs, found)}
            for place, runs in enumerate(paragraphs[headed:])
        ],
        "speakers": [_speaker(span, text) for span in spoken],
    }
    return render("reader", plain=_plain(article, paragraphs), **page)


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where are the paragraphs of a text? They are its lines; blank ones do not count.

    Examples
    --------
    >>> paragraph_spans("One.\\n\\nTwo.")
    [(0, 4), (6, 10)]
    """
    return [line.span() for line in re.finditer(r"\S[^\n]*", text)]


def cut(text: str, start: int, end: int, voices: Sequence[Span], hits: Sequence[Span]) -> Iterator[Run]:
    """Which runs and pieces make this stretch? It is cut wherever a voice or a hit begins or ends.

    Examples
    --------
    >>> said, hit = Span(4, 12, {}), Span(2, 6, {})
    >>> [[piece.text for piece in run.pieces] for run in cut("ab cd ef gh ij", 0, 14, [said], [hit])]
    [['ab', ' c'], ['d ', 'ef gh '], ['ij']]
    """
    said = [span for span in voices if span.start < end and span.end > start]
    found = [span for span in hits if span.start < end and span.end > start]
    edges = {edge for span in (*said, *found) for edge in (span.start, span.end) if start < edge < end}
    places = list(pairwise(sorted({start, end} | edges)))

    def voice_at(place: tuple[int, int]) -> int | None:
        return next((n for n, span in enumerate(said) if span.start <= place[0] < span.end), None)

    for number, group in groupby(places, key=voice_at):
        own = list(group)
        voice = None if number is None else said[number]
        pieces = tuple(_piece(text, place, end, found) for place in own)
        first = voice is not None and own[0][0] == max(voice.start, start)
        last = voice is not None and own[-1][1] == min(voice.end, end)
        yield Run(voice, first, last, pieces)


def _piece(text: str, place: tuple[int, int], end: int, hits: Sequence[Span]) -> Piece:
    here = tuple(hit for hit in hits if hit.start <= place[0] and place[1] <= hit.end)
    return Piece(text[place[0] : place[1]], here, tuple(hit for hit in here if min(hit.end, end) == place[1]))


def _article(articles: pd.DataFrame, article_id: object) -> Mapping[Hashable, Any]:
    require_columns(articles, "articles", ARTICLES)
    found = articles[articles["article_id"].astype(str) == str(article_id)]
    if found.empty:
        raise CorpusError(f"There is no article {article_id!r}; {nearest(article_id, articles['article_id'])}")
    row: Mapping[Hashable, Any] = found.iloc[0].to_dict()
    return row


def _spans(frame: pd.DataFrame, article_id: object, length: int) -> list[Span]:
    """The stretches of one article in reading order; what lies outside of its text is left out."""
    own = frame[(frame["article_id"].astype(str) == str(article_id)) & frame["start"].notna() & frame["end"].notna()]
    spans = [Span(max(int(row["start"]), 0), min(int(row["end"]), length), row) for row in own.to_dict("records")]
    return sorted((span for span in spans if span.start < span.end), key=lambda span: span[:2])


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Voices without overlap: where two claim the same words, the earlier one keeps them."""
    kept: list[Span] = []
    for span in spans:
        start = max(span.start, kept[-1].end) if kept else span.start
        if start < span.end and span.row["voice"] in VOICE_NAMES and span.row["voice"] != NARRATOR:
            kept.append(span._replace(start=start))
    return kept


def _starts_with_title(article: Mapping[Hashable, Any]) -> bool:
    title, first = article["title"], str(article["text"]).lstrip().split("\n", 1)[0]
    return not missing(title) and " ".join(str(title).split()) == " ".join(first.split()) != ""


def _facts(article: Mapping[Hashable, Any]) -> dict[str, str]:
    date = article["date"]
    written = "undated" if missing(date) else one_line(date)
    if isinstance(date, pd.Timestamp):
        written = f"{date.day} {date.month_name()} {date.year}"
    return {
        "name": f"Article {one_line(article['article_id'], longest=60)}",
        "article_id": one_line(article["article_id"], longest=60),
        "outlet": one_line(article["outlet"], longest=80) or MISSING,
        "date": written,
        "kind": one_line(article.get("kind")),
        "licence": one_line(article.get("licence"), longest=80),
    }


def _measures(text: str, spoken: Sequence[Span]) -> dict[str, Any]:
    """The strip and its words: how many of the characters are whose."""
    edges = [0, *(edge for span in spoken for edge in (span.start, span.end)), len(text)]
    names = [NARRATOR, *(name for span in spoken for name in (span.row["voice"], NARRATOR))]
    parts = [
        {"voice": name, "length": end - start}
        for name, (start, end) in zip(names, pairwise(edges), strict=True)
        if end > start
    ]
    whole = max(len(text), 1)
    told = {
        voice: percent(sum(int(part["length"]) for part in parts if part["voice"] == voice) / whole)
        for voice in VOICE_NAMES
    }
    listed = ", ".join(f"{voice} {share}" for voice, share in told.items())
    return {
        "strip": parts,
        "told": told,
        "strip_told": f"Whose words the article's {len(text):,} characters are: {listed}",
    }


def _names(found: Sequence[Span]) -> dict[str, Any]:
    """The legend: by slot, the labels that occur, and how often."""
    hues = _hues(found)
    slots: dict[str, dict[str, int]] = {}
    for span in found:
        labels = slots.setdefault(one_line(span.row["slot"]) or "what was looked for", {})
        label = str(span.row["label"])
        labels[label] = labels.get(label, 0) + 1
    listed = [
        {
            "name": slot,
            "labels": [{"label": one_line(name), "hue": hues[name], "count": n} for name, n in labels.items()],
        }
        for slot, labels in slots.items()
    ]
    checked = all_checked(pd.DataFrame({"checked": [span.row["checked"] for span in found]}, dtype=object))
    return {"slots": listed, "unchecked": "" if checked else UNCHECKED}


def _hues(found: Sequence[Span]) -> dict[str, int]:
    labels = list(assign_styles(span.row["label"] for span in found))
    return {label: place % len(PALETTE) for place, label in enumerate(labels)} | {"nan": 0, "None": 0}


def _shown(runs: Sequence[Run], found: Sequence[Span]) -> list[dict[str, Any]]:
    """The runs as plain values for the page."""
    hues = _hues(found)

    def tag(hit: Span) -> dict[str, Any]:
        return {"label": one_line(hit.row["label"], longest=32), "hue": hues[str(hit.row["label"])]}

    return [
        {
            "voice": run.voice.row["voice"] if run.voice else "",
            "about": _about(run.voice.row) if run.voice else "",
            "first": run.first,
            "last": run.last,
            "pieces": [
                {
                    "text": as_printed(piece.text),
                    "hue": tag(piece.hits[0])["hue"] if piece.hits else None,
                    "tags": [tag(hit) for hit in piece.ending],
                }
                for piece in run.pieces
            ],
        }
        for run in runs
    ]


def _about(voice: Mapping[Hashable, Any]) -> str:
    speaker = one_line(voice["speaker"], longest=80)
    return f"{voice['voice']}, {speaker}" if speaker else str(voice["voice"])


def _speaker(span: Span, text: str) -> dict[str, str]:
    return {
        "voice": span.row["voice"],
        "speaker": one_line(span.row["speaker"], longest=80) or "no name given",
        "cue": one_line(span.row["cue"], longest=60),
        "words": one_line(text[span.start : span.end], longest=_BEGINNING),
    }


def _plain(article: Mapping[Hashable, Any], paragraphs: Sequence[Sequence[Run]]) -> str:
    facts = _facts(article)
    head = [" · ".join(facts[key] for key in ("outlet", "date", "article_id", "kind") if facts[key])]
    return "\n\n".join(head + ["".join(map(_plain_run, runs)) for runs in paragraphs])


def _plain_run(run: Run) -> str:
    text = ""
    for piece in run.pieces:
        text += as_printed(piece.text) + "".join(f" [{one_line(hit.row['label'])}]" for hit in piece.ending)
    if run.voice is None or run.voice.row["voice"] != "reported":
        return text
    return ("⟨" if run.first else "") + text + ("⟩" if run.last else "")
