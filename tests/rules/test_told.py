"""What a requirement asks for beyond what its rule says of itself, in words."""

from __future__ import annotations

from typing import Any

import pytest

from plentymsg.rules.pack import ANY, Requirement
from plentymsg.rules.told import exactly


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        ("PM205", {"limit": 4000}, "at most 4,000 characters"),
        ("PM205", {"limit": 1}, "at most 1 character"),
        ("PM302", {"limit": 0}, "at most 0 images"),
        ("PM302", {"limit": 1}, "at most 1 image"),
        ("PM302", {"limit": 2, "severity": "warning"}, "at most 2 images"),
        ("PM302", {"limit": 2, "severity": "off"}, ""),
        ("PM101", {"words": {"de": "Anfrage", "en": "Request", "fr": "Request"}}, "“Anfrage” or “Request”"),
        ("PM206", {"allowed": ("999", "A-9")}, "999, A-9"),
        ("PM304", {"allowed": ("pdf", "jpg")}, "pdf, jpg"),
        ("PM201", {}, ""),
    ],
)
def test_what_is_asked_for_is_told_with_its_values(rule: str, values: dict[str, Any], told: str) -> None:
    assert exactly(Requirement(ANY, rule, **values)) == told
