"""The base rate of § 247 BGB: Bundesbank, new on 1 January and 1 July.

A half-year that is not loaded is a refusal, never the last one carried on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from contor.periods import Period
from contor.rules.pack import read_pack, row_on


def base_rate(on: date) -> Decimal:
    """Percent per year on the day; refuses ``no_value_for_date``.

    >>> str(base_rate(date(2025, 3, 1)))
    '2.27'
    """
    return Decimal(row_on(read_pack("base_rates")["rates"], on, "base rate (§ 247 BGB)")["percent"])


def base_rate_stretches(period: Period) -> Iterator[tuple[Period, Decimal]]:
    """The period cut where the base rate can change, each part with its rate."""
    start = period.start
    while start < period.end:
        border = date(start.year, 7, 1) if start.month < 7 else date(start.year + 1, 1, 1)
        end = min(border, period.end)
        yield Period(start, end), base_rate(end - timedelta(days=1))
        start = end
