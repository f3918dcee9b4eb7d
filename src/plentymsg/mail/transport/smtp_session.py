"""A connection to an SMTP server, encrypted and logged in (RFC 5321, RFC 3207, RFC 4954)."""

from __future__ import annotations

import smtplib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from plentymsg.errors import LoginRefused, Unreachable
from plentymsg.mail import tls
from plentymsg.mail.connection import TIMEOUT, gone, login_refused, misunderstood, reaching, words
from plentymsg.mail.server import Server


def open_session(server: Server) -> smtplib.SMTP:
    """Connect and log in. Raises `Unreachable` or `LoginRefused`; nothing stays open then."""
    with reaching(server), _understanding(server):
        smtp = _connect(server)
        try:
            # Not the machine's name: looking that up can take seconds, and it is nobody's business.
            smtp.local_hostname = _address_literal(smtp)
            smtp.ehlo_or_helo_if_needed()
            if server.encryption == "starttls":
                _start_tls(smtp, server)
            if server.username:
                _log_in(smtp, server)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _connect(server: Server) -> smtplib.SMTP:
    host, port, name = server.host, server.port, "localhost"
    if server.encryption == "ssl":
        return smtplib.SMTP_SSL(host, port, name, timeout=TIMEOUT, context=tls.context())
    return smtplib.SMTP(host, port, name, timeout=TIMEOUT)


def _address_literal(smtp: smtplib.SMTP) -> str:
    """How a client without a public name calls itself (RFC 5321, section 4.1.3)."""
    address = str(smtp.sock.getsockname()[0]) if smtp.sock is not None else "127.0.0.1"
    return f"[IPv6:{address.partition('%')[0]}]" if ":" in address else f"[{address}]"


def _start_tls(smtp: smtplib.SMTP, server: Server) -> None:
    if not smtp.has_extn("starttls"):
        raise Unreachable(
            f"{server.where} offers no STARTTLS.",
            hint="Use encryption ssl on its port (mostly 465); nothing is sent unencrypted.",
        )
    code, said = smtp.starttls(context=tls.context())
    if code != 220:
        raise Unreachable(f"{server.where} refuses STARTTLS: {words(server, said)}", hint="Try again later.")
    smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    """PLAIN, or else LOGIN: the connection is encrypted, and smtplib's own takes no umlauts."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, said = smtp.docmd("AUTH", "PLAIN " + _base64(f"\0{server.username}\0{server.password}"))
    elif "LOGIN" in offered:
        code, said = smtp.docmd("AUTH", "LOGIN")
        for answer in (server.username, server.password):
            if code == 334:
                code, said = smtp.docmd(_base64(answer))
    else:
        raise LoginRefused(
            f"{server.where} offers no login that plentymsg knows"
            f" (PLAIN, LOGIN){', only ' + ', '.join(offered) if offered else ''}.",
            hint="Check port and encryption, or leave out the user name if the server wants no login.",
        )
    if 400 <= code < 500:
        raise Unreachable(
            f"{server.host} does not let {server.username!r} in at the moment: {words(server, said)}",
            hint="Try again later.",
        )
    if code != 235:
        raise login_refused(server, f"{code} {words(server, said)}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


@contextmanager
def _understanding(server: Server) -> Iterator[None]:
    """Turn smtplib's errors into ours; they are OSErrors, too, but these know more."""
    try:
        yield
    except smtplib.SMTPServerDisconnected as error:
        raise gone(server, error) from error
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < 0:  # smtplib's way to say that there was no code
            raise misunderstood(server, error.smtp_error) from error
        said = words(server, error.smtp_error)
        raise Unreachable(
            f"{server.where} does not take mail at the moment: {error.smtp_code} {said}",
            hint="Try again later; if it stays so, ask who runs that server.",
        ) from error
    except smtplib.SMTPException as error:
        raise misunderstood(server, error) from error
