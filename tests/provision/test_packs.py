"""Packs of requirements in the configuration file: every problem at its place, and what they change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk
from tests.provision.test_document import problems

LONG = "x" * 501


def of_pack(inner: str) -> str:
    return f"packs: [{{name: own, {inner}}}]"


def asking(inner: str) -> str:
    return of_pack(f"requirements: [{{marketplace: ebay, rule: PM201, {inner}}}]")


def with_marketplace(inner: str) -> str:
    return of_pack(f"marketplaces: [{{name: Real, {inner}}}]")


@pytest.mark.parametrize(
    ("text", "column", "key", "words"),
    [
        ("packs: [{name: plentyone, summary: x}]", 36, "packs[0].summary", "comes with plentymsg"),
        ("packs: [{name: a/b}]", 16, "packs[0].name", "no `/`"),
        ("packs: [{name: '7'}]", 16, "packs[0].name", "is no number"),
        ("packs: [{enabled: true}]", 9, "packs[0].name", "missing"),
        (of_pack("enabled: 1"), 30, "packs[0].enabled", "true or false"),
        (of_pack("reason: x"), 29, "packs[0].reason", "requirement has a reason of its own"),
        (of_pack("requirement: []"), 21, "packs[0].requirement", "did you mean requirements?"),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM210}]"),
            62,
            "packs[0].requirements[0].rule",
            "no rule 'PM210'; did you mean PM2",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: no-link}]"),
            62,
            "packs[0].requirements[0].rule",
            "did you mean no-links?",
        ),
        (asking("form: 2027-01-01"), 69, "packs[0].requirements[0].form", "did you mean from?"),
        (asking("from: 2027-02-29"), 75, "packs[0].requirements[0].from", "is no day"),
        (
            asking("from: 2027-02-02, until: 2027-02-01"),
            94,
            "packs[0].requirements[0].until",
            "2027-02-01 is before 2027-02-02",
        ),
        (
            asking("severity: none"),
            79,
            "packs[0].requirements[0].severity",
            "'none' is not one of error, warning",
        ),
        (asking("limit: 3"), 76, "packs[0].requirements[0].limit", "PM201 takes no limit"),
        (asking("words: {de: x}"), 76, "packs[0].requirements[0].words", "PM201 takes no words"),
        (asking("allowed: [x]"), 78, "packs[0].requirements[0].allowed", "PM201 takes no allowed"),
        (
            of_pack("requirements: [{marketplace: amazon, rule: PM101}]"),
            36,
            "packs[0].requirements[0].words",
            "PM101 cannot do without it",
        ),
        (
            of_pack("requirements: [{marketplace: amazon, rule: PM101, words: {german: x}}]"),
            87,
            "packs[0].requirements[0].words.german",
            "no language",
        ),
        (
            of_pack("requirements: [{marketplace: amazon, rule: PM101, words: {de: ' '}}]"),
            83,
            "packs[0].requirements[0].words.de",
            "empty",
        ),
        (
            of_pack(f"requirements: [{{marketplace: amazon, rule: PM101, words: {{de: {LONG}}}}}]"),
            83,
            "packs[0].requirements[0].words.de",
            "more than 500 letters",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM302, limit: -1}]"),
            76,
            "packs[0].requirements[0].limit",
            "-1 is less than 0",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM205, limit: 0}]"),
            76,
            "packs[0].requirements[0].limit",
            "no message can keep a limit of 0; the least of PM205 is 1",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM206, allowed: [A-9, '.']}]"),
            84,
            "packs[0].requirements[0].allowed[1]",
            "'.' has no letter and no digit",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM206, allowed: [Order-Nr]}]"),
            79,
            "packs[0].requirements[0].allowed[0]",
            "'Order-Nr' stands for no number; it has at least one of the signs 9, A, a",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM304, allowed: [pdf, .]}]"),
            84,
            "packs[0].requirements[0].allowed[1]",
            "'.' has no letter and no digit",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM304, allowed: [.PDF, p d f]}]"),
            85,
            "packs[0].requirements[0].allowed[1]",
            "'p d f' is no type of file; write it as their names end, such as pdf",
        ),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM304, allowed: [image/png]}]"),
            79,
            "packs[0].requirements[0].allowed[0]",
            "'image/png' is no type of file",
        ),
        (
            of_pack(f"requirements: [{{marketplace: ebay, rule: PM302, limit: 1{'0' * 26}}}]"),
            76,
            "packs[0].requirements[0].limit",
            f"1{'0' * 26} is more than 1000000000",
        ),
        (asking('source: "a\\nb"'), 77, "packs[0].requirements[0].source", "a line break; write it on one"),
        (
            of_pack('requirements: [{marketplace: amazon, rule: PM101, words: {de: "\\u200b"}}]'),
            83,
            "packs[0].requirements[0].words.de",
            "'\\u200b' has no letter and no digit",
        ),
        (
            of_pack(
                "requirements: [{marketplace: ebay, rule: PM201, until: 2027-01-31},"
                " {marketplace: eBay, rule: no-links, from: 2027-01-31}]"
            ),
            115,
            "packs[0].requirements[1].rule",
            "requirements[0] already",
        ),
        (with_marketplace("key: any"), 54, "packs[0].marketplaces[0].key", "stands for every message"),
        (
            of_pack("requirements: [{marketplace: ebay, rule: PM206}]"),
            36,
            "packs[0].requirements[0].allowed",
            "PM206 cannot do without it",
        ),
        (
            of_pack("marketplaces: [{key: real, name: ANY}]"),
            54,
            "packs[0].marketplaces[0].name",
            "stands for every message",
        ),
        (with_marketplace("key: Real"), 54, "packs[0].marketplaces[0].key", "'Real' is no key"),
        (with_marketplace("key: real, group: ama"), 67, "packs[0].marketplaces[0].group", "amazon, ebay"),
        (with_marketplace("key: real, relays: [de]"), 69, "packs[0].marketplaces[0].relays[0]", "no domain"),
        (
            with_marketplace("key: real, relays: [not a domain]"),
            69,
            "packs[0].marketplaces[0].relays[0]",
            "'not a domain' is no domain: it contains invalid characters: SPACE",
        ),
        (
            with_marketplace("key: real, relays: [.real.de]"),
            69,
            "packs[0].marketplaces[0].relays[0]",
            "'.real.de' is no domain: it cannot start with a period",
        ),
        (
            with_marketplace("key: real, relays: ['*']"),
            69,
            "packs[0].marketplaces[0].relays[0]",
            "last part",
        ),
        (
            with_marketplace("key: real, relays: ['*.real.de']"),
            69,
            "packs[0].marketplaces[0].relays[0]",
            "last part",
        ),
        (
            with_marketplace("key: real, relays: ['a(b+)+.de']"),
            69,
            "packs[0].marketplaces[0].relays[0]",
            "no domain",
        ),
    ],
)
def test_a_problem_has_its_place_its_key_and_the_way_out(
    text: str, column: int, key: str, words: str
) -> None:
    (problem,) = problems(text)
    assert (problem["where"], problem["key"]) == (f"shop.yaml:2:{column}", key)
    assert words in problem["message"]


def test_no_image_and_no_attached_byte_are_limits(desk: Desk) -> None:
    none = "{marketplace: ebay, rule: PM302, limit: 0}, {marketplace: bol, rule: PM305, limit: 0}"
    applied(desk, f"packs: [{{name: own, requirements: [{none}]}}]")


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    lines.append("packs: [{name: own, requirements: *a8}]")
    assert any("100,000 values" in problem["message"] for problem in problems("\n".join(lines)))


def applied(desk: Desk, text: str) -> Any:
    return desk.json("apply", "-f", "-", stdin=f"version: 1\n{text}".encode())


def wrong(desk: Desk, text: str) -> list[tuple[str, str]]:
    """The keys and messages of what is wrong with a file."""
    error = desk.refused("apply", "-f", "-", stdin=f"version: 1\n{text}".encode(), code=2)
    return [(problem["key"], problem["message"]) for problem in error["problems"]]


ASKING = "requirements: [{marketplace: ebay, rule: PM201}]"
REAL = "marketplaces: [{key: real, name: Real.de, relays: [kunden.real.*]}]"
OWN = f"packs: [{{name: own, {REAL}, requirements: [{{marketplace: real, rule: PM201}}]}}]\n"


def test_a_marketplace_of_a_pack_can_be_used_in_the_same_file(desk: Desk) -> None:
    assert applied(desk, "channels: [{name: Shop, marketplace: Real.de}]\n" + OWN)["changed"] is True
    assert applied(desk, OWN)["changed"] is False
    assert desk.json("channel", "show", "Shop")["marketplace"] == "real"
    for about in (("--marketplace", "real"), ("--to", "k@kunden.real.co.uk"), ("--channel", "Shop")):
        done = desk.run("check", *about, "--subject", "x", "--text", "www.shop.de", "--json")
        assert done.code == 4, about
        assert '"pack": "own"' in done.out


def test_a_pack_that_ships_is_switched_by_its_name(desk: Desk) -> None:
    applied(desk, "packs: [{name: Plentyone, enabled: false, reason: our lawyers said so}]")
    desk.do("check", "--marketplace", "ebay", "--text", "www.shop.de")
    assert applied(desk, "packs: [{name: plentyone, enabled: false}]")["changed"] is False
    assert desk.json("history", "pack:plentyone")[0]["changes"]["reason"]["after"] == "our lawyers said so"
    applied(desk, "packs: [{name: plentyone, enabled: true}]")
    assert desk.run("check", "--marketplace", "ebay", "--text", "www.shop.de").code == 4
    ((key, message),) = wrong(desk, "packs: [{name: plentyone, enabled: false}]")
    assert key == "packs[0].reason"
    assert "say why" in message


@pytest.mark.parametrize("severity", ["warning", "off"])
def test_asking_for_less_than_a_shipped_pack_needs_a_reason_which_is_kept(desk: Desk, severity: str) -> None:
    requirement = f"{{marketplace: ebay, rule: PM201, severity: {severity}"
    ((key, message),) = wrong(desk, f"packs: [{{name: own, requirements: [{requirement}}}]}}]")
    assert key == "packs[0].requirements[0]"
    assert f"less than the pack plentyone (severity {severity} instead of error)" in message
    assert desk.history() == []
    applied(desk, f"packs: [{{name: own, requirements: [{requirement}, reason: agreed with eBay}}]}}]")
    (kept,) = desk.json("history", "pack:own")[0]["changes"]["requirements"]["after"]
    assert kept["reason"] == "agreed with eBay"
    desk.do("check", "--marketplace", "ebay", "--text", "www.shop.de")


def test_switching_a_shipped_pack_off_frees_from_reasons_and_on_again_asks_for_them(desk: Desk) -> None:
    loose = "{name: own, requirements: [{marketplace: ebay, rule: PM201, severity: warning}]}"
    applied(desk, f"packs: [{{name: plentyone, enabled: false, reason: x}}, {loose}]")
    ((key, message),) = wrong(desk, "packs: [{name: plentyone, enabled: true}]")
    assert key == "packs"
    assert "the pack own: it asks for less" in message


def test_packs_of_one_file_may_speak_of_each_others_marketplaces(desk: Desk) -> None:
    first = "{name: a, requirements: [{marketplace: real, rule: PM201}]}"
    applied(desk, f"packs: [{first}, {{name: b, {REAL}}}]")
    assert desk.json("rules", "list", "--marketplace", "real")[0]["code"] == "PM201"
    ((key, message),) = wrong(desk, f"packs: [{{name: b, marketplaces: [], {ASKING}}}]")
    assert key == "packs"
    assert "the pack a: there is no marketplace 'real'" in message


def test_a_marketplace_of_a_pack_goes_by_its_name_too(desk: Desk) -> None:
    shop = "marketplaces: [{key: mf, name: Möbelfreund}]"
    own = f"{{name: own, {shop}, requirements: [{{marketplace: Möbelfreund, rule: no-links}}]}}"
    other = "{name: other, requirements: [{marketplace: MÖBELFREUND, rule: PM301}]}"
    applied(desk, f"packs: [{other}, {own}]")
    assert applied(desk, f"packs: [{other}, {own}]")["changed"] is False
    asked = desk.json("rules", "list", "--marketplace", "mf")[:2]
    assert [(row["marketplace"], row["code"]) for row in asked] == [("mf", "PM201"), ("mf", "PM301")]
    assert desk.run("check", "--marketplace", "mf", "--text", "www.shop.de").code == 4
    twice = "[{marketplace: mf, rule: PM201}, {marketplace: Möbelfreund, rule: PM201}]"
    ((key, _),) = wrong(desk, f"packs: [{{name: own, {shop}, requirements: {twice}}}]")
    assert key == "packs[0].requirements[1].rule"


def test_a_pack_that_says_nothing_is_most_often_a_mistyped_name(desk: Desk) -> None:
    (problem,) = wrong(desk, "packs: [{name: telephne, enabled: true}]")
    assert problem == (
        "packs[0].name",
        "'telephne' asks for nothing and adds no marketplace; did you mean telephone?",
    )
    ((_, message),) = wrong(desk, "packs: [{name: holzweg, summary: Ours.}]")
    assert message.endswith("give it `requirements` or `marketplaces`")
    applied(desk, OWN)
    assert applied(desk, "packs: [{name: own, enabled: true}]")["changed"] is False
    ((_, message),) = wrong(desk, "packs: [{name: Owm, enabled: false}]")
    assert message.endswith("did you mean own?")


def test_a_marketplace_that_there_is_not_is_told_with_the_nearest(desk: Desk) -> None:
    (problem,) = wrong(desk, "packs: [{name: own, requirements: [{marketplace: amazn, rule: PM201}]}]")
    assert problem == (
        "packs[0].requirements[0].marketplace",
        "there is no marketplace 'amazn'; did you mean amazon?",
    )


@pytest.mark.parametrize(
    ("second", "key", "words"),
    [
        ("{key: ebay, name: Other}", "key", "marketplace eBay already"),
        ("{key: other, name: EBAY}", "name", "marketplace eBay already"),
        ("{key: real, name: Other}", "key", "marketplace Real.de already"),
        ("{key: other, name: Other, relays: [members.ebay.de]}", "relays", "buyers of ebay"),
        ("{key: other, name: Other, relays: [ebay.*]}", "relays", "buyers of ebay"),
        ("{key: other, name: Other, relays: [x.kunden.real.de]}", "relays", "buyers of real"),
    ],
)
def test_a_marketplace_takes_nothing_that_another_has(desk: Desk, second: str, key: str, words: str) -> None:
    applied(desk, OWN)
    ((place, message),) = wrong(desk, f"packs: [{{name: second, marketplaces: [{second}]}}]")
    assert place == f"packs[0].marketplaces[0].{key}"
    assert words in message


def test_a_channel_does_not_lose_its_marketplace(desk: Desk) -> None:
    applied(desk, OWN + "channels: [{name: Shop, marketplace: real}]")
    for lost in ("enabled: false", f"marketplaces: [], {ASKING}"):
        ((key, message),) = wrong(desk, f"packs: [{{name: own, {lost}}}]")
        assert (key, "that of the channel Shop" in message) == ("packs", True)
    applied(desk, "packs: [{name: own, enabled: false}]\nchannels: [{name: Shop, marketplace: null}]")


def test_a_channel_of_a_pack_that_failed_is_no_problem_of_its_own(desk: Desk) -> None:
    found = wrong(
        desk, OWN.replace("real, rule", "raal, rule") + "channels: [{name: Shop, marketplace: real}]"
    )
    assert [key for key, _ in found] == ["packs[0].requirements[0].marketplace"]


def test_words_are_words_whatever_stands_in_them(desk: Desk) -> None:
    words = "words: {de: '(a+)+$', fr: '[x'}, reason: x"
    applied(desk, f"packs: [{{name: own, requirements: [{{marketplace: amazon, rule: PM101, {words}}}]}}]")
    subject = "a" * 5000 + "!"
    check = ("check", "--marketplace", "amazon", "--text", "x", "--subject")
    assert desk.run(*check, subject).code == 4
    desk.do(*check, "Bestellung: (A+)+$")
    desk.do(*check, subject, "--fix")


def test_only_an_admin_changes_packs(desk: Desk) -> None:
    desk.do("user", "add", "jan.kiefer", "--name", "Jan")
    desk.become("jan.kiefer")
    desk.refused("apply", "-f", "-", stdin=f"version: 1\n{OWN}".encode(), code=5)
