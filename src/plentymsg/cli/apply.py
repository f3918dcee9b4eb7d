"""`plentymsg apply`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.changes import confirm_live_mode, in_words
from plentymsg.cli.command import DryRun, Json, Yes, verb
from plentymsg.cli.desk import changing
from plentymsg.cli.input import read_bytes
from plentymsg.cli.output import as_json
from plentymsg.cli.scope import scope
from plentymsg.cli.terminal import printable, warn

if TYPE_CHECKING:
    from plentymsg.messenger.setup.change import Change
    from plentymsg.provision.document import Document

app = verb("Set up everything from one YAML file: what it says is made so, what it leaves out stays.")

_SIGNS = {"added": "+", "changed": "~"}


@app.command()
def apply(
    file: Annotated[
        str, typer.Option("--file", "-f", metavar="FILE", help="The file; `-` is standard input.")
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    document = _read(file)
    if not yes and not dry_run:
        confirm_live_mode(_run(document, dry_run=True) if document.contents.settings.live_mode else ())
    changes = _run(document, dry_run=dry_run)
    if json:
        _print_json(changes, dry_run=dry_run)
    else:
        _print(changes, dry_run=dry_run)
    for change in changes:
        for warning in change.warnings:
            warn(f"{change.kind} {change.name}: {warning}")


def _read(file: str) -> Document:
    from plentymsg.provision.document import read_document

    content = read_bytes(file)
    if file == "-":
        return read_document(content, file="standard input", folder=Path.cwd())
    return read_document(content, file=file, folder=Path(file).absolute().parent)


def _run(document: Document, *, dry_run: bool) -> list[Change]:
    from plentymsg.provision.apply import apply as make_so

    with changing(dry_run=dry_run) as desk:
        return make_so(desk.session, desk.actor, document)


def _print(changes: Sequence[Change], *, dry_run: bool) -> None:
    if scope().quiet:
        return
    for change in changes:
        if change.changed:
            fields = ", ".join(in_words(key, *values) for key, values in change.fields.items())
            line = f"{_SIGNS[change.action]} {change.kind} {change.name}".rstrip()
            sys.stdout.write(printable(line if change.action == "added" else f"{line}: {fields}") + "\n")
    actions = [change.action for change in changes]
    counts = ", ".join(f"{actions.count(action)} {action}" for action in ("added", "changed", "unchanged"))
    sys.stdout.write(f"Dry run, nothing is done: {counts}\n" if dry_run else f"{counts}\n")


def _print_json(changes: Sequence[Change], *, dry_run: bool) -> None:
    made = [change for change in changes if change.changed]
    told = [
        {
            "action": change.action,
            "kind": change.kind,
            "name": change.name,
            "fields": {key: {"before": old, "after": new} for key, (old, new) in change.fields.items()},
        }
        for change in made
    ]
    result = {
        "changed": bool(made),
        "dry_run": dry_run,
        "changes": told,
        "unchanged": len(changes) - len(made),
    }
    sys.stdout.write(as_json(result, indent=2) + "\n")
