"""Fiscal periods: months of a fiscal year, open or closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from contor.errors import Refusal
from contor.periods import Period, add_months

PeriodState = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """A period of a fiscal year. ``name`` is unique, such as ``2026-09``."""

    name: str
    period: Period
    fiscal_year: int
    state: PeriodState = "open"

    def closed(self) -> FiscalPeriod:
        """The same period, closed."""
        return replace(self, state="closed")

    def reopened(self) -> FiscalPeriod:
        """The same period, open."""
        return replace(self, state="open")


def fiscal_year(year: int, first_month: int = 1) -> tuple[FiscalPeriod, ...]:
    """The twelve months of a fiscal year that begins in ``first_month`` of ``year``.

    >>> months = fiscal_year(2026)
    >>> len(months), months[8].name, str(months[1].period)
    (12, '2026-09', '2026-02-01/2026-03-01')
    """
    first = date(year, first_month, 1)
    starts = [add_months(first, step) for step in range(13)]
    return tuple(
        FiscalPeriod(f"{start:%Y-%m}", Period(start, end), year) for start, end in pairwise(starts)
    )


def find_period(periods: Iterable[FiscalPeriod], day: date) -> FiscalPeriod:
    """The period the day belongs to; refuses ``period_unknown``."""
    for period in periods:
        if day in period.period:
            return period
    raise Refusal(
        "period_unknown",
        "There is no fiscal period for {day}.",
        "Set up the fiscal year first.",
        day=day.isoformat(),
    )


def open_period(periods: Iterable[FiscalPeriod], day: date) -> FiscalPeriod:
    """The period of the day if it is open; refuses ``period_unknown``, ``period_closed``."""
    period = find_period(periods, day)
    if period.state == "closed":
        raise Refusal(
            "period_closed",
            "The period {period} is closed.",
            "Reopen the period or choose a later booking date.",
            period=period.name,
        )
    return period
