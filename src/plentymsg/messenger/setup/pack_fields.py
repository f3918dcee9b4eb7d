"""What may be given for a pack of requirements, and all that can be said of it without other packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from plentymsg.messenger import naming
from plentymsg.messenger.setup.fields import Fields, Line, Name, Problem, domain_in_ascii, quoted, wrong
from plentymsg.messenger.setup.servers import Day
from plentymsg.rules.catalogue import Rule, find_rule, rules
from plentymsg.rules.legible import is_legible
from plentymsg.rules.marketplaces import built_in_marketplaces
from plentymsg.rules.pack import ANY, shipped

_MOST_REQUIREMENTS = 2000
_MOST_MARKETPLACES = 100
_MOST_RELAYS = 20
_MOST_WORDS = 50
_MOST_ALLOWED = 500
_LONGEST_LIMIT = 1_000_000_000

_OF_SHIPPED = {"name", "enabled", "reason"}
"""What can be said of a pack that comes with plentymsg."""


def _pack_name(name: str) -> str:
    if "/" in name or naming.is_id(name):
        raise wrong(f"{quoted(name)} is no name for a pack; it has no `/` and is no number")
    return next((pack.name for pack in shipped() if naming.fold(pack.name) == naming.fold(name)), name)


def _key(key: str) -> str:
    if not re.fullmatch("[a-z0-9][a-z0-9_-]{0,49}", key):
        raise wrong(f"{quoted(key)} is no key; it is made of a to z, 0 to 9, - and _, such as real-de")
    if key == ANY:
        raise wrong(f"{quoted(key)} stands for every message, so no marketplace can have it")
    return key


def _marketplace_name(name: str) -> str:
    if naming.fold(name) == ANY:
        raise wrong(f"{quoted(name)} stands for every message, so no marketplace can be called so")
    return name


def _group(system: str) -> str:
    known = sorted({each.system_group for each in built_in_marketplaces() if each.system_group})
    if system and system not in known:
        raise wrong(f"{quoted(system)} is no marketplace's system group; those are {', '.join(known)}")
    return system


def _relay(domain: str) -> str:
    stem, star, behind = domain.partition("*")
    if behind or (star and not stem.endswith(".")):
        raise wrong(f"{quoted(domain)}: a `*` can only be the last part, such as in members.ebay.*")
    ascii_domain = domain_in_ascii(f"{stem}com" if star else domain)
    return f"{ascii_domain.removesuffix('com')}*" if star else ascii_domain


def _rule_code(code: str) -> str:
    for rule in rules():
        if code.casefold() in {rule.code.casefold(), rule.name}:
            return rule.code
    names = {name: rule.code for rule in rules() for name in (rule.code, rule.name)}
    near = get_close_matches(code[:50], names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(rule.code for rule in rules())}"
    raise wrong(f"there is no rule {quoted(code)}; {hint}")


def _marketplace(name: str) -> str:
    """A marketplace that plentymsg knows by its key, whatever of its names was given."""
    wanted = name.casefold()
    known = (each.key for each in built_in_marketplaces() if wanted == each.name.casefold())
    return next(known, wanted)


def _language(code: str) -> str:
    if not re.fullmatch("[a-z]{2}", code):
        raise wrong(f"{quoted(code)} is no language; write it in two small letters, such as de")
    return code


Key = Annotated[Line, AfterValidator(_key)]
Relay = Annotated[Line, Field(min_length=1), AfterValidator(_relay)]
Language = Annotated[str, AfterValidator(_language)]


class MarketplaceFields(Fields):
    """A marketplace that plentymsg does not know itself."""

    key: Key
    name: Annotated[Name, AfterValidator(_marketplace_name)]
    group: Annotated[Line, AfterValidator(_group)] = ""
    setup: Line = ""
    relays: Annotated[list[Relay], Field(default=[], max_length=_MOST_RELAYS)]
    source: Line = ""


class RequirementFields(Fields):
    """What a marketplace, or `any` for every message, asks for."""

    marketplace: Annotated[Name, AfterValidator(_marketplace)]
    rule: Annotated[Name, AfterValidator(_rule_code)]
    severity: Literal["error", "warning", "off"] = "error"
    words: Annotated[dict[Language, Name], Field(default={}, max_length=_MOST_WORDS)]
    limit: Annotated[int | None, Field(ge=0, le=_LONGEST_LIMIT)] = None
    allowed: Annotated[list[Name], Field(default=[], max_length=_MOST_ALLOWED)]
    from_: Day = Field(default=None, alias="from")
    until: Day = None
    source: Line = ""
    reason: Line = ""


class PackFields(Fields):
    """A user's own pack; or whether one that comes with plentymsg is in force, and why not."""

    name: Annotated[Name, AfterValidator(_pack_name)]
    summary: Line = ""
    enabled: bool = True
    source: Line = ""
    reason: Line = ""
    marketplaces: Annotated[list[MarketplaceFields], Field(default=[], max_length=_MOST_MARKETPLACES)]
    requirements: Annotated[list[RequirementFields], Field(default=[], max_length=_MOST_REQUIREMENTS)]

    def is_shipped(self) -> bool:
        """Whether it is the name of a pack that comes with plentymsg."""
        return self.name in {pack.name for pack in shipped()}

    def definition(self) -> dict[str, Any]:
        """What is kept of it besides its name and whether it is in force."""
        keys = {"reason"} if self.is_shipped() else {"summary", "source", "marketplaces", "requirements"}
        return self.model_dump(by_alias=True, include=keys)


def problems(fields: PackFields) -> Iterator[Problem]:
    """What is wrong with a pack by itself, beyond the form of each value."""
    if fields.is_shipped():
        for key in sorted(fields.model_fields_set - _OF_SHIPPED):
            message = "the pack comes with plentymsg; only enabled and reason can be given of it"
            yield Problem((key,), message)
        return
    if fields.reason:
        message = "it is for a pack that comes with plentymsg; here each requirement has a reason of its own"
        yield Problem(("reason",), message)
    for index, requirement in enumerate(fields.requirements):
        for problem in _of_requirement(requirement):
            yield Problem(("requirements", index, *problem.path), problem.message)
    yield from _twice(fields)


def _of_requirement(requirement: RequirementFields) -> Iterator[Problem]:
    begin, end = requirement.from_, requirement.until
    if begin and end and begin > end:
        yield Problem(("until",), f"{end} is before {begin}, when it begins")
    rule = find_rule(requirement.rule)
    given = {"words": bool(requirement.words), "limit": requirement.limit is not None}
    given["allowed"] = bool(requirement.allowed)
    for key, told in given.items():
        if told and key not in rule.takes:
            yield Problem((key,), f"{rule.code} takes no {key}")
        elif not told and key in rule.takes and requirement.severity != "off":
            yield Problem((key,), f"{rule.code} cannot do without it")
    if requirement.severity != "off":
        yield from _senseless(requirement, rule)


def _senseless(requirement: RequirementFields, rule: Rule) -> Iterator[Problem]:
    """What no message could keep, and what would let every message pass."""
    if requirement.limit is not None and requirement.limit < rule.least:
        told = f"no message can keep a limit of {requirement.limit}; the least of {rule.code} is {rule.least}"
        yield Problem(("limit",), told)
    entries: list[tuple[tuple[str | int, ...], str]] = [
        *((("words", language), word) for language, word in requirement.words.items()),
        *((("allowed", at), each) for at, each in enumerate(requirement.allowed)),
    ]
    for path, entry in entries:
        if not is_legible(entry):
            yield Problem(path, f"{quoted(entry)} has no letter and no digit")
        elif path[0] == "allowed" and rule.endings and not re.fullmatch(r"\.?[A-Za-z0-9]+", entry):
            message = f"{quoted(entry)} is no type of file; write it as their names end, such as pdf"
            yield Problem(path, message)
        elif path[0] == "allowed" and rule.signs and not set(entry) & set(rule.signs):
            signs = ", ".join(rule.signs)
            yield Problem(
                path, f"{quoted(entry)} stands for no number; it has at least one of the signs {signs}"
            )


def _twice(fields: PackFields) -> Iterator[Problem]:
    """What is asked twice of a marketplace on one day: nobody could say which of the two holds."""
    keys = {each.name.casefold(): each.key for each in fields.marketplaces}
    asked: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for index, each in enumerate(fields.requirements):
        span = (each.from_ or date.min.isoformat(), each.until or date.max.isoformat(), index)
        marketplace = keys.get(each.marketplace, each.marketplace)
        asked.setdefault((marketplace, each.rule), []).append(span)
    for (marketplace, rule), spans in asked.items():
        reach, holder = "", 0
        for begin, end, index in sorted(spans):
            if begin <= reach:
                message = (
                    f"{rule} is asked of {marketplace} in requirements[{holder}] already, on the same day"
                )
                yield Problem(("requirements", index, "rule"), message)
            reach, holder = max((reach, holder), (end, index))
