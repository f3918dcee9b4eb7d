"""The variables of contacts and orders, and what templates make of them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from plentymsg.errors import NotFound
from plentymsg.messenger import variables
from plentymsg.store.driver import Connection
from plentymsg.templates.render import Version, render
from plentymsg.templates.variables import build


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _customers(connection: Connection) -> None:
    details = json.dumps({"formattedOptions.emailPayPal": "pay@example.net"})
    connection.execute(
        "INSERT INTO contact (id, external_id, number, first_name, last_name, company, title,"
        " gender, language, email_private, email_work, details)"
        " VALUES (101, 'K-7', '20101', 'Sabine', 'Krüger', '', 'Dr.', 'female', 'de',"
        " 'sabine@example.com', '', ?), (102, '', '', '', '', 'Tischlerei Ohm', '', '', '', '', '', '{}')",
        (details,),
    )
    details = json.dumps({"formattedShipping.packageNumberList": ["00340", "00341"]})
    connection.execute(
        "INSERT INTO sales_order (id, external_id, contact_id, referrer, status, created_at, currency, total,"
        " details) VALUES (5001, '305-1234567-1234567', 101, '4.01', '7', '2026-11-02T23:30:00+00:00', 'EUR',"
        " '129.90', ?), (5002, '', NULL, 'Shop', 'Versandt', '2026-11-03', '', '', '{}')",
        (details,),
    )
    connection.execute(
        "INSERT INTO order_item (order_id, place, name, quantity, price, number)"
        " VALUES (5001, 0, 'Buchenbrett', '2', '49.95', 'BB-40'), (5001, 1, 'Öl <klein>', '1', '', '')"
    )
    connection.execute(
        "INSERT INTO postal_address (order_id, kind, is_primary, company, first_name, last_name, street,"
        " house_number, postal_code, town, country, email, telephone) VALUES"
        " (5001, 'invoice', 1, 'Krüger GbR', 'Sabine', 'Krüger', 'Lindenweg', '4', '04109', 'Leipzig',"
        "  'Deutschland', 'rechnung@example.com', '0341 1'),"
        " (5002, 'delivery', 1, '', 'Ines', 'Lund', '', '', '', '', '', '', '')"
    )


def rendered(known: dict[str, object], template: str) -> str:
    return render(Version("", template, ""), build(known)).text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ contact.id }} {{ contact.externalId }} {{ contact.number }}", "101 K-7 20101"),
        ("{{ contact.title }} {{ contact.firstName }} {{ contact.lastName }}", "Dr. Sabine Krüger"),
        ("{{ contact.fullName }}, {{ contact.lang }}, {{ contact.gender }}", "Sabine Krüger, de, female"),
        ("{{ contact.formattedOptions.emailPrivate }}", "sabine@example.com"),
        ("[{{ contact.formattedOptions.emailWork }}]", "[]"),
        ("{{ contact.formattedOptions.emailPayPal }}", "pay@example.net"),
    ],
)
def test_templates_speak_of_a_contact_by_plentyones_names(
    connection: Connection, template: str, text: str
) -> None:
    assert rendered(variables.of_contact(connection, 101), template) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ order.id }}: {{ order.formattedProperties.externalOrderId }}", "5001: 305-1234567-1234567"),
        ("{{ order.statusId }}[{{ order.statusName }}]", "7[]"),
        ("{{ order.formattedReferrer.id }}[{{ order.formattedReferrer.name }}]", "4.01[]"),
        ("{{ order.formattedDates.createdOn | date('d.m.Y') }}", "03.11.2026"),
        ("{{ order.formattedDates.createdOnDateAndTime | date('d.m.Y H:i') }}", "03.11.2026 00:30"),
        ("{{ order.formattedGeneral.invoiceTotal | number_format(2, ',', '.') }}", "129,90"),
        ("{{ order.formattedSubtotals.currencyCode }}", "EUR"),
        ("{{ order.formattedShipping.packageNumberList | join(', ') }}", "00340, 00341"),
        (
            "{{ order.formattedAddresses.invoiceAddress.name1 }}, {{ order.formattedAddresses.invoiceAddress"
            ".address1 }} {{ order.formattedAddresses.invoiceAddress.address2 }}",
            "Krüger GbR, Lindenweg 4",
        ),
        ("{{ order.formattedAddresses.invoiceAddress.country.name }}", "Deutschland"),
        (
            "{{ order.formattedAddresses.invoiceAddress.formattedOptions.telephone }}"
            "[{{ order.formattedAddresses.deliveryAddress.town }}]",
            "0341 1[]",
        ),
        (
            "{% for i in order.orderItems %}{{ i.quantity }} × {{ i.orderItemName }}"
            "[{{ i.variation.number }}{{ i.formattedAmounts.grossPrice }}] {% endfor %}",
            "2 × Buchenbrett[BB-4049.95] 1 × Öl <klein>[] ",
        ),
        ("{{ contact.fullName }}", "Sabine Krüger"),
    ],
)
def test_templates_speak_of_an_order_by_plentyones_names(
    connection: Connection, template: str, text: str
) -> None:
    assert rendered(variables.of_order(connection, 5001), template).strip() == text.strip()


def test_an_order_without_a_contact_is_of_whom_its_address_names(connection: Connection) -> None:
    known = variables.of_order(connection, 5002)
    template = "{{ contact.fullName }} {{ order.statusName }} {{ order.formattedReferrer.name }}"
    assert rendered(known, template) == "Ines Lund Versandt Shop"
    assert known["order.formattedDates.createdOn"] == "2026-11-03"


def test_a_contact_without_a_name_is_called_as_its_company(connection: Connection) -> None:
    assert variables.of_contact(connection, 102)["contact.fullName"] == "Tischlerei Ohm"


def test_who_does_not_exist_has_no_variables(connection: Connection) -> None:
    with pytest.raises(NotFound, match="order 9"):
        variables.of_order(connection, 9)
    with pytest.raises(NotFound, match="contact 9"):
        variables.of_contact(connection, 9)
