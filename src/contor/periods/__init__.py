"""Periods: half-open runs of days, month arithmetic with an anchor day, instants and zones.

>>> from datetime import date
>>> january = Period(date(2024, 1, 31), add_months(date(2024, 1, 31), 1))
>>> str(january), january.days
('2024-01-31/2024-02-29', 29)
"""

from contor.periods.book_years import BOOK_YEARS
from contor.periods.months import add_months, anchored_periods
from contor.periods.period import Period

__all__ = ["BOOK_YEARS", "Period", "add_months", "anchored_periods"]
