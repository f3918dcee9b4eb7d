"""What remains of a text, of HTML and of its lines when words are taken out."""

from __future__ import annotations

import pytest

from plentymsg.rules.mending.excision import Passage, excised
from tests.rules.test_mending import mended_html


def without(marked: str, before: str = "", behind: str = "", **of: object) -> str:
    """The text without what stands between ⟦ and ⟧; `before` and `behind` are no part of the passage."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    at = len(before)
    passage = Passage(before + text + behind, at, at + len(text), **of)  # type: ignore[arg-type]
    low, high, replacement = excised(passage, at + start, at + end)
    assert at <= low <= at + start
    assert at + end <= high <= at + len(text)
    return text[: low - at] + replacement + text[high - at :]


CASES = [
    ("a\r\n⟦x⟧", "a"),
    ("a\n⟦x⟧", "a"),
    ("a\r⟦x⟧", "a"),
    ("\r\n⟦x⟧", ""),
    ("\n⟦x⟧", ""),
    ("⟦x⟧\r\nb", "b"),
    ("⟦x⟧\nb", "b"),
    ("a\r\n⟦x⟧\r\nb", "a\r\nb"),
    ("a\n⟦x⟧\nb", "a\nb"),
    ("a\n\n⟦x⟧\n\nb", "a\n\nb"),
    ("a\r\n\r\n⟦x⟧\r\n\r\nb", "a\r\n\r\nb"),
    ("⟦x⟧\n\nb", "b"),
    ("\n⟦x⟧\n\nb", "\nb"),
    ("a\n⟦x⟧\n\nb", "a\n\nb"),
    ("a\n\n⟦x⟧\nb", "a\n\nb"),
    ("⟦x⟧!? b", "b"),
    ("⟦x⟧!?", ""),
    ("⟦x⟧.,  b", "b"),
    ("a⟦x⟧b", "a b"),
    ("a ⟦x⟧ b", "a b"),
    ("a ⟦x⟧b", "a b"),
    ("a⟦x⟧ b", "a b"),
    ("a ->  ⟦x⟧.", "a."),
    ("a:⟦x⟧\nb", "a\nb"),
    ("a – ⟦x⟧", "a"),
    ("a =>⟦x⟧", "a"),
    ("(⟦x⟧)", ""),
    ("a (⟦x⟧) b", "a b"),
    ("a (b ⟦x⟧) c", "a (b) c"),
    ("[L](⟦x⟧) b", "L b"),
    ("[L](<⟦x⟧>) b", "L b"),
    ('![L](⟦x⟧ "t") b', "L b"),
    ("[L](⟦x⟧", "[L]("),
    ("a [⟦[m](y)⟧] b", "a [m] b"),
    ("⟦[m](y)⟧ b", "m b"),
    ("12. ⟦x⟧\nb", "b"),
    ("* ⟦x⟧\nb", "b"),
    ("a\n2) ⟦x⟧ c", "a\n2) c"),
    ("a         ⟦x⟧         b", "a         b"),
    ("a ⟦x⟧\t, b", "a, b"),
    ("a ⟦x⟧»", "a»"),
]


@pytest.mark.parametrize(("text", "rest"), CASES)
def test_words_go_with_what_belongs_to_them(text: str, rest: str) -> None:
    assert without(text) == rest


@pytest.mark.parametrize(("text", "rest"), CASES)
@pytest.mark.parametrize(("before", "behind"), [("", ")\r\n"), ("[z](", ""), ("\r\n", "\r\n"), ("c ", ". d")])
def test_nothing_beside_the_passage_is_looked_at(text: str, rest: str, before: str, behind: str) -> None:
    """Whatever stands there, be it a line end or a bracket."""
    assert without(text, before, behind) == rest


@pytest.mark.parametrize(
    ("text", "opens", "closes", "rest"),
    [
        ("a\n⟦x⟧\nb", True, True, "a\nb"),
        ("a ⟦x⟧", True, True, "a"),
        ("a ⟦x⟧", True, False, "a "),
        ("a ⟦x⟧", False, True, "a"),
        ("a ⟦x⟧", False, False, "a "),
        ("⟦x⟧ b", True, False, "b"),
        ("⟦x⟧ b", False, True, " b"),
        ("⟦x⟧ b", False, False, " b"),
    ],
)
def test_a_passage_of_html_ends_a_line_only_where_it_says_so(
    text: str, opens: bool, closes: bool, rest: str
) -> None:
    spaces = " \t\r\n"
    assert without(text, spaces=spaces, line_ends="", opens_line=opens, closes_line=closes) == rest


@pytest.mark.parametrize(
    ("html", "better"),
    [
        ("<p>a</p><p>www.x.de</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<div>www.x.de</div>", ""),
        ("<div>a<br>www.x.de</div>", "<div>a</div>"),
        ("<ul><li>www.x.de</li><li>b</li></ul>", "<ul><li>b</li></ul>"),
        ("<td>www.x.de</td>", "<td></td>"),
        ("a <b>www.x.de</b> b", "a b"),
        ("<b>www.x.de</b>", ""),
        ("www.x.de", ""),
        ("a <b>x</b> www.x.de", "a <b>x</b>"),
        ("www.x.de <b>x</b>", "<b>x</b>"),
        ("<p>siehe: <b>www.x.de</b></p>", "<p>siehe</p>"),
        ("<p>www.<b>x</b>.de da</p>", "<p><b></b> da</p>"),
        ("<p>www.<b>x.de</b>/a da</p>", "<p><b></b> da</p>"),
        ("&quot;www.x.de&quot; da", "da"),
        ("a &lt;www.x.de&gt;", "a"),
        ("a<i><b> www.x.de </b></i>b", "a b"),
        ("<p>www.x.de<br>b</p>", "<p>b</p>"),
        ("<p>a<br>www.x.de</p>", "<p>a</p>"),
    ],
)
def test_a_link_goes_with_the_elements_that_held_nothing_else(html: str, better: str) -> None:
    assert mended_html(html) == better


@pytest.mark.parametrize(
    ("html", "better"),
    [
        (
            "<table background=https://x.de/a.png><tr><td>a</td></tr></table>",
            "<table><tr><td>a</td></tr></table>",
        ),
        ("<table background='cid:a' bgcolor=red><td>a</table>", "<table bgcolor=red><td>a</table>"),
        ("<video poster='cid:a' controls>t</video>", "<video controls>t</video>"),
        ("<p style='background:url(https://x.de/a.png) red'>a</p>", "<p style='background:none red'>a</p>"),
        ("<style>@import 'https://x.de/a.css'; p{color:red}</style>", "<style> p{color:red}</style>"),
        (
            "<style>p{background:image-set('https://x.de/a.png' 1x, 'https://x.de/b.png' 2x) red}</style>",
            "<style>p{background:none red}</style>",
        ),
        (
            "<style>p{background:-webkit-image-set(url(https://x.de/a) 1x)}</style>",
            "<style>p{background:-webkit-image-set(none 1x)}</style>",
        ),
        (
            "<style>p{background:-webkit-image-set('https://x.de/a' 1x, 'https://x.de/b' 2x) red}</style>",
            "<style>p{background:none red}</style>",
        ),
        ("<style>p::after{content:('www.x.de')}</style>", "<style>p::after{content:(none)}</style>"),
        ('<p style="--x:&quot;www.x.de&quot; ">a</p>', '<p style="--x:none ">a</p>'),
        (
            '<p style="behavior:url(https://x.de/a) ;color:red">a</p>',
            '<p style="behavior:none ;color:red">a</p>',
        ),
        ("<a href=https://x.de title=y>t</a> b", "t b"),
        ('<p title="www.x.de"class=b>a</p>', "<p class=b>a</p>"),
        ("<p title='www.x.de'>a</p>", "<p>a</p>"),
        ("<img alt='www.x.de' src=cid:1>", ""),
        ("<iframe src=https://x.de>t</iframe> b", " b"),
        ("<form action='https://x.de'>t</form>", "<form>t</form>"),
        ("<svg><a href=https://x.de>t</a></svg>", ""),
        ("<script>fetch('https://x.de')</script>b", "<script></script>b"),
        ("<link rel=stylesheet href='https://x.de/a.css'><p>b", "<p>b"),
        ("<object data='cid:1'>t</object>", "<object>t</object>"),
        ("<p>siehe<a href=https://x.de></a> da</p>", "<p>siehe da</p>"),
    ],
)
def test_of_an_element_goes_only_what_leads_elsewhere(html: str, better: str) -> None:
    assert mended_html(html) == better
