"""PM206: the marketplace's number of the order."""

from __future__ import annotations

import pytest

from plentymsg.rules.judge import judge
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy
from tests.rules.corpus import TODAY, draft

POLICY = Policy([pack for pack in shipped() if pack.name == "order-number"])


def codes(marketplace: str, **parts: str) -> list[tuple[str, str]]:
    found = judge(draft(marketplace, **parts), POLICY, TODAY)  # type: ignore[arg-type]
    return [(each.code, each.severity) for each in found]


@pytest.mark.parametrize(
    ("marketplace", "text"),
    [
        ("amazon", "Ihre Bestellung 302-1234567-1234567."),
        ("amazon", "(302-1234567-1234567)"),
        ("ebay", "Artikel 12-34567-89012 ist da"),
        ("kaufland", "Bestellung ABC12DE"),
        ("kaufland", "Bestell-Nr.: ABCDEFG"),
        ("kaufland", "Order number ABCDEFG"),
        ("otto", "abc1de2fgh"),
        ("otto", "Bestellnummer: abcdefghij"),
    ],
)
def test_a_number_of_the_marketplaces_shape_will_do(marketplace: str, text: str) -> None:
    assert codes(marketplace, text=text) == []
    assert codes(marketplace, subject=text) == []
    assert codes(marketplace, html=f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    ("marketplace", "text"),
    [
        ("amazon", ""),
        ("amazon", "Ihre Bestellung 12-34567-89012"),
        ("amazon", "302-1234567-12345678"),
        ("amazon", "X302-1234567-1234567-9"),
        ("amazon", "302 1234567 1234567"),
        ("ebay", "302-1234567-1234567"),
        ("kaufland", "WICHTIG: abc12de"),
        ("kaufland", "Ihre Order WICHTIG"),
        ("otto", "Ihre bestellung ist da, ABC1DE2FGH"),
    ],
)
def test_without_one_it_is_missed(marketplace: str, text: str) -> None:
    severity = "error" if marketplace == "amazon" else "warning"
    assert codes(marketplace, text=text) == [("PM206", severity)]


def test_the_message_shows_what_is_looked_for() -> None:
    (violation,) = judge(draft("amazon", html="<p>Hallo</p>"), POLICY, TODAY)
    assert (violation.part, violation.offset, violation.length) == ("html", 0, 0)
    assert "“302-0230230-3023023”" in violation.message
