"""PM301: no attachments; an image file is not one here."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM301",
    name="no-attachments",
    summary="There are no attachments but image files.",
    why="The marketplace does not pass attachments on, so the buyer would never see them.",
    fix="Take the attachment out, or send what it says in the text or as an image.",
    example=Example("attachments", bad=("invoice.pdf",), good=("photo.png",)),
    fixable=frozenset({"unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every file that is no image by its content, whatever its name or declared type says."""
    for at, attachment in enumerate(manuscript.draft.attachments):
        if at not in manuscript.attached_images:
            name = attachment.name or attachment.content_type or f"attachment {at + 1}"
            yield Flaw(
                part="attachments",
                message=f"{demand.marketplace.name} does not allow attachments that are no images.",
                fix=RULE.fix,
                excerpt=name,
                fixable="unsafe",
                file=at,
            )


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Leave the file out."""
    return taken_out(manuscript, flaw)
