"""Which template a message was made with, for those that are written from now on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column. Not in batch mode, which copies the table: it may be large, and SQLite just notes it."""
    column = sa.Column("template_id", sa.Integer(), sa.ForeignKey("template.id"), nullable=True)
    op.add_column("message", column, inline_references=True)
    op.create_index(
        "message_by_template",
        "message",
        ["template_id"],
        unique=False,
        sqlite_where=sa.text("template_id IS NOT NULL"),
    )
