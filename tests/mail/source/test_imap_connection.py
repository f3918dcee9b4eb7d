"""Connecting and logging in to an IMAP server, and what is said where that fails."""

from __future__ import annotations

import dataclasses
import gc
import traceback
import warnings

import pytest

from plentymsg.errors import LoginRefused, Unreachable
from plentymsg.mail.server import Encryption, Server
from plentymsg.mail.source import open_source
from tests.servers.dovecot import UMLAUT_PASSWORD, UMLAUT_USER, Dovecot
from tests.servers.scripted import scripted_imap

pytestmark = pytest.mark.usefixtures("trusted")


def test_a_password_with_umlauts(dovecot: Dovecot) -> None:
    open_source(dovecot.server(UMLAUT_USER, password=UMLAUT_PASSWORD)).test()


def test_a_wrong_password_is_said_without_telling_it(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(LoginRefused, match="localhost does not accept") as caught:
        open_source(dovecot.server(user, password="Ge?heim")).test()
    assert user in caught.value.message
    assert "Ge?heim" not in f"{caught.value.message} {caught.value.hint} {caught.value.details}"


@pytest.mark.parametrize("password", ["Ge?heim", 'Ge"h\\eim', "it's \"Geheim"])
@pytest.mark.parametrize("answer", ["BAD unknown: {line}", "NO [UNAVAILABLE] {line}", "{line}"])
def test_a_server_that_repeats_our_login_does_not_spread_it(password: str, answer: str) -> None:
    with scripted_imap({"LOGIN": answer}) as server, pytest.raises((LoginRefused, Unreachable)) as caught:
        open_source(dataclasses.replace(server, password=password)).test()
    told = "".join(traceback.format_exception(caught.value)) + f"{caught.value.details}"
    assert password[-4:] not in told
    assert "LOGIN" in told


def test_a_wrong_password_with_umlauts_is_refused_too(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(LoginRefused):
        open_source(dovecot.server(user, password="Übel")).test()


@pytest.mark.parametrize("encryption", ["ssl", "starttls"])
def test_a_server_with_a_certificate_of_its_own_is_refused(
    dovecot: Dovecot, user: str, encryption: Encryption, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable, match="not trusted") as caught:
        open_source(dovecot.server(user, encryption)).test()
    assert "SSL_CERT_FILE" in caught.value.hint


def test_a_certificate_for_another_name_is_refused(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(Unreachable, match="not trusted"):
        open_source(dovecot.server(user, host="127.0.0.1")).test()


def test_an_unknown_host_is_named() -> None:
    server = Server("imap", "mail.invalid", 993, "ssl", "a", "b")
    with pytest.raises(Unreachable, match=r"mail\.invalid is not known"):
        open_source(server).test()


def test_a_port_where_nobody_listens(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(Unreachable, match="localhost:1 refuses"):
        open_source(dovecot.server(user, port=1)).test()


def test_ssl_on_a_port_without_points_at_the_encryption(dovecot: Dovecot, user: str) -> None:
    with pytest.raises(Unreachable, match="does not speak TLS") as caught:
        open_source(dovecot.server(user, "ssl", port=dovecot.port)).test()
    assert "starttls" in caught.value.hint


def test_a_server_that_says_no_goodbye_leaves_no_connection_open() -> None:
    with scripted_imap({"LOGOUT": "BAD what?"}) as server, warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always", ResourceWarning)
        open_source(server).test()
        gc.collect()
    assert not leaked


def test_the_mailbox_is_named_without_its_password(dovecot: Dovecot) -> None:
    server = Server("imap", "Mail.Example.com", 993, "ssl", "shop@example.com", "secret", folder="inbox")
    assert open_source(server).mailbox == "imap://shop%40example.com@mail.example.com:993/INBOX"
