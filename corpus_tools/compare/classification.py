"""Can the outlets be told apart by their words alone, in articles on events that were held out?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_tools.compare.evidence import in_plain_order
from corpus_tools.compare.guessing import Codes, learn, probabilities, pushes
from corpus_tools.compare.holdout import BY, HeldOut, Shuffles, folds_of, held_out_groups, shuffled_outlets
from corpus_tools.compare.inference import FEWEST_UNITS, estimate_share
from corpus_tools.compare.word_matrix import WordMatrix, like_a_name, name_words, word_matrix
from corpus_tools.read.agencies import agency_names
from corpus_tools.schema import (
    ALL_OUTLETS,
    CLASSIFICATION,
    GIVE_AWAYS,
    GUESSES,
    CorpusError,
    CorpusWarning,
    empty,
    require_articles,
    require_choice,
    require_columns,
    require_confidence,
)

FEWEST_ARTICLES = 5
WITHOUT, WITH = "without recurring", "with recurring"
_FEWEST_HOLDERS = 2
_MOST_TERMS = 50
_TOP = 10


class Classification(NamedTuple):
    """How many articles were recognised, by which words, and what was guessed for each article."""

    scores: pd.DataFrame
    terms: pd.DataFrame
    guesses: pd.DataFrame


class _Task(NamedTuple):
    """The articles to be recognised, the names of their outlets, and everything that does not depend on words."""

    articles: pd.DataFrame
    outlets: list[str]
    own: Codes
    held: HeldOut
    folds: Codes
    shuffles: Shuffles
    confidence: float


class _Outcome(NamedTuple):
    """One variant: what was guessed for the true and for the shuffled outlets."""

    words: WordMatrix
    guessed: Codes
    chances: np.ndarray
    pushes: np.ndarray
    recognised: np.ndarray
    shuffled: np.ndarray


def classify_outlets(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    hold_out: str | None = None,
    folds: int = 5,
    shuffles: int = 200,
    confidence: float = 0.95,
    random_state: int = 0,
) -> Classification:
    """Can the outlets be told apart by their words alone, in articles on events that were held out?

    Parameters
    ----------
    tokens : pandas.DataFrame
        As `tokenize` returns it, whole or filtered: those of one voice ask whether that voice gives the outlet away.
    articles : pandas.DataFrame
        Their articles. Two outlets alone are compared by filtering both frames.
    hold_out : {"event", "date", "article_id"}, optional
        What is never torn between learning and guessing. Without it the event where the articles have one, else the
        day, else the single article. Articles of one `reuse_group`, where there is that column, stay together in any
        case, and so does what they join. "article_id" shows how much better guesses look when other articles on the
        same event were learned from.
    folds : int
        Into how many parts the articles are cut; each is guessed from the others.
    shuffles : int
        How often outlets are shuffled and everything is guessed again.
    confidence : float
        Coverage of the intervals, between 0 and 1.
    random_state : int
        Seed of folds and shuffles.

    Returns
    -------
    Classification
        A named tuple of three frames.

        ``scores``: one row per variant and outlet, that of all outlets first in each variant.

        - `sentences`: the variant, "without recurring" sentences or "with recurring" ones. The first is the one to
          report, since a line printed under every article gives the outlet away whatever it writes about; the second
          is there only where `tokens` has such a sentence
        - `outlet`: the outlet, or "all outlets"
        - `articles`: its articles that were guessed
        - `recognised`: those for which it was guessed
        - `share`: recognised of all, 0 to 1
        - `share_low`, `share_high`: interval over what was held out together; missing with fewer than five such groups
        - `balanced`: the mean of the outlets' shares, in which a large outlet counts no more than a small one
        - `majority`: what naming the largest outlet every time would recognise
        - `chance`, `balanced_chance`: the mean share and the mean balanced one over all shuffles
        - `p`: how often shuffled outlets are recognised as well as the true ones, by `balanced`; missing for a single
          outlet, because there is one test for all
        - `p_smallest`: the smallest p that shuffles and exchangeable articles allow
        - `held_out`: "event", "day" or "article"
        - `groups`: how many groups were held out together, of those that hold the outlet
        - `note`: why something is missing, and what must be known; else empty

        ``terms``: the words that gave each outlet away, at most 50 for each.

        - `sentences`, `outlet`: as above
        - `rank`: from 1
        - `term`: the word
        - `weight`: how far it moves the outlet's articles, when these were held out, from those of the others towards
          being recognised
        - `articles`, `articles_others`: how many articles of the outlet, and of the others, hold it
        - `note`: that it looks like a piece of the outlet's name, or is an agency's; else empty

        ``guesses``: one row per variant and article.

        - `sentences`, `article_id`, `outlet`: as above
        - `guessed`: the outlet that was guessed
        - `right`: whether it is the outlet
        - `probability`, `probability_own`: the chance that the words give to the guess, and to the outlet itself, as if
          all outlets printed equally much
        - `fold`: the part in which it was held out, from 0
        - `held_out`: the name of the event, day, article or copied text with which it was held out

    Raises
    ------
    CorpusError
        When a column is missing, there is one outlet only, the tokens are of other articles, there are fewer groups to
        hold out than folds, or an option is not allowed.

    Warns
    -----
    CorpusWarning
        Where recurring sentences let more articles be recognised, and where a word that gives an outlet away looks like
        a piece of its name.

    Notes
    -----
    The answer is "the words of these outlets can be told apart in x of y articles". It does not say that the outlets
    differ in stance: length, house style, place names and topics are words, too. Which words did it is in ``terms``.

    Features: one plus the logarithm of how often a word stands in the article, scaled to length one; words in two
    articles or more; no word of an outlet's name or of an agency named in the column `agency`. Classifier: ridge
    regression on indicators of the outlets (penalty .3; as in `sklearn.linear_model.RidgeClassifier`), the guess being
    the outlet whose score rises most above its share of the articles learned from, over the spread of that share, so
    that a large outlet is not guessed for its size. It is as good as logistic regression here and a thousand times
    faster, because all shuffles are one multiplication: in 100 teaching articles of six outlets, events held out, 67
    and 67 to 70 were recognised.

    Shuffles: outlets change places among the articles of one held-out group, the copies of a text in one outlet as one;
    an event with one outlet stays as it is, so that what only one outlet writes about makes nothing significant, and
    `balanced_chance` says how far that alone leads. Articles without an event change places with each other, and so do
    whole events where none has two outlets; then topics count as a difference, and the note says so. p is (1 + shuffles
    that do as well) / (1 + shuffles) (B. Phipson & G. K. Smyth 2010, Statistical Applications in Genetics and Molecular
    Biology 9, article 39; for classifiers M. Ojala & G. C. Garriga 2010, Journal of Machine Learning Research 11,
    1833-1863). Folds are drawn without regard to outlets.

    The interval (`corpus_tools.compare.inference.estimate_share`) takes the guesses as they are. All rest on articles
    that they share, so it does not tell how another set of articles to learn from would do.

    An outlet with fewer than five articles is left out and keeps a row that says so.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_sample, tokenize
    >>> articles = read_sample("karabakh")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> scores, terms, guesses = classify_outlets(tokens[~tokens["recurring"]], articles, shuffles=20)
    >>> scores.loc[0, ["outlet", "articles", "held_out"]].tolist()
    ['all outlets', 100, 'event']
    """
    require_articles(articles, ("article_id", "outlet"))
    require_columns(tokens, "tokens", ("article_id", "term", "recurring"))
    _check_options(articles, hold_out, folds, shuffles, confidence)
    articles = in_plain_order(articles).assign(outlet=lambda frame: frame["outlet"].astype("str"))
    if articles["outlet"].nunique() < 2:
        raise CorpusError("All articles are of one outlet; telling outlets apart needs two.")
    dropped = name_words([*articles["outlet"].unique(), *_agencies(articles)])
    recurring = tokens["recurring"].to_numpy(dtype=bool)
    variants = [WITHOUT, WITH] if recurring.any() else [WITHOUT]
    enough = articles.groupby("outlet")["article_id"].transform("size") >= FEWEST_ARTICLES
    chosen = articles[enough].reset_index(drop=True)
    if chosen["outlet"].nunique() < 2:
        return _nothing(articles, variants)
    task = _task(chosen, hold_out, folds, shuffles, confidence, random_state)
    kept = tokens["article_id"].astype("str").isin(articles.loc[enough, "article_id"]).to_numpy()
    stray = ~tokens["article_id"].astype("str").isin(articles["article_id"]).to_numpy()
    outcomes = {
        name: _outcome(task, word_matrix(tokens[mask], chosen["article_id"], dropped=dropped))
        for name, mask in ((name, (kept | stray) & ~(recurring & (name == WITHOUT))) for name in variants)
    }
    result = Classification(
        scores=_scores(task, outcomes, articles[~enough]),
        terms=pd.concat([_terms(task, *item) for item in outcomes.items()], ignore_index=True),
        guesses=pd.concat([_guesses(task, *item) for item in outcomes.items()], ignore_index=True),
    )
    _warn(result)
    return result


def _check_options(
    articles: pd.DataFrame, hold_out: str | None, folds: int, shuffles: int, confidence: float
) -> None:
    require_confidence(confidence)
    if hold_out is not None:
        require_choice("hold_out", hold_out, tuple(BY))
        if hold_out not in articles.columns:
            raise CorpusError(f"The articles have no column {hold_out!r}, so hold_out={hold_out!r} cannot be.")
    for name, value, least in (("folds", folds, 2), ("shuffles", shuffles, 1)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
            raise CorpusError(f"The option {name!r} cannot be {value!r}; it is a whole number, {least} or more.")


def _agencies(articles: pd.DataFrame) -> Iterator[str]:
    """The agencies that articles name as their source, in all the ways in which these are written."""
    if "agency" not in articles.columns:
        return
    forms = agency_names()
    for name in sorted(articles["agency"].dropna().astype("str").unique()):
        yield from (name, *(form for form, agency in forms.items() if agency == name))


def _task(
    chosen: pd.DataFrame, hold_out: str | None, folds: int, shuffles: int, confidence: float, random_state: int
) -> _Task:
    outlets = sorted(chosen["outlet"].unique())
    own = pd.Index(outlets).get_indexer(chosen["outlet"]).astype(np.int64)
    held = held_out_groups(chosen, hold_out)
    rng = np.random.default_rng(random_state)
    parts = folds_of(held.group, folds, held.by, rng)
    return _Task(chosen, outlets, own, held, parts, shuffled_outlets(own, held, shuffles, rng), confidence)


def _outcome(task: _Task, words: WordMatrix) -> _Outcome:
    words = words.having(words.articles >= _FEWEST_HOLDERS)
    features = TfidfTransformer(use_idf=False, sublinear_tf=True).fit_transform(words.counts)
    machine = learn(features, task.folds, len(task.outlets))
    scores = machine.scores(task.own[None])[0]
    guessed = scores.argmax(axis=1)
    labels = np.vstack([task.own[None], task.shuffles.outlets])
    right = machine.guesses(labels) == labels
    recognised = np.stack(
        [(right & (labels == place)).sum(axis=1) for place in range(len(task.outlets))], axis=1
    ).astype(float)
    return _Outcome(
        words=words,
        guessed=guessed,
        chances=probabilities(scores, task.own, task.folds),
        pushes=pushes(features, task.folds, task.own, len(task.outlets)),
        recognised=recognised[0],
        shuffled=recognised[1:],
    )


def _scores(task: _Task, outcomes: dict[str, _Outcome], left_out: pd.DataFrame) -> pd.DataFrame:
    rows = [row for name, outcome in outcomes.items() for row in _rows(task, name, outcome)]
    all_rows = {row["sentences"]: row for row in rows if row["outlet"] == ALL_OUTLETS}
    for name, row in all_rows.items():
        row["note"] = "; ".join(filter(None, (row["note"], *_all_notes(task), _on_recurring(all_rows, name))))
    few = left_out.groupby("outlet").size()
    rows += [_without_evidence(name, outlet, size) for name in outcomes for outlet, size in few.items()]
    return _framed(rows, list(outcomes))


def _framed(rows: list[dict[str, object]], variants: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(CLASSIFICATION))
    order = table.assign(
        sentences=table["sentences"].map(variants.index), _later=table["outlet"] != ALL_OUTLETS
    ).sort_values(["sentences", "_later", "outlet"], kind="stable")
    whole = dict.fromkeys(("articles", "recognised", "groups"), "int64")
    text = dict.fromkeys(("sentences", "outlet", "held_out", "note"), "str")
    numbers = {name: "float64" for name in CLASSIFICATION if name not in whole and name not in text}
    return table.loc[order.index].reset_index(drop=True).astype(whole | text | numbers)


def _rows(task: _Task, name: str, outcome: _Outcome) -> Iterator[dict[str, object]]:
    """The row of all outlets, then that of each."""
    sizes = np.bincount(task.own, minlength=len(task.outlets)).astype(float)
    # Copies of unlike number change places, so the outlets of a shuffle need not have as many articles as the true ones.
    shuffled_sizes = np.stack(
        [(task.shuffles.outlets == place).sum(axis=1) for place in range(len(sizes))], axis=1
    ).astype(float)
    shares = outcome.recognised / sizes
    shuffled = outcome.shuffled / np.maximum(shuffled_sizes, 1)
    # A rounding error must not tell equal balanced shares apart.
    as_good = (shuffled.mean(axis=1).round(9) >= round(float(shares.mean()), 9)).sum()
    drawn = len(shuffled) + 1
    right = task.own == outcome.guessed
    largest = sizes == sizes.max()
    whole = {
        "recognised": outcome.recognised.sum(),
        "balanced": shares.mean(),
        "majority": sizes.max() / sizes.sum(),
        "chance": outcome.shuffled.sum() / outcome.shuffled.shape[0] / sizes.sum(),
        "balanced_chance": shuffled.mean(),
        "p": (1 + as_good) / drawn,
        "p_smallest": max(1 / drawn, 1 / task.shuffles.arrangements),
    }
    yield _row(task, name, ALL_OUTLETS, right, np.full(len(right), True)) | whole
    for place, outlet in enumerate(task.outlets):
        own = {
            "recognised": outcome.recognised[place],
            "balanced": shares[place],
            "majority": float(place == int(largest.argmax())),
            "chance": shuffled[:, place].mean(),
            "balanced_chance": shuffled[:, place].mean(),
        }
        row = _row(task, name, outlet, right, task.own == place)
        row["note"] = "; ".join(filter(None, (str(row["note"]), "no test of one outlet")))
        yield row | own


def _row(task: _Task, name: str, outlet: str, right: np.ndarray, mask: np.ndarray) -> dict[str, object]:
    """What is counted and estimated for some of the articles, held-out groups being the units."""
    _, unit = np.unique(task.held.group[mask], return_inverse=True)
    counts, sizes = np.bincount(unit, weights=right[mask]), np.bincount(unit).astype(float)
    estimate = estimate_share(counts, sizes, estimand="pooled", confidence=task.confidence)
    few = f"no interval: {len(sizes)} held-out groups, {FEWEST_UNITS} needed" if len(sizes) < FEWEST_UNITS else ""
    return {
        "sentences": name,
        "outlet": outlet,
        "articles": int(mask.sum()),
        "share": estimate.share,
        "share_low": estimate.low,
        "share_high": estimate.high,
        "held_out": task.held.by,
        "groups": len(sizes),
        "note": few,
    }


def _all_notes(task: _Task) -> Iterator[str]:
    """What must be known of groups and shuffles."""
    held, shuffles = task.held, task.shuffles
    if held.by != "event":
        yield f"no event was held out, only the {held.by}: articles on one event can lie in two folds"
    elif held.alone.any():
        yield f"{int(held.alone.sum())} of {len(held.alone)} articles have no event and are held out one by one"
    largest = np.bincount(held.group).max()
    if largest > len(held.group) / 2:
        yield f"one held-out group has {largest} of {len(held.group)} articles"
    if shuffles.whole_groups:
        yield "no held-out group has two outlets: whole groups were shuffled, so what they are about counts as well"
    elif (held.alone & shuffles.movable).any():
        which = "articles" if held.by == "article" else f"articles without {'an event' if held.by == 'event' else 'a day'}"
        yield f"{which} were shuffled freely, so what they are about counts as well"
    if not shuffles.movable.all():
        yield f"{int(shuffles.movable.sum())} of {len(shuffles.movable)} articles could change outlets in the shuffles"


def _on_recurring(rows: dict[str, dict[str, object]], name: str) -> str:
    if WITH not in rows or name != WITH:
        return ""
    with_them, without = (rows[key]["recognised"] for key in (WITH, WITHOUT))
    return (
        f"recurring sentences give outlets away: {with_them:.0f} articles recognised with them, {without:.0f} without"
        if with_them > without  # type: ignore[operator]
        else "recurring sentences are among the words"
    )


def _without_evidence(name: str, outlet: str, size: int) -> dict[str, object]:
    note = f"left out: {size} article{'' if size == 1 else 's'}, {FEWEST_ARTICLES} needed"
    return {"sentences": name, "outlet": outlet, "articles": 0, "recognised": 0, "groups": 0} | {
        "held_out": "", "note": note
    }


def _nothing(articles: pd.DataFrame, variants: list[str]) -> Classification:
    """No two outlets with articles enough: rows without numbers, and why."""
    sizes = articles.groupby("outlet").size()
    rows = [_without_evidence(name, outlet, size) for name in variants for outlet, size in sizes.items()]
    why = f"fewer than two outlets with {FEWEST_ARTICLES} articles"
    rows += [_without_evidence(name, ALL_OUTLETS, 0) | {"note": why} for name in variants]
    for row in rows:
        if "left out" not in str(row["note"]) or int(sizes.get(row["outlet"], 0)) >= FEWEST_ARTICLES:
            row["note"] = why
    kinds = {"weight": "float64", "rank": "int64", "fold": "int64", "right": "bool"}
    kinds |= dict.fromkeys(("probability", "probability_own"), "float64") | {"articles_others": "int64"}
    terms, guesses = (
        empty(columns).astype({name: kind for name, kind in kinds.items() if name in columns})
        for columns in (GIVE_AWAYS, GUESSES)
    )
    return Classification(_framed(rows, variants), terms, guesses)


def _terms(task: _Task, name: str, outcome: _Outcome) -> pd.DataFrame:
    agencies = name_words(agency_names())
    rows = []
    for place, outlet in enumerate(task.outlets):
        weight = outcome.pushes[place]
        order = np.lexsort((outcome.words.terms.astype(str), -weight))[:_MOST_TERMS]
        order = order[weight[order] > 0]
        held = outcome.words.counts[:, order].toarray() > 0
        own = held[task.own == place].sum(axis=0)
        for rank, at in enumerate(order):
            term = str(outcome.words.terms[at])
            note = "looks like a piece of the outlet's name" if like_a_name(term, outlet) else ""
            note = note or ("part of an agency's name" if term in agencies else "")
            others = held[:, rank].sum() - own[rank]
            rows.append((name, outlet, rank + 1, term, weight[at], own[rank], others, note))
    whole = dict.fromkeys(("rank", "articles", "articles_others"), "int64")
    return pd.DataFrame(rows, columns=list(GIVE_AWAYS)).astype(
        whole | dict.fromkeys(("sentences", "outlet", "term", "note"), "str") | {"weight": "float64"}
    )


def _guesses(task: _Task, name: str, outcome: _Outcome) -> pd.DataFrame:
    names, places = np.array(task.outlets, dtype=object), np.arange(len(task.own))
    table = {
        "sentences": name,
        "article_id": task.articles["article_id"],
        "outlet": task.articles["outlet"],
        "guessed": names[outcome.guessed],
        "right": outcome.guessed == task.own,
        "probability": outcome.chances[places, outcome.guessed],
        "probability_own": outcome.chances[places, task.own],
        "fold": task.folds,
        "held_out": task.held.names,
    }
    text = dict.fromkeys(("sentences", "article_id", "outlet", "guessed", "held_out"), "str")
    return pd.DataFrame(table, columns=list(GUESSES)).astype(text)


def _warn(result: Classification) -> None:
    whole = result.scores[result.scores["outlet"] == ALL_OUTLETS]
    found = [note for note in whole["note"].str.split("; ").explode() if "give outlets away" in str(note)]
    top = result.terms[(result.terms["rank"] <= _TOP) & result.terms["note"].str.contains("outlet's name")]
    pieces = top[["term", "outlet"]].drop_duplicates()
    found += [f"the word {term!r} looks like a piece of the name {outlet!r}" for term, outlet in pieces.to_numpy()]
    for note in found:
        warnings.warn(f"{note[0].upper()}{note[1:]}.", CorpusWarning, stacklevel=3)
