"""Usage: metered events, counted once each, and what a period's quantity is.

An event belongs to the day it has in the contract's time zone (a summer-time change never moves
it to another period). The same id with the same content counts once; with another content it is
refused, never added.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from contor.errors import Refusal
from contor.periods import Period

_TOO_MUCH = Decimal(10) ** 15
_FINEST = 12
COLUMNS = ("id", "timestamp", "contract", "meter", "quantity")


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """One metered event; ``quantity`` is an amount, a sample or a change, as the charge says."""

    id: str
    timestamp: datetime
    contract: str
    meter: str
    quantity: Decimal

    def day(self, zone: str) -> date:
        """The calendar day of the event in the zone."""
        return self.timestamp.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class UsageTable:
    """Events in order of time, and the rows that were refused (row number, refusal)."""

    events: tuple[UsageEvent, ...]
    refused: tuple[tuple[int, Refusal], ...] = ()
    repeated: int = 0


def parse_usage(lines: Iterable[str]) -> UsageTable:
    """Events from CSV text; a bad row is refused by itself and stops nothing."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise Refusal(
            "usage_columns_missing",
            "The usage table lacks the columns {missing}.",
            "Usage CSV has the columns id, timestamp, contract, meter, quantity.",
            missing=", ".join(missing),
        )
    known: dict[str, UsageEvent] = {}
    refused: list[tuple[int, Refusal]] = []
    repeated = 0
    for row in reader:
        try:
            event = _new_event(row, known)
        except Refusal as refusal:
            refused.append((reader.line_num, refusal))
            continue
        repeated += event.id in known
        known[event.id] = event
    events = sorted(known.values(), key=lambda event: (event.timestamp, event.id))
    return UsageTable(tuple(events), tuple(refused), repeated)


def _new_event(row: dict[str, str | None], known: dict[str, UsageEvent]) -> UsageEvent:
    event = _event(row)
    if known.get(event.id, event) != event:
        raise Refusal(
            "usage_conflict",
            "The usage id {id} came before with another content.",
            "Give each event an id of its own; a correction is an event of its own.",
            id=event.id,
        )
    return event


def _event(row: dict[str, str | None]) -> UsageEvent:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        stamp = datetime.fromisoformat(cells["timestamp"])
        quantity = Decimal(cells["quantity"])
    except (ValueError, InvalidOperation):
        stamp, quantity = None, Decimal("NaN")
    exact = quantity.is_finite() and abs(quantity) < _TOO_MUCH and _digits(quantity) <= _FINEST
    if stamp is None or stamp.tzinfo is None or not exact or "" in cells.values():
        raise Refusal(
            "usage_unreadable",
            "The usage {id} at {timestamp} of {quantity} is not readable.",
            "All cells are filled, the time is ISO 8601 with its zone, the quantity a decimal.",
            id=cells["id"],
            timestamp=cells["timestamp"],
            quantity=cells["quantity"],
        )
    return UsageEvent(cells["id"], stamp, cells["contract"], cells["meter"], quantity)


def _digits(quantity: Decimal) -> int:
    """Decimals of a finite quantity."""
    exponent = quantity.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def usage_of(
    events: Iterable[UsageEvent], contract: str, meter: str, zone: str, until: date
) -> list[tuple[date, UsageEvent]]:
    """The events of a contract's meter before the day, each with its day, in order of time."""
    chosen = [
        (event.day(zone), event)
        for event in events
        if event.contract == contract and event.meter == meter
    ]
    return sorted(
        (pair for pair in chosen if pair[0] < until),
        key=lambda pair: (pair[1].timestamp, pair[1].id),
    )


def in_period(usage: Sequence[tuple[date, UsageEvent]], period: Period) -> list[UsageEvent]:
    """The events whose day lies in the period."""
    return [event for day, event in usage if day in period]
