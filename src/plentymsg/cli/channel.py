"""`plentymsg channel …`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from plentymsg.cli.changes import clearable, delete, given, listed, pairs, print_change
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import read_secret
from plentymsg.cli.options import Given, taking
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import say
from plentymsg.messenger import channels, references

app = noun("Channels: mailboxes, usually one for each marketplace.")


def _server_in_words(server: Mapping[str, Any] | None) -> str:
    if server is None:
        return "none"
    if server["protocol"] == "maildir":
        return f"Maildir {server['path']}"
    words = [server["protocol"], f"{server['host']}:{server['port']}", server["encryption"]]
    if server.get("folder"):
        words.append(f"folder {server['folder']}")
    if server["username"]:
        words.append(f"as {server['username']}")
    password = server["password"]
    return ", ".join([*words, f"password {references.as_argument(password)}" if password else "no password"])


def _owners_in_words(owners: list[Mapping[str, str]]) -> str:
    return ", ".join(f"{owner['role']}={owner['user']}" for owner in owners)


COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("marketplace", "Marketplace"),
    Column("active", "Active"),
    Column("default", "Default"),
    Column("group", "Group", flexible=True),
    Column("type", "Type", flexible=True),
    Column("status", "Status", flexible=True),
)
LINES = (
    *COLUMNS,
    Column("tags", "Tags"),
    Column("owners", "Owners", show=_owners_in_words),
    Column("subscribers", "Subscribers"),
    Column("since", "Since", show=lambda day: day or "30 days before the first fetch"),
    Column("incoming", "Incoming", show=_server_in_words),
    Column("outgoing", "Outgoing", show=_server_in_words),
    Column("outgoing.sender_email", "Sender"),
    Column("outgoing.sender_name", "Sender's name"),
    Column("templates.new", "Template, new"),
    Column("templates.reply", "Template, reply"),
)


SIDES = (
    Column("channel", "Channel"),
    Column("incoming.ok", "Incoming works"),
    Column("incoming.error.message", "Why not"),
    Column("outgoing.ok", "Outgoing works"),
    Column("outgoing.error.message", "Why not"),
)

_PLACE, _IN, _OUT = "New conversations", "Incoming mail", "Outgoing mail"


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
        _option("--incoming-password", "env:NAME, file:PATH, keyring:NAME or command:PROGRAM.", _IN, "WHERE"),
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
        str | None, _option("--outgoing-password", "As --incoming-password.", _OUT, "WHERE")
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
    template_new: Annotated[
        str | None, _option("--template-new", "For new conversations; empty for none.", _OUT)
    ] = None,
    template_reply: Annotated[
        str | None, _option("--template-reply", "For replies; empty for none.", _OUT)
    ] = None,
) -> Given:
    """The options of a channel, as a configuration file would hold them."""
    incoming = given(
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
    outgoing = given(
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
            incoming=incoming or None,
            outgoing=outgoing or None,
            templates=clearable(new=template_new, reply=template_reply) or None,
        ),
    }


PasswordStdin = Annotated[
    bool,
    typer.Option(
        "--password-stdin", help="Keep the password, from standard input, in the keyring; for both servers."
    ),
]
PasswordPrompt = Annotated[bool, typer.Option("--password-prompt", help="The same, but ask for it.")]


@app.command("list")
def list_channels(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the channels, by name."""
    with reading() as desk:
        rows = channels.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_channel(channel: str, json: Json = False) -> None:
    """Show one channel, with all that is set of it. Of a password it shows where it is."""
    with reading() as desk:
        thing = channels.shown(desk.connection, desk.actor, channels.find(desk.connection, channel))
    print_thing(thing, LINES, json=json)


@app.command("add")
@taking(channel_options)
def add_channel(
    name: str,
    given: Given,
    password_stdin: PasswordStdin = False,
    password_prompt: PasswordPrompt = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a channel."""
    from plentymsg.messenger.setup import channels as setup
    from plentymsg.messenger.setup.fields import checked
    from plentymsg.messenger.setup.servers import with_password

    secret = _secret(stdin=password_stdin, prompt=password_prompt)
    if secret is not None:
        given = with_password({}, given, references.parse_argument(f"keyring:{name}"))
    fields = checked(setup.ChannelFields, {"name": name, **given})
    with changing(dry_run=dry_run) as desk:
        change = setup.add(desk.session, desk.actor, fields)
        _keep(change.name, secret, dry_run=dry_run)
    print_change(change, dry_run=dry_run, json=json)
    if change.changed and not dry_run:
        say(f"Next, try it: plentymsg channel test {shlex.quote(change.name)}")


@app.command("set")
@taking(channel_options)
def set_channel(
    channel: str,
    given: Given,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    password_stdin: PasswordStdin = False,
    password_prompt: PasswordPrompt = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a channel: only what is given."""
    from plentymsg.messenger.setup import channels as setup
    from plentymsg.messenger.setup.servers import with_password

    secret = _secret(stdin=password_stdin, prompt=password_prompt)
    if name is not None:
        given["name"] = name
    with changing(dry_run=dry_run) as desk:
        channel_id = channels.find(desk.connection, channel)
        now = channels.read(desk.connection, channel_id)
        if secret is not None:
            given = with_password(now, given, references.parse_argument(f"keyring:{now['name']}"))
        change = setup.alter(desk.session, desk.actor, channel_id, given)
        _keep(now["name"], secret, dry_run=dry_run)
    print_change(change, dry_run=dry_run, json=json)


@app.command("delete")
def delete_channel(channel: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a channel that has no messages in the outbox. Its conversations stay."""
    from plentymsg.messenger.setup import channels as setup

    delete(lambda c: channels.find(c, channel), setup.delete, yes=yes, dry_run=dry_run, json=json)


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


def _secret(*, stdin: bool, prompt: bool) -> str | None:
    return read_secret(stdin=stdin) if stdin or prompt else None


def _keep(name: str, secret: str | None, *, dry_run: bool) -> None:
    """The last step before the commit: without a keyring nothing is changed."""
    if secret is not None and not dry_run:
        from plentymsg.messenger import secrets

        secrets.keep(name, secret)


@app.command("test")
def probe_channel(channel: str, json: Json = False) -> None:
    """Log in to both servers of a channel. Nothing is sent, and nothing is marked."""
    from plentymsg.messenger.probe import probe

    with reading() as desk:
        row = channels.row_of(desk.connection, channels.find(desk.connection, channel))
        sides = probe(desk.connection, desk.actor, row)
    thing = {"channel": row["name"], **{side.side: side.as_json() for side in sides}}
    print_thing(thing, SIDES, json=json)
    for side in sides:
        if side.error is not None:
            raise side.error
