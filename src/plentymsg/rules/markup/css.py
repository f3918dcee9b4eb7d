"""What style sheets refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plentymsg.rules.mapped import MappedText, edited

_HINT = re.compile(r"[(@&\\]")
_NOISE = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\\(?:([0-9a-fA-F]{1,6})\s?|([^\n0-9a-fA-F]))")
_REFERENCE = re.compile(
    r"""(@import\s{1,9}(?:url\()?|url\(|(?:-webkit-)?image-set\((?=\s*+[\"']))\s*+
        (?:\"([^\"]*+)\"?|'([^']*+)'?|(data:[^)\"'\s]*+|[^)\"';\s]*+))
      | (?<!=)(?:\"([^\"\n]*+)\"|'([^'\n]*+)')""",
    re.IGNORECASE | re.VERBOSE,
)
"""What loads something; or any other string, such as the second image of a set, or what `content` prints.

A string behind an equals sign is part of a selector: `a[href^="https:"]`.
"""
_PROPERTY = re.compile(r"([\w-]+)\s*:[^:;{}]*\Z")
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class StyleReference:
    """An address in CSS, or a text that may hold one, and its place in the source of the style."""

    value: str
    start: int
    end: int
    is_image: bool


def may_refer(html: str, start: int, end: int) -> bool:
    """Whether the style in `html[start:end]`, entities still encoded, may refer to anything."""
    return bool(_HINT.search(html, start, end))


def style_references(style: MappedText) -> Iterator[StyleReference]:
    """Every `url()`, `@import`, `image-set()` and string; escapes and comments do not hide one."""
    clean = edited(style.text, _edits(style.text))
    for found in _REFERENCE.finditer(clean.text):
        value = found[found.lastindex or 1].strip()
        if (found.lastindex or 1) > 1 and value:
            start, end = style.span(*clean.span(found.start(), found.end()))
            yield StyleReference(value, start, end, _is_image(clean.text, found, value))


def _edits(text: str) -> Iterator[tuple[int, int, str]]:
    for noise in _NOISE.finditer(text):
        if noise[1]:
            code = int(noise[1], 16)
            yield noise.start(), noise.end(), chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        else:
            yield noise.start(), noise.end(), noise[2] or ""


def _is_image(text: str, found: re.Match[str], value: str) -> bool:
    if not found[1] or found[1][0] == "@" or value.startswith("#"):
        return False
    if value[:5].lower() == "data:":
        return value[5:11].lower() == "image/"
    before = _PROPERTY.search(text, max(0, found.start() - _LOOK_BACK), found.start())
    return before is None or before[1].lower() not in {"src", "behavior", "-moz-binding"}
