"""Can the outlets be told apart by their words alone, in articles on events that were held out?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.compare.classified import (
    FEWEST_ARTICLES,
    WITH,
    WITHOUT,
    Outcome,
    Task,
    give_aways,
    guessed_articles,
    nothing_guessed,
    score_rows,
)
from corpus_tools.compare.evidence import in_plain_order
from corpus_tools.compare.guessing import kernel_of, learn, probabilities, pushes
from corpus_tools.compare.holdout import BY, folds_of, held_out_groups, shuffled_outlets
from corpus_tools.compare.word_matrix import WordMatrix, name_words, word_matrix
from corpus_tools.read.agencies import agency_names
from corpus_tools.schema import (
    ALL_OUTLETS,
    CorpusError,
    CorpusWarning,
    require_articles,
    require_choice,
    require_columns,
    require_confidence,
    require_whole,
)

_FEWEST_HOLDERS = 2
_TOP = 10


class Classification(NamedTuple):
    """How many articles were recognised, by which words, and what was guessed for each article."""

    scores: pd.DataFrame
    terms: pd.DataFrame
    guesses: pd.DataFrame


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
        case, and so does what they join. "article_id" shows what an unguarded split would give, with articles on the
        same event among those learned from: better guesses where an outlet repeats itself, worse ones where others do.
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
          is there only where the tokens have such a sentence
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
        - `use`: "more" or "less": whether the outlet uses it more than the others do, or avoids it
        - `weight`: how far it moves the outlet's articles, when these were held out, from those of the others towards
          being recognised
        - `articles`, `articles_others`: how many articles of the outlet, and of the others, hold it
        - `note`: that it looks like a piece of the outlet's name or is one of an agency's, or that a third of the
          outlet's articles hold it and at most one in a hundred of the others; else empty

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
    The answer is "the outlets were recognised by their words in x of y articles". It does not say that the outlets
    differ in stance: length, house style, place names and topics are words, too. Which words did it is in ``terms``.

    Features: one plus the logarithm of how often a word stands in the article, scaled to length one; words in two
    articles or more; no word of an outlet's name or of an agency named in the column `agency`. Classifier: ridge
    regression on indicators of the outlets (penalty .3; as in `sklearn.linear_model.RidgeClassifier`), the guess being
    the outlet whose score rises most above its share of the articles learned from, over the spread of that share, so
    that a large outlet is not guessed for its size. All shuffles together are one multiplication, which
    logistic regression does not allow; it recognised 67 to 70 of 100 teaching articles of six outlets, events held out,
    where this one recognised 66 to 68.

    Shuffles: outlets change places among the articles of one held-out group, the copies of a text in one outlet as one;
    an event with one outlet stays as it is, so that what only one outlet writes about makes nothing significant, and
    `balanced_chance` says how far that alone leads. Articles without an event change places with each other, and so do
    whole events where none has two outlets; then topics count as a difference, and the note says so. p is (1 + shuffles
    that do as well) / (1 + shuffles) (B. Phipson & G. K. Smyth 2010, Statistical Applications in Genetics and Molecular
    Biology 9, article 39; for classifiers M. Ojala & G. C. Garriga 2010, Journal of Machine Learning Research 11,
    1833-1863). Folds are drawn without regard to outlets. Where outlets were shuffled beforehand, p was below .05 in 11
    of 200 runs on the teaching articles, and in 5 of 200 on 150 articles of one outlet split at random, no event known.
    Where few articles can change outlets p is seldom small: with events found in those 150, in none of 150 runs.

    The interval (`corpus_tools.compare.inference.estimate_share`) takes the guesses as they are. All rest on articles
    that they share, so it does not tell how another set of articles to learn from would do.

    A line of fewer than six words is not flagged as recurring: of 1,962 articles on two wars 1,823 were recognised with
    recurring sentences and 1,776 without, but there a short copyright line still gave one outlet away. Its words stand
    in ``terms`` with a note; take such a line out of the tokens and ask again.

    An outlet with fewer than five articles is left out and keeps a row that says so.

    Examples
    --------
    >>> from corpus_tools import find_voices, read_sample, tokenize
    >>> articles = read_sample("karabakh")
    >>> tokens = tokenize(articles, find_voices(articles))
    >>> scores, terms, guesses = classify_outlets(tokens[~tokens["recurring"]], articles, shuffles=20)
    >>> scores.loc[0, "outlet"], int(scores.loc[0, "articles"]), scores.loc[0, "held_out"]
    ('all outlets', 100, 'event')
    """
    require_articles(articles, ("article_id", "outlet"))
    require_columns(tokens, "tokens", ("article_id", "term", "recurring"))
    _check_options(articles, hold_out, folds, shuffles, confidence, random_state)
    articles = in_plain_order(articles).assign(outlet=lambda frame: frame["outlet"].astype("str"))
    if articles["outlet"].nunique() < 2:
        raise CorpusError("All articles are of one outlet; telling outlets apart needs two.")
    dropped = name_words([*articles["outlet"].unique(), *_agencies(articles)])
    recurring = tokens["recurring"].to_numpy(dtype=bool)
    variants = [WITHOUT, WITH] if recurring.any() else [WITHOUT]
    enough = articles.groupby("outlet")["article_id"].transform("size") >= FEWEST_ARTICLES
    chosen = articles[enough].reset_index(drop=True)
    if chosen["outlet"].nunique() < 2:
        return Classification(*nothing_guessed(articles, variants))
    task = _task(chosen, hold_out, folds, shuffles, confidence, random_state)
    kept = tokens["article_id"].astype("str").isin(articles.loc[enough, "article_id"]).to_numpy()
    stray = ~tokens["article_id"].astype("str").isin(articles["article_id"]).to_numpy()
    outcomes = {
        name: _outcome(task, word_matrix(tokens[mask], chosen["article_id"], dropped=dropped))
        for name, mask in ((name, (kept | stray) & ~(recurring & (name == WITHOUT))) for name in variants)
    }
    result = Classification(
        scores=score_rows(task, outcomes, articles[~enough]),
        terms=pd.concat([give_aways(task, *item) for item in outcomes.items()], ignore_index=True),
        guesses=pd.concat([guessed_articles(task, *item) for item in outcomes.items()], ignore_index=True),
    )
    _warn(result)
    return result


def _check_options(
    articles: pd.DataFrame, hold_out: str | None, folds: int, shuffles: int, confidence: float, random_state: int
) -> None:
    require_confidence(confidence)
    if hold_out is not None:
        require_choice("hold_out", hold_out, tuple(BY))
        if hold_out not in articles.columns:
            raise CorpusError(f"The articles have no column {hold_out!r}, so hold_out={hold_out!r} cannot be.")
    for name, value, least in (("folds", folds, 2), ("shuffles", shuffles, 1), ("random_state", random_state, 0)):
        require_whole(name, value, least)


def _agencies(articles: pd.DataFrame) -> Iterator[str]:
    """The agencies that articles name as their source, in all the ways in which these are written."""
    if "agency" not in articles.columns:
        return
    forms = agency_names()
    for name in sorted(articles["agency"].dropna().astype("str").unique()):
        yield from (name, *(form for form, agency in forms.items() if agency == name))


def _task(
    chosen: pd.DataFrame, hold_out: str | None, folds: int, shuffles: int, confidence: float, random_state: int
) -> Task:
    outlets = sorted(chosen["outlet"].unique())
    own = pd.Index(outlets).get_indexer(chosen["outlet"]).astype(np.int64)
    held = held_out_groups(chosen, hold_out)
    rng = np.random.default_rng(random_state)
    parts = folds_of(held.group, folds, held.by, rng)
    return Task(chosen, outlets, own, held, parts, shuffled_outlets(own, held, shuffles, rng), confidence)


def _outcome(task: Task, words: WordMatrix) -> Outcome:
    words = words.having(words.articles >= _FEWEST_HOLDERS)
    features = words.weighted(idf=False)
    kernel = kernel_of(features)
    machine = learn(kernel, task.folds, len(task.outlets))
    scores = machine.scores(task.own[None])[0]
    guessed = scores.argmax(axis=1)
    labels = np.vstack([task.own[None], task.shuffles.outlets])
    right = machine.guesses(labels) == labels
    recognised = np.stack(
        [(right & (labels == place)).sum(axis=1) for place in range(len(task.outlets))], axis=1
    ).astype(float)
    return Outcome(
        words=words,
        features=features,
        guessed=guessed,
        chances=probabilities(scores, task.own, task.folds),
        pushes=pushes(kernel, features, task.folds, task.own, len(task.outlets)),
        recognised=recognised[0],
        shuffled=recognised[1:],
    )


def _warn(result: Classification) -> None:
    whole = result.scores[result.scores["outlet"] == ALL_OUTLETS]
    found = [note for note in whole["note"].str.split("; ").explode() if "give outlets away" in str(note)]
    top = result.terms[(result.terms["rank"] <= _TOP) & result.terms["note"].str.contains("outlet's name")]
    pieces = top[["term", "outlet"]].drop_duplicates()
    found += [f"the word {term!r} looks like a piece of the name {outlet!r}" for term, outlet in pieces.to_numpy()]
    for note in found:
        warnings.warn(f"{note[0].upper()}{note[1:]}.", CorpusWarning, stacklevel=3)
