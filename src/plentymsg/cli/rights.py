"""`plentymsg rights …`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plentymsg.cli import rights_role
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import out
from plentymsg.errors import Forbidden, InvalidInput
from plentymsg.messenger import rights, users
from plentymsg.messenger.access import ADMIN
from plentymsg.messenger.permissions import PRESETS, SEPARATOR
from plentymsg.store.views import Row

app = noun("Rights: what users may do, and the access roles that say so.")
app.add_typer(rights_role.app, name="role")


def _indented(path: str) -> str:
    *above, name = path.split(SEPARATOR)
    return "  " * len(above) + name


TREE = (
    Column("right", "Right", show=_indented),
    Column("name.de", "German", show=_indented),
    Column("meaning", "What it allows", flexible=True),
    Column("presets", "Presets", extra=True),
)
HOLDERS = (
    Column("id", "ID", right=True),
    Column("login", "Login", flexible=True),
    Column("name", "Name", flexible=True),
    Column("admin", "Admin"),
    Column("from", "By", flexible=True),
)
OVERVIEW = (
    Column("preset", "Preset"),
    Column("may", "Has it all"),
    Column("missing", "Lacks", flexible=True),
)


@app.command("list")
def list_rights(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the rights, in their sections."""
    print_list(page_of(rights.tree(), limit, page), TREE, json=json, form=form)


@app.command("check")
def check(
    user: str,
    operation: Annotated[
        list[str] | None, typer.Argument(metavar="[OPERATION]", help="A command as it is typed: tag add.")
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset", metavar="NAME", help=f"All rights for a kind of work: {', '.join(PRESETS)}."
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each right, and the access roles that give it.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what a user lacks.

    For an operation or a preset the exit code is 0 if they may, and 5 if not. Without either, it lists what
    they lack for each preset.
    """
    needs = _needs(" ".join(operation or ()), preset)
    with reading() as desk:
        user_id = users.find(desk.connection, user)
        answers = [rights.checked(desk.connection, user_id, need) for need in needs]
    if len(answers) > 1:
        print_list(answers, OVERVIEW, json=json)
        return
    _print_answer(answers[0], explain=explain, json=json)
    if not answers[0]["may"]:
        raise typer.Exit(Forbidden.exit_code)  # the answer, which was asked for, is the output


@app.command("who")
def who(right: str, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the users who have a right.

    Of a section, those who have all rights in it; of `Administrator`, the admins.
    """
    with reading() as desk:
        rows = rights.holders(desk.connection, right)
    print_list(page_of(rows, limit, page), HOLDERS, json=json, form=form, empty="Nobody has it.")


@app.command("matrix")
def matrix(
    operations: Annotated[
        bool, typer.Option("--operations", help="Commands and users, in place of rights and access roles.")
    ] = False,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """Show which role gives which right.

    With --operations it shows which user may run which command.
    """
    with reading() as desk:
        rows, names = rights.by_user(desk.connection) if operations else rights.by_role(desk.connection)
    first, others = ("operation", "users") if operations else ("right", "roles")
    columns = [
        Column(f"{others}.{name}", name, show=lambda may: "●" if may else "", flexible=True) for name in names
    ]
    rows = list(page_of(rows, limit, page))
    for place, part in enumerate(_parts_that_fit(rows, first, columns, json=json, form=form)):
        if place:
            out("")
        print_list(rows, (Column(first, first.capitalize()), *part), json=json, form=form)


def _needs(operation: str, preset: str | None) -> list[rights.Need]:
    if operation and preset is not None:
        raise InvalidInput("OPERATION and --preset ask for different things.", hint="Give only one of them.")
    if operation:
        return [rights.need_of_operation(operation)]
    if preset is None:
        return [rights.need_of_preset(name) for name in PRESETS]
    if preset not in PRESETS:
        raise InvalidInput(f"There is no preset {preset!r}.", hint=f"There are: {', '.join(PRESETS)}.")
    return [rights.need_of_preset(preset)]


def _print_answer(answer: Row, *, explain: bool, json: bool) -> None:
    if json:
        print_thing(answer, (), json=True)
        return
    user, missing = answer["user"], ", ".join(answer["missing"])
    if not answer["active"]:
        out(f"{user} may do nothing: the account is not active.")
    elif "operation" in answer:
        task = f"run `plentymsg {answer['operation']}`"
        out(f"{user} may not {task}. Missing: {missing}" if missing else f"{user} may {task}.")
    else:
        preset = f"the preset {answer['preset']}"
        out(f"{user} lacks of {preset}: {missing}" if missing else f"{user} has every right of {preset}.")
    for line in answer["rights"] if explain else ():
        out(f"  {_reason(user, line)}")


def _reason(user: str, line: Row) -> str:
    right = line["right"]
    if line["held"]:
        return f"has {right}, from {', '.join(line['from'])}"
    if right == ADMIN:
        return f"lacks {right}: no access role gives that, `plentymsg user set {user} --admin` does"
    return f"lacks {right}, which {', '.join(line['given_by']) or 'no access role yet'} gives"


def _parts_that_fit(
    rows: list[Row], first: str, columns: list[Column], *, json: bool, form: Any
) -> list[list[Column]]:
    """The columns of a matrix, on a terminal in as many tables as it takes to show each whole."""
    import sys

    if json or form not in (None, "table") or not sys.stdout.isatty():
        return [columns]
    from shutil import get_terminal_size

    from rich.cells import cell_len

    room = get_terminal_size().columns - max(len(row[first]) for row in rows) - 2
    parts: list[list[Column]] = [[]]
    left = room
    for column in columns:
        width = cell_len(column.title) + 2
        if width > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(column)
        left -= width
    return parts
