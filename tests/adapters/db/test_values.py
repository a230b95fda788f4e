"""Values come back as they were given, whatever strange text a damaged file brings."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from contor.adapters.file_archive import FileArchive
from contor.errors import Refusal
from contor.ledger.entry import JournalEntry, JournalLine
from contor.money import Money
from contor.ports.store_billing import InvoiceRecord, UsageEvent
from contor.ports.store_documents import Document, Reading
from contor.ports.store_review import LabelRecord
from contor.workflows.verify_books import verify
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)
STRANGE = "a\0b \ud83d c \u202e 😀 é"
QUICK = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_nul_and_half_surrogates_are_kept_as_far_as_possible(books: Books, tmp_path: Path) -> None:
    euro = Money.of("1.00", "EUR")
    lines = (JournalLine("4930", euro, STRANGE), JournalLine("1200", -euro))
    archive = FileArchive(tmp_path)
    sha256 = archive.put(b"x", "x")
    with books.store.unit_of_work(books.tenant.id) as uow:
        document = uow.documents.add(Document(sha256, STRANGE, "x", NOON, "inbox"))
        uow.readings.add(Reading(document.id, {"text": STRANGE}, NOON))
        uow.journal.post(JournalEntry(DAY, STRANGE, lines, STRANGE), actor="a", at=NOON)
        uow.invoices.add(InvoiceRecord("RE-1", "invoice", "1", DAY, euro, {"text": STRANGE}, NOON))
    with books.store.reading(books.tenant.id) as uow:
        assert uow.documents.get(document.id).filename == "a\ufffdb \ufffd c \u202e 😀 é"
        reading = uow.readings.latest(document.id)
        assert reading is not None
        assert reading.content == {"text": STRANGE}
        found = uow.journal.by_source(STRANGE)
        assert found is not None
        assert found.posted.entry.text == "a\ufffdb \ufffd c \u202e 😀 é"
        assert verify(uow, archive) == []


@QUICK
@given(text=st.text(max_size=50), quantity=st.decimals(allow_nan=False, allow_infinity=False))
def test_any_text_and_any_decimal(books: Books, text: str, quantity: Decimal) -> None:
    if abs(quantity.adjusted()) > 300:
        quantity = Decimal("0.1")
    with books.store.reading(books.tenant.id) as uow:
        label = LabelRecord(DAY, text, Money(1, "EUR"), text, columns={text: text})
        uow.labels.add([label])
        [found] = uow.labels.all()
        assert replace(found, id=0) == label or "\0" in text
        uow.usage.add([UsageEvent("u", NOON, "C", "m", quantity)])
        [event] = uow.usage.of_contract("C", NOON, NOON.replace(year=2027))
        assert event.quantity == quantity


@pytest.mark.parametrize("minor", [2**63, -(2**63) - 1, 10**40])
def test_amounts_out_of_all_proportion_are_refused(books: Books, minor: int) -> None:
    label = LabelRecord(DAY, "x", Money(minor, "EUR"), "4930")
    with (
        pytest.raises(Refusal, match="value_not_storable"),
        books.store.unit_of_work(books.tenant.id) as uow,
    ):
        uow.labels.add([label])


def test_instants_without_a_zone_are_errors(books: Books) -> None:
    naive = datetime(2026, 1, 1, 12, 0)  # noqa: DTZ001 - this is the point
    document = Document("c" * 64, "x", "x", naive, "inbox")
    with (
        books.store.reading(books.tenant.id) as uow,
        pytest.raises(StatementError, match="an instant has a zone"),
    ):
        uow.documents.add(document)
