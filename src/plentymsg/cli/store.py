"""`plentymsg store …`."""

from __future__ import annotations

from pathlib import Path

from plentymsg.cli.command import Json, noun
from plentymsg.cli.desk import reading, store_path
from plentymsg.cli.output import Column, print_done, print_thing

app = noun("The store: the one file that holds everything.")

COLUMNS = (
    Column("store", "Store"),
    Column("schema", "Schema"),
    Column("size", "Bytes", right=True),
    Column("channels", "Channels", right=True),
    Column("conversations", "Conversations", right=True),
    Column("messages", "Messages", right=True),
    Column("quarantined", "Set aside", right=True),
    Column("captured_in", "Captured mail"),
    Column("live_mode", "Live mode"),
)


@app.command("info")
def info(json: Json = False) -> None:
    """Show where the store is and how much is in it."""
    from plentymsg.messenger.store_info import info as use_case

    with reading() as desk:
        thing = use_case(desk.store, desk.connection, desk.actor)
    print_thing(thing, COLUMNS, json=json)


@app.command("migrate")
def migrate(json: Json = False) -> None:
    """Bring an older store up to date; a copy of it is kept beside it."""
    from plentymsg.store.migrate import migrate as use_case

    path = store_path()
    made = use_case(path)
    thing = {"store": str(path), "backup": str(made.backup) if made.backup else None}
    print_done(
        "Migrated", f"store {path}{in_words(made.backup)}", changed=made.changed, thing=thing, json=json
    )


def in_words(backup: Path | None) -> str:
    """Where the copy of an older store is, behind the name of the store; nothing where there is none."""
    return f", backup in {backup}" if backup else ""
