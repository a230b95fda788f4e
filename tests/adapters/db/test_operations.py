"""Outbox, runs, settings, archive index, parties, tax codes, open items."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contor.errors import Refusal
from contor.ledger.clearing import Clearing, take_back
from contor.ledger.discount_terms import parse_discount_terms
from contor.ledger.open_items import (
    TaxShare,
    open_credit_note,
    open_payable,
    open_receivable,
)
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.ports.store_operations import ArchivedFile, OutboxMessage
from contor.ports.store_people import AddressRecord, PartyBankAccount, PartyRecord
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def test_a_message_is_queued_once_and_its_attempts_counted(books: Books) -> None:
    message = OutboxMessage("invoice:RE-1:mail", "mail", {"to": "a@b.de"}, NOON)
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.outbox.add(message)
        assert uow.outbox.add(message) == stored
        uow.outbox.set_state(stored.id, "sending", NOON)
        failed = uow.outbox.set_state(stored.id, "failed", NOON, "no route")
        assert (failed.attempts, failed.detail) == (1, "no route")
        assert uow.outbox.waiting("mail") == [failed]
        assert uow.outbox.waiting("print") == []
        uow.outbox.set_state(stored.id, "sending", NOON)
        assert uow.outbox.set_state(stored.id, "sent", NOON).attempts == 2
        assert uow.outbox.waiting() == []
        assert len(uow.outbox.all()) == 1


def test_runs_are_started_once_and_end_with_a_report(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        run = uow.runs.start("billing:1:2026-03", "billing", NOON, {"as_of": "2026-03-31"})
        assert uow.runs.start("billing:1:2026-03", "billing", NOON) == run
        done = uow.runs.record(run.id, "done", NOON + timedelta(seconds=5), {"issued": 3})
        assert (done.state, done.report) == ("done", {"issued": 3})
        assert uow.runs.recent("billing") == [done]
        with pytest.raises(Refusal, match="run_unknown"):
            uow.runs.record("x", "done", NOON)
        assert uow.settings.add("policy", {"v": 1}, "anna", NOON) == 1
        assert uow.settings.add("policy", {"v": 2}, "anna", NOON) == 2
        assert uow.settings.current("policy") == {"v": 2}


def test_a_file_is_indexed_once_per_subject(books: Books) -> None:
    file = ArchivedFile("a" * 64, 5, "text/plain", "document", "document:1", NOON, "a.txt")
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.archive_index.add(file)
        assert uow.archive_index.add(file) == stored
        uow.archive_index.add(replace(file, subject="document:2"))
        assert [f.subject for f in uow.archive_index.by_sha256("a" * 64)] == [
            "document:1",
            "document:2",
        ]
        assert uow.archive_index.about("document:1") == [stored]
        assert uow.chains.tail("archive").count == len(uow.archive_index.all()) == 2


def test_a_party_is_replaced_whole_and_sees_its_accounts(books: Books) -> None:
    party = PartyRecord(
        "70001",
        "Rack AG",
        "supplier",
        aliases=("rack.example",),
        addresses=(AddressRecord("Weg 1", "10115", "Berlin", "DE"),),
        vat_ids=("DE123456789",),
        bank_accounts=(PartyBankAccount("DE02", "", DAY, DAY),),
        details={"terms": "14"},
    )
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.parties.save(party)
        assert replace(stored, id=0) == party
        moved = replace(party, addresses=(), name="Rack SE", kind="both")
        assert uow.parties.save(moved).id == stored.id
        assert uow.parties.get(stored.id).addresses == ()
        uow.parties.saw_bank_account(stored.id, "DE02", "BIC", date(2026, 5, 1))
        uow.parties.saw_bank_account(stored.id, "DE03", "", DAY)
        accounts = uow.parties.get(stored.id).bank_accounts
        assert accounts[0] == PartyBankAccount("DE02", "BIC", DAY, date(2026, 5, 1))
        assert [a.iban for a in accounts] == ["DE02", "DE03"]
        many = [PartyRecord(f"1{i:04d}", f"Kunde {i}", "customer") for i in range(1200)]
        assert uow.parties.save_many(many) == 1200
        assert len(uow.parties.all("customer")) == 1201
        assert [p.name for p in uow.parties.all("supplier")] == ["Rack SE"]
        assert uow.parties.by_number("none") is None


def test_tax_codes_hold_on_their_days(books: Books) -> None:
    codes = [
        TaxCode("V19", "19", Decimal("19.00"), "input", "S", date(2007, 1, 1), date(2020, 6, 30)),
        TaxCode("V19", "19", Decimal("19.00"), "input", "S", date(2021, 1, 1)),
    ]
    with books.store.unit_of_work(books.tenant.id) as uow:
        assert uow.tax_codes.save(codes) == 2
    with books.store.reading(books.tenant.id) as uow:
        assert uow.tax_codes.all() == tuple(codes)
        assert uow.tax_codes.get("V19", DAY) == codes[1]
        with pytest.raises(Refusal, match="tax_code_not_valid"):
            uow.tax_codes.get("V19", date(2020, 12, 1))


def test_what_remains_of_an_item_follows_from_its_clearings(books: Books) -> None:
    item = replace(
        open_receivable("RE-1", "10001", "Kunde", DAY, DAY + timedelta(days=14), euro("119.00")),
        discount_terms=parse_discount_terms("7:2.00"),
        tax_shares=(TaxShare("U19", Decimal("19.00"), euro("119.00")),),
        account="1400",
    )
    with books.store.unit_of_work(books.tenant.id) as uow:
        stored = uow.open_items.add(item)
        assert replace(stored, id=0) == item
        with pytest.raises(Refusal, match="open_item_exists"):
            uow.open_items.add(item)
        first = Clearing(stored.id, DAY, euro("100.00"), payment="bank_line:1")
        assert uow.open_items.clear(first, actor="a", at=NOON).open_amount == euro("19.00")
        with pytest.raises(Refusal, match="more_than_open"):
            uow.open_items.clear(first, actor="a", at=NOON)
        last = Clearing(stored.id, DAY, euro("16.62"), discount=euro("2.38"))
        assert uow.open_items.clear(last, actor="a", at=NOON).settled
        assert uow.open_items.open() == []
        assert uow.open_items.all(settled=False) == []
        back = Clearing(stored.id, DAY, euro("-100.00"), payment="bank_line:2")
        assert uow.open_items.clear(back, actor="a", at=NOON).open_amount == euro("100.00")
        with pytest.raises(Refusal, match="more_than_cleared"):
            uow.open_items.clear(back, actor="a", at=NOON)
        assert uow.open_items.clearings(stored.id) == [first, last, back]
        assert uow.open_items.clearings_of("bank_line:1") == [first]
        undone = uow.open_items.clear(take_back(last, DAY), actor="a", at=NOON)
        assert undone.open_amount == euro("119.00")
        assert uow.open_items.by_number("RE-1", "10001") == uow.open_items.open("receivable")


def test_the_dashboard_nets_credit_notes_and_counts_what_is_late(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.open_items.add(open_receivable("RE-1", "1", "K", DAY, DAY, euro("100.00")))
        uow.open_items.add(open_receivable("RE-2", "1", "K", DAY, date(2027, 1, 1), euro("50.00")))
        uow.open_items.add(open_credit_note("GS-1", "1", "K", DAY, euro("20.00"), "receivable"))
        uow.open_items.add(open_payable("ER-1", "7", "L", DAY, DAY, euro("30.00")))
    with books.store.reading(books.tenant.id) as uow:
        board = uow.views.dashboard(date(2026, 4, 1))
        assert (board.receivable, board.payable, board.overdue) == (
            (euro("130.00"),),
            (euro("30.00"),),
            (euro("100.00"),),
        )
        page = uow.views.open_items("receivable", size=1)
        assert (page.rows[0].number, page.total) == ("RE-1", 2)
        assert [i.number for i in uow.open_items.open(party_number="7")] == ["ER-1"]
