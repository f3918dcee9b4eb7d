"""Which of a customer's addresses a message goes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plentymsg.messenger import contacts, orders
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def of_contact(connection: Connection, contact_id: int) -> str | None:
    """The address to which a contact is written; None if it has none. Raises NotFound."""
    return next(ranked(contacts.read(connection, contact_id)), None)


def of_order(connection: Connection, order_id: int) -> str | None:
    """The address to which the buyer of an order is written; None if it has none. Raises NotFound."""
    order = orders.read(connection, order_id)
    contact = contacts.read(connection, order["contact_id"]) if order["contact_id"] is not None else None
    return next(ranked_of_order(order, contact), None)


def ranked(contact: Row) -> Iterator[str]:
    """The e-mail addresses of a contact (as `contacts.read` gives it), the one to be used first.

    The private and the business one, that of the primary invoice address and of the primary delivery
    address, those of other invoice addresses and of other delivery addresses, the newest first.
    """
    postal: Sequence[Row] = contact["addresses"]
    candidates = [contact["email_private"], contact["email_work"]]
    for primary in (True, False):
        for kind in ("invoice", "delivery"):
            candidates += [a["email"] for a in postal if a["primary"] is primary and a["kind"] == kind]
    return filter(None, candidates)


def ranked_of_order(order: Row, contact: Row | None) -> Iterator[str]:
    """The e-mail addresses of an order: of its invoice address, its delivery address, and its contact."""
    for kind in ("invoice", "delivery"):
        yield from filter(None, (a["email"] for a in order["addresses"] if a["kind"] == kind))
    if contact is not None:
        yield from ranked(contact)
