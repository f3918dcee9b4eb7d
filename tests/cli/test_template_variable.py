"""Types of variables: given by command or file, and held to when a message is rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shelf import shop
from tests.desk import Desk

NAME = "contact.fullName"


def test_a_type_is_given_listed_changed_and_taken_away(desk: Desk) -> None:
    thing = desk.json("template", "variable", "set", NAME, "--type", "no_links", "--max-length", "40")
    assert thing == {
        "changed": True, "id": 1, "name": NAME, "type": "no_links", "max_length": 40, "values": [],
    }  # fmt: skip
    again = desk.json("template", "variable", "set", NAME, "--type", "no_links", "--max-length", "40")
    assert again["changed"] is False
    desk.do(
        "template", "variable", "set", NAME, "--type", "one_of", "--values", "Anna,Eva", "--max-length", ""
    )
    (row,) = desk.json("template", "variable", "list")
    assert (row["type"], row["max_length"], row["values"]) == ("one_of", None, ["Anna", "Eva"])
    desk.do("template", "variable", "set", NAME, "--type", "text")
    assert desk.json("template", "variable", "list")[0]["values"] == []
    desk.do("template", "variable", "delete", NAME, "--yes")
    assert desk.json("template", "variable", "list") == []
    assert [line["action"] for line in desk.history()] == ["added", "changed", "changed", "deleted"]


def test_a_dry_run_gives_no_type(desk: Desk) -> None:
    assert "Would have added" in desk.do("template", "variable", "set", NAME, "--type", "number", "--dry-run")
    assert desk.json("template", "variable", "list") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("contact.fulName", "--type", "no_links"), "contact.fullName"),
        (("contact", "--type", "no_links"), "no variable 'contact'"),
        (("text", "--type", "number"), "known already"),
        (("order.id", "--type", "number"), "known already"),
        (("messenger.formattedMessage.conversationHistory", "--type", "no_links"), "as it was written"),
        ((NAME, "--type", "nolinks"), "nolinks"),
        ((NAME, "--type", "one_of"), "which values"),
        ((NAME, "--type", "number", "--values", "1"), "has no list of values"),
        ((NAME, "--max-length", "0"), "max_length"),
        ((NAME, "--max-length", "viel"), "viel"),
    ],
)
def test_what_cannot_be_said_of_a_variable_is_refused(desk: Desk, words: tuple[str, ...], said: str) -> None:
    assert said in desk.refused("template", "variable", "set", *words, code=2)["message"]


def test_a_value_of_another_type_is_refused_and_nothing_is_sent(desk: Desk) -> None:
    desk.do("contact", "import", "-", stdin=b"id,first_name,email_private\n1,www.shop.de,a@example.com\n")
    shop(desk, "--template-new", "Messenger default NEW")
    desk.do("template", "variable", "set", NAME, "--type", "no_links")
    words = ("send", "--to", "contact:1", "--subject", "x", "--text", "y", "--queue")
    error = desk.refused(*words, code=4)
    assert error["code"] == "template-fault"
    assert error["message"].startswith(
        "text:1:15: contact.fullName is 'www.shop.de', which is not a text without"
    )
    assert "template variable set contact.fullName" in error["hint"]
    assert desk.json("outbox", "list") == []
    desk.do("template", "variable", "delete", NAME, "--yes")
    desk.do(*words)


def test_a_type_of_what_a_template_does_not_print_stops_nothing(desk: Desk) -> None:
    desk.do("contact", "import", "-", stdin=b"id,first_name,number\n1,Anna,www.shop.de\n")
    desk.do("template", "variable", "set", "contact.number", "--type", "number")
    assert "Anna" in desk.do("template", "preview", "1", "--contact", "1")


def test_a_value_in_a_list_is_held_to_its_type(desk: Desk) -> None:
    desk.do("order", "import", "-", stdin=b'[{"id": 1, "items": [{"name": "Tisch"}]}]')
    desk.do("template", "variable", "set", "order.orderItems.orderItemName", "--type", "number")
    source = b"{% for i in order.orderItems %}{{ i.orderItemName }}{% endfor %}"
    desk.do("template", "add", "Liste", "--language", "all", "--text-file", "-", stdin=source)
    error = desk.refused("template", "preview", "Liste", "--order", "1", code=4)
    assert "order.orderItems[0].orderItemName is 'Tisch'" in error["message"]


def test_types_stand_in_a_configuration_file(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(
        "version: 1\nvariables:\n"
        "  - {name: contact.fullName, type: no_links, max_length: 60}\n"
        "  - {name: order.formattedShipping.providerName, type: one_of, values: [DHL, UPS]}\n"
    )
    desk.do("apply", "-f", str(file))
    assert [row["type"] for row in desk.json("template", "variable", "list")] == ["no_links", "one_of"]
    assert desk.json("apply", "-f", str(file))["changed"] is False
    file.write_text("version: 1\nvariables:\n  - {name: contact.fulName, type: no_links}\n")
    assert ":3:" in desk.refused("apply", "-f", str(file), code=2)["message"]
