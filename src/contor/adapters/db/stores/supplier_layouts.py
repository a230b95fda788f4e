"""Layouts of one tenant's suppliers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from contor.adapters.db.tables.supplier_layouts import SupplierLayoutKeyRow, SupplierLayoutRow
from contor.adapters.db.tenant_session import TenantSession
from contor.documents.suppliers.keys import is_sure
from contor.documents.suppliers.layout import SupplierLayout
from contor.ports.store_supplier_layouts import LearntLayout

_MOST = 24


class SqlSupplierLayoutStore:
    """Layouts, appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, learnt: LearntLayout) -> LearntLayout:
        """Append, with the keys it is found by."""
        row = self._db.append(
            SupplierLayoutRow(
                document_id=learnt.document_id,
                supplier=learnt.layout.supplier,
                content=learnt.layout.to_json(),
                actor=learnt.actor,
                learnt_at=learnt.learnt_at,
            )
        )
        self._db.append_many(
            SupplierLayoutKeyRow,
            [{"key": key, "layout_id": row.id} for key in learnt.layout.keys],
        )
        return _learnt(row)

    def by_keys(self, keys: Sequence[str]) -> Sequence[LearntLayout]:
        """The youngest layouts that share a key, those by sure keys and by hints apart."""
        found: set[int] = set()
        for wanted in (True, False):
            some = [key for key in keys if is_sure(key) == wanted]
            if some:
                found.update(self._ids(some))
        statement = self._db.rows(SupplierLayoutRow).where(SupplierLayoutRow.id.in_(found))
        return [_learnt(row) for row in self._db.all(statement.order_by(SupplierLayoutRow.id))]

    def all(self, *, after_id: int = 0) -> Sequence[LearntLayout]:
        """Every layout in the order they were learnt."""
        statement = self._db.rows(SupplierLayoutRow).where(SupplierLayoutRow.id > after_id)
        return [_learnt(row) for row in self._db.all(statement.order_by(SupplierLayoutRow.id))]

    def count(self, *, after_id: int = 0) -> int:
        """How many there are (``after_id``: only those younger than it)."""
        return self._db.count(
            self._db.rows(SupplierLayoutRow).where(SupplierLayoutRow.id > after_id)
        )

    def last_id(self) -> int:
        """The youngest layout's id, 0 without any."""
        statement = select(func.max(SupplierLayoutRow.id)).where(
            SupplierLayoutRow.tenant_id == self._db.tenant_id
        )
        return self._db.session.scalar(statement) or 0

    def _ids(self, keys: Sequence[str]) -> Sequence[int]:
        statement = (
            select(SupplierLayoutKeyRow.layout_id)
            .where(
                SupplierLayoutKeyRow.tenant_id == self._db.tenant_id,
                SupplierLayoutKeyRow.key.in_(list(keys)),
            )
            .distinct()
            .order_by(SupplierLayoutKeyRow.layout_id.desc())
            .limit(_MOST)
        )
        return self._db.session.scalars(statement).all()


def _learnt(row: SupplierLayoutRow) -> LearntLayout:
    return LearntLayout(
        row.document_id, SupplierLayout.from_json(row.content), row.actor, row.learnt_at, row.id
    )
