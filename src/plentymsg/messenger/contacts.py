"""Reading contacts: the customers, as PlentyONE knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plentymsg.messenger import access, addresses, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import customers, views
from plentymsg.store.customer_records import ADDRESS
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
    """The contacts by ID, read as they are asked for.

    With `search`, those that have it in their ID, external ID, number, names, company or an e-mail address.
    """
    access.require(actor, access.MESSENGER_READ)
    return map(shaped, customers.contacts(connection, search, limit=limit, offset=offset))


def shown(connection: Connection, actor: Actor, contact_id: int) -> Row:
    """One contact, with its addresses; `email` is the one that it is written to."""
    access.require(actor, access.MESSENGER_READ)
    contact = read(connection, contact_id)
    return {**contact, "email": next(addresses.of_contact(contact), None)}


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
    contact = known(connection, contact_id)
    if contact is None:
        raise naming.unknown("contact", contact_id)
    return contact


def known(connection: Connection, contact_id: int) -> Row | None:
    """The contact with this ID as `read` gives it, or None.

    `invoice` and `delivery` are its primary addresses, or None; of the others, the one to be tried first
    comes first.
    """
    row = views.first(connection, "v_contact", {"id": contact_id})
    if row is None:
        return None
    postal = views.select(
        connection, "v_postal_address", {"contact_id": contact_id}, order_by="kind DESC, id DESC"
    )
    others = [{"kind": a["kind"], **address_of(a)} for a in postal if not a["is_primary"]]
    return {**shaped(row), **primary_addresses(postal), "other_addresses": others}


def primary_addresses(postal: Sequence[Row]) -> dict[str, Row | None]:
    """`invoice` and `delivery` from rows of `v_postal_address`."""
    primary = {row["kind"]: address_of(row) for row in postal if row["is_primary"]}
    return {"invoice": primary.get("invoice"), "delivery": primary.get("delivery")}


def address_of(row: Row) -> Row:
    """A row of `v_postal_address` as users and scripts see it."""
    return {key: row[key] for key in ADDRESS}


def shaped(row: Row) -> Row:
    """A row of `v_contact` as users and scripts see it."""
    return {**row, "details": dict(views.parsed(row["details"]))}


def full_name(person: Row) -> str:
    """The first and last name of a contact or of an address, else the company."""
    return f"{person['first_name']} {person['last_name']}".strip() or str(person["company"])
