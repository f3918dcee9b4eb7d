"""What a command judges by: the store's packs of requirements, or the built-in ones without a store.

The commands that judge, list or compare share the options `On` and `Pack`, which say of another day and of
another pack what would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.desk import reading, store_path
from plentymsg.cli.moments import day

if TYPE_CHECKING:
    from plentymsg.messenger.policy import Standard
    from plentymsg.store.driver import Connection

On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="What holds on this day, such as 2027-01-01.")
]
Pack = Annotated[
    str | None, typer.Option("--pack", metavar="NAME", help="This pack too, whether it is on or not.")
]


def standard(on: str | None = None, pack: str | None = None) -> Standard:
    """The packs in force, with `pack` besides, and the day `on`, or today.

    Without a store, as in a CI job, those that are on by themselves. Raises InvalidInput for what is no
    day, NotFound for what is no pack.
    """
    from plentymsg.messenger.policy import in_force, with_pack

    with _connection() as connection:
        held = in_force(connection)
        if pack is not None:
            held = held._replace(policy=with_pack(connection, pack))
    return held._replace(on=day(on)) if on is not None else held


@contextmanager
def _connection() -> Iterator[Connection | None]:
    if not store_path().exists():
        yield None
        return
    with reading() as desk:
        yield desk.connection
