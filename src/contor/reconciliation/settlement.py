"""How a sum of open items meets the money of a line: exactly, less a discount, a fee, cents.

All amounts are signed minor units from our side; ``money`` is the line's, ``values`` the items'
open values. Deductions are positive and shrink an item's money towards zero.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contor.reconciliation.item import OpenItem
from contor.reconciliation.terms import deadline, discount_of, discounts


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What may be missing: ``write_off`` minor units in all, ``fee`` minor units of bank charges.

    ``late_days`` is the grace for a discount taken after its deadline (a suggestion, never sure).
    """

    write_off: int = 5
    fee: int = 3000
    late_days: int = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One item's share: its position in the index, money, and deductions."""

    position: int
    money: int
    discount: int = 0
    fee: int = 0
    write_off: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """Parts that take all of the money but ``residual``; ``how`` names the way they meet it."""

    parts: tuple[Part, ...]
    how: str
    residual: int = 0


def settle(
    positions: Sequence[int],
    values: Sequence[int],
    items: Sequence[OpenItem],
    money: int,
    paid: date,
    limits: Tolerances,
    *,
    charged: bool = False,
) -> Settlement | None:
    """The best way in which exactly these items explain ``money``; None where there is none.

    ``charged``: the texts speak of charges, so that a fee is plausible.
    """
    total = sum(values[p] for p in positions)
    if total == money:
        return Settlement(tuple(Part(p, values[p]) for p in positions), "exact")
    sign = 1 if money > 0 else -1
    short = (total - money) * sign
    if short <= 0:
        return None
    discounted = _with_discounts(positions, values, items, short, sign, paid)
    if discounted:
        return discounted
    mains = [p for p in positions if values[p] * sign > 0]
    if not mains:
        return None
    first = max(mains, key=lambda p: (abs(values[p]), -p))
    if short <= limits.write_off:
        return _less(positions, values, first, short, sign, "tolerance")
    late = _late_discount(positions, values, items, short, sign, paid, limits)
    if late:
        return late
    if charged and short <= min(limits.fee, abs(total) // 5):
        return _less(positions, values, first, short, sign, "fee")
    return None


def _less(
    positions: Sequence[int], values: Sequence[int], first: int, short: int, sign: int, how: str
) -> Settlement:
    """All items in full, but ``first`` is short by a fee or a write-off."""
    parts = tuple(
        Part(
            p,
            values[p] - (sign * short if p == first else 0),
            fee=short if p == first and how == "fee" else 0,
            write_off=short if p == first and how == "tolerance" else 0,
        )
        for p in positions
    )
    return Settlement(parts, how)


def _with_discounts(
    positions: Sequence[int],
    values: Sequence[int],
    items: Sequence[OpenItem],
    short: int,
    sign: int,
    paid: date,
) -> Settlement | None:
    """Discounts allowed on the day that make up exactly what is short (at most eight items)."""
    choices = [
        (0, *discounts(items[p].terms, abs(values[p]), items[p].issue_date, paid))
        if values[p] * sign > 0
        else (0,)
        for p in positions
    ]
    best = [choice[1] if len(choice) > 1 else 0 for choice in choices]
    options = [tuple(best)] if len(positions) > 8 else itertools.product(*choices)
    for taken in options:
        if abs(sum(taken) - short) <= (1 if len(positions) > 1 else 0) and any(taken):
            rest = short - sum(taken)
            return _discounted(positions, values, taken, rest, sign, "discount")
    return None


def _discounted(
    positions: Sequence[int],
    values: Sequence[int],
    taken: Sequence[int],
    rest: int,
    sign: int,
    how: str,
) -> Settlement:
    """``rest`` is a rounding cent of a discount taken on the sum: the first discount carries it."""
    parts = []
    for position, off in zip(positions, taken, strict=True):
        own = off + (rest if off else 0)
        rest = 0 if off else rest
        parts.append(Part(position, values[position] - sign * own, discount=own))
    return Settlement(tuple(parts), how)


def _late_discount(
    positions: Sequence[int],
    values: Sequence[int],
    items: Sequence[OpenItem],
    short: int,
    sign: int,
    paid: date,
    limits: Tolerances,
) -> Settlement | None:
    """A discount taken too late: the best tier of every item, within the days of grace."""
    taken = []
    for p in positions:
        item, value = items[p], abs(values[p])
        usable = [
            discount_of(term, value)
            for term in item.terms
            if item.issue_date
            and paid <= deadline(item.issue_date, term.days) + timedelta(days=limits.late_days)
        ]
        taken.append(usable[:2] if usable and values[p] * sign > 0 else [0])
    for choice in itertools.islice(itertools.product(*taken), 64):
        if sum(choice) == short:
            return _discounted(positions, values, choice, 0, sign, "late_discount")
    return None
