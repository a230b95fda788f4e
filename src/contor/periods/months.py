"""Months: steps that remember their anchor day.

Clamping is never carried on: a contract of the 31st is due on 28 February and again on 31 March
(trap T10 of billing engines: stepping from the clamped day lets periods overlap or leaves gaps).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import count

from contor.periods.period import Period


def add_months(day: date, months: int, anchor_day: int | None = None) -> date:
    """The day ``months`` later (or earlier), on ``anchor_day`` or the month's last day.

    >>> add_months(date(2024, 2, 29), 1, anchor_day=31)
    datetime.date(2024, 3, 31)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    wanted = anchor_day if anchor_day is not None else day.day
    return date(year, month + 1, min(wanted, calendar.monthrange(year, month + 1)[1]))


def anchored_periods(start: date, months: int) -> Iterator[Period]:
    """Endless consecutive periods of ``months`` months from ``start``, without gap or overlap.

    >>> from itertools import islice
    >>> [str(p) for p in islice(anchored_periods(date(2024, 1, 31), 1), 2)]
    ['2024-01-31/2024-02-29', '2024-02-29/2024-03-31']
    """
    if months < 1:
        message = "a period lasts at least one month"
        raise ValueError(message)
    for step in count():
        yield Period(
            add_months(start, step * months, start.day),
            add_months(start, (step + 1) * months, start.day),
        )
