"""Everything that can go wrong for a user, with its exit code.

    PlentymsgError            1  failed
    ├── InvalidInput          2  invalid-input     the command line, or a file given to it, is wrong
    ├── NotFound              3  not-found         there is no such thing
    ├── RuleBroken            4  rule-broken       a message breaks its marketplace's requirements
    ├── TemplateFault         4  template-fault    a template cannot be read or rendered
    ├── Forbidden             5  forbidden         the acting user lacks the right
    ├── SecretMissing         5  secret-missing    a password is not where its reference points
    ├── Partial               7  partial           some did, some failed; each is named
    ├── Busy                  8  busy              a lock is held; nothing was done
    ├── Unreachable           8  unreachable       the server is away; nothing was done
    ├── Conflict              1  conflict          it exists with other values, or is in use
    ├── StoreFault            1  store             the store is missing, foreign, too old or too new, full
    ├── LoginRefused          1  login-refused     the server does not accept the user or password
    └── Interrupted         130  interrupted       somebody ended it; what was done is kept

`message` is one sentence with the value at fault; `hint` is one with the way out.
The command line prints both and exits with `exit_code`; nothing else prints or exits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class PlentymsgError(Exception):
    """Base of all errors that a user can meet."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "failed"

    def __init__(self, message: str, *, hint: str = "", details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details: dict[str, Any] = dict(details or {})
        """What a script needs besides the sentence, e.g. `violations`; goes into the JSON error."""


class InvalidInput(PlentymsgError):
    """An argument, an option or a file given on the command line is wrong."""

    exit_code = 2
    code = "invalid-input"


class NotFound(PlentymsgError):
    """A thing that was named does not exist."""

    exit_code = 3
    code = "not-found"


class RuleBroken(PlentymsgError):
    """A message breaks its marketplace's requirements; `details["violations"]` lists how."""

    exit_code = 4
    code = "rule-broken"


class TemplateFault(PlentymsgError):
    """A template cannot be read or rendered."""

    exit_code = 4
    code = "template-fault"


class Forbidden(PlentymsgError):
    """The acting user lacks a right, which the message names."""

    exit_code = 5
    code = "forbidden"


class SecretMissing(PlentymsgError):
    """A secret is not where its reference points."""

    exit_code = 5
    code = "secret-missing"


class Partial(PlentymsgError):
    """Some of the things asked for were done and some failed; `details` names each."""

    exit_code = 7
    code = "partial"


class Busy(PlentymsgError):
    """Another run holds the lock. Nothing was done; it is safe to repeat."""

    exit_code = 8
    code = "busy"


class Unreachable(PlentymsgError):
    """A server cannot be reached or went away. Nothing was done; it is safe to repeat."""

    exit_code = 8
    code = "unreachable"


class Conflict(PlentymsgError):
    """A thing exists already with other values, or is still in use."""

    code = "conflict"


class StoreFault(PlentymsgError):
    """The store is missing, not ours, too old, too new, not writable, or its disk is full."""

    code = "store"


class Interrupted(PlentymsgError):
    """Somebody ended the command after it had done something that must not be done again."""

    exit_code = 130
    code = "interrupted"


class LoginRefused(PlentymsgError):
    """A mail server does not accept the user name or password."""

    code = "login-refused"
