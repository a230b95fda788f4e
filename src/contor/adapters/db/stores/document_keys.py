"""Natural keys of one tenant's documents."""

from __future__ import annotations

from collections.abc import Sequence

from contor.adapters.db.tables.document_keys import DocumentKeyRow
from contor.adapters.db.tenant_session import TenantSession


class SqlDocumentKeyStore:
    """Keys, each held by the document that claimed it first."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def claim(self, document_id: int, keys: Sequence[str]) -> None:
        """Take the keys that nobody holds; a key being taken elsewhere is waited for."""
        if not keys:
            return
        values = [
            {"tenant_id": self._db.tenant_id, "key": key, "document_id": document_id}
            for key in sorted(set(keys))  # one order for all, so that no two wait for each other
        ]
        statement = self._db.insert_statement(DocumentKeyRow).values(values)
        self._db.session.execute(
            statement.on_conflict_do_nothing(index_elements=["tenant_id", "key"])
        )

    def holders(self, keys: Sequence[str]) -> Sequence[int]:
        """The documents that hold any of the keys, oldest first."""
        statement = self._db.rows(DocumentKeyRow).where(DocumentKeyRow.key.in_(list(keys)))
        return sorted({row.document_id for row in self._db.all(statement)}) if keys else []
