"""The migrations that this version knows, oldest first.

A list of its own, so that opening a store needs one SELECT and not Alembic (0.4 s);
a test holds it against the scripts in `migrations/versions`.
"""

from __future__ import annotations

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005")
HEAD = REVISIONS[-1]

APPLICATION_ID = 0x706C6D67
"""`plmg`: what SQLite's header says of a store of ours (PRAGMA application_id)."""
