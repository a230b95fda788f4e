"""Documents received, what was read from them and what was suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from contor.errors import Finding

DocumentState = Literal[
    "received", "read", "refused", "suggested", "review", "posted", "rejected", "split"
]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it arrived; its bytes lie in the archive under ``sha256``."""

    sha256: str
    filename: str
    media_type: str
    received_at: datetime
    source: str
    id: int = 0
    state: DocumentState = "received"
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a document: ``content`` is the JSON object of ``contor read``."""

    document_id: int
    content: Mapping[str, Any]
    read_at: datetime
    reader: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding about a subject, such as ``document`` 17 or ``party`` 3."""

    subject_kind: str
    subject_id: int
    finding: Finding
    found_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """What the models proposed for a subject, with the version of the model that spoke."""

    subject_kind: str
    subject_id: int
    content: Mapping[str, Any]
    model_version: str
    suggested_at: datetime
    id: int = 0


class DocumentStore(Protocol):
    """Documents of one tenant."""

    def add(self, document: Document) -> Document:
        """Store a new document; refuses ``duplicate_document`` (details: ``document_id``)."""
        ...

    def get(self, document_id: int) -> Document:
        """The document; refuses ``document_unknown``."""
        ...

    def by_sha256(self, sha256: str) -> Document | None:
        """The document with these bytes, or None."""
        ...

    def all(
        self, state: DocumentState | None = None, *, limit: int | None = None
    ) -> Sequence[Document]:
        """Documents in the order they were received."""
        ...

    def set_state(self, document_id: int, state: DocumentState, at: datetime) -> Document:
        """Append the new state."""
        ...

    def states(self, document_id: int) -> Sequence[tuple[datetime, DocumentState]]:
        """The states the document went through, oldest first."""
        ...


class ReadingStore(Protocol):
    """Readings of documents, appended."""

    def add(self, reading: Reading) -> Reading:
        """Append a reading."""
        ...

    def latest(self, document_id: int) -> Reading | None:
        """The youngest reading, or None."""
        ...

    def all(self, document_id: int) -> Sequence[Reading]:
        """Every reading, oldest first."""
        ...


class FindingStore(Protocol):
    """Findings about documents, parties and bank lines, appended."""

    def add(self, findings: Sequence[StoredFinding]) -> None:
        """Append findings."""
        ...

    def about(self, subject_kind: str, subject_id: int) -> Sequence[StoredFinding]:
        """The findings about a subject, oldest first."""
        ...


class SuggestionStore(Protocol):
    """Suggestions, appended."""

    def add(self, suggestion: SuggestionRecord) -> SuggestionRecord:
        """Append a suggestion."""
        ...

    def recent(self, subject_kind: str, count: int) -> Sequence[SuggestionRecord]:
        """The youngest suggestions about any subject of the kind, youngest first."""
        ...

    def latest(self, subject_kind: str, subject_id: int) -> SuggestionRecord | None:
        """The youngest suggestion about the subject, or None."""
        ...
