"""PM202: no e-mail addresses."""

from __future__ import annotations

import pytest

from plentymsg.rules.judge import judge
from tests.rules.corpus import TODAY, draft, only


def excerpts(**parts: str) -> list[tuple[str, str]]:
    found = judge(draft("", **{"subject": "", **parts}), only("PM202"), TODAY)  # type: ignore[arg-type]
    assert {each.severity for each in found} <= {"error"}
    return [(each.part, each.excerpt) for each in found]


def test_an_address_is_refused_in_every_part() -> None:
    found = excerpts(
        subject="info@shop.de",
        text="an info@shop.de,",
        html="<p title='a@shop.de'>info@<b>shop</b>.de</p><a href='&#109;ailto:b@shop.de?subject=x'>hier</a>",
    )
    assert found == [
        ("subject", "info@shop.de"),
        ("text", "info@shop.de"),
        ("html", "a@shop.de"),
        ("html", "info@<b>shop</b>.de"),
        ("html", "&#109;ailto:b@shop.de?subject=x"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "mailto:info@shop.de",
        "MAILTO:info@shop.de",
        "info(at)shop.de",
        "info [at] shop [dot] de",
        "in\u200bfo@shop.de",
        "info\uff20shop.de",
        "Eva <info@shop.de>",
        "post@m\u00fcller.de",
    ],
)
def test_a_disguise_makes_it_no_other_thing(text: str) -> None:
    assert len(excerpts(text=text)) == 1


@pytest.mark.parametrize(
    "text", ["@holzweg", "3 @ 5 EUR", "siehe www.shop.de", "a@b", "Von: abc@marketplace.amazon.de schrieb:"]
)
def test_what_is_no_address_of_ones_own_is_left_alone(text: str) -> None:
    assert excerpts(text=text) == []


def test_a_mail_link_of_a_relay_is_an_address_all_the_same() -> None:
    assert excerpts(html="<a href='mailto:x@members.ebay.de'>x</a>") == [
        ("html", "mailto:x@members.ebay.de"),
    ]
