"""From bytes to text, whatever the mail says about itself: as declared, then UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_C1 = re.compile(rb"[\x80-\x9f]")

# What mailers write for a charset that they do not know, or that Python knows by another name.
_ALIASES = {
    "": "utf-8",
    "ansi": "cp1252",
    "ascii": "us-ascii",
    "default": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "unknown-8bit": "utf-8",
    "utf8mb4": "utf-8",
    "x-unknown": "utf-8",
}

# Codecs that are no charsets: quadratic, or they read escapes that the sender never meant.
_NO_CHARSET = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})


def decode(data: bytes, declared: str = "") -> str:
    """The text that `data` stands for, without NUL characters and lone surrogates. Never raises."""
    text = _decode_declared(data, declared)
    if text is None:
        text = _decode_undeclared(data)
    return clean(text)


def clean(text: str) -> str:
    """`text` without what no database and no terminal can take: NUL and lone surrogates."""
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def _decode_declared(data: bytes, declared: str) -> str | None:
    name = declared.strip().strip("'\"").casefold()
    codec = _codec_name(_ALIASES.get(name, name))
    if codec in (None, "utf-8", "ascii"):
        return None
    if codec == "iso8859-1" and _C1.search(data):
        return None  # its C1 controls never are in mail: the sender means Windows-1252, or even UTF-8
    if codec in ("utf-16", "utf-32"):
        codec = _byte_order(data, codec)
    try:
        return data.decode(codec)
    except (LookupError, ValueError):  # not a text encoding, such as rot13; or it does not fit
        return None


def _codec_name(name: str) -> str | None:
    if not name.isascii() or len(name) > 40:
        return None
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec.replace("-", "_") in _NO_CHARSET else codec


def _byte_order(data: bytes, codec: str) -> str:
    """Without a byte order mark Python takes this machine's order; the position of the zeros tells."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return codec
    return codec + ("-le" if data[1::2].count(0) > data[::2].count(0) else "-be")


def _decode_undeclared(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    beyond_ascii = len(lenient) - len(lenient.encode("ascii", "ignore"))
    if beyond_ascii > 2 * lenient.count("\ufffd"):
        return lenient  # UTF-8 with a flaw, such as a mail cut in the middle of a character
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
