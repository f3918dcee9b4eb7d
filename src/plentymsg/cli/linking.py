"""`plentymsg conversation link|unlink`: what a conversation is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from plentymsg.cli.command import DryRun, Json
from plentymsg.cli.desk import working
from plentymsg.cli.output import print_done
from plentymsg.messenger import conversations

Conversation = Annotated[str, typer.Argument(metavar="ID", help="The conversation's ID.")]
Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="contact:ID or order:ID; a number of theirs will do.")
]


def link(conversation: Conversation, target: Target, dry_run: DryRun = False, json: Json = False) -> None:
    """Link a conversation to a contact, or to an order and its contact. It makes nobody a recipient."""
    from plentymsg.messenger import relations

    done = "Would have linked" if dry_run else "Linked"
    _change(relations.link, done, "to", conversation, target, dry_run=dry_run, json=json)


def unlink(conversation: Conversation, target: Target, dry_run: DryRun = False, json: Json = False) -> None:
    """Unlink a contact or an order. Mail that comes in does not bring the link back."""
    from plentymsg.messenger import relations

    done = "Would have unlinked" if dry_run else "Unlinked"
    _change(relations.unlink, done, "from", conversation, target, dry_run=dry_run, json=json)


def _change(
    change: Callable[..., bool],
    done: str,
    word: str,
    conversation: str,
    target: str,
    *,
    dry_run: bool,
    json: bool,
) -> None:
    from plentymsg.messenger import relations

    with working(dry_run=dry_run) as desk:
        found = conversations.find(desk.connection, desk.actor, conversation)
        changed = change(desk.connection, desk.actor, found, target)
        thing = {"id": found["id"], "relations": relations.listed(desk.connection, found["id"])}
    what = f"conversation {found['id']} {word} {target.strip()}"
    print_done(done, what, changed=changed, thing=thing, json=json)
