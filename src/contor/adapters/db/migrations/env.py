"""Alembic's environment: the connection is handed in by ``adapters.db.migrate``."""

from __future__ import annotations

from alembic import context

from contor.adapters.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
