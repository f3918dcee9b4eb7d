"""Judge messages by their marketplaces' requirements: `check`, `send` and delivery all come here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plentymsg.errors import RuleBroken
from plentymsg.mail.message import Mail
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.writing import Written
from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import judge, mend
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from plentymsg.store.views import Row


def marketplaces_of(
    policy: Policy,
    recipients: Iterable[Recipient],
    *,
    channel: Row | None = None,
    group_system: str | None = None,
) -> frozenset[str]:
    """Whose requirements a message must meet: its channel's, its conversation's group's, its recipients'."""
    found: set[str] = set()
    if channel is not None:
        found |= {channel["marketplace"]} if channel["marketplace"] else set()
        found |= policy.marketplaces_of_group(channel["group_system"] or "")
    found |= policy.marketplaces_of_group(group_system or "")
    for recipient in recipients:
        found |= policy.marketplaces_of_address(recipient.email)
    return frozenset(found)


def marketplace_of_channel(policy: Policy, channel: Row) -> str:
    """Key of the marketplace that a channel is set up for, by itself or by its group; empty if for none."""
    own: str | None = channel["marketplace"]
    return own or min(policy.marketplaces_of_group(channel["group_system"] or ""), default="")


def draft_of(
    written: Written, recipients: Sequence[Recipient], marketplaces: frozenset[str], channel: str = ""
) -> Draft:
    """The message that has just been written, as the rules see it.

    `channel` is the key of the marketplace through whose channel it leaves.
    """
    return Draft(
        marketplaces=marketplaces,
        recipients=tuple(recipients),
        subject=written.subject,
        text=written.text,
        html=written.html,
        attachments=tuple(
            Attachment(a.name, a.content_type, a.content, a.content_id, a.inline) for a in written.attachments
        ),
        channel=channel,
    )


def draft_of_mail(
    mail: Mail, recipients: Sequence[Recipient], marketplaces: frozenset[str], channel: str = ""
) -> Draft:
    """A mail that was read from its wire form, as the rules see it; `channel` as for `draft_of`."""
    written = Written(mail.subject, mail.text, mail.html, mail.attachments, ())
    return draft_of(written, recipients, marketplaces, channel)


def mended(written: Written, draft: Draft, standard: Standard) -> Written:
    """The message with all that can safely be mended for its marketplaces."""
    better = mend(draft, *standard)
    return written._replace(subject=better.subject, text=better.text, html=better.html)


def errors(violations: Iterable[Violation]) -> list[Violation]:
    """Those violations that stop a message; the others are warnings."""
    return [violation for violation in violations if violation.severity == "error"]


def require_allowed(draft: Draft, standard: Standard) -> tuple[Violation, ...]:
    """Judge a draft; return the warnings. Raises RuleBroken, with all violations, if it must not leave."""
    violations = judge(draft, *standard)
    broken = errors(violations)
    if broken:
        raise refused(draft, standard.policy, violations)
    return violations


def refused(draft: Draft, policy: Policy, violations: Sequence[Violation]) -> RuleBroken:
    """The error for a message that must not leave."""
    asking = (policy.find_marketplace(key).name for key in sorted(draft.marketplaces))
    names = ", ".join(asking) or "Your own rules"
    count = len(errors(violations))
    return RuleBroken(
        f"{names} would reject this message: {count} requirement{'s are' if count > 1 else ' is'} not met.",
        hint="Nothing was sent. Mend what is named above, or see: plentymsg check --help",
        details={"violations": [violation.as_json() for violation in violations]},
    )
