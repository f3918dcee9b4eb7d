"""docs/rules.md says what the program asks for, and its example is one."""

from __future__ import annotations

import re

from plentymsg.rules.catalogue import rules
from plentymsg.rules.pack import shipped
from tests.desk import Desk
from tests.docs.rules import PAGE, page


def test_the_page_is_what_the_rules_and_packs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again with: python -m tests.docs.rules"


def test_every_rule_and_every_requirement_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| \w+ \| \[(PM\d+)\]", text, flags=re.MULTILINE)
    assert len(rows) == sum(len(pack.requirements) for pack in shipped())
    assert re.findall(r"^### (PM\d+) ", text, flags=re.MULTILINE) == [rule.code for rule in rules()]


def test_the_example_can_be_applied_and_does_what_it_says(desk: Desk) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert desk.json("apply", "-f", "-", stdin=example.encode())["changed"] is True
    assert desk.json("apply", "-f", "-", stdin=example.encode())["changed"] is False
    about = ("check", "--channel", "Möbelfreund", "--text", "Guten Tag", "--subject")
    desk.do(*about, "Ihre Anfrage")
    assert desk.run(*about, "Ihr Regal").code == 4
    assert desk.run("check", "--marketplace", "amazon", "--text", "Ruf an: 0171 1234567").code == 4
    ebay = desk.json("rules", "list", "--marketplace", "ebay", "--on", "2027-01-01")
    (row,) = [each for each in ebay if each["code"] == "PM302"]
    assert (row["limit"], row["pack"], row["until"]) == (3, "holzweg", "2027-06-30")
