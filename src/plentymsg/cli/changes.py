"""What the set-up commands share: options into fields, and a change into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plentymsg.cli.output import as_text, print_done
from plentymsg.messenger.naming import identity

if TYPE_CHECKING:
    from plentymsg.messenger.setup.change import Change

_DONE = {"added": "Added", "changed": "Changed", "deleted": "Deleted", "unchanged": "Unchanged"}


def given(**options: Any) -> dict[str, Any]:
    """The options that were given, as a configuration file would hold them: None means left out."""
    return {key: value for key, value in options.items() if value is not None}


def names(german: str | None, english: str | None) -> dict[str, str | None] | None:
    """A name from its two options; an empty English one means that it has none any more."""
    name: dict[str, str | None] = {}
    if german is not None:
        name["de"] = german
    if english is not None:
        name["en"] = english or None
    return name or None


def print_change(change: Change, *, dry_run: bool = False, json: bool = False) -> None:
    """Print what was done, or would be done, to which thing."""
    what = f"{change.kind} {identity(change.thing)} ({change.thing['id']})"
    if change.action == "changed":
        what += ": " + ", ".join(
            f"{key} {_shown(old)} → {_shown(new)}" for key, (old, new) in change.fields.items()
        )
    done = f"Would have {change.action}" if dry_run else _DONE[change.action]
    print_done(done, what, changed=change.changed, thing=change.thing, json=json)


def _shown(value: Any) -> str:
    return as_text(value) or "nothing"
