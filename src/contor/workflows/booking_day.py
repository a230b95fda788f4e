"""The day a document is booked on: its own, or today where its period is not open."""

from __future__ import annotations

from datetime import date

from contor.errors import Refusal
from contor.ledger.fiscal_period import open_period
from contor.ports.store import UnitOfWork


def booking_day(uow: UnitOfWork, wanted: date, today: date) -> date:
    """``wanted`` where an open fiscal period holds it, else ``today``.

    A late document belongs to the period it is booked in; its own date stays on the entry.
    """
    try:
        open_period(uow.periods.all(), wanted)
    except Refusal:
        return today
    return wanted
