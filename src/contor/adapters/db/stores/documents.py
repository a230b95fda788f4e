"""Documents, readings, findings and suggestions of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.documents import (
    DocumentRow,
    FindingRow,
    ReadingRow,
    SuggestionRow,
)
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Finding, Refusal, Severity
from contor.ports.store_documents import (
    Document,
    DocumentState,
    Reading,
    StoredFinding,
    SuggestionRecord,
)


class SqlDocumentStore:
    """Documents."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self.states_of = States(db, "document")

    def add(self, document: Document) -> Document:
        """Store a new document; refuses ``duplicate_document``."""
        known = self.by_sha256(document.sha256)
        if known is not None:
            raise Refusal(
                "duplicate_document",
                "{filename} is already here as document {document_id}.",
                "Nothing needs to be done; open the document that is here.",
                filename=document.filename,
                document_id=known.id,
            )
        row = self._db.append(
            DocumentRow(
                sha256=document.sha256,
                filename=document.filename,
                media_type=document.media_type,
                size=document.size,
                source=document.source,
                received_at=document.received_at,
            )
        )
        self.states_of.begin([row.id], document.state, [document.received_at])
        return document_from(row, document.state)

    def get(self, document_id: int) -> Document:
        """The document; refuses ``document_unknown``."""
        row = self._db.by_id(DocumentRow, document_id)
        if row is None:
            raise Refusal(
                "document_unknown",
                "There is no document {document}.",
                "Look it up in the list of documents.",
                document=document_id,
            )
        return document_from(row, self.states_of.of(row.id).state)

    def by_sha256(self, sha256: str) -> Document | None:
        """The document with these bytes, or None."""
        row = self._db.first(self._db.rows(DocumentRow).where(DocumentRow.sha256 == sha256))
        return None if row is None else self.get(row.id)

    def all(
        self, state: DocumentState | None = None, *, limit: int | None = None
    ) -> Sequence[Document]:
        """Documents in the order they were received."""
        statement = self.states_of.joined(DocumentRow).order_by(DocumentRow.id).limit(limit)
        if state is not None:
            statement = statement.where(CurrentStateRow.state == state)
        found = self._db.session.execute(statement)
        return [document_from(row, current.state) for row, current in found]

    def set_state(self, document_id: int, state: DocumentState, at: datetime) -> Document:
        """Append the new state."""
        self.get(document_id)
        self.states_of.change(document_id, state, at)
        return self.get(document_id)

    def states(self, document_id: int) -> Sequence[tuple[datetime, DocumentState]]:
        """The states the document went through, oldest first."""
        return [
            (event.changed_at, cast("DocumentState", event.state))
            for event in self.states_of.history(document_id)
        ]


class SqlReadingStore:
    """Readings, appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, reading: Reading) -> Reading:
        """Append a reading."""
        return _reading(
            self._db.append(
                ReadingRow(
                    document_id=reading.document_id,
                    content=dict(reading.content),
                    reader=reading.reader,
                    read_at=reading.read_at,
                )
            )
        )

    def latest(self, document_id: int) -> Reading | None:
        """The youngest reading, or None."""
        statement = self._db.rows(ReadingRow).where(ReadingRow.document_id == document_id)
        row = self._db.first(statement.order_by(ReadingRow.id.desc()))
        return None if row is None else _reading(row)

    def all(self, document_id: int) -> Sequence[Reading]:
        """Every reading, oldest first."""
        statement = self._db.rows(ReadingRow).where(ReadingRow.document_id == document_id)
        return [_reading(row) for row in self._db.all(statement.order_by(ReadingRow.id))]


class SqlFindingStore:
    """Findings, appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, findings: Sequence[StoredFinding]) -> None:
        """Append findings."""
        self._db.append_many(
            FindingRow,
            [
                {
                    "subject_kind": f.subject_kind,
                    "subject_id": f.subject_id,
                    "code": f.finding.code,
                    "severity": f.finding.severity,
                    "message": f.finding.message,
                    "fields": list(f.finding.fields),
                    "found_at": f.found_at,
                }
                for f in findings
            ],
        )

    def about(self, subject_kind: str, subject_id: int) -> Sequence[StoredFinding]:
        """The findings about a subject, oldest first."""
        statement = self._db.rows(FindingRow).where(
            FindingRow.subject_kind == subject_kind, FindingRow.subject_id == subject_id
        )
        return [_finding(row) for row in self._db.all(statement.order_by(FindingRow.id))]


class SqlSuggestionStore:
    """Suggestions, appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, suggestion: SuggestionRecord) -> SuggestionRecord:
        """Append a suggestion."""
        return _suggestion(
            self._db.append(
                SuggestionRow(
                    subject_kind=suggestion.subject_kind,
                    subject_id=suggestion.subject_id,
                    content=dict(suggestion.content),
                    model_version=suggestion.model_version,
                    suggested_at=suggestion.suggested_at,
                )
            )
        )

    def recent(self, subject_kind: str, count: int) -> Sequence[SuggestionRecord]:
        """The youngest suggestions about any subject of the kind, youngest first."""
        statement = self._db.rows(SuggestionRow).where(SuggestionRow.subject_kind == subject_kind)
        rows = self._db.all(statement.order_by(SuggestionRow.id.desc()).limit(count))
        return [_suggestion(row) for row in rows]

    def latest(self, subject_kind: str, subject_id: int) -> SuggestionRecord | None:
        """The youngest suggestion about the subject, or None."""
        statement = self._db.rows(SuggestionRow).where(
            SuggestionRow.subject_kind == subject_kind, SuggestionRow.subject_id == subject_id
        )
        row = self._db.first(statement.order_by(SuggestionRow.id.desc()))
        return None if row is None else _suggestion(row)


def document_from(row: DocumentRow, state: str) -> Document:
    """The record of a row."""
    return Document(
        id=row.id,
        sha256=row.sha256,
        filename=row.filename,
        media_type=row.media_type,
        received_at=row.received_at,
        source=row.source,
        size=row.size,
        state=cast("DocumentState", state),
    )


def _reading(row: ReadingRow) -> Reading:
    return Reading(row.document_id, row.content, row.read_at, row.reader, row.id)


def _finding(row: FindingRow) -> StoredFinding:
    severity = cast("Severity", row.severity)
    finding = Finding(row.code, severity, row.message, tuple(row.fields))
    return StoredFinding(row.subject_kind, row.subject_id, finding, row.found_at, row.id)


def _suggestion(row: SuggestionRow) -> SuggestionRecord:
    return SuggestionRecord(
        row.subject_kind,
        row.subject_id,
        row.content,
        row.model_version,
        row.suggested_at,
        row.id,
    )
