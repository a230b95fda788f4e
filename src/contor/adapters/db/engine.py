"""The database engine: SQLite in WAL mode with foreign keys, or PostgreSQL.

SQLite transactions begin IMMEDIATE, so that two writers wait for each other (busy timeout) instead
of failing in the middle; those that only look begin deferred and see one snapshot, as do those of
PostgreSQL (REPEATABLE READ).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_SECONDS = 30
_READ_ONLY = "contor_read_only"


def open_engine(url: str) -> Engine:
    """An engine for the URL (``sqlite:///...`` or ``postgresql+psycopg://...``)."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    prepare_engine(engine)
    return engine


def looking(engine: Engine) -> Engine:
    """The same engine for transactions that only look: one snapshot, waiting for nobody."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READ_ONLY: True})
    return engine.execution_options(isolation_level="REPEATABLE READ")


def prepare_engine(engine: Engine) -> None:
    """Set up the engine's connections; a durable runner's engine is prepared the same way."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by its own rules; _on_sqlite_begin does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
