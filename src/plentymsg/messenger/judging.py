"""Judge messages by their marketplaces' requirements: `check`, `send` and delivery all come here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from plentymsg.errors import RuleBroken
from plentymsg.mail.message import Mail
from plentymsg.messenger.origins import located
from plentymsg.messenger.passages import Derived, Passages, originals
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.writing import Written
from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import judge, mend
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from plentymsg.store.clock import now
from plentymsg.store.views import Row

T = TypeVar("T")


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


def marketplace_through(policy: Policy, channel: Row | None, named: str | None) -> str:
    """Key of the marketplace through whose channel a message leaves: the channel's own, else the one named.

    Empty if it is none's. Raises NotFound for a name that is no marketplace's.
    """
    own = marketplace_of_channel(policy, channel) if channel is not None else ""
    return own or (policy.find_marketplace(named).key if named is not None else "")


def draft_of(
    message: Written, recipients: Sequence[Recipient], marketplaces: frozenset[str], channel: str = ""
) -> Draft:
    """The message that has just been written, as the rules see it.

    `channel` is the key of the marketplace through whose channel it leaves.
    """
    return Draft(
        marketplaces=marketplaces,
        recipients=tuple(recipients),
        subject=message.subject,
        text=message.text,
        html=message.html,
        attachments=tuple(
            Attachment(a.name, a.content_type, a.content, a.content_id, a.inline) for a in message.attachments
        ),
        channel=channel,
        language=message.language,
    )


def written_in(mail: Mail) -> Written:
    """A mail that was read from its wire form, as a message that has been written."""
    return Written(originals("mail", mail.subject, mail.text, mail.html), mail.attachments)


def judged(message: Written, draft: Draft, standard: Standard) -> tuple[Violation, ...]:
    """What is wrong with a message, whose draft is `draft`: each with its place in what its author wrote."""
    return located(judge(draft, *standard), message.parts, message.signer)


def mended(
    message: Written, draft: Draft, standard: Standard, *, unsafe: bool = False
) -> tuple[Written, Draft]:
    """The message and its draft with all that can safely be mended; with `unsafe` all else too."""
    better = mend(draft, *standard, unsafe=unsafe)
    subject, text, html = message.parts
    parts = Passages(Derived(better.subject, subject), Derived(better.text, text), Derived(better.html, html))
    files = tuple(kept(message.attachments, draft, better))
    return message._replace(parts=parts, attachments=files), better


def changes(before: Written, after: Written) -> Iterator[tuple[str, str, str]]:
    """What mending changed that can be read: the name of the part, the text before and after.

    HTML that was made of the text, or the text of the HTML, changes with it and is not told again.
    """
    for part, old, new in zip(Passages._fields, before.parts, after.parts, strict=True):
        if old.text != new.text and not (isinstance(old, Derived) and old.is_other_form):
            yield part, old.text, new.text


def kept(attachments: Iterable[T], draft: Draft, better: Draft) -> Iterator[T]:
    """Of the attachments that `draft` has, in the same order, those that `better`, mended, still has."""
    left = list(better.attachments)
    for attachment, judged_one in zip(attachments, draft.attachments, strict=True):
        if left and left[0] is judged_one:
            del left[0]
            yield attachment


def errors(violations: Iterable[Violation]) -> list[Violation]:
    """Those violations that stop a message; the others are warnings."""
    return [violation for violation in violations if violation.severity == "error"]


def require_allowed(message: Written, draft: Draft, standard: Standard) -> tuple[Violation, ...]:
    """Judge a message; return the warnings. Raises RuleBroken, with all violations, if it must not leave."""
    violations = judged(message, draft, standard)
    if errors(violations):
        raise refused(draft, standard, violations)
    return violations


def refused(draft: Draft, standard: Standard, violations: Sequence[Violation]) -> RuleBroken:
    """The error for a message that must not leave."""
    asking = (standard.policy.find_marketplace(key).name for key in sorted(draft.marketplaces))
    names = ", ".join(asking) or "Your own rules"
    day = f" on {standard.on}" if standard.on > now().date() else ""
    count = len(errors(violations))
    told = f"{count} requirement{'s are' if count > 1 else ' is'} not met"
    return RuleBroken(
        f"{names} would reject this message{day}: {told}.",
        hint="Nothing was sent. Mend what is named above, or see: plentymsg check --help",
        details={"violations": [violation.as_json() for violation in violations]},
    )
