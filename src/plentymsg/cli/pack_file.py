"""Files with a pack of requirements, as arguments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plentymsg.cli.input import MEGABYTE, read_bytes

if TYPE_CHECKING:
    from plentymsg.provision.pack_file import PackFile


def is_file(name: str) -> bool:
    """Whether this is the name of a file and not of a pack, which has no slash in its name."""
    return name == "-" or "/" in name or name.lower().endswith((".yaml", ".yml"))


def read_pack(file: str) -> PackFile:
    """The pack in a file, or in standard input if that is `-`. Raises InvalidInput with every problem."""
    from plentymsg.provision.pack_file import read_pack_file

    content = read_bytes(file, limit=MEGABYTE)
    called = "standard input" if file == "-" else file
    return read_pack_file(content, file=called, folder=Path.cwd())
