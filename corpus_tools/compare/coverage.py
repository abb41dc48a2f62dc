"""Which facts of an event are found in which outlet, where, in whose voice, and which were not found?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.compare.evidence import article_units, require_added, too_few
from corpus_tools.compare.inference import estimate_share
from corpus_tools.prepare.days import article_days
from corpus_tools.prepare.facts import (
    check_facts,
    event_names,
    fact_days,
    facts_of_articles,
    find_facts,
)
from corpus_tools.prepare.words import word_spans
from corpus_tools.schema import (
    COVERAGE,
    SECTION_NAMES,
    TOKENS,
    VOICE_NAMES,
    CorpusError,
    empty,
    require_articles,
    require_choice,
    require_columns,
    require_confidence,
)

TOLD, NOT_FOUND, TOO_EARLY, NOT_COVERED = "told", "not found", "too early", "not covered"
_NO_ARTICLE = "the outlet has no article on this event"
_UNITS = ("article_id", "reuse_group")
_KEYS = ["_event", "fact", "outlet"]
_COUNTS = ("articles", "searched", "older", *SECTION_NAMES, *VOICE_NAMES)
_SHARES = ("share", "share_low", "share_high")
_TEXTS = ("event", "fact", "claimed_by", "outlet", "told", "section", "voice", "note")


class _Votes(NamedTuple):
    """Of each text that was searched the share of its printings that tell the fact; and whether some have no group."""

    shares: np.ndarray
    alone: bool


def coverage(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    facts: pd.DataFrame,
    *,
    unit: str = "article_id",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Which facts are found in which outlet, and of which was nothing found in how many articles?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it for these articles, whole: what is filtered away counts as not told.
    articles : pandas.DataFrame
        The articles to be searched: `article_id`, `outlet`, `text`; `event` where the facts name events, and `date`
        where known.
    facts : pandas.DataFrame
        As `read_facts` returns it. Articles printed on a day before the `date` of a fact, where both are known, are not
        searched for it.
    unit : {"article_id", "reuse_group"}
        What counts as one piece of evidence. By "reuse_group" (`add_reuse_groups`) the articles of one group in one
        outlet, on one event, enter the share as one, so that a text printed five times is no five that tell a fact or
        leave it out; an article without a group is a unit of its own. The counts stay those of articles.
    confidence : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per fact and outlet, also for outlets without an article on the event. Events by the date of their
        first article, those without a date after them, facts without an event last; facts in the order of the list;
        outlets by name.

        - `event`: missing where the fact is looked for in all articles
        - `fact`
        - `claimed_by`: whose account it is, from a column of that name in the facts, else empty
        - `outlet`
        - `told`: "told" where the pattern was found; "not found"; "too early" where all articles of the outlet on the
          event are older than the fact; "not covered" where it has none
        - `articles`: articles of the outlet on the event in which the fact was found
        - `searched`: articles of the outlet on the event, without those older than the fact
        - `older`: its articles on the event that were printed on a day before the fact, and were not searched
        - `share`: articles by searched, 0 to 1, or by "reuse_group" the mean over groups of that share; missing where
          nothing was searched
        - `share_low`, `share_high`: interval over units; missing with fewer than five. Where nothing was found,
          `share_high` says which share of such units would still agree with that
        - `section`, `voice`: of the most prominent telling: headline before lead before body, then the earlier
          place in its article, then the earlier article; missing where the fact was not found
        - `headline`, `lead`, `body`: articles by the section in which the fact first stands; they add to `articles`
        - `narrator`, `reported`, `quoted`: articles by the voice at that first place; they add to `articles`
        - `note`: why something is missing, else empty

    Raises
    ------
    CorpusError
        When a column is missing, an article was not tokenized, a row of the facts is incomplete, repeats another one
        or has a date that does not name one day, no article has an event of the facts, or an option is not allowed.

    Warns
    -----
    CorpusWarning
        When some events of the facts have no article; their facts are left out.

    Notes
    -----
    "Not found" is not "not told": patterns find words, they do not understand. And that an article leaves out a fact
    says nothing about why. In few articles little can be found: with five articles and no hit the interval still
    reaches to .61, with sixty to .06. It is Wilson's with a t quantile and takes the articles as independent draws
    (`corpus_tools.compare.inference.estimate_share`); articles that print the same agency text are not: that is what
    ``unit="reuse_group"`` is for.

    An article cannot tell what had not happened when it was printed, so it is left out by the day, whatever its words.
    An announcement is therefore not found, and a wrong date in the list hides a fact: leave the date empty to search
    all articles. Within one day nothing is known of the hour, and an article without a date is always searched: there
    "not found" can still mean that it came too early.

    How good the patterns are can only be said against articles that somebody has read. The 129 of the Karabakh sample,
    written without sight of the articles, found .850 of what readers had found left out in articles not older than the
    fact, and .922 of what they gave as not found was so (its README). The lines behind a row:
    ``kwic(articles, find_facts(tokens, articles, facts), row=row)``.

    Examples
    --------
    >>> import pandas as pd
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> facts = pd.DataFrame({"fact": ["Buses stand still"], "pattern": ["bus*"], "near": ["strik*|walkout"]})
    >>> table = ct.coverage(ct.tokenize(articles, ct.find_voices(articles)), articles, facts)
    >>> set(table["told"]) <= {"told", "not found"}
    True
    """
    require_confidence(confidence)
    require_columns(tokens, "tokens", TOKENS[:-1])
    require_articles(articles)
    articles = articles.reset_index(drop=True)
    require_choice("unit", unit, _UNITS)
    require_added(articles, unit, "unit")
    facts = facts_of_articles(articles, check_facts(facts))
    _require_tokens(tokens, articles)
    hits = find_facts(tokens, articles, facts)
    known = pd.DataFrame(
        {
            "article_id": articles["article_id"].astype("str"),
            "outlet": articles["outlet"].astype("str"),
            "_event": event_names(articles),
            "_place": range(len(articles)),
            "_printed": article_days(articles).to_numpy(),
            **{name: article_units(articles, unit)[name].to_numpy() for name in ("_unit", "_alone")},
        }
    )
    if facts.empty or articles.empty:
        return _typed(empty(COVERAGE))
    rows = _all_rows(facts, known, _first_days(known))
    told = _told(hits, known)
    table = rows.merge(told, on=_KEYS, how="left").fillna(dict.fromkeys(("articles", *SECTION_NAMES, *VOICE_NAMES), 0))
    return _typed(_with_shares(table, _votes(rows, hits, known), unit, confidence))


def _require_tokens(tokens: pd.DataFrame, articles: pd.DataFrame) -> None:
    """An article whose words nobody looked at must not pass for one that leaves everything out."""
    ids = articles["article_id"].astype("str")
    absent = ~ids.isin(tokens["article_id"].astype("str").unique())
    for article_id, text in zip(ids[absent], articles.loc[absent.to_numpy(), "text"], strict=True):
        if word_spans(str(text)):
            raise CorpusError(
                f"Article {article_id!r} has no tokens, so no fact can be found in it; "
                "tokenize all articles that are to be searched."
            )


def _first_days(known: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """The day of the first article of each event, as far as known."""
    days = known.groupby("_event")["_printed"].min()
    return dict(zip(days.index, days, strict=True))


def _all_rows(facts: pd.DataFrame, known: pd.DataFrame, first: dict[str, pd.Timestamp]) -> pd.DataFrame:
    """Every fact with every outlet, in the order of the result, and how many articles there are to be searched."""
    claimed = facts["claimed_by"].fillna("").astype("str") if "claimed_by" in facts.columns else ""
    dated = facts.assign(claimed_by=claimed, _happened=fact_days(facts)).groupby(["event", "fact"], sort=False)
    listed = dated[["claimed_by", "_happened"]].max().reset_index().rename(columns={"event": "_event"})
    dates = pd.to_datetime([first.get(event, pd.NaT) for event in listed["_event"]])
    listed = listed.assign(_fact=range(len(listed)), _nowhere=listed["_event"] == "", _first=dates)
    listed["_group"] = listed.groupby("_event")["_fact"].transform("min")
    ordered = listed.sort_values(["_nowhere", "_first", "_group", "_fact"], na_position="last")
    outlets = pd.DataFrame({"outlet": sorted(known["outlet"].unique())})
    rows = ordered[["_event", "fact", "claimed_by", "_happened"]].merge(outlets, how="cross")
    searched = _searched(listed[["_event", "_happened"]].drop_duplicates(), known)
    return rows.merge(searched, on=["_event", "_happened", "outlet"], how="left").fillna({"searched": 0, "older": 0})


def _searched(days: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """For each event, day of a fact and outlet: its articles, apart from those that are older."""
    parts = []
    for event, happened in days.itertuples(index=False, name=None):
        own = known[known["_event"] == event] if event else known
        # Without a day on either side nothing is older: a missing one is less than no other.
        older = own["_printed"] < happened
        counts = pd.DataFrame({"searched": ~older, "older": older}).groupby(own["outlet"]).sum()
        parts.append(counts.reset_index().assign(_event=event, _happened=happened))
    return pd.concat(parts, ignore_index=True).astype({"_happened": days["_happened"].dtype})


def _told(hits: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """For each fact and outlet that tells it: in how many articles, where first, and most prominently where."""
    own = hits.assign(_event=hits["slot"].fillna(""), fact=hits["label"]).drop(columns="outlet")
    own = own.merge(known[["article_id", "outlet", "_place"]], on="article_id", how="left")
    own["_section"] = own["section"].map({name: rank for rank, name in enumerate(SECTION_NAMES)})
    first = own.sort_values(["_section", "start", "_place"], kind="stable").drop_duplicates(
        ["_event", "fact", "article_id"]
    )
    where = {name: first["section"] == name for name in SECTION_NAMES}
    whose = {name: first["voice"] == name for name in VOICE_NAMES}
    counts = first[_KEYS].assign(articles=1, **where, **whose).groupby(_KEYS, as_index=False).sum()
    best = first.drop_duplicates(_KEYS)[[*_KEYS, "section", "voice"]]
    return counts.merge(best, on=_KEYS, how="left")


def _votes(rows: pd.DataFrame, hits: pd.DataFrame, known: pd.DataFrame) -> list[_Votes]:
    """What each text that was searched says for each row."""
    places = dict(zip(known["article_id"], range(len(known)), strict=True))
    facts = zip(hits["slot"].fillna(""), hits["label"], hits["article_id"], strict=True)
    told = {(event, fact, places[article_id]) for event, fact, article_id in facts}
    of_outlet = {("", outlet): own for outlet, own in known.groupby("outlet").indices.items()}
    searched = known.groupby(["_event", "outlet"]).indices | of_outlet
    printed, alone = known["_printed"].to_numpy(), known["_alone"].to_numpy(dtype=bool)
    units = pd.factorize(known["_unit"])[0]
    found = []
    cells = zip(rows["_event"], rows["fact"], rows["outlet"], rows["_happened"].to_numpy(), strict=True)
    for event, fact, outlet, happened in cells:
        own = searched.get((event, outlet), np.empty(0, dtype=np.int64))
        own = own[~(printed[own] < happened)]
        _, unit = np.unique(units[own], return_inverse=True)
        tells = np.array([(event, fact, place) in told for place in own], dtype=float)
        found.append(_Votes(np.sort(np.bincount(unit, tells) / np.bincount(unit)), bool(alone[own].any())))
    return found


def _with_shares(table: pd.DataFrame, votes: list[_Votes], unit: str, confidence: float) -> pd.DataFrame:
    found: dict[bytes, tuple[float, float, float]] = {}
    rows = []
    for own in votes:
        key = own.shares.tobytes()
        if key not in found:
            found[key] = _share(own.shares, confidence)
        rows.append(found[key])
    shares = pd.DataFrame(rows, columns=list(_SHARES), index=table.index)
    named = table["_event"] != ""
    notes = [
        _note(own, int(older), of_event, unit)
        for own, older, of_event in zip(votes, table["older"], named, strict=True)
    ]
    nothing = table["searched"] == 0
    told = np.select(
        [nothing & (table["older"] > 0), nothing, table["articles"] == 0],
        [TOO_EARLY, NOT_COVERED, NOT_FOUND],
        default=TOLD,
    )
    return table.assign(**shares, told=told, event=table["_event"].where(named), note=notes)


def _share(shares: np.ndarray, confidence: float) -> tuple[float, float, float]:
    if not len(shares):
        return np.nan, np.nan, np.nan
    estimate = estimate_share(shares, np.ones(len(shares)), estimand="pooled", confidence=confidence)
    return estimate.share, estimate.low, estimate.high


def _note(votes: _Votes, older: int, of_event: bool, unit: str) -> str:
    """Why a share or its interval is missing."""
    units = len(votes.shares)
    if not units and not older:
        return _NO_ARTICLE
    about = " on the event" if of_event else ""
    if not units:
        return (
            f"the only article{about} is older than the fact"
            if older == 1
            else (f"all {older} articles{about} are older than the fact")
        )
    note = too_few([units], unit, having="searched", alone=votes.alone)
    return f"{note}; {older} older than the fact" if note and older else note


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    kinds = dict.fromkeys(_COUNTS, "int64") | dict.fromkeys(_SHARES, "float64") | dict.fromkeys(_TEXTS, "str")
    return table.reindex(columns=list(COVERAGE)).astype(kinds)
