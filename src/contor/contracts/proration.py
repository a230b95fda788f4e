"""Proration: the share of a period that was served, as an exact fraction.

Periods are half-open. The full period is the anchored one the part lies in, so that the clamped
28 February counts 28 days from 31 January (never stepped back from the clamped day).

>>> from datetime import date
>>> prorate(Period(date(2023, 5, 23), date(2023, 6, 15)), Period(date(2023, 5, 15), date(2023, 6, 15)))
Fraction(23, 31)
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from contor.errors import Refusal
from contor.periods import Period, add_months

ProrationPolicy = Literal["actual_days", "fixed_30", "fixed_28", "none"]


def prorate(
    part: Period, full: Period, policy: ProrationPolicy = "actual_days", months: int = 1
) -> Fraction:
    """The share of ``full`` (``months`` long) that ``part`` is.

    ``fixed_30`` and ``fixed_28`` count months of that many days on both sides; ``none`` charges a
    period begun in full.
    """
    if part.start < full.start or part.end > full.end:
        raise Refusal(
            "part_outside_period",
            "{part} does not lie in {full}.",
            "Prorate each period by itself.",
            part=part,
            full=full,
        )
    if part == full or policy == "none":
        return Fraction(1)
    if policy == "actual_days":
        return Fraction(part.days, full.days)
    length = 30 if policy == "fixed_30" else 28
    return min(Fraction(1), Fraction(_fixed_days(part, length), months * length))


def _fixed_days(part: Period, length: int) -> int:
    """Days of the part where every month has ``length`` days."""
    start, end = part.start, part.end
    months = (end.year - start.year) * 12 + end.month - start.month
    return months * length + min(end.day, length) - min(start.day, length)


def first_anchor(start: date, months: int, anchor_day: int, anchor_month: int | None) -> date:
    """The first day on or after ``start`` on which a full period begins.

    ``anchor_month`` aligns periods of several months to the calendar: 1 with three months gives
    calendar quarters.
    """
    first = add_months(start, 0, anchor_day)
    if first < start:
        first = add_months(start, 1, anchor_day)
    while anchor_month is not None and (first.month - anchor_month) % months:
        first = add_months(first, 1, anchor_day)
    return first


def full_period(day: date, months: int, anchor_day: int, first: date) -> Period:
    """The anchored period of ``months`` months that has ``day``; one of them begins on ``first``.

    >>> str(full_period(date(2011, 2, 14), 1, 31, date(2011, 2, 28)))
    '2011-01-31/2011-02-28'
    """
    distance = (day.year - first.year) * 12 + day.month - first.month
    step = distance // months
    while add_months(first, step * months, anchor_day) > day:
        step -= 1
    while add_months(first, (step + 1) * months, anchor_day) <= day:
        step += 1
    return Period(
        add_months(first, step * months, anchor_day),
        add_months(first, (step + 1) * months, anchor_day),
    )
