"""PM302: at most so many images, which is one where the manual asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM302",
    name="one-image",
    summary="There are at most so many images.",
    why="The marketplace passes no more on: it drops the rest, or the whole message.",
    fix="Keep the images that matter, or put several into one picture.",
    example=Example("attachments", bad=("front.png", "back.png"), good=("front-and-back.png",)),
    takes=frozenset({"limit"}),
    unit="images",
    fixable=frozenset({"unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Different images count once each, attached or shown by the HTML. The first too many is the place."""
    pictures = manuscript.pictures
    limit = demand.requirement.limit
    if len(pictures) > limit:
        surplus = pictures[limit]
        yield Flaw(
            part=surplus.part,
            message=f"There are {len(pictures)} images; {demand.marketplace.name} allows {limit}.",
            fix=RULE.fix,
            start=surplus.start,
            end=surplus.end,
            excerpt=surplus.name if surplus.part == "attachments" else "",
            fixable="unsafe",
            file=surplus.file,
        )


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Leave the image out; what else is too many comes next."""
    if flaw.part == "attachments":
        return taken_out(manuscript, flaw)
    from plentymsg.rules.mending.html import without_image

    return without_image(manuscript.outline, flaw.start, flaw.end)
