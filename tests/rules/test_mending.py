"""What `--fix` and `--unsafe-fixes` make of a draft."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plentymsg.mail.html import html_of_text, text_of_html
from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import fixes, judge, mend
from plentymsg.rules.markup.outline import Outline
from plentymsg.rules.mending.edit import Edit
from plentymsg.rules.mending.html import without
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy, built_in
from tests.rules.corpus import LINKS, NOT_LINKS, PDF, PNG, TODAY, draft, judged, only


def safely(message: Draft) -> Draft:
    return mend(message, built_in(), TODAY)


def all_mended(message: Draft) -> Draft:
    return mend(message, built_in(), TODAY, unsafe=True)


def mended_text(text: str) -> str:
    return all_mended(draft(text=text)).text


def mended_html(html: str) -> str:
    return all_mended(draft(html=html)).html


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Sie finden es auf www.holzweg.de.", "Sie finden es auf."),
        ("Sie finden es hier: https://x.de/a?b=c\nGrüße", "Sie finden es hier\nGrüße"),
        ("Sie finden es hier: https://x.de.", "Sie finden es hier."),
        ("Shop, www.x.de.\r\n\r\nwww.x.de\r\n\r\nGruß", "Shop.\r\n\r\nGruß"),
        ("siehe www.shop.de für mehr", "siehe für mehr"),
        ("www.shop.de ist da", "ist da"),
        ("  www.shop.de ist da", "  ist da"),
        ("www.shop.de, da ist es", "da ist es"),
        ("Mehr (www.shop.de) hier", "Mehr hier"),
        ("Mehr (siehe www.shop.de) hier", "Mehr (siehe) hier"),
        ("auf „www.x.de“!", "auf!"),
        ("Ihr **www.shop.de** Team", "Ihr Team"),
        ("bei <https://shop.de> bitte", "bei bitte"),
        ("[Shop](https://shop.de) ist da", "Shop ist da"),
        ('![Bild](https://shop.de/a.png "Titel") da', "Bild da"),
        ("[Hilfe](/hilfe) ist da", "Hilfe ist da"),
        ("[www.x.de](https://shop.de) ist da", "ist da"),
        ("a\n- https://a.de\n- https://b.de\nb", "a\nb"),
        ("a\n1. https://a.de\nb", "a\nb"),
        ("> siehe www.x.de\n> www.x.de\n> ok", "> siehe\n> ok"),
        ("https://a.de https://b.de https://c.de", ""),
        ("vorne https://a.de https://b.de https://c.de hinten", "vorne hinten"),
        ("shop (dot) de ist gut", "ist gut"),
        ("h\u200btt\u200bps://sh\u200bop.de ist gut", "ist gut"),
        ("schreib info@shop.de bitte", "schreib bitte"),
        ("Meinshop.De bietet viel", "Meinshop. De bietet viel"),
        ("Preis 12.50 EUR, rechnung.pdf", "Preis 12.50 EUR, rechnung.pdf"),
    ],
)
def test_a_link_goes_and_the_text_still_reads(text: str, better: str) -> None:
    assert mended_text(text) == better


@pytest.mark.parametrize(
    ("html", "better"),
    [
        ('<p>siehe <a href="https://x.de">unser Shop</a> an</p>', "<p>siehe unser Shop an</p>"),
        ("<p>siehe <a href=https://x.de>www.x.de</a>.</p>", "<p>siehe.</p>"),
        ("<p>siehe <b><i>www.x.de</i></b>, ja</p>", "<p>siehe, ja</p>"),
        ("<ul>\n<li>a</li>\n<li><a href=https://x.de>www.x.de</a></li>\n</ul>", "<ul>\n<li>a</li>\n\n</ul>"),
        ("a<br>\nwww.x.de<br>\nb", "a<br>\nb"),
        ("<p>&gt; www.x.de<br>\n&gt; b</p>", "<p>\n&gt; b</p>"),
        ("<p>bei &lt;https://x.de&gt; bitte</p>", "<p>bei bitte</p>"),
        ("<b>www.</b>shop.de ist", "<b></b> ist"),
        ("<a href=https://x.de>A<a href=https://y.de>B</a>", "AB"),
        ('<p title="www.x.de"class=y>Hi</p>', "<p class=y>Hi</p>"),
        ("<form action='https://x.de'><input name=q></form>", "<form><input name=q></form>"),
        ("<meta http-equiv=refresh content='0;url=https://x.de'>Hi", "Hi"),
        ("<script src='https://x.de/a.js'>a()</script>Hi", "Hi"),
        ("<script>x='https://x.de'</script>Hi", "<script></script>Hi"),
        ("Hi <!-- ohne Ende https://x.de", "Hi <!-- ohne Ende"),
        ("Meinshop.De bietet viel", "Meinshop. De bietet viel"),
        ("<p alt=Meinshop.De&#32;bietet>Hi</p>", "<p alt=Meinshop.&#32;De&#32;bietet>Hi</p>"),
    ],
)
def test_a_link_goes_from_html_and_the_rest_stays(html: str, better: str) -> None:
    assert mended_html(html) == better


@pytest.mark.parametrize(
    ("html", "better"),
    [
        ("<p>a <img src=cid:x alt='b'> c</p>", "<p>a  c</p>"),
        ("<table background='cid:a' class=y><tr><td>x</table>", "<table class=y><tr><td>x</table>"),
        (
            '<p style="color:red;background:url(&quot;https://x.de/a.png&quot;) no-repeat">x</p>',
            '<p style="color:red;background:none no-repeat">x</p>',
        ),
        (
            '<style>@import url("https://x.de/a.css") screen; p{background:url(https://x.de/b.png)}</style>',
            "<style> p{background:none}</style>",
        ),
        (
            "<style>b{background:image-set('a.png' 1x, 'b.png' 2x)}</style>",
            "<style>b{background:none}</style>",
        ),
        ("<svg><path d='M0'/><text>a</text></svg>b", "b"),
        ("<video poster='cid:a' src='https://x.de/v.mp4'></video>", "<video></video>"),
        ("<object data='a.png'>statt dessen</object>", "statt dessen"),
        ("<!--[if mso]><v:fill src='https://x.de/a.png' /><![endif]-->x", "<!--[if mso]><![endif]-->x"),
        ("<a href='https://x.de'><img src='cid:a'></a>x", "x"),
    ],
)
def test_an_image_goes_from_html_and_the_rest_stays(html: str, better: str) -> None:
    assert mended_html(html) == better


def test_the_image_that_is_shown_and_attached_stays_as_a_file() -> None:
    image = Attachment("a.png", "image/png", PNG, "a")
    better = all_mended(
        draft(html="<p>so: <img src=cid:a><img src=https://x.de/b.png></p>", attachments=(image,))
    )
    assert better.attachments == (image,)
    assert "<img" not in better.html
    assert judged(better) == ()


def test_of_several_images_in_html_the_first_stays() -> None:
    html = "<p>a<img src=cid:1>b<img src=cid:2><svg></svg></p>"
    (found,) = judge(draft(html=html), only("PM302", limit=1), TODAY)
    assert (found.offset, found.excerpt) == (html.index("<img src=cid:2>"), "<img src=cid:2>")
    assert found.message == "There are 3 images; The Messenger allows 1."
    better = mend(draft(html=html), only("PM302", limit=1), TODAY, unsafe=True)
    assert better.html == "<p>a<img src=cid:1>b</p>"


def test_a_link_in_an_images_title_leaves_the_image() -> None:
    html = "<p>a<img title='siehe www.x.de' alt='www.x.de' src=cid:1></p>"
    assert all_mended(draft("amazon", html=html)).html == "<p>a<img src=cid:1></p>"


def test_a_place_in_a_tag_that_is_in_no_attribute_takes_the_tag() -> None:
    assert without(Outline("<p class=x>a</p>"), 2, 3) == (Edit("html", 0, 11),)


def test_files_that_are_too_many_or_no_image_go() -> None:
    first, second = (Attachment(name, "image/png", PNG + name.encode()) for name in ("a.png", "b.png"))
    better = all_mended(draft(attachments=(Attachment("a.pdf", "application/pdf", PDF), first, second)))
    assert better.attachments == (first,)


def test_only_what_is_safe_is_done_unless_asked() -> None:
    message = draft(
        "amazon", text="siehe www.shop.de. Meinshop.De bietet viel", html="<a href=https://x.de>x</a>"
    )
    better = safely(message)
    assert better.subject == "[Important] Your order"
    assert better.text == "siehe www.shop.de. Meinshop. De bietet viel"
    assert better.html == message.html
    assert [each.fixable for each in judged(better)] == ["unsafe", "unsafe"]


def test_a_link_leaves_the_subject_before_the_word_is_put_in_front() -> None:
    assert all_mended(draft("amazon", subject="www.shop.de")).subject == "[Important]"


def test_recipients_are_nothing_that_can_be_mended() -> None:
    message = draft("otto", to=(Recipient("order", "17"),))
    assert all_mended(message) == message
    assert [each.fixable for each in judged(message)] == [None]


@pytest.mark.parametrize("line", LINKS)
def test_no_link_of_the_corpus_is_left(line: str) -> None:
    better = all_mended(draft(subject=line, text=f"Hallo\n{line}\nGruß", html=html_of_text(line)))
    assert judged(better) == ()
    assert "Hallo" in better.text
    assert "Gruß" in better.text


@pytest.mark.parametrize("line", NOT_LINKS)
def test_what_is_no_link_stays_as_it_is(line: str) -> None:
    message = draft(text=line)
    assert all_mended(message) == message


_WORDS = st.sampled_from(
    [
        *(
            "Hallo",
            "siehe",
            "www.shop.de",
            "https://a.de/b?c=d",
            "info@shop.de",
            "shop (dot) de",
            "Meinshop.De",
        ),
        *(
            "(",
            ")",
            ".",
            ",",
            ":",
            "- ",
            "> ",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "  ",
            "\t",
            "[Shop](",
            "„",
            "“",
            "!",
            "1. ",
        ),
        *("030 1234567", "+49 30 1234567", "Tel.: ", "\u200b", "😀", "&amp;", "12.50", "rechnung.pdf"),
    ]
)
_MARKUP = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<br>",
            "<a href=https://x.de>",
            "</a>",
            "<b>",
            "</b>",
            "<img src=cid:a>",
            "<!--",
            "-->",
        ),
        *(
            "<img src='https://x.de/a.png'>",
            "<svg>",
            "</svg>",
            "<table background=cid:b>",
            "<style>",
            "</style>",
        ),
        *(
            "p{background:url(https://x.de/b.png)}",
            "<p style='background:url(cid:c)' title=",
            "www.",
            "'",
            '"',
        ),
        *(
            "<div style=\"background:url('",
            "<object data=cid:a>",
            "&lt;",
            "&gt;",
            "&#46;",
            "<li>",
            "</li>",
            ">",
        ),
    ]
)
_FILES = st.lists(
    st.sampled_from(
        [
            Attachment("a.png", "image/png", PNG, "a"),
            Attachment("b.png", "image/png", PNG + b"b", "b"),
            Attachment("c.pdf", "application/pdf", PDF),
        ]
    ),
    max_size=3,
).map(tuple)
_DRAFTS = st.builds(
    Draft,
    st.frozensets(st.sampled_from(["amazon", "ebay", "kaufland", "otto"]), min_size=1),
    st.just((Recipient("order", "1"),)),
    st.lists(_WORDS, max_size=6).map("".join),
    st.lists(_WORDS, max_size=12).map("".join),
    st.lists(st.one_of(_MARKUP, _WORDS), max_size=16).map("".join),
    _FILES,
)


@given(_DRAFTS, st.booleans())
def test_mending_twice_changes_nothing_and_breaks_nothing(message: Draft, unsafe: bool) -> None:
    better = mend(message, built_in(), TODAY, unsafe=unsafe)
    assert mend(better, built_in(), TODAY, unsafe=unsafe) == better
    left = judged(better)
    assert len(left) <= len(judged(message))
    assert not [each for each in left if each.fixable == "safe" or (unsafe and each.fixable)]


@given(_DRAFTS)
def test_with_all_packs_on_mending_ends_as_well(message: Draft) -> None:
    policy = Policy(shipped())
    better = mend(message, policy, TODAY, unsafe=True)
    assert mend(better, policy, TODAY, unsafe=True) == better
    assert not [each for each in judge(better, policy, TODAY) if each.fixable]


@given(st.lists(_WORDS, max_size=14).map("".join))
@example("siehe https://x.de.\n\nwww.x.de")
def test_text_and_html_stay_in_step(text: str) -> None:
    better = all_mended(draft(text=text, html=html_of_text(text)))
    seen = text_of_html(better.html).split()
    assert seen == text_of_html(html_of_text(better.text)).split()


@given(st.text(), st.text())
def test_what_breaks_no_rule_stays_byte_for_byte(text: str, html: str) -> None:
    message = draft(text=text, html=html)
    better = all_mended(message)
    parts = {each.part for each in judged(message)}
    assert better.text == text or "text" in parts
    assert better.html == html or "html" in parts


@pytest.mark.parametrize(
    "piece", ["www.x.de ", "<a href=https://x.de>x</a> ", "Meinshop.De bietet ", "<img src=a.png>"]
)
def test_more_than_anyone_writes_is_mended_whole_or_left_alone(piece: str) -> None:
    message = draft(text=piece * 1_600, html=piece * 1_600)
    better = all_mended(message)
    assert better == message or not [each for each in judged(better) if each.fixable]
    assert all_mended(better) == better


def test_the_fixes_of_a_draft_are_told_by_the_place_of_what_they_mend() -> None:
    message = draft(
        "amazon", text="siehe www.shop.de. Meinshop.De bietet viel", to=(Recipient("order", "1"),)
    )
    found = fixes(message, built_in(), TODAY)
    assert list(found) == [("PM101", "subject", 0, 0), ("PM201", "text", 6, 11), ("PM201", "text", 19, 11)]
    assert found["PM101", "subject", 0, 0] == (Edit("subject", 0, 0, "[Important] "),)
    assert found["PM201", "text", 6, 11] == (Edit("text", 5, 17, ""),)
    assert found["PM201", "text", 19, 11] == (Edit("text", 28, 28, " "),)


def test_what_two_marketplaces_ask_for_has_one_fix_and_what_none_can_mend_has_none() -> None:
    message = draft("amazon ebay", subject="Wichtig", text="www.shop.de", to=(Recipient("order", "1"),))
    assert list(fixes(message, built_in(), TODAY)) == [("PM201", "text", 0, 11)]
    assert fixes(draft("otto", to=(Recipient("order", "1"),)), built_in(), TODAY) == {}
