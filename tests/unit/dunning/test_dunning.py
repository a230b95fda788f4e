"""Dunning: levels, thresholds, default interest across base rates, notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contor.dunning import charge, draft_notice, due_level, parse_procedure, standard_procedure
from contor.dunning.fees_and_interest import Debtor, default_interest, in_default_from
from contor.dunning.levels import PastNotice
from contor.errors import Refusal
from contor.ledger.open_items import OpenItem, open_receivable
from contor.money import Money
from contor.periods import Period

STANDARD = standard_procedure()
DUE = date(2026, 1, 10)


def item(
    amount: str = "100.00", currency: str = "EUR", due: date = DUE, number: str = "RE-1"
) -> OpenItem:
    gross = Money.of(amount, currency)
    return open_receivable(number, "10042", "Muster GmbH", due - timedelta(14), due, gross)


def level_on(day: int, last: PastNotice | None = None) -> int | None:
    due = due_level(STANDARD, [item()], DUE + timedelta(day), last)
    return due.level.number if due else None


def test_levels_come_in_order_and_in_time() -> None:
    assert [level_on(day) for day in (0, 4, 5)] == [None, None, 1]
    first = PastNotice(1, DUE + timedelta(5))
    assert [level_on(day, first) for day in (14, 15)] == [None, 2]
    second = PastNotice(2, DUE + timedelta(15))
    assert [level_on(day, second) for day in (29, 30)] == [None, 3]
    assert level_on(400, PastNotice(3, DUE + timedelta(30))) is None


def test_paid_disputed_and_small_sums_are_left_alone() -> None:
    later = DUE + timedelta(30)
    assert due_level(STANDARD, [replace(item(), open_amount=Money(0, "EUR"))], later) is None
    assert due_level(STANDARD, [item()], later, disputed={"RE-1"}) is None
    assert due_level(STANDARD, [item("4.99")], later) is None
    assert due_level(STANDARD, [item("5.00")], later) is not None


def test_thresholds_by_currency() -> None:
    campaign = parse_procedure(
        "id: lago\nversion: 1\nthresholds: {EUR: 150, USD: 100}\nlevels:\n"
        "  - {number: 1, days_overdue: 1, days_since_last: 0, fee: 0, interest: none,"
        " lump_sum: false, pay_within: 7}\n"
        "  - {number: 2, days_overdue: 1, days_since_last: 2, fee: 0, interest: none,"
        " lump_sum: false, pay_within: 7}\n"
    )
    on = DUE + timedelta(10)
    assert due_level(campaign, [item("149.00")], on) is None
    assert due_level(campaign, [item("120.00", "USD")], on) is not None
    assert due_level(campaign, [item("149.00"), item("10.00", number="RE-2")], on) is not None
    assert due_level(campaign, [item("160.00")], on, PastNotice(1, on - timedelta(1))) is None
    again = due_level(campaign, [item("160.00")], on, PastNotice(1, on - timedelta(2)))
    assert again is not None
    assert due_level(campaign, [item("160.00")], on, PastNotice(2, on - timedelta(9))) is None


def test_interest_changes_with_the_base_rate() -> None:
    year = Period(date(2025, 1, 1), date(2026, 1, 1))
    parts = default_interest(Money.of("10000.00", "EUR"), year, business=True)
    assert [(part.period.days, str(part.percent)) for part in parts] == [
        (181, "11.27"),
        (184, "10.27"),
    ]
    exact = Decimal(10000) * (Decimal("11.27") * 181 + Decimal("10.27") * 184) / 36500
    assert abs(sum((part.amount for part in parts), Decimal(0)) - exact) < Decimal("0.0002")
    consumer = default_interest(Money.of("10000.00", "EUR"), year, business=False)
    assert [str(part.percent) for part in consumer] == ["7.27", "6.27"]


def test_who_is_in_default_from_when() -> None:
    owed = item()
    assert in_default_from(owed, Debtor(business=True)) == date(2026, 2, 10)
    assert in_default_from(owed, Debtor(business=False)) is None
    assert in_default_from(owed, Debtor(business=False, notice_printed=True)) == date(2026, 2, 10)
    reminded = Debtor(business=False, reminded_on=date(2026, 1, 20))
    assert in_default_from(owed, reminded) == date(2026, 1, 21)


def test_the_lump_sum_is_for_businesses_and_once() -> None:
    level = STANDARD.levels[1]
    on = date(2026, 3, 10)
    business = Debtor(business=True, reminded_on=date(2026, 1, 20))
    charges = charge(level, (item(),), business, on)
    assert charges.lump_sum == Money.of("40.00", "EUR")
    assert charges.interest == Money.of("1.38", "EUR")
    assert not charge(level, (item(),), business, on, lump_sum_charged=True).lump_sum
    consumer = replace(business, business=False)
    assert not charge(level, (item(),), consumer, on).lump_sum


def test_a_base_rate_that_is_not_loaded_is_said_not_guessed() -> None:
    debtor = Debtor(business=True, reminded_on=date(2026, 1, 20))
    late = date(2026, 8, 1)
    with pytest.raises(Refusal) as refusal:
        charge(STANDARD.levels[1], (item(),), debtor, late)
    assert refusal.value.code == "no_value_for_date"
    due = due_level(STANDARD, [item()], late, PastNotice(1, date(2026, 1, 20)))
    assert due is not None
    notice = draft_notice(due, debtor, late)
    assert not notice.charges.interest
    assert [finding.code for finding in notice.findings] == ["no_value_for_date"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "1. Mahnung"),
        ("en", "Reminder no. 1"),
        ("it", "1° sollecito"),
    ],
)
def test_notices_say_what_is_claimed(language: str, title: str) -> None:
    on = date(2026, 3, 10)
    due = due_level(STANDARD, [item()], on, PastNotice(1, date(2026, 1, 20)))
    assert due is not None
    notice = draft_notice(due, Debtor(business=True, reminded_on=date(2026, 1, 20)), on, language)
    assert notice.title == title
    assert notice.total == Money.of("143.88", "EUR")
    assert "RE-1" in notice.text
    assert notice.key == "dunning:10042:2:RE-1"


@pytest.mark.parametrize("text", ["id: x", "a: 1", "id: x\nversion: 1\nlevels: 3"])
def test_procedures_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_procedure(text)
    assert refusal.value.code == "procedure_unreadable"
