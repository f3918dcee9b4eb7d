"""What else a mail program may show of a mail, beside what its `Mail` says is the text.

To read a conversation, one of several alternatives is enough, and a text with a file name is a file. Who
judges a mail as its reader sees it must see all: each program takes another alternative, and shows texts
with a file name below the text (RFC 2183, section 2.1: what has no disposition may be shown too).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import read_addresses
from plentymsg.mail.body import bodies, read, segments
from plentymsg.mail.content_lines import is_content_lines, read_content_lines
from plentymsg.mail.header import Headers
from plentymsg.mail.mime import MAX_DEPTH, MAX_PARTS, Part, read_parts
from plentymsg.mail.transfer import KNOWN, is_sound

_HTML = frozenset({"text/html", "application/xhtml+xml", "text/x-amp-html", "text/enriched", "text/richtext"})
"""Types whose text has tags. RFC 1896 writes those of text/enriched alike."""
_MAILS = frozenset({"message/rfc822", "message/global"})
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_ENCRYPTED = re.compile(r"^-----BEGIN PGP MESSAGE", re.MULTILINE)
_SUBJECT = {"Subject": "RFC 5322, section 3.6"}
_ONCE = dict.fromkeys(
    ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"), "RFC 2045, section 3"
)
"""Fields that may be there once, by who says so: programs differ in which of several they take."""
_BROKEN = re.compile(r"(?<!\n--) \n>* ?")
"""A line end that is none where text is flowed (RFC 3676, section 4), and the space that it deletes."""
_MOST_FORWARDED = 10
"""How deep mails inside of mails are read."""
_SIMPLER = "Save the mail anew with a mail program, or check its text with --text-file and --html-file."


class Shown(NamedTuple):
    """A text that a mail program may show."""

    number: str
    """Of its part: `1.2` is the second in the first (RFC 9051, section 6.4.5)."""
    text: str
    is_html: bool
    is_repeat: bool = False
    """Whether `Mail` has it too: behind other HTML, which may hide it there, or with its lines broken."""


def other_texts(raw: bytes) -> tuple[Shown, ...]:
    """The texts that `Mail` leaves out of its text and HTML, in the mail's order.

    These are further alternatives, texts with a file name, and all other types of text (RFC 2046, section
    4.1.4: an unknown one is shown as plain text). Mails inside of it count with their subject, the names in
    their header and all their texts, as most programs show them. A part that says it is an attachment is one,
    whatever is in it.

    Raises InvalidInput if the bytes are no mail, or if nobody can say what is shown: a field is there twice
    that may be there once, parts are beyond the limits of `mime`, a transfer encoding is unknown or broken,
    or the text is encrypted.
    """
    root = read_parts(raw)
    if not root.headers:
        raise InvalidInput(
            "This is no mail: it does not begin with a header, such as “Subject: …”.",
            hint="Check that it is the right file; a text alone is checked with --text-file.",
        )
    _require_once(root, _SUBJECT)
    body = segments(raw, root, bodies(root))
    in_mail = {content.part for each in body for content in (*each.texts, *each.htmls)}
    pages = [content.part for each in body for content in each.htmls]
    return tuple(_other_texts(raw, root, "", frozenset(in_mail), frozenset(pages[1:]), 0))


def _other_texts(
    raw: bytes, part: Part, number: str, in_mail: frozenset[Part], later_html: frozenset[Part], depth: int
) -> Iterator[Shown]:
    _require_clear(part)
    if not part.children:
        _require_decodable(raw, part, number or "1")
    for at, child in enumerate(part.children, 1):
        inner = f"{number}.{at}" if number else str(at)
        yield from _other_texts(raw, child, inner, in_mail, later_html, depth)
        if part.content_type == "multipart/digest" and "Content-Type" not in child.headers:
            yield from _forwarded(child.content(raw), inner, depth + 1)  # RFC 2046, section 5.1.5
    if part.children or part.disposition == "attachment":
        return
    number = number or "1"
    if part.content_type in _MAILS:
        yield from _forwarded(part.content(raw), number, depth + 1)
        return
    is_html = _is_html(part)
    text = "" if is_html is None else _as_shown(raw, part)
    _require_legible(text, number)
    is_other = part not in in_mail or part in later_html or _deletes_spaces(part)
    if is_other and text.strip():
        yield Shown(number, text, bool(is_html), part in in_mail)


def _as_shown(raw: bytes, part: Part) -> str:
    text = read(raw, part)
    if is_content_lines(part.content_type):
        return read_content_lines(text)
    return _BROKEN.sub("", text) if _deletes_spaces(part) else text


def _deletes_spaces(part: Part) -> bool:
    """Whether lines are broken with a space that is not in the text: even within a word."""
    return (
        part.content_type == "text/plain"
        and part.headers.parameters("Content-Type").get("delsp", "").casefold() == "yes"
    )


def _forwarded(raw: bytes, number: str, depth: int) -> Iterator[Shown]:
    """All that is to be read of a mail inside of a mail."""
    if depth > _MOST_FORWARDED:
        raise InvalidInput(
            f"This mail has more than {_MOST_FORWARDED} mails, each within the other.", hint=_SIMPLER
        )
    root = read_parts(raw)
    _require_once(root, _SUBJECT)
    header = "\n".join(filter(None, (root.headers.text("Subject"), *_names(root.headers))))
    if header:
        yield Shown(f"{number}.HEADER", header, is_html=False)
    inner = number if root.children else f"{number}.1"
    yield from _other_texts(raw, root, inner, frozenset(), frozenset(), depth)


def _names(headers: Headers) -> Iterator[str]:
    """The names of those who wrote a mail and of those who got it."""
    for field in ("From", "Sender", "Reply-To", "To", "Cc"):
        for address in read_addresses(", ".join(headers.lines(field))):
            yield address.name


def _is_html(part: Part) -> bool | None:
    """Whether a part has tags; None if it is no text.

    A malformed type, such as `text/html charset=utf-8`, is shown as text (RFC 2045, section 5.2).
    """
    if part.content_type in _HTML:
        return True
    declared = part.headers.token("Content-Type")
    malformed = part.content_type == "application/octet-stream" != declared
    is_text = (
        malformed
        or is_content_lines(part.content_type)
        or part.content_type.startswith(("text/", "multipart/", "message/"))
    )
    return declared.startswith("text/html") if is_text else None


def _require_clear(part: Part) -> None:
    """Raise InvalidInput if mail programs show different things for a part, or if it cannot be read."""
    if part.unread:
        raise InvalidInput(
            f"This mail has more than {MAX_PARTS} parts, or has them more than {MAX_DEPTH} deep.",
            hint=_SIMPLER,
        )
    _require_once(part, _ONCE)
    if part.content_type in _SEALED:
        raise InvalidInput(
            f"This mail is encrypted or sealed ({part.content_type}): its text cannot be read.",
            hint="Check it before it is encrypted.",
        )


def _require_decodable(raw: bytes, part: Part, number: str) -> None:
    """Raise InvalidInput if programs decode a text differently, or if nobody knows how."""
    if part.encoding not in KNOWN:
        raise InvalidInput(
            f"Part {number} of this mail has an unknown transfer encoding (“{part.encoding[:40]}”).",
            hint=_SIMPLER,
        )
    is_text = part.content_type in _MAILS or _is_html(part) is not None
    if is_text and part.disposition != "attachment" and not is_sound(part.encoded(raw), part.encoding):
        raise InvalidInput(
            f"Part {number} of this mail is no sound {part.encoding}: mail programs read it differently.",
            hint=_SIMPLER,
        )


def _require_legible(text: str, number: str) -> None:
    """Raise InvalidInput if a text is encrypted within a mail that is not (RFC 9580, section 6.2)."""
    if _ENCRYPTED.search(text):
        raise InvalidInput(
            f"Part {number} of this mail is encrypted: its text cannot be read.",
            hint="Check it before it is encrypted.",
        )


def _require_once(part: Part, fields: Mapping[str, str]) -> None:
    for name, source in fields.items():
        count = len(part.headers.raw(name))
        if count > 1:
            raise InvalidInput(
                f"This mail has {count} fields “{name}” where one is allowed ({source}).",
                hint="Leave one of them: mail programs differ in which they take.",
            )
