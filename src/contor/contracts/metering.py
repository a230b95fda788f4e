"""Metering: the one quantity that a period's events stand for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from contor.contracts.price_plan import Aggregate
from contor.contracts.usage import UsageEvent, in_period
from contor.money import round_half_up
from contor.periods import Period

QUANTITY_DIGITS = 6


def metered_quantity(
    usage: Sequence[tuple[date, UsageEvent]], period: Period, full: Period, aggregate: Aggregate
) -> Decimal:
    """The quantity of ``period``; ``usage`` is all of the meter's events up to its end.

    ``sum`` adds; ``max`` is the peak sample; ``last`` the youngest sample; ``p95`` the sample
    below which 95 % lie (the top 5 % fall away, as transit is billed); ``time_weighted`` reads
    events as changes of a level and gives unit-periods: the level of each day over the days of
    the full period.
    """
    if aggregate == "time_weighted":
        return _time_weighted(usage, period, full)
    samples = [event.quantity for event in in_period(usage, period)]
    if not samples:
        return Decimal(0)
    if aggregate == "sum":
        return sum(samples, Decimal(0))
    if aggregate == "max":
        return max(samples)
    if aggregate == "last":
        return samples[-1]
    return percentile_95(samples)


def percentile_95(samples: Sequence[Decimal]) -> Decimal:
    """The 95th percentile by nearest rank: the largest sample after the top 5 % fell away.

    >>> percentile_95([Decimal(n) for n in range(1, 101)])
    Decimal('95')
    """
    ranked = sorted(samples)
    return ranked[-(-95 * len(ranked) // 100) - 1]


def _time_weighted(
    usage: Sequence[tuple[date, UsageEvent]], period: Period, full: Period
) -> Decimal:
    unit_days = Fraction(0)
    level = Fraction(0)
    since = period.start
    for day, event in usage:
        at = min(max(day, period.start), period.end)
        unit_days += level * (at - since).days
        since, level = at, level + Fraction(event.quantity)
    unit_days += level * (period.end - since).days
    mean = unit_days / full.days
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return round_half_up(exact, QUANTITY_DIGITS).normalize() + Decimal(0)
