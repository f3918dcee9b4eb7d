"""Import contacts and orders from a file, as PlentyONE knows them: their IDs are the identity.

What is so already is unchanged; a key or column that is left out is left alone, an empty one empties. A
file with a problem changes nothing, and all its problems are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NamedTuple

from pydantic import ValidationError

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, contacts, orders, records
from plentymsg.messenger.access import Actor
from plentymsg.messenger.addresses import KINDS
from plentymsg.messenger.records import Record
from plentymsg.messenger.setup import customer_fields
from plentymsg.messenger.setup.customer_fields import Columns
from plentymsg.messenger.setup.fields import Problem
from plentymsg.store import customer_records, history
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

MOST_PROBLEMS = 100
"""How many are named: a file with more has the same one all over."""


class Imported(NamedTuple):
    """How many records were added, changed, and found as they are."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class _Kind(NamedTuple):
    """What is imported: how one is known, and written."""

    word: str
    columns: Columns
    blank: Row
    """One of which nothing is known."""
    known: Callable[[Connection, int], Row | None]
    put: Callable[[Connection, Row, Row], None]


def import_contacts(connection: Connection, actor: Actor, stream: IO[bytes], file: str) -> Imported:
    """Add and change contacts, in the caller's transaction. Raises InvalidInput with all problems."""
    return _import(connection, actor, _CONTACTS, stream, file)


def import_orders(connection: Connection, actor: Actor, stream: IO[bytes], file: str) -> Imported:
    """Add and change orders, in the caller's transaction. Raises InvalidInput with all problems."""
    return _import(connection, actor, _ORDERS, stream, file)


def _import(connection: Connection, actor: Actor, kind: _Kind, stream: IO[bytes], file: str) -> Imported:
    access.require(actor, access.MESSENGER_UPDATE)
    findings: list[tuple[int, Problem]] = []
    counts = dict.fromkeys(Imported._fields, 0)
    seen: set[int] = set()
    for record in records.read(stream):
        found, given = _judged(connection, kind, record, seen)
        findings += [(record.line, problem) for problem in found]
        if len(findings) >= MOST_PROBLEMS or (record.header and findings):
            break
        if given is not None and not findings:
            counts[_write(connection, kind, given)] += 1
    if findings:
        raise _refused(file, findings[:MOST_PROBLEMS])
    result = Imported(**counts)
    if result.added or result.changed:
        history.record(
            connection,
            user_id=actor.id,
            kind=kind.word,
            thing_id=0,
            action="imported",
            after={"file": file, **result._asdict()},
        )
    return result


def _judged(
    connection: Connection, kind: _Kind, record: Record, seen: set[int]
) -> tuple[list[Problem], dict[str, Any] | None]:
    """What is wrong with a record, or else its values."""
    if record.fault:
        return [Problem((), record.fault)], None
    if record.header:
        return list(_wrong_columns(kind.columns, record)), None
    try:
        nested = customer_fields.nested(record.values, kind.columns)
        given = kind.columns.fields.model_validate(nested).given()
    except ValidationError as fault:
        return customer_fields.problems(fault, kind.columns), None
    except InvalidInput as fault:
        return [Problem((), fault.message.rstrip("."))], None
    problems = list(_wrong_references(connection, kind.columns, given, seen))
    seen.add(given["id"])
    return problems, given


def _wrong_columns(columns: Columns, header: Record) -> Iterator[Problem]:
    for name in header.values:
        if not columns.knows(name):
            yield Problem((), columns.no_such(name))
    if "id" not in header.values:
        yield Problem((), "the column id is missing")


def _wrong_references(
    connection: Connection, columns: Columns, given: Mapping[str, Any], seen: set[int]
) -> Iterator[Problem]:
    if given["id"] in seen:
        yield Problem(("id",), f"{given['id']} is in the file twice")
    contact_id = given.get("contact_id")
    if contact_id is not None and contacts.known(connection, contact_id) is None:
        yield Problem(("contact_id",), f"there is no contact {contact_id}; import contacts first")
    for name in given.get("details", {}):
        if not columns.is_variable(name):
            yield Problem(("details", name), columns.no_such(name))


def _write(connection: Connection, kind: _Kind, given: Mapping[str, Any]) -> str:
    """Write what a record gives over what is known; return which count it belongs to."""
    known = kind.known(connection, given["id"])
    before = known or kind.blank
    after = _merged(before, given)
    if after == known:
        return "unchanged"
    kind.put(connection, before, after)
    return "changed" if known else "added"


def _merged(before: Row, given: Mapping[str, Any]) -> Row:
    after = {**before, **given}
    for kind in KINDS:
        if kind in given:
            after[kind] = _address(before[kind], given[kind])
    if "other_addresses" in given:
        # As they are read: those for invoices first, each kind in the order in which they are tried.
        others = [{"kind": a["kind"], **_whole(a)} for a in given["other_addresses"]]
        after["other_addresses"] = sorted(others, key=lambda a: KINDS.index(a["kind"]))
    if "items" in given:
        blank = {"quantity": "1", "price": "", "number": ""}
        after["items"] = [{**blank, **item} for item in given["items"]]
    if "details" in given:
        merged = {**before["details"], **given["details"]}
        after["details"] = {name: value for name, value in merged.items() if value not in ("", [])}
    return after


def _address(before: Row | None, given: Mapping[str, Any] | None) -> Row | None:
    if given is None:
        return None
    merged = _whole({**(before or {}), **given})
    return merged if any(merged.values()) else None


def _whole(address: Mapping[str, Any]) -> Row:
    return {key: address.get(key, "") for key in customer_records.ADDRESS}


def _put_contact(connection: Connection, before: Row, after: Row) -> None:
    customer_records.put_contact(connection, after)
    held = (*KINDS, "other_addresses")
    if any(before[key] != after[key] for key in held):
        # The first of the others is the one to be tried first, which is the newest.
        others = [(a["kind"], False, a) for a in reversed(after["other_addresses"])]
        lines = [*_primary(after), *others]
        customer_records.put_addresses(connection, "contact_id", after["id"], lines)


def _put_order(connection: Connection, before: Row, after: Row) -> None:
    customer_records.put_order(connection, after)
    if any(before[kind] != after[kind] for kind in KINDS):
        customer_records.put_addresses(connection, "order_id", after["id"], _primary(after))
    if before["items"] != after["items"]:
        customer_records.put_items(connection, after["id"], after["items"])


def _primary(customer: Row) -> list[tuple[str, bool, Row]]:
    return [(kind, True, customer[kind]) for kind in KINDS if customer[kind]]


def _blank(columns: Columns) -> Row:
    fields = columns.fields.model_fields
    return {name: fields[name].get_default(call_default_factory=True) for name in fields if name != "id"}


_CONTACTS = _Kind(
    "contact", customer_fields.CONTACT, _blank(customer_fields.CONTACT), contacts.known, _put_contact
)
_ORDERS = _Kind("order", customer_fields.ORDER, _blank(customer_fields.ORDER), orders.known, _put_order)


def _refused(file: str, findings: list[tuple[int, Problem]]) -> InvalidInput:
    told = [
        {"where": f"{file}:{line}", "key": problem.key, "message": problem.message}
        for line, problem in findings
    ]
    if len(told) == 1:
        message = ": ".join(part for part in told[0].values() if part)
        message += "" if message.endswith("?") else "."
    else:
        message = f"{file} has {len(told)} problems{' or more' if len(told) == MOST_PROBLEMS else ''}."
    return InvalidInput(
        message,
        hint="Nothing was imported; mend the file and import it again.",
        details={"problems": told},
    )
