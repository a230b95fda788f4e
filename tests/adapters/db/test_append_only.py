"""What was appended is neither changed nor removed, not even by raw SQL."""

from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from contor.adapters.db.append_only import APPEND_ONLY
from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from tests.support.databases import NOON, Books, Database


def test_every_append_only_table_has_its_triggers(database: Database) -> None:
    statement, suffixes = {
        "sqlite": (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            ("no_update", "no_delete"),
        ),
        "postgresql": ("SELECT tgname FROM pg_trigger", ("no_change", "no_truncate")),
    }[database.dialect]
    with database.engine.connect() as connection:
        found = set(connection.exec_driver_sql(statement).scalars())
    assert {f"{table}_{suffix}" for table in APPEND_ONLY for suffix in suffixes} <= found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entries SET text = 'other'",
        "UPDATE journal_lines SET amount_minor = 1",
        "DELETE FROM journal_lines",
        "DELETE FROM journal_entries",
    ],
)
def test_raw_changes_are_refused(books: Books, database: Database, statement: str) -> None:
    euro = Money.of("100.00", "EUR")
    entry = JournalEntry(
        date(2026, 1, 5), "Papier", (JournalLine("4930", euro), JournalLine("1200", -euro))
    )
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.journal.post(entry, actor="anna", at=NOON)
    with pytest.raises(DBAPIError, match="append only"):
        database.execute(statement)
    with books.store.reading(books.tenant.id) as uow:
        record = uow.journal.get("2026-000001")
    assert record.posted.entry == entry
    assert record.actor == "anna"


def test_truncate_is_refused_too(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="append only"):
        database.execute("TRUNCATE labels")
