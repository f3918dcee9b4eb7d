"""Try a channel's two sides: log in, send nothing, mark nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from plentymsg.errors import PlentymsgError
from plentymsg.messenger import access, connections
from plentymsg.messenger.access import Actor
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Side(NamedTuple):
    """What one side said: nothing, or what is wrong with it."""

    side: str
    error: PlentymsgError | None

    def as_json(self) -> dict[str, Any]:
        """The side as `channel test --json` prints it."""
        error = self.error
        return {
            "ok": error is None,
            "error": None
            if error is None
            else {"code": error.code, "message": error.message, "hint": error.hint},
        }


def probe(connection: Connection, actor: Actor, channel: Row) -> tuple[Side, Side]:
    """Log in to both sides of a channel (a row of `v_channel`)."""
    access.require(actor, access.ADMIN)

    def incoming() -> None:
        connections.source_of(connection, channel).test()

    def outgoing() -> None:
        connections.transport_of(connection, channel).test()

    return _try("incoming", incoming), _try("outgoing", outgoing)


def _try(side: str, attempt: Callable[[], None]) -> Side:
    try:
        attempt()
    except PlentymsgError as fault:
        return Side(side, fault)
    return Side(side, None)
