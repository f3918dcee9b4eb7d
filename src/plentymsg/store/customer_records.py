"""Writing contacts and orders: by the bare driver, since an import brings hundreds of thousands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plentymsg.store.driver import Connection

CONTACT = (
    *("external_id", "number", "first_name", "last_name", "company", "title", "gender", "language"),
    *("email_private", "email_work"),
)
ORDER = ("external_id", "contact_id", "referrer", "status", "created_at", "currency", "total")
ADDRESS = (
    *("company", "first_name", "last_name", "street", "house_number", "postal_code", "town", "country"),
    *("email", "telephone"),
)
ITEM = ("name", "quantity", "price", "number")


def put_contact(connection: Connection, contact: Mapping[str, Any]) -> None:
    """Add the contact with this ID, or give it these values."""
    _put(connection, "contact", CONTACT, contact)


def put_order(connection: Connection, order: Mapping[str, Any]) -> None:
    """Add the order with this ID, or give it these values."""
    _put(connection, "sales_order", ORDER, order)


def put_addresses(
    connection: Connection,
    owner: str,
    owner_id: int,
    addresses: Iterable[tuple[str, bool, Mapping[str, Any]]],
) -> None:
    """Put these addresses (kind, whether it is the primary one, values) in the place of those there were.

    `owner` is `contact_id` or `order_id`. A later one counts as newer.
    """
    connection.execute(f"DELETE FROM postal_address WHERE {owner} = ?", (owner_id,))
    connection.executemany(
        f"INSERT INTO postal_address ({owner}, kind, is_primary, {', '.join(ADDRESS)})"
        f" VALUES ({_marks(3 + len(ADDRESS))})",
        [
            (owner_id, kind, primary, *(address[key] for key in ADDRESS))
            for kind, primary, address in addresses
        ],
    )


def put_items(connection: Connection, order_id: int, items: Sequence[Mapping[str, Any]]) -> None:
    """Put these lines in the place of those that an order had."""
    connection.execute("DELETE FROM order_item WHERE order_id = ?", (order_id,))
    connection.executemany(
        f"INSERT INTO order_item (order_id, place, {', '.join(ITEM)}) VALUES ({_marks(2 + len(ITEM))})",
        [(order_id, place, *(item[key] for key in ITEM)) for place, item in enumerate(items)],
    )


def _put(connection: Connection, table: str, columns: Sequence[str], row: Mapping[str, Any]) -> None:
    names = ("id", *columns, "details")
    details = json.dumps(row["details"], ensure_ascii=False, sort_keys=True)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({_marks(len(names))})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        (row["id"], *(row[column] for column in columns), details),
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
