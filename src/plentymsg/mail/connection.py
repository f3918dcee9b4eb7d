"""What goes wrong between two machines, as one sentence and the way out."""

from __future__ import annotations

import socket
import ssl
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
        details={"response": words(response)},
    )


def gone(server: Server, response: object = "") -> Unreachable:
    """The error for a server that was there and then left."""
    said = words(response)
    return Unreachable(
        f"{server.where} ended the connection{': ' + said if said else '.'}",
        hint="What was done is kept; repeat the command to go on.",
    )


def misunderstood(server: Server, response: object) -> Unreachable:
    """The error for a server that says what its protocol does not know."""
    return Unreachable(
        f"{server.where} does not answer as an {server.protocol.upper()} server should: {words(response)}",
        hint="Check host, port and encryption.",
    )


def words(response: object) -> str:
    """A server's words on one line, of bearable length."""
    text = response.decode("utf-8", "replace") if isinstance(response, bytes) else str(response)
    return " ".join(text.split())[:_MAX_WORDS]


def _unreachable(server: Server, error: Exception) -> Unreachable:
    where = server.where
    if isinstance(error, ssl.SSLError):
        return _tls_failed(where, error)
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


def _tls_failed(where: str, error: ssl.SSLError) -> Unreachable:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(
            f"{where} shows a certificate that is not trusted: {error.verify_message}.",
            hint="Check the host name; for an authority of your own, set SSL_CERT_FILE to its certificate.",
        )
    return Unreachable(
        f"{where} does not speak TLS as expected: {error.reason or words(error)}.",
        hint="Check the port and its encryption: ssl is mostly on 993 (IMAP) and 465 (SMTP), "
        "starttls on 143 and 587.",
    )
