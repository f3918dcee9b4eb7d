"""docs/rules.md: what the rules are, which marketplace asks for which, and how to say otherwise.

    python -m tests.docs.rules

writes it from the catalogue of rules and the packs that come with plentymsg.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plentymsg.rules.catalogue import Rule, find_rule, rules
from plentymsg.rules.marketplaces import built_in_marketplaces
from plentymsg.rules.pack import ANY, Pack, Requirement, shipped
from tests.journeys.program import ROOT

PAGE = ROOT / "docs" / "rules.md"

EXAMPLE = """\
version: 1
packs:
  - {name: telephone, enabled: true}          # one that comes with plentymsg, switched on
  - name: holzweg                             # one of your own
    summary: What Holzweg has agreed with its marketplaces.
    source: our contracts, folder 12
    marketplaces:
      - key: moebelfreund                     # a marketplace that plentymsg does not know
        name: Möbelfreund
        relays: [kunden.moebelfreund.example] # where mail to its buyers goes
    requirements:
      - {marketplace: moebelfreund, rule: no-links}
      - {marketplace: moebelfreund, rule: PM101, words: {de: Anfrage, en: Request}}
      - {marketplace: moebelfreund, rule: PM205, limit: 2000, from: 2027-01-01}
      - {marketplace: any, rule: PM204, severity: warning}
      - marketplace: ebay                     # less than the manual asks for
        rule: PM302
        limit: 3
        until: 2027-06-30
        reason: eBay lets us send three pictures of a damage until July, ticket 4711
channels:
  - {name: Möbelfreund, marketplace: moebelfreund, active: false}
"""

INTRODUCTION = """\
What a message must be like before it leaves, and who asks for it. Made from the rules and packs of the
program by `python -m tests.docs.rules`; a test fails when this page is not current. How to work with packs
by command is in [packs.md](packs.md).
"""

OFF = """\
`plentymsg rules pack set NAME --enabled` switches one on. `plentymsg rules diff --pack NAME` shows before
what that would change, and `plentymsg rules replay --pack NAME` which messages of yours it would have
stopped.
"""

KEYS = """\
| key | what it is |
|---|---|
| `marketplace` | key or name of a marketplace that plentymsg or a pack knows; `any` is every message |
| `rule` | code or name of a rule, as below |
| `severity` | `error` (the message does not leave), `warning` (it does, and is told of), or `off` |
| `words` | what PM101 looks for, by language; any of them will do |
| `limit` | how much is allowed, for the rules that take one |
| `allowed` | what is allowed, for the rules that take it |
| `from`, `until` | first and last day on which it holds, in UTC; without them it holds always |
| `source` | where it is written; without it that of the pack |
| `reason` | why less is asked for than by a pack of plentymsg |
"""

TOGETHER = """\
Packs stand one on another: first that of the manual, then the other packs of plentymsg, then your own, by
name. Where two ask for the same rule of the same marketplace on the same day, the later one decides. What a
marketplace asks for and what is asked of `any` message hold both.

**Asking for less** than a pack of plentymsg that is on (a lower severity, `off`, other words, a higher
limit, more that is allowed) needs a `reason`, and so does switching the pack of the manual off. The reason
is kept: `plentymsg rules explain`, `plentymsg rules diff` and `plentymsg history pack` tell it.

A marketplace has a `key` (small letters, digits, `-` and `_`), a `name`, and if you like `group` (the
system group that its channel must use), `setup` (a sentence on what to create), `relays` (domains of its
buyers' addresses; a `*` at the end is any top-level domain) and `source`. It can be used at once, also by a
channel of the same file; while a channel or another pack that is on uses it, its pack can neither go nor be
switched off.
"""

_TAKES = {
    "PM101": "its `words` are those that it looks for",
    "PM205": "its `limit` is in characters of the text",
    "PM206": "its `allowed` are shapes of numbers: `9` is a digit, `A` a capital or a digit, `a` a small"
    " letter or a digit, all else is itself",
    "PM302": "its `limit` is in images",
    "PM304": "its `allowed` are types of files, as their names end",
    "PM305": "its `limit` is in bytes of all files together",
}
"""What a requirement tells the rules that take something."""
_MENDED = {
    frozenset(): "`check --fix` leaves it to you.",
    frozenset({"safe"}): "`check --fix` mends it.",
    frozenset({"unsafe"}): "`check --fix --unsafe-fixes` mends it, by taking something away.",
    frozenset({"safe", "unsafe"}): "`check --fix` mends what keeps the meaning, `--unsafe-fixes` the rest.",
}


def page() -> str:
    """The text of docs/rules.md."""
    on = [pack for pack in shipped() if pack.enabled]
    off = [pack for pack in shipped() if not pack.enabled]
    parts = [
        "# The rules",
        INTRODUCTION.rstrip(),
        "## What is asked for",
        *(_chapter_of(pack) for pack in on),
        _asking_for_nothing(on),
        "## Packs that are off until you switch them on",
        OFF.rstrip(),
        *(_chapter_of(pack) for pack in off),
        "## A pack of your own",
        "In the configuration file, or the entry alone in a file for `plentymsg rules pack add FILE`:",
        f"```yaml\n{EXAMPLE}```",
        "A requirement has these keys; all but the first two may be left out:",
        KEYS.rstrip(),
        TOGETHER.rstrip(),
        "## Each rule",
        *(_chapter_of_rule(rule) for rule in rules()),
    ]
    return "\n\n".join(parts) + "\n"


def _chapter_of(pack: Pack) -> str:
    rows = [_row(each) for each in sorted(pack.requirements, key=_order)]
    head = ["| marketplace | rule | severity | holds | source |", "|---|---|---|---|---|"]
    return "\n".join([f"### `{pack.name}`", "", pack.summary, "", *head, *rows])


def _order(requirement: Requirement) -> tuple[bool, str, str]:
    return requirement.marketplace == ANY, requirement.marketplace, requirement.rule


def _row(requirement: Requirement) -> str:
    rule = find_rule(requirement.rule)
    names = {each.key: each.name for each in built_in_marketplaces()}
    name = names.get(requirement.marketplace, "any")
    link = f"[{rule.code}](#{_anchor(rule)}) {rule.name}"
    told = [*(f"“{word}”" for word in requirement.words.values())]
    told += [f"{requirement.limit:,}"] if "limit" in rule.takes else []
    told += [f"`{each}`" for each in requirement.allowed]
    asked = f"{link}: {', '.join(told)}" if told else link
    return f"| {name} | {asked} | {requirement.severity} | {_days(requirement)} | {requirement.source} |"


def _days(requirement: Requirement) -> str:
    days = [
        f"{word} {day.isoformat()}"
        for word, day in (("from", requirement.valid_from), ("until", requirement.valid_until))
        if day
    ]
    return " ".join(days) or "always"


def _asking_for_nothing(packs: Iterable[Pack]) -> str:
    asking = {each.marketplace for pack in packs for each in pack.requirements}
    names = [each.name for each in built_in_marketplaces() if each.key not in asking]
    return f"{', '.join(names[:-1])} and {names[-1]} ask for nothing of their own."


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _chapter_of_rule(rule: Rule) -> str:
    example = rule.example
    return "\n\n".join(
        [
            f"### {rule.code} {rule.name}",
            f"{rule.summary} {rule.why}",
            f"**To mend it:** {rule.fix} {_MENDED[rule.fixable]}",
            *_told_to(rule),
            f"Bad ({example.part}):\n\n{_block(example.bad)}",
            f"Good:\n\n{_block(example.good)}",
        ]
    )


def _told_to(rule: Rule) -> Iterator[str]:
    if rule.takes:
        yield f"In a requirement, {_TAKES[rule.code]}."


def _block(said: Iterable[str]) -> str:
    return "```text\n" + "\n".join(said) + "\n```"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
