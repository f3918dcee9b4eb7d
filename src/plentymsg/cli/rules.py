"""`plentymsg rules …`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer

from plentymsg.cli import replay, rules_pack
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.output import Column, Section, as_json, as_text, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.standard import On, Pack, perhaps_store, standard
from plentymsg.cli.terminal import out
from plentymsg.messenger import requirements
from plentymsg.messenger.policy import shipping

app = noun("The marketplaces, and what they require of a message.")
app.add_typer(rules_pack.app, name="pack")

_FIXES = {"safe": "check --fix", "unsafe": "check --fix --unsafe-fixes"}

CODE = Column("code", "Code")
NAME = Column("name", "Name")
PACKS = Column("packs", "Packs", show=lambda packs: ", ".join(packs) or "none is on")
SUMMARY = Column("summary", "What it asks", flexible=True)
EXACTLY = Column("exactly", "Exactly", flexible=True, sparse=True)
FROM = Column("from", "From", sparse=True)
UNTIL = Column("until", "Until", sparse=True)
COLUMNS = (CODE, NAME, Column("marketplaces", "Marketplaces"), PACKS, SUMMARY)
ASKED = (
    CODE,
    NAME,
    Column("marketplace", "Asked by"),
    Column("severity", "Severity"),
    Column("pack", "Pack"),
    FROM,
    UNTIL,
    SUMMARY._replace(instead="exactly"),
    EXACTLY._replace(extra=True),
    Column("reason", "Reason", flexible=True, extra=True),
)
EXPLAINED = (
    CODE,
    NAME,
    Column("summary", "What it asks"),
    Column("why", "Why"),
    Column("marketplaces", "Asked by"),
    Column("sources", "Written in", show="\n".join),
    Column("fix", "How to mend it"),
    Column(
        "fixable", "Mended by", show=lambda kinds: " or ".join(_FIXES[kind] for kind in kinds) or "you alone"
    ),
    Column("example.part", "Example in"),
    Column("example.bad", "Bad", show="\n".join),
    Column("example.good", "Good", show="\n".join),
)
SAID = Section(
    "requirements",
    "Who asks for it",
    (
        Column("marketplace", "Marketplace"),
        Column("severity", "Severity"),
        Column("state", "State"),
        Column("pack", "Pack"),
        EXACTLY,
        FROM,
        UNTIL,
        Column("reason", "Reason", flexible=True, sparse=True),
    ),
    whole=True,
)

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}

Marketplace = Annotated[
    str | None,
    typer.Option("--marketplace", metavar="NAME", help="Only what a message for this one must meet."),
]


@app.command("list")
def list_rules(
    marketplace: Marketplace = None,
    on: On = None,
    pack: Pack = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the rules, and which marketplaces ask for them."""
    held = standard(on, pack)
    rows = requirements.listed(held) if marketplace is None else requirements.asked_by(held, marketplace)
    columns = COLUMNS if marketplace is None else ASKED
    print_list(page_of(rows, limit, page), columns, json=json, form=form, empty="It asks for nothing.")


@app.command("explain")
def explain_rule(code: str, json: Json = False) -> None:
    """Explain one rule, such as PM201. What, why, who asks for it, how to mend it."""
    with perhaps_store() as connection:
        thing = requirements.explained(connection, code)
    print_thing(thing, EXPLAINED, json=json, sections=(SAID,))


app.command("replay")(replay.replay)


@app.command("diff")
def compare(on: On = None, pack: Pack = None, json: Json = False) -> None:
    """Show what another day or another pack would change.

    With neither, it is what is in force against what comes with plentymsg.
    """
    held = standard()
    if on is None and not pack:
        rows = requirements.compared(shipping(held.on), held)
    else:
        rows = requirements.compared(held, standard(on, pack))
    if json:
        sys.stdout.write(as_json(rows, indent=2) + "\n")
        return
    for line in _lines(rows):
        out(line)


def _lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        line = f"{_SIGNS[row['change']]} {row['marketplace']} {row['code']} {row['name']}"
        before, after = row["before"], row["after"]
        if row["change"] == "changed":
            yield f"{line}: {', '.join(_changes(before, after))}"
        else:
            asked = after or before
            told = [asked["severity"], asked["exactly"], f"by the pack {asked['pack']}"]
            yield f"{line}: {', '.join(filter(None, told))}"
        if after and after["reason"]:
            yield f"    Reason: {after['reason']}"
    counts = {kind: sum(row["change"] == kind for row in rows) for kind in _SIGNS}
    yield ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in ("severity", "words", "limit", "allowed", "pack"):
        if before[key] != after[key]:
            yield f"{key} {_told(before[key])} → {_told(after[key])}"


def _told(value: Any) -> str:
    return as_text(list(value.values()) if isinstance(value, Mapping) else value) or "nothing"
