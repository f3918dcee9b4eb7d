from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import read_addresses, wire_address
from plentymsg.mail.message import Address


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@example.com", [("", "a@example.com")]),
        ("Petra <a@example.com>", [("Petra", "a@example.com")]),
        ('"Müller, Petra" <a@example.com>', [("Müller, Petra", "a@example.com")]),
        ("Müller, Petra <a@example.com>", [("Müller", ""), ("Petra", "a@example.com")]),
        ("a@example.com (Petra (Mia) W.)", [("Petra Mia W.", "a@example.com")]),
        ("Petra <a@example.com", [("Petra", "a@example.com")]),
        ('"Petra <a@example.com>', [("Petra", "a@example.com")]),
        ("<", []),
        ("", []),
        (",;,", []),
        ("undisclosed-recipients:;", []),
        ("Team: a@example.com, b@example.com;, c@example.com", [("", f"{c}@example.com") for c in "abc"]),
        (
            "Firma (Süd <a@example.com>, b@example.com",
            [("Firma (Süd", "a@example.com"), ("", "b@example.com")],
        ),
        ("=?utf-8?Q?M=C3=BCller=2C_P=2E?= <a@example.com>", [("Müller, P.", "a@example.com")]),
        ("a@[IPv6:2001:db8::1]", [("", "a@[IPv6:2001:db8::1]")]),
        ("Petra < a@example.com >", [("Petra", "a@example.com")]),
        (f"<{'a' * 400}@example.com>", [(f"{'a' * 400}@example.com", "")]),
    ],
)
def test_addresses_as_they_come(value: str, found: list[tuple[str, str]]) -> None:
    assert [(each.name, each.email) for each in read_addresses(value)] == found


@given(st.text(alphabet='a@.<>"(),;:\\ =?é'))
def test_no_value_raises(value: str) -> None:
    for address in read_addresses(value):
        assert address != Address("", "")


@pytest.mark.parametrize("nasty", ['"', "<", "(", '"\\', "(<", "=?a?q?", ',"', ":", "a@", ", <"])
def test_hostile_values_are_read_at_once(nasty: str) -> None:
    """A quadratic reader takes minutes for this."""
    read_addresses(nasty * 100_000)


def test_an_international_domain_becomes_punycode() -> None:
    assert wire_address("petra@Straße.example") == "petra@xn--strae-oqa.example"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "petra",
        "@example.com",
        "petra@",
        "pe tra@example.com",
        "a@b\r\nX: y",
        "ü@example.com",
        "a@b>",
        "a@-ü.de",
    ],
)
def test_what_no_server_takes_is_refused(email: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        wire_address(email)
    assert caught.value.hint
