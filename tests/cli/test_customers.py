"""Importing contacts and orders, looking them up, and what is wrong with a file."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.messenger.customers import LOTTE, ORDER, SABINE, imported, with_customers


@pytest.fixture
def shop(desk: Desk) -> Desk:
    return with_customers(desk)


def problems(desk: Desk, noun: str, content: str | bytes) -> list[str]:
    """What is wrong with a file, each with its line; it must change nothing."""
    before = desk.rows("SELECT * FROM contact"), desk.rows("SELECT * FROM sales_order")
    stdin = content.encode() if isinstance(content, str) else content
    error = desk.refused(noun, "import", "-", code=2, stdin=stdin)
    assert (desk.rows("SELECT * FROM contact"), desk.rows("SELECT * FROM sales_order")) == before
    found = error.get("problems", [{"where": "", "key": "", "message": error["message"]}])
    return [
        ": ".join(part for part in (p["where"].rpartition(":")[2], p["key"], p["message"]) if part)
        for p in found
    ]


def test_what_is_imported_is_shown(shop: Desk) -> None:
    contact = shop.json("contact", "show", "101")
    assert contact["email_private"] == contact["email"] == "sabine@example.com"
    assert contact["invoice"]["town"] == "Leipzig"
    assert (contact["delivery"], contact["other_addresses"], contact["details"]) == (None, [], {})
    order = shop.json("order", "show", "5001")
    assert order["created_at"] == "2026-11-02T13:05:00+00:00"
    assert order["items"] == [{"name": "Regal", "quantity": "1", "price": "129.90", "number": "RG-1"}]
    assert order["email"] == "sabine@example.com"
    assert [row["customer"] for row in shop.json("order", "list")] == ["Sabine Krüger"]


def test_the_same_file_again_changes_nothing(shop: Desk) -> None:
    assert imported(shop, "contact", SABINE, LOTTE) == {
        "changed": False,
        "dry_run": False,
        "added": 0,
        "updated": 0,
        "unchanged": 2,
    }
    assert imported(shop, "order", ORDER)["unchanged"] == 1
    assert [line["action"] for line in shop.history()] == ["imported", "imported"]


def test_what_is_shown_can_be_imported_again(shop: Desk) -> None:
    for noun, number in (("contact", "101"), ("order", "5001")):
        thing = shop.json(noun, "show", number)
        del thing["email"]
        assert imported(shop, noun, thing)["changed"] is False


def test_only_what_is_given_is_changed_and_what_is_empty_is_emptied(shop: Desk) -> None:
    csv = "id;email_private;invoice.town;formattedOptions.emailPayPal\n101;;Halle;Pay@x.example\n"
    assert "1 changed" in shop.do("contact", "import", "-", stdin=csv.encode())
    contact = shop.json("contact", "show", "101")
    assert (contact["email_private"], contact["last_name"]) == ("", "Krüger")
    assert (contact["invoice"]["town"], contact["invoice"]["street"]) == ("Halle", "Lindenweg")
    assert contact["details"] == {"formattedOptions.emailPayPal": "Pay@x.example"}
    csv = (
        "id,formattedOptions.emailPayPal,invoice.street,invoice.house_number,invoice.postal_code,invoice.town"
    )
    shop.do("contact", "import", "-", stdin=f"{csv}\n101,,,,,\n".encode())
    contact = shop.json("contact", "show", "101")
    assert (contact["details"], contact["invoice"]) == ({}, None)


def test_other_addresses_are_tried_in_the_order_in_which_they_are_given(shop: Desk) -> None:
    others = [
        {"kind": "delivery", "email": "d1@example.com"},
        {"kind": "invoice", "email": "i1@example.com"},
        {"kind": "invoice", "email": "i2@example.com"},
    ]
    imported(shop, "contact", {"id": 103, "other_addresses": others})
    contact = shop.json("contact", "show", "103")
    assert [a["email"] for a in contact["other_addresses"]] == [
        "i1@example.com",
        "i2@example.com",
        "d1@example.com",
    ]
    assert contact["email"] == "i1@example.com"
    assert imported(shop, "contact", {"id": 103, "other_addresses": others})["changed"] is False


def test_a_rehearsal_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    csv = b"id,last_name\n7,Ohm\n"
    told = desk.do("contact", "import", "-", "--dry-run", stdin=csv)
    assert told == "Would have imported 1 contact: 1 added, 0 changed, 0 unchanged.\n"
    assert desk.json("contact", "list") == []


@pytest.mark.parametrize(
    ("noun", "content", "wrong"),
    [
        ("contact", "id,mail\n1,x\n", ["1: there is no column 'mail'; did you mean"]),
        ("contact", "last_name\nx\n", ["1: the column id is missing"]),
        ("contact", '[{"id": 1, "items": []}]', ["1: there is no column 'items'"]),
        ("contact", '[{"id": 1, "invoice": {"city": "x"}}]', ["1: invoice.city: there is no such key"]),
        ("contact", '[{"id": 1, "details": {"foo": "x"}}]', ["1: details.foo: there is no column 'foo'"]),
        ("contact", "id\n0\n-1\n1.5\nx\n", ["2: id: '0' is less", "3: id: '-1'", "4: id: ", "5: id: "]),
        ("contact", "id\n5\n6\n5\n", ["4: id: 5 is in the file twice"]),
        ("contact", f"id\n{10**18}\n", ["2: id: "]),
        ("contact", "id,email_work\n1,a b@c\n2,x@\n3,ok@x.example\n", ["2: email_work: ", "3: email_work: "]),
        ("contact", b"id,last_name\n1,Kr\xfcger\n", ["2: last_name: it contains a byte that is no UTF-8"]),
        ("contact", "id,last_name\n1,\x1b[31mred\n", ["2: last_name: it contains the control character"]),
        ("contact", "id,last_name\n1," + "x" * 501, ["2: last_name: it has more than 500 letters"]),
        ("contact", "id,last_name\n1\n", ["2: it has 1 values, and the header 2"]),
        ("contact", "id,last_name\nx,a\n1,\x07\n", ["2: id: 'x' is no ID", "3: last_name: "]),
        ("order", "id,contact_id\n1,99\n", ["2: contact_id: there is no contact 99; import contacts first"]),
        ("order", 'id,total\n1,"129,90"\n', ["2: total: '129,90' is no amount; write it such as 129.90"]),
        ("order", "id,created_at\n1,02.11.2026\n", ["2: created_at: '02.11.2026' is no date"]),
        ("order", '[{"id": 1, "items": [{"quantity": 2}]}]', ["1: items.0.name: it is missing"]),
        ("order", '[{"id": 1, "items": {}}]', ["1: items: it must be a list"]),
        ("order", '[{"id": 1, "id": 2}]', ["1: the key id is there twice"]),
        ("order", '[{"id": 1},\n{"id": 2},,\n]', ["2: here should be an object"]),
        ("order", "", ["The file is empty."]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_file_is_named_and_nothing_is_kept(
    shop: Desk, noun: str, content: str | bytes, wrong: list[str]
) -> None:
    found = problems(shop, noun, content)
    assert len(found) == len(wrong)
    assert all(told.startswith(start) for told, start in zip(found, wrong, strict=True)), found


def test_of_very_many_problems_the_first_are_named(shop: Desk) -> None:
    assert len(problems(shop, "contact", "id\n" + "x\n" * 5000)) == 100


def test_problems_are_listed_for_people_too(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("id,total\nx,1\n")
    done = desk.run("contact", "import", str(file))
    assert done.code == 2
    assert f"{file}:1: there is no column 'total'" in done.err
    file.write_text("id\nx\ny\n")
    lines = desk.run("contact", "import", str(file)).err.splitlines()
    assert lines[0] == f"Error: {file} has 2 problems."
    assert lines[1].startswith(f"  {file}:2: id: 'x' is no ID")
    assert "Nothing was imported" in lines[3]


@pytest.mark.parametrize(
    ("args", "code"), [(("import", "nowhere.csv"), 2), (("import", "/tmp"), 2), (("show", "9" * 30), 3)]
)
def test_what_is_not_there_gets_its_code(desk: Desk, args: tuple[str, ...], code: int) -> None:
    for noun in ("contact", "order"):
        assert args[1][:20] in desk.refused(noun, *args, code=code)["message"]


@pytest.mark.parametrize(
    "reference", ["101", "K-7", "20101", "SABINE@example.com", "s.krueger@buero.example"]
)
def test_a_contact_is_found_by_what_identifies_it(shop: Desk, reference: str) -> None:
    assert shop.json("contact", "show", reference)["id"] == 101


def test_what_several_contacts_have_names_none_of_them(shop: Desk) -> None:
    imported(shop, "contact", {"id": 104, "email_work": "lotte@post.example"})
    error = shop.refused("contact", "show", "lotte@post.example", code=2)
    assert "102, 104" in error["message"]


def test_an_order_is_found_by_the_marketplaces_number(shop: Desk) -> None:
    assert shop.json("order", "show", "302-3051192-7718846")["id"] == 5001
    shop.refused("order", "show", "302-3051192", code=3)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        *[("krü", [101]), ("KRÜGER", [101]), ("sabine kr", [101]), ("post.example", [102]), ("ohm", [103])],
        *[("K-7", [101]), ("2010", [101]), ("10", [101, 102, 103]), ("%", []), ("_", []), ("lindenweg", [])],
    ],
)
def test_a_search_looks_into_ids_numbers_names_and_addresses(
    shop: Desk, search: str, found: list[int]
) -> None:
    assert [row["id"] for row in shop.json("contact", "list", "--search", search)] == found


@pytest.mark.parametrize(
    ("search", "found"),
    [
        *[("3051192", [5001]), ("krüger", [5001]), ("sabine@", [5001]), ("20101", [5001]), ("rech@", [5002])],
        *[("Ines", [5002]), ("500", [5002, 5001]), ("lotte", [])],
    ],
)
def test_orders_are_searched_by_number_and_by_their_buyer(shop: Desk, search: str, found: list[int]) -> None:
    imported(shop, "order", {"id": 5002, "invoice": {"first_name": "Ines", "email": "rech@example.com"}})
    assert [row["id"] for row in shop.json("order", "list", "--search", search)] == found


@pytest.mark.parametrize("odd", ["\udcff\udcfe", "a" * 100_000, "'; --", "\u0301"])
def test_odd_words_find_nobody(shop: Desk, odd: str) -> None:
    for noun in ("contact", "order"):
        assert shop.json(noun, "list", "--search", odd) == []


def test_a_long_name_is_not_repeated_whole(shop: Desk) -> None:
    for noun in ("contact", "order"):
        assert len(shop.refused(noun, "show", "a" * 100_000, code=3)["message"]) < 100


def test_a_list_comes_in_pages(shop: Desk) -> None:
    assert [row["id"] for row in shop.json("contact", "list", "--limit", "2", "--page", "2")] == [103]
    shop.refused("order", "list", "--page", "2", code=2)


@pytest.mark.parametrize("noun", ["contact", "order"])
def test_reading_and_importing_take_their_rights(shop: Desk, noun: str) -> None:
    shop.do("user", "add", "jan.kiefer")
    shop.become("jan.kiefer")
    for args, right in (
        (("list",), "CRM > Messenger > Read"),
        (("show", "101" if noun == "contact" else "5001"), "CRM > Messenger > Read"),
        (("import", "-"), "CRM > Messenger > Update"),
    ):
        error = shop.refused(noun, *args, code=5, stdin=b"id\n1\n")
        assert right in error["message"]


def test_text_from_a_file_does_nothing_on_the_terminal(desk: Desk) -> None:
    imported(desk, "contact", {"id": 1, "last_name": "=HYPERLINK(1)", "company": "[red]x[/red]"})
    assert "'=HYPERLINK(1)" in desk.do("contact", "list", "--format", "csv")
    assert "[red]x[/red]" in desk.do("contact", "list", "--format", "table")


def test_a_large_file_is_imported_and_searched_in_reasonable_time(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "orders.jsonl"
    with file.open("w") as out:
        for number in range(1, 5001):
            order: dict[str, Any] = {
                "id": number,
                "external_id": f"X-{number}",
                "invoice": {"email": f"{number}@x.de"},
            }
            out.write(json.dumps(order) + "\n")
    began = time.monotonic()
    assert desk.json("order", "import", str(file))["added"] == 5000
    assert [row["id"] for row in desk.json("order", "list", "--search", "4711@x.de")] == [4711]
    assert time.monotonic() - began < 60
