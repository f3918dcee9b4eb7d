"""Judge a message without sending it: as it would leave, by the code that `send` uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.mail.parse import parse
from plentymsg.messenger import access, audience, judging, recipients, skipping, writing
from plentymsg.messenger.access import Actor
from plentymsg.messenger.passages import originals
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.writing import Given, Written
from plentymsg.rules.draft import Draft, Recipient
from plentymsg.rules.violation import Violation
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Verdict(NamedTuple):
    """What was judged, as it would leave, and what is wrong with it."""

    message: Written
    draft: Draft
    violations: tuple[Violation, ...]

    def is_ok(self, *, strict: bool = False) -> bool:
        """Whether it may leave; with `strict`, warnings count too."""
        return not (self.violations if strict else judging.errors(self.violations))

    def as_json(self, *, strict: bool = False) -> dict[str, Any]:
        """The verdict as `check --json` prints it."""
        asked = sorted(self.draft.marketplaces)
        return {
            "ok": self.is_ok(strict=strict),
            "marketplace": asked[0] if len(asked) == 1 else None,
            "marketplaces": asked,
            "violations": [violation.as_json() for violation in self.violations],
        }


def verdict(message: Written, draft: Draft, standard: Standard) -> Verdict:
    """Judge a message, whose draft is `draft`."""
    return Verdict(message, draft, judging.judged(message, draft, standard))


def mended(judged: Verdict, standard: Standard) -> Verdict:
    """The verdict on the draft once all that can safely be mended is."""
    return verdict(*judging.mended(judged.message, judged.draft, standard), standard)


def check_raw(
    standard: Standard, raw: bytes, marketplace: str | None, channel: Row | None, to: Sequence[str]
) -> Verdict:
    """Judge a message in its wire form; its To, Cc and Bcc are its recipients unless `to` names others.

    No right is asked: nothing is read from the store, and whoever has the channel's row was asked for it.
    """
    mail = parse(raw)
    message = judging.written_in(mail)
    ours = recipients.of_customer(a.email for a in (*mail.to, *mail.cc, *mail.bcc) if a.email)
    given = _left(recipients.parse(to) if to else ours, channel)
    asked = _asked(standard, marketplace, channel, given)
    through = _through(standard, marketplace, channel)
    return verdict(message, judging.draft_of(message, given, asked, through), standard)


def check_plain(standard: Standard, given: Given, marketplace: str | None, to: Sequence[str]) -> Verdict:
    """Judge a message of which only the options are known: no channel, so no template and no store."""
    if given.text is None and given.html is None and given.subject is None and not given.attachments:
        raise InvalidInput("There is nothing to check.", hint="Give --subject, --text, --eml or --template.")
    parts = originals("given", given.subject or "", given.text or "", given.html or "")
    written = Written(parts, given.attachments)
    addressed = _left(recipients.parse(to), None)
    asked = _asked(standard, marketplace, None, addressed)
    through = _through(standard, marketplace, None)
    return verdict(written, judging.draft_of(written, addressed, asked, through), standard)


def check_in_channel(
    connection: Connection,
    actor: Actor,
    standard: Standard,
    given: Given,
    channel: Row,
    marketplace: str | None,
    to: Sequence[str],
) -> Verdict:
    """Judge a message as `send` would send it by a channel: in the channel's template."""
    access.require(actor, access.MESSENGER_READ)
    kept = skipping.sift(channel, recipients.resolve(connection, recipients.parse(to))).kept
    named = [recipient for recipient, _ in kept]
    about = audience.of_message(connection, actor, named)
    variables = writing.variables_of(connection, channel, user_id=actor.id, title=given.subject or "")
    written = writing.write(
        connection,
        given,
        template_id=channel["template_new_id"],
        variables={**variables, **about.variables},
        wish=about.wish,
    )
    asked = _asked(standard, marketplace, channel, named)
    through = _through(standard, marketplace, channel)
    return verdict(written, judging.draft_of(written, named, asked, through), standard)


def _left(named: Sequence[recipients.Given], channel: Row | None) -> list[Recipient]:
    """Those named but for whom the channel skips: they are no recipients."""
    return [recipient for recipient, _ in (skipping.sift(channel, named).kept if channel else named)]


def _asked(
    standard: Standard, marketplace: str | None, channel: Row | None, to: Sequence[Recipient]
) -> frozenset[str]:
    policy = standard.policy
    named = {policy.find_marketplace(marketplace).key} if marketplace is not None else set()
    return judging.marketplaces_of(policy, to, channel=channel) | named


def _through(standard: Standard, marketplace: str | None, channel: Row | None) -> str:
    """Through which marketplace's channel it would leave: the channel's own, else that of the one named."""
    own = judging.marketplace_of_channel(standard.policy, channel) if channel is not None else ""
    return own or (standard.policy.find_marketplace(marketplace).key if marketplace is not None else "")
