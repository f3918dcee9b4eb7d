"""Changing the list of clients: the web shops whose customers may see tags."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from plentymsg.errors import Conflict
from plentymsg.messenger import clients, naming
from plentymsg.messenger.setup.fields import concerning
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Client, Tag, TagClient


def put_clients(session: Session, given: Sequence[str]) -> None:
    """Make these the clients. One that is there already, in whatever case, stays the same client.

    Raises Conflict, naming the tags, if one that is left out is still a client of tags.
    """
    wanted = {naming.fold(name): name for name in given}
    for held in clients.every(driver_of(session)):
        row = session.get_one(Client, held["id"])
        name = wanted.pop(naming.fold(row.name), None)
        if name is not None:
            row.name = name
        else:
            _require_unused(session, row)
            session.delete(row)
    session.flush()
    for name in wanted.values():
        session.add(Client(name=name))


def _require_unused(session: Session, client: Client) -> None:
    bearing = select(TagClient.tag_id).where(col(TagClient.client_id) == client.id)
    tags = session.exec(select(Tag.name).where(col(Tag.id).in_(bearing)).order_by(Tag.name)).all()
    if tags:
        with concerning("clients"):
            raise Conflict(
                f"The client {client.name!r} is still a client of the tag{'s' if len(tags) > 1 else ''}"
                f" {', '.join(tags)}.",
                hint="Take it from them first, with: plentymsg tag set --clients",
            )
