"""Hits as a table for other researchers: where each stands, its sentence, who says it, and how to cite it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from corpus_tools.prepare.words import sentence_spans
from corpus_tools.schema import HITS, NARRATOR, VOICES, CorpusError, require_articles, require_columns
from corpus_tools.show.licence import may_be_handed_on
from corpus_tools.show.markup import missing

COLUMNS = (
    *("article_id", "outlet", "date", "title", "slot", "label", "surface", "sentence", "voice", "speaker"),
    *("section", "url", "licence", "citation"),
)
# Of an article that may not be handed on: so much of a sentence, and sentences up to so much of its text.
LONGEST_SENTENCE = 400
LARGEST_PART = 0.25
_URL = ("url", "link", "web_address")
_ACCESSION = ("accession", "accession_number", "doi")
_Row = Mapping[Hashable, Any]


def export_hits(
    articles: pd.DataFrame, hits: pd.DataFrame, *, voices: pd.DataFrame | None = None, to_publish: bool = False
) -> pd.DataFrame:
    """How can hits be handed to somebody who wants to check, count or cite them?

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles that were searched, with ``date``, ``title``, ``url`` and ``licence`` where they are known.
    hits : pandas.DataFrame
        As ``find_hits`` or ``find_phrase`` returns it.
    voices : pandas.DataFrame, optional
        As ``find_voices`` or ``name_speakers`` returns it; says who speaks where a hit is quoted or reported.
    to_publish : bool, default False
        ``True`` where the table is handed on: of an article whose ``licence`` does not allow that, a sentence is cut
        after 400 characters, and there are no more sentences than make up a quarter of its text.

    Returns
    -------
    pandas.DataFrame
        One row per hit, in the order of ``articles`` and of the text.

        - `article_id`, `outlet`, `date`, `title`: the article
        - `slot`, `label`, `surface`: the thing, the name for it, and the words as printed
        - `sentence`: the one in which they stand, on one line
        - `voice`, `speaker`: who says it; the speaker as printed, missing where none was found
        - `section`: headline, lead or body
        - `url`, `licence`: as the data have them
        - `citation`: outlet, title, date and address or number of the article; what is not known is left out

    Raises
    ------
    CorpusError
        When a column is missing, or a hit belongs to none of the articles.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_phrase(ct.tokenize(articles, ct.find_voices(articles)), "tarpaulin")
    >>> ct.export_hits(articles, hits)["citation"].iloc[0].startswith("Ropewalk Voice, “")
    True
    """
    require_articles(articles)
    require_columns(hits, "hits", HITS)
    known = {str(row["article_id"]): row for row in articles.to_dict("records")}
    stray = [one for one in hits["article_id"].astype("str").unique() if one not in known]
    if stray:
        raise CorpusError(f"The hits hold article {stray[0]!r}, which is not among the articles; use those searched.")
    free = dict(zip(known, may_be_handed_on(articles) if to_publish else [True] * len(known), strict=True))
    speakers = _speakers(voices)
    own = dict(list(hits.groupby(hits["article_id"].astype("str"), sort=False)))
    rows: list[dict[str, Any]] = []
    for article_id, article in known.items():
        if article_id in own:
            found = own[article_id].sort_values("start", kind="stable").to_dict("records")
            sentences = _sentences(str(article["text"]), found, whole=free[article_id])
            for hit, sentence in zip(found, sentences, strict=True):
                speaker = _speaker(speakers.get(article_id, []), hit)
                rows.append(_row(article, hit) | {"sentence": sentence, "speaker": speaker})
    exported = pd.DataFrame(rows, columns=list(COLUMNS))
    texts = {column: "str" for column in COLUMNS if column != "date"}
    return exported.astype(texts).assign(date=pd.to_datetime(exported["date"]))


def citation(article: _Row) -> str:
    """A ready reference to an article, of what is known about it.

    Examples
    --------
    >>> citation({"outlet": "Post", "title": "No talks", "date": pd.Timestamp(2024, 10, 2), "url": "example.org/1"})
    'Post, “No talks”, 2 October 2024, example.org/1'
    """
    title, kind = _text(article, "title"), _text(article, "kind")
    date = article.get("date")
    written = f"{date.day} {date:%B %Y}" if isinstance(date, pd.Timestamp) and not missing(date) else _one(date)
    place = next(filter(None, (_text(article, name) for name in (*_URL, *_ACCESSION))), "")
    told = ", ".join(filter(None, (_text(article, "outlet"), f"“{title}”" if title else "", written, place)))
    # Whoever cites a made-up newsroom should say so.
    return f"{told} [{kind}]" if kind else told


def _row(article: _Row, hit: _Row) -> dict[str, Any]:
    url = next(filter(None, (_text(article, name) for name in _URL)), None)
    of_article = {name: article.get(name) for name in ("article_id", "outlet", "title", "licence")}
    date = article.get("date")
    of_hit = {name: hit[name] for name in ("slot", "label", "surface", "voice", "section")}
    known = {name: None if missing(value) else value for name, value in (of_article | of_hit).items()}
    return known | {"date": date if isinstance(date, pd.Timestamp) else None, "url": url, "citation": citation(article)}


def _sentences(text: str, hits: list[dict[Hashable, Any]], *, whole: bool) -> list[str | None]:
    """The sentence of each hit; of an article that may not be handed on, as long as there is room."""
    spans = sentence_spans(text)
    starts = [start for start, _ in spans]
    room = len(text) if whole else int(LARGEST_PART * len(text))
    told: dict[tuple[int, int], str | None] = {}
    shown: list[str | None] = []
    for hit in hits:
        first, last = spans[max(bisect_right(starts, int(hit["start"])) - 1, 0)]
        span = (first, max(last, int(hit["end"])))
        if span not in told:
            sentence = " ".join(text[slice(*span)].split())
            if not whole and len(sentence) > LONGEST_SENTENCE:
                sentence = sentence[:LONGEST_SENTENCE].rsplit(" ", 1)[0] + " …"
            told[span] = sentence if whole or len(sentence) <= room else None
            room -= len(told[span] or "")
        shown.append(told[span])
    return shown


def _speakers(voices: pd.DataFrame | None) -> dict[str, list[tuple[int, int, object]]]:
    if voices is None:
        return {}
    require_columns(voices, "voices", VOICES)
    speakers: dict[str, list[tuple[int, int, object]]] = {}
    for row in voices.sort_values("start", kind="stable").itertuples():
        if not missing(row.speaker):
            speakers.setdefault(str(row.article_id), []).append((int(row.start), int(row.end), row.speaker))
    return speakers


def _speaker(stretches: list[tuple[int, int, object]], hit: _Row) -> object:
    """Whoever speaks where the hit begins; the innermost, where one quotes another."""
    inside = [speaker for start, end, speaker in stretches if start <= hit["start"] < end]
    return inside[-1] if inside and hit["voice"] != NARRATOR else None


def _text(article: _Row, name: str) -> str:
    return _one(article.get(name))


def _one(value: object) -> str:
    return "" if missing(value) else " ".join(str(value).split())
