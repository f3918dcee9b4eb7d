"""The text of a mail: which of its parts are shown as text, and what `Mail` says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plentymsg.mail.charset import decode
from plentymsg.mail.html import html_of_text, text_of_html
from plentymsg.mail.mime import Part


class Content(NamedTuple):
    """A part that is shown as text, and how it reads."""

    part: Part
    text: str


class Segment(NamedTuple):
    """One stretch of the body, as text, as HTML, or both, as the sender wrote it."""

    texts: tuple[Content, ...]
    htmls: tuple[Content, ...]

    @property
    def text(self) -> str:
        """Its text parts, one behind the other."""
        return joined(content.text for content in self.texts)

    @property
    def html(self) -> str:
        """Its HTML parts, one behind the other."""
        return joined(content.text for content in self.htmls)


def bodies(root: Part) -> frozenset[Part]:
    """The leaves that are shown as text; all others are attachments."""
    return frozenset(_bodies(root, wanted=True))


def _bodies(part: Part, *, wanted: bool) -> Iterator[Part]:
    """`wanted` says that here must be the text, so that a file name does not make it an attachment."""
    alternative = part.content_type == "multipart/alternative"
    for number, child in enumerate(part.children):
        yield from _bodies(child, wanted=alternative or (wanted and number == 0))
    if part.children or part.unread or part.disposition == "attachment":
        return
    is_text = part.content_type in ("text/plain", "text/html") and (wanted or not part.file_name)
    if is_text or part.content_type.startswith("multipart/"):  # whose boundary never came
        yield part


def segments(raw: bytes, part: Part, shown: frozenset[Part]) -> list[Segment]:
    """The body in the sender's order. Of alternatives, the first text and the last HTML are one stretch."""
    inner = [segments(raw, child, shown) for child in part.children]
    if inner and part.content_type == "multipart/alternative":
        texts = (tuple(content for each in child for content in each.texts) for child in inner)
        htmls = (tuple(content for each in child for content in each.htmls) for child in reversed(inner))
        return [Segment(next(filter(None, texts), ()), next(filter(None, htmls), ()))]
    if part in shown:
        content = Content(part, read(raw, part))
        if not content.text.strip():
            return []
        is_html = part.content_type == "text/html"
        return [Segment((), (content,)) if is_html else Segment((content,), ())]
    return [segment for each in inner for segment in each]


def read(raw: bytes, part: Part) -> str:
    """A part as text, its line ends those of a text."""
    return decode(part.content(raw), part.charset).replace("\r\n", "\n")


def text_of(body: Iterable[Segment]) -> str:
    """The body as text; what is only HTML as a person sees it."""
    return joined(each.text or text_of_html(each.html) for each in body)


def html_of(body: Iterable[Segment]) -> str:
    """The body as HTML, if any of it is HTML."""
    body = tuple(body)
    if not any(each.htmls for each in body):
        return ""
    return joined(each.html or html_of_text(each.text) for each in body)


def joined(pieces: Iterable[str]) -> str:
    """One behind the other, each on lines of its own; without those that say nothing."""
    return "\n".join(piece.strip("\n") for piece in pieces if piece.strip())
