"""Reading orders, as PlentyONE knows them."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.messenger import access, addresses, contacts, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import customers, views
from plentymsg.store.customer_records import ITEM
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
    """One order, with its lines and addresses; `email` is the one that its buyer is written to."""
    access.require(actor, access.MESSENGER_READ)
    order = read(connection, order_id)
    return {**order, "email": next(addresses_of(connection, order), None)}


def addresses_of(connection: Connection, order: Row) -> Iterator[str]:
    """The e-mail addresses of an order that `read` gave, the one to be used first."""
    contact_id = order["contact_id"]
    contact = contacts.known(connection, contact_id) if contact_id is not None else None
    return addresses.of_order(order, contact)


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
    order = known(connection, order_id)
    if order is None:
        raise naming.unknown("order", order_id)
    return order


def known(connection: Connection, order_id: int) -> Row | None:
    """The order with this ID as `read` gives it, or None."""
    row = views.first(connection, "v_order", {"id": order_id})
    if row is None:
        return None
    del row["customer"]  # it is in the addresses, or the contact's name
    items = views.select(connection, "v_order_item", {"order_id": order_id}, order_by="place")
    postal = views.select(connection, "v_postal_address", {"order_id": order_id})
    return {
        **shaped(row),
        **contacts.primary_addresses(postal),
        "items": [{key: item[key] for key in ITEM} for item in items],
    }


def shaped(row: Row) -> Row:
    """A row of `v_order` as users and scripts see it."""
    return {**row, "details": dict(views.parsed(row["details"]))}
