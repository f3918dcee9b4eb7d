"""Recipients: as they are given, which is what the rules judge, and the addresses that they become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.mail.message import Address
from plentymsg.rules.draft import Recipient

Given = tuple[Recipient, Address | None]
"""A recipient as given, and its address if that is known."""


def parse(given: Iterable[str]) -> list[Given]:
    """Recipients from `ADDRESS`, `Name <ADDRESS>`, `contact:ID` or `order:ID`.

    A contact or an order has no address here yet. Raises InvalidInput for what is none of them.
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


def require_addresses(recipients: Sequence[Given]) -> list[Address]:
    """The address of each recipient. Raises NotFound for a contact or an order: none are known yet."""
    for recipient, address in recipients:
        if address is None:
            raise NotFound(
                f"There is no {recipient.kind} {recipient.value}.",
                hint="Give the customer's e-mail address instead.",
            )
    return [address for _, address in recipients if address is not None]


def _parse_one(text: str) -> tuple[Recipient, Address | None]:
    kind, colon, number = text.partition(":")
    if colon and kind == "contact" and number.isdecimal():
        return Recipient("contact", number), None
    if colon and kind == "order" and number.isdecimal():
        return Recipient("order", number), None
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
