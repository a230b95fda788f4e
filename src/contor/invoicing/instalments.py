"""Instalments: a sum in parts that add up exactly, due month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contor.errors import Refusal
from contor.money import Money
from contor.periods import add_months


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part: its ordinal from 1, its day, its amount."""

    number: int
    due_on: date
    amount: Money


def plan_instalments(total: Money, count: int, first: date) -> tuple[Instalment, ...]:
    """``count`` monthly instalments from ``first``; refuses ``instalments_wrong``.

    >>> [str(part.amount) for part in plan_instalments(Money.of("100", "EUR"), 3, date(2026, 1, 31))]
    ['33.34 EUR', '33.33 EUR', '33.33 EUR']
    """
    if count < 1 or total.minor < count:
        raise Refusal(
            "instalments_wrong",
            "{total} cannot be paid in {count} parts.",
            "Choose at least one part, and not more parts than cents.",
            total=str(total),
            count=count,
        )
    parts = total.allocate([1] * count)
    return tuple(
        Instalment(i + 1, add_months(first, i, first.day), part) for i, part in enumerate(parts)
    )
