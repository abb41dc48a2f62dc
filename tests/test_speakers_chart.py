"""The chart of speakers: what is drawn is what was handed over, in grey where nobody is named, and in plain words."""

from __future__ import annotations

import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

import corpus_tools as ct
from corpus_tools.schema import SPEAKERS, CorpusError
from corpus_tools.show.describe.speakers import speaker_findings


@pytest.fixture(autouse=True)
def _closed_figures() -> Any:
    yield
    plt.close("all")


def row(outlet: str, speaker: str | None, words: float, share: float, **others: object) -> dict[str, object]:
    numbers: dict[str, object] = dict.fromkeys(SPEAKERS, 0.0)
    texts = {"outlet": outlet, "speaker": speaker, "written": speaker, "note": ""}
    interval = {"share_low": share / 2, "share_high": min(1.5 * share, 1.0)}
    return numbers | texts | {"words": words, "share": share, "articles": 9, "searched": 16} | interval | others


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(SPEAKERS)).astype({"speaker": "str", "note": "str"})


NOBODY = {"note": "given to nobody by name"}
FEW = "no interval: 2 articles with words of others, 5 needed"
TWO = table(
    row("Alpha", "Runa Vale", 1204, 0.3),
    row("Alpha", None, 800, 0.2, **NOBODY),
    row("Alpha", "guild", 700, 0.15),
    row("Beta", "guild", 40, 0.8, share_low=np.nan, share_high=np.nan, articles=2, searched=2, note=FEW),
    row("Beta", "court", 10, 0.2, share_low=np.nan, share_high=np.nan, articles=1, searched=2, note=FEW),
)


def written(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_text()]


def drawn(ax: Axes, kind: str) -> list[float]:
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_gid() == kind]


def test_every_row_is_drawn_with_its_counts_nobody_last_and_grey() -> None:
    ax = ct.plot_speakers(TWO)
    assert ax.get_title(loc="left") == "Who gets to speak, and how much?"
    assert drawn(ax, "dot") == [0.3, 0.15]
    assert drawn(ax, "greyed") == [0.2, 0.8, 0.2]
    assert drawn(ax, "interval") == [0.15, 0.075, 0.1]
    texts = written(ax)
    names = ["Alpha", "Runa Vale", "guild", "nobody named", "Beta", "guild", "court"]
    assert [text for text in texts if text in names and text not in ("Alpha", "Beta")] == [
        name for name in names if name not in ("Alpha", "Beta")
    ]
    assert {"Alpha", "Beta", "1,204 words · 9 of 16 articles", "800 words · 9 of 16 articles"} <= set(texts)


def test_nobody_is_explained_at_the_foot_and_only_where_it_is_drawn() -> None:
    told = "nobody named: pronouns"
    assert any(told in text.replace("\n", " ") for text in written(ct.plot_speakers(TWO)))
    assert not any(told in text for text in written(ct.plot_speakers(TWO[TWO["speaker"].notna()])))


def test_rows_without_an_interval_say_why() -> None:
    assert any("fewer than 5 articles with words of others" in text for text in written(ct.plot_speakers(TWO)))


def test_the_speakers_with_most_words_are_drawn_and_the_rest_is_counted() -> None:
    many = table(*[row("Alpha", f"speaker {n}", 10 + n, 0.01 * n) for n in range(1, 9)], row("Alpha", None, 5, 0.2))
    texts = written(ct.plot_speakers(many, top=3))
    assert [text for text in texts if text.startswith("speaker ")] == ["speaker 8", "speaker 7", "speaker 6"]
    assert "nobody named" in texts
    assert any("the 3 speakers with most words" in text and "all 8 rows" in text for text in texts)
    assert not any("drawn are" in text for text in written(ct.plot_speakers(many, top=8)))


def test_an_outlet_in_which_nobody_speaks_stays() -> None:
    nothing = dict.fromkeys(("words", "articles", "share", "share_low", "share_high"), np.nan)
    silent = row("Gamma", None, 0, 0) | nothing | {"note": "no stretch in another voice"}
    texts = written(ct.plot_speakers(table(row("Alpha", "guild", 9, 1.0), silent)))
    assert "Gamma" in texts
    assert "0 words · 0 of 16 articles" in texts
    assert any("no stretch in another voice" in text for text in texts)


def test_of_many_outlets_those_with_most_words_are_drawn() -> None:
    many = table(*[row(f"Outlet {n:02d}", "guild", 100 + n, 0.5) for n in range(14)])
    texts = written(ct.plot_speakers(many))
    assert [text for text in texts if text.startswith("Outlet ")] == [f"Outlet {n:02d}" for n in range(2, 14)]
    assert any("12 of 14 outlets" in text.replace("\n", " ") for text in texts)


@pytest.mark.parametrize(("highest", "end"), [(0.004, "2 %"), (0.09, "10 %"), (0.31, "40 %"), (0.97, "100 %")])
def test_the_scale_is_as_wide_as_the_numbers_need(highest: float, end: str) -> None:
    ax = ct.plot_speakers(table(row("Alpha", "guild", 9, highest / 2, share_high=highest)))
    assert [text for text in written(ax) if text.endswith(" %")][-1] == end
    assert ax.get_xlim()[1] >= highest


def test_long_names_stand_in_full_at_the_foot() -> None:
    name = "Association of Ferrymen and Harbour Pilots of Upper Oakham"
    for ax in (None, plt.figure(figsize=(3.9, 3)).add_axes((0, 0, 1, 1))):
        texts = written(ct.plot_speakers(table(row("Alpha", name, 9, 0.5)), ax=ax))
        assert any(name in text.replace("\n", " ") for text in texts)


@pytest.mark.parametrize(
    "name", ["$\\frac{1}{0}$", "a_b^c$x", "<script>", "\u202etxt", "W" * 300, "two\nlines", "\x00"]
)
def test_hostile_names_are_drawn_as_text(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = ct.plot_speakers(table(row(name, name, 9, 0.5)), footnote="$x_1$")
        ax.figure.canvas.draw()
    assert any("$x_1$" in text for text in written(ax))
    assert not any(text.get_parse_math() for text in ax.texts)
    assert not any("\u202e" in text or "\x00" in text for text in written(ax))


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (TWO.iloc[:0], {}, "no rows"),
        (TWO, {"top": 0}, "top"),
        (TWO.drop(columns="share"), {}, "'share'"),
        (pd.concat([TWO, TWO]), {}, "Two rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused(frame: pd.DataFrame, options: dict[str, int], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        ct.plot_speakers(frame, **options)


def test_findings_name_the_first_three_and_what_goes_to_nobody() -> None:
    findings = speaker_findings(table(row("Alpha", "the rest", 650, 0.25), *TWO.to_dict("records")))
    assert findings[0].startswith(
        "Alpha gives most words to Runa Vale (1,204 words, none of them quoted; 30 %, interval 15"
    )
    assert ", guild (700 words" in findings[0]
    assert " and the rest (650 words" in findings[0]
    assert findings[1] == "There 800 words (20 %) go to nobody by name."
    assert "80 %, too few articles for an interval: 2 with words of others, 5 needed" in findings[2]
    assert len(findings) == 3


def test_findings_of_an_outlet_in_which_nobody_speaks_or_is_named() -> None:
    silent = row("Gamma", None, np.nan, np.nan, note="no stretch in another voice")
    assert speaker_findings(table(silent)) == ["Gamma: no stretch in another voice."]
    assert speaker_findings(table(row("Alpha", None, 1, 1.0))) == ["Alpha: 1 word (100 %) goes to nobody by name."]


def test_rows_of_a_table_do_not_pass_for_all_of_it() -> None:
    told = speaker_findings(TWO[TWO["speaker"] == "guild"])
    assert told[0].startswith("Alpha gives most words, of the speakers in these rows, to guild (700 words")
    assert told[1].startswith("Beta gives most words to guild (40 words")


def test_nobody_gives_most_words_to_those_without_a_word() -> None:
    nothing = {"share_low": np.nan, "share_high": np.nan}
    beside = table(row("A", "Odo", 5, 1.0), row("A", "Runa", 0, 0.0, **nothing))
    assert "Runa" not in speaker_findings(beside)[0]
    note = "no word in the stretches of the outlet"
    alone = table(row("A", "Odo", 0, np.nan, **nothing, note=note), row("A", None, 0, np.nan, **nothing, note=note))
    assert speaker_findings(alone) == ["A: no word in the stretches of the outlet."]


def test_an_outlet_in_which_nobody_speaks_has_no_row_of_nobody_named() -> None:
    silent = row("Gamma", None, np.nan, np.nan, note="no stretch in another voice")
    texts = written(ct.plot_speakers(table(silent)))
    assert "nobody speaks" in texts
    assert not any("nobody named" in text for text in texts)
