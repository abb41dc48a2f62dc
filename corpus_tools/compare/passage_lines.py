"""Shared passages as stretches of one article each, for the lines behind a share of shared text."""

from __future__ import annotations

import pandas as pd

from corpus_tools.schema import ALL_OTHERS, PASSAGES, SHARED_COPY, CorpusError, require_columns


def are_passages(frame: object) -> bool:
    """Is this what ``align_passages`` returns?"""
    return isinstance(frame, pd.DataFrame) and set(PASSAGES) <= set(frame.columns)


def passage_stretches(passages: pd.DataFrame) -> pd.DataFrame:
    """Each passage shared by two outlets twice, as it lies in either article; the label is the other outlet.

    A stretch that an article shares with several of one other outlet is listed once.
    """
    parts = []
    for own, other, voice in (("a", "b", "voice"), ("b", "a", "voice_b")):
        names = {"article_id": f"article_id_{own}", "start": f"start_{own}", "end": f"end_{own}"}
        names |= {"outlet": f"outlet_{own}", "label": f"outlet_{other}", "voice": voice}
        parts.append(pd.DataFrame({name: passages[column] for name, column in names.items()}))
    both = pd.concat(parts, ignore_index=True)
    between = both[both["outlet"].astype("str") != both["label"].astype("str")]
    return between.drop_duplicates(["article_id", "start", "end", "label"], ignore_index=True)


def behind_copy(stretches: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The stretches that a row of ``shared_copy`` counts."""
    require_columns(row.to_frame().T, "With passages, the row", SHARED_COPY)
    found = stretches[stretches["outlet"].astype("str") == str(row["outlet"])]
    if row["other"] != ALL_OTHERS:
        found = found[found["label"].astype("str") == str(row["other"])]
    if found.empty and row["shared"] > 0:
        raise CorpusError(
            f"The row counts {row['shared']:g} shared words and these passages have none for it; "
            "hand over those from which it was computed."
        )
    return found
