from __future__ import annotations

from typing import get_args

import pytest

from plentymsg.rules.catalogue import Parameter, Rule, find_rule, rules
from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import ANY, Pack, shipped
from plentymsg.rules.policy import Policy
from tests.rules.corpus import PDF, PNG, TODAY, draft

EVERYTHING = Policy(shipped())


def _is_example_for(rule: Rule, marketplace: str) -> bool:
    return marketplace == ANY or rule.example.marketplace in {"", marketplace}


ASKED = [
    pytest.param(rule, requirement.marketplace, id=f"{rule.code} of {requirement.marketplace}")
    for rule in rules()
    for pack in shipped()
    for requirement in pack.requirements
    if requirement.rule == rule.code and _is_example_for(rule, requirement.marketplace)
]


def message(rule: Rule, marketplace: str, said: tuple[str, ...]) -> Draft:
    """A message that says this in the part of which the rule gives an example."""
    key = "" if marketplace == ANY else marketplace
    if rule.example.part == "recipients":
        to = tuple(_recipient(value) for value in said)
        return draft(key, to=to, channel=rule.example.marketplace)
    if rule.example.part == "attachments":
        return draft(key, attachments=tuple(map(_file, said)))
    return draft(key, **{rule.example.part: "\n".join(map(_text, said))})


def _text(said: str) -> str:
    """A text, or the beginning of one with its length: `And so on … (5000 characters)`."""
    text, _, length = said.removesuffix(" characters)").partition(" (")
    return text.ljust(int(length), ".") if length.isdecimal() else said


def _file(said: str) -> Attachment:
    """`photo.png`, or with its size `photo.png (3 MB)`."""
    name, _, size = said.partition(" (")
    content = (PNG if name.endswith("png") else PDF) + name.encode()
    return Attachment(name, "", content.ljust(int(size.removesuffix(" MB)") or 0) * 1_000_000 if size else 0))


def _recipient(value: str) -> Recipient:
    kind, _, number = value.partition(":")
    if kind == "order":
        return Recipient("order", number)
    return Recipient("contact", number) if kind == "contact" else Recipient("address", value)


@pytest.mark.parametrize(("rule", "marketplace"), ASKED)
def test_the_examples_of_a_rule_are_what_it_says(rule: Rule, marketplace: str) -> None:
    """The bad one breaks it, the good one does not, wherever it is asked for."""
    bad = judge(message(rule, marketplace, rule.example.bad), EVERYTHING, TODAY)
    good = judge(message(rule, marketplace, rule.example.good), EVERYTHING, TODAY)
    assert rule.code in {each.code for each in bad}
    assert rule.code not in {each.code for each in good}
    kinds = {each.fixable for each in bad if each.code == rule.code} - {None}
    assert kinds <= rule.fixable
    assert bool(kinds) is bool(rule.fixable)


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.name)
def test_a_shipped_pack_tells_each_rule_what_it_takes_and_no_more(pack: Pack) -> None:
    for requirement in pack.requirements:
        told = {name for name in get_args(Parameter) if getattr(requirement, name)}
        assert told == find_rule(requirement.rule).takes, requirement
