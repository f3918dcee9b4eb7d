"""What templates may say of a contact or an order: PlentyONE's names, flat, with their values.

A name whose value is not known is left out: a template knows it as one that is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from plentymsg.messenger import contacts, orders
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_ADDRESS = {
    "company": "name1",
    "first_name": "name2",
    "last_name": "name3",
    "street": "address1",
    "house_number": "address2",
    "postal_code": "postalCode",
    "town": "town",
    "country": "country.name",
    "email": "formattedOptions.email",
    "telephone": "formattedOptions.telephone",
}


def of_contact(connection: Connection, contact_id: int) -> dict[str, object]:
    """`contact.fullName` and so on. Raises NotFound."""
    contact = contacts.read(connection, contact_id)
    return _under("contact", contact["details"]) | _known(
        {
            "contact.id": contact["id"],
            "contact.externalId": contact["external_id"],
            "contact.number": contact["number"],
            "contact.firstName": contact["first_name"],
            "contact.lastName": contact["last_name"],
            "contact.fullName": contacts.full_name(contact),
            "contact.title": contact["title"],
            "contact.gender": contact["gender"],
            "contact.lang": contact["language"],
            "contact.formattedOptions.emailPrivate": contact["email_private"],
            "contact.formattedOptions.emailWork": contact["email_work"],
            "contact.formattedAccounts.companyName": contact["company"],
        }
    )


def of_order(connection: Connection, order_id: int) -> dict[str, object]:
    """`order.id`, the list `order.orderItems` and so on, and what is known of its contact.

    An order without a contact has a buyer all the same: the name is that of its invoice address. Raises
    NotFound.
    """
    order = orders.read(connection, order_id)
    day, time = _local(order["created_at"])
    variables = {
        "order.id": order["id"],
        "order.formattedProperties.externalOrderId": order["external_id"],
        # PlentyONE writes both as a number, such as 4.01; who exports them by name has the name.
        f"order.{'statusId' if _is_number(order['status']) else 'statusName'}": order["status"],
        f"order.formattedReferrer.{'id' if _is_number(order['referrer']) else 'name'}": order["referrer"],
        "order.formattedDates.createdOn": day,
        "order.formattedDates.createdOnDateAndTime": f"{day} {time}".strip(),
        "order.formattedGeneral.invoiceTotal": order["total"],
        "order.formattedSubtotals.currencyCode": order["currency"],
        "order.orderItems": [_item(item) for item in order["items"]],
    }
    for kind in ("invoice", "delivery"):
        for key, name in _ADDRESS.items() if order[kind] else ():
            variables[f"order.formattedAddresses.{kind}Address.{name}"] = order[kind][key]
    return _buyer(connection, order) | _under("order", order["details"]) | _known(variables)


def _item(item: Row) -> dict[str, object]:
    return _known(
        {
            "quantity": item["quantity"],
            "orderItemName": item["name"],
            "variation.number": item["number"],
            "formattedAmounts.grossPrice": item["price"],
        }
    )


def _buyer(connection: Connection, order: Row) -> dict[str, object]:
    if order["contact_id"] is not None:
        return of_contact(connection, order["contact_id"])
    buyer = order["invoice"] or order["delivery"]
    if buyer is None:
        return {}
    return _known(
        {
            "contact.firstName": buyer["first_name"],
            "contact.lastName": buyer["last_name"],
            "contact.fullName": contacts.full_name(buyer),
            "contact.formattedAccounts.companyName": buyer["company"],
        }
    )


def _under(branch: str, details: Mapping[str, object]) -> dict[str, object]:
    return {f"{branch}.{name}": value for name, value in details.items()}


def _known(variables: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in variables.items() if value not in ("", None)}


def _local(created_at: str) -> tuple[str, str]:
    """The day and time of this machine's clock, as templates print all times; a mere day has no time."""
    if "T" not in created_at:
        return created_at, ""
    moment = datetime.fromisoformat(created_at).astimezone()
    return moment.date().isoformat(), moment.strftime("%H:%M:%S")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) is not None
