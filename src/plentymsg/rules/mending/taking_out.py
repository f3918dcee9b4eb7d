"""Take what breaks a rule out of subject, text or HTML, with a fix as rules offer them."""

from __future__ import annotations

from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Edit, Fix
from plentymsg.rules.mending.excision import Passage, excised


def taken_out(manuscript: Manuscript, flaw: Flaw) -> Fix:
    """Take the words at the flaw's place out, so that what remains still reads."""
    if flaw.part == "html":
        from plentymsg.rules.mending.html import without

        return without(manuscript.outline, flaw.start, flaw.end)
    if flaw.part == "attachments":
        return (Edit("attachments", flaw.file, flaw.file + 1),)
    text = manuscript.source(flaw.part)
    low, high, replacement = excised(Passage(text, 0, len(text)), flaw.start, flaw.end)
    return (Edit(flaw.part, low, high, replacement),)
