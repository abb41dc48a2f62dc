"""Statements on a page and in plain words: what is printed, what is changed, in whose voice; nothing that acts."""

from __future__ import annotations

import io
import re
from typing import Any

import html5lib
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from corpus_tools.schema import STATEMENTS, CorpusError, empty
from corpus_tools.show.describe.statements import statement_findings
from corpus_tools.show.markup import Fragment
from corpus_tools.show.statements import show_statements

WHOLE = "We shall keep the old harbour open while the ice allows it."


def row(outlet: str, text: str | None, sentence: int = 1, **other: Any) -> dict[str, Any]:
    """One row of a statement; without a text the sentence is not printed."""
    facts = {**dict.fromkeys(STATEMENTS), "statement": "1", "sentence": sentence, "outlet": outlet}
    printed = {"printed": text is not None, "text": text, "voice": "quoted" if text else None}
    return facts | printed | {"article_id": outlet.lower(), "words": len((text or "").split())} | other


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(STATEMENTS))


def page(shown: Fragment) -> BeautifulSoup:
    html5lib.HTMLParser(strict=True).parseFragment(io.StringIO(shown.html))
    return BeautifulSoup(shown.html, "html.parser")


def cells(shown: Fragment) -> list[str]:
    """The text of the cells as it is read, without the outlet that stands above it on a narrow screen."""
    found = []
    for cell in page(shown).select("td"):
        for hidden in cell.select(".ct-where, .ct-aside"):
            hidden.decompose()
        found.append(" ".join(cell.get_text().split()))
    return found


# the page


def test_a_column_for_each_article_and_a_row_for_each_sentence() -> None:
    rows = [row("A", WHOLE), row("B", WHOLE), row("A", "It is late.", 2), row("B", None, 2)]
    shown = show_statements(frame(*rows))
    heads = [head.get_text() for head in page(shown).select("thead th b")]
    assert heads == ["A", "B"]
    assert cells(shown) == [WHOLE, WHOLE, "It is late.", "– not printed here"]
    assert [head.get_text() for head in page(shown).select("tbody th b")] == ["1", "2"]
    assert "prints 1 of 2" in page(shown).get_text()


def test_changed_words_are_marked_and_missing_ones_have_a_sign() -> None:
    other = "We shall keep the new harbour open while the ice."
    shown = show_statements(frame(row("A", WHOLE), row("B", other)))
    assert [mark.get_text() for mark in page(shown).select("td u")] == ["new"]
    gap = page(shown).select("td span.ct-gap")
    assert [one["title"] for one in gap] == ["allows it"]
    assert cells(shown)[1] == "We shall keep the new harbour open while the ice.[…]"


def test_stops_and_capitals_are_no_change() -> None:
    shown = show_statements(frame(row("A", WHOLE), row("B", WHOLE.replace("We", "we").replace(".", ","))))
    assert not page(shown).select("td u")
    assert "Bold and underlined" not in shown.html


def test_words_added_at_the_end_of_the_same_length_keep_their_order() -> None:
    shown = show_statements(frame(row("A", "One two three four."), row("B", "Two three four five.")))
    assert cells(shown)[1] == "[…] Two three four five."


def test_voices_are_told_in_words() -> None:
    shown = show_statements(
        frame(row("A", WHOLE), row("B", WHOLE, voice="reported"), row("C", WHOLE, voice="narrator"))
    )
    assert [text.split("We ")[0] for text in cells(shown)[1:]] == ["as indirect speech", "in the outlet’s own voice"]
    assert page(shown).select("td > span.ct-reported")
    assert page(shown).select("td > span.ct-quoted")


def test_many_articles_stand_below_each_other() -> None:
    shown = show_statements(frame(*[row(name, WHOLE) for name in "ABCDEF"]))
    assert page(shown).select("table.ct-wide")
    assert page(show_statements(frame(row("A", WHOLE), row("B", WHOLE)))).select("table.ct-few")


def test_several_statements_are_folded_and_one_is_not() -> None:
    rows = frame(
        row("A", WHOLE), row("B", WHOLE), row("A", "It is late.", statement="2"), row("B", None, statement="2")
    )
    both = page(show_statements(rows))
    assert [one.get_text() for one in both.select("summary > span")] == [f"“{WHOLE}”", "“It is late.”"]
    assert ["open" in one.attrs for one in both.select("details")] == [True, False]
    assert not page(show_statements(rows, 2)).select("details")
    assert "It is late" not in show_statements(rows, "1").html


def test_only_so_many_statements_are_shown_and_it_is_said() -> None:
    rows = [row(name, WHOLE, statement=str(number)) for number in range(60) for name in "AB"]
    shown = show_statements(frame(*rows))
    assert len(page(shown).select("table")) == 50
    assert "60 statements" in page(shown).get_text()
    assert "the first 50 stand here" in page(shown).get_text()


def test_rows_that_were_filtered_away_are_called_so() -> None:
    shown = show_statements(frame(row("A", WHOLE), row("B", WHOLE), row("A", "It is late.", 2)))
    assert cells(shown)[-1] == "– not among these rows"


def test_nothing_from_the_corpus_acts() -> None:
    evil = "<script>alert(1)</script> & <b onclick=x>we shall keep it</b> \u202e"
    rows = [row("A", evil), row("<i>B</i>", evil + " \"'>now", speaker="<u>X</u>", article_id='"><img src=x>')]
    shown = show_statements(frame(*rows))
    assert not page(shown).select("script, img, i, [onclick]")
    assert "\u202e" not in shown.html
    assert page(shown).get_text().count("alert(1)") >= 2


def test_no_statement_says_so() -> None:
    shown = show_statements(empty(STATEMENTS))
    assert repr(shown) == "No statement is printed by articles of two outlets here."
    assert "No statement is printed by articles of two outlets here." in page(shown).get_text()


def test_an_unknown_statement_is_an_error() -> None:
    with pytest.raises(CorpusError, match="There is no statement '7'"):
        show_statements(frame(row("A", WHOLE), row("B", WHOLE)), 7)
    with pytest.raises(CorpusError, match="no column"):
        show_statements(frame(row("A", WHOLE)).drop(columns="printed"))


def test_plain_text_tells_the_same() -> None:
    text = repr(show_statements(frame(row("A", WHOLE), row("B", None))))
    assert f"A · undated · a: {WHOLE}" in text
    assert "B · undated · b: – not printed here" in text


def test_dates_and_odd_cells() -> None:
    date = pd.Timestamp(2023, 1, 20)
    rows = frame(row("A", WHOLE, date=date), row("B", WHOLE, article_id=7, voice="shouted") | {"outlet": None})
    shown = show_statements(rows.set_index(pd.Index([3, 3])))
    assert "20 January 2023 · a" in page(shown).get_text()
    assert "undated · 7" in page(shown).get_text()


def test_different_dates_have_a_note() -> None:
    first, later = pd.Timestamp(2023, 1, 20), pd.Timestamp(2023, 1, 21)
    note = "An earlier article cannot print what was said later."
    apart = show_statements(frame(row("A", WHOLE, date=first), row("B", None, date=later)))
    assert page(apart).get_text().count(note) == 1
    assert repr(apart).endswith(note)
    for other in (first, None):
        assert note not in show_statements(frame(row("A", WHOLE, date=first), row("B", WHOLE, date=other))).html


@pytest.mark.parametrize("speaker", ["its statement", "Her office", "she", "They", "officials", "Ann Lee", None])
def test_the_head_names_who_speaks_and_nothing_that_only_points_back(speaker: str | None) -> None:
    rows = frame(row("A", WHOLE, speaker=speaker), row("B", WHOLE, speaker="Bo Moss"))
    own = page(show_statements(rows)).select("thead th")[1].get_text("|", strip=True).split("|")[3:]
    assert own == {"officials": ["officials"], "Ann Lee": ["Ann Lee"], None: ["nobody named as speaker"]}.get(
        speaker, []
    )
    named = [name for name in (speaker, "Bo Moss") if name in ("officials", "Ann Lee", "Bo Moss")]
    assert f"” ({', '.join(named)}) is printed" in statement_findings(rows)[0]


# in words


def test_what_each_prints_is_said() -> None:
    rows = [row("A", WHOLE), row("B", None), row("C", WHOLE), row("A", "It is late.", 2), row("B", "It is late.", 2)]
    told = statement_findings(frame(*rows, row("C", None, 2)))
    assert told == [
        f"“{WHOLE}” is printed by 3 articles of 3 outlets, 2 sentences in all.",
        "A prints all of it; B prints 1 of 2 sentences (2); C prints 1 of 2 sentences (1).",
    ]


def test_other_voices_are_said() -> None:
    told = statement_findings(
        frame(row("A", WHOLE), row("B", WHOLE, voice="narrator"), row("C", WHOLE, voice="reported"))
    )
    assert told[-1] == (
        "B prints sentence 1 in its own words, without quotation marks; C prints sentence 1 as indirect speech."
    )


def test_speakers_are_named_and_many_are_counted() -> None:
    one = statement_findings(frame(row("A", WHOLE, speaker="Ann Lee"), row("B", WHOLE)))[0]
    assert "(Ann Lee)" in one
    rows = [row(name, WHOLE, speaker=f"Speaker {name}") for name in "ABCDE"]
    assert "(Speaker A, Speaker B, Speaker C, 2 other names)" in statement_findings(frame(*rows))[0]


def test_articles_of_one_outlet_are_told_apart() -> None:
    rows = [row("A", WHOLE, article_id="x"), row("A", None, article_id="y"), row("B", WHOLE)]
    assert statement_findings(frame(*rows))[1] == "A (x) and B print all of it; A (y) prints none of it."


def test_a_long_opening_is_cut_at_a_word() -> None:
    told = statement_findings(frame(row("A", f"{WHOLE} {WHOLE}"), row("B", f"{WHOLE} {WHOLE}")))[0]
    assert re.match(r"“We shall keep the old harbour open while the ice allows it. …” is", told)


def test_no_statement_in_words() -> None:
    assert statement_findings(empty(STATEMENTS)) == ["No statement is printed by articles of two outlets here."]
