"""Which files are images, by their content, and how many different images a message shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plentymsg.rules.draft import Attachment
from plentymsg.rules.violation import Part

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"II+\x00", "tiff"),
    (0, b"MM\x00+", "tiff"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"8BPS\x00", "psd"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (40, b" EMF", "emf"),
)
"""Offset, magic bytes, format. Formats that need more than that have a function below."""

_BMFF_BRANDS = {
    b"avif": "avif",
    b"avis": "avif",
    b"heic": "heic",
    b"heix": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"hevc": "heic",
    b"hevx": "heic",
    b"mif1": "heif",
    b"msf1": "heif",
}
"""Brands of still images in the ISO base media file format (ISO/IEC 23008-12); videos have others."""

_BMP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_PDF_HEAD = 1024
_HEAD = 4096
"""Bytes in which an SVG must show its root: a prologue of comments may come before it."""

_SVG = re.compile(
    r"\ufeff?\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>\s*+)*+"
    r"<(?:[a-z]{1,20}:)?svg[\s/>]",
    re.IGNORECASE,
)


class ImageReference(NamedTuple):
    """An image that the HTML shows."""

    source: str
    """What it refers to (`cid:…`, `data:…`, an address); empty for an image drawn in the HTML itself."""
    start: int
    end: int
    counts: bool = True
    """False for another rendition of an image that is counted already, as in `srcset`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One distinct image, and where it first occurs."""

    part: Part
    start: int
    end: int
    name: str
    file: int = -1
    """Position among the attachments, where it is first seen there."""


def image_format(content: bytes) -> str:
    """The image format of a file, judged by its content alone; empty if it is no image.

    A file that is also a PDF is none: which of both a reader sees is up to its program.
    """
    if is_pdf(content):
        return ""
    for offset, magic, name in _SIGNATURES:
        if content.startswith(magic, offset):
            return name
    return _bmp(content) or _riff(content) or _bmff(content) or _icon(content) or _svg(content)


def is_pdf(content: bytes) -> bool:
    """Whether a reader of PDF would open it: something else may stand before (ISO 32000-1, annex H.3.4.1)."""
    return b"%PDF-" in content[:_PDF_HEAD]


def pictures(
    references: Iterable[ImageReference], attachments: Sequence[Attachment], image_files: frozenset[int]
) -> tuple[Picture, ...]:
    """Each distinct image once: a file and the reference that shows it are one."""
    files = {key: at for at, each in enumerate(attachments) for key in _keys(each)}
    found: dict[str | int, Picture] = {}
    for reference in references:
        if reference.counts and (key := _identity(reference, files)) not in found:
            found[key] = Picture("html", reference.start, reference.end, reference.source)
    for at in sorted(image_files):
        found.setdefault(at, Picture("attachments", 0, 0, attachments[at].name, at))
    return tuple(found.values())


def _keys(attachment: Attachment) -> Iterable[str]:
    """What HTML may call this file: its Content-ID (RFC 2392), or carelessly its name."""
    if attachment.content_id:
        yield "cid:" + attachment.content_id.strip().removeprefix("<").removesuffix(">").casefold()
    if attachment.name:
        yield attachment.name.casefold()
        yield "cid:" + attachment.name.casefold()


def _identity(reference: ImageReference, files: dict[str, int]) -> str | int:
    """The place of the attachment, the source, or for what is drawn in the HTML a negative number."""
    if not reference.source:
        return -1 - reference.start
    if reference.source[:5].lower() == "data:":
        return reference.source
    source = reference.source
    if "%" in source:
        from urllib.parse import unquote

        source = unquote(source)
    return files.get(source.casefold(), source)


def _bmp(content: bytes) -> str:
    header_size = int.from_bytes(content[14:18], "little")
    return "bmp" if content.startswith(b"BM") and header_size in _BMP_HEADER_SIZES else ""


def _riff(content: bytes) -> str:
    return "webp" if content.startswith(b"RIFF") and content[8:12] == b"WEBP" else ""


def _bmff(content: bytes) -> str:
    if content[4:8] != b"ftyp":
        return ""
    size = min(int.from_bytes(content[:4], "big"), 256)
    brands = [content[8:12], *(content[at : at + 4] for at in range(16, size, 4))]
    return next((_BMFF_BRANDS[brand] for brand in brands if brand in _BMFF_BRANDS), "")


def _icon(content: bytes) -> str:
    """A Windows icon or cursor: its directory must say at least one image, and point behind itself."""
    if content[:4] not in {b"\x00\x00\x01\x00", b"\x00\x00\x02\x00"} or len(content) < 22:
        return ""
    count = int.from_bytes(content[4:6], "little")
    first = int.from_bytes(content[18:22], "little")
    return "ico" if count and content[9] == 0 and 6 + 16 * count <= first < len(content) else ""


def _svg(content: bytes) -> str:
    head = content[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        text = head.decode("utf-8", "replace")
    return "svg" if _SVG.match(text) else ""
