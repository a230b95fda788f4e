"""Open items and their clearings of one tenant: appended; what remains is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, func, select

from contor.adapters.db.stores.open_item_rows import (
    clearing_from,
    clearing_values,
    item_from,
    item_row,
)
from contor.adapters.db.tables.journal import ClearingRow, OpenItemRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ledger.clearing import Clearing, clear
from contor.ledger.open_items import OpenItem


class SqlOpenItemStore:
    """Open items."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, item: OpenItem) -> OpenItem:
        """Append an item; refuses ``open_item_exists``."""
        same = self._db.rows(OpenItemRow).where(
            OpenItemRow.kind == item.kind,
            OpenItemRow.party_number == item.party_number,
            OpenItemRow.number == item.number,
        )
        if self._db.first(same) is not None:
            raise Refusal(
                "open_item_exists",
                "There is an item {number} of {party} already.",
                "Check whether the document came twice.",
                number=item.number,
                party=item.party_number,
            )
        row = self._db.append(item_row(item))
        return replace(item, id=row.id)

    def get(self, item_id: int) -> OpenItem:
        """The item with what remains; refuses ``open_item_unknown``."""
        found = self._items(self.statement().where(OpenItemRow.id == item_id))
        if not found:
            raise Refusal(
                "open_item_unknown",
                "There is no open item {item}.",
                "Look it up in the list of open items.",
                item=item_id,
            )
        return found[0]

    def by_number(self, number: str, party_number: str | None = None) -> Sequence[OpenItem]:
        """Items of this document number."""
        statement = self.statement().where(OpenItemRow.number == number)
        if party_number is not None:
            statement = statement.where(OpenItemRow.party_number == party_number)
        return self._items(statement.order_by(OpenItemRow.id))

    def open(
        self, kind: str | None = None, *, party_number: str | None = None
    ) -> Sequence[OpenItem]:
        """Items with something left, by due date."""
        statement = self.statement(only_open=True)
        if kind is not None:
            statement = statement.where(OpenItemRow.kind == kind)
        if party_number is not None:
            statement = statement.where(OpenItemRow.party_number == party_number)
        return self._items(statement.order_by(OpenItemRow.due_date, OpenItemRow.id))

    def all(self, *, settled: bool = True) -> Sequence[OpenItem]:
        """Every item (without settled ones where ``settled`` is false), by issue date."""
        statement = self.statement(only_open=not settled)
        return self._items(statement.order_by(OpenItemRow.issue_date, OpenItemRow.id))

    def clear(self, clearing: Clearing, *, actor: str, at: datetime) -> OpenItem:
        """Append a clearing and give the item as it is now; refuses ``more_than_open``."""
        locked = self._db.rows(OpenItemRow).where(OpenItemRow.id == clearing.item_id)
        self._db.first(locked.with_for_update())
        after = clear(self.get(clearing.item_id), clearing)
        self._db.append_many(ClearingRow, [clearing_values(clearing, actor, at)])
        return after

    def clearings_of(self, payment: str) -> Sequence[Clearing]:
        """What a payment cleared, oldest first."""
        statement = self._db.rows(ClearingRow).where(ClearingRow.payment == payment)
        return [clearing_from(row) for row in self._db.all(statement.order_by(ClearingRow.id))]

    def clearings(self, item_id: int) -> Sequence[Clearing]:
        """What cleared the item, oldest first."""
        statement = self._db.rows(ClearingRow).where(ClearingRow.item_id == item_id)
        return [clearing_from(row) for row in self._db.all(statement.order_by(ClearingRow.id))]

    def statement(self, *, only_open: bool = False) -> Select[OpenItemRow, int]:
        """Items with what remains in minor units."""
        # Correlated: one item costs one look into the index, however many clearings there are.
        cleared = (
            select(func.coalesce(func.sum(ClearingRow.total_minor), 0))
            .where(
                ClearingRow.tenant_id == self._db.tenant_id,
                ClearingRow.item_id == OpenItemRow.id,
            )
            .correlate(OpenItemRow)
            .scalar_subquery()
        )
        left = OpenItemRow.opened_minor - cleared
        statement = self._db.rows(OpenItemRow).add_columns(left.label("left"))
        return statement.where(left != 0) if only_open else statement

    def _items(self, statement: Select[OpenItemRow, int]) -> list[OpenItem]:
        found = self._db.session.execute(statement)
        return [item_from(row, int(left)) for row, left in found]
