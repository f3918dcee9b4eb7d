"""Packs of requirements by command: the user's own, and switching those that come with plentymsg."""

from __future__ import annotations

import json
import mailbox
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run
from tests.desk import Desk
from tests.journeys.mails import mail

OWN = b"""\
name: own
summary: What we agreed on.
marketplaces: [{key: real, name: Real.de, relays: [kunden.real.*]}]
requirements: [{marketplace: real, rule: PM201}]
"""


def test_a_pack_is_added_once_and_the_same_again_is_unchanged(desk: Desk) -> None:
    assert desk.json("rules", "pack", "add", "-", stdin=OWN)["changed"] is True
    assert desk.json("rules", "pack", "add", "-", stdin=OWN)["changed"] is False
    error = desk.refused("rules", "pack", "add", "-", stdin=OWN.replace(b"agreed", b"said"), code=1)
    assert "summary is 'What we agreed on.', not 'What we said on.'" in error["message"]
    assert "rules pack set own" in error["hint"]
    assert [line["action"] for line in desk.history()] == ["added"]


def test_what_a_pack_asks_for_is_shown(desk: Desk) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    rows = {row["name"]: (row["enabled"], row["shipped"]) for row in desk.json("rules", "pack")}
    assert (rows["plentyone"], rows["own"]) == ((True, True), (True, False))
    shown = desk.json("rules", "pack", "show", "OWN")
    assert shown["marketplaces"][0]["relays"] == ["kunden.real.*"]
    assert [(each["marketplace"], each["rule"]) for each in shown["requirements"]] == [("real", "PM201")]
    hint = desk.refused("rules", "pack", "show", "x", code=3)["hint"]
    assert (hint.startswith("The packs are plentyone, addresses,"), hint.endswith(", own.")) == (True, True)


@pytest.mark.parametrize(
    "words", [("rules", "pack", "show", "telefone"), ("rules", "list", "--pack", "telefone")]
)
def test_who_mistypes_a_pack_is_told_the_nearest(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.refused(*words, code=3)["hint"] == "Did you mean telephone?"


def lines_of(outcome: Outcome) -> list[str]:
    """What a person reads, without colours and trailing spaces."""
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in outcome.out.splitlines()]


def test_on_a_terminal_columns_that_say_nothing_leave_room_for_what_is_asked(screen: Run) -> None:
    lines = lines_of(screen("rules", "pack", "show", "order-number", PLENTYMSG_STORE=""))
    assert lines[lines.index("Requirements") + 1 :][:2] == [
        "Marketplace  Rule   Name          Severity  Exactly",
        "amazon       PM206  order-number  error     999-9999999-9999999",
    ]


AGREED = "reason: eBay lets us send three pictures of a damage until July (ticket 4711)"


def test_on_a_narrow_terminal_requirements_stand_below_one_another_and_are_whole(
    desk: Desk, screen: Run
) -> None:
    agreed = f"{{marketplace: ebay, rule: PM302, limit: 3, until: 2091-06-30, {AGREED}}}"
    asked = f"{{marketplace: ebay, rule: PM205, limit: 2000, from: 2091-01-01}}, {agreed}"
    desk.do("rules", "pack", "add", "-", stdin=f"name: own\nrequirements: [{asked}]".encode())
    lines = lines_of(screen("rules", "pack", "show", "own"))
    told = lines[lines.index("Requirements") + 1 :]
    assert told[4:7] == ["Exactly      at most 2,000 characters", "From         2091-01-01", ""]
    assert told[-1].strip() == "4711)"
    wide = lines_of(screen("rules", "pack", "show", "own", columns=120))
    assert wide[wide.index("Requirements") + 1].split()[-2:] == ["Until", "Reason"]
    assert not any("…" in line for line in [*lines, *wide])


def test_in_a_pipe_all_columns_stand_and_what_is_not_told_is_empty(desk: Desk) -> None:
    rows = desk.do("rules", "pack", "show", "plentyone").splitlines()
    words, links = (row.split("\t") for row in rows[rows.index("requirements") + 2 :][:2])
    header = rows[rows.index("requirements") + 1].split("\t")
    assert words[header.index("words")] == '{"en": "Important", "de": "Wichtig"}'
    assert links[header.index("words")] == ""


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    for words in (("add", "-"), ("set", "plentyone", "--no-enabled", "--reason", "x")):
        desk.do("rules", "pack", *words, "--dry-run", stdin=OWN)
    assert desk.history() == []
    assert desk.rows("SELECT * FROM pack") == []


@pytest.mark.parametrize("command", [("rules", "pack", "add", "-"), ("rules", "diff", "--pack", "-")])
def test_a_pack_that_says_nothing_is_refused_with_the_one_that_is_near(
    desk: Desk, command: tuple[str, ...]
) -> None:
    error = desk.refused(*command, stdin=b"name: telephne", code=2)
    assert error["message"].startswith("standard input:1:7: name: 'telephne' asks for nothing")
    assert error["message"].endswith("did you mean telephone?")


def test_a_pack_is_changed_by_what_a_file_says(desk: Desk) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    more = b"name: own\nrequirements: [{marketplace: real, rule: PM301}]"
    desk.do("rules", "pack", "set", "own", "--file", "-", stdin=more)
    shown = desk.json("rules", "pack", "show", "own")
    assert ([each["rule"] for each in shown["requirements"]], shown["summary"]) == (
        ["PM301"],
        "What we agreed on.",
    )
    broken = more.replace(b"PM301", b"PM302")
    (problem,) = desk.refused("rules", "pack", "set", "own", "--file", "-", stdin=broken, code=2)["problems"]
    assert problem["where"] == "standard input:2:16"
    other = more.replace(b"own", b"other")
    error = desk.refused("rules", "pack", "set", "own", "--file", "-", stdin=other, code=2)
    assert "'other', not 'own'" in error["message"]


def test_a_shipped_pack_is_switched_off_for_a_reason_only(desk: Desk) -> None:
    off = ("rules", "pack", "set", "PlentyOne", "--no-enabled")
    error = desk.refused(*off, code=2)
    assert "say why" in error["message"]
    assert error["hint"].endswith("plentymsg rules pack set plentyone --no-enabled --reason TEXT")
    assert "say why" in desk.refused(*off, "--reason", "\u200b\u2060", code=2)["message"]
    assert desk.json(*off, "--reason", "our own rules")["reason"] == "our own rules"
    assert desk.json(*off)["changed"] is False
    assert desk.json("rules", "pack", "show", "plentyone")["reason"] == "our own rules"
    desk.do("check", "--marketplace", "ebay", "--text", "www.shop.de")
    assert desk.json("rules", "pack", "set", "plentyone", "--enabled")["reason"] == ""
    assert desk.run("check", "--marketplace", "ebay", "--text", "www.shop.de").code == 4
    assert [line["action"] for line in desk.history()] == ["changed", "changed"]
    error = desk.refused("rules", "pack", "delete", "plentyone", "--yes", code=1)
    assert "--no-enabled --reason" in error["hint"]


def test_a_stricter_pack_is_switched_on_and_off_without_a_reason(desk: Desk) -> None:
    about = ("check", "--marketplace", "amazon", "--subject", "[Wichtig] x", "--text", "Ruf an: 0171 1234567")
    desk.do(*about)
    assert desk.run(*about, "--pack", "telephone").code == 4
    desk.do("rules", "pack", "set", "Telephone", "--enabled")
    assert desk.run(*about).code == 4
    loose = b"name: own\nrequirements: [{marketplace: amazon, rule: PM203, severity: warning}]"
    (problem,) = desk.refused("rules", "pack", "add", "-", stdin=loose, code=2)["problems"]
    assert "less than the pack telephone" in problem["message"]
    desk.do("rules", "pack", "set", "telephone", "--no-enabled")
    desk.do(*about)
    desk.do("rules", "pack", "add", "-", stdin=loose)
    error = desk.refused("rules", "pack", "set", "telephone", "--enabled", code=2)
    assert "the pack own" in error["message"]
    assert error["hint"].endswith("plentymsg rules pack set own --file FILE")


def test_of_two_own_packs_the_later_by_name_decides_whenever_it_was_added(desk: Desk) -> None:
    for name, limit in (("b", 3), ("A", 0), ("c", 2)):
        pack = f"name: {name}\nrequirements: [{{marketplace: ebay, rule: PM302, limit: {limit}, reason: x}}]"
        desk.do("rules", "pack", "add", "-", stdin=pack.encode())
    assert [row["name"] for row in desk.json("rules", "pack")][-3:] == ["A", "b", "c"]

    def decisive() -> list[tuple[str, int]]:
        rows = desk.json("rules", "list", "--marketplace", "ebay")
        return [(row["pack"], row["limit"]) for row in rows if row["code"] == "PM302"]

    assert decisive() == [("c", 2)]
    desk.do("rules", "pack", "set", "c", "--no-enabled")
    assert decisive() == [("b", 3)]
    desk.do("rules", "pack", "delete", "b", "--yes")
    assert decisive() == [("A", 0)]


@pytest.mark.parametrize(
    "words",
    [
        ("delete", "own", "--yes"),
        ("set", "own", "--no-enabled"),
        ("set", "own", "--file", "-"),
    ],
)
def test_a_channels_marketplace_is_not_taken_away(desk: Desk, words: tuple[str, ...]) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    desk.do("channel", "add", "Shop", "--marketplace", "real")
    without = b"name: own\nmarketplaces: []\nrequirements: [{marketplace: ebay, rule: PM201}]"
    error = desk.refused("rules", "pack", *words, stdin=without, code=1)
    assert ("Shop" in error["message"], error["used_by"]) == (True, ["the channel Shop"])
    desk.do("channel", "delete", "Shop", "--yes")
    desk.do("rules", "pack", *words, stdin=without)


@pytest.mark.parametrize("called", ["real", "Real.de"])
@pytest.mark.parametrize(
    ("words", "way_out"),
    [
        (("delete", "own", "--yes"), ("delete", "other", "--yes")),
        (("set", "own", "--no-enabled"), ("set", "other", "--no-enabled")),
        (("set", "own", "--file", "-"), ("delete", "other", "--yes")),
    ],
)
def test_what_another_pack_asks_of_a_marketplace_keeps_it(
    desk: Desk, words: tuple[str, ...], way_out: tuple[str, ...], called: str
) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    other = f"name: other\nrequirements: [{{marketplace: {called}, rule: PM301}}]"
    desk.do("rules", "pack", "add", "-", stdin=other.encode())
    without = b"name: own\nmarketplaces: []\nrequirements: [{marketplace: ebay, rule: PM201}]"
    error = desk.refused("rules", "pack", *words, stdin=without, code=1)
    assert "'real' of the pack own is needed by the pack other" in error["message"]
    assert error["used_by"] == ["the pack other"]
    assert error["hint"].endswith("plentymsg rules pack " + " ".join(way_out).removesuffix(" --yes"))
    desk.do("rules", "pack", *way_out)
    desk.do("rules", "pack", *words, stdin=without)


def test_a_pack_is_not_in_force_without_the_one_that_it_needs(desk: Desk) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    other = b"name: other\nrequirements: [{marketplace: real, rule: PM301}]"
    desk.do("rules", "pack", "add", "-", stdin=other)
    desk.do("rules", "pack", "set", "other", "--no-enabled")
    desk.do("rules", "pack", "set", "own", "--no-enabled")
    error = desk.refused("rules", "pack", "set", "other", "--enabled", code=2)
    assert "'real' is a marketplace of the pack own, which is off" in error["message"]
    desk.do("rules", "pack", "set", "own", "--enabled")
    desk.do("rules", "pack", "set", "other", "--enabled")
    off = b"version: 1\npacks: [{name: own, enabled: false}]"
    error = desk.refused("apply", "-f", "-", stdin=off, code=2)
    assert "the pack other: 'real' is a marketplace of the pack own, which is off" in error["message"]


def test_deleting_asks_first(desk: Desk) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    assert "--yes" in desk.refused("rules", "pack", "delete", "own", code=2)["hint"]
    desk.do("rules", "pack", "delete", "own", "--yes")
    desk.refused("rules", "pack", "show", "own", code=3)
    assert desk.json("history", "pack:own")[0]["action"] == "deleted"


def test_mail_from_its_relay_is_of_a_packs_marketplace(desk: Desk, tmp_path: Path) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    mailbox.Maildir(tmp_path / "in").add(mail(1, sender="k7@kunden.real.de"))
    source = ("--incoming-protocol", "maildir", "--incoming-path", str(tmp_path / "in"))
    sender = ("--outgoing-protocol", "maildir", "--outgoing-path", str(tmp_path / "out"))
    desk.do("channel", "add", "Shop", *source, *sender, "--sender-email", "shop@holzweg.example")
    desk.do("fetch")
    assert desk.json("conversation", "list")[0]["marketplace"] == "real"
    to = ("--to", "k7@kunden.real.de", "--subject", "x", "--text", "www.shop.de")
    error = desk.refused("send", "--channel", "Shop", *to, code=4)
    assert "Real.de would reject" in error["message"]


def test_what_was_loosened_is_told_in_words(desk: Desk) -> None:
    desk.do("rules", "pack", "add", "-", stdin=OWN)
    loose = "{marketplace: ebay, rule: PM201, severity: warning, reason: agreed}"
    told = desk.do(
        "rules", "pack", "set", "own", "--file", "-", stdin=f"name: own\nrequirements: [{loose}]".encode()
    )
    assert "requirements + PM201 of ebay (warning, agreed)" in told


def test_several_packs_hold_together(desk: Desk) -> None:
    text = "Call 0170 1234567 \N{SMILING FACE WITH SMILING EYES}"
    about = ("check", "--marketplace", "amazon", "--subject", "Important", "--text", text, "--json")
    told = desk.run(*about, "--pack", "telephone", "--pack", "emoji")
    assert [each["code"] for each in json.loads(told.out)["violations"]] == ["PM203", "PM204"]
    desk.refused(*about, "--pack", "telephone", "--pack", "nix", code=3)
    changed = {row["code"] for row in desk.json("rules", "diff", "--pack", "telephone", "--pack", "emoji")}
    assert changed == {"PM203", "PM204"}
