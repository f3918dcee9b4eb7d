"""Finding contacts and orders among hundreds of thousands: by an index, or in one pass over the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_MOST_DIGITS = 18
"""An ID has no more: SQLite's integers end there, and Python refuses to read a number of some thousand."""

_LONGEST_SHOWN = 60
_LONGEST_SEARCH = 2000
"""Letters; no field has that many, and SQLite takes no pattern of many thousand."""

_GAP = " || char(31) || "
"""What parts the fields in which is searched: nobody types it."""

_OF_CONTACT = _GAP.join(
    [
        *("c.id", "c.external_id", "c.number", "c.first_name || ' ' || c.last_name", "c.company"),
        *("c.email_private", "c.email_work"),
    ]
)
_OF_ADDRESS = _GAP.join(["a.first_name || ' ' || a.last_name", "a.company", "a.email"])
_CONTACTS_OF_EMAIL = (
    "SELECT id FROM contact WHERE email_private = ?1 UNION SELECT id FROM contact WHERE email_work = ?1"
    " UNION SELECT contact_id FROM postal_address WHERE email = ?1 AND contact_id IS NOT NULL"
)


def contacts(
    connection: Connection, search: str | None, *, limit: int | None = None, offset: int = 0
) -> Iterator[Row]:
    """The rows of `v_contact` by ID, or those of them that have `search` somewhere."""
    condition, values = "", []
    if search is not None:
        in_contact, patterns = _containing(_OF_CONTACT, search)
        in_address, more = _containing(_OF_ADDRESS, search)
        condition = (
            f" WHERE c.id IN (SELECT c.id FROM contact c WHERE {in_contact} UNION"
            f" SELECT a.contact_id FROM postal_address a WHERE {in_address})"
        )
        values = [*patterns, *more]
    yield from _page(
        connection, f"SELECT c.* FROM v_contact c{condition} ORDER BY c.id", values, limit, offset
    )


def orders(
    connection: Connection, search: str | None, *, limit: int | None = None, offset: int = 0
) -> Iterator[Row]:
    """The rows of `v_order`, the highest ID first, or those of them that have `search` somewhere."""
    condition, values = "", []
    if search is not None:
        in_order, patterns = _containing(f"o.id{_GAP}o.external_id", search)
        in_contact, more = _containing(_OF_CONTACT, search)
        in_address, most = _containing(_OF_ADDRESS, search)
        condition = (
            f" WHERE o.id IN (SELECT o.id FROM sales_order o WHERE {in_order} UNION"
            f" SELECT o.id FROM contact c JOIN sales_order o ON o.contact_id = c.id WHERE {in_contact} UNION"
            f" SELECT a.order_id FROM postal_address a WHERE {in_address})"
        )
        values = [*patterns, *more, *most]
    statement = f"SELECT o.* FROM v_order o{condition} ORDER BY o.id DESC"
    yield from _page(connection, statement, values, limit, offset)


def contacts_with_id(connection: Connection, reference: str) -> list[int]:
    """The contact whose ID is written as `reference`, as a list of at most one."""
    return _ids(connection, "SELECT id FROM contact WHERE id = ?", as_id(reference))


def contacts_named(connection: Connection, reference: str) -> list[int]:
    """The contacts that have this external ID, number or e-mail address."""
    reference = _storable(reference)
    email = reference.strip().lower()
    return _ids(
        connection,
        "SELECT id FROM contact WHERE external_id = ? AND external_id <> ''"
        " UNION SELECT id FROM contact WHERE number = ? AND number <> ''"
        " UNION SELECT id FROM contact WHERE email_private = ? AND email_private <> ''"
        " UNION SELECT id FROM contact WHERE email_work = ? AND email_work <> ''"
        " UNION SELECT contact_id FROM postal_address"
        " WHERE email = ? AND email <> '' AND contact_id IS NOT NULL ORDER BY 1 LIMIT 9",
        *(reference, reference, email, email, email),
    )


def orders_with_id(connection: Connection, reference: str) -> list[int]:
    """The order whose ID is written as `reference`, as a list of at most one."""
    return _ids(connection, "SELECT id FROM sales_order WHERE id = ?", as_id(reference))


def orders_named(connection: Connection, reference: str) -> list[int]:
    """The orders that have this external ID."""
    return _ids(
        connection,
        "SELECT id FROM sales_order WHERE external_id = ? AND external_id <> '' ORDER BY id LIMIT 9",
        _storable(reference),
    )


def newest_order_of(connection: Connection, email: str) -> int | None:
    """The newest order of a buyer with this address (in lower case); None without any.

    An order is of an address if that is in the order itself, or is one of its contact's.
    """
    found = _ids(
        connection,
        "SELECT id FROM sales_order WHERE id IN"
        " (SELECT order_id FROM postal_address WHERE email = ?1 AND order_id IS NOT NULL"
        f"  UNION SELECT id FROM sales_order WHERE contact_id IN ({_CONTACTS_OF_EMAIL}))"
        " ORDER BY created_at DESC, id DESC LIMIT 1",
        email,
    )
    return found[0] if found else None


def newest_contact_of(connection: Connection, email: str) -> int | None:
    """The contact with this address (in lower case), of several the one with the highest ID."""
    found = _ids(connection, f"{_CONTACTS_OF_EMAIL} ORDER BY 1 DESC LIMIT 1", email)
    return found[0] if found else None


def only_one(reference: str, what: str, found: Sequence[int]) -> int:
    """The only member of `found`. Raises NotFound if there is none, InvalidInput if there are several."""
    reference = reference if len(reference) <= _LONGEST_SHOWN else f"{reference[:_LONGEST_SHOWN]}…"
    if not found:
        raise NotFound(
            f"There is no {what} {reference!r}.",
            hint=f"Look for it with: plentymsg {what} list --search TEXT",
            details={"kind": what, "name": reference},
        )
    if len(found) > 1:
        some = ", ".join(map(str, found[:8])) + (" …" if len(found) > 8 else "")
        raise InvalidInput(f"{reference!r} is more than one {what}: {some}.", hint="Name it by its ID.")
    return found[0]


def as_id(reference: str) -> int:
    """The number that a reference is written as; -1, which nothing has, if it is none."""
    text = reference.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else -1


def _ids(connection: Connection, statement: str, *values: int | str) -> list[int]:
    return [int(row[0]) for row in connection.execute(statement, values)]


def _storable(text: str) -> str:
    """Text from a command line with a sign that nobody has in a name for each byte that is no UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _containing(expression: str, search: str) -> tuple[str, list[str]]:
    """A condition and its values: `expression` contains `search`, in any case.

    SQLite knows the cases of a to z only; names with other letters are written as given, or in one case.
    """
    escaped = re.sub(r"([\\%_])", r"\\\1", _storable(search.strip()[:_LONGEST_SEARCH]))
    forms = {escaped} if escaped.isascii() else {escaped, escaped.lower(), escaped.upper(), escaped.title()}
    terms = " OR ".join(f"{expression} LIKE ? ESCAPE '\\'" for _ in forms)
    return f"({terms})", [f"%{form}%" for form in sorted(forms)]


def _page(
    connection: Connection, statement: str, values: Sequence[str], limit: int | None, offset: int
) -> Iterator[Row]:
    window = (-1 if limit is None else limit, offset)
    for row in connection.execute(f"{statement} LIMIT ? OFFSET ?", (*values, *window)):
        yield dict(row)
