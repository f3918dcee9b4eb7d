from __future__ import annotations

import smtplib
import socket
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from plentymsg.errors import InvalidInput, LoginRefused, Unreachable
from plentymsg.mail.compose import Outgoing, compose
from plentymsg.mail.message import Address
from plentymsg.mail.parse import parse
from plentymsg.mail.server import Encryption, Server
from plentymsg.mail.transport import Outcome, Transport, open_transport, smtp
from tests.servers.scripted import scripted_smtp
from tests.servers.smtp import USERNAME, SmtpServer

RAW = b"Subject: x\r\n\r\nHello\r\n.\r\n..two\r\n"
SENDER = "shop@example.com"


@pytest.fixture(autouse=True)
def trusted(smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in smtp_server.environment.items():
        monkeypatch.setenv(name, value)


class Witness:
    """Stands in for the ledger: what it was told before the message left."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.told: list[list[str]] = []
        self.fault = fault

    def __call__(self, accepted: Sequence[str]) -> None:
        self.told.append(list(accepted))
        if self.fault is not None:
            raise self.fault


def send(
    transport: Transport, *recipients: str, raw: bytes = RAW, witness: Witness | None = None
) -> dict[str, Outcome]:
    return transport.hand_over(raw, SENDER, recipients or ("a@example.com",), witness or Witness())


def states(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {recipient: outcome.state for recipient, outcome in outcomes.items()}


@pytest.mark.parametrize("encryption", ["ssl", "starttls", "none"])
def test_the_message_arrives_as_it_was(smtp_server: SmtpServer, encryption: Encryption) -> None:
    witness = Witness()
    with open_transport(smtp_server.server(encryption)) as transport:
        outcomes = send(transport, "a@example.com", "b@example.com", witness=witness)
    assert states(outcomes) == {"a@example.com": "sent", "b@example.com": "sent"}
    assert outcomes["a@example.com"].response == "250 2.0.0 queued as 1"
    assert witness.told == [["a@example.com", "b@example.com"]]
    (message,) = smtp_server.received
    assert message.raw == RAW
    assert (message.sender, message.recipients) == (SENDER, ("a@example.com", "b@example.com"))


def test_several_messages_share_one_connection(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        send(transport)
        send(transport)
    assert (len(smtp_server.received), smtp_server.sessions) == (2, 1)


def test_a_connection_that_the_server_closed_meanwhile_is_made_again(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        smtp_server.drop_at = "answer"
        assert states(send(transport)) == {"a@example.com": "uncertain"}
        smtp_server.drop_at = ""
        assert states(send(transport)) == {"a@example.com": "sent"}


def test_bare_line_breaks_cannot_smuggle_in_a_second_message(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        send(transport, raw=b"Subject: x\n\nend\n.\nMAIL FROM:<evil@example.com>\r.\r")
    (message,) = smtp_server.received
    assert message.raw == b"Subject: x\r\n\r\nend\r\n.\r\nMAIL FROM:<evil@example.com>\r\n.\r\n"


def test_each_recipient_has_an_outcome(smtp_server: SmtpServer) -> None:
    smtp_server.refused_recipients = {
        "later@example.com": "450 4.2.1 greylisted",
        "never@example.com": "550 5.1.1 no such user",
    }
    witness = Witness()
    with open_transport(smtp_server.server()) as transport:
        outcomes = send(
            transport, "later@example.com", "ok@example.com", "never@example.com", witness=witness
        )
    assert outcomes == {
        "later@example.com": Outcome("deferred", "450 4.2.1 greylisted"),
        "never@example.com": Outcome("failed", "550 5.1.1 no such user"),
        "ok@example.com": Outcome("sent", "250 2.0.0 queued as 1"),
    }
    assert witness.told == [["ok@example.com"]]
    assert smtp_server.received[0].recipients == ("ok@example.com",)


def test_without_an_accepted_recipient_nothing_is_about_to_be_sent(smtp_server: SmtpServer) -> None:
    smtp_server.refused_recipients = {"a@example.com": "550 no"}
    witness = Witness()
    with open_transport(smtp_server.server()) as transport:
        assert states(send(transport, witness=witness)) == {"a@example.com": "failed"}
        assert states(send(transport, "b@example.com")) == {"b@example.com": "sent"}
    assert witness.told == []


def test_too_many_recipients_are_tried_again_later(smtp_server: SmtpServer) -> None:
    smtp_server.refused_recipients = {"b@example.com": "552 5.5.3 too many recipients"}
    with open_transport(smtp_server.server()) as transport:
        outcomes = send(transport, "a@example.com", "b@example.com")
        assert states(outcomes) == {"a@example.com": "sent", "b@example.com": "deferred"}
        assert states(send(transport, "b@example.com")) == {"b@example.com": "failed"}


def test_an_address_that_is_none_fails_alone(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        outcomes = send(transport, "a@example.com", "x@example.com>\r\nRCPT TO:<evil@example.com")
    assert sorted(states(outcomes).values()) == ["failed", "sent"]
    assert smtp_server.received[0].recipients == ("a@example.com",)


@pytest.mark.parametrize("email", ["foo..bar@docomo.example", ".foo.@docomo.example", "k@localhost"])
def test_a_customer_with_an_odd_address_can_be_answered(smtp_server: SmtpServer, email: str) -> None:
    """Such addresses were given out by carriers, and are somebody's only one."""
    customer = parse(f"From: Petra <{email}>\r\n\r\n".encode()).sender
    raw = compose(
        Outgoing(
            sender=Address("", SENDER),
            to=(customer,),
            cc=(),
            bcc=(),
            subject="x",
            text="Hello\n",
            html="",
            attachments=(),
            message_id="<1@example.com>",
            date=datetime(2026, 11, 3, tzinfo=UTC),
        )
    )
    with open_transport(smtp_server.server()) as transport:
        assert states(send(transport, customer.email, raw=raw)) == {email: "sent"}
    (message,) = smtp_server.received
    assert message.recipients == (email,)
    assert parse(message.raw).to == (Address("Petra", email),)


def test_an_international_domain_travels_in_punycode(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        assert states(send(transport, "petra@müller.example")) == {"petra@müller.example": "sent"}
    assert smtp_server.received[0].recipients == ("petra@xn--mller-kva.example",)


@pytest.mark.parametrize(
    ("answer", "state"), [("451 4.3.0 try later", "deferred"), ("554 5.7.1 looks like spam", "failed")]
)
def test_a_refused_message_or_sender(smtp_server: SmtpServer, answer: str, state: str) -> None:
    with open_transport(smtp_server.server()) as transport:
        smtp_server.data_answer = answer
        outcome = send(transport)["a@example.com"]
        assert (outcome.state, outcome.response) == (state, answer)
        smtp_server.sender_answer = answer
        witness = Witness()
        outcome = send(transport, witness=witness)["a@example.com"]
        assert (outcome.state, outcome.response) == (state, answer)
    assert witness.told == []


def test_a_server_that_is_leaving_defers_all(smtp_server: SmtpServer) -> None:
    smtp_server.refused_recipients = {"b@example.com": "421 4.3.2 shutting down"}
    with open_transport(smtp_server.server()) as transport:
        outcomes = send(transport, "a@example.com", "b@example.com")
        assert states(outcomes) == {"a@example.com": "deferred", "b@example.com": "deferred"}
        assert states(send(transport)) == {"a@example.com": "sent"}


@pytest.mark.parametrize("place", ["mail", "rcpt", "data"])
def test_a_line_that_breaks_before_the_message_defers_it(smtp_server: SmtpServer, place: str) -> None:
    smtp_server.drop_at = place
    with open_transport(smtp_server.server()) as transport:
        outcome = send(transport)["a@example.com"]
    assert outcome.state == "deferred"
    assert "broke" in outcome.response
    assert smtp_server.received == []


@pytest.mark.parametrize(("place", "arrived"), [("content", 0), ("answer", 1)])
def test_a_line_that_breaks_before_the_answer_leaves_doubt(
    smtp_server: SmtpServer, place: str, arrived: int
) -> None:
    """RFC 1047: the two cases look the same from here, and only in one the customer has the message."""
    smtp_server.drop_at = place
    with open_transport(smtp_server.server()) as transport:
        assert states(send(transport)) == {"a@example.com": "uncertain"}
    assert len(smtp_server.received) == arrived


def test_an_answer_that_never_comes_leaves_doubt(
    smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "END_OF_DATA_TIMEOUT", 0.2)
    smtp_server.drop_at, smtp_server.hang = "content", True
    with open_transport(smtp_server.server()) as transport:
        assert states(send(transport)) == {"a@example.com": "uncertain"}


def test_a_line_that_breaks_inside_the_message_leaves_no_doubt(
    smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its last line it is no message, so that trying again sends nothing twice."""
    sent: list[int] = []
    genuine = smtplib.SMTP.send

    def breaking(client: smtplib.SMTP, data: bytes) -> None:
        sent.append(len(data))
        if sum(sent) > 150_000:
            client.sock.shutdown(socket.SHUT_RDWR)
        genuine(client, data)

    monkeypatch.setattr(smtplib.SMTP, "send", breaking)
    with open_transport(smtp_server.server("none")) as transport:
        outcomes = send(transport, raw=b"Subject: x\r\n\r\n" + (b"y" * 500 + b"\r\n") * 500)
    assert states(outcomes) == {"a@example.com": "deferred"}
    assert smtp_server.received == []


def test_what_cannot_be_noted_is_not_sent(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server()) as transport:
        with pytest.raises(RuntimeError, match="disk full"):
            send(transport, witness=Witness(RuntimeError("disk full")))
        assert smtp_server.commands[-1] == "RSET"
        assert smtp_server.received == []
        assert states(send(transport)) == {"a@example.com": "sent"}


def test_a_message_bigger_than_the_server_takes_is_not_even_offered(smtp_server: SmtpServer) -> None:
    smtp_server.size_limit = 1000
    with open_transport(smtp_server.server()) as transport:
        outcome = send(transport, raw=b"Subject: x\r\n\r\n" + b"y" * 2000)["a@example.com"]
    assert outcome.state == "failed"
    assert "1000 bytes" in outcome.response
    assert not [command for command in smtp_server.commands if command.startswith("MAIL")]


def test_a_test_logs_in_and_sends_nothing(smtp_server: SmtpServer) -> None:
    open_transport(smtp_server.server()).test()
    assert (smtp_server.sessions, smtp_server.commands, smtp_server.received) == (1, [], [])


def test_a_wrong_password_is_said_without_telling_it(smtp_server: SmtpServer) -> None:
    with pytest.raises(LoginRefused, match="localhost does not accept") as caught:
        open_transport(smtp_server.server(password="Ge?heim")).test()
    assert "shop@example.com" in caught.value.message
    assert "Ge?heim" not in f"{caught.value.message} {caught.value.hint} {caught.value.details}"


CANARY = "Ge?heim Kanarienvogel"
PLAIN = b64encode(f"\0{USERNAME}\0{CANARY}".encode()).decode()
ALONE = b64encode(CANARY.encode()).decode()


@pytest.mark.parametrize("code", ["535 5.7.8", "454 4.7.0"])
@pytest.mark.parametrize(
    "echo",
    [f"AUTH PLAIN {PLAIN}", f"AUTH PLAIN {PLAIN[:-9]}...", f"<{ALONE}>", f"auth {ALONE.lower()}", CANARY],
)
def test_a_server_that_repeats_our_login_does_not_spread_it(
    smtp_server: SmtpServer, code: str, echo: str
) -> None:
    smtp_server.login_answer = f"{code} not understood: {echo} (try again)"
    with pytest.raises((LoginRefused, Unreachable)) as caught:
        open_transport(smtp_server.server(password=CANARY)).test()
    told = f"{caught.value.message} {caught.value.hint} {caught.value.details}".casefold()
    assert "not understood" in told
    for secret in (CANARY, ALONE, PLAIN):
        assert secret[:8].casefold() not in told
        assert secret[-8:].casefold() not in told


def test_a_password_with_umlauts(smtp_server: SmtpServer) -> None:
    smtp_server.passwords["petra@example.com"] = "Grüße„7“"
    open_transport(smtp_server.server(username="petra@example.com", password="Grüße„7“")).test()


def test_a_login_that_fails_for_the_moment_may_be_tried_again(smtp_server: SmtpServer) -> None:
    smtp_server.login_answer = "454 4.7.0 Temporary authentication failure"
    with pytest.raises(Unreachable, match="Temporary authentication failure"):
        open_transport(smtp_server.server()).test()


def test_a_server_without_starttls_gets_no_password(smtp_server: SmtpServer) -> None:
    smtp_server.announce_starttls = False
    with pytest.raises(Unreachable, match="no STARTTLS"):
        open_transport(smtp_server.server("starttls")).test()


def test_a_server_without_login_says_so(smtp_server: SmtpServer) -> None:
    smtp_server.announce_auth = False
    with pytest.raises(LoginRefused, match="no login"):
        open_transport(smtp_server.server("none")).test()
    open_transport(smtp_server.server("none", username="")).test()


def test_a_server_that_wants_a_login_loses_no_message(smtp_server: SmtpServer) -> None:
    with open_transport(smtp_server.server(username="")) as transport, pytest.raises(LoginRefused):
        send(transport)


@pytest.mark.parametrize("encryption", ["ssl", "starttls"])
def test_a_server_with_a_certificate_of_its_own_is_refused(
    smtp_server: SmtpServer, encryption: Encryption, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable, match="not trusted") as caught:
        open_transport(smtp_server.server(encryption)).test()
    assert "SSL_CERT_FILE" in caught.value.hint


def test_a_server_that_hangs_up_at_once(smtp_server: SmtpServer) -> None:
    smtp_server.drop_at = "connect"
    with pytest.raises(Unreachable, match="ended the connection"):
        open_transport(smtp_server.server("none")).test()


@pytest.mark.parametrize("greeting", ["HTTP/1.1 400 Bad Request", "hello", "", "\xff\xfe"])
def test_a_server_of_another_kind_is_named(greeting: str) -> None:
    with scripted_smtp({}, greeting) as server, pytest.raises(Unreachable) as caught:
        open_transport(server).test()
    assert "does not answer as an SMTP server should" in caught.value.message


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("EHLO", f"250-hello\r\n250 SIZE {'9' * 5000}", "sent"),
        ("MAIL", "what?", "deferred"),
        ("RCPT", "25_ ok", "deferred"),
        ("DATA", "", "deferred"),
        (".", "\xff", "uncertain"),
    ],
)
def test_an_odd_answer_is_an_outcome_too(command: str, answer: str, state: str) -> None:
    with scripted_smtp({command: answer}) as server, open_transport(server) as transport:
        assert states(send(transport, raw=b"")) == {"a@example.com": state}


def test_ssl_on_a_port_without_points_at_the_encryption(smtp_server: SmtpServer) -> None:
    plain = smtp_server.server("none")
    with pytest.raises(Unreachable, match="does not speak TLS") as caught:
        open_transport(Server("smtp", plain.host, plain.port, "ssl", "a", "b")).test()
    assert "starttls" in caught.value.hint


def test_an_unknown_host_is_named() -> None:
    with pytest.raises(Unreachable, match=r"mail\.invalid is not known"):
        open_transport(Server("smtp", "mail.invalid", 465, "ssl", "a", "b")).test()


def test_imap_is_no_way_out() -> None:
    with pytest.raises(InvalidInput, match="imap"):
        open_transport(Server("imap", "mail.example.com", 993, "ssl", "a", "b"))
