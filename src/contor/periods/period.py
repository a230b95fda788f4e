"""The Period value: ``[start, end)`` in calendar days of one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from contor.errors import Refusal


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to before ``end``; never empty, never backwards."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise Refusal(
                "period_empty",
                "A period from {start} to before {end} has no day.",
                "The end is the first day that no longer belongs to it.",
                start=self.start,
                end=self.end,
            )

    @property
    def days(self) -> int:
        """Number of calendar days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that still belongs to the period, as printed on invoices (BT-74)."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def intersection(self, other: Self) -> Self | None:
        """The days both share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return type(self)(start, end) if start < end else None

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"
