"""Bring a database to the present form (Alembic, the migrations ship with the package)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from contor.adapters.db.bad_news import bad_news

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run what is missing; a database of the present form stays as it is."""
    config = _config()
    with engine.begin() as connection:
        _wait_for_other_migrations(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take migrations back down to ``revision`` (``base`` takes all of them back)."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_current(engine: Engine) -> bool:
    """Whether the database has the present form."""
    heads = set(ScriptDirectory.from_config(_config()).get_heads())
    try:
        with engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads()) == heads
    except DBAPIError as error:
        raise bad_news(error) from error


def _wait_for_other_migrations(connection: Connection) -> None:
    """Two services that start together migrate one after the other (SQLite waits by itself)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7266686)")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
