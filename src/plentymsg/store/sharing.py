"""Who else may open a store: nobody, or a Unix group that works with it as a team.

The permissions of the store's file are the boundary: whoever can open it can change it. Where a group may,
it must be able to open all that lies beside the file as well, whoever made it and under whichever umask; so
whatever is made there is made here. SQLite gives its own files the mode of the store.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from plentymsg.errors import NotFound, StoreFault

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_SHARED_FOLDER, _SHARED_FILE = 0o2770, 0o660
"""The bit of 02000 gives all that is made in the folder to the folder's group."""


def file_mode(store: Path) -> int:
    """The permissions of a file beside `store`: those of its user alone, or of its group too."""
    return _SHARED_FILE if _is_shared(store) else _PRIVATE_FILE


def make_folder(store: Path, folder: Path) -> None:
    """Make a folder beside `store`, if it is not there, for everyone who may open the store."""
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER)
    except FileExistsError:
        return
    if _is_shared(store):
        folder.chmod(_SHARED_FOLDER)


def open_file(store: Path, path: Path) -> int:
    """Open a file beside `store` to read and write, made if it is not there, for everyone who may."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE_FILE)
    found = os.fstat(descriptor)
    if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) != file_mode(store):
        os.fchmod(descriptor, file_mode(store))
    return descriptor


def require_shareable(store: Path, group: str) -> int:
    """The number of the Unix group, once it is clear that `store` can be shared with it.

    Raises NotFound for an unknown group; StoreFault if this user is not in it, or the store's folder, which
    the group will own, holds something else.
    """
    import grp

    try:
        number = grp.getgrnam(group).gr_gid
    except (KeyError, ValueError):
        raise NotFound(
            f"There is no Unix group {group!r} on this machine.",
            hint=f"Make it with: sudo groupadd {group} && sudo usermod --append --groups {group} LOGIN",
            details={"kind": "Unix group", "name": group},
        ) from None
    if os.geteuid() != 0 and number not in (os.getegid(), *os.getgroups()):
        raise StoreFault(
            f"You are not in the Unix group {group}, so you cannot share a store with it.",
            hint=f"Ask for: sudo usermod --append --groups {group} LOGIN; then log in anew.",
        )
    others = sorted(path.name for path in _inside(store.parent) if not path.name.startswith(store.name))
    if others:
        raise StoreFault(
            f"The folder {store.parent} holds other things than the store, such as {others[0]}:"
            f" sharing it would open them to the group {group}.",
            hint="Give the store a folder of its own: plentymsg --store /srv/messenger/store.db init"
            f" --unix-group {group}",
        )
    return number


def share(store: Path, group: int) -> bool:
    """Let a Unix group work with the store and all that lies beside it; say whether that changed anything.

    Raises StoreFault if the folder or a file in it belongs to somebody else and is not shared yet.
    """
    changed = False
    for path in (store.parent, *_below(store.parent)):
        mode = _SHARED_FOLDER if path.is_dir() else _SHARED_FILE
        found = path.stat()
        if (found.st_gid, stat.S_IMODE(found.st_mode)) == (group, mode):
            continue
        try:
            os.chown(path, -1, group)
            path.chmod(mode)  # after the group: changing that may clear the bit of 02000
        except PermissionError as fault:
            raise StoreFault(
                f"{path} belongs to another user, and is not shared with the group yet.",
                hint=f"Ask them for: chgrp {group} {path} && chmod {mode:o} {path}",
            ) from fault
        changed = True
    return changed


def closed_above(store: Path, group: int) -> Path | None:
    """The first folder above the store's own through which the group cannot come to it, if there is one."""
    for folder in reversed(store.parent.parents):
        found = folder.stat()
        entry = stat.S_IXGRP if found.st_gid == group else stat.S_IXOTH
        if not found.st_mode & entry:
            return folder
    return None


def _is_shared(store: Path) -> bool:
    try:
        return store.stat().st_mode & 0o060 == 0o060
    except FileNotFoundError:
        return False


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _below(folder: Path) -> Iterator[Path]:
    """All files and folders under `folder`; a link could lead out of it, and is left alone."""
    for path in sorted(_inside(folder)):
        if not path.is_symlink():
            yield path
            if path.is_dir():
                yield from _below(path)
