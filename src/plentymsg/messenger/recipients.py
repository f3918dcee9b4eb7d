"""Recipients: as they are given, which is what the rules judge, and the addresses that they become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plentymsg.errors import InvalidInput, NotFound, PlentymsgError
from plentymsg.mail.message import Address
from plentymsg.messenger import addresses, contacts, orders
from plentymsg.rules.draft import Recipient
from plentymsg.store import customers
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_STRICTEST = ("address", "contact", "order")
"""The kinds of recipients; the rules mind the last one most."""

Given = tuple[Recipient, Address | None]
"""A recipient as given, and its address if that is known."""


def parse(given: Iterable[str]) -> list[Given]:
    """Recipients from `ADDRESS`, `Name <ADDRESS>`, `contact:ID` or `order:ID`.

    A contact or an order has no address here yet: see `resolve`. Raises InvalidInput for what is none of
    them.
    """
    return [_parse_one(text.strip()) for text in given]


def each_once(recipients: Iterable[Given]) -> list[Given]:
    """The recipients without repetitions; the letter case of an address makes no difference."""
    found: dict[tuple[str, str], Given] = {}
    for given in recipients:
        found.setdefault((given[0].kind, given[0].value.casefold()), given)
    return list(found.values())


def is_usable(email: str) -> bool:
    """Whether an address that came by mail can be written to, however odd it looks."""
    from plentymsg.mail.address import wire_address

    try:
        wire_address(email)
    except InvalidInput:
        return False
    return True


def of_customer(emails: Iterable[str]) -> list[Given]:
    """Recipients from addresses that came by mail: what has written to us may be answered."""
    return [(Recipient("address", email), Address("", email)) for email in emails]


def resolve(connection: Connection, recipients: Iterable[Given]) -> list[Given]:
    """The recipients, each contact and each order with its address if it is known and has one."""
    return [given if given[1] else _resolved(connection, given[0]) for given in recipients]


def require_addresses(connection: Connection, recipients: Sequence[Given]) -> list[Address]:
    """The address of each recipient, once each.

    Raises NotFound for a contact or an order that is not known, InvalidInput for one without an address.
    """
    found: dict[str, Address] = {}
    for recipient, address in recipients:
        if address is None:
            raise _without_address(connection, recipient)
        found.setdefault(address.email.casefold(), address)
    return list(found.values())


def lines(recipients: Iterable[Given]) -> list[tuple[str, str]]:
    """The lines of the ledger: each address once, as an order or a contact if it was given so as well.

    Delivery judges by that again, and an address alone is what no rule minds.
    """
    found: dict[str, tuple[str, str]] = {}
    for recipient, address in recipients:
        if address is not None:
            email, kind = found.get(address.email.casefold(), (address.email, recipient.kind))
            found[address.email.casefold()] = (email, max(kind, recipient.kind, key=_STRICTEST.index))
    return list(found.values())


def _known(connection: Connection, recipient: Recipient) -> Row | None:
    if recipient.kind == "address":
        return None
    known = orders.known if recipient.kind == "order" else contacts.known
    return known(connection, customers.as_id(recipient.value))


def _resolved(connection: Connection, recipient: Recipient) -> Given:
    address = _address_of(connection, recipient)
    return (replace(recipient, address=address.email), address) if address else (recipient, None)


def _address_of(connection: Connection, recipient: Recipient) -> Address | None:
    known = _known(connection, recipient)
    if known is None:
        return None
    if recipient.kind == "contact":
        name, emails = contacts.full_name(known), addresses.of_contact(known)
    else:
        buyer = known["invoice"] or known["delivery"]
        name, emails = contacts.full_name(buyer) if buyer else "", orders.addresses_of(connection, known)
    return next((Address(name, email) for email in emails), None)


def _without_address(connection: Connection, recipient: Recipient) -> PlentymsgError:
    what = f"{recipient.kind} {recipient.value}"
    if _known(connection, recipient) is None:
        return NotFound(
            f"There is no {what}.",
            hint="Give the customer's e-mail address, or look with:"
            f" plentymsg {recipient.kind} list --search TEXT",
            details={"kind": recipient.kind, "name": recipient.value},
        )
    return InvalidInput(
        f"The {what} has no e-mail address.",
        hint="Give the customer's address with --to, or import one: see plentymsg"
        f" {recipient.kind} import --help",
    )


def _parse_one(text: str) -> tuple[Recipient, Address | None]:
    kind, colon, number = text.partition(":")
    if colon and kind in ("contact", "order") and number.isdecimal():
        as_ids_are_written = number.lstrip("0") or "0"
        return Recipient("contact" if kind == "contact" else "order", as_ids_are_written), None
    address = parse_address(text)
    return Recipient("address", address.email), address


def parse_address(text: str) -> Address:
    """An address, with or without a name (RFC 5322, section 3.4). Raises InvalidInput."""
    from email.utils import parseaddr

    from email_validator import EmailNotValidError, validate_email

    name, email = parseaddr(text) if "<" in text else ("", text)
    try:
        valid = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise InvalidInput(
            f"{text!r} is no recipient: {fault}",
            hint="Give an e-mail address, contact:ID or order:ID.",
        ) from None
    return Address(name, valid.normalized)
