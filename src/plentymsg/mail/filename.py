"""Names of attachments, made safe to be file names on any system."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_MAX_BYTES = 180
"""File systems take 255 bytes; this leaves room for a number or a prefix."""


def safe_name(name: str, fallback: str) -> str:
    """`name` as a single harmless file name, or `fallback` if nothing is left of it.

    Takes away folders, control and invisible characters (also those that reverse the direction of
    writing, and so fake another ending), what Windows forbids, and leading dots.
    """
    name = unicodedata.normalize("NFC", name[:2000])
    name = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    if _DEVICE.fullmatch(name):
        name = "_" + name
    return _shorten(name) or fallback


def _shorten(name: str) -> str:
    if len(name.encode()) <= _MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, ending = name, ""
    tail = (dot + ending).encode() if ending else b""
    head = stem.encode()[: _MAX_BYTES - len(tail)].decode(errors="ignore")
    return head.strip(". ") + tail.decode()
