"""Messages to send of one tenant; their states are appended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, func, select

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.operations import (
    CurrentStateRow,
    OutboxMessageRow,
    StateEventRow,
)
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ports.store_operations import OutboxMessage, OutboxState

Found = tuple[OutboxMessageRow, CurrentStateRow, int]


class SqlOutboxStore:
    """The outbox."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._states = States(db, "outbox_message")

    def add(self, message: OutboxMessage) -> OutboxMessage:
        """Append; the stored message where the key is known already."""
        same = self._db.rows(OutboxMessageRow).where(OutboxMessageRow.key == message.key)
        known = self._db.first(same)
        if known is not None:
            return self._get(known.id)
        row = self._db.append(
            OutboxMessageRow(
                key=message.key,
                kind=message.kind,
                payload=dict(message.payload),
                created_at=message.created_at,
            )
        )
        self._states.begin([row.id], "waiting", [message.created_at])
        return self._get(row.id)

    def waiting(self, kind: str | None = None, *, limit: int = 100) -> Sequence[OutboxMessage]:
        """Messages that wait or failed, oldest first; those another worker holds are left out."""
        statement = self._statement().where(CurrentStateRow.state.in_({"waiting", "failed"}))
        if kind is not None:
            statement = statement.where(OutboxMessageRow.kind == kind)
        ordered = statement.order_by(OutboxMessageRow.id).limit(limit)
        locked = ordered.with_for_update(skip_locked=True, of=CurrentStateRow)
        return [_message(found) for found in self._db.session.execute(locked)]

    def set_state(
        self, message_id: int, state: OutboxState, at: datetime, detail: str = ""
    ) -> OutboxMessage:
        """Append the new state."""
        self._get(message_id)
        self._states.change(message_id, state, at, detail=detail)
        return self._get(message_id)

    def all(self) -> Sequence[OutboxMessage]:
        """Every message, oldest first."""
        statement = self._statement().order_by(OutboxMessageRow.id)
        return [_message(found) for found in self._db.session.execute(statement)]

    def _get(self, message_id: int) -> OutboxMessage:
        statement = self._statement().where(OutboxMessageRow.id == message_id)
        found = self._db.session.execute(statement).first()
        if found is None:
            raise Refusal(
                "message_unknown",
                "There is no message {message_id} in the outbox.",
                "Open the list of messages again.",
                message_id=message_id,
            )
        return _message(found)

    def _statement(self) -> Select[OutboxMessageRow, CurrentStateRow, int]:
        attempts = (
            select(func.count())
            .where(
                StateEventRow.tenant_id == self._db.tenant_id,
                StateEventRow.subject_kind == "outbox_message",
                StateEventRow.subject_id == OutboxMessageRow.id,
                StateEventRow.state == "sending",
            )
            .correlate(OutboxMessageRow)
            .scalar_subquery()
        )
        return self._states.joined(OutboxMessageRow).add_columns(attempts)


def _message(found: Found) -> OutboxMessage:
    row, current, attempts = found
    return OutboxMessage(
        id=row.id,
        key=row.key,
        kind=row.kind,
        payload=row.payload,
        created_at=row.created_at,
        state=cast("OutboxState", current.state),
        attempts=attempts,
        detail=current.detail,
    )
