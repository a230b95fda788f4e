"""The migrations give exactly the tables that are mapped, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Float, inspect

from contor.adapters.db.append_only import APPEND_ONLY
from contor.adapters.db.migrate import downgrade, is_current, upgrade
from contor.adapters.db.tables import Base
from tests.support.databases import Database


def test_migrated_tables_are_the_mapped_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing_and_back_leaves_nothing(own_database: Database) -> None:
    upgrade(own_database.engine)
    assert is_current(own_database.engine)
    downgrade(own_database.engine, "base")
    assert not is_current(own_database.engine)
    assert inspect(own_database.engine).get_table_names() == ["alembic_version"]
    upgrade(own_database.engine)
    assert is_current(own_database.engine)


def test_services_that_start_together_migrate_once(own_database: Database) -> None:
    downgrade(own_database.engine, "base")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: upgrade(own_database.engine), range(3)))
    assert is_current(own_database.engine)


def test_every_append_only_table_is_there() -> None:
    assert set(APPEND_ONLY) <= set(Base.metadata.tables)


def test_no_money_in_floats() -> None:
    floats = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Float)
    }
    assert floats == {"match_proposals.confidence", "review_items.confidence"}
