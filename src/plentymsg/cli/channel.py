"""`plentymsg channel …`."""

from __future__ import annotations

import shlex
from typing import Annotated, Any

import typer

from plentymsg.cli.changes import delete_all, print_change
from plentymsg.cli.channel_options import channel_options
from plentymsg.cli.channel_summary import COLUMNS, print_channel
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import confirm, read_secret
from plentymsg.cli.options import Given, taking
from plentymsg.cli.output import Column, print_done, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import say
from plentymsg.messenger import channels, references

app = noun("Channels: mailboxes, usually one for each marketplace.")

SIDES = (
    Column("channel", "Channel"),
    Column("incoming.ok", "Incoming works"),
    Column("incoming.error.message", "Why not"),
    Column("outgoing.ok", "Outgoing works"),
    Column("outgoing.error.message", "Why not"),
)

Which = Annotated[list[str], typer.Argument(metavar="CHANNEL...", show_default=False)]
PasswordStdin = Annotated[
    bool,
    typer.Option(
        "--password-stdin", help="Keep the password, from standard input, in the keyring; for both servers."
    ),
]
PasswordPrompt = Annotated[bool, typer.Option("--password-prompt", help="The same, but ask for it.")]


@app.command("list")
def list_channels(
    name: Annotated[str, typer.Option("--name", help="Only those with this in their name.")] = "",
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the channels, by name."""
    with reading() as desk:
        rows = channels.listed(desk.connection, desk.actor, name)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_channel(channel: str, json: Json = False) -> None:
    """Show one channel, with all that is set of it. Of a password it shows where it is."""
    with reading() as desk:
        thing = channels.shown(desk.connection, desk.actor, channels.find(desk.connection, channel))
    print_channel(thing, json=json)


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
        change = setup.add(desk.session, desk.actor, fields, new_secret=secret is not None)
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
        change = setup.alter(desk.session, desk.actor, channel_id, given, new_secret=secret is not None)
        _keep(now["name"], secret, dry_run=dry_run)
    print_change(change, dry_run=dry_run, json=json)


@app.command("delete")
def delete_channels(which: Which, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete channels that have no messages in the outbox, all or none. Their conversations stay."""
    from plentymsg.messenger.setup import channels as setup

    delete_all(channels.find, which, setup.delete, yes=yes, dry_run=dry_run, json=json)


def _passwords(confirmed: dict[str, Any]) -> str:
    return " and ".join(confirmed["passwords"])


def _secret(*, stdin: bool, prompt: bool) -> str | None:
    return read_secret(stdin=stdin) if stdin or prompt else None


def _keep(name: str, secret: str | None, *, dry_run: bool) -> None:
    """The last step before the commit: without a keyring nothing is changed."""
    if secret is not None and not dry_run:
        from plentymsg.messenger import secrets

        secrets.keep(name, secret)


@app.command("trust")
def trust_host(
    channel: Annotated[
        str, typer.Argument(metavar="CHANNEL|PASSWORD", help="A channel, or where the password is.")
    ],
    host: str,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Let a password be given to another host than before. PASSWORD is as in --incoming-password."""
    from plentymsg.messenger.setup import trust

    if not yes and not dry_run:
        with changing(dry_run=True) as desk:
            rehearsed = trust.confirm(desk.session, desk.actor, channel, host)
        if rehearsed.changed:
            confirm(
                f"Give the password {_passwords(rehearsed.thing)} to {rehearsed.thing['host']}?", yes=False
            )
    with changing(dry_run=dry_run) as desk:
        done = trust.confirm(desk.session, desk.actor, channel, host)
    what = f"{done.thing['host']} with the password {_passwords(done.thing)}"
    print_done(
        "Would have trusted" if dry_run else "Trusted",
        what,
        changed=done.changed,
        thing=done.thing,
        json=json,
    )


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
