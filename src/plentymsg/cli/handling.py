"""`plentymsg conversation assign|tag|set`: what is done to many conversations at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.changes import in_words, listed
from plentymsg.cli.command import DryRun, Json
from plentymsg.cli.desk import working
from plentymsg.cli.input import read_text
from plentymsg.cli.output import as_json, print_done
from plentymsg.cli.terminal import say
from plentymsg.errors import InvalidInput
from plentymsg.messenger import statuses, types

if TYPE_CHECKING:
    from plentymsg.messenger.handling import Handled, Wanted

Conversations = Annotated[
    list[str], typer.Argument(metavar="ID...", help="IDs of conversations; - reads them from standard input.")
]

Role = Annotated[str | None, typer.Option("--role", metavar="NAME", help="The Messenger role of --owner.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="LOGIN", help="Who gets the role.")]


def _names(flag: str, explanation: str) -> Any:
    return typer.Option(flag, metavar="NAME,...", help=explanation)


def assign(
    conversation: Conversations,
    role: Role = None,
    owner: Owner = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="ROLE", help="A role that nobody is to have; may be repeated."),
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Set who owns conversations, one user for each Messenger role. All of them or none.

    An owner is an admin, or a user with the right of Ownership.
    """
    from plentymsg.messenger.assigning import Owners
    from plentymsg.messenger.handling import Wanted

    change(conversation, Wanted(owners=Owners(role, owner, remove or ())), dry_run=dry_run, json=json)


def tag(
    conversation: Conversations,
    add: Annotated[list[str] | None, _names("--add", "Tags to put on; may be repeated.")] = None,
    remove: Annotated[list[str] | None, _names("--remove", "Tags to take off; may be repeated.")] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put tags on conversations and take others off. All of them or none."""
    from plentymsg.messenger.handling import Wanted
    from plentymsg.messenger.tagging import Tags

    wanted = Wanted(tags=Tags(listed(add) or (), listed(remove) or ()))
    change(conversation, wanted, dry_run=dry_run, json=json)


def set_all(
    conversation: Conversations,
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="The group.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar=types.PATH, help="The type; empty for none.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar=statuses.PATH, help="The status; empty for none.")
    ] = None,
    add: Annotated[list[str] | None, _names("--add-tag", "Tags to put on; may be repeated.")] = None,
    remove: Annotated[list[str] | None, _names("--remove-tag", "Tags to take off; may be repeated.")] = None,
    role: Role = None,
    owner: Owner = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change conversations, all of them or none: only what is given.

    A name is enough for a type and a status: it is looked for in the conversation's group and type. With
    another group, type and status are dropped unless they are given; with another type, the status.
    """
    from plentymsg.messenger.assigning import Owners
    from plentymsg.messenger.handling import Wanted
    from plentymsg.messenger.placing import Place
    from plentymsg.messenger.tagging import Tags

    tags = Tags(listed(add) or (), listed(remove) or ())
    wanted = Wanted(Place(group, type_, status), tags, Owners(role, owner))
    change(conversation, wanted, dry_run=dry_run, json=json)


def change(given: Sequence[str], wanted: Wanted, *, dry_run: bool, json: bool) -> None:
    """Change the conversations that are given, and print what became of them."""
    from plentymsg.messenger import handling

    references = numbers(given)
    with working(dry_run=dry_run) as desk:
        done = handling.change(desk.connection, desk.actor, references, wanted)
    print_handled(done, dry_run=dry_run, json=json)


def numbers(given: Sequence[str]) -> list[str]:
    """The IDs that are given, those of standard input in place of `-`.

    There they stand between white space; the header of a list, `id`, may be the first. Raises InvalidInput
    for something else than IDs there.
    """
    if "-" not in given:
        return list(given)
    words = read_text("-").split()
    if words[:1] == ["id"]:
        del words[0]
    wrong = next((word for word in words if not (word.isascii() and word.isdecimal())), None)
    if wrong is not None:
        raise InvalidInput(
            f"Standard input has {wrong[:40]!r} in it, which is no conversation's ID.",
            hint="Give the first column only: plentymsg conversation list --format tsv | cut -f1",
        )
    return [*(each for each in given if each != "-"), *words]


def print_handled(done: Sequence[Handled], *, dry_run: bool, json: bool) -> None:
    """Print what became of each conversation, or would become."""
    if json:
        typer.echo(as_json([_thing(each) for each in done], indent=2))
        return
    for each in done:
        told = ", ".join(in_words(key, *values) for key, values in each.fields.items())
        what = f"conversation {each.id}" + (f": {told}" if told else "")
        print_done("Would have changed" if dry_run else "Changed", what, changed=bool(told))
    if not done:
        say("No conversation is given, so none was changed.")
    elif len(done) > 1:
        changed = sum(bool(each.fields) for each in done)
        say(f"{changed} of {len(done)} conversations {'would be' if dry_run else 'were'} changed.")


def _thing(each: Handled) -> dict[str, object]:
    changes = {key: {"before": old, "after": new} for key, (old, new) in each.fields.items()}
    return {"changed": bool(changes), "id": each.id, **each.after, "changes": changes}
