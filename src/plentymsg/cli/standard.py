"""What a command judges by: the store's packs of requirements, or the built-in ones without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plentymsg.cli.desk import reading, store_path

if TYPE_CHECKING:
    from plentymsg.messenger.policy import Standard


def standard() -> Standard:
    """The packs in force. Without a store, as in a CI job, those that are on by themselves."""
    from plentymsg.messenger.policy import in_force

    if not store_path().exists():
        return in_force(None)
    with reading() as desk:
        return in_force(desk.connection)
