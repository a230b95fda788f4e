"""Worked proration figures (V1-V29): published by other engines, or derived from the rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.contracts.change import settle_change
from contor.contracts.proration import ProrationPolicy, first_anchor, full_period, prorate
from contor.errors import Refusal
from contor.money import Money
from contor.periods import Period


def period(text: str) -> Period:
    start, end = text.split("/")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


@pytest.mark.parametrize(
    ("part", "full", "policy", "share"),
    [
        ("2023-05-23/2023-06-15", "2023-05-15/2023-06-15", "actual_days", Fraction(23, 31)),
        ("2023-02-23/2023-03-15", "2023-02-15/2023-03-15", "actual_days", Fraction(20, 28)),
        ("2023-05-23/2023-06-15", "2023-05-15/2023-06-15", "fixed_30", Fraction(22, 30)),
        ("2023-02-23/2023-03-15", "2023-02-15/2023-03-15", "fixed_30", Fraction(22, 30)),
        ("2023-02-23/2023-03-15", "2023-02-15/2023-03-15", "fixed_28", Fraction(20, 28)),
        ("2023-05-15/2023-05-23", "2023-05-15/2023-06-15", "fixed_30", Fraction(8, 30)),
        ("2025-10-08/2026-01-01", "2025-10-01/2026-01-01", "actual_days", Fraction(85, 92)),
        ("2026-01-13/2026-02-01", "2026-01-01/2026-02-01", "actual_days", Fraction(19, 31)),
        ("2026-01-13/2026-02-01", "2026-01-01/2026-02-01", "none", Fraction(1)),
    ],
)
def test_shares(part: str, full: str, policy: ProrationPolicy, share: Fraction) -> None:
    assert prorate(period(part), period(full), policy) == share


def test_ovh_order_on_the_thirteenth() -> None:
    share = prorate(period("2026-01-13/2026-02-01"), period("2026-01-01/2026-02-01"))
    assert euro("30.00").times(Decimal(share.numerator) / share.denominator) == euro("18.39")


@pytest.mark.parametrize(
    ("day", "anchor", "expected"),
    [
        ("2011-02-01", 13, "2011-01-13/2011-02-13"),
        ("2011-02-14", 27, "2011-01-27/2011-02-27"),
        ("2011-02-14", 31, "2011-01-31/2011-02-28"),
        ("2024-02-28", 31, "2024-01-31/2024-02-29"),
        ("2024-02-29", 31, "2024-02-29/2024-03-31"),
    ],
)
def test_the_anchored_period_around_a_day(day: str, anchor: int, expected: str) -> None:
    start = date.fromisoformat(day)
    first = first_anchor(start, 1, anchor, None)
    assert full_period(start, 1, anchor, first) == period(expected)


def test_quarters_of_the_calendar() -> None:
    first = first_anchor(date(2025, 10, 8), 3, 1, 1)
    assert first == date(2026, 1, 1)
    assert full_period(date(2025, 10, 8), 3, 1, first) == period("2025-10-01/2026-01-01")


@pytest.mark.parametrize(
    ("paid", "new", "on", "span", "credit", "debit"),
    [
        ("100", "300", "2026-06-16", "2026-06-01/2026-07-01", "-50.00", "150.00"),
        ("100", "300", "2026-06-11", "2026-06-01/2026-07-01", "-66.67", "200.00"),
        ("100", "300", "2024-02-25", "2024-02-18/2024-03-18", "-75.86", "227.59"),
        ("10", "20", "2026-06-16", "2026-06-01/2026-07-01", "-5.00", "10.00"),
        ("300", "600", "2026-06-30", "2026-06-01/2026-07-01", "-10.00", "20.00"),
        ("50", "100", "2026-06-16", "2026-06-01/2026-07-01", "-25.00", "50.00"),
    ],
)
def test_changes_in_mid_period(
    paid: str, new: str, on: str, span: str, credit: str, debit: str
) -> None:
    done = settle_change(euro(paid), euro(new), date.fromisoformat(on), period(span))
    assert (done.credit, done.debit) == (euro(credit), euro(debit))


def test_changes_of_the_billing_cycle() -> None:
    june = period("2026-06-01/2026-07-01")
    done = settle_change(euro("100"), euro("1000"), date(2026, 6, 16), june, restart=True)
    assert (done.credit, done.debit) == (euro("-50.00"), euro("1000.00"))
    year = period("2025-06-01/2026-06-01")
    done = settle_change(euro("1000"), euro("100"), date(2025, 8, 13), year, restart=True)
    assert (done.credit, done.debit) == (euro("-800.00"), euro("100.00"))
    leap = period("2024-02-18/2025-02-18")
    done = settle_change(euro("1000"), euro("100"), date(2024, 4, 19), leap, restart=True)
    assert done.credit == euro("-833.33")
    done = settle_change(euro("2399.95"), euro("249.95"), date(2025, 6, 1), year, restart=True)
    assert (done.credit, done.net) == (euro("-2399.95"), euro("-2150.00"))


def test_a_credit_never_exceeds_what_is_left() -> None:
    may = period("2012-05-01/2012-06-01")
    done = settle_change(
        euro("249.95"), euro("9.95"), date(2012, 5, 2), may, credited_before=euro("10.00")
    )
    assert (done.credit, done.debit) == (euro("-239.95"), euro("9.63"))
    assert done.net + euro("-10.00") - euro("-10.00") == euro("-230.32")


def test_seats_removed_and_added_net() -> None:
    june = period("2026-06-01/2026-07-01")
    on = date(2026, 6, 16)
    parts = (("100", "200"), ("30", "0"), ("0", "50"))
    total = sum((settle_change(euro(a), euro(b), on, june).net for a, b in parts), euro("0"))
    assert total == euro("60.00")


def test_a_part_outside_its_period_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        prorate(period("2026-01-01/2026-03-01"), period("2026-01-01/2026-02-01"))
    assert refusal.value.code == "part_outside_period"


@given(
    day=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    start=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    anchor=st.integers(1, 31),
    months=st.sampled_from([1, 2, 3, 6, 12]),
)
def test_anchored_periods_cover_every_day_once(
    day: date, start: date, anchor: int, months: int
) -> None:
    first = first_anchor(start, months, anchor, None)
    found = full_period(day, months, anchor, first)
    assert day in found
    assert full_period(found.last_day, months, anchor, first) == found
    assert full_period(found.end, months, anchor, first).start == found.end


@given(cut=st.integers(1, 29), policy=st.sampled_from(["actual_days", "fixed_30"]))
def test_the_shares_of_a_period_add_up(cut: int, policy: ProrationPolicy) -> None:
    full = period("2026-06-01/2026-07-01")
    border = date(2026, 6, 1 + cut)
    left = prorate(Period(full.start, border), full, policy)
    right = prorate(Period(border, full.end), full, policy)
    assert left + right == 1
