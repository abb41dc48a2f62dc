"""The strike sample against what its writer promised: data/strike/README.md and truth.csv."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import corpus_tools as ct

LARGE = {"Ellery Meridian": 6, "Ropewalk Voice": 5}
STOPPAGE, PEOPLE = "the stoppage", "the people who stopped work"
SPAN = ["article_id", "start", "end"]


class Sample(NamedTuple):
    articles: pd.DataFrame
    cleaning: pd.DataFrame
    tokens: pd.DataFrame
    hits: pd.DataFrame


@pytest.fixture(scope="module")
def sample() -> Sample:
    articles, _, cleaning = ct.inspect_source("strike")
    tokens = ct.tokenize(articles, ct.find_voices(articles))
    return Sample(articles, cleaning, tokens, ct.find_hits(tokens, ct.read_lexicon("strike")))


@pytest.fixture(scope="module")
def truth(checkout: Path, sample: Sample) -> pd.DataFrame:
    """truth.csv with the place of each word: its n-th occurrence, in any case, as whole words."""
    table = pd.read_csv(checkout / "data" / "strike" / "truth.csv", dtype="str", keep_default_na=False)
    texts = dict(zip(sample.articles["article_id"], sample.articles["text"], strict=True))
    spans = []
    for row in table.itertuples():
        places = re.finditer(rf"\b{re.escape(row.surface)}\b", texts[row.article_id], re.IGNORECASE)
        place = list(places)[int(row.occurrence) - 1]
        spans.append((place.start(), place.end()))
    return table.assign(start=[s for s, _ in spans], end=[e for _, e in spans])


def keyed(frame: pd.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    return set(frame[[*SPAN, *columns]].itertuples(index=False, name=None))


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def read_words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[’'.,]\w+)*", text)


# the truth


def test_hits_of_the_two_slots_are_exactly_the_kept_rows(sample: Sample, truth: pd.DataFrame) -> None:
    found = sample.hits[sample.hits["slot"].isin([STOPPAGE, PEOPLE])]
    kept = truth[truth["kept"] == "yes"]
    assert len(kept) == 105
    assert keyed(found, "slot", "label") == keyed(kept, "slot", "label")


def test_other_senses_are_not_counted(sample: Sample, truth: pd.DataFrame) -> None:
    others = truth[truth["kept"] == "no"]
    assert len(others) == 25
    assert not keyed(sample.hits) & keyed(others)


def test_quoted_in_the_truth_is_quoted_in_the_tokens(sample: Sample, truth: pd.DataFrame) -> None:
    voice = {(t.article_id, t.start): t.voice for t in sample.tokens.itertuples()}
    wrong = [
        (row.article_id, row.surface, row.occurrence)
        for row in truth.itertuples()
        if (voice[row.article_id, row.start] == "quoted") != (row.voice == "quoted")
    ]
    assert wrong == []


# One reader's word for it, so a slip of the finder here and there is expected: of 130 words at most so many.
MOST_SLIPS = 8


def test_the_finder_gives_nearly_every_word_the_voice_that_its_writer_gave_it(
    sample: Sample, truth: pd.DataFrame
) -> None:
    voice = {(t.article_id, t.start): t.voice for t in sample.tokens.itertuples()}
    found = [voice[row.article_id, row.start] for row in truth.itertuples()]
    slips = truth[truth["voice"] != found]
    assert len(truth) == 130
    assert len(slips) <= MOST_SLIPS, slips[["article_id", "surface", "occurrence", "voice"]].to_string()
    missed = slips[slips["voice"] == "reported"]
    assert (truth["voice"] == "reported").sum() == 14
    assert len(missed) <= 2, missed[["article_id", "surface", "occurrence"]].to_string()


def test_shares_by_the_writers_voices_are_the_table_of_the_readme(
    sample: Sample, truth: pd.DataFrame, checkout: Path
) -> None:
    given = {(row.article_id, row.start): row.voice for row in truth.itertuples()}
    hits = sample.hits[sample.hits["slot"] == STOPPAGE]
    hits = hits.assign(voice=[given[row.article_id, row.start] for row in hits.itertuples()])
    shares = ct.framing_shares(hits, sample.articles, by=["outlet", "voice"])
    own = shares[shares["label"] == "strike"].set_index(["outlet", "voice"])[["hits", "slot_hits"]]
    readme = (checkout / "data" / "strike" / "README.md").read_text(encoding="utf-8")
    head, *rows = re.findall(r'^\| ("strike", of all hits.*|[\w ]+\| \d+ of \d+ .*)$', readme, re.MULTILINE)
    voices = [cell.strip() for cell in head.split("|")][1:-2]
    assert voices == ["narrator", "reported", "quoted"]
    assert len(rows) == len(LARGE)
    for outlet, *cells in ([cell.strip() for cell in row.strip("| ").split("|")] for row in rows):
        table = [tuple(map(int, cell.split(" of "))) for cell in cells]
        counted = [tuple(own.loc[outlet, voice]) for voice in voices]
        assert table == [*counted, tuple(map(sum, zip(*counted, strict=True)))], outlet


@pytest.mark.parametrize(
    ("outlet", "quoted", "of_slot", "strike"),
    [
        ("Ellery Meridian", False, 24, 5),
        ("Ellery Meridian", True, 7, 6),
        ("Ropewalk Voice", False, 22, 18),
        ("Ropewalk Voice", True, 11, 3),
    ],
)
def test_inside_and_outside_quotation_marks(
    sample: Sample, outlet: str, quoted: bool, of_slot: int, strike: int
) -> None:
    hits = sample.hits[(sample.hits["slot"] == STOPPAGE) & ((sample.hits["voice"] == "quoted") == quoted)]
    shares = ct.framing_shares(hits, sample.articles)
    row = shares[(shares["outlet"] == outlet) & (shares["label"] == "strike")].iloc[0]
    assert (row["slot_hits"], row["hits"]) == (of_slot, strike)


# the corpus


def test_fourteen_articles_by_three_newsrooms(sample: Sample) -> None:
    counts = sample.articles["outlet"].value_counts().to_dict()
    assert counts == {"Ellery Meridian": 7, "Ropewalk Voice": 6, "Harbour Wire": 1}


@pytest.mark.parametrize("number", range(1, 15))
def test_articles_have_120_to_200_words(number: int, checkout: Path) -> None:
    source = (checkout / "data" / "strike" / "articles" / f"{number:02}.md").read_text(encoding="utf-8")
    body = source.split("---\n", 2)[2]
    assert 120 <= len(body.split()) <= 200


def test_main_slot_stands_outside_quotation_marks_in_enough_articles(sample: Sample, truth: pd.DataFrame) -> None:
    assert ct.main_slot(sample.hits, ct.read_lexicon("strike")) == STOPPAGE
    for slot in (STOPPAGE, PEOPLE):
        own = sample.hits[(sample.hits["slot"] == slot) & (sample.hits["voice"] != "quoted")]
        in_articles = own.groupby("outlet")["article_id"].nunique()
        assert all(in_articles[outlet] >= fewest for outlet, fewest in LARGE.items()), slot
        narrated = truth[(truth["slot"] == slot) & (truth["kept"] == "yes") & (truth["voice"] == "narrator")]
        of = sample.articles.set_index("article_id")["outlet"]
        in_articles = narrated.groupby(narrated["article_id"].map(of))["article_id"].nunique()
        assert all(in_articles[outlet] >= 5 for outlet in LARGE), "enough for an interval in the newsroom's own words"


@pytest.mark.parametrize("slot", [STOPPAGE, PEOPLE])
def test_two_newsrooms_have_an_interval_and_one_says_why_not(sample: Sample, slot: str) -> None:
    shares = ct.framing_shares(sample.hits[sample.hits["slot"] == slot], sample.articles)
    large = shares[shares["outlet"].isin(LARGE)]
    assert large[["share_low", "share_high"]].notna().all(axis=None)
    assert (large["note"] == "").all()
    wire = shares[shares["outlet"] == "Harbour Wire"]
    assert wire[["share_low", "share_high"]].isna().all(axis=None)
    assert wire["note"].str.contains("1 article").all()


def test_every_article_says_that_it_is_fictional(sample: Sample) -> None:
    assert set(sample.articles["kind"]) == {"fictional newsroom, teaching text"}
    assert set(sample.articles["licence"]) == {"CC BY 4.0"}
    assert sample.articles[["title", "date", "event"]].notna().all(axis=None)


def test_lexicon_and_slots_agree(checkout: Path) -> None:
    slots = pd.read_csv(checkout / "data" / "strike" / "slots.csv", keep_default_na=False)
    lexicon = ct.read_lexicon("strike")
    assert sorted(slots["slot"]) == sorted(lexicon["slot"].unique())
    assert (slots["referent"] != "").all()
    assert (lexicon.groupby("slot")["label"].nunique() >= 3).all()


def test_attested_in_names_an_article_that_holds_the_label(checkout: Path, sample: Sample) -> None:
    lexicon = ct.read_lexicon("strike")
    of_label = sample.hits.groupby(["slot", "label"])["article_id"].agg(set)
    dates = sample.articles.set_index("article_id")["date"].dt.strftime("%Y-%m-%d")
    cited = 0
    for row in lexicon.itertuples():
        for article_id, day in re.findall(r"articles (\d\d), (\d{4}-\d\d-\d\d)", row.attested_in):
            cited += 1
            assert article_id in of_label[row.slot, row.label], (row.label, article_id)
            assert dates[article_id] == day, (row.label, article_id)
    assert cited >= len(lexicon)


def test_one_agency_paragraph_stands_in_three_articles(sample: Sample) -> None:
    holders = {
        row.article_id: [p for p in paragraphs(row.text) if p.startswith("About 560 drivers")]
        for row in sample.articles.itertuples()
    }
    copies = {k: v for k, v in holders.items() if v}
    assert sorted(copies) == ["03", "04", "05"]
    assert len({tuple(v) for v in copies.values()}) == 1
    texts = sample.articles.set_index("article_id")["text"]
    for article_id, (copy,) in copies.items():
        start = texts[article_id].index(copy)
        own = sample.hits[(sample.hits["article_id"] == article_id) & sample.hits["slot"].isin([STOPPAGE, PEOPLE])]
        inside = own[(own["start"] >= start) & (own["end"] <= start + len(copy))]
        assert inside["label"].tolist() == ["drivers", "industrial action"]


def test_the_background_sentence_is_flagged_and_kept(sample: Sample) -> None:
    sentence = "The walkout, the first at the company since 2011, follows nine months of talks over pay and rest"
    holders = sample.articles.loc[sample.articles["text"].str.contains(sentence, regex=False), "article_id"]
    assert holders.tolist() == ["04", "07", "11"]
    flagged = sample.tokens[sample.tokens["recurring"]]
    # 20 words, three times; the agency paragraph stands once in each newsroom and so does not recur in one.
    assert flagged.groupby("article_id", observed=True).size().to_dict() == {"04": 20, "07": 20, "11": 20}


@pytest.mark.parametrize(
    ("article_id", "rule", "removed"),
    [
        ("03", "dateline", "PORT ELLERY (Harbour Wire) — "),
        ("06", "photo caption", "Photo: The Saltpans depot, seen from the sea wall on Wednesday."),
        ("08", "newsletter line", "Sign up for our evening newsletter."),
    ],
)
def test_the_dirt_is_removed_and_logged(sample: Sample, article_id: str, rule: str, removed: str) -> None:
    log = sample.cleaning[(sample.cleaning["article_id"] == article_id) & (sample.cleaning["rule"] == rule)]
    assert [text.strip() for text in log["removed"]] == [removed.strip()]
    text = sample.articles.set_index("article_id").loc[article_id, "text"]
    assert removed.strip() not in text


def test_nothing_else_is_removed(sample: Sample) -> None:
    removals = sample.cleaning[sample.cleaning["removed"].str.strip() != ""]
    assert removals["article_id"].tolist() == ["03", "06", "08"]


def test_running_text_shares_no_nine_words_with_the_five_real_articles(sample: Sample, shared: Path) -> None:
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = [w.casefold() for w in read_words(text)]
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    real = set().union(*(shingles(p.read_text("utf-8")) for p in sorted((shared / "articles").glob("0*.txt"))))
    assert len(real) > 2000
    own = set().union(*(shingles(text) for text in sample.articles["text"]))
    assert not own & real
