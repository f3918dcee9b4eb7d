from __future__ import annotations

import sys

import pytest

from plentymsg.rules.links.unmask import _READABLE
from plentymsg.rules.markup.tags import MEANINGS


@pytest.fixture(autouse=True, scope="session")
def _nothing_remembered() -> None:
    """Let the rules work out anew what they remember: a mutant is tried in a process that knows it all."""
    MEANINGS.clear()
    _READABLE.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("plentymsg.rules"):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()
