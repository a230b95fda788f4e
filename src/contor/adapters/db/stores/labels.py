"""Labels of one tenant: what the models learn from, appended in bulk and read in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import func, select

from contor.adapters.db.tables.review import LabelRow
from contor.adapters.db.tenant_session import TenantSession
from contor.money import Money
from contor.ports.store_review import LabelRecord, LabelSource

# Plain columns, not mapped rows: a corpus of a million lines is read without an object map.
_COLUMNS = LabelRow.__table__.c


class SqlLabelStore:
    """The corpus."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, labels: Sequence[LabelRecord]) -> int:
        """Append in bulk; the number appended."""
        return self._db.append_many(LabelRow, [_values(label) for label in labels])

    def all(self, *, after_id: int = 0, limit: int | None = None) -> Sequence[LabelRecord]:
        """Labels by date, then order of arrival."""
        statement = (
            select(*_COLUMNS)
            .where(_COLUMNS.tenant_id == self._db.tenant_id, _COLUMNS.id > after_id)
            .order_by(_COLUMNS.day, _COLUMNS.id)
            .limit(limit)
        )
        return [_label(row) for row in self._db.session.execute(statement)]

    def newest(self, count: int) -> Sequence[LabelRecord]:
        """The latest ``count`` labels, in the order of ``all``."""
        statement = (
            select(*_COLUMNS)
            .where(_COLUMNS.tenant_id == self._db.tenant_id)
            .order_by(_COLUMNS.day.desc(), _COLUMNS.id.desc())
            .limit(count)
        )
        return [_label(row) for row in self._db.session.execute(statement)][::-1]

    def corrected(self) -> Sequence[LabelRecord]:
        """Labels that a person decided on a suggestion, in the order of ``all``."""
        statement = (
            select(*_COLUMNS)
            .where(_COLUMNS.tenant_id == self._db.tenant_id, _COLUMNS.source == "decision")
            .order_by(_COLUMNS.day, _COLUMNS.id)
        )
        return [_label(row) for row in self._db.session.execute(statement)]

    def count(self) -> int:
        """How many there are."""
        statement = select(func.count()).where(_COLUMNS.tenant_id == self._db.tenant_id)
        return self._db.session.scalar(statement) or 0

    def last_id(self) -> int:
        """The youngest label's id, 0 without labels."""
        statement = select(func.max(_COLUMNS.id)).where(_COLUMNS.tenant_id == self._db.tenant_id)
        return self._db.session.scalar(statement) or 0


def _values(label: LabelRecord) -> dict[str, Any]:
    return {
        "day": label.date,
        "supplier": label.supplier,
        "supplier_id": label.supplier_id,
        "description": label.description,
        "amount_minor": label.amount.minor,
        "currency": label.amount.currency,
        "account": label.account,
        "cost_centre": label.cost_centre,
        "tax_code": label.tax_code,
        "source": label.source,
        "actor": label.actor,
        "subject_kind": label.subject_kind,
        "subject_id": label.subject_id,
        "columns": None if label.columns is None else dict(label.columns),
    }


def _label(row: Any) -> LabelRecord:
    return LabelRecord(
        id=row.id,
        date=row.day,
        supplier=row.supplier,
        supplier_id=row.supplier_id,
        description=row.description,
        amount=Money(row.amount_minor, row.currency),
        account=row.account,
        cost_centre=row.cost_centre,
        tax_code=row.tax_code,
        source=cast("LabelSource", row.source),
        actor=row.actor,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        columns=row.columns,
    )
