"""What a person reads when a message breaks a rule: who does not take what, and the way out."""

from __future__ import annotations

import pytest

from plentymsg.rules.catalogue import find_rule
from plentymsg.rules.draft import Attachment
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from tests.rules.corpus import TODAY, draft, judged, only
from tests.rules.test_catalogue import message

SAID = [
    (
        *("PM101", "amazon", "Your order"),
        "The subject lacks the word “Important” or “Wichtig”, which Amazon asks for.",
        "Put [Important] or [Wichtig] in front of the subject.",
    ),
    (
        *("PM201", "amazon", "www.example.com/track"),
        "Amazon does not allow links.",
        "Take the link out and say in words what it leads to.",
    ),
    (
        *("PM202", "amazon", "info@example.com"),
        "Amazon does not allow e-mail addresses.",
        "Take the address out, and ask for an answer to this message instead.",
    ),
    (
        *("PM203", "amazon", "030 1234567"),
        "Amazon does not allow telephone numbers.",
        "Take the number out, and ask for an answer to this message instead.",
    ),
    (
        *("PM204", "amazon", "😊"),
        "Amazon does not allow emoji.",
        "Take the emoji out, or write a word instead.",
    ),
    (
        *("PM205", "ebay", "." * 55),
        "The text has 5,000 characters; eBay takes 4,000.",
        "Shorten the text, or send the rest as a second message.",
    ),
    (
        *("PM206", "amazon", ""),
        "There is no order number like “302-0230230-3023023”, which Amazon asks for.",
        "Put the marketplace's number of the order into the subject or the text.",
    ),
    (
        *("PM301", "ebay", "invoice.pdf"),
        "eBay does not allow attachments that are no images.",
        "Take the attachment out, or send what it says in the text or as an image.",
    ),
    (
        *("PM302", "ebay", "back.png"),
        "There are 2 images; eBay allows 1.",
        "Keep the images that matter, or put several into one picture.",
    ),
    (
        *("PM303", "ebay", '<img src="cid:photo">'),
        "eBay does not allow images in the text.",
        "Take the image out of the text and attach it as a file.",
    ),
    (
        *("PM304", "any", "setup.exe"),
        "The Messenger takes bmp, csv, gif, jpeg, json, pdf, png, tiff, txt, xlsx, zip; this is called .exe.",
        "Send it as a file of a type that is taken, or take it out.",
    ),
    (
        *("PM305", "any", "catalogue.pdf"),
        "The files have 11.0 MB together; The Messenger takes 10.0 MB.",
        "Make the files smaller, or send them in several messages.",
    ),
    (
        *("PM401", "kaufland", "order:1034"),
        "Kaufland accepts only e-mail addresses, no orders.",
        "Write to the e-mail address instead.",
    ),
    (
        *("PM402", "otto", "contact:12"),
        "OTTO accepts only e-mail addresses, no contacts.",
        "Write to the e-mail address instead.",
    ),
    (
        *("PM403", "any", "x7@members.ebay.de"),
        "x7@members.ebay.de stands for a buyer of eBay, but the channel is Amazon’s.",
        "Send it through a channel of that marketplace.",
    ),
]


def broken(code: str, marketplace: str) -> Violation:
    """What the bad example of a rule is told."""
    rule = find_rule(code)
    told = judge(message(rule, marketplace, rule.example.bad), Policy(shipped()), TODAY)
    return next(each for each in told if each.code == code)


@pytest.mark.parametrize(
    ("code", "marketplace", "excerpt", "said", "fix"), SAID, ids=[row[0] for row in SAID]
)
def test_a_violation_says_who_asks_what_and_how_to_mend_it(
    code: str, marketplace: str, excerpt: str, said: str, fix: str
) -> None:
    found = broken(code, marketplace)
    assert (found.message, found.fix) == (said, fix)
    assert found.excerpt[: len(excerpt) or None] == excerpt
    assert (found.name, found.marketplace, found.severity) == (find_rule(code).name, marketplace, "error")


@pytest.mark.parametrize(
    ("text", "said", "fix", "fixable", "excerpt"),
    [
        (
            "Schreiben Sie an info@shop.de bitte",
            "Amazon may take an e-mail address for a link.",
            "Leave the address out if you can.",
            *("unsafe", "info@shop.de"),
        ),
        (
            "1. Leider ist es kaputt.es geht nicht",
            "Amazon may take this for a link.",
            "Put a space behind the full stop.",
            *("safe", "kaputt.es"),
        ),
        (
            "1. Leider ist es ka\u200bputt.es geht nicht",
            "Amazon may take this for a link.",
            "Put a space behind the full stop.",
            *("unsafe", "ka\u200bputt.es"),
        ),
    ],
    ids=["address", "sentence", "sentence with something invisible"],
)
def test_what_may_be_a_link_is_a_warning_with_advice_of_its_own(
    text: str, said: str, fix: str, fixable: str, excerpt: str
) -> None:
    (found,) = judged(draft("amazon", subject="[Wichtig] Ihre Bestellung", text=text))
    assert (found.message, found.fix) == (said, fix)
    assert (found.severity, found.fixable) == ("warning", fixable)
    assert (found.offset, found.excerpt) == (text.index(excerpt), excerpt)


def test_a_telephone_link_and_the_number_in_it_are_told_in_the_same_words() -> None:
    html = '<p><a href="tel:+49301234567">030 1234567</a></p>'
    found = judge(draft("amazon", html=html), only("PM203"), TODAY)
    assert [(each.excerpt, each.message) for each in found] == [
        ("tel:+49301234567", "The Messenger does not allow telephone numbers."),
        ("030 1234567", "The Messenger does not allow telephone numbers."),
    ]


def test_several_shapes_of_an_order_number_are_offered_by_examples() -> None:
    policy = only("PM206", allowed=("AA-999", "aaa/9"))
    (found,) = judge(draft("ebay", html="<p>Hallo</p>"), policy, TODAY)
    assert found.message == "There is no order number like “AB-302” or “ab1/0”, which The Messenger asks for."
    assert found.part == "html"


def test_a_file_without_a_name_is_told_by_its_type_or_its_place() -> None:
    files = (Attachment("", "application/x-tar", b"\0"), Attachment("", "", b"\0"))
    told = judge(draft("ebay", attachments=files), only("PM304", allowed=("pdf",)), TODAY)
    assert [each.excerpt for each in told] == ["application/x-tar", "attachment 2"]
    big = (Attachment("", "text/plain", b"12"), Attachment("", "", b"12"))
    named = [judge(draft("ebay", attachments=big), only("PM305", limit=limit), TODAY) for limit in (1, 3)]
    assert [each.excerpt for (each,) in named] == ["text/plain", "attachment 2"]
