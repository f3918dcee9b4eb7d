"""Where a store lies, and what lies beside it."""

from __future__ import annotations

from pathlib import Path


def default_path() -> Path:
    """The store of this user: `plentymsg/plentymsg.db` in the platform's folder for data."""
    from platformdirs import user_data_path

    return user_data_path("plentymsg", appauthor=False) / "plentymsg.db"


def captured_path(store: Path) -> Path:
    """The Maildir beside `store` that takes all outgoing mail while live mode is off."""
    return store.with_name(store.name + ".captured")


def locks_path(store: Path) -> Path:
    """The folder beside `store` whose files are the locks of running commands."""
    return store.with_name(store.name + ".locks")
