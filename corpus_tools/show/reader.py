"""One article as a page, or two side by side: whose words are whose, and where the competing names stand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from string import ascii_lowercase
from typing import Any, NamedTuple

import pandas as pd
from pandas.api.types import is_scalar

from corpus_tools.schema import (
    ARTICLES,
    HITS,
    NARRATOR,
    VOICE_NAMES,
    VOICES,
    CorpusError,
    empty,
    nearest,
    require_articles,
    require_columns,
)
from corpus_tools.show.describe.words import UNCHECKED, all_checked
from corpus_tools.show.markup import MISSING, Fragment, as_printed, missing, number, one_line, percent, render
from corpus_tools.show.stretches import (
    Piece,
    Run,
    Span,
    Tie,
    apart,
    clusters,
    cut,
    own_spans,
    paragraph_spans,
    within_paragraphs,
)
from corpus_tools.show.style import PALETTE
from corpus_tools.show.ties import shared_ties

_NO_SLOT = "what was looked for"


class _Label(NamedTuple):
    """How a label is told from the others: by its letter everywhere, by its hue where there is colour."""

    slot: str
    name: str
    hue: int
    key: str


class _Sheet(NamedTuple):
    """One article with all that is marked in it."""

    row: Mapping[Hashable, Any]
    text: str
    paragraphs: list[list[Run]]
    spoken: list[Span]
    found: list[Span]
    ties: list[Tie]


def show_article(
    articles: pd.DataFrame,
    voices: pd.DataFrame,
    hits: pd.DataFrame | None,
    article_id: object,
    *,
    passages: pd.DataFrame | None = None,
) -> Fragment:
    """How does an article read, alone or beside another, when its voices and its choice of names are marked?

    Parameters
    ----------
    articles, voices, hits : pandas.DataFrame
        What ``read_articles``, ``find_voices`` and ``find_hits`` returned; rows of other articles are passed over,
        but give labels their hue, so that it stays the same from article to article. ``hits=None`` marks no names.
    article_id : object
        Which article; a list or tuple of two for two side by side, such as two accounts of one event.
    passages : pandas.DataFrame, optional
        What ``align_passages`` returned: words that two articles share, bracketed in both with the same number.

    Returns
    -------
    Fragment
        A page in a notebook, plain text elsewhere: headline, lead and body; a strip that shows how much of the
        article is whose and where the hits stand; reported words with a dotted underline, quoted words tinted and
        marked in the margin, the speaker beside them; hits bold and underlined, each with the letter that the
        legend explains. Nothing is fetched. Tab goes from hit to hit; where scripts may run, j and k do so as well.

    Raises
    ------
    CorpusError
        When there is no such article, with the nearest identifier; when more than two are asked for; when passages
        are given for one article alone; or when a column is missing.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> voices = ct.find_voices(articles)
    >>> hits = ct.find_hits(ct.tokenize(articles, voices), ct.read_lexicon("strike"))
    >>> "</article>" in show_article(articles, voices, hits, articles["article_id"].iloc[0]).html
    True
    """
    hits = empty(HITS) if hits is None else hits
    require_columns(articles, "articles", ARTICLES)
    require_articles(articles, ("article_id", "text"))
    require_columns(voices, "voices", VOICES)
    require_columns(hits, "hits", HITS)
    ids = _asked_for(article_id)
    shared = shared_ties(passages, ids, articles)
    sheets = [_sheet(articles, voices, hits, one, ties) for one, ties in zip(ids, shared, strict=True)]
    labels = _labels(hits, [span for sheet in sheets for span in sheet.found])
    page = {
        "sheets": [_page(sheet, labels) for sheet in sheets],
        **_legend(sheets, labels),
        "passages": number(len(shared[0]), "passage") if shared[0] else "",
    }
    return render("reader", plain="\n\n\n".join(map(_plain, sheets)), **page)


def _asked_for(article_id: object) -> list[object]:
    ids = list(article_id) if isinstance(article_id, list | tuple) else [article_id]
    if not 1 <= len(ids) <= 2 or len(set(map(str, ids))) < len(ids) or not all(map(is_scalar, ids)):
        raise CorpusError(
            f"The option 'article_id' cannot be {one_line(article_id, longest=80)}; "
            "it is one article, or a list of two different ones."
        )
    return ids


def _sheet(
    articles: pd.DataFrame, voices: pd.DataFrame, hits: pd.DataFrame, article_id: object, shared: Sequence[Tie]
) -> _Sheet:
    own = articles[articles["article_id"].astype(str) == str(article_id)]
    if own.empty:
        raise CorpusError(f"There is no article {article_id!r}; {nearest(article_id, articles['article_id'])}")
    text = str(own["text"].iloc[0])
    places = paragraph_spans(text)
    spoken = within_paragraphs(apart(own_spans(voices, article_id, len(text))), places)
    found = within_paragraphs(own_spans(hits, article_id, len(text)), places)
    ties = within_paragraphs(shared, places)
    paragraphs = [list(cut(text, *place, spoken, found, ties)) for place in places]
    return _Sheet(own.iloc[0].to_dict(), text, paragraphs, spoken, found, ties)


def _labels(hits: pd.DataFrame, found: Sequence[Span]) -> dict[tuple[str, str], _Label]:
    """The labels that are shown. Hues follow one another over all slots, so that rivals for one thing differ."""
    known = hits[["slot", "label"]].drop_duplicates().itertuples(index=False)
    hues = {pair: place % len(PALETTE) for place, pair in enumerate(sorted({_pair(*row) for row in known}))}
    shown = sorted({_pair(span.row["slot"], span.row["label"]) for span in found})
    return {
        pair: _Label(one_line(pair[0]) or _NO_SLOT, one_line(pair[1]) or MISSING, hues[pair], _letters(place))
        for place, pair in enumerate(shown)
    }


def _pair(slot: object, label: object) -> tuple[str, str]:
    """As written: two names that only look alike once they are cut to fit stay two."""
    return "" if missing(slot) else str(slot), "" if missing(label) else str(label)


def _letters(place: int) -> str:
    """a to z, then aa, ab and so on.

    Examples
    --------
    >>> _letters(0), _letters(25), _letters(26), _letters(701)
    ('a', 'z', 'aa', 'zz')
    """
    before, letter = divmod(place, len(ascii_lowercase))
    return (_letters(before - 1) if before else "") + ascii_lowercase[letter]


def _legend(sheets: Sequence[_Sheet], labels: Mapping[tuple[str, str], _Label]) -> dict[str, Any]:
    """By slot, the labels that occur and how often in each article."""
    counts = {
        pair: [sum(_pair(span.row["slot"], span.row["label"]) == pair for span in sheet.found) for sheet in sheets]
        for pair in labels
    }
    slots: dict[str, list[dict[str, Any]]] = {}
    for pair, label in labels.items():
        told = " + ".join(str(count) for count in counts[pair])
        slots.setdefault(label.slot, []).append({**label._asdict(), "count": told})
    marks = [span.row["checked"] for sheet in sheets for span in sheet.found]
    checked = all_checked(pd.DataFrame({"checked": marks}, dtype=object))
    return {
        "slots": [{"name": name, "labels": own} for name, own in slots.items()],
        "names_told": f"{number(len(labels), 'name')} for {number(len(slots), 'thing')}",
        "unchecked": "" if checked else UNCHECKED,
    }


def _page(sheet: _Sheet, labels: Mapping[tuple[str, str], _Label]) -> dict[str, Any]:
    """One article as plain values for the page."""
    headed = _starts_with_title(sheet.row)
    notes = _notes(sheet)
    shown = [_runs(runs, labels, notes) for runs in sheet.paragraphs]
    return {
        **_facts(sheet.row),
        **_measures(sheet, labels),
        "headline": shown[0] if headed else [],
        "paragraphs": [
            {"section": "body" if place else "lead", "runs": runs} for place, runs in enumerate(shown[headed:])
        ],
    }


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


def _measures(sheet: _Sheet, labels: Mapping[tuple[str, str], _Label]) -> dict[str, Any]:
    """The strip and its words: how many of the characters are whose, and where the hits stand."""
    whole = max(len(sheet.text), 1)
    edges = [0, *(edge for span in sheet.spoken for edge in (span.start, span.end)), len(sheet.text)]
    names = [NARRATOR, *(name for span in sheet.spoken for name in (span.row["voice"], NARRATOR))]
    parts = [
        {"voice": name, "length": end - start}
        for name, (start, end) in zip(names, pairwise(edges), strict=True)
        if end > start
    ]
    told = [
        {"voice": voice, "share": percent(sum(int(part["length"]) for part in parts if part["voice"] == voice) / whole)}
        for voice in VOICE_NAMES
    ]
    listed = ", ".join(f"{one['voice']} {one['share']}" for one in told)
    return {
        "strip": parts,
        "told": told,
        "hits_told": number(len(sheet.found), "hit"),
        "ticks": [
            {"at": f"{100 * hit.start / whole:.1f}", "hue": labels[_pair(hit.row["slot"], hit.row["label"])].hue}
            for hit in sheet.found
        ],
        "bars": [
            {"at": f"{100 * tie.start / whole:.1f}", "wide": f"{100 * (tie.end - tie.start) / whole:.1f}"}
            for tie in sheet.ties
        ],
        "strip_told": f"Whose words the article's {len(sheet.text):,} characters are: {listed}",
    }


def _notes(sheet: _Sheet) -> dict[int, dict[str, str]]:
    """The speakers for the margin, by the start of their words; one who goes on is not named again.

    One who is quoted again after a paragraph or more without speech is: the reader may have lost the thread.
    """
    notes: dict[int, dict[str, str]] = {}
    before, ended = "", 0
    starts = [place for place, _ in paragraph_spans(sheet.text)]
    for span in sheet.spoken:
        speaker, cue = one_line(span.row["speaker"], longest=80), one_line(span.row["cue"], longest=60)
        paragraph = sum(start <= span.start for start in starts)
        if speaker and (speaker.casefold() != before or paragraph > ended + 1):
            # A zero-width blank lets "Khankendi/Stepanakert" turn over after its slash.
            notes[span.start] = {"speaker": speaker.replace("/", "/\u200b"), "cue": cue}
        elif not speaker and cue:
            notes[span.start] = {"speaker": "", "cue": cue}
        if speaker or cue:
            before, ended = speaker.casefold(), sum(start < span.end for start in starts)
    return notes


def _runs(
    runs: Sequence[Run], labels: Mapping[tuple[str, str], _Label], notes: Mapping[int, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The runs of one paragraph as plain values for the page."""
    return [
        {
            "voice": run.voice.row["voice"] if run.voice else "",
            "about": _about(run.voice.row) if run.voice else "",
            "note": notes.get(run.voice.start) if run.voice and run.pieces[0].start == run.voice.start else None,
            "first": run.first,
            "last": run.last,
            "clusters": [_cluster(hits, pieces, labels) for hits, pieces in clusters(run.pieces)],
        }
        for run in runs
    ]


def _cluster(hits: Sequence[Span], pieces: Sequence[Piece], labels: Mapping[tuple[str, str], _Label]) -> dict[str, Any]:
    end = pieces[-1].start + len(pieces[-1].text)
    own = [labels[_pair(hit.row["slot"], hit.row["label"])] for hit in hits]
    ending = [label.key for label, hit in zip(own, hits, strict=True) if hit.end <= end]
    return {
        "labels": own,
        # A hit that goes on over the edge of a voice is one place to go to, and is told once.
        "begins": any(hit.start >= pieces[0].start for hit in hits),
        "letters": " ".join(ending),
        "pieces": [piece._replace(text=as_printed(piece.text)) for piece in pieces],
    }


def _about(voice: Mapping[Hashable, Any]) -> str:
    speaker = one_line(voice["speaker"], longest=80)
    return f"{voice['voice']}, {speaker}" if speaker else str(voice["voice"])


def _plain(sheet: _Sheet) -> str:
    facts = _facts(sheet.row)
    head = [" · ".join(facts[key] for key in ("outlet", "date", "article_id", "kind") if facts[key])]
    return "\n\n".join(head + ["".join(map(_plain_run, runs)) for runs in sheet.paragraphs])


def _plain_run(run: Run) -> str:
    text = ""
    for piece in run.pieces:
        end = piece.start + len(piece.text)
        text += "".join(f"{{{tie}: " for tie in piece.opens) + as_printed(piece.text)
        text += "".join(f" [{one_line(hit.row['label'])}]" for hit in piece.hits if hit.end == end)
        text += "".join(f" :{tie}}}" for tie in piece.closes)
    if run.voice is None or run.voice.row["voice"] != "reported":
        return text
    return ("⟨" if run.first else "") + text + ("⟩" if run.last else "")
