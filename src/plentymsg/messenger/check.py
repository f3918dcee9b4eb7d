"""Judge a message without sending it: as it would leave, by the code that `send` uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from plentymsg.errors import Conflict, InvalidInput, RuleBroken
from plentymsg.mail.parse import parse
from plentymsg.messenger import accepted, access, audience, judging, outbox, recipients, skipping, writing
from plentymsg.messenger.access import Actor
from plentymsg.messenger.other_texts import OtherText, other_texts_of, with_other_texts
from plentymsg.messenger.other_texts import mended as mended_other_texts
from plentymsg.messenger.passages import originals
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.writing import Given, Written
from plentymsg.rules.draft import Draft, Recipient
from plentymsg.rules.judge import Fixes, fixes, mend
from plentymsg.rules.violation import Violation
from plentymsg.store import filing, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Verdict(NamedTuple):
    """What was judged, as it would leave, and what is wrong with it."""

    message: Written
    draft: Draft
    violations: tuple[Violation, ...]
    label: str = ""
    """Which template, language and channel this is about, where several are judged; else empty."""
    other_texts: tuple[OtherText, ...] = ()
    """Of a mail that came whole: what a mail program may show besides."""

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


def verdict(
    message: Written, draft: Draft, standard: Standard, other_texts: tuple[OtherText, ...] = ()
) -> Verdict:
    """Judge a message, whose draft is `draft`, and what a mail program may show of it besides."""
    violations = with_other_texts(judging.judged(message, draft, standard), other_texts, draft, standard)
    return Verdict(message, draft, tuple(violations), other_texts=other_texts)


def mended(judged: Verdict, standard: Standard, *, unsafe: bool = False) -> Verdict:
    """The verdict on the message once all that can safely be mended is; with `unsafe`, all else too."""
    better = judging.mended(judged.message, judged.draft, standard, unsafe=unsafe)
    other_texts = mended_other_texts(judged.other_texts, judged.draft, standard, unsafe=unsafe)
    return verdict(*better, standard, other_texts)


def mended_given(given: Given, judged: Verdict, standard: Standard, *, unsafe: bool = False) -> Given:
    """What a person gave for the message that was judged, with what is to be mended in it.

    A text that a template was put around is mended by itself. Raises RuleBroken if nothing would be left.
    """
    draft = judged.draft
    better = mend(draft, *standard, unsafe=unsafe)
    text = given.text
    if text is not None and text != draft.text:
        text = mend(replace(draft, text=text, html="", attachments=()), *standard, unsafe=unsafe).text
    elif text is not None:
        text = better.text
    rest = replace(
        given,
        subject=better.subject
        if given.subject is not None and better.subject != draft.subject
        else given.subject,
        text=text,
        html=better.html if given.html is not None else None,
        attachments=tuple(judging.kept(given.attachments, draft, better)),
    )
    if _is_said(given) and not _is_said(rest):
        raise RuleBroken(
            "Nothing would be left of the message without what breaks the rules.",
            hint="Write it anew; nothing was changed.",
        )
    return rest


def _is_said(given: Given) -> bool:
    return writing.is_said(given.text or "", given.html or "")


def fixes_of(given: Given, judged: Verdict, standard: Standard) -> Fixes:
    """What mends, one by one, the texts that a person gave for the message that was judged."""
    return fixes(replace(judged.draft, text=given.text or "", html=given.html or ""), *standard)


def check_raw(
    standard: Standard, raw: bytes, marketplace: str | None, channel: Row | None, to: Sequence[str]
) -> Verdict:
    """Judge a message in its wire form; its To, Cc and Bcc are its recipients unless `to` names others.

    Raises InvalidInput if it is no mail, says nothing, or if nobody can say what a mail program shows of it.
    No right is asked: nothing is read from the store, and whoever has the channel's row was asked for it.
    """
    mail = parse(raw)
    message, other_texts = judging.written_in(mail), other_texts_of(raw)
    if not (mail.attachments or other_texts or writing.is_said(mail.text, mail.html)):
        raise InvalidInput("The message has no text.", hint="Check that it is the right file.")
    ours = recipients.of_customer(a.email for a in (*mail.to, *mail.cc, *mail.bcc) if a.email)
    given = skipping.left(channel, recipients.parse(to) if to else ours)
    asked = _asked(standard, marketplace, channel, given)
    through = judging.marketplace_through(standard.policy, channel, marketplace)
    return verdict(message, judging.draft_of(message, given, asked, through), standard, other_texts)


def check_accepted(connection: Connection, actor: Actor, standard: Standard, message_id: int) -> Verdict:
    """Judge a message of the outbox as delivery would now, whether it waits or has left.

    Raises NotFound if the outbox has no such message, Conflict if it went to nobody or is not there whole.
    """
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    outbox.require_there(connection, message_id)
    row = views.first(connection, "v_accepted", {"id": message_id})
    if row is None:
        raise Conflict(
            f"Message {message_id} goes to nobody: its channel skips all its recipients.",
            hint=f"See: plentymsg outbox show {message_id}",
        )
    raw = filing.raw_of(connection, message_id)
    if raw is None:
        raise Conflict(accepted.LOST, hint="Put the store's file back from a backup.")
    mail = parse(raw)
    return verdict(judging.written_in(mail), accepted.draft_of_mail(standard.policy, row, mail), standard)


def check_plain(standard: Standard, given: Given, marketplace: str | None, to: Sequence[str]) -> Verdict:
    """Judge a message of which only the options are known: no channel, so no template and no store."""
    if given.text is None and given.html is None and given.subject is None and not given.attachments:
        raise InvalidInput("There is nothing to check.", hint="Give --subject, --text, --eml or --template.")
    writing.require_said(given)
    parts = originals("given", given.subject or "", given.text or "", given.html or "")
    written = Written(parts, given.attachments)
    addressed = skipping.left(None, recipients.parse(to))
    asked = _asked(standard, marketplace, None, addressed)
    through = judging.marketplace_through(standard.policy, None, marketplace)
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
    writing.require_said(given)
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
    through = judging.marketplace_through(standard.policy, channel, marketplace)
    return verdict(written, judging.draft_of(written, named, asked, through), standard)


def _asked(
    standard: Standard, marketplace: str | None, channel: Row | None, to: Sequence[Recipient]
) -> frozenset[str]:
    policy = standard.policy
    named = {policy.find_marketplace(marketplace).key} if marketplace is not None else set()
    return judging.marketplaces_of(policy, to, channel=channel) | named
