"""Judge a draft against everything that its marketplaces ask for, and mend what can be mended."""

from __future__ import annotations

from datetime import date

from plentymsg.rules.draft import Draft
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.places import Places
from plentymsg.rules.policy import Demand, Policy
from plentymsg.rules.requirements import CHECKS, SAFE_FIXES
from plentymsg.rules.violation import Part, Severity, Violation

_ORDER: tuple[Part, ...] = ("subject", "text", "html", "attachments", "recipients")
_LONGEST_EXCERPT = 120


def judge(draft: Draft, policy: Policy, on: date) -> tuple[Violation, ...]:
    """All violations, errors and warnings, in the order of the parts and of their places.

    A draft obeys what all its marketplaces ask for on the day; what several of them ask for is reported
    once, for the first that does not only warn of it. Raises NotFound for a marketplace that does not
    exist, and nothing else, whatever the draft holds.
    """
    manuscript = Manuscript(draft, policy)
    places: dict[Part, Places] = {}
    found: dict[tuple[str, Part, int, int, str], Violation] = {}
    for demand in policy.demands(draft.marketplaces, on):
        code = demand.requirement.rule
        for flaw in CHECKS[code].check(manuscript, demand):
            identity = (code, flaw.part, flaw.start, flaw.end, flaw.excerpt)
            told = found.get(identity)
            if told is None or (told.severity == "warning" and _severity(flaw, demand) == "error"):
                found[identity] = _violation(draft, demand, flaw, places)
    return tuple(sorted(found.values(), key=lambda each: (_ORDER.index(each.part), each.offset, each.code)))


def mend(draft: Draft, policy: Policy, on: date) -> Draft:
    """The draft with every safe fix applied; its meaning stays. Mending twice changes nothing more.

    PM101 puts the word of the message's language in front of the subject: `[Wichtig]` for a German
    message, `[Important]` for any other.
    """
    for demand in policy.demands(draft.marketplaces, on):
        fix = SAFE_FIXES.get(demand.requirement.rule)
        if fix is not None:
            draft = fix(Manuscript(draft, policy), demand)
    return draft


def _violation(draft: Draft, demand: Demand, flaw: Flaw, places: dict[Part, Places]) -> Violation:
    text = {"subject": draft.subject, "text": draft.text, "html": draft.html}.get(flaw.part, "")
    if flaw.part not in places:
        places[flaw.part] = Places(text)
    line, column = places[flaw.part].line_and_column(flaw.start)
    rule = CHECKS[demand.requirement.rule].RULE
    return Violation(
        code=rule.code,
        name=rule.name,
        severity=_severity(flaw, demand),
        part=flaw.part,
        line=line,
        column=column,
        offset=flaw.start,
        length=flaw.end - flaw.start,
        excerpt=flaw.excerpt or text[flaw.start : min(flaw.end, flaw.start + _LONGEST_EXCERPT)],
        message=flaw.message,
        fix=flaw.fix,
        marketplace=demand.marketplace.key,
        pack=demand.pack,
    )


def _severity(flaw: Flaw, demand: Demand) -> Severity:
    """A requirement that only warns makes no error; what its rule only warns of stays a warning."""
    return "warning" if "warning" in (flaw.severity, demand.requirement.severity) else "error"
