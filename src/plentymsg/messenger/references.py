"""Where a password is: in the environment, a file, the keyring, or what a command prints. Never the password.

A reference is a mapping with one of the keys `env`, `file`, `keyring` and `command`, as a configuration
file writes it; on the command line it is `env:NAME`, `file:PATH`, `keyring:NAME` or
`command:PROGRAM ARGUMENT …`. What is none is refused without being shown: it may be a password.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any

from plentymsg.errors import InvalidInput

_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST = 1000


def parse_argument(text: str) -> dict[str, Any]:
    """The reference that an option's value spells. Raises InvalidInput, which does not repeat it."""
    kind, colon, rest = text.partition(":")
    if not colon:
        raise _refused()
    if kind != "command":
        return parse_document({kind: rest})
    try:
        return parse_document({kind: shlex.split(rest)})
    except ValueError:  # a quotation mark is not closed
        raise _refused() from None


def parse_document(value: Any) -> dict[str, Any]:
    """The reference that stands in a configuration file. Raises InvalidInput, which does not repeat it."""
    if not isinstance(value, Mapping) or len(value) != 1:
        raise _refused()
    ((kind, place),) = value.items()
    if kind == "command":
        if not isinstance(place, list) or not place or not all(map(_is_word, place)):
            raise _refused()
        return {"command": list(place)}
    if kind not in ("env", "file", "keyring") or not _is_word(place):
        raise _refused()
    if kind == "env" and not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", place):
        raise _refused()
    return {kind: str(place)}


def as_argument(reference: Mapping[str, Any]) -> str:
    """A reference as `parse_argument` reads it."""
    ((kind, place),) = reference.items()
    return f"{kind}:{shlex.join(place) if kind == 'command' else place}"


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and not _CONTROL.search(value)


def _refused() -> InvalidInput:
    return InvalidInput(
        "A password is given by where it is, and what stands here is no such reference.",
        hint="Write env:NAME, file:PATH, keyring:NAME or command:PROGRAM (in a file {env: NAME} and so on),"
        " or give the password itself with --password-stdin.",
    )
