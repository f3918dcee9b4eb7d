"""What two states of a thing differ in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = ""
) -> dict[str, tuple[Any, Any]]:
    """The fields in which two states differ, by dotted key, each with both values."""
    found: dict[str, tuple[Any, Any]] = {}
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = _by_language(before.get(key)), _by_language(after.get(key))
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found.update(differences(old, new, f"{prefix}{key}."))
        elif old != new:
            found[f"{prefix}{key}"] = (old, new)
    return found


def _by_language(value: Any) -> Any:
    """A list of language versions as a mapping, so that one version's change is told as such."""
    if isinstance(value, list) and value and all(isinstance(v, Mapping) and "language" in v for v in value):
        return {version["language"]: version for version in value}
    return value
