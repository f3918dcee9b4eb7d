"""The requirements, one module each: its description and a pure check.

Which marketplace asks for which is in `marketplaces.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from plentymsg.rules.requirements import (
    no_attachments,
    no_body_image,
    no_contact,
    no_links,
    no_order,
    one_image,
    subject_word,
)

if TYPE_CHECKING:
    from plentymsg.rules.catalogue import Rule
    from plentymsg.rules.draft import Draft
    from plentymsg.rules.manuscript import Flaw, Manuscript
    from plentymsg.rules.marketplaces import Marketplace


class Requirement(Protocol):
    """What a module in this package offers."""

    @property
    def RULE(self) -> Rule:  # noqa: N802
        """What it asks for, in words."""

    @property
    def check(self) -> Callable[[Manuscript, Marketplace], Iterable[Flaw]]:
        """Everything in a manuscript that does not meet what the marketplace asks for."""


_ALL: tuple[Requirement, ...] = (
    subject_word,
    no_links,
    no_attachments,
    one_image,
    no_body_image,
    no_order,
    no_contact,
)

REQUIREMENTS: dict[str, Requirement] = {each.RULE.code: each for each in _ALL}

FIXES: dict[str, Callable[[Draft, Marketplace], Draft]] = {subject_word.RULE.code: subject_word.mend}
"""Safe fixes: they keep the meaning, and do nothing where nothing is wrong."""
