"""PM303: no image in the body text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.links.link import MOST
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM303",
    name="no-body-image",
    summary="There is no image in the body text.",
    why="The marketplace shows images only as a file beside the text.",
    fix="Take the image out of the text and attach it as a file.",
    example=Example(
        "html", bad=('<p>So: <img src="cid:photo"></p>',), good=("<p>See the attached photo.</p>",)
    ),
    fixable=frozenset({"unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every image that the HTML shows: elements, backgrounds, `cid:` and `data:`; the first 100."""
    images = manuscript.document.images if manuscript.draft.html else ()
    for image in islice(images, MOST):
        yield Flaw(
            part="html",
            message=f"{demand.marketplace.name} does not allow images in the text.",
            fix=RULE.fix,
            start=image.start,
            end=image.end,
            fixable="unsafe",
        )


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Take the image out of the HTML; one that is attached stays as a file."""
    from plentymsg.rules.mending.html import without_image

    return without_image(manuscript.outline, flaw.start, flaw.end)
