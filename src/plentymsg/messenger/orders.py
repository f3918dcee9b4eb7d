"""Reading orders, as PlentyONE knows them."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.messenger import access, contacts, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import customers, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(
    connection: Connection,
    actor: Actor,
    search: str | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Row]:
    """The orders, the highest ID first, read as they are asked for.

    With `search`, those that have it in their ID or external ID, in a name or e-mail address, or those of
    the contact whose number or external ID it is.
    """
    access.require(actor, access.MESSENGER_READ)
    return map(shaped, customers.orders(connection, search, limit=limit, offset=offset))


def shown(connection: Connection, actor: Actor, order_id: int) -> Row:
    """One order, with its lines and addresses."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection, order_id)


def find(connection: Connection, reference: str) -> int:
    """The ID of the order that `reference` names: its ID, or the marketplace's order number.

    Raises NotFound, or InvalidInput if several orders have it.
    """
    return customers.only_one(
        reference,
        "order",
        customers.orders_with_id(connection, reference) or customers.orders_named(connection, reference),
    )


def read(connection: Connection, order_id: int) -> Row:
    """The order with this ID, with its lines and addresses. Raises NotFound."""
    row = views.first(connection, "v_order", {"id": order_id})
    if row is None:
        raise naming.unknown("order", order_id)
    items = views.select(connection, "v_order_item", {"order_id": order_id}, order_by="place")
    return {
        **shaped(row),
        "items": [{key: item[key] for key in ("name", "quantity", "price", "number")} for item in items],
        "addresses": contacts.addresses_of(connection, order_id=order_id),
    }


def shaped(row: Row) -> Row:
    """A row of `v_order` as users and scripts see it."""
    return {**row, "details": dict(views.parsed(row["details"]))}
