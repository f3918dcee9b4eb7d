"""Which of a customer's addresses a message goes to: the manual's list of priorities."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.store.views import Row

KINDS = ("invoice", "delivery")
"""The kinds of postal addresses, in the order in which their e-mail addresses are tried."""


def of_contact(contact: Row) -> Iterator[str]:
    """The e-mail addresses of a contact (as `contacts.known` gives it), the one to be used first.

    The private and the business one, that of the primary invoice address and of the primary delivery
    address, those of other invoice addresses and of other delivery addresses, the newest first.
    """
    candidates = [contact["email_private"], contact["email_work"]]
    candidates += [contact[kind]["email"] for kind in KINDS if contact[kind]]
    for kind in KINDS:
        candidates += [a["email"] for a in contact["other_addresses"] if a["kind"] == kind]
    return filter(None, candidates)


def of_order(order: Row, contact: Row | None) -> Iterator[str]:
    """The e-mail addresses of an order: of its invoice address, its delivery address, and its contact."""
    yield from filter(None, (order[kind]["email"] for kind in KINDS if order[kind]))
    if contact is not None:
        yield from of_contact(contact)
