"""Index of the archived files of one tenant: appended, hash-chained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contor.adapters.db.stores.chains import Chains
from contor.adapters.db.tables.operations import ArchivedFileRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ports.store_operations import ArchivedFile


class SqlArchiveIndexStore:
    """The index."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._chains = Chains(db)

    def add(self, file: ArchivedFile) -> ArchivedFile:
        """Append; the same file for the same subject is indexed once."""
        self._chains.lock("archive")
        known = self._db.first(
            self._db.rows(ArchivedFileRow).where(
                ArchivedFileRow.sha256 == file.sha256,
                ArchivedFileRow.kind == file.kind,
                ArchivedFileRow.subject == file.subject,
            )
        )
        if known is not None:
            return file_from(known)
        link = self._chains.append("archive", file_content(file))
        return file_from(
            self._db.append(
                ArchivedFileRow(
                    sha256=file.sha256,
                    size=file.size,
                    media_type=file.media_type,
                    kind=file.kind,
                    subject=file.subject,
                    filename=file.filename,
                    archived_at=file.archived_at,
                    chain_index=link.index,
                    hash=link.hash,
                )
            )
        )

    def by_sha256(self, sha256: str) -> Sequence[ArchivedFile]:
        """What is known about these bytes."""
        statement = self._db.rows(ArchivedFileRow).where(ArchivedFileRow.sha256 == sha256)
        return [file_from(row) for row in self._db.all(statement.order_by(ArchivedFileRow.id))]

    def about(self, subject: str) -> Sequence[ArchivedFile]:
        """Files of a subject, oldest first."""
        statement = self._db.rows(ArchivedFileRow).where(ArchivedFileRow.subject == subject)
        return [file_from(row) for row in self._db.all(statement.order_by(ArchivedFileRow.id))]

    def all(self) -> Sequence[ArchivedFile]:
        """The whole index in order."""
        rows = self._db.all(self._db.rows(ArchivedFileRow).order_by(ArchivedFileRow.chain_index))
        return [file_from(row) for row in rows]


def file_content(file: ArchivedFile) -> dict[str, Any]:
    """What the chain covers."""
    return {
        "sha256": file.sha256,
        "size": file.size,
        "media_type": file.media_type,
        "kind": file.kind,
        "subject": file.subject,
        "filename": file.filename,
        "archived_at": file.archived_at,
    }


def file_from(row: ArchivedFileRow) -> ArchivedFile:
    """The record of a row."""
    return ArchivedFile(
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        kind=row.kind,
        subject=row.subject,
        archived_at=row.archived_at,
        filename=row.filename,
        id=row.id,
    )
