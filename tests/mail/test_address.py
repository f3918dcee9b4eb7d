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
        ('Petra <"foo..bar"@docomo.example>', [("Petra", "foo..bar@docomo.example")]),
        ('"a b"@example.com', [("", '"a b"@example.com')]),
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
    ("email", "wire"),
    [
        ("foo..bar@docomo.example", '"foo..bar"@docomo.example'),
        (".foo.@docomo.example", '".foo."@docomo.example'),
        ("k@localhost", "k@localhost"),
        ("o'neil+x@example.com", "o'neil+x@example.com"),
        ('"a b<c>@d\\""@example.com', '"a b<c>@d\\""@example.com'),
        ("a(b)@example.com", '"a(b)"@example.com'),
        ("a@[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]"),
    ],
)
def test_odd_addresses_that_exist_are_taken(email: str, wire: str) -> None:
    assert wire_address(email) == wire


@given(st.text(alphabet='a.@"<>,;:()[]\\ \r\n\0é', min_size=1).map(lambda local: f"{local}@example.com"))
def test_what_goes_on_the_wire_stays_one_address(email: str) -> None:
    try:
        wire = wire_address(email)
    except InvalidInput:
        return
    assert wire.isprintable()
    local, _, domain = wire.rpartition("@")
    assert domain == "example.com"
    assert local.startswith('"') or not set(local) & set('<>,;:()[]\\" @')


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
        "a@b@example.com",
        "a,b@example.com",
        "<a>@example.com",
        '"a@example.com',
        'a"b"@example.com',
        '"a"b"@example.com',
        '"a\\"@example.com',
        '"a\r\nb"@example.com',
        "a@exam ple.com",
        "a@b,c",
        "a@[1.2.3.4",
        "a\0@example.com",
    ],
)
def test_what_no_server_takes_is_refused(email: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        wire_address(email)
    assert caught.value.hint
