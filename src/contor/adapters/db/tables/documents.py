"""Documents received, readings, findings and suggestions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class DocumentRow(TenantOwned, Base):
    """A document as it arrived."""

    __tablename__ = "documents"
    __table_args__ = owned(UniqueConstraint("tenant_id", "sha256"))
    sha256: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    source: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(Instant)


class ReadingRow(TenantOwned, Base):
    """One reading of a document."""

    __tablename__ = "document_readings"
    __table_args__ = (
        within_tenant("document_id", "documents"),
        Index(None, "tenant_id", "document_id", "id"),
    )
    document_id: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    reader: Mapped[str]
    read_at: Mapped[datetime] = mapped_column(Instant)


class FindingRow(TenantOwned, Base):
    """A finding about a subject."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "tenant_id", "subject_kind", "subject_id"),)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    code: Mapped[str]
    severity: Mapped[str]
    message: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(JsonText)
    found_at: Mapped[datetime] = mapped_column(Instant)


class SuggestionRow(TenantOwned, Base):
    """What the models proposed for a subject."""

    __tablename__ = "suggestions"
    __table_args__ = (Index(None, "tenant_id", "subject_kind", "subject_id", "id"),)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    model_version: Mapped[str]
    suggested_at: Mapped[datetime] = mapped_column(Instant)
