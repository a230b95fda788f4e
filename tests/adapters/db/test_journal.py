"""The journal: checked, numbered without gaps, reversed once, quick."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contor.errors import Refusal
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.fiscal_period import FiscalPeriod
from contor.money import Money
from contor.periods import Period
from tests.support.databases import NOON, Books

DAY = date(2026, 3, 2)


def purchase(cents: int = 11900, source: str = "", day: date = DAY) -> JournalEntry:
    tax = Money(cents * 19 // 119, "EUR")
    gross = Money(cents, "EUR")
    lines = (
        JournalLine("4964", gross - tax, "Rack", cost_centre="110", tax_code="V19"),
        JournalLine("1576", tax),
        JournalLine("1600", -gross, party="70001"),
    )
    return JournalEntry(day, "Rack 7", lines, source, "R-4711", date(2026, 2, 27))


def test_an_entry_comes_back_as_it_was_posted(books: Books) -> None:
    entry = purchase(source="document:1")
    with books.store.unit_of_work(books.tenant.id) as uow:
        posted = uow.journal.post(entry, actor="anna", at=NOON)
        assert (posted.number, posted.period) == ("2026-000001", "2026-03")
    with books.store.reading(books.tenant.id) as uow:
        record = uow.journal.get("2026-000001")
        assert record.posted == posted
        assert record.posted.entry == entry
        assert (record.actor, record.posted_at, record.reversed_by) == ("anna", NOON, "")
        assert uow.journal.by_source("document:1") == record
        assert uow.journal.by_source("document:2") is None
        assert uow.journal.all(start=DAY, end=date(2026, 3, 3)) == [record]
        assert uow.journal.all(start=date(2026, 3, 3)) == []


def test_a_source_is_posted_once_until_it_is_reversed(books: Books) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.journal.post(purchase(source="document:1"), actor="a", at=NOON)
        with pytest.raises(Refusal, match="posted_already"):
            uow.journal.post(purchase(source="document:1"), actor="a", at=NOON)
        back = uow.journal.reverse(
            "2026-000001", on=DAY, reason="Falsches Konto", actor="a", at=NOON
        )
        assert back.number == "2026-000002"
        with pytest.raises(Refusal, match="reversed_already"):
            uow.journal.reverse("2026-000001", on=DAY, reason="x", actor="a", at=NOON)
        again = uow.journal.post(purchase(source="document:1"), actor="a", at=NOON)
        assert again.number == "2026-000003"
        with pytest.raises(Refusal, match="posted_already"):
            uow.journal.post(purchase(source="document:1"), actor="a", at=NOON)
        assert uow.journal.get("2026-000001").reversed_by == "2026-000002"
        found = uow.journal.by_source("document:1")
        assert found is not None
        assert found.posted.number == "2026-000003"


def test_refused_entries_take_no_number(books: Books) -> None:
    euro = Money.of("1.00", "EUR")
    refused = {
        "entry_unbalanced": (JournalLine("4964", euro), JournalLine("1600", euro)),
        "account_unknown": (JournalLine("9999", euro), JournalLine("1600", -euro)),
        "account_closed": (JournalLine("4999", euro), JournalLine("1600", -euro)),
        "cost_centre_unknown": (
            JournalLine("4964", euro, cost_centre="999"),
            JournalLine("1600", -euro),
        ),
    }
    with books.store.unit_of_work(books.tenant.id) as uow:
        for code, lines in refused.items():
            with pytest.raises(Refusal, match=code):
                uow.journal.post(JournalEntry(DAY, "x", lines), actor="a", at=NOON)
        with pytest.raises(Refusal, match="period_unknown"):
            uow.journal.post(purchase(day=date(2027, 1, 1)), actor="a", at=NOON)
        uow.periods.close("2026-03", "anna", NOON)
        with pytest.raises(Refusal, match="period_closed"):
            uow.journal.post(purchase(), actor="a", at=NOON)
        uow.periods.reopen("2026-03", "anna", NOON)
        assert uow.journal.post(purchase(), actor="a", at=NOON).number == "2026-000001"


def test_each_fiscal_year_has_numbers_of_its_own(books: Books) -> None:
    year = FiscalPeriod("2027", Period(date(2027, 1, 1), date(2028, 1, 1)), 2027)
    with books.store.unit_of_work(books.tenant.id) as uow:
        uow.periods.save([year])
        days = (DAY, date(2027, 5, 1), DAY, date(2027, 6, 1))
        numbers = [uow.journal.post(purchase(day=day), actor="a", at=NOON).number for day in days]
    assert numbers == ["2026-000001", "2027-000001", "2026-000002", "2027-000002"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cents=st.lists(st.integers(min_value=100, max_value=10**9), min_size=1, max_size=6))
def test_the_trial_balance_is_zero_and_reversals_undo(books: Books, cents: list[int]) -> None:
    with books.store.unit_of_work(books.tenant.id) as uow:
        before = {row.account: row.balance for row in uow.views.trial_balance()}
        numbers = [uow.journal.post(purchase(c), actor="a", at=NOON).number for c in cents]
        rows = uow.views.trial_balance()
        assert sum(row.balance.minor for row in rows) == 0
        assert all(row.debit - row.credit == row.balance for row in rows)
        for number in numbers:
            uow.journal.reverse(number, on=DAY, reason="Storno", actor="a", at=NOON)
        after = {row.account: row.balance for row in uow.views.trial_balance() if row.balance}
        assert after == {account: balance for account, balance in before.items() if balance}


def test_a_thousand_entries_are_posted_quickly(books: Books) -> None:
    start = time.process_time()
    with books.store.unit_of_work(books.tenant.id) as uow:
        for index in range(200):
            uow.journal.post(purchase(source=f"document:{index}"), actor="a", at=NOON)
    assert (time.process_time() - start) * 5 < 10
