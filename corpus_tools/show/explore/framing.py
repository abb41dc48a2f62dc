"""The explorer of competing names: slot, outlets, voice, section, unit and days → shares, chart and lines."""

from __future__ import annotations

import pandas as pd

from corpus_tools.compare.framing import framing_shares
from corpus_tools.schema import ARTICLES, HITS, VOICES, CorpusError, nearest, require_articles, require_columns
from corpus_tools.show.charts.shares import plot_framing_shares
from corpus_tools.show.charts.shown import inline_chart
from corpus_tools.show.describe import alt_text
from corpus_tools.show.explore.choices import chosen_articles, chosen_places, left_out, told
from corpus_tools.show.explore.lines import Behind, Lines
from corpus_tools.show.explore.parts import Controls, Explorer, choice_of
from corpus_tools.show.markup import in_sentence, number, one_line

_UNITS = {"article_id": "articles", "event": "events", "reuse_group": "reuse groups"}


class FramingExplorer(Explorer):
    """See ``explore_framing``. The controls: ``slot``, ``unit`` and those of ``controls``."""

    def __init__(
        self, articles: pd.DataFrame, voices: pd.DataFrame, hits: pd.DataFrame, *, slot: str | None = None
    ) -> None:
        require_articles(articles)
        require_columns(articles, "articles", ARTICLES)
        require_columns(voices, "voices", VOICES)
        require_columns(hits, "hits", HITS)
        self._articles, self._hits = articles, hits
        self.result, self.chosen = pd.DataFrame(), (articles.iloc[:0], hits.iloc[:0])
        slots = sorted(hits["slot"].dropna().astype("str").unique())
        if not slots:
            raise CorpusError("These hits belong to no slot, so no names compete; use what find_hits returned.")
        if slot is not None and slot not in slots:
            raise CorpusError(f"No hit has the slot {slot!r}; {nearest(slot, slots)}")
        units = [(name, unit) for unit, name in _UNITS.items() if unit in articles.columns]
        self.slot = choice_of(
            "What is named", [(one_line(name, longest=60), name) for name in slots], slot or _most(hits)
        )
        self.unit = choice_of("Intervals over", units, "article_id")
        own = [self.slot, *([self.unit] if len(units) > 1 else [])]
        controls = Controls(articles)
        super().__init__(controls, own, Lines(articles, voices), watched=[*own, *controls.shown])

    def _find(self) -> str:
        choice, slot = self.controls.choice, self.slot.value
        articles = chosen_articles(self._articles, choice)
        hits = chosen_places(self._marked, articles, choice)
        self.chosen = (articles, hits)
        where = f"“{in_sentence(slot)}”{told(choice)}"
        if hits.empty:
            raise CorpusError(
                f"No name for {where}: {number(len(articles), 'article')} searched.{left_out(self._articles, choice)} "
                "Choose another voice or section, more outlets or more days."
            )
        self.result = framing_shares(hits, articles, unit=self.unit.value)
        return (
            f"{number(len(hits), 'hit')} in {hits['article_id'].nunique():,} of {number(len(articles), 'article')} for "
            f"{where}.{left_out(self._articles, choice)}"
        )

    @property
    def _marked(self) -> pd.DataFrame:
        return self._hits[self._hits["slot"] == self.slot.value]

    def _draw(self) -> str:
        return inline_chart(plot_framing_shares(self.result), alt_text(self.result), narrow=False)

    def _rows(self) -> list[Behind]:
        hits = self.chosen[1]
        rows = [Behind((), f"all rows ({number(len(hits), 'line')})", hits)]
        for row in self.result[self.result["hits"] > 0].itertuples():
            name = f"{one_line(row.outlet, longest=40)} · “{one_line(row.label, longest=40)}”"
            own = hits[(hits["outlet"] == row.outlet) & (hits["label"] == row.label)]
            rows.append(Behind((row.outlet, row.label), f"{name} ({row.hits} of {row.slot_hits})", own))
        return rows


def _most(hits: pd.DataFrame) -> str:
    """The slot with hits in most articles; of several the first by name."""
    in_articles = hits.groupby(hits["slot"].astype("str"))["article_id"].nunique()
    return str(in_articles.sort_index().idxmax())
