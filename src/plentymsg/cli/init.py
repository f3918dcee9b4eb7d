"""`plentymsg init`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import store_path
from plentymsg.cli.output import print_done
from plentymsg.cli.store import in_words
from plentymsg.cli.terminal import say, warn

app = verb("Make the store, with the groups, types, templates and the first user that are given.")


@app.command()
def init(
    client_name: Annotated[
        str | None, typer.Option("--client-name", help="Your shop's name, as templates print it.")
    ] = None,
    unix_group: Annotated[
        str | None,
        typer.Option(
            "--unix-group", metavar="GROUP", help="Share the store, and its folder, with this group of users."
        ),
    ] = None,
    json: Json = False,
) -> None:
    from plentymsg.messenger.setup.beginning import begin

    made = begin(store_path(), client_name, unix_group)
    thing = {
        "store": str(made.store),
        "user": made.user,
        "backup": str(made.backup) if made.backup else None,
    }
    changed = made.done != "unchanged"
    what = f"store {made.store}{in_words(made.backup)}"
    print_done(made.done.capitalize(), what, changed=changed, thing=thing, json=json)
    for warning in made.warnings:
        warn(warning)
    if made.done == "made" and not json:
        say("Next: plentymsg apply -f FILE, or plentymsg channel add NAME")
    if unix_group is not None and changed and not json:
        say("Give each person of the group an account: plentymsg user add LOGIN --access-roles NAMES")
