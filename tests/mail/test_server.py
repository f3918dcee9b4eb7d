from __future__ import annotations

from typing import Any

import pytest

from plentymsg.errors import InvalidInput
from plentymsg.mail.server import Server


def test_the_password_is_in_no_repr() -> None:
    assert "canary" not in repr(Server("imap", "mail.example.com", 993, "ssl", "shop", "canary"))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.3.2.1", "::1"])
def test_without_encryption_to_this_machine(host: str) -> None:
    assert Server("imap", host, 143, "none").host == host


@pytest.mark.parametrize(
    "host", ["mail.example.com", "localhost.example.com", "10.0.0.1", "127.0.0.1.example"]
)
def test_without_encryption_over_a_network_only_on_purpose(host: str) -> None:
    with pytest.raises(InvalidInput, match="Encryption is off") as caught:
        Server("smtp", host, 25, "none")
    assert "allow_plain" in caught.value.hint
    assert Server("smtp", host, 25, "none", allow_plain=True).host == host


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"host": "imaps://mail.example.com"},
        {"host": "mail example.com"},
        {"host": ".example.com"},
        {"port": 0},
        {"port": 65536},
        {"username": "a\r\nA1 DELETE INBOX"},
        {"password": "a\nb"},
        {"folder": "INBOX\r\n"},
    ],
)
def test_what_can_never_work_is_refused(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"host": "mail.example.com", "port": 993, "encryption": "ssl"}
    with pytest.raises(InvalidInput) as caught:
        Server("imap", **(right | wrong))
    assert caught.value.hint


def test_a_password_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as caught:
        Server("imap", "mail.example.com", 993, "ssl", "shop", "can\nary")
    assert "ary" not in caught.value.message.replace("contains", "")


def test_a_maildir_needs_only_its_path() -> None:
    assert Server("maildir", path="mail/amazon").where == "mail/amazon"
    with pytest.raises(InvalidInput, match="no path"):
        Server("maildir")
