"""
How alembic runs our migrations: always on a connection handed in, which holds the write lock and the one transaction.
"""

from __future__ import annotations

from alembic import context

from watchdog.store.whole import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
