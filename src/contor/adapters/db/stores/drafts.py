"""Invoice drafts of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.billing import InvoiceDraftRow
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ports.store_billing import DraftRecord, DraftState


class SqlDraftStore:
    """Drafts; their states are appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._states = States(db, "invoice_draft")

    def add(self, draft: DraftRecord) -> DraftRecord:
        """Append a draft; the stored one where the key is known already."""
        known = self.by_key(draft.key)
        if known is not None:
            return known
        row = self._db.append(
            InvoiceDraftRow(key=draft.key, content=dict(draft.content), created_at=draft.created_at)
        )
        self._states.begin([row.id], draft.state, [draft.created_at])
        return _draft(row, draft.state)

    def get(self, draft_id: int) -> DraftRecord:
        """The draft with its present state; refuses ``draft_unknown``."""
        row = self._db.by_id(InvoiceDraftRow, draft_id)
        if row is None:
            raise Refusal(
                "draft_unknown",
                "There is no invoice draft {draft}.",
                "Open the list of drafts again.",
                draft=draft_id,
            )
        return _draft(row, self._states.of(row.id).state)

    def by_key(self, key: str) -> DraftRecord | None:
        """The draft of this meaning, or None."""
        row = self._db.first(self._db.rows(InvoiceDraftRow).where(InvoiceDraftRow.key == key))
        return None if row is None else self.get(row.id)

    def all(self, state: DraftState | None = None) -> Sequence[DraftRecord]:
        """Drafts in order of creation."""
        statement = self._states.joined(InvoiceDraftRow).order_by(InvoiceDraftRow.id)
        if state is not None:
            statement = statement.where(CurrentStateRow.state == state)
        found = self._db.session.execute(statement)
        return [_draft(row, current.state) for row, current in found]

    def set_state(self, draft_id: int, state: DraftState, at: datetime) -> DraftRecord:
        """Append the new state."""
        self.get(draft_id)
        self._states.change(draft_id, state, at)
        return self.get(draft_id)


def _draft(row: InvoiceDraftRow, state: str) -> DraftRecord:
    return DraftRecord(row.key, row.content, row.created_at, cast("DraftState", state), row.id)
