"""The requirements, one module each: its description and a pure check.

Which marketplace asks for which is in `packs/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from plentymsg.rules.requirements import (
    attachment_size,
    attachment_types,
    max_length,
    no_addresses,
    no_attachments,
    no_body_image,
    no_contact,
    no_emoji,
    no_links,
    no_order,
    no_telephone,
    one_image,
    order_number,
    relay,
    subject_word,
)

if TYPE_CHECKING:
    from plentymsg.rules.catalogue import Rule
    from plentymsg.rules.manuscript import Flaw, Manuscript
    from plentymsg.rules.mending.edit import Fix
    from plentymsg.rules.policy import Demand


class RuleModule(Protocol):
    """What a module in this package offers."""

    @property
    def RULE(self) -> Rule:  # noqa: N802
        """What it asks for, in words."""

    @property
    def check(self) -> Callable[[Manuscript, Demand], Iterable[Flaw]]:
        """Everything in a manuscript that does not meet what a marketplace asks for."""


_ALL: tuple[RuleModule, ...] = (
    subject_word,
    no_links,
    no_addresses,
    no_telephone,
    no_emoji,
    max_length,
    order_number,
    no_attachments,
    one_image,
    no_body_image,
    attachment_types,
    attachment_size,
    no_order,
    no_contact,
    relay,
)

CHECKS: dict[str, RuleModule] = {each.RULE.code: each for each in _ALL}

FIXES: dict[str, Callable[[Manuscript, Demand, Flaw], Fix]] = {
    each.RULE.code: each.mend
    for each in (
        subject_word,
        no_links,
        no_addresses,
        no_telephone,
        no_emoji,
        no_attachments,
        one_image,
        no_body_image,
        attachment_types,
    )
}
"""Of the rules that have one: the edits that mend a flaw which its check calls fixable."""
