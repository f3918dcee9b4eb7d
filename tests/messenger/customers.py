"""Contacts and orders for tests, imported as a user would."""

from __future__ import annotations

import json
from typing import Any

from tests.desk import Desk

SABINE = {
    "id": 101,
    "external_id": "K-7",
    "number": "20101",
    "first_name": "Sabine",
    "last_name": "Krüger",
    "language": "de",
    "email_private": "Sabine@Example.com",
    "email_work": "s.krueger@buero.example",
    "invoice": {"street": "Lindenweg", "house_number": "4", "postal_code": "04109", "town": "Leipzig"},
}
LOTTE = {"id": 102, "first_name": "Lotte", "last_name": "Grünwald", "email_work": "lotte@post.example"}
NOBODY = {"id": 103, "company": "Tischlerei Ohm"}

ORDER = {
    "id": 5001,
    "external_id": "302-3051192-7718846",
    "contact_id": 101,
    "referrer": "4.01",
    "status": "7",
    "created_at": "2026-11-02T14:05:00+01:00",
    "currency": "EUR",
    "total": "129.90",
    "items": [{"name": "Regal", "quantity": 1, "price": "129.90", "number": "RG-1"}],
}


def imported(desk: Desk, noun: str, *things: dict[str, Any]) -> dict[str, Any]:
    """Import these; what the import says."""
    result: dict[str, Any] = desk.json(noun, "import", "-", stdin=json.dumps(list(things)).encode())
    return result


def with_customers(desk: Desk) -> Desk:
    """The desk with three contacts and an order."""
    imported(desk, "contact", SABINE, LOTTE, NOBODY)
    imported(desk, "order", ORDER)
    return desk


def add_channel(desk: Desk, name: str, *options: str) -> None:
    """A channel that could send."""
    desk.do(
        *("channel", "add", name, "--sender-email", f"{name.lower()}@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out"), *options),
    )
