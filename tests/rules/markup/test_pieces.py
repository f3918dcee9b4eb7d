"""What HTML says, refers to and shows, tag by tag and style by style."""

from __future__ import annotations

import pytest

from plentymsg.rules.markup.document import read_html
from tests.rules.corpus import draft, judged
from tests.rules.test_mending import mended_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!-- b", "a b"),
        ("a<!-- b<!-- c", "a b c"),
        ("a<!-- <b>c", "a c"),
        ("a<!--[if mso]>b<![endif]-->c", "abc"),
        ("a<!--[if !mso]><!-->b<!--<![endif]-->c", "abc"),
        ("a<!--[IF MSO]>b<![ENDIF]-->c", "abc"),
        ("a<!doctype html>b", "ab"),
        ("a<!doctype", "a"),
        ("a<?xml x?>b", "ab"),
        ("a</>b", "ab"),
        ("a</ x>b", "ab"),
        ("a</ x", "a"),
        ("a<!x>b<!-- c -->d", "abd"),
        ("<script>a<b>c</script>d", "d"),
        ("<SCRIPT>a</Script >d", "d"),
        ("<script>a", ""),
        ("<style>a</style/>d", "d"),
        ("<style>a</styles></style>d", "d"),
        ("<script>a</script", ""),
        ("x<y", "x"),
        ("x< y>", "x< y>"),
        ("x<b", "x"),
        ("<b a='>'>x", "x"),
        ('<b a=">">x', "x"),
        ("<b a=>x", "x"),
        ("<b 'a>x", "x"),
        ("a<br>b", "a\nb"),
        ("a<b>b</b>c", "abc"),
        ("a<p>b</p>c", "a\nb\nc"),
        ("a&amp;b&#65;&#x42;&nosuch;&#46", "a&bAB&nosuch;."),
        ("a&shy;b", "a\xadb"),
    ],
)
def test_a_reader_sees_what_is_no_markup(html: str, text: str) -> None:
    """A comment that never ends is text, for not every client hides the rest."""
    assert read_html(html).text.text == text


@pytest.mark.parametrize(
    ("html", "links", "images"),
    [
        ("<p style='background:url(cid:1)'>", [], [("cid:1", "url(cid:1", True)]),
        (
            "<p style=\"list-style-image:url('https://x.de/a.png')\">",
            [("link", "url('https://x.de/a.png'")],
            [("https://x.de/a.png", "url('https://x.de/a.png'", True)],
        ),
        ("<style>@import 'https://x.de/a.css';</style>", [("link", "@import 'https://x.de/a.css'")], []),
        (
            "<style>@font-face{src:url(https://x.de/f.woff)}</style>",
            [("link", "url(https://x.de/f.woff")],
            [],
        ),
        ("<style>p{behavior:url(https://x.de/b.htc)}</style>", [("link", "url(https://x.de/b.htc")], []),
        (
            "<style>p{-moz-binding:url(https://x.de/b.xml#a)}</style>",
            [("link", "url(https://x.de/b.xml#a")],
            [],
        ),
        (
            "<style>p{background:url(data:image/png;base64,AA)}</style>",
            [],
            [("data:image/png;base64,AA", "url(data:image/png;base64,AA", True)],
        ),
        ("<style>p{background:url(data:text/css,AA)}</style>", [], []),
        ("<style>p{fill:url(#a)}</style>", [], []),
        (
            '<style>p{background:URL( "https://x.de/a" )}</style>',
            [("link", 'URL( "https://x.de/a"')],
            [("https://x.de/a", 'URL( "https://x.de/a"', True)],
        ),
        (
            "<style>p{background:u\\72l(https://x.de/a)}</style>",
            [("link", "u\\72l(https://x.de/a")],
            [("https://x.de/a", "u\\72l(https://x.de/a", True)],
        ),
        (
            "<style>p{background:url/**/(x)} q{background:url(/**/https://x.de)}</style>",
            [("link", "url(/**/https://x.de")],
            [("x", "url/**/(x", True), ("https://x.de", "url(/**/https://x.de", True)],
        ),
        ("<style>p{background:url()}</style>", [], []),
        ("<style>url(cid:1)</style>", [], [("cid:1", "url(cid:1", True)]),
        ("<style>p{background:image-set('cid:1' 1x)}</style>", [], [("cid:1", "image-set('cid:1'", True)]),
        (
            "<style>p{background:-webkit-image-set( url('https://x.de/a') 1x)}</style>",
            [("link", "url('https://x.de/a'")],
            [("https://x.de/a", "url('https://x.de/a'", True)],
        ),
        (
            "<style>p{background:image-set('a.png' 1x, 'https://x.de/b' 2x)}</style>",
            [("link", "'https://x.de/b'")],
            [("a.png", "image-set('a.png'", True)],
        ),
        ("<style>p::after{content:'www.x.de'}</style>", [("link", "'www.x.de'")], []),
        ("<style>p::after{content:'a' \"b\nwww.x.de\"}</style>", [], []),
        (
            "<style>p::after{content:'Shop:\\'www.x.de'}</style>",
            [("link", "'Shop:\\'www.x.de'")],
            [],
        ),
        ("<style>p::after{content:'meinsh\\\nop.de'}</style>", [("link", "'meinsh\\\nop.de'")], []),
        ("<style>p::after{content:'meinshop' \"\" '.de'}</style>", [("link", "'meinshop' \"\" '.de'")], []),
        ('<style>p::after{content:"www.x.de</style>', [("link", '"www.x.de')], []),
        ("<p style='list-style-type:\"www.x.de\"'>", [("link", '"www.x.de"')], []),
        ("<style>p::after{content:'kaputt.es geht'}</style>", [("doubtful", "'kaputt.es geht'")], []),
        (
            "<style>p::after{content:'a@x.de b@x.de x.de'}</style>",
            [("address", "'a@x.de b@x.de x.de'"), ("link", "'a@x.de b@x.de x.de'")],
            [],
        ),
        ("<style>@namespace svg 'http://www.w3.org/2000/svg'; p{color:red}</style>", [], []),
        ("<style>@font-face{src:local('Arial.it')}</style>", [], []),
        ("<style>a[href^= 'https://x.de'],a[href*=\"x.de\"]{color:red}</style>", [], []),
        ("<style>p::after{content:'[www.x.de]'}</style>", [("link", "'[www.x.de]'")], []),
        ("<p style='background:url(&quot;cid:1&quot;)'>", [], [("cid:1", "url(&quot;cid:1&quot;", True)]),
        (
            "<style>p{background:url(https\\3a //x.de)}</style>",
            [("link", "url(https\\3a //x.de")],
            [("https://x.de", "url(https\\3a //x.de", True)],
        ),
        (
            "<style>p{background:url(www.x.de/a)}</style>",
            [("link", "url(www.x.de/a")],
            [("www.x.de/a", "url(www.x.de/a", True)],
        ),
        ("<style>p{background:url(a.png)}</style>", [], [("a.png", "url(a.png", True)]),
        ("<style>p{x:\\110000 url(\\0 a)}</style>", [], [("�a", "url(\\0 a", True)]),
        ("<a href='https://x.de'>", [("link", "https://x.de")], []),
        ("<a href=cid:1>", [], [("cid:1", "<a href=cid:1>", True)]),
        ("<a href=''>", [], []),
        ("<a href='x.html'>", [("link", "x.html")], []),
        (
            "<img src='https://x.de/a.png'>",
            [("link", "https://x.de/a.png")],
            [("https://x.de/a.png", "<img src='https://x.de/a.png'>", True)],
        ),
        ("<img src=a.png>", [], [("a.png", "<img src=a.png>", True)]),
        ("<img src='//x.de/a'>", [("link", "//x.de/a")], [("//x.de/a", "<img src='//x.de/a'>", True)]),
        ("<img src='https:'>", [], [("https:", "<img src='https:'>", True)]),
        (
            "<img srcset='a.png 1x, https://x.de/b.png 2x'>",
            [("link", "a.png 1x, https://x.de/b.png 2x")],
            [("a.png", "<img srcset='a.png 1x, https://x.de/b.png 2x'>", True)],
        ),
        ("<img srcset='a.png 1x'>", [], [("a.png", "<img srcset='a.png 1x'>", True)]),
        (
            "<img data-src=https://x.de/a>",
            [("link", "https://x.de/a")],
            [("https://x.de/a", "<img data-src=https://x.de/a>", True)],
        ),
        ("<p onclick=\"go('https://x.de')\">", [("link", "go('https://x.de')")], []),
        ('<p onclick="go()">', [], []),
        ("<meta http-equiv=refresh content='0; url=https://x.de'>", [("link", "0; url=https://x.de")], []),
        ("<meta content='0;URL=x'>", [("link", "0;URL=x")], []),
        ("<meta content='www.x.de'>", [("link", "www.x.de")], []),
        ("<p content='0;url=x'>", [], []),
        ("<p title='siehe www.x.de'>", [("link", "www.x.de")], []),
        ("<p title='info@x.de'>", [("address", "info@x.de")], []),
        ("<p id='www.x.de'>", [], []),
        ("<p class=www.x.de>", [], []),
        ("<input type=image src=a.png>", [], [("a.png", "<input type=image src=a.png>", True)]),
        ("<input type=&#105;mage src=a.png>", [], [("a.png", "<input type=&#105;mage src=a.png>", True)]),
        ("<input type=text src=a.png>", [], []),
        ("<object data=a.PNG?x>", [], [("a.PNG?x", "<object data=a.PNG?x>", True)]),
        ("<object data=a.pdf>", [], []),
        ("<object data=x type=image/gif>", [], [("x", "<object data=x type=image/gif>", True)]),
        ("<embed src=a.svg#b>", [], [("a.svg#b", "<embed src=a.svg#b>", True)]),
        ("<iframe src=a.gif>", [], [("a.gif", "<iframe src=a.gif>", True)]),
        ("<frame src=a.webp>", [], [("a.webp", "<frame src=a.webp>", True)]),
        ("<source srcset='b.webp 1x'>", [], [("b.webp", "<source srcset='b.webp 1x'>", False)]),
        ("<source src=a.mp4>", [], []),
        ("<svg>", [], [("", "<svg>", True)]),
        ("<image href=a.png>", [("link", "a.png")], [("a.png", "<image href=a.png>", True)]),
        ("<image xlink:href=a.png>", [("link", "a.png")], [("a.png", "<image xlink:href=a.png>", True)]),
        ("<v:imagedata src=a.png>", [], [("a.png", "<v:imagedata src=a.png>", True)]),
        ("<v:fill src=''>", [], []),
        ("<td background=a.png>", [], [("a.png", "<td background=a.png>", True)]),
        ("<video poster=a.png>", [], [("a.png", "<video poster=a.png>", True)]),
        ("<p x=cid:1>", [], [("cid:1", "<p x=cid:1>", True)]),
        (
            "<p x='DATA:image/png;base64,AA'>",
            [],
            [("DATA:image/png;base64,AA", "<p x='DATA:image/png;base64,AA'>", True)],
        ),
        ("<img>", [], [("", "<img>", True)]),
        ("<img src=&#99;id:1>", [], [("cid:1", "<img src=&#99;id:1>", True)]),
        ("<p xmlns:v='https://x.de'>", [], []),
        ("<a href=https://x.de href=https://y.de>", [("link", "https://x.de"), ("link", "https://y.de")], []),
        ("<a title='a&#46;www&#46;x&#46;de b'>", [("link", "a&#46;www&#46;x&#46;de")], []),
    ],
)
def test_what_leads_elsewhere_and_what_is_shown(
    html: str, links: list[tuple[str, str]], images: list[tuple[str, str, bool]]
) -> None:
    document = read_html(html)
    assert [(each.kind, html[each.start : each.end]) for each in document.references] == links
    assert [(each.source, html[each.start : each.end], each.counts) for each in document.images] == images


def test_pictures_in_a_style_that_differ_are_two_and_go_whole() -> None:
    first, second = (f"background:url(data:image/png;base64,{each})" for each in ("AA", "BB"))
    html = f"<style>p{{{first}}} b{{{second}}}</style>"
    assert "There are 2 images; eBay allows 1." in {each.message for each in judged(draft(html=html))}
    assert mended_html(html) == "<style>p{background:none} b{background:none}</style>"
