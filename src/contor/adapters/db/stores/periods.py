"""Fiscal periods of one tenant; closing and reopening leave an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.chart import FiscalPeriodRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ledger.fiscal_period import FiscalPeriod, PeriodState
from contor.periods import Period


class SqlPeriodStore:
    """Fiscal periods."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._states = States(db, "period")

    def save(self, periods: Sequence[FiscalPeriod]) -> int:
        """Insert periods, or replace those of the same name; how many."""
        values = [
            {
                "name": p.name,
                "start_day": p.period.start,
                "end_day": p.period.end,
                "fiscal_year": p.fiscal_year,
                "state": p.state,
            }
            for p in periods
        ]
        return self._db.upsert(FiscalPeriodRow, values, ("name",))

    def all(self) -> Sequence[FiscalPeriod]:
        """All by first day."""
        rows = self._db.all(self._db.rows(FiscalPeriodRow).order_by(FiscalPeriodRow.start_day))
        return [_period(row) for row in rows]

    def of_day(self, day: date) -> Sequence[FiscalPeriod]:
        """The period of a day (or none), held against closing until the unit of work ends."""
        statement = self._db.rows(FiscalPeriodRow).where(
            FiscalPeriodRow.start_day <= day, day < FiscalPeriodRow.end_day
        )
        return [_period(row) for row in self._db.all(statement.with_for_update(read=True))]

    def close(self, name: str, actor: str, at: datetime) -> FiscalPeriod:
        """Close a period; refuses ``period_unknown``."""
        return self._set(name, "closed", actor, at)

    def reopen(self, name: str, actor: str, at: datetime) -> FiscalPeriod:
        """Open a period again; refuses ``period_unknown``."""
        return self._set(name, "open", actor, at)

    def _set(self, name: str, state: PeriodState, actor: str, at: datetime) -> FiscalPeriod:
        named = self._db.rows(FiscalPeriodRow).where(FiscalPeriodRow.name == name)
        row = self._db.first(named.with_for_update())
        if row is None:
            raise Refusal(
                "period_unknown",
                "There is no fiscal period {period}.",
                "Set up the fiscal year first.",
                period=name,
            )
        row.state = state
        self._db.session.flush()
        self._states.change(row.id, state, at, actor=actor)
        return _period(row)


def _period(row: FiscalPeriodRow) -> FiscalPeriod:
    return FiscalPeriod(
        name=row.name,
        period=Period(row.start_day, row.end_day),
        fiscal_year=row.fiscal_year,
        state=cast("PeriodState", row.state),
    )
