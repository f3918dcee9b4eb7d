"""The parts of a mail (RFC 2045, RFC 2046), found without copying and without trusting it.

The standard library's parser calls itself once for every level and tests every line against every
open boundary: a mail of some megabytes can break or stall it. Here every level is searched once,
levels and parts are counted, and what goes beyond the limits stays together, unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plentymsg.mail.header import Headers, split_headers
from plentymsg.mail.transfer import decode_transfer, encoding_named

MAX_DEPTH = 30
MAX_PARTS = 1000

_CONTENT_TYPE = re.compile(r"[!-.0-~]{1,100}/[!-.0-~]{1,100}")
_LINE_WITH_DASHES = re.compile(rb"^--(\S[^\r\n]{0,200})\r?\n", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Part:
    """A node of the tree: from `start` to `end` in the mail, its body from `body` on.

    `unread` marks a part that is beyond the limits: headers, inner parts and all are its content.
    """

    headers: Headers
    start: int
    body: int
    end: int
    children: list[Part] = field(default_factory=list)
    unread: bool = False

    @property
    def content_type(self) -> str:
        """In lower case. What is missing or malformed is text (RFC 2045, section 5.2), or just bytes."""
        if self.unread:
            return "application/octet-stream"
        declared = self.headers.token("Content-Type")
        if _CONTENT_TYPE.fullmatch(declared):
            return declared
        return "text/plain" if declared in ("", "text", "plain") else "application/octet-stream"

    @property
    def disposition(self) -> str:
        """`inline`, `attachment`, something else, or nothing (RFC 2183)."""
        return self.headers.token("Content-Disposition")

    @property
    def file_name(self) -> str:
        """The name that the sender gave it, which is not safe to use as it is."""
        return (
            self.headers.parameters("Content-Disposition").get("filename", "")
            or self.headers.parameters("Content-Type").get("name", "")
        ).strip()

    @property
    def charset(self) -> str:
        """The declared charset, or nothing."""
        return self.headers.parameters("Content-Type").get("charset", "")

    @property
    def encoding(self) -> str:
        """The declared transfer encoding in lower case, known or not, or nothing."""
        return encoding_named(self.headers.token("Content-Transfer-Encoding"))

    def content(self, raw: bytes) -> bytes:
        """The content without its transfer encoding (RFC 2045, section 6). Never raises."""
        if self.unread:
            return raw[self.start : self.end]
        return decode_transfer(self.encoded(raw), self.encoding)

    def encoded(self, raw: bytes) -> bytes:
        """The content as it is on its way, below the headers."""
        return raw[self.body : self.end]

    def walk(self) -> Iterator[Part]:
        """This part and all within it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_parts(raw: bytes) -> Part:
    """The tree of a mail's parts. Takes time linear in its size; never raises."""
    return _Reader(raw).read(0, len(raw), 0)


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._left = MAX_PARTS

    def read(self, start: int, end: int, depth: int) -> Part:
        headers, body = split_headers(self._raw, start, end)
        part = Part(headers, start, body, end)
        self._left -= 1
        if not part.content_type.startswith("multipart/"):
            return part
        if depth >= MAX_DEPTH:
            part.unread = True
            return part
        for child_start, child_end in self._split(part):
            if self._left <= 0:
                part.children.append(Part(Headers({}), child_start, child_start, end, unread=True))
                break
            part.children.append(self.read(child_start, child_end, depth + 1))
        return part

    def _split(self, part: Part) -> Iterator[tuple[int, int]]:
        """Where the parts inside a multipart begin and end; none if its boundary never comes."""
        opened: int | None = None
        for line_start, line_end, closing in self._delimiters(self._boundary(part), part.body, part.end):
            if opened is not None:
                yield opened, max(opened, self._before_break(line_start))
            opened = None if closing else line_end
        if opened is not None and opened < part.end:  # the closing line is missing: the mail was cut
            yield opened, part.end

    def _boundary(self, part: Part) -> bytes:
        declared = part.headers.parameters("Content-Type").get("boundary", "").rstrip()
        return declared.encode("utf-8") or self._guess_boundary(part)

    def _guess_boundary(self, part: Part) -> bytes:
        """The first line that starts with two dashes, if it comes again as a closing line."""
        match = _LINE_WITH_DASHES.search(self._raw, part.body, min(part.body + 4000, part.end))
        if match is None:
            return b""
        guess = match[1].rstrip()
        return guess if self._raw.find(b"--" + guess + b"--", match.end(), part.end) >= 0 else b""

    def _delimiters(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Start, end and kind of each delimiter line (RFC 2046, section 5.1.1)."""
        if not boundary:
            return
        needle = b"--" + boundary
        found = self._raw.find(needle, start, end)
        while found >= 0:
            after = found + len(needle)
            line_end = self._raw.find(b"\n", after, end) + 1 or end
            rest = self._raw[after : min(line_end, after + 200)].rstrip()
            at_line_start = found == start or self._raw[found - 1 : found] == b"\n"
            if at_line_start and rest in (b"", b"--"):
                yield found, line_end, rest == b"--"
                after = line_end
            found = self._raw.find(needle, after, end)

    def _before_break(self, line_start: int) -> int:
        """The line break before a delimiter belongs to the delimiter."""
        if self._raw[line_start - 2 : line_start] == b"\r\n":
            return line_start - 2
        return line_start - 1 if self._raw[line_start - 1 : line_start] == b"\n" else line_start
