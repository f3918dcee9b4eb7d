"""Judge a draft against everything that its marketplaces ask for, and mend what can be mended."""

from __future__ import annotations

from datetime import date

from plentymsg.rules.draft import Draft
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix, applied
from plentymsg.rules.places import Places
from plentymsg.rules.policy import Demand, Policy
from plentymsg.rules.requirements import CHECKS, FIXES
from plentymsg.rules.violation import Part, Severity, Violation

_ORDER: tuple[Part, ...] = ("subject", "text", "html", "attachments", "recipients")
_LONGEST_EXCERPT = 120
_MOST_ROUNDS = 15
"""How often all fixes are tried: each time 100 places of a kind are mended, far more than people write."""

Fixes = dict[tuple[str, Part, int, int], Fix]
"""Fixes by what they mend: the code of the rule, and the part, offset and length of the place."""


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


def mend(draft: Draft, policy: Policy, on: date, *, unsafe: bool = False) -> Draft:
    """The draft with every safe fix applied, which keeps its meaning; with `unsafe` all others too.

    Mending twice changes nothing more: what a fix uncovers is mended as well, and a draft with more to
    mend than anyone writes stays as it is. The later rules come first: an image leaves the text before
    images are counted, and a link leaves the subject before a word is put in front.
    """
    demands = sorted(policy.demands(draft.marketplaces, on), key=lambda each: each.requirement.rule)
    mended: Draft | None = draft
    for _ in range(_MOST_ROUNDS):
        before = mended
        for demand in reversed(demands):
            mended = mended and _mended_for(mended, policy, demand, unsafe=unsafe)
        if mended is None or mended == before:
            return mended or draft
    return draft


def fixes(draft: Draft, policy: Policy, on: date) -> Fixes:
    """What mends each flaw of the draft by itself, for those who choose among them. `mend` does them all."""
    manuscript = Manuscript(draft, policy)
    found: Fixes = {}
    for demand in policy.demands(draft.marketplaces, on):
        code = demand.requirement.rule
        for flaw in CHECKS[code].check(manuscript, demand) if code in FIXES else ():
            if flaw.fixable:
                place = (code, flaw.part, flaw.start, flaw.end - flaw.start)
                found.setdefault(place, FIXES[code](manuscript, demand, flaw))
    return found


def _mended_for(draft: Draft, policy: Policy, demand: Demand, *, unsafe: bool) -> Draft | None:
    """The draft without what the demand's fix mends; None if that takes too many rounds."""
    code = demand.requirement.rule
    fix = FIXES.get(code)
    if fix is None:
        return draft
    for _ in range(_MOST_ROUNDS):
        manuscript = Manuscript(draft, policy)
        flaws = (flaw for flaw in CHECKS[code].check(manuscript, demand) if flaw.fixable)
        fixes = (fix(manuscript, demand, flaw) for flaw in flaws if unsafe or flaw.fixable == "safe")
        better = applied(draft, fixes)
        if better == draft:
            return draft
        draft = better
    return None


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
        fixable=flaw.fixable,
        marketplace=demand.marketplace.key,
        pack=demand.pack,
    )


def _severity(flaw: Flaw, demand: Demand) -> Severity:
    """A requirement that only warns makes no error; what its rule only warns of stays a warning."""
    return "warning" if "warning" in (flaw.severity, demand.requirement.severity) else "error"
