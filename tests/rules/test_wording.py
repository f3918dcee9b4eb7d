"""What a person reads when a message breaks a rule: who does not take what, and the way out."""

from __future__ import annotations

import pytest

from plentymsg.rules.catalogue import find_rule
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from tests.rules.corpus import TODAY
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
        "Keep the one image that matters, or put several into one picture.",
    ),
    (
        *("PM303", "ebay", '<img src="cid:photo">'),
        "eBay does not allow images in the text.",
        "Take the image out of the text and attach it as a file.",
    ),
    (
        *("PM304", "any", "setup.exe"),
        "The Messenger takes bmp, csv, gif, jpeg, json, pdf, png, tiff, txt, xlsx, zip; this is called .exe.",
        "Send it as a PDF or an image, or take it out.",
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
