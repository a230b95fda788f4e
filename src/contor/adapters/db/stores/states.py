"""States: changes are appended as events, the present one is kept beside them for queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.sql.elements import ColumnElement

from contor.adapters.db.tables.operations import CurrentStateRow, StateEventRow
from contor.adapters.db.tenant_session import RowT, TenantSession


class States:
    """The states of one kind of subject (``document``, ``bank_line`` ...)."""

    def __init__(self, db: TenantSession, kind: str) -> None:
        self._db = db
        self._kind = kind

    def begin(self, subject_ids: Sequence[int], state: str, at: Sequence[datetime]) -> None:
        """The first state of new subjects, in bulk."""
        rows = [
            {
                "subject_kind": self._kind,
                "subject_id": subject_id,
                "state": state,
                "changed_at": moment,
                "detail": "",
                "content": None,
            }
            for subject_id, moment in zip(subject_ids, at, strict=True)
        ]
        self._db.append_many(CurrentStateRow, rows)
        self._db.append_many(StateEventRow, [{**row, "actor": ""} for row in rows])

    def change(
        self,
        subject_id: int,
        state: str,
        at: datetime,
        *,
        actor: str = "",
        detail: str = "",
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Append the event and move the present state."""
        row = {
            "subject_kind": self._kind,
            "subject_id": subject_id,
            "state": state,
            "changed_at": at,
            "detail": detail,
            "content": content,
        }
        self._db.append_many(StateEventRow, [{**row, "actor": actor}])
        self._db.upsert(CurrentStateRow, [row], ("subject_kind", "subject_id"))

    def of(self, subject_id: int) -> CurrentStateRow:
        """The present state of one subject, by its key.

        A join would do the same in one statement, but a database without statistics yet (a large
        import in one transaction) walks through every state for it.
        """
        current = self._db.first(
            self._db.rows(CurrentStateRow).where(
                CurrentStateRow.subject_kind == self._kind,
                CurrentStateRow.subject_id == subject_id,
            )
        )
        assert current is not None
        return current

    def joined(self, table: type[RowT]) -> Select[RowT, CurrentStateRow]:
        """The tenant's rows of the table with their present states."""
        return (
            self._db.rows(table).add_columns(CurrentStateRow).join(CurrentStateRow, self.on(table))
        )

    def on(self, table: type[RowT]) -> ColumnElement[bool]:
        """The condition that ties a row to its present state."""
        return (
            (CurrentStateRow.tenant_id == self._db.tenant_id)
            & (CurrentStateRow.subject_kind == self._kind)
            & (CurrentStateRow.subject_id == table.id)
        )

    def history(self, subject_id: int) -> Sequence[StateEventRow]:
        """The events, oldest first."""
        return self._db.all(
            self._db.rows(StateEventRow)
            .where(StateEventRow.subject_kind == self._kind, StateEventRow.subject_id == subject_id)
            .order_by(StateEventRow.id)
        )
