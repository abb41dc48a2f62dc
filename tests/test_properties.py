"""What must hold for any input: tried on texts and counts that hypothesis makes, the same ones every time."""

from __future__ import annotations

import inspect
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.schema import VOICES
from tests.conftest import articles_frame

pytestmark = pytest.mark.filterwarnings("ignore::corpus_tools.CorpusWarning")

OUTLETS = ("Alpha", "Beta", "Gamma")
PIECES = (
    *("Police", "police", "armed group", "ARMED-GROUP", "the", "The", "talks", "won’t", "won't", "café", "CAFE\u0301"),
    *("Xankəndi", "Степанакерт", "İstanbul", "straße", "oﬃce", "3.5", "1,200", "Dr. Who", "U.S.", "a@b.org"),
    *(
        "https://example.org/a?b=c",
        "rock ’n’ roll",
        "the drivers’ union",
        "5' 6\"",
        "👩‍👩‍👧",
        "re\u00adopened",
        "za\u200bro",
    ),
    *("“", "”", "‘", "’", '"', "'", "«", "»", "„", "“We stay,”", "“We", "stay.”", "‘no’", "he said"),
    *(".", ". ", "! ", "? ", ", ", " — ", "…", "\n", "\n\n", "\t", "\u00a0", " ", "  ", "\u2028", "\x85", "։ "),
)
PRINTABLE = st.characters(exclude_categories=("Cs", "Cn"))
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(PRINTABLE, max_size=60),
)
SENTENCES = (
    *("Police met the armed group.", "The police left.", "“The armed group fired,” police said.", "No talks."),
    *("Armed-group leaders met the police.", "“Police!”", "The group, the police and the armed group met."),
)
bodies = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).flatmap(
    lambda chosen: st.sampled_from((" ", "\n")).map(lambda blank: blank.join(chosen))
)
corpora = st.lists(st.tuples(st.sampled_from(OUTLETS), bodies), min_size=1, max_size=8).map(
    lambda rows: articles_frame((f"n{i}", outlet, body) for i, (outlet, body) in enumerate(rows))
)
NUMBERS = ["g2", "log_ratio", "log_odds", "log_odds_z"]


def tokens_of(articles: pd.DataFrame) -> pd.DataFrame:
    return ct.tokenize(articles, ct.find_voices(articles))


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.csv"
    path.write_text(
        "slot,label,pattern,near,unless,attested_in,note\n"
        "people,police,police*,,,,\n"
        "people,armed group,armed group|armed men,,,,\n"
        "acts,met,met,police,,,\n"
        "acts,left,left,,talks,,\n",
        encoding="utf-8",
    )
    return ct.read_lexicon(path)


# keyness


@st.composite
def two_counts(draw: st.DrawFn) -> pd.DataFrame:
    """Counts of up to six terms in Alpha and Beta, with words beside them that are not listed."""
    rows = []
    for outlet in ("Alpha", "Beta"):
        counts = draw(st.lists(st.integers(0, 10**6), min_size=6, max_size=6))
        total = sum(counts) + draw(st.integers(1, 10**7))
        rows += [(outlet, f"t{i}", n, min(n, 9), total) for i, n in enumerate(counts) if n]
        rows.append((outlet, "rest", total - sum(counts), 9, total))
    return pd.DataFrame(rows, columns=["outlet", "term", "count", "articles", "total"])


priors = st.one_of(st.none(), st.floats(1e-6, 1e4))


@given(two_counts(), priors, st.sampled_from([0.5, None]))
def test_swapping_target_and_reference_negates_exactly(
    counts: pd.DataFrame, prior: float | None, zero_count: float | None
) -> None:
    options: dict[str, Any] = {"prior": prior, "zero_count": zero_count}
    there = ct.keyness(counts, "Alpha", "Beta", **options).set_index("term").sort_index()
    back = ct.keyness(counts, "Beta", "Alpha", **options).set_index("term").sort_index()
    assert list(there.index) == list(back.index)
    for number in NUMBERS:
        np.testing.assert_array_equal(there[number], -back[number], err_msg=number)
    for side, other in (("target", "reference"), ("reference", "target")):
        for number in ("count", "total", "per_million", "articles"):
            np.testing.assert_array_equal(there[f"{number}_{side}"], back[f"{number}_{other}"])


@given(st.lists(st.integers(1, 10**5), min_size=2, max_size=6), st.integers(1, 1000), priors)
def test_equal_rates_give_zero(counts: list[int], times: int, prior: float | None) -> None:
    total = sum(counts)
    rows = [("Alpha", f"t{i}", n, 1, total) for i, n in enumerate(counts)]
    rows += [("Beta", f"t{i}", n * times, 1, total * times) for i, n in enumerate(counts)]
    frame = pd.DataFrame(rows, columns=["outlet", "term", "count", "articles", "total"])
    result = ct.keyness(frame, "Alpha", "Beta", prior=prior)
    assert (result["g2"] == 0).all()
    assert (result["log_ratio"] == 0).all()
    assert (result["percent_difference"] == 0).all()
    if times == 1:
        assert (result[["log_odds", "log_odds_z"]] == 0).all(axis=None)


@given(two_counts(), st.floats(0.01, 10))
def test_a_stronger_prior_draws_z_towards_zero(counts: pd.DataFrame, prior: float) -> None:
    assume(len(set(counts["term"])) > 1)
    weak = ct.keyness(counts, "Alpha", "Beta", prior=prior).set_index("term")["log_odds_z"]
    strong = ct.keyness(counts, "Alpha", "Beta", prior=prior * 1e20).set_index("term")["log_odds_z"]
    assert (strong.abs() < 1e-2).all()
    assert weak.notna().all()


@given(two_counts(), st.randoms(use_true_random=False))
def test_keyness_does_not_depend_on_the_order_of_rows(counts: pd.DataFrame, random: Any) -> None:
    order = list(range(len(counts)))
    random.shuffle(order)
    shuffled = counts.iloc[order]
    pd.testing.assert_frame_equal(ct.keyness(counts, "Alpha", "Beta"), ct.keyness(shuffled, "Alpha", "Beta"))


# counts and hits add


@given(corpora, st.lists(st.booleans(), min_size=8, max_size=8), st.sampled_from([1, 2]), st.booleans())
def test_counts_add_over_any_split_of_the_articles(
    articles: pd.DataFrame, bits: list[bool], ngram: int, by_voice: bool
) -> None:
    by = ["outlet", "voice"] if by_voice else "outlet"
    tokens = tokens_of(articles)
    chosen = dict(zip(articles["article_id"], bits, strict=False))
    mine = tokens["article_id"].map(chosen).astype(bool)
    parts = [ct.count_terms(part, by=by, ngram=ngram) for part in (tokens[mine], tokens[~mine])]
    whole = ct.count_terms(tokens, by=by, ngram=ngram)
    pd.testing.assert_frame_equal(ct.add_counts(*parts), whole)
    pd.testing.assert_frame_equal(ct.add_counts(*reversed(parts)), whole)


@given(articles=corpora, bits=st.lists(st.booleans(), min_size=8, max_size=8))
def test_hits_and_voices_add_over_any_split_of_the_articles(
    lexicon: pd.DataFrame, articles: pd.DataFrame, bits: list[bool]
) -> None:
    mine = articles["article_id"].map(dict(zip(articles["article_id"], bits, strict=False))).astype(bool)
    for function in (ct.find_voices, lambda part: ct.find_hits(tokens_of(part), lexicon)):
        pieces = pd.concat([function(articles[mine]), function(articles[~mine])])
        assert as_rows(pieces) == as_rows(function(articles))


def as_rows(frame: pd.DataFrame) -> list[tuple]:
    plain = frame.astype(object).where(frame.notna(), None)
    return sorted(plain.itertuples(index=False, name=None), key=repr)


@given(corpora, st.randoms(use_true_random=False))
def test_any_order_of_articles_and_rows_gives_the_same_numbers(articles: pd.DataFrame, random: Any) -> None:
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(frame)))
        random.shuffle(order)
        return frame.iloc[order]

    tokens, mixed = tokens_of(articles), tokens_of(shuffled(articles))
    assert as_rows(ct.count_terms(tokens)) == as_rows(ct.count_terms(shuffled(mixed)))
    hits, mixed_hits = (pd.concat([ct.find_phrase(t, p) for p in ("police", "armed group")]) for t in (tokens, mixed))
    assert as_rows(hits) == as_rows(mixed_hits)
    shares = ct.framing_shares(hits, articles)
    pd.testing.assert_frame_equal(shares, ct.framing_shares(shuffled(mixed_hits), shuffled(articles)))


# offsets


def folded(printed: str) -> str:
    """The term of a word as printed: apostrophes straight, invisible characters gone, case folded, one kind of i."""
    visible = "".join(c for c in printed if unicodedata.category(c) != "Cf")
    plain = re.sub("[’ʼ＇]", "'", visible).replace("ı", "i")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", plain).casefold()).replace("i\u0307", "i")


@given(texts)
def test_words_slice_back_to_their_terms(text: str) -> None:
    words = ct.split_words(text)
    spans = words[["start", "end"]].to_numpy()
    assert (spans[:, 0] < spans[:, 1]).all()
    assert (spans[1:, 0] >= spans[:-1, 1]).all()
    for term, start, end in words.itertuples(index=False):
        assert folded(text[start:end]) == term
        assert any(c.isalnum() for c in term)


@given(texts)
def test_every_letter_is_in_a_word_or_in_an_address(text: str) -> None:
    words = ct.split_words(text)
    left = list(text)
    for start, end in words[["start", "end"]].itertuples(index=False):
        left[start:end] = " " * (end - start)
    rest = re.sub(r"\S*(?:@|://|www\.)\S*", " ", "".join(left))
    assert not [c for c in rest if unicodedata.category(c) in ("Lu", "Ll", "Nd")]


@given(texts)
def test_sentences_follow_each_other_and_lose_nothing(text: str) -> None:
    spans = ct.split_sentences(text)
    at = 0
    for start, end in spans[["start", "end"]].itertuples(index=False):
        assert not text[at:start].strip()
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(texts)
def test_voices_never_overlap_and_never_cross_a_line(text: str) -> None:
    voices = ct.voice_spans(text)
    at = 0
    for start, end, voice in voices[["start", "end", "voice"]].itertuples(index=False):
        assert at <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert voice in ("quoted", "reported")
        at = end


@given(texts)
def test_tokens_lie_in_one_sentence_and_one_voice_and_slice_back(text: str) -> None:
    articles = articles_frame([("n0", "Alpha", text)])
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    assert tokens["term"].tolist() == ct.split_words(text)["term"].tolist()
    assert tokens["sentence"].is_monotonic_increasing
    assert tokens["position"].is_monotonic_increasing
    spoken = [(row.start, row.end, row.voice) for row in voices.itertuples()]
    for token in tokens.itertuples():
        assert folded(text[token.start : token.end]) == token.term
        inside = [voice for start, end, voice in spoken if start <= token.start < end]
        assert token.voice == (inside[0] if inside else "narrator")


@st.composite
def spoken_corpora(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles, and stretches of any two voices anywhere in them, also in the middle of words."""
    articles = draw(corpora)
    rows = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        for start, end in pairwise(cuts):
            voice = draw(st.sampled_from([None, "reported", "quoted"]))
            rows += [(article_id, start, end, voice, None, None, None)] if voice else []
    return articles, pd.DataFrame(rows, columns=list(VOICES))


@given(spoken_corpora())
def test_a_word_is_of_the_voice_of_its_first_character(spoken: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles, voices = spoken
    for token in ct.tokenize(articles, voices).itertuples():
        own = voices[(voices["article_id"] == token.article_id) & (voices["start"] <= token.start)]
        inside = own.loc[own["end"] > token.start, "voice"].tolist()
        assert [token.voice] == (inside or ["narrator"])


@given(spoken=spoken_corpora(), ngram=st.sampled_from([1, 2]))
def test_counts_hits_and_shares_add_up_over_voices(
    lexicon: pd.DataFrame, spoken: tuple[pd.DataFrame, pd.DataFrame], ngram: int
) -> None:
    articles, voices = spoken
    tokens = ct.tokenize(articles, voices)
    split = ct.count_terms(tokens, by=["outlet", "voice"], ngram=ngram)
    whole = ct.count_terms(tokens, ngram=ngram)
    summed = split.groupby(["outlet", "term"])["count"].sum()
    pd.testing.assert_series_equal(summed, whole.set_index(["outlet", "term"])["count"])
    totals = split.drop_duplicates(["outlet", "voice"]).groupby("outlet")["total"].sum().to_dict()
    assert totals == whole.drop_duplicates("outlet").set_index("outlet")["total"].to_dict()
    hits = ct.find_hits(tokens, lexicon)
    if hits.empty:
        return
    by_voice = ct.framing_shares(hits, articles, by=["outlet", "voice"])
    numbers = ["hits", "slot_hits"]
    summed = by_voice.groupby(["outlet", "slot", "label"])[numbers].sum()
    shares = ct.framing_shares(hits, articles).set_index(["outlet", "slot", "label"])[numbers].sort_index()
    pd.testing.assert_frame_equal(summed, shares)
    combinations = by_voice.groupby("slot")[["outlet", "voice"]].apply(lambda part: len(part.drop_duplicates()))
    assert (combinations == articles["outlet"].nunique() * hits["voice"].nunique()).all()


@given(articles=corpora)
def test_hits_lie_on_tokens(lexicon: pd.DataFrame, articles: pd.DataFrame) -> None:
    tokens = tokens_of(articles)
    by_article = {str(i): part for i, part in tokens.groupby("article_id", observed=True)}
    hits = pd.concat([ct.find_hits(tokens, lexicon), ct.find_phrase(tokens, "armed group|polic? met")])
    for hit in hits.itertuples():
        part = by_article[hit.article_id]
        inside = part[(part["start"] >= hit.start) & (part["end"] <= hit.end)]
        assert (inside["start"].iloc[0], inside["end"].iloc[-1]) == (hit.start, hit.end)
        assert " ".join(inside["term"].astype(str)) == hit.surface
        assert set(inside["sentence"]) == {hit.sentence}
        assert inside["voice"].iloc[0] == hit.voice
    for _, slot in hits[hits["slot"].notna()].groupby(["article_id", "slot"]):
        ordered = slot.sort_values("start")
        assert (ordered["start"].to_numpy()[1:] >= ordered["end"].to_numpy()[:-1]).all()


@given(articles=corpora)
def test_kwic_lines_are_the_text_as_printed(lexicon: pd.DataFrame, articles: pd.DataFrame) -> None:
    hits = ct.find_hits(tokens_of(articles), lexicon)
    lines = ct.kwic(articles, hits)
    assert len(lines) == len(hits)
    texts_by_id = articles.set_index("article_id")["text"]
    printed = sorted(texts_by_id[h.article_id][h.start : h.end] for h in hits.itertuples())
    assert sorted(lines["node"]) == printed
    for line in lines.itertuples():
        assert line.sentence in texts_by_id[line.article_id]
        assert line.node in line.sentence


# cleaning

LINES = (
    *(
        "Drivers met the company on Monday.",
        "They said “no” to the offer.",
        "Road closed",
        "Road closed ",
        "ROAD CLOSED",
    ),
    *(
        "Category: Politics",
        "Tags: bus, strike",
        "• Teaser one",
        "• Teaser two",
        "Sign up for our newsletter.",
        "© 2023 X",
    ),
    *(
        "2023-03-08 The talks began.",
        "Posted on 8 March 2023",
        "BAKU, March 8 (Reuters) — Talks began on Monday.",
        "Jo Doe:",
    ),
    *(
        "Jo Doe - a driver at the gate, 17 January 2023 [File]",
        "Reuters",
        "Read also: Other talks",
        "Follow us on X",
        "",
    ),
    *(
        "â€œWeâ€™llâ€\u009d",
        "no\u00a0break\u2009thin",
        "soft\u00adhyphen",
        "za\u200bro\u202etxt",
        "cafe\u0301",
        "\ud83d half",
        "a\tb",
    ),
    *("\r\n", "\r", "\x85", "\u2028", "\x01\x07", "   ", "\n\n\n", "CLICK HERE TO GET THE APP"),
)
raw_texts = st.one_of(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=10).map("\n".join),
    st.lists(st.sampled_from(LINES), min_size=1, max_size=10).map("".join),
    st.text(max_size=50),
)
titles = st.one_of(
    st.just(""),
    st.sampled_from(["Road closed", "road  closed", "“Road” closed", "Ro\u00adad cafe\u0301", "2023-03-08"]),
)


def read_one(text: str, title: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.jsonl"
        record = {"id": "n0", "outlet": "Alpha", "date": "2023-09-19", "title": title, "text": text}
        path.write_text(json.dumps(record), encoding="utf-8")
        return ct.inspect_source(path)


def apply(edits: pd.DataFrame, text: str) -> str:
    parts, at = [], 0
    for edit in edits.sort_values(["start", "end"], kind="stable").itertuples():
        assert at <= edit.start <= edit.end, "edits overlap"
        assert text[edit.start : edit.end] == edit.removed
        parts += [text[at : edit.start], edit.inserted]
        at = edit.end
    return "".join([*parts, text[at:]])


@given(raw_texts, titles)
@example("À\x08\x86", "")
@example("Î\x08\x80 of", "")
def test_cleaning_twice_is_cleaning_once(text: str, title: str) -> None:
    once, _, _ = read_one(text, title)
    if once.empty:
        return
    first = once.iloc[0]
    twice, _, changes = read_one(first["text"], "" if pd.isna(first["title"]) else first["title"])
    assert changes.empty, changes.to_string()
    assert twice["text"].tolist() == [first["text"]]
    assert as_rows(twice[["title"]]) == as_rows(once[["title"]])


@given(raw_texts, titles)
def test_edits_applied_to_the_text_as_read_give_the_text(text: str, title: str) -> None:
    articles, problems, cleaning = read_one(text, title)
    assert len(articles) + (~problems["kept"]).sum() == 1
    if articles.empty:
        return
    of_text = cleaning[cleaning["start"].notna()]
    assert apply(of_text, text) == articles["text"].item()


@given(raw_texts, titles)
def test_a_known_title_is_the_first_paragraph_once(text: str, title: str) -> None:
    articles, _, _ = read_one(text, title)
    for row in articles.itertuples():
        if not pd.isna(row.title):
            first, _, rest = row.text.partition("\n")
            assert first == row.title
            assert rest.strip()
            assert rest.strip().split("\n")[0].casefold().split() != row.title.casefold().split()


@given(raw_texts, titles)
def test_clean_text_is_composed_and_shows_all_it_holds(text: str, title: str) -> None:
    articles, _, _ = read_one(text, title)
    for cleaned in articles["text"]:
        assert cleaned == cleaned.strip() != ""
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
        assert not set("\u00a0\u00ad\u200b\u202e\u2066\ufeff\u2028") & set(cleaned)


# dates and outlets


@given(st.dates(min_value=pd.Timestamp(1900, 1, 2).date(), max_value=pd.Timestamp(2030, 12, 31).date()))
def test_written_dates_are_read_back(day: Any) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y%m%d", "%a, %d %b %Y 10:00:00 +0400"):
        assert ct.parse_date(day.strftime(form)).date() == day, form
    assert ct.parse_date(day.strftime("%d/%m/%Y"), order="day").date() == day
    assert ct.parse_date(day.strftime("%m/%d/%Y"), order="month").date() == day
    plain = ct.parse_date(day.strftime("%d/%m/%Y"))
    assert pd.isna(plain) if day.day <= 12 and day.day != day.month else plain.date() == day


@given(st.text(max_size=30))
def test_no_string_makes_the_date_parser_fail(text: str) -> None:
    read = ct.parse_date(text)
    assert pd.isna(read) or isinstance(read, pd.Timestamp)


@given(st.text(max_size=20))
def test_outlet_keys_do_not_depend_on_case_form_or_blanks(name: str) -> None:
    key = ct.normalise_outlet(name)
    assert ct.normalise_outlet(key) == key
    assert ct.normalise_outlet(f"  {name}\u200b\u00a0") == key
    assert ct.normalise_outlet(unicodedata.normalize("NFD", name)) == key


# inputs stay as they are

CORPUS = [(f"n{i}", OUTLETS[i % 2], f"{SENTENCES[i % 5]} {SENTENCES[i % 4]}\n{SENTENCES[i % 7]}") for i in range(14)]


@pytest.fixture
def frames(lexicon: pd.DataFrame) -> dict[str, pd.DataFrame]:
    articles = articles_frame(CORPUS)
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    counts = ct.count_terms(tokens)
    hits = ct.find_hits(tokens, lexicon)
    people = hits[hits["slot"] == "people"]
    sheet = ct.draw_check_sheet(articles, hits)
    pairs = ct.find_reuse(tokens)
    passages = ct.align_passages(tokens, pairs)
    dated = ct.add_events(articles)
    facts = pd.DataFrame({"fact": ["Police"], "pattern": ["police"]})
    _, problems, cleaning = read_one("Talks began.\u200b", "Road closed")
    return {
        "articles": articles,
        "voices": voices,
        "tokens": tokens,
        "lexicon": lexicon,
        "counts": counts,
        "hits": hits,
        "people": people,
        "sheet": sheet,
        "checks": ct.collect_checks(sheet.assign(right="no"), articles, hits),
        "problems": problems,
        "cleaning": cleaning,
        "contrast": ct.framing_contrast(people, articles, label="police", target="Alpha"),
        "lines": ct.kwic(articles, people),
        "shares": ct.framing_shares(people, articles),
        "by_voice": ct.framing_shares(people, articles, by=["outlet", "voice"]),
        "speakers": ct.speakers(articles, voices),
        "keyness": ct.keyness(counts, "Alpha", "Beta"),
        "pairs": pairs,
        "comparison": ct.compare_articles(tokens, articles, min_articles=1, resamples=9),
        "company": ct.collocates(tokens, "the", min_count=1),
        "passages": passages,
        "dated": dated,
        "grid": ct.event_grid(dated),
        "copy": ct.shared_copy(tokens, passages),
        "facts": facts,
        "coverage": ct.coverage(tokens, articles, facts),
        "statements": ct.statements(articles, voices, tokens),
        "robustness": ct.robustness(people, articles, label="police", target="Alpha"),
        "topics": ct.fit_topics(tokens, articles, topics=2, min_articles=1).outlets,
        "give_aways": ct.classify_outlets(tokens, dated, hold_out="article_id", shuffles=2).terms,
        "told_apart": ct.classify_outlets(tokens, dated, hold_out="article_id", shuffles=2).scores,
    }


CALLS: dict[str, Callable[[dict[str, pd.DataFrame], Path], object]] = {
    "export_hits": lambda f, out: ct.export_hits(f["articles"], f["people"]),
    "plot_p_values": lambda f, out: ct.plot_p_values(ct.p_spread({"a": [0.2]})),
    "explore_framing": lambda f, out: ct.explore_framing(f["articles"], f["voices"], f["people"]),
    "explore_words": lambda f, out: ct.explore_words(f["articles"], f["voices"], f["tokens"], pattern="police"),
    "play_blind_outlet": lambda f, out: ct.play_blind_outlet(f["articles"], f["tokens"], n=2),
    "blind_cards": lambda f, out: ct.blind_cards(f["articles"], n=2),
    "score_guesses": lambda f, out: ct.score_guesses(
        ct.blind_cards(f["articles"], n=2), {1: "Alpha"}, f["tokens"], f["give_aways"]
    ),
    "plot_topics": lambda f, out: ct.plot_topics(f["topics"]),
    "plot_classification": lambda f, out: ct.plot_classification(f["told_apart"]),
    "fit_topics": lambda f, out: ct.fit_topics(f["tokens"], f["articles"], topics=2, min_articles=1),
    "classify_outlets": lambda f, out: ct.classify_outlets(f["tokens"], f["dated"], hold_out="article_id", shuffles=2),
    "plot_comparison": lambda f, out: ct.plot_comparison(f["comparison"]),
    "plot_timeline": lambda f, out: ct.plot_timeline(ct.timeline(f["people"], f["articles"])),
    "plot_readability": lambda f, out: ct.plot_readability(ct.readability(f["articles"], by="outlet")),
    "timeline": lambda f, out: ct.timeline(f["people"], f["articles"]),
    "readability": lambda f, out: ct.readability(f["articles"]),
    "plot_diversity": lambda f, out: ct.plot_diversity(ct.lexical_diversity(f["tokens"], by="outlet"), measure="TTR"),
    "plot_dispersion": lambda f, out: ct.plot_dispersion(f["tokens"], "police", by="outlet"),
    "lexical_diversity": lambda f, out: ct.lexical_diversity(f["tokens"], by="outlet", window=3),
    "dispersion": lambda f, out: ct.dispersion(f["tokens"], by=["outlet", "voice"], min_count=1),
    "plot_collocates": lambda f, out: ct.plot_collocates(f["company"]),
    "collocate_hits": lambda f, out: ct.collocate_hits(f["tokens"], "armed group", "the"),
    "compare_articles": lambda f, out: ct.compare_articles(f["tokens"], f["articles"], min_articles=1, resamples=19),
    "collocates": lambda f, out: ct.collocates(f["tokens"], "armed group", target="Alpha", min_count=1),
    "find_voices": lambda f, out: ct.find_voices(f["articles"]),
    "name_speakers": lambda f, out: ct.name_speakers(f["articles"], f["voices"]),
    "speakers": lambda f, out: ct.speakers(f["articles"], f["voices"]),
    "tokenize": lambda f, out: ct.tokenize(f["articles"], f["voices"]),
    "find_hits": lambda f, out: ct.find_hits(f["tokens"], f["lexicon"]),
    "find_phrase": lambda f, out: ct.find_phrase(f["tokens"], "armed group"),
    "check_lexicon": lambda f, out: ct.check_lexicon(f["lexicon"], f["hits"]),
    "lexicon_forms": lambda f, out: ct.lexicon_forms(f["hits"]),
    "draw_check_sheet": lambda f, out: ct.draw_check_sheet(f["articles"], f["hits"], earlier=f["checks"], n=3),
    "collect_checks": lambda f, out: ct.collect_checks(f["sheet"], f["articles"], f["hits"], earlier=f["checks"]),
    "lexicon_precision": lambda f, out: ct.lexicon_precision(f["checks"], by="outlet"),
    "count_terms": lambda f, out: ct.count_terms(f["tokens"], by=["outlet", "voice"], ngram=2),
    "add_counts": lambda f, out: ct.add_counts(f["counts"], f["counts"]),
    "keyness": lambda f, out: ct.keyness(f["counts"], "Alpha", prior=1),
    "framing_shares": lambda f, out: ct.framing_shares(f["people"], f["articles"], by=["outlet", "voice"]),
    "framing_contrast": lambda f, out: ct.framing_contrast(f["people"], f["articles"], label="police", target="Alpha"),
    "robustness": lambda f, out: ct.robustness(f["people"], f["articles"], label="police", target="Alpha"),
    "find_reuse": lambda f, out: ct.find_reuse(f["tokens"], shingle=3, pairs=f["pairs"]),
    "align_passages": lambda f, out: ct.align_passages(f["tokens"], f["pairs"]),
    "add_reuse_groups": lambda f, out: ct.add_reuse_groups(f["articles"], f["pairs"]),
    "drop_reused": lambda f, out: ct.drop_reused(f["hits"], f["passages"]),
    "add_events": lambda f, out: ct.add_events(f["articles"], corrections=f["dated"]),
    "event_sheet": lambda f, out: ct.event_sheet(f["dated"]),
    "event_grid": lambda f, out: ct.event_grid(f["dated"]),
    "shared_copy": lambda f, out: ct.shared_copy(f["tokens"], f["passages"]),
    "find_facts": lambda f, out: ct.find_facts(f["tokens"], f["articles"], f["facts"]),
    "coverage": lambda f, out: ct.coverage(f["tokens"], f["articles"], f["facts"]),
    "statements": lambda f, out: ct.statements(f["articles"], f["voices"], f["tokens"]),
    "statement_hits": lambda f, out: ct.statement_hits(f["statements"]),
    "show_statements": lambda f, out: ct.show_statements(f["statements"]),
    "plot_coverage": lambda f, out: ct.plot_coverage(f["coverage"]),
    "plot_event_grid": lambda f, out: ct.plot_event_grid(f["grid"]),
    "plot_robustness": lambda f, out: ct.plot_robustness(f["robustness"]),
    "plot_shared_copy": lambda f, out: ct.plot_shared_copy(f["copy"]),
    "plot_three_ways": lambda f, out: ct.plot_three_ways(f["robustness"]),
    "main_slot": lambda f, out: ct.main_slot(f["hits"], f["lexicon"]),
    "kwic": lambda f, out: ct.kwic(f["articles"], f["people"], row=f["shares"].loc[0], n=3),
    "corpus_fingerprint": lambda f, out: ct.corpus_fingerprint(f["articles"]),
    "corpus_note": lambda f, out: ct.corpus_note(f["articles"], name="made here"),
    "describe": lambda f, out: [
        ct.describe(f[result]) for result in ("shares", "by_voice", "contrast", "keyness", "speakers")
    ],
    "kwic_table": lambda f, out: ct.kwic_table(f["lines"], by="outlet"),
    "plot_framing_contrast": lambda f, out: ct.plot_framing_contrast(f["contrast"]),
    "plot_framing_shares": lambda f, out: ct.plot_framing_shares(f["shares"]),
    "plot_keyness": lambda f, out: ct.plot_keyness(f["keyness"]),
    "plot_speakers": lambda f, out: ct.plot_speakers(f["speakers"]),
    "plot_voices": lambda f, out: ct.plot_voices(f["by_voice"]),
    "show_chart": lambda f, out: ct.show_chart(ct.plot_framing_shares(f["shares"]), f["shares"]),
    "show_article": lambda f, out: ct.show_article(f["articles"], f["voices"], f["people"], article_id="n0"),
    "export_report": lambda f, out: ct.export_report(
        [], out, **{name: f[name] for name in ("articles", "problems", "cleaning", "lexicon", "shares")}
    ),
}
TAKE_NO_FRAME = {
    *(
        "read_articles",
        "inspect_source",
        "read_sample",
        "read_lexicon",
        "read_checks",
        "read_facts",
        "parse_date",
        "normalise_outlet",
    ),
    *("voice_spans", "voice_errors", "split_words", "split_sentences", "check_answer", "p_spread"),
    *("progress", "sortable_tables", "source_form"),
}


@pytest.mark.parametrize("name", CALLS)
def test_inputs_are_not_changed(frames: dict[str, pd.DataFrame], name: str, tmp_path: Path) -> None:
    before = {key: frame.copy(deep=True) for key, frame in frames.items()}
    CALLS[name](frames, tmp_path)
    plt.close("all")
    for key, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[key], obj=key)
        assert not frame.attrs


def test_every_public_function_is_tried() -> None:
    public = {name for name in ct.__all__ if inspect.isfunction(getattr(ct, name))}
    assert public <= {*CALLS, *TAKE_NO_FRAME}
    assert set(CALLS) <= public
