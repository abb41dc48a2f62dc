"""Speakers: which written forms are one name, by which rule; and who is given how many words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.prepare.speakers.forms import take_apart
from corpus_tools.schema import NAMED_SPEAKERS, SPEAKERS, VERB_GROUPS, VOICES
from tests.conftest import articles_frame

Said = tuple[str, str | None]


def voices_frame(articles: pd.DataFrame, said: dict[str, list[Said]], voice: str = "reported") -> pd.DataFrame:
    """Stretches by article: the words of the text and who is written to say them; always with the cue "said"."""
    texts = articles.set_index("article_id")["text"]
    rows = []
    for article_id, pairs in said.items():
        done = 0
        for words, speaker in pairs:
            start = texts[article_id].index(words, done)
            done = start + len(words)
            rows.append((article_id, start, done, voice, speaker, "said", "neutral"))
    frame = pd.DataFrame(rows, columns=list(VOICES))
    return frame.astype({"speaker": "str", "cue": "str", "verb_group": "str"})


def named(text: str, *said: Said) -> pd.DataFrame:
    articles = articles_frame([("1", "A", text)])
    return ct.name_speakers(articles, voices_frame(articles, {"1": list(said)}))


def names(text: str, *said: Said) -> list[Any]:
    return [None if pd.isna(name) else name for name in named(text, *said)["speaker"]]


# one form alone


@pytest.mark.parametrize(
    ("written", "name", "rule"),
    [
        ("Runa Vale", "Runa Vale", ()),
        ("The harbour board", "harbour board", ("article dropped",)),
        ("a spokesman for the ministry", "spokesman for the ministry", ("article dropped",)),
        ("Kelly, a farmer,", "Kelly", ("apposition dropped",)),
        ("Kelly, 61", "Kelly", ("apposition dropped",)),
        ("61, a farmer", "farmer", ("article dropped",)),
        ("Kelly (a farmer)", "Kelly", ("apposition dropped",)),
        ("Kelly Moss — who owns the mill", "Kelly Moss", ("apposition dropped",)),
        ("President Runa Vale", "Runa Vale", ("title dropped",)),
        ("ferry spokeswoman Runa Vale", "Runa Vale", ("title dropped",)),
        ("beekeeper Runa Vale", "Runa Vale", ("title dropped",)),
        ("Mrs. Vale", "Vale", ("title dropped",)),
        ("Runa Vale of the Ferry Guild", "Runa Vale", ("affiliation dropped",)),
        ("Runa Vale’s", "Runa Vale", ("possessive dropped",)),
        ("the Harbour Court on Tuesday", "Harbour Court", ("day dropped", "article dropped")),
        ("Meanwhile Runa Vale", "Runa Vale", ("opening word dropped",)),
        ("their union, the Ferry Guild", "Ferry Guild", ("apposition dropped",)),
    ],
)
def test_what_stands_around_a_name_is_dropped(written: str, name: str, rule: tuple[str, ...]) -> None:
    form = take_apart(written)
    assert (form.name, form.rules) == (name, rule)


@pytest.mark.parametrize(
    "written",
    [
        "bakers, nurses and weavers",
        "Oakham, Belmore and Tarn",
        "Ferry Guild of Oakham",
        "officials in Oakham",
        "people who stood there",
        "Oakham’s Harbour Court",
        "Vale and Moss",
        "US",
        "WHO",
    ],
)
def test_names_that_need_nothing_stay_as_written(written: str) -> None:
    assert take_apart(written).name == written
    assert take_apart(written).rules == ()


@pytest.mark.parametrize("written", ["he", "She", "it", "they", "who", "I’d", "he himself", "She, a nurse"])
def test_pronouns_are_pronouns(written: str) -> None:
    assert take_apart(written).kind == "pronoun"


@pytest.mark.parametrize("written", ["", " , ", "The", "some", "Each", "there"])
def test_words_that_name_nobody(written: str) -> None:
    assert take_apart(written).kind == "nobody"


# inside an article


def test_a_last_name_joins_the_full_name_wherever_it_stands() -> None:
    text = "Vale: no bridge\nRuna Vale wants boats. Vale adds tolls."
    assert names(text, ("no bridge", "Vale"), ("boats", "Runa Vale"), ("tolls", "Vale")) == ["Runa Vale"] * 3


def test_a_full_name_that_only_the_outlet_writes_is_found_too() -> None:
    log = named("On Monday Runa Vale arrived. Vale wants boats.", ("boats", "Vale"))
    assert log["speaker"].tolist() == ["Runa Vale"]
    assert log["rule"].tolist() == ["last name of a full name in the text"]


def test_what_stands_before_the_name_of_a_place_is_no_first_name() -> None:
    text = "In Upper Oakham and Dear Oakham it rained. People in Oakham wait. Oakham wants boats."
    assert names(text, ("boats", "Oakham")) == ["Oakham"]


def test_a_first_name_joins_the_full_name() -> None:
    assert names("Runa Vale wants boats. Runa adds tolls.", ("boats", "Runa Vale"), ("tolls", "Runa")) == [
        "Runa Vale",
        "Runa Vale",
    ]


def test_where_two_names_fit_nothing_is_merged() -> None:
    text = "Runa Vale wants boats. Odo Vale wants tolls. Vale wants both."
    log = named(text, ("boats", "Runa Vale"), ("tolls", "Odo Vale"), ("both", "Vale"))
    assert log["speaker"].tolist() == ["Runa Vale", "Odo Vale", "Vale"]
    assert log["rule"].iloc[2] == "several names fit, kept"


def test_the_ministry_is_the_one_ministry_named_before() -> None:
    text = "The ministry waits. The Harbour Ministry pays boats. The ministry adds tolls."
    said = [("waits", "The ministry"), ("boats", "The Harbour Ministry"), ("tolls", "the ministry")]
    assert names(text, *said) == ["ministry", "Harbour Ministry", "Harbour Ministry"]


def test_the_ministry_stays_where_two_ministries_were_named() -> None:
    text = "Oakham's Harbour Ministry: boats. Tarn's Harbour Ministry: tolls. The ministry: both."
    said = [("boats", "Oakham's Harbour Ministry"), ("tolls", "Tarn's Harbour Ministry"), ("both", "the ministry")]
    assert names(text, *said)[2] == "ministry"


def test_a_noun_without_its_article_is_not_the_one_named_before() -> None:
    text = "Ferry officials want boats. Some other day officials want tolls."
    assert names(text, ("boats", "Ferry officials"), ("tolls", "officials")) == ["Ferry officials", "officials"]


def test_a_spokesman_is_not_his_ministry() -> None:
    text = "The Harbour Ministry: boats. A spokesman for the ministry: tolls. The spokesman: both."
    said = [("boats", "The Harbour Ministry"), ("tolls", "a spokesman for the ministry"), ("both", "The spokesman")]
    assert names(text, *said) == ["Harbour Ministry", "spokesman for the ministry", "spokesman for the ministry"]


@pytest.mark.parametrize("written", ["President Runa Vale", "Runa Vale, the president"])
def test_the_president_is_the_one_who_was_called_so(written: str) -> None:
    text = "One wants boats. The president adds tolls."
    assert names(text, ("boats", written), ("tolls", "The president")) == ["Runa Vale", "Runa Vale"]


def test_the_president_is_found_in_the_text_where_he_has_not_spoken() -> None:
    assert names("President Runa Vale came. The president adds tolls.", ("tolls", "the president")) == ["Runa Vale"]
    two = "President Runa Vale met President Odo Moss. The president adds tolls."
    assert names(two, ("tolls", "the president")) == ["president"]
    former = "Former President Odo Moss came. The president adds tolls."
    assert names(former, ("tolls", "the president")) == ["president"]


def test_initials_join_the_name_they_are_made_of() -> None:
    text = "The Oakham Ferry Guild wants boats. The OFG adds tolls."
    assert names(text, ("boats", "The Oakham Ferry Guild"), ("tolls", "The OFG")) == ["Oakham Ferry Guild"] * 2


# pronouns


def test_he_or_she_is_the_person_named_last() -> None:
    text = "Runa Vale, a nurse, waited. It rained, she said."
    log = named(text, ("It rained", "she"))
    assert log["speaker"].tolist() == ["Runa Vale"]
    assert log["rule"].tolist() == ["pronoun of the person named last"]


def test_a_pronoun_before_its_stretch_does_not_mean_a_person_named_behind_it() -> None:
    text = "Runa Vale, a nurse, waited. She said to Odo Moss, a baker, that it rained."
    assert names(text, ("that it rained", "She")) == ["Runa Vale"]


def test_a_pronoun_keeps_its_person_over_several_paragraphs() -> None:
    text = "Runa Vale, a nurse, waited. Rain, she said.\n\nWind, she said.\n\nHail, she said."
    assert names(text, ("Rain", "she"), ("Wind", "she"), ("Hail", "she")) == ["Runa Vale"] * 3


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Runa Vale, a nurse, waited.\n\nIt was cold.\n\nIt rained, she said.", "she"),  # too far
        ("Runa Vale, a nurse, waited. The Odo Moss Stair is wet. It rained, she said.", "she"),  # who is this?
        ("Mr. Odo Moss, a baker, waited. It rained, she said.", "she"),  # his title
        ("Runa Vale, a nurse, waited. It rained, they said.", "they"),
        ("Oakham waited. It rained, she said.", "she"),  # perhaps a town
        ("It rained, she said.", "she"),
    ],
)
def test_a_pronoun_in_doubt_stays_without_a_name(text: str, pronoun: str) -> None:
    log = named(text, ("It rained", pronoun))
    assert log["speaker"].isna().all()
    assert log["rule"].tolist() == ["pronoun"]
    assert log["written"].tolist() == [pronoun]


def test_a_speaker_without_a_name_comes_in_between() -> None:
    text = "Runa Vale, a nurse, waited. A hotel porter: no boats. It rained, she said."
    assert names(text, ("no boats", "A hotel porter"), ("It rained", "she")) == ["hotel porter", None]


def test_names_inside_the_words_of_others_are_not_the_last_ones() -> None:
    text = "Runa Vale, a nurse, waited. Odo Moss, a baker, is late, she said. It rained, she said."
    assert names(text, ("Odo Moss, a baker, is late", "she"), ("It rained", "she")) == ["Runa Vale"] * 2


# over all articles


def test_a_last_name_joins_the_only_full_name_of_the_corpus() -> None:
    articles = articles_frame([("1", "A", "Runa Vale wants boats."), ("2", "B", "Vale wants tolls.")])
    voices = voices_frame(articles, {"1": [("boats", "Runa Vale")], "2": [("tolls", "Vale")]})
    assert ct.name_speakers(articles, voices)["speaker"].tolist() == ["Runa Vale", "Runa Vale"]


def test_a_last_name_of_two_people_of_the_corpus_stays() -> None:
    texts = ["Runa Vale wants boats.", "Vale wants tolls.", "Odo Vale wants rain."]
    articles = articles_frame([(str(i), "A", text) for i, text in enumerate(texts)])
    said: dict[str, list[Said]] = {"0": [("boats", "Runa Vale")], "1": [("tolls", "Vale")], "2": [("rain", "Odo Vale")]}
    assert ct.name_speakers(articles, voices_frame(articles, said))["speaker"].tolist()[1] == "Vale"


@pytest.mark.parametrize(
    ("full", "merged"),
    [
        (["Runa Vale", "Runa K. Vale"], ["Runa Vale", "Runa Vale"]),
        (["Runa Vale", "Runa K. Vale", "Runa O. Vale"], ["Runa Vale", "Runa K. Vale", "Runa O. Vale"]),
        (["Runa K. Vale"], ["Runa K. Vale"]),
    ],
)
def test_a_middle_name_goes_only_where_it_tells_nobody_apart(full: list[str], merged: list[str]) -> None:
    articles = articles_frame([(str(i), "A", f"{name} wants boats.") for i, name in enumerate(full)])
    voices = voices_frame(articles, {str(i): [("boats", name)] for i, name in enumerate(full)})
    assert ct.name_speakers(articles, voices)["speaker"].tolist() == merged


def test_forms_that_differ_in_capitals_and_apostrophes_are_one() -> None:
    texts = [
        "Officials in Oakham want boats.",
        "So officials in Oakham want boats.",
        "The Ferrymen’s Guild wants boats.",
    ]
    articles = articles_frame([(str(i), "A", text) for i, text in enumerate([*texts, texts[2].replace("’", "'")])])
    written = ["Officials in Oakham", "officials in Oakham", "The Ferrymen’s Guild", "The Ferrymen's Guild"]
    voices = voices_frame(articles, {str(i): [("boats", name)] for i, name in enumerate(written)})
    assert ct.name_speakers(articles, voices)["speaker"].nunique() == 2
    assert ct.name_speakers(articles, voices)["speaker"].iloc[0] == "officials in Oakham"


# the log as a frame


def test_the_log_has_a_row_for_every_stretch_and_says_as_written() -> None:
    log = named("Runa Vale wants boats. Rain is near.", ("boats", "Runa Vale"), ("near", None))
    assert tuple(log.columns) == NAMED_SPEAKERS
    assert log["written"].isna().tolist() == log["speaker"].isna().tolist() == [False, True]
    assert log["rule"].tolist() == ["as written", "no speaker found"]
    assert log["outlet"].tolist() == ["A", "A"]


def test_odd_frames_give_the_same_log() -> None:
    articles = articles_frame([("1", "A", "Runa Vale wants boats. Vale adds tolls."), ("2", "B", "Odo wants rain.")])
    said: dict[str, list[Said]] = {"1": [("boats", "Runa Vale"), ("tolls", "Vale")], "2": [("rain", "Odo")]}
    voices = voices_frame(articles, said)
    expected = ct.name_speakers(articles, voices)
    before = voices.copy(deep=True)
    odd = voices.iloc[::-1].set_axis([0, 0, 0]).astype({"speaker": "object", "article_id": "category"})
    numbered = articles.astype({"article_id": "int64", "outlet": "category"}).set_axis([5, 5])
    pd.testing.assert_frame_equal(ct.name_speakers(numbered, odd), expected)
    pd.testing.assert_frame_equal(voices, before)


def test_no_voices_and_wrong_voices() -> None:
    articles = articles_frame([("1", "A", "Rain.")])
    nothing = voices_frame(articles, {})
    assert tuple(ct.name_speakers(articles, nothing).columns) == NAMED_SPEAKERS
    voices = voices_frame(articles, {"1": [("Rain", "Odo")]})
    with pytest.raises(ct.CorpusError, match="'9'"):
        ct.name_speakers(articles, voices.assign(article_id="9"))
    with pytest.raises(ct.CorpusError, match="'speaker'"):
        ct.name_speakers(articles, voices.drop(columns="speaker"))


@pytest.mark.parametrize("written", ["(", "[a-z]*", "\\", "Vale\n", "\u202eVale", "A" * 3000, "Vale.*", "$x_1$", "'s"])
def test_hostile_names_are_only_names(written: str) -> None:
    log = named("Rain.", ("Rain", written))
    assert len(log) == 1
    assert log["written"].item() == written


# the table


@pytest.fixture
def corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outlet A: 10 words to others in two articles; outlet B: silent; outlet C: 4 words in one."""
    articles = articles_frame(
        [
            ("1", "A", "Vale wants more boats today. No more rain, the guild hopes. So what"),
            ("2", "A", "Vale wants old tolls."),
            ("3", "A", "It rained."),
            ("4", "B", "It rained."),
            ("5", "C", "Odo Moss wants none of it."),
        ]
    )
    voices = voices_frame(
        articles,
        {
            "1": [("more boats today", "Vale"), ("No more rain", "the guild"), ("So what", None)],
            "2": [("old tolls", "Vale")],
            "5": [("wants none of it", "Odo Moss")],
        },
    )
    voices.loc[1, ["voice", "verb_group"]] = ["quoted", "believing"]
    voices.loc[2, "verb_group"] = np.nan
    return articles, voices


def test_a_table_counted_by_hand(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = ct.speakers(*corpus)
    assert tuple(table.columns) == SPEAKERS
    columns = ["outlet", "speaker", "words", "quoted", "reported", "share", "articles", "searched", "first"]
    rows = table[columns].astype("object").where(table[columns].notna(), None).to_numpy().tolist()
    assert rows == [
        ["A", "Vale", 5, 0, 5, 0.5, 2, 3, 2],
        ["A", "guild", 3, 3, 0, 0.3, 1, 3, 0],
        ["A", None, 2, 0, 2, 0.2, 1, 3, 0],
        ["B", None, None, None, None, None, None, 1, None],
        ["C", "Odo Moss", 4, 0, 4, 1.0, 1, 1, 1],
    ]
    verbs = table.set_index("speaker").loc[["Vale", "guild", "Odo Moss"], [*VERB_GROUPS, "no_verb"]]
    assert verbs.to_numpy().tolist() == [[2, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 0]]
    assert table["no_verb"].iloc[2] == 1
    assert table["written"].iloc[1] == "the guild"


def test_notes_say_what_is_missing(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = ct.speakers(*corpus)
    few = "no interval: 2 articles with words of others, 5 needed"
    assert table["note"].tolist()[:4] == [
        few,
        few,
        f"given to nobody by name; {few}",
        "no stretch in another voice",
    ]
    assert table[["share_low", "share_high"]].isna().all(axis=None)


def test_shares_of_an_outlet_add_to_one_and_lie_in_their_intervals() -> None:
    articles = articles_frame([(str(i), "A", "Vale wants boats. The guild wants rain.") for i in range(6)])
    said: list[Said] = [("boats", "Vale"), ("rain", "the guild")]
    voices = voices_frame(articles, {str(i): said[: 1 + i % 2] for i in range(6)})
    table = ct.speakers(articles, voices)
    assert table["share"].sum() == pytest.approx(1)
    assert ((table["share_low"] < table["share"]) & (table["share"] < table["share_high"])).all()
    assert (table["note"] == "").all()
    narrow = ct.speakers(articles, voices, confidence=0.5)
    assert (narrow["share_low"] > table["share_low"]).all()


def test_five_articles_with_words_carry_an_interval_and_four_do_not() -> None:
    articles = articles_frame([(str(i), "A", "Vale wants boats. Odo wants rain.") for i in range(6)])
    for count in (4, 5):
        voices = voices_frame(articles, {str(i): [("boats", "Vale"), ("rain", "Odo")] for i in range(count)})
        assert ct.speakers(articles, voices)["share_low"].notna().all() == (count == 5)


def test_events_are_the_units_of_speakers_where_asked() -> None:
    articles = articles_frame([(str(i), "A", "Vale wants boats. Odo wants rain.") for i in range(12)])
    voices = voices_frame(articles, {str(i): [("boats", "Vale"), ("rain", "Odo")][i % 2 :] for i in range(12)})
    by_article = ct.speakers(articles, voices)
    by_event = ct.speakers(articles.assign(event=[f"e{i // 2}" for i in range(12)]), voices, unit="event")
    same = [column for column in SPEAKERS if column not in ("share_low", "share_high")]
    pd.testing.assert_frame_equal(by_event[same], by_article[same])
    assert (by_event["share_low"] != by_article["share_low"]).all()
    few = ct.speakers(articles.assign(event=[f"e{i // 4}" for i in range(12)]), voices, unit="event")
    assert few["share_low"].isna().all()
    assert set(few["note"]) == {"no interval: 3 events with words of others, 5 needed"}


def test_words_of_a_group_are_averaged_over_all_its_articles() -> None:
    text = "Vale wants boats. Odo wants two rains."
    articles = articles_frame([(str(i), "A", text) for i in range(4)]).assign(reuse_group=["g", "g", "g", None])
    said: dict[str, list[Said]] = {"0": [("boats", "Vale")], "1": [("two rains", "Odo")], "3": [("two rains", "Odo")]}
    table = ct.speakers(articles, voices_frame(articles, said), unit="reuse_group").set_index("speaker")
    assert table["words"].to_dict() == {"Odo": 4, "Vale": 1}
    assert table.loc["Vale", "share"] == pytest.approx((1 / 3) / (1 / 3 + 2 / 3 + 2))
    assert table["share"].sum() == pytest.approx(1)
    assert (
        table.loc["Vale", "note"]
        == "no interval: 2 units (reuse groups, or articles without one) with words of others, 5 needed"
    )
    lines = ct.kwic(articles, voices_frame(articles, said), row=table.reset_index().iloc[0])
    assert len(lines) == 2


def test_stretches_without_a_word_have_no_share() -> None:
    articles = articles_frame([("1", "A", "Odo Moss: … yes"), ("2", "B", "Odo Moss: … yes")])
    voices = voices_frame(articles, {"1": [("…", "Odo Moss")], "2": [("…", "Odo Moss"), ("yes", "Runa Vale")]})
    table = ct.speakers(articles, voices)
    silent = table[table["outlet"] == "A"].iloc[0]
    assert (silent["words"], silent["articles"]) == (0, 1)
    assert np.isnan(silent["share"])
    assert "no word" in silent["note"]
    wordless = table[(table["outlet"] == "B") & (table["speaker"] == "Odo Moss")].iloc[0]
    assert wordless["share"] == 0
    assert "no word" in wordless["note"]


def test_names_corrected_by_hand_are_counted(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = corpus
    log = ct.name_speakers(articles, voices)
    log["speaker"] = log["speaker"].replace({"guild": "Vale"})
    table = ct.speakers(articles, log)
    assert table.loc[0, ["speaker", "words", "written"]].tolist() == ["Vale", 8, "Vale | the guild"]
    emptied = ct.speakers(articles, log.assign(speaker=""))
    assert emptied["speaker"].isna().all()


def test_order_and_index_of_the_frames_change_nothing(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = corpus
    expected = ct.speakers(articles, voices)
    shuffled = articles.iloc[::-1].set_axis([0] * 5), voices.sample(frac=1, random_state=2).set_axis([1] * 5)
    pd.testing.assert_frame_equal(ct.speakers(*shuffled), expected)


def test_no_voices_leave_every_outlet_visible(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = corpus
    table = ct.speakers(articles, voices.iloc[:0])
    assert table["outlet"].tolist() == ["A", "B", "C"]
    assert table["searched"].tolist() == [3, 1, 1]
    assert table["words"].isna().all()
    assert tuple(ct.speakers(articles.iloc[:0], voices.iloc[:0]).columns) == SPEAKERS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verb_group": "neutrl"}, "neutral"),
        ({"voice": "narrator"}, "narrator"),
    ],
)
def test_unknown_voices_and_groups_are_refused(
    corpus: tuple[pd.DataFrame, pd.DataFrame], change: dict[str, str], message: str
) -> None:
    articles, voices = corpus
    with pytest.raises(ct.CorpusError, match=message):
        ct.speakers(articles, voices.assign(**change))


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_that_is_none(corpus: tuple[pd.DataFrame, pd.DataFrame], confidence: float) -> None:
    with pytest.raises(ct.CorpusError, match="confidence"):
        ct.speakers(*corpus, confidence=confidence)


@pytest.mark.parametrize("name", ["strike", "karabakh"])
def test_every_word_of_the_samples_is_counted_once(name: str) -> None:
    articles = ct.read_sample(name)
    voices = ct.find_voices(articles)
    table = ct.speakers(articles, voices)
    tokens = ct.tokenize(articles, voices)
    spoken = tokens[tokens["voice"] != "narrator"].groupby("outlet", observed=True).size()
    assert table.groupby("outlet")["words"].sum().to_dict() == spoken.to_dict()
    assert table.groupby("outlet")["share"].sum().round(9).eq(1).all()
    assert table[[*VERB_GROUPS, "no_verb"]].sum().sum() == len(voices)
    assert not table.duplicated(["outlet", "speaker"]).any()


# what must not be merged


@pytest.mark.parametrize("title", ["Vice President", "Former President", "Deputy President"])
def test_a_deputy_or_former_president_is_not_the_president(title: str) -> None:
    text = f"{title} Runa Vale wants boats. The president adds tolls. The {title.lower()} adds rain."
    said = [("boats", f"{title} Runa Vale"), ("tolls", "The president"), ("rain", f"The {title.lower()}")]
    assert names(text, *said) == ["Runa Vale", "president", "Runa Vale"]


def test_a_deputy_without_a_name_is_not_the_minister() -> None:
    text = "The deputy minister wants boats. The minister adds tolls."
    assert names(text, ("boats", "The deputy minister"), ("tolls", "The minister")) == ["deputy minister", "minister"]


def test_the_prime_minister_is_not_confused_by_his_deputy() -> None:
    text = "Prime Minister Runa Vale: boats. Deputy Prime Minister Odo Moss: tolls. The prime minister: rain."
    said = [("boats", "Prime Minister Runa Vale"), ("tolls", "Deputy Prime Minister Odo Moss")]
    assert names(text, *said, ("rain", "The prime minister"))[2] == "Runa Vale"


def test_a_president_whom_only_the_outlet_names_is_a_second_one() -> None:
    text = "President Runa Vale wants boats. Tarnish President Odo Moss came. The president adds tolls."
    log = named(text, ("boats", "President Runa Vale"), ("tolls", "The president"))
    assert log["speaker"].tolist() == ["Runa Vale", "president"]
    assert log["rule"].iloc[1].endswith("several names fit, kept")
    again = "President Runa Vale wants boats. President Vale came. The president adds tolls."
    assert names(again, ("boats", "President Runa Vale"), ("tolls", "The president")) == ["Runa Vale"] * 2


def test_a_ministry_that_only_the_outlet_names_is_a_second_one() -> None:
    text = "Oakham's Harbour Ministry wants boats. Tarn's Harbour Ministry waits. The ministry adds tolls."
    said = [("boats", "Oakham's Harbour Ministry"), ("tolls", "The ministry")]
    assert names(text, *said)[1] == "ministry"
    same = text.replace("Tarn's", "The Oakham")
    assert names(same, *said)[1] == "Oakham's Harbour Ministry"


def test_mr_and_mrs_with_one_last_name_are_two() -> None:
    text = "Mr. Vale wants boats. Mrs. Vale wants tolls. Vale wants rain."
    log = named(text, ("boats", "Mr. Vale"), ("tolls", "Mrs. Vale"), ("rain", "Vale"))
    assert log["speaker"].tolist() == ["Mr Vale", "Mrs Vale", "Vale"]
    assert "title kept" in log["rule"].iloc[0]
    full = "Mr. Odo Vale wants boats. Mrs. Vale wants tolls."
    assert names(full, ("boats", "Mr. Odo Vale"), ("tolls", "Mrs. Vale")) == ["Odo Vale", "Mrs Vale"]


def test_a_father_and_his_namesake_son_are_not_one() -> None:
    text = "Odo Vale Jr. wants boats. Odo Vale Sr. wants tolls. Vale wants rain."
    said = [("boats", "Odo Vale Jr."), ("tolls", "Odo Vale, Sr."), ("rain", "Vale")]
    assert names(text, *said) == ["Odo Vale Jr.", "Odo Vale Sr.", "Vale"]
    alone = "Odo Vale Jr. wants boats. Vale wants rain."
    assert names(alone, ("boats", "Odo Vale Jr."), ("rain", "Vale")) == ["Odo Vale Jr."] * 2


def test_half_a_double_name_invents_nobody() -> None:
    assert names("Runa Vale-Moss came. Vale wants boats.", ("boats", "Vale")) == ["Vale"]


def test_capitals_and_particles_make_no_second_name() -> None:
    loud = "RUNA VALE wants boats. Runa Vale wants tolls. Vale wants rain."
    said = [("boats", "RUNA VALE"), ("tolls", "Runa Vale"), ("rain", "Vale")]
    assert names(loud, *said) == ["Runa Vale"] * 3
    text = "Runa da Vale wants boats. It was da Vale who wants tolls. Vale wants rain."
    said = [("boats", "Runa da Vale"), ("tolls", "da Vale"), ("rain", "Vale")]
    assert names(text, *said) == ["Runa da Vale"] * 3


def test_a_full_name_behind_a_title_is_found_whole() -> None:
    text = "Tarnish President Odo Moss came. The Tarnish president adds tolls."
    assert names(text, ("tolls", "The Tarnish president")) == ["Odo Moss"]


def test_invisible_letters_make_no_second_speaker() -> None:
    text = "Vale wants boats. Vale wants tolls. Vale wants rain."
    assert names(text, ("boats", "Vale"), ("tolls", "\u202eVale"), ("rain", "Va\u200ble\x00")) == ["Vale"] * 3
    assert names("Rain.", ("Rain", "\x00")) == [None]


# stretches that are none


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [(3, 99, "99"), (9, 3, "from 9 to 3"), (-4, 3, "-4"), (np.nan, 3, "nan")],
)
def test_a_stretch_outside_its_text_is_refused(start: float, end: float, message: str) -> None:
    articles = articles_frame([("1", "A", "Odo Moss wants rain.")])
    voices = voices_frame(articles, {"1": [("rain", "Odo Moss")]}).assign(start=start, end=end)
    for function in (ct.name_speakers, ct.speakers, ct.kwic):
        with pytest.raises(ct.CorpusError, match=message):
            function(articles, voices)


def test_stretches_that_overlap_are_refused_and_neighbours_are_not() -> None:
    articles = articles_frame([("1", "A", "Odo Moss wants rain."), ("2", "A", "Odo Moss wants rain.")])
    voices = voices_frame(articles, {"1": [("Odo Moss", "Odo"), ("wants rain", "Odo")], "2": [("Odo Moss", "Odo")]})
    touching = voices.assign(end=[9, 19, 8])
    assert ct.speakers(articles, touching)["words"].sum() == 6
    with pytest.raises(ct.CorpusError, match="'1' overlap at character 9"):
        ct.speakers(articles, voices.assign(end=[10, 19, 8]).iloc[::-1].set_axis([0, 0, 0]))
    with pytest.raises(ct.CorpusError, match="overlap"):
        ct.speakers(articles, pd.concat([voices, voices]))


def test_a_name_typed_by_hand_is_read_without_its_blanks(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = corpus
    log = ct.name_speakers(articles, voices)
    typed = log.assign(speaker=log["speaker"].replace({"guild": " Vale "}))
    assert ct.speakers(articles, typed).loc[0, ["speaker", "words"]].tolist() == ["Vale", 8]


def test_a_control_character_in_a_corrected_name_costs_no_words(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = corpus
    log = ct.name_speakers(articles, voices)
    table = ct.speakers(articles, log.assign(speaker=log["speaker"].replace({"guild": "\0"})))
    assert table["share"].iloc[1] == 0.3
