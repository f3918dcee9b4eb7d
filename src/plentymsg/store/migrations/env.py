"""Alembic's entrance: run the revisions on the connection, and in the transaction, that `migrate` holds."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    transactional_ddl=False,  # `migrate` holds one transaction around all revisions and the views
)
context.run_migrations()
