"""The explorer of words: a pattern, outlets, voice, section and days → rates per million words, chart and lines."""

from __future__ import annotations

import asyncio
from math import floor, log10

import ipywidgets as widgets
import pandas as pd

from corpus_tools.compare.word_rates import word_rates
from corpus_tools.prepare.lexicon import find_phrase
from corpus_tools.schema import ARTICLES, TOKENS, VOICES, CorpusError, require_articles, require_columns
from corpus_tools.show.charts.draw import draw
from corpus_tools.show.charts.plan import Plan, Row, Scale, Section, one_reason
from corpus_tools.show.charts.shown import inline_chart
from corpus_tools.show.charts.words import words
from corpus_tools.show.explore.choices import Choice, chosen_articles, chosen_places, left_out, told
from corpus_tools.show.explore.lines import Behind, Lines
from corpus_tools.show.explore.parts import Controls, Explorer
from corpus_tools.show.markup import in_sentence, missing, number, one_line
from corpus_tools.show.style import assign_styles

_PAUSE = 0.2
_LONGEST = 200
_MOST_ROWS = 36
_TICKS = 4
_NOTHING = (
    "Type a word or a pattern, such as cease fire|ceasefire or liberat*; * stands for any ending, ? for one letter."
)


class WordExplorer(Explorer):
    """See ``explore_words``. The controls: ``pattern`` and those of ``controls``."""

    def __init__(
        self, articles: pd.DataFrame, voices: pd.DataFrame, tokens: pd.DataFrame, *, pattern: str = ""
    ) -> None:
        require_articles(articles)
        require_columns(articles, "articles", ARTICLES)
        require_columns(voices, "voices", VOICES)
        require_columns(tokens, "tokens", TOKENS[:-1])
        self._articles, self._tokens = articles, tokens
        self._searched, self._found = "", find_phrase(tokens.iloc[:0], "word")
        self._words: tuple[Choice | None, pd.DataFrame] = (None, tokens)
        self._waiting: asyncio.TimerHandle | None = None
        self.result, self.chosen = pd.DataFrame(), (articles.iloc[:0], self._found)
        self.pattern = widgets.Text(description="Word or pattern", value=pattern, placeholder="liberat*")
        self.pattern.observe(self._typed, names="value")
        self.pattern.on_msg(self._entered)
        controls = Controls(articles)
        super().__init__(controls, [self.pattern], Lines(articles, voices), watched=controls.shown)

    def _typed(self, _: object) -> None:
        """Wait until typing stops; where nothing runs that could wait, search at once."""
        if self._waiting is not None:
            self._waiting.cancel()
        try:
            self._waiting = asyncio.get_running_loop().call_later(_PAUSE, self._changed)
        except RuntimeError:
            self._changed()

    def _entered(self, _: object, content: object, __: object) -> None:
        if isinstance(content, dict) and content.get("event") == "submit":
            if self._waiting is not None:
                self._waiting.cancel()
            self._changed()

    def _find(self) -> str:
        choice, pattern = self.controls.choice, self.pattern.value.strip()
        if not pattern:
            raise CorpusError(_NOTHING)
        if len(pattern) > _LONGEST:
            raise CorpusError(f"The pattern has {len(pattern):,} characters; {_LONGEST} are the most here.")
        articles = chosen_articles(self._articles, choice)
        if pattern != self._searched:
            self._found, self._searched = find_phrase(self._tokens, pattern), pattern
        if choice != self._words[0]:
            self._words = (choice, chosen_places(self._tokens, articles, choice))
        hits = chosen_places(self._found, articles, choice)
        self.chosen = (articles, hits)
        self.result = word_rates(hits, self._words[1], articles)
        return (
            f"{number(len(hits), 'hit')} in {hits['article_id'].nunique():,} of {number(len(articles), 'article')} for "
            f"“{in_sentence(pattern)}”{told(choice)}.{left_out(self._articles, choice)}"
        )

    @property
    def _marked(self) -> pd.DataFrame:
        return self._found

    def _draw(self) -> str:
        ax = draw(rate_plan(self.result, self._searched), None)
        return inline_chart(ax, _alt(self.result, self._searched), narrow=False)

    def _rows(self) -> list[Behind]:
        hits = self.chosen[1]
        rows = [Behind((), f"all rows ({number(len(hits), 'line')})", hits)] if len(hits) else []
        for row in self.result[self.result["hits"] > 0].itertuples():
            name = f"{one_line(row.outlet, longest=60)} ({number(row.hits, 'line')})"
            rows.append(Behind((row.outlet,), name, hits[hits["outlet"] == row.outlet]))
        return rows


def rate_plan(rates: pd.DataFrame, pattern: str) -> Plan:
    """The chart of rates: one row per outlet, the highest first; of many outlets those with most articles."""
    drawn = rates.sort_values(["searched", "outlet"], ascending=[False, True], kind="stable").head(_MOST_ROWS)
    ordered = drawn.sort_values(["per_million", "outlet"], ascending=[False, True], na_position="last")
    styles = assign_styles(rates["outlet"])
    rows = tuple(
        Row(
            name=words(row["outlet"], longest=60),
            counts=f"{row['hits']:,} in {row['words']:,} words · "
            f"{row['articles']:,} of {number(row['searched'], 'article')}",
            value=row["per_million"],
            low=row["per_million_low"],
            high=row["per_million_high"],
            reason=one_reason(words(row["note"])),
            style=styles[str(row["outlet"])],
        )
        for row in ordered.to_dict("records")
    )
    more = f"drawn are the {_MOST_ROWS} of {len(rates)} outlets with most articles" if len(rates) > _MOST_ROWS else ""
    return Plan(
        title=f"How often do they write “{words(pattern, longest=60)}”?",
        subtitle="Occurrences per million words, by outlet; lines are intervals over articles",
        sections=(Section("", rows),),
        scale=_scale(rates),
        footnotes=tuple(filter(None, [more])),
    )


def _scale(rates: pd.DataFrame) -> Scale:
    """From 0 to the round number above the highest rate; an interval that reaches far beyond ends in an arrow."""
    rate, reach = rates["per_million"].max(), rates["per_million_high"].max()
    # A missing number is no more than 1 either.
    highest = max(1.0, rate, min(reach, 3 * rate) if rate > 0 else reach)
    size = 10 ** floor(log10(highest / _TICKS))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by * _TICKS >= highest)
    ticks = tuple((step * place, f"{step * place:,.10g}") for place in range(_TICKS + 1))
    return Scale(0, step * _TICKS, ticks)


def _alt(rates: pd.DataFrame, pattern: str) -> str:
    """The rates of the first outlets in words, for those who do not see the chart."""
    told = [
        f"{in_sentence(row['outlet'])} {row['per_million']:,.0f}, in {row['articles']:,} of "
        f"{number(row['searched'], 'article')}"
        for row in rates.sort_values("per_million", ascending=False).head(8).to_dict("records")
        if not missing(row["per_million"])
    ]
    return f"Chart of dots with interval lines. “{in_sentence(pattern)}” per million words: {'; '.join(told)}."
