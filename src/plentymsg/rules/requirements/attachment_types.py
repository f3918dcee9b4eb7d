"""PM304: only files of certain types."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.draft import Attachment
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM304",
    name="attachment-types",
    summary="Attached files are of a type that is taken.",
    why="Files of other types are dropped on the way, or the whole message with them.",
    fix="Send it as a file of a type that is taken, or take it out.",
    example=Example("attachments", bad=("setup.exe",), good=("invoice.pdf", "photo.png")),
    takes=frozenset({"allowed"}),
    endings=True,
    fixable=frozenset({"unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every file whose content is of another type, or whose name claims another one, inline parts too."""
    allowed = _kinds(demand)
    for at, attachment in enumerate(manuscript.draft.attachments):
        wrong = _wrong_type(attachment, allowed)
        if wrong:
            taken = ", ".join(allowed)
            yield Flaw(
                part="attachments",
                message=f"{demand.marketplace.name} takes {taken}; this is {wrong}.",
                fix=RULE.fix,
                excerpt=attachment.name or attachment.content_type or f"attachment {at + 1}",
                fixable="unsafe",
                file=at,
            )


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Leave the file out."""
    return taken_out(manuscript, flaw)


def _kinds(demand: Demand) -> tuple[str, ...]:
    """What is allowed, however people write the ending: `PDF`, `.jpg`."""
    from plentymsg.rules.files import ending

    return tuple(ending(f"file.{kind.strip('.')}") for kind in demand.requirement.allowed)


def _wrong_type(attachment: Attachment, allowed: tuple[str, ...]) -> str:
    """What is wrong with a file, in words; empty if nothing is."""
    from plentymsg.rules.files import ending, kind_of

    claimed = ending(attachment.name)
    if claimed and claimed not in allowed:
        return f"called .{claimed}"
    kind = kind_of(attachment.content, attachment.name)
    if kind in allowed:
        return ""
    return f"{kind} by its content" if kind else "of a type that its content does not tell"
