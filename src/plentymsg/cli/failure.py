"""What a user sees of an error: one sentence, the way out, the exit code. Nothing else prints errors."""

from __future__ import annotations

import errno
import os
import select
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import typer
from typer._click import exceptions as usage

from plentymsg.cli.command import in_words
from plentymsg.cli.output import as_json
from plentymsg.cli.terminal import coloured, printable
from plentymsg.errors import PlentymsgError

INTERRUPTED = 130

_PASSWORDS = "A password is never an argument: use --password-stdin."


class Failure(NamedTuple):
    """An error as it is told: `code` is for scripts, `details` go into the JSON besides."""

    exit_code: int
    code: str
    message: str
    hint: str = ""
    details: Mapping[str, Any] | None = None


def report(error: BaseException, args: Sequence[str]) -> int:
    """Print the error on stderr as the arguments ask (JSON, `--debug`) and return the exit code."""
    if isinstance(error, BrokenPipeError) and _nobody_reads():
        return 0
    options = args[: args.index("--")] if "--" in args else args
    if isinstance(error, usage.NoArgsIsHelpError):
        sys.stderr.write(error.message + "\n")
        return error.exit_code
    failure = _without_secrets(judge(error), args)
    _flush_stdout()
    if "--debug" in options and not isinstance(error, usage.UsageError):
        _print_traceback(error)
    _print(failure, as_object=_ask_for_json(options))
    return failure.exit_code


def _ask_for_json(options: Sequence[str]) -> bool:
    """Whether the options do; read here once more, since an error may be that they cannot be parsed."""
    given = {*options, *(f"{option}={value}" for option, value in pairwise(options))}
    return not given.isdisjoint(("--json", "--format=json", "--format=jsonl"))


def judge(error: BaseException) -> Failure:
    """What is to be told of an error."""
    if isinstance(error, PlentymsgError):
        return Failure(error.exit_code, error.code, error.message, error.hint, error.details)
    if isinstance(error, usage.ClickException):
        return _wrong_usage(error)
    if isinstance(error, KeyboardInterrupt):
        return Failure(
            INTERRUPTED, "interrupted", "Interrupted.", "What was done is kept; run it again to go on."
        )
    if isinstance(error, typer.Abort):
        return Failure(1, "stopped", "Stopped: nothing was done.")
    if isinstance(error, OSError):
        return _system(error)
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failure(
        1,
        "unexpected",
        f"plentymsg met an error it did not expect: {told}",
        "Run it again with --debug to see where, and report it.",
    )


def _wrong_usage(error: usage.ClickException) -> Failure:
    context = getattr(error, "ctx", None)
    hint = f"See `{context.command_path} --help`." if context else "See `plentymsg --help`."
    message = in_words(error.format_message()).replace("a valid int range", "a whole number")
    if isinstance(error, usage.NoSuchOption):
        message = f"There is no option {error.option_name}."
        if _names_a_secret(error.option_name):
            hint = f"{_PASSWORDS} {hint}"
        elif error.possibilities:
            hint = f"Did you mean {' or '.join(sorted(error.possibilities))}? {hint}"
    return Failure(error.exit_code, "invalid-input", message, hint)


def _without_secrets(failure: Failure, args: Sequence[str]) -> Failure:
    """A password typed where none belongs is not repeated into a log; click would name the argument."""
    if not any(arg.startswith("-") and _names_a_secret(arg) for arg in args):
        return failure
    if not failure.message.startswith("Got unexpected extra argument"):
        return failure
    hint = f"{_PASSWORDS} {failure.hint}"
    return failure._replace(message="There are more arguments than the command takes.", hint=hint)


def _names_a_secret(option: str) -> bool:
    return "password" in option or "secret" in option


def _system(error: OSError) -> Failure:
    place = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, (str, bytes)) else ""
    message = f"{error.strerror or error}{place}"
    hints = {
        errno.ENOSPC: "The disk is full: free some space and run it again.",
        errno.EDQUOT: "Your disk quota is used up: free some space and run it again.",
        errno.EACCES: "Check who owns it and its permissions.",
        errno.EPERM: "Check who owns it and its permissions.",
        errno.EROFS: "The file system is read-only: choose another place.",
    }
    return Failure(
        1, "system", message, hints.get(error.errno or 0, "Run it again with --debug to see where.")
    )


def _nobody_reads() -> bool:
    """Whether stdout's reader has gone, as in `| head`; a mail server that hangs up is another matter."""
    try:
        poll = select.poll()
        poll.register(sys.stdout.fileno(), select.POLLOUT)
        gone = any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
    except (OSError, ValueError):
        return False
    if gone:  # the interpreter flushes once more when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return gone


def _flush_stdout() -> None:
    try:
        sys.stdout.flush()
    except OSError:  # the error that is being told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_traceback(error: BaseException) -> None:
    import traceback

    sys.stderr.write(printable("".join(traceback.format_exception(error)), lines=True))


def _print(failure: Failure, *, as_object: bool) -> None:
    if as_object:
        told = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        sys.stderr.write(as_json({"error": {**told, **(failure.details or {}), **told}}) + "\n")
        return
    sys.stderr.write(f"{coloured('Error:', '31')} {printable(failure.message)}\n")
    _print_violations((failure.details or {}).get("violations", ()))
    _print_problems((failure.details or {}).get("problems", ()))
    if failure.hint:
        sys.stderr.write(f"{coloured('Hint:', '36')} {printable(failure.hint)}\n")


def _print_problems(problems: Sequence[Mapping[str, str]]) -> None:
    """The lines of a file that are wrong, if there are several; a single one is the message."""
    for problem in problems if len(problems) > 1 else ():
        if "where" in problem:
            sys.stderr.write("  " + printable(": ".join(part for part in problem.values() if part)) + "\n")


def _print_violations(violations: Sequence[Mapping[str, Any]]) -> None:
    """Where and how a message that was refused breaks its marketplace's rules."""
    if violations:
        from plentymsg.cli.reports.text import violation_lines

        for line in violation_lines(violations, sys.stderr):
            sys.stderr.write(line + "\n")
