"""Judge a draft against everything that its marketplaces ask for, and mend what can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plentymsg.rules.catalogue import Rule
from plentymsg.rules.draft import Draft
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.marketplaces import Marketplace, find_marketplace
from plentymsg.rules.places import Places
from plentymsg.rules.requirements import FIXES, REQUIREMENTS
from plentymsg.rules.violation import Part, Violation

_ORDER: tuple[Part, ...] = ("subject", "text", "html", "attachments", "recipients")
_LONGEST_EXCERPT = 120


def judge(draft: Draft) -> tuple[Violation, ...]:
    """All violations, errors and warnings, in the order of the parts and of their places.

    A draft obeys all its marketplaces; what several of them ask for is reported once, for the first.
    Raises NotFound for a marketplace that does not exist, and nothing else, whatever the draft holds.
    """
    manuscript = Manuscript(draft)
    places: dict[Part, Places] = {}
    seen: set[tuple[str, Part, int, int, str]] = set()
    violations = []
    for marketplace in _in_order(draft):
        for code in marketplace.rules:
            requirement = REQUIREMENTS[code]
            for flaw in requirement.check(manuscript, marketplace):
                identity = (code, flaw.part, flaw.start, flaw.end, flaw.excerpt)
                if identity not in seen:
                    seen.add(identity)
                    violations.append(_violation(draft, marketplace, requirement.RULE, flaw, places))
    return tuple(sorted(violations, key=lambda each: (_ORDER.index(each.part), each.offset, each.code)))


def mend(draft: Draft) -> Draft:
    """The draft with every safe fix applied; its meaning stays. Mending twice changes nothing more.

    PM101 puts the word of the message's language in front of the subject: `[Wichtig]` for a German
    message, `[Important]` for any other.
    """
    for marketplace in _in_order(draft):
        for code in marketplace.rules:
            if code in FIXES:
                draft = FIXES[code](draft, marketplace)
    return draft


def _in_order(draft: Draft) -> Iterator[Marketplace]:
    return map(find_marketplace, sorted(draft.marketplaces))


def _violation(
    draft: Draft, marketplace: Marketplace, rule: Rule, flaw: Flaw, places: dict[Part, Places]
) -> Violation:
    text = {"subject": draft.subject, "text": draft.text, "html": draft.html}.get(flaw.part, "")
    if flaw.part not in places:
        places[flaw.part] = Places(text)
    line, column = places[flaw.part].line_and_column(flaw.start)
    return partial(Violation, code=rule.code, name=rule.name, severity=flaw.severity, part=flaw.part)(
        line=line,
        column=column,
        offset=flaw.start,
        length=flaw.end - flaw.start,
        excerpt=flaw.excerpt or text[flaw.start : min(flaw.end, flaw.start + _LONGEST_EXCERPT)],
        message=flaw.message,
        fix=flaw.fix,
        marketplace=marketplace.key,
    )
