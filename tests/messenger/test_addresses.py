"""Which address of a customer is used: the manual's list of priorities."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger import addresses

PRIORITIES = ["private", "work", "invoice", "delivery", "other-invoice-2", "other-invoice-1"]
PRIORITIES += ["other-delivery-2", "other-delivery-1"]


def contact(held: set[str]) -> dict[str, Any]:
    """A contact that has these addresses; the other ones as they are read, the newest first."""

    def email(name: str) -> str:
        return f"{name}@example.com" if name in held else ""

    return {
        "email_private": email("private"),
        "email_work": email("work"),
        "invoice": {"email": email("invoice")},
        "delivery": {"email": email("delivery")} if "delivery" in held else None,
        "other_addresses": [
            {"kind": kind, "email": email(f"other-{kind}-{number}")}
            for kind in ("invoice", "delivery")
            for number in (2, 1)
        ],
    }


@given(st.sets(st.sampled_from(PRIORITIES)))
def test_a_contact_is_written_to_by_the_first_of_the_list_that_it_has(held: set[str]) -> None:
    used = list(addresses.of_contact(contact(held)))
    assert used == [f"{name}@example.com" for name in PRIORITIES if name in held]


@given(st.sets(st.sampled_from(PRIORITIES)), st.booleans(), st.booleans(), st.booleans())
def test_an_orders_own_addresses_come_before_its_contacts(
    held: set[str], invoice: bool, delivery: bool, of_a_contact: bool
) -> None:
    order = {
        "invoice": {"email": "order-invoice@example.com"} if invoice else {"email": ""},
        "delivery": {"email": "order-delivery@example.com"} if delivery else None,
    }
    own = ["order-invoice@example.com"] * invoice + ["order-delivery@example.com"] * delivery
    theirs = [f"{name}@example.com" for name in PRIORITIES if name in held]
    used = addresses.of_order(order, contact(held) if of_a_contact else None)
    assert list(used) == own + theirs * of_a_contact
