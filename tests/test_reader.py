"""The reader: every word once and in order, marks where they belong, and nothing that acts."""

import io
import re

import html5lib
import pandas as pd
import pytest

from corpus_tools.schema import ARTICLES, HITS, KWIC, PASSAGES, VOICES, CorpusError
from corpus_tools.show.cells import PageWriter
from corpus_tools.show.concordance import kwic_table
from corpus_tools.show.markup import TEMPLATES, Fragment, as_printed, one_line
from corpus_tools.show.reader import show_article
from corpus_tools.show.stretches import Span, Tie, clusters, cut, within_paragraphs
from corpus_tools.show.style import DARK, LIGHT, MARK_CONTRAST, PALETTE, TEXT_CONTRAST, contrast_ratio

TITLE = "Gate stays shut"
TEXT = (
    f"{TITLE}\n\nThe guards “shot at the armed men”, the mayor said.\n\n"
    "Officials said that the armed men had left. The guards stayed."
)
WHERE = [("guards",), ("armed men",), ("armed men", TEXT, 1)]
ATTACKS = [
    "<script>document.title='PWNED'</script>",
    '<img src=x onerror="x()">',
    '"><svg onload=x()>',
    "<!--<script>",
    "</style><script>x()</script>",
    "{{7*7}} {% raw %}",
    '<iframe srcdoc="<script>x()</script>">',
    "<a href='javascript:x()'>x</a>",
    " <style>*{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
    "<details open ontoggle=x()>",
]


def article(text=TEXT, title=TITLE, **more):
    row = {"article_id": "a1", "outlet": "Alpha", "date": pd.Timestamp("2024-10-02"), "title": title, "text": text}
    return pd.DataFrame([row | more])


def place(words, text=TEXT, nth=0):
    start = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    return start, start + len(words)


def voice(words, kind="quoted", text=TEXT, speaker="the mayor", cue="said", nth=0):
    return ["a1", *place(words, text, nth), kind, speaker, cue, "say"]


def voices(*rows):
    return pd.DataFrame(rows, columns=list(VOICES))


def hit(words, label, text=TEXT, slot="people at the gate", checked=True, nth=0):
    return ["a1", "Alpha", slot, label, words, *place(words, text, nth), 0, "body", "narrator", checked]


def hits(*rows):
    return pd.DataFrame(rows, columns=list(HITS))


def two(text_a, text_b):
    return pd.concat([article(text_a, None), article(text_b, None, article_id="b1", outlet="Beta")])


def passages(*rows):
    columns = [name for name in PASSAGES if name not in ("voice_b", "outlet_a", "outlet_b")]
    return pd.DataFrame(rows, columns=columns)


SCRIPT = (TEMPLATES / "reader.js").read_text(encoding="utf-8")


def without_script(page):
    assert page.html.count("<script>") == 1
    return Fragment(page.html.replace(f"<script>{SCRIPT.strip()}</script>", ""), page.text)


def parsed(page):
    tree = html5lib.parse(page.html, namespaceHTMLElements=False)
    # Whatever the parser had to mend shows as a difference to the strict reading.
    html5lib.HTMLParser(strict=True).parseFragment(io.StringIO(page.html))
    return tree


def by_class(tree, name):
    return [node for node in tree.iter() if name in (node.get("class") or "").split()]


def said(node):
    """The text of a node without our own tags, marks and asides."""
    own = {"ct-tags", "ct-who", "ct-aside", "ct-tie"}
    text = node.text or ""
    for child in node:
        text += "" if own & set((child.get("class") or "").split()) else said(child)
        text += child.tail or ""
    return text


@pytest.fixture
def page():
    return show_article(
        article(kind="fictional newsroom, teaching text", licence="CC BY 4.0"),
        voices(voice("shot at the armed men"), voice("the armed men had left", "reported", speaker=None)),
        hits(hit("guards", "guards"), hit("armed men", "armed group"), hit("armed men", "armed group", nth=1)),
        "a1",
    )


class TestArticle:
    def test_every_word_once_and_in_order(self, page):
        tree = parsed(page)
        texts = [said(next(tree.iter("h3"))), *(said(node) for node in by_class(tree, "ct-text"))]
        assert texts == [line for line in TEXT.split("\n") if line]

    def test_headline_lead_and_body(self, page):
        tree = parsed(page)
        assert len(by_class(tree, "ct-lead")) == len(by_class(tree, "ct-body")) == 1

    def test_without_a_title_there_is_no_headline(self):
        tree = parsed(show_article(article(title=None), voices(), hits(), "a1"))
        assert not list(tree.iter("h3"))
        assert len(by_class(tree, "ct-text")) == 3

    def test_voices_are_tinted_where_they_stand_and_named(self, page):
        tree = parsed(page)
        quoted = [node for node in by_class(tree, "ct-quoted") if node.get("title")]
        assert [said(node) for node in quoted] == ["shot at the armed men"]
        assert quoted[0].get("title") == "quoted, the mayor"
        assert "ct-first" in quoted[0].get("class")
        reported = [node for node in by_class(tree, "ct-reported") if node.get("title")]
        assert [said(node) for node in reported] == ["the armed men had left"]

    def test_hits_are_bold_and_their_label_stands_beside_them(self, page):
        tree = parsed(page)
        assert [said(node) for node in by_class(tree, "ct-hit")] == ["guards", "armed men", "armed men"]
        tags = ["".join(node.itertext()) for node in by_class(tree, "ct-tag")]
        assert tags == [f" [people at the gate: {label}]" for label in ("guards", "armed group", "armed group")]

    def test_the_legend_explains_the_letters_beside_the_hits(self, page):
        tree = parsed(page)
        names = {node.get("data-key"): "".join(node.itertext()) for node in by_class(tree, "ct-name")}
        assert names == {"a": "armed group 2", "b": "guards 1"}
        assert [node.get("data-key") for node in by_class(tree, "ct-hit")] == ["b", "a", "a"]
        hues = {node.get("data-key"): node.get("class").split()[1] for node in by_class(tree, "ct-name")}
        assert [node.get("class").split()[1] for node in by_class(tree, "ct-hit")] == [hues[key] for key in "baa"]

    def test_the_strip_adds_up_and_has_words(self, page):
        strip = by_class(parsed(page), "ct-strip")[0]
        bar = by_class(strip, "ct-bar")[0]
        lengths = [int(part.get("style").removeprefix("flex-grow:")) for part in bar]
        assert sum(lengths) == len(TEXT)
        assert [part.get("class") for part in bar][1] == "ct-is-quoted"
        ticks = [
            float(tick.get("style").removeprefix("left:").removesuffix("%")) for tick in by_class(strip, "ct-tick")
        ]
        assert ticks == [pytest.approx(100 * place(*word)[0] / len(TEXT), abs=0.06) for word in WHERE]
        share = round(100 * len("shot at the armed men") / len(TEXT))
        assert f"quoted {share} %" in strip.get("aria-label")
        assert f"{len(TEXT)} characters" in strip.get("aria-label")
        told = "".join(by_class(parsed(page), "ct-told")[0].itertext())
        assert told == strip.get("aria-label").split(": ")[1] + "; 3 hits"

    def test_where_it_comes_from(self, page):
        told = "".join(parsed(page).itertext())
        for needed in ("Alpha", "2 October 2024", "a1", "fictional newsroom, teaching text", "CC BY 4.0"):
            assert needed in told

    def test_undated_and_unchecked_are_said(self):
        page = show_article(article(date=pd.NaT), voices(), hits(hit("guards", "guards", checked=False)), "a1")
        assert "undated" in page.html
        assert "lexicon not checked by hand yet" in page.html
        assert "not checked" not in show_article(article(), voices(), hits(hit("guards", "g")), "a1").html

    def test_one_constant_script_and_nothing_is_fetched(self, page):
        tree = parsed(without_script(page))
        assert not [tag for tag in ("script", "img", "link", "iframe", "object", "svg") if list(tree.iter(tag))]
        assert not [
            name for node in tree.iter() for name in node.attrib if name.startswith("on") or name in ("src", "href")
        ]
        assert "url(" not in page.html
        assert "@import" not in page.html
        assert "http" not in page.html

    def test_rules_stay_inside(self, page):
        rules = next(parsed(page).iter("style")).text
        for selectors in re.findall(r"([^{}@;]+)\{", re.sub(r"@(?:media|container)[^{]+\{|/\*.*?\*/", "", rules)):
            for selector in selectors.split(","):
                assert ".ct-reader" in selector, selector

    def test_plain_text(self, page):
        assert repr(page).startswith(
            "Alpha · 2 October 2024 · a1 · fictional newsroom, teaching text\n\nGate stays shut"
        )
        assert "armed men [armed group]”" in repr(page)
        assert "⟨the armed men [armed group] had left⟩" in repr(page)

    def test_an_unknown_article_gets_the_nearest_one(self):
        with pytest.raises(CorpusError, match="did you mean 'alpha-01'"):
            show_article(article(article_id="alpha-01"), voices(), hits(), "alpha01")
        with pytest.raises(CorpusError, match="no column 'cue'"):
            show_article(article(), voices().drop(columns="cue"), hits(), "a1")

    def test_identifiers_that_are_numbers(self):
        frame = article()
        frame["article_id"] = 7
        assert "Gate stays shut" in show_article(frame, voices(), hits(), 7).html

    def test_inputs_stay_as_they_were(self):
        frames = (article(), voices(voice("shot at the armed men")), hits(hit("guards", "guards")))
        before = [frame.copy(deep=True) for frame in frames]
        show_article(*frames, "a1")
        for frame, was in zip(frames, before, strict=True):
            pd.testing.assert_frame_equal(frame, was)


class TestOverlaps:
    def test_hits_over_the_edge_of_a_voice_and_over_each_other(self):
        page = show_article(
            article(),
            voices(voice("shot at the armed men")),
            hits(hit("guards “shot", "one"), hit("shot at", "two", slot="deed"), hit("men”, the mayor", "three")),
            "a1",
        )
        lead = by_class(parsed(page), "ct-lead")[0]
        assert said(lead) == "The guards “shot at the armed men”, the mayor said."
        assert [said(node) for node in by_class(lead, "ct-hit")] == ["guards “", "shot at", "men", "”, the mayor"]
        tags = ["".join(node.itertext()).split(": ")[1] for node in by_class(lead, "ct-tag")]
        assert tags == ["one]", "one]", "two]", "three]"]
        assert [node.get("data-key") for node in by_class(lead, "ct-hit")] == [None, "b a", None, "c"]
        assert [node.get("tabindex") for node in by_class(lead, "ct-hit")] == ["0", "0", "0", None]

    def test_a_voice_over_several_paragraphs_is_closed_in_each(self):
        page = show_article(article(), voices(["a1", 5, len(TEXT), "quoted", None, None, None]), hits(), "a1")
        assert [said(node) for node in by_class(parsed(page), "ct-text")] == [
            line for line in TEXT.split("\n") if line
        ][1:]
        marked = [node for node in by_class(parsed(page), "ct-quoted") if "ct-first" in node.get("class")]
        assert len(marked) == 3

    def test_places_outside_of_the_text_are_left_out(self):
        stray = [["a1", 10_000, 10_010, "quoted", None, None, None], ["a1", -5, 3, "quoted", None, None, None]]
        page = show_article(article(), voices(*stray), hits(), "a1")
        assert said(next(parsed(page).iter("h3"))) == TITLE

    def test_overlapping_voices_keep_every_word_once(self):
        page = show_article(
            article(), voices(voice("shot at the armed"), voice("the armed men", "reported")), hits(), "a1"
        )
        assert said(by_class(parsed(page), "ct-lead")[0]) == "The guards “shot at the armed men”, the mayor said."

    def test_cutting_loses_nothing(self):
        text = "abcdefghij"
        for start in range(10):
            for end in range(start + 1, 11):
                runs = list(cut(text, 0, 10, [Span(3, 7, {})], [Span(start, end, {}), Span(2, 5, {})]))
                pieces = [piece for run in runs for piece in run.pieces]
                assert "".join(piece.text for piece in pieces) == text
                assert {hit[:2] for piece in pieces for hit in piece.hits} == {(start, end), (2, 5)}
                assert sum(len(own) for run in runs for _, own in clusters(run.pieces)) == len(pieces)


class TestMargin:
    """Who speaks stands beside the words, once as long as the same one goes on."""

    TEXT = "A said one. B said two, and three.\n\nB said four.\n\nNothing.\n\nB said five, “six”, seven."

    def notes(self, *rows):
        own = [voice(words, "reported", self.TEXT, speaker, cue) for words, speaker, cue in rows]
        tree = parsed(show_article(article(self.TEXT, None), voices(*own), None, "a1"))
        return ["".join(node.itertext()) for node in by_class(tree, "ct-who")]

    def test_each_speaker_with_the_cue_beneath(self):
        assert self.notes(("one", "A", "said"), ("two", "B", "told")) == ["Asaid", "Btold"]

    def test_the_same_speaker_is_not_repeated_in_a_row_or_in_the_next_paragraph(self):
        rows = [("one", "B", "said"), ("two", "b", "said"), ("three", "B", None), ("four", "B", "said")]
        assert self.notes(*rows) == ["Bsaid"]

    def test_but_is_after_another_one_or_after_a_paragraph_without_speech(self):
        assert self.notes(("one", "A", None), ("two", "B", None), ("three", "A", None)) == ["A", "B", "A"]
        assert self.notes(("two", "B", "said"), ("five", "B", "said")) == ["Bsaid", "Bsaid"]

    def test_words_without_speaker_and_cue_have_no_note_and_break_no_run(self):
        assert self.notes(("five", "B", None), ("six", None, None), ("seven", "B", None)) == ["B"]

    def test_a_cue_without_a_speaker_says_so(self):
        assert self.notes(("two", None, "reportedly")) == ["no speaker foundreportedly"]

    def test_notes_are_for_the_eye_and_asides_for_the_ear(self, page):
        tree = parsed(page)
        assert all(node.get("aria-hidden") == "true" for node in by_class(tree, "ct-who"))
        heard = ["".join(node.itertext()) for node in by_class(tree, "ct-aside")]
        for words in ("[quoted, the mayor:] ", " [end of quotation]", "[reported:] ", " [end of report]"):
            assert words in heard

    def test_a_note_stands_where_its_words_begin(self, page):
        quoted = next(node for node in by_class(parsed(page), "ct-quoted") if node.get("title"))
        assert quoted[0].get("class") == "ct-who"
        assert not quoted.text

    def test_a_voice_over_two_paragraphs_names_its_speaker_once(self):
        page = show_article(
            article(), voices(["a1", 20, len(TEXT), "reported", "the mayor", "said", None]), hits(), "a1"
        )
        assert len(by_class(parsed(page), "ct-who")) == 1

    def test_voices_and_hits_in_the_headline(self):
        text = "“Halt”, mayor says\n\nMore."
        page = show_article(
            article(text, "“Halt”, mayor says"), voices(voice("Halt", text=text)), hits(hit("mayor", "m", text)), "a1"
        )
        headline = next(parsed(page).iter("h3"))
        assert [len(by_class(headline, name)) for name in ("ct-quoted", "ct-who", "ct-hit")] == [1, 1, 1]
        assert said(headline) == "“Halt”, mayor says"


class TestPair:
    A, B = "Same words here. Gate shut.", "Other. Same words here and guards."

    def pair(self, *rows, ids=("a1", "b1")):
        found = pd.concat(
            [hits(hit("Gate", "gate", self.A)), hits(hit("guards", "guards", self.B)).assign(article_id="b1")]
        )
        shared = passages(*rows) if rows else None
        return show_article(two(self.A, self.B), voices(), found, list(ids), passages=shared)

    def test_two_articles_with_strips_of_their_own_and_one_legend(self):
        tree = parsed(self.pair())
        assert [node.get("aria-label") for node in tree.iter("article")] == ["Article a1", "Article b1"]
        assert [said(node) for node in by_class(tree, "ct-text")] == [self.A, self.B]
        assert [len(by_class(tree, name)) for name in ("ct-strip", "ct-legend")] == [2, 1]
        assert len(list(tree.iter("style"))) == 1
        assert ["".join(node.itertext()) for node in by_class(tree, "ct-name")] == ["gate 1 + 0", "guards 0 + 1"]

    def test_order_is_as_asked_for(self):
        tree = parsed(self.pair(ids=("b1", "a1")))
        assert [node.get("aria-label") for node in tree.iter("article")] == ["Article b1", "Article a1"]

    def test_a_label_has_one_hue_alone_and_in_both(self):
        found = pd.concat(
            [
                hits(hit("Gate", "x", self.A)),
                hits(hit("Other", "y", self.B), hit("Same", "x", self.B)).assign(article_id="b1"),
            ]
        )

        def hues(which):
            tree = parsed(show_article(two(self.A, self.B), voices(), found, which))
            return {"".join(n.itertext()).split()[0]: n.get("class").split()[1] for n in by_class(tree, "ct-name")}

        assert hues(["a1", "b1"]) == hues("b1")
        assert hues("a1").items() <= hues("b1").items()
        assert len(set(hues("b1").values())) == 2

    def test_shared_passages_have_the_same_number_in_both(self):
        row = ["b1", *place("Same words", self.B), "a1", *place("Same words", self.A), 2, "narrator"]
        other = ["a1", *place("shut.", self.A), "b1", *place("guards.", self.B), 1, "narrator"]
        foreign = ["a1", 0, 4, "c1", 0, 4, 1, "narrator"]
        page = self.pair(other, foreign, row)
        for one, words in zip(
            parsed(page).iter("article"), (("Same words", "shut."), ("Same words", "guards.")), strict=True
        ):
            marks = [("".join(n.itertext()), "ct-opens" in n.get("class")) for n in by_class(one, "ct-tie")]
            assert marks == [
                (f"[shared passage {n}:] " if opens else f" [end of shared passage {n}]", opens)
                for n in (1, 2)
                for opens in (True, False)
            ]
            assert len(by_class(one, "ct-both")) == 2
            assert said(by_class(one, "ct-text")[0]) in (self.A, self.B)
            assert all(word in said(one) for word in words)
        assert "2 passages" in page.html
        assert "{1: Same words :1} here." in repr(page)

    def test_a_passage_cut_where_the_voice_changes_is_one_for_the_reader(self):
        rows = [
            ["a1", *place("Same", self.A), "b1", *place("Same", self.B), 1, "quoted"],
            ["a1", *place("words", self.A), "b1", *place("words", self.B), 1, "narrator"],
        ]
        page = self.pair(*rows)
        assert "1 passage" in page.html
        assert "{1: Same words :1} here." in repr(page)
        assert page.html.count('<svg class="ct-ties" aria-hidden="true"></svg>') == 1

    def test_a_passage_inside_a_hit_leaves_it_one_place_to_go_to(self):
        row = ["a1", *place("ate", self.A), "b1", *place("here", self.B), 1, "narrator"]
        tree = parsed(self.pair(row))
        assert [said(node) for node in by_class(tree, "ct-hit")] == ["Gate", "guards"]

    @pytest.mark.parametrize("ids", [[], ["a1", "b1", "a1"], ["a1", "a1"], ("a1", "b1", "c1")])
    def test_none_three_or_twice_the_same_is_refused(self, ids):
        with pytest.raises(CorpusError, match="it is one article, or a list of two different ones"):
            self.pair(ids=ids)

    def test_a_list_of_one_is_one(self):
        assert len(list(parsed(self.pair(ids=["a1"])).iter("article"))) == 1

    def test_an_unknown_second_one_is_named(self):
        with pytest.raises(CorpusError, match="no article 'b2'; there is 'a1', 'b1'"):
            self.pair(ids=("a1", "b2"))

    def test_passages_need_two_articles_and_their_columns(self):
        with pytest.raises(CorpusError, match="side by side"):
            show_article(article(), voices(), hits(), "a1", passages=passages())
        with pytest.raises(CorpusError, match="passages has no column 'start_b'"):
            show_article(two("A.", "B."), voices(), None, ["a1", "b1"], passages=passages().drop(columns="start_b"))

    def test_in_a_report_neither_is_shown_whole_without_a_licence(self):
        text = "First. " * 100 + "\n\nLast words."
        html = show_article(two(text, text), voices(), None, ["a1", "b1"]).html
        pages = {name: PageWriter(whole=whole).fragment(html) for name, whole in (("one", {"b1"}), ("none", set()))}
        assert [page.count("Last words.") for page in pages.values()] == [1, 0]
        assert "<script" not in pages["none"]
        assert "window" not in pages["none"]

    def test_ends_between_paragraphs_move_to_the_words(self):
        assert within_paragraphs([Tie(3, 7, 1), Tie(4, 5, 2)], [(0, 4), (6, 9)]) == [Tie(3, 7, 1)]
        assert within_paragraphs([Tie(4, 99, 1)], [(0, 4), (6, 9)]) == [Tie(6, 9, 1)]


class TestKeysAndSizes:
    def test_every_hit_can_be_reached_with_tab_and_without_a_script(self, page):
        tree = parsed(without_script(page))
        assert [node.get("tabindex") for node in by_class(tree, "ct-hit")] == ["0", "0", "0"]
        assert by_class(tree, "ct-reader")[0].get("tabindex") == "-1"

    def test_the_script_is_the_same_for_every_article_and_the_page_is_complete_without_it(self, page):
        other = show_article(article("Other text.", None), voices(), None, "a1")
        assert without_script(page).html.count("script") == without_script(other).html.count("script") == 0
        tree = parsed(without_script(page))
        assert "".join(said(node) for node in by_class(tree, "ct-text")) == "".join(TEXT.split("\n")[1:])
        # What the keys do is only told where the script runs, which takes the mark away.
        assert [node.get("hidden") for node in by_class(tree, "ct-keys")] == [""]

    def test_the_script_reaches_no_further_than_the_reader(self):
        assert not re.search(r"innerHTML|eval|fetch|import|https?:|document\.write|\{\{|\{%|</", SCRIPT)
        assert 'closest("div.ct-reader")' in SCRIPT
        assert "if (window.ctReaderKeys) return" in SCRIPT
        assert "textarea" in SCRIPT

    def test_no_hits_no_voices(self):
        tree = parsed(show_article(article(), voices(), None, "a1"))
        assert not by_class(tree, "ct-legend")
        assert "".join(by_class(tree, "ct-told")[0].itertext()) == "narrator 100 %, reported 0 %, quoted 0 %"
        assert not by_class(tree, "ct-who")

    def test_nothing_but_a_quotation(self):
        tree = parsed(
            show_article(article("“All of it.”", None), voices(voice("All of it.", text="“All of it.”")), hits(), "a1")
        )
        assert said(by_class(tree, "ct-text")[0]) == "“All of it.”"
        assert "".join(by_class(tree, "ct-told")[0].itertext()) == "narrator 17 %, reported 0 %, quoted 83 %"

    def test_an_empty_article(self):
        assert "</article>" in show_article(article("", None), voices(), hits(), "a1").html

    def test_two_hundred_hits_and_letters_beyond_z(self):
        words = [f"word{n}" for n in range(200)]
        text = " ".join(words)
        own = hits(*[hit(f"{word} ", f"label {word}", text, slot=f"slot {n % 9}") for n, word in enumerate(words[:-1])])
        page = show_article(article(text, None), voices(), own, "a1")
        tree = parsed(page)
        keys = [node.get("data-key") for node in by_class(tree, "ct-hit")]
        assert len(set(keys)) == 199
        assert {"a", "z", "aa", "gq"} <= set(keys)
        assert "199 names for 9 things" in "".join(next(tree.iter("summary")).itertext())
        assert said(by_class(tree, "ct-text")[0]) == text
        assert len(page.html.encode()) < 150_000

    def test_the_page_of_an_ordinary_article_is_small(self):
        text = "\n".join(
            "Officials said that the armed men had left and the guards stayed at the gate. " * 3 for _ in range(9)
        )
        own = [voice("the armed men had left", "reported", text, nth=n) for n in range(27)]
        found = [hit("guards", "guards", text, nth=n) for n in range(27)]
        assert len(text.split()) > 400
        assert len(show_article(article(text, None), voices(*own), hits(*found), "a1").html.encode()) < 60_000

    @pytest.mark.parametrize("ground", [LIGHT, DARK])
    def test_contrast_of_text_and_marks_on_every_tint(self, ground):
        for behind in (ground.ground, ground.quoted, ground.reported):
            for text in (ground.ink, ground.muted):
                assert contrast_ratio(text, behind) >= TEXT_CONTRAST
        assert contrast_ratio(ground.accent, ground.ground) >= TEXT_CONTRAST
        for mark in (ground.quoted_mark, ground.reported_mark, *[pair[ground is DARK] for pair in PALETTE]):
            assert contrast_ratio(mark, ground.ground) >= MARK_CONTRAST

    def test_voices_differ_without_colour_and_print(self, page):
        rules = next(parsed(page).iter("style")).text
        assert re.search(r"\.ct-reported \{[^}]*underline dotted", rules)
        assert re.search(r"\.ct-quoted\.ct-first::before \{[^}]*position: absolute", rules)
        assert re.search(r"\.ct-is-reported \{[^}]*radial-gradient", rules)
        assert re.search(r"\.ct-is-quoted \{[^}]*repeating-linear-gradient", rules)
        assert re.search(r"\.ct-quoted, [^{]*\.ct-reported \{[^}]*print-color-adjust: exact", rules)

    def test_nothing_makes_a_narrow_page_scroll_sideways(self, page):
        """Several hundred parts of the strip need no room of their own; a cluster that cannot break is cut off."""
        rules = next(parsed(page).iter("style")).text
        assert re.search(r"\.ct-bar i:first-child:nth-last-child\(n \+ 200\) ~ i \{ min-width: 0; \}", rules)
        assert re.search(r"div\.ct-reader \{[^}]*overflow-x: clip", rules)

    def test_classes_of_the_page_have_rules_and_rules_have_classes(self, page):
        row = ["a1", 0, 3, "b1", 0, 3, 1, "narrator"]
        pair = show_article(two("One two.", "One six."), voices(), None, ["a1", "b1"], passages=passages(row))
        many = show_article(article(), voices(), hits(*[hit("guards", "g", slot=f"s{n}") for n in range(5)]), "a1")
        used = {
            name for p in (page, pair, many) for node in parsed(p).iter() for name in (node.get("class") or "").split()
        }
        ruled = set(re.findall(r"\.(ct-[a-z-]+)", (TEMPLATES / "reader.css").read_text(encoding="utf-8")))
        assert ruled - used <= {"ct-peg"} | {f"ct-{n}" for n in range(7)}
        plain = {"ct-is-narrator", "ct-narrator", "ct-sample", "ct-body"}
        assert {name for name in used - ruled - plain if not re.fullmatch(r"ct-\d", name)} == set()


class TestOddFrames:
    """Places, names and identifiers that no function of ours makes, but a hand-made frame may hold."""

    T = "Title\n\n  Para one starts.\n\nPara two."

    def marked(self, start, end):
        row = ["a1", "Alpha", "s", "label", "x", start, end, 0, "body", "narrator", True]
        who = ["a1", start, end, "reported", "Who", "said", None]
        return parsed(show_article(article(self.T, "Title"), voices(who), hits(row), "a1"))

    @pytest.mark.parametrize("start", [5, 7, 9])
    @pytest.mark.parametrize("end", [23, 25, 27])
    def test_what_begins_or_ends_between_paragraphs_has_its_letter_its_key_and_its_speaker(self, start, end):
        tree = self.marked(start, end)
        found = [node for node in by_class(tree, "ct-hit") if node.get("tabindex") == "0"]
        assert [said(node) for node in found] == ["Para one starts."[: end - 9]]
        assert [found[0].get("data-key")] == ["a"]
        assert ["".join(node.itertext()) for node in by_class(tree, "ct-who")] == ["Whosaid"]

    def test_what_lies_wholly_between_paragraphs_is_neither_shown_nor_counted(self):
        tree = self.marked(5, 9)
        assert not [name for name in ("ct-hit", "ct-name", "ct-tick", "ct-who") if by_class(tree, name)]

    def test_places_without_an_end(self):
        tree = self.marked(9, float("inf"))
        assert [said(node) for node in by_class(tree, "ct-reported") if node.get("title")] == [
            "Para one starts.",
            "Para two.",
        ]

    def test_names_that_look_alike_once_they_are_cut_stay_apart(self):
        long = "the-north-and-south-and-east-and-west-"
        page = show_article(
            article(), voices(), hits(hit("guards", long + "one"), hit("armed men", long + "two")), "a1"
        )
        tree = parsed(page)
        assert [node.get("data-key") for node in by_class(tree, "ct-hit")] == ["a", "b"]
        assert len(by_class(tree, "ct-name")) == 2

    def test_passages_without_a_place_or_without_words_are_passed_over(self):
        good = ["a1", 0, 3, "b1", 0, 3, 1, "narrator"]
        odd = [["a1", start, end, "b1", 0, 3, 1, "narrator"] for start, end in ((None, 3), (3, 3), (4, 2))]
        page = show_article(two("One two.", "One six."), voices(), None, ["a1", "b1"], passages=passages(*odd, good))
        marks = ["".join(node.itertext()) for node in by_class(parsed(page), "ct-tie")]
        assert marks.count("[shared passage 1:] ") == marks.count(" [end of shared passage 1]") == 2
        assert len(by_class(parsed(page), "ct-both")) == 2
        assert "1 passage<" in page.html

    def test_an_article_without_text_is_not_shown_as_the_word_none(self):
        with pytest.raises(CorpusError, match="has no 'text'"):
            show_article(article(None), voices(), hits(), "a1")

    def test_two_articles_of_one_name_are_not_told_by_chance(self):
        with pytest.raises(CorpusError, match="Two articles have the id 'a1'"):
            show_article(pd.concat([article(), article("Other.", None)]), voices(), hits(), "a1")

    @pytest.mark.parametrize("ids", [pd.Series(["a1"]), [["a1"], "b1"], {"a1"}])
    def test_other_collections_are_refused_in_one_line(self, ids):
        with pytest.raises(CorpusError, match="it is one article, or a list of two different ones") as told:
            show_article(article(), voices(), hits(), ids)
        assert "\n" not in str(told.value)


class TestHostile:
    @pytest.mark.parametrize("attack", ATTACKS)
    def test_an_article_made_of_markup_is_only_text(self, attack):
        text = f"{attack}\n\nFirst {attack} words.\n\nThen \u202e{attack} and \x00 more."
        page = show_article(
            article(text, attack, outlet=attack, kind=attack, licence=attack),
            voices(voice(attack, text=text, speaker=attack, cue=attack, nth=1)),
            hits(hit("words", attack, text=text, slot=attack), hit("more", "\u202e" + attack, text=text, slot=attack)),
            "a1",
        )
        tree = parsed(without_script(page))
        assert not [tag for tag in ("script", "img", "svg", "iframe", "a", "math") if list(tree.iter(tag))]
        assert len(list(tree.iter("style"))) == 1
        assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
        assert attack.strip() in said(by_class(tree, "ct-lead")[0])
        assert "\u202e" not in page.html
        assert "\x00" not in page.html

    def test_lone_surrogates_can_be_saved(self):
        page = show_article(article("Gate \ud800 open", None), voices(), hits(), "a1")
        assert page.html.encode("utf-8")

    def test_helpers(self):
        assert as_printed("a\x07b") == "a\ufffdb"
        assert one_line("e" + "\u0301" * 50) == "e" + "\u0301" * 4
        assert one_line("می\u200cخواهم") == "می\u200cخواهم"
        assert repr(Fragment("<b>", "text")) == "text"


class TestConcordance:
    def lines(self, **changes):
        row = [
            "a1",
            "Alpha",
            pd.Timestamp("2024-10-02"),
            "quoted",
            "body",
            "“shot at the ",
            "armed men",
            "”, the mayor",
            "x",
            "armed group",
        ]
        return pd.DataFrame([dict(zip(KWIC, row, strict=True)) | changes])

    def test_columns_in_order_and_the_voice_as_a_word(self):
        tree = parsed(kwic_table(self.lines()))
        cells = ["".join(cell.itertext()) for cell in tree.iter("td")]
        assert cells == ["Alpha2024-10-02 · a1", "“shot at the ", "armed men", "”, the mayor", "quoted"]
        assert len(by_class(tree, "ct-quoted")) == 1

    def test_a_whole_stretch_gets_a_wide_column(self):
        assert not by_class(parsed(kwic_table(self.lines())), "ct-wide")
        assert len(by_class(parsed(kwic_table(self.lines(node="word " * 20))), "ct-wide")) == 1

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_hostile_lines_are_inert(self, attack):
        changes = dict.fromkeys(
            ("article_id", "outlet", "voice", "left", "node", "right", "sentence"), attack + "\u202e"
        )
        tree = parsed(kwic_table(self.lines(**changes, date=pd.NaT)))
        assert not [tag for tag in ("script", "img", "svg", "iframe", "a", "math") if list(tree.iter(tag))]
        assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
        assert "undated" in "".join(tree.itertext())

    def test_long_ones_are_cut_and_say_so(self):
        page = kwic_table(pd.concat([self.lines()] * 700))
        assert "700 lines, of which the first 500 stand here" in page.html

    def test_one_group_for_each_number_most_lines_first(self):
        lines = pd.concat([self.lines(label="b"), *[self.lines()] * 3, self.lines(voice="narrator")])
        tree = parsed(kwic_table(lines, by=["label", "voice"], most=2))
        heads = ["".join(node.itertext()).split() for node in tree.iter("summary")]
        assert heads == [
            ["“armed", "group”", "·", "narrator", "1", "line"],
            ["“armed", "group”", "·", "quoted", "3", "lines"],
            ["“b”", "·", "quoted", "1", "line"],
        ]
        assert len([row for body in tree.iter("tbody") for row in body.iter("tr")]) == 1 + 2 + 1

    def test_no_lines_is_no_error(self):
        page = kwic_table(self.lines().iloc[:0])
        assert "0 lines" in page.html

    def test_a_missing_column_is_named(self):
        with pytest.raises(CorpusError, match="no column 'node'"):
            kwic_table(self.lines().drop(columns="node"))

    def test_schema_is_that_of_the_package(self):
        assert set(ARTICLES) <= set(article().columns)
