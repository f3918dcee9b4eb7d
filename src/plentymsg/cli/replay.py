"""`plentymsg rules replay`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.command import Format, FormatName, Json, Limit
from plentymsg.cli.desk import reading
from plentymsg.cli.moments import since as moment
from plentymsg.cli.output import Column, Section, as_json, print_list, print_thing
from plentymsg.cli.paging import window
from plentymsg.cli.progress import progress
from plentymsg.cli.scope import scope
from plentymsg.cli.standard import On, Pack, standard

if TYPE_CHECKING:
    from plentymsg.cli.desk import Desk
    from plentymsg.messenger.replay import Replay


def _name(key: str, nothing: str) -> Column:
    return Column(key, key.title(), flexible=True, show=lambda name: name or nothing)


COUNTS = (
    Column("judged", "Judged", right=True),
    Column("newly_blocked", "Newly blocked", right=True),
    Column("newly_allowed", "Newly allowed", right=True),
    Column("unchanged", "Unchanged", right=True),
)
LINES = (
    Column("after.on", "Rules of"),
    Column("after.packs", "Packs"),
    Column("before.on", "Against", show=lambda day: day or "the fact that each was accepted"),
    Column("before.packs", "Packs then"),
    *COUNTS,
)
MESSAGES = (
    Column("id", "ID", right=True),
    Column("date", "Date", show=lambda time: time[:10]),
    Column("channel", "Channel", flexible=True),
    Column("template", "Template", flexible=True),
    Column("user", "User"),
    Column("fate", "Newly"),
    Column("added", "Breaks"),
    Column("removed", "No more"),
    Column("subject", "Subject", flexible=True),
)
NOT_JUDGED = Section(
    "not_judged", "Not judged", (Column("messages", "Messages", right=True), Column("reason", "Why"))
)
SECTIONS = (
    Section("templates", "Templates", (_name("template", "none, or not known"), *COUNTS)),
    Section("users", "Users", (_name("user", "not known"), *COUNTS)),
    Section("channels", "Channels", (_name("channel", "none"), *COUNTS)),
    Section("messages", "Messages", MESSAGES),
)

Channel = Annotated[
    str | None, typer.Option("--channel", metavar="NAME", help="Only what this channel sent.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="Only what is not older: 2026-01-31, 90d.")
]


def replay(
    on: On = None,
    pack: Pack = None,
    channel: Channel = None,
    since: Since = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
) -> None:
    """Judge again what was sent, by other rules or another day.

    It says what would newly be blocked or allowed, by template, user and channel, and message by message.

    With --pack or --on, what would hold then is held against what holds now; without, what holds now against
    the fact that each message was accepted. --format and --limit are for the messages that are affected.
    """
    from plentymsg.messenger import replay as use_case

    limit, _ = window(limit, 1, json=json, form=form)
    oldest = moment(since) if since is not None else None
    after = standard(on, pack)
    before = standard() if on is not None or pack else None
    with reading() as desk:
        with progress(quiet=scope().quiet or json) as shown:
            result = use_case.replay(
                desk.connection,
                desk.actor,
                before,
                after,
                channel=channel,
                since=oldest,
                report=lambda done, total: shown(task="Judging", done=done, total=total),
            )
        _print(desk, result, limit, json=json, form=form)


def _print(desk: Desk, result: Replay, limit: int | None, *, json: bool, form: FormatName | None) -> None:
    from plentymsg.messenger.replay import messages

    rows = messages(desk.connection, result, limit)
    thing = result.as_json()
    if json and form in (None, "json"):  # there may be more messages than fit into memory
        sys.stdout.write(as_json(thing, indent=2).removesuffix("\n}") + ',\n  "messages": ')
        print_list(rows, MESSAGES, json=True)
        sys.stdout.write("}\n")
    elif json or form is not None:
        print_list(rows, MESSAGES, json=json, form=form)
    else:
        sections = (*([NOT_JUDGED] if thing["not_judged"] else []), *SECTIONS)
        shown = list(rows) if sys.stdout.isatty() else rows
        lines = [line for line in LINES if thing["before"] or line.key != "before.packs"]
        print_thing({**thing, "messages": shown}, lines, sections=sections)
