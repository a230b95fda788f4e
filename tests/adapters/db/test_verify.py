"""The proof of the books names every row, file and number that somebody touched."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from contor.adapters.db.append_only import drop_triggers
from contor.adapters.file_archive import FileArchive
from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from contor.ports.store_billing import InvoiceRecord, VoidNumber
from contor.ports.store_documents import Document
from contor.ports.store_operations import ArchivedFile
from contor.workflows.verify_books import verify
from tests.support.databases import NOON, Books, Database

DAY = date(2026, 3, 2)
EURO = Money.of("119.00", "EUR")
Proof = Callable[[], list[str]]


@pytest.fixture
def archive(tmp_path: Path) -> FileArchive:
    return FileArchive(tmp_path / "archive")


@pytest.fixture
def proof(own_books: Books, archive: FileArchive) -> Proof:
    """Books with three entries, three invoices (one number void) and two archived files."""
    with own_books.store.unit_of_work(own_books.tenant.id) as uow:
        for number in range(1, 5):
            assert uow.numbers.take("RE") == number
            if number == 3:
                uow.numbers.void(VoidNumber("RE", 3, "Papierstau", "anna", NOON))
                continue
            lines = (JournalLine("1400", EURO), JournalLine("8400", -EURO))
            entry = JournalEntry(DAY, f"RE-{number}", lines, f"invoice:RE-{number}")
            posted = uow.journal.post(entry, actor="anna", at=NOON)
            content = {"lines": [{"text": "Server", "net": "100.00"}], "umlaut": "Größe"}
            uow.invoices.add(
                InvoiceRecord(
                    f"RE-{number}",
                    "invoice",
                    "10001",
                    DAY,
                    EURO,
                    content,
                    NOON,
                    series="RE",
                    sequence=number,
                    entry_number=posted.number,
                )
            )
        for name in ("a", "b"):
            sha256 = archive.put(name.encode(), "text/plain")
            uow.documents.add(Document(sha256, name, "text/plain", NOON, "desk", size=1))
            uow.archive_index.add(
                ArchivedFile(sha256, 1, "text/plain", "document", f"document:{name}", NOON)
            )

    def problems() -> list[str]:
        with own_books.store.reading(own_books.tenant.id) as uow:
            return [finding.fields[0] for finding in verify(uow, archive)]

    return problems


def tamper(database: Database, *statements: str) -> None:
    """What somebody could do who owns the database."""
    with database.engine.begin() as connection:
        for statement in (*drop_triggers(database.dialect), *statements):
            connection.exec_driver_sql(statement)


def test_untouched_books_are_proven(proof: Proof) -> None:
    assert proof() == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal_entries SET text = 'x' WHERE sequence = 2", ["journal 2026-000002"]),
        ("UPDATE journal_entries SET actor = 'x' WHERE sequence = 3", ["journal 2026-000003"]),
        (
            "UPDATE journal_lines SET account = '4930' WHERE account = '8400' AND id = 2",
            ["journal 2026-000001"],
        ),
        (
            "UPDATE invoices SET content = '{\"lines\":[]}' WHERE number = 'RE-2'",
            ["invoices RE-2"],
        ),
        (
            "UPDATE invoices SET content = 'no json' WHERE number = 'RE-2'",
            ["invoices RE-2", "series RE number 2"],
        ),
        ("UPDATE invoices SET gross_minor = 1 WHERE number = 'RE-1'", ["invoices RE-1"]),
        (
            "UPDATE chain_tails SET count = 2 WHERE chain = 'journal'",
            ["journal chain"],
        ),
    ],
)
def test_the_altered_row_is_named(
    proof: Proof, own_database: Database, statement: str, named: list[str]
) -> None:
    tamper(own_database, statement)
    assert proof() == named


def test_an_altered_amount_is_named_and_unbalances(proof: Proof, own_database: Database) -> None:
    tamper(own_database, "UPDATE journal_lines SET amount_minor = amount_minor + 1 WHERE id = 1")
    assert proof() == ["journal 2026-000001", "journal 2026-000001"]


def test_a_removed_entry_leaves_a_hole(proof: Proof, own_database: Database) -> None:
    tamper(
        own_database,
        "DELETE FROM journal_lines WHERE entry_id IN "
        "(SELECT id FROM journal_entries WHERE sequence = 2)",
        "DELETE FROM journal_entries WHERE sequence = 2",
    )
    assert proof() == ["journal row 2", "journal 2026-000002", "invoices RE-2"]


def test_a_removed_last_invoice_is_missed(proof: Proof, own_database: Database) -> None:
    tamper(own_database, "DELETE FROM invoices WHERE number = 'RE-4'")
    assert proof() == ["invoices chain", "series RE number 4"]


def test_a_void_record_taken_away_leaves_the_number_unexplained(
    proof: Proof, own_database: Database
) -> None:
    tamper(own_database, "DELETE FROM void_numbers")
    assert proof() == ["series RE number 3"]


def test_altered_and_missing_files_are_named(
    proof: Proof, archive: FileArchive, tmp_path: Path
) -> None:
    altered, missing = (archive.put(name, "text/plain") for name in (b"a", b"b"))
    path = tmp_path / "archive" / altered[:2] / altered[2:4] / altered
    path.chmod(0o640)
    path.write_bytes(b"A")
    (tmp_path / "archive" / missing[:2] / missing[2:4] / missing).unlink()
    assert proof() == [f"archive {altered}", f"archive {missing}"]


def test_an_altered_index_of_the_archive_is_named(proof: Proof, own_database: Database) -> None:
    tamper(own_database, "UPDATE archived_files SET subject = 'document:z' WHERE chain_index = 1")
    [named] = proof()
    assert named.startswith("archive ")
