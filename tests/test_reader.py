"""The reader: every word once and in order, marks where they belong, and nothing that acts."""

import io
import re

import html5lib
import pandas as pd
import pytest

from corpus_tools.schema import ARTICLES, HITS, KWIC, VOICES, CorpusError
from corpus_tools.show.concordance import kwic_table
from corpus_tools.show.markup import Fragment, as_printed, one_line
from corpus_tools.show.reader import Span, cut, show_article

TITLE = "Gate stays shut"
TEXT = (
    f"{TITLE}\n\nThe guards “shot at the armed men”, the mayor said.\n\n"
    "Officials said that the armed men had left. The guards stayed."
)
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


def parsed(page):
    tree = html5lib.parse(page.html, namespaceHTMLElements=False)
    # Whatever the parser had to mend shows as a difference to the strict reading.
    html5lib.HTMLParser(strict=True).parseFragment(io.StringIO(page.html))
    return tree


def by_class(tree, name):
    return [node for node in tree.iter() if name in (node.get("class") or "").split()]


def said(node):
    """The text of a node without our own tags, marks and asides."""
    own = {"ct-tag", "ct-mark", "ct-aside"}
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
        assert len(by_class(tree, "ct-mark")) == 1
        reported = [node for node in by_class(tree, "ct-reported") if node.get("title")]
        assert [said(node) for node in reported] == ["the armed men had left"]
        assert "Who speaks here (2)" in page.html

    def test_hits_are_bold_and_their_label_stands_beside_them(self, page):
        tree = parsed(page)
        assert [node.text for node in by_class(tree, "ct-hit")] == ["guards", "armed men", "armed men"]
        tags = [node.text for node in tree.iter("small")]
        assert tags == ["guards", "armed group", "armed group"]
        assert "guards 1" in page.html
        assert "armed group 2" in page.html

    def test_the_strip_adds_up_and_has_words(self, page):
        strip = by_class(parsed(page), "ct-strip")[0]
        lengths = [int(part.get("style").removeprefix("flex-grow:")) for part in strip]
        assert sum(lengths) == len(TEXT)
        assert [part.get("class") for part in strip][1] == "ct-is-quoted"
        share = round(100 * len("shot at the armed men") / len(TEXT))
        assert f"quoted {share} %" in strip.get("aria-label")
        assert f"{len(TEXT)} characters" in strip.get("aria-label")

    def test_where_it_comes_from(self, page):
        told = "".join(parsed(page).itertext())
        for needed in ("Alpha", "2 October 2024", "a1", "fictional newsroom, teaching text", "CC BY 4.0"):
            assert needed in told

    def test_undated_and_unchecked_are_said(self):
        page = show_article(article(date=pd.NaT), voices(), hits(hit("guards", "guards", checked=False)), "a1")
        assert "undated" in page.html
        assert "lexicon not checked by hand yet" in page.html
        assert "not checked" not in show_article(article(), voices(), hits(hit("guards", "g")), "a1").html

    def test_nothing_runs_and_nothing_is_fetched(self, page):
        tree = parsed(page)
        assert not [tag for tag in ("script", "img", "link", "iframe", "object", "svg") if list(tree.iter(tag))]
        assert not [
            name for node in tree.iter() for name in node.attrib if name.startswith("on") or name in ("src", "href")
        ]
        assert "url(" not in page.html
        assert "@import" not in page.html
        assert "http" not in page.html

    def test_rules_stay_inside(self, page):
        rules = next(parsed(page).iter("style")).text
        for selectors in re.findall(r"([^{}@;]+)\{", re.sub(r"@media[^{]+\{|/\*.*?\*/", "", rules)):
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
        assert [node.text for node in by_class(lead, "ct-hit")] == ["guards “", "shot", " at", "men", "”, the mayor"]
        assert [node.text for node in by_class(lead, "ct-tag")] == ["one", "two", "three"]

    def test_a_voice_over_several_paragraphs_is_closed_in_each(self):
        page = show_article(article(), voices(["a1", 5, len(TEXT), "quoted", None, None, None]), hits(), "a1")
        assert [said(node) for node in by_class(parsed(page), "ct-text")] == [
            line for line in TEXT.split("\n") if line
        ][1:]
        assert len(by_class(parsed(page), "ct-mark")) == 3

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
                runs = cut(text, 0, 10, [Span(3, 7, {})], [Span(start, end, {}), Span(2, 5, {})])
                pieces = [piece for run in runs for piece in run.pieces]
                assert "".join(piece.text for piece in pieces) == text
                assert sum(len(piece.ending) for piece in pieces) == 2


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
        tree = parsed(page)
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
