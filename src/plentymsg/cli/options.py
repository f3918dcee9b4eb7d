"""Options that several commands of a noun share, written down once.

    def channel_options(group: Annotated[str | None, typer.Option(…)] = None, …) -> dict[str, Any]:
        return given(group=group, …)

    @app.command("set")
    @taking(channel_options)
    def set_channel(channel: str, given: Given, yes: Yes = False) -> None: …

The command has its own parameters and those of the function, and gets what the function returns.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from plentymsg.cli.command import DryRun, Json, Yes

German = Annotated[str | None, typer.Option("--name", help="The name in German.")]
English = Annotated[str | None, typer.Option("--en", help="The name in English; empty removes it.")]
Position = Annotated[int | None, typer.Option("--position", min=0, help="Its place in lists.")]

SortKey = Literal["position", "id"]
"""What lists of the set-up can be sorted by."""

Given = dict[str, Any]
"""The options that were given, as a configuration file would hold them."""


def wanted_options(
    name: Annotated[
        str, typer.Option("--name", show_default=False, help="Only those with this text in a name.")
    ] = "",
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that were deleted instead.")] = False,
    sort: Annotated[
        SortKey,
        typer.Option("--sort", metavar="KEY", show_default=False, help="By position (as it is) or by id."),
    ] = "position",
) -> Given:
    """What of a list is wanted, where things are deleted softly."""
    return {"name": name, "deleted": deleted, "sort": sort}


def move_options(
    before: Annotated[
        str | None, typer.Option("--before", metavar="NAME", help="The one that it is to stand right before.")
    ] = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="NAME", help="The one that it is to stand right behind.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> Given:
    """Where in its list a thing is to go, for `changes.move`."""
    return {"before": before, "after": after, "dry_run": dry_run, "json": json}


def deletion_options(
    force: Annotated[
        bool, typer.Option("--force", help="Take it from what uses it, instead of refusing.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> Given:
    """How things are to be deleted, for `changes.delete_all`."""
    return {"force": force, "yes": yes, "dry_run": dry_run, "json": json}


def taking(options: Callable[..., Given]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `options`, and its result as the argument `given`."""
    theirs = inspect.signature(options, eval_str=True).parameters

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = dict(inspect.signature(command, eval_str=True).parameters)
        del own["given"]

        def run(**values: Any) -> None:
            given = options(**{name: values.pop(name) for name in theirs})
            command(given=given, **values)

        # The arguments first, then what makes this command, then how it is run.
        first = [name for name, parameter in own.items() if parameter.default is parameter.empty]
        names = [*first, *theirs, *(name for name in own if name not in first)]
        parameters = [{**own, **theirs}[name].replace(kind=inspect.Parameter.KEYWORD_ONLY) for name in names]
        run.__doc__ = command.__doc__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate
