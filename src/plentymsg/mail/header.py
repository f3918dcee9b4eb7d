"""The headers of a mail or of one of its parts, read from hostile bytes in linear time.

The standard library's header classes raise on some input (`Cc: <`) and are quadratic on other, so
that nothing here uses them. Every value comes out as one line of clean text.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from plentymsg.mail.charset import decode
from plentymsg.mail.transfer import decode_base64

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_USUAL = re.compile(
    rb"(?:from|to|cc|reply-to|subject|date|message-id|in-reply-to|references|mime-version"
    rb"|content-[a-z-]+|received|return-path|delivered-to|x-[a-z-]+):",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.DOTALL)
_CONTINUATION = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")

_MAX_VALUE = 200_000
"""Longer values are cut: enough for some thousand recipients, too little to stall anything."""


class Headers:
    """The fields of one header block, by name in any case; several of a name in their order."""

    __slots__ = ("_fields", "_lines")

    def __init__(self, fields: dict[str, list[bytes]]) -> None:
        self._fields = fields
        self._lines: dict[str, tuple[str, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._fields

    def __bool__(self) -> bool:
        return bool(self._fields)

    def raw(self, name: str) -> list[bytes]:
        """The values as they were sent, folded and encoded."""
        return self._fields.get(name.casefold(), [])

    def lines(self, name: str) -> tuple[str, ...]:
        """The values, unfolded, on one line each; encoded words are not decoded yet."""
        if name not in self._lines:  # the type of a part is asked for at every turn
            values = self.raw(name)
            self._lines[name] = tuple(unfold(decode(value[:_MAX_VALUE])).strip() for value in values)
        return self._lines[name]

    def line(self, name: str) -> str:
        """The first value, or nothing; encoded words are not decoded yet."""
        return next(iter(self.lines(name)), "")

    def text(self, name: str) -> str:
        """The first value as a person is to read it."""
        return decode_words(self.line(name)).strip()

    def token(self, name: str) -> str:
        """The first value without its parameters, in lower case, e.g. a content type."""
        return self.line(name).partition(";")[0].strip().casefold()

    def parameters(self, name: str) -> dict[str, str]:
        """The parameters of the first value, decoded (RFC 2045, RFC 2231, and RFC 2047 as some do)."""
        return parameters(self.line(name))

    def message_ids(self, name: str) -> tuple[str, ...]:
        """The well-formed message IDs in all values (RFC 5322, section 3.6.4), each once."""
        found = (match for value in self.lines(name) for match in _MESSAGE_ID.findall(value))
        return tuple(dict.fromkeys(each for each in found if "@" in each[2:-2]))

    def date(self, name: str) -> datetime | None:
        """The first value as a time in UTC, or None where it is none."""
        try:
            moment = parsedate_to_datetime(self.line(name)[:100])
            # RFC 5322, section 3.3: -0000 says nothing about where, but the time is UTC.
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (TypeError, ValueError, IndexError, OverflowError, AttributeError):
            return None


def split_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The header block at `start`, and where the body begins.

    The block ends at an empty line, or at the first line that can be no header. A line break that got
    into a value, so that its rest stands alone, ends nothing if a usual header follows.
    """
    fields: dict[str, list[bytes]] = {}
    name, value = "", bytearray()
    first = True
    while start < end:
        line_end = raw.find(b"\n", start, end) + 1 or end
        line = raw[start:line_end]
        if not line.strip(b"\r\n"):
            start = line_end
            break
        if line[:1] in (b" ", b"\t") and name:
            value += line
        elif match := _FIELD.match(line):
            if name:
                fields.setdefault(name, []).append(bytes(value))
            name, value = match[1].decode("ascii").casefold(), bytearray(match[2])
        elif name and _USUAL.match(raw, line_end, end):
            value += b" " + line
        elif not (first and line.startswith((b"From ", b">From "))):  # an mbox or MTA envelope line
            break
        start, first = line_end, False
    if name:
        fields.setdefault(name, []).append(bytes(value))
    return Headers(fields), start


def unfold(value: str) -> str:
    """`value` on one line: folds vanish, other line breaks and control characters become spaces."""
    pieces = [piece for piece in re.split(r"[\r\n]+", value) if piece]
    joined = pieces[0] if pieces else ""
    if len(pieces) > 1:
        joined += "".join(piece if piece[0] in " \t" else " " + piece for piece in pieces[1:])
    return _CONTROL.sub(" ", joined)


def decode_words(value: str) -> str:
    """`value` with its encoded words (RFC 2047) decoded, also where they stand inside quotes."""
    if "=?" not in value:
        return value
    pieces = [piece if isinstance(piece, str) else decode(*piece) for piece in _words(value)]
    return unfold("".join(pieces))


def _words(value: str) -> Iterator[str | tuple[bytes, str]]:
    """Plain text, and (bytes, charset) of encoded words.

    Neighbours of one charset come as one: many mailers cut them in the middle of a character.
    """
    open_data, open_charset = bytearray(), ""
    end = 0
    for match in _ENCODED_WORD.finditer(value):
        gap = value[end : match.start()]
        data, charset = _decode_word(match), match[1].partition("*")[0]  # RFC 2231 adds *language
        adjacent = bool(open_charset) and not gap.strip()
        if not (adjacent and charset.casefold() == open_charset.casefold()):
            if open_charset:
                yield bytes(open_data), open_charset
            open_data = bytearray()
        if gap and not adjacent:
            yield gap
        open_data += data
        open_charset, end = charset, match.end()
    if open_charset:
        yield bytes(open_data), open_charset
    yield value[end:]


def _decode_word(match: re.Match[str]) -> bytes:
    data = match[3].encode("utf-8")
    if match[2] in "qQ":
        return binascii.a2b_qp(data, header=True)
    return decode_base64(data)


def parameters(value: str) -> dict[str, str]:
    """The `; name=value` parameters of a header, names in lower case. The first of a name counts."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(value):
        content = match[3].strip() if match[2] is None else re.sub(r"\\(.)", r"\1", match[2])
        name = _CONTINUATION.fullmatch(match[1].casefold())
        if name is None or not (name[2] or name[3]):
            plain.setdefault(match[1].casefold(), unfold(decode_words(content)))
        else:
            pieces.setdefault(name[1], {}).setdefault(int(name[2] or 0), (content, bool(name[3])))
    return plain | {name: _join_pieces(found) for name, found in pieces.items()}


def _join_pieces(pieces: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231: a value in numbered pieces, percent-encoded where marked, the charset in the first."""
    charset, data = "", bytearray()
    first = min(pieces)
    for number, (content, encoded) in sorted(pieces.items()):
        text = content
        if encoded and number == first and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8")
    return unfold(decode(bytes(data), charset))
