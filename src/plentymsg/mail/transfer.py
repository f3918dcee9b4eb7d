"""Transfer encodings (RFC 2045, section 6): the bytes that the letters in a mail stand for."""

from __future__ import annotations

import binascii
import re
import string

KNOWN = frozenset({"", "7bit", "8bit", "binary", "base64", "quoted-printable"})
"""All but the last two, and no name at all, say that the bytes stand for themselves."""

_COMMENT = re.compile(r"\([^()]*(?:\)|$)")
_NOT_BASE64 = bytes(set(range(256)) - set((string.ascii_letters + string.digits + "+/=").encode()))
_LETTERS_AND_PADDING = re.compile(rb"([^=]*)(=*)")
_SOFT_BREAK = re.compile(rb"=[ \t]*+(?:\r?\n|\r)")


def encoding_named(value: str) -> str:
    """The encoding that a field's value in lower case names, comments and quotes aside."""
    return _COMMENT.sub("", value).strip(" \t\"'") or value


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """`data` decoded; as it is if the encoding is none or unknown. Never raises."""
    if encoding == "base64":
        return decode_base64(data)
    return decode_quoted_printable(data) if encoding == "quoted-printable" else data


def decode_quoted_printable(data: bytes) -> bytes:
    """`data` decoded; whatever is no quoted-printable in it stands for itself. Never raises.

    Blanks at the end of a line were put there on the way (RFC 2045, section 6.7, rule 3). Python keeps them
    behind a soft line break, and drops the line behind one that is a mere CR.
    """
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"", data))


def decode_base64(data: bytes) -> bytes:
    """`data` decoded; whatever is no base64 in it is passed over. Never raises.

    What follows a padding is read too: some mailers join what they encoded in pieces. A `=` that does not
    fill its group of four up is none, as Python and others read it.
    """
    data = data.translate(None, _NOT_BASE64)
    if b"=" not in data.rstrip(b"="):
        return _decode_letters(data.rstrip(b"="))
    decoded, letters = [], bytearray()
    for match in _LETTERS_AND_PADDING.finditer(data):
        letters += match[1]
        missing = -len(letters) % 4
        if missing in (1, 2) and len(match[2]) >= missing:
            decoded.append(_decode_letters(letters))
            letters.clear()
    return b"".join(decoded) + _decode_letters(letters)


def _decode_letters(letters: bytes | bytearray) -> bytes:
    if len(letters) % 4 == 1:  # six bits are no byte
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def is_sound(data: bytes, encoding: str) -> bool:
    """Whether all programs decode `data` alike: where base64 is broken they go on, skip or stop."""
    if encoding != "base64":
        return True
    try:
        binascii.a2b_base64(b"".join(data.split()), strict_mode=True)
    except binascii.Error:
        return False
    return True
