"""The options of `channel add` and `channel set`: those of a channel in a configuration file."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from plentymsg.cli.changes import clearable, given, listed, pairs
from plentymsg.cli.options import Given
from plentymsg.messenger import references

_PLACE, _BOTH, _IN, _OUT = "New conversations", "Both servers", "Incoming mail", "Outgoing mail"


def _option(flag: str, explanation: str, panel: str | None = None, metavar: str | None = None) -> Any:
    return typer.Option(flag, help=explanation, rich_help_panel=panel, metavar=metavar)


def channel_options(
    marketplace: Annotated[
        str | None, _option("--marketplace", "Whose rules its messages keep; empty for none.")
    ] = None,
    active: Annotated[
        bool | None,
        _option("--active/--inactive", "Whether it fetches and sends; it does unless switched off."),
    ] = None,
    default: Annotated[
        bool | None, _option("--default/--no-default", "Whether messages go out by it that name no channel.")
    ] = None,
    group: Annotated[
        str | None, _option("--group", "By default the marketplace's own, else General.", _PLACE)
    ] = None,
    type_: Annotated[str | None, _option("--type", "A type of the group; empty for none.", _PLACE)] = None,
    status: Annotated[
        str | None, _option("--status", "A status of the type; empty for none.", _PLACE)
    ] = None,
    tags: Annotated[
        list[str] | None, _option("--tags", "Repeat it, or use commas; empty for none.", _PLACE, "TAGS")
    ] = None,
    owners: Annotated[
        list[str] | None,
        _option("--owners", "An owner for each role; empty for none.", _PLACE, "ROLE=LOGIN"),
    ] = None,
    subscribers: Annotated[
        list[str] | None, _option("--subscribers", "Who is told of new messages.", _PLACE, "LOGINS")
    ] = None,
    host: Annotated[
        str | None, _option("--host", "The name of the server that mail comes from and goes to.", _BOTH)
    ] = None,
    username: Annotated[str | None, _option("--username", "The login at both.", _BOTH)] = None,
    password: Annotated[
        str | None,
        _option("--password", "env:NAME, file:PATH, keyring:NAME or command:PROGRAM.", _BOTH, "WHERE"),
    ] = None,
    notifications: Annotated[
        bool | None,
        _option(
            "--notifications/--no-notifications",
            "Whether everyone who may read a new message is told of it, or its subscribers only.",
            _IN,
        ),
    ] = None,
    match_orders: Annotated[
        bool | None,
        _option("--match-orders/--no-match-orders", "Whether the sender's address finds their order.", _IN),
    ] = None,
    allowed_senders: Annotated[
        list[str] | None,
        _option(
            "--allowed-senders", "Who may write to the target address; empty for everyone.", _IN, "ADDRESSES"
        ),
    ] = None,
    since: Annotated[
        str | None,
        _option("--since", "Where the first fetch begins; without it, 30 days back.", _IN, "YYYY-MM-DD"),
    ] = None,
    incoming_protocol: Annotated[
        str | None, _option("--incoming-protocol", "imap (as it is by default) or maildir.", _IN, "PROTOCOL")
    ] = None,
    incoming_host: Annotated[str | None, _option("--incoming-host", "The server's name.", _IN)] = None,
    incoming_port: Annotated[
        int | None, _option("--incoming-port", "993, or 143 without ssl, by default.", _IN)
    ] = None,
    incoming_encryption: Annotated[
        str | None, _option("--incoming-encryption", "ssl (by default), starttls or none.", _IN, "HOW")
    ] = None,
    incoming_username: Annotated[str | None, _option("--incoming-username", "The login.", _IN)] = None,
    incoming_password: Annotated[
        str | None,
        _option("--incoming-password", "As --password.", _IN, "WHERE"),
    ] = None,
    incoming_folder: Annotated[str | None, _option("--incoming-folder", "INBOX by default.", _IN)] = None,
    incoming_path: Annotated[str | None, _option("--incoming-path", "The Maildir.", _IN, "PATH")] = None,
    incoming_allow_plain: Annotated[
        bool | None,
        _option("--incoming-allow-plain/--incoming-forbid-plain", "Encryption none to another machine.", _IN),
    ] = None,
    outgoing_protocol: Annotated[
        str | None, _option("--outgoing-protocol", "smtp (as it is by default) or maildir.", _OUT, "PROTOCOL")
    ] = None,
    outgoing_host: Annotated[str | None, _option("--outgoing-host", "The server's name.", _OUT)] = None,
    outgoing_port: Annotated[
        int | None, _option("--outgoing-port", "465, starttls 587, none 25 by default.", _OUT)
    ] = None,
    outgoing_encryption: Annotated[
        str | None, _option("--outgoing-encryption", "ssl (by default), starttls or none.", _OUT, "HOW")
    ] = None,
    outgoing_username: Annotated[
        str | None, _option("--outgoing-username", "The login; without one there is none.", _OUT)
    ] = None,
    outgoing_password: Annotated[
        str | None, _option("--outgoing-password", "As --password.", _OUT, "WHERE")
    ] = None,
    outgoing_path: Annotated[str | None, _option("--outgoing-path", "The Maildir.", _OUT, "PATH")] = None,
    outgoing_allow_plain: Annotated[
        bool | None,
        _option(
            "--outgoing-allow-plain/--outgoing-forbid-plain", "Encryption none to another machine.", _OUT
        ),
    ] = None,
    sender_email: Annotated[
        str | None, _option("--sender-email", "The address that recipients see.", _OUT, "ADDRESS")
    ] = None,
    sender_name: Annotated[
        str | None, _option("--sender-name", "The name that recipients see.", _OUT)
    ] = None,
    skip_orders: Annotated[
        bool | None, _option("--skip-orders/--no-skip-orders", "Send nothing to orders.", _OUT)
    ] = None,
    skip_contacts: Annotated[
        bool | None, _option("--skip-contacts/--no-skip-contacts", "Send nothing to contacts.", _OUT)
    ] = None,
    skip_emails: Annotated[
        str | None,
        _option("--skip-emails", "Send nothing to addresses that it finds; empty for none.", _OUT, "REGEX"),
    ] = None,
    template_new: Annotated[
        str | None, _option("--template-new", "For new conversations; empty for none.", _OUT)
    ] = None,
    template_reply: Annotated[
        str | None, _option("--template-reply", "For replies; empty for none.", _OUT)
    ] = None,
) -> Given:
    """The options of a channel, as a configuration file would hold them."""
    both = given(host=host, username=username, **_password(password))
    incoming = both | given(
        protocol=incoming_protocol,
        host=incoming_host,
        port=incoming_port,
        encryption=incoming_encryption,
        username=incoming_username,
        folder=incoming_folder,
        path=_absolute(incoming_path),
        allow_plain=incoming_allow_plain,
        **_password(incoming_password),
    )
    outgoing = both | given(
        protocol=outgoing_protocol,
        host=outgoing_host,
        port=outgoing_port,
        encryption=outgoing_encryption,
        username=outgoing_username,
        path=_absolute(outgoing_path),
        allow_plain=outgoing_allow_plain,
        sender_email=sender_email,
        sender_name=sender_name,
        **_password(outgoing_password),
    )
    return {
        **clearable(marketplace=marketplace, type=type_, status=status, since=since),
        **given(
            active=active,
            default=default,
            group=group,
            tags=listed(tags),
            owners=_owners(listed(owners)),
            subscribers=listed(subscribers),
            notifications=notifications,
            match_orders=match_orders,
            allowed_senders=listed(allowed_senders),
            incoming=incoming or None,
            outgoing=outgoing or None,
            skip=given(orders=skip_orders, contacts=skip_contacts, emails=skip_emails) or None,
            templates=clearable(new=template_new, reply=template_reply) or None,
        ),
    }


def _absolute(path: str | None) -> str | None:
    return os.path.abspath(os.path.expanduser(path)) if path else path


def _password(reference: str | None) -> dict[str, Any]:
    if not reference:
        return {}
    parsed = references.parse_argument(reference)
    if "file" in parsed:
        parsed["file"] = _absolute(parsed["file"])
    return {"password": parsed}


def _owners(owners: list[str] | None) -> list[dict[str, str]] | None:
    if owners is None:
        return None
    found = pairs(owners, "--owners", "Handling=eva.berg")
    return [{"role": role, "user": user} for role, user in found]
