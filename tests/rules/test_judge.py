from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import NotFound
from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import mend
from plentymsg.rules.pack import Pack, Requirement
from plentymsg.rules.policy import Policy, built_in
from plentymsg.rules.violation import Origin, Place
from tests.rules.corpus import PDF, PNG, TODAY, draft, judged

FREE = ["bol", "limango", "netto", "shopify", "woocommerce", "zalando"]


def mended(message: Draft) -> Draft:
    return mend(message, built_in(), TODAY)


def codes(message: Draft, severity: str = "error") -> list[str]:
    return [each.code for each in judged(message) if each.severity == severity]


@pytest.mark.parametrize(
    "subject",
    [
        "[Important] Your order",
        "[WICHTIG] Ihre Bestellung",
        "Re: wichtig!",
        "IMPORTANT",
        "Ihre Bestellung [Wichtig]",
    ],
)
def test_amazon_accepts_the_word_of_either_language(subject: str) -> None:
    assert codes(draft("amazon", subject=subject)) == []


@pytest.mark.parametrize("subject", ["", "Your order", "Unimportant", "Wichtige Frage", "Importantly"])
def test_amazon_refuses_a_subject_without_the_word(subject: str) -> None:
    (violation,) = judged(draft("amazon", subject=subject))
    assert (violation.code, violation.part, violation.offset, violation.length) == ("PM101", "subject", 0, 0)


@pytest.mark.parametrize("marketplace", ["amazon", "ebay", "kaufland", "otto"])
def test_a_link_is_refused_in_every_part(marketplace: str) -> None:
    message = draft(
        marketplace, subject="Wichtig: shop.de", text="siehe shop.de", html="<p>siehe shop.de</p>"
    )
    assert [(each.code, each.part) for each in judged(message)] == [
        ("PM201", "subject"),
        ("PM201", "text"),
        ("PM201", "html"),
    ]


def test_an_address_is_only_a_warning() -> None:
    message = draft("otto", text="Schreiben Sie an info@shop.de")
    assert codes(message) == []
    assert codes(message, "warning") == ["PM201"]


@pytest.mark.parametrize("marketplace", FREE)
def test_a_marketplace_without_requirements_accepts_anything(marketplace: str) -> None:
    message = draft(
        marketplace,
        text="https://shop.de",
        html="<img src=a.png><img src=b.png>",
        to=(Recipient("order", "1"), Recipient("contact", "2")),
        attachments=(Attachment("a.pdf", "application/pdf", PDF),),
    )
    assert judged(message) == ()


def test_ebay_judges_files_by_their_content() -> None:
    disguised = Attachment("bild.png", "image/png", PDF)
    image = Attachment("rechnung.pdf", "application/pdf", PNG)
    assert codes(draft(attachments=(disguised,))) == ["PM301"]
    assert codes(draft(attachments=(image,))) == []


def test_a_refused_file_is_named() -> None:
    (violation,) = judged(draft(attachments=(Attachment("agb.pdf", "application/pdf", PDF),)))
    assert (violation.part, violation.excerpt) == ("attachments", "agb.pdf")


@pytest.mark.parametrize(
    ("html", "files", "count"),
    [
        ("<img src='cid:a'>", [("x.png", "<A>")], 1),
        ("<img src='cid:a%40b'>", [("x.png", "a@b")], 1),
        ("<img src='x.png'>", [("x.png", "")], 1),
        ("<img src='cid:a'><img src='cid:a'>", [], 1),
        ("<img src='https://shop.de/a.png'><img src='https://shop.de/a.png'>", [], 1),
        ("<img src=a.png srcset='a.png 1x, b.png 2x'>", [], 1),
        ("<picture><source srcset='b.webp'><img src=a.png></picture>", [], 1),
        ("<img src='cid:a'>", [("x.png", "b")], 2),
        ("", [("x.png", ""), ("y.png", "")], 2),
        ("<img src='data:image/png;base64,AA'><img src='data:image/png;base64,AB'>", [], 2),
        ("<img src=a.png><p style='background:url(b.png)'>", [], 2),
        ("<svg></svg><svg></svg>", [], 2),
        ("<img src=a.png><img src=https://t.shop.de/open.gif>", [("x.png", "")], 3),
    ],
)
def test_different_images_are_counted_once_each(html: str, files: list[tuple[str, str]], count: int) -> None:
    attachments = tuple(Attachment(name, "image/png", PNG, key) for name, key in files)
    messages = [
        each.message for each in judged(draft(html=html, attachments=attachments)) if each.code == "PM302"
    ]
    assert len(messages) == (count > 1)
    assert all(str(count) in message for message in messages)


def test_ebay_refuses_an_image_in_the_text_even_if_it_is_the_only_one() -> None:
    assert codes(draft(html="<p><img src='cid:a'></p>")) == ["PM303"]


@pytest.mark.parametrize("marketplace", ["kaufland", "otto"])
def test_only_addresses_may_be_recipients(marketplace: str) -> None:
    to = (
        Recipient("address", "x@customer.otto.market"),
        Recipient("order", "17"),
        Recipient("contact", "18"),
    )
    violations = judged(draft(marketplace, to=to))
    assert [(each.code, each.part, each.excerpt) for each in violations] == [
        ("PM401", "recipients", "order:17"),
        ("PM402", "recipients", "contact:18"),
    ]


def test_a_message_obeys_all_its_marketplaces_and_hears_of_each_thing_once() -> None:
    violations = judged(draft("otto amazon ebay", text="siehe shop.de", to=(Recipient("order", "1"),)))
    assert [(each.code, each.marketplace) for each in violations] == [
        ("PM101", "amazon"),
        ("PM201", "amazon"),
        ("PM401", "otto"),
    ]


def test_a_place_is_given_in_lines_columns_and_characters() -> None:
    (violation,) = judged(draft(text="Hallo 😀,\r\n\r\nsiehe www.shop.de.\n"))
    assert violation.as_json() == {
        "code": "PM201",
        "name": "no-links",
        "severity": "error",
        "part": "text",
        "line": 3,
        "column": 7,
        "offset": 18,
        "length": 11,
        "excerpt": "www.shop.de",
        "message": "eBay does not allow links.",
        "fix": "Take the link out and say in words what it leads to.",
        "fixable": "unsafe",
        "marketplace": "ebay",
        "pack": "plentyone",
        "origin": None,
        "in_message": [{"part": "text", "line": 3, "column": 7, "offset": 18, "length": 11}],
    }


def test_violations_come_in_the_order_of_their_places() -> None:
    html = "<img src='https://a.de/1.png'>\n<a href='https://b.de'>x</a>\n<img src='cid:2'>"
    lines = [each.line for each in judged(draft(html=html))]
    assert lines == sorted(lines)
    assert len(lines) == 5


def test_a_marketplace_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NotFound):
        judged(draft("atlantis"))


@pytest.mark.parametrize(
    ("subject", "text", "html", "better"),
    [
        ("Ihre Bestellung", "Hallo, vielen Dank für Ihre Nachricht.", "", "[Wichtig] Ihre Bestellung"),
        ("Your order", "Hello, thank you for your message.", "", "[Important] Your order"),
        ("302-1234567-1234567", "", "<p>Wir haben das Paket nicht.</p>", "[Wichtig] 302-1234567-1234567"),
        ("302-1234567-1234567", "", "", "[Important] 302-1234567-1234567"),
        ("wichtig: Ihre Bestellung", "Hallo", "", "wichtig: Ihre Bestellung"),
        ("", "", "", "[Important]"),
    ],
)
def test_the_missing_word_is_put_in_front_in_the_language_of_the_message(
    subject: str, text: str, html: str, better: str
) -> None:
    message = mended(draft("amazon", subject=subject, text=text, html=html))
    assert message.subject == better
    assert codes(message) == []


def test_the_word_is_of_the_language_that_is_known_however_short_the_message_is() -> None:
    message = draft("amazon", subject="Order 4711", text="Thank you for your order")
    assert mended(replace(message, language="de")).subject == "[Wichtig] Order 4711"
    assert mended(replace(message, language="pl")).subject == "[Important] Order 4711"


def test_mending_leaves_what_it_may_not_change() -> None:
    message = draft("ebay", text="siehe shop.de")
    assert mended(message) == message


_DRAFTS = st.builds(
    Draft,
    st.frozensets(st.sampled_from([each.key for each in built_in().marketplaces])),
    st.lists(st.builds(Recipient, st.sampled_from(["address", "contact", "order"]), st.text())).map(tuple),
    st.text(),
    st.text(),
    st.text(),
    st.lists(st.builds(Attachment, st.text(), st.text(), st.binary(), st.text(), st.booleans())).map(tuple),
)


@given(_DRAFTS)
def test_any_draft_can_be_judged_and_mended_once(message: Draft) -> None:
    parts = {"subject": message.subject, "text": message.text, "html": message.html}
    for each in judged(message):
        assert each.line >= 1
        assert each.column >= 1
        assert 0 <= each.offset <= each.offset + each.length <= len(parts.get(each.part, ""))
    better = mended(message)
    assert mended(better) == better
    assert "PM101" not in codes(better)


def test_importing_the_judge_loads_nothing_heavy() -> None:
    program = "import sys, plentymsg.rules.judge; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"lxml", "linkify_it", "pydantic", "sqlmodel", "html", "regex", "plentymsg.rules.markup.document"}
    heavy |= {"plentymsg.rules.telephone.finding"}
    assert heavy.isdisjoint(run.stdout.split())


def test_a_violation_says_whose_text_it_is_in() -> None:
    (violation,) = judged(draft(text="siehe www.shop.de"))
    origin = Origin("template", "Parcel", "de", "globals.shop", "eva", "siehe {{ globals.shop }}", 7)
    shown = Place("html", 2, 3, 20, 11)
    told = replace(violation, origin=origin, places=(shown,)).as_json()
    assert told["origin"] == {
        "kind": "template",
        "name": "Parcel",
        "language": "de",
        "variable": "globals.shop",
        "whose": "eva",
        "snippet": "siehe {{ globals.shop }}",
        "snippet_column": 7,
    }
    assert told["in_message"] == [{"part": "html", "line": 2, "column": 3, "offset": 20, "length": 11}]


def test_mending_goes_by_the_day() -> None:
    asked = Requirement("any", "PM201", valid_from=TODAY)
    policy = Policy([Pack("own", "Ours.", (asked,))])
    message = draft("", text="siehe www.shop.de")
    assert mend(message, policy, TODAY - timedelta(days=1), unsafe=True) == message
    assert mend(message, policy, TODAY, unsafe=True).text == "siehe"


def test_where_there_is_no_text_there_is_no_excerpt() -> None:
    (violation,) = judged(draft("otto", to=(Recipient("order", "17"),)))
    assert (violation.line, violation.column, violation.offset, violation.length) == (1, 1, 0, 0)
