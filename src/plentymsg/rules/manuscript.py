"""A draft, read once for all requirements: its links, its images, its HTML taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plentymsg.rules.draft import Draft
from plentymsg.rules.images import Picture, image_format, pictures
from plentymsg.rules.links.link import Link
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Fixable, Part, Severity

if TYPE_CHECKING:  # what takes HTML apart loads when there is HTML
    from plentymsg.rules.markup.document import Document
    from plentymsg.rules.markup.outline import Outline

_ENOUGH = 200
"""Characters of a link that tell what it leads to."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a requirement finds; `judge` makes a Violation of it."""

    part: Part
    message: str
    fix: str
    start: int = 0
    end: int = 0
    severity: Severity = "error"
    excerpt: str = ""
    """What to show where the part is no text: an attachment's name, a recipient."""
    fixable: Fixable = None
    """Whether its rule's fix in `FIXES` mends it."""
    file: int = -1
    """Position of the attachment that it is about."""


class Manuscript:
    """What the requirements look at. Everything is worked out when it is first asked for."""

    def __init__(self, draft: Draft, policy: Policy) -> None:
        self.draft = draft
        self.policy = policy

    @cached_property
    def document(self) -> Document:
        """The HTML part, taken apart."""
        from plentymsg.rules.markup.document import read_html

        return read_html(self.draft.html)

    @cached_property
    def outline(self) -> Outline:
        """The tags and texts of the HTML part, for those who mend it."""
        from plentymsg.rules.markup.outline import Outline

        return Outline(self.draft.html)

    @cached_property
    def links(self) -> tuple[tuple[Part, Link], ...]:
        """Links and addresses of subject, text and HTML, in the order of their places."""
        from plentymsg.rules.links.reading import find_links

        found: list[tuple[Part, Link]] = [("subject", link) for link in find_links(self.draft.subject)]
        found += [("text", link) for link in find_links(self.draft.text)]
        if self.draft.html:
            found += [("html", link) for link in self.document.links()]
        return tuple(found)

    @cached_property
    def attached_images(self) -> frozenset[int]:
        """Positions of the attachments that are images by their content."""
        attachments = enumerate(self.draft.attachments)
        return frozenset(at for at, each in attachments if image_format(each.content))

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Each distinct image once, where it first occurs."""
        references = self.document.images if self.draft.html else ()
        return pictures(references, self.draft.attachments, self.attached_images)

    def source(self, part: Part) -> str:
        """The text of a part as it was given; empty for those that are none."""
        return {"subject": self.draft.subject, "text": self.draft.text, "html": self.draft.html}.get(part, "")

    def target(self, part: Part, link: Link) -> str:
        """The beginning of what a link leads to, as a reader's client would take it: `mailto:info@…`."""
        target = self.source(part)[link.start : min(link.end, link.start + _ENOUGH)]
        if part == "html" and "&" in target:
            from html import unescape

            target = unescape(target)
        return target.strip().lower()

    @cached_property
    def passages(self) -> tuple[tuple[Part, MappedText], ...]:
        """What a reader sees of subject, text and HTML, each with the way back to its source."""
        subject, text = (MappedText([each], [0], [-1]) for each in (self.draft.subject, self.draft.text))
        html = self.document.text if self.draft.html else MappedText((), (), ())
        passages: tuple[tuple[Part, MappedText], ...] = (("subject", subject), ("text", text), ("html", html))
        return tuple(passage for passage in passages if passage[1].text)

    def plain_text(self) -> str:
        """What a reader would read: the text part, or the HTML's text if there is none."""
        return self.draft.text or self.document.text.text
