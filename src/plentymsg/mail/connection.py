"""What goes wrong between two machines, as one sentence and the way out."""

from __future__ import annotations

import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from plentymsg.errors import LoginRefused, Unreachable
from plentymsg.mail.server import Server

TIMEOUT = 30.0
"""Seconds to wait for a connection and for each answer."""

_MAX_WORDS = 300


# What the libraries raise when an answer is not of the form that they take for granted.
_ODD_ANSWER = (ValueError, LookupError, TypeError, AttributeError, AssertionError)


@contextmanager
def reaching(server: Server) -> Iterator[None]:
    """Turn the errors of sockets and TLS, and of odd answers, into `Unreachable`."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise misunderstood(server, error) from error
    except (OSError, EOFError, UnicodeError) as error:  # a refused certificate is a ValueError, too
        raise _unreachable(server, error) from error
    except _ODD_ANSWER as error:
        raise misunderstood(server, error) from error


def login_refused(server: Server, response: str) -> LoginRefused:
    """The error for a server that knows the user or password to be wrong."""
    return LoginRefused(
        f"{server.host} does not accept the user name or password of {server.username!r}.",
        hint="Check both; many providers want an app password where two-factor login is on.",
        details={"response": words(server, response)},
    )


def gone(server: Server, response: object = "") -> Unreachable:
    """The error for a server that was there and then left."""
    said = words(server, response)
    return Unreachable(
        f"{server.where} ended the connection{': ' + said if said else '.'}",
        hint="What was done is kept; repeat the command to go on.",
    )


def misunderstood(server: Server, response: object) -> Unreachable:
    """The error for a server that says what its protocol does not know."""
    said = words(server, response)
    return Unreachable(
        f"{server.where} does not answer as an {server.protocol.upper()} server should: {said}",
        hint="Check host, port and encryption.",
    )


def words(server: Server, response: object) -> str:
    """A server's words on one line, of bearable length, and without our password."""
    text = response.decode("utf-8", "replace") if isinstance(response, bytes) else str(response)
    return " ".join(_without_password(server, text).split())[:_MAX_WORDS]


def _without_password(server: Server, text: str) -> str:
    """`text` up to where the server repeats what logged us in: some quote the line that they refuse.

    Of base64 its beginning is enough, as it may be cut, folded or followed by more. Backslashes are left
    out of the comparison: IMAP and the libraries put them in.
    """
    if not server.password:
        return text
    password = server.password.encode()
    forms = [server.password, repr(password)[2:-1]]
    forms += [b64encode(each).decode()[:4] for each in (password, _plain(server))]
    bare = text.replace("\\", "")
    wanted = "|".join(re.escape(form.replace("\\", "")) for form in forms if form.strip("\\"))
    found = re.search(wanted, bare, re.IGNORECASE) if wanted else None
    return f"{bare[: found.start()]}…" if found else text


def _plain(server: Server) -> bytes:
    """What the mechanism PLAIN sends (RFC 4616)."""
    return f"\0{server.username}\0{server.password}".encode()


def _unreachable(server: Server, error: Exception) -> Unreachable:
    where = server.where
    if isinstance(error, ssl.SSLError):
        return _tls_failed(server, error)
    if isinstance(error, socket.gaierror | UnicodeError):
        return Unreachable(
            f"The host {server.host} is not known.",
            hint="Check its name, and whether this machine is online.",
        )
    if isinstance(error, TimeoutError):
        return Unreachable(
            f"{where} does not answer within {TIMEOUT:.0f} seconds.",
            hint="Check host, port and encryption (a port for ssl says nothing to starttls), or try later.",
        )
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(
            f"{where} refuses connections.", hint="Check the port, or try again when the server is up."
        )
    if isinstance(error, ConnectionError | EOFError):
        return gone(server)
    return Unreachable(f"{where} cannot be reached: {error}.", hint="Check the network and try again.")


def _tls_failed(server: Server, error: ssl.SSLError) -> Unreachable:
    where = server.where
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(
            f"{where} shows a certificate that is not trusted: {error.verify_message}.",
            hint="Check the host name; for an authority of your own, set SSL_CERT_FILE to its certificate.",
        )
    return Unreachable(
        f"{where} does not speak TLS as expected: {error.reason or words(server, error)}.",
        hint="Check the port and its encryption: ssl is mostly on 993 (IMAP) and 465 (SMTP), "
        "starttls on 143 and 587.",
    )
