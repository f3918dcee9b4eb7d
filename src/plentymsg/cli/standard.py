"""What a command judges by: the store's packs of requirements, or the built-in ones without a store.

The commands that judge, list or compare share the options `On` and `Pack`, which say of another day and of
another pack what would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    list[str] | None,
    typer.Option(
        "--pack",
        metavar="NAME|FILE",
        help="This pack too, whether it is on or not; or one in a YAML file; may be repeated.",
        show_default=False,
    ),
]


def standard(on: str | None = None, pack: Sequence[str] | None = None) -> Standard:
    """The packs in force, with those of `pack` besides, one upon another, and the day `on`, or today.

    Without a store, as in a CI job, those that are on by themselves. Raises InvalidInput for what is no
    day or is wrong in a pack's file, NotFound for what is no pack, StoreFault for a named store that is not
    there.
    """
    from plentymsg.messenger.policy import enforced, in_force, known, with_pack

    added = [(name, read_pack(name) if is_file(name) else None) for name in pack or ()]
    with perhaps_store() as connection:
        held = in_force(connection)
        packs = known(connection) if added else ()
    for name, entry in added:
        if entry is not None:
            entry.require_sound(packs)
        packs = with_pack(packs, entry.pack if entry is not None else name)
    if added:
        held = held._replace(policy=enforced(packs))
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
