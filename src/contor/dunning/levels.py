"""Levels: which level of the procedure is due for a customer today, with which items.

Disputed items are left out; a sum below the threshold is not dunned; a level comes once, and after
the one before it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from contor.dunning.procedure import Level, Procedure
from contor.ledger.open_items import OpenItem
from contor.money import Money


@dataclass(frozen=True, slots=True)
class PastNotice:
    """The level a customer was last reminded at, and when."""

    level: int
    on: date


@dataclass(frozen=True, slots=True)
class DuePast:
    """A level that is due with the items it is about."""

    level: Level
    items: tuple[OpenItem, ...]

    @property
    def total(self) -> Money:
        """What is open on the items."""
        zero = Money(0, self.items[0].gross.currency)
        return sum((item.open_amount for item in self.items), zero)


def due_level(
    procedure: Procedure,
    items: Sequence[OpenItem],
    as_of: date,
    last: PastNotice | None = None,
    disputed: Collection[str] = (),
) -> DuePast | None:
    """The next level due for one customer's open items of one currency, or None.

    ``disputed`` are item numbers under objection. After the last level nothing more comes: the
    case is for a person.
    """
    late = tuple(
        item
        for item in items
        if item.kind == "receivable"
        and item.number not in disputed
        and item.overdue_days(as_of) > 0
    )
    if not late:
        return None
    number = 1 if last is None else last.level + 1
    level = next((level for level in procedure.levels if level.number == number), None)
    if level is None:
        return None
    if max(item.overdue_days(as_of) for item in late) < level.days_overdue:
        return None
    if last is not None and (as_of - last.on).days < level.days_since_last:
        return None
    due = DuePast(level, late)
    return None if due.total < procedure.threshold(due.total.currency) else due
