"""Reading contacts: the customers, as PlentyONE knows them."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import customers, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_ADDRESS_FIELDS = (
    *("company", "first_name", "last_name", "street", "house_number", "postal_code", "town", "country"),
    *("email", "telephone"),
)


def listed(
    connection: Connection,
    actor: Actor,
    search: str | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Row]:
    """The contacts by ID, read as they are asked for.

    With `search`, those that have it in their ID, external ID, number, names, company or an e-mail address.
    """
    access.require(actor, access.MESSENGER_READ)
    return map(shaped, customers.contacts(connection, search, limit=limit, offset=offset))


def shown(connection: Connection, actor: Actor, contact_id: int) -> Row:
    """One contact, with its addresses."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection, contact_id)


def find(connection: Connection, reference: str) -> int:
    """The ID of the contact that `reference` names: its ID, external ID, number or an e-mail address.

    Raises NotFound, or InvalidInput if several contacts have it.
    """
    return customers.only_one(
        reference,
        "contact",
        customers.contacts_with_id(connection, reference) or customers.contacts_named(connection, reference),
    )


def read(connection: Connection, contact_id: int) -> Row:
    """The contact with this ID, with its addresses. Raises NotFound."""
    row = views.first(connection, "v_contact", {"id": contact_id})
    if row is None:
        raise naming.unknown("contact", contact_id)
    return {**shaped(row), "addresses": addresses_of(connection, contact_id=contact_id)}


def addresses_of(connection: Connection, **owner: int) -> list[Row]:
    """The postal addresses of `contact_id=…` or `order_id=…`: the primary ones first, then the newest."""
    rows = views.select(connection, "v_postal_address", owner, order_by="is_primary DESC, id DESC")
    return [
        {
            "kind": row["kind"],
            "primary": bool(row["is_primary"]),
            **{key: row[key] for key in _ADDRESS_FIELDS},
        }
        for row in rows
    ]


def shaped(row: Row) -> Row:
    """A row of `v_contact` as users and scripts see it."""
    return {**row, "details": dict(views.parsed(row["details"]))}


def full_name(person: Row) -> str:
    """The first and last name of a contact or of an address, else the company."""
    return f"{person['first_name']} {person['last_name']}".strip() or str(person["company"])
