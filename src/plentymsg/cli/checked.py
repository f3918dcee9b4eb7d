"""What `plentymsg check` is to look at: one thing, and nothing that it would not look at."""

from __future__ import annotations

from collections.abc import Mapping

from plentymsg.errors import InvalidInput


def require_one_thing(
    *, whole: Mapping[str, object], parts: Mapping[str, object], place: Mapping[str, object]
) -> None:
    """Raise InvalidInput for options that contradict one another.

    Each is there by its name, with None if it was not given: `whole` are those that name a whole message or
    templates, `parts` give parts of a message, and `place` says where it would go.
    """
    given = [name for name, value in whole.items() if value is not None]
    if len(given) > 1:
        raise InvalidInput(f"{_listed(given)} exclude one another.", hint="Give only one.")
    if given == ["--all-templates"] and parts["--language"] is not None:
        raise InvalidInput("--language names a version of one template, not of all.", hint="Leave it out.")
    if not given or given[0] not in ("--eml", "--outbox"):
        return
    extra = {**parts, **(place if given[0] == "--outbox" else {})}
    unused = [name for name, value in extra.items() if value is not None]
    if unused:
        raise InvalidInput(
            f"{given[0]} names a whole message, so {_listed(unused)} would change nothing.",
            hint="Leave it out.",
        )


def require_fitting_fixes(*, fix: bool, unsafe: bool, is_proof: bool) -> None:
    """Raise InvalidInput for --unsafe-fixes without --fix, and for --fix where templates are proven."""
    if unsafe and not fix:
        raise InvalidInput("--unsafe-fixes says how far --fix may go.", hint="Give --fix too.")
    if fix and is_proof:
        raise InvalidInput(
            "--fix mends messages, and a template is none.", hint="Mend it with: plentymsg template set"
        )


def require_own_files(files: Mapping[str, str]) -> None:
    """Raise InvalidInput if text and HTML, which are to be mended, are in one file: one would be lost.

    `files` are those that were named, by what they give.
    """
    from os.path import samefile

    text, html = files.get("text"), files.get("html")
    if text is not None and html is not None and samefile(text, html):
        raise InvalidInput(
            f"--html-file {html} is the same file as --text-file {text}.",
            hint="With --fix, give each a file of its own.",
        )


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
