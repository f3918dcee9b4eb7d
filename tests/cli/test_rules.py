"""What is required of messages: listed, explained, compared; on another day, and with another pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plentymsg.rules.catalogue import rules
from tests.cli.conftest import Run
from tests.desk import Desk

OWN = """\
name: own
summary: What we agreed on.
source: our contract
marketplaces: [{key: real, name: Real.de, relays: [kunden.real.*]}]
requirements:
  - {marketplace: real, rule: PM201}
  - {marketplace: ebay, rule: PM201, severity: warning, from: 2091-01-01, until: 2091-01-31, reason: agreed}
  - {marketplace: any, rule: no-attachments, severity: warning}
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The file of a pack."""
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    return str(tmp_path / "own.yaml")


def asked(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["code"], row["marketplace"], row["severity"], row["pack"]) for row in rows]


def test_a_message_is_checked_for_a_day(desk: Desk, own: str) -> None:
    desk.do("rules", "pack", "add", own)
    about = ("check", "--marketplace", "ebay", "--text", "www.shop.de")
    assert desk.run(*about, "--on", "2090-12-31").code == 4
    desk.do(*about, "--on", "2091-01-01")
    error = desk.refused(*about, "--on", "2091-02-29", code=2)
    assert "'2091-02-29' is no day" in error["message"]


def test_a_message_is_checked_with_a_pack_in_a_file_that_is_not_kept(desk: Desk, own: str) -> None:
    about = ("check", "--marketplace", "real", "--text", "www.shop.de")
    assert desk.run(*about, "--pack", own).code == 4
    desk.refused(*about, code=3)


def test_a_pack_in_a_file_speaks_of_its_marketplace_by_name(desk: Desk, own: str) -> None:
    Path(own).write_text(OWN.replace("{marketplace: real", "{marketplace: REAL.de"), encoding="utf-8")
    assert desk.run("check", "--marketplace", "real", "--text", "www.shop.de", "--pack", own).code == 4


def test_without_a_store_the_shipped_packs_that_are_on_are_judged_by(
    desk: Desk, own: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lists = [("rules", "list"), ("rules", "explain", "PM101"), ("rules", "pack", "list")]
    usual = [desk.json(*words) for words in lists]
    monkeypatch.delenv("PLENTYMSG_STORE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert [desk.json(*words) for words in lists] == usual
    assert desk.run("check", "--marketplace", "ebay", "--text", "www.shop.de").code == 4
    assert len(desk.json("rules", "diff", "--pack", own)) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--text", "x"),
        ("rules", "list"),
        ("rules", "explain", "PM101"),
        ("rules", "diff"),
        ("rules", "pack", "list"),
        ("rules", "pack", "show", "plentyone"),
    ],
)
def test_a_store_that_was_named_and_is_not_there_is_an_error(
    desk: Desk, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = str(desk.store.with_name("none.db"))
    by_option = desk.refused("--store", missing, *words, code=1)
    assert by_option["message"] == f"There is no store at {missing}."
    assert "plentymsg init" in by_option["hint"]
    assert "name none" in by_option["hint"]
    monkeypatch.setenv("PLENTYMSG_STORE", missing)
    assert desk.refused(*words, code=1) == by_option


EVERYWHERE = [("check", "--text", "x"), ("rules", "list"), ("rules", "diff")]


@pytest.mark.parametrize("command", EVERYWHERE)
def test_a_pack_that_there_is_not_is_told_with_those_that_there_are(
    desk: Desk, command: tuple[str, ...]
) -> None:
    error = desk.refused(*command, "--pack", "plentytwo", code=3)
    assert "'plentytwo'" in error["message"]
    assert "plentyone" in error["hint"]
    assert "no file" in desk.refused(*command, "--pack", "./plentyone", code=2)["message"]


@pytest.mark.parametrize("command", EVERYWHERE)
@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("name: own\nrequirements: [{marketplace: ebay, rule: PM210}]", "2:42", "did you mean PM2"),
        ("name: own\nrequirements: [{marketplace: eby, rule: PM201}]", "2:30", "did you mean ebay?"),
        ("name: own\nrequirements: [{marketplace: ebay, rule: PM201, severity: 'off'}]", "2:16", "say why"),
        ("name: own\npacks: []", "2:1", "no such key"),
        ("[]", "1:1", "mapping"),
        ("", "1:1", "empty"),
        ("name: own\nx: &a [*a]", "2:4", "contains itself"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(
    desk: Desk, tmp_path: Path, command: tuple[str, ...], text: str, where: str, words: str
) -> None:
    (tmp_path / "x.yaml").write_text(text)
    error = desk.refused(*command, "--pack", str(tmp_path / "x.yaml"), code=2)
    (problem,) = error["problems"]
    assert problem["where"].endswith(f"x.yaml:{where}")
    assert words in problem["message"]


def test_the_rules_are_listed_with_who_asks_for_them_and_which_pack_says_so(desk: Desk, own: str) -> None:
    rows = {row["code"]: row for row in desk.json("rules", "list", "--pack", own)}
    assert list(rows) == [rule.code for rule in rules()]
    assert rows["PM201"]["marketplaces"] == ["Amazon", "eBay", "Kaufland", "OTTO", "Real.de"]
    assert rows["PM201"]["packs"] == ["own", "plentyone"]
    assert rows["PM301"]["marketplaces"] == ["eBay", "any"]


def test_what_a_marketplace_asks_for_is_listed_as_it_holds_on_a_day(desk: Desk, own: str) -> None:
    ebay = ("rules", "list", "--marketplace", "eBay")
    usual = asked(desk.json(*ebay))
    assert ("PM201", "ebay", "error", "plentyone") in usual
    assert ("PM301", "any", "warning", "own") not in usual
    desk.do("rules", "pack", "add", own)
    assert ("PM201", "ebay", "error", "plentyone") in asked(desk.json(*ebay, "--on", "2091-02-01"))
    (row,) = [row for row in desk.json(*ebay, "--on", "2091-01-31") if row["code"] == "PM201"]
    assert (row["severity"], row["from"], row["until"]) == ("warning", "2091-01-01", "2091-01-31")
    assert (row["reason"], row["source"]) == ("agreed", "our contract")
    assert asked(desk.json("rules", "list", "--marketplace", "bol"))[0] == ("PM301", "any", "warning", "own")
    assert {row["marketplace"] for row in desk.json("rules", "list", "--marketplace", "any")} == {"any"}


def test_a_rule_is_explained_with_all_that_is_said_of_it_and_whether_that_holds(desk: Desk, own: str) -> None:
    desk.do("rules", "pack", "add", own)
    shown = desk.json("rules", "explain", "no-links")
    said = {(each["marketplace"], each["pack"]): each for each in shown["requirements"]}
    assert (said["ebay", "own"]["state"], said["ebay", "own"]["reason"]) == ("later", "agreed")
    assert (said["ebay", "plentyone"]["state"], said["real", "own"]["state"]) == ("in force", "in force")
    assert shown["why"]
    assert shown["example"]["bad"] == ["Your parcel: www.example.com/track"]
    desk.do("rules", "pack", "set", "own", "--no-enabled")
    said = {
        (each["marketplace"], each["pack"]): each
        for each in desk.json("rules", "explain", "PM201")["requirements"]
    }
    assert said["real", "own"]["state"] == "pack is off"


STRICT = b"""\
name: own
marketplaces: [{key: hood, name: Hood}]
requirements:
  - {marketplace: hood, rule: PM101, words: {de: Anfrage, en: Request}}
  - {marketplace: hood, rule: PM205, limit: 4000}
  - {marketplace: hood, rule: PM206, allowed: [H-9999]}
  - {marketplace: hood, rule: PM302, limit: 1}
  - {marketplace: hood, rule: PM304, allowed: [pdf, png]}
  - {marketplace: hood, rule: PM305, limit: 10000}
"""
EXACTLY = {
    "PM101": "“Anfrage” or “Request”",
    "PM205": "at most 4,000 characters",
    "PM206": "H-9999",
    "PM302": "at most 1 image",
    "PM304": "pdf, png",
    "PM305": "at most 10,000 bytes",
}


@pytest.mark.parametrize("code", EXACTLY)
def test_what_exactly_is_asked_for_is_told_wherever_a_requirement_is(
    desk: Desk, code: str, screen: Run
) -> None:
    told = EXACTLY[code]
    added = [
        line for line in desk.do("rules", "diff", "--pack", "-", stdin=STRICT).splitlines() if code in line
    ]
    assert added[0].endswith(f": error, {told}, by the pack own")
    desk.do("rules", "pack", "add", "-", stdin=STRICT)
    for about in (
        ("rules", "explain", code),
        ("marketplace", "show", "hood"),
        ("rules", "pack", "show", "own"),
    ):
        assert told in desk.do(*about)
        assert told in screen(*about, columns=120).out
    assert told in screen("rules", "list", "--marketplace", "hood", columns=120).out
    shown = desk.json("rules", "explain", code)
    assert "Important" not in f"{shown['summary']} {shown['why']} {shown['fix']}"


def test_what_is_taken_back_asks_for_nothing_exactly(desk: Desk) -> None:
    off = b"name: own\nrequirements: [{marketplace: ebay, rule: PM302, severity: 'off', reason: agreed}]"
    desk.do("rules", "pack", "add", "-", stdin=off)
    said = desk.json("rules", "explain", "PM302")["requirements"]
    assert [each["exactly"] for each in said] == ["at most 1 image", ""]


def test_what_an_own_pack_replaces_is_told(desk: Desk, tmp_path: Path) -> None:
    pack = b"name: own\nrequirements: [{marketplace: ebay, rule: PM302, limit: 0}]"
    desk.do("rules", "pack", "add", "-", stdin=pack)
    said = desk.json("rules", "explain", "PM302")["requirements"]
    assert [(each["pack"], each["limit"], each["state"]) for each in said] == [
        ("plentyone", 1, "replaced"),
        ("own", 0, "in force"),
    ]
    assert desk.do("rules", "diff").splitlines() == [
        "~ ebay PM302 one-image: limit 1 → 0, pack plentyone → own",
        "0 added, 0 removed, 1 changed",
    ]


def test_what_differs_is_told_as_lines_and_the_same_in_json(desk: Desk, own: str) -> None:
    assert desk.do("rules", "diff") == "0 added, 0 removed, 0 changed\n"
    with_own = desk.do("rules", "diff", "--pack", own)
    assert with_own.splitlines() == [
        "+ real PM201 no-links: error, by the pack own",
        "+ any PM301 no-attachments: warning, by the pack own",
        "2 added, 0 removed, 0 changed",
    ]
    desk.do("rules", "pack", "add", own)
    assert desk.do("rules", "diff") == with_own
    january = desk.do("rules", "diff", "--on", "2091-01-15").splitlines()
    assert january == [
        "~ ebay PM201 no-links: severity error → warning, pack plentyone → own",
        "    Reason: agreed",
        "0 added, 0 removed, 1 changed",
    ]
    (row,) = desk.json("rules", "diff", "--on", "2091-01-15")
    assert (row["change"], row["code"], row["marketplace"]) == ("changed", "PM201", "ebay")
    assert (row["before"]["severity"], row["after"]["severity"]) == ("error", "warning")


def test_what_is_asked_for_no_more_is_told(desk: Desk) -> None:
    desk.do("rules", "pack", "set", "plentyone", "--no-enabled", "--reason", "x")
    lines = desk.do("rules", "diff").splitlines()
    assert "- ebay PM201 no-links: error, by the pack plentyone" in lines
    assert {line[0] for line in lines[:-1]} == {"-"}


def test_that_another_pack_says_the_same_is_no_difference(desk: Desk) -> None:
    day = "from: 2091-01-01, until: 2091-01-01"
    pack = f"name: own\nrequirements: [{{marketplace: ebay, rule: PM201, source: ours, {day}}}]"
    desk.do("rules", "pack", "add", "-", stdin=pack.encode())
    assert desk.do("rules", "diff", "--on", "2091-01-01") == "0 added, 0 removed, 0 changed\n"
    rows = {
        row["code"]: row for row in desk.json("rules", "list", "--marketplace", "ebay", "--on", "2091-01-01")
    }
    assert rows["PM201"]["pack"] == "own"
