"""From pairs of similar articles to events: average linkage, so that a running subject does not chain."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus_tools.prepare.events.similar import Links, Numbers, Places

Stories = dict[int, dict[int, float]]


def join_given(
    links: Links, days: Numbers, given: Sequence[str | None], window: float, similarity: float
) -> list[str | None]:
    """For each article the event that was given, or that of given events which it is like enough to join.

    An article is compared with those articles of an event that lie within the window of it, or have no date: on
    average it has to be as alike to them as asked for. Nothing joins an article that has itself joined only.
    """
    names = sorted({name for name in given if name is not None})
    numbers = dict(zip(names, range(len(names)), strict=True))
    event = np.array([-1 if name is None else numbers[name] for name in given], dtype=np.int64)
    both = pd.DataFrame(
        {
            "article": np.r_[links.first, links.second],
            "event": event[np.r_[links.second, links.first]],
            "similarity": np.r_[links.similarity, links.similarity],
        }
    )
    both = both[(event[both["article"]] < 0) & (both["event"] >= 0)]
    sums = both.groupby(["article", "event"], sort=True)["similarity"].sum().reset_index()
    members = [days[event == number] for number in range(len(names))]
    within = [_within(members[e], days[a], window) for a, e in zip(sums["article"], sums["event"], strict=True)]
    sums["mean"] = sums["similarity"] / np.array(within, dtype=np.float64)
    best = sums[sums["mean"] >= similarity].sort_values(["mean", "event"], ascending=[False, True], kind="stable")
    joined = list(given)
    for article, number in best.drop_duplicates("article")[["article", "event"]].itertuples(index=False):
        joined[article] = names[number]
    return joined


def _within(members: Numbers, day: float, window: float) -> int:
    """How many articles of an event can be compared with an article of this day?"""
    return int((~(np.abs(members - day) > window)).sum())


def group_stories(links: Links, days: Numbers, window: float, similarity: float) -> Places:
    """A number for each article, the same for articles of one event.

    The two groups that are most alike on average over all pairs of their articles are joined, again and again, while
    they are as alike as asked for and together last no longer than the window.
    """
    near: Stories = {row: {} for row in range(len(days))}
    queue = []
    for a, b, value in zip(*(column.tolist() for column in links), strict=True):
        near[a][b] = near[b][a] = value
        if value >= similarity:
            queue.append((-value, a, b))
    heapq.heapify(queue)
    # Articles without a day stretch no group.
    first = np.where(np.isnan(days), np.inf, days).tolist()
    last = np.where(np.isnan(days), -np.inf, days).tolist()
    members = [[row] for row in range(len(days))]
    while queue:
        _, a, b = heapq.heappop(queue)
        start, end = (min(first[a], first[b]), max(last[a], last[b])) if a in near and b in near else (0, np.inf)
        if end - start > window:
            continue
        new = len(members)
        members.append(members[a] + members[b])
        first.append(start)
        last.append(end)
        for other, total in _join(near, a, b, new).items():
            mean = total / (len(members[new]) * len(members[other]))
            if mean >= similarity:
                heapq.heappush(queue, (-mean, other, new))
    groups = np.empty(len(days), dtype=np.int64)
    for group in near:
        groups[members[group]] = min(members[group])
    return groups


def _join(near: Stories, a: int, b: int, new: int) -> dict[int, float]:
    """Put one group in the place of two; what it shares with others is the sum of what the two shared."""
    sums = near.pop(a)
    sums.pop(b)
    for other, total in near.pop(b).items():
        if other != a:
            sums[other] = sums.get(other, 0.0) + total
    near[new] = sums
    for other, total in sums.items():
        near[other].pop(a, None)
        near[other].pop(b, None)
        near[other][new] = total
    return sums
