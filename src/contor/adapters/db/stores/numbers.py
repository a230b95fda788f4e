"""Number series of one tenant: taken in the transaction that uses the number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from contor.adapters.db.tables.billing import InvoiceRow, NumberSeriesRow, VoidNumberRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ports.store_billing import VoidNumber

_SERIES = NumberSeriesRow.__table__.c
_NEXT = (
    update(NumberSeriesRow)
    .where(_SERIES.tenant_id == bindparam("tenant"), _SERIES.series == bindparam("name"))
    .values(last=_SERIES.last + 1)
    .returning(_SERIES.last)
    .execution_options(synchronize_session=False)
)


class SqlNumberStore:
    """Number series and the numbers that were not used."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def take(self, series: str) -> int:
        """The next number; its row stays locked until the unit of work ends."""
        known = {"tenant": self._db.tenant_id, "name": series}
        number: int | None = self._db.session.scalar(_NEXT, known)
        return self._begin(series) if number is None else number

    def _begin(self, series: str) -> int:
        """The first number of a series, or the next where somebody else just began it."""
        statement = self._db.insert_statement(NumberSeriesRow).values(
            tenant_id=self._db.tenant_id, series=series, first=1, last=1
        )
        number: int | None = self._db.session.scalar(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "series"], set_={"last": NumberSeriesRow.last + 1}
            ).returning(NumberSeriesRow.last)
        )
        assert number is not None
        return number

    def last(self, series: str) -> int:
        """The number taken last, 0 where none was."""
        row = self._row(series)
        return 0 if row is None or row.last < row.first else row.last

    def first(self, series: str) -> int:
        """The number the series begins with."""
        row = self._row(series)
        return 1 if row is None else row.first

    def start_at(self, series: str, first: int) -> None:
        """Let a new series begin at ``first``; refuses ``series_in_use``."""
        row = self._row(series)
        if row is not None or first < 1:
            raise Refusal(
                "series_in_use",
                "The series {series} cannot begin at {first}.",
                "Choose another series; numbers begin at 1 or later, and are never taken back.",
                series=series,
                first=first,
            )
        self._db.append(NumberSeriesRow(series=series, first=first, last=first - 1))

    def void(self, void: VoidNumber) -> None:
        """Append why a number taken was not used; refuses ``number_not_taken``."""
        row = self._row(void.series)
        used = self._db.rows(InvoiceRow).where(
            InvoiceRow.series == void.series, InvoiceRow.sequence == void.number
        )
        taken = row is not None and row.first <= void.number <= row.last
        if not taken or self._db.first(used) is not None or not void.cause.strip():
            raise Refusal(
                "number_not_taken",
                "The number {number} of {series} cannot be declared void.",
                "Only a number that was taken and not used can be, and with its cause.",
                number=void.number,
                series=void.series,
            )
        self._db.append(
            VoidNumberRow(
                series=void.series,
                number=void.number,
                cause=void.cause.strip(),
                actor=void.actor,
                voided_at=void.at,
            )
        )

    def voids(self, series: str) -> Sequence[VoidNumber]:
        """The numbers not used, ascending."""
        statement = self._db.rows(VoidNumberRow).where(VoidNumberRow.series == series)
        return [
            VoidNumber(row.series, row.number, row.cause, row.actor, row.voided_at)
            for row in self._db.all(statement.order_by(VoidNumberRow.number))
        ]

    def series(self) -> Sequence[str]:
        """Names of all series."""
        rows = self._db.all(self._db.rows(NumberSeriesRow).order_by(NumberSeriesRow.series))
        return [row.series for row in rows]

    def _row(self, series: str) -> NumberSeriesRow | None:
        statement = self._db.rows(NumberSeriesRow).where(NumberSeriesRow.series == series)
        row = self._db.first(statement)
        if row is not None:
            self._db.session.refresh(row)
        return row
