"""Where a channel's mail comes from, or goes to: a server, or a Maildir in its place."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal

from plentymsg.errors import InvalidInput

Protocol = Literal["imap", "smtp", "maildir"]
Encryption = Literal["ssl", "starttls", "none"]

_HOST = re.compile(r"[^\s/@.][^\s/@]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach one side of a channel. The password shows in no `repr`.

    `folder` is IMAP's; `path` is a Maildir's. Raises `InvalidInput` for what can never work and for
    a password that would cross a network unencrypted.
    """

    protocol: Protocol
    host: str = ""
    port: int = 0
    encryption: Encryption = "ssl"
    username: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    path: str = ""
    allow_plain: bool = False

    def __post_init__(self) -> None:
        for name in ("host", "username", "password", "folder", "path"):
            if _CONTROL.search(getattr(self, name)):
                raise InvalidInput(
                    f"The {name} of the {self.protocol} server contains a line break or control character.",
                    hint=f"Give the {name} as one line of plain text.",
                )
        if self.protocol == "maildir":
            self._check_path()
        else:
            self._check_network()

    @property
    def where(self) -> str:
        """The server as a person names it, for messages."""
        return self.path if self.protocol == "maildir" else f"{self.host}:{self.port}"

    def _check_path(self) -> None:
        if not self.path:
            raise InvalidInput("A maildir server has no path.", hint="Give the folder's path.")

    def _check_network(self) -> None:
        if not self.host:
            raise InvalidInput(f"The {self.protocol} server has no host.", hint="Give the host's name.")
        if not _HOST.fullmatch(self.host):
            raise InvalidInput(
                f"{self.host!r} is not the name of a {self.protocol} server.",
                hint="Give a host name or an IP address, without imap:// and without the port.",
            )
        if not 0 < self.port < 65536:
            raise InvalidInput(
                f"{self.port} is not a port of the {self.protocol} server {self.host}.",
                hint="Ports go from 1 to 65535; IMAP is mostly on 993, SMTP on 465 or 587.",
            )
        if self.encryption == "none" and not self.allow_plain and not _is_loopback(self.host):
            raise InvalidInput(
                f"Encryption is off for {self.host}, so the password would cross the network readably.",
                hint="Use ssl or starttls, or allow it on purpose with allow_plain: true.",
            )


def _is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
