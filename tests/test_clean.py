"""Cleaning: each rule takes away what is surely not journalism, says so, and lets what only looks like it stand."""

from __future__ import annotations

import timeit
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.read.clean import Cleaned, clean_text

FIRST = "Drivers met the company on Monday. They asked for more pay."
LAST = "The company did not answer."


class Fires(NamedTuple):
    rule: str
    raw: str
    removed: str
    text: str
    title: str = ""


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts)


BODY = paragraphs(FIRST, LAST)
FIRES = [
    Fires("mojibake", "The driverâ€™s case, said JosÃ©.", "driverâ€™s", "The driver’s case, said José."),
    Fires("odd blank", "Ten\u00a0buses and\u2009two.", "\u00a0", "Ten buses and two."),
    Fires("odd blank", "Ten\tbuses.", "\t", "Ten buses."),
    Fires("invisible character", "Ten\u200b bu\u00adses\u202e left.\u2069", "\u200b", "Ten buses left."),
    Fires("invisible character", "A bell\u0007 rang.", "\u0007", "A bell rang."),
    Fires("line end", "One.\r\nTwo.\u2028Three.", "\r\n", "One.\nTwo.\nThree."),
    Fires("Unicode form", "The cafe\u0301 closed.", "e\u0301", "The café closed."),
    Fires("half a character", "It was \ud83d odd.", "\ud83d", "It was \ufffd odd."),
    Fires("date line", f"date 2024-10-07 {BODY}", "date 2024-10-07 ", BODY),
    Fires("date line", f"2024-10-07 | {BODY}", "2024-10-07 | ", BODY),
    Fires(
        "date line", paragraphs("Published: Monday, 7 October 2024", BODY), "Published: Monday, 7 October 2024", BODY
    ),
    Fires("category line", paragraphs("Categories: Politics, City", BODY), "Categories: Politics, City", BODY),
    Fires("category line", paragraphs(BODY, "Tags: bus, pay"), "Tags: bus, pay", BODY),
    Fires(
        "photo caption",
        paragraphs("Port Ellery - Buses stand at the depot of Saltpans , January 17, 2024.", BODY),
        "Port Ellery - Buses stand at the depot of Saltpans , January 17, 2024.",
        BODY,
    ),
    Fires(
        "photo caption",
        paragraphs("Ottoline Brask – speaks to drivers at Kiln Hill, 7 October 2024. [J. Roe/Harbour]", BODY),
        "Ottoline Brask – speaks to drivers at Kiln Hill, 7 October 2024. [J. Roe/Harbour]",
        BODY,
    ),
    Fires("photo caption", paragraphs(FIRST, "Photo: Jo Roe", LAST), "Photo: Jo Roe", BODY),
    Fires("photo caption", paragraphs(FIRST, "(Photo by Jo Roe / Harbour)", LAST), "(Photo by Jo Roe / Harbour)", BODY),
    *(
        Fires("teaching mark", paragraphs(BODY, line), line, BODY)
        for line in (
            "*Fictional newsroom, teaching text.*",
            "*Fictional newsroom, teaching text. Its witnesses and their words are invented.*",
        )
    ),
    Fires(
        "newsletter line",
        paragraphs(FIRST, "Sign up for our morning newsletter.", LAST),
        "Sign up for our morning newsletter.",
        BODY,
    ),
    Fires("app line", paragraphs(BODY, "Download our app"), "Download our app", BODY),
    Fires(
        "app line",
        f"{FIRST} CLICK HERE TO GET THE ELLERY APP\n\n{LAST}",
        "CLICK HERE TO GET THE ELLERY APP",
        BODY,
    ),
    Fires("copyright line", paragraphs(BODY, "© 2024 Ellery Meridian"), "© 2024 Ellery Meridian", BODY),
    Fires("copyright line", paragraphs(BODY, "All rights reserved."), "All rights reserved.", BODY),
    Fires("follow line", paragraphs(BODY, "Follow us on Telegram"), "Follow us on Telegram", BODY),
    Fires("share line", paragraphs(BODY, "Share this article"), "Share this article", BODY),
    Fires("share line", paragraphs(BODY, "14 comments"), "14 comments", BODY),
    Fires("advertisement line", paragraphs(FIRST, "ADVERTISEMENT", LAST), "ADVERTISEMENT", BODY),
    Fires("credit line", paragraphs(BODY, "Reporting by Jo Roe; editing by Sam Poe"), "Reporting by Jo Roe", BODY),
    Fires("teaser list", paragraphs(FIRST, "Read also: Mediator invites both", LAST), "Read also: Mediator", BODY),
    Fires(
        "teaser list",
        paragraphs(FIRST, "  • Mediator invites both sides\n  • ‘No deal’ – mayor", LAST),
        "• Mediator invites both sides",
        BODY,
    ),
    Fires("comment name", paragraphs(BODY, "John Doe-Smith:"), "John Doe-Smith:", BODY),
    Fires("dateline", f"PORT ELLERY, Oct. 7 (Reuters) - {BODY}", "PORT ELLERY, Oct. 7 (Reuters) - ", BODY),
    Fires("dateline", f"Port Ellery (AP) — {BODY}", "Port Ellery (AP) — ", BODY),
    Fires("agency tag", paragraphs(BODY, "(Reuters)"), "(Reuters)", BODY),
    Fires("agency tag", paragraphs(BODY, "-- AFP"), "-- AFP", BODY),
    Fires("repeated title", paragraphs("No buses", "No buses", BODY), "No buses", f"No buses\n\n{BODY}", "No buses"),
    Fires("title as given", paragraphs("NO BUSES", BODY), "NO BUSES", f"No buses\n\n{BODY}", "No buses"),
    Fires("title put first", BODY, "", f"No buses\n\n{BODY}", "No buses"),
    Fires("blank space", f"\n {FIRST}\n\n\n\n{LAST}  ", "\n ", BODY),
]


def rules_of(cleaned: Cleaned) -> set[str]:
    return {edit.rule for edit in cleaned.edits}


@pytest.mark.parametrize("case", FIRES, ids=lambda case: case.rule)
def test_each_rule_fires_and_is_logged_with_place_and_text(case: Fires) -> None:
    cleaned = clean_text(case.raw, case.title)
    assert cleaned.text.replace(" \n", "\n") == case.text
    edits = [e for e in cleaned.edits if case.rule == e.rule]
    assert edits, rules_of(cleaned)
    assert any(case.removed in case.raw[e.start : e.end] for e in edits)
    # Nothing but blanks was taken away under another name.
    others = [case.raw[e.start : e.end] for e in cleaned.edits if e.rule != case.rule]
    if case.rule not in ("invisible character", "odd blank", "mojibake"):
        assert "".join(others).strip() == ""


@pytest.mark.parametrize("case", FIRES, ids=lambda case: case.rule)
def test_cleaning_twice_is_cleaning_once(case: Fires) -> None:
    once = clean_text(case.raw, case.title)
    twice = clean_text(once.text, once.title)
    assert (twice.text, twice.edits) == (once.text, [])


def test_all_examples_one_after_the_other_are_clean_after_one_pass() -> None:
    once = clean_text(paragraphs(*(case.raw for case in FIRES)))
    twice = clean_text(once.text)
    assert (twice.text, twice.edits) == (once.text, [])


STANDS = {
    "demands after a colon": "The union has three demands:\n• 7 per cent\n• eleven hours off\n• no split shifts",
    "demands after a colon and a blank line": "The union has three demands:\n\n• 7 per cent\n\n• eleven hours off",
    "demands that are sentences": "The union is clear.\n• It wants 7 per cent.\n• It wants eleven hours off.",
    "demands in lower case after a full stop": "The union has made its demands.\n• more pay\n• eleven hours off",
    "one bullet": "• One thing is certain",
    "a list by hyphens": "What they want\n- more pay\n- longer rests",
    "sign up, the verb": "Sign up, they told the drivers, or lose the bonus.",
    "sign-up sheets": "Sign up sheets for the picket hung in the canteen until Friday.",
    "a newsletter in the news": "Subscribers to the newsletter were told before the drivers were.",
    "the word photo": "Photo albums lay open on the table.",
    "photos at the start": "Photos of the depot show an empty yard.",
    "a photo finish": "Photo finish: the vote was decided by three hands.",
    "a paragraph that names an agency": "Reuters was not able to confirm the report.",
    "a last word that is an agency": "The only agency there was AFP",
    "copyright in the news": "Copyright law was not on the table, the company said.",
    "an item of a list by letters": "(c) the right to eleven hours of rest between two shifts;",
    "an invitation reported": "Join us on the picket line, the flyer says, and bring a chair.",
    "an app in the news": "The company’s app was down, and nobody knew which bus would come.",
    "reporting in the news": "Reporting by this newspaper led to the inquiry.",
    "related, the word": "Related industries, such as ferries, hired more people.",
    "comments, the word": "Comments were not allowed, and nobody shared the article.",
    "an advertisement in the news": "Advertisement revenue fell by a third.",
    "category, the word": "Category five storms are rare here.",
    "a name and what he said": "John Doe: I shall stay until they pay us.",
    "a colon at the end": "This is what he read out:",
    "a date in a sentence": "On 7 October 2024 the first bus stayed in.",
    "a date and a comma": "Monday, 7 October 2024, was the day on which it began.",
    "a dash in a sentence": "The drivers – all 560 of them – stayed at home.",
    "capitals": "NOBODY came. Not one.",
}


@pytest.mark.parametrize("sentence", STANDS.values(), ids=STANDS.keys())
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_what_a_journalist_wrote_stands(sentence: str, place: str) -> None:
    parts = {
        "first": (sentence, FIRST, LAST),
        "middle": (FIRST, sentence, LAST),
        "last": (FIRST, LAST, sentence),
    }[place]
    cleaned = clean_text(paragraphs(*parts))
    assert (cleaned.text, cleaned.edits) == (paragraphs(*parts), [])
    assert cleaned.date == ""


@pytest.mark.parametrize(
    "lead",
    [
        "The drivers of Port Ellery will stop work on Monday, 7 October 2024.",
        "Bus drivers in Northgate, Saltpans and Kiln Hill will stop work on Monday, 7 October 2024.",
        "Ottoline Brask — the guild’s secretary — will step down on Monday, 7 October 2024.",
        "Port Ellery – a quiet town for long – will see its first strike in years on Monday, 7 October 2024.",
        "Twenty-one drivers were sent home on Monday, October 7, 2024.",
    ],
)
def test_a_lead_that_ends_in_a_date_stands_and_dates_nothing(lead: str) -> None:
    cleaned = clean_text(paragraphs(lead, BODY))
    assert (cleaned.text, cleaned.date) == (paragraphs(lead, BODY), "")


@pytest.mark.parametrize(
    "lead",
    [
        "NATO – the alliance of 31 states – met in Brussels on Monday.",
        "WHO - the health body of the United Nations - warned of a new wave.",
        "The Transport Guild (TWG) - the drivers’ union - called the strike on Monday.",
        "UPDATE – the company has answered the letter of the union.",
        "Police - nine of them - stood at the gate on Monday morning.",
    ],
)
def test_a_lead_with_dashes_is_no_dateline(lead: str) -> None:
    cleaned = clean_text(paragraphs(lead, BODY))
    assert (cleaned.text, cleaned.dateline, cleaned.agency) == (paragraphs(lead, BODY), "", "")


def test_days_as_headings_of_a_chronicle_stand() -> None:
    raw = paragraphs(FIRST, "Monday, 7 October 2024", "Rain.", "Tuesday, 8 October 2024", "More rain.", LAST)
    cleaned = clean_text(raw)
    assert (cleaned.text, cleaned.date) == (raw, "")


@pytest.mark.parametrize(
    ("raw", "dateline", "agency"),
    [
        ("PORT ELLERY (Harbour Wire) — Most buses stayed in.", "PORT ELLERY", "Harbour Wire"),
        ("BAKU, Azerbaijan (AP) — Talks began on Monday morning.", "BAKU, Azerbaijan", "AP"),
        ("MOSCOW, March 6. /TASS/. Talks began on Monday morning.", "MOSCOW", "TASS"),
        ("LA PAZ, Bolivia (AP) — Talks began on Monday morning.", "LA PAZ, Bolivia", "AP"),
        ("TBILISI, March 6 (Agence France-Presse) -- Talks began on Monday.", "TBILISI", "AFP"),
        ("ST. PETERSBURG, 6 March 2023 (Reuters) - Talks began on Monday.", "ST. PETERSBURG", "Reuters"),
    ],
)
def test_dateline_and_agency_are_kept_in_columns(raw: str, dateline: str, agency: str) -> None:
    cleaned = clean_text(paragraphs(raw, LAST))
    assert (cleaned.dateline, cleaned.agency) == (dateline, agency)


@pytest.mark.parametrize("marks", ["“x”", "‘x’", "«x»", "„x“", '"x"', "'x'", "``x''"])
def test_quotation_marks_stay_as_they_are_even_beside_mojibake(marks: str) -> None:
    said = f"They said {marks}."
    assert clean_text(f"{said} CafÃ©.").text == f"{said} Café."


@pytest.mark.parametrize(
    "text", ["Łódź, Ağdam, Şuşa", "Степанакерт / Ханкенди", "Ստեփանակերտ", "شوشا", "ශ්‍රී ලංකා", "👩‍🚒"]
)
def test_honest_characters_of_other_scripts_stay(text: str) -> None:
    cleaned = clean_text(f"{text}. {LAST}")
    assert (cleaned.text, cleaned.edits) == (f"{text}. {LAST}", [])


def test_a_title_that_differs_only_in_marks_is_not_printed_twice() -> None:
    cleaned = clean_text(paragraphs("“No buses,” says mayor", BODY), "'No buses', says mayor")
    assert cleaned.text == paragraphs("'No buses', says mayor", BODY)


def test_a_longer_first_line_is_not_the_title() -> None:
    lead = "No buses says mayor, and nobody answers him."
    assert clean_text(paragraphs(lead, LAST), "No buses says mayor").text.startswith(f"No buses says mayor\n\n{lead}")


def test_what_cleaning_did_to_the_title_is_logged_without_a_place() -> None:
    cleaned = clean_text(BODY, "No\u00a0buses")
    assert cleaned.title == "No buses"
    assert ("title: odd blank", -1) in {(e.rule, e.start) for e in cleaned.edits}


# the five real articles


class Real(NamedTuple):
    articles: pd.DataFrame
    cleaning: pd.DataFrame

    def text(self, prefix: str) -> str:
        return self.articles.loc[self.articles["article_id"].str.startswith(prefix), "text"].item()

    def removed(self, prefix: str, rule: str) -> str:
        named = self.cleaning["rule"].str.split(" + ", regex=False).map(lambda rules: rule in rules)
        own = self.cleaning["article_id"].str.startswith(prefix) & named
        return "|".join(self.cleaning.loc[own, "removed"])


@pytest.fixture(scope="module")
def real(shared: Path) -> Real:
    articles, _, cleaning = ct.inspect_source(shared / "articles")
    return Real(articles, cleaning)


def test_the_first_begins_with_its_first_sentence(real: Real) -> None:
    assert real.text("000").startswith("It urged the international community")
    assert "2023-03-08" in real.removed("000", "date line")


def test_dates_of_the_five(real: Real, shared: Path) -> None:
    dates = dict(zip(real.articles["article_id"].str[:3], real.articles["date"], strict=True))
    assert dates.pop("000") == pd.Timestamp(2023, 3, 8)
    assert dates.pop("004") == pd.Timestamp(2023, 3, 7)
    assert all(pd.isna(d) for d in dates.values())
    assert len(dates) == 3


def test_dates_without_the_manifest(shared: Path, tmp_path: Path) -> None:
    for path in (shared / "articles").glob("0*.txt"):
        (tmp_path / "Outlet").mkdir(exist_ok=True)
        (tmp_path / "Outlet" / path.name).write_bytes(path.read_bytes())
    articles, problems, _ = ct.inspect_source(tmp_path)
    stated = articles.set_index(articles["article_id"].str.extract(r"(\d{3})_", expand=False))["date"].dropna()
    assert stated.to_dict() == {"000": pd.Timestamp(2023, 3, 8), "004": pd.Timestamp(2023, 3, 7)}
    assert problems["kept"].all()
    assert (problems["rule"] == "date missing").sum() == 3


@pytest.mark.parametrize(
    ("prefix", "rule", "words"),
    [
        ("002", "photo caption", "January 17, 2023"),
        ("004", "category line", "Categories: 2023"),
        ("004", "teaser list", "• Azerbaijan loses three more cases"),
        ("004", "teaser list", "• JAMnews"),
        ("004", "comment name", "John Hovhannisian:"),
        ("004", "date line", "March 7 2023"),
    ],
)
def test_what_is_no_journalism_is_gone_and_logged(real: Real, prefix: str, rule: str, words: str) -> None:
    assert words not in real.text(prefix)
    assert words in real.removed(prefix, rule)


def test_no_bullet_is_left(real: Real) -> None:
    assert not real.articles["text"].str.contains("•").any()


@pytest.mark.parametrize(
    "line",
    [
        "Shootout in Karabakh between Azerbaijani soldiers and police",
        "Message from the Russian peacekeeping contingent",
        "Azerbaijan comments on events",
    ],
)
def test_headlines_inside_the_last_text_stay(real: Real, line: str) -> None:
    assert line in real.text("004")


def test_no_sentence_of_a_journalist_is_lost(real: Real, shared: Path) -> None:
    gone = " ".join(real.cleaning["removed"])
    not_journalism = 0
    for path in sorted((shared / "articles").glob("0*.txt")):
        text = real.text(path.name[:3])
        for line in path.read_text("utf-8").split("\n"):
            written = line.replace("\u00a0", " ").strip().removeprefix("date 2023-03-08 ")
            if written and written not in text:
                not_journalism += 1
                assert written in gone
    # category line, date, five bullets, name; caption
    assert not_journalism == 9


def test_titles_stand_once(real: Real) -> None:
    for row in real.articles.dropna(subset="title").itertuples():
        assert row.text.count(row.title) == 1
        assert row.text.startswith(row.title + "\n")


@pytest.mark.parametrize(
    "line", ["• A teaser here\n", "ADVERTISEMENT\n\nText here.\n\n", "ADVERTISEMENT\n", "a\u00a0b "]
)
def test_twice_as_many_removals_take_about_twice_the_time(line: str) -> None:
    text = line * (3_000 // len(line))

    def seconds(raw: str) -> float:
        return min(timeit.repeat(lambda: clean_text(raw), number=1, repeat=3))

    ratios = []
    for _ in range(3):  # a machine that is busy with something else gets another chance
        ratios.append(seconds(text * 2) / seconds(text))
        if ratios[-1] < 3:
            break
    assert min(ratios) < 3


# lists, datelines and stock words that a journalist wrote

DEMANDS = "• Seven per cent more pay\n• Eleven hours off between two shifts\n• No split shifts"


@pytest.mark.parametrize(
    "lead",
    [
        "The union named three demands at the gate.",
        "What the drivers want",
        "“This is about rest.”",
        "7 October 2024",
        "Related industries joined in",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_demands_in_bullets_stand(lead: str, first: bool) -> None:
    raw = paragraphs(*([] if first else [FIRST]), lead, DEMANDS, LAST)
    cleaned = clean_text(raw)
    assert DEMANDS in cleaned.text
    assert "teaser list" not in rules_of(cleaned)


def test_quotations_in_bullets_stand() -> None:
    raw = paragraphs(FIRST, "• ‘No deal’ – mayor\n• ‘We shall stay’ – guild", LAST)
    assert clean_text(raw).text == raw


@pytest.mark.parametrize("heading", ["Read also", "Read also:", "More On This...", "RELATED STORIES", "See also |"])
def test_bullets_under_a_heading_that_leads_elsewhere_go_with_it(heading: str) -> None:
    cleaned = clean_text(paragraphs(FIRST, heading, "• Ferry queues grow\n• Mayor speaks", LAST))
    assert cleaned.text == BODY
    assert rules_of(cleaned) == {"teaser list"}


@pytest.mark.parametrize(
    "lead",
    [
        "Apple (AAPL) – The company sold fewer phones this year.",
        "Labour (UK) - The party will meet on Monday in Leeds.",
        "LABOUR (UK) - The party will meet on Monday in Leeds.",
        "Palestinian Authority (PA) – The body met on Monday.",
        "NATO – Ministers met in Brussels on Monday.",
        "UKRAINE — Russia has fired on two towns since Monday.",
        "AZERBAIJAN - Armenia talks resumed on Monday.",
        "BAKU - Yerevan talks resumed on Monday.",
        "CNN — The leader of the movement has been seen on Monday.",
        "FILE - In this photo of Monday, a bus stands at the gate.",
    ],
)
def test_a_subject_before_a_dash_is_no_dateline(lead: str) -> None:
    cleaned = clean_text(paragraphs(lead, LAST))
    assert (cleaned.text, cleaned.dateline, cleaned.agency) == (paragraphs(lead, LAST), "", "")


@pytest.mark.parametrize(
    ("raw", "dateline", "agency"),
    [
        ("SEOUL — The talks began on Monday morning.", "SEOUL", ""),
        ("DURHAM, N.C. — The talks began on Monday morning.", "DURHAM, N.C.", ""),
        ("ALEXANDRIA, Va. (Reuters) - iPhones were sold on Monday morning.", "ALEXANDRIA, Va.", "Reuters"),
        ("NEW YORK (CNNMoney) -- Could more talks be on the way?", "NEW YORK", "CNNMoney"),
        ("Port Ellery (Harbour Wire) — Most buses stayed in on Monday.", "Port Ellery", "Harbour Wire"),
        ("KYIV, 6 March 2023 – The talks began on Monday morning.", "KYIV", ""),
    ],
)
def test_datelines_with_something_that_makes_them_sure(raw: str, dateline: str, agency: str) -> None:
    cleaned = clean_text(paragraphs(raw, LAST))
    assert (cleaned.dateline, cleaned.agency) == (dateline, agency)


def test_an_outlet_that_the_data_name_is_known_again_in_a_dateline() -> None:
    raw = paragraphs("Washington (CNN) -- The talks began on Monday morning.", LAST)
    assert clean_text(raw).dateline == ""
    known = clean_text(raw, known=("CNN (Web News)",))
    assert (known.dateline, known.agency) == ("Washington", "CNN")


@pytest.mark.parametrize(
    "line",
    [
        "Image: that is what the minister cared about, and nothing else.",
        "Image: That is what the minister cared about, and nothing else.",
        "Recommended: that is how the report describes the longer rest.",
        "Recommended: Eleven hours of rest between two shifts.",
        "Read more: that is what the teacher told them.",
        "© is the sign he fears most, and he says so often.",
        "All rights reserved for drivers were lost, the court found.",
    ],
)
def test_sentences_that_begin_like_stock_lines_stand(line: str) -> None:
    cleaned = clean_text(paragraphs(FIRST, line, LAST))
    assert (cleaned.text, cleaned.edits) == (paragraphs(FIRST, line, LAST), [])


@pytest.mark.parametrize(
    "line",
    [
        "© AFP",
        "© Ellery Meridian, 2024",
        "© 2024 by Ellery Meridian. Reprints on request.",
        "© Reuters. All rights reserved.",
        "FILE PHOTO: Drivers wait at the gate. J. Roe/Harbour",
        "Photo: courtesy of the guild",
        "RELATED: ‘No deal,’ says mayor",
        "READ MORE:",
        "Read more: https://example.org/bus",
    ],
)
def test_stock_lines_go(line: str) -> None:
    assert clean_text(paragraphs(FIRST, line, LAST)).text == BODY


@pytest.mark.parametrize("paragraphs_before", range(1, 16))
def test_the_last_line_is_one_of_the_ends_however_long_the_text(paragraphs_before: int) -> None:
    body = [f"Bus number {i} left the depot on time." for i in range(paragraphs_before)]
    assert clean_text(paragraphs(*body, "Tags: bus, pay")).text == paragraphs(*body)
