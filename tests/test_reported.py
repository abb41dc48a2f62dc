"""Indirect speech: each rule on a sentence of its own, each trap, and time proportional to length."""

from __future__ import annotations

import itertools
import timeit

import pytest

import corpus_tools as ct
from corpus_tools.prepare.voices.cues import forms, lists
from corpus_tools.prepare.voices.reported import Voice, voices_of

LEAD = "The bridge was closed at noon."


def voices(sentence: str) -> list[tuple[str, Voice]]:
    """The voices of a sentence that stands in the middle of an article."""
    text = f"The bridge\n\n{LEAD}\n\n{sentence}\n\nThe river rose by two metres."
    low = text.index(sentence)
    return [(text[v.start : v.end], v) for v in voices_of(text) if low <= v.start < low + len(sentence)]


def reported(sentence: str) -> str:
    return " ".join(part for part, v in voices(sentence) if v.voice == "reported")


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("The ministry said that the bridge was safe.", "that the bridge was safe"),
        ("The ministry said the bridge was safe.", "the bridge was safe"),
        ("The ministry said Monday in Baku that the bridge was safe.", "that the bridge was safe"),
        ("The bridge was safe, the ministry said.", "The bridge was safe"),
        ("The bridge was safe, said a spokesman for the ministry.", "The bridge was safe"),
        ("The bridge, the ministry said, was safe.", "was safe"),
        ("According to the ministry, the bridge was safe.", "the bridge was safe"),
        ("The bridge was safe, according to the ministry.", "The bridge was safe"),
        ("The minister told reporters that the bridge was safe.", "that the bridge was safe"),
        ("The minister accused the builders of using bad steel.", "of using bad steel"),
        ("The minister threatened to close the road.", "to close the road"),
        ("The mayor denied that money was missing.", "that money was missing"),
        ("It also said the bridge was safe.", "the bridge was safe"),
        ("It added that repairs would begin in May.", "that repairs would begin in May"),
        ("The mayor believes that the bridge is safe.", "that the bridge is safe"),
        ("The mayor wants to build a tunnel.", "to build a tunnel"),
        ("The mayor asked whether the bridge was safe.", "whether the bridge was safe"),
        ("The mayor insisted that the bridge was safe.", "that the bridge was safe"),
        ("The mayor maintained that the bridge was safe.", "that the bridge was safe"),
        ("Concrete, the mayor noted, is poured in spring.", "Concrete is poured in spring"),
        (
            "Lorries had been weighed at night, drivers assume, and nobody complained.",
            "Lorries had been weighed at night",
        ),
        ("Lorries had been weighed at night, drivers assume, and nobody complained.", "and nobody complained"),
        ("Two ropes hardly belong on one winch, said Ada Lund.", "Two ropes hardly belong on one winch"),
        (
            "The deck holds planks, bolts and paint, said the foreman Olaf Brandt.",
            "The deck holds planks, bolts and paint",
        ),
        ("The water rose overnight, the ministry reported; the locks stayed shut.", "The water rose overnight"),
        ("A ferry is slow, in her opinion, and it is cheap.", "A ferry is slow"),
        ("In the view of the mayor, a ferry is cheap.", "a ferry is cheap"),
        ("The mayor accused a “steel ring” of using bad bolts.", "of using bad bolts"),
    ],
)
def test_rules(sentence: str, content: str) -> None:
    assert content in reported(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry stands on the left bank.",
        "The old bridge was built in 1931 and repaired twice.",
        "Rain fell for three days.",
        "Troops attacked the post and shelled the road.",
        "Two lorries blocked the road until evening.",
        "It is not known whether the bridge will open.",
        "Nor was it known how many lorries had crossed.",
        "He drove through Washington State and rested at the State Department.",
        "The first report was short.",
        "The accused arrived at noon.",
        "It has received eleven claims.",
    ],
)
def test_plain_narration_is_nobody_elses(sentence: str) -> None:
    assert reported(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "outside"),
    [
        ("The ministry said Monday in Baku that the bridge was safe.", "Monday"),
        ("The minister told reporters that the bridge was safe.", "reporters"),
        ("The bridge was safe, the ministry said.", "ministry"),
        ("The water rose, the ministry reported; the locks stayed shut.", "locks"),
        ("In the view of Lund, who keeps the locks, a ferry is cheap.", "keeps"),
        ("The boats carried crates that, the mayor said, had been weighed.", "boats"),
    ],
)
def test_where_a_content_ends(sentence: str, outside: str) -> None:
    assert reported(sentence)
    assert outside not in reported(sentence)


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "group"),
    [
        ("“We are ready,” the mayor said.", "the mayor", "said", "neutral"),
        ("“We are ready,” said the mayor.", "the mayor", "said", "neutral"),
        ("“We are ready,” Kelly told the newspaper.", "Kelly", "told", "neutral"),
        ("“We are ready,” said Will Marlow, a farmer.", "Will Marlow, a farmer", "said", "neutral"),
        (
            "The mayor, a former engineer, insisted: “We are ready.”",
            "The mayor, a former engineer",
            "insisted",
            "distancing",
        ),
        ("On Monday the mayor said, “We are ready.”", "the mayor", "said", "neutral"),
        ("The mayor laughed and said, “We are ready.”", "The mayor", "said", "neutral"),
        ("According to the mayor, “we are ready”.", "the mayor", "According to", "neutral"),
        ("The mayor warned that “nobody is ready”.", "The mayor", "warned", "demanding"),
        ("The mayor denied being “ready”.", "The mayor", "denied", "denying"),
        (
            "“We are ready,” Olaf, 57, a rigger from the harbour, said.",
            "Olaf, 57, a rigger from the harbour",
            "said",
            "neutral",
        ),
    ],
)
def test_speaker_and_cue_of_a_quotation(sentence: str, speaker: str, cue: str, group: str) -> None:
    quoted = [v for _, v in voices(sentence) if v.voice == "quoted"]
    assert [(v.speaker, v.cue, v.group) for v in quoted] == [(speaker, cue, group)]


def test_both_halves_of_a_quotation_broken_by_its_tag() -> None:
    found = [v for _, v in voices("“We are ready,” the mayor said. “We always were.”") if v.voice == "quoted"]
    assert [v.speaker for v in found] == ["the mayor", "the mayor"]


def test_a_quotation_after_a_colon_in_the_next_paragraph() -> None:
    found = [v for _, v in voices("The mayor continued:\n\n“We are ready.”")]
    assert [v.speaker for v in found if v.voice == "quoted"] == ["The mayor"]


def test_a_quotation_cuts_reported_speech_and_marks_stay_outside() -> None:
    parts = [(part, v.voice) for part, v in voices("The ministry said the bridge was “quite safe” for lorries.")]
    assert parts == [("the bridge was", "reported"), ("quite safe", "quoted"), ("for lorries", "reported")]


def test_reported_speech_has_speaker_and_cue() -> None:
    (_part, voice), *_rest = voices("The ministry claimed that the bridge was safe.")
    assert (voice.speaker, voice.cue, voice.group) == ("The ministry", "claimed", "distancing")


@pytest.mark.parametrize(
    ("sentence", "stretches"),
    [
        (
            "The drivers demand that the lock be opened, according to officials in Elm; those in Ash disputed that.",
            [("The drivers demand that the lock be opened", "officials in Elm")],
        ),
        (
            "No clerk of the town was free to say how long the repair would last.",
            [("how long the repair would last", "No clerk of the town")],
        ),
        (
            "Two families were in mourning, and the Health Office held local bakers to blame for the outage.",
            [("for the outage", "the Health Office")],
        ),
        (
            "The mayor said the bridge was safe, and the union accused the builders of haste.",
            [("the bridge was safe", "The mayor"), ("of haste", "the union")],
        ),
        (
            "The mayor said the bridge was safe, and it rejected as idle the suggestion that it be shut.",
            [("the bridge was safe", "The mayor")],
        ),
    ],
)
def test_whose_a_reported_stretch_is(sentence: str, stretches: list[tuple[str, str]]) -> None:
    found = [(part, v.speaker) for part, v in voices(sentence) if v.voice == "reported"]
    assert set(stretches) <= set(found)
    assert not any("according to" in part for part, _ in found)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "said", "that said:", "“”", ", said, according to", "A:\n\nB:", "( ( said ) –"]
)
def test_odd_texts(text: str) -> None:
    voices_of(text)


def test_spans_never_overlap_and_never_cross_a_paragraph() -> None:
    articles = ct.read_articles("strike")
    for text in articles["text"]:
        found = voices_of(text)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert all(v.start < v.end and "\n" not in text[v.start : v.end] for v in found)


def test_the_frame_of_the_design() -> None:
    frame = ct.voice_spans("The mayor said the road was open.")
    assert frame.columns.tolist() == ["start", "end", "voice", "speaker", "cue", "verb_group"]
    assert frame.dtypes.to_dict() == ct.voice_spans("Rain.").dtypes.to_dict()


@pytest.mark.parametrize(
    ("verb", "past", "ing"),
    [
        ("deny", "denied", "denying"),
        ("plan", "planned", "planning"),
        ("argue", "argued", "arguing"),
        ("say", "said", "saying"),
        ("agree", "agreed", "agreeing"),
        ("stress", "stressed", "stressing"),
    ],
)
def test_forms_of_a_verb(verb: str, past: str, ing: str) -> None:
    for form in (verb, past, ing):
        assert verb in {c.lemma for c in lists().verbs[form]}
    assert forms("deny", {})["denies"] == "s"


SCALING = {
    "sentences": "The ministry said on Monday that the bridge was safe, but the mayor denied it. ",
    "one endless sentence": "the ministry said the bridge was safe, and the mayor believes ",
    "quotations": "“We are ready,” the mayor said, adding that “all is well” there. ",
    "commas": "said, ",
    "colons": "Mayor: ",
    "according": "according to ",
    "claims": "the claim that ",
    "paragraphs": "It said so.\n\n",
}


def seconds(text: str) -> float:
    return min(timeit.repeat(lambda: voices_of(text), number=1, repeat=2))


@pytest.mark.parametrize("piece", SCALING.values(), ids=SCALING.keys())
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    ratios = []
    for _ in range(5):  # a machine that is busy with something else gets another chance
        ratios.append(seconds(text * 2) / seconds(text))
        if ratios[-1] < 2.5:
            break
    assert min(ratios) < 2.5


@pytest.mark.parametrize("mark", ["“", "”", '"', "'", "‘", "«", "''"])
def test_twice_the_unpaired_marks_take_about_twice_the_time(mark: str) -> None:
    text = (mark + "a ") * 50_000
    ratios = []
    for _ in range(5):
        ratios.append(seconds(text * 2) / seconds(text))
        if ratios[-1] < 2.5:
            break
    assert min(ratios) < 2.5
