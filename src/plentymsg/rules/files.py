"""What a file is, by its content; where that is plain text, its name says which kind of it."""

from __future__ import annotations

import re

from plentymsg.rules.images import image_format, is_pdf

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"MZ", "exe"),
    (0, b"\x7fELF", "elf"),
    (0, b"\xfe\xed\xfa", "macho"),
    (0, b"\xcf\xfa\xed\xfe", "macho"),
    (0, b"\xca\xfe\xba\xbe", "class"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"%!PS", "ps"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x78\x9f\x3e\x22", "tnef"),
    (0, b"#!", "script"),
    (4, b"ftyp", "mp4"),
    (0, b"\x1a\x45\xdf\xa3", "mkv"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"RIFF", "riff"),
    (257, b"ustar", "tar"),
)
"""Offset, magic bytes, format: what people send, and what nobody should."""

_ZIPS = ((b"xl/workbook.", "xlsx"), (b"word/document.", "docx"), (b"ppt/presentation.", "pptx"))
"""A file inside a zip archive that tells what the archive is."""
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_PAGE = re.compile(
    rb"\s*(?:<!--[^>]{0,200}-->\s*)?<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_SAME = {"jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg", "tif": "tiff", "text": "txt", "log": "txt"}


def ending(name: str) -> str:
    """The kind that a file name claims: its last ending, in lower case, `jpeg` for `jpg`; else empty."""
    stem, dot, claimed = name.strip().rstrip(".").rpartition(".")
    claimed = claimed.lower() if dot and stem else ""
    return _SAME.get(claimed, claimed)


def kind_of(content: bytes, name: str) -> str:
    """What a file is: `png`, `pdf`, `exe` …; for plain text what its name says, else `txt`.

    Empty if nothing tells.
    """
    kind = image_format(content) or _document(content) or _by_magic(content)
    if kind or (_NO_TEXT.search(content) and not content.startswith(_UTF16)):
        return kind
    claimed = ending(name)
    return claimed if claimed in {"csv", "json"} else "txt"


def _document(content: bytes) -> str:
    if is_pdf(content):
        return "pdf"
    if content.startswith(_ZIP_MAGIC):
        return next((kind for member, kind in _ZIPS if member in content), "zip")
    return "html" if _PAGE.match(content) else ""


def _by_magic(content: bytes) -> str:
    return next((kind for offset, magic, kind in _SIGNATURES if content.startswith(magic, offset)), "")
