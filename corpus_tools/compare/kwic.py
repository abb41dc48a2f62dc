"""The lines behind a number."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd

from corpus_tools.compare.choices import counted_hits
from corpus_tools.compare.passage_lines import are_passages, behind_copy, passage_stretches
from corpus_tools.prepare.facts import event_names
from corpus_tools.prepare.speakers import named_speakers
from corpus_tools.prepare.tokens import section_ends
from corpus_tools.prepare.words import sentence_spans
from corpus_tools.schema import (
    ALL_OTHERS,
    COMPARISON,
    COVERAGE,
    HITS,
    KWIC,
    ROBUSTNESS,
    SECTION_NAMES,
    SPEAKERS,
    VERB_GROUPS,
    VOICE_NAMES,
    VOICES,
    CorpusError,
    empty,
    require_articles,
    require_columns,
)

_CONTEXT = 80


def kwic(
    articles: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    row: pd.Series | pd.DataFrame | None = None,
    n: int | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """In which sentences do these hits stand?

    Parameters
    ----------
    articles : pandas.DataFrame
        With `article_id`, `outlet`, `text`, and `date` where known.
    hits : pandas.DataFrame
        As `find_hits` or `find_phrase` returns it; or stretches in another voice, as `find_voices` or
        `name_speakers` returns them, to read what a speaker is given to say; or passages, as `align_passages` returns
        them, to read what an outlet shares with others (``label`` is then the other outlet).
    row : Series or frame with one row, optional
        A row of a result (``shares.loc[0]``): only the hits behind that number are shown. Of a contrast, the hits of
        its label in both outlets; of `speakers`, the stretches of that speaker in that outlet; of `coverage`, where
        the outlet tells the fact (the hits are those of `find_facts`); of `robustness`, the hits of its label that this
        combination counts (without shared copy: hand over ``drop_reused(hits, passages)``); of `compare_articles`, the
        word in target and reference (the hits are those of ``find_phrase(tokens, row["term"])``); of `shared_copy`,
        the passages of that outlet that stand in the other.
    n : int, optional
        At most so many lines, drawn at random; all by default.
    random_state : int
        Seed of the drawing.

    Returns
    -------
    pandas.DataFrame
        One row per hit or stretch, in the order of the articles.

        - `article_id`, `outlet`, `date`, `voice`, `section`: where it stands
        - `left`, `node`, `right`: the words as printed with up to 80 characters of their paragraph on each side
        - `sentence`: the whole sentence
        - `label`: of the hit, or the pattern that was looked for; of a stretch, the name of its speaker

    Raises
    ------
    CorpusError
        When a column is missing, a hit or stretch belongs to none of the articles, or they are not those that
        ``row`` was computed from.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> tokens = ct.tokenize(articles, ct.find_voices(articles))
    >>> ct.kwic(articles, ct.find_phrase(tokens, "tarpaulin"))["node"].tolist()[:1]
    ['tarpaulin']
    """
    require_articles(articles)
    of_speakers = isinstance(hits, pd.DataFrame) and "slot" not in hits.columns and set(VOICES) <= set(hits.columns)
    of_passages = are_passages(hits)
    if of_speakers:
        hits = _stretches(articles, hits)
    elif of_passages:
        hits = _in_sections(articles, passage_stretches(hits))
    else:
        require_columns(hits, "hits", HITS)
    if isinstance(row, pd.DataFrame) and len(row) == 1:
        row = row.iloc[0]
    if row is not None and not isinstance(row, pd.Series):
        raise CorpusError(f"The option 'row' is one row of a result, such as shares.loc[0], not {type(row).__name__}.")
    if row is not None and of_passages:
        chosen = behind_copy(hits, row)
    else:
        chosen = hits if row is None else (_spoken if of_speakers else _behind)(articles, hits, row)
    if n is not None and n < 0:
        raise CorpusError(f"The option 'n' cannot be {n}; it is a number of lines, 0 or more.")
    if n is not None and n < len(chosen):
        drawn = np.random.default_rng(random_state).choice(len(chosen), size=n, replace=False)
        chosen = chosen.iloc[np.sort(drawn)]
    places = {str(a): i for i, a in enumerate(articles["article_id"])}
    stray = [a for a in chosen["article_id"].unique() if a not in places]
    if stray:
        raise CorpusError(f"The hits hold article {stray[0]!r}, which is not among the articles; use those searched.")
    if chosen.empty:
        return empty(KWIC).astype({"sentence": "str"})
    ordered = chosen.assign(_place=chosen["article_id"].map(places)).sort_values(["_place", "start"], kind="stable")
    lines: list[dict[str, object]] = []
    for place, own in ordered.groupby("_place", sort=True):
        lines += _lines(articles.iloc[int(place)], own)
    return pd.DataFrame(lines)[list(KWIC)]


def _behind(articles: pd.DataFrame, hits: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The hits that a row of shares or of a contrast counts."""
    if {"node", "log_dice"} <= set(row.index):
        raise CorpusError(
            "A row of collocates has no hits; hand over those of collocate_hits(tokens, row['node'], row['term'])."
        )
    if set(COMPARISON) <= set(row.index):
        return _of_term(articles, hits, row)
    if "term" in row.index:
        raise CorpusError("A row about a term has no hits; hand over those of find_phrase(tokens, row['term']).")
    if "no_verb" in row.index:
        raise CorpusError("A row of speakers counts stretches, not hits; hand over the voices in place of the hits.")
    if set(COVERAGE) <= set(row.index):
        return _told(articles, hits, row)
    if set(ROBUSTNESS) <= set(row.index):
        hits = counted_hits(articles, hits, row)
    if "slot" not in row.index:
        raise CorpusError("The option 'row' is a row of framing_shares or framing_contrast, with a column 'slot'.")
    # Grouping columns stand before the slot; everything behind the label is a measure.
    keys = list(row.index[: list(row.index).index("slot")])
    of_article = [c for c in keys if c in articles.columns and (c == "outlet" or c not in hits.columns)]
    known = hits.drop(columns=[c for c in of_article if c in hits.columns])
    places = articles[["article_id", *of_article]].astype({"article_id": "str"})
    known = known.merge(places, on="article_id", how="left").set_axis(hits.index)
    chosen = known["label"] == row["label"]
    for column in [*keys, *(["slot"] if row["slot"] != "" else [])]:
        chosen &= known[column].isna() if pd.isna(row[column]) else known[column] == row[column]
    if "target" in row.index and row["reference"] != ALL_OTHERS:
        chosen &= known["outlet"].isin([row["target"], row["reference"]])
    found = hits[chosen]
    if "hits" in row.index and len(found) != row["hits"]:
        raise CorpusError(
            f"The row counts {row['hits']} hits and these hits have {len(found)} for it; "
            "hand over the hits from which it was computed."
        )
    return found


def _of_term(articles: pd.DataFrame, hits: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The hits of a word on the two sides that a row of compared articles counts."""
    outlets = articles["outlet"].astype("str").set_axis(articles["article_id"].astype("str"))
    # A pattern finds the possessive as well, which is a word of its own in a comparison of words.
    own = hits[(hits["label"].astype("str") == str(row["term"])) & (hits["surface"] == str(row["term"]))]
    outlet = own["article_id"].astype("str").map(outlets)
    in_target = outlet == row["target"]
    in_reference = outlet.notna() & ~in_target if row["reference"] == ALL_OTHERS else outlet == row["reference"]
    counted = (row["count_target"], row["count_reference"])
    # A row does not say whether it was compared inside events; its counts do.
    for chosen in (in_target | in_reference, (in_target | in_reference) & _in_shared_events(articles, own, row)):
        if (int((chosen & in_target).sum()), int((chosen & in_reference).sum())) == counted:
            return own[chosen]
    raise CorpusError(
        f"The row counts {row['term']!r} {counted[0]:g} and {counted[1]:g} times and these hits have it "
        f"{in_target.sum()} and {in_reference.sum()} times; hand over those of find_phrase(tokens, row['term']), with "
        "the tokens that were compared."
    )


def _in_shared_events(articles: pd.DataFrame, hits: pd.DataFrame, row: pd.Series) -> pd.Series:
    """Which hits stand in articles of events that both sides of the row cover; none where there are no events."""
    if "event" not in articles.columns:
        return pd.Series(False, index=hits.index)
    outlet = articles["outlet"].astype("str")
    is_reference = (outlet != row["target"]) if row["reference"] == ALL_OTHERS else outlet == row["reference"]
    of_both = articles[(outlet == row["target"]) | is_reference]
    sides = (of_both["outlet"].astype("str") == row["target"]).groupby(of_both["event"]).nunique()
    shared = of_both.loc[of_both["event"].isin(sides.index[sides == 2]), "article_id"]
    return hits["article_id"].astype("str").isin(shared.astype("str"))


def _told(articles: pd.DataFrame, hits: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The hits of a fact in the articles that a row of coverage counts."""
    of_outlet = articles["outlet"].astype("str") == str(row["outlet"])
    in_event = pd.isna(row["event"]) | (event_names(articles) == str(row["event"]))
    searched = articles.loc[of_outlet & in_event, "article_id"].astype("str")
    same_event = hits["slot"].isna() if pd.isna(row["event"]) else hits["slot"] == row["event"]
    found = hits[same_event & (hits["label"] == row["fact"]) & hits["article_id"].astype("str").isin(searched)]
    first = found.sort_values("start", kind="stable").drop_duplicates("article_id")
    counted = {name: int((first["section"] == name).sum()) for name in SECTION_NAMES}
    counted |= {name: int((first["voice"] == name).sum()) for name in VOICE_NAMES}
    if len(searched) != row["searched"] + row["older"] or any(counted[name] != row[name] for name in counted):
        raise CorpusError(
            f"The row counts {row['articles']:g} of {row['searched']:g} articles and these hits stand in {len(first)} "
            f"of {len(searched)}, or in other sections or voices; hand over the articles and hits "
            "from which it was computed."
        )
    return found


def _stretches(articles: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """What others say, as lines: the label is the speaker."""
    named = named_speakers(articles, voices)
    return _in_sections(articles, named.assign(label=named["speaker"]))


def _in_sections(articles: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """Stretches with the section in which each begins."""
    texts = articles.set_index(articles["article_id"].astype("str"))
    titles = texts["title"] if "title" in texts.columns else pd.Series(pd.NA, index=texts.index)
    section = np.zeros(len(stretches), dtype=np.int64)
    for article_id, places in stretches.groupby("article_id", sort=False).indices.items():
        if article_id not in texts.index:
            continue
        title = titles[article_id]
        ends = section_ends(str(texts["text"][article_id]), "" if pd.isna(title) else str(title))
        section[places] = np.searchsorted(ends, stretches["start"].to_numpy()[places], side="right")
    sections = pd.Series([SECTION_NAMES[place] for place in section], index=stretches.index, dtype="str")
    return stretches.assign(section=sections)


def _spoken(articles: pd.DataFrame, stretches: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The stretches that a row of speakers counts."""
    if not set(SPEAKERS) <= set(row.index):
        raise CorpusError("With voices, the option 'row' is a row of speakers; other rows count hits.")
    own = stretches["label"].isna() if pd.isna(row["speaker"]) else stretches["label"] == row["speaker"]
    found = stretches[own & (stretches["outlet"] == row["outlet"])]
    counted = row[[*VERB_GROUPS, "no_verb"]].fillna(0).sum()
    if len(found) != counted:
        raise CorpusError(
            f"The row counts {counted:g} stretches and these voices have {len(found)} for it; "
            "hand over those from which it was computed."
        )
    return found


def _lines(article: pd.Series, hits: pd.DataFrame) -> list[dict[str, object]]:
    text = str(article["text"])
    sentences = sentence_spans(text)
    starts = [s for s, _ in sentences]
    lines: list[dict[str, object]] = []
    for hit in hits.itertuples():
        start, end = int(hit.start), int(hit.end)
        first, last = sentences[max(bisect_right(starts, start) - 1, 0)]
        left, right = _context(text, start, end)
        lines.append(
            {
                "article_id": article["article_id"],
                "outlet": article["outlet"],
                "date": article.get("date", pd.NaT),
                "voice": hit.voice,
                "section": hit.section,
                "left": left,
                "node": text[start:end],
                "right": right,
                "sentence": text[first : max(last, end)],
                "label": hit.label,
            }
        )
    return lines


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands around a node in its paragraph, cut at blanks."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    high = len(text) if high < 0 else high
    left, right = text[max(low, start - _CONTEXT) : start], text[end : min(high, end + _CONTEXT)]
    if start - _CONTEXT > low and " " in left:
        left = left[left.index(" ") + 1 :]
    if end + _CONTEXT < high and " " in right:
        right = right[: right.rindex(" ")]
    return left, right
