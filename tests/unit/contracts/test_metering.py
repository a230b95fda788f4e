"""Usage events to quantities: zones, duplicates, peaks, time-weighted levels."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from contor.contracts.metering import metered_quantity, percentile_95
from contor.contracts.price_plan import Aggregate
from contor.contracts.usage import UsageEvent, parse_usage, usage_of
from contor.periods import Period

HEAD = "id,timestamp,contract,meter,quantity\n"
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


def events(*rows: tuple[str, str]) -> list[UsageEvent]:
    return [
        UsageEvent(str(i), datetime.fromisoformat(f"{day}T12:00:00+00:00"), "C", "m", Decimal(q))
        for i, (day, q) in enumerate(rows)
    ]


def quantity(rows: list[UsageEvent], period: Period, aggregate: Aggregate) -> Decimal:
    chosen = usage_of(rows, "C", "m", "UTC", period.end)
    return metered_quantity(chosen, period, period, aggregate)


def test_time_weighted_levels() -> None:
    rows = events(("2026-03-05", "2500"), ("2026-04-04", "-2000"), ("2026-04-06", "-200"))
    assert round(quantity(rows, MARCH, "time_weighted"), 2) == Decimal("2177.42")
    assert round(quantity(rows, APRIL, "time_weighted"), 2) == Decimal("533.33")


def test_sums_peaks_and_last() -> None:
    rows = events(
        ("2026-02-28", "9"), ("2026-03-01", "3"), ("2026-03-31", "2"), ("2026-04-01", "7")
    )
    assert quantity(rows, MARCH, "sum") == 5
    assert quantity(rows, MARCH, "max") == 3
    assert quantity(rows, MARCH, "last") == 2
    assert quantity([], MARCH, "p95") == 0


def test_the_top_five_percent_fall_away() -> None:
    assert percentile_95([Decimal(1)] * 19 + [Decimal(100)]) == 1
    assert percentile_95([Decimal(1)] * 18 + [Decimal(100)] * 2) == 100
    assert percentile_95([Decimal(4)]) == 4


def test_an_event_belongs_to_the_day_of_the_customers_zone() -> None:
    late = UsageEvent("1", datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "C", "m", Decimal(1))
    assert late.day("Europe/Berlin") == date(2026, 4, 1)
    assert late.day("UTC") == date(2026, 3, 31)
    spring = UsageEvent("2", datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "C", "m", Decimal(1))
    assert spring.day("Europe/Berlin") == date(2026, 3, 29)


def test_the_same_event_counts_once_and_another_content_is_refused() -> None:
    row = "u1,2026-03-01T00:00:00+01:00,C,m,5\n"
    table = parse_usage((HEAD + row + row + row.replace(",5", ",6")).splitlines(keepends=True))
    assert [event.quantity for event in table.events] == [5]
    assert table.repeated == 1
    assert [(row, refusal.code) for row, refusal in table.refused] == [(4, "usage_conflict")]


@pytest.mark.parametrize(
    "row",
    [
        "u1,2026-03-01T00:00:00,C,m,5",
        "u1,yesterday,C,m,5",
        "u1,2026-03-01T00:00:00Z,C,m,1e99999",
        "u1,2026-03-01T00:00:00Z,C,m,1e-99999",
        "u1,2026-03-01T00:00:00Z,C,m,NaN",
        "u1,2026-03-01T00:00:00Z,C,m,",
        ",2026-03-01T00:00:00Z,C,m,5",
    ],
)
def test_bad_rows_are_refused_one_by_one(row: str) -> None:
    good = "g,2026-03-01T00:00:00Z,C,m,1\n"
    table = parse_usage((HEAD + row + "\n" + good).splitlines(keepends=True))
    assert [event.id for event in table.events] == ["g"]
    assert [refusal.code for _, refusal in table.refused] == ["usage_unreadable"]
