"""YAML of plain values: strings that could act on a terminal are quoted and escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def as_yaml(value: Any) -> str:
    """The value as a YAML 1.2 document in block style; text of several lines is a literal block."""
    yaml = YAML()
    yaml.width = 2**16  # never fold: a folded line is a changed line to `grep`
    text = StringIO()
    yaml.dump(_plain(value), text)
    return _ACTS.sub(lambda found: f"\\u{ord(found.group()):04x}", text.getvalue())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    if _ACTS.search(text):
        return DoubleQuotedScalarString(text)
    if "\n" in text and not text[:1].isspace():
        return LiteralScalarString(text)
    return text
