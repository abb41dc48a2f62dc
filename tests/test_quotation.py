"""Quotation marks: what stands between them, in every style that newsrooms use, and in time proportional to length."""

from __future__ import annotations

import timeit

import pytest

import corpus_tools as ct
from corpus_tools.prepare.voices.quotation import quoted_spans


def quoted(text: str) -> list[str]:
    return [text[s:e] for s, e in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “a word” and left.", ["a word"]),
        ('He said "a word" and left.', ["a word"]),
        ("He said ‘a word’ and left.", ["a word"]),
        ("He said 'a word' and left.", ["a word"]),
        ("He said ``a word'' and left.", ["a word"]),
        ("He said ''a word'' and left.", ["a word"]),
        ("Il a dit « un mot » et parti.", ["un mot"]),
        ("Er sagte „ein Wort“ und ging.", ["ein Wort"]),
        ("Er sagte »ein Wort« und ging.", ["ein Wort"]),
        ("Powiedział „słowo” i wyszedł.", ["słowo"]),
        ("Han sa ”ett ord” och gick.", ["ett ord"]),
        ("He said ＂a word＂ and left.", ["a word"]),
        ("(“one”) [“two”] – “three”—“four”.", ["one", "two", "three", "four"]),
        ("“One,” he said—“two”—and left.", ["One,", "two"]),
        ('The “talks”, the ‘deal’ and the "pact".', ["talks", "deal", "pact"]),
        ('(Photo: Lee)"You never know," the guide said.', ["You never know,"]),
        ('She wrote "yes (for now)" and left.', ["yes (for now)"]),
        ("“One.”\n“Two.”", ["One.", "Two."]),
    ],
)
def test_styles(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("‘He said “no” to me,’ she said.", ["He said “no” to me,"]),
        ("\"He said 'no' to me,\" she said.", ["He said 'no' to me,"]),
        ("“He said “no” to me,” she said.", ["He said “no” to me,"]),
        ('"He said "no" to me", she said.', ['He said "no" to me']),
        ("“‘No,’ he said.” Silence.", ["‘No,’ he said."]),
        ("“He said ‘no.’” Silence.", ["He said ‘no.’"]),
        ("„Er sagte ‚nein‘ zu mir“, sagte sie.", ["Er sagte ‚nein‘ zu mir"]),
    ],
)
def test_of_nested_marks_the_outermost_count(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('“a word" and more', ["a word"]),
        ('"a word” and more', ["a word"]),
        ('He said “one" and "two”.', ["one", "two"]),
        ("“performing 'passport and visa’ services” is", ["performing 'passport and visa’ services"]),
        ("”backwards“ marks", ["backwards"]),
        ("“a first“ and “a second“", ["a first", "a second"]),
    ],
)
def test_marks_that_do_not_match(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One.\n\n“Two.\n\n“Three,” she said.", ["One.", "Two.", "Three,"]),
        ('"One.\n\n"Two," she said.', ["One.", "Two,"]),
        ("“One.\n\nTwo.\n\nThree,” she said.", ["One.", "Two.", "Three,"]),
        ("“One.\n\nThe narrator.\n\n“Two,” she said.", ["One.", "Two,"]),
        ("“One.\n\nThe narrator. Nothing closes it.", ["One."]),
        ("“One.\n\nTwo,” she said. “Three.”", ["One.", "Two,", "Three."]),
        ("“One.\n\nShe called it ‘odd’ once.\n\nThree,” he said.", ["One.", "She called it ‘odd’ once.", "Three,"]),
        ("No opening,” she said. The narrator.", []),
        ("“”", []),
        ("“ ”", []),
    ],
)
def test_paragraphs_and_marks_without_a_partner(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The drivers' pay and the workers' rest.", []),
        ("The drivers’ pay and the workers’ rest.", []),
        ("It’s the ’90s, ’tis true, rock ’n’ roll.", []),
        ("'Tis the '90s, I don't care.", []),
        ('A 6\'2" man and a 12" disc.', []),
        ("At 5 o’clock O’Brien’s sister’s bus came.", []),
        ("The boys’ and girls’ teams ‘won’.", ["won"]),
        ("‘The drivers’ pay is low,’ he said.", ["The drivers’ pay is low,"]),
        ("‘It’s ours,’ he said, ‘and we’ll stay.’", ["It’s ours,", "and we’ll stay."]),
        ("O'Brien's 'plan' isn't Jones' plan.", ["plan"]),
        ("“The ’90s were ‘good’,” he said.", ["The ’90s were ‘good’,"]),
        ("Rock 'n' roll is here.", []),
        ("He called it ‘the workers’ strike’ and left.", ["the workers’ strike"]),
        ("‘The drivers’ and the guild’s terms are fair’, she said.", ["The drivers’ and the guild’s terms are fair"]),
    ],
)
def test_apostrophes_are_not_quotation_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_voice_spans_are_the_frame_of_the_design() -> None:
    frame = ct.voice_spans("The “deal” is off.")
    assert frame.columns.tolist() == ["start", "end", "voice", "speaker", "cue", "verb_group"]
    assert frame[["start", "end", "voice"]].to_numpy().tolist() == [[5, 9, "quoted"]]
    assert frame[["speaker", "cue", "verb_group"]].isna().all(axis=None)


def test_no_quotation_is_an_empty_frame_of_the_same_kind() -> None:
    some, none = ct.voice_spans("“x”"), ct.voice_spans("x")
    assert none.empty
    assert none.dtypes.to_dict() == some.dtypes.to_dict()


def test_a_scare_quote_is_a_quotation_and_its_neighbours_are_not(make_articles) -> None:  # type: ignore[no-untyped-def]
    articles = make_articles([("1", "A", "The so-called “police officers” were unarmed.")])
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    assert tokens.loc[tokens["voice"] == "quoted", "term"].tolist() == ["police", "officers"]


SCALING = {
    "dialogue": "“We’ll stay,” said one. The others’ terms are ‘fair’, he said.\n\n",
    "one long paragraph": "“We’ll stay,” said one. The others’ terms are ‘fair’, he said. ",
    "never closed, many paragraphs": "“It goes on and on.\n\n",
    "never closed, one paragraph": "“It goes on ",
    "never opened": "It is over,” ",
    "straight": 'He said "no" to "it ',
    "straight singles": "'tis 'so ",
    "plural possessives": "‘the drivers’ pay ",
    "nested openings": "“‘",
    "guillemets": "« a » b ",
    "an open one, then no marks": "“Open. No marks here.\n\nNone.\n\nNone.\n\nNone.\n\n",
}


def seconds(text: str) -> float:
    return min(timeit.repeat(lambda: quoted_spans(text), number=1, repeat=5))  # timeit keeps the garbage collector out


@pytest.mark.parametrize("piece", SCALING.values(), ids=SCALING.keys())
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    text = piece * (80_000 // len(piece))
    ratios = []
    for _ in range(5):  # a machine that is busy with something else gets another chance
        ratios.append(seconds(text * 2) / seconds(text))
        if ratios[-1] < 2.6:
            break
    assert min(ratios) < 2.6


def test_single_marks_that_open_each_paragraph_anew() -> None:
    text = "‘We waited “all” night.\n\n‘In the morning the road was closed,’ she said."
    assert [text[s:e] for s, e in quoted_spans(text)] == [
        "We waited “all” night.",
        "In the morning the road was closed,",
    ]


def test_a_single_mark_left_open_in_mid_paragraph_runs_to_its_end_where_the_next_one_re_opens_it() -> None:
    text = "They wrote at noon. ‘One barge lay across the lock.\n\n‘No rope was cut,’ the letter went on."
    assert [text[s:e] for s, e in quoted_spans(text)] == ["One barge lay across the lock.", "No rope was cut,"]
    assert quoted_spans("They wrote at noon. ‘Twas a barge.\n\nNo rope was cut.") == []


def test_an_apostrophe_at_the_start_of_a_paragraph_is_no_quotation() -> None:
    assert quoted_spans("‘Twas a long night.\n\nThe road was closed.") == []
