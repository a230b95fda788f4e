"""Contracts, usage, drafts, invoices."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_billing import ContractVersion, DraftRecord, InvoiceRecord, UsageEvent
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)


def test_the_contract_version_of_the_day(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        for first_day in (date(2026, 1, 1), date(2026, 7, 1)):
            uow.contracts.add(ContractVersion("C1", "10001", first_day, f"{first_day}", NOON))
        uow.contracts.add(ContractVersion("C2", "10002", date(2027, 1, 1), "later", NOON))
    with books.store.reading(books.tenant.id) as uow:
        assert [v.version for v in uow.contracts.versions("C1")] == [1, 2]
        current = uow.contracts.current("C1", date(2026, 6, 30))
        assert current is not None
        assert current.version == 1
        assert uow.contracts.current("C1", date(2025, 1, 1)) is None
        newest = uow.contracts.current("C1")
        assert newest is not None
        assert newest.text == "2026-07-01"
        assert [v.number for v in uow.contracts.all(date(2026, 8, 1))] == ["C1"]
        assert [v.number for v in uow.contracts.all()] == ["C1", "C2"]


def test_usage_counts_once_and_conflicts_are_refused(books: Books) -> None:
    event = UsageEvent("u1", NOON, "C1", "traffic", Decimal("0.123456789012"))
    with books.store.unit_of_work(books.tenant.id) as uow:
        later = replace(event, key="u2", timestamp=NOON + timedelta(hours=1))
        assert uow.usage.add([event, later, event]) == 2
        assert uow.usage.add([later]) == 0
        for wrong in ([replace(event, quantity=Decimal(1))], [later, replace(later, meter="x")]):
            with pytest.raises(Refusal, match="usage_conflict"):
                uow.usage.add(wrong)
    with books.store.reading(books.tenant.id) as uow:
        [found] = uow.usage.of_contract("C1", NOON, NOON + timedelta(hours=1))
        assert replace(found, id=0) == event


def test_a_draft_has_one_meaning(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        draft = uow.drafts.add(DraftRecord("C1:2026-03", {"net": "1.00"}, NOON))
        assert uow.drafts.add(DraftRecord("C1:2026-03", {"net": "2.00"}, NOON)) == draft
        assert uow.drafts.set_state(draft.id, "issued", NOON).state == "issued"
        assert uow.drafts.all("draft") == []
        assert uow.drafts.all() == [uow.drafts.get(draft.id)]


def test_invoices_come_back_as_issued(books: Books) -> None:
    invoice = InvoiceRecord(
        "RE-1",
        "invoice",
        "10001",
        DAY,
        Money.of("119.00", "EUR"),
        {"z": ["Größe"], "a": "1.00"},
        NOON,
        "anna",
        series="RE",
        sequence=1,
    )
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.invoices.add(invoice)
        with pytest.raises(Refusal, match="invoice_number_taken"):
            uow.invoices.add(invoice)
        credit = replace(invoice, number="GS-1", kind="credit_note", corrects="RE-1", sequence=2)
        uow.invoices.add(replace(credit, customer_number="10002"))
    with books.store.reading(books.tenant.id) as uow:
        assert uow.invoices.get(stored.id) == stored == uow.invoices.by_number("RE-1")
        assert len(stored.sha256) == 64
        assert [i.number for i in uow.invoices.all()] == ["RE-1", "GS-1"]
        assert [i.number for i in uow.invoices.all(customer_number="10002")] == ["GS-1"]
        assert [i.number for i in uow.views.invoices(size=1).rows] == ["GS-1"]


def test_floats_never_reach_an_invoice(books: Books) -> None:
    invoice = InvoiceRecord(
        "RE-1", "invoice", "1", DAY, Money.of("1.00", "EUR"), {"net": 1.1}, NOON
    )
    with books.store.reading(books.tenant.id) as uow, pytest.raises(TypeError):
        uow.invoices.add(invoice)
