"""PM302: at most one image."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.marketplaces import Marketplace

RULE = Rule(
    code="PM302",
    name="one-image",
    summary="There is at most one image.",
    why="The marketplace passes one image on and drops the rest, or the whole message.",
    fix="Keep the one image that matters, or put several into one picture.",
)


def check(manuscript: Manuscript, marketplace: Marketplace) -> Iterator[Flaw]:
    """Different images count once each, attached or shown by the HTML. The second one is the place."""
    pictures = manuscript.pictures
    if len(pictures) > 1:
        second = pictures[1]
        yield Flaw(
            part=second.part,
            message=f"There are {len(pictures)} images; {marketplace.name} allows one.",
            fix=RULE.fix,
            start=second.start,
            end=second.end,
            excerpt=second.name if second.part == "attachments" else "",
        )
