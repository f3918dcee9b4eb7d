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
from plentymsg.cli.pack_file import is_file, read_pack
from plentymsg.cli.scope import scope
from plentymsg.errors import StoreFault

if TYPE_CHECKING:
    from plentymsg.messenger.policy import Standard
    from plentymsg.store.driver import Connection

On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="What holds on this day, such as 2027-01-01.")
]
Pack = Annotated[
    str | None,
    typer.Option(
        "--pack", metavar="NAME|FILE", help="This pack too, whether it is on or not; or one in a YAML file."
    ),
]


def standard(on: str | None = None, pack: str | None = None) -> Standard:
    """The packs in force, with `pack` besides, and the day `on`, or today.

    Without a store, as in a CI job, those that are on by themselves. Raises InvalidInput for what is no
    day or is wrong in a pack's file, NotFound for what is no pack, StoreFault for a named store that is not
    there.
    """
    from plentymsg.messenger.policy import in_force, known, with_pack

    entry = read_pack(pack) if pack is not None and is_file(pack) else None
    with perhaps_store() as connection:
        held = in_force(connection)
        if entry is not None:
            entry.require_sound(known(connection))
        if pack is not None:
            held = held._replace(policy=with_pack(connection, entry.pack if entry else pack))
    return held._replace(on=day(on)) if on is not None else held


@contextmanager
def perhaps_store() -> Iterator[Connection | None]:
    """The store, or None where none was named and there is none: what is public can be read without.

    Raises StoreFault if one was named that is not there: a typo in its path would mean other packs.
    """
    path = store_path()
    if not path.exists():
        if scope().store is not None:
            raise StoreFault(
                f"There is no store at {path}.",
                hint="Check the path, make one with `plentymsg init`, or name none, neither by --store nor by"
                " PLENTYMSG_STORE, to go by what plentymsg asks for by itself.",
            )
        yield None
        return
    with reading() as desk:
        yield desk.connection
