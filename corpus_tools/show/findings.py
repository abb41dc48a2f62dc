"""Which contrasts does the first page tell? Chosen by a written rule, each with its other ways of counting."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.compare.framing import framing_contrast
from corpus_tools.compare.inference import adjusted
from corpus_tools.compare.robustness import robustness
from corpus_tools.schema import CONTRAST, NARRATOR, empty
from corpus_tools.show.describe.verdict import SUPPORTED, verdict

TOLD = 3
# More outlets than these are not compared here: with each more, p is corrected for more.
MOST_OUTLETS = 12
PERMUTATIONS, _MOST_PERMUTATIONS = 2_000, 20_000
# So that the smallest p that can be reached stays below .05 after the correction.
FOR_EACH_TEST = 100


class KeyFindings(NamedTuple):
    """The contrasts of one slot: those told, all that were looked at, and the told ones counted in other ways."""

    slot: str
    voice: str
    looked_at: pd.DataFrame
    told: list[dict[Hashable, Any]]
    ways: list[pd.DataFrame]
    outlets: int


def key_findings(hits: pd.DataFrame, articles: pd.DataFrame, passages: pd.DataFrame | None = None) -> KeyFindings:
    """Which outlets differ most surely from all others in what they call the same thing?

    Parameters
    ----------
    hits : pandas.DataFrame
        Those of one slot, in all voices.
    articles : pandas.DataFrame
        The articles that were searched, with `reuse_group` and `event` where known.
    passages : pandas.DataFrame, optional
        What ``align_passages`` returned; without it shared copy is not left out in any way of counting.

    Returns
    -------
    KeyFindings
        ``looked_at`` has a row for each outlet with a case and each label, in the narrator's voice (in all voices where
        the narrator has no case), with `p_adjusted` over all rows (Benjamini and Hochberg). ``told`` are the three
        outlets with most articles that have a case, each with the label of the smallest p, of equals that of the
        greatest difference; with two outlets, whose contrasts mirror each other, one outlet with its three labels of
        smallest p. Supported ones come first.

    Examples
    --------
    >>> import corpus_tools as ct
    >>> articles = ct.read_articles("strike")
    >>> hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("strike"))
    >>> found = key_findings(hits[hits["slot"] == "the stoppage"], articles)
    >>> [row["label"] for row in found.told]
    ['strike', 'strike', 'industrial action']
    """
    slot = str(hits["slot"].iloc[0])
    own = hits[hits["voice"] == NARRATOR]
    voice, own = (NARRATOR, own) if len(own) else ("all", hits)
    # Of two names, the share of one is what the other leaves.
    times = own["label"].value_counts()
    labels = sorted(times.index, key=lambda label: (-int(times[label]), str(label)))
    in_articles = own.groupby("outlet")["article_id"].nunique()
    outlets = sorted(in_articles.index, key=lambda outlet: (-int(in_articles[outlet]), str(outlet)))
    every = len(outlets)
    mirrored = articles["outlet"].nunique() == 2
    targets = outlets[:1] if mirrored else outlets[:MOST_OUTLETS]
    looked_at = _contrasts(own, articles, targets, labels[:1] if len(labels) == 2 else labels)
    told = _told(looked_at, targets, mirrored=mirrored)
    ways = [
        robustness(hits, articles, label=str(row["label"]), target=str(row["target"]), passages=passages)
        for row in told
    ]
    return KeyFindings(slot, voice, looked_at, told, ways, every)


def _contrasts(hits: pd.DataFrame, articles: pd.DataFrame, targets: list[str], labels: list[str]) -> pd.DataFrame:
    """Each outlet against all others, for each label; p corrected for all of them."""
    if articles["outlet"].nunique() < 2 or hits["label"].nunique() < 2:
        return empty((*CONTRAST, "p_adjusted"))
    tests = len(targets) * len(labels)
    resamples = min(max(PERMUTATIONS, FOR_EACH_TEST * tests), _MOST_PERMUTATIONS)
    rows = [
        framing_contrast(hits, articles, label=label, target=target, resamples=resamples)
        for target in targets
        for label in labels
    ]
    found = pd.concat(rows, ignore_index=True)
    return found.assign(p_adjusted=adjusted(found["p"].to_numpy(dtype=np.float64)))


def _told(looked_at: pd.DataFrame, targets: list[str], *, mirrored: bool) -> list[dict[Hashable, Any]]:
    """The rows with the smallest p: one of each of the first outlets, or those of the only one."""
    size = looked_at["difference"].abs()
    ranked = looked_at.assign(_size=-size).sort_values(["p", "_size"], kind="stable").drop(columns="_size")
    rows = {target: ranked[ranked["target"] == target].head(TOLD if mirrored else 1) for target in targets[:TOLD]}
    chosen = [row for own in rows.values() for row in own.to_dict("records")]
    return sorted(chosen, key=lambda row: verdict(row) != SUPPORTED)
