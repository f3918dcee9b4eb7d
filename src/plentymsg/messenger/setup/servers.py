"""The two sides of a channel: what may be given for a server, and what it needs to be whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from plentymsg.errors import InvalidInput
from plentymsg.mail.server import Server
from plentymsg.messenger import references
from plentymsg.messenger.channels import MAILDIR_KEYS, NETWORK_KEYS
from plentymsg.messenger.setup.fields import Address, Fields, Line, Problem, quoted, wrong

Side = Literal["incoming", "outgoing"]
SIDES: tuple[Side, Side] = ("incoming", "outgoing")

PORTS = {
    "incoming": {"ssl": 993, "starttls": 143, "none": 143},
    "outgoing": {"ssl": 465, "starttls": 587, "none": 25},
}
_SENDER = ("sender_email", "sender_name")


def _reference(value: Any) -> Any:
    try:
        return None if value is None else references.parse_document(value)
    except InvalidInput as fault:
        raise wrong(f"{fault.message} {fault.hint}".rstrip(".")) from None


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise wrong(f"{quoted(value)} is no day; write it as 2026-11-30") from None


Reference = Annotated[dict[str, Any] | None, BeforeValidator(_reference)]
Day = Annotated[str | None, BeforeValidator(_day)]
"""A day as ISO 8601 writes it."""


class ServerFields(Fields):
    """What a server, or the Maildir that stands in for one, may have."""

    host: Line = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 0
    encryption: Literal["ssl", "starttls", "none"] = "ssl"
    username: Line = ""
    password: Reference = None
    allow_plain: bool = False
    path: Line = ""


class Incoming(ServerFields):
    """Where a channel's mail comes from."""

    protocol: Literal["imap", "maildir"] = "imap"
    folder: Annotated[Line, Field(min_length=1)] = "INBOX"


class Outgoing(ServerFields):
    """Where a channel's mail goes, and what recipients see as its sender."""

    protocol: Literal["smtp", "maildir"] = "smtp"
    sender_email: Address = ""
    sender_name: Line = ""


def merged(side: Side, now: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None) -> Any:
    """What a side will be. Another protocol starts afresh, but for the sender.

    A port that is not given follows the encryption, unless it was chosen on purpose before.
    """
    if wanted is None:
        return None
    usual = PORTS[side]
    protocol = "imap" if side == "incoming" else "smtp"
    base = dict(now or {"protocol": protocol})
    if wanted.get("protocol", base["protocol"]) != base["protocol"]:
        base = {key: value for key, value in base.items() if key in _SENDER}
    result = {**base, **wanted}
    if result["protocol"] == "maildir" or "port" in wanted:
        return result
    if base.get("port") in (None, usual.get(base.get("encryption", ""))):
        result["port"] = usual.get(result.get("encryption", "ssl"), 0) or usual["ssl"]
    return result


def problems(side: Side, server: ServerFields) -> Iterator[Problem]:
    """What a side lacks, or has too much of, to be used."""
    protocol = str(getattr(server, "protocol", ""))
    allowed = {*_allowed(protocol), *(_SENDER if side == "outgoing" else ())}
    for key in server.model_fields_set - allowed:
        if getattr(server, key):
            yield Problem((side, key), f"a server of the protocol {protocol} has none")
    if isinstance(server, Outgoing) and not server.sender_email:
        yield Problem((side, "sender_email"), "it is missing: the address that recipients see")
    if protocol == "imap" and not server.username:
        yield Problem((side, "username"), "it is missing")
    try:
        reachable(protocol, server)
    except InvalidInput as fault:
        yield Problem(
            (side,), f"{fault.message.rstrip('.')}; {fault.hint[:1].lower()}{fault.hint[1:].rstrip('.')}"
        )


def reachable(protocol: str, server: ServerFields) -> Server:
    """The server as the wire takes it, without its password. Raises InvalidInput if it can never work."""
    return Server(
        protocol=protocol,  # type: ignore[arg-type]
        host=server.host,
        port=server.port,
        encryption=server.encryption,
        username=server.username,
        folder=getattr(server, "folder", "INBOX"),
        path=server.path,
        allow_plain=server.allow_plain,
    )


def with_password(
    now: Mapping[str, Any], changes: Mapping[str, Any], reference: Mapping[str, Any]
) -> dict[str, Any]:
    """`changes` with this reference as the password of each server that the channel has or gets.

    Raises InvalidInput if it has none that takes a password.
    """
    result = dict(changes)
    for side in SIDES:
        state = (
            merged(side, now.get(side), changes.get(side, {})) if now.get(side) or changes.get(side) else None
        )
        if state is not None and state["protocol"] != "maildir":
            result[side] = {**(changes.get(side) or {}), "password": dict(reference)}
    if all(result.get(side) == changes.get(side) for side in SIDES):
        raise InvalidInput(
            "The channel has no server that takes a password.",
            hint="Give one with --incoming-host or --outgoing-host as well.",
        )
    return result


def _allowed(protocol: str) -> tuple[str, ...]:
    if protocol == "maildir":
        return MAILDIR_KEYS
    return (*NETWORK_KEYS, "folder") if protocol == "imap" else NETWORK_KEYS
