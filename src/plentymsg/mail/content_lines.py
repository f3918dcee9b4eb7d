"""What a person sees of appointments and of contacts: iCalendar (RFC 5545) and vCard (RFC 6350, and 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.mail.charset import decode
from plentymsg.mail.transfer import decode_base64, decode_quoted_printable

_TYPES = frozenset(
    {"text/calendar", "text/x-vcalendar", "application/ics"}
    | {"text/vcard", "text/x-vcard", "text/directory", "application/vcard"}
)
_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":\n]|"[^"\n]*")*)?):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([^=;"]+)(?:=((?:"[^"]*"|[^";])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_IN_PARAMETER = re.compile(r"\^([n'^])")
_UNSEEN = frozenset({"PHOTO", "PRODID", "TZURL", "UID"})
"""Names of lines for programs."""
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"})
"""Names of lines that show the name of a person, who stands there as a `mailto:`."""
_SHOWN_PARAMETERS = ("CN", "LABEL")
"""The name of a person, and an address as it is written on a letter."""
_QUOTED_PRINTABLE = "QUOTED-PRINTABLE"


def is_content_lines(content_type: str) -> bool:
    """Whether a part of this type is made of content lines."""
    return content_type in _TYPES


def read_content_lines(text: str) -> str:
    """What is shown, one value a line or more: unfolded and decoded, without names and escapes.

    The line ends of `text` are those of a text.
    """
    return "\n".join(_shown(line) for line in _unfolded(text))


def _unfolded(text: str) -> Iterator[str]:
    """A line is continued by one that begins with a blank; in quoted-printable also behind a `=`."""
    pieces: list[str] = []
    is_quoted_printable = False
    for line in text.split("\n"):
        if pieces and is_quoted_printable and pieces[-1].endswith("="):
            pieces += ("\n", line)
        elif pieces and line.startswith((" ", "\t")):
            pieces.append(line[1:])
        else:
            yield from ["".join(pieces)] if pieces else []
            pieces = [line]
            is_quoted_printable = _QUOTED_PRINTABLE in line.partition(":")[0].upper()
    yield "".join(pieces)


def _shown(line: str) -> str:
    found = _LINE.match(line)
    if found is None:
        return line
    parameters = {name.upper(): value.replace('"', "") for name, value in _PARAMETER.findall(found[2])}
    shown = [parameters[name] for name in _SHOWN_PARAMETERS if name in parameters]
    shown = [_ESCAPED_IN_PARAMETER.sub(_unescaped_in_parameter, each) for each in shown]
    return "\n".join((*shown, _value(found[1].upper(), parameters, found[3])))


def _value(name: str, parameters: dict[str, str], value: str) -> str:
    if name in _UNSEEN or (name in _PEOPLE and value.strip().casefold().startswith("mailto:")):
        return ""
    encoding = parameters.get("ENCODING", "").upper()
    if _QUOTED_PRINTABLE in (encoding, *parameters):  # vCard 2.1 may leave “ENCODING=” out
        value = decode(decode_quoted_printable(value.encode()), parameters.get("CHARSET", ""))
    elif encoding in ("B", "BASE64") or "BASE64" in parameters:
        value = _text_in(decode_base64(value.encode()))
    return _ESCAPED.sub(lambda escape: "\n" if escape[1] in "nN" else escape[1], value)


def _text_in(data: bytes) -> str:
    """The text that `data` is; nothing if it is none, such as a picture."""
    try:
        return data.decode() if b"\0" not in data else ""
    except UnicodeDecodeError:
        return ""


def _unescaped_in_parameter(escape: re.Match[str]) -> str:
    """RFC 6868."""
    return {"n": "\n", "'": '"'}.get(escape[1], "^")
