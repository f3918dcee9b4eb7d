from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.markup.document import read_html


def links(html: str) -> list[str]:
    return [html[link.start : link.end] for link in read_html(html).links() if link.kind == "link"]


def images(html: str) -> list[str]:
    return [image.source for image in read_html(html).images]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="https://shop.de">Shop</a>', "https://shop.de"),
        ("<a href=/retoure>Retoure</a>", "/retoure"),
        ("<A HREF='mailto:info@shop.de'>Mail</A>", "mailto:info@shop.de"),
        ('<a href="#top">hoch</a>', "#top"),
        ('<a href="javascript:go()">x</a>', "javascript:go()"),
        ('<a class=x\nhref\n=\n"x">x</a>', "x"),
        ('<a title="a > b" href="x">x</a>', "x"),
        ('<area href="x">', "x"),
        ('<form action="/kauf"><input></form>', "/kauf"),
        ('<button formaction="/kauf">x</button>', "/kauf"),
        ('<img src="https://shop.de/a.png">', "https://shop.de/a.png"),
        ('<img src="//shop.de/a.png">', "//shop.de/a.png"),
        ('<img srcset="a.png 1x, https://shop.de/b.png 2x">', "a.png 1x, https://shop.de/b.png 2x"),
        ('<td background="http://shop.de/a.png">x</td>', "http://shop.de/a.png"),
        ('<video poster="https://shop.de/a.png"></video>', "https://shop.de/a.png"),
        ('<p style="background:url(https://shop.de/a.png)">x</p>', "url(https://shop.de/a.png"),
        ('<p style="background:url(&quot;//shop.de/a.png&quot;)">x</p>', "url(&quot;//shop.de/a.png&quot;"),
        ("<p style='background:\\75 rl(https://shop.de/a)'>x</p>", "\\75 rl(https://shop.de/a"),
        ("<p style='background:u/**/rl(https://shop.de/a)'>x</p>", "u/**/rl(https://shop.de/a"),
        ("<style>p:before{content: 'auf shop.de'}</style>", "'auf shop.de'"),
        ("<style>p{CONTENT:url(https://shop.de/a)}</style>", "url(https://shop.de/a"),
        ("<style>@import 'https://shop.de/a.css';</style>", "@import 'https://shop.de/a.css'"),
        ('<link rel=stylesheet href="https://shop.de/a.css">', "https://shop.de/a.css"),
        ('<meta http-equiv=refresh content="0;url=/x">', "0;url=/x"),
        ('<p title="siehe shop.de">x</p>', "shop.de"),
        ('<img alt="shop.de" src="cid:a">', "shop.de"),
        ("<p>sh<b>op</b>.de</p>", "sh<b>op</b>.de"),
        ("<p>shop<wbr>.&shy;d<!-- x -->e</p>", "shop<wbr>.&shy;d<!-- x -->e"),
        ("<p>shop&#46;de</p>", "shop&#46;de"),
        ("<p>shop&period;de</p>", "shop&period;de"),
        ("<p>&#119;ww.shop</p>", "&#119;ww.shop"),
        ("<p>shop.d&#101;</p>", "shop.d&#101;"),
        ("<p onclick=\"location='https://shop.de'\">x</p>", "location='https://shop.de'"),
        ("<p hidden>shop.de</p>", "shop.de"),
        ('<!--[if mso]><a href="https://shop.de">x</a><![endif]-->', "https://shop.de"),
        ('<v:roundrect href="https://shop.de">x</v:roundrect>', "https://shop.de"),
        ("<!-- never closed <p>shop.de</p>", "shop.de"),
        ('<p title="never closed>shop.de</p>', "shop.de"),
        ("a < b, shop.de", "shop.de"),
        ("<script>location='https://shop.de'</script>", "location='https://shop.de'"),
        ("<svg><a xlink:href='https://shop.de'></a></svg>", "https://shop.de"),
    ],
)
def test_a_link_is_found_at_its_place_in_the_source(html: str, found: str) -> None:
    assert links(html) == [found]


@pytest.mark.parametrize(
    "html",
    [
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">',
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">',
        '<?xml version="1.0"?><p>x</p>',
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
        '<img src="cid:logo@mail.shop.de">',
        '<img src="data:image/png;base64,AA.de">',
        '<img src="bilder/logo.png">',
        '<a href="cid:anleitung">x</a><a href="data:image/png;base64,AA">x</a>',
        '<a name="top">x</a><a href="">x</a>',
        '<p class="a.de" id="b.com" style="font:12px/1.5 Arial;color:#fff">x</p>',
        "<p style='background:url(cid:a)'>x</p><style>p{background:url(#a)}</style>",
        "<p>gut.</p><p>de</p>",
        "gut.<br>de",
        "<tr><td>nr.</td><td>de</td></tr>",
        "<!-- https://shop.de --><p>x</p>",
        "<style>p{margin:0.5em}a.de{color:red}</style>",
        "<p onclick=\"this.name='x'\">x</p>",
        '<p itemscope itemtype="http://schema.org/Order">x</p>',
    ],
)
def test_what_a_mail_brings_along_is_no_link(html: str) -> None:
    assert links(html) == []


def test_an_address_in_the_text_is_no_link_but_its_mailto_is() -> None:
    found = read_html('<a href="mailto:a@shop.de">a@shop.de</a>').links()
    assert [link.kind for link in found] == ["link", "address"]


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<img src=a.png>", "a.png"),
        ("<IMG SRC='cid:a'/>", "cid:a"),
        ("<img>", ""),
        ('<img srcset="a.png 1x, b.png 2x">', "a.png"),
        ("<svg><path d='M0 0'/></svg>", ""),
        ("<table background=a.png>", "a.png"),
        ("<video poster=a.png>", "a.png"),
        ("<input type=image src=a.png>", "a.png"),
        ("<object data='a.png'>", "a.png"),
        ("<embed src='a.svg?x'>", "a.svg?x"),
        ("<v:imagedata src='a.png'/>", "a.png"),
        ("<a href='data:image/png;base64,AA'>x</a>", "data:image/png;base64,AA"),
        ("<p style='background-image:url(a.png)'>x</p>", "a.png"),
        ("<style>p{background:#fff url('data:image/gif;base64,R0')}</style>", "data:image/gif;base64,R0"),
        ("<img src='&#99;id:a'>", "cid:a"),
        ("<img src=https://t.shop.de/o.gif width=1 height=1>", "https://t.shop.de/o.gif"),
    ],
)
def test_an_image_is_seen(html: str, source: str) -> None:
    assert images(html) == [source]


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;img src=a.png&gt;</p>",
        "<!-- <img src=a.png> -->",
        "<style>@font-face{font-family:x;src:url(a.woff2)}</style>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
        "<style>@import url(a.css);</style>",
        "<input type=text src=a.png>",
        "<object data='a.pdf'>",
        "<script>var x='<img src=a.png>'</script>",
    ],
)
def test_what_shows_nothing_is_no_image(html: str) -> None:
    assert images(html) == []


@given(st.text() | st.text(alphabet="<>/!-=\"'&;#x abde.:\\()@[]\n"))
def test_any_text_can_be_read_as_html(html: str) -> None:
    document = read_html(html)
    assert all(0 <= link.start < link.end <= len(html) for link in document.links())
    assert all(0 <= image.start < image.end <= len(html) for image in document.images)


@given(
    st.lists(
        st.sampled_from(
            ["<a href=x>", "<b", ">", "<!--", "-->", "'", '"', "=", "<style>", "</style>", "&", " "]
        )
    )
)
def test_broken_markup_hides_no_link_behind_it(pieces: list[str]) -> None:
    """A well-formed paragraph behind any rubbish: its link is found, as text or as part of what is open."""
    html = "".join(pieces) + "\"'--></style></script><p>Siehe https://shop.de/x hier</p>"
    assert any("https://shop.de/x" in found for found in links(html))
