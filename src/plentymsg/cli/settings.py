"""`plentymsg settings …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import confirm_live_mode, given, listed, print_change
from plentymsg.cli.command import DryRun, Json, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.output import Column, print_thing
from plentymsg.messenger import settings

app = noun("Settings: live mode, the name of your shop, its clients, and the domain of target addresses.")

LINES = (
    Column("live_mode", "Live mode"),
    Column("client_name", "Client name"),
    Column("clients", "Clients"),
    Column("target_domain", "Target domain"),
)


@app.command("show")
def show_settings(json: Json = False) -> None:
    """Show the settings."""
    with reading() as desk:
        thing = settings.shown(desk.connection, desk.actor)
    print_thing(thing, LINES, json=json)


@app.command("set")
def set_settings(
    live_mode: Annotated[
        bool | None,
        typer.Option(
            "--live-mode/--no-live-mode",
            help="On: messages reach customers. Off: they go to the capture folder.",
        ),
    ] = None,
    client_name: Annotated[
        str | None, typer.Option("--client-name", help="Your shop's name, as templates print it.")
    ] = None,
    clients: Annotated[
        list[str] | None,
        typer.Option(
            "--clients",
            metavar="NAMES",
            help="All web shops in which customers may see tags, with commas; empty for none.",
        ),
    ] = None,
    target_domain: Annotated[
        str | None,
        typer.Option("--target-domain", help="Under which the channels' target addresses are made."),
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change the settings: only what is given. Switching live mode on asks first."""
    from plentymsg.messenger.setup import settings as setup

    changes = given(
        live_mode=live_mode,
        client_name=client_name,
        clients=listed(clients),
        target_domain=target_domain,
    )
    if live_mode and not yes and not dry_run:
        with changing(dry_run=True) as desk:
            rehearsed = setup.alter(desk.session, desk.actor, changes)
        confirm_live_mode([rehearsed])
    with changing(dry_run=dry_run) as desk:
        change = setup.alter(desk.session, desk.actor, changes)
    print_change(change, dry_run=dry_run, json=json)
