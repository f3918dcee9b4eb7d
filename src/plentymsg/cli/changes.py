"""What the set-up commands share: options into fields, a change into words, and deleting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from plentymsg.cli.desk import WritingDesk, changing
from plentymsg.cli.input import confirm
from plentymsg.cli.output import as_text, print_done, print_list
from plentymsg.cli.terminal import warn
from plentymsg.errors import InvalidInput
from plentymsg.store.driver import Connection

if TYPE_CHECKING:
    from plentymsg.messenger.setup.change import Change

_DONE = {"added": "Added", "changed": "Changed", "deleted": "Deleted", "unchanged": "Unchanged"}
_LONGEST_SHOWN = 60


def given(**options: Any) -> dict[str, Any]:
    """The options that were given, as a configuration file would hold them: None means left out."""
    return {key: value for key, value in options.items() if value is not None}


def clearable(**options: str | None) -> dict[str, str | None]:
    """The options that were given; an empty one means that there is to be none any more."""
    return {key: value or None for key, value in options.items() if value is not None}


def names(german: str | None, english: str | None) -> dict[str, str | None] | None:
    """A name from its two options; an empty English one means that it has none any more.

    Raises InvalidInput for an empty German one.
    """
    if german is not None and not german.strip():
        raise InvalidInput(
            "A German name cannot be empty or taken away: things are known by it.",
            hint="Give another one in its place. The English name may go: --en ''",
        )
    return {**given(de=german), **clearable(en=english)} or None


def listed(values: Sequence[str] | None) -> list[str] | None:
    r"""A list from an option that may be repeated, and have commas in it; `\,` is a comma in a name.

    A single empty value is the empty list.
    """
    if values is None:
        return None
    parts = [part.replace("\\,", ",").strip() for value in values for part in re.split(r"(?<!\\),", value)]
    return [part for part in parts if part]


def pairs(values: Sequence[str], option: str, example: str) -> list[tuple[str, str]]:
    """The two sides of each `KEY=VALUE`. Raises InvalidInput, with an example, for what is none."""
    found = []
    for value in values:
        key, sign, rest = value.partition("=")
        if not sign or not key.strip():
            raise InvalidInput(
                f"{option}: {value!r} has no `=` in it.", hint=f"For example: {option} {example}"
            )
        found.append((key.strip(), rest.strip()))
    return found


def print_change(change: Change, *, dry_run: bool = False, json: bool = False) -> None:
    """Print what was done, or would be done, to which thing, and the warnings."""
    what = f"{change.kind} {change.name} ({change.thing_id})" if change.name else change.kind
    if change.action == "changed":
        what += ": " + ", ".join(in_words(key, *values) for key, values in change.fields.items())
    done = f"Would have {change.action}" if dry_run else _DONE[change.action]
    print_done(done, what, changed=change.changed, thing=change.thing, json=json)
    for warning in change.warnings:
        warn(warning)


def in_words(key: str, old: Any, new: Any) -> str:
    """How one field changed: `visible false → true`; of long lists, what came and what went."""
    if isinstance(old, list) and isinstance(new, list) and len(as_text([*old, *new])) > _LONGEST_SHOWN:
        came = [f"{key} + {_shown(item)}" for item in new if item not in old]
        went = [f"{key} - {_shown(item)}" for item in old if item not in new]
        if came or went:
            return ", ".join([*came, *went])
    return f"{key} {_shown(old)} → {_shown(new)}"


def print_changes(changes: Sequence[Change], *, dry_run: bool = False, json: bool = False) -> None:
    """Print what was done to one thing or to several; in JSON several are a list."""
    if json and len(changes) > 1:
        things = [{"changed": change.changed, **change.thing} for change in changes]
        print_list(things, (), json=True)
        return
    for change in changes:
        print_change(change, dry_run=dry_run, json=json)


def carry_out(make: Callable[[WritingDesk], Change], *, dry_run: bool, json: bool) -> Change:
    """Make a change in a transaction of its own, print what it did, and return it."""
    with changing(dry_run=dry_run) as desk:
        change = make(desk)
    print_change(change, dry_run=dry_run, json=json)
    return change


def alter(
    find: Callable[[Connection], int],
    alter: Callable[..., Change],
    changes: Mapping[str, Any],
    *,
    dry_run: bool,
    json: bool,
) -> None:
    """Change the thing that `find` gives the ID of, with `alter`, and print that."""
    carry_out(
        lambda desk: alter(desk.session, desk.actor, find(desk.connection), changes),
        dry_run=dry_run,
        json=json,
    )


def move(
    find: Callable[[Connection], int],
    move: Callable[..., list[Change]],
    *,
    before: str | None,
    after: str | None,
    dry_run: bool,
    json: bool,
) -> None:
    """Put the thing that `find` gives the ID of beside another one, with `move`, and print what that moves.

    In JSON it is the thing alone. Raises InvalidInput unless exactly one of `before` and `after` is given.
    """
    from plentymsg.messenger.setup.named import Place

    if (before is None) == (after is None):
        raise InvalidInput(
            "Where is it to go?", hint="Give either --before or --after, with the name of its neighbour."
        )
    place = Place(before, behind=False) if before is not None else Place(str(after), behind=True)
    with changing(dry_run=dry_run) as desk:
        first, *others = move(desk.session, desk.actor, find(desk.connection), place)
    for change in [first] if json else [first, *others]:
        print_change(change, dry_run=dry_run, json=json)


def delete(
    find: Callable[[Connection], int],
    delete: Callable[..., Change],
    *,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    """Delete the thing that `find` gives the ID of, as `delete_several` does."""
    delete_several(lambda connection: [find(connection)], delete, yes=yes, dry_run=dry_run, json=json)


def delete_several(
    find: Callable[[Connection], Sequence[int]],
    delete: Callable[..., Change],
    *,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    """Delete the things that `find` gives the IDs of, all or none, with `delete`; print that; ask first,
    unless `yes`.

    The question comes after a rehearsal: what cannot be deleted, or not by this user, is refused unasked.
    """
    if not yes and not dry_run:
        with changing(dry_run=True) as desk:
            rehearsed = [delete(desk.session, desk.actor, thing) for thing in find(desk.connection)]
        kind = rehearsed[0].kind
        if len(rehearsed) > 1:
            kind += "es" if kind.endswith("s") else "s"
        confirm(f"Delete the {kind} {', '.join(change.name for change in rehearsed)}?", yes=False)
    with changing(dry_run=dry_run) as desk:
        changes = [delete(desk.session, desk.actor, thing) for thing in find(desk.connection)]
    print_changes(changes, dry_run=dry_run, json=json)


def delete_all(
    find: Callable[[Connection, str], int],
    references: Sequence[str],
    delete: Callable[..., Change],
    *,
    yes: bool,
    dry_run: bool,
    json: bool,
    force: bool = False,
) -> None:
    """Delete all that `references` name, as `delete_several` does.

    `force` is for a `delete` that knows it: whether what is in use is deleted too.
    """
    delete_several(
        lambda connection: list(dict.fromkeys(find(connection, reference) for reference in references)),
        partial(delete, force=True) if force else delete,
        yes=yes,
        dry_run=dry_run,
        json=json,
    )


def confirm_live_mode(rehearsed: Iterable[Change]) -> None:
    """Ask before live mode is switched on, if that is among what would be changed."""
    if any(change.fields.get("live_mode") == (False, True) for change in rehearsed):
        confirm(
            "Switch live mode on? From then on messages reach your customers;"
            " those that were captured stay where they are.",
            yes=False,
        )


def readable(value: Any) -> str:
    """A value of a field as a person reads it."""
    if isinstance(value, list):
        return ", ".join(map(readable, value)) or "nothing"
    if isinstance(value, dict) and {"role", "user"} <= set(value):
        return f"{value['user']} ({value['role']})"
    if isinstance(value, dict) and "language" in value:  # a language version: what it says
        return readable([said for key, said in value.items() if said and key not in ("id", "language")])
    if isinstance(value, dict) and {"marketplace", "rule", "severity"} <= set(value):
        told = [
            value["severity"],
            *(value[key] for key in ("words", "limit", "allowed", "reason") if value[key]),
        ]
        return f"{value['rule']} of {value['marketplace']} ({', '.join(map(as_text, told))})"
    return as_text(value) or "nothing"


def _shown(value: Any) -> str:
    text = readable(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
